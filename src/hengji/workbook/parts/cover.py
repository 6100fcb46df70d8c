"""封面: the department, the year, the pinned system, and the printed labels."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from hengji.model.evaluated_year import YEARS
from hengji.model.filing import Filing
from hengji.model.numerals import read_decimal
from hengji.model.system import IndicatorSystem
from hengji.workbook import formats as look
from hengji.workbook import layout
from hengji.workbook.faults import year_fault
from hengji.workbook.pages import Pages
from hengji.workbook.sheets import Sheets
from hengji.workbook.table import normal

_SHEET = layout.COVER
_SEPARATORS = (",", "，", ";", "；", "\n")
_LEGEND = "白色格子填写，灰色格子不用填。怎么填见“填报说明”。"


@dataclass(frozen=True, slots=True)
class Cover:
    """What the cover says, by label; ``places`` tells where."""

    texts: Mapping[str, str] = field(default_factory=dict)
    places: Mapping[str, str] = field(default_factory=dict)

    def text(self, label: str) -> str:
        """What stands behind a label; an empty text where nothing does."""
        return self.texts.get(label, "")

    def place(self, label: str) -> str:
        """Where that stands, or the name of the sheet."""
        return self.places.get(label, _SHEET.name)

    def others(self) -> dict[str, str]:
        """What stands behind labels of the department's own."""
        return {label: text for label, text in self.texts.items() if label not in layout.OWN_LABELS and text}


def write_cover(pages: Pages, filing: Filing, system: IndicatorSystem) -> None:
    """Writes the sheet; what pins the system is locked."""
    page = pages.framed(_SHEET, frozen=0)
    pinned = {
        layout.SYSTEM: filing.system or system.id,
        layout.VERSION: filing.system_version or system.version,
        layout.HASH: filing.system_hash,
    }
    stated = {
        layout.DEPARTMENT: filing.department,
        layout.YEAR: str(filing.year),
        **pinned,
        layout.UNITS: "、".join(filing.units),
        layout.GRADE: filing.claimed_grade,
        **dict.fromkeys(layout.COVER_LABELS, ""),
        **filing.cover,
    }
    row = 3
    for row, (label, text) in enumerate(stated.items(), start=3):
        page.text(row, 0, label, look.LABEL)
        page.text(row, 1, text, look.LABEL if label in pinned else look.INPUT)
        page.height(row, 2)
        if label == layout.GRADE:
            page.choices((row, row), 1, [grade.name for grade in system.grades], label, "自评等次，按总分定。")
    page.band(row + 1, 0, 1, f"{layout.SYSTEM}：{system.name}", look.NOTE)
    page.band(row + 2, 0, 1, _LEGEND, look.NOTE)
    page.height(row + 1, 2)
    page.print_to(row + 2, 1)


def read_cover(sheets: Sheets) -> Cover:
    """What the cover says. Raises HengjiError where there is none: it is no workbook of ours."""
    grid = sheets.grid(*_SHEET.names)
    if grid is None:
        sheets.problem("", f"缺少工作表“{_SHEET.name}”，不是衡绩的填报工作簿；新建请用 hengji new")
        raise sheets.stop()
    own = {*layout.OWN_LABELS, *layout.COVER_LABELS}
    texts: dict[str, str] = {}
    places: dict[str, str] = {}
    for r, row in enumerate(grid.rows):
        filled = [(c, cell.text) for c, cell in enumerate(row) if cell.text and not cell.lent]
        if not filled or normal(filled[0][1]) == _SHEET.fields[0].title:
            continue
        column, printed = filled[0]
        label = normal(printed) if normal(printed) in own else printed
        if len(filled) == 1 and label not in own:
            continue  # a title or a note
        if label in texts:
            sheets.problem(grid.place(r, column), f"“{label}”写了两次，请留一处")
        texts[label] = filled[1][1] if len(filled) > 1 else ""
        places[label] = grid.place(r, filled[1][0] if len(filled) > 1 else column + 1)
    return Cover(texts, places)


def read_year(sheets: Sheets, cover: Cover, system: IndicatorSystem) -> int:
    """The evaluated year; a mistake where it is none or the system is not valid for it."""
    text = cover.text(layout.YEAR)
    number = read_decimal(text.removesuffix("度").removesuffix("年"))
    if number is None or number not in YEARS:
        sheets.problem(cover.place(layout.YEAR), f"{layout.YEAR}“{text}”不对，请填四位年份，例如 2023")
        return system.years.first or YEARS[0]
    fault = year_fault(int(number), system)
    if fault:
        sheets.problem(cover.place(layout.YEAR), fault)
    return int(number)


def read_units(cover: Cover) -> tuple[str, ...]:
    """The subordinate units, however they are separated."""
    text = cover.text(layout.UNITS)
    for separator in _SEPARATORS:
        text = text.replace(separator, "、")
    return tuple(dict.fromkeys(unit.strip() for unit in text.split("、") if unit.strip()))
