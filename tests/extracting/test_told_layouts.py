"""Layouts that words tell: columns named in a line above the rows, a legend of two figures, groups in lines of their own, execution told apart."""

from decimal import Decimal

import pytest

from hengji.extracting import extract
from hengji.model.extraction import Extraction
from hengji.reading import read_data

Leaf = tuple[str, str, str, str, str]  # name, points, score, target, result
_GROUPS: tuple[tuple[str, tuple[Leaf, ...]], ...] = (
    ("决策", (("绩效目标合理性", "8", "8", "合理", "合理"), ("预算编制科学性", "12", "11", "≥90%", "92%"))),
    ("过程", (("预算执行率", "10", "9.6", "100%", "96%"), ("制度健全性", "10", "10", "健全", "健全"))),
    ("产出", (("培训人次", "20", "20", "≥300人次", "312人次"), ("验收合格率", "20", "18", "100%", "90%"))),
    ("效益", (("就业人数", "10", "10", "≥50人", "55人"), ("群众满意度", "10", "9.5", "≥95%", "90.2%"))),
)
_LEAVES = [leaf for _, leaves in _GROUPS for leaf in leaves]
_TOTAL = "96.1"


def _read(body: str, total: str = _TOTAL) -> Extraction:
    text = (
        "某某县人社局2024年度技能培训项目支出绩效自评报告\n一、项目概况\n项目由县人社局实施，预算200万元。\n二、自评结论\n"
        f"自评得分{total}分，等级为优。\n三、评分情况\n{body}\n四、存在问题\n1.支出进度偏慢。县人社局2025年3月底前整改。\n"
    )
    return extract(read_data("自评.txt", text.encode()))


def _told(found: Extraction) -> list[tuple[str, str, str]]:
    return [(item.name, str(item.points), str(item.claimed)) for item in found.items]


def _wanted() -> list[tuple[str, str, str]]:
    return [leaf[:3] for leaf in _LEAVES]


def _rows(mark: str, first: int = 0) -> str:
    order = [f"{n}." if first else "" for n in range(first, first + len(_LEAVES))]
    return "\n".join(
        f"{n}{name}{mark}{mark.join((points, target, actual, claim))}"
        for n, (name, points, claim, target, actual) in zip(order, _LEAVES, strict=True)
    )


def _cells(*, groups: str = "") -> str:
    """Name, points and score one under another; ``groups`` says what stands under a group's name."""
    lines: list[str] = []
    for group, leaves in _GROUPS:
        worth, got = (sum(Decimal(leaf[at]) for leaf in leaves) for at in (1, 2))
        lines += {"": [], "name": [group], "points": [group, f"{worth}"], "both": [group, f"{worth}", f"{got}"]}[groups]
        lines += [cell for leaf in leaves for cell in leaf[:3]]
    return "\n".join(lines)


_TOLD = {
    "in order, a cell a line": f"各项指标评分如下（依次为指标、分值、目标值、完成值、得分）：\n{_rows(chr(10))}\n合计\n100\n\n\n{_TOTAL}",
    "in brackets": f"评分明细（指标名称、满分、自评得分）\n{_cells()}\n合计\n100\n{_TOTAL}",
    "groups among the cells": f"评分表\n（一级指标、三级指标、分值、得分）\n{_cells(groups='name')}",
    "groups with points": f"评分表（一级指标、三级指标、权重、得分）\n{_cells(groups='points')}\n总分\n100\n{_TOTAL}",
    "groups with points and scores": f"评分表（一级指标、三级指标、权重、得分）\n{_cells(groups='both')}\n总分\n100\n{_TOTAL}",
    "commas": f"以下各行依次为：三级指标，分值，目标值，完成值，得分。\n{_rows('，')}\n合计，100，，，{_TOTAL}",
    "slashes": f"（格式：指标/分值/目标值/完成值/得分）\n{_rows('/')}",
    "quoted, semicolons": f"按“指标名称；分值；年度目标值；实际完成值；得分”列示：\n{_rows('；')}",
    "bars": f"各栏依次为指标｜分值｜目标值｜完成值｜得分\n{_rows(' ｜ ')}",
    "blanks": f"表中各列为指标、分值、目标值、完成值、得分五项：\n{_rows(' ')}",
    "a header of commas": f"三级指标,分值,目标值,完成值,得分\n{_rows(',')}\n合计,100,,,{_TOTAL}",
    "numbered": f"以下依次为指标、分值、目标值、完成值、得分。\n{_rows('，', 1)}",
    "number's own column": "评分表（序号、指标、分值、得分）\n"
    + "\n".join(f"{n}\n{leaf[0]}\n{leaf[1]}\n{leaf[2]}" for n, leaf in enumerate(_LEAVES, 1)),
}  # fmt: skip


@pytest.mark.parametrize("form", _TOLD)
def test_columns_told_in_words(form: str) -> None:
    assert _told(_read(_TOLD[form])) == _wanted()


@pytest.mark.parametrize("line", ["指标与得分的关系见细则", "投入得分、过程得分、产出得分", "（括号内为“得分/分值”）"])
def test_words_that_tell_no_columns(line: str) -> None:
    body = "\n".join(f"{n}.{leaf[0]}（{leaf[1]}分）：得{leaf[2]}分。" for n, leaf in enumerate(_LEAVES, 1))
    assert _told(_read(f"{line}\n{body}")) == _wanted()


@pytest.mark.parametrize(
    "legend", ["括号内为“得分/分值”", "括号内前为得分，后为满分", "斜线左边是自评得分，右边是标准分值"]
)
def test_a_legend_of_two_figures(legend: str) -> None:
    scored = [("办结率", "10", "14.55"), *[leaf[:3] for leaf in _LEAVES[3:]]]
    body = "\n".join(f"{name}（{claim}/{points}）：按时完成。" for name, points, claim in scored)
    gone = "采购执行率（不考核）：没有采购任务，该项5分并入“办结率”。"
    found = _read(f"（{legend}）\n{body}\n{gone}", "82.05")
    assert _told(found) == [*scored, ("采购执行率", "5", "None")]
    assert found.items[-1].not_applicable


_CIRCLES = "①②③④⑤⑥⑦⑧"
_HEADS = {
    "weighted": "【{0}】权重{1}，加权得分{2}",
    "weighted in a bracket": "【{0}】（权重{1}分，折算得分{2}分）",
    "colon": "{0}：权重{1}，加权得分{2}",
    "diamond": "◆{0}类，{1}分，得{2}分",
    "dashes": "——{0}（{1}分，自评{2}分）——",
    "sum": "【{0}】权重{1}，小计得分{2}",
}


@pytest.mark.parametrize("head", _HEADS)
@pytest.mark.parametrize(
    "leaf",
    ["{n}{0}：权重{1}，得分率100%，得分{2}。{3}，{4}。", "{m}.{0}（权重{1}）：得分率95%，加权得分{2}。完成{4}。"],
)
def test_groups_in_lines_of_their_own(head: str, leaf: str) -> None:
    lines: list[str] = []
    number = 0
    for group, leaves in _GROUPS:
        worth, got = (sum(Decimal(each[at]) for each in leaves) for at in (1, 2))
        lines.append(_HEADS[head].format(group, worth, got))
        for each in leaves:
            lines.append(leaf.format(*each, n=_CIRCLES[number], m=number + 1))
            number += 1
    found = _read("\n".join(lines))
    assert _told(found) == _wanted()
    assert [str(group.claimed) for group in found.groups if group.claimed is not None] == ["19", "19.6", "38", "19.5"]


@pytest.mark.parametrize(
    ("told", "name"),
    [
        ("其中资金执行9.6分（满分10分）、产出59分（满分60分）、效益29.5分（满分30分）", "资金执行"),
        ("其中预算执行9.6分、产出59分、效益29.5分", "预算执行"),
        ("产出59分、效益29.5分，加上资金支出情况9.6分", "资金支出情况"),
        ("预算执行9.6/10，产出59/60，效益29.5/30", "预算执行"),
        ("预算执行率96%，按10分折算得9.6分", "预算执行率"),
    ],
)
def test_execution_in_the_breakdown_of_the_total(told: str, name: str) -> None:
    leaves = [leaf for leaf in _LEAVES if leaf[0] != "预算执行率"]
    body = "\n".join(
        f"（{n}）{leaf[0]}（{leaf[1]}分）。\n完成{leaf[4]}，自评得{leaf[2]}分。"
        for n, leaf in zip("一二三四五六七", leaves, strict=True)
    )
    found = _told(_read(f"自评总分{_TOTAL}分，{told}。\n{body}"))
    assert sorted(found) == sorted([(name, "10", "9.6"), *(leaf[:3] for leaf in leaves)])


@pytest.mark.parametrize("between", ["。", "：", "——", " ", "→", "（"])
def test_a_group_and_its_only_leaf_in_one_heading(between: str) -> None:
    leaves = [("管理", *_LEAVES[0]), ("编制", *_LEAVES[1]), ("效率", *_LEAVES[4]), ("质量", *_LEAVES[5]), ("公平", *_LEAVES[7])]  # fmt: skip
    shut = "）" if between == "（" else "（{0}分）"
    body = "\n".join(
        f"{n}.{group}性（{points}分）{between}{name}{points + '分）' if between == '（' else shut.format(points)}。\n自评得分{claim}分。完成{actual}。"
        for n, (group, name, points, claim, _, actual) in enumerate(leaves, 1)
    )
    assert _told(_read(body, "66.5")) == [leaf[1:4] for leaf in leaves]


_MIXED = ("县级配套", "村级自筹", "彩票公益金")


@pytest.mark.parametrize("source", _MIXED)
def test_a_row_of_funds_whatever_pays_it(source: str) -> None:
    heads = ["项目资金", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"]
    funds = [*heads, "年度资金总额", "860.00", "860.00", "817.00", "10", "95.00%", "9.5", source, "300.00", "300.00", "257.00", "—", "85.67%", "—"]  # fmt: skip
    rows = ["三级指标", "指标值", "完成值", "分值", "得分"]
    for name, points, claim, target, actual in (*_LEAVES[:2], *_LEAVES[3:]):
        rows += [name, target, actual, points, claim]
    found = _read("单位：万元\n" + "\n".join([*funds, *rows]), "96.0")
    assert ("257.00", "万元") in {(q.value, q.unit) for q in found.quantities}
    assert ("预算执行率", "10", "9.5") in _told(found)


def test_a_first_row_named_as_a_column() -> None:
    rows = ["指标名称", "指标性质", "指标值", "度量单位", "完成值", "权重", "得分", "预算执行率", "≥", "95", "%", "96.50", "10", "9.6"]  # fmt: skip
    for name, points, claim, _, _ in (*_LEAVES[:2], *_LEAVES[3:]):
        rows += [name, "≥", "100", "%", "98", points, claim]
    assert sorted(_told(_read("\n".join([*rows, "总分", "100", _TOTAL])))) == sorted(_wanted())


@pytest.mark.parametrize(
    "row",
    [
        "{0}：分值{1}；目标值{3}；完成值{4}；得分{2}",
        "指标{n}：{0}　分值：{1}　目标：{3}　完成：{4}　得分：{2}",
        "{n}.{0}：{4}（目标{3}），得分={2}，满分={1}",
        "{0}，权重：{1}分，自评得分：{2}分",
        "{0}（满分{1}）→{2}",
    ],
)
def test_rows_whose_cells_bear_their_columns_names(row: str) -> None:
    body = "\n".join(row.format(*leaf, n=n) for n, leaf in enumerate(_LEAVES, 1))
    assert _told(_read(body)) == _wanted()
