"""What the words beside a rate and its two figures say that the rate is: their share, or the change from one to the other."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from hengji.auditing.numbers import common_unit, exact, in_unit, slack
from hengji.auditing.rates.pairs import TWO, WHOLE
from hengji.model.extraction import Quantity
from hengji.model.patterns import pattern
from hengji.model.units import dimension


@dataclass(frozen=True, slots=True)
class Reading:
    """The ratio that a rate should be, how it is made in words, how far rounding leaves it open (in percent), and what else would be right."""

    meant: Fraction
    how: str
    loose: Fraction
    also: tuple[Fraction, ...] = ()


@dataclass(frozen=True, slots=True)
class Pair:
    """Two figures told one after the other, with the words of the clause before each, and those from the first to the second."""

    one: Quantity
    other: Quantity
    first: str
    between: str
    second: str
    lead: str = ""  # more of the words before the first

    @property
    def is_money(self) -> bool:
        """Whether both are amounts of money."""
        return dimension(self.one.unit) == "money"

    @property
    def falls(self) -> bool:
        """Whether the second is less than the first."""
        one, other, *_ = values(self.one, self.other)
        return other < one

    def over(self, also: Sequence[Fraction] = ()) -> Reading | None:
        """The first over the second."""
        return over(self.one, self.other, also)

    def under(self, also: Sequence[Fraction] = ()) -> Reading | None:
        """The second over the first."""
        return over(self.other, self.one, also)


def values(one: Quantity, other: Quantity) -> tuple[Fraction, Fraction, Fraction, Fraction]:
    """Two figures in one unit, and what the rounding of each leaves open."""
    if dimension(one.unit) != dimension(other.unit):
        return exact(one.number), exact(other.number), Fraction(0), Fraction(0)
    unit = common_unit((one, other))
    return in_unit(one, unit), in_unit(other, unit), slack(one, unit), slack(other, unit)


def over(one: Quantity, other: Quantity, also: Sequence[Fraction] = ()) -> Reading | None:
    """One figure over another."""
    top, bottom, open_top, open_bottom = values(one, other)
    if not bottom:
        return None
    how = f"{one.value}{one.unit} ÷ {other.value}{other.unit}"
    return Reading(top / bottom, how, (open_top + open_bottom * top / bottom) / bottom * WHOLE, tuple(also))


# A change -------------------------------------------------------------------------------------------------------------

_YEAR = pattern(r"20\d\d年")
_FROM_TO = pattern(
    r"(?:[降减增升提缩压]|下降|减少|增加|提高|上升|压减)[^,。;\d]{0,4}[至到为][^,。;\d]{0,4}$"
)  # 「由412立方米降至362立方米」
_COMPARED = pattern(
    r"[比较与](?!例|重|如)(?:20\d\d年?)?[^,。;\d]{0,10}$|(?:上年|去年|同期|上一年)[^,。;\d]{0,10}$"
)  # 「较2022年的38起」
_BY = pattern(
    r"(?:(?P<up>增加|增长|增支|净增|多|上升|提高)|(?P<down>减少|压减|压缩|下降|降低|节约|节支|净减|少))(?:支出|收入)?了?$"
)
_EARLIER = pattern(r"上年|去年|上一年|同期|[与较比]20\d\d年")
_GAP = pattern(r"[比较][^,。;\d]{0,10}(?:少|多|差|短|超|低|高|增|减)|[少多差欠缺超剩余]了?$|未[^,。;\d]{0,6}$")
_NO_YEAR = pattern(r"预算|计划|目标|概算")


def change(pair: Pair, words: str) -> Reading | None:
    """「由39起降到32起，下降17.95%」, 「比上年7.25万元减少0.40万元，下降5.52%」: what two figures make where the second is compared with the first, or the difference."""
    by = _BY.search(pair.between)
    if by is not None:
        return _of_difference(pair, words, rises=by["up"] is not None)
    years = _YEAR.findall(words)[-1:], _YEAR.findall(pair.between)[-1:]
    planned = _NO_YEAR.search(pair.first) is not None, _NO_YEAR.search(pair.second) is not None
    if _GAP.search(pair.first) or planned[0] != planned[1]:
        return None
    if _FROM_TO.search(pair.between) or (years[0] and years[1] and years[0] < years[1]):
        was, now = pair.one, pair.other
    elif _COMPARED.search(pair.between) or (years[0] and years[1] and years[0] > years[1]):
        was, now = pair.other, pair.one
    else:
        return None
    before, after, open_before, open_after = values(was, now)
    if not before:
        return None
    how = f"({now.value}－{was.value})÷{was.value}"
    loose = (open_after + open_before * after / before) / before * WHOLE
    return Reading(abs(after - before) / before, how, loose)


def _of_difference(pair: Pair, words: str, *, rises: bool) -> Reading | None:
    """A difference over the figure that it is the difference from: the one told before it, or that without the difference."""
    named = _YEAR.findall(pair.between)
    if named and not set(named) & set(_YEAR.findall(words)):
        return None  # 「2023年含更新车辆18.60万元，2024年比2022年减少1.95万元」
    told, by, open_told, open_by = values(pair.one, pair.other)
    base = told - by if rises else told + by
    if base <= 0 or not by:
        return None
    one, other = pair.one, pair.other
    loose = (open_by + open_told * by / base) / base * WHOLE
    others = tuple(by / each for each in (told, told - by, told + by) if each > 0)
    if _EARLIER.search(pair.first):
        return Reading(by / told, f"{other.value} ÷ {one.value}", loose, others)
    return Reading(by / base, f"{other.value} ÷ ({one.value}{'－' if rises else '＋'}{other.value})", loose, others)


# A share --------------------------------------------------------------------------------------------------------------

_PLANNED = pattern(
    r"预算|计划|目标|任务|核定|编制|(?<![供适效响反对])应|需|安排|指标|调整后|可用|资产|年末(?!结)|账面|原值|总额|总数|概算|中标价|共|全部"
)
_DUE = pattern(r"计划|目标(?!值)|任务|(?<![供适效响反对])应|需")
_SPENT = pattern(r"支出|决算|实际|执行|完成|使用|支付|拨付|到位|在职|在编|在用|实有|采购|用去|花|征收|结算")
_REACHED = pattern(r"实|已|完成|达到")
_OF_WHICH = pattern(r"^[^,。;\d]{0,12}中[^,。;\d]{0,14}$|其中[^,。;\d]{0,14}$")
_ALL = pattern(r"共|总|全部|合计")
_PLAIN = pattern(
    r"(?:预算|资金|经费|支出|采购|公用|三公|人员|在职|供养|财政|任务|目标|项目|计划|政府|固定|资产|\"|的)*(?:完成|执行|支出|控制|使用|利用|到位|支付|拨付|实现|在用)率"
)
_SUBJECT = pattern("项目|公用|三公|采购|固定|基本支出|专项")  # of these, a rate is not that of the whole
_COUNTED = pattern(r"(?:任务|目标|项目|计划|工作|实际)*(?:完成|实现|达成|达标)率")
_GENERIC = pattern(r"[率度]$|比例$|比重$|占比$|完成|经费|资金|支出|情况|工作|任务|目标|项目|群众|总体|整体|年度|全年")
# Words of a rate that single out some of what is counted: the figures beside it must be told with them.
_QUALIFIED = pattern(
    r"按期|按时|及时|法定|期限|限内|当场|一次|首次|优良|优秀|合格|达标|有效|全程|网上|规范|准时|提前|当年|新增|重点|中小|小微"
)
_AT_ONCE = pattern(r"按期|按时|及时|如期|准时|逾期|迟|延期")
# A rate of what is left, changed or went wrong is over something that the figures need not tell.
_NOT_DIRECT = pattern(
    r"得分|结余|结转|调整|变动|变化|增|减|降|节|浮|偏|差|闲置|不|未|无|退|逾|压|涨|发案|死|亡|故|投诉|失|缺|空|超|误|漏|损|低|返|复发|贫|病|债|违|回报|收益|利润|毛|净|剩|余"
)


def is_direct(name: str, pair: Pair) -> bool:
    """Whether a rate of a name can be read off two figures: one of what failed only where that is counted under its very name."""
    if _NOT_DIRECT.search(name) is None:
        return True
    return not pair.is_money and _names(name, pair.second, pair.first) and not _MOVED.search(name)


_MOVED = pattern(r"增|减|降|升|调|变|得分")


def share(pair: Pair, name: str, *, stated: Fraction) -> Reading | None:
    """Which of two figures a rate of a name is over the other: what was planned, due or all of them is the whole."""
    first, second = pair.first, pair.second
    planned = _PLANNED.search(first) is not None, _PLANNED.search(second) is not None
    spent = _SPENT.search(first) is not None, _SPENT.search(second) is not None
    kin = is_kin(name, first), is_kin(name, second)
    told = pair.lead + first + second
    plain = _PLAIN.fullmatch(name) is not None and all(word in told for word in _SUBJECT.findall(name))
    if _GAP.search(second) or _GAP.search(first):
        return None
    if plain or (pair.is_money and any(kin)):
        if planned[0] and spent[1] and not planned[1]:
            return _sane(pair.under())
        if spent[0] and planned[1] and not planned[0] and not _DUE.search(first):
            return _sane(pair.over())
    if pair.is_money and plain and _DUE.search(first) and _REACHED.search(second) and not _DUE.search(second):
        return _sane(pair.under())
    if pair.is_money:
        return pair.under() if kin[1] and not (kin[0] or spent[0]) and pair.falls else None
    if any(not _said(word, first + second) for word in _QUALIFIED.findall(name)):
        return None
    return _of_counts(pair, name, kin, stated)


_BEYOND = 3  # times a whole: one of the two is something else


def _sane(reading: Reading | None) -> Reading | None:
    return reading if reading is not None and reading.meant <= _BEYOND else None


def _of_counts(pair: Pair, name: str, kin: tuple[bool, bool], stated: Fraction) -> Reading | None:
    """The share that one count is of another; of two that may be told either way round, the rate's own order is left open."""
    due = _DUE.search(pair.first) is not None, _DUE.search(pair.second) is not None
    one, other, *_ = values(pair.one, pair.other)
    either = (one / other, other / one) if stated <= WHOLE else ()
    of_which = _OF_WHICH.search(pair.between) and (kin[1] or _QUALIFIED.search(name) or not _GENERIC.sub("", name))
    if pair.falls and (of_which or _names(name, pair.second, pair.first)):
        return pair.under()
    verb = set(_GENERIC.sub("", name)) & set(pair.second)  # 「实种32,640剂次，接种率」
    if due[0] and not due[1] and (any(kin) or (verb and _REACHED.search(pair.second)) or _COUNTED.fullmatch(name)):
        return pair.under() if pair.falls else pair.under(either)
    if kin[1] and not kin[0] and not due[1] and pair.falls:
        return pair.under()
    if due[1] and not due[0] and (kin[0] or _COUNTED.fullmatch(name)):
        return pair.over(either)
    return None


def _names(name: str, words: str, others: str) -> bool:
    """Whether all of a rate's own name stands before one figure, and not before the other: 「受理…，及时受理…，及时受理率」."""
    core = _GENERIC.sub("", name)
    return len(core) >= TWO and core in words and core not in others


def part_of_named(pair: Pair, whole: str) -> Reading | None:
    """「新增床位210张，护理型床位134张，占新增床位63.81%」: the second over the first, where that is the whole, or the words say so."""
    if not pair.falls or _GAP.search(pair.second):
        return None
    said = _OF_WHICH.search(pair.between) or _ALL.search(pair.first)
    named = len(whole) >= TWO and whole in pair.first and whole not in pair.second
    return pair.under() if named or (not whole and said) else None


def is_kin(name: str, words: str) -> bool:
    """Whether a rate's name and the words before a figure share two characters in a row."""
    core = _GENERIC.sub(" ", name)
    return any(" " not in core[k : k + TWO] and core[k : k + TWO] in words for k in range(len(core) - 1))


def _said(word: str, words: str) -> bool:
    """Whether words tell what a rate's name singles out; that something was done in time is said in several ways."""
    return word in words or (_AT_ONCE.search(word) is not None and _AT_ONCE.search(words) is not None)


def clause(text: str) -> str:
    """The last clause of a text."""
    return re.split(r"[,;、。:\d]", text)[-1]
