"""R18: leaves whose own words a problem takes up."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from hengji.auditing.case import Case, once
from hengji.auditing.problems.admitting import Admission, Claims, act_words, is_of_another_year, is_right_again
from hengji.auditing.problems.claiming import row_said
from hengji.auditing.problems.zones import numbered
from hengji.auditing.wording import pairs_of
from hengji.library.texts import load_fields, load_general_words
from hengji.model.extraction import ScoredItem, Span
from hengji.model.patterns import pattern

_DEFECT = pattern(
    r"不|未|(?<![淹沉埋出])没(?![收落])|缺|少\s?\d|拖延|滞后|延误|超标|超期|逾期|多计|先[^,。;]{1,8}后|应[缴收]未|短少|指出|走过场|流于|追加|仅|只有"
)
_BODIES = pattern(r"[省市县区旗]?(?:财政|审计|市场监督管理|生态环境|应急管理)局")
_QUALITIES = frozenset(
    ["及时", "规范", "到位", "准确", "科学", "合理", "明确", "完整", "健全", "精准", "细致", "反映", "反馈"]
)
ENOUGH = 4
_TAIL = 3  # the last characters of a name by which a problem names it: 满意度


def contradictions(
    case: Case, claims: Claims, full: list[ScoredItem], lost: list[ScoredItem], zones: list[Span]
) -> Iterator[Admission]:
    """A problem that speaks of what one leaf with full marks claims to be done throughout, and of no leaf that lost points."""
    told = [
        (
            item,
            claim,
            spoken_of(item.name) | (said := spoken_of(said_with(case, item, claim).replace(item.name, " "))),
            said,
        )
        for item, claim in claims
    ]
    others = [spoken_of(f"{item.name} {case.text(item.body)} {item.actual} {item.remark}") for item in lost]
    for zone in zones if told else ():
        for span in numbered(case, zone):
            text = case.text(span)
            if not _DEFECT.search(text) or is_right_again(case, text) or is_of_another_year(case, text, text):
                continue
            pairs = spoken_of(_AMOUNTS.sub(" ", text))
            if any(item.name[-_TAIL:] in text for item in lost):
                continue
            item, claim, own, said = max(told, key=lambda each: _weight(text, pairs, each[2], each[3]))
            weight = _weight(text, pairs, own, said)
            if weight < ENOUGH + 2 and of_another_field(text, item, full):
                continue
            if weight >= ENOUGH and not any(_weight(text, pairs, other, other) >= weight for other in others):
                yield Admission(_nearest_clause(case, span, own), item, claim)


# A list that shares out an amount tells of no more than the amount: 「其中灌区153.50万元、供水73.10万元」.
_AMOUNTS = pattern(
    r"(?:[^,。;、:\d]{2,14}\d[\d,]*(?:\.\d+)?[万亿]?元[、,和]){2,}[^,。;、:\d]{2,14}\d[\d,]*(?:\.\d+)?[万亿]?元"
)


def _nearest_clause(case: Case, span: Span, own: frozenset[str]) -> Span:
    """The clause of a problem that speaks most of what a leaf says, where another clause tells of something else."""
    clauses = [Span(span.start + m.start(), span.start + m.end()) for m in re.finditer(r"[^。;]+", case.text(span))]
    texts = [case.text(clause) for clause in clauses]
    weights = [_weight(text, spoken_of(text), own, own) for text in texts]
    best = max(weights, default=0)
    return clauses[weights.index(best)] if weights.count(best) == 1 else span


def of_another_field(text: str, item: ScoredItem, full: Sequence[ScoredItem]) -> bool:
    """Whether a problem names a field of work that has leaves with full marks, but not this one."""
    named = [field for field in load_fields() if any(word in text for word in field.problems)]
    members = [leaf.name for field in named for leaf in full if any(word in leaf.name for word in field.leaves)]
    return bool(members) and item.name not in members


def paid_beside(case: Case, item: ScoredItem, problem: Span) -> bool:
    """Whether another leaf of the same group lost points for what a problem tells: the problem is of their common field."""
    told = spoken_of(case.text(case.paragraph(problem.start)))
    lost = (
        other
        for other in (case.found.items if item.path else ())
        if other.path == item.path
        and other.points is not None
        and ((other.claimed or 0) < other.points or _TAKEN_OFF.search(f"{other.actual} {other.remark}"))
    )
    return any(
        len(told & spoken_of(f"{other.name} {case.text(other.body)} {other.actual} {other.remark}")) >= _FACTS
        for other in lost
    )


_FACTS = 3  # pairs of characters that a problem and what was lost for it share
_TAKEN_OFF = pattern(r"(?<![每超])扣\s?\d+(?:\.\d+)?\s?分")


def said_with(case: Case, item: ScoredItem, claim: Span) -> str:
    """The words of a leaf that claims full marks: its row in a table, else the passage of its claim."""
    return row_said(case, item) if item.table else case.text(claim)


def spoken_of(text: str) -> frozenset[str]:
    """The pairs of characters that a text is about, without names of bodies and of qualities."""
    return pairs_of(_BODIES.sub(" ", text)) - _QUALITIES


def special_of(pairs: Iterable[str]) -> frozenset[str]:
    """Those of some pairs of characters that no leaf's words are full of: 派车, and not 管理."""
    return frozenset(pair for pair in pairs if not load_general_words().fullmatch(pair))


def _weight(text: str, pairs: frozenset[str], own: frozenset[str], said: frozenset[str]) -> int:
    """How much a problem speaks of a leaf: shared pairs, and more where one that the leaf claims is denied (不宜存 of 宜存)."""
    shared = pairs & own
    if not shared:
        return 0
    denied = any(denied_in(text, pair) for pair in shared & said)
    if not denied and not any(word in text for pair in shared for word in act_words().get(pair, ())):
        return 0  # the same things, and not what is done with them
    return len(shared) + 2 * denied


_DENIAL = pattern(r"(?:不|未|(?<![淹沉埋出])没(?![收落])|无人|缺|漏)[^,。;]{0,5}\Z")
_FAULT = pattern(
    r"[^,。;\d]{0,2}?(?:缺失|不全|不齐|不彻底|不到位|不规范|不及时|不完整|不足|偏[低慢粗]|滞后|薄弱|损坏|脱节|欠缺|不严|走过场|走形式|流于形式)"
)
_DENIAL_LONG = 7  # characters


def denied_in(text: str, word: str) -> bool:
    """Whether a word stands right behind one that denies it."""
    at = text.find(word)
    while at >= 0:
        if _DENIAL.search(text, max(0, at - _DENIAL_LONG), at) or _FAULT.match(text, at + len(word)):
            return True
        at = text.find(word, at + 1)
    return False


@once
def names_alone(case: Case) -> dict[str, frozenset[str]]:
    """The pairs of characters of each leaf's name that no other leaf's name has."""
    names = {item.name: spoken_of(item.name) for item in case.found.items}
    counted = Counter(pair for pairs in names.values() for pair in pairs)
    return {name: frozenset(pair for pair in pairs if counted[pair] == 1) for name, pairs in names.items()}
