"""R13: last year told for what the department itself had, aimed at, counted and scored in the evaluated one."""

import re
from collections.abc import Iterator
from decimal import Decimal

from hengji.auditing.case import Case, once
from hengji.auditing.text.dating import CHAPTERS_OF_NOW
from hengji.auditing.text.title_year import title_of_another_year
from hengji.model.extraction import DocumentKind, Span, YearMention
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

# What may stand between the start of a sentence and its year: a number, a short lead with a colon, who tells it.
_LEAD = pattern(
    r"\s?(?:[(]?[一二三四五六七八九十\d]{1,3}[)、.]+\s?)?(?:[\u4e00-\u9fff]{2,8}[:,])?\s?(?:[我本][\u4e00-\u9fff]{1,3})?\s?"
)
_WHOSE = r"(?:[我本][\u4e00-\u9fff]{1,3}|[\u4e00-\u9fff]{0,6}(?:全系统|管委会|街道|部门|单位))?"
_MONEY = pattern(
    rf"\s?年?(?:度)?,?{_WHOSE}(?P<what>[\u4e00-\u9fff“”\"]{{0,10}}?(?:预算|收入|支出|拨款|收支)[\u4e00-\u9fff“”\"]{{0,10}}?)(?::|为|是|共|约)?\s?(?P<n>\d[\d, ]*(?:\.\d+)?)\s?(?:亿|万)?元"
)
_GOAL = pattern(
    rf"\s?年?(?:度)?的?{_WHOSE}的?(?:部门|支出|整体|总体|年度|绩效|工作|主要|设定|预期|任务|重点)*目标(?:共?[一二三四五六七八九十\d]{{1,3}}[项个条])?(?:设定)?(?:为|是|有|包括|:)(?!\s?(?:得|自评))"
)
_CLOSES = pattern(
    r"\s?年?(?:12月31日|12月底|12月末|末|底),?(?:实有|在编|在职|在岗|编制内|共有(?:在编|在职|人员)|全[\u4e00-\u9fff]{1,3}(?:实有|在编|在职|共有))[^。;,\d]{0,10}\d+\s?[人名]"
)
_SCORE = pattern(
    r"\s?年?(?:度)?[\u4e00-\u9fff()]{0,16}(?:自评|评价)(?:基础|综合|最终|总|的)*(?:得分|总分|分数|结果)(?:为|是|:)?\s?(?P<n>\d{2,3}(?:\.\d+)?)\s?分"
)
# What lets last year be told: it is compared, carried over, a paper of its own, planned, or given ahead.
_OF_LAST_YEAR = pattern(
    r"决算|结转|结余|提前|预下达|预拨|预安排|上年|去年|同期|同比|相比|[比较与]20|基期|基数|公开|公示|巡[察视]|审计(?![局厅])|整改|往年|历年|以来|滚动|跨年|续建|遗留|参照|对比|变动率|持平|年度间|应用|反馈|以前"
)
_COMPARED = pattern("[比较与]20|同期|同比|相比|基期|对比|持平|增长|变动率|三年|历年")
_NUMBERS = pattern(r"[〔\[(]20\d\d[〕\])]|《[^《》]*》")  # years of papers
# 「现将我局2022年度部门整体支出绩效自评情况报告如下」
_REPORTS = pattern(
    r"\s?年?(?:度)?[\u4e00-\u9fff()]{0,20}(?:自评|评价)(?:工作)?(?:,|的?(?:有关|相关)?情况(?:报告|汇报|说明)?如下|的?(?:有关|相关)?情况[^。]{0,6}如下)"
)
_PLANNED_THEN = pattern("编制|申报|批复于|报送|审议|三年")
_DIGITS = 4  # of an amount: fewer are alike by chance
_KIND = 2  # characters that say which money: 预算, 支出
_FEWEST = 2  # amounts of one statement


def own_year(case: Case) -> Iterator[Finding]:
    """R13: 「2022年年初预算862.00万元」, 「2022年目标：」 in a report on 2023 that tells the same of no 2023; not what is compared or carried over."""
    if not case.year or not case.found.year_stated or case.found.kind is not DocumentKind.OVERALL:
        return
    if title_of_another_year(case):
        return  # told there
    for mention in case.found.years:
        if mention.year == case.year - 1 and _is_own(case, mention):
            message = f"评价的是{case.year}年度，这里写的是本部门当年的情况，年份却是{mention.year}年，可能是沿用旧稿"
            yield case.finding("R13", mention.span, message, stated=str(mention.year), recomputed=str(case.year))


def _is_own(case: Case, mention: YearMention) -> bool:
    """Whether last year opens a statement that the evaluated year must have, and has nowhere."""
    sentence = _NUMBERS.sub("", case.text(mention.sentence))
    if str(case.year) in sentence or case.chapter_key(mention.span.start) in CHAPTERS_OF_NOW:
        return False
    at, end = mention.span.end, mention.sentence.end
    if _SCORE.match(case.flat, at, end):
        return _tells_the_total(case, at, end) and not (_OF_LAST_YEAR.search(sentence) or _told_now(case, _SCORE))
    if "现将" in sentence and _REPORTS.match(case.flat, at, end):
        return _OF_LAST_YEAR.search(sentence) is None
    before = case.flat[mention.sentence.start : mention.span.start]
    opens = _LEAD.fullmatch(before) is not None
    goal = _GOAL.match(case.flat, at, end)
    if goal is not None and (opens or re.search(r"[局委办院镇乡会]$", before)):
        told = case.flat[mention.sentence.start : goal.end() + _SOME]
        return _OF_LAST_YEAR.search(told) is None and not _told_now(case, _GOAL)
    paragraph = case.paragraph(mention.span.start)
    if str(case.year) in _NUMBERS.sub("", case.text(paragraph)):
        return False  # told beside this year's own
    if (opens or before[-1:] in (",", ";", ":")) and _CLOSES.match(case.flat, at, end):
        return _OF_LAST_YEAR.search(sentence) is None and not _told_now(case, _CLOSES)
    return opens and _its_money(case, mention)


_SOME = 20  # characters of the goals themselves


def _tells_the_total(case: Case, at: int, end: int) -> bool:
    """Whether a score told under last year is the one that this report claims, or it claims no other."""
    match = _SCORE.match(case.flat, at, end)
    claimed = {Decimal(total.value) for total in case.found.totals.all_claimed if _A_NUMBER.fullmatch(total.value)}
    return match is not None and (Decimal(match["n"]) in claimed or (not claimed and "等" in case.flat[at:end]))


_A_NUMBER = pattern(r"\d+(?:\.\d+)?")


def _its_money(case: Case, mention: YearMention) -> bool:
    """Whether last year opens a statement of money whose amounts are told elsewhere without it, or that this year has none of."""
    match = _MONEY.match(case.flat, mention.span.end, mention.sentence.end)
    if match is None or _PLANNED_THEN.search(match["what"]) or _OF_LAST_YEAR.search(match["what"]):
        return False
    sentence = case.text(mention.sentence)
    start = case.paragraph(mention.span.start).start
    told = rf"{re.escape(match['what'][-_KIND:])}(?:数|为|共|是)?\s?\d"
    if _COMPARED.search(sentence) or re.search(told, case.flat[start : mention.sentence.start]):
        return False
    amounts = list(dict.fromkeys(each[0] for each in _AMOUNT.finditer(sentence)))
    again = [amount for amount in amounts if _told_again(case, amount, mention)]
    if amounts and (amounts[0] in again or len(again) >= _FEWEST):
        return True
    around = case.text(case.paragraph(mention.span.start))
    alone = not _EARLIER.search(around) and not _COMPARED.search(around)
    enough = len(amounts) > _FEWEST or (len(amounts) == _FEWEST and _RATE.search(sentence) is not None)
    return enough and alone and match["what"][-_KIND:] not in _told_kinds(case)


_RATE = pattern(r"率[^,。;\d]{0,4}\d[\d.]*\s?%")


@once
def _told_kinds(case: Case) -> frozenset[str]:
    """The kinds of money that are told of the evaluated year anywhere: 预算, 支出."""
    told = (_MONEY.match(case.flat, place.end) for place in _this_year(case))
    return frozenset(match["what"][-_KIND:] for match in told if match is not None)


_AMOUNT = pattern(r"(?<![\d.,])\d[\d,]*(?:\.\d+)?(?=\s?(?:万|亿)?元)")


def _told_again(case: Case, amount: str, mention: YearMention) -> bool:
    """Whether an amount stands in another sentence, and in none that speaks of last year."""
    digits = re.sub(r"\D", "", amount)
    if len(digits) < _DIGITS:
        return False
    found = False
    for match in re.finditer(rf"(?<![\d.,]){re.escape(amount)}(?![\d.,]*\d)", case.flat):
        if mention.sentence.start <= match.start() < mention.sentence.end:
            continue
        around = _line(case, match.start())
        if str(mention.year) in around or _EARLIER.search(around):
            return False
        found = True
    return found


_EARLIER = pattern("上年|上一年|去年|年初数|期初|同比")


def _line(case: Case, position: int) -> str:
    """The sentence at a place, in a table its row."""
    if case.in_table(position):
        end = case.flat.find("\n", position)
        return case.flat[case.flat.rfind("\n", 0, position) + 1 : end if end >= 0 else len(case.flat)]
    return case.text(case.sentence(position))


def _told_now(case: Case, form: re.Pattern[str]) -> bool:
    """Whether a statement of this kind is told of the evaluated year anywhere."""
    return any(form.match(case.flat, place.end) for place in _this_year(case))


@once
def _this_year(case: Case) -> tuple[Span, ...]:
    """Where the evaluated year is named."""
    return tuple(Span(match.start(), match.end()) for match in re.finditer(str(case.year), case.flat))
