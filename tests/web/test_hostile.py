"""Every number of the bureau's addresses, tried by people of another county and by those to whom nothing is assigned."""

from collections.abc import Iterator

import pytest
from django.db import models
from django.test import Client
from django.urls import resolve, reverse
from django.utils import timezone

from hengji.web.api import tokens
from hengji.web.authoring.models import Draft, Publication
from hengji.web.filings import bridge, files
from hengji.web.filings.bridge import Change
from hengji.web.filings.models import Assignment, FilingRow, PinnedSystem
from hengji.web.filings.tables import LETTER, MESSAGE, PROBLEM, REVIEW
from hengji.web.intake.models import Batch, Part, Received, State
from hengji.web.jobs.models import Job
from hengji.web.notices.models import Attachment, Notice, Reminder
from hengji.web.people.models import User
from hengji.web.reviews.models import ReviewRow, Sample
from tests.web.addresses import _ARGUMENTS, POSTED, Address, addresses
from tests.web.conftest import County
from tests.web.reviewing import judgement, under_review

STRANGERS = ("far_admin", "far_auditor", "far_reviewer", "firm2", "neighbour", "neighbour_head")
SECRET, PUBLISHED = "甲县内部的名称", "甲县发布的体系"
FAR = ("far_admin", "far_auditor", "far_reviewer")


@pytest.fixture
def numbers(county: County) -> dict[str, int]:
    """One of everything that belongs to the county, by the name of its number in addresses."""
    here, by = county.filing.department.region, county.people["reviewer"]
    text = "name: x"
    pinned = PinnedSystem.objects.create(system="a/b", version="9", name=PUBLISHED, text=text, sha256="cd" * 32)
    Publication.objects.create(region=here, pinned=pinned, by=by)
    batch = Batch.objects.create(region=here, year=2023, name=SECRET, by=by)
    file = Received.objects.create(
        region=here, batch=batch, name=f"{SECRET}.docx", state=State.DOUBTFUL, part=Part.REPORT, by=by, kind="x"
    )
    notice = Notice.objects.get()
    Notice.objects.filter(pk=notice.pk).update(name=SECRET)
    made: dict[str, models.Model] = {
        "pinned_id": pinned,
        "batch_id": batch,
        "received_id": file,
        "draft_id": Draft.objects.create(region=here, name=SECRET, source="x", text=text, by=by, changed_by=by),
        "sample_id": Sample.objects.create(region=here, year=2023, name=SECRET, seed="1"),
        "job_id": Job.objects.create(kind="summary", by=by, state="done", sentence=SECRET),
        "notice_id": notice,
        "attachment_id": Attachment.objects.get(),
        "user_id": county.people["clerk"],
    }
    return {name: int(each.pk) for name, each in made.items()}


def of_county(numbers: dict[str, int], who: str) -> Iterator[Address]:
    """Addresses about one thing of the county; what it published everybody within may read."""
    wanted = numbers.keys() if who in FAR else numbers.keys() - {"pinned_id"}
    yield from (each for each in addresses() if not each.of_filing and set(each.arguments) & wanted)


@pytest.mark.parametrize("who", STRANGERS)
def test_a_stranger_finds_nothing_behind_any_number(county: County, numbers: dict[str, int], who: str) -> None:
    client = county.client(who)
    tried = 0
    for address in of_county(numbers, who):
        given = {**_ARGUMENTS, **numbers}
        path = reverse(address.name, kwargs={name: given[name] for name in address.arguments})
        form = {"reason": "x", "choice": "0", "password": "ein-neues-wort-27", "text": "x", "revision": "1"}
        tries = [client.post(path, form)] if address.name in POSTED else [client.get(path), client.post(path, form)]
        for answer in tries:
            assert answer.status_code in (403, 404, 405), f"{who} {path} {answer.status_code}"
            assert SECRET not in answer.content.decode(), path
            tried += 1
    assert tried > 30
    assert User.objects.get(pk=numbers["user_id"]).is_active
    assert Received.objects.get(pk=numbers["received_id"]).state == State.DOUBTFUL
    assert Draft.objects.filter(pk=numbers["draft_id"], text="name: x").exists()
    assert Sample.objects.filter(pk=numbers["sample_id"], drawn_at=None).exists()


@pytest.mark.parametrize("who", STRANGERS)
def test_no_list_names_another_countys_things(county: County, numbers: dict[str, int], who: str) -> None:
    client = county.client(who)
    assert numbers
    for address in addresses():
        if set(address.arguments) - {"year"} or address.name in POSTED or address.name == "signout":
            continue
        for year in (2022, 2023):
            path = reverse(address.name, kwargs=dict.fromkeys(address.arguments, year))
            text = client.get(path).content.decode(errors="replace")
            assert SECRET not in text, f"{who} {path}"
            if who in FAR:
                assert PUBLISHED not in text, f"{who} {path}"
                assert county.filing.department.name not in text, f"{who} {path}"


def test_numbers_in_forms_reach_nothing_of_another_county(county: County, numbers: dict[str, int]) -> None:
    """The far county's own pages, with the numbers of ours put into their forms."""
    people, region = county.people, county.people["far_admin"].region
    assert region is not None
    own, firm = county.filing.department, people["firm2"]
    row = under_review(county)
    bridge.save(row.pk, people["reviewer"], [Change(REVIEW, ("3.4",), judgement("4", "1", reason="我县的理由"), 0)])
    before = FilingRow.objects.get(pk=row.pk).revision
    admin, reviewer = county.client("far_admin"), county.client("far_reviewer")
    batch = Batch.objects.create(region=region, year=2023, name="乙县的一批", by=people["far_admin"])
    file = Received.objects.create(
        region=region, batch=batch, name="乙县.docx", state=State.DOUBTFUL, part=Part.REPORT, by=people["far_admin"], kind="x"
    )  # fmt: skip
    sample = Sample.objects.create(region=region, year=2023, name="乙县抽评", seed="1", drawn_at=timezone.now())
    secret = ReviewRow.objects.get(filing=row, leaf="3.4").pk
    pinned, draft = f"pinned:{numbers['pinned_id']}", f"draft:{numbers['draft_id']}"
    notice = {"year": "2024", "name": "乙县的通知", "objection_days": "10", "rectify_days": "60", "publish_days": "20"}
    tries = [
        (admin, "/assignments/", {"user": firm.pk, "filing": [row.pk]}),
        (admin, "/assignments/", {"user": firm.pk, "filing": [county.far.pk]}),
        (admin, f"/samples/{sample.pk}/assign/", {"user": firm.pk}),
        (reviewer, f"/intake/{batch.pk}/{file.number}/decide/", {"choice": "other", "department": own.pk}),
        (reviewer, f"/intake/{numbers['batch_id']}/{file.number}/decide/", {"choice": "0"}),
        (reviewer, "/board/2023/remind/", {"filing": [row.pk]}),
        (reviewer, "/alike/2023/3.4/unify/", {"row": [secret], "choice": "0", "reason": "统一"}),
        (admin, "/notices/new/", {**notice, "departments": [own.pk], "fill_by": "2099-01-01"}),
        (admin, "/notices/new/", {**notice, "system_": pinned, "fill_by": "2099-01-01"}),
        (admin, "/people/", {"form": "person", "username": "dieb", "role": "clerk", "department": own.pk}),
        (admin, "/systems/drafts/new/", {"source": pinned}),
        (admin, "/systems/drafts/new/", {"source": draft}),
    ]
    for client, path, form in tries:
        assert resolve(path)
        answer = client.post(path, form)
        assert answer.status_code in (302, 403, 404, 422), f"{path} {answer.status_code}"
        for hidden in (SECRET, PUBLISHED, "我县的理由"):
            assert hidden not in answer.content.decode(), path
    for old, new in ((pinned, pinned), (draft, draft)):
        assert admin.get("/systems/compare/", {"old": old, "new": new}).status_code == 404
    assert not Assignment.objects.filter(user=firm).exists()
    assert not Reminder.objects.filter(filing=row).exists()
    assert FilingRow.objects.get(pk=row.pk).revision == before
    assert not User.objects.filter(username="dieb").exists()
    assert not Notice.objects.filter(region=region).exists()
    assert not Draft.objects.filter(region=region).exists()
    assert not Received.objects.filter(department=own).exists()


def test_numbers_of_one_filing_open_nothing_through_another(county: County) -> None:
    """Question, letter, problem, proof, opinion and publication are known by number within their filing alone."""
    row = under_review(county)
    proof = files.keep("底稿.pdf", [b"%PDF-1.7 secret"])
    told = f"{proof.sha256} {proof.size} {proof.name}"
    blank = {table.name: dict.fromkeys(table.data, "") for table in (MESSAGE, LETTER, PROBLEM)}
    ours: list[Change] = [
        Change(MESSAGE, (1,), {**blank["message"], "thread": 1, "side": "bureau", "text": SECRET, "evidence": told, "closed": False}, 0),
        Change(LETTER, (1,), {**blank["letter"], "title": SECRET, "text": SECRET, "dated": "2024-01-01", "evidence": told, "closed": False}, 0),
        Change(PROBLEM, (1,), {**blank["problem"], "text": SECRET, "state": "open", "since": 2023, "evidence": told}, 0),
    ]  # fmt: skip
    bridge.save(row.pk, county.people["reviewer"], ours)
    FilingRow.objects.filter(pk=county.other.pk).update(step="opinion", received=True)
    before = FilingRow.objects.get(pk=row.pk).revision
    other = county.other.pk
    posts = (
        f"/reviews/{other}/questions/1/follow/", f"/reviews/{other}/questions/1/answer/", f"/rectify/{other}/problems/1/remove/",
        f"/rectify/{other}/problems/1/mend/", f"/rectify/{other}/problems/1/accept/", f"/rectify/{other}/letters/1/answer/",
        f"/rectify/{other}/letters/1/close/", f"/opinions/{other}/3.4/answer/", f"/opinions/{other}/3.4/decision/",
    )  # fmt: skip
    gets = (
        f"/reviews/{other}/proofs/{proof.sha256}/", f"/rectify/{other}/letters/1/docx/", f"/rectify/{other}/file/docx/",
    )  # fmt: skip
    form = {
        "text": "x",
        "act": "close",
        "answer": "accept",
        "decision": "keep",
        "why": "x",
        "reason": "x",
        "version": "0",
    }
    assert all(resolve(path) for path in (*posts, *gets))
    for who in ("neighbour", "neighbour_head", "reviewer", "admin", "auditor", "firm"):
        client = county.client(who)
        for path in posts:
            answer = client.post(path, form)
            assert answer.status_code in (302, 403, 404, 405, 422), f"{who} {path} {answer.status_code}"
            assert SECRET not in answer.content.decode(), f"{who} {path}"
        for path in gets:
            assert client.get(path).status_code in (403, 404), f"{who} {path}"
    assert FilingRow.objects.get(pk=row.pk).revision == before
    for path in (f"/public/2023/{row.department_id}/", f"/public/2023/{row.department_id}/report.pdf"):
        assert Client().get(path).status_code in (404, 410), path


@pytest.mark.parametrize("who", ["clerk", "admin", "far_admin"])
def test_nobody_ends_the_token_of_another(county: County, who: str) -> None:
    token, secret = tokens.issue(county.people["auditor"], SECRET, ["read"], 30)
    county.client(who).post(f"/account/tokens/{token.pk}/revoke/")
    assert tokens.find(secret) is not None
    page = county.client(who).get("/account/tokens/").content.decode()
    assert SECRET not in page
    county.client("auditor").post(f"/account/tokens/{token.pk}/revoke/")
    assert tokens.find(secret) is None
