"""Every number of the bureau's addresses, tried by people of another county and by those to whom nothing is assigned."""

from collections.abc import Iterator

import pytest
from django.db import models
from django.urls import reverse

from hengji.web.authoring.models import Draft, Publication
from hengji.web.filings.models import PinnedSystem
from hengji.web.intake.models import Batch, Part, Received, State
from hengji.web.jobs.models import Job
from hengji.web.notices.models import Attachment, Notice
from hengji.web.people.models import User
from hengji.web.reviews.models import Sample
from tests.web.addresses import _ARGUMENTS, POSTED, Address, addresses
from tests.web.conftest import County

STRANGERS = ("far_admin", "far_auditor", "firm2", "neighbour", "neighbour_head")
SECRET, PUBLISHED = "甲县内部的名称", "甲县发布的体系"
FAR = ("far_admin", "far_auditor")


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
