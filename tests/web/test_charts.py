"""Charts: the table says what is drawn, figures stay exact, and a browser draws them under the pages' own policy."""

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

import pytest
from django.template.loader import render_to_string
from playwright.sync_api import Browser, Page, Route, expect, sync_playwright

from hengji.web.charts import Chart, Kind, Reference, Series, as_csv
from hengji.web.middleware import _POLICY
from tests.web.server import OF_A_REGION, chromium, serving

NAMES = ("甲局", "=乙局", "丙局")
GAP = Chart(
    id="gap",
    title="自评与复核的差距",
    kind=Kind.GAP,
    head="单位",
    labels=NAMES,
    series=(
        Series("自评", (Fraction(1999, 20), Decimal("96.9"), None), "claimed"),
        Series("复核", (Fraction(177, 2), 80, Decimal("93.10")), "reviewed"),
    ),
    references=(Reference(90, "优 90"),),
    low=75,
    high=100,
    download="/x.csv",
)
BARS = Chart(
    "bars",
    "各分数段单位数",
    Kind.BARS,
    "分数段",
    ("80–90", "90–100"),
    (Series("自评", (0, 2), "claimed"), Series("复核", (1, 1), "reviewed")),
    unit="个",
    places=0,
)
LINES = Chart(
    "lines",
    "各年得分",
    Kind.LINES,
    "年度",
    ("2021", "2022", "2023"),
    (Series("甲局", (90, 91, 92)), Series("乙局", (88, None, 95))),
)
MARKS = Chart("marks", "同类单位本项得分", Kind.MARKS, "单位", NAMES, GAP.series)


def test_the_table_prints_every_figure_exactly() -> None:
    page = render_to_string("shared/chart.html", {"chart": GAP, "data_id": "d"})
    assert re.findall(r'<td class="n">([^<]+)</td>', page) == ["99.95", "88.50", "96.90", "80.00", "—", "93.10"]
    data = json.loads(re.search(r"<script[^>]*>(.*?)</script>", page)[1])  # type: ignore[index]
    assert data["series"][0]["values"] == ["99.95", "96.90", None]
    assert data["references"] == [{"at": "90", "name": "优 90"}]


def test_the_data_of_a_page_cannot_end_its_script() -> None:
    hostile = Chart("x", "a</script><img src=x>", Kind.BARS, "b", ("</script>",), (Series("c", (1,), "claimed"),))
    page = render_to_string("shared/chart.html", {"chart": hostile, "data_id": "d"})
    assert page.count("</script>") == 1
    assert "<img" not in page


def test_the_file_has_no_formula() -> None:
    lines = as_csv(GAP).content.decode("utf-8-sig").splitlines()
    assert lines == ["单位,自评（分）,复核（分）", "甲局,99.95,88.50", "'=乙局,96.90,80.00", "丙局,,93.10"]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    chromium()
    with serving(tmp_path_factory.mktemp("charts") / "data", *OF_A_REGION) as found:
        yield found


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        yield found
        found.close()


def opened(browser: Browser, address: str, *charts: Chart, scripts: bool = True) -> tuple[Page, list[str], list[str]]:
    """A page of the server with these charts in it, what it asked for, and what it complained of."""
    work = "".join(
        render_to_string("shared/chart.html", {"chart": each, "data_id": f"chart-{each.id}-data"}) for each in charts
    )
    body = render_to_string("people/signin.html").replace('<section class="card">', work + '<section class="card">', 1)
    context = browser.new_context(java_script_enabled=scripts, viewport={"width": 1366, "height": 768})
    page = context.new_page()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url.partition("?")[0].rpartition("/")[2]))
    page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)

    def answer(route: Route) -> None:
        route.fulfill(body=body, content_type="text/html; charset=utf-8", headers={"Content-Security-Policy": _POLICY})

    page.route(f"{address}/charts-of-a-test/", answer)
    page.goto(f"{address}/charts-of-a-test/")
    page.wait_for_load_state("networkidle")
    return page, asked, said


def test_every_kind_is_drawn_under_the_policy_and_turns_with_the_theme(browser: Browser, address: str) -> None:
    page, asked, said = opened(browser, address, GAP, BARS, LINES, MARKS)
    assert asked.count("echarts.min.js") == 1
    for each in (GAP, BARS, LINES, MARKS):
        expect(page.locator(f"#chart-{each.id} [data-chart] svg")).to_be_visible()
        expect(page.locator(f"#chart-{each.id} table")).to_be_hidden()
    drawing = page.locator("#chart-gap [data-chart] svg")
    expect(drawing).to_contain_text("丙局")
    expect(drawing).to_contain_text("优 90")
    light = drawing.inner_html()
    page.emulate_media(color_scheme="dark")
    page.wait_for_function(
        "before => document.querySelector('#chart-gap [data-chart] svg').innerHTML !== before", arg=light
    )
    page.hover("#chart-gap [data-chart] svg", position={"x": 300, "y": 40})
    page.click("#chart-gap >> text=数据表")
    expect(page.locator("#chart-gap table")).to_be_visible()
    expect(page.locator("#chart-gap [data-chart]")).to_be_hidden()
    assert said == []


def test_where_there_is_no_chart_nothing_of_it_is_fetched(browser: Browser, address: str) -> None:
    _, asked, said = opened(browser, address)
    assert "htmx.min.js" in asked
    assert not {"echarts.min.js", "charts.js"} & set(asked)
    assert said == []


def test_without_scripts_the_table_stands_there(browser: Browser, address: str) -> None:
    page, asked, _ = opened(browser, address, GAP, scripts=False)
    expect(page.locator("#chart-gap table")).to_be_visible()
    expect(page.locator("#chart-gap [data-chart]")).to_be_hidden()
    assert "echarts.min.js" not in asked
