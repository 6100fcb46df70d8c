"""The way of a filing: every move by its role, with returns and the parallel end; signing applies to a hash."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from hengji.model.filing import Value
from hengji.web.filings import bridge, files
from hengji.web.filings.bridge import Change
from hengji.web.filings.models import FilingRow
from hengji.web.filings.slugs import slug
from hengji.web.filings.tables import CLAIM, VALUE
from hengji.web.people.acts import Act
from hengji.web.refusals import Refused
from hengji.web.states.machine import LINE, MOVES, Step, hindrance, line, moves_from
from hengji.web.states.models import Snapshot
from hengji.web.states.moves import Blocked, Moved, digest_of, take
from hengji.web.trail.models import Entry
from hengji.web.trail.verify import verify
from tests.web.conftest import PASSWORD, County
from tests.web.reviewing import accept_all, judge_all

WHO = {
    Act.SEND: "clerk", Act.RECALL: "clerk", Act.SIGN: "head", Act.RETURN: "head", Act.WITHDRAW: "head",
    Act.RECEIVE: "reviewer", Act.TAKE_IN: "reviewer", Act.REJECT: "reviewer", Act.PASS: "reviewer", Act.REOPEN: "reviewer",
    Act.HAND_UP: "reviewer", Act.APPROVE: "admin", Act.SEND_DOWN: "admin", Act.REPLY: "head",
    Act.OPINE: "reviewer", Act.SETTLE: "admin", Act.DEMAND: "admin", Act.RECTIFY: "reviewer", Act.PUBLISH: "admin",
    Act.ARCHIVE: "admin",
}  # fmt: skip


def go(county: County, *acts: Act) -> FilingRow:
    row = county.filing
    for act in acts:
        if act is Act.HAND_UP:
            judge_all(FilingRow.objects.get(pk=county.filing.pk), county.people[WHO[act]])
        if act is Act.RECTIFY:
            accept_all(county.filing.pk, county.people[WHO[act]])
        row = take(county.filing.pk, county.people[WHO[act]], act, "原因写在这里")
    return row


@pytest.mark.parametrize(
    ("acts", "step"),
    [
        ([Act.SEND], Step.SIGNING),
        ([Act.SEND, Act.RECALL], Step.FILLING),
        ([Act.SEND, Act.RETURN], Step.FILLING),
        ([Act.SEND, Act.SIGN], Step.FORMAL),
        ([Act.SEND, Act.SIGN, Act.WITHDRAW], Step.FILLING),
        ([Act.SEND, Act.SIGN, Act.RECEIVE, Act.REJECT], Step.FILLING),
        ([Act.SEND, Act.SIGN, Act.RECEIVE, Act.PASS, Act.REOPEN], Step.FILLING),
        ([Act.SEND, Act.SIGN, Act.RECEIVE, Act.PASS, Act.HAND_UP, Act.APPROVE, Act.OPINE, Act.SETTLE], Step.FINAL),
    ],
)
def test_the_ways_of_a_filing(county: County, acts: list[Act], step: Step) -> None:
    row = go(county, *acts)
    assert row.step == step
    assert verify(FilingRow.objects.get(pk=row.pk)).faults == ()


@pytest.mark.parametrize("acts", [[Act.DEMAND, Act.RECTIFY, Act.PUBLISH], [Act.DEMAND, Act.PUBLISH, Act.RECTIFY]])
def test_rectification_and_publication_run_side_by_side(county: County, acts: list[Act]) -> None:
    go(county, Act.SEND, Act.SIGN, Act.RECEIVE, Act.PASS, Act.HAND_UP, Act.APPROVE, Act.OPINE, Act.SETTLE)
    for act in acts:
        with pytest.raises(Refused):
            go(county, Act.ARCHIVE)
        go(county, act)
    assert go(county, Act.ARCHIVE).step == Step.ARCHIVED


@pytest.mark.parametrize("move", MOVES, ids=lambda move: move.act.value)
def test_no_move_from_a_wrong_step_or_by_a_wrong_role(county: County, move: object) -> None:
    act, source = move.act, move.source  # type: ignore[attr-defined]
    for step in Step:
        county.filing.step = step.value
        county.filing.received = county.filing.returned = False
        county.filing.save()
        if step is not source:
            assert hindrance(move, county.filing)  # type: ignore[arg-type]
            with pytest.raises(Refused):
                take(county.filing.pk, county.people[WHO[act]], act, "原因")
    wrong = "auditor"
    with pytest.raises(Refused):
        take(county.filing.pk, county.people[wrong], act, "原因")


def test_a_return_needs_its_reason(county: County) -> None:
    go(county, Act.SEND)
    with pytest.raises(Blocked, match="原因"):
        take(county.filing.pk, county.people["head"], Act.RETURN, "  ")


def test_an_error_keeps_the_filing_from_being_sent(county: County) -> None:
    claim = {"score": "1.00", "reason": "", "locator": "", "quote": ""}
    bridge.save(county.filing.pk, None, [Change(CLAIM, ("2.1.4",), claim)])
    with pytest.raises(Blocked, match="1条错误"):
        go(county, Act.SEND)
    page = county.client("clerk").get(f"/filings/{county.filing.pk}/moves/send/").content.decode()
    assert "R06" in page
    bridge.save(county.filing.pk, None, [Change(CLAIM, ("2.1.4",), {**claim, "reason": "有追加批复"})])
    assert go(county, Act.SEND).step == Step.SIGNING


def test_what_changed_after_reading_is_not_signed(county: County) -> None:
    digest = digest_of(bridge.load(county.filing.pk))
    value = bridge.value_data(Value("6", "万元"))
    bridge.save(county.filing.pk, None, [Change(VALUE, ("采购预算金额", 2023, ""), value)])
    go(county, Act.SEND)
    with pytest.raises(Moved):
        take(county.filing.pk, county.people["head"], Act.SIGN, "", digest)


def test_the_head_signs_with_the_password_and_unticked_boxes(county: County) -> None:
    go(county, Act.SEND)
    client = county.client("head")
    path = f"/filings/{county.filing.pk}/sign/"
    page = client.get(path).content.decode()
    assert "checked" not in page.split('id="signing"')[1]
    digest = digest_of(bridge.load(county.filing.pk))
    whole = {"act": "sign", "digest": digest, "declared": "1", "acknowledged": "1", "password": PASSWORD}
    for missing in ("declared", "acknowledged", "password", "digest"):
        answer = client.post(path, {key: text for key, text in whole.items() if key != missing})
        assert answer.status_code == 422, missing
    assert FilingRow.objects.get(pk=county.filing.pk).step == Step.SIGNING
    assert client.post(path, whole).status_code == 302
    snapshot = Snapshot.objects.get(filing=county.filing, act="sign")
    assert snapshot.digest == digest
    signed = client.get(f"/filings/{county.filing.pk}/signed/").content.decode()
    assert digest in signed
    history = client.get(f"/filings/{county.filing.pk}/history/").content.decode()
    assert "签批，报送财政局" in history


def test_an_altered_snapshot_is_found(county: County) -> None:
    go(county, Act.SEND, Act.SIGN)
    assert verify(FilingRow.objects.get(pk=county.filing.pk)).faults == ()
    for column, text in (("stated", "{}"), ("digest", "0" * 64)):
        kept = Snapshot.objects.get(act="sign")
        before = getattr(kept, column)
        Snapshot.objects.filter(pk=kept.pk).update(**{column: text})
        assert verify(FilingRow.objects.get(pk=county.filing.pk)).faults
        Snapshot.objects.filter(pk=kept.pk).update(**{column: before})


def test_the_head_returns_with_a_reason_and_the_clerk_sees_it(county: County) -> None:
    go(county, Act.SEND)
    path = f"/filings/{county.filing.pk}/sign/"
    assert county.client("head").post(path, {"act": "return"}).status_code == 422
    assert county.client("head").post(path, {"act": "return", "opinion": "请补附件"}).status_code == 302
    desk = county.client("clerk").get("/").content.decode()
    assert "退回：请补附件" in desk
    assert "等单位修改" in desk
    assert (
        "请补附件"
        in county.client("clerk").get(f"/filings/{county.filing.pk}/data/{slug('收支总体')}/").content.decode()
    )


def test_the_line_of_eight_steps(county: County) -> None:
    assert [stage.name for stage in line(county.filing)] == list(LINE)
    for step in Step:
        county.filing.step = step.value
        assert sum(stage.current for stage in line(county.filing)) <= 1
    county.filing.step = Step.FINAL.value
    assert {move.act for move in moves_from(county.filing)} == {Act.DEMAND, Act.PUBLISH}


def test_a_sealed_page_goes_with_the_signature_and_is_verified(county: County) -> None:
    go(county, Act.SEND)
    client, path = county.client("head"), f"/filings/{county.filing.pk}/sign/"
    digest = digest_of(bridge.load(county.filing.pk))
    whole = {"act": "sign", "digest": digest, "declared": "1", "acknowledged": "1", "password": PASSWORD}
    for name, data in (("章.exe", b"MZ"), ("章.docx", b"PK\x03\x04"), ("章.pdf", b"no pdf"), ("章.pdf", b"")):
        answer = client.post(path, {**whole, "scan": SimpleUploadedFile(name, data)})
        assert answer.status_code == 422, name
    assert FilingRow.objects.get(pk=county.filing.pk).step == Step.SIGNING
    pdf = b"%PDF-1.7 sealed"
    assert client.post(path, {**whole, "scan": SimpleUploadedFile("章.pdf", pdf)}).status_code == 302
    assert "章.pdf" in client.get(f"/filings/{county.filing.pk}/signed/").content.decode()
    answer = client.get(f"/filings/{county.filing.pk}/signed/scan/")
    assert b"".join(answer.streaming_content) == pdf  # type: ignore[attr-defined]
    row = FilingRow.objects.get(pk=county.filing.pk)
    assert verify(row).faults == ()
    scan = Snapshot.objects.get(act="sign").scan
    assert scan in Entry.objects.get(filing=row, act="sign").why
    files.path_of(scan).write_bytes(b"%PDF-1.7 another")
    assert verify(row).faults


def test_a_page_of_a_move_says_what_follows_and_what_is_wanting(county: County) -> None:
    assert all(move.follows.endswith("。") for move in MOVES)
    go(county, Act.SEND, Act.SIGN, Act.RECEIVE, Act.PASS)
    page = county.client("reviewer").get(f"/filings/{county.filing.pk}/moves/handup/").content.decode()
    assert "交另一位审核员复审" in page
    assert "现在还不能办：还有" in page
    go(county, Act.HAND_UP, Act.APPROVE, Act.OPINE)
    admin = county.client("admin")
    FilingRow.objects.filter(pk=county.filing.pk).update(answered=True)
    page = admin.get(f"/filings/{county.filing.pk}/moves/settle/").content.decode()
    assert "不能办" not in page
    go(county, Act.SETTLE)
    page = admin.get(f"/filings/{county.filing.pk}/moves/publish/").content.decode()
    assert "任何人不用登录就能看到" in page
