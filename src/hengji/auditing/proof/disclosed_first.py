"""R36: budgets and accounts made public before they were approved, budgets approved when their year was over."""

import re
from collections.abc import Iterator
from datetime import date

from hengji.auditing.case import Case
from hengji.model.extraction import Span
from hengji.model.finding import Finding

_DAY = r"(?:(?P<{0}y>20\d\d)\s?年\s?|(?P<{0}next>次年|翌年))?(?P<{0}m>\d{{1,2}})\s?月\s?(?P<{0}d>\d{{1,2}})\s?日"
_BOTH = re.compile(
    rf"(?P<what>预算|决算)[^。;,\d]{{0,8}}[,于在]?\s?{_DAY.format('a')}[^,。;、\d]{{0,8}}(?:获批|批复|批准)[^。;\d]{{0,8}}?[,、]?{_DAY.format('b')}[^,。;、\d]{{0,16}}?(?:公开|公示)"
)
_AFTER = re.compile(r"(?:批复后|批复之日起|获批后)(?:的)?第?(?P<n>\d{1,2})[日天]内?")
_LATE = re.compile(
    r"(?<!\d)(?P<y>20\d\d)年(?:度)?(?:部门|单位)?预算(?:草案)?[,]?(?:经[^,。;\d]{2,16})?[于在]\s?(?P<on>20\d\d)年\d{1,2}月(?:\d{1,2}日)?[^,。;\d]{0,12}批复"
)


def _days_after(case: Case, match: re.Match[str], days: list[tuple[int, int, int]]) -> Iterator[Finding]:
    """「8月20日批复、9月5日公开，在批复后第8日」: the day told is not the one that the two dates make."""
    told = _AFTER.search(case.flat, match.end(), min(match.end() + _NEAR, case.sentence(match.start()).end))
    between = case.flat[match.end() : told.start()] if told is not None else ""
    if told is None or "分别" in between or "内" in told[0] or "工作" in told[0]:
        return
    try:
        one, other = (date(year or case.year or 1, month, day) for year, month, day in days)
    except ValueError:
        return
    passed, said = (other - one).days, int(told["n"])
    if 0 <= passed <= _MOST and said not in (passed, passed + 1):
        span = Span(told.start(), told.end())
        message = f"{one.month}月{one.day}日批复、{other.month}月{other.day}日公开，相隔{passed}日，这里写第{said}日"
        yield case.finding("R36", span, message, stated=str(said), recomputed=str(passed))


_NEAR, _MOST = 16, 60  # characters; days


def disclosed_first(case: Case) -> Iterator[Finding]:
    """「9月15日批复，9月1日公开」: what was not yet approved cannot have been made public."""
    for match in _BOTH.finditer(case.flat) if "公" in case.flat else ():
        years = int(match["ay"] or 0), int(match["by"] or match["ay"] or 0)
        if match["anext"] or match["bnext"] or (not match["ay"] and match["by"]):
            continue
        days = [(year, int(match[f"{end}m"]), int(match[f"{end}d"])) for year, end in zip(years, "ab", strict=True)]
        if days[1] < days[0]:
            span = Span(match.start("am") if not match["ay"] else match.start("ay"), match.end())
            message = f"{match['what']}公开的日期（{days[1][1]}月{days[1][2]}日）早于批复的日期（{days[0][1]}月{days[0][2]}日）"
            yield case.finding("R36", span, message, stated=f"{days[1][1]}月{days[1][2]}日")
        yield from _days_after(case, match, days)
    for match in _LATE.finditer(case.flat) if "预算" in case.flat else ():
        if int(match["on"]) > int(match["y"]):
            span = Span(match.start(), match.end())
            message = f"{match['y']}年的预算不可能在{match['on']}年批复，可能是年份写错"
            yield case.finding("R36", span, message, stated=match["on"], recomputed=match["y"])
