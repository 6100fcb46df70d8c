"""R07: what was done within a time and what took longer, against all that was done: 「办结1,206件，24小时内办结1,180件，超过24小时办结36件」."""

from collections.abc import Iterator

from hengji.auditing.case import Case
from hengji.model.extraction import Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_N = r"\d[\d,]*"
_TWO_TIMES = pattern(
    rf"(?P<all>{_N})\s?(?P<unit>[\u4e00-\u9fff]{{1,2}}?)[,(:]\s?(?:其中)?:?(?P<time>\d{{1,3}}\s?(?:个工作日|小时|分钟|日|天))(?:以)?内[^,。;\d]{{0,8}}?(?P<a>{_N})\s?(?P=unit)[,、;](?:超过?|逾)(?P=time)[^,。;\d]{{0,8}}?(?P<b>{_N})\s?(?P=unit)(?=[,。;)])"
)
_FEW = 20  # what differs by one part in so many may be of another total


def done_in_time(case: Case) -> Iterator[Finding]:
    """R07: within and beyond one time make all that there are."""
    for match in _TWO_TIMES.finditer(case.flat) if "内" in case.flat else ():
        whole, a, b = (int(match[part].replace(",", "")) for part in ("all", "a", "b"))
        unit = match["unit"]
        if a + b == whole or abs(a + b - whole) * _FEW > whole:
            continue
        message = f"{match['time']}内{a}{unit}加超过{match['time']}{b}{unit}是{a + b}{unit}，这里写共{whole}{unit}"
        also = (Span(*match.span("a")), Span(*match.span("b")))
        span = Span(match.start("all"), match.end("unit"))
        yield case.finding("R07", span, message, stated=str(whole), recomputed=str(a + b), also=also)


_DEPRECIATED = pattern(
    r"原值(?:为|是|:)?\s?(?P<a>\d[\d,]*(?:\.\d+)?)\s?(?P<unit>亿元|万元|元),(?:已)?(?:累计)?(?:计提)?折旧(?:为|是|:)?\s?(?P<b>\d[\d,]*(?:\.\d+)?)\s?(?P=unit),(?:账面)?净值(?:为|是|:)?\s?(?P<c>\d[\d,]*(?:\.\d+)?)\s?(?P=unit)"
)


def worth_after_depreciation(case: Case) -> Iterator[Finding]:
    """R07: 「原值186.40万元，累计折旧98.60万元，净值87.80万元」."""
    for match in _DEPRECIATED.finditer(case.flat) if "折旧" in case.flat else ():
        a, b, c = (round(float(match[part].replace(",", "")) * 100) for part in ("a", "b", "c"))
        if abs(a - b - c) > 1:
            right = f"{(a - b) / 100:.2f}"
            unit = match["unit"]
            message = f"原值{match['a']}{unit}减累计折旧{match['b']}{unit}是{right}{unit}，净值写{match['c']}{unit}"
            span = Span(match.start("c"), match.end())
            yield case.finding("R07", span, message, stated=match["c"], recomputed=right)
