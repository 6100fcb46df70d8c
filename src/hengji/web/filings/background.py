"""Background work about a filing: reading a report that somebody wrote, and making our own."""

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from django.urls import reverse

from hengji.auditing.documents import extracted, extracted_as_report
from hengji.auditing.recognise import leaf_ids_of
from hengji.extracting.filing import filing_of
from hengji.model.extraction import KIND_CN, DocumentKind, Extraction
from hengji.model.filing import Filing
from hengji.model.problem import HengjiError
from hengji.reading.guarded import read_many
from hengji.web.filings import books, files, offers, versions
from hengji.web.filings.folder import Folder
from hengji.web.filings.offers import Offer, Reading
from hengji.web.filings.returned import compared
from hengji.web.jobs.kinds import Outcome, Work, kind

READ_REPORT, MAKE_REPORT = "read_report", "make_report"
_SECONDS = 600.0  # a scan takes some seconds a page
_MOST_NAMES = 10
_CHAPTERS = (("存在问题", "problems"), ("相关建议", "suggestions"))


@kind(READ_REPORT, "读报告")
def read_report(work: Work) -> Outcome:
    """Reads a Word, PDF or other report and keeps what it proposes for a person to decide on."""
    assert work.filing is not None
    token, how, name = (str(work.arguments[key]) for key in ("token", "how", "name"))
    work.progress(0, 1, f"正在读 {name}")
    folder = Folder.open(work.filing.pk)
    path = books.path_of(token)
    reader: Callable[[Path], Extraction] = extracted
    if how == books.EDITED:
        reader = partial(extracted_as_report, year=folder.row.year)
    found = _read(path, name, reader)
    reading = _proposed(folder, found, how, name)
    kept = offers.keep(reading)
    path.unlink(missing_ok=True)
    number = len(offers.shown(folder.rows, reading))
    said = f"“{name}”读出{number}处与现在不同，请逐项核对" if number else f"“{name}”读过了，没有与现在不同的地方"
    return Outcome(said, reverse("reading", args=[folder.row.pk, kept]))


def _read(path: Path, name: str, reader: Callable[[Path], Extraction]) -> Extraction:
    """What the document says, read in a child process under its own name."""
    with tempfile.TemporaryDirectory() as place:
        copy = Path(place) / files.plain_name(name)
        shutil.copyfile(path, copy)
        outcome = next(read_many([copy], reader, seconds=_SECONDS))[1]
    if isinstance(outcome, HengjiError):
        raise outcome
    return outcome


def _proposed(folder: Folder, found: Extraction, how: str, name: str) -> Reading:
    if how == books.EDITED:
        came = compared(found, folder.filing, folder.system, folder.card)
        return Reading(folder.row.pk, how, name, came.offers, came.notices)  # its pictures are our own charts
    year = folder.row.year if how == books.REPORT else folder.row.year - 1
    if found.kind is not DocumentKind.OVERALL:
        raise HengjiError(f"“{name}”是{KIND_CN[found.kind]}（{found.kind_reason}），不是部门整体支出自评报告")
    if found.year_stated and found.year != year:
        raise HengjiError(f"“{name}”是{found.year}年度的报告，这里要的是{year}年度的")
    ids = leaf_ids_of(found, folder.system)
    read = filing_of(found, folder.system, ids)
    made = _last_years(read, year) if how == books.REPORT_BEFORE else _this_years(folder, found, read)
    return Reading(folder.row.pk, how, name, tuple(made), tuple(_notices(folder, found, ids, how)))


def _last_years(read: Filing, year: int) -> list[Offer]:
    """Of last year's report only its own year's figures."""
    values = {key: value for key, value in read.values.items() if key.year == year}
    return offers.of_filing(replace(read, values=values, claims={}, exemptions={}, cover={}, claimed_grade=""))


def _this_years(folder: Folder, found: Extraction, read: Filing) -> list[Offer]:
    """Figures of this year and the last, claims, the cover, and the chapters that are still empty here."""
    year = folder.row.year
    values = {key: value for key, value in read.values.items() if key.year in (year, year - 1)}
    cover = {label: text for label, text in read.cover.items() if label in books.COVER_LABELS}
    made = offers.of_filing(replace(read, values=values, cover=cover))
    for chapter, name in _CHAPTERS:
        texts = [text.replace("{", "{{").replace("}", "}}") for text in getattr(found, name)]
        if texts and not folder.filing.narrative.get(chapter):
            offer = offers.of_chapter(chapter, texts)
            made += [offer] if offer is not None else []
    return made


def _notices(folder: Folder, found: Extraction, ids: dict[str, str], how: str) -> list[str]:
    said = [*found.document.unread, *found.doubts]
    if found.department and found.department != folder.filing.department:
        said.append(f"报告写的单位是“{found.department}”，这里是“{folder.filing.department}”，请核对是不是同一份。")
    if not found.year_stated:
        said.append("报告没有写评价年度，按本填报的年度读取，请核对。")
    lost = [item.name for item in found.items if item.name not in ids]
    if lost and how == books.REPORT:
        said.append(
            f"这些指标没有对上本填报的体系：{'、'.join(lost[:_MOST_NAMES])}{'等' if len(lost) > _MOST_NAMES else ''}。"
        )
    return said


@kind(MAKE_REPORT, "生成报告")
def make_report(work: Work) -> Outcome:
    """Makes the report of the filing as it stands; where that fails the last version stays."""
    assert work.filing is not None
    work.progress(0, 1, "正在排版")
    version = versions.make(Folder.open(work.filing.pk))
    return Outcome(f"报告已生成，{version.pages}页", reverse("report", args=[work.filing.pk]))
