"""Which of two figures the figures beside them speak for."""

import itertools
from decimal import Decimal
from fractions import Fraction

from hengji.auditing.case import Case
from hengji.auditing.numbers import ratio_fits
from hengji.model.extraction import Quantity

NO_COUNT = ("%", "‰", "个百分点", "分", "年", "月", "日", "天", "")
_FEW = 2
_MOST = 8  # figures of a sentence that may make up one of them


def made_of_others(case: Case, quantity: Quantity) -> bool:
    """Whether a count is the sum of those told right behind it, or makes a rate of its sentence, told to the hundredth, with one of them."""
    beside = case.by_sentence.get(quantity.sentence, ())
    own = quantity.number
    counts = [q for q in beside if q is not quantity and q.unit not in NO_COUNT and q.number]
    behind = [q.number for q in counts if q.span > quantity.span and q.unit == quantity.unit][:_MOST]
    if own in list(itertools.accumulate(behind))[1:]:
        return True
    rates = [q for q in beside if q.unit == "%" and len(q.value.partition(".")[2]) == _FEW]
    return any(_makes(rate, own, count.number) for rate in rates for count in counts)


def _makes(rate: Quantity, one: Decimal, other: Decimal) -> bool:
    return ratio_fits(rate, Fraction(min(one, other)), Fraction(max(one, other)))
