"""Intake: every file accounted for, matched with reasons, confirmed into filings, taken in by the bureau."""

import io
from collections import Counter
from datetime import date
from pathlib import Path

import openpyxl
import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from hengji.web.filings import bridge, files
from hengji.web.filings.folder import Folder
from hengji.web.filings.models import FilingRow
from hengji.web.filings.systems import pin
from hengji.web.filings.tables import EVIDENCE, VALUE
from hengji.web.intake.keeping import unpack
from hengji.web.intake.matching import Clues, Names, candidates, sure
from hengji.web.intake.models import Batch, Part, Received, State
from hengji.web.intake.reading import INSTALL, SCANNED
from hengji.web.jobs.loop import Loop
from hengji.web.jobs.models import Job
from hengji.web.notices.models import Notice, NoticeSystem
from hengji.web.people.acts import Act
from hengji.web.people.models import Department, Region
from hengji.web.states.machine import Step
from hengji.web.states.models import Snapshot
from hengji.web.states.moves import Blocked, take
from hengji.web.trail.models import Entry
from hengji.web.trail.verify import verify
from tests.reading.making import pdf_of
from tests.web import sendings
from tests.web.conftest import SYSTEM, County

YEAR = 2023
HTMX = {"HX-Request": "true"}


@pytest.fixture
def region(county: County) -> Region:
    """The county with twelve invented departments and a notice that was issued."""
    here = county.filing.department.region
    Department.objects.bulk_create(Department(region=here, name=name) for name in sendings.names("甲县", 12))
    notice = Notice.objects.create(
        region=here, year=YEAR, name="通知", fill_by=date(2024, 6, 30), issued_at="2024-05-01T00:00:00Z"
    )
    NoticeSystem.objects.create(notice=notice, kind="", system=pin(SYSTEM))
    return here


def send(client: Client, uploads: dict[str, bytes], year: int = YEAR) -> Batch:
    """Sends files in and has them read."""
    sent = [SimpleUploadedFile(name, data) for name, data in uploads.items()]
    answer = client.post("/intake/new/", {"year": str(year), "files": sent})
    assert answer.status_code == 302, answer.content.decode()
    Loop().all()
    assert not Job.objects.exclude(error="").exists(), Job.objects.exclude(error="").first()
    return Batch.objects.latest("pk")


def scanned(pdf: bytes) -> bytes:
    """The pages of a PDF as pictures, as a scanner makes them."""
    pictures = [page.render(scale=150 / 72).to_pil().convert("L") for page in pypdfium2.PdfDocument(pdf)]
    stream = io.BytesIO()
    pictures[0].save(stream, "PDF", save_all=True, append_images=pictures[1:], resolution=150)
    return stream.getvalue()


def scans(name: str) -> dict[str, bytes]:
    """A scanned report, a scanned contract beside it, a report whose second page alone is scanned, and a readable one."""
    texts = [text for text in sendings.paragraphs(name, YEAR) if text != "TABLE"]
    report = scanned(pdf_of("\n\n".join(texts)))
    half = pypdfium2.PdfDocument(sendings.report_pdf("甲县民政局", YEAR))
    half.import_pages(pypdfium2.PdfDocument(scanned(pdf_of("购置合同，金额5万元。"))))
    stream = io.BytesIO()
    half.save(stream)
    return {
        f"{name}/{name}自评报告（盖章扫描）.pdf": report,
        f"{name}/佐证/合同.pdf": scanned(pdf_of("购置合同，金额26.12万元。")),
        "甲县民政局.pdf": stream.getvalue(),
        "甲县水利局.docx": sendings.report_docx("甲县水利局", YEAR),
    }


def by_words(batch: Batch, *words: str) -> list[Received]:
    """The files of a batch whose names have these words, in their order."""
    return [batch.files.get(name__contains=word) for word in words]


@pytest.mark.child_processes
def test_a_scanned_report_is_recognised_and_said_to_be(
    county: County, region: Region, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    pytest.importorskip("rapidocr", reason="没有装 hengji[ocr]")
    assert region
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    client = county.client("reviewer")
    batch = send(client, {"扫描.zip": sendings.zipped(scans("甲县教育局"))})
    assert states(batch) == {"matched": 4}
    report, contract, half, plain = by_words(batch, "扫描）", "合同", "民政", "水利")
    assert (report.part, report.unit, report.year, report.claimed) == (Part.REPORT, "甲县教育局", YEAR, "100")
    assert (contract.part, contract.first) == (Part.EVIDENCE, report.first)
    assert "是扫描件，文字由识别得来，数字请对照原件核对" in report.unsure
    assert half.unsure.endswith("页是扫描件，文字由识别得来，数字请对照原件核对")
    assert plain.unsure == ""
    assert client.get(f"/intake/{batch.pk}/").content.decode().count("文字由识别得来") == 3
    assert "文字由识别得来" in client.get(f"/intake/{batch.pk}/list/").content.decode("utf-8-sig")
    confirm(client, batch)
    folder = Folder.open(filing_of("甲县教育局").pk)
    assert folder.filing.claims or folder.filing.values
    assert {line.says["title"] for line in folder.rows.of(EVIDENCE).values()} >= {"合同"}


@pytest.mark.child_processes
def test_without_the_recogniser_a_scan_is_accounted_for_and_says_what_is_missing(
    county: County, region: Region, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert region
    monkeypatch.setattr("hengji.web.intake.background.read", sendings.read_without_recogniser)
    client = county.client("reviewer")
    batch = send(client, {"扫描.zip": sendings.zipped(scans("甲县教育局"))})
    report, contract, half, plain = by_words(batch, "扫描）", "合同", "民政", "水利")
    assert states(batch) == {"doubtful": 1, "matched": 3}
    assert (report.state, report.part, report.kind_reason) == (State.DOUBTFUL, Part.EVIDENCE, SCANNED)
    assert "没有读出文字" in report.why
    assert "不是自评报告" not in report.why
    assert (contract.part, contract.kind_reason) == (Part.EVIDENCE, SCANNED)
    assert (half.part, plain.part, plain.unsure) == (Part.REPORT, Part.REPORT, "")
    assert half.unsure.endswith(f"页是扫描件，没有读到文字；{INSTALL}")
    page = client.get(f"/intake/{batch.pk}/").content.decode()
    assert page.count(INSTALL) == 3
    assert "pip" not in page
    shown = client.get(f"/audits/{report.pk}/").content.decode()
    assert INSTALL in shown
    one = county.client("clerk")
    one.post("/audits/", {"file": SimpleUploadedFile("扫描.pdf", scanned(pdf_of("自评报告")))})
    Loop().all()
    assert Job.objects.latest("pk").sentence == SCANNED


def confirm(client: Client, batch: Batch) -> None:
    assert client.post(f"/intake/{batch.pk}/confirm/").status_code == 302
    Loop().all()


def states(batch: Batch) -> dict[str, int]:
    return dict(Counter(batch.files.values_list("state", flat=True)))


def filing_of(name: str) -> FilingRow:
    return FilingRow.objects.get(department__name=name, year=YEAR)


@pytest.mark.child_processes
def test_forty_mixed_files_end_with_every_file_accounted_for(county: County, region: Region) -> None:
    names = sendings.names("甲县", 12)
    sending = sendings.mixed(names, YEAR, 40)
    inner = {name: data for name, data in sending.files.items() if name.startswith("套一层/")}
    outer = {name: data for name, data in sending.files.items() if name not in inner}
    outer["套一层.zip"] = sendings.zipped({name.removeprefix("套一层/"): data for name, data in inner.items()})
    outer["两层.zip"] = sendings.zipped({"里面.zip": sendings.zipped({"x.txt": b"x"})})
    gbk = [name for name in outer if name.startswith(names[7])]
    client = county.client("reviewer")
    batch = send(client, {"全部材料.zip": sendings.zipped(outer, gbk)})
    expected = dict(sending.expect)
    expected["unread"] += 1  # the archive in an archive in an archive
    told = [(row.name, row.state, row.why, row.error) for row in batch.files.all()]
    assert states(batch) == expected, told
    assert batch.files.count() == len(sending.files) + 1
    page = client.get(f"/intake/{batch.pk}/").content.decode()
    for row in batch.files.all():
        assert row.name.replace("~", "~").rpartition("/")[2] in page
        assert row.state in (State.LITTER, State.WAITING) or row.sha256 or row.error
    failed = {row.short: row.error for row in batch.files.filter(state=State.UNREAD)}
    assert "密码" in failed["有密码.doc"]
    assert "空文件" in failed["空文件.docx"]
    assert "扩展名" in failed["改过扩展名.docx"]
    assert all(error and "Traceback" not in error and len(error) < 120 for error in failed.values())
    assert region.departments.count() == 14
    listing = client.get(f"/intake/{batch.pk}/list/").content.decode("utf-8-sig")
    assert len(listing.splitlines()) == batch.files.count() + 1

    confirm(client, batch)
    batch.refresh_from_db()
    assert states(batch) == {**{k: v for k, v in expected.items() if k != "matched"}, "confirmed": expected["matched"]}
    taken = filing_of(names[0])
    assert (taken.step, taken.received) == (Step.FORMAL, True)
    assert {row.part for row in Received.objects.filter(filing=taken)} == {Part.REPORT, Part.TABLE, Part.EVIDENCE}
    for row in Received.objects.filter(filing=taken):
        assert files.intact(row.sha256)
    assert verify(taken).faults == ()


@pytest.mark.usefixtures("region")
def test_what_was_read_becomes_the_filing_with_place_and_quotation(county: County) -> None:
    name = sendings.names("甲县", 12)[0]
    client = county.client("reviewer")
    batch = send(
        client, {"自评报告.docx": sendings.report_docx(name, YEAR), "评分表.xlsx": sendings.table_xlsx(name, YEAR)}
    )
    assert states(batch) == {"matched": 2}
    asked = client.post(f"/intake/{batch.pk}/audits/")
    Loop().all()
    made = client.get(f"{asked.headers['Location']}file/")
    book = openpyxl.load_workbook(io.BytesIO(b"".join(made.streaming_content)))  # type: ignore[attr-defined]
    assert any("自评报告.docx" in str(cell.value) for sheet in book for line in sheet for cell in line)
    confirm(client, batch)
    row = filing_of(name)
    folder = Folder.open(row)
    assert len(folder.filing.claims) == len(folder.indicators)
    value = folder.filing.values[next(key for key in folder.filing.values if key.item == "年度部门预算资金")]
    assert (value.stated, value.source.value) == ("820.50", "read")
    assert "820.50万元" in value.quote
    assert value.locator
    assert folder.filing.narrative["存在问题"][0].startswith("（虚构）")
    assert [line.says["title"] for line in folder.rows.of(EVIDENCE).values()] == ["自评报告", "评分表"]
    assert (row.step, row.received, row.notice is not None) == (Step.FORMAL, True, True)
    entry = Entry.objects.filter(filing=row, act=Act.TAKE_IN.value).get()
    assert "代收" in entry.why
    assert "未经系统签批" in entry.why
    assert entry.who == county.people["reviewer"].pk
    assert Snapshot.objects.filter(filing=row, act=Act.TAKE_IN.value).exists()


@pytest.mark.usefixtures("region")
def test_what_a_department_wrote_is_never_written_over(county: County) -> None:
    own = county.filing.department
    client = county.client("reviewer")
    before = dict(Folder.open(county.filing.pk).filing.values)
    batch = send(client, {"自评报告.docx": sendings.report_docx(own.name, YEAR, "1.00")})
    confirm(client, batch)
    row = FilingRow.objects.get(pk=county.filing.pk)
    assert row.step == Step.FILLING
    assert dict(Folder.open(row).filing.values) == before
    file = batch.files.get()
    assert (file.state, file.filing_id, file.filled) == (State.CONFIRMED, row.pk, False)
    with pytest.raises(Blocked, match="不是由收件带入"):
        take(row.pk, county.people["reviewer"], Act.TAKE_IN, "代收")
    clerk = county.client("clerk")
    page = clerk.get(f"/filings/{row.pk}/received/").content.decode()
    assert "1.00" in page
    wanted = page.index("数据项 年度部门预算资金")
    number = page[:wanted].rpartition('value="')[2].partition('"')[0]
    answer = clerk.post(f"/filings/{row.pk}/received/{file.pk}/take/", {"take": number, "revision": str(row.revision)})
    assert answer.status_code == 302
    changed = Folder.open(row.pk).filing.values
    assert [key.item for key in changed if changed[key] != before.get(key)] == ["年度部门预算资金"]


@pytest.mark.usefixtures("region")
def test_a_report_sent_again_after_it_was_returned_replaces_what_was_read(county: County) -> None:
    name = sendings.names("甲县", 12)[0]
    client, reviewer = county.client("reviewer"), county.people["reviewer"]
    confirm(client, send(client, {"一.docx": sendings.report_docx(name, YEAR)}))
    row = filing_of(name)
    take(row.pk, reviewer, Act.REJECT, "请补签章页")
    confirm(client, send(client, {"二.docx": sendings.report_docx(name, YEAR, "900.00")}))
    row.refresh_from_db()
    values = Folder.open(row.pk).filing.values
    assert {value.stated for key, value in values.items() if key.item == "年度部门预算资金"} == {"900.00"}
    assert row.step == Step.FORMAL
    row.step = Step.FILLING.value
    row.save()
    change = bridge.Change(VALUE, ("编制数", YEAR, ""), bridge.value_data(next(iter(values.values()))))
    bridge.save(row.pk, county.people["clerk"], [change])
    with pytest.raises(Blocked, match="自己填写过"):
        take(row.pk, reviewer, Act.TAKE_IN, "代收")


@pytest.mark.usefixtures("region")
def test_a_person_decides_by_the_candidates_or_names_another(county: County) -> None:
    client = county.client("reviewer")
    batch = send(
        client,
        {
            "甲.docx": sendings.report_docx("甲县文旅局", YEAR),
            "乙.docx": sendings.report_docx("丙县民政局", YEAR),
            "丙.docx": sendings.report_docx("甲县无此局", YEAR),
        },
    )
    rows = {row.short: row for row in batch.files.select_related("first")}
    assert {row.state for row in rows.values()} == {State.DOUBTFUL}
    assert rows["甲.docx"].first is not None
    assert rows["甲.docx"].first.name == "甲县文化广电旅游体育局"
    assert "名称相近" in rows["甲.docx"].why
    page = client.get(f"/intake/{batch.pk}/").content.decode()
    assert 'data-digit="1"' in page
    assert 'data-digit="0"' in page
    address = f"/intake/{batch.pk}/{rows['甲.docx'].number}/decide/"
    answer = client.post(address, {"choice": "1"}, headers=HTMX)
    assert answer.status_code == 200
    assert "已归入" in answer.content.decode()
    assert 'hx-swap-oob="true"' in answer.content.decode()
    assert client.post(address, {"choice": "1"}, headers=HTMX).status_code == 422  # settled already
    assert filing_of("甲县文化广电旅游体育局").step == Step.FORMAL
    assert client.post(f"/intake/{batch.pk}/{rows['乙.docx'].number}/decide/", {"choice": "0"}).status_code == 302
    foreign = Department.objects.get(name="乙县某局")
    address = f"/intake/{batch.pk}/{rows['丙.docx'].number}/decide/"
    assert client.post(address, {"choice": "other", "department": str(foreign.pk)}, headers=HTMX).status_code == 422
    wanted = Department.objects.get(name="甲县民政局")
    chosen = {"choice": "other", "department": str(wanted.pk), "part": "report"}
    assert client.post(address, chosen, headers=HTMX).status_code == 200
    assert states(batch) == {"confirmed": 2, "refused": 1}


@pytest.mark.usefixtures("region")
def test_two_reports_of_one_department_and_the_same_file_again(county: County) -> None:
    name = sendings.names("甲县", 12)[0]
    client = county.client("reviewer")
    first, second = sendings.report_docx(name, YEAR), sendings.report_docx(name, YEAR, "830.00")
    batch = send(client, {"a.docx": first, "b.docx": second, "c.docx": first})
    assert states(batch) == {"doubtful": 2, "double": 1}
    client.post(f"/intake/{batch.pk}/1/decide/", {"choice": "1"})
    assert filing_of(name).step == Step.FILLING  # another of its files still waits
    client.post(f"/intake/{batch.pk}/2/decide/", {"choice": "1"})
    row = filing_of(name)
    assert row.step == Step.FORMAL
    values = Folder.open(row.pk).filing.values
    assert {value.stated for key, value in values.items() if key.item == "年度部门预算资金"} == {"820.50"}
    again = send(client, {"d.docx": first})
    assert states(again) == {"double": 1}
    assert "已在" in again.files.get().why


@pytest.mark.usefixtures("region")
@pytest.mark.parametrize(("whose", "spent", "fires"), [(0, "799.30", True), (0, "820.50", False), (1, "799.30", False)])
def test_a_report_is_held_against_the_accounts_that_came_with_it(
    county: County, whose: int, spent: str, fires: bool
) -> None:
    names = sendings.names("甲县", 2)
    report = sendings.report_docx(names[0], YEAR, "820.50万元，本年支出合计820.50")
    accounts = sendings.accounts_docx(names[whose], YEAR, spent)
    batch = send(county.client("reviewer"), {"甲/自评报告.docx": report, f"{whose}/部门决算.docx": accounts})
    file = batch.files.get(part=Part.REPORT)
    told = [each for each in unpack(file.outcome.data).findings if each.code == "R37"]
    assert bool(told) == fires
    assert all("收入支出决算总表" in each.message and "799.3" in each.message for each in told)
    checked = "R37" not in dict(unpack(file.outcome.data).not_checked)
    assert checked == (whose == 0), "another department's accounts are no reference"


def test_without_a_notice_nothing_is_begun_and_the_files_stay(county: County) -> None:
    client = county.client("reviewer")
    batch = send(client, {"a.docx": sendings.report_docx("甲县某局", 2021)}, 2021)
    confirm(client, batch)
    assert states(batch) == {"matched": 1}
    assert "没有给" in Job.objects.first().sentence  # type: ignore[union-attr]


def test_a_job_that_runs_twice_counts_nothing_twice(county: County, region: Region) -> None:
    from hengji.web.intake import background, gathering
    from hengji.web.jobs.kinds import Work

    sending = sendings.zipped({"a/x.txt": sendings.NOTICE, "Thumbs.db": b"x"})
    batch = Batch.objects.create(region=region, year=YEAR, name="x", by=county.people["reviewer"])
    gathering.put(batch.pk, [SimpleUploadedFile("x.zip", sending)])
    job = Job.objects.create(kind="intake", by=county.people["reviewer"], state="running", run=1)
    background._list(batch, gathering.lay_out(batch.pk))
    for _ in range(2):
        background.intake(Work(job.pk, 1, county.people["reviewer"], None, {"batch": batch.pk}))
    assert states(batch) == {"other": 1, "litter": 1}


@pytest.mark.usefixtures("region")
def test_a_department_added_later_is_matched_again(county: County) -> None:
    client = county.client("reviewer")
    batch = send(client, {"a.docx": sendings.report_docx("甲县新设局", YEAR), "b.txt": sendings.NOTICE})
    assert states(batch) == {"doubtful": 1, "other": 1}
    Department.objects.create(region=county.filing.department.region, name="甲县新设局")
    assert client.post(f"/intake/{batch.pk}/again/").status_code == 302
    Loop().all()
    assert states(batch) == {"matched": 1, "other": 1}


def test_what_cannot_be_taken_says_so(county: County) -> None:
    client = county.client("reviewer")
    assert client.post("/intake/new/", {"year": "2023"}).status_code == 422
    upload = SimpleUploadedFile("a.txt", b"x")
    answer = client.post("/intake/new/", {"year": "今年", "files": [upload]})
    assert answer.status_code == 422
    assert "例如 2023" in answer.content.decode()
    batch = send(client, {"空.zip": sendings.zipped({"空/": b""})})
    assert "没有文件" in batch.files.get().error


def test_a_batch_asks_the_same_few_questions_however_long_it_is(
    county: County, region: Region, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    by = county.people["reviewer"]
    batch = Batch.objects.create(region=region, year=YEAR, name="x", by=by)
    client = county.client("reviewer")
    first = Department.objects.get(name="甲县民政局")
    for number in range(1, 61):
        state = State.DOUBTFUL if number % 2 else State.MATCHED
        Received.objects.create(
            region=region, batch=batch, number=number, name=f"{number}.docx", by=by, state=state, first=first, kind="x"
        )
        if number in (2, 60):
            with django_assert_num_queries(6):
                assert client.get(f"/intake/{batch.pk}/").status_code == 200
    with django_assert_num_queries(5):
        client.get("/intake/")


@pytest.mark.parametrize("who", ["clerk", "head", "firm", "auditor", "far_admin"])
def test_batches_are_of_the_bureau_of_their_region(county: County, region: Region, who: str) -> None:
    batch = Batch.objects.create(region=region, year=YEAR, name="x", by=county.people["reviewer"])
    Received.objects.create(region=region, batch=batch, number=1, name="a", by=county.people["reviewer"])
    wanted = 404 if who == "far_admin" else 403
    client = county.client(who)
    for address in (f"/intake/{batch.pk}/", f"/intake/{batch.pk}/list/"):
        assert client.get(address).status_code == wanted
    for address in (f"/intake/{batch.pk}/confirm/", f"/intake/{batch.pk}/1/decide/"):
        assert client.post(address, {"choice": "0"}).status_code == wanted
    assert Received.objects.get().state == State.WAITING


NAMES = Names(
    "甲县",
    {1: "甲县教育局", 2: "甲县民政局", 3: "甲县文化广电旅游体育局", 4: "甲县人民政府办公室", 5: "甲县教育局招生中心"},
)


@pytest.mark.parametrize(
    ("unit", "name", "first", "is_sure"),
    [
        ("甲县教育局", "报告.docx", 1, True),
        ("教育局", "报告.docx", 1, True),
        ("县教育局（本级）", "报告.docx", 1, True),
        ("甲县教育局", "民政局/报告.docx", 1, False),  # the folder names another
        ("乙县教育局", "报告.docx", 1, False),  # another county's namesake
        ("", "材料.zip/甲县民政局/报告.docx", 2, False),
        ("", "民政局.zip/报告.docx", 2, False),
        ("文旅体局", "报告.docx", 3, False),
        ("甲县文化广电旅游体育居", "报告.docx", 3, False),
        ("甲县教育局招生中心", "报告.docx", 5, True),
        ("甲县水务局", "报告.docx", None, False),
        ("", "2023年教育局招生中心自评.docx", 5, False),
    ],
)
def test_matching(unit: str, name: str, first: int | None, is_sure: bool) -> None:
    found = candidates(NAMES, Clues(unit, name))
    assert (found[0].department if found else None) == first
    assert sure(found) is is_sure


def test_a_name_inside_another_is_not_counted() -> None:
    assert NAMES.within("甲县教育局招生中心和民政局") == {5: 1, 2: 1}


def test_a_large_upload_is_refused_while_it_arrives(county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    from hengji.web.intake import views

    monkeypatch.setattr(views.send_in, "most_bytes", 1000)
    upload = io.BytesIO(b"x" * 5000)
    upload.name = "大.zip"
    answer = county.client("reviewer").post("/intake/new/", {"year": "2023", "files": upload})
    assert answer.status_code == 422
    assert not Batch.objects.exists()


@pytest.mark.usefixtures("region")
def test_files_outlive_the_place_they_came_by(county: County, tmp_path: Path) -> None:
    send(county.client("reviewer"), {"a.txt": sendings.NOTICE})
    assert list((tmp_path / "intake").glob("*")) == []
