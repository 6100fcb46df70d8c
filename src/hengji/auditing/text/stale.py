"""What speaks for a year being left over from an earlier draft (R13): it dates what the evaluated period itself must tell.

A year is no fault by itself: founding, history, earlier plans and comparisons all name years. It is one only where it stands in the evaluated
year's own place, near enough to come from the draft before: as the day of a balance, or at the head of what a leaf or a chapter of results counts.
"""

from hengji.auditing.case import Case
from hengji.auditing.text.dating import tells_which
from hengji.model.extraction import YearMention
from hengji.model.patterns import pattern

_BACK, _AHEAD = 2, 1  # years away from the evaluated one that a draft, or a slip, may be
_STATES_NO_RESULTS = ("基本情况", "绩效目标", "存在问题", "相关建议", "问题与建议", "应用公开")
_CLOSES = pattern(r"\s?年?(?:度)?(?:\s?12\s?月(?:\s?31\s?日|末|底)|末|底)(?!前)")
_AS_OF = pattern(r"截[至止]到?\s?$")
_WHEN = pattern(
    r"\s?年?\s?\d{1,2}\s?月|\s?年?(?:度)?(?:全年(?:共|累计)?|共|累计)(?!预算|目标)"
)  # or the whole of a year
_A_FIGURE = pattern(
    r"(?<![\d.])\d[\d,]*(?:\.\d+)?(?![\d.,]*\s?[年月日])|[一二三四五六七八九十]+[项次个家]|账[实物]相符"
)
_SCORED = pattern(
    r".?|[\u4e00-\u9fff]{2,8}方面,|.{0,24}?(?:得分?|自评分?)[:为]?\s?[\d.]+分[,:;]?|.{0,16}?目标值?[^,。;]{1,14}[,;]|.*[\t|]"
)  # what of a leaf stands before its text
_SOURCE = pattern(r"\s?年?(?:度)?[\u4e00-\u9fff]{0,6}(?:年报|报表|快报|公报)")
_DRAWN_FROM = pattern(r"(?:据|来自|取自|采用|引用)[^,。;\d]{0,12}$|\($")
_A_SCORE = pattern(r"得(?:分)?\s?\d+(?:\.\d+)?\s?分")
_PROMISED = pattern(r"(?:确保|力争|争取|保证|计划|拟)(?:在|于)?\s?$")
_A_GOAL = pattern(r"\s?年?(?:度)?(?:,|我[局委办]|全[县市区])?(?:计划|拟|将|力争|预期|年度?目标|总体目标)")


def speaks_for_a_stale_draft(case: Case, mention: YearMention) -> bool:
    """Whether a year that is not the evaluated one stands where that one belongs."""
    away = mention.year - case.year
    before = case.flat[mention.sentence.start : mention.span.start]
    if away < 0 and _opens(before) and _ITS_OWN_WORK.match(case.flat, mention.span.end):
        return True
    if not -_BACK <= away <= _AHEAD or not away:
        return False
    if hands_down(case, mention) or is_a_result(case, mention):
        return True
    if _CLOSES.match(case.flat, mention.span.end) and (_AS_OF.search(before) or (away < 0 and _opens(before))):
        return True
    if away > 0:
        if _ahead_of_itself(case, mention, before):
            return True
        if _opens(before) and _WHOLE_YEAR.match(case.flat, mention.span.end) and _signed_within(case, mention.year):
            return True
        return _opens(before) and _DONE_THEN.match(case.flat, mention.span.end) is not None
    if _among_results(case, mention):
        return _dates_results(case, mention, before)
    return case.chapter_key(mention.span.start) == "绩效目标" and _dates_goals(case, mention, before)


def _among_results(case: Case, mention: YearMention) -> bool:
    """Whether a year stands in a leaf's own text or row, in a chapter that tells of what was done, or beside a score."""
    if case.item_at(mention.span.start) is not None or _A_SCORE.search(case.text(mention.sentence)):
        return True
    return case.chapter_key(mention.span.start) not in _STATES_NO_RESULTS


def _dates_goals(case: Case, mention: YearMention, before: str) -> bool:
    """Whether a year dates what is aimed at: 「确保2022年度……」, 「2022年计划……」."""
    return bool(_PROMISED.search(before) or (_opens(before) and _A_GOAL.match(case.flat, mention.span.end)))


def _dates_results(case: Case, mention: YearMention, before: str) -> bool:
    """Whether a year dates a clause with a figure in it: at the head of its sentence or cell, or as the month of an act or the whole of a year."""
    told = case.flat[mention.span.end : mention.sentence.end]
    if _SOURCE.match(told):
        return _opens(before) or _DRAWN_FROM.search(before) is not None
    if _opens(before) and _OF_ITS_OWN.match(told):
        return True
    heads = _opens(before) or _WHEN.match(told) is not None or PAID.search(before) is not None
    return heads and _A_FIGURE.search(told) is not None and not tells_which(case, mention)


def hands_down(case: Case, mention: YearMention) -> bool:
    """Whether an earlier year's tasks are told as the evaluated one's: 「2021年度县委县政府下达我局的重点工作22件」."""
    if mention.year >= case.year or str(case.year) in case.text(mention.sentence):
        return False
    before = case.flat[mention.sentence.start : mention.span.start]
    if (_opens(before) or _LABEL.fullmatch(before)) and _TASKS_DONE.match(case.flat, mention.span.end):
        return True
    return _opens(before) and _HANDED_DOWN.match(case.flat, mention.span.end, mention.sentence.end) is not None


_LABEL = pattern(r"[\u4e00-\u9fff\"]{2,14}[:,]")
# 「2022年我局承担的8项县定重点工作全部办结」
_TASKS_DONE = pattern(
    r"\s?年?度?,?(?:[我本][\u4e00-\u9fff]{1,2}|[\u4e00-\u9fff]{1,6}[局委办院校馆站所])(?:承担|承办|负责|牵头|领办|主办|实施)的?[^,。;\d]{0,12}\d+\s?[项件个][^,。;\d]{0,20}(?:全部|均已?|都已?|如期)[^,。;\d]{0,4}(?:办结|完成|落实|销号|建成|完工)"
)


_HANDED_DOWN = pattern(
    r"\s?年?度,?(?:由|经)?[\u4e00-\u9fff、]{2,10}?(?<!提前)(?<!预)(?:下达|交办|部署|安排|确定|明确|分配|布置)(?!资金|预算|指标|意见|问题)(?:给|我|本|的|[局委办院校馆站所中心单位部门])*"
    r"(?![^,。;\d]{0,6}(?:资金|预算|补助|指标|意见|问题|线索|整改|遗留))[\u4e00-\u9fff]{2,10}\s?\d+\s?[件项个]"
)


def is_a_result(case: Case, mention: YearMention) -> bool:
    """Whether another year opens what a row tells as its result, without anything of the evaluated one beside it: 「2022年完成3.25万亩」."""
    item = case.item_at(mention.span.start)
    if item is None or not item.table or not item.claimed or not item.target or mention.year >= case.year:
        return False
    form = _RESULT.fullmatch(item.actual.strip())
    if form is None or int(form["y"]) != mention.year or not case.flat.startswith(form["y"], mention.span.start):
        return False
    told = f"{item.name} {item.target} {item.remark}"
    return form["y"] not in told and _OVER_TIME.search(f"{told} {form['what']}") is None


_RESULT = pattern(
    r"(?P<y>20\d\d)\s?年(?:度)?(?:共|累计|全年|实际|已)*(?P<what>[\u4e00-\u9fff]{0,8})\s?\d[\d,.]*\s?(?:万?[\u4e00-\u9fff]{1,3}|%)(?:,[^,。;年]{0,16})?。?"
)
_OVER_TIME = pattern(
    "上年|去年|同期|同比|增[长幅速量]|降[幅低]|下降|变动|基期|开工|立项|建成|启动|购置|签订|批[复准]|下达|申报|评|获|以来|底|末|结转|结余|决算|公开|公示|印发|制定|投用|规划|普查|调查|结转"
)
_OF_ITS_OWN = pattern(r"\s?年?(?:度)?,?[我本](?:[局委办院校馆站所中]|单位|部门)")  # 「2022年，我办所有固定资产均在用」
_ITS_OWN_WORK = pattern(_OF_ITS_OWN.pattern + r"(?:共|累计)?(?:完成|开展|实施|举办|组织|发放)[^。;,]{0,12}\d")
# The whole of a year, told as gone by.
_WHOLE_YEAR = pattern(
    r"\s?年?(?:度)?,?全年(?!预算|目标|计划|任务|拟|预计|将|安排|力争|工作)(?:共|累计)?[\u4e00-\u9fff]{2,6}\d"
)


def _signed_within(case: Case, year: int) -> bool:
    """Whether the report was signed before a year was over, so that the whole of it cannot be told."""
    return case.found.dated is not None and case.found.dated[0] <= year


def _ahead_of_itself(case: Case, mention: YearMention, before: str) -> bool:
    """Whether a year that was not over when the report was signed opens what it had in all, or the goals that nowhere name the evaluated one."""
    if not _opens(before):
        return False
    if _TOLD_IN_ALL.match(case.flat, mention.span.end) and _signed_within(case, mention.year):
        return True
    section = case.section(mention.span.start)
    goals = case.chapter_key(mention.span.start) == "绩效目标" and _A_GOAL.match(case.flat, mention.span.end)
    first = section is not None and not case.flat[section.span.end : mention.span.start].strip()
    return bool(goals) and first and section is not None and str(case.year) not in case.text(section.body)


_TOLD_IN_ALL = pattern(
    r"\s?年?(?:度)?,?(?:我[局委办院]|本?部门|全年|实际)*(?:总收入|总支出|收入(?:总计|合计|总额)|支出(?:总计|合计|总额)|(?:实际)?(?:完成|支出|收入))(?:为|共)?\s?\d[\d,.]*万?元"
)


_DONE_THEN = pattern(r"\s?年?(?:度)?(?:新增|建成|完成)[^。;]{0,16}\d[^。;]{0,8},当年")  # told of as gone by
PAID = pattern(r"(?:发放|兑付|支付)$")  # 「发放2021年度贴息21.22万元」


def _opens(before: str) -> bool:
    return _SCORED.fullmatch(before) is not None
