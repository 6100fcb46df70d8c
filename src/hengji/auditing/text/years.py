"""R13: the year a sentence speaks of."""

import re
from collections.abc import Iterator
from decimal import Decimal

from hengji.auditing.case import Case
from hengji.auditing.proof.evidence import old_evidence
from hengji.auditing.proof.honours import tells_of_an_award
from hengji.auditing.text.compared_years import compared_with_later
from hengji.auditing.text.dates import (
    after_the_report,
    dated_too_early,
    done_years_ahead,
    finished_before_begun,
    old_accounts,
    old_plans,
    old_terms,
)
from hengji.auditing.text.dating import CHAPTERS_OF_NOW, tells_which
from hengji.auditing.text.deadlines import deadlines_gone_by
from hengji.auditing.text.lapsed import lapsed_years
from hengji.auditing.text.stale import PAID, hands_down, is_a_result, speaks_for_a_stale_draft
from hengji.auditing.text.year_figures import opens_a_balance, told_by_figures
from hengji.model.extraction import DocumentKind, Span, YearMention
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_LAST = pattern(
    r"上年|上一年|去年|决算|结转|结余|同比|相比|比\s?20|较\s?20|增长|增加|减少|下降|降低|提高|基期|基数|往年|历年|评价结果|问题|整改|审计|入库|项目库|起(?<!\d起)|以来|至今|公开|批复|结束|延续|跨年|计划|规划|印发|制定|修订|建成|成立|启动|开工|签订|总结|会议|排查|摸底|普查|审议|审定|研究|党组会|常务会|期初|年初|变动|差异|事前|评估|转入|滚动|对比|完成情况|参照|参考|实际完成数|编列|测算|列入|中标|招标|遗留|质保|核定|立项|续建|预下达|提前下达"
)
# Last year's number in front of a statement on this year; in front of a noun (2022年度国土调查成果) it tells which one.
_STATEMENT = pattern(
    r"\s?年?度?(?:[,:]|\d{1,2}\s?月|我|本|全|共|累计|完成|实现|开展|组织|县|市|区|各|部门|单位|预算|总|实际|末|底|在|收|支|政府采购|固定资产|编制|核定|实有|[\"“]?三公)"
)
_RANGE = pattern(r"20\d\d\s?年?\s?[-—–~至到]\s?(?:20)?\d\d")


def years_fit(case: Case) -> Iterator[Finding]:
    """R13: every year is the evaluated one, or has a role in its sentence that lets it be another."""
    if not case.year or not case.found.year_stated:
        return
    if case.found.kind is DocumentKind.OTHER:
        yield from lapsed_years(case)
        return  # a notice sets dates and speaks of years to come
    if case.found.kind is DocumentKind.ACCOUNTS:
        yield from (
            _wrong_year(case, mention)
            for mention in case.found.years
            if mention.year != case.year and _stale(case, mention)
        )
        yield from lapsed_years(case)
        return  # accounts tell of many years
    yield from old_plans(case)
    old = list(old_accounts(case))
    yield from old
    yield from old_terms(case)
    yield from dated_too_early(case)
    yield from finished_before_begun(case)
    later = [finding for finding in after_the_report(case) if finding.code == "R13"]
    yield from later
    lapsed = list(lapsed_years(case))
    yield from lapsed
    gone = [*deadlines_gone_by(case), *compared_with_later(case)]
    yield from gone
    ahead = list(done_years_ahead(case))
    yield from ahead
    told = [
        (finding.start or 0, finding.end or 0)
        for finding in (*later, *old, *lapsed, *gone, *ahead, *old_evidence(case))
    ]
    bonus = [extra.body for extra in case.found.extras]  # whose honours are a matter of R33
    until = _lasts_until(case)
    for mention in case.found.years:
        if case.year <= mention.year <= until or not speaks_for_a_stale_draft(case, mention):
            continue
        if _has_role(case, mention):
            continue
        if any(body.start <= mention.span.start < body.end for body in bonus):
            continue
        if not any(start <= mention.span.start < end for start, end in told) and not _compared_next(case, mention):
            yield _wrong_year(case, mention)


def _compared_next(case: Case, mention: YearMention) -> bool:
    """Whether the sentence behind compares the evaluated year with the one before it: 「2022年末校车62台。2023年新增4台，年末66台」."""
    behind = case.flat[mention.sentence.end : case.paragraph(mention.span.start).end][:_BEHIND]
    return mention.year == case.year - 1 and _NEXT.match(behind.replace(str(case.year), "本")) is not None


_NEXT = pattern(r"[。;\s]*本\s?年[^。;]{0,40}?(?:新增|增加|减少|比上年|较上年|同比|增长|下降)")
_BEHIND = 80  # characters behind a sentence


_AS_OF = pattern(r"截[至止]到?\s?(?P<y>20\d\d)\s?年(?:\s?12\s?月(?:\s?31\s?日|底|末)|底|末)")


def _lasts_until(case: Case) -> int:
    """The last year that is evaluated: a project named by the year it began in is evaluated up to the day its money is told of."""
    told = [int(match["y"]) for match in _AS_OF.finditer(case.flat)] if case.found.kind is DocumentKind.PROJECT else []
    return max((year for year in told if year <= case.year + _PROJECT_YEARS), default=case.year)


_PROJECT_YEARS = 2  # for which a project named by its first year may last


def _wrong_year(case: Case, mention: YearMention) -> Finding:
    return case.finding(
        "R13",
        mention.span,
        f"评价的是{case.year}年度，这里写{mention.year}年，句中看不出为什么用这个年份，可能是沿用旧稿",
        stated=str(mention.year),
        recomputed=str(case.year),
    )


def _stale(case: Case, mention: YearMention) -> bool:
    """Whether a year is surely a wrong one: the balance or the source of figures that should be the evaluated year's."""
    after = case.flat[mention.span.end : mention.span.end + 30]
    closing = re.search(r"截[至止]\s?$", case.flat[max(0, mention.span.start - 4) : mention.span.start]) is not None
    if closing and re.match(r"\s?年?\s?12\s?月\s?31\s?日", after):
        alone = str(case.year) not in case.text(mention.sentence) and not _closed_again(case, mention)
        own = _SAYS_AS_OF.search(case.flat[max(0, mention.span.start - 16) : mention.span.start]) is not None
        stands = _STANDS.search(after) or _RISEN.search(case.flat, mention.span.end, mention.sentence.end)
        return mention.year != case.year - 1 or (alone and (own or stands is not None))
    if closing and mention.year == case.year - 1 and re.match(r"\s?年?[底末]", after):
        risen = _RISEN.search(case.flat, mention.span.end, mention.sentence.end)
        return risen is not None and str(case.year) not in case.text(mention.sentence)
    if mention.year != case.year - 1:
        return False
    before = case.flat[max(mention.sentence.start, mention.span.start - 16) : mention.span.start]
    return _STALE.match(after) is not None or (
        _DRAWN_FROM.search(before) is not None and _YEARBOOK.match(after) is not None
    )


def _closed_again(case: Case, mention: YearMention) -> bool:
    """Whether the same is told of the evaluated year's end too: 「截至2022年12月31日，资产总额……；截至2023年12月31日，资产总额……」."""
    what = _CLOSED.match(case.flat, mention.span.end)
    around = case.paragraph(mention.span.start)
    again = rf"{case.year}\s?年\s?12\s?月\s?31\s?日,?{what['what']}" if what is not None else ""
    return bool(again) and re.search(again, case.text(around)) is not None


_CLOSED = pattern(r"\s?年?\s?12\s?月\s?31\s?日,?(?P<what>[\u4e00-\u9fff]{2,4})")


def _in_a_row(case: Case, mention: YearMention, others: set[int]) -> bool:
    """Whether a year is one of several that are told in a row, or a step up to the evaluated one."""
    if case.year - 1 in others and set(range(mention.year, case.year)) <= others and (
        case.year in others or len(others) > 1
    ):  # fmt: skip
        return True  # year by year up to the evaluated one, or the years before it
    if re.match(rf";\s?{case.year}\s?年", case.flat[mention.sentence.end - 1 : mention.sentence.end + 7]) or re.match(
        rf";?\s?{case.year}\s?年(?:度)?为", case.flat[mention.sentence.end : mention.sentence.end + 9]
    ):
        return True  # the evaluated year's own figure follows at once: 「2022年12.80%；2023年11.60%」
    if _THIS_TOO.match(case.flat, mention.span.end, mention.sentence.end):
        return True  # what became this year of last year's work
    around = case.flat[max(0, mention.span.start - 8) : mention.span.end + 8]
    step = re.match(r"\s?年?(?:度)?的?\s?\d", case.flat[mention.span.end : mention.span.end + 6])
    if step is not None and _FROM_BASE.search(case.flat, mention.span.start - 2, mention.sentence.end):
        return True  # 「由2020年的9.2公斤提高到14.6公斤」
    return bool(_RANGE.search(around) or _SERIES.search(around)) or (case.year in others and step is not None)


def _of_last_year(case: Case, mention: YearMention, key: str, around: str) -> bool:
    """Whether the words around last year's number let it be last year."""
    if key == "绩效目标":
        return bool(_LAST.search(around))
    if PAID.search(case.flat, max(0, mention.span.start - len("发放")), mention.span.start):
        return False
    if _OWN_WORK.match(case.flat[mention.span.end : mention.span.end + 14]):
        return _COMPARED.search(around) is not None
    return bool(_LAST.search(around)) or not _STATEMENT.match(case.flat[mention.span.end : mention.span.end + 8])


_SCORED = pattern(
    r".?|.{0,24}?(?:得分?|自评分?)[:为]?\s?[\d.]+分[,:;]?|.{0,16}?目标值?[^,。;]{1,14}[,;]"
)  # what of a leaf stands before its text
_OF_THE_PLAN = pattern(r"(?:占|完成)(?:全年|年初|年度)?(?:计划|任务|目标)(?:数|量)?的?\s?(?:\d[\d.]*\s?%)?")
_BOTH_SIDES = pattern(
    r"\s?年?(?:度)?[^。;]{0,14}预算[^。;]{0,10}\d[^。;]{0,6}万?元[^。;]{0,12}(?:决算|支出|实际|执行)[^。;]{0,8}\d[^。;]{0,24}(?:率|比)[^。;]{0,6}\d"
)
_OVER_TIME = pattern(r"变动|增长|增减|压减|下降|公开|上年|比")


def _in_place_of_this_year(case: Case, mention: YearMention, key: str) -> bool:
    """Whether last year stands where the evaluated one belongs: over a leaf's own figures, or over the year's goals."""
    return _leafs_figures(case, mention) or (key == "绩效目标" and _sets_goals(case, mention))


def _leafs_figures(case: Case, mention: YearMention) -> bool:
    """Whether last year opens a leaf's own budget, spending and rate, and the leaf nowhere names the evaluated year."""
    item = case.item_at(mention.span.start)
    opens = _SCORED.fullmatch(case.flat, mention.sentence.start, mention.span.start)
    if item is None or opens is None or _OVER_TIME.search(item.name):
        return False
    if str(case.year) in case.text(item.body) or _ARGUED.search(case.flat, item.span.end, mention.span.start):
        return False  # the year before, told beside what the leaf has argued with already
    return _BOTH_SIDES.match(case.flat, mention.span.end) is not None or _tells_results(case, mention)


_ARGUED = pattern(r"(?:完成|实际|支出|达到?)[^。;\d]{0,12}\d[^。]*得分?\s?\d")
_RESULT = pattern(r"\s?年?(?:度)?,?(?:全年)?[\u4e00-\u9fff\"]{2,14}\d[\d,.]*\s?(?:万?[\u4e00-\u9fff]{1,3}|%)")
_OTHERWISE = pattern(
    "的|上年|去年|同期|比|较|增长|下降|减少|提高|基期|开工|立项|建成|启动|购置|签订|批[复准]|下达|申报|评[为定]|获|启用|起|以来|因|底|末|结转|结余|决算|预算|公开|印发|制定|前"
)
_COMPARED_TO = pattern("上年|去年|同期|同比|比20|较20|相比|增长")


def _tells_results(case: Case, mention: YearMention) -> bool:
    """Whether last year opens what the leaf itself did, with a figure: 「2022年新通客车建制村6个」."""
    match = _RESULT.match(case.flat, mention.span.end)
    told = case.flat[mention.span.end : mention.sentence.end]
    return match is not None and not _OTHERWISE.search(re.split("[,;。]", told)[0]) and not _COMPARED_TO.search(told)


_GOAL_OF = pattern(r"\s?年?(?:度)?(?:,|我[局委办]|全[县市区])?(?:计划|拟|将|力争|预期|年度?目标|总体目标)")


def _sets_goals(case: Case, mention: YearMention) -> bool:
    """Whether last year opens the goals of a section that nowhere names the evaluated year: 「2022年计划……」."""
    section = case.section(mention.span.start)
    opens = mention.span.start - mention.sentence.start <= 1 and _GOAL_OF.match(case.flat, mention.span.end)
    return section is not None and bool(opens) and str(case.year) not in case.text(section.body)


def _has_role(case: Case, mention: YearMention) -> bool:
    sentence = case.text(mention.sentence)
    if _stale(case, mention):
        return False
    key = case.chapter_key(mention.span.start)
    around = case.flat[max(mention.sentence.start, mention.span.start - 12) : mention.span.end + 26]
    around = _OF_THE_PLAN.sub("", around)  # how much of this year's plan was done speaks of no other year
    others = {other.year for other in case.found.years if other.sentence == mention.sentence}
    if _in_a_row(case, mention, others) or _NOT_COUNTED.search(sentence) or tells_of_an_award(sentence):
        return True
    if hands_down(case, mention) or is_a_result(case, mention):
        return False
    if _is_named(case, mention, key):
        return True
    if _budget_made(case, mention, sentence):
        return True
    told = told_by_figures(case, mention)
    if told is not None:
        return told
    if (
        len(sentence) < 14
        or _date_like(case, mention.span)
        or (key in CHAPTERS_OF_NOW and not _in_a_row_of_scores(case, mention))
    ):
        return True
    if case.year in others and mention.year in (case.year - 1, case.year + 1):
        return True
    if mention.year > case.year or _in_place_of_this_year(case, mention, key):
        return False
    section = case.section(mention.span.start)
    prepared = section is not None and _PREPARED.search(section.title + sentence[:12])
    if prepared and _PREPARES.search(sentence):
        return True  # a budget and its targets are made the year before
    return _of_last_year(case, mention, key, around)


def _budget_made(case: Case, mention: YearMention, sentence: str) -> bool:
    """Whether a month at the end of last year is when the evaluated year's budget was made: 「2021年12月6日按二上程序报送」."""
    item = case.item_at(mention.span.start)
    matter = sentence + (item.name if item is not None else "")
    late = mention.year == case.year - 1 and _SEASON.match(case.flat, mention.span.end) is not None
    return late and "预算" in matter and "决算" not in sentence and _PREPARES.search(sentence) is not None


_SEASON = pattern(r"\s?年?\s?(?:9|1[0-2])\s?月")


def _in_a_row_of_scores(case: Case, mention: YearMention) -> bool:
    """Whether a year stands in a leaf's row, which tells of the evaluated year behind whichever chapter the table is printed."""
    item = case.item_at(mention.span.start)
    return item is not None and item.table and bool(item.claimed)


def _is_named(case: Case, mention: YearMention, key: str) -> bool:
    """Whether a year is that of the paper whose title follows, of what a table tells, of a thing named by it, of a bound, or of an opening balance."""
    before = case.flat[max(mention.sentence.start, mention.span.start - 6) : mention.span.start]
    if _OF_A_TITLE.match(case.flat, mention.span.end) or _CONTAINS.search(before) or _IS_A_BOUND.search(before):
        return True
    if _JUDGED.match(case.flat, mention.span.end):
        return True  # the year that an evaluation was of, which is used in the year after it
    if _scored_otherwise(case, mention):
        return True
    return key != "绩效目标" and (tells_which(case, mention) or opens_a_balance(case, mention))


_JUDGED = pattern(
    r"\s?年?(?:度)?[\u4e00-\u9fff]{0,6}(?:评价|考核|审计|巡[察视]|督查|检查)[\u4e00-\u9fff]{0,4}(?:提出|指出|反馈|移交|交办)[^,。;]{0,8}\d|\s?年?度(?:部门|整体|项目|支出|预算|绩效|重点|财政)*(?:自评|评价|考核|审计|巡察|监督检查)(?:报告|结果|意见|工作|材料|资料|表)?中?(?:共|均)?(?:提出|发现|指出|反馈|建议|用于|应用|运用|(?:被|经)[^,。;]{0,10}(?:复核|抽查|抽评|再评价)|复核|抽查|抽评)"
)


_SCORE_OF = pattern(
    r"\s?年?度?[^,。;\d]{0,16}?(?:自评|评价|考核|绩效)[^,。;\d]{0,10}(?:得分|总分|评分|分数|得|为|是|:)\s?(?P<n>\d{2,3}(?:\.\d+)?)\s?分"
)


def _scored_otherwise(case: Case, mention: YearMention) -> bool:
    """Whether a score is told of another year that is not this report's: 「2022年度整体支出绩效自评得分95.12分」 in one that scores 98.34."""
    match = _SCORE_OF.match(case.flat, mention.span.end)
    own = case.found.totals.claimed
    return match is not None and own is not None and Decimal(match["n"]) != Decimal(own.value)


_THIS_TOO = pattern(r"[^。;]{2,40}本年度?(?!度?[末底])")
_NOT_COUNTED = pattern(
    r"(?:供|[用以]?作|以资|便于|用于|仅供)[^,。;]{0,4}(?:对比|比较|参考|对照|参照)|(?:巡[察视]|审计)(?:(?!没有|[未无])[^。]){0,30}问题|不计[入分]|未计[入分]|未(?:在|作|列)[^,。;]{0,10}(?:计分|加分|得分)|未(?:申报|参与)|不(?:属于|在)[^,。;]{0,8}(?:年度|年内)|与本年[^,。;]{0,6}无关|仅作[^,。;]{0,4}背景|不作为"
)
# The year, or the day, of a paper whose title follows: 「2017年《……规范》」, 「2022年10月30日，省财政厅以《……通知》」.
_OF_A_TITLE = pattern(
    r"\s?年?(?:度)?(?:\s?\d{1,2}\s?月(?:\s?\d{1,2}\s?日)?[,]?[^,。;《》\d]{0,14}(?:以|印发|下发|转发|收到)|版|修订|印发|发布|出台|颁布)?的?《"
)
_CONTAINS = pattern(r"(?:记载|收录|记述|辑录|反映|所属期[为是]?|数据[为是])(?:的是)?\s?$")
# Another year's value as what this year's is held against: 「不超过2023年」「与2022年持平」.
_IS_A_BOUND = pattern(r"(?:超过?|突破|[高低大小多少优好]于|不[及如]|[比较与同]|控制在)\s?$")
_SAYS_AS_OF = pattern(r"(?:以上|上述|本表|本报告)[^,。;]{0,8}截[至止]\s?$")
_STANDS = pattern(
    r"共有|在编|在职|实有|保有量|账面|原值|车辆|资产|负债|^\s?年?12月31日,[^。;]{0,8}(?:已|均)(?!.*(?:结转|结余|上年))"
)
_RISEN = pattern(
    r"[比较](?:上年|去年|年初)(?:末|底)?[^,。;]{0,16}(?:增|减|多|少)"
)  # a year's end held against the end before it
_STALE = pattern(r"\s?(?:年|年度)?[\u4e00-\u9fff]{0,6}(?:年报|报表)数")
# A source by the year of its figures: 「据县统计局2021年统计年报」.
_DRAWN_FROM = pattern(r"(?:根?据|来自|取自|采用|引用)[^,。;\d]{0,12}$")
_YEARBOOK = pattern(r"\s?年?(?:度)?(?:统计)?(?:年报|快报|公报|报表)(?=[,。;)]|显示|反映)")
# What was done in a year, told as this year's work; words by which it is last year's all the same.
_OWN_WORK = pattern(
    r"\s?年?(?:度)?(?:1\s?月?[至到\-—]12\s?月)?(?:[防主]?汛期?|[春夏秋冬]季|秋冬季|[上下]半年|第?[一二三四]季度)?[,]?"
    r"(?:计划[^。;]{2,24}实际|[^,。;\d]{0,6}对[^,。;]{1,10}(?:开展|组织|实施)|检查|共?举办|开展|演出|培训|我[局办委中院县市区厅校馆所站会]|本[局单部厅校馆]|共|累计|全[年县市区省镇乡校系局馆院站所委厅])"
)
_COMPARED = pattern(
    r"上年|上一年|去年|同比|相比|决算|结转|结余|增长|下降|减少|降低|提高|基期|基数|变动|差异|年度?[^,。;]{0,8}自评|绩效评价|预算执行|公开|批复"
)
_FROM_BASE = pattern(
    r"[由从]\s?20\d\d\s?年?(?:度|末|底)?的?[^,。;]{1,20}?(?:[提上增升扩拓延压缩下降减][\u4e00-\u9fff]{0,3}|变|改)[到至为]"
)
_SERIES = pattern(r"20\d\d\s?年?(?:度)?[、和及]\s?20\d\d\s?年")
_PREPARED = pattern(r"预算编制|绩效目标|目标设[定置]|测算|立项|事前|背景")
_PREPARES = pattern(
    r"编制|编列|核定|编报|上报|申报|报送|审核|论证|评审|评估|测算|设定|确定|立项|排查|调研|摸底|批复|下达|[起于]"
)


def _date_like(case: Case, span: Span) -> bool:
    """A full date (「2024年5月21日」) of an event says when, not of which year the work was."""
    return bool(re.match(r"\s?\d{1,2}\s?月\s?\d{1,2}\s?日", case.flat[span.end : span.end + 8]))
