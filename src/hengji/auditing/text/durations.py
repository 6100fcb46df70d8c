"""R13: how long something took, against the months between which it did: 「3月开工、11月完工，历时5个月」."""

import re
from collections.abc import Iterator

from hengji.auditing.case import Case
from hengji.model.extraction import Span
from hengji.model.finding import Finding
from hengji.model.numerals import read_chinese
from hengji.model.patterns import pattern

_WHEN = r"(?:(?P<{0}y>20\d\d)\s?年\s?)?(?P<{0}m>\d{{1,2}})\s?月(?:(?P<{0}d>\d{{1,2}})\s?日|[上中下]旬|[初底末])?"
_TELLS_HOW_LONG = pattern("历时|工期|前后|为期|用时|持续|连续|运行|使用|投用|满")
_LASTED = pattern(
    rf"(?<!\d){_WHEN.format('a')}[^,。;\d]{{0,14}}?(?:[,、][至到]?|[至到~—-])\s?{_WHEN.format('b')}[^,。;\d]{{0,14}}?[,(]?(?:共?历时|工期|前后|为期|共用时?|用时|持续)(?:共|约|为)?(?P<n>\d{{1,2}})\s?个月"
)
_AGE = pattern(
    r"(?:成立|组建|设立|建成|投用|投入使用|启用)于(?P<since>(?:19|20)\d\d)\s?年[^,。;]{0,10}[,,](?:至|到|截至)(?P<until>20\d\d)\s?年[^,。;]{0,4}?(?:已|共)?(?:运行|使用|投用|成立|建成)(?:了|满)?(?P<n>\d{1,2})\s?年"
)
_IN_A_ROW = pattern(r"连续(?P<n>[二两三四五六七八九]|\d)\s?年\s?\((?P<years>20\d\d\s?年?(?:、20\d\d\s?年?)+)\)")
_MONTHS = 12


def durations_hold(case: Case) -> Iterator[Finding]:
    """Months and years said to have passed that are more or fewer than those between the two dates beside them."""
    if _TELLS_HOW_LONG.search(case.flat) is None:
        return
    for match in _LASTED.finditer(case.flat):
        first = int(match["ay"] or match["by"] or 0), int(match["am"])
        last = int(match["by"] or match["ay"] or 0), int(match["bm"])
        passed = (last[0] - first[0]) * _MONTHS + last[1] - first[1]
        if passed >= 0 and int(match["n"]) not in (passed - 1, passed, passed + 1):
            yield _finding(case, match, f"从{match['am']}月到{match['bm']}月是{passed}个月左右", str(passed), "个月")
    for match in _AGE.finditer(case.flat):
        passed = int(match["until"]) - int(match["since"])
        if passed >= 0 and int(match["n"]) not in (passed - 1, passed, passed + 1):
            yield _finding(case, match, f"从{match['since']}年到{match['until']}年是{passed}年", str(passed), "年")
    for match in _IN_A_ROW.finditer(case.flat):
        listed, told = match["years"].count("、") + 1, read_chinese(match["n"].replace("两", "二"))
        if told != listed:
            yield _finding(case, match, f"括号里列出的是{listed}年", str(listed), "年")


def _finding(case: Case, match: re.Match[str], right: str, passed: str, unit: str) -> Finding:
    span = Span(match.start("n"), match.end())
    return case.finding(
        "R13",
        span,
        f"写{match['n']}{unit}，{right}",
        stated=match["n"],
        recomputed=passed,
        also=(Span(match.start(), match.start("n")),),
    )
