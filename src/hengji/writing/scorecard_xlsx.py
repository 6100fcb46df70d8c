"""评分表.xlsx: the official score table with merged levels and live totals, the way to every score, and the figures."""

from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import xlsxwriter

from hengji.files import written_whole
from hengji.model import rules
from hengji.model.expression import Node
from hengji.model.filing import Filing
from hengji.model.scorecard import Scorecard
from hengji.model.system import IndicatorSystem, in_year
from hengji.scoring.facts import Facts
from hengji.writing import xlsx_process
from hengji.writing.xlsx_cells import Book, Cell, Formats, Sheet, lines, put
from hengji.writing.xlsx_data import SHEET as DATA_SHEET
from hengji.writing.xlsx_data import DataSheet, expression_years
from hengji.writing.xlsx_process import Line, Process
from hengji.writing.xlsx_table import SHEET as TABLE_SHEET
from hengji.writing.xlsx_table import ScoreTable

_PROCESS_HEADS = (
    ("编号", 8), ("指标、部分或要点", 24), ("计算公式或要点", 40), ("计算结果", 12), ("分值", 8), ("规则得分", 10),
    ("本项得分", 10), ("折算系数", 10), ("系统得分", 10), ("说明", 36),
)  # fmt: skip
_LINE_HEIGHT = 14


def write_scorecard_xlsx(filing: Filing, system: IndicatorSystem, scorecard: Scorecard, path: Path) -> None:
    """Writes the score table to ``path``, whole or not at all; the same input gives the same bytes.

    Every sum and every rule a cell can state is a formula that recalculates to the stored score; the other scores are
    values with a note why. Raises HengjiError where the file cannot be written.
    """
    held = BytesIO()
    book = xlsxwriter.Workbook(held, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    _fill(book, filing, in_year(system, filing.year), scorecard)
    book.close()
    with written_whole(path) as temporary:
        temporary.write_bytes(held.getvalue())


def _fill(book: Book, filing: Filing, system: IndicatorSystem, scorecard: Scorecard) -> None:
    title = f"{filing.year}年度部门整体支出绩效自评评分表"
    created = datetime(filing.year + 1, 1, 1)  # noqa: DTZ001 - the same file for the same filing
    book.set_properties({"title": title, "author": filing.department, "created": created})
    facts = Facts(filing, system.dictionary)
    data = DataSheet(facts, expression_years(list(_trees(system)), filing.year))
    process = Process(filing, facts, data)
    for leaf in system.leaves():
        process.add(leaf, scorecard.leaf(leaf.id))
    formats = Formats(book)
    sheets = {name: book.add_worksheet(name) for name in (TABLE_SHEET, xlsx_process.SHEET, DATA_SHEET)}
    ScoreTable(filing, system, scorecard, process).write(sheets[TABLE_SHEET], formats, title)
    _write_process(sheets[xlsx_process.SHEET], formats, process.lines)
    data.write(sheets[DATA_SHEET], formats)
    for sheet in sheets.values():
        _print_setup(sheet, f"{filing.department} {title}")


def _trees(system: IndicatorSystem) -> Iterator[tuple[Node, int]]:
    """Every expression that decides a score, with the year its leaf looks at."""
    for leaf in system.leaves():
        expressions = [
            *([leaf.measure] if leaf.measure else []),
            *(guard.when for guard in leaf.guards),
            *(veto.when for veto in leaf.vetoes),
            *(_rule_expressions(leaf.rule) if leaf.rule else []),
        ]
        for expression in expressions:
            yield expression.tree, leaf.year_offset


def _rule_expressions(rule: rules.Rule) -> list[Any]:
    match rule:
        case rules.Condition(when):
            return [when]
        case rules.Difference(of, against, _):
            return [of, against]
        case rules.Outside(score, _):
            return [score]
        case rules.Checklist(statements):
            return [statement.when for statement in statements if statement.when]
        case rules.Defects(_, count, statements):
            return [*([count] if count else []), *(s.when for s in statements if s.when)]
        case rules.Composite(parts) | rules.Choose(parts, _):
            inner = [expression for part in parts for expression in _rule_expressions(part.rule)]
            measures = [part.measure for part in parts if part.measure]
            return [*measures, *inner, *(guard.when for part in parts for guard in part.guards)]
    return []


def _write_process(sheet: Sheet, formats: Formats, written: list[Line]) -> None:
    last = len(_PROCESS_HEADS) - 1
    sheet.set_row(0, 26)
    sheet.set_row(1, 20)
    sheet.merge_range(0, 0, 0, last, "计分过程", formats.get(font_name="黑体", font_size=16, align="center", border=0))
    note = "每项指标一行，其下是它的部分和要点。规则得分按本项分值计算，四舍五入到两位得本项得分，再乘以折算系数（不考核分值的调整）得系统得分。"
    sheet.merge_range(1, 0, 1, last, note, formats.get(border=0, text_wrap=True))
    for column, (head, width) in enumerate(_PROCESS_HEADS):
        sheet.set_column(column, column, width)
        sheet.write_string(2, column, head, formats.head())
    for row, line in enumerate(written, start=xlsx_process.FIRST_ROW):
        _write_line(sheet, formats, row, line)
    sheet.freeze_panes(xlsx_process.FIRST_ROW, 2)
    sheet.repeat_rows(2)


def _write_line(sheet: Sheet, formats: Formats, row: int, line: Line) -> None:
    own_line = {"bold": True} if line.id else {"indent": 1}
    taken = max(
        lines(text, width) for text, (_, width) in zip((line.id, line.name, line.text), _PROCESS_HEADS, strict=False)
    )
    sheet.set_row(row, _LINE_HEIGHT * max(taken, lines(line.note, _PROCESS_HEADS[-1][1])) + 4)
    put(sheet, row, xlsx_process.ID, Cell(line.id), formats.text(align="center"))
    put(sheet, row, xlsx_process.NAME, Cell(line.name), formats.text(**own_line))
    put(sheet, row, xlsx_process.TEXT, Cell(line.text), formats.text())
    put(sheet, row, xlsx_process.RESULT, line.result, formats.number(line.code))
    for column, cell in enumerate(
        (line.points, line.raw, line.own, line.factor, line.score), start=xlsx_process.POINTS
    ):
        code = {xlsx_process.RAW: "0.0000", xlsx_process.FACTOR: "0.0000##", xlsx_process.SCORE: "0.00"}.get(
            column, "General"
        )
        put(sheet, row, column, cell, formats.number(code, bold=bool(line.id) and column == xlsx_process.SCORE))
    put(sheet, row, xlsx_process.NOTE, Cell(line.note), formats.text(font_color="#4B5866"))


def _print_setup(sheet: Sheet, foot: str) -> None:
    """A4 landscape, as wide as one page."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer(f"&L&9{foot.replace('&', '&&')}&R&9第&P页，共&N页")
