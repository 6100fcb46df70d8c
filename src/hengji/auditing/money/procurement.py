"""R16: 政府采购, planned, carried out and by kind."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from hengji.auditing.case import Case
from hengji.auditing.ledger import PLANNED, SPENT, Entry, planned
from hengji.auditing.money.denied_purchases import all_in_plans, of_no_such_kind, within_plans
from hengji.auditing.numbers import number
from hengji.auditing.rates.written_rates import DERIVED
from hengji.model.extraction import Quantity, Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_ALL = "政府采购"
_KINDS = ("货物采购", "工程采购", "服务采购")
# That more was allowed is said with a paper or an amount; that much was bought beyond the plan is said by 「追加采购较多」.
_ADDED = pattern(
    r"追加[^,。;]{0,8}采购(?!较|过|偏|频|情况)|采购[^,。;]{0,10}(?:追加(?:至|到|后|了|\d)|调整(?:后|为))|调整后的?(?:政府)?采购预算"
)
_ADDED_HERE = pattern(r"追加[^,。;\d]{0,6}(?P<n>\d[\d,]*(?:\.\d+)?)\s?万元")


def _of_two_units(plan: Entry, bought: Entry) -> bool:
    """Whether one of the two has a place or a unit too many (67426.00 of 6980.00万元, 951.20万元 of 968.00元), which R12 tells."""
    return 0 < plan.amount * _SLIPPED < bought.amount


_SLIPPED = 8  # times the plan: no purchase goes that far beyond it


def procurement(case: Case) -> Iterator[Finding]:
    """R16: procurement beyond its plan, in all or in a category that had none."""
    own = _of_this_year(case)
    if _ADDED.search(case.flat):
        own = [
            e for e in own if e.stage not in PLANNED or e.stage == "调整"
        ]  # the plan that held last, where it is told
    pair = planned(own, _ALL, case.year)
    if (
        pair is not None
        and _beyond(pair[1].amount, pair[0].amount + _added(case, pair[0]))
        and not _of_two_units(*pair)
    ):
        plan, bought = pair[0].amount, pair[1].amount
        share = f"，是预算的{number(bought / plan * 100)}%" if plan else ""
        ends = (*within_plans(case), pair[1].span, pair[0].span)
        yield case.finding(
            "R16",
            ends[0],
            f"实际采购{number(bought, 6)}万元，超过预算{number(plan, 6)}万元{share}，超出{number(bought - plan, 6)}万元",
            stated=number(bought, 6),
            recomputed=number(plan, 6),
            also=ends[1:],
        )
        if within_plans(case):
            return  # one claim, which the whole denies
    complete = _complete_plan(own)
    for kind in _KINDS:
        pair = planned(own, kind, case.year)
        bought_of_kind = next((e for e in own if e.line == kind and e.stage == SPENT), None) or _rest(case, own, kind)
        if pair is not None:
            planned_of_kind, bought_of_kind = pair[0].amount, pair[1]
        elif bought_of_kind is not None and (first := next(_plans(own, kind), None)) is not None:
            planned_of_kind = first.amount
        elif complete and bought_of_kind is not None and not _names_a_place(case, bought_of_kind):
            planned_of_kind = Fraction(0)
        else:
            continue
        if pair is not None and _contracted(case, pair[0]):
            continue
        if bought_of_kind.amount > planned_of_kind:
            told = f"预算{number(planned_of_kind, 6)}万元" if planned_of_kind else "没有预算"
            message = f"{kind[:2]}类采购{told}，实际支出{number(bought_of_kind.amount, 6)}万元"
            stated, right = number(bought_of_kind.amount, 6), number(planned_of_kind, 6)
            ends = _ends(case, kind, bought_of_kind)
            yield case.finding("R16", ends[0], message, stated=stated, recomputed=right, also=ends[1:])


def _ends(case: Case, kind: str, bought: Entry) -> tuple[Span, ...]:
    """Where a kind beyond its plan is told: first where the report denies it, unless the amount's own paragraph does."""
    denied = of_no_such_kind(case, kind)
    claims = (denied,) if denied is not None else within_plans(case)
    place = case.paragraph(bought.span.start)
    here = any(place.start <= claim.start < place.end for claim in claims) or _KEPT.search(case.text(place))
    return (bought.span, *claims) if not bought.table and here else (*claims, bought.span)


def _names_a_place(case: Case, entry: Entry) -> bool:
    """Whether the word for services before an amount is only part of a place's name: 「综合服务中心盲道维修2.32万元」."""
    lead = re.split(r"[,。;、\t\n]", case.flat[max(0, entry.span.start - _LEAD) : entry.span.start])[-1]
    return "服务" in lead and "服务" not in _PLACE.sub("", lead)


_PLACE = pattern("服务(?:中心|站|点|大厅|窗口|平台|区|所)")
_LEAD = 30  # characters before an amount
_CONTRACTED = pattern(r"(?:签约|合同|中标|成交)(?!.*(?:预算|计划))")


def _contracted(case: Case, plan: Entry) -> bool:
    """Whether an amount is what was contracted, and no plan: 「预算500万元，实际签约486万元，其中工程186万元」; older work is paid beside it."""
    lead = case.flat[case.sentence(plan.span.start).start : plan.span.start]
    return not plan.table and _CONTRACTED.search(lead) is not None


_ONLY = pattern(r"[^。;\d]{0,4}?(?:全部|均|都)(?:为|是|属于?)(?P<kind>货物|工程|服务)类?(?:采购)?(?=[,。;)])")


def _all_of_a_kind(case: Case, entry: Entry) -> str:
    """The kind that a plan is said to be all of: 「采购预算100.00万元，全部为货物类」."""
    if entry.stage not in PLANNED or entry.table:
        return ""
    match = _ONLY.match(case.flat, entry.span.end) or _ONLY_TOLD.search(case.text(case.paragraph(entry.span.start)))
    return match["kind"] if match is not None else ""


_ONLY_TOLD = pattern(r"采购(?:预算|计划)(?:全部|均|都)(?:为|是|属于?)(?P<kind>货物|工程|服务)类?(?:采购)?(?=[,。;)])")


def _plans(own: Sequence[Entry], kind: str) -> Iterator[Entry]:
    return (e for e in own if e.line == kind and e.stage in PLANNED and not e.table)


def _rest(case: Case, own: Sequence[Entry], kind: str) -> Entry | None:
    """What was bought of a kind that goes by another name: all that was bought less the other kinds, where that amount is told beside them.

    「实际采购14.50万元，其中办公设备9.86万元、印刷服务4.64万元」, of a plan of goods and services.
    """
    whole = next((e for e in own if e.line == _ALL and e.stage == SPENT and not e.table), None)
    if whole is None or not _complete_plan(own) or next(_plans(own, kind), None) is None:
        return None
    others = {e.line: e.amount for e in own if e.line in _KINDS and e.stage == SPENT and e.place == whole.place}
    wanted = {e.line for e in own if e.line in _KINDS and e.stage in PLANNED and e.amount} - {kind}
    if not others or kind in others or not wanted <= others.keys():
        return None
    amount = whole.amount - sum(others.values(), Fraction(0))
    told = (q for q in case.by_sentence.get(case.sentence(whole.span.start), ()) if q.span > whole.span)
    return next((replace(whole, line=kind, amount=amount, span=q.span) for q in told if _is(q, amount)), None)


def _is(quantity: Quantity, amount: Fraction) -> bool:
    return quantity.unit == "万元" and Fraction(quantity.number) == amount > 0


def _of_this_year(case: Case) -> list[Entry]:
    """The year's entries; a plan under last year's number beside what was bought is this year's, its number a slip of its own (R13)."""
    told = [entry for entry in case.ledger if entry.line in (_ALL, *_KINDS) and not _left_out(case, entry)]
    told += [replace(e, line=f"{kind}采购") for e in told if e.line == _ALL and (kind := _all_of_a_kind(case, e))]
    own = [entry for entry in told if entry.year == case.year]
    if any(entry.stage in PLANNED for entry in own):
        return own
    bought = {entry.place for entry in own if entry.stage == SPENT and not entry.table}
    last = (e for e in told if e.year == case.year - 1 and e.stage in PLANNED and e.place in bought)
    return own + [replace(entry, year=case.year) for entry in last]


def _left_out(case: Case, entry: Entry) -> bool:
    """Whether an amount is said to be none of the procurement told: 「另有改造工程2,060.00万元公开招标，不列入采购统计」."""
    behind = case.flat[entry.span.end : case.sentence(entry.span.start).end].partition(";")[0]
    return not entry.table and _NOT_COUNTED.search(behind) is not None


_NOT_COUNTED = pattern(r"^[^;。]{0,40}?(?:不|未|没有)(?:列入|纳入|计入|算入|含在|属于|在)[^,。;]{0,10}(?:采购|统计)")


_KEPT = pattern(r"(?:均|都)(?:未|没有)(?:突破|超出?|超过)[^,。;]{0,4}(?:预算|计划)")


def _beyond(bought: Fraction, plan: Fraction) -> bool:
    """Whether more was bought than planned by more than a trifle."""
    return (bought - plan) * _TRIFLE > plan


_TRIFLE = 200  # a whole that is beyond its plan by less than one in so many


def _added(case: Case, plan: Entry) -> Fraction:
    """What the plan's own paragraph says was added to it."""
    found = _ADDED_HERE.findall(case.text(case.paragraph(plan.span.start))) if not plan.table else []
    return sum((Fraction(n.replace(",", "")) for n in found), Fraction(0))


def _complete_plan(entries: Sequence[Entry]) -> bool:
    """Whether a plan is split into kinds that make it: a kind left out was planned with nothing."""
    for whole in (e for e in entries if e.line == _ALL and e.stage in PLANNED):
        kinds = [e.amount for e in entries if e.place == whole.place and e.line in _KINDS and e.stage == whole.stage]
        if kinds and sum(kinds, Fraction(0)) == whole.amount:
            return True
    plans = [e for e in entries if e.line in _KINDS and e.stage in PLANNED]
    alone = {e.place for e in plans} - {e.place for e in entries if e.line == _ALL}
    return any(len({e.line for e in plans if e.place == place}) > 1 for place in alone)


def procurement_rates(case: Case) -> Iterator[Finding]:
    """R16: a rate of procurement above 100 % in the row or paragraph that scores it, where no amounts are named."""
    if case.quantities("采购预算金额") or _ADDED.search(case.flat):
        return
    own = _of_this_year(case)
    told = planned(own, _ALL, case.year) is None and not any(e.line in _KINDS for e in own)
    for rate in _RATE.finditer(case.flat) if told and "采购" in case.flat else ():
        if Fraction(rate["rate"]) * _TRIFLE > _FULL_RATE * (_TRIFLE + 1):
            message = f"政府采购执行率{rate['rate']}%，实际采购超过预算，没有说明追加或调整"
            span = Span(rate.start(), rate.end())
            yield case.finding("R16", span, message, stated=f"{rate['rate']}%", recomputed="100%")
    for item in case.found.items:
        match = DERIVED.search(case.flat, item.body.start, item.body.end) if "采购" in item.name else None
        if match is not None and _beyond(*(Fraction(match[key].replace(",", "")) for key in ("a", "b"))):
            message = f"实际采购{match['a']}，超过计划{match['b']}"
            span = Span(match.start(), match.end())
            yield case.finding("R16", span, message, stated=match["a"], recomputed=match["b"], item=item.name)


_RATE = pattern(
    r"采购(?:预算|计划)?(?:执行|完成)率(?:达到?|为|是)?\s?(?P<rate>1\d\d(?:\.\d+)?|[2-9]\d\d(?:\.\d+)?)\s?%"
)
_OF_PROCUREMENT = pattern(r"占(?:全部|全年|本年)?(?:政府)?采购[^,。;\d%]{0,10}的?\s?(?P<rate>\d{3}(?:\.\d+)?)\s?%")
_UNPLANNED = pattern(
    r"(?P<kind>货物|工程|服务)类?(?:采购)?(?:未安排|没有|无|未编制)(?:采购)?预算[^。;]{0,16}?实际[^。;\d]{0,10}(?P<n>\d+(?:\.\d+)?)\s?万元"
    r"|(?:未安排|没有|无|未编制)(?P<kind2>货物|工程|服务)类?采购预算[^。;]{0,16}?实际[^。;\d]{0,10}(?P<n2>\d+(?:\.\d+)?)\s?万元"
)
_NO_BUDGET = pattern(r"(?:未安排|没有|无|未编制)(?:(?:货物|工程|服务)类?)?(?:采购)?预算")  # stands in each of these
_NO_PLAN = pattern(r"(?:未编制|未编列|未编报|未安排|没有编制|没有安排|无)(?:年初)?政府采购(?:预算|计划)")
_BOUGHT = pattern(r"(?:采购|购置|购买|招标|询价|磋商|政采)[^。;\d]{0,16}?(?P<n>\d[\d,]*(?:\.\d+)?)\s?万元")
_LEFT_OUT = pattern(
    r"[\u4e00-\u9fff]{2,16}(?P<n>\d[\d,]*(?:\.\d+)?)\s?万元[^。;\d]{0,6}(?:未|没有)(?:纳入|列入|编入|编报|编列|编制|申报)[^。;,]{0,6}采购(?:预算|计划)"
)
_NOT_ENTERED = pattern(
    r"[未有](?:纳入|列入|编入|编报|编列|编制|申报)[^。;,]{0,6}采购(?:预算|计划)"
)  # stands in each of these
_BEYOND_PLAN = pattern(
    r"(?:较|比)?(?:年初)?(?:政府)?采购(?:预算|计划)(?:数|金额)?(?:超出|多出?|超支)\s?(?P<n>[1-9]\d*(?:\.\d+)?)\s?万元"
)
_BEYOND = pattern(r"[出多支]\s?[1-9]")  # stands in each of these
_NEAR = 80  # characters behind the words that there was no plan
_SMALL = pattern(r"自行采购|零星|限额|未达到|小额|分散采购|追加|调整")


def unplanned_procurement(case: Case) -> Iterator[Finding]:
    """R16: what the text itself says had no budget, and was bought: 「工程类采购未安排预算，实际采购6.00万元」."""
    if "采购" not in case.flat or _ADDED.search(case.flat):
        return
    for match in _UNPLANNED.finditer(case.flat) if _NO_BUDGET.search(case.flat) else ():
        amount = match["n"] or match["n2"]
        if Fraction(amount) > 0:
            kind = match["kind"] or match["kind2"]
            span = Span(match.start(), match.end())
            message = f"{kind}类采购没有预算，实际支出{amount}万元"
            yield case.finding("R16", span, message, stated=amount, recomputed="0")
    for match in _LEFT_OUT.finditer(case.flat) if _NOT_ENTERED.search(case.flat) else ():
        if Fraction(match["n"].replace(",", "")) > 0 and not _SMALL.search(case.text(case.sentence(match.start()))):
            ends, amount = (*all_in_plans(case), Span(match.start(), match.end())), match["n"]
            message = f"{amount}万元没有采购预算而采购"
            yield case.finding("R16", ends[0], message, stated=amount, recomputed="0", also=ends[1:])
    unplanned = _BEYOND.search(case.flat) and planned(_of_this_year(case), _ALL, case.year) is None
    for match in _BEYOND_PLAN.finditer(case.flat) if unplanned else ():
        span = Span(match.start(), match.end())
        yield case.finding("R16", span, f"写{match[0]}，没有说明追加或调整", stated=match["n"], recomputed="0")
    for match in _NO_PLAN.finditer(case.flat):
        paragraph = case.paragraph(match.start())
        bought = _BOUGHT.search(case.flat, match.end(), min(paragraph.end, match.end() + _NEAR))
        if bought is not None and not _SMALL.search(case.text(paragraph)):
            span = Span(match.start(), bought.end())
            message = f"写明没有政府采购预算，实际采购{bought['n']}万元"
            yield case.finding("R16", span, message, stated=bought["n"], recomputed="0")


def procurement_shares(case: Case) -> Iterator[Finding]:
    """R16: a part of procurement that is more than all of it: 「占政府采购支出总额的108.11%」, or in money."""
    for match in _OF_PROCUREMENT.finditer(case.flat):
        if Fraction(match["rate"]) > _FULL_RATE:
            message = f"一部分采购占采购总额的{match['rate']}%，超过100%，不可能"
            yield case.finding("R16", Span(match.start(), match.end()), message, stated=f"{match['rate']}%")
    for match in _TO_SMALL.finditer(case.flat) if "小企业" in case.flat or "小微企业" in case.flat else ():
        paragraph = case.paragraph(match.start())
        whole = [
            e
            for e in case.ledger
            if e.line == _ALL and e.stage == SPENT and paragraph.start <= e.span.start < match.start()
        ]
        amount = Fraction(match["n"].replace(",", ""))
        if whole and amount > max(e.amount for e in whole):
            message = f"授予中小企业{match['n']}万元，比采购总额{whole[-1].shown}还多，不可能"
            span = Span(match.start(), match.end())
            yield case.finding("R16", span, message, stated=match["n"], recomputed=whole[-1].shown)


_TO_SMALL = pattern(r"(?:中小|小微|小型|微型)企业[^,。;\d]{0,14}(?P<n>\d[\d,]*(?:\.\d+)?)\s?万元")
_FULL_RATE = Fraction(100)
