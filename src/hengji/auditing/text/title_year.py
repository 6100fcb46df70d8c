"""R13: a title that bears another year than everything below it."""

from collections import Counter
from collections.abc import Iterator

from hengji.auditing.case import Case, once
from hengji.auditing.text.dating import CHAPTERS_OF_NOW
from hengji.model.extraction import DocumentKind, Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_HEAD = 240  # characters in which the title stands
_TITLE = pattern(
    r"(?P<y>20\d\d)\s?年?(?:度)?[^。;,\n《》\d]{0,30}?(?:自评|自我评价|绩效评价)[\u4e00-\u9fff]{0,8}(?:报告|材料|说明|总结)"
)
# What a report says of the year it is on: its money, its goals, its end, what is evaluated.
_OWN = pattern(
    r"(?<!\d)(?P<y>20\d\d)\s?年(?:度)?,?(?:[我本][\u4e00-\u9fff]{1,3})?(?:"
    r"(?:的?(?:部门|单位|年初|全年|财政|整体|支出|总|全口径)){0,3}(?:预算|收入|支出|拨款)[\u4e00-\u9fff]{0,8}\d"
    r"|(?:末|底|12月31日)[,]?(?:实有|在编|在职|共有|固定资产|资产)"
    r"|[\u4e00-\u9fff]{0,8}目标(?:为|是|:)"
    r"|(?:计划|全年|共|累计)?(?:完成|开展|实施|举办|办理|受理)[^。;,\n]{0,14}\d"
    r"|[\u4e00-\u9fff]{0,14}(?:自评|绩效评价)(?:的?(?:综合|总|基础)?(?:得分|总分)|(?:工作)?(?:情况|有关情况)?(?:报告|汇报)?如下|工作的通知|的通知))"
)
_OTHERWISE = pattern(
    "上年|去年|同期|同比|较|比20|决算|结转|结余|公开|审计|巡[察视]|整改|下一年|拟|将|谋划|打算|改进|编制"
)
_WITNESSES = 2  # statements of the other year below the title


@once
def title_of_another_year(case: Case) -> tuple[Finding, ...]:
    """The title whose year nothing below it tells of as its own, where the year beside it is told of again and again."""
    title = _TITLE.search(case.flat, 0, _HEAD) if case.found.kind is DocumentKind.OVERALL else None
    if title is None or int(title["y"]) != case.year:
        return ()
    told = Counter(_told(case, title.end()))
    named = Counter(mention.year for mention in case.found.years if mention.span.start > title.end())
    other = max((case.year - 1, case.year + 1), key=lambda year: (told[year], named[year]))
    signed = case.found.dated[0] if case.found.dated is not None else 0
    if told[case.year] or (signed and signed <= other):
        return ()
    unnamed = named[case.year] == 0 and named[other] > 0 and signed == other + 1
    if not (unnamed or (told[other] >= _WITNESSES and named[other] >= named[case.year])):
        return ()
    message = f"标题写{case.year}年度，正文写的预算、支出、目标等却都是{other}年的，有一处年份写错"
    span = Span(title.start("y"), title.end())
    return (case.finding("R13", span, message, stated=title["y"], recomputed=str(other)),)


def titled_for_another_year(case: Case) -> Iterator[Finding]:
    """R13: 「2022年度……自评报告」 over a text of 2023's budget, goals and score."""
    yield from title_of_another_year(case)


def _told(case: Case, start: int) -> Iterator[int]:
    """The years of which something is told as the evaluated one's own, behind a place."""
    for match in _OWN.finditer(case.flat, start):
        low = max(case.flat.rfind(mark, 0, match.start()) for mark in "。;\n") + 1
        if case.chapter_key(match.start()) in CHAPTERS_OF_NOW:
            continue
        if _OTHERWISE.search(case.flat, low, match.end()) is None:
            yield int(match["y"])
