"""Review: exact amounts by the tariff, reasons, conflicts, a second reader who judged nothing, questions that close."""

from fractions import Fraction
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from hengji.model.problem import HengjiError
from hengji.web.filings import bridge, files
from hengji.web.filings.bridge import Change
from hengji.web.filings.folder import Folder
from hengji.web.filings.models import FilingRow
from hengji.web.filings.tables import EVIDENCE
from hengji.web.people.acts import Act
from hengji.web.reviews.judging import Chosen, Unfit, exact_text, judged, stands
from hengji.web.reviews.models import MessageRow, ReviewRow
from hengji.web.reviews.overview import Overview
from hengji.web.reviews.subjects import Subject, by_id, subjects
from hengji.web.reviews.tariff import tariff
from hengji.web.scores.models import LeafLine, Summary
from hengji.web.scores.refresh import exact
from hengji.web.states.moves import Blocked, take
from hengji.web.trail.verify import verify
from tests.web.conftest import County
from tests.web.reviewing import go, judge_all, under_review

HX = {"HX-Request": "true"}


@pytest.fixture
def row(county: County) -> FilingRow:
    return under_review(county)


def subject(row: FilingRow, name: str) -> Subject:
    return by_id(subjects(Folder.open(row.pk)))[name]


def save(client: Client, row: FilingRow, leaf: str, version: int = 0, **typed: str) -> int:
    given = {"version": str(version), **typed}
    return client.post(f"/reviews/{row.pk}/{leaf}/judge/", given, headers=HX).status_code


@pytest.mark.parametrize(
    ("number", "text"), [(Fraction(7, 2), "3.5"), (Fraction(500, 97), "500/97"), (Fraction(0), "0"), (Fraction(5), "5")]
)
def test_scores_are_kept_exactly(number: Fraction, text: str) -> None:
    assert exact_text(number) == text
    assert exact(text) == number


@pytest.mark.parametrize(
    ("choice", "score", "amount"), [("0", "5", ""), ("1", "3.5", "1.5"), ("2", "2", "3"), ("3", "0", "5")]
)
def test_a_deduction_takes_its_amount_from_the_tariff(row: FilingRow, choice: str, score: str, amount: str) -> None:
    made = judged(subject(row, "3.4"), tariff(), Chosen(choice, reason="没有调查"), (), 1)
    assert (made["score"], made["amount"]) == (score, amount)
    assert ("复核口径第" in str(made["basis"])) == bool(amount)


def test_a_share_of_moved_points_stays_exact(row: FilingRow) -> None:
    moved = Subject("1", "甲", Fraction(500, 97), Fraction(500, 97), None, subject(row, "3.4").standing)
    made = judged(moved, tariff(), Chosen("1", reason="不足"), (), 1)
    assert exact(str(made["score"])) == Fraction(350, 97)
    assert exact(str(made["amount"])) == Fraction(150, 97)


@pytest.mark.parametrize(
    ("chosen", "field"),
    [
        (Chosen(""), "choice"),
        (Chosen("7"), "choice"),
        (Chosen("1"), "reason"),
        (Chosen("9", "0.8"), "reason"),
        (Chosen("9", "0.8", reason=" "), "reason"),
        (Chosen("9", "", reason="有"), "amount"),
        (Chosen("9", "五", reason="有"), "amount"),
        (Chosen("9", "6", reason="有"), "amount"),
        (Chosen("9", "-1", reason="有"), "amount"),
    ],
)
def test_what_is_wanting_is_said_at_its_field(row: FilingRow, chosen: Chosen, field: str) -> None:
    with pytest.raises(Unfit) as unfit:
        judged(subject(row, "3.4"), tariff(), chosen, (), 1)
    assert unfit.value.field == field


def test_the_words_of_a_finding_are_a_reason_but_not_for_a_free_amount(row: FilingRow) -> None:
    folder = Folder.open(row.pk)
    leaf = next(each.finding.leaf for each in folder.found if each.finding.leaf)
    found = folder.about_leaf(leaf)
    code = found[0].finding.code
    made = judged(subject(row, leaf), tariff(), Chosen("1", code=code), found, 1)
    assert made["reason"] == found[0].finding.message
    assert made["code"] == code
    with pytest.raises(Unfit):
        judged(subject(row, leaf), tariff(), Chosen("9", "0.5", code=code), found, 1)


def test_the_bureaus_own_tariff_is_taken_from_the_data_folder(
    row: FilingRow, settings: Settings, tmp_path: Path
) -> None:
    settings.DATA = tmp_path
    own = tmp_path / "tariff.yaml"
    own.write_text(
        "title: 本县尺度\nbasis: 甲财绩〔2024〕1号\nconfidence: official\n"
        "gravities: [{key: '1', share: 50, name: 一半, article: 1}]\narticles: [{number: 1, text: 缺材料的扣一半}]\n",
        encoding="utf-8",
    )
    made = judged(subject(row, "3.4"), tariff(), Chosen("1", reason="缺"), (), 1)
    assert (made["score"], made["gravity"], made["basis"]) == ("2.5", "50", "复核口径第1条：缺材料的扣一半")
    own.write_text("title: 缺", encoding="utf-8")
    with pytest.raises(HengjiError, match=r"tariff\.yaml"):
        tariff()


def test_a_judgement_is_saved_answers_with_the_next_leaf_and_stands_in_the_chain(
    county: County, row: FilingRow
) -> None:
    client = county.client("reviewer")
    answer = client.post(
        f"/reviews/{row.pk}/3.4/judge/", {"version": "0", "choice": "3", "reason": "没有调查"}, headers=HX
    )
    assert answer.status_code == 200
    assert answer.headers["HX-Push-Url"] == f"/reviews/{row.pk}/bonus/"
    page = answer.content.decode()
    assert "加分" in page
    assert page.count("hx-swap-oob") == 6
    kept = ReviewRow.objects.get(filing=row, leaf="3.4")
    assert (kept.score, kept.amount, kept.gravity, kept.judge) == ("0", "5", "100", county.people["reviewer"].pk)
    row.refresh_from_db()
    assert verify(row).faults == ()
    assert LeafLine.objects.get(filing=row, leaf="3.4").reviewed == 0
    assert Summary.objects.get(filing=row).revision == row.revision
    ReviewRow.objects.filter(pk=kept.pk).update(score="5")
    assert verify(row).faults


def test_a_leaf_without_doubt_is_accepted_as_it_stands(county: County, row: FilingRow) -> None:
    client = county.client("reviewer")
    overview = Overview(Folder.open(row.pk))
    calm = next(line for line in overview.lines if not line.needs_person)
    doubtful = next(line for line in overview.lines if line.needs_person)
    assert "checked autofocus" in client.get(f"/reviews/{row.pk}/{calm.subject.slug}/").content.decode()
    assert save(client, row, calm.subject.slug, choice="0") == 200
    assert ReviewRow.objects.get(leaf=calm.subject.id).score == exact_text(calm.subject.claimed)
    page = client.get(f"/reviews/{row.pk}/{doubtful.subject.slug}/").content.decode()
    assert "checked" not in page.split('id="judgement"')[1].split("</form>")[0]
    assert save(client, row, doubtful.subject.slug) == 422


def test_what_came_too_late_shows_both_judgements(county: County, row: FilingRow) -> None:
    one, two = county.client("reviewer"), county.client("admin")
    assert save(one, row, "3.4", choice="2", reason="由投诉量推出") == 200
    answer = two.post(
        f"/reviews/{row.pk}/3.4/judge/", {"version": "0", "choice": "3", "reason": "没有问卷"}, headers=HX
    )
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "由投诉量推出" in page
    assert "没有问卷" in page
    assert ReviewRow.objects.get(leaf="3.4").score == "2"
    version = ReviewRow.objects.get(leaf="3.4").version
    assert f'name="version" value="{version}"' in page
    assert save(two, row, "3.4", version, choice="3", reason="没有问卷") == 200


def test_a_wrong_entry_loses_nothing(county: County, row: FilingRow) -> None:
    client = county.client("reviewer")
    answer = client.post(
        f"/reviews/{row.pk}/3.4/judge/",
        {"version": "0", "choice": "9", "amount": "九", "reason": "口径不同"},
        headers=HX,
    )
    assert answer.status_code == 422
    page = answer.content.decode()
    assert 'value="九"' in page
    assert "口径不同" in page
    again = client.get(f"/reviews/{row.pk}/3.4/", {"part": "", "choice": "9", "reason": "写了一半"}, headers=HX)
    assert "写了一半" in again.content.decode()


def test_bonus_is_reviewed_too_and_reaches_the_total(county: County, row: FilingRow) -> None:
    client = county.client("reviewer")
    judge_all(row, county.people["reviewer"])
    version = ReviewRow.objects.get(filing=row, leaf="加分").version
    assert save(client, row, "bonus", version, choice="9", amount="2", reason="两项不在评价年度") == 200
    kept = ReviewRow.objects.get(filing=row, leaf="加分")
    assert (kept.score, kept.amount) == ("1.5", "2")
    totals = Overview(Folder.open(row.pk)).card.totals
    assert totals is not None
    assert (totals.raw, totals.final) == (Fraction("99.5"), Fraction("99.5"))


def test_an_exempt_leaf_is_confirmed(county: County, row: FilingRow) -> None:
    assert save(county.client("reviewer"), row, "2.1.6", choice="3", reason="不认可") == 422
    assert save(county.client("reviewer"), row, "2.1.6", choice="0") == 200


def test_it_is_handed_up_only_when_all_is_judged_and_approved_by_another(county: County, row: FilingRow) -> None:
    people = county.people
    save(county.client("reviewer"), row, "3.4", choice="0")
    with pytest.raises(Blocked, match="没有判定"):
        go(county, Act.HAND_UP)
    judge_all(row, people["reviewer"])
    go(county, Act.HAND_UP)
    assert save(county.client("reviewer"), row, "3.4", choice="0") == 403
    with pytest.raises(Blocked, match="另一位"):
        take(row.pk, people["reviewer"], Act.APPROVE)
    page = county.client("admin").get(f"/reviews/{row.pk}/second/").content.decode()
    assert "复审通过" in page
    assert county.client("admin").post(f"/filings/{row.pk}/moves/senddown/", {"opinion": ""}).status_code == 422
    assert (
        county.client("admin").post(f"/filings/{row.pk}/moves/senddown/", {"opinion": "3.4 请再看"}).status_code == 302
    )
    version = ReviewRow.objects.get(filing=row, leaf="3.4").version
    assert save(county.client("reviewer"), row, "3.4", version, choice="1", reason="材料不足") == 200
    go(county, Act.HAND_UP)
    assert take(row.pk, people["admin"], Act.APPROVE).second == "done"


def test_a_judgement_of_what_has_changed_since_does_not_stand(county: County, row: FilingRow) -> None:
    judge_all(row, county.people["reviewer"])
    kept = ReviewRow.objects.get(filing=row, leaf="3.4")
    found = subject(row, "3.4")
    assert stands(kept, found)
    ReviewRow.objects.filter(pk=kept.pk).update(score="4.9")
    kept.refresh_from_db()
    assert not stands(kept, found)
    assert [line.subject.id for line in Overview(Folder.open(row.pk)).pending] == ["3.4"]


def test_questions_lead_to_closure_and_block_the_opinion(county: County, row: FilingRow) -> None:
    people, clerk, reviewer = county.people, county.client("clerk"), county.client("reviewer")
    judge_all(row, people["reviewer"])
    assert reviewer.post(f"/reviews/{row.pk}/questions/ask/", {"leaf": "3.4", "text": ""}).status_code == 422
    assert (
        reviewer.post(f"/reviews/{row.pk}/questions/ask/", {"leaf": "3.4", "text": "请补调查方式"}).status_code == 302
    )
    asked = MessageRow.objects.get(filing=row)
    page = clerk.get(f"/reviews/{row.pk}/questions/").content.decode()
    assert "请补调查方式" in page
    assert f"/reviews/{row.pk}/3.4/" not in page
    upload = SimpleUploadedFile("问卷.pdf", b"%PDF-1.7 answer")
    answer = clerk.post(f"/reviews/{row.pk}/questions/{asked.number}/answer/", {"text": "见附件", "files": [upload]})
    assert answer.status_code == 302
    said = MessageRow.objects.get(filing=row, side="department")
    sha = said.evidence.split(" ")[0]
    assert b"".join(clerk.get(f"/reviews/{row.pk}/proofs/{sha}/").streaming_content) == b"%PDF-1.7 answer"  # type: ignore[attr-defined]
    assert county.client("neighbour").get(f"/reviews/{row.pk}/proofs/{sha}/").status_code == 403
    go(county, Act.HAND_UP, Act.APPROVE)
    with pytest.raises(Blocked, match="1条问答没有关闭"):
        go(county, Act.OPINE)
    reviewer.post(f"/reviews/{row.pk}/questions/{asked.number}/follow/", {"act": "close"})
    assert clerk.post(f"/reviews/{row.pk}/questions/{asked.number}/answer/", {"text": "又"}).status_code == 422
    assert go(county, Act.OPINE).step == "opinion"
    row.refresh_from_db()
    assert verify(row).faults == ()


def test_a_department_sees_no_review_in_progress(county: County, row: FilingRow) -> None:
    save(county.client("reviewer"), row, "3.4", choice="3", reason="没有调查")
    for who in ("clerk", "head", "neighbour"):
        for path in ("", "3.4/", "second/"):
            assert county.client(who).get(f"/reviews/{row.pk}/{path}").status_code == 403
    assert county.client("auditor").get(f"/reviews/{row.pk}/3.4/").status_code == 200
    assert save(county.client("auditor"), row, "3.4", choice="0") == 403


def test_a_third_party_sees_no_names_of_others(county: County, row: FilingRow) -> None:
    other = county.other
    FilingRow.objects.filter(pk=other.pk).update(step="review")
    LeafLine.objects.create(filing=other, number=1, leaf="3.4", name="满意", full=500, standing="claimed", claimed=500)
    ReviewRow.objects.create(
        filing=other, version=1, leaf="3.4", score="2", gravity="60", amount="3", reason="别处的理由"
    )
    bureau = county.client("reviewer").get(f"/reviews/{row.pk}/3.4/").content.decode()
    assert other.department.name in bureau
    assert "别处的理由" in bureau
    firm = county.client("firm").get(f"/reviews/{row.pk}/3.4/").content.decode()
    assert other.department.name not in firm
    assert "别处的理由" not in firm
    assert "同类单位" in firm
    assert county.client("firm2").get(f"/reviews/{row.pk}/3.4/").status_code == 403
    queue = county.client("firm").get("/reviews/").content.decode()
    assert row.department.name in queue
    assert other.department.name not in queue


def test_the_leaf_page_asks_as_much_whatever_there_is(
    county: County, row: FilingRow, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = county.client("reviewer")
    judge_all(row, county.people["reviewer"])
    client.get(f"/reviews/{row.pk}/3.4/")
    with django_assert_num_queries(13):
        client.get(f"/reviews/{row.pk}/3.4/")
    with django_assert_num_queries(13):
        client.get(f"/reviews/{row.pk}/2.1.4/", headers=HX)


def test_the_queue_asks_as_much_for_many_filings(
    county: County, row: FilingRow, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = county.client("reviewer")
    client.get("/reviews/")
    names = row.department.name, county.other.department.name
    with django_assert_num_queries(6):
        assert names[0] in client.get("/reviews/").content.decode()
    FilingRow.objects.filter(pk=county.other.pk).update(step="review")
    with django_assert_num_queries(6):
        assert names[1] in client.get("/reviews/").content.decode()


def test_the_filings_other_pages_are_one_step_from_the_review(county: County, row: FilingRow) -> None:
    for who in ("reviewer", "firm", "auditor"):
        page = county.client(who).get(f"/reviews/{row.pk}/1.1.1/").content.decode()
        within = page.partition('aria-label="这份填报"')[2].partition("</nav>")[0]
        for path in ("", "evidence/", "findings/", "report/", "history/"):
            assert f'href="/filings/{row.pk}/{path}"' in within, who
        assert f'href="/reviews/{row.pk}/" aria-current="page"' in within
        assert (f'href="/opinions/{row.pk}/"' in within) == (who != "firm")


def test_a_fragment_is_small(county: County, row: FilingRow) -> None:
    answer = county.client("reviewer").get(f"/reviews/{row.pk}/1.1.1/", headers=HX)
    assert len(answer.content) < 16_000


def test_the_evidence_is_open_at_its_place(county: County) -> None:
    kept = files.keep("问卷.png", [b"\x89PNG\r\n picture"])
    data = {"title": "问卷", "proves": ["3.4"], "file": kept.name, "locator": "第1页", "sha256": kept.sha256, "size": 1}
    bridge.save(county.filing.pk, county.people["clerk"], [Change(EVIDENCE, (90,), data)], act="upload")
    row = under_review(county)
    page = county.client("reviewer").get(f"/reviews/{row.pk}/3.4/").content.decode()
    assert f'hx-get="/filings/{row.pk}/evidence/90/preview/?leaf=3.4" hx-trigger="load"' in page
    preview = county.client("reviewer").get(f"/filings/{row.pk}/evidence/90/preview/?leaf=3.4", headers=HX)
    assert "90 号 问卷" in preview.content.decode()
