"""Mentions in running text: sentences, years, citations and figures, each with its span."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from hengji.extracting.asides import is_aside
from hengji.extracting.bare_amounts import bare_amount
from hengji.extracting.citations import citations_in, may_cite
from hengji.extracting.figure_words import (
    HAN,
    QUOTES,
    SENTENCED,
    SUBJECT,
    carried_words,
    clean_name,
    full_name,
    is_of_money,
    last_clause,
    own_words,
    scope_in,
    scope_of,
)
from hengji.extracting.meant_items import DONE, item_meant
from hengji.extracting.passages import Passage
from hengji.extracting.phrases import Phrases
from hengji.extracting.told_units import ToldUnit, unit_at
from hengji.extracting.years_in_turn import years_in_turn
from hengji.model.extraction import Citation, Quantity, Span, YearMention
from hengji.model.patterns import pattern
from hengji.model.units import dimension

_SENTENCE = pattern(r"[^\s。!?;；][^。!?;；\n]*[。!?;；\n]?|[。!?;；]")
# Patterns that begin with what they look for, and look back from there, are searched for much faster.
# A paragraph may open with the number of its list: 「1.2022年……」.
_YEAR = pattern(
    r"((?:19|20)(?:(?<![\d.〔\[【]..)|(?<=^\d\...)|(?<=^\d\d\...))\d\d)(?=\s?年|[-—~至]\s?(?:19|20)\d\d\s?年)"
)
_AMOUNT = pattern(
    r"(?P<number>\d(?:(?<![\d.A-Za-z〔].)|(?<=[A-Z]{2}.)(?=\d?\s?[台套](?!式)))(?:\d{0,2}(?:,\d{3})+(?:\.\d+)?|\d{0,2}(?: \d{3})+(?=\.\d\d(?!\d)|\s?[万亿元人])(?:\.\d+)?|\d*(?:\.\d+)?))\s?(?P<scale>万(?!元|\w?分之)|亿(?!元))?"
    r"(?P<unit>万元|亿元|千元|百万元|元|个百分点|%|‰|百分比|人次|剂次|处次|例次|批次|家次|户次|车次|场次|人|名|个|项|份|件|次|条|平方米|㎡|m²|辆|台|套|户|公里|千米|亩|场|篇|期|家|所|批|宗|起|例|吨|延米|米|只|处|张|间|栋|座|床|块|盏|株|头|公斤|千克|立方米|公顷|平方公里|平方千米|千瓦时?|小时|分钟|学时|课时|部|本|册|卷|幅|段|组|队|支|对|片|节|门|班|届|笔|眼|口|(?<!第\d)(?<!第\d\d)(?<!第\d\d\d)页(?![面码])|具(?![有体备])|幢|艘|枚|羽|(?<=万)[字棵尾粒])?"
)
_DIGIT = pattern(r"\d")
_VAGUE = pattern(r"((?<!节)约合?|折合|大约|近|超过|左右|将近|接近|不到)\s*$")
_VAGUE_ENDS = "约合近过右到"  # the last characters of what the pattern finds, before blanks
_PAST = pattern(r"上年|去年|上一年")
_CARRIED = pattern(r"上年度?(?:财政拨款|财政|资金|专项)?结[转余][^\d,。;]{0,8}\d[\d,]*(?:\.\d+)?")
_TARGETED = pattern(r"目标|指标值|应达|不低于|不少于|不超过|不高于|≥|≤|以上|以内|每(?:超|低|少|降|增)|计\d*分|扣")
_PARTS_OF_PUBLIC = ("公务接待费预算数", "公务用车运行维护费预算数", "公务用车购置费预算数", "因公出国境费预算数")
# Up to the last word that says whether something was planned or done.
_SIDE_TOLD = pattern(
    rf".*(?:(?P<planned>预算|计划|安排|年初|应[收付回办发]|批复|编制|核定|指标)|{DONE.pattern})", re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Mentions:
    """What the passages mention, and their sentences."""

    sentences: tuple[Span, ...]
    years: tuple[YearMention, ...]
    citations: tuple[Citation, ...]
    quantities: tuple[Quantity, ...]


def mentions(passages: tuple[Passage, ...], year: int, phrases: Phrases, units: tuple[ToldUnit, ...] = ()) -> Mentions:
    """The sentences, years, citations and figures of the running text; cells of tables are read elsewhere.

    ``units`` are those that the report tells once, for amounts without one.
    """
    sentences: list[Span] = []
    years: list[YearMention] = []
    citations: list[Citation] = []
    quantities: list[Quantity] = []
    public = False  # whether the paragraph, or the heading right before it, speaks of the three public expenses
    for passage in passages:
        text = passage.flat
        heads = len(text) <= _HEAD and "。" not in text
        goes_on = public and not heads and passage.cell is None and _OF_ANOTHER.search(text, 0, _OPENING) is None
        public = "三公" in text[:_HEAD] or goes_on
        cited = list(citations_in(passage)) if may_cite(text) else []
        if cited:
            citations.extend([citation for citation, _, _ in cited])
        masked = [(start, end) for _, start, end in cited] if cited else []
        has_digits = _DIGIT.search(text) is not None
        has_years = has_digits and "年" in text
        facts = (len(text) if passage.cell is None else _facts_end(text)) if has_digits else 0
        has_figures = facts > 0
        has_averages = has_digits and "平均" in text
        if not (has_years or has_figures or has_averages):
            sentences.extend([passage.span(*match.span()) for match in _SENTENCE.finditer(text)])
            continue
        has_parts = has_figures and "其中" in text
        carried, side, told_last = "", "", ""
        money = unit_at(units, passage.whole.start) if units and passage.cell is None else ""
        for told in _SENTENCE.finditer(text):
            start, end = told.span()
            span = passage.span(start, end)
            sentences.append(span)
            if not _DIGIT.search(text, start, end):
                carried = carried_words(text[start:end], carried) if has_parts else ""
                continue
            if has_years:
                years.extend(_years(passage, start, end, span, masked))
            if has_averages:
                quantities.extend(_averages(passage, start, end, span, year))
            if start < facts:
                if text[start - 1 : start] not in ("；", ";", ":"):
                    side = ""
                found = list(
                    _quantities(
                        passage, start, min(end, facts), span, masked, year, phrases, carried, side, told_last, money
                    )
                )
                carried = carried_words(text[start:end], carried) if has_parts else ""
                if not found:
                    continue
                found = [_of_public(q) for q in found] if public else found
                told_last = next(
                    (q.item for q in reversed(found) if q.item and q.item not in _PARTS_OF_PUBLIC), told_last
                )
                quantities.extend(found)
                side = _side(found, phrases) or side
    return Mentions(tuple(sentences), tuple(years), tuple(citations), tuple(quantities))


_HEAD = 40  # characters of a heading
_OPENING = 20  # characters
_OF_ANOTHER = pattern(r"采购|资产|\d\s?分(?!别)")  # a paragraph of something else, or of another indicator
_PUBLIC = pattern(r"(?:年初|全年|财政拨款|支出)*(?:预算|决算)(?:支出)?数?")


def _of_public(quantity: Quantity) -> Quantity:
    """A figure that only says 「年初预算」 or 「决算」, in a paragraph on the three public expenses: it means theirs."""
    if not _PUBLIC.fullmatch(quantity.name) or dimension(quantity.unit) != "money":
        return quantity
    return replace(quantity, item="三公经费预算数" if quantity.name.rstrip("数").endswith("预算") else "三公经费决算数")


_AVERAGE = pattern(r"平均(?:自评)?(?:得分|分)(?:为|是|:)?\s?(?P<n>\d{2,3}(?:\.\d+)?)\s?分")


def _averages(passage: Passage, start: int, end: int, sentence: Span, year: int) -> Iterator[Quantity]:
    """Average scores, the only scores that are figures of a text and not of an indicator."""
    for match in _AVERAGE.finditer(passage.flat, start, end):
        yield Quantity(
            "平均得分",
            match["n"],
            Decimal(match["n"]),
            "分",
            year,
            passage.span(match.start("n"), match.end()),
            sentence,
        )


def _facts_end(cell: str) -> int:
    """Where the facts end that a cell with digits tells in words, as a paragraph does: before a rule of scoring; 0 where it tells none."""
    words = _SAYS_SCORE.sub("", cell)
    end = len(cell)
    if _OF_A_RULE.search(_PLAN.sub("", words)):
        rule = _RULE_BEGINS.search(words)
        end = max((words.rfind(mark, 0, rule.start()) for mark in ",;。"), default=0) if rule is not None else 0
    if end <= 0 or not _DIGIT.search(cell, 0, end):
        return 0
    told = len(HAN.findall(cell, 0, end)) >= SENTENCED or _AMOUNT_TOLD.search(cell, 0, end) is not None
    return end if told else 0


_PLAN = pattern(
    r"(?:计划|目标值?|指标值)(?:为|是|:)?\s?[≥≤]\s?\d[\d.,]*[^\d,;。]{0,4}(?=[,;](?:实际)?(?:完成|达到|实际)\s?\d)"
)
_AMOUNT_TOLD = pattern(
    r"[,;](?:实际)?(?:完成|达到|实际)\d[\d,.]*[%\u4e00-\u9fff]|^\d[\d.,]*%\(\d|万元,\s?\d[\d.]*%|[\u4e00-\u9fff]{2}\s?\d[\d,.]*\s?万元|\d\s?=\s?\d+(?:\.\d+)?%|\d\s?[/÷]\s?\d"
    r"|^[\u4e00-\u9fff]{2,12}率\s?\d{1,3}\.\d+%[。;]?$|\d\s?[×x*]\s?\d{1,3}(?:\.\d+)?%"
)
_OF_A_RULE = pattern(r"[计扣得]\s?\d+(?:\.\d+)?\s?分|不得分|[≥≤]|每[低高超少]|满分")
_RULE_BEGINS = pattern(_OF_A_RULE.pattern + r"|不扣分|以[上下]|规定|细则|标准[:为]|达到\s?\d|\d%?\s?[至—~-]\s?\d+%")
_SAYS_SCORE = pattern(r"[,;。](?:故|按[^,;。]{2,12})?(?:自评)?(?:[扣得计]\s?\d+(?:\.\d+)?\s?分|[得计]满分)[。;]?$")


def _years(
    passage: Passage, start: int, end: int, sentence: Span, masked: list[tuple[int, int]]
) -> Iterator[YearMention]:
    for match in _YEAR.finditer(passage.flat, start, end):
        if not _inside(match.start(), masked):
            yield YearMention(
                int(match[1]), passage.span(match.start(), _year_end(passage.flat, match.end())), sentence
            )


def _year_end(text: str, end: int) -> int:
    return end + 1 if text[end : end + 1] == "年" else end


def _inside(position: int, ranges: list[tuple[int, int]]) -> bool:
    return bool(ranges) and any(start <= position < end for start, end in ranges)


def _quantities(
    passage: Passage,
    start: int,
    end: int,
    sentence: Span,
    masked: list[tuple[int, int]],
    year: int,
    phrases: Phrases,
    carried: str,
    side: str,
    before_item: str = "",
    money: str = "",
) -> Iterator[Quantity]:
    text = passage.flat
    in_turn = years_in_turn(text)
    named = ""
    listed: list[str] = []
    whole_about = ""
    last = before_item
    limit = ""  # what the parts behind the last sign of equality are limited to
    opened, within = "", ""  # the words of the figure before; what the figures of a bracket or list are limited to
    for match, unit, figure_end, between in _figures(passage, start, end, masked, money):
        lead = text[start : match.start()]
        after = text[figure_end : figure_end + _AFTER]
        words = _SIGN.sub("", last_clause(between))
        said = _SAYS_SIDE.search(words) is not None
        aside = said and is_aside(text, match.start() - len(between), match.start(), figure_end)
        kept = (side, last, whole_about, named)
        name = full_name(clean_name(words) or own_words(between) or named, named)
        part = _PART.search(words) is not None
        within = _limited(within, between, opened, words, part=part)
        if not within and part and _LEFT_OF_WHICH.search(lead):
            within = "结转"
        limit, within = _equated(between, limit, within)
        opened = words
        scope = within or scope_in(words) or _scope_before(lead, carried) or _of_subject(text, match.start())
        about = _about(words, after[:_NEXT])
        if match.start() < _planned_to(text) and not _SAID_DONE.search(words):
            about = side = "预算"
        item = item_meant(name, words, lead, after, unit, listed, last, phrases)
        if scope in ("调整", "追加") and item == "年度部门预算资金":
            scope = ""  # 「调整后预算」 is the year's whole budget
        if whole_about in ("预算", "实际") and _OPENS_PARTS.match(between):
            side = whole_about  # parts stand on the side of the whole they follow
        plain = QUOTES.sub("", name) in phrases.pairs  # 「基本支出」 says no side: its parts stand where it does
        whole_about = side if plain else about
        listed.append(item)
        last = item or last
        told = about if said else side
        item = phrases.sided(named if aside else name, unit, told, lead) or ("" if aside else item)
        if item == "在编人数" and _OF_ALL_STAFF.match(text, figure_end):
            item = "年末实有人数"  # 「在职29人（其中在编22人、聘用7人）」
        if item and phrases.dimensions[item] != dimension(unit):
            item = ""
        if not item and "预算" in words and dimension(unit) == "money" and _OF_BUDGET.search(words):
            side = "预算"
        if item:
            side = _side_of(item, phrases) or (_side_of(item, phrases, every=True) if said else "") or side
        yield Quantity(
            name=name,
            value=match["number"].replace(" ", ","),
            number=Decimal(match["number"].replace(",", "").replace(" ", "")),
            unit=("万元" if is_of_money(words) else "万") if unit == "万" else _UNITS.get(unit, unit),
            year=in_turn.get(match.start()) or _year_of(lead, year),
            span=passage.span(match.start(), figure_end),
            sentence=sentence,
            item=item,
            about="预算" if item and _side_of(item, phrases, every=True) == "预算" else about,
            vague=_vague(text, match),
            scope=scope,
        )
        named = named if unit in ("%", "‰", "个百分点") else name  # what a rate is called names no amount
        if aside:  # what follows goes on from the figure before
            side, last, whole_about, named = kept


def _figures(
    passage: Passage, start: int, end: int, masked: list[tuple[int, int]], money: str
) -> Iterator[tuple[re.Match[str], str, int, str]]:
    """The figures of a sentence: each with its unit, where it ends, and the words since the one before.

    ``money`` is the unit of amounts without one, where the report tells it once.
    """
    text = passage.flat
    before = start
    goes_on = False  # whether the figure before was an amount without a unit
    for match in _AMOUNT.finditer(text, start, end):
        if _inside(match.start(), masked):
            continue
        unit, figure_end = _unit_of(match, in_cell=passage.cell is not None), match.end()
        bare = bool(money) and not unit
        if bare:
            figure_end = match.end("number")
            if text[figure_end : figure_end + 1] in ("年", "月", "日"):
                continue
            goes_on = bare_amount(text, before, match.start(), figure_end, goes_on=goes_on)
            unit = money if goes_on else ""
        if unit:
            yield match, unit, figure_end, text[before : match.start()]
            goes_on = bare
            before = figure_end


def _equated(between: str, limit: str, within: str) -> tuple[str, str]:
    """What the parts behind a sign of equality are limited to, and the part at hand: 「年末结余8.76＝基本支出4.45（人员…）＋项目支出4.31」."""
    if _EQUALS.match(between) is not None:
        return within, within
    return limit, limit if limit and _ADDED.match(between) is not None else within


def _planned_to(text: str) -> int:
    """Up to where a paragraph tells of the budget by the label that opens it: 「预算安排情况：基本支出…；项目支出…。」; 0 without one."""
    match = _OF_THE_PLAN.match(text)
    end = text.find("。", match.end()) if match is not None else 0
    return len(text) if end < 0 else end


_OF_THE_PLAN = pattern(
    r"\s*(?:[(]?[一二三四五六七八九十\d]{1,3}[)、.]\s?)?(?:年初|全年|部门)?预算(?:安排|批复|编制)(?:情况)?:"
)
_SAID_DONE = pattern(r"实际|决算|执行|完成|支付|上年|去年")


def _scope_before(lead: str, carried: str) -> str:
    """What the parts of a sentence are limited to by the words before 「其中」, or by the sentence before."""
    if "其中" not in lead:
        return ""
    return (carried if lead.startswith("其中") else "") or scope_of(lead)


def _of_subject(text: str, end: int) -> str:
    """「科目」 where the paragraph speaks of one budget subject before a figure."""
    marked = "类)" in text or "款)" in text or "项)" in text
    return "科目" if marked and SUBJECT.search(text, 0, end) else ""


def _unit_of(match: re.Match[str], *, in_cell: bool) -> str:
    """The unit of a figure; in a cell that of the one behind its stroke where it has none: 「3.12/3.00万吨」."""
    unit = (match["scale"] or "") + (match["unit"] or "")
    if unit or not in_cell or match.string[match.end() : match.end() + 1] != "/":
        return unit
    behind = _AMOUNT.match(match.string, match.end() + 1)
    return (behind["scale"] or "") + (behind["unit"] or "") if behind is not None else ""


_UNITS = {"百分比": "%", "㎡": "平方米", "m²": "平方米"}
_NEXT = 6  # characters behind a figure that may say that it is a target
_AFTER = 24  # characters behind a figure that may say what it is split into
_OF_ALL_STAFF = pattern(r"\s?[(,]?其中[^。]{0,6}在编")
_OF_BUDGET = pattern(r"(?:年初|批复|安排|部门)[^,。;]{0,8}预算(?!执行|完成|控制|单位)|预算(?:安排|批复)")
_CHANGED = pattern(r"追加|追减|调增|调减|核增|核减|净增|补助资金")
_LEFT = pattern(r"结转|结余|未执行|未支出|剩余|节余|未使用|未完成支付")
_OPENS_PARTS = pattern(r"[,:]?\s?(?:\(|=|其中|包括|分别为|具体为|由)")
_LEFT_OF_WHICH = pattern(r"(?:结转|结余|剩余)[^。;\d]{0,12}\d[\d,.]*\s?(?:万?元)?[,(]?\s?其中")
_ADJUSTED = pattern(r"调整后|调整预算|调剂后")
_PART = pattern(r"基本支出|项目支出|项目经费|人员|公用")


def _limited(now: str, between: str, whole: str, words: str, *, part: bool) -> str:
    """What a part is limited to whose whole is a change of the budget, what was left of it, or the adjusted budget."""
    if part and _ADJUSTED.search(words):
        return "调整"
    if part and _OPENS_LIST.search(between):
        for scope, form in (("追加", _CHANGED), ("结转", _LEFT), ("调整", _ADJUSTED)):
            if form.search(whole):
                return scope
    return now if now and ")" not in between and _GOES_ON.fullmatch(between) else ""


_OPENS_LIST = pattern(r"其中|\([^)]*$|^\s?=")
_SIGN = pattern(r"^\s*[=+]\s?(?=[\u4e00-\u9fff]{2})")
_EQUALS = pattern(r"\s?=\s?[\u4e00-\u9fff]")
_ADDED = pattern(r"\)?\s?\+")
_GOES_ON = pattern(rf"[、,和及;]?\s?[\u4e00-\u9fff]{{0,4}}(?:{_PART.pattern})[\u4e00-\u9fff]{{0,4}}")
_SAYS_SIDE = pattern(r"预算(?!单位|部门)|决算|实际|计划|安排|执行|年初")
_WHOLES = (
    "基本支出",
    "基本支出年初预算数",
    "年初预算数",
    "年度部门预算资金",
    "本年支出合计",
    "部门预算资金实际支出",
    "采购预算金额",
    "实际采购金额",
    "三公经费预算数",
    "三公经费决算数",
)


def _side(found: list[Quantity], phrases: Phrases) -> str:
    sides = (
        _side_of(q.item, phrases) or (_side_of(q.item, phrases, every=True) if "预算" in q.name else "")
        for q in reversed(found)
    )
    return next((side for side in sides if side), "")


def _side_of(item: str, phrases: Phrases, *, every: bool = False) -> str:
    """On which side a whole stands (or, with ``every``, any item of a two-sided name)."""
    if not every and item not in _WHOLES:
        return ""
    return "预算" if item == "年度部门预算资金" else phrases.sides.get(item, "")


def _year_of(lead: str, year: int) -> int:
    if "年" not in lead:
        return year
    if "上年" in lead:
        lead = _CARRIED.sub("", lead)  # 「上年结转200.00万元，年中追加……」 goes on with the year's own
    found = _YEAR.findall(lead)
    past = [match.start() for match in _PAST.finditer(lead)]
    if past and max(lead.rfind("本年"), lead.rfind("今年")) > past[-1] and not found:
        return year  # 「上年支出812.60万元，本年支出…」
    if past and (not found or past[-1] > lead.rfind(found[-1])):
        return year - 1
    return int(found[-1]) if found else year


_SUMMED = pattern(r"以上[\u4e00-\u9fff]{0,4}(?:合计|共计|总计)")  # 「以上六类合计」
_OF_PROJECTS = "特定目标"  # 特定目标类支出 is project spending, no target


_BOUND = pattern(r"^(?:及)?以[上下内]的?")  # of the number before: 「提前15分钟以上的135期」


def _about(words: str, after: str) -> str:
    words = _BOUND.sub("", words)
    near = words[-8:].replace(_OF_PROJECTS, "")
    if _TARGETED.search(_SUMMED.sub("", near) if "以上" in near else near) or _TARGETED.match(after):
        return "目标"
    last = _SIDE_TOLD.match(words)
    return "" if last is None else "预算" if last["planned"] else "实际"


def _vague(text: str, match: re.Match[str]) -> str:
    last = text[max(0, match.start() - 1) : match.start()]
    if last in _VAGUE_ENDS or last.isspace():
        before = _VAGUE.search(text[max(0, match.start() - 3) : match.start()])
        if before:
            return before[1]
    return "左右" if text.startswith("左右", match.end()) else ""
