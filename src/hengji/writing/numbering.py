"""Numbers headings the official way: 一、 （一） 1. （1） ①, as text that the content itself carries."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import count

from hengji.writing.blocks import Block, Chart, Heading, Table

LEVELS = 5
_DIGITS = "零一二三四五六七八九"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


def numbered(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """The blocks with every heading numbered within the one above it, tables and charts through the whole document."""
    counts = [0] * (LEVELS + 1)
    tables, charts = count(1), count(1)
    found: list[Block] = []
    for block in blocks:
        match block:
            case Heading():
                level = min(block.level, LEVELS)
                counts[level] += 1
                counts[level + 1 :] = [0] * (LEVELS - level)
                found.append(replace(block, level=level, number=ordinal(level, counts[level])))
            case Table():
                found.append(replace(block, number=f"表{next(tables)}"))
            case Chart():
                found.append(replace(block, number=f"图{next(charts)}"))
            case _:
                found.append(block)
    return tuple(found)


def ordinal(level: int, number: int) -> str:
    """The number of a heading with its punctuation: level 1 「一、」, 2 「（一）」, 3 「1.」, 4 「（1）」, 5 「①」."""
    match level:
        case 1:
            return f"{chinese(number)}、"
        case 2:
            return f"（{chinese(number)}）"
        case 3:
            return f"{number}."
        case 4:
            return f"（{number}）"
    return _CIRCLED[number - 1] if number <= len(_CIRCLED) else f"{number}）"


def chinese(number: int) -> str:
    """A whole number from 1 to 999 in Chinese: 10 is 十, 21 is 二十一, 105 is 一百零五, 110 is 一百一十."""
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    end = _DIGITS[ones] if ones else ""
    if not hundreds:
        return ("" if tens <= 1 else _DIGITS[tens]) + ("十" if tens else "") + end
    if not rest:
        return f"{_DIGITS[hundreds]}百"
    return f"{_DIGITS[hundreds]}百" + (f"{_DIGITS[tens]}十" if tens else "零") + end
