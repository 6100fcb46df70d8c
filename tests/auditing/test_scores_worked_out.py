"""Scores that a rule works out of a measure: what it gives for the facts of a leaf, and where a claim may stand. Every text is invented."""

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml

from hengji.auditing.rescoring.sheet import compact
from hengji.auditing.rescoring.worked.leaf import Leaf
from hengji.auditing.rescoring.worked.worked_scores import scores_of
from hengji.model.extraction import Span

_CASES = yaml.safe_load((Path(__file__).parent / "scores_worked_out.yaml").read_text(encoding="utf-8"))
_LITTLE = Fraction(1, 100)


def _leaf(case: dict[str, Any]) -> Leaf:
    lines = tuple(compact(line) for line in case["text"].splitlines())
    return Leaf(case["name"], Fraction(case["points"]), Fraction(str(case["claimed"])), "", lines, Span(0, 0))


@pytest.mark.parametrize("case", _CASES, ids=lambda case: f"{case['name']} {case['claimed']}")
def test_the_rule_gives_its_score(case: dict[str, Any]) -> None:
    leaf = _leaf(case)
    told = scores_of(leaf, 2023)
    right = told.right if told is not None else None
    possible = (*told.possible, right) if told is not None and right is not None else ()
    wrong = bool(possible) and not any(abs(score - leaf.claimed) <= _LITTLE for score in possible)
    assert (wrong, right if wrong else None) == (bool(case["right"]), Fraction(case["right"]) if wrong else None)
