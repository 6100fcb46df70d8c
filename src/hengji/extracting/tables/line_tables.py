"""Score tables that reached text as lines: one cell a line, cells between bars or blanks, or digits glued together.

Cells that still stand apart are put back into a table (`regridded`), so that one reader serves all tables. Where digits run
together the sums of the table decide, and where no reading adds up the items are marked doubtful.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from hengji.extracting.flat import flat
from hengji.extracting.passages import Passage
from hengji.extracting.tables.bar_tables import bar_tables, within
from hengji.extracting.tables.grid import cell_number, is_empty, squeezed
from hengji.extracting.tables.header_words import header_kind
from hengji.extracting.tables.token_rows import token_tables
from hengji.model.document import Block, BlockKind, Cell, Document
from hengji.model.extraction import Quantity, ScoredItem, Span, Stated

_WORDS = re.compile(r"[\u4e00-\u9fff]{2,}")
_TOTAL = re.compile(r"(?:总分|合计|总计|自评总分|总得分|自评得分合计)(?:\(分\))?[::]?")
_GLUED_TOTAL = re.compile(
    r"^(?:总分|合计|总计|自评总分(?:\(分\))?)[::]?(?P<digits>\d{2,6}(?:\.\d{1,2})?)(?P<grade>优秀?|良好?|中等?|差)?$"
)
_GLUED = re.compile(
    r"^(?P<name>[\u4e00-\u9fff、“”\"()]{2,30}?)(?P<points>\d{1,2})(?P<target>[≥≤=><定].*?[^\d.]|\d.*?[%\u4e00-\u9fff])(?P<score>\d{1,2}(?:\.\d{1,2})?)$"
)
_GLUED_TAIL = re.compile(
    r"^(?:指标\d+:)?(?P<name>[\u4e00-\u9fff、“”\"()]{2,30}?)(?P<target>[≥≤=><定\d].*?[%\u4e00-\u9fff])(?P<tail>\d{2,6}(?:\.\d{1,2})?)(?P<rest>[\u4e00-\u9fff]{0,4})$"
)
_GLUED_MONEY = re.compile(
    r"^(?P<label>[\u4e00-\u9fff:、()]{0,20}?)(?P<digits>\d{6,24}(?:\.\d+)?)%(?P<score>\d{1,3}(?:\.\d+)?)$"
)
_LEVELS = re.compile(
    r"(?:[\u4e00-\u9fff]{0,8}指标|(?:项目)?(?:产出|效益|过程|投入|成本|效果|质量|数量|时效|满意度|社会效益|经济效益|生态效益|可持续影响|服务对象满意度))(?:\(\d+分\))?"
)
_SOURCE = re.compile(r"基本支出|项目支出|资金|拨款|补助|总额|结转|其他|收入|单位自筹")
_GRADE = re.compile(r"优秀?|良好?|中等?|差|合格|不合格")
_HEAD_WINDOW = 16
_LONGEST = 60
_MOST_CELL = 160


@dataclass(frozen=True, slots=True)
class Token:
    """One cell of a table that lost its borders."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class LineScores:
    """What tables without borders say of scores."""

    items: tuple[ScoredItem, ...] = ()
    total: Stated | None = None
    doubts: tuple[str, ...] = ()
    amounts: tuple[tuple[str, str, Span], ...] = ()  # of lines of money: name, number and unit, place


def line_tables(passages: Sequence[Passage]) -> LineScores:
    """The scores of lines whose digits run together; nothing where there are none."""
    return _glued([passage for passage in passages if passage.cell is None])


def regridded(document: Document) -> Document:
    """The document with the tables that lost their borders as tables again; the text and every place stay what they were."""
    tables: list[tuple[int, int, tuple[Cell, ...]]] = bar_tables(document) or token_tables(document)
    barred = [Span(start, end) for start, end, _ in tables]
    tokens = list(_tokens(document, barred))
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
    return _with_tables(document, sorted(tables)) if tables else document


def unruled(document: Document) -> Document:
    """A document of pages without any table, with those that were drawn without lines as tables."""
    tables = token_tables(document)
    return _with_tables(document, sorted(tables)) if tables else document


def _with_tables(document: Document, tables: list[tuple[int, int, tuple[Cell, ...]]]) -> Document:
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


def _tokens(document: Document, taken: Sequence[Span]) -> Iterator[Token]:
    """The cells of all that is no table yet; lines that are rows already end what stands before them."""
    for block in document.blocks:
        if block.kind is BlockKind.TABLE:
            if _whole(block) or within(taken, block.start + (block.end - block.start) // 2):
                yield Token("", Span(block.start, block.start))
                continue
            for cell in block.cells:
                yield Token(squeezed(cell.text), Span(cell.start, cell.end))
            continue
        position = block.start
        for line in block.text.split("\n"):
            if within(taken, position + len(line) - len(line.lstrip())):
                yield Token("", Span(position, position))
            else:
                yield from _of_text(line, position)
            position += len(line) + 1


def _whole(block: Block) -> bool:
    """Whether a table kept its cells: most rows are as long as the longest."""
    lengths = [sum(cell.columns for cell in row) for row in block.rows()]
    return sum(1 for length in lengths if length == max(lengths)) * 2 > len(lengths) or any(
        c.rows > 1 or c.columns > 1 for c in block.cells
    )


def _of_text(line: str, start: int) -> Iterator[Token]:
    text = flat(line)
    if len(text) > _MOST_CELL * 2 and "|" not in text and "\t" not in text:
        yield Token(text, Span(start, start + len(text)))  # a paragraph, not a row
        return
    if text.strip() == "|":
        yield Token("", Span(start, start))
        return
    barred = "|" in text or "\t" in text
    matches = list(re.finditer(r"[^|\t]+", text) if barred else re.finditer(r"\S+", text))
    if not barred and len(matches) > 1 and not _is_row([m[0] for m in matches]):
        matches = list(re.finditer(r"\S.*\S|\S", text))
    for match in matches:
        word = match[0].strip()
        if word:
            at = start + match.start() + (len(match[0]) - len(match[0].lstrip()))
            yield Token(squeezed(word), Span(at, at + len(word)))


def _is_row(words: list[str]) -> bool:
    """Whether words between blanks are cells: several headers, or several figures."""
    return sum(1 for w in words if header_kind(squeezed(w)) or cell_number(squeezed(w)) is not None) >= 2


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
        run.append(token)
        position += 1
    kinds = tuple(header_kind(token.text) for token in run)
    worth = "points" in kinds or "weight" in kinds or ("budget" in kinds and "rate" in kinds)
    return _Header(tuple(run), kinds, position) if "score" in kinds and worth and len(kinds) >= 3 else None


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
            line, position = _total_row(tokens, position, header)
            rows.append(line)
            break
        if len(token.text) > _MOST_CELL or _header(tokens, position) is not None:
            break
        pending.append(token)
        position += 1
        row = (
            _money_line(pending, tokens, position, header) if header.money else _line(pending, tokens, position, header)
        )
        if row is not None:
            used = {token.span for token in row.values()}
            _remark(rows, [token for token in pending if token.span not in used], header)
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
        if not core:
            return None
        return _placed(core, pending[: -len(core)], header, name_at, loose=True)
    return _placed(core, pending[: -len(core)], header, name_at, loose=False)


def _is_core(core: Sequence[Token], worth: int, *, grouped: bool) -> bool:
    """Whether tokens are a row from its name on; where no column holds groups, a group's word (社会效益) names a leaf."""
    return (
        0 < worth < len(core)
        and bool(_WORDS.search(core[0].text))
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
        if _WORDS.search(t.text) and not _LEVELS.fullmatch(t.text) and not re.match(r"[≥≤=><\d]", t.text)
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


def _remark(rows: list[Line], pending: Sequence[Token], header: _Header) -> None:
    """What is left after the last row's score is its remark."""
    column = header.at("remark")
    word = next((t for t in pending if _WORDS.search(t.text) and not _LEVELS.fullmatch(t.text)), None)
    if column is not None and word is not None and len(rows) > 1:
        rows[-1].setdefault(column, word)


def _money_line(pending: list[Token], tokens: Sequence[Token], position: int, header: _Header) -> Line | None:
    """A row of budget execution: a source's name and its figures, up to the next name."""
    following = tokens[position].text if position < len(tokens) else ""
    figures = [t for t in pending if not _WORDS.search(t.text)]
    if not figures or (following and not _WORDS.search(following)):
        return None
    names = [t for t in pending if _WORDS.search(t.text)]
    label = next((t for t in reversed(names) if _SOURCE.search(t.text)), None)
    columns = [
        c for c, kind in enumerate(header.kinds) if kind in ("budget", "spent", "points", "weight", "rate", "score")
    ]
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
    amounts = [c for c in columns if header.kinds[c] in ("budget", "spent")]
    others = [c for c in columns if c not in amounts]
    at = next((n for n, t in enumerate(figures) if t.text.endswith("%")), None)
    if at is None:
        return amounts[-len(figures) :] if len(figures) < len(amounts) else columns
    kinds = [header.kinds[c] for c in others]
    before = kinds.index("rate") if "rate" in kinds else 0
    money = at - before
    lost = len(figures) - at == len(others) - before and 0 < money < len(amounts)
    return [*amounts[-money:], *others] if lost else columns


def _checked(items: tuple[ScoredItem, ...], total: Stated | None) -> LineScores:
    """Marks every item doubtful where the sum is not the total."""
    if not items or total is None:
        return LineScores(items, total)
    summed = sum((item.claimed or Decimal(0) for item in items), Decimal(0))
    if summed == Decimal(total.value):
        return LineScores(items, total)
    doubt = f"表格成了文字，逐项得分之和{summed}与总分{total.value}不同，可能有单元格没有认出"
    return LineScores(tuple(replace(item, doubtful=True) for item in items), total, (doubt,))


def _glued(lines: Sequence[Passage]) -> LineScores:
    """Lines whose cells run together: 「安装水标尺10≥266米≥266米10」, 「总分100100」, 「202010100.00%10」.

    Names that stand on lines of their own wait for the figures that follow (rows out of order).
    """
    items: list[ScoredItem] = []
    total: Stated | None = None
    waiting: list[tuple[str, Passage]] = []
    amounts: list[tuple[str, str, Span]] = []
    unit = ""
    for line in lines:
        text = squeezed(line.text)
        unit = unit or next((u for u in ("万元", "元") if f"({u})" in text), "")
        amounts.extend(
            (name, f"{value}{unit}", line.whole) for name, value in _glued_money(text) if unit and len(text) < _LONGEST
        )
        ended = _GLUED_TOTAL.match(text) if len(text) <= _LONGEST + 20 else None
        if ended is not None:
            halves = _halves(ended["digits"])
            total = Stated(str(halves[1] if halves else Decimal(ended["digits"])), line.whole)
            continue
        if len(text) > _LONGEST * 2:
            continue
        bare = _BARE_ROW.match(text)
        if bare is not None and waiting:
            name, _ = waiting.pop(0)
            item = _glued_row(line, name, text)
        else:
            item = _glued_item(line, text)
        if item is not None:
            items.append(item)
        elif items and _BARE_NAME.fullmatch(text):
            waiting.append((text, line))
    if len(items) < 3:
        return LineScores()
    return replace(_checked(tuple(items), total), amounts=tuple(amounts))


_OF_MONEY = re.compile(
    r"^(?:其中:)?(?P<name>[\u4e00-\u9fff]{2,14}(?:资金|总额|拨款|支出)):?(?P<digits>\d{2,14})(?:(?P<rate>\d{1,3}\.\d+)%.*)?$"
)


def _glued_money(text: str) -> Iterator[tuple[str, str]]:
    """Budget and spending of a line of money: 「中央财政资金280280」, 「年度资金总额35035010100.00%10」."""
    match = _OF_MONEY.match(text)
    if match is None:
        return
    digits = match["digits"]
    if "%" not in text and len(digits) % 2 == 0 and digits[: len(digits) // 2] == digits[len(digits) // 2 :]:
        yield match["name"], digits[: len(digits) // 2]
        return
    whole = _GLUED_MONEY.match(text)
    pair = _money_pair(whole["digits"], Decimal(whole["score"])) if whole is not None else None
    for value in pair[:2] if pair is not None else ():
        yield match["name"], value


_BARE_NAME = re.compile(r"[\u4e00-\u9fff、“”\"]{3,24}")
_BARE_ROW = re.compile(r"\d{1,2}(?:[≥≤=><═]|2)?\d")
_SIGN = r"(?:≥|≤|=|═|>|<|2)?"
_FIRST_POINTS = re.compile(
    rf"(?P<points>[1-9]\d?)(?P<target>{_SIGN}\d+(?:\.\d+)?(?P<unit>[%\u4e00-\u9fff㎡‰/·]{{1,6}}?))(?P<actual>{_SIGN}\d+(?:\.\d+)?(?P=unit))(?P<score>\d{{1,2}}(?:\.\d{{1,2}})?)(?P<remark>[\u4e00-\u9fff].*)?"
)


def _glued_row(line: Passage, name: str, figures: str) -> ScoredItem | None:
    """A row whose points stand first: of the readings that fit, the one whose score is nearest below its points."""
    best: tuple[Decimal, re.Match[str]] | None = None
    for length in (2, 1):
        points = figures[:length]
        if len(points) < length or not points.isdigit():
            continue
        match = re.fullmatch(_FIRST_POINTS.pattern.replace(r"[1-9]\d?", re.escape(points)), figures)
        if match is None or Decimal(match["score"]) > Decimal(points) or re.match(r"[≥≤=═><]?0\d", match["target"]):
            continue
        gap = Decimal(points) - Decimal(match["score"])
        if best is None or gap < best[0]:
            best = (gap, match)
    if best is None:
        return None
    match = best[1]
    target, actual = _unread(match["target"]), _unread(match["actual"])
    if match["target"][0] != "2" and actual != match["actual"]:
        actual = match["actual"]
    item = _of_line(line, name, Decimal(match["points"]), Decimal(match["score"]))
    return replace(item, target=target, actual=actual.lstrip("≥≤=═><"), remark=match["remark"] or "", has_remark=True)


def _unread(value: str) -> str:
    """A target whose ≥ was read as 2 (「290%」) with its sign again; any other as it is."""
    match = re.fullmatch(r"2(\d{1,4}(?:\.\d+)?)(\D+)", value)
    return f"≥{match[1]}{match[2]}" if match is not None else value


_NAME_THEN = re.compile(
    r"(?P<name>[\u4e00-\u9fff][\u4e00-\u9fff、“”\"()]*?[\u4e00-\u9fff)”\"])(?P<figures>[1-9]\d?(?:[≥≤=><═]|\d).*)"
)


def _glued_item(line: Passage, text: str) -> ScoredItem | None:
    money = _GLUED_MONEY.match(text)
    if money is not None:
        points = _money_points(money["digits"], Decimal(money["score"]))
        if points is not None:
            return _of_line(line, "预算执行率", points, Decimal(money["score"]))
    split = _NAME_THEN.fullmatch(_GROUPED.sub("", text))
    row = _glued_row(line, split["name"], split["figures"]) if split is not None else None
    if row is not None:
        return row
    first = _GLUED.match(text)
    if first is not None and Decimal(first["score"]) <= Decimal(first["points"]):
        return _of_line(line, first["name"], Decimal(first["points"]), Decimal(first["score"]))
    tail = _GLUED_TAIL.match(text)
    halves = _halves(tail["tail"]) if tail is not None else None
    if tail is not None and halves is not None:
        return _of_line(line, tail["name"], *halves)
    return None


_GROUPED = re.compile(r"^[\u4e00-\u9fff]{2,6}指标\(\d{1,3}分\)")  # 「产出指标(50分)」 before its first row


def glued_figures(lines: LineScores, year: int) -> tuple[Quantity, ...]:
    """What rows whose digits run together say was achieved; read as they stand their figures mean nothing."""
    found: list[Quantity] = []
    for item in lines.items:
        match = re.fullmatch(r"(\d+(?:\.\d+)?)(\D+)", item.actual)
        if match is not None and item.target:
            name = f"{item.name}实际完成值"
            found.append(Quantity(name, match[1], Decimal(match[1]), match[2], year, item.span, item.span, table=True))
    for name, value, span in lines.amounts:
        number = re.sub(r"\D+$", "", value)
        found.append(Quantity(name, number, Decimal(number), value[len(number) :], year, span, span, table=True))
    return tuple(found)


def _halves(digits: str) -> tuple[Decimal, Decimal] | None:
    """Points and score out of glued digits: 「1010」, 「109.5」, 「100100」; equal halves first, then the score below the points."""
    whole, dot, rest = digits.partition(".")
    if not dot and len(digits) % 2 == 0 and digits[: len(digits) // 2] == digits[len(digits) // 2 :]:
        half = Decimal(digits[: len(digits) // 2])
        return half, half
    for cut in range(len(whole) - 1, 0, -1):
        points, score = whole[:cut], whole[cut:] + dot + rest
        if score.startswith("0") and score != "0" and not score.startswith("0."):
            continue
        if Decimal(score) <= Decimal(points) <= 100:
            return Decimal(points), Decimal(score)
    return None


def _money_points(digits: str, score: Decimal) -> Decimal | None:
    """The points in 「20 20 10 100.00」 glued: the one cut at which spending ÷ budget is the rate."""
    pair = _money_pair(digits, score)
    return Decimal(pair[2]) if pair is not None else None


def _money_pair(digits: str, score: Decimal) -> tuple[str, str, str] | None:
    """Budget, spending and points of such digits."""
    for rate_at in range(len(digits) - 1, 3, -1):
        rate = digits[rate_at:]
        if rate.startswith("0") or Decimal(rate) > 200:
            continue
        for worth in ("10", "20", "15", "5", "30"):
            rest = digits[:rate_at]
            if not rest.endswith(worth) or Decimal(worth) < score:
                continue
            pair = rest[: -len(worth)]
            for cut in range(1, len(pair)):
                if _is_rate(pair, cut, Decimal(rate)):
                    return pair[:cut], pair[cut:], worth
    return None


def _is_rate(pair: str, cut: int, rate: Decimal) -> bool:
    budget, spent = pair[:cut], pair[cut:]
    if not budget or not spent or "." in pair or Decimal(budget) == 0 or spent.startswith("0"):
        return False
    return abs(Decimal(spent) / Decimal(budget) * 100 - rate) < Decimal("0.01")


_LEADING = re.compile(
    r"^(?:(?:产出|效益|满意度|成本|投入|过程|管理|效果)指标|(?:数量|质量|时效|成本|经济效益|社会效益|生态效益|可持续影响|服务对象满意度|满意度)指标)+(?=.{2})"
)


def _of_line(line: Passage, name: str, points: Decimal, score: Decimal) -> ScoredItem:
    plain = _LEADING.sub("", name.strip('"“”、()'))
    whole = line.whole
    return ScoredItem(plain, (), points, score, whole, whole, whole, table=True)
