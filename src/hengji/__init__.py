"""衡绩 Hengji: scores what a government department did with a year's money, says why, and writes the report.

The handful of names a Python user needs; each is documented where it is defined. They are loaded when first used, so that
the command line's help does not wait for them.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hengji.library import load_dictionary, load_system, load_system_text, system_ids
    from hengji.model.filing import Filing, Value, ValueKey
    from hengji.model.problem import HengjiError, Problem
    from hengji.scoring import TableScores, derivation, differences, explain, score, score_table
    from hengji.workbook import dump_filing, open_filing, read_filing, write_workbook
    from hengji.writing import write_report_docx, write_report_pdf, write_scorecard_xlsx

__version__ = "0.1.0"

_HOMES = {
    "hengji.library": ("load_dictionary", "load_system", "load_system_text", "system_ids"),
    "hengji.model.filing": ("Filing", "Value", "ValueKey"),
    "hengji.model.problem": ("HengjiError", "Problem"),
    "hengji.scoring": ("TableScores", "derivation", "differences", "explain", "score", "score_table"),
    "hengji.workbook": ("dump_filing", "open_filing", "read_filing", "write_workbook"),
    "hengji.writing": ("write_report_docx", "write_report_pdf", "write_scorecard_xlsx"),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "Filing",
    "HengjiError",
    "Problem",
    "TableScores",
    "Value",
    "ValueKey",
    "derivation",
    "differences",
    "dump_filing",
    "explain",
    "load_dictionary",
    "load_system",
    "load_system_text",
    "open_filing",
    "read_filing",
    "score",
    "score_table",
    "system_ids",
    "write_report_docx",
    "write_report_pdf",
    "write_scorecard_xlsx",
    "write_workbook",
]


def __getattr__(name: str) -> object:
    if name not in _HOME_OF:
        raise AttributeError(f"module 'hengji' has no attribute {name!r}")
    return getattr(import_module(_HOME_OF[name]), name)
