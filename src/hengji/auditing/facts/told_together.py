"""Two numbers that one passage tells beside each other: nobody contradicts himself within a sentence, so they are of two things."""

from hengji.auditing.case import Case
from hengji.auditing.facts.fact import Fact
from hengji.auditing.facts.told_facts import facts


def in_one_place(one: Fact, other: Fact) -> bool:
    """Whether two stand in one sentence, or one in the words of a row that the other is of."""
    a, b = one.quantity.sentence, other.quantity.sentence
    return a == b or any(
        row.quantity.table and row.quantity.sentence.start <= told.span.start < row.quantity.sentence.end
        for row, told in ((one, other), (other, one))
    )


def told_as_two(case: Case, one: Fact, other: Fact) -> bool:
    """Whether some sentence tells both numbers of one stage, each of what the two name: 「巡查46次、复查41次」.

    A plan and what was done of it are two stages: what else is done of it is told against both.
    """
    told: dict[object, set[object]] = {}
    for fact in facts(case):
        alike = fact.borrowed or len(fact.name.core & one.name.core) > 1
        if fact.unit == one.unit and fact.stage == one.stage and alike and not fact.quantity.table:
            told.setdefault(fact.quantity.sentence, set()).add(fact.value)
    return any({one.value, other.value} <= values for values in told.values())
