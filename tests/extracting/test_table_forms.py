"""Whatever the layout and the format of a score table, the same tree of indicators is read back."""

import zlib
from collections import Counter
from decimal import Decimal

import pytest

from hengji.extracting import extract
from hengji.reading import read_data
from tests.extracting import bonus_tables, doubled_tables, further_tables, tables, unruled_tables
from tests.extracting.manners import Group, tree
from tests.extracting.tables import FORMATS

_ALL = tables.LAYOUTS | further_tables.LAYOUTS | unruled_tables.LAYOUTS | doubled_tables.LAYOUTS | bonus_tables.LAYOUTS

Leaves = Counter[tuple[str, Decimal | None, Decimal | None]]


def _plain(name: str) -> str:
    return "".join(c for c in name if c not in '“”" \n')


def wanted(groups: tuple[Group, ...]) -> Leaves:
    """The leaves of a tree."""
    return Counter((_plain(x.name), Decimal(x.points), Decimal(x.claim)) for group in groups for x in group.leaves)


def read_leaves(file: str, data: bytes) -> Leaves:
    """The leaves that are read in a file."""
    found = extract(read_data(file, data), 2024)
    return Counter((_plain(item.name), item.points, item.claimed) for item in found.items)


def _formats(number: int, layout: str) -> list[str]:
    """The formats of a layout; files that are slow to make, in turn."""
    without = (
        {"自评.txt"}
        if layout in (*tables.NOT_AS_TEXT, *further_tables.NOT_AS_TEXT, *unruled_tables.NOT_AS_TEXT)
        else set()
    )
    without |= {"自评.docx"} if number % 2 else {"自评.xlsx"}
    without |= {"自评.pdf"} if number % 4 else set()
    return [file for file in FORMATS if file not in without]


@pytest.mark.parametrize(
    ("layout", "file"),
    [(layout, file) for number, layout in enumerate(_ALL) for file in _formats(number, layout)],
)
def test_every_layout_in_every_format(layout: str, file: str) -> None:
    groups = tree(zlib.crc32(layout.encode()) % 1000)
    rows = _ALL[layout](groups)
    expected, found = wanted(groups), read_leaves(file, FORMATS[file](rows))
    assert not expected - found, f"没有读出 {dict(expected - found)}，多读 {dict(found - expected)}"
    assert not found - expected, f"多读 {dict(found - expected)}"
