"""R13: days and months that no calendar has: 「2023年2月30日」, 「2024年6月31日前」."""

import calendar
import re
from collections.abc import Iterator

from hengji.auditing.case import Case
from hengji.model.extraction import Span
from hengji.model.finding import Finding

_DAY = re.compile(r"(?<![\d.])(?:(?P<y>20\d\d)\s?年\s?)?(?P<m>\d{1,2})\s?月\s?(?P<d>\d{1,2})\s?日")
_DOTTED = re.compile(
    r"(?<![\d.\-/])(?P<y>20\d\d)(?P<mark>[.\-/])(?P<m>0?[1-9]|1[0-2])(?P=mark)(?P<d>\d{1,2})(?![\d.\-/])"
)
_MONTH = re.compile(r"(?<!\d)(?P<y>20\d\d)\s?年\s?(?P<m>\d{2})\s?月(?!龄|薪|\s?\d{1,2}\s?日)")
_MONTHS = 12
_A_LEAP_YEAR = 2024  # where no year stands, the 29th of February may be


def impossible_days(case: Case) -> Iterator[Finding]:
    """Dates with a day that their month does not have, or with a month beyond December."""
    for form in (_DAY, _DOTTED, _MONTH):
        for match in form.finditer(case.flat):
            told = match.groupdict()
            year, month, day = int(told["y"] or _A_LEAP_YEAR), int(told["m"]), int(told.get("d") or 1)
            if 1 <= month <= _MONTHS:
                most = calendar.monthrange(year, month)[1]
                wrong = "" if 1 <= day <= most else f"{month}月没有{day}日"
            else:
                wrong = f"没有{month}月"
            if wrong:
                span = Span(match.start(), match.end())
                yield case.finding("R13", span, f"“{match[0]}”不是有效日期：{wrong}", stated=match[0])
