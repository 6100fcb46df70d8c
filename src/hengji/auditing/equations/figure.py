"""Every figure of a document as it is written: also limits in a table (「≤12.00万元」) and figures of a formula (「341.90÷348.62」)."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from hengji.auditing.case import Case, once
from hengji.model.extraction import Quantity, Span
from hengji.model.patterns import pattern

RATES = ("%", "‰")


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: as written without commas, its unit (empty in a formula), where it stands, and the figure read out there, if any.

    ``aim`` says that it is told as a limit, plan or target, and not as what came of it.
    """

    value: str
    number: Decimal
    unit: str
    span: Span
    sentence: Span
    aim: bool
    quantity: Quantity | None

    @property
    def shown(self) -> Span:
        """The number with its unit, as a finding points at it."""
        return self.quantity.span if self.quantity is not None else self.span


_WRITTEN = pattern(r"(?<![\d.〔\[第号A-Za-z-])(?<!\d,)\d+(?:,\d{3})*(?:\.\d+)?(?![\d年月日号])")
_AIM = pattern(
    r"(?:[≥≤<>]|不少于|不低于|不高于|不超过?|低于|高于|超过|目标|计划|标准|控制在|限额|上限|应)[^,。;、\d]{0,6}$"
)
_AIM_BEHIND = pattern(r"\s?(?:以上|以下|以内|的?(?:目标|标准|要求|上限|计划))")
# A list of aims: 「年度目标:建成…4座、培训1560人次」, up to where what came of them is told.
_AIMS = pattern(r"(?:目标|计划|任务)(?:数|值)?(?:分别)?[为是:](?:(?!实际|完成|决算)[^;。\n])*$")
_LEAD = 16  # characters before a figure that may say that it is aimed at


@once
def figures(case: Case) -> tuple[Figure, ...]:
    """The figures of a document in its order. A number without a unit counts where it has decimals, as in a formula."""
    read = case.found.quantities
    starts = [quantity.span.start for quantity in read]
    units: dict[str, list[str]] = {}  # by their first character, the longest first
    for unit in sorted({quantity.unit for quantity in read if quantity.unit}, key=len, reverse=True):
        units.setdefault(unit[0], []).append(unit)
    found: list[Figure] = []
    for match in _WRITTEN.finditer(case.flat):
        index = bisect_right(starts, match.start()) - 1
        own = read[index] if index >= 0 and match.start() < read[index].span.end else None
        value = match[0].replace(",", "")
        unit = own.unit if own is not None else _unit_at(case.flat, match.end(), units)
        if unit or "." in value:
            sentence = case.sentence(match.start())
            aim = _is_aim(case, match.start(), match.end() + len(unit), sentence, own)
            span = Span(match.start(), match.end())
            found.append(Figure(value, Decimal(value), unit, span, sentence, aim, own))
    return tuple(found)


def _unit_at(flat: str, position: int, units: Mapping[str, Sequence[str]]) -> str:
    """The unit of the document that stands behind a number."""
    at = position + 1 if flat[position : position + 1] == " " else position
    return next((unit for unit in units.get(flat[at : at + 1], ()) if flat.startswith(unit, at)), "")


def _is_aim(case: Case, start: int, end: int, sentence: Span, own: Quantity | None) -> bool:
    if (own is not None and own.about == "目标") or case.aimed_at(start):
        return True
    if _AIM.search(case.flat, max(sentence.start, start - _LEAD), start) or _AIM_BEHIND.match(case.flat, end):
        return True
    return _AIMS.search(case.flat, sentence.start, start) is not None


@once
def by_sentence(case: Case) -> dict[Span, list[Figure]]:
    """The figures of each sentence or table row, in their order."""
    found: dict[Span, list[Figure]] = {}
    for figure in figures(case):
        found.setdefault(figure.sentence, []).append(figure)
    return found


def beside(case: Case, figure: Figure) -> list[Figure]:
    """The other figures of its sentence."""
    return [other for other in by_sentence(case)[figure.sentence] if other is not figure]


def around(case: Case, figure: Figure) -> list[Figure]:
    """The other figures of its paragraph."""
    start, end = case.paragraph(figure.span.start)
    return [other for other in figures(case) if start <= other.span.start < end and other is not figure]
