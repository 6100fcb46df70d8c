"""Rule kinds (评分规则) as plain values: how a leaf earns its points. Kinds K01-K21 of the field.

Points (``score``, ``each``, ``points``) are in 分; shares are fractions of the leaf's points; thresholds are in the
measure's own unit (95% is 0.95).
"""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from hengji.model.expression import Expression


@dataclass(frozen=True, slots=True)
class Award:
    """What a band gives: fixed points, or a share of the leaf's points."""

    score: Fraction | None = None
    share: Fraction | None = None

    def of(self, points: Fraction) -> Fraction:
        """The points awarded on a leaf of so many points."""
        if self.score is not None:
            return self.score
        return points * (self.share if self.share is not None else 1)


@dataclass(frozen=True, slots=True)
class Interval:
    """A stretch of the line; each bound is 含 (inclusive) or 不含."""

    low: Fraction | None = None
    low_included: bool = True
    high: Fraction | None = None
    high_included: bool = False

    def holds(self, x: Fraction) -> bool:
        """Whether x lies in it."""
        if self.low is not None and not (x > self.low or (self.low_included and x == self.low)):
            return False
        return self.high is None or x < self.high or (self.high_included and x == self.high)


@dataclass(frozen=True, slots=True)
class Step:
    """One band of a step rule: where it applies and what it gives."""

    where: Interval
    award: Award
    text: str = ""


@dataclass(frozen=True, slots=True)
class Overshoot:
    """K19: a result beyond ``limit`` of the target is a sign of a low target; it may earn only a share."""

    limit: Fraction
    share: Fraction = Fraction(1)
    note: str = "目标设置偏低"


@dataclass(frozen=True, slots=True)
class Proportional:
    """K01, K01n: points × min(1, x ÷ target); lower is better: points × min(1, target ÷ x)."""

    to: Fraction = Fraction(1)
    lower_is_better: bool = False
    overshoot: Overshoot | None = None
    to_text: str = "100%"


@dataclass(frozen=True, slots=True)
class Steps:
    """K02, K02r, K02b: the first band that contains x (or its distance from ``around``)."""

    steps: tuple[Step, ...]
    around: Fraction | None = None
    around_text: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement of a checklist, judged by a person or decided by ``when``; ``key`` is unique in its leaf."""

    key: str
    text: str
    points: Fraction | None = None
    when: Expression | None = None
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Checklist:
    """K03: the sum of the points of the statements that hold."""

    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Defects:
    """K04: points minus ``each`` for every defect, never below 0; counted by an expression or by failed statements."""

    each: Fraction
    count: Expression | None = None
    statements: tuple[Statement, ...] = ()


@dataclass(frozen=True, slots=True)
class Condition:
    """K05: all points if the condition holds, else none."""

    when: Expression


@dataclass(frozen=True, slots=True)
class Band:
    """One grade of a judgement and the shares of the points a person may give in it."""

    name: str
    low: Fraction
    high: Fraction
    text: str = ""


@dataclass(frozen=True, slots=True)
class Judged:
    """K06: a person picks a band, then a share inside it, with a reason."""

    bands: tuple[Band, ...]


class Side(StrEnum):
    """On which side of the bound an excess counts."""

    ABOVE = "above"
    BELOW = "below"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Excess:
    """K07, K07b: points minus ``each`` per ``step`` beyond the bound, never below 0.

    ``whole_steps``: None deducts in proportion, 「up」 counts a part-step whole, 「down」 not at all.
    """

    beyond: Fraction
    step: Fraction
    each: Fraction
    side: Side = Side.ABOVE
    whole_steps: str | None = None
    beyond_text: str = ""
    step_text: str = ""


@dataclass(frozen=True, slots=True)
class PassMark:
    """K08: nothing below the pass mark p, else points × (x − p) ÷ (1 − p), at most all."""

    mark: Fraction
    mark_text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of a composite, or one option of a choice: a small leaf without its own place in the tree."""

    name: str
    points: Fraction | None = None
    measure: Expression | None = None
    rule: "Rule"
    guards: tuple["Guard", ...] = ()
    zero_denominator: "ZeroDenominator | None" = None


@dataclass(frozen=True, slots=True)
class Composite:
    """K13: the sum of its parts, each with its own points and rule."""

    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """K14: the variation rate (of − against) ÷ against, given to another rule; 0 against 0 is full, x against 0 worst."""

    of: Expression
    against: Expression
    rule: "Rule"


@dataclass(frozen=True, slots=True)
class Rank:
    """K15: the position of the measure among the departments compared, as a share of their number, by steps."""

    steps: tuple[Step, ...]
    lower_is_better: bool = False


@dataclass(frozen=True, slots=True)
class Outside:
    """K16: a score given elsewhere, scaled to the points of the leaf."""

    score: Expression
    of: Fraction = Fraction(100)


@dataclass(frozen=True, slots=True)
class Weighted:
    """K17: the average of a register's column weighted by another (or evenly), scaled to the points of the leaf."""

    register: str
    value: str
    weight: str = ""
    where: Expression | None = None
    of: Fraction = Fraction(100)


@dataclass(frozen=True, slots=True)
class FreeLeaves:
    """K18: the department's own indicators, rows of a register, each with its points and target.

    The columns are those of the dictionary's 绩效目标 register. ``share``: 「stated」 uses each row's points, 「equal」
    shares the node's points evenly among the rows that apply.
    """

    register: str
    where: Expression | None = None
    share: str = "stated"
    quantitative: "Rule" = Proportional()
    qualitative: Judged | None = None


@dataclass(frozen=True, slots=True)
class Choose:
    """K21: one of several is assessed: the best, or the one the department names."""

    options: tuple[Part, ...]
    by: str = "best"


@dataclass(frozen=True, slots=True)
class Unscored:
    """K20: recorded, not scored."""


Rule = (
    Proportional
    | Steps
    | Checklist
    | Defects
    | Condition
    | Judged
    | Excess
    | PassMark
    | Composite
    | Difference
    | Rank
    | Outside
    | Weighted
    | FreeLeaves
    | Choose
    | Unscored
)


@dataclass(frozen=True, slots=True)
class Guard:
    """K12: if the condition holds, this score stands before the main rule is looked at."""

    when: Expression
    score: Award = Award(score=Fraction(0))
    because: str = ""


class VetoScope(StrEnum):
    """What a veto strikes."""

    ITEM = "item"
    NODE = "node"
    TOTAL = "total"
    GRADE = "grade"


@dataclass(frozen=True, slots=True)
class Veto:
    """K11 (一票否决): misconduct strikes the leaf, a node, the total or the grade."""

    when: Expression
    scope: VetoScope = VetoScope.ITEM
    node: str = ""
    grade: str = ""
    because: str = ""


class ZeroPolicy(StrEnum):
    """What a zero denominator means for the score."""

    FULL = "full"
    ZERO = "zero"
    NONE = "none"  # not computed: the rule does not say


@dataclass(frozen=True, slots=True)
class ZeroDenominator:
    """What a measure with a zero denominator scores, by whether its numerator is zero too."""

    both: ZeroPolicy = ZeroPolicy.NONE
    only: ZeroPolicy = ZeroPolicy.NONE


class Policy(StrEnum):
    """Where the points of a leaf that is not assessed go."""

    NONE = "none"  # may not be exempted
    FULL = "full"
    ZERO = "zero"
    TO_ITEM = "to_item"
    TO_NODE = "to_node"
    TO_SIBLINGS = "to_siblings"
    TO_ALL = "to_all"
    RESCALE = "rescale"


@dataclass(frozen=True, slots=True)
class NotApplicable:
    """不考核: when it applies by itself, where the points go, and where if the receiver is not assessed either."""

    policy: Policy
    to: str = ""
    when: Expression | None = None
    otherwise: Policy = Policy.TO_ALL
    because: str = ""


@dataclass(frozen=True, slots=True)
class Tariff:
    """K09, K10: points per row of a register by the text of one column; one honour (``distinct``) is counted once.

    A row with neither a key of the tariff nor a readable one scores nothing and is said. ``where`` chooses rows.
    """

    register: str
    by: str
    points: tuple[tuple[str, Fraction], ...]
    distinct: str = ""
    where: Expression | None = None
