"""R36: within how many days budgets must be public by the rule that the report prints, and which delay it admits."""

import re
from datetime import date, timedelta

from hengji.auditing.case import Case, once
from hengji.model.extraction import ScoredItem, Span
from hengji.model.numerals import read_chinese
from hengji.model.patterns import pattern

_BY_LAW = 20  # 预算法第十四条
# 「批复后20个工作日内公开的得5分」, 「收到批复之日起十五日内」
_RULE = pattern(
    r"(?:批复|批准|获批|下达)[^,。;\d]{0,10}?(?P<n>\d{1,2}|[一二三四五六七八九十]{1,3})\s?(?P<unit>个?工作日|[日天])(?:之内|以内|内)(?P<behind>[^。\n]{0,30})"
)
_SCORES = pattern(r"得\s?\d|[计给]\s?\d|扣|满分|得分")
_AS_RULED = pattern(r"(?:规则|标准|办法|细则|要求|规定|应当?|评分|得分)[^。;\n]{0,24}$")
_LEAD = 30  # characters before a rule that say that it is one
_SATURDAY = 5
_YEAR = 366
_HOLIDAYS = 8  # working days that feasts may take from any stretch of weeks


@once
def limit(case: Case) -> tuple[int, bool]:
    """The most days and whether only working days count: the widest rule that is printed, else the law's."""
    told = [
        (n, "工作" in match["unit"])
        for match in _RULE.finditer(case.flat)
        if (n := _number(match)) and _is_rule(case, match)
    ]
    return max(told, key=lambda each: (each[0] * (7 if each[1] else 5), each[1]), default=(_BY_LAW, False))


def _number(match: re.Match[str]) -> int:
    return int(match["n"]) if match["n"].isdigit() else int(read_chinese(match["n"]) or 0)


def _is_rule(case: Case, match: re.Match[str]) -> bool:
    """Whether so many days are a rule, and not what was done."""
    lead = case.flat[max(0, match.start() - _LEAD) : match.start()]
    return _SCORES.search(match["behind"]) is not None or _AS_RULED.search(lead) is not None


def allowed(case: Case) -> str:
    """The limit in words: 「20日」, 「20个工作日」."""
    most, working = limit(case)
    return f"{most}个工作日" if working else f"{most}日"


def beyond(case: Case, first: date, last: date) -> bool:
    """Whether the second day comes too late after the first."""
    most, working = limit(case)
    days = (last - first).days
    if not working or days > _YEAR:
        return days > most
    worked = sum(1 for k in range(1, days + 1) if (first + timedelta(days=k)).weekday() < _SATURDAY)
    return worked - min(_HOLIDAYS, worked // 3) > most


_LATE = pattern(r"晚[于了]?|迟|逾期|超[期时过出]|拖延?|延误|滞后")
_TAKEN_OFF = pattern(r"[^。\n]{0,30}(?:超[过期出时]?|晚|逾期|迟|拖|延误)[^。\n]{0,24}(?:扣|减|失)(?:去|了)?\s?\d")


def admitted(case: Case, span: Span, item: ScoredItem | None) -> bool:
    """Whether a delay is told as one and taken off: 「晚4天，扣2分」, or lost the leaf some of its points."""
    if _TAKEN_OFF.match(case.flat, span.end):
        return True
    lost = item is not None and item.points is not None and item.claimed is not None and item.claimed < item.points
    if lost and item is not None and _BY_RULE.search(item.rule):
        return True
    told = case.text(item.body).replace(item.rule, " ") if item is not None and item.rule else ""
    told += "" if item is None else f"{item.actual};{item.remark};{item.reason}"
    if item is not None and not item.table:
        told += case.flat[span.end : min(item.body.end, span.end + _LEAD)]
    return lost and _LATE.search(told) is not None


_BY_RULE = pattern(r"(?:逾期|超期|每[迟晚超]|未在|未按)[^。;]{0,16}扣")  # a delay is what the rule takes points off for
