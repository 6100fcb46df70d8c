"""A report's blocks as a page prints them: the same blocks as the docx and the PDF, chosen by template."""

from dataclasses import dataclass

from hengji.writing.blocks import (
    SHARE_WHOLE,
    Chart,
    Cover,
    Emphasis,
    Heading,
    Ink,
    Mark,
    Paragraph,
    Report,
    Runs,
    Table,
    Title,
)

_NAMES, _PLOT, _WIDTH, _BAR, _ROW = 150, 360, 600, 10, 26  # of a drawn chart, in its own units


@dataclass(frozen=True, slots=True)
class Piece:
    """One block: which template part prints it, the block itself, and how much is still to be written in it."""

    kind: str
    block: object
    todo: int = 0
    rows: tuple[tuple[tuple[Runs, str], ...], ...] = ()  # each cell with how its column is aligned
    drawing: "Drawing | None" = None


@dataclass(frozen=True, slots=True)
class DrawnBar:
    """One bar with its place, and where its figure stands."""

    y: int
    width: int
    ink: Ink
    label: str

    @property
    def label_x(self) -> int:
        """Just behind the bar's end."""
        return _NAMES + 6 + self.width + 4

    @property
    def label_y(self) -> int:
        """The line the figure stands on."""
        return self.y + _BAR - 1


@dataclass(frozen=True, slots=True)
class DrawnRow:
    """One row: its name, the line it stands on, its bars, and what is said at its end."""

    name: str
    y: int
    bars: tuple[DrawnBar, ...]
    label: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart with every bar in its place."""

    rows: tuple[DrawnRow, ...]
    height: int
    width: int = _WIDTH
    left: int = _NAMES
    plot: int = _NAMES + 6
    bar: int = _BAR


def draw(chart: Chart) -> Drawing:
    """The same bars as in the files: overlaid ones on one line, others one below the other."""
    rows, y = [], 4
    for row in chart.rows:
        lines = 1 if chart.overlaid else max(1, len(row.bars))
        bars = tuple(
            DrawnBar(
                y + (0 if chart.overlaid else at * (_BAR + 4)), bar.share * _PLOT // SHARE_WHOLE, bar.ink, bar.label
            )
            for at, bar in enumerate(row.bars)
        )
        rows.append(DrawnRow(row.name, y + (lines * (_BAR + 4)) // 2 + 3, bars, row.label))
        y += (lines - 1) * (_BAR + 4) + _ROW
    return Drawing(tuple(rows), y)


def pieces(report: Report) -> list[Piece]:
    """The blocks of a report in order."""
    return [_piece(block) for block in report.blocks]


def _todo(*runs: Runs) -> int:
    return sum(run.emphasis is Emphasis.TODO for each in runs for run in each)


def _piece(block: object) -> Piece:
    match block:
        case Paragraph():
            return Piece("paragraph", block, _todo(block.runs))
        case Cover():
            return Piece("cover", block, _todo(*(runs for _, runs in block.rows)))
        case Table():
            cells = [cell for row in block.rows for cell in row]
            aligned = [column.align.value for column in block.columns]
            rows = tuple(tuple(zip(row, aligned, strict=False)) for row in block.rows)
            return Piece("table", block, _todo(*cells), rows)
        case Chart():
            return Piece("chart", block, drawing=draw(block))
        case Heading():
            return Piece("heading", block)
        case Title():
            return Piece("title", block)
        case Mark():
            return Piece("mark", block)
    raise TypeError(f"no way to print {type(block).__name__}")
