"""What is made public: frozen, masked, cacheable, copied as files, withdrawn with a reason; and nothing more than that."""

import csv
import io
import json
import zipfile
from datetime import date, timedelta
from urllib.parse import urljoin

import openpyxl
import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from hengji.auditing.masking import Persons, masked_cover, persons_in
from hengji.reading import read_data
from hengji.web.filings import bridge, files
from hengji.web.filings.bridge import Change
from hengji.web.filings.models import FilingRow
from hengji.web.filings.tables import COVER, EVIDENCE, OPINION, PARAGRAPH, REVIEW
from hengji.web.jobs.loop import Loop
from hengji.web.jobs.models import Job
from hengji.web.people.acts import Act
from hengji.web.people.models import Department
from hengji.web.refusals import Refused
from hengji.web.results import site
from hengji.web.results.models import Publication
from hengji.web.results.publishing import standing
from hengji.web.reviews.models import OpinionRow
from hengji.web.states.moves import take
from hengji.web.trail.dossier import write
from hengji.web.trail.models import Entry
from hengji.web.trail.verify import verify
from tests.web.conftest import County
from tests.web.reviewing import judge_all

NAME, NUMBER = "欧阳某某", "0751-5551234"
WAY = (
    ("clerk", Act.SEND), ("head", Act.SIGN), ("reviewer", Act.RECEIVE), ("reviewer", Act.PASS), ("reviewer", Act.HAND_UP),
    ("admin", Act.APPROVE), ("reviewer", Act.OPINE), ("admin", Act.SETTLE),
)  # fmt: skip


def settle(county: County) -> FilingRow:
    """The real case brought to 定稿, with a judgement, its correspondence, evidence, and persons named everywhere."""
    filing, clerk = county.filing.pk, county.people["clerk"]
    proof = {"title": "内部会议纪要", "proves": ["1.1.1"], "file": "", "locator": "", "sha256": "", "size": 0}
    said = [
        Change(COVER, ("单位负责人",), {"text": NAME}),
        Change(COVER, ("联系电话",), {"text": NUMBER}),
        Change(PARAGRAPH, ("存在问题", 9), {"text": f"=1+1 由{NAME}牵头，联系电话：{NUMBER}。"}),
        Change(EVIDENCE, (1,), proof),
    ]
    bridge.save(filing, clerk, said)
    for who, act in WAY:
        if act is Act.HAND_UP:
            own: dict[str, object] = {
                **dict.fromkeys(REVIEW.data, ""),
                "score": "4",
                "gravity": "free",
                "amount": "1",
                "reason": "复核理由内部",
            }
            judge_all(FilingRow.objects.get(pk=filing), county.people["reviewer"], **{"1_1_1": own})
        if act is Act.SETTLE:
            told = OpinionRow.objects.get(filing_id=filing, leaf="1.1.1").says
            told |= {"answer": "object", "reason": "申诉内部", "decision": "keep", "why": "决定内部", "final": "4"}
            bridge.save(filing, county.people["reviewer"], [Change(OPINION, ("1.1.1",), told)], act=Act.DECIDE.value)
            take(filing, county.people["head"], Act.REPLY)
        take(filing, county.people[who], act)
    return FilingRow.objects.get(pk=filing)


@pytest.fixture
def published(county: County) -> County:
    settle(county)
    take(county.filing.pk, county.people["admin"], Act.PUBLISH)
    county.filing.refresh_from_db()
    return county


def own(county: County) -> str:
    return f"/public/2023/{county.filing.department_id}/"


def text_of(path: str) -> str:
    answer = Client().get(path)
    assert answer.status_code == 200, path
    return (b"".join(answer) if answer.streaming else answer.content).decode()


def test_anybody_reads_what_was_made_public(published: County) -> None:
    assert "2023 年度" in text_of("/public/")
    year = text_of("/public/2023/")
    assert published.filing.department.name in year
    assert published.other.department.name not in year
    page = text_of(own(published))
    for wanted in ("定稿得分", "基础分", "1.1.1", "4.00", "−1.00", "下载报告"):
        assert wanted in page, wanted
    assert len(page.encode()) < 60_000
    assert len(year.encode()) < 60_000


def test_nobody_is_named_and_nothing_of_the_correspondence_is_there(published: County) -> None:
    public = [own(published), "/public/2023/", f"/public/2023/compare/?a={published.filing.department_id}"]
    texts = [text_of(path) for path in public]
    for form in ("csv", "json"):
        texts.append(text_of(f"{own(published)}scores.{form}"))
    for form in ("docx", "pdf", "xlsx"):
        answer = Client().get(f"{own(published)}{'scores' if form == 'xlsx' else 'report'}.{form}")
        data = b"".join(answer) if answer.streaming else answer.content
        texts.append(read_data(f"x.{form}", data).text)
    for text in texts:
        for hidden in (NAME, NUMBER, "5551234", "复核理由内部", "决定内部", "申诉内部", "内部会议纪要"):
            assert hidden not in text
    assert "欧***牵头" in texts[-3].replace("\n", "")


@pytest.mark.parametrize(
    ("label", "value", "shown"),
    [
        ("单位负责人", "张三", "张*"),
        ("填 报 人", "李四 王小五", "李* 王**"),
        ("联系电话", "0751-5551234", "****-*******"),
        ("填报人", "县财政局办公室", "县财政局办公室"),
        ("部门名称", "张三县财政局", "张三县财政局"),
    ],
)
def test_a_cover_is_masked_by_its_labels(label: str, value: str, shown: str) -> None:
    assert masked_cover(label, value, Persons()) == shown


def test_an_office_is_no_person() -> None:
    found = persons_in({"填报人": "办公室", "单位负责人": "张三"}, ["联系人：王小五，电话0751-5551234"])
    assert found.names == {"张三", "王小五"}
    assert found.cover("张三（5551234）牵头") == "张*（*******）牵头"


def test_a_copy_at_hand_need_not_be_sent_again(published: County) -> None:
    stranger = Client()
    for path in (
        "/public/",
        "/public/2023/",
        own(published),
        f"{own(published)}scores.csv",
        f"{own(published)}report.pdf",
    ):
        first = stranger.get(path)
        assert first.headers["Cache-Control"] == "public, max-age=300"
        assert "Cookie" not in first.headers.get("Vary", "")
        assert not first.cookies
        assert first.headers["Last-Modified"]
        again = stranger.get(path, headers={"If-None-Match": first.headers["ETag"]})
        assert again.status_code == 304
        assert not b"".join(again)
    assert stranger.get(own(published), headers={"If-None-Match": '"other"'}).status_code == 200
    FilingRow.objects.filter(pk=published.filing.pk).update(rectification="open")
    assert stranger.get(own(published), headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


def test_the_downloads_are_exact_and_no_cell_is_a_formula(published: County) -> None:
    said = json.loads(text_of(f"{own(published)}scores.json"))
    assert {leaf["id"]: leaf["final"] for leaf in said["leaves"]}["1.1.1"] == "4.00"
    rows = list(csv.DictReader(io.StringIO(text_of(f"{own(published)}scores.csv").lstrip("\ufeff"))))
    assert [row["定稿得分"] for row in rows if row["编号"] == "1.1.1"] == ["4.00"]
    book = openpyxl.load_workbook(io.BytesIO(Client().get(f"{own(published)}scores.xlsx").content))
    assert all(cell.data_type != "f" for sheet in book for row in sheet.iter_rows() for cell in row)
    Department.objects.filter(pk=published.filing.department_id).update(name="=cmd|x")
    assert "'=cmd|x" in text_of("/public/2023/scores.csv")
    for form in ("exe", "py"):
        assert Client().get(f"{own(published)}scores.{form}").status_code == 404


def test_it_is_frozen_and_hashed_into_the_chain(published: County) -> None:
    publication = Publication.objects.get()
    entry = Entry.objects.filter(filing=published.filing, table="publication").get()
    assert publication.digest in entry.after
    assert verify(published.filing).faults == ()
    Publication.objects.update(content=publication.content.replace("4.00", "5.00"))
    assert verify(published.filing).faults == ("第1次公开的内容被改动或缺失",)


def test_the_dossier_holds_what_was_public(published: County, tmp_path: object) -> None:
    path = tmp_path / "x.zip"  # type: ignore[operator]
    assert write(published.filing.pk, path, None).faults == ()
    with zipfile.ZipFile(path) as opened:
        assert opened.read("公开/1.json").decode() == Publication.objects.get().content
        assert "公开/1-自评报告.pdf" in opened.namelist()
    Publication.objects.update(content="{}")
    assert write(published.filing.pk, path, None).faults == ("第1次公开的内容被改动或缺失",)


@pytest.mark.parametrize("archived", [False, True])
def test_it_is_withdrawn_with_a_reason_and_made_public_again(published: County, archived: bool) -> None:
    if archived:
        take(published.filing.pk, published.people["admin"], Act.ARCHIVE)
    admin = published.client("admin")
    address = f"/filings/{published.filing.pk}/publication/withdraw/"
    assert admin.post(address, {"reason": " "}).status_code == 422
    assert admin.post(address, {"reason": "有一处电话没有遮盖"}).status_code == 302
    row = FilingRow.objects.get(pk=published.filing.pk)
    assert (row.step, row.publication) == ("final", "")
    assert row.due == date.today() + timedelta(days=20)
    gone = Client().get(own(published))
    assert (gone.status_code, "已撤下" in gone.content.decode()) == (404, True)
    assert published.filing.department.name not in text_of("/public/2023/")
    assert verify(row).faults == ()
    assert Entry.objects.filter(filing=row, act="unpublish", why="有一处电话没有遮盖").count() == 2
    take(row.pk, published.people["admin"], Act.PUBLISH)
    assert standing().get().number == 2
    assert verify(FilingRow.objects.get(pk=row.pk)).faults == ()


def test_only_the_administrator_withdraws(published: County) -> None:
    for who in ("clerk", "head", "reviewer", "auditor", "far_admin"):
        answer = published.client(who).post(f"/filings/{published.filing.pk}/publication/withdraw/", {"reason": "x"})
        assert answer.status_code == 403
    assert standing().count() == 1
    with pytest.raises(Refused):
        take(published.filing.pk, published.people["admin"], Act.PUBLISH)


def test_the_days_left_are_shown_inside_only(county: County) -> None:
    row = settle(county)
    FilingRow.objects.filter(pk=row.pk).update(due=date.today() - timedelta(days=3))
    inside = county.client("auditor").get("/publications/2023/").content.decode()
    assert "逾期 3" in inside
    assert county.client("clerk").get("/publications/2023/").status_code == 403
    assert "逾期" not in text_of("/public/2023/")
    assert "还没有公开" in text_of("/public/2023/")


def test_the_internal_version_has_everything(published: County) -> None:
    address = f"/filings/{published.filing.pk}/publication/"
    page = published.client("reviewer").get(address).content.decode()
    for wanted in ("复核理由内部", "申诉内部", "第 1 次公开"):
        assert wanted in page
    assert published.client("clerk").get(address).status_code == 403


def test_two_departments_are_compared_leaf_by_leaf(published: County) -> None:
    first = standing().get()
    other = FilingRow.objects.get(pk=published.other.pk)
    Publication.objects.create(filing=other, number=1, content=first.content, digest="x", final=9000, grade="优")
    query = f"?a={published.filing.department_id}&b={other.department_id}"
    page = text_of(f"/public/2023/compare/{query}")
    assert page.count("1.1.1") == 1
    assert page.count("selected") == 2
    assert text_of("/public/2023/compare/?a=x&b=99999")


def test_the_site_is_copied_as_files_that_lead_to_one_another(published: County) -> None:
    with zipfile.ZipFile(io.BytesIO(site.written(published.filing.department.region_id))) as made:
        names = set(made.namelist())
        for name in [name for name in names if name.endswith(".html")]:
            page = made.read(name).decode()
            assert NAME not in page
            assert "http" not in page
            for link in {part.split('"')[0] for part in page.split('href="')[1:]} - {"#work"}:
                assert urljoin(name, link) in names, (name, link)
        report = made.read(f"public/2023/{published.filing.department_id}/report.pdf")
    assert report == files.path_of(standing().get().pdf).read_bytes()


def test_the_copy_is_made_in_the_background(published: County) -> None:
    assert published.client("clerk").post("/publications/site/").status_code == 403
    published.client("admin").post("/publications/site/")
    Loop().all()
    job = Job.objects.get()
    assert (job.error, job.file) == ("", "公开站点.zip")


def test_queries_do_not_grow_with_departments(
    published: County, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    first = standing().get()
    for number in range(20):
        department = Department.objects.create(region=published.filing.department.region, name=f"某局{number}")
        row = FilingRow.objects.create(department=department, year=2023, system=published.filing.system)
        Publication.objects.create(filing=row, number=1, content=first.content, digest=str(number))
    with django_assert_num_queries(1):
        text_of("/public/2023/")
    with django_assert_num_queries(1):
        text_of(own(published))
    with django_assert_num_queries(2):
        text_of(f"/public/2023/compare/?a={published.filing.department_id}&b={department.pk}")
    client = published.client("admin")
    with django_assert_num_queries(5):
        assert client.get("/publications/2023/").status_code == 200
