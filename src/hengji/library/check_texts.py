"""Loads the catalogue of checks: what each code means, what to do, its basis and its examples."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from hengji.library.texts import load_yaml
from hengji.model.finding import Severity

_FOLDER = Path(__file__).parent / "checks"
CLASSES = {"T": "由报告文字判定", "S": "需要数据或资料", "L": "启发式判断，由人确认"}


@dataclass(frozen=True, slots=True)
class Example:
    """A text on which a check must fire (``quote`` is where), or must stay quiet."""

    text: str
    quote: str = ""
    year: int = 2023
    against: str = ""
    previous: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class CheckText:
    """One code of the catalogue; ``kind`` is T, S or L."""

    code: str
    slug: str
    title: str
    severity: Severity
    kind: str
    meaning: str
    advice: str
    basis: str
    fires: tuple[Example, ...]
    quiet: tuple[Example, ...]


@cache
def load_checks() -> Mapping[str, CheckText]:
    """All checks by code, in order."""
    return {path.stem: _check(load_yaml(path)) for path in sorted(_FOLDER.glob("R*.yaml"))}


def _check(data: dict[str, object]) -> CheckText:
    def text(key: str) -> str:
        return str(data.get(key) or "").strip()

    def examples(key: str) -> tuple[Example, ...]:
        listed = data.get(key) or []
        assert isinstance(listed, list)
        return tuple(_example(each) for each in listed)

    return CheckText(
        text("code"),
        text("slug"),
        text("title"),
        Severity(text("severity")),
        text("class"),
        text("meaning"),
        text("advice"),
        text("basis"),
        examples("fires"),
        examples("quiet"),
    )


def _example(data: dict[str, object]) -> Example:
    def text(key: str) -> str:
        return str(data.get(key) or "")

    return Example(
        text("text"), text("quote"), int(text("year") or 2023), text("against"), text("previous"), text("why")
    )
