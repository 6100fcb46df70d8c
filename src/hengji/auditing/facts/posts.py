"""Posts that a sentence lists unit by unit, and their whole; the words that each of them is kept to."""

from collections.abc import Sequence
from decimal import Decimal

from hengji.auditing.case import Case
from hengji.model.extraction import Quantity, Span
from hengji.model.patterns import pattern

_KEPT = (
    r"(?:(?:未|没有|无|不)(?:存在)?超编|(?:控制)?在(?:核定)?(?:的)?编制(?:数|限额|总数|总额|范围|额度|控制数)?(?:以|之)?内"
    r"|[未没]有?(?:超出?|突破|超过)(?:核定)?编制)"
)
_EACH_WITHIN = pattern(
    rf"(?:各(?:自|单位|部门|类|项|家)|[两三四五六]类|[两三四五六]家单位|(?:所属|下属)单位)[^。;,]{{0,8}}?(?:均|都|全部){_KEPT}"
    r"|(?:没有|无)(?:任何)?一?[家个]?单位超编|无一(?:家单位|单位)?超编"
)


def each_within(case: Case) -> Span | None:
    """Where it is said that every unit, or every kind of staff, keeps to its posts."""
    match = _EACH_WITHIN.search(case.flat) if "编制" in case.flat else None
    return Span(match.start(), match.end()) if match is not None else None


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
