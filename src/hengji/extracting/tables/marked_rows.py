"""Rows whose cells one mark sets apart, under a line that names as many columns: 「列间以“／”隔开，依次为：指标／权重／目标／实际／系数／得分。」."""

import re
from collections.abc import Sequence

from hengji.extracting.flat import flat
from hengji.extracting.tables.header_words import header_kind
from hengji.extracting.tables.token_rows import Table, Word, is_head, lines_of, proven
from hengji.model.document import BlockKind, Document
from hengji.model.patterns import pattern

_MARKS = "／/；;，,、｜|→＃#～~＊*＆&·—"
_FEWEST_COLUMNS = 3
_FEWEST = 4  # rows
_OPENING = pattern(r".*(?:[:：（(“\"「『【\[,，]|[为是按])")
_FORMULA = pattern(r"[(（]\s?[=＝].*?[)）]")  # 「得分（＝权重×系数）」
_CLOSING = ' 。；;：:”"」』）)】]'


def marked_tables(document: Document) -> list[Table]:
    """Such tables of a document that kept none."""
    if any(block.kind is BlockKind.TABLE for block in document.blocks):
        return []
    lines = [line for block in document.blocks for line in lines_of(block)]
    found: list[Table] = []
    tried = 0
    for at in range(len(lines) - _FEWEST):
        mark = next((mark for mark in _MARKS if _is_head(lines[at], lines[at + 1], mark)), None)
        if mark is None or (found and lines[at].start < found[-1][1]):
            continue
        table = _table(document, lines, at, mark)
        tried += 1
        found += [table] if table is not None else []
        if tried == _MOST_HEADS:
            break
    return found


_MOST_HEADS = 8
_MOST = 200  # rows


def _is_head(line: Word, first: Word, mark: str) -> bool:
    """Whether a line names as many columns as the next has cells set apart by a mark."""
    columns = first.text.count(mark) + 1
    if columns < _FEWEST_COLUMNS or line.text.count(mark) + 1 < columns:
        return False
    return is_head(tuple(header_kind(cell.text) for cell in _head(line, mark, columns)), _UNKNOWN)


def _table(document: Document, lines: Sequence[Word], at: int, mark: str) -> Table | None:
    """The table under a line, its cells set apart by a mark."""
    columns = lines[at + 1].text.count(mark) + 1
    rows: list[dict[int, Word]] = []
    for line in lines[at + 1 : at + 1 + _MOST]:
        if line.text.count(mark) + 1 != columns:
            break
        rows.append({column: cell for column, cell in enumerate(_cells(line, mark)) if cell.text})
    if len(rows) < _FEWEST:
        return None
    return proven(document, _head(lines[at], mark, columns), rows, {})


_UNKNOWN = 2  # columns of which one may be of no known kind


def _cells(line: Word, mark: str) -> list[Word]:
    """The cells of a line, blanks around them left out."""
    found: list[Word] = []
    position = line.start
    for part in line.text.split(mark):
        lead = len(part) - len(part.lstrip())
        words = part.strip()
        found.append(Word(_squeezed(words), position + lead, position + lead + len(words)))
        position += len(part) + len(mark)
    return found


def _head(line: Word, mark: str, columns: int) -> list[Word]:
    """The names of columns that a line ends with, without the words in front of the first, formulas and the stop."""
    cells = _cells(line, mark)[-columns:]
    first, last = cells[0], cells[-1]
    raw = line.text[first.start - line.start : first.end - line.start]
    opened = _OPENING.match(raw)
    begins = first.start + (opened.end() if opened is not None else 0)
    cells[0] = Word(_squeezed(line.text[begins - line.start : first.end - line.start]), begins, first.end)
    raw = line.text[last.start - line.start : last.end - line.start]
    formula = _FORMULA.search(raw)
    words = (raw[: formula.start()] if formula is not None else raw).rstrip(_CLOSING)
    if words.count("(") + words.count("（") > words.count(")") + words.count("）"):
        words = raw[: len(words) + 1]
    cells[-1] = Word(_squeezed(words), last.start, last.start + len(words))
    return cells


def _squeezed(text: str) -> str:
    return re.sub(r"\s", "", flat(text))
