"""R07: the portions of one whole in per cent make a hundred: 「高血压占46.20%，糖尿病占21.50%，慢阻肺占18.60%，其他占15.70%」."""

import itertools
from collections.abc import Iterator, Sequence
from fractions import Fraction

from hengji.auditing.case import Case
from hengji.auditing.numbers import exact, number, places
from hengji.auditing.slips import slip
from hengji.library.ties import load_ties
from hengji.model.extraction import Quantity, Span
from hengji.model.finding import Finding
from hengji.model.numerals import fixed
from hengji.model.patterns import pattern

_HUNDRED = 100
_THREE = 3
_MOST_OFF = 15  # per cent by which portions that were meant to make the whole may miss it
_PORTION = pattern(r"(?:占比?|占比为|比重|比例)(?:为|是|约|达)?\s?$")
_SHORT = pattern(r"[,、;和及]\s?(?:[^,、;。%]|(?<=\d),(?=\d)){0,18}")
_LISTED = pattern(r"(?:占比|比例|比重|构成)(?:分别|依次)?(?:为|是|:)")
_REST = pattern(r"其他|其余|余下|其它")
_MIXED = pattern(r"多选|交叉|重复|同时|部分|主要|等(?=[,。;])|分别占|其中|上年|同比|增长|下降|提高|率")
_BEFORE = pattern(r"多选|交叉|重复|主要|上年|同比")


def portions_make_hundred(case: Case) -> Iterator[Finding]:
    """Portions listed in one sentence that do not make a hundred, where the last is all the rest or one slip mends them."""
    for sentence, quantities in case.by_sentence.items():
        rates = [q for q in quantities if q.unit == "%" and not q.table]
        if len(rates) < 2 or "占" not in case.text(sentence):
            continue
        for run in _runs(case, rates):
            finding = _held(case, run) if len(run) > 1 else None
            if finding is not None:
                yield finding


def _runs(case: Case, rates: Sequence[Quantity]) -> Iterator[list[Quantity]]:
    """Rates that stand in a row, only a name between them."""
    run = [rates[0]]
    for one, other in itertools.pairwise(rates):
        link = _SHORT.fullmatch(case.flat, one.span.end, other.span.start)
        if link is not None and "率" not in link[0]:
            run.append(other)
        else:
            yield run
            run = [other]
    yield run


def _held(case: Case, run: Sequence[Quantity]) -> Finding | None:
    start = run[0].sentence.start
    lead = case.flat[start : run[0].span.start]
    portions = [_PORTION.search(case.flat, q.sentence.start, q.span.start) is not None for q in run]
    if not (all(portions) or (_LISTED.search(lead) and not any(portions[1:]))):
        return None
    names = [case.flat[a.span.end : b.span.start] for a, b in itertools.pairwise(run)]
    words = "".join(names)
    if _MIXED.search(words) or _BEFORE.search(lead[-12:]):
        return None
    total = sum((exact(q.number) for q in run), Fraction(0))
    off = total - _HUNDRED
    loose = sum((Fraction(1, 2 * 10 ** places(q.value)) for q in run), Fraction(0))
    closed = _REST.search(names[-1]) is not None if names else False
    complete = load_ties().complete(words + lead)
    if abs(off) <= loose or abs(off) > _MOST_OFF:
        return None
    mended = len(run) >= _THREE and any(
        exact(q.number) > off and slip(q.value, fixed(exact(q.number) - off, places(q.value))) for q in run
    )
    if not (closed or complete or mended or (total > _HUNDRED and len(run) >= _THREE)):
        return None
    listed = " + ".join(q.value for q in run)
    message = f"各部分占比相加{listed} = {number(total)}%，不是100%"
    span = Span(run[0].span.start, run[-1].span.end)
    return case.finding("R07", span, message, stated=f"{number(total)}%", recomputed="100%")
