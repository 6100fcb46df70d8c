"""R33: a bonus against the parts of it told behind: 「加分3分：甲项加1分，乙项加1分」."""

from collections.abc import Iterator
from decimal import Decimal

from hengji.auditing.case import Case
from hengji.auditing.numbers import number
from hengji.model.extraction import Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_BONUS = pattern(
    r"(?:加分(?:得分|项目?|合计|共计?)?|(?:合计|共计?)加)(?:得分|计|为)?\s?(?P<n>\d{1,2}(?:\.\d+)?)\s?分[:,;(](?P<parts>[^。\n]{8,240})"
)
_PART = pattern(
    r"(?<![每各可应]项)(?<![每各可应]个)(?<![每各可应家省市县区]级)(?<![每各可应最])[加计]\s?(?P<n>\d(?:\.\d+)?)\s?分"
)
_LIMITED = pattern("最高|最多|上限|封顶|只计|不重复|不超过|取高|等|自评|得分")


def bonus_parts(case: Case) -> Iterator[Finding]:
    """A bonus that the points of its honours do not make."""
    for match in _BONUS.finditer(case.flat) if "加分" in case.flat or "加" in case.flat else ():
        parts = [Decimal(part["n"]) for part in _PART.finditer(match["parts"])]
        if len(parts) < _FEWEST or sum(parts) == Decimal(match["n"]) or _LIMITED.search(match["parts"]):
            continue
        total = number(sum(parts, Decimal(0)))
        span = Span(match.start(), match.end("n") + 1)
        also = (Span(match.start("parts"), match.end("parts")),)
        message = f"加分写{match['n']}分，列出的各项合计{total}分"
        yield case.finding("R33", span, message, stated=match["n"], recomputed=total, also=also)


_FEWEST = 2
