"""Loads the citation registry (文件登记): what was in force from when to when."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from hengji.library.texts import load_yaml

_OF_THE_STATE = "中华人民共和国"  # laws are cited without it too
_NOISE = str.maketrans("", "", ' 　“”"()（）')


@dataclass(frozen=True, slots=True)
class Registered:
    """One document: ``until`` is the ISO date from which it no longer holds, None while it does or where that is not known."""

    id: str
    title: str
    doc_no: str
    status: str
    until: str | None
    replaced_by: str
    note: str
    confidence: str


@dataclass(frozen=True, slots=True)
class Registry:
    """The registered documents by number in its right form, and by title without blanks and quotation marks."""

    numbers: Mapping[str, Registered]
    titles: Mapping[str, Registered]


@cache
def load_citations() -> Registry:
    """The registry of citations.yaml."""
    listed = load_yaml(Path(__file__).parent / "citations.yaml")["citations"]
    assert isinstance(listed, list)
    known = [_registered(each) for each in listed]
    ordered = sorted(known, key=lambda each: each.until is None)
    titles = {each.title.translate(_NOISE): each for each in ordered if each.title}
    short = {title.removeprefix(_OF_THE_STATE): each for title, each in titles.items()}
    return Registry({each.doc_no: each for each in known if each.doc_no}, short | titles)


def _registered(data: dict[str, object]) -> Registered:
    def text(key: str) -> str:
        value = data.get(key)
        return "" if value is None or value == "null" else str(value)

    return Registered(
        text("id"),
        text("title"),
        text("doc_no"),
        text("status"),
        text("until") or None,
        text("replaced_by"),
        text("note"),
        text("confidence"),
    )
