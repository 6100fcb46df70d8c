"""Letters as files."""

from io import BytesIO

from django.http import FileResponse

from hengji.writing.blocks import Report
from hengji.writing.docx import report_docx
from hengji.writing.typesetting import report_pdf


def sent_letter(letter: Report, name: str, form: str) -> FileResponse:
    """A letter as docx or PDF, to be downloaded."""
    made = report_docx(letter) if form == "docx" else report_pdf(letter)
    return FileResponse(BytesIO(made), as_attachment=True, filename=f"{name}.{form}")
