"""Tables and bar charts that an outline describes, filled from the filing."""

from fractions import Fraction

from hengji.writing.blocks import Bar, Block, Chart, ChartRow, Column, Emphasis, Run, Runs, Table
from hengji.writing.conclusion import share
from hengji.writing.desk import Desk
from hengji.writing.figures import Gap
from hengji.writing.outline import BarsPart, TablePart
from hengji.writing.template import Template

NOT_FILLED = "未填"
_LEAST_ROWS = 2


def table(desk: Desk, part: TablePart) -> list[Block]:
    """The table with every row that has at least one of its figures; a missing one reads 未填."""
    rows = [row for row in part.rows if _has_figures(desk, row)]
    if not rows:
        return []
    columns = tuple(Column(column.head, column.width, column.align) for column in part.columns)
    cells = tuple(tuple(_cell(desk, cell) for cell in row) for row in rows)
    return [Table(part.title, columns, cells, part.unit, part.total)]


def _has_figures(desk: Desk, row: tuple[Template, ...]) -> bool:
    references = [reference for cell in row for reference in cell.references]
    return not references or any(not isinstance(desk.figures.text(reference), Gap) for reference in references)


def _cell(desk: Desk, template: Template) -> Runs:
    runs, gaps = desk.fill(template)
    return (Run(NOT_FILLED, Emphasis.TODO),) if gaps else runs


def bars(desk: Desk, part: BarsPart) -> list[Block]:
    """The chart of the rows whose figures are all there; no chart where fewer than two are."""
    figures = desk.figures
    known = [
        (name, references, numbers)
        for name, references in part.rows
        if None not in (numbers := [figures.number(reference) for reference in references])
    ]
    if len(known) < _LEAST_ROWS:
        return []
    longest = max(number or Fraction(0) for _, _, numbers in known for number in numbers)
    rows = tuple(
        ChartRow(
            name,
            tuple(
                Bar(ink, share(number or Fraction(0), longest), str(figures.text(reference)))
                for (ink, _), reference, number in zip(part.series, references, numbers, strict=True)
            ),
        )
        for name, references, numbers in known
    )
    return [Chart(part.title, rows, part.series, unit=part.unit)]
