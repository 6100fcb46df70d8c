"""R36: budgets and accounts made public before they were approved, budgets approved when their year was over."""

import re
from collections.abc import Iterator

from hengji.auditing.case import Case
from hengji.model.extraction import Span
from hengji.model.finding import Finding

_DAY = r"(?:(?P<{0}y>20\d\d)\s?年\s?|(?P<{0}next>次年|翌年))?(?P<{0}m>\d{{1,2}})\s?月\s?(?P<{0}d>\d{{1,2}})\s?日"
_BOTH = re.compile(
    rf"(?P<what>预算|决算)[^。;,\d]{{0,8}}[,于在]?\s?{_DAY.format('a')}[^,。;、\d]{{0,8}}(?:获批|批复|批准)[^。;\d]{{0,8}}?[,、]?{_DAY.format('b')}[^,。;、\d]{{0,16}}?(?:公开|公示)"
)
_LATE = re.compile(
    r"(?<!\d)(?P<y>20\d\d)年(?:度)?(?:部门|单位)?预算(?:草案)?[,]?(?:经[^,。;\d]{2,16})?[于在]\s?(?P<on>20\d\d)年\d{1,2}月(?:\d{1,2}日)?[^,。;\d]{0,12}批复"
)


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
    for match in _LATE.finditer(case.flat) if "预算" in case.flat else ():
        if int(match["on"]) > int(match["y"]):
            span = Span(match.start(), match.end())
            message = f"{match['y']}年的预算不可能在{match['on']}年批复，可能是年份写错"
            yield case.finding("R36", span, message, stated=match["on"], recomputed=match["y"])
