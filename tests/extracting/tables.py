"""Writes a known tree of indicators as a table in the layouts and formats that reports use; what is read back must be the tree."""

import html
import io
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

import docx
import openpyxl

from tests.extracting.manners import Group, Leaf
from tests.reading.making import pdf_of


@dataclass(frozen=True)
class Cell:
    """Words, and over how many rows and columns they reach."""

    text: str
    rows: int = 1
    columns: int = 1


Rows = list[list[Cell]]
Each = Callable[[Group, Leaf, int, int], str]
Column = tuple[str, Each]


def level_of(cell: Each) -> Each:
    """A column whose cells are merged over the leaves of their group."""

    def level(g: Group, x: Leaf, i: int, n: int) -> str:
        return cell(g, x, i, n)

    return level


def row_of(*texts: str) -> list[Cell]:
    return [Cell(text) for text in texts]


def sum_of(groups: tuple[Group, ...], what: Callable[[Group], str]) -> str:
    return f"{sum((Decimal(what(group)) for group in groups), Decimal(0)):f}"


def of_columns(*columns: Column, total: Callable[[str, str], list[list[str]]] | None = None) -> Callable[..., Rows]:
    """A layout of one header and a row a leaf; ``total`` gives the rows at the end from points and score."""

    def lay(groups: tuple[Group, ...]) -> Rows:
        rows = [row_of(*(head for head, _ in columns))]
        for at, group in enumerate(groups):
            for number, leaf in enumerate(group.leaves):
                row: list[Cell] = []
                for _, cell in columns:
                    if cell.__name__ != "level":
                        row.append(Cell(cell(group, leaf, at, number)))
                    elif number == 0:
                        row.append(Cell(cell(group, leaf, at, number), len(group.leaves)))
                rows.append(row)
        points, score = sum_of(groups, lambda g: g.points), sum_of(groups, lambda g: g.claim)
        ends = total(points, score) if total else []
        return [*rows, *(row_of(*(*end, *[""] * (len(columns) - len(end)))) for end in ends)]

    return lay


_ROMAN = "ABCDEF"
group = level_of(lambda g, *_: g.name)
group_points = level_of(lambda g, *_: g.points)
name: Each = lambda _g, x, *_: x.name  # noqa: E731
points: Each = lambda _g, x, *_: x.points  # noqa: E731
claim: Each = lambda _g, x, *_: x.claim  # noqa: E731
fact: Each = lambda _g, x, *_: x.fact  # noqa: E731
lost: Each = lambda _g, x, *_: x.lost  # noqa: E731
empty: Each = lambda *_: ""  # noqa: E731


def raw(x: Leaf) -> str:
    return f"{Decimal(x.claim) * 100 / Decimal(x.points):.2f}"


def _grouped_rows(groups: tuple[Group, ...]) -> Rows:
    rows = [row_of("指标", "分值", "得分", "说明")]
    for at, each in enumerate(groups):
        rows.append(row_of(f"{'一二三四'[at]}、{each.name}", each.points, each.claim, ""))
        rows.extend(row_of(f"{n}.{x.name}", x.points, x.claim, x.fact) for n, x in enumerate(each.leaves, 1))
    return [*rows, row_of("合计", sum_of(groups, lambda g: g.points), sum_of(groups, lambda g: g.claim), "")]


def _spanning_rows(groups: tuple[Group, ...]) -> Rows:
    rows = [row_of("序号", "指标名称", "满分", "自评得分", "情况说明")]
    for at, each in enumerate(groups):
        rows.append([Cell(f"（{'一二三四'[at]}）{each.name}（{each.points}分）", 1, 5)])
        rows.extend(row_of(str(n), x.name, x.points, x.claim, x.fact) for n, x in enumerate(each.leaves, 1))
    return rows


def _sub_totals(groups: tuple[Group, ...]) -> Rows:
    rows = [row_of("类别", "项目", "分值", "扣分", "扣分依据和情况说明", "得分")]
    for each in groups:
        for n, x in enumerate(each.leaves):
            first = [Cell(f"{each.name}（{each.points}分）", len(each.leaves))] if n == 0 else []
            rows.append([*first, *row_of(x.name, x.points, x.lost, x.fact, x.claim)])
        taken = f"{Decimal(each.points) - Decimal(each.claim):f}"
        rows.append(row_of("小计", "", each.points, taken, "", each.claim))
    worth, got = sum_of(groups, lambda g: g.points), sum_of(groups, lambda g: g.claim)
    return [*rows, row_of("总计", "", worth, f"{Decimal(worth) - Decimal(got):f}", "", got)]


def _two_headers(groups: tuple[Group, ...]) -> Rows:
    rows = [
        [Cell("评价指标", 1, 3), Cell("自评情况", 1, 2), Cell("备注", 2)],
        row_of("一级", "三级", "分值", "完成情况", "得分"),
    ]
    for each in groups:
        for n, x in enumerate(each.leaves):
            first = [Cell(each.name, len(each.leaves))] if n == 0 else []
            rows.append([*first, *row_of(x.name, x.points, x.fact, x.claim, "")])
    return rows


def _side_by_side(groups: tuple[Group, ...]) -> Rows:
    leaves = [x for each in groups for x in each.leaves]
    half = (len(leaves) + 1) // 2
    rows = [row_of(*("指标名称", "分值", "得分") * 2)]
    for n in range(half):
        pair = [leaves[n], *leaves[n + half : n + half + 1]]
        cells = [text for x in pair for text in (x.name, x.points, x.claim)]
        rows.append(row_of(*cells, *[""] * (6 - len(cells))))
    return rows


def _lying(groups: tuple[Group, ...]) -> Rows:
    leaves = [x for each in groups for x in each.leaves]
    return [
        row_of("指标名称", *(x.name for x in leaves), "合计"),
        row_of("分值", *(x.points for x in leaves), sum_of(groups, lambda g: g.points)),
        row_of("自评得分", *(x.claim for x in leaves), sum_of(groups, lambda g: g.claim)),
    ]


def _cards(groups: tuple[Group, ...]) -> Rows:
    rows: Rows = []
    for each in groups:
        for x in each.leaves:
            rows.append(row_of("指标名称", x.name, "分值", x.points, "自评得分", x.claim))
            rows.append([Cell("完成情况"), Cell(x.fact, 1, 5)])
    return rows


def _both_levels(groups: tuple[Group, ...]) -> Rows:
    rows = [row_of("一级指标", "分值", "二级指标", "分值", "三级指标", "分值", "自评得分", "得分说明")]
    for each in groups:
        for n, x in enumerate(each.leaves):
            over = len(each.leaves)
            first = [
                Cell(each.name, over),
                Cell(each.points, over),
                Cell(each.name + "管理", over),
                Cell(each.points, over),
            ]
            rows.append([*(first if n == 0 else []), *row_of(x.name, x.points, x.claim, x.fact)])
    return rows


def _with_notes(groups: tuple[Group, ...]) -> Rows:
    rows = of_columns(("一级指标", group), ("三级指标", name), ("分值", points), ("得分", claim), ("说明", fact))(
        groups
    )
    return [
        [Cell(TITLE, 1, 5)],
        [Cell("填报单位：某某县服务中心　　单位：万元", 1, 5)],
        *rows,
        [Cell("注：分值合计100分，加分不超过2分。", 1, 5)],
        row_of("填表人：某某", "审核人：", "", "", ""),
    ]


def _lettered(groups: tuple[Group, ...]) -> Rows:
    rows = [row_of("指标", "分值", "得分", "说明")]
    for letter, each in zip(_ROMAN, groups, strict=False):
        rows.append(row_of(f"{letter} {each.name}", "", "", ""))
        rows.extend(row_of(f"{letter}{n} {x.name}", x.points, x.claim, x.fact) for n, x in enumerate(each.leaves, 1))
    return rows


def _header_a_group(groups: tuple[Group, ...]) -> Rows:
    rows: Rows = []
    for each in groups:
        rows.append([Cell(f"{each.name}（{each.points}分）", 1, 4)])
        rows.append(row_of("指标", "分值", "得分", "说明"))
        rows.extend(row_of(x.name, x.points, x.claim, x.fact) for x in each.leaves)
        rows.append(row_of("小计", each.points, each.claim, ""))
    return rows


def _a_row_a_level(groups: tuple[Group, ...]) -> Rows:
    rows = [row_of("一级指标", "二级指标", "三级指标", "分值", "得分", "说明")]
    for each in groups:
        rows.append(row_of(each.name, "", "", each.points, each.claim, ""))
        rows.append(row_of("", f"{each.name}管理", "", each.points, each.claim, ""))
        rows.extend(row_of("", "", x.name, x.points, x.claim, x.fact) for x in each.leaves)
    return rows


def _sums_first(groups: tuple[Group, ...]) -> Rows:
    rows = [row_of("一级指标", "三级指标", "分值", "得分", "说明")]
    for each in groups:
        rows.append(row_of(each.name, "小计", each.points, each.claim, ""))
        rows.extend(row_of("", x.name, x.points, x.claim, x.fact) for x in each.leaves)
    return rows


def _upright_cards(groups: tuple[Group, ...]) -> Rows:
    leaves = [x for each in groups for x in each.leaves]
    pairs = [(("指标名称", x.name), ("分值", x.points), ("完成情况", x.fact), ("自评得分", x.claim)) for x in leaves]
    return [row_of(*pair) for card in pairs for pair in card]


def _numbered_cards(groups: tuple[Group, ...]) -> Rows:
    rows: Rows = []
    for each in groups:
        for n, x in enumerate(each.leaves, 1):
            rows.append(row_of("序号", str(n), "指标", x.name))
            rows.append(row_of("满分", x.points, "得分", x.claim))
            rows.append([Cell("评分说明"), Cell(x.fact, 1, 3)])
    return rows


def _three_headers(groups: tuple[Group, ...]) -> Rows:
    rows = [
        [Cell("评价指标", 1, 2), Cell("评分", 1, 3), Cell("备注", 3)],
        [Cell("一级", 2), Cell("二级", 2), Cell("分值", 2), Cell("自评", 1, 2)],
        row_of("完成情况", "得分"),
    ]
    for each in groups:
        for n, x in enumerate(each.leaves):
            first = [Cell(each.name, len(each.leaves))] if n == 0 else []
            rows.append([*first, *row_of(x.name, x.points, x.fact, x.claim, "")])
    return rows


def _header_again(groups: tuple[Group, ...]) -> Rows:
    one = of_columns(("一级指标", group), ("三级指标", name), ("分值", points), ("得分", claim), ("说明", fact))
    return [row for each in groups for row in one((each,))]


simple = of_columns(
    ("一级指标", group),
    ("三级指标", name),
    ("分值", points),
    ("得分", claim),
    ("说明", fact),
    total=lambda p, s: [["合计", "", p, s]],
)


def sums_of(groups: tuple[Group, ...]) -> Rows:
    """A table of the groups alone."""
    whole = row_of("合计", sum_of(groups, lambda g: g.points), sum_of(groups, lambda g: g.claim))
    return [row_of("一级指标", "分值", "得分"), *(row_of(g.name, g.points, g.claim) for g in groups), whole]


_order: Each = lambda _g, _x, i, n: str(i * 10 + n + 1)  # noqa: E731

LAYOUTS: dict[str, Callable[[tuple[Group, ...]], Rows]] = {
    "（5分）甲": of_columns(
        ("一级指标", level_of(lambda g, *_: f"（{g.points}分）{g.name}")),
        ("三级指标", lambda _g, x, *_: f"（{x.points}分）{x.name}"),
        ("目标与完成情况", fact),
        ("得分", claim),
        ("评分说明", empty),
        total=lambda p, s: [[f"合计（{p}分）", "", "", s]],
    ),
    "[5分]甲": of_columns(("指标", lambda _g, x, *_: f"［{x.points}分］{x.name}"), ("完成情况", fact), ("自评得分", claim)),
    "【5】甲": of_columns(("指标（分值）", lambda _g, x, *_: f"【{x.points}】{x.name}"), ("完成情况", fact), ("自评分", claim)),
    "5分 甲": of_columns(
        ("一级", group), ("三级", lambda _g, x, *_: f"{x.points}分 {x.name}"), ("完成情况", fact), ("得分", claim)
    ),
    "甲（5分）": of_columns(
        ("一级指标", group),
        ("三级指标及分值", lambda _g, x, *_: f"{x.name}（{x.points}分）"),
        ("完成情况", fact),
        ("自评得分", claim),
    ),
    "甲5分": of_columns(("指标", lambda _g, x, *_: f"{x.name}{x.points}分"), ("完成情况", fact), ("得分", claim)),
    "甲（5）": of_columns(("指标（分值）", lambda _g, x, *_: f"{x.name}（{x.points}）"), ("完成情况", fact), ("得分", claim)),
    "甲（满分5分）": of_columns(
        ("考核指标", lambda _g, x, *_: f"{x.name}（满分{x.points}分）"), ("完成情况", fact), ("自评分", claim)
    ),
    "甲，分值5分": of_columns(
        ("评价内容", lambda _g, x, *_: f"{x.name}，分值{x.points}分"), ("完成情况", fact), ("得分", claim)
    ),
    "甲（5%）": of_columns(("指标（权重）", lambda _g, x, *_: f"{x.name}（{x.points}%）"), ("完成情况", fact), ("得分", claim)),
    "甲\\n（5分）": of_columns(
        ("三级指标", lambda _g, x, *_: f"{x.name}\n（{x.points}分）"), ("完成情况", fact), ("得分", claim)
    ),
    "A11 甲（5分）": of_columns(
        ("一级", level_of(lambda g, _x, i, _n: f"{_ROMAN[i]} {g.name} {g.points}分")),
        ("二级", level_of(lambda g, _x, i, _n: f"{_ROMAN[i]}1 {g.name}管理 {g.points}分")),
        ("三级", lambda _g, x, i, n: f"{_ROMAN[i]}1{n + 1} {x.name} {x.points}分"),
        ("完成情况", fact),
        ("自评得分", claim),
    ),
    "A11甲": of_columns(
        ("一级指标", group),
        ("三级指标", lambda _g, x, i, n: f"{_ROMAN[i]}1{n + 1}{x.name}"),
        ("分值", points),
        ("得分", claim),
        ("说明", fact),
    ),
    "1-1 甲": of_columns(
        ("指标", lambda _g, x, i, n: f"{i + 1}-{n + 1} {x.name}"), ("分值", points), ("得分", claim), ("说明", fact)
    ),
    "四级": of_columns(
        ("一级", level_of(lambda g, _x, i, _n: f"{_ROMAN[i]} {g.name} {g.points}分")),
        ("二级", level_of(lambda g, _x, i, _n: f"{_ROMAN[i]}1 {g.name}管理 {g.points}分")),
        ("三级", lambda _g, x, i, n: f"{_ROMAN[i]}1{n + 1} 要点 {x.points}分"),
        ("四级指标（分值）", lambda _g, x, *_: f"{x.name}（{x.points}分）"),
        ("完成情况", fact),
        ("自评得分", claim),
    ),
    "四级和分值": of_columns(
        ("一级指标", group),
        ("二级指标", level_of(lambda g, *_: f"{g.name}管理")),
        ("三级指标", lambda _g, _x, _i, n: f"第{n + 1}类"),
        ("四级指标", name),
        ("分值", points),
        ("得分", claim),
    ),
    "百分制得分、加权得分": of_columns(
        ("序号", lambda _g, _x, i, n: str(i * 10 + n + 1)),
        ("一级指标（权重）", level_of(lambda g, *_: f"{g.name}（{g.points}%）")),
        ("二级指标", name),
        ("权重", lambda _g, x, *_: f"{x.points}%"),
        ("完成情况", fact),
        ("百分制得分", lambda _g, x, *_: raw(x)),
        ("加权得分", claim),
        ("备注", empty),
        total=lambda p, s: [["合计", "", "", f"{p}%", "", "", s]],
    ),
    "得分、折算得分": of_columns(
        ("指标", name),
        ("权重（%）", points),
        ("得分", lambda _g, x, *_: raw(x)),
        ("折算得分", claim),
        ("说明", fact),
    ),
    "原始分、权重得分": of_columns(
        ("指标", name),
        ("原始分", lambda _g, x, *_: raw(x)),
        ("权重", lambda _g, x, *_: f"{x.points}%"),
        ("权重得分", claim),
    ),
    "打分（百分制）、最终得分": of_columns(
        ("指标名称", name),
        ("指标权重", lambda _g, x, *_: f"{x.points}%"),
        ("打分（百分制）", lambda _g, x, *_: raw(x)),
        ("最终得分", claim),
    ),
    "小计": _sub_totals,
    "分值、扣分": of_columns(
        ("类别", group), ("考核项目", name), ("分值", points), ("扣分", lost), ("扣分原因", fact)
    ),
    "满分、失分": of_columns(("指标", name), ("满分", points), ("失分", lost), ("失分情况", fact)),
    "扣分在得分后": of_columns(("指标", name), ("标准分", points), ("自评分", claim), ("扣分", lost), ("扣分理由", fact)),
    "每级权重": of_columns(
        ("一级指标", group),
        ("权重", group_points),
        ("二级指标", name),
        ("权重", points),
        ("自评得分", claim),
        total=lambda p, s: [["合计", p, "", p, s]],
    ),
    "每级分值": _both_levels,
    "分值写在后面": of_columns(("一级指标", group), ("三级指标", name), ("自评得分", claim), ("分值", points), ("说明", fact)),
    "得分/分值": of_columns(
        ("指标", name), ("完成情况", fact), ("得分/分值", lambda _g, x, *_: f"{x.claim}/{x.points}"), ("备注", empty)
    ),
    "分值/得分": of_columns(("指标", name), ("完成情况", fact), ("分值/得分", lambda _g, x, *_: f"{x.points}/{x.claim}")),
    "得分（满分）": of_columns(
        ("指标", name), ("完成情况", fact), ("得分（满分）", lambda _g, x, *_: f"{x.claim}（{x.points}）")
    ),
    "得4.5分（满分5分）": of_columns(
        ("指标", name), ("完成情况", fact), ("得分情况", lambda _g, x, *_: f"得{x.claim}分（满分{x.points}分）")
    ),
    "5分 4.5分": of_columns(
        ("指标", name),
        ("分值", lambda _g, x, *_: f"{x.points}分"),
        ("得分", lambda _g, x, *_: f"{x.claim}分"),
        ("说明", fact),
    ),
    "自评和复核": of_columns(
        ("一级指标", group),
        ("指标内容", name),
        ("分值", points),
        ("单位自评得分", claim),
        ("主管部门复核得分", empty),
        ("财政审核得分", empty),
    ),
    "复核在前": of_columns(
        ("指标", name), ("分值", points), ("财政复核得分", lambda *_: ""), ("自评得分", claim), ("说明", fact)
    ),
    "考核事项": of_columns(
        ("序号", lambda _g, _x, i, n: str(i * 10 + n + 1)),
        ("考核事项", name),
        ("标准分", points),
        ("自评分", claim),
        ("评分依据", fact),
    ),
    "考核要点": of_columns(("考核内容", group), ("考核要点", name), ("分值", points), ("评分", claim)),
    "目标层": of_columns(("目标层", group), ("指标层", name), ("权重", points), ("得分", claim)),
    "维度": of_columns(("评价维度", group), ("评价要素", name), ("赋分", points), ("得分", claim), ("依据", fact)),
    "大类、小项": of_columns(("大类", group), ("小项", name), ("满分值", points), ("实际得分", claim)),
    "方面、具体指标": of_columns(("方面", group), ("具体指标", name), ("应得分", points), ("实得分", claim)),
    "名称": of_columns(("指标类型", group), ("名称", name), ("分值", points), ("得分", claim)),
    "甲｜投入": of_columns(
        ("指标", lambda g, x, *_: f"{g.name}—{x.name}"), ("分值", points), ("得分", claim), ("说明", fact)
    ),
    "汇总行": of_columns(
        ("一级指标", group),
        ("三级指标", name),
        ("分值", points),
        ("完成情况", fact),
        ("得分", claim),
        total=lambda p, s: [
            ["基础得分", "", p, "", s],
            ["加分", "", "", "获省级表彰1项", "2"],
            ["减分", "", "", "逾期1次", "1"],
            ["最终得分", "", "", "", f"{Decimal(s) + 1:f}"],
            ["自评等级", "", "", "", "优"],
        ],
    ),
    "汇总行二": of_columns(
        ("指标", name),
        ("分值", points),
        ("得分", claim),
        total=lambda p, s: [
            ["基础分合计", p, s],
            ["加减分", "", "1"],
            ["扣分项", "", "0"],
            ["总得分", "", f"{Decimal(s) + 1:f}"],
        ],
    ),
    "组占一行": _grouped_rows,
    "组跨全表": _spanning_rows,
    "两层表头": _two_headers,
    "两栏并排": _side_by_side,
    "横表": _lying,
    "公式得分": of_columns(
        ("指标", name), ("分值", points), ("完成情况", fact), ("得分", lambda _g, x, *_: f"{x.points}×{raw(x)}%={x.claim}")
    ),
    "得分（扣分）": of_columns(
        ("指标", name), ("分值", points), ("得分", lambda _g, x, *_: x.claim + ("" if x.full else f"（扣{x.lost}分）"))
    ),
    "A×B": of_columns(
        ("指标", name), ("分值（A）", points), ("完成率（B）", lambda _g, x, *_: f"{raw(x)}%"), ("得分（A×B）", claim)
    ),
    "自评情况：事实，得4.5分": of_columns(
        ("指标", name), ("分值", points), ("自评情况", lambda _g, x, *_: f"{x.fact}，得{x.claim}分。")
    ),
    "自评情况及得分": of_columns(
        ("三级指标", name), ("分值", points), ("自评情况及得分", lambda _g, x, *_: f"{x.fact}。自评得分{x.claim}分")
    ),
    "分值及得分": of_columns(
        ("指标", name), ("分值及得分", lambda _g, x, *_: f"分值{x.points}分，得{x.claim}分"), ("说明", fact)
    ),
    "甲\n反映……的程度": of_columns(
        ("三级指标", lambda _g, x, *_: f"{x.name}\n反映部门{x.name}的程度"), ("分值", points), ("得分", claim), ("说明", fact)
    ),
    "得分率": of_columns(("指标", name), ("分值", points), ("得分", claim), ("得分率", lambda _g, x, *_: f"{raw(x)}%")),
    "原分值、调整后分值": of_columns(("指标", name), ("原分值", points), ("调整后分值", points), ("得分", claim), ("说明", fact)),
    "每级权重分": of_columns(
        ("一级指标", group), ("权重分", group_points), ("三级指标", name), ("权重分", points), ("评分", claim)
    ),
    "考评内容": of_columns(
        ("考评项目", group), ("考评内容", name), ("标准分值", points), ("自查得分", claim), ("扣分原因", fact)
    ),
    "考评分值": of_columns(("考评指标", name), ("考评分值", points), ("自评情况", fact), ("自评分数", claim)),
    "投入-甲": of_columns(("指标", lambda g, x, *_: f"{g.name}-{x.name}"), ("分值", points), ("得分", claim)),
    "投入/甲": of_columns(("指标", lambda g, x, *_: f"{g.name}/{x.name}"), ("分值", points), ("得分", claim)),
    "投入：甲": of_columns(("指标名称", lambda g, x, *_: f"{g.name}：{x.name}"), ("满分", points), ("自评分", claim)),
    "指标1：甲": of_columns(
        ("绩效指标", lambda _g, x, _i, n: f"指标{n + 1}：{x.name}"), ("分值", points), ("得分", claim), ("说明", fact)
    ),
    "（1）甲": of_columns(
        ("绩效指标", lambda _g, x, _i, n: f"（{n + 1}）{x.name}"), ("分值（分）", points), ("得分（分）", claim)
    ),
    "分值\n（分）": of_columns(("指标", name), ("分值\n（分）", points), ("自评\n得分", claim), ("情\n况", fact)),
    "应得、实得": of_columns(("项目", name), ("应得", points), ("实得", claim), ("备注", fact)),
    "满 分": of_columns(("评价点", name), ("满 分", points), ("得 分", claim), ("评价依据", fact)),
    "指标分值（100分）": of_columns(
        ("指标", name), ("指标分值（100分）", points), ("指标得分（97.5分）", claim), ("备注", fact)
    ),
    "权重值": of_columns(("绩效评价指标", name), ("权重值", points), ("自评价得分", claim), ("评价情况", fact)),
    "扣分空着": of_columns(
        ("指标", name), ("分值", points), ("扣分", lambda _g, x, *_: "" if x.full else x.lost), ("扣分说明", fact)
    ),
    "扣分为负": of_columns(
        ("指标", name), ("分值", points), ("扣分", lambda _g, x, *_: "0" if x.full else f"-{x.lost}"), ("扣分说明", fact)
    ),
    "扣分情况": of_columns(
        ("指标", name), ("分值", points), ("扣分情况", lambda _g, x, *_: "不扣分" if x.full else f"{x.fact}，扣{x.lost}分")
    ),
    "宽表": of_columns(
        ("序号", _order),
        ("一级指标", group),
        ("二级指标", level_of(lambda g, *_: f"{g.name}管理")),
        ("三级指标", name),
        ("指标解释", lambda *_: "反映部门情况"),
        ("评分标准", lambda _g, x, *_: f"达到目标得满分，每少1%扣0.5分，扣完为止（{x.points}分）"),
        ("计划值", lambda *_: "95%"),
        ("实际值", lambda *_: "96%"),
        ("分值", points),
        ("自评得分", claim),
        ("财政复核得分", empty),
        ("扣分原因", fact),
        ("佐证材料", empty),
    ),
    "说明行": _with_notes,
    "字母组行": _lettered,
    "每组一表头": _header_a_group,
    "级次占行": _a_row_a_level,
    "小计先行": _sums_first,
    "竖卡片": _upright_cards,
    "带序号的卡片": _numbered_cards,
    "三层表头": _three_headers,
    "重复表头": _header_again,
    "卡片": _cards,
}  # fmt: skip

# Lines of text keep no header of three rows, and no cards of two cells a line.
NOT_AS_TEXT = ("竖卡片", "三层表头")
TITLE = "某某县服务中心2024年度部门整体支出绩效自评表"
_REPORT = (
    "某某县服务中心2024年度部门整体支出绩效自评报告",
    "一、部门基本情况",
    "中心内设3个股室，编制45名，年末实有42名。",
    "二、自评结论",
    "自评工作于2025年3月完成，评分情况见下表。",
    "三、绩效指标分析",
)
_END = (
    "四、存在的问题",
    "1.预算执行不够均衡。上半年支出进度偏慢。",
    "五、改进措施",
    "1.财务股按月通报支出进度，2025年6月底前完成。",
)


def html_of(*parts: str | Rows) -> bytes:
    """A web page of paragraphs and tables."""
    body = "".join(_paragraphs(part) if isinstance(part, str) else _table(part) for part in parts)
    return f"<html><meta charset='utf-8'><body>{body}</body></html>".encode()


def _paragraphs(text: str) -> str:
    return "".join(f"<p>{html.escape(line)}</p>" for line in text.split("\n"))


def _table(rows: Rows) -> str:
    def cell(c: Cell) -> str:
        words = html.escape(c.text).replace("\n", "<br>")
        return f'<td rowspan="{c.rows}" colspan="{c.columns}">{words}</td>'

    lines = "".join("<tr>" + "".join(map(cell, row)) + "</tr>" for row in rows)
    return f"<table border='1'>{lines}</table>"


def as_html(rows: Rows) -> bytes:
    """The report with its table as a web page."""
    return html_of("\n".join(_REPORT), rows, "\n".join(_END))


def as_text(rows: Rows) -> bytes:
    """The same with a tab between cells, merged cells once."""
    lines = ["\t".join(c.text.replace("\n", "") for c in row).rstrip() for row in rows]
    return "\n".join((*_REPORT, *lines, *_END)).encode()


def as_docx(rows: Rows) -> bytes:
    """The same as a Word file."""
    document = docx.Document()
    for line in _REPORT:
        document.add_paragraph(line)
    placed = _placed(rows)
    columns = max(column + cell.columns for _, column, cell in placed)
    table = document.add_table(rows=len(rows), cols=columns)
    for row, column, cell in placed:
        first = table.cell(row, column)
        merged = first.merge(table.cell(row + cell.rows - 1, column + cell.columns - 1))
        merged.text = cell.text
    for line in _END:
        document.add_paragraph(line)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def as_xlsx(rows: Rows) -> bytes:
    """The same in a sheet behind one with the words."""
    book = openpyxl.Workbook()
    words = book.active
    assert words is not None
    words.title = "文字说明"
    for line in (*_REPORT, *_END):
        words.append([line])
    sheet = book.create_sheet("评分表")
    sheet["A1"] = TITLE
    for row, column, cell in _placed(rows):
        sheet.cell(row + 2, column + 1, _number(cell.text))
        if cell.rows > 1 or cell.columns > 1:
            sheet.merge_cells(
                start_row=row + 2,
                start_column=column + 1,
                end_row=row + 1 + cell.rows,
                end_column=column + cell.columns,
            )
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def as_pdf(rows: Rows) -> bytes:
    """The same as a PDF with ruled cells."""
    columns = max(column + cell.columns for _, column, cell in _placed(rows))
    cells = ", ".join(
        f"table.cell(rowspan: {c.rows}, colspan: {c.columns})[{_typst(c.text)}]" for row in rows for c in row
    )
    head, tail = ("\n\n".join(_typst(line) for line in part) for part in (_REPORT, _END))
    table = f"#set text(size: 9pt)\n#table(columns: {columns}, {cells})"
    return pdf_of(f"{head}\n\n{table}\n\n{tail}\n")


def _typst(text: str) -> str:
    return "".join(f"\\{c}" if c in "#[]*_$@<>/\\=-+1234567890." and not c.isalnum() else c for c in text)


def _number(text: str) -> str | float | int:
    try:
        return float(text) if "." in text else int(text)
    except ValueError:
        return text


def _placed(rows: Rows) -> list[tuple[int, int, Cell]]:
    """Every cell with its row and column."""
    taken: set[tuple[int, int]] = set()
    found: list[tuple[int, int, Cell]] = []
    for row, cells in enumerate(rows):
        column = 0
        for cell in cells:
            while (row, column) in taken:
                column += 1
            taken |= {(row + r, column + c) for r in range(cell.rows) for c in range(cell.columns)}
            found.append((row, column, cell))
            column += cell.columns
    return found


FORMATS: dict[str, Callable[[Rows], bytes]] = {
    "自评.html": as_html,
    "自评.txt": as_text,
    "自评.docx": as_docx,
    "自评.xlsx": as_xlsx,
    "自评.pdf": as_pdf,
}
