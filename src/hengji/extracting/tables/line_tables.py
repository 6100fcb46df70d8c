"""Score tables that reached text as lines: one cell a line, or cells between bars or blanks."""

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from hengji.extracting.passages import Passage
from hengji.extracting.tables.bar_tables import bar_tables
from hengji.extracting.tables.broken_heads import pieces
from hengji.extracting.tables.glued import LineScores, glued_scores
from hengji.extracting.tables.grid import cell_number, is_empty
from hengji.extracting.tables.header_words import header_kind
from hengji.extracting.tables.line_tokens import MOST_CELL, WORDS, Token, tokens_of
from hengji.extracting.tables.marked_rows import marked_tables
from hengji.extracting.tables.token_rows import token_tables
from hengji.extracting.tables.wrapped_rows import wrapped_tables
from hengji.extracting.wording import opens_chapter
from hengji.model.document import Block, BlockKind, Cell, Document
from hengji.model.extraction import Span
from hengji.model.patterns import pattern

_TOTAL = pattern(r"(?:总分|合计|总计|自评总分|总得分|自评得分合计)(?:\(分\))?[::]?")
_LEVELS = pattern(
    r"(?:[\u4e00-\u9fff]{0,8}指标|(?:项目)?(?:产出|效益|过程|投入|成本|效果|质量|数量|时效|满意度|社会效益|经济效益|生态效益|可持续影响|服务对象满意度))(?:\(\d+分\))?"
)
_SOURCE = pattern(r"基本支出|项目支出|资金|拨款|补助|总额|结转|其他|收入|单位自筹")
_REST = pattern(r"[\u4e00-\u9fff]")  # of a name broken over lines: 「年度资金总 / 额」
_LONGEST_SOURCE = 24  # characters
_GRADE = pattern(r"优秀?|良好?|中等?|差|合格|不合格")
_HEAD_WINDOW = 16


def line_tables(passages: Sequence[Passage]) -> LineScores:
    """The scores of lines whose digits run together; nothing where there are none."""
    return glued_scores([passage for passage in passages if passage.cell is None])


def regridded(document: Document) -> Document:
    """The document with the tables that lost their borders as tables again; the text and every place stay what they were."""
    tables: list[tuple[int, int, tuple[Cell, ...]]] = (
        bar_tables(document) or wrapped_tables(document) or token_tables(document) or marked_tables(document)
    )
    barred = [Span(start, end) for start, end, _ in tables]
    tokens = _with_whole_heads(document.text, list(tokens_of(document, barred)))
    position = 0
    while position < len(tokens):
        header = _header(tokens, position)
        if header is None:
            position += 1
            continue
        rows, position = _table(tokens, position, header)
        if len(rows) > 1:
            cells = tuple(
                Cell(document.text[t.span.start : t.span.end], row, column, t.span.start)
                for row, line in enumerate(rows)
                for column, t in sorted(line.items())
                if t.text
            )
            tables.append((min(c.start for c in cells), max(c.end for c in cells), cells))
    return with_tables(document, sorted(tables)) if tables else document


def _with_whole_heads(text: str, tokens: list[Token]) -> list[Token]:
    """The cells with those of headers put together that were broken over lines."""
    found: list[Token] = []
    at = 0
    while at < len(tokens):
        window = [token.text for token in tokens[at : at + _HEAD_WINDOW]]
        sizes = pieces(window, _HEAD_WINDOW)
        if len(sizes) < _LEAST_HEAD or max(sizes) == 1 or not _one_a_line(text, tokens[at : at + sum(sizes)]):
            found.append(tokens[at])
            at += 1
            continue
        for size in sizes:
            part = tokens[at : at + size]
            found.append(Token("".join(t.text for t in part), Span(part[0].span.start, part[-1].span.end)))
            at += size
    return found


def _one_a_line(text: str, tokens: Sequence[Token]) -> bool:
    """Whether every one of these cells stands in a line of its own."""
    return all("\n" in text[a.span.end : b.span.start] for a, b in itertools.pairwise(tokens))


_LEAST_HEAD = 4


def unruled(document: Document) -> Document:
    """A document of pages without any table, with those that were drawn without lines as tables."""
    tables = token_tables(document)
    return with_tables(document, sorted(tables)) if tables else document


def with_tables(document: Document, tables: list[tuple[int, int, tuple[Cell, ...]]]) -> Document:
    """The blocks with these tables in place of what they were made of; text between them stands as paragraphs."""
    blocks: list[Block] = []
    left = list(tables)
    covered = 0
    for block in document.blocks:
        position = max(block.start, covered)
        while left and left[0][0] < block.end:
            start, end, cells = left.pop(0)
            blocks.extend(_paragraph(document, position, start, block.page))
            blocks.append(Block(BlockKind.TABLE, document.text[start:end], start, 0, page=block.page, cells=cells))
            position = covered = end
        if position == block.start:
            blocks.append(block)
        else:
            blocks.extend(_paragraph(document, position, block.end, block.page))
    counts: dict[BlockKind, int] = {}
    numbered: list[Block] = []
    for block in blocks:
        counts[block.kind] = counts.get(block.kind, 0) + 1
        numbered.append(replace(block, number=counts[block.kind]))
    return replace(document, blocks=tuple(numbered))


def _paragraph(document: Document, start: int, end: int, page: int | None) -> list[Block]:
    text = document.text[start:end]
    lead = len(text) - len(text.lstrip())
    kept = text.strip()
    return [Block(BlockKind.PARAGRAPH, kept, start + lead, 0, page=page)] if kept.strip("| \t") else []


@dataclass(frozen=True, slots=True)
class _Header:
    tokens: tuple[Token, ...]
    kinds: tuple[str, ...]
    end: int

    def at(self, *kinds: str) -> int | None:
        """The column of the first of these kinds that there is."""
        return next((self.kinds.index(kind) for kind in kinds if kind in self.kinds), None)

    @property
    def shift(self) -> int:
        """1 where the first column has no header: the names of budget rows."""
        return int(bool(self.kinds) and self.kinds[0] == "budget")

    @property
    def money(self) -> bool:
        """Whether it heads the rows of budget execution."""
        return "budget" in self.kinds and "spent" in self.kinds


def _header(tokens: Sequence[Token], start: int) -> _Header | None:
    """A run of header cells that holds a score and points or amounts."""
    if not header_kind(tokens[start].text) and not re.fullmatch(r"资金来源|项目资金.*", tokens[start].text):
        return None
    run: list[Token] = []
    position = start
    while position < len(tokens) and len(run) < _HEAD_WINDOW:
        token = tokens[position]
        if not header_kind(token.text) and not re.fullmatch(r"资金来源|项目资金.*|佐证.*|.*依据", token.text):
            break
        if _opens_rows(run, tokens[position : position + 2]):
            break
        run.append(token)
        position += 1
    kinds = tuple(header_kind(token.text) for token in run)
    worth = "points" in kinds or "weight" in kinds or ("budget" in kinds and "rate" in kinds)
    return _Header(tuple(run), kinds, position) if "score" in kinds and worth and len(kinds) >= 3 else None


def _opens_rows(run: Sequence[Token], pair: Sequence[Token]) -> bool:
    """Whether a cell that could head a column is the first row's name, by what stands behind it: 「备注｜预算执行率｜10」, 「得分｜预算执行率｜≥」."""
    told = {header_kind(token.text) for token in run}
    whole = "score" in told and bool(told & {"points", "weight"})
    return whole and len(pair) > 1 and _OF_A_ROW.fullmatch(pair[1].text) is not None and "率" in pair[0].text


_OF_A_ROW = pattern(r"[≥≤=><≧≦]{0,2}\d.*|[≥≤=><≧≦]{1,2}|%|[正反负]向|定[量性]")


Line = dict[int, Token]


def _table(tokens: Sequence[Token], start: int, header: _Header) -> tuple[list[Line], int]:
    """The rows of a table from its header to its total, to the next header or to a paragraph."""
    del start
    rows: list[Line] = [dict(enumerate(header.tokens, header.shift))]
    pending: list[Token] = []
    position = header.end
    while position < len(tokens):
        token = tokens[position]
        ended = _TOTAL.fullmatch(token.text) and not header.money
        if ended:
            _remark(rows, pending, header)
            pending = []
            line, position = _total_row(tokens, position, header)
            rows.append(line)
            break
        if len(token.text) > MOST_CELL or _header(tokens, position) is not None or opens_chapter(token.text):
            break
        pending.append(token)
        position += 1
        row = (
            _money_line(pending, tokens, position, header) if header.money else _line(pending, tokens, position, header)
        )
        if row is not None:
            used = {token.span for token in row.values()}
            left = [token for token in pending if token.span not in used]
            unscored, at = _unscored(left, header)
            _remark(rows, left[:at], header)
            rows.extend([unscored] if unscored else [])
            _remark(rows, left[at + len(unscored) :], header)
            rows.append(row)
            pending = []
    if pending and len(rows) > 1 and not header.money:
        _remark(rows, pending, header)
    return rows, position


def _total_row(tokens: Sequence[Token], position: int, header: _Header) -> tuple[Line, int]:
    line: Line = {0: tokens[position]}
    position += 1
    columns = [c for c in (header.at("points", "weight"), header.at("weighted", "score")) if c is not None]
    numbers: list[Token] = []
    while position < len(tokens) and len(numbers) < 3:
        token = tokens[position]
        if cell_number(token.text) is None and token.text and not is_empty(token.text):
            break
        if cell_number(token.text) is not None:
            numbers.append(token)
        position += 1
    if len(numbers) == 1:
        line[columns[-1]] = numbers[0]
    else:
        line.update(zip(columns, numbers, strict=False))
    if position < len(tokens) and _GRADE.fullmatch(tokens[position].text):
        line[len(header.kinds)] = tokens[position]
        position += 1
    return line, position


def _line(pending: list[Token], tokens: Sequence[Token], position: int, header: _Header) -> Line | None:
    """A row, when the pending tokens end with its score: the core from name to score stands in the header's order."""
    score_at, worth = header.at("score"), header.at("points", "weight")
    name_at = header.at("level3", "name", "level2")
    if score_at is None or worth is None or name_at is None:
        return None
    score = cell_number(pending[-1].text)
    following = tokens[position].text if position < len(tokens) else ""
    if score is None or (cell_number(following) is not None and header.at("weighted") is None):
        return None
    width = score_at - name_at
    core = pending[-width - 1 :] if len(pending) > width else []
    if not core or not _is_core(core, worth - name_at, grouped=header.at("level1", "level2") not in (None, name_at)):
        core = _loose_core(pending, worth < score_at - 1)
        if not core or (worth == name_at + 1 and len(core) > width + 1):
            return None  # more cells than there are columns: the score of the first was left empty
        return _placed(core, pending[: -len(core)], header, name_at, loose=True)
    return _placed(core, pending[: -len(core)], header, name_at, loose=False)


def _unscored(left: Sequence[Token], header: _Header) -> tuple[Line, int]:
    """A row whose score was left empty, among the cells in front of the next row, and where it begins; nothing and the end where there is none."""
    score_at, worth = header.at("score"), header.at("points", "weight")
    name_at = header.at("level3", "name")
    if score_at is None or worth is None or name_at is None or not name_at < worth < score_at or header.money:
        return {}, len(left)
    width = score_at - name_at
    for at in range(len(left) - width + 1 if width > 1 else 0):
        core = left[at : at + width]
        if _is_core(core, worth - name_at, grouped=True) and len(left) - at - width <= 1:
            return {name_at + index: token for index, token in enumerate(core)}, at
    return {}, len(left)


def _is_core(core: Sequence[Token], worth: int, *, grouped: bool) -> bool:
    """Whether tokens are a row from its name on; where no column holds groups, a group's word (社会效益) names a leaf."""
    return (
        0 < worth < len(core)
        and bool(WORDS.search(core[0].text))
        and cell_number(core[worth].text) is not None
        and not (grouped and _LEVELS.fullmatch(core[0].text))
    )


def _loose_core(pending: Sequence[Token], before: bool) -> list[Token]:  # noqa: FBT001
    """Name, points and score where a cell between them is missing."""
    if len(pending) < 3:
        return []
    names = [
        i
        for i, t in enumerate(pending[:-1])
        if WORDS.search(t.text) and not _LEVELS.fullmatch(t.text) and not re.match(r"[≥≤=><\d]", t.text)
    ]
    if before:
        for index in names:
            if index + 1 < len(pending) - 1 and cell_number(pending[index + 1].text) is not None:
                return list(pending[index:])
        return []
    if cell_number(pending[-2].text) is None or not names:
        return []
    plain = [
        i
        for i in names
        if not re.fullmatch(r"定性|定量|较?好|高|是|否|达成|完成|达标|效果明显|明显|优良?|已?按.*", pending[i].text)
    ]
    return list(pending[(plain or names)[0] :])


def _placed(core: Sequence[Token], before: Sequence[Token], header: _Header, name_at: int, *, loose: bool) -> Line:
    """The row's cells in the header's columns; what stands before the core is its levels."""
    score_at, worth = header.at("score"), header.at("points", "weight")
    assert score_at is not None
    assert worth is not None
    line: Line = {}
    if loose:
        line[name_at] = core[0]
        line[score_at] = core[-1]
        line[worth] = core[1] if worth < score_at - 1 else core[-2]
        inner = core[2:-1] if worth < score_at - 1 else core[1:-2]
        free = [c for c in range(name_at + 1, score_at) if c != worth]
        line.update(zip(free, inner, strict=False))
    else:
        line.update({name_at + index: token for index, token in enumerate(core)})
    levels = [token for token in before if _LEVELS.fullmatch(token.text)]
    columns = [c for c in (header.at("level1"), header.at("level2")) if c is not None and c < name_at]
    line.update(zip(reversed(columns), reversed(levels), strict=False))
    return line


_ARGUES = pattern(rf"{WORDS.pattern}|\d\s?[÷×]\s?\d")


def _remark(rows: list[Line], pending: Sequence[Token], header: _Header) -> None:
    """What is left after the last row's score is its remark."""
    column = header.at("remark")
    word = next((t for t in pending if _ARGUES.search(t.text) and not _LEVELS.fullmatch(t.text)), None)
    if column is not None and word is not None and len(rows) > 1:
        rows[-1].setdefault(column, word)


def _money_line(pending: list[Token], tokens: Sequence[Token], position: int, header: _Header) -> Line | None:
    """A row of budget execution: a source's name and its figures, up to the next name."""
    following = tokens[position].text if position < len(tokens) else ""
    figures = [t for t in pending if not WORDS.search(t.text) and not _REST.fullmatch(t.text)]
    if not figures or (following and not WORDS.search(following)):
        return None
    names = [t for t in pending if WORDS.search(t.text)]
    label = next((t for t in reversed(names) if _SOURCE.search(t.text)), None)
    columns = [
        c
        for c, kind in enumerate(header.kinds)
        if kind in ("budget", "change", "spent", "points", "weight", "rate", "score")
    ]
    if label is None and names and len(figures) == len(columns) and len(names[-1].text) <= _LONGEST_SOURCE:
        label = names[-1]  # whatever pays, or is paid for, in a row with all its figures
    if label is None or len(figures) < 2:
        return None
    line: Line = {max(0, columns[0] - 1): label}
    if len(figures) == len(columns) - 1 and not any("%" in t.text for t in figures):
        columns = [c for c in columns if header.kinds[c] != "rate"]  # the rate's cell is empty
    elif len(figures) < len(columns):
        columns = _slid(figures, columns, header)
    line.update(zip((column + header.shift for column in columns), figures, strict=False))
    return line


def _slid(figures: Sequence[Token], columns: list[int], header: _Header) -> list[int]:
    """The columns of figures whose first ones were lost, so that the rest slid left: the rate is known by its sign."""
    amounts = [c for c in columns if header.kinds[c] in ("budget", "change", "spent")]
    others = [c for c in columns if c not in amounts]
    at = next((n for n, t in enumerate(figures) if t.text.endswith("%")), None)
    if at is None:
        return amounts[-len(figures) :] if len(figures) < len(amounts) else columns
    kinds = [header.kinds[c] for c in others]
    before = kinds.index("rate") if "rate" in kinds else 0
    money = at - before
    lost = len(figures) - at == len(others) - before and 0 < money < len(amounts)
    return [*amounts[-money:], *others] if lost else columns
