"""R28 (heuristic): a rule for what the unit says it has none of, cited for a score or as a basis."""

import re
from collections.abc import Iterator

from hengji.auditing.case import Case, once
from hengji.auditing.scores.not_assessed import in_words, is_told
from hengji.auditing.scores.told_elsewhere import EARLIER, YEAR
from hengji.library.things import Thing, load_none_words, load_things
from hengji.model.extraction import Citation, Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern


def ruled_out(case: Case) -> Iterator[Finding]:
    """A rule for what the unit says it has none of: of the things of things.yaml, and of whatever its title names and a sentence denies."""
    found: list[Span] = []
    for thing in load_things():
        titles = _titles(case, thing)
        fact = _denial(case, thing, titles) if titles and not is_told(case, thing) else None
        if fact is None and titles and thing.alone and not _mentioned(case, thing, titles):
            fact = titles[0].span
        for citation in titles if fact is not None else ():
            if (
                fact is not None
                and as_basis(case, citation, own=thing.happens)
                and not _of_others(case, thing, citation)
            ):
                found.append(citation.span)
                yield _finding(case, thing, citation, fact)
    yield from _denied_by_name(case, found)


def _of_others(case: Case, thing: Thing, citation: Citation) -> bool:
    """Whether the sentence keeps the rule for what is another's: 「依《公务用车管理办法》向公务用车平台申请派车」."""
    if thing.lent is None:
        return False
    told = case.text(case.sentence(citation.span.start))
    return thing.lent.search(told.replace(case.text(citation.span), "")) is not None


def _finding(case: Case, thing: Thing, citation: Citation, fact: Span) -> Finding:
    if fact in [each.span for each in case.found.citations]:
        message = f"依据的是{thing.name}的制度，而报告没有写到{thing.name}，可能是从其他单位抄来的"
        return case.finding("R28", citation.span, message, stated=citation.title)
    message = f"依据的是{thing.name}的制度，而报告写“{in_words(case, fact)}”，可能是从其他单位抄来的"
    return case.finding("R28", citation.span, message, stated=citation.title, also=(fact,))


def _mentioned(case: Case, thing: Thing, titles: list[Citation]) -> bool:
    """Whether a report speaks of a thing anywhere but in the titles of its rules."""
    spans = [citation.span for citation in (*case.found.citations, *titles)]
    told = (match.start() for match in thing.named.finditer(case.flat))
    return any(not any(span.start <= at < span.end for span in spans) for at in told)


def _titles(case: Case, thing: Thing) -> list[Citation]:
    """The rules for a thing alone that are cited, in title marks or, as what is kept, without."""
    form = thing.titled
    rules = [*_rules(case), *(_untitled(case) if thing.alone else ())]
    return [] if form is None else [rule for rule in rules if form.search(rule.title)]


@once
def _untitled(case: Case) -> list[Citation]:
    """The rules that a sentence says are kept without naming one: 「严格按照专项债券项目资金管理有关规定」."""
    return [Citation(match["title"], "", Span(*match.span("title"))) for match in _IN_GENERAL.finditer(case.flat)]


_IN_GENERAL = pattern(
    r"(?:按照?|依照|根据|执行|遵照|遵守|遵循|落实)(?P<title>[^,。;《》\n\t]{4,30}?(?:规定|要求|办法|制度))(?=[,。;、]|[\u4e00-\u9fff])"
)


@once
def _rules(case: Case) -> list[Citation]:
    """Every rule that is cited."""
    marked = (c for c in case.found.citations if c.title and _RULE.search(c.title))
    return [*marked, *_unmarked(case)]


def _unmarked(case: Case) -> list[Citation]:
    """Rules that are told as kept, without title marks: 「收费票据由某县非税收入管理办法规范」."""
    found = (Citation(match["title"], "", Span(*match.span("title"))) for match in _KEPT.finditer(case.flat))
    return [each for each in found if not _OF_ITS_OWN.search(each.title)]


# What is kept of a rule without title marks; the unit's own rules and those told in general have no name.
_KEPT = pattern(
    r"(?:按照?|依据|依照|根据|执行|遵照|遵守|遵循|参照|由|以|落实)(?P<title>[\u4e00-\u9fff]{6,30}?(?:管理|实施|暂行|试行)(?:办法|细则|规定|条例|规程|制度))"
)
_OF_ITS_OWN = pattern(r"相关|有关|各项|等|制定|建立|修订|印发|要求|规范")


def _denied_by_name(case: Case, found: list[Span]) -> Iterator[Finding]:
    """A cited rule whose title has in it what a sentence says there is none of: 「没有境外投资」, 《…境外投资财务管理办法》."""
    cited = [c for c in case.found.citations if c.title and _RULE.search(c.title) and c.span not in found]
    denials = list(_denials(case)) if cited else []
    for citation in cited if denials else ():
        fact = next(
            (span for span, core in denials if core in citation.title and not _same_place(case, span, citation)), None
        )
        if fact is not None and as_basis(case, citation, own=True):
            message = f"《{citation.title}》管的事，报告写“{in_words(case, fact)}”，可能是从其他单位抄来的"
            yield case.finding("R28", citation.span, message, stated=citation.title, also=(fact,))


def _same_place(case: Case, denial: Span, citation: Citation) -> bool:
    """Whether a denial is the citation's own: the rule says why there is none."""
    return case.sentence(denial.start) == case.sentence(citation.span.start)


def _denials(case: Case) -> Iterator[tuple[Span, str]]:
    """What sentences say there is none of, each thing by the words that a title would name it with."""
    words = load_none_words()
    for match in _NONE.finditer(case.flat):
        if not _LEAD.search(case.flat[max(0, match.start() - _LED) : match.start()]) or not _denied_now(case, match):
            continue
        if any(thing.named.search(match["what"]) and is_told(case, thing) for thing in load_things()):
            continue  # what is denied is there all the same
        for part in _AND.split(match["what"]):
            core = words.around.sub("", part)
            for name in {core, words.behind.sub("", core)}:
                if len(name) >= _NAMED and not words.events.search(part):
                    yield Span(match.start(), match.end()), name


_LED = 7  # characters in front of a denial
_NAMED = 4  # characters by which a title names a thing
_AND = pattern(r"[、和及与或]")
_NONE = pattern(
    r"(?:无(?!障碍|偿|线|人机|害|公害|证|缝|纸)|没有|不涉及|不存在|未(?:安排|承担|设立|设置|举借|接受|取得|涉及|开展))(?P<what>[\u4e00-\u9fff、]{4,24})(?=[,。;()\n\t]|$)"
)
_LEAD = pattern(r"(?:^|[^\u4e00-\u9fff])[\u4e00-\u9fff]{0,6}$")  # who has none, or nothing


_RULE = pattern(r"(?:办法|制度|规定|规则|条例|细则|通知|意见|规程|方案|准则|法|指引|标准|基准|规范)(?:\([^()]*\))?$")


def _denial(case: Case, thing: Thing, titles: list[Citation]) -> Span | None:
    """Where the report says that it has none of a thing, in words or in figures, outside the titles."""
    forms = (thing.denied, thing.implied) if thing.implied is not None else (thing.denied,)
    for form in forms:
        for match in form.finditer(case.flat):
            inside = any(c.span.start <= match.start() < c.span.end for c in titles)
            if "\t" in match[0] or "\n" in match[0]:
                continue  # words of two cells deny nothing
            if not inside and not (form is thing.denied and _less(thing, match)) and _denied_now(case, match, thing):
                return Span(match.start(), match.end())
    for match in thing.nil.finditer(case.flat) if thing.nil is not None else ():
        sentence = case.sentence(match.start())
        kept = any(sentence.start <= c.span.start < sentence.end for c in titles)  # a rule for what came to nothing
        lead = case.flat[max(0, match.start() - _TAIL) : match.start()]
        if not kept and not _less(thing, match) and not _OTHER_ZERO.search(lead) and _of_year(case, match):
            return Span(match.start(), match.end())
    return None


def _less(thing: Thing, match: re.Match[str]) -> bool:
    """Whether a denial says less than that there is none of the thing."""
    end = _ENDED.match(match.string, match.end())
    said = match.string[match.start() : end.end() if end is not None else match.end()]
    return thing.narrower is not None and thing.narrower.search(said) is not None


def _of_year(case: Case, match: re.Match[str]) -> bool:
    clause = case.flat[max(case.flat.rfind(mark, 0, match.start()) for mark in "。;\n") + 1 : match.end()]
    years = {int(year) for year in YEAR.findall(clause)}
    return not EARLIER.search(clause) and (not years or case.year in years)


_OTHER_ZERO = pattern(r"违|超|新增|追加|结转|结余|欠")
_TAIL = 8
_ENDED = pattern(r"[^,。;、()\n\t]{0,7}?(?:[,。;、()\n\t]|$)")
_HELD = pattern(
    r"未(?:及时|按|完成|达|编[报入列]|发现|超|纳入|支付|执行|全部|能|出现|经)|(?:没有|无|未)(?:拖欠|挤占|挪用|截留|虚|克扣|擅自)|没有(?:及时|按|完成|达|编[报入列]|发现|超|出现|经)|无(?:超|违)|取消|不存在[^,。;]{0,6}(?:违|超|未)"
)


_PARTLY = pattern(r"\d\s?(?:万?元|[台套件个项批])|因")


def _denied_now(case: Case, match: re.Match[str], thing: Thing | None = None) -> bool:
    """Whether a denial says that there is none: not that something was not done with it, nor of another year."""
    clause = case.flat[max(case.flat.rfind(mark, 0, match.start()) for mark in "。;\n") + 1 : match.end()]
    years = {int(year) for year in YEAR.findall(clause)}
    after = match.string[match.end() : match.end() + _TAIL + 1]
    if not (_ENDED.match(after) or _runs_on(match, thing)) or _PARTLY.search(
        clause[clause.rfind(",") + 1 : len(clause) - len(match[0])]
    ):
        return False  # what is denied is more than the thing itself, or a part of it: 「12.00万元设备因规格调整未采购」
    part = clause.rpartition(",")[2]
    when = part if _OWN_TIME.match(part) else clause  # 「上年结转64.00万元,全年没有专项债券收入」
    return not _HELD.match(match[0]) and not EARLIER.search(when) and (not years or case.year in years)


def _runs_on(match: re.Match[str], thing: Thing | None) -> bool:
    """Whether only words of the thing itself and such as stand behind any name follow to the end of the clause."""
    if thing is None:
        return False
    rest = _CLAUSE_END.match(match.string, match.end())
    return rest is not None and load_none_words().behind.sub("", thing.named.sub("", rest[0])) == ""


_CLAUSE_END = pattern(r"[^,。;、()\n\t]{0,20}(?=[,。;、()\n\t]|$)")
_OWN_TIME = pattern(r"现|目前|已无|全年|本年|当年|年内|20\d\d年")
_BASIS = pattern(r"依据|依照|按照?|根据|执行|遵照|遵守|遵循|参照|落实|制定|建立|印发|出台|有关规定")

# Who is told to keep a rule, or taught it, is another.
_FOR_OTHERS = pattern(r"指导|督促|协助|帮助|培训|宣传|宣讲|解读|监督|要求[^,。;]{0,12}(?:单位|乡镇|企业|学校|医院)")


_MADE = pattern(r"(?:制定|建立|修订|印发|出台|完善|健全)(?:了)?[^,。;《]{0,16}(?:《[^》]*》(?:\([^)]*\))?[、,和及]?)*$")
_AMONG = pattern(
    r"(?:\([^)]*\))?(?:[、,和及]?《[^》]*》(?:\([^)]*\))?)*等\s?\d*\s?[项个]?(?:内部)?(?:管理)?(?:制度|办法)"
)


def as_basis(case: Case, citation: Citation, *, own: bool) -> bool:
    """Whether a cited rule is told as one that is kept for the unit's own matters; ``own`` if the unit's own rules for it stand even then."""
    after = case.flat[citation.span.end : citation.span.end + 12]
    if re.match(r"[^。]{0,6}(?:不适用|与我|不涉及)", after):
        return False
    sentence = case.sentence(citation.span.start)
    before = case.flat[sentence.start : citation.span.start]
    if own and (_MADE.search(before) or _AMONG.match(case.flat, citation.span.end)):
        return False  # the unit's own rules are there, whether or not anything fell under them this year
    if case.item_at(citation.span.start) is not None:
        return True
    told = case.flat[sentence.start : citation.span.start] + after
    if _FOR_OTHERS.search(told.rpartition(",")[2] if "," in told[: -len(after) or None] else told):
        return False
    return _BASIS.search(told) is not None and "修订" not in told and "废止" not in told
