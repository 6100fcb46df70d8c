"""A block copied from Excel into a register: which rows can be kept, and what is wrong with the others."""

from dataclasses import dataclass
from fractions import Fraction

from hengji.model.filing import State
from hengji.model.item import ItemType, RegisterColumn, RegisterKind
from hengji.model.numerals import plain
from hengji.model.units import canonical_unit, factor
from hengji.workbook.cells import read_cell
from hengji.workbook.grid import Cell
from hengji.workbook.table import normal

MOST_ROWS = 5000
_LEAST_HEADS = 2


@dataclass(frozen=True, slots=True)
class Line:
    """One pasted line: its cells by column, what is wrong with it, and what of it is converted."""

    number: int
    cells: dict[str, str]
    problems: tuple[str, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """All lines of a pasted block, and whether a head said which column is which."""

    lines: tuple[Line, ...]
    headed: bool

    @property
    def good(self) -> list[dict[str, str]]:
        """The rows that can be kept."""
        return [line.cells for line in self.lines if not line.problems]

    @property
    def bad(self) -> list[Line]:
        """The rows that cannot."""
        return [line for line in self.lines if line.problems]

    @property
    def converted(self) -> list[Line]:
        """The rows that can be kept with an amount converted, of which the preview says so."""
        return [line for line in self.lines if line.notes and not line.problems]


def in_unit_of(column: RegisterColumn, typed: str) -> str:
    """What was typed in another unit of its kind, in the column's; empty where that is not what is the matter."""
    reading = read_cell(Cell(typed.strip()), column.type, column.choices)
    if reading is None or reading.problem or column.type is not ItemType.NUMBER or not reading.unit:
        return ""
    scale = factor(reading.unit, column.unit)
    return "" if scale is None else plain(Fraction(reading.text) * scale, 6)


def read_box(column: RegisterColumn, typed: str) -> tuple[str, str]:
    """What was typed in a cell as it is kept, or one sentence about what is wrong with it."""
    reading = read_cell(Cell(typed.strip()), column.type, column.choices)
    if reading is None:
        return "", ""
    if reading.problem:
        return "", reading.problem
    if reading.state is State.NONE:
        return "0", ""
    if column.type is ItemType.NUMBER and reading.unit and canonical_unit(reading.unit) != column.unit:
        meant = in_unit_of(column, typed)
        if not meant:
            return "", f"单位应是“{column.unit or '不带单位'}”，这里是“{reading.unit}”"
        return "", f"这一列的单位是{column.unit}，请填 {meant}"
    return reading.text, ""


def read(kind: RegisterKind, text: str) -> Block:
    """Reads a block of tab-separated lines; a first line of column titles says the order, else it is the register's."""
    lines = [line.split("\t") for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n") if line.strip()]
    if not lines:
        return Block((), headed=False)
    columns = _heads(kind, lines[0])
    headed = columns is not None
    order = columns or list(kind.columns)
    body = lines[1:] if headed else lines
    found = [_line(number, order, cells) for number, cells in enumerate(body[:MOST_ROWS], start=1 + headed)]
    if len(body) > MOST_ROWS:
        found.append(Line(MOST_ROWS + 1, {}, (f"一次最多粘贴{MOST_ROWS}行，其余请分次粘贴或导入工作簿",)))
    return Block(tuple(found), headed)


def _heads(kind: RegisterKind, cells: list[str]) -> list[RegisterColumn | None] | None:
    named = [kind.column(normal(cell)) for cell in cells]
    enough = min(_LEAST_HEADS, len(kind.columns))
    return named if sum(column is not None for column in named) >= enough else None


def _line(number: int, order: list[RegisterColumn | None] | list[RegisterColumn], cells: list[str]) -> Line:
    kept: dict[str, str] = {}
    problems, notes = [], []
    for column, typed in zip(order, cells, strict=False):
        if column is None:
            continue
        text, problem = read_box(column, typed)
        if problem and (meant := in_unit_of(column, typed)):
            text, problem = meant, ""
            notes.append(f"{column.name}：{typed.strip()} 换算为 {meant} {column.unit}")
        if problem:
            problems.append(f"{column.name}：{problem}")
        elif text:
            kept[column.name] = text
    if any(cell.strip() for cell in cells[len(order) :]):
        problems.append(f"比台账多出{len(cells) - len(order)}列")
    return Line(number, kept, tuple(problems), tuple(notes))
