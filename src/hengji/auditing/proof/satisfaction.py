"""R24: a satisfaction rate without the survey it comes from."""

import itertools
import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from hengji.auditing.case import Case, once
from hengji.auditing.facts.backing import NO_COUNT
from hengji.auditing.numbers import percent_fits, places, ratio_fits
from hengji.auditing.proof.claims import argument, full_or_unknown
from hengji.auditing.text.structure import is_narrative
from hengji.library.texts import load_claim_words
from hengji.model.extraction import Quantity, ScoredItem, Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_RATE = pattern(r"\d{2,3}(?:\.\d+)?\s?%|百分之[一二三四五六七八九十]+|[六七八九]成[一二三四五六七八九半]?(?!套)")
_SATISFACTION = pattern(
    rf"(?:{load_claim_words().content})[^。;]{{0,16}}?(?:{_RATE.pattern})"
    rf"|(?:(?:表示|感到|评价)[^,。;\d]{{0,8}}(?<!不)满意[^,。;\d]{{0,10}}|(?<!不)满意[^,。;\d]{{0,6}}(?:合计|共))占(?:比|到)?[^,。;\d]{{0,4}}(?:{_RATE.pattern})|(?:{_RATE.pattern})的?[^,。;\d]{{0,14}}(?:表示|感到|感觉|评价为?)(?:很|非常|比较|基本)?满意"
    r"|满意度(?:综合|测评|总体|平均)?(?:得分|评分|测评)(?:为|是|达到?)?\s?[6-9]\d(?:\.\d+)?\s?分"
)
_AIMED = pattern(
    r"≥|不低于|目标|[评计得]分标准|以上(?=的)|应达|没有达到|未达到?|低于|高于|(?:未|没|不)(?:能|有)?(?:到|足|及|满)\s?\d"
)
_GOAL = pattern(r"目标\s?[:为是]")
_OR_MORE = pattern(r"\s?(?:(?:及|\(含\))?以上|起(?:[得计给按算扣]))")
_REACHED = pattern(r"达|为|是|有|保持|超过|在")
_MEASURED = pattern(r"[^,。;]{0,6}\([^()]{0,24}(?:通报|考核|测评|统计|平台|监测)")
_YEAR = pattern(r"20\d\d(?=年)")
_PLANNED = pattern(r"力争|提高到|提升至|确保|争取|下一步|拟")
_NOT_CLAIMED = (
    "绩效目标",
    "存在问题",
    "相关建议",
    "问题与建议",
    "应用公开",
)  # chapters in which a rate is aimed at or told again
_PEOPLE = r"(?<![第\d])\d[\d,]*\s?(?:份|人|名|户|家|位|张|票|(?:个|件)样本)"
# A survey is one by the number of those who were asked; a paper about it tells it too.
_SURVEY = pattern(
    rf"(?:问卷|样本|发放|回收|收回|抽样|受访|访问|回访|走访(?!慰问)|访谈|调查|测评|评价|参评|有效|满意|随机|扫码)[^。;]{{0,30}}?{_PEOPLE}"
    rf"|{_PEOPLE}[^。;]{{0,12}}(?:问卷|样本|受访|参评|评价)|{_PEOPLE}[^,。;]{{0,12}}(?:满意|调查|走访|访谈|回访)"
    r"|(?:回访|访问|评价|调查|满意)\s?[^,。;\d]{0,8}\d[\d,]*\s?(?:条|次|件|个(?!百))"
    r"|(?:调查|测评)(?:报告|结果汇总表|汇总表)|样本(?:量|数)?[^,。;\d]{0,6}\d[\d,]*\s?个|样本[^。;]{0,12}见|\d\s?[份人名户]?\s?[÷/]\s?\d"
)
_TICKETS = pattern(r"[^,。;]{0,12}(?:工单|热线|信访|诉求)[^,。;]{0,16}\d+\s?(?:份|件|宗|条)")


_TICKET = pattern("工单|热线|信访|诉求")


def _without_tickets(text: str) -> str:
    return _TICKETS.sub("", text) if _TICKET.search(text) else text


def satisfaction_sampled(case: Case) -> Iterator[Finding]:
    """R24: a satisfaction rate without sample, method or date."""
    if _CONTENT.search(case.flat) is None:
        return
    told: set[str] = set()
    for sentence, text in case.running_with(_SATISFACTION):
        matches = _SATISFACTION.finditer(text) if _CONTENT.search(text) else ()
        match = next((each for each in matches if _claimed(case, sentence, text, each)), None)
        if match is None or _told_with_survey(case, match[0]):
            continue
        if _UNSCORED.search(case.flat, sentence.start + match.end(), case.paragraph(sentence.start).end):
            continue
        if _SURVEY.search(_without_tickets(case.text(case.paragraph(sentence.start)))):
            continue
        item = case.item_at(sentence.start)
        span = Span(sentence.start + match.start(), sentence.start + match.end())
        told.update(_RATE.findall(match[0]))
        yield _finding(case, span, match[0], item.name if item else "")
    for item in case.found.items:
        if (
            item.table
            and "满意" in item.name
            and _row_unproved(case, item)
            and not told.intersection(_RATE.findall(item.actual))
        ):
            told.update(_RATE.findall(item.actual), (item.name,))
            praised = _praised(case) or _heard(case)
            also = () if praised is None else (item.quote,)
            yield _finding(case, praised or item.quote, item.actual or item.remark, item.name, also)
    if not told and (felt := _felt(case)) is not None:
        told.add("")
        yield _finding(case, felt, case.found.text(felt), "")
    if not told and is_narrative(case) and not _surveyed(case):
        yield from _unscored_rows(case, told)
    if not told and is_narrative(case) and not any("满意" in text or "问卷" in text for text in _surveyed(case)):
        yield from _unasked(case)


# 「满意率为86.30%，由区热线办考核，不作为本项得分依据」
_UNSCORED = pattern(
    r"(?<=[,;])[^。;]{0,24}(?:不作为[^,。;]{0,8}(?:得分|评分|计分|扣分)|不(?:参与|计入|纳入)[^,。;]{0,6}(?:得分|评分|计分|评价)|不计分)"
)
_CONTENT = pattern(rf"满意|{load_claim_words().content}")


def _unasked(case: Case) -> Iterator[Finding]:
    """A leaf with full marks for satisfaction that nobody was asked about, in a report without any survey."""
    for item in case.found.items:
        name = item.name[-_NAME:]
        if name not in ("满意度", "满意率") or not full_or_unknown(item) or item.not_applicable:
            continue
        row = f"{item.actual}{item.remark}" if item.table else argument(case, item)
        if (
            len(row) >= _WORDS
            and not _SURVEY.search(_without_tickets(case.text(item.body)))
            and not _SHORT_OF.search(_NO_COMPLAINT.sub("", row))
            and not _NONE.search(row)
        ):
            at = item.quote if item.table else case.leaf_passage(item)
            yield _finding(case, at, row[:_SAID], item.name)
            return


_NAME, _SAID = 3, 40  # characters of 满意度, and of what a leaf says
_NO_COMPLAINT = pattern(r"(?:没有|未|无)[^,。;]{0,12}(?:投诉|意见|不满|纠纷|上访)")
_NONE = pattern(r"不考核|不适用|未开展|附件|佐证|详见|见第|评价表|第三方(?!测评)")


def _finding(case: Case, span: Span, stated: str, item: str, also: tuple[Span, ...] = ()) -> Finding:
    return case.finding("R24", span, "满意度没有写调查方法、样本数和时间", stated=stated, item=item, also=also)


def _praised(case: Case) -> Span | None:
    """The sentence of running text that argues for a row's rate with praise alone: 「受益群众普遍认可，满意度高」."""
    for sentence, text in case.running:
        empty = "满意" in text and _PRAISE.search(text) and not _DIGIT.search(text)
        if empty and case.chapter_key(sentence.start) not in _NOT_CLAIMED and not case.aimed_at(sentence.start):
            return sentence
    return None


def _heard(case: Case) -> Span | None:
    """The sentence that tells how people's content was learned without a survey: 「家长满意度由各校自行了解后汇总」."""
    for sentence, text in case.running:
        told = "满意" in text and _HEARD.search(text) and not _SURVEY.search(text)
        annexed = case.text(case.paragraph(sentence.start)).lstrip().startswith(("附", "注"))
        claimed = annexed or case.chapter_key(sentence.start) not in _NOT_CLAIMED
        if told and claimed and not case.aimed_at(sentence.start):
            return sentence
    return None


def _felt(case: Case) -> Span | None:
    """Where people's content is said to be what the department's own staff felt: 「公众满意度是各股室在日常工作接触中感受到的」."""
    for match in _FELT.finditer(case.flat):
        claimed = case.chapter_key(match.start()) not in _NOT_CLAIMED
        if claimed and not case.aimed_at(match.start()):
            return Span(match.start(), match.end())
    return None


_FELT = pattern(
    r"(?<![\u4e00-\u9fff])[\u4e00-\u9fff]{0,8}满意[度率](?:是|由|系|为|来自|来源于|依据|根据|按照?|凭)[^,。;\d\n\t]{0,24}(?:感受|感觉|印象|接触|口碑|了解|估[计测算])[^,。;\d\n\t]{0,6}"
)
_HEARD = pattern(
    r"自行(?:了解|掌握|统计|估)|口头|估[计算测]|汇总|凭[^,。;]{0,8}(?:了解|印象|反映)|日常(?:了解|接触|反映)|(?:没有|未)(?:单独|专门|另行)?(?:开展|组织|进行|做)[^,。;]{0,8}(?:调查|问卷|测评)|根据[^,。;]{0,12}(?:反映|了解|反馈)"
)
_PRAISE = pattern(r"普遍|一致|广泛|高度|较高|很高|满意度高|认可|好评|称赞|赞誉")
_DIGIT = pattern(r"\d")


_WEIGHTED = pattern(r"(?:权重|占分)[^,。;\d]{0,4}\d+(?:\.\d+)?\s?%$")  # 「满意度 权重10%」


def _claimed(case: Case, sentence: Span, text: str, match: re.Match[str]) -> bool:
    """Whether a rate is told as a result, not as a goal, a limit or what others measured."""
    after, before = text[match.end() :], text[: match.end()][-24:]
    years = [int(year) for year in _YEAR.findall(text[: match.start()])]
    return not (
        (years and years[-1] > case.year)
        or _AIMED.search(match[0])
        or _WEIGHTED.search(match[0])
        or _GOAL.search(text, 0, match.start())
        or _in_a_list_of_goals(case, sentence.start)
        or (_OR_MORE.match(after) and not _REACHED.search(match[0]) and not _scored(case, sentence))
        or case.chapter_key(sentence.start) in _NOT_CLAIMED
        or case.aimed_at(sentence.start)
        or _MEASURED.match(after)
        or _PLANNED.search(before)
    )


def _in_a_list_of_goals(case: Case, position: int) -> bool:
    """Whether a clause goes on with goals that begin earlier: 「绩效目标：……达到97%；群众满意度达到90%」."""
    before = case.flat[max(0, position - _GOALS_BEFORE) : position].rpartition("。")[2]
    return "目标" in before and _GOAL.search(before) is not None and "实际" not in before


_GOALS_BEFORE = 200  # characters of a list of goals


def _scored(case: Case, sentence: Span) -> bool:
    item = case.item_at(sentence.start)
    return item is not None and bool(item.claimed) and sentence.end > item.quote.start


@once
def _surveyed(case: Case) -> tuple[str, ...]:
    """The sentences and rows that name a survey."""
    return tuple(text for _, text in _surveys(case))


@once
def _surveys(case: Case) -> tuple[tuple[Span, str], ...]:
    """Where a survey is named, and in which words."""
    texts = ((span, case.text(span)) for span in case.sentences_with(_ASKED))
    asked = ((span, _without_tickets(text)) for span, text in texts if _ASKED.search(text))
    return tuple((span, text) for span, text in asked if _SURVEY.search(text))


_ASKED = pattern(r"满意|问卷|受访|样本|测评|评价|调查|回访|访问")


def _told_with_survey(case: Case, told: str) -> bool:
    """Whether the same rate stands in a sentence that names its survey."""
    rate = _RATE.search(told)
    if rate is None:
        return False
    if any(rate[0] == f"{q.value}%" and "满意" in case.text(q.sentence) and _counted(case, q) for q in case.told_rates):
        return True
    named = "." not in rate[0]  # 100% may be a rate of anything
    if any(rate[0] in text and not (named and "满意" not in text) for text in _surveyed(case)):
        return True
    return any(_makes(rate[0], text) for text in _surveyed(case) if "满意" in text)


def _counted(case: Case, rate: Quantity) -> bool:
    """Whether two counts of a rate's sentence that are no tickets make it, whatever was counted: 「48项，结果满意46项，满意率95.83%」."""
    if _TICKET.search(case.text(rate.sentence)):
        return False
    counts = [q for q in case.by_sentence.get(rate.sentence, ()) if q.unit not in NO_COUNT and q.number]
    return any(
        one.unit == other.unit
        and one.number < other.number
        and ratio_fits(rate, Fraction(one.number), Fraction(other.number))
        for one, other in itertools.permutations(counts, 2)
    )


def _makes(rate: str, text: str) -> bool:
    """Whether two counts of a survey make a rate: 「有效问卷486份，满意443份」 is 91.15%."""
    of = _FIGURE.match(rate)
    counts = [int(match[0].replace(",", "")) for match in _A_COUNT.finditer(text)]
    return of is not None and any(
        satisfied <= asked and percent_fits(Fraction(of["n"]), places(of["n"]), satisfied, asked)
        for asked, satisfied in itertools.permutations(counts, 2)
    )


_A_COUNT = pattern(
    r"(?<![\d.])[1-9]\d{0,2}(?:,\d{3})+(?=\s?[份人名户家位张])|(?<![\d.,])[1-9]\d+(?=\s?[份人名户家位张])"
)
_WORDS = 6  # characters by which a cell says how the rate came about


def _row_unproved(case: Case, item: ScoredItem) -> bool:
    """A row whose cell tells of the rate in words and of no survey; or a bare rate in a report that tells of none anywhere."""
    told = f"{item.actual} {item.remark}"
    row = _TICKETS.sub("", told)
    if not item.claimed or _RATE.search(told) is None or _SURVEY.search(row) or _told_with_survey(case, told):
        return False
    words = re.sub(r"[^\u4e00-\u9fff]|满意(?:度|率)|目标|达到", "", _OF_THE_RULE.sub("", told))
    openly = _SHORT_OF.search(told) is not None and bool(_surveyed(case))  # told elsewhere how it was asked
    praised = len(words) >= _WORDS and "满意" in told and not openly
    unsized = _METHOD.search(told) is not None and not _surveyed(case) and not _NONE.search(told)
    return (
        praised
        or unsized
        or (is_narrative(case) and _asked_of_others(case, item, told) and (not item.remark or not words))
    )


def _asked_of_others(case: Case, item: ScoredItem, told: str) -> bool:
    """Whether no survey is told that a bare rate may come from: none at all, each in another leaf, or each with another rate."""
    own = _figures(told)
    if _surveys(case) and all(_of_another(case, item, span) for span, _ in _surveys(case)):
        return True
    theirs = [_figures(text) for text in _surveyed(case)]
    return all(rates and all(abs(rate - one) >= 1 for rate in rates for one in own) for rates in theirs)


def _of_another(case: Case, item: ScoredItem, survey: Span) -> bool:
    """Whether a survey is told in the row of another leaf of people's content."""
    there = case.item_at(survey.start)
    return there is not None and there.table and there.span != item.span and "满意" in there.name


def _figures(text: str) -> list[Decimal]:
    """The rates of a text, in percent."""
    return [Decimal(match["n"]) for match in _FIGURE.finditer(text)]


_FIGURE = pattern(r"(?P<n>\d{2,3}(?:\.\d+)?)\s?%")


_METHOD = pattern("问卷|调查|回访|测评|走访|电话|网络|线上|扫码")  # how it was asked, and not how many
_OF_THE_RULE = pattern(r"(?:每|不足|按)[^,。;]*")


_SHORT_OF = pattern(r"低于|未达|扣|不及时|不足|没有|反映[^好良满]")


def _unscored_rows(case: Case, told: set[str]) -> Iterator[Finding]:
    """A row of a table without scores that tells a rate achieved of people's content, in a report that tells of no survey."""
    for grid in case.grids:
        done = next((c for c, head in enumerate(grid.lines[0]) if _ACHIEVED.search(head)), None) if grid.lines else None
        for row, texts in enumerate(grid.lines) if done is not None else ():
            at = grid.row_span(row)
            named = any(_RATED.search(cell) for cell in texts[:done])
            value = texts[done].strip() if done is not None and done < len(texts) else ""
            scored = any(i.table and i.quote.start <= at.start < i.quote.end for i in case.found.items)
            if named and not scored and _RATE.fullmatch(value) and not _SURVEY.search("".join(texts)):
                told.add(value)
                yield _finding(case, at, value, "")


_ACHIEVED = pattern(r"完成(?:值|情况)|实际|实现值|完成数|结果")
_RATED = pattern(rf"(?:{load_claim_words().content})$")
