"""R13: days and months that no calendar has: 「2023年2月30日」, 「2024年6月31日前」."""

import calendar
from collections.abc import Iterator

from hengji.auditing.case import Case
from hengji.model.extraction import Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_DAY = pattern(r"月\s?(?P<d>\d{1,2})\s?日")  # searched by its first sign, and its month behind it
_MONTH = pattern(r"年\s?(?P<m>1[3-9]|[2-9]\d|00)\s?月(?!龄|薪)")
_MONTH_BEFORE = pattern(r"(?<![\d.])(?:(?P<y>20\d\d)\s?年\s?)?(?P<m>\d{1,2})\s?\Z")
_YEAR_BEFORE = pattern(r"(?<!\d)20\d\d\s?\Z")
_BEFORE = 12  # characters in which a year and a month stand
_DOTTED = pattern(r"(?<![\d.\-/])(?P<y>20\d\d)(?P<mark>[.\-/])(?P<m>0?[1-9]|1[0-2])(?P=mark)(?P<d>\d{1,2})(?![\d.\-/])")
_MONTHS = 12
_A_LEAP_YEAR = 2024  # where no year stands, the 29th of February may be


def impossible_days(case: Case) -> Iterator[Finding]:
    """Dates with a day that their month does not have, or with a month beyond December."""
    for start, end, told in (*_written(case.flat), *_dotted(case.flat)):
        year, month, day = told
        if 1 <= month <= _MONTHS:
            wrong = "" if 1 <= day <= calendar.monthrange(year, month)[1] else f"{month}月没有{day}日"
        else:
            wrong = f"没有{month}月"
        if wrong:
            shown = case.flat[start:end]
            yield case.finding("R13", Span(start, end), f"“{shown}”不是有效日期：{wrong}", stated=shown)


def _written(text: str) -> Iterator[tuple[int, int, tuple[int, int, int]]]:
    """Where dates stand that are written with 月, and their years, months and days; of a month alone the first day."""
    for match in _DAY.finditer(text):
        low = max(0, match.start() - _BEFORE)
        before = _MONTH_BEFORE.search(text[low : match.start()])
        if before is not None:
            yield (
                low + before.start(),
                match.end(),
                (int(before["y"] or _A_LEAP_YEAR), int(before["m"]), int(match["d"])),
            )
    for match in _MONTH.finditer(text):
        low = max(0, match.start() - _BEFORE)
        year = _YEAR_BEFORE.search(text[low : match.start()])
        if year is not None and not text[match.end() : match.end() + 1].isdigit():
            yield low + year.start(), match.end(), (_A_LEAP_YEAR, int(match["m"]), 1)


def _dotted(text: str) -> Iterator[tuple[int, int, tuple[int, int, int]]]:
    for match in _DOTTED.finditer(text):
        yield *match.span(), (int(match["y"]), int(match["m"]), int(match["d"]))
