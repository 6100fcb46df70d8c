"""R16: a bid above its ceiling, and more paid than the contract of a purchase was worth."""

from collections.abc import Iterator

from hengji.auditing.case import Case
from hengji.model.extraction import Span
from hengji.model.finding import Finding
from hengji.model.numerals import read_decimal
from hengji.model.patterns import pattern

_N = r"(?P<{}>\d[\d,]*(?:\.\d+)?)\s?"
_ABOVE = pattern(
    r"(?P<what>最高限价|招标控制价|最高投标限价|采购限价|控制价)(?:金额)?(?:为|是|:)?\s?" + _N.format("a") + r"(?P<unit>亿元|万元|元)[^。;\d\n\t]{0,16}?"
    r"(?P<then>中标|成交|签约|合同)(?:金额|价格?|价款)?(?:为|是|:)?\s?" + _N.format("b") + r"(?P=unit)"
)  # fmt: skip
_PAID = pattern(
    r"(?P<what>合同)(?:总)?(?:金额|价款?|额)(?:为|是|:)?\s?" + _N.format("a") + r"(?P<unit>亿元|万元|元),[^。;\d\n\t]{0,8}?"
    r"(?P<then>实际支付|累计支付|已支付|支付)(?:金额|价款)?(?:为|是|:)?\s?" + _N.format("b") + r"(?P=unit)"
)  # fmt: skip
_GROWN = pattern(r"变更|增补|补充|追加|调整|增量|结算|另|含|质保|上年|历年|多份|各类|工程")
_BESIDE = 40  # characters


def contracts_kept(case: Case) -> Iterator[Finding]:
    """R16: 「最高限价30万元，中标价31.2万元」; 「采购合同金额28.6万元，实际支付29.8万元」, nothing said of a change."""
    for form in (_ABOVE, _PAID):
        for match in form.finditer(case.flat):
            a, b = read_decimal(match["a"]), read_decimal(match["b"])
            said = case.flat[max(case.sentence(match.start()).start, match.start() - _BESIDE) : match.end() + _BESIDE]
            if a is None or b is None or b <= a or (form is _PAID and ("采购" not in said or _GROWN.search(said))):
                continue
            unit = match["unit"]
            message = f"{match['then']}{match['b']}{unit}，超过{match['what']}{match['a']}{unit}"
            span = Span(match.start("then"), match.end())
            yield case.finding(
                "R16",
                span,
                message,
                stated=match["b"],
                recomputed=f"≤{match['a']}",
                also=(Span(match.start(), match.start("then")),),
            )
