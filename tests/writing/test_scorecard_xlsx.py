"""The score table: the official layout, stored results equal to the scores, and the same again when recalculated."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from hengji.library import load_dictionary, load_system, load_system_text, system_ids
from hengji.model.filing import Answer, Claim, Filing, Judgement, Register, Row, Value, ValueKey
from hengji.model.scorecard import Scorecard, Standing
from hengji.model.system import IndicatorSystem
from hengji.scoring import score
from hengji.scoring.trials import trial_filing
from hengji.writing import write_scorecard_xlsx
from tests.conftest import RequireProgram

from .recalculation import formulas, recalculated, stored, texts

TABLE, PROCESS, DATA = "评分表", "计分过程", "数据"
KINDS = """
id: test/kinds
version: 1
name: 各种算法
total: {points: 100, cap: 90, floor: 0}
bonus: {name: 加分项, tariff: {register: 表彰奖励, by: 级别, points: {省级: 2, 县级: 0.5}, distinct: 荣誉名称}, cap: 2}
deduction: {name: 扣分项, tariff: none, cap: 5}
grades: [{name: 优, from: 90}, {name: 差, from: 0}]
items:
  - {name: 甲, unit: 万元}
  - {name: 乙, unit: 万元}
  - {name: 丙, unit: 万元, formula: 甲 + 乙}
  - {name: 有问题, type: flag}
indicators:
  - id: a
    name: 一部分
    points: 60
    parts:
      - {id: a1, name: 比例, points: 10, measure: 甲 / 乙, rule: {kind: proportional}}
      - {id: a2, name: 分档, points: 10, measure: 甲 / 乙, rule: {kind: steps, steps: [{from: 90%, score: 10}, {from: 75%, share: 70%}, {score: 0}]}}
      - {id: a3, name: 超出, points: 10, measure: 乙 / 甲, rule: {kind: excess, beyond: 100%, step: 1%, each: 0.5, whole_steps: up}}
      - {id: a4, name: 及格, points: 10, measure: 甲 / 乙, rule: {kind: pass_mark, mark: 60%}}
      - {id: a5, name: 条件, points: 10, rule: {kind: condition, when: 甲 <= 乙 且 非(有问题)}}
      - {id: a6, name: 变动, points: 10, rule: {kind: difference, of: 甲, against: 上年(甲), rule: {kind: steps, around: 0%, steps: [{to: 10%, score: 10}, {score: 3}]}}}
  - id: b
    name: 二部分
    points: 40
    parts:
      - id: b1
        name: 组合
        points: 19
        rule:
          kind: composite
          parts:
            - {name: 甲率, points: 9, measure: 甲 / 丙, rule: {kind: proportional, to: 40%}}
            - {name: 零率, points: 10, measure: 甲 / (乙 - 乙), rule: {kind: proportional}, zero_denominator: {both: full, only: zero}}
      - {id: b2, name: 要点, points: 10, rule: {kind: checklist, statements: [甲事, 乙事, {text: 丙事, when: 甲 > 0}]}}
      - {id: b3, name: 评判, points: 8, rule: {kind: judgement, bands: [{name: 好, from: 80%, to: 100%}, {name: 差, from: 0%, to: 80%}]}}
      - {id: b4, name: 不考核的, points: 3, measure: 甲 / 乙, rule: {kind: proportional}, not_applicable: {when: 无(转移支付), policy: to_all, because: 没有}}
"""


def kinds(top: str = "80", bottom: str = "90", last: str = "75", **more: str) -> tuple[IndicatorSystem, Filing]:
    """A system of every rule a cell can state, and a filing of it."""
    system = load_system_text(KINDS, load_dictionary())
    values = {"甲": top, "乙": bottom, "有问题": "否"} | more
    filing = Filing(
        department="测试局",
        year=2023,
        values={ValueKey(name, 2023): Value(text) for name, text in values.items()}
        | {ValueKey("甲", 2022): Value(last)},
        registers={
            "转移支付": Register(none_this_year=True),
            "表彰奖励": Register(
                (Row({"荣誉名称": "甲奖", "级别": "省级"}), Row({"荣誉名称": "乙奖", "级别": "县级"})), complete=True
            ),
        },
        judgements={
            "b2": Judgement(answers={"1": Answer(holds=True), "2": Answer(holds=False)}),
            "b3": Judgement(band="好", share=Decimal("0.85"), reason="因为"),
        },
        claims={"扣分": Claim(Decimal(7))},
    )
    return system, filing


def written(system: IndicatorSystem, filing: Filing, path: Path) -> Path:
    write_scorecard_xlsx(filing, system, score(system, filing), path)
    return path


def leaf_scores(book: Workbook) -> Mapping[str, object]:
    """The computed score of every leaf as the sheet of the process shows it."""
    return {str(row[0]): row[8] for row in book[PROCESS].iter_rows(min_row=4, values_only=True) if row[0]}


@pytest.fixture
def path(filing: Filing, system: IndicatorSystem, tmp_path: Path) -> Path:
    return written(system, filing, tmp_path / "评分表.xlsx")


def test_stored_results_are_the_scores(path: Path, scorecard: Scorecard) -> None:
    shown = leaf_scores(load_workbook(path, data_only=True))
    for leaf in scorecard.leaves:
        if leaf.computed is not None:
            assert shown[leaf.id] == float(leaf.computed)
    assert shown["1.1.3"] == "不考核"
    assert shown["2.1"] == shown["2.2"] == "未算出"


def test_the_table_ends_with_the_total_step_by_step(path: Path) -> None:
    sheet = load_workbook(path, data_only=True)[TABLE]
    rows = {str(row[0]): (row[8], row[9], row[10]) for row in sheet.iter_rows(min_row=4, values_only=True) if row[0]}
    assert rows["预算执行情况小计"] == (45, 42, 42)
    assert rows["合计（基础分）"] == (63, 42, 60)
    assert rows["加减分项（未核实）"] == (1.5, None, 1.5)
    assert rows["加减后合计"][2] == 61.5
    assert rows["自评口径得分"] == (90, None, 61.5)
    assert rows["等次"][2] == "暂不评定"  # one leaf has no score yet


def test_levels_are_merged_and_their_points_are_sums(path: Path) -> None:
    sheet = load_workbook(path)[TABLE]
    merged = {str(merge) for merge in sheet.merged_cells.ranges}
    assert {"A4:A7", "B4:B7", "C4:C6", "D4:D6", "C7:E7", "A8:E8"} <= merged
    assert (sheet["A4"].value, sheet["B4"].value) == ("预算执行情况", "=SUM($F$4:$F$7)")
    assert sheet["D4"].value == "=SUM($F$4:$F$6)"
    assert [sheet.cell(3, column).value for column in range(1, 15)] == [
        "一级指标", "分值", "二级指标", "分值", "三级指标", "分值", "指标说明/计算公式", "评分标准", "自评得分", "系统得分",
        "计入得分", "得分依据", "佐证材料", "得分状态",
    ]  # fmt: skip


def test_reasons_evidence_and_standing_stand_beside_the_scores(path: Path) -> None:
    sheet = load_workbook(path)[TABLE]
    first = [sheet.cell(4, column).value for column in range(1, 15)]
    assert "单位说明：按调整前的预算计算" in str(first[11])
    assert first[12] == "国库支付台账"
    assert [sheet.cell(row, 14).value for row in (4, 6, 7, 9, 10)] == [
        "据数计算",
        "不考核",
        "逐条判定",
        "未核实",
        "未填",
    ]


def test_the_figures_are_there_once_with_their_source(path: Path) -> None:
    rows = list(load_workbook(path)[DATA].iter_rows(min_row=3, values_only=True))
    assert rows[0] == ("数据项", "单位", "2023年", "2022年", "来源", "取数位置")
    names = [row[0] for row in rows[1:]]
    assert len(names) == len(set(names))
    assert ("采购预算金额", "万元", 50, "未填", "填报", None) in rows


def test_it_prints_on_a4_landscape_as_wide_as_a_page(path: Path) -> None:
    for sheet in load_workbook(path):
        assert sheet.page_setup.orientation == "landscape"
        assert str(sheet.page_setup.paperSize) == "9"
        assert str(sheet.page_setup.fitToHeight) == "0"
        assert sheet.freeze_panes


def test_every_kind_a_cell_can_state_is_live(tmp_path: Path) -> None:
    system, filing = kinds()
    path = written(system, filing, tmp_path / "x.xlsx")
    notes = {
        str(row[0]): str(row[9])
        for row in load_workbook(path)[PROCESS].iter_rows(min_row=4, values_only=True)
        if row[0]
    }
    assert all(notes[leaf.id].startswith("公式") for leaf in system.leaves() if leaf.id != "b4"), notes
    live = formulas(path)
    assert live[PROCESS, "H4"] == "=(100/97)"
    assert [text for (sheet, _), text in live.items() if sheet == DATA] == ["=('数据'!$C$4+'数据'!$C$5)"]


def test_the_same_filing_gives_the_same_bytes(
    path: Path, filing: Filing, system: IndicatorSystem, tmp_path: Path
) -> None:
    assert written(system, filing, tmp_path / "again.xlsx").read_bytes() == path.read_bytes()


def test_text_never_becomes_a_formula(hostile: Filing, system: IndicatorSystem, tmp_path: Path) -> None:
    path = written(system, hostile, tmp_path / "x.xlsx")
    found = list(texts(path))
    assert "=1+1" in found
    assert any("cmd|" in text for text in found)
    for (sheet, address), text in formulas(path).items():
        assert "cmd" not in text, (sheet, address)
        assert "HYPERLINK" not in text, (sheet, address)


def test_figures_of_the_department_that_look_like_formulas_stay_text(
    system: IndicatorSystem, filing: Filing, tmp_path: Path
) -> None:
    values = {
        **filing.values,
        ValueKey("采购预算金额", 2023): Value("=1+1", locator="=2+2"),
        ValueKey("实际采购金额", 2023): Value("5", locator="@x"),
    }
    path = written(system, replace(filing, values=values), tmp_path / "x.xlsx")
    assert not [text for text in formulas(path).values() if "1+1" in text or "2+2" in text]


def test_a_veto_on_a_branch_leaves_values_with_the_reason(tmp_path: Path) -> None:
    text = KINDS.replace(
        "indicators:", "vetoes: [{when: 有问题, scope: node, node: a, because: 弄虚作假}]\nindicators:", 1
    )
    system = load_system_text(text, load_dictionary())
    _, filing = kinds(有问题="是")
    path = written(system, filing, tmp_path / "x.xlsx")
    rows = {
        str(row[0]): row
        for row in load_workbook(path, data_only=True)[PROCESS].iter_rows(min_row=4, values_only=True)
        if row[0]
    }
    assert rows["a1"][8] == 0
    assert "弄虚作假" in str(rows["a1"][9])


def check(before: Mapping[tuple[str, str], object], after: Mapping[tuple[str, str], object], name: str) -> None:
    for place, wanted in before.items():
        got = after[place]
        if isinstance(wanted, int | float) and isinstance(got, int | float):
            assert got == pytest.approx(wanted, abs=1e-9), (name, place)
        else:
            assert (got or "") == (wanted or ""), (name, place)


TIES = [
    ("90", "100"), ("89.99", "100"), ("75", "100"), ("60", "100"), ("59.99", "100"), ("0", "50"), ("0.1", "0.3"),
    ("0.25", "1"), ("912.97", "912.97"), ("33.33", "100"), ("1.005", "100"), ("26.75", "100"), ("110", "100"), ("99.5", "100"),
]  # fmt: skip


def test_libreoffice_recalculates_the_same_scores(require_program: RequireProgram, tmp_path: Path) -> None:
    """Every built-in test of every system, and every rule kind with figures that lie on its bounds."""
    office = require_program("soffice")
    books = []
    for system_id in system_ids():
        found = load_system(system_id)
        for number, trial in enumerate(found.tests):
            name = f"{system_id.replace('/', '_')}_{number}.xlsx"
            books.append(written(found, trial_filing(found, trial), tmp_path / name))
    for number, (top, bottom) in enumerate(TIES):
        books.append(written(*kinds(top, bottom), tmp_path / f"ties_{number}.xlsx"))
    again = recalculated(office, books, tmp_path)
    for book in books:
        check(stored(book), again[book], book.name)


def test_a_changed_figure_changes_the_score(require_program: RequireProgram, tmp_path: Path) -> None:
    """The sheet is alive: a corrected figure in 数据 gives what scoring gives for it."""
    office = require_program("soffice")
    system, filing = kinds("80", "90")
    path = written(system, filing, tmp_path / "x.xlsx")
    book = load_workbook(path)
    (cell,) = [row[2] for row in book[DATA].iter_rows(min_row=4) if row[0].value == "甲"]
    cell.value = 70
    book.save(tmp_path / "y.xlsx")
    _, changed = kinds("70", "90")
    wanted = score(system, changed)
    again = recalculated(office, [tmp_path / "y.xlsx"], tmp_path)[tmp_path / "y.xlsx"]
    places = {str(row[0].value): row[8].coordinate for row in book[PROCESS].iter_rows(min_row=4) if row[0].value}
    for leaf in wanted.leaves:
        if leaf.standing in (Standing.COMPUTED, Standing.JUDGED):
            assert again[PROCESS, places[leaf.id]] == pytest.approx(float(leaf.computed or Fraction(0)), abs=1e-9), (
                leaf.id
            )


def test_a_leaf_without_a_rule_that_a_veto_struck_is_a_value(tmp_path: Path) -> None:
    text = KINDS.replace(
        "indicators:", "indicators:\n  - {id: z, name: 无规则, points: 0, vetoes: [{when: 有问题, because: 挪用}]}", 1
    )
    system = load_system_text(text, load_dictionary())
    _, filing = kinds(有问题="是")
    sheet = load_workbook(written(system, filing, tmp_path / "x.xlsx"), data_only=True)[PROCESS]
    assert any(row[0] == "z" and "挪用" in str(row[9]) for row in sheet.iter_rows(min_row=4, values_only=True))
