"""The facts of a leaf beside its scoring rule: what was aimed at and reached, the gap that is told, and how much is amiss."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from hengji.auditing.case import Case, once
from hengji.auditing.numbers import number
from hengji.auditing.scoring_rule import UNIT, Every, compact, compact_at
from hengji.auditing.wording import pairs_of
from hengji.extracting.flat import flat
from hengji.model.extraction import Quantity, ScoredItem, Span
from hengji.model.numerals import read_chinese
from hengji.model.units import canonical_unit, dimension, factor

_FIGURE = re.compile(
    rf"(?<![\d.A-Za-z〔])(?P<n>(?:(?<=[=为是:(|])-)?\d[\d,]*(?:\.\d+)?)(?P<w>万(?!元))?(?P<u>个百分点|%|(?:亿|百万|千)元|{UNIT})"
    rf"|(?<![第每\d.十百])(?P<c>[一二两三四五六七八九十])(?P<d>{UNIT})(?![性是致般些])"
)
_ENDS = ",;。|、()"
_AIM_BEFORE = re.compile(
    r"(?:目标|标准|要求|基准|应达|规定|不低于|不超过|不少于|不高于|指标|时限)[\u4e00-\u9fff]{0,4}:?$|[≥≤]$"
)
_AIM_BEHIND = re.compile(r"的?(?:目标|标准|基准|要求)|以[上下内]|\(含\)")
_LATE = re.compile(r"(?:晚|迟|逾期|超期|延期|滞后)了?$|(?:晚于|迟于|超过)(?:规定|要求|法定)(?:时间|时限|期限)$")
_PLAN = re.compile(r"计划|目标|任务|应(?!急|用|对|得|扣|收未)|核定|年初|指标值|拟|预算")
_DONE = re.compile(
    r"实际|完成|完工|建成|通过|办结|开展|实施|达到|培训|新增|举办|达标|入藏|已(?!超)|修复|覆盖|符合|在编|竣工|验收|支出|决算|执行|使用"
)
_REVISED = re.compile(r"调整|调减|调增|核减|变更")
_FALLS_SHORT = re.compile(r"(?:低于?|差|少|短|缺|相差|下降|降低|减少)(?:了|目标值?|于目标)?$")
_GOES_BEYOND = re.compile(r"(?:超(?:出|支|编|过|员|预算)?|高出?|高于|增[加长]|多|上升)(?:了|目标值?)?$")
_AMISS = re.compile(
    r"未|超|逾|不[符全达合规一齐实准]|缺|漏|无[\u4e00-\u9fff]|迟|晚|拖|闲置|投诉|白条|差|错|有误|违|没有|(?<!减)少|取消|事故|停|退回|滞后|延|问题|隐患|瑕疵|欠|失|遗|盘亏|负面|差评|死亡|伤|处分|批评|罚|重复|早于|损|丢|查实"
)
_DENIED = re.compile(
    r"均未|未发现|未发生|未出现|没有(?:发现|发生|出现)|无(?:一|逾|超|投)|全部(?:按|办结)|逐[件项一]|一致|未被|没有逾|^按[期时]|均按|其余|其他"
)
_COMPARED = re.compile(r"[较比](?:上年|去年|上一年)")
_OF_BEFORE = re.compile(r"(?<![比较])(?:上年(?!同期|基础)|去年|上一年|往年)")
_KINDS = tuple(
    re.compile(words)
    for words in (
        r"超期|逾期|延期|推迟|超时|晚|滞后|延误|延至|时限|未按[期时]|未及时|迟|未如期",
        r"缺|少|漏|未完成|未开展|未实施|差|取消|未建|未达",
        r"超编|超标|超支|超员|超出|超",
        r"闲置",
        r"投诉|信访|举报",
        r"不符|不一致|未入账|卡片|不规范|不合格|不全|有误|错|白条|不完整|未登记|账外|违规|违反",
    )
)
_GENERIC = re.compile(r"^(?:发现|有|出现|发生|存在|的|,|评分|标准|为|规定|扣分|细则|按|:)*$")
_OF_OTHERS = re.compile(r"检查|排查|巡查|查处|督促|整治|执法|抽检")
_ANY = "个件项处次起例"  # in a rule these count whatever the facts count
_TIME = ("天", "日", "工作日", "个工作日", "个月", "小时", "分钟")
_RATIOS = ("%", "个百分点")
_TOLD_LOSS = re.compile(r"扣(?:了|减|除)?(?P<n>\d{1,2}(?:\.\d+)?)分")
_STEM = re.compile(r"([\u4e00-\u9fff]{2})(?:率|度|进度|比例|比重)")
_STEMS_ALIKE = ({"执行", "支出", "完成"}, {"满意", "众满"})


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
    def short(self) -> bool:
        """Whether it tells by how much something falls short."""
        return _FALLS_SHORT.search(self.lead) is not None and not self._bounded

    @property
    def beyond(self) -> bool:
        """Whether it tells by how much something goes beyond."""
        return _GOES_BEYOND.search(self.lead) is not None and not self._bounded

    @property
    def _bounded(self) -> bool:
        """「低于95%」 names a bound and not by how much."""
        return self.unit == "%" and self.lead.endswith(("于", "超过"))


@dataclass(frozen=True, slots=True)
class Facts:
    """The figures of a leaf outside its rule, its words without the rule, and of a table what its columns aim at and report."""

    name: str
    text: str
    figures: tuple[Fact, ...]
    target: Fact | None = None
    actual: Fact | None = None

    def before(self, fact: Fact) -> str:
        """The words of a fact's sentence before it, behind the last rate."""
        return _sentence(self.text, fact.at).rpartition("%")[2]

    @property
    def losses(self) -> frozenset[Fraction]:
        """The deductions that are told."""
        return frozenset(Fraction(match["n"]) for match in _TOLD_LOSS.finditer(self.text))


@once
def _starts(case: Case) -> list[int]:
    return [quantity.span.start for quantity in case.found.quantities]


def words_of(case: Case, item: ScoredItem) -> tuple[str, list[int]]:
    """A leaf's own words, and where in the document each character stands (nowhere known for the cells of a table)."""
    if item.table:
        return compact("|".join(_cells(case, item))), []
    start = item.span.end
    text, places = compact_at(case.flat[start : item.body.end])
    return text, [start + place for place in places]


def _cells(case: Case, item: ScoredItem) -> list[str]:
    """The cells of a row that may tell facts: not its name, its groups, its rule, its target and its scores."""
    cells = case.text(item.body).split("\t")
    known = {_plain(each) for each in (item.name, item.rule, item.target)}
    if len(cells) < len(("name", "points", "score")):
        return [part for part in (item.actual, item.remark) if part]
    return [
        c for c in cells if _plain(c) not in known and not _SCORE.fullmatch(c.strip()) and not c.startswith(item.path)
    ]


def _plain(text: str) -> str:
    return "".join(flat(text).split())


_SCORE = re.compile(r"\d{0,3}(?:\.\d+)?分?")


def facts_of(case: Case, item: ScoredItem, text: str, places: list[int], cut: Sequence[Span]) -> Facts:
    """The facts of a leaf, the spans of its rule left out."""
    for span in cut:
        text = f"{text[: span.start]}{';' * (span.end - span.start)}{text[span.end :]}"
    about = _quantities(case, item, places)
    figures = tuple(_figures(text, places, about, case.year))
    if not item.table:
        return Facts(item.name, text, figures)
    return Facts(item.name, text, figures, _cell(item.target), _cell(item.actual))


def _quantities(case: Case, item: ScoredItem, places: list[int]) -> dict[int, Quantity]:
    """What extraction read in a leaf of running text, by where it stands."""
    if not places:
        return {}
    starts, quantities = _starts(case), case.found.quantities
    low, high = bisect_left(starts, item.span.end), bisect_left(starts, item.body.end)
    return {quantity.span.start: quantity for quantity in quantities[low:high]}


def _figures(text: str, places: list[int], known: dict[int, Quantity], year: int) -> Iterator[Fact]:
    for match in _FIGURE.finditer(text):
        opens = max(text.rfind(mark, 0, match.start()) for mark in _ENDS) + 1
        lead = _LAST_FIGURE.sub("", text[opens : match.start()])
        after = re.split(r"[,;。|、()\d]", text[match.end() : match.end() + 24], maxsplit=1)[0]
        unit = match["u"] or match["d"]
        quantity = known.get(places[match.start()]) if places else None
        earlier = quantity is not None and quantity.year < year and not _COMPARED.search(_sentence(text, match.start()))
        earlier = earlier or text[match.start() - 1 : match.start()] in ("×", "*")
        if earlier or (unit == "日" and lead.endswith("月")) or _OF_BEFORE.search(_sentence(text, match.start())):
            continue
        value = Fraction(read_chinese(match["c"].replace("两", "二")) or 0) if match["c"] else _value(match)
        about = quantity.about if quantity is not None else ""
        yield Fact(value, canonical_unit(unit), lead, after, match.start(), match.end(), about)


_LAST_FIGURE = re.compile(rf"^.*\d(?:年度?|月末?|日|%|{UNIT})?的?")


def _sentence(text: str, position: int) -> str:
    return text[max(text.rfind(mark, 0, position) for mark in "。;|") + 1 : position]


def _value(match: re.Match[str]) -> Fraction:
    return Fraction(match["n"].replace(",", "").rstrip(".")) * (10_000 if match["w"] else 1)


def _cell(text: str) -> Fact | None:
    """The one figure of a cell of target or result: 「≥90%」, 「108场」, 「40」."""
    match = _CELL.match(compact(text))
    if match is None:
        return None
    return Fact(_value(match), canonical_unit(match["u"]), match["sign"] or "", "", 0, 0)


_CELL = re.compile(
    r"(?P<sign>[≥≤=<>]|不低于|不少于|不超过|不高于)?(?P<n>-?\d[\d,]*(?:\.\d+)?)(?P<w>万(?!元))?(?P<u>[\u4e00-\u9fff%]{0,4})(?:$|[(;|,])"
)


def rate_of(facts: Facts, subject: str) -> Fact | None:
    """The one rate that a leaf reports as reached and that the subject of its rule speaks of; None where there are several."""
    if facts.actual is not None and facts.actual.unit == "%":
        return facts.actual
    told = [f for f in facts.figures if f.unit == "%" and not f.aimed and not f.short and not f.beyond]
    if _listed(facts):
        return None
    subjects = set(_STEM.findall(subject))
    own = set(_STEM.findall(facts.name))
    for wanted in (subjects, own):
        chosen = [f for f in told if wanted & _stems(f.lead)]
        if chosen and len({f.number for f in chosen}) == 1:
            return chosen[0]
    if len({f.number for f in told}) != 1:
        return None
    only, stems = told[0], _stems(told[0].lead)
    return None if subjects and stems and not _alike(stems, subjects | own) else only


def _stems(words: str) -> set[str]:
    return set(_STEM.findall(words))


def _alike(left: set[str], right: set[str]) -> bool:
    return bool(left & right) or any(left & alike and right & alike for alike in _STEMS_ALIKE)


def _listed(facts: Facts) -> bool:
    return bool(series(facts))


def series(facts: Facts) -> list[list[Fact]]:
    """Rates that are listed one after the other: 「分别为52%、71%、95%」."""
    found: list[list[Fact]] = [[]]
    for fact in (f for f in facts.figures if f.unit == "%"):
        if found[-1] and not _NEXT.fullmatch(facts.text[found[-1][-1].end : fact.at]):
            found.append([])
        found[-1].append(fact)
    return [each for each in found if len(each) > 1 + 1]


_NEXT = re.compile(r"[、,;]?和?(?:\d{1,2}月(?:底|末)?|[一二三四]季度)?(?:为|达到?)?")


def planned_and_done(facts: Facts) -> tuple[Fact, Fact] | None:
    """What was planned and what was done of it, in one unit; None where either is not told, or told in several ways."""
    target, actual = facts.target, facts.actual
    if target is not None and actual is not None and target.lead not in ("≤", "<", "不超过", "不高于"):
        same = target.unit == actual.unit or "" in (target.unit, actual.unit)
        if same and target.number > 0:
            return target, actual
    counted = [f for f in facts.figures if f.unit not in _RATIOS and f.unit not in _TIME[:-1] and f.number]
    planned = [
        f
        for f in counted
        if (_PLAN.search(f.lead) or (f.about in ("目标", "预算") and not _AMISS.search(f.words)))
        and not _DONE_LAST.search(f.lead)
    ]
    revised = [f for f in planned if _REVISED.search(f.lead)]
    planned = revised or planned or _wholes(counted)
    done = [f for f in counted if f not in planned and _done(f)]
    if len({(f.number, f.unit) for f in planned}) != 1:
        return None
    reached = {_into(f, planned[0].unit) for f in done} - {None}
    if len(reached) != 1:
        return None
    return planned[0], next(f for f in done if _into(f, planned[0].unit) is not None)


def _wholes(counted: list[Fact]) -> list[Fact]:
    """A number of things of which the next figure tells how many were done: 「4座危桥完成3座」."""
    pairs = pairwise(counted)
    return [a for a, b in pairs if a.unit == b.unit and a.number > b.number and _done(b) and not a.lead]


_DONE_LAST = re.compile(r"(?:实际|完成|支出|决算)[^,;。|]{0,3}$")


def _done(fact: Fact) -> bool:
    told = _DONE.search(fact.words) is not None or fact.about == "实际"
    return told and not _AMISS.search(fact.words) and not fact.lead.startswith(("其中", "另"))


def _into(fact: Fact, unit: str) -> Fraction | None:
    """A figure in another unit; None where the two do not measure the same."""
    if dimension(fact.unit) != dimension(unit):
        return None
    return fact.number * (factor(fact.unit, unit) or 1)


def ratio_of(facts: Facts) -> tuple[Fraction, str] | None:
    """What was done of what was planned, and the words that say so; of satisfaction the share of the answers."""
    pair = planned_and_done(facts)
    if pair is not None:
        done = _into(pair[1], pair[0].unit)
        if done is not None and pair[0].number:
            return done / pair[0].number, f"{number(pair[1].number)}÷{number(pair[0].number)}，"
    pleased = [
        f for f in facts.figures if "满意" in f.words and f.unit in ("份", "人", "户") and not _AMISS.search(f.words)
    ]
    asked = [f for f in facts.figures if _ASKED.search(f.lead) and f.unit in ("份", "人", "户")]
    if (
        len({f.number for f in pleased}) == len({f.number for f in asked}) == 1
        and asked[0].number >= pleased[0].number > 0
    ):
        return pleased[0].number / asked[0].number, f"{number(pleased[0].number)}÷{number(asked[0].number)}，"
    return None


_ASKED = re.compile(r"收回|回收|有效|受访|参评")


def beyond_bound(facts: Facts, every: Every, full: Fraction | None) -> tuple[Fraction, Fact] | None:
    """By how much a count goes beyond the number that a rule leaves free: 「追加3次以内不扣分，超过的每次扣1分」."""
    bound = every.bound if every.bound is not None else full
    counted = [f for f in facts.figures if f.unit == canonical_unit(every.unit) and not f.aimed]
    if bound is None or len({f.number for f in counted}) != 1:
        return None
    gap = bound - counted[0].number if every.down and not every.up else counted[0].number - bound
    return max(gap, Fraction(0)), counted[0]


def amiss(facts: Facts, every: Every) -> Fact | None:
    """How many of what a rule takes points off for; None where the facts do not tell it, or tell several."""
    found = [f for f in facts.figures if _counts(f, every.unit) and not f.aimed and _is_amiss(f, facts, every)]
    if len(found) > 1 and all(
        facts.text[a.end + len(a.after) : b.at - len(b.lead)] == "、" for a, b in pairwise(found)
    ):
        first, last = found[0], found[-1]
        words = f"{first.words}、{last.lead}"
        return Fact(sum((f.number for f in found), Fraction(0)), first.unit, words, last.after, first.at, last.end)
    if len({f.number for f in found}) > 1:
        common = {f: len(pairs_of(f.words) & pairs_of(every.about)) for f in found}
        most = max(common.values())
        found = [f for f in found if common[f] == most]
    return found[0] if len({f.number for f in found}) == 1 else None


def _counts(fact: Fact, unit: str) -> bool:
    """Whether a figure may count what a rule counts."""
    own, wanted = fact.unit, canonical_unit(unit)
    if own in _RATIOS or wanted in _RATIOS:
        return False
    if dimension(own) == "money" or dimension(wanted) == "money":
        return dimension(own) == dimension(wanted)
    if own in _TIME or wanted in _TIME:
        return own == wanted or {own, wanted} <= {"天", "日"}
    return own == wanted or wanted in _ANY or (own == "个" and fact.after.startswith(wanted))


def _is_amiss(fact: Fact, facts: Facts, every: Every) -> bool:
    words = fact.words
    behind = facts.text[fact.end + len(fact.after) : fact.end + len(fact.after) + 12].lstrip(",(")
    if not _AMISS.search(words) or (_GROWS.search(every.about) and not fact.beyond):
        return False
    if _DENIED.search(words) or ("整改" in every.about and "整改" in behind) or behind.startswith(("均未", "均按")):
        return False
    if _GENERIC.match(every.about):
        return not _OF_OTHERS.search(_sentence(facts.text, fact.at))
    kinds = [kind for kind in _KINDS if kind.search(every.about)]
    return any(kind.search(words) for kind in kinds) or bool(pairs_of(words) & pairs_of(every.about))


_GROWS = re.compile(r"[比较]上年|同比|增[加长]")


def earned(facts: Facts, every: Every) -> Fact | None:
    """How many of what a rule gives points for."""
    found = [
        f
        for f in facts.figures
        if _counts(f, every.unit) and not _AMISS.search(f.words) and (pairs_of(f.words) & pairs_of(every.about))
    ]
    if len({f.number for f in found}) == 1:
        return found[0]
    pair = planned_and_done(facts)
    return pair[1] if pair is not None and pair[1].unit == canonical_unit(every.unit) else None
