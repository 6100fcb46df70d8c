"""Reading and auditing one file that was sent in: what a child process does, and no Django in it."""

from dataclasses import dataclass, replace
from pathlib import Path

from hengji.auditing import References, audit
from hengji.auditing.masking import masked_audit, persons_of
from hengji.extracting import extract
from hengji.model.document import Document
from hengji.model.extraction import Extraction
from hengji.model.problem import HengjiError
from hengji.reading import ocr, read_data
from hengji.reading.limits import form_of, read_bytes
from hengji.web.intake.keeping import Kept

INSTALL = "服务器装上识别组件（hengji[ocr]）后重新收件即可识别"
PICTURE = f"图片，没有识别文字；{INSTALL}"
SCANNED = f"扫描件，没有识别文字；{INSTALL}"


@dataclass(frozen=True, slots=True)
class Read:
    """What one file turned out to be. A picture has a form and nothing that was read."""

    form: str
    kept: Kept | None = None
    reason: str = ""  # why nothing was read


def read(path: Path) -> Read:
    """The audit of a file, by itself; a picture is read where the recogniser is installed.

    Raises HengjiError where the file cannot be read.
    """
    data = read_bytes(path)
    form = form_of(path.name, data)
    if form == "image":
        return _picture(path.name, data)
    document = read_data(path.name, data)
    if form == "pdf" and not document.text.strip():
        return Read(form, reason=_wordless(document))
    return _audited(form, document)


def _wordless(document: Document) -> str:
    """Why a PDF has no words."""
    said = "；".join(document.unread)
    return SCANNED if ocr.MISSING in said else said or "没有读到文字"


def unsure(document: Document) -> str:
    """What was not read, or read from pictures of pages, in one sentence for whoever decides on the file."""
    return "；".join(document.unread).replace(ocr.MISSING, INSTALL)


def _picture(name: str, data: bytes) -> Read:
    """A picture, as evidence where nothing can be read in it: no text, no recogniser, or damaged."""
    if not ocr.available():
        return Read("image", reason=PICTURE)
    try:
        document = read_data(name, data)
    except HengjiError as error:
        return Read("image", reason=f"图片，没有识别文字：{error}")
    return _audited("image", document) if document.text.strip() else Read("image", reason="图片，没有认出文字")


def _audited(form: str, document: Document) -> Read:
    found = extract(document)
    outcome = audit(found, References())
    return Read(form, Kept(outcome.found, outcome.findings, outcome.not_checked))


def renamed(kept: Kept, name: str) -> Kept:
    """The same under the name that people know the file by."""
    found: Extraction = replace(kept.found, document=replace(kept.found.document, file=name))
    return replace(kept, found=found, findings=tuple(replace(each, file=name) for each in kept.findings))


def annotated(path: Path, form: str, kept: Kept) -> bytes:
    """A copy of the file with its findings as remarks. Raises HengjiError where that cannot be."""
    data = path.read_bytes()
    if form == "docx":
        from hengji.writing.annotated_docx import annotated_docx  # noqa: PLC0415 - one of the two is enough

        return annotated_docx(data, kept.found.document, kept.findings)
    from hengji.writing.annotated_pdf import annotated_pdf  # noqa: PLC0415 - the same

    return annotated_pdf(data, kept.found.document, kept.findings)


def masked(path: Path, form: str, kept: Kept) -> bytes:
    """The same with persons covered, in words and remarks. Raises HengjiError where something cannot be covered."""
    data, persons = path.read_bytes(), persons_of(kept.found)
    outcome = masked_audit(kept.audit(), persons)
    name, document = kept.found.document.file, outcome.found.document
    if form == "docx":
        from hengji.writing.annotated_docx import annotated_docx  # noqa: PLC0415 - one of the two is enough
        from hengji.writing.masked_docx import masked_docx  # noqa: PLC0415 - the same

        data, embedded = masked_docx(name, data, persons.cover)
        if embedded:
            raise HengjiError("这份 Word 里嵌有别的文件，里面的姓名和电话遮盖不了，请下载核查底稿（xlsx）")
        return annotated_docx(data, document, outcome.findings)
    from hengji.writing.annotated_pdf import annotated_pdf  # noqa: PLC0415 - the same
    from hengji.writing.masked_pdf import masked_pdf  # noqa: PLC0415 - the same

    return annotated_pdf(data, document, outcome.findings, lambda whole: masked_pdf(name, whole, persons.cover)[0])
