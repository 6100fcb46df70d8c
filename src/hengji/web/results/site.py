"""The public site as files (静态站点): a folder that any web server, or none, can show."""

import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from django.contrib.staticfiles import finders

from hengji.web.filings import files
from hengji.web.results import pages
from hengji.web.results.models import Publication
from hengji.web.results.pages import Site
from hengji.web.results.public import json_bytes
from hengji.web.results.publishing import said_by, standing
from hengji.web.sheets import csv_bytes, xlsx_bytes

_ROOT = "public"
_EPOCH = (1980, 1, 1, 0, 0, 0)
Tell = Callable[[int, int, str], None]


def write(target: BinaryIO, region_id: int, tell: Tell = lambda *_: None) -> int:
    """Writes the whole site of a region; returns how many departments are in it. The same content, the same bytes."""
    found = list(standing().filter(filing__department__region_id=region_id))
    site = Site(index="index.html", copied=True)
    years = sorted({each.filing.year for each in found}, reverse=True)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        _put(made, "public.css", _style())
        _put(made, "index.html", pages.home(years, site).encode())
        for year in years:
            own = [each for each in found if each.filing.year == year]
            sheet = pages.sheet_of_year(own)
            _put(made, f"{year}/index.html", pages.year_page(year, own, site, "../").encode())
            _put(made, f"{year}/scores.csv", csv_bytes(sheet))
            _put(made, f"{year}/scores.xlsx", xlsx_bytes(sheet))
            rows = [dict(zip(sheet.heads, map(_plain, row), strict=True)) for row in sheet.rows]
            _put(made, f"{year}/scores.json", json_bytes(rows))
        for number, each in enumerate(found, start=1):
            _department(made, each, site)
            tell(number, len(found), each.filing.department.name)
    return len(found)


def _department(made: zipfile.ZipFile, each: Publication, site: Site) -> None:
    place = f"{each.filing.year}/{each.filing.department_id}"
    _put(made, f"{place}/index.html", pages.department_page(each, site, "../../").encode())
    sheets = pages.sheets_of(each)
    _put(made, f"{place}/scores.csv", csv_bytes(sheets[0]))
    _put(made, f"{place}/scores.xlsx", xlsx_bytes(*sheets))
    _put(made, f"{place}/scores.json", json_bytes(said_by(each)))
    for form in ("docx", "pdf"):
        path = files.path_of(getattr(each, form))
        if path.exists():
            _put(made, f"{place}/report.{form}", path.read_bytes())


def _plain(field: object) -> object:
    return field if isinstance(field, int | None) else str(field)


def _style() -> bytes:
    found = finders.find("hengji/public.css")
    return Path(str(found)).read_bytes()


def _put(made: zipfile.ZipFile, name: str, data: bytes) -> None:
    part = zipfile.ZipInfo(f"{_ROOT}/{name}", _EPOCH)
    part.compress_type = zipfile.ZIP_DEFLATED
    part.external_attr = 0o644 << 16
    made.writestr(part, data)


def written(region_id: int) -> bytes:
    """The site in memory, for tests and small regions."""
    made = BytesIO()
    write(made, region_id)
    return made.getvalue()
