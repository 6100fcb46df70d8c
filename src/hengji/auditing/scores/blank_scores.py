"""R04 in tables whose rows were read by their groups: a row with points whose cell for the score is blank."""

from collections.abc import Iterator, Sequence

from hengji.auditing.case import Case
from hengji.extracting.tables.grid import Grid
from hengji.model.finding import Finding
from hengji.model.numerals import read_decimal
from hengji.model.patterns import pattern

_POINTS = pattern(r"(?:指标)?(?:分值|权重|标准分|满分)(?:\(分\)|\(%\))?")
_SCORE = pattern(r"(?:自评|实际|最终|评价)?(?:得分|评分|自评分|自评得分)(?:\(分\))?")
_LET = pattern(r"不(?:予|再)?考核|不适用|不涉及|不计分|不评|免|调整|并入|合计|总计|小计|总分|得分|加分|奖励|附加|备注")
_HEADS = 4  # rows among which a table's header stands
_MANY = 5  # rows that have both
_FEW = 2  # rows left blank: more are of another kind


def blank_scores(case: Case) -> Iterator[Finding]:
    """R04: 「无烟医疗机构建成数 22家 22家 8 （空）」 among rows that all have their score."""
    told = {item.name for item in case.found.items if item.claimed is None}
    for grid in case.grids:
        head = next((row for row in range(min(grid.rows, _HEADS)) if _columns(grid.row(row)) is not None), None)
        columns = _columns(grid.row(head)) if head is not None else None
        if head is None or columns is None:
            continue
        rows = [row for row in range(head + 1, grid.rows) if _own_points(grid, row, columns[0])]
        blank = {row: grid.row(row) for row in rows if not grid.text(row, columns[1]).strip()}
        groups = {grid.text(row, 0) for row in rows} - {""}
        blank |= {
            row: texts
            for row in range(head + 1, grid.rows)
            if row not in rows and (texts := _moved_right(grid.row(row), groups, columns)) is not None
        }
        if not 0 < len(blank) <= _FEW or len(rows) - len(blank) < _MANY:
            continue
        for row, texts in blank.items():
            names = [text for text in texts[: min(columns)] if text.strip()]
            if _LET.search("".join(texts)) or not names or told.intersection(texts):
                continue
            name = next((text for text in reversed(names) if not any(c.isdigit() for c in text)), names[-1])
            message = f"“{name}”没有自评得分，也没有写不考核的理由"
            yield case.finding("R04", grid.row_span(row), message, item=name)


def _columns(row: Sequence[str]) -> tuple[int, int] | None:
    """The columns of the points and of the scores, where a header has one of each."""
    points = [n for n, text in enumerate(row) if _POINTS.fullmatch(text.strip())]
    scores = [n for n, text in enumerate(row) if _SCORE.fullmatch(text.strip())]
    return (points[0], scores[0]) if len(points) == 1 and len(scores) == 1 else None


def _moved_right(row: Sequence[str], groups: set[str], columns: tuple[int, int]) -> tuple[str, ...] | None:
    """A row that ends in blank cells and so was put a column to the right, as it was written; None where it is no such row."""
    if row[0] or len(row) < _MANY or row[1] not in groups:
        return None
    texts = (*row[1:], "")
    points = read_decimal(texts[columns[0]].removesuffix("分"))
    return texts if points is not None and points > 0 and not texts[columns[1]].strip() else None


def _own_points(grid: Grid, row: int, column: int) -> bool:
    """Whether a row has points of its own, in a cell that is not drawn out over several."""
    cell = grid.cells.get((row, column))
    number = read_decimal(grid.text(row, column).removesuffix("分"))
    return cell is not None and cell.row == row and number is not None and number > 0
