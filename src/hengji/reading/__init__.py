"""Files that others wrote, read into a Document: the text in reading order and the place of every character."""

from collections.abc import Callable
from pathlib import Path

from hengji.model.document import Document
from hengji.model.problem import HengjiError
from hengji.reading.docx import read_docx
from hengji.reading.limits import form_of, read_bytes
from hengji.reading.text import read_csv, read_text

Reader = Callable[[str, bytes], Document]


def read_document(path: Path) -> Document:
    """The document in a file, its form told by content and not by name.

    Raises HengjiError in one sentence for a file that is missing, empty, encrypted, damaged, oversized or of a form that is
    not read.
    """
    return read_data(path.name, read_bytes(path))


def read_data(name: str, data: bytes) -> Document:
    """The document in the bytes of a file. Raises HengjiError as read_document does."""
    reader = _reader(name, form_of(name, data))
    try:
        return reader(name, data)
    except RecursionError:
        raise HengjiError(f"{name} 的内容嵌套过深，不像是正常文件，没有读") from None


def _reader(name: str, form: str) -> Reader:
    """The reader of a form; the libraries that only some forms need are loaded when one of them comes."""
    match form:
        case "docx":
            return read_docx
        case "html":
            from hengji.reading.html import read_html

            return read_html
        case "txt":
            return read_csv if name.lower().endswith(".csv") else read_text
        case "pdf":
            from hengji.reading.pdf import read_pdf

            return read_pdf
        case "xlsx" | "xls" | "ods":
            from hengji.reading.sheet import read_sheets

            return read_sheets
        case "doc":
            from hengji.reading.doc import read_doc

            return read_doc
        case "image":
            from hengji.reading.ocr import read_picture

            return read_picture
        case "zip":
            raise HengjiError(f"{name} 是压缩包，请解压后再读")
    raise HengjiError(f"{name} 是 {form} 格式，读不了，请另存为 docx 或 PDF")


__all__ = ["read_data", "read_document"]
