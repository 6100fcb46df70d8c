"""文字材料: what a person writes, chapter by chapter, a paragraph a row."""

from hengji.model.filing import Filing
from hengji.model.system import IndicatorSystem
from hengji.workbook import formats as look
from hengji.workbook import layout
from hengji.workbook.faults import chapter_fault
from hengji.workbook.pages import Pages, lines
from hengji.workbook.sheets import Sheets

_SHEET = layout.NARRATIVE
_FIRST_ROW = 3
_LEFT_FREE = 2  # rows that wait for a paragraph in every chapter
_BLANK_ROWS = 20
_WIDTH = _SHEET.fields[1].width


def write_narrative(pages: Pages, filing: Filing) -> None:
    """Writes the sheet: the chapters in the order of the report, with rows left free in each."""
    page = pages.framed(_SHEET)
    row = _FIRST_ROW
    for chapter in dict.fromkeys([*layout.CHAPTERS, *filing.narrative]):
        texts = [*filing.narrative.get(chapter, ())]
        texts += [""] * max(_LEFT_FREE - len(texts), 1 if chapter in layout.CHAPTERS else 0)
        for text in texts:
            page.text(row, 0, chapter, {**look.INPUT, "bg_color": "#EEF1F4"})
            page.text(row, 1, text, look.INPUT)
            page.height(row, lines(text, _WIDTH))
            row += 1
    for blank in range(row, row + _BLANK_ROWS):
        page.blank(blank, len(_SHEET.fields))
    reach = (_FIRST_ROW, _FIRST_ROW + layout.MOST_ROWS)
    message = f"选一章，或写“{layout.LEAF_CHAPTER}编号”给某一项指标补充说明；空着接上一行的章节。"
    page.choices(reach, 0, layout.CHAPTERS, "章节", message)
    page.hint(reach, 1, "内容", "一段一行。可以引用数据，例如 {采购预算金额}、{得分:2.1.4}、{总分}。")
    page.print_to(row, len(_SHEET.fields) - 1)


def read_narrative(sheets: Sheets, system: IndicatorSystem) -> dict[str, tuple[str, ...]]:
    """The paragraphs by chapter; a row that names no chapter belongs to the one above, which is said."""
    table = sheets.table(_SHEET)
    found: dict[str, tuple[str, ...]] = {}
    above = ""
    for row in table.rows() if table is not None else ():
        assert table is not None
        chapter, text = table.text(row, "chapter"), table.text(row, "text")
        if not chapter and above:
            chapter = above
            sheets.notice(table.place(row, "chapter"), f"没有写章节，接在上面的“{above}”后面")
        above = chapter
        if not text:
            continue
        fault = chapter_fault(chapter, system)
        if fault:
            sheets.problem(table.place(row, "chapter"), fault)
            continue
        found[chapter] = (*found.get(chapter, ()), text)
    return found
