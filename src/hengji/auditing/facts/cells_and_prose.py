"""R08: a count of running text beside a table, and the cell of that table that tells it with two digits changed."""

from collections.abc import Iterator
from fractions import Fraction

from hengji.auditing.case import Case
from hengji.auditing.numbers import exact, number
from hengji.auditing.slips import REPLACED, SWAPPED, digits_of, slip
from hengji.auditing.sums.column_sums import figures_of, is_rate, is_total
from hengji.auditing.wording import pairs_of
from hengji.extracting.tables.grid import Grid
from hengji.model.extraction import Quantity
from hengji.model.finding import Finding
from hengji.model.patterns import pattern
from hengji.model.units import dimension

_BESIDE = 400  # characters before a table, and behind it, that speak of it
_LINES = 2  # paragraphs before a table, its title among them
_DIGITS = 3  # of a count: fewer are alike by chance
_UNIT = pattern(r"[(](?:单位:)?(?P<unit>万?[\u4e00-\u9fff]{1,3})[)]$")
_TITLE_UNIT = pattern(r"单位:\s?(?P<unit>万?[\u4e00-\u9fff]{1,3})[)]?\s*$")
_OTHERWISE = pattern(
    r"上年|去年|往年|20\d\d年|目标|计划|任务|其中|累计|同期|季度|上半年|下半年|\d月|库存|现有|年初|年末"
)
_BACK = 24  # characters before a count that may say of which time or plan it is


def cells_against_prose(case: Case) -> Iterator[Finding]:
    """「全年采购棉被12500床」 over a table whose row 「棉被（床）」 has 12000 twice; 「受理工单4421件」 over one whose total is 4412."""
    scored = [item.span.start for item in case.found.items if item.table]
    for grid in case.grids:
        start, end = grid.block.start, grid.block.end
        if any(start <= at < end for at in scored):
            continue
        beside = [
            q
            for q in case.found.quantities
            if start - _BESIDE <= q.span.start < start and _told_here(case, q, start) and q.year == case.year
        ]
        for quantity in beside:
            yield from _otherwise(case, grid, quantity)


def _told_here(case: Case, quantity: Quantity, start: int) -> bool:
    """Whether running text right before a table tells a count of the year as reached."""
    before = case.flat[max(quantity.sentence.start, quantity.span.start - _BACK) : quantity.span.start]
    return (
        not quantity.table
        and quantity.about != "目标"
        and dimension(quantity.unit) != "money"
        and quantity.unit != "%"
        and len(digits_of(quantity.value).strip("0")) >= _DIGITS
        and case.flat.count("\n", quantity.span.end, start) <= _LINES
        and not _OTHERWISE.search(before)
    )


def _otherwise(case: Case, grid: Grid, quantity: Quantity) -> Iterator[Finding]:
    """A count that a row of its name and unit, or the total of a column of its name and unit, tells with a slip of the pen."""
    value = exact(quantity.number)
    beside = {exact(q.number) for q in case.by_sentence.get(quantity.sentence, ())}
    if any(value in figures_of(case, grid, row).values() for row in range(grid.rows)):
        return
    for row in range(grid.rows):
        told = figures_of(case, grid, row)
        for column, figure in told.items():
            if figure in beside or is_rate(grid, row, column):
                continue
            kind = slip(quantity.value.replace(",", ""), grid.text(row, column).replace(",", ""))
            twice = list(told.values()).count(figure) > 1
            if (kind == SWAPPED or (kind == REPLACED and twice)) and _same(case, grid, row, column, quantity):
                message = f"这里写{quantity.value}{quantity.unit}，表里是{number(figure, 6)}{quantity.unit}；同一份报告只用一个数"
                yield case.finding(
                    "R08",
                    quantity.span,
                    message,
                    stated=quantity.value,
                    recomputed=number(Fraction(figure), 6),
                    also=(grid.span(row, column),),
                )
                return


def _same(case: Case, grid: Grid, row: int, column: int, quantity: Quantity) -> bool:
    """Whether a cell counts what a quantity counts, in its unit: by its row's name, or as the total by its column's header."""
    header = next((t for r in range(row) if (t := grid.text(r, column)) and not t[0].isdigit()), "")
    if is_total(grid, row):
        alike = bool(pairs_of(header) & pairs_of(quantity.name))
        return alike and quantity.unit in (_unit(header), _unit_of_title(case, grid))
    cells = grid.row(row)
    label = next((text for text in cells if text and not text[0].isdigit()), "")
    name = _UNIT.sub("", label)
    return (
        len(name) > 1
        and case.flat[quantity.sentence.start : quantity.span.start].rstrip().endswith(name)
        and (quantity.unit in (_unit(label), _unit(header), _unit_of_title(case, grid)) or quantity.unit in cells)
    )


def _unit(text: str) -> str:
    match = _UNIT.search(text)
    return match["unit"] if match is not None else ""


def _unit_of_title(case: Case, grid: Grid) -> str:
    """The unit that the line over a table gives for all its figures."""
    start = grid.block.start
    match = _TITLE_UNIT.search(case.flat[case.flat.rfind("\n", 0, max(0, start - 1)) + 1 : start])
    return match["unit"] if match is not None else ""
