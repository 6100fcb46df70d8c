"""The facts of a leaf beside its scoring rule: what was aimed at and reached, the gap that is told, and how much is amiss."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from hengji.auditing.case import Case, once
from hengji.auditing.rescoring.scoring_rule import UNIT
from hengji.auditing.rescoring.sheet import compact, compact_at
from hengji.extracting.flat import flat
from hengji.library.texts import load_harmless
from hengji.model.extraction import Quantity, ScoredItem, Span
from hengji.model.numerals import read_chinese
from hengji.model.patterns import pattern
from hengji.model.units import canonical_unit

_FIGURE = pattern(
    rf"(?<![\d.A-Za-z〔第])(?P<n>(?:(?<=[=为是:(|率幅])-)?\d[\d,]*(?:\.\d+)?)(?P<w>万(?!元))?(?P<u>个百分点|%|(?:亿|百万|千)元|{UNIT})"
    rf"|(?<![第每\d.十百])(?P<c>[一二两三四五六七八九十])(?P<d>{UNIT})(?![性是致般些]|验收|通过|合格)"
)
_ENDS = ",;。|、()"
_AIM_BEFORE = pattern(
    r"(?:目标|标准|要求|基准|应达|规定|不低于|不超过|不少于|不高于|不[小大]于|指标|时限)[\u4e00-\u9fff]{0,4}:?$|[≥≤]$"
)
_AIM_BEHIND = pattern(r"的?(?:目标|标准|基准|要求)|以[上下内]|\(含\)")
_LATE = pattern(r"(?:晚|迟|逾期|超期|延期|滞后)了?$|(?:晚于|迟于|超过)(?:规定|要求|法定)(?:时间|时限|期限)$")
_FALLS_SHORT = pattern(r"(?:低于?|差|少|短|缺|相差|下降|降低|减少)(?:了|目标值?|于目标)?$")
_GOES_BEYOND = pattern(r"(?:超(?:出|支|编|过|员|预算)?|高出?|高于|增[加长]|多|上升)(?:了|目标值?)?$")
AMISS = pattern(
    r"未|超|逾|不[符全达合规一齐实准足]|缺|漏|无[\u4e00-\u9fff]|迟|晚|拖|闲置|投诉|白条|差|错|有误|违|没有|(?<!减)少|取消|事故|停|退回|滞后|延|问题|隐患|瑕疵|欠|失|遗|盘亏|负面|差评|死亡|伤|处分|批评|罚|重复|早于|损|丢|查实|挪用|挤占|套取|截留|混岗"
)


def faulty(words: str) -> bool:
    """Whether words tell something amiss; 少年, 失业 and 差旅费 only hold a character of it."""
    return AMISS.search(words) is not None and AMISS.search(plain(words)) is not None


def plain(words: str) -> str:
    """Words without the names that only hold a character of a defect."""
    return load_harmless().sub("", words)


_COMPARED = pattern(r"[较比](?:上年|去年|上一年)")
_OF_BEFORE = pattern(r"(?<![比较])(?:上年(?!同期|基础)|去年|上一年|往年)")
TIME = ("天", "日", "工作日", "个工作日", "个月", "小时", "分钟")
RATIOS = ("%", "个百分点")
_OFF_AIM = pattern(r"(?:[低高]于|不足|未达到?|超过)(?:年度|年初|既定|预期)?(?:目标|标准|指标|要求|计划)值?$")
_MOST_MISSED = 50  # per cent: by more than that no rate misses its target
_TOLD_LOSS = pattern(r"扣(?:了|减|除)?(?P<n>\d{1,2}(?:\.\d+)?)分")


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure of a leaf: ``lead`` and ``after`` are the words of its clause before and behind it, ``about`` what extraction read of it."""

    number: Fraction
    unit: str
    lead: str
    after: str
    at: int
    end: int
    about: str = ""

    @property
    def words(self) -> str:
        """Its clause without the figure."""
        return self.lead + self.after

    @property
    def aimed(self) -> bool:
        """Whether it tells what was aimed at or allowed, not what was reached."""
        if _LATE.search(self.lead):
            return False
        return _AIM_BEFORE.search(self.lead) is not None or _AIM_BEHIND.match(self.after) is not None

    @property
    def at_most(self) -> bool:
        """Whether it is a limit that is not to be gone beyond."""
        return self.lead in ("≤", "<", "不超过", "不高于", "不大于")

    @property
    def short(self) -> bool:
        """Whether it tells by how much something falls short."""
        return _FALLS_SHORT.search(self.lead) is not None and not self.bounded

    @property
    def beyond(self) -> bool:
        """Whether it tells by how much something goes beyond."""
        return _GOES_BEYOND.search(self.lead) is not None and not self.bounded

    @property
    def change(self) -> bool:
        """Whether it tells how much more or less something is than it was: 「上升4.23%」."""
        return self.unit == "%" and _CHANGES.fullmatch(self.lead) is not None

    @property
    def bounded(self) -> bool:
        """「低于95%」, 「低于目标92%」 names a bound: not by how much, nor what was reached."""
        if self.unit != "%":
            return False
        named = self.number > _MOST_MISSED and _OFF_AIM.search(self.lead) is not None
        return named or self.lead.endswith(("于", "超过", "不足", "未达", "未达到", "达不到"))


@dataclass(frozen=True, slots=True)
class Facts:
    """The figures of a leaf outside its rule, its words without the rule, and of a table what its columns aim at and report."""

    name: str
    text: str
    figures: tuple[Fact, ...]
    target: Fact | None = None
    actual: Fact | None = None
    cells: tuple[str, str] = ("", "")  # of target and result

    def before(self, fact: Fact) -> str:
        """The words of a fact's sentence before it, behind the last rate."""
        return sentence_before(self.text, fact.at).rpartition("%")[2]

    @property
    def losses(self) -> frozenset[Fraction]:
        """The deductions that are told."""
        return frozenset(Fraction(match["n"]) for match in _TOLD_LOSS.finditer(self.text))


@once
def _starts(case: Case) -> list[int]:
    return [quantity.span.start for quantity in case.found.quantities]


def own_words(case: Case, item: ScoredItem) -> str:
    """A leaf's own words alone."""
    if item.table:
        return compact("|".join(_cells(case, item)))
    return compact_at(case.flat[item.span.end : item.body.end])[0]


def words_of(case: Case, item: ScoredItem) -> tuple[str, list[int]]:
    """A leaf's own words, and where in the document each character stands (nowhere known for the cells of a table)."""
    if item.table:
        return own_words(case, item), []
    start = item.span.end
    text, places = compact_at(case.flat[start : item.body.end])
    return text, [start + place for place in places]


def _cells(case: Case, item: ScoredItem) -> list[str]:
    """The cells of a row that may tell facts: not its name, its groups, its rule, what it means, its target and its scores."""
    cells = case.text(item.body).split("\t")
    known = {_plain(each) for each in (item.name, item.rule, item.meaning, item.target, *item.path) if each}
    if len(cells) < len(("name", "points", "score")):
        return [part for part in (item.actual, item.remark) if part]
    own = f"{item.weight}%" if item.weight is not None else ""
    told = [c for c in cells if not _SCORE.fullmatch(c.strip()) and c.strip() != own]
    return [c for c in told if not {_plain(c), _plain(c.split("(")[0])} & known]


def _plain(text: str) -> str:
    return "".join(flat(text).split())


_SCORE = pattern(r"\d{0,3}(?:\.\d+)?分?")


def without(text: str, spans: Sequence[Span]) -> str:
    """A text with these spans blotted out."""
    for span in spans:
        text = f"{text[: span.start]}{';' * (span.end - span.start)}{text[span.end :]}"
    return text


def facts_of(case: Case, item: ScoredItem, text: str, places: list[int]) -> Facts:
    """The facts that a leaf tells in its words, from which its rule was blotted out."""
    about = _quantities(case, item, places)
    figures = tuple(_figures(text, places, about, case.year))
    if not item.table:
        return Facts(item.name, text, figures)
    if not any(figure.unit == "%" for figure in figures):
        figures = (*figures, *_bare_share(text))
    target, actual = amount_in(item.target), amount_in(item.actual)
    actual = actual or amount_in(_DONE_LEAD.sub("", compact(item.actual)))
    if target is None and actual is not None and (plan := _PLAN_IN_RULE.match(compact(item.rule))) is not None:
        target = amount_in(plan["plan"])
    if target is not None and actual is not None and target.unit == "%" and not actual.unit and actual.number > 1:
        actual = replace(actual, unit="%")  # the unit has a column of its own
    return Facts(item.name, text, figures, target, actual, (compact(item.target), compact(item.actual)))


_DONE_LEAD = pattern(r"^(?:年内|全年)?(?:已|实际)?(?:完成|完工|建成|竣工|实现|达到)")  # 「完工6座」
# 「计划40台，每少5台扣0.5分」
_PLAN_IN_RULE = pattern(
    r"(?:年度|全年)?(?:计划|目标|任务)(?:数|值)?[为:]?(?P<plan>\d[\d,]*(?:\.\d+)?[\u4e00-\u9fff]{1,4})(?=[,;。])"
)


def _bare_share(text: str) -> tuple[Fact, ...]:
    """The only share that the cells of a row tell as counts without a unit: 「水库除险加固12/12」."""
    told = list(_SHARE.finditer(text))
    done, whole = (Fraction(told[0][part].replace(",", "")) for part in ("done", "of")) if len(told) == 1 else (0, 0)
    if not 0 <= done <= whole or not whole:
        return ()
    return (Fact(Fraction(done) / whole * 100, "%", "", "", told[0].start(), told[0].end()),)


_SHARE = pattern(r"(?<![\d.,/=×])(?P<done>\d[\d,]{0,8})/(?P<of>\d[\d,]{0,8})(?![\d./=×%年分])")


_RATE_NAME = pattern(
    r"(?P<of>[\u4e00-\u9fff\"]{2,10}?)(?P<rate>(?:执行|完成|支出|控制|变动|调整|利用|覆盖|办结|及时|合格)率)$"
)


def rate_elsewhere(case: Case, name: str) -> tuple[Fact, Span | None] | None:
    """The one rate that running text tells of a row without facts of its own: of 政府采购执行率 the 执行率 in a sentence on 政府采购.

    With its sentence where a paragraph is headed by the name.
    """
    if EITHER_WAY.search(name):
        return None  # 「下降10%」: the sign is told in words
    headed = _headed_rate(case, name)
    if headed is not None:
        return Fact(Fraction(headed.number), "%", name, "", 0, 0), headed.sentence
    named = _RATE_NAME.match(name.replace('"', ""))
    if named is None or named["of"] in _NO_FIELD:
        return None
    found: dict[Fraction, Quantity] = {}
    for quantity in case.told_rates:
        if quantity.table or not quantity.name.endswith(named["rate"]) or quantity.about == "目标":
            continue
        opens = max(case.paragraph(quantity.span.start).start, quantity.span.start - _BACK)
        before = case.flat[opens : quantity.span.start].replace('"', "")
        if named["of"] in before and "%" not in before[before.rfind(named["of"]) :]:
            found[Fraction(quantity.number)] = quantity
    if len(found) != 1:
        return None
    (number,) = found
    return Fact(number, "%", name, "", 0, 0), None


EITHER_WAY = pattern(r"变动|增长|增减|下降")


def _headed_rate(case: Case, name: str) -> Quantity | None:
    """The one rate of a paragraph that a row's name opens: 「2.预算控制率：追加679.50万元，占年初预算的12.40%。」."""
    at = case.flat.find(name) if name else -1
    while at >= 0:
        paragraph = case.paragraph(at)
        opens = _OPENS.fullmatch(case.flat, paragraph.start, at) and _GOES_ON.match(case.flat, at + len(name))
        if opens and not case.in_table(at):
            rates = [q for q in case.told_rates if at <= q.span.start < paragraph.end and q.about != "目标"]
            return rates[0] if len({q.number for q in rates}) == 1 else None
        at = case.flat.find(name, at + len(name))
    return None


_OPENS = pattern(r"\s*(?:[(]?[\d一二三四五六七八九十]{1,3}[)、.]*\s?)?")
_GOES_ON = pattern(r"[:。,(]")
_BACK = 120  # characters before a rate in which its field is named
_NO_FIELD = ("预算", "部门预算", "支出", "资金", "项目", "实际", "任务", "目标", "计划", "工作", "指标", "年度", "总体")


def _quantities(case: Case, item: ScoredItem, places: list[int]) -> dict[int, Quantity]:
    """What extraction read in a leaf of running text, by where it stands."""
    if not places:
        return {}
    starts, quantities = _starts(case), case.found.quantities
    low, high = bisect_left(starts, item.span.end), bisect_left(starts, item.body.end)
    return {quantity.span.start: quantity for quantity in quantities[low:high]}


_STOPS = pattern(r"[,;。|、()\d]")


def _figures(text: str, places: list[int], known: dict[int, Quantity], year: int) -> Iterator[Fact]:
    lead, last = "", 0
    for match in _FIGURE.finditer(text):
        opens = max(text.rfind(mark, 0, match.start()) for mark in _ENDS) + 1
        listed = last and text[last : match.start()] == "、"  # 「超预算0.90万元、5.00%」
        lead, last = lead if listed else _LAST_FIGURE.sub("", text[opens : match.start()]), match.end()
        after = _STOPS.split(text[match.end() : match.end() + 24], maxsplit=1)[0]
        unit = match["u"] or match["d"]
        quantity = known.get(places[match.start()]) if places else None
        earlier = (
            quantity is not None and quantity.year < year and not _COMPARED.search(sentence_before(text, match.start()))
        )
        earlier = earlier or text[match.start() - 1 : match.start()] in ("×", "*")
        earlier = earlier or _OF_BEFORE.search(_since_this_year(text, match.start())) is not None
        if (earlier and not _changed(text[:opens], lead, unit)) or (unit == "日" and lead.endswith("月")):
            continue
        value = Fraction(read_chinese(match["c"].replace("两", "二")) or 0) if match["c"] else _value(match)
        about = quantity.about if quantity is not None else ""
        yield Fact(value, canonical_unit(unit), lead, after, match.start(), match.end(), about)


def _changed(before: str, lead: str, unit: str) -> bool:
    """Whether a rate tells how the year's own figure changed, right behind the one of the year before: 「本年14.80万元，上年14.20万元，上升4.23%」."""
    return unit == "%" and _CHANGES.fullmatch(lead) is not None and _TWO_YEARS.search(before) is not None


_CHANGES = pattern(r"(?:同比|则|即)?(?:上升|增长|增加|提高|增幅|升幅|涨幅|上涨|下降|减少|降低|降幅|压减)(?:了|为|达)?")
_TWO_YEARS = pattern(r"\d[^。;|]*[,、(](?:上年|去年|20\d\d年)[^,、。;|]{0,16}\d[^,、。;|]{0,4}[,、(]$")
_LAST_FIGURE = pattern(rf"^.*\d(?:年度?|月末?|日|%|{UNIT})?的?")


def sentence_before(text: str, position: int) -> str:
    """The words of a sentence before a position in it."""
    return text[max(text.rfind(mark, 0, position) for mark in "。;|") + 1 : position]


def _since_this_year(text: str, position: int) -> str:
    """The words of a sentence before a position, from where it turned to the year itself: 「上年结转86万元，本年结转103.2万元，变动率20%」."""
    return _THIS_YEAR.split(sentence_before(text, position))[-1]


_THIS_YEAR = pattern(r"本年末?|当年|今年|本年度")


def _value(match: re.Match[str]) -> Fraction:
    value = Fraction(Decimal(match["n"].replace(",", "").rstrip(".")))
    return value * 10_000 if match["w"] else value


def amount_in(text: str) -> Fact | None:
    """The one figure of a cell of target or result: 「≥90%」, 「108场」, 「40」."""
    match = _CELL.match(compact(text))
    if match is None:
        return None
    return Fact(_value(match), canonical_unit(match["u"]), match["sign"] or "", "", 0, 0)


_CELL = pattern(
    r"(?P<sign>[≥≤=<>]|不低于|不少于|不小于|不超过|不高于|不大于)?(?P<n>-?\d[\d,]*(?:\.\d+)?)(?P<w>万(?!元))?(?P<u>[\u4e00-\u9fff%]{0,4})(?:/[\u4e00-\u9fff]{1,3})?(?:$|[(;|,])"
)
