"""R13: measures still to be taken by a day that was past when the report was signed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from hengji.auditing.case import Case
from hengji.auditing.problems.zones import measure_zones, problem_zones
from hengji.auditing.text.dating import CHAPTERS_OF_NOW
from hengji.model.extraction import Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

Day = tuple[int, int, int]
# A day by which something is to be done: 「2024年4月底前」, 「2024年一季度末前」, and without 前 behind the word for a term.
_DEADLINE = pattern(
    r"(?P<y>20\d\d)\s?(?:年(?:度)?|[.\-/](?=\d))(?:\s?(?P<m>\d{1,2})\s?(?:月份?|[.\-/](?=\d)))?(?:\s?(?P<d>\d{1,2})\s?日?)?(?:第?(?P<q>[一二三四])季度|(?P<half>[上下])半年)?"
    r"(?P<part>[底末内]|[上中下]旬|初)?(?P<by>(?:之|以)?前)?"
)
_TERM = pattern(r"(?:时限|时间|期限|日期|限期?|整改期)\s?[:为是]?(?:在|于)?\s?$")  # what a day without 前 is the end of
_TO_COME = pattern(r"(?:力争|争取|确保|计划|拟|将|务必|下一步|负责)(?:在|于)?[^。;\d]{0,6}$")
_ALREADY = pattern(r"已|原|应|未|没有|约定|合同|超过|逾期|推迟|延|到期|要求")
_DONE = pattern(r"已|了|[均都][于在]|未(?!来)|没有|逾期|超过|推迟|延[期长至]|原[定计]|约定|本应|应[于在]")
_SAID = 16  # characters around a day
_LAST, _DECEMBER = 31, 12
_QUARTERS = "一二三四"


@dataclass(frozen=True, slots=True)
class Deadline:
    """A day by which something is to be done, and where it is told."""

    span: Span
    year: int
    day: Day


def deadlines_gone_by(case: Case) -> Iterator[Finding]:
    """Measures by a day gone by: 「力争2023年底前补齐」 in April 2025, 「由办公室在2024年3月底前完成」 in May 2024."""
    dated = case.found.dated
    if not case.year or (dated is not None and dated[0] <= case.year):
        return  # a report is written when its year is over, unless it says another date
    now = dated or (case.year + 1, 1, 1)
    for deadline in _deadlines(case):
        if _days(deadline.day) + (_grace(case, deadline) if dated is not None else 0) >= _days(now):
            continue
        if case.year - 1 <= deadline.year <= case.year:
            still_due = _still_planned(case, deadline) or _by_an_office(case, deadline)
        elif deadline.year < case.year:
            still_due = case.year - deadline.year <= _AGO and _by_an_office(case, deadline)
        else:
            still_due = deadline.year == now[0] and _is_measure(case, deadline)
        if still_due:
            told = case.text(deadline.span)
            shown = f"{dated[0]}年{dated[1]}月{dated[2]}日" if dated is not None else f"{case.year + 1}年"
            message = f"报告写于{shown}，这里写的{told}已经过去，却写成还要做的事，可能是时间写错或沿用旧稿"
            yield case.finding("R13", deadline.span, message, stated=told, recomputed=shown)


_GRACE = 10  # days: a report is signed some days after it was written
_RUNS_ON = 31  # days, where a measure's first step is followed by one still to come
_A_MONTH = pattern(r"(?<!\d)(\d{1,2})\s?月")


def _grace(case: Case, deadline: Deadline) -> int:
    """How many days a measure may be gone by: more where its sentence goes on to a later month: 「3月底前确定走廊方案，6月底前开工」."""
    end = deadline.span.end
    behind = _A_MONTH.findall(case.flat, end, max(case.sentence(end).end, end))
    return _RUNS_ON if any(int(month) > deadline.day[1] for month in behind) else _GRACE


def _days(day: Day) -> int:
    """Days from some day on, near enough to compare."""
    year, month, of_month = day
    return (year * _DECEMBER + month) * _LAST + of_month


def _deadlines(case: Case) -> Iterator[Deadline]:
    for match in _DEADLINE.finditer(case.flat):
        before = case.flat[max(0, match.start() - _SAID) : match.start()]
        if not match["by"] and (not (match["m"] or match["q"]) or _TERM.search(before) is None):
            continue
        yield Deadline(Span(match.start(), match.end()), int(match["y"]), _last_day(match))


def _last_day(match: re.Match[str]) -> Day:
    """The last day that a deadline leaves."""
    month, part = _DECEMBER, match["part"] or ""
    if match["m"]:
        month = int(match["m"])
    elif match["q"]:
        month = 3 * (_QUARTERS.index(match["q"]) + 1)
    elif match["half"] == "上":
        month = _DECEMBER // 2
    day = {"上": 10, "中": 20, "初": 10}.get(part[:1], _LAST)
    return int(match["y"]), month, int(match["d"]) if match["d"] else day


def _still_planned(case: Case, deadline: Deadline) -> bool:
    """Whether a day of the evaluated year itself is told of as one to come."""
    start, end = deadline.span
    if case.in_table(start) or case.chapter_key(start) not in CHAPTERS_OF_NOW:
        return False
    sentence = case.sentence(start)
    ahead = case.chapter_key(start) == "相关建议" and str(case.year + 1) not in case.text(sentence)
    said = case.flat[max(sentence.start, start - _SAID) : start]
    if _TO_COME.search(said) is None and not (ahead and re.search(r"(?:^|[,。;:])(?:在|于)?$", said)):
        return False
    return not _ALREADY.search(case.flat, max(sentence.start, start - _SAID), min(end + _SAID, sentence.end))


_AGO = 3  # years that a slip, or an old draft, may be back
_OFFICE = pattern(
    r"(?:^|[。;:,\d.、)]|措施:|[由请])\s?[\u4e00-\u9fff]{0,12}(?:股|科|室|办|中心|[大中支分总]队|处|站|所|组|局|院|馆|校|窗口|专班|车间|班)(?:负责|牵头)?,?[于在]?\s?$"
)


def _by_an_office(case: Case, deadline: Deadline) -> bool:
    """Whether a day stands right behind the office that is to take a measure by it: 「1.法规股2022年6月底前将审核时限定为5日」."""
    start = deadline.span.start
    line = case.flat[max(case.flat.rfind(mark, 0, start) for mark in "。;\n") + 1 : start]
    return _OFFICE.search(line) is not None and _is_measure(case, deadline)


def _is_measure(case: Case, deadline: Deadline) -> bool:
    """Whether a day behind the evaluated year stands in a measure, and nothing in its clause says that it was met or missed."""
    start, end = deadline.span
    if not any(zone.start <= start < zone.end for zone in measure_zones(case)):
        inside = any(zone.start <= start < zone.end for zone in problem_zones(case))
        if not inside or _TO_COME.search(case.flat, max(0, start - _SAID), start) is None:
            return False
    sentence = case.sentence(start)
    ends = _CLAUSE_END.search(case.flat, end, max(sentence.end, end))
    before = case.flat[max(sentence.start, start - _SAID) : start]
    behind = case.flat[end : ends.start() if ends is not None else sentence.end]
    return _DONE.search(before) is None and _DONE.search(behind) is None


_CLAUSE_END = pattern(r"[,。;\n]")
