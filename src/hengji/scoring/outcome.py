"""What a rule makes of a leaf, before rounding and before points move."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction

from hengji.language import formula, unit_of
from hengji.model.expression import Aggregate, Call, Expression, Function, Name, Node, item_names, parts
from hengji.model.filing import Judgement
from hengji.model.numerals import percent, plain
from hengji.model.rules import ZeroDenominator, ZeroPolicy
from hengji.model.scorecard import Input, TraceStep
from hengji.scoring.evaluate import evaluate
from hengji.scoring.facts import Datum, Facts
from hengji.scoring.results import Missing, Result, ZeroBase

FROM_STANDARD = "评分标准"


@dataclass(frozen=True, slots=True)
class Outcome:
    """A rule's result on the points of its leaf, unrounded; ``score`` is None where something is missing.

    ``phrase`` says in words how the score follows; ``low`` and ``high`` bound it while it is not settled.
    """

    score: Fraction | None
    phrase: str = ""
    steps: tuple[TraceStep, ...] = ()
    inputs: tuple[Input, ...] = ()
    missing: tuple[str, ...] = ()
    judged: bool = False
    low: Fraction = Fraction(0)
    high: Fraction = Fraction(0)
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What a rule looks at: the leaf's points and measure, the figures, and what a person judged."""

    name: str
    points: Fraction
    facts: Facts
    measure: Expression | None = None
    measure_name: str = ""
    zero: ZeroDenominator | None = None
    judgement: Judgement | None = None
    peers: tuple[Facts, ...] = ()

    def expression_inputs(self, *expressions: Expression | None) -> tuple[Input, ...]:
        """The data items that expressions read, with provenance, each once."""
        found: dict[tuple[str, int], Input] = {}
        for expression in expressions:
            for datum in data_of(expression.tree, self.facts) if expression else ():
                found[datum.name, datum.year] = input_of(datum)
        return tuple(found.values())

    def figures(self, tree: Node) -> str:
        """The formula with figures in the place of names."""

        def figure(node: Node) -> str | None:
            match node:
                case Name(name):
                    return _figure(self.facts.item(name), node, self.facts)
                case Call(Function.LAST_YEAR, (Name(name),)):
                    return _figure(self.facts.item(name, 1), node, self.facts)
                case Aggregate():
                    return _figure(evaluate(node, self.facts), node, self.facts)
            return None

        return formula(tree, figure)

    def shown(self, result: Result, expression: Expression) -> str:
        """A result as documents print it: a ratio as a percentage, an amount with its unit."""
        if not isinstance(result, Fraction):
            return show(result)
        unit = unit_of(expression.tree, self.facts.dictionary)
        return percent(result) if unit == "%" else f"{plain(result)}{unit or ''}"


def data_of(tree: Node, facts: Facts) -> list[Datum]:
    """The data a tree reads, last year's included."""
    last_year = {
        node.arguments[0].name
        for node in parts(tree)
        if isinstance(node, Call) and node.function is Function.LAST_YEAR and isinstance(node.arguments[0], Name)
    }
    this_year = [name for name in item_names(tree) if name not in last_year or _named_alone(tree, name)]
    return [facts.datum(name) for name in this_year] + [facts.datum(name, 1) for name in sorted(last_year)]


def _named_alone(tree: Node, name: str) -> bool:
    """Whether an item also stands outside 上年(…)."""
    mentions = sum(isinstance(node, Name) and node.name == name for node in parts(tree))
    last_year = sum(
        isinstance(node, Call) and node.function is Function.LAST_YEAR and node.arguments == (Name(name),)
        for node in parts(tree)
    )
    return mentions > last_year


def input_of(datum: Datum) -> Input:
    """A datum as the trace keeps it."""
    number = datum.result if isinstance(datum.result, Fraction) else None
    return Input(datum.name, datum.year, datum.stated, datum.unit, datum.source, number, datum.locator)


def _figure(result: Result, node: Node, facts: Facts) -> str | None:
    if isinstance(result, Fraction) and not isinstance(result, bool):
        unit = unit_of(node, facts.dictionary)
        text = percent(result) if unit == "%" else plain(result, 6)
        return f"（{text}）" if text.startswith("-") else text
    return None if isinstance(result, Missing | ZeroBase) else show(result)


def show(result: Result) -> str:
    """A result in words."""
    match result:
        case bool():
            return "成立" if result else "不成立"
        case Fraction():
            return plain(result, 6)
        case Missing():
            return "缺数据"
        case ZeroBase(_, denominator):
            return f"{denominator}为0"
        case _:
            return str(result)


def points_text(score: Fraction) -> str:
    """So many 分, without trailing zeros."""
    return f"{plain(score)}分"


def lacking(case: Case, missing: tuple[str, ...], **more: object) -> Outcome:
    """The outcome where inputs are missing: no score, anything from nothing to all."""
    return Outcome(None, missing=missing, **{"high": case.points, **more})  # type: ignore[arg-type]


def weighed(case: Case, weigh: Callable[[Fraction], Outcome]) -> Outcome:
    """Computes the measure, decides a zero denominator, and lets the rule weigh what is left."""
    assert case.measure is not None  # the loader saw to it
    result = evaluate(case.measure.tree, case.facts)
    inputs = case.expression_inputs(case.measure)
    name = case.measure_name or case.name
    shown = case.shown(result, case.measure)
    step = TraceStep(name, formula(case.measure.tree), case.figures(case.measure.tree), shown, FROM_STANDARD)
    match result:
        case Missing(why):
            return lacking(case, why, steps=(step,), inputs=inputs)
        case ZeroBase():
            return replace(zero_base(case, result), steps=(step,), inputs=inputs)
        case Fraction():
            outcome = weigh(result)
            # What is counted from registers stands in no input: the sentence shows the figures themselves.
            figures = "" if inputs else f"（{step.filled}）"
            phrase = f"{name}为{shown}{figures}，{outcome.phrase}"
            return replace(outcome, phrase=phrase, steps=(step, *outcome.steps), inputs=inputs)
    return lacking(case, (f"{name}算出来不是数",), steps=(step,), inputs=inputs)


def zero_base(case: Case, base: ZeroBase) -> Outcome:
    """What a zero denominator scores, as the system says; not computed where it says nothing."""
    policies = case.zero or ZeroDenominator()
    policy = policies.both if base.numerator == 0 else policies.only
    situation = f"{base.denominator}为0" + ("且没有发生" if base.numerator == 0 else "而实际有发生")
    match policy:
        case ZeroPolicy.FULL:
            return settled(case.points, f"{situation}，按评分标准得满分")
        case ZeroPolicy.ZERO:
            return settled(Fraction(0), f"{situation}，按评分标准不得分")
    return lacking(case, (f"{situation}，评分标准没有规定此时怎样计分",))


def settled(score: Fraction, phrase: str, **more: object) -> Outcome:
    """An outcome that is known."""
    return Outcome(score, phrase, low=score, high=score, **more)  # type: ignore[arg-type]
