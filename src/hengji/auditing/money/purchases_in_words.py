"""R16: what is said of purchases against their figures: what was saved of their plan, a rate that each kind is said to have passed, a payment larger than its kind."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from hengji.auditing.case import Case, once
from hengji.auditing.denials.denied import KINDS
from hengji.auditing.ledger import PLANNED, SPENT, Entry
from hengji.auditing.numbers import number
from hengji.model.extraction import Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_ALL = "政府采购"
_N = r"\d[\d,]*(?:\.\d+)?"
# 「比采购预算节约183.15万元」
_SAVED = pattern(
    rf"(?:[比较]|相?较于|低于|少于)(?:年初|全年|调整后)?(?:的)?(?:政府)?采购(?:预算|计划)(?:数|金额|总额)?(?:总共|共计|共|合计)?(?:节约|节省|节支|减少|少支出?|少用|少|低|结余)?(?:了|资金)*\s?(?P<n>{_N})\s?万元"
)
# 「三类采购的执行率都超过97%」
_EACH = pattern(
    r"(?P<what>(?:三|两|各|每|货物、工程、服务三?)类?(?:政府)?采购|货物、工程[、和]服务(?:采购)?)(?:项目|预算|计划)?(?:的)?(?:预算|计划)?(?:执行|完成)率(?:均|都|全部)"
    r"(?P<way>超过|高于|大于|达到?|在|不低于|不足|低于|不超过|小于)(?:了)?\s?(?P<n>\d{1,3}(?:\.\d+)?)\s?%(?P<end>以上|以内|以下)?"
)
_BELOW = ("不足", "低于", "不超过", "小于")
_PAID_BY = pattern(r"采购[^,。;]{0,8}(?:支付|支出|付)|(?:支付|支出)[^,。;]{0,16}$")
_MORE_THAN_A_YEAR = pattern(
    r"合同|[两三2-9]年|分期|上年|去年|累计|跨年|另|不计入|未列入|不列入|预算|计划|自行采购|限额|中标|成交"
)
_MOST = 3  # times its kind: more is another thing
_ALLOWED = pattern(r"追加|调增|调整")


@dataclass(frozen=True, slots=True)
class _Table:
    """What one paragraph tells as planned and as bought, of each kind and of all."""

    plan: dict[str, Entry]
    bought: dict[str, Entry]

    def whole(self, side: dict[str, Entry]) -> Fraction | None:
        """All that was planned, or bought: told as such, else the sum of the kinds, where there are several."""
        kinds = [e.amount for line, e in side.items() if line != _ALL]
        told = side.get(_ALL)
        return told.amount if told is not None else sum(kinds, Fraction(0)) if len(kinds) > 1 else None


@once
def _tables(case: Case) -> tuple[_Table, ...]:
    """The paragraphs and tables that tell both sides of the year's purchases."""
    lines = (_ALL, *(f"{kind}采购" for kind in KINDS))
    told: dict[int, _Table] = {}
    for e in case.ledger:
        if e.line in lines and e.year == case.year:
            table = told.setdefault(e.place, _Table({}, {}))
            side = table.plan if e.stage in PLANNED else table.bought if e.stage == SPENT else {}
            side.setdefault(e.line, e)
    return tuple(t for t in told.values() if t.plan and t.bought)


def purchases_as_told(case: Case) -> Iterator[Finding]:
    """What is said of purchases that their figures deny."""
    if "采购" in case.flat:
        yield from _saved(case)
        yield from _each_rate(case)
        yield from _beyond_their_kind(case)


def _saved(case: Case) -> Iterator[Finding]:
    """「采购预算5280万元，实际5196.85万元，比采购预算节约183.15万元」: 83.15."""
    known = [(plan, bought) for t in _tables(case) if (plan := t.whole(t.plan)) and (bought := t.whole(t.bought))]
    for match in _SAVED.finditer(case.flat) if known else ():
        told = Fraction(match["n"].replace(",", ""))
        sentence = case.text(case.sentence(match.start()))
        gaps = [plan - bought for plan, bought in known] + _parted(case)
        if told in gaps or _ALLOWED.search(sentence) or case.aimed_at(match.start()) or not _of_all(case, match):
            continue
        if told in {plan for plan, _ in known}:
            continue  # the plan itself: 「少于采购预算330万元」
        plan, bought = known[0]
        right = number(plan - bought, 6)
        message = (
            f"采购预算{number(plan, 6)}万元，实际采购{number(bought, 6)}万元，节约{right}万元，这里写{match['n']}万元"
        )
        yield case.finding("R16", Span(*match.span()), message, stated=match["n"], recomputed=right)
        return


def _parted(case: Case) -> list[Fraction]:
    """What was saved of each kind alone."""
    return [t.plan[line].amount - e.amount for t in _tables(case) for line, e in t.bought.items() if line in t.plan]


def _of_all(case: Case, match: re.Match[str]) -> bool:
    """Whether a saving stands in the paragraph of the figures and is of all that was bought there."""
    place = case.paragraph(match.start())
    before = [e for e in case.ledger if place.start <= e.span.start < match.start() and e.stage == SPENT]
    tender = re.search(
        r"招标|中标|成交|控制价|其中|项目", case.flat[case.sentence(match.start()).start : match.start()]
    )
    return bool(before) and before[-1].line.endswith("采购") and tender is None


def _each_rate(case: Case) -> Iterator[Finding]:
    """「三类采购的执行率都超过97%」, where goods are at 96.46 %."""
    for match in _EACH.finditer(case.flat):
        if case.aimed_at(match.start()):
            continue
        limit, below = Fraction(match["n"]), match["way"] in _BELOW or match["end"] in ("以内", "以下")
        for table in _tables(case):
            for line, bought in table.bought.items():
                plan = table.plan.get(line)
                if line == _ALL or plan is None or not plan.amount:
                    continue
                rate = bought.amount / plan.amount * 100
                if (rate > limit) if below else (rate < limit):
                    message = f"这里写“{match[0]}”，{line}预算{plan.shown}，实际{bought.shown}，执行率{number(rate)}%"
                    also = (bought.span,)
                    yield case.finding(
                        "R16",
                        Span(*match.span()),
                        message,
                        stated=f"{match['n']}%",
                        recomputed=f"{number(rate)}%",
                        also=also,
                    )
                    return


def _beyond_their_kind(case: Case) -> Iterator[Finding]:
    """A payment by public purchase larger than all that was bought of its kind: 47.60万元 for guards, where services are 40.78."""
    for table in _tables(case):
        whole = table.bought.get(_ALL)
        kinds = {line: e for line, e in table.bought.items() if line != _ALL}
        if whole is None or sum((e.amount for e in kinds.values()), Fraction(0)) != whole.amount:
            continue
        for e in case.ledger:
            of_kind = kinds.get(e.line)
            apart = e.stage == SPENT and e.year == case.year and not e.table and e.place != whole.place
            if of_kind is None or not apart or not of_kind.amount < e.amount <= of_kind.amount * _MOST:
                continue
            sentence = case.sentence(e.span.start)
            start = max(case.flat.rfind(mark, sentence.start, e.span.start) for mark in ",;") + 1
            clause = case.flat[max(start, sentence.start) : e.span.start]
            if _ALL not in clause or not _PAID_BY.search(clause) or _MORE_THAN_A_YEAR.search(clause):
                continue
            message = f"这里写政府采购支付{e.shown}，比全年{e.line}{of_kind.shown}还多"
            yield case.finding(
                "R16",
                Span(max(sentence.start, start), e.span.end),
                message,
                stated=e.shown,
                recomputed=of_kind.shown,
                also=(of_kind.span,),
            )
            return
