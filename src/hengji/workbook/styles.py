"""What an xlsx says about its cells beyond their values: number formats, and formulas without a stored result."""

import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from typing import IO
from xml.etree import ElementTree

from hengji.model.problem import HengjiError

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_BUILT_IN = {2: "0.00", 4: "#,##0.00", 9: "0%", 10: "0.00%", 39: "#,##0.00", 40: "#,##0.00"}
_DECIMALS = re.compile(r"0\.(0+)")
_PLACE = re.compile(r"([A-Z]+)([0-9]+)")
_MAX_PART = 100_000_000


@dataclass(frozen=True, slots=True)
class Style:
    """How one cell is shown: as a percentage, with how many decimals; and whether its formula has no result."""

    percent: bool = False
    decimals: int = 0
    stale: bool = False


Styles = Mapping[tuple[int, int], Style]


def read_styles(archive: zipfile.ZipFile) -> Mapping[str, Styles]:
    """The noteworthy cells of every sheet by sheet name and zero-based place; empty where a part cannot be read."""
    try:
        formats = _formats(archive)
        return {
            name: _sheet(archive, part, formats)
            for name, part in _sheet_parts(archive).items()
            if part in archive.namelist()
        }
    except (ElementTree.ParseError, KeyError, ValueError):
        return {}


def _safe(stream: IO[bytes]) -> IO[bytes]:
    """The stream, unless it declares a document type: no spreadsheet does, and entities are how XML attacks."""
    head = stream.read(4096)
    if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
        raise HengjiError("工作簿里有不允许的XML声明，请用 Excel 或 WPS 打开后另存一次")
    stream.seek(0)
    return stream


def _tree(archive: zipfile.ZipFile, part: str) -> ElementTree.Element:
    if archive.getinfo(part).file_size > _MAX_PART:
        raise ValueError(part)
    with archive.open(part) as stream:
        return ElementTree.parse(_safe(stream)).getroot()  # noqa: S314 - document types are refused above


def _formats(archive: zipfile.ZipFile) -> tuple[Style | None, ...]:
    """The style of every cell format index."""
    if "xl/styles.xml" not in archive.namelist():
        return ()
    root = _tree(archive, "xl/styles.xml")
    codes = dict(_BUILT_IN)
    for number_format in root.iter(f"{_MAIN}numFmt"):
        codes[int(number_format.get("numFmtId", "0"))] = number_format.get("formatCode", "")
    cell_formats = root.find(f"{_MAIN}cellXfs")
    return tuple(_style(codes.get(int(each.get("numFmtId", "0")), "")) for each in cell_formats or ())


def _style(code: str) -> Style | None:
    code = re.sub(r'"[^"]*"|\\.', "", code)
    decimals = _DECIMALS.search(code)
    percent = "%" in code
    return Style(percent, len(decimals[1]) if decimals else 0) if percent or decimals else None


def _sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    relations = {each.get("Id", ""): each.get("Target", "") for each in _tree(archive, "xl/_rels/workbook.xml.rels")}
    parts: dict[str, str] = {}
    for sheet in _tree(archive, "xl/workbook.xml").iter(f"{_MAIN}sheet"):
        target = relations.get(sheet.get(_RELATION, ""), "").lstrip("/")
        parts[sheet.get("name", "")] = target if target.startswith("xl/") else f"xl/{target}"
    return parts


def _sheet(archive: zipfile.ZipFile, part: str, formats: tuple[Style | None, ...]) -> Styles:
    if archive.getinfo(part).file_size > _MAX_PART:
        raise ValueError(part)
    found: dict[tuple[int, int], Style] = {}
    with archive.open(part) as stream:
        for _, element in ElementTree.iterparse(_safe(stream)):  # noqa: S314 - as above
            if element.tag == f"{_MAIN}c":
                style = _cell_style(element, formats)
                if style is not None and (match := _PLACE.fullmatch(element.get("r", ""))):
                    found[int(match[2]) - 1, _column(match[1])] = style
            if element.tag == f"{_MAIN}row":
                element.clear()
    return found


def _cell_style(element: ElementTree.Element, formats: tuple[Style | None, ...]) -> Style | None:
    value = element.find(f"{_MAIN}v")
    has_value = value is not None and value.text not in (None, "")
    if element.find(f"{_MAIN}f") is not None and not has_value:
        return Style(stale=True)
    if not has_value:
        return None
    index = int(element.get("s", "0"))
    return formats[index] if index < len(formats) else None


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
