"""Whatever the manner in which a clerk tells it, the same tree of indicators is read back."""

import itertools
import zlib
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

import pytest

from hengji.extracting import extract
from hengji.reading.text import read_text
from tests.extracting import manners
from tests.extracting.manners import (
    GOTS,
    HEADS,
    KEPT,
    LAYOUTS,
    LISTS,
    MARKS,
    PROMISES,
    ROWS,
    RUNNING,
    WHOLE,
    WORTHS,
    Group,
    Leaf,
)

Leaves = Counter[tuple[str, Decimal | None, Decimal | None]]


def _plain(name: str) -> str:
    return name.replace("“", "").replace("”", "").replace('"', "")


def _wanted(groups: tuple[Group, ...]) -> Leaves:
    return Counter((_plain(x.name), Decimal(x.points), Decimal(x.claim)) for group in groups for x in group.leaves)


def _read(text: str) -> Leaves:
    found = extract(read_text("自评报告.txt", text.encode()))
    return Counter((_plain(item.name), item.points, item.claimed) for item in found.items)


def _turns(*words: str) -> Iterator[tuple[int, str, str]]:
    """Seeds, heads and marks in turn, begun elsewhere for every form."""
    begin = zlib.crc32("".join(words).encode())
    for step in itertools.count(begin):
        yield step, list(HEADS)[step % len(HEADS)], list(MARKS)[(step * 7 + step // 6) % len(MARKS)]


def _wrong(groups: tuple[Group, ...], text: str) -> list[str]:
    wanted, found = _wanted(groups), _read(text)
    return [] if wanted == found else [f"没有读出 {dict(wanted - found)}", f"多读 {dict(found - wanted)}", text]


@pytest.mark.parametrize("got", GOTS)
def test_every_word_for_a_score_in_every_place(got: str) -> None:
    turns = _turns(got)
    for layout in list(LAYOUTS)[:: 1 if got in ("自评得分5分", "扣1分，实得4分") else 2]:
        seed, head, marks = next(turns)
        worth = list(WORTHS)[seed % len(WORTHS)]
        groups = manners.tree(seed)

        def leaf(mark: str, x: Leaf, layout: str = layout, worth: str = worth) -> str:
            return LAYOUTS[layout](mark, x, WORTHS[worth](x), GOTS[got](x))

        text = manners.told(groups, marks, head, leaf)
        text = manners.half_width(text) if seed % 3 == 0 else text
        assert not _wrong(groups, manners.wrapped(text) if seed % 5 == 0 else text), (layout, worth, head, marks)


@pytest.mark.parametrize("worth", WORTHS)
def test_leaves_one_after_another_in_a_paragraph(worth: str) -> None:
    turns = _turns(worth)
    for form in RUNNING:
        seed, head, marks = next(turns)
        got = list(GOTS)[seed % len(GOTS)]
        groups = manners.tree(seed)

        def leaf(_: str, x: Leaf, form: str = form, got: str = got) -> str:
            return RUNNING[form](x, WORTHS[worth](x), GOTS[got](x))

        text = manners.told(groups, marks, head, leaf, listed=True)
        assert not _wrong(groups, manners.half_width(text) if seed % 3 == 0 else text), (form, got, head, marks)


@pytest.mark.parametrize("form", WHOLE)
def test_forms_that_tell_a_leaf_at_once(form: str) -> None:
    turns = _turns(form)
    for marks in MARKS:
        seed, head, _ = next(turns)
        groups = manners.tree(seed)
        text = manners.told(groups, marks, head, WHOLE[form])
        assert not _wrong(groups, manners.half_width(text) if seed % 3 == 0 else text), (head, marks)


@pytest.mark.parametrize("form", LISTS)
def test_leaves_of_a_group_in_one_sentence(form: str) -> None:
    for (seed, head, marks), _ in zip(_turns(form), range(4), strict=False):
        groups = manners.tree(seed)
        group_mark, _mark = MARKS[marks]
        body = "".join(group_mark(at, 0) + HEADS[head](g) + LISTS[form](g.leaves) + "\n" for at, g in enumerate(groups))
        assert not _wrong(groups, manners.report(groups, body)), (head, marks)


@pytest.mark.parametrize("promise", PROMISES)
def test_leaves_whose_points_stand_in_a_list_ahead_of_them(promise: str) -> None:
    for seed, form in enumerate(KEPT):
        groups = manners.tree(seed)
        body = "".join(
            PROMISES[promise](n, g) + "".join(map(KEPT[form], g.leaves)) + "\n" for n, g in enumerate(groups)
        )
        assert not _wrong(groups, manners.report(groups, body)), form


@pytest.mark.parametrize("form", ROWS)
def test_rows_and_lines_without_a_header(form: str) -> None:
    for seed in range(3):
        groups = manners.tree(seed)
        body = "".join(ROWS[form](group, leaf) for group in groups for leaf in group.leaves)
        assert not _wrong(groups, manners.report(groups, body)), seed


@pytest.mark.parametrize(
    "sentence",
    [
        "自评得分81.9分，其中投入15分、过程33.5分、产出33.4分。",
        "加分项包括市级表彰1分、县级表彰0.5分、创新做法0.5分。",
    ],
)
def test_lists_of_scores_and_of_a_bonus_are_no_points(sentence: str) -> None:
    groups = manners.tree(5)
    body = "".join(
        f"{n}.{x.name}（{x.points}分）。{x.fact}，得{x.claim}分。\n" for g in groups for n, x in enumerate(g.leaves)
    )
    assert not _wrong(groups, manners.report(groups, f"{sentence}\n{body}"))
