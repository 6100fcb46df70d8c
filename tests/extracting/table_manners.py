"""Writes a known tree of indicators as a table, in every manner that score tables were seen to use.

A table is rows of words; ``LEFT`` goes on with the cell to its left and ``UP`` with the one above it, as merged cells do.
"""

import io
from collections.abc import Callable
from decimal import Decimal

import docx

from tests.extracting.manners import Group, Leaf

LEFT, UP = "<", "^"
Rows = list[list[str]]
Groups = tuple[Group, ...]


def total(groups: Groups) -> str:
    """The sum of all scores."""
    return f"{sum((Decimal(g.claim) for g in groups), Decimal(0)):f}"


def _each(groups: Groups) -> list[tuple[Group, Leaf, bool]]:
    """Every leaf with its group and whether it is the group's first."""
    return [(g, x, n == 0) for g in groups for n, x in enumerate(g.leaves)]


def _spans(groups: Groups, head: list[str], row: Callable[[Group, Leaf], list[str]], last: list[str]) -> Rows:
    """A table whose first column is the group, merged over its leaves."""
    return [head, *([g.name if first else UP, *row(g, x)] for g, x, first in _each(groups)), last]


def _sum(groups: Groups, *cells: str) -> list[str]:
    return [cell.replace("#", total(groups)) for cell in cells]


def _numbered(groups: Groups) -> Rows:
    rows = [["序号", "指标名称", "标准分", "自评分", "评分说明"]]
    for n, (_, x, _first) in enumerate(_each(groups), 1):
        rows.append([str(n), x.name, x.points, x.claim, x.fact])
    return [*rows, _sum(groups, "合计", LEFT, "100", "#", "")]


def _bands(groups: Groups) -> Rows:
    """Groups as lines over the whole width."""
    rows = [["指标", "分值", "自评得分", "得分依据"]]
    for n, g in enumerate(groups):
        rows.append([f"{'一二三四'[n]}、{g.name}（{g.points}分）", LEFT, LEFT, LEFT])
        rows += [[f"{m}.{x.name}", x.points, x.claim, x.fact] for m, x in enumerate(g.leaves, 1)]
    return [*rows, _sum(groups, "总分", "100", "#", "")]


def _group_rows(groups: Groups) -> Rows:
    """Groups as rows of their own, with points and score."""
    rows = [["评价指标", "分值", "得分", "备注"]]
    for n, g in enumerate(groups):
        rows.append([f"{'一二三四'[n]}、{g.name}", g.points, g.claim, ""])
        rows += [[f"（{m}）{x.name}", x.points, x.claim, x.fact] for m, x in enumerate(g.leaves, 1)]
    return [*rows, _sum(groups, "合计", "100", "#", "")]


def _subtotals(groups: Groups) -> Rows:
    rows = [["一级指标", "三级指标", "分值", "得分", "扣分原因"]]
    for g in groups:
        rows += [[g.name if n == 0 else UP, x.name, x.points, x.claim, x.fact] for n, x in enumerate(g.leaves)]
        rows.append([UP, "小计", g.points, g.claim, ""])
    return [*rows, _sum(groups, "总计", LEFT, "100", "#", "")]


def _pages(groups: Groups) -> Rows:
    """The header again in front of every group, as at the head of every page."""
    head = ["一级指标", "三级指标", "分值", "指标解释", "自评得分"]
    rows: Rows = []
    for g in groups:
        rows.append(head)
        rows += [[g.name if n == 0 else UP, x.name, x.points, x.fact, x.claim] for n, x in enumerate(g.leaves)]
    return [*rows, _sum(groups, "合计", LEFT, "100", "", "#")]


def _two_headers(groups: Groups) -> Rows:
    rows = [
        ["评价指标", LEFT, "评分标准", "评分", LEFT, "说明"],
        ["一级指标", "二级指标", UP, "分值", "得分", UP],
    ]
    rows += [
        [g.name if first else UP, x.name, "达到目标得满分", x.points, x.claim, x.fact] for g, x, first in _each(groups)
    ]
    return [*rows, _sum(groups, "合计", LEFT, "", "100", "#", "")]


def _two_scores(groups: Groups) -> Rows:
    rows = [
        ["一级指标", "三级指标", "分值", "评分情况", LEFT],
        [UP, UP, UP, "单位自评", "财政复核"],
    ]
    rows += [[g.name if first else UP, x.name, x.points, x.claim, ""] for g, x, first in _each(groups)]
    return [*rows, _sum(groups, "合计", LEFT, "100", "#", "")]


def _rule_rows(groups: Groups) -> Rows:
    """Every leaf over two rows of rules with little points of their own."""
    rows = [["一级指标", "三级指标", "分值", "评分标准", "得分"]]
    for g, x, first in _each(groups):
        rows.append([g.name if first else UP, x.name, x.points, "资料齐全（1分）", x.claim])
        rows.append([UP, UP, UP, "按期完成（1分）", UP])
    return [*rows, _sum(groups, "合计", LEFT, "100", "", "#")]


def _side_by_side(groups: Groups) -> Rows:
    """Two leaves a row."""
    leaves = [x for g in groups for x in g.leaves]
    rows = [["指标名称", "分值", "得分", "指标名称", "分值", "得分"]]
    for n in range(0, len(leaves), 2):
        a, b = leaves[n], leaves[n + 1] if n + 1 < len(leaves) else None
        rows.append([a.name, a.points, a.claim, *([b.name, b.points, b.claim] if b else ["", "", ""])])
    return [*rows, _sum(groups, "总分", LEFT, LEFT, LEFT, "100", "#")]


def _every_level(groups: Groups) -> Rows:
    rows = [["一级指标", "权重", "二级指标", "权重", "三级指标", "权重", "得分"]]
    for g, x, first in _each(groups):
        own = [g.name, f"{g.points}%", "管理", f"{g.points}%"] if first else [UP] * 4
        rows.append([*own, x.name, f"{x.points}%", x.claim])
    return [*rows, _sum(groups, "合计", LEFT, LEFT, LEFT, LEFT, "100%", "#")]


def _lost(groups: Groups) -> Rows:
    rows = [["一级指标", "三级指标", "分值", "扣分", "得分", "扣分原因"]]
    rows += [[g.name if first else UP, x.name, x.points, x.lost, x.claim, x.fact] for g, x, first in _each(groups)]
    return [*rows, _sum(groups, "合计", LEFT, "100", "", "#", "")]


# A form of table: its name and how the tree is written in it.
TABLES: dict[str, Callable[[Groups], Rows]] = {
    "一级 三级 分值 得分": lambda gs: _spans(
        gs, ["一级指标", "三级指标", "分值", "得分"], lambda _, x: [x.name, x.points, x.claim], _sum(gs, "合计", LEFT, "100", "#")
    ),
    "得分在分值前": lambda gs: _spans(
        gs, ["一级指标", "三级指标", "自评得分", "满分"], lambda _, x: [x.name, x.claim, x.points], _sum(gs, "合计", LEFT, "#", "100")
    ),
    "分值写在名称里": lambda gs: _spans(
        gs, ["一级指标", "三级指标", "得分"], lambda _, x: [f"{x.name}（{x.points}分）", x.claim], _sum(gs, "合计", LEFT, "#")
    ),
    "分值写在名称里，冒号": lambda gs: _spans(
        gs, ["一级指标", "三级指标及分值", "自评得分"], lambda _, x: [f"{x.name}（分值{x.points}）", f"{x.claim}分"], _sum(gs, "合计", LEFT, "#分")
    ),
    "名称里只有数": lambda gs: _spans(
        gs, ["一级指标", "三级指标（分值）", "自评得分"], lambda _, x: [f"{x.name}（{x.points}）", x.claim], _sum(gs, "合计", LEFT, "#")
    ),
    "名称换行分值": lambda gs: _spans(
        gs, ["一级指标", "三级指标", "评分要点", "得分"], lambda _, x: [f"{x.name}\n{x.points}分", "按完成率计分", x.claim], _sum(gs, "合计", LEFT, "", "#")
    ),
    "各级分值写在名称里": lambda gs: [
        ["一级指标", "三级指标", "自评得分", "备注"],
        *([f"{g.name}（{g.points}分）" if first else UP, f"{x.name}（{x.points}分）", x.claim, x.fact] for g, x, first in _each(gs)),
        _sum(gs, "合计（100分）", LEFT, "#", ""),
    ],
    "得分带分字": lambda gs: _spans(
        gs, ["指标类别", "指标名称", "权重分", "得分"], lambda _, x: [x.name, f"{x.points}分", f"{x.claim}分"], _sum(gs, "合计", LEFT, "100分", "#分")
    ),
    "得分用文字": lambda gs: _spans(
        gs, ["一级指标", "三级指标", "分值", "得分"], lambda _, x: [x.name, x.points, "满分" if x.full else f"扣{x.lost}分"], _sum(gs, "合计", LEFT, "100", "#")
    ),
    "得分有算式": lambda gs: _spans(
        gs, ["一级指标", "三级指标", "分值", "得分"], lambda _, x: [x.name, x.points, x.claim if x.full else f"{x.points}-{x.lost}={x.claim}"], _sum(gs, "合计", LEFT, "100", "#")
    ),
    "只有扣分": lambda gs: _spans(
        gs, ["一级指标", "三级指标", "分值", "扣分", "扣分原因"], lambda _, x: [x.name, x.points, "" if x.full else x.lost, x.fact], _sum(gs, "合计", LEFT, "100", f"{100 - Decimal(total(gs))}", "")
    ),
    "说明及完成情况": lambda gs: _spans(
        gs, ["一级指标", "二级指标", "指标说明及完成情况", "分值", "自评得分"], lambda _, x: [x.name, x.fact, x.points, x.claim],
        _sum(gs, "合计", LEFT, "", "100", "#"),
    ),
    "全角数字": lambda gs: _spans(
        gs, ["一级指标", "三级指标", "分值", "得分"], lambda _, x: [x.name, wide(x.points), wide(x.claim)], _sum(gs, "合计", LEFT, "１００", "#")
    ),
    "一格两数": lambda gs: _spans(
        gs, ["一级指标", "三级指标", "分值/得分"], lambda _, x: [x.name, f"{x.points}/{x.claim}"], _sum(gs, "合计", LEFT, "100/#")
    ),
    "权重与折算": lambda gs: _spans(
        gs, ["一级指标", "三级指标", "权重", "评分（百分制）", "加权得分"],
        lambda _, x: [x.name, f"{x.points}%", f"{Decimal(x.claim) / Decimal(x.points) * 100:.2f}", x.claim],
        _sum(gs, "合计", LEFT, "100%", "", "#"),
    ),
    "上年得分在旁": lambda gs: _spans(
        gs, ["一级指标", "三级指标", "分值", "上年得分", "本年得分"], lambda _, x: [x.name, x.points, x.points, x.claim], _sum(gs, "合计", LEFT, "100", "100", "#")
    ),
    "自评和复评": lambda gs: _spans(
        gs, ["一级指标", "三级指标", "分值", "自评得分", "复评得分"], lambda _, x: [x.name, x.points, x.claim, ""], _sum(gs, "合计", LEFT, "100", "#", "")
    ),
    "得分率在旁": lambda gs: _spans(
        gs, ["一级指标", "三级指标", "分值", "得分率", "得分"], lambda _, x: [x.name, x.points, f"{Decimal(x.claim) / Decimal(x.points) * 100:.2f}%", x.claim], _sum(gs, "合计", LEFT, "100", "", "#")
    ),
    "完成情况和得分": lambda gs: _spans(
        gs, ["一级指标", "三级指标", "目标值", "完成值", "分值", "得分"], lambda _, x: [x.name, "≥90%", "95%", x.points, x.claim], _sum(gs, "合计", LEFT, "", "", "100", "#")
    ),
    "分值在目标前": lambda gs: _spans(
        gs, ["一级指标", "三级指标", "分值", "年度指标值", "实际完成值", "得分"], lambda _, x: [x.name, x.points, "≥90%", "95%", x.claim], _sum(gs, "总分", LEFT, "100", "", "", "#")
    ),
    "指标编码": lambda gs: [
        ["编码", "指标", "分值", "得分"],
        *([f"{'ABCD'[[h.name for h in gs].index(g.name)]}{n + 1}", x.name, x.points, x.claim] for g in gs for n, x in enumerate(g.leaves)),
        _sum(gs, "合计", LEFT, "100", "#"),
    ],
    "编码在名称里": lambda gs: _spans(
        gs, ["一级指标", "三级指标", "分值", "得分"], lambda g, x: [f"{'ABCD'[[h.name for h in gs].index(g.name)]}1{g.leaves.index(x) + 1} {x.name}", x.points, x.claim], _sum(gs, "合计", LEFT, "100", "#")
    ),
    "分值在名称前": lambda gs: [
        ["一级指标", "三级指标", "完成情况", "得分"],
        *([f"（{g.points}分）{g.name}" if first else UP, f"（{x.points}分）{x.name}", x.fact, x.claim] for g, x, first in _each(gs)),
        _sum(gs, "合计（100分）", LEFT, "", "#"),
    ],
    "四级指标": lambda gs: [
        ["一级", "二级", "三级", "四级指标（分值）", "完成情况", "自评得分"],
        *([f"{g.name} {g.points}分" if first else UP, "管理", f"第{n}类", f"{x.name}（{x.points}分）", x.fact, x.claim] for n, (g, x, first) in enumerate(_each(gs))),
        _sum(gs, "总计", LEFT, LEFT, "100", "", "#"),
    ],
    "百分制和加权": lambda gs: [
        ["一级指标（权重）", "二级指标", "权重", "百分制得分", "加权得分", "备注"],
        *([f"{g.name}（{g.points}%）" if first else UP, x.name, f"{x.points}%", f"{Decimal(x.claim) / Decimal(x.points) * 100:.2f}", x.claim, x.fact] for g, x, first in _each(gs)),
        _sum(gs, "合计", LEFT, "100%", "", "#", ""),
    ],
    "类别项目分值扣分": lambda gs: [
        ["类别", "项目", "分值", "扣分", "扣分依据和情况说明", "得分"],
        *([f"{g.name}（{g.points}分）" if first else UP, x.name, x.points, x.lost, x.fact, x.claim] for g, x, first in _each(gs)),
        _sum(gs, "合计", LEFT, "100", "", "", "#"),
    ],
    "序号": _numbered,
    "横条分组": _bands,
    "分组自成一行": _group_rows,
    "小计": _subtotals,
    "表头重复": _pages,
    "双层表头": _two_headers,
    "自评复核双层表头": _two_scores,
    "一项多行标准": _rule_rows,
    "左右两栏": _side_by_side,
    "每级有权重": _every_level,
    "扣分和得分": _lost,
}  # fmt: skip

# How the row of a leaf that is not assessed says so: what stands under score and under remark.
ABSENT: dict[str, tuple[str, str]] = {
    "/": ("/", ""),
    "—": ("—", "本年度没有此项业务"),
    "——": ("——", ""),
    "-": ("-", "不涉及"),
    "不涉及": ("不涉及", ""),
    "不考核": ("不考核", "分值调整至预算完成率"),
    "不适用": ("不适用", ""),
    "无": ("无", "无此项业务，不考核"),
    "N/A": ("N/A", ""),
    "本年不考核": ("本年不考核", ""),
    "未考核": ("未考核", "当年没有发生"),
    "缺项": ("缺项", "按缺项处理"),
    "不参与评分": ("不参与评分", ""),
    "空白，备注不考核": ("", "本项不考核"),
    "空白，备注不涉及": ("", "本单位不涉及该项指标"),
    "（不考核）": ("（不考核）", ""),
    "\\": ("\\", ""),
    "不计分": ("不计分", "本年未安排"),
}


def wide(text: str) -> str:
    """Digits in full width."""
    return text.translate(str.maketrans("0123456789.", "０１２３４５６７８９．"))


def absent(groups: Groups, leaf: Leaf, said: tuple[str, str]) -> Rows:
    """A table in which one leaf is not assessed."""
    rows = [["一级指标", "三级指标", "分值", "得分", "备注"]]
    for g, x, first in _each(groups):
        got, remark = said if x is leaf else (x.claim, x.fact)
        rows.append([g.name if first else UP, x.name, x.points, got, remark])
    left = Decimal(total(groups)) - Decimal(leaf.claim)
    return [*rows, ["合计", LEFT, "100", f"{left:f}", ""]]


# What stands in the cells of leaf, points, score and remark where a kind of indicators has none.
NAMELESS = (
    ("—", "—", "—", "不适用，本局没有经济效益类项目，8分调至社会效益、生态效益各4分"),
    ("/", "/", "/", "本单位不涉及"),
    ("无", "0", "0", "没有此类项目"),
    ("－", "", "－", "不考核"),
)


def nameless(groups: Groups, said: tuple[str, str, str, str]) -> Rows:
    """A table in which a second level has no leaf."""
    leaf, points, got, remark = said
    rows = [["一级指标", "二级指标", "三级指标", "分值", "得分", "偏差原因及改进措施"]]
    for at, g in enumerate(groups):
        kind = f"{g.name}指标"
        rows += [
            [g.name if n == 0 else UP, kind if n == 0 else UP, x.name, x.points, x.claim, x.fact]
            for n, x in enumerate(g.leaves)
        ]
        if at == 1:
            rows.append([UP, "经济效益指标", leaf, points, got, remark])
    return [*rows, _sum(groups, "合计", LEFT, LEFT, "100", "#", "")]


def as_docx(rows: Rows, title: str) -> bytes:
    """The table as a Word file, its cells merged."""
    made = docx.Document()
    made.add_paragraph(title)
    table = made.add_table(len(rows), len(rows[0]), style="Table Grid")
    for r, row in enumerate(rows):
        for c, words in enumerate(row):
            if words == LEFT:
                table.cell(r, c).merge(table.cell(r, c - 1))
            elif words == UP:
                table.cell(r, c).merge(table.cell(r - 1, c))
            else:
                table.cell(r, c).text = words
    for row in table.rows:
        for cell in row.cells:
            cell.text = cell.text.strip()
    held = io.BytesIO()
    made.save(held)
    return held.getvalue()


def as_html(rows: Rows, title: str) -> bytes:
    """The table as a page, its cells spanning."""
    lines = [f"<html><body><h1>{title}</h1><table>"]
    for r, row in enumerate(rows):
        lines.append("<tr>")
        for c, words in enumerate(row):
            if words in (LEFT, UP):
                continue
            wide_by = next((n for n, w in enumerate(row[c + 1 :], 1) if w != LEFT), len(row) - c)
            deep = next((n for n, below in enumerate(rows[r + 1 :], 1) if below[c] != UP), len(rows) - r)
            text = words.replace("\n", "<br>")
            lines.append(f'<td rowspan="{deep}" colspan="{wide_by}">{text}</td>')
        lines.append("</tr>")
    return "".join([*lines, "</table></body></html>"]).encode()


def as_words(rows: Rows, title: str) -> bytes:
    """The table as lines of words, empty and merged cells left out."""
    lines = (" ".join(w.replace("\n", "") for w in row if w not in (LEFT, UP, "")) for row in rows)
    return "\n".join([title, *lines]).encode()


def as_cells(rows: Rows, title: str) -> bytes:
    """The table as a column of words, one cell a line, empty and merged cells left out."""
    cells = (w.replace("\n", "") for row in rows for w in row if w not in (LEFT, UP, ""))
    return "\n".join([title, *cells]).encode()


# What a cell's line has at its edges, and what stands at the foot of a page.
EDGES = (("", " |", "- 5 -"), ("| ", "", "第5页 共8页"), ("", "\t", "—5—"), ("", "｜", ""))


def as_pages(rows: Rows, title: str, edges: tuple[str, str, str]) -> bytes:
    """The same with something at the edges of every cell, merged cells left out, on two pages that both have the header."""
    before, behind, foot = edges
    lines = [[before + w.replace("\n", "") + behind for w in row if w not in (LEFT, UP)] for row in rows]
    half = len(lines) // 2 + 1
    pages = [*lines[:half], [foot], lines[0], *lines[half:]]
    return "\n".join([title, *(cell for row in pages for cell in row)]).encode()


def as_text(rows: Rows, title: str) -> bytes:
    """The table as lines with bars, merged cells left blank."""
    lines = (" | ".join("" if w in (LEFT, UP) else w.replace("\n", "") for w in row) for row in rows)
    return "\n".join([title, *lines]).encode()
