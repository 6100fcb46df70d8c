"""The official sentence behind a score: what can stand in the report as it is."""

from collections.abc import Mapping
from fractions import Fraction

from hengji.model.numerals import plain, round_half_up
from hengji.model.rules import Policy
from hengji.model.scorecard import Input, LeafScore, Resting, Scorecard, Standing, Totals, Trace
from hengji.model.system import IndicatorSystem


def leaf_sentence(leaf: LeafScore, trace: Trace, phrase: str, year: int, names: Mapping[str, str]) -> str:
    """One or two sentences: the figures, what the rule makes of them, the score, and where points came from or went."""
    match leaf.standing:
        case Standing.COMPUTED | Standing.JUDGED:
            facts = _facts(trace.inputs, year)
            return f"{year}年，{facts}{_earning(phrase, leaf.score)}{_received(leaf, names)}。"
        case Standing.CLAIMED:
            why = _lacking(trace.missing)
            return f"单位自评得{_points(leaf.score)}{_received(leaf, names)}；{why}，未能据以核算，本项得分未核实。"
        case Standing.MISSING:
            return f"单位没有填报自评得分，{_lacking(trace.missing)}，本项尚未计分。"
        case Standing.NOT_APPLICABLE:
            return f"{unended(leaf.exemption or '本年不适用')}，本项不考核{_given(leaf, names)}。"
        case Standing.RECORDED:
            facts = _facts(trace.inputs, year)
            return f"{year}年，{facts}{phrase}，本项不计分。" if phrase else "本项只作记录，不计分。"


def unended(reason: str) -> str:
    """A reason that somebody wrote as a sentence, ready to go on: without what ends it."""
    return reason.strip().rstrip("。．.；;，,、！!")


def _facts(inputs: tuple[Input, ...], year: int) -> str:
    stated = [
        f"{'' if item.year == year else f'{item.year}年'}{item.name}{item.stated}{item.unit}"
        for item in inputs
        if item.stated
    ]
    return "，".join(stated) + "，" if stated else ""


def _points(score: Fraction | None) -> str:
    return f"{plain(score)}分" if score is not None else "—"


def _earning(phrase: str, score: Fraction | None) -> str:
    """The phrase with the score behind it, said once: 「得满分6分」, 「不得分」."""
    points = _points(score)
    if phrase.endswith("得满分") and score:
        return phrase + points
    if phrase.endswith(f"得{points}") or (phrase.endswith("不得分") and not score):
        return phrase
    return f"{phrase}，得{points}"


def _received(leaf: LeafScore, names: Mapping[str, str]) -> str:
    """Where a score beyond the leaf's own points comes from."""
    if not leaf.moved_in or leaf.points is None or leaf.full is None:
        return ""
    givers = "、".join(f"“{names.get(move.giver, move.giver)}”" for move in leaf.moved_in)
    if all(move.policy is Policy.TO_ITEM for move in leaf.moved_in):
        moved = sum((move.points for move in leaf.moved_in), Fraction(0))
        return f"（本项分值{plain(leaf.points)}分，承接{givers}不考核调入的{plain(moved)}分）"
    factor = leaf.full / leaf.points
    return f"（{givers}不考核，本项得分乘以{factor.numerator}/{factor.denominator}折算）"


def _given(leaf: LeafScore, names: Mapping[str, str]) -> str:
    if leaf.score is not None:
        return "，按评分标准得满分" if leaf.score else "，按评分标准得0分"
    if not leaf.moved_out:
        return ""
    points = plain(leaf.points or Fraction(0))
    if len(leaf.moved_out) == 1:
        move = leaf.moved_out[0]
        return f"，分值{points}分调整至“{names.get(move.receiver, move.receiver)}”"
    if leaf.moved_out[0].policy in (Policy.TO_ALL, Policy.RESCALE):
        return f"，分值{points}分由其余指标按分值比例分担"
    return f"，分值{points}分由同级其他指标按分值比例分担"


def _lacking(missing: tuple[str, ...]) -> str:
    if not missing:
        return "缺少计分所需的数据"
    return "；".join(missing[:3]) + ("等" if len(missing) > 3 else "")  # noqa: PLR2004 - a sentence stays a sentence


def resting_sentence(resting: tuple[Resting, ...]) -> str:
    """How many points are computed from figures, judged statement by statement, and rest on the claim alone."""
    said = {rest.standing: rest for rest in resting}

    def part(standing: Standing, words: str) -> str:
        rest = said.get(standing)
        if rest is None:
            return f"{words}0项"
        return f"{words}{rest.leaves}项、得{plain(rest.score)}分（满分{plain(rest.full)}分）"

    parts = [
        part(Standing.COMPUTED, "据填报数据计算的"),
        part(Standing.JUDGED, "逐条判定的"),
        part(Standing.CLAIMED, "只有单位自评、未核实的"),
    ]
    for standing, words in ((Standing.MISSING, "未填的"), (Standing.NOT_APPLICABLE, "不考核的")):
        if standing in said:
            parts.append(f"{words}{said[standing].leaves}项")
    leaves = sum(rest.leaves for rest in resting if rest.standing is not Standing.RECORDED)
    return f"{leaves}项指标中，" + "，".join(parts) + "。"


def derivation(system: IndicatorSystem, card: Scorecard) -> tuple[tuple[str, str], ...]:
    """The total step by step, as (name, arithmetic): sections, base, bonus, deduction, sum, vetoes, cap, final, grade.

    Empty for a system without points.
    """
    totals = card.totals
    if totals is None:
        return ()
    top = {indicator.id for indicator in system.indicators}
    sections = [branch for branch in card.branches if branch.id in top]
    lines = [(b.name, f"{plain(b.score or Fraction(0))}分（满分{plain(b.full or Fraction(0))}分）") for b in sections]
    terms = " + ".join(plain(b.score or Fraction(0)) for b in sections)
    lines.append(("基础分", f"{terms} = {plain(totals.base)}分" if len(sections) > 1 else f"{plain(totals.base)}分"))
    if sum(round_half_up(b.score or Fraction(0)) for b in sections) != round_half_up(totals.base):
        lines[-1] = ("基础分", f"{lines[-1][1]}（各部分按未四舍五入的数相加）")
    lines.extend(_outside(totals))
    lines.extend(("一票否决", reason) for reason in (*totals.vetoed, *totals.unsettled))
    if totals.cap is not None and totals.raw > totals.cap:
        lines.append(("封顶", f"超过{plain(totals.cap)}分，按{plain(totals.cap)}分计"))
    lines.append((totals.title, f"{plain(totals.final)}分"))
    if totals.grade:
        unscored = sum(rest.leaves for rest in totals.resting if rest.standing is Standing.MISSING)
        lines.append(("等次", f"暂不评定，还有{unscored}项指标没有得分" if unscored else totals.grade))
    return tuple(lines)


def _outside(totals: Totals) -> list[tuple[str, str]]:
    """Bonus and deduction, and the sum they make."""
    lines: list[tuple[str, str]] = []
    total = plain(totals.base)
    for sign, extra in (("+", totals.bonus), ("−", totals.deduction)):
        if extra is None:
            continue
        capped = f"（原{plain(extra.capped_from)}分，按上限计）" if extra.capped_from is not None else ""
        doubt = "（未核实）" if extra.standing is Standing.CLAIMED else ""
        lines.append((extra.name, f"{sign}{plain(extra.score)}分{capped}{doubt}"))
        total += f" {sign} {plain(extra.score)}"
    return [*lines, ("合计", f"{total} = {plain(totals.raw)}分")] if lines else []
