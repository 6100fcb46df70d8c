"""Writing a system in a real browser: sums and tests move with what is typed, mistakes lead to their line."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.web.server import chromium, serving
from tests.web.test_browser import signed_in


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        yield found
        found.close()


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    chromium()
    with serving(tmp_path_factory.mktemp("authoring") / "data", "--demo") as found:
        yield found


def sound(page: Page) -> None:
    """Nothing serious for axe, and nothing wider than the screen."""
    serious = [v for v in Axe().run(page).response["violations"] if v["impact"] in ("serious", "critical")]
    assert not serious, [(page.url, v["id"], [n["html"][:120] for n in v["nodes"][:3]]) for v in serious]
    for width in (390, 1366):
        page.set_viewport_size({"width": width, "height": 768})
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{page.url} {width} {wide}"


def test_a_system_is_read_drafted_tried_and_published(browser: Browser, demo: str, tmp_path: Path) -> None:
    page = signed_in(browser, demo, "guanli")
    page.click("nav >> text=管理")
    page.click("nav >> text=指标体系")
    sound(page)
    page.click("main a[href='/systems/library/guangdong~lechang~department-overall/']")
    page.click("main a:has-text('1.1.2 预算编制规范性')")
    expect(page.locator(".middle")).to_contain_text("每处扣1分")
    page.screenshot(path=tmp_path / "system.png", full_page=True)
    sound(page)
    page.click("button:has-text('以此起草')")
    area = page.locator("#text")
    text = area.input_value()
    area.fill(text.replace("points: 18", "points: 19", 1))
    expect(page.locator("#tree")).to_contain_text("19 ≠ 5+5+4+4 = 18")
    expect(page.locator("#mistakes")).to_contain_text("两者不符")
    page.keyboard.press("F8")
    expect(page.locator("#line-note")).to_contain_text(re.compile(r"第 \d+ 行"))
    page.screenshot(path=tmp_path / "draft.png", full_page=True)
    sound(page)
    area.fill(text.replace("cap: 100", "cap: 97", 1))
    page.keyboard.press("Control+s")
    expect(page.locator("#mistakes")).to_contain_text("没有错误")
    expect(page.locator("#tests")).to_contain_text("应得")
    page.click("button:has-text('保存草稿')")
    expect(page.locator(".banner")).to_contain_text("已保存草稿")
    page.click(".object >> text=试算")
    page.click("button:has-text('试算')")
    expect(page.locator("main")).to_contain_text("会变", timeout=60_000)  # the page shows the outcome by itself
    page.screenshot(path=tmp_path / "trial.png", full_page=True)
    sound(page)
    page.click(".crumbs a >> nth=1")
    page.click(".object >> text=发布新版本")
    sound(page)
