"""R36: a budget or accounts approved or made public in a year in which they cannot have been."""

import re
from collections.abc import Iterator

from hengji.auditing.case import Case
from hengji.auditing.proof.disclosed_days import approved_when_over, disclosed_days
from hengji.auditing.text.dates import old_accounts
from hengji.model.extraction import DocumentKind, Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_DONE = r"(?:批复|批准|获批|公[开示布]|下达)"
_ON = r"(?P<on>20\d\d)\s?年\s?(?P<m>\d{1,2})\s?月(?:\s?\d{1,2}\s?日)?"
# 「2024年部门预算于2023年2月5日批复」, 「预算2023年2月1日批复」, 「上年决算2023年9月10日批复」
_TOLD = pattern(
    rf"(?<!\d)(?:(?P<y>20\d\d)\s?年(?:度)?|(?P<last>上年(?:度)?))?的?(?:部门|单位|本级|县级|区级|市级)*(?P<what>预算|决算)(?:草案|报表|公开)?(?:日期|时间)?[:,]?(?:随|由|经)?(?:[^,。;、\d《》:|\t\n]{{0,12}})?[于在]?\s?{_ON}(?:[^。;,、\d]{{0,14}}{_DONE}|(?=、(?:20\d\d)[^。;]{{2,24}}{_DONE})|(?=\s*(?:$|\n)))",
    re.MULTILINE,
)
_ADMITTED = pattern(
    "逾期|超期|补公开|未按时|推迟|延迟|调整|追加|执行|绩效|意向|草案|编制|一上|二上|控制数|三公|目标|将|提前|[日月]前|应|须|拟|计划"
)
_NOT_YET = 9  # the last month in which no budget of the next year is approved


def budget_years(case: Case) -> Iterator[Finding]:
    """R36: a budget before its year or after it, accounts within their own year or two years late; a date without a year of its own is this year's budget."""
    if not case.year or not case.found.year_stated:
        return
    told = [m for m in _TOLD.finditer(case.flat) if not (_ADMITTED.search(m[0]) or _named_before(case, m))]
    if not told:
        return
    known = [
        Span(f.start or 0, f.end or 0) for f in (*approved_when_over(case), *disclosed_days(case), *old_accounts(case))
    ]
    for match in told:
        wrong = "" if _OBJECT_BEHIND.match(case.flat, match.end()) else _wrong(case, match)
        if wrong and not any(span.start < match.end() and match.start() < span.end for span in known):
            span = Span(match.start("on"), match.end())
            message = f"“{match[0].strip()}”：{wrong}，可能是年份写错"
            yield case.finding("R36", span, message, stated=match["on"])


# 「2023年2月8日公开部门预算，2022年9月12日公开2022年度部门决算」: what a day is told of stands behind it.
_OBJECT_BEHIND = pattern(r"了?\s?(?:20\d\d\s?年(?:度)?|上年(?:度)?|本年(?:度)?)?的?(?:部门|单位|本级)?(?:预算|决算)")


def _named_before(case: Case, match: re.Match[str]) -> bool:
    """Whether a budget without a year right before it has one further on: 「2022年青溪县水务局预算2022年2月5日公开」."""
    before = case.flat[max(0, match.start() - _NEAR) : match.start()]
    return not match["y"] and re.search(r"20\d\d\s?年[^。;,]*$", before) is not None


_NEAR = 24  # characters


def _wrong(case: Case, match: re.Match[str]) -> str:
    """Why a budget or accounts cannot be of that day; nothing where they can."""
    on, month, overall = int(match["on"]), int(match["m"]), case.found.kind is DocumentKind.OVERALL
    if match["what"] == "预算":
        if match["last"] or not (match["y"] or overall):
            return ""
        of = int(match["y"] or case.year)
        if on == of - 1 and month <= _NOT_YET:
            return f"{of}年的预算不会在{on}年{month}月批复、公开"
        if of == case.year - 1:
            return ""  # this year's budget under last year's number, which R13 tells
        return f"{of}年的预算不会在{on}年才批复、公开" if on == of + 1 and month <= _NOT_YET else ""
    of = int(match["y"]) if match["y"] else case.year - 1 if match["last"] else 0
    if of:
        late = f"{of}年的决算应在{of + 1}年批复、公开"
        return late if (match["last"] and on == of) or on == of + _LATE else ""
    return (
        f"{case.year}年度的报告里，{on}年{month}月批复、公开的不是应说的决算" if overall and on == case.year - 1 else ""
    )


_LATE = 2  # years behind the accounts' own
