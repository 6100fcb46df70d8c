"""R13: records of last year named as what a leaf of this year is proved by."""

from collections.abc import Iterator

from hengji.auditing.case import Case
from hengji.model.extraction import DocumentKind, Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_RECORD = r"(?:日志|台账|记录[表册簿本]?|登记[表册簿本]|签到[表册簿]|统计[表册]|值班表|考勤表|盘点表|巡查[表单]|花名册|名册|清册|明细[表账]|收发簿|派工单|验收单|运行表|问卷|测评表|汇总表)"
# 「值班情况见2022年度安全播出值班日志」
_NAMED = pattern(
    rf"(?:见|附有?|依据|凭|查阅|核对|对照|提供|佐证(?:材料)?(?:为|是|:)?)(?:了)?《?(?P<what>(?P<y>20\d\d)\s?年(?:度)?(?![\d,。;])[\u4e00-\u9fff]{{0,16}}?{_RECORD})"
)
_LET = pattern(
    r"上年|去年|同期|[比较]20|相比|结转|决算|基[期数]|增长|下降|减少|提高|以来|至20|—20|整改|审计|对比|续|跨年|历年|曾|购置|建成|应收|欠"
)
_OF_OTHERS = pattern("结转|结余|变动|增长|下降|公开|预算编")


def papers_of_last_year(case: Case) -> Iterator[Finding]:
    """A record of last year behind a leaf with points, in a sentence that neither names the evaluated year nor compares."""
    if not case.year or not case.found.year_stated or case.found.kind not in _KINDS:
        return
    for match in _NAMED.finditer(case.flat):
        if int(match["y"]) != case.year - 1:
            continue
        item = case.item_at(match.start())
        name = item.name if item is not None else ""
        scored = item.claimed if item is not None else _SCORED.search(case.text(case.paragraph(match.start())))
        if not scored or _OF_OTHERS.search(name):
            continue
        text = case.text(case.sentence(match.start()))
        if str(case.year) in text or _LET.search(text):
            continue
        whose = f"“{name}”" if name else "这里"
        message = f"评价的是{case.year}年度，{whose}所附的却是{match['y']}年的材料，可能是沿用旧稿"
        span = Span(*match.span("what"))
        yield case.finding("R13", span, message, stated=match["y"], recomputed=str(case.year), item=name)


_SCORED = pattern(r"得\s?\d+(?:\.\d+)?\s?分")
_KINDS = (DocumentKind.OVERALL, DocumentKind.PROJECT)


# 「2020年度数字化任务完成时间」 as a row of the form for 2022.
_ROW = pattern(r"(?P<y>20\d\d)\s?年(?:度)?(?!第|[一二三四]季|至|[-—~]|\d|以[来前]|末|底|初)[\u4e00-\u9fff]{3}")
_CARRIED = pattern("续建|结转|遗留|尾款|跨年|上年|追溯|往年|决算|公开|整改|质保|滚动|年度间|接续")


def rows_of_another_year(case: Case) -> Iterator[Finding]:
    """A row named by an earlier year, where no other row is and nothing else is told of that year."""
    if not case.year or not case.found.year_stated or case.found.kind not in _KINDS:
        return
    named = [(item, match) for item in case.found.items if (match := _ROW.match(item.name)) is not None]
    earlier = [(item, match) for item, match in named if case.year - 4 <= int(match["y"]) < case.year]
    if len(earlier) != 1 or len(named) != 1:
        return
    item, match = earlier[0]
    if _CARRIED.search(item.name) or case.flat.count(f"{match['y']}年") > case.flat.count(item.name):
        return
    message = f"评价的是{case.year}年度，指标名称却写{match['y']}年，可能是沿用旧表"
    at = case.flat.find(item.name, item.span.start)
    span = Span(at, at + len(item.name)) if at >= 0 else item.span
    yield case.finding("R13", span, message, stated=match["y"], recomputed=str(case.year), item=item.name)
