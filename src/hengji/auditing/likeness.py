"""R32: passages copied within a report, from last year's, and between departments."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from hengji.auditing.case import Case
from hengji.extracting.flat import flat
from hengji.model.extraction import Extraction, Span
from hengji.model.finding import Finding, Severity

_LONG = 36  # characters: shorter passages are alike by their form alone
_GRAM = 5
_ALIKE = 0.85
_SAME = 0.9
_SHARED_BY = 0.5  # a passage that so many of the reports hold is the template's
_MANY = 4
_MOST_HOLDERS = 8  # paragraphs that a run of characters is remembered for: beyond, it is everybody's phrase


def copied_inside(case: Case) -> Iterator[Finding]:
    """Two long paragraphs of one report that are nearly the same."""
    texts = [(span, _plain(case.text(span))) for span in case.found.paragraphs]
    texts = [(span, text) for span, text in texts if len(text) >= _LONG]
    grams = [_grams(text) for _, text in texts]
    holders: dict[str, list[int]] = {}
    for later, own in enumerate(grams):
        shared: Counter[int] = Counter()
        for gram in own:
            known = holders.setdefault(gram, [])
            shared.update(known)
            if len(known) < _MOST_HOLDERS:
                known.append(later)
        near = [earlier for earlier, count in shared.most_common(3) if count * 2 > len(own)]
        twin = next((e for e in near if _alike(grams[e], own) or _matches(texts[e][1], texts[later][1])), None)
        if twin is not None:
            place = case.found.document.place(texts[twin][0].start)
            yield case.finding("R32", texts[later][0], f"这一段与{place}几乎相同，可能重复粘贴", stated=place)


def copied_from_last_year(case: Case) -> Iterator[Finding]:
    """Paragraphs of last year's report that stand unchanged, its figures included."""
    if case.previous is None:
        return
    old = _index(case.previous)
    for span in case.found.paragraphs:
        text = case.text(span)
        plain = _plain(text)
        if len(plain) < _LONG or _standing(case, span, text):
            continue
        grams = _grams(plain)
        for other, before in old:
            same = plain == other
            if same or _alike(before, grams):
                figures = re.findall(r"\d+(?:\.\d+)?", text)
                kept = "，其中的数字也没有变" if same and figures else ""
                yield case.finding(
                    "R32",
                    span,
                    f"这一段与去年的报告{'完全相同' if same else '几乎相同'}{kept}",
                    severity=Severity.WARNING if same and figures else Severity.INFO,
                )
                break
    yield from _open_problems(case)


def _standing(case: Case, span: Span, text: str) -> bool:
    """Whether a passage tells what does not change from year to year: duties, organisation."""
    section = case.section(span.start)
    heading = section.title if section is not None else ""
    return case.chapter_key(span.start) == "基本情况" or bool(re.search("职责|职能|机构设置", heading + text[:20]))


def _open_problems(case: Case) -> Iterator[Finding]:
    assert case.previous is not None
    now = "".join(case.found.problems)
    for problem in case.previous.problems:
        plain = _plain(flat(problem))
        if len(plain) >= 12 and _alike(_grams(plain), _grams(_plain(flat(now)))) and now:
            section = case.chapter("存在问题")
            if section is not None:
                yield case.finding(
                    "R32", section.span, "存在的问题与去年相同，没有说明去年的问题整改到哪一步", severity=Severity.INFO
                )
                return


def copied_from_peers(case: Case) -> Iterator[Finding]:
    """Passages shared with another department of the same run; the template's own sentences are left out."""
    if not case.peers:
        return
    counted: Counter[str] = Counter()
    indexes = [(peer, _index(peer)) for peer in case.peers]
    for _, index in indexes:
        counted.update({text for text, _ in index})
    most = max(2, int(len(case.peers) * _SHARED_BY))
    for span in case.found.paragraphs:
        plain = _plain(case.text(span))
        if len(plain) < _LONG or (counted[plain] >= most and len(case.peers) >= _MANY) or _OF_THE_TABLE.search(plain):
            continue
        grams = _grams(plain)
        for peer, index in indexes:
            if peer.department == case.found.department:
                continue
            if any(plain == text or _alike(grams, other) for text, other in index):
                yield case.finding(
                    "R32",
                    span,
                    f"这一段与“{peer.department or peer.document.file}”的报告几乎相同",
                    severity=Severity.INFO,
                )
                break


# What the scoring table says, and so every report under it: which aspects are assessed, how points are given.
_OF_THE_TABLE = re.compile(
    r"[从由围绕].{4,}方面(?:进行|开展)?(?:考核|评价|分析)|优.{0,6}良.{0,6}中.{0,6}差|满分为?100分"
)


def _index(found: Extraction) -> Sequence[tuple[str, frozenset[str]]]:
    whole = flat(found.document.text)
    texts = (_plain(whole[span.start : span.end]) for span in found.paragraphs)
    return [(text, _grams(text)) for text in texts if len(text) >= _LONG]


def _plain(text: str) -> str:
    text = re.sub(r"^.{0,40}?自评得?分?\s?\d+(?:\.\d+)?\s?分", "", text)
    return re.sub(r"[\s,。;:、!?\"'()\[\]]|^[一二三四五六七八九十\d]+[、.]", "", text)


def _grams(text: str) -> frozenset[str]:
    return frozenset(text[i : i + _GRAM] for i in range(max(1, len(text) - _GRAM + 1)))


def _matches(left: str, right: str) -> bool:
    return SequenceMatcher(None, left, right, autojunk=False).ratio() >= _SAME


def _alike(left: frozenset[str], right: frozenset[str]) -> bool:
    small, large = (left, right) if len(left) <= len(right) else (right, left)
    if len(small) * 3 < len(large) * 2:
        return False
    return len(small & large) >= _ALIKE * len(small)
