"""R37: the report's figures against the final accounts (决算), each with the table it stands in."""

from collections.abc import Iterator

from hengji.auditing.case import Case
from hengji.auditing.numbers import common_unit, differ, in_unit, number
from hengji.model.extraction import Quantity
from hengji.model.finding import Finding
from hengji.model.units import dimension


def against_accounts(case: Case) -> Iterator[Finding]:
    """Every data item that both state for the evaluated year."""
    if case.against is None:
        return
    accounts: dict[str, list[Quantity]] = {}
    for quantity in case.against.quantities:
        if quantity.item and quantity.year == case.year and not quantity.scope and quantity.about != "目标":
            accounts.setdefault(quantity.item, []).append(quantity)
    told: set[tuple[str, str]] = set()
    for quantity in case.found.quantities:
        official = accounts.get(quantity.item)
        if not official or quantity.year != case.year or quantity.scope or quantity.about == "目标":
            continue
        if any(not differ(quantity, each) for each in official) or (quantity.item, quantity.value) in told:
            continue
        told.add((quantity.item, quantity.value))
        best = official[0]
        unit = common_unit((quantity, best))
        if dimension(best.unit) != dimension(quantity.unit):
            continue
        place = case.against.document.place(best.span.start)
        gap = abs(in_unit(quantity, unit) - in_unit(best, unit))
        yield case.finding(
            "R37",
            quantity.span,
            f"“{quantity.item}”报告写{quantity.value}{quantity.unit}，决算（{place}）是{best.value}{best.unit}，相差{number(gap, 6)}{unit}",
            stated=f"{quantity.value}{quantity.unit}",
            recomputed=f"{best.value}{best.unit}",
        )
