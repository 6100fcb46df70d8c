"""Which column names the leaves where headers leave it open; rows of a bonus, below zero, not assessed, or of the money under own names."""

import itertools
from decimal import Decimal

import pytest

from hengji.auditing import audit
from hengji.extracting import extract
from hengji.model.extraction import Extraction
from hengji.reading import read_data
from tests.extracting.tables import FORMATS, Cell, Rows, row_of

_Leaf = tuple[str, str, str, str, str, str]
_LEAVES: tuple[_Leaf, ...] = (
    ("运行成本", "经费控制", "公用经费压减", "8", "8", "支出41.2万元，低于定额"),
    ("运行成本", "经费控制", "三公经费压减", "7", "7", "支出9.8万元，预算11万元"),
    ("管理效率", "支出管理", "预算执行率", "10", "9.6", "支出2880万元，预算3000万元，执行率96%"),
    ("管理效率", "政府采购", "采购合规", "5", "5", "合同9份均已备案"),
    ("管理效率", "公开", "内控与信息公开", "10", "10", "2月15日公开预算，9月20日公开决算"),
    ("履职效能", "防汛", "堤防巡查", "15", "15", "巡查48次"),
    ("履职效能", "防汛", "险工整治", "15", "13.5", "计划10处，完成9处"),
    ("履职效能", "水政", "案件查处", "10", "10", "立案12起，结案12起"),
    ("社会效应", "服务", "群众满意度", "12", "12", "问卷200份，满意190份"),
    ("可持续", "队伍", "人员培训", "8", "7.5", "培训6期，少1期"),
)


def _changed(name: str, score: str, told: str) -> tuple[_Leaf, ...]:
    return tuple((*x[:4], score, told) if x[2] == name else x for x in _LEAVES)


def _rows(head: tuple[str, ...], leaves: tuple[_Leaf, ...], *ends: list[Cell], merged: bool = True) -> Rows:
    """The leaves under two columns of groups, whose cells reach over their rows or stand in each."""
    rows = [row_of(*head)]
    for at, leaf in enumerate(leaves):
        row: list[Cell] = []
        for level in (1, 2):
            first = not at or leaves[at - 1][:level] != leaf[:level]
            over = sum(1 for _ in itertools.takewhile(lambda x: x[:level] == leaf[:level], leaves[at:]))  # noqa: B023
            if first or not merged:
                row.append(Cell(leaf[level - 1], over if merged else 1))
        rows.append([*row, *row_of(*leaf[2:])])
    return [*rows, *ends]


_TOTAL = [Cell("合计", 1, 3), *row_of("100", "97.6", "")]
_ENDS = ("分值", "得分", "完成情况")


def _read(file: str, rows: Rows) -> Extraction:
    return extract(read_data(file, FORMATS[file](rows)), 2024)


def _leaves(found: Extraction) -> list[tuple[str, Decimal | None, Decimal | None]]:
    return [(i.name, i.points, i.claimed) for i in found.items]


def _wanted(leaves: tuple[_Leaf, ...]) -> list[tuple[str, Decimal, Decimal | None]]:
    return [
        (x[2], Decimal(x[3]), Decimal(x[4]) if x[4].lstrip("-").replace(".", "").isdigit() else None) for x in leaves
    ]


@pytest.mark.parametrize("file", ["自评.docx", "自评.txt"])
@pytest.mark.parametrize(
    "head",
    [
        ("维度", "指标", "观测点"),
        ("板块", "指标", "评价点"),
        ("一级", "二级", "评分项目"),
        ("类别", "指标名称", "考核要点"),
    ],
)
def test_the_column_that_repeats_itself_names_no_leaf(head: tuple[str, ...], file: str) -> None:
    assert _leaves(_read(file, _rows((*head, *_ENDS), _LEAVES, _TOTAL))) == _wanted(_LEAVES)


@pytest.mark.parametrize("head", [("类别", "指标名称", "考核点"), ("方面", "内容", "要点")])
def test_groups_that_stand_in_every_row(head: tuple[str, ...]) -> None:
    rows = _rows((*head, *_ENDS), _LEAVES, row_of("合计", "", "", "100", "97.6", ""), merged=False)
    assert _leaves(_read("自评.html", rows)) == _wanted(_LEAVES)


_BONUS: dict[str, tuple[list[list[Cell]], str]] = {
    "加分项": ([row_of("加分项", "", "获省级表彰", "2", "1", "省厅通报表扬1次")], "98.6"),
    "附加分": ([[Cell("附加分", 1, 2), *row_of("创新案例", "3", "1.5", "市委改革办刊发")]], "99.1"),
    "奖励分": (
        [[Cell("奖励分", 2), Cell("", 2), *row_of("典型经验", "2", "1", "")], row_of("上级考核优秀", "1", "1", "")],
        "99.6",
    ),
    "倒扣项": ([[Cell("倒扣项", 1, 2), *row_of("违规违纪", "", "-1", "审计指出问题1个")]], "96.6"),
}


@pytest.mark.parametrize("file", ["自评.html", "自评.docx"])
@pytest.mark.parametrize("kind", _BONUS)
def test_a_bonus_under_a_column_of_groups_is_no_leaf(kind: str, file: str) -> None:
    ends, whole = _BONUS[kind]
    base = [Cell("基础分合计", 1, 3), *row_of("100", "97.6", "")]
    total = [Cell("总得分", 1, 3), *row_of("", whole, "")]
    found = _read(file, _rows(("模块", "考核内容", "考核要点", *_ENDS), _LEAVES, base, *ends, total))
    assert _leaves(found) == _wanted(_LEAVES)
    made = sum(((e.claimed or Decimal(0)) * (-1 if e.deduction else 1) for e in found.extras), Decimal("97.6"))
    assert made == Decimal(whole)
    assert not [f for f in audit(found).findings if f.code in ("R01", "R03")]


@pytest.mark.parametrize("printed", ["-2", "－2", "−2分"])
def test_a_score_below_zero_is_read(printed: str) -> None:
    leaves = _changed("案件查处", printed, "有责投诉3起，每起扣4分")
    total = [Cell("合计", 1, 3), *row_of("100", "85.6", "")]
    found = _read("自评.html", _rows(("一级指标", "二级指标", "三级指标", *_ENDS), leaves, total))
    assert next(i.claimed for i in found.items if i.name == "案件查处") == Decimal(-2)
    assert {f.code for f in audit(found).findings} & {"R02", "R03", "R04"} == {"R02"}


@pytest.mark.parametrize(
    ("printed", "told"),
    [
        ("不评", "我局没有案件查处任务，10分并入“堤防巡查”"),
        ("免评", "2024年没有案件"),
        ("未涉及", "无查处任务"),
        ("", "本项不评，无此职能"),
    ],
)
def test_a_word_in_place_of_a_score(printed: str, told: str) -> None:
    leaves = _changed("案件查处", printed, told)
    head = ("一级指标", "二级指标", "三级指标", "分值", "得分", "得分说明")
    found = _read("自评.docx", _rows(head, leaves, [Cell("合计", 1, 3), *row_of("100", "87.6", "")]))
    assert [i.name for i in found.items if i.not_applicable] == ["案件查处"]
    assert not [f for f in audit(found).findings if f.code == "R04"]


@pytest.mark.parametrize(
    ("label", "name"), [("预算执行", "预算执行"), ("部门预算资金", "预算执行率"), ("资金执行", "资金执行")]
)
def test_the_row_of_money_by_its_own_name(label: str, name: str) -> None:
    rest = tuple(x for x in _LEAVES if x[2] != "预算执行率")
    money = [
        [Cell("资金情况（万元）", 1, 2), *row_of("年初预算", "全年执行", "分值", "得分")],
        [Cell(label, 1, 2), *row_of("2800", "2880", "10", "9.6")],
    ]
    rows = [*money, *_rows(("一级指标", "二级指标", "三级指标", "分值", "得分", "原因"), rest, _TOTAL)]
    found = _read("自评.docx", rows)
    assert _leaves(found) == [(name, Decimal(10), Decimal("9.6")), *_wanted(rest)]
