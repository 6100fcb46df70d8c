"""R11: rates that a sentence names by what they are of: posts, answers, budgets."""

import re
from collections.abc import Iterator
from fractions import Fraction

from hengji.auditing.case import Case
from hengji.auditing.ledger import PLANNED, SPENT
from hengji.auditing.numbers import in_unit, number, ratio_fits
from hengji.auditing.rates.pairs import TWO, fits_lists
from hengji.extracting.phrases import known_phrases
from hengji.model.extraction import Quantity
from hengji.model.finding import Finding
from hengji.model.patterns import pattern
from hengji.model.units import dimension


def control_rate(case: Case) -> Iterator[Finding]:
    """The staff control rate against the quota and the people told anywhere in the report."""
    quota = case.quantities("编制数")
    people = [*case.quantities("在编人数"), *case.quantities("年末实有人数"), *case.quantities("在编公务员数")]
    if len({q.number for q in quota}) != 1 or not people or not quota[0].number:
        return
    bottom = Fraction(quota[0].number)
    posts = [
        Fraction(q.number) for q in case.found.quantities if q.unit in ("人", "名") and "编制" in q.name and q.number
    ]
    for rate in case.told_rates:
        if rate.year != case.year or not rate.name.endswith(("人员控制率", "编制控制率")):
            continue
        tops = [Fraction(q.number) for q in people]
        if any(ratio_fits(rate, top, each) for top in tops for each in posts) or any(
            ratio_fits(rate, a + b, bottom) for a in tops for b in tops
        ):
            continue
        shown = number(tops[0] / bottom * 100)
        message = f"写{rate.value}%，按{people[0].value}人 ÷ 编制{quota[0].value}人计算是{shown}%"
        yield case.finding("R11", rate.span, message, stated=f"{rate.value}%", recomputed=f"{shown}%")


_OF_THE_BUDGET = pattern(r"(?:控制率|执行率|预算的)(?:为|是|达到?)?\s?$")
_PAST = pattern(r"上年|去年|20\d\d年")


def over_last_year(case: Case) -> Iterator[Finding]:
    """A rate of a budget that last year's spending makes, and not the budget told before it: 「预算24.50万元，支出21.36万元，控制率89.75%」."""
    past = [q for q in case.found.quantities if q.year == case.year - 1 and dimension(q.unit) == "money" and q.number]
    for rate in case.told_rates if past else ():
        if not _OF_THE_BUDGET.search(case.flat, rate.sentence.start, rate.span.start):
            continue
        before = [e for e in case.ledger if rate.sentence.start <= e.span.start < rate.span.start and not e.table]
        spent = [e for e in before if e.stage == SPENT and e.year == case.year]
        lines = {e.line for e in spent}
        plans = [e for e in before if e.stage in PLANNED and e.year == case.year and e.line in lines and e.amount]
        pairs = [(s, p) for s in spent for p in plans if s.line == p.line]
        if not pairs or _PAST.search(case.flat, spent[-1].span.end, rate.span.start):
            continue
        if any(ratio_fits(rate, s.amount, p.amount) for s in spent for p in plans):
            continue
        made = next(
            ((s, p) for s, p in reversed(pairs) for q in past if ratio_fits(rate, s.amount, in_unit(q, "万元"))), None
        )
        if made is not None:
            shown = number(made[0].amount / made[1].amount * 100)
            message = f"写{rate.value}%，按{made[0].shown} ÷ 预算{made[1].shown}计算是{shown}%，用的可能是上年的数"
            yield case.finding("R11", rate.span, message, stated=f"{rate.value}%", recomputed=f"{shown}%")


_SATISFIED = pattern(r"满意")


def of_the_asked(case: Case) -> Iterator[Finding]:
    """「收回有效问卷600份，满意552份，满意度95.2%」: those satisfied over none of the numbers of those who were asked."""
    for rate in case.found.quantities:
        if rate.unit != "%" or rate.about == "目标" or "满意" not in rate.name or not rate.number:
            continue
        if not re.search(r"满意[度率]", rate.name):
            continue
        near = [
            q
            for q in case.by_sentence.get(rate.sentence, ())
            if q.span < rate.span and q.unit in ("人", "份", "名", "户", "家")
        ]
        content = [q for q in near if _SATISFIED.search(q.name)]
        asked = [q for q in near if q not in content and q.number]
        if len(content) != 1 or not asked or any(q.number < content[0].number for q in asked[-1:]):
            continue
        top = Fraction(content[0].number)
        if any(ratio_fits(rate, top, Fraction(q.number)) for q in asked) or fits_lists(rate, near):
            continue
        bottom = next((q for q in reversed(asked) if re.search(r"有效|收回|回收", q.name)), asked[-1])
        shown = number(top / Fraction(bottom.number) * 100)
        message = f"写{rate.value}%，按{content[0].value}{content[0].unit} ÷ {bottom.value}{bottom.unit}计算是{shown}%"
        yield case.finding("R11", rate.span, message, stated=f"{rate.value}%", recomputed=f"{shown}%")


_TOLD_SHARE = pattern(
    r"(?P<part>[\u4e00-\u9fff]{3,8})占(?:全部|本年|全年|年度)?(?P<whole>[\u4e00-\u9fff]{2,8}?)的?(?:比例|比重)?(?:为|是|达)?\s?$"
)


def shares_told(case: Case) -> Iterator[Finding]:
    """「项目支出占总支出的30.84%」, where both amounts stand elsewhere, each with one value."""
    phrases = known_phrases()
    for rate in case.told_rates:
        if rate.year != case.year:
            continue
        match = _TOLD_SHARE.search(case.flat, rate.sentence.start, rate.span.start)
        if match is None or [q for q in case.by_sentence.get(rate.sentence, ()) if dimension(q.unit) == "money"]:
            continue
        amounts: list[Fraction] = []
        side = "预算" if "预算" in match["whole"] else "实际"
        for name in (match["part"], match["whole"]):
            item = phrases.sided(name, "万元", side, "") or phrases.item(name, "万元")
            values = {in_unit(q, "万元") for q in case.quantities(item)} if item else set()
            amounts.extend(values if len(values) == 1 else ())
        if len(amounts) == TWO and amounts[1] and not ratio_fits(rate, amounts[0], amounts[1], Fraction(1, 100)):
            shown = number(amounts[0] / amounts[1] * 100)
            message = f"写{rate.value}%，按{number(amounts[0], 6)} ÷ {number(amounts[1], 6)}计算是{shown}%"
            yield case.finding("R11", rate.span, message, stated=f"{rate.value}%", recomputed=f"{shown}%")


_OF_A_PLAN = pattern(r"(?:控制|执行|支出|使用|拨付|支付)率(?:达到?|为|是|:)?\s?$")
_PLAN = pattern(r"预算|计划|安排|指标数?$")
_NAMED = 16  # characters before a rate or a figure that name it
_TOGETHER = 40  # characters in which a rate stands behind its two figures


def turned_over(case: Case) -> Iterator[Finding]:
    """「12.80万元，预算12.00万元，控制率93.75%」: the budget over what was spent of it."""
    before: list[Quantity] = []
    for rate in case.found.quantities:
        if rate.unit != "%":
            before = [*before[-1:], rate]
            continue
        if len(before) < TWO or not rate.number or rate.about == "目标":
            continue
        one, other = before
        words = case.flat[max(rate.sentence.start, rate.span.start - _NAMED) : rate.span.start]
        near = one.sentence.start <= rate.sentence.start and rate.span.start - one.span.end <= _TOGETHER
        if (
            dimension(one.unit) != "money"
            or dimension(other.unit) != "money"
            or not near
            or not _OF_A_PLAN.search(words)
        ):
            continue
        if re.search(r"[\t\n。]", case.flat[one.span.end : rate.span.start]):
            continue
        plans = [q for q in before if _planned(case, q)]
        if len(plans) != 1:
            continue
        spent = other if plans[0] is one else one
        top, bottom = in_unit(spent, "万元"), in_unit(plans[0], "万元")
        if top and bottom and top != bottom and not ratio_fits(rate, top, bottom) and ratio_fits(rate, bottom, top):
            shown = number(top / bottom * 100)
            message = f"写{rate.value}%，分子分母颠倒了：按{spent.value} ÷ {plans[0].value}计算是{shown}%"
            yield case.finding("R11", rate.span, message, stated=f"{rate.value}%", recomputed=f"{shown}%")


def _planned(case: Case, quantity: Quantity) -> bool:
    lead = case.flat[max(quantity.sentence.start, quantity.span.start - _NAMED) : quantity.span.start]
    return _PLAN.search(re.split(r"[,;、\t。\d]", lead)[-1]) is not None
