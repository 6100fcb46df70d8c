"""The 计分过程 sheet: one line a leaf and a line for each of its parts and statements, live wherever a cell can state it."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from hengji.language import formula, unit_of
from hengji.model import rules
from hengji.model.expression import Binary, Node, Operator
from hengji.model.filing import Filing
from hengji.model.numerals import fraction, round_half_up
from hengji.model.scorecard import LeafScore, Standing
from hengji.model.system import Indicator
from hengji.scoring.describe import describe_rule
from hengji.scoring.evaluate import condition, evaluate
from hengji.scoring.facts import Facts
from hengji.scoring.guards import guarded
from hengji.scoring.outcome import Case
from hengji.scoring.results import Missing
from hengji.scoring.statements import holds
from hengji.writing.xlsx_cells import BLANK, Cell, Content, place
from hengji.writing.xlsx_data import PERCENT, DataSheet, number_code
from hengji.writing.xlsx_formulas import Translator, Untranslatable, compared, number
from hengji.writing.xlsx_rules import award, variation, weighed, zero_score

SHEET = "计分过程"
FIRST_ROW = 3
ID, NAME, TEXT, RESULT, POINTS, RAW, OWN, FACTOR, SCORE, NOTE = range(10)
NOT_COMPUTED = "未算出"
_ZERO_BASE = "分母为0"
_LIVE = "公式"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the sheet; ``own``, ``factor`` and ``score`` only on the line of a leaf."""

    id: str
    name: str
    text: str
    result: Cell = BLANK
    points: Cell = BLANK
    raw: Cell = BLANK
    own: Cell = BLANK
    factor: Cell = BLANK
    score: Cell = BLANK
    note: str = ""
    code: str = "General"  # the number format of the result


@dataclass
class Process:
    """Builds the lines of all leaves; ``places`` says which row a leaf's line came to."""

    filing: Filing
    facts: Facts
    data: DataSheet
    lines: list[Line] = field(default_factory=list)
    places: dict[str, int] = field(default_factory=dict)

    def add(self, leaf: Indicator, scored: LeafScore) -> None:
        """The lines of one leaf."""
        start = len(self.lines)
        self.places[leaf.id] = FIRST_ROW + start
        if scored.standing not in (Standing.COMPUTED, Standing.JUDGED):
            self.lines.append(_without_score(leaf, scored))
            return
        if scored.vetoed and (leaf.rule is None or not self._struck_alone(leaf)):
            self.lines.append(_value(leaf, scored, _struck(scored)))
            return
        try:
            self._live(leaf, scored)
        except Untranslatable as why:
            del self.lines[start:]
            self.lines.append(_value(leaf, scored, f"数值：{why}"))

    def score_cell(self, leaf_id: str) -> str:
        """The cell of a leaf's score, from another sheet."""
        return place(self.places[leaf_id], SCORE, SHEET)

    def _live(self, leaf: Indicator, scored: LeafScore) -> None:
        case = self._case(leaf)
        translator = Translator(self.data.at(leaf.year_offset), self.facts.dictionary)
        assert leaf.rule is not None  # it was computed
        row = self._piece(case, leaf.rule, leaf.guards, translator)
        line = self.lines[row - FIRST_ROW]
        raw = line.raw
        struck = [veto for veto in leaf.vetoes if veto.scope is rules.VetoScope.ITEM]
        if struck:
            strikes = ",".join(translator.truth(veto.when.tree) for veto in struck)
            raw = Cell(Fraction(0) if self._struck_alone(leaf) else raw.content, f"IF(OR({strikes}),0,{raw.formula})")
        if not isinstance(raw.content, Fraction) or round_half_up(raw.content) != scored.own:
            raise Untranslatable("需同类部门数据")
        assert scored.own is not None  # as above
        own, factor = place(row, OWN), place(row, FACTOR)
        self.lines[row - FIRST_ROW] = replace(
            line,
            id=leaf.id,
            raw=replace(raw, formula=f'IFERROR({raw.formula},"{NOT_COMPUTED}")'),
            own=Cell(scored.own, _if_number(place(row, RAW), f"ROUND({place(row, RAW)},2)")),
            factor=Cell(scored.factor, "" if scored.factor.denominator == 1 else number(scored.factor)),
            score=Cell(scored.computed, _if_number(own, f"{own}*{factor}")),
            note=_note(leaf.rule, scored),
        )

    def _struck_alone(self, leaf: Indicator) -> bool:
        """Whether a veto of the leaf's own holds, rather than one on a branch above it."""
        facts = self.facts.shifted(leaf.year_offset)
        return any(
            veto.scope is rules.VetoScope.ITEM and condition(veto.when.tree, facts) is True for veto in leaf.vetoes
        )

    def _case(self, leaf: Indicator) -> Case:
        return Case(
            name=leaf.name,
            points=leaf.points or Fraction(0),
            facts=self.facts.shifted(leaf.year_offset),
            measure=leaf.measure,
            measure_name=leaf.measure_name or leaf.name,
            zero=leaf.zero_denominator,
            judgement=self.filing.judgements.get(leaf.id),
        )

    def _piece(
        self, case: Case, rule: rules.Rule, guards: Sequence[rules.Guard], translator: Translator, points: str = ""
    ) -> int:
        """The lines of something scored on points: itself first, what it is made of below. Returns its row."""
        row = FIRST_ROW + len(self.lines)
        self.lines.append(Line("", "", ""))
        result, raw = self._rule(case, rule, row, translator)
        for guard in reversed(guards):
            raw = f"IF({translator.truth(guard.when.tree)},{award(guard.score, place(row, POINTS))},{raw})"
        outcome = guarded(tuple(guards), rule, case)
        score: Content = outcome.score if outcome.score is not None else NOT_COMPUTED
        line = Line("", case.name, _told(rule, case), result, Cell(case.points, points), Cell(score, raw))
        self.lines[row - FIRST_ROW] = replace(line, code=_result_code(rule, case))
        return row

    def _rule(self, case: Case, rule: rules.Rule, row: int, translator: Translator) -> tuple[Cell, str]:
        """The cell of what is measured, and the formula of the score."""
        x, points = place(row, RESULT), place(row, POINTS)
        match rule:
            case rules.Proportional() | rules.Steps() | rules.Excess() | rules.PassMark():
                return self._measured(case, rule, x, points, translator)
            case rules.Condition(when):
                met = condition(when.tree, case.facts)
                told = NOT_COMPUTED if isinstance(met, Missing) else ("成立" if met else "不成立")
                return Cell(told, f'IF({translator.truth(when.tree)},"成立","不成立")'), f'IF({x}="成立",{points},0)'
            case rules.Difference(of, against, inner):
                rate = variation(translator.excel(of.tree), translator.excel(against.tree))
                return Cell(_variation(of.tree, against.tree, case.facts), rate), weighed(inner, x, points)
            case rules.Outside(score, of):
                return self._evaluated(score.tree, case, translator), f"{points}*{x}/{number(of)}"
            case rules.Judged():
                return Cell(_share(rule, case)), f"{points}*{x}"
            case rules.Checklist(statements):
                rows = self._statements(statements, case, points, translator)
                return BLANK, f"SUM({place(rows[0], RAW)}:{place(rows[-1], RAW)})"
            case rules.Defects(each, count, statements):
                return self._defects(each, count.tree if count else None, statements, case, row, translator)
            case rules.Composite(parts):
                made = [self._part(part, case, part.points or Fraction(0), translator) for part in parts]
                return BLANK, "+".join(place(part, RAW) for part in made)
            case rules.Choose():
                return self._choose(rule, case, points, translator)
        raise Untranslatable("台账逐行计算或需同类部门数据")

    def _measured(self, case: Case, rule: rules.Rule, x: str, points: str, translator: Translator) -> tuple[Cell, str]:
        assert case.measure is not None  # the loader saw to it
        tree = case.measure.tree
        score = weighed(rule, x, points)
        if not (isinstance(tree, Binary) and tree.operator is Operator.DIVIDE):
            return self._evaluated(tree, case, translator), score
        top, bottom = translator.excel(tree.left), translator.excel(tree.right)
        value = evaluate(tree, case.facts)
        zero = case.zero or rules.ZeroDenominator()
        both, only = zero_score(zero.both, points), zero_score(zero.only, points)
        none = compared(bottom, "=", "0")
        shown = Cell(value if isinstance(value, Fraction) else _ZERO_BASE, f'IF({none},"{_ZERO_BASE}",{top}/{bottom})')
        return shown, f"IF({none},IF({compared(top, '=', '0')},{both},{only}),{score})"

    def _evaluated(self, tree: Node, case: Case, translator: Translator) -> Cell:
        value = evaluate(tree, case.facts)
        return Cell(value if isinstance(value, Fraction) else NOT_COMPUTED, translator.excel(tree))

    def _statements(
        self, statements: Sequence[rules.Statement], case: Case, points: str, translator: Translator
    ) -> list[int]:
        """A line a statement: 是 or 否, decided by its condition where it has one, and its points."""
        rows = []
        for statement in statements:
            row = FIRST_ROW + len(self.lines)
            answer, by_person = holds(statement, case)
            decided = "" if by_person or statement.when is None else translator.truth(statement.when.tree)
            share = statement.points if statement.points is not None else case.points / len(statements)
            even = "" if statement.points is not None else f"{points}/{len(statements)}"
            told = Cell({True: "是", False: "否", None: ""}[answer], f'IF({decided},"是","否")' if decided else "")
            earned = Cell(share if answer else Fraction(0), f'IF({place(row, RESULT)}="是",{place(row, POINTS)},0)')
            self.lines.append(Line("", f"要点{statement.key}", statement.text, told, Cell(share, even), earned))
            rows.append(row)
        return rows

    def _defects(
        self,
        each: Fraction,
        count: Node | None,
        statements: Sequence[rules.Statement],
        case: Case,
        row: int,
        translator: Translator,
    ) -> tuple[Cell, str]:
        x, points = place(row, RESULT), place(row, POINTS)
        lost = f"MAX(0,{points}-{number(each)}*MAX(0,{x}))"
        if count is not None:
            return self._evaluated(count, case, translator), lost
        rows = self._statements(statements, case, points, translator)
        failed = sum(holds(statement, case)[0] is False for statement in statements)
        return Cell(Fraction(failed), f'COUNTIF({place(rows[0], RESULT)}:{place(rows[-1], RESULT)},"否")'), lost

    def _part(
        self, part: rules.Part, case: Case, points: Fraction, translator: Translator, points_cell: str = ""
    ) -> int:
        inner = replace(
            case,
            name=part.name,
            points=points,
            measure=part.measure,
            measure_name=part.name,
            zero=part.zero_denominator,
        )
        return self._piece(inner, part.rule, part.guards, translator, points_cell)

    def _choose(self, rule: rules.Choose, case: Case, points: str, translator: Translator) -> tuple[Cell, str]:
        made = [self._part(option, case, case.points, translator, points) for option in rule.options]
        if rule.by == "best":
            return BLANK, f"MAX({','.join(place(row, RAW) for row in made)})"
        named = case.judgement.choice if case.judgement else ""
        chosen = next((row for row, option in zip(made, rule.options, strict=True) if option.name == named), None)
        if chosen is None:
            raise Untranslatable("没有选定考核哪一项")
        return Cell(named), place(chosen, RAW)


def _if_number(cell: str, then: str) -> str:
    return f'IF(ISNUMBER({cell}),{then},"{NOT_COMPUTED}")'


def _told(rule: rules.Rule, case: Case) -> str:
    """What a line computes, in words; what stands in the lines below is not said twice."""
    match rule:
        case rules.Checklist():
            return "以下要点的得分之和"
        case rules.Composite():
            return "以下部分的得分之和"
        case rules.Defects(each, None, _):
            return f"以下要点每缺一条扣{number(each)}分"
        case rules.Choose(_, by):
            return "以下各项择其高者" if by == "best" else "以下各项由单位选定其一"
    return formula(case.measure.tree) if case.measure is not None else describe_rule(rule)


def _result_code(rule: rules.Rule, case: Case) -> str:
    """How the result is shown: ratios and shares as percentages."""
    if isinstance(rule, rules.Judged | rules.Difference):
        return PERCENT
    return number_code(unit_of(case.measure.tree, case.facts.dictionary)) if case.measure is not None else "General"


def _share(rule: rules.Judged, case: Case) -> Fraction:
    """The share of the points a person gave."""
    judgement = case.judgement
    assert judgement is not None  # it was judged
    if judgement.share is not None:
        return fraction(judgement.share)
    return next(band.low for band in rule.bands if band.name == judgement.band)


def _variation(of: Node, against: Node, facts: Facts) -> Content:
    """The stored result of a variation rate."""
    now, base = evaluate(of, facts), evaluate(against, facts)
    if not isinstance(now, Fraction) or not isinstance(base, Fraction):
        return NOT_COMPUTED
    if base:
        return (now - base) / abs(base)
    boundless = Fraction(10**15)
    return Fraction(0) if not now else boundless if now > 0 else -boundless


def _note(rule: rules.Rule, scored: LeafScore) -> str:
    """Whether it computes, and what in it a person judged."""
    judged = "；其中“是”“否”和比例由人工判定" if scored.standing is Standing.JUDGED else ""
    moved = "；含承接的分值" if scored.moved_in else ""
    aside = "".join(f"；{note}" for note in scored.trace.notes)
    return f"{_LIVE}{judged}{moved}{aside}" if not isinstance(rule, rules.Unscored) else "不计分"


def _struck(scored: LeafScore) -> str:
    return f"一票否决：{scored.vetoed}"


def _value(leaf: Indicator, scored: LeafScore, note: str) -> Line:
    aside = "".join(f"；{remark}" for remark in scored.trace.notes)
    return Line(
        leaf.id,
        leaf.name,
        formula(leaf.measure.tree) if leaf.measure is not None else describe_rule(leaf.rule),
        points=Cell(leaf.points),
        own=Cell(scored.own),
        factor=Cell(scored.factor),
        score=Cell(scored.computed),
        note=note + aside,
    )


def _without_score(leaf: Indicator, scored: LeafScore) -> Line:
    """The line of a leaf that nothing was computed for, and why."""
    why = "；".join(scored.trace.missing)
    note = {
        Standing.CLAIMED: f"未核实：{why}",
        Standing.MISSING: f"未填：{why}",
        Standing.NOT_APPLICABLE: f"不考核：{scored.exemption}",
        Standing.RECORDED: "不计分",
    }[scored.standing]
    shown = "不考核" if scored.standing is Standing.NOT_APPLICABLE else NOT_COMPUTED
    if scored.standing is Standing.RECORDED:
        shown = "不计分"
    line = _value(leaf, scored, note.rstrip("："))
    return replace(line, factor=BLANK, score=Cell(shown))
