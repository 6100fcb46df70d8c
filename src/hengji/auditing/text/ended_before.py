"""R13: the year's own works finished, or its money paid, by a day of last year: 「全部项目于2021年11月底前完工」 in a report on 2022."""

import re
from collections.abc import Iterator

from hengji.auditing.case import Case
from hengji.auditing.text.dating import CHAPTERS_OF_NOW
from hengji.model.extraction import DocumentKind, Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_DAY = r"(?P<y>20\d\d)\s?年\s?\d{1,2}\s?月(?:\s?\d{1,2}\s?日)?(?:[上中下]旬|底|末)?(?:之?前|以前)?"
# 「全部项目于2021年11月底前完工」, 「24.6公里渠道已于2022年10月全部完工」
_ALL_DONE = pattern(
    rf"(?P<what>(?:全部|所有|各[项类个]?|全年|\d[\d.]*\s?[\u4e00-\u9fff]{{1,2}})[\u4e00-\u9fff、]{{0,14}}?)(?:均|都|全部|全)?(?:已|按期|按时)?[于在]{_DAY},?(?:已|均|都|全部|全面|陆续|如期|按期|一次性)*(?:完工|竣工|完成|交付|建成|验收)"
)
# 「截至2023年12月31日，本项目累计支付817.00万元」
_PAID = pattern(
    rf"截[至止](?:到)?(?P<day>{_DAY}),?(?:本?项目)?(?:资金)?(?:累计|共计?|实际|已|共)*(?:支付|支出|拨付|使用|执行)(?:资金)?(?:共计?|为)?\s?(?P<n>\d[\d,]*(?:\.\d+)?)\s?万元"
)
_LASTING = pattern(
    r"上年|去年|一期|前期|结转|续建|跨年|遗留|以前|历年|尾款|质保|整改|反馈|巡[察视]|审计|同比|相比|[比较]20|对比|提前|首批|第一批|三年|试点|入库|评审|立项|审批|申报|批复|论证|可研|设计|编制"
)


def ended_before(case: Case) -> Iterator[Finding]:
    """R13: all works of the year, or all money paid, on a day of last year; not works of several years, nor where this year is told beside it."""
    if not case.year or not case.found.year_stated or case.found.kind is DocumentKind.OTHER:
        return
    last = str(case.year - 1)
    if last not in case.flat:
        return
    for match in _ALL_DONE.finditer(case.flat):
        if match["y"] == last and _is_own(case, match.start()):
            yield _finding(case, Span(match.start(), match.end()), last)
    if case.found.kind is DocumentKind.PROJECT:
        for match in _PAID.finditer(case.flat):
            own = _is_own(case, match.start()) or _budgeted_since(case, match.start())
            if match["y"] == last and own and _is_told(case, match["n"]):
                yield _finding(case, Span(match.start(), match.end("day")), last)


def _finding(case: Case, span: Span, year: str) -> Finding:
    message = f"评价的是{case.year}年度，这里写的时间却是{year}年，可能是沿用旧稿"
    return case.finding("R13", span, message, stated=year, recomputed=str(case.year))


def _is_own(case: Case, at: int) -> bool:
    """Whether what is told at a place is of the evaluated year, by its chapter and all that stands around it."""
    if case.chapter_key(at) in CHAPTERS_OF_NOW:
        return False
    paragraph = case.paragraph(at)
    return str(case.year) not in case.text(paragraph) and not _LASTING.search(case.text(case.sentence(at)))


def _budgeted_since(case: Case, at: int) -> bool:
    """Whether the paragraph of what was paid by a day of last year tells this year's budget, which nothing was paid of then, and no more of this year."""
    text = case.text(case.paragraph(at))
    budget = re.compile(rf"{case.year}\s?年(?:度)?[^,。;\d]{{0,10}}预算")
    return budget.search(text) is not None and str(case.year) not in budget.sub("", text) and not _LASTING.search(text)


def _is_told(case: Case, amount: str) -> bool:
    """Whether an amount stands more than once: what was paid in all is the money that is evaluated."""
    return case.flat.count(amount) > 1
