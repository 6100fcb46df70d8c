"""R18: faults that others found with the unit itself."""

import itertools
from collections import Counter
from collections.abc import Iterator

from hengji.auditing.case import Case, once
from hengji.auditing.problems.admitting import (
    ALLOWED,
    Admission,
    Claims,
    clause_around,
    is_of_another_year,
    is_right_again,
    says_no,
)
from hengji.auditing.problems.contradicting import names_alone, special_of, spoken_of
from hengji.model.extraction import ScoredItem, Span
from hengji.model.patterns import pattern

# So many of something went wrong; what is scarce, old or hard, and what was never claimed to be done, is no wrong.
_WENT_WRONG = pattern(
    r"漏[发报登记页检缴]|错[发报误漏]|逾期|超期|超标|报废|失效|超过|晚点|延误|(?<!推)迟[发报到]|仍(?!需|要|有待|较|然|有\d|未|没有)|不符|违规|违反|重复|丢失|损坏|停用|擅自|堵塞|过期|被投诉|被通报|被退回|被约谈"
)
_NUMBERED = pattern(r"(?:\d|[一两二三])\s?(?:个|名|人|户|件|起|次|批次?|份|处|项|家|笔|页|宗|例|台|辆|所|路|条)")
_OTHERS = pattern(r"企业|商户|经营|业主|个体|开发商|违法|用人单位|欠费|市民|居民|农户")
_TWO = 2


@once
def own_words(case: Case) -> dict[str, frozenset[str]]:
    """The pairs of characters of each leaf's name and text that no other leaf has."""
    texts = {i.name: spoken_of(f"{i.name} {case.text(i.body)} {i.actual} {i.remark}") for i in case.found.items}
    counted = Counter(pair for pairs in texts.values() for pair in pairs)
    return {name: frozenset(pair for pair in pairs if counted[pair] == 1) for name, pairs in texts.items()}


def own_violations(case: Case, claims: Claims, lost: list[ScoredItem], zones: list[Span]) -> Iterator[Admission]:
    """A clause of the problems that counts what went wrong, of what one leaf with full marks says is all well."""
    for zone in zones if claims else ():
        for match in _WENT_WRONG.finditer(case.flat, zone.start, zone.end):
            span = Span(*clause_around(case.flat, match.start(), match.end()))
            text = case.text(span)
            if not _NUMBERED.search(text) or _OTHERS.search(text) or is_right_again(case, text):
                continue
            if is_of_another_year(case, text, text) or ALLOWED.search(text) or says_no(text):
                continue
            pairs = spoken_of(text)
            if any(pairs & own_words(case).get(item.name, frozenset()) for item in lost):
                continue
            best = max(claims, key=lambda each: _nearness(case, pairs, each[0]))
            if _nearness(case, pairs, best[0]) >= _TWO and _is_of_its_thing(case, text, pairs, best[0]):
                yield Admission(span, *best)


def _is_of_its_thing(case: Case, text: str, pairs: frozenset[str], item: ScoredItem) -> bool:
    """Whether a problem has a word of a leaf's name, three of its own that any leaf's words are not full of, or two that make one thing (扫描图像)."""
    special = special_of(pairs)
    named = special & names_alone(case).get(item.name, frozenset())
    said = special & own_words(case).get(item.name, frozenset())
    return bool(named) or len(said) > _TWO or any(one + other in text for one, other in itertools.permutations(said, 2))


def _nearness(case: Case, pairs: frozenset[str], item: ScoredItem) -> int:
    """How many of a leaf's own words a problem has; a word of its name counts twice."""
    named = pairs & names_alone(case).get(item.name, frozenset())
    return len(pairs & own_words(case).get(item.name, frozenset())) + len(named)
