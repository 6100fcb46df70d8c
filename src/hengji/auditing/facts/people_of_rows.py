"""R08: people of a kind that a row of the staff table counts, and running text right behind the same words with another number."""

from collections.abc import Iterator

from hengji.auditing.case import Case
from hengji.auditing.sums.column_sums import is_total
from hengji.extracting.tables.grid import Grid
from hengji.model.extraction import Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_HEADS = pattern(r"实有|在[编职岗]|编制|人[数员]")
_PRESENT = pattern(r"实有|在[编职岗]|人数|年末")
_LABEL = pattern(r"(?:其中|另|另有|其他)?[::]?\s?(?P<kind>[\u4e00-\u9fff]{4,10}?)(?:\(人\)|人数|数)?")
_MANY = pattern(r"(?:人数)?(?:为|是|有|共)?\s?(?P<n>\d{1,5})\s?[人名]")
_WHOLE = pattern(r"\d{1,5}")
# What makes people another number than those in post at the year's end.
_OTHERWISE = pattern(
    r"上年|去年|年初|20\d\d年(?!年?末|底|12月)|目标|计划|拟|其中|招[聘录]|新[增进招]|[减增]少?|退休|培训|核定|编制|缺|离职|慰问|参加|不足|至少|配备|派出|抽调|每"
)
_BACK = 16  # characters before the words that may say so


def people_of_rows(case: Case) -> Iterator[Finding]:
    """「警务辅助人员132人」, where the row 「另：警务辅助人员」 of the table has 120."""
    scored = [item.span.start for item in case.found.items if item.table]
    for grid in case.grids:
        heads = "".join(grid.row(0))
        if not _HEADS.search(heads) or any(grid.block.start <= at < grid.block.end for at in scored):
            continue
        for row in range(1, grid.rows):
            label = _LABEL.fullmatch(grid.text(row, 0))
            if label is not None and not is_total(grid, row):
                yield from _otherwise(case, grid, row, label["kind"])


def _otherwise(case: Case, grid: Grid, row: int, kind: str) -> Iterator[Finding]:
    """The first number of people that running text tells right behind the kind, and no cell of the row has."""
    cells = {grid.text(row, column): column for column in range(1, len(grid.row(row)))}
    counted = {text: column for text, column in cells.items() if _WHOLE.fullmatch(text)}
    present = [text for text, column in counted.items() if _PRESENT.search(grid.text(0, column))]
    if len(present) != 1:
        return
    at = case.flat.find(kind)
    told = []
    while at >= 0:
        match = _MANY.match(case.flat, at + len(kind))
        start = case.sentence(at).start
        before = case.flat[max(start, at - _BACK) : at]
        if match is not None and not case.in_table(at) and not _OTHERWISE.search(before):
            told.append((match["n"], Span(at, match.end())))
        at = case.flat.find(kind, at + 1)
    if any(number in counted for number, _ in told):
        return
    for number, span in told[:1]:
        column = counted[present[0]]
        message = f"这里写{kind}{number}人，表里是{present[0]}人；同一份报告只用一个数"
        yield case.finding("R08", span, message, stated=number, recomputed=present[0], also=(grid.span(row, column),))
