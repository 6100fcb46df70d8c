"""Rule kinds that weigh a number: proportional, steps, excess, pass mark, difference, rank, condition, outside score."""

from dataclasses import replace
from fractions import Fraction

from hengji.language import formula
from hengji.model.numerals import percent, plain
from hengji.model.rules import (
    Condition,
    Difference,
    Excess,
    Interval,
    Outside,
    PassMark,
    Proportional,
    Rank,
    Side,
    Step,
    Steps,
)
from hengji.model.scorecard import TraceStep
from hengji.scoring.evaluate import condition, evaluate
from hengji.scoring.outcome import FROM_STANDARD, Case, Outcome, lacking, points_text, settled, show, weighed
from hengji.scoring.results import Missing, ZeroBase, unknown

# Growth from nothing: beyond every bound that a rule can name.
_BOUNDLESS = Fraction(10**15)


def proportional(rule: Proportional, case: Case) -> Outcome:
    """K01, K01n, K19."""
    return weighed(case, lambda x: proportional_score(rule, x, case.points))


def proportional_score(rule: Proportional, x: Fraction, points: Fraction) -> Outcome:
    """Points × min(1, x ÷ target), or target ÷ x where lower is better; a negative result earns nothing."""
    if rule.lower_is_better:
        share = Fraction(1) if x <= rule.to else rule.to / x
        met = "不高于" if share == 1 else "高于"
    else:
        share = max(Fraction(0), min(Fraction(1), x / rule.to))
        met = "达到" if share == 1 else "未达到"
    phrase = f"{met}目标值{rule.to_text}，" + ("得满分" if share == 1 else "按完成比例计分")
    notes: tuple[str, ...] = ()
    over = rule.overshoot
    if over is not None and not rule.lower_is_better and x > rule.to * over.limit:
        notes = (f"完成值超过目标值的{percent(over.limit)}，{over.note}",)
        if over.share < 1:
            share, phrase = (
                over.share,
                f"超过目标值的{percent(over.limit)}，{over.note}，按分值的{percent(over.share)}计分",
            )
    score = points * share
    step = TraceStep(
        "按比例得分", f"{points_text(points)} × {percent(share, 4)}", "", points_text(score), FROM_STANDARD
    )
    return settled(score, phrase, steps=(step,), notes=notes)


def steps(rule: Steps, case: Case) -> Outcome:
    """K02, K02r, K02b."""
    return weighed(case, lambda x: steps_score(rule, x, case.points))


def steps_score(rule: Steps, x: Fraction, points: Fraction) -> Outcome:
    """The first band that contains x, or its distance from the target."""
    distance = x if rule.around is None else abs(x - rule.around)
    taken = next((step for step in rule.steps if step.where.holds(distance)), None)
    if taken is None:  # the loader refuses bands with gaps; a negative distance cannot be
        return Outcome(None, missing=("没有一档包含这个结果",), high=points)
    shown = tuple(_band_step(step, points, taken=step is taken) for step in rule.steps)
    where = interval_text(taken)
    about = f"与{rule.around_text}相差{percent(distance)}，" if rule.around is not None else ""
    return settled(taken.award.of(points), f"{about}属于“{where}”档", steps=shown)


def _band_step(step: Step, points: Fraction, *, taken: bool) -> TraceStep:
    return TraceStep("分档", interval_text(step), "", points_text(step.award.of(points)), FROM_STANDARD, taken)


def interval_text(step: Step) -> str:
    """A band in words: 「75%（含）至90%」."""
    return step.text or bounds_text(step.where)


def bounds_text(where: Interval) -> str:
    """An interval in words; bounds up to 10 read as percentages, larger ones as plain numbers."""

    def bound(number: Fraction, *, included: bool) -> str:
        text = percent(number) if abs(number) <= 10 else plain(number)  # noqa: PLR2004 - a ratio beyond 1000% is no ratio
        return f"{text}（含）" if included else text

    if where.low is None and where.high is None:
        return "其他"
    if where.low is None:
        assert where.high is not None
        return f"{bound(where.high, included=where.high_included)}以下"
    if where.high is None:
        return f"{bound(where.low, included=where.low_included)}以上"
    return f"{bound(where.low, included=where.low_included)}至{bound(where.high, included=where.high_included)}"


def excess(rule: Excess, case: Case) -> Outcome:
    """K07, K07b."""
    return weighed(case, lambda x: excess_score(rule, x, case.points))


def excess_score(rule: Excess, x: Fraction, points: Fraction) -> Outcome:
    """Points minus ``each`` per ``step`` beyond the bound, never below 0."""
    over = {Side.ABOVE: x - rule.beyond, Side.BELOW: rule.beyond - x, Side.BOTH: abs(x - rule.beyond)}[rule.side]
    if over <= 0:
        return settled(points, f"{_within(rule)}，得满分", steps=(_deduction_step(rule, Fraction(0), Fraction(0)),))
    count = over / rule.step
    if rule.whole_steps is not None:
        whole, part = divmod(count.numerator, count.denominator)
        count = Fraction(whole + (1 if part and rule.whole_steps == "up" else 0))
    deducted = min(points, rule.each * count)
    phrase = f"{_beyond(rule, over)}，每{rule.step_text}扣{points_text(rule.each)}，扣{points_text(deducted)}"
    if deducted == points:
        phrase += "，扣完为止"
    step = _deduction_step(rule, over, deducted)
    return settled(points - deducted, phrase, steps=(step,))


def _beyond(rule: Excess, over: Fraction) -> str:
    """How far a result lies beyond the bound, in words."""
    bound = rule.beyond_text or percent(rule.beyond)
    word = {Side.ABOVE: f"超过{bound}", Side.BELOW: f"低于{bound}", Side.BOTH: f"偏离{bound}"}[rule.side]
    return word if over >= _BOUNDLESS / 2 else f"{word}的部分为{percent(over)}"


def _within(rule: Excess) -> str:
    word = {Side.ABOVE: "未超过", Side.BELOW: "不低于", Side.BOTH: "等于"}[rule.side]
    return f"{word}{rule.beyond_text or percent(rule.beyond)}"


def _deduction_step(rule: Excess, over: Fraction, deducted: Fraction) -> TraceStep:
    part = {None: "按比例", "up": "不足一档按一档", "down": "不足一档不计"}[rule.whole_steps]
    text = "—" if over >= _BOUNDLESS / 2 else percent(over)
    return TraceStep(
        "超出部分",
        f"每{rule.step_text}扣{points_text(rule.each)}（{part}）",
        text,
        f"扣{points_text(deducted)}",
        FROM_STANDARD,
    )


def pass_mark(rule: PassMark, case: Case) -> Outcome:
    """K08."""
    return weighed(case, lambda x: pass_mark_score(rule, x, case.points))


def pass_mark_score(rule: PassMark, x: Fraction, points: Fraction) -> Outcome:
    """Nothing below the pass mark, then evenly up to all at 100 %."""
    mark = rule.mark_text or percent(rule.mark)
    if x < rule.mark:
        return settled(Fraction(0), f"低于及格线{mark}，不得分")
    share = min(Fraction(1), (x - rule.mark) / (1 - rule.mark))
    score = points * share
    step = TraceStep(
        "按比例得分",
        f"{points_text(points)} × （{percent(x)} - {mark}） ÷ （1 - {mark}）",
        "",
        points_text(score),
        FROM_STANDARD,
    )
    return settled(score, "得满分" if share == 1 else f"超过及格线{mark}，按超过部分的比例计分", steps=(step,))


def all_or_nothing(rule: Condition, case: Case) -> Outcome:
    """K05."""
    holds = condition(rule.when.tree, case.facts)
    inputs = case.expression_inputs(rule.when)
    text = formula(rule.when.tree)
    step = TraceStep("条件", text, case.figures(rule.when.tree), show(holds), FROM_STANDARD)
    if isinstance(holds, Missing):
        return lacking(case, holds.why, steps=(step,), inputs=inputs)
    score = case.points if holds else Fraction(0)
    phrase = f"{'符合' if holds else '不符合'}“{text}”的条件，{'得满分' if holds else '不得分'}"
    return settled(score, phrase, steps=(step,), inputs=inputs)


def difference(rule: Difference, case: Case) -> Outcome:
    """K14: the variation rate, given to steps or excess."""
    of, against = evaluate(rule.of.tree, case.facts), evaluate(rule.against.tree, case.facts)
    inputs = case.expression_inputs(rule.of, rule.against)
    name = case.measure_name or "变动率"
    text = f"（{formula(rule.of.tree)} - {formula(rule.against.tree)}） ÷ {formula(rule.against.tree)}"
    if (missing := unknown(of, against)) is not None:
        return lacking(case, missing.why, steps=(TraceStep(name, text, "", "缺数据", FROM_STANDARD),), inputs=inputs)
    assert isinstance(of, Fraction)
    assert isinstance(against, Fraction)
    x, shown = _variation(of, against)
    filled = f"（{case.figures(rule.of.tree)} - {case.figures(rule.against.tree)}） ÷ {case.figures(rule.against.tree)}"
    weigh = steps_score if isinstance(rule.rule, Steps) else excess_score
    outcome = weigh(rule.rule, x, case.points)  # type: ignore[arg-type]  # the loader allows these two only
    first = TraceStep(name, text, filled, shown, FROM_STANDARD)
    return replace(outcome, phrase=f"{name}为{shown}，{outcome.phrase}", steps=(first, *outcome.steps), inputs=inputs)


def _variation(of: Fraction, against: Fraction) -> tuple[Fraction, str]:
    """The rate and how it is printed; from nothing to nothing is no change, from nothing to something is boundless."""
    if against:
        rate = (of - against) / abs(against)
        return rate, percent(rate)
    if of == 0:
        return Fraction(0), "0%（两年均为0）"
    return (_BOUNDLESS, "无法计算的增长（基数为0）") if of > 0 else (-_BOUNDLESS, "无法计算的下降（基数为0）")


def rank(rule: Rank, case: Case) -> Outcome:
    """K15: the position among the departments compared; without them it is not computed."""
    if not case.peers:
        return lacking(case, ("没有其他部门的数据，不能排位",))

    def weigh(x: Fraction) -> Outcome:
        assert case.measure is not None
        others = [evaluate(case.measure.tree, peer) for peer in case.peers]
        known = [other for other in others if isinstance(other, Fraction)]
        better = sum((other < x) if rule.lower_is_better else (other > x) for other in known)
        position, size = better + 1, len(known) + 1
        outcome = steps_score(Steps(rule.steps), Fraction(position, size), case.points)
        step = TraceStep("位次", f"{size}个部门中排第{position}", "", percent(Fraction(position, size)), "同类部门")
        notes = () if len(known) == len(others) else (f"{len(others) - len(known)}个部门缺数据，未参加排位",)
        phrase = f"在{size}个部门中排第{position}，{outcome.phrase}"
        return replace(outcome, phrase=phrase, steps=(step, *outcome.steps), notes=notes)

    return weighed(case, weigh)


def outside(rule: Outside, case: Case) -> Outcome:
    """K16: a score given elsewhere, scaled."""
    result = evaluate(rule.score.tree, case.facts)
    inputs = case.expression_inputs(rule.score)
    text = f"{formula(rule.score.tree)} ÷ {plain(rule.of)} × {points_text(case.points)}"
    step = TraceStep("折算", text, case.figures(rule.score.tree), show(result), FROM_STANDARD)
    if isinstance(result, ZeroBase) or not isinstance(result, Fraction):
        missing = unknown(result) or Missing((f"{formula(rule.score.tree)}不是数",))
        return lacking(case, missing.why, steps=(step,), inputs=inputs)
    if not 0 <= result <= rule.of:
        return lacking(case, (f"{formula(rule.score.tree)}应在0到{plain(rule.of)}之间",), steps=(step,), inputs=inputs)
    return settled(
        case.points * result / rule.of,
        f"外部评分{plain(result)}分（满分{plain(rule.of)}分），折算计分",
        steps=(step,),
        inputs=inputs,
    )
