"""R42: money saved in one line while everything was spent: where did it go."""

import re
from collections.abc import Iterator
from fractions import Fraction

from hengji.auditing.case import Case
from hengji.auditing.ledger import WHOLE, planned
from hengji.auditing.numbers import in_unit, number
from hengji.model.extraction import Span
from hengji.model.finding import Finding, Severity
from hengji.model.units import dimension

_ENOUGH = Fraction(1)  # 万元
_MUCH = Fraction(2)  # 万元, of a difference that the report does not tell itself
_HUNDRED = 100  # saved: a hundredth of the whole, or a tenth of the line itself
_TENFOLD = 10
_WHERE_TO = re.compile(
    r"调剂|调减|收回|(?:压减|节约|节省|结余|节余|剩余)[^,。;]{0,16}(?:用于|用在|投入)|统筹用于|调整用于|上缴|交回|退回|核减|缴回"
)
_SAVED = re.compile(
    r"(?:节约|节省|节支|结余|节余|剩余|少支出?|少用|压减|压缩|(?:较|比)预算(?:减少|少|低))(?:了|资金|经费|财政资金|预算|支出|采购资金|费用|金额|成本|预算资金)*(?:约|共|合计|达|共计)?(?:[\u4e00-\u9fff]{1,8}(?:费用?|经费|支出|成本|开支)(?:[、和及][\u4e00-\u9fff]{1,8}(?:费用?|经费|支出|成本|开支))*)?\s?(?P<n>\d[\d,]*(?:\.\d+)?)\s?万元"
)
_AGAINST_PLAN = re.compile(r"预算|计划|安排|招标|招投标|采购|中标|成交|控制价|概算|经费|项目")
_AGAINST_PAST = re.compile(r"[比较与](?:上|去|前|20\d\d)[^,。;]{0,12}$|同比|[上去]年[^,。;]{0,10}$")
_ALL_SPENT = re.compile(
    r"(?:支出率|执行率)[^,。;\t\n未不没低]{0,8}100(?:\.0+)?%(?!\s?[计得为(]|以上|含)|无结余|结转[^,。;\d]{0,8}(?<![\d.,])0(?:\.0+)?\s?万元|结余为0|无结转(?!两年|超过|\d)|全部(?:支出|执行|使用)完毕|没有结转|没有结余"
)
_LEFT = re.compile(
    r"(?:年末|年底|期末|结转下年)[^,。;\d\n]{0,12}(?:结转|结余)?[^,。;\d\n]{0,8}(?<=[结转余下年金为])\s?[1-9][\d,]*(?:\.\d+)?\s?万元"
)
_OF_A_LINE = re.compile(r"采购|三公|公用|项目(?:支出|资金|经费)|专项|合同|工程|基本支出|人员经费")


def saved_money(case: Case) -> Iterator[Finding]:
    """R42: much less spent than planned in one line, while everything was spent: where did it go."""
    if any(q.number > 0 for q in case.quantities("年末结转结余")) or _left(case):
        return
    anchor = _all_spent(case)
    if anchor is None:
        return
    for match in _SAVED.finditer(case.flat):
        saved = Fraction(match["n"].replace(",", ""))
        sentence = case.sentence(match.start())
        lead = case.flat[sentence.start : match.start()]
        if (
            saved < _ENOUGH
            or _AGAINST_PAST.search(lead[-24:])
            or not _AGAINST_PLAN.search(case.text(case.paragraph(match.start())))
            or _WHERE_TO.search(case.text(case.paragraph(match.start())))
            or _accounted(case, saved)
        ):
            continue
        message = f"写{match[0]}，全年资金却全部支出，没有说明节约的钱用到哪里"
        span = Span(match.start(), match.end())
        yield case.finding("R42", span, message, severity=Severity.WARNING, stated=match["n"])
        return
    yield from _public_saved(case, anchor)


def _left(case: Case) -> bool:
    """Whether money of the department's own was left at the end of the year."""
    return any(_NOT_OWN.search(match[0]) is None for match in _LEFT.finditer(case.flat))


_NOT_OWN = re.compile(r"代管|专户|往来|暂存|代收")


def _all_spent(case: Case) -> Span | None:
    """Where the report says that the whole year's money was spent, or tells a whole budget and a spending that are equal."""
    for match in _ALL_SPENT.finditer(case.flat):
        if "率" not in match[0] or not _of_a_line(case, match):
            return Span(match.start(), match.end())
    pair = planned(case.ledger, WHOLE, case.year)
    return pair[1].span if pair is not None and pair[0].amount == pair[1].amount else None


def _of_a_line(case: Case, rate: re.Match[str]) -> bool:
    """Whether a rate is of one line of money, by the indicator it stands in or by what its sentence spoke of last."""
    item = case.item_at(rate.start())
    sentence = case.sentence(rate.start())
    before = [e for e in case.ledger if sentence.start <= e.span.start < rate.start()]
    if before:
        return before[-1].line != WHOLE
    return (
        _OF_A_LINE.search(case.flat[sentence.start : rate.start()] + (item.name if item is not None else ""))
        is not None
    )


def _accounted(case: Case, saved: Fraction) -> bool:
    """Whether a sentence elsewhere names the amount saved and says where it went."""
    return any(
        any(dimension(q.unit) == "money" and in_unit(q, "万元") == saved for q in quantities)
        and _WHERE_TO.search(case.text(sentence))
        for sentence, quantities in case.by_sentence.items()
    )


def _public_saved(case: Case, anchor: Span) -> Iterator[Finding]:
    """三公经费 far below its budget, in a report that spent everything."""
    pair = planned(case.ledger, "三公经费", case.year)
    if pair is None:
        return
    plan, spent = pair
    saved = plan.amount - spent.amount
    wholes = [e.amount for e in case.ledger if e.line == WHOLE and e.year == case.year]
    much = bool(wholes) and (saved * _HUNDRED >= max(wholes) or saved * _TENFOLD >= plan.amount)
    if (
        saved < _MUCH
        or not much
        or _WHERE_TO.search(case.text(case.paragraph(spent.span.start)))
        or _accounted(case, saved)
    ):
        return
    message = f"“三公”经费比预算少支{number(saved, 6)}万元，全年资金却全部支出，没有说明这笔钱调剂到哪里"
    yield case.finding("R42", anchor, message, severity=Severity.WARNING, stated=number(saved, 6))
