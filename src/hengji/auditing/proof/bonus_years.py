"""R33 of a bonus for an honour of years before, whatever paper is named for it."""

from collections.abc import Iterator

from hengji.auditing.case import Case
from hengji.auditing.proof.honours import honours
from hengji.model.extraction import Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_NUMBERED = pattern(r"[〔\[(【]20\d\d[〕\])】]")
_YEAR = pattern(r"(?<!\d)(20\d\d)(?=\s?(?:年|学年|[-—~至]))")
_HONOUR = pattern(r"获|授予|评为|命名|表彰|表扬|先进|优秀|示范|称号|荣誉|奖")
_LET = pattern(
    r"曾|没有[加计]|不[再予]?[加计]|未[加计申]|背景|连续|蝉联|保持|复[审核评验查]|以来|有效期|届期|周期|不作为|评选年度|按规定可"
)


def bonus_of_years_before(case: Case) -> Iterator[Finding]:
    """「2020年9月授予的“2019—2020学年先进单位”，加2分」 in a report on 2022 that names no later year for it."""
    if not case.year or not case.found.year_stated:
        return
    for extra in case.found.extras:
        if extra.deduction or not extra.claimed:
            continue
        body = _NUMBERED.sub("", case.text(extra.body))
        years = {int(match[1]) for match in _YEAR.finditer(body)}
        if not years or max(years) >= case.year or max(years) < case.year - _FAR:
            continue
        if not _HONOUR.search(body) or _LET.search(body):
            continue
        if any(extra.body.start <= (f.start or 0) < extra.body.end and "年" in f.message for f in honours(case)):
            continue
        of = max(years)
        message = f"这是{of}年的荣誉，评价的是{case.year}年度，不宜加分"
        at = case.flat.find(str(of), extra.body.start, extra.body.end)
        span = Span(at if at >= 0 else extra.body.start, extra.body.end)
        yield case.finding("R33", span, message, stated=str(of), recomputed=str(case.year), item=extra.name)


_FAR = 6  # years before: earlier ones are of a rule
