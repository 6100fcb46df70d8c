"""The attack pass: each of these must fail, and each is a test."""

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from hengji.model.filing import Source, Value
from hengji.model.problem import HengjiError
from hengji.web import uploads
from hengji.web.filings import books, bridge, files
from hengji.web.filings.bridge import Change, value_data
from hengji.web.filings.folder import Folder
from hengji.web.filings.models import FilingRow
from hengji.web.filings.rail import rail
from hengji.web.filings.slugs import slug
from hengji.web.filings.tables import EVIDENCE, VALUE
from hengji.web.people.models import User
from tests.web.addresses import POSTED, addresses
from tests.web.conftest import EXAMPLE, PASSWORD, County

HTMX = {"HX-Request": "true"}
EVIL = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>"
PDF = b"%PDF-1.7 a small one"


def base(county: County) -> str:
    return f"/filings/{county.filing.pk}"


def upload(client: Client, county: County, name: str, data: bytes, **more: str) -> int:
    form = {"files": SimpleUploadedFile(name, data), **more}
    return client.post(f"{base(county)}/evidence/upload/", form).status_code


@pytest.mark.parametrize(
    "address",
    [a for a in addresses() if a.name in POSTED or a.name in ("sign", "move", "people")],
    ids=lambda a: a.name,
)
def test_a_form_without_the_token_does_nothing(county: County, address: object) -> None:
    before = FilingRow.objects.get(pk=county.filing.pk).revision
    client = Client(enforce_csrf_checks=True)
    client.force_login(county.people["clerk"], backend="hengji.web.people.backend.Backend")
    answer = client.post(address.path(county.filing.pk, county.people["clerk"].pk), {"value": "1"})  # type: ignore[attr-defined]
    assert answer.status_code == 403
    assert "页面已过期" in answer.content.decode()
    assert FilingRow.objects.get(pk=county.filing.pk).revision == before


def _write_evil(clerk: Client, county: County) -> None:
    """A script in every text that a clerk can write."""
    path = base(county)

    def post(where: str, **said: str) -> int:
        return clerk.post(path + where, {"version": "0", **said}, headers=HTMX).status_code

    texts = [item.name for item in Folder.open(county.filing).system.dictionary.items.values() if item.type == "text"]
    for name in texts:
        post(f"/items/{slug(name)}/", value=EVIL, year="2023")
    assert post(f"/cover/{slug('填报人')}/", value=EVIL) == 200
    assert post("/answers/1.1.1/1/", holds="yes", note=EVIL) == 200
    assert post("/bands/3.3/", reason=EVIL) == 200
    assert post("/claims/扣分/", score="0", reason=EVIL) == 200
    assert post("/exemptions/1.1.2/", reason=EVIL) == 200
    assert post(f"/text/{slug('相关建议')}/1/", value=EVIL) == 200
    register = f"/registers/{slug('审计问题')}"
    clerk.post(f"{path}{register}/rows/")
    kind = Folder.open(county.filing).system.dictionary.registers["审计问题"]
    for column in kind.columns:
        if column.type == "text":
            version = bridge.load_rows(county.filing.pk).by_table["row"]["审计问题", 1].version
            said = {"column": slug(column.name), "value": EVIL, "version": str(version)}
            assert clerk.post(f"{path}{register}/rows/1/", said, headers=HTMX).status_code == 200
    assert upload(clerk, county, EVIL.replace("/", "") + ".pdf", PDF, locator=EVIL, proves="1.1.1") == 302
    described = {"title": EVIL, "proves": "1.1.1", "locator": EVIL, "version": "0"}
    number = next(iter(bridge.load_rows(county.filing.pk).by_table["evidence"]))[0]
    version = bridge.load_rows(county.filing.pk).by_table["evidence"][number,].version
    assert clerk.post(f"{path}/evidence/{number}/describe/", {**described, "version": version}).status_code == 302
    finding = Folder.open(county.filing).found[0]
    assert clerk.post(f"{path}/findings/{finding.key}/waive/", {"reason": EVIL}).status_code == 302


def test_a_script_in_any_text_is_only_text(clerk: Client, county: County) -> None:
    User.objects.filter(username="clerk").update(office=EVIL)
    _write_evil(clerk, county)
    county.filing.refresh_from_db()
    pages = [stop.address for _, stops in rail(Folder.open(county.filing)) for stop in stops]
    pages += [f"{base(county)}/{p}/" for p in ("score", "findings", "evidence", "report", "sign", "history", "verify")]
    pages += [f"{base(county)}/leaves/{leaf}/" for leaf in ("1.1.1", "1.1.2", "3.3")]
    pages += ["/", "/account/", f"{base(county)}/whatif/?item={EVIL}&value={EVIL}"]
    seen = 0
    for page in pages:
        for headers in ({}, HTMX):
            body = county.client("clerk").get(page, headers=headers).content.decode()
            assert "<script>alert" not in body, page
            assert "<img src=x" not in body, page
            seen += "&lt;script&gt;" in body
    assert seen > 10


def test_every_answer_carries_a_policy_without_inline_code(clerk: Client, county: County) -> None:
    for page in ("/signin/", "/", f"{base(county)}/score/", "/nirgends/", f"{base(county)}/moves/sign/"):
        answer = clerk.get(page)
        policy = answer.headers["Content-Security-Policy"]
        assert "script-src 'self';" in policy
        assert "unsafe" not in policy
        assert answer.headers["X-Frame-Options"] == "DENY"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        body = answer.content.decode()
        assert " style=" not in body
        assert "<style" not in body
        assert " onclick=" not in body
        assert "http://" not in body.replace("http://www.w3.org", "")
        assert "https://" not in body


@pytest.mark.parametrize("number", [0, 999_999_999, 2**40])
def test_a_filing_that_is_not_there_is_not_found(clerk: Client, number: int) -> None:
    assert clerk.get(f"/filings/{number}/score/").status_code == 404


def test_the_ids_inside_an_own_filing_lead_nowhere_else(clerk: Client, county: County) -> None:
    """Ids below a filing are looked up in that filing only: another's evidence has no address here."""
    kept = files.keep("密.pdf", [PDF])
    data = {"title": "密", "proves": [], "file": "密.pdf", "locator": "", "sha256": kept.sha256, "size": kept.size}
    bridge.save(county.other.pk, None, [bridge.Change(EVIDENCE, (7,), data, 0)])
    assert clerk.get(f"{base(county)}/evidence/7/").status_code == 404
    assert clerk.get(f"/filings/{county.other.pk}/evidence/7/").status_code == 403
    for path in (
        "leaves/9.9.9",
        "judgements/9",
        f"data/{slug('无')}",
        f"registers/{slug('无')}",
        "report/exe",
        "text/x",
    ):
        assert clerk.get(f"{base(county)}/{path}/").status_code == 404, path


@pytest.mark.parametrize("token", ["", "../../hengji.sqlite3", "/etc/passwd", "a" * 32, "..%2f..%2fx", "\x00" * 32])
def test_a_token_is_no_path(clerk: Client, county: County, token: str) -> None:
    form = {"token": token, "kind": "workbook", "revision": str(county.filing.revision)}
    answer = clerk.post(f"{base(county)}/imports/confirm/", form)
    assert answer.status_code == 422
    assert "请重新上传" in answer.content.decode()


@pytest.mark.parametrize(
    "name",
    ["../../etc/passwd.pdf", "..\\..\\x.pdf", "/abs.pdf", "a\x00b.pdf", "x\u202efdp.pdf", " 甲 .pdf"],
)
def test_a_file_name_is_only_a_name(clerk: Client, county: County, name: str) -> None:
    assert upload(clerk, county, name, PDF) == 302
    (kept,) = bridge.load(county.filing.pk).evidence
    assert not set(kept.file) & set("/\\\x00\r\n\u202e")
    assert [path.name for path in files.path_of(kept.sha256).parent.iterdir()] == [kept.sha256]
    answer = clerk.get(f"{base(county)}/evidence/1/")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert b"".join(answer.streaming_content) == PDF  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("x.exe", b"MZ", "类型不收"),
        ("x.html", b"<script>", "类型不收"),
        ("x.svg", b"<svg/>", "类型不收"),
        ("x", b"%PDF-", "类型不收"),
        ("x.pdf", b"<script>alert(1)</script>", "内容与扩展名不符"),
        ("x.png", b"GIF89a", "内容与扩展名不符"),
        ("x.pdf", b"", "空文件"),
    ],
)
def test_a_file_of_another_kind_is_refused(clerk: Client, county: County, name: str, data: bytes, why: str) -> None:
    form = {"files": [SimpleUploadedFile(name, data), SimpleUploadedFile("好.pdf", PDF)]}
    answer = clerk.post(f"{base(county)}/evidence/upload/", form)
    if data:
        assert answer.status_code == 422
        assert why in answer.content.decode()
    assert [each.file for each in bridge.load(county.filing.pk).evidence] == ["好.pdf"]


def test_an_oversized_file_is_cut_off(clerk: Client, county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "MOST_BYTES", 100_000)
    assert upload(clerk, county, "大.pdf", b"%PDF-" + b"0" * 300_000) == 422
    assert bridge.load(county.filing.pk).evidence == ()
    with pytest.raises(HengjiError, match="超过"):
        files.keep("大.pdf", [b"%PDF-", b"0" * 20], most=10)
    assert not [path for path in files.path_of("a" * 64).parent.parent.rglob("*") if path.is_file()]


def test_the_same_file_is_not_kept_twice(clerk: Client, county: County) -> None:
    assert upload(clerk, county, "一.pdf", PDF) == 302
    assert upload(clerk, county, "二.pdf", PDF) == 422


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04" + b"\x00" * 500,
        b"\xd0\xcf\x11\xe0" + b"x" * 600,
        b"hengji: filing/1\n" * 3,
        b"\xff\xfe",
        b"[" * 20000,
    ],
)
def test_a_hostile_workbook_is_one_sentence(clerk: Client, county: County, data: bytes) -> None:
    form = {"kind": "workbook", "file": SimpleUploadedFile("x.xlsx", data)}
    answer = clerk.post(f"{base(county)}/imports/preview/", form)
    assert answer.status_code == 422
    assert "Traceback" not in answer.content.decode()
    big = {"kind": "workbook", "file": SimpleUploadedFile("x.xlsx", b"")}
    assert clerk.post(f"{base(county)}/imports/preview/", big).status_code == 422


def test_an_upload_belongs_to_nobody_else(county: County) -> None:
    token = books.keep([EXAMPLE.read_bytes()], "x.xlsx")
    form = {"token": token, "kind": "workbook", "revision": "0"}
    assert county.client("neighbour").post(f"{base(county)}/imports/confirm/", form).status_code == 403


@pytest.mark.parametrize("formula", ['=HYPERLINK("http://x","y")', "+1+1", "-2+3", "@SUM(A1)", "=cmd|' /C calc'!A0"])
def test_no_text_becomes_a_formula_in_a_download(clerk: Client, county: County, formula: str) -> None:
    path = f"{base(county)}/text/{slug('相关建议')}/1/"
    assert clerk.post(path, {"value": formula, "version": "0"}, headers=HTMX).status_code == 200
    said = {"reason": formula, "version": "0", "score": "0"}
    assert clerk.post(f"{base(county)}/claims/扣分/", said, headers=HTMX).status_code == 200
    for address in ("workbook", "report/xlsx"):
        answer = clerk.get(f"{base(county)}/{address}/")
        book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))  # type: ignore[attr-defined]
        cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
        assert not [c for c in cells if c.data_type == "f" and formula.lstrip("=+-@") in str(c.value)]


def test_guessing_a_password_ends_in_a_lock(county: County) -> None:
    client = Client()
    for left in (4, 3, 2, 1):
        answer = client.post("/signin/", {"username": "clerk", "password": "falsch"})
        assert f"还可试 {left} 次" in answer.content.decode()
    assert client.post("/signin/", {"username": "clerk", "password": "falsch"}).status_code == 429
    assert Client().post("/signin/", {"username": "clerk", "password": PASSWORD}).status_code == 429
    assert county.client("admin").post(f"/people/{county.people['clerk'].pk}/unlock/").status_code == 302
    assert Client().post("/signin/", {"username": "clerk", "password": PASSWORD}).status_code == 302


def test_the_session_is_a_new_one_after_signing_in(county: County) -> None:
    assert county.filing.revision
    client = Client()
    client.get("/signin/")
    client.cookies["sessionid"] = "gesetzt"
    client.post("/signin/", {"username": "clerk", "password": PASSWORD})
    cookie = client.cookies["sessionid"]
    assert cookie.value != "gesetzt"
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


@pytest.mark.parametrize("way", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_signing_in_leads_nowhere_else(county: County, way: str) -> None:
    assert county
    answer = Client().post(f"/signin/?next={way}", {"username": "clerk", "password": PASSWORD, "next": way})
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/"


@pytest.mark.parametrize("password", ["kurz", "1234567890", "password123", "neuerperson"])
def test_a_weak_password_is_refused(county: County, password: str) -> None:
    form = {"form": "person", "username": "neuerperson", "role": "reviewer", "password": password}
    assert county.client("admin").post("/people/", form).status_code == 422
    assert not User.objects.filter(username="neuerperson").exists()


def test_an_administrator_makes_no_one_in_another_region(county: County) -> None:
    foreign = county.far.department_id
    form = {"form": "person", "username": "x", "role": "clerk", "department": foreign, "password": PASSWORD}
    assert county.client("admin").post("/people/", form).status_code == 422
    form = {"year": "2023", "system": county.filing.system.system, "departments": [foreign]}
    assert county.client("admin").post("/notices/new/", form).status_code == 422


def test_what_is_asked_before_saving_is_only_text(clerk: Client, county: County) -> None:
    """The place an imported figure came from, and the reason for changing it, are words of other people."""
    item, hostile = "采购预算金额", '"><script>alert(1)</script>'
    value = Value("5", "万元", source=Source.IMPORTED, locator=hostile)
    bridge.save(county.filing.pk, None, [Change(VALUE, (item, 2023, ""), value_data(value))])
    path = f"/filings/{county.filing.pk}/items/{slug(item)}/"
    version = str(bridge.load_rows(county.filing.pk).version(VALUE, item, 2023, ""))
    form = {"value": "6", "version": version, "year": "2023", "meant": hostile}
    asked = clerk.post(path, form, headers={"HX-Request": "true"})
    assert asked.status_code == 422
    assert "<script>" not in asked.content.decode()
    said = clerk.post(path, form | {"why": hostile}, headers={"HX-Request": "true"})
    assert said.status_code == 200
    assert "<script>alert" not in clerk.get(f"/filings/{county.filing.pk}/history/").content.decode()
