"""The bridge gives back what it was given, refuses what came too late, and writes the trail with the change."""

from dataclasses import replace
from decimal import Decimal

import pytest
from pytest_django import DjangoAssertNumQueries

from hengji.model.filing import (
    Answer,
    Claim,
    Evidence,
    Exemption,
    Filing,
    Judgement,
    Register,
    Row,
    Source,
    State,
    Value,
    ValueKey,
)
from hengji.model.system import IndicatorSystem
from hengji.scoring import score
from hengji.web.filings import bridge
from hengji.web.filings.bridge import Change, Closed, Conflict
from hengji.web.filings.tables import CLAIM, VALUE
from hengji.web.trail.models import Entry
from hengji.web.trail.verify import verify
from hengji.workbook import dump_filing
from tests.web.conftest import County

PLACE = ("采购预算金额", 2023, "")


def value(stated: str) -> dict[str, object]:
    return bridge.value_data(Value(stated, "万元"))


def version(county: County) -> int:
    return bridge.load_rows(county.filing.pk).version(VALUE, *PLACE)


def test_a_loaded_filing_is_the_filing_that_was_saved(county: County, example: tuple[Filing, IndicatorSystem]) -> None:
    filing, system = example
    loaded = bridge.load(county.filing.pk)
    assert loaded == replace(filing, system_version=system.version, system_hash=system.sha256)
    assert dump_filing(loaded).splitlines()[5:] == dump_filing(replace(loaded)).splitlines()[5:]
    assert score(system, loaded).totals == score(system, filing).totals


def test_every_part_of_a_filing_survives(county: County) -> None:
    full = Filing(
        department="甲县某局",
        year=2023,
        system=county.other.system.system,
        system_version=county.other.system.version,
        system_hash=county.other.system.sha256,
        units=("一中队", "二中队"),
        cover={"填报人": "某甲", "单位负责人": "某乙"},
        values={
            ValueKey("采购预算金额", 2023): Value("39.70", "万元"),
            ValueKey("采购预算金额", 2022): Value("39.7", "万元", State.GIVEN, Source.IMPORTED, "表1!C5", "共39.7万元"),
            ValueKey("采购预算金额", 2023, "一中队"): Value("", "", State.NONE),
            ValueKey("编制数", 2023): Value("", "", State.BLANK),
            ValueKey("在编人数", 2023): Value("二十", "人", State.UNREADABLE),
        },
        registers={
            "采购合同": Register(
                (Row({"合同名称": "电脑", "合同金额": "5.60"}, "第2行", "一中队"), Row({})), complete=True
            ),
            "转移支付": Register(none_this_year=True),
            "资产": Register(),
        },
        judgements={
            "1.1.1": Judgement({"1": Answer(holds=True, evidence="批复", note="已附"), "2": Answer(None)}),
            "3.3": Judgement(band="优", share=Decimal("0.95"), reason="效果好"),
        },
        claims={"2.1.4": Claim(Decimal("1.50"), "追加批复", "第3页", "得1.5分"), "加分": Claim(Decimal("3.5"))},
        claimed_grade="优",
        exemptions={"2.1.6": Exemption("没有转移支付", "说明")},
        narrative={"存在问题": ("第一段。", "第二段{采购预算金额}。"), "指标:2.1.4": ("一段",)},
        evidence=(Evidence("批复", ("1.1.1", "采购预算金额"), "批复.pdf", "第3页", "ab" * 32), Evidence("合同")),
    )
    bridge.save(county.other.pk, None, bridge.stated(full))
    assert bridge.load(county.other.pk) == full
    assert verify(bridge.load_rows(county.other.pk).filing).faults == ()


def test_loading_takes_the_same_queries_whatever_the_rows(
    county: County, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(12):
        bridge.load(county.filing.pk)


def test_who_comes_second_is_told_both_values(county: County) -> None:
    seen = version(county)
    bridge.save(county.filing.pk, county.people["clerk2"], [Change(VALUE, PLACE, value("8.00"), seen)])
    with pytest.raises(Conflict) as caught:
        bridge.save(county.filing.pk, county.people["clerk"], [Change(VALUE, PLACE, value("7.00"), seen)])
    (clash,) = caught.value.clashes
    assert clash.now is not None
    assert (clash.now["stated"], clash.who) == ("8.00", county.people["clerk2"].shown)
    assert bridge.load(county.filing.pk).value("采购预算金额") == Value("8.00", "万元")
    bridge.save(county.filing.pk, county.people["clerk"], [Change(VALUE, PLACE, value("7.00"), clash.version)])
    assert bridge.load(county.filing.pk).value("采购预算金额") == Value("7.00", "万元")


def test_a_row_made_anew_is_not_the_row_that_was_seen(county: County) -> None:
    seen = version(county)
    for data in (None, value("5")):
        bridge.save(county.filing.pk, None, [Change(VALUE, PLACE, data)])
    with pytest.raises(Conflict):
        bridge.save(county.filing.pk, None, [Change(VALUE, PLACE, value("6"), seen)])


def test_one_conflict_keeps_the_whole_save_from_happening(county: County) -> None:
    before = Entry.objects.count()
    changes = [
        Change(CLAIM, ("1.1.1",), {"score": "4", "reason": "", "locator": "", "quote": ""}),
        Change(VALUE, PLACE, value("6"), version(county) + 1),
    ]
    with pytest.raises(Conflict):
        bridge.save(county.filing.pk, None, changes)
    assert bridge.load(county.filing.pk).claims["1.1.1"].score == 5
    assert Entry.objects.count() == before


def test_a_change_that_changes_nothing_leaves_no_trace(county: County) -> None:
    before = county.filing.revision
    row = bridge.load_rows(county.filing.pk).of(VALUE)[PLACE]
    assert bridge.save(county.filing.pk, None, [Change(VALUE, PLACE, row.says, 0)]) == before


def test_nothing_is_saved_after_the_filing_has_moved_on(county: County) -> None:
    county.filing.step = "signing"
    county.filing.save()
    with pytest.raises(Closed):
        bridge.save(county.filing.pk, None, [Change(VALUE, PLACE, value("6"))])
