"""Single cells: what people type where a number, a date or a choice is asked for."""

from decimal import Decimal

import pytest

from hengji.model.filing import State
from hengji.model.item import ItemType
from hengji.workbook.cells import Reading, read_cell, yes_or_no
from hengji.workbook.grid import Cell, _meant
from hengji.workbook.styles import Style, style_of


@pytest.mark.parametrize(
    ("text", "number", "unit"),
    [
        ("912.97", "912.97", ""),
        ("１２．５", "12.5", ""),
        ("1,200,000.50", "1200000.50", ""),
        ("１，２００", "1200", ""),
        ("5万元", "5", "万元"),
        ("5 万", "5", "万元"),
        ("¥5,000.00", "5000.00", "元"),
        ("￥5000元", "5000", "元"),
        ("95％", "95", "%"),
        ("−3", "-3", ""),
        ("1.2E+3", "1.2E+3", ""),
        ("30㎡", "30", "平方米"),
        ("5日", "5", "天"),
    ],
)
def test_numbers(text: str, number: str, unit: str) -> None:
    assert read_cell(Cell(text), ItemType.NUMBER) == Reading(number, unit)


@pytest.mark.parametrize("text", ["五万", "约5", "12,34", "5-6", "5.0.0", "3人以上", "=A1", "#REF!", "Ⅴ"])
def test_what_is_no_number_is_kept_and_said(text: str) -> None:
    reading = read_cell(Cell(text), ItemType.NUMBER)
    assert reading is not None
    assert (reading.text, reading.state) == (text, State.UNREADABLE)
    assert "不是数" in reading.problem


@pytest.mark.parametrize("text", ["", " ", "/", "／", "—", "——", "-", "…"])
@pytest.mark.parametrize("kind", list(ItemType))
def test_nothing_is_nothing(text: str, kind: ItemType) -> None:
    assert read_cell(Cell(text), kind, ("甲",)) is None


def test_none_is_none_for_a_number_and_nothing_for_a_date() -> None:
    assert read_cell(Cell("无"), ItemType.NUMBER) == Reading("", state=State.NONE)
    assert read_cell(Cell("没有"), ItemType.DATE) is None
    assert read_cell(Cell("无"), ItemType.TEXT) == Reading("无")


@pytest.mark.parametrize(
    "text",
    [
        "2023-05-01",
        "2023-5-1",
        "2023/5/1",
        "2023.5.1",
        "2023年5月1日",
        "２０２３年５月１日",
        "20230501",
        "2023-05-01 12:30:00",
    ],
)
def test_dates(text: str) -> None:
    assert read_cell(Cell(text), ItemType.DATE) == Reading("2023-05-01")


@pytest.mark.parametrize("text", ["2023-02-30", "5月1日", "去年", "45047", "2023"])
def test_what_is_no_date_is_said(text: str) -> None:
    reading = read_cell(Cell(text), ItemType.DATE)
    assert reading is not None
    assert "不是日期" in reading.problem


def test_choices_are_recognised_as_people_write_them() -> None:
    assert read_cell(Cell("√"), ItemType.CHOICE, ("是", "否")) == Reading("是")
    assert read_cell(Cell(">="), ItemType.CHOICE, ("≥", "≤")) == Reading("≥")
    assert read_cell(Cell("（一）"), ItemType.CHOICE, ("(一)",)) == Reading("(一)")
    reading = read_cell(Cell("货物类"), ItemType.CHOICE, ("货物", "工程"))
    assert reading is not None
    assert reading.problem == "“货物类”应是其中之一：货物、工程"


@pytest.mark.parametrize(
    ("word", "meant"), [("是", True), ("√", True), ("Y", True), ("否", False), ("×", False), ("?", None)]
)
def test_yes_and_no(word: str, meant: bool | None) -> None:
    assert yes_or_no(word) is meant


@pytest.mark.parametrize(
    ("stored", "meant"),
    [
        (0.0900000762939453, "0.09"),
        (912.9699999999999, "912.97"),
        (0.1 + 0.2, "0.3"),
        (100000012345.67, "100000012345.67"),
        (440280000123456.0, "440280000123456"),
        (1e300, "1e300"),
    ],
)
def test_the_decimal_behind_a_float(stored: float, meant: str) -> None:
    assert _meant(stored) == Decimal(meant)


@pytest.mark.parametrize(
    ("code", "style"),
    [
        ("0%", Style(percent=True)),
        ("0.00%", Style(percent=True, decimals=2)),
        ('#,##0.00_ ;[Red]-#,##0.00" 元"', Style(decimals=2)),
        ("General", None),
        ("@", None),
        ('0"%"', None),
        ("yyyy-mm-dd", None),
    ],
)
def test_number_formats(code: str, style: Style | None) -> None:
    assert style_of(code) == style


@pytest.mark.parametrize("code", ["0!.0,", "#,##0,", "0.00,,", '0.0,"千"'])
def test_a_format_that_shows_another_number_than_is_stored_is_trouble(code: str) -> None:
    style = style_of(code)
    assert style is not None
    assert "按千或万显示" in style.trouble


def test_a_percentage_in_a_column_of_texts_keeps_its_sign() -> None:
    assert read_cell(Cell("97.00", number=True, percent=True), ItemType.TEXT) == Reading("97.00%")
