"""Imports go one way; figures of record never meet a binary float; rules never meet eval."""

import ast
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from hengji.library import BUILT_IN

_SOURCE = BUILT_IN.parent
# Each room and the rooms it may know, from the ground up.
_MAY_KNOW = {
    "model": (),
    "language": ("model",),
    "library": ("model", "language", "files"),
    "scoring": ("model", "language", "library"),
    "workbook": ("model", "language", "library", "files"),
    "reading": ("model", "language", "library", "workbook", "files"),
    "extracting": ("model", "language", "library"),
    "auditing": ("model", "language", "library", "scoring", "workbook", "reading", "extracting"),
    "writing": ("model", "language", "library", "scoring", "workbook", "reading", "extracting", "auditing", "files"),
    "dossier": ("model", "files"),
    "web": (
        "dossier",
        "model",
        "language",
        "library",
        "scoring",
        "workbook",
        "reading",
        "extracting",
        "auditing",
        "writing",
        "files",
    ),
}
_MODULES = sorted(path for path in _SOURCE.rglob("*.py") if path.parent.name != "migrations")  # those Django writes


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def _imports(path: Path) -> list[str]:
    tree = _tree(path)
    found = [alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names]
    return found + [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]


@pytest.mark.parametrize("room", _MAY_KNOW)
def test_imports_go_one_way(room: str) -> None:
    allowed = (room, *_MAY_KNOW[room])
    for path in (_SOURCE / room).rglob("*.py"):
        for name in _imports(path):
            if name.startswith("hengji."):
                assert name.split(".")[1] in allowed, f"{path.relative_to(_SOURCE)} knows {name}"


def test_model_reads_no_files_and_knows_no_libraries() -> None:
    known = {name.split(".")[0] for path in (_SOURCE / "model").glob("*.py") for name in _imports(path)}
    pure = {
        "bisect",
        "collections",
        "dataclasses",
        "decimal",
        "enum",
        "fractions",
        "functools",
        "operator",
        "re",
        "typing",
        "unicodedata",
    }
    assert known <= pure | {"hengji"}


@pytest.mark.parametrize("path", _MODULES, ids=lambda path: str(path.relative_to(_SOURCE)))
def test_nothing_is_evaluated_and_no_score_is_a_float(path: Path) -> None:
    tree = _tree(path)
    called = {node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
    assert not called & {"eval", "exec", "compile", "__import__"}
    if path.parent.name in ("model", "language", "scoring"):
        assert "float" not in called


@pytest.mark.parametrize("path", _MODULES, ids=lambda path: str(path.relative_to(_SOURCE)))
def test_every_public_name_says_what_it_is(path: Path) -> None:
    tree = _tree(path)
    assert ast.get_docstring(tree)
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            assert ast.get_docstring(node), f"{path.name}: {node.name}"


def test_help_does_not_wait_for_django() -> None:
    code = "import sys, hengji.cli; sys.exit(bool({'django', 'typst', 'numpy'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
