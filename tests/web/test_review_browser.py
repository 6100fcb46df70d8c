"""In a real browser: a hundred leaves by the keyboard alone, and a whole year of an invented department with all roles.

The year goes from the notice to the published page and the dossier that the command verifies.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from hengji.library import load_system
from hengji.web.demo import YEAR
from hengji.web.demo import invented as invented_filing
from hengji.workbook import write_workbook
from tests.conftest import ROOT
from tests.web.accessible import grave_violations
from tests.web.conftest import SYSTEM
from tests.web.server import OF_A_REGION, PASSWORD, chromium, serving
from tests.web.test_browser import signed_in
from tests.web.test_browser_results import exported

LEAVES = 100
DOUBTFUL = range(10, LEAVES + 1, 10)  # these are claimed in full without proof
_HUNDRED = """
import django
django.setup()
from hengji.library import load_dictionary, load_system_text
from hengji.model.filing import Claim, Filing
from decimal import Decimal
from hengji.web.filings import bridge
from hengji.web.filings.models import FilingRow, PinnedSystem
from hengji.web.people.models import Department, Region, User
from hengji.web.scores.refresh import refresh
from hengji.web.filings.folder import Folder

leaves = "\\n".join(f"  - {{id: '{n}', name: 指标{n}, points: 1, confidence: unverified}}" for n in range(1, 101))
text = "id: tests/hundred\\nversion: '1'\\nname: 一百项\\nconfidence: unverified\\nindicators:\\n" + leaves
system = load_system_text(text, load_dictionary())
pinned = PinnedSystem.objects.create(system=system.id, version="1", name=system.name, text=text, sha256=system.sha256)
department = Department.objects.create(region=Region.objects.get(), name="示例县百项局", invented=True)
row = FilingRow.objects.create(department=department, year=2023, system=pinned)
claims = {str(n): Claim(Decimal("1") if n % 10 == 0 else Decimal("0.9")) for n in range(1, 101)}
bridge.save(row.pk, None, bridge.stated(Filing(department="", year=2023, claims=claims)))
FilingRow.objects.filter(pk=row.pk).update(step="review", received=True)
refresh(Folder.open(row.pk))
print(row.pk)
"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        yield found
        found.close()


@pytest.fixture(scope="module")
def hundred(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """A server with a filing of a hundred leaves under review: its address, and the filing's number."""
    chromium()
    data = tmp_path_factory.mktemp("hundred") / "data"
    with serving(data, "--demo") as address:
        environment = {**os.environ, "HENGJI_DATA": str(data), "DJANGO_SETTINGS_MODULE": "hengji.web.settings"}
        environment.pop("DATABASE_URL", None)
        made = subprocess.run(
            [sys.executable, "-c", _HUNDRED], env=environment, cwd=ROOT, capture_output=True, text=True, check=True
        )
        yield address, made.stdout.strip()


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    chromium()
    with serving(tmp_path_factory.mktemp("year") / "data", *OF_A_REGION) as found:
        yield found


def test_a_hundred_leaves_are_reviewed_without_a_mouse(browser: Browser, hundred: tuple[str, str]) -> None:
    address, number = hundred
    page = signed_in(browser, address, "shenhe")
    page.goto(f"{address}/reviews/{number}/")
    heading = page.locator("#leaf h1")
    for leaf in range(1, LEAVES + 1):
        expect(heading).to_contain_text(f"指标{leaf}", timeout=20_000)
        expect(page.locator("#judgement input[name=choice]").first).to_be_visible()
        if leaf in DOUBTFUL:
            page.keyboard.press("Control+Enter")
            expect(page.get_by_role("alert")).to_contain_text("请先选择")
            page.keyboard.press("3" if leaf % 20 == 0 else "1")
        page.keyboard.press("Control+Enter")
    expect(page.locator("#sum")).to_contain_text(f"已复核 {LEAVES} / {LEAVES} 项")
    expect(page.locator("#sum")).to_contain_text("84.50")  # 90 × 0.9 and 5 × 0.7
    page.reload()
    expect(page.locator("#handup")).to_contain_text("送复审")


def test_keys_walk_doubts_leaves_and_columns(browser: Browser, hundred: tuple[str, str]) -> None:
    address, _ = hundred
    page = signed_in(browser, address, "shenhe")
    page.goto(f"{address}/reviews/7/1.1.1/")
    heading = page.locator("#leaf h1")
    page.keyboard.press("Alt+ArrowDown")
    expect(heading).to_contain_text("1.1.2")
    expect(page).to_have_url(f"{address}/reviews/7/1.1.2/")
    page.keyboard.press("Alt+ArrowUp")
    expect(heading).to_contain_text("1.1.1")
    expect(page.locator(".own-scroll tr[aria-current]")).to_have_count(1)
    page.keyboard.press("F8")
    expect(heading).to_contain_text("2.3.2")
    page.keyboard.press("Shift+F8")
    expect(heading).to_contain_text("3.4")
    expect(page.locator("#choice-0")).to_be_focused()
    page.wait_for_load_state("networkidle")  # what comes late takes the focus with it
    page.keyboard.press("F6")
    expect(page.locator("#beside :focus")).to_have_count(1)
    page.keyboard.press("F6")
    expect(page.locator(".own-scroll :focus")).to_have_count(1)
    page.keyboard.press("F6")
    expect(page.locator("#leaf :focus")).to_have_count(1)
    page.locator("#choice-0").focus()
    page.keyboard.press("9")
    page.keyboard.press("Tab")
    page.keyboard.type("0.8")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("alert")).to_contain_text("请写明扣分理由")
    expect(page.locator("#reason")).to_be_focused()
    expect(page.locator("input[name=amount]")).to_have_value("0.8")


def test_two_reviewers_see_each_others_judgement(browser: Browser, hundred: tuple[str, str]) -> None:
    address, _ = hundred
    one, two = signed_in(browser, address, "shenhe"), signed_in(browser, address, "guanli")
    for page in (one, two):
        page.goto(f"{address}/reviews/7/3.3/")
    one.keyboard.press("2")
    one.fill("#reason", "由投诉量推出")
    one.keyboard.press("Control+Enter")
    expect(one.locator("#leaf h1")).to_contain_text("3.4")
    two.keyboard.press("1")
    two.fill("#reason", "材料不足")
    two.keyboard.press("Control+Enter")
    expect(two.get_by_role("alert")).to_contain_text("由投诉量推出")
    expect(two.locator("#reason")).to_have_value("材料不足")
    two.locator("#reason").focus()
    two.keyboard.press("Control+Enter")
    expect(two.locator("#leaf h1")).to_contain_text("3.4")
    two.goto(f"{address}/reviews/7/3.3/")
    expect(two.locator("#choice-1")).to_be_checked()


DEPARTMENT = "甲县示范局（虚构）"


def _people(page: Page, address: str) -> None:
    page.goto(f"{address}/people/")
    page.fill("input[name=name]", DEPARTMENT)
    page.click("button:has-text('建单位')")
    roles = (
        ("tianbao", "clerk"),
        ("fuze", "head"),
        ("shenhe", "reviewer"),
        ("fushen", "reviewer"),
        ("shenji", "auditor"),
    )
    for name, role in roles:
        page.fill("input[name=username]", name)
        page.select_option("select[name=role]", role)
        if role in ("clerk", "head"):
            page.select_option("select[name=department]", label=DEPARTMENT)
        page.fill("#id_password", PASSWORD)
        page.click("button:has-text('建账号')")
        expect(page.locator(".banner").first).to_contain_text(f"已建账号 {name}")


def _notice(page: Page, address: str) -> None:
    page.goto(f"{address}/notices/new/")
    page.fill("input[name=year]", str(YEAR))
    page.fill("input[name=fill_by]", "2099-06-30")
    page.select_option("select[name=system_]", SYSTEM)
    page.check("input[name=departments]")
    page.click("main >> button:has-text('保存')")
    page.goto(f"{address}/notices/1/issue/")
    page.click(".object >> button:has-text('下达')")
    expect(page.locator(".banner").first).to_contain_text("已下达 1 个单位")


def _take(page: Page, address: str, act: str, opinion: str = "") -> None:
    """A move by its page."""
    page.goto(f"{address}/filings/1/moves/{act}/")
    if opinion:
        page.fill("#opinion", opinion)
    page.click("main form button.btn-primary, main form button.primary")


def _review(page: Page, address: str) -> None:
    """Everything accepted but 3.4 and the first doubtful leaf."""
    page.goto(f"{address}/reviews/1/")
    for _ in range(60):
        page.wait_for_load_state("networkidle")
        heading = page.locator("#leaf h1").inner_text()
        done = page.locator("#sum b").first.inner_text()
        if "3.4" in heading:
            page.keyboard.press("3")
            page.fill("#reason", "（虚构）满意度没有调查")
        elif not page.locator("#judgement input[name=choice]:checked").count():
            page.keyboard.press("0")
        page.keyboard.press("Control+Enter")
        expect(page.locator("#sum b").first).not_to_have_text(done)
        if page.locator("#sum").inner_text().startswith("已复核 27"):
            return


def _fill_and_sign(clerk: Page, head: Page, address: str, tmp_path: Path) -> None:
    workbook = tmp_path / "填报.xlsx"
    write_workbook(replace(invented_filing(3), department=DEPARTMENT), load_system(SYSTEM), workbook)
    clerk.goto(f"{address}/filings/1/imports/")
    clerk.set_input_files("input[name=file]", str(workbook))
    clerk.click("button:has-text('预览')")
    clerk.click("button:has-text('确认导入')")
    _take(clerk, address, "send")

    head.goto(f"{address}/filings/1/sign/")
    head.check("input[name=declared]")
    head.check("input[name=acknowledged]")
    head.fill("input[name=password]", PASSWORD)
    head.click("main >> button:has-text('签批，报送财政局')")
    expect(head.locator("h1")).to_contain_text("已签批，报送财政局")


def _review_by_two(reviewer: Page, second: Page, clerk: Page, address: str) -> None:
    _take(reviewer, address, "receive")
    _take(reviewer, address, "pass")
    reviewer.goto(f"{address}/reviews/1/3.4/")
    reviewer.fill("#ask", "（虚构）请补充满意度调查的方式")
    reviewer.click("button:has-text('发给单位')")
    clerk.goto(f"{address}/reviews/1/questions/")
    clerk.fill("textarea[name=text]", "（虚构）没有单独开展调查")
    clerk.click("button:has-text('答复财政局')")
    reviewer.goto(f"{address}/reviews/1/questions/")
    reviewer.click("button:has-text('关闭')")
    _review(reviewer, address)
    _take(reviewer, address, "handup")

    reviewer.goto(f"{address}/reviews/1/second/")
    expect(reviewer.locator("main")).to_contain_text("请另一位审核员复审")
    second.goto(f"{address}/reviews/1/second/")
    expect(second.locator("main")).to_contain_text("满意度没有调查")
    second.click("button:has-text('复审通过')")
    _take(reviewer, address, "opine")


def _object_and_decide(clerk: Page, head: Page, reviewer: Page, address: str, tmp_path: Path) -> None:
    clerk.goto(f"{address}/opinions/1/")
    clerk.check("input[value=object]")
    clerk.fill("textarea[name=reason]", "（虚构）办件回访可以反映满意程度")
    proof = tmp_path / "回访.pdf"
    proof.write_bytes(b"%PDF-1.7 a proof")
    clerk.set_input_files("input[name=files]", str(proof))
    clerk.click("button:has-text('保存答复')")
    expect(clerk.locator("#matrix")).to_contain_text("回访.pdf")
    _take(head, address, "reply")
    reviewer.goto(f"{address}/opinions/1/")
    reviewer.check("input[value=change]")
    reviewer.fill("input[name=final]", "2")
    reviewer.fill("textarea[name=why]", "（虚构）回访记录可以证明一部分")
    reviewer.click("button:has-text('作出决定')")
    expect(reviewer.locator("#matrix")).to_contain_text("已了结 1 项")


def _rectify(admin: Page, clerk: Page, reviewer: Page, address: str) -> None:
    admin.goto(f"{address}/rectify/1/")
    admin.click("button:has-text('从复核扣分列出')")
    admin.click("button:has-text('要求整改')")
    clerk.goto(f"{address}/rectify/1/")
    clerk.fill("input[name=owner]", "办公室")
    clerk.fill("textarea[name=measure]", "（虚构）已制定满意度调查办法")
    clerk.click("button:has-text('报送这一个')")
    reviewer.goto(f"{address}/rectify/1/")
    reviewer.click("button:text-is('验收')")
    reviewer.click("main >> button:has-text('验收整改')")


def _publish(admin: Page, browser: Browser, address: str) -> None:
    """Anybody then reads the final score and the rectification, without an account."""
    _take(admin, address, "publish")
    stranger = browser.new_context(locale="zh-CN").new_page()
    stranger.goto(f"{address}/public/{YEAR}/")
    stranger.click(f"text={DEPARTMENT}")
    expect(stranger.locator("h1")).to_have_text(DEPARTMENT)
    expect(stranger.locator("tr:has-text('3.4')")).to_contain_text("2.00")
    expect(stranger.locator("main")).to_contain_text("整改")
    stranger.context.close()
    _take(admin, address, "archive")


def _verify_dossier(auditor: Page, address: str, tmp_path: Path) -> None:
    """The dossier is verified by the command alone; with one byte of the objection's file altered it is not."""
    auditor.goto(f"{address}/filings/1/dossier/")
    whole = exported(auditor).read_bytes()
    for data, code, words in (
        (whole, 0, "未改动"),
        (whole.replace(b"%PDF-1.7 a proof", b"%PDF-1.7 a Proof", 1), 1, "回访.pdf"),
    ):
        path = tmp_path / "档案.zip"
        path.write_bytes(data)
        command = [sys.executable, "-m", "hengji", "verify", str(path)]
        made = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert made.returncode == code, made.stdout + made.stderr
        assert words in made.stdout + made.stderr


def test_the_year_of_an_invented_department_with_all_roles(browser: Browser, empty: str, tmp_path: Path) -> None:
    address = empty
    admin = signed_in(browser, address, "admin")
    _people(admin, address)
    _notice(admin, address)
    names = ("tianbao", "fuze", "shenhe", "fushen", "shenji")
    clerk, head, reviewer, second, auditor = (signed_in(browser, address, name) for name in names)
    _fill_and_sign(clerk, head, address, tmp_path)
    _review_by_two(reviewer, second, clerk, address)
    _object_and_decide(clerk, head, reviewer, address, tmp_path)
    _take(admin, address, "settle")
    auditor.goto(f"{address}/opinions/1/")
    expect(auditor.locator("#o-3\\.4")).to_contain_text("2.00")
    _rectify(admin, clerk, reviewer, address)
    _publish(admin, browser, address)
    auditor.goto(f"{address}/filings/1/verify/")
    expect(auditor.locator(".result")).to_contain_text("未改动")
    _verify_dossier(auditor, address, tmp_path)


_PAGES = (
    "reviews/", "reviews/7/3.4/", "reviews/7/2.1.6/", "reviews/8/second/", "reviews/7/questions/", "alike/2023/", "alike/2023/3.4/",
    "opinions/", "opinions/8/", "opinions/9/", "rectify/", "rectify/10/", "samples/", "samples/1/", "assignments/",
)  # fmt: skip
_OF_DEPARTMENT = ("opinions/8/", "rectify/8/", "reviews/8/questions/")


def test_axe_finds_nothing_serious_on_the_bureaus_pages(browser: Browser, hundred: tuple[str, str]) -> None:
    address, _ = hundred
    found = []
    for who, paths in (("guanli", _PAGES), ("tianbao08", _OF_DEPARTMENT)):
        page = signed_in(browser, address, who)
        for path in paths:
            page.goto(f"{address}/{path}")
            wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            found += [f"{path} is {wide} too wide"] if wide > 0 else []
            found += grave_violations(page)
    assert found == []
