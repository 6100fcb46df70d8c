"""R07 by digits alone: a list of figures that makes no figure of the report, and misses a whole by one slip of the pen.

Other checks ask which words join a list to its whole. Here the digits do: that parts miss a figure of five digits by a single
slip and make none does not come about by chance. So a whole may stand in another sentence, under whatever words; and anywhere
in the report where the first part bears its name.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from hengji.auditing.case import Case
from hengji.auditing.numbers import common_unit, number, places, slack
from hengji.auditing.slips import digits_of, swapped
from hengji.auditing.sums.gaps import mended, moved_to, one_of_another, told_gap
from hengji.auditing.sums.lists import SOME, is_counted
from hengji.auditing.sums.told_figures import Told, told_passages
from hengji.model.extraction import Span
from hengji.model.finding import Finding
from hengji.model.numerals import fixed
from hengji.model.patterns import pattern

_PARTS = 3
_APART = 45  # characters between two parts
_TOGETHER = 90  # characters between a list and a whole that nothing else joins
_ENDS = pattern(
    r"[。\n]|其中|合计|共计|总计|小计|同比|较|比上年|增长|下降|结余|结转|剩余|另有|另外|此外|完成率|目标|计划|每"
)
_MARK = pattern(r"[、,;和及与]")
_SHARE = pattern(r"\([^()]*\)|[,、]占[^,、;]*")
_NO_PART = pattern(r"上年|去年|同比|每|人均|户均|累计|结余|剩余|增加|减少|目标|计划|任务|调[整增减]|核[增减]|追加")
_TAKEN_BACK = pattern(r",?(?:已|全部)?[由经被][^,。;\d]{0,10}(?:收回|缴回|调减|核减)")  # what was left, and no part
_DIVIDES = pattern(
    r"按[^,。;:]{1,10}(?:划?分|看|统计|列示)|(?:来源|构成|组成|投向|用途|用于|具体|分别|包括)[^,。;]{0,6}$"
)
_DIGITS = {"money": 5}  # digits of a whole; of counts fewer are told, and nearer
_COUNTED = 4
_PART_OF = 10  # a slip is less than one in so many of the whole


def lists_near_wholes(case: Case) -> Iterator[Finding]:
    """R07: three figures or more, side by side, that make none of the report and are one slip off the whole beside or above them."""
    passages = told_passages(case)
    for place, passage in enumerate(passages):
        lists = list(_lists(case, passage))
        told = [each for each in lists if _is_told(case, each, sum((part.value for part in each), Decimal(0)))]
        for parts in lists:
            before = passages[place - 1] if place else ()
            finding = _held(case, parts, (*before, *passage))
            others = (part for each in told if each is not parts for part in each)  # parts of another whole
            if finding is not None and finding.start not in {part.quantity.span.start for part in others}:
                yield finding


def _lists(case: Case, passage: Sequence[Told]) -> Iterator[Sequence[Told]]:
    """Figures of one unit side by side, figures of other units between them (shares in brackets) left out."""
    by_unit: dict[str, list[Told]] = {}
    for told in passage:
        by_unit.setdefault(told.quantity.unit, []).append(told)
    for figures in by_unit.values():
        start, before = 0, ""
        for index in range(1, len(figures) + 1):
            mark = _mark(case, figures[index - 1], figures[index]) if index < len(figures) else ""
            if mark and not (before == "、" and mark in ",;"):  # a weaker mark ends a list
                before = mark
                continue
            if index - start >= _PARTS:
                yield figures[start:index]
            start, before = index, ""


def _mark(case: Case, one: Told, other: Told) -> str:
    """The mark between two figures, where only a name and figures of another unit stand beside it."""
    between = case.flat[one.quantity.span.end : other.quantity.span.start]
    match = _MARK.search(_SHARE.sub("", between))
    return match[0] if match is not None and len(between) <= _APART and not _ENDS.search(between) else ""


def _held(case: Case, listed: Sequence[Told], near_by: Sequence[Told]) -> Finding | None:
    """The finding of one list, which may begin with its whole."""
    for parts in (listed, listed[1:]) if len(listed) > _PARTS else (listed,):
        rests = any(_TAKEN_BACK.match(case.flat, part.quantity.span.end) for part in parts)
        if rests or any(_NO_PART.search(part.lead) or part.quantity.about == "目标" for part in parts):
            continue
        total = sum((part.value for part in parts), Decimal(0))
        if any(part.value * 2 == total for part in parts):
            return None  # the list has its whole within it: 「项目支出143.14万元，其中数字化118.60万元、改造24.54万元」
        if _is_told(case, parts, total) and not _counted_behind(parts, near_by):
            return None
        wholes = {
            whole.value: whole
            for whole in near_by
            if whole.kind == parts[0].kind and whole not in parts and _may_be_whole(case, whole, parts, total)
        } or {whole.value: whole for whole in _namesakes(case, parts) if _near(case, whole, parts, total)}
        if len(wholes) == 1:
            whole = next(iter(wholes.values()))
            return None if _explained(case, whole, parts, total) else _finding(case, whole, parts, total)
    return None


def _counted_behind(parts: Sequence[Told], near_by: Sequence[Told]) -> bool:
    """Whether just so many parts are summed up right behind a list, so that another figure that they make mends nothing: 「六类合计…」."""
    last = parts[-1].quantity.span.end
    behind = (t for t in near_by if t.kind == parts[0].kind and 0 < t.quantity.span.start - last <= _TOGETHER)
    return any("计" in told.lead and is_counted(told.lead, parts) for told in behind)


def _is_told(case: Case, parts: Sequence[Told], total: Decimal) -> bool:
    """Whether a figure of the report, in text or table, is what the parts make, alone or with one figure before them."""
    unit = common_unit((parts[0].quantity,))
    loose = sum((slack(part.quantity, unit) for part in parts), Fraction(0))
    kind = parts[0].kind
    if kind == "money":
        low, high = Fraction(total) - loose, Fraction(total) + loose
        return any(low <= amount <= high for amount in case.amounts)
    return any(q.number == total for q in case.found.quantities if q.unit == parts[0].quantity.unit)


def _namesakes(case: Case, parts: Sequence[Told]) -> Iterator[Told]:
    """The amounts told elsewhere under the name of the first part: 「分单位看，局机关项目支出…、军休所…」, and 「项目支出」 of all of them."""
    if parts[0].kind != "money":
        return
    for passage in told_passages(case):
        for whole in passage:
            name = _PLAIN.sub("", whole.quantity.name)
            if whole.kind == "money" and len(name) >= _NAME and name in parts[0].lead and whole not in parts:
                yield whole


_PLAIN = pattern(r"^(?:本年|全年|其中|部门)+|(?:数|为|是|共|合计)$")
_NAME = 4  # characters of a name that several amounts bear


def _may_be_whole(case: Case, whole: Told, parts: Sequence[Told], total: Decimal) -> bool:
    """Whether a figure stands where the whole of a list may stand, and one slip makes the list right."""
    if not _near(case, whole, parts, total):
        return False
    first, last = parts[0].quantity.span.start, parts[-1].quantity.span.end
    at = whole.quantity.span
    if 0 <= first - at.end <= _TOGETHER or 0 <= at.start - last <= _TOGETHER:
        return True
    opening = case.flat[max(case.sentence(first).start, first - _TOGETHER) : first]
    return whole.kind == "money" and (_DIVIDES.search(opening) is not None or _names(opening, whole))


def _near(case: Case, whole: Told, parts: Sequence[Told], total: Decimal) -> bool:
    """Whether one slip makes a list a figure of its year, told in digits enough."""
    gap = abs(total - whole.value)
    if not gap or gap * _PART_OF > whole.value or whole.value <= max(part.value for part in parts):
        return False
    if whole.quantity.year != parts[0].quantity.year or whole.quantity.about == "目标":
        return False
    if len(digits_of(whole.quantity.value)) < _DIGITS.get(whole.kind, _COUNTED) or not _one_slip(whole, parts, total):
        return False
    first = parts[0].quantity.span.start
    return SOME.search(case.flat, case.sentence(first).start, first) is None  # else only the larger ones are listed


def _names(opening: str, whole: Told) -> bool:
    """Whether the words before a list name the whole: 「基本支出中，」."""
    name = re.sub(r"[^\u4e00-\u9fff]|预算|决算|支出|收入|全年|本年|实际|数$", "", whole.quantity.name)
    return len(name) > 1 and name in opening


def _one_slip(whole: Told, parts: Sequence[Told], total: Decimal) -> bool:
    """Whether one digit, or two that changed places, make the whole the sum, in the whole or in a part."""
    off, decimals = total - whole.value, max(places(each.quantity.value) for each in (whole, *parts))
    steps = str(abs(int(off * 10**decimals))).rstrip("0")
    loose = Fraction(len(parts) + 1, 2 * 10**decimals)
    if whole.kind == "money" and abs(Fraction(off)) <= loose:
        return False
    if len(steps) == 1:
        return True
    meant = ((whole.value, total), *((part.value, part.value - off) for part in parts if part.value > off))
    return any(swapped(fixed(Fraction(a), decimals), fixed(Fraction(b), decimals)) for a, b in meant)


def _explained(case: Case, whole: Told, parts: Sequence[Told], total: Decimal) -> bool:
    """Whether the report tells the difference, or a part right elsewhere."""
    unit = common_unit((whole.quantity,))
    figures = [part.quantity for part in parts]
    if told_gap(case, (whole.quantity, *figures), abs(Fraction(whole.value - total)), unit):
        return True
    if moved_to(Fraction(whole.value), [Fraction(part.value) for part in parts]) or one_of_another(case, figures):
        return True
    return mended(case, Fraction(whole.value), figures, unit)


def _finding(case: Case, whole: Told, parts: Sequence[Told], total: Decimal) -> Finding:
    unit = common_unit((whole.quantity,))
    added = " + ".join(number(part.value, 6) for part in parts)
    stated, right, gap = (number(each, 6) for each in (whole.value, total, abs(total - whole.value)))
    message = (
        f"这几项之和是{added} = {right}{unit}，而“{whole.quantity.name or '合计'}”写{stated}{unit}，相差{gap}{unit}"
    )
    at = whole.quantity.span
    span = Span(parts[0].quantity.span.start - len(parts[0].lead), parts[-1].quantity.span.end)
    if 0 <= span.start - at.end <= _TOGETHER:
        span = Span(at.start, span.end)
    elif 0 <= at.start - span.end <= _TOGETHER:
        span = Span(span.start, at.end)
    return case.finding("R07", span, message, stated=stated, recomputed=right, also=(at,))
