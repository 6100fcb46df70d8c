"""R16: a contract above the plan that was filed for it, whatever the purchase is called."""

from collections.abc import Iterator
from fractions import Fraction

from hengji.auditing.case import Case
from hengji.auditing.money.contracts import contracts_kept
from hengji.auditing.money.procurement import procurement
from hengji.auditing.money.unplanned import purchases_beyond
from hengji.auditing.numbers import number
from hengji.model.extraction import Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_N = r"\d[\d,]*(?:\.\d+)?"
# 「计划备案15.00万元，实际合同15.74万元」, 「备案预算20万元，中标价21.60万元」
_PAIR = pattern(
    rf"(?:采购计划|计划备案|备案(?:的)?(?:采购)?(?:计划|预算|金额)|(?:采购|申报|批复)的?预算|计划(?:采购|申报|金额)?|最高限价|控制价)(?:金额|数|额)?(?:为|是|:)?\s?(?P<a>{_N})\s?万元"
    rf"[,;、(]\s?(?:经[^,。;\d]{{0,12}},?)?(?:实际|最终|最后)?(?:签订|签约)?(?:的)?(?:采购)?(?:合同|中标|成交)(?:价格?|金额|总?额|总价)?(?:为|是|达|:)?\s?(?P<b>{_N})\s?万元"
)
_LET = pattern(r"追加|调整|批准|同意|补充(?:计划|备案)|变更|两年|三年|跨年|分期|含(?:上年|20\d\d)|合计")
_MOST = 3  # times the plan: more is another purchase


def contracts_beyond_their_plan(case: Case) -> Iterator[Finding]:
    """A contract above its plan in one sentence that speaks of buying and of no change to the plan."""
    for match in _PAIR.finditer(case.flat) if "采购" in case.flat else ():
        plan, contract = (Fraction(match[key].replace(",", "")) for key in ("a", "b"))
        if not 0 < plan < contract <= plan * _MOST or _LET.search(case.text(case.paragraph(match.start()))):
            continue
        if not any(word in case.text(case.paragraph(match.start())) for word in ("采购", "政采", "招标")):
            continue
        checks = (contracts_kept, procurement, purchases_beyond)
        if any(_near(finding.start, match.start(), match.end()) for check in checks for finding in check(case)):
            return
        message = f"采购计划{match['a']}万元，合同{match['b']}万元，超出{number(contract - plan, 6)}万元"
        span, other = Span(match.start("b"), match.end()), Span(*match.span("a"))
        yield case.finding(
            "R16", span, message, stated=f"{match['b']}万元", recomputed=f"{match['a']}万元", also=(other,)
        )
        return


def _near(at: int | None, start: int, end: int) -> bool:
    return at is not None and start <= at < end
