"""R19: problems and their measures in the same order, and the one problem that is passed over; or each with its own measure, and one without."""

from collections.abc import Iterator, Sequence

from hengji.auditing.case import Case
from hengji.auditing.problems.closed import is_closed
from hengji.auditing.problems.deeds import deed_behind, may_tell_measure, tells_measure
from hengji.auditing.problems.enumerated import entries, sentences
from hengji.auditing.problems.untaken import is_changed, subject_of
from hengji.auditing.problems.zones import measure_zones, measures_inside, problem_zones
from hengji.auditing.text.chapters import AFTERWORD
from hengji.model.extraction import Span
from hengji.model.finding import Finding, Severity
from hengji.model.patterns import pattern


def passed_over(case: Case) -> Iterator[Finding]:
    """R19: one problem of several without a measure, where every other has its own, beside it or in its turn."""
    inside = measures_inside(case)
    problems, measures = problem_zones(case), [inside] if inside is not None else measure_zones(case)
    if len(problems) != 1 or len(measures) > 1:
        return
    told = entries(case, problems[0])
    if not told:
        told = [*sentences(case, problems[0])]
        if any(_GOES_ON.match(case.text(span)) for span in told):
            return
    if len(told) < _FEW:
        return
    if measures and all(_PROPOSAL.match(unit) for unit in _units(case, measures[0])):
        texts = [case.text(span) for span in told]
        left = _beside(case, told)
        if left is not None and any(_alike(texts[left], unit, texts) > _OWN for unit in _units(case, measures[0])):
            return
        measures = []
    else:
        left = _beside(case, told) if not measures else _in_turn(case, told, measures[0])
    if left is None or (not measures and left + 1 < len(told) and not entries(case, problems[0])):
        return  # the sentence behind one without a number may be its measure
    message = (
        "这个问题在改进措施里没有对应的措施" if measures else "其他问题都写了措施，这个问题没有写措施、责任人和时限"
    )
    yield case.finding("R19", told[left], message, severity=Severity.INFO)


_GOES_ON = pattern(
    r"\s*(?:其中|主要|上述|以上|原因|这|该|此|为此|对此|因此|具体)"
)  # a sentence that is part of the one before
# What others are asked to do, which is no measure of this unit's own.
_PROPOSAL = pattern(
    r"\s*(?:\([^()]\)|[一二三四五六七八九十]+[、是]|\d{1,2}[.、]|相关|[^\n]{0,8}建议\n)?\s*(?:建议|请|恳请|希望)"
)
_FEW = 3  # problems: of two, none is clearly the one that is left


def _beside(case: Case, told: Sequence[Span]) -> int | None:
    """The one problem that tells no measure, where all others tell theirs beside them, most by intent or time."""
    texts = [case.text(span) for span in told]
    planned = [tells_measure(text, case.year) for text in texts]
    bare = [n for n, text in enumerate(texts) if not planned[n] and not may_tell_measure(text)]
    others = [n for n in range(len(texts)) if n not in bare]
    if len(bare) != 1 or sum(planned) * 3 < len(texts) * 2 - 1 or _settled(texts[bare[0]]):
        return None
    answered = all(planned[n] or deed_behind(texts[n]) for n in others)
    return bare[0] if answered and _is_problem(texts[bare[0]]) else None


def _in_turn(case: Case, told: Sequence[Span], zone: Span) -> int | None:
    """The one problem passed over, where one measure less than problems follow them in their order."""
    texts = [case.text(span) for span in told]
    given = _units(case, zone)
    if len(given) != len(texts) - 1 or _JOINTLY.search(case.text(zone)):
        return None
    times = [sum(_IN_TIME.search(part) is not None for part in _CLAUSES.split(unit)) for unit in given]
    if max(times) > 1 and sum(times) >= len(texts):
        return None  # as many deeds with their times as problems
    shared = [[_alike(text, unit, texts) for unit in given] for text in texts]
    totals = [sum(shared[k + (k >= n)][k] for k in range(len(given))) for n in range(len(texts))]
    best = max(totals)
    left = totals.index(best)
    if totals.count(best) > 1 or max(shared[left]) > _OWN:
        return None
    matched = sum(shared[k + (k >= left)][k] > 0 for k in range(len(given)))
    own = texts[left]
    if matched * 4 < len(given) * 3 or _settled(own) or tells_measure(own, case.year) or not _is_problem(own):
        return None
    return left


_ANNEXES = pattern(r"\s*附(?:件|表|:)")
_CLAUSES = pattern(r"[,。;\n]")
_IN_TIME = pattern(r"\d\s?月(?:\d{1,2}日|底|末|初)?(?:之?前|起)|(?:年|季度?)(?:底|末)?前|到期日")


def _units(case: Case, zone: Span) -> list[str]:
    """The measures of a zone: numbered, or parted by semicolons, or sentences."""
    listed = [case.text(span) for span in entries(case, zone)]
    if listed:
        return listed
    lines = [case.text(span) for span in sentences(case, zone)] or [case.text(zone)]
    lines = [
        line for line in lines if not _ANNEXES.match(line) and (not AFTERWORD.match(line) or may_tell_measure(line))
    ]
    parts = [part for line in lines for part in line.split(";") if part.strip()]
    return parts if len(parts) > len(lines) else lines


def _alike(problem: str, unit: str, problems: Sequence[str]) -> int:
    """How much of what a problem is about a measure has: words more than single characters, and what no other problem has most."""
    words, characters = subject_of(problem)
    unit_words, unit_characters = subject_of(_DOER.sub("", unit))
    others = [subject_of(other) for other in problems if other is not problem]
    of_words = sum(1 if any(word in each[0] for each in others) else _OWN for word in words & unit_words)
    return _WORD * of_words + sum(
        1 if any(one in each[1] for each in others) else _OWN for one in characters & unit_characters
    )


_WORD, _OWN = 3, 3  # a word to a character; what only one problem has to what others have too
# Who does it, where that opens a measure: 「4.1 供水站9月底前更换末梢管网」.
_DOER = pattern(
    r"^\s*(?:[\d.]+|\([^()]\)|[一二三四五六七八九十][、是])?[、.)\s]*(?:由)?[\u4e00-\u9fff、]{1,12}?(?:[股科室处办所站队部组]|中心)(?=[\d牵负会将对在于自每按从与把,])"
)
_JOINTLY = pattern(
    r"上述|以上|前述|其[余他][^。;]{0,6}(?:问题|不足)|各[项类]问题|问题清单|逐[项条][^。;]{0,4}(?:整改|销号)|(?:针对|对应)(?:问题)?\([一二三四五六七八九十\d]+\)|举一反三|第[一二三四五六七八九十\d]+(?:个|项|条)(?:问题|不足)?[,、和及]"
)


def _settled(problem: str) -> bool:
    return is_closed(problem) or is_changed(problem) or _NO_FAULT.search(problem) is not None


# What is no fault of this unit.
_NO_FAULT = pattern(
    r"(?:不|非)(?:属于?|由|归|是)我|(?:独立法人|另一单位|由[^,。;]{2,10}(?:负责|管理|承担))|(?:已|均)(?:得到)?(?:解决|纠正|整改|办结|销号)"
)


def _is_problem(text: str) -> bool:
    """Whether a passage tells something amiss, and is no introduction, praise or signature."""
    return _AMISS.search(text) is not None and AFTERWORD.match(text) is None


_AMISS = pattern(
    r"不|未|没|缺|偏|低|滞后|薄弱|欠|少|慢|粗|漏|差|难|弱|晚|迟|超|旧|老[化旧龄]|紧|重|逾期|反弹|流失|断|锐减|侵蚀|年龄|堆积|偷|停|空|漏雨|受潮|较[多高大长]|过[大多高长小]|下降|减少|上升|反映|隐患|苗头|压力|风险|短少|遗失|损坏"
)
