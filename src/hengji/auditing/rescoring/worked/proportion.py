"""What a rule that gives a share of the points gives for every measure that a leaf tells, and for the one that is surely its own."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

from hengji.auditing.rescoring.exact.ranges import Range
from hengji.auditing.rescoring.worked.measures import Figure, Measures
from hengji.auditing.rescoring.worked.share_rule import ShareRule
from hengji.model.patterns import pattern

_HUNDRED = Fraction(100)
_ONE = Fraction(1)


@dataclass(frozen=True, slots=True)
class Scores:
    """Every score that a reading gives, and the one of the measure that is surely meant; None where that is open."""

    possible: frozenset[Fraction]
    right: Fraction | None
    vague: bool = False  # whether the goal of a share may stand elsewhere


def scores_in_proportion(rule: ShareRule, told: Measures, points: Fraction) -> Scores:
    """What a rule gives for the measures that are told."""
    names = rule.whole.names if rule.whole is not None else (rule.of,)
    possible: set[Fraction] = set()
    for values in _bindings(rule, told, names):
        possible |= _given(rule, told, points, values)
    sure = _sure(rule, told, names)
    given = _given(rule, told, points, sure, strict=True) if sure is not None else set()
    right = max(given) if given and max(given) - min(given) < Fraction(1, 50) else None
    if right is not None and (rule.mean or (sure is not None and len(sure) == _TWO and sure[1] != 1)):
        possible = set()
    return Scores(frozenset(possible | given), right, rule.whole is None and not rule.mean)


_OF_SCORE = pattern(r"分$|得分|评分")
_RATIO = pattern(r"[率度]$|比例|比重|占比|百分比|比$|程度|进度")


def _shares(told: Measures) -> list[Fraction]:
    """Every share that a leaf tells or its figures make."""
    found = [figure.value / _HUNDRED for figure in told.figures if figure.unit == "%"]
    found += [a.value / b.value for a, b in told.pairs()]
    found += [figure.value / _HUNDRED for figure in told.scores]
    rates = [figure.value / _HUNDRED for figure in told.rates]
    return found + ([sum(rates, Fraction(0)) / len(rates)] if rates else [])


def _bindings(rule: ShareRule, told: Measures, names: tuple[str, ...]) -> Iterator[tuple[Fraction, ...]]:
    """Every way in which the names of a rule may stand for what a leaf tells."""
    if len(names) == 1:
        yield from ((share,) for share in _shares(told))
        yield from ((figure.value,) for figure in told.scores)
        if rule.whole is not None and _BY_NUMBER.search(rule.whole.text):
            yield from ((figure.value,) for figure in told.amounts)
    elif len(names) == 2:
        yield from ((share, _ONE) for share in _shares(told))
        yield from ((a.value, b.value) for a, b in told.pairs())
        yield from ((a.value, b.value) for b, a in told.pairs() if not _is_ratio(rule, names))
        aims = [figure.value / _HUNDRED for figure in told.aims] + ([rule.goal / _HUNDRED] if rule.goal else [])
        yield from ((r, s) for r, s in product(_shares(told), aims))
    elif len(told.amounts) <= _FEW:
        yield from product([figure.value for figure in told.amounts], repeat=min(len(names), 3))


_FEW = 6


def _is_ratio(rule: ShareRule, names: tuple[str, ...]) -> bool:
    return rule.whole is not None and _written_ratio(rule.whole.text, *names)


def _given(
    rule: ShareRule, told: Measures, points: Fraction, values: tuple[Fraction, ...], *, strict: bool = False
) -> set[Fraction]:
    """What one binding gives: by the sum that is written, else by the share, of the whole and of the goal."""
    if rule.whole is not None:
        names = rule.whole.names
        if len(names) != len(values):
            return set()
        worked = rule.whole.value(points, dict(zip(names, values, strict=True)))
        of_goal = len(values) == _TWO and values[1] * _HUNDRED in {f.value for f in told.aims} | {rule.goal}
        measure = values[0] / values[1] if len(values) == _TWO and values[1] and not of_goal else values[0]
        scores = {worked} if worked is not None else set[Fraction]()
    else:
        measure = values[0]
        scores = {measure * points}
    if rule.lost:
        scores = {points - score for score in scores}
    bounds = {band.range.low for band in rule.bands if band.score == points and band.range.low}
    goals = [
        g
        for g in (
            rule.goal,
            *(figure.value for figure in told.aims),
            *bounds,
            rule.only.high if rule.only is not None else None,
        )
        if g
    ]
    if rule.whole is None or len(rule.whole.names) == 1:
        exact = rule.whole is not None and _names_a_goal(rule)
        scores |= {measure / (goal / _HUNDRED) * points for goal in goals} if not exact else set[Fraction]()
    in_bands = {band.score for band in rule.bands if _within(band.range, measure) is not False}
    if any(_within(band.range, measure) for band in rule.bands):
        scores = in_bands
    elif rule.only is not None and _within(rule.only, measure) is False:
        scores = in_bands if strict else scores | in_bands
    else:
        scores |= in_bands
    if rule.met and (any(measure * _HUNDRED >= goal for goal in goals) or not (goals or strict)):
        scores |= {points}
    return {min(max(score, Fraction(0)), points) for score in scores}


def _within(told: Range, measure: Fraction) -> bool | None:
    """Whether a measure lies in a range: a share in one of rates, an amount in one of amounts."""
    return told.holds(measure * _HUNDRED if told.unit == "%" else measure)


def _names_a_goal(rule: ShareRule) -> bool:
    return rule.whole is not None and "÷" in rule.whole.text


def _sure(rule: ShareRule, told: Measures, names: tuple[str, ...]) -> tuple[Fraction, ...] | None:
    """The binding that leaves no other: the only rate, the rate of the rule's own name, the only pair of plan and result."""
    if rule.mean:
        return _mean(rule, told, names)
    if len(names) == 1 and rule.whole is not None and _BY_NUMBER.search(rule.whole.text):
        amounts = {figure.value for figure in told.amounts}
        return (amounts.pop(),) if len(amounts) == 1 and not told.rates else None
    if len(names) == 1:
        if _OF_SCORE.search(names[0]) and not _RATIO.search(names[0]):
            scores = {figure.value for figure in told.scores}
            return (scores.pop(),) if len(scores) == 1 else None
        share = _share(names[0], told)
        return (share,) if share is not None else None
    if len(names) != 2:
        return None
    first, second = names
    if rule.whole is not None and _written_ratio(rule.whole.text, first, second):
        aims = {figure.value for figure in told.aims} | ({rule.goal} if rule.goal is not None else set[Fraction]())
        rates = {figure.value for figure in told.rates}
        if len(aims) == 1 and len(rates) == 1 and _AIMED.search(second):
            return rates.pop() / _HUNDRED, aims.pop() / _HUNDRED
        if aims and rates:
            return None
        if _AIMED.search(first) and not _AIMED.search(second):
            (pair,) = found if len(found := _plain_pairs(told.amounts)) == 1 else (None,)
            return (pair[1].value / pair[0].value, _ONE) if pair is not None and pair[1].part == "plan" else None
        share = _share(first, told)
        return (share, _ONE) if share is not None else None
    return None


_BY_NUMBER = pattern(r"÷\d{2,6}(?![\d.%分])")  # 「开放天数÷300×10分」
_AIMED = pattern(r"目标|标准|计划|基准|要求|任务")


def _written_ratio(text: str, first: str, second: str) -> bool:
    """Whether two names of a sum stand in it only as the one by the other."""
    return f"{first}÷{second}" in text.replace("(", "").replace(")", "") and text.count(second) == 1


def _share(name: str, told: Measures) -> Fraction | None:
    """The one share that a leaf tells, by its rate or by the only two counts of one unit; None where these do not agree."""
    rates = {figure.value for figure in told.rates}
    if len(rates) > 1:
        named = {f.value for f in told.rates if name and f.lead.endswith(name[-3:])}
        rates = named if len(named) == 1 else rates
    ratios = {a.value / b.value for a, b in _plain_pairs(told.amounts)}
    few = all(len({f.value for f in told.amounts if f.unit == unit}) <= _TWO for unit in {f.unit for f in told.amounts})
    if len(rates) == 1:
        rate = rates.pop() / _HUNDRED
        if not ratios or any(abs(rate - ratio) <= Fraction(6, 1000) for ratio in ratios):
            near = [ratio for ratio in ratios if abs(rate - ratio) <= Fraction(1, 10_000)]
            return near[0] if len(near) == 1 else rate
        return None
    return ratios.pop() if len(ratios) == 1 and few and not rates and not told.aims else None


def _plain_pairs(amounts: tuple[Figure, ...]) -> list[tuple[Figure, Figure]]:
    """What was done with what was planned, of the only two amounts of each unit."""
    found = []
    for unit in {figure.unit for figure in amounts}:
        own = [figure for figure in amounts if figure.unit == unit]
        values = {figure.value for figure in own}
        if (
            len(values) > _TWO
            and len({f.value for f in own if f.part == "plan"}) == 1
            and len({f.value for f in own if f.part == "done"}) == 1
        ):
            own = [next(f for f in own if f.part == "plan"), next(f for f in own if f.part == "done")]
        elif len(values) != _TWO or all(figure.part == "plan" for figure in own):
            continue
        plans = [figure for figure in own if figure.part == "plan"]
        whole = plans[0] if len({f.value for f in plans}) == 1 else max(own, key=lambda figure: figure.value)
        part = (
            next(figure for figure in own if figure.value != whole.value)
            if any(f.value != whole.value for f in own)
            else whole
        )
        if whole.value and "last" not in (whole.part, part.part):
            found.append((part, whole))
    return found


_TWO = 2


def _mean(rule: ShareRule, told: Measures, names: tuple[str, ...]) -> tuple[Fraction, ...] | None:
    """The mean of the rates or scores that a leaf lists, weighted by as many amounts where the rule says so."""
    if len(names) != 1:
        return None
    listed = told.rates if len(told.rates) > 1 else told.scores
    scale = _HUNDRED
    if len(listed) == 1:
        return (listed[0].value / scale,)
    if len(listed) < _TWO:
        return None
    if rule.mean == "平均":
        return (sum((figure.value for figure in listed), Fraction(0)) / len(listed) / scale,)
    if len(told.amounts) != len(listed):
        return None
    weights = [figure.value for figure in told.amounts]
    total = sum((f.value * weight for f, weight in zip(listed, weights, strict=True)), Fraction(0))
    return (total / sum(weights) / scale,) if sum(weights) else None
