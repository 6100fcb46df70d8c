"""R20, R43: chapters that say nothing, and conclusions left open."""

import itertools
import re
from collections.abc import Iterator

from hengji.auditing.case import Case
from hengji.auditing.numbers import number
from hengji.auditing.scores.totals import base_of, extras_of, plausible_totals
from hengji.auditing.text.structure import is_brief, is_narrative
from hengji.model.extraction import DocumentKind, Section, Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

EMPTY = pattern(
    r"^[\s。,;:]*(?:无|暂无|没有|无相关(?:建议|问题)|无建议|无其他|不存在|未发现|无问题|/|-|—)[^。]{0,12}[。]?\s*$"
)
_ONE_LINE = 13
_OTHER_MATTERS = pattern(r"其他|需要?说明")
_NONE_THERE = pattern(
    r"(?:(?:未发现|没有发现)(?:存在)?|不存在|未出现|暂无|尚无|没有|无)(?:明显|突出|重大|较大|其他|其它|严重|任何|更多|相关|特别|需要?(?:提出|反映|说明|报告))?(?:的)?(?:问题|不足|短板|困难|意见|建议|改进措施)(?:和|及|、|与|或)?(?:意见|建议|不足|问题)?[。;]?$"
    r"|(?:^|[,，])(?:也|亦|暂|均|并)*(?:不|未|没有)(?:再|另|另行)*(?:提出|提|有|作|做)(?:其他|相关|任何)?(?:的)?(?:意见(?:和|及|与|、)?)?(?:建议|意见)[。;]?$"
    r"|(?:暂无|尚无|没有|无)需要?[^,。;]{0,8}(?:解决|协调|研究|支持|反映|说明|报告|提出|补充)的?(?:事项|问题|困难|意见|内容|情况)[。;]?$"
)
_YET = pattern(
    r"但|不过|然而|仍|除此|除[^,。;]{4,40}外|除上述|除以上|除前述|(?<!此)以外|之外|有待|(?<!没有)(?<!无)(?<!暂无)需要|不够|主要是|主要为|一是|\d{1,2}[.、]|建议(?!和|及|与|。|;|$)[^。]{6}|措施[:：]"
)
_SHORT = 80  # characters of a chapter that may be nothing but a denial


def says_none(text: str) -> bool:
    """Whether a chapter's whole text comes to that there is nothing: 「各项工作均按计划完成，目前不存在突出问题。」."""
    sentences = [sentence for sentence in re.split(r"[。;\n]", text) if sentence.strip()]
    if len(text) > _SHORT or not sentences:
        return False
    clauses = [clause.strip() for clause in re.split(r"[,，。;；、\n]", _MARK.sub("", text)) if clause.strip()]
    if all(_OF_NOTHING.fullmatch(clause) for clause in clauses):
        return True
    if _YET.search(text):
        return False
    return bool(sentences) and _NONE_THERE.search(sentences[-1].strip()) is not None


_MARK = pattern(r"^\s*(?:\([一二三四五六七八九十\d]+\)|[一二三四五六七八九十\d]+[、.])")
# Clauses that name no problem and no measure, as every report could have them.
_OF_NOTHING = pattern(
    r"(?:我[局委办院校站馆所镇乡中心单位]+|我们|本[局委办院校站馆所单位部门]+|全[局委院校站馆所]|学校|医院|各[股科室]+|今后|下一步|将|要|继续|进一步|不断|持续|切实|努力|更加|着力|认真|在|今后的?工作中|下一步工作中|以后的?工作中|逐步|积极|尽快|抓紧|全力|确保|工作中|实际工作中|虽然|但|也|还|仍|并)*"
    r"(?:(?:对于?|针对|对照|围绕)(?:上述|以上|前述|这些|存在的?|自评中?发现的?|查找出?的?)*(?:问题|不足|短板|差距|薄弱环节)(?:(?:和|及|与|、)(?:问题|不足|短板|差距))?"
    r"|(?:按照?(?:上级|有关|相关)?(?:部门)?要求)?(?:加以|予以|及时|逐步|认真|逐条|逐项|逐一|抓紧|立即|切实)*(?:抓好|做好|落实|推进|完成)?(?:改进|克服|解决|纠正|整改)(?:工作)?(?:落实|到位|完毕)?|采取(?:有效|有力|切实可行的?|相应)?措施"
    r"|(?:举一反三|建章立制|标本兼治|扬长避短|取长补短|查漏补缺|补齐短板|补短板|强弱项|立行立改|狠抓落实|明确责任|落实责任|规范管理|规范运行|总结经验|吸取教训)(?:教训)?"
    r"|(?:建议|请|希望|恳请|争取)?(?:上级|财政|各级)*(?:部门)?(?:继续|进一步)?(?:加大|增加|提高|保障)(?:对)?(?:财政|资金|经费|财力|我[局委院校单位]+|工作|的)*(?:投入|保障|支持|扶持|倾斜)(?:力度|水平)?|(?:希望|请|建议|恳请)?(?:财政|上级|有关)*(?:部门)?(?:给予|予以)(?:更多|更大|大力|一定)?的?(?:支持|关心|帮助|倾斜|指导)"
    r"|(?:还|仍)?(?:存在|有)(?:着)?(?:一些|一定|不少|许多|诸多)?(?:的)?(?:困难|问题|不足|差距|短板)(?:和(?:困难|问题|不足|差距))?|(?:加以|予以|及时|逐步|认真)?(?:改进|克服|解决|完善|提高|整改)"
    r"|(?:各项|具体)?工作中?(?:还|仍)?(?:存在|有)(?:着)?(?:一些|一定|不少)?(?:的)?(?:薄弱环节|不足之处|短板弱项|问题)(?:(?:和|及|与|、)(?:薄弱环节|不足之处|短板弱项|不足|差距))*|(?:有待|需要?|需)(?:在)?(?:今后|以后|下一步)?(?:的)?(?:工作中)?(?:进一步|继续|不断)?(?:加以)?(?:改进|提高|加强|完善|解决)(?:(?:和|及|与|、)(?:改进|提高|加强|完善))*"
    r"|(?:希望|请|恳请|期望|建议|盼望)?(?:各)?(?:上级|财政|主管|有关|县级|市级)+(?:部门|单位|领导)?(?:今后|能够|能)*(?:一如既往|继续|进一步|加大)?(?:地|的)?(?:(?:关心|支持|帮助|指导|重视|关注|对|和|与)+(?:我[局委办院单位]+|本单位|[\u4e00-\u9fff]{0,4}工作|力度|的)*)+"
    r"|(?:加强|提高|强化|增强|提升|转变|统一|压实)(?:思想|业务|工作|管理|服务|政治|组织|责任|自身|绩效|预算|财务|资金|使用)*(?:学习|认识|意识|责任|担当|领导|水平|能力|作风|素质|站位|管理|效益|质量)|(?<=工作中)|加大(?:工作|整改|落实|管理)*力度|(?:把|使|推动|促进|确保|做好)?(?:各项|本职|全部|所有)*工作(?:做好|做得更好|再上新?台阶|迈上新?台阶|落到实处|更上一层楼)|(?:做好|抓好|干好)(?:各项|本职)工作|再接再厉|高度重视|抓好落实|略|同上|待(?:补充|完善)|困难和不足|问题和不足)"
)
AFTERWORD = pattern(
    r"\s*(?:附件|附表|附[:：]|填报|联系|20\d\d\s?年(?:\s?\d{1,2}\s?月)?(?:\s?\d{1,2}\s?日)?\s*(?:\n|$))|.{2,24}(?:局|委|委员会|办公室|中心|院|馆|站|所|校|小学|中学|大学|幼儿园|队|厅|部|处|公司|会|政府|街道)\s?(?:[(（][^()（）]{1,6}[)）])?$"
)
_ANNEX = pattern(r"\s*附(?:件|表|[:：])")  # what follows is a list of papers
_LOST = pattern(r"扣\s?\d|扣分|失分|未得分|不得分|得0分|减\d|未得满分|被扣|丢分")


def first_text(case: Case, span: Span, after: int) -> Span:
    """The first sentence of a chapter after its heading; the chapter itself where it has none."""
    for sentence in case.found.sentences:
        if sentence.start >= after and sentence.start < span.end:
            return sentence
        if sentence.start < after < sentence.end:
            return Span(after, sentence.end) if after < sentence.end - 2 else sentence
    return span


_TOLD_TOGETHER = ("问题与建议", "存在问题", "相关建议")


def empty_chapters(case: Case) -> Iterator[Finding]:
    """R20: a problems or suggestions chapter that is empty or says only 「无」."""
    for key, texts in (("存在问题", case.found.problems), ("相关建议", case.found.suggestions)):
        section = case.chapter(key)
        if section is None or (section.rank > 20 and key == "相关建议") or _OTHER_MATTERS.search(section.title):
            continue
        inside = section.parent is not None and case.found.sections[section.parent].key in _TOLD_TOGETHER
        if inside and not _FORM_ROW.fullmatch(section.title):
            yield from _said_none(case, key, section)
            continue  # one problem of a chapter, headed by its own name: 「（三）资产管理有薄弱环节。」
        yield from _said_none(case, key, section)
        own = itertools.takewhile(lambda each: not _ANNEX.match(each), texts)
        text = _without_closing("".join(each + "\n" for each in own if not AFTERWORD.match(each)).strip())
        span = case.chapter_span(key)
        if not text and span is not None and _tabled(case, span):
            continue
        if not text:
            at = first_text(case, span, section.span.end) if span else section.span
            close = 0 <= at.start - section.span.end <= _ONE_LINE
            at = Span(section.span.start, at.end) if close else section.span
            yield case.finding("R20", at, f"“{section.title}”一章没有内容")
        elif (
            EMPTY.match(text)
            or says_none(text)
            or (len(re.sub(r"\W", "", text)) < _ONE_LINE and not re.search(r"\d", text))
        ):
            at = first_text(case, span, section.span.end) if span else section.span
            at = Span(section.span.start, at.end) if at.start - section.span.end <= _ONE_LINE else at
            yield case.finding("R20", at, f"“{section.title}”一章只写了“{text[:20].rstrip('。')}”，没有实质内容")


def _tabled(case: Case, span: Span) -> bool:
    """Whether a chapter tells what it tells in a table: a row under its heading with a cell of several words."""
    return any(
        span.start <= grid.row_span(row).start < span.end and any(len(cell.strip()) >= _ONE_LINE // 2 for cell in texts)
        for grid in case.grids
        for row, texts in enumerate(grid.lines)
        if row
    )


def _without_closing(text: str) -> str:
    """A chapter's text; its first line alone where that says that there is nothing and the rest closes the report: 「本报告所列各项均附佐证材料」."""
    first, _, rest = text.partition("\n")
    denied = EMPTY.match(first) is not None or says_none(first)
    return first if denied and not _PROPOSES.search(rest) else "".join(text.split("\n"))


_PROPOSES = pattern(r"建议|希望|请|应|需|拟|将|加强|完善|问题|不足|\(?[一二三四五六七八九十\d]{1,2}[)、.]")


_FORM_ROW = pattern(r"(?:存在的?(?:主要)?问题(?:及原因(?:分析)?)?|(?:有关|相关|改进|工作)?(?:意见(?:和|及|与)?)?建议)")


def empty_rows(case: Case) -> Iterator[Finding]:
    """R20: a form's row for problems or suggestions that says only 「无」."""
    for grid in case.grids:
        for row in range(grid.rows):
            for column in range(grid.columns - 1):
                said = grid.text(row, column + 1)
                if _FORM_ROW.fullmatch(grid.text(row, column)) and said and (EMPTY.match(said) or said == "无"):
                    yield case.finding(
                        "R20", grid.row_span(row), f"“{grid.text(row, column)}”一栏只写了“{said[:20]}”，没有实质内容"
                    )


def _said_none(case: Case, key: str, first: Section) -> Iterator[Finding]:
    """A second chapter of the same kind (建议 after 改进措施) that says only 「无」."""
    for section in case.found.sections:
        if (
            section.key != key
            or _OTHER_MATTERS.search(section.title)
            or section is first
            or not section.heading
            or section.rank > first.rank
        ):
            continue
        own = case.text(section.body).removeprefix(case.text(section.span)).strip(" 。:\n").partition("\n")[0]
        if _FORM_ROW.fullmatch(section.title) and (not own or AFTERWORD.match(own)) and _ends_at_once(case, section):
            yield case.finding("R20", section.span, f"“{section.title}”一章没有内容")
        elif EMPTY.match(own) or says_none(own) or _one_wish(case, section, own):
            start = case.flat.find(own, section.span.end)
            at = Span(section.span.start, max(section.span.end, start + len(own)))
            yield case.finding("R20", at, f"“{section.title}”一章只写了“{own[:20].rstrip('。')}”，没有实质内容")


def _one_wish(case: Case, section: Section, own: str) -> bool:
    """Whether a chapter of suggestions says no more than one short clause without a figure: 「提高财政投入。」."""
    rest = case.text(section.body).removeprefix(case.text(section.span)).strip(" 。:\n").partition("\n")[2]
    following = rest.strip().partition("\n")[0]
    return (
        bool(own)
        and "建议" in section.title
        and section.parent is None
        and len(_WORDLESS.sub("", own)) <= _WISH
        and not _DIGIT.search(own)
        and (not following or AFTERWORD.match(following) is not None)
    )


_WISH = 8  # characters; more of them say what is wished
_WORDLESS = pattern(r"\W")
_DIGIT = pattern(r"\d")


def _ends_at_once(case: Case, section: Section) -> bool:
    """Whether nothing but a list of annexes or a signature follows a heading."""
    after = case.flat[section.span.end :].lstrip(" 。:\n")
    following = [s for s in case.found.sections if s.span.start > section.span.start]
    return (
        not after
        or AFTERWORD.match(after) is not None
        or (
            bool(following)
            and following[0].rank <= section.rank
            and not case.flat[section.span.end : following[0].span.start].strip(" 。:\n")
        )
    )


def none_among_others(case: Case) -> Iterator[Finding]:
    """R20: a chapter of other matters and suggestions that says 「无相关建议」 in a sentence of its own, where problems are told."""
    for section in case.found.sections if case.found.problems else ():
        if "建议" not in section.title or not _OTHER_MATTERS.search(section.title) or not section.heading:
            continue
        if case.chapter("相关建议") not in (None, section):
            continue
        said = next(
            (m for m in _NO_SUGGESTION.finditer(case.flat, section.span.end, max(section.body.end, section.span.end))),
            None,
        )
        if said is not None:
            at = Span(said.start(), said.end())
            yield case.finding("R20", at, f"“{section.title}”一章写“{said[0]}”，而报告列有存在问题")


_NO_SUGGESTION = pattern(
    r"(?<=[。;\n])\s*(?:目前|本年度|我[局委办院单位]+)?(?:暂无|暂时没有|没有|无|暂未提出|未提出)(?:其他|其它)?(?:相关|有关|工作|政策)?(?:的)?(?:意见(?:和|及|与|、)?)?建议(?=[。;\n])"
)


_ENTRY_OF_NONE = pattern(
    r"(?:^|(?<=[。;]))[ \t]*(?:\d{1,2}[.、]|\([一二三四五六七八九十\d]{1,2}\)|[一二三四五六七八九十]是)[ \t]*"
    r"(?P<said>(?:目前|本年度|我[局委办院单位]+)?(?:暂无|暂时没有|没有|无)(?:其他|其它)?(?:相关|有关|工作|政策|需要?(?:说明|提出|反映))?(?:的)?(?:(?:意见(?:和|及|与|、)?)?建议|措施|事项)?)(?=[。;\n]|\Z)",
    re.MULTILINE,
)


def none_as_an_entry(case: Case) -> Iterator[Finding]:
    """R20: an entry of the measures or suggestions that says only 「无相关建议」, where problems are told."""
    span = case.chapter_span("相关建议") if case.found.problems else None
    for match in _ENTRY_OF_NONE.finditer(case.flat, *span) if span is not None else ():
        at = Span(match.start("said"), match.end("said"))
        yield case.finding("R20", at, f"这一条建议只写了“{match['said']}”，而报告列有存在问题", stated=match["said"])


def empty_joint_chapter(case: Case) -> Iterator[Finding]:
    """R20: a chapter of problems and measures together that says only 「无」."""
    section, span = case.chapter("问题与建议"), case.chapter_span("问题与建议")
    if section is None or span is None or case.chapter("存在问题") is not None:
        return
    text = case.text(Span(section.span.end, span.end)).strip()
    line = text.partition("\n")[0]
    if not (EMPTY.match(line) or says_none(line)) or len(line) < len(text) - _ONE_LINE * 3:
        return
    at = first_text(case, span, section.span.end)
    at = Span(section.span.start, at.end) if at.start - section.span.end <= _ONE_LINE else at
    yield case.finding("R20", at, f"“{section.title}”一章只写了“{line[:20].rstrip('。')}”，没有实质内容")


_PARTS_OR_BASE = pattern(r"基[础本](?:指标)?(?:得分|分)|得分[^。;\d]{0,8}\d+(?:\.\d+)?分(?:[、,和]\d+(?:\.\d+)?分)+")
# The groups with their scores, of which a reader makes the base: 「其中履职成效46.9分，预算管理23.4分，另有加分2分」.
_PARTS_TOLD = pattern(r"(?:其中|分别为|包括)[^。;]{4,160}")
_PART = pattern(r"(?<=[\u4e00-\u9fff:])(?<![加扣减失])(?<!加分)(?<!扣分)(?<!附加)\d{1,2}(?:\.\d+)?\s?分")
_SCORE = pattern(r"\d{2,3}(?:\.\d+)?\s?分|得分|总分")
# What a grade takes, and what a system gives at most.
_SCALE = pattern(
    r"\d{2,3}\s?分?(?:\(含\))?(?:以上|以下|\s?[至到~\-—]\s?\d{2,3}\s?分)|(?:体系|标准|百分制),?(?:总分|满分)[为是]?\s?100\s?分"
)


def _no_total(case: Case) -> Iterator[Finding]:
    """A conclusion without a total, with a grade or without, where the indicators have their scores."""
    section, span = case.chapter("自评结论"), case.chapter_span("自评结论")
    scored = [item for item in case.found.items if item.claimed is not None]
    grade = case.found.totals.grade
    if section is None or span is None or len(scored) < max(len(case.found.items), 1):
        return
    if grade is None:
        text = case.text(Span(section.span.end, span.end)).strip()
        if len(text) > _ONE_LINE and not _SCORE.search(text) and not _GRADED.search(text) and "等级" not in text:
            at = first_text(case, span, section.span.end)
            yield case.finding("R43", at, "自评结论没有写自评得分，也没有写等级")
        return
    told = _SCORE.search(_SCALE.sub("", case.text(span)))
    if case.certainty.points and span.start <= grade.span.start < span.end and not told:
        yield case.finding("R43", grade.span, "自评结论写了等级，没有写自评得分")


_GRADED = pattern(r"(?:评定?|定|列|确定|自评)为[“\"']?[优良中差](?![\u4e00-\u9fff])|等[级次]为?[:：]?[“\"']?[优良中差]")


def _concludes(case: Case, total: Span) -> bool:
    """Whether a total stands in a conclusion: under a heading of that name, or in words; a line of its own below the leaves closes their list."""
    section = case.section(total.start)
    if section is not None and _CONCLUSION.search(section.title):
        return True
    return _TOTAL_ALONE.fullmatch(case.text(case.paragraph(total.start)).strip()) is None


_CONCLUSION = pattern(r"结论|结果|总体评价|综合评价")
# 「总分为97.1分。」, 「100分满分，自评98.22分」, 「以上合计自评97.8分」, 「三、总分97.86分」, 「五、自评总分:80分(满分100分)」
_TOTAL_ALONE = pattern(
    r"(?:\(?[一二三四五六七八九十\d]{1,3}[)、.]{1,2})?\s*(?:[\u4e00-\u9fff]{0,10}\d{1,3}\s?[\u4e00-\u9fff]{1,5}[,、;])*[\u4e00-\u9fff]{0,14}[::]?\s*\d{2,3}(?:\.\d+)?\s?分?(?:\([^()]*\))?[。;]?"
)


def _only_in_a_table(case: Case) -> Iterator[Finding]:
    """A conclusion in words with neither a score nor a grade, where the total stands in a table of another chapter."""
    claimed, section, span = case.found.totals.claimed, case.chapter("自评结论"), case.chapter_span("自评结论")
    kinds = (DocumentKind.OVERALL, DocumentKind.PROJECT)
    if claimed is None or section is None or span is None or case.found.kind not in kinds:
        return
    if not case.in_table(claimed.span.start) or case.found.totals.grade is not None or "结论" not in section.title:
        return
    text = case.text(Span(section.span.end, span.end)).strip()
    tabled = any(span.start <= grid.block.start < span.end for grid in case.grids)
    if len(text) > _ONE_LINE and not tabled and not re.search(r"\d\s?分(?!钟)|[见如]表|等[级次]", text):
        at = first_text(case, span, section.span.end)
        yield case.finding("R43", at, "自评结论没有写自评得分，也没有写等级", stated=claimed.value)


def conclusion_complete(case: Case) -> Iterator[Finding]:
    """R43: the conclusion gives the grade and, with a bonus, the base; what was lost is asked for beside them only, since tables tell it."""
    yield from _only_in_a_table(case)
    if case.found.kind is not DocumentKind.OVERALL or is_brief(case):
        return
    totals = plausible_totals(case)
    claimed = totals.claimed
    if claimed is None and is_narrative(case):
        yield from _no_total(case)
    if claimed is None or case.in_table(claimed.span.start) or not is_narrative(case):
        return
    span = case.chapter_span("自评结论")
    if not _concludes(case, claimed.span):
        return
    paragraphs = {case.paragraph(total.span.start) for total in totals.all_claimed or (claimed,)}
    text = "".join(map(case.text, paragraphs)) + (case.text(span) if span is not None else "")
    lacking: list[str] = []
    scale = case.found.totals.scale  # printed beside the total, it says what the total is
    graded = any(scale is not None and each.start <= scale.span.start < each.end for each in paragraphs)
    if case.found.totals.grade is None and not graded and _GRADED.search(text) is None:
        lacking.append("等次")
    base, extras = base_of(case), extras_of(case)
    bonus = extras is not None and any(extras)
    parts = len(re.findall(r"得\s?\d+(?:\.\d+)?\s?分", text)) > 1 or _PARTS_OR_BASE.search(text) is not None
    parts = parts or any(len(_PART.findall(told)) > 1 for told in _PARTS_TOLD.findall(text))
    if (
        bonus
        and case.found.totals.base is None
        and not parts
        and (base is None or not re.search(rf"{number(base)}\s?分", text))
    ):
        lacking.append("基础分")
    lost = [i for i in case.found.items if i.points is not None and i.claimed is not None and i.claimed < i.points]
    sure = bool(lost) and case.certainty.tree
    if lacking and sure and not _LOST.search(text) and not any(item.name in text for item in lost):
        lacking.append("失分指标")
    if lacking:
        yield case.finding("R43", claimed.span, f"自评结论没有写{'、'.join(lacking)}", stated=claimed.value)
