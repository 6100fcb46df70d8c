"""R38: quotation marks turned the wrong way round, and brackets that are opened and never closed."""

from collections.abc import Iterator

from hengji.auditing.case import Case
from hengji.model.extraction import Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_TURNED = pattern(r"”(?P<w>[\u4e00-\u9fff\d、]{1,16})“")
_OPENED = pattern(r"[（(](?P<w>[^（）()\n]{0,60})")


def pairs_of_marks(case: Case) -> Iterator[Finding]:
    """A paragraph whose first quotation mark closes, and one opening bracket too many in a sentence that ends with a full stop."""
    text = case.found.document.text
    for paragraph in case.found.paragraphs if "”" in text or "（" in text or "(" in text else ():
        words = text[paragraph.start : paragraph.end]
        if case.in_table(paragraph.start) or not words.rstrip().endswith(("。", "”", "“", "；")):
            continue
        turned = _TURNED.search(words)
        if turned is not None and "“" not in words[: turned.start()] and words.count("“") == words.count("”"):
            span = Span(paragraph.start + turned.start(), paragraph.start + turned.end())
            right = f"“{turned['w']}”"
            yield case.finding("R38", span, f"引号方向反了，应为{right}", stated=turned[0], recomputed=right)
        opened = sum(words.count(mark) for mark in "（(")
        closed = sum(words.count(mark) for mark in "）)")
        if opened == closed + 1 and not words.rstrip().endswith("；"):
            yield from _unclosed(case, paragraph, words)


def _unclosed(case: Case, paragraph: Span, words: str) -> Iterator[Finding]:
    """The bracket of a paragraph behind which none closes before the next opens or the sentence ends."""
    for match in _OPENED.finditer(words):
        end = match.end()
        if end < len(words) and words[end] in "）)":
            continue
        span = Span(paragraph.start + match.start(), paragraph.start + min(end, match.start() + 20))
        yield case.finding("R38", span, "括号没有成对，缺右括号", stated=words[match.start() : match.start() + 8])
        return
