"""Text that came out of the wrong encoding: hardly any of its characters are those that people write."""

from functools import cache
from itertools import islice

_LOOKED_AT = 4_000  # characters beyond ASCII that are looked at: a wrong encoding shows at once
_FEW = 8  # fewer characters prove nothing
_DOUBTFUL, _LEAST = 0.6, 0.45  # of a written text 95 in 100 are common, of one that was read wrong less than half
_SURE = 0.9
_MARKS = (
    "，。、；：？！“”‘’（）《》〈〉【】〔〕「」『』—…·℃％＋－×÷＝≈≥≤≧≦±／～　①②③④⑤⑥⑦⑧⑨⑩ⅠⅡⅢ■□√●○◆▲★※→━─│┃┌┐└┘├┤┬┴┼═║"
)


def is_garbled(text: str) -> bool:
    """Whether most characters beyond ASCII are rare: kana among Chinese, characters of no use, names of no place."""
    return _share(text) < _LEAST


def is_doubtful(text: str) -> bool:
    """Whether so many of them are rare that the text may be garbled."""
    return _share(text) < _DOUBTFUL


def traditional(data: bytes) -> str | None:
    """What the bytes say in Big5, where that gives common characters throughout; else None."""
    for encoding in ("cp950", "big5hkscs"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _share(text) >= _SURE:
            return text
    return None


def _share(text: str) -> float:
    """How many of the characters beyond ASCII are common; 1 where there are too few to tell."""
    beyond = list(islice((character for character in text if character > "\x7f"), _LOOKED_AT))
    if len(beyond) < _FEW:
        return 1
    common = _common()
    return sum(character in common or "\uff01" <= character <= "\uff5e" for character in beyond) / len(beyond)


@cache
def _common() -> frozenset[str]:
    """The characters of the simplified standard (GB 2312) and the frequent ones of the traditional (Big5, first level), and marks."""
    simplified = (bytes((row, cell)) for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF))
    traditional_rows = range(0xA4, 0xC7)
    cells = (*range(0x40, 0x7F), *range(0xA1, 0xFF))
    frequent = (bytes((row, cell)) for row in traditional_rows for cell in cells)
    listed = "".join(
        (b"".join(simplified).decode("gb2312", "ignore"), b"".join(frequent).decode("big5", "ignore"), _MARKS)
    )
    return frozenset(listed)
