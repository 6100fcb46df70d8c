"""The sum as written arithmetic (得分构成): sections, base, bonus, deduction, sum, cap, final, each a line."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from hengji.model.numerals import fixed, plain
from hengji.model.scorecard import ExtraScore, Scorecard, Standing, Totals
from hengji.model.system import IndicatorSystem
from hengji.scoring import derivation


@dataclass(frozen=True, slots=True)
class SumLine:
    """One line: its name, out of how much, the amount as printed; ``rule`` draws the line above a sum."""

    name: str
    amount: str
    of: str = ""
    rule: bool = False
    note: str = ""


def sum_lines(system: IndicatorSystem, card: Scorecard) -> tuple[SumLine, ...]:
    """The lines of a total; none for a system without points."""
    return () if card.totals is None else tuple(_lines(system, card, card.totals))


def _lines(system: IndicatorSystem, card: Scorecard, totals: Totals) -> Iterator[SumLine]:
    arithmetic = dict(derivation(system, card))
    top = {indicator.id for indicator in system.indicators}
    for branch in card.branches:
        if branch.id in top:
            yield SumLine(branch.name, _two(branch.score), f"{plain(branch.full or Fraction(0))} 分")
    yield SumLine("基础分", _two(totals.base), rule=True)
    for extra, sign in ((totals.bonus, "+"), (totals.deduction, "−")):
        if extra is not None:
            yield SumLine(extra.name, (sign if extra.score else "") + _two(extra.score), note=_doubt(extra))
    if totals.bonus is not None or totals.deduction is not None:
        yield SumLine("合计", _two(totals.raw), rule=True, note=arithmetic.get("合计", ""))
    for reason in totals.vetoed:
        yield SumLine("一票否决", "", note=reason)
    if totals.cap is not None and totals.raw > totals.cap:
        yield SumLine(f"封顶 {plain(totals.cap)} 分", "−" + _two(totals.raw - totals.cap))
    yield SumLine(totals.title, _two(totals.final), rule=True)


def _two(number: Fraction | None) -> str:
    return fixed(number or Fraction(0)).replace("-", "−")


def _doubt(extra: ExtraScore) -> str:
    words = [f"原 {plain(extra.capped_from)} 分，按上限计"] if extra.capped_from is not None else []
    words += ["未核实"] if extra.standing is Standing.CLAIMED and extra.score else []
    return "，".join(words)
