"""A table of scores of last year (评分表) as the beginning of a draft: the tree, the points, the words of the rules.

Rules are not guessed: what the table prints stands as ``standard``, and the leaf is scored by claim until somebody writes
its rule.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

import yaml

from hengji.extracting.tables.grid import Grid, grids_of
from hengji.extracting.tables.header_words import header_kind
from hengji.extracting.tables.score_tables import score_tables
from hengji.model.extraction import ScoredItem
from hengji.model.patterns import pattern
from hengji.model.problem import HengjiError
from hengji.reading import read_document

_FEWEST = 3
_FULL = Decimal(100)
_TITLE = pattern(r"评分|自评|绩效|指标")
_LONGEST = 80


@dataclass(frozen=True, slots=True)
class Row:
    """One leaf of the table."""

    path: tuple[str, ...]
    name: str
    points: Decimal | None
    standard: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """What was read of a file: its title, its leaves, and the points that the table prints beside groups."""

    title: str
    rows: tuple[Row, ...]
    groups: dict[str, Decimal] = field(default_factory=dict)


def read_table(path: Path) -> Table:
    """The table in a file; what a child process does. Raises HengjiError where there is none."""
    document = read_document(path)
    grids = list(grids_of(document).values())
    found = score_tables(grids)
    rows = tuple(Row(item.path, item.name, item.points, _standard(grids, item)) for item in found.items)
    if len(rows) < _FEWEST:
        raise HengjiError(f"{path.name} 里没有找到评分表：要有指标名称和分值（或权重）两列")
    groups = {group.name: group.points for group in found.groups if group.points is not None}
    lines = (line.strip() for line in document.text.split("\n")[:6])
    title = next((line for line in lines if _TITLE.search(line) and "\t" not in line), "")
    return Table(title[:_LONGEST], rows, groups)


def _standard(grids: Iterable[Grid], item: ScoredItem) -> str:
    """What the table's column of rules says beside a leaf."""
    for grid in grids:
        if not grid.block.start <= item.span.start <= grid.block.end:
            continue
        row = next(
            (r for r in range(grid.rows) if grid.row_span(r).start <= item.span.start <= grid.row_span(r).end), None
        )
        if row is None:
            return ""
        for above in range(row, -1, -1):
            column = next((c for c in range(grid.columns) if header_kind(grid.text(above, c)) == "rule"), None)
            cell = grid.cells.get((row, column)) if column is not None else None
            if cell is not None and above < row:
                return re.sub(r"\s+", " ", cell.text).strip()
    return ""


def as_yaml(table: Table, system_id: str, name: str, region: str, year: int) -> str:
    """A draft's text from a table."""
    tree: dict[str, object] = {
        "id": system_id,
        "version": "1",
        "name": name or table.title or f"{region}部门整体支出绩效自评指标体系",
        "region": region,
        "years": {"from": year, "to": year},
        "confidence": "reconstructed",
        "about": "由评分表读入：指标、分值和评分标准取自表格，计分规则还没有写，按单位自评计。",
        "total": {"points": "100", "cap": "100", "floor": "0"},
        "indicators": _branches(table, table.rows, (), ""),
    }
    dumped = yaml.dump(tree, Dumper=yaml.SafeDumper, allow_unicode=True, sort_keys=False, width=4096)
    return f"# 由评分表读入。请逐项核对分值，再为能够计算的指标写 rule；没有 rule 的按单位自评计。\n{dumped}"


def _branches(table: Table, rows: Iterable[Row], above: tuple[str, ...], prefix: str) -> list[dict[str, object]]:
    """The indicators under a path, in the order of the table; rows whose path ends here are leaves."""
    listed = list(rows)
    depth = len(above)
    found: list[dict[str, object]] = []
    done: set[str] = set()
    for row in listed:
        here = f"{prefix}{len(found) + 1}"
        if len(row.path) <= depth:
            leaf: dict[str, object] = {"id": here, "name": row.name}
            if row.points is not None:
                leaf["points"] = format(row.points.normalize(), "f")
            if row.standard:
                leaf["standard"] = row.standard
            found.append(leaf)
            continue
        name = row.path[depth]
        if name in done:
            continue
        done.add(name)
        own = [each for each in listed if len(each.path) > depth and each.path[depth] == name]
        points = table.groups.get(name, sum((each.points or Decimal(0) for each in own), Decimal(0)))
        branch: dict[str, object] = {"id": here, "name": name, "points": format(points.normalize(), "f")}
        found.append(branch | {"parts": _branches(table, own, (*above, name), f"{here}.")})
    return found
