"""The rule kinds over columns: what each earns on its own points, exactly, for many departments at once."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from hengji.model import rules
from hengji.model.expression import Expression
from hengji.scoring.columns import (
    Array,
    ColumnFacts,
    Numbers,
    add,
    chosen,
    condition,
    constant,
    difference,
    divide,
    multiply,
    nothing,
    number,
)

_ZERO, _ONE = constant(Fraction(0)), constant(Fraction(1))


@dataclass(frozen=True, slots=True)
class Asked:
    """What a rule is asked: the points, the measure and the figures."""

    points: Fraction
    measure: Expression | None
    facts: ColumnFacts
    zero: rules.ZeroDenominator | None


def earned(guards: tuple[rules.Guard, ...], rule: rules.Rule, asked: Asked) -> Numbers:
    """The guarded rule's score; unknown where inputs are missing, or the rule needs registers or people."""
    weigh = _KINDS.get(type(rule))
    found = weigh(rule, asked) if weigh is not None else nothing()
    for guard in reversed(guards):
        holds = condition(guard.when.tree, asked.facts)
        stopped = chosen(holds.value, constant(guard.score.of(asked.points)), found)
        found = Numbers(stopped.num, stopped.den, stopped.known & holds.known)
    return found


def _measured(asked: Asked, weigh: Callable[[Numbers], Numbers]) -> Numbers:
    """The rule on its measure, with zero denominators decided as the system says."""
    assert asked.measure is not None  # the loader saw to it
    x = number(asked.measure.tree, asked.facts)
    zero = x.known & (x.den == 0)
    safe = Numbers(x.num, np.where(zero, 1, x.den), x.known & ~zero)
    found = weigh(safe)
    if not zero.any():
        return Numbers(found.num, found.den, found.known & safe.known)
    policies = asked.zero or rules.ZeroDenominator()
    for both, policy in ((True, policies.both), (False, policies.only)):
        here = zero & ((x.num == 0) == both)
        award = {rules.ZeroPolicy.FULL: constant(asked.points), rules.ZeroPolicy.ZERO: _ZERO}.get(policy, nothing())
        found = chosen(here, award, Numbers(found.num, found.den, found.known & (safe.known | zero)))
    return found


def _proportional(rule: rules.Proportional, asked: Asked) -> Numbers:
    def weigh(x: Numbers) -> Numbers:
        to = constant(rule.to)
        if rule.lower_is_better:
            over = difference(x, to) > 0
            positive = Numbers(np.where(over, x.num, 1), x.den, x.known)
            share = chosen(over, divide(to, positive), _ONE)
        else:
            share = _within(divide(x, to))
        if rule.overshoot is not None and not rule.lower_is_better and rule.overshoot.share < 1:
            far = difference(x, constant(rule.to * rule.overshoot.limit)) > 0
            share = chosen(far, constant(rule.overshoot.share), share)
        return multiply(constant(asked.points), share)

    return _measured(asked, weigh)


def _within(x: Numbers) -> Numbers:
    """The number held between 0 and 1."""
    return chosen(x.num <= 0, _ZERO, chosen(difference(x, _ONE) >= 0, _ONE, x))


def _steps(rule: rules.Steps, asked: Asked) -> Numbers:
    return _measured(asked, lambda x: _banded(rule, x, asked.points))


def _banded(rule: rules.Steps, x: Numbers, points: Fraction) -> Numbers:
    if rule.around is not None:
        from_target = add(x, constant(rule.around), -1)
        x = Numbers(abs(from_target.num), from_target.den, from_target.known)
    found = nothing()
    for step in reversed(rule.steps):
        found = chosen(_inside(step.where, x), constant(step.award.of(points)), found)
    return Numbers(found.num, found.den, found.known & x.known)


def _inside(where: rules.Interval, x: Numbers) -> Array:
    inside = np.ones(1, bool)
    if where.low is not None:
        sign = difference(x, constant(where.low))
        inside = inside & (sign >= 0 if where.low_included else sign > 0)
    if where.high is not None:
        sign = difference(x, constant(where.high))
        inside = inside & (sign <= 0 if where.high_included else sign < 0)
    return inside


def _excess(rule: rules.Excess, asked: Asked) -> Numbers:
    return _measured(asked, lambda x: _deducted(rule, x, asked.points))


def _deducted(rule: rules.Excess, x: Numbers, points: Fraction) -> Numbers:
    over = add(x, constant(rule.beyond), -1)
    if rule.side is rules.Side.BELOW:
        over = Numbers(-over.num, over.den, over.known)
    elif rule.side is rules.Side.BOTH:
        over = Numbers(abs(over.num), over.den, over.known)
    count = divide(over, constant(rule.step))
    if rule.whole_steps is not None:
        up = rule.whole_steps == "up"
        den = np.where(count.den == 0, 1, count.den)  # unknown there anyway
        whole = -(-count.num // den) if up else count.num // den
        count = Numbers(whole, np.ones(1, np.int64), count.known)
    return _left(points, multiply(constant(rule.each), count), over.num <= 0)


def _left(points: Fraction, deduction: Numbers, none: Array) -> Numbers:
    """Points minus a deduction, at least 0; all of them where nothing is deducted."""
    whole = constant(points)
    rest = add(whole, deduction, -1)
    return chosen(none, whole, chosen(rest.num <= 0, _ZERO, rest))


def _pass_mark(rule: rules.PassMark, asked: Asked) -> Numbers:
    def weigh(x: Numbers) -> Numbers:
        beyond = _within(divide(add(x, constant(rule.mark), -1), constant(1 - rule.mark)))
        return multiply(constant(asked.points), beyond)

    return _measured(asked, weigh)


def _condition(rule: rules.Condition, asked: Asked) -> Numbers:
    holds = condition(rule.when.tree, asked.facts)
    found = chosen(holds.value, constant(asked.points), _ZERO)
    return Numbers(found.num, found.den, holds.known)


def _difference(rule: rules.Difference, asked: Asked) -> Numbers:
    of, against = number(rule.of.tree, asked.facts), number(rule.against.tree, asked.facts)
    known = of.usable & against.usable
    base = Numbers(abs(against.num), against.den, against.known)
    none = base.num == 0
    rate = divide(add(of, against, -1), Numbers(np.where(none, 1, base.num), base.den, base.known))
    # From nothing to something is beyond every bound a rule can name, from nothing to nothing is no change.
    boundless = multiply(constant(Fraction(10**15)), Numbers(np.sign(of.num), np.ones(1, np.int64), of.known))
    x = chosen(none, boundless, rate)
    x = Numbers(x.num, np.where(x.den == 0, 1, x.den), known)
    if isinstance(rule.rule, rules.Steps):
        return _banded(rule.rule, x, asked.points)
    assert isinstance(rule.rule, rules.Excess)  # the loader allows these two
    found = _deducted(rule.rule, x, asked.points)
    return Numbers(found.num, found.den, found.known & known)


def _outside(rule: rules.Outside, asked: Asked) -> Numbers:
    x = number(rule.score.tree, asked.facts)
    valid = x.usable & (x.num >= 0) & (difference(x, constant(rule.of)) <= 0)
    safe = Numbers(x.num, np.where(x.den == 0, 1, x.den), valid)
    return multiply(constant(asked.points / rule.of), safe)


def _defects(rule: rules.Defects, asked: Asked) -> Numbers:
    if rule.count is None:
        return _failed(rule, asked)
    count = number(rule.count.tree, asked.facts)
    safe = Numbers(count.num, np.where(count.den == 0, 1, count.den), count.usable)
    found = _left(asked.points, multiply(constant(rule.each), safe), safe.num <= 0)
    return Numbers(found.num, found.den, found.known & safe.known)


def _failed(rule: rules.Defects, asked: Asked) -> Numbers:
    count, known = _ZERO, np.ones(1, bool)
    for statement in rule.statements:
        if statement.when is None:
            return nothing()
        holds = condition(statement.when.tree, asked.facts)
        count, known = add(count, chosen(holds.value, _ZERO, _ONE)), known & holds.known
    found = _left(asked.points, multiply(constant(rule.each), count), count.num <= 0)
    return Numbers(found.num, found.den, known)


def _checklist(rule: rules.Checklist, asked: Asked) -> Numbers:
    """A checklist that figures decide wholly; one that a person must look at is unknown."""
    found, known = _ZERO, np.ones(1, bool)
    for statement in rule.statements:
        if statement.when is None:
            return nothing()
        points = statement.points if statement.points is not None else asked.points / len(rule.statements)
        holds = condition(statement.when.tree, asked.facts)
        found, known = add(found, chosen(holds.value, constant(points), _ZERO)), known & holds.known
    return Numbers(found.num, found.den, known)


def _composite(rule: rules.Composite, asked: Asked) -> Numbers:
    found = _ZERO
    for part in rule.parts:
        inner = Asked(part.points or Fraction(0), part.measure, asked.facts, part.zero_denominator)
        found = add(found, earned(part.guards, part.rule, inner))
    return found


def _choose(rule: rules.Choose, asked: Asked) -> Numbers:
    """The best of several, once none that is still open could be better; a department's own choice is unknown here."""
    if rule.by != "best":
        return nothing()
    options = [
        earned(o.guards, o.rule, Asked(asked.points, o.measure, asked.facts, o.zero_denominator)) for o in rule.options
    ]
    best, open_option = nothing(), np.zeros(1, bool)
    for option in options:
        usable = option.usable
        better = usable & (~best.known | (difference(option, best) > 0))
        best, open_option = chosen(better, option, best), open_option | ~usable
    full = difference(best, constant(asked.points)) >= 0
    return Numbers(best.num, best.den, best.known & (full | ~open_option))


_KINDS: dict[type, Callable[[Any, Asked], Numbers]] = {
    rules.Proportional: _proportional,
    rules.Steps: _steps,
    rules.Excess: _excess,
    rules.PassMark: _pass_mark,
    rules.Condition: _condition,
    rules.Difference: _difference,
    rules.Outside: _outside,
    rules.Defects: _defects,
    rules.Checklist: _checklist,
    rules.Composite: _composite,
    rules.Choose: _choose,
}
