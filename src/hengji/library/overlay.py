"""Lays one system file over another: merge by id, lists replaced whole, deletion only by ``remove``."""

from collections.abc import Callable

from hengji.library.nodes import Fields, Mapping, Scalar, Sequence, Tree
from hengji.model.problem import Problem

# Mappings that an overlay changes key by key; every other value it states replaces the base's.
_MERGED = ("total", "bonus", "deduction", "years")
# What describes the file itself and is never inherited.
_OWN = ("id", "version", "extends", "remove", "tests")


def overlay(base: Mapping, over: Mapping, problems: list[Problem]) -> Mapping:
    """The base with the overlay's changes; neither argument is changed."""
    entries = {key: tree for key, tree in base.entries.items() if key not in _OWN}
    entries |= {key: tree for key, tree in over.entries.items() if key in _OWN and key not in ("extends", "remove")}
    for key, tree in over.entries.items():
        if key in _OWN or key == "indicators":
            continue
        entries[key] = _merged(key, entries.get(key), tree)
    indicators = _indicators(base, over, problems)
    return Mapping(_ordered(entries | {"indicators": indicators}), over.place)


def _merged(key: str, base: Tree | None, over: Tree) -> Tree:
    if isinstance(base, Mapping) and isinstance(over, Mapping) and key in _MERGED:
        return Mapping(base.entries | over.entries, over.place)
    if isinstance(base, Sequence) and isinstance(over, Sequence) and key in ("items", "registers"):
        replaced = {_name(item) for item in over.items}
        return Sequence((*(i for i in base.items if _name(i) not in replaced), *over.items), over.place)
    return over


def _name(tree: Tree) -> str:
    return Fields.of(tree, []).text("name")


def _id(tree: Tree) -> str:
    return Fields.of(tree, []).text("id")


def _ordered(entries: dict[str, Tree]) -> dict[str, Tree]:
    """The keys that name the file first, so that the resolved text reads like one that was written."""
    return {key: entries[key] for key in sorted(entries, key=lambda k: k not in ("id", "version", "name"))}


def _indicators(base: Mapping, over: Mapping, problems: list[Problem]) -> Tree:
    tree = base.entries.get("indicators", Sequence((), base.place))
    existing = set(_ids(tree))
    for indicator_id in Fields(over, problems).texts("remove"):
        if indicator_id not in existing:
            place = over.entries["remove"].place
            problems.append(Problem(place, f"要删除的指标“{indicator_id}”在上级体系里没有"))
        tree = _without(tree, indicator_id)
    stated = over.entries.get("indicators")
    if not isinstance(stated, Sequence):
        return tree
    for indicator in stated.items:
        tree = _laid(tree, indicator, problems)
    return tree


def _ids(tree: Tree) -> list[str]:
    found: list[str] = []
    for item in tree.items if isinstance(tree, Sequence) else ():
        found.append(_id(item))
        if isinstance(item, Mapping) and "parts" in item.entries:
            found.extend(_ids(item.entries["parts"]))
    return found


def _without(tree: Tree, indicator_id: str) -> Tree:
    if not isinstance(tree, Sequence):
        return tree
    kept = tuple(item for item in tree.items if _id(item) != indicator_id)
    return Sequence(tuple(_with_parts(item, lambda parts: _without(parts, indicator_id)) for item in kept), tree.place)


def _with_parts(item: Tree, change: Callable[[Tree], Tree]) -> Tree:
    if not isinstance(item, Mapping) or "parts" not in item.entries:
        return item
    return Mapping(item.entries | {"parts": change(item.entries["parts"])}, item.place)


def _laid(tree: Tree, indicator: Tree, problems: list[Problem]) -> Tree:
    """The tree with one indicator of the overlay merged where its id stands, or added where it says."""
    if not isinstance(indicator, Mapping):
        problems.append(Problem(indicator.place, "这里应是一个指标（id、name …）"))
        return tree
    indicator_id = _id(indicator)
    parent = Fields(indicator, problems).text("parent")
    if indicator_id in _ids(tree):
        if parent and indicator_id not in _ids(_below(tree, parent)):
            message = f"“{indicator_id}”在上级体系里不在“{parent}”下面，parent 不能移动它；要换位置，请写进 remove，再用新编号整项写在新位置"
            problems.append(Problem(indicator.entries["parent"].place, message))
        return _merge_at(tree, indicator_id, indicator, problems)
    added = Mapping({k: v for k, v in indicator.entries.items() if k != "parent"}, indicator.place)
    if not parent:
        return _append(tree, added)
    if parent not in _ids(tree):
        problems.append(
            Problem(indicator.place, f"上级体系里没有编号为“{parent}”的指标，无法把“{indicator_id}”加到它下面")
        )
        return tree
    return _append_below(tree, parent, added)


def _below(tree: Tree, indicator_id: str) -> Tree:
    """The indicators right below the one of that id; none where there is no such indicator."""
    for item in tree.items if isinstance(tree, Sequence) else ():
        if not isinstance(item, Mapping):
            continue
        parts = item.entries.get("parts", Sequence((), item.place))
        found = parts if _id(item) == indicator_id else _below(parts, indicator_id)
        if isinstance(found, Sequence) and found.items:
            return found
    return Sequence((), tree.place)


def _append(tree: Tree, indicator: Mapping) -> Tree:
    items = tree.items if isinstance(tree, Sequence) else ()
    return Sequence((*items, indicator), tree.place)


def _append_below(tree: Tree, parent: str, indicator: Mapping) -> Tree:
    if not isinstance(tree, Sequence):
        return tree
    items: list[Tree] = []
    for item in tree.items:
        if _id(item) == parent and isinstance(item, Mapping):
            parts = item.entries.get("parts", Sequence((), item.place))
            items.append(Mapping(item.entries | {"parts": _append(parts, indicator)}, item.place))
        else:
            items.append(_with_parts(item, lambda parts: _append_below(parts, parent, indicator)))
    return Sequence(tuple(items), tree.place)


def _merge_at(tree: Tree, indicator_id: str, over: Mapping, problems: list[Problem]) -> Tree:
    if not isinstance(tree, Sequence):
        return tree
    items: list[Tree] = []
    for item in tree.items:
        if _id(item) == indicator_id and isinstance(item, Mapping):
            items.append(_merge_indicator(item, over, problems))
        else:
            items.append(_with_parts(item, lambda parts: _merge_at(parts, indicator_id, over, problems)))
    return Sequence(tuple(items), tree.place)


def _merge_indicator(base: Mapping, over: Mapping, problems: list[Problem]) -> Mapping:
    entries = base.entries | {k: v for k, v in over.entries.items() if k not in ("parts", "parent")}
    # A key the overlay leaves empty is taken away (`rule:` with nothing behind it: scored by claim again).
    entries = {k: v for k, v in entries.items() if not (k in over.entries and v == Scalar("", v.place))}
    parts = over.entries.get("parts")
    if isinstance(parts, Sequence):
        below = entries.get("parts", Sequence((), over.place))
        for part in parts.items:
            below = _laid(below, part, problems)
        entries["parts"] = below
    return Mapping(entries, over.place)
