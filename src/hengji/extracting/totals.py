"""The total as printed: final score, base, bonus, cap, grade and the scale."""

import itertools
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from decimal import Decimal

from hengji.extracting.others_totals import of_others
from hengji.extracting.passages import Passage
from hengji.model.extraction import ScoredItem, Span, Stated, Totals
from hengji.model.numerals import CHINESE, read_chinese
from hengji.model.patterns import pattern

_N = rf"(?P<n>\d{{1,3}}(?:\.\d{{1,4}})?|{CHINESE}(?=\s?分))"
_TOTAL = pattern(
    r"(?:(?:整体支出|整体|部门|单位|项目|综合|总体|最终|本次|绩效|年度)[^,。;()]{0,24}?(?:自评|评价|评分|考评)?(?:综合|总体|最终|平均)?(?:得分|总分|评分|分值|总得分|分数|评价分|自评分)"
    r"|(?:部门)?整体(?:支出)?(?:绩效)?(?:自评|评价)?(?:综合)?得|自评总分|自评总得分|自评(?:合计|共计|总计)(?:得分|得)?|自评口径得分|系统得分|总得分|总分|综合得分|合计得分|最终得分|最后得分|评价总分|自评综合得分|总评分|自评得分合计|总体得分|评价分)(?:\(分\))?\s?(?:合计|共计)?(?:为|是|达|计|:|共)?\s?"
    + _N
    + r"\s?分?(?![\d%个项名]|\s?分?\s?(?:\(含|以[上下]|[—–~～至-]\s?\d))"
)
_LOOSE = pattern(
    r"(?:(?:我|本)(?:局|委|办|院|校|馆|中心|站|所|单位|部门|乡|镇|街道)(?:综合)?得分|自评(?:得分|得|分|评分|打分)?|评价得分|评分结果|打分结果|(?:^|(?<=[,。;:]))(?:得分|得|评分))\s?(?:为|是|:)?\s?"
    + _N
    + r"\s?分"
)
_ADDED = r"(?:\d[\d.]*分?(?:\s?\+\s?\d[\d.]*分?)+\s?=\s?)?"  # 「19.15+29.7+49.59=」
# 「基础分98.61分，加分1分，合计99.61分」, 「…效益19分，合计96.5分」
_SUMMED = pattern(
    rf"(?:(?:(?:得分|自评|得|加分|减分|基础分)[^。;]{{0,80}}?|^)(?<=[,。;:、)])|^\s*|(?<=[,。;:])(?=各项?指标))(?:各项?指标|各项|以上|[两三四五六](?:项|个?部分))?(?:合计|共计|总计|累计|相加)(?:得分|得|为|是|:)*\s?{_ADDED}{_N}\s?分(?!值)"
)
_BASE = pattern(
    r"(?:评分合计|评分表得分|基(?:础|本)(?:部分|评分|指标|项目?)?(?:得分|评分|分)|(?:各项)?指标(?:合计)?得分(?:合计|小计)?|百分制得分)"
    r"\s?(?:自评|合计|得分|得|实得|为|是|:|共|计){0,3}\s?" + _N + r"\s?分"
)
_GRADE = pattern(
    r"(?:等级|等次|结论|评级|档次|级别|定级|结果|评价|评定|绩效|自评)[^,。;\d]{0,12}?(?:为|是|:|属于?|达到|定为)\s?[\"「'(]?(?P<g>优秀|良好|优|良|中等|中|较差|差|合格|不合格)[\"」')]?(?:等次|等级|档|级|等)?(?=[,。;、()\s]|$|的(?!\s?\d|[部单项]))"
)
_WORD = r"(?P<g>优秀|良好|优|良|中等|中|较差|差|合格|不合格)"
_QUOTED = pattern(r"[\"「](?P<g>优秀|良好|优|良|中等|中|差)[\"」](?:等次|等级|档|级)?")
# 「等级优秀」, 「定为优秀等次」
_SHORT = pattern(
    rf"(?:等级|等次|评级|档次)[\"「(]?{_WORD}[\"」)]?(?=[,。;()\s]|$)|(?:定为|评为|列为|属于?|对应|达到|处于|为)[\"「]?(?P<h>优秀|良好|优|良|中|差)[\"」]?(?:等级|等次|档次|[等档](?=[,。;)]))"
)
# the grade right behind the total: 「94分（优）」, 「96.5分，优。」
_BEHIND = pattern(
    rf"\d\s?分\s?[(,]\s?(?:[\u4e00-\u9fff]{{0,4}}[定为属于入在到是应列])?:?[\"「]?{_WORD}[\"」]?的?(?:等|级|档|标准|区间)?[次级]?(?=[()。,;]|$)"
)
_SCALE = pattern(r"(?:优|良)[^。]{0,6}?(?:[(≥]|≥|\d{2,3}分?[^。]{0,6}(?:以上|含))[^。]{0,80}?(?:差|中)[^。]{0,16}")
_CAP = pattern(
    r"(?:最高|上限|封顶|按满分|不超过)[^。;]{0,12}?(?:100|一百)\s?分[^。;]{0,10}(?:计|封顶|为限)?|超(?:过|出)\s?100\s?分[^。;]{0,12}(?:计|封顶)|按\s?100\s?分(?:计|封顶)|封顶|以\s?100\s?分为(?:限|上限)"
)
# The line that closes a list of leaves: 「合计97.7分，等级为优。」, 「以上合计100分，自评99.34分」.
_CLOSES = pattern(
    r"\s*(?:以上)?(?:各项)?(?:合计|总计|共计)(?:100\s?分,)?(?:得分|自评得分|自评|得)?\s?\d{2,3}(?:\.\d+)?\s?分[,。;]"
)
_SPEAKS = pattern(r"分(?:(?<=\d.)|(?<=\d\s.))|总得?分|等级|等次|结论|评级|档次|级别|自评|封顶|优")
_RULES = pattern(r"每|扣|≥|以上|以下|得分=|计算公式|评分标准|满分")


def totals(
    passages: tuple[Passage, ...],
    items: tuple[ScoredItem, ...],
    tables: Iterable[Stated],
    grades: Iterable[Stated],
    taken: Iterable[Span],
    *,
    overall: bool = True,
    year: int = 0,
) -> Totals:
    """The printed totals of running text and tables. What stands inside an item's own text is that item's score.

    ``overall`` says that a project's total is not the document's, ``year`` that one of a year before is not.
    """
    inside = _covered([item.body for item in items if not item.table] + list(taken))
    begins = [span.start for span in inside]
    claimed: list[Stated] = []
    loose: list[Stated] = []
    foreign: set[Stated] = set()
    outer: list[Passage] = []
    bases: list[Stated] = []
    grade: Stated | None = None
    scale: Stated | None = None
    cap: Stated | None = None
    for passage in passages:
        text = passage.flat
        own = passage.cell is None or len(text) > 40
        if not own:
            continue
        outside = (
            not _within(passage.whole.start, inside, begins) or _above(passage.whole, items, text) or _closes(passage)
        )
        capping = "100" in text or "封顶" in text or "一百" in text
        if not (outside or capping) or not _SPEAKS.search(text):
            continue
        if outside:
            total, beside = list(_TOTAL.finditer(text)), list(_LOOSE.finditer(text))
            claimed += [
                _stated(passage, m)
                for m in total
                if not (_rule(text, m) or _is_scale(text, m) or (overall and _of_a_project(text, m)))
            ]
            loose += [
                _stated(passage, m) for m in beside if not (_rule(text, m) or _lost(text, m) or _of_points(text, m))
            ]
            foreign |= {_stated(passage, m) for m in of_others(text, (*total, *beside), year)}
            outer.append(passage)
            bases += [_stated(passage, m) for m in _BASE.finditer(text) if not _is_scale(text, m)]
            scaled = _SCALE.search(text) if "优" in text or "良" in text else None
            scale = scale or (Stated(scaled[0], passage.span(scaled.start(), scaled.end())) if scaled else None)
            grade = grade or _grade(passage, scaled)
        capped = _CAP.search(text) if capping else None
        cap = cap or (Stated(capped[0], passage.span(capped.start(), capped.end())) if capped else None)
    rows = list(tables)
    if foreign:
        claimed, loose = _of_this_report(claimed, loose, foreign, outer, rows=bool(rows))
    grade = grade or _broken_grade(passages)
    claimed = _without_scale(claimed, outer)
    if not claimed and not any(Decimal(each.value) >= _HIGH for each in loose):
        claimed = [each for passage in outer for each in _summed(passage)][-1:]
    if not claimed:
        claimed = [each for passage in outer for each in _converted(passage)][:1] or _likely(loose, passages)
    base = next((each for each in bases if Decimal(each.value) != _FULL), bases[0] if bases else None)
    base, built = _base_and_built(base, [*claimed, *loose], outer)
    claimed += built
    claimed = [*claimed, *rows]
    base_values = {base.value} if base else set()
    if loose and all(each.value in base_values for each in claimed):
        others = [each for each in loose if each.value not in base_values and Decimal(each.value) >= _HIGH]
        claimed += others or [each for passage in outer for each in _summed(passage)][-1:]
    finals = [each for each in claimed if each.value not in base_values] or claimed
    graded = list(grades)
    return Totals(
        claimed=_final(finals),
        all_claimed=tuple(claimed),
        base=base,
        grade=grade or (graded[-1] if graded else None),
        scale=scale,
        cap=cap,
    )


def _closes(line: Passage) -> bool:
    """Whether a line closes a list of leaves with what they make, though it stands in the last one's text."""
    return line.cell is None and _CLOSES.match(line.flat) is not None


def _of_this_report(
    claimed: list[Stated], loose: list[Stated], foreign: set[Stated], outer: list[Passage], *, rows: bool
) -> tuple[list[Stated], list[Stated]]:
    """The totals that are no other report's; where there are none but those, the sum that a paragraph makes, else they stay."""
    own = [each for each in claimed if each not in foreign], [each for each in loose if each not in foreign]
    if own[0] or own[1] or rows:
        return own
    summed = [each for passage in outer for each in _summed(passage)][-1:]
    return (summed, []) if summed else (claimed, loose)


def _without_scale(claimed: list[Stated], passages: list[Passage]) -> list[Stated]:
    """The sum of the scores where all that was read is 「总分100分」, which may be the most that there is."""

    def is_scale(total: Stated) -> bool:
        inside = (p for p in passages if p.whole.start <= total.span.start < p.whole.end)
        plain = any(p.flat[total.span.start - p.whole.start :].startswith("总分") for p in inside)
        return plain and Decimal(total.value) == _FULL

    if not claimed or not all(is_scale(total) for total in claimed):
        return claimed
    return [each for passage in passages for each in _summed(passage)][-1:] or claimed


def _summed(passage: Passage) -> Iterator[Stated]:
    """Totals that a paragraph adds up: 「…效益19分，合计96.5分」."""
    text = passage.flat
    for match in _SUMMED.finditer(text) if "计" in text or "相加" in text else ():
        if _HIGH <= _number(match) < _FULL and not re.search("满分|分值|权重|扣", match[0]):
            yield Stated(str(_number(match)), passage.span(match.start("n"), match.end("n")))


_TO_HUNDRED = r"(?:百分制|一百分制|满分?\s?100\s?分|100\s?分制?|适用分值|适用满分)"
_AFTER = r"(?:后|为|成|得|计|到|的|综合|自评|最终|实际|总得分|得分|总分|是|约|:){0,4}"
# 「实得82.92分，按百分制折算为87.28分」, 「换算成百分制后得分91.3分」, 「折算后自评得分91.3分」
_CONVERTED = pattern(
    rf"(?:{_TO_HUNDRED}[^。;\d]{{0,8}}(?:折算|换算|折合|折)|(?:折算|换算|折合)(?:成|为|到)?{_TO_HUNDRED}|(?:折算|换算)(?=后(?:的)?(?:自评|综合|最终|总))){_AFTER}\s?{_N}\s?分(?!值)"
)


def _likely(loose: list[Stated], passages: tuple[Passage, ...]) -> list[Stated]:
    """The total where no words of its own tell it: the highest score, or one broken off its label."""
    return [max(loose, key=lambda each: Decimal(each.value))] if loose else list(_broken_total(passages))


def _converted(passage: Passage) -> Iterator[Stated]:
    """The total that a score was put to the hundred in."""
    for match in _CONVERTED.finditer(passage.flat) if "折" in passage.flat or "换算" in passage.flat else ():
        if _HIGH <= _number(match) <= _FULL:
            yield _stated(passage, match)


_TOLD = pattern(r"(?P<n>\d{1,3}(?:\.\d{1,4})?)\s?分(?!值|以)")
_BESIDE = pattern(r"[加减奖附][^,。;\d]{0,8}$")
_MOST_OF_ALL = pattern(r"(?:满分|总分值?|分值|上限|最高|不超过)[^,。;\d]{0,3}$")


def _base_and_built(
    base: Stated | None, told: list[Stated], passages: list[Passage]
) -> tuple[Stated | None, list[Stated]]:
    """The base, and the total that it makes with a bonus where no other total is told; the one that is told is then the base."""
    wholes = [each for each in told if Decimal(each.value) >= _HIGH]
    alone = base or (wholes[0] if wholes else None)
    if alone is None or any(each.value != alone.value for each in wholes):
        return base, []
    built = [each for passage in passages for each in _built(passage, alone)][:1]
    return (alone, built) if built else (base, [])


def _built(passage: Passage, base: Stated) -> Iterator[Stated]:
    """The total that a base and a bonus beside it make: 「基础分自评96.8分，加分1.5分，合计98.3分」."""
    if not passage.whole.start <= base.span.start < passage.whole.end:
        return
    told = [match for match in _TOLD.finditer(passage.flat) if passage.span(match.start(), match.end()) > base.span]
    for first, last in itertools.combinations(told, 2):
        made = abs(_number(last) - Decimal(base.value)) == _number(first) != 0 and _number(last) >= _HIGH
        made = made and not _MOST_OF_ALL.search(passage.flat, 0, last.start())
        if made and _BESIDE.search(passage.flat, 0, first.start()):
            yield _stated(passage, last)


def _broken_total(passages: tuple[Passage, ...]) -> Iterator[Stated]:
    """A total whose label and number stand on lines of their own: 「自评得分」 | 「90分」."""
    for before, after in itertools.pairwise(passages):
        if before.cell is None and after.cell is None and _LABEL.fullmatch(before.flat.strip()):
            match = re.fullmatch(r"\s*(?P<n>\d{2,3}(?:\.\d+)?)\s?分[。;]?\s*", after.flat)
            if match is not None:
                yield Stated(str(Decimal(match["n"])), after.span(match.start("n"), match.end("n")))
                return


_LABEL = pattern(r"(?:自评|综合|总)(?:得分|评分|总分)(?:\(分\))?:?")


def _broken_grade(passages: tuple[Passage, ...]) -> Stated | None:
    """A grade whose sentence a page's end broke: 「等级」 | 「为“优”」."""
    for before, after in itertools.pairwise(passages):
        if (
            before.cell is None
            and after.cell is None
            and re.search(r"(?:等级|等次|评级|结论)(?:为|是)?\s*$", before.flat)
        ):
            match = re.match(
                r"\s*(?:为|是|:)?\s?[\"「]?(?P<g>优秀|良好|优|良|中等|中|较差|差)(?=[\",。;」 ])", after.flat
            )
            if match is not None:
                return Stated(match["g"], after.span(match.start("g"), match.end("g")))
    return None


_HIGH = Decimal(50)  # no leaf is worth so much


# A number of so many: any character of it, and what then stands behind it.
_HIGH_TOLD = pattern(r"[\d五六七八九百](?:(?<=[5-9])\d|(?<=\d)\d\d|(?<=[五六七八九])十|(?<=百))")


def _above(whole: Span, items: tuple[ScoredItem, ...], text: str) -> bool:
    """Whether a paragraph that stands under the last leaf speaks of the whole: it gives more than the leaf is worth."""
    if ("分" not in text and "得" not in text) or not _HIGH_TOLD.search(text):
        return False
    match = _TOTAL.search(text) or _LOOSE.search(text)
    if match is None or (number := _number(match)) < _HIGH:
        return False
    item = next((each for each in items if not each.table and each.body.start <= whole.start < each.body.end), None)
    if item is None:  # under the heading of a bonus
        return (
            match.re.pattern == _TOTAL.pattern
            and re.match(r"\s*(?:综上|综合|总体)|[^,。]{0,30}整体支出", text) is not None
        )
    return item is not None and number != item.claimed and number >= max(_HIGH, (item.points or _HIGH) + 1)


def _final(claimed: list[Stated]) -> Stated | None:
    """The one total of several: the first, or the highest where a base and a bonus build it up."""
    if not claimed:
        return None
    return claimed[0]


def _stated(passage: Passage, match: re.Match[str]) -> Stated:
    return Stated(str(_number(match)), passage.span(match.start(), match.end()))


def _number(match: re.Match[str]) -> Decimal:
    return read_chinese(match["n"]) or Decimal(0)


def _covered(ranges: Iterable[Span]) -> list[Span]:
    """The ranges in order, those that overlap or touch as one."""
    found: list[Span] = []
    for span in sorted(ranges):
        if found and span.start <= found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return found


def _within(place: int, covered: list[Span], begins: list[int]) -> bool:
    index = bisect_right(begins, place) - 1
    return index >= 0 and place < covered[index].end


def _rule(text: str, match: re.Match[str]) -> bool:
    start = max(text.rfind(mark, 0, match.start()) for mark in "。;,") + 1
    behind = "" if _OUT_OF.match(text, match.end()) else text[match.end() : match.end() + 4]
    clause = text[start : match.end()] + re.split("[。;,]", behind)[0]
    if _OF_A_GROUP.search(text[max(text.rfind(mark, 0, match.start()) for mark in "。;") + 1 : match.start()]):
        return _number(match) <= _HIGH  # 「投入方面共3项指标，总分20分」 tells a group's points
    return bool(_RULES.search(clause)) and "自评" not in clause


_OUT_OF = pattern(r"\s?\((?:总分|满分)[为是]?\s?100")  # 「总分99.20分（满分100分）」


def _lost(text: str, match: re.Match[str]) -> bool:
    """Whether a score is told of a leaf that lost points: 「失2分（可得2分，得0分）」."""
    return re.search(r"(?:可得|应得|失|扣(?<!共扣)(?<!计扣))[^。;(]{0,8}\d\s?分,$", text[: match.start()]) is not None


_UPWARDS = pattern(r"\s?(?:\((?:不?含)\))?\s?(?:及)?以[上下]")


def _is_scale(text: str, match: re.Match[str]) -> bool:
    """Whether a whole is the most that there is, with the score behind it, or of a scale: 「总分100分，自评96.8分」, 「总分90分（含）以上为优」."""
    return (
        _UPWARDS.match(text, match.end()) is not None
        or _less_is_told(text, match)
        or (
            _number(match) == _FULL
            and re.match(r"(?:总分|总分值|分值|基础分|基本分|满分)", match[0]) is not None
            and re.search(r"自评|得", match[0]) is None
            and (
                _MADE_UP.search(text, 0, match.start()) is not None
                or _OF_A_SYSTEM.search(text, 0, match.start()) is not None
                or any(
                    _number(m) != _FULL
                    for form in (_LOOSE, _TOTAL)
                    for m in form.finditer(text, 0 if _NO_EXTRAS.match(text, match.end()) else match.end())
                )
            )
        )
    )


_MADE_UP = pattern(r"分[^。;\d]{0,8}(?:组成|构成)[^。;]{0,4}$")  # 「由预算执行20分和年度目标80分组成，总分100分」


# 「自评采用县财政局统一的指标体系，总分100分」
_OF_A_SYSTEM = pattern(
    r"(?:采用|使用|运用|适用|统一|印发|下发|制定|设置|确定|规定)的?[^。;,]{0,20}(?:指标体系|评价体系|评分体系|评分表|评分标准|评价标准|百分制)(?:评分|打分)?[,(:]?(?:各项指标)?$|(?:共|设|设置|分为?|包[括含])\s?\d{1,2}\s?[项个](?:[一二三四末]级|评价|具体)?指标,$"
)


def _less_is_told(text: str, match: re.Match[str]) -> bool:
    """Whether the score and the loss that make up a hundred stand behind it: 「自评总分100分，自评得分98.08分，扣分1.92分」."""
    if _number(match) != _FULL:
        return False
    told = {Decimal(m["n"]) for m in _TOLD.finditer(text, match.end()) if not _BESIDE.search(text, 0, m.start())}
    lost = {Decimal(m["n"]) for m in _LOST.finditer(text, match.end())}
    return any(_FULL - each in told for each in lost if each < _HIGH)


_LOST = pattern(r"(?:扣|失|丢)[^,。;:\d]{0,6}(?P<n>\d{1,2}(?:\.\d{1,4})?)\s?分")


_NO_EXTRAS = pattern(
    r"[,、;]?\s?(?:也|且|并)?(?:无|没有|未发生|不涉及|未涉及|未设)(?:加|附加|奖励)"
)  # 「97.8分（基础分100分，无加减分）」


def _of_a_project(text: str, match: re.Match[str]) -> bool:
    clause = text[max(text.rfind(mark, 0, match.start()) for mark in "。;,") + 1 : match.end()]
    return "项目" in clause and not re.search(r"整体|部门|各项目|项目自评[^,。;]{0,10}(?:综合|汇总)", clause)


_POINTS = pattern(r"(?:满分|分值|标准分|权重)\s?[:为]?\s?(?P<n>\d{1,3}(?:\.\d+)?)\s?分?[\s,;、|(]*$")


def _of_points(text: str, match: re.Match[str]) -> bool:
    """Whether a score stands right behind points that are not those of the whole: 「满分40分　自评38分」."""
    points = _POINTS.search(text, max(0, match.start() - 16), match.start())
    return points is not None and Decimal(points["n"]) < _FULL


_FULL = Decimal(100)
_OF_A_GROUP = pattern(r"(?:方面|类指标|部分|环节|层面|维度|板块)[^。;]{0,14}$")


def _grade(passage: Passage, scaled: re.Match[str] | None) -> Stated | None:
    text = passage.flat
    for form in (_GRADE, _QUOTED, _SHORT, _BEHIND):
        for match in form.finditer(text):
            of_scale = scaled is not None and scaled.start() <= match.start() < scaled.end()
            listed = (
                "分为" in match[0]
                or _DIVIDED.search(text[: _word_at(match)]) is not None
                or text[match.end() : match.end() + 1] == "、"
            )  # 「分为优、良、中、差」
            if listed or (of_scale and form is not _GRADE) or _ANOTHERS.search(_clause_to(text, match)):
                continue
            before = text[max(0, match.start() - 30) : match.start()]
            of_bands = len(set(_QUOTED.findall(text))) > 1 and _OF_BAND.search(before)
            if form is _QUOTED and (of_bands or not re.search(r"等级|等次|结论|评级|自评|评价", before)):
                continue
            if form is _BEHIND and Decimal(_LAST_NUMBER.findall(text[: match.start() + 1])[-1]) < _HIGH:
                continue
            word = match["g"] or match["h"] if form is _SHORT else match["g"]
            return Stated(word, passage.span(match.start(), match.end()))
    return None


_OF_BAND = pattern(r"(?:以上|以下|之间|\d\s?分)(?:\([^()]{1,6}\))?的?[为是属]$")  # 「80至90分为“良”」
_ANOTHERS = pattern(r"复核|复评|抽查|第三方|上一?年度?|去年|往年")  # a grade that is not this report's own


def _clause_to(text: str, match: re.Match[str]) -> str:
    """A sentence from its beginning to the end of a match in it."""
    return text[max(text.rfind(mark, 0, match.start()) for mark in "。;") + 1 : match.end()]


_DIVIDED = pattern(r"分(?:为|成|设)?[一二三四五\d]?[个级档][^,。;]{0,4}[:(]?$")  # 「分四个等级：优（90分以上）」


def _word_at(match: re.Match[str]) -> int:
    """Where the word of the grade itself begins."""
    return match.start("g") if match["g"] else match.start("h")


_LAST_NUMBER = pattern(r"\d+(?:\.\d+)?")
