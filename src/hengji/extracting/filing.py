"""What was read as a filing: the start of next year's work, and what the engine can score."""

from collections.abc import Mapping

from hengji.model.extraction import Extraction, Quantity
from hengji.model.filing import Claim, Exemption, Filing, Source, Total, Value, ValueKey
from hengji.model.system import IndicatorSystem
from hengji.model.units import dimension

_MOST_QUOTE = 200


def filing_of(found: Extraction, system: IndicatorSystem, leaf_ids: Mapping[str, str]) -> Filing:
    """The filing that a report amounts to: values, claims and exemptions, each with place and quotation.

    A value is taken only where all mentions of its item agree; ``leaf_ids`` says which leaf an item is.
    """
    claims: dict[str, Claim] = {}
    exemptions: dict[str, Exemption] = {}
    for item in found.items:
        leaf = leaf_ids.get(item.name)
        if leaf is None:
            continue
        place = found.document.place(item.quote.start)
        if item.claimed is not None:
            claims[leaf] = Claim(item.claimed, locator=place, quote=found.text(item.quote)[:_MOST_QUOTE])
        elif item.not_applicable:
            exemptions[leaf] = Exemption(item.reason[:_MOST_QUOTE] or "报告写不考核")
    bonus = sum(extra.claimed for extra in found.extras if extra.claimed is not None and not extra.deduction)
    if found.extras and system.bonus is not None and bonus:
        extra = next(e for e in found.extras if e.claimed is not None and not e.deduction)
        claims[Total.BONUS.value] = Claim(
            extra.claimed or bonus, locator=found.document.place(extra.span.start), quote=found.text(extra.span)
        )
    return Filing(
        department=found.department,
        year=found.year,
        system=system.id,
        cover=dict(found.cover),
        values=_values(found, system),
        claims=claims,
        exemptions=exemptions,
        claimed_grade=found.totals.grade.value if found.totals.grade else "",
    )


def _values(found: Extraction, system: IndicatorSystem) -> dict[ValueKey, Value]:
    mentions: dict[tuple[str, int], list[Quantity]] = {}
    for quantity in found.quantities:
        known = system.dictionary.items.get(quantity.item)
        if (
            known is not None
            and not quantity.scope
            and quantity.about != "目标"
            and dimension(known.unit) == dimension(quantity.unit)
        ):
            mentions.setdefault((quantity.item, quantity.year), []).append(quantity)
    values: dict[ValueKey, Value] = {}
    for (item, year), found_here in mentions.items():
        if len({(q.number, q.unit) for q in found_here}) > 1:
            continue
        one = found_here[0]
        values[ValueKey(item, year)] = Value(
            one.value.replace(",", ""),
            one.unit,
            source=Source.READ,
            locator=found.document.place(one.span.start),
            quote=found.text(one.sentence)[:_MOST_QUOTE],
        )
    return values
