"""What changed between two indicator systems, leaf by leaf."""

from dataclasses import dataclass

from hengji.model.numerals import plain
from hengji.model.system import Extra, Indicator, IndicatorSystem
from hengji.scoring.describe import describe_extra, describe_leaf


@dataclass(frozen=True, slots=True)
class Change:
    """One difference: which indicator, what about it, before and after (an empty text where there was nothing)."""

    id: str
    name: str
    what: str
    before: str
    after: str


def compare(old: IndicatorSystem, new: IndicatorSystem) -> tuple[Change, ...]:
    """The changes from one system to another: indicators by id, then what stands outside the tree."""
    before = {indicator.id: indicator for indicator, _ in old.walk()}
    after = {indicator.id: indicator for indicator, _ in new.walk()}
    changes: list[Change] = []
    for indicator_id in dict.fromkeys([*before, *after]):
        changes.extend(_indicator(before.get(indicator_id), after.get(indicator_id)))
    for what, was, now in (
        ("等次", _grades(old), _grades(new)),
        ("封顶", _cap(old), _cap(new)),
        ("加分", _extra(old.bonus), _extra(new.bonus)),
        ("扣分", _extra(old.deduction), _extra(new.deduction)),
        ("一票否决", str(len(old.vetoes)), str(len(new.vetoes))),
    ):
        if was != now:
            changes.append(Change("", "总分", what, was, now))
    return tuple(changes)


def _indicator(old: Indicator | None, new: Indicator | None) -> list[Change]:
    if old is None or new is None:
        there = new or old
        assert there is not None
        text = f"{_points(there)}"
        return [
            Change(
                there.id,
                there.name,
                "新增" if old is None else "删除",
                "" if old is None else text,
                "" if new is None else text,
            )
        ]
    pairs = [("名称", old.name, new.name), ("分值", _points(old), _points(new))]
    if old.is_leaf and new.is_leaf:
        pairs.append(("规则", "；".join(describe_leaf(old)), "；".join(describe_leaf(new))))
        pairs.append(("评分标准", old.standard, new.standard))
    return [Change(new.id, new.name, what, was, now) for what, was, now in pairs if was != now]


def _points(indicator: Indicator) -> str:
    return f"{plain(indicator.points)}分" if indicator.points is not None else "未定分值"


def _grades(system: IndicatorSystem) -> str:
    return "、".join(f"{grade.name}≥{plain(grade.low)}" for grade in system.grades)


def _cap(system: IndicatorSystem) -> str:
    return "不封顶" if system.cap is None else f"{plain(system.cap)}分"


def _extra(extra: Extra | None) -> str:
    return "无" if extra is None else describe_extra(extra)
