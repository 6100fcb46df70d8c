"""R30: what a report leaves blank or says itself is missing: seal, signature, date, a cover field, the body of a chapter."""

import itertools
from collections.abc import Iterator

from hengji.auditing.case import Case
from hengji.auditing.text.numbering import ordinal
from hengji.auditing.text.structure import is_narrative
from hengji.model.extraction import DocumentKind, Section, Span
from hengji.model.finding import Finding, Severity
from hengji.model.patterns import pattern

_LACKING = r"(?:未(?!满|来|尽)|没有|尚未|暂未|遗漏|漏[盖签填署]|暂缺|欠缺|缺[盖签失少]|待补|待定|待填|后补|补盖|补签|另补|空白)"
_MARKS = r"(?:公章|印章|盖章|签章|用印|签字|签名|署名|落款|签发|(?:填报|报告|编制|成文|落款)日期)"
_ACTS = r"[^,。;]{0,8}(?:盖|签|署|用印|落款|填写?日期|注明日期)"
_SAID_MISSING = pattern(rf"{_MARKS}[^。;\n]{{0,24}}?{_LACKING}|{_LACKING}{_ACTS}")
_OF_THE_REPORT = pattern(r"(?:本|该|此|自评)(?:报告|稿|表|件|文本|自评)|报告(?:文本|正文|封面|末尾|报送)|报送")
_OF_OTHER_PAPERS = pattern(
    r"合同|凭证|发票|单据|验收|审批|报销|台账|回执|问卷|考核单|发放表|记录|清单|底稿|协议|申请|授权|通知书|意见书"
)
_LABELLED = pattern(rf"^\s*[^\n:。,]{{0,8}}{_MARKS}[^\n:。,]{{0,6}}:")
_REMEDIED = pattern(r"已(?:于|经|全部)?[^,。;]{0,12}(?:补盖|补签|补齐|盖章|签字)")
_LINE = 80  # characters of a line that is signed


def said_missing(case: Case) -> Iterator[Finding]:
    """R30: 「本报告未加盖公章」, 「负责人签字：（暂缺）」."""
    if case.found.kind not in (DocumentKind.OVERALL, DocumentKind.PROJECT):
        return
    for match in _SAID_MISSING.finditer(case.flat):
        line = case.paragraph(match.start())
        sentence = case.text(case.sentence(match.start()))
        signed = line.end - line.start <= _LINE and _LABELLED.match(case.text(line)) is not None
        if not (signed or _OF_THE_REPORT.search(sentence)):
            continue
        if _REMEDIED.search(sentence) or _OF_OTHER_PAPERS.search(sentence):
            continue
        message = f"本文写“{case.found.text(Span(match.start(), match.end()))}”，报告应签字盖章并写明日期"
        yield case.finding("R30", Span(match.start(), match.end()), message, severity=Severity.WARNING)
        return


_FIELD = (
    r"填\s?报\s?人|填\s?表\s?人|部门名称|单位名称|填报单位|填报部门|评价单位|单位负责人|部门负责人|负责人|联\s?系\s?人"
)
_BLANK_FIELD = pattern(
    rf"(?:(?<=\n)|(?<![^ \t])|^)(?P<label>{_FIELD})\s?:[ \t_/\-]*(?=\n|$|(?:{_FIELD}|联系电话|填报日期|日期)\s?:)"
)
_UNDATED = pattern(
    r"(?P<label>(?:填报|报告|编制|自评|填表|成文)(?:日期|时间)):(?!\s*(?:20|二[〇○零O]|[ _]*年))[^\d\n]{1,12}$"
)
_NO_DAY = pattern(r"(?:^|[ \t\n])(?P<label>(?:填报|报告|编制|自评|填表|报送)(?:日期|时间)):[ \t_]*$")
_COVER = 12  # paragraphs at the head


def blank_cover(case: Case) -> Iterator[Finding]:
    """R30: a field of the cover left blank beside others that are filled in, or a date that is none."""
    if case.found.kind not in (DocumentKind.OVERALL, DocumentKind.PROJECT):
        return
    filled = sum(1 for value in case.found.cover.values() if value)
    for index, paragraph in enumerate(case.found.paragraphs[:_COVER]):
        text = case.text(paragraph)
        match = _BLANK_FIELD.search(text)
        last = match is not None and not text[match.end() :].strip("_ \t/-")
        if match is not None and filled and not (last and _filled_below(case, index)):
            span = Span(paragraph.start + match.start("label"), paragraph.start + match.end("label"))
            yield case.finding("R30", span, f"封面“{match['label']}”没有填写", severity=Severity.INFO)
        unread = case.found.dated is None and not _dated_below(case, index)
        undated = (_UNDATED.search(text) or _NO_DAY.search(text)) if unread else None
        if undated is not None:
            span = Span(paragraph.start + undated.start("label"), paragraph.start + undated.end())
            yield case.finding("R30", span, f"“{case.found.text(span)}”没有写明日期", severity=Severity.INFO)
    yield from _blank_cells(case, filled)


# What stands alone on the line below a label and fills it in, and what does not: another label, a heading, a title.
_VALUE = pattern(r"[^:。;\n]{1,30}")
_NO_VALUE = pattern(
    rf"^\s*(?:[(]?[一二三四五六七八九十]{{1,3}}[)、.]|第[一二三四五六七八九十]|目\s?录|\d{{1,2}}[.、])|(?:报告|自评表|说明|情况|目录)$|20\d\d年度?.{{0,20}}(?:报告|表)|^\s*(?:{_FIELD}|主管部门|联系电话|电话|填报日期|日期)\s*$"
)


def _filled_below(case: Case, index: int) -> bool:
    """Whether the value of a label stands on the line below it: 「单位名称：↵平溪县第三初级中学」."""
    below = _below(case, index)
    return _VALUE.fullmatch(below) is not None and _NO_VALUE.search(below) is None


def _dated_below(case: Case, index: int) -> bool:
    return _IS_DAY.match(_below(case, index)) is not None


_IS_DAY = pattern(r"(?:20\d\d|二[〇○零O])")


def _below(case: Case, index: int) -> str:
    rest = (case.text(each).strip() for each in case.found.paragraphs[index + 1 : index + 3])
    return next((text for text in rest if text), "")


_LABEL_CELL = pattern(rf"^\s*(?:{_FIELD}|填报日期|填报时间)\s?:?\s*$")


def _blank_cells(case: Case, filled: int) -> Iterator[Finding]:
    """The same where the cover is a table of two columns."""
    if not is_narrative(case):
        return  # the head of a form
    for block in case.found.document.blocks[:_COVER] if filled else ():
        for label in block.cells:
            if not _LABEL_CELL.match(label.text):
                continue
            beside = next(
                (c for c in block.cells if c.row == label.row and c.column == label.column + label.columns), None
            )
            if beside is not None and not beside.text.strip("_ \t\u3000"):
                yield case.finding(
                    "R30", Span(label.start, label.end), f"封面“{label.text.strip()}”没有填写", severity=Severity.INFO
                )


_CHAPTER = 20  # a rank: what stands deeper is no chapter


def empty_chapters(case: Case) -> Iterator[Finding]:
    """R30: one chapter that is only its heading, among others that are told (R20: problems and suggestions)."""
    if case.found.kind is not DocumentKind.OVERALL or not is_narrative(case):
        return
    chapters = [s for s in case.found.sections if s.heading and s.mark and s.rank <= _CHAPTER]
    top = min((s.rank for s in chapters), default=0)
    chapters = [s for s in chapters if s.rank == top]
    empty = [
        (one, other)
        for one, other in itertools.pairwise(chapters)
        if ordinal(other.mark) == (ordinal(one.mark) or 0) + 1
        and not case.flat[one.span.end : other.span.start].strip("。:、 \n\t\u3000")
        and not _SAYS_A_SCORE.search(one.title)
    ]
    if len(empty) == 1 and len(chapters) >= _CHAPTERS and empty[0][0].key not in _ASKED_ELSEWHERE:
        section = empty[0][0]
        if _SCORE.search(section.title):
            return  # 「三、总分97.86分」 says all there is to say
        yield case.finding(
            "R30", section.span, f"“{section.title[:14]}”一章只有标题，没有内容", severity=Severity.WARNING
        )


_SCORE = pattern(r"\d\s?分")
_CHAPTERS = 4
_SAYS_A_SCORE = pattern(r"\d\s?分")  # a heading that is its own text: 「三、总分97.86分」
_ASKED_ELSEWHERE = ("存在问题", "相关建议", "问题与建议")


_OF_THE_OUTLINE = (pattern(r"^部门整体概况$"), pattern(r"^部门整体收支情况$"))
_TOLD = pattern(r"绩效(?!分析|目标|评价|自评)|成效|成绩|履职|业绩|亮点|成果|完成情况|效果|做法")


def outline_complete(case: Case) -> Iterator[Finding]:
    """R30: an outline of six chapters (整体概况, 整体收支情况 below the first) without 绩效目标 or without 主要绩效."""
    if case.found.kind is not DocumentKind.OVERALL or not is_narrative(case):
        return
    heads = [section for section in case.found.sections if section.heading]
    if not all(any(form.match(s.title) for s in heads) for form in _OF_THE_OUTLINE):
        return
    keys = {section.key for section in heads}
    if not keys >= {"基本情况", "自评结论", "绩效分析"}:
        return
    if not any(_is_told(section) for section in heads) and "主要绩效" not in keys:
        yield _missing(case, "主要绩效", "绩效分析")
    overview = case.chapter_span("基本情况")
    if (
        overview is not None
        and not any("目标" in s.title or "任务" in s.title for s in heads)
        and "目标" not in case.text(overview)
    ):
        yield _missing(case, "部门整体支出绩效目标", "基本情况")


def _is_told(section: Section) -> bool:
    return (
        section.rank <= _CHAPTER
        and section.key not in ("绩效分析", "基本情况", "自评结论")
        and _TOLD.search(section.title) is not None
    )


def _missing(case: Case, name: str, near: str) -> Finding:
    return case.finding("R30", case.anchor(near), f"提纲里的“{name}”没有写", absent=True, severity=Severity.WARNING)
