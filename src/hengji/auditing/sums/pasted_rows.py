"""R07 in tables that were pasted as lines of text: names and figures with blanks or bars between them, and a line of the total.

    白鹭镇　6,800　4,300　11,000
    合计　30,000　15,000　45,000

No reader makes cells of such lines; here each line is read for itself. A column is held by the line of the total, a row by the last
column where its header or the other rows say that it is their sum.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from hengji.auditing.case import Case
from hengji.auditing.numbers import number, places
from hengji.auditing.slips import slip, swapped
from hengji.model.extraction import Span
from hengji.model.finding import Finding
from hengji.model.numerals import fixed
from hengji.model.patterns import pattern

_CELL = pattern(
    r"(?P<n>-?\d[\d,]*(?:\.\d+)?)(?P<unit>%|万元|元|万亩|亩|[人户个座公里处件项套台]{1,2})?|(?P<none>[-—–/]|无)"
)
_LINE = pattern(
    r"(?:\d{1,2}[.、]?(?:\s|\|)+)?(?P<label>[^\d\s|。;,:][^\s|。;]{0,19})(?P<cells>(?:\s*\|\s*|\s+)[\d\-—–/无|][^\u4e00-\u9fff]*.*)"
)
_SPLIT = pattern(r"\s*\|\s*|\s+")
_TOTAL = pattern(r"(?:合\s?计|总计|小计|合计数|总额)(?:\(.{1,6}\))?")
_OF_WHICH = pattern(r"^(?:其中|其中:|-|—|#)")
_SUM_HEADER = pattern(r"小计|合计|总计")
_NO_SUM = pattern(r"率|%|占比|比例|比重|均|单价|标准|年份|排名|得分|分值|满分|权重|序号")
_ROWS, _SHOWN, _NEAR = (
    3,
    2,
    10,
)  # lines of a table; rows that show what the last column is; the part of a total it may be off


@dataclass(frozen=True, slots=True)
class _Row:
    label: str
    figures: Mapping[int, Fraction]
    texts: Sequence[str]
    span: Span


def pasted_rows(case: Case) -> Iterator[Finding]:
    """R07: columns and rows of pasted tables of which one does not add up, while the others do or one slip mends it."""
    for header, rows in _tables(case):
        total = rows[-1]
        parts = [row for row in rows[:-1] if not _OF_WHICH.search(row.label)]
        if len(parts) < _ROWS - 1 or any(_TOTAL.fullmatch(row.label) for row in parts):
            continue
        found = list(_broken_rows(case, header, [*parts, total]))
        yield from found or _broken_columns(case, header, parts, total)


def _tables(case: Case) -> Iterator[tuple[Sequence[str], Sequence[_Row]]]:
    """The header, if there is one, and the rows of each pasted table that a line of its total ends."""
    rows: list[_Row] = []
    header: Sequence[str] = ()
    before = ""
    for paragraph in case.found.paragraphs:
        row = None if case.in_table(paragraph.start) else _row(case, paragraph)
        if row is None or (rows and len(row.texts) != len(rows[0].texts)):
            rows = []
        if row is not None:
            if not rows:
                header = _SPLIT.split(before.strip())
            rows.append(row)
            if _TOTAL.fullmatch(row.label) and len(rows) >= _ROWS:
                yield (header if len(header) == len(row.texts) + 1 else ()), tuple(rows)
                rows = []
        before = case.text(paragraph)


def _row(case: Case, paragraph: Span) -> _Row | None:
    """A line that is a name and figures, and nothing else."""
    match = _LINE.fullmatch(case.text(paragraph).strip())
    if match is None:
        return None
    texts = [text for text in _SPLIT.split(match["cells"].strip()) if text]
    read = [_CELL.fullmatch(text) for text in texts]
    if not all(read):
        return None
    figures = {
        at: Fraction(cell["n"].replace(",", ""))
        for at, cell in enumerate(read)
        if cell is not None and cell["n"] and cell["unit"] != "%"
    }
    return _Row(match["label"], figures, texts, paragraph) if figures else None


def _broken_rows(case: Case, header: Sequence[str], rows: Sequence[_Row]) -> Iterator[Finding]:
    """The one row whose last figure is not the sum of those before it, where the last column is a sum in all others."""
    width = len(rows[0].texts)
    full = [row for row in rows if len(row.figures) == width]
    if width <= _SHOWN or len(full) < _ROWS or (header and not _SUM_HEADER.search(header[-1])):
        return
    broken = [row for row in full if sum(list(row.figures.values())[:-1], Fraction(0)) != row.figures[width - 1]]
    if len(broken) != 1 or len(full) - 1 < _SHOWN:
        return
    row = broken[0]
    made, told = sum(list(row.figures.values())[:-1], Fraction(0)), row.figures[width - 1]
    if abs(made - told) * _NEAR <= told:
        yield _finding(case, f"“{row.label}”一行", row, width - 1, told, made)


def _broken_columns(case: Case, header: Sequence[str], parts: Sequence[_Row], total: _Row) -> Iterator[Finding]:
    """The columns that do not make their total: at the figure that a slip mends, where only one does, else at the total."""
    wrong: list[tuple[int, Fraction]] = []
    right = 0
    for column, told in total.figures.items():
        listed = [row.figures[column] for row in parts if column in row.figures]
        made = sum(listed, Fraction(0))
        if len(listed) < _ROWS - 1 or (header and _NO_SUM.search(header[column + 1])):
            continue
        right += made == told
        if made != told:
            wrong.append((column, made))
    if len(wrong) != 1 or not (right or len(parts) >= _ROWS):
        return
    column, made = wrong[0]
    told = total.figures[column]
    decimals = max(places(row.texts[column]) for row in (*parts, total) if column in row.figures)
    slipped = [row for row in parts if column in row.figures and _mends(row, column, told - made, decimals)]
    if abs(made - told) * _NEAR > told or abs(made - told) * 10**decimals <= 1:
        return
    if len(slipped) == 1 and not swapped(fixed(told, decimals), fixed(made, decimals)):
        yield _finding(case, "合计", slipped[0], column, told, made)
    elif right or slip(fixed(told, decimals), fixed(made, decimals)) or slipped:
        yield _finding(case, "合计", total, column, told, made)


def _mends(row: _Row, column: int, gap: Fraction, decimals: int) -> bool:
    """Whether two digits of a figure that change places make the sum right."""
    value = row.figures[column]
    return value + gap > 0 and swapped(fixed(value, decimals), fixed(value + gap, decimals))


def _finding(case: Case, name: str, row: _Row, column: int, told: Fraction, made: Fraction) -> Finding:
    start = row.span.start + _place(case.text(row.span), row.texts, column)
    span = Span(start, start + len(row.texts[column]))
    stated, right = number(told, 6), number(made, 6)
    message = f"{name}写{stated}，各数相加是{right}，相差{number(abs(told - made), 6)}"
    return case.finding("R07", span, message, stated=stated, recomputed=right)


def _place(text: str, texts: Sequence[str], column: int) -> int:
    """Where a figure of a line begins: cells are found from its end."""
    end = len(text)
    for cell in reversed(texts[column:]):
        end = text.rfind(cell, 0, end)
    return end
