"""Writes the workbook that a department fills, empty or from a filing."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter

from hengji.files import written_whole
from hengji.model.filing import SOURCE_CN, Filing, Register, State, Total, Value, ValueKey
from hengji.model.item import Item, ItemType, RegisterColumn, RegisterKind
from hengji.model.numerals import plain
from hengji.model.rules import Choose, Rule
from hengji.model.system import IndicatorSystem
from hengji.workbook import layout
from hengji.workbook.formats import Formats
from hengji.workbook.layout import Sheet

STATE_CN = {State.GIVEN: "", State.BLANK: "未填", State.NONE: "无", State.UNREADABLE: "读不出"}
_TEXT_WIDTH = 22
_LINE = 18  # points a line of 11 pt text takes
_PLAIN_NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,13})(\.[0-9]{1,6})?")
_BLANK_ROWS = 40  # bordered; the columns below stay open for typing
_MOST_ROWS = 2000  # how far dropdowns and sums reach
_NARRATIVE_ROWS = 60
_Book = Any  # xlsxwriter is untyped
_Page = Any


def write_workbook(filing: Filing, system: IndicatorSystem, path: Path) -> None:
    """Writes the workbook of a filing under a system; nothing is left half-written.

    Every sheet that a person fills is protected without a password: white cells take input, grey ones compute.
    """
    with written_whole(path) as temporary:
        book = xlsxwriter.Workbook(
            str(temporary), {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
        )
        book.set_properties({"title": layout.COVER.title, "author": filing.department})
        _Writer(book, filing, system).write()
        book.close()


class _Writer:
    """One workbook being written."""

    def __init__(self, book: _Book, filing: Filing, system: IndicatorSystem) -> None:
        self.book = book
        self.filing = filing
        self.system = system
        self.formats = Formats(book)
        self.placed: set[ValueKey] = set()

    def write(self) -> None:
        self.cover()
        self.items()
        for kind in layout.ordered_registers(self.system):
            self.register(kind)
        self.judgements()
        self.claims()
        self.evidence()
        self.narrative()
        self.values()

    def page(self, sheet: Sheet, *, wide: bool = True, guard: bool = True) -> _Page:
        """A sheet with its title, head row, widths, frozen head and print settings; row 3 is the head."""
        page = self.bare_page(sheet.name, wide=wide, guard=guard)
        last = len(sheet.fields) - 1
        page.merge_range(0, 0, 0, last, sheet.title, self.formats.title)
        page.set_row(0, 2 * _LINE)
        for column, each in enumerate(sheet.fields):
            page.set_column(column, column, each.width)
            page.write_string(2, column, each.title, self.formats.head)
        page.freeze_panes(3, 1)
        page.repeat_rows(2)
        return page

    def bare_page(self, name: str, *, wide: bool = True, guard: bool = True) -> _Page:
        page = self.book.add_worksheet(name)
        page.hide_gridlines(2)
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        page.set_margins(0.5, 0.5, 0.6, 0.6)
        page.set_footer("&C第 &P 页，共 &N 页&R" + name)
        if wide:
            page.set_landscape()
        if guard:
            page.protect("", {"format_columns": True, "format_rows": True, "sort": True, "autofilter": True})
        return page

    def cover(self) -> None:
        page = self.bare_page(layout.COVER.name, wide=False)
        page.set_column(0, 0, 18)
        page.set_column(1, 1, 62)
        page.merge_range(0, 0, 0, 1, layout.COVER.title, self.formats.title)
        page.write_string(2, 0, "项目", self.formats.head)
        page.write_string(2, 1, "内容", self.formats.head)
        rows = {
            layout.DEPARTMENT: self.filing.department,
            layout.YEAR: str(self.filing.year),
            layout.SYSTEM: self.filing.system or self.system.id,
            layout.VERSION: self.filing.system_version or self.system.version,
            layout.HASH: self.filing.system_hash,
            layout.UNITS: "、".join(self.filing.units),
            layout.GRADE: self.filing.claimed_grade,
            **dict.fromkeys(layout.COVER_LABELS, ""),
            **self.filing.cover,
        }
        for row, (label, text) in enumerate(rows.items(), start=3):
            page.write_string(row, 0, label, self.formats.label)
            page.write_string(row, 1, text, self.formats.input)
        for row, line in enumerate(_GUIDE, start=len(rows) + 4):
            page.merge_range(row, 0, row, 1, line, self.formats.note)
            page.set_row(row, 32)
        page.freeze_panes(3, 0)

    def items(self) -> None:
        sheet = layout.ITEMS
        page = self.page(sheet)
        row = 3
        for heading, items in (
            ("", layout.needed_items(self.system)),
            ("以下不参与计分，用于报告和核查", layout.other_items(self.system)),
        ):
            if heading and items:
                page.merge_range(row, 0, row, len(sheet.fields) - 1, heading, self.formats.section)
                row += 1
            row = self.item_groups(page, items, row)
        page.print_area(0, 0, row, 5)  # provenance is for the reader on screen

    def item_groups(self, page: _Page, items: Iterable[Item], row: int) -> int:
        tables: dict[str, list[Item]] = {}
        for item in items:
            tables.setdefault(item.table or item.group, []).append(item)
        for table, members in tables.items():
            page.merge_range(row, 0, row, len(layout.ITEMS.fields) - 1, f"取自：{table}", self.formats.group)
            row += 1
            for item in members:
                self.item(page, item, row)
                row += 1
        return row

    def item(self, page: _Page, item: Item, row: int) -> None:
        page.write_string(row, 0, item.name, self.formats.label)
        page.write_string(row, 1, item.unit, self.formats.computed)
        stated = self.main_value(item, self.filing.year)
        self.input(page, row, 2, stated.stated if stated else "", item.type, state=stated)
        before = self.main_value(item, self.filing.year - 1, bare=True)
        self.input(page, row, 3, before.stated if before else "", item.type, state=before)
        numeric = item.type is ItemType.NUMBER
        if numeric:
            formula = f'=IF(AND(ISNUMBER(C{row + 1}),ISNUMBER(D{row + 1})),C{row + 1}-D{row + 1},"")'
            page.write_formula(row, 4, formula, self.formats.computed_number, "")
        else:
            page.write_string(row, 4, "", self.formats.computed)
        where = item.where + ("（台账填完的，以台账计数为准）" if item.counted else "")
        page.write_string(row, 5, where, self.formats.note)
        page.set_row(row, _LINE * max(_lines(where, 46), _lines(item.name, 30)))
        page.write_string(row, 6, stated.locator if stated else "", self.formats.input)
        page.write_string(row, 7, stated.quote if stated else "", self.formats.input)
        page.write_string(row, 8, SOURCE_CN[stated.source] if stated else "", self.formats.computed)
        self.validate_item(page, item, row)

    def validate_item(self, page: _Page, item: Item, row: int) -> None:
        unit = f"单位：{item.unit}。" if item.unit else ""
        message = f"{unit}{item.where}。没有发生填0，不知道就空着。"[:250]
        options: dict[str, Any] = {"input_title": item.name[:32], "input_message": message}
        if item.type is ItemType.FLAG:
            options |= {"validate": "list", "source": ["是", "否"]}
        elif item.type is ItemType.CHOICE:
            options |= {"validate": "list", "source": list(item.choices)}
        else:
            options |= {"validate": "any"}
        page.data_validation(row, 2, row, 2, options)

    def main_value(self, item: Item, year: int, *, bare: bool = False) -> Value | None:
        """The value that fits the main sheet without losing anything; what does not fit goes to 其他数值."""
        key = ValueKey(item.name, year)
        value = self.filing.values.get(key)
        if value is None:
            return None
        fits = value.unit in ("", item.unit) and value.state in (State.GIVEN, State.NONE)
        if value.state is State.NONE:
            fits = fits and not value.stated
        if bare:
            fits = fits and not (value.locator or value.quote) and value.source.value == "typed"
        # The unit is the item's on this sheet: a value that states none of its own says so elsewhere.
        fits = fits and (value.unit == item.unit)
        if not fits:
            return None
        self.placed.add(key)
        return value

    def input(self, page: _Page, row: int, column: int, text: str, kind: ItemType, state: Value | None = None) -> None:
        """An input cell: a number as a number with the decimals it was stated with, anything else as text."""
        if state is not None and state.state is State.NONE:
            text = "无"
        if kind is ItemType.NUMBER and _PLAIN_NUMBER.fullmatch(text):
            decimals = len(text.partition(".")[2])
            page.write_number(row, column, Decimal(text), self.formats.number(decimals))
        elif kind is ItemType.DATE and _is_date(text):
            page.write_datetime(row, column, date.fromisoformat(text), self.formats.date)
        else:
            page.write_string(
                row, column, text, self.formats.date_text if kind is ItemType.DATE else self.formats.input
            )

    def register(self, kind: RegisterKind) -> None:
        page = self.bare_page(layout.sheet_title(kind))
        register = self.filing.registers.get(kind.name, Register())
        columns = [*kind.columns]
        heads = [*(f"{c.name}（{c.unit}）" if c.unit else c.name for c in columns), layout.ROW_UNIT, layout.ROW_LOCATOR]
        last = max(len(heads) - 1, 3)
        page.merge_range(0, 0, 0, last, kind.title or kind.name, self.formats.title)
        page.set_row(0, 2 * _LINE)
        page.merge_range(1, 0, 1, last, kind.about, self.formats.note)
        page.set_row(1, _LINE * _lines(kind.about, 80))
        self.mark(page, 2, 0, layout.COMPLETE, on=register.complete)
        self.mark(page, 2, 2, layout.NONE_THIS_YEAR, on=register.none_this_year)
        for column, head in enumerate(heads):
            page.write_string(4, column, head, self.formats.head)
            text = column < len(columns) and columns[column].type is ItemType.TEXT
            page.set_column(column, column, _TEXT_WIDTH if text else max(12, len(head) * 2 + 2), self.formats.open)
        page.freeze_panes(5, 1)
        page.repeat_rows(4)
        rows = len(register.rows) + _BLANK_ROWS
        reach = max(_MOST_ROWS, rows)
        for number, row in enumerate(register.rows):
            self.register_row(page, 5 + number, columns, row.cells, row.unit, row.locator)
        for number in range(len(register.rows), rows):
            for column in range(len(heads)):
                page.write_blank(5 + number, column, None, self.formats.input)
        self.validate_register(page, columns, 5, 4 + reach)
        self.totals(page, columns, reach)
        used = max(len(register.rows), 20)
        page.print_area(0, 0, 5 + used, len(heads) - 1)

    def register_row(
        self, page: _Page, row: int, columns: list[RegisterColumn], cells: Mapping[str, str], unit: str, locator: str
    ) -> None:
        page.set_row(row, _LINE * max([1, *(_lines(text, _TEXT_WIDTH) for text in cells.values())]))
        for column, each in enumerate(columns):
            self.input(page, row, column, cells.get(each.name, ""), each.type)
        page.write_string(row, len(columns), unit, self.formats.input)
        page.write_string(row, len(columns) + 1, locator, self.formats.input)

    def mark(self, page: _Page, row: int, column: int, label: str, *, on: bool) -> None:
        page.write_string(row, column, label, self.formats.label)
        page.write_string(row, column + 1, "是" if on else "否", self.formats.input)
        page.data_validation(
            row,
            column + 1,
            row,
            column + 1,
            {
                "validate": "list",
                "source": ["是", "否"],
                "input_title": label,
                "input_message": "全部填完选“是”，台账计数才会用来计分。"
                if label == layout.COMPLETE
                else "今年没有发生过这类事项选“是”，等于如实填0。",
            },
        )

    def validate_register(self, page: _Page, columns: list[RegisterColumn], first: int, last: int) -> None:
        for number, column in enumerate(columns):
            options: dict[str, Any] = {"input_title": column.name[:32]}
            about = column.about or ("；".join(filter(None, ["必填" if column.required else "", column.unit])))
            if about:
                options["input_message"] = about[:250]
            if column.choices:
                options |= {"validate": "list", "source": list(column.choices), "error_type": "warning"}
            elif column.type is ItemType.DATE:
                options |= {"validate": "any", "input_message": about[:200] or "日期，例如 2023-05-01"}
            elif not about:
                continue
            else:
                options |= {"validate": "any"}
            page.data_validation(first, number, last, number, options)

    def totals(self, page: _Page, columns: list[RegisterColumn], rows: int) -> None:
        """A row above the head that adds up each amount, so that a clerk sees the sum while typing."""
        for number, column in enumerate(columns):
            if column.type is ItemType.NUMBER and number > 0:
                letter = xlsxwriter.utility.xl_col_to_name(number)
                page.write_formula(3, number, f"=SUM({letter}6:{letter}{5 + rows})", self.formats.computed_number, "")
        page.write_string(3, 0, "合计（自动）", self.formats.computed)

    def judgements(self) -> None:
        page = self.page(layout.JUDGEMENTS)
        row = 3
        for leaf in self.system.leaves():
            judgement = self.filing.judgements.get(leaf.id)
            answers = judgement.answers if judgement else {}
            for statement in layout.statements_of(leaf.rule):
                answer = answers.get(statement.key)
                word = {True: "是", False: "否", None: ""}[answer.holds if answer else None]
                cells = (leaf.id, leaf.name, layout.STATEMENT, statement.key, statement.text, word, "",
                         answer.note if answer else "", answer.evidence if answer else "")  # fmt: skip
                self.judgement_row(page, row, cells, ["是", "否", "未知"])
                row += 1
            bands = layout.bands_of(leaf.rule)
            if bands or (judgement and (judgement.band or judgement.share is not None)):
                words = "；".join(f"{b.name} {plain(b.low * 100)}%—{plain(b.high * 100)}%" for b in bands)
                share = "" if judgement is None or judgement.share is None else f"{judgement.share * 100:f}%"
                cells = (leaf.id, leaf.name, layout.BAND, "", words, judgement.band if judgement else "", share,
                         judgement.reason if judgement else "", "")  # fmt: skip
                self.judgement_row(page, row, cells, [b.name for b in bands])
                row += 1
            options = _options(leaf.rule)
            if options:
                cells = (leaf.id, leaf.name, layout.CHOICE, "", "、".join(options), judgement.choice if judgement else "",
                         "", judgement.reason if judgement and not bands else "", "")  # fmt: skip
                self.judgement_row(page, row, cells, list(options))
                row += 1

    def judgement_row(self, page: _Page, row: int, cells: tuple[str, ...], choices: list[str]) -> None:
        page.set_row(row, _LINE * _lines(cells[4], 44))
        for column, text in enumerate(cells):
            page.write_string(row, column, text, self.formats.label if column < 5 else self.formats.input)  # noqa: PLR2004 - the first five are given
        if choices:
            page.data_validation(row, 5, row, 5, {"validate": "list", "source": choices, "error_type": "warning"})

    def claims(self) -> None:
        page = self.page(layout.CLAIMS)
        rows: list[tuple[str, str, str]] = [
            (leaf.id, leaf.name, plain(leaf.points) if leaf.points is not None else "") for leaf in self.system.leaves()
        ]
        rows += [(str(total), "", "") for total in Total]
        known = {leaf_id for leaf_id, _, _ in rows}
        rows += [(key, "", "") for key in (*self.filing.claims, *self.filing.exemptions) if key not in known]
        for row, (leaf_id, name, points) in enumerate(dict.fromkeys(rows), start=3):
            claim = self.filing.claims.get(leaf_id)
            exemption = self.filing.exemptions.get(leaf_id)
            for column, text in enumerate((leaf_id, name, points)):
                page.write_string(row, column, text, self.formats.label)
            self.input(page, row, 3, format(claim.score, "f") if claim else "", ItemType.NUMBER)
            texts = (
                claim.reason if claim else "",
                exemption.reason if exemption else "",
                exemption.evidence if exemption else "",
                claim.locator if claim else "",
                claim.quote if claim else "",
            )
            for column, text in enumerate(texts, start=4):
                page.write_string(row, column, text, self.formats.input)

    def evidence(self) -> None:
        page = self.page(layout.EVIDENCE)
        rows = [(e.title, "、".join(e.proves), e.file, e.locator, e.sha256) for e in self.filing.evidence]
        self.text_rows(page, rows, _BLANK_ROWS)

    def narrative(self) -> None:
        page = self.page(layout.NARRATIVE, wide=False)
        rows = [(chapter, text) for chapter, texts in self.filing.narrative.items() for text in texts]
        rows += [(chapter, "") for chapter in layout.CHAPTERS if chapter not in self.filing.narrative]
        self.text_rows(page, rows, _NARRATIVE_ROWS)

    def values(self) -> None:
        page = self.page(layout.VALUES)
        rows = [
            (key.item, str(key.year), key.unit, value.stated, value.unit, STATE_CN[value.state],
             SOURCE_CN[value.source], value.locator, value.quote)
            for key, value in self.filing.values.items()
            if key not in self.placed
        ]  # fmt: skip
        self.text_rows(page, rows, 100)

    def text_rows(self, page: _Page, rows: Sequence[tuple[str, ...]], blank: int) -> None:
        width = len(rows[0]) if rows else 5
        for row, texts in enumerate(rows, start=3):
            page.set_row(row, _LINE * _lines(max(texts, key=len), 90 if width <= 2 else 34))  # noqa: PLR2004 - wide text column
            for column, text in enumerate(texts):
                page.write_string(row, column, text, self.formats.input)
        for row in range(3 + len(rows), 3 + len(rows) + blank):
            for column in range(width):
                page.write_blank(row, column, None, self.formats.input)


def _options(rule: Rule | None) -> tuple[str, ...]:
    return tuple(part.name for part in rule.options) if isinstance(rule, Choose) and rule.by == "department" else ()


def _lines(text: str, width: int) -> int:
    """How many lines a text takes in a column of so many half-width characters."""
    return max(1, -(-sum(2 if ord(c) > 127 else 1 for c in text) // width))  # noqa: PLR2004 - where ASCII ends


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).year >= 1900 and text == date.fromisoformat(text).isoformat()  # noqa: PLR2004 - where Excel's calendar begins
    except ValueError:
        return False


_GUIDE = (
    "填表说明：白色格子填写，灰色格子自动计算。没有发生填0，不知道就空着，不要填“/”或“—”。",
    "有台账的，先填台账；填完后在台账上方把“已填完”选“是”，今年没有这类事项的把“本年无此项”选“是”。",
    "“自评得分”不填，则按系统计算的得分；要另报一个分数，请写明理由。",
    "填好后保存，运行 hengji score 计分、hengji report 写出自评报告和评分表。",
)
