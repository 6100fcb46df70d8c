"""R19: problems have their measures."""

import itertools
import re
from collections.abc import Iterator

from hengji.auditing.case import Case
from hengji.auditing.problems.addressed import not_addressed
from hengji.auditing.problems.answers import left_over
from hengji.auditing.problems.closed import is_closed
from hengji.auditing.problems.counted_off import not_counted
from hengji.auditing.problems.fields_spoken import fields_of
from hengji.auditing.problems.untaken import answered_in_other_words, has_its_clause, is_changed, untaken
from hengji.auditing.problems.zones import ITEM, measure_zones, measures_inside, numbered, problem_zones, unnumbered
from hengji.auditing.text.chapters import AFTERWORD, EMPTY, first_text
from hengji.auditing.text.structure import is_narrative
from hengji.auditing.wording import pairs_of
from hengji.library.texts import load_general_words
from hengji.model.extraction import Section, Span
from hengji.model.finding import Finding, Severity
from hengji.model.patterns import pattern

_SHORT = 16
_SHARED = 2  # pairs of characters beyond the common words


def problems_without_measure(case: Case) -> Iterator[Finding]:
    """R19: a chapter of problems without a measure anywhere."""
    span = case.chapter_span("存在问题")
    if span is None or not case.found.problems or any(EMPTY.match(p) for p in case.found.problems):
        return
    if case.chapter("相关建议") is None and is_narrative(case):
        return  # the missing chapter is R30's
    measures = case.chapter_span("相关建议")
    if measures is not None and all(attitude_only(each) for each in case.found.suggestions):
        return  # the empty chapter is R20's
    given = [each for each in case.found.suggestions if not AFTERWORD.match(each)]
    given.extend(case.text(zone).strip() for zone in measure_zones(case) if not case.found.suggestions)
    elsewhere = "".join(each for each in given if not attitude_only(each))
    real = "".join(case.found.problems)
    answered = len(elsewhere) > _SHORT // 2 and not EMPTY.match(elsewhere)
    section = case.chapter("存在问题")
    measured = re.search(
        r"(?:下一步|今后|整改|改进措施|改进[:：]|将(?!来)|拟(?!定)|计划(?:于|在|用))[^。]{4,}|(?:一是|二是)[^。]{0,30}(?:加强|完善|建立|健全)",
        real,
    )
    if answered or measured or section is None or _DONE_BY.search(real) or _dated(case, real):
        return
    if _OF_BETTERING.search(case.flat, section.span.end):
        return  # an entry of the notes tells them, which is no chapter
    first_problem = first_text(case, span, section.span.end)
    yield case.finding("R19", first_problem, "问题写了，没有写改进措施、责任人和时限", severity=Severity.WARNING)


# 「3．关于改进。总务处2023年3月底前补登卡片」
_OF_BETTERING = pattern(
    r"(?:^|(?<=[。;\n]))[^\n。;,]{0,10}(?:改进|整改|措施|打算|下一?步)[^\n。;,\d]{0,10}[。:](?=[^\n]{0,60}(?:\d\s?月|20\d\d年|[股科室处办]))",
    re.MULTILINE,
)
# A measure told by who takes it: 「由办公室参照上年合同价编制」, 「办公室2024年5月底前补贴」.
_DONE_BY = pattern(r"由[^,。;]{0,10}(?:[股科室处办队所院馆站部]|中心|部门|专班|小组|专人)(?!门|署)")
_ATTITUDE = pattern(
    r"(?:我[局委办院单位]+|各[股科室]+|今后|下一步|将|要|我们|继续|进一步|不断|持续|切实|努力|更加|着力|认真)*"
    r"(?:(?<=[断续步])(?:加强|改进|完善|提高)|(?:提高|提升|增强)(?:预算|绩效|财务|资金|工作|服务|业务|使用|管理|整体|综合)*(?:水平|能力|质量|质效|效益|效能)|(?:加强|提高|强化|增强|提升|转变|统一|压实|端正|深化)?(?:思想|业务|工作|管理|服务|政治|组织|责任|自身)?(?:学习|认识|意识|责任|担当|领导|水平|能力|作风|素质|站位|管理)|加大(?:工作|宣传|推进|监管|落实)?力度|(?:把|将)?(?:各项)?工作(?:不断)?(?:引向深入|推向(?:深入|前进|新(?:的)?高度|纵深))|常抓不懈|形成合力|夯实(?:工作)?基础|再接再厉|努力|抓好落实|狠抓落实|高度重视"
    r"|(?:推动|促进|把|使|确保)?[^,。;、\d]{0,10}(?:再上|迈上|做得)[^,。;、\d]{0,4}(?:台阶|更好)|今后|下一步)"
)
_NUMBERED = pattern(r"^\s*(?:\([一二三四五六七八九十\d]+\)|[一二三四五六七八九十]+[、是]|\d{1,2}[.、])")


_AGAINST = pattern(r"^\s*(?:针对|围绕|对于?|就)[^,。;\d]{2,24}(?:问题|不足|短板|情况|方面),")  # what a measure is for


def attitude_only(measure: str) -> bool:
    """Whether a measure is nothing but an attitude: 「加强学习，提高认识，推动工作再上新台阶」."""
    parts = [part for part in re.split(r"[,，。;；、\n]", _AGAINST.sub("", _NUMBERED.sub("", measure))) if part.strip()]
    return bool(parts) and all(_ATTITUDE.fullmatch(part.strip()) for part in parts)


def _dated(case: Case, text: str) -> bool:
    """Whether a text sets something to a time after the year."""
    return str(case.year + 1) in text and _NEXT_YEAR.search(text) is not None


_ANSWERED = pattern(
    r"20\d\d年(?:第?[一二三四1-4]季度|[上下]半年|年?底|年?末|(?:部门|单位)?预算)|[股科室处办队站院]20\d\d年|责任(?:人|科室|股室|单位|部门)|措施|下一步|整改|\d\s?月|年内|负责|牵头|已(?:于|经|在|由)|拟(?!定)|将(?!来|军)|计划(?:于|在|由)|[季年月]度?(?:底|末|前)|前(?:完成|印发|建立|制定)"
)
_ALL_ANSWERED = pattern(r"(?:上述|以上)[各几]?[个项]?(?:问题|不足)[^。\n]{0,60}?(?:牵头|负责|[底月年]前|整改)")
# 「针对(一)(二)(三)项,总务处……」
_SEVERAL_ANSWERED = pattern(
    r"(?:针对|对于?|就)(?:上述|以上|存在的)?(?:问题|第)?(?:\((?:[一二三四五六七八九]|\d)\)[、和及]?){2,}(?:项|条|点|个)?(?:问题|不足)?[,:]"
)
# What was done about a problem, told in a sentence after the one that names it.
_ACTS = pattern(
    r"推行|纳入|约谈|督促|清点|补建|补记|调度|通报|核对|对接|建立|制定|印发|修订|开展|组织|压缩|优化|协调|签订|安排|培训|公开"
)


def unanswered_problems(case: Case) -> Iterator[Finding]:
    """R19: where problems carry their measures, the one that carries none."""
    span = case.chapter_span("问题与建议") or case.chapter_span("存在问题")
    if span is None or measures_inside(case) is not None or _ALL_ANSWERED.search(case.flat, *span):
        return
    if _SEVERAL_ANSWERED.search(case.flat, *span):
        return  # one passage answers several by their numbers
    after = case.chapter_span("相关建议")
    given = [s for s in case.found.sections if after and after.start < s.span.start < after.end and s.mark]
    told = [s for s in case.found.sections if span.start < s.span.start < span.end and s.mark and _of_problems(case, s)]
    chapter = case.chapter("相关建议")
    apart = chapter is not None and re.search(r"措施|改进|整改|下一步|打算", chapter.title)
    if len(told) < 2 or len(given) >= len(told) or (apart and len("".join(case.found.suggestions)) >= _SHORT):
        return  # the measures stand in a chapter of their own
    texts = [(s, _unsigned(case.text(Span(s.span.start, max(s.body.end, s.span.end))))) for s in told]
    answered = [
        s
        for s, text in texts
        if _ANSWERED.search(text)
        or _ACTS.search(text.partition("。")[2])
        or _DONE_BY.search(text)
        or _dated(case, text)
    ]
    for section, text in texts:
        pairs = {section.title[k : k + 2] for k in range(len(section.title) - 1)}
        if sum(1 for pair in pairs if pair in "".join(case.found.suggestions)) >= 2:
            continue
        if is_closed(text) or _FALLS_DUE.search(text):
            continue
        if section not in answered and len(answered) * 2 >= len(texts) and len(text) > 12:
            end = section.span.start + len(text.rstrip())
            yield case.finding(
                "R19",
                Span(section.span.start, end),
                "这个问题只有表态，没有写措施、责任人和时限",
                severity=Severity.INFO,
            )


# What is only paid later, as it falls due: 「尾款随进度顺延，待2024年验收后支付」
_FALLS_DUE = pattern(
    r"(?:待|俟|等)[^,。;]{2,16}(?:后|时)[^,。;]{0,8}(?:支付|拨付|付清|结算|兑付|付款|结清)|按(?:合同|协议|进度)[^,。;]{0,8}(?:支付|付款|拨付)"
)


def _unsigned(text: str) -> str:
    """A last problem without the signature, date and annexes that follow it."""
    first, *lines = text.split("\n")
    kept = itertools.takewhile(lambda line: not AFTERWORD.match(line), lines)
    return "\n".join((first, *kept))


def _of_problems(case: Case, section: Section) -> bool:
    """Whether a numbered entry stands under problems, not under another heading of the same part."""
    if section.key and section.key not in ("存在问题", "问题与建议", "相关建议"):
        return False
    at = section.parent
    while at is not None:
        above = case.found.sections[at]
        if above.heading and above.title:
            return _TITLED.search(above.title) is not None
        at = above.parent
    return True


_TITLED = pattern(r"问题|不足|短板|原因|困难|措施|建议|改进|整改|偏离")
_NEXT_YEAR = pattern(r"20\d\d年(?!度)[^。;]{0,6}(?:按|由|将|起|在|前|底|对|把|与|建|改|加|完|开|实)")


def unmatched_problems(case: Case) -> Iterator[Finding]:
    """R19: with fewer measures than problems, in a chapter of their own, the problem that none of them takes up."""
    if case.chapter_span("存在问题") is None and case.certainty.tree is False and not problem_zones(case):
        return
    told = [span for span in _listed(case, problem_zones(case)) if not _is_over(case.text(span))]
    measures = [case.text(span) for span in _listed(case, measure_zones(case))]
    zones = [case.text(zone) for zone in measure_zones(case)]
    alone = not_addressed([case.text(span) for span in told], zones, measures)
    if alone is not None and not _carries_measure(case, told, alone):
        yield case.finding("R19", told[alone], "这个问题在改进措施里没有对应的措施", severity=Severity.INFO)
        return
    if not measures:
        yield from _left_out(case, told) if told else _left_without_numbers(case)
        return
    texts = [case.text(span) for span in told]
    if len(texts) >= _FEW_PROBLEMS and sum(map(attitude_only, measures)) == 1 and len(measures) >= len(texts):
        yield from _mere_attitude(case)
        return
    measures = [text for text in measures if not (attitude_only(text) or _FOR_BUDGETS.search(text))]
    own = [text for text in measures if not _PROPOSAL.match(text)]
    if (left := _not_referred_to(texts, own)) is not None:
        for n in left:
            yield case.finding("R19", told[n], "这个问题在改进措施里没有对应的措施", severity=Severity.INFO)
        return
    if len(told) < _FEW_PROBLEMS or len(own) * 2 < len(told) or len(own) > len(told):
        return
    if any(_JOINTLY.search(text) for text in measures):
        return
    if (over := left_over(texts, own)) is not None:
        yield from _unless_answered(case, told, over)
        return
    if len(own) == len(told) and (idle := _without_deed(texts, own)) is not None:
        span = next(s for s in _listed(case, measure_zones(case)) if case.text(s) == own[idle])
        message = "这条措施与所列问题都不对应，没有写怎么改、由谁改、何时改完"
        yield case.finding("R19", span, message, severity=Severity.INFO, also=(told[idle],))
        return
    loose = _shifted(texts, own) if len(own) == len(told) else _unanswered(texts, measures)
    loose = [n for n in loose if not (is_closed(texts[n]) or has_its_clause(texts, n, measures))]
    loose = [n for n in loose if not answered_in_other_words(texts, n, own)]
    if len(loose) == 1 and not _carries_measure(case, told, loose[0]):
        yield case.finding("R19", told[loose[0]], "这个问题在改进措施里没有对应的措施", severity=Severity.INFO)


def _unless_answered(case: Case, told: list[Span], over: tuple[int, bool]) -> Iterator[Finding]:
    """The problem left over, unless a measure speaks of it too, or it tells its own."""
    n, spoken_of = over
    if not (spoken_of or is_closed(case.text(told[n])) or _carries_measure(case, told, n)):
        yield case.finding("R19", told[n], "这个问题在改进措施里没有对应的措施", severity=Severity.INFO)


def _is_over(problem: str) -> bool:
    return _NO_LONGER.search(problem) is not None or is_changed(problem)


# A fault of another year that is told to be settled: 「2022年度自评时指出的…，2023年3月已补录，不再列为问题」.
_NO_LONGER = pattern(
    r"(?:我[县市区旗局镇乡校院]|本(?:县|市|区|局|单位))(?:没有|无|未涉及|不涉及)[^,。;]{0,4}(?:此类|该类|这类|此项|类似)|不(?:属于|是)我(?:局|校|院|镇|乡|县|单位)|曾[^。;]{2,40}已(?:全部)?(?:办结|解决|整改|完成|消除)|不再(?:列为|列入|作为|是)|(?:上年|去年|以前年度|往年|20\d\d年)[^。;]{2,40}(?:问题|不足|不全|偏低|不规范)[^。;]{0,20}已(?:于|经|在|全部)?[^。;]{0,14}(?:整改|补[录齐办]|完成|解决|到位|销号)"
)
# A measure that names the problem it answers by its number: 「针对5.1,……」, 「对应问题(二)」.
_REFERS = pattern(
    r"(?:针对|对应|对于|就)(?:上述|存在)?(?:的)?(?:问题|第)?(?P<marks>\(?(?:\d+(?:\.\d+)?|[一二三四五六七八九十]+)\)?(?:[、和及至](?:问题)?\(?(?:\d+(?:\.\d+)?|[一二三四五六七八九十]+)\)?)*)(?![\d年月日个项名处家份])"
)
_NUMERAL = pattern(r"\d+(?:\.\d+)?|[一二三四五六七八九十]+")


def _not_referred_to(problems: list[str], measures: list[str]) -> list[int] | None:
    """The one problem whose number no measure names, or none, where each measure names by number what it answers; None where they do not."""
    marks = [_NUMERAL.search(mark[0]) if (mark := ITEM.match(text)) else None for text in problems]
    told = [match["marks"] for text in measures if (match := _REFERS.search(text))]
    if len(told) < _FEW_PROBLEMS or len(told) < len(measures) or not all(marks) or "至" in "".join(told):
        return None
    named = {numeral for each in told for numeral in _NUMERAL.findall(each)}
    own = [mark[0] for mark in marks if mark]
    left = [n for n, mark in enumerate(own) if mark not in named]
    if not named <= set(own):
        return None
    return left if len(left) == 1 and not _MEASURED.search(problems[left[0]]) else []


def _left_out(case: Case, told: list[Span]) -> Iterator[Finding]:
    """The one problem of several that a short text of measures without numbers has no word of."""
    given = _given(case)
    texts = [case.text(span) for span in told]
    if (left := not_counted(texts, given)) is not None:
        yield case.finding("R19", told[left], "这个问题在改进措施里没有对应的措施", severity=Severity.INFO)
        return
    if sum(_DATED_DEED.search(sentence) is not None for sentence in re.split(r"[。;\n]", given)) >= len(told):
        return  # as many deeds with their dates as problems, whatever words they use
    if len(told) < _FEW_PROBLEMS or not _SHORT < len(given) < _LONG or _JOINTLY.search(given):
        return
    if len(told) > _FEW_PROBLEMS and (left := untaken(texts, given, _elsewhere(case))) is not None:
        if not _carries_measure(case, told, left):
            yield case.finding("R19", told[left], "这个问题在改进措施里没有对应的措施", severity=Severity.INFO)
        return
    if sum(1 for part in _PARTS.split(given) if _IN_TIME.search(part)) >= len(told):
        return  # as many measures as problems
    shared = [len(pairs_of(t) & pairs_of(given)) + _SHARED * len(fields_of(t) & fields_of(given)) for t in texts]
    loose = [n for n, weight in enumerate(shared) if not weight]
    if len(loose) != 1 or sum(1 for weight in shared if weight >= _SHARED) < len(shared) - 1:
        return
    if answered_in_other_words(texts, loose[0], re.split(r"[。;\n]", given)):
        return
    if not _carries_measure(case, told, loose[0]):
        yield case.finding("R19", told[loose[0]], "这个问题在改进措施里没有对应的措施", severity=Severity.INFO)


# A deed with its date: 「10月底前加装稳压设备4套」, 「按合同到期日支付质保金」.
_DATED_DEED = pattern(r"(?:[底末初旬日月季]前|月起|到期日)[^,。;]{4,}")


def _left_without_numbers(case: Case) -> Iterator[Finding]:
    """The same of problems in running text without numbers, where there is one measure less."""
    zones = measure_zones(case)
    if len(zones) != 1:
        return
    told, given = unnumbered(case, zones[0]), _given(case)
    left = untaken([case.text(span) for span in told], given, _elsewhere(case), one_each=True)
    if left is not None and not _MEASURED.search(case.text(told[left])):
        yield case.finding("R19", told[left], "这个问题在改进措施里没有对应的措施", severity=Severity.INFO)


def _given(case: Case) -> str:
    """The text of the measures without annexes, signature and date."""
    whole = "\n".join(case.text(zone) for zone in measure_zones(case))
    annexed = _ANNEXED.search(whole)
    whole = whole[: annexed.start()] if annexed is not None else whole
    return "\n".join(line for line in whole.split("\n") if not AFTERWORD.match(line))


def _elsewhere(case: Case) -> str:
    """What stands before the problems and the measures."""
    starts = [zone.start for zone in (*problem_zones(case), *measure_zones(case))]
    return case.flat[: min(starts, default=0)]


_PARTS = pattern(r"[。;\n]")


def _carries_measure(case: Case, told: list[Span], n: int) -> bool:
    """Whether a problem tells its own measure, in its paragraph or in the lines before the next one: 「整改措施：由计财股……」."""
    zone = next((z for z in problem_zones(case) if z.start <= told[n].start < z.end), told[n])
    until = told[n + 1].start if n + 1 < len(told) else told[n].end  # what stands behind the last is for all
    text = case.text(Span(told[n].start, max(told[n].end, min(until, zone.end, told[n].end + _LONG))))
    return bool(_MEASURED.search(text) or _DONE_BY.search(text) or _dated(case, text) or is_closed(text))


_LONG = 300  # characters of measures that may be looked through as a whole


def _mere_attitude(case: Case) -> Iterator[Finding]:
    """The one measure of several that is nothing but an attitude."""
    span = next(s for s in _listed(case, measure_zones(case)) if attitude_only(case.text(s)))
    yield case.finding("R19", span, "这条措施只有表态，没有写怎么改、由谁改、何时改完", severity=Severity.INFO)


# What is done with the evaluation, which some forms ask for among the measures.
_FOR_BUDGETS = pattern(r"与(?:部门)?预算(?:安排)?(?:相)?(?:结合|挂钩)")
# A measure for several problems, or for one that it names by its number.
_JOINTLY = pattern(
    r"上述|以上(?:各|几|问题)|其余|其他问题|各项问题|(?:逐[项条一个件类]|分别)[^,。;]{0,6}(?:整改|落实|解决)|第[一二三四五六七八九十\d]+(?:[、和及至][第一二三四五六七八九十\d]+)*[个项条](?:问题|由)"
)
_PROPOSAL = pattern(r"\s*(?:\([^()]\)|[一二三四五六七八九]是|\d{1,2}[.、](?:\d{1,2}\s)?)?\s*建议")
_DOER = pattern(r"[\u4e00-\u9fff]{2,6}(?:[部科股室办处]|中心)(?=[\d牵负会将对在于自每按从与把])")


def _listed(case: Case, zones: list[Span]) -> list[Span]:
    """The numbered items of zones, those whose numbers have the most frequent form."""
    heads = {s.span.start for s in case.found.sections if s.key and not _under_its_own(case, s)}
    found = ((s, ITEM.match(case.text(s))) for zone in zones for s in numbered(case, zone) if s.start not in heads)
    annexes = [m.start() for zone in zones for m in _ANNEXED.finditer(case.flat, zone.start, zone.end)]
    found = ((s, mark) for s, mark in found if not any(at < s.start for at in annexes))
    each = {s.start: (s, mark) for s, mark in found}.values()  # a chapter's zone may hold those of its rows
    marked = [(span, _CHINESE.sub("一", _DIGITS.sub("1", mark[0]))) for span, mark in each if mark is not None]
    forms = [form for _, form in marked]
    usual = max(forms, key=forms.count, default="")  # the first of equals
    return [span for span, form in marked if form == usual]


def _under_its_own(case: Case, section: Section) -> bool:
    """Whether an entry with a chapter's key is only one of those that stand under the chapter's heading: 「3.资产管理存在薄弱环节」."""
    above = case.found.sections[section.parent] if section.parent is not None else None
    return above is not None and above.key == section.key and _CHAPTER.search(section.title) is None


_CHAPTER = pattern(r"^(?:存在|主要)?的?(?:主要)?(?:问题|不足)|建议|措施|打算")
_ANNEXED = pattern(r"^\s*附(?:件|表|:)", re.MULTILINE)
_DIGITS = pattern(r"\d+")
_CHINESE = pattern(r"[一二三四五六七八九十]+")


def _unanswered(problems: list[str], measures: list[str]) -> list[int]:
    """The problems that no measure speaks of; a measure that speaks of none may answer any one of them."""
    named = [(pairs_of(text), fields_of(text)) for text in problems]
    given = [(pairs_of(_DOER.sub(" ", text)), fields_of(text)) for text in measures]
    shared = [[len(own[0] & answer[0]) + _SHARED * len(own[1] & answer[1]) for answer in given] for own in named]
    best = {
        max(range(len(problems)), key=lambda n: (shared[n][k], -abs(n - k)))
        for k in range(len(given))
        if any(s[k] for s in shared)
    }
    free = sum(1 for k in range(len(given)) if not any(own[k] for own in shared) and not _PROPOSAL.match(measures[k]))
    loose = [n for n in range(len(problems)) if n not in best and max(shared[n]) < _SHARED]
    if len(measures) == len(problems):
        loose = [
            n for n in loose if not (shared[n][n] and _PROPOSAL.match(measures[n]))
        ]  # what little it says, it says in its own place
    return loose[: max(len(loose) - free, 0)]


def _shifted(problems: list[str], measures: list[str]) -> list[int]:
    """With as many measures as problems, the problem in whose place the next one's measure stands, and the rest likewise.

    The last measure answers none of them then; all others answer theirs in the same order.
    """
    told = [_specific(text) for text in problems]
    given = [_specific(text) for text in measures]
    shared = [[len(own & answer) for answer in given] for own in told]
    answers = [_clearly(column) for column in zip(*shared, strict=True)]
    for n in range(len(problems) - 1 if len(problems) > _FEW_PROBLEMS else 0):
        wanted = [k for k in range(len(problems)) if k != n]
        if answers[:-1] == wanted and not any(row[-1] for row in shared) and not any(shared[n]):
            return [n]
    return []


def _without_deed(problems: list[str], measures: list[str]) -> int | None:
    """The one measure that has no word of any problem and no time, where every other has a time and words of its own problem."""
    times = [_IN_TIME.search(text) is not None for text in measures]
    if times.count(False) != 1 or len(measures) <= _FEW_PROBLEMS:
        return None
    if _DEED.search(_NUMBERED.sub("", measures[times.index(False)]).partition("。")[0]):
        return None
    idle, told = times.index(False), [_specific(text) for text in problems]
    given = [_specific(text) for text in measures]
    in_order = all(told[k] & given[k] for k in range(len(told)) if k != idle)
    return idle if in_order and not any(own & given[idle] for own in told) else None


_DEED = pattern(r"\d|由|[股科室处队]|中心")
_IN_TIME = pattern(r"\d\s?月|[季年]度?(?:底|末|初|内)|季度起")


def _clearly(weights: tuple[int, ...]) -> int | None:
    """Which of the weights is the one that is highest, where one is."""
    best = max(weights)
    return weights.index(best) if best and weights.count(best) == 1 else None


def _specific(text: str) -> frozenset[str]:
    """The pairs of characters of a text without names of who does it and the words that any problem and measure may have."""
    pairs = pairs_of(_ANY_MEASURE.sub(" ", _DOER.sub(" ", text)))
    return frozenset(pair for pair in pairs if not load_general_words().fullmatch(pair))


_ANY_MEASURE = pattern(
    r"到位|责任|落实|加强|完善|建立|健全|提高|提升|推进|开展|影响|部分|个别|存在|不够|较多|[\d.]+\s?(?:万?元|[个项件名次处人条份年月日天])"
)


_FEW_PROBLEMS = 2
_MEASURED = pattern(
    r"措施|下一步|整改[:方]|拟(?!定)|将(?!来)|[季年月]度?(?:底|末)?前|(?<!\d)年内|(?<!专人)负责|牵头|已(?:于|经|在|由|列入|纳入|安排|启动|着手|申请|落实)|约谈|督促|对接|改进[:：]"
)
