"""Running text that tells only scores and losses: a leaf's points are what makes its group's points and score."""

from collections import Counter
from collections.abc import Callable
from decimal import Decimal

import pytest

from hengji.extracting import extract
from hengji.reading.text import read_text
from tests.extracting.manners import Group, Leaf, report, tree

_ORDER = "一二三四"


def _scored(x: Leaf) -> str:
    return f"{x.name}得{x.claim}分" if x.full else f"{x.name}扣{x.lost}分，得{x.claim}分"


def _losses(groups: tuple[Group, ...]) -> str:
    lost = [f"{x.name}扣{x.lost}分" for g in groups for x in g.leaves if not x.full]
    return f"扣分情况：{'，'.join(lost)}。\n" if lost else ""


def _by_paragraph(groups: tuple[Group, ...]) -> str:
    return "".join(
        f"（{_ORDER[n]}）{g.name}情况分析。{g.name}类指标{g.points}分，自评得{g.claim}分。"
        + "；".join(f"{x.fact}，{_scored(x)}" for x in g.leaves)
        + "。\n"
        for n, g in enumerate(groups)
    )


def _by_chapter(groups: tuple[Group, ...]) -> str:
    return "".join(
        f"（{_ORDER[n]}）{g.name}情况\n{g.name}部分满分{g.points}分，自评得分{g.claim}分。\n"
        + "".join(
            f"{at}.{x.name}。{x.fact}，{'' if x.full else f'扣{x.lost}分，'}得{x.claim}分。\n"
            for at, x in enumerate(g.leaves, 1)
        )
        for n, g in enumerate(groups)
    )


def _by_including(groups: tuple[Group, ...]) -> str:
    return (
        "".join(
            f"{g.name}类指标{g.points}分，自评得{g.claim}分，其中："
            + "，".join(f"{x.name}得{x.claim}分" for x in g.leaves)
            + "。"
            for g in groups
        )
        + "\n"
        + _losses(groups)
    )


def _in_brackets(groups: tuple[Group, ...]) -> str:
    return "".join(
        f"（{_ORDER[n]}）{g.name}（{g.points}分，得{g.claim}分）。"
        + "".join(f"{x.fact}（{x.name}{'' if x.full else f'扣{x.lost}分，'}得{x.claim}分）。" for x in g.leaves)
        + "\n"
        for n, g in enumerate(groups)
    )


def _losses_only(groups: tuple[Group, ...]) -> str:
    """All tell a score but one leaf of each group, of which only the loss is told, if any."""

    def told(g: Group) -> str:
        odd = next((x for x in g.leaves if not x.full), None)
        return "；".join(f"{x.name}扣{x.lost}分，{x.fact}" if x is odd else f"{x.fact}，{_scored(x)}" for x in g.leaves)

    return "".join(
        f"（{_ORDER[n]}）{g.name}类指标（{g.points}分），得{g.claim}分。{told(g)}。\n" for n, g in enumerate(groups)
    )


def _one_full(groups: tuple[Group, ...]) -> str:
    """One leaf of each group has full points without a number."""

    def told(g: Group) -> str:
        odd = next((x for x in g.leaves if x.full), None)
        return "。".join(f"{x.name}方面，{x.fact}，得满分" if x is odd else f"{x.fact}，{_scored(x)}" for x in g.leaves)

    return "".join(
        f"（{_ORDER[n]}）{g.name}指标满分{g.points}分，自评得{g.claim}分。{told(g)}。\n" for n, g in enumerate(groups)
    )


FORMS: dict[str, Callable[[tuple[Group, ...]], str]] = {
    "投入类指标20分，自评得19分。…，甲扣1分，得3分": _by_paragraph,
    "投入部分满分20分…\n1.甲。…，扣1分，得3分": _by_chapter,
    "投入类指标20分，自评得19分，其中：甲得4分": _by_including,
    "投入（20分，得19分）。…（甲扣1分，得3分）": _in_brackets,
    "甲扣1分；…，乙得4分": _losses_only,
    "甲方面，…，得满分": _one_full,
}


def _read(text: str) -> Counter[tuple[str, Decimal | None, Decimal | None]]:
    found = extract(read_text("自评报告.txt", text.encode()))
    return Counter((item.name.replace('"', ""), item.points, item.claimed) for item in found.items)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("seed", range(100, 106))
def test_points_are_what_makes_the_group(form: str, seed: int) -> None:
    groups = tree(seed)
    names = str.maketrans("", "", "“”")
    wanted = Counter((x.name.translate(names), Decimal(x.points), Decimal(x.claim)) for g in groups for x in g.leaves)
    assert _read(report(groups, FORMS[form](groups))) == wanted


def test_groups_that_nothing_proves_stay_as_they_are() -> None:
    """A loss that is told nowhere leaves the points of the leaves open."""
    groups = tree(100)
    short = next(x for g in groups for x in g.leaves if not x.full)
    told = (
        _by_including(groups).replace(f"{short.name}扣{short.lost}分", "").replace("：，", "：").replace("，，", "，")
    )
    assert (short.name, Decimal(short.claim), Decimal(short.claim)) not in _read(report(groups, told))
