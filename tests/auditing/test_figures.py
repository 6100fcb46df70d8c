"""A slip of the pen in a sentence, and the same sentence without: found in the one, quiet in the other."""

from pathlib import Path

import pytest
import yaml

from hengji.auditing import audit
from hengji.extracting import extract
from hengji.reading.text import read_text
from tests.auditing.test_properties import CLEAN
from tests.auditing.test_variants import _AFTER

_CASES = [
    (case["code"], case["after"], case["wrong"], case["right"])
    for case in yaml.safe_load((Path(__file__).parent / "figures.yaml").read_text(encoding="utf-8"))
]


def _found(after: str, text: str) -> set[str]:
    whole = CLEAN.replace(_AFTER[after], f"{_AFTER[after]}\n{text}", 1)
    assert whole != CLEAN
    return {finding.code for finding in audit(extract(read_text("报告.txt", whole.encode()))).findings}


@pytest.mark.parametrize(("code", "after", "wrong", "right"), _CASES)
def test_a_slip_is_found_and_what_is_right_stays_quiet(code: str, after: str, wrong: str, right: str) -> None:
    assert code in _found(after, wrong)
    assert code not in _found(after, right)
