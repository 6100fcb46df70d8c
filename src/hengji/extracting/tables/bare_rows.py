"""Rows of scores that no header names: 「投入 目标设定 绩效目标合理性 5 5」, a row a line; their sums prove what they are."""

import itertools
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from hengji.extracting.leaves.leaf_names import is_name, leaf_name
from hengji.extracting.list_numbers import NOT_A_MONTH
from hengji.extracting.passages import Passage
from hengji.extracting.tables.cell_names import plain_name
from hengji.extracting.tables.glued import LineScores
from hengji.extracting.tables.grid import Grid, squeezed
from hengji.extracting.tables.labelled_cells import labelled_cells
from hengji.extracting.tables.line_tokens import Token
from hengji.model.extraction import ScoredItem, Span, Stated
from hengji.model.patterns import pattern

_NUMBER = pattern(r"(\d{1,3}(?:\.\d{1,2})?)分?")
_NONE = pattern(r"[-—/]|不适用|不考核|N/A")
_TOTAL = pattern(r"(?:总分|合计|总计|自评总分|总得分)(?:\(分\))?:?")
_PARTS = pattern(r"[^\s,;|/、…]+(?:、[^\s,;|/、…]+)*")
_FILLED_IN = pattern(  # 「目标合理性（10）：〔9〕」, as a form that was filled in
    r"(?P<name>[^()〔\[【:,;。]{2,30})[(〔\[【](?:满分|分值)?:?(?P<points>\d{1,2}(?:\.\d{1,2})?)分?[)〕\]】]\s?(?::|[—_…-]+)?\s?[(〔\[【「]?(?P<score>\d{1,2}(?:\.\d{1,2})?)\s?[—_…-]*\s?分?[)〕\]】」]?"
)
_POINTED_AT = pattern(  # 「目标合理性（满分10）→9。」
    r"(?P<name>[^()〔\[【:,;。]{2,30})[(〔\[【](?:满分|分值|权重)?:?(?P<points>\d{1,2}(?:\.\d{1,2})?)分?[)〕\]】]\s?(?:→|[-=]>|>+)\s?(?P<score>\d{1,2}(?:\.\d{1,2})?)分?(?:[。,;:\s].*)?"
)
_LABELLED = pattern(  # 「目标合理性：满分=10，自评=9」, whatever the labels are
    r"(?P<name>[^:,;=|]{2,30})[:,|]\s?[\u4e00-\u9fff]{1,6}\s?[=:]\s?(?P<points>\d{1,2}(?:\.\d{1,2})?)分?\s?[,;/|、]\s?[\u4e00-\u9fff]{1,6}\s?[=:]\s?(?P<score>\d{1,2}(?:\.\d{1,2})?)分?(?![\d.%\u4e00-\u9fff]).*"
)
_FORMS = (_FILLED_IN, _POINTED_AT, _LABELLED)
_PAIR = pattern(  # 「目标合理性9/10、」, as a list in one line
    r"(?P<name>[\"\u4e00-\u9fff][^\d,;:。/|、]{1,28}?)[:(]?(?P<points>\d{1,2}(?:\.\d{1,2})?)分?/(?P<score>\d{1,2}(?:\.\d{1,2})?)分?\)?(?=[,;、。]|$)"
)
_LEADERS = pattern(r"\.{3,}|…+|_{2,}|[—-]{3,}|·{3,}")  # between the cells of a line
_ORDER = pattern(rf"^(?:\d{{1,2}}[.、)]?{NOT_A_MONTH}|[(]\d{{1,2}}[)]|[①-⑳])(?=[\u4e00-\u9fff\"]|$)")
_FULL = Decimal(100)
_FEWEST = 4
_FEW = 2  # of a list in one line
_LONGEST = 120


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one line from its first to what stands behind its figures, and where its figures begin and end."""

    cells: tuple[Token, ...]
    first: int
    last: int
    whole: Span

    def figure(self, at: int) -> Decimal | None:
        """The number in a cell; nothing where it holds none."""
        match = _NUMBER.fullmatch(self.cells[at].text)
        return Decimal(match[1]) if match is not None else None


Totals = Callable[[], frozenset[Decimal]]  # those that the text tells


def bare_rows(passages: Sequence[Passage], grids: Iterable[Grid], totals: Totals = frozenset) -> LineScores:
    """The leaves of rows without a header, in lines or in tables; nothing unless their points make 100 or their scores a printed total.

    Lines of groups may part them, so that all of them together are asked last.
    """
    runs = [*_runs(map(_of_line, passages)), *(_grid_rows(grid) for grid in grids)]
    runs += [both for run in runs if (both := _of_two_blocks(run))]
    runs.append([row for passage in passages for row in _pairs(passage)])
    for rows in (*runs, *(_alike(list(itertools.chain.from_iterable(runs))) if len(runs) > 1 else ())):
        found = read_rows(rows, totals)
        if found.items:
            return found
    return LineScores()


def _runs(rows: Iterable[Row | None]) -> Iterator[list[Row]]:
    """The rows that stand without anything else between them, as lists."""
    run: list[Row] = []
    for row in rows:
        if row is not None:
            run.append(row)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _alike(rows: Sequence[Row]) -> list[list[Row]]:
    """The rows with as many cells as most, and their figures in the same place."""
    shapes = Counter((len(row.cells), row.first, row.last) for row in rows)
    return [
        [row for row in rows if (len(row.cells), row.first, row.last) == shape] for shape, _ in shapes.most_common(1)
    ]


def _of_two_blocks(rows: Sequence[Row]) -> list[Row]:
    """The rows of a run that sets two leaves beside each other, those of the left block first; nothing for any other."""
    left: list[Row] = []
    right: list[Row] = []
    width = max((len(row.cells) for row in rows), default=0) // 2
    for row in rows:
        if len(row.cells) not in (width, 2 * width):
            return []
        for cells, into in ((row.cells[:width], left), (row.cells[width:], right)):
            told = _row(cells, Span(cells[0].span.start, cells[-1].span.end)) if cells else None
            if cells and (told is None or (left and (told.first, told.last) != (left[0].first, left[0].last))):
                return []
            into.extend([told] if told is not None else [])
    return [*left, *right] if right else []


def _of_line(passage: Passage) -> Row | None:
    text = passage.flat
    if passage.cell is not None or len(text) > _LONGEST or not text.strip() or "。" in text[:-1]:
        return None
    filled = next((m for f in _FORMS if (m := f.fullmatch(text.strip()))), None)
    if filled is not None:
        lead = len(text) - len(text.lstrip())
        kinds = ("name", "points", "score")
        told = tuple(Token(filled[k], passage.span(lead + filled.start(k), lead + filled.end(k))) for k in kinds)
        return _row(told, passage.whole)
    labelled = labelled_cells(text)
    if labelled is not None:
        return _row(tuple(Token(text[a:b], passage.span(a, b)) for a, b in labelled), passage.whole)
    apart = _LEADERS.sub(lambda leader: " " * len(leader[0]), text)
    cells = tuple(Token(m[0], passage.span(m.start(), m.end())) for m in _PARTS.finditer(apart))
    return _row(cells, passage.whole)


def _pairs(passage: Passage) -> Iterator[Row]:
    """The rows of a line that lists names with two figures each."""
    if passage.cell is not None or passage.flat.count("/") < _FEW:
        return
    for match in _PAIR.finditer(passage.flat):
        cells = tuple(Token(match[k], passage.span(*match.span(k))) for k in ("name", "points", "score"))
        yield Row(cells, 1, len(cells) - 1, passage.span(*match.span()))


def _grid_rows(grid: Grid) -> list[Row]:
    found: list[Row] = []
    for row in range(grid.rows):
        cells = tuple(Token(squeezed(c.text), Span(c.start, c.end)) for c in grid.distinct(row) if c.text.strip())
        told = _row(cells, grid.row_span(row))
        if told is not None:
            found.append(told)
    return found


def _row(cells: tuple[Token, ...], whole: Span) -> Row | None:
    """A line as a row: words, then two figures or more in a row, then perhaps a remark."""
    if len(cells) < len(("name", "points", "score")):
        return None
    figures = [bool(_NUMBER.fullmatch(cell.text) or _NONE.fullmatch(cell.text)) for cell in cells]
    ends = next((at for at in range(len(cells) - 1, 1, -1) if figures[at] and figures[at - 1]), None)
    if ends is None:
        return None
    first = ends
    while first > 1 and figures[first - 1]:
        first -= 1
    return Row(cells, first, ends, whole)


def read_rows(rows: list[Row], told_totals: Totals = frozenset) -> LineScores:
    """The leaves of rows whose points make 100, or whose sums the row of the total prints.

    Where there are more figures than two, the scores must make a total that is told, if any is.
    """
    totals = [row for row in rows if _TOTAL.fullmatch(row.cells[0].text)]
    told = _without_heads([row for row in rows if row not in totals])
    width = min((row.last - row.first for row in told), default=0)
    offset = _name_offset(told)
    if len(told) < _FEWEST or offset is None:
        return LineScores()
    # points and score stand side by side, the last two first; the score may stand in front
    for back, ahead in itertools.product(range(width), (1, 0)):
        scored = back + 1 - ahead
        points = [row.figure(row.last - back - ahead) for row in told]
        claims = [row.figure(row.last - scored) for row in told]
        worth = sum((p for p in points if p is not None), Decimal(0))
        got = sum((c for c in claims if c is not None), Decimal(0))
        printed = {row.figure(at) for row in totals for at in range(row.first, row.last + 1)}
        if None in points or not (worth == _FULL or (worth in printed and got in printed)):
            continue
        known = {each for each in printed if each is not None} | told_totals() if width > 1 else set()
        if known and got not in known:
            continue
        over = sum(1 for p, c in zip(points, claims, strict=True) if p is not None and c is not None and c > p)
        if over * 3 > len(told) or (over and not ahead):
            continue
        items = tuple(_item(row, offset, p, c) for row, p, c in zip(told, points, claims, strict=True))
        final = next((row for row in totals if row.figure(row.last - scored) is not None), None)
        total = Stated(str(final.figure(final.last - scored)), final.cells[final.last - scored].span) if final else None
        return LineScores(items, total)
    return LineScores()


def _without_heads(rows: list[Row]) -> list[Row]:
    """The rows without those whose two figures are what the rows behind them make, where these are in all twice a hundred."""
    if any(row.last - row.first != 1 for row in rows) or len(rows) < _FEWEST:
        return rows
    pairs = [(row.figure(row.first) or Decimal(0), row.figure(row.last) or Decimal(0)) for row in rows]
    if _FULL * 2 not in (sum((a for a, _ in pairs), Decimal(0)), sum((b for _, b in pairs), Decimal(0))):
        return rows
    leaves: list[Row] = []
    at = 0
    while at < len(rows):
        after = _behind(pairs, at)
        if after is None:
            return rows
        leaves.extend(rows[at + 1 : after])
        at = after
    return leaves


def _behind(pairs: Sequence[tuple[Decimal, Decimal]], at: int) -> int | None:
    """Where the rows end that make the figures of the row in front of them."""
    left, right = Decimal(0), Decimal(0)
    for after in range(at + 1, len(pairs)):
        left, right = left + pairs[after][0], right + pairs[after][1]
        if (left, right) == pairs[at]:
            return after + 1
    return None


def _name_offset(rows: Sequence[Row]) -> int | None:
    """How far in front of its figures each row's name stands: the furthest column whose words are all names and all different."""
    best: int | None = None
    for offset in range(1, min((row.first for row in rows), default=0) + 1):
        names = [_named(row, offset) for row in rows]
        if all(is_name(name) for name in names) and len(set(names)) == len(names):
            best = offset
    return best


def _named(row: Row, offset: int) -> str:
    return leaf_of(row.cells[row.first - offset].text)


def leaf_of(text: str) -> str:
    """The name that a cell tells, without its order."""
    return leaf_name(plain_name(_ORDER.sub("", text)))


def _item(row: Row, offset: int, points: Decimal | None, claim: Decimal | None) -> ScoredItem:
    at = row.first - offset
    path = tuple(cell.text for cell in row.cells[:at] if is_name(cell.text))
    remark = " ".join(cell.text for cell in row.cells[row.last + 1 :])
    values = [cell.text for cell in row.cells[at + 1 : row.first]]
    return ScoredItem(
        _named(row, offset),
        path,
        points,
        claim,
        row.cells[at].span,
        row.whole,
        row.whole,
        not_applicable=claim is None,
        target=values[0] if len(values) > 1 else "",
        actual=values[-1] if values else "",
        remark=remark,
        table=True,
    )
