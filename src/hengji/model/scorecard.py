"""The scorecard (评分表): the scored tree, why each score is what it is, and how the total came about."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from hengji.model.rules import Policy


class Standing(StrEnum):
    """得分状态: what a leaf's score rests on."""

    COMPUTED = "computed"
    JUDGED = "judged"
    CLAIMED = "claimed"
    MISSING = "missing"
    NOT_APPLICABLE = "not_applicable"
    RECORDED = "recorded"  # a leaf without points


STANDING_CN = {
    Standing.COMPUTED: "据数计算",
    Standing.JUDGED: "逐条判定",
    Standing.CLAIMED: "未核实",
    Standing.MISSING: "未填",
    Standing.NOT_APPLICABLE: "不考核",
    Standing.RECORDED: "不计分",
}


@dataclass(frozen=True, slots=True)
class Input:
    """One datum a score used: how it was stated, the exact number it became, and where it comes from."""

    name: str
    year: int
    stated: str
    unit: str
    source: str
    number: Fraction | None = None
    locator: str = ""


@dataclass(frozen=True, slots=True)
class TraceStep:
    """One step of the arithmetic: 名称, 算式, 代入, 结果, 出处; a step not taken stays, with ``taken`` False."""

    name: str
    formula: str = ""
    filled: str = ""
    result: str = ""
    source: str = ""
    taken: bool = True


@dataclass(frozen=True, slots=True)
class Trace:
    """得分依据: everything behind one score, and the same as one official sentence.

    ``missing`` names the inputs that were not there (with why); ``low`` and ``high`` bound the score where only a
    part of it is settled; ``notes`` are remarks a reviewer should see (目标设置偏低).
    """

    inputs: tuple[Input, ...] = ()
    steps: tuple[TraceStep, ...] = ()
    sentence: str = ""
    missing: tuple[str, ...] = ()
    low: Fraction | None = None
    high: Fraction | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Move:
    """Points that went from a leaf that is not assessed to another leaf."""

    giver: str
    receiver: str
    points: Fraction
    policy: Policy


@dataclass(frozen=True, slots=True, kw_only=True)
class LeafScore:
    """One scored leaf. ``points`` are its own, ``full`` what it can earn after points moved in (0 when given away).

    ``claimed`` is the department's, ``computed`` the system's (after moved points), ``own`` the rule's rounded result on
    the leaf's own points, ``factor`` what moved points multiply it by, ``score`` the one that counts in the total.
    """

    id: str
    name: str
    path: tuple[str, ...]
    points: Fraction | None
    full: Fraction | None
    standing: Standing
    claimed: Fraction | None = None
    own: Fraction | None = None
    factor: Fraction = Fraction(1)
    computed: Fraction | None = None
    score: Fraction | None = None
    moved_in: tuple[Move, ...] = ()
    moved_out: tuple[Move, ...] = ()
    exemption: str = ""
    vetoed: str = ""
    trace: Trace = Trace()


@dataclass(frozen=True, slots=True)
class BranchScore:
    """One branch, summed: points, what they became after moves, exact score, and how many leaves have no score."""

    id: str
    name: str
    points: Fraction | None
    full: Fraction | None
    score: Fraction | None
    missing: int = 0


@dataclass(frozen=True, slots=True)
class ExtraScore:
    """Bonus or deduction: what it came to, how, and whether it was counted by tariff or only claimed."""

    name: str
    score: Fraction
    standing: Standing
    capped_from: Fraction | None = None
    claimed: Fraction | None = None
    trace: Trace = Trace()


@dataclass(frozen=True, slots=True)
class Resting:
    """How many of the scored points, and of the points there are to earn, rest on each standing."""

    standing: Standing
    score: Fraction
    full: Fraction
    leaves: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """The derivation of the total. ``raw`` is base + bonus − deduction, ``final`` after floor, cap and vetoes.

    ``vetoed`` are the reasons of the vetoes that hold, ``unsettled`` those that nobody can tell.
    """

    title: str  # 系统得分 or 自评口径得分
    base: Fraction
    bonus: ExtraScore | None
    deduction: ExtraScore | None
    raw: Fraction
    final: Fraction
    cap: Fraction | None
    grade: str
    vetoed: tuple[str, ...] = ()
    unsettled: tuple[str, ...] = ()
    claimed: Fraction | None = None
    resting: tuple[Resting, ...] = ()
    sentence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scorecard:
    """A department's year, scored. ``totals`` is None for a system without points (nothing to add up)."""

    department: str
    year: int
    system: str
    system_version: str
    system_hash: str
    leaves: tuple[LeafScore, ...]
    branches: tuple[BranchScore, ...]
    totals: Totals | None

    def leaf(self, leaf_id: str) -> LeafScore:
        """The leaf of that id; KeyError when the system has none."""
        for leaf in self.leaves:
            if leaf.id == leaf_id:
                return leaf
        raise KeyError(leaf_id)

    def branch(self, branch_id: str) -> BranchScore:
        """The branch of that id; KeyError when the system has none."""
        for branch in self.branches:
            if branch.id == branch_id:
                return branch
        raise KeyError(branch_id)
