"""Importers of the published final accounts and of the execution export; every table here is invented."""

from pathlib import Path

import pytest

from hengji.library import load_dictionary
from hengji.model.filing import Filing, Source, Value, ValueKey
from hengji.model.problem import Problem
from hengji.workbook.importers import Imported, import_accounts, import_execution, merge
from hengji.workbook.importers.accounts import table_title

from .test_bad_input import _book

_N = None


def _accounts(unit: str = "金额单位：元") -> dict[str, list[list[object]]]:
    return {
        "Z01": [
            ["收入支出决算总表", _N, _N, _N, _N, _N],
            [_N, _N, _N, _N, _N, "公开01表"],
            ["部门：某局", _N, _N, _N, _N, unit],
            ["收入", _N, _N, "支出", _N, _N],
            ["项目", "行次", "金额", "项目(按功能分类)", "行次", "金额"],
            ["栏次", _N, 1, "栏次", _N, 2],
            ["一、一般公共预算财政拨款收入", 1, "9,129,712.34", "一、一般公共服务支出", 31, 9129712.34],
            ["二、政府性基金预算财政拨款收入", 2, _N, _N, 32, _N],
            ["本年收入合计", 27, 9129712.34, "本年支出合计", 57, 9129712.34],
            ["年初结转和结余", 29, 0, "年末结转和结余", 59, 1200],
            ["总计", 30, 9129712.34, "总计", 60, 9129712.34],
            ["注：本表反映部门本年度的总收支情况。", _N, _N, _N, _N, _N],
        ],
        "Z03": [
            ["2023年度某局支出决算表", _N, _N, _N, _N],
            [_N, _N, _N, _N, unit],
            ["项目", _N, "本年支出合计", "基本支出", "项目支出"],
            ["功能分类科目编码", "科目名称", _N, _N, _N],
            ["栏次", _N, 1, 2, 3],
            ["合计", _N, 9129712.34, 7958712.34, 1171000],
            ["201", "一般公共服务支出", 9129712.34, 7958712.34, 1171000],
        ],
        "Z05": [
            ["一般公共预算财政拨款支出决算表", _N, _N, _N, _N],
            [_N, _N, _N, _N, unit],
            ["科目编码", "科目名称", "本年支出合计", "基本支出", "项目支出"],
            ["合计", _N, 1, 2, 3],
        ],
        "Z07": [
            ["“三公”经费支出决算表", *[_N] * 11],
            [unit, *[_N] * 11],
            ["预算数", *[_N] * 5, "决算数", *[_N] * 5],
            ["合计", "因公出国(境)费", "公务用车购置及运行维护费", _N, _N, "公务接待费"] * 2,
            [_N, _N, "小计", "公务用车购置费", "公务用车运行维护费", _N] * 2,
            [*range(1, 13)],
            [66000, 0, 50000, 0, 50000, 16000, 31400, 0, 30000, 0, 30000, 1400],
        ],
    }


def test_tables_are_known_by_title_and_never_by_number(tmp_path: Path) -> None:
    found = import_accounts(_book(tmp_path / "a.xlsx", _accounts()), load_dictionary(), 2023)
    stated = {key.item: (value.stated, value.unit) for key, value in found.values.items()}
    assert stated["本年收入合计"] == ("9129712.34", "元")
    assert stated["一般公共预算财政拨款收入"] == ("9129712.34", "元")
    assert stated["基本支出"] == ("7958712.34", "元")
    assert stated["项目支出"] == ("1171000", "元")
    assert stated["年末结转结余"] == ("1200", "元")
    assert stated["三公经费预算数"] == ("66000", "元")
    assert stated["三公经费决算数"] == ("31400", "元")
    parts = ("因公出国境费", "公务用车购置费", "公务用车运行维护费", "公务接待费")
    assert [stated[f"{part}预算数"][0] for part in parts] == ["0", "0", "50000", "16000"]
    assert [stated[f"{part}决算数"][0] for part in parts] == ["0", "0", "30000", "1400"]
    assert "政府性基金预算财政拨款收入" not in stated  # blank is blank
    assert found.problems == ()
    value = found.values[ValueKey("三公经费决算数", 2023)]
    assert (value.source, value.locator) == (Source.IMPORTED, "三公经费支出决算表 Z07!G7")


def test_a_table_without_a_unit_is_not_guessed(tmp_path: Path) -> None:
    found = import_accounts(_book(tmp_path / "a.xlsx", _accounts("某局")), load_dictionary(), 2023)
    assert found.values == {}
    assert "没有写金额单位" in str(found.problems[0])


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("2023年度XX县财政局支出决算表", "支出决算表"),
        ("一般公共预算财政拨款支出决算表", "一般公共预算财政拨款支出决算表"),
        ("财政拨款收入支出决算总表", "财政拨款收入支出决算总表"),
        ("收入支出决算表", "收入支出决算总表"),
        ("一般公共预算财政拨款“三公”经费支出决算表", "三公经费支出决算表"),
        ("公开07表", None),
    ],
)
def test_the_longest_title_wins(text: str, title: str | None) -> None:
    assert table_title(text) == title


def _execution(*rows: list[object], unit: str = "单位：元") -> dict[str, list[list[object]]]:
    head: list[object] = [
        "资金来源",
        "年初预算",
        "年度预算调整",
        "调整后的预算",
        "全年执行数",
        "预算执行率%",
        "自评得分",
    ]
    return {"导出": [["部门整体预算执行情况", *[_N] * 5, unit], head, *rows]}


def test_execution_export_becomes_the_register_and_its_totals(tmp_path: Path) -> None:
    path = _book(
        tmp_path / "a.xlsx",
        _execution(
            ["一般公共预算", "9,000,000.00", 129600, 9129600, 9129600, "100%", 10],
            ["合计", 9000000, 129600, 9129600, 9129600, "100%", 10],
        ),
    )
    found = import_execution(path, 2023)
    row = found.registers["预算明细"].rows[0].cells
    assert (row["年初预算"], row["调整后预算"], row["全年执行数"]) == ("900", "912.96", "912.96")
    assert found.values[ValueKey("年度部门预算资金", 2023)].stated == "9129600"
    assert found.problems == ()


def test_an_export_that_does_not_add_up_is_said(tmp_path: Path) -> None:
    path = _book(tmp_path / "a.xlsx", _execution(["一般公共预算", 100, 5, 110, 90, "", ""], unit="单位：万元"))
    assert "不等于年初预算100加调整5" in str(import_execution(path, 2023).problems[0])


def test_a_typed_figure_stays_and_the_difference_is_said() -> None:
    key, other = ValueKey("本年支出合计", 2023), ValueKey("基本支出", 2023)
    filing = Filing(department="某局", year=2023, values={key: Value("912.97", "万元"), other: Value("795", "万元")})
    imported = Imported(
        {
            key: Value("9129712.34", "元", source=Source.IMPORTED, locator="支出决算表 A1"),
            other: Value("7958712.34", "元", source=Source.IMPORTED, locator="支出决算表 A2"),
            ValueKey("项目支出", 2023): Value("1171000", "元", source=Source.IMPORTED),
        }
    )
    merged, notes = merge(filing, imported)
    assert merged.values[key].stated == "912.97"
    assert merged.values[other].stated == "795"
    assert merged.values[ValueKey("项目支出", 2023)].stated == "1171000"
    assert notes == (Problem("支出决算表 A2", "基本支出填的是795万元，这里是7958712.34元，保留所填，请核对"),)
