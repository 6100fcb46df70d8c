"""The 数据 sheet: every figure that a score uses, once, with its unit, last year's, and where it comes from."""

from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from hengji.language import formula, unit_of
from hengji.model.expression import Aggregate, Call, Function, Node, parts
from hengji.model.item import Item, ItemType
from hengji.model.units import dimension
from hengji.scoring.evaluate import evaluate
from hengji.scoring.facts import Datum, Facts
from hengji.scoring.results import Missing, Result, ZeroBase
from hengji.writing.xlsx_cells import BLANK, Cell, Content, Formats, Sheet, Style, lines, place, put
from hengji.writing.xlsx_formulas import Translator, Untranslatable

SHEET = "数据"
NOT_FILLED = "未填"
PERCENT = "0.00%"
_HEAD_ROW, _FIRST_ROW = 2, 3
_SOURCE_WIDTH, _PLACE_WIDTH, _LINE_HEIGHT = 34, 30, 13.5
_NAME, _UNIT, _FIRST_YEAR = 0, 1, 2


@dataclass
class DataSheet:
    """Hands out a row for every figure asked for, and writes them all at the end.

    ``years`` are the columns, the evaluated year first; ``facts`` are those of the evaluated year.
    """

    facts: Facts
    years: tuple[int, ...]
    items: dict[str, int] = field(default_factory=dict)
    aggregates: dict[Aggregate, int] = field(default_factory=dict)

    def at(self, offset: int) -> "YearCells":
        """The cells as a leaf of another year's data sees them."""
        return YearCells(self, offset)

    def item_cell(self, name: str, year: int) -> str:
        """The cell of an item in a year. Raises Untranslatable where it has no value."""
        datum = self.datum(name, year)
        if year not in self.years or isinstance(datum.result, Missing | ZeroBase):
            raise Untranslatable(f"{'' if year == self.years[0] else f'{year}年'}{name}未填")
        row = self.items.setdefault(name, self._next_row())
        return place(row, self._column(year), SHEET)

    def aggregate_cell(self, node: Aggregate, offset: int) -> str:
        """The cell of what a register comes to."""
        result = evaluate(node, self.facts)
        if offset or isinstance(result, Missing | ZeroBase):
            raise Untranslatable(f"{formula(node)}算不出")
        row = self.aggregates.setdefault(node, self._next_row())
        return place(row, _FIRST_YEAR, SHEET)

    def datum(self, name: str, year: int) -> Datum:
        """A figure with its provenance."""
        return self.facts.datum(name, self.facts.filing.year - year)

    def _next_row(self) -> int:
        return _FIRST_ROW + len(self.items) + len(self.aggregates)

    def _column(self, year: int) -> int:
        return _FIRST_YEAR + self.years.index(year)

    def write(self, sheet: Sheet, formats: Formats) -> None:
        """Writes the sheet; derived figures are formulas over the others where they can be."""
        derived = self._derived()  # may ask for more rows
        source = _FIRST_YEAR + len(self.years)
        _heads(sheet, formats, self.years, source)
        for name, row in self.items.items():
            item = self.facts.dictionary.items[name]
            put(sheet, row, _NAME, Cell(name), formats.text())
            put(sheet, row, _UNIT, Cell(item.unit), formats.text(align="center"))
            for year in self.years:
                cell = derived.get((name, year)) or Cell(content(self.datum(name, year).result))
                put(sheet, row, self._column(year), cell, _style(formats, item, cell.content))
            datum = self.datum(name, self.years[0])
            put(sheet, row, source, Cell(datum.source), formats.text())
            put(sheet, row, source + 1, Cell(datum.locator), formats.text())
            taken = max(lines(datum.source, _SOURCE_WIDTH), lines(datum.locator, _PLACE_WIDTH))
            sheet.set_row(row, _LINE_HEIGHT * taken + 2)
        for node, row in self.aggregates.items():
            self._write_aggregate(sheet, formats, node, row, source)
        sheet.freeze_panes(_FIRST_ROW, _FIRST_YEAR)

    def _write_aggregate(self, sheet: Sheet, formats: Formats, node: Aggregate, row: int, source: int) -> None:
        put(sheet, row, _NAME, Cell(formula(node)), formats.text())
        put(sheet, row, _UNIT, Cell(unit_of(node, self.facts.dictionary) or ""), formats.text(align="center"))
        put(sheet, row, _FIRST_YEAR, Cell(content(evaluate(node, self.facts))), formats.number())
        for column in range(_FIRST_YEAR + 1, source):
            put(sheet, row, column, BLANK, formats.text())
        put(sheet, row, source, Cell(f"台账“{node.register}”逐行计算"), formats.text())
        put(sheet, row, source + 1, BLANK, formats.text())

    def _derived(self) -> dict[tuple[str, int], Cell]:
        """The figures that a formula of the dictionary gives, as live cells."""
        found: dict[tuple[str, int], Cell] = {}
        waiting = list(self.items)
        while waiting:
            name = waiting.pop(0)
            known = set(self.items)
            for year in self.years:
                cell = self._derived_cell(name, year)
                if cell is not None:
                    found[name, year] = cell
            waiting += [new for new in self.items if new not in known]
        return found

    def _derived_cell(self, name: str, year: int) -> Cell | None:
        datum, rule = self.datum(name, year), self.facts.dictionary.items[name].formula
        if rule is None or not datum.source.startswith("算出"):
            return None
        translator = Translator(self.at(year - self.facts.filing.year), self.facts.dictionary)
        try:
            return Cell(content(datum.result), translator.excel(rule.tree))
        except Untranslatable:
            return None


@dataclass(frozen=True, slots=True)
class YearCells:
    """The cells of a leaf whose data are of a year ``offset`` away from the evaluated one."""

    data: DataSheet
    offset: int

    def item(self, name: str, back: int = 0) -> str:
        """The cell of an item."""
        return self.data.item_cell(name, self.data.facts.filing.year + self.offset - back)

    def aggregate(self, node: Aggregate) -> str:
        """The cell of what a register comes to."""
        return self.data.aggregate_cell(node, self.offset)


def content(result: Result) -> Content:
    """A result as a cell shows it; nothing is 未填."""
    match result:
        case bool():
            return "是" if result else "否"
        case Missing() | ZeroBase():
            return NOT_FILLED
        case Fraction() | date() | str():
            return result


def _style(formats: Formats, item: Item, shown: Content) -> Style:
    if item.type is ItemType.DATE:
        return formats.get(num_format="yyyy-mm-dd", align="center")
    if isinstance(shown, str):
        return formats.text(align="right", font_color="#5F6B78" if shown == NOT_FILLED else "#000000")
    return formats.number(number_code(item.unit))


def number_code(unit: str | None) -> str:
    """How numbers of a unit are shown: money with two decimals at least, ratios as percentages."""
    if unit and dimension(unit) == "money":
        return "#,##0.00####"
    return PERCENT if unit and dimension(unit) == "ratio" else "General"


def _heads(sheet: Sheet, formats: Formats, years: tuple[int, ...], source: int) -> None:
    sheet.set_column(_NAME, _NAME, 34)
    sheet.set_column(_UNIT, _UNIT, 8)
    sheet.set_column(_FIRST_YEAR, source - 1, 16)
    sheet.set_column(source, source, _SOURCE_WIDTH)
    sheet.set_column(source + 1, source + 1, _PLACE_WIDTH)
    sheet.set_row(0, 26)
    sheet.set_row(1, 20)
    sheet.merge_range(
        0, 0, 0, source + 1, "计分所用数据", formats.get(font_name="黑体", font_size=16, align="center", border=0)
    )
    note = "改动本表的数，“计分过程”和“评分表”随之重算；不考核、分值调整和一票否决按出表时的情况，不重算。"
    sheet.merge_range(1, 0, 1, source + 1, note, formats.get(border=0, text_wrap=True))
    heads = ["数据项", "单位", *(f"{year}年" for year in years), "来源", "取数位置"]
    for column, head in enumerate(heads):
        sheet.write_string(_HEAD_ROW, column, head, formats.head())


def expression_years(trees: list[tuple[Node, int]], year: int) -> tuple[int, ...]:
    """The years whose figures expressions read, the evaluated one and the one before it always among them."""
    found = {year, year - 1}
    for tree, offset in trees:
        found.add(year + offset)
        if any(isinstance(part, Call) and part.function is Function.LAST_YEAR for part in parts(tree)):
            found.add(year + offset - 1)
    return tuple(sorted(found, reverse=True))
