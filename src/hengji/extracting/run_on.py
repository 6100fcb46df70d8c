"""Reports that lost their line breaks: a paragraph that holds several chapters is cut where chapters and headings begin."""

import re

from hengji.extracting.wording import chapter_key
from hengji.model.patterns import pattern

_LEAST = 600  # characters: a shorter paragraph holds no report
_CHAPTER = pattern(r"(?:^|(?<=[。；;：:！）)]))\s*(?P<n>[一二三四五六七八九十]{1,2})、")
_HEADING = pattern(r"(?<=[。；;：:])\s*(?=[（(][一二三四五六七八九十]{1,2}[）)]|\d{1,2}[.．、]\s?[\u4e00-\u9fff“])")
_FIRST_PART = pattern(r"[一二三四五六七八九十]{1,2}、[^。；;：:，,]{2,24}?(?=[（(]一[）)])")
_NUMERALS = "一二三四五六七八九十"
_FEWEST = 3
_TITLE = 20  # characters of a chapter's heading that runs on into its text


def cut(line: str) -> list[tuple[int, str]]:
    """The pieces of a line and where each begins; the whole line where it holds no three chapters in order."""
    if len(line) < _LEAST:
        return [(0, line)]
    chapters = [match.start("n") for match in _in_order(line)]
    if len(chapters) < _FEWEST:
        return [(0, line)]
    places = {0, *chapters, *(match.end() for match in _HEADING.finditer(line))}
    for start in chapters:
        first = _FIRST_PART.match(line, start)
        title = first.end() if first is not None else _run_on_title(line, start)
        if title is not None:
            places.add(title)
    ordered = sorted(places)
    return [(start, line[start:end]) for start, end in zip(ordered, [*ordered[1:], len(line)], strict=True)]


def _in_order(line: str) -> list[re.Match[str]]:
    """The chapters one, two, three … as they follow each other."""
    found: list[re.Match[str]] = []
    for match in _CHAPTER.finditer(line):
        if len(found) < len(_NUMERALS) and match["n"] == _NUMERALS[len(found)]:
            found.append(match)
    return found


def _run_on_title(line: str, start: int) -> int | None:
    """Where a chapter's heading ends that its text follows without a stop: the longest known wording that opens it."""
    begins = line.find("、", start) + 1
    ends = re.search(r"[。；;：:，,]", line[begins : begins + _TITLE + 2])
    if ends is not None and ends[0] in "。：:":
        return None
    most = min(len(line), begins + (ends.start() if ends is not None else _TITLE))
    return next((end for end in range(most, begins + 1, -1) if chapter_key(line[begins:end], exact=True)), None)
