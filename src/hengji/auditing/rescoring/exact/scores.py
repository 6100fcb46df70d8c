"""The scores that a rule read whole can mean for one figure: mostly one, more where it does not say how part of a step counts."""

from collections.abc import Iterable
from fractions import Fraction

from hengji.auditing.rescoring.exact.printed_rule import Band, PrintedRule, Steps
from hengji.auditing.rescoring.formulas import worked_out

Scores = frozenset[Fraction]
NONE: Scores = frozenset()


def scores_for(rule: PrintedRule, value: Fraction, points: Fraction, aim: Fraction | None, *, rate: bool) -> Scores:
    """What the bands and steps of a rule give for a figure; nothing where they leave it open."""
    sure = [band for band in rule.bands if band.range.holds(value)]
    maybe = [band for band in rule.bands if band.range.holds(value) is None]
    found = [_of_bands(chosen, value, points, aim, rate=rate) for chosen in (sure, [*sure, *maybe]) if chosen]
    if rule.on_target is not None and sure:
        return _on_target(rule, sure, value, aim) or frozenset().union(*found)
    if not sure:
        found.append(_beside_bands(rule, value, points, aim, rate=rate))
    return NONE if any(not each for each in found) else frozenset().union(*found)


def _on_target(rule: PrintedRule, bands: list[Band], value: Fraction, aim: Fraction | None) -> Scores:
    """What a figure gets that lies in a band and met its target all the same: of 「达到目标值得满分，80%以上得30分」."""
    better_high = all(band.range.low is not None for band in bands)
    met = aim is not None and (value >= aim if better_high else value <= aim)
    return frozenset((rule.on_target,)) if met and rule.on_target is not None else NONE


def _of_bands(bands: list[Band], value: Fraction, points: Fraction, aim: Fraction | None, *, rate: bool) -> Scores:
    scores = frozenset(band.score for band in bands)
    if len(scores) > 1:
        scores = frozenset(band.score for band in _narrowest(bands))
    if None not in scores:
        return frozenset(each for each in scores if each is not None)
    if len(scores) > 1 or not rate:
        return NONE
    formula = next(band.formula for band in bands if band.formula)
    worked = worked_out(formula, value, points, aim)
    return frozenset((worked,)) if worked is not None else NONE


def _narrowest(bands: list[Band]) -> list[Band]:
    """Of bands that hold a figure those that ask the most: of 「95%以上」 and 「90%以上」 the first."""
    lows = [band.range.low for band in bands if band.range.high is None and band.range.low is not None]
    highs = [band.range.high for band in bands if band.range.low is None and band.range.high is not None]
    if len(lows) == len(bands):
        return [band for band in bands if band.range.low == max(lows)]
    if len(highs) == len(bands):
        return [band for band in bands if band.range.high == min(highs)]
    return bands


def _beside_bands(rule: PrintedRule, value: Fraction, points: Fraction, aim: Fraction | None, *, rate: bool) -> Scores:
    """What is left of the points for a figure in no band: by the steps from the bound of full marks, else what the rest has."""
    if rule.on_target is not None and aim is not None and not rule.steps:
        return NONE
    if rule.steps:
        bounds = _bounds(rule, rule.steps[0], points, aim)
        return frozenset().union(*(_beyond(rule, value, (bound, way), points, rate=rate) for bound, way in bounds))
    return frozenset((rule.rest,)) if rule.rest is not None else NONE


def _bounds(rule: PrintedRule, steps: Steps, points: Fraction, aim: Fraction | None) -> list[tuple[Fraction, int]]:
    """From where steps are counted, and to which side."""
    if steps.bound is not None:
        return [(steps.bound, steps.way)] if steps.way else []
    full = [band.range for band in rule.bands if band.score == points]
    if len(full) > 1:
        return []
    if full:
        low, high = full[0].low, full[0].high
        sides = [(low, -1)] if low is not None else []
        sides += [(high, 1)] if high is not None else []
        if low is not None and low == high:
            sides = [(low, steps.way)] if steps.way else []
        fitting = [(bound, way) for bound, way in sides if bound is not None and steps.way in (0, way)]
        return fitting if len(fitting) == 1 else []
    return [(aim, steps.way)] if aim is not None and steps.way else []


def _beyond(rule: PrintedRule, value: Fraction, side: tuple[Fraction, int], points: Fraction, *, rate: bool) -> Scores:
    bound, way = side
    gap, steps = (value - bound) * way, rule.steps[0]
    if steps.unit == "%" and not rate:  # 「每超1%」 of an amount
        gap = gap / bound * 100 if bound else gap
    return lost_by(rule, steps, max(gap, Fraction(0)), points)


def lost_by(rule: PrintedRule, steps: Steps, gap: Fraction, points: Fraction) -> Scores:
    """What a gap leaves of the points, part of a step counted as the rule says, or in every way."""
    return frozenset(_kept(rule, steps.cut * count, points) for count in counts_of(rule, steps, gap))


def counts_of(rule: PrintedRule, steps: Steps, gap: Fraction) -> Iterable[Fraction]:
    """How many steps a gap is."""
    exact = gap / steps.size
    down = Fraction(exact.numerator // exact.denominator)
    up = down + (exact > down)
    if rule.whole == "舍" or (steps.filled and not rule.whole):
        return (down,)
    return {"进": (up,), "按": (exact,)}.get(rule.whole, (down, exact, up))


def _kept(rule: PrintedRule, lost: Fraction, points: Fraction) -> Fraction:
    lost = lost if rule.cap is None else min(lost, rule.cap)
    return max(points - lost, rule.least, Fraction(0))
