"""The one table of layout for writing and reading the workbook: sheets, columns, and which items a system needs."""

from collections.abc import Iterable
from dataclasses import dataclass

from hengji.model import rules
from hengji.model.expression import Expression, item_names, register_names
from hengji.model.item import Item, RegisterKind
from hengji.model.system import Indicator, IndicatorSystem


@dataclass(frozen=True, slots=True)
class Field:
    """One column of a sheet: what it holds, its printed title, other titles it is known by, its width."""

    key: str
    title: str
    aliases: tuple[str, ...] = ()
    width: int = 12


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of the workbook, the registers excepted."""

    name: str
    title: str
    fields: tuple[Field, ...]
    aliases: tuple[str, ...] = ()


COVER = Sheet(
    "封面", "部门整体支出绩效自评填报工作簿", (Field("label", "项目", width=18), Field("value", "内容", ("填写",), 60))
)
ITEMS = Sheet(
    "数据项",
    "数据项（白格填写，灰格自动算）",
    (
        Field("item", "数据项", ("指标数据", "项目"), 30),
        Field("unit", "单位", ("计量单位",), 8),
        Field("now", "本年数", ("本年", "本年度", "今年"), 14),
        Field("before", "上年数", ("上年", "上年度", "去年"), 14),
        Field("change", "增减", (), 10),
        Field("where", "填报说明", ("到哪里找",), 46),
        Field("locator", "出处", ("页码、单元格",), 20),
        Field("quote", "原文", (), 20),
        Field("source", "来源", (), 9),
    ),
    ("基础数据", "基础数据表"),
)
VALUES = Sheet(
    "其他数值",
    "其他年度、下属单位和需要注明单位、状态的数值",
    (
        Field("item", "数据项", (), 30),
        Field("year", "年度", (), 8),
        Field("unit_name", "下属单位", (), 20),
        Field("value", "数值", (), 14),
        Field("unit", "单位", (), 8),
        Field("state", "状态", (), 10),
        Field("source", "来源", (), 10),
        Field("locator", "出处", (), 24),
        Field("quote", "原文", (), 40),
    ),
)
JUDGEMENTS = Sheet(
    "定性指标",
    "定性指标（逐条判定）",
    (
        Field("leaf", "指标编号", ("编号",), 10),
        Field("name", "指标", ("指标名称",), 20),
        Field("kind", "类型", (), 8),
        Field("key", "要点编号", (), 9),
        Field("text", "要点或档次", ("要点",), 46),
        Field("answer", "判定", ("是否符合",), 14),
        Field("share", "给分比例", (), 10),
        Field("reason", "说明或理由", ("理由",), 30),
        Field("evidence", "佐证", ("佐证材料",), 24),
    ),
)
CLAIMS = Sheet(
    "自评得分",
    "自评得分（不填则按系统计算的得分）",
    (
        Field("leaf", "指标编号", ("编号",), 10),
        Field("name", "指标", ("指标名称",), 30),
        Field("points", "分值", (), 8),
        Field("score", "自评得分", ("得分",), 10),
        Field("reason", "理由", ("扣分原因", "与系统得分不同的理由"), 30),
        Field("exempt", "不考核理由", (), 30),
        Field("exempt_evidence", "不考核佐证", (), 20),
        Field("locator", "出处", (), 16),
        Field("quote", "原文", (), 20),
    ),
)
EVIDENCE = Sheet(
    "佐证材料",
    "佐证材料清单",
    (
        Field("title", "材料名称", (), 36),
        Field("proves", "证明的指标或数据项", ("用于",), 26),
        Field("file", "文件名", (), 28),
        Field("locator", "页码或位置", ("定位",), 18),
        Field("sha256", "校验值", (), 20),
    ),
)
NARRATIVE = Sheet(
    "文字材料",
    "文字材料（一段一行）",
    (Field("chapter", "章节", (), 18), Field("text", "内容", ("文字",), 100)),
)
FIXED = (COVER, ITEMS, JUDGEMENTS, CLAIMS, EVIDENCE, NARRATIVE, VALUES)

DEPARTMENT, YEAR, SYSTEM, VERSION, HASH, UNITS, GRADE = (
    "单位名称",
    "评价年度",
    "指标体系",
    "体系版本",
    "体系校验",
    "下属单位",
    "自评等次",
)
COVER_LABELS = ("单位负责人", "填报人", "联系电话", "填报日期")
COMPLETE, NONE_THIS_YEAR = "已填完", "本年无此项"
ROW_UNIT, ROW_LOCATOR = "下属单位", "出处"
STATEMENT, BAND, CHOICE = "要点", "评判", "选择"
CHAPTERS = (
    "主要职责", "机构设置", "下属单位", "人员编制", "年度总体工作", "重点工作任务", "绩效目标", "自评组织",
    "自评结论补充", "主要绩效", "存在问题", "相关建议", "改进措施", "其他说明",
)  # fmt: skip
LEAF_CHAPTER = "指标:"


def needed_items(system: IndicatorSystem) -> tuple[Item, ...]:
    """The items the system's rules read, directly or through formulas, in the order of the dictionary."""
    wanted: set[str] = set()

    def need(name: str) -> None:
        if name in wanted:
            return
        wanted.add(name)
        item = system.dictionary.items[name]
        for expression in (item.formula, item.counted):
            for inner in item_names(expression.tree) if expression else ():
                need(inner)

    for expression in _expressions(system):
        for name in item_names(expression.tree):
            need(name)
    return tuple(item for item in system.dictionary.items.values() if item.name in wanted)


def other_items(system: IndicatorSystem) -> tuple[Item, ...]:
    """The rest of the dictionary: useful for the report and the checks, not for the score."""
    needed = {item.name for item in needed_items(system)}
    return tuple(item for item in system.dictionary.items.values() if item.name not in needed)


def ordered_registers(system: IndicatorSystem) -> tuple[RegisterKind, ...]:
    """The registers, those that feed a score first."""
    direct = {name for expression in _expressions(system) for name in register_names(expression.tree)}
    counted = {
        name for item in needed_items(system) if item.counted is not None for name in register_names(item.counted.tree)
    }
    named = {rule.register for rule in _rules(system) if isinstance(rule, rules.Weighted | rules.FreeLeaves)}
    extras = {e.tariff.register for e in (system.bonus, system.deduction) if e is not None and e.tariff is not None}
    first = direct | counted | named | extras
    kinds = system.dictionary.registers.values()
    return (*(k for k in kinds if k.name in first), *(k for k in kinds if k.name not in first))


def _expressions(system: IndicatorSystem) -> Iterable[Expression]:
    for indicator, _ in system.walk():
        yield from _of_indicator(indicator)
    for veto in system.vetoes:
        yield veto.when
    for extra in (system.bonus, system.deduction):
        if extra is not None and extra.tariff is not None and extra.tariff.where is not None:
            yield extra.tariff.where


def _of_indicator(indicator: Indicator) -> Iterable[Expression]:
    if indicator.measure is not None:
        yield indicator.measure
    yield from (guard.when for guard in indicator.guards)
    yield from (veto.when for veto in indicator.vetoes)
    if indicator.not_applicable is not None and indicator.not_applicable.when is not None:
        yield indicator.not_applicable.when
    if indicator.rule is not None:
        yield from _of_rule(indicator.rule)


def _of_rule(rule: rules.Rule) -> Iterable[Expression]:
    match rule:
        case rules.Checklist(statements) | rules.Defects(_, _, statements):
            yield from (statement.when for statement in statements if statement.when is not None)
            if isinstance(rule, rules.Defects) and rule.count is not None:
                yield rule.count
        case rules.Condition(when):
            yield when
        case rules.Difference(of, against):
            yield from (of, against)
        case rules.Outside(score):
            yield score
        case rules.Composite(parts) | rules.Choose(parts):
            for part in parts:
                if part.measure is not None:
                    yield part.measure
                yield from (guard.when for guard in part.guards)
                yield from _of_rule(part.rule)
        case rules.Weighted() | rules.FreeLeaves():
            if rule.where is not None:
                yield rule.where


def _rules(system: IndicatorSystem) -> Iterable[rules.Rule]:
    for indicator, _ in system.walk():
        if indicator.rule is None:
            continue
        yield indicator.rule
        if isinstance(indicator.rule, rules.Composite):
            yield from (part.rule for part in indicator.rule.parts)


def statements_of(rule: rules.Rule | None) -> tuple[rules.Statement, ...]:
    """The statements of a leaf's rule that a person judges, composite parts included."""
    match rule:
        case rules.Checklist(statements) | rules.Defects(_, _, statements):
            return statements
        case rules.Composite(parts) | rules.Choose(parts):
            return tuple(statement for part in parts for statement in statements_of(part.rule))
    return ()


def bands_of(rule: rules.Rule | None) -> tuple[rules.Band, ...]:
    """The bands of a leaf's rule that a person picks from."""
    match rule:
        case rules.Judged(bands):
            return bands
        case rules.Composite(parts):
            return tuple(band for part in parts for band in bands_of(part.rule))
    return ()


def sheet_title(kind: RegisterKind) -> str:
    """The sheet name of a register."""
    return kind.name[:31]
