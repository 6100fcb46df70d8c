"""Scores that no cell and no word tells outright, only ticks, grades, weights, keys and sums; what no sum proves stays unread."""

import random
from collections import Counter
from collections.abc import Callable
from decimal import Decimal

import pytest

from hengji.extracting import extract
from hengji.reading import read_data
from tests.extracting.manners import Group, Leaf, tree
from tests.extracting.tables import Cell, Rows, html_of, row_of, sum_of

Groups = tuple[Group, ...]
Leaves = Counter[tuple[str, Decimal | None, Decimal | None]]
_HEAD = (
    "某某县服务中心2024年度部门整体支出绩效自评报告\n一、部门基本情况\n中心内设3个股室，编制45名，年末实有42名。\n"
    "二、自评结论\n2024年度部门整体支出绩效自评得分{total}分，自评等级为“优”。\n三、绩效指标分析"
)
_END = "四、存在的问题\n1.预算执行不够均衡。上半年支出进度偏慢。\n五、改进措施\n1.财务股按月通报支出进度，2025年6月底前完成。"
_SEEDS = (3, 8, 21)


def _leaves(groups: Groups) -> list[Leaf]:
    return [x for each in groups for x in each.leaves]


def _total(groups: Groups) -> str:
    return sum_of(groups, lambda each: each.claim)


def _scored(seed: int, rates: tuple[int, ...]) -> Groups:
    """A tree whose leaves have some of these shares of their points."""
    chance = random.Random(seed)

    def scored(x: Leaf) -> Leaf:
        return Leaf(x.name, x.points, f"{(Decimal(x.points) * chance.choice(rates) / 100).normalize():f}", x.fact)

    return tuple(Group(each.name, tuple(scored(x) for x in each.leaves)) for each in tree(seed))


def _rate(x: Leaf) -> int:
    return int(Decimal(x.claim) * 100 / Decimal(x.points))


def _plain(name: str) -> str:
    return "".join(c for c in name if c not in '“”" \n')


def _wanted(groups: Groups) -> Leaves:
    return Counter((_plain(x.name), Decimal(x.points), Decimal(x.claim)) for x in _leaves(groups))


def _read(total: str, *parts: str | Rows) -> Leaves:
    found = extract(read_data("自评.html", html_of(_HEAD.format(total=total), *parts, _END)), 2024)
    return Counter((_plain(item.name), item.points, item.claimed) for item in found.items)


_RATES = (100, 90, 80, 60)


def _ticks(x: Leaf) -> list[str]:
    return ["√" if _rate(x) == rate else "" for rate in _RATES]


def _ticked(*head: str) -> Callable[[Groups], list[Rows | str]]:
    return lambda groups: [
        [row_of("指标", "分值", *head), *(row_of(x.name, x.points, *_ticks(x)) for x in _leaves(groups))]
    ]


def _noted(groups: Groups) -> list[Rows | str]:
    return [*_ticked("优", "良", "中", "差")(groups), "注：优得分值的100%，良得90%，中得80%，差得60%。"]


def _two_heads(groups: Groups) -> list[Rows | str]:
    head = [[Cell("指标", 2), Cell("分值", 2), Cell("自评等次", 1, 4)], row_of("优100%", "良90%", "中80%", "差60%")]
    return [[*head, *(row_of(x.name, x.points, *_ticks(x)) for x in _leaves(groups))]]


def _lettered(groups: Groups) -> list[Rows | str]:
    letter = {100: "A", 90: "B", 80: "C"}
    head = row_of("指标", "分值", "等次（A100%、B90%、C80%）")
    return [[head, *(row_of(x.name, x.points, letter[_rate(x)]) for x in _leaves(groups))]]


def _boxed(groups: Groups) -> list[Rows | str]:
    def boxes(x: Leaf) -> str:
        worth = {rate: f"{(Decimal(x.points) * rate / 100).normalize():f}分" for rate in (100, 90, 80)}
        return " ".join(("☑" if _rate(x) == rate else "□") + text for rate, text in worth.items())

    return [[row_of("指标", "分值", "评分"), *(row_of(x.name, x.points, boxes(x)) for x in _leaves(groups))]]


_GRADED: dict[str, Callable[[Groups], list[Rows | str]]] = {
    "优（100%）": _ticked("优（100%）", "良（90%）", "中（80%）", "差（60%）"),
    "100%": _ticked("100%", "90%", "80%", "60%"),
    "注：优得100%": _noted,
    "两层表头": _two_heads,
    "等次一列": _lettered,
    "☑5分□4分": _boxed,
}


@pytest.mark.parametrize("form", _GRADED)
def test_grades_are_worth_what_is_said_of_them(form: str) -> None:
    for seed in _SEEDS:
        groups = _scored(seed, (100, 90, 80))
        assert _read(_total(groups), *_GRADED[form](groups)) == _wanted(groups), seed


@pytest.mark.parametrize("heads", [("是", "否"), ("达标", "未达标"), ("完成", "未完成")])
def test_yes_and_no_are_all_points_or_none_where_the_total_proves_it(heads: tuple[str, str]) -> None:
    for seed in _SEEDS:
        groups = _scored(seed, (100, 100, 0))
        rows = [
            row_of("指标", "分值", *heads),
            *(row_of(x.name, x.points, *(("√", "") if x.full else ("", "√"))) for x in _leaves(groups)),
        ]
        assert _read(_total(groups), rows) == _wanted(groups), seed
        assert all(claimed is None for _, _, claimed in _read("96.35", rows)), seed


def _keyed(key: str, of: Callable[[int], str]) -> Callable[[Groups], list[Rows | str]]:
    def lay(groups: Groups) -> list[Rows | str]:
        leaves = list(enumerate(_leaves(groups), 1))
        return [
            "（一）指标体系",
            [
                row_of(key, "指标", "分值", "评分标准"),
                *(row_of(of(n), x.name, x.points, "完成得满分") for n, x in leaves),
            ],
            "（二）评分结果",
            [row_of(key, "自评得分", "说明"), *(row_of(of(n), x.claim, x.fact) for n, x in leaves)],
        ]

    return lay


@pytest.mark.parametrize(("key", "of"), [("序号", str), ("指标代码", "C{:02d}".format), ("编号", "2-{}".format)])
def test_scores_in_a_table_of_their_own(key: str, of: Callable[[int], str]) -> None:
    for seed in _SEEDS:
        groups = tree(seed)
        assert _read(_total(groups), *_keyed(key, of)(groups)) == _wanted(groups), seed


def _weighed(head: tuple[str, ...], worth: Callable[[Leaf], tuple[str, ...]]) -> Callable[[Groups, str], Rows]:
    def lay(groups: Groups, total: str) -> Rows:
        rows = [row_of("指标", *head, "自评得分"), *(row_of(x.name, *worth(x), x.claim) for x in _leaves(groups))]
        return [*rows, row_of("综合得分", *[""] * len(head), total)]

    return lay


_WEIGHED = {
    "15%": _weighed(("权重",), lambda x: (f"{x.points}%",)),
    "15｜100": _weighed(("权重（%）", "满分"), lambda x: (x.points, "100")),
    "0.15": _weighed(("权重系数",), lambda x: (f"{Decimal(x.points) / 100}",)),
}


@pytest.mark.parametrize("form", _WEIGHED)
def test_scores_out_of_a_hundred_count_by_their_weights(form: str) -> None:
    for seed in _SEEDS:
        chance = random.Random(seed)
        made = [
            Group(
                g.name, tuple(Leaf(x.name, x.points, str(chance.choice((100, 95, 88, 85))), x.fact) for x in g.leaves)
            )
            for g in tree(seed)
        ]
        groups = tuple(made)
        total = f"{sum(Decimal(x.points) * Decimal(x.claim) / 100 for x in _leaves(groups)):.2f}"
        wanted = Counter(
            (_plain(x.name), Decimal(x.points), Decimal(x.points) * Decimal(x.claim) / 100) for x in _leaves(groups)
        )
        assert _read(total, _WEIGHED[form](groups, total)) == wanted, seed


_STACKED: dict[str, Callable[[Groups], str]] = {
    "甲\n5\n4.5": lambda gs: "\n".join(f"{x.name}\n{x.points}\n{x.claim}" for x in _leaves(gs)),
    "甲\n5分\n4.5分": lambda gs: "\n".join(f"{x.name}\n{x.points}分\n{x.claim}分" for x in _leaves(gs)),
    "投入\n甲\n5\n4.5": lambda gs: "\n".join(
        "\n".join((g.name, *(f"{x.name}\n{x.points}\n{x.claim}" for x in g.leaves))) for g in gs
    ),
    "甲\n5\n4.5\n说明": lambda gs: "\n".join(f"{x.name}\n{x.points}\n{x.claim}\n{x.fact}。" for x in _leaves(gs)),
    "1\n甲\n5\n4.5": lambda gs: "\n".join(
        (*(f"{n}\n{x.name}\n{x.points}\n{x.claim}" for n, x in enumerate(_leaves(gs), 1)), "合计", "100", _total(gs))
    ),
    "表头": lambda gs: "\n".join(
        ("指标名称", "分值", "得分", *(f"{x.name}\n{x.points}\n{x.claim}" for x in _leaves(gs)))
    ),
}


@pytest.mark.parametrize("form", _STACKED)
def test_cells_that_stand_one_under_another(form: str) -> None:
    for seed in _SEEDS:
        groups = tree(seed)
        text = f"{_HEAD.format(total=_total(groups))}\n{_STACKED[form](groups)}\n{_END}"
        found = extract(read_data("自评.txt", text.encode()), 2024)
        assert Counter((_plain(i.name), i.points, i.claimed) for i in found.items) == _wanted(groups), seed


def test_numbers_under_names_that_no_sum_proves_are_no_scores() -> None:
    text = (
        _HEAD.format(total="95")
        + "\n"
        + "\n".join(f"{x.name}\n{n + 3}\n{n + 2}" for n, x in enumerate(_leaves(tree(3))))
    )
    assert extract(read_data("自评.txt", f"{text}\n{_END}".encode()), 2024).items == ()


@pytest.mark.parametrize(
    "head",
    [
        ("评价因素", "额定分", "自测分"),
        ("事项", "总分", "2024年自评得分"),
        ("三级指标", "分值", "自报分"),
        ("绩效要求", "理论分", "本年"),
    ],
)
def test_columns_under_words_that_nobody_knows(head: tuple[str, str, str]) -> None:
    name, points, score = head
    for seed in _SEEDS:
        groups = tree(seed)
        rows = [
            row_of("序号", "类别", name, points, "上年", score, "说明"),
            *(row_of(str(n), "投入", x.name, x.points, "3", x.claim, x.fact) for n, x in enumerate(_leaves(groups), 1)),
        ]
        assert _read(_total(groups), rows) == _wanted(groups), seed
        assert all(claimed is None for _, _, claimed in _read("96.35", rows)), seed
