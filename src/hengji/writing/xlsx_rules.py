"""Rule kinds as spreadsheet formulas over the cell of the measure."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from hengji.model import rules
from hengji.writing.xlsx_formulas import Untranslatable, compared, number

NOT_COMPUTED = '"未算出"'
_BOUNDLESS = "1E+15"  # growth from nothing, as scoring takes it


def weighed(rule: rules.Rule, x: str, points: str) -> str:
    """The score of a rule that weighs a number in cell ``x`` on the points in cell ``points``. Raises Untranslatable."""
    write = _WEIGHED.get(type(rule))
    if write is None:
        raise Untranslatable("需同类部门数据或逐行计算")
    return write(rule, x, points)


def proportional(rule: rules.Proportional, x: str, points: str) -> str:
    """K01, K01n, K19."""
    to = number(rule.to)
    if rule.lower_is_better:
        return f"IF({compared(x, '<=', to)},{points},{points}*{to}/{x})"
    plain = f"{points}*MAX(0,MIN(1,{x}/{to}))"
    over = rule.overshoot
    if over is None or over.share >= 1:
        return plain
    return f"IF({compared(x, '>', number(rule.to * over.limit))},{points}*{number(over.share)},{plain})"


def steps(rule: rules.Steps, x: str, points: str) -> str:
    """K02, K02r, K02b: the first band that contains x."""
    distance = x if rule.around is None else f"ABS({x}-{number(rule.around)})"
    text = NOT_COMPUTED
    for step in reversed(rule.steps):
        inside = interval(step.where, distance)
        text = award(step.award, points) if inside is None else f"IF({inside},{award(step.award, points)},{text})"
    return text


def interval(where: rules.Interval, x: str) -> str | None:
    """Whether x lies in an interval, or None where everything does."""
    bounds = []
    if where.low is not None:
        bounds.append(compared(x, ">=" if where.low_included else ">", number(where.low)))
    if where.high is not None:
        bounds.append(compared(x, "<=" if where.high_included else "<", number(where.high)))
    if not bounds:
        return None
    return bounds[0] if len(bounds) == 1 else f"AND({','.join(bounds)})"


def award(given: rules.Award, points: str) -> str:
    """What a band or a guard gives."""
    if given.score is not None:
        return number(given.score)
    return points if given.share in (None, 1) else f"{points}*{number(given.share or Fraction(0))}"


def excess(rule: rules.Excess, x: str, points: str) -> str:
    """K07, K07b."""
    beyond = number(rule.beyond)
    over = {
        rules.Side.ABOVE: f"({x}-{beyond})",
        rules.Side.BELOW: f"({beyond}-{x})",
        rules.Side.BOTH: f"ABS({x}-{beyond})",
    }[rule.side]
    count = f"{over}/{number(rule.step)}"
    if rule.whole_steps is not None:
        count = f"{'ROUNDUP' if rule.whole_steps == 'up' else 'ROUNDDOWN'}(ROUND({count},9),0)"
    return f"IF({compared(over, '<=', '0')},{points},MAX(0,{points}-{number(rule.each)}*{count}))"


def pass_mark(rule: rules.PassMark, x: str, points: str) -> str:
    """K08."""
    mark = number(rule.mark)
    return f"IF({compared(x, '<', mark)},0,{points}*MIN(1,({x}-{mark})/(1-{mark})))"


def variation(of: str, against: str) -> str:
    """K14: the variation rate; from nothing to something is beyond every bound."""
    grown = f"IF({of}=0,0,IF({of}>0,{_BOUNDLESS},-{_BOUNDLESS}))"
    return f"IF({against}=0,{grown},({of}-{against})/ABS({against}))"


def zero_score(policy: rules.ZeroPolicy, points: str) -> str:
    """What a zero denominator scores."""
    return {rules.ZeroPolicy.FULL: points, rules.ZeroPolicy.ZERO: "0", rules.ZeroPolicy.NONE: NOT_COMPUTED}[policy]


_WEIGHED: dict[type, Callable[[Any, str, str], str]] = {
    rules.Proportional: proportional,
    rules.Steps: steps,
    rules.Excess: excess,
    rules.PassMark: pass_mark,
}
