"""读报告: who sees a report, whose names are covered for whom, the total, the outline, the marks, and what is downloaded."""

import io
import json
import re
import zipfile

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from hengji.model.filing import Source, Value
from hengji.web.filings import books, bridge
from hengji.web.filings.bridge import Change, value_data
from hengji.web.filings.tables import VALUE
from hengji.web.intake import audits
from hengji.web.intake.models import Aside, Batch, Part, Received, State
from hengji.web.jobs.loop import Loop
from hengji.web.jobs.models import Job
from tests.web import sendings
from tests.web.conftest import County

NAME = "乐昌市人民政府办公室"
PHONE = "0751-5551234"


def upload(client: Client, name: str, data: bytes) -> Received:
    answer = client.post("/audits/", {"file": SimpleUploadedFile(name, data)})
    assert answer.status_code == 302
    Loop().all()
    return Received.objects.latest("pk")


def report() -> bytes:
    return sendings.report_docx(f"{NAME}", 2023, f"820.50万元（联系电话：{PHONE}），支出820.50")


@pytest.fixture
def attached(county: County) -> Received:
    """A report that intake has put into the filing."""
    file = upload(county.client("reviewer"), "自评报告.docx", report())
    file.filing, file.department, file.state, file.part = (
        county.filing,
        county.filing.department,
        State.CONFIRMED,
        Part.REPORT,
    )
    file.save()
    return file


def page(county: County, who: str, file: Received, more: str = "") -> str:
    answer = county.client(who).get(f"/audits/{file.pk}/{more}")
    return answer.content.decode() if answer.status_code == 200 else str(answer.status_code)


def test_who_sees_a_report_and_whose_names_are_covered(county: County, attached: Received) -> None:
    for who in ("clerk", "head", "reviewer", "admin"):
        seen = page(county, who, attached)
        assert PHONE in seen, who
        assert "张三" in seen, who
    for who in ("firm", "auditor"):
        for more in ("", "findings/", "text/0/", "download/json/"):
            seen = page(county, who, attached, more)
            assert PHONE not in seen, who
            assert "张三" not in seen, who
        assert "已遮盖" in page(county, who, attached)
        assert "张*" in page(county, who, attached)
        assert page(county, who, attached, "download/file/") == "403"
        copy = county.client(who).get(f"/audits/{attached.pk}/download/docx/")
        assert_covered(copy.content)
        assert "%E5%B7%B2%E9%81%AE%E7%9B%96" in copy.headers["Content-Disposition"]
    assert_covered(county.client("clerk").get(f"/audits/{attached.pk}/download/docx/?covered=1").content)
    whole = county.client("clerk").get(f"/audits/{attached.pk}/download/docx/").content
    assert PHONE in zipfile.ZipFile(io.BytesIO(whole)).read("word/document.xml").decode()
    for who in ("firm2", "neighbour", "far_admin", "far_auditor"):
        for more in ("", "findings/", "text/0/", "download/json/", "download/file/"):
            assert page(county, who, attached, more) == "403", who


def assert_covered(docx: bytes) -> None:
    """Nobody is named in any part of a Word file, and it is the report all the same."""
    parts = zipfile.ZipFile(io.BytesIO(docx))
    whole = "".join(parts.read(name).decode(errors="replace") for name in parts.namelist())
    assert "张三" not in whole
    assert PHONE not in whole
    assert "820.50" in whole


@pytest.mark.parametrize(("member", "status"), [("word/media/image1.png", 200), ("word/embeddings/a.xlsx", 422)])
def test_a_picture_in_a_word_file_is_covered_and_an_embedded_file_not_given_away(
    county: County, member: str, status: int
) -> None:
    stream = io.BytesIO(report())
    with zipfile.ZipFile(stream, "a") as target:
        target.writestr(member, b"SECRET")
    file = upload(county.client("reviewer"), "带图.docx", stream.getvalue())
    file.filing, file.department, file.state, file.part = (
        county.filing,
        county.filing.department,
        State.CONFIRMED,
        Part.REPORT,
    )
    file.save()
    answer = county.client("auditor").get(f"/audits/{file.pk}/download/docx/")
    assert answer.status_code == status
    if status == 200:
        with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
            assert not any(b"SECRET" in archive.read(each) for each in archive.namelist())
    else:
        assert "遮盖不了" in answer.content.decode()


def test_before_it_is_settled_only_the_bureau_sees_a_file_of_a_batch(county: County, attached: Received) -> None:
    attached.filing = None
    attached.state = State.MATCHED
    by = county.people["admin"]
    attached.batch = Batch.objects.create(region=attached.region, year=2023, name="x", by=by)
    attached.save()
    assert page(county, "clerk", attached) == "403"
    assert PHONE in page(county, "reviewer", attached)


def test_a_department_reads_a_report_of_its_own(county: County) -> None:
    file = upload(county.client("clerk"), "初稿.docx", report())
    assert (file.batch_id, file.department_id, file.filing_id) == (None, county.filing.department_id, None)
    assert PHONE in page(county, "clerk", file)
    assert PHONE in page(county, "head", file)
    assert PHONE in page(county, "reviewer", file)
    assert page(county, "neighbour", file) == "403"
    listed = county.client("clerk").get("/audits/").content.decode()
    assert "初稿.docx" in listed
    assert "初稿.docx" not in county.client("clerk2").get("/audits/").content.decode()
    county.filing.refresh_from_db()
    broken = upload(county.client("clerk"), "坏.docx", b"PK\x03\x04 broken")
    assert "已损坏" in Job.objects.latest("pk").error
    assert "没有结论" in page(county, "clerk", broken)
    assert county.client("clerk").post("/audits/", {}).status_code == 422


def test_the_total_the_outline_and_the_marks(county: County, attached: Received) -> None:
    seen = page(county, "reviewer", attached)
    figures = re.findall(r"<dt>(自评得分|各项之和|加分|合计|封顶后)</dt><dd>([^<]*)</dd>", seen)
    assert figures[1:] == [("各项之和", "100.00"), ("加分", "—"), ("合计", "100.00"), ("封顶后", "100.00")]
    assert figures[0] == ("自评得分", "100.00")
    assert "分数相符" in seen
    outline = re.findall(r'<a class="d\d" href="#([^"]*)"><span>([^<]*)</span><span class="done">(\d+)</span>', seen)
    assert [title for _, title, _ in outline][:3] == ["封面", "一、部门基本情况", "二、自评结论"]
    assert (
        sum(int(number) for *_, number in outline)
        == attached.errors + attached.doubts + attached.hints + attached.slips
    )
    for anchor, _, _ in outline:
        assert f'id="{anchor}"' in seen or anchor in ("", "findings")
    marks = re.findall(r'data-mark="(m0-\d+)"', seen)
    assert marks
    assert all(f'id="{mark}"' in seen for mark in marks)
    only = page(county, "reviewer", attached, "findings/?severity=warning&by=section")
    assert only.count('class="found warning') == attached.doubts
    assert 'class="found info' not in only


def test_a_long_report_comes_in_runs(county: County, attached: Received, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audits, "_BLOCKS", 4)
    seen = page(county, "reviewer", attached)
    first = re.search(r'hx-get="(/audits/\d+/text/4/)"', seen)
    assert first is not None
    rest = county.client("reviewer").get(first[1]).content.decode()
    assert "一、部门基本情况" in seen + rest
    assert "text/8/" in rest
    assert seen.count('class="paper audited"') == 1


def test_downloads(county: County, attached: Received) -> None:
    client = county.client("reviewer")

    def got(form: str) -> bytes:
        answer = client.get(f"/audits/{attached.pk}/download/{form}/")
        assert answer.status_code == 200
        assert "attachment" in answer.headers["Content-Disposition"]
        return b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]

    assert got("file") == report() or got("file")[:2] == b"PK"
    data = json.loads(got("json"))
    assert len(data["documents"][0]["findings"]) == attached.errors + attached.doubts + attached.hints + attached.slips
    book = openpyxl.load_workbook(io.BytesIO(got("xlsx")))
    assert book.sheetnames
    with zipfile.ZipFile(io.BytesIO(got("docx"))) as made:
        assert "word/comments.xml" in made.namelist()
    assert client.get(f"/audits/{attached.pk}/download/pdf/").status_code == 422
    assert client.get(f"/audits/{attached.pk}/download/exe/").status_code == 404


def test_a_finding_is_set_aside_with_a_reason(county: County, attached: Received) -> None:
    key = re.search(r"/aside/([^/]+)/", page(county, "clerk", attached))
    assert key is not None
    address = f"/audits/{attached.pk}/aside/{key[1]}/"
    assert county.client("clerk").post(address, {"reason": "短"}).status_code == 422
    assert county.client("clerk").post(address, {"reason": "附件里已经说明了这一处的来历"}).status_code == 302
    assert "附件里已经说明" in page(county, "reviewer", attached)
    for who in ("firm", "auditor", "neighbour"):
        assert county.client(who).post(address, {"reason": "附件里已经说明了这一处的来历"}).status_code == 403
    county.client("clerk").post(address, {"reason": ""})
    assert not Aside.objects.exists()


def _import_accounts(county: County, stated: str) -> None:
    value = Value(stated, "万元", source=Source.IMPORTED, locator="支出决算表 第3行")
    change = Change(VALUE, ("部门预算资金实际支出", 2023, ""), value_data(value))
    bridge.save(county.filing.pk, None, [change], books.WHY_ACCOUNTS, "import")


def _told(county: County, who: str, file: Received) -> list[str]:
    """What a report is told about the final accounts."""
    found = json.loads(county.client(who).get(f"/audits/{file.pk}/download/json/").content)
    return [each["message"] for each in found["documents"][0]["findings"] if each["code"] == "R37"]


@pytest.mark.parametrize(("stated", "fires"), [("799.30", True), ("820.50", False)])
@pytest.mark.parametrize("who", ["clerk", "reviewer"])
def test_a_report_is_held_against_the_accounts_that_its_filing_imported(
    county: County, who: str, stated: str, fires: bool
) -> None:
    _import_accounts(county, stated)
    file = upload(county.client(who), "自评报告.docx", sendings.report_docx(NAME, 2023))
    told = _told(county, who, file)
    assert bool(told) == fires
    assert all("支出决算表 第3行" in each and "相差21.2万元" in each for each in told)
    body = page(county, who, file)
    assert ("与部门决算不符" in body) == fires
    assert "没有给出决算" not in body
    assert file.errors >= len(told)


def test_accounts_that_were_imported_later_count_when_the_report_is_looked_at(county: County) -> None:
    file = upload(county.client("clerk"), "自评报告.docx", sendings.report_docx(NAME, 2023))
    before = file.errors
    assert "没有给出决算" in page(county, "clerk", file)
    _import_accounts(county, "799.30")
    assert "没有给出决算" not in page(county, "clerk", file)
    assert len(_told(county, "clerk", file)) == 1
    file.refresh_from_db()
    assert file.errors == before + 1


def test_whoever_may_not_read_a_filing_learns_nothing_of_its_accounts(county: County) -> None:
    _import_accounts(county, "799.30")
    file = upload(county.client("firm2"), "自评报告.docx", sendings.report_docx(NAME, 2023))
    assert not _told(county, "firm2", file)


def test_questions_asked(county: County, attached: Received, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    client = county.client("reviewer")
    with django_assert_num_queries(9):  # four look for final accounts, as long as there are none
        client.get(f"/audits/{attached.pk}/")
    with django_assert_num_queries(4):
        client.get(f"/audits/{attached.pk}/text/0/")
