"""R43: a project's conclusion with a score and without a grade, where the report gives none anywhere."""

from collections.abc import Iterator

from hengji.auditing.case import Case
from hengji.auditing.scores.totals import plausible_totals
from hengji.auditing.text.structure import is_narrative
from hengji.model.extraction import DocumentKind
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_GRADED = pattern(
    r"(?:评定|评价|自评|绩效|确定|划分|对应|最终|结果)[^。;\n]{0,8}等[级次档]|等[级次档][为是:]?\s?[“\"'‘]?[优良中差合]|评定?为[“\"'‘]?[优良中差合]|[“\"'‘][优良中差][秀好]?[”\"'’]|(?<=[,、(])[优良中差](?=[。,;)\n]|$)|结果为|档次|级别"
)
_CONCLUDES = pattern(r"自评结论|评价结论|结论")


def project_graded(case: Case) -> Iterator[Finding]:
    """「三、自评结论……本项目自评得分98.70分。」 and no grade."""
    claimed = plausible_totals(case).claimed
    if case.found.kind is not DocumentKind.PROJECT or claimed is None or not is_narrative(case):
        return
    section = case.section(claimed.span.start)
    told = section is not None and _CONCLUDES.search(section.title) is not None
    if not told or case.in_table(claimed.span.start) or case.found.totals.grade is not None:
        return
    if case.found.totals.scale is None and not _GRADED.search(case.flat):
        yield case.finding("R43", claimed.span, "自评结论没有写等次", stated=claimed.value)
