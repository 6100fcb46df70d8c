"""R08: one document cited with two numbers, of the same office and year, whose digits only changed places."""

import re
from collections.abc import Iterator

from hengji.auditing.case import Case
from hengji.auditing.slips import slip
from hengji.model.extraction import Citation
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_NUMBER = pattern(r"(?P<office>.+?)[〔\[(【](?P<year>\d{4})[〕\])】](?P<n>\d{1,4})号")


def two_numbers_of_one(case: Case) -> Iterator[Finding]:
    """R08: the same title twice, and a slip between its numbers or its years."""
    told: dict[str, list[Citation]] = {}
    for citation in case.found.citations:
        if citation.title and citation.number:
            told.setdefault(citation.title.strip(), []).append(citation)
    for title, mentions in told.items():
        numbers = list(dict.fromkeys(_bare(m.number) for m in mentions))
        if len(numbers) != _TWO:
            continue
        one, other = (_NUMBER.fullmatch(each) for each in numbers)
        if one is None or other is None or one["office"] != other["office"] or not _slipped(one, other):
            continue
        first = next(m for m in mentions if _bare(m.number) == numbers[0])
        odd = next(m for m in mentions if _bare(m.number) == numbers[1])
        message = f"《{title}》的文号这里写{odd.number}，另一处写{first.number}"
        span, also = odd.number_span or odd.span, first.number_span or first.span
        yield case.finding("R08", span, message, stated=odd.number, recomputed=first.number, also=(also,))


_TWO = 2


def _bare(number: str) -> str:
    return re.sub(r"\s", "", number)


def _slipped(one: re.Match[str], other: re.Match[str]) -> bool:
    """Whether the numbers of one year differ by one slip; the years of one number are of two editions as a rule."""
    return one["year"] == other["year"] and len(one["n"]) > 1 and bool(slip(one["n"], other["n"]))
