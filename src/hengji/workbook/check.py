"""Checks a filing against its system: what a workbook's cells are checked for, for a filing kept as text."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from hengji.model.asked import bands_of, options_of, statements_of
from hengji.model.evaluated_year import YEARS
from hengji.model.filing import Filing, Register, Row, State, Total, Value, ValueKey
from hengji.model.item import ItemType, RegisterKind
from hengji.model.problem import Problem
from hengji.model.system import IndicatorSystem
from hengji.workbook.cells import in_unit, read_cell
from hengji.workbook.faults import cell_fault, chapter_fault, claim_fault, row_faults, value_fault, year_fault
from hengji.workbook.grid import Cell


@dataclass(frozen=True, slots=True)
class _Check:
    """One filing under one system; every method yields what is wrong with one part of it."""

    filing: Filing
    system: IndicatorSystem
    file: str

    def at(self, key: str, message: str) -> Problem:
        return Problem(f"{self.file} {key}", message)

    def all(self) -> Iterator[Problem]:
        fault = year_fault(self.filing.year, self.system)
        if fault:
            yield self.at("year", fault)
        yield from self.values()
        yield from self.registers()
        yield from self.leaves()
        yield from self.judgements()
        for chapter in self.filing.narrative:
            fault = chapter_fault(chapter, self.system)
            if fault:
                yield self.at("narrative", fault)

    def values(self) -> Iterator[Problem]:
        for key, value in self.filing.values.items():
            item = self.system.dictionary.items.get(key.item)
            if item is None:
                known = self.system.dictionary.canonical(key.item)
                hint = f"应写“{known}”" if known else "请核对名称；可用 hengji items 查找"
                yield self.at("values", f"“{key.item}”不是已声明的数据项，{hint}")
                continue
            fault = value_fault(item, value)
            if key.year not in YEARS:
                fault = f"年度{key.year}不对，请填四位年份"
            if key.unit and key.unit not in self.filing.units:
                fault = f"下属单位“{key.unit}”没有列在 units 里"
            if fault:
                yield self.at(f"values {key.item} {key.year}", f"{key.item}：{fault}")

    def registers(self) -> Iterator[Problem]:
        for name, register in self.filing.registers.items():
            kind = self.system.dictionary.registers.get(name)
            if kind is None:
                yield self.at("registers", f"“{name}”不是已声明的台账")
                continue
            if register.none_this_year and register.complete:
                yield self.at(f"registers {name}", "complete（已填完）与 none_this_year（本年无此项）只能标一个")
            if register.none_this_year and register.rows:
                yield self.at(f"registers {name}", "标了 none_this_year（本年无此项），却有内容，请改正其中一处")
            unknown = {column for row in register.rows for column in row.cells} - {c.name for c in kind.columns}
            for title in sorted(unknown):
                known = kind.column(title)
                hint = f"，应写“{known.name}”" if known is not None else ""
                yield self.at(f"registers {name}", f"没有“{title}”这一列{hint}")
            for number, row in enumerate(register.rows, start=1):
                for column in kind.columns:
                    fault = cell_fault(column, row.cells.get(column.name, ""))
                    if fault:
                        yield self.at(f"registers {name} 第{number}行", f"{column.name}：{fault}")
                for _, fault in row_faults(kind, register, number - 1):
                    yield self.at(f"registers {name} 第{number}行", fault)

    def leaves(self) -> Iterator[Problem]:
        known = {indicator.id for indicator, _ in self.system.walk()}
        parts: set[str] = {str(total) for total in Total}
        for key, leaves, allowed in (
            ("claims", self.filing.claims, known | parts),
            ("exemptions", self.filing.exemptions, known),
        ):
            for leaf in leaves:
                if leaf not in allowed:
                    yield self.at(key, f"“{leaf}”不是“{self.system.name}”的指标编号")
        for leaf, claim in self.filing.claims.items():
            fault = claim_fault(leaf, claim.score, self.system, self.filing.exemptions)
            if fault:
                yield self.at(f"claims {leaf}", fault)

    def judgements(self) -> Iterator[Problem]:
        leaves = {leaf.id: leaf for leaf in self.system.leaves()}
        for leaf_id, judgement in self.filing.judgements.items():
            leaf = leaves.get(leaf_id)
            if leaf is None:
                yield self.at("judgements", f"“{leaf_id}”不是“{self.system.name}”的计分指标编号")
                continue
            where = f"judgements {leaf_id}"
            statements = {statement.key for statement in statements_of(leaf.rule)}
            for key in judgement.answers:
                if key not in statements:
                    yield self.at(where, f"“{leaf.name}”没有序号为“{key}”的要点")
            for what, word, words in (
                ("档次", judgement.band, [band.name for band in bands_of(leaf.rule)]),
                ("选项", judgement.choice, [*options_of(leaf.rule)]),
            ):
                if word and words and word not in words:
                    yield self.at(where, f"没有“{word}”这个{what}，可以选：{'、'.join(words)}")
            if judgement.share is not None and not 0 <= judgement.share <= 1:
                yield self.at(where, f"share（给分比例）{judgement.share}应在0到1之间，例如 0.9")


def check_filing(filing: Filing, system: IndicatorSystem, file: str) -> tuple[Problem, ...]:
    """Everything in a filing that its system does not know or a value cannot be; ``file`` is for the reader's eye."""
    return tuple(_Check(filing, system, file).all())


def plain_filing(filing: Filing, system: IndicatorSystem) -> Filing:
    """The filing with figures as a workbook gives them: 「１，２００」 is 1200, 2023年5月1日 is 2023-05-01."""
    values = {key: _plain_value(key, value, system) for key, value in filing.values.items()}
    registers = {
        name: _plain_register(register, system.dictionary.registers[name])
        if name in system.dictionary.registers
        else register
        for name, register in filing.registers.items()
    }
    return replace(filing, values=values, registers=registers)


def _plain_value(key: ValueKey, value: Value, system: IndicatorSystem) -> Value:
    item = system.dictionary.items.get(key.item)
    if item is None or value.state is not State.GIVEN:
        return value
    reading = read_cell(Cell(value.stated), item.type, item.choices)
    if reading is None or reading.problem or reading.state is not State.GIVEN:
        return value
    return replace(value, stated=reading.text, unit=value.unit or (item.unit if item.type is ItemType.NUMBER else ""))


def _plain_register(register: Register, kind: RegisterKind) -> Register:
    def cell(name: str, text: str) -> str:
        column = kind.column(name)
        reading = read_cell(Cell(text), column.type, column.choices) if column is not None else None
        if column is None or reading is None or reading.problem:
            return text
        if reading.state is not State.GIVEN:
            return "0"
        return in_unit(reading.text, reading.unit, column.unit) or text if reading.unit else reading.text

    rows = (Row({n: cell(n, t) for n, t in row.cells.items()}, row.locator, row.unit) for row in register.rows)
    return replace(register, rows=tuple(rows))
