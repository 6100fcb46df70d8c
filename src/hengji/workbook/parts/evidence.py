"""佐证材料: the evidence list."""

from hengji.model.filing import Evidence, Filing
from hengji.workbook import formats as look
from hengji.workbook import layout
from hengji.workbook.pages import Pages, lines
from hengji.workbook.sheets import Sheets

_SHEET = layout.EVIDENCE
_FIRST_ROW, _BLANK_ROWS, _PRINTED_ROWS = 3, 40, 20
_WIDTHS = [field.width for field in _SHEET.fields]


def write_evidence(pages: Pages, filing: Filing) -> None:
    """Writes the sheet, with rows left to fill."""
    page = pages.framed(_SHEET)
    row = _FIRST_ROW
    for each in filing.evidence:
        texts = (each.title, "、".join(each.proves), each.file, each.locator, each.sha256)
        page.texts(row, 0, texts, look.INPUT)
        page.height(row, max(lines(text, width) for text, width in zip(texts, _WIDTHS, strict=True)))
        row += 1
    for blank in range(row, row + _BLANK_ROWS):
        page.blank(blank, len(_WIDTHS))
    reach = (_FIRST_ROW, _FIRST_ROW + layout.MOST_ROWS)
    page.hint(
        reach, _SHEET.column("proves"), "证明什么", "指标编号或数据项名称，几个用“、”分开，例如 2.1.4、实际采购金额。"
    )
    page.print_to(max(row + 3, _FIRST_ROW + _PRINTED_ROWS), len(_WIDTHS) - 1)


def read_evidence(sheets: Sheets) -> tuple[Evidence, ...]:
    """The list as it stands; a row without a title is a mistake."""
    table = sheets.table(_SHEET)
    found: list[Evidence] = []
    for row in table.rows() if table is not None else ():
        assert table is not None
        title = table.text(row, "title")
        if not title:
            sheets.problem(table.place(row, "title"), "这份佐证材料没有写名称")
        proves = table.text(row, "proves").replace(",", "、").replace("，", "、").replace("\n", "、")
        found.append(
            Evidence(
                title,
                tuple(each.strip() for each in proves.split("、") if each.strip()),
                table.text(row, "file"),
                table.text(row, "locator"),
                table.text(row, "sha256"),
            )
        )
    return tuple(found)
