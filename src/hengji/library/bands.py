"""Whether the bands of a step rule cover the line, each stretch once."""

from fractions import Fraction
from itertools import pairwise

from hengji.library.nodes import Fields
from hengji.model.numerals import percent, plain
from hengji.model.rules import Step

_RATIO = 10  # a bound up to here reads as a percentage


def check_bands(
    steps: tuple[Step, ...], fields: Fields, lowest: Fraction | None = None, highest: Fraction | None = None
) -> None:
    """Reports a value that no band takes, a band that no value reaches, and a stated bound inside an earlier band.

    The first band that holds a value takes it, so a band may leave a side open behind an earlier one (「≥90%」, 「≥75%」,
    else); a bound it does state must not lie in a stretch that is taken already.
    """
    ends = {end for end in (lowest, highest) if end is not None}
    probes = sorted(
        p for p in _probes(steps) | ends if (lowest is None or p >= lowest) and (highest is None or p <= highest)
    )
    open_probe = next((p for p in probes if not any(step.where.holds(p) for step in steps)), None)
    if open_probe is not None:
        fields.problem(
            f"各档没有接上：{_shown(open_probe)} 不落在任何一档，请检查 from/above/to/below 或加一个兜底档", "steps"
        )
    for number, step in enumerate(steps):
        before = steps[:number]
        inside = next((p for p in _edges(step, probes) if any(other.where.holds(p) for other in before)), None)
        reached = any(step.where.holds(p) and not any(other.where.holds(p) for other in before) for p in probes)
        if inside is not None:
            fields.problem(
                f"第{number + 1}档与前面的档重叠：{_shown(inside)} 同时落在两档，请核对界限（from、to 含，above、below 不含）",
                "steps",
            )
        elif probes and not reached:
            fields.problem(f"第{number + 1}档永远轮不到：它的范围都已落在前面的档", "steps")


def _probes(steps: tuple[Step, ...]) -> set[Fraction]:
    """Every bound, a value between each two, and one beyond either end."""
    bounds = sorted({b for step in steps for b in (step.where.low, step.where.high) if b is not None})
    if not bounds:
        return {Fraction(0)}
    return {*bounds, *((a + b) / 2 for a, b in pairwise(bounds)), bounds[-1] + 1, bounds[0] - 1}


def _edges(step: Step, probes: list[Fraction]) -> list[Fraction]:
    """The first and the last value that belong to a band at the bounds it states."""
    held = [p for p in probes if step.where.holds(p)]
    low = held[:1] if step.where.low is not None else []
    return low + (held[-1:] if step.where.high is not None else [])


def _shown(number: Fraction) -> str:
    return percent(number) if abs(number) <= _RATIO else plain(number)
