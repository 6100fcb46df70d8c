"""Expressions of the rule language as live Excel formulas, where a cell can state them."""

from collections.abc import Mapping

from hengji.model.expression import (
    Aggregate,
    Binary,
    Call,
    Column,
    Function,
    Name,
    Negative,
    Node,
    Number,
    Operator,
    Text,
)
from hengji.model.item import Item, RegisterKind
from hengji.model.system import IndicatorSystem
from hengji.workbook import layout
from hengji.workbook.grid import column_letter

_NOW, _BEFORE, _DERIVED = (column_letter(layout.ITEMS.column(key)) for key in ("now", "before", "derived"))
_ARITHMETIC = {
    Operator.ADD: "+",
    Operator.SUBTRACT: "-",
    Operator.MULTIPLY: "*",
    Operator.DIVIDE: "/",
}
_COMPARISONS = {
    Operator.EQUAL: "",
    Operator.NOT_EQUAL: "<>",
    Operator.GREATER: ">",
    Operator.AT_LEAST: ">=",
    Operator.LESS: "<",
    Operator.AT_MOST: "<=",
}


class _BeyondError(Exception):
    """What a cell cannot state."""


def derived_formula(item: Item, system: IndicatorSystem, rows: Mapping[str, int]) -> str | None:
    """The formula that shows what a register counts or other items add up to, or None where a cell cannot state it.

    ``rows`` gives the zero-based row of every item on the items sheet.
    """
    found = []
    for expression in (item.counted, item.formula):
        if expression is None:
            continue
        try:
            found.append(_text(expression.tree, system, rows))
        except _BeyondError:
            continue
    if not found:
        return None
    return "=" + "".join(f"IFERROR({text}," for text in found) + '""' + ")" * len(found)


def _text(node: Node, system: IndicatorSystem, rows: Mapping[str, int]) -> str:
    match node:
        case Number(value):
            if value.denominator == 1:
                return str(value.numerator)
            return f"({value.numerator}/{value.denominator})"
        case Negative(operand):
            return f"-({_text(operand, system, rows)})"
        case Binary(operator, left, right) if operator in _ARITHMETIC:
            return f"({_text(left, system, rows)}{_ARITHMETIC[operator]}{_text(right, system, rows)})"
        case Name(name) if name in rows:
            row = rows[name] + 1
            return f"IF(ISNUMBER({_NOW}{row}),{_NOW}{row},IF(ISNUMBER({_DERIVED}{row}),{_DERIVED}{row},NA()))"
        case Call(Function.LAST_YEAR, (Name(name),)) if name in rows:
            return f"IF(ISNUMBER({_BEFORE}{rows[name] + 1}),{_BEFORE}{rows[name] + 1},NA())"
        case Aggregate(function, register, value, where) if function in (Function.SUM, Function.COUNT):
            return _aggregate(function, system.dictionary.registers[register], value, where)
    raise _BeyondError


def _aggregate(function: Function, kind: RegisterKind, value: Node | None, where: Node | None) -> str:
    """A sum or count over the register's sheet, shown once the register is marked."""
    sheet = "'" + layout.sheet_name(kind).replace("'", "''") + "'"
    conditions = _conditions(kind, sheet, where)
    if function is Function.SUM:
        if not isinstance(value, Column):
            raise _BeyondError
        summed = _range(kind, sheet, value.name)
        inner = f"SUMIFS({','.join([summed, *conditions])})" if conditions else f"SUM({summed})"
    else:
        # A row counts where its first required column says something.
        first = next((column.name for column in kind.columns if column.required), kind.columns[0].name)
        inner = f"COUNTIFS({','.join(conditions or [_range(kind, sheet, first), chr(34) + '<>' + chr(34)])})"
    mark = layout.MARK_ROW + 1
    complete = f"{sheet}!${column_letter(layout.COMPLETE_COLUMN)}${mark}"
    none = f"{sheet}!${column_letter(layout.NONE_COLUMN)}${mark}"
    return f'IF({none}="是",0,IF({complete}="是",{inner},NA()))'


def _conditions(kind: RegisterKind, sheet: str, where: Node | None) -> list[str]:
    match where:
        case None:
            return []
        case Binary(Operator.AND, left, right):
            return _conditions(kind, sheet, left) + _conditions(kind, sheet, right)
        case Binary(operator, Column(name), Text(text)) if operator is Operator.EQUAL and not set(text) & set(
            '*?~"<>='
        ):
            return [_range(kind, sheet, name), f'"{text}"']
        case Binary(operator, Column(name), Number(value)) if operator in _COMPARISONS and value.denominator == 1:
            return [_range(kind, sheet, name), f'"{_COMPARISONS[operator]}{value.numerator}"']
    raise _BeyondError


def _range(kind: RegisterKind, sheet: str, name: str) -> str:
    """The cells of a column; a column that is computed where it is left empty cannot be added up by a cell."""
    number = next(index for index, column in enumerate(kind.columns) if column.name == name)
    if kind.columns[number].formula is not None:
        raise _BeyondError
    letter = column_letter(number)
    return f"{sheet}!${letter}${layout.BODY_ROW + 1}:${letter}${layout.BODY_ROW + layout.MOST_ROWS}"
