"""R19: losses that a leaf's own rule and figures make: so many points for each fault, or the band that a rate falls into."""

import itertools
import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from hengji.auditing.case import Case
from hengji.auditing.rescoring.by_rule import reading_of
from hengji.model.extraction import ScoredItem
from hengji.model.patterns import pattern

_EACH = pattern(
    r"(?:每|一)(?:有|发现|出现|发生|增加?|减少?|多|少|低|高|超|差|缺|迟报?|逾期)*\s?(?P<step>\d+(?:\.\d+)?)?\s?(?:个百分点|(?P<unit>[\u4e00-\u9fff]))?[^,。;\d]{0,12},?[^,。;\d]{0,4}?(?P<points>\d+(?:\.\d+)?)\s?分"
)
_BAND = pattern(
    r"[^,、。;\n]*(?:以上|以下|以内|[至到]|超过|低于|不足|大于|小于|[≥≤<>]|[—~～-])[^,、。;\d]{0,8}(?:\d[\d.]*%?)?[^,、。;\d]{0,10}?\d+(?:\.\d+)?\s?分[^,、。;\n]*"
)
_BANDS = 2  # bands: fewer are a goal
_FIGURE = pattern(r"(?<![\d.])(?P<n>\d[\d,]*(?:\.\d+)?)\s?(?P<unit>%|[\u4e00-\u9fff])")


def lost_by_rule(case: Case, item: ScoredItem, lost: Decimal) -> bool:
    """Whether a leaf tells the rule and the figures that make what it lost."""
    text = case.text(item.body).replace(item.name, " ", 1)
    if item.table:
        text = f"{item.rule};{item.actual};{item.remark}"
    return (
        _by_each(text, lost)
        or _by_bands(text)
        or _as_its_rule_gives(case, item)
        or (item.table and _by_each_elsewhere(case, item, lost))
    )


def _by_each_elsewhere(case: Case, item: ScoredItem, lost: Decimal) -> bool:
    """Whether running text tells a row's rule, and elsewhere how far it went beyond: 「“三公”经费每超1%扣0.5分」, 「超预算6.00%」."""
    core = _QUALITY.sub("", item.name.replace('"', ""))
    if len(core) < _CORE or not any(_EACH_RATE.search(text) for _, text in case.running if "每" in text):
        return False
    told = [part for _, text in case.running for part in text.replace('"', "").split(";") if core in part]
    for rule in (match for part in told if "每" in part for match in _EACH_RATE.finditer(part)):
        beyond = lost / Decimal(rule["points"]) * Decimal(rule["step"])
        if any(Decimal(match["n"]) == beyond for part in told for match in _BEYOND.finditer(part)):
            return True
    return False


_CORE = 3  # characters of a leaf's name without its quality
_QUALITY = pattern(r"(?:控制|执行|完成|变动|调整|管理|情况|率|性)+$")
_EACH_RATE = pattern(
    r"每(?:超出?过?|低|少|差|高|增加|下降)(?:过|于)?\s?(?P<step>[1-9]\d*(?:\.\d+)?)\s?(?:%|个百分点)[^,。;\d]{0,4}扣\s?(?P<points>\d*[1-9]\d*(?:\.\d+)?|0\.\d*[1-9]\d*)\s?分"
)
_BEYOND = pattern(r"(?:超|低|少|差|高|降)[^,。;\d]{0,8}(?P<n>\d+(?:\.\d+)?)\s?(?:%|个百分点)")


def _as_its_rule_gives(case: Case, item: ScoredItem) -> bool:
    """Whether a row has just the score that the rule in its own cell gives: 「完成数÷260万页×8」 of 241.80万页."""
    told = reading_of(case, item) if item.table and _DIVIDES.search(item.rule) else None
    return told is not None and any(abs(score - Fraction(item.claimed or 0)) <= _LITTLE for score in told.scores)


_LITTLE = Fraction(1, 100)
_DIVIDES = pattern(r"[÷/]\s?\d")


def _by_each(text: str, lost: Decimal) -> bool:
    """「死亡后多领5人，按每人0.4分扣2分」: five such things, or figures that lie five apart."""
    for rule in _EACH.finditer(text) if "每" in text else ():
        points, step = Decimal(rule["points"]), Decimal(rule["step"] or 1)
        if not points or not step:
            continue
        unit = rule["unit"] or ("%" if "百分点" in rule[0] else None)
        short = lost / points * step
        if any(short == told for told in _told(text[: rule.start()] + ";" + text[rule.end() :], unit)):
            return True
    return False


def _told(text: str, unit: str | None) -> Iterator[Decimal]:
    """The figures of a unit, and how far each two lie apart."""
    own = [Decimal(m["n"].replace(",", "")) for m in _FIGURE.finditer(text) if unit in (None, m["unit"])]
    yield from own
    yield from (abs(a - b) for a, b in itertools.combinations(own, 2))


def _by_bands(text: str) -> bool:
    """Whether a text tells how many points each band gives, and a rate that falls into one."""
    bands = list(_BAND.finditer(text))
    rest = _BAND.sub(" ", text)
    return len(bands) >= _BANDS and re.search(r"\d\s?%", rest) is not None
