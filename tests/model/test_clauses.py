"""What every match of a pattern must hold: read off the pattern, never more than is so."""

import re

import pytest
from hypothesis import given, settings

from hengji.model.clauses import UNBOUNDED, Clause, clauses_of
from tests.model.made_patterns import FORMS, TEXTS


@pytest.mark.parametrize(
    ("form", "clauses"),
    [
        ("预算数", [Clause(("预算数",), 0)]),
        (r".{1,3}[万亿]元", [Clause(("万元", "亿元"), 3)]),
        (r"\d+元", [Clause(("元",), UNBOUNDED), Clause(tuple("0123456789"), 0)]),
        ("(?:共|合)?计", [Clause(("计",), 1), Clause(("共", "合", "计"), 0)]),
        (".{2}(?:完成|未.*验收)", [Clause(("完成", "验收"), UNBOUNDED)]),
        ("预算(?=数)", [Clause(("预算",), 0), Clause(("数",), 2)]),
        ("预(?!备)算", [Clause(("预算",), 0)]),
        ("(?<=年)末", [Clause(("末",), 0)]),
        ("(?:完成){2,}", [Clause(("完成",), 0)]),
        ("(?>完成)了", [Clause(("完成",), 0), Clause(("了",), 2)]),
    ],
)
def test_the_words_that_every_match_holds(form: str, clauses: list[Clause]) -> None:
    assert sorted(clauses_of(form), key=str) == sorted(clauses, key=str)


@pytest.mark.parametrize(
    "form", ["", r"\w+", "(?:完成)?", "(?=完成)", "完成|.", "(?i)a", "(?i:a)b", "[^完]", "(完)?(?(1).|..)"]
)
def test_no_clause_where_a_match_may_do_without(form: str) -> None:
    assert clauses_of(form) == ()


def test_no_clause_where_letters_have_two_cases() -> None:
    assert clauses_of("ab", re.IGNORECASE) == ()


def test_no_clause_of_a_parser_that_is_not_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(re, "_parser")
    assert clauses_of("完成") == ()


@settings(max_examples=400)
@given(FORMS, TEXTS)
def test_every_match_holds_a_word_of_every_clause_where_it_says(form: str, text: str) -> None:
    for match in re.finditer(form, text):
        for clause in clauses_of(form):
            within = range(match.start(), match.start() + clause.before + 1)
            assert any(text.startswith(word, at) for word in clause.words for at in within)
