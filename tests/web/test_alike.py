"""The same mistake is judged the same way; samples can be drawn again; third parties get what is assigned."""

import hashlib

import pytest

from hengji.model.problem import HengjiError
from hengji.web.filings.models import Assignment, FilingRow
from hengji.web.people.acts import Act
from hengji.web.people.models import Department
from hengji.web.reviews.models import ReviewRow, Sample, SampleUnit
from hengji.web.reviews.sampling import draw
from hengji.web.trail.models import Entry
from hengji.web.trail.verify import verify
from tests.web.conftest import County
from tests.web.reviewing import go, judge_all, judgement, under_review

YEAR = 2023


def share(score: str, amount: str, gravity: str) -> dict[str, object]:
    return judgement(score, amount, gravity=gravity, code="R24", reason="没有调查")


@pytest.fixture
def three(county: County) -> list[FilingRow]:
    """Three filings of the region judged on 3.4 for R24: 100 %, 100 % and 60 %."""
    row = under_review(county)
    judge_all(row, county.people["reviewer"], **{"3_4": share("2", "3", "60")})
    rows = [row]
    for number in range(2):
        department = Department.objects.create(region=row.department.region, name=f"甲县丙局{number}")
        other = FilingRow.objects.create(department=department, year=YEAR, system=row.system, step="review")
        data = {**share("0", "5", "100"), "judge": county.people["admin"].pk}
        ReviewRow.objects.create(filing=other, version=1, leaf="3.4", **data)
        rows.append(other)
    return rows


def test_it_is_said_in_words_where_the_same_was_judged_differently(county: County, three: list[FilingRow]) -> None:
    page = county.client("auditor").get(f"/alike/{YEAR}/").content.decode()
    assert "100% 2 处" in page
    assert "60% 1 处" in page
    assert "不一致" in page
    one = county.client("reviewer").get(f"/alike/{YEAR}/R24/").content.decode()
    body = one.split("<tbody>")[1]
    assert body.index(three[0].department.name) < body.index("甲县丙局0")
    assert "60%，不一致" in body
    assert "最多的是“100%”" in one
    assert county.client("far_admin").get(f"/alike/{YEAR}/R24/").content.decode().count("甲县") == 0
    leaf = county.client("reviewer").get(f"/reviews/{three[0].pk}/3.4/").content.decode()
    assert "甲县丙局0" in leaf


def test_it_is_made_one_with_a_common_reason_but_never_in_a_final_one(county: County, three: list[FilingRow]) -> None:
    client = county.client("reviewer")
    final = three[1]
    FilingRow.objects.filter(pk=final.pk).update(step="final")
    rows = [str(ReviewRow.objects.get(filing=row, leaf="3.4").pk) for row in three[:2]]
    path = f"/alike/{YEAR}/R24/unify/"
    assert client.post(path, {"row": rows, "choice": "3", "reason": ""}).status_code == 422
    assert client.post(path, {"row": rows, "choice": "", "reason": "统一"}).status_code == 422
    assert client.post(path, {"row": [], "choice": "3", "reason": "统一"}).status_code == 422
    assert client.post(path, {"row": rows, "choice": "2", "reason": "统一为同一档"}).status_code == 302
    assert ReviewRow.objects.get(filing=final, leaf="3.4").gravity == "100"
    assert client.post(path, {"row": rows, "choice": "3", "reason": "与其他单位统一"}).status_code == 302
    kept = ReviewRow.objects.get(filing=three[0], leaf="3.4")
    assert (kept.score, kept.amount, kept.gravity, kept.reason) == ("0", "5", "100", "与其他单位统一")
    three[0].refresh_from_db()
    assert Entry.objects.filter(filing=three[0], act="unify").count() == 2
    assert verify(three[0]).faults == ()
    page = client.get(f"/alike/{YEAR}/R24/").content.decode()
    assert "已定稿，不再改" in page
    for who in ("clerk", "firm", "auditor"):
        assert county.client(who).post(path, {"row": rows}).status_code == 403


def test_what_was_handed_up_is_not_made_one(county: County, three: list[FilingRow]) -> None:
    go(county, Act.HAND_UP)
    row = ReviewRow.objects.get(filing=three[0], leaf="3.4")
    county.client("admin").post(f"/alike/{YEAR}/R24/unify/", {"row": [row.pk], "choice": "3", "reason": "统一"})
    assert ReviewRow.objects.get(pk=row.pk).gravity == "60"


def sample_of(county: County, **more: object) -> Sample:
    given = {"year": YEAR, "name": "抽评", "by": "kind", "seed": "20240601", "sizes": {"未分类": 2}, **more}
    return Sample.objects.create(region=county.filing.department.region, **given)


def test_a_draw_can_be_made_again_by_anybody(county: County, three: list[FilingRow]) -> None:
    drawn = draw(sample_of(county).pk, county.people["admin"])
    names = [row.department.name for row in three]
    numbers = sorted((hashlib.sha256(f"20240601|{YEAR}|{name}".encode()).hexdigest(), name) for name in names)
    units = SampleUnit.objects.filter(sample=drawn)
    assert [(unit.digest, unit.department) for unit in units] == numbers
    assert [unit.drawn for unit in units] == [True, True, False]
    with pytest.raises(HengjiError, match="已经抽过"):
        draw(drawn.pk, county.people["admin"])
    client = county.client("admin")
    assert client.post(f"/samples/{drawn.pk}/", {"seed": "另一个", "year": "2023"}).status_code == 422
    assert client.post(f"/samples/{drawn.pk}/discard/").status_code == 422
    file = county.client("auditor").get(f"/samples/{drawn.pk}/file/").content.decode()
    assert all(number in file for number, _ in numbers)
    assert file.count("抽中") == 3  # the column's head and two rows


def test_a_layer_too_small_says_so_and_nothing_is_drawn(county: County, three: list[FilingRow]) -> None:
    Department.objects.filter(pk=three[0].department_id).update(kind="党政机关")
    made = sample_of(county, sizes={"党政机关": 5, "未分类": 1})
    answer = county.client("admin").post(f"/samples/{made.pk}/draw/")
    assert answer.status_code == 422
    assert "党政机关只有 1 个，少于要抽的 5 个" in answer.content.decode()
    assert not SampleUnit.objects.exists()


def test_a_sample_is_drafted_drawn_and_handed_to_a_third_party(county: County, three: list[FilingRow]) -> None:
    admin = county.client("admin")
    admin.post("/samples/new/", {"year": str(YEAR)})
    made = Sample.objects.get()
    form = {"name": "抽评", "year": "2023", "by": "", "seed": "", "stratum": ["全部单位"], "count": ["1"]}
    assert admin.post(f"/samples/{made.pk}/", form).status_code == 422
    assert admin.post(f"/samples/{made.pk}/", {**form, "seed": "一", "count": ["多"]}).status_code == 422
    assert admin.post(f"/samples/{made.pk}/", {**form, "seed": "一"}).status_code == 302
    assert county.client("auditor").post(f"/samples/{made.pk}/", {**form, "seed": "改"}).status_code == 422
    assert admin.post(f"/samples/{made.pk}/draw/").status_code == 302
    firm = county.people["firm2"]
    assert admin.post(f"/samples/{made.pk}/assign/", {"user": str(firm.pk)}).status_code == 302
    assert Assignment.objects.get(user=firm).filing_id == SampleUnit.objects.get(drawn=True).filing_id
    assert county.client("far_admin").get(f"/samples/{made.pk}/").status_code == 404
    assert len(three) == 3


def test_assignments_are_given_and_taken_back_within_the_region(county: County) -> None:
    admin, firm = county.client("admin"), county.people["firm2"]
    row = under_review(county)
    assert row.department.name in admin.get("/assignments/").content.decode()
    admin.post("/assignments/", {"user": str(firm.pk), "filing": [str(row.pk), str(county.far.pk)]})
    assert [each.filing_id for each in Assignment.objects.filter(user=firm)] == [row.pk]
    assert county.client("firm2").get(f"/reviews/{row.pk}/").status_code == 302
    admin.post("/assignments/", {"user": str(firm.pk), "filing": [str(row.pk)], "act": "take"})
    assert county.client("firm2").get(f"/reviews/{row.pk}/").status_code == 403
    assert (
        admin.post("/assignments/", {"user": str(county.people["clerk"].pk), "filing": [str(row.pk)]}).status_code
        == 422
    )
    assert county.client("reviewer").get("/assignments/").status_code == 403


def test_no_sample_is_drawn_from_what_was_not_sent(county: County) -> None:
    made = sample_of(county)
    page = county.client("admin").get(f"/samples/{made.pk}/").content.decode()
    assert "还没有报送财政局的填报" in page
    with pytest.raises(HengjiError, match="填每层"):
        draw(made.pk, county.people["admin"])
    assert Sample.objects.get(pk=made.pk).drawn_at is None
