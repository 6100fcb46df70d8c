"""Patterns that wait for their first use: they are those of re, and every one of the project is well formed."""

import ast
import re
from pathlib import Path
from unittest.mock import ANY

import pytest

import hengji
from hengji.model.patterns import pattern
from hengji.model.scan import Scan
from tests.model.project_patterns import project_patterns


def test_it_is_used_like_a_compiled_pattern() -> None:
    form = pattern(r"(?P<n>\d+)分", re.MULTILINE)
    assert form.pattern == r"(?P<n>\d+)分"
    assert form.flags == re.MULTILINE
    assert form.sub("", "得95分") == "得"
    found = form.search("得95分")
    assert found is not None
    assert found["n"] == "95"
    assert form.groupindex == {"n": 1}
    assert pattern(rb"\d").findall(b"a1") == [b"1"]


def test_a_mistake_is_raised_at_its_use_and_a_wrong_name_is_none() -> None:
    with pytest.raises(re.error):
        pattern("(").search("")
    assert not hasattr(pattern("a"), "find")


def test_every_pattern_of_the_project_is_well_formed() -> None:
    kept = project_patterns()
    assert len(kept) > 2000
    for each in kept:
        re.compile(each.pattern, each.flags)


@pytest.mark.parametrize("method", ["search", "finditer"])
def test_a_pattern_of_long_texts_is_scanned_by_what_it_must_hold(method: str) -> None:
    form = pattern("完成")
    for _ in range(5):
        assert getattr(form, method)("未" * 2000) in (None, ANY)
    assert isinstance(getattr(form.search, "__self__", None), Scan)
    assert form.match("完成") is not None


def test_a_pattern_of_short_texts_or_without_words_is_plain() -> None:
    short, wordless = pattern("完成"), pattern(r"\w")
    for _ in range(40):
        assert short.search("完成") is not None
        assert wordless.search("1" * 2000) is not None
    for form in (short, wordless):
        assert isinstance(getattr(form.search, "__self__", None), re.Pattern)


def test_no_module_compiles_a_pattern_when_it_is_imported() -> None:
    root = Path(hengji.__file__).parent
    for path in root.rglob("*.py"):
        kept = [node for node in ast.parse(path.read_text(encoding="utf-8")).body if not isinstance(node, _LATER)]
        calls = (call for node in kept for call in ast.walk(node) if isinstance(call, ast.Call))
        assert not any(ast.unparse(call.func) == "re.compile" for call in calls), path


def test_no_match_is_asked_whether_it_is_of_a_pattern_itself() -> None:
    for path in Path(hengji.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Compare) and isinstance(node.ops[0], (ast.Is, ast.IsNot, ast.Eq, ast.NotEq)):
                assert not ast.unparse(node.left).endswith(".re"), f"{path}:{node.lineno}"


_LATER = (ast.FunctionDef, ast.ClassDef)
