"""R13: parts of a year and plans of five years, against the months and years that stand beside them: 「第二季度（7月至9月）」, 「“十四五”（2020—2024年）」."""

import re
from collections.abc import Iterator

from hengji.auditing.case import Case
from hengji.model.extraction import Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_TO = r"\s?月?(?:份)?\s?[至到~—–\-]{1,2}\s?"
_PART = pattern(
    rf"(?P<part>第?[一二三四1-4]季度|[上下]半年)\s?\(?(?:即|为|,)?(?P<a>\d{{1,2}}){_TO}(?P<b>\d{{1,2}})\s?月(?!\s?\d)"
)
_THIRD = pattern(
    r"(?<!\d)(?P<m>\d{1,2})月(?P<part>[上中下])旬\((?:即|为)?(?:(?P<n>\d{1,2})月)?(?P<d>\d{1,2})[日号]?(?:[至到~—–\-]{1,2}(?:\d{1,2}月)?(?P<e>\d{1,2}))?日"
)
_FIFTH = pattern(r"第?[五六七八九]季度|第[5-9]季度")
_PLAN = pattern(
    r"十(?P<n>[二三四五])五[\"”]?(?:规划)?(?:时期|期间|规划)?\s?\((?P<a>20\d\d)年?[至到~—–\-]{1,2}(?P<b>20\d\d)年?\)"
)
_EDGE = pattern(
    r"十(?P<n>[二三四五])五[\"”]?(?:规划)?(?:(?P<last>末年?|收官之年|最后一年|期末)|(?P<first>开局之年|首年|第一年|起始年))[的即(]?(?P<y>20\d\d)年"
)
_QUARTERS, _MONTHS = "一二三四", 12
_THIRDS = {"上": (1, 10), "中": (11, 20), "下": (21, 31)}
_FIRST_PLAN = {"二": 2011, "三": 2016, "四": 2021, "五": 2026}
_YEARS = 5


def periods_hold(case: Case) -> Iterator[Finding]:
    """Quarters, half-years, thirds of a month and five-year plans with months, days or years that are not theirs."""
    for match in _PART.finditer(case.flat) if "季度" in case.flat or "半年" in case.flat else ():
        first, last = _months(match["part"])
        a, b = int(match["a"]), int(match["b"])
        if a <= b <= _MONTHS and not first <= a <= b <= last:
            yield _finding(case, match, f"{match['part']}是{first}月至{last}月")
    for match in _FIFTH.finditer(case.flat) if "季度" in case.flat else ():
        yield _finding(case, match, "一年只有四个季度")
    for match in _THIRD.finditer(case.flat) if "旬(" in case.flat else ():
        low, high = _THIRDS[match["part"]]
        other = match["n"] and match["n"] != match["m"]
        if other or not low <= int(match["d"]) <= high or (match["e"] and not low <= int(match["e"]) <= high):
            yield _finding(case, match, f"{match['m']}月{match['part']}旬是{low}日以后、{high}日以前")
    for match in _PLAN.finditer(case.flat) if "五" in case.flat else ():
        begins = _FIRST_PLAN[match["n"]]
        if not begins <= int(match["a"]) <= int(match["b"]) < begins + _YEARS:
            yield _finding(case, match, f"“十{match['n']}五”是{begins}年至{begins + _YEARS - 1}年")
    for match in _EDGE.finditer(case.flat) if "五" in case.flat else ():
        right = _FIRST_PLAN[match["n"]] + (_YEARS - 1 if match["last"] else 0)
        if int(match["y"]) != right:
            yield _finding(case, match, f"“十{match['n']}五”{'最后' if match['last'] else '第'}一年是{right}年")


def _months(part: str) -> tuple[int, int]:
    """The first and the last month of a part of the year."""
    if part.endswith("半年"):
        return (1, 6) if part.startswith("上") else (7, 12)
    told = part.removeprefix("第")[0]
    quarter = int(told) if told.isdigit() else _QUARTERS.index(told) + 1
    return quarter * 3 - 2, quarter * 3


def _finding(case: Case, match: re.Match[str], right: str) -> Finding:
    span = Span(match.start(), match.end())
    return case.finding("R13", span, f"这里写“{match[0]}”，{right}", stated=match[0])
