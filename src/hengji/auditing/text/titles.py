"""R13: titles of annexes that bear another year than the one that is evaluated."""

import re
from collections.abc import Iterator

from hengji.auditing.case import Case
from hengji.model.extraction import Span
from hengji.model.finding import Finding

_TITLE = re.compile(
    r"(?:附[件表]?\s?\d{0,2}[:、.\s]*)?[\u4e00-\u9fff()]{0,20}?(?P<year>20\d\d)\s?年度?[\u4e00-\u9fff()]{2,24}"
    r"(?:自评[价]?表|评分表|得分表|自评得分情况|指标完成情况表|自评报告)\s*"
)
_LONGEST = 60  # characters


def titles_of_other_years(case: Case) -> Iterator[Finding]:
    """R13: 「附件　2023年度部门整体支出绩效自评表」 in the report on 2024."""
    if not case.year or not case.found.year_stated:
        return
    for paragraph in case.found.paragraphs[1:]:
        if paragraph.end - paragraph.start > _LONGEST or case.in_table(paragraph.start):
            continue
        match = _TITLE.fullmatch(case.text(paragraph).strip())
        if match is None or int(match["year"]) == case.year or "《" in match[0]:
            continue
        at = case.flat.find(match["year"], paragraph.start, paragraph.end)
        message = f"评价的是{case.year}年度，这张表的标题写{match['year']}年度"
        yield case.finding("R13", Span(at, paragraph.end), message, stated=match["year"], recomputed=str(case.year))
