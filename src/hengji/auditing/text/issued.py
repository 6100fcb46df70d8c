"""R13: the year in a document's number against the day on which it is said to have been issued: 「2023年3月印发《……》（青水〔2022〕5号）」."""

from collections.abc import Iterator

from hengji.auditing.case import Case
from hengji.model.extraction import Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_ISSUED = pattern(
    r"(?P<y>20\d\d)\s?年\s?(?P<m>\d{1,2})\s?月(?:\s?\d{1,2}\s?日|[上中下]旬|[初底末])?,?(?:我[局委院馆站校办]|本[局委院馆站校办])?(?:修订)?(?:并|制定|修订)?(?:印发|出台|下发|发布|颁布)(?:了|实施|执行)?[^,。;《》\d]{0,6}《[^《》\n]{2,40}》\([^()〔〕\n]{1,12}[〔\[](?P<no>20\d\d)[〕\]]\d{1,4}号"
)
_EARLY = 2  # months in which papers are still numbered by the year before


def issued_in_its_year(case: Case) -> Iterator[Finding]:
    """A document issued in one year and numbered by another."""
    for match in _ISSUED.finditer(case.flat) if "〔" in case.flat or "[" in case.flat else ():
        year, numbered = int(match["y"]), int(match["no"])
        if numbered == year or (numbered == year - 1 and int(match["m"]) <= _EARLY):
            continue
        span = Span(match.start(), match.end())
        message = f"写{year}年{match['m']}月印发，文号却是{numbered}年的，有一处年份写错"
        yield case.finding("R13", span, message, stated=str(numbered), recomputed=str(year))
