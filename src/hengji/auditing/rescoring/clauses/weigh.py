"""What a rule of clauses gives for the facts of its leaf, in every reasonable reading."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

from hengji.auditing.numbers import number
from hengji.auditing.rescoring.clauses.counts import Counted, counted
from hengji.auditing.rescoring.clauses.grammar import Band, Off, Rule
from hengji.auditing.rescoring.clauses.values import bounds_of, gaps_of, late_by, pieces, values_of
from hengji.auditing.rescoring.leaf_facts import Facts
from hengji.auditing.rescoring.reached import planned_and_done
from hengji.model.numerals import round_half_up
from hengji.model.patterns import pattern

_MANY = 200  # readings


@dataclass(frozen=True, slots=True)
class Weighed:
    """The scores that a rule can mean, whether less than the least is wrong as well, and the figures that were held against it."""

    scores: frozenset[Fraction]
    sure: bool
    told: str
    only: bool = False  # nothing between the scores can be had


def weighed(rule: Rule, facts: Facts, points: Fraction, year: int) -> Weighed | None:
    """The scores of a leaf by its rule; None where its figures cannot be told."""
    if _in_parts(rule, points):
        return _sum_of_parts(rule, facts)
    if rule.each:
        return _one_by_one(rule, facts, points)
    if rule.bands and not _one_thing(rule, points):
        return None
    if any(band.gap for band in rule.bands):
        return _by_gaps(rule, facts, points)
    if rule.bands:
        return _by_kinds(rule, facts, points) or _by_bands(rule, facts, points) or _any_band(rule)
    if rule.offs:
        return _by_losses(rule, facts, points, year)
    return _by_words(rule, facts, points)


def _in_parts(rule: Rule, points: Fraction) -> bool:
    """Whether the scores of a rule are those of its leaf's parts and make its points together."""
    scores = [band.score for band in rule.bands] + [each.score for each in rule.given]
    return (
        len(scores) > 1
        and not rule.offs
        and rule.rest is None
        and sum(scores) == points
        and max(scores) < points
        and min(scores) > 0
    )


def _sum_of_parts(rule: Rule, facts: Facts) -> Weighed | None:
    """Each part of a leaf got or not; of those with a range the figures decide."""
    options: list[set[Fraction]] = [{Fraction(0), each.score} for each in rule.given]
    told = ""
    for band in rule.bands:
        found = values_of(facts, band.range.unit, band.subject, wide=False)
        holds = {band.range.holds(value) for value in found}
        if len(holds) == 1 and None not in holds:
            options.append({band.score if True in holds else Fraction(0)})
            told = f"{band.subject}{number(next(iter(found)))}{band.range.unit}，"
        else:
            options.append({Fraction(0), band.score})
    sums = frozenset(sum(each, Fraction(0)) for each in product(*options)) if len(options) <= 6 else frozenset()
    return Weighed(sums, False, told) if sums and (told or len(sums) > 1) else None


def _one_thing(rule: Rule, points: Fraction) -> bool:
    """Whether the bands of a rule are those of one figure: one unit, full marks among them or to be had otherwise, and no two for one figure."""
    scores = [band.score for band in rule.bands] + [each.score for each in rule.given]
    scores += [rule.rest] if rule.rest is not None else []
    if any(not 0 <= score <= points for score in scores):
        return False
    if len({band.range.unit for band in rule.bands}) > 1:
        return False
    return max(scores) == points or (bool(rule.offs) and max(scores) == 0)


def _by_kinds(rule: Rule, facts: Facts, points: Fraction) -> Weighed | None:
    """Full marks where all of several figures reach a bound, and so much off for each that does not."""
    full = [band for band in rule.bands if band.score == points]
    if len(full) != 1 or len(rule.bands) > 1 or len(rule.offs) != 1 or not _ALL.search(full[0].subject):
        return None
    figures = [f for f in facts.figures if f.unit == full[0].range.unit and not f.aimed]
    answers = [full[0].range.holds(f.number) for f in figures]
    if len(figures) < len(("one", "other")) or None in answers or rule.offs[0].unit == full[0].range.unit:
        return None
    score = _left(rule, rule.offs[0].cut * answers.count(False), points)
    return Weighed(frozenset((score,)), True, f"{answers.count(False)}个没有达到，")


_ALL = pattern(r"均|都|各")


def _by_gaps(rule: Rule, facts: Facts, points: Fraction) -> Weighed | None:
    """What the distance of a figure from its aim gets: 「达到目标得8分，低5个百分点以内得6分」."""
    aims = {f.number for f in facts.figures if f.unit == "%" and f.aimed}
    if rule.aim is not None and rule.aim.unit == "%":
        aims = {each for each in (rule.aim.low, rule.aim.high) if each is not None}
    elif facts.target is not None and facts.target.unit == "%":
        aims = {facts.target.number}
    values = values_of(facts, "%", "", wide=True) - (aims if len(aims) == 1 else frozenset())
    if len(aims) != 1 or not values or not all(band.gap for band in rule.bands) or rule.offs:
        return None
    (aim,) = aims
    scores: set[Fraction] = set()
    for value in values:
        gap = aim - value
        found = {band.score for band in _narrowest([band for band in rule.bands if band.range.holds(gap) is not False])}
        if gap <= 0:
            found = {points} if any(each.score == points for each in rule.given) else set()
        scores |= found or ({rule.rest} if rule.rest is not None else set())
    told = "、".join(f"{number(value)}%" for value in sorted(values))
    return Weighed(frozenset(scores), len(scores) == 1, f"{told}，") if scores else None


def _any_band(rule: Rule) -> Weighed | None:
    """The scores of all bands, where the figure is not told: no other can be had."""
    if (
        rule.offs
        or rule.given
        or len(rule.bands) < len(("full", "less"))
        or not (rule.rest is not None or _closed(rule.bands))
    ):
        return None
    scores = {band.score for band in rule.bands} | ({rule.rest} if rule.rest is not None else set()) | {Fraction(0)}
    return Weighed(frozenset(scores), False, "", only=True)


def _closed(bands: list[Band]) -> bool:
    """Whether bands leave no figure out."""
    ranges = [band.range for band in bands]
    ends = {each.low for each in ranges} | {each.high for each in ranges}
    met = all(sum(bound in (each.low, each.high) for each in ranges) > 1 for bound in ends - {None})
    return met and any(each.low is None for each in ranges) and any(each.high is None for each in ranges)


def _by_bands(rule: Rule, facts: Facts, points: Fraction) -> Weighed | None:
    unit = rule.bands[0].range.unit
    subject = "".join(dict.fromkeys(band.subject for band in rule.bands))
    values = values_of(facts, unit, subject, wide=True)
    if not values:
        return None
    scores: set[Fraction] = set()
    for value in values:
        reached = _met(rule, facts, value, points)
        of_it = set[Fraction]() if reached else _of_bands(rule, facts, value, points)
        if not of_it and reached is False:
            return None
        scores |= of_it if reached is False else {*of_it, points}
    told = "、".join(f"{number(value)}{unit}" for value in sorted(values))
    besides: list[object] = [off for off in rule.offs if off.unit not in (unit.partition("/")[0], "%")]
    for each in rule.given:
        if 0 < each.score < points:  # 「较上年末增长扣1分」
            besides.append(each)
            scores |= {max(score - (points - each.score), Fraction(0)) for score in scores}
    return Weighed(frozenset(scores), len(values) == 1 and not besides, f"{told}，")


def _met(rule: Rule, facts: Facts, value: Fraction, points: Fraction) -> bool | None:
    """Whether a figure reaches the aim for which a rule gives full marks in words; None where the aim is not told."""
    if not any(each.score == points and _AIM_REACHED.search(each.condition) for each in rule.given):
        return False
    target, aims = facts.target, {f.number for f in facts.figures if f.unit == rule.bands[0].range.unit and f.aimed}
    if target is not None and target.unit == rule.bands[0].range.unit:
        aims = {target.number}
    if len(aims) != 1:
        return None
    return value <= min(aims) if target is not None and target.at_most else value >= min(aims)


_AIM_REACHED = pattern(
    r"(?<!未)(?:达到?|达成|完成|实现|不低于|高于|超过)(?:或超过)?[\u4e00-\u9fff]{0,4}(?:目标|标准|要求|指标|计划|任务)"
)


def _of_bands(rule: Rule, facts: Facts, value: Fraction, points: Fraction) -> set[Fraction]:
    """What a figure gets by the bands, and beyond them by the steps or as the rest."""
    sure = [band for band in rule.bands if band.range.holds(value)]
    maybe = [band for band in rule.bands if band.range.holds(value) is None]
    found = {band.score for band in _narrowest(sure)} | {band.score for band in maybe if not sure or len(maybe) > 1}
    if not sure and len(maybe) == 1 and not rule.offs:
        found |= {rule.rest} if rule.rest is not None else set()
    if found:
        return found
    unit = rule.bands[0].range.unit
    if any(off.unit in (unit.partition("/")[0], "%") for off in rule.offs):
        lost: set[Fraction] = set()
        for off in rule.offs:
            of_it = {
                each
                for bound, way in _on_its_side(bounds_of(rule, off, facts, points), value)
                for each in _steps(rule, off, (value - bound) * way, bound, unit)
            }
            if not of_it:
                return set()
            lost |= of_it
        return {_left(rule, each, points) for each in lost}
    if rule.rest is not None:
        return {rule.rest}
    nothing = [each.score for each in rule.given if each.score == 0]
    return {Fraction(0)} if nothing else set()


def _on_its_side(bounds: list[tuple[Fraction, int]], value: Fraction) -> list[tuple[Fraction, int]]:
    """Of one bound that counts to either side the side on which a figure lies."""
    sides = [(bound, way) for bound, way in bounds if (value - bound) * way >= 0]
    return sides[:1] if len(bounds) > 1 and len({bound for bound, _ in bounds}) == 1 else bounds


def _narrowest(bands: list[Band]) -> list[Band]:
    """Of bands that hold a figure those that ask the most: of 「95%以上」 and 「90%以上」 the first."""
    lows = [band.range.low for band in bands if band.range.high is None and band.range.low is not None]
    highs = [band.range.high for band in bands if band.range.low is None and band.range.high is not None]
    if len(lows) == len(bands) > 1:
        return [band for band in bands if band.range.low == max(lows)]
    if len(highs) == len(bands) > 1:
        return [band for band in bands if band.range.high == min(highs)]
    return bands


def _one_by_one(rule: Rule, facts: Facts, points: Fraction) -> Weighed | None:
    """So many figures of one kind, each scored by the bands for its share of the points."""
    unit = rule.bands[0].range.unit if rule.bands else ""
    figures = [f for f in facts.figures if f.unit == unit and not f.aimed]
    if len(figures) != rule.each or rule.offs or rule.given:
        return None
    share = points / rule.each
    options = [_of_bands(rule, facts, f.number, share) or {Fraction(0)} for f in figures]
    sums = frozenset(sum(each, Fraction(0)) for each in product(*options))
    return Weighed(sums, len(sums) == 1, "、".join(f"{number(f.number)}{unit}" for f in figures) + "，")


def _by_losses(rule: Rule, facts: Facts, points: Fraction, year: int) -> Weighed | None:
    """What is left of the points after all that the facts tell is taken off."""
    if rule.given and any(0 < each.score < points for each in rule.given):
        return None
    options: list[set[Fraction]] = []
    told: list[str] = []
    sure, bound = True, 0
    found = [_lost(rule, off, facts, points, year) for off in rule.offs]
    for off, (lost, words, certain) in zip(rule.offs, found, strict=True):
        if lost:
            options.append({min(each, off.most) if off.most is not None else each for each in lost})
            told.append(words)
            bound += 1
            sure = sure and certain
        elif len(rule.offs) == 1:
            return None
        else:
            options.append({Fraction(0)})
            sure = False
    if not bound or len(rule.offs) > 4:
        return None
    combined = list(product(*options))
    if len(combined) > _MANY:
        return None
    scores = frozenset(_left(rule, sum(each, Fraction(0)), points) for each in combined)
    return Weighed(scores, sure, "、".join(told) + "，")


def _lost(rule: Rule, off: Off, facts: Facts, points: Fraction, year: int) -> tuple[set[Fraction], str, bool]:
    """What one deduction can take off, the words of what it is taken for, and whether these are surely all."""
    if off.late:
        days = late_by(facts, off, year)
        lost = {each for gap in days for each in _steps(rule, off, gap, None, "")}
        return lost, "、".join(f"迟{number(gap)}" for gap in sorted(days)), len(days) == 1
    if off.unit in ("%", "‰") or off.bound is not None or (off.way and rule.aim is not None) or off.unit in _MEASURED:
        gaps = gaps_of(rule, off, facts, points)
        lost = {each for gap in gaps for each in _steps(rule, off, gap, None, "")}
        return lost, "、".join(f"相差{number(gap)}{off.unit}" for gap in sorted(gaps)), len(gaps) == 1
    if off.way:
        short = pieces(off, facts)
        if short:
            lost = {each for gap in short for each in _steps(rule, off, gap, None, "")}
            return lost, "、".join(f"相差{number(gap)}{off.unit}" for gap in sorted(short)), len(short) == 1
    many: Counted | None = counted(rule, off, facts)
    if many is None:
        return set(), "", False
    lost = {each for count in many.counts for each in _steps(rule, off, count, None, "")}
    return lost, many.words, many.sure


_MEASURED = ("万元", "元", "亿元", "天", "个工作日", "工作日", "小时", "分钟", "日", "个月")


def _steps(rule: Rule, off: Off, gap: Fraction, bound: Fraction | None, unit: str) -> Iterable[Fraction]:
    """What a gap costs, part of a step counted as the rule says, or in every way."""
    gap = max(gap, Fraction(0))
    if off.unit == "%" and unit not in ("%", "") and bound:  # 「每超1%」 of an amount
        gap = gap / bound * 100
    exact = gap / off.size
    down = Fraction(exact.numerator // exact.denominator)
    up = down + (exact > down)
    ways = {"舍": (down,), "进": (up,), "按": (exact,), "圆": (Fraction(round_half_up(exact, 0)),)}
    if off.whole and not rule.step:
        return (off.cut * down,)
    return tuple(off.cut * count for count in ways.get(rule.step, (down, exact, up)))


def _left(rule: Rule, lost: Fraction, points: Fraction) -> Fraction:
    lost = lost if rule.most is None else min(lost, rule.most)
    return max(points - lost, rule.least, Fraction(0))


def _by_words(rule: Rule, facts: Facts, points: Fraction) -> Weighed | None:
    """All or nothing: what is wanting of a whole costs all points; else either may be."""
    scores = {each.score for each in rule.given} | ({rule.rest} if rule.rest is not None else set())
    if scores != {Fraction(0), points} or len(rule.given) > 2:
        return None
    pair = planned_and_done(facts)
    whole = any(each.score == points and _WHOLE.search(each.condition) for each in rule.given)
    if whole and pair is not None and pair[0].unit == pair[1].unit and pair[1].number < pair[0].number:
        told = f"{number(pair[0].number)}{pair[0].unit}中{number(pair[1].number)}{pair[1].unit}，"
        return Weighed(frozenset((Fraction(0),)), True, told)
    return Weighed(frozenset(scores), False, "", only=True)


_WHOLE = pattern(r"全部|应(?P<verb>[\u4e00-\u9fff])尽(?P=verb)|所有|逐[一个户]|无一|悉数|100%|均")
