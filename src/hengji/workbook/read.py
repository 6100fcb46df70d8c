"""Reads the workbook that a department filled: tolerant of moved columns and old habits, strict about what is meant."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from hengji.model.filing import (
    SOURCE_CN,
    Answer,
    Claim,
    Evidence,
    Exemption,
    Filing,
    Judgement,
    Register,
    Row,
    Source,
    State,
    Total,
    Value,
    ValueKey,
)
from hengji.model.item import Item, ItemType, RegisterKind
from hengji.model.numerals import read_decimal
from hengji.model.problem import HengjiError, Problem
from hengji.model.system import IndicatorSystem
from hengji.model.units import factor
from hengji.workbook import layout
from hengji.workbook.cells import Reading, read_cell
from hengji.workbook.grid import Grid, open_grids
from hengji.workbook.layout import Sheet
from hengji.workbook.table import Table, Title, find_table, normal, unit_in
from hengji.workbook.write import STATE_CN

LoadSystem = Callable[[str], IndicatorSystem]
_SOURCES = {word: source for source, word in SOURCE_CN.items()}
_STATES = {word: state for state, word in STATE_CN.items()}
_TOTALS = ("合计", "总计", "小计", "合计（自动）")
_YEARS = range(1990, 2100)
_SIGNED_ITEMS = ("调整", "增减", "差异", "变动")  # amounts that may be negative


def read_workbook(
    path: Path, load: LoadSystem, system_id: str | None = None
) -> tuple[Filing, IndicatorSystem, tuple[Problem, ...]]:
    """The filing in a workbook, the system it is for, and notices (things ignored, and said).

    ``load`` gives a system by id; ``system_id`` overrides the one the cover names. Raises HengjiError with every problem
    found, each with sheet and cell; a value that could not be read stops the reading, nothing is guessed.
    """
    grids = open_grids(path)
    reader = _Reader(path.name, {grid.name.strip(): grid for grid in grids}, [], [])
    filing, system = reader.read(load, system_id)
    if reader.problems:
        raise HengjiError(*reader.problems)
    return filing, system, tuple(reader.notices)


@dataclass
class _Reader:
    """One workbook being read; mistakes and notices are collected."""

    file: str
    grids: Mapping[str, Grid]
    problems: list[Problem]
    notices: list[Problem]
    used: set[str] = field(default_factory=set)

    def read(self, load: LoadSystem, system_id: str | None) -> tuple[Filing, IndicatorSystem]:
        cover = self.cover()
        wanted = system_id or cover.get(layout.SYSTEM, "")
        if not wanted:
            self.problem("封面", f"没有写{layout.SYSTEM}编号，请在封面填上，或用 --system 指定")
            raise HengjiError(*self.problems)
        try:
            system = load(wanted)
        except HengjiError as error:
            raise HengjiError(*self.problems, *error.problems) from error
        year = self.year(cover.get(layout.YEAR, ""), system)
        department = cover.get(layout.DEPARTMENT, "")
        if not department:
            self.problem("封面", f"没有填{layout.DEPARTMENT}")
        registers = {
            kind.name: found for kind in system.dictionary.registers.values() if (found := self.register(kind))
        }
        claims, exemptions = self.claims(system)
        filing = Filing(
            department=department,
            year=year,
            system=wanted,
            system_version=cover.get(layout.VERSION, ""),
            system_hash=cover.get(layout.HASH, ""),
            units=tuple(filter(None, cover.get(layout.UNITS, "").replace(",", "、").split("、"))),
            cover={k: v for k, v in cover.items() if k not in _OWN_LABELS and v},
            values={**self.items(system, year), **self.other_values(system)},
            registers=registers,
            judgements=self.judgements(system),
            claims=claims,
            claimed_grade=cover.get(layout.GRADE, ""),
            exemptions=exemptions,
            narrative=self.narrative(),
            evidence=self.evidence(),
        )
        self.leftover()
        return filing, system

    def problem(self, where: str, message: str) -> None:
        self.problems.append(Problem(f"{self.file} {where}", message))

    def notice(self, where: str, message: str) -> None:
        self.notices.append(Problem(f"{self.file} {where}", message))

    def grid(self, sheet: Sheet) -> Grid | None:
        for name in (sheet.name, *sheet.aliases):
            if name in self.grids:
                self.used.add(name)
                return self.grids[name]
        return None

    def table(self, sheet: Sheet, *, required: bool) -> Table | None:
        grid = self.grid(sheet)
        if grid is None:
            if required:
                self.problem("", f"缺少工作表“{sheet.name}”，请用 hengji new 重新生成或从备份里补上")
            return None
        table = find_table(grid, [Title(f.key, (f.title, *f.aliases)) for f in sheet.fields])
        if table is None and any(cell.text for row in grid.rows for cell in row):
            heads = "、".join(f.title for f in sheet.fields[:4])
            self.problem(grid.name, f"找不到表头（{heads} ……），请不要删改表头行")
        return table

    def cover(self) -> dict[str, str]:
        grid = self.grid(layout.COVER)
        if grid is None:
            self.problem("", f"缺少工作表“{layout.COVER.name}”，不是衡绩的填报工作簿；新建请用 hengji new")
            raise HengjiError(*self.problems)
        found: dict[str, str] = {}
        for row in grid.rows:
            texts = [cell.text for cell in row]
            if len(texts) > 1 and texts[0] and texts[0] != "项目" and not texts[0].startswith(layout.COVER.title):
                found.setdefault(normal(texts[0]).rstrip(":"), texts[1])
        return found

    def year(self, text: str, system: IndicatorSystem) -> int:
        digits = text.removesuffix("年度").removesuffix("年").strip()
        number = read_decimal(digits)
        if number is None or int(number) != number or int(number) not in _YEARS:
            self.problem("封面", f"{layout.YEAR}“{text}”不对，请填四位年份，例如 2023")
            return system.years.first or _YEARS[0]
        if int(number) not in system.years:
            self.problem("封面", f"{layout.YEAR}{int(number)}不在“{system.name}”的适用年度内，请核对年度或换用指标体系")
        return int(number)

    def items(self, system: IndicatorSystem, year: int) -> dict[ValueKey, Value]:
        table = self.table(layout.ITEMS, required=True)
        found: dict[ValueKey, Value] = {}
        for row in table.rows() if table else ():
            assert table is not None
            name = table.cell(row, "item").text
            if not name or name.startswith(("取自：", "以下不参与")):
                continue
            item = self.item(system, name)
            if item is None:
                self._unknown_item(table, row, name)
                continue
            stated_unit = table.cell(row, "unit").text
            for key, of_year in (("now", year), ("before", year - 1)):
                reading = read_cell(table.cell(row, key), item.type, item.choices)
                if reading is None:
                    continue
                place = table.place(row, key)
                unit = reading.unit or unit_in(_head(table, key)) or stated_unit or item.unit
                value = self.value(item, reading, unit, place)
                if key == "now":
                    value = Value(
                        value.stated, value.unit, value.state,
                        _SOURCES.get(table.cell(row, "source").text, Source.TYPED),
                        table.cell(row, "locator").text, table.cell(row, "quote").text,
                    )  # fmt: skip
                if ValueKey(item.name, of_year) in found:
                    self.problem(place, f"数据项“{item.name}”填了两次，请留一处")
                found[ValueKey(item.name, of_year)] = value
        return found

    def _unknown_item(self, table: Table, row: int, name: str) -> None:
        if any(table.cell(row, key).text for key in ("now", "before")):
            self.problem(table.place(row, "item"), f"“{name}”不是已声明的数据项，请核对名称；可用 hengji items 查找")

    def item(self, system: IndicatorSystem, name: str) -> Item | None:
        canonical = system.dictionary.canonical(name)
        return system.dictionary.items[canonical] if canonical else None

    def value(self, item: Item, reading: Reading, unit: str, place: str) -> Value:
        """A value as stated, its unit checked against the item's."""
        if reading.problem:
            self.problem(place, f"{item.name}：{reading.problem}")
        elif item.type is ItemType.NUMBER and reading.state is State.GIVEN:
            if factor(unit, item.unit) is None:
                self.problem(place, f"{item.name}的单位应是“{item.unit}”，这里是“{unit}”")
            number = read_decimal(reading.text)
            if number is not None and number < 0 and not any(word in item.name for word in _SIGNED_ITEMS):
                self.problem(place, f"{item.name}是负数（{reading.text}），请核对")
        unit = unit if item.type is ItemType.NUMBER else ""
        return Value(reading.text, unit if reading.state is not State.NONE else item.unit, reading.state)

    def other_values(self, system: IndicatorSystem) -> dict[ValueKey, Value]:
        table = self.table(layout.VALUES, required=False)
        found: dict[ValueKey, Value] = {}
        for row in table.rows() if table else ():
            assert table is not None
            name = table.cell(row, "item").text
            item = self.item(system, name)
            year = read_decimal(table.cell(row, "year").text)
            if item is None or year is None:
                self.problem(table.place(row, "item"), f"“{name}”不是已声明的数据项，或没有写年度")
                continue
            state = _STATES.get(table.cell(row, "state").text, State.GIVEN)
            key = ValueKey(item.name, int(year), table.cell(row, "unit_name").text)
            text = table.cell(row, "value").text
            if state is State.GIVEN:
                reading = read_cell(table.cell(row, "value"), item.type, item.choices)
                if reading is None:
                    continue
                if reading.problem:
                    self.problem(table.place(row, "value"), f"{item.name}：{reading.problem}")
                text, state = reading.text, reading.state
            found[key] = Value(
                text, table.cell(row, "unit").text, state,
                _SOURCES.get(table.cell(row, "source").text, Source.TYPED),
                table.cell(row, "locator").text, table.cell(row, "quote").text,
            )  # fmt: skip
        return found

    def register(self, kind: RegisterKind) -> Register | None:
        names = (layout.sheet_title(kind), kind.title, *kind.aliases)
        grid = next((self.grids[name] for name in names if name in self.grids), None)
        if grid is None:
            return None
        self.used.add(grid.name.strip())
        titles = [Title(c.name, (c.name, *c.aliases)) for c in kind.columns]
        titles += [Title("\0unit", (layout.ROW_UNIT,)), Title("\0locator", (layout.ROW_LOCATOR,))]
        table = find_table(grid, titles, least=min(2, len(kind.columns)))
        complete, none = self.mark(grid, layout.COMPLETE), self.mark(grid, layout.NONE_THIS_YEAR)
        if table is None:
            if any(cell.text for row in grid.rows for cell in row):
                self.problem(
                    grid.name, f"找不到台账“{kind.name}”的表头（{'、'.join(c.name for c in kind.columns[:4])} ……）"
                )
            return None
        self._say_unknown(table)
        rows = tuple(found for row in table.rows() if (found := self.register_row(kind, table, row)) is not None)
        if none and rows:
            self.problem(grid.name, "标了“本年无此项”，却填了内容，请改正其中一处")
        if not rows and not complete and not none:
            return None
        return Register(rows, complete=complete, none_this_year=none)

    def mark(self, grid: Grid, label: str) -> bool:
        for r, row in enumerate(grid.rows[:6]):
            for c, cell in enumerate(row):
                if normal(cell.text) == label:
                    word = grid.cell(r, c + 1).text
                    if word not in ("", "是", "否"):
                        self.problem(grid.place(r, c + 1), f"“{label}”应选“是”或“否”")
                    return word == "是"
        return False

    def register_row(self, kind: RegisterKind, table: Table, row: int) -> Row | None:
        if any(cell.text in _TOTALS for cell in table.grid.rows[row][:3]):
            return None
        cells: dict[str, str] = {}
        for column in kind.columns:
            if column.name not in table.columns:
                continue
            reading = read_cell(table.cell(row, column.name), column.type, column.choices)
            if reading is None:
                continue
            place = table.place(row, column.name)
            if reading.problem:
                self.problem(place, f"{column.name}：{reading.problem}")
            cells[column.name] = self.in_unit(reading, column.unit, table.units.get(column.name, ""), place)
        if not cells:
            return None
        unit = table.cell(row, "\0unit").text if "\0unit" in table.columns else ""
        locator = table.cell(row, "\0locator").text if "\0locator" in table.columns else ""
        return Row(cells, locator, unit)

    def in_unit(self, reading: Reading, unit: str, head_unit: str, place: str) -> str:
        """A register's figure in its column's unit; another unit in the head (元 for 万元) is converted and said."""
        stated = reading.unit or head_unit
        if not stated or not unit or stated == unit or reading.state is not State.GIVEN:
            return reading.text if reading.state is not State.NONE else "0"
        scale = factor(stated, unit)
        number = read_decimal(reading.text)
        if scale is None or number is None:
            self.problem(place, f"单位应是“{unit}”，这里是“{stated}”")
            return reading.text
        converted = number * scale.numerator / Decimal(scale.denominator)
        self.notice(place, f"{reading.text}{stated}已换算成{converted.normalize():f}{unit}")
        return f"{converted.normalize():f}"

    def _say_unknown(self, table: Table) -> None:
        for column in table.unknown:
            if any(table.grid.cell(row, column).text for row in table.rows()):
                self.notice(table.grid.place(table.first_row - 1, column), "不认识这一列，其中的内容没有读入")

    def judgements(self, system: IndicatorSystem) -> dict[str, Judgement]:
        table = self.table(layout.JUDGEMENTS, required=False)
        ids = {leaf.id for leaf in system.leaves()}
        found: dict[str, Judgement] = {}
        for row in table.rows() if table else ():
            assert table is not None
            leaf_id, kind = table.cell(row, "leaf").text, table.cell(row, "kind").text
            if leaf_id not in ids:
                if table.cell(row, "answer").text:
                    self.problem(table.place(row, "leaf"), f"“{leaf_id}”不是本体系的计分指标编号")
                continue
            before = found.get(leaf_id, Judgement())
            changed = self.judged(table, row, kind, before)
            if changed is not None:
                found[leaf_id] = changed
        return found

    def judged(self, table: Table, row: int, kind: str, before: Judgement) -> Judgement | None:
        answer, reason = table.cell(row, "answer").text, table.cell(row, "reason").text
        evidence, place = table.cell(row, "evidence").text, table.place(row, "answer")
        share = self.share(table, row)
        if kind == layout.STATEMENT:
            if not (answer or reason or evidence):
                return None
            if answer not in ("是", "否", "未知", "", "√", "×", "符合", "不符合"):
                self.problem(place, f"“{answer}”应是“是”“否”或“未知”")
            holds = {"是": True, "√": True, "符合": True, "否": False, "×": False, "不符合": False}.get(answer)
            answers = {**before.answers, table.cell(row, "key").text: Answer(holds, evidence, reason)}
            return Judgement(answers, before.band, before.share, before.choice, before.reason)
        if not (answer or share is not None or reason):
            return None
        if kind == layout.CHOICE:
            return Judgement(before.answers, before.band, before.share, answer, reason or before.reason)
        return Judgement(before.answers, answer, share, before.choice, reason)

    def share(self, table: Table, row: int) -> Decimal | None:
        cell = table.cell(row, "share")
        reading = read_cell(cell, ItemType.NUMBER)
        if reading is None or reading.state is State.NONE:
            return None
        number = read_decimal(reading.text)
        if number is None:
            self.problem(table.place(row, "share"), f"给分比例{reading.problem or '不是数'}，例如 90%")
            return None
        if reading.unit == "%" or number > 1:
            number /= 100
        if not 0 <= number <= 1:
            self.problem(table.place(row, "share"), f"给分比例“{cell.text}”应在0%到100%之间")
        return number

    def claims(self, system: IndicatorSystem) -> tuple[dict[str, Claim], dict[str, Exemption]]:
        table = self.table(layout.CLAIMS, required=False)
        claims: dict[str, Claim] = {}
        exemptions: dict[str, Exemption] = {}
        known = {indicator.id for indicator, _ in system.walk()} | set(Total)
        for row in table.rows() if table else ():
            assert table is not None
            leaf_id, place = table.cell(row, "leaf").text, table.place(row, "score")
            score = self.score(table.cell(row, "score").text, place)
            exempt = table.cell(row, "exempt").text
            if leaf_id not in known:
                if score is not None or exempt:
                    self.problem(table.place(row, "leaf"), f"“{leaf_id}”不是本体系的指标编号")
                continue
            if score is not None:
                claims[leaf_id] = Claim(
                    score,
                    table.cell(row, "reason").text,
                    table.cell(row, "locator").text,
                    table.cell(row, "quote").text,
                )
            if exempt:
                exemptions[leaf_id] = Exemption(exempt, table.cell(row, "exempt_evidence").text)
        return claims, exemptions

    def score(self, text: str, place: str) -> Decimal | None:
        text = text.removesuffix("分").strip()
        if text in ("", "—", "-", "/", "不考核"):
            return None
        number = read_decimal(text)
        if number is None:
            self.problem(place, f"自评得分“{text}”不是数")
        elif number < 0:
            self.problem(place, f"自评得分是负数（{text}），扣分请在“扣分”一行填正数")
        return number

    def narrative(self) -> dict[str, tuple[str, ...]]:
        table = self.table(layout.NARRATIVE, required=False)
        found: dict[str, tuple[str, ...]] = {}
        for row in table.rows() if table else ():
            assert table is not None
            chapter, text = table.cell(row, "chapter").text, table.cell(row, "text").text
            if not text:
                continue
            if chapter not in layout.CHAPTERS and not chapter.startswith(layout.LEAF_CHAPTER):
                self.problem(
                    table.place(row, "chapter"), f"不认识的章节“{chapter}”，可以写：{'、'.join(layout.CHAPTERS)}"
                )
                continue
            found[chapter] = (*found.get(chapter, ()), text)
        return found

    def evidence(self) -> tuple[Evidence, ...]:
        table = self.table(layout.EVIDENCE, required=False)
        return tuple(
            Evidence(
                table.cell(row, "title").text,
                tuple(
                    filter(
                        None,
                        (
                            p.strip()
                            for p in table.cell(row, "proves").text.replace(",", "、").replace("，", "、").split("、")
                        ),
                    )
                ),
                table.cell(row, "file").text,
                table.cell(row, "locator").text,
                table.cell(row, "sha256").text,
            )
            for row in (table.rows() if table else ())
            if table is not None and table.cell(row, "title").text
        )

    def leftover(self) -> None:
        for name, grid in self.grids.items():
            if name not in self.used and any(cell.text for row in grid.rows for cell in row):
                self.notice(name, "不认识这张工作表，其中的内容没有读入")


_OWN_LABELS = (layout.DEPARTMENT, layout.YEAR, layout.SYSTEM, layout.VERSION, layout.HASH, layout.UNITS, layout.GRADE)


def _head(table: Table, key: str) -> str:
    column = table.columns.get(key)
    return "" if column is None else table.grid.cell(table.first_row - 1, column).text
