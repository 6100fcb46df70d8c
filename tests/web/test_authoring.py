"""指标体系: everybody reads, administrators draft from the library, a version or a table, try and publish; nothing old moves."""

import io
import re

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from hengji.library import load_dictionary, load_system_text
from hengji.model.problem import HengjiError
from hengji.web.authoring.checking import check, excerpt
from hengji.web.authoring.models import Draft, Publication, Trial
from hengji.web.filings.folder import Folder
from hengji.web.filings.models import FilingRow, PinnedSystem
from hengji.web.jobs.loop import Loop
from hengji.web.notices.systems import choices, chosen
from tests.web.conftest import SYSTEM, County

SHORT = SYSTEM.replace("/", "~")
HTMX = {"HX-Request": "true"}


def begun(client: Client, **more: object) -> Draft:
    answer = client.post("/systems/drafts/new/", more or {"source": f"library:{SHORT}"})
    assert answer.status_code == 302, answer.content.decode()
    return Draft.objects.latest("pk")


def saved(client: Client, draft: Draft, text: str) -> None:
    answer = client.post(f"/systems/drafts/{draft.pk}/", {"text": text, "revision": str(draft.revision)})
    assert answer.status_code == 302, answer.content.decode()[-2000:]
    draft.refresh_from_db()


def changed(draft: Draft, old: str, new: str) -> str:
    assert old in draft.text
    return draft.text.replace(old, new, 1)


@pytest.mark.parametrize("who", ["clerk", "head", "reviewer", "admin", "firm", "auditor"])
def test_everybody_reads_a_system_with_rules_in_words_and_their_sources(county: County, who: str) -> None:
    client = county.client(who)
    page = client.get("/systems/").content.decode()
    assert f"/systems/library/{SHORT}/" in page
    assert ("以此起草" in page) == (who == "admin")
    for address in (f"/systems/library/{SHORT}/", f"/systems/{county.filing.system_id}/"):
        page = client.get(address, {"leaf": "1.1.2"}).content.decode()
        assert "5+5+4+4" in page
        assert "每处扣1分" in page
        assert "重建，待核实" in page
        assert "预算编制缺陷数" in page  # its YAML
        assert "《" in page
    assert client.get("/systems/library/no~such/").status_code == 404
    assert (
        client.get(
            "/systems/compare/", {"old": f"library:{SHORT}", "new": f"pinned:{county.filing.system_id}"}
        ).status_code
        == 200
    )
    for address in ("/systems/drafts/1/", "/systems/drafts/1/publish/", "/systems/drafts/1/trial/"):
        assert client.get(address).status_code == (404 if who == "admin" else 403)


def test_a_draft_keeps_its_mistakes_and_says_them_at_their_line(county: County) -> None:
    client = county.client("admin")
    draft = begun(client)
    assert "# " in draft.text or draft.text.startswith("id:")
    assert check(draft.text).ready
    wrong = changed(draft, "points: 18\n", "points: 19\n")
    line = wrong[: wrong.index("points: 19")].count("\n")  # the indicator begins two lines above its points
    saved(client, draft, wrong)
    assert draft.text == wrong
    page = client.get(f"/systems/drafts/{draft.pk}/").content.decode()
    assert "19 ≠ 5+5+4+4 = 18" in page
    assert "下级合计5+5+4+4=18分，两者不符" in page
    lines = {int(each) for each in re.findall(r"第 (\d+) 行", page)}
    assert any(abs(each - line) <= 2 for each in lines), (lines, line)
    found = client.post(f"/systems/drafts/{draft.pk}/check/", {"text": "id: x\nindicators: [\n"}, headers=HTMX)
    assert "YAML格式不对" in found.content.decode()
    assert 'id="tree" hx-swap-oob="true"' in found.content.decode()
    draft.refresh_from_db()
    assert draft.text == wrong  # checking keeps nothing
    published = client.get(f"/systems/drafts/{draft.pk}/publish/").content.decode()
    assert "还不能发布" in published
    answer = client.post(f"/systems/drafts/{draft.pk}/publish/", {"revision": str(draft.revision)})
    assert answer.status_code == 422
    assert not Publication.objects.exists()


def test_who_was_faster_is_told_and_nothing_typed_is_lost(county: County) -> None:
    client = county.client("admin")
    draft = begun(client)
    old = str(draft.revision)
    saved(client, draft, draft.text + "# 一\n")
    answer = client.post(f"/systems/drafts/{draft.pk}/", {"text": "我写的", "revision": old})
    assert answer.status_code == 409
    assert "我写的" in answer.content.decode()
    draft.refresh_from_db()
    assert draft.text.endswith("# 一\n")


def test_a_failing_test_keeps_a_version_from_being_published(county: County) -> None:
    client = county.client("admin")
    draft = begun(client)
    extra = '\n  - name: 不会通过\n    given: {}\n    expect: {"1.1.1": 4.99}\n'
    saved(client, draft, draft.text.rstrip("\n") + extra)
    found = check(draft.text)
    assert (found.mistakes, found.failing) == ((), 1)
    page = client.get(f"/systems/drafts/{draft.pk}/").content.decode()
    assert "不会通过" in page
    assert "4.99" in page
    answer = client.post(f"/systems/drafts/{draft.pk}/publish/", {"revision": str(draft.revision)})
    assert answer.status_code == 422
    assert "1 个测试没有通过" in answer.content.decode()


def test_a_version_is_published_and_filings_keep_theirs(county: County) -> None:
    client = county.client("admin")
    draft = begun(client)
    saved(
        client,
        draft,
        changed(draft, "每指出一处不规范扣1分", "每指出一处不规范扣2分").replace(
            "kind: defects, each: 1", "kind: defects, each: 2", 1
        ),
    )
    assert check(draft.text).system is not None, check(draft.text).mistakes
    if check(draft.text).failing:
        text = draft.text[: draft.text.index("\ntests:")] + "\n"
        saved(client, draft, text)
    page = client.get(f"/systems/drafts/{draft.pk}/publish/").content.decode()
    assert "发布第2版" in page
    assert "没有可比的版本" in page or "不同" in page
    assert "0 份" not in page  # what concerns nobody is not counted
    before = FilingRow.objects.get(pk=county.filing.pk).system_id
    score = Folder.open(county.filing.pk).card.totals
    answer = client.post(f"/systems/drafts/{draft.pk}/publish/", {"revision": str(draft.revision), "note": "加重"})
    assert answer.status_code == 302
    made = Publication.objects.get()
    assert (made.pinned.version, made.pinned.system, made.note) == ("2", SYSTEM, "加重")
    assert load_system_text(made.pinned.text, load_dictionary()).sha256 == made.pinned.sha256
    assert FilingRow.objects.get(pk=county.filing.pk).system_id == before
    assert Folder.open(county.filing.pk).card.totals == score
    assert f"pinned:{made.pinned_id}" in {value for value, _ in choices(draft.region_id, 2023)}
    assert chosen(draft.region_id, f"pinned:{made.pinned_id}") == made.pinned
    far = county.far.department.region_id
    assert f"pinned:{made.pinned_id}" not in {value for value, _ in choices(far, 2023)}
    with pytest.raises(HengjiError, match="没有这套指标体系"):
        chosen(far, f"pinned:{made.pinned_id}")
    assert county.client("far_admin").get(f"/systems/{made.pinned_id}/").status_code == 404
    draft.refresh_from_db()
    assert "version: 2" in draft.text
    again = client.post(f"/systems/drafts/{draft.pk}/publish/", {"revision": str(draft.revision)})
    assert again.status_code == 422
    assert "完全相同" in again.content.decode()
    saved(client, draft, changed(draft, "扣2分", "扣3分"))
    client.post(f"/systems/drafts/{draft.pk}/publish/", {"revision": str(draft.revision)})
    assert [each.pinned.version for each in Publication.objects.order_by("pk")] == ["2", "3"]
    third = Publication.objects.latest("pk")
    assert third.before == made.pinned
    shown = client.get("/systems/compare/", {"old": f"pinned:{made.pinned_id}", "new": f"pinned:{third.pinned_id}"})
    assert "扣2分" in shown.content.decode()
    assert "扣3分" in shown.content.decode()
    assert county.client("far_admin").get(f"/systems/{third.pinned_id}/").status_code == 404
    assert PinnedSystem.objects.filter(pk=before).exists()


def test_trying_a_draft_tells_who_would_move_and_saves_nothing(county: County) -> None:
    client = county.client("admin")
    draft = begun(client)
    text = draft.text[: draft.text.index("\ntests:")] + "\n" if "\ntests:" in draft.text else draft.text
    saved(client, draft, text.replace("total: {points: 100, cap: 100", "total: {points: 100, cap: 99", 1))
    revision = FilingRow.objects.get(pk=county.filing.pk).revision
    assert client.post(f"/systems/drafts/{draft.pk}/trial/", {"year": "2023"}).status_code == 302
    Loop().all()
    trial = Trial.objects.get()
    assert trial.done
    assert len(trial.lines) == 2
    page = client.get(f"/systems/drafts/{draft.pk}/trial/").content.decode()
    assert county.filing.department.name in page
    assert "−1.00" in page
    assert FilingRow.objects.get(pk=county.filing.pk).revision == revision
    saved(client, draft, draft.text + "# 又改\n")
    assert "结果是旧的" in client.get(f"/systems/drafts/{draft.pk}/trial/").content.decode()
    assert client.post(f"/systems/drafts/{draft.pk}/trial/", {"year": "1999"}).status_code == 422


def table(rows: list[tuple[str, str, str, float, str]], heads: tuple[str, ...]) -> bytes:
    """A table of scores as bureaus print it: groups merged over their leaves."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        sheet = book.add_worksheet("评分表")
        sheet.merge_range(0, 0, 0, len(heads) - 1, "甲县部门整体支出绩效自评评分表")
        for column, head in enumerate(heads):
            sheet.write(1, column, head)
        for number, row in enumerate(rows, start=2):
            for column, cell in enumerate(row):
                sheet.write(number, column, cell)
        for column, words in enumerate(zip(*((row[0], row[1]) for row in rows), strict=True)):
            _merge(sheet, list(words), column)
        sheet.write(len(rows) + 2, 0, "合计")
        sheet.write(len(rows) + 2, 3, sum(row[3] for row in rows))
    return stream.getvalue()


def _merge(sheet: xlsxwriter.worksheet.Worksheet, words: list[str], column: int) -> None:
    start = 0
    for number in range(1, len(words) + 1):
        if number == len(words) or words[number] != words[start]:
            if number - start > 1:
                sheet.merge_range(start + 2, column, number + 1, column, words[start])
            start = number


HEADS = ("一级指标", "二级指标", "三级指标", "分值", "评分标准")
ROWS = [
    ("预算编制", "预算编制", "预算编制合理性", 5.0, "符合要求得5分，一处不合要求扣1分。"),
    ("预算编制", "预算编制", "预算编制规范性", 5.0, "按时报送得5分。"),
    ("预算编制", "预算编制", "预算编制规划性", 4.0, "衔接规划得4分。"),
    ("预算编制", "预算编制", "预算编制科学性", 4.0, "资料完整得4分。"),
    ("预算执行", "资金管理", "支出率", 40.5, "支出率达到90%得满分。"),
    ("使用效益", "社会效益", "满意度", 41.5, "满意度90%以上得满分。"),
]


def test_a_table_of_last_year_becomes_a_draft(county: County) -> None:
    client = county.client("admin")
    draft = begun(client, file=SimpleUploadedFile("评分表.xlsx", table(ROWS, HEADS)), year="2024")
    found = check(draft.text)
    assert found.mistakes == ()
    assert found.system is not None
    leaves = found.system.leaves()
    assert [leaf.name for leaf in leaves] == [row[2] for row in ROWS]
    assert [leaf.standard for leaf in leaves] == [row[4] for row in ROWS]
    assert [float(leaf.points or 0) for leaf in leaves] == [row[3] for row in ROWS]
    assert all(leaf.rule is None for leaf in leaves)
    assert (found.system.years.first, found.system.years.last) == (2024, 2024)
    terms = {node.name: node.terms for node in found.nodes}
    assert "5+5+4+4" in terms.values()
    page = client.get(f"/systems/drafts/{draft.pk}/publish/").content.decode()
    assert "没有测试" in page
    assert client.post(f"/systems/drafts/{draft.pk}/publish/", {"revision": "1"}).status_code == 302
    assert Publication.objects.get().pinned.version == "1"


def test_a_table_that_does_not_add_up_says_so_in_the_draft(county: County) -> None:
    draft = begun(county.client("admin"), file=SimpleUploadedFile("评分表.xlsx", table(ROWS[:-1], HEADS)), year="2024")
    assert any("总分是100分" in each.message for each in check(draft.text).mistakes)


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.xlsx", b"PK\x03\x04 broken", "已损坏"),
        ("a.txt", "没有表格".encode(), "没有找到评分表"),
        ("a.xlsx", b"", "空文件"),
    ],
)
def test_a_file_without_a_table_says_so(county: County, name: str, data: bytes, words: str) -> None:
    answer = county.client("admin").post(
        "/systems/drafts/new/", {"year": "2024", "file": SimpleUploadedFile(name, data)}
    )
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Draft.objects.exists()


HOSTILE = (
    "a: &a [x]\n" + "".join(f"b{n}: &b{n} [*a, *a, *a]\n" for n in range(3)),
    "[" * 5000,
    "id: !!python/object/apply:os.system ['true']\nversion: 1\nname: x\nindicators: []\n",
    "x" * 700_000,
    "id: x\nversion: 1\nname: x\nindicators:\n  - {id: '1', name: a, points: 100, measure: '__import__(\"os\")'}\n",
    "\0",
)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_is_a_mistake_and_no_more(text: str) -> None:
    found = check(text)
    assert found.mistakes
    assert found.system is None


def test_drafts_are_of_their_region(county: County) -> None:
    draft = begun(county.client("admin"))
    far = county.client("far_admin")
    for address in ("", "publish/", "trial/"):
        assert far.get(f"/systems/drafts/{draft.pk}/{address}").status_code == 404
    for address in ("check/", "discard/"):
        assert far.post(f"/systems/drafts/{draft.pk}/{address}", {"text": ""}).status_code == 404
    assert far.get("/systems/compare/", {"old": f"draft:{draft.pk}", "new": f"library:{SHORT}"}).status_code == 404
    assert county.client("admin").post(f"/systems/drafts/{draft.pk}/discard/").status_code == 302
    assert not Draft.objects.exists()


def test_an_excerpt_ends_where_the_next_indicator_begins() -> None:
    text = "indicators:\n- id: '1'\n  name: a\n  parts:\n  - id: '1.1'\n    name: b\n    points: 5\n  - id: '1.2'\n"
    assert excerpt(text, 5) == "- id: '1.1'\n  name: b\n  points: 5"


def test_questions_asked(county: County, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    client = county.client("admin")
    draft = begun(client)
    with django_assert_num_queries(7):
        client.get("/systems/")
    with django_assert_num_queries(4):
        client.get(f"/systems/drafts/{draft.pk}/")
    with django_assert_num_queries(3):
        client.post(f"/systems/drafts/{draft.pk}/check/", {"text": draft.text})
