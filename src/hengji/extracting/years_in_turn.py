"""Years that are listed before the figures that belong to them in turn: 「2021年、2022年、2023年分别支出1.86万元、1.42万元、1.31万元」."""

from collections.abc import Mapping
from functools import lru_cache

from hengji.model.patterns import pattern

_YEARS = pattern(r"20\d\d(?:年度?)?(?:[、,和及与]\s?20\d\d(?:年度?)?)*[、,和及与]\s?20\d\d年(?:度|末|底)?")
_RANGE = pattern(
    r"(?P<first>20\d\d)年?(?:度)?\s?[至到\-—－~～]\s?(?P<last>20\d\d)年(?:度)?(?=[^;。\d]{0,24}(?:分别|依次|逐年))"
)
_YEAR = pattern(r"20\d\d")
_FIGURE = pattern(r"(?!20\d\d年)\d[\d,]*(?:\.\d+)?")  # the year of what follows is none
_APART = pattern(r"[^\d,、;。和及]{0,6}[、,和及]\s?")
_BETWEEN = pattern(r"[^;。\d]{0,30}")


@lru_cache(maxsize=8)
def years_in_turn(text: str) -> Mapping[int, int]:
    """The year of each figure that a list or range of years gives one to, by where the figure begins."""
    found: dict[int, int] = {}
    if text.count("20") < _TWO:
        return found
    told = [(match.end(), [int(year) for year in _YEAR.findall(match[0])]) for match in _YEARS.finditer(text)]
    told += [(match.end(), list(range(int(match["first"]), int(match["last"]) + 1))) for match in _RANGE.finditer(text)]
    for end, years in told:
        between = _BETWEEN.match(text, end)
        figures = _figures(text, between.end() if between is not None else end, len(years))
        if len(figures) == len(years):
            found.update(zip(figures, years, strict=True))
    return found


_TWO = 2  # years


def _figures(text: str, start: int, most: int) -> list[int]:
    """Where figures begin that nothing but their unit and a mark stands between; none where there are more than wanted."""
    found: list[int] = []
    at = start
    while (figure := _FIGURE.match(text, at)) is not None and len(found) <= most:
        found.append(figure.start())
        apart = _APART.match(text, figure.end())
        if apart is None:
            break
        at = apart.end()
    return found
