"""R03: what a leaf lost, against the parts of it told right behind: 「扣3分，其中少采购扣1分、备案迟扣1分」."""

from collections.abc import Iterator
from decimal import Decimal

from hengji.auditing.case import Case
from hengji.auditing.numbers import number
from hengji.model.extraction import Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_LOST = pattern(
    r"(?<!每)(?<!各)(?:共|合计)?扣(?:减|除)?\s?(?P<n>\d{1,2}(?:\.\d+)?)\s?分[,(:]?其中(?P<parts>[^。;()\n]{4,80})"
)
_PART = pattern(r"扣(?:减|除)?\s?(?P<n>\d{1,2}(?:\.\d+)?)\s?分")
_OPEN = pattern("等|每|各扣|不足|最多|封顶|主要")


def parts_lost(case: Case) -> Iterator[Finding]:
    """A loss that its parts do not make."""
    for match in _LOST.finditer(case.flat) if "其中" in case.flat else ():
        parts = [Decimal(part["n"]) for part in _PART.finditer(match["parts"])]
        if len(parts) > 1 and sum(parts) != Decimal(match["n"]) and not _OPEN.search(match["parts"]):
            total = sum(parts, Decimal(0))
            span = Span(match.start(), match.start("parts") - len("其中"))
            also = (Span(match.start("parts"), match.end("parts")),)
            message = f"写扣{match['n']}分，其中各项合计{number(total)}分"
            yield case.finding("R03", span, message, stated=match["n"], recomputed=number(total), also=also)
