"""R31 in tables and captions: a column of running numbers, and what is labelled 表1, 附表2, 附件3, with one repeated or left out."""

import itertools
import re
from collections.abc import Iterator

from hengji.auditing.case import Case
from hengji.auditing.text.numbering import CN
from hengji.model.document import Cell
from hengji.model.extraction import Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_HEAD = pattern(r"^(?:序号|编号|排序|顺序号?|No\.?|№)$")
_FEW = 3  # rows that make a series
_CHINESE = {f"{tens}{ones}": 10 + n for tens in ("十",) for n, ones in enumerate(("", *CN[1:10]))} | {
    CN[n]: n for n in range(1, 10)
}
_DRESSED = pattern(r"^[(]?(\d{1,3}|[一二三四五六七八九十]{1,3})[).、.]?$")


def rows_in_order(case: Case) -> Iterator[Finding]:
    """R31: rows numbered 1, 2, 2 or 1, 2, 4 under 序号."""
    for block in case.found.document.blocks:
        for head in (cell for cell in block.cells if _HEAD.match(re.sub(r"\s", "", cell.text))):
            below = [cell for cell in block.cells if cell.column == head.column and cell.row > head.row]
            below = _until_next_head(below)
            numbers = [(cell, number) for cell in below if (number := _number(cell.text)) is not None]
            filled = [cell for cell in below if cell.text.strip()]
            if len(numbers) < _FEW or len(numbers) < len(filled) - 1 or numbers[0][1] != 1:
                continue
            odd = [(a, b) for a, b in itertools.pairwise(numbers) if b[1] != a[1] + 1]
            if len(odd) != 1 or _merged(block.cells, odd[0][0][0], odd[0][1][0]):
                continue  # parts that are numbered anew, or several rows of one number
            (_, last), (cell, number) = odd[0]
            if number == last and numbers[-1][0] is not cell and numbers[-1][1] != len(numbers):
                continue  # one number over two rows: those after it go on
            if number not in (last, last + 2):
                continue
            wrong = "重复" if number == last else f"由{last}跳到{number}"
            yield case.finding(
                "R31",
                Span(cell.start, cell.end),
                f"表里的序号{wrong}",
                stated=cell.text.strip(),
                recomputed=str(last + 1),
            )


def _until_next_head(below: list[Cell]) -> list[Cell]:
    """The cells of a column down to where it is headed again."""
    again = next((n for n, cell in enumerate(below) if _HEAD.match(re.sub(r"\s", "", cell.text))), len(below))
    return below[:again]


def _number(text: str) -> int | None:
    match = _DRESSED.match(re.sub(r"\s", "", text).translate(_NARROW))
    if match is None:
        return None
    return int(match[1]) if match[1].isdigit() else _CHINESE.get(match[1])


_NARROW = str.maketrans("（）．０１２３４５６７８９", "().0123456789")


def _merged(cells: tuple[Cell, ...], one: Cell, other: Cell) -> bool:
    """Whether two rows are one: the cell beside the number is the same or blank."""
    beside = [
        next((c.text.strip() for c in cells if c.row == at.row and c.column == at.column + at.columns), "")
        for at in (one, other)
    ]
    return not beside[1] or beside[0] == beside[1]


_LABEL = pattern(
    r"^\s*(?P<what>附件|附表|附图|表|图)\s?(?P<n>\d{1,2})(?![\d\-—–.年月万元人项个份%])\s?[:.、\s]?\s?(?P<name>[^\n。;,\t]{2,40})$",
    re.MULTILINE,
)


_LISTED = pattern(r"^\s*附件\s?:", re.MULTILINE)


def labels_in_order(case: Case) -> Iterator[Finding]:
    """R31: lines headed 表1, 表3 or 附件1, 附件1: one left out or said twice for something else."""
    series: dict[str, list[tuple[int, str, Span]]] = {}
    for match in _LABEL.finditer(case.flat):
        named = series.setdefault(match["what"], [])
        name = re.sub(r"\W", "", match["name"])
        if all(name != other or int(match["n"]) != number for number, other, _ in named):  # headed again over the annex
            named.append((int(match["n"]), name, Span(match.start("what"), match.end("n"))))
    for what, named in series.items():
        if named[0][0] != 1 or (what == "附件" and _LISTED.search(case.flat)):  # the list is R35's
            continue
        cited = {int(n) for n in re.findall(rf"{what}\s?(\d{{1,2}})(?!\d)", case.flat)}
        odd = [(a, b) for a, b in itertools.pairwise(named) if b[0] != a[0] + 1]
        if len(odd) != 1:
            continue
        (last, first, _), (number, name, span) = odd[0]
        repeated = number == last and not (first in name or name in first)
        if repeated or (number == last + 2 and last + 1 not in cited):
            wrong = "重复" if repeated else f"由“{what}{last}”跳到“{what}{number}”"
            yield case.finding(
                "R31",
                span,
                f"编号“{what}{number}”{wrong}" if repeated else f"编号{wrong}",
                stated=case.text(span),
                recomputed=f"{what}{last + 1}",
            )
