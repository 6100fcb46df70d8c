"""Adds the leaves up: branches, vetoes, bonus, deduction, cap, floor, grade."""

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from types import MappingProxyType

from hengji.language import formula
from hengji.model.filing import Filing, Total
from hengji.model.numerals import fraction
from hengji.model.rules import Veto, VetoScope
from hengji.model.scorecard import BranchScore, ExtraScore, LeafScore, Resting, Standing, Totals
from hengji.model.system import Grade, Indicator, IndicatorSystem
from hengji.scoring.evaluate import condition
from hengji.scoring.extras import score_extra
from hengji.scoring.facts import Facts
from hengji.scoring.results import Missing
from hengji.scoring.sentences import resting_sentence

_NOTHING = Fraction(0)


def triggered(system: IndicatorSystem, facts: Facts) -> tuple[Veto, ...]:
    """The vetoes that hold and strike more than their own leaf."""
    return tuple(veto for veto in _wide(system) if condition(veto.when.tree, facts) is True)


def _wide(system: IndicatorSystem) -> list[Veto]:
    vetoes = [*system.vetoes, *(veto for indicator, _ in system.walk() for veto in indicator.vetoes)]
    return [veto for veto in vetoes if veto.scope is not VetoScope.ITEM]


def _unsettled(system: IndicatorSystem, facts: Facts) -> tuple[str, ...]:
    """Vetoes of which nobody knows whether they hold: what they would strike, and what is missing to know."""
    found = []
    for veto in _wide(system):
        holds = condition(veto.when.tree, facts)
        if isinstance(holds, Missing):
            found.append(f"{veto_reason(veto)}的，一票否决；{'；'.join(holds.why)}，是否触发未能判断")
    return tuple(found)


def struck(system: IndicatorSystem, leaves: tuple[LeafScore, ...], vetoes: tuple[Veto, ...]) -> tuple[LeafScore, ...]:
    """The leaves with those of a vetoed node brought to nothing, which their sentences then say."""
    reasons: dict[str, str] = {}
    for veto in vetoes:
        node = system.indicator(veto.node) if veto.scope is VetoScope.NODE else None
        for leaf_id in below(node) if node else ():
            reasons[leaf_id] = veto_reason(veto)
    return tuple(
        _brought_to_nothing(leaf, reasons[leaf.id])
        if leaf.id in reasons and leaf.standing not in (Standing.NOT_APPLICABLE, Standing.RECORDED)
        else leaf
        for leaf in leaves
    )


def _brought_to_nothing(leaf: LeafScore, reason: str) -> LeafScore:
    trace = replace(leaf.trace, missing=(), low=None, high=None, sentence=f"{reason}，一票否决，本项不得分。")
    return replace(
        leaf, standing=Standing.COMPUTED, score=_NOTHING, computed=_NOTHING, own=_NOTHING, vetoed=reason, trace=trace
    )


def below(indicator: Indicator) -> tuple[str, ...]:
    """The ids of an indicator and of everything under it."""
    return (indicator.id, *(found for part in indicator.parts for found in below(part)))


def veto_reason(veto: Veto) -> str:
    """Why a veto struck, in words."""
    return veto.because or formula(veto.when.tree)


def sum_branches(system: IndicatorSystem, leaves: tuple[LeafScore, ...]) -> tuple[BranchScore, ...]:
    """Every branch, and every top-level leaf, with the sums of what is below it."""
    by_id = {leaf.id: leaf for leaf in leaves}
    found: list[BranchScore] = []

    def walk(indicator: Indicator, *, top: bool) -> list[LeafScore]:
        if indicator.is_leaf:
            below = [by_id[indicator.id]]
            if top:
                found.append(_branch(indicator, below))
            return below
        place = len(found)
        below = [leaf for part in indicator.parts for leaf in walk(part, top=False)]
        found.insert(place, _branch(indicator, below))
        return below

    for indicator in system.indicators:
        walk(indicator, top=True)
    return tuple(found)


def _branch(indicator: Indicator, leaves: list[LeafScore]) -> BranchScore:
    scores = [leaf.score for leaf in leaves if leaf.score is not None]
    fulls = [leaf.full for leaf in leaves if leaf.full is not None]
    points = [leaf.points for leaf in leaves if leaf.points is not None]
    return BranchScore(
        id=indicator.id,
        name=indicator.name,
        points=indicator.points if indicator.points is not None else (sum(points, _NOTHING) if points else None),
        full=sum(fulls, _NOTHING) if fulls else None,
        score=sum(scores, _NOTHING) if scores else None,
        missing=sum(leaf.standing is Standing.MISSING for leaf in leaves),
    )


def total(
    system: IndicatorSystem,
    filing: Filing,
    facts: Facts,
    leaves: tuple[LeafScore, ...],
    branches: tuple[BranchScore, ...],
    vetoes: tuple[Veto, ...],
    settled: Mapping[str, Fraction] = MappingProxyType({}),
) -> Totals | None:
    """The derivation of the total, or None where no leaf carries points.

    ``settled`` are the bonus and the deduction as somebody settled them, in place of what the rules give.
    """
    if all(leaf.points is None for leaf in leaves):
        return None
    base = sum((leaf.score for leaf in leaves if leaf.score is not None), _NOTHING)
    claims = filing.claims
    bonus = _settled(
        score_extra(system.bonus, claims.get(Total.BONUS), filing, facts), Total.BONUS, settled.get(Total.BONUS)
    )
    deduction = _settled(
        score_extra(system.deduction, claims.get(Total.DEDUCTION), filing, facts),
        Total.DEDUCTION,
        settled.get(Total.DEDUCTION),
    )
    bonus = _in_scope(bonus, system, branches)
    raw = base + (bonus.score if bonus else _NOTHING) - (deduction.score if deduction else _NOTHING)
    final = _NOTHING if _strikes(vetoes, VetoScope.TOTAL) else max(system.floor, raw)
    if system.cap is not None:
        final = min(system.cap, final)
    claimed = claims.get(Total.TOTAL)
    resting = _resting(leaves)
    return Totals(
        title=_title(leaves, bonus, deduction),
        base=base,
        bonus=bonus,
        deduction=deduction,
        raw=raw,
        final=final,
        cap=system.cap,
        grade=_grade(system, base, final, vetoes),
        vetoed=tuple(veto_reason(veto) for veto in vetoes),
        unsettled=_unsettled(system, facts),
        claimed=None if claimed is None else fraction(claimed.score),
        resting=resting,
        sentence=resting_sentence(resting),
    )


def _settled(extra: ExtraScore | None, name: str, score: Fraction | None) -> ExtraScore | None:
    """A bonus or deduction with the score somebody gave it, where somebody did."""
    if score is None:
        return extra
    return replace(extra, score=score) if extra is not None else ExtraScore(name, score, Standing.JUDGED)


def _in_scope(
    bonus: ExtraScore | None, system: IndicatorSystem, branches: tuple[BranchScore, ...]
) -> ExtraScore | None:
    """A bonus that belongs to a section cannot lift it above its points."""
    if bonus is None or system.bonus is None or system.bonus.scope == "total":
        return bonus
    branch = next((found for found in branches if found.id == system.bonus.scope), None)
    if branch is None or branch.full is None:
        return bonus
    room = max(_NOTHING, branch.full - (branch.score or _NOTHING))
    return bonus if bonus.score <= room else replace(bonus, score=room, capped_from=bonus.capped_from or bonus.score)


def _strikes(vetoes: tuple[Veto, ...], scope: VetoScope) -> bool:
    return any(veto.scope is scope for veto in vetoes)


def _grade(system: IndicatorSystem, base: Fraction, final: Fraction, vetoes: tuple[Veto, ...]) -> str:
    """The grade by unrounded score; the worst of the grades that vetoes name stands instead."""
    struck_grades = [veto.grade for veto in vetoes if veto.scope is VetoScope.GRADE]
    named = [grade for grade in system.grades if grade.name in struck_grades]
    if named:
        return min(named, key=lambda grade: grade.low).name
    return grade_of(system.grades, base if system.grade_on == "base" else final)


def grade_of(grades: tuple[Grade, ...], score: Fraction) -> str:
    """The highest grade whose bound the score reaches, the bound included; empty where there are no grades."""
    reached = [grade for grade in grades if score >= grade.low]
    return max(reached, key=lambda grade: grade.low).name if reached else ""


def _title(leaves: tuple[LeafScore, ...], bonus: ExtraScore | None, deduction: ExtraScore | None) -> str:
    """It may be called 系统得分 only where nothing rests on a claim and nothing is missing."""
    doubtful = (Standing.CLAIMED, Standing.MISSING)
    extras = [extra for extra in (bonus, deduction) if extra is not None]
    if any(leaf.standing in doubtful for leaf in leaves) or any(extra.standing in doubtful for extra in extras):
        return "自评口径得分"
    return "系统得分"


def _resting(leaves: tuple[LeafScore, ...]) -> tuple[Resting, ...]:
    groups: Mapping[Standing, list[LeafScore]] = {
        standing: [leaf for leaf in leaves if leaf.standing is standing] for standing in Standing
    }
    return tuple(
        Resting(
            standing,
            sum((leaf.score or _NOTHING for leaf in group), _NOTHING),
            sum((leaf.full or _NOTHING for leaf in group), _NOTHING),
            len(group),
        )
        for standing, group in groups.items()
        if group
    )
