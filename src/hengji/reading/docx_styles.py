"""What the styles of a Word file say of paragraphs: heading levels, lists, and text that is hidden."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar
from xml.etree.ElementTree import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_VAL = f"{W}val"
_HEADING_NAMES = ("heading ", "标题 ", "标题")
_MOST_STEPS = 20  # from a style to the one it is based on
_LEVELS = 9

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Styles:
    """By style id: the heading level, the list with its level and the style that says so, and whether text is hidden.

    A style inherits what the one says that it is based on; a level of None is the one at which the list has that style.
    """

    levels: dict[str, int] = field(default_factory=dict)
    numbers: dict[str, tuple[str, int | None, str]] = field(default_factory=dict)
    hidden: frozenset[str] = frozenset()


def read_styles(root: Element | None) -> Styles:
    """The styles of word/styles.xml; none where there is no such part."""
    if root is None:
        return Styles()
    styles = {style.get(f"{W}styleId", ""): style for style in root.findall(f"{W}style")}
    parents = {key: value_of(style, "basedOn") for key, style in styles.items()}
    levels = _inherited(styles, parents, _level)
    hidden = _inherited(styles, parents, lambda style: is_hidden(style.find(f"{W}rPr")))
    return Styles(
        {key: level for key, level in levels.items() if 0 < level <= _LEVELS},
        _inherited(styles, parents, _number),
        frozenset(key for key, yes in hidden.items() if yes),
    )


def _inherited(
    styles: dict[str, Element], parents: dict[str, str], told: Callable[[Element], T | None]
) -> dict[str, T]:
    """What every style says, or else the nearest one that it is based on."""
    own = {key: value for key, style in styles.items() if (value := told(style)) is not None}
    found: dict[str, T] = {}
    for key in styles:
        at = key
        for _ in range(_MOST_STEPS):
            if at in own:
                found[key] = own[at]
            if at in own or at not in parents:
                break
            at = parents[at]
    return found


def _level(style: Element) -> int | None:
    properties = style.find(f"{W}pPr")
    outline = properties.find(f"{W}outlineLvl") if properties is not None else None
    if outline is not None:
        return integer(outline.get(_VAL), _LEVELS) + 1
    name = value_of(style, "name").lower()
    return int(name[-1]) if name.startswith(_HEADING_NAMES) and name[-1:].isdigit() else None


def _number(style: Element) -> tuple[str, int | None, str] | None:
    properties = style.find(f"{W}pPr")
    number = properties.find(f"{W}numPr") if properties is not None else None
    if number is None or not (list_id := value_of(number, "numId")):
        return None
    level = number.find(f"{W}ilvl")
    return list_id, integer(level.get(_VAL), 0) if level is not None else None, style.get(f"{W}styleId", "")


def is_hidden(properties: Element | None) -> bool | None:
    """Whether character properties hide the text; None where they do not say."""
    found = properties.find(f"{W}vanish") if properties is not None else None
    return None if found is None else found.get(_VAL, "true") not in ("0", "false", "off")


def value_of(element: Element, tag: str) -> str:
    """The value of a child element; nothing where there is none."""
    found = element.find(f"{W}{tag}")
    return found.get(_VAL, "") if found is not None else ""


def integer(text: str | None, default: int) -> int:
    """A number as attributes write it."""
    return int(text) if text is not None and text.isascii() and text.isdigit() and len(text) < 10 else default  # noqa: PLR2004 - no count of Word's is longer
