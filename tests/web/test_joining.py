"""Joining: invitations by file, many people at once, and the second factor; each against misuse."""

import base64
import io
import re
import zipfile
from datetime import timedelta
from importlib import import_module

import openpyxl
import pyotp
import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings
from django.utils import timezone

from hengji.web.people import sealing, second
from hengji.web.people.models import Department, Invitation, Role, SecondFactor, User
from hengji.web.states.models import Snapshot
from tests.web.conftest import PASSWORD, County

GOOD = "qingshan-lvshui-88"


@pytest.fixture
def secret(county: County) -> str:
    """The head has a second factor; gives its secret."""
    return turn_on(county.people["head"])[0]


def turn_on(user: User) -> tuple[str, list[str]]:
    factor = second.begin(user)
    codes = second.confirm(factor, pyotp.TOTP(second.secret_of(factor)).now())
    SecondFactor.objects.filter(user=user).update(step=0)  # so that the test needs no half minute between two codes
    return second.secret_of(factor), codes


def signed_in(client: Client) -> bool:
    return client.get("/").status_code == 200


def password(client: Client, who: str = "head") -> str:
    answer = client.post("/signin/?next=/account/", {"username": who, "password": PASSWORD})
    return str(answer.headers.get("Location", answer.status_code))


def test_the_code_is_asked_for_after_the_password(secret: str) -> None:
    client = Client()
    assert password(client) == "/signin/code/"
    assert not signed_in(client), "the password alone opens nothing"
    before = client.session.session_key
    assert client.post("/signin/code/", {"code": "000000"}).status_code == 422
    assert not signed_in(client)
    now = pyotp.TOTP(secret).now()
    answer = client.post("/signin/code/", {"code": f" {now[:3]} {now[3:]}"})
    assert answer.headers["Location"] == "/account/"
    assert signed_in(client)
    assert client.session.session_key != before
    other = Client()
    password(other)
    assert other.post("/signin/code/", {"code": now}).status_code == 422, "no code is good twice"


def test_nobody_reaches_the_code_without_the_password(secret: str) -> None:
    client = Client()
    assert client.get("/signin/code/").headers["Location"] == "/signin/"
    assert client.post("/signin/code/", {"code": pyotp.TOTP(secret).now()}).headers["Location"] == "/signin/"
    assert not signed_in(client)


def test_guessing_codes_locks_the_account(secret: str) -> None:
    client = Client()
    password(client)
    for _ in range(5):
        client.post("/signin/code/", {"code": "123456"})
    assert client.post("/signin/code/", {"code": pyotp.TOTP(secret).now()}).status_code == 429
    assert password(Client()) == "429"


def test_a_recovery_code_is_good_once(county: County) -> None:
    _, codes = turn_on(county.people["head"])
    assert len(set(codes)) == 10
    assert codes[0] not in str(SecondFactor.objects.get().recovery), "only hashes are kept"
    for times in (1, 2):
        client = Client()
        password(client)
        client.post("/signin/code/", {"code": codes[0].upper()})
        assert signed_in(client) == (times == 1)


def test_turning_it_on_needs_a_first_code_and_the_password(county: County) -> None:
    client = county.client("clerk")
    page = client.get("/account/second/").content.decode()
    assert "<svg" in page
    assert "style=" not in page.split("<svg")[1].split("</svg>")[0]
    found = re.search(r"密钥 <code>(\w+)</code>", page)
    assert found is not None
    code = pyotp.TOTP(found[1]).now()
    assert client.post("/account/second/", {"code": code, "password": "x"}).status_code == 422
    assert client.post("/account/second/", {"code": "000000", "password": PASSWORD}).status_code == 422
    assert not second.is_on(county.people["clerk"])
    done = client.post("/account/second/", {"code": code, "password": PASSWORD}).content.decode()
    assert len(re.findall(r"<li><code>", done)) == 10
    assert second.is_on(county.people["clerk"])
    assert "<li><code>" not in client.get("/account/second/").content.decode()
    assert client.post("/account/second/", {"password": "x"}).status_code == 422
    assert client.post("/account/second/", {"password": PASSWORD}).status_code == 302
    assert not second.is_on(county.people["clerk"])


def test_the_head_signs_with_the_code_too(county: County, secret: str) -> None:
    from hengji.web.people.acts import Act
    from hengji.web.states.moves import take

    take(county.filing.pk, county.people["clerk"], Act.SEND)
    client, path = county.client("head"), f"/filings/{county.filing.pk}/sign/"
    digest = re.findall(r'name="digest" value="(\w+)"', client.get(path).content.decode())[0]
    form = {"act": "sign", "digest": digest, "declared": "1", "acknowledged": "1", "password": PASSWORD}
    assert client.post(path, form).status_code == 422
    assert not Snapshot.objects.filter(act="sign").exists()
    assert client.post(path, {**form, "code": pyotp.TOTP(secret).now()}).status_code == 302
    assert Snapshot.objects.filter(act="sign").exists()


@pytest.mark.usefixtures("secret")
def test_an_administrator_turns_a_lost_factor_off(county: County) -> None:
    head = county.people["head"]
    assert county.client("far_admin").post(f"/people/{head.pk}/second/").status_code == 404
    assert second.is_on(head)
    assert county.client("admin").post(f"/people/{head.pk}/second/").status_code == 302
    assert password(Client()) == "/account/"


def invitation(county: County, who: str = "clerk") -> str:
    """The path of a new invitation's link."""
    answer = county.client("admin").post(f"/people/{county.people[who].pk}/invitation/")
    assert "attachment" in answer.headers["Content-Disposition"]
    found = re.search(r'href="http://testserver(/invite/[^"]+)"', answer.content.decode())
    assert found is not None
    return found[1]


def test_an_invitation_lets_one_person_set_the_password_once(county: County) -> None:
    path = invitation(county)
    assert path.split("/")[2] not in str(list(Invitation.objects.values())), "the link is not kept"
    client = Client()
    page = client.get(path).content.decode()
    assert "clerk" in page
    assert client.post(path, {"new_password1": "12345678", "new_password2": "12345678"}).status_code == 422
    both = {"new_password1": GOOD, "new_password2": GOOD}
    assert client.post(path, both).headers["Location"] == "/signin/"
    assert User.objects.get(username="clerk").check_password(GOOD)
    other = {"new_password1": GOOD + "x", "new_password2": GOOD + "x"}
    assert Client().post(path, other).status_code == 422
    assert User.objects.get(username="clerk").check_password(GOOD)


def test_invitations_end(county: County) -> None:
    old, new = invitation(county), invitation(county)
    assert "已经用过或不存在" in Client().get(old).content.decode(), "a new one ends the earlier ones"
    assert Client().get("/invite/guessed/").status_code == 422
    Invitation.objects.update(until=timezone.now() - timedelta(minutes=1))
    assert "过期" in Client().get(new).content.decode()
    third = invitation(county)
    User.objects.filter(username="clerk").update(is_active=False)
    assert Client().get(third).status_code == 422


def test_a_new_account_without_a_password_waits_for_its_invitation(county: County) -> None:
    admin = county.client("admin")
    form = {
        "form": "person",
        "username": "xinren",
        "office": "办公室",
        "role": "clerk",
        "department": county.filing.department_id,
    }
    assert admin.post("/people/", form).status_code == 302
    user = User.objects.get(username="xinren")
    assert not user.has_usable_password()
    for guess in ("", "!", "None"):
        assert Client().post("/signin/", {"username": "xinren", "password": guess}).status_code == 422


def listed(*rows: tuple[str, ...]) -> SimpleUploadedFile:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(["单位全称", "账号", "职务或科室", "角色"])
    for row in rows:
        book.active.append(list(row))
    data = io.BytesIO()
    book.save(data)
    return SimpleUploadedFile("名单.xlsx", data.getvalue())


def test_a_list_becomes_departments_accounts_and_invitations(county: County) -> None:
    admin = county.client("admin")
    empty = admin.get("/people/list/")
    assert openpyxl.load_workbook(io.BytesIO(empty.content)).active["D1"].value == "角色"  # type: ignore[index]
    rows = (
        ("甲县新局", "xin01", "办公室", "填报人"),
        ("甲县新局", "xin02", "局长", "单位负责人"),
        ("", "cai01", "绩效股", "财政审核员"),
    )
    answer = admin.post("/people/list/", {"file": listed(*rows)})
    archive = zipfile.ZipFile(io.BytesIO(answer.content))
    assert len(archive.namelist()) == 3
    made = User.objects.filter(username__in=["xin01", "xin02", "cai01"]).order_by("username")
    assert [(u.role, str(u.department or "")) for u in made] == [
        (Role.REVIEWER, ""), (Role.CLERK, "甲县新局"), (Role.HEAD, "甲县新局"),
    ]  # fmt: skip
    assert {u.region for u in made} == {county.people["admin"].region}
    assert Department.objects.filter(name="甲县新局").count() == 1
    letter = next(archive.read(name).decode() for name in archive.namelist() if "xin01" in name)
    link = re.search(r'href="http://testserver(/invite/[^"]+)"', letter)
    assert link is not None
    assert "xin01" in Client().get(link[1]).content.decode()


def test_one_wrong_line_makes_nobody_and_every_line_is_told(county: County) -> None:
    before = User.objects.count()
    rows = (
        ("甲县新局", "good1", "办公室", "填报人"), ("", "xin02", "", "填报人"), ("甲县新局", "clerk", "", "填报人"),
        ("甲县新局", "a b", "", "填报人"), ("甲县新局", "xin03", "", "局长"), ("甲县新局", "good1", "", "填报人"),
    )  # fmt: skip
    answer = county.client("admin").post("/people/list/", {"file": listed(*rows)})
    page = answer.content.decode()
    assert answer.status_code == 422
    for said in ("第3行", "第4行", "第5行", "第6行", "在名单里重复", "已经有了"):
        assert said in page
    assert User.objects.count() == before
    assert not Department.objects.filter(name="甲县新局").exists()
    bad = SimpleUploadedFile("名单.xlsx", b"PK\x03\x04broken")
    assert county.client("admin").post("/people/list/", {"file": bad}).status_code == 422


def test_the_secret_lies_sealed_and_opens_for_its_person_under_this_key_only(county: County, secret: str) -> None:
    factor = SecondFactor.objects.get(user=county.people["head"])
    assert secret not in factor.secret
    assert base64.b32decode(secret) not in base64.urlsafe_b64decode(factor.secret.removeprefix("1:"))
    other = second.begin(county.people["clerk"])
    other.secret = factor.secret  # copied to somebody else's row
    assert second.secret_of(other) == ""
    with override_settings(SECRET_KEY="another installation"):
        assert second.secret_of(factor) == ""
        assert not second.passes(county.people["head"], pyotp.TOTP(secret).now())


@pytest.mark.parametrize("text", ["", "1:", "1:????", "1:QUJD", "ABCDEFGH"])
def test_what_was_never_sealed_does_not_open(text: str) -> None:
    with pytest.raises(sealing.Unopened):
        sealing.unseal(text, "x")


def test_secrets_of_an_older_database_are_sealed_and_still_good(county: County, secret: str) -> None:
    """The step of the upgrade itself, back and forth."""
    step = import_module("hengji.web.people.migrations.0004_sealed_secrets")
    step.unseal(apps, None)
    assert SecondFactor.objects.get(user=county.people["head"]).secret == secret
    step.seal(apps, None)
    step.seal(apps, None)  # a second time changes nothing
    factor = SecondFactor.objects.get(user=county.people["head"])
    assert factor.secret != secret
    assert second.secret_of(factor) == secret
