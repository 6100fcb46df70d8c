"""Tables of amounts without scores that reached text as lines: one cell a line, or cells between blanks, under heads that tell money."""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from hengji.extracting.flat import flat
from hengji.extracting.tables.grid import Grid, squeezed
from hengji.model.document import BlockKind, Cell, Document
from hengji.model.patterns import pattern

_MOST_COLUMNS = 6
_FEWEST_ROWS = 2
_MOST_ROWS = 60
_LONGEST = 24  # characters of a cell
# Cells between blanks or bars; a word of single characters may be spaced out: 「合　计」.
_CELLS = pattern(r"(?<![^\s|])[\u4e00-\u9fff](?:\s{1,4}[\u4e00-\u9fff])+(?![^\s|])|[^\s|]+")
_NUMBER = pattern(r"-?(?:\d{1,3}(?:,\d{3})+|\d{1,9})(?:\.\d+)?(?:万?元)?")
_RATE = pattern(r"-?\d{1,4}(?:\.\d+)?%")
_NONE = pattern(r"[-—－/–]{1,2}|无")
_CENTS = pattern(r"-?[\d,]+\.\d{2}")
_MONEY_HEAD = pattern(
    r"(?:.{0,8}(?:预算|决算|支出|收入|金额|执行|使用|拨款|到位|资金|结转|结余|追加|调整|差额|差异|安排|余额|支付|采购|成交|合同|节约|原值|净值|增减)(?:支出|收入|安排|批复|总|指标)?(?:数|额|金额|资金|价)?"
    r"|(?:20\d\d年(?:度)?|上年|本年|去年|今年)(?:数|金额)?|(?:年初|年末|期初|期末|本期|上期|增加|减少|调整后|调整前|全年|实际|计划|批复)(?:数|额|金额)|合计|小计|总计)"
    r"(?:\((?:万元|元|千元|亿元)\))?"
)
_RATE_HEAD = pattern(r".{0,6}(?:率|占比|比例|比重|进度|增幅|[增降]幅)(?:\(%\))?%?")
_NAME_HEAD = pattern(
    r"(?:序号)?(?:.{0,6}(?:项目|内容|科目|类别|名称|事项|用途|类型|分类|来源|构成|单位|栏目|明细|经费|支出|收入|资金|资产)|项\s?目|类\s?别)(?:名称|类别|类型|分类|内容|来源|构成|明细)?"
)
_REMARK_HEAD = pattern(r"备\s?注|说\s?明|情况说明|原因")
_LABEL = pattern(r"(?=.*[\u4e00-\u9fff])[^。!?≥≤]{2,24}")
_SCORE = pattern(r"得分|分值|满分|权重|自评|评分|指标|完成值|[≥≤]")
_UNIT = pattern(r"单位\s?[:为]?\s?(?:人民币)?(?:万元|元|千元|亿元)|\((?:万元|元|千元|亿元)\)")

Table = tuple[int, int, tuple[Cell, ...]]


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    start: int
    end: int
    opens: bool  # whether it is the first of its line
    closes: bool


def money_tables(document: Document) -> list[Table]:
    """Where such tables stand and their cells."""
    found: list[Table] = []
    for run in _runs(document):
        at = 0
        while at < len(run):
            table = _table(document, run, at)
            if table is None:
                at += 1
                continue
            found.append(table)
            at = next((n for n in range(at, len(run)) if run[n].start >= table[1]), len(run))
    return found


def is_of_amounts(grid: Grid) -> bool:
    """Whether a table's heads tell amounts only, so that its numbers are no scores."""
    heads = [text for text in grid.row(0)[1:] if text and not _REMARK_HEAD.fullmatch(text)]
    return bool(heads) and _tell_money(heads)


def _runs(document: Document) -> Iterator[list[_Token]]:
    """The cells between paragraphs: lines of short words or numbers."""
    run: list[_Token] = []
    for block in document.blocks:
        if block.kind is not BlockKind.PARAGRAPH:
            yield run
            run = []
            continue
        position = block.start
        for line in block.text.split("\n"):
            found = list(_CELLS.finditer(flat(line)))
            cells = [
                _Token(squeezed(m[0]), position + m.start(), position + m.end(), m is found[0], m is found[-1])
                for m in found
            ]
            if any(len(cell.text) > _LONGEST for cell in cells):
                yield run
                run = []
            else:
                run.extend(cells)
            position += len(line) + 1
    yield run


def _table(document: Document, run: Sequence[_Token], at: int) -> Table | None:
    """The table whose first figure stands at a place: its heads stand before the label there."""
    if not at or not _is_value(run[at].text) or not _is_label(run[at - 1].text):
        return None
    width = sum(1 for _ in itertools.takewhile(lambda token: _is_value(token.text), run[at : at + _MOST_COLUMNS + 1]))
    if width > _MOST_COLUMNS:
        return None
    remarked = int(at > 1 and _REMARK_HEAD.fullmatch(run[at - 2].text) is not None)
    begin = at - 1 - width - remarked
    heads = run[max(0, begin) : at - 1 - remarked]
    above = run[max(0, begin - _ABOVE) : max(0, begin)]
    rows = list(_rows(run, at - 1, width, remarked=bool(remarked)))
    values = [token.text for row in rows for token in row[1 : width + 1] if not _RATE.fullmatch(token.text)]
    cents = sum(1 for value in values if _CENTS.fullmatch(value))
    if begin < 0 or not _are_heads(heads):
        return _of(document, rows) if width == 1 and cents == len(values) and _are_told(document, rows) else None
    told = any(_UNIT.search(token.text) for token in (*heads, *above))
    if len(rows) < _FEWEST_ROWS or not (told or cents * 3 >= len(values) * 2):
        return None
    first = above[-1] if above and _NAME_HEAD.fullmatch(above[-1].text) else None
    return _of(document, [[first, *heads, *run[at - 1 - remarked : at - 1]], *rows])


_ABOVE = 3  # cells above the heads: a title, the unit, the head of the names


def _are_told(document: Document, rows: Sequence[Sequence[_Token]]) -> bool:
    """Whether rows of a name and a number, without heads, are amounts: names say so, in a report that tells its unit."""
    money = sum(1 for row in rows if _MONEY_NAME.search(row[0].text))
    return len(rows) > _FEWEST_ROWS and money * 2 >= len(rows) and _UNIT.search(flat(document.text)) is not None


_MONEY_NAME = pattern(r"预算|支出|决算|收入|经费|资金|结转|结余|拨款|采购|执行数|原值|金额|补助|补贴")


def _of(document: Document, lines: Sequence[Sequence[_Token | None]]) -> Table:
    cells = tuple(
        Cell(document.text[token.start : token.end], number, column, token.start)
        for number, line in enumerate(lines)
        for column, token in enumerate(line)
        if token is not None
    )
    return cells[0].start, cells[-1].end, cells


def _rows(run: Sequence[_Token], at: int, width: int, *, remarked: bool) -> Iterator[list[_Token]]:
    """Rows of a label and as many figures as there are heads, perhaps with a remark behind them, up to what is none."""
    for _ in range(_MOST_ROWS):
        row, after = list(run[at : at + width + 1]), run[at + width + 1 : at + width + 4]
        if len(row) <= width or not _is_label(row[0].text) or not all(_is_value(token.text) for token in row[1:]):
            return
        if remarked and after and _is_remark(after):
            row.append(after[0])
        if not (row[0].opens and row[-1].closes):
            return
        at += len(row)
        if at < len(run) and _is_value(run[at].text):
            return
        yield row


def _is_remark(after: Sequence[_Token]) -> bool:
    """Whether words behind a row's figures are its remark and not the next row's name: they end its line, or another name follows."""
    words = [not _is_value(token.text) for token in after]
    below = len(after) == _ABOVE and words[1] and not words[2]
    return words[0] and (not after[0].opens or below)


def _are_heads(heads: Sequence[_Token]) -> bool:
    return _tell_money([head.text for head in heads])


def _tell_money(texts: Sequence[str]) -> bool:
    money = [text for text in texts if _MONEY_HEAD.fullmatch(text) and not _RATE_HEAD.fullmatch(text)]
    if not money or any(_SCORE.search(text) or _NUMBERED.match(text) for text in texts):
        return False
    return all(text in money or _RATE_HEAD.fullmatch(text) for text in texts)


_NUMBERED = pattern(r"[一二三四五六七八九十壹贰叁肆伍]{1,3}、|\(?[一二三四五六七八九十\d]{1,2}[.)、]")


def _is_value(text: str) -> bool:
    return bool(_NUMBER.fullmatch(text) or _RATE.fullmatch(text) or _NONE.fullmatch(text))


def _is_label(text: str) -> bool:
    return _LABEL.fullmatch(text) is not None and not _is_value(text) and not _SCORE.search(text)
