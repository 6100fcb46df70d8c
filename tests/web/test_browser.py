"""In a real browser against a real server: from an empty account to a signed submission of the real case."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from hengji.web.filings.slugs import slug
from tests.web.accessible import grave_violations
from tests.web.conftest import EXAMPLE, SYSTEM
from tests.web.server import OF_A_REGION, PASSWORD, chromium, serving

DEPARTMENT = "乐昌市人民政府办公室"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        yield found
        found.close()


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    chromium()
    with serving(tmp_path_factory.mktemp("server") / "data", *OF_A_REGION) as found:
        yield found


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    chromium()
    with serving(tmp_path_factory.mktemp("demo") / "data", "--demo") as found:
        yield found


def signed_in(browser: Browser, address: str, name: str, width: int = 1366) -> Page:
    context = browser.new_context(viewport={"width": width, "height": 768}, locale="zh-CN")
    context.set_default_timeout(30_000)
    page = context.new_page()
    page.on("console", lambda said: _no_complaint(said.type, said.text))
    page.on("request", lambda request: _own(request.url, address))
    page.goto(f"{address}/signin/")
    page.fill("#id_username", name)
    page.fill("#id_password", PASSWORD)
    page.click("button:has-text('登录')")
    expect(page).to_have_url(f"{address}/")
    return page


def _no_complaint(kind: str, text: str) -> None:
    expected = ("409", "422", "DISCONNECTED", "htmx:sendError", "htmx:afterRequest")
    assert kind != "error" or any(word in text for word in expected), text


def _own(url: str, address: str) -> None:
    assert url.startswith(address), f"a request to another host: {url}"


def make_people(page: Page, address: str) -> None:
    """The administrator makes the department, its two accounts, and the task."""
    page.goto(f"{address}/people/")
    page.fill("input[name=name]", DEPARTMENT)
    page.click("button:has-text('建单位')")
    for name, role in (("tianbao", "clerk"), ("tianbao2", "clerk"), ("fuze", "head"), ("shenhe", "reviewer")):
        page.fill("input[name=username]", name)
        page.select_option("select[name=role]", role)
        if role != "reviewer":
            page.select_option("select[name=department]", label=DEPARTMENT)
        page.fill("#id_password", PASSWORD)
        page.click("button:has-text('建账号')")
        expect(page.locator(".banner")).to_contain_text(f"已建账号 {name}")
    page.goto(f"{address}/notices/new/")
    page.fill("input[name=year]", "2023")
    page.fill("input[name=name]", "关于开展2023年度自评的通知")
    page.fill("input[name=fill_by]", "2099-06-30")
    page.select_option("select[name=system_]", SYSTEM)
    page.check("input[name=departments]")
    page.click("button:has-text('保存草稿')")
    page.click("text=看看将下达什么")
    page.click("button:has-text('下达 1 个单位')")
    expect(page.locator(".banner")).to_contain_text("1 个单位")


def _try_figures(clerk: Page) -> None:
    """By hand: a figure that moves the score, one that cannot be read, and back."""
    score = clerk.locator("#score")
    clerk.click("nav >> text=填报")
    clerk.click(".rail >> text=政府采购")
    cell = clerk.get_by_label("采购预算金额 2023年（万元）")
    expect(cell).to_have_value("5.00")
    cell.fill("26.12")
    cell.press("Enter")
    reason = clerk.get_by_label("改动 采购预算金额 的理由")
    expect(reason).to_be_focused()
    reason.fill("按批复调整数")
    reason.press("Enter")
    expect(score).to_contain_text("基础分 100.00")
    cell.fill("九")
    cell.press("Tab")
    expect(clerk.get_by_role("alert")).to_contain_text("不是数")
    expect(cell).to_have_value("九")
    cell.fill("5")
    cell.press("Tab")
    expect(score).to_contain_text("基础分 98.00")


def _prove(clerk: Page, place: Path) -> None:
    proof = place / "批复.pdf"
    proof.write_bytes(b"%PDF-1.7 a proof")
    clerk.click("nav >> text=佐证材料")
    clerk.set_input_files("#files", str(proof))
    clerk.select_option("#proves", "1.1.1")
    clerk.click("button:has-text('上传')")
    expect(clerk.locator("table.evidence")).to_contain_text("批复")


def test_from_an_empty_account_to_a_signed_submission(browser: Browser, address: str, tmp_path: Path) -> None:
    make_people(signed_in(browser, address, "admin"), address)

    clerk = signed_in(browser, address, "tianbao")
    clerk.click("text=继续填报")
    clerk.click("text=导入工作簿、决算表")
    clerk.set_input_files("input[name=file]", str(EXAMPLE))
    clerk.click("button:has-text('预览')")
    expect(clerk.locator("h1")).to_contain_text("导入预览")
    clerk.click("button:has-text('确认导入')")
    score = clerk.locator("#score")
    expect(score).to_contain_text("100.00")
    expect(score).to_contain_text("基础分 98.00")
    expect(score).to_contain_text("98 + 3.5 = 101.5分")
    expect(score).to_contain_text("自评口径得分")

    _try_figures(clerk)
    _prove(clerk, tmp_path)
    clerk.click(".object >> text=送负责人签批")
    clerk.click("main >> button:has-text('送负责人签批')")
    expect(clerk.locator(".banner")).to_contain_text("等负责人签批")

    head = signed_in(browser, address, "fuze")
    head.click("table >> text=签批，报送财政局")
    expect(head.locator("main")).to_contain_text("基础分 98 分")
    expect(head.locator("main")).to_contain_text("合计 101.5 分")
    head.check("input[name=declared]")
    head.check("input[name=acknowledged]")
    head.fill("input[name=password]", PASSWORD)
    head.click("main >> button:has-text('签批，报送财政局')")
    expect(head.locator("h1")).to_contain_text("已签批，报送财政局")

    clerk.goto(f"{address}/")
    expect(clerk.locator("main")).to_contain_text("等受理")
    reviewer = signed_in(browser, address, "shenhe")
    reviewer.click("table >> a:text-is('受理')")
    reviewer.click("main >> button:has-text('受理')")
    expect(reviewer.locator(".banner")).to_contain_text("审核中")
    reviewer.goto(f"{address}/filings/1/verify/")
    expect(reviewer.locator(".result")).to_contain_text("未改动")
    reviewer.goto(f"{address}/filings/1/moves/reject/")
    reviewer.fill("#opinion", "请补签章页")
    reviewer.click("main >> button:has-text('退回单位')")
    clerk.goto(f"{address}/filings/1/")
    expect(clerk.locator(".banner.error")).to_contain_text("请补签章页")


def test_two_clerks_and_a_broken_line(browser: Browser, demo: str) -> None:
    """A conflict shows both values; what finds no server is sent later."""
    one, two = signed_in(browser, demo, "tianbao00"), signed_in(browser, demo, "tianbao00")
    for page in (one, two):
        page.goto(f"{demo}/filings/12/")
        page.click(".rail >> text=人员编制")
    label = "编制数 2023年（人）"
    two.get_by_label(label, exact=True).fill("31")
    two.get_by_label(label, exact=True).press("Tab")
    two.get_by_label("改动 编制数 的理由").fill("按编办批复")
    two.get_by_role("button", name="按理由保存").click()
    expect(two.get_by_role("alert")).to_have_count(0)
    expect(two.locator("#save")).to_contain_text("已保存")
    two.wait_for_load_state("networkidle")
    one.get_by_label(label, exact=True).fill("32")
    one.get_by_label(label, exact=True).press("Tab")
    expect(one.get_by_role("alert")).to_contain_text("已改为 31")
    one.click("button:has-text('用我的')")
    expect(one.get_by_role("alert")).to_have_count(0)
    expect(one.get_by_label(label, exact=True)).to_have_value("32")

    one.context.set_offline(True)
    one.get_by_label(label, exact=True).fill("34")
    one.get_by_label(label, exact=True).press("Tab")
    expect(one.locator("#save")).to_contain_text("未连接，已暂存 1 处")
    one.get_by_label("在编人数 2023年（人）").fill("24")
    one.get_by_label("在编人数 2023年（人）").press("Tab")
    expect(one.locator("#save")).to_contain_text("未连接，已暂存 2 处")
    one.context.set_offline(False)
    note = one.get_by_role("alert")
    expect(note).to_contain_text("断线时填的“24”没有存进去", timeout=15_000)  # it was imported: a reason is wanted
    expect(one.get_by_label("在编人数 2023年（人）")).to_have_value("24")
    expect(one.get_by_label("在编人数 2023年（人）")).to_be_focused()
    expect(one.get_by_label(label, exact=True)).to_have_value("34")
    one.reload()
    expect(one.get_by_label(label, exact=True)).to_have_value("34")


def test_keys_lead_through_the_pages(browser: Browser, demo: str) -> None:
    page = signed_in(browser, demo, "tianbao00")
    page.goto(f"{demo}/filings/12/")
    page.keyboard.press("F1")
    expect(page.locator("#help")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("Alt+ArrowDown")
    expect(page.locator("h1")).to_contain_text("结转结余")
    field = page.locator(".ledger input").first
    field.focus()
    field.fill("123")
    field.press("Escape")
    expect(field).to_have_value(field.get_attribute("data-saved") or "")
    page.keyboard.press("Control+k")
    page.keyboard.type("采购合同")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("查找“采购合同”")
    page.keyboard.press("Control+k")
    page.keyboard.type("zfcg")
    page.keyboard.press("Enter")
    expect(page.locator(".middle table")).to_contain_text("政府采购执行率")
    page.keyboard.press("F9")
    expect(page.locator("h1")).to_contain_text("得分怎么来的")


def test_a_sheet_is_walked_and_undone_like_a_spreadsheet(browser: Browser, demo: str) -> None:
    page = signed_in(browser, demo, "tianbao00")
    page.goto(f"{demo}/filings/12/data/{slug('收支总体')}/")
    first, second = (page.get_by_label(f"{name} 2023年（万元）") for name in ("公用经费支出", "公用经费预算数"))
    first.focus()
    page.keyboard.press("ArrowDown")
    expect(second).to_be_focused()
    page.keyboard.press("Shift+Enter")
    expect(first).to_be_focused()
    before = first.input_value()
    first.fill("1.5")
    page.keyboard.press("Enter")
    expect(second).to_be_focused()
    expect(page.locator("#save")).to_contain_text("已保存")
    expect(first).to_have_value("1.50")
    page.keyboard.press("Control+z")
    expect(first).to_have_value(before)
    page.wait_for_load_state("networkidle")
    page.reload()
    expect(first).to_have_value(before)
    first.focus()
    expect(page.locator("#score [data-leaf='3.1']")).to_have_class("fed")
    page.keyboard.press("F6")
    expect(page.locator(".side :focus")).to_have_count(1)
    page.goto(f"{demo}/filings/12/findings/")
    page.keyboard.press("F8")
    expect(page.locator("tr[data-finding]").first).to_be_focused()
    page.keyboard.press("F8")
    expect(page.locator("tr[data-finding]").nth(1)).to_be_focused()
    page.keyboard.press("Shift+F8")
    expect(page.locator("tr[data-finding]").first).to_be_focused()


def test_what_is_meant_is_asked_with_the_keyboard_alone(browser: Browser, demo: str) -> None:
    """An imported figure typed over in yuan: both questions, answered without a mouse; and F7 on a list of choices."""
    page = signed_in(browser, demo, "tianbao00")
    page.goto(f"{demo}/filings/12/data/{slug('政府采购')}/")
    field = page.get_by_label("服务类采购预算 2023年（万元）")
    cell = page.locator(".cell").filter(has=field)
    field.fill("61200元")
    page.keyboard.press("Enter")
    expect(cell).to_contain_text("换算后是 6.12 万元")
    expect(page.get_by_role("button", name="按 6.12 万元保存")).to_be_focused()
    page.keyboard.press("Enter")
    expect(cell).to_contain_text("写明理由")
    expect(page.get_by_label("改动 服务类采购预算 的理由")).to_be_focused()
    page.keyboard.type("合同按实结算")
    page.keyboard.press("Enter")
    expect(field).to_have_value("6.12")
    expect(page.locator("#save")).to_contain_text("已保存")
    page.goto(f"{demo}/filings/12/history/")
    expect(page.locator("tbody tr").first).to_contain_text("合同按实结算")
    page.goto(f"{demo}/filings/12/registers/{slug('人员')}/")
    page.keyboard.press("Insert")
    choice = page.get_by_label("第 1 行 是否在编")
    choice.focus()
    page.keyboard.press("F7")
    expect(page.locator("dialog.choices")).to_be_visible()
    page.keyboard.press("1")
    expect(page.locator("dialog.choices")).to_have_count(0)
    expect(choice).to_have_value("是")
    expect(choice).to_be_focused()
    page.once("dialog", lambda asked: asked.accept())
    page.get_by_role("button", name="删除").click()
    expect(page.locator("#rows tr[id]")).to_have_count(0)


def test_a_block_from_excel_is_shown_before_it_is_kept(browser: Browser, demo: str) -> None:
    page = signed_in(browser, demo, "tianbao00")
    page.goto(f"{demo}/filings/12/data/{slug('人员编制')}/")
    cell = page.get_by_label("编制数 2023年（人）", exact=True)
    cell.focus()
    page.evaluate(
        """() => { const data = new DataTransfer(); data.setData("text/plain", "29\\t33\\n28\\t九");
        document.activeElement.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true})); }"""
    )
    expect(page.locator("h1")).to_contain_text("粘贴预览")
    expect(page.locator("main")).to_contain_text("不是数")
    if page.locator("#why").count():  # where nobody has typed over the imported figure before
        page.fill("#why", "按编办批复")
    page.click("button:has-text('加入 3 格')")
    expect(page.get_by_label("编制数 2023年（人）", exact=True)).to_have_value("33")
    expect(page.get_by_label("编制数 2022年（人）", exact=True)).to_have_value("29")


def test_a_row_is_added_to_a_register_and_nothing_else_is_torn(browser: Browser, demo: str) -> None:
    """By Ins: the row is there, its first cell has the focus, the score stays whole, and the sums follow."""
    page = signed_in(browser, demo, "tianbao06")
    page.click("text=继续填报")
    page.click(".rail >> text=采购合同")
    leaves = page.locator("#score tr").count()
    assert leaves
    expect(page.locator("tr.nothing")).to_be_visible()
    for number in (1, 2):
        page.keyboard.press("Insert")
        expect(page.get_by_label(f"第 {number} 行 合同名称")).to_be_focused()
        expect(page.locator("#row-count")).to_have_text(str(number))
        expect(page.locator("#rows tr:not(.nothing)")).to_have_count(number)
        expect(page.locator("#score tr")).to_have_count(leaves)
    expect(page.locator("tr.nothing")).to_be_hidden()
    amount = page.get_by_label("第 1 行 合同金额")
    amount.fill("35000元")
    amount.press("Tab")
    expect(page.get_by_role("button", name="按 3.5 万元保存")).to_be_focused()
    page.keyboard.press("Enter")
    expect(amount).to_have_value("3.5")
    expect(page.locator("#row-sums")).to_contain_text("3.5")
    page.on("dialog", lambda asked: asked.accept())
    page.locator("#rows tr").filter(has=amount).get_by_role("button", name="删除").click()
    expect(page.locator("#row-count")).to_have_text("1")
    expect(page.locator("#row-sums")).not_to_contain_text("3.5")


def test_a_refused_removal_leaves_the_row_and_says_why(browser: Browser, demo: str) -> None:
    page = signed_in(browser, demo, "tianbao06")
    page.click("text=继续填报")
    page.click(".rail >> text=采购合同")
    rows = page.locator("#rows tr:not(.nothing)").count()
    page.keyboard.press("Insert")
    expect(page.locator("#rows tr:not(.nothing)")).to_have_count(rows + 1)
    refusal = '<p class="note error" role="alert">这一行刚被别人改过，请刷新看过以后再删</p>'
    page.route("**/remove/", lambda route: route.fulfill(status=422, content_type="text/html", body=refusal))
    page.on("dialog", lambda asked: asked.accept())
    row = page.locator("#rows tr:not(.nothing)").last
    row.get_by_role("button", name="删除").click()
    expect(row.get_by_role("alert")).to_contain_text("刚被别人改过")
    expect(page.locator("#rows tr:not(.nothing)")).to_have_count(rows + 1)
    page.unroute("**/remove/")
    row.get_by_role("button", name="删除").click()
    expect(page.locator("#rows tr:not(.nothing)")).to_have_count(rows)


def test_without_scripts_a_section_is_filled_as_one_form(browser: Browser, demo: str) -> None:
    context = browser.new_context(java_script_enabled=False, locale="zh-CN")
    page = context.new_page()
    page.goto(f"{demo}/signin/")
    page.fill("#id_username", "tianbao00")
    page.fill("#id_password", PASSWORD)
    page.click("button:has-text('登录')")
    address = f"{demo}/filings/12/data/{slug('结转结余')}/"
    page.goto(address)
    # A browser told by its driver to run nothing parses noscript as one that runs scripts: the link is read, not clicked.
    assert (
        f'<noscript><p class="card-body">浏览器没有运行脚本。<a href="{address.removeprefix(demo)}form/">'
        in page.content()
    )
    page.goto(f"{address}form/")
    field = page.locator("form.middle input.form-control").last
    field.fill("九")
    page.click("button:has-text('保存这一节')")
    expect(page.locator("main")).to_contain_text("没有保存")
    field = page.locator("form.middle input.is-invalid")
    expect(field).to_have_value("九")
    field.fill("3")
    page.click("button:has-text('保存这一节')")
    expect(page.locator("h1")).to_have_text("结转结余")
    expect(page.locator(".ledger td.n:not(.before) input").last).to_have_value("3.00")


def test_on_a_phone_the_score_opens_from_the_foot(browser: Browser, demo: str) -> None:
    page = signed_in(browser, demo, "tianbao00", 390)
    page.goto(f"{demo}/filings/12/")
    expect(page.locator("#score")).to_be_hidden()
    page.click(".sheet-toggle")
    expect(page.locator("#score")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#score")).to_be_hidden()
    expect(page.locator(".rail a").first).to_be_hidden()
    page.click(".rail summary")
    expect(page.locator(".rail a").first).to_be_visible()


def test_paper_has_no_bars_and_no_buttons(browser: Browser, demo: str) -> None:
    page = signed_in(browser, demo, "tianbao00")
    page.goto(f"{demo}/filings/12/evidence/")
    page.emulate_media(media="print")
    for away in (".bar", ".rail", ".side", ".stages", "form.stack", ".btn"):
        assert not any(one.is_visible() for one in page.locator(away).all()), away
    expect(page.locator("table.evidence")).to_be_visible()
    expect(page.locator(".print-foot")).to_be_visible()


def test_the_theme_follows_the_system_until_it_is_chosen(browser: Browser, demo: str) -> None:
    page = signed_in(browser, demo, "tianbao00")
    page.emulate_media(color_scheme="dark")
    expect(page.locator("body")).to_have_css("background-color", "rgb(18, 23, 29)")
    page.goto(f"{demo}/account/")
    page.check("input[name=theme][value=light]")
    page.click("button:has-text('换外观')")
    expect(page.locator("body")).to_have_css("background-color", "rgb(244, 246, 248)")


def test_a_result_that_comes_does_not_take_back_the_link_just_clicked(browser: Browser, demo: str) -> None:
    page = signed_in(browser, demo, "tianbao00")
    page.route("**/come/", lambda route: route.fulfill(headers={"HX-Refresh": "true"}, body=""))
    page.evaluate("window.same = true; dispatchEvent(new Event('beforeunload')); htmx.ajax('GET', '/come/')")
    page.wait_for_timeout(500)
    assert page.evaluate("window.same"), "the page was shown anew while its reader was leaving it"
    page.goto(f"{demo}/account/")
    page.evaluate("window.same = true; htmx.ajax('GET', '/come/')")
    page.wait_for_function("!window.same")


PAGES = (
    "", "filings/12/", "filings/12/cover/", "filings/12/registers/{register}/", "filings/12/judgements/2/",
    "filings/12/text/{chapter}/", "filings/12/score/", "filings/12/leaves/2.1.4/", "filings/12/findings/",
    "filings/12/evidence/", "filings/12/report/", "filings/12/imports/", "filings/12/find/?q=采购", "filings/12/moves/send/", "filings/12/sign/",
    "filings/12/history/", "filings/12/verify/", "filings/12/data/{section}/form/", "account/", "why/?act=sign&filing=12",
)  # fmt: skip

OF_BUREAU = ("", "people/", "notices/", "notices/new/", "board/2023/", "filings/3/")


def whole(path: str) -> str:
    return path.format(register=slug("工作开展"), chapter=slug("存在问题"), section=slug("政府采购"))


def test_axe_finds_nothing_serious(browser: Browser, demo: str) -> None:
    found = []
    for who, paths in (("tianbao00", PAGES), ("guanli", OF_BUREAU)):
        page = signed_in(browser, demo, who)
        for path in paths:
            page.goto(f"{demo}/{whole(path)}")
            found += grave_violations(page)
    assert found == []


@pytest.mark.parametrize("width", [1366, 390])
def test_no_page_is_wider_than_the_screen(browser: Browser, demo: str, width: int) -> None:
    for who, paths in (("tianbao00", PAGES), ("guanli", OF_BUREAU)):
        page = signed_in(browser, demo, who, width)
        for path in paths:
            page.goto(f"{demo}/{whole(path)}")
            wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert wide <= 0, f"{path} {wide}"
