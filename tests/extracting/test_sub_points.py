"""Sub-points below leaves, and points beside scores without a word of either: the leaves come back, and no part is one."""

from collections.abc import Callable

import pytest

from hengji.extracting import extract
from hengji.extracting.flat import flat
from hengji.reading import read_data
from tests.extracting.manners import Leaf, tree

_HEAD = "某某县服务中心2024年度部门整体支出绩效自评报告\n一、部门基本情况\n中心内设3个股室，编制45名，年末实有42名。\n二、绩效评价情况\n"
_END = "\n三、存在的问题\n1.预算执行不够均衡。上半年支出进度偏慢。\n四、自评结论\n自评等级为“优”。"
_PARTS = "①资料齐全1分，{fact}，得1分；②其他要求{rest}分，已核对，得{got}分"

MANNERS: dict[str, Callable[[int, Leaf], str]] = {
    "甲 4.5/5：事实": lambda n, x: f"{n}.{x.name} {x.claim}/{x.points}：{x.fact}。",
    "甲（5→4.5）": lambda n, x: f"{n}.{x.name}（{x.points}→{x.claim}）：{x.fact}。",
    "甲（5）：4.5": lambda _, x: f"{x.name}（{x.points}）：{x.claim}。{x.fact}。",
    "甲：权重5，得4.5": lambda _, x: f"{x.name}：权重{x.points}，得{x.claim}。{x.fact}。",
    "甲［5分］……［4.5分］": lambda n, x: f"1-{n} {x.name}［{x.points}分］{x.fact}。［{x.claim}分］",
    "①②，本项4.5分": lambda n, x: f"A{n} {x.name}（{x.points}分）。{_parts(x)}。本项{x.claim}分。",
    "①②，一行一点": lambda n, x: f"（{n}）{x.name}（{x.points}分）\n{_lines(x)}",
}


def _parts(x: Leaf) -> str:
    return _PARTS.format(fact=x.fact, rest=int(x.points) - 1, got=f"{float(x.claim) - 1:g}")


def _lines(x: Leaf) -> str:
    return (
        f"①资料齐全（1分）：{x.fact}，得1分。\n②要求核对（{int(x.points) - 1}分）：已核对，得{float(x.claim) - 1:g}分。"
    )


def _order(manner: str, group: int) -> str:
    return f"{group + 1}." if "一行" in manner else f"（{'一二三四'[group]}）"


@pytest.mark.parametrize("manner", MANNERS)
def test_leaves_come_back(manner: str) -> None:
    groups = tree(3)
    lines = [
        f"{_order(manner, g)}{each.name}（{each.points}分）\n"
        + "\n".join(MANNERS[manner](n, x) for n, x in enumerate(each.leaves, 1))
        for g, each in enumerate(groups)
    ]
    found = extract(read_data("自评.txt", (_HEAD + "\n".join(lines) + _END).encode()))
    told = [(item.name, float(item.points or 0), float(item.claimed or 0)) for item in found.items]
    assert told == [(flat(x.name), float(x.points), float(x.claim)) for each in groups for x in each.leaves]
