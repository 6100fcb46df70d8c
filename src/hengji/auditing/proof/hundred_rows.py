"""R23: a bare 100 % in a row of a table that is scored nowhere."""

from collections.abc import Iterator, Sequence

from hengji.auditing.case import Case
from hengji.auditing.proof.claims import HUNDRED
from hengji.model.finding import Finding
from hengji.model.patterns import pattern


def hundred_in_rows(case: Case) -> Iterator[Finding]:
    """R23: a row of a table without scores and goals that names a rate, gives 100 % and no other figure."""
    for grid in case.grids:
        heads = "".join(grid.lines[0]) if grid.lines else ""
        rates = [row for row, texts in enumerate(grid.lines) if row and _bare_row(texts)]
        if not rates or _OTHER_SIDE_TOLD.search(heads) or not _RESULT_TOLD.search(heads):
            continue
        span = grid.row_span(rates[0])
        if not any(
            i.table and i.quote.start < grid.row_span(grid.rows - 1).end and i.quote.end > span.start
            for i in case.found.items
        ):
            yield case.finding("R23", span, "写100%，没有写分子和分母", stated="100%")


def _bare_row(texts: Sequence[str]) -> bool:
    """Whether a row names a rate and gives nothing but 100 %, its number in the list aside."""
    cells = [cell.strip() for cell in texts if cell.strip()]
    cells = cells[1:] if cells and _ORDINAL.fullmatch(cells[0]) else cells
    whole = [cell for cell in cells if HUNDRED.fullmatch(cell)]
    rest = "".join(cell for cell in cells if cell not in whole)
    named = any(cell.endswith("率") and not _CONTENT.search(cell) for cell in cells)
    return named and len(whole) == 1 and _DIGIT.search(rest) is None and not _PAPER.search(rest)


_ORDINAL = pattern(r"\(?[\d一二三四五六七八九十]{1,3}\)?[、.]?")
_PAPER = pattern(r"《|附件|详见|台账|清单")
_OTHER_SIDE_TOLD = pattern(r"目标|计划|任务|应|标准|指标值|年初|分值|得分|权重|预算|总数|分子|分母")
_RESULT_TOLD = pattern(r"完成|实际|结果|达到|实现")
_DIGIT = pattern(r"\d")
_CONTENT = pattern(r"满意")
