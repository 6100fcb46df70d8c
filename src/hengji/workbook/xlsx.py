"""What an xlsx says about its cells: number formats, formulas without a result, errors; and how far they reach."""

import io
import zipfile
from collections.abc import Mapping

from hengji.model.patterns import pattern
from hengji.workbook.container import Container
from hengji.workbook.markup import Attributes, attribute, walk
from hengji.workbook.styles import STALE, Style, Styles, built_in, refuse_wide, style_of

_ROWS, _COLUMNS = 1_048_576, 16_384
_PLACE = pattern(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")


def xlsx_styles(container: Container) -> Mapping[str, Styles]:
    """The noteworthy cells of every sheet, by sheet name and zero-based place.

    Raises HengjiError for a sheet that is too large, and one of ``container.ZIP_ERRORS`` for a damaged file.
    """
    with zipfile.ZipFile(io.BytesIO(container.data)) as archive:
        members = {_folded(name): name for name in archive.namelist()}
        formats = _formats(archive, members)
        parts = _sheet_parts(archive, members)
        found: dict[str, Styles] = {}
        for name, part in parts.items():
            sheet = _Sheet(container.name, formats)
            with archive.open(members[_folded(part)]) as stream:
                walk(stream, sheet.start, sheet.end, sheet.text)
            found[name] = sheet.styles
    return found


class _Sheet:
    """One sheet's cells as they come by."""

    def __init__(self, file: str, formats: tuple[Style | None, ...]) -> None:
        self.file = file
        self.formats = formats
        self.styles: dict[tuple[int, int], Style] = {}
        self.row, self.column = -1, -1
        self.rows, self.columns = 0, 0
        self.type, self.format = "", 0
        self.formula, self.holds, self.in_value, self.value = False, False, False, ""

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "row":
            stated = attributes.get("r", "")
            self.row, self.column = int(stated) - 1 if stated else self.row + 1, -1
            _check_place(self.row, 0)
        elif name == "c":
            self._cell(attributes)
        elif name in ("f", "is", "v", "t"):
            self.holds = True
            self.formula = self.formula or name == "f"
            self.in_value = name in ("v", "t")

    def _cell(self, attributes: Attributes) -> None:
        if "r" in attributes:
            place = _PLACE.fullmatch(attributes["r"].upper())
            if place is None:
                raise ValueError(attributes["r"])
            self.row, self.column = int(place[2]) - 1, column_number(place[1])
        else:
            self.column += 1
        _check_place(self.row, self.column)
        self.type, self.format = attributes.get("t", ""), int(attributes.get("s", "0"))
        self.formula, self.holds, self.value = False, False, ""

    def text(self, text: str) -> None:
        if self.in_value:
            self.value += text

    def end(self, name: str) -> None:
        if name in ("v", "t"):
            self.in_value = False
        if name != "c":
            return
        style = self._style()
        if style is not None:
            self.styles[self.row, self.column] = style
        if self.holds:
            self.rows, self.columns = max(self.rows, self.row + 1), max(self.columns, self.column + 1)
            refuse_wide(self.file, self.rows, self.columns)

    def _style(self) -> Style | None:
        if self.type == "e":
            return Style(trouble=f"公式出错（{self.value}），请改正公式或直接填写")
        if not self.value:
            # A stored empty text (type str) is a result too.
            return Style(trouble=STALE) if self.formula and self.type != "str" else None
        if self.type not in ("", "n") or self.format >= len(self.formats):
            return None
        return self.formats[self.format]


def _formats(archive: zipfile.ZipFile, members: Mapping[str, str]) -> tuple[Style | None, ...]:
    """The style of every cell format index."""
    if "xl/styles.xml" not in members:
        return ()
    codes: dict[int, str] = {}
    indexes: list[int] = []
    inside = [False]

    def start(name: str, attributes: Attributes) -> None:
        if name == "numFmt":
            codes[int(attributes.get("numFmtId", "0"))] = attributes.get("formatCode", "")
        elif name == "cellXfs":
            inside[0] = True
        elif name == "xf" and inside[0]:
            indexes.append(int(attributes.get("numFmtId", "0")))

    def end(name: str) -> None:
        if name == "cellXfs":
            inside[0] = False

    with archive.open(members["xl/styles.xml"]) as stream:
        walk(stream, start, end)
    return tuple(style_of(codes.get(index, built_in(index))) for index in indexes)


def _sheet_parts(archive: zipfile.ZipFile, members: Mapping[str, str]) -> dict[str, str]:
    """The part of the archive that holds each sheet."""
    targets: dict[str, str] = {}
    sheets: dict[str, str] = {}

    def relation(name: str, attributes: Attributes) -> None:
        if name == "Relationship":
            targets[attributes.get("Id", "")] = attributes.get("Target", "")

    def sheet(name: str, attributes: Attributes) -> None:
        if name == "sheet":
            sheets[attributes.get("name", "")] = attribute(attributes, "id")

    for part, start in (("xl/_rels/workbook.xml.rels", relation), ("xl/workbook.xml", sheet)):
        with archive.open(members[part]) as stream:
            walk(stream, start)
    return {name: _part(targets[identity]) for name, identity in sheets.items()}


def _part(target: str) -> str:
    if target.startswith("/"):
        return target[1:]
    return target if target.startswith("xl/") else f"xl/{target}"


def _folded(name: str) -> str:
    return name.replace("\\", "/").lower()


def _check_place(row: int, column: int) -> None:
    """Raises ValueError for a place that no sheet has."""
    if not (0 <= row < _ROWS and 0 <= column < _COLUMNS):
        raise ValueError(f"{row} {column}")


def column_number(letters: str) -> int:
    """The zero-based number of a column: A is 0, AA is 26."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
