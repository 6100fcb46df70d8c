"""R37: the report's figures against the final accounts (决算), each with the table and cell it stands in."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from hengji.auditing.case import Accounts, Case
from hengji.auditing.numbers import common_unit, differ, in_unit, number
from hengji.library import load_dictionary
from hengji.model.document import Block, BlockKind, Document
from hengji.model.extraction import Extraction, Quantity, Span
from hengji.model.filing import Value
from hengji.model.finding import Finding
from hengji.model.units import dimension
from hengji.workbook.grid import Cell, Grid
from hengji.workbook.importers.accounts import read_accounts

_TITLE_LINES = 5
_TITLE_LENGTH = 60


@dataclass(frozen=True, slots=True)
class _Official:
    """A figure of the accounts and where it stands."""

    quantity: Quantity
    place: str


def against_accounts(case: Case) -> Iterator[Finding]:
    """Every data item that both state for the evaluated year."""
    if case.against is None:
        return
    if isinstance(case.against, Accounts):
        accounts = {item: [_official(item, value, case.year)] for item, value in case.against.figures.items()}
    else:
        accounts = _accounts(case.against, case.year)
    told: set[tuple[str, Decimal]] = set()
    for quantity in case.found.quantities:
        official = accounts.get(quantity.item)
        if not official or quantity.year != case.year or quantity.scope or quantity.about == "目标":
            continue
        if any(not differ(quantity, each.quantity) for each in official) or (quantity.item, quantity.number) in told:
            continue
        told.add((quantity.item, quantity.number))
        best = official[0]
        unit = common_unit((quantity, best.quantity))
        if dimension(best.quantity.unit) != dimension(quantity.unit):
            continue
        gap = abs(in_unit(quantity, unit) - in_unit(best.quantity, unit))
        stated, official_value = f"{quantity.value}{quantity.unit}", f"{best.quantity.value}{best.quantity.unit}"
        yield case.finding(
            "R37",
            quantity.span,
            f"“{quantity.item}”报告写{stated}，决算（{best.place}）是{official_value}，相差{number(gap, 6)}{unit}",
            stated=stated,
            recomputed=official_value,
        )


def _official(item: str, value: Value, year: int) -> _Official:
    nowhere = Span(0, 0)
    amount = Decimal(value.stated or "0")
    return _Official(Quantity(item, value.stated, amount, value.unit, year, nowhere, nowhere, item), value.locator)


def _accounts(found: Extraction, year: int) -> dict[str, list[_Official]]:
    """The accounts' figures by data item: from the published tables, told by title; else from rows and text."""
    accounts: dict[str, list[_Official]] = {}
    imported = read_accounts(_grids(found.document), found.document.file, load_dictionary(), year)
    for key, value in imported.values.items():
        accounts.setdefault(key.item, []).append(_official(key.item, value, year))
    stated = {key.item for key in imported.values}
    for quantity in found.quantities:
        known = quantity.item and quantity.year == year and not quantity.scope and quantity.about != "目标"
        if known and quantity.item not in stated:
            accounts.setdefault(quantity.item, []).append(
                _Official(quantity, found.document.place(quantity.span.start))
            )
    return accounts


def _grids(document: Document) -> Iterator[Grid]:
    """The tables of a document as sheets, with the short lines above each as its title rows."""
    above: list[str] = []
    for block in document.blocks:
        if block.kind is BlockKind.TABLE:
            titles = tuple((Cell(line),) for line in above[-_TITLE_LINES:])
            yield Grid(f"表{block.number}", (*titles, *_rows(block)))
            above = []
        elif block.text.strip():
            above = [*above, block.text.strip()] if len(block.text) <= _TITLE_LENGTH else []


def _rows(block: Block) -> Iterator[tuple[Cell, ...]]:
    width = max((cell.column + cell.columns for cell in block.cells), default=0)
    height = max((cell.row + cell.rows for cell in block.cells), default=0)
    cells = [[Cell("")] * width for _ in range(height)]
    for cell in block.cells:
        cells[cell.row][cell.column] = Cell(cell.text.strip())
    yield from (tuple(row) for row in cells)
