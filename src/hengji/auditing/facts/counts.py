"""The numbers of a report that count something, by the sentence that tells them."""

from decimal import Decimal
from typing import NamedTuple

from hengji.auditing.case import Case, once
from hengji.library.texts import load_fact_words
from hengji.model.extraction import Quantity, Span
from hengji.model.patterns import pattern


class Count(NamedTuple):
    """A number that counts something: its unit stands for all that count the same kind of thing, 万 is in the value."""

    quantity: Quantity
    unit: str
    value: Decimal


@once
def counts(case: Case) -> tuple[Count, ...]:
    """The numbers that count something, data items of money and percentages that are no rates left out."""
    counts = [count_of(case, quantity) for quantity in case.found.quantities]
    return tuple(count for count in counts if count is not None)


def count_of(case: Case, quantity: Quantity) -> Count | None:
    """A number as a count of things: None where it is a data item of money, a percentage that is no rate, or its unit counts nothing."""
    unit, value = quantity.unit, quantity.number
    if unit == "万":
        unit = "人" if case.flat[quantity.span.end : quantity.span.end + 2] in ("群众", "居民") else ""
        value *= 10_000
    elif unit == "亿元" or (unit != "万元" and unit.startswith("万")):
        unit = "万元" if unit == "亿元" else unit[1:]
        value *= 10_000
    elif unit.startswith("亿") and unit != "亿":
        unit, value = unit[1:], value * 100_000_000
    plain = load_fact_words().units.get(unit)
    if plain is None or (plain == "万元" and quantity.item) or (plain == "%" and not _OF_RATES.search(quantity.name)):
        return None
    if plain in _WHOLE and _behind_its_number(case, quantity):
        return None
    if unit == "个" and case.flat.startswith(_TIMES, quantity.span.end):
        return None
    return Count(quantity, plain, value)


def _behind_its_number(case: Case, quantity: Quantity) -> bool:
    """Whether a figure is the number of a paragraph and the count that opens it: 「3.4台执法记录仪闲置」 for the third point."""
    lead = case.flat[case.flat.rfind("\n", 0, quantity.span.start) + 1 : quantity.span.start]
    return not quantity.table and not lead.strip() and _NUMBERED.fullmatch(quantity.value) is not None


_WHOLE = ("个", "场", "件", "台", "座", "条", "户", "人")  # things of which there is no part
_TIMES = ("月", "季度", "学期", "小时", "工作日", "自然日", "交易日", "星期")  # how long, and no things
_NUMBERED = pattern(r"\d{1,2}\.\d{1,3}")


@once
def told_counts(case: Case) -> dict[Span, list[Count]]:
    """The numbers that count something, by sentence of running text."""
    found: dict[Span, list[Count]] = {}
    for count in counts(case):
        if not count.quantity.table:
            found.setdefault(count.quantity.sentence, []).append(count)
    return found


_OF_RATES = pattern("[率度例重](?:.{0,2}|(?:实际|全年)?完成值?)$")
