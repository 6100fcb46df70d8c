"""R11: a rate of a cell that tells its rule too, of which no figures are read: 「可配租1240套，入住1146套，入住率94.42%」."""

from collections.abc import Iterator
from fractions import Fraction

from hengji.auditing.case import Case
from hengji.model.extraction import Span
from hengji.model.finding import Finding
from hengji.model.numerals import fixed
from hengji.model.patterns import pattern

_TOLD = pattern(
    r"(?<![\d.,])(?P<whole>[1-9]\d{0,6}(?:\.\d+)?)\s?(?P<unit>[^\d,;。、()\s%]{1,3}),(?P<what>[^,;。、()\d]{0,8}?)"
    r"(?P<part>[1-9]\d{0,6}(?:\.\d+)?)\s?(?P=unit),(?P<name>[^,;。、()\d]{1,8}率)(?:为|达)?\s?(?P<rate>\d{1,3}(?:\.(?P<places>\d{1,2}))?)\s?%"
)


def rates_in_cells(case: Case) -> Iterator[Finding]:
    """R11: a whole, a part and the rate that is named as the part is, right behind each other."""
    read = {q.span.start for q in case.found.quantities}
    for match in _TOLD.finditer(case.flat) if "率" in case.flat else ():
        if match.start("rate") in read or not case.in_table(match.start()):
            continue
        whole, part = Fraction(match["whole"]), Fraction(match["part"])
        right = fixed(part / whole * 100, len(match["places"] or ""))
        if part > whole or right == match["rate"] or not _of_one_thing(match["what"], match["name"]):
            continue
        span = Span(match.start("name"), match.end())
        message = f"{match['part']}÷{match['whole']}={right}%，这里写{match['rate']}%"
        yield case.finding("R11", span, message, stated=f"{match['rate']}%", recomputed=f"{right}%")


def _of_one_thing(what: str, name: str) -> bool:
    """Whether a rate is named by two characters of the words before the part: 「已入住」 and 「入住率」."""
    return any(what[at : at + 2] in name for at in range(len(what) - 1))
