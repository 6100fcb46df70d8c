"""The entries of a list, found by their numbers: each has the number that follows the one before, whatever form the numbers have."""

import itertools
import re
from collections.abc import Iterator

from hengji.auditing.case import Case
from hengji.model.extraction import Span
from hengji.model.numerals import read_chinese
from hengji.model.patterns import pattern

_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮"
_CHINESE = r"(?P<n>[一二三四五六七八九十]{1,3})"
_ARABIC = r"(?P<n>\d{1,2})"
_OPENS = r"(?:^|(?<=[。;:\n\t]))[ \t\u3000]*"
_FORMS = tuple(
    pattern(f"{_OPENS}{form}", re.MULTILINE)
    for form in (
        rf"(?:问题|不足|短板){_CHINESE}[:、,]",
        rf"(?:问题|不足|短板){_ARABIC}[:、,]",
        rf"\({_CHINESE}\)",
        rf"{_CHINESE}、",
        rf"{_CHINESE}是",
        rf"第{_CHINESE}[,、]",
        rf"\({_ARABIC}\)",
        rf"{_ARABIC}\)",
        rf"\d{{1,2}}\.{_ARABIC}(?=[ \u4e00-\u9fff])",
        rf"{_ARABIC}[.、]",
        rf"(?P<n>[{_CIRCLED}])",
    )
)


def entries(case: Case, zone: Span) -> list[Span]:
    """The numbered entries of a zone, of the form that counts farthest; none where nothing is numbered."""
    text = case.text(zone)
    runs = [_run(form, text) for form in _FORMS]
    most = max(map(len, runs))
    starts = next(run for run in runs if len(run) == most)
    if len(starts) <= 1:
        return []
    ends = [*starts[1:], _end_of_last(text, starts)]
    return [
        Span(zone.start + start, zone.start + start + len(text[start:end].rstrip()))
        for start, end in zip(starts, ends, strict=True)
    ]


def _run(form: re.Pattern[str], text: str) -> list[int]:
    """Where the entries one, two, three … of a form begin."""
    starts: list[int] = []
    for match in form.finditer(text):
        if _number(match["n"]) == len(starts) + 1:
            starts.append(match.start() + len(match[0]) - len(match[0].lstrip()))
    return starts


def _number(told: str) -> int:
    if told in _CIRCLED:
        return _CIRCLED.index(told) + 1
    return int(told) if told.isdigit() else int(read_chinese(told) or 0)


def _end_of_last(text: str, starts: list[int]) -> int:
    """Where the last entry ends: with its line, where the others are one line each, else with the text."""
    lines = [text.count("\n", start, end) for start, end in itertools.pairwise(starts)]
    end = text.find("\n", starts[-1])
    return len(text) if end < 0 or max(lines) > 1 else end


def sentences(case: Case, zone: Span) -> Iterator[Span]:
    """The sentences of a zone of running text, without its heading."""
    text = case.text(zone)
    head = _HEAD.match(text)
    for match in _SENTENCE.finditer(text, head.end() if head is not None else 0):
        if len(match[0].strip()) > 1:
            yield Span(zone.start + match.start(), zone.start + match.end())


_HEAD = pattern(r"[^。,;\n]{0,20}(?:[。:\n])\s*")
_SENTENCE = pattern(r"[^。\n]+")
