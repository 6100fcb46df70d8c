"""R36: days of approval and disclosure that cannot both be: public before it was approved, or on another day than the count says."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from hengji.auditing.case import Case
from hengji.model.extraction import Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_DAY = r"(?:(?P<{0}y>20\d\d)\s?年)?(?P<{0}m>\d{{1,2}})\s?月(?P<{0}d>\d{{1,2}})\s?日"
_APPROVED = _DAY.format("a") + r"(?:收到|经|由)?[^,。;、\d()]{0,8}(?:批复|获批|批准)(?:\([^()\d]{0,20}\))?"
_FIRST_PUBLIC = pattern(
    _APPROVED
    + r"[,、;]?\s?(?:并|我[局单位]*)?(?:于)?"
    + _DAY.format("b")
    + r"(?:在|通过|于)?[^,。;、\d]{0,20}?公[开示]"
)
_COUNTED = pattern(
    _APPROVED + r"(?:之?后)?的?第?(?P<n>\d{1,3})\s?[日天](?:内)?\s?[(,](?:即)?" + _DAY.format("b") + r"[),]?[^,。;\d]{0,20}?公开"
)  # fmt: skip
_LATE = pattern(
    _APPROVED
    + r"(?:之?后)?[,、]?(?:相?隔|间隔|历时|过了|满)?\s?(?P<n>\d{1,3})\s?[日天](?:后)?(?:才|方)?(?:在|于|通过)[^,。;\d]{0,20}?公开"
)
_AFTER = pattern(
    _APPROVED
    + r"[,、;]?\s?"
    + _DAY.format("b")
    + r"[^,。;、\d]{0,20}?公开[,(](?:公开)?(?:在)?(?P<words>相隔|间隔|批复后)(?:第)?(?P<n>\d{1,2})\s?[日天](?P<most>(?:以)?内)?(?![、和及]\d|\s?[日天])"
)
_APPROVED_WHEN_OVER = pattern(
    r"(?<!\d)(?P<y>20\d\d)年(?:度)?(?:部门|单位)?预算(?:草案)?[,]?(?:经[^,。;\d]{2,16})?[于在]\s?(?P<on>20\d\d)年\d{1,2}月(?:\d{1,2}日)?[^,。;\d]{0,12}批复"
)
_WITHIN = 20


def disclosed_days(case: Case) -> Iterator[Finding]:
    """R36 of one sentence that tells both days."""
    for match in _FIRST_PUBLIC.finditer(case.flat) if "批" in case.flat else ():
        days = _days(match, case.year)
        if days is not None and days[1] < days[0] and (match["ay"] or not match["by"]):
            message = f"{days[0]}批复，而写{days[1]}已公开，公开早于批复"
            yield case.finding("R36", Span(*match.span()), message, stated=str(days[1]), recomputed=f"≥{days[0]}")
    for match in _COUNTED.finditer(case.flat) if "批" in case.flat else ():
        days = _days(match, case.year)
        if days is not None and abs((days[1] - days[0]).days - int(match["n"])) > 1:
            right = days[0] + timedelta(days=int(match["n"]))
            message = f"{days[0]}批复后第{match['n']}日是{right}，这里写{days[1]}，相隔{(days[1] - days[0]).days}日"
            yield case.finding("R36", Span(*match.span()), message, stated=str(days[1]), recomputed=str(right))
    for match in _AFTER.finditer(case.flat) if "批" in case.flat else ():
        days = _days(match, case.year)
        gap = (days[1] - days[0]).days if days is not None else -1
        told = int(match["n"])
        if 0 <= gap <= _WITHIN and (gap > told if match["most"] else abs(gap - told) > 1):
            message = f"{match['am']}月{match['ad']}日批复到{match['bm']}月{match['bd']}日公开是{gap}日，这里写{match['words']}{told}日"
            span = Span(match.start("words"), match.end())
            yield case.finding("R36", span, message, stated=match["n"], recomputed=str(gap))
    for match in _LATE.finditer(case.flat) if "批" in case.flat else ():
        if int(match["n"]) > _WITHIN and "内" not in match[0]:
            message = f"批复后{match['n']}日公开，超过20日"
            yield case.finding("R36", Span(*match.span()), message, stated=match["n"], recomputed=str(_WITHIN))


def approved_when_over(case: Case) -> Iterator[Finding]:
    """R36: 「2023年部门预算于2024年2月批复」: a year's budget is approved before the year is over."""
    for match in _APPROVED_WHEN_OVER.finditer(case.flat) if "批" in case.flat else ():
        if int(match["on"]) > int(match["y"]):
            message = f"{match['y']}年的预算不可能在{match['on']}年批复，可能是年份写错"
            yield case.finding("R36", Span(*match.span()), message, stated=match["on"], recomputed=match["y"])


def _days(match: re.Match[str], evaluated: int) -> tuple[date, date] | None:
    """Both days; a year that is not written is the other's, else the evaluated one."""
    year = int(match["ay"] or match["by"] or evaluated or 2000)
    try:
        first = date(year, int(match["am"]), int(match["ad"]))
        return first, date(int(match["by"] or year), int(match["bm"]), int(match["bd"]))
    except ValueError:
        return None
