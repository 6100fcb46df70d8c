"""Versions of a report (报告版本): made in the background for a revision; the last one stays until the next is whole."""

import json
import shutil
import tempfile
from dataclasses import astuple, dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from hengji.reading.preview import render
from hengji.reading.spots import Spot, Words, spots
from hengji.web.filings.folder import Folder
from hengji.web.filings.models import FilingRow
from hengji.writing import compose_report, write_report_docx, write_report_pdf, write_scorecard_xlsx
from hengji.writing.blocks import Paragraph, Report, text_of

FORMS = {"pdf": "自评报告.pdf", "docx": "自评报告.docx", "xlsx": "评分表.xlsx"}
_WRITERS = {"pdf": write_report_pdf, "docx": write_report_docx, "xlsx": write_scorecard_xlsx}
_KEPT = 3  # versions of one filing


@dataclass(frozen=True, slots=True)
class Version:
    """One version: the revision it says, when it was made, how many pages it has, and where it lies."""

    revision: int
    at: datetime
    pages: int
    place: Path
    spots: tuple[Spot, ...] = ()  # where figures of the data stand on the pages

    def file(self, form: str) -> Path:
        """The report in one of its forms."""
        return self.place / f"report.{form}"

    def page(self, number: int) -> Path:
        """The picture of one page."""
        return self.place / f"page-{number}.png"


def _folder(row: FilingRow) -> Path:
    return Path(settings.REPORTS) / str(row.pk)


def latest(row: FilingRow) -> Version | None:
    """The newest version that is whole; None where none was made yet."""
    try:
        found = sorted((path for path in _folder(row).iterdir() if path.name.isdigit()), key=lambda p: int(p.name))
    except OSError:
        return None
    return _read(found[-1]) if found else None


def _read(place: Path) -> Version | None:
    try:
        data = json.loads((place / "made.json").read_text(encoding="utf-8"))
        return Version(int(place.name), datetime.fromisoformat(data["at"]), int(data["pages"]), place, _spots(data))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _spots(data: dict[str, list[tuple[int, int, int, int, int, str]]]) -> tuple[Spot, ...]:
    return tuple(Spot(*each) for each in data.get("spots", []))


def bound(report: Report) -> list[Words]:
    """The figures of the data in the sentences of a report, in their order."""
    found = []
    for block in report.blocks:
        if isinstance(block, Paragraph):
            for number, run in enumerate(block.runs):
                if run.about:
                    found.append(Words(text_of(block.runs[:number]), run.text, run.about))
    return found


def make(folder: Folder) -> Version:
    """Makes the version of the folder's revision. Raises HengjiError where the report cannot be composed."""
    row = folder.row
    home = _folder(row)
    home.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=home, prefix=".") as temporary:
        draft = Path(temporary) / "draft"
        draft.mkdir()
        for form in FORMS:
            write(folder, form, draft / f"report.{form}")
        first = render(draft / "report.pdf")
        (draft / "page-1.png").write_bytes(first.png)
        for number in range(2, first.pages + 1):
            (draft / f"page-{number}.png").write_bytes(render(draft / "report.pdf", number).png)
        places = spots(draft / "report.pdf", bound(compose_report(folder.filing, folder.system, folder.card)))
        told = {"at": timezone.now().isoformat(), "pages": first.pages, "spots": [astuple(spot) for spot in places]}
        (draft / "made.json").write_text(json.dumps(told), encoding="utf-8")
        target = home / str(row.revision)
        if not target.exists():
            draft.rename(target)
    for old in sorted((path for path in home.iterdir() if path.name.isdigit()), key=lambda p: int(p.name))[:-_KEPT]:
        shutil.rmtree(old, ignore_errors=True)
    version = _read(target)
    assert version is not None
    return version


def write(folder: Folder, form: str, path: Path) -> None:
    """Writes the report of today's data in one form."""
    _WRITERS[form](folder.filing, folder.system, folder.card, path)
