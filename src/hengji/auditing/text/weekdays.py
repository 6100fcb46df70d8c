"""R13: the day of the week beside a date, against the calendar: 「2023年11月6日（星期三）」 was a Monday."""

from collections.abc import Iterator
from datetime import date

from hengji.auditing.case import Case
from hengji.model.extraction import Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_WEEK = "一二三四五六日"
_TOLD = pattern(
    r"(?<![\d.])(?:(?P<y>20\d\d)\s?年\s?)?(?P<m>\d{1,2})\s?月\s?(?P<d>\d{1,2})\s?日[(,]?(?:星期|周|礼拜)(?P<w>[一二三四五六日天])(?!期|次|[至到~—-])"
)


def weekdays_hold(case: Case) -> Iterator[Finding]:
    """Days of the week that a date did not fall on; a date without its year may be of the evaluated year or the next."""
    for match in _TOLD.finditer(case.flat):
        years = [int(match["y"])] if match["y"] else [case.year, case.year + 1] if case.year else []
        told = match["w"].replace("天", "日")
        try:
            days = [_WEEK[date(year, int(match["m"]), int(match["d"])).weekday()] for year in years]
        except ValueError:
            continue
        if days and told not in days:
            message = f"{years[0]}年{match['m']}月{match['d']}日是星期{days[0]}，这里写星期{told}"
            span = Span(match.start(), match.end())
            yield case.finding("R13", span, message, stated=f"星期{told}", recomputed=f"星期{days[0]}")
