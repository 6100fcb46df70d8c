"""R08: a main figure of the department (总支出、年初预算、项目支出……) told again in other words, and differently."""

from collections.abc import Iterator
from fractions import Fraction

from hengji.auditing.case import Case
from hengji.auditing.facts.amounts import qualified
from hengji.auditing.likely import mistaken
from hengji.auditing.numbers import differ, in_unit, places
from hengji.auditing.sums.gaps import told_gap
from hengji.library.main_figures import MainFigure, load_blank, load_main_figures
from hengji.model.extraction import DocumentKind, Quantity
from hengji.model.finding import Finding
from hengji.model.patterns import pattern
from hengji.model.units import dimension

_NEAR = Fraction(3, 100)  # of the larger: what is further apart, and no slip of the pen, is another figure
_LONGEST = 40  # characters before a figure that may call it
_MARKS = pattern(r"[;。\n\t:]")


def main_figures_told_again(case: Case) -> Iterator[Finding]:
    """R08: 「总支出860.40万元」, and 「全年各项开支累计858.40万元」 elsewhere."""
    if case.found.kind is DocumentKind.ACCOUNTS:
        return
    money = [
        q for q in case.found.quantities if dimension(q.unit) == "money" and q.year == case.year and q.about != "目标"
    ]
    for figure in load_main_figures():
        named = [q for q in money if q.item in figure.items and not q.scope and not qualified(case, q)]
        if len({q.number for q in named}) != 1:
            continue
        right = named[0]
        for other in money:
            if other.item or other.table or not differ(right, other) or not _near(right, other):
                continue
            if _called(case, other, figure) and not _explained(case, right, other):
                message = f"“{figure.name}”这里是{other.value}{other.unit}，另一处是{right.value}{right.unit}；同一份报告只用一个数"
                yield case.finding(
                    "R08",
                    other.span,
                    message,
                    stated=f"{other.value}{other.unit}",
                    recomputed=f"{right.value}{right.unit}",
                    also=(right.span,),
                )


def _near(right: Quantity, other: Quantity) -> bool:
    return mistaken(in_unit(other, "万元"), in_unit(right, "万元"), places(other.value), _NEAR)


def _called(case: Case, quantity: Quantity, figure: MainFigure) -> bool:
    """Whether the words before a figure, since the one before it in its sentence, call it so and say nothing else."""
    before = [q for q in case.by_sentence.get(quantity.sentence, ()) if q.span.end <= quantity.span.start]
    start = max([quantity.sentence.start, quantity.span.start - _LONGEST, *(q.span.end for q in before)])
    lead = _MARKS.split(case.flat[start : quantity.span.start])[-1]
    return figure.words.fullmatch(load_blank().sub("", lead)) is not None


def _explained(case: Case, right: Quantity, other: Quantity) -> bool:
    gap = abs(in_unit(right, "万元") - in_unit(other, "万元"))
    return qualified(case, other) or told_gap(case, (right, other), gap, "万元")
