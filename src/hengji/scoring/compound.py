"""Rule kinds made of others: composite, choice, weighted average of rows, and the department's own leaves."""

from dataclasses import dataclass, replace
from fractions import Fraction

from hengji.model.filing import Judgement
from hengji.model.numerals import plain, read_decimal, round_half_up
from hengji.model.rules import Choose, Composite, FreeLeaves, Judged, Part, PassMark, Proportional, Steps, Weighted
from hengji.model.scorecard import Input, TraceStep
from hengji.scoring.evaluate import condition
from hengji.scoring.facts import RowScope
from hengji.scoring.figures import pass_mark_score, proportional_score, steps_score
from hengji.scoring.guards import guarded
from hengji.scoring.outcome import FROM_STANDARD, Case, Outcome, lacking, points_text, settled
from hengji.scoring.results import Missing
from hengji.scoring.statements import judged
from hengji.scoring.targets import AT_LEAST, QUALITATIVE, completion, read_actual, read_target


def composite(rule: Composite, case: Case) -> Outcome:
    """K13: the parts added; one part that cannot be computed leaves the leaf uncomputed, with the interval settled."""
    outcomes = [(part, _part(part, case, part.points or Fraction(0))) for part in rule.parts]
    steps = tuple(step for part, outcome in outcomes for step in _named(part, outcome))
    inputs = merged_inputs(*(outcome.inputs for _, outcome in outcomes))
    notes = tuple(note for _, outcome in outcomes for note in outcome.notes)
    any_judged = any(outcome.judged for _, outcome in outcomes)
    missing = tuple(dict.fromkeys(why for _, outcome in outcomes for why in outcome.missing))
    low = sum((outcome.low for _, outcome in outcomes), Fraction(0))
    high = sum((outcome.high for _, outcome in outcomes), Fraction(0))
    common = {"steps": steps, "inputs": inputs, "notes": notes, "judged": any_judged}
    if any(outcome.score is None for _, outcome in outcomes):
        return lacking(case, missing, low=low, high=high, **common)
    phrase = "；".join(f"{outcome.phrase}，{points_text(outcome.score or Fraction(0))}" for _, outcome in outcomes)
    return settled(low, phrase, **common)


def _part(part: Part, case: Case, points: Fraction) -> Outcome:
    """One part on its own points, guards first."""
    inner = replace(
        case, name=part.name, points=points, measure=part.measure, measure_name=part.name, zero=part.zero_denominator
    )
    return guarded(part.guards, part.rule, inner)


def _named(part: Part, outcome: Outcome) -> tuple[TraceStep, ...]:
    """A part's steps under its name, closed by its score."""
    result = points_text(outcome.score) if outcome.score is not None else "未算出"
    full = points_text(part.points) if part.points is not None else ""
    return (*outcome.steps, TraceStep(part.name, f"分值{full}" if full else "", "", result, FROM_STANDARD))


def merged_inputs(*groups: tuple[Input, ...]) -> tuple[Input, ...]:
    """Inputs of several parts, each datum once."""
    return tuple({(item.name, item.year): item for group in groups for item in group}.values())


def choose(rule: Choose, case: Case) -> Outcome:
    """K21: the best of several, or the one the department names; the others' steps stay, marked as not taken."""
    outcomes = [(part, _part(part, case, case.points)) for part in rule.options]
    if rule.by == "department":
        named = case.judgement.choice if case.judgement else ""
        taken = next((pair for pair in outcomes if pair[0].name == named), None)
        if taken is None:
            names = "、".join(part.name for part in rule.options)
            return lacking(case, (f"没有选定考核哪一项（{names}）",), steps=_option_steps(outcomes, None))
    else:
        known = [pair for pair in outcomes if pair[1].score is not None]
        taken = max(known, key=lambda pair: pair[1].score or Fraction(0), default=None)
        open_high = max((o.high for _, o in outcomes if o.score is None), default=Fraction(-1))
        if taken is None or (taken[1].score or Fraction(0)) < open_high:
            why = tuple(dict.fromkeys(w for _, o in outcomes for w in o.missing))
            low = taken[1].score if taken else None
            return lacking(case, why, steps=_option_steps(outcomes, None), low=low or Fraction(0))
    part, outcome = taken
    # What was compared belongs to the reason of the best; what the department left aside does not.
    inputs = merged_inputs(*(o.inputs for _, o in outcomes)) if rule.by == "best" else outcome.inputs
    steps = _option_steps(outcomes, part)
    how = "择其高者" if rule.by == "best" else "由单位选定"
    return replace(outcome, phrase=f"{how}按“{part.name}”计分，{outcome.phrase}", steps=steps, inputs=inputs)


def _option_steps(outcomes: list[tuple[Part, Outcome]], taken: Part | None) -> tuple[TraceStep, ...]:
    return tuple(
        step if part is taken else replace(step, taken=False)
        for part, outcome in outcomes
        for step in _named(part, outcome)
    )


def weighted(rule: Weighted, case: Case) -> Outcome:
    """K17: Σ weight × value ÷ Σ weight over the rows, scaled to the points."""
    rows = case.facts.rows(rule.register)
    if isinstance(rows, Missing):
        return lacking(case, rows.why)
    total = weights = Fraction(0)
    steps: list[TraceStep] = []
    for row in rows:
        wanted = True if rule.where is None else condition(rule.where.tree, row)
        if wanted is False:
            continue
        value = row.cell(rule.value)
        weight = row.cell(rule.weight) if rule.weight else Fraction(1)
        if not (isinstance(value, Fraction) and isinstance(weight, Fraction) and wanted is True):
            return lacking(case, (f"台账“{rule.register}”第{row.number}行的{rule.value}或{rule.weight or '条件'}未填",))
        total, weights = total + value * weight, weights + weight
        filled = f"{plain(value)} × {plain(weight, 6)}" if rule.weight else plain(value)
        steps.append(TraceStep(f"第{row.number}行", rule.value, filled, "", rule.register))
    if not weights:
        return lacking(case, (f"台账“{rule.register}”没有可以平均的行",), steps=tuple(steps))
    average = total / weights
    if not 0 <= average <= rule.of:
        return lacking(case, (f"平均值{plain(average)}不在0到{plain(rule.of)}之间",), steps=tuple(steps))
    how = f"按{rule.weight}加权平均" if rule.weight else "平均"
    steps.append(
        TraceStep(
            how,
            f"{plain(average)} ÷ {plain(rule.of)} × {points_text(case.points)}",
            "",
            points_text(case.points * average / rule.of),
            FROM_STANDARD,
        )
    )
    phrase = f"{len(steps) - 1}项{rule.value}{how}为{plain(average)}（满分{plain(rule.of)}），折算计分"
    return settled(case.points * average / rule.of, phrase, steps=tuple(steps))


class Columns:
    """The columns of the 绩效目标 register that free leaves are read from."""

    LEVEL_1, LEVEL_2, NAME = "一级指标", "二级指标", "三级指标"
    OPERATOR, TARGET, UNIT, ACTUAL = "运算符", "指标值", "计量单位", "实际完成值"
    POINTS, CLAIM, BAND, SHARE, REASON, APPLIES = "分值", "自评得分", "完成档次", "评定比例", "偏差原因", "是否适用"


@dataclass(frozen=True, slots=True)
class FreeLeaf:
    """One of the department's own indicators with the points it carries after those that do not apply were shared."""

    row: RowScope
    points: Fraction
    outcome: Outcome


def free_leaves(rule: FreeLeaves, case: Case) -> Outcome:
    """K18: every applicable row scored on its points, each rounded as an item of its own, and added."""
    scored = scored_rows(rule, case)
    if isinstance(scored, Missing):
        return lacking(case, scored.why)
    steps = tuple(_row_step(leaf) for leaf in scored)
    inputs = tuple(_row_input(leaf, case) for leaf in scored)
    missing = tuple(why for leaf in scored for why in leaf.outcome.missing)
    notes = tuple(note for leaf in scored for note in leaf.outcome.notes)
    judged_rows = any(leaf.outcome.judged for leaf in scored)
    low = sum((round_half_up(leaf.outcome.low) for leaf in scored), Fraction(0))
    high = sum((round_half_up(leaf.outcome.high) for leaf in scored), Fraction(0))
    common = {"steps": steps, "inputs": inputs, "notes": notes, "judged": judged_rows}
    if missing:
        return lacking(case, missing, low=low, high=high, **common)
    lost = [leaf for leaf in scored if round_half_up(leaf.outcome.score or Fraction(0)) < round_half_up(leaf.points)]
    phrase = f"共{len(scored)}项绩效指标，" + (
        "全部达到目标值" if not lost else f"{len(lost)}项未得满分（{_names(lost)}）"
    )
    return settled(min(low, case.points), phrase, **common)


def _names(leaves: list[FreeLeaf]) -> str:
    names = [leaf.row.stated(Columns.NAME) or f"第{leaf.row.number}行" for leaf in leaves]
    return "、".join(names[:5]) + ("等" if len(names) > 5 else "")  # noqa: PLR2004 - a sentence stays a sentence


def scored_rows(rule: FreeLeaves, case: Case) -> tuple[FreeLeaf, ...] | Missing:
    """The rows of the node with their points and outcomes, or why there is nothing to score."""
    rows = case.facts.rows(rule.register)
    if isinstance(rows, Missing):
        return rows
    chosen = [row for row in rows if rule.where is None or condition(rule.where.tree, row) is True]
    applicable = [row for row in chosen if row.stated(Columns.APPLIES) not in ("否", "不适用")]
    if not applicable:
        return Missing((f"台账“{rule.register}”里没有属于“{case.name}”的指标",))
    points = _row_points(rule, case, chosen, applicable)
    if isinstance(points, Missing):
        return points
    return tuple(
        FreeLeaf(row, share, _row_outcome(rule, replace(case, points=share, name=row.stated(Columns.NAME)), row))
        for row, share in zip(applicable, points, strict=True)
    )


def _row_points(
    rule: FreeLeaves, case: Case, chosen: list[RowScope], applicable: list[RowScope]
) -> list[Fraction] | Missing:
    if rule.share == "equal":
        return [case.points / len(applicable)] * len(applicable)
    stated = [(row, read_decimal(row.stated(Columns.POINTS))) for row in chosen]
    blank = [str(row.number) for row, points in stated if points is None or points < 0]
    if blank:
        return Missing((f"台账“{rule.register}”第{'、'.join(blank)}行的分值未填或不是数",))
    total = sum((Fraction(points or 0) for _, points in stated), Fraction(0))
    if total != case.points:
        return Missing((f"“{case.name}”的各项分值合计{plain(total)}分，应为{plain(case.points)}分",))
    kept = [Fraction(points or 0) for row, points in stated if row in applicable]
    left = sum(kept, Fraction(0))
    if not left:
        return Missing((f"“{case.name}”适用的指标没有分值",))
    return [points * total / left for points in kept]


def _row_outcome(rule: FreeLeaves, case: Case, row: RowScope) -> Outcome:
    name = row.stated(Columns.NAME) or f"第{row.number}行"
    target = read_target(row.stated(Columns.OPERATOR), row.stated(Columns.TARGET), row.stated(Columns.UNIT))
    if target is None:
        return lacking(case, (f"“{name}”的指标值“{row.stated(Columns.TARGET)}”读不出来",))
    if target.operator == QUALITATIVE:
        return _qualitative(rule.qualitative, case, row, name)
    stated = row.stated(Columns.ACTUAL)
    if not stated:
        return lacking(case, (f"“{name}”的实际完成值未填",))
    actual = read_actual(stated, target)
    if actual is None:
        why = f"“{name}”的实际完成值“{stated}”读不出来，或单位与指标值“{_target_text(row)}”对不上"
        return lacking(case, (why,))
    x = completion(target, actual)
    quantitative = rule.quantitative
    if isinstance(quantitative, Steps):
        return steps_score(quantitative, x, case.points)
    if isinstance(quantitative, PassMark):
        return pass_mark_score(quantitative, x, case.points)
    assert isinstance(quantitative, Proportional)  # the loader allows these three
    if target.operator != AT_LEAST:
        quantitative = replace(quantitative, overshoot=None)
    outcome = proportional_score(quantitative, x, case.points)
    return replace(outcome, notes=tuple(f"“{name}”{note}" for note in outcome.notes))


def _qualitative(rule: Judged | None, case: Case, row: RowScope, name: str) -> Outcome:
    if rule is None:
        return lacking(case, (f"“{name}”是定性指标，评分标准没有定性档次",))
    share = row.stated(Columns.SHARE).replace("％", "%")
    number = read_decimal(share.rstrip("%"))
    ratio = None if number is None else (number / 100 if share.endswith("%") or number > 1 else number)
    reason = row.stated(Columns.REASON) or row.stated(Columns.ACTUAL)
    judgement = Judgement(band=row.stated(Columns.BAND), share=ratio, reason=reason)
    outcome = judged(rule, replace(case, judgement=judgement))
    return replace(outcome, missing=tuple(f"“{name}”{why}" for why in outcome.missing))


def _row_step(leaf: FreeLeaf) -> TraceStep:
    row = leaf.row
    score = leaf.outcome.score
    result = f"{plain(score)}/{plain(leaf.points)}分" if score is not None else "未算出"
    actual, place = _with_unit(row, Columns.ACTUAL), f"绩效目标第{row.number}行"
    return TraceStep(row.stated(Columns.NAME), _target_text(row), actual, result, place)


def _target_text(row: RowScope) -> str:
    """The target as a table prints it, nothing twice: ≥50个, 机制健全."""
    operator, text = row.stated(Columns.OPERATOR), _with_unit(row, Columns.TARGET)
    return operator + text if operator != QUALITATIVE and text[:1].isdigit() else text


def _with_unit(row: RowScope, column: str) -> str:
    """A figure of a row with the row's unit, unless it states its own or is no figure."""
    stated = row.stated(column)
    return stated + row.stated(Columns.UNIT) if read_decimal(stated) is not None else stated


def _row_input(leaf: FreeLeaf, case: Case) -> Input:
    row = leaf.row
    stated = row.stated(Columns.ACTUAL)
    unit = row.stated(Columns.UNIT) if read_decimal(stated) is not None else ""  # else the cell says its own
    return Input(
        row.stated(Columns.NAME), case.facts.filing.year, stated, unit,
        "绩效目标台账", None, row.row.locator,
    )  # fmt: skip


def claimed_rows(rule: FreeLeaves, case: Case) -> Fraction | None:
    """What the department's own scores of the rows add up to, when every applicable row states one."""
    rows = case.facts.entered(rule.register)
    chosen = [row for row in rows if rule.where is None or condition(rule.where.tree, row) is True]
    applicable = [row for row in chosen if row.stated(Columns.APPLIES) not in ("否", "不适用")]
    claims = [read_decimal(row.stated(Columns.CLAIM)) for row in applicable]
    known = [Fraction(claim) for claim in claims if claim is not None]
    return sum(known, Fraction(0)) if known and len(known) == len(claims) else None
