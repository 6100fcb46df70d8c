"""Tables laid out otherwise than a row a leaf, laid out so: leaves as columns, a card a leaf."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from hengji.extracting.tables.grid import Grid, cell_number, squeezed
from hengji.model.document import Cell
from hengji.model.extraction import Span
from hengji.model.patterns import pattern

Kind = Callable[[str], str]
_NAMES = ("level3", "name", "level2")
_LEVELS = ("level1", *_NAMES)
_WORTH = ("points", "weight")
_FEWEST = 2  # leaves
_ORDER = pattern(r"序号|编号|代码")


def upright(grid: Grid, kind: Kind, title: Cell | None = None) -> Grid:
    """The table with a row a leaf; ``kind`` tells which column a header's words name.

    ``title`` is the line above the table, which may name the leaf whose card it is.
    """
    return _cards(grid, kind, title) or _lying(grid, kind) or grid


def _lying(grid: Grid, kind: Kind) -> Grid | None:
    """The table with its rows as columns, where each column is a leaf: names, points and scores stand in rows, perhaps a block a group."""
    heads = [kind(grid.text(row, 0)) for row in range(grid.rows)]
    if "score" not in heads or not any(head in _NAMES for head in heads) or not set(heads).intersection(_WORTH):
        return None
    score = heads.index("score")
    if any(kind(text) == "score" for text in grid.row(score)[1:]) or grid.columns <= _FEWEST:
        return None
    blocks = _blocks(heads)
    rows = [row for row, head in enumerate(heads) if head == "score"] if len(blocks) > 1 else [score]
    told = [text for row in rows for text in grid.row(row)[1:] if text or len(blocks) == 1]
    if sum(1 for text in told if cell_number(text) is not None) * 3 < len(told) * 2:
        return None
    turned: dict[tuple[int, int], Cell] = {}
    cells: dict[tuple[int, int], Cell] = {}
    named: dict[int, Span] = {}
    for at, (begins, ends) in enumerate(blocks):
        beyond = at * (grid.columns - 1)  # the rows that the blocks before made
        name = next(row for row in range(begins, ends) if heads[row] in _NAMES)
        for row in range(begins, ends):
            for column in range(min(at, 1), grid.columns):
                cell = grid.cells.get((row, column))
                if cell is not None:
                    upright_cell = replace(
                        cell, row=cell.column + beyond, column=cell.row - begins, rows=cell.columns, columns=cell.rows
                    )
                    place = (column + beyond, row - begins)
                    cells[place] = turned.setdefault((id(cell), at), upright_cell)
        named |= {column + beyond: grid.span(name, column) for column in range(min(at, 1), grid.columns)}
    return _made(grid, cells, blocks[0][1] - blocks[0][0], named)


def _blocks(heads: list[str]) -> list[tuple[int, int]]:
    """From which to which row the leaves of each group stand, where the same rows come again and again; else the whole table."""
    begins = [row for row, head in enumerate(heads) if head in _LEVELS and (not row or heads[row - 1] not in _LEVELS)]
    ends = [*begins[1:], len(heads)]
    blocks = list(zip(begins, ends, strict=True))
    if len(blocks) < _FEWEST or any(heads[start:end] != heads[slice(*blocks[0])] for start, end in blocks):
        return [(0, len(heads))]
    return blocks


def _cards(grid: Grid, kind: Kind, title: Cell | None) -> Grid | None:
    """The table of leaves that each have a card: 「指标名称｜甲｜分值｜5｜得分｜4.5」, 「完成情况｜…」; a leaf may be named above it."""
    cards: list[dict[str, Cell]] = []
    labels: dict[str, Cell] = {}
    spans: dict[int, Span] = {}
    for row in range(grid.rows):
        pairs = grid.distinct(row)
        if len(pairs) == 1 and not cards:
            continue  # a title
        if not pairs or len(pairs) % 2:
            return None
        for label, value in zip(pairs[::2], pairs[1::2], strict=True):
            told = kind(grid.text(label.row, label.column))
            if _ORDER.fullmatch(grid.text(label.row, label.column)):
                continue
            if not told or kind(grid.text(value.row, value.column)):
                return None
            if told in _NAMES and (not cards or told in cards[-1]):
                cards.append({})
            if not cards and title is None:
                return None
            if not cards and title is not None:
                cards.append({"name": title})
                labels["name"] = replace(title, text="指标名称")
            cards[-1].setdefault(told, value)
            labels.setdefault(told, label)
            begun = spans.get(len(cards), Span(label.start, value.end))
            spans[len(cards)] = Span(begun.start, max(begun.end, value.end))
    if not cards or not all("score" in card and set(card).intersection(_WORTH) for card in cards):
        return None
    placed = {key: column for column, key in enumerate(labels)}
    cells = {(0, placed[key]): label for key, label in labels.items()}
    cells |= {(row, placed[key]): cell for row, card in enumerate(cards, 1) for key, cell in card.items()}
    one = {key: replace(cell, row=key[0], column=key[1], rows=1, columns=1) for key, cell in cells.items()}
    return _made(grid, one, len(placed), spans | {0: spans[1]})


def _made(grid: Grid, cells: dict[tuple[int, int], Cell], columns: int, spans: dict[int, Span]) -> Grid:
    """A grid of some of a grid's cells."""
    words = _words(grid)
    texts = {place: words.get((cell.start, cell.text)) or squeezed(cell.text) for place, cell in cells.items()}
    rows = max((row for row, _ in cells), default=-1) + 1
    lines = tuple(tuple(texts.get((row, column), "") for column in range(columns)) for row in range(rows))
    return Grid(grid.block, cells, texts, rows, columns, lines, spans)


def _words(grid: Grid) -> dict[tuple[int, str], str]:
    pairs: Iterable[tuple[tuple[int, int], Cell]] = grid.cells.items()
    return {(cell.start, cell.text): grid.texts[place] for place, cell in pairs}
