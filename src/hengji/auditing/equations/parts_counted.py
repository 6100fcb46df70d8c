"""R07: a sum that says of how many parts it is, right behind them, and that they do not make.

「维修2260.00万元，装备1345.00万元，资助987.00万元，三项合起来4529.00万元」.
"""

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from hengji.auditing.case import Case
from hengji.auditing.equations.figure import figures
from hengji.auditing.equations.near_sums import sum_finding
from hengji.auditing.facts.backing import NO_COUNT
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_FAR = 4  # a whole is off by less than one in so many
_SUMMED = pattern(
    r"[^,;。\d\n]{0,4}[,;]?(?:上述|以上|这)?(?P<n>[三四五六七八九])(?:项|类|个方面|部分|笔|块)(?:支出|资金|经费)?"
    r"(?:合起来|加起来|加在一起|相加|加总|合在一起|总计|共计|合计)(?:正好|恰好)?(?:就是|即为?|为|是|共|计|等于)?[^,;。\d\n]{0,10}"
)
_COUNTS = {"三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}


def lists_summed_up(case: Case) -> Iterator[Finding]:
    """R07: the sums behind a list that say of how many parts they are, where those before them make another."""
    every = figures(case)
    for at, whole in enumerate(every[1:], 1):
        last = every[at - 1]
        between = case.flat[last.span.end + len(last.unit) : whole.span.start]
        match = _SUMMED.fullmatch(between) if last.unit == whole.unit and whole.unit not in NO_COUNT else None
        if match is None or case.in_table(whole.span.start):
            continue
        parts = every[max(0, at - _COUNTS[match["n"]]) : at]
        linked = all(_LIST.fullmatch(case.flat, a.span.end, b.span.start) for a, b in pairwise(parts))
        total = sum((part.number for part in parts), Decimal(0))
        alike = len({part.unit for part in parts}) == 1 and len(parts) == _COUNTS[match["n"]]
        if alike and linked and total != whole.number and abs(total - whole.number) * _FAR < whole.number:
            yield sum_finding(case, whole, parts)


_LIST = pattern(r"[^,;。:\d\n]{0,10}[,、;和及][^,;。:\d\n]{0,20}")
