"""Opinion, objection within its term, decision, final score; the letter from the record."""

import io
from datetime import date, timedelta
from fractions import Fraction

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import DjangoAssertNumQueries

from hengji.web.filings.folder import Folder
from hengji.web.filings.models import FilingRow
from hengji.web.people.acts import Act
from hengji.web.reviews.models import OpinionRow
from hengji.web.reviews.overview import Overview
from hengji.web.scores.models import LeafLine, Summary
from hengji.web.states.machine import Step
from hengji.web.states.models import Snapshot
from hengji.web.states.moves import Blocked
from hengji.web.trail.verify import verify
from tests.web.conftest import County
from tests.web.reviewing import go, judge_all, judgement, under_review

HX = {"HX-Request": "true"}
LOST = {
    "3_4": judgement("2", "3", gravity="60", reason="满意度没有调查", basis="复核口径第4条"),
    "1_1_1": judgement("3.5", "1.5", gravity="30", reason="依据不充分", basis="复核口径第6条"),
}


@pytest.fixture
def row(county: County) -> FilingRow:
    """A filing whose opinion was sent, with two deductions."""
    filing = under_review(county)
    judge_all(filing, county.people["reviewer"], **LOST)
    return go(county, Act.HAND_UP, Act.APPROVE, Act.OPINE)


def answer(county: County, row: FilingRow, leaf: str, said: str, **more: object) -> int:
    version = OpinionRow.objects.get(filing=row, leaf=leaf).version
    given = {"version": str(version), "answer": said, **more}
    return county.client("clerk").post(f"/opinions/{row.pk}/{leaf}/answer/", given).status_code


def decide(county: County, row: FilingRow, leaf: str, **given: str) -> int:
    version = OpinionRow.objects.get(filing=row, leaf=leaf).version
    path = f"/opinions/{row.pk}/{leaf}/decision/"
    return county.client("reviewer").post(path, {"version": str(version), **given}).status_code


def test_the_opinion_has_a_row_for_every_deduction_and_nothing_else(row: FilingRow) -> None:
    rows = {each.leaf: each.opinion for each in OpinionRow.objects.filter(filing=row)}
    assert set(rows) == {"3.4", "1.1.1"}
    assert rows["3.4"] == "自评5.00分，复核2.00分。满意度没有调查。依据：复核口径第4条。"
    assert verify(row).faults == ()


def test_the_bureau_words_its_opinion_before_it_is_sent(county: County) -> None:
    filing = under_review(county)
    judge_all(filing, county.people["reviewer"], **LOST)
    go(county, Act.HAND_UP)
    client, path = county.client("reviewer"), f"/opinions/{filing.pk}/3.4/draft/"
    go(county, Act.APPROVE)
    assert "还没有送出复核意见" in county.client("clerk").get(f"/opinions/{filing.pk}/").content.decode()
    assert client.post(path, {"version": "0", "text": " "}).status_code == 422
    assert client.post(path, {"version": "0", "text": "满意度请补调查"}).status_code == 302
    assert client.post(path, {"version": "0", "text": "另一个人写的"}, headers=HX).status_code == 409
    go(county, Act.OPINE)
    assert OpinionRow.objects.get(leaf="3.4").opinion == "满意度请补调查"
    assert "满意度请补调查" in county.client("clerk").get(f"/opinions/{filing.pk}/").content.decode()


def test_a_draft_goes_when_the_review_is_taken_up_again(county: County) -> None:
    filing = under_review(county)
    judge_all(filing, county.people["reviewer"], **LOST)
    go(county, Act.HAND_UP, Act.APPROVE)
    county.client("reviewer").post(f"/opinions/{filing.pk}/3.4/draft/", {"version": "0", "text": "草稿"})
    go(county, Act.SEND_DOWN)
    assert not OpinionRow.objects.exists()


def test_the_department_answers_leaf_by_leaf_and_the_head_sends(county: County, row: FilingRow) -> None:
    with pytest.raises(Blocked, match="2项意见没有答复"):
        go(county, Act.REPLY)
    assert answer(county, row, "3.4", "object") == 422
    assert answer(county, row, "3.4", "") == 422
    proof = SimpleUploadedFile("问卷.pdf", b"%PDF-1.7 forms")
    assert answer(county, row, "3.4", "object", reason="已补调查", files=[proof]) == 302
    page = county.client("auditor").get(f"/opinions/{row.pk}/").content.decode()
    assert "问卷.pdf" in page
    assert county.client("clerk").post(f"/opinions/{row.pk}/rest/").status_code == 302
    assert OpinionRow.objects.get(leaf="1.1.1").answer == "accept"
    assert decide(county, row, "3.4", decision="keep", why="维持") == 422
    assert county.client("clerk").post(f"/filings/{row.pk}/moves/reply/").status_code == 403
    assert county.client("head").post(f"/filings/{row.pk}/moves/reply/").status_code == 302
    assert answer(county, row, "3.4", "accept") == 422


def test_a_decision_gives_the_final_score_and_all_four_stay(county: County, row: FilingRow) -> None:
    answer(county, row, "3.4", "object", reason="已补调查")
    answer(county, row, "1.1.1", "accept")
    go(county, Act.REPLY)
    with pytest.raises(Blocked, match="1项申诉没有作出决定"):
        go(county, Act.SETTLE)
    assert decide(county, row, "1.1.1", decision="keep", why="没有申诉") == 422
    assert decide(county, row, "3.4", decision="change", why="") == 422
    assert decide(county, row, "3.4", decision="change", why="认可一部分", final="5.5") == 422
    assert decide(county, row, "3.4", decision="change", why="认可一部分", final="4.25") == 302
    settled = go(county, Act.SETTLE)
    overview = Overview(Folder.open(settled))
    line = overview.line("3.4")
    assert line is not None
    assert (line.subject.claimed, line.reviewed, line.final) == (Fraction(5), Fraction(2), Fraction("4.25"))
    totals = overview.final_card.totals
    assert totals is not None
    assert totals.base == Fraction("98") - Fraction("1.5") - Fraction("0.75")
    summary = Summary.objects.get(filing=row)
    assert (summary.reviewed, summary.final) == (9700, 9925)
    assert LeafLine.objects.get(filing=row, leaf="3.4").final == 425
    assert '"3.4"' in Snapshot.objects.get(filing=row, act="settle").scores
    page = county.client("clerk").get(f"/opinions/{row.pk}/").content.decode()
    assert "4.25" in page
    assert verify(settled).faults == ()


def test_after_the_term_the_department_is_told_and_the_bureau_settles(county: County, row: FilingRow) -> None:
    with pytest.raises(Blocked, match="申诉期"):
        go(county, Act.SETTLE)
    ended = date.today() - timedelta(days=1)
    FilingRow.objects.filter(pk=row.pk).update(due=ended)
    row.refresh_from_db()
    sentence = f"申诉期已于 {ended:%m-%d} 结束，可请财政局延期"
    assert sentence in county.client("clerk").get(f"/opinions/{row.pk}/").content.decode()
    assert answer(county, row, "3.4", "object", reason="迟了") == 422
    with pytest.raises(Blocked, match="可请财政局延期"):
        go(county, Act.REPLY)
    until = (date.today() + timedelta(days=3)).isoformat()
    county.client("admin").post(f"/filings/{row.pk}/extend/", {"until": until, "reason": "材料在补"})
    assert answer(county, row, "3.4", "object", reason="赶上了") == 302
    FilingRow.objects.filter(pk=row.pk).update(due=ended)
    assert decide(county, row, "3.4", decision="keep", why="没有新材料") == 302
    assert go(county, Act.SETTLE).step == Step.FINAL


def test_nothing_deducted_can_be_settled_at_once(county: County) -> None:
    filing = under_review(county)
    judge_all(filing, county.people["reviewer"])
    go(county, Act.HAND_UP, Act.APPROVE, Act.OPINE)
    assert "没有扣分，也没有意见" in county.client("clerk").get(f"/opinions/{filing.pk}/").content.decode()
    assert go(county, Act.SETTLE).step == Step.FINAL


def text_of(made: bytes) -> str:
    document = docx.Document(io.BytesIO(made))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(each.text for each in document.paragraphs), *cells])


def test_the_opinion_is_a_letter_from_the_record(county: County, row: FilingRow) -> None:
    answered = county.client("clerk").get(f"/opinions/{row.pk}/letter/docx/")
    text = text_of(b"".join(answered.streaming_content))  # type: ignore[attr-defined]
    assert f"{row.department.name}：" in text
    assert "满意度没有调查" in text
    assert "甲县财政局" in text
    assert "98.00" in text
    pdf = b"".join(county.client("admin").get(f"/opinions/{row.pk}/letter/pdf/").streaming_content)  # type: ignore[attr-defined]
    assert pdf.startswith(b"%PDF")
    assert county.client("clerk").get(f"/opinions/{row.pk}/letter/xlsx/").status_code == 404
    assert county.client("neighbour").get(f"/opinions/{row.pk}/letter/pdf/").status_code == 403
    assert county.client("firm").get(f"/opinions/{row.pk}/").status_code == 403


def test_a_failed_answer_keeps_what_was_typed(county: County, row: FilingRow) -> None:
    version = OpinionRow.objects.get(leaf="3.4").version
    path = f"/opinions/{row.pk}/3.4/answer/"
    bad = SimpleUploadedFile("问卷.exe", b"MZ")
    given = {"version": str(version), "answer": "object", "reason": "写了很久的理由"}
    refused = county.client("clerk").post(path, {**given, "files": [bad]}, headers=HX)
    assert refused.status_code == 422
    assert "写了很久的理由" in refused.content.decode()
    late = county.client("clerk2").post(path, {**given, "version": "0"}, headers=HX)
    assert late.status_code == 409
    assert "写了很久的理由" in late.content.decode()


def test_the_lists_ask_as_much_whatever_there_is(
    county: County, row: FilingRow, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = county.client("reviewer")
    for number in (1, 2):
        with django_assert_num_queries(4):
            client.get("/opinions/")
        FilingRow.objects.filter(pk=county.other.pk).update(step="opinion")
        assert number
    with django_assert_num_queries(8):
        client.get(f"/opinions/{row.pk}/")
