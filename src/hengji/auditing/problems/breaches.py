"""R18: a fact that breaches a field of work, against the leaf with full marks that judges the field, whatever it says of itself (breaches.yaml)."""

import re
from collections.abc import Iterator
from functools import cache

from hengji.auditing.case import Case, once
from hengji.auditing.problems.admitting import (
    ALLOWED,
    NONE_OF_IT,
    RULE,
    Admission,
    clause_around,
    found_out,
    is_denied,
    is_inside,
    is_of_another_year,
    is_right_again,
    spelt_out,
)
from hengji.auditing.problems.claiming import NOT_ADMITTED, claim_of
from hengji.auditing.problems.contradicting import names_alone, special_of, spoken_of
from hengji.auditing.problems.passing import told_of_others
from hengji.auditing.problems.qualities import of_its_quality
from hengji.auditing.problems.settled import tolerates, within_goal
from hengji.auditing.problems.violations import own_words
from hengji.auditing.problems.zones import measure_zones
from hengji.library.breaches import Breach, load_breaches
from hengji.library.texts import load_general_words, load_throughout
from hengji.model.extraction import ScoredItem, Span
from hengji.model.patterns import pattern


def breached_fields(
    case: Case, full: list[ScoredItem], lost: list[ScoredItem], zones: list[Span]
) -> Iterator[Admission]:
    """The facts told in the problems, or found by others and told elsewhere, that breach the field of a leaf with full marks.

    Not where a leaf that judges the field lost points, nor where the fact was put right, is of an earlier year, allowed, or another body's.
    """
    names = {spelt_out(item.name) for item in full}
    for breach in load_breaches():
        judged = any(form.search(name) for form in breach.leaves for name in names)
        facts = _facts(case, breach) if judged else ()
        judges = [item for item in full if _rank(breach, item) is not None] if facts else []
        if not judges:
            continue
        payers = [item for item in lost if _rank(breach, item) is not None]
        yield from (each for item in judges if (each := _told_of_itself(case, breach, item)) is not None)
        for match in facts:
            span = _told(case, breach, match, zones)
            item = None if span is None else _judge(case, breach, span, match, judges, payers)
            if span is not None and item is not None:
                yield Admission(span, item, claim_of(case, item, load_throughout()), sure=True)


@once
def _facts(case: Case, breach: Breach) -> tuple[re.Match[str], ...]:
    """Where the facts that breach a field stand in a report, whoever tells them."""
    found = sorted((match for form in breach.told for match in form.finditer(case.flat)), key=re.Match.start)
    return tuple(match for k, match in enumerate(found) if k == 0 or match.start() >= found[k - 1].end())


def _told_of_itself(case: Case, breach: Breach, item: ScoredItem) -> Admission | None:
    """A breach of its field that a leaf with full marks tells in its own account, counted, and that no rule allows for."""
    if item.name.endswith("率") or tolerates(case, item):
        return None
    start = max(item.body.start, item.span.end)
    for match in _facts(case, breach):
        if not (start <= match.start() and match.end() <= item.body.end):
            continue
        span = _standing(case, breach, match)
        clause = "" if span is None else case.text(span)
        if (
            span is None
            or _OF_A_RULE.search(clause)
            or _within_its_rule(case, item, clause)
            or match[0] in f"{item.rule}{item.target}"
        ):
            continue
        if _COUNTED.search(_DATE.sub(" ", clause)) and not _PRAISED.search(clause) and not _NONE_LEFT.search(clause):
            return Admission(span, item, span, sure=True)
    return None


def _within_its_rule(case: Case, item: ScoredItem, clause: str) -> bool:
    """Whether a leaf's rule or target allows for a rate of faults, and its account tells that rate: 「不高于1‰得满分」, 「差错率0.89‰」."""
    rule = f"{item.rule} {item.target} {case.text(item.body).replace(clause, ' ')}"
    told = {match[1] for match in _RATE.finditer(clause)}
    return bool(told & {match[1] for match in _ALLOWED_RATE.finditer(rule)})


_RATE = pattern(r"\d\s?([%‰])")
_ALLOWED_RATE = pattern(
    r"(?:不(?:高于|超过|大于|低于|少于)|≤|≥|[<>]=?|低于|达到?|控制在)\s?\d+(?:\.\d+)?\s?([%‰])|\d\s?([%‰])(?:及|\(含\))?以[内上下]"
)
_OF_A_RULE = pattern(r"扣\s?\d|扣分|不得分|[得计]满分|[的则时],?得|如有?|若|是否|应当|不得|以内|以上|标准[为是]")
_NONE_LEFT = pattern(r"(?<![\d.])0\s?[\u4e00-\u9fff]|为零|已[^,。;]{0,10}(?:归还|退回|收回|补|改|换|发放|到位)")


def _rank(breach: Breach, item: ScoredItem) -> int | None:
    """How closely a leaf judges a field by its name: 0 first; None where it does not."""
    name = spelt_out(item.name)
    if breach.near and _COUNTS_ONLY.search(name):
        return None
    return next((n for n, form in enumerate(breach.leaves) if form.search(name)), None)


_COUNTS_ONLY = pattern(
    r"(?:数量?|里程|次数|面积|人数|人次|场次|长度|户数|台数|投入|株数|规模|次均费用|抽[查检]|监测|检测)$"
)


def _told(case: Case, breach: Breach, match: re.Match[str], zones: list[Span]) -> Span | None:
    """The clause that tells a breach that stands, as a problem or as found by others."""
    span, at = _standing(case, breach, match), match.start()
    if span is None or is_inside(zones, at):
        return span
    clause = case.text(span)
    owned = (_NOTICED.match(match[0]) or _PAPERS_AFTER.match(match[0])) is not None and not _outside(case, at)
    found = (owned or _found_elsewhere(case, at, clause)) and not told_of_others(clause, case.flat[span.start : at])
    return span if found else None


def _standing(case: Case, breach: Breach, match: re.Match[str]) -> Span | None:
    """The clause that tells a breach of this year: not denied, no rule, not allowed, not put right."""
    start, end = clause_around(case.flat, match.start(), match.end())
    clause = case.flat[start:end]
    sentence = case.text(case.sentence(match.start()))
    if breach.unless is not None and breach.unless.search(clause):
        return None
    if breach.things is not None and not breach.things.search(sentence + clause):
        return None
    if NONE_OF_IT.search(clause[match.start() - start :]) or _NOT_ONE.search(match[0]):
        return None
    if is_denied(case.flat, start, match) or RULE.search(clause) or ALLOWED.search(clause):
        return None
    mended = is_right_again(case, _NO_MENDING.sub("", sentence)) and not _NOTICED.match(match[0])
    if mended or _of_before(case, sentence, clause):
        return None
    return Span(start, end)


# None at all: 「65份无一缺件」, 「没有盘盈盘亏」, 「签订和备案没有超期」.
_NOT_ONE = pattern(
    r"无一|(?:没有|均?未|无|不)(?:发生|存在)?(?:超期|逾期|超时|拖延|滞后)|(?:没有|未|无|零)(?:发现|出现|一)|盘盈[、和或及]?盘亏"
)


# Noticed only when others told of it: what came of it later takes nothing back.
_NOTICED = pattern(r"直到|直至|等到")
# Papers made after the act, which its own telling owns up to: 「先让供货商装好,后补的询价手续」.
_PAPERS_AFTER = pattern(r"先[让由请找]|后补")
# Told to be redone, or asked to be made good: the fault was there, or still is.
_NO_MENDING = pattern(r"退回[^,。;]{0,6}重[办做]|(?:要求|责令|限期)[^,。;]{0,6}补正")


def _outside(case: Case, at: int) -> bool:
    """Whether a place is a leaf's own, a table, a goal, a measure or a proposal."""
    own = case.item_at(at) is not None or case.in_table(at) or case.aimed_at(at)
    return own or case.chapter_key(at) in NOT_ADMITTED or is_inside(measure_zones(case), at)


def _found_elsewhere(case: Case, at: int, clause: str) -> bool:
    """Whether running text outside the leaves, goals, results, measures and proposals tells, in figures, what others found."""
    if case.item_at(at) is not None or case.in_table(at) or case.aimed_at(at):
        return False
    if case.chapter_key(at) in (NOT_ADMITTED if _POINTED_OUT.search(clause) else _NOT_TOLD):
        return False
    if is_inside(measure_zones(case), at) or not found_out(case, at) or not _COUNTED.search(_DATE.sub(" ", clause)):
        return False
    return _BLAMED.search(clause) is not None and _PRAISED.search(clause) is None


# Said of the unit by those who watch over it, even among its merits.
_POINTED_OUT = pattern(
    r"(?:审计|巡察|巡视|财政|评估|评价|督导|督查|纪委|复核)[^。;]{0,16}(?:指出|查出|认定|责令|通报(?!表扬))"
)
_NOT_TOLD = (*NOT_ADMITTED, "主要绩效")
_COUNTED = pattern(r"\d|[一两二三四五六七八九十](?=[个笔份件户台套项名批处人次宗起])")
_DATE = pattern(r"20\d\d年度?|\d{1,2}月(?:\d{1,2}日)?|第?\d{1,2}季度|\[[^\]]*\]|〔[^〕]*〕\d*号?")
_BLAMED = pattern(
    r"(?:审计|巡察|巡视|检查|抽查|核查|清查|盘点|纪委|纪检|财政|督查|复核|通报|审核)[^。;]{0,24}(?:指出|发现|认定|查出|查明|反映|通报|责令|退回|反馈|要求|点名|约谈)|被[^,。;]{0,12}(?:退回|通报(?!表扬)|约谈|责令|点名|警告)|(?:盘点|清查|抽查|自查)[^,。;]{0,6}[,:]?有\d"
)
_PRAISED = pattern(r"表扬|先进|加\d|并(?:已)?(?:排除|处置|整改)|追回|移送|移交|推动|比对")


def _of_before(case: Case, sentence: str, clause: str) -> bool:
    """Whether a breach is of an earlier year and over: what lasts is of this year too (2021年移交的校舍尚未入账)."""
    told = _COMPARED.sub("", clause)
    return is_of_another_year(case, _COMPARED.sub("", sentence), told) and not (
        _LASTS.search(clause) and not _OVER.search(sentence)
    )


_COMPARED = pattern(
    r"(?:照[抄搬用]|沿用|复制|[与比较同抄])(?:了)?(?:上一?年度?|去年|往年)(?:的)?|(?:上年|去年|往年)(?=就|便|早|已)"
)
_LASTS = pattern(r"尚未|仍|至今|一直|迄今|到自评时|至自评时|年末|年底")
_OVER = pattern(r"上年|往年|去年|已(?:于|经|在)?[^,。;]{0,12}(?:整改|补|入账|办)")


def _judge(
    case: Case, breach: Breach, span: Span, match: re.Match[str], judges: list[ScoredItem], payers: list[ScoredItem]
) -> ScoredItem | None:
    """The leaf that judges a breach: the one it names, else the closest by name and by what is told; None where one of the field paid for it."""
    text = case.text(span)
    around = case.text(case.paragraph(span.start)) if len(text) < _SHORT else text
    ours = [item for item in judges if of_its_quality(item.name, text) and not within_goal(case, item, span)]
    if breach.near:
        weighed = [(_nearness(case, around, item), item) for item in ours]
        best = max((weight for weight, _ in weighed), default=0)
        if any(_nearness(case, around, item) >= best for item in payers):
            return None
        if not best and not (breach.named and len(judges) == 1 and _is_plain(judges[0].name)):
            return None
        meant = [item for weight, item in weighed if weight == best]
        return meant[0] if len({item.name for item in meant}) == 1 else None
    part = spoken_of(case.flat[case.flat.rfind(",", 0, match.start()) + 1 : match.end()])
    judge = min(
        ours,
        key=lambda item: (-len(part & spoken_of(item.name)), _rank(breach, item) or 0, -_nearness(case, text, item)),
        default=None,
    )
    if judge is None or any(_rank(breach, item) == _rank(breach, judge) for item in payers):
        return None
    return None if any(part & spoken_of(i.name) or _pays(case, breach, i, text) for i in payers) else judge


def _pays(case: Case, breach: Breach, item: ScoredItem, text: str) -> bool:
    """Whether a leaf of the field that lost points may have lost them for a breach: unless its own account is of something else."""
    account = f"{case.text(item.body)} {item.actual} {item.remark}".replace(item.name, " ")
    if len(account) < _TELLING or any(form.search(account) for form in breach.told):
        return True
    return len(spoken_of(account) & spoken_of(text)) >= _ALIKE


_TELLING, _ALIKE = 24, 2  # characters of an account that gives a reason; pairs of them by which it is the same


def _is_plain(name: str) -> bool:
    """Whether a leaf's name says of no thing what it judges, but only of which kind it is; rates are of their own figures."""
    return not name.endswith("率") and _plain().fullmatch(name) is not None


@cache
def _plain() -> re.Pattern[str]:
    return pattern(rf"(?:{load_general_words().pattern}|{_KINDS})+")


_KINDS = "可持续|影响|长效|机制|监理|考核|履约|巡查|发放|补助|补贴|核查|管护|养护|运维|运行|后续|评估|效果"
_SHORT = 120  # characters


def _nearness(case: Case, text: str, item: ScoredItem) -> int:
    """How many words of a leaf's own a text has: those of its name, and those of its account that no other leaf has; general words count for nothing."""
    pairs = special_of(spoken_of(text))
    named = pairs & spoken_of(item.name)
    alone = named & names_alone(case).get(item.name, frozenset())
    return len(named) + len(alone) + len(pairs & own_words(case).get(item.name, frozenset()))
