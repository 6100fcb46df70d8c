"""R07: how often something was done, against how often in the whole year: 「每季度召开1次调度会，全年召开5次」."""

from collections.abc import Iterator

from hengji.auditing.case import Case
from hengji.model.extraction import Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_EACH = pattern(
    r"每(?:个)?(?P<of>季度?|月|周|半年)(?P<act>[\u4e00-\u9fff]{2})(?:了)?(?P<n>[1-9])\s?[次期场轮](?P<what>[\u4e00-\u9fff]{0,8}),(?:全年|年内|本年|20\d\d年)(?:共|累计|合计|共计)?(?P<again>[\u4e00-\u9fff]{0,10}?)(?P<total>\d{1,3})\s?[次期场轮]"
)
_IN_A_YEAR = {"季": (4, 4), "季度": (4, 4), "月": (12, 12), "周": (52, 53), "半年": (2, 2)}
_LOOSE = pattern("至少|不少于|以上|最少|左右|约|起|开始|汛期|期间|假期|加密|临时|专项|另")


def rhythms_hold(case: Case) -> Iterator[Finding]:
    """A total of the year that its rhythm does not make, of the same act."""
    for match in _EACH.finditer(case.flat) if "每" in case.flat else ():
        least, most = _IN_A_YEAR[match["of"]]
        times, total = int(match["n"]), int(match["total"])
        same = not match["again"] or match["act"] in match["again"]
        if not same or least * times <= total <= most * times or _LOOSE.search(case.text(case.sentence(match.start()))):
            continue
        span = Span(match.start(), match.end())
        message = f"每{match['of']}{times}次，一年应是{least * times}次，这里写{total}次"
        yield case.finding("R07", span, message, stated=str(total), recomputed=str(least * times))
