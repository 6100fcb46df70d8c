"""R18: what a leaf with full marks is named after, or says of itself, denied outright in a problem, in whatever words."""

from collections.abc import Iterator

from hengji.auditing.case import Case
from hengji.auditing.problems.admitting import ALLOWED, RULE, Admission, is_of_another_year, is_right_again
from hengji.auditing.problems.claiming import claim_of
from hengji.auditing.problems.contradicting import denied_in, said_with, special_of, spoken_of
from hengji.auditing.problems.counts import tells_shortfall
from hengji.auditing.problems.qualities import at_fault, of_its_quality
from hengji.auditing.problems.zones import ITEM, numbered
from hengji.library.texts import load_throughout, load_whole
from hengji.model.extraction import ScoredItem, Span
from hengji.model.patterns import pattern

_NAMED, _SAID = 3, 2  # pairs of characters of a leaf's name, or of its own words, that a problem has


def denied_things(case: Case, full: list[ScoredItem], lost: list[ScoredItem], zones: list[Span]) -> Iterator[Admission]:
    """A problem that denies a word of one leaf's name beside the rest of it (绩效监控走形式), or a word of what it claims."""
    open_ = [item for item in full if not tells_shortfall(case, item)]
    for zone in zones if open_ else ():
        for span in _told_apart(case, zone):
            text = case.text(span)
            if (
                ALLOWED.search(text)
                or RULE.search(text)
                or _LEFT_TO_DO.search(text)
                or not at_fault(text)
                or is_right_again(case, text)
            ):
                continue
            if is_of_another_year(case, text, text):
                continue
            pairs = spoken_of(text)
            weighed = [(weight, item) for item in open_ if (weight := _weight(case, text, pairs, item))]
            best = max((weight for weight, _ in weighed), default=0)
            meant = [item for weight, item in weighed if weight == best]
            if len(meant) != 1 or any(len(pairs & _words(case, other)) >= _SAID for other in lost):
                continue
            item = meant[0]
            named = len(pairs & spoken_of(item.name)) >= _NAMED
            claim = claim_of(case, item, load_throughout()) or (None if named else claim_of(case, item, load_whole()))
            yield Admission(span, item, claim)


def _told_apart(case: Case, zone: Span) -> Iterator[Span]:
    """The problems of a zone one by one: as they are numbered, else each sentence."""
    for span in numbered(case, zone):
        if ITEM.match(case.text(span)):
            yield span
        else:
            yield from (Span(m.start(), m.end()) for m in _SENTENCE.finditer(case.flat, span.start, span.end))


_LEFT_TO_DO = pattern(r"[还仍尚]有[^,。;\d]{0,4}\d")  # what was never due this year: 「还有86万页未数字化」
_SENTENCE = pattern(r"[^。;\n]+")


def _weight(case: Case, text: str, pairs: frozenset[str], item: ScoredItem) -> int:
    """How much a problem denies what a leaf is named after, or what it claims of itself; nothing where it only shares words."""
    if not of_its_quality(item.name, text):
        return 0
    named = pairs & spoken_of(item.name)
    whole = len(item.name) > _NAMED and denied_in(text, item.name)
    if whole or (
        len(named) >= _NAMED and any(denied_in(text, pair) and not denied_in(item.name, pair) for pair in named)
    ):
        return 2 * max(len(named), _NAMED)
    claim = claim_of(case, item, load_whole())
    said = pairs & spoken_of(said_with(case, item, claim)) if claim is not None else frozenset()
    special = special_of(said)
    together = any(
        any(pair in part for pair in special) and any(denied_in(part, pair) for pair in said)
        for part in text.split(",")
    )  # what is denied, and of which thing
    return len(said) if together and len(said) >= _SAID else 0


def _words(case: Case, item: ScoredItem) -> frozenset[str]:
    return spoken_of(f"{item.name} {case.text(item.body)} {item.actual} {item.remark}")
