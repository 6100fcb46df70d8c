"""Rule kinds that rest on statements and judgements: checklist, defects, judgement in a band."""

from fractions import Fraction

from hengji.model.filing import Answer
from hengji.model.numerals import fraction, percent, plain
from hengji.model.rules import Band, Checklist, Defects, Judged, Statement
from hengji.model.scorecard import TraceStep
from hengji.scoring.evaluate import condition, evaluate
from hengji.scoring.outcome import FROM_STANDARD, Case, Outcome, lacking, points_text, settled, show
from hengji.scoring.results import Missing, unknown

_LONG = 24  # a longer statement is cut where it is quoted in a sentence


def holds(statement: Statement, case: Case) -> tuple[bool | None, bool]:
    """Whether a statement holds (None: nobody has said), and whether a person said so."""
    if statement.when is not None:
        decided = condition(statement.when.tree, case.facts)
        if not isinstance(decided, Missing):
            return decided, False
    answers = case.judgement.answers if case.judgement else {}
    answer = answers.get(statement.key, Answer(None))
    return answer.holds, answer.holds is not None


def checklist(rule: Checklist, case: Case) -> Outcome:
    """K03: the points of the statements that hold; with one unknown nothing is computed, only the interval."""
    share = case.points / len(rule.statements)
    judged = False
    earned, open_points = Fraction(0), Fraction(0)
    steps: list[TraceStep] = []
    failed: list[str] = []
    missing: list[str] = []
    for statement in rule.statements:
        points = statement.points if statement.points is not None else share
        answer, by_person = holds(statement, case)
        judged = judged or by_person
        word = {True: "符合", False: "不符合", None: "未判定"}[answer]
        result = "未计" if answer is None else points_text(points) if answer else "0分"
        steps.append(TraceStep(f"要点{statement.key}", statement.text, word, result, FROM_STANDARD, answer is not None))
        if answer is None:
            open_points += points
            missing.append(statement.key)
        elif answer:
            earned += points
        else:
            failed.append(_short(statement.text))
    inputs = case.expression_inputs(*(s.when for s in rule.statements))
    if missing:
        why = (_unsaid(len(missing), len(rule.statements)),)
        return lacking(
            case, why, steps=tuple(steps), inputs=inputs, judged=judged, low=earned, high=earned + open_points
        )
    return settled(earned, _tally(rule.statements, failed), steps=tuple(steps), inputs=inputs, judged=judged)


def _tally(statements: tuple[Statement, ...], failed: list[str]) -> str:
    if not failed:
        return f"{len(statements)}项评分要点全部符合"
    listed = "；".join(failed)
    return f"{len(statements)}项评分要点中符合{len(statements) - len(failed)}项，不符合{len(failed)}项（{listed}）"


def _unsaid(count: int, of: int) -> str:
    return f"{of}项评分要点都没有判定" if count == of else f"{of}项评分要点中有{count}项没有判定"


def _short(text: str) -> str:
    return text if len(text) <= _LONG else text[: _LONG - 1] + "…"


def defects(rule: Defects, case: Case) -> Outcome:
    """K04: points minus so many for each defect, never below 0."""
    if rule.count is None:
        return _failed_statements(rule, case)
    result = evaluate(rule.count.tree, case.facts)
    inputs = case.expression_inputs(rule.count)
    step = TraceStep("问题数", rule.count.text, case.figures(rule.count.tree), show(result), FROM_STANDARD)
    if not isinstance(result, Fraction):
        why = (unknown(result) or Missing(("问题数算出来不是数",))).why
        return lacking(case, why, steps=(step,), inputs=inputs)
    return _less(rule, case, max(Fraction(0), result), steps=(step,), inputs=inputs)


def _failed_statements(rule: Defects, case: Case) -> Outcome:
    answers = [(statement, *holds(statement, case)) for statement in rule.statements]
    steps = tuple(
        TraceStep(
            f"要点{statement.key}",
            statement.text,
            {True: "符合", False: "不符合", None: "未判定"}[answer],
            {True: "不扣分", False: f"扣{points_text(rule.each)}", None: "未计"}[answer],
            FROM_STANDARD,
            answer is not None,
        )
        for statement, answer, _ in answers
    )
    failed = sum(answer is False for _, answer, _ in answers)
    unsaid = [statement for statement, answer, _ in answers if answer is None]
    judged = any(by_person for _, _, by_person in answers)
    inputs = case.expression_inputs(*(s.when for s in rule.statements))
    if unsaid:
        worst = max(Fraction(0), case.points - rule.each * (failed + len(unsaid)))
        best = max(Fraction(0), case.points - rule.each * failed)
        why = (_unsaid(len(unsaid), len(rule.statements)),)
        return lacking(case, why, steps=steps, inputs=inputs, judged=judged, low=worst, high=best)
    return _less(rule, case, Fraction(failed), steps=steps, inputs=inputs, judged=judged)


def _less(rule: Defects, case: Case, count: Fraction, **more: object) -> Outcome:
    deducted = min(case.points, rule.each * count)
    if not count:
        return settled(case.points, "没有发现问题，得满分", **more)
    end = "，扣完为止" if deducted == case.points else ""
    phrase = f"发现{plain(count)}处问题，每处扣{points_text(rule.each)}，扣{points_text(deducted)}{end}"
    return settled(case.points - deducted, phrase, **more)


def judged(rule: Judged, case: Case) -> Outcome:
    """K06: a person's band and share of the points, with the reason that must go with it."""
    judgement = case.judgement
    if judgement is None or (not judgement.band and judgement.share is None):
        return lacking(case, ("没有人判定档次",))
    share = None if judgement.share is None else fraction(judgement.share)
    band = _band(rule, judgement.band, share)
    if band is None:
        names = "、".join(b.name for b in rule.bands)
        return lacking(case, (f"判定的档次“{judgement.band or show(share or Fraction(0))}”不在评分标准里（{names}）",))
    if share is None and band.low == band.high:
        share = band.low
    low, high = case.points * band.low, case.points * band.high
    if share is None:
        return lacking(case, (f"判定为“{band.name}”，还没有定档内比例",), judged=True, low=low, high=high)
    if not band.low <= share <= band.high:
        wanted = f"{percent(band.low)}至{percent(band.high)}"
        return lacking(case, (f"“{band.name}”档应在分值的{wanted}之间，填的是{percent(share)}",), low=low, high=high)
    if not judgement.reason.strip():
        return lacking(case, (f"判定为“{band.name}”，没有写理由",), judged=True, low=low, high=high)
    score = case.points * share
    step = TraceStep(
        "评判",
        f"{band.name}：{percent(band.low)}至{percent(band.high)}",
        percent(share),
        points_text(score),
        FROM_STANDARD,
    )
    phrase = f"评为“{band.name}”档，按分值的{percent(share)}计分（理由：{judgement.reason.strip().rstrip('。')}）"
    return settled(score, phrase, steps=(step,), judged=True)


def _band(rule: Judged, name: str, share: Fraction | None) -> Band | None:
    if name:
        return next((band for band in rule.bands if band.name == name), None)
    return next((band for band in rule.bands if share is not None and band.low <= share <= band.high), None)
