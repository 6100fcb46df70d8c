"""What a process remembers of a filing is what the database holds, however it came there."""

import random
from dataclasses import replace

import pytest
from django.db import transaction

from hengji.model.filing import Value
from hengji.scoring import score
from hengji.web.filings import bridge, memory
from hengji.web.filings.bridge import Change
from hengji.web.filings.folder import Folder
from hengji.web.filings.models import FilingRow, whole_rows
from hengji.web.filings.tables import (
    ANSWER,
    CLAIM,
    COVER,
    EVIDENCE,
    EXEMPTION,
    JUDGEMENT,
    MARK,
    PARAGRAPH,
    ROW,
    VALUE,
    WAIVER,
)
from tests.web.conftest import County


def row_of(county: County) -> FilingRow:
    return whole_rows().get(pk=county.filing.pk)


def same(county: County) -> None:
    """Memory and database say the same, row by row, in the same order."""
    row = row_of(county)
    held, rows = memory.hold(row), bridge.load_rows(row.pk, row)
    for name, table in rows.by_table.items():
        there = [(place, each.version, each.says) for place, each in held.tables[name].items()]
        assert there == [(place, each.version, each.says) for place, each in table.items()], name
    folder = Folder.open(row)
    assert folder.filing == bridge.compose(rows)
    assert folder.card == score(folder.system, folder.filing)


def changes(turn: random.Random) -> list[Change]:
    """Some changes as clerks make them: of every kind of row, made anew, altered and removed."""
    value = bridge.value_data(Value(f"{turn.randrange(1, 10**6)}.{turn.randrange(10)}", "万元"))
    item = turn.choice(["采购预算金额", "实际采购金额", "年度部门预算资金", "部门预算资金实际支出", "年末结转结余"])
    pool = [
        Change(VALUE, (item, turn.choice([2022, 2023]), ""), turn.choice([value, value, None])),
        Change(COVER, ("填报人",), turn.choice([{"text": str(turn.random())}, None])),
        Change(MARK, ("表彰奖励",), {"complete": turn.random() < 0.5, "none_this_year": False}),
        Change(ROW, ("表彰奖励", turn.randrange(1, 6)), turn.choice([{"cells": {"奖项名称": str(turn.random())}, "locator": "", "unit": ""}, None])),
        Change(ANSWER, ("1.1.1", "1"), {"holds": turn.choice([True, False, None]), "evidence": "", "note": ""}),
        Change(JUDGEMENT, ("3.3",), {"band": "", "share": "", "choice": "", "reason": str(turn.random())}),
        Change(CLAIM, ("1.1.2",), {"score": str(turn.randrange(5)), "reason": "有批复", "locator": "", "quote": ""}),
        Change(EXEMPTION, ("2.1.6",), turn.choice([{"reason": "没有", "evidence": ""}, None])),
        Change(PARAGRAPH, ("机构设置", turn.randrange(1, 4)), turn.choice([{"text": str(turn.random())}, None])),
        Change(EVIDENCE, (turn.randrange(1, 4),), {"title": "甲", "proves": ["2.1.4"], "file": "", "locator": "", "sha256": "", "size": 0}),
        Change(WAIVER, ("R21-x",), {"reason": str(turn.random())}),
    ]  # fmt: skip
    return turn.sample(pool, turn.randrange(1, 4))


@pytest.mark.parametrize("seed", range(4))
def test_what_is_remembered_is_what_is_there(county: County, seed: int) -> None:
    turn = random.Random(seed)
    same(county)
    for _ in range(25):
        bridge.save(county.filing.pk, county.people["clerk"], changes(turn))
        if turn.random() < 0.6:
            same(county)
    same(county)


def test_figures_alone_are_scored_leaf_by_leaf(county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    assert Folder.open(row_of(county)).card
    monkeypatch.setattr(memory, "score", lambda *_: pytest.fail("all leaves scored again"))
    for text in ("5.5", "26.12", "4.99"):
        value = bridge.value_data(Value(text, "万元"))
        bridge.save(county.filing.pk, None, [Change(VALUE, ("采购预算金额", 2023, ""), value)])
        folder = Folder.open(row_of(county))
        assert folder.card == score(folder.system, folder.filing)


def test_what_was_rolled_back_is_not_remembered(county: County) -> None:
    same(county)
    value = bridge.value_data(Value("77", "万元"))
    with transaction.atomic():
        bridge.save(county.filing.pk, None, [Change(VALUE, ("采购预算金额", 2023, ""), value)])
        assert Folder.open(row_of(county)).filing.value("采购预算金额") == Value("77", "万元")
        transaction.set_rollback(True)
    same(county)
    bridge.save(county.filing.pk, None, [Change(COVER, ("填报人",), {"text": "甲"})])
    same(county)
    held = Folder.open(row_of(county)).filing.value("采购预算金额")
    assert held is not None
    assert held.stated != "77"


def test_another_history_under_the_same_number_is_read_anew(county: County) -> None:
    row = row_of(county)
    held = memory.hold(row)
    memory._held[row.pk] = replace(held, head="0" * 64, tables={name: {} for name in held.tables})
    same(county)


def test_only_so_many_filings_are_remembered(county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "_MOST", 2)
    for row in (county.filing, county.other, county.far):
        memory.hold(whole_rows().get(pk=row.pk))
    assert len(memory._held) <= 2
