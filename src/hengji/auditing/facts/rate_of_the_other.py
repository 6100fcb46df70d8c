"""R17: a number of people in post beside its control rate, where the rate is that of another number which the report tells of the same people."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from hengji.auditing.case import Case
from hengji.auditing.facts.control_rates import is_control
from hengji.auditing.numbers import ratio_fits
from hengji.model.extraction import Quantity
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_IN_POST = pattern(r"(?:在编|在职|在岗|实有)[\u4e00-\u9fff]{0,6}$")
_NO_STAFF = pattern("编制|上年|年初|去年|平均|月|行政|事业|工勤|参公|公务员|退休")
_NEAR = 4  # the part of the people by which another number may be off


def rate_of_the_other(case: Case) -> Iterator[Finding]:
    """R17: 「在编209人，编制212名，控制率96.70%」, where 205 are in post, and 205÷212 is 96.70 %."""
    if "控制率" not in case.flat:
        return
    for rate in case.found.quantities:
        if rate.unit != "%" or "." not in rate.value or rate.year != case.year or not is_control(case, rate):
            continue
        beside = [q for q in case.by_sentence.get(rate.sentence, ()) if q.unit in ("人", "名") and q.span < rate.span]
        inside = [q for q in beside if _IN_POST.search(q.name) and not _NO_STAFF.search(q.name)]
        posts = [q for q in beside if q not in inside]
        if len(inside) != 1 or len(posts) > 1:
            continue
        granted = [q.number for q in posts] or [q.number for q in case.quantities("编制数")]
        bottom = Fraction(granted[0]) if len(set(granted)) == 1 and granted[0] else None
        if bottom is None or ratio_fits(rate, Fraction(inside[0].number), bottom):
            continue
        right = _told_elsewhere(case, inside[0], rate, bottom)
        if right is not None:
            message = f"这里写{inside[0].value}人，控制率{rate.value}%却是{right}÷{bottom}；另一处在编{right}人"
            stated = inside[0].value
            yield case.finding("R17", inside[0].span, message, stated=stated, recomputed=str(right), also=(rate.span,))
            return


def _told_elsewhere(case: Case, inside: Quantity, rate: Quantity, bottom: Fraction) -> Decimal | None:
    """The number of people in post that another sentence tells and the rate is made of."""
    for q in case.found.quantities:
        other = q.unit in ("人", "名") and q.year == case.year and q.sentence != inside.sentence
        if not other or not (q.item == "在编人数" or _IN_POST.search(q.name)) or q.number == inside.number:
            continue
        if abs(q.number - inside.number) * _NEAR <= inside.number and ratio_fits(rate, Fraction(q.number), bottom):
            return q.number
    return None
