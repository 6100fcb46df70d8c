"""Intake and reading in a real browser: a batch is read, decided by keys, and a report's words and findings move together."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect, sync_playwright

from tests.web import sendings
from tests.web.server import chromium, serving
from tests.web.test_browser import signed_in

PLACE = "示例县"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        yield found
        found.close()


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    chromium()
    with serving(tmp_path_factory.mktemp("intake") / "data", "--demo") as found:
        yield found


def test_a_batch_is_sent_in_decided_by_keys_and_read(browser: Browser, demo: str, tmp_path: Path) -> None:
    page = signed_in(browser, demo, "shenhe")
    page.click("nav >> text=下达与进度")
    page.click("nav >> text=收件")
    files = {
        f"{PLACE}林业局.docx": sendings.report_docx(f"{PLACE}林业局", 2023),
        "某局.docx": sendings.report_docx(f"{PLACE}司法行政局", 2023),
        "坏.docx": b"PK\x03\x04 damaged",
    }
    archive = tmp_path / "材料.zip"
    archive.write_bytes(sendings.zipped(files))
    page.set_input_files("#files", str(archive))
    page.click("button:has-text('收件并核查')")
    expect(page.locator(".job")).to_contain_text("已完成", timeout=60_000)
    expect(page.locator("#sum")).to_contain_text("待确认")
    page.screenshot(path=tmp_path / "batch.png", full_page=True)
    page.keyboard.press("F8")
    page.keyboard.press("1")
    expect(page.locator("main tbody")).to_contain_text("已归入")
    page.click("button:has-text('全部确认无疑的')")
    expect(page.locator(".job")).to_contain_text("归入 1 个文件", timeout=60_000)
    page.goto(f"{page.url}?by=unit")
    page.screenshot(path=tmp_path / "confirmed.png", full_page=True)
    expect(page.locator("#sum")).not_to_contain_text("待确认1")

    page.click(f"main tbody a:has-text('{PLACE}林业局.docx')")
    expect(page.locator(".object")).to_contain_text("分数相符")
    page.wait_for_load_state()  # keys are heard once the scripts, which are deferred, have run
    page.keyboard.press("F8")
    first = page.locator(".found.open")
    expect(first).to_have_count(1)
    number = first.get_attribute("data-mark")
    expect(page.locator(f"#{number}")).to_be_in_viewport()
    page.keyboard.press("F8")
    expect(page.locator(f"#{number.replace('m', 'f')}" if number else "x")).not_to_have_class(re.compile("open"))
    page.screenshot(path=tmp_path / "audit.png")
    read = page.url
    page.click(".object >> text=形式审核")
    page.click("button:has-text('按系统核对结果勾选')")
    expect(page.locator(".banner")).to_contain_text("已保存")
    page.click(".chip >> nth=0")
    expect(page.locator("#opinion")).to_have_value(re.compile("得分不一致"))
    page.screenshot(path=tmp_path / "formal.png", full_page=True)
    for address in (read, page.url, f"{demo}/intake/", f"{demo}/audits/"):
        page.goto(address)
        serious = [v for v in Axe().run(page).response["violations"] if v["impact"] in ("serious", "critical")]
        assert not serious, [(v["id"], [n["html"][:120] for n in v["nodes"][:3]]) for v in serious]
        for width in (1366, 390):
            page.set_viewport_size({"width": width, "height": 768})
            wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert wide <= 0, f"{address} {width} {wide}"
        page.set_viewport_size({"width": 1366, "height": 768})
