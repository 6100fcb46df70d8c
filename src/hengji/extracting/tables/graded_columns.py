"""Tables that give a leaf's score by its grade: a number or a tick under 「优｜良｜中｜差」 or 「是｜否」, or the grade in a column of its own.

What a grade is worth is said by the header or by a sentence; where only words say it, a printed total must prove it.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

from hengji.extracting.tables.grid import Grid, cell_number, is_empty
from hengji.extracting.tables.row_names import is_sum
from hengji.model.document import Cell
from hengji.model.patterns import pattern

Kind = Callable[[str], str]
Said = Callable[[], tuple[str, frozenset[Decimal]]]  # the document's words, and the totals that they tell

_GRADE = pattern(
    r"(?:(?P<grade>优秀?|良好?|中等?|一般|合格|及格|基本合格|较?差|不合格|不及格|好|较好|[ABCD]级?)(?:档|等)?)?(?:\(?(?P<rate>\d{1,3})%\)?)?"
)
_YES = pattern(r"是|达标|已?完成|符合|得分|合格|达到|已落实")
_NO = pattern(r"否|未达标|未完成|不符合|不得分|不合格|未达到|未落实")
_TICK = pattern(r"[√✓✔☑●■]")
_BOXED = pattern(r"(?:[√✓✔☑■](?P<ticked>[^\s□☑√■✓✔]{1,3})|□[^\s□☑√■✓✔]{1,3})+")
_OTHERS = ("score", "weighted", "both", "lost", "telling")
_FEWEST = 3  # columns of grades, or rows
_HEADS = 4  # rows in which a header may stand
_HUNDRED = Decimal(100)


def with_graded_scores(grid: Grid, kind: Kind, said: Said | None = None) -> Grid:
    """The table with one column of scores more, where grades tell them; ``kind`` tells what a header's words name."""
    for row in range(min(_HEADS, grid.rows)):
        texts = grid.row(row)
        kinds = [kind(text) for text in texts]
        if "points" not in kinds:
            continue
        if any(each in kinds for each in _OTHERS):
            return grid
        deeper = sum(map(_is_grade, grid.row(row + 1))) >= _FEWEST and not any(map(_is_grade, texts))
        head = row + 1 if deeper else row
        told = _told(grid, head, kinds.index("points"), said)
        return _with_column(grid, head, told) if len(told) >= _FEWEST else grid
    return grid


def _is_grade(text: str) -> bool:
    return bool(text) and _GRADE.fullmatch(text) is not None


def _told(grid: Grid, head: int, worth: int, said: Said | None) -> dict[int, Cell]:
    """The score of each row, as a cell; nothing where grades tell none, or nothing proves what they are worth."""
    texts = grid.row(head)
    grades = [column for column, text in enumerate(texts) if _is_grade(text)]
    if len(grades) >= _FEWEST:
        printed = {column: Decimal(rate) for column in grades if (rate := _printed_rate(texts[column]))}
        told = dict(_ticked(grid, head, grades, worth, printed))
        if told or said is None:
            return told
        worded = _rates({texts[column] for column in grades}, said()[0])
        known = {column: worded[texts[column]] for column in grades if texts[column] in worded}
        return _proved(grid, _ticked(grid, head, grades, worth, known), said)
    if said is None:
        return {}
    yes = [column for column, text in enumerate(texts) if _YES.fullmatch(text)]
    no = [column for column, text in enumerate(texts) if _NO.fullmatch(text)]
    if len(yes) == len(no) == 1:
        rates = {yes[0]: _HUNDRED, no[0]: Decimal(0)}
        return _proved(grid, _ticked(grid, head, [*yes, *no], worth, rates), said)
    return _of_one_column(grid, head, worth, said)


def _printed_rate(text: str) -> str | None:
    match = _GRADE.fullmatch(text)
    return match["rate"] if match is not None else None


def _ticked(
    grid: Grid, head: int, grades: list[int], worth: int, rates: Mapping[int, Decimal]
) -> Iterator[tuple[int, Cell]]:
    """The rows below a header that have one number, or one tick of a known worth, in the columns of grades."""
    for row in range(head + 1, grid.rows):
        marked = [column for column in grades if not is_empty(grid.text(row, column))]
        if len(marked) != 1 or is_sum(grid, row):
            continue
        column, text = marked[0], grid.text(row, marked[0])
        cell, points = grid.cells[row, column], cell_number(grid.text(row, worth))
        if cell.columns > 1:
            continue
        if cell_number(text) is not None:
            yield row, cell
        elif _TICK.fullmatch(text) and column in rates and points is not None:
            yield row, _cell(cell, points * rates[column])


def _of_one_column(grid: Grid, head: int, worth: int, said: Said) -> dict[int, Cell]:
    """The scores of rows that each have a grade in the same column."""
    rows = [row for row in range(head + 1, grid.rows) if cell_number(grid.text(row, worth)) and not is_sum(grid, row)]
    for column in range(worth + 1, grid.columns):
        graded = {row: grade for row in rows if (grade := _grade_in(grid.text(row, column)))}
        if len(graded) < _FEWEST or len(graded) < len(rows):
            continue
        rates = _rates(set(graded.values()), grid.text(head, column)) or _rates(set(graded.values()), said()[0])
        pairs = ((row, cell_number(grid.text(row, worth)), rates.get(grade)) for row, grade in graded.items())
        cells = (
            (row, _cell(grid.cells[row, column], points * rate))
            for row, points, rate in pairs
            if points is not None and rate is not None
        )
        return _proved(grid, cells, said)
    return {}


def _grade_in(text: str) -> str:
    """The grade of a cell, or the only one that is ticked in it."""
    if (match := _GRADE.fullmatch(text)) is not None and match["grade"] and not match["rate"]:
        return text
    boxes = _BOXED.fullmatch(text) if "□" in text else None
    return boxes["ticked"] if boxes is not None and len(_TICK.findall(text)) == 1 and _is_grade(boxes["ticked"]) else ""


def _rates(grades: set[str], text: str) -> dict[str, Decimal]:
    """What each grade is worth in percent, where one sentence says it of all but one at most: 「优得分值的100%，良得90%」."""
    for sentence in re.split(r"[。\n]", text):
        if "%" not in sentence:
            continue
        found = {
            grade: Decimal(match["n"])
            for grade in grades
            if (
                match := re.search(
                    rf"(?<!不){re.escape(grade)}[^,。;、%\d优良中差A-D]{{0,10}}(?P<n>\d{{1,3}})%", sentence
                )
            )
        }
        if len(found) > 1 and len(found) >= len(grades) - 1:
            return found
    return {}


def _proved(grid: Grid, cells: Iterable[tuple[int, Cell]], said: Said) -> dict[int, Cell]:
    """The scores where they make a total that the document or the table prints."""
    told = dict(cells)
    if len(told) < _FEWEST:
        return {}
    made = sum((Decimal(cell.text) for cell in told.values()), Decimal(0))
    printed = {cell_number(text) for row in range(grid.rows) if is_sum(grid, row) for text in grid.row(row)}
    return told if made in printed or made in said()[1] else {}


def _cell(cell: Cell, hundredfold: Decimal) -> Cell:
    return replace(cell, text=f"{(hundredfold / _HUNDRED).normalize():f}")


def _with_column(grid: Grid, head: int, scores: dict[int, Cell]) -> Grid:
    cells, texts = dict(grid.cells), dict(grid.texts)
    last = grid.columns
    for row in range(grid.rows):
        if row <= head:
            cells[row, last] = replace(grid.cells[row, last - 1], text="得分", column=last, columns=1)
            texts[row, last] = "得分"
        elif row in scores:
            cells[row, last] = replace(scores[row], column=last)
            texts[row, last] = scores[row].text.strip()
    lines = tuple((*line, texts.get((row, last), "")) for row, line in enumerate(grid.lines))
    return replace(grid, cells=cells, texts=texts, columns=last + 1, lines=lines)
