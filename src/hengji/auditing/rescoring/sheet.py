"""The text of a scoring rule as its readers work on it: in one spelling, part after part read and blotted out."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from hengji.extracting.flat import flat
from hengji.model.extraction import Span
from hengji.model.patterns import pattern

_DASHES = pattern("[—–―～~]")


def _marked(text: str) -> str:
    return _DASHES.sub("-", text).replace("\t", "|")


@lru_cache(maxsize=1024)  # several checks read the words of every leaf
def compact(text: str) -> str:
    """A text in one spelling as rules and facts are read from it: no blanks, one kind of dash, cells set apart by bars."""
    return "".join(_marked(flat(text)).split())


@lru_cache(maxsize=256)
def compact_at(text: str) -> tuple[str, Sequence[int]]:
    """The same for a text that is in one spelling already, and where in it each character stood."""
    marked = _marked(text)
    return "".join(marked.split()), tuple([place for place, mark in enumerate(marked) if not mark.isspace()])


def quoted(text: str, start: int, end: int) -> str:
    """A rule's words as a message quotes them: with the few words that open its clause and the unit that closes it."""
    opens = start - len(clause_before(text, start))
    start = opens if start - opens <= _SHORT and not _DIGIT.search(text, opens, start) else start
    end += text[end : end + 2] == "分数" or text[end : end + 1] == "分"
    return _LABEL.sub("", text[start:end].strip(',;。:|"'))


_LABEL = pattern(
    r"^(?:(?:评分|计分|打分|考核|评价|扣分)(?:标准|细则|办法|方法|规则|公式)|细则|规则)?(?:规定|要求|为|是|:)*(?:按照?)?"
)
_SHORT = 12
_DIGIT = pattern(r"\d")


def clause_before(text: str, end: int) -> str:
    """The words of a clause up to a place in it."""
    opens = max(text.rfind(mark, 0, end) for mark in ',;。|:"') + 1
    return text[opens:end]


def _holds_any(text: str, marks: Iterable[str]) -> bool:
    for mark in marks:  # noqa: SIM110 - a plain loop, asked some twenty times of every rule
        if mark in text:
            return True
    return False


class Sheet:
    """A text of which part after part is read and blotted out."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.rest = text
        self.spans: list[Span] = []

    def take(self, form: re.Pattern[str], marks: Iterable[str] = "", *, most: int = 0) -> list[re.Match[str]]:
        """The matches of a pattern in what is left, each blotted out; none where none of its marks stands there."""
        if marks and not _holds_any(self.rest, marks):
            return []
        found = list(form.finditer(self.rest))
        found = found[:most] if most else found
        for match in found:
            start, end = match.span()
            self.spans.append(Span(start, end))
            self.rest = f"{self.rest[:start]}{';' * (end - start)}{self.rest[end:]}"
        return found
