"""R16: where a report says that all it bought was planned, that nothing went beyond its plan, or that it bought nothing of a kind."""

from hengji.auditing.case import Case, once
from hengji.auditing.denials.clauses import Clause, clauses_with, told, year_of
from hengji.auditing.denials.denied import KINDS, of_kind
from hengji.auditing.denials.denying import denial
from hengji.auditing.denials.of_all import BOUGHT, kept_by_all
from hengji.model.extraction import Span
from hengji.model.patterns import pattern

_UNPLANNED = r"(?:无|没有|超|未列入?|未编|未纳入|超出)(?:采购)?(?:预算|计划)(?:外)?|(?:计划|预算)外|超范围|先采购后(?:编|补)[^,]{0,4}"
_HOW = r"(?:的|就|而|便|即|先行?|擅自)*"
# 「不存在没有预算就采购的情况」, 「无计划外采购」
_NONE_UNPLANNED = denial(
    rf"(?:政府)?(?:采购)?(?:(?:{_UNPLANNED}){_HOW}(?:政府)?(?:采购|购买|购置)?[、或和]?)*(?:{_UNPLANNED}){_HOW}(?:政府)?(?:采购|购买|购置)"
    rf"|采购(?:{_UNPLANNED})"
)
_TAKEN_IN = r"(?:有|列入|纳入|编入|编制|编列|安排|列有|编报|对应)(?:了|到|在)?"
_ALL = r"(?:均|全部|都|一律|全|逐[项笔]|无一例外)(?:已|能)?(?:按规定|按要求|事先|提前)?"
# 「均列入年初采购计划」, 「所有采购均先有预算后实施」
_ALL_LISTED = pattern(
    rf"{_ALL}{_TAKEN_IN}[^,\d]{{0,8}}(?:采购)?(?:预算|计划)|采购[^,\d]{{0,8}}{_ALL}(?:{_TAKEN_IN}|在)[^,\d]{{0,8}}(?:预算|计划)"
    r"|先(?:有|编|列|报)?(?:采购)?(?:预算|计划)[、]?(?:再|后)[^,\d]{0,4}(?:采购|实施|购|办)|每一?[项笔][^,\d]{0,6}采购[^,\d]{0,4}(?:都|均)?有(?:预算|计划)"
)
_BOUGHT_THERE = pattern("采购|购")
_OF_KINDS = {kind: of_kind(kind) for kind in KINDS}


@once
def within_plans(case: Case) -> tuple[Span, ...]:
    """Where the report says that nothing was bought beyond its plan."""
    found = [c for c in clauses_with(case, _NONE_UNPLANNED) if _none_unplanned(c) and told(case, c)]
    return tuple(span for span in (*(c.span for c in found), *kept_by_all(case, BOUGHT)))[:1]


@once
def all_in_plans(case: Case) -> tuple[Span, ...]:
    """Where the report says that nothing was bought without a plan."""
    listed = (
        c.span
        for c in clauses_with(case, _ALL_LISTED)
        if _all_listed(c) and told(case, c) and year_of(case, c) == case.year
    )
    return within_plans(case) or tuple(listed)[:1]


def _none_unplanned(clause: Clause) -> bool:
    return "采购" in clause.text and _NONE_UNPLANNED.search(clause.text) is not None


def _all_listed(clause: Clause) -> bool:
    about = _BOUGHT_THERE.search(clause.text) is not None or "采购" in clause.before
    return about and _ALL_LISTED.search(clause.text) is not None


def of_no_such_kind(case: Case, kind: str) -> Span | None:
    """Where the report says that nothing of a kind was bought."""
    kind = kind.removesuffix("采购")
    return next((span for span, kinds in _denials(case) if kind in kinds), None)


@once
def _denials(case: Case) -> tuple[tuple[Span, frozenset[str]], ...]:
    """Each place that denies purchases of some kinds, with those kinds."""
    found = []
    for clause in clauses_with(case, *_OF_KINDS.values()) if "采购" in case.flat else ():
        kinds = {kind for kind in KINDS if _OF_KINDS[kind].search(clause.text)}
        if kinds and told(case, clause) and year_of(case, clause) == case.year:
            found.append((clause.span, frozenset(kinds)))
    return tuple(found)
