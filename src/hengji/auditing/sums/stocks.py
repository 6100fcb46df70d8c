"""R07: balances from an opening to an end whose steps are told in words that do not all say which way they go.

「年初186.40万元，拨入92.60万元、利息0.84万元，支出118.20万元，年末161.46万元」: the digits decide. Where no way of adding,
taking off or leaving out the steps makes the end, and just one way of taking those that do not say makes it but for one
slip of the pen, the end was meant to be that.
"""

import itertools
from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from hengji.auditing.case import Case
from hengji.auditing.numbers import common_unit, number
from hengji.auditing.slips import digits_of
from hengji.auditing.sums.balances import signs_of, without_parts
from hengji.auditing.sums.told_figures import Told, slipped, told_passages
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_OPENING = pattern(r"年初|期初|上年末|上年结[转余存]|年初结[转余存]")
_END = pattern(r"(?:截至)?(?:年末|期末)")
_FEW, _MOST = 2, 6  # steps
_OPEN = 2  # steps that do not say which way they go
_TELLING = 4  # digits of an end
_NO_STEP = pattern(r"其中|上年|同比|较|计划|目标|预算")


def stocks_hold(case: Case) -> Iterator[Finding]:
    """Ends that one slip keeps from being what an opening and its steps make."""
    for passage in told_passages(case):
        told = without_parts(case, [t for t in passage if t.quantity.about != "目标"])
        signs = signs_of(case, told)
        for index, end in enumerate(told):
            chain = _chain(told, index)
            if chain and _END.match(end.lead):
                finding = _held(case, end, chain, signs[index - len(chain) : index])
                if finding is not None:
                    yield finding
                    return


def _chain(told: Sequence[Told], index: int) -> Sequence[Told]:
    """The opening and the steps right before an end, all of its unit and paragraph."""
    end = told[index]
    for start in range(index - _FEW - 1, max(-1, index - _MOST - 2), -1):
        if _OPENING.search(told[start].lead):
            chain = told[start:index]
            same = all(t.quantity.unit == end.quantity.unit for t in chain)
            return () if not same or any(_NO_STEP.search(t.lead) for t in chain[1:]) else chain
    return ()


def _held(case: Case, end: Told, chain: Sequence[Told], signs: Sequence[int]) -> Finding | None:
    opening, *steps = chain
    if len(digits_of(end.quantity.value)) < _TELLING or not 0 < signs[1:].count(0) <= _OPEN:
        return None
    if end.value in {_made(opening, steps, ways) for ways in itertools.product((1, -1, 0), repeat=len(steps))}:
        return None
    said = ((sign,) if sign else (1, -1) for sign in signs[1:])
    meant = {made: ways for ways in itertools.product(*said) if (made := _made(opening, steps, ways)) > 0}
    near = [made for made in meant if slipped(end.value, made, (end, *chain))]
    if len(near) != 1 or (end.kind == "money" and Fraction(near[0]) in case.amounts):
        return None
    made, unit = near[0], common_unit((end.quantity,))
    worked = opening.shown + "".join(
        f" {'+' if way > 0 else '−'} {step.shown}" for way, step in zip(meant[made], steps, strict=True)
    )
    right = number(made, 6)
    message = f"这里写{end.shown}，{worked} = {right}{unit}，相差{number(abs(made - end.value), 6)}{unit}"
    return case.finding("R07", end.quantity.span, message, stated=end.quantity.value, recomputed=right)


def _made(opening: Told, steps: Sequence[Told], ways: Sequence[int]) -> Decimal:
    return opening.value + sum((way * step.value for way, step in zip(ways, steps, strict=True)), Decimal(0))
