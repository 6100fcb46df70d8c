"""Patterns that wait for their first use: they are those of re, and every one of the project is well formed."""

import ast
import gc
import importlib
import re
from inspect import signature
from pathlib import Path
from types import ModuleType

import pytest

import hengji
from hengji.model.patterns import _Uncompiled, pattern


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


def _load_all(module: ModuleType) -> None:
    """Everything that the library keeps in mind: its words become patterns when they are loaded."""
    for name, load in vars(module).items():
        if name.startswith("load_") and hasattr(load, "cache_info") and not signature(load).parameters:
            load()


def test_every_pattern_of_the_project_is_well_formed() -> None:
    root = Path(hengji.__file__).parent
    for path in root.rglob("*.py"):
        parts = path.relative_to(root.parent).with_suffix("").parts
        if "web" not in parts and path.stem not in ("__main__", "__init__"):
            module = importlib.import_module(".".join(parts))
            if "library" in parts:
                _load_all(module)
    kept = [each for each in gc.get_objects() if type(each) is _Uncompiled]
    assert len(kept) > 2000
    for each in kept:
        re.compile(each.pattern, each.flags)


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
