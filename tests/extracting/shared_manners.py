"""Manners in which points stand here and scores there, one number is said of several leaves, or a score stands in front of its name."""

from collections.abc import Callable
from decimal import Decimal

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


def _parted(groups: tuple[Group, ...]) -> tuple[tuple[Leaf, ...], tuple[Leaf, ...]]:
    """The leaves with all their points, and the others."""
    every = _every(groups)
    return tuple(x for x in every if x.full), tuple(x for x in every if not x.full)


def _sum(xs: tuple[Leaf, ...]) -> str:
    return f"{sum((Decimal(x.points) for x in xs), Decimal(0)):f}"


def _full_first(full: str, lost: str, one: Callable[[Leaf], str]) -> Callable[[tuple[Group, ...]], str]:
    """Leaves without a loss in one list that says so ahead, the others behind it; with ``#`` for their number, ``$`` for their points."""

    def told(groups: tuple[Group, ...]) -> str:
        kept, less = _parted(groups)
        head = full.replace("#", str(len(kept))).replace("$", _sum(kept)).replace("@", _worths(kept, "（", "）"))
        head = head.replace("~", _worths(kept))
        return (
            (f"{head}\n" if kept else "")
            + lost.replace("#", str(len(less)))
            + "".join(map(one, less)).rstrip("；")
            + "。\n"
        )

    return told


# The leaves of a report.
REPORTS: dict[str, Callable[[tuple[Group, ...]], str]] = {
    "以下#项指标得满分": _full_first(
        "（一）以下#项指标得满分，合计$分：@。",
        "（二）以下#项指标有扣分：\n",
        lambda x: f"{x.name}（{x.points}分），{x.fact}，扣{x.lost}分，得{x.claim}分；\n",
    ),
    "得满分的指标有#项": _full_first(
        "1.得满分的指标有#项：@，不再逐项说明。",
        "2.扣分的指标有#项：",
        lambda x: f"{x.name}（{x.points}分）得{x.claim}分，{x.fact}；",
    ),
    "未扣分指标": _full_first(
        "（一）未扣分指标#项，分别为~，共$分。",
        "（二）扣分指标#项。",
        lambda x: f"{x.name}{x.points}分，扣{x.lost}分，得{x.claim}分，{x.fact}；",
    ),
    "满分指标：": _full_first(
        "满分指标：@。", "失分指标：", lambda x: f"{x.name}（{x.points}分，得{x.claim}分），{x.fact}；"
    ),
    "下列指标没有扣分": _full_first(
        "一是下列指标没有扣分，均有台账可查：@；",
        "二是其余指标：",
        lambda x: f"{x.name}（满分{x.points}分）自评{x.claim}分，{x.fact}；",
    ),
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


def _quoted(name: str) -> str:
    return f"“{name.replace('“', '').replace('”', '')}”"


def _rate(x: Leaf) -> str:
    return f"{Decimal(x.claim) * 100 / Decimal(x.points):.2f}%"


# A leaf on a line of its own, its name run on into its goal, its score made due by a rule, its points told by other words.
LEAVES: dict[str, Callable[[Leaf], str]] = {
    "甲年初目标12场": lambda x: f"{x.name}年初目标12场，全年完成12场，该指标分值{x.points}分，自评{x.claim}分。",
    "甲目标值100%": lambda x: f"{x.name}目标值100%，实际完成95%，分值{x.points}分，得分{x.claim}分；",
    "甲为98.31%": lambda x: f"{x.name}为98.31%，目标值95%，分值{x.points}分，自评得分{x.claim}分。",
    "甲达到98%": lambda x: f"{x.name}达到98%，完成年度目标，得{x.claim}分（满分{x.points}分）。",
    "对“甲”指标": lambda x: f"对{_quoted(x.name)}指标，{x.fact}，自评{x.claim}分（分值{x.points}分）。",
    "按计分规则得": lambda x: f"{_quoted(x.name)}指标分值{x.points}分，{x.fact}，按计分规则得{x.claim}分。",
    "得分率": lambda x: f"{x.name}得分率{_rate(x)}，得分{x.claim}分（权重{x.points}分），{x.fact}。",
    "4分　甲（标准分5分）　事实": lambda x: f"{x.claim}分　{x.name}（标准分{x.points}分）　{x.fact}",
    "4分：甲（权重5分），事实": lambda x: f"{x.claim}分：{x.name}（权重{x.points}分），{x.fact}。",
    "得4分　甲（满分5分）：事实": lambda x: f"得{x.claim}分　{x.name}（满分{x.points}分）：{x.fact}。",
    "【4分】甲（满分5分）：事实": lambda x: f"【{x.claim}分】{x.name}（满分{x.points}分）：{x.fact}。",
    "自评4分　甲【分值5分】": lambda x: f"自评{x.claim}分　{x.name}【分值{x.points}分】{x.fact}。",
    "首先是甲，满分5分": lambda x: f"首先是{x.name}，满分{x.points}分，{x.fact}，得{x.claim}分。",
    "其次为甲（5分）": lambda x: f"其次为{x.name}（{x.points}分），{x.fact}，得{x.claim}分。",
    "最后是“甲”": lambda x: f"最后是{_quoted(x.name)}，分值{x.points}分，{x.fact}，自评{x.claim}分。",
    "按比例计得，再酌扣，最后得": lambda x: (
        f"{x.name}，满分{x.points}分，{x.fact}，按比例计得{x.points}分，因资料不全再酌扣{x.lost}分，最后得{x.claim}分。"
    ),
    "计得，另扣，实得": lambda x: (
        f"{x.name}（{x.points}分）。{x.fact}，按完成率计{x.points}分，另因归档迟缓酌减{x.lost}分，实得{x.claim}分。"
    ),
    "初评，调减，最终计": lambda x: (
        f"{x.name}（分值{x.points}分），{x.fact}，科室初评得{x.points}分，经审定又扣减{x.lost}分，最终计{x.claim}分。"
    ),
    "甲（5）4.5分": lambda x: f"{x.name}（{x.points}）{x.claim}分：{x.fact}。",
    "甲计5分": lambda x: f"{x.name}计{x.points}分，{x.fact}，自评得{x.claim}分。",
    "甲5分，满分": lambda x: f"{x.name}{x.points}分，{'满分' if x.full else f'得{x.claim}分'}，{x.fact}。",
    "甲赋5分，评4分": lambda x: f"{x.name}赋{x.points}分，评{x.claim}分，{x.fact}。",
    "自评4分，复核4分": lambda x: f"{x.name}（{x.points}.0分）自评{x.claim}分，复核{x.claim}分，{x.fact}。",
    "此项应得4分": lambda x: f"{x.name}（{x.points}分）。{x.fact}。根据评分标准，此项应得{x.claim}分。",
}
