"""R18: a rate that a problem tells, below what the row of the leaf with full marks asks for: 「甲级率只有88%」 of 甲级病案率 ≥95%."""

from collections.abc import Iterator
from decimal import Decimal

from hengji.auditing.case import Case
from hengji.auditing.problems.admitting import ALLOWED, RULE, Admission, clause_around, is_of_another_year
from hengji.model.extraction import ScoredItem, Span
from hengji.model.patterns import pattern

_TOLD = pattern(
    r"(?P<name>[\u4e00-\u9fff]{2,8}率)(?:只有|仅有?|仅为|只是|才|只|不到|不足|低至|仅达到?)\s?(?P<n>\d{1,2}(?:\.\d+)?)\s?%"
)
_ASKED = pattern(
    r"(?:≥|>|不低于|不少于|达到?)\s?(?P<n>\d{1,3}(?:\.\d+)?)\s?%|(?P<m>\d{1,3}(?:\.\d+)?)\s?%\s?(?:及|\(含\)|或)?以上"
)
_GENERIC = pattern(r"(?:完成|执行|支出|支付|合格|达标|及时|覆盖|使用|利用|到位|办结)率")


def rates_below(case: Case, full: list[ScoredItem], lost: list[ScoredItem], zones: list[Span]) -> Iterator[Admission]:
    """The rates of the problems that are below the goal of the one leaf with full marks that they are named after."""
    for zone in zones:
        for match in _TOLD.finditer(case.flat, zone.start, zone.end):
            start, end = clause_around(case.flat, match.start(), match.end())
            text = case.flat[start:end]
            if RULE.search(text) or ALLOWED.search(text) or is_of_another_year(case, text, text):
                continue
            name = _shortest(match["name"], full)
            meant = [item for item in full if name and _is_inside(name, item.name)]
            if len(meant) != 1 or any(_is_inside(name, other.name) for other in lost):
                continue
            goal = _goal(case, meant[0])
            if goal is not None and Decimal(match["n"]) < goal:
                span = Span(start, end)
                yield Admission(span, meant[0], span, sure=True)


def _shortest(told: str, full: list[ScoredItem]) -> str:
    """The end of what is told that is the longest to be part of a leaf's name, and no general rate."""
    ends = (told[k:] for k in range(len(told) - 2))
    return next((e for e in ends if not _GENERIC.fullmatch(e) and any(_is_inside(e, i.name) for i in full)), "")


def _is_inside(short: str, name: str) -> bool:
    """Whether a short name has its characters from a longer one, in turn, first and last the same."""
    if not name.endswith("率") or short[:2] not in name:
        return False
    rest = iter(name[name.index(short[:2]) :])
    return all(character in rest for character in short)


def _goal(case: Case, item: ScoredItem) -> Decimal | None:
    told = f"{item.target} {item.rule}" if item.table else case.text(item.body)
    match = _ASKED.search(told)
    return Decimal(match["n"] or match["m"]) if match is not None else None
