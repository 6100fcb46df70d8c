"""R19: the cause that running text outside a leaf tells for what the leaf lost: in the problems, the conclusion, or a list of losses."""

from collections.abc import Iterator
from decimal import Decimal

from hengji.auditing.case import Case, once
from hengji.model.extraction import ScoredItem
from hengji.model.patterns import pattern

_LOSS = pattern(
    r"(?:[扣失丢减](?:了|减|除|去|掉|分)?|少得|未得|(?<![\d%])-)[::]?\s?(?P<n>\d+(?:\.\d+)?)\s?分|(?P<m>\d+(?:\.\d+)?)\s?分(?:未得|没有得)"
)
_CLAUSE = pattern(r"[^。;\n]+")
# What such a list says of the loss itself, which is no cause of it.
_OF_ITSELF = pattern(
    r"[失扣丢][去掉]?的?分|得分|满分|指标|主要|原因|缘由|缘故|理由|说明|情况|该项|本项|一项|合计|总计|其[中余]|各项|部分|自评|分别|上述|因此|所以|综合(?:考虑|评定)|实事求是|从严(?:掌握|要求)?|酌情|主动"
    r"|[系为是因共均等在见与和及的,、:()\"\s]|由于|\d+(?:\.\d+)?\s?分"
)
_TOLD = pattern(r"[\u4e00-\u9fff]{2}|\d%")
_LEAST = 4  # characters of a cause


def cause_told(case: Case, item: ScoredItem, lost: Decimal) -> bool:
    """Whether a sentence outside the leaves takes points off this one and says why: 「高企申报失1分，系2家企业研发费用占比不达标」."""
    return any(_is_cause(part) for n, part in _told_of(case, item) if n == lost)


def _is_cause(part: str) -> bool:
    rest = _OF_ITSELF.sub("", part)
    return len(rest) >= _LEAST and _TOLD.search(rest) is not None


def _told_of(case: Case, item: ScoredItem) -> Iterator[tuple[Decimal, str]]:
    """The points that sentences take off a leaf by its name, each with the words that are of this leaf alone."""
    for clause in _clauses(case):
        if item.name not in clause:
            continue
        names = _names_in(case, clause)
        own = next((span for span, name in names.items() if name == item.name), None)
        if own is None:
            continue
        others = [span for span, name in names.items() if name != item.name]
        start = max([end for _, end in others if end <= own[0]], default=0)
        losses = list(_LOSS.finditer(clause))
        before = [m.end() for m in losses if m.end() <= own[0]]
        end = min([at for at, _ in others if at >= own[1]], default=len(clause))
        behind = [m for m in losses if own[1] <= m.start() < end]
        if not behind:
            continue
        end = min([m.start() for m in behind[1:]], default=end)
        begin = own[0] if (others and start) or before else 0
        part = clause[begin : own[0]] + clause[own[1] : behind[0].start()] + clause[behind[0].end() : end]
        yield Decimal(behind[0]["n"] or behind[0]["m"]), part


def _names_in(case: Case, clause: str) -> dict[tuple[int, int], str]:
    """Where a clause has the names of leaves, the longest first."""
    found: dict[tuple[int, int], str] = {}
    for name in _names(case):
        at = clause.find(name)
        if at >= 0 and not any(start < at + len(name) and at < end for start, end in found):
            found[(at, at + len(name))] = name
    return found


@once
def _names(case: Case) -> tuple[str, ...]:
    return tuple(sorted({item.name for item in case.found.items}, key=len, reverse=True))


@once
def _clauses(case: Case) -> tuple[str, ...]:
    """The clauses of running text outside the leaves that take points off."""
    running = (t for span, t in case.running_with(_LOSS) if case.item_at(span.start) is None and _LOSS.search(t))
    return tuple(m[0] for text in running for m in _CLAUSE.finditer(text) if _LOSS.search(m[0]))
