"""R16 told in words: bought without a plan, a kind of it beyond 100 %, more pieces than planned, a purchase beyond its own plan."""

from collections.abc import Iterator
from fractions import Fraction

from hengji.auditing.case import Case
from hengji.auditing.ledger import PLANNED, SPENT
from hengji.auditing.money.denied_purchases import all_in_plans
from hengji.auditing.money.procurement import procurement, unplanned_procurement
from hengji.auditing.numbers import number
from hengji.model.extraction import Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_PLAN = r"(?:采购|该类|此类|该项|该品目|此项)[^,。;\d]{0,4}(?:预算|计划)"
_WITHOUT = pattern(
    rf"(?:未|没有|无|未曾|漏)(?:在|被|办理|取得|单独)?(?:编制|编报|编列|申报|安排|纳入|列入|编入|列|报)?(?:(?!超|突破|低|执行|调整|变更)[^,。;\d\t\n]){{0,8}}{_PLAN}"
    rf"|在?{_PLAN}[^,。;\d\t\n]{{0,4}}(?:中|里|内)?[^,。;\d\t\n]{{0,2}}(?:无(?![调变超])|没有(?!同步|相应|及时|随|[调变超突用])|未列|未编|未含|不含|未安排|未包括)"
    r"|采购(?:预算|计划)(?:系|为|是)?(?:事后|后来?|采购后)补(?:报|编|办|录|充)"
    r"|(?:事后|之后|后|再)补(?:报|编|办|录|充)[^,。;\d]{0,8}采购(?:预算|计划)"
)
_PAID = pattern(
    r"(?:采购|购置|购买|购入|购|招标|询价|磋商|支出|合同|成交|中标|支付)[^。;\d]{0,16}?(?P<n>\d[\d,]*(?:\.\d+)?)\s?万元|(?P<m>\d[\d,]*(?:\.\d+)?)\s?万元"
)
_NOT_SO = pattern(
    r"自行采购(?:限额|管理)|零星|限额(?:以下|标准)|未达到?|低于限额|小额|追加(?!采购|购[买置入])|调整后|调整预算|预算调整|不存在|未发生|没有发生|杜绝|严禁|不得|避免|防止|退回|不得分|未执行|剩余|结余"
)
_BESIDE = 40  # characters
_DONE = pattern(r"采购|购置|购买|购入|支出|合同|支付|办理")


def bought_without_plan(case: Case) -> Iterator[Finding]:
    """R16: 「没有纳入政府采购预算和计划」 with an amount that was paid, in one sentence whatever the order."""
    if "采购" not in case.flat:
        return
    for match in _WITHOUT.finditer(case.flat):
        sentence = case.sentence(match.start())
        text = case.text(sentence)
        amounts = [m for m in _PAID.finditer(text) if Fraction((m["n"] or m["m"]).replace(",", "")) > 0]
        beside = case.flat[max(sentence.start, match.start() - _BESIDE) : min(sentence.end, match.end() + _BESIDE)]
        if not amounts or _NOT_SO.search(beside) or not _DONE.search(text.replace(match[0], "")):
            continue
        if case.aimed_at(match.start()) or "小企业" in text:
            continue
        if any(True for check in (procurement, unplanned_procurement) for _ in check(case)):
            return  # told by its amounts
        near = min(amounts, key=lambda m: abs(sentence.start + m.start() - match.start()))
        amount = near["n"] or near["m"]
        ends = (*all_in_plans(case), Span(match.start(), match.end()))
        message = f"{amount}万元没有采购预算而采购" + ("，这里却写没有这样的采购" if len(ends) > 1 else "")
        yield case.finding("R16", ends[0], message, stated=amount, recomputed="0", also=ends[1:])
        return
    yield from _though_all_planned(case)


def _though_all_planned(case: Case) -> Iterator[Finding]:
    """「均列入年初采购计划」 of things of which one is told elsewhere as 「没有列入当年采购计划」, whatever it cost."""
    for claim in all_in_plans(case):
        for match in _WITHOUT.finditer(case.flat):
            sentence = case.sentence(match.start())
            beside = case.flat[max(sentence.start, match.start() - _BESIDE) : min(sentence.end, match.end() + _BESIDE)]
            apart = not sentence.start <= claim.start < sentence.end and not claim.start <= match.start() < claim.end
            if apart and _DONE.search(beside.replace(match[0], "")) and not _NOT_SO.search(beside):
                message = f"这里写“{case.found.text(claim)}”，另一处写“{match[0]}”"
                yield case.finding("R16", claim, message, stated=match[0], also=(Span(*match.span()),))
                return


_KIND_RATE = pattern(
    r"(?:货物|工程|服务)类?(?:政府)?(?:采购)?(?:预算|计划)?(?:执行|完成)率(?:达到?|为|是)?\s?(?P<n>\d{3,}(?:\.\d+)?)\s?%"
)
_PIECES = pattern(
    r"采购(?:预算|计划)[^。;\d]{0,14}?(?P<a>\d+)\s?(?P<unit>台|辆|套|件|架|张|部|把)[^。;\d]{0,14}?(?:实际)?(?:采购|购置|购买|购入|配备)[^,。;\d]{0,6}(?P<b>\d+)\s?(?P=unit)"
)


def kinds_beyond(case: Case) -> Iterator[Finding]:
    """R16: 「服务类执行率118.00%」; 「采购计划电脑8台，实际购置11台」."""
    if "采购" not in case.flat:
        return
    for rate in _KIND_RATE.finditer(case.flat):
        told = case.text(case.paragraph(rate.start()))
        if Fraction(rate["n"]) > 100 and "采购" in told and not _RAISED.search(told):
            span = Span(rate.start(), rate.end())
            yield case.finding("R16", span, f"{rate[0]}，超过采购预算", stated=f"{rate['n']}%", recomputed="100%")
            return
    for pieces in _PIECES.finditer(case.flat):
        told = case.text(case.sentence(pieces.start()))
        if int(pieces["b"]) > int(pieces["a"]) and not _RAISED.search(told):
            message = f"采购计划{pieces['a']}{pieces['unit']}，实际{pieces['b']}{pieces['unit']}，超过计划"
            span = Span(pieces.start(), pieces.end())
            yield case.finding("R16", span, message, stated=pieces["b"], recomputed=pieces["a"])
            return


_RAISED = pattern(r"(?<!未)(?<!没有)(?<!未办理)(?<!未办理预算)(?<!没有办理)(?:追加|(?<!预算)调整(?:后|为)|批准|批复)")


def purchases_beyond(case: Case) -> Iterator[Finding]:
    """R16: one purchase told beside the whole, in a sentence of its own with one plan and one amount: 「采购预算17万元，中标价18.60万元」."""
    own = [e for e in case.ledger if e.line == "政府采购" and e.year == case.year and not e.table]
    first = {e.place for e in own[:1]}
    for place in dict.fromkeys(e.place for e in own if e.place not in first):
        here = [e for e in own if e.place == place]
        plans, bought = [e for e in here if e.stage in PLANNED], [e for e in here if e.stage == SPENT]
        if len(here) != len(plans) + len(bought) or len(plans) != 1 or len(bought) != 1:
            continue
        plan, spent = plans[0], bought[0]
        sentence = case.sentence(plan.span.start)
        if sentence != case.sentence(spent.span.start) or not 0 < plan.amount < spent.amount:
            continue
        if (
            spent.amount > plan.amount * 2
            or case.in_table(plan.span.start)
            or _RAISED.search(case.text(case.paragraph(plan.span.start)))
        ):
            continue
        message = f"采购预算{plan.shown}，实际{spent.shown}，超出{number(spent.amount - plan.amount, 6)}万元"
        yield case.finding("R16", spent.span, message, stated=spent.shown, recomputed=plan.shown, also=(plan.span,))
        return
