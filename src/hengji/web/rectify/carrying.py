"""上年问题: what was not mended comes back next year, in the department's register and as problems of the new review."""

from hengji.web.filings import bridge, needs
from hengji.web.filings.bridge import Change
from hengji.web.filings.models import FilingRow, RegisterRow
from hengji.web.filings.systems import system_of
from hengji.web.filings.tables import PROBLEM, ROW
from hengji.web.people.acts import Act
from hengji.web.people.models import User
from hengji.web.rectify.models import ProblemRow
from hengji.web.rectify.problems import ACCEPTED, OF_LAST_YEAR, problem_data
from hengji.web.reviews.threads import next_number

_REGISTER = "上年问题"


def of_last_year(filing: FilingRow) -> list[ProblemRow]:
    """The problems of the department's filing of the year before."""
    rows = ProblemRow.objects.filter(filing__department_id=filing.department_id, filing__year=filing.year - 1)
    return list(rows.order_by("number"))


def open_of_last_year(filing: FilingRow) -> list[ProblemRow]:
    """Those that were not accepted."""
    return [row for row in of_last_year(filing) if row.state != ACCEPTED]


def into_register(filing: FilingRow) -> int:
    """Fills the register 上年问题 of a filing that begins; returns how many rows."""
    rows = of_last_year(filing)
    if not rows or not _has_register(filing) or RegisterRow.objects.filter(filing=filing, register=_REGISTER).exists():
        return 0
    changes = [Change(ROW, (_REGISTER, number), _cells(row), 0) for number, row in enumerate(rows, start=1)]
    bridge.save(filing.pk, None, changes, f"取自{filing.year - 1}年度的整改", "import")
    return len(changes)


def _has_register(filing: FilingRow) -> bool:
    system = system_of(filing.system)
    return any(kind.name == _REGISTER for kind in needs.registers(system))


def _cells(row: ProblemRow) -> dict[str, object]:
    done = row.state == ACCEPTED
    cells = {
        "问题": row.text,
        "整改措施": row.measure,
        "责任科室": row.owner,
        "是否完成": "是" if done else "否",
        "未完成原因": "" if done else row.note,
    }
    return {"cells": {name: text for name, text in cells.items() if text}, "locator": "", "unit": ""}


def into_review(filing: FilingRow, user: User) -> int:
    """Takes the open problems of last year into the new review; returns how many."""
    there = set(ProblemRow.objects.filter(filing=filing).values_list("text", flat=True))
    rows = [row for row in open_of_last_year(filing) if row.text not in there]
    number = next_number(ProblemRow, filing)
    changes = [Change(PROBLEM, (number + place,), _again(filing, row), 0) for place, row in enumerate(rows)]
    if changes:
        bridge.save(filing.pk, user, changes, "去年未完成", Act.PROBLEM.value)
    return len(changes)


def _again(filing: FilingRow, row: ProblemRow) -> dict[str, object]:
    return problem_data(
        filing, source=OF_LAST_YEAR, leaf=row.leaf, text=row.text, owner=row.owner, since=row.since, due=row.due
    )
