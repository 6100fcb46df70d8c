"""Reads the workbook that a department filled: tolerant of moved columns and old habits, strict about what is meant."""

from collections.abc import Callable
from pathlib import Path

from hengji.model.filing import Filing, Value, ValueKey
from hengji.model.problem import HengjiError, Problem
from hengji.model.system import IndicatorSystem
from hengji.workbook import layout
from hengji.workbook.grid import open_grids
from hengji.workbook.parts.claims import read_claims
from hengji.workbook.parts.cover import read_cover, read_units, read_year
from hengji.workbook.parts.evidence import read_evidence
from hengji.workbook.parts.items import read_items
from hengji.workbook.parts.judgements import read_judgements
from hengji.workbook.parts.narrative import read_narrative
from hengji.workbook.parts.registers import read_registers
from hengji.workbook.parts.values import read_values
from hengji.workbook.sheets import Sheets

LoadSystem = Callable[[str], IndicatorSystem]


def read_workbook(
    path: Path, load: LoadSystem, system_id: str | None = None
) -> tuple[Filing, IndicatorSystem, tuple[Problem, ...]]:
    """The filing in a workbook, the system it is for, and notices (things ignored, and said).

    ``load`` gives a system by id; ``system_id`` overrides the one the cover names. Raises HengjiError with every problem
    found, each with sheet and cell; a value that could not be read stops the reading, nothing is guessed.
    """
    sheets = Sheets(path.name, {grid.name.strip(): grid for grid in open_grids(path)})
    cover = read_cover(sheets)
    wanted = system_id or cover.text(layout.SYSTEM)
    if not wanted:
        place = cover.place(layout.SYSTEM)
        sheets.problem(place, f"没有写{layout.SYSTEM}编号，请在封面填上，或用 --system 指定")
        raise sheets.stop()
    try:
        system = load(wanted)
    except HengjiError as error:
        raise HengjiError(*sheets.problems, *error.problems) from error
    year = read_year(sheets, cover, system)
    department = cover.text(layout.DEPARTMENT)
    if not department:
        sheets.problem(cover.place(layout.DEPARTMENT), f"没有填{layout.DEPARTMENT}")
    sheets.grid(*layout.GUIDE.names)
    claims = read_claims(sheets, system)
    filing = Filing(
        department=department,
        year=year,
        system=wanted,
        system_version=cover.text(layout.VERSION),
        system_hash=cover.text(layout.HASH),
        units=read_units(cover),
        cover=cover.others(),
        values=_all_values(sheets, system, year),
        registers=read_registers(sheets, system),
        judgements=read_judgements(sheets, system),
        claims=claims.scores,
        claimed_grade=cover.text(layout.GRADE),
        exemptions=claims.exemptions,
        narrative=read_narrative(sheets, system),
        evidence=read_evidence(sheets),
    )
    sheets.leftover()
    if sheets.problems:
        raise sheets.stop()
    return filing, system, tuple(sheets.notices)


def _all_values(sheets: Sheets, system: IndicatorSystem, year: int) -> dict[ValueKey, Value]:
    items, others = read_items(sheets, system, year), read_values(sheets, system)
    for key in items.keys() & others.keys():
        where = f"{layout.ITEMS.name}、{layout.VALUES.name}"
        sheets.problem(where, f"{key.item}{key.year}年在两张表上都填了，请留一处")
    return {**items, **others}
