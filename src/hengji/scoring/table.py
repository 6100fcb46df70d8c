"""Scores many departments at once from columns of figures, exactly; the trace of any of them on demand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from math import lcm

import numpy as np

from hengji.model.filing import Claim, Filing, State, Total, Value, ValueKey
from hengji.model.rules import Policy, Unscored, Veto, VetoScope
from hengji.model.scorecard import Scorecard, Standing
from hengji.model.system import Extra, Indicator, IndicatorSystem, in_year
from hengji.scoring.column_rules import Asked, earned
from hengji.scoring.columns import (
    Array,
    ColumnFacts,
    Numbers,
    Stated,
    add,
    chosen,
    condition,
    constant,
    difference,
    numbers_of,
    plus,
    times,
)
from hengji.scoring.moves import Moves, reallocate
from hengji.scoring.score import score
from hengji.scoring.totals import below, grade_of

Columns = Mapping[str, Sequence[Stated]]
_CENT = 100  # own scores are kept in hundredths


@dataclass(frozen=True, slots=True)
class LeafColumn:
    """One leaf over all departments: its rule's result in hundredths of a point, where there is one, and the claims."""

    own: Array
    computed: Array
    claim: Numbers


@dataclass(frozen=True)
class TableScores:
    """The scores of many departments. Bases and finals are exact: integers over one denominator a department."""

    system: IndicatorSystem
    year: int
    values: Columns
    last_year: Columns
    claims: Columns
    leaves: Mapping[str, LeafColumn]
    exempt: Mapping[str, Array]
    base_numerators: Array
    base_denominators: Array
    final_numerators: Array
    final_denominators: Array
    vetoed_grades: Mapping[str, Array] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.base_numerators)

    def base(self, number: int) -> Fraction:
        """The exact base of one department."""
        return Fraction(int(self.base_numerators[number]), int(self.base_denominators[number]))

    def final(self, number: int) -> Fraction:
        """The exact final score of one department."""
        return Fraction(int(self.final_numerators[number]), int(self.final_denominators[number]))

    def standing(self, leaf_id: str, number: int) -> Standing:
        """What a leaf's score rests on."""
        leaf = self.leaves[leaf_id]
        if leaf_id in self.exempt and self.exempt[leaf_id][number]:
            return Standing.NOT_APPLICABLE
        if leaf.computed[number]:
            return Standing.COMPUTED
        return Standing.CLAIMED if leaf.claim.known[number] else Standing.MISSING

    @cached_property
    def finals(self) -> Array:
        """The final scores in hundredths, rounded half-up, for statistics and charts."""
        num, den = self.final_numerators, self.final_denominators
        doubled = plus(times(num, np.array([2 * _CENT])), den)
        return np.asarray(doubled // (den * 2))

    def grade(self, number: int) -> str:
        """The grade of one department, by its unrounded score; the worst grade that a veto names stands instead."""
        struck = [g for g in self.system.grades if g.name in self.vetoed_grades and self.vetoed_grades[g.name][number]]
        if struck:
            return min(struck, key=lambda grade: grade.low).name
        by_base = self.system.grade_on == "base"
        return grade_of(self.system.grades, self.base(number) if by_base else self.final(number))

    def filing(self, number: int) -> Filing:
        """The filing of one department, as its columns state it."""
        values = {
            ValueKey(name, year): _value(column[number])
            for year, columns in ((self.year, self.values), (self.year - 1, self.last_year))
            for name, column in columns.items()
            if column[number] is not None
        }
        claims = {
            leaf: Claim(Decimal(str(column[number])))
            for leaf, column in self.claims.items()
            if column[number] is not None
        }
        return Filing(
            department=f"第{number + 1}个单位", year=self.year, system=self.system.id, values=values, claims=claims
        )

    def card(self, number: int) -> Scorecard:
        """The whole scorecard of one department, with the trace of every leaf."""
        return score(self.system, self.filing(number))


def _value(stated: Stated) -> Value:
    text = str(stated)
    return Value(text, state=State.BLANK if text == "" else State.GIVEN)


def score_table(
    system: IndicatorSystem, year: int, values: Columns, last_year: Columns | None = None, claims: Columns | None = None
) -> TableScores:
    """Scores departments from columns: one element a department, amounts in each item's own unit, None where not stated.

    The result is that of ``score`` on a filing with the same figures and claims; leaves that need registers or people keep
    their claims.
    """
    last_year, claims = last_year or {}, claims or {}
    system = in_year(system, year)
    size = len(next(iter((values or claims or {"": ()}).values())))
    facts = ColumnFacts(system.dictionary, {0: values, 1: last_year}, size)
    exempt = _exempt(system, facts)
    leaves = {leaf.id: _leaf(leaf, facts, claims.get(leaf.id), size) for leaf in system.leaves()}
    leaves |= _struck(system, leaves, facts, size)
    base = _bases(system, leaves, exempt, size)
    final = _finals(system, facts, base, claims, size)
    grades = {veto.grade: _holds(veto, facts, size) for veto in _vetoes(system) if veto.scope is VetoScope.GRADE}
    return TableScores(
        system, year, values, last_year, claims, leaves, exempt, base[0], base[1], final[0], final[1], grades
    )


def _vetoes(system: IndicatorSystem) -> list[Veto]:
    return [*system.vetoes, *(veto for indicator, _ in system.walk() for veto in indicator.vetoes)]


def _holds(veto: Veto, facts: ColumnFacts, size: int) -> Array:
    found = condition(veto.when.tree, facts)
    return np.broadcast_to(found.value & found.known, (size,))


def _exempt(system: IndicatorSystem, facts: ColumnFacts) -> dict[str, Array]:
    """Where each leaf that may be exempted is, by the rule's own condition."""
    found = {}
    for leaf in system.leaves():
        rule = leaf.not_applicable
        if rule is not None and rule.policy is not Policy.NONE and rule.when is not None:
            asked = condition(rule.when.tree, facts.shifted(leaf.year_offset))
            found[leaf.id] = np.broadcast_to(asked.value & asked.known, (facts.size,))
    return found


def _leaf(leaf: Indicator, facts: ColumnFacts, claims: Sequence[Stated] | None, size: int) -> LeafColumn:
    claim = numbers_of(claims if claims is not None else [None] * size)
    own: Array = np.zeros(size, np.int64)
    known: Array = np.zeros(size, bool)
    if leaf.points is None or isinstance(leaf.rule, Unscored):
        return LeafColumn(own, known, claim)
    here = facts.shifted(leaf.year_offset)
    if leaf.rule is not None:
        found = earned(leaf.guards, leaf.rule, Asked(leaf.points, leaf.measure, here, leaf.zero_denominator))
        own, known = _hundredths(found), found.usable
    vetoes = [condition(veto.when.tree, here) for veto in leaf.vetoes if veto.scope is VetoScope.ITEM]
    for asked in vetoes:
        known = known & asked.known
    for asked in vetoes:  # one that holds settles the score, whatever the others are
        struck = asked.value & asked.known
        own, known = np.where(struck, 0, own), known | struck
    return LeafColumn(np.broadcast_to(own, (size,)), np.broadcast_to(known, (size,)), claim)


def _hundredths(x: Numbers) -> Array:
    """Rounded half-up to hundredths; scores are never negative."""
    den = np.where(x.den == 0, 1, x.den)
    doubled = plus(times(x.num, np.array([2 * _CENT])), den)
    return np.where(x.usable, doubled // times(den, np.array([2])), 0)


def _struck(
    system: IndicatorSystem, leaves: Mapping[str, LeafColumn], facts: ColumnFacts, size: int
) -> dict[str, LeafColumn]:
    """The leaves below a vetoed node: nothing, where the veto holds."""
    where: dict[str, Array] = {}
    for veto in _vetoes(system):
        node = system.indicator(veto.node) if veto.scope is VetoScope.NODE else None
        for leaf_id in below(node) if node is not None else ():
            where[leaf_id] = where.get(leaf_id, np.zeros(size, bool)) | _holds(veto, facts, size)
    return {
        leaf_id: LeafColumn(np.where(struck, 0, column.own), column.computed | struck, column.claim)
        for leaf_id, struck in where.items()
        if (column := leaves.get(leaf_id)) is not None
    }


def _bases(
    system: IndicatorSystem,
    leaves: Mapping[str, LeafColumn],
    exempt: Mapping[str, Array],
    size: int,
) -> tuple[Array, Array]:
    """The exact base of every department: departments that share a pattern of exempt leaves share their factors."""
    pattern = np.zeros(size, np.int64)
    for bit, column in enumerate(exempt.values()):
        pattern = pattern | (column.astype(np.int64) << bit)
    numerators, denominators = np.zeros(size, object), np.ones(size, object)
    for code in np.unique(pattern):
        here = np.flatnonzero(pattern == code)
        out = {leaf_id for bit, leaf_id in enumerate(exempt) if int(code) >> bit & 1}
        num, den = _base(system, leaves, out, here)
        numerators[here], denominators[here] = num, den
    return _narrow(numerators), _narrow(denominators)


def _narrow(numbers: Array) -> Array:
    """Machine integers again where they fit."""
    largest = max((abs(int(each)) for each in numbers), default=0)
    return numbers.astype(np.int64) if largest < 2**31 else numbers


def _base(
    system: IndicatorSystem,
    leaves: Mapping[str, LeafColumn],
    out: set[str],
    here: Array,
) -> tuple[Array, int]:
    """The sum over the leaves of the departments at some places, over one denominator."""
    scored = [leaf for leaf in system.leaves() if leaf.points is not None]
    rules = {leaf.id: leaf.not_applicable for leaf in scored if leaf.id in out and leaf.not_applicable is not None}
    moves = reallocate(system, rules)
    shares = {leaf.id: _shares(leaf, moves) for leaf in scored}
    claim_den = lcm(*(int(leaves[leaf.id].claim.den[0]) for leaf in scored))
    den = lcm(_CENT, claim_den) * lcm(*(each.denominator for share in shares.values() for each in share))
    total: Array = np.zeros(len(here), np.int64)
    for leaf in scored:
        if leaf.id in out:
            kept = (moves.kept or {}).get(leaf.id)
            if kept is Policy.FULL:
                total = plus(total, np.full(len(here), int((leaf.points or 0) * den), object))
            continue
        column, (factor, claim_factor) = leaves[leaf.id], shares[leaf.id]
        own = times(column.own[here], np.array([int(factor * den) // _CENT]))
        scores = np.where(column.computed[here], own, _claimed(leaf, column, moves, claim_factor, den, here))
        total = plus(total, scores)
    return total, den


def _shares(leaf: Indicator, moves: Moves) -> tuple[Fraction, Fraction]:
    """What a leaf's own score, and its claim, are multiplied by."""
    points = leaf.points or Fraction(0)
    into = moves.into(leaf.id)
    full = points + sum((move.points for move in into), Fraction(0))
    direct = points + sum((move.points for move in into if move.policy is Policy.TO_ITEM), Fraction(0))
    return (full / points if points else Fraction(1)), (full / direct if direct else Fraction(1))


def _claimed(leaf: Indicator, column: LeafColumn, moves: Moves, factor: Fraction, den: int, here: Array) -> Array:
    """Claims over the denominator; multiplied by what was spread unless they already exceed the leaf."""
    direct = (leaf.points or Fraction(0)) + sum(
        (move.points for move in moves.into(leaf.id) if move.policy is Policy.TO_ITEM), Fraction(0)
    )
    claim, scale = column.claim.num[here], int(column.claim.den[0])
    spread = claim <= direct * scale if factor != 1 else np.zeros(len(here), bool)
    counted = np.where(
        spread, times(claim, np.array([int(factor * den) // scale])), times(claim, np.array([den // scale]))
    )
    return np.where(column.claim.known[here], counted, 0)


def _finals(
    system: IndicatorSystem, facts: ColumnFacts, base: tuple[Array, Array], claims: Columns, size: int
) -> tuple[Array, Array]:
    """Base, claimed bonus and deduction, floor, vetoes and cap."""
    found = Numbers(base[0], base[1], np.ones(size, bool))
    for extra, key, sign in ((system.bonus, Total.BONUS, 1), (system.deduction, Total.DEDUCTION, -1)):
        if extra is not None and key in claims:
            found = add(found, _extra(extra, numbers_of(claims[key])), sign)
    found = chosen(difference(found, constant(system.floor)) < 0, constant(system.floor), found)
    for veto in _vetoes(system):
        if veto.scope is VetoScope.TOTAL:
            found = chosen(_holds(veto, facts, size), constant(Fraction(0)), found)
    if system.cap is not None:
        found = chosen(difference(found, constant(system.cap)) > 0, constant(system.cap), found)
    return found.num, found.den


def _extra(extra: Extra, claim: Numbers) -> Numbers:
    """A claimed bonus or deduction within its cap; nothing where none is claimed."""
    if extra.cap is not None:
        claim = chosen(difference(claim, constant(extra.cap)) > 0, constant(extra.cap), claim)
    return chosen(claim.known, Numbers(claim.num, claim.den, np.ones(1, bool)), constant(Fraction(0)))
