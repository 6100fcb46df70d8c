"""R07: what a budget or a spending is made of, told over several clauses: kinds, adjustments, sources, purposes."""

import itertools
import re
from collections.abc import Iterable, Iterator
from fractions import Fraction

from hengji.auditing.case import Case
from hengji.auditing.numbers import in_unit, number
from hengji.auditing.slips import slip
from hengji.auditing.sums.gaps import mended, of_another_whole, some_fit
from hengji.model.extraction import Quantity, Span
from hengji.model.finding import Finding
from hengji.model.numerals import fixed
from hengji.model.patterns import pattern

_CENT = Fraction(1, 100)
_FEW = 2
_TENFOLD = 10
_PURPOSES = pattern(
    r"构成|投向|按(?:支出)?(?:用途|功能|类别|项目|领域|科目)(?:类别|分类)?(?:划分|分|看|分类)|(?:主要)?用于|具体为|分别为|包括"
)
_AND_OTHERS = pattern(r"[^,。;]{0,18}(?:等|其他)")
_NAMED_WHOLE = pattern(r"(?:项目|基本)支出|总支出|支出")
_SHORT_OF = 50  # a list that misses its whole by less than one in so many was meant to make it


def split_makes_whole(case: Case) -> Iterator[Finding]:
    """R07: 「本年支出合计…万元，其中：基本支出…，占…%；项目支出…」, the parts in clauses of their own."""
    money = [
        q
        for q in case.found.quantities
        if q.unit == "万元" and not q.table and q.about != "目标" and q.year == case.year
    ]
    for whole, basic, projects in zip(money, money[1:], money[2:], strict=False):
        between = case.flat[whole.span.end : basic.span.start]
        if "其中" not in between or len(between) > _NEAR_PARTS or projects.span.start - basic.span.end > _NEAR_PARTS:
            continue
        if (
            not basic.name.startswith("基本支出")
            or not projects.name.startswith("项目支出")
            or "\n" in case.flat[whole.span.end : projects.span.start]
        ):
            continue
        stated, total = in_unit(whole, "万元"), in_unit(basic, "万元") + in_unit(projects, "万元")
        after = [q for q in case.by_sentence[whole.sentence] if q.unit == "万元" and q.span > whole.span]
        if mended(case, stated, [basic, projects], "万元") or some_fit(whole, after):
            continue
        if abs(stated - total) > _CENT * 2 and abs(stated - total) * _TENFOLD < stated:
            message = f"“{whole.name}”写{whole.value}万元，基本支出与项目支出之和是{number(total, 6)}万元，相差{number(abs(total - stated), 6)}万元"
            span = Span(whole.span.start, projects.span.end)
            yield case.finding("R07", span, message, stated=whole.value, recomputed=number(total, 6))


def _sum(figures: Iterable[Quantity]) -> Fraction:
    return sum((in_unit(q, "万元") for q in figures), Fraction(0))


_SOURCES = pattern(r"(?:资金|经费)?来源(?:为|是|:|包括)|由")


def sources_make_whole(case: Case) -> Iterator[Finding]:
    """R07: sources of money told after a whole, that make it but for one slip: 「资金来源为一般公共预算…、政府性基金…」."""
    for sentence, quantities in case.by_sentence.items():
        money = [q for q in quantities if q.unit == "万元" and not q.table]
        match = _SOURCES.search(case.flat, sentence.start, sentence.end) if len(money) >= _FEW else None
        money = [q for q in money if match and q.span.start > match.end()]
        if (
            match is None
            or len(money) < _FEW
            or any(re.search(r"其中|。", case.flat[a.span.end : b.span.start]) for a, b in itertools.pairwise(money))
        ):
            continue
        paragraph = case.paragraph(sentence.start)
        before = [
            q for q in case.found.quantities if paragraph.start <= q.span.start < match.start() and q.unit == "万元"
        ]
        total = _sum(money)
        wholes = {in_unit(q, "万元"): q for q in before}
        near = [q for value, q in wholes.items() if 0 < abs(value - total) * _SHORT_OF < total]
        if total in wholes or len(near) != 1:
            continue
        meant = in_unit(near[0], "万元")
        if any(slip(fixed(in_unit(q, "万元")), fixed(in_unit(q, "万元") + meant - total)) for q in money):
            message = f"各项来源相加是{number(total, 6)}万元，“{near[0].name}”写{near[0].value}万元，相差{number(abs(total - meant), 6)}万元"
            span = Span(money[0].span.start - len(money[0].name), money[-1].span.end)
            yield case.finding("R07", span, message, stated=near[0].value, recomputed=number(total, 6))


_NEAR_PARTS = 30  # characters between a whole and its parts


def lists_make_whole(case: Case) -> Iterator[Finding]:
    """R07: amounts listed by purpose, that come near a whole of their paragraph and do not make it."""
    for sentence, quantities in case.by_sentence.items():
        money = [q for q in quantities if q.unit == "万元" and not q.table and not q.item and q.about != "目标"]
        if len(money) <= _FEW or not _PURPOSES.search(case.text(Span(sentence.start, money[0].span.start))):
            continue
        between = [case.flat[a.span.end : b.span.start] for a, b in itertools.pairwise(money)]
        if any(not re.match(r"[、,;和及]", gap) or re.search(r"[。;]|其中", gap) for gap in between):
            continue
        if _AND_OTHERS.match(case.flat, money[-1].span.end):
            continue
        paragraph = case.paragraph(sentence.start)
        wholes = [
            q
            for q in case.found.quantities
            if q.item in _WHOLES and paragraph.start <= q.span.start < paragraph.end and q.year == case.year
        ]
        total = sum((in_unit(q, "万元") for q in money), Fraction(0))
        if not wholes and (named := _NAMED_WHOLE.match(case.text(sentence))):
            item = {"总支出": "本年支出合计", "支出": "本年支出合计"}.get(named[0], named[0])
            wholes = list(case.quantities(item))
        if any(in_unit(q, "万元") == total for q in wholes):
            continue
        wholes = [q for q in wholes if q.sentence == sentence] or wholes
        near = [
            q
            for q in wholes
            if 0 < abs(in_unit(q, "万元") - total) * _SHORT_OF < total or slip(fixed(total), fixed(in_unit(q, "万元")))
        ]
        if len({in_unit(q, "万元") for q in near}) == 1 and not of_another_whole(case, near[0], money):
            stated = in_unit(near[0], "万元")
            message = f"各项用途相加是{number(total, 6)}万元，“{near[0].name}”写{number(stated, 6)}万元，相差{number(abs(total - stated), 6)}万元"
            span = Span(money[0].span.start - len(money[0].name), money[-1].span.end)
            yield case.finding("R07", span, message, stated=number(stated, 6), recomputed=number(total, 6))


_WHOLES = (
    "项目支出",
    "基本支出",
    "本年支出合计",
    "部门预算资金实际支出",
    "项目支出年初预算数",
    "年初预算数",
    "本年收入合计",
)
