"""A small county: two departments of one region, one of another, a person for every role, and the real case filled."""

import pickle
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.test import Client
from pytest_django import DjangoDbBlocker, Settings

from hengji.auditing import examine
from hengji.auditing.case import Case
from hengji.model.filing import Filing
from hengji.model.finding import Finding
from hengji.model.system import IndicatorSystem
from hengji.web.filings import bridge, examining, memory
from hengji.web.filings.models import Assignment, FilingRow
from hengji.web.filings.systems import pin
from hengji.web.notices.models import Attachment, Notice
from hengji.web.people.models import Department, Region, Role, User
from hengji.workbook import open_filing
from tests.conftest import ROOT
from tests.here import read_here

__all__ = ["read_here"]  # a fixture of every test

PASSWORD = "ceshi-koling-2026"
SYSTEM = "guangdong/lechang/department-overall"
EXAMPLE = ROOT / "examples" / "lechang-2023.xlsx"


@dataclass
class County:
    """Everybody and everything of the tests."""

    people: dict[str, User]
    filing: FilingRow  # the real case, at 填报
    other: FilingRow  # of another department of the region
    far: FilingRow  # of another region

    def client(self, who: str) -> Client:
        client = Client()
        client.force_login(self.people[who], backend="hengji.web.people.backend.Backend")
        return client


@pytest.fixture(scope="session")
def example() -> tuple[Filing, IndicatorSystem]:
    opened = open_filing(EXAMPLE)
    return opened.filing, opened.system


_found: dict[tuple[str, ...], tuple[tuple[Finding, ...], tuple[tuple[str, str], ...]]] = {}


@pytest.fixture(scope="session", autouse=True)
def examined_once() -> Iterator[None]:
    """The text of the real case is asked for on page after page; what is found in it is worked out once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(examining, "examine", _examine)
        yield


def _examine(case: Case) -> tuple[tuple[Finding, ...], tuple[tuple[str, str], ...]]:
    known = case.known
    assert known is not None
    parts = (case.found, case.against, case.previous, case.peers, known.scored, known.leaf_ids)
    text = (known.system.sha256, *map(repr, parts))
    if text not in _found:
        _found[text] = examine(case)
    return _found[text]


Rows = dict[str, list[tuple[Any, ...]]]  # by table


@pytest.fixture(scope="session")
def county_made(
    django_db_setup: None,  # noqa: ARG001 - makes the database
    django_db_blocker: DjangoDbBlocker,
    example: tuple[Filing, IndicatorSystem],
) -> tuple[bytes, Rows]:
    """The county, made once and rolled back: its objects pickled, and the rows behind them."""
    with django_db_blocker.unblock(), transaction.atomic():
        county, rows = _make(example[0]), _rows()
        transaction.set_rollback(True)
    return pickle.dumps(county), rows


def _make(filled: Filing) -> County:
    here, there = Region.objects.create(name="甲县"), Region.objects.create(name="乙县")
    own = Department.objects.create(region=here, name=filled.department)
    neighbour = Department.objects.create(region=here, name="甲县某局")
    foreign = Department.objects.create(region=there, name="乙县某局")
    people = {}
    for name, role, region, department in (
        ("clerk", Role.CLERK, here, own),
        ("clerk2", Role.CLERK, here, own),
        ("head", Role.HEAD, here, own),
        ("reviewer", Role.REVIEWER, here, None),
        ("admin", Role.ADMIN, here, None),
        ("firm", Role.FIRM, here, None),
        ("firm2", Role.FIRM, here, None),
        ("auditor", Role.AUDITOR, here, None),
        ("neighbour", Role.CLERK, here, neighbour),
        ("neighbour_head", Role.HEAD, here, neighbour),
        ("far_admin", Role.ADMIN, there, None),
        ("far_auditor", Role.AUDITOR, there, None),
        ("far_reviewer", Role.REVIEWER, there, None),
    ):
        people[name] = User.objects.create_user(
            name, password=PASSWORD, role=role, region=region, department=department
        )
    system = pin(SYSTEM)
    filing, other, far = (
        FilingRow.objects.create(department=department, year=2023, system=system)
        for department in (own, neighbour, foreign)
    )
    Assignment.objects.create(user=people["firm"], filing=filing)
    notice = Notice.objects.create(region=here, year=2024, name="甲县2024年度自评通知")
    Attachment.objects.create(notice=notice, file="附件1.pdf", sha256="ab" * 32, size=1)
    bridge.save(filing.pk, people["clerk"], bridge.stated(filled), "样例", "import")
    filing.refresh_from_db()
    return County(people, filing, other, far)


def _rows() -> Rows:
    rows = {}
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            if model.__module__.startswith("hengji."):
                cursor.execute(f"SELECT * FROM {model._meta.db_table}")
                rows[model._meta.db_table] = cursor.fetchall()
    return {table: kept for table, kept in rows.items() if kept}


def _put(rows: Rows) -> None:
    """Puts the rows into the database: twenty times as fast as making the county again."""
    with connection.cursor() as cursor:
        for table, kept in rows.items():
            cursor.executemany(f"INSERT INTO {table} VALUES ({', '.join('%s' for _ in kept[0])})", kept)


@pytest.fixture
def county(
    db: None,  # noqa: ARG001 - asks for the database
    example: tuple[Filing, IndicatorSystem],
    county_made: tuple[bytes, Rows],
    settings: Settings,
    tmp_path: Path,
) -> County:
    for name in ("files", "imports", "jobs", "previews", "reports", "intake"):
        setattr(settings, name.upper(), tmp_path / name)
    memory.forget()  # the trail of every county is the same, and some tests alter a filing behind it
    if (
        connection.vendor != "sqlite"
    ):  # another database's sequences know nothing of rows that are put in with their numbers
        return _make(example[0])
    _put(county_made[1])
    county: County = pickle.loads(county_made[0])
    return county


@pytest.fixture
def clerk(county: County) -> Client:
    return county.client("clerk")
