"""A bonus told honour by honour in the numbered lines under its heading, without their sum: 「（一）……表彰，加1分。（二）……，加0.5分。」."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from hengji.extracting.passages import Passage
from hengji.model.extraction import Extra, Totals
from hengji.model.patterns import pattern

_GIVEN = pattern(
    r"[,;、)(:]\s?(?:故|因此|可|应)?(?:自评|计|记)?加(?:计)?\s?(?P<n>\d{1,2}(?:\.\d{1,2})?)\s?分?\s?[)]?[。;]?\s*$"
)
_TARIFF = pattern(r"(?:每|各|最高|最多|上限|不超过|可)[^,。;:]{0,6}加")
_NUMBERED = pattern(r"\s*(?:[(]?(?:\d{1,2}|[一二三四五六七八九十]{1,2})[).、]|[①-⑳])")


def with_honours_summed(extras: tuple[Extra, ...], parts: Sequence[Passage], found: Totals) -> tuple[Extra, ...]:
    """The extras with the sum of their honours, where none was read or that sum alone makes the total of the base."""
    if len(extras) != 1 or extras[0].deduction or extras[0].section is None:
        return extras
    extra = extras[0]
    given = _given(extra, parts)
    whole = sum(given, Decimal(0))
    if not given or whole == extra.claimed:
        return extras
    base, total = found.base, found.claimed
    proved = base is not None and total is not None and Decimal(base.value) + whole == Decimal(total.value)
    return (replace(extra, claimed=whole),) if extra.claimed is None or proved else extras


def _given(extra: Extra, parts: Sequence[Passage]) -> list[Decimal]:
    """What each numbered line of a bonus gives at its end."""
    inside = (p for p in parts if p.cell is None and extra.body.start <= p.whole.start < extra.body.end)
    told = ((p, _GIVEN.search(p.flat)) for p in inside if _NUMBERED.match(p.flat))
    return [Decimal(m["n"]) for p, m in told if m is not None and _TARIFF.search(p.flat) is None]
