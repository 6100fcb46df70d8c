"""A notice from draft to filings, terms and their extension, reminders, and the board of a year."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import DjangoAssertNumQueries

from hengji.web.filings.models import FilingRow
from hengji.web.notices.issuing import copy
from hengji.web.notices.models import Attachment, ExtensionRow, Notice, NoticeDepartment, NoticeSystem, Reminder
from hengji.web.notices.terms import days_left, overdue
from hengji.web.people.acts import Act
from hengji.web.people.models import Department
from hengji.web.states.moves import take
from hengji.web.trail.verify import verify
from tests.web.conftest import SYSTEM, County
from tests.web.reviewing import go, judge_all, judgement

YEAR = 2023


def form(**more: object) -> dict[str, object]:
    return {
        "year": YEAR,
        "name": "关于开展2023年度自评的通知",
        "fill_by": "2024-06-30",
        "objection_days": 10,
        "rectify_days": 60,
        "publish_days": 20,
        "system_": SYSTEM,
        "departments": [each.pk for each in Department.objects.filter(name__startswith="甲县新")],
        **more,
    }


def latest() -> Notice:
    return Notice.objects.order_by("-pk")[0]


@pytest.fixture
def fresh(county: County) -> list[Department]:
    region = county.filing.department.region
    return [
        Department.objects.create(region=region, name=f"甲县新局{n}", kind="党政机关" if n else "") for n in range(3)
    ]


def test_a_notice_is_drafted_looked_at_and_issued(county: County, fresh: list[Department]) -> None:
    admin = county.client("admin")
    upload = SimpleUploadedFile("附件.pdf", b"%PDF-1.7 text")
    assert admin.post("/notices/new/", {**form(), "files": [upload]}).status_code == 302
    notice = latest()
    assert notice.attachments.get().file == "附件.pdf"
    page = admin.get(f"/notices/{notice.pk}/issue/").content.decode()
    assert page.count("甲县新局") == 3
    assert "还没有填报人账号" in page
    assert not FilingRow.objects.filter(department__in=fresh).exists()
    assert admin.post(f"/notices/{notice.pk}/issue/").status_code == 302
    rows = FilingRow.objects.filter(department__in=fresh)
    assert {(row.deadline, row.notice, row.system.system) for row in rows} == {(date(2024, 6, 30), notice, SYSTEM)}
    assert admin.post(f"/notices/{notice.pk}/", form()).status_code == 422
    assert admin.post(f"/notices/{notice.pk}/issue/").status_code == 422
    assert admin.post(f"/notices/{notice.pk}/discard/").status_code == 422


def test_a_kind_scores_with_its_own_system(county: County, fresh: list[Department]) -> None:
    kind = "党政机关".encode().hex()
    other = "national/2020-10-50-30-10"
    county.client("admin").post("/notices/new/", form(**{f"system_{kind}": other}))
    county.client("admin").post(f"/notices/{latest().pk}/issue/")
    systems = dict(FilingRow.objects.filter(department__in=fresh).values_list("department__name", "system__system"))
    assert systems == {"甲县新局0": SYSTEM, "甲县新局1": other, "甲县新局2": other}


@pytest.mark.parametrize(
    ("change", "words"),
    [({"departments": []}, "没有选择单位"), ({"fill_by": ""}, "截止日期"), ({"system_": ""}, "没有指标体系")],
)
def test_what_is_wanting_is_said_before_issuing(
    county: County, fresh: list[Department], change: dict[str, object], words: str
) -> None:
    assert fresh
    admin = county.client("admin")
    admin.post("/notices/new/", form(**change))
    notice = latest()
    assert words in admin.get(f"/notices/{notice.pk}/issue/").content.decode()
    assert admin.post(f"/notices/{notice.pk}/issue/").status_code == 422
    assert latest().issued_at is None


def test_a_system_of_another_year_is_refused_at_its_field(county: County, fresh: list[Department]) -> None:
    assert fresh
    answer = county.client("admin").post("/notices/new/", form(year=2019))
    assert answer.status_code == 422
    assert "2019" in answer.content.decode()


def test_an_attachment_that_will_not_do_loses_nothing_typed(county: County, fresh: list[Department]) -> None:
    assert fresh
    bad = SimpleUploadedFile("附件.exe", b"MZ")
    answer = county.client("admin").post("/notices/new/", {**form(), "files": [bad]})
    assert answer.status_code == 422
    assert "类型不收" in answer.content.decode()
    assert latest().departments.count() == 3


def test_last_years_notice_is_copied_as_a_draft(county: County) -> None:
    region = county.filing.department.region
    old = Notice.objects.create(region=region, year=2023, name="2023年度通知", fill_by=date(2024, 2, 29))
    NoticeSystem.objects.create(notice=old, kind="", system=county.filing.system)
    NoticeDepartment.objects.create(notice=old, department=county.filing.department)
    Attachment.objects.create(notice=old, file="a.pdf", sha256="ab" * 32, size=1)
    new = copy(old)
    assert (new.year, new.name, new.fill_by, new.issued_at) == (2024, "2024年度通知", date(2025, 2, 28), None)
    assert new.systems.get().system == county.filing.system
    assert (new.departments.count(), new.attachments.count()) == (1, 1)


def test_a_notice_of_another_region_is_not_there(county: County) -> None:
    notice = Notice.objects.create(region=county.far.department.region, year=2023, name="别处")
    attachment = Attachment.objects.create(notice=notice, file="a.pdf", sha256="ab" * 32, size=1)
    admin = county.client("admin")
    for path in (f"{notice.pk}/", f"{notice.pk}/issue/"):
        assert admin.get(f"/notices/{path}").status_code == 404
    for path in (f"{notice.pk}/copy/", f"{notice.pk}/discard/", f"attachments/{attachment.pk}/remove/"):
        assert admin.post(f"/notices/{path}").status_code == 404
    for who in ("admin", "clerk", "firm", "auditor"):
        assert county.client(who).get(f"/notices/attachments/{attachment.pk}/").status_code == 403


def test_a_term_is_put_off_with_a_reason_and_stands_in_the_chain(county: County) -> None:
    row, admin = county.filing, county.client("admin")
    FilingRow.objects.filter(pk=row.pk).update(deadline=date.today() - timedelta(days=2))
    path = f"/filings/{row.pk}/extend/"
    until = (date.today() + timedelta(days=5)).isoformat()
    assert admin.post(path, {"until": until}).status_code == 422
    assert admin.post(path, {"until": "2020-01-01", "reason": "迟"}).status_code == 422
    assert admin.post(path, {"until": "x", "reason": "迟"}).status_code == 422
    assert admin.post(path, {"until": until, "reason": "决算推迟批复"}).status_code == 302
    row.refresh_from_db()
    assert row.deadline is not None
    assert row.deadline.isoformat() == until
    assert "决算推迟批复" in county.client("clerk").get(f"/filings/{row.pk}/history/").content.decode()
    assert verify(row).faults == ()
    ExtensionRow.objects.filter(filing=row).update(until="2030-01-01")
    assert verify(row).faults


def test_the_terms_of_the_later_steps_begin_with_their_moves(county: County) -> None:
    row = county.filing
    row.notice = Notice.objects.create(
        region=row.department.region, year=YEAR, name="通知", objection_days=7, publish_days=15
    )
    row.save()
    people = county.people
    for act, who in (
        (Act.SEND, "clerk"), (Act.SIGN, "head"), (Act.RECEIVE, "reviewer"), (Act.PASS, "reviewer"),
        (Act.HAND_UP, "reviewer"), (Act.APPROVE, "admin"), (Act.OPINE, "reviewer"),
    ):  # fmt: skip
        if act is Act.HAND_UP:
            judge_all(row, people[who])
        row = take(row.pk, people[who], act)
    assert days_left(FilingRow.objects.get(pk=row.pk)) == 7
    FilingRow.objects.filter(pk=row.pk).update(due=date.today() - timedelta(days=1))
    assert overdue(FilingRow.objects.get(pk=row.pk))


def test_the_late_are_reminded_once_and_see_it(county: County) -> None:
    notice = Notice.objects.create(region=county.filing.department.region, year=YEAR, name="通知甲")
    FilingRow.objects.filter(pk=county.filing.pk).update(deadline=date.today() - timedelta(days=3), notice=notice)
    reviewer = county.client("reviewer")
    for _ in range(2):
        assert reviewer.post(f"/board/{YEAR}/remind/").status_code == 302
    reminder = Reminder.objects.get()
    assert reminder.filing == county.filing
    assert "逾期3天" in reminder.text
    clerk = county.client("clerk")
    assert reminder.text in clerk.get("/").content.decode()
    assert "通知甲" in clerk.get(f"/filings/{county.filing.pk}/notice/").content.decode()
    assert reminder.text not in clerk.get("/").content.decode()
    assert county.client("clerk").post(f"/board/{YEAR}/remind/").status_code == 403


def test_who_is_near_the_term_is_reminded_and_who_waits_for_the_bureau_is_not(county: County) -> None:
    near, far = date.today() + timedelta(days=4), date.today() + timedelta(days=30)
    FilingRow.objects.filter(pk=county.filing.pk).update(deadline=near)
    FilingRow.objects.filter(pk=county.other.pk).update(step="opinion", answered=True, due=near)
    reviewer = county.client("reviewer")
    assert "5 天内到期的单位（1）" in reviewer.get(f"/board/{YEAR}/").content.decode()
    reviewer.post(f"/board/{YEAR}/remind/")
    reminder = Reminder.objects.get()
    assert (reminder.filing, "还有4天" in reminder.text) == (county.filing, True)
    FilingRow.objects.filter(pk=county.filing.pk).update(deadline=far)
    assert "天内到期的单位" not in reviewer.get(f"/board/{YEAR}/").content.decode()


def test_the_board_puts_the_late_first_and_filters(county: County) -> None:
    FilingRow.objects.filter(pk=county.other.pk).update(deadline=date.today() - timedelta(days=1))
    reviewer = county.client("reviewer")
    page = reviewer.get(f"/board/{YEAR}/").content.decode()
    assert page.index(county.other.department.name) < page.index(f">{county.filing.department.name}<")
    assert "逾期 1 天" in page
    assert "单位数" in reviewer.get(f"/board/{YEAR}/", {"form": "csv"}).content.decode("utf-8-sig")
    assert county.far.department.name not in page
    late = reviewer.get(f"/board/{YEAR}/", {"at": "late"}).content.decode()
    assert f">{county.filing.department.name}<" not in late
    rows = reviewer.get(f"/board/{YEAR}/", {"q": "某局"}, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in rows
    assert county.other.department.name in rows
    for by in ("name", "state", "left", "claimed", "gap", "errors", "无此列"):
        assert reviewer.get(f"/board/{YEAR}/", {"by": by}).status_code == 200
    assert reviewer.get("/board/").headers["Location"] == f"/board/{YEAR}/"


def _more(county: County, number: int) -> None:
    region = county.filing.department.region
    departments = [Department(region=region, name=f"甲县多{n}") for n in range(number)]
    for each in Department.objects.bulk_create(departments):
        FilingRow.objects.create(department=each, year=YEAR, system=county.filing.system)


@pytest.mark.parametrize("path", ["/", f"/board/{YEAR}/"])
def test_the_queries_of_board_and_desk_do_not_grow(
    county: County, path: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    from hengji.web.scores.refresh import catch_up

    reviewer = county.client("reviewer")
    for number in (3, 20):
        _more(county, number)
        catch_up(FilingRow.objects.values_list("pk", flat=True), 100)
        with django_assert_num_queries(5):
            reviewer.get(path)
        FilingRow.objects.filter(department__name__startswith="甲县多").delete()
        Department.objects.filter(name__startswith="甲县多").delete()


def test_the_desk_and_the_board_lead_to_the_page_on_which_the_work_is_done(county: County) -> None:
    admin, row = county.client("admin"), county.filing
    notice = Notice.objects.get()
    FilingRow.objects.filter(pk=row.pk).update(notice=notice)

    def told() -> list[str]:
        pages = [admin.get(path).content.decode() for path in ("/", f"/board/{YEAR}/")]
        lines = [page.partition("<tbody>")[2].partition(f">{row.department.name}<")[2] for page in pages]
        return [line.partition("</tr>")[0].rpartition('<td class="nowrap">')[2] for line in lines]

    go(county, Act.SEND, Act.SIGN, Act.RECEIVE)
    assert all(f'href="/formal/{row.pk}/"' in line for line in told())
    go(county, Act.PASS)
    judge_all(row, county.people["reviewer"], **{"3_4": judgement("1", "4", reason="没有调查")})
    page = admin.get(f"/board/{YEAR}/").content.decode()
    assert all(f'href="/reviews/{row.pk}/"' in line for line in told())
    assert "+2.50" not in page  # the first reader is not through
    go(county, Act.HAND_UP)
    assert "+2.50" in admin.get(f"/board/{YEAR}/").content.decode()
    go(county, Act.APPROVE, Act.OPINE)
    assert "定稿" not in told()[1]  # the department has the word
    FilingRow.objects.filter(pk=row.pk).update(answered=True)
    assert f'href="/opinions/{row.pk}/"' in told()[1]
    FilingRow.objects.filter(pk=row.pk).update(step="archived")
    strip = admin.get("/").content.decode().partition("?at=archived")[2].partition("</a>")[0]
    assert '<span class="much">1</span>' in strip
