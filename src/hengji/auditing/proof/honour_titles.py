"""R33 of papers whose title names the year that an honour is for."""

from collections.abc import Iterator

from hengji.auditing.case import Case
from hengji.auditing.proof.honours import honours_of_another_year
from hengji.model.extraction import Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_TITLE = pattern(
    r"《[^》]{0,24}?(?:公布|表彰|表扬|命名|通报|授予|确定|认定)[^》]{0,12}?(?P<of>20\d\d)\s?年(?:度)?[^》]*(?:名单|先进|示范|优秀|表彰|表扬|称号|荣誉|模范|文明)[^》]*》"
)
_WON = pattern(r"获|评为|授予|命名|入选|表彰为|列为")
_NOT_COUNTED = pattern(
    r"曾|不计|未计|不加分|未加分|未申请|不属于|不在|无关|背景|连续|蝉联|保持|复[审核评]|以来|不作为|上一?年度"
)


def titled_for_another_year(case: Case) -> Iterator[Finding]:
    """A leaf argued with an honour for the year before, as the title of its paper says: 「获评省级示范，见《关于公布2022年度……名单的通知》」."""
    if not case.year or not case.found.year_stated or "年" not in case.flat:
        return
    told = [(finding.start or 0, finding.end or 0) for finding in honours_of_another_year(case)]
    extras = [extra.body for extra in case.found.extras]
    for match in _TITLE.finditer(case.flat):
        at, item = match.start(), case.item_at(match.start())
        sentence = case.text(case.sentence(at))
        if item is None or not item.claimed or int(match["of"]) != case.year - 1:
            continue
        if not _WON.search(sentence) or _NOT_COUNTED.search(sentence):
            continue
        if any(start <= at < end for start, end in told) or any(body.start <= at < body.end for body in extras):
            continue
        message = f"这是{match['of']}年度的荣誉，评价的是{case.year}年度，不能作为本年度的成效"
        span = Span(match.start(), match.end())
        yield case.finding("R33", span, message, stated=match["of"], recomputed=str(case.year), item=item.name)
