"""Rows in a table of scores that say they are not assessed."""

import re
from decimal import Decimal

from hengji.extracting.leaves.absences import ABSENT_CELL, absence_in
from hengji.extracting.tables.grid import Grid
from hengji.extracting.tables.score_columns import Columns
from hengji.model.patterns import pattern

_NUMBER = pattern(r"\d|满分")
_NOT_ASSESSED = pattern(r"不考核|不适用|不参与|不计分|不涉及|不参评")
_DASH = pattern(r"[—－/\\-]+")


def absent_words(grid: Grid, row: int, columns: Columns, points: Decimal | None) -> tuple[str, str] | None:
    """The words and the receiver where a row says that it is not assessed."""
    dash = grid.text(row, columns.get("score"))
    if _DASH.fullmatch(dash) and points is not None:
        return f"得分栏为“{dash}”", receiver_of(grid, row, columns)
    for key in ("score", "actual", "remark", "points"):
        text = grid.text(row, columns.get(key))
        if ABSENT_CELL.fullmatch(text):
            remark = grid.text(row, columns.get("remark"))
            return (text if key != "remark" else remark) or text, receiver_of(grid, row, columns)
        unscored = key == "actual" and not dash.strip("— -/")
        absence = absence_in(text) if key == "remark" or unscored else None
        if absence is not None and (
            absence.receiver or re.search("不考核|不适用|不参与|不计分|不涉及|项不予?评", text)
        ):
            return text, absence.receiver
    if points is not None and not dash.strip(
        "— -/"
    ):  # 「本年度未发生政府采购，不适用，8分调整至…」 in a column of its own
        texts = [grid.text(row, column) for column in range(grid.columns)]
        absences = [(text, absence) for text in texts if (absence := absence_in(text)) is not None]
        told = next(((t, a) for t, a in absences if a.receiver and _NOT_ASSESSED.search(t)), None)
        if told is not None:
            return told[0], told[1].receiver
    said = (
        absence_in(grid.text(row, columns.get("actual"))) if points is not None and not _NUMBER.search(dash) else None
    )
    return (grid.text(row, columns.get("actual")), said.receiver) if said is not None and said.receiver else None


def receiver_of(grid: Grid, row: int, columns: Columns) -> str:
    """Where the points of a row went that is not assessed, by its remark or by what it says was done."""
    told = (absence_in(grid.text(row, columns.get(key))) for key in ("remark", "actual"))
    return next((absence.receiver for absence in told if absence is not None and absence.receiver), "")
