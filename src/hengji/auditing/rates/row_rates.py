"""R11: rates in the rows of a scorecard, against the target and the value beside them or the budget and spending told in the text."""

import re
from collections.abc import Iterator
from fractions import Fraction

from hengji.auditing.case import Case
from hengji.auditing.ledger import PLANNED, SPENT, WHOLE
from hengji.auditing.numbers import number, places
from hengji.auditing.slips import slip
from hengji.model.extraction import ScoredItem, Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_ONE = pattern(r"[≥>=不少低于计划目标:]*(?P<n>\d[\d,]*(?:\.\d+)?)\s?(?P<u>[\u4e00-\u9fff]{1,4})[。;,]?")
_DONE = pattern(
    r"(?:^|[,。;:(])(?:实际)?(?:完成率|完成|任务完成率|完成比例)(?:为|达到?|是|:)?\s?(?P<n>\d{1,3}(?:\.\d+)?)\s?%"
)
# 「拆除2300平方米，完成率125.00%」
_WITH_RATE = pattern(
    r"[\u4e00-\u9fff]{0,4}?(?P<done>\d[\d,]*(?:\.\d+)?\s?[\u4e00-\u9fff]{1,4}),(?P<rate>(?:任务)?完成率[^,。;]*)"
)
_NOT_OF_BOTH = pattern(r"分|年|月|日|天前|倍|元以内")
_FAR = 30  # points by which a rate is of something else
_HUNDRED = Fraction(100)


def rates_of_rows(case: Case) -> Iterator[Finding]:
    """「坑槽修补面积 18000平方米 17100平方米 …完成率96.50%」, which is 95.00%; 「预算执行率 96.00%」 of 48.00 and 45.60."""
    for item in case.found.items:
        if item.table:
            yield from _of_its_row(case, item)
            yield from _share_of_its_target(case, item)
            yield from _of_its_counts(case, item)
            yield from _of_the_budget(case, item)


def _of_its_row(case: Case, item: ScoredItem) -> Iterator[Finding]:
    target, actual, told = _ONE.fullmatch(item.target.strip()), _ONE.fullmatch(item.actual.strip()), item.remark
    if actual is None and (both := _WITH_RATE.fullmatch(item.actual.strip())) is not None:
        actual, told = _ONE.fullmatch(both["done"]), both["rate"]
    rate = _DONE.search(told) if target is not None and actual is not None else None
    if target is None or actual is None or rate is None or target["u"] != actual["u"] or "不超" in item.target:
        return
    aim, done = (Fraction(m["n"].replace(",", "")) for m in (target, actual))
    if not aim or _NOT_OF_BOTH.fullmatch(target["u"]) or "%" in item.target or _fits(rate["n"], done, aim):
        return
    right = done / aim * 100
    if (right > _HUNDRED and Fraction(rate["n"]) == _HUNDRED) or abs(right - Fraction(rate["n"])) > _FAR:
        return
    at = case.flat.find(f"{rate['n']}%", item.quote.start, item.quote.end)
    if at >= 0:
        yield _finding(case, item, at, rate["n"], f"{actual['n']} ÷ {target['n']}", right)


_SHARE = pattern(r"占(?:年初|全年|调整后)?(?:预算|计划|目标|控制数|任务)数?的?\s?(?P<n>\d{1,3}(?:\.\d+)?)\s?%")
_AMOUNT = pattern(r"[≤≥<>=不超过低于高]*(?P<n>\d[\d,]*(?:\.\d+)?)\s?(?P<u>万元|[\u4e00-\u9fff])")


def _share_of_its_target(case: Case, item: ScoredItem) -> Iterator[Finding]:
    """「≤32.00万元 | 27.45万元 | 占预算的87.58%」, which is 85.78%."""
    rate = _SHARE.search(item.remark)
    target, actual = _AMOUNT.fullmatch(item.target.strip()), _AMOUNT.fullmatch(item.actual.strip())
    if rate is None or target is None or actual is None or target["u"] != actual["u"]:
        return
    aim, done = (Fraction(m["n"].replace(",", "")) for m in (target, actual))
    at = case.flat.find(f"{rate['n']}%", item.quote.start, item.quote.end)
    if aim and at >= 0 and not _fits(rate["n"], done, aim):
        yield _finding(case, item, at, rate["n"], f"{actual['n']} ÷ {target['n']}", done / aim * 100)


_COUNTED = pattern(r"[^\d,。;]*(?<![\d.])(?P<n>\d{2,}(?:,\d{3})*)\s?(?P<u>[\u4e00-\u9fff])[^\d,。;]*")


def _of_its_counts(case: Case, item: ScoredItem) -> Iterator[Finding]:
    """「66.01% | 中药处方58930张，处方总量96514张」, which is 61.06%: a slip of the pen away from what two counts alone make."""
    rate = _RATE.fullmatch(item.actual.strip())
    told = (
        [_COUNTED.fullmatch(part) for part in re.split(r"[,;]", item.remark.strip("。 "))] if rate is not None else []
    )
    if rate is None or len(told) != 2 or told[0] is None or told[1] is None or told[0]["u"] != told[1]["u"]:
        return
    low, high = sorted(int(m["n"].replace(",", "")) for m in told if m is not None)
    right = Fraction(low, high) * 100 if high else Fraction(0)
    shown = number(right, places(rate["n"]))
    at = case.flat.find(f"{rate['n']}%", item.quote.start, item.quote.end)
    if at >= 0 and not _fits(rate["n"], Fraction(low), Fraction(high)) and _near_slip(rate["n"], shown):
        yield _finding(case, item, at, rate["n"], f"{low} ÷ {high}", right)


def _near_slip(one: str, other: str) -> bool:
    """Whether two rates are one digit, or the order of their digits, apart."""
    return bool(slip(one, other)) or sorted(one) == sorted(other)


_EXECUTION = pattern(r"(?:项目|部门|整体|全年|年度|资金)?(?:预算|资金)(?:支出)?执行率")
_RATE = pattern(r"(?P<n>\d{1,3}(?:\.\d+)?)\s?%")


def _of_the_budget(case: Case, item: ScoredItem) -> Iterator[Finding]:
    """A row that tells only the rate, where the text tells one budget and one spending in all."""
    rate = _RATE.fullmatch(item.actual.strip())
    if rate is None or not _EXECUTION.fullmatch(item.name) or re.search(r"\d\s?万?元", case.text(item.body)):
        return
    if _CHANGED.search(case.flat):
        return  # which budget the rate is of is not told
    wholes = [e for e in case.ledger if e.line == WHOLE and e.year == case.year and e.amount]
    plans = {e.amount for e in wholes if e.stage in PLANNED}
    spent = {e.amount for e in wholes if e.stage == SPENT}
    if len(plans) != 1 or len(spent) != 1 or any(e.stage not in (*PLANNED, SPENT) for e in wholes):
        return
    plan, paid = plans.pop(), spent.pop()
    right = paid / plan * 100
    if paid > plan or _fits(rate["n"], paid, plan) or abs(right - Fraction(rate["n"])) > _NEAR:
        return
    at = case.flat.find(f"{rate['n']}%", item.quote.start, item.quote.end)
    if at >= 0:
        yield _finding(case, item, at, rate["n"], f"{number(paid, 6)} ÷ {number(plan, 6)}", right)


_CHANGED = pattern(r"(?<![未无])(?<!没有)(?<!未[作做])(?:追加|追减|调增|调减|核减|压减|调整(?:为|后|预算))")
_NEAR = 10  # points by which an execution rate may be off: more is of other money


def _fits(told: str, top: Fraction, bottom: Fraction) -> bool:
    """Whether a rate is that of two numbers, rounded or cut off."""
    return abs(top / bottom * 100 - Fraction(told)) < Fraction(1, 10 ** places(told))


def _finding(case: Case, item: ScoredItem, at: int, told: str, division: str, right: Fraction) -> Finding:
    shown = number(right)
    span = Span(at, at + len(told) + 1)
    message = f"写{told}%，按{division}计算是{shown}%"
    return case.finding("R11", span, message, stated=f"{told}%", recomputed=f"{shown}%", item=item.name)
