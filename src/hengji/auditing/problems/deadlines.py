"""R18: a day or a span of hours by which a leaf with full marks says that all was done, and later told as passed: 「均于12月20日前验收」, 「拖到次年1月才验收」."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from hengji.auditing.case import Case, once
from hengji.auditing.problems.admitting import ALLOWED, RULE, Admission, clause_around, is_inside, says_no
from hengji.auditing.problems.claiming import NOT_ADMITTED, place_of
from hengji.auditing.problems.contradicting import special_of, spoken_of
from hengji.auditing.problems.passing import told_of_others
from hengji.auditing.problems.settled import problem_around, tolerates
from hengji.auditing.problems.zones import measure_zones
from hengji.model.extraction import ScoredItem, Span
from hengji.model.patterns import pattern

_UNITS = {"小时": 1, "天": 24, "日": 24, "个工作日": 24, "工作日": 24}
_DATE = r"(?:(?P<y>20\d\d)年|(?P<next>次年|翌年|第二年))?(?P<m>\d{1,2})月(?:(?P<d>\d{1,2})[日号]|(?P<part>[上中下]旬|初|中|底|末))?"
_SPAN = r"(?P<n>\d{1,3})\s?(?P<u>小时|个?工作日|天|日)"
# 「12月20日前」, 「2023年10月底以前」
_BY_DATE = pattern(rf"{_DATE}(?:主?汛期?|雨季|春[耕播]|入冬|开学|封冻)?(?:[之以]?前)")
_BY_DAY = pattern(r"(?:每|当|各)?月(?P<d>\d{1,2})[日号](?:[之以]?前)")  # 「均于每月15日前」
_WITHIN = pattern(rf"{_SPAN}(?:[之以]?内)")  # 「24小时内报告412例」
_ALL = pattern(
    r"均|全部|全数|悉数|都|逐[月件项个笔]|100%|按(?:时|期|计划|任务|规定)|如期|及时|(?P<n>\d+)\s?[个件例起份户笔项].{0,30}(?<!\d)(?P=n)\s?[个件例起份户笔项]"
)
# 「拖到2024年1月26日才验收」, 「到12月中旬才完工」, 「推迟至次年3月」
_LATE_DATE = pattern(
    rf"(?:(?:拖|延|推迟|推|顺延|延期|延后|迟|直)[到至]|[到至于]|,|(?<=[\u4e00-\u9fff])){_DATE}[^,。;\d]{{0,10}}才|(?:拖|延|推迟|推|顺延|延期|延后){{1,2}}[到至]{_DATE.replace('?P<', '?P<b')}"
)
# 「拖到27日才到账」
_LATE_DAY = pattern(r"(?:[到至]|晚至)(?:当月)?(?P<d>\d{1,2})[日号][^,。;\d]{0,6}才")
# 「超过24小时才网报」, 「过了5个工作日才答复」
_LATE_SPAN = pattern(rf"(?:超过?|超出|过了|用了|等了|隔了|逾){_SPAN}(?![内前]|以内|的(?:扣|不))")
_PUBLISHED = pattern(r"公开|公示|挂网|公布")  # dated by checks of their own
_EXCUSED = pattern(
    r"批准(?:延期|顺延|调整)|同意(?:延期|顺延)|不可抗|(?:合同|协议)(?:约定|工期)[^,。;]{0,8}(?:次年|20\d\d)"
)


@dataclass(frozen=True, slots=True)
class _Late:
    """A clause that tells that something was late: its day, its day of the month or its hours, and the words around it."""

    span: Span
    text: str
    around: str
    day: tuple[int, int, int] | None = None
    of_month: int = 0
    hours: int = 0


def passed_deadlines(
    case: Case, full: list[ScoredItem], lost: list[ScoredItem], zones: list[Span]
) -> Iterator[Admission]:
    """What was late by a day or by hours that one leaf with full marks says was kept throughout, of the same things."""
    told = list(_late(case, zones))
    for late in told:
        weighed = [
            (weight, item, claim)
            for item in full
            if (claim := _kept(case, item, late)) is not None and (weight := _weight(case, late, item))
        ]
        best = max((weight for weight, _, _ in weighed), default=0)
        meant = [(item, claim) for weight, item, claim in weighed if weight == best]
        if len(meant) == 1 and not any(_weight(case, late, other) >= best for other in lost):
            yield Admission(late.span, meant[0][0], meant[0][1], sure=True)


def _late(case: Case, zones: list[Span]) -> Iterator[_Late]:
    for form in (_LATE_DATE, _LATE_DAY, _LATE_SPAN):
        for match in form.finditer(case.flat):
            at = match.start()
            if case.item_at(at) is not None or case.in_table(at) or not _is_told(case, at, zones):
                continue
            start, end = clause_around(case.flat, at, match.end())
            end = _without_what_came_of_it(case.flat, match.end(), end)
            text = case.flat[start:end]
            if says_no(case.flat[start:at]) or RULE.search(text) or ALLOWED.search(text) or _EXCUSED.search(text):
                continue
            if _PUBLISHED.search(text) or _of_before(case, case.flat[start : match.end()]):
                continue
            if not is_inside(zones, at) and told_of_others(text, case.flat[start:at]):
                continue
            span = Span(start, end)
            around = _around(case, span, zones)
            if form is _LATE_DAY:
                yield _Late(span, text, around, of_month=int(match["d"]))
            elif form is _LATE_SPAN:
                yield _Late(span, text, around, hours=_hours(match))
            else:
                yield _Late(span, text, around, day=_last_day(case, match))


# 「中修1标、4标于12月才完工，较合同工期分别迟18天和25天」
_LATER_THAN_DUE = pattern(
    r"(?:较|比|超过?|超出)(?:合同|计划|约定|规定)(?:的)?(?:工期|完工日期|竣工日期|完工时间|完成时间|时间)[^,。;\d]{0,6}(?:迟|晚|推迟|延迟|延误|拖延|超出?)?[^,。;\d]{0,3}\d+\s?(?:天|日|个月)(?!内|前)"
)
_IN_TIME = pattern(
    r"(?:按期|按时|如期|及时|准时)(?:完工|竣工|完成|建成|交付)?[率性]|(?:完工|竣工|完成|建成)(?:及时|按期|如期)[率性]?"
)


def late_works(case: Case, full: list[ScoredItem], lost: list[ScoredItem], zones: list[Span]) -> Iterator[Admission]:
    """Works told outside the leaves as later than their contracts, against the one leaf that says that all works were in time."""
    items = [item for item in full if _IN_TIME.search(item.name) and _OF_WORKS.search(item.name)]
    if len(items) != 1 or any(_IN_TIME.search(item.name) for item in lost) or tolerates(case, items[0]):
        return
    for match in _LATER_THAN_DUE.finditer(case.flat):
        at = match.start()
        if case.item_at(at) is not None or case.in_table(at) or not _is_told(case, at, zones):
            continue
        sentence = case.sentence(at)
        text = case.text(sentence)
        if ALLOWED.search(text) or _EXCUSED.search(text) or _of_before(case, text) or _NO_FAULT.search(text):
            continue
        yield Admission(sentence, items[0], place_of(case, items[0]), sure=True)
        return


_OF_WORKS = pattern(r"工程|项目|完工|竣工|施工|建设")
_NO_FAULT = pattern(r"提前|未(?:发生|出现)|没有(?:发生|出现)|免于|设计变更经|签证")


def _of_before(case: Case, told: str) -> bool:
    """Whether what was late is of an earlier year, or of what comes next."""
    years = [int(year) for year in _YEAR.findall(told)]
    return (bool(years) and max(years) < case.year) or _OTHER_YEAR.search(told) is not None


_YEAR = pattern(r"(20\d\d)年")
_OTHER_YEAR = pattern(r"上年|去年|往年|上一年度|下一?批|下年|下一?阶段|来年")


def _without_what_came_of_it(flat: str, after: int, end: int) -> int:
    """Where a clause ends that goes on to tell what came of it: 「……才验收,尾款结转,影响预算完成率」."""
    came = _CAME_OF_IT.search(flat, after, end)
    return came.start() if came is not None else end


_CAME_OF_IT = pattern(r",[^,。;]{0,10}(?:结转|影响|导致|造成|致使|涉及|惠及)")


def _is_told(case: Case, at: int, zones: list[Span]) -> bool:
    """Whether a place tells what happened: a problem, or text outside goals, measures and proposals."""
    if is_inside(measure_zones(case), at) and not is_inside(zones, at):
        return False
    return not case.aimed_at(at) and (is_inside(zones, at) or case.chapter_key(at) not in NOT_ADMITTED)


def _around(case: Case, span: Span, zones: list[Span]) -> str:
    """The problem that a clause is part of, or its paragraph: they name what was late."""
    if is_inside(zones, span.start):
        return problem_around(case, span)
    paragraph = case.paragraph(span.start)
    return case.text(paragraph) if paragraph.end - paragraph.start < _ONE else case.text(span)


_ONE = 240  # characters


def _hours(match: re.Match[str]) -> int:
    return int(match["n"]) * _UNITS[match["u"]]


def _last_day(case: Case, match: re.Match[str]) -> tuple[int, int, int]:
    prefix = "b" if match["m"] is None else ""
    return _day(case, match, prefix)


def _day(case: Case, match: re.Match[str], prefix: str = "") -> tuple[int, int, int]:
    """A date as numbers; of a part of a month its first day where it tells what was late, which is never later."""
    year = int(match[f"{prefix}y"] or 0) or case.year + bool(match[f"{prefix}next"])
    return year, int(match[f"{prefix}m"]), int(match[f"{prefix}d"] or 0) or _PARTS.get(match[f"{prefix}part"] or "", 1)


_PARTS = {"上旬": 1, "初": 1, "中旬": 11, "中": 11, "下旬": 21, "底": 25, "末": 25}
_DUE_PARTS = {"上旬": 10, "初": 10, "中旬": 20, "中": 20}
_LAST = 31


@once
def _account(case: Case, item: ScoredItem) -> str:
    return f"{item.target} {item.actual} {item.remark}" if item.table else case.text(item.body)


def _kept(case: Case, item: ScoredItem, late: _Late) -> Span | None:
    """Where a leaf says that all was done by a day, or within hours, that a late thing passed."""
    if tolerates(case, item):
        return None
    text = _account(case, item)
    form = _BY_DAY if late.of_month else _WITHIN if late.hours else _BY_DATE
    for match in form.finditer(text):
        part = _PART.search(text, 0, match.start())
        clause = text[part.end() if part is not None else 0 : (text + "。").index("。", match.end())]
        goal = _GOAL.search(clause) is not None and _OF_TIME.search(item.name) is not None and _DONE_SO.search(text)
        if not (_ALL.search(clause) or item.target.startswith(match[0]) or goal) or RULE.search(clause):
            continue
        if late.of_month and late.of_month > int(match["d"]):
            return place_of(case, item)
        if late.hours and late.hours == _hours(match):
            return place_of(case, item)
        if late.day is not None and _due(case, match) < late.day:
            return place_of(case, item)
    return None


# The day that a leaf of time gives for its goal, where it goes on to say that it was kept: 「年度指标值为6月底前。……按照合同约定完成」.
_GOAL = pattern(r"(?:指标|目标|计划|要求|约定|规定)(?:值|时间|期限)?[^,。;]{0,6}20\d\d年|(?:指标|目标)值")
_OF_TIME = pattern(r"时间|及时|时效|时限|按期|工期|如期|准时")
_DONE_SO = pattern(r"按照?[^,。;]{0,8}(?:约定|要求|计划|规定|时间|进度)[^,。;]{0,6}完成|按[时期]完成|如期完成|全部完成")
_PART = pattern(r"[^。;]*[。;](?=[^。;]*\Z)")


def _due(case: Case, match: re.Match[str]) -> tuple[int, int, int]:
    year = int(match["y"] or 0) or case.year + bool(match["next"])
    return year, int(match["m"]), int(match["d"] or 0) or _DUE_PARTS.get(match["part"] or "", _LAST)


def _weight(case: Case, late: _Late, item: ScoredItem) -> int:
    """How much a late thing is of a leaf: by the words of their own that both have, its deadline as written counting most."""
    text = f"{item.name} {_account(case, item)}"
    if any(match[0] in text for match in _BY_DATE.finditer(late.text)):
        return _SAME
    pairs = spoken_of(_AFTER.sub(" ", late.around)) & spoken_of(text)
    special = special_of(pairs)
    return len(special) + sum(pair in item.name for pair in special)


_SAME = 9
_AFTER = pattern(r"(?:涉及|惠及|影响|导致)[^。;]*")
