"""R03: the scores of all parts told behind the total in the conclusion, against the total: 「总分93.2分。管理得28.2分、履职得47分、…」."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from hengji.auditing.case import Case
from hengji.auditing.numbers import number
from hengji.auditing.scores.totals import extras_of, plausible_totals
from hengji.auditing.scores.tree import HUNDRED, level_name, level_sums, sum_of
from hengji.auditing.slips import slip
from hengji.model.extraction import Span, Stated
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_PART = pattern(
    r"(?P<name>[\u4e00-\u9fff\"]{2,16}?)(?:指标|类)?(?:\((?P<full>\d{1,3}(?:\.\d+)?)\s?分\))?[:,]?(?:自评|实际)?(?:得分|得)?(?:为|是|:)?\s?(?P<n>\d{1,3}(?:\.\d{1,2})?)\s?分(?!值|制)"
)
_BETWEEN = pattern(r"[、,;\s]{0,3}(?:和|及)?")
_AHEAD = 240  # characters behind the total in which its parts are told
_FEWEST, _NEAR = 3, Decimal(10)


def parts_of_total(case: Case) -> Iterator[Finding]:
    """R03: the parts are all there are, by their points or by the names of the first level, and miss the total by one slip or by little."""
    total = plausible_totals(case).claimed
    if total is None or case.in_table(total.span.start) or any(extras_of(case) or ()):
        return
    run = _run(case, total)
    if len(run) < _FEWEST or not _all_there(case, run):
        return
    told, right = [Decimal(m["n"]) for m in run], Decimal(total.value)
    made = sum(told, Decimal(0))
    if made == right or abs(made - right) > _NEAR:
        return
    odd = _odd_part(case, run, right - made)
    span = Span(*odd.span()) if odd is not None else total.span
    message = f"{sum_of(told)}，总分写{number(right)}分"
    if slip(format(made, "f"), format(right, "f")) or odd is not None or abs(made - right) <= 2:
        also = () if odd is None else (total.span,)
        yield case.finding("R03", span, message, stated=number(right), recomputed=number(made), also=also)


def _run(case: Case, total: Stated) -> Sequence[re.Match[str]]:
    """The scores told one right after the other behind the total."""
    end = min(len(case.flat), total.span.end + _AHEAD)
    found = list(_PART.finditer(case.flat, total.span.end, end))
    best: list[re.Match[str]] = []
    run: list[re.Match[str]] = []
    for one in found:
        if run and _BETWEEN.fullmatch(case.flat, run[-1].end(), one.start()) is None:
            run = []
        run.append(one)
        best = run[:] if len(run) > len(best) else best
    return best


def _all_there(case: Case, run: Sequence[re.Match[str]]) -> bool:
    full = [Decimal(m["full"]) for m in run if m["full"]]
    if len(full) == len(run):
        return sum(full, Decimal(0)) == HUNDRED and all(Decimal(m["n"]) <= f for m, f in zip(run, full, strict=True))
    levels = {name for name in level_sums(case) if name}
    return len(levels) == len(run) and {level_name(m["name"].strip('"')) for m in run} == levels


def _odd_part(case: Case, run: Sequence[re.Match[str]], gap: Decimal) -> re.Match[str] | None:
    """The one part whose leaves make what the total needs of it."""
    sums = level_sums(case)
    odd = [
        m for m in run if (name := level_name(m["name"].strip('"'))) in sums and sums[name][1] == Decimal(m["n"]) + gap
    ]
    return odd[0] if len(odd) == 1 else None
