"""试算: this year's filings under the rule they have and under a draft, and who would move by how much."""

from fractions import Fraction

from hengji.model.numerals import fixed
from hengji.model.problem import HengjiError
from hengji.model.scorecard import Scorecard
from hengji.model.system import IndicatorSystem, in_year
from hengji.scoring import score
from hengji.web.filings.folder import Folder
from hengji.web.filings.models import FilingRow

Line = dict[str, object]


def compared(row: FilingRow, system: IndicatorSystem) -> Line:
    """One filing under its own system and under another."""
    folder = Folder.open(row)
    line: Line = {
        "filing": row.pk,
        "department": row.department.name,
        "now": None,
        "then": None,
        "leaves": [],
        "trouble": "",
    }
    try:
        now = folder.card
        then = score(in_year(system, row.year), folder.filing)
    except HengjiError as error:
        return line | {"trouble": str(error)}
    line["now"], line["then"] = _exact(_final(now)), _exact(_final(then))
    line["leaves"] = _leaves(now, then)
    return line


def _final(card: Scorecard) -> Fraction | None:
    return card.totals.final if card.totals is not None else None


def _exact(number: Fraction | None) -> str | None:
    return None if number is None else str(number)


def _leaves(now: Scorecard, then: Scorecard) -> list[list[str]]:
    """The leaves that would score otherwise, as (id, name, now, then)."""
    before = {leaf.id: leaf for leaf in now.leaves}
    after = {leaf.id: leaf for leaf in then.leaves}
    found = []
    for key in dict.fromkeys([*before, *after]):
        old, new = before.get(key), after.get(key)
        if (old.score if old else None) == (new.score if new else None) and (old is None) == (new is None):
            continue
        there = new or old
        assert there is not None
        found.append([key, there.name, _shown(old.score if old else None), _shown(new.score if new else None)])
    return found


def _shown(number: Fraction | None) -> str:
    return "—" if number is None else fixed(number)


def moved(line: Line) -> Fraction:
    """By how much a department would move; 0 where one of the two is not known."""
    if line["now"] is None or line["then"] is None:
        return Fraction(0)
    return Fraction(str(line["then"])) - Fraction(str(line["now"]))
