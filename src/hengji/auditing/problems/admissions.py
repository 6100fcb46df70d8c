"""R18: what a leaf with full marks claims, against what the report admits elsewhere on the same topic (topics.yaml)."""

import itertools
from collections.abc import Iterator
from dataclasses import replace

from hengji.auditing.case import Case
from hengji.auditing.problems.admitting import (
    FEW,
    NO_LACK,
    NO_PROBLEM,
    Admission,
    counted_out,
    found_out,
    is_admitted,
    is_inside,
    leaves_of,
    spelt_out,
)
from hengji.auditing.problems.below_norms import below_norms
from hengji.auditing.problems.blamed import blamed_events
from hengji.auditing.problems.breaches import breached_fields
from hengji.auditing.problems.by_object import amiss_of_itself, amiss_of_objects
from hengji.auditing.problems.claiming import NOT_ADMITTED, claim_of
from hengji.auditing.problems.conditions import conditions_met
from hengji.auditing.problems.contradicting import (
    ENOUGH,
    contradictions,
    of_another_field,
    paid_beside,
    said_with,
)
from hengji.auditing.problems.counts import counted_amiss, told_openly
from hengji.auditing.problems.deadlines import late_works, passed_deadlines
from hengji.auditing.problems.denials import denied_things
from hengji.auditing.problems.events import denied_events
from hengji.auditing.problems.judged_leaves import judged_leaves
from hengji.auditing.problems.late import late_things
from hengji.auditing.problems.limits_passed import limits_passed
from hengji.auditing.problems.listed_unfinished import listed_unfinished
from hengji.auditing.problems.objects import faults_of_things
from hengji.auditing.problems.pairs_of_facts import facts_told_against
from hengji.auditing.problems.passing import lapses_in_passing
from hengji.auditing.problems.qualities import at_fault, of_its_object, of_its_quality
from hengji.auditing.problems.rates_below import rates_below
from hengji.auditing.problems.shares import shares_amiss
from hengji.auditing.problems.unfinished import unfinished_things
from hengji.auditing.problems.violations import own_violations
from hengji.auditing.problems.words_denied import words_denied
from hengji.auditing.problems.zones import measure_zones, problem_zones
from hengji.auditing.wording import pairs_of
from hengji.library.texts import Topic, load_throughout, load_topics, load_wider_objects
from hengji.model.extraction import ScoredItem, Span
from hengji.model.patterns import pattern


def admissions(case: Case, full: list[ScoredItem], lost: list[ScoredItem]) -> list[Admission]:
    """What the report admits against leaves with full marks, what names its leaf or speaks most of it first."""
    zones, measures = problem_zones(case), measure_zones(case)
    throughout = [(item, claim) for item in full if (claim := claim_of(case, item, load_throughout())) is not None]
    found = [
        *counted_amiss(case, full, lost, zones),
        *_of_topics(case, full, lost, zones, measures),
        *contradictions(case, throughout, full, lost, zones),
        *unfinished_things(case, full, lost, zones),
        *late_things(case, full, lost, zones),
        *lapses_in_passing(case, full, lost, zones),
        *denied_events(case, full),
        *blamed_events(case, full),
        *listed_unfinished(case, full, zones),
        *own_violations(case, throughout, lost, zones),
        *faults_of_things(case, full, lost, zones),
        *denied_things(case, full, lost, zones),
        *judged_leaves(case, full, lost, zones),
        *passed_deadlines(case, full, lost, zones),
        *late_works(case, full, lost, zones),
        *shares_amiss(case, full, lost, zones),
        *conditions_met(case, full, lost, zones),
        *facts_told_against(case, full),
        *below_norms(case, full, lost, zones),
        *rates_below(case, full, lost, zones),
        *limits_passed(case, full, zones),
        *words_denied(case, full, zones),
    ]
    found += [_with_claim(each, found) for each in breached_fields(case, full, lost, zones)]
    objects = list(_by_object(case, full, lost, zones))
    found = [each for each in found if each.claim is not None or not any(_refutes(other, each) for other in objects)]
    found += [each for each in objects if not any(_same(each, other) for other in found)]
    found = [each for each in found if not told_openly(case, each)]
    texts = {id(each): case.text(each.span).strip(" 。;") for each in found}
    found = [each for each in found if not _tells_none(texts[id(each)])]
    return sorted(
        found, key=lambda each: (each.item.name not in case.text(each.span), -each.sure, -_affinity(case, each))
    )


def _tells_none(text: str) -> bool:
    """Whether a passage with words of lack tells no lack of anything."""
    return bool(NO_PROBLEM.search(text) or NO_LACK.search(text) or _RULE.fullmatch(text))


_RULE = pattern(r"[^,。;扣]*[^得扣计为评记满\d.]\d{1,2}(?:\.\d)?分")  # 「不发生亡人事故7分」


def _by_object(case: Case, full: list[ScoredItem], lost: list[ScoredItem], zones: list[Span]) -> Iterator[Admission]:
    """What is amiss with the things of a leaf, in whatever field; asked last, for what no check of a field has found."""
    yield from amiss_of_objects(case, full, lost, zones)
    yield from amiss_of_itself(case, full)


def _refutes(one: Admission, other: Admission) -> bool:
    """Whether a passage is against what one leaf says in words, and not against another leaf that says nothing."""
    return one.claim is not None and one.item is not other.item and _same(one, other)


def _same(one: Admission, other: Admission) -> bool:
    """Whether two admissions are of the same passage."""
    return one.span.start < other.span.end and other.span.start < one.span.end


def _with_claim(breach: Admission, found: list[Admission]) -> Admission:
    """A breach with the claim that another check has for the same leaf and passage."""
    same = (
        each.claim
        for each in found
        if each.item is breach.item and each.span.start < breach.span.end and breach.span.start < each.span.end
    )
    return breach if breach.claim is not None else replace(breach, claim=next(filter(None, same), None))


def _affinity(case: Case, admission: Admission) -> int:
    said = "" if admission.claim is None else said_with(case, admission.item, admission.claim)
    return len(pairs_of(case.text(admission.span)) & pairs_of(f"{admission.item.name} {said}"))


def _of_topics(
    case: Case, full: list[ScoredItem], lost: list[ScoredItem], zones: list[Span], measures: list[Span]
) -> Iterator[Admission]:
    names = "\n".join(spelt_out(item.name) for item in full)
    for topic in load_topics():
        words = [word for word in topic.leaves if word in names]
        admitted = list(_admitted(case, topic, zones, measures)) if words else []
        leaves = leaves_of(words, full) if admitted else []
        if not leaves:
            continue
        spared = any(word in item.name for word in topic.leaves for item in lost)
        for span in admitted:
            around = case.text(case.paragraph(span.start))
            ours = [i for i in leaves if of_its_object(i.name, around) and not _excepted(case, topic, i)]
            if not ours:
                continue
            found = _against(case, topic, ours, span)
            loose = topic.whole or spared or found.item.name.endswith("率")
            taken = any(_answers(case, topic, item, span) for item in lost)
            inside = found.claim == span
            taken = taken or (not inside and of_another_field(case.text(span), found.item, full))
            taken = taken or (found.claim is None and paid_beside(case, found.item, span))
            if (
                not taken
                and _names_an_object(case, topic, found)
                and (found.claim is not None or not (loose or not _akin(case, found)))
            ):
                yield found


def _names_an_object(case: Case, topic: Topic, admission: Admission) -> bool:
    """Whether an admission tells of the things of its topic, or of a thing that the leaf tells of."""
    objects = load_wider_objects().get(topic.name)
    if objects is None or admission.claim == admission.span:
        return True
    told = case.text(case.sentence(admission.span.start)) + case.text(admission.span)
    if objects.search(told) is not None:
        return True
    own = said_with(case, admission.item, admission.claim or admission.item.body)
    return bool(pairs_of(told) & pairs_of(f"{admission.item.name} {own}"))


def _excepted(case: Case, topic: Topic, item: ScoredItem) -> bool:
    """Whether a leaf itself leaves out some of what the topic admits."""
    return topic.excepts is not None and topic.excepts.search(f"{case.text(item.body)} {item.rule}") is not None


def _akin(case: Case, admission: Admission) -> bool:
    """Whether a defect that stands against no claim is of the leaf's quality, and more than what the unit suffers from."""
    text = case.text(admission.span)
    return of_its_quality(admission.item.name, text) and at_fault(text)


def _admitted(case: Case, topic: Topic, zones: list[Span], measures: list[Span]) -> Iterator[Span]:
    """The clauses that admit a defect of a topic, not denied, not another year's, not put right before."""
    for match in topic.admits.finditer(case.flat):
        at = match.start()
        told = is_inside(zones, at)
        own = case.item_at(at) if topic.whole else None
        if own is not None and any(word in own.name for word in topic.leaves):
            continue
        if not told and (
            not (topic.stays or topic.whole or counted_out(case, at))
            or is_inside(measures, at)
            or case.chapter_key(at) in NOT_ADMITTED
            or case.aimed_at(at)
            or not (topic.whole or found_out(case, at))
        ):
            continue
        span = is_admitted(case, topic, match)
        if span is not None and (told or topic.elsewhere is None or topic.elsewhere.search(case.text(span))):
            yield span


_LOSES = pattern(r"扣\s?\d|扣分|失分|丢分|^(?:影响|导致|造成|致使|制约)")


def _without_other_losses(clause: str, topic: Topic) -> str:
    """A clause without its parts that only tell what came of it or which other indicator lost points: 「……有账无物，另有闲置使利用率扣分」."""
    parts = clause.split(",")
    if sum(1 for part in parts if topic.admits.search(part)) < 1 or len(parts) == 1:
        return clause
    kept = [part for part in parts if not _LOSES.search(part)]
    return ",".join(kept) if any(topic.admits.search(part) for part in kept) else clause


def _answers(case: Case, topic: Topic, lost: ScoredItem, span: Span) -> bool:
    """Whether a leaf that lost points is named by a defect or tells of it."""
    if _counts_the_same(case, lost, span):
        return True
    clause = pairs_of(_without_other_losses(case.text(span), topic))
    if len(clause & pairs_of(lost.name)) > FEW:
        return True
    if topic.whole:
        return False
    told = f"{lost.name} {case.text(lost.body)} {lost.actual} {lost.remark}"
    shared = len(clause & pairs_of(told))
    alike = topic.admits.search(told) is not None or any(word in lost.name for word in topic.leaves)
    return shared >= FEW and alike


def _counts_the_same(case: Case, lost: ScoredItem, span: Span) -> bool:
    """Whether a leaf lost points for just as many as a problem tells: 「2项任务没有完成」 and 「完成33项，任务35项」."""
    told = _LEFT_UNDONE.search(case.text(case.paragraph(span.start)))
    if told is None or not _DONE_RATE.search(lost.name):
        return False
    counts = [int(m["n"]) for m in _SO_MANY.finditer(f"{case.text(lost.body)} {lost.actual} {lost.remark}")]
    return any(abs(a - b) == int(told["n"]) for a, b in itertools.combinations(counts, 2))


_SO_MANY = pattern(r"(?<![\d.])(?P<n>\d{1,4})\s?[项个处条件座]")
_LEFT_UNDONE = pattern(r"(?<![\d.])(?P<n>\d{1,4})\s?[项个](?:重点|年度)?(?:任务|工作|目标|指标)(?:没有|未)")
_DONE_RATE = pattern(r"完成|实现|达成")


def _against(case: Case, topic: Topic, leaves: list[ScoredItem], span: Span) -> Admission:
    """The leaf whose claim the admission stands against: the one that claims perfection, else the first."""
    inside = next((i for i in leaves if i.body.start <= span.start < i.body.end), None)
    if inside is not None:
        return Admission(span, inside, span)
    told = pairs_of(case.text(span))
    rates = [item for item in leaves if item.name.endswith("率")]  # a rate without a claim is only a figure
    nearest = sorted(leaves, key=lambda i: -len(told & pairs_of(f"{i.name} {case.text(i.body)}")))
    for item in nearest:
        claim = claim_of(case, item, topic.claims)
        if claim is not None:
            return Admission(span, item, claim, sure=True)
    for item in nearest[:1]:
        claim = claim_of(case, item, load_throughout())
        if claim is not None and len(told & pairs_of(said_with(case, item, claim))) > FEW:
            return Admission(span, item, claim)
    said = None if topic.whole else _claimed_elsewhere(case, told)  # 「全年追加……」 is against its own words only
    return Admission(span, next((i for i in nearest if i not in rates), nearest[0]), said)


def _claimed_elsewhere(case: Case, told: frozenset[str]) -> Span | None:
    """A sentence of running text that says of the same thing that all is well, where the leaf says nothing itself."""
    zones = (*problem_zones(case), *measure_zones(case))
    for sentence, text in case.running:
        if (
            len(told & pairs_of(text)) < ENOUGH
            or is_inside(list(zones), sentence.start)
            or case.aimed_at(sentence.start)
        ):
            continue
        if load_throughout().search(text) and case.chapter_key(sentence.start) not in NOT_ADMITTED:
            return sentence
    return None
