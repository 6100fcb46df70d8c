"""What a leaf's facts say was reached: the rate of its rule, rates point by point, and what was done of what was planned."""

import re
from fractions import Fraction
from itertools import pairwise

from hengji.auditing.numbers import number
from hengji.auditing.rescoring.leaf_facts import AMISS, RATIOS, TIME, Fact, Facts, faulty, plain
from hengji.auditing.wording import pairs_of
from hengji.model.patterns import pattern
from hengji.model.units import dimension, factor

_PLAN = pattern(r"计划|目标|任务|应(?!急|用|对|得|扣|收未)|核定|年初|指标值|拟|预算|^编制数?$")
_DONE = pattern(
    r"实际|完成|完工|建成|通过|办结|开展|实施|达到|培训|新增|举办|达标|入藏|已(?!超)|修复|覆盖|符合|在编|在职|在岗|竣工|验收|支出|决算|执行|使用"
)
_REVISED = pattern(r"调整|调减|调增|核减|变更")
_STEM = pattern(r"([\u4e00-\u9fff]{2})(?:率|度|进度|比例|比重)")
_STEMS_ALIKE = ({"执行", "支出", "完成"}, {"满意", "众满"})


def rate_of(facts: Facts, subject: str) -> Fact | None:
    """The one rate that a leaf reports as reached and that the subject of its rule speaks of; None where there are several."""
    if facts.actual is not None and facts.actual.unit == "%":
        return facts.actual
    told = [f for f in facts.figures if f.unit == "%" and not (f.aimed or f.short or f.beyond or f.bounded)]
    told = told or _grown(facts, subject)
    if not _STAGE.search(facts.name):
        told = [f for f in told if not _STAGE.search(re.split("[,(]", facts.before(f))[-1])]
    means = [f for f in told if _MEAN.search(f.lead)]
    if len({f.number for f in means}) == 1 and len(told) > _TWO:
        return means[0]
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


def _grown(facts: Facts, subject: str) -> list[Fact]:
    """By how much something grew, where that is what the rule is for: 「增长6.00%」 of 「按实际增长率÷8%×5计分」."""
    grows = _GROWTH.search(f"{facts.name}{subject}") is not None
    return [f for f in facts.figures if grows and f.change and _GREW.search(f.lead)]


_GROWTH = pattern(r"增长率|增长比例|增幅|增速")
_GREW = pattern(r"上升|增长|增加|提高|增幅|涨")
_MEAN = pattern(r"平均|均值|加权|综合满意|总体满意")
_TWO = 2
_STAGE = pattern(
    r"[一二三]季度|上半年|半年度|年中|中期|前[一二三]季|(?<!\d)(?:[1-9]|1[01])月(?:底|末)"
)  # of a year, before its end


def _stems(words: str) -> set[str]:
    return set(_STEM.findall(words))


def _alike(left: set[str], right: set[str]) -> bool:
    return bool(left & right) or any(left & alike and right & alike for alike in _STEMS_ALIKE)


def _listed(facts: Facts) -> bool:
    return bool(series(facts))


def series(facts: Facts, least: int = 3) -> list[list[Fact]]:
    """Rates, so many at least, that are listed one after the other: 「分别为52%、71%、95%」."""
    found: list[list[Fact]] = [[]]
    for fact in (f for f in facts.figures if f.unit == "%"):
        if found[-1] and not _NEXT.fullmatch(facts.text[found[-1][-1].end : fact.at]):
            found.append([])
        found[-1].append(fact)
    return [each for each in found if len(each) >= least]


_NEXT = pattern(r"[、,;]?和?(?:\d{1,2}月(?:底|末)?|[一二三四]季度)?(?:为|达到?)?")


def planned_and_done(facts: Facts) -> tuple[Fact, Fact] | None:
    """What was planned and what was done of it, in one unit; None where either is not told, or told in several ways."""
    target, actual = facts.target, facts.actual
    if target is not None and actual is not None and not target.at_most:
        same = target.unit == actual.unit or "" in (target.unit, actual.unit)
        if same and target.number > 0:
            return target, actual
    counted = [
        f
        for f in facts.figures
        if f.unit not in RATIOS and f.unit not in TIME[:-1] and f.number and not f.lead.endswith("各")
    ]
    planned = [f for f in counted if _planned(f) and not _DONE_LAST.search(f.lead)]
    revised = [f for f in planned if _REVISED.search(f.lead)]
    planned = revised or planned or _wholes(counted)
    done = [f for f in counted if f not in planned and _done(f)]
    if len({(f.number, f.unit) for f in planned}) != 1:
        return None
    done = done or _next_alone(counted, planned[-1])
    reached = {_into(f, planned[0].unit) for f in done} - {None}
    if len(reached) != 1:
        return None
    return planned[0], next(f for f in done if _into(f, planned[0].unit) is not None)


def _wholes(counted: list[Fact]) -> list[Fact]:
    """A number of things of which the next figure tells how many were done: 「4座危桥完成3座」."""
    pairs = pairwise(counted)
    return [a for a, b in pairs if a.unit == b.unit and a.number > b.number and _done(b) and not a.lead]


def _next_alone(counted: list[Fact], planned: Fact) -> list[Fact]:
    """The only other figure in the unit of a plan, right behind it and told to be neither wanting nor a part: 「计划130台，到货117台」."""
    others = [f for f in counted if f.unit == planned.unit and f.number != planned.number]
    alone = len(others) == 1 and others[0].at > planned.at and others[0].at - planned.end < _NEXT_TO
    return others if alone and others[0].lead and not _NOT_THE_WHOLE.search(plain(others[0].words)) else []


_NEXT_TO = 16  # characters
_NOT_THE_WHOLE = pattern(rf"{AMISS.pattern}|其中|另|上年|去年|比|较|增|减|调|每|各|余|约|近|超")


def _planned(fact: Fact) -> bool:
    told = _PLAN.search(fact.lead) is not None or fact.aimed
    return told or (fact.about in ("目标", "预算") and not faulty(fact.words))


_DONE_LAST = pattern(r"(?:实际|完成|支出|决算)[^,;。|]{0,3}$")


def _done(fact: Fact) -> bool:
    told = _DONE.search(fact.words) is not None or fact.about == "实际"
    return told and not faulty(fact.words) and not fact.lead.startswith(("其中", "另"))


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
    pleased = [f for f in facts.figures if "满意" in f.words and f.unit in ("份", "人", "户") and not faulty(f.words)]
    asked = [f for f in facts.figures if _ASKED.search(f.lead) and f.unit in ("份", "人", "户")]
    if (
        len({f.number for f in pleased}) == len({f.number for f in asked}) == 1
        and asked[0].number >= pleased[0].number > 0
    ):
        return pleased[0].number / asked[0].number, f"{number(pleased[0].number)}÷{number(asked[0].number)}，"
    return None


def ratio_by_names(facts: Facts, over: str, under: str) -> tuple[Fraction, str] | None:
    """The ratio of the two counts that a rule names: by 「办结数除以交办数」 of 「交办16项，办结15项」."""
    counted = [f for f in facts.figures if f.unit not in RATIOS]
    part, whole = _only_named(counted, over, under), _only_named(counted, under, over)
    if part is None or whole is None or part.unit != whole.unit or not 0 < part.number <= whole.number:
        return None
    return part.number / whole.number, f"{number(part.number)}÷{number(whole.number)}，"


def ratio_of_name(facts: Facts, told: str) -> tuple[Fraction, str] | None:
    """The share by which a rule names its rate: 「当日答复率×10」 of 「接待3126人次，……当日答复2814人次」, 「按合格率计分」 of 「抽检52项、合格49项」."""
    named = _RATE_OF.search(told)
    stem = _WHOSE.sub("", named["of"])[-_STEM_LENGTH:] if named is not None else ""
    counted = [f for f in facts.figures if f.unit not in RATIOS and f.unit not in TIME and f.number]
    parts = [f for f in counted if len(stem) >= _TWO and stem in f.lead and not _NOT_SO.search(f.lead)]
    if len({(f.number, f.unit) for f in parts}) != 1 or len(stem) < _TWO:
        return None
    wholes = [f for f in counted if f.unit == parts[0].unit and f.at < parts[0].at and f not in parts]
    if len({f.number for f in wholes}) != 1 or wholes[-1].number < parts[0].number or faulty(wholes[-1].words):
        return None
    if "。" in facts.text[wholes[-1].end : parts[0].at] or _PARTLY_SO.search(facts.text[wholes[-1].end : parts[0].at]):
        return None
    return parts[0].number / wholes[-1].number, f"{number(parts[0].number)}÷{number(wholes[-1].number)}，"


_RATE_OF = pattern(r"(?P<of>[\u4e00-\u9fff]{2,10})率")
_WHOSE = pattern(r"^.*(?:按照?|以|据|实际|乘以?|[的为是])")
_STEM_LENGTH = 4
_NOT_SO = pattern(r"[未不]|没有|应|计划|目标")
_PARTLY_SO = pattern(r"其中|另")


def _only_named(counted: list[Fact], name: str, other: str) -> Fact | None:
    """The one count in whose words a name's own pairs of characters stand."""
    own = pairs_of(name) - pairs_of(other)
    found = [f for f in counted if own & pairs_of(f.lead)]
    return found[0] if len({f.number for f in found}) == 1 else None


_ASKED = pattern(r"收回|回收|有效|受访|参评")
