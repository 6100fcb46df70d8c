"""Leaves with scored parts, weighted scores and points told once: the leaf is the item, with its own points and score."""

from collections.abc import Callable
from decimal import Decimal

import pytest

from tests.extracting.manners import Group, Leaf, report, tree
from tests.extracting.tables import FORMATS, Cell, Rows, claim, fact, group, name, of_columns, points, raw, row_of
from tests.extracting.test_table_forms import read_leaves, wanted

Part = tuple[str, Decimal, Decimal]
_RINGS, _LETTERS, _ORDER = "①②", "ab", "一二"
_NAMES = ("制度齐全并经会议审议", "执行到位且留有记录")


def _parts(x: Leaf) -> list[Part]:
    """Two parts that make a leaf."""
    worth, got = Decimal(x.points) / 2, Decimal(x.claim)
    first = min(worth, got)
    return [(_NAMES[0], worth, first), (_NAMES[1], worth, got - first)]


def _told(groups: tuple[Group, ...], leaf: Callable[[int, Leaf], str]) -> str:
    def head(at: int, g: Group) -> str:
        return f"（{'一二三四'[at]}）{g.name}（{g.points}分，得{g.claim}分）\n"

    return "".join(
        head(at, g) + "".join(leaf(n, x) + "\n" for n, x in enumerate(g.leaves, 1)) for at, g in enumerate(groups)
    )


def _ringed(n: int, x: Leaf) -> str:
    parts = "；".join(f"{_RINGS[k]}{t}（{p}分），查阅资料{k + 2}份，得{c}分" for k, (t, p, c) in enumerate(_parts(x)))
    return f"{n}.{x.name}，满分{x.points}分。评分要点：{parts}。本项得{x.claim}分。"


def _lettered(n: int, x: Leaf) -> str:
    parts = (f"{_LETTERS[k]}.{t}{p}分：查阅资料{k + 2}份，得{c}分。" for k, (t, p, c) in enumerate(_parts(x)))
    return "\n".join((f"{n}.{x.name}（{x.points}分），自评{x.claim}分。", *parts))


def _counted(n: int, x: Leaf) -> str:
    parts = "；".join(f"{_ORDER[k]}是{t}（{p}分），{x.fact}，计{c}分" for k, (t, p, c) in enumerate(_parts(x)))
    return f"{n}.{x.name}（{x.points}分）。{parts}。该指标自评得分{x.claim}分。"


def _summed(n: int, x: Leaf) -> str:
    """The sum without a word that points, and some leaves of one part."""
    if n == 1:
        return f"{n}.{x.name}，分值{x.points}分：①{_NAMES[0]}{x.points}分，{x.fact}，得{x.claim}分，合计得{x.claim}分。"
    parts = "；".join(f"{_RINGS[k]}{t}{p}分，查阅资料{k + 2}份，得{c}分" for k, (t, p, c) in enumerate(_parts(x)))
    return f"{n}.{x.name}，分值{x.points}分：{parts}，合计得{x.claim}分。"


_PROSE = {"① 本项得": _ringed, "a. 自评在前": _lettered, "一是 该指标得": _counted, "① 合计得": _summed}


@pytest.mark.parametrize("manner", _PROSE)
def test_parts_in_running_text_are_no_leaves(manner: str) -> None:
    for number in (7, 23):
        groups = tree(number)
        assert read_leaves("自评.txt", report(groups, _told(groups, _PROSE[manner])).encode()) == wanted(groups)


def _in_cells(groups: tuple[Group, ...]) -> Rows:
    rows = [row_of("指标", "分值", "评分要点及得分", "自评得分")]
    for x in (x for g in groups for x in g.leaves):
        told = "\n".join(f"{_RINGS[k]}{t}（{p}分），得{c}分。" for k, (t, p, c) in enumerate(_parts(x)))
        rows.append(row_of(x.name, x.points, told, x.claim))
    return rows


def _in_rows(groups: tuple[Group, ...]) -> Rows:
    rows = [row_of("指标", "分值", "评分要点", "要点分值", "要点得分", "指标得分")]
    for x in (x for g in groups for x in g.leaves):
        (first, p, c), (second, q, d) = _parts(x)
        rows.append([Cell(x.name, 2), Cell(x.points, 2), *row_of(first, f"{p}", f"{c}"), Cell(x.claim, 2)])
        rows.append(row_of(second, f"{q}", f"{d}"))
    return rows


_TABLES: dict[str, Callable[[tuple[Group, ...]], Rows]] = {
    "要点在单元格": _in_cells,
    "要点各占一行": _in_rows,
    "权重%、加权得分": of_columns(
        ("一级指标（权重）", group),
        ("评价指标", name),
        ("权重%", points),
        ("评价依据", fact),
        ("百分制评分", lambda _g, x, *_: raw(x)),
        ("加权得分", claim),
        total=lambda p, s: [["合计", "", p, "", "", s]],
    ),
    "权重(%)、加权后得分": of_columns(
        ("指标", name), ("权重(%)", points), ("百分制打分", lambda _g, x, *_: raw(x)), ("加权后得分", claim)
    ),
}


@pytest.mark.parametrize("file", ["自评.html", "自评.docx", "自评.xlsx"])
@pytest.mark.parametrize("layout", _TABLES)
def test_parts_and_weights_in_tables(layout: str, file: str) -> None:
    groups = tree(11)
    assert read_leaves(file, FORMATS[file](_TABLES[layout](groups))) == wanted(groups)


def test_points_that_the_header_tells_for_each_row() -> None:
    """Every leaf of a table is worth what the header of its scores says."""
    leaves = tuple(Leaf(x.name, "10", "9.5" if n % 3 == 0 else "10", x.fact) for n, x in enumerate(_ten()))
    groups = (Group("产出", leaves),)
    rows = [row_of("指标", "完成情况", "得分（每项10分）"), *(row_of(x.name, x.fact, x.claim) for x in leaves)]
    assert read_leaves("自评.html", FORMATS["自评.html"](rows)) == wanted(groups)


def _ten() -> list[Leaf]:
    return [x for g in tree(7) for x in g.leaves][:10]
