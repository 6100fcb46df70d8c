"""A small county: two departments of one region, one of another, a person for every role, and the real case filled."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from hengji.model.filing import Filing
from hengji.model.system import IndicatorSystem
from hengji.web.filings import bridge
from hengji.web.filings.models import Assignment, FilingRow
from hengji.web.filings.systems import pin
from hengji.web.notices.models import Attachment, Notice
from hengji.web.people.models import Department, Region, Role, User
from hengji.workbook import open_filing
from tests.conftest import ROOT

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


@pytest.fixture
def county(
    db: None,  # noqa: ARG001 - asks for the database
    example: tuple[Filing, IndicatorSystem],
    settings: Settings,
    tmp_path: Path,
) -> County:
    for name in ("files", "imports", "jobs", "previews", "reports", "intake"):
        setattr(settings, name.upper(), tmp_path / name)
    here, there = Region.objects.create(name="甲县"), Region.objects.create(name="乙县")
    own = Department.objects.create(region=here, name=example[0].department)
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
    bridge.save(filing.pk, people["clerk"], bridge.stated(example[0]), "样例", "import")
    filing.refresh_from_db()
    return County(people, filing, other, far)


@pytest.fixture
def clerk(county: County) -> Client:
    return county.client("clerk")
