"""Tables one cell a line whose cells are broken over lines: names (「群众文化活动 / 场次」), levels, headers, remarks.

What belongs together is told by the width of its column, at which every line of a cell but the last is broken; the points of the
division must make the whole.
"""

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from hengji.extracting.flat import flat
from hengji.extracting.tables.broken_heads import ORDER, pieces
from hengji.extracting.tables.grid import cell_number, grid_of
from hengji.extracting.tables.header_words import header_kind
from hengji.extracting.tables.level_words import LEVEL
from hengji.extracting.tables.score_tables import score_tables
from hengji.extracting.tables.token_rows import NAME_KINDS, NUMBER_KINDS, TOTAL, Table, fit, is_head, lines_of
from hengji.extracting.wording import opens_chapter
from hengji.model.document import Block, BlockKind, Cell, Document
from hengji.model.patterns import pattern

_WHOLES = (Decimal(100),)
_BESIDE_EXECUTION = (Decimal(90), Decimal(80))  # points of the leaves where budget execution has its own table above
_EXECUTION = pattern(r"(?:预算)?执行率|年度资金总额|(?:全年)?预算数|全年执行数?")
_FEWEST = 4
_MOST = 500  # lines of a table
_MOST_COLUMNS = 12
_TRIED = 6  # widths
_LONG = 40  # characters of a line that is a paragraph
_WIDTHS = range(4, 13)  # characters of a line of a name's column
_PLACEHOLDER = pattern(r"(?:绩效|三级)?指标\d{1,2}:?|[…\.·]+|\.\.\.")
_REMARK = pattern(r".*(?:[,。;、:\d]|不[^动良锈]|没有|因|已|较|偏|延|尚|仍|正在|待[^遇]|慢|原因|措施|困难).*|[无未].*|.*[少低慢晚迟涨]")
_ALONE = pattern(r"[—－/\\-]{1,2}|无")  # an empty cell
_NAMED_ANEW = pattern(r"指标\d{1,2}[:：]?")
_FRAMED = pattern(r"[【〔\[].*[】〕\]]")
_RESULT = pattern(r"(?:较|基本|已|不断|持续|全部|效果|显著|很|非常)?(?:合理|健全|明确|完成|达标|好|良好|优秀|有效|明显|及时|齐全|规范|符合|合规|真实|完整|提高|提升|改善|显著|稳定|达到|达成|按时|到位|无|是|否)")
_COUNTED = pattern(r"\d{1,3}[.、]?|[一二三四五六七八九十]{1,3}")
_HALF = pattern(r"[A-Za-z0-9.%<>=+*/-]")


def wrapped_tables(document: Document) -> list[Table]:
    """Such tables of a document that kept none."""
    if any(block.kind is BlockKind.TABLE for block in document.blocks):
        return []
    lines = [line for block in document.blocks for line in _lines(block)]
    found: list[Table] = []
    at = 0
    while at < len(lines):
        headed, table = _table(document, lines, at)
        if table is None:
            at += headed
            continue
        found.append(table)
        at = next((n for n in range(at, len(lines)) if lines[n].start >= table[1]), len(lines))
    return found


@dataclass(frozen=True, slots=True)
class _Line:
    """A line or a cell: its words without blanks, where they stand, and whether an empty line stands before it."""

    text: str
    start: int
    end: int
    apart: bool = False
    whole: bool = True  # not put together of several lines


def _lines(block: Block) -> Iterator[_Line]:
    for number, line in enumerate(lines_of(block)):
        yield _Line("".join(flat(line.text).split()), line.start, line.end, block.apart and not number)


def _table(document: Document, lines: Sequence[_Line], at: int) -> tuple[int, Table | None]:
    """How many lines the header takes that begins at a line (1 where none does), and its table where it has broken cells."""
    if len(lines[at].text) > _LONGEST_HEAD and not header_kind(lines[at].text):
        return 1, None
    region, total = _region(lines, at)
    cells = _paragraphs(region)
    if cells is not None:
        total = (_paragraphs(total) or total)[:_TOTAL_CELLS]
        region = cells
    texts = [line.text for line in region[: _MOST_COLUMNS * 2]]
    sizes = pieces(texts, _MOST_COLUMNS)
    head = _own(_joined(region, 0, sizes))
    kinds = tuple("order" if ORDER.fullmatch(word.text) else header_kind(word.text) for word in head)
    if not is_head(kinds):
        return 1, None
    headed = sum(1 for line in region if line.start < head[-1].end)
    rows = _without_head(region, headed)
    apart = any(_EXECUTION.fullmatch(line.text) for line in lines[:at])
    wholes = (*_WHOLES, *(_BESIDE_EXECUTION if apart else ()))
    divisions = [_divided(rows, kinds, width) for width in _widths(rows)]
    most = max(worth for worth, _ in divisions)
    for worth, division in sorted(divisions, key=lambda each: -each[0]):
        placed = [{column: _joined(rows, a, [b - a])[0] for column, (a, b) in row.items()} for row in division]
        broken = sum(_broken_cells(row, kinds) for row in (dict(enumerate(head)), *placed))
        if broken < _BROKEN or worth + _NEARLY < most:
            return headed, None  # as good without any, which others read
        table = _proven(document, head, placed, _total_row(total, kinds), wholes)
        if table is not None:
            return headed, table
    return headed, None


_BROKEN = 2  # cells: fewer are put together by chance
_NEARLY = 3.0


def _without_head(lines: Sequence[_Line], size: int) -> list[_Line]:
    """The lines of a table without those of its header, which every page may repeat."""
    head, found, at = [line.text for line in lines[:size]], list[_Line](), 0
    while at < len(lines):
        if [line.text for line in lines[at : at + size]] == head:
            at += size
        else:
            found.append(lines[at])
            at += 1
    return found


def _region(lines: Sequence[_Line], at: int) -> tuple[list[_Line], list[_Line]]:
    """The lines of a table from its header on, and those of its total."""
    for number in range(at, min(len(lines), at + _MOST)):
        line = lines[number]
        if TOTAL.fullmatch(line.text):
            return list(lines[at:number]), list(lines[number : number + _TOTAL_CELLS])
        if (line.text.endswith("。") and len(line.text) > _LONG) or opens_chapter(line.text):
            return list(lines[at:number]), []
    return list(lines[at : at + _MOST]), []


def _paragraphs(lines: Sequence[_Line]) -> list[_Line] | None:
    """The cells, where empty lines stand between them; None where they stand between rows or nowhere."""
    groups: list[list[_Line]] = []
    for line in lines:
        if line.apart or not groups:
            groups.append([])
        groups[-1].append(line)
    if len(groups) < 2 or any(len(group) > 1 and any(map(_is_figure, group)) for group in groups):
        return None
    return [replace(_put_together(group), apart=False) for group in groups]


def _is_figure(line: _Line) -> bool:
    return cell_number(line.text) is not None


def _put_together(lines: Sequence[_Line]) -> _Line:
    first = lines[0]
    return _Line("".join(w.text for w in lines), first.start, lines[-1].end, first.apart, len(lines) == 1 and first.whole)


def _broken_cells(row: dict[int, _Line], kinds: Sequence[str]) -> int:
    """How many names, levels or headers of a row were broken."""
    return sum(1 for column, cell in row.items() if not cell.whole and kinds[column] in _NAMED)


_MERGED = ("level1", "level2")
_NAMED = ("level1", "level2", "level3", "name")
_LONGEST_HEAD = 8
_TOTAL_CELLS = 6
_ENDLESS = 99


def _joined(lines: Sequence[_Line], at: int, sizes: Sequence[int]) -> list[_Line]:
    found: list[_Line] = []
    for size in sizes:
        found.append(_put_together(lines[at : at + size]))
        at += size
    return found


def _own(head: Sequence[_Line]) -> list[_Line]:
    """The cells of a header without those of the first row, whose words could head a column too: 「执行率」 behind 「得分」."""
    kinds = [header_kind(word.text) for word in head]
    for at, kind in enumerate(kinds):
        whole = "score" in kinds[:at] and {"points", "weight"}.intersection(kinds[:at])
        if whole and (kind in _OF_ROWS or kind in kinds[:at]):
            return list(head[:at])
    return list(head)


_OF_ROWS = ("rate", "spent", "budget", "level1", "level2", "level3", "name")


def _widths(rows: Sequence[_Line]) -> list[int]:
    """The widths at which names may be broken: those that several lines have."""
    lengths = [_width(word.text) for word in rows]
    return [_ENDLESS, *sorted(_WIDTHS, key=lengths.count, reverse=True)[:_TRIED]]


@lru_cache(maxsize=4096)
def _width(text: str) -> int:
    """The width of a text in Chinese characters."""
    return len(text) - len(_HALF.findall(text)) // 2


_MOST_LINES = {"level1": 8, "level2": 9, "level3": 4, "name": 4, "remark": 8, "rule": 8, "telling": 8, "target": 3, "actual": 3, "": 2}  # fmt: skip
_PER_CENT = 2.5  # what a score in per cent, which may be a result, is worth less
_BREAKING = 1.5  # what a division with broken names is worth less
_UNSCORED = 2.0
_SKIPPED = 4.0
_ROW = 1.0
_GAP = 0.3


def _divided(words: Sequence[_Line], kinds: Sequence[str], width: int) -> tuple[float, list[dict[int, tuple[int, int]]]]:
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
                spare = _PLACEHOLDER.fullmatch(words[at].text) is not None
                offer(at + 1, none, worth - (0 if spare else _SKIPPED), (at, none))
            for following in range(column + 1, len(kinds) if column >= 0 else 1 if kinds[0] == "order" else name + 1):
                gap = _left_out(kinds, column, following - 1) if column >= 0 else 0.0
                if gap is None or column < name < following:
                    break
                for size in range(1, min(_MOST_LINES.get(kinds[following], 1), len(words) - at) + 1):
                    if size > 1 and (words[at + size - 1].apart):
                        break
                    told = _worth(tuple(w.text for w in words[at : at + size]), kinds[following], following == name, width)
                    if told is not None:
                        offer(at + size, following, worth + told - gap - (_ROW if column == none else 0), (at, column))
    if none not in best[-1]:
        return 0.0, []
    return best[-1][none][0] - (_BREAKING if width != _ENDLESS else 0), _rows(best, len(words))


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
    if _PLACEHOLDER.fullmatch(text):
        return None
    if len(lines) > 1 and any(map(_ALONE.fullmatch, lines)):
        return None
    if kind in ("score", "weighted") and _ALONE.fullmatch(text):
        return 0.0
    if kind in (*NUMBER_KINDS, "both", "lost", "rate"):
        told = fit(kind, text, False) - (_PER_CENT if text.endswith("%") else 0)
        return told if told > 0 else None
    joins = len(lines) - 1
    if kind == "order":
        return 1.0 if _COUNTED.fullmatch(text) and not joins else None
    if leaf:
        told = fit(kind, text, True)
        if told < 0 or any(abs(_width(line) - width) > 1 for line in lines[:-1]) or _width(lines[-1]) > width + 1:
            return None
        if _RESULT.fullmatch(text) or any(map(_NAMED_ANEW.match, lines[1:])) or (joins and _FRAMED.match(text)) or text[0] in _NO_START[:-2]:
            return None
        short = 1.0 if _width(text) <= 2 else 0.0
        return told - short - sum(_shortfall(*pair, width) for pair in itertools.pairwise(lines))
    if any(map(_NAMED_ANEW.match, lines)):
        return None
    if kind in ("level1", "level2", "name", "level3"):
        return _level(lines, text)
    if joins and not _runs_on(lines):
        return None
    if kind in ("remark", "rule", "telling"):
        plain = _REMARK.fullmatch(text) or _ALONE.fullmatch(text) or len(text) > 2 * width
        return (0.5 if plain else -0.6) - 0.3 * joins - (2 if LEVEL.fullmatch(text) else 0)
    return 0.5 - sum(_break(*pair) for pair in itertools.pairwise(lines)) - (0.6 if _UNIT_FIRST.match(text) else 0)


def _shortfall(line: str, following: str, width: int) -> float:
    """What a break inside a name is worth less: least at the width of the column, where figures and marks may leave a rest."""
    rest = abs(_width(line) - width)
    return 0.1 + rest * (0.3 if _HALF.search(line) or _HALF.match(following) or following[0] in _NO_START else 0.9)


_NO_START = ",。;:、)》\"%"
_UNIT_FIRST = pattern(r"[\u4e00-\u9fff]{1,3}[≥≤=<>]?\d|[^是否优良中差高好有无]$")  # 「人次312人次」, the end of the cell before


def _break(before: str, after: str) -> float:
    """What a break inside a target or result is worth less: least between a figure and its unit or a bracket."""
    if after.startswith("(") or (before[-1].isdigit() and not after[0].isdigit()):
        return 0.1
    return 0.4


def _level(lines: Sequence[str], text: str) -> float | None:
    if not re.search(r"[\u4e00-\u9fff]{2,}", text) or cell_number(text) is not None or _width(text) > 16:
        return None
    joins = len(lines) - 1
    inner = [line for line in lines[:-1]]
    if any(re.fullmatch(r"[^\u4e00-\u9fff]+", line) for line in inner) or (inner and _width(lines[-1]) > 6):
        return None
    if LEVEL.fullmatch(text):
        return 2.0 - 0.15 * joins
    even = not inner or max(map(_width, inner)) - min(map(_width, inner)) <= 1
    return -0.8 - (0.3 if even else 1.0) * joins


def _runs_on(lines: Sequence[str]) -> bool:
    """Whether every line but the last is about as wide as the widest, so that the cell was broken there."""
    widest = max(map(_width, lines))
    return all(_width(line) + 2 >= widest for line in lines[:-1]) or lines[1].startswith("(")


def _total_row(words: Sequence[_Line], kinds: Sequence[str]) -> dict[int, _Line]:
    if not words:
        return {}
    numbers: list[_Line] = []
    for word in words[1:]:
        if cell_number(word.text) is None:
            break
        numbers.append(word)
    columns = [column for column, kind in enumerate(kinds) if kind in ("points", "weight", "weighted", "score")]
    return {0: words[0]} | dict(zip(reversed(columns), reversed(numbers[: len(columns)]), strict=False))


def _proven(
    document: Document,
    head: Sequence[_Line],
    rows: Sequence[dict[int, _Line]],
    total: dict[int, _Line],
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
