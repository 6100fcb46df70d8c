"""R16: what a report says it never bought, or bought of no other kind, against what it tells as bought."""

import re
from collections.abc import Iterator

from hengji.auditing.case import Case, once
from hengji.auditing.ledger import SPENT
from hengji.model.extraction import Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

KINDS = ("货物", "工程", "服务")
_NO = r"(?:未|没有|无|并无|不涉及|未曾)(?:发生|实施|安排|开展|进行|产生|涉及|组织|办理|有)?(?:任何)?"
_END = r"(?:的)?(?:政府采购|采购)?(?:项目|支出|事项|活动|业务)?(?=[,。;、)\t\n]|$)"
# 「全年未发生工程类采购」, 「没有购置货物」
_DENIED = pattern(
    rf"{_NO}(?:政府)?(?P<verb>采购|购置|购买)?(?:任何)?(?P<kind>货物|工程|服务)(?:类)?(?:和(?P<other>货物|工程|服务)(?:类)?)?(?P<said>{_END})"
)
# 「只实施了服务类采购」, 「采购全部为服务类」
_ONLY = pattern(
    r"(?:只|仅)(?:实施|开展|发生|有|涉及|进行|组织|安排)?了?(?P<kind>货物|工程|服务)(?:类)?(?:政府)?采购(?:项目|事项|活动)?(?=[,。;)\t\n]|$)"
    r"|采购(?:项目|支出|内容|事项)?(?:全部|均|都)(?:为|是|属于?)(?P<kind2>货物|工程|服务)(?:类|项目)*(?:采购)?(?=[,。;)\t\n]|$)"
)
_OF_SOME = pattern(
    r"上年|去年|20\d\d年|本级|机关|下属|所属|二级|进口|中小|限额|达到|单独|其[他余]|规定|要求|目标|计划|预算(?:中|里|内)|超"
)
_LEAD = 16  # characters before a denial that say of what it is
# 「不存在无预算采购」, 「各类采购均控制在采购预算以内」
_WITHIN_PLANS = pattern(
    r"(?:不存在|没有|未发生|无)(?:发生)?(?:无预算|超预算|无计划|超计划|超范围)[、或和超无预算计划]*(?:的)?(?:政府)?采购"
    r"|采购[^。;\n\t]{0,12}(?:均|都|全部)(?:严格)?(?:控制|保持)?在[^。;\n\t]{0,12}(?:预算|计划)[^。;\n\t]{0,10}(?:内|范围)"
    r"|采购[^,。;\n\t\d]{0,8}(?:均|都)(?:未|没有)(?:突破|超出?|超过)[^,。;\n\t]{0,6}(?:预算|计划)"
)
# 「均列入年初采购计划」
_ALL_LISTED = pattern(
    r"(?:均|全部|都)(?:已)?(?:按规定)?(?:列入|纳入|编入|编制)(?:了)?[^,。;\n\t]{0,8}采购(?:预算|计划)|采购[^,。;\n\t\d]{0,6}(?:均|都|全部)有(?:采购)?(?:预算|计划)|先(?:有)?预算后采购"
)


@once
def within_plans(case: Case) -> tuple[Span, ...]:
    """Where the report says that nothing was bought beyond its plan."""
    return _first(case, _WITHIN_PLANS)


@once
def all_in_plans(case: Case) -> tuple[Span, ...]:
    """Where the report says that nothing was bought without a plan."""
    return _first(case, _WITHIN_PLANS) or _first(case, _ALL_LISTED)


def _first(case: Case, form: re.Pattern[str]) -> tuple[Span, ...]:
    told = (m for m in form.finditer(case.flat) if not case.aimed_at(m.start()))
    return tuple(Span(*match.span()) for match in told)[:1]


def of_no_such_kind(case: Case, kind: str) -> Span | None:
    """Where the report says that nothing of a kind was bought."""
    return next((span for span, kinds in _denials(case) if kind.removesuffix("采购") in kinds), None)


@once
def _denials(case: Case) -> tuple[tuple[Span, frozenset[str]], ...]:
    """Each place that denies purchases of some kinds, with those kinds."""
    if "采购" not in case.flat:
        return ()
    told: list[tuple[Span, frozenset[str]]] = []
    for match in _DENIED.finditer(case.flat):
        named = frozenset(k for k in (match["kind"], match["other"]) if k)
        if (match["verb"] or "采购" in match["said"]) and _own(case, match.start()):
            told.append((Span(*match.span()), named))
    for match in _ONLY.finditer(case.flat):
        if _own(case, match.start()):
            told.append((Span(*match.span()), frozenset(KINDS) - {match["kind"] or match["kind2"]}))
    return tuple(sorted(told, key=lambda each: each[0].start))


def _own(case: Case, start: int) -> bool:
    """Whether a denial is of all that was bought in the evaluated year."""
    low = max(case.sentence(start).start, start - _LEAD)
    lead = case.flat[low:start].replace(f"{case.year}年", "")
    return _OF_SOME.search(lead) is None and not case.aimed_at(start)


def kinds_denied(case: Case) -> Iterator[Finding]:
    """「2023年只实施了服务类采购，没有购置货物」, where 121.84万元 was paid for goods."""
    for span, kinds in _denials(case):
        place = case.paragraph(span.start)
        paid = [
            e
            for e in case.ledger
            if e.line.removesuffix("采购") in kinds
            and e.line.endswith("采购")
            and e.stage == SPENT
            and e.year == case.year
            and e.amount
            and not place.start <= e.span.start < place.end
        ]
        if paid:
            message = f"这里写“{case.found.text(span)}”，另一处{paid[0].line}支出{paid[0].shown}"
            yield case.finding("R16", span, message, recomputed=paid[0].shown, also=(paid[0].span,))
            return
