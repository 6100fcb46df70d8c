"""The division of lines into rows whose cells may be broken over several of them, empty or merged: the one that fits best."""

from collections.abc import Iterator, Sequence

from hengji.extracting.tables.broken_cells import ENDLESS, MOST_LINES, PLACEHOLDER, worth_of_cell
from hengji.extracting.tables.token_rows import NAME_KINDS, NUMBER_KINDS

Ranges = dict[int, tuple[int, int]]  # by column, the lines of its cell

_NONE = -1  # the column of no row
_BREAKING = 1.5  # what a division with broken names is worth less
_UNSCORED, _SKIPPED, _ROW, _GAP = 2.0, 4.0, 1.0, 0.3  # an empty score, a line passed over, a row, an empty cell
_MERGED = ("level1", "level2")

_Reached = dict[
    int, tuple[float, tuple[int, int] | None]
]  # by the last column filled: the worth, and where it came from


def divided(
    lines: Sequence[str], apart: Sequence[bool], kinds: Sequence[str], width: int
) -> tuple[float, list[Ranges]]:
    """What the best division is worth, and its rows; names are broken at a width, no cell where an empty line stands."""
    kind = next(kind for kind in NAME_KINDS if kind in kinds)
    name = max(column for column, each in enumerate(kinds) if each == kind)
    best: list[_Reached] = [{} for _ in range(len(lines) + 1)]
    best[0][_NONE] = (0.0, None)
    for at, reached in enumerate(best):
        _close(reached, at, kinds, name)
        for column, (worth, _) in list(reached.items()):
            if at == len(lines):
                break
            if column == _NONE:
                less = 0 if PLACEHOLDER.fullmatch(lines[at]) else _SKIPPED
                _offer(best[at + 1], _NONE, worth - less, (at, _NONE))
            for following, less in _following(kinds, name, column):
                for size, told in _cells(lines, apart, at, kinds[following], following == name, width):
                    _offer(best[at + size], following, worth + told - less, (at, column))
    if _NONE not in best[-1]:
        return 0.0, []
    return best[-1][_NONE][0] - (_BREAKING if width != ENDLESS else 0), _rows(best)


def _offer(reached: _Reached, column: int, worth: float, came: tuple[int, int]) -> None:
    if column not in reached or worth > reached[column][0]:
        reached[column] = (worth, came)


def _close(reached: _Reached, at: int, kinds: Sequence[str], name: int) -> None:
    """Ends the rows that can end here."""
    needed = max(column for column, each in enumerate(kinds) if each in (*NUMBER_KINDS, "both") or column == name)
    for column in sorted(reached, reverse=True):
        less = _left_out(kinds, column, needed) if column >= name else None
        if less is not None:
            _offer(reached, _NONE, reached[column][0] - less, (at, column))


def _following(kinds: Sequence[str], name: int, column: int) -> Iterator[tuple[int, float]]:
    """The columns that can be filled behind one, and what that is worth less."""
    if column == _NONE:
        yield from ((first, _ROW) for first in range(1 if kinds[0] == "order" else name + 1))
        return
    for following in range(column + 1, len(kinds)):
        less = _left_out(kinds, column, following - 1)
        if less is None or column < name < following:
            return
        yield following, less


def _cells(
    lines: Sequence[str],
    apart: Sequence[bool],
    at: int,
    kind: str,
    leaf: bool,  # noqa: FBT001
    width: int,
) -> Iterator[tuple[int, float]]:
    """How many lines from one on can be a cell of a column, and how well they are."""
    for size in range(1, min(MOST_LINES.get(kind, 1), len(lines) - at) + 1):
        if size > 1 and apart[at + size - 1]:
            return
        told = worth_of_cell(tuple(lines[at : at + size]), kind, leaf, width)
        if told is not None:
            yield size, told


def _left_out(kinds: Sequence[str], column: int, last: int) -> float | None:
    """What a row is worth less for the columns behind one, up to the last, that it leaves empty; None where it cannot."""
    less = 0.0
    for kind in kinds[column + 1 : last + 1]:
        if kind in ("score", "weighted"):
            less += _UNSCORED
        elif kind in (*NUMBER_KINDS, "both"):
            return None
        elif kind not in _MERGED or kinds[column] != "order":
            less += _GAP
    return less


def _rows(best: Sequence[_Reached]) -> list[Ranges]:
    rows: list[Ranges] = []
    at, column = len(best) - 1, _NONE
    while (came := best[at][column][1]) is not None:
        if column != _NONE:
            rows[-1][column] = (came[0], at)
        elif came[0] == at:
            rows.append({})
        at, column = came
    return [row for row in reversed(rows) if row]
