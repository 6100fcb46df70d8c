"""R06: scores of a leaf's parts told in one row, 「各占2分、3分、3分……得分1.6分、2.4分、3分」, that do not make its own."""

import re
from collections.abc import Iterator
from fractions import Fraction

from hengji.auditing.case import Case
from hengji.auditing.moved_points import worth
from hengji.auditing.numbers import number
from hengji.auditing.rescoring.leaf_facts import own_words
from hengji.auditing.rescoring.sheet import compact
from hengji.model.extraction import ScoredItem
from hengji.model.finding import Finding, Severity
from hengji.model.patterns import pattern

_N = r"\d{1,2}(?:\.\d{1,2})?"
_ROW = rf"(?P<row>{_N}分?(?:[、/]{_N}分?){{1,7}}(?:和{_N}分?)?)(?<=分|\d)"
_GOT = pattern(
    rf"(?<![应可各])(?:得分|计分|得|计)(?:分别|依次|各)?(?:为|是|:)?{_ROW}|(?:分别|依次)(?:应|可)?(?:得分|计分|得|计)(?:为|是)?(?P<row2>{_N}分?(?:[、/]{_N}分?){{1,7}})"
)
_OF = pattern(
    rf"(?:各占|分别占|分别为|依次为|权重(?:分别)?为|分值(?:分别|依次)?为|各为)(?P<row>{_N}分(?:[、/]{_N}分){{1,7}})"
)
_EACH = pattern(rf"各(?:占|为|计)?(?P<n>{_N})分")
_OPEN = pattern(r"另|扣|加分|平均|折|调整?至|[调并移转划][入增]|减|最高|任一|其一|之一|二选一|择")
_LITTLE = Fraction(1, 100)


def parts_in_a_row(case: Case) -> Iterator[Finding]:
    """A leaf whose parts have its points, each with a score in one row, and that claims another sum."""
    for item in case.found.items if "、" in case.flat else ():
        if item.claimed is None or not item.points or item.doubtful or item.not_applicable or item.hundred is not None:
            continue
        points, claimed = Fraction(worth(case, item) or 0), Fraction(item.claimed)
        text = f"{compact(item.rule)}|{own_words(case, item)}" if item.table else own_words(case, item)
        got = _got(text)
        if got is None or claimed > points or item.points != worth(case, item):
            continue
        made = sum(got, Fraction(0))
        if abs(made - claimed) >= _LITTLE and made <= points and _are_all(text, got, points):
            yield _finding(case, item, got, made)


def _got(text: str) -> list[Fraction] | None:
    """The one row of scores that a leaf tells."""
    found = list(_GOT.finditer(text))
    if len(found) != 1 or _OPEN.search(text[found[0].end() :]) or _OPEN.search(text[: found[0].start()][-12:]):
        return None
    return _figures(found[0]["row"] or found[0]["row2"])


def _are_all(text: str, got: list[Fraction], points: Fraction) -> bool:
    """Whether the scores are those of all parts: as many as have points of their own, none of them with more than its own."""
    rows = [_figures(match["row"]) for match in _OF.finditer(text)]
    alike = list(_EACH.finditer(text))
    if not rows and len(alike) == 1:
        rows = [[Fraction(alike[0]["n"])] * len(got)]
    if len(rows) != 1 or len(rows[0]) != len(got) or sum(rows[0], Fraction(0)) != points:
        return False
    return all(had <= worth_of for had, worth_of in zip(got, rows[0], strict=True))


def _figures(row: str) -> list[Fraction]:
    return [Fraction(n) for n in re.findall(_N, row)]


def _finding(case: Case, item: ScoredItem, got: list[Fraction], made: Fraction) -> Finding:
    claimed, right = number(Fraction(item.claimed or 0)), number(made)
    message = f"“{item.name}”各部分得分{'＋'.join(number(each) for each in got)}＝{right}分，自评{claimed}分"
    place = item.quote if item.table else case.leaf_passage(item)
    return case.finding(
        "R06", place, message, severity=Severity.WARNING, stated=claimed, recomputed=right, item=item.name
    )
