"""The interface: the same permissions as the pages, tokens with scope and end, versions, and a document that holds."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import schemathesis
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from pytest_django import DjangoAssertNumQueries
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

from hengji.web.api import tokens
from hengji.web.api.models import Token
from hengji.web.api.service import LIMIT
from hengji.web.filings import files
from hengji.web.filings.models import FilingRow
from hengji.web.people.acts import Act
from hengji.web.people.models import Department
from hengji.web.people.permissions import may
from hengji.web.reviews.models import OpinionRow
from hengji.web.states.moves import take
from hengji.web.trail.verify import verify
from tests.web.conftest import PASSWORD, County
from tests.web.reviewing import go, judge_all, judgement, under_review
from tests.web.test_publication import settle

Ask = Callable[..., HttpResponse]
ALL = list(tokens.SCOPES)


def asking(county: County, who: str, scopes: list[str] | None = None) -> Ask:
    """A client of one person with a token of its own."""
    cache.clear()
    _, secret = tokens.issue(county.people[who], "测试", ALL if scopes is None else scopes, 30)
    client = Client()

    def ask(method: str, path: str, body: object = None, **more: Any) -> HttpResponse:
        given: dict[str, Any] = {"headers": {"Authorization": f"Bearer {secret}"}, **more}
        if body is not None:
            given |= {"data": json.dumps(body), "content_type": "application/json"}
        answer: HttpResponse = getattr(client, method)(f"/api/v1{path}", **given)
        return answer

    return ask


def value(version: int = 0, text: str = "6", item: str = "采购预算金额") -> dict[str, object]:
    return {"values": [{"item": item, "year": 2023, "value": text, "version": version}]}


READS = (
    "", "/data", "/rows", "/rows?table=claim", "/score", "/leaves/2.1.4", "/findings", "/moves", "/reviews", "/opinions", "/problems",
)  # fmt: skip
OUT_OF_REACH = ("firm2", "neighbour", "neighbour_head", "far_admin", "far_auditor", "far_reviewer")


@pytest.mark.parametrize("who", ["clerk", "head", "reviewer", "admin", "firm", "auditor"])
def test_who_may_read_a_page_may_read_it_here(county: County, who: str) -> None:
    ask = asking(county, who)
    hidden = {"clerk": {"/reviews", "/opinions", "/problems"}, "firm": {"/opinions", "/problems"}}
    hidden["head"] = hidden["clerk"]
    for path in READS:
        status = ask("get", f"/filings/{county.filing.pk}{path}").status_code
        assert status == (403 if path in hidden.get(who, ()) else 200), path


@pytest.mark.parametrize("who", OUT_OF_REACH)
def test_nobody_reaches_a_filing_that_is_not_theirs(county: County, who: str) -> None:
    ask, number = asking(county, who), county.filing.pk
    before = FilingRow.objects.get(pk=number).revision
    for path in READS:
        assert ask("get", f"/filings/{number}{path}").status_code == 403, path
    for method, path, body in (*writes(number), *later(number)):
        assert ask(method, path, body).status_code == 403, path
    assert ask("get", f"/filings/{number}/evidence/1/file").status_code == 403
    assert number not in [each["id"] for each in ask("get", "/filings").json()["items"]]  # type: ignore[attr-defined]
    assert FilingRow.objects.get(pk=number).revision == before


def writes(number: int) -> list[tuple[str, str, object]]:
    base = f"/filings/{number}"
    return [
        ("put", f"{base}/values", value()),
        ("put", f"{base}/claims/1.1.1", {"score": "1", "version": 0}),
        ("put", f"{base}/answers/1.1.1/1", {"holds": True, "version": 0}),
        ("put", f"{base}/judgements/3.3", {"reason": "一", "version": 0}),
        ("put", f"{base}/exemptions/1.1.1", {"reason": "一", "version": 0}),
        ("put", f"{base}/paragraphs/存在问题/1", {"text": "一", "version": 0}),
        ("put", f"{base}/registers/表彰奖励/rows/9", {"cells": {"荣誉名称": "甲"}, "version": 0}),
        ("put", f"{base}/registers/表彰奖励/mark", {"complete": True, "version": 0}),
        ("post", f"{base}/moves/send", {}),
    ]


def later(number: int) -> list[tuple[str, str, object]]:
    """What is written after the review: nobody may while the filing is being filled."""
    base = f"/filings/{number}"
    return [
        ("put", f"{base}/opinions/1.1.1", {"text": "一", "version": 0}),
        ("put", f"{base}/opinions/1.1.1/answer", {"answer": "accept", "version": 0}),
        ("put", f"{base}/opinions/1.1.1/decision", {"decision": "keep", "why": "一", "version": 0}),
        ("post", f"{base}/problems", {"text": "一"}),
        ("put", f"{base}/problems/1/answer", {"measure": "一", "owner": "一", "version": 0}),
        ("put", f"{base}/problems/1/acceptance", {"accepted": True, "version": 0}),
    ]


@pytest.mark.parametrize("who", ["head", "reviewer", "admin", "firm", "auditor"])
def test_only_who_may_fill_writes(county: County, who: str) -> None:
    ask = asking(county, who)
    before = FilingRow.objects.get(pk=county.filing.pk).revision
    for method, path, body in (*writes(county.filing.pk), *later(county.filing.pk)):
        assert ask(method, path, body).status_code == 403, path
    assert FilingRow.objects.get(pk=county.filing.pk).revision == before


def test_general_operations_follow_the_table_of_roles(county: County) -> None:
    for who, user in county.people.items():
        ask = asking(county, who)
        for path, act in (("/board/2023", Act.BOARD), ("/stats/2023", Act.STATISTICS), ("/systems", Act.SYSTEMS)):
            assert (ask("get", path).status_code == 200) == bool(may(user, act)), f"{who} {path}"
        assert ask("get", "/me").json()["role"] == user.role  # type: ignore[attr-defined]
        names = [each["name"] for each in ask("get", "/departments").json()]  # type: ignore[attr-defined]
        assert ("乙县某局" in names) == (who in ("far_admin", "far_auditor", "far_reviewer"))
        assert ask("get", "/notices").status_code == 200
    assert asking(county, "auditor")("get", "/notices").json() == []  # type: ignore[attr-defined] # a draft is the administrator's
    assert len(asking(county, "admin")("get", "/notices").json()) == 1  # type: ignore[attr-defined]


def test_nothing_opens_without_a_token_and_a_session_is_none(county: County) -> None:
    for client in (Client(), county.client("admin")):
        answer = client.get("/api/v1/me")
        assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, "Bearer")
        assert client.get("/api/v1/me", headers={"Authorization": "Bearer hengji_x"}).status_code == 401
        assert client.get("/api/v1/public/2023").status_code == 200
        assert client.get("/api/v1/openapi.json").status_code == 200


def test_a_token_ends_is_ended_and_goes_with_its_person(county: County) -> None:
    ask = asking(county, "clerk")
    assert ask("get", "/me").status_code == 200
    Token.objects.update(ends_at=timezone.now() - timedelta(seconds=1))
    assert ask("get", "/me").status_code == 401
    ask = asking(county, "clerk")
    county.people["clerk"].is_active = False
    county.people["clerk"].save()
    assert ask("get", "/me").status_code == 401
    county.people["clerk"].is_active = True
    county.people["clerk"].save()
    assert ask("get", "/me").status_code == 200
    tokens.revoke(county.people["clerk2"], Token.objects.order_by("-pk")[0].pk)
    assert ask("get", "/me").status_code == 200
    tokens.revoke(county.people["clerk"], Token.objects.order_by("-pk")[0].pk)
    assert ask("get", "/me").status_code == 401


def test_a_scope_is_a_limit(county: County) -> None:
    number = county.filing.pk
    reads = asking(county, "clerk", ["read"])
    assert "没有“填写、上传”的权限" in reads("put", f"/filings/{number}/values", value()).json()["detail"]  # type: ignore[attr-defined]
    assert reads("post", f"/filings/{number}/moves/send", {}).status_code == 403
    assert asking(county, "clerk", ["write"])("get", "/me").status_code == 200
    assert asking(county, "clerk", ["write"])("get", f"/filings/{number}").status_code == 403


def test_a_secret_is_shown_once_and_kept_as_a_hash(county: County) -> None:
    client = county.client("clerk")
    form = {"name": "取数", "scopes": ["read"], "days": "90", "password": PASSWORD}
    assert client.post("/account/tokens/", {**form, "password": "x"}).status_code == 422
    assert client.post("/account/tokens/", {**form, "days": "9999"}).status_code == 422
    assert client.post("/account/tokens/", {**form, "scopes": ["root"]}).status_code == 422
    assert not Token.objects.exists()
    page = client.post("/account/tokens/", form).content.decode()
    secret = page.split('id="secret">')[1].split("<")[0]
    assert secret.startswith("hengji_")
    assert secret not in client.get("/account/tokens/").content.decode()
    token = Token.objects.get()
    assert secret not in json.dumps([token.sha256, token.name])
    assert Client().get("/api/v1/me", headers={"Authorization": f"Bearer {secret}"}).status_code == 200
    county.client("clerk2").post(f"/account/tokens/{token.pk}/revoke/")
    assert Token.objects.get().live
    client.post(f"/account/tokens/{token.pk}/revoke/")
    assert not Token.objects.get().live


def test_what_is_written_is_in_the_trail_and_moves_the_score(county: County) -> None:
    ask, number = asking(county, "clerk"), county.filing.pk
    rows = ask("get", f"/filings/{number}/rows?table=value").json()  # type: ignore[attr-defined]
    version = next(each["version"] for each in rows if each["place"] == ["采购预算金额", 2023, ""])
    kept = ask("put", f"/filings/{number}/values", value(version, "26.12"))
    assert kept.status_code == 200, kept.content
    assert kept.json()["versions"] == [kept.json()["revision"]]  # type: ignore[attr-defined]
    totals = ask("get", f"/filings/{number}/score").json()["totals"]  # type: ignore[attr-defined]
    assert totals["base"] == "100"
    assert totals["final"] == "100"
    late = ask("put", f"/filings/{number}/values", value(version, "7"))
    assert late.status_code == 409
    (clash,) = late.json()["conflicts"]  # type: ignore[attr-defined]
    assert clash["theirs"]["stated"] == "26.12"
    assert clash["yours"]["stated"] == "7"
    assert clash["who"].endswith("（填报人）")
    assert verify(FilingRow.objects.get(pk=number)).faults == ()


def test_of_several_values_all_are_kept_or_none(county: County) -> None:
    ask, number = asking(county, "clerk"), county.filing.pk
    before = FilingRow.objects.get(pk=number).revision
    good, bad = value()["values"][0], value(0, "九")["values"][0]  # type: ignore[index]
    for wrong in (
        [good | {"version": 9999999}],
        [good, bad],
        [good | {"item": "没有这一项"}],
        [good | {"year": 1999}],
        [good | {"unit": "没有这个单位"}],
        [good, good],
    ):
        assert ask("put", f"/filings/{number}/values", {"values": wrong}).status_code in (409, 422)
    assert FilingRow.objects.get(pk=number).revision == before


def test_every_kind_of_row_is_written(county: County) -> None:
    ask, number = asking(county, "clerk"), county.filing.pk
    versions = {
        (each["table"], *each["place"]): each["version"]
        for each in ask("get", f"/filings/{number}/rows").json()  # type: ignore[attr-defined]
    }
    places = {
        "claims": ("claim", "1.1.1"), "paragraphs": ("paragraph", "存在问题", 1), "mark": ("mark", "表彰奖励"), "values": ("value", "采购预算金额", 2023, ""),
        "judgements": ("judgement", "3.3"), "answers": ("answer", "1.1.1", "1"), "exemptions": ("exemption", "1.1.1"),
    }  # fmt: skip
    for method, path, body in writes(number)[1:-1]:
        assert isinstance(body, dict)
        place = next((places[name] for name in places if name in path), None)
        answer = ask(method, path, body | {"version": versions.get(place, 0) if place else 0})
        assert answer.status_code == 200, (path, answer.content)
    for path, body in (
        ("/claims/1.1.1", {"score": "九", "version": 0}),
        ("/judgements/3.3", {"band": "没有", "version": 0}),
        ("/judgements/3.3", {"share": "900%", "version": 0}),
        ("/paragraphs/存在问题/1", {"text": "{没有这一项}", "version": 0}),
        ("/registers/表彰奖励/rows/9", {"cells": {"没有": "x"}, "version": 0}),
        ("/registers/表彰奖励/mark", {"complete": True, "none_this_year": True, "version": 0}),
    ):
        assert ask("put", f"/filings/{number}{path}", body).status_code == 422, path
    for path in ("/claims/9.9", "/paragraphs/没有/1", "/registers/没有/mark", "/exemptions/9"):
        body = {"score": "1", "text": "x", "complete": True, "reason": "x", "version": 0}
        assert ask("put", f"/filings/{number}{path}", body).status_code == 404, path
    assert verify(FilingRow.objects.get(pk=number)).faults == ()


def test_evidence_goes_up_and_comes_down(county: County) -> None:
    ask, number = asking(county, "clerk"), county.filing.pk

    def up(data: bytes, **more: str) -> HttpResponse:
        return ask("post", f"/filings/{number}/evidence", data={"file": SimpleUploadedFile("批复.pdf", data), **more})

    first = up(b"%PDF-1.7 one", proves="1.1.1 采购预算金额")
    assert first.status_code == 200, first.content.decode()
    assert up(b"%PDF-1.7 one").status_code == 422
    assert up(b"MZ").status_code == 422
    assert up(b"%PDF-1.7 two", proves="没有").status_code == 422
    row = ask("get", f"/filings/{number}/rows?table=evidence").json()[-1]  # type: ignore[attr-defined]
    assert row["says"]["proves"] == ["1.1.1", "采购预算金额"]
    place = row["place"][0]
    answer = asking(county, "auditor")("get", f"/filings/{number}/evidence/{place}/file")
    assert b"".join(answer.streaming_content) == b"%PDF-1.7 one"  # type: ignore[attr-defined]
    assert files.intact(row["says"]["sha256"])
    assert asking(county, "auditor")("get", f"/filings/{number}/evidence/999/file").status_code == 404


def test_a_filing_is_moved_but_never_signed_from_here(county: County) -> None:
    clerk, number = asking(county, "clerk"), county.filing.pk
    assert [each["act"] for each in clerk("get", f"/filings/{number}/moves").json()] == ["send"]  # type: ignore[attr-defined]
    assert clerk("post", f"/filings/{number}/moves/fly", {}).status_code == 404
    assert clerk("post", f"/filings/{number}/moves/fill", {}).status_code == 404
    sent = clerk("post", f"/filings/{number}/moves/send", {})
    assert sent.json()["word"] == "签批"  # type: ignore[attr-defined]
    assert clerk("put", f"/filings/{number}/values", value()).status_code == 403
    head = asking(county, "head")
    assert "再次输入口令" in head("post", f"/filings/{number}/moves/sign", {}).json()["detail"]  # type: ignore[attr-defined]
    assert head("post", f"/filings/{number}/moves/return", {}).status_code == 422
    assert head("post", f"/filings/{number}/moves/return", {"opinion": "请补充", "digest": "other"}).status_code == 409
    assert head("post", f"/filings/{number}/moves/return", {"opinion": "请补充"}).status_code == 200
    assert verify(FilingRow.objects.get(pk=number)).faults == ()


def test_a_department_sees_the_review_once_it_was_sent(county: County) -> None:
    number = county.filing.pk
    for who, act in (("clerk", Act.SEND), ("head", Act.SIGN), ("reviewer", Act.RECEIVE), ("reviewer", Act.PASS)):
        take(number, county.people[who], act)
    ask = asking(county, "reviewer")
    judgement = {"choice": "9", "amount": "1", "reason": "内部", "version": 0}
    assert ask("put", f"/filings/{number}/reviews/1.1.1", {**judgement, "reason": ""}).status_code == 422
    assert ask("put", f"/filings/{number}/reviews/1.1.1", {**judgement, "amount": "99"}).status_code == 422
    assert ask("put", f"/filings/{number}/reviews/9.9", judgement).status_code == 404
    assert asking(county, "auditor")("put", f"/filings/{number}/reviews/1.1.1", judgement).status_code == 403
    assert asking(county, "clerk")("put", f"/filings/{number}/reviews/1.1.1", judgement).status_code == 403
    ask = asking(county, "reviewer")
    assert ask("put", f"/filings/{number}/reviews/1.1.1", judgement).status_code == 200
    assert ask("put", f"/filings/{number}/reviews/1.1.1", {**judgement, "amount": "2"}).status_code == 409
    (row,) = ask("get", f"/filings/{number}/reviews").json()  # type: ignore[attr-defined]
    assert (row["says"]["score"], row["says"]["reason"]) == ("4", "内部")
    assert asking(county, "head")("get", f"/filings/{number}/reviews").status_code == 403
    judge_all(FilingRow.objects.get(pk=number), county.people["reviewer"], **{"1_1_1": row["says"]})
    for who, act in (("reviewer", Act.HAND_UP), ("admin", Act.APPROVE), ("reviewer", Act.OPINE)):
        take(number, county.people[who], act)
    assert "内部" in asking(county, "head")("get", f"/filings/{number}/reviews").content.decode()
    assert verify(FilingRow.objects.get(pk=number)).faults == ()


def test_what_is_public_needs_no_token(county: County) -> None:
    settle(county)
    take(county.filing.pk, county.people["admin"], Act.PUBLISH)
    (line,) = Client().get("/api/v1/public/2023").json()
    assert line["department"] == county.filing.department_id
    said = Client().get(f"/api/v1/public/2023/{county.filing.department_id}").json()
    assert said["final"] == line["final"]
    assert Client().get(f"/api/v1/public/2023/{county.other.department_id}").status_code == 404


def test_scores_are_exact_texts(county: County) -> None:
    answer = asking(county, "auditor")("get", f"/filings/{county.filing.pk}/score")
    said = json.loads(answer.content, parse_float=lambda text: pytest.fail(f"a float: {text}"))
    assert said["totals"]["raw"] == "101.5"


def test_lists_come_in_parts_and_ask_the_database_as_often(
    county: County, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    region = county.filing.department.region
    for number in range(30):
        department = Department.objects.create(region=region, name=f"某{number}局")
        FilingRow.objects.create(department=department, year=2022, system=county.filing.system)
    ask = asking(county, "auditor")
    assert ask("get", "/me").status_code == 200
    with django_assert_num_queries(3):
        part = ask("get", "/filings?limit=10&offset=5").json()  # type: ignore[attr-defined]
    assert (part["count"], len(part["items"])) == (32, 10)
    assert ask("get", "/filings?year=2022&limit=200").json()["count"] == 30  # type: ignore[attr-defined]
    assert ask("get", "/filings?limit=201").status_code == 422


def test_too_many_requests_are_put_off(county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(LIMIT, "num_requests", 3)
    ask = asking(county, "clerk")
    assert [ask("get", "/me").status_code for _ in range(5)] == [200, 200, 200, 429, 429]
    assert ask("get", "/me").headers["Retry-After"]
    cache.clear()


def test_a_fault_is_a_number_to_quote(county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    ask = asking(county, "clerk")
    monkeypatch.setattr("hengji.web.api.reading.filing_data", broken)
    answer = ask("get", f"/filings/{county.filing.pk}/data")
    assert answer.status_code == 500
    assert "编号" in answer.json()["detail"]  # type: ignore[attr-defined]
    assert b"Zero" not in answer.content


def test_malformed_requests_are_told_in_json(county: County) -> None:
    ask = asking(county, "clerk")
    number = county.filing.pk
    assert ask("put", f"/filings/{number}/values", data="{", content_type="application/json").status_code == 400
    assert ask("put", f"/filings/{number}/values", {"values": []}).status_code == 422
    assert ask("get", "/filings/99999999999999999999").status_code == 422
    assert ask("get", "/filings/0x1").status_code == 422
    assert ask("get", "/filings/2147483647").status_code == 404
    big = {"values": [value()["values"][0]], "why": "长" * 5_000_000}  # type: ignore[index]
    assert ask("put", f"/filings/{number}/values", big).status_code in (400, 413)


def test_opinions_objections_and_problems_are_written_from_here_too(county: County) -> None:
    row = under_review(county)
    lost = {"1_1_1": judgement("3.5", "1.5", gravity="30", reason="依据不充分")}
    judge_all(row, county.people["reviewer"], **lost)
    go(county, Act.HAND_UP, Act.APPROVE)
    base = f"/filings/{row.pk}"
    bureau, clerk = asking(county, "reviewer"), asking(county, "clerk")

    def put(ask: Ask, path: str, wanted: int, **body: object) -> Any:
        answer = ask("put", f"{base}{path}", body)
        assert answer.status_code == wanted, answer.content.decode()
        return answer.json()  # type: ignore[attr-defined]

    drafted = put(bureau, "/opinions/1.1.1", 200, text="请补充依据", version=0)
    put(bureau, "/opinions/9.9", 404, text="x", version=0)
    put(clerk, "/opinions/1.1.1", 403, text="x", version=0)
    put(bureau, "/opinions/1.1.1", 409, text="又一稿", version=0)
    put(clerk, "/opinions/1.1.1/answer", 403, answer="accept", version=drafted["versions"][0])
    go(county, Act.OPINE)
    version = OpinionRow.objects.get(filing=row).version
    put(clerk, "/opinions/1.1.1/answer", 422, answer="object", version=version)  # an objection has a reason
    version = put(clerk, "/opinions/1.1.1/answer", 200, answer="object", reason="有批复", version=version)["versions"][
        0
    ]
    proof = SimpleUploadedFile("批复.pdf", b"%PDF-1.7 proof")
    secret = tokens.issue(county.people["clerk"], "附件", ALL, 30)[1]
    sent = Client().post(
        f"/api/v1{base}/opinions/1.1.1/files",
        {"file": proof, "version": version},
        headers={"Authorization": f"Bearer {secret}"},
    )
    assert sent.status_code == 200, sent.content.decode()
    version = sent.json()["versions"][0]
    assert "批复.pdf" in OpinionRow.objects.get(filing=row).evidence
    decided = {"decision": "change", "why": "批复可以证明", "final": "4.5"}
    put(bureau, "/opinions/1.1.1/decision", 422, version=version, **decided)  # not before the answer was sent
    go(county, Act.REPLY)
    put(asking(county, "auditor"), "/opinions/1.1.1/decision", 403, version=version, **decided)
    put(bureau, "/opinions/1.1.1/decision", 200, version=version, **decided)
    go(county, Act.SETTLE)
    made = bureau("post", f"{base}/problems", {"text": "补充依据", "owner": "办公室"}).json()  # type: ignore[attr-defined]
    go(county, Act.DEMAND)
    mended = f"/problems/{made['number']}/answer"
    put(bureau, mended, 403, measure="一", owner="办公室", version=made["versions"][0])
    put(clerk, "/problems/77/answer", 404, measure="一", owner="办公室", version=0)
    version = put(clerk, mended, 200, measure="已补", owner="办公室", done=True, version=made["versions"][0])[
        "versions"
    ][0]
    accepted = f"/problems/{made['number']}/acceptance"
    put(bureau, accepted, 422, accepted=False, version=version)  # given back with a reason
    put(bureau, accepted, 200, accepted=True, version=version)
    go(county, Act.RECTIFY)
    assert OpinionRow.objects.get(filing=row).final == "4.5"
    assert verify(FilingRow.objects.get(pk=row.pk)).faults == ()


@pytest.mark.django_db
def test_the_document_describes_every_operation(county: County) -> None:
    said = Client().get("/api/v1/openapi.json").json()
    assert said["openapi"].startswith("3.1")
    operations = [each for path in said["paths"].values() for each in path.values()]
    assert len(operations) >= 30
    assert all(each["summary"] and "200" in each["responses"] and "403" in each["responses"] for each in operations)
    ids = [each["operationId"] for each in operations]
    assert len(ids) == len(set(ids))
    assert county.filing.pk


@pytest.mark.parametrize("who", ["clerk", "admin"])
def test_schemathesis_finds_nothing(county: County, who: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every operation with what the document allows and what it forbids: answers are as described, and never a fault."""
    monkeypatch.setattr(LIMIT, "num_requests", 1_000_000)
    _, secret = tokens.issue(county.people[who], "测试", ALL, 30)
    headers = {"Authorization": f"Bearer {secret}", "Accept-Encoding": "identity"}
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())
    checks = [
        not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance, unsupported_method,
    ]  # fmt: skip
    tried = 0
    numbers = {"filing_id": county.filing.pk, "department": county.filing.department_id, "year": 2023}
    for result in schema.get_all_operations():
        operation = result.ok()  # type: ignore[union-attr] # an operation that is no schema fails here

        def ask(case: Any) -> None:
            nonlocal tried
            for name, number in numbers.items():
                if tried % 2 and name in (case.path_parameters or {}):
                    case.path_parameters[name] = number
            tried += 1
            case.call_and_validate(checks=checks, headers=headers)

        bounds = settings(
            max_examples=6, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck)
        )
        bounds(given(case=operation.as_strategy())(ask))()
    assert tried > 100
    assert verify(FilingRow.objects.get(pk=county.filing.pk)).faults == ()
