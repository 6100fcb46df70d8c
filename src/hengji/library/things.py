"""What a unit may say it has none of, and by which words (things.yaml)."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from hengji.library.texts import _form, _optional, _texts, load_yaml
from hengji.model.patterns import pattern

_FILE = Path(__file__).parent / "things.yaml"


@dataclass(frozen=True, slots=True)
class Thing:
    """What a unit may say it has none of: how a denial names it, which leaves ask for it, what tells that there is some.

    ``named`` stands in every denial; ``narrower`` takes a denial back that says less, ``figures`` are data items whose amount tells of it, ``titled`` and
    ``implied`` are None where no rule is made for it alone, and where nothing denies it unnamed. A rule for a thing that is ``alone`` is of use only to
    those who have it, so that a report which never speaks of it has none; of what ``happens`` there may be none in a year, and the unit's own rules for it stand.
    ``nil`` denies it in figures (「实有0辆」, a row of zeros); ``lent`` are words by which a rule is kept for what is another's.
    """

    name: str
    named: re.Pattern[str]
    denied: re.Pattern[str]
    leaves: tuple[str, ...]
    narrower: re.Pattern[str] | None
    there: re.Pattern[str]
    figures: tuple[str, ...]
    titled: re.Pattern[str] | None
    implied: re.Pattern[str] | None
    alone: bool
    happens: bool
    nil: re.Pattern[str] | None
    lent: re.Pattern[str] | None


# No unit has what it denies: 「未发生政府采购」, 「没有需要转拨的专项资金」.
_DENIAL = r"(?:(?:无|没有|不涉及|不存在|不承担|不保留|取消)[^,。;]{0,14}?|未[^,。;]{0,10}?|不再?(?:使用|聘用|保留|保有|配备|购买|收取|设立?|实行)[^,。;]{0,4}?|不(?:产生|形成|排放)[^,。;]{0,6}?|不(?=直接|发放|对外|面向|分配|下达|转拨|收取|征收|组织|实施|开展))"

_SUM = r"(?<![\d.])(?:[1-9][\d,]*(?:\.\d+)?|0\.\d*[1-9]\d*)\s?(?:万元|亿元|元)"
_ZERO = r"(?<![\d.])(?:0(?:\.0+)?|零)(?![\d.])"


def _told(called: str, units: str) -> list[str]:
    """Forms that tell of a thing with a sum or a count, before its name or behind it."""
    behind = rf"(?:{called})(?!控制|限额|标准|定额)[^,。;、\t\n\d]{{0,8}}"
    forms = [behind + _SUM, rf"{_SUM}的?(?:{called})"]
    if units:
        count = rf"(?<![\d.])[1-9]\d*\s?(?:{units})"
        forms += [behind + count, rf"{count}(?:[^,。;、\t\n\d]{{0,4}})(?:{called})"]
    return forms


def _nil(named: str) -> re.Pattern[str]:
    """「政府性基金预算收入、支出均为0」, 「公务用车实有0辆」, and a row that begins with the name and holds only zeros."""
    unit = r"\s?(?:万?元|辆|人次?|名|个|项|家|台)?(?=[,。;、()\n]|$)"
    told = rf"(?:{named})[^,。;\t\n\d]{{0,16}}?{_ZERO}{unit}"
    row = rf"^[^\t\n\d]{{0,8}}(?:{named})[^\t\n\d]{{0,10}}(?:\t(?:0(?:\.0+)?|—|-|/|无)?){{1,8}}(?=\n|$)"
    return pattern(f"{told}|{row}", re.MULTILINE)


@cache
def load_things() -> tuple[Thing, ...]:
    """The things of things.yaml."""
    listed = load_yaml(_FILE)["things"]
    assert isinstance(listed, list)
    return tuple(_thing(each) for each in listed)


def _thing(each: dict[str, object]) -> Thing:
    named, happens = str(each["named"]), each.get("happens") == "true"
    told = _told(str(each["called"]), str(each.get("units", ""))) if "called" in each else []
    there = each["there"]
    assert isinstance(there, list)
    several = rf"(?:{named})(?:[^,。;]{{0,4}}?[、和或及与](?:{named}))*"
    return Thing(
        str(each["thing"]),
        pattern(named),
        pattern(f"{_DENIAL}{several}|(?:{named})[^,。;]{{0,4}}(?:没有|未)(?:发生|安排|产生|开展|涉及)"),
        _texts(each.get("leaves", [])),
        _optional(each, "not"),
        _form([*there, *told]),
        _texts(each.get("figures", [])),
        _optional(each, "titles"),
        _optional(each, "implied"),
        each.get("alone") == "true",
        happens,
        None if happens or "titles" not in each else _nil(named),
        _optional(each, "lent"),
    )


@dataclass(frozen=True, slots=True)
class NoneWords:
    """What may stand around and behind the name of a thing that a unit has none of, and what merely happens: a rule for it is kept all the same."""

    around: re.Pattern[str]
    behind: re.Pattern[str]
    events: re.Pattern[str]


@cache
def load_none_words() -> NoneWords:
    """Such words of things.yaml."""
    data = load_yaml(_FILE)["none"]
    assert isinstance(data, dict)
    return NoneWords(
        pattern(rf"^(?:{data['before']})+"),
        pattern(rf"(?:{data['behind']})+$"),
        pattern(str(data["events"])),
    )


@dataclass(frozen=True, slots=True)
class DutyWords:
    """By which words a report says that it left a duty undone, of which leaves that is said, and by what it was let off."""

    neglect: re.Pattern[str]
    duties: re.Pattern[str]
    undone: re.Pattern[str]
    excused: re.Pattern[str]


@cache
def load_duty_words() -> DutyWords:
    """Such words of things.yaml."""
    data = load_yaml(_FILE)["duty"]
    assert isinstance(data, dict)
    return DutyWords(*(pattern(str(data[key])) for key in ("neglect", "duties", "undone", "excused")))
