"""R29: a form's cell for the goals of the year that only tells what evaluating is good for."""

from collections.abc import Iterator

from hengji.auditing.case import Case
from hengji.auditing.text.structure import PURPOSE, goal_beside
from hengji.model.extraction import Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

# 「年度总体目标｜预期目标｜通过开展绩效自评，强化支出责任意识……」
_CELL = pattern(
    r"(?:^|[\n\t])(?:年度|年初|预期|总体|整体|绩效|设定|项目){1,4}目标(?:值|表述|内容|情况)?:?[ ]*[\n\t]+(?P<text>[^\n\t]{12,})"
)
_DIGIT = pattern(r"\d")


def goal_cells(case: Case) -> Iterator[Finding]:
    """The first cell beside or under a label of goals that speaks of evaluating alone."""
    for match in _CELL.finditer(case.flat):
        text = match["text"]
        if PURPOSE.search(text) and not goal_beside(text) and not _DIGIT.search(text):
            span = Span(match.start("text"), match.end("text"))
            yield case.finding("R29", span, "目标栏写的是评价的意义，没有年度目标或指标")
            return
