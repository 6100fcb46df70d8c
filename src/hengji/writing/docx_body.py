"""Blocks as WordprocessingML: text that python-docx then reads as one tree. Every text in it is escaped."""

from collections.abc import Callable
from itertools import starmap
from xml.sax.saxutils import escape

from hengji.writing.blocks import (
    Align,
    Block,
    Chart,
    Cover,
    Emphasis,
    Heading,
    Line,
    Mark,
    Paragraph,
    Runs,
    Table,
    Title,
    plain_runs,
    printable,
)
from hengji.writing.docx_styles import HEI, SIZE, Style

_TEXT_WIDTH = 8844  # twentieths of a point: 156 mm
_FEW_COLUMNS = 5  # more of them are set smaller
_SIDES = {Align.LEFT: "left", Align.RIGHT: "right", Align.CENTRE: "center"}
_HINT = '<w:rFonts w:hint="eastAsia"/>'  # quotes and dashes from the Chinese font
_HEI_HINT = f'<w:rFonts w:hint="eastAsia" w:eastAsia="{HEI}"/>'
_EMPHASIS = {Emphasis.NONE: "", Emphasis.STRONG: "<w:b/><w:bCs/>", Emphasis.TODO: '<w:highlight w:val="yellow"/>'}
Picture = Callable[[Chart], str]


def body_xml(blocks: tuple[Block, ...], picture: Picture) -> str:
    """The paragraphs and tables of the blocks. ``picture`` gives the inline drawing of a chart."""
    pieces: list[str] = []
    cover = False
    for block in blocks:
        starts_page = cover and isinstance(block, Heading)
        begins = isinstance(block, Cover) or (isinstance(block, Title) and block.cover)
        cover = (cover or begins) and not starts_page
        pieces.append(_block(block, picture, starts_page=starts_page))
    return "".join(pieces)


def _block(block: Block, picture: Picture, *, starts_page: bool) -> str:
    match block:
        case Mark():
            return paragraph(Style.MARK, plain_runs(block.text))
        case Title():
            return _title(block)
        case Cover():
            return _cover(block)
        case Heading():
            extra = "<w:pageBreakBefore/>" if starts_page else ""
            return paragraph(Style.heading(block.level), plain_runs(block.number + block.text), extra)
        case Paragraph():
            return paragraph(Style.BODY, block.runs)
        case Line():
            return _line(block)
        case Table():
            return _table(block)
        case Chart():
            drawing = f'<w:p><w:pPr><w:pStyle w:val="{Style.PICTURE}"/></w:pPr><w:r>{picture(block)}</w:r></w:p>'
            return drawing + paragraph(Style.CAPTION, plain_runs(block.caption), '<w:keepNext w:val="0"/>')


def paragraph(style: str, content: Runs, properties: str = "") -> str:
    """One paragraph; ``properties`` are further children of its w:pPr, in the schema's order."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{runs(content)}</w:p>'


def runs(content: Runs, fonts: str = _HINT) -> str:
    """The runs of a paragraph."""
    return "".join(run(one.text, _EMPHASIS[one.emphasis], fonts) for one in printable(content) if one.text)


def run(text: str, properties: str = "", fonts: str = _HINT) -> str:
    """One run; ``properties`` are further children of its w:rPr, ``fonts`` the first of them."""
    return f'<w:r><w:rPr>{fonts}{properties}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def _title(title: Title) -> str:
    """The title in the third tenth of a cover, its lines centred; at the head of a letter with an empty line below."""
    empty = paragraph(Style.BODY, ())
    lines = "".join(paragraph(Style.TITLE, plain_runs(line)) for line in title.lines)
    return empty * 3 + lines + empty * 4 if title.cover else lines + empty


def _line(line: Line) -> str:
    apart = paragraph(Style.BODY, (), "<w:keepNext/>") * 2 if line.apart else ""
    room = ' w:right="640"' if line.align is Align.RIGHT else ""
    keep = "<w:keepNext/>" if line.apart else ""
    look = f'{keep}<w:ind w:firstLineChars="0" w:firstLine="0"{room}/><w:jc w:val="{_SIDES[line.align]}"/>'
    return apart + paragraph(Style.BODY, line.runs, look)


def _cover(cover: Cover) -> str:
    """Labels are spread to one width, so that the colons stand below one another."""
    widest = max((len(label) for label, _ in cover.rows), default=0)

    def row(label: str, content: Runs) -> str:
        room = (widest - len(label)) * SIZE * 10
        spread = f'<w:spacing w:val="{room // len(label)}"/>' if label and room else ""
        first = run(label, spread) + run("：")
        return f'<w:p><w:pPr><w:pStyle w:val="{Style.COVER}"/></w:pPr>{first}{runs(content)}</w:p>'

    return "".join(starmap(row, cover.rows))


def _table(table: Table) -> str:
    """Caption and unit above; the head repeats, rows stay whole, and a short table stays on its page."""
    whole = sum(column.width for column in table.columns)
    widths = [_TEXT_WIDTH * column.width // whole for column in table.columns]
    style = Style.CELL if len(table.columns) <= _FEW_COLUMNS else Style.SMALL_CELL
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    head = tuple(plain_runs(column.head) for column in table.columns)
    last = len(table.rows) - 1
    rows = [_row(head, [Align.CENTRE] * len(widths), widths, style, head=True, keep=True)]
    for number, cells in enumerate(table.rows):
        keep = number < last and table.short
        aligns = [column.align for column in table.columns]
        rows.append(_row(cells, aligns, widths, style, keep=keep, strong=table.total and number == last))
    unit = paragraph(Style.UNIT, plain_runs(f"单位：{table.unit}")) if table.unit else ""
    return (
        paragraph(Style.CAPTION, plain_runs(table.caption))
        + unit
        + f"<w:tbl>{_TABLE_PROPERTIES}<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
        + _AFTER_TABLE
    )


_EDGES = "".join(
    f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
    for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_TABLE_PROPERTIES = (
    f'<w:tblPr><w:tblW w:w="{_TEXT_WIDTH}" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>{_EDGES}</w:tblBorders>'
    '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="80" w:type="dxa"/><w:right w:w="80" w:type="dxa"/></w:tblCellMar></w:tblPr>'
)
# Word wants a paragraph between two tables; a thin one keeps the distance to the text.
_AFTER_TABLE = (
    f'<w:p><w:pPr><w:pStyle w:val="{Style.SMALL_CELL}"/><w:spacing w:line="160" w:lineRule="exact"/></w:pPr></w:p>'
)


def _row(
    cells: tuple[Runs, ...],
    aligns: list[Align],
    widths: list[int],
    style: str,
    *,
    head: bool = False,
    keep: bool = False,
    strong: bool = False,
) -> str:
    properties = "<w:cantSplit/>" + ("<w:tblHeader/>" if head else "")
    fonts = _HEI_HINT if head or strong else _HINT
    made = "".join(
        _cell(content, align, width, style, fonts, keep=keep)
        for content, align, width in zip(cells, aligns, widths, strict=True)
    )
    return f"<w:tr><w:trPr>{properties}</w:trPr>{made}</w:tr>"


def _cell(content: Runs, align: Align, width: int, style: str, fonts: str, *, keep: bool) -> str:
    next_row = "<w:keepNext/>" if keep else ""
    side = f'<w:jc w:val="{_SIDES[align]}"/>'
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>'
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{next_row}<w:spacing w:before="40" w:after="40"/>{side}</w:pPr>'
        f"{runs(content, fonts)}</w:p></w:tc>"
    )
