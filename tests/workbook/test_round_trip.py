"""A filing survives every form it is kept in: workbook, YAML, JSON; whatever people wrote into it."""

import json
from decimal import Decimal
from pathlib import Path

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hengji.library import BUILT_IN, load_system
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
from hengji.workbook import dump_filing, filing_data, open_filing, read_filing, write_workbook

_SYSTEM = load_system("guangdong/lechang/department-overall")
_EXAMPLES = BUILT_IN.parents[2] / "examples"
_MONEY = sorted(
    item.name for item in _SYSTEM.dictionary.items.values() if item.unit == "万元" and "调整" not in item.name
)

_TEXT = (
    st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=12)
    .map(str.strip)
    .filter(lambda text: text and text not in ("/", "／", "—", "-", "－", "――", "——", "\\", "…", "……", "无"))
)
_RISKY = st.sampled_from(
    ["=1+1", "+86", "-x", "@SUM(A1)", "<b>&amp;", "2.10", "是", "null", "~", "2023-05-01x", "a: b", "#"]
)
_WORDS = st.one_of(_TEXT, _RISKY)
_AMOUNT = st.decimals(0, 10**9, places=2).map(str) | st.integers(0, 10**6).map(str)


@st.composite
def _filings(draw: st.DrawFn) -> Filing:
    values = {}
    for name in draw(st.lists(st.sampled_from(_MONEY), unique=True, max_size=5)):
        year, unit_name = draw(st.sampled_from([(2023, ""), (2022, ""), (2021, ""), (2023, "下属甲")]))
        unit = draw(st.sampled_from(["万元", "元"]))
        source = draw(st.sampled_from(list(Source)))
        where = draw(st.one_of(st.just(""), _WORDS))
        values[ValueKey(name, year, unit_name)] = Value(draw(_AMOUNT), unit, State.GIVEN, source, where, where)
    values[ValueKey("年末结转结余", 2023)] = Value("", "万元", State.NONE)
    rows = tuple(
        Row(
            {"项目名称": draw(_WORDS), "预算金额": draw(_AMOUNT), "支出金额": draw(_AMOUNT)},
            draw(st.one_of(st.just(""), _WORDS)),
        )
        for _ in range(draw(st.integers(0, 3)))
    )
    holds = st.sampled_from([True, False])
    return Filing(
        department=draw(_WORDS),
        year=2023,
        system=_SYSTEM.id,
        system_version="1",
        units=("下属甲",),
        cover={"填报日期": "2024-05-21"},
        values=values,
        registers={"项目": Register(rows, complete=True), "转移支付": Register(none_this_year=True)},
        judgements={
            "1.1.1": Judgement({"1": Answer(draw(holds), draw(_WORDS)), "3": Answer(draw(holds))}),
            "3.3": Judgement(band="达成预期", share=Decimal("0.85"), reason=draw(_WORDS)),
        },
        claims={
            "2.1.1": Claim(Decimal("5.5"), draw(_WORDS)),
            "加分": Claim(Decimal("3.5")),
            "总分": Claim(Decimal(100)),
        },
        claimed_grade="优",
        exemptions={"2.1.6": Exemption(draw(_WORDS), draw(_WORDS))},
        narrative={"存在问题": (draw(_WORDS), draw(_WORDS)), "指标:2.1.4": (draw(_WORDS),)},
        evidence=(Evidence(draw(_WORDS), ("2.1.4",), "合同.pdf", "第2页"),),
    )


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(filing=_filings())
def test_the_workbook_loses_nothing(filing: Filing, tmp_path: Path) -> None:
    path = tmp_path / "filing.xlsx"
    write_workbook(filing, _SYSTEM, path)
    assert open_filing(path).filing == filing


@settings(max_examples=60, deadline=None)
@given(filing=_filings())
def test_yaml_and_json_lose_nothing(filing: Filing) -> None:
    assert read_filing(dump_filing(filing)) == filing
    assert read_filing(dump_filing(filing, as_json=True)) == filing


@settings(max_examples=20, deadline=None)
@given(filing=_filings())
def test_what_is_written_fits_the_published_schema(filing: Filing) -> None:
    schema = json.loads((BUILT_IN / "schemas" / "filing.schema.json").read_text(encoding="utf-8"))
    jsonschema.validate(filing_data(filing), schema)


def test_the_real_case_is_the_same_in_both_forms() -> None:
    assert open_filing(_EXAMPLES / "lechang-2023.xlsx").filing == open_filing(_EXAMPLES / "lechang-2023.yaml").filing


@pytest.mark.parametrize(
    "system_id", ["national/2020-10-50-30-10", "examples/all-rule-kinds", "national/2013-53-framework"]
)
def test_an_empty_workbook_of_any_system_reads_back_empty(system_id: str, tmp_path: Path) -> None:
    system = load_system(system_id)
    filing = Filing(department="某局", year=2023, system=system_id, system_version=system.version)
    write_workbook(filing, system, tmp_path / "new.xlsx")
    opened = open_filing(tmp_path / "new.xlsx")
    assert (opened.filing, opened.notices) == (filing, ())
