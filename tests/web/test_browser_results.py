"""In a real browser: statistics with their charts, the public site, a dossier exported and verified, a token made."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.web.accessible import grave_violations
from tests.web.server import PASSWORD
from tests.web.test_browser import browser, demo, signed_in

__all__ = ["browser", "demo"]  # fixtures of the neighbouring module
INSIDE = (
    "/stats/2022/",
    "/stats/2023/",
    "/stats/2022/summary/",
    "/results/2022/",
    "/publications/2022/",
    "/account/tokens/",
)
OUTSIDE = ("/public/", "/public/2022/", "/public/2022/1/", "/public/2022/compare/?a=1&b=6", "/verify/")


@pytest.fixture
def bureau(browser: Browser, demo: str) -> Iterator[Page]:
    page = signed_in(browser, demo, "guanli")
    yield page
    page.context.close()


def test_the_charts_are_drawn_and_each_has_its_table(bureau: Page, demo: str) -> None:
    bureau.goto(f"{demo}/stats/2022/")
    expect(bureau.locator(".chart canvas, .chart svg[width]").first).to_be_visible()
    gap = bureau.locator("#chart-gap")
    gap.locator("[data-chart-table]").click()
    expect(gap.locator("table")).to_contain_text("示例县水利局")
    expect(bureau.locator("main")).to_contain_text("无人失分")
    with bureau.expect_download() as taken:
        gap.locator("a:has-text('下载')").click()
    assert "示例县水利局" in Path(taken.value.path()).read_text(encoding="utf-8-sig")
    bureau.click("nav.filters >> text=事业单位")
    expect(bureau.locator("main")).to_contain_text("不足 5 个")
    expect(bureau.locator("main")).not_to_contain_text("示例县水利局")


_ENDS = """Object.values(Object.groupBy(
    [...document.querySelectorAll('.balanced > *')].map(e => e.getBoundingClientRect()), box => Math.round(box.left)
)).map(column => Math.max(...column.map(box => box.bottom)))"""


@pytest.mark.parametrize("year", [2022, 2023])
def test_no_column_of_the_statistics_is_left_half_empty(bureau: Page, demo: str, year: int) -> None:
    bureau.goto(f"{demo}/stats/{year}/", wait_until="networkidle")
    ends = bureau.evaluate(_ENDS)
    assert len(ends) == 2
    assert max(ends) - min(ends) < 160


def test_the_public_site_asks_for_a_page_and_a_style_sheet_only(browser: Browser, demo: str) -> None:
    context = browser.new_context(locale="zh-CN")
    page = context.new_page()
    sizes: dict[str, int] = {}
    page.on("response", lambda answer: sizes.update({answer.url.replace(demo, ""): len(answer.body())}))
    for path in ("/public/", "/public/2022/"):
        page.goto(f"{demo}{path}")
    page.click("text=示例县教育局")
    expect(page.locator("h1")).to_have_text("示例县教育局")
    expect(page.locator("main")).to_contain_text("定稿得分")
    kinds = {path.split("?")[0].rpartition(".")[2] for path in sizes if "/public/" not in path}
    assert kinds <= {"css", "svg"}
    assert max(sizes.values()) < 60_000
    assert not context.cookies()
    page.goto(f"{demo}/public/2022/")
    page.fill("#q", "水利")
    page.click("button:has-text('查找')")
    expect(page.locator("tbody tr")).to_have_count(1)
    with page.expect_download() as taken:
        page.click("text=水利局")
        page.click("text=下载报告")
    assert Path(taken.value.path()).read_bytes().startswith(b"%PDF")
    context.close()


def exported(page: Page) -> Path:
    """The dossier of the filing whose export page is open."""
    page.click("button:has-text('导出档案')")
    expect(page.locator("main")).to_contain_text("未改动", timeout=40_000)
    with page.expect_download() as taken:
        page.click("a:has-text('下载')")
    return Path(taken.value.path())


def test_a_dossier_is_exported_and_verified_by_a_stranger(
    bureau: Page, browser: Browser, demo: str, tmp_path: Path
) -> None:
    bureau.goto(f"{demo}/publications/2022/")
    bureau.click("tbody >> text=示例县教育局")
    bureau.click("text=导出档案")
    whole = exported(bureau).read_bytes()
    stranger = browser.new_context(locale="zh-CN").new_page()
    for data, wanted in (
        (whole, "✓ 未改动"),
        (whole.replace(b"\xe5\xa4\x8d\xe6\xa0\xb8", b"\xe5\xa4\x8d\xe6\xa0\xb9", 1), "✕"),
    ):
        path = tmp_path / "档案.zip"
        path.write_bytes(data)
        stranger.goto(f"{demo}/verify/")
        stranger.set_input_files("#file", str(path))
        stranger.click("button:has-text('校验')")
        expect(stranger.locator(".result")).to_contain_text(wanted)
    stranger.context.close()


def test_the_bureaus_entries_open_in_groups_on_a_desk_and_on_a_phone(bureau: Page, demo: str) -> None:
    bureau.goto(f"{demo}/filings/13/")
    menu, entry = bureau.locator("summary:has-text('结果')"), bureau.locator("nav >> a:text-is('统计')")
    expect(bureau.locator("nav[aria-label=主导航] > *")).to_have_count(5)
    expect(bureau.locator("nav[aria-label=这份填报] >> text=修改记录")).to_be_visible()
    for width in (1366, 390):
        bureau.set_viewport_size({"width": width, "height": 768})
        expect(entry).to_be_hidden()
        menu.focus()
        bureau.keyboard.press("Enter")
        expect(entry).to_be_in_viewport()
        assert bureau.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
        bureau.keyboard.press("Escape")
        expect(menu).to_be_focused()
    bureau.keyboard.press("Enter")
    bureau.locator("summary:has-text('管理')").click()
    expect(entry).to_be_hidden()
    bureau.locator("nav >> a:text-is('人员与任务')").click()
    expect(bureau.locator("h1")).to_contain_text("人员与任务")


def test_a_proposal_is_changed_with_its_reason(bureau: Page, demo: str) -> None:
    bureau.goto(f"{demo}/results/2022/")
    row = bureau.locator("tr:has-text('示例县水利局')")
    row.locator("select").select_option("取消")
    row.locator("button").click()
    expect(bureau.locator("main")).to_contain_text("要写明理由")
    bureau.goto(f"{demo}/results/2022/")
    row.locator("select").select_option("取消")
    row.locator("input[name=reason]").fill("（虚构）连续两年为中")
    row.locator("button").click()
    expect(bureau.locator(".banner")).to_contain_text("已保存")
    expect(row.locator("select")).to_have_value("取消")


def test_a_token_is_shown_once(bureau: Page, demo: str) -> None:
    bureau.goto(f"{demo}/account/")
    bureau.click("text=接口令牌")
    bureau.fill("#name", "取数")
    bureau.fill("#password", PASSWORD)
    bureau.click("button:has-text('建令牌')")
    secret = bureau.locator("#secret").inner_text()
    answer = bureau.request.get(f"{demo}/api/v1/me", headers={"Authorization": f"Bearer {secret}"})
    assert answer.json()["role"] == "admin"
    bureau.goto(f"{demo}/account/tokens/")
    expect(bureau.locator("main")).not_to_contain_text(secret)


# Words that stand one character a line, and panes that scroll sideways by themselves.
_CRAMPED = """[...document.querySelectorAll('main th, main td, main caption:not(.hidden)')].filter(
    e => e.innerText.length > 3 && e.getBoundingClientRect().width > 0 && e.getBoundingClientRect().width < 40
).length + [...document.querySelectorAll('main *')].filter(e => e.scrollWidth > e.clientWidth + 1
    && getComputedStyle(e).overflowX == 'auto').length"""


def test_the_public_site_is_read_on_a_phone(browser: Browser, demo: str) -> None:
    page = browser.new_context(locale="zh-CN", viewport={"width": 390, "height": 844}).new_page()
    for path in OUTSIDE[1:4]:
        page.goto(f"{demo}{path}")
        assert page.evaluate(_CRAMPED) == 0, path
    page.context.close()


def test_axe_finds_nothing_serious(bureau: Page, demo: str) -> None:
    found = []
    for path in (*INSIDE, *OUTSIDE, "/filings/13/publication/", "/filings/13/dossier/"):
        answer = bureau.goto(f"{demo}{path}")
        assert answer is not None
        assert answer.status == 200, path
        found += grave_violations(bureau)
    assert found == []


@pytest.mark.parametrize("width", [1366, 390])
def test_no_page_is_wider_than_the_screen(browser: Browser, demo: str, width: int) -> None:
    page = signed_in(browser, demo, "guanli", width)
    for path in (*INSIDE, *OUTSIDE):
        page.goto(f"{demo}{path}")
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{path} {wide}"
    page.context.close()
