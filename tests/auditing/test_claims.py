"""What a report claims against what it shows: faults in many wordings, and what looks like one, in reports of many leaves."""

import re
from pathlib import Path

import pytest
import yaml

from hengji.auditing import audit
from hengji.extracting import extract
from hengji.model.finding import Finding
from hengji.reading.text import read_text

_HERE = Path(__file__).parent
_REPORTS = {
    cases: (_HERE / report).read_text(encoding="utf-8")
    for cases, report in (
        ("claims.yaml", "claims_report.txt"),
        ("claims_tables.yaml", "claims_table.txt"),
        ("claims_prose.yaml", "claims_prose.txt"),
        ("claims_causes.yaml", "claims_causes.txt"),
        ("claims_joint.yaml", "claims_joint.txt"),
    )
}
_PLACE = re.compile(r"<(?P<name>[^<>|]+)(?:\|(?P<default>[^<>]*))?>")
_EMPTIED = {"五、存在问题": ("问题二",), "六、相关建议": ("建议",)}  # what goes with a chapter that a case writes anew
_SCORED = re.compile(r"^.{0,12}自评|^.{0,38}(?:不考核|不适用|不参与评分)")


def _report(template: str, case: dict[str, str]) -> str:
    """The report with the words of a case at their places; a leaf keeps its score where the case gives none."""
    gone = {other for chapter, others in _EMPTIED.items() if chapter in case for other in others}

    def said(match: re.Match[str]) -> str:
        name, default = match["name"], match["default"] or ""
        words = case.get(name, "" if name in gone else default)
        score = re.match(r"自评得分[\d.]+分，", default)
        if name in case and score is not None and not _SCORED.search(words):
            words = score[0] + words
        return (
            f"（三）{words}由办公室在2024年6月底前牵头落实。"
            if name == "问题" and words and "（三）" not in words
            else words
        )

    return re.sub(r"\n{2,}", "\n", _PLACE.sub(said, template))


def _found(template: str, case: dict[str, str]) -> tuple[Finding, ...]:
    return audit(extract(read_text("报告.txt", _report(template, case).encode()))).findings


def _listed(kind: str) -> list[tuple[str, str, dict[str, str]]]:
    return [
        (name, code, case)
        for name in _REPORTS
        for code, cases in yaml.safe_load((_HERE / name).read_text(encoding="utf-8")).items()
        for case in cases.get(kind) or ()
    ]


@pytest.mark.parametrize(("name", "code", "case"), _listed("fires"))
def test_a_claim_without_its_proof_is_found(name: str, code: str, case: dict[str, str]) -> None:
    assert code in {finding.code for finding in _found(_REPORTS[name], case)}


@pytest.mark.parametrize(("name", "code", "case"), _listed("quiet"))
def test_a_claim_that_only_looks_bare_stays_quiet(name: str, code: str, case: dict[str, str]) -> None:
    assert code not in {finding.code for finding in _found(_REPORTS[name], case)}


@pytest.mark.parametrize("name", list(_REPORTS))
def test_the_report_itself_is_clean(name: str) -> None:
    assert not _found(_REPORTS[name], {})
