"""Reading and auditing one file that was sent in: what a child process does, and no Django in it."""

from dataclasses import dataclass, replace
from pathlib import Path

from hengji.auditing import References, audit
from hengji.auditing.masking import masked_audit, persons_of
from hengji.extracting import extract
from hengji.model.extraction import Extraction
from hengji.model.problem import HengjiError
from hengji.reading import read_data
from hengji.reading.limits import form_of, read_bytes
from hengji.web.intake.keeping import Kept

PICTURE = "图片，没有认字"


@dataclass(frozen=True, slots=True)
class Read:
    """What one file turned out to be. A picture has a form and nothing that was read."""

    form: str
    kept: Kept | None = None


def read(path: Path) -> Read:
    """The audit of a file, by itself. Raises HengjiError where it cannot be read."""
    data = read_bytes(path)
    form = form_of(path.name, data)
    if form == "image":
        return Read(form)
    found = extract(read_data(path.name, data))
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

        data, pictured = masked_docx(name, data, persons.cover)
        if pictured:
            raise HengjiError("这份 Word 里有图片或嵌入的文件，里面的姓名和电话遮盖不了，请下载核查底稿（xlsx）")
        return annotated_docx(data, document, outcome.findings)
    from hengji.writing.annotated_pdf import annotated_pdf  # noqa: PLC0415 - the same
    from hengji.writing.masked_pdf import masked_pdf  # noqa: PLC0415 - the same

    return annotated_pdf(data, document, outcome.findings, lambda whole: masked_pdf(name, whole, persons.cover)[0])
