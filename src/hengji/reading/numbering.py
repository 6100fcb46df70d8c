"""Word's automatic list numbers, which stand on the page and not in the text."""

import re
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DIGITS = "〇一二三四五六七八九"
_ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)
_CHINESE = (
    "chineseCounting",
    "chineseCountingThousand",
    "ideographTraditional",
    "japaneseCounting",
    "taiwaneseCounting",
    "taiwaneseCountingThousand",
    "chineseLegalSimplified",
)
_MAX_LEVEL = 9


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: where it starts, how its number is written, and the text around it (「（%1）」)."""

    start: int = 1
    form: str = "decimal"
    text: str = ""
    legal: bool = False


@dataclass
class Numbering:
    """The lists of a document and how far each has counted."""

    lists: dict[str, tuple[str, dict[int, Level]]] = field(default_factory=dict)
    counters: dict[str, dict[int, int]] = field(default_factory=dict)

    def next(self, list_id: str, depth: int) -> str:
        """The number of the next paragraph of a list at a level, as Word prints it; empty for bullets and unknown lists."""
        if list_id not in self.lists or depth >= _MAX_LEVEL:
            return ""
        group, levels = self.lists[list_id]
        level = levels.get(depth)
        if level is None:
            return ""
        counts = self.counters.setdefault(group, {})
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [each for each in counts if each > depth]:
            del counts[deeper]
        if level.form in ("bullet", "none"):
            return ""

        def number(match: re.Match[str]) -> str:
            of = int(match[1]) - 1
            at = levels.get(of, Level())
            return written(counts.get(of, at.start), "decimal" if level.legal else at.form)

        return re.sub(r"%([1-9])", number, level.text)


def read_numbering(root: Element | None) -> Numbering:
    """The lists of word/numbering.xml; none where there is no such part."""
    if root is None:
        return Numbering()
    abstract = {
        each.get(f"{_W}abstractNumId", ""): {
            _integer(level.get(f"{_W}ilvl"), 0): _level(level) for level in each.findall(f"{_W}lvl")
        }
        for each in root.findall(f"{_W}abstractNum")
    }
    lists: dict[str, tuple[str, dict[int, Level]]] = {}
    for number in root.findall(f"{_W}num"):
        reference = number.find(f"{_W}abstractNumId")
        base = reference.get(f"{_W}val", "") if reference is not None else ""
        list_id = number.get(f"{_W}numId", "")
        levels = dict(abstract.get(base, {}))
        own = False
        for override in number.findall(f"{_W}lvlOverride"):
            depth = _integer(override.get(f"{_W}ilvl"), 0)
            stated, start = override.find(f"{_W}lvl"), override.find(f"{_W}startOverride")
            level = _level(stated) if stated is not None else levels.get(depth, Level())
            if start is not None:
                level = Level(_integer(start.get(f"{_W}val"), 1), level.form, level.text, level.legal)
                own = True
            levels[depth] = level
        # Lists that share a definition count on together, unless one of them starts anew.
        lists[list_id] = (f"{list_id}!" if own else base, levels)
    return Numbering(lists)


def _level(element: Element) -> Level:
    def value(tag: str, default: str) -> str:
        found = element.find(f"{_W}{tag}")
        return found.get(f"{_W}val", default) if found is not None else default

    return Level(
        _integer(value("start", "1"), 1),
        value("numFmt", "decimal"),
        value("lvlText", ""),
        element.find(f"{_W}isLgl") is not None,
    )


def written(number: int, form: str) -> str:
    """A number in one of Word's forms: 12 is 「十二」, 「xii」, 「⑫」 or 「12」."""
    if form in _CHINESE:
        return chinese(number)
    if form in ("upperLetter", "lowerLetter"):
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter.upper() if form == "upperLetter" else letter
    if form in ("upperRoman", "lowerRoman"):
        roman, left = "", number
        for size, letters in _ROMAN:
            roman, left = roman + letters * (left // size), left % size
        return roman.upper() if form == "upperRoman" else roman
    if form.startswith("decimalEnclosedCircle") and 1 <= number <= 20:  # noqa: PLR2004 - Unicode has twenty in a row
        return chr(0x2460 + number - 1)
    if form == "ideographDigital":
        return "".join(_DIGITS[int(digit)] for digit in str(number))
    return f"{number:02d}" if form == "decimalZero" else str(number)


def chinese(number: int) -> str:
    """A number below ten thousand in Chinese: 10 is 十, 21 is 二十一, 105 is 一百〇五."""
    if not 0 < number < 10_000:  # noqa: PLR2004 - no list is longer
        return str(number)
    text, pending = "", False
    for size, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, size)
        if digit:
            text += ("〇" if pending and text else "") + _DIGITS[digit] + unit
            pending = False
        else:
            pending = bool(text)
    return text.removeprefix("一") if text.startswith("一十") else text


def _integer(text: str | None, default: int) -> int:
    return int(text) if text is not None and text.isascii() and text.isdigit() and len(text) < 6 else default  # noqa: PLR2004 - no list is longer
