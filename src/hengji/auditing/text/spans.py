"""R13: spans of time that end before they begin, or are told longer or shorter than they are; anniversaries: 「成立于2003年，2023年是30周年」."""

import re
from collections.abc import Iterator
from datetime import date

from hengji.auditing.case import Case
from hengji.model.extraction import Span
from hengji.model.finding import Finding
from hengji.model.numerals import read_chinese
from hengji.model.patterns import pattern

_DAY = r"(?P<{0}y>20\d\d)\s?年\s?(?P<{0}m>\d{{1,2}})\s?月(?:\s?(?P<{0}d>\d{{1,2}})\s?日)?"
_TO = r"(?:起)?\s?[至到~—–\-]{1,2}\s?"
_RANGE = pattern(rf"{_DAY.format('a')}{_TO}{_DAY.format('b')}(?!\s?号)")
_MONTHS = pattern(
    rf"(?<![\d.\-—年])(?P<a>\d{{1,2}})月?{_TO}(?P<b>\d{{1,2}})月(?:份|底|末)?[,(]?(?:共计?|合计|总共|前后)(?P<n>\d{{1,2}})个月"
)
_DAYS = pattern(
    rf"(?:(?P<y>20\d\d)年)?(?P<am>\d{{1,2}})月(?P<ad>\d{{1,2}})日{_TO}(?:(?:20\d\d)年)?(?P<bm>\d{{1,2}})月(?P<bd>\d{{1,2}})日(?:[,(]?(?:共计?|合计|总共|前后|为期)|[^,。;\d]{{0,14}}[,(]?(?:历时|为期|共用时))(?P<n>\d{{1,3}})(?:天|日)(?=[,。;)\n]|(?!工|次)(?P<more>))"
)
_AGE = pattern(
    r"(?:成立|组建|设立|建成|创办|开馆|建[局馆校院站所])于(?P<since>(?:19|20)\d\d)\s?年[^。;\d]{0,14}(?P<on>20\d\d)\s?年(?:是|为|正值|恰逢|迎来|系)[^,。;\d]{0,12}(?P<n>\d{1,3})周年"
)


def spans_hold(case: Case) -> Iterator[Finding]:
    """Spans that run backwards, and counts of their months, days and years that the two ends do not make."""
    for match in _RANGE.finditer(case.flat):
        ends = [tuple(int(match[f"{end}{part}"] or 0) for part in "ymd") for end in "ab"]
        days = 3 if match["ad"] and match["bd"] else 2
        if ends[1][:days] < ends[0][:days]:
            yield _finding(case, match, "结束时间早于开始时间")
    for match in _MONTHS.finditer(case.flat) if "个月" in case.flat else ():
        a, b, told = int(match["a"]), int(match["b"]), int(match["n"])
        least = b - a + (1 if a == 1 else 0)  # 「4月至10月」 may begin in the middle of April, a year does not
        if a <= b and not least <= told <= b - a + 1:
            yield _finding(case, match, f"{a}月至{b}月是{b - a + 1}个月")
    for match in _DAYS.finditer(case.flat):
        yield from _days_told(case, match)
    for match in _AGE.finditer(case.flat) if "周年" in case.flat else ():
        passed = int(match["on"]) - int(match["since"])
        if passed != int(match["n"]):
            yield _finding(case, match, f"从{match['since']}年到{match['on']}年是{passed}周年")


def _days_told(case: Case, match: re.Match[str]) -> Iterator[Finding]:
    """Days told to lie between two dates, with both ends or one of them; fewer may be the days of something within."""
    year = int(match["y"] or case.year or 0)
    try:
        ends = [date(year, int(match[f"{end}m"]), int(match[f"{end}d"])) for end in "ab"]
    except ValueError:
        return
    passed, told = (ends[1] - ends[0]).days, int(match["n"])
    within = match["more"] is not None and told < passed
    if passed > 0 and told not in (passed, passed + 1) and not within:
        yield _finding(case, match, f"前后相隔{passed}天，连头带尾{passed + 1}天")


def _finding(case: Case, match: re.Match[str], right: str) -> Finding:
    span = Span(match.start(), match.end())
    return case.finding("R13", span, f"这里写“{match[0]}”，{right}", stated=match[0])


_WHEN = r"(?:(?P<{0}y>20\d\d)\s?年\s?)?(?P<{0}m>\d{{1,2}})\s?月(?:(?P<{0}d>\d{{1,2}})\s?日|[上中下]旬|[初底末])?"
_TELLS_HOW_LONG = pattern("历时|工期|前后|为期|用时|持续|连续|运行|使用|投用|满")
_LASTED = pattern(
    rf"(?<!\d){_WHEN.format('a')}[^,。;\d]{{0,14}}?(?:[,、][至到]?|[至到~—-])\s?{_WHEN.format('b')}[^,。;\d]{{0,14}}?[,(]?(?:共?历时|工期|前后|为期|共用时?|用时|持续)(?:共|约|为)?(?P<n>\d{{1,2}})\s?个月"
)
_IN_USE = pattern(
    r"(?:成立|组建|设立|建成|投用|投入使用|启用)于(?P<since>(?:19|20)\d\d)\s?年[^,。;]{0,10}[,](?:至|到|截至)(?P<until>20\d\d)\s?年[^,。;]{0,4}?(?:已|共)?(?:运行|使用|投用|成立|建成)(?:了|满)?(?P<n>\d{1,2})\s?年"
)
_IN_A_ROW = pattern(r"连续(?P<n>[二两三四五六七八九]|\d)\s?年\s?\((?P<years>20\d\d\s?年?(?:、20\d\d\s?年?)+)\)")
_OF_A_YEAR = 12  # months


def lengths_hold(case: Case) -> Iterator[Finding]:
    """Months and years said to have passed that are more or fewer than those between the two dates beside them."""
    if _TELLS_HOW_LONG.search(case.flat) is None:
        return
    for match in _LASTED.finditer(case.flat):
        first = int(match["ay"] or match["by"] or 0), int(match["am"])
        last = int(match["by"] or match["ay"] or 0), int(match["bm"])
        passed = (last[0] - first[0]) * _OF_A_YEAR + last[1] - first[1]
        if passed >= 0 and int(match["n"]) not in (passed - 1, passed, passed + 1):
            yield _told_long(case, match, f"从{match['am']}月到{match['bm']}月是{passed}个月左右", str(passed), "个月")
    for match in _IN_USE.finditer(case.flat):
        passed = int(match["until"]) - int(match["since"])
        if passed >= 0 and int(match["n"]) not in (passed - 1, passed, passed + 1):
            yield _told_long(case, match, f"从{match['since']}年到{match['until']}年是{passed}年", str(passed), "年")
    for match in _IN_A_ROW.finditer(case.flat):
        listed, told = match["years"].count("、") + 1, read_chinese(match["n"].replace("两", "二"))
        if told != listed:
            yield _told_long(case, match, f"括号里列出的是{listed}年", str(listed), "年")


def _told_long(case: Case, match: re.Match[str], right: str, passed: str, unit: str) -> Finding:
    span = Span(match.start("n"), match.end())
    return case.finding(
        "R13",
        span,
        f"写{match['n']}{unit}，{right}",
        stated=match["n"],
        recomputed=passed,
        also=(Span(match.start(), match.start("n")),),
    )
