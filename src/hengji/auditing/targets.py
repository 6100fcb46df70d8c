"""R06 in tables: a target, what was achieved, and the score claimed for it; the execution row against its rate."""

import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from hengji.auditing.case import Case
from hengji.auditing.numbers import number
from hengji.auditing.scores import tables
from hengji.extracting.header_words import header_kind
from hengji.model.extraction import ScoredItem
from hengji.model.finding import Finding, Severity
from hengji.model.numerals import read_decimal, round_half_up
from hengji.scoring.targets import AT_LEAST, AT_MOST, EQUAL, completion, read_actual, read_target

_DOUBT = re.compile(r"^[2²]\s?\d{2,3}(?:\.\d+)?%$")  # 「290%」 may be a misread 「≥90%」
_MET = Fraction(1)


def targets_met(case: Case) -> Iterator[Finding]:
    """Full marks although the number achieved misses the target, and no word on it; execution points above the rate."""
    scanned = case.found.document.form == "ocr" or bool(re.search(r"万兀|项Fl|顼目|预匏|XlO", case.flat))
    for items in tables(case):
        for item in items:
            if item.claimed is None or not item.points or item.doubtful:
                continue
            yield from _weighted(case, item)
            if item.name == "预算执行率":
                yield from _execution(case, item)
            elif not scanned:
                yield from _target(case, item)


def points_less_lost(case: Case) -> Iterator[Finding]:
    """A row of points, points taken off and score that do not go together: 8 − 1.5 is not 7."""
    for grid in case.grids:
        columns: dict[str, int] = {}
        for row in range(grid.rows):
            texts = grid.row(row)
            kinds = {header_kind(text): column for column, text in reversed(list(enumerate(texts)))}
            if kinds.keys() >= set(_SUBTRACTED):
                columns = {kind: kinds[kind] for kind in _SUBTRACTED}
                continue
            values = [read_decimal(texts[column]) for column in columns.values()]
            if not columns or None in values:
                continue
            points, lost, score = (abs(value) for value in values if value is not None)
            if lost and points - lost != score and lost < points:
                right = number(points - lost)
                message = f"分值{number(points)}分，扣{number(lost)}分，应得{right}分，得分写{number(score)}分"
                yield case.finding("R06", grid.row_span(row), message, stated=number(score), recomputed=right)


_SUBTRACTED = ("points", "lost", "score")
_RATE_LEAF = re.compile(r"执行率|完成率|支出率|到位率|及时率|覆盖率|回复率|办结率|验收率")
_CONTROL = re.compile(r"控制率")
_PART = Fraction(90)


def rates_against_claims(case: Case) -> Iterator[Finding]:
    """Full marks in running text beside a rate that misses them: well below 100 %, or a control rate above it."""
    for item in case.found.items:
        if (
            item.table
            or item.claimed is None
            or not item.points
            or item.claimed < item.points
            or item.claimed > item.points
        ):
            continue
        own = [
            q
            for q in case.found.quantities
            if q.unit == "%" and item.body.start <= q.span.start < item.body.end and q.about != "目标"
        ]
        for quantity in own if len(own) == 1 else ():
            rate = Fraction(quantity.number)
            control = bool(_CONTROL.search(item.name)) and "控制率" in quantity.name and rate > 100
            short = bool(_RATE_LEAF.search(item.name)) and bool(_RATE_LEAF.search(quantity.name)) and 0 < rate < _PART
            if control or (short and not _SUFFICES.search(case.text(item.body))):
                told = "超过100%" if control else "没有达到100%"
                yield case.finding(
                    "R06",
                    case.leaf_span(item),
                    f"“{item.name}”{quantity.value}%{told}，却得满分{number(item.points)}分",
                    severity=Severity.WARNING,
                    stated=number(item.claimed),
                    item=item.name,
                )
                break


_SUFFICES = re.compile(
    r"(?:≥|不低于|达到|高于|超过)\s?\d{2}(?:\.\d+)?\s?%[^。;]{0,16}(?:满分|得\d|计\d)|目标(?:值)?[^。;]{0,6}\d{2}(?:\.\d+)?%|扣"
)


_ROUNDED = Fraction(1, 100)


def _weighted(case: Case, item: ScoredItem) -> Iterator[Finding]:
    """A weighted score that is not score × weight."""
    raw, got = (item.claimed, item.weighted) if item.hundred is None else (item.hundred, item.claimed)
    if got is None or item.weight is None or raw is None:
        return
    expected = Fraction(raw) * Fraction(item.weight) / 100
    if abs(expected - Fraction(got)) <= _ROUNDED:
        return
    yield case.finding(
        "R06",
        item.quote,
        f"“{item.name}”得分{number(raw)} × 权重{number(item.weight)}%是{number(expected)}分，折算得分写{number(got)}分",
        stated=number(got),
        recomputed=number(expected),
        item=item.name,
    )


def _target(case: Case, item: ScoredItem) -> Iterator[Finding]:
    if (
        not item.target
        or not item.actual
        or _DOUBT.match(item.target)
        or _DOUBT.match(item.actual)
        or item.claimed != item.points
    ):
        return
    if item.target[:1] == "2" and item.actual.startswith(item.target[1:3]):
        return  # 「226次」 beside 「26次」 may be a misread 「≥26次」
    target = read_target("", item.target)
    if target is None or target.number is None or target.operator not in (AT_LEAST, AT_MOST, EQUAL):
        return
    actual = read_actual(re.sub(r"\(.*\)$", "", item.actual), target)
    if actual is None or re.search(
        r"不扣|视同|视为|调整为|调减|变更|按.{0,12}(?:计|得)|目标(?:已)?调|不可抗", item.remark
    ):
        return
    reached = completion(target, actual)
    explicit = bool(re.match(r"[≥≤=><]", item.target))
    if reached >= _MET or (target.operator == EQUAL and actual >= target.number):
        return
    yield case.finding(
        "R06",
        item.quote,
        f"“{item.name}”目标{item.target}，实际{item.actual}，没有达到，却得满分{number(item.points or Decimal(0))}分",
        severity=None if explicit else Severity.WARNING,
        stated=number(item.claimed or Decimal(0)),
        recomputed=number((item.points or Decimal(0)) * Decimal(reached.numerator) / Decimal(reached.denominator)),
        item=item.name,
    )


def _execution(case: Case, item: ScoredItem) -> Iterator[Finding]:
    match = re.fullmatch(r"(\d{1,3}(?:\.\d+)?)%", item.actual)
    if match is None or item.claimed is None or item.points is None:
        return
    rate = min(Fraction(match[1]) / 100, Fraction(1))
    expected = Fraction(item.points) * rate
    if (
        Fraction(item.claimed) - expected > Fraction(6, 1000)
        and rate < 1
        and round_half_up(expected, 1) != Fraction(item.claimed)
    ):
        yield case.finding(
            "R06",
            item.quote,
            f"预算执行率{item.actual}，按比例应得{number(expected)}分，自评{number(item.claimed)}分",
            severity=Severity.WARNING,
            stated=number(item.claimed),
            recomputed=number(expected),
            item=item.name,
        )
