"""What a system asks a department for: which items and registers its rules read, which statements and bands they judge."""

from collections.abc import Iterable

from hengji.model import rules
from hengji.model.expression import Expression, item_names, register_names
from hengji.model.item import Item, RegisterKind
from hengji.model.system import Indicator, IndicatorSystem


def needed_items(system: IndicatorSystem) -> tuple[Item, ...]:
    """The items the system's rules read, directly or through formulas, in the order of the dictionary."""
    wanted: set[str] = set()

    def need(name: str) -> None:
        if name in wanted or name not in system.dictionary.items:
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


def needed_registers(system: IndicatorSystem) -> tuple[RegisterKind, ...]:
    """The registers that feed a score, in the order of the dictionary."""
    expressions = [*_expressions(system)]
    for item in needed_items(system):
        expressions += [each for each in (item.counted, item.formula) if each is not None]
    wanted = {name for expression in expressions for name in register_names(expression.tree)}
    for rule in _rules(system):
        if isinstance(rule, rules.Weighted | rules.FreeLeaves):
            wanted.add(rule.register)
    for extra in (system.bonus, system.deduction):
        if extra is not None and extra.tariff is not None:
            wanted.add(extra.tariff.register)
    return tuple(kind for kind in system.dictionary.registers.values() if kind.name in wanted)


def other_registers(system: IndicatorSystem) -> tuple[RegisterKind, ...]:
    """The registers that feed no score: for the report and the checks."""
    needed = {kind.name for kind in needed_registers(system)}
    return tuple(kind for kind in system.dictionary.registers.values() if kind.name not in needed)


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
        case rules.Difference(of, against, inner):
            yield from (of, against)
            yield from _of_rule(inner)
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
        if isinstance(indicator.rule, rules.Composite | rules.Choose):
            parts = indicator.rule.parts if isinstance(indicator.rule, rules.Composite) else indicator.rule.options
            yield from (part.rule for part in parts)
