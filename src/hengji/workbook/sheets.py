"""The sheets of one workbook being read: found by name, marked as used, with mistakes and notices collected."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from hengji.model.problem import HengjiError, Problem
from hengji.workbook.grid import Grid
from hengji.workbook.layout import Sheet
from hengji.workbook.table import Table, find_table


@dataclass
class Sheets:
    """The grids of a file by name; ``problems`` stop the reading in the end, ``notices`` are only said."""

    file: str
    grids: Mapping[str, Grid]
    problems: list[Problem] = field(default_factory=list)
    notices: list[Problem] = field(default_factory=list)
    used: set[str] = field(default_factory=set)

    def problem(self, where: str, message: str) -> None:
        """Keeps a mistake; ``where`` is a sheet or a cell."""
        self.problems.append(Problem(f"{self.file} {where}".strip(), message))

    def notice(self, where: str, message: str) -> None:
        """Keeps something the reader should know."""
        self.notices.append(Problem(f"{self.file} {where}".strip(), message))

    def stop(self) -> HengjiError:
        """Everything found so far, as what the caller must stop for."""
        return HengjiError(*self.problems)

    def grid(self, *names: str) -> Grid | None:
        """The sheet of the first of these names that there is, which is then in use."""
        for name in names:
            if name in self.grids:
                self.used.add(name)
                return self.grids[name]
        return None

    def table(self, sheet: Sheet, *, required: bool = False) -> Table | None:
        """The table on a sheet, or None; a missing required sheet and a missing head are mistakes."""
        grid = self.grid(*sheet.names)
        if grid is None:
            if required:
                self.problem("", f"缺少工作表“{sheet.name}”，请用 hengji new 重新生成或从备份里补上")
            return None
        table = find_table(grid, sheet.titles())
        if table is None:
            if grid.says_anything():
                heads = "、".join(field.title for field in sheet.fields[:4])
                self.problem(grid.name, f"找不到表头（{heads} ……），请不要删改表头行")
            return None
        for column in sheet.fields:
            if column.key in sheet.core and column.key not in table.columns and table.unknown:
                where = table.grid.place(table.first_row - 1, 0)
                self.problem(where, f"表头缺少“{column.title}”这一列，请把表头改回来")
        self.say_strays(table)
        return table

    def say_strays(self, table: Table) -> None:
        """Says which columns hold something and are not read."""
        for place in table.strays(table.unknown):
            self.notice(place, "不认识这一列，其中的内容没有读入")
        for place in table.strays(table.repeated):
            self.problem(place, "这一列的表头前面已经有了，请改名或删去一列")

    def leftover(self) -> None:
        """Says which sheets hold something and were not read."""
        for name, grid in self.grids.items():
            if name not in self.used and grid.says_anything():
                self.notice(name, "不认识这张工作表，其中的内容没有读入")
