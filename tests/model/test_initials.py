"""The characters that a match can begin with: read off the pattern, never fewer than there are."""

import re

import pytest
from hypothesis import given, settings

from hengji.model.initials import initials_of
from tests.model.made_patterns import FORMS, TEXTS


def _initials(form: str) -> str:
    return "".join(sorted(initials_of(re._parser.parse(form))))


@pytest.mark.parametrize(
    ("form", "initials"),
    [
        ("完成", "完"),
        ("完成|未", "完未"),
        ("(?:共|合)?计", "共合计"),
        (r"(?<![\d.])(?P<n>\d+)元", "0123456789"),
        ("(?:^|[。;])(?:甲|乙)*?丙", "。;甲乙丙"),
        ("(?>甲)乙", "甲"),
        ("(?=甲)乙", "乙"),
    ],
)
def test_the_characters_that_begin_a_match(form: str, initials: str) -> None:
    assert _initials(form) == "".join(sorted(initials))


@pytest.mark.parametrize(
    "form", ["", ".甲", "[^甲]乙", r"\s?甲", "甲?", "甲|.", "(?i:a)", r"(甲)?(?(1)乙|丙)", "[\u4e00-\u9fff]甲"]
)
def test_none_where_anything_may_begin_it(form: str) -> None:
    assert _initials(form) == ""


@settings(max_examples=400)
@given(FORMS, TEXTS)
def test_every_match_begins_with_one_of_them(form: str, text: str) -> None:
    initials = _initials(form)
    assert not initials or all(match[0][:1] in initials and match[0] for match in re.finditer(form, text))
