"""Every address with every role and a foreign department; the table itself; and the page that says why not."""

import pytest
from django.test import Client

from hengji.web.filings.folder import Folder
from hengji.web.filings.models import FilingRow
from hengji.web.filings.rail import rail
from hengji.web.people.acts import Act
from hengji.web.people.models import Role, User
from hengji.web.people.permissions import ROLES, may
from hengji.web.states.machine import MOVES, Step
from tests.web.addresses import ACTS, OF_FORM, POSTED, Address, addresses
from tests.web.conftest import County

ALL = tuple(addresses())
OF_FILING = tuple(each for each in ALL if each.of_filing)
IN_REACH = ("clerk", "clerk2", "head", "reviewer", "admin", "firm", "auditor")
OUT_OF_REACH = ("firm2", "neighbour", "neighbour_head", "far_admin", "far_auditor", "far_reviewer")


def ask(client: Client, address: Address, filing: int, user: int, **headers: str) -> int:
    path = address.path(filing, user)
    post = address.name in POSTED
    answer = (
        client.post(path, OF_FORM.get(address.name, {}), headers=headers) if post else client.get(path, headers=headers)
    )
    if hasattr(answer, "streaming_content"):
        b"".join(answer.streaming_content)
    return answer.status_code


def act_of(address: Address) -> Act:
    return Act.SEND if address.name == "move" else Act(address.act)


@pytest.mark.parametrize("address", OF_FILING, ids=lambda address: address.name)
def test_nobody_reaches_a_filing_that_is_not_theirs(county: County, address: Address) -> None:
    before = FilingRow.objects.get(pk=county.filing.pk).revision
    for who in OUT_OF_REACH:
        status = ask(county.client(who), address, county.filing.pk, county.people["clerk"].pk)
        assert status == 403, f"{who} {address.name}"
    assert FilingRow.objects.get(pk=county.filing.pk).revision == before


@pytest.mark.parametrize("address", OF_FILING, ids=lambda address: address.name)
def test_within_reach_the_table_of_roles_decides(county: County, address: Address) -> None:
    act = act_of(address)
    for who in IN_REACH:
        user = county.people[who]
        row = FilingRow.objects.get(pk=county.filing.pk)
        status = ask(county.client(who), address, row.pk, user.pk)
        assert (status != 403) == bool(may(user, act, row)), f"{who} {address.name} {status}"
        assert status < 500, f"{who} {address.name} {status}"


@pytest.mark.parametrize("address", ALL, ids=lambda address: address.name)
def test_who_is_not_signed_in_sees_nothing(county: County, address: Address) -> None:
    if address.act == "everybody":
        return
    client = Client()
    assert ask(client, address, county.filing.pk, county.people["clerk"].pk) == 302
    assert ask(client, address, county.filing.pk, county.people["clerk"].pk, **{"HX-Request": "true"}) == 204


@pytest.mark.parametrize("address", [each for each in ALL if each.act in ("people", "notice")], ids=lambda a: a.name)
def test_people_are_managed_by_administrators_of_their_own_region(county: County, address: Address) -> None:
    clerk = county.people["clerk"]
    for who, user in county.people.items():
        status = ask(county.client(who), address, county.filing.pk, clerk.pk)
        if user.role != Role.ADMIN:
            assert status == 403, who
        elif who == "far_admin" and set(address.arguments) & {"user_id", "notice_id", "attachment_id"}:
            assert status == 404
        elif address.name in ("notice_discard", "detach"):
            assert status in (302, 404)  # one administrator of the region was first, then it is gone
        else:
            assert status in (200, 302, 422)


def test_an_inactive_account_may_nothing(county: County) -> None:
    clerk = county.people["clerk"]
    clerk.is_active = False
    assert not may(clerk, Act.READ, county.filing)


@pytest.mark.parametrize("act", Act, ids=lambda act: act.value)
def test_every_act_has_roles_and_a_move_at_most(act: Act) -> None:
    assert ROLES[act]
    assert sum(move.act is act for move in MOVES) <= 1
    assert act.value in ACTS


@pytest.mark.parametrize("step", [step for step in Step if step is not Step.FILLING])
def test_nothing_can_be_filled_after_it_was_sent(county: County, step: Step) -> None:
    county.filing.step = step.value
    county.filing.save()
    client = county.client("clerk")
    for address in OF_FILING:
        if address.act in ("fill", "waive"):
            assert ask(client, address, county.filing.pk, 0) == 403, address.name


@pytest.mark.parametrize("who", IN_REACH)
def test_every_page_shows_to_every_role_that_may_see_it(county: County, who: str) -> None:
    client = county.client(who)
    folder = Folder.open(county.filing.pk)
    for _, stops in rail(folder):
        for stop in stops:
            answer = client.get(stop.address)
            assert answer.status_code == 200
            writable = b"hx-post" in answer.content
            assert writable == (county.people[who].role == Role.CLERK), stop.name


def test_a_refusal_leads_to_its_reason(county: County) -> None:
    client = county.client("head")
    refused = client.get(f"/filings/{county.filing.pk}/moves/send/")
    assert refused.status_code == 403
    assert "由填报人来做" in refused.content.decode()
    why = client.get("/why/", {"act": "send", "filing": str(county.filing.pk)}).content.decode()
    assert "角色：填报人" in why
    assert county.filing.department.name in why
    hidden = county.client("neighbour").get("/why/", {"act": "read", "filing": str(county.filing.pk)}).content.decode()
    assert county.filing.department.name not in hidden
    assert client.get("/why/", {"act": "无此事"}).status_code == 200


def test_a_third_party_sees_only_what_is_assigned(county: County) -> None:
    page = county.client("firm").get("/").content.decode()
    assert county.filing.department.name in page
    assert county.other.department.name not in page
    assert county.filing.department.name not in county.client("firm2").get("/").content.decode()


def test_the_last_administrator_cannot_suspend_themselves(county: County) -> None:
    admin = county.people["admin"]
    county.client("admin").post(f"/people/{admin.pk}/suspend/")
    assert User.objects.get(pk=admin.pk).is_active


def test_a_forgotten_password_is_reset_by_the_bureau(county: County) -> None:
    clerk, admin = county.people["clerk"], county.client("admin")
    signed_in = county.client("clerk")
    assert admin.post(f"/people/{clerk.pk}/reset/", {"password": "kurz"}).status_code == 422
    assert admin.post(f"/people/{clerk.pk}/reset/", {"password": "ein-neues-wort-27"}).status_code == 302
    assert User.objects.get(pk=clerk.pk).check_password("ein-neues-wort-27")
    assert signed_in.get("/").status_code == 302
    assert county.client("far_admin").post(f"/people/{clerk.pk}/reset/", {"password": "x"}).status_code == 404
