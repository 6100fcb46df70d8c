"""Tables of a web page that other elements draw: by their style (``display: table-cell``) or by the role they are said to have."""

import re

from lxml.html import HtmlElement

from hengji.model.patterns import pattern

_DISPLAY = pattern(
    r"display\s*:\s*(table(?:-(?:row-group|header-group|footer-group|row|cell))?)\s*(?:;|!|$)", re.IGNORECASE
)
_TAGS = {
    "table": "table",
    "grid": "table",
    "table-row-group": "tbody",
    "table-header-group": "thead",
    "table-footer-group": "tfoot",
    "rowgroup": "tbody",
    "table-row": "tr",
    "row": "tr",
    "table-cell": "td",
    "cell": "td",
    "gridcell": "td",
    "columnheader": "td",
    "rowheader": "td",
}
_OWN = frozenset(("table", "thead", "tbody", "tfoot", "tr", "td", "th"))
_GROUPS = ("thead", "tbody", "tfoot")
_FEWEST = 2  # rows, and columns


def with_drawn_tables(root: HtmlElement) -> None:
    """Gives such elements the tags of tables, where they are rows of cells."""
    drawn = {element: tag for element in root.iter() if (tag := _tag(element))}
    for element, tag in drawn.items():
        if tag != "table":
            continue
        rows = [row for row in _below(element, drawn) if drawn.get(row) == "tr"]
        cells = [cell for row in rows for cell in row if drawn.get(cell) == "td"]
        if len(rows) < _FEWEST or len(cells) < _FEWEST * len(rows):
            continue
        for each in (element, *(group for group in element if drawn.get(group) in _GROUPS), *rows, *cells):
            each.tag = drawn[each]


def _tag(element: HtmlElement) -> str:
    """The tag of a table that an element stands for; nothing for any other and for those that have it."""
    if not isinstance(element.tag, str) or element.tag in _OWN:
        return ""
    display = _DISPLAY.search(element.get("style", ""))
    return _TAGS.get(display[1].lower() if display else element.get("role", "").lower(), "")


def _below(table: HtmlElement, drawn: dict[HtmlElement, str]) -> list[HtmlElement]:
    return [row for child in table for row in (child if drawn.get(child) in _GROUPS else (child,))]
