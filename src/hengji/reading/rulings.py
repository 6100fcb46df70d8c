"""Tables from ruling lines: lines that touch make a grid, and where a line is missing cells are merged."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from hengji.reading.glyphs import Rule

NEAR = 3.0  # points; lines so near are one, ends so near touch
NEAR_SCANNED = 6.0  # the same on a scanned page, whose lines are not straight
_COVERED = 0.6  # a border is there where a line runs along so much of it
MAX_RULES = 20_000
_MAX_LINES = 2_000


class Box(NamedTuple):
    """A cell of a grid: where it stands on the page, its place and how far it reaches."""

    left: float
    top: float
    right: float
    bottom: float
    row: int
    column: int
    rows: int
    columns: int


@dataclass(frozen=True)
class Grid:
    """A ruled table: where its columns and rows begin and end, and the cell that owns every place of the grid."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[Box, ...]
    owners: tuple[tuple[int, ...], ...]

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies inside."""
        return self.xs[0] <= x <= self.xs[-1] and self.ys[0] <= y <= self.ys[-1]

    def owner(self, x: float, y: float) -> int:
        """The number of the cell that holds a point which lies inside."""
        column = min(bisect_right(self.xs, x), len(self.xs) - 1) - 1
        row = min(bisect_right(self.ys, y), len(self.ys) - 1) - 1
        return self.owners[max(0, row)][max(0, column)]


@dataclass
class _Lines:
    """Lines of one direction: the places they stand at, and which stretches are drawn at each."""

    places: list[float]
    stretches: list[list[tuple[float, float]]]

    def covers(self, number: int, start: float, end: float) -> bool:
        drawn = sum(max(0.0, min(end, b) - max(start, a)) for a, b in self.stretches[number])
        return drawn >= _COVERED * (end - start)


def grids_of(rules: list[Rule], near: float = NEAR) -> list[Grid]:
    """The ruled tables of a page from top to bottom; frames of one cell are none. Too many lines give no tables.

    Lines that stand nearer than ``near`` are one.
    """
    if len(rules) > MAX_RULES:
        return []
    across = _joined([(r.top + r.bottom, r.left, r.right) for r in rules if r.right - r.left > r.bottom - r.top], near)
    down = _joined([(r.left + r.right, r.top, r.bottom) for r in rules if r.right - r.left <= r.bottom - r.top], near)
    if len(across) > _MAX_LINES or len(down) > _MAX_LINES:
        return []
    found = [grid for rows, columns in _groups(across, down, near) if (grid := _grid(rows, columns, near)) is not None]
    return sorted(found, key=lambda grid: grid.ys[0])


_Line = tuple[float, float, float]  # where it stands, from where to where it runs


def _joined(lines: Iterable[_Line], near: float) -> list[_Line]:
    """Lines on one place that touch, as one; the place comes doubled (the sum of both edges)."""
    found: list[_Line] = []
    row: list[_Line] = []
    for line in sorted((place / 2, start, end) for place, start, end in lines):
        if row and line[0] - row[0][0] > near:
            found += _end_to_end(row, near)
            row = []
        row.append(line)
    return found + _end_to_end(row, near)


def _end_to_end(row: list[_Line], near: float) -> list[_Line]:
    found: list[_Line] = []
    for place, start, end in sorted(row, key=lambda line: line[1]):
        if found and start <= found[-1][2] + near:
            found[-1] = (found[-1][0], found[-1][1], max(found[-1][2], end))
        else:
            found.append((place, start, end))
    return found


def _groups(across: list[_Line], down: list[_Line], near: float) -> list[tuple[list[_Line], list[_Line]]]:
    """Lines that touch each other, across and down together."""
    parents = list(range(len(across) + len(down)))

    def root(number: int) -> int:
        while parents[number] != number:
            parents[number] = parents[parents[number]]
            number = parents[number]
        return number

    for h, (y, left, right) in enumerate(across):
        for v, (x, top, bottom) in enumerate(down):
            if left - near <= x <= right + near and top - near <= y <= bottom + near:
                parents[root(h)] = root(len(across) + v)
    groups: dict[int, tuple[list[_Line], list[_Line]]] = {}
    for number, line in enumerate([*across, *down]):
        group = groups.setdefault(root(number), ([], []))
        group[number >= len(across)].append(line)
    return list(groups.values())


def _grid(across: list[_Line], down: list[_Line], near: float) -> Grid | None:
    if not across or not down:
        return None
    left, right = min(line[1] for line in across), max(line[2] for line in across)
    top, bottom = min(line[1] for line in down), max(line[2] for line in down)
    rows, columns = _lines(across, (top, bottom), near), _lines(down, (left, right), near)
    if len(rows.places) * len(columns.places) <= 4 or len(rows.places) < 2 or len(columns.places) < 2:  # noqa: PLR2004 - one cell is a frame
        return None
    return _merged(rows, columns)


def _lines(lines: list[_Line], edges: tuple[float, float], near: float) -> _Lines:
    """Lines by place; the outer edges are there even where the table is open at its sides."""
    places: list[float] = []
    stretches: list[list[tuple[float, float]]] = []
    for place, start, end in sorted([*lines, *((edge, 0.0, 0.0) for edge in edges)]):
        if places and place - places[-1] <= near:
            stretches[-1].append((start, end))
        else:
            places.append(place)
            stretches.append([(start, end)])
    return _Lines(places, stretches)


def _merged(rows: _Lines, columns: _Lines) -> Grid | None:
    """The grid with a cell for every area that no line parts."""
    ys, xs = rows.places, columns.places
    height, width = len(ys) - 1, len(xs) - 1
    owners = [[-1] * width for _ in range(height)]
    cells: list[Box] = []
    for row in range(height):
        for column in range(width):
            if owners[row][column] >= 0:
                continue
            wide = 1
            while (
                column + wide < width
                and owners[row][column + wide] < 0
                and not columns.covers(column + wide, ys[row], ys[row + 1])
            ):
                wide += 1
            high = 1
            while row + high < height and _goes_on(rows, columns, row + high, column, wide):
                high += 1
            for r in range(row, row + high):
                owners[r][column : column + wide] = [len(cells)] * wide
            cells.append(Box(xs[column], ys[row], xs[column + wide], ys[row + high], row, column, high, wide))
    if len(cells) < 2:  # noqa: PLR2004 - one cell is a frame
        return None
    return Grid(tuple(xs), tuple(ys), tuple(cells), tuple(map(tuple, owners)))


def _goes_on(rows: _Lines, columns: _Lines, row: int, column: int, wide: int) -> bool:
    """Whether a cell reaches into a row: nothing above it there, and nothing down through it."""
    xs, ys = columns.places, rows.places
    if any(rows.covers(row, xs[each], xs[each + 1]) for each in range(column, column + wide)):
        return False
    return not any(columns.covers(each, ys[row], ys[row + 1]) for each in range(column + 1, column + wide))
