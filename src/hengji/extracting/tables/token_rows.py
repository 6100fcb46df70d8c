"""The rows of a table whose cells reached text one after another, without borders: the division in which every cell fits its column.

Merged cells are missing at the left of a row and empty ones anywhere, so that a row is told only by what fits; a division stands
where the points it gives make 100.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from hengji.extracting.flat import flat
from hengji.extracting.leaves.absences import ABSENT_CELL
from hengji.extracting.list_numbers import NAME_LED
from hengji.extracting.tables.grid import cell_number, grid_of
from hengji.extracting.tables.header_words import header_kind
from hengji.extracting.tables.score_cells import pair_in
from hengji.extracting.tables.score_tables import score_tables
from hengji.extracting.tables.told_columns import told_columns
from hengji.extracting.wording import opens_chapter
from hengji.model.document import Block, BlockKind, Cell, Document
from hengji.model.patterns import pattern

_HUNDRED = Decimal(100)
_FEWEST = 4  # leaves: fewer make 100 by chance
_MOST = 400  # cells of a table
_MOST_COLUMNS = 12
_HEAD_LIKE = pattern(
    r"(?:[\u4e00-\u9fff]{0,6}|(?:指标|评分|评价|目标)[\u4e00-\u9fff]{0,4}[及和与、/][\u4e00-\u9fff]{0,6})(?:得分|评分|材料|资料|依据|意见|情况|说明|编码|代码|序号)"
)
_HAN = pattern(r"[\u4e00-\u9fff]{2,}")
_LEVEL = pattern(
    r"(?:投入|过程|产出|效果|效益|管理|决策|履职|满意度|成本|数量|质量|时效|社会效益|经济效益|生态效益)[\u4e00-\u9fff]{0,4}"
)
TOTAL = pattern(r"(?:总分|合计|总计|自评总分|总得分|得分合计|自评得分合计)(?:\(.{0,6}\))?[::]?")
NUMBER_KINDS = ("points", "score", "weight", "weighted", "hundred")
_LEVELS = ("level1", "level2")
NAME_KINDS = ("level3", "name", "level2")
_WORDED = pattern(r"(?:得|自评)?满分|扣\d.*|不扣分|[—－/\\-]{1,2}|.*=\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Word:
    """One cell: its words without blanks, and where they stand."""

    text: str
    start: int
    end: int


Table = tuple[int, int, tuple[Cell, ...]]


def token_tables(document: Document) -> list[Table]:
    """The tables of text without borders whose cells could be put under their headers so that their points make 100."""
    found: list[Table] = []
    for block in document.blocks:
        if block.kind is BlockKind.TABLE:
            return []  # a document that kept its tables
    lines = [line for block in document.blocks for line in lines_of(block)]
    at = 0
    while at < len(lines):
        table = _table(document, lines, at)
        if table is not None:
            found.append(table)
            at = next((n for n in range(at, len(lines)) if lines[n].start >= table[1]), len(lines))
        else:
            at += 1
    return found


def lines_of(block: Block) -> list[Word]:
    """The lines of a block without what stands at their edges, those of page numbers left out."""
    words: list[Word] = []
    position = block.start
    for line in block.text.split("\n"):
        lead = len(line) - len(line.lstrip(_EDGES))
        text = line.strip(_EDGES)
        if text and not _FOOT.fullmatch(text):
            words.append(Word(text, position + lead, position + lead + len(text)))
        position += len(line) + 1
    return words


_EDGES = " \t\u3000|｜│┃"  # what stands at the edges of a line with one cell
_FOOT = pattern(r"[-—–－]{1,2}\s?\d{1,3}\s?[-—–－]{1,2}|第\s?\d{1,3}\s?页(?:[,，、/]?\s?共\s?\d{1,3}\s?页)?")


def _table(document: Document, lines: Sequence[Word], at: int) -> Table | None:
    first = _parts(lines[at])
    told = _told_head(lines, at)
    if not told and not header_kind(first[0].text) and not _HEAD_LIKE.fullmatch(first[0].text):
        return None
    spaced = _in_rows(lines[at + 1 :]) if told else len(first) > 1
    head = told or (first if spaced else _stacked(lines, at))
    kinds = tuple(header_kind(word.text) for word in head)
    if not is_head(kinds):
        return None
    words: list[Word] = []
    ended: list[Word] = []
    below = lines[at + 1 :] if told else _without_head(lines[at:], 1 if spaced else len(head))
    for line in below:
        parts = (_told_parts(line, len(head)) if told else _parts(line)) if spaced else [_squeezed(line)]
        if TOTAL.fullmatch(parts[0].text):
            ended = parts
            break
        paragraph = line.text.endswith("。") and len(line.text) > _LONG
        if len(parts) == 1 and (paragraph or opens_chapter(parts[0].text)):
            break
        words.extend(parts)
        if len(words) > _MOST:
            return None
    if not spaced and ended:
        begin = next(n for n, line in enumerate(lines) if line.start == ended[0].start)
        ended = [_squeezed(line) for line in lines[begin : begin + _TOTAL_CELLS]]
    for groups in _GROUP_ROWS:
        rows = _divided(words, kinds, groups)
        table = proven(document, head, rows, _total_row(ended, kinds)) if rows else None
        if table is not None or not any(kind in _LEVELS for kind in kinds):
            return table
    return None


# What a row of a group itself can hold beside its name: nothing, its points, points and score.
_GROUP_ROWS: tuple[tuple[str, ...], ...] = ((), ("points", "weight"), ("points", "weight", "score"))


def _told_head(lines: Sequence[Word], at: int) -> list[Word]:
    """The header that a line above the rows tells in words."""
    line = lines[at]
    places = told_columns(line.text) if at + 1 < len(lines) else []
    return [_squeezed(Word(line.text[a:b], line.start + a, line.start + b)) for a, b in places]


def _in_rows(lines: Sequence[Word]) -> bool:
    """Whether the lines under a header are a row each, not a cell each: half have figures behind words."""
    first = lines[:_FEWEST]
    return sum(1 for line in first if _ROW.search(line.text)) * 2 >= len(first)


_ROW = pattern(r"[\u4e00-\u9fff\"”）)][\s|｜\t、,，;；:：/]{1,6}\d.*[\s|｜\t、,，;；/]\d")
_MARKS = pattern(r"[^\s|｜]+")
_LISTED = pattern(r"[^、,，;；:：/|｜\t]+")


def _told_parts(line: Word, columns: int) -> list[Word]:
    """The cells of a row under a header that was told: between bars or blanks, else between the marks of a list."""
    for form in (_MARKS, _LISTED):
        found = [
            _squeezed(
                Word(
                    match[0].strip(),
                    line.start + match.start() + lead,
                    line.start + match.start() + lead + len(match[0].strip()),
                )
            )
            for match in form.finditer(line.text)
            if match[0].strip()
            for lead in (len(match[0]) - len(match[0].lstrip()),)
        ]
        if len(found) * 2 > columns:
            return found
    return [_squeezed(line)]


def _without_head(lines: Sequence[Word], size: int) -> Iterator[Word]:
    """The lines of a table without those of its header, which every page may repeat."""
    head, at = [line.text for line in lines[:size]], 0
    while at < len(lines):
        if lines[at].text == head[0] and [line.text for line in lines[at : at + size]] == head:
            at += size
        else:
            yield lines[at]
            at += 1


_LONG = 40  # characters of a line that is a paragraph
_TOTAL_CELLS = 4


def _parts(line: Word) -> list[Word]:
    return [
        Word(re.sub(r"\s", "", _flat(match[0])), line.start + match.start(), line.start + match.end())
        for match in re.finditer(r"\S+", line.text)
    ]


def _squeezed(line: Word) -> Word:
    return Word(re.sub(r"\s", "", _flat(line.text)), line.start, line.end)


def _flat(text: str) -> str:
    return flat(text)


def _stacked(lines: Sequence[Word], at: int) -> list[Word]:
    """The header cells that stand one under another."""
    head: list[Word] = []
    for line in lines[at : at + _MOST_COLUMNS]:
        word = _squeezed(line)
        if not header_kind(word.text) and not _HEAD_LIKE.fullmatch(word.text):
            break
        head.append(word)
    return head


def is_head(kinds: Sequence[str], most_unknown: int = 3) -> bool:
    """Whether columns of these kinds are those of leaves with scores; of so many one may be of no known kind."""
    known = {kind for kind in kinds if kind}
    scored = known & {"score", "weighted", "both"} or {"points", "lost"} <= known
    named = known & {"level3", "name", "level2"}
    return bool(scored and named) and "budget" not in known and (len(kinds) - len(known)) * most_unknown <= len(kinds)


def _divided(words: Sequence[Word], kinds: Sequence[str], groups: Sequence[str] = ()) -> list[dict[int, Word]]:
    """The rows into which the cells fall so that they fit best; a cell that fits nowhere is passed over."""
    kind = next(kind for kind in NAME_KINDS if kind in kinds)
    name = max(column for column, each in enumerate(kinds) if each == kind)  # 三级 and 四级 are one kind
    needed = [column for column, kind in enumerate(kinds) if kind in (*NUMBER_KINDS, "both") or column == name]
    best: list[tuple[float, int, tuple[int, ...]]] = [(0.0, -1, ())]
    shapes = [*_shapes(kinds, name, max(needed)), *_group_shapes(kinds, name, groups)]
    for end in range(1, len(words) + 1):
        chosen: tuple[float, int, tuple[int, ...]] = (best[end - 1][0] - 4, end - 1, ())
        for shape in shapes:
            begin = end - len(shape)
            if begin < 0:
                continue
            told = sum(fit(kinds[column], words[begin + n].text, column == name) for n, column in enumerate(shape))
            worth = best[begin][0] + told - 1 - _broken(shape)
            if worth > chosen[0]:
                chosen = (worth, begin, shape)
        best.append(chosen)
    rows: list[dict[int, Word]] = []
    at = len(words)
    while at > 0:
        _, before, shape = best[at]
        if shape:
            rows.append({column: words[before + n] for n, column in enumerate(shape)})
        at = before
    return rows[::-1]


def _broken(shape: Sequence[int]) -> float:
    """What a row with an empty cell inside is worth less: one level alone is the one beside the name, since merged cells lack at the left."""
    return 0 if shape[-1] - shape[0] + 1 == len(shape) else _LESS


_LESS = 0.05


def _shapes(kinds: Sequence[str], name: int, last: int) -> list[tuple[int, ...]]:
    """The columns that a row can fill: from a level or the name on, to the score or further, at most one empty between."""
    shapes: set[tuple[int, ...]] = set()
    for first in range(name + 1):
        for end in range(last, len(kinds)):
            whole = tuple(range(first, end + 1))
            shapes.add(whole)
            shapes.update(
                tuple(column for column in whole if column != gap)
                for gap in whole
                if gap not in (first, end)
                and kinds[gap] not in (*NUMBER_KINDS, "both")
                and gap != name
                and not (
                    kinds[first] in _LEVELS and kinds[gap] in _LEVELS and gap < name
                )  # an outer level opens inner ones
            )
    return sorted(shapes)


def _group_shapes(kinds: Sequence[str], name: int, told: Sequence[str]) -> Iterator[tuple[int, ...]]:
    """The columns that a row of a group fills: its level and its own figures, these kinds of them."""
    figures = tuple(column for column, kind in enumerate(kinds) if kind in told)
    for column, kind in enumerate(kinds):
        if kind in _LEVELS and column != name and figures:
            yield (column, *figures)


@lru_cache(maxsize=4096)
def fit(kind: str, text: str, leaf: bool) -> float:  # noqa: FBT001
    """How well a cell fits a column of a kind, that of the leaf's name or another; less than nothing where it does not."""
    number = cell_number(text) is not None
    if kind in NUMBER_KINDS:
        percent = re.fullmatch(r"\d{1,3}(?:\.\d+)?%", text) is not None
        if number or percent:
            return 3
        return 2 if kind == "score" and (_WORDED.fullmatch(text) or ABSENT_CELL.fullmatch(text)) else -6
    if kind == "both":
        return 3 if pair_in(text) else -6
    if kind in ("lost", "rate"):
        return 2 if number or re.fullmatch(r"\d{1,3}(?:\.\d+)?%", text) else -3
    if leaf:
        worded = _HAN.search(text) and not number and not re.match(rf"[≥≤=<>]|(?!{NAME_LED})\d", text)
        return (
            (2.0 if _LEVEL.fullmatch(text) else 3.0) - (2 if len(text) > _LONG or "。" in text else 0) if worded else -6
        )
    if kind in ("level1", "level2", "name", "level3"):
        return (2.0 if _LEVEL.match(text) else 0.2) if _HAN.search(text) and not number and len(text) < _SHORT else -4
    return -1 if number and kind in ("remark", "rule") else 0.5


_SHORT = 18


def _total_row(words: Sequence[Word], kinds: Sequence[str]) -> dict[int, Word]:
    if not words:
        return {}
    row = {0: words[0]}
    numbers = [word for word in words[1:] if cell_number(word.text) is not None or word.text.endswith("%")]
    columns = [column for column, kind in enumerate(kinds) if kind in ("points", "weight", "weighted", "score", "lost")]
    return row | dict(zip(reversed(columns), reversed(numbers[: len(columns)]), strict=False))


def proven(
    document: Document, head: Sequence[Word], rows: list[dict[int, Word]], total: dict[int, Word]
) -> Table | None:
    """The table, where its points make 100 and its scores lie within them."""
    lines = [dict(enumerate(head)), *rows, *([total] if total else [])]
    cells = tuple(
        Cell(document.text[word.start : word.end], number, column, word.start)
        for number, line in enumerate(lines)
        for column, word in sorted(line.items())
    )
    start, end = min(cell.start for cell in cells), max(cell.end for cell in cells)
    block = Block(BlockKind.TABLE, document.text[start:end], start, 0, cells=cells)
    found = score_tables([grid_of(block)])
    points = [item.points or Decimal(0) for item in found.items]
    over = sum(1 for item in found.items if item.claimed is not None and item.claimed > (item.points or Decimal(0)))
    if len(points) < _FEWEST or sum(points, Decimal(0)) != _HUNDRED or over > 1:
        return None
    return start, end, cells
