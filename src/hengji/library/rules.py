"""Reads rule kinds, guards, vetoes, exemptions and tariffs from YAML into the model's plain values."""

from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction

from hengji.language import ExpressionError, Kind, Vocabulary, parse, require, unit_of
from hengji.library.bands import check_bands
from hengji.library.nodes import Fields, Scalar
from hengji.model import rules
from hengji.model.expression import Expression, Number
from hengji.model.item import ItemType, RegisterKind
from hengji.model.problem import Problem


@dataclass
class RuleReader:
    """Reads the rules of one leaf; statement keys are numbered through the whole leaf."""

    vocabulary: Vocabulary
    problems: list[Problem]
    points: Fraction | None = None
    statements: set[str] = field(default_factory=set)

    def expression(
        self, fields: Fields, key: str, register: RegisterKind | None = None, *, required: bool = False
    ) -> Expression | None:
        """The expression behind a key, checked for names, kinds and units: ``when`` and ``where`` are conditions, others numbers."""
        text = fields.text(key, required=required)
        if not text:
            return None
        wanted = Kind.TRUTH if key in ("when", "where") else Kind.NUMBER
        try:
            parsed = parse(text, self.vocabulary, register)
            require(parsed.tree, wanted, self.vocabulary.dictionary, register.name if register else "")
            unit_of(parsed.tree, self.vocabulary.dictionary, register.name if register else "")
        except ExpressionError as error:
            fields.problem(str(error), key)
            return None
        return parsed

    def needed(self, fields: Fields, key: str) -> Expression:
        """An expression that must be there; a problem and a harmless stand-in where it is not."""
        return self.expression(fields, key, required=True) or Expression("0", Number(Fraction(0), "0"))

    def rule(self, fields: Fields) -> rules.Rule:
        """The rule a mapping with ``kind`` spells."""
        kind = fields.text("kind", required=True)
        read = _KINDS.get(kind)
        if read is None:
            if kind:
                fields.problem(f"没有“{kind}”这种评分方式；可以写：{'、'.join(_KINDS)}", "kind")
            return rules.Unscored()
        rule = read(self, fields)
        fields.finish()
        return rule

    def inner_rule(self, fields: Fields, key: str) -> rules.Rule:
        """The rule nested under a key."""
        inner = fields.fields(key)
        if inner is None:
            fields.problem(f"缺少 {key}")
            return rules.Unscored()
        return self.rule(inner)

    def guards(self, fields: Fields) -> tuple[rules.Guard, ...]:
        """K12 guards in their order."""
        return tuple(self._guard(guard) for guard in fields.children("guards"))

    def _guard(self, fields: Fields) -> rules.Guard:
        guard = rules.Guard(self.needed(fields, "when"), self.award(fields), fields.text("because"))
        fields.finish()
        return guard

    def vetoes(self, fields: Fields) -> tuple[rules.Veto, ...]:
        """K11 vetoes."""
        return tuple(self._veto(veto) for veto in fields.children("vetoes"))

    def _veto(self, fields: Fields) -> rules.Veto:
        scope = fields.choice("scope", rules.VetoScope, rules.VetoScope.ITEM)
        veto = rules.Veto(
            self.needed(fields, "when"), scope, fields.text("node"), fields.text("grade"), fields.text("because")
        )
        if scope is rules.VetoScope.NODE and not veto.node:
            fields.problem("scope: node 要写明 node（指标编号）")
        if scope is rules.VetoScope.GRADE and not veto.grade:
            fields.problem("scope: grade 要写明 grade（等次）")
        fields.finish()
        return veto

    def zero_denominator(self, fields: Fields) -> rules.ZeroDenominator | None:
        """What a zero denominator scores."""
        inner = fields.fields("zero_denominator")
        if inner is None:
            return None
        policy = rules.ZeroDenominator(
            inner.choice("both", rules.ZeroPolicy, rules.ZeroPolicy.NONE),
            inner.choice("only", rules.ZeroPolicy, rules.ZeroPolicy.NONE),
        )
        inner.finish()
        return policy

    def not_applicable(self, fields: Fields) -> rules.NotApplicable | None:
        """When the leaf is not assessed and where its points go."""
        inner = fields.fields("not_applicable")
        if inner is None:
            return None
        policy = inner.choice("policy", rules.Policy, rules.Policy.NONE)
        na = rules.NotApplicable(
            policy,
            inner.text("to", required=policy in (rules.Policy.TO_ITEM, rules.Policy.TO_NODE)),
            self.expression(inner, "when"),
            inner.choice("otherwise", rules.Policy, rules.Policy.TO_ALL),
            inner.text("because"),
        )
        if na.to and policy not in (rules.Policy.TO_ITEM, rules.Policy.TO_NODE):
            inner.problem(f"policy 写 to_item 或 to_node 时才写 to，这里写的是 {policy}", "to")
        if na.otherwise in (rules.Policy.TO_ITEM, rules.Policy.TO_NODE, rules.Policy.NONE):
            inner.problem("应是 full、zero、to_siblings、to_all 或 rescale", "otherwise")
        inner.finish()
        return na

    def tariff(self, fields: Fields) -> rules.Tariff | None:
        """K09, K10: points per row of a register; None where the tariff is 「none」."""
        if isinstance(fields.get("tariff"), Scalar) or fields.get("tariff") is None:
            if fields.text("tariff", "none") != "none":
                fields.problem("应写 none，或写 {register, by, points}", "tariff")
            return None
        inner = fields.fields("tariff")
        assert inner is not None
        kind = self.register(inner)
        by = self.column(inner, "by", kind, required=True)
        prices = self._prices(inner, kind, by)
        tariff = rules.Tariff(
            kind.name if kind else "",
            by,
            prices,
            self.column(inner, "distinct", kind),
            self.expression(inner, "where", kind),
        )
        if not prices:
            inner.problem("缺少 points（每一级多少分）")
        inner.finish()
        return tariff

    def _prices(self, fields: Fields, kind: RegisterKind | None, by: str) -> tuple[tuple[str, Fraction], ...]:
        """What each level of the tariff's column is worth; a level that the column cannot hold is a problem."""
        points = fields.fields("points")
        if points is None:
            return ()
        column = kind.column(by) if kind else None
        choices = column.choices if column else ()
        for level in points.tree.entries:
            if choices and level not in choices:
                points.problem(f"台账列“{by}”没有“{level}”这个选项，可以写：{'、'.join(choices)}", level)
        return tuple(
            (level, points.number(level, Fraction(0), least=0) or Fraction(0)) for level in points.tree.entries
        )

    def award(self, fields: Fields) -> rules.Award:
        """Fixed points (``score``) or a share of the points (``share``), never more than the leaf's own, never negative."""
        stated = [key for key in ("score", "share") if fields.text(key)]
        if len(stated) != 1:
            fields.problem("要写 score（几分）或 share（分值的百分之几）其中一个")
        score = fields.number("score", least=0, most=self.points)
        return rules.Award(score, fields.number("share", least=0, most=1))

    def register(self, fields: Fields, key: str = "register") -> RegisterKind | None:
        """The register a key names."""
        name = fields.text(key, required=True)
        kind = self.vocabulary.registers.get(name)
        if kind is None and name:
            fields.problem(f"没有叫“{name}”的台账", key)
        return kind

    def column(self, fields: Fields, key: str, kind: RegisterKind | None, *, required: bool = False) -> str:
        """The name of a register's column behind a key."""
        name = fields.text(key, required=required)
        if not name or kind is None:
            return name
        column = kind.column(name)
        if column is None:
            fields.problem(f"台账“{kind.name}”没有“{name}”这一列；有：{'、'.join(c.name for c in kind.columns)}", key)
            return name
        return column.name

    def number_column(self, fields: Fields, key: str, kind: RegisterKind | None, *, required: bool = False) -> str:
        """The name of a register's column of numbers behind a key."""
        name = self.column(fields, key, kind, required=required)
        column = kind.column(name) if kind and name else None
        if column is not None and column.type is not ItemType.NUMBER:
            fields.problem(f"“{name}”这一列不是数，不能平均或加权", key)
        return name

    def bound(self, fields: Fields, key: str, default: Fraction | None = None) -> tuple[Fraction, str]:
        """A threshold and how it is written."""
        number = fields.number(key, default, required=default is None)
        return (number if number is not None else Fraction(0)), fields.text(key)

    def statement_list(self, fields: Fields) -> tuple[rules.Statement, ...]:
        """The statements of a checklist, with keys unique in the leaf."""
        return tuple(self._statement(item) for item in fields.items("statements"))

    def _statement(self, tree: object) -> rules.Statement:
        if isinstance(tree, Scalar):
            return rules.Statement(self._key(""), tree.text.strip())
        fields = Fields.of(tree, self.problems)  # type: ignore[arg-type]  # every list member is a tree
        key = fields.text("key")
        if key in self.statements:
            fields.problem(f"条目编号“{key}”在本指标里已用过", "key")
        statement = rules.Statement(
            self._key(key),
            fields.text("text", required=True),
            fields.number("points", above=0),
            self.expression(fields, "when"),
            fields.texts("evidence"),
        )
        fields.finish()
        return statement

    def _key(self, key: str) -> str:
        key = key or str(len(self.statements) + 1)
        self.statements.add(key)
        return key

    def parts(self, fields: Fields, key: str, *, with_points: bool) -> tuple[rules.Part, ...]:
        """The parts of a composite or the options of a choice."""
        found = tuple(self._part(part, with_points=with_points) for part in fields.children(key))
        if len(found) < 2:  # noqa: PLR2004 - one part is no composite
            fields.problem(f"{key} 至少要有两项", key)
        return found

    def _part(self, fields: Fields, *, with_points: bool) -> rules.Part:
        points = fields.number("points", required=with_points, above=0)
        inside = RuleReader(self.vocabulary, self.problems, points if with_points else self.points, self.statements)
        part = rules.Part(
            name=fields.text("name", required=True),
            points=points,
            measure=inside.expression(fields, "measure"),
            rule=inside.inner_rule(fields, "rule"),
            guards=inside.guards(fields),
            zero_denominator=inside.zero_denominator(fields),
        )
        check_measure(part.rule, part.measure, fields)
        fields.finish()
        return part


def check_measure(rule: rules.Rule | None, measure: Expression | None, fields: Fields) -> None:
    """A rule that weighs a number needs a measure, and guards need a rule; a problem where there is none."""
    if rule is None and "guards" in fields.tree.entries:
        fields.problem("没有 rule 的指标按单位自评计，guards 用不上；请写 rule 或去掉", "guards")
    weighs = (rules.Proportional, rules.Steps, rules.Excess, rules.PassMark, rules.Rank)
    if isinstance(rule, weighs) and measure is None and "measure" not in fields.tree.entries:
        fields.problem("这种评分方式要写明 measure（计算公式）")


def _proportional(reader: RuleReader, fields: Fields) -> rules.Rule:
    del reader
    to, text = fields.number("to", above=0) or Fraction(1), fields.text("to")
    return rules.Proportional(to, fields.truth("lower_is_better"), _overshoot(fields), text or "100%")


def _overshoot(fields: Fields) -> rules.Overshoot | None:
    inner = fields.fields("overshoot")
    if inner is None:
        return None
    limit = inner.number("limit", Fraction(1), required=True, least=1) or Fraction(1)
    share = inner.number("share", least=0, most=1)
    overshoot = rules.Overshoot(limit, Fraction(1) if share is None else share, inner.text("note", "目标设置偏低"))
    inner.finish()
    return overshoot


def _steps(reader: RuleReader, fields: Fields) -> rules.Rule:
    around = fields.number("around")
    steps = _step_list(reader, fields)
    check_bands(steps, fields, lowest=Fraction(0) if around is not None else None)
    return rules.Steps(steps, around, fields.text("around"))


def _step_list(reader: RuleReader, fields: Fields) -> tuple[rules.Step, ...]:
    steps = []
    for step in fields.children("steps"):
        low, high = step.number("from"), step.number("to")
        above, below = step.number("above"), step.number("below")
        if (low is not None and above is not None) or (high is not None and below is not None):
            step.problem("下限只写 from（含）或 above（不含）之一，上限只写 to（含）或 below（不含）之一")
        interval = rules.Interval(
            low if low is not None else above,
            low is not None,
            high if high is not None else below,
            high is not None,
        )
        steps.append(rules.Step(interval, reader.award(step), step.text("text")))
        step.finish()
    if not steps:
        fields.problem("缺少 steps（各档）")
    return tuple(steps)


def _checklist(reader: RuleReader, fields: Fields) -> rules.Rule:
    statements = reader.statement_list(fields)
    if not statements:
        fields.problem("缺少 statements（条目）")
    stated = [s.points for s in statements if s.points is not None]
    if stated and len(stated) < len(statements):
        fields.problem("各条的 points 要么都写，要么都不写（平均分）", "statements")
    elif stated and reader.points is not None and sum(stated) != reader.points:
        fields.problem(
            f"各条分值合计{_show(sum(stated, Fraction(0)))}分，与本项分值{_show(reader.points)}分不符", "statements"
        )
    return rules.Checklist(statements)


def _defects(reader: RuleReader, fields: Fields) -> rules.Rule:
    each = fields.number("each", required=True, above=0) or Fraction(1)
    rule = rules.Defects(each, reader.expression(fields, "count"), reader.statement_list(fields))
    if ("count" in fields.tree.entries) == bool(rule.statements):
        fields.problem("defects 要写 count（缺陷数的算式）或 statements（条目）其中一个")
    return rule


def _condition(reader: RuleReader, fields: Fields) -> rules.Rule:
    return rules.Condition(reader.needed(fields, "when"))


def _judgement(reader: RuleReader, fields: Fields) -> rules.Rule:
    del reader
    bands = []
    for band in fields.children("bands"):
        low, high = band.number("from", required=True), band.number("to", required=True)
        bands.append(
            rules.Band(band.text("name", required=True), low or Fraction(0), high or Fraction(0), band.text("text"))
        )
        if bands[-1].low > bands[-1].high:
            band.problem("from 不能大于 to")
        if bands[-1].high > 1 or bands[-1].low < 0:
            band.problem("档次写的是分值的百分比，应在0%到100%之间")
        band.finish()
    if not bands:
        fields.problem("缺少 bands（档次）")
    if len({band.name for band in bands}) < len(bands):
        fields.problem("档次名称不能重复", "bands")
    return rules.Judged(tuple(bands))


def _excess(reader: RuleReader, fields: Fields) -> rules.Rule:
    beyond, text = reader.bound(fields, "beyond")
    step = fields.number("step", required=True, above=0) or Fraction(1)
    whole = fields.text("whole_steps") or None
    if whole not in (None, "up", "down"):
        fields.problem("应是 up（不足一档按一档）或 down（不足一档不计），不写则按比例", "whole_steps")
    each = fields.number("each", required=True, above=0) or Fraction(1)
    side = fields.choice("side", rules.Side, rules.Side.ABOVE)
    return rules.Excess(beyond, step, each, side, whole, text, fields.text("step"))


def _pass_mark(reader: RuleReader, fields: Fields) -> rules.Rule:
    mark, text = reader.bound(fields, "mark")
    if not 0 <= mark < 1:
        fields.problem("及格线应在0%到100%之间（不含100%）", "mark")
        mark = Fraction(0)
    return rules.PassMark(mark, text)


def _composite(reader: RuleReader, fields: Fields) -> rules.Rule:
    parts = reader.parts(fields, "parts", with_points=True)
    total = sum((part.points or Fraction(0) for part in parts), Fraction(0))
    if reader.points is not None and total != reader.points:
        fields.problem(f"各部分分值合计{_show(total)}分，与本项分值{_show(reader.points)}分不符", "parts")
    return rules.Composite(parts)


def _difference(reader: RuleReader, fields: Fields) -> rules.Rule:
    of, against = reader.needed(fields, "of"), reader.needed(fields, "against")
    rule = reader.inner_rule(fields, "rule")
    if not isinstance(rule, rules.Steps | rules.Excess):
        fields.problem("差异率要用 steps 或 excess 评分", "rule")
    return rules.Difference(of, against, rule)


def _rank(reader: RuleReader, fields: Fields) -> rules.Rule:
    steps = _step_list(reader, fields)
    check_bands(steps, fields, lowest=Fraction(0), highest=Fraction(1))
    return rules.Rank(steps, fields.truth("lower_is_better"))


def _outside(reader: RuleReader, fields: Fields) -> rules.Rule:
    return rules.Outside(reader.needed(fields, "score"), _positive(fields, "of", Fraction(100)))


def _weighted(reader: RuleReader, fields: Fields) -> rules.Rule:
    kind = reader.register(fields)
    return rules.Weighted(
        kind.name if kind else "",
        reader.number_column(fields, "value", kind, required=True),
        reader.number_column(fields, "weight", kind),
        reader.expression(fields, "where", kind),
        _positive(fields, "of", Fraction(100)),
    )


# What a register of free leaves must hold; the scorer reads these columns by name.
_FREE_COLUMNS = ("三级指标", "指标值", "实际完成值", "分值")


def _free(reader: RuleReader, fields: Fields) -> rules.Rule:
    kind = reader.register(fields)
    lacking = [name for name in _FREE_COLUMNS if kind is not None and kind.column(name) is None]
    if kind is not None and lacking:
        fields.problem(
            f"自定指标的台账要有{'、'.join(_FREE_COLUMNS)}几列，“{kind.name}”缺{'、'.join(lacking)}", "register"
        )
    share = fields.text("share", "stated")
    if share not in ("stated", "equal"):
        fields.problem("应是 stated（各行自己的分值）或 equal（平均）", "share")
    row_reader = RuleReader(reader.vocabulary, reader.problems)
    quantitative = (
        row_reader.inner_rule(fields, "quantitative")
        if fields.get("quantitative") is not None
        else rules.Proportional()
    )
    qualitative = row_reader.inner_rule(fields, "qualitative") if fields.get("qualitative") is not None else None
    if not isinstance(quantitative, rules.Proportional | rules.PassMark | rules.Steps):
        fields.problem("定量目标只能用 proportional、pass_mark 或 steps", "quantitative")
    if not isinstance(qualitative, rules.Judged | None):
        fields.problem("定性目标只能用 judgement", "qualitative")
        qualitative = None
    where = reader.expression(fields, "where", kind)
    return rules.FreeLeaves(kind.name if kind else "", where, share, quantitative, qualitative)


def _choose(reader: RuleReader, fields: Fields) -> rules.Rule:
    by = fields.text("by", "best")
    if by not in ("best", "department"):
        fields.problem("应是 best（取高）或 department（由单位选）", "by")
    return rules.Choose(reader.parts(fields, "options", with_points=False), by)


def _unscored(reader: RuleReader, fields: Fields) -> rules.Rule:
    del reader, fields
    return rules.Unscored()


def _positive(fields: Fields, key: str, default: Fraction) -> Fraction:
    return fields.number(key, default, above=0) or default


def _show(number: Fraction | int) -> str:
    return f"{float(number):g}"  # a message only, never a figure of record


_KINDS: dict[str, Callable[[RuleReader, Fields], rules.Rule]] = {
    "proportional": _proportional,
    "steps": _steps,
    "checklist": _checklist,
    "defects": _defects,
    "condition": _condition,
    "judgement": _judgement,
    "excess": _excess,
    "pass_mark": _pass_mark,
    "composite": _composite,
    "difference": _difference,
    "rank": _rank,
    "outside": _outside,
    "weighted": _weighted,
    "free": _free,
    "choose": _choose,
    "none": _unscored,
}
