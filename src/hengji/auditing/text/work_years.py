"""R13: the year's own work told of another year: a whole year that is not over, a result beside its plan, goals and accounts of the wrong year."""

import re
from collections.abc import Iterator

from hengji.auditing.case import Case
from hengji.auditing.text.dating import CHAPTERS_OF_NOW
from hengji.model.extraction import DocumentKind, Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_KINDS = (DocumentKind.OVERALL, DocumentKind.PROJECT)
_NUMBERS = pattern(r"[〔\[(]20\d\d[〕\])]|《[^《》]*》")  # years of papers
# 「2023年全年清运生活垃圾32585吨」
_WHOLE_YEAR = pattern(
    r"(?<!\d)(?P<y>20\d\d)\s?年\s?(?:度?全年|1\s?[-—~至]\s?12月|一年来)[^,。;\n\t\d]{0,24}?\d[\d,.]*\s?(?:万|亿)?[\u4e00-\u9fff]"
)
_AHEAD = pattern(
    r"计划|预计|拟|将|目标|力争|预算|安排|要求|争取|确保|打算|预期|不少于|不低于|以上|起|今后|明年|次年|任务|申报"
)
# 「计划108场，2021年9个社区实办117场」
_BESIDE_PLAN = pattern(
    r"(?:计划|目标|任务|应完成|指标)(?:值|数|任务)?(?:为|是|:)?[^,。;:\n\t\d]{0,10}\d[\d,.]*\s?(?:万|亿)?[\u4e00-\u9fff]{1,4}[,;、]\s?(?P<y>20\d\d)\s?年(?:度|全年)?"
    r"[^,。;\n\t]{0,14}?(?:实办|实际|共?完成|举办|实施|开展|建成|新建|新增|办理|发放|培训|接待|组织|清运|检查|抽检|受理|救助|服务|造林|种植|改造|巡查|演出|放映|采集|接收|征集|实有|实种|实施了|做了|办了)[^,。;\n\t]{0,12}?\d"
)
_COMPARED = pattern(
    r"上年|去年|同[期比]|相比|[比较与]\s?20|高于20|基[期数]|增长|下降|提高|减少|结转|续|遗留|以来|历年|审计|决算|基准|累计"
)
# 「随预算同步编报了2022年度部门整体绩效目标」
_GOALS_SET = pattern(
    r"(?:编报|编制|申报|设[定置]|填报|报送|制定|提交|批复)了?\s?(?P<y>20\d\d)\s?年(?:度)?的?(?:本?(?:部门|单位|馆|局|院|校|中心))?(?:整体|总体|支出|项目|预算|和|及|、)*绩效目标"
)
_OF_GOALS = pattern(r"目标|预算编[制报]|编制")
# 「2022年9月12日公开2022年度部门决算」
_ACCOUNTS_BEHIND = pattern(
    r"(?<!\d)(?P<on>20\d\d)\s?年\s?\d{1,2}\s?月(?:\s?\d{1,2}\s?日)?[^。;,、\d]{0,14}?(?:批复|公[开示布])了?\s?(?P<of>20\d\d)\s?年(?:度)?的?(?:部门|单位|本级|收支)*决算"
)


# 「评价时段为2022年1月1日至12月31日」, 「项目实施期为2022年1月至12月」
_PERIOD = pattern(
    r"(?:评价|自评|绩效|考核|实施|执行|建设|服务|核查|统计|数据|资金使用|起止|本次)的?(?:基准|覆盖|数据)?(?:范围|期间?|时段|时间(?:范围|段|跨度)?|周期|期限|区间|年度|起止时间)(?:\([^()\n]{0,6}\))?"
    r"(?:[为是系:\t]|确定|界定|限定|定|覆盖|涵盖|从|自|即)*\s?(?P<y>20\d\d)\s?(?:年\s?1\s?月(?:\s?1\s?日)?|[.]0?1[.]0?1)\s?起?[-—–~至到]{1,2}\s?(?:(?P<z>20\d\d)[年.])?\s?12\s?(?:月(?:\s?31\s?日|底|末)?|[.]31)"
)
_TITLE = 120  # characters in which a report's title stands


def _periods_of_another(case: Case) -> Iterator[Finding]:
    """The whole of another year as the time that is evaluated, or in which the project was to be done."""
    for match in _PERIOD.finditer(case.flat):
        year = int(match["y"])
        if year == case.year or match["z"] not in (None, match["y"]) or match["y"] in case.flat[:_TITLE]:
            continue
        told = _NUMBERS.sub("", case.text(case.sentence(match.start())))
        if str(case.year) in told or "上年" in told or not abs(year - case.year) <= _A_DRAFT_AWAY:
            continue
        message = f"评价的是{case.year}年度，这里的起止时间写{match['y']}年，可能是沿用旧稿"
        yield _finding(case, Span(match.start(), match.end()), message, match["y"])


_A_DRAFT_AWAY = 2  # years


def work_of_another_year(case: Case) -> Iterator[Finding]:
    """The forms above, each of a report whose year is sure."""
    if not case.year or not case.found.year_stated or case.found.kind not in _KINDS:
        return
    yield from _whole_years(case)
    yield from _periods_of_another(case)
    yield from _beside_plans(case)
    yield from _goals_of_last_year(case)
    yield from _accounts_too_early(case)


def _whole_years(case: Case) -> Iterator[Finding]:
    """All of next year told as done, in a report that is written within it."""
    following = str((case.year or 0) + 1)
    for match in _WHOLE_YEAR.finditer(case.flat) if following in case.flat else ():
        text = case.text(case.sentence(match.start()))
        planned = _AHEAD.search(text) or case.chapter_key(match.start()) in (*CHAPTERS_OF_NOW, "绩效目标")
        if match["y"] != following or planned or _later(case, match["y"]):
            continue
        if case.aimed_at(match.start()):
            continue
        message = f"评价的是{case.year}年度，{following}年还没有过完，这里却写它全年的情况，可能是年份写错"
        yield _finding(case, Span(*match.span("y")), message, match["y"])


def _later(case: Case, year: str) -> bool:
    """Whether a report is dated after a year was over."""
    last = int(year) + 1
    return re.search(rf"{last}\s?年\s?(?:\d|[一二三四五六七八九十])", case.flat[-_END:] + case.flat[:_END]) is not None


_END = 200  # characters at the head and at the end in which a report is dated


def _beside_plans(case: Case) -> Iterator[Finding]:
    """A result of an earlier year right behind the plan that it is held against, where the sentence tells none of this year."""
    for match in _BESIDE_PLAN.finditer(case.flat):
        if int(match["y"]) != (case.year or 0) - 1:
            continue
        text = _NUMBERS.sub("", case.text(case.sentence(match.start())))
        if str(case.year) in text or _COMPARED.search(text) or case.chapter_key(match.start()) in CHAPTERS_OF_NOW:
            continue
        message = f"评价的是{case.year}年度，与计划对照的却是{match['y']}年的情况，可能是沿用旧稿"
        yield _finding(case, Span(*match.span("y")), message, match["y"])


def _goals_of_last_year(case: Case) -> Iterator[Finding]:
    """Goals of last year in the leaf that scores how the goals were set, which speaks of no other year's."""
    for match in _GOALS_SET.finditer(case.flat):
        item = case.item_at(match.start())
        if (
            int(match["y"]) != (case.year or 0) - 1
            or item is None
            or not item.claimed
            or not _OF_GOALS.search(item.name)
        ):
            continue
        row = case.in_table(match.start())
        around = _line(case, match.start()) if row else case.text(item.body)
        if str(case.year) in _NUMBERS.sub("", around):
            continue
        message = f"评价的是{case.year}年度，“{item.name}”写的却是{match['y']}年度的绩效目标，可能是沿用旧稿"
        yield _finding(case, Span(*match.span("y")), message, match["y"])


def _line(case: Case, at: int) -> str:
    end = case.flat.find("\n", at)
    return case.flat[case.flat.rfind("\n", 0, at) + 1 : end if end >= 0 else len(case.flat)]


def _accounts_too_early(case: Case) -> Iterator[Finding]:
    """Accounts made public within the year that they are of."""
    for match in _ACCOUNTS_BEHIND.finditer(case.flat) if "决算" in case.flat else ():
        if int(match["on"]) <= int(match["of"]):
            message = f"{match['of']}年的决算不可能在{match['on']}年批复、公开，可能是年份写错"
            yield _finding(case, Span(match.start(), match.end()), message, match["on"], str(int(match["of"]) + 1))


def _finding(case: Case, span: Span, message: str, stated: str, right: str = "") -> Finding:
    return case.finding("R13", span, message, stated=stated, recomputed=right or str(case.year))
