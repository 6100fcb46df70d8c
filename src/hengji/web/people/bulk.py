"""Many people at once (批量建账号): a list of departments and people in a spreadsheet becomes accounts, all or none."""

import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import xlsxwriter
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from hengji.model.document import BlockKind
from hengji.model.patterns import pattern
from hengji.model.problem import HengjiError, Problem
from hengji.reading import read_document
from hengji.reading.guarded import read_many
from hengji.web.filings.files import plain_name
from hengji.web.people.models import OF_DEPARTMENT, Department, Region, Role, User

COLUMNS = ("单位全称", "账号", "职务或科室", "角色")
_MOST_BYTES = 5 * 1024 * 1024
_MOST_ROWS = 2000
_NAME = pattern(r"[A-Za-z0-9_.@+-]{3,60}")
_ROLES = {role.label: role for role in Role}


@dataclass(frozen=True, slots=True)
class Line:
    """One person of the list."""

    number: int
    department: str
    username: str
    office: str
    role: str


def form() -> bytes:
    """An empty list to fill in."""
    data = BytesIO()
    with xlsxwriter.Workbook(data) as book:
        page = book.add_worksheet("人员")
        page.write_row(0, 0, COLUMNS, book.add_format({"bold": True}))
        page.set_column(0, 3, 24)
        page.data_validation(1, 3, _MOST_ROWS, 3, {"validate": "list", "source": list(_ROLES)})
    return data.getvalue()


def read(upload: "UploadedFile[bytes]") -> list[Line]:
    """The list. Raises HengjiError for what is no such list."""
    if upload.size is None or upload.size > _MOST_BYTES:
        raise HengjiError("名单过大，请分成几份")
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / plain_name(upload.name or "名单.xlsx")
        with path.open("wb") as file:
            shutil.copyfileobj(upload, file)
        outcome = next(read_many([path], read_document, jobs=1))[1]
    if isinstance(outcome, HengjiError):
        raise outcome
    for block in outcome.blocks:
        if block.kind is BlockKind.TABLE:
            rows = [{cell.column: cell.text.strip() for cell in row} for row in block.rows()]
            heads = next(((n, row) for n, row in enumerate(rows) if set(COLUMNS[1:]) <= set(row.values())), None)
            if heads is not None:
                return _lines(rows[heads[0] + 1 :], heads[1], heads[0] + 2)
    raise HengjiError(f"没有找到表头，第一行应是：{'、'.join(COLUMNS)}")


def _lines(rows: Sequence[dict[int, str]], head: dict[int, str], first: int) -> list[Line]:
    at = {name: column for column, name in head.items()}
    found = []
    for number, row in enumerate(rows, start=first):
        cells = [row.get(at.get(name, -1), "") for name in COLUMNS]
        if any(cells):
            found.append(Line(number, *cells))
    if len(found) > _MOST_ROWS:
        raise HengjiError(f"名单有{len(found)}人，一次最多{_MOST_ROWS}人，请分成几份")
    return found


@transaction.atomic
def create(lines: Sequence[Line], region: Region) -> list[User]:
    """Makes departments and accounts without passwords. Raises HengjiError with every line that does not fit; none is made then."""
    problems = _problems(lines)
    if problems or not lines:
        raise HengjiError(*(problems or [Problem("名单", "里面没有人")]))
    departments = {each.name: each for each in Department.objects.filter(region=region)}
    made = []
    for line in lines:
        role = _ROLES[line.role]
        department = None
        if role in OF_DEPARTMENT:
            department = departments.get(line.department)
            if department is None:
                department = departments[line.department] = Department.objects.create(
                    region=region, name=line.department
                )
        user = User(username=line.username, office=line.office, role=role, region=region, department=department)
        user.set_unusable_password()
        user.save()
        made.append(user)
    return made


def _problems(lines: Sequence[Line]) -> list[Problem]:
    names = [line.username for line in lines]
    there = set(User.objects.filter(username__in=names).values_list("username", flat=True))
    found: list[Problem] = []
    for line in lines:
        for said in _faults(line, names, there):
            found.append(Problem(f"第{line.number}行", said))
    return found


def _faults(line: Line, names: Sequence[str], there: set[str]) -> list[str]:
    said = []
    if not _NAME.fullmatch(line.username):
        said.append(f"账号“{line.username[:40]}”应是3至60个字母、数字或 . _ -")
    elif line.username in there:
        said.append(f"账号“{line.username}”已经有了")
    elif names.count(line.username) > 1:
        said.append(f"账号“{line.username}”在名单里重复")
    role = _ROLES.get(line.role)
    if role is None:
        said.append(f"角色“{line.role[:20]}”应是{'、'.join(_ROLES)}之一")
    elif role in OF_DEPARTMENT and not line.department:
        said.append("填报人和单位负责人要写单位全称")
    if len(line.department) > 120 or len(line.office) > 60:  # noqa: PLR2004 - the columns' lengths
        said.append("单位全称或职务过长")
    return said
