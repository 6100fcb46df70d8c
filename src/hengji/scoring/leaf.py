"""Scores one leaf: exemption, veto, guard, rule, rounding, moved points, and the claim where there is nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from hengji.language import formula
from hengji.model.filing import Claim, Filing
from hengji.model.numerals import fraction, plain, round_half_up
from hengji.model.patterns import pattern
from hengji.model.rules import FreeLeaves, NotApplicable, Policy, Unscored, VetoScope
from hengji.model.scorecard import LeafScore, Move, Standing, Trace, TraceStep
from hengji.model.system import Indicator, IndicatorSystem
from hengji.scoring.compound import claimed_rows
from hengji.scoring.evaluate import condition, evaluate
from hengji.scoring.facts import Facts
from hengji.scoring.guards import guarded
from hengji.scoring.moves import Moves
from hengji.scoring.outcome import FROM_STANDARD, Case, Outcome, lacking, settled, show
from hengji.scoring.results import Missing
from hengji.scoring.sentences import leaf_sentence, unended

_MEASURES = ("率", "占比", "比例", "比重", "满意度")  # a leaf with such a name is called what it measures
_IS_NOTHING = pattern(r" = 0(?![\d.%])")


@dataclass(frozen=True, slots=True)
class Exempt:
    """A leaf that is not assessed: the policy for its points, the reason, and a remark where one is due."""

    rule: NotApplicable
    reason: str
    note: str = ""


def exemptions(system: IndicatorSystem, filing: Filing, facts: Facts) -> Mapping[str, Exempt]:
    """The leaves that are not assessed.

    The rule's own condition decides where it can; a declaration counts where the condition is not known, or the rule
    has none. A leaf whose policy is ``none`` is always assessed.
    """
    found: dict[str, Exempt] = {}
    for leaf in system.leaves():
        rule = leaf.not_applicable
        if rule is None or rule.policy is Policy.NONE:
            continue
        declared = filing.exemptions.get(leaf.id)
        applies = condition(rule.when.tree, facts.shifted(leaf.year_offset)) if rule.when else Missing(())
        reason = (declared.reason if declared else "") or rule.because or _condition_words(rule)
        if applies is True:
            found[leaf.id] = Exempt(rule, reason)
        elif declared is not None and isinstance(applies, Missing):
            note = "不考核的条件缺少数据，按单位申报处理" if rule.when else ""
            found[leaf.id] = Exempt(rule, reason, note)
    return found


def _condition_words(rule: NotApplicable) -> str:
    """The condition of an exemption as a sentence says it: 「交办重点工作数为0」."""
    if rule.when is None:
        return ""
    return _IS_NOTHING.sub("为0", formula(rule.when.tree)).replace(" 且 ", "且").replace(" 或 ", "或")


def score_leaf(
    leaf: Indicator,
    path: tuple[Indicator, ...],
    filing: Filing,
    facts: Facts,
    exempt: Mapping[str, Exempt],
    moves: Moves,
    names: Mapping[str, str],
    peers: tuple[Facts, ...] = (),
) -> LeafScore:
    """One leaf's score and trace. ``names`` are the names of all leaves by id, for the sentence about moved points."""
    base = LeafScore(
        id=leaf.id,
        name=leaf.name,
        path=tuple(node.name for node in path),
        points=leaf.points,
        full=leaf.points,
        standing=Standing.MISSING,
        moved_in=moves.into(leaf.id),
        moved_out=moves.out_of(leaf.id),
    )
    if leaf.id in exempt:
        return _not_assessed(base, exempt[leaf.id], moves, filing, names)
    case = Case(
        name=leaf.name,
        points=leaf.points or Fraction(0),
        facts=facts.shifted(leaf.year_offset),
        measure=leaf.measure,
        measure_name=leaf.measure_name or (leaf.name if leaf.name.endswith(_MEASURES) else "计算结果"),
        zero=leaf.zero_denominator,
        judgement=filing.judgements.get(leaf.id),
        peers=tuple(peer.shifted(leaf.year_offset) for peer in peers),
    )
    if leaf.points is None or isinstance(leaf.rule, Unscored):
        return _recorded(base, leaf, case, filing)
    outcome, vetoed = _outcome(leaf, case)
    if leaf.id in filing.exemptions:
        outcome = replace(outcome, notes=(*outcome.notes, _refused(leaf, filing)))
    claim, doubt = _claim(leaf, case, filing)
    if doubt:
        outcome = replace(outcome, notes=(*outcome.notes, doubt))
    return _scored(base, leaf, outcome, vetoed, claim, filing, names)


def _refused(leaf: Indicator, filing: Filing) -> str:
    """Why a declared exemption does not count."""
    allowed = leaf.not_applicable is not None and leaf.not_applicable.policy is not Policy.NONE
    why = "但不考核的条件不成立" if allowed else "但评分标准没有规定本项可以不考核"
    return f"单位申报不考核（{unended(filing.exemptions[leaf.id].reason)}），{why}，照常考核"


def _outcome(leaf: Indicator, case: Case) -> tuple[Outcome, str]:
    """The rule's outcome, and the reason of a veto that struck it.

    One veto that holds settles the score; one that is not known leaves it open.
    """
    vetoes = [(veto, condition(veto.when.tree, case.facts)) for veto in leaf.vetoes if veto.scope is VetoScope.ITEM]
    steps = tuple(
        TraceStep("一票否决", formula(veto.when.tree), "", show(holds), FROM_STANDARD) for veto, holds in vetoes
    )
    struck = next((veto for veto, holds in vetoes if holds is True), None)
    if struck is not None:
        reason = struck.because or formula(struck.when.tree)
        inputs = case.expression_inputs(struck.when)
        return settled(Fraction(0), f"{reason}，一票否决，不得分", steps=steps, inputs=inputs), reason
    outcome = guarded(leaf.guards, leaf.rule, case) if leaf.rule else lacking(case, ("评分标准没有公开的计分规则",))
    why = tuple(lack for _, holds in vetoes if isinstance(holds, Missing) for lack in holds.why)
    if why:
        missing = (*why, *outcome.missing)
        return replace(outcome, score=None, low=Fraction(0), missing=missing, steps=(*steps, *outcome.steps)), ""
    return replace(outcome, steps=(*steps, *outcome.steps)) if steps else outcome, ""


def _claim(leaf: Indicator, case: Case, filing: Filing) -> tuple[Claim | None, str]:
    """The department's claim, and why the one its rows make cannot be taken."""
    if leaf.id in filing.claims:
        return filing.claims[leaf.id], ""
    rows = claimed_rows(leaf.rule, case) if isinstance(leaf.rule, FreeLeaves) else None
    if rows is None:
        return None, ""
    if rows > case.points:
        return None, f"各项自评得分合计{plain(rows)}分，高于本项分值{plain(case.points)}分，没有采用"
    return Claim(Decimal(rows.numerator) / Decimal(rows.denominator), "各项自评得分合计"), ""


def _scored(
    base: LeafScore,
    leaf: Indicator,
    outcome: Outcome,
    vetoed: str,
    claim: Claim | None,
    filing: Filing,
    names: Mapping[str, str],
) -> LeafScore:
    points = leaf.points or Fraction(0)
    full = points + sum((move.points for move in base.moved_in), Fraction(0)) if base.moved_in else points
    factor = full / points if points and full is not points else Fraction(1)
    own = None if outcome.score is None else round_half_up(outcome.score)
    computed = own if own is None or full is points else own * factor
    claimed = None if claim is None else fraction(claim.score)
    if computed is not None:
        standing, score = (Standing.JUDGED if outcome.judged else Standing.COMPUTED), computed
    elif claimed is not None:
        standing, score = Standing.CLAIMED, spread_claim(claimed, points, base.moved_in)
    else:
        standing, score = Standing.MISSING, None
    scored = replace(
        base, full=full, standing=standing, claimed=claimed, own=own, factor=factor,
        computed=computed, score=score, vetoed=vetoed,
    )  # fmt: skip
    trace = Trace(
        inputs=outcome.inputs,
        steps=outcome.steps,
        missing=outcome.missing,
        low=None if own is not None else outcome.low,
        high=None if own is not None else outcome.high,
        notes=outcome.notes,
    )
    sentence = leaf_sentence(scored, trace, outcome.phrase, filing.year, names)
    return replace(scored, trace=replace(trace, sentence=sentence))


def spread_claim(claim: Fraction, points: Fraction, moved_in: tuple[Move, ...]) -> Fraction:
    """What a claim counts after points were spread.

    Departments print a leaf that received another's points with them in it (6 of 3+3), but never a leaf multiplied by
    22/19: the sum is converted at the end. So a claim is multiplied by what was spread, unless it already exceeds it.
    """
    if not moved_in:
        return claim
    direct = points + sum((move.points for move in moved_in if move.policy is Policy.TO_ITEM), Fraction(0))
    full = points + sum((move.points for move in moved_in), Fraction(0))
    return claim * full / direct if direct and claim <= direct else claim


def _not_assessed(base: LeafScore, exempt: Exempt, moves: Moves, filing: Filing, names: Mapping[str, str]) -> LeafScore:
    kept = (moves.kept or {}).get(base.id)
    full = base.points if kept is not None else Fraction(0)
    score = {Policy.FULL: base.points, Policy.ZERO: Fraction(0)}.get(kept) if kept else None
    leaf = replace(
        base,
        full=full,
        standing=Standing.NOT_APPLICABLE,
        score=score,
        exemption=exempt.reason,
        claimed=fraction(filing.claims[base.id].score) if base.id in filing.claims else None,
    )
    trace = Trace(notes=(exempt.note,) if exempt.note else ())
    return replace(leaf, trace=replace(trace, sentence=leaf_sentence(leaf, trace, "", filing.year, names)))


def _recorded(base: LeafScore, leaf: Indicator, case: Case, filing: Filing) -> LeafScore:
    """A leaf without points: its measure is computed and shown, nothing is scored."""
    steps: tuple[TraceStep, ...] = ()
    phrase = ""
    missing: tuple[str, ...] = ()
    if leaf.measure is not None:
        result = evaluate(leaf.measure.tree, case.facts)
        shown = case.shown(result, leaf.measure)
        filled = case.figures(leaf.measure.tree)
        steps = (TraceStep(case.measure_name, formula(leaf.measure.tree), filled, shown, FROM_STANDARD),)
        missing = result.why if isinstance(result, Missing) else ()
        phrase = f"{case.measure_name}为{shown}" if not missing else ""
    claim = filing.claims.get(leaf.id)
    recorded = replace(base, standing=Standing.RECORDED, claimed=fraction(claim.score) if claim else None)
    trace = Trace(inputs=case.expression_inputs(leaf.measure), steps=steps, missing=missing)
    return replace(recorded, trace=replace(trace, sentence=leaf_sentence(recorded, trace, phrase, filing.year, {})))
