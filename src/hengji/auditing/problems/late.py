"""R18: in time as claimed, and late as told."""

from collections.abc import Iterator

from hengji.auditing.case import Case
from hengji.auditing.problems.admitting import (
    ALLOWED,
    FEW,
    RULE,
    Admission,
    clause_around,
    is_inside,
    is_of_another_year,
    says_no,
)
from hengji.auditing.problems.claiming import NOT_ADMITTED, claim_of
from hengji.auditing.problems.contradicting import names_alone, said_with, spoken_of
from hengji.auditing.problems.zones import measure_zones
from hengji.library.amiss import load_kinds
from hengji.model.extraction import ScoredItem, Span
from hengji.model.patterns import pattern

_IN_TIME = pattern(
    r"(?=[均全都逐按及如没无未提])"  # looked at first: the forms begin with one of these
    r"(?:(?:均|全部|全数|都|逐[件项个])[^,。;]{0,20}(?:时限|按时|及时|按期|如期|[日时钟]内|[月日]底?前|时间节点|规定时间|计划时间)"
    r"|(?:按时|及时|按期|如期)[^,。;]{0,6}率[^,。;]{0,6}100%|(?:按时|及时|按期|如期)[^,。;]{0,4}(?:全部|100%)"
    r"|(?:没有|无|未)[^,。;]{0,6}(?:超期|逾期|超时|延误|延期|拖欠)|(?:如期|按期|提前)(?:全面|全部)?完成)"
)
_TOO_LATE = pattern(
    r"超(?:过|出)[^,。;]{0,10}(?:日|天|时限|期限|月|小时)|晚于|迟于|逾期|超期|超时|(?:[日天月后]|年)才|延迟|推迟|滞后|拖延|延误|延期|[晚迟][^,。;]{0,6}[天日月]|不(?:够|太|甚)?及时|不按时|[等耗用]时?间?(?:偏|较|过)长|未(?:能)?(?:按时|按期|如期|及时)|没有(?:按时|按期|如期|及时)"
)


def late_things(case: Case, full: list[ScoredItem], lost: list[ScoredItem], zones: list[Span]) -> Iterator[Admission]:
    """What the report says was late, of what a leaf with full marks says was all done in time."""
    claims = [(item, claim) for item in full if (claim := claim_of(case, item, _IN_TIME)) is not None]
    told = [(item, claim, spoken_of(f"{item.name} {said_with(case, item, claim)}")) for item, claim in claims]
    others = (
        [spoken_of(f"{item.name} {case.text(item.body)} {item.actual} {item.remark}") for item in lost] if told else []
    )
    for span in _late_places(case, zones) if told else ():
        text = case.text(span)
        if _EXCUSED.search(text) or is_of_another_year(case, text, text) or ALLOWED.search(text):
            continue
        pairs = spoken_of(_AFTER_IT.sub(" ", text))
        item, claim, own = max(
            told,
            key=lambda each: len(pairs & each[2]) + bool(pairs & names_alone(case).get(each[0].name, frozenset())),
        )
        weight = len(pairs & own)
        by_kind = None if weight else _of_its_kind(text, told)
        if by_kind is not None:
            item, claim = by_kind
        alone = by_kind is not None or bool(pairs & names_alone(case).get(item.name, frozenset()))
        if not weight > FEW and not alone and (of_works := _of_works(text, told, lost)) is not None:
            yield Admission(span, *of_works)
            continue
        if (weight > FEW or (alone and not _not_stopped(text, said_with(case, item, claim)))) and not any(
            len(pairs & other) >= weight + alone for other in others
        ):
            yield Admission(span, item, claim)


def _of_its_kind(text: str, told: list[tuple[ScoredItem, Span, frozenset[str]]]) -> tuple[ScoredItem, Span] | None:
    """The one leaf that answers for the kind of things that a text names by other words: 审批 of 许可办结率."""
    kinds = [leaf for fact, leaf in load_kinds() if fact.search(text)]
    meant = [(item, claim) for item, claim, _ in told if any(leaf.search(item.name) for leaf in kinds)]
    return meant[0] if len(meant) == 1 else None


def _of_works(
    text: str, told: list[tuple[ScoredItem, Span, frozenset[str]]], lost: list[ScoredItem]
) -> tuple[ScoredItem, Span] | None:
    """The leaf that says of all works and projects that they were in time, where one of them was not, whatever it is called."""
    if _WORKS_LATE.search(text) is None or any(_OF_WORKS.search(item.name) for item in lost):
        return None
    return next(((item, claim) for item, claim, _ in told if _WORKS.search(item.name)), None)


def _not_stopped(text: str, said: str) -> bool:
    """Whether what was late is that something ended, against a leaf that says it was done in time: 「未及时停发」 and 「每月代发」."""
    ended = _ENDED.search(text)
    return ended is not None and ended["what"] not in said


_ENDED = pattern(r"(?:未|没有|不)(?:能)?(?:及时|按时|按期|按月)(?P<what>[停退注核撤销清][\u4e00-\u9fff])")


_WORKS = pattern(
    r"(?:项目|工程|建设|改造)[^,。;]{0,6}(?:按期|按时|及时|如期|时效|进度|工期|完工)|(?:完工|竣工)(?:及时|按期)"
)
_OF_WORKS = pattern(
    r"(?:项目|工程|任务|工作|建设|改造)[^,。;]{0,6}(?:按期|按时|及时|如期|时效|进度|工期|完)|完工|竣工|及时"
)
_WORKS_LATE = pattern(
    r"(?:工程|项目|改造|建设|施工|修缮)[^。;]{0,40}(?:才|未能?(?:按期|如期|按时)|推迟[至到]|延期?[至到]|拖[至到])[^,。;]{0,12}(?:完工|竣工|建成|交付)"
)


def _late_places(case: Case, zones: list[Span]) -> Iterator[Span]:
    """The sentences that tell of something late: of the problems, and elsewhere outside the leaves with a number of it."""
    for match in _TOO_LATE.finditer(case.flat):
        at = match.start()
        start, end = clause_around(case.flat, at, match.end())
        inside = is_inside(zones, at)
        if not inside and (
            case.item_at(at) is not None
            or case.in_table(at)
            or case.aimed_at(at)
            or case.chapter_key(at) in (*NOT_ADMITTED, "自评结论", "基本情况")
            or not (_SO_MANY.search(case.flat, start, end) or _TO_ANOTHER_YEAR.search(case.flat, start, end))
            or is_inside(measure_zones(case), at)
        ):
            continue
        if not says_no(case.flat[start:at]) and not RULE.search(case.flat, start, end):
            yield Span(start, end)


_SO_MANY = pattern(r"\d\s?(?:件|份|个|项|户|宗|笔)")
_TO_ANOTHER_YEAR = pattern(r"(?:推迟|延期|顺延|拖延|延)(?:到|至)(?:20\d\d|次|下|翌)年")
_AFTER_IT = pattern(r"[\u4e00-\u9fff]{2,8}后(?=[\u4e00-\u9fff])")  # what came before: 「验收后医生派驻不及时」
_EXCUSED = pattern(r"批准延期|经批准|同意延期|不可抗力")
