"""Manners in which points stand here and scores there, one number is said of several leaves, or a score stands in front of its name."""

from collections.abc import Callable

from tests.extracting.manners import Group, Leaf

_COUNT = "一二三四五六七八九十"
_RINGS = "①②③④⑤⑥"


def _points(xs: tuple[Leaf, ...]) -> str:
    return "、".join(f"{x.points}分" for x in xs)


def _claims(xs: tuple[Leaf, ...]) -> str:
    return "、".join(f"{x.claim}分" for x in xs)


def _names(xs: tuple[Leaf, ...]) -> str:
    return "、".join(x.name for x in xs)


def _worths(xs: tuple[Leaf, ...], opened: str = "", closed: str = "") -> str:
    return "、".join(f"{x.name}{opened}{x.points}分{closed}" for x in xs)


def _but(xs: tuple[Leaf, ...]) -> str:
    lost = [f"{x.name}因{x.fact}扣{x.lost}分" for x in xs if not x.full]
    return f"除{'、'.join(lost)}外，其余指标不扣分。" if lost else "以上指标均不扣分。"


def _each(form: Callable[[Leaf], str]) -> Callable[[Group], str]:
    return lambda g: "".join(map(form, g.leaves))


# The leaves of a group.
GROUPS: dict[str, Callable[[Group], str]] = {
    "分别得…，对应的分值为…": lambda g: (
        f"{_names(g.leaves)}分别得{_claims(g.leaves)}，对应的分值为{_points(g.leaves)}。"
    ),
    "分值分别是…，自评依次为…": lambda g: (
        f"{_names(g.leaves)}，分值分别是{_points(g.leaves)}，自评依次为{_claims(g.leaves)}。"
    ),
    "甲得4分、乙得5分，满分分别为…": lambda g: (
        "、".join(f"{x.name}得{x.claim}分" for x in g.leaves) + f"，满分分别为{_points(g.leaves)}。"
    ),
    "自评4分的是甲，该项分值5分": _each(lambda x: f"自评{x.claim}分的是{x.name}，该项分值{x.points}分，{x.fact}。"),
    "得4分的甲（5分）": lambda g: (
        "、".join(f"得{x.claim}分的{x.name}（{x.points}分）" for x in g.leaves) + "，均有台账。"
    ),
    "含…。除…外，其余指标不扣分": lambda g: f"本类共{g.points}分，含{_worths(g.leaves)}。{_but(g.leaves)}",
    "由…组成。甲扣1分。其他指标均未失分": lambda g: (
        f"由{_worths(g.leaves, '（', '）')}组成。"
        + "".join(f"{x.name}扣{x.lost}分，{x.fact}。" for x in g.leaves if not x.full)
        + "其他指标均未失分。"
    ),
    "◆甲【5】得4。": _each(lambda x: f"◆{x.name}【{x.points}】得{x.claim}。{x.fact}\n"),
    "甲5分、乙5分。事实，得4分；事实，得5分": lambda g: (
        f"{_worths(g.leaves)}。" + "；".join(f"{x.fact}，得{x.claim}分" for x in g.leaves) + "。"
    ),
    "甲（5分）、乙（5分）。第一项…": lambda g: (
        f"{_worths(g.leaves, '（', '）')}。"
        + "；".join(f"第{_COUNT[n]}项{x.fact}，自评{x.claim}分" for n, x in enumerate(g.leaves))
        + "。"
    ),
    "比5分的满分少1分": _each(
        lambda x: (
            f"{x.name}得{x.claim}分（{x.points}分），{x.fact}。"
            if x.full
            else f"{x.name}得{x.claim}分，比{x.points}分的满分少{x.lost}分，{x.fact}。"
        )
    ),
    "甲一项自评4分，该项5分": _each(lambda x: f"{x.name}一项自评{x.claim}分，该项{x.points}分，{x.fact}；"),
    "【得4分】甲（满分5分）": _each(lambda x: f"【得{x.claim}分】{x.name}（满分{x.points}分）：{x.fact}。\n"),
    "得4分——甲（5分）": _each(lambda x: f"得{x.claim}分——{x.name}（{x.points}分），{x.fact}。\n"),
    "①甲，5分，事实，自评4分；②": lambda g: (
        "；".join(f"{_RINGS[n]}{x.name}，{x.points}分，{x.fact}，自评{x.claim}分" for n, x in enumerate(g.leaves))
        + "。"
    ),
    "甲在5分中自评4分": _each(lambda x: f"{x.name}在{x.points}分中自评{x.claim}分，{x.fact}。"),
    "全得；失1分": _each(lambda x: f"{x.name}（满分{x.points}分）{'全得' if x.full else f'失{x.lost}分'}，{x.fact}。"),
    "上述几项得分依次为": lambda g: (
        "，".join(f"{x.name}（{x.points}分）{x.fact}" for x in g.leaves)
        + f"。上述{_COUNT[len(g.leaves) - 1]}项得分依次为{_claims(g.leaves)}。"
    ),
}


def _heads(groups: tuple[Group, ...], body: Callable[[Group], str]) -> str:
    return "".join(f"（{_COUNT[n]}）{g.name}{body(g)}\n" for n, g in enumerate(groups))


def _every(groups: tuple[Group, ...]) -> tuple[Leaf, ...]:
    return tuple(x for g in groups for x in g.leaves)


# The leaves of a report.
REPORTS: dict[str, Callable[[tuple[Group, ...]], str]] = {
    "各项指标得分为": lambda gs: (
        _heads(gs, lambda g: f"类共{g.points}分，其中{_worths(g.leaves)}。{g.leaves[0].fact}。")
        + f"综上，各项指标得分为：{'、'.join(f'{x.name}{x.claim}分' for x in _every(gs))}。\n"
    ),
    "以上各指标自评得分依次为": lambda gs: (
        _heads(
            gs,
            lambda g: (
                f"（{g.points}分）\n"
                + "\n".join(f"{n}.{x.name}（{x.points}分）。{x.fact}。" for n, x in enumerate(g.leaves, 1))
            ),
        )
        + f"以上各指标自评得分依次为：{'、'.join(f'{x.name}{x.claim}分' for x in _every(gs))}。\n"
    ),
    "其余指标均得满分": lambda gs: (
        _heads(gs, lambda g: f"（{g.points}分）。包括{_worths(g.leaves, '（', '）')}，{g.leaves[0].fact}。")
        + f"（{_COUNT[len(gs)]}）扣分情况。"
        + "".join(f"{x.name}扣{x.lost}分，{x.fact}。" for x in _every(gs) if not x.full)
        + "其余指标均得满分。\n"
    ),
}
