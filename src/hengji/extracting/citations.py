"""Documents cited in running text: title and number (文号), each with its span."""

import re
from collections.abc import Iterator

from hengji.extracting.passages import Passage
from hengji.model.extraction import Citation
from hengji.model.patterns import pattern

_TITLE = pattern(r"《([^《》\n]{2,100}(?:《[^《》\n]{2,80}》[^《》\n]{0,60})?)》?")
_BRACKETS = r"[〔\[【(﹝〈「{〖]"
_CLOSING = r"[〕\]】)﹞〉」}〗]"
NUMBER = pattern(
    r"(?P<org>[\u4e00-\u9fff]{1,10}?)\s?" + _BRACKETS + r"\s?(?P<year>(?:19|20)?\d{2})\s?年?" + _CLOSING
    + r"\s?(?P<di>第)?\s?(?P<no>\d{1,5})\s?(?P<hao>号)?"
)  # fmt: skip
_NUMBERED = pattern(_BRACKETS + r"\s?(?:19|20)?\d{2}\s?年?" + _CLOSING)  # what every such number holds
DECREE = pattern(r"[\u4e00-\u9fff]{2,8}令第?\s?\d{1,4}号|[\u4e00-\u9fff]{2,8}令20\d\d年第\d{1,4}号")
# 「（省文旅发2023年41号）」: in brackets, without any round its year
_ENCLOSED = pattern(
    r"(?<=\()[\u4e00-\u9fff]{1,9}[发函办字财预规通政党教卫农建人](?:19|20)\d{2}\s?[年\-—–－/]?第?\s?\d{1,4}\s?号(?=\))"
)
_BRACKETLESS = pattern(r"[\u4e00-\u9fff]{2,8}(?:19|20)\d{2}\s?年?第?\s?\d{1,4}\s?号")
_BRACKET = pattern(r"[《〔\[【﹝〈{〖]")
_ROUND = pattern(r"\)(?:(?<=\d\))\s?第?\s?\d|(?<=\(\d{4}\)))")


def may_cite(text: str) -> bool:
    """Whether a text holds a bracket that a title or a number stands in."""
    if _BRACKET.search(text):
        return True
    return ")" in text and ("号)" in text or _ROUND.search(text) is not None)


def citations_in(passage: Passage) -> Iterator[tuple[Citation, int, int]]:
    """The citations of a passage, each with the beginning and end of its whole wording."""
    text = passage.flat
    position = 0
    for match in _TITLE.finditer(text):
        if match.start() < position:
            continue
        title = re.sub(r"\s+", "", match[1])
        number = _numbered(text, match.end()) or _decree(text, match.end()) or _open(text, match.end())
        end = number.end() if number else match.end()
        yield _cited(passage, title, match.start(), end, number)
        yield from _bare(passage, position, match.start())
        position = end
    yield from _bare(passage, position, len(text))


def _after(text: str, position: int) -> int:
    while position < len(text) and text[position] in "( ":
        position += 1
    return position


def _numbered(text: str, position: int) -> re.Match[str] | None:
    """The number right behind a title; another paper's after 「的批复和」 is none of it."""
    number = NUMBER.match(text, _after(text, position))
    return None if number is None or _ANOTHERS.match(number["org"]) else number


def _decree(text: str, position: int) -> re.Match[str] | None:
    return DECREE.match(text, _after(text, position))


def _open(text: str, position: int) -> re.Match[str] | None:
    """A number written without brackets round its year: 「财发2023第9号」."""
    return _BRACKETLESS.match(text, _after(text, position))


def _bare(passage: Passage, start: int, end: int) -> Iterator[tuple[Citation, int, int]]:
    """Document numbers that stand without a title."""
    text = passage.flat
    for match in _ENCLOSED.finditer(text, start, end) if "号)" in text else ():
        yield _cited(passage, "", match.start(), match.end(), match)
    if not _NUMBERED.search(text, start, end):
        return
    for match in NUMBER.finditer(text, start, end):
        if not _is_number(match, text):
            continue
        lead = _BASED_ON.match(match["org"])
        bare = NUMBER.match(text, match.start() + lead.end(), end) if lead is not None else None
        number = bare or match
        yield _cited(passage, "", number.start(), number.end(), number)


_ANOTHERS = pattern(r"[\u4e00-\u9fff]{0,6}?的?(?:批复|通知|意见|决定|公告|复函)(?:以及|[和及与])(?=[\u4e00-\u9fff]{2})")
# Words that lead to a number, the office whose number it is, and the paper before it: 「根据……」, 「县财政局……〔2023〕10号」, 「《……》的批复和……」.
_BASED_ON = pattern(
    r"(?:根据|按照|依据|依照|遵照|参照|对照|执行|落实|贯彻|转发|[按据依经由以见])(?=[\u4e00-\u9fff]{2})|[\u4e00-\u9fff]{1,6}[局厅](?=[\u4e00-\u9fff]{3,}$)"
    rf"|{_ANOTHERS.pattern}"
)


def without_lead(org: str) -> int:
    """How many characters before the office of a number lead to it only: 「根据」, 「县财政局」."""
    lead = _BASED_ON.match(org)
    return lead.end() if lead is not None else 0


def _is_number(match: re.Match[str], text: str) -> bool:
    """A number without a title must look like one: brackets of its own kind, or 号 behind."""
    opening = text[match.end("org") : match.start("year")].strip()
    if len(match["year"]) == 2:
        return bool(match["hao"]) and opening != "("
    return bool(match["hao"]) or (opening in "〔【[" and not match["di"])


def _cited(
    passage: Passage, title: str, start: int, end: int, number: re.Match[str] | None
) -> tuple[Citation, int, int]:
    span = passage.span(start, end)
    if number is None:
        return Citation(title, "", span), start, end
    place = passage.span(number.start(), number.end())
    return Citation(title, passage.text[number.start() : number.end()].strip(), span, place), start, end
