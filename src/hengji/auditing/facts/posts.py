"""Posts that a sentence lists unit by unit, and their whole."""

from collections.abc import Sequence
from decimal import Decimal

from hengji.auditing.case import Case
from hengji.model.extraction import Quantity


def wholes_of_lists(case: Case, quota: Sequence[Quantity]) -> tuple[Quantity, ...]:
    """The figures that make the whole of posts listed before them: 「机关编制8名，两个单位编制分别为5名和9名，合计22名」."""
    found: list[Quantity] = []
    for sentence in dict.fromkeys(q.sentence for q in quota):
        total, listed = Decimal(0), 0
        for quantity in case.by_sentence.get(sentence, ()):
            if quantity.unit not in ("名", "人", "个"):
                continue
            if listed > 1 and quantity.number == total:
                found.append(quantity)
                break
            total, listed = (total + quantity.number, listed + 1) if listed or quantity in quota else (total, listed)
    return tuple(found)
