"""R31: a heading of a higher level right behind one of a lower level that stands under no such heading."""

import itertools
from collections.abc import Iterator

from hengji.auditing.case import Case
from hengji.auditing.text.numbering import ordinal
from hengji.model.extraction import Section, Span
from hengji.model.finding import Finding


def levels_in_order(case: Case) -> Iterator[Finding]:
    """R31: 「（1）……」 and then 「（一）……」 below one chapter: what comes first is of the lower level."""
    first: dict[int | None, Section] = {}
    sections = case.found.sections
    for before, section in itertools.pairwise(sections):
        bracketed = before.mark.startswith(("（", "(")) and section.mark.startswith(("（", "("))
        if before.parent != section.parent or before.rank <= section.rank or not bracketed:
            first.setdefault(section.parent, section)
            continue
        opens = first.setdefault(before.parent, before)
        alone = opens.rank == before.rank and case.flat[before.span.start - 1 : before.span.start] in ("", "\n")
        counted = ordinal(opens.mark) == 1  # a series that runs on from another chapter opens no level here
        introduced = case.flat[: opens.span.start].rstrip().endswith((":", "："))
        if alone and counted and not introduced and case.flat[section.span.start - 1 : section.span.start] == "\n":
            span = Span(before.span.start, min(before.span.end, before.span.start + 30))
            message = f"“{before.mark}”排在“{section.mark}”的前面又不在它下面，层次用错"
            yield case.finding("R31", span, message, stated=before.mark, recomputed=section.mark)
