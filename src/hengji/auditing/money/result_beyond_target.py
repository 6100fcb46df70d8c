"""R12: what a leaf aims at and what came of it, a thousand or ten thousand times apart: 「目标60公里，完成61500公里」 is told in 米."""

import itertools
from collections.abc import Iterator
from fractions import Fraction

from hengji.auditing.case import Case
from hengji.auditing.measures import measured, plain_unit
from hengji.auditing.numbers import number
from hengji.extracting.flat import flat
from hengji.model.extraction import Quantity, ScoredItem, Span
from hengji.model.finding import Finding
from hengji.model.numerals import read_decimal
from hengji.model.patterns import pattern

# Units that have another one a thousand or ten thousand times as large or as small, so that one is easily written for the other.
_TIMES: dict[str, tuple[int, ...]] = {
    "公里": (1000,), "千米": (1000,), "米": (1000,), "吨": (1000, 10_000), "公斤": (1000,), "千克": (1000,),
    "亩": (10_000,), "平方米": (10_000,), "公顷": (10_000,), "立方米": (10_000,), "人": (10_000,), "人次": (10_000,), "户": (10_000,),
    "株": (10_000,), "尾": (10_000,), "头": (10_000,), "只": (10_000,), "千瓦时": (10_000,), "元": (10_000,), "万元": (10_000,),
}  # fmt: skip
_LOW, _HIGH = Fraction(4, 5), Fraction(5, 4)  # how near to what was aimed at the result is in its right unit
_BOTH = 2
_AS_MANY = Fraction(3)  # times: figures so near to each other are of one unit, whatever is written
_CELL = pattern(
    r"(?:≥|≤|>=|<=|>|<|=|不低于|不少于|不超过|大于|约|完成|达到?|实际|共|目标|计划|新建|改造|全?年|累计)*\s?(?P<n>\d[\d,]*(?:\.\d+)?)\s?(?P<unit>[\u4e00-\u9fff]{0,4})(?:以[上内]|左右)?"
)
_IN_NAME = pattern(r"\((?P<unit>[\u4e00-\u9fff]{1,4})\)")
_DONE = pattern(
    r"^[,;、]?\s?(?:全年|本年|年末|年底)?(?:实际|已|共)?(?:完成|建成|实现|达到?|改造|新建|整治|治理|造林|收储|救助|培训)[^,。;、\d]{0,10}$"
)


def result_beyond_target(case: Case) -> Iterator[Finding]:
    """R12: of one sentence or one row."""
    for figures in case.by_sentence.values():
        for aim, done in itertools.pairwise(figures):
            if (
                aim.about != "目标"
                or aim.table
                or plain_unit(aim.unit) != plain_unit(done.unit)
                or done.about == "目标"
            ):
                continue
            between = case.flat[aim.span.end : done.span.start]
            own, value = measured(aim), measured(done)
            if own is None or value is None or not own[1] or _DONE.match(between) is None:
                continue
            if times := _apart(aim.unit, value[1] / own[1]):
                yield _finding(case, done, f"{aim.value}{aim.unit}", times)
    for item in case.found.items:
        if item.table and item.target and item.actual and not item.doubtful:
            yield from _of_row(case, item)


def _apart(unit: str, ratio: Fraction) -> int:
    """How many times too much, or too little (negative), a result is; 0 where it is neither."""
    for times in _TIMES.get(plain_unit(unit), ()):
        if _LOW <= ratio / times <= _HIGH:
            return times
        if _LOW <= ratio * times <= _HIGH:
            return -times
    return 0


def _finding(case: Case, done: Quantity, aim: str, times: int) -> Finding:
    stated = f"{done.value}{done.unit}"
    meant = Fraction(done.number) / times if times > 0 else Fraction(done.number) * -times
    message = f"目标是{aim}，这里写完成{stated}，相差约{abs(times)}倍，可能是单位有误"
    return case.finding("R12", done.span, message, stated=stated, recomputed=f"{number(meant, 6)}{done.unit}")


def _of_row(case: Case, item: ScoredItem) -> Iterator[Finding]:
    """A row of a table whose two cells, in one unit, are so far apart, or tell like figures in a unit and in ten thousand of it: 元 and 万元, 吨 and 万吨."""
    named = _IN_NAME.search(flat(item.name))
    cells = [_CELL.fullmatch(flat(text).strip()) for text in (item.target, item.actual)]
    if cells[0] is None or cells[1] is None:
        return
    units = {cell["unit"] or (named["unit"] if named else "") for cell in cells if cell is not None}
    values = [read_decimal(cell["n"]) for cell in cells if cell is not None]
    if not values[0] or not values[1]:
        return
    ratio = Fraction(values[1]) / Fraction(values[0])
    at = case.flat.rfind(cells[1][0], item.quote.start, item.quote.end)
    if (
        len(units) == _BOTH
        and any(f"万{unit}" in units for unit in units)
        and 1 / _AS_MANY <= ratio <= _AS_MANY
        and at >= 0
    ):
        told = [f"{cell['n']}{cell['unit']}" for cell in cells if cell is not None]
        message = f"“{item.name}”的目标是{told[0]}，这里写{told[1]}，两处单位不一，请核对"
        yield case.finding("R12", Span(at, at + len(cells[1][0])), message, stated=told[1])
        return
    if len(units) != 1:
        return
    unit = units.pop()
    times = _apart(unit, ratio)
    if times and at >= 0:
        stated = f"{cells[1]['n']}{unit}"
        message = f"“{item.name}”的目标是{cells[0]['n']}{unit}，这里写{stated}，相差约{abs(times)}倍，可能是单位有误"
        yield case.finding("R12", Span(at, at + len(cells[1][0])), message, stated=stated)
