"""Writes the workbook that a department fills, empty or from a filing."""

from pathlib import Path

import xlsxwriter

from hengji.files import written_whole
from hengji.model.filing import Filing
from hengji.model.system import IndicatorSystem
from hengji.workbook import layout
from hengji.workbook.pages import Pages
from hengji.workbook.parts.claims import write_claims
from hengji.workbook.parts.cover import write_cover
from hengji.workbook.parts.evidence import write_evidence
from hengji.workbook.parts.guide import write_guide
from hengji.workbook.parts.items import write_items
from hengji.workbook.parts.judgements import write_judgements
from hengji.workbook.parts.narrative import write_narrative
from hengji.workbook.parts.registers import write_registers
from hengji.workbook.parts.values import write_values

_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def write_workbook(filing: Filing, system: IndicatorSystem, path: Path) -> None:
    """Writes the workbook of a filing under a system; nothing is left half-written.

    Every sheet is protected without a password: white cells take input, grey ones compute or are given. Raises
    HengjiError where the place cannot be written or a text is longer than a cell holds.
    """
    with written_whole(path) as temporary:
        book = xlsxwriter.Workbook(str(temporary), _OPTIONS)
        book.set_properties({"title": layout.COVER.title, "author": filing.department[:255]})
        book.set_size(2400, 1500)
        pages = Pages(book)
        write_cover(pages, filing, system)
        write_guide(pages, system)
        placed = write_items(pages, filing, system)
        write_registers(pages, filing, system)
        write_judgements(pages, filing, system)
        write_claims(pages, filing, system)
        write_evidence(pages, filing)
        write_narrative(pages, filing)
        write_values(pages, filing, placed)
        book.close()
