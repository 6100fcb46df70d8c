"""R08: a main figure of the department (总支出、年初预算、项目支出……) told again in other words, and differently."""

from collections.abc import Iterator
from fractions import Fraction

from hengji.auditing.case import Case, once
from hengji.auditing.facts.amounts import qualified
from hengji.auditing.likely import mistaken
from hengji.auditing.numbers import common_unit, differ, exact, in_unit, places
from hengji.auditing.sums.gaps import told_gap
from hengji.library.main_figures import load_blank, load_main_figures
from hengji.model.extraction import DocumentKind, Quantity
from hengji.model.finding import Finding
from hengji.model.patterns import pattern
from hengji.model.units import dimension

_NEAR = Fraction(3, 100)  # of the larger: what is further apart, and no slip of the pen, is another figure
_LONGEST = 40  # characters before a figure that may call it
_PLAIN = ("支出", "收入", "预算", "实际支出")  # words that name nothing of their own
_MARKS = pattern(r"[;。\n\t:]")


def main_figures_told_again(case: Case) -> Iterator[Finding]:
    """R08: 「总支出860.40万元」, and 「全年各项开支累计858.40万元」 elsewhere."""
    if case.found.kind is DocumentKind.ACCOUNTS:
        return
    told: dict[str, list[Quantity]] = {}
    for quantity in case.found.quantities:
        if _is_of_this_year(case, quantity):
            told.setdefault(_measure(quantity), []).append(quantity)
    for figure in load_main_figures():
        figures = told.get(figure.unit, [])
        named = [
            q for q in figures if q.item in figure.items and not q.scope and (figure.part or not qualified(case, q))
        ]
        if len({q.number for q in named}) != 1:
            continue
        right = named[0]
        for other, words in _plain_figures(case):
            if figure.words.fullmatch(words) is None or _measure(other) != figure.unit or not differ(right, other):
                continue
            if _near(right, other) and not _explained(case, right, other):
                message = f"“{figure.name}”这里是{other.value}{other.unit}，另一处是{right.value}{right.unit}；同一份报告只用一个数"
                yield case.finding(
                    "R08",
                    other.span,
                    message,
                    stated=f"{other.value}{other.unit}",
                    recomputed=f"{right.value}{right.unit}",
                    also=(right.span,),
                )


def _measure(quantity: Quantity) -> str:
    """The unit in which a figure is compared; empty where no main figure has it."""
    return "人" if quantity.unit in ("人", "名") else "万元" if dimension(quantity.unit) == "money" else ""


def _near(right: Quantity, other: Quantity) -> bool:
    a, b = (_value(quantity) for quantity in (other, right))
    return mistaken(a, b, places(other.value), _NEAR)


def _value(quantity: Quantity) -> Fraction:
    return in_unit(quantity, "万元") if dimension(quantity.unit) == "money" else exact(quantity.number)


@once
def _plain_figures(case: Case) -> tuple[tuple[Quantity, str], ...]:
    """The year's figures of running text that are of no data item, with the words that call them."""
    plain = (q for q in case.found.quantities if not q.item and not q.table and _is_of_this_year(case, q))
    called = ((quantity, _words_before(case, quantity)) for quantity in plain if _measure(quantity))
    return tuple((quantity, words) for quantity, words in called if words is not None)


def _is_of_this_year(case: Case, quantity: Quantity) -> bool:
    return quantity.year == case.year and quantity.about != "目标"


def _words_before(case: Case, quantity: Quantity) -> str | None:
    """The words before a figure since the one before it in its sentence; None where they only go on from that one."""
    before = [q for q in case.by_sentence.get(quantity.sentence, ()) if q.span.end <= quantity.span.start]
    start = max([quantity.sentence.start, quantity.span.start - _LONGEST, *(q.span.end for q in before)])
    lead = _MARKS.split(case.flat[start : quantity.span.start])[-1]
    last = max(before, key=lambda q: q.span, default=None)
    if last is not None and not last.item and lead.lstrip(",") in _PLAIN:
        return None  # of what the figure before it is of: 「贴息预算128.00万元，支出126.40万元」
    return load_blank().sub("", lead)


def _explained(case: Case, right: Quantity, other: Quantity) -> bool:
    beside = case.by_sentence.get(other.sentence, ())
    if qualified(case, other) or any(q.number == right.number and q.unit == right.unit for q in beside):
        return True  # 「年初批复842.60万元，12月调整为860.40万元」
    return told_gap(case, (right, other), abs(_value(right) - _value(other)), common_unit((right, other)))
