"""A report as plain text, a line a block: what golden files hold."""

from hengji.writing.blocks import Block, Chart, Cover, Heading, Line, Mark, Paragraph, Report, Table, Title, text_of


def printed(report: Report) -> str:
    """The whole report."""
    return (
        "\n".join([report.title, f"{report.author} {report.dated}", *(_block(block) for block in report.blocks)]) + "\n"
    )


def _block(block: Block) -> str:
    match block:
        case Mark(text):
            return f"[附件] {text}"
        case Title(lines):
            return f"[题目] {' / '.join(lines)}"
        case Cover(rows):
            return "\n".join(f"[封面] {label}：{text_of(runs)}" for label, runs in rows)
        case Heading():
            return f"{'#' * block.level} {block.number}{block.text}"
        case Paragraph(runs):
            return f"    {text_of(runs)}"
        case Line(runs):
            return text_of(runs)
        case Table():
            heads = " | ".join(column.head for column in block.columns)
            told = "\n".join("    | " + " | ".join(text_of(cell) for cell in row) for row in block.rows)
            return f"    [{block.caption}] {block.unit}\n    | {heads}\n{told}"
        case Chart():
            return f"    [{block.number}] {block.spoken}"
