"""R11: rates of running text against the figures that they are made of; columns and the budget have files of their own."""

import itertools
from collections.abc import Iterator

from hengji.auditing.case import Case, Check
from hengji.auditing.numbers import common_unit, in_unit, number, places
from hengji.auditing.rates import column_rates, execution_rates, line_rates, one_whole
from hengji.auditing.rates.growth import grown_from_elsewhere, growth_holds
from hengji.auditing.rates.pairs import (
    CLAUSE,
    LESS_SOME,
    OF_MONEY,
    OF_ONE_LINE,
    PLAIN_RATE,
    TWO,
    are_kin,
    are_people,
    begun_and_done,
    by_slip,
    fits_lists,
    fits_rate,
    fits_sum,
    made_another,
    mistyped,
    namesakes,
    natural_pair,
    nearly_made,
    of_its_kind,
    of_wholes,
    ratio_of,
    share_of,
    slipped_from,
    unit_slipped,
)
from hengji.auditing.rates.per_mille import told_per_mille
from hengji.auditing.rates.right_beside import unless_far
from hengji.auditing.rates.target_rates import done_of_target, of_target_elsewhere, of_the_target
from hengji.auditing.rates.told_rates import control_rate, of_the_asked, shares_told, turned_over
from hengji.auditing.rates.written_rates import (
    bracketed_rates,
    derived_changes,
    derived_rates,
    explained_rates,
    summed_rates,
)
from hengji.library.texts import load_economy
from hengji.model.extraction import Quantity
from hengji.model.finding import Finding
from hengji.model.patterns import pattern
from hengji.model.units import dimension

_RATE = pattern(
    r"(?:率|比率|比例|比重|占比|[查盖]面|占[\u4e00-\u9fff]{0,10}|占[^,。;]{1,20}的|(?:为|是|完成)[^,。;]{2,14}\d(?:万元|个|人|项)的|进度|满意度)(?:为|是|达到?|均|高|约)*$"
)
_GROWTH = pattern(
    r"(?:增长|增加|上升|提高|增幅|下降|减少|降低|降幅|压减|压缩|节约|节省|下浮|节支|变动|变化)(?:率|幅度)?(?:为|了|达|约)*-?$"
)
_AIMED = pattern(r"\s?(?:\(含\)|及|或)?(?:以上|以内|以下)")  # what is to be reached is no result


def rates_recompute(case: Case) -> Iterator[Finding]:
    """R11: a percentage is the rounding of a ratio of the figures beside it; a rate over 0 is none."""
    found: dict[tuple[str, str], Finding] = {}
    told: set[int | None] = set()
    for finding in (f for check in _CHECKS for f in check(case)):
        ruled = finding.start is not None and _ruled(case, finding.start, finding.end or finding.start)
        if ruled or (finding.start is not None and finding.start in told):
            continue
        told.add(finding.start)
        key = (finding.stated, finding.recomputed)  # one wrong rate may be told in the text and in a table
        first = found.get(key, finding)
        found[key] = min(first, finding, key=lambda f: f.start or 0)
    yield from found.values()


_BOUND = pattern(r"(?:[≥≤><]|不低于|不少于|不高于|不超过|不得低于|大于|小于)=?\s?$")


def _ruled(case: Case, start: int, end: int) -> bool:
    """Whether a percentage belongs to a rule of scoring: 「执行率≥95%得10分」, 「95%（含）以上」."""
    return _BOUND.search(case.flat, max(0, start - 6), start) is not None or _AIMED.match(case.flat, end) is not None


def _told_rates(case: Case) -> Iterator[Finding]:
    """The percentages of running text."""
    for quantity in case.told_rates:
        if quantity.about == "目标" and not quantity.name.endswith("率"):
            continue
        words = case.flat[max(quantity.sentence.start, quantity.span.start - 24) : quantity.span.start]
        if _GROWTH.search(words) or _GROWTH.search(quantity.name):
            yield from growth_holds(case, quantity)
        elif _RATE.search(words) or _RATE.search(quantity.name):
            yield from _rate(case, quantity)


_EXPLAINED_BEHIND = pattern(r"\s?\(\s?[\d,.]+\D{0,4}[÷/]\s?[\d,.]+")
_BEYOND = 5000  # per cent: a ratio so far out shows a wrong unit, not a wrong rate


def _rate(case: Case, quantity: Quantity) -> Iterator[Finding]:
    if _EXPLAINED_BEHIND.match(case.flat, quantity.span.end) or load_economy().rates.search(quantity.name):
        return  # its own division follows, which is recomputed as such; or it is over an area that the sentence need not tell
    near = _of_its_own(case, quantity)
    pairs = [
        (a, b)
        for a, b in itertools.permutations(near, TWO)
        if dimension(a.unit) == dimension(b.unit) or are_people(a, b)
    ]
    if (
        any(fits_rate(quantity, a, b) for a, b in pairs)
        or any(fits_sum(quantity, near, b) for b in near)
        or fits_lists(quantity, near)
    ):
        return
    clause = case.flat[max(quantity.sentence.start, quantity.span.start - CLAUSE) : quantity.span.start]
    if LESS_SOME.search(clause):
        return  # of a part that the text takes out first
    apart = bool(near) and near[0].sentence != quantity.sentence
    if apart and execution_rates.EXECUTION.fullmatch(quantity.name) and any(q.item in OF_ONE_LINE for q in near):
        return  # the rate of the whole budget, after the amounts of one line
    zero = [q for q in near if q.number == 0 and q.about == "预算"]
    if zero and len([q for q in near if q.about == "预算"]) == len(zero) and quantity.number > 0:
        yield case.finding(
            "R11",
            quantity.span,
            f"“{zero[0].name}”是0，0不能作分母，得不出{quantity.value}%",
            stated=f"{quantity.value}%",
        )
        return
    chosen = _made_of(case, quantity, near)
    if chosen is None:
        return
    numerator, denominator = chosen
    counted = dimension(numerator.unit) != "money" and not (
        are_kin(quantity, numerator) or are_kin(quantity, denominator)
    )
    beside = [q for q in case.by_sentence.get(quantity.sentence, ()) if q.unit == "%" and q.name.endswith("率")]
    if counted and (len(beside) > 1 or _of_a_thing(quantity, numerator, denominator)):
        return  # one of several rates, none of which names what is counted; or the rate of something that has a name of its own
    if apart and _of_something_else(quantity, numerator, denominator):
        return
    if (
        fits_rate(quantity, numerator, denominator)
        or unit_slipped(quantity, numerator, denominator)
        or made_another(case, quantity, numerator, denominator)
        or not of_its_kind(quantity, numerator, denominator)
        or (numerator.number == denominator.number and dimension(numerator.unit) != "money")
        or (apart and numerator.number == 0 < quantity.number)  # one of its parts, of which there is none
    ):
        return
    unit = common_unit((numerator, denominator))
    if in_unit(denominator, unit) == 0:
        yield case.finding(
            "R11",
            quantity.span,
            f"“{denominator.name}”是0，0不能作分母，得不出{quantity.value}%",
            stated=f"{quantity.value}%",
        )
        return
    value = in_unit(numerator, unit) / in_unit(denominator, unit) * 100
    if value > _BEYOND or _explained(case, quantity, numerator, denominator):
        return  # one of the two bears a wrong unit: that is R12's
    shown = number(value, max(TWO, places(quantity.value)))
    yield case.finding(
        "R11",
        quantity.span,
        f"写{quantity.value}%，按{numerator.value}{numerator.unit} ÷ {denominator.value}{denominator.unit}计算是{shown}%",
        stated=f"{quantity.value}%",
        recomputed=f"{shown}%",
    )


def _of_a_thing(rate: Quantity, numerator: Quantity, denominator: Quantity) -> bool:
    """Whether a rate names a thing and no figure does, the numerator the greater: 「10项指标，9项达到目标，职业培训完成率60%」."""
    return len(rate.name) > _NAMED and numerator.number > denominator.number


_NAMED = 6  # characters of a name that says more than 「完成率」
_TO_SMALL = pattern(r"中小|小微|微型")
_IN_USE = pattern(r"在用|使用|利用|闲置")


def _of_its_own(case: Case, rate: Quantity) -> list[Quantity]:
    """The figures beside a rate, without those that its name rules out: kinds of procurement under a share for small firms, 净值 under a rate of use."""
    near = [q for q in case.beside(rate) if not _BY_THEN.match(case.flat, q.span.start)]
    if _TO_SMALL.search(rate.name):
        return [q for q in near if _TO_SMALL.search(q.name) or "合同" in q.name]
    return [q for q in near if "净值" not in q.name] if _IN_USE.search(rate.name) else near


_BY_THEN = pattern(
    r"\d+\s?(?:个?小时|个?工作日|天|日|分钟|个月)(?:(?:以|之)?内|以[上下])"
)  # a bound, no figure of the rate


def _made_of(case: Case, rate: Quantity, near: list[Quantity]) -> tuple[Quantity, Quantity] | None:
    """The numerator and the denominator that a rate is told to be made of."""
    chosen = (
        share_of(case, rate, near)
        or namesakes(rate, near)
        or natural_pair(rate, near)
        or of_wholes(case, rate, near)
        or begun_and_done(case, rate, near)
        or nearly_made(rate, near)
        or by_slip(rate, near)
    )
    if chosen is not None and _far(rate, *chosen):
        return slipped_from(rate, _told_before(case, rate))  # nobody writes 98 % for 3 %
    return chosen


_FAR = 5  # times


def _far(rate: Quantity, numerator: Quantity, denominator: Quantity) -> bool:
    """Whether two figures make a ratio out of all proportion to the rate, told in the same measure."""
    if numerator.unit != denominator.unit and not are_people(numerator, denominator):
        return False
    top, bottom, stated = numerator.number * 100, denominator.number, rate.number
    return bottom > 0 and stated > 0 and top > 0 and not stated < top / bottom * _FAR < stated * _FAR * _FAR


def _of_something_else(rate: Quantity, numerator: Quantity, denominator: Quantity) -> bool:
    """Whether what the sentence before a rate tells is not what the rate is of; a rate of a budget is made of money."""
    if OF_MONEY.search(rate.name) and not numerator.unit.endswith("元"):
        return True
    named = are_kin(rate, numerator) or are_kin(rate, denominator)
    return not (named or PLAIN_RATE.fullmatch(rate.name))


def _explained(case: Case, rate: Quantity, numerator: Quantity, denominator: Quantity) -> bool:
    """Whether a rate is right of two figures of its paragraph, or would be had one of the two been written as it stands elsewhere."""
    told = _told_before(case, rate)
    own = [q for q in told if q.sentence == rate.sentence]
    if any(ratio_of(rate, a, b) for a in own for b in told[-_NEAR_BY:] if a is not b):
        return True
    return mistyped(case, rate, numerator, denominator)


def _told_before(case: Case, rate: Quantity) -> list[Quantity]:
    """The figures that its paragraph tells before a rate."""
    paragraph = case.paragraph(rate.span.start)
    return [
        q
        for q in case.found.quantities
        if paragraph.start <= q.span.start < rate.span.start and not q.table and q.unit not in ("%", "‰", "个百分点")
    ]


_NEAR_BY = 12  # figures before a rate in its paragraph that are tried
_INFERRED: tuple[Check, ...] = (
    _told_rates,
    column_rates.execution_cells,
    column_rates.completion_cells,
    column_rates.taught_columns,
    column_rates.share_columns,
    one_whole.rates_of_one_whole,
    execution_rates.told_execution,
    execution_rates.told_beside_table,
    of_the_target,
    done_of_target,
    of_target_elsewhere,
    execution_rates.of_its_line,
    execution_rates.under_budget,
    execution_rates.over_spending,
    of_the_asked,
    execution_rates.of_difference,
    execution_rates.of_its_budget,
    execution_rates.of_paid_and_left,
    execution_rates.after_the_whole,
    line_rates.rates_of_lines,
)
# What these are made of is printed or named, so that they hold however far they are off.
_NAMED_PARTS: tuple[Check, ...] = (
    column_rates.named_columns,
    shares_told,
    derived_rates,
    summed_rates,
    bracketed_rates,
    explained_rates,
    derived_changes,
    turned_over,
    control_rate,
    told_per_mille,
    grown_from_elsewhere,
)
_CHECKS: tuple[Check, ...] = (*map(unless_far, _INFERRED), *_NAMED_PARTS)
