"""What the heads of other people's sheets say: the unit of the amounts, the year."""

from collections.abc import Iterable

from hengji.model.patterns import pattern
from hengji.workbook.table import normal, unit_in

_MONEY = r"(?:人民币)?(亿元|百万元|万元|千元|元)"
_UNIT = pattern(rf"单位\s*[:：]?\s*{_MONEY}")
_BARE = pattern(_MONEY)
_YEAR = pattern(r"(20\d\d)\s*年(?:度|部门)")


def money_unit(texts: Iterable[str]) -> str:
    """The unit of money the texts above a table state; an empty text where they state none or more than one."""
    texts = list(texts)
    stated = {match[1] for text in texts for match in _UNIT.finditer(normal(text) + "\n" + text)}
    if not stated:
        stated = {match[1] for text in texts if (match := _BARE.fullmatch(unit_in(text)))}
    return stated.pop() if len(stated) == 1 else ""


def stated_years(texts: Iterable[str]) -> frozenset[int]:
    """The years the texts above a table name."""
    return frozenset(int(year) for text in texts for year in _YEAR.findall(text))
