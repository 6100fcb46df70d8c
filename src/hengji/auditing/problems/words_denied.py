"""R18: a paper or a thing that a leaf with full marks says is complete, or is without, in the very words by which a problem says the opposite."""

import re
from collections.abc import Iterator

from hengji.auditing.case import Case
from hengji.auditing.problems.admitting import (
    ALLOWED,
    RULE,
    Admission,
    clause_around,
    is_of_another_year,
    is_right_again,
)
from hengji.auditing.problems.claiming import claim_of
from hengji.auditing.problems.contradicting import special_of, spoken_of
from hengji.model.extraction import ScoredItem, Span
from hengji.model.patterns import pattern

# 「11月有5天的留样登记没有填写」
_MISSING = pattern(
    r"(?P<what>[\u4e00-\u9fff]{4})(?:均|都|一直|也)?(?:没有|未|漏|空白|缺[失少页项]|不全|不齐)(?=[填登记签写录归建补做上,。;]|$)"
)
_COMPLETE = r"(?:[^,。;\n]{0,4}(?:齐全|完整|齐备|规范|到位|及时|无遗漏|不漏|不少)|,?[一]?[天次页项件]不少)"
# 「无露天堆放」
_WITHOUT = pattern(
    r"(?:(?<![有毫从])无|没有|未见|杜绝了?)(?P<what>[\u4e00-\u9fff]{4,7})(?:现象|情形|情况)?(?=[,。;、\n]|$)"
)
_VOID = pattern(r".*(?:问题|违规|违纪|投诉|事故|情况|意见|风险|发生|发现|出现|其他|相关|项目|资金|预算|变动|调整).*")
_DENIED = pattern(r"(?:没有|未|无|杜绝|防止|避免|消除|清理|整治|治理|解决)[^,。;]{0,6}$")


def words_denied(case: Case, full: list[ScoredItem], zones: list[Span]) -> Iterator[Admission]:
    """The clauses of the problems that tell as missing, or as there, what one leaf says is not."""
    yield from _missing(case, full, zones)
    yield from _there(case, full, zones)
    yield from _counted(case, full, zones)
    yield from _failed(case, full, zones)


def _missing(case: Case, full: list[ScoredItem], zones: list[Span]) -> Iterator[Admission]:
    for zone in zones:
        for match in _MISSING.finditer(case.flat, zone.start, zone.end):
            form = re.compile(re.escape(match["what"]) + _COMPLETE)
            claims = [(item, at) for item in full for at in form.finditer(case.flat, item.body.start, item.body.end)]
            span = _told(case, match.start(), match.end())
            if len(claims) == 1 and span is not None:
                item, at = claims[0]
                yield Admission(span, item, Span(at.start(), at.end()), sure=True)


def _there(case: Case, full: list[ScoredItem], zones: list[Span]) -> Iterator[Admission]:
    for item in full if zones else ():
        for claim in _WITHOUT.finditer(case.flat, item.body.start, item.body.end):
            if _VOID.fullmatch(claim["what"]):
                continue
            for zone in zones:
                at = case.flat.find(claim["what"], zone.start, zone.end)
                span = _told(case, at, at + len(claim["what"])) if at >= 0 else None
                if span is not None and not _DENIED.search(case.flat, span.start, at):
                    yield Admission(span, item, Span(claim.start(), claim.end()), sure=True)


# 「干部职工零投诉」, 「全年没有发生停电」
_NONE = pattern(
    r"(?:零|(?<![有毫从])无|(?:没有|未)(?:发生|出现|收到|接到|发现)?(?:过)?(?:一[起例件次])?(?:任何)?)(?P<what>投诉|差错|返工|退件|举报|信访|上访|停电|停水|断供|断网|中断|泄密|纠纷|火情|火灾|错发|漏发|错保|漏保|事故)"
)
_SO_MANY = r"[1-9]\d*\s?[起件次例宗人户]"


def _counted(case: Case, full: list[ScoredItem], zones: list[Span]) -> Iterator[Admission]:
    """The clauses of the problems that count what one leaf says there was none of, of the same things."""
    for item in full if zones else ():
        for claim in _NONE.finditer(case.flat, item.body.start, item.body.end):
            what = claim["what"]
            form = re.compile(
                rf"{what}(?![办处调率信渠电热件])[^,。;\d]{{0,6}}{_SO_MANY}|{_SO_MANY}[^,。;\d]{{0,8}}{what}(?![办处调率])"
            )
            for match in (match for zone in zones for match in form.finditer(case.flat, zone.start, zone.end)):
                span = _told(case, match.start(), match.end())
                if span is None or _DENIED.search(case.flat, span.start, match.start()):
                    continue
                own = special_of(spoken_of(f"{item.name} {case.text(item.body)}".replace(what, " ")))
                if own & special_of(spoken_of(case.text(span).replace(what, " "))):
                    yield Admission(span, item, Span(claim.start(), claim.end()), sure=True)


# 「屋面修缮质量未达到验收要求，2024年1月返工」, against 「通过四方验收」
_FAILED = pattern(
    r"(?:质量|验收|检测)[^,。;]{0,8}(?:未达到?|没有达到?|不合格|不达标|未(?:能)?通过|没有通过|不符合)|(?<!无)(?<!未)返工(?!率)"
)
_PASSED = pattern(r"通过[^,。;]{0,8}验收|(?:验收|质量)(?:均|全部|结果)?(?:为)?(?:合格|优良|达标)")


def _failed(case: Case, full: list[ScoredItem], zones: list[Span]) -> Iterator[Admission]:
    """The clauses of the problems that tell that something did not pass, of the one leaf by whose name it goes, which says that it passed."""
    claims = [(item, claim) for item in full if (claim := claim_of(case, item, _PASSED)) is not None] if zones else []
    for match in (
        (match for zone in zones for match in _FAILED.finditer(case.flat, zone.start, zone.end)) if claims else ()
    ):
        span = _told(case, match.start(), match.end())
        text = case.text(span) if span is not None else ""
        told = special_of(spoken_of(text))
        meant = [(item, claim) for item, claim in claims if told & special_of(spoken_of(item.name))]
        if span is not None and len(meant) == 1 and not is_right_again(case, text):
            yield Admission(span, meant[0][0], meant[0][1], sure=True)


def _told(case: Case, start: int, end: int) -> Span | None:
    """The clause of this year, and no rule, around a place."""
    first, last = clause_around(case.flat, start, end)
    text = case.flat[first:last]
    if RULE.search(text) or ALLOWED.search(text) or is_of_another_year(case, text, text):
        return None
    return Span(first, last)
