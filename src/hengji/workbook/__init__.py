"""The spreadsheet a department fills, its text form, and importers of other sheets."""

from hengji.workbook.opening import Opened, last_years_values, open_filing
from hengji.workbook.read import read_workbook
from hengji.workbook.text import dump_filing, filing_data, read_filing
from hengji.workbook.write import write_workbook

__all__ = [
    "Opened",
    "dump_filing",
    "filing_data",
    "last_years_values",
    "open_filing",
    "read_filing",
    "read_workbook",
    "write_workbook",
]
