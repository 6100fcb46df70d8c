"""Tables whose header words nobody knows (「评价因素｜额定分｜自测分」): the sums of the columns prove which are points and scores."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from hengji.extracting.leaves.absences import ABSENT_CELL
from hengji.extracting.leaves.leaf_names import is_name
from hengji.extracting.tables.cell_names import mostly, plain_name
from hengji.extracting.tables.graded_columns import Said
from hengji.extracting.tables.grid import Grid, cell_number, is_empty
from hengji.extracting.tables.row_names import is_sum

Kind = Callable[[str], str]
_NAMED = {"level3", "name", "level2"}
_SCORED = {"score", "weighted", "both", "lost", "telling", "hundred"}
_WORTH = {"points", "weight", "both", "moved"}
_NO_LEAVES = {"budget", "spent"}
_UNSAID = {"", "rule"}
_FEWEST = 4  # leaves
_HEADS = 4  # rows in which a header may stand
_NARROWEST = 3  # columns
_HUNDRED = Decimal(100)


def with_proved_header(grid: Grid, kind: Kind, said: Said | None) -> Grid:
    """The table with words that are known for its columns of names, points and scores, where the sums prove these; else as it is.

    Rows that lost the merged cells at their left are asked where their last cell stands under the last of the header.
    """
    if said is None or grid.columns < _NARROWEST or grid.rows <= _FEWEST:
        return grid
    head = next((row for row in range(min(_HEADS, grid.rows)) if _may_head(grid, row)), None)
    if head is None:
        return grid
    kinds = [kind(text) for text in grid.row(head)]
    words = _proved(grid, kinds, head, said)
    if not words and (right := _aligned(grid, head)) is not grid:
        words = _proved(right, kinds, head, said)
    return _with_words(grid, head, words, kinds) if words else grid


def _aligned(grid: Grid, head: int) -> Grid:
    """The table with the shorter rows moved to the right; as it is where no row is shorter or cells are merged."""
    if any(cell.rows > 1 or cell.columns > 1 for cell in grid.block.cells):
        return grid
    lengths = {
        row: max((c for c in range(grid.columns) if grid.text(row, c)), default=0) + 1 for row in range(grid.rows)
    }
    moved = {
        row: grid.columns - length if row > head and not is_sum(grid, row) else 0 for row, length in lengths.items()
    }
    if lengths[head] < grid.columns or not any(moved.values()):
        return grid
    cells = {(row, column + moved[row]): cell for (row, column), cell in grid.cells.items()}
    texts = {(row, column + moved[row]): text for (row, column), text in grid.texts.items()}
    lines = tuple(tuple(texts.get((row, column), "") for column in range(grid.columns)) for row in range(grid.rows))
    placed = {key: replace(cell, column=key[1]) for key, cell in cells.items() if key[1] < grid.columns}
    return replace(grid, cells=placed, texts=texts, lines=lines)


def _proved(grid: Grid, kinds: Sequence[str], head: int, said: Said) -> dict[int, str]:
    """The words for the columns of names, points and scores; nothing where the sums do not prove these."""
    known = set(kinds)
    if known & _NO_LEAVES or (known & _SCORED and known & _WORTH and known & _NAMED):
        return {}
    rows = [row for row in range(head + 1, grid.rows) if not is_sum(grid, row) and len(grid.distinct(row)) > 1]
    worth = _column(kinds, _WORTH - {"both", "moved"}) if known & _WORTH else _summing(grid, kinds, rows)
    if worth is None or len(rows) < _FEWEST or not _makes_a_hundred(grid, worth, rows):
        return {}
    score = _column(kinds, _SCORED) if known & _SCORED else _scoring(grid, kinds, rows, worth, said)
    if score is None or (known & _SCORED and kinds[score] != "score"):
        return {}
    name = _column(kinds, _NAMED) if known & _NAMED else _naming(grid, kinds, rows)
    if name is None:
        return {}
    return {name: "指标名称", worth: "分值", score: "得分"}


def _may_head(grid: Grid, row: int) -> bool:
    """Whether a row holds words only, and the next one numbers too."""
    texts = grid.row(row)
    if len({text for text in texts if text}) < _NARROWEST or any(cell_number(text) is not None for text in texts):
        return False
    return any(cell_number(text) is not None for text in grid.row(row + 1))


def _column(kinds: Sequence[str], wanted: set[str]) -> int | None:
    return next((column for column, each in enumerate(kinds) if each in wanted), None)


def _free(kinds: Sequence[str]) -> Iterator[int]:
    """The columns whose header says nothing that is known, or a rule, which no number is."""
    return (column for column, each in enumerate(kinds) if each in _UNSAID)


def _makes_a_hundred(grid: Grid, column: int, rows: Sequence[int]) -> bool:
    """Whether each row has a number of its own in a column, and they make a hundred."""
    made = Decimal(0)
    for row in rows:
        cell, number = grid.cells.get((row, column)), cell_number(grid.text(row, column))
        if cell is None or cell.row != row or not number:
            return False
        made += number
    return made == _HUNDRED


def _summing(grid: Grid, kinds: Sequence[str], rows: Sequence[int]) -> int | None:
    return next((column for column in _free(kinds) if _makes_a_hundred(grid, column, rows)), None)


def _scoring(grid: Grid, kinds: Sequence[str], rows: Sequence[int], worth: int, said: Said) -> int | None:
    """The first column whose numbers lie within the points and make a total that the text tells, or that the table does."""
    made = {
        column: total
        for column in _free(kinds)
        if column != worth and (total := _made_within(grid, column, rows, worth)) is not None
    }
    if not made:
        return None
    told = next((column for column, total in made.items() if total in said()[1]), None)
    if told is not None:
        return told
    return next((column for column, total in made.items() if total in _sums(grid, column)), None)


def _made_within(grid: Grid, column: int, rows: Sequence[int], worth: int) -> Decimal | None:
    """The sum of a column whose numbers all lie within the points of their rows; None for any other."""
    made = Decimal(0)
    for row in rows:
        text = grid.text(row, column)
        number, points = cell_number(text), cell_number(grid.text(row, worth))
        if number is None and ((text and is_empty(text)) or ABSENT_CELL.fullmatch(text)):
            continue
        if number is None or points is None or number > points:
            return None
        made += number
    return made


def _sums(grid: Grid, column: int) -> set[Decimal | None]:
    return {cell_number(grid.text(row, column)) for row in range(grid.rows) if is_sum(grid, row)}


def _naming(grid: Grid, kinds: Sequence[str], rows: Sequence[int]) -> int | None:
    """The first column whose cells are each of their own, and mostly names."""
    for column in _free(kinds):
        names = [plain_name(grid.text(row, column)) for row in rows]
        if mostly(sum(1 for name in names if is_name(name)), len(names)) and len(set(names)) == len(names):
            return column
    return None


def _with_words(grid: Grid, head: int, words: dict[int, str], kinds: Sequence[str]) -> Grid:
    """The table with these words in its header where they name nothing yet."""
    new = {column: text for column, text in words.items() if kinds[column] in _UNSAID}
    texts = dict(grid.texts) | {(head, column): text for column, text in new.items()}
    line = tuple(new.get(column, text) for column, text in enumerate(grid.lines[head]))
    return replace(grid, texts=texts, lines=(*grid.lines[:head], line, *grid.lines[head + 1 :]))
