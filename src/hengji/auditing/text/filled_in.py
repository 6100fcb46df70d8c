"""R13: the day on which a report says that it was filled in, before the year that it evaluates was over."""

import re
from collections.abc import Iterator

from hengji.auditing.case import Case
from hengji.model.extraction import DocumentKind, Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_DAY = r"(?P<y>20\d\d)\s?(?:年|[-./])\s?(?P<m>\d{1,2})\s?(?:月|[-./])\s?\d{1,2}\s?日?"
# 「填表日期：2023年2月18日」
_LABELLED = pattern(
    rf"(?:填表|填报|填写|编制|编写|撰写|报告|自评|评价|报送|上报|提交|成文|制表|填制|落款)(?:日期|时间)\s?[:\t]?\s?(?P<day>{_DAY})(?!\s?[至到~—-])"
)
# The day that stands alone in the last lines, below who signs.
_ALONE = pattern(rf"\n[ \t]*(?P<day>{_DAY})[ \t]*(?=\n|$)")
_LAST = 160  # characters at the end in which a report is signed
_LAST_MONTH = 10  # from the month after it a year's own evaluation may be written
_KINDS = (DocumentKind.OVERALL, DocumentKind.PROJECT)


def filled_in_too_early(case: Case) -> Iterator[Finding]:
    """「填表日期：2023年2月18日」 on the form for 2024; the day below the signature of a report on 2024."""
    if not case.year or not case.found.year_stated or case.found.kind not in _KINDS:
        return
    tail = max(0, len(case.flat) - _LAST)
    for match in (*_LABELLED.finditer(case.flat), *_ALONE.finditer(case.flat, tail)):
        if not _too_early(match, case.year):
            continue
        message = f"{case.year}年度的自评应在{case.year + 1}年填报，这里写{match['day']}，可能是年份写错"
        span = Span(*match.span("day"))
        yield case.finding("R13", span, message, stated=match["y"], recomputed=str(case.year + 1))
        return


def _too_early(match: re.Match[str], year: int) -> bool:
    """Whether a day is of the two years before, or of the year itself before its last months."""
    told, month = int(match["y"]), int(match["m"])
    return year - 2 <= told < year or (told == year and month <= _LAST_MONTH)
