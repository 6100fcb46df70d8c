"""Says a rule in Chinese, for people who read the system rather than the YAML."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from hengji.language import formula
from hengji.model import rules
from hengji.model.numerals import percent, plain
from hengji.model.system import Extra, Indicator
from hengji.scoring.figures import interval_text
from hengji.scoring.outcome import points_text

_POLICY = {
    rules.Policy.NONE: "不得列为不考核",
    rules.Policy.FULL: "按满分计",
    rules.Policy.ZERO: "按0分计",
    rules.Policy.TO_ITEM: "分值调整至指标{to}",
    rules.Policy.TO_NODE: "分值由指标{to}下的各项按分值分担",
    rules.Policy.TO_SIBLINGS: "分值由同级其他指标按分值分担",
    rules.Policy.TO_ALL: "分值由其余全部指标按分值分担",
    rules.Policy.RESCALE: "不计入，其余指标得分按百分制折算",
}
_VETO = {
    rules.VetoScope.ITEM: "本项不得分",
    rules.VetoScope.NODE: "指标{node}不得分",
    rules.VetoScope.TOTAL: "总分计0分",
    rules.VetoScope.GRADE: "等次定为{grade}",
}


def describe_rule(rule: rules.Rule | None) -> str:
    """How a leaf earns its points, in one line."""
    if rule is None:
        return "没有公开的计分规则，按单位自评计（未核实）"
    return _RULES[type(rule)](rule)


def describe_leaf(leaf: Indicator) -> tuple[str, ...]:
    """Everything that decides a leaf's score, a line each: measure, guards, rule, vetoes, zero denominator, 不考核."""
    lines = [f"计算：{formula(leaf.measure.tree)}"] if leaf.measure else []
    lines += [describe_guard(guard) for guard in leaf.guards]
    lines.append(f"计分：{describe_rule(leaf.rule)}")
    lines += [describe_veto(veto) for veto in leaf.vetoes]
    if leaf.zero_denominator is not None:
        lines.append(f"分母为0：{_zero(leaf.zero_denominator)}")
    if leaf.not_applicable is not None:
        lines.append(f"不考核：{_exemption(leaf.not_applicable)}")
    if leaf.year_offset:
        lines.append(f"取数年度：评价年度{leaf.year_offset:+d}年")
    return tuple(lines)


def describe_guard(guard: rules.Guard) -> str:
    """A guard in one line."""
    return f"限制：{formula(guard.when.tree)}时{_award(guard.score)}"


def describe_veto(veto: rules.Veto) -> str:
    """A veto in one line."""
    effect = _VETO[veto.scope].format(node=veto.node, grade=veto.grade)
    return f"一票否决：{formula(veto.when.tree)}时{effect}"


def describe_extra(extra: Extra) -> str:
    """Bonus or deduction in one line."""
    cap = f"，最多{points_text(extra.cap)}" if extra.cap is not None else ""
    scope = "" if extra.scope == "total" else f"，计入{extra.scope}"
    if extra.tariff is None:
        return f"没有公开的标准，按单位自评计（未核实）{cap}{scope}"
    prices = "，".join(f"{level}{points_text(price)}" for level, price in extra.tariff.points)
    return f"按台账“{extra.tariff.register}”的{extra.tariff.by}：{prices}{cap}{scope}"


def _award(award: rules.Award) -> str:
    if award.score is not None:
        return f"得{points_text(award.score)}" if award.score else "不得分"
    return f"得分值的{percent(award.share or Fraction(0))}"


def _zero(policy: rules.ZeroDenominator) -> str:
    words = {rules.ZeroPolicy.FULL: "满分", rules.ZeroPolicy.ZERO: "0分", rules.ZeroPolicy.NONE: "不计算"}
    return f"分子也为0时{words[policy.both]}，分子不为0时{words[policy.only]}"


def _exemption(rule: rules.NotApplicable) -> str:
    when = f"{formula(rule.when.tree)}时，" if rule.when else "经说明理由，"
    return when + _POLICY[rule.policy].format(to=rule.to)


def _proportional(rule: rules.Proportional) -> str:
    direction = (
        f"不高于{rule.to_text}得满分，超过的按{rule.to_text}÷实际计分"
        if rule.lower_is_better
        else f"达到{rule.to_text}得满分，未达到的按比例计分"
    )
    if rule.overshoot is None:
        return direction
    over = rule.overshoot
    less = f"，按分值的{percent(over.share)}计" if over.share < 1 else ""
    return f"{direction}；超过目标{percent(over.limit)}的提示“{over.note}”{less}"


def _bands(steps: tuple[rules.Step, ...]) -> str:
    return "；".join(f"{interval_text(step)}{_award(step.award)}" for step in steps)


def _steps(rule: rules.Steps) -> str:
    around = f"与{rule.around_text}的差距：" if rule.around is not None else ""
    return around + _bands(rule.steps)


def _checklist(rule: rules.Checklist) -> str:
    stated = [f"{s.text}{f'（{points_text(s.points)}）' if s.points is not None else ''}" for s in rule.statements]
    even = "" if rule.statements[0].points is not None else "，各条平均分配分值"
    return f"符合一条得一条的分{even}：{'；'.join(stated)}"


def _defects(rule: rules.Defects) -> str:
    each = points_text(rule.each)
    if rule.count:
        return f"{formula(rule.count.tree)}，每处扣{each}，扣完为止"
    return f"{'、'.join(s.text for s in rule.statements)}，每缺一条扣{each}，扣完为止"


def _judged(rule: rules.Judged) -> str:
    return "人工评判：" + "；".join(
        f"{band.name}得分值的{percent(band.low)}至{percent(band.high)}" for band in rule.bands
    )


def _excess(rule: rules.Excess) -> str:
    beyond = {rules.Side.ABOVE: "超过", rules.Side.BELOW: "低于", rules.Side.BOTH: "偏离"}[rule.side]
    whole = {None: "按比例", "up": "不足一档按一档", "down": "不足一档不计"}[rule.whole_steps]
    return f"{beyond}{rule.beyond_text}的，每{rule.step_text}扣{points_text(rule.each)}（{whole}），扣完为止"


def _composite(rule: rules.Composite) -> str:
    return "；".join(f"{part.name}{points_text(part.points or Fraction(0))}（{_part(part)}）" for part in rule.parts)


def _part(part: rules.Part) -> str:
    pieces = [formula(part.measure.tree)] if part.measure else []
    pieces += [describe_guard(guard) for guard in part.guards]
    return "，".join([*pieces, describe_rule(part.rule)])


def _choose(rule: rules.Choose) -> str:
    how = "择其高者：" if rule.by == "best" else "由单位选定其一："
    return how + "；".join(f"{part.name}（{_part(part)}）" for part in rule.options)


def _difference(rule: rules.Difference) -> str:
    of, against = formula(rule.of.tree), formula(rule.against.tree)
    return f"{of}比{against}的变动率，{describe_rule(rule.rule)}；两者均为0按无变动"


def _weighted(rule: rules.Weighted) -> str:
    how = f"按{rule.weight}加权" if rule.weight else ""
    return f"台账“{rule.register}”各行{rule.value}{how}平均，满分{plain(rule.of)}分折算"


def _free(rule: rules.FreeLeaves) -> str:
    share = "各行自定分值" if rule.share == "stated" else "适用的各行平均分配分值"
    where = f"中{formula(rule.where.tree)}的行" if rule.where else "各行"
    kind = f"；定性目标{describe_rule(rule.qualitative)}" if rule.qualitative else ""
    return f"台账“{rule.register}”{where}，{share}；定量目标{describe_rule(rule.quantitative)}{kind}"


_RULES: dict[type, Callable[[Any], str]] = {
    rules.Proportional: _proportional,
    rules.Steps: _steps,
    rules.Checklist: _checklist,
    rules.Defects: _defects,
    rules.Condition: lambda rule: f"{formula(rule.when.tree)}得满分，否则不得分",
    rules.Judged: _judged,
    rules.Excess: _excess,
    rules.PassMark: lambda rule: (
        f"低于{rule.mark_text}不得分，以上按（实际-{rule.mark_text}）÷（1-{rule.mark_text}）计分"
    ),
    rules.Composite: _composite,
    rules.Difference: _difference,
    rules.Rank: lambda rule: f"按同类部门位次：{_bands(rule.steps)}",
    rules.Outside: lambda rule: f"{formula(rule.score.tree)}按满分{plain(rule.of)}分折算",
    rules.Weighted: _weighted,
    rules.FreeLeaves: _free,
    rules.Choose: _choose,
    rules.Unscored: lambda _: "只作记录，不计分",
}
