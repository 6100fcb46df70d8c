"""Documents out: the report as docx and PDF from one tuple of blocks, and the score table as xlsx."""

from hengji.writing.docx import write_report_docx
from hengji.writing.pdf import write_report_pdf
from hengji.writing.report import compose_report
from hengji.writing.scorecard_xlsx import write_scorecard_xlsx

__all__ = ["compose_report", "write_report_docx", "write_report_pdf", "write_scorecard_xlsx"]
