"""What the bureau writes before it is sent stays the bureau's: on every page, fragment, download and operation."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client

from hengji.web.api import tokens
from hengji.web.filings import bridge
from hengji.web.filings.bridge import Change
from hengji.web.filings.models import FilingRow
from hengji.web.filings.tables import FORMAL, LETTER, OPINION, PROBLEM, REVIEW, USE
from hengji.web.people.acts import Act
from hengji.web.people.sight import sees
from hengji.web.rectify.problems import problem_data
from hengji.web.reviews.models import OpinionRow
from hengji.web.states.moves import take
from hengji.web.trail.dossier import write
from tests.web.addresses import POSTED, addresses
from tests.web.conftest import County
from tests.web.reviewing import go, judge_all, judgement

NOTE, REASON, DOWN, DRAFT, PROBLEM_TEXT = "形审暗记甲", "复核暗记乙", "复审暗记丙", "意见暗记丁", "问题暗记戊"
SECRETS = (NOTE, REASON, DOWN, DRAFT, PROBLEM_TEXT)


@pytest.fixture
def row(county: County) -> FilingRow:
    """A filing at 复核 with everything written that is not sent yet, once sent down by the second reader."""
    filing, reviewer = go(county, Act.SEND, Act.SIGN, Act.RECEIVE), county.people["reviewer"]
    points = [Change(FORMAL, ("date",), {"passed": True, "note": NOTE})]
    bridge.save(filing.pk, reviewer, points, act=Act.CHECK_FORM.value)
    go(county, Act.PASS)
    lost = {"1_1_1": judgement("3.5", "1.5", gravity="30", reason=REASON)}
    judge_all(filing, reviewer, **lost)
    go(county, Act.HAND_UP)
    take(filing.pk, county.people["admin"], Act.SEND_DOWN, DOWN)
    opinion = {"opinion": DRAFT, **dict.fromkeys(("answer", "reason", "evidence", "decision", "why", "final"), "")}
    bridge.save(filing.pk, reviewer, [Change(OPINION, ("1.1.1",), opinion)], act=Act.OPINE.value)
    bridge.save(filing.pk, reviewer, [Change(PROBLEM, (1,), problem_data(filing, text=PROBLEM_TEXT))], act="problem")
    filing.refresh_from_db()
    return filing


def body(client: Client, path: str, headers: dict[str, str]) -> tuple[int, str]:
    answer = client.get(path, headers=headers)
    raw = b"".join(answer.streaming_content) if hasattr(answer, "streaming_content") else answer.content
    return answer.status_code, raw.decode(errors="replace")


def pages(county: County, row: FilingRow) -> Iterator[str]:
    for address in addresses():
        if address.name in POSTED or address.name == "signout":
            continue
        yield address.path(row.pk, county.people["clerk"].pk)
        if "form" in address.arguments:
            yield from (address.path(row.pk, 1).replace("xlsx", form) for form in ("docx", "pdf", "csv"))


@pytest.mark.parametrize(("who", "headers"), [("clerk", {}), ("clerk", {"HX-Request": "true"}), ("head", {})])
def test_nothing_that_is_not_sent_is_on_any_page(
    county: County, row: FilingRow, who: str, headers: dict[str, str]
) -> None:
    client = county.client(who)
    for path in pages(county, row):
        _, text = body(client, path, headers)
        assert not [secret for secret in SECRETS if secret in text], path


@pytest.mark.parametrize("who", ["reviewer", "admin", "auditor"])
def test_the_bureau_reads_the_whole_trail(county: County, row: FilingRow, who: str) -> None:
    _, text = body(county.client(who), f"/filings/{row.pk}/history/", {})
    assert [secret for secret in SECRETS if secret in text] == list(SECRETS)


def test_a_third_party_reads_the_review_and_nothing_of_opinions(county: County, row: FilingRow) -> None:
    _, text = body(county.client("firm"), f"/filings/{row.pk}/history/", {})
    assert [secret for secret in SECRETS if secret in text] == [NOTE, REASON, DOWN]


@pytest.mark.parametrize("who", ["clerk", "head"])
def test_once_the_opinion_is_sent_the_department_reads_it(county: County, row: FilingRow, who: str) -> None:
    client = county.client(who)
    _, before = body(client, f"/filings/{row.pk}/history/", {})
    assert "意见送出以后显示" in before
    go(county, Act.HAND_UP, Act.APPROVE, Act.OPINE)
    _, after = body(client, f"/filings/{row.pk}/history/", {})
    assert [secret for secret in SECRETS if secret in after] == list(SECRETS)


DECIDED = "决定暗记己"


def test_a_decision_is_told_once_the_filing_is_settled(county: County, row: FilingRow) -> None:
    go(county, Act.HAND_UP, Act.APPROVE, Act.OPINE)
    said = OpinionRow.objects.get(filing=row)
    bridge.save(row.pk, county.people["clerk"], [Change(OPINION, ("1.1.1",), {**said.says, "answer": "object"})])
    go(county, Act.REPLY)
    said.refresh_from_db()
    decided = {**said.says, "decision": "change", "why": DECIDED, "final": "4"}
    bridge.save(row.pk, county.people["reviewer"], [Change(OPINION, ("1.1.1",), decided)], act=Act.DECIDE.value)
    client = county.client("clerk")
    secret = tokens.issue(county.people["clerk"], "试", list(tokens.SCOPES), 30)[1]

    def told() -> list[bool]:
        rows = Client().get(f"/api/v1/filings/{row.pk}/opinions", headers={"Authorization": f"Bearer {secret}"})
        texts = [body(client, path, {})[1] for path in (f"/opinions/{row.pk}/", f"/filings/{row.pk}/history/")]
        return [DECIDED in text for text in (*texts, rows.content.decode())]

    assert not any(DECIDED in body(client, path, {})[1] for path in pages(county, row))
    assert told() == [False, False, False]
    go(county, Act.SETTLE)
    assert told() == [True, True, True]


def test_sent_back_while_under_review_it_is_closed_again(county: County, row: FilingRow) -> None:
    go(county, Act.REOPEN)
    _, text = body(county.client("clerk"), f"/filings/{row.pk}/history/", {})
    assert not [secret for secret in SECRETS if secret in text]
    assert "原因写在这里" in text  # why it came back is told


@pytest.mark.parametrize("who", ["clerk", "head"])
def test_a_departments_dossier_is_silent_until_the_opinion_is_sent(
    county: County, row: FilingRow, who: str, tmp_path: Path
) -> None:
    path = tmp_path / "档案.zip"
    assert write(row.pk, path, county.people[who]).faults == ()
    assert not [secret for secret in SECRETS if secret.encode() in path.read_bytes()]  # nothing in it is compressed
    go(county, Act.HAND_UP, Act.APPROVE, Act.OPINE)
    assert write(row.pk, path, county.people[who]).withheld == 0
    assert not [secret for secret in SECRETS if secret.encode() not in path.read_bytes()]


def test_a_third_party_takes_no_dossier(county: County, row: FilingRow) -> None:
    assert county.client("firm").get(f"/filings/{row.pk}/dossier/").status_code == 403
    assert county.client("firm").post(f"/filings/{row.pk}/dossier/export/").status_code == 403


@pytest.mark.parametrize("who", ["clerk", "head", "firm"])
def test_the_interface_follows_the_same_rule(county: County, row: FilingRow, who: str) -> None:
    user = county.people[who]
    secret = tokens.issue(user, "试", list(tokens.SCOPES), 30)[1]
    for part, table in (("reviews", REVIEW), ("opinions", OPINION), ("problems", PROBLEM)):
        answer = Client().get(f"/api/v1/filings/{row.pk}/{part}", headers={"Authorization": f"Bearer {secret}"})
        assert (answer.status_code == 200) == sees(user, row, table), part
    assert not sees(user, row, USE)
    assert sees(user, row, LETTER) == (who != "firm")
