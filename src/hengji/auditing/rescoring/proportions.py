"""R06 where no rule is told: the national table scores execution in proportion, and a report that scores its rates so does it throughout."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from hengji.auditing.case import Case
from hengji.auditing.moved_points import worth
from hengji.auditing.numbers import number
from hengji.auditing.rescoring.by_rule import reading_of
from hengji.auditing.rescoring.leaf_facts import facts_of, words_of
from hengji.auditing.rescoring.reached import rate_of
from hengji.auditing.rescoring.told_parts import made_of_parts
from hengji.auditing.scores.tree import tables
from hengji.model.extraction import ScoredItem, Span
from hengji.model.finding import Finding, Severity
from hengji.model.numerals import round_half_up
from hengji.model.patterns import pattern

_LITTLE = Fraction(11, 1000)
_HUNDRED = Fraction(100)
_HABIT = 2  # leaves scored in proportion: then the report scores its rates so


def scored_in_proportion(case: Case) -> Iterator[Finding]:
    """Where a report scores its rates as rate × points, the leaf that lost points and claims more than that."""
    told: list[tuple[ScoredItem, Fraction]] = []
    kept = 0
    for item in case.found.items:
        points = worth(case, item)
        if item.table or item.doubtful or item.claimed is None or not points or not 0 < item.claimed < points:
            continue
        rate = _own_rate(case, item)
        if rate is None or not 0 < rate < _HUNDRED:
            continue
        expected = rate / _HUNDRED * Fraction(points)
        rest = Fraction(points) - expected  # of what is idle, short or wrong
        if min(abs(expected - Fraction(item.claimed)), abs(rest - Fraction(item.claimed))) <= _LITTLE:
            kept += 1
        elif (
            Fraction(item.claimed) > expected + _LITTLE
            and Fraction(item.claimed) != round_half_up(expected, 1)
            and not _SAID_HOW.search(case.text(item.body))
            and not made_of_parts(case, item)
            and not _of_its_goal(case, item, rate, Fraction(points))
            and not _of_its_counts(case, item, Fraction(points))
        ):
            told.append((item, rate))
    shown = kept and _WRITTEN_OUT.search(case.flat) is not None
    for item, rate in told if (kept >= _HABIT or shown) and len(told) == 1 else ():
        yield _beyond(case, item, rate, case.leaf_passage(item), f"其他按比例计分，“{item.name}”是{number(rate)}%")


def _of_its_goal(case: Case, item: ScoredItem, rate: Fraction, points: Fraction) -> bool:
    """Whether a score is the points in proportion to a goal that the leaf tells: 「满意度89.69%，与92%的目标相差……」."""
    goals = (Fraction(match[1]) for match in _A_RATE.finditer(f"{item.target} {case.text(item.body)}"))
    return any(goal > rate and abs(rate / goal * points - Fraction(item.claimed or 0)) <= _LITTLE for goal in goals)


def _of_its_counts(case: Case, item: ScoredItem, points: Fraction) -> bool:
    """Whether a score is that of two counts of the leaf, whose rate is told wrongly beside them: 「目标120人，完成114人，完成率93%」."""
    text, places = words_of(case, item)
    counts = [f for f in facts_of(case, item, text, places).figures if f.unit != "%"]
    pairs = ((a.number, b.number) for a in counts for b in counts if a.unit == b.unit and 0 < a.number < b.number)
    return any(abs(a / b * points - Fraction(item.claimed or 0)) <= _LITTLE for a, b in pairs)


_A_RATE = pattern(r"(?<![\d.])(\d{2,3}(?:\.\d+)?)\s?%")


def execution_in_proportion(case: Case) -> Iterator[Finding]:
    """The row of budget execution, which the national table scores as rate × points, unless the report tells another rule."""
    for item in (item for items in tables(case) for item in items):
        match = _PER_CENT.fullmatch(item.actual) if item.of_execution else None
        points = worth(case, item)
        if match is None or item.claimed is None or not points or item.doubtful or reading_of(case, item):
            continue
        rate = Fraction(match[1])
        bound = _BOUND.search(f"{item.target} {item.rule}")
        if bound is not None and rate >= Fraction(bound[1]):
            continue  # its table asks for no more than that
        expected = Fraction(points) * rate / _HUNDRED
        near = round_half_up(expected, 1) == Fraction(item.claimed)
        if rate < _HUNDRED and not near and Fraction(item.claimed) - expected > Fraction(6, 1000):
            yield _beyond(case, item, rate, item.quote, f"预算执行率{item.actual}")


_BY_RATE = pattern(
    r"按(?:照)?(?![期时规])[^,。;\d]{0,8}率\s?(?P<rate>\d{2}(?:\.\d+)?)\s?%(?:比例|折算|计算|计分|计)?,?(?:计|应)?(?:得|为|记)\s?(?P<got>\d{1,2}(?:\.\d{1,2})?)\s?分"
)


def counted_by_rate(case: Case) -> Iterator[Finding]:
    """「职业技能培训83人，按完成率92.22%计得6.7分」, where the leaf of that score is worth 7 points in the table."""
    for match in _BY_RATE.finditer(case.flat):
        sentence = case.text(case.sentence(match.start()))
        got, rate = Fraction(match["got"]), Fraction(match["rate"])
        leaves = [i for i in case.found.items if i.claimed == Decimal(match["got"]) and i.name[:_NAMED] in sentence]
        points = worth(case, leaves[0]) if len(leaves) == 1 and not leaves[0].doubtful else None
        expected = rate / _HUNDRED * Fraction(points) if points else got
        digit = Fraction(1, 10 ** len(match["got"].partition(".")[2]))
        if points and got < points and abs(got - expected) >= digit and rate < _HUNDRED:
            span = Span(match.start(), match.end())
            yield _beyond(case, leaves[0], rate, span, f"“{leaves[0].name}”按{match['rate']}%计")


_NAMED = 4  # characters of a leaf's name that its sentence repeats


def _beyond(case: Case, item: ScoredItem, rate: Fraction, span: Span, told: str) -> Finding:
    points, claimed = Fraction(worth(case, item) or 0), number(Fraction(item.claimed or 0))
    right = number(rate / _HUNDRED * points)
    message = f"{told}，按比例应得{right}分，自评{claimed}分"
    return case.finding(
        "R06", span, message, severity=Severity.WARNING, stated=claimed, recomputed=right, item=item.name
    )


def _own_rate(case: Case, item: ScoredItem) -> Fraction | None:
    """The one rate that a leaf reports."""
    text, places = words_of(case, item)
    rate = rate_of(facts_of(case, item, text, places), "")
    return rate.number if rate is not None else None


_BOUND = pattern(r"(?:≥|不低于|达到)\s?(\d{2}(?:\.\d+)?)\s?%")
_PER_CENT = pattern(r"(\d{1,3}(?:\.\d+)?)%")
_WRITTEN_OUT = pattern(r"=\s?\d+(?:\.\d+)?\s?[×x*]\s?\d{2}(?:\.\d+)?%")
_SAID_HOW = pattern(r"规定|满分|不超过|不低于|扣\s?\d|标准|每|档|目标|低于|不足|相差|÷|×|%[—\-~至]")
