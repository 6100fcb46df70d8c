"""R06: the parts, averages and formulas by which a leaf says it was scored, against the score that it gives itself."""

import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from hengji.auditing.case import Case
from hengji.auditing.moved_points import worth
from hengji.auditing.numbers import number, places
from hengji.model.extraction import ScoredItem, Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_N = r"\d{1,3}(?:\.\d{1,2})?"
_PART = pattern(rf"[,;](?:[^,;。\d]{{0,6}})?(?:计|得)\s?(?P<n>{_N})\s?分(?=[,;。\t\n]|$)")
_GIVEN = pattern(rf"(?:计|得)\s?{_N}\s?分")
_BESIDE = pattern(r"合计|(?<!公)共|扣至|最高|满分|应|另|减|加|含|并入|调入|折|平均|按\d|每[^,;。]{1,12}扣|不得分|酌情")
_FORMULA = pattern(
    rf"(?<![\d.×x*÷/)分])(?<![×x*÷/)分]\s)(?P<left>\d[\d.]*(?:%|分)?(?:\s?[×x*÷/]\s?\d[\d.]*%?){{1,4}})\s?=\s?(?P<n>{_N})\s?分"
)
_FACTOR = pattern(r"(?P<op>[×x*÷/])?\s?(?P<n>\d[\d.]*)(?P<rate>%)?")
_AVERAGE = pattern(
    rf"(?P<list>{_N}\s?分?(?:、{_N}\s?分?){{1,11}})[,;](?:取|按)?(?:[\u4e00-\u9fff]{{0,4}})?平均(?:数|分|值|得分)?(?:为|是|计|得)?\s?(?P<n>{_N})\s?分"
)
_PERCENT = pattern(
    rf"(?P<raw>\d{{2,3}}(?:\.\d+)?)\s?分,?按(?:权重)?(?P<w>\d{{1,2}}(?:\.\d+)?)%(?:的?权重)?(?:折算|折合|计算|加权)(?:计|为|得)?\s?(?P<n>{_N})\s?分"
)
_CENT = Fraction(11, 1000)


def parts_of_leaf(case: Case) -> Iterator[Finding]:
    """R06: 「……计3.8分；……计4分」 of a leaf that claims 7.6."""
    for item in case.found.items if "分" in case.flat else ():
        if item.claimed is None or item.doubtful or item.not_applicable or not item.points:
            continue
        text = case.text(Span(item.body.start, item.body.end)) if item.table else ""
        start, end = (item.body.start, item.body.end) if item.table else (item.span.end, item.body.end)
        if "\n\n" in text or _BESIDE.search(case.flat, start, end):
            continue
        parts = [m for m in _PART.finditer(case.flat, start, end) if m.start() > item.quote.end or item.table]
        made = sum((Decimal(m["n"]) for m in parts), Decimal(0))
        if sum(1 for m in _GIVEN.finditer(case.flat, start, end) if m.start() > item.quote.end) > len(parts):
            continue  # a score that was not read as a part
        if len(parts) < _FEWEST or made == item.claimed or not _whole(case, item, parts, made):
            continue
        listed = " + ".join(m["n"] for m in parts)
        message = f"“{item.name}”各部分计分 {listed} = {number(made)}分，自评{number(item.claimed)}分"
        yield case.finding(
            "R06", item.quote, message, stated=number(item.claimed), recomputed=number(made), item=item.name,
            also=tuple(Span(m.start() + 1, m.end()) for m in parts),
        )  # fmt: skip


_FEWEST = 2


def _whole(case: Case, item: ScoredItem, parts: list[re.Match[str]], made: Decimal) -> bool:
    """Whether the parts can be all of the leaf's score: they are within its points, and no clause with a count or rate stands without its part."""
    points = worth(case, item) or item.points or Decimal(0)
    if not 0 < made <= points or any(Decimal(m["n"]) >= points for m in parts):
        return False
    return made * 2 > points


def formulas_of_points(case: Case) -> Iterator[Finding]:
    """R06: a product written out with its score, which is another: 「30×8÷8＝28.00分」."""
    for match in _FORMULA.finditer(case.flat) if "=" in case.flat else ():
        value = Fraction(1)
        for factor in _FACTOR.finditer(match["left"]):
            figure = _read(factor["n"])
            if not figure:
                break
            figure = figure / 100 if factor["rate"] else figure
            value = value / figure if factor["op"] in ("÷", "/") else value * figure
        else:
            item = case.item_at(match.start())
            told = Fraction(match["n"])
            capped = item is not None and item.points is not None and told == item.points < value
            if abs(value - told) * 2 > Fraction(1, 10 ** places(match["n"])) + _CENT and not capped:
                message = f"{match['left']}是{number(value)}分，这里写{match['n']}分"
                span = Span(*match.span())
                yield case.finding(
                    "R06", span, message, stated=match["n"], recomputed=number(value), item=item.name if item else ""
                )


def _read(text: str) -> Fraction:
    try:
        return Fraction(text.rstrip("."))
    except ValueError:
        return Fraction(0)


def averages_of_points(case: Case) -> Iterator[Finding]:
    """R06: 「分别为28分、29分、30分、29分，取平均数30分」; 「百分制评定92分，按30%折算计30分」."""
    for match in _AVERAGE.finditer(case.flat) if "平均" in case.flat else ():
        listed = [Fraction(n) for n in re.findall(_N, match["list"])]
        mean = sum(listed, Fraction(0)) / len(listed)
        if abs(mean - Fraction(match["n"])) * 10 ** places(match["n"]) >= 1:
            message = f"所列各次的平均数是{number(mean)}分，这里写{match['n']}分"
            yield case.finding("R06", Span(*match.span()), message, stated=match["n"], recomputed=number(mean))
    for match in _PERCENT.finditer(case.flat):
        right = Fraction(match["raw"]) * Fraction(match["w"]) / 100
        if abs(right - Fraction(match["n"])) * 10 ** places(match["n"]) >= 1:
            message = f"{match['raw']}分按{match['w']}%折算是{number(right)}分，这里写{match['n']}分"
            yield case.finding("R06", Span(*match.span()), message, stated=match["n"], recomputed=number(right))
