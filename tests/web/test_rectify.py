"""Problems from finding to acceptance, letters, and what comes back next year."""

import io

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from hengji.web.filings.models import FilingRow, RegisterRow
from hengji.web.filings.systems import pin
from hengji.web.people.acts import Act
from hengji.web.rectify.models import LetterRow, ProblemRow
from hengji.web.states.moves import Blocked, take
from hengji.web.trail.verify import verify
from tests.web.conftest import County
from tests.web.reviewing import go, judge_all, judgement, under_review

LOST = {"3_4": judgement("2", "3", gravity="60", reason="满意度没有调查", basis="复核口径第4条")}


@pytest.fixture
def row(county: County) -> FilingRow:
    """A settled filing with one deduction."""
    filing = under_review(county)
    judge_all(filing, county.people["reviewer"], **LOST)
    go(county, Act.HAND_UP, Act.APPROVE, Act.OPINE)
    county.client("clerk").post(f"/opinions/{filing.pk}/rest/")
    return go(county, Act.REPLY, Act.SETTLE)


def post(county: County, who: str, row: FilingRow, path: str, **given: object) -> int:
    return county.client(who).post(f"/rectify/{row.pk}/{path}", given).status_code


def version(row: FilingRow, number: int = 1) -> str:
    return str(ProblemRow.objects.get(filing=row, number=number).version)


def test_problems_come_from_deductions_and_by_hand(county: County, row: FilingRow) -> None:
    assert post(county, "reviewer", row, "problems/", act="deductions") == 302
    assert post(county, "reviewer", row, "problems/", act="deductions") == 302
    drawn = ProblemRow.objects.get(filing=row)
    assert (drawn.source, drawn.leaf, drawn.since) == ("复核扣分", "3.4", 2023)
    assert "满意度没有调查" in drawn.text
    assert post(county, "reviewer", row, "problems/", text="") == 422
    assert post(county, "reviewer", row, "problems/", text="采购计划不全", due="九月") == 422
    assert (
        post(county, "reviewer", row, "problems/", text="采购计划不全", due="2024-09-30", source="核查发现 R16") == 302
    )
    assert ProblemRow.objects.get(number=2).due == "2024-09-30"
    assert post(county, "reviewer", row, "problems/2/remove/", version=version(row, 2)) == 302
    assert ProblemRow.objects.count() == 1


def test_a_problem_is_mended_put_forward_given_back_and_accepted(county: County, row: FilingRow) -> None:
    post(county, "reviewer", row, "problems/", act="deductions")
    assert post(county, "clerk", row, "problems/1/mend/", version=version(row), measure="补调查") == 422
    go(county, Act.DEMAND)
    assert post(county, "clerk", row, "problems/1/mend/", version=version(row), act="done", measure="补调查") == 422
    assert post(county, "clerk", row, "report/") == 422
    proof = SimpleUploadedFile("问卷.pdf", b"%PDF-1.7 x")
    given = {"measure": "已补问卷100份", "owner": "办公室", "files": [proof]}
    assert post(county, "clerk", row, "problems/1/mend/", version=version(row), act="keep", **given) == 302
    assert post(county, "reviewer", row, "problems/1/accept/", version=version(row), act="accept") == 422
    assert post(county, "clerk", row, "report/") == 302
    with pytest.raises(Blocked, match="1个问题没有验收"):
        go(county, Act.RECTIFY)
    assert post(county, "reviewer", row, "problems/1/accept/", version=version(row), act="back") == 422
    assert post(county, "reviewer", row, "problems/1/accept/", version=version(row), act="back", note="样本太少") == 302
    page = county.client("clerk").get(f"/rectify/{row.pk}/").content.decode()
    assert "样本太少" in page
    assert "问卷.pdf" in page
    done = {"act": "done", "measure": "补到300份", "owner": "办公室"}
    assert post(county, "clerk", row, "problems/1/mend/", version=version(row), **done) == 302
    assert post(county, "reviewer", row, "problems/1/accept/", version=version(row), act="accept") == 302
    assert post(county, "clerk", row, "problems/1/mend/", version=version(row), measure="再改") == 422
    assert go(county, Act.RECTIFY).rectification == "done"
    row.refresh_from_db()
    assert verify(row).faults == ()


def test_what_is_demanded_without_a_list_is_the_problem(county: County, row: FilingRow) -> None:
    take(row.pk, county.people["admin"], Act.DEMAND, "请完善采购预算编制。")
    found = ProblemRow.objects.get(filing=row)
    assert (found.text, found.source) == ("请完善采购预算编制。", "整改要求")


def test_a_stale_answer_keeps_what_was_typed(county: County, row: FilingRow) -> None:
    go(county, Act.DEMAND)
    late = county.client("clerk").post(
        f"/rectify/{row.pk}/problems/1/mend/", {"version": "1", "measure": "写了很久的措施", "owner": "办公室"}
    )
    assert late.status_code == 409
    assert "写了很久的措施" in late.content.decode()


def test_a_letter_is_written_answered_and_closed(county: County, row: FilingRow) -> None:
    assert post(county, "reviewer", row, "letters/", text="") == 422
    given = {"title": "关于采购的问询函", "text": "一、请说明追加预算。\n二、请附批复。", "due": "2024-08-01"}
    assert post(county, "reviewer", row, "letters/", **given) == 302
    sent = LetterRow.objects.get(filing=row)
    made = b"".join(county.client("clerk").get(f"/rectify/{row.pk}/letters/1/docx/").streaming_content)  # type: ignore[attr-defined]
    lines = [each.text for each in docx.Document(io.BytesIO(made)).paragraphs]
    assert "关于采购的问询函" in lines
    assert f"{row.department.name}：" in lines
    assert any("2024年8月1日前书面答复" in line for line in lines)
    pdf = b"".join(county.client("clerk").get(f"/rectify/{row.pk}/letters/1/pdf/").streaming_content)  # type: ignore[attr-defined]
    assert pdf.startswith(b"%PDF")
    assert post(county, "clerk", row, "letters/1/answer/", version=str(sent.version), answer="") == 422
    assert post(county, "clerk", row, "letters/1/answer/", version=str(sent.version), answer="已追加") == 302
    go(county, Act.DEMAND)
    post(county, "clerk", row, "problems/1/mend/", version=version(row), act="done", measure="改", owner="办")
    post(county, "reviewer", row, "problems/1/accept/", version=version(row), act="accept")
    with pytest.raises(Blocked, match="问询函没有办结"):
        go(county, Act.RECTIFY)
    sent.refresh_from_db()
    assert post(county, "reviewer", row, "letters/1/close/", version=str(sent.version)) == 302
    assert go(county, Act.RECTIFY).rectification == "done"


def test_what_was_not_mended_comes_back_next_year(county: County, row: FilingRow) -> None:
    go(county, Act.DEMAND)
    post(county, "clerk", row, "problems/1/mend/", version=version(row), act="keep", measure="正在改", owner="办公室")
    following = FilingRow.objects.create(department=row.department, year=2024, system=pin("national/2020-10-50-30-10"))
    cells = [each.cells for each in RegisterRow.objects.filter(filing=following, register="上年问题")]
    assert cells == [{"问题": "原因写在这里", "整改措施": "正在改", "责任科室": "办公室", "是否完成": "否"}]
    following.refresh_from_db()
    assert verify(following).faults == ()
    assert "去年未完成" in county.client("clerk").get(f"/rectify/{following.pk}/").content.decode()
    FilingRow.objects.filter(pk=following.pk).update(step="formal", received=True)
    take(following.pk, county.people["reviewer"], Act.PASS)
    again = ProblemRow.objects.get(filing=following)
    assert (again.text, again.since, again.source) == ("原因写在这里", 2023, "上年问题")
    assert "去年未完成" in county.client("reviewer").get("/rectify/").content.decode()


def test_the_notice_is_a_letter_and_lists_stay_within_reach(county: County, row: FilingRow) -> None:
    assert county.client("clerk").get(f"/rectify/{row.pk}/file/pdf/").status_code == 404
    go(county, Act.DEMAND)
    made = b"".join(county.client("clerk").get(f"/rectify/{row.pk}/file/pdf/").streaming_content)  # type: ignore[attr-defined]
    assert made.startswith(b"%PDF")
    assert "原因写在这里" in county.client("clerk").get("/rectify/").content.decode()
    assert "原因写在这里" not in county.client("neighbour").get("/rectify/").content.decode()
    assert "原因写在这里" not in county.client("far_admin").get("/rectify/").content.decode()
    assert county.client("firm").get("/rectify/").status_code == 403
