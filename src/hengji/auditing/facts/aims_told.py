"""R08: a target that stands beside what was reached, and the same target otherwise in the chapter of goals."""

from collections.abc import Iterator
from decimal import Decimal

from hengji.auditing.case import Case
from hengji.auditing.facts.fact import AIMED, DONE, PLANNED, Fact
from hengji.auditing.facts.floors import above_a_floor
from hengji.auditing.facts.told_facts import facts
from hengji.auditing.slips import digits_of, slip
from hengji.model.finding import Finding

_BY_A_TENTH = Decimal("0.1")  # of the larger: how far two figures of one target may be apart
_CHANGED = "调整"
_DIGITS = 2


def aims_told_otherwise(case: Case) -> Iterator[Finding]:
    """R08: 「帮扶就业643人，目标580人」, where the goals have 「帮扶就业600人」."""
    told = [fact for fact in facts(case) if not fact.part and not fact.listed and fact.quantity.year == case.year]
    goals = [fact for fact in told if fact.stage == AIMED or (fact.stage == PLANNED and _among_goals(case, fact))]
    for fact in told:
        if fact.stage != PLANNED or not (fact.borrowed or fact.quantity.table) or _changed(case, fact):
            continue
        if _among_goals(case, fact) or len(digits_of(fact.quantity.value)) < _DIGITS:
            continue
        named = [goal for goal in goals if goal.unit == fact.unit and goal.name.same(fact.name)]
        every = {each.value for each in told if each.unit == fact.unit and each.name.same(fact.name)}
        aims = {goal.value for goal in named}
        if len(aims) != 1 or fact.value in aims or len(every) > _MOST or any(_changed(case, goal) for goal in named):
            continue
        goal = named[0]
        if _reached(case, fact, goal) or above_a_floor(case, fact, goal):
            continue
        gap = abs(goal.value - fact.value)
        if gap > _BY_A_TENTH * max(goal.value, fact.value) and not slip(fact.quantity.value, goal.quantity.value):
            continue
        here, there = (f"{each.quantity.value}{each.quantity.unit}" for each in (fact, goal))
        message = f"这里写目标{here}，绩效目标一节是{there}；同一目标只用一个数"
        yield case.finding("R08", fact.span, message, stated=here, recomputed=there, also=(goal.span,))


_MOST = 3  # values of one name: the two of the target, and what was reached


def _reached(case: Case, fact: Fact, goal: Fact) -> bool:
    """Whether what stands among the goals is what was reached, and so no aim: 「目标130场，实际132场」, and 132场 there."""
    row = case.flat[case.flat.rfind("\n", 0, fact.span.start) + 1 : fact.span.start] if fact.quantity.table else ""
    beside = case.by_sentence.get(fact.quantity.sentence, ())
    done = (each for each in facts(case) if each.stage == DONE and each.unit == goal.unit)
    return (
        goal.quantity.value in row
        or any(each.number == goal.quantity.number for each in beside)
        or any(each.value == goal.value and len(each.name.core & goal.name.core) > 1 for each in done)
    )


def _among_goals(case: Case, fact: Fact) -> bool:
    return case.chapter_key(fact.span.start) == "绩效目标"


def _changed(case: Case, fact: Fact) -> bool:
    return _CHANGED in case.text(fact.quantity.sentence)
