"""Faults of indicators, years, documents and chapters in many wordings, each put into a whole report, and what only looks like them."""

from pathlib import Path

import pytest
import yaml

from hengji.auditing import audit
from hengji.extracting import extract
from hengji.reading.text import read_text

_DATA = yaml.safe_load((Path(__file__).parent / "items.yaml").read_text(encoding="utf-8"))


def _cases(kind: str) -> list[tuple[str, dict[str, str]]]:
    return [(code, case) for code, kinds in _DATA["codes"].items() for case in kinds[kind]]


def _codes(text: str) -> dict[str, str]:
    return {finding.code: finding.message for finding in audit(extract(read_text("报告.txt", text.encode()))).findings}


def _changed(case: dict[str, str]) -> str:
    """The report that holds all the words to be replaced, with the others in their place."""
    text = next(str(report) for report in _DATA["reports"] if all(words in report for words in case))
    for words, others in case.items():
        text = text.replace(words, others, 1)
    return text


@pytest.mark.parametrize("report", _DATA["reports"])
def test_the_reports_are_clean(report: str) -> None:
    assert not _codes(report)


@pytest.mark.parametrize(("code", "case"), _cases("fires"))
def test_a_fault_is_found(code: str, case: dict[str, str]) -> None:
    assert code in _codes(_changed(case))


@pytest.mark.parametrize(("code", "case"), _cases("quiet"))
def test_what_is_right_stays_quiet(code: str, case: dict[str, str]) -> None:
    assert not _codes(_changed(case)), code
