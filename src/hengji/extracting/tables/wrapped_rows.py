"""Tables one cell a line whose cells are broken over lines: names (「群众文化活动 / 场次」), levels, headers, remarks.

What belongs together is told by the width of its column, at which every line of a cell but the last is broken; the points of the
division must make the whole.
"""

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache

from hengji.extracting.flat import flat
from hengji.extracting.tables.broken_heads import pieces
from hengji.extracting.tables.grid import cell_number, grid_of
from hengji.extracting.tables.header_words import header_kind
from hengji.extracting.tables.score_tables import score_tables
from hengji.extracting.tables.token_rows import NAME_KINDS, NUMBER_KINDS, TOTAL, Table, Word, fit, is_head, lines_of
from hengji.extracting.wording import opens_chapter
from hengji.model.document import Block, BlockKind, Cell, Document
from hengji.model.patterns import pattern

_WHOLES = (Decimal(100),)
_BESIDE_EXECUTION = (Decimal(90), Decimal(80))  # points of the leaves where budget execution has its own table above
_EXECUTION = pattern(r"(?:预算)?执行率|年度资金总额|(?:全年)?预算数|全年执行数?")
_FEWEST = 4
_MOST = 500  # lines of a table
_MOST_COLUMNS = 12
_TRIED = 4  # widths
_LONG = 40  # characters of a line that is a paragraph
_WIDTHS = range(4, 13)  # characters of a line of a name's column
_PLACEHOLDER = pattern(r"(?:绩效|三级)?指标\d{1,2}:?|[…\.·]+|\.\.\.")
_LEVEL = pattern(
    r"(?:[\u4e00-\u9fff]{0,4}(?:投入|过程|产出|效果|效益|管理|决策|履职|满意度?|成本|数量|质量|时效|预算执行|资金执行|可持续影响|可持续发展|服务对象)[\u4e00-\u9fff]{0,4})(?:\(\d{1,3}分?\))?"
)
_REMARK = pattern(r".*(?:[,。;、:\d]|不|未|无|因|已|较|偏|原因|措施).*")
_HALF = pattern(r"[!-~]")


def wrapped_tables(document: Document) -> list[Table]:
    """Such tables of a document that kept none."""
    if any(block.kind is BlockKind.TABLE for block in document.blocks):
        return []
    lines = [_plain(line) for block in document.blocks for line in lines_of(block)]
    texts = [line.text for line in lines]
    found: list[Table] = []
    at = 0
    while at < len(lines):
        table = _table(document, lines, texts, at)
        if table is None:
            at += 1
            continue
        found.append(table)
        at = next((n for n in range(at, len(lines)) if lines[n].start >= table[1]), len(lines))
    return found


def _plain(line: Word) -> Word:
    return Word("".join(flat(line.text).split()), line.start, line.end)


def _table(document: Document, lines: Sequence[Word], texts: Sequence[str], at: int) -> Table | None:
    head = _own(_joined(lines, at, pieces(texts[at : at + _MOST_COLUMNS * 2], _MOST_COLUMNS)))
    kinds = tuple(header_kind(word.text) for word in head)
    if not is_head(kinds):
        return None
    begins = next(n for n in range(at, len(lines) + 1) if n == len(lines) or lines[n].start >= head[-1].end)
    rows: list[Word] = []
    total: list[Word] = []
    for number in range(begins, len(lines)):
        line = lines[number]
        if TOTAL.fullmatch(line.text):
            total = list(lines[number : number + 4])
            break
        if (line.text.endswith("。") and len(line.text) > _LONG) or opens_chapter(line.text) or len(rows) > _MOST:
            break
        if not _PLACEHOLDER.fullmatch(line.text):
            rows.append(line)
    wholes = (*_WHOLES, *(_BESIDE_EXECUTION if any(_EXECUTION.fullmatch(t) for t in texts[:at]) else ()))
    best: tuple[float, Table] | None = None
    for width in _widths(rows):
        worth, division = _divided(rows, kinds, width)
        cells = [{column: _joined(rows, a, [b - a])[0] for column, (a, b) in row.items()} for row in division]
        table = _proven(document, head, cells, _total_row(total, kinds), wholes) if cells else None
        if table is not None and (best is None or worth > best[0]):
            best = (worth, table)
    return best[1] if best is not None else None


def _joined(lines: Sequence[Word], at: int, sizes: Sequence[int]) -> list[Word]:
    found: list[Word] = []
    for size in sizes:
        part = lines[at : at + size]
        found.append(Word("".join(word.text for word in part), part[0].start, part[-1].end))
        at += size
    return found


def _own(head: Sequence[Word]) -> list[Word]:
    """The cells of a header without those of the first row, whose words could head a column too: 「执行率」 behind 「得分」."""
    kinds = [header_kind(word.text) for word in head]
    for at, kind in enumerate(kinds):
        whole = "score" in kinds[:at] and {"points", "weight"}.intersection(kinds[:at])
        if whole and (kind in _OF_ROWS or kind in kinds[:at]):
            return list(head[:at])
    return list(head)


_OF_ROWS = ("rate", "spent", "budget", "level1", "level2", "level3", "name")


def _widths(rows: Sequence[Word]) -> list[int]:
    """The widths at which names may be broken: those that several lines have."""
    lengths = [_width(word.text) for word in rows]
    return sorted(_WIDTHS, key=lengths.count, reverse=True)[:_TRIED]


@lru_cache(maxsize=4096)
def _width(text: str) -> int:
    """The width of a text in Chinese characters."""
    return len(text) - len(_HALF.findall(text)) // 2


_MOST_LINES = {"level1": 4, "level2": 4, "level3": 4, "name": 4, "remark": 8, "rule": 8, "telling": 8, "target": 3, "actual": 3, "": 2}  # fmt: skip
_PER_CENT = 2.5  # what a score in per cent, which may be a result, is worth less
_UNSCORED = 2.0
_SKIPPED = 4.0
_ROW = 1.0
_GAP = 0.3


def _divided(words: Sequence[Word], kinds: Sequence[str], width: int) -> tuple[float, list[dict[int, tuple[int, int]]]]:
    """The rows into which the lines fall so that they fit best, and what that is worth; a cell is a range of lines."""
    kind = next(kind for kind in NAME_KINDS if kind in kinds)
    name = max(column for column, each in enumerate(kinds) if each == kind)
    needed = max(column for column, each in enumerate(kinds) if each in (*NUMBER_KINDS, "both") or column == name)
    none = -1
    best: list[dict[int, tuple[float, tuple[int, int] | None]]] = [{} for _ in range(len(words) + 1)]
    best[0][none] = (0.0, None)

    def offer(at: int, column: int, worth: float, came: tuple[int, int]) -> None:
        if column not in best[at] or worth > best[at][column][0]:
            best[at][column] = (worth, came)

    for at in range(len(words) + 1):
        for column in sorted(best[at], reverse=True):  # a row that ends here first closes
            worth = best[at][column][0]
            left = _left_out(kinds, column, needed)
            if column > none and (column >= name) and left is not None:
                offer(at, none, worth - left, (at, column))
        for column, (worth, _) in list(best[at].items()):
            if at < len(words) and column == none:
                offer(at + 1, none, worth - _SKIPPED, (at, none))
            for following in range(column + 1, len(kinds) if column >= 0 else name + 1):
                gap = _left_out(kinds, column, following - 1) if column >= 0 else 0.0
                if gap is None or (column < name < following):
                    break
                for size in range(1, min(_MOST_LINES.get(kinds[following], 1), len(words) - at) + 1):
                    told = _worth(tuple(w.text for w in words[at : at + size]), kinds[following], following == name, width)
                    if told is not None:
                        offer(at + size, following, worth + told - gap - (_ROW if column == none else 0), (at, column))
    if none not in best[-1]:
        return 0.0, []
    return best[-1][none][0], _rows(best, len(words))


def _left_out(kinds: Sequence[str], column: int, last: int) -> float | None:
    """What a row is worth less for the columns behind one, up to the last, that it leaves empty; None where it cannot."""
    less = 0.0
    for kind in kinds[column + 1 : last + 1]:
        if kind in ("score", "weighted"):
            less += _UNSCORED
        elif kind in (*NUMBER_KINDS, "both"):
            return None
        else:
            less += _GAP
    return less


def _rows(best: Sequence[dict[int, tuple[float, tuple[int, int] | None]]], end: int) -> list[dict[int, tuple[int, int]]]:
    rows: list[dict[int, tuple[int, int]]] = []
    at, column = end, -1
    while best[at][column][1] is not None:
        came = best[at][column][1]
        assert came is not None
        if column >= 0:
            rows[-1][column] = (came[0], at)
        elif came[0] == at:
            rows.append({})
        at, column = came
    return [row for row in rows[::-1] if row]


@lru_cache(maxsize=65536)
def _worth(lines: tuple[str, ...], kind: str, leaf: bool, width: int) -> float | None:  # noqa: FBT001
    """How well lines are one cell of a column; None where they cannot be."""
    text = "".join(lines)
    if kind in (*NUMBER_KINDS, "both", "lost", "rate"):
        told = fit(kind, text, False) - (_PER_CENT if kind == "score" and text.endswith("%") else 0)
        return told if told > 0 else None
    joins = len(lines) - 1
    if leaf:
        told = fit(kind, text, True)
        if told < 0 or any(abs(_width(line) - width) > 1 for line in lines[:-1]) or (joins and _width(lines[-1]) > width + 1):
            return None
        short = 1.0 if _width(text) <= 2 else 0.0
        return told - short - sum(0.2 + 0.3 * abs(_width(line) - width) for line in lines[:-1])
    if kind in ("level1", "level2", "name", "level3"):
        return _level(lines, text)
    if joins and not _runs_on(lines):
        return None
    if kind in ("remark", "rule", "telling"):
        plain = _REMARK.fullmatch(text) is not None or len(text) > 2 * width
        return (0.5 if plain else -0.6) - 0.1 * joins - (2 if _LEVEL.fullmatch(text) else 0)
    wrapped = joins and not (lines[1].startswith("(") or _REMARK.fullmatch(text))
    return 0.5 - 0.4 * joins - (0.4 if wrapped else 0)


def _level(lines: Sequence[str], text: str) -> float | None:
    if not re.search(r"[\u4e00-\u9fff]{2,}", text) or cell_number(text) is not None or _width(text) > 16:
        return None
    joins = len(lines) - 1
    inner = [line for line in lines[:-1]]
    if any(re.fullmatch(r"[^\u4e00-\u9fff]+", line) for line in inner) or (inner and _width(lines[-1]) > 6):
        return None
    if _LEVEL.fullmatch(text):
        return 2.0 - 0.15 * joins
    even = not inner or max(map(_width, inner)) - min(map(_width, inner)) <= 1
    return -0.5 - (0.3 if even else 1.0) * joins


def _runs_on(lines: Sequence[str]) -> bool:
    """Whether every line but the last is about as wide as the widest, so that the cell was broken there."""
    widest = max(map(_width, lines))
    return all(_width(line) + 2 >= widest for line in lines[:-1]) or lines[1].startswith("(")


def _total_row(words: Sequence[Word], kinds: Sequence[str]) -> dict[int, Word]:
    if not words:
        return {}
    numbers: list[Word] = []
    for word in words[1:]:
        if cell_number(word.text) is None:
            break
        numbers.append(word)
    columns = [column for column, kind in enumerate(kinds) if kind in ("points", "weight", "weighted", "score")]
    return {0: words[0]} | dict(zip(reversed(columns), reversed(numbers[: len(columns)]), strict=False))


def _proven(
    document: Document,
    head: Sequence[Word],
    rows: Sequence[dict[int, Word]],
    total: dict[int, Word],
    wholes: Sequence[Decimal],
) -> Table | None:
    """The table, where its points make the whole and its scores lie within them."""
    cells = tuple(
        Cell(document.text[word.start : word.end], number, column, word.start)
        for number, line in enumerate([dict(enumerate(head)), *rows, *([total] if total else [])])
        for column, word in sorted(line.items())
    )
    start, end = min(cell.start for cell in cells), max(cell.end for cell in cells)
    block = Block(BlockKind.TABLE, document.text[start:end], start, 0, cells=cells)
    found = score_tables([grid_of(block)])
    points = [item.points or Decimal(0) for item in found.items]
    over = any(item.claimed is not None and item.claimed > (item.points or Decimal(0)) for item in found.items)
    if len(points) < _FEWEST or sum(points, Decimal(0)) not in wholes or over:
        return None
    return start, end, cells
