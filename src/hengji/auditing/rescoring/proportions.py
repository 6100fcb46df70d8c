"""R06 where no rule is told: the national table scores execution in proportion."""

from collections.abc import Iterator
from fractions import Fraction

from hengji.auditing.case import Case
from hengji.auditing.moved_points import worth
from hengji.auditing.numbers import number
from hengji.auditing.rescoring.by_rule import reading_of
from hengji.auditing.scores.tree import tables
from hengji.model.extraction import ScoredItem, Span
from hengji.model.finding import Finding, Severity
from hengji.model.numerals import round_half_up
from hengji.model.patterns import pattern

_HUNDRED = Fraction(100)


def execution_in_proportion(case: Case) -> Iterator[Finding]:
    """The row of budget execution, which the national table scores as rate × points, unless the report tells another rule."""
    for item in (item for items in tables(case) for item in items):
        match = _PER_CENT.fullmatch(item.actual) if item.of_execution else None
        points = worth(case, item)
        if match is None or item.claimed is None or not points or item.doubtful or reading_of(case, item):
            continue
        rate = Fraction(match[1])
        bound = _BOUND.search(f"{item.target} {item.rule}")
        if bound is not None and rate >= Fraction(bound[1]):
            continue  # its table asks for no more than that
        expected = Fraction(points) * rate / _HUNDRED
        near = round_half_up(expected, 1) == Fraction(item.claimed)
        if rate < _HUNDRED and not near and Fraction(item.claimed) - expected > Fraction(6, 1000):
            yield _beyond(case, item, rate, item.quote, f"预算执行率{item.actual}")


def _beyond(case: Case, item: ScoredItem, rate: Fraction, span: Span, told: str) -> Finding:
    points, claimed = Fraction(worth(case, item) or 0), number(Fraction(item.claimed or 0))
    right = number(rate / _HUNDRED * points)
    message = f"{told}，按比例应得{right}分，自评{claimed}分"
    return case.finding(
        "R06", span, message, severity=Severity.WARNING, stated=claimed, recomputed=right, item=item.name
    )


_BOUND = pattern(r"(?:≥|不低于|达到)\s?(\d{2}(?:\.\d+)?)\s?%")
_PER_CENT = pattern(r"(\d{1,3}(?:\.\d+)?)%")
