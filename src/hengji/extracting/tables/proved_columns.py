"""What the rows below a header say of its columns: where the leaves stand, what the names carry, which words tell the scores."""

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from hengji.extracting.leaves.absences import ABSENT_CELL
from hengji.extracting.leaves.leaf_names import is_name
from hengji.extracting.tables.cell_names import (
    are_explained,
    are_ordered,
    are_paths,
    mostly,
    names_levels,
    plain_name,
    without_meaning,
)
from hengji.extracting.tables.grid import Grid, cell_number
from hengji.extracting.tables.header_words import header_kind
from hengji.extracting.tables.row_names import is_sum, name_column_of
from hengji.extracting.tables.row_points import percent_or_number, points_of_row, told_score, words_of
from hengji.extracting.tables.score_cells import named_points, pair_in, score_in
from hengji.extracting.tables.score_columns import Columns
from hengji.model.patterns import pattern

_HUNDRED = Decimal(100)


def proved(grid: Grid, columns: Columns, last: int) -> Columns:
    """The columns after a look at the rows below the header, whose last row is ``last``."""
    if columns.plain or "budget" in columns.of or "spent" in columns.of:
        return columns
    rows = [row for row in range(last + 1, grid.rows) if not is_sum(grid, row) and not _is_heading(grid, row, columns)]
    if len(rows) < _FEWEST:
        return columns
    of = _with_leaf(grid, columns.of, rows)
    of = _with_weights(grid, of, rows)
    columns = replace(columns, of=of)
    columns = _with_names(grid, columns, rows)
    columns = _with_pairs(grid, columns, rows)
    return _with_told(grid, columns, rows, last)


_ENDS = ("points", "weight", "moved", "score", "weighted", "hundred", "both", "lost")
_FEWEST = 2  # rows that prove what a column holds


def _is_heading(grid: Grid, row: int, columns: Columns) -> bool:
    """Whether a row repeats the header, or is one line over the whole width."""
    if len(grid.distinct(row)) == 1:
        return True
    column = next((columns.of[key] for key in ("score", "points", "weight", "weighted") if key in columns.of), None)
    return header_kind(grid.text(row, column)) in _ENDS


def _with_leaf(grid: Grid, of: dict[str, int], rows: Sequence[int]) -> dict[str, int]:
    """The columns with the leaves' own: where the column of names is merged over rows, or repeats itself, the next one of names."""
    key = next((key for key in ("level3", "name", "level2", "level1") if key in of), "")
    if key in ("", "level3"):
        return of
    spread = _is_spread(grid, of[key], rows)
    if spread and not _repeats(grid, of[key], rows):
        return of
    ends = min((of[each] for each in _ENDS if of.get(each, -1) > of[key]), default=0)
    worth = next((of[each] for each in _ENDS if each in of), None)
    if worth is None or not _is_spread(grid, worth, rows):
        return of
    for column in range(of[key] + 1, ends):
        names = [_bare(grid.text(row, column)) for row in rows]
        own = len(set(names)) == len(names) or not spread
        if own and _is_spread(grid, column, rows) and mostly(sum(1 for name in names if is_name(name)), len(names)):
            kept = {each: place for each, place in of.items() if place != column and each != key}
            level = next(each for each in ("level1", "level2", "name") if each not in kept)
            return kept | {level: of[key], "level3": column}
    return of


def _repeats(grid: Grid, column: int, rows: Sequence[int]) -> bool:
    """Whether a row has the words of the one above it in a column, in a merged cell, again or left out."""
    words = [grid.text(row, column) for row in rows]
    return any(below in ("", above) for above, below in itertools.pairwise(words))


def _bare(text: str) -> str:
    name = plain_name(text)
    told = named_points(name, bare=True)
    return told.name if told is not None else name


def _is_spread(grid: Grid, column: int, rows: Sequence[int]) -> bool:
    """Whether nearly every row has a cell of its own with words in a column."""
    own = {cell.start for row in rows if (cell := grid.cells.get((row, column))) is not None and cell.text.strip()}
    return len(own) * 5 >= len(rows) * 4


def _with_weights(grid: Grid, of: dict[str, int], rows: Sequence[int]) -> dict[str, int]:
    """The columns where scores are out of a hundred and their weight makes the points: 5%, 90, perhaps with 4.5 behind."""
    weight = of.get("weight")
    if weight is None:
        return of
    if of["points"] != weight and all(cell_number(grid.text(row, of["points"])) == _HUNDRED for row in rows):
        of = of | {"points": weight}
    if not {"score", "weighted"} <= of.keys() or "hundred" in of:
        return of
    triples = [
        tuple(percent_or_number(grid.text(row, of[key])) for key in ("points", "score", "weighted")) for row in rows
    ]
    told = [each for each in triples if None not in each]
    marks = [(p, s, w) for p, s, w in told if p is not None and s is not None and w is not None and s > p >= w]
    if not told or len(marks) * 2 <= len(told):
        return of
    return {key: column for key, column in of.items() if key != "score"} | {"hundred": of["score"]}


def _with_names(grid: Grid, columns: Columns, rows: Sequence[int]) -> Columns:
    """What the names of the rows carry besides."""
    places = [(row, column) for row in rows if (column := name_column_of(grid, row, columns)) is not None]
    cells = [words_of(grid, row, column) for row, column in places]
    if not cells:
        return columns
    columns = replace(columns, explained=are_explained(cells))
    names = [
        _squeezed(without_meaning(cell)) if columns.explained else grid.text(*place)
        for cell, place in zip(cells, places, strict=True)
    ]
    if "points" not in columns.of and "both" not in columns.of:
        told = [named_points(name, bare=True) for name in names]
        if mostly(sum(1 for each in told if each is not None), len(told)):
            columns = replace(columns, carried=True)
            names = [each.name if each is not None else name for each, name in zip(told, names, strict=True)]
    columns = replace(columns, ordered=are_ordered(names))
    head = grid.text(columns.row, places[0][1])
    if names_levels(head) or ("level1" not in columns.of and "level2" not in columns.of):
        columns = replace(columns, joined=are_paths([plain_name(name) for name in names], head))
    return columns


def _squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def _with_pairs(grid: Grid, columns: Columns, rows: Sequence[int]) -> Columns:
    """The columns where the column of scores holds two numbers a cell, and no other has points: 「得4.5分（满分5分）」."""
    score = columns.get("score")
    if score is None or "both" in columns.of or "points" in columns.of or columns.carried:
        return columns
    if not mostly(sum(1 for row in rows if pair_in(words_of(grid, row, score)) is not None), len(rows)):
        return columns
    of = {key: column for key, column in columns.of.items() if key != "score"} | {"both": score}
    return replace(columns, of=of)


_RULES = pattern(r"标准|规则|办法|细则|方法|公式|要点|目标|解释")
_LOSSES = pattern(r"扣分|失分|减分|丢分")
_NOTHING = pattern(r"无|不扣分|未扣分|没有扣分|[—－/\\-]*")


def _with_told(grid: Grid, columns: Columns, rows: Sequence[int], last: int) -> Columns:
    """The columns with the one whose cells tell the scores in words, where none holds them as numbers: 「举办19场，得4.5分」."""
    if any(key in columns.of for key in ("weighted", "both")):
        return columns
    columns = _with_telling(grid, columns, rows)
    worth = [(row, points) for row in rows if (points := points_of_row(grid, row, columns)) is not None]
    if len(worth) < _FEWEST or _is_scored(grid, columns, worth):
        return columns
    name = next((columns.of[key] for key in ("level3", "name", "level2") if key in columns.of), -1)
    for column in range(name + 1, grid.columns):
        head = grid.text(last, column)
        if column == columns.get("points") or (_RULES.search(head) and not _LOSSES.search(head)):
            continue
        told = sum(1 for row, points in worth if told_score(grid, row, column, points) is not None)
        if mostly(told, len(worth)):
            return replace(columns, of=columns.of | {"told": column})
        silent = sum(1 for row, _ in worth if _NOTHING.fullmatch(grid.text(row, column)))
        if told and _LOSSES.search(head) and told + silent == len(worth):
            return replace(columns, of=columns.of | {"told": column, "lost": column})
    return columns


def _with_telling(grid: Grid, columns: Columns, rows: Sequence[int]) -> Columns:
    """The columns where the one of 「自评结果」 holds nothing but numbers."""
    telling = columns.get("telling")
    if telling is None or "score" in columns.of:
        return columns
    numbers = sum(1 for row in rows if cell_number(grid.text(row, telling)) is not None)
    return replace(columns, of=columns.of | {"score": telling}) if mostly(numbers, len(rows)) else columns


def _is_scored(grid: Grid, columns: Columns, worth: Sequence[tuple[int, Decimal]]) -> bool:
    """Whether the column of scores, or the one of points lost, can be read as it is."""
    if "score" in columns.of:
        texts = [(grid.text(row, columns.of["score"]), points) for row, points in worth]
        read = sum(
            1 for text, points in texts if not text or score_in(text, points) is not None or ABSENT_CELL.fullmatch(text)
        )
        return read * 2 >= len(texts)
    if "lost" not in columns.of:
        return False
    return all(
        _NOTHING.fullmatch(text) or cell_number(text.lstrip("-－—")) is not None or score_in(text, points) is not None
        for row, points in worth
        for text in (grid.text(row, columns.of["lost"]),)
    )
