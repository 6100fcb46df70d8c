"""A composed report as a Document: what a reader would read out of the docx, without writing and reading the file."""

from collections.abc import Iterator

from hengji.model.document import BlockKind, Document, Piece, assemble
from hengji.writing.blocks import Block, Cover, Emphasis, Heading, Mark, Paragraph, Report, Runs, Table, Title


def document_of(report: Report) -> tuple[Document, tuple[Block, ...]]:
    """The document, and for each of its blocks the block of the report it came from.

    Marks for what is still to be written are left out: they are nobody's words.
    """
    pairs = [(piece, block) for block in report.blocks for piece in _pieces(block)]
    document = assemble(report.title, "docx", [piece for piece, _ in pairs])
    return document, tuple(block for _, block in pairs)


def _pieces(block: Block) -> Iterator[Piece]:
    match block:
        case Mark():
            yield _paragraph(block.text)
        case Title():
            yield _paragraph("".join(block.lines))
        case Cover():
            for label, runs in block.rows:
                yield _paragraph(f"{label}：{_written(runs)}")
        case Heading():
            yield Piece(BlockKind.PARAGRAPH, f"{block.number}{block.text}", block.level)
        case Paragraph():
            yield _paragraph(_written(block.runs))
        case Table():
            yield _paragraph(block.caption)
            rows = [tuple(column.head for column in block.columns)]
            rows += [tuple(map(_written, row)) for row in block.rows]
            yield Piece(BlockKind.TABLE, rows=tuple(_cells(row) for row in rows))


def _paragraph(text: str) -> Piece:
    return Piece(BlockKind.PARAGRAPH, text)


def _cells(row: tuple[str, ...]) -> tuple[tuple[str, int, int, int], ...]:
    return tuple((text, column, 1, 1) for column, text in enumerate(row))


def _written(runs: Runs) -> str:
    return "".join(run.text for run in runs if run.emphasis is not Emphasis.TODO)
