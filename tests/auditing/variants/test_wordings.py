"""One fault in many wordings, and what looks like it and is right, each set into a whole report."""

from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from hengji.auditing import audit
from hengji.extracting import extract
from hengji.reading.text import read_text

_HERE = Path(__file__).parent
_REPORTS = yaml.safe_load((_HERE / "reports.yaml").read_text(encoding="utf-8"))


def _cases(kind: str) -> list[object]:
    """Every case of the files rNN.yaml: its code and what is put where."""
    return [
        pytest.param(path.stem.upper(), case, id=f"{path.stem.upper()}-{index}")
        for path in sorted(_HERE.glob("r[0-9][0-9].yaml"))
        for index, case in enumerate(yaml.safe_load(path.read_text(encoding="utf-8"))[kind])
    ]


@cache
def _codes(text: str) -> frozenset[str]:
    return frozenset(finding.code for finding in audit(extract(read_text("报告.txt", text.encode()))).findings)


def _report(case: dict[str, Any]) -> str:
    """The report with the case's words in their places; ``swap`` says what of its own wording gives way to what."""
    report = _REPORTS[case.get("base", "road")]
    words = {place: text for place, text in case.items() if place not in ("base", "swap")}
    assert set(words) <= set(report["places"])
    text = str(report["text"]).format_map({**report["places"], **words})
    for old, new in case.get("swap", {}).items():
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


@pytest.mark.parametrize("base", _REPORTS)
def test_the_reports_are_clean(base: str) -> None:
    assert not _codes(_report({"base": base}))


@pytest.mark.parametrize(("code", "case"), _cases("faulty"))
def test_a_fault_is_found(code: str, case: dict[str, Any]) -> None:
    assert code in _codes(_report(case))


@pytest.mark.parametrize(("code", "case"), _cases("right"))
def test_what_is_right_stays_quiet(code: str, case: dict[str, Any]) -> None:
    assert code not in _codes(_report(case))
