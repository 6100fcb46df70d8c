"""Scoring again only what a figure feeds gives the same scorecard as scoring everything."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hengji.library import load_system
from hengji.model.filing import Filing, Value, ValueKey
from hengji.model.item import ItemType
from hengji.model.system import in_year
from hengji.scoring import rescore, score, score_table
from hengji.web.filings import needs
from hengji.workbook.needs import needed_items
from tests.scoring.test_table import _FIGURES, _SYSTEMS, _columns

_TURNS = 12


def _changed(filing: Filing, item: str, year: int, text: str | None) -> Filing:
    key = ValueKey(item, year)
    if text:
        return filing.with_values({key: Value(text)})
    kept = {other: value for other, value in filing.values.items() if other != key}
    return Filing(**{**{name: getattr(filing, name) for name in Filing.__dataclass_fields__}, "values": kept})


@pytest.mark.parametrize("system_id", _SYSTEMS)
@settings(max_examples=6, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_only_what_a_figure_feeds_is_scored_again(system_id: str, seed: int) -> None:
    system = in_year(load_system(system_id), 2023)
    values, before, claims = _columns(system, 1, seed)
    filing = score_table(system, 2023, values, before, claims).filing(0)
    card = score(system, filing)
    turn = random.Random(seed)
    items = [item for item in needed_items(system) if item.type in (ItemType.NUMBER, ItemType.FLAG)]
    for _ in range(_TURNS if items else 0):
        item = turn.choice(items)
        text = turn.choice(_FIGURES) if item.type is ItemType.NUMBER else turn.choice(["是", "否", None])
        filing = _changed(filing, item.name, turn.choice([2023, 2023, 2022]), text)
        card = rescore(system, filing, card, [leaf.id for leaf in needs.fed_by(system, item.name)])
        assert card == score(system, filing), item.name
