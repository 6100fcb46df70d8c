"""Loads data items and registers: the library's dictionary and what a system adds of its own."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from hengji.language import ExpressionError, Vocabulary, kind_of_type, parse, require, unit_of
from hengji.library.nodes import Fields, Mapping, Tree, read_tree_file
from hengji.model.expression import Expression, item_names
from hengji.model.item import AccountsCell, Dictionary, Item, ItemType, RegisterColumn, RegisterKind
from hengji.model.problem import Problem

_ADDITIVE = ("元", "千元", "万元", "亿元", "人", "个", "件", "项", "份", "次", "辆", "平方米", "宗", "家", "批次")


@dataclass(frozen=True, slots=True)
class _Draft:
    """An item or a register's column whose expressions are still text, with where they stand."""

    counted: tuple[str, str] = ("", "")
    formula: tuple[str, str] = ("", "")


def read_dictionary(
    items: Iterable[tuple[Tree, str]], registers: Iterable[Tree], base: Dictionary, problems: list[Problem]
) -> Dictionary:
    """The base dictionary with these items (each with its group) and registers added or replaced.

    Expressions are read last, since they may name anything declared; items whose formulas run in a circle are problems.
    """
    kinds, column_drafts = dict(base.registers), {}
    for tree in registers:
        kind, drafts = _register(Fields.of(tree, problems))
        kinds[kind.name] = kind
        column_drafts[kind.name] = drafts
    found, item_drafts = dict(base.items), {}
    for tree, group in items:
        item, draft = _item(Fields.of(tree, problems), group)
        if item.name:
            found[item.name] = item
            item_drafts[item.name] = draft
    dictionary = Dictionary(found, kinds)
    _check_aliases(dictionary, item_drafts.keys(), problems)
    dictionary = _with_expressions(dictionary, item_drafts, column_drafts, problems)
    _check_circles(dictionary, problems)
    return dictionary


def read_dictionary_folders(folders: Iterable[Path], problems: list[Problem]) -> Dictionary:
    """The dictionary of the library folders, a later folder replacing what an earlier one declares."""
    items: list[tuple[Tree, str]] = []
    registers: list[Tree] = []
    for folder in folders:
        seen: dict[str, str] = {}
        for path in sorted((folder / "items").glob("*.yaml")):
            tree = read_tree_file(path, problems, f"items/{path.name}")
            items.extend(_items_of(tree, problems, seen) if tree else ())
        for path in sorted((folder / "registers").glob("*.yaml")):
            tree = read_tree_file(path, problems, f"registers/{path.name}")
            registers.extend((tree,) if tree else ())
    return read_dictionary(items, registers, Dictionary(), problems)


def _items_of(tree: Mapping, problems: list[Problem], seen: dict[str, str]) -> list[tuple[Tree, str]]:
    fields = Fields(tree, problems)
    group = fields.text("group", required=True)
    items = fields.items("items")
    fields.finish()
    for item in items:
        name = Fields.of(item, []).text("name")
        if name in seen:
            problems.append(Problem(item.place, f"数据项“{name}”已在{seen[name]}声明过"))
        seen[name] = item.place
    return [(item, group) for item in items]


def _item(fields: Fields, group: str) -> tuple[Item, _Draft]:
    unit = fields.text("unit")
    kind = fields.choice("type", ItemType, ItemType.NUMBER)
    units = fields.text("units", "sum" if unit in _ADDITIVE else "none")
    draft = _Draft(_expression_text(fields, "counted"), _expression_text(fields, "formula"))
    item = Item(
        name=fields.text("name", required=True),
        type=kind,
        unit=unit,
        group=fields.text("group", group),
        aliases=fields.texts("aliases"),
        table=fields.text("table"),
        where=fields.text("where"),
        choices=fields.texts("choices"),
        accounts=tuple(_accounts_cell(cell) for cell in fields.children("accounts")),
        summed_over_units=units == "sum",
        place=fields.place,
    )
    if units not in ("sum", "none"):
        fields.problem("应是 sum 或 none", "units")
    if kind is ItemType.CHOICE and not item.choices:
        fields.problem("choice 类数据项要列出 choices")
    fields.finish()
    return item, draft


def _accounts_cell(fields: Fields) -> AccountsCell:
    cell = AccountsCell(fields.text("table", required=True), fields.text("row"), fields.text("column"))
    fields.finish()
    return cell


def _register(fields: Fields) -> tuple[RegisterKind, dict[str, tuple[str, str]]]:
    drafts: dict[str, tuple[str, str]] = {}
    columns: list[RegisterColumn] = []
    name = fields.text("name", required=True)
    for column in fields.children("columns"):
        columns.append(_column(column))
        drafts[columns[-1].name] = _expression_text(column, "formula")
        column.finish()
    kind = RegisterKind(
        name=name,
        title=fields.text("title", name),
        about=fields.text("about"),
        columns=tuple(columns),
        aliases=fields.texts("aliases"),
    )
    if not columns:
        fields.problem("台账至少要有一列（columns）")
    if len({column.name for column in columns}) < len(columns):
        fields.problem("台账的列名不能重复", "columns")
    fields.finish()
    return kind, drafts


def _column(fields: Fields) -> RegisterColumn:
    return RegisterColumn(
        name=fields.text("name", required=True),
        type=fields.choice("type", ItemType, ItemType.TEXT),
        unit=fields.text("unit"),
        aliases=fields.texts("aliases"),
        choices=fields.texts("choices"),
        required=fields.truth("required"),
        about=fields.text("about"),
    )


def _expression_text(fields: Fields, key: str) -> tuple[str, str]:
    text = fields.text(key)
    tree = fields.tree.entries.get(key)
    return text, tree.place if tree is not None else fields.place


def _with_expressions(
    dictionary: Dictionary,
    item_drafts: dict[str, _Draft],
    column_drafts: dict[str, dict[str, tuple[str, str]]],
    problems: list[Problem],
) -> Dictionary:
    vocabulary = Vocabulary(dictionary)

    def expression(
        text_and_place: tuple[str, str], unit: str, type_: ItemType, register: RegisterKind | None = None
    ) -> Expression | None:
        text, place = text_and_place
        if not text:
            return None
        try:
            parsed = parse(text, vocabulary, register)
            require(parsed.tree, kind_of_type(type_), dictionary, register.name if register else "")
            found = unit_of(parsed.tree, dictionary, register.name if register else "")
        except ExpressionError as error:
            problems.append(Problem(place, str(error)))
            return None
        if unit and found and found != unit and not {found, unit} <= {"%", None}:
            problems.append(Problem(place, f"算出来的单位是“{found}”，与声明的“{unit}”不同"))
        return parsed

    kinds = {
        name: replace(
            kind,
            columns=tuple(
                replace(column, formula=expression(column_drafts[name][column.name], column.unit, column.type, kind))
                for column in kind.columns
            ),
        )
        if name in column_drafts
        else kind
        for name, kind in dictionary.registers.items()
    }
    items = {
        name: replace(
            item,
            counted=expression(item_drafts[name].counted, item.unit, item.type),
            formula=expression(item_drafts[name].formula, item.unit, item.type),
        )
        if name in item_drafts
        else item
        for name, item in dictionary.items.items()
    }
    return Dictionary(items, kinds)


def _check_aliases(dictionary: Dictionary, names: Iterable[str], problems: list[Problem]) -> None:
    """Reports an alias of one of these items that is another item's name: it would never be taken for the alias."""
    for name in names:
        item = dictionary.items[name]
        for alias in item.aliases:
            if alias != name and alias in dictionary.items:
                problems.append(
                    Problem(item.place, f"数据项“{name}”的别名“{alias}”是另一个数据项的名称，请去掉这个别名")
                )


def _check_circles(dictionary: Dictionary, problems: list[Problem]) -> None:
    """Reports items whose formulas lead back to themselves."""
    settled: set[str] = set()

    def follow(name: str, path: tuple[str, ...]) -> None:
        if name in path:
            circle = " → ".join((*path[path.index(name) :], name))
            problems.append(Problem(dictionary.items[name].place, f"数据项的公式循环引用：{circle}"))
            settled.update(path)
            return
        if name in settled:
            return
        item = dictionary.items[name]
        for expression in (item.formula, item.counted):
            for needed in item_names(expression.tree) if expression else ():
                follow(needed, (*path, name))
        settled.add(name)

    for name in dictionary.items:
        follow(name, ())
