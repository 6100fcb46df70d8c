"""The outcome of `hengji check` as files: JSON, page, workbook, copies of the originals with the findings in them."""

import json
import re
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.markup import escape

from hengji.auditing import Audit
from hengji.auditing.masking import Persons
from hengji.cli.screen import complain, console
from hengji.files import folder_at, written_whole
from hengji.model.problem import HengjiError, Problem

Failures = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Audited:
    """The outcome for one file: where the file lies, what was found, and the persons to cover (None: nobody)."""

    path: Path
    audit: Audit
    persons: Persons | None = None


def named(to: Path | None, name: str) -> Path:
    """The file to write: the one that was named, or ``name`` here or in the folder that was named."""
    if to is None:
        return Path(name)
    return to / name if to.is_dir() else to


def write_json(audits: Sequence[Audit], failures: Failures, to: Path | None) -> None:
    """One JSON object, on the screen where no file is named."""
    from hengji.writing.audit_data import audits_data

    text = json.dumps(audits_data(audits, failures), ensure_ascii=False, indent=2) + "\n"
    write_text(text, to and named(to, "核查.json"))


def write_page(audits: Sequence[Audit], failures: Failures, to: Path | None) -> None:
    """One page that stands alone."""
    from hengji.writing.audit_html import audits_page

    _write(audits_page(audits, failures).encode(), named(to, "核查.html"))


def write_workbook(audits: Sequence[Audit], failures: Failures, to: Path | None) -> None:
    """The reviewer's workbook."""
    from hengji.writing.audit_xlsx import audits_workbook

    _write(audits_workbook(audits, failures), named(to, "核查底稿.xlsx"))


def write_text(text: str, to: Path | None) -> None:
    """A text to a file, or to the screen as it is."""
    if to is None:
        sys.stdout.write(text)
    else:
        _write(text.encode(), to)


def _write(data: bytes, to: Path) -> None:
    with written_whole(to) as draft:
        draft.write_bytes(data)
    console().print(f"已写出 {escape(str(to))}")


def write_annotated(audited: Sequence[Audited], failures: Failures, to: Path | None, form: str) -> None:
    """A copy of each original with the findings in it, named after it; other forms of file are said and left out.

    ``to`` is the folder of the copies, or the name of the one copy where one file is asked for: ``-o 批注.docx``.
    """
    from hengji.writing.annotated_docx import suffix_of

    annotate = _docx if form == "docx" else _pdf
    folder = to or Path("批注稿")
    alone = len(audited) == 1 and folder.suffix.lower() in _COPIES[form] and not folder.is_dir()
    names = {each.path.name for each in audited if each.path.parent.resolve() == folder.resolve()}  # no original's
    for each in audited:
        document = each.audit.found.document
        if document.form != form and not (form == "pdf" and _is_pdf(each.path)):
            failures.append((document.file, f"不是 {form}，不能在原文上批注，请改用 --format html"))
            continue
        try:
            made = annotate(each)
        except HengjiError as error:
            failures.append((document.file, said(error)))
            continue
        if alone:
            _write(made, folder)
            continue
        folder_at(folder)
        suffix = suffix_of(made) if form == "docx" else form
        _write(made, folder / _free(Path(document.file).stem, suffix, names))


_COPIES = {"docx": (".docx", ".docm"), "pdf": (".pdf",)}  # by what a name is one of a copy, and not of a folder


def _is_pdf(path: Path) -> bool:
    """Whether a file that was recognised (OCR) is a PDF, and not a picture."""
    with path.open("rb") as file:
        return b"%PDF-" in file.read(1024)


def _free(stem: str, form: str, names: set[str]) -> str:
    """A name for a copy; files of one name in several folders do not take each other's."""
    plain = re.sub(r'[\\/:*?"<>|\x00-\x1f]', "_", stem)
    name, count = f"{plain}-批注.{form}", 1
    while name in names:
        count += 1
        name = f"{plain}-批注{count}.{form}"
    names.add(name)
    return name


def _docx(each: Audited) -> bytes:
    from hengji.writing.annotated_docx import annotated_docx
    from hengji.writing.masked_docx import masked_docx

    document, data = each.audit.found.document, each.path.read_bytes()
    if each.persons is not None:
        data, embedded = masked_docx(document.file, data, each.persons.cover)
        if embedded:
            _warn(document.file, "嵌入的文件里的姓名、电话没有遮盖，公开前请人工查看")
    return annotated_docx(data, document, each.audit.findings)


def _pdf(each: Audited) -> bytes:
    from hengji.writing.annotated_pdf import annotated_pdf
    from hengji.writing.masked_pdf import masked_pdf

    document, data, persons = each.audit.found.document, each.path.read_bytes(), each.persons
    masked: Callable[[bytes], bytes] | None = None
    if persons is not None:

        def masked(original: bytes) -> bytes:
            made, pages = masked_pdf(document.file, original, persons.cover)
            if pages:
                listed = "、".join(map(str, pages))
                _warn(document.file, f"第{listed}页有姓名或电话，已涂黑并转成图片，这些页的文字不能再选取")
            return made

    return annotated_pdf(data, document, each.audit.findings, masked)


def _warn(file: str, message: str) -> None:
    complain((Problem(file, message),), "提示")


def said(error: HengjiError) -> str:
    """What an error says, in one line."""
    return "；".join(problem.message for problem in error.problems)
