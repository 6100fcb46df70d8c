"""Word's automatic list numbers, which stand on the page and not in the text."""

import re
from dataclasses import dataclass, field, replace
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
    "japaneseCounting",
    "taiwaneseCounting",
    "taiwaneseCountingThousand",
)
_LEGAL = str.maketrans("〇一二三四五六七八九十百千", "零壹贰叁肆伍陆柒捌玖拾佰仟")
# Forms that have a character of their own for each of the first numbers.
_SINGLE = {
    "decimalEnclosedCircle": "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳",
    "decimalEnclosedCircleChinese": "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳",
    "decimalEnclosedParen": "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇",
    "decimalEnclosedFullstop": "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛",
    "ideographEnclosedCircle": "㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉",
    "ideographTraditional": "甲乙丙丁戊己庚辛壬癸",
    "ideographZodiac": "子丑寅卯辰巳午未申酉戌亥",
}
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_MAX_LEVEL = 9


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: where it starts, how its number is written, and the text around it (「（%1）」).

    ``style`` is the paragraph style that stands at this level; ``restart`` the level (from 1) after which it starts anew, None for
    every one above, 0 for none.
    """

    start: int = 1
    form: str = "decimal"
    text: str = ""
    legal: bool = False
    style: str = ""
    restart: int | None = None


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
            restart = levels.get(deeper, Level()).restart
            if restart is None or depth < restart:
                del counts[deeper]
        if level.form == "bullet":
            return ""

        def number(match: re.Match[str]) -> str:
            of = int(match[1]) - 1
            at = levels.get(of, Level())
            return written(counts.get(of, at.start), "decimal" if level.legal else at.form)

        return re.sub(r"%([1-9])", number, level.text)

    def depth_of(self, list_id: str, style: str) -> int:
        """The level of a list that a paragraph style stands at; the first one where the list does not say."""
        _, levels = self.lists.get(list_id, ("", {}))
        return next((depth for depth, level in levels.items() if style and level.style == style), 0)


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
    linked = _linked(root)
    lists: dict[str, tuple[str, dict[int, Level]]] = {}
    for number in root.findall(f"{_W}num"):
        base = _value(number, "abstractNumId")
        base = linked.get(base, base)
        list_id = number.get(f"{_W}numId", "")
        levels = dict(abstract.get(base, {}))
        own = False
        for override in number.findall(f"{_W}lvlOverride"):
            depth = _integer(override.get(f"{_W}ilvl"), 0)
            stated, start = override.find(f"{_W}lvl"), override.find(f"{_W}startOverride")
            level = _level(stated) if stated is not None else levels.get(depth, Level())
            if start is not None:
                level = replace(level, start=_integer(start.get(f"{_W}val"), 1))
                own = True
            levels[depth] = level
        # Lists that share a definition count on together, unless one of them starts anew.
        lists[list_id] = (f"{list_id}!" if own else base, levels)
    return Numbering(lists)


def _linked(root: Element) -> dict[str, str]:
    """Definitions that only name a style of lists, and the definitions that are that style's."""
    definitions = root.findall(f"{_W}abstractNum")
    owners = {_value(each, "styleLink"): each.get(f"{_W}abstractNumId", "") for each in definitions}
    named = {each.get(f"{_W}abstractNumId", ""): _value(each, "numStyleLink") for each in definitions}
    return {each: owners[style] for each, style in named.items() if style and style in owners}


def _value(element: Element, tag: str, default: str = "") -> str:
    found = element.find(f"{_W}{tag}")
    return found.get(f"{_W}val", default) if found is not None else default


def _level(element: Element) -> Level:
    restart = _value(element, "lvlRestart")
    return Level(
        _integer(_value(element, "start", "1"), 1),
        _value(element, "numFmt", "decimal"),
        _value(element, "lvlText"),
        element.find(f"{_W}isLgl") is not None,
        _value(element, "pStyle"),
        _integer(restart, 0) if restart else None,
    )


def written(number: int, form: str) -> str:
    """A number in one of Word's forms: 12 is 「十二」, 「xii」, 「⑫」 or 「12」."""
    if form in _CHINESE:
        return chinese(number)
    if form == "chineseLegalSimplified":
        legal = chinese(number).translate(_LEGAL)
        return f"壹{legal}" if legal.startswith("拾") else legal
    if form in _SINGLE and 1 <= number <= len(_SINGLE[form]):
        return _SINGLE[form][number - 1]
    if form == "none":
        return ""
    if form == "decimalFullWidth":
        return str(number).translate(_FULL_WIDTH)
    if form in ("upperLetter", "lowerLetter"):
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter.upper() if form == "upperLetter" else letter
    if form in ("upperRoman", "lowerRoman"):
        roman, left = "", number
        for size, letters in _ROMAN:
            roman, left = roman + letters * (left // size), left % size
        return roman.upper() if form == "upperRoman" else roman
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
