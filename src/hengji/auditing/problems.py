"""R18, R19: problems against full marks, lost points and measures."""

import re
from collections.abc import Iterator
from decimal import Decimal

from hengji.auditing.admissions import Admission, admissions, claim_of, names_alone
from hengji.auditing.case import Case, once
from hengji.auditing.chapters import AFTERWORD, EMPTY, first_text
from hengji.auditing.claims import ARGUED, argument
from hengji.auditing.hints import hinted
from hengji.auditing.numbers import number
from hengji.auditing.scores import moved_to
from hengji.auditing.structure import is_narrative
from hengji.auditing.wording import pairs_of
from hengji.auditing.zones import ITEM, measure_zones, numbered, problem_zones
from hengji.library.texts import Field, load_fields, load_praise
from hengji.model.extraction import Quantity, ScoredItem, Section, Span
from hengji.model.finding import Finding, Severity

_SHORT = 16


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
    told = "" if item.table else case.text(item.body)
    listed = bool(case.losses) and re.sub(r"[“”\"]", "", item.name) in case.losses
    if listed or ("扣" in told and _TAKEN_OFF.search(_RULE_CLAUSE.sub("", told))):
        return False  # the text says that points were lost, whatever was read as the score
    return item.claimed >= item.points + moved_to(case, item)


_TAKEN_OFF = re.compile(r"(?<![每超])扣\s?(?:减|除)?\s?\d+(?:\.\d+)?\s?分")


def full_marks_in_problem_field(case: Case) -> Iterator[Finding]:
    """R18: full marks in a field that the problems name."""
    for start, problems in _problem_texts(case):
        for field in load_fields():
            yield from _field_named(case, field, start, problems)


def _field_named(case: Case, field: Field, start: int, problems: str) -> Iterator[Finding]:
    named = next((word for word in field.problems if word in problems and _is_bad(problems, word)), None)
    if named is None or (field.unless is not None and field.unless.search(_problem_clause(problems, named))):
        return
    leaves = [item for item in case.found.items if any(word in item.name for word in field.leaves)]
    so_named = [item for item in leaves if named in item.name]
    # where one leaf of that name lost points, the problem speaks of that one
    named_in = [item for item in so_named if _full(case, item)] if all(_full(case, i) for i in so_named) else []
    all_full = all(_full(case, item) for item in leaves if item.claimed is not None)
    full = [item for item in leaves if _full(case, item)] if all_full else named_in
    clause = _problem_clause(problems, named)
    if all(_FIGURE_ONLY.search(item.name) and not _speaks_of(clause, item.name) for item in full):
        return  # a rate that holds by its own figures
    if not full or _taken_off(case, named, _whole_sentence(problems, clause)):
        return  # points were taken off for it, elsewhere
    at = start + problems.find(clause)
    names = "、".join(f"“{item.name}”" for item in full[:4]) + ("等" if len(full) > 4 else "")
    count = f"{len(full)}项都" if len(full) > 1 else ""
    message = f"问题里写到“{clause}”，而{names}{count}得满分"
    yield case.finding(
        "R18", Span(at, at + len(clause)), message, item=full[0].name, also=(case.leaf_passage(full[0]),)
    )


_FIGURE_ONLY = re.compile(r"(?:执行|调整|控制|变动|完成)率$")


def _whole_sentence(problems: str, clause: str) -> str:
    """The sentence that a clause of the problems opens or stands in."""
    at = problems.find(clause)
    end = problems.find("。", at)
    return problems[at : end if end >= 0 else len(problems)].partition("\n")[0]


def _taken_off(case: Case, named: str, clause: str) -> bool:
    """Whether a leaf that lost points tells what a problem speaks of, the field that it names included."""
    wanted = pairs_of(clause)
    lost = (i for i in case.found.items if i.points is not None and i.claimed is not None and i.claimed < i.points)
    texts = (item.name + case.text(item.body) + item.remark for item in lost)
    return any(named in text and len(wanted & pairs_of(text)) >= _SHARED for text in texts)


_SHARED = 2  # pairs of characters beyond the common words
_MISSED = re.compile(
    r"(?:没有|未能?|未)(?:全部|全面|如期|按期)?(?:达到|完成|实现|达标|启动|开工)|(?:低|少)于[^,。;]{0,10}(?:目标|任务)|比(?:年初|年度|全年)?(?:的)?(?:目标|计划|任务)(?:值|数)?[低少差慢多]|超过[^,。;]{0,12}(?:目标|上限|控制数)|距(?:离)?[^,。;]{0,8}目标[^,。;]{0,6}(?:差|少|缺)"
)


def missed_and_full(case: Case) -> Iterator[Finding]:
    """R18: an indicator that the problems say was not reached, with full marks; where the leaf praises itself, there."""
    for start, text in (*_problem_texts(case), *_shortfalls(case)):
        for match in re.finditer(r"[^。;\n]+", text):
            if not _MISSED.search(match[0]) or re.search(r"已[^,。;]{0,12}(?:整改|解决|完成)", match[0]):
                continue
            item = next((i for i in case.found.items if _full(case, i) and _missed_by(case, match[0], i)), None)
            if item is not None:
                span = Span(start + match.start(), start + match.end())
                yield _admission_finding(case, Admission(span, item, claim_of(case, item, load_praise())))


def _missed_by(case: Case, sentence: str, item: ScoredItem) -> bool:
    """Whether what a sentence says was missed is a leaf's own: by its name, or by a word that no other leaf's name has right before."""
    if _speaks_of(sentence, item.name):
        return True
    missed = _UNDONE.search(sentence) if _COUNTED_BY.search(item.name) else None
    before = sentence[max(0, missed.start() - _BEFORE) : missed.start()] if missed is not None else ""
    return any(pair in before for pair in names_alone(case).get(item.name, ())) and not _OF_MONEY.search(before)


_BEFORE = 8  # characters
_UNDONE = re.compile(r"(?:没有|未能?)(?:全部|全面|如期|按期|按时)?(?:完成|达到|实现|启动|开工|建成|落实)")
_OF_MONEY = re.compile(r"资金|经费|支付|预算|合同|采购|培训|审批|手续")
_LESS = re.compile(r"比(?:年初|年度|全年)?(?:的)?(?:目标|计划|任务)(?:值|数)?(?:低|少|差)(?:了)?\d")


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
_COUNTED_BY = re.compile(r"(?:完成|实施|建设)?(?:率|数量|数|面积|情况)$")


_NAMED_AS = re.compile(r"(?:合规性|规范性|及时性|完整性|有效性|准确性|时效性|健全性|公开性|情况|率|性)$")


def named_and_full(case: Case) -> Iterator[Finding]:
    """R18: a problem that names an indicator itself (采购意向公开不够及时), with full marks for it."""
    told: set[int] = set()
    for start, problems in _problem_texts(case):
        for item in case.found.items:
            core = _NAMED_AS.sub("", item.name)
            if (
                (len(core) < _CORE and not (item.name.endswith("性") and item.name in problems))
                or core not in problems
                or not _full(case, item)
                or not _is_bad(problems, core)
            ):
                continue
            clause = _problem_clause(problems, core)
            at = start + problems.find(clause)
            if at not in told:
                told.add(at)
                message = f"问题里写到“{clause}”，而“{item.name}”得满分"
                span = Span(at, at + len(clause))
                yield case.finding("R18", span, message, item=item.name, also=(case.leaf_passage(item),))


_MUCH = 5  # pairs of characters by which a problem speaks of a leaf's own facts
_DEFECT = re.compile(r"不|未|没有|缺|偏低|走过场|流于|滞后|薄弱|闲置|差错|脱节")


def told_of_and_full(case: Case) -> Iterator[Finding]:
    """R18: a problem that speaks of the facts of one leaf more than of any other's, with full marks for it."""
    texts = list(_problem_texts(case))
    facts = [
        (item, pairs_of(f"{item.name} {case.text(item.body)} {item.actual} {item.remark}"))
        for item in (case.found.items if any(_DEFECT.search(text) for _, text in texts) else ())
    ]
    lost = [
        pairs
        for item, pairs in facts
        if item.points is not None and item.claimed is not None and item.claimed < item.points
    ]
    for start, text in texts:
        for match in re.finditer(r"[^。;\n]+", text):
            if not facts or not _DEFECT.search(match[0]) or re.search(r"已[^,。;]{0,12}(?:整改|解决|完成)", match[0]):
                continue
            named = pairs_of(match[0])
            item, pairs = max(facts, key=lambda each: len(named & each[1]))
            if (
                len(named & pairs) < _MUCH
                or not _full(case, item)
                or any(len(named & other) >= _SHARED for other in lost)
            ):
                continue
            clause = match[0].strip()
            at = start + match.start() + match[0].find(clause)
            message = f"问题里写到“{clause[:40]}”，而“{item.name}”得满分"
            yield case.finding(
                "R18", Span(at, at + len(clause)), message, item=item.name, also=(case.leaf_passage(item),)
            )


_AT_MOST = re.compile(r"不高于|不超过|不多于|不大于|以内|以下|控制|≤|下降|降低|减少")
_ALIKE = 4  # pairs of characters by which a figure achieved names the same as a goal


def short_of_goal(case: Case) -> Iterator[Finding]:
    """R18: a count achieved that a leaf with full marks tells, below the goal that the report sets itself for it."""
    goals = [q for q in case.found.quantities if q.unit not in _NO_COUNT and q.number and case.aimed_at(q.span.start)]
    goals = [q for q in goals if not _AT_MOST.search(case.text(Span(q.sentence.start, q.span.end))[-20:])]
    units = {goal.unit for goal in goals}
    counts = [q for q in case.found.quantities if q.unit in units]
    for item in case.found.items if goals else ():
        if not _full(case, item):
            continue
        for own in (q for q in counts if item.body.start <= q.span.start < item.body.end):
            goal = next((g for g in goals if g.unit == own.unit and _same_count(g.name, own.name)), None)
            if goal is None or own.number >= goal.number or own.number * 2 < goal.number:
                continue
            if any(_same_count(q.name, own.name) and q.number >= goal.number for q in _achieved(case, own.unit)):
                continue
            message = f"“{item.name}”得满分，而目标是{goal.value}{goal.unit}，只完成{own.value}{own.unit}"
            span = item.quote if item.table else own.sentence
            yield case.finding(
                "R18", span, message, stated=own.value, recomputed=goal.value, item=item.name, also=(goal.sentence,)
            )
            break


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
    for admission in (*admissions(case, full, lost), *hinted(case, full, lost)):
        if admission.item.name not in named and not _overlaps(admission.span, admitted):
            if _overlaps(admission.span, told) and not _NUMBER.search(case.text(admission.span)):
                continue  # the heading of a problem whose facts were told
            problem = case.paragraph(admission.span.start) if _paragraphed(case, admission.span) else admission.span
            told.append(problem)
            admitted.append(admission.span if admission.sure else problem)
            named.add(admission.item.name)
            yield _admission_finding(case, admission)
    for check in (missed_and_full, short_of_goal, full_marks_in_problem_field, named_and_full, told_of_and_full):
        for finding in check(case):
            span = Span(finding.start or 0, finding.end or 0)
            if finding.item not in named and not _overlaps(span, told):
                told.append(span)
                named.add(finding.item)
                yield finding


_NUMBER = re.compile(r"\d")


def _paragraphed(case: Case, span: Span) -> bool:
    """Whether the paragraph at a span is one problem, and not a whole chapter run together."""
    paragraph = case.paragraph(span.start)
    return paragraph.end - paragraph.start < _ONE_PROBLEM and not case.in_table(span.start)


_ONE_PROBLEM = 240  # characters


def _overlaps(span: Span, others: list[Span]) -> bool:
    return any(span.start < other.end and other.start < span.end for other in others)


def _admission_finding(case: Case, admission: Admission) -> Finding:
    admitted = case.text(admission.span).strip()[:40]
    name = admission.item.name
    if admission.claim is None or admission.claim == admission.span:
        message = f"这里写到“{admitted}”，而“{name}”得满分"
    else:
        message = f"“{name}”得满分，而报告另一处写到“{admitted}”，请核对"
    other = admission.span if admission.claim is not None else case.leaf_passage(admission.item)
    return case.finding("R18", admission.claim or admission.span, message, item=name, also=(other,))


_CORE = 5  # characters of an indicator's name: fewer are a field, not an indicator


def _problem_texts(case: Case) -> Iterator[tuple[int, str]]:
    """The problems with where they start."""
    for span in problem_zones(case):
        yield span.start, case.text(span)


def _speaks_of(sentence: str, name: str) -> bool:
    """Whether a sentence names an indicator: most of its pairs of characters stand in it, the last ones among them."""
    core = re.sub(r"(?:完成面积|面积|完成数量|数量|次数|人数|场次|人次|情况|完成率|率|数)$", "", name)
    pairs = [core[k : k + 2] for k in range(len(core) - 1)]
    shared = sum(pair in sentence for pair in pairs)
    most = shared * 3 >= len(pairs) * 2 or (shared * 5 >= len(pairs) * 3 and pairs[-1] in sentence)
    return len(pairs) >= _FEW_PAIRS and most


_FEW_PAIRS = 3


def _is_bad(problems: str, word: str) -> bool:
    clause = _problem_clause(problems, word)
    if re.search(
        r"已[^,。;]{0,12}(?:整改|解决|纠正|改进)|已[^,。;]{0,6}完成(?:整改|修订|补)|已(?:全部|按期|于[^,。;]{2,8})完成",
        problems[problems.find(clause) : problems.find(clause) + len(clause) + 30],
    ):
        return False
    return bool(
        re.search(
            r"不|未|没有|缺|偏|低|闲置|浪费|流失|滞后|欠|薄弱|有待|较慢|问题|差距|少|弱|困难|难以|超|慢|粗|笼统|短缺|漏洞|隐患|短板|疏漏|瑕疵|差错|失误|滞留|欠缺|流于|走过场|损坏|脱节",
            clause,
        )
    )


_MARK = re.compile(r"\s*(?:\([一二三四五六七八九十\d]+\)|[一二三四五六七八九十\d]+[、.])")


def _problem_clause(problems: str, word: str) -> str:
    at = problems.find(word)
    start = max(problems.rfind(mark, 0, at) for mark in "。;,\n:") + 1
    mark = _MARK.match(problems, start)
    start = mark.end() if mark is not None and mark.end() <= at else start
    ends = [end for end in (problems.find(mark, at) for mark in "。;,\n") if end >= 0]
    return problems[start : min(ends, default=len(problems))].strip()


def lost_points_explained(case: Case) -> Iterator[Finding]:
    """R19: a deducted leaf has a reason or a problem; a problem has a measure."""
    whole = case.flat
    problems = "".join(
        case.text(s) for s in (case.chapter_span("存在问题"), case.chapter_span("问题与建议")) if s is not None
    )
    problems = re.sub(r"[^。;\n]*扣\s?\d+(?:\.\d+)?\s?分", "", problems)  # a list of what was lost names no problem
    listed = case.losses
    for item in case.found.items:
        lost = _lost_points(item, listed)
        if not case.certainty.tree and not _blank_reason(item):
            continue
        if not lost or item.claimed is None or item.not_applicable or item.doubtful or item.name in _GROUPS:
            continue
        if (not _blank_reason(item) and _told_with_loss(case, item, lost)) or _computed_elsewhere(case, item):
            continue
        if _reasoned(case, item) or _named_in(item.name, problems) or not _argued(case, item):
            continue
        yield case.finding(
            "R19",
            case.leaf_passage(item),
            f"“{item.name}”扣{number(lost)}分，没有写扣分原因，“存在问题”里也没有对应的问题",
            stated=number(item.claimed),
            recomputed=number(item.claimed + lost),
            item=item.name,
            also=_listed_loss(case, item),
        )
    yield from _problems_without_measure(case, whole)


def _told_with_loss(case: Case, item: ScoredItem, lost: Decimal) -> bool:
    """Whether a problem tells the loss with its reason: 「养殖户满意率88.49%，扣1.25分，主要是偏远户补免不及时」."""
    taken = f"扣{number(lost)}分"
    for _, text in _problem_texts(case):
        for told in re.split(r"[。;\n]", text) if taken in text else ():
            named = item.name in told or _speaks_of(told, item.name)
            if taken in told and named and _LOST_BY.search(told.replace(taken, "").replace(item.name, "")):
                return True
    return False


_RESULT_OF = re.compile(r"[×÷/=][^。;]{0,20}(?:得|计|=|为)\s?(?P<n>\d{1,3}(?:\.\d+)?)\s?分")


def _computed_elsewhere(case: Case, item: ScoredItem) -> bool:
    """Whether running text outside a leaf computes its score from a rate: 「执行率95.00%，按10分×95.00%得9.5分」."""
    if item.table or item.claimed is None:
        return False
    for match in _RESULT_OF.finditer(case.flat):
        if Decimal(match["n"]) != item.claimed or item.body.start <= match.start() < item.body.end:
            continue
        start = case.sentence(match.start()).start
        before = case.flat[max(0, start - _SHORT, case.flat.rfind("\n", 0, start) + 1) : match.end()]
        if len(pairs_of(item.name) & pairs_of(before)) >= _SHARED:
            return True
    return False


def _listed_loss(case: Case, item: ScoredItem) -> tuple[Span, ...]:
    """Where the conclusion lists the loss of a leaf."""
    span = case.chapter_span("自评结论")
    match = (
        re.compile(re.escape(item.name) + r"[^,。;、]{0,6}扣[^,。;、]{0,8}分").search(case.flat, *span)
        if span
        else None
    )
    return (Span(match.start(), match.end()),) if match is not None else ()


def _blank_reason(item: ScoredItem) -> bool:
    """A row that has a target, a result, points and an empty place for the reason tells by itself that it gives none."""
    return (
        item.table
        and item.has_remark
        and not item.remark
        and bool(item.target and item.actual)
        and len(item.name) > _SHARED
    )


_GROUPS = (
    "投入",
    "过程",
    "产出",
    "效果",
    "效益",
)  # what is summed, read as a leaf where its parts have no points of their own


def _argued(case: Case, item: ScoredItem) -> bool:
    """Whether the text that argues for a leaf's score was read with it; where nothing was said, the next heading follows at once."""
    told = argument(case, item)
    if item.table or len(told) * 2 >= ARGUED or "扣" in told:
        return True
    rest = case.flat[item.quote.end : item.quote.end + _FOLLOWS]
    follows = item.quote.end + len(rest) - len(rest.lstrip(" 。,;)\n"))
    starts = {s.span.start for s in case.found.sections} | {i.span.start for i in case.found.items}
    return any(follows <= start <= follows + 2 for start in starts) or follows >= len(case.flat)


_FOLLOWS = 12  # characters behind a score in which the next heading begins where nothing was said


def _lost_points(item: ScoredItem, listed: dict[str, Decimal]) -> Decimal:
    """How many points a leaf lost: by its own figures, else as the conclusion lists it."""
    if item.claimed is None:
        return Decimal(0)
    if item.points is not None:
        return max(item.points - item.claimed, Decimal(0))
    return listed.get(re.sub(r"[“”\"]", "", item.name), Decimal(0))


@once
def _running_text(case: Case) -> str:
    """The running text."""
    return "\n".join(case.text(span) for span in case.found.paragraphs)


def _met(case: Case, item: ScoredItem) -> bool:
    """Whether the satisfaction that a leaf tells reaches the report's own goal, so that its figures show no loss."""
    if not _SATISFACTION.search(item.name) or _LOST_BY_RULE.search(case.text(item.body)):
        return False
    percent = [q for q in case.found.quantities if q.unit == "%"]
    own = [q.number for q in percent if item.body.start <= q.span.start < item.body.end and q.number > _HALF]
    goals = [q.number for q in percent if case.aimed_at(q.span.start) and _SATISFACTION.search(q.name)]
    return len(own) == 1 and len(goals) == 1 and own[0] >= goals[0] and item.name[-_SATISFIED:] in ("满意度", "满意率")


_SATISFACTION = re.compile(r"满意")
_SATISFIED = 3
_LOST_BY_RULE = re.compile(r"扣|因|由于|原因|低于|满分|得\s?\d+\s?分[^,。;]{0,6}[;。]?[^。]{0,20}(?:以上|以下)|×")


def _reasoned(case: Case, item: ScoredItem) -> bool:
    if _met(case, item):
        return False
    if item.name == "预算执行率" and item.actual:
        return True  # the rate in the row is the reason
    shown = item.target and item.actual and item.target.lstrip("≥≤=") != item.actual
    if item.table and not item.has_remark and shown and not _denied(case):
        return True  # the row itself shows what was missed, and has no place to say why
    if item.table and not item.has_remark and item.actual and not item.target and not item.remark:
        return _LOST_BY.search(item.actual) is not None or _shows_shortfall(case, item, item.actual)
    lost = number((item.points or item.claimed or Decimal(0)) - (item.claimed or Decimal(0)))
    beside = case.flat[item.quote.end : item.quote.end + _BESIDE]
    if item.table and lost in beside and re.search(rf"\w{{4,}}[^。\n]{{0,40}}扣\s?{re.escape(lost)}分", beside):
        return True  # the reason stands in the line after the row
    if item.table and _reason_told(case, item.name):
        return True
    if item.table and not item.has_remark and _told_of(item.name, _running_text(case)):
        return True  # a table without a place for reasons: the report tells them
    if item.table:
        derived = re.search(r"\d[\d,.]*\s?[/÷×]\s?\d|\d%", item.remark) is not None
        return (derived or bool(re.search(r"[\u4e00-\u9fff]{2,}", item.remark))) and not re.fullmatch(
            r"无.{0,4}|已?完成|达标", item.remark
        )
    text = _RULE_CLAUSE.sub("", case.text(item.body))
    return _LOST_BY.search(text) is not None or _shows_shortfall(case, item, text)


_BESIDE = 70  # characters behind a row


def _reason_told(case: Case, name: str) -> bool:
    """Whether a sentence of running text says why the indicator lost points: 「……比合同晚50天，项目推进及时性扣1分」."""
    at = case.flat.find(name)
    while at >= 0:
        lost = _LOST_BEHIND.match(case.flat, at + len(name))
        if lost is not None and not case.in_table(at):
            before = case.flat[case.sentence(at).start : at]
            if "扣" not in before and _LOST_BY.search(before.rpartition(":")[2][-_BESIDE:]):
                return True
        at = case.flat.find(name, lost.end() if lost is not None else at + 1)
    return False


_LOST_BEHIND = re.compile(r"[^,。;]{0,6}扣")


_LOST_BY = re.compile(
    r"(?<!酌情)(?<!自行)(?<!主动)扣|因|由于|原因|未|不足|超(?!额|前)|偏|低于|仅|滞后|缺|没有|较慢|差|只|仍有|尚|不够|不明|漏|欠|迟|误|主要是|晚|实际[^,。]{0,10}大于"
)


_COMPUTED = re.compile(r"[×÷]|比例|折算|达标|实际")


def _shows_shortfall(case: Case, item: ScoredItem, text: str) -> bool:
    """Whether the figures of a leaf show what was missed: a rate below 100, two different figures of a unit, a computation."""
    if _COMPUTED.search(text):
        return True
    if not _HELD_TO.search(text + item.name):
        return False  # figures that nothing is held against show no shortfall
    own = [q for q in case.found.quantities if item.body.start <= q.span.start < item.body.end]
    least = Decimal(0) if item.name.endswith(("率", "度")) else _HALF
    told = [q.number for q in own if q.unit == "%" and q.number >= least]
    rates = [number for number in told if number < _HUNDRED_PERCENT]
    if told and not rates and not _MORE_IS_WORSE.search(item.name):
        return False  # all that was due was done
    units = [{q.number for q in own if q.unit == unit} for unit in {q.unit for q in own if q.unit != "%"}]
    return bool(rates) or any(len(numbers) > 1 for numbers in units)


_HUNDRED_PERCENT = Decimal(100)
_MORE_IS_WORSE = re.compile(r"控制|变动|结转|结余|存量|调整|超|成本|事故|投诉|下降|压减")
_HALF = Decimal(50)  # per cent: what is lower is no share of what should have been reached
_HELD_TO = re.compile(r"目标|计划|任务|应[^用急对]|标准|要求|达[到标]|按|预算|[率度]$|完成[^。]{0,8}\d|得\d")
# A clause that tells how points are given, not what was lost.
_RULE_CLAUSE = re.compile(
    r"[^,。;\n]*(?:[≤≥<>=]|小于|大于|等于|达到|以上|以下|超过|低于|每)[^,。;\n]{0,24}(?:[计得扣]\s?\d+(?:\.\d+)?\s?分|满分)[^,。;\n]*|扣完为止"
)


def _denied(case: Case) -> bool:
    """Whether the chapter of problems says that there are none."""
    for key in ("存在问题", "问题与建议"):
        span, section = case.chapter_span(key), case.chapter(key)
        if span is not None and section is not None:
            return EMPTY.match(case.text(Span(section.span.end, span.end)).strip()) is not None
    return False


def _told_of(name: str, text: str) -> bool:
    """Whether the text says of an indicator more than how many points it lost."""
    core = re.sub(r"[率性]$|情况$", "", name)[:4]
    return core in text and core in re.sub(re.escape(core) + r"[^,，、。;；\d]{0,10}扣\s?\d+(?:\.\d+)?\s?分", "", text)


def _named_in(name: str, problems: str) -> bool:
    if not problems:
        return False
    if name in problems:
        return True
    fields = [field for field in load_fields() if any(word in name for word in field.leaves)]
    return any(word in problems and _is_bad(problems, word) for field in fields for word in field.words)


def _problems_without_measure(case: Case, whole: str) -> Iterator[Finding]:
    span = case.chapter_span("存在问题")
    if span is None or not case.found.problems or any(EMPTY.match(p) for p in case.found.problems):
        return
    if case.chapter("相关建议") is None and is_narrative(case):
        return  # the missing chapter is R30's
    elsewhere = "".join(each for each in case.found.suggestions if not AFTERWORD.match(each))
    real = "".join(case.found.problems)
    answered = len(elsewhere) > _SHORT // 2 and not EMPTY.match(elsewhere)
    section = case.chapter("存在问题")
    measured = re.search(
        r"(?:下一步|今后|整改|改进措施|改进[:：]|将(?!来)|拟(?!定)|计划(?:于|在|用))[^。]{4,}|(?:一是|二是)[^。]{0,30}(?:加强|完善|建立|健全)",
        real,
    )
    if answered or measured or section is None:
        return
    first_problem = first_text(case, span, section.span.end)
    yield case.finding("R19", first_problem, "问题写了，没有写改进措施、责任人和时限", severity=Severity.WARNING)
    del whole


_ANSWERED = re.compile(
    r"措施|下一步|整改|\d\s?月|年内|负责|牵头|已(?:于|经|在|由)|拟(?!定)|将(?!来|军)|计划(?:于|在|由)|[季年月]度?(?:底|末|前)|前(?:完成|印发|建立|制定)"
)
# What was done about a problem, told in a sentence after the one that names it.
_ACTS = re.compile(
    r"推行|纳入|约谈|督促|清点|补建|补记|调度|通报|核对|对接|建立|制定|印发|修订|开展|组织|压缩|优化|协调|签订|安排|培训|公开"
)


def unanswered_problems(case: Case) -> Iterator[Finding]:
    """R19: where problems carry their measures, the one that carries none."""
    span = case.chapter_span("问题与建议") or case.chapter_span("存在问题")
    if span is None:
        return
    after = case.chapter_span("相关建议")
    given = [s for s in case.found.sections if after and after.start < s.span.start < after.end and s.mark]
    told = [s for s in case.found.sections if span.start < s.span.start < span.end and s.mark and _of_problems(case, s)]
    chapter = case.chapter("相关建议")
    apart = chapter is not None and re.search(r"措施|改进|整改|下一步|打算", chapter.title)
    if len(told) < 2 or len(given) >= len(told) or (apart and len("".join(case.found.suggestions)) >= _SHORT):
        return  # the measures stand in a chapter of their own
    texts = [(s, case.text(Span(s.span.start, max(s.body.end, s.span.end)))) for s in told]
    later = str(case.year + 1)
    answered = [
        s
        for s, text in texts
        if _ANSWERED.search(text)
        or _ACTS.search(text.partition("。")[2])
        or (later in text and _NEXT_YEAR.search(text))
    ]
    for section, text in texts:
        pairs = {section.title[k : k + 2] for k in range(len(section.title) - 1)}
        if sum(1 for pair in pairs if pair in "".join(case.found.suggestions)) >= 2:
            continue
        if section not in answered and len(answered) * 2 >= len(texts) and len(text) > 12:
            end = section.span.start + len(text.rstrip())
            yield case.finding(
                "R19",
                Span(section.span.start, end),
                "这个问题只有表态，没有写措施、责任人和时限",
                severity=Severity.INFO,
            )


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


_TITLED = re.compile(r"问题|不足|短板|原因|困难|措施|建议|改进|整改|偏离")
_NEXT_YEAR = re.compile(r"20\d\d年(?!度)[^。;]{0,6}(?:按|由|将|起|在|前|底|对|把|与|建|改|加|完|开|实)")
_ALL_WELL = re.compile(
    r"(?:其他|其余)(?:各项|[^,。;]{0,4})?指标(?:均|都)?(?:没有|未|无)(?:失分|扣分|丢分)|(?:均|都)?(?:没有|未出现|未发生|不存在|无)(?:绩效)?(?:偏差|失分|扣分)(?![^,。;]{0,4}原因|\d|情况|事项|项)|各项指标[^,。;]{0,8}(?:均|都|全部)(?:得|为)满分"
)
_EXCEPT = re.compile(r"除(?P<but>[^。;]{2,60}?)外")


def losses_denied(case: Case) -> Iterator[Finding]:
    """R19: a sentence that says nothing, or nothing else, lost points or fell short, against points lost."""
    lost = [i for i in case.found.items if i.points is not None and i.claimed is not None and i.claimed < i.points]
    for sentence, text in case.running if lost else ():
        match = _ALL_WELL.search(text) if "分" in text or "偏差" in text else None
        if match is None or case.item_at(sentence.start) is not None or case.chapter_key(sentence.start) == "基本情况":
            continue
        but = _EXCEPT.search(text)
        if but is None and re.match(r"其[他余]", match[0]):
            continue  # the sentence before names those that lost points
        named = pairs_of(but["but"]) if but is not None else frozenset()
        item = next((i for i in lost if not named & pairs_of(f"{i.name} {case.text(i.body)}")), None)
        if item is not None and item.points is not None and item.claimed is not None:
            message = f"这里写“{match[0]}”，而“{item.name}”扣{number(item.points - item.claimed)}分"
            yield case.finding("R19", sentence, message, item=item.name)


def unmatched_problems(case: Case) -> Iterator[Finding]:
    """R19: with fewer measures than problems, in a chapter of their own, the problem that none of them takes up."""
    if case.chapter_span("存在问题") is None and case.certainty.tree is False and not problem_zones(case):
        return
    told = _listed(case, problem_zones(case))
    measures = [case.text(span) for span in _listed(case, measure_zones(case))]
    texts = [case.text(span) for span in told]
    own = [text for text in measures if not _PROPOSAL.match(text)]
    if len(told) < _FEW_PROBLEMS or len(own) * 2 < len(told) or len(own) >= len(told):
        return
    loose = _unanswered(texts, measures)
    if len(loose) == 1 and not _MEASURED.search(texts[loose[0]]):
        yield case.finding("R19", told[loose[0]], "这个问题在改进措施里没有对应的措施", severity=Severity.INFO)


_PROPOSAL = re.compile(r"\s*(?:\([^()]\)|[一二三四五六七八九]是|\d{1,2}[.、])?\s*建议")
_DOER = re.compile(r"[\u4e00-\u9fff]{2,6}(?:[部科股室办处]|中心)(?=[\d牵负会将对在于自每按从与把])")


def _listed(case: Case, zones: list[Span]) -> list[Span]:
    """The numbered items of zones, those whose numbers have the most frequent form."""
    spans = [s for zone in zones for s in numbered(case, zone) if ITEM.match(case.text(s))]
    forms = [_LETTERS.sub("", case.text(s)[:3]) for s in spans]
    usual = max(forms, key=forms.count, default="")  # the first of equals
    return [s for s, form in zip(spans, forms, strict=True) if form == usual]


_LETTERS = re.compile(r"[^().、是]")


def _unanswered(problems: list[str], measures: list[str]) -> list[int]:
    """The problems that no measure speaks of; a measure that speaks of none may answer any one of them."""
    named = [(pairs_of(text), _fields_of(text)) for text in problems]
    given = [(pairs_of(_DOER.sub(" ", text)), _fields_of(text)) for text in measures]
    shared = [[len(own[0] & answer[0]) + _SHARED * len(own[1] & answer[1]) for answer in given] for own in named]
    best = {
        max(range(len(problems)), key=lambda n: (shared[n][k], -abs(n - k)))
        for k in range(len(given))
        if any(s[k] for s in shared)
    }
    free = sum(1 for k in range(len(given)) if not any(own[k] for own in shared) and not _PROPOSAL.match(measures[k]))
    loose = [n for n in range(len(problems)) if n not in best and max(shared[n]) < _SHARED]
    return loose[: max(len(loose) - free, 0)]


def _fields_of(text: str) -> frozenset[str]:
    """The fields of work that a text speaks of."""
    return frozenset(field.name for field in load_fields() if any(word in text for word in field.words))


_FEW_PROBLEMS = 2
_MEASURED = re.compile(
    r"措施|下一步|整改[:方]|拟(?!定)|将(?!来)|[季年月]度?(?:底|末)?前|年内|负责|牵头|已(?:于|经|在|由)|约谈|督促|对接|改进[:：]"
)
