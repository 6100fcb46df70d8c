"""Numbers of headings, tables and charts."""

import pytest

from hengji.writing.blocks import Block, Heading
from hengji.writing.numbering import chinese, numbered, ordinal


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (1, "一"),
        (9, "九"),
        (10, "十"),
        (11, "十一"),
        (20, "二十"),
        (21, "二十一"),
        (99, "九十九"),
        (100, "一百"),
        (105, "一百零五"),
        (110, "一百一十"),
        (234, "二百三十四"),
    ],
)
def test_chinese_numbers(number: int, expected: str) -> None:
    assert chinese(number) == expected


@pytest.mark.parametrize(
    ("level", "number", "expected"),
    [(1, 3, "三、"), (2, 12, "（十二）"), (3, 4, "4."), (4, 7, "（7）"), (5, 2, "②"), (5, 21, "21）")],
)
def test_each_level_has_its_form(level: int, number: int, expected: str) -> None:
    assert ordinal(level, number) == expected


def test_a_heading_counts_within_the_one_above() -> None:
    levels = [1, 2, 3, 3, 2, 3, 1, 2, 4, 9]
    blocks: list[Block] = [Heading(level, "甲") for level in levels]
    found = [block.number for block in numbered(blocks) if isinstance(block, Heading)]
    assert found == ["一、", "（一）", "1.", "2.", "（二）", "1.", "二、", "（一）", "（1）", "①"]
