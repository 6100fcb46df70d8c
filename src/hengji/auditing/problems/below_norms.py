"""R18: work that a problem tells as below what the norms ask for, against the one leaf with full marks for all of it being accepted."""

from collections.abc import Iterator

from hengji.auditing.case import Case
from hengji.auditing.problems.admitting import (
    ALLOWED,
    RULE,
    Admission,
    clause_around,
    is_of_another_year,
    is_right_again,
)
from hengji.auditing.problems.claiming import place_of
from hengji.model.extraction import ScoredItem, Span
from hengji.model.patterns import pattern

_BELOW = pattern(
    r"(?:低于|达不到|不(?:符合|满足)|没有达到|未达到)(?:规范|设计|国标|行业标准|技术标准|合同)[^,。;]{0,8}[^。;]{0,30}?(?:未|没有?)[^,。;]{0,4}(?:返修|返工|整改|修复)"
)
_ACCEPTED = pattern(r"(?:验收|工程|质量)[^,。;]{0,6}(?:合格|达标|优良)率$|质量(?:达标|合格)?(?:情况)?$")


def below_norms(case: Case, full: list[ScoredItem], lost: list[ScoredItem], zones: list[Span]) -> Iterator[Admission]:
    """The clauses of the problems that tell of work below the norms that was not done over."""
    meant = [item for item in full if _ACCEPTED.search(item.name)]
    if len(meant) != 1 or any(_ACCEPTED.search(item.name) for item in lost):
        return
    for zone in zones:
        for match in _BELOW.finditer(case.flat, zone.start, zone.end):
            start, end = clause_around(case.flat, match.start(), match.end())
            text = case.flat[start:end]
            if RULE.search(text) or ALLOWED.search(text) or is_right_again(case, text):
                continue
            if not is_of_another_year(case, text, text):
                yield Admission(Span(start, end), meant[0], place_of(case, meant[0]), sure=True)
                return
