"""Tables are found by the titles of their columns, wherever they stand."""

import subprocess
from pathlib import Path

from hengji.workbook.grid import Cell, Grid, open_grids
from hengji.workbook.table import Title, find_table, normal, unit_in
from tests.conftest import RequireProgram

from .books import make_book

_TITLES = (Title("name", ("名称", "项目名称")), Title("amount", ("金额",)), Title("day", ("日期",)))


def _grid(*rows: str) -> Grid:
    """A grid from rows of cells separated by |."""
    return Grid("表", tuple(tuple(Cell(text.strip()) for text in row.split("|")) for row in rows))


def test_a_title_is_what_remains_without_blanks_unit_and_star() -> None:
    assert normal("金 额（万元） *") == "金额"
    assert normal("（一）") == "(一)"
    assert unit_in("金额（单位：元）*") == "元"
    assert unit_in("金额") == ""


def test_columns_may_be_moved_and_renamed() -> None:
    table = find_table(_grid("某局台账", "日期 | 备注 | 金额（元） | 项目名称", "2023-01-01 | x | 5 | 甲"), _TITLES)
    assert table is not None
    assert (table.first_row, dict(table.columns)) == (2, {"day": 0, "amount": 2, "name": 3})
    assert table.units == {"amount": "元"}
    assert table.unknown == (1,)
    assert [table.text(row, "name") for row in table.rows()] == ["甲"]


def test_a_title_above_the_head_is_not_taken_for_a_column() -> None:
    table = find_table(_grid("名称（白格填写） | | |", "序号 | 名称 | 金额 | 日期", "1 | 甲 | 5 |"), _TITLES)
    assert table is not None
    assert dict(table.columns) == {"name": 1, "amount": 2, "day": 3}


def test_two_head_rows_and_a_row_of_column_numbers() -> None:
    grid = _grid("项目 | | 时间", "名称 | 金额 | 日期", "1 | 2 | 3", "甲 | 5 | 2023", "2 | 3 | 4")
    table = find_table(grid, _TITLES)
    assert table is not None
    assert list(table.rows()) == [3, 4]  # figures that happen to count up further down are figures
    split = find_table(_grid("名称 | 情况 | ", " | 金额 | 日期", "栏次 | 1 | 2", "甲 | 5 | x"), _TITLES)
    assert split is not None
    assert (split.first_row, list(split.rows())) == (2, [3])


def test_a_repeated_column_is_known() -> None:
    table = find_table(_grid("名称 | 金额 | 金额", "甲 | 1 | 2"), _TITLES)
    assert table is not None
    assert (table.columns["amount"], table.repeated) == (1, (2,))
    assert list(table.strays(table.repeated)) == ["表!C1"]


def test_no_table_without_enough_titles() -> None:
    assert find_table(_grid("名称", "甲"), _TITLES) is None
    assert find_table(Grid("空", ()), _TITLES) is None


def test_an_ods_lends_the_text_of_a_merge_as_an_xlsx_does(tmp_path: Path, require_program: RequireProgram) -> None:
    made = make_book(tmp_path / "a.xlsx", {"表": [["产出指标", "甲"], [None, "乙"]]}, merged=("表!A1:A2",))
    profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    command = [str(require_program("soffice")), profile, "--headless", "--convert-to", "ods", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(made)], check=True, capture_output=True, timeout=120)
    for path in (made, tmp_path / "a.ods"):
        (grid,) = open_grids(path)
        assert [[cell.text for cell in row] for row in grid.rows] == [["产出指标", "甲"], ["产出指标", "乙"]]
        assert grid.cell(1, 0).lent
