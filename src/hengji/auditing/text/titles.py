"""R13: titles of annexes and headings that bear another year than the one that is evaluated."""

import re
from collections.abc import Iterator

from hengji.auditing.case import Case
from hengji.model.extraction import Section, Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_TITLE = pattern(
    r"(?:附[件表]?\s?\d{0,2}[:、.\s]*)?[\u4e00-\u9fff()]{0,20}?(?P<year>20\d\d)\s?年度?[\u4e00-\u9fff()]{2,24}"
    r"(?:自评[价]?表|评分表|得分表|自评得分情况|指标完成情况表|自评报告)\s*"
)
_LONGEST = 60  # characters


def titles_of_other_years(case: Case) -> Iterator[Finding]:
    """R13: 「附件　2023年度部门整体支出绩效自评表」 in the report on 2024."""
    if not case.year or not case.found.year_stated:
        return
    for paragraph in case.found.paragraphs[1:]:
        if paragraph.end - paragraph.start > _LONGEST or case.in_table(paragraph.start):
            continue
        text = case.text(paragraph).strip()
        match = _TITLE.fullmatch(text) or (_YEAR_ALONE.fullmatch(text) if _below_a_form(case, paragraph) else None)
        if match is None or int(match["year"]) == case.year or "《" in match[0]:
            continue
        at = case.flat.find(match["year"], paragraph.start, paragraph.end)
        message = f"评价的是{case.year}年度，这张表的标题写{match['year']}年度"
        yield case.finding("R13", Span(at, paragraph.end), message, stated=match["year"], recomputed=str(case.year))


_YEAR_ALONE = pattern(r"\((?P<year>20\d\d)\s?年度?\)")  # in a line of its own below the name of a form
_FORM = pattern(r"(?:自评[价]?表|评分表|自评报告|申报表|评价表)\s*$")


def _below_a_form(case: Case, paragraph: Span) -> bool:
    return _FORM.search(case.flat, max(0, paragraph.start - _LONGEST), paragraph.start) is not None


# Words that every report's headings are made of; those of what is told of earlier years (决算, 整改, 结转, 应用) are none.
_HEADING = pattern(
    r"\s*(?P<year>20\d\d)\s?年度?的?(?P<what>(?:部门|单位|整体|总体|项目|收入|支出|收支|预算|决算|财务|经费|资金|使用|执行|绩效|目标|工作|任务|重点|主要|年度|存在|问题|指标|完成|实现|设立|设定|分析|情况|成效|履职|[的和及与、])+)"
)
_GOES_BACK = pattern("上年|上一年|去年|往年|以前年度|历年")


def headings_of_other_years(case: Case) -> Iterator[Finding]:
    """R13: 「（三）2022年度部门整体支出绩效目标」 in the report on 2023, over a text that names no such year."""
    if not case.year or not case.found.year_stated:
        return
    titles = [section.title for section in case.found.sections]
    for section in case.found.sections:
        match = _HEADING.fullmatch(section.title.strip()) if section.heading else None
        if match is None or int(match["year"]) not in (case.year - 1, case.year - 2, case.year + 1):
            continue
        if any(match["what"] in title and match["year"] not in title for title in titles) or _told_of(
            case, section, match["year"]
        ):
            continue
        at = case.flat.find(match["year"], section.span.start)
        message = f"评价的是{case.year}年度，这个标题写{match['year']}年，下面写的却不是这一年，可能是沿用旧稿"
        span = Span(at, at + len(match["year"]) + 1)
        yield case.finding("R13", span, message, stated=match["year"], recomputed=str(case.year))


def _told_of(case: Case, section: Section, year: str) -> bool:
    """Whether what stands under a heading, deeper headings included, speaks of its year or of earlier ones, or is nothing."""
    index = case.found.sections.index(section)
    after = (s for s in case.found.sections[index + 1 :] if s.rank <= section.rank)
    end = next((s.span.start for s in after), len(case.flat))
    text = case.flat[section.span.end : end]
    return year in text or _GOES_BACK.search(text) is not None or len(text.strip()) < _LEAST


_LEAST = 12  # characters under a heading


# What the sentence does with an earlier project: compare it, check it, look after it.
_OF_ANOTHER = pattern(
    r"上年|上一年|去年|往年|以前|历年|相比|比较|对比|审计|巡察|检查|抽查|核查|查出|通报|无关|对应|另外?|整改|遗留|质保|管护|后续|续建|移交|已[经于]?[^,。;]{0,6}(?:完工|建成|验收)|结转|滚动|参照|经验"
)
_PROJECT = pattern(r"(?P<year>20\d\d)\s?年度?(?P<what>[\u4e00-\u9fff]{4,30}?项目)(?:支出|资金|专项)*绩效")
_HEAD = 300  # characters in which the title stands


def project_of_another_year(case: Case) -> Iterator[Finding]:
    """R13: 「2022年高标准农田建设项目」 where the report is on 「2023年高标准农田建设项目」 and names that one nowhere else."""
    title = _PROJECT.search(case.flat, 0, _HEAD)
    if title is None or int(title["year"]) != case.year:
        return
    told = list(re.finditer(rf"(?P<year>20\d\d)\s?年度?{re.escape(title['what'])}", case.flat[title.end() :]))
    if len({match["year"] for match in told}) != 1 or int(told[0]["year"]) == case.year:
        return
    start = title.end() + told[0].start()
    if _OF_ANOTHER.search(case.text(case.sentence(start))) is None:
        message = f"评价的是{title['year']}年的项目，这里写{told[0]['year']}年，可能是沿用旧稿"
        span = Span(start, title.end() + told[0].end())
        yield case.finding("R13", span, message, stated=told[0]["year"], recomputed=title["year"])
