"""Manners in which several groups stand in one chapter without headings, their leaves run into a line, or only losses are told."""

from collections.abc import Callable
from decimal import Decimal

from tests.extracting.manners import Group, Leaf

Groups = tuple[Group, ...]
_COUNT = "一二三四"


def _every(groups: Groups) -> tuple[Leaf, ...]:
    return tuple(x for g in groups for x in g.leaves)


def _lines(of: Callable[[Group], str]) -> Callable[[Groups], str]:
    return lambda groups: "".join(f"{of(g)}\n" for g in groups)


def _each(g: Group, form: Callable[[int, Leaf], str], between: str = "") -> str:
    return between.join(form(n, x) for n, x in enumerate(g.leaves, 1))


def _said(x: Leaf) -> str:
    return "未扣分" if x.full else f"扣{x.lost}分"


def _ended(g: Group) -> str:
    if all(x.full for x in g.leaves):
        return "，均无扣分。"
    return "。其中" + "，".join(f"{x.name}扣{x.lost}分" for x in g.leaves if not x.full) + "，其余不扣分。"


def _lost(groups: Groups, form: Callable[[Leaf], str]) -> str:
    return "、".join(form(x) for x in _every(groups) if not x.full)


def _sum(groups: Groups) -> str:
    return f"{sum((Decimal(x.lost) for x in _every(groups)), Decimal(0)):f}"


def _got(groups: Groups) -> str:
    return f"{sum((Decimal(g.claim) for g in groups), Decimal(0)):f}"


def _headed(groups: Groups) -> str:
    return "".join(
        f"（{_COUNT[at]}）{g.name}（{g.points}分）\n"
        + _each(g, lambda n, x: f"{n}.{x.name}（{x.points}分），自评{x.claim}分。{x.fact}。\n")
        for at, g in enumerate(groups)
    )


REPORTS: dict[str, Callable[[Groups], str]] = {
    "投入类25分：甲5分，扣1分；": _lines(
        lambda g: (
            f"{g.name}类{g.points}分：{_each(g, lambda _, x: f'{x.name}{x.points}分，{_said(x)}，{x.fact}', '；')}。"
        )
    ),
    "投入（25分）：甲5分、乙5分。其中甲扣1分，其余不扣分": _lines(
        lambda g: f"{g.name}（{g.points}分）：{_each(g, lambda _, x: f'{x.name}{x.points}分', '、')}{_ended(g)}"
    ),
    "投入类25分。甲5分，得4分。": _lines(
        lambda g: f"{g.name}类{g.points}分。{_each(g, lambda _, x: f'{x.name}{x.points}分，{x.fact}，得{x.claim}分。')}"
    ),
    "投入（25分，得24分）：甲5分，得4分；": _lines(
        lambda g: (
            f"{g.name}（{g.points}分，得{g.claim}分）："
            f"{_each(g, lambda _, x: f'{x.name}{x.points}分，得{x.claim}分', '；')}。"
        )
    ),
    "自评失分3分，分别为甲1分": lambda gs: (
        _lines(lambda g: f"{g.name}{g.points}分：{_each(g, lambda _, x: f'{x.name}{x.points}分', '，')}。")(gs)
        + f"自评失分{_sum(gs)}分，分别为{_lost(gs, lambda x: f'{x.name}{x.lost}分')}，其余指标得满分。\n"
    ),
    "扣分为：甲1分": lambda gs: (
        _lines(lambda g: f"{g.name}（{g.points}分）：{_each(g, lambda _, x: f'{x.name}{x.points}分', '、')}。")(gs)
        + f"扣分为：{_lost(gs, lambda x: f'{x.name}{x.lost}分')}，其余指标均得满分。\n"
    ),
    "指标体系为投入25分（甲5分），共扣3分": lambda gs: (
        "指标体系为"
        + "，".join(f"{g.name}{g.points}分（{_each(g, lambda _, x: f'{x.name}{x.points}分', '、')}）" for g in gs)
        + f"。\n共扣{_sum(gs)}分：{_lost(gs, lambda x: f'{x.name}扣{x.lost}分')}。其他指标均为满分。\n"
    ),
    "投入指标—1.甲（5分，得4分）": _lines(
        lambda g: (
            f"{g.name}指标—{_each(g, lambda n, x: f'{n}.{x.name}（{x.points}分，得{x.claim}分）：{x.fact}。', ' ')}"
        )
    ),
    "投入指标—1甲（5分，得4分）": _lines(
        lambda g: f"{g.name}指标—{_each(g, lambda n, x: f'{n}{x.name}（{x.points}分，得{x.claim}分）：{x.fact}；')}"
    ),
    "投入指标—指标1：甲（5分）得4分": _lines(
        lambda g: f"{g.name}指标—{_each(g, lambda n, x: f'指标{n}：{x.name}（{x.points}分）得{x.claim}分，{x.fact}。')}"
    ),
    "综上，投入24分、过程30分，合计96分": lambda gs: (
        _headed(gs)
        + f"（{_COUNT[len(gs)]}）自评得分\n综上，得分为："
        + "、".join(f"{g.name}{g.claim}分" for g in gs)
        + f"，合计{_got(gs)}分，评价等级为优。\n"
    ),
}
