"""A report's blocks as a page prints them: the same blocks as the docx and the PDF, chosen by template."""

from dataclasses import dataclass

from hengji.writing.blocks import Chart, Cover, Emphasis, Heading, Mark, Paragraph, Report, Runs, Table, Title


@dataclass(frozen=True, slots=True)
class Piece:
    """One block: which template part prints it, the block itself, and how much is still to be written in it."""

    kind: str
    block: object
    todo: int = 0
    rows: tuple[tuple[Runs, ...], ...] = ()


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
            return Piece("table", block, _todo(*cells), block.rows)
        case Chart():
            return Piece("chart", block)
        case Heading():
            return Piece("heading", block)
        case Title():
            return Piece("title", block)
        case Mark():
            return Piece("mark", block)
    raise TypeError(f"no way to print {type(block).__name__}")
