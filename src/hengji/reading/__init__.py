"""Files that others wrote, read into a Document: the text in reading order and the place of every character."""

from pathlib import Path

from hengji.model.document import Document
from hengji.model.problem import HengjiError
from hengji.reading.docx import read_docx
from hengji.reading.limits import form_of, read_bytes
from hengji.reading.text import read_html, read_text

_READERS = {"docx": read_docx, "html": read_html, "txt": read_text}


def read_document(path: Path) -> Document:
    """The document in a file, its form told by content and not by name.

    Raises HengjiError in one sentence for a file that is missing, empty, encrypted, damaged, oversized or of a form that is
    not read yet.
    """
    data = read_bytes(path)
    form = form_of(path.name, data)
    if form not in _READERS:
        raise HengjiError(f"{path.name} 是 {form} 格式，还不能读，请另存为 docx 或文本")
    try:
        return _READERS[form](path.name, data)
    except RecursionError:
        raise HengjiError(f"{path.name} 的内容嵌套过深，不像是正常文件，没有读") from None


__all__ = ["read_document"]
