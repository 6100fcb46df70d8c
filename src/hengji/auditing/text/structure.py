"""R29 and R30: what the chapters hold, and that they are there."""

import re
from collections.abc import Iterator
from decimal import Decimal

from hengji.auditing.case import Case, once
from hengji.auditing.problems.zones import measure_zones
from hengji.extracting.wording import chapter_key
from hengji.model.extraction import DocumentKind, Section, Span
from hengji.model.finding import Finding, Severity
from hengji.model.patterns import pattern

_GOAL = pattern(
    r"\d|目标[一二三四五六七八九十\d][:、]|确保|完成|实现|达到|推进|抓(?!手)|维护|治理|培育|新建|处置|发放|扩大|改善|建强|优化|保障[^部]|提升(?!预算绩效)|开展(?!绩效)|建设|做好|落实|加强(?!预算绩效|支出责任)"
)
PURPOSE = pattern(
    r"(?:通过|开展)[^。]{0,12}(?:绩效评价|绩效自评|自评)[^。]{0,60}(?:提升|提高|强化|规范|促进)|(?:提升|提高)预算绩效管理(?:工作)?水平|强化(?:部门)?支出责任|(?:提高|提升)财政资金使用效益|为[^。]{0,16}(?:安排|编制)预算提供(?:参考|依据)"
)
_ABOUT = pattern(r"绩效|评价|自评|支出责任|资金使用")
_NEEDED = (
    (("基本情况",), "部门基本情况"),
    (("自评结论",), "自评结论"),
    (("存在问题", "问题与建议"), "存在问题"),
    (("相关建议", "问题与建议"), "改进建议"),
)
_CHAPTER = 20  # a rank: what stands deeper is no chapter


def goals_are_goals(case: Case) -> Iterator[Finding]:
    """R29: the goals chapter holds a goal or a target, not what evaluating is good for."""
    for index, section in enumerate(case.found.sections):
        goals = section.key == "绩效目标" or (not section.key and _GOALS_TITLE.fullmatch(section.title) is not None)
        if not goals or not section.heading or _is_item(case, section) or _FAULT.search(section.title):
            continue
        after = (s.span.start for s in case.found.sections[index + 1 :] if s.rank <= section.rank)
        span = Span(section.span.end, next(after, len(case.flat)))
        text = case.text(span).strip()
        if len(text) < 12 or goal_beside(text):
            continue
        start = span.start + (len(case.text(span)) - len(case.text(span).lstrip()))
        at = (
            Span(section.span.start, case.sentence(start).end)
            if start - section.span.end <= _CLOSE
            else case.sentence(start)
        )
        yield case.finding("R29", at, f"“{section.title}”写的是评价的意义，没有年度目标或指标")
        return


_GOALS_TITLE = pattern(r"(?:年度|部门|整体|总体|工作|预期)*(?:绩效)?目标(?:表述|概述|内容|说明)?")
_FAULT = pattern(r"不|未|缺|偏|弱|滞后|有待")  # a problem of goals: 「绩效目标与预算衔接不紧」
_CLOSE = 3  # characters between a heading and its text
_YEAR_SAID = pattern(r"20\d\d年(?:度)?|[〔\[]20\d\d[〕\]]\s?\d+\s?号")  # or the number of a paper
_SLOGAN = pattern(
    r"思想为指导|为指导|紧紧围绕|决策部署|围绕中心|服务大局|高质量发展|精神|保驾护航|主线|全面落实|总体要求|高度重视"
)


_GOALS_ATTACHED = pattern(r"目标[^。;]{0,10}(?:详?见|列于|附后)")  # in a form that is named


def goal_beside(text: str) -> bool:
    """Whether a sentence sets a goal or gives a number: what only speaks of evaluating and managing performance sets none."""
    if _GOALS_ATTACHED.search(text):
        return True
    lines = (_ORDINAL.sub("", sentence) for sentence in re.split(r"[。;\n]", text))
    sentences = [_YEAR_SAID.sub("", sentence) for sentence in lines if len(sentence) > 6]
    clauses = (clause for s in sentences if PURPOSE.search(s) for clause in s.split(","))
    if any(re.search(r"\d", clause) and not PURPOSE.search(clause) and not _ABOUT.search(clause) for clause in clauses):
        return True  # what is set to that purpose
    return any(
        not PURPOSE.search(s)
        and _OF_DUTIES.match(s) is None
        and (re.search(r"\d", s) or not _SLOGAN.search(s))
        and (_GOAL.search(s) if not _ABOUT.search(s) else re.search(r"\d", s))
        for s in sentences
    )


_ORDINAL = pattern(r"^\s*(?:\(?\d{1,2}\s?(?:[\t|、)]|\.(?!\d))|序号\s?[\t|])\s?")  # of a row or an entry
# What the department is there for, that all was reached, or how much was spent, none of which is a goal of the year.
_OF_DUTIES = pattern(
    r"[^,。;\d]{0,14}(?:负责|主要职责|职能[为是])[^\d]*$|[^,。;\d]{0,6}(?:达到|完成|实现)了?(?:预期|既定|年初)[^,。;\d]{0,6}(?:目标|任务)(?:值)?[^\d]*$|[^,。;\d]{0,8}总(?:支出|收入)\d"
)


def _is_item(case: Case, section: Section) -> bool:
    return any(item.span == section.span for item in case.found.items)


_SUGGESTS = pattern(
    r"整改|改进|建议|措施|下一?步|努力方向|对策|举措|打算|解决(?!的)|(?:工作|提升|今后|后续)(?:计划|安排|方向|思路)|怎么改|如何改"
)


def chapters_present(case: Case) -> Iterator[Finding]:
    """R30: the chapters every outline asks for, and the date."""
    if case.found.kind not in (DocumentKind.OVERALL, DocumentKind.PROJECT) or not is_narrative(case):
        return
    yield from _unsigned(case)
    if case.found.kind is not DocumentKind.OVERALL:
        yield from _blank_date(case)
        yield from _no_problems(case)
        return
    keys = {section.key for section in case.found.sections if not _OF_LAST_YEAR.search(section.title)}
    keys |= _chapters_in_cells(case)
    if case.found.totals.claimed is not None or case.found.totals.grade is not None or _added_up(case):
        keys.add("自评结论")  # told, if under another heading or in a sentence of another chapter
    if any(
        _SUGGESTS.search(s.title)
        for s in case.found.sections
        if s.heading and s.rank <= _CHAPTER and not _OF_LAST_YEAR.search(s.title)
    ):
        keys.add("相关建议")
    if measure_zones(case):
        keys.add("相关建议")
    if any(_OF_THE_UNIT.search(s.title) for s in case.found.sections if s.heading and s.rank <= _CHAPTER):
        keys.add("基本情况")  # told with the first of the scored parts: 「第一章 单位概况与预算编制（18分）」
    if "基本情况" not in keys and (_ABOUT_THE_UNIT.search(case.flat) or _FORM.search(case.flat, 0, _HEAD)):
        keys.add("基本情况")  # told without a heading, or in a table; a form with notes asks for none
    keys |= _told_in_form(case)
    if {"存在问题", "问题与建议"} & keys and _measures_with_problems(case):
        keys.add("相关建议")
    for wanted, name in _NEEDED if not is_brief(case) else ():
        if not keys.intersection(wanted) and not _headed(case, name):
            yield case.finding(
                "R30",
                case.anchor("自评结论", "绩效分析", "基本情况"),
                f"缺少“{name}”一章",
                absent=True,
                severity=Severity.WARNING,
            )
    blank = [*_blank_date(case)]
    yield from blank
    if (
        not blank
        and case.found.dated is None
        and {"填报人", "联系电话", "单位负责人"} & case.found.cover.keys()
        and not _bears_a_date(case)
    ):
        yield case.finding(
            "R30", case.anchor("自评结论", "基本情况"), "没有填报日期", absent=True, severity=Severity.INFO
        )


_OF_THE_UNIT = pattern(r"概[况述]|基本情况|简介|简况|单位介绍|机构|履职")


def _added_up(case: Case) -> bool:
    """Whether a total is told anywhere, by the usual words or as the very sum of the leaves: 「实得之和86.38」."""
    if _IN_ALL.search(case.flat):
        return True
    total = sum((item.claimed for item in case.found.items if item.claimed is not None), Decimal(0))
    return any(Decimal(m["n"]) == total or "之和" in m[0] for m in _SUM.finditer(case.flat))


_SUM = pattern(r"(?:之?和|总|相加|合计|共计|累计)[^。;\n\d]{0,10}(?P<n>\d{2,3}(?:\.\d+)?)(?![\d%])")


def _told_in_form(case: Case) -> set[str]:
    """The chapters that a form needs not have: its column 「偏差原因及改进措施」 asks for them, and its notes are no report."""
    if not _IS_FORM.search(case.flat, 0, _HEAD) or _IS_REPORT.search(case.flat, 0, _HEAD):
        return set()
    asked = any(_ASKED.search(text) for grid in case.grids for row in range(grid.rows) for text in grid.lines[row])
    return {"存在问题", "相关建议"} if asked else set()


_IS_FORM = pattern(r"自评价?表\s*$", re.MULTILINE)
_IS_REPORT = pattern(r"报告")
_ASKED = pattern(r"^(?:偏差|未完成|扣分)[^\n]{0,8}原因[^\n]{0,8}措施")


def _measures_with_problems(case: Case) -> bool:
    """Whether a chapter of problems under a heading of its own making tells who will do what until when: 「未通电，营林股负责，2025年5月底前补植」."""
    section = case.chapter("存在问题")
    span = case.chapter_span("存在问题") or case.chapter_span("问题与建议")
    text = case.text(span) if span is not None else ""
    if section is not None and "问题" in section.title:
        return _each_with_measure(text)  # the usual outline has a chapter of its own for the measures
    return len(_BY_WHEN.findall(text)) > 1 and _BY_WHOM.search(text) is not None


def _each_with_measure(text: str) -> bool:
    """Whether every problem of a chapter is told with its measure under that name: 「1.……整改：财政所8月底前建立应急支出库。」."""
    entries = [entry for entry in _ENTRIES.split(text) if len(entry.strip()) > _ENTRY]
    told = [entry for entry in entries if _MEASURE_NAMED.search(entry)]
    return len(told) > 1 and len(told) * 4 >= len(entries) * 3


_ENTRIES = pattern(r"(?:^|\n)\s*(?:\(?[一二三四五六七八九十\d]{1,2}[)、.]|[①-⑩]|[-•·])(?!\d)")
_ENTRY = 12  # characters; a heading has fewer
_MEASURE_NAMED = pattern(
    r"(?:整改|改进|对策|解决|处理)(?:措施|办法|方案|安排|打算|要求|思路)?\s?[:—]|措施\s?[:—]|[\[【(](?:整改|措施|改进)[^\n]{0,6}[\]】)]"
)


_BY_WHEN = pattern(r"20\d\d年(?:\d{1,2}月|[上下]半年|第?[一二三四]季度|年?)(?:底|末|初)?(?:之?前|起|内)")
_BY_WHOM = pattern(r"负责|牵头|[股科室处办站所中心]20\d\d年|由[^,。;]{2,10}[股科室处办站所队]")


# A total of all, as no leaf's score is: 「自评总分97.9分」, 「总分｜100｜98.56」, 「以上合计97分」.
_IN_ALL = pattern(
    r"(?:自评(?:总分|得分|结果)?|总(?:得?分|计)|合计|综合(?:评价)?得分|共得)[^。;\n\d]{0,10}(?:100(?:\.0+)?(?:分[,、]?|[\s|]+)[^。;\n\d]{0,8})?(?:[6-9]\d(?:\.\d+)?|100)\s?(?:分|\(|$)",
    re.MULTILINE,
)


def _blank_date(case: Case) -> Iterator[Finding]:
    """The label of a date that nobody filled in."""
    blank = _BLANK_DATE.search(case.flat) if case.found.dated is None else None
    if blank is not None:
        span = Span(blank.start("label"), blank.end("label"))
        yield case.finding("R30", span, "没有填写日期", severity=Severity.INFO)


def _no_problems(case: Case) -> Iterator[Finding]:
    """A project's report of chapters that lost points and neither heads nor tells what is wrong or what will be done."""
    lost = any(i.claimed is not None and i.points is not None and i.claimed < i.points for i in case.found.items)
    heads = [s for s in case.found.sections if s.heading and s.rank <= _CHAPTER]
    told = any(_OF_FAULTS.search(s.title) for s in heads) or _TELLS_FAULTS.search(case.flat) is not None
    applied = next((s for s in heads if s.key == "应用公开"), None)
    if lost and not told and applied is not None:
        yield case.finding("R30", applied.span, "缺少“存在问题”和“改进措施”章节", severity=Severity.WARNING)


_OF_FAULTS = pattern(r"问题|不足|短板|薄弱|困难|偏差|差距|原因|整改|改进|建议|措施|对策|打算|经验")
_TELLS_FAULTS = pattern(
    r"存在[^。;]{0,12}(?:问题|不足|短板)|(?:问题|不足)(?:及|和|与)?(?:原因|建议|措施)|改进(?:措施|建议)|整改措施|下一步"
)
_ABOUT_THE_UNIT = pattern(r"内设|(?:主要)?职[责能](?:是|为|:)|(?:人员|行政|事业)?编制数?\s?(?:\d|\t|\n)|核定编制")
_OF_LAST_YEAR = pattern(r"^(?!.*(?:本年|存在)).*(?:上年|上一年|往年|以前年度)")
_FORM, _HEAD = pattern(r"自评价?表"), 120
_BLANK_DATE = pattern(
    r"(?P<label>(?:填报|报告|编制|自评|填表)(?:日期|时间)):[ \t]*(?:\n|$|(?:20\d{2})?[ \t_]*年(?:[ \t_]*月|[ \t_]*\d{1,2}[ \t_]*月(?=[ \t_]*日))[ \t_]*(?:日)?)"
)
_MARKED = r"^\s*(?:[一二三四五六七八九十]+、|\([一二三四五六七八九十]+\))"
_HEADED = {
    "自评结论": pattern(
        rf"{_MARKED}?[^\n。]{{0,10}}(?:结论|自评结果|自评得分)[^\n。]{{0,8}}$|(?:总得?分|综合得分)[^\n。]{{0,12}}\d[^\n。]{{0,20}}等[级次]",
        re.MULTILINE,
    ),
    "存在问题": pattern(
        rf"{_MARKED}?(?![^\n。]{{0,6}}(?:上年|上一年|往年|以前年度))[^\n。]{{0,10}}(?:问题|不足|短板|薄弱环节|差距|未(?:完成|达标|达到)[^\n。]{{0,6}}原因)[^\n。]{{0,8}}$",
        re.MULTILINE,
    ),
    "改进建议": pattern(rf"{_MARKED}[^\n。]{{0,10}}(?:建议|措施|打算)[^\n。]{{0,8}}$", re.MULTILINE),
}


def _headed(case: Case, name: str) -> bool:
    """Whether a line heads the chapter all the same: in a cell, or below what the outline could follow."""
    form = _HEADED.get(name)
    return form is not None and form.search(case.flat) is not None


_WHOLE_REPORT = 600  # characters of running text
_ATTACHMENT = pattern(r"\s*附件\s?\d{0,2}\s*$")
_SEALED = pattern(r"盖章|公章|印章|签章|\(章\)")
_DATED = pattern(r"20\d\d\s?年\s?\d{1,2}\s?月(?:\s?\d{1,2}\s?日)?\s*$|二[〇○零0O]二.年.{1,3}月")


_DATED_AT = pattern(
    r"(?:日期|时间)[:：\s]*20\d\d\s?[年.\-/]\s?\d{1,2}|^\W{0,4}20\d\d\s?[年.\-/]\s?\d{1,2}\s?[月.\-/]\s?\d{1,2}\s?日?\W{0,4}$"
)


def _unsigned(case: Case) -> Iterator[Finding]:
    """A report that ends without a date and bears neither a seal nor a date anywhere."""
    cover = {"填报人", "联系电话", "单位负责人", "填报日期", "报告日期"} & case.found.cover.keys()
    if sum(span.end - span.start for span in case.found.paragraphs) < _WHOLE_REPORT:
        return  # an excerpt
    if case.found.paragraphs and _ATTACHMENT.match(case.text(case.found.paragraphs[0])):
        return  # an annex: its letter bears the date
    if case.found.dated is not None or cover or _SEALED.search(case.flat):
        return
    if _bears_a_date(case) or _ends_in_a_table(case) or not (len(case.flat) > _LONG or _closes_formally(case)):
        return
    message = "没有落款日期，也没有盖章处"
    yield case.finding("R30", _end(case), message, absent=True, severity=Severity.INFO)


_LONG = 2000  # characters of a report that would have been signed


def _closes_formally(case: Case) -> bool:
    """Whether a report ends as one that is signed does: with its unit's name, a list of annexes, or a date left blank."""
    name = case.found.department[-_TAIL_OF_NAME:]
    ends = [case.text(paragraph).strip() for paragraph in case.found.paragraphs[-_CLOSING:]]
    return any(
        _BLANK_DAY.search(line)
        or line.startswith(("附件", "附:"))
        or (name and len(line) <= _LINE and line.endswith(name))
        for line in ends
    )


_TAIL_OF_NAME, _CLOSING, _LINE = 4, 12, 30  # characters of a name, lines of an end, characters of a line


def _chapters_in_cells(case: Case) -> set[str]:
    """The chapters of a report laid out in a table, by the first cells of its rows: 「五、存在的问题｜1.…」."""
    first = (cell.text for block in case.found.document.blocks for cell in block.cells if cell.column == 0)
    titles = (match["title"] for text in first if (match := _CELLED.fullmatch(text)) is not None)
    return {chapter_key(title) for title in titles}


_CELLED = pattern(r"\s*[一二三四五六七八九十]{1,3}、(?P<title>[\u4e00-\u9fff、]{2,14})\s*")
_BLANK_DAY = pattern(r"年\s*月\s*日")


def _ends_in_a_table(case: Case) -> bool:
    """Whether the last of a document is an annexed table: what was signed ends before it, and copies leave the signature out."""
    blocks = case.found.document.blocks
    return bool(blocks) and bool(blocks[-1].cells)


def _bears_a_date(case: Case) -> bool:
    """Whether a line at the head or at the end is dated, however it is labelled."""
    head, tail = case.found.paragraphs[:12], case.found.paragraphs[-12:]
    ends = (*case.found.paragraphs[:8], *case.found.paragraphs[-6:])
    return any(_DATED.search(case.text(p)) for p in ends) or any(_DATED_AT.search(case.text(p)) for p in (*head, *tail))


def _end(case: Case) -> Span | None:
    """Where a signature would stand: the last paragraph."""
    return case.found.paragraphs[-1] if case.found.paragraphs else case.anchor("自评结论", "基本情况")


@once
def is_brief(case: Case) -> bool:
    """A page of scores that no outline of chapters is asked of: little else stands in it than its leaves."""
    return len(case.found.items) >= _SCORED and len(case.flat) < _PAGE


_SCORED, _PAGE = 8, 1400  # leaves; characters


def is_narrative(case: Case) -> bool:
    """A report of chapters; a one-page table has none."""
    chapters = [s for s in case.found.sections if s.heading and s.rank <= 20]
    running = sum(p.end - p.start for p in case.found.paragraphs)
    titled = any("报告" in case.text(p) and p.end - p.start < 60 for p in case.found.paragraphs[:6])
    return len(chapters) >= 3 and (running > 600 or titled)
