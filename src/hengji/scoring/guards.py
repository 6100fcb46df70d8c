"""Guards before a rule, and the one table from rule kinds to the functions that apply them."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any

from hengji.language import formula
from hengji.model import rules
from hengji.model.scorecard import TraceStep
from hengji.scoring.evaluate import condition
from hengji.scoring.outcome import FROM_STANDARD, Case, Outcome, lacking, points_text, settled, show
from hengji.scoring.results import Missing

_Apply = Callable[[Any, Case], Outcome]


@cache
def _kinds() -> dict[type, _Apply]:
    # Imported here: the compound kinds apply guarded rules themselves.
    from hengji.scoring import compound, figures, statements

    return {
        rules.Proportional: figures.proportional,
        rules.Steps: figures.steps,
        rules.Excess: figures.excess,
        rules.PassMark: figures.pass_mark,
        rules.Condition: figures.all_or_nothing,
        rules.Difference: figures.difference,
        rules.Rank: figures.rank,
        rules.Outside: figures.outside,
        rules.Checklist: statements.checklist,
        rules.Defects: statements.defects,
        rules.Judged: statements.judged,
        rules.Composite: compound.composite,
        rules.Choose: compound.choose,
        rules.Weighted: compound.weighted,
        rules.FreeLeaves: compound.free_leaves,
    }


def apply(rule: rules.Rule, case: Case) -> Outcome:
    """The rule's outcome on a case. KeyError for ``Unscored``, which the caller handles."""
    return _kinds()[type(rule)](rule, case)


def guarded(guards: tuple[rules.Guard, ...], rule: rules.Rule, case: Case) -> Outcome:
    """The first guard that holds, else the rule; steps of what was not needed stay visible as not taken."""
    steps: list[TraceStep] = []
    for guard in guards:
        holds = condition(guard.when.tree, case.facts)
        step = TraceStep(
            "先看限制条件", formula(guard.when.tree), case.figures(guard.when.tree), show(holds), FROM_STANDARD
        )
        steps.append(step)
        if isinstance(holds, Missing):
            return replace(lacking(case, holds.why), steps=tuple(steps), inputs=case.expression_inputs(guard.when))
        if holds:
            return _stopped(guard, rule, case, steps)
    outcome = apply(rule, case)
    inputs = {(i.name, i.year): i for i in (*case.expression_inputs(*(g.when for g in guards)), *outcome.inputs)}
    if not guards and len(inputs) == len(outcome.inputs):
        return outcome
    return replace(outcome, steps=(*steps, *outcome.steps), inputs=tuple(inputs.values()))


def _stopped(guard: rules.Guard, rule: rules.Rule, case: Case, steps: list[TraceStep]) -> Outcome:
    """A guard that holds decides; what the rule would have measured is still shown."""
    otherwise = apply(rule, case)
    score = guard.score.of(case.points)
    reason = guard.because or f"{formula(guard.when.tree)}"
    measured = otherwise.phrase.split("，", 1)[0] + "，" if otherwise.score is not None and case.measure else ""
    earns = "不得分" if score == 0 else f"得{points_text(score)}"
    inputs = {(i.name, i.year): i for i in (*otherwise.inputs, *case.expression_inputs(guard.when))}
    untaken = tuple(
        step if number == 0 and case.measure is not None else replace(step, taken=False)
        for number, step in enumerate(otherwise.steps)
    )
    return settled(
        score,
        f"{measured}{reason}，按评分标准{earns}",
        steps=(*steps, *untaken),
        inputs=tuple(inputs.values()),
    )
