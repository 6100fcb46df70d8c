"""形式审核: what the system tells of each point, what a person ticks, and the two ways on."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from hengji.web.filings import bridge
from hengji.web.filings.bridge import Change
from hengji.web.filings.folder import Folder
from hengji.web.filings.models import FilingRow
from hengji.web.filings.tables import COVER, EVIDENCE
from hengji.web.intake.models import Part, Received, State
from hengji.web.people.acts import Act
from hengji.web.reviews.formal import Desk, lines, points, reasons
from hengji.web.reviews.models import FormalRow
from hengji.web.states.machine import Step
from hengji.web.states.moves import take
from hengji.web.trail.models import Entry
from hengji.web.trail.verify import verify
from tests.web.conftest import County


def sent(county: County) -> FilingRow:
    """The real case at 形式审核, signed and received."""
    for act, who in ((Act.SEND, "clerk"), (Act.SIGN, "head"), (Act.RECEIVE, "reviewer")):
        take(county.filing.pk, county.people[who], act)
    return FilingRow.objects.get(pk=county.filing.pk)


def told(row: FilingRow, key: str, today: date = date(2024, 6, 30)) -> tuple[bool | None, str]:
    line = next(line for line in lines(Desk(Folder.open(row.pk), today)) if line.point.key == key)
    return line.told.passed, line.told.words


def put(county: County, *changes: Change) -> None:
    bridge.save(county.filing.pk, county.people["clerk"], changes)


def received(county: County, **more: object) -> Received:
    by = county.people["reviewer"]
    region = county.filing.department.region
    fixed = {"filing": county.filing, "state": State.CONFIRMED, "part": Part.REPORT, "kind": "x", "by": by}
    return Received.objects.create(region=region, name="报告.docx", **{**fixed, **more})


def _dated(text: str) -> Callable[[County], None]:
    return lambda county: put(county, Change(COVER, ("填报日期",), {"text": text}))


def _evidence(title: str, sha: str) -> Callable[[County], None]:
    data = {"title": title, "proves": [], "file": "a.pdf", "locator": "", "sha256": sha, "size": 1}
    return lambda county: put(county, Change(EVIDENCE, (99,), data))


@pytest.mark.parametrize(
    ("key", "before", "passed", "words"),
    [
        ("date", _dated("2024年5月31日"), True, "2024-05-31"),
        ("date", _dated("2023年5月31日"), False, "还在评价年度里"),
        ("date", _dated("2025-01-01"), False, "在今天以后"),
        ("date", _dated("五月"), False, "看不出日期"),
        ("date", _dated("2024年13月1日"), False, "不是一个日期"),
        ("attachments", _evidence("合同", ""), False, "第 99 项“合同”没有文件"),
        ("signature", _evidence("签章页", "ab" * 32), None, "请打开看看"),
        ("readable", _evidence("合同", "ab" * 32), False, "找不到"),
        ("readable", lambda county: received(county, error="已损坏"), False, "已损坏"),
        ("identity", lambda county: received(county, unit="甲县教育局", year=2023), False, "甲县教育局"),
        (
            "identity",
            lambda county: received(county, unit=county.filing.department.name, year=2022),
            False,
            "2022 年度",
        ),
        ("identity", lambda county: received(county, unit=county.filing.department.name, year=2023), True, "2023 年度"),
        ("signature", lambda _: None, None, "请看原件"),
        ("scores", lambda _: None, True, "27 项"),
        ("sections", lambda county: put(county, *_without(county, "存在问题")), False, "“存在问题”没有写"),
    ],
)
def test_what_the_system_tells(
    county: County, key: str, before: Callable[[County], None], passed: bool | None, words: str
) -> None:
    before(county)
    found = told(county.filing, key)
    assert found[0] is passed, found
    assert words in found[1]


def _without(county: County, chapter: str) -> list[Change]:
    filing = Folder.open(county.filing.pk).filing
    kept = {name: texts for name, texts in filing.narrative.items() if name != chapter}
    wanted = {(c.table.name, c.place) for c in bridge.stated(replace(filing, narrative=kept))}
    every = bridge.stated(filing)
    return [Change(c.table, c.place, None) for c in every if (c.table.name, c.place) not in wanted]


def test_a_signature_given_here_is_told(county: County) -> None:
    row = sent(county)
    passed, words = told(row, "signature")
    assert passed
    assert "在系统签批" in words


def test_ticks_are_kept_in_the_chain_and_a_failed_point_blocks(county: County) -> None:
    row = sent(county)
    client = county.client("reviewer")
    address = f"/formal/{row.pk}/"
    assert client.get(address).status_code == 200
    assert client.get(f"/filings/{row.pk}/moves/pass/").headers["Location"] == address
    assert client.post(f"{address}tick/", {"auto": "1"}).status_code == 302
    auto = {each.point for each in FormalRow.objects.filter(filing=row, passed__isnull=False)}
    assert {"scores", "signature", "identity"} <= auto
    version = FormalRow.objects.get(filing=row, point="signature").version
    said = {"passed-signature": "no", "note-signature": "签章页没有盖章", "version-signature": str(version)}
    assert client.post(f"{address}tick/", said).status_code == 302
    assert client.post(f"{address}tick/", {**said, "passed-signature": "yes"}).status_code == 409  # an older version
    answer = client.post(f"{address}move/", {"act": "pass"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "标为不通过" in page
    assert "没有签字盖章：签章页没有盖章。" in page
    row.refresh_from_db()
    assert row.step == Step.FORMAL
    assert client.post(f"{address}move/", {"act": "reject", "opinion": ""}).status_code == 422
    answer = client.post(f"{address}move/", {"act": "reject", "opinion": "1. 请补签章页\n2. 其余可以"})
    assert answer.status_code == 302
    row.refresh_from_db()
    assert (row.step, row.returned) == (Step.FILLING, True)
    assert Entry.objects.filter(filing=row, act=Act.REJECT.value).get().why.startswith("1. 请补签章页")
    assert verify(row).faults == ()


def test_it_begins_anew_when_the_filing_comes_again(county: County) -> None:
    row = sent(county)
    client = county.client("reviewer")
    client.post(f"/formal/{row.pk}/tick/", {"passed-date": "no", "note-date": "", "version-date": "0"})
    take(row.pk, county.people["reviewer"], Act.REJECT, "请改日期")
    row = sent(county)
    assert not FormalRow.objects.filter(filing=row).exists()
    assert client.post(f"/formal/{row.pk}/move/", {"act": "pass"}).status_code == 302
    row.refresh_from_db()
    assert row.step == Step.REVIEW
    assert verify(row).faults == ()
    assert client.post(f"/formal/{row.pk}/tick/", {"auto": "1"}).status_code == 403


def test_only_the_bureau_ticks_and_everybody_of_the_filing_reads(county: County) -> None:
    row = sent(county)
    for who in ("clerk", "head", "firm", "auditor"):
        client = county.client(who)
        page = client.get(f"/formal/{row.pk}/")
        assert page.status_code == 200
        assert "保存结论" not in page.content.decode()
        assert client.post(f"/formal/{row.pk}/tick/", {"auto": "1"}).status_code == 403
        assert client.post(f"/formal/{row.pk}/move/", {"act": "pass"}).status_code == 403
    assert not FormalRow.objects.exists()


def test_every_point_has_words_and_a_reason() -> None:
    assert len({point.key for point in points()}) == len(points())
    for point in points():
        assert "{detail}" in point.reason
    assert all(reason.endswith("。") for reason in reasons())


def test_questions_asked(county: County, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    row = sent(county)
    client = county.client("reviewer")
    received(county, part=Part.EVIDENCE)
    with django_assert_num_queries(9):
        client.get(f"/formal/{row.pk}/")
    for number in range(8):
        received(county, part=Part.EVIDENCE, number=number + 2)
    with django_assert_num_queries(9):
        client.get(f"/formal/{row.pk}/")
