"""R15: what is said in words of receptions, cars and travel, against the figures and acts told elsewhere."""

from collections.abc import Iterator
from fractions import Fraction

from hengji.auditing.case import Case
from hengji.auditing.ledger import PLANNED, SPENT, Entry
from hengji.auditing.numbers import number
from hengji.library.lines import load_lines
from hengji.model.extraction import Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_ALL = "三公经费"
_LINE = r"(?:\"?三公\"?经费|公务接待费?|公务用车(?:运行维护|购置|运维)费?|公车(?:运行维护|运维|运行|购置)费?|因公出国(?:\(境\))?费?用?|接待费)"
# 「公务接待少支2.50万元」
_SAVED = pattern(
    rf"(?P<line>{_LINE})(?:支出|决算|实际)?(?:比|较)?(?P<plan>(?:年初|全年)?预算(?:数)?)?(?:少支出?|少用|少|节约|节支|节省|结余|压减|减少)(?:了|支出)?\s?(?P<n>\d[\d,]*(?:\.\d+)?)\s?万元"
)
_AGAINST_PLAN = pattern(r"(?:比|较|与|相较于?|对照|按照?)[^,。;\d]{0,6}预算")
_PAST = pattern(r"上年|去年|同期|同比|20\d\d年|其中")


def public_in_words(case: Case) -> Iterator[Finding]:
    """What is said of the three 公 that the report itself denies."""
    if "公务" in case.flat or "公车" in case.flat or "三公" in case.flat:
        yield from _saved(case)
        yield from _above_its_bound(case)


def _of_line(case: Case, line: str, year: int) -> tuple[list[Entry], list[Entry]]:
    """What was planned and what was spent of a line in a year."""
    own = [e for e in case.ledger if e.line == line and e.year == year]
    return [e for e in own if e.stage in PLANNED], [e for e in own if e.stage == SPENT or not e.stage]


def _line(words: str) -> str:
    return load_lines().line(words.replace('"', ""), _ALL)


def _saved(case: Case) -> Iterator[Finding]:
    """「与年初预算相比，公务接待少支2.50万元」, where 4.50 was planned and 2.45 spent."""
    for match in _SAVED.finditer(case.flat):
        lead = case.flat[case.sentence(match.start()).start : match.end()]
        if not (match["plan"] or _AGAINST_PLAN.search(lead)) or _PAST.search(lead.replace(f"{case.year}年", "")):
            continue
        plans, spent = _of_line(case, _line(match["line"]), case.year)
        beside = [(p, s) for p in plans for s in spent if case.sentence(p.span.start) == case.sentence(s.span.start)]
        pairs = beside[:1] or [(p, s) for p in plans for s in spent]
        gaps = {p.amount - s.amount for p, s in pairs}
        told = Fraction(match["n"].replace(",", ""))
        if len(gaps) != 1 or told in gaps or case.aimed_at(match.start()):
            continue
        (plan, paid), right = pairs[0], number(next(iter(gaps)), 6)
        message = f"{plan.line}预算{plan.shown}，支出{paid.shown}，少支{right}万元，这里写{match['n']}万元"
        also = (plan.span, paid.span)
        yield case.finding("R15", Span(*match.span()), message, stated=match["n"], recomputed=right, also=also)
        return


_BOUND = pattern(r"(?:≤|<=|不超过?|不高于|控制在)\s?(?P<n>\d[\d,]*(?:\.\d+)?)\s?万元(?:以[内下]|之内)?")
_PAID = pattern(r"(?:支出|决算|实际|使用)(?:数|额)?(?:为|是)?\s?(?P<n>\d[\d,]*(?:\.\d+)?)\s?万元")


def _above_its_bound(case: Case) -> Iterator[Finding]:
    """A row with full marks whose spending is above its own bound: 「“三公”经费控制 | ≤62.00万元 | 支出66.40万元，未超过预算」."""
    for item in case.found.items:
        bound = _BOUND.fullmatch(item.target.strip()) if item.table else None
        paid = _PAID.search(item.actual) if bound is not None and "三公" in item.name else None
        if bound is None or paid is None or item.claimed is None or item.claimed != item.points:
            continue
        if Fraction(paid["n"].replace(",", "")) > Fraction(bound["n"].replace(",", "")):
            message = f"“三公”经费支出{paid['n']}万元，超过目标值{bound['n']}万元，却得满分"
            yield case.finding("R15", item.quote, message, stated=paid["n"], recomputed=bound["n"], item=item.name)
