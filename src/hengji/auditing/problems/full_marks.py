"""R18: what the report itself tells as a problem, against full marks for it."""

import re
from collections.abc import Iterator

from hengji.auditing.case import Case, once
from hengji.auditing.moved_points import moved_to
from hengji.auditing.problems.admissions import admissions
from hengji.auditing.problems.admitting import Admission, leaves_of
from hengji.auditing.problems.answering import answers_for
from hengji.auditing.problems.claiming import claim_of, place_of
from hengji.auditing.problems.clauses import RULE_CLAUSE, is_bad, problem_clause, problem_texts, speaks_of
from hengji.auditing.problems.contradicting import names_alone, of_another_field, paid_beside, special_of, spoken_of
from hengji.auditing.problems.counts import falls_short, tells_shortfall
from hengji.auditing.problems.handling import dealt_with, heads_only
from hengji.auditing.problems.hints import hinted
from hengji.auditing.problems.paid import paid_for
from hengji.auditing.problems.qualities import at_fault, beside, is_judged_by, of_its_quality
from hengji.auditing.problems.settled import judges_the_whole, stands, tells_a_fact, tolerates, within_goal
from hengji.auditing.wording import pairs_of
from hengji.library.texts import Field, load_fields, load_praise, load_throughout
from hengji.model.extraction import Quantity, ScoredItem, Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern


def _full(case: Case, item: ScoredItem) -> bool:
    """Whether a leaf claims all its points, those moved to it included."""
    return id(item) in _full_items(case)


@once
def _full_items(case: Case) -> frozenset[int]:
    """The identities of such leaves: two may have the same name and place."""
    return frozenset(id(item) for item in case.found.items if _claims_all(case, item))


def _claims_all(case: Case, item: ScoredItem) -> bool:
    if item.points is None or item.claimed is None or item.points <= 0 or item.claimed < item.points:
        return False
    told = f"{item.actual} {item.remark}" if item.table else case.text(item.body)
    told = _RULED_LOSS.sub(" ", told) if "扣" in told else ""
    listed = bool(case.losses) and re.sub(r"[“”\"]", "", item.name) in case.losses
    if listed or ("扣" in told and _TAKEN_OFF.search(RULE_CLAUSE.sub("", told))):
        return False  # the text says that points were lost, whatever was read as the score
    return item.claimed >= item.points + moved_to(case, item)


# What a rule takes off for each: 「少清1公里扣1分」, 「先采购后补手续的,一批扣2分」
_RULED_LOSS = pattern(
    r"(?:[^,。;\n\t]*的,)?[^,。;\n\t]*(?:[一1]\s?(?:个?百分点|公里|平方米|立方米|人次|座次|[件次处笔批个户座台次项人例起条卷期天日株辆艘栋套家份宗亩吨头名间所场号种册页])|的|凡|每)[^,。;\n\t\d]{0,10}扣[^,。;\n\t]*"
)
_TAKEN_OFF = pattern(r"(?<![每超])扣\s?(?:减|除)?\s?\d+(?:\.\d+)?\s?分")


def full_marks_in_problem_field(case: Case) -> Iterator[Finding]:
    """R18: full marks in a field that the problems name."""
    for start, problems in problem_texts(case):
        for field in load_fields():
            yield from _field_named(case, field, start, problems)


def _field_named(case: Case, field: Field, start: int, problems: str) -> Iterator[Finding]:
    named = next((word for word in field.problems if word in problems and is_bad(problems, word)), None)
    if named is None or (field.unless is not None and field.unless.search(problem_clause(problems, named))):
        return
    clause = problem_clause(problems, named)
    if not at_fault(_whole_sentence(problems, clause)) or beside(clause, named):
        return
    leaves = [
        i
        for i in leaves_of(field.leaves, list(case.found.items))
        if of_its_quality(i.name, clause) and not _of_another_quality(i.name, clause.partition(named)[2])
    ]
    judging = [i for i in case.found.items if is_judged_by(i.name, named)]
    if judging and not any(item in leaves for item in judging):
        leaves = judging  # the problem names what these are about, whatever its field
    so_named = [item for item in leaves if named in item.name]
    # where one leaf of that name lost points, the problem speaks of that one
    if (of_part := _OF_A_PART.search(clause.partition(named)[0])) is not None:
        leaves = [item for item in leaves if of_part["part"] in item.name or _denied_itself(item.name, clause)]
        so_named = [item for item in leaves if named in item.name]
    named_in = [item for item in so_named if _full(case, item)] if all(_full(case, i) for i in so_named) else []
    all_full = all(_full(case, item) for item in leaves if item.claimed is not None)
    full = [item for item in leaves if _full(case, item)] if all_full else named_in
    full = [
        item
        for item in full
        if not _FIGURE_ONLY.search(item.name) or (speaks_of(clause, item.name) and "进度" not in clause)
    ]
    full = [item for item in full if named in item.name or not _SCORED_BY_RATE.search(case.text(item.body))]
    full = [item for item in full if falls_short(clause) or not _SO_MANY.fullmatch(item.target)]
    if (
        not full
        or _is_of_a_loser(case, leaves, full[0], clause)
        or _taken_off(case, named, _whole_sentence(problems, clause))
    ):
        return  # points were taken off for it, elsewhere
    full.sort(key=lambda item: -_named_by(_whole_sentence(problems, clause), item))
    at = start + problems.find(clause)
    if not named_in and paid_beside(case, full[0], Span(at, at + len(clause))):
        return
    if not (judges_the_whole(clause, named) or tells_a_fact(case, Span(at, at + len(clause)))):
        return
    claim = claim_of(case, full[0], load_throughout())
    if claim is not None:
        yield _admission_finding(case, Admission(Span(at, at + len(clause)), full[0], claim))
        return
    names = "、".join(f"“{item.name}”" for item in full[:4]) + ("等" if len(full) > 4 else "")
    count = f"{len(full)}项都" if len(full) > 1 else ""
    message = f"{names}{count}得满分，而问题里写到“{clause}”"
    yield _at_leaf(case, full[0], message, Span(at, at + len(clause)))


def _denied_itself(name: str, clause: str) -> bool:
    """Whether a problem denies in so many words the quality that a leaf is named after: 「不科学」 of 预算编制科学性."""
    return name.endswith("性") and f"不{name[-3:-1]}" in clause


# A part of a field, right before its name: the 采购 of 「采购预算编制不够细致」.
_OF_A_PART = pattern(r"(?P<part>采购|基建|科研|培训|设备|社保基金)$")


def _at_leaf(case: Case, item: ScoredItem, message: str, problem: Span) -> Finding:
    """The finding at the leaf that took full marks, which leads to the problem too; at the problem where the leaf tells openly what was missed."""
    place, other = place_of(case, item), problem
    if tells_shortfall(case, item):
        place, other = other, place
    return case.finding("R18", place, message, item=item.name, also=(other,))


def _named_by(sentence: str, item: ScoredItem) -> int:
    """How many pairs of characters of a leaf's name, common words too, a problem has."""
    return sum(item.name[k : k + 2] in sentence for k in range(len(item.name) - 1))


def _of_another_quality(name: str, judged: str) -> bool:
    """Whether a problem judges a field by a quality (前瞻性) that is not the one that a leaf's name ends with (合理性)."""
    step = _JUDGED_STEP.match(judged)
    if step is not None and step["word"] not in name:
        return True
    quality = _JUDGED_BY.match(judged)
    if quality is None or quality["word"] in _SOUND:
        return False
    return name.endswith("性") and quality["word"] not in name


_SOUND = ("科学性", "合理性", "准确性", "精准性", "规范性", "精细性")  # one may be meant by another
_JUDGED_STEP = pattern(r"(?P<word>公开|公示)(?!信)")  # another step than the one that a leaf judges: 绩效目标公开滞后
_JUDGED_BY = pattern(r"(?:工作)?的?(?P<word>[\u4e00-\u9fff]{2}性)")
_SCORED_BY_RATE = pattern(r"(?:执行|完成|控制|调整|变动)率[^,。;]{0,4}\d[\d.]*%")
_SO_MANY = pattern(r"[≥>=不少于]*\s?\d[\d,.]*\s?[\u4e00-\u9fff]{1,3}")  # what is counted is as good as its count
# Rates that hold by their own figures, unless a problem names them.
_FIGURE_ONLY = pattern(r"率$|满意度$")


def _whole_sentence(problems: str, clause: str) -> str:
    """The sentence that a clause of the problems opens or stands in."""
    at = problems.find(clause)
    start, end = max(problems.rfind(mark, 0, at) for mark in "。\n") + 1, problems.find("。", at)
    return problems[start : end if end >= 0 else len(problems)].partition("\n")[0]


def _taken_off(case: Case, named: str, clause: str) -> bool:
    """Whether a leaf that lost points is named by a problem, or tells what it speaks of, the field that it names included."""
    wanted = pairs_of(clause)
    lost = [i for i in case.found.items if i.points is not None and i.claimed is not None and i.claimed < i.points]
    if any(speaks_of(clause.partition(named)[0], item.name) for item in lost):
        return True
    texts = (item.name + case.text(item.body) + item.remark for item in lost)
    return any(named in text and len(wanted & pairs_of(text)) >= _SHARED for text in texts)


def _is_of_a_loser(case: Case, leaves: list[ScoredItem], full: ScoredItem, clause: str) -> bool:
    """Whether a leaf of the field that lost points is more of what a problem tells than the one with full marks: 资产盘点情况 of 「资产盘点启动偏晚」."""
    losers = (i for i in leaves if i.claimed is not None and not _full(case, i))
    return any(_named_by(clause, i) > _named_by(clause, full) for i in losers)


_SHARED = 2  # pairs of characters beyond the common words
_MISSED = pattern(
    r"(?:没有|未能?|未)(?:全部|全面|如期|按期)?(?:达到|完成|实现|达标|启动|开工)|(?:低|少)于[^,。;]{0,10}(?:目标|任务)|比(?:年初|年度|全年)?(?:的)?(?:目标|计划|任务)(?:值|数)?[低少差慢多]|超过[^,。;]{0,12}(?:目标|上限|控制数)|距(?:离)?[^,。;]{0,8}目标[^,。;]{0,6}(?:差|少|缺)"
)


def missed_and_full(case: Case) -> Iterator[Finding]:
    """R18: an indicator that the problems say was not reached, with full marks; where the leaf praises itself, there."""
    for start, text in (*problem_texts(case), *_shortfalls(case)):
        for match in re.finditer(r"[^。;\n]+", text):
            if not _MISSED.search(match[0]) or re.search(r"已[^,。;]{0,12}(?:整改|解决|完成)", match[0]):
                continue
            item = next((i for i in case.found.items if _full(case, i) and _missed_by(case, match[0], i)), None)
            if item is not None and not tolerates(case, item) and not _is_no_miss(case, match[0], item):
                span = Span(start + match.start(), start + match.end())
                yield _admission_finding(case, Admission(span, item, claim_of(case, item, load_praise())))


def _is_no_miss(case: Case, sentence: str, item: ScoredItem) -> bool:
    """Whether a sentence tells of less where less is better, or its part that tells what was missed names a leaf that lost points."""
    if _LESS_IS_BETTER.search(item.name) and _LOW.search(sentence) and not _HIGH.search(sentence):
        return True
    missed = [part for part in sentence.split(",") if _MISSED.search(part)]
    lost = (i for i in case.found.items if i.points is not None and i.claimed is not None and i.claimed < i.points)
    return any(len(i.name) >= _FIELD and i.name in part for i in lost for part in missed)


_LESS_IS_BETTER = pattern(
    r"费用|成本|单价|造价|[费均]价|次均|死亡|事故|发病|感染|能耗|排放|浓度|时间|时长|时限|天数|投诉|漏损|变动|结转|结余|控制|药占比|[降减]低|死淘|退学|辍学|流失|差错|失误|损耗|平均住院日"
)
_LOW = pattern(r"[低少]于|比[^,。;]{0,10}(?:值|数|目标|计划|任务)[^,。;]{0,3}[低少短]")
_HIGH = pattern(r"高于|多于|超(?:过|出)|未|没|不")


def _missed_by(case: Case, sentence: str, item: ScoredItem) -> bool:
    """Whether what a sentence says was missed is a leaf's own: by its name, or by a word that no other leaf's name has right before."""
    if speaks_of(sentence, item.name):
        return True
    missed = _UNDONE.search(sentence) if _COUNTED_BY.search(item.name) else None
    before = sentence[max(0, missed.start() - _BEFORE) : missed.start()] if missed is not None else ""
    own = (pair for pair in names_alone(case).get(item.name, ()) if pair in before)
    return bool(special_of(own)) and not _OF_MONEY.search(before)


_BEFORE = 8  # characters
_UNDONE = pattern(r"(?:没有|未能?)(?:全部|全面|如期|按期|按时)?(?:完成|达到|实现|启动|开工|建成|落实)")
_OF_MONEY = pattern(r"资金|经费|支付|预算|合同|采购|培训|审批|手续")
_LESS = pattern(r"比(?:年初|年度|全年)?(?:的)?(?:目标|计划|任务)(?:值|数)?(?:低|少|差)(?:了)?\d")


def _shortfalls(case: Case) -> Iterator[tuple[int, str]]:
    """The sentences outside the problems and the leaves that tell by how much a plan was missed."""
    for match in (*_LESS.finditer(case.flat), *_UNDONE.finditer(case.flat)):
        at = match.start()
        if case.item_at(at) is not None or case.in_table(at) or case.aimed_at(at) or case.chapter_key(at) in _ELSEWHERE:
            continue
        sentence = case.sentence(at)
        text = case.text(sentence)
        if _LESS.match(match[0]) or any(core in text for core in _tasks(case)):
            yield sentence.start, text


_ELSEWHERE = ("自评结论", "相关建议", "存在问题", "问题与建议", "佐证材料", "绩效目标")


@once
def _tasks(case: Case) -> tuple[str, ...]:
    """What the leaves with full marks that count done tasks are named after: 重点工作 of 重点工作完成率."""
    cores = (_COUNTED_BY.sub("", item.name) for item in case.found.items if _full(case, item))
    return tuple(core for core in cores if len(core) >= _TASK)


_TASK = 4  # characters of its name
_COUNTED_BY = pattern(r"(?:完成|实施|建设)?(?:率|数量|数|面积|情况)$")
_MUCH = 5  # pairs of characters by which a problem speaks of a leaf's own facts
_DEFECT = pattern(r"不|未|没有|缺|偏低|走过场|流于|滞后|薄弱|闲置|差错|脱节")


def told_of_and_full(case: Case) -> Iterator[Finding]:
    """R18: a problem that speaks of the facts of one leaf more than of any other's, with full marks for it."""
    texts = list(problem_texts(case))
    facts = [
        (item, pairs_of(f"{item.name} {case.text(item.body)} {item.actual} {item.remark}"))
        for item in (case.found.items if any(_is_amiss(text) for _, text in texts) else ())
    ]
    lost = [
        pairs
        for item, pairs in facts
        if item.points is not None and item.claimed is not None and item.claimed < item.points
    ]
    for start, text in texts:
        for match in re.finditer(r"[^。;\n]+", text):
            if not facts or not _is_amiss(match[0]) or re.search(r"已[^,。;]{0,12}(?:整改|解决|完成)", match[0]):
                continue
            named = pairs_of(match[0])
            item, pairs = max(facts, key=lambda each: len(named & each[1]))
            if (
                len(named & pairs) < _MUCH
                or not ((at_fault(match[0]) or falls_short(match[0])) and of_its_quality(item.name, match[0]))
                or of_another_field(match[0], item, case.found.items)
                or not _full(case, item)
                or not named_by_a_word(match[0], item)
                or any(len(named & other) >= _SHARED for other in lost)
            ):
                continue
            clause = match[0].strip()
            at = start + match.start() + match[0].find(clause)
            claim = claim_of(case, item, load_throughout())
            if claim is not None:
                yield _admission_finding(case, Admission(Span(at, at + len(clause)), item, claim))
                continue
            message = f"“{item.name}”得满分，而问题里写到“{clause[:40]}”"
            yield _at_leaf(case, item, message, Span(at, at + len(clause)))


def named_by_a_word(text: str, item: ScoredItem) -> bool:
    """Whether a text has a word of a leaf's name that is its own, and none that any name may have: 交通 or 信号 of 交通信号设施完好率."""
    return bool(special_of(spoken_of(item.name) & spoken_of(text)))


def _is_amiss(text: str) -> bool:
    return _DEFECT.search(text) is not None or falls_short(text)


_AT_MOST = pattern(r"不高于|不超过|不多于|不大于|以内|以下|控制|≤|下降|降低|减少")
_ALIKE = 4  # pairs of characters by which a figure achieved names the same as a goal


def short_of_goal(case: Case) -> Iterator[Finding]:
    """R18: a count achieved that a leaf with full marks tells, below the goal that the report sets itself for it."""
    goals = [q for q in case.found.quantities if q.unit not in _NO_COUNT and q.number and case.aimed_at(q.span.start)]
    goals = [q for q in goals if not _AT_MOST.search(case.text(Span(q.sentence.start, q.span.end))[-20:])]
    units = {goal.unit for goal in goals}
    counts = [q for q in case.found.quantities if q.unit in units]
    for item in case.found.items if goals else ():
        beyond = item.points is not None and item.claimed is not None and item.claimed > item.points  # R02's
        if not _full(case, item) or beyond or tolerates(case, item):
            continue
        for own in (q for q in counts if item.body.start <= q.span.start < item.body.end):
            goal = next((g for g in goals if g.unit == own.unit and _same_count(g.name, own.name)), None)
            if goal is None or own.number >= goal.number or own.number * 2 < goal.number:
                continue
            if own.year not in (0, case.year) or _risen_to(counts, own, goal):
                continue  # of the year before, and what it became stands beside it
            reached = [q for q in _achieved(case, own.unit) if q.number >= goal.number]
            if any(_same_count(q.name, own.name) or _later(q, own) for q in reached):
                continue
            message = f"“{item.name}”得满分，而目标是{goal.value}{goal.unit}，只完成{own.value}{own.unit}"
            span = item.quote if item.table else own.sentence
            yield case.finding(
                "R18", span, message, stated=own.value, recomputed=goal.value, item=item.name, also=(goal.sentence,)
            )
            break


def _risen_to(counts: list[Quantity], own: Quantity, goal: Quantity) -> bool:
    """Whether another figure of the same sentence reaches the goal: which of the two was achieved is not proved, or one is a part."""
    beside = [q for q in counts if q.sentence == own.sentence and q.unit == own.unit and q != own]
    return any(q.number > goal.number or (q.number == goal.number and q.about != "目标" and q != goal) for q in beside)


def _later(other: Quantity, own: Quantity) -> bool:
    """Whether a sentence goes on to tell a count by the same last word: 「1月至7月在岗1860人……8月起在岗1924人」."""
    return other.sentence == own.sentence and own.span < other.span and other.name[-2:] == own.name[-2:]


_NO_COUNT = ("%", "‰", "个百分点", "万元", "元", "亿元", "年", "分")


def _same_count(goal: str, own: str) -> bool:
    """Whether two figures are named alike: the shorter name's pairs stand nearly all in the other."""
    less, more = sorted((pairs_of(goal), pairs_of(own)), key=len)
    return len(less) >= _ALIKE and len(less & more) >= max(_ALIKE, len(less) - 1)


def _achieved(case: Case, unit: str) -> Iterator[Quantity]:
    return (
        q for q in case.found.quantities if q.unit == unit and q.about != "目标" and not case.aimed_at(q.span.start)
    )


def full_despite_problems(case: Case) -> Iterator[Finding]:
    """R18, one finding for each passage that admits something; what claims perfection in words is pointed at itself."""
    told: list[Span] = []
    admitted: list[Span] = []
    full = [item for item in case.found.items if not item.not_applicable and _full(case, item)]
    lost = [i for i in case.found.items if i.points is not None and i.claimed is not None and i.claimed < i.points]
    named: set[str] = set()
    found = (*admissions(case, full, lost), *hinted(case, full, lost))
    for admission in found:
        if not _is_against(case, admission, lost):
            continue
        if any(heads_only(case, admission, other) for other in found):
            continue
        if admission.item.name not in named and not _overlaps(admission.span, admitted):
            if _overlaps(admission.span, told) and not _NUMBER.search(case.text(admission.span)):
                continue  # the heading of a problem whose facts were told
            problem = case.paragraph(admission.span.start) if _paragraphed(case, admission.span) else admission.span
            told.append(problem)
            admitted.append(admission.span if admission.sure else problem)
            named.add(admission.item.name)
            yield _admission_finding(case, admission)
    for check in (missed_and_full, short_of_goal, full_marks_in_problem_field, told_of_and_full):
        for finding in check(case):
            spans = [Span(finding.start or 0, finding.end or 0), *(Span(p.start, p.end) for p in finding.also)]
            if any(_names_lost(case, span, lost) or not _all_stand(case, finding.item, span) for span in spans):
                continue
            if not _answered_for(case, finding, lost):
                continue
            if finding.item not in named and not any(_overlaps(span, told) for span in spans):
                told.extend(spans)
                named.add(finding.item)
                yield finding


_NUMBER = pattern(r"\d")


def _is_against(case: Case, admission: Admission, lost: list[ScoredItem]) -> bool:
    """Whether what is admitted stands against its leaf: not named, paid for or dealt with elsewhere, and of its kind."""
    if (_names_lost(case, admission.span, lost) and not admission.sure) or dealt_with(case, admission):
        return False
    if not answers_for(admission.item, case.text(admission.span), lost):
        return False
    return stands(case, admission.item, admission.span) and not paid_for(case, admission, lost)


def _answered_for(case: Case, finding: Finding, lost: list[ScoredItem]) -> bool:
    """Whether the leaf of a finding may answer for each passage that it points at."""
    items = [item for item in case.found.items if item.name == finding.item]
    spans = [Span(finding.start or 0, finding.end or 0), *(Span(p.start, p.end) for p in finding.also)]
    told = [case.text(span) for span in spans if not any(i.body.start <= span.start < i.body.end for i in items)]
    return all(answers_for(item, text, lost) for item in items for text in told)


def _all_stand(case: Case, name: str, span: Span) -> bool:
    named = [item for item in case.found.items if item.name == name]
    return all(stands(case, item, span) and not within_goal(case, item, span) for item in named)


def _names_lost(case: Case, problem: Span, lost: list[ScoredItem]) -> bool:
    """Whether a problem opens with a leaf that lost points by its name: it is of that one."""
    text = case.text(problem).partition(",")[0]
    return any(len(item.name) >= _FIELD and item.name in text for item in lost)


def _paragraphed(case: Case, span: Span) -> bool:
    """Whether the paragraph at a span is one problem, and not a whole chapter run together."""
    paragraph = case.paragraph(span.start)
    return paragraph.end - paragraph.start < _ONE_PROBLEM and not case.in_table(span.start)


_ONE_PROBLEM = 240  # characters


def _overlaps(span: Span, others: list[Span]) -> bool:
    return any(span.start < other.end and other.start < span.end for other in others)


def _admission_finding(case: Case, admission: Admission) -> Finding:
    admitted = case.found.text(admission.span).strip()[:40]
    name = admission.item.name
    if admission.claim == admission.span:
        message = f"这里写到“{admitted}”，而“{name}”得满分"
    else:
        message = f"“{name}”得满分，而报告另一处写到“{admitted}”，请核对"
    place, other = admission.claim or place_of(case, admission.item), admission.span
    if admission.claim is None and tells_shortfall(case, admission.item):
        place, other = other, place  # the leaf tells openly what was missed
    return case.finding("R18", place, message, item=name, also=(other,))


_FIELD = 4  # characters of a name like 合同管理
