"""What an importer found, and how it joins what a person typed."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

from hengji.model.filing import Filing, Register, State, Value, ValueKey
from hengji.model.numerals import read_decimal
from hengji.model.problem import Problem
from hengji.model.units import factor


@dataclass(frozen=True, slots=True)
class Imported:
    """Values and register rows with where they stood, and what could not be read."""

    values: Mapping[ValueKey, Value] = field(default_factory=dict)
    registers: Mapping[str, Register] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


def merge(filing: Filing, imported: Imported) -> tuple[Filing, tuple[Problem, ...]]:
    """The filing with imported values where it states none; a different typed value stays and the difference is said."""
    notes = list(imported.problems)
    values = dict(filing.values)
    for key, value in imported.values.items():
        typed = values.get(key)
        if typed is None or typed.state is State.BLANK:
            values[key] = value
        elif not _same(typed, value):
            said = "无" if typed.state is State.NONE else f"{typed.stated}{typed.unit}"
            message = f"{key.item}填的是{said}，这里是{value.stated}{value.unit}，保留所填，请核对"
            notes.append(Problem(value.locator, message))
    registers = dict(filing.registers)
    for name, register in imported.registers.items():
        typed_register = registers.get(name, Register())
        if typed_register.rows or typed_register.counts:
            notes.append(Problem(name, "台账里已有内容或标记，没有用导入的覆盖"))
        else:
            registers[name] = register
    return replace(filing, values=values, registers=registers), tuple(notes)


def _same(typed: Value, other: Value) -> bool:
    """Whether two stated values agree at the coarser of their two roundings (912.97万元 and 9129712.34元)."""
    a, b, scale = read_decimal(typed.stated), read_decimal(other.stated), factor(other.unit, typed.unit)
    if a is None or b is None or scale is None:
        return typed.stated == other.stated and typed.unit == other.unit
    exponent = a.as_tuple().exponent
    assert isinstance(exponent, int)  # a finite number
    half = Fraction(10) ** exponent / 2
    return abs(Fraction(a) - Fraction(b) * scale) <= half
