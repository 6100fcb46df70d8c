"""Reports that tell their indicators in several places or pieces: each leaf is read once, whatever stands beside it."""

import io
from collections.abc import Callable

import openpyxl
import pytest

from tests.extracting.manners import Group, Leaf, tree
from tests.extracting.tables import Cell, Rows, html_of, simple, sums_of
from tests.extracting.test_table_forms import read_leaves, wanted

_BEFORE = (
    "某某县服务中心2024年度部门整体支出绩效自评报告\n一、部门基本情况\n中心内设3个股室，编制45名，年末实有42名。\n"
    "二、自评结论\n自评工作于2025年3月完成。\n三、绩效指标分析"
)
_BEHIND = "四、存在的问题\n1.预算执行不够均衡。上半年支出进度偏慢。\n五、改进措施\n1.财务股按月通报支出进度，2025年6月底前完成。"
_CN = "一二三四"

File = tuple[str, bytes]


def _row(*texts: str) -> list[Cell]:
    return [Cell(text) for text in texts]


def _told(groups: tuple[Group, ...], leaf: Callable[[int, Leaf], str]) -> str:
    parts = [
        f"（{_CN[at]}）{group.name}\n" + "\n".join(leaf(n, x) for n, x in enumerate(group.leaves, 1))
        for at, group in enumerate(groups)
    ]
    return "\n".join(parts)


def _page(*parts: str | Rows) -> File:
    return "自评.html", html_of(_BEFORE, *parts, _BEHIND)


def _lines(groups: tuple[Group, ...], top: str, between: str, bottom: str, cell: str) -> File:
    """A table drawn with characters; ``cell`` joins the cells of a row."""
    rows = [f"{cell}{cell.join(['一级', '三级指标', '分值', '得分', '说明'])}{cell}"]
    for group in groups:
        rows.append(between)
        for n, x in enumerate(group.leaves):
            cells = ["　　" if n else group.name, x.name, x.points, x.claim, x.fact]
            rows.append(f"{cell}{cell.join(cells)}{cell}")
    return "自评.txt", "\n".join((_BEFORE, top, *rows, bottom, _BEHIND)).encode()


def _book(groups: tuple[Group, ...], *, again: bool) -> File:
    """A workbook with a sheet of sums and a sheet a group, a header on each or on the first alone."""
    book = openpyxl.Workbook()
    words = book.active
    assert words is not None
    for line in f"{_BEFORE}\n{_BEHIND}".split("\n"):
        words.append([line])
    if again:
        sheet = book.create_sheet("汇总")
        for row in sums_of(groups):
            sheet.append([cell.text for cell in row])
    for at, group in enumerate(groups):
        sheet = book.create_sheet(group.name)
        if again or at == 0:
            sheet.append(["指标", "分值", "得分", "说明"])
        for x in group.leaves:
            sheet.append([x.name, float(x.points), float(x.claim), x.fact])
    stream = io.BytesIO()
    book.save(stream)
    return "自评.xlsx", stream.getvalue()


def _a_table_a_group(groups: tuple[Group, ...], *, header: bool) -> File:
    parts: list[str | Rows] = []
    for at, group in enumerate(groups):
        parts.append(f"（{_CN[at]}）{group.name}（{group.points}分，自评{group.claim}分）")
        rows = [_row(x.name, f"{x.points}分", x.fact, f"{x.claim}分") for x in group.leaves]
        parts.append([*([_row("指标", "分值", "完成情况", "得分")] if header else []), *rows])
    return _page(*parts)


def _a_table_a_leaf(groups: tuple[Group, ...]) -> File:
    parts: list[str | Rows] = []
    for group in groups:
        for n, x in enumerate(group.leaves, 1):
            card = [_row("分值", x.points, "得分", x.claim), [Cell("完成情况"), Cell(x.fact, 1, 3)]]
            parts.extend((f"{n}.{x.name}", card))
    return _page(*parts)


def _worths(groups: tuple[Group, ...]) -> Rows:
    """A table of the points alone."""
    leaves = [_row(g.name, x.name, x.points, "完成得满分，每少1项扣0.5分") for g in groups for x in g.leaves]
    return [_row("一级指标", "三级指标", "分值", "评分标准"), *leaves]


_COMPOSED: dict[str, Callable[[tuple[Group, ...]], File]] = {
    "得分在正文，分值在表": lambda gs: _page(
        _told(gs, lambda _, x: f"{x.fact}，{x.name}自评{x.claim}分。"), simple(gs)
    ),
    "正文逐项，表里只有各组": lambda gs: _page(
        sums_of(gs), _told(gs, lambda n, x: f"{n}.{x.name}（{x.points}分）\n{x.fact}，自评得{x.claim}分。")
    ),
    "各组一表，逐项一表": lambda gs: _page(sums_of(gs), "附件：评分表", simple(gs)),
    "正文和附表各一遍": lambda gs: _page(
        _told(gs, lambda n, x: f"{n}.{x.name}（{x.points}分），得{x.claim}分。{x.fact}。"), "附件：评分表", simple(gs)
    ),
    "表后说明扣分": lambda gs: _page(
        simple(gs), "扣分说明：" + "；".join(f"{x.name}扣{x.lost}分" for g in gs for x in g.leaves if not x.full) + "。"
    ),
    "表里只有分值，正文给分": lambda gs: _page(
        _worths(gs), _told(gs, lambda n, x: f"{n}.{x.name}。{x.fact}，自评得{x.claim}分。")
    ),
    "分值一表，得分一表": lambda gs: _page(
        "表1 指标体系",
        _worths(gs),
        "表2 自评得分",
        [_row("三级指标", "自评得分", "说明"), *(_row(x.name, x.claim, x.fact) for g in gs for x in g.leaves)],
    ),
    "结论列各组得分": lambda gs: _page(
        "其中" + "、".join(f"{g.name}类{g.claim}分（满分{g.points}分）" for g in gs) + "。",
        _told(gs, lambda n, x: f"{n}.{x.name}（{x.points}分）。{x.fact}，得{x.claim}分。"),
    ),
    "组段内各项分号隔开": lambda gs: _page(
        "\n".join(
            f"（{_CN[at]}）{g.name}（{g.points}分，得{g.claim}分）。"
            + "；".join(f"{x.name}{x.points}分，{x.fact}，得{x.claim}分" for x in g.leaves)
            + "。"
            for at, g in enumerate(gs)
        )
    ),
    "正文给分，表里只有扣分的": lambda gs: _page(
        _told(gs, lambda n, x: f"{n}.{x.name}（{x.points}分），自评得{'满' if x.full else x.claim}分。{x.fact}。"),
        [
            _row("扣分指标", "扣分", "原因"),
            *(_row(x.name, x.lost, x.fact) for g in gs for x in g.leaves if not x.full),
        ],
    ),
    "满意度题目另成一表": lambda gs: _page(
        simple(gs),
        [
            _row("题目", "满意", "基本满意", "不满意", "得分"),
            _row("服务态度", "90", "8", "2", "95"),
            _row("办事效率", "88", "10", "2", "94"),
        ],
    ),
    "项目得分另成一表": lambda gs: _page(
        simple(gs),
        "附：项目支出情况",
        [
            _row("项目名称", "预算", "执行数", "执行率", "自评得分"),
            _row("道路养护", "100.00", "98.00", "98.00%", "96.5"),
        ],
    ),
    "每组一表": lambda gs: _a_table_a_group(gs, header=True),
    "每组一表，没有表头": lambda gs: _a_table_a_group(gs, header=False),
    "每个指标一表": _a_table_a_leaf,
    "每组一张工作表": lambda gs: _book(gs, again=True),
    "只有第一张工作表有表头": lambda gs: _book(gs, again=False),
    "制表符": lambda gs: _lines(gs, "┌──┬──┬──┬──┬──┐", "├──┼──┼──┼──┼──┤", "└──┴──┴──┴──┴──┘", "│"),
    "加号和减号": lambda gs: _lines(gs, "+--+--+--+--+--+", "+--+--+--+--+--+", "+--+--+--+--+--+", "|"),
}


@pytest.mark.parametrize("form", _COMPOSED)
@pytest.mark.parametrize("seed", [74, 111, 185])
def test_each_leaf_is_read_once(form: str, seed: int) -> None:
    groups = tree(seed)
    assert read_leaves(*_COMPOSED[form](groups)) == wanted(groups)
