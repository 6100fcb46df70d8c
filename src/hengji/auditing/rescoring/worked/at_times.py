"""A rule that gives points for each of several points in time: 「上半年达到45%得4分，三季度末达到70%得4分；未达到的按实际与标准之比给分」."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from hengji.auditing.rescoring.worked.proportion import Scores
from hengji.model.patterns import pattern

_WHEN = r"(?:截至)?(?P<when>(?P<month>\d{1,2})月(?:底|末|份|\d{1,2}日)?|(?:前|第)?(?P<quarter>[一二三四])个?季度(?:末|底)?|(?P<half>上?半年(?:末|度|底)?)|(?P<whole>年底|年末|全年|年终))"
_TIME = pattern(_WHEN)
_N = r"(?P<{}>\d{{1,3}}(?:\.\d+)?)%"
_STAGE = pattern(
    rf"{_WHEN}[^,。;|\d]{{0,14}}?(?:达到?|不低于|≥|完成|超过)?{_N.format('aim')}(?:\(含\))?(?:(?:及|或)?以上)?(?:的|,|:|时|可|各)*[得计给记占](?P<n>\d{{1,2}}(?:\.\d+)?)分"
)
_EACH = pattern(
    r"(?:每(?:个|一)?(?:时点|节点|阶段|项|次)?|各|均|分别)(?:达标|达到)?(?:可|各)?[得计给记占]?(?P<n>\d{1,2}(?:\.\d+)?)分"
)
_AIM = pattern(rf"{_WHEN}[^,。;|\d]{{0,14}}?(?:达到?|不低于|≥|完成|超过)?{_N.format('aim')}")
_SHARE = pattern(r"比例|之比|折|[÷/]|除以")
_NONE = pattern(r"否则不|未达[^,。;]{0,6}(?:不|0分|零分)|不得分|不计分")
_UNREAD = pattern(r"百分点|[扣酌]|一半|折半|减半")  # 「差距在5个百分点以内的不扣」: more than the stages decides
_FEW = 2
_QUARTERS = {"一": 3, "二": 6, "三": 9, "四": 12}


@dataclass(frozen=True, slots=True)
class Stage:
    """What a month asks for, in per cent, and what it gives."""

    month: int
    aim: Fraction
    points: Fraction


@dataclass(frozen=True, slots=True)
class TimedRule:
    """The stages of a rule; ``shared`` where what is missed gives a share, ``lost`` where it gives nothing."""

    stages: tuple[Stage, ...]
    shared: bool
    lost: bool


def timed_rule(text: str, points: Fraction) -> TimedRule | None:
    """The rule of a text in one spelling; None where its stages do not make the points."""
    text = _ASKED_IN_TURN.sub(_listed, text)
    stages = [Stage(_month(m), Fraction(m["aim"]), Fraction(m["n"])) for m in _STAGE.finditer(text)]
    rest = _STAGE.sub("", text)
    each = _EACH.search(text)
    if each is not None and (not stages or sum(stage.points for stage in stages) != points):
        stages = [Stage(_month(m), Fraction(m["aim"]), Fraction(each["n"])) for m in _AIM.finditer(text)]
        rest = _AIM.sub("", text)
    whole = sum((stage.points for stage in stages), Fraction(0)) == points
    if len(stages) < _FEW or not whole or len({stage.month for stage in stages}) != len(stages) or _UNREAD.search(rest):
        return None
    return TimedRule(tuple(stages), _SHARE.search(rest) is not None, _NONE.search(rest) is not None)


# 「6月末、9月末、12月末支付率分别达到45%、70%、95%的」
_ONE_WHEN = (
    _WHEN.replace("?P<when>", "?:")
    .replace("?P<month>", "?:")
    .replace("?P<quarter>", "?:")
    .replace("?P<half>", "?:")
    .replace("?P<whole>", "?:")
)
_ASKED_IN_TURN = pattern(
    rf"(?P<times>(?:{_ONE_WHEN}[、,和及]{{1,2}}){{1,5}}{_ONE_WHEN})(?P<what>[^,。;|\d]{{0,14}}?)(?:分别|依次)?(?P<way>[^,。;|\d]{{0,4}}?(?:达到?|不低于|≥))(?P<rates>\d{{1,3}}(?:\.\d+)?%(?:[、,和及]\d{{1,3}}(?:\.\d+)?%){{1,5}})(?:及?以上)?"
)


def _listed(match: re.Match[str]) -> str:
    times, rates = [m["when"] for m in _TIME.finditer(match["times"])], _RATE.findall(match["rates"])
    if len(times) != len(rates):
        return match[0]
    return "、".join(f"{time}达到{rate}%" for time, rate in zip(times, rates, strict=True))


def _month(match: re.Match[str]) -> int:
    if match["month"]:
        return int(match["month"])
    if match["quarter"]:
        return _QUARTERS[match["quarter"]]
    return 6 if match["half"] else 12


def scores_at_times(rule: TimedRule, facts: str) -> Scores:
    """What the stages give for the one rate that is told of each."""
    reached = dict(_reached(facts))
    told = [reached.get(stage.month, set()) for stage in rule.stages]
    if any(len(rates) != 1 for rates in told):
        return Scores(frozenset(), None)
    sums = {Fraction(0)}
    for stage, rates in zip(rule.stages, told, strict=True):
        sums = {one + other for one in sums for other in _given(rule, stage, min(rates))}
    return Scores(frozenset(sums), max(sums))


def _given(rule: TimedRule, stage: Stage, rate: Fraction) -> set[Fraction]:
    if rate >= stage.aim:
        return {stage.points}
    if rule.shared:
        return {stage.points * rate / stage.aim, stage.points * rate / 100}
    return {Fraction(0)}


_RATE = pattern(r"(?P<n>\d{1,3}(?:\.\d+)?)%")
_IN_TURN = pattern(r"(?:分别|依次)[^,。;|\d]{0,8}(?P<rates>\d{1,3}(?:\.\d+)?%(?:[、,和及]\d{1,3}(?:\.\d+)?%)+)")


def _reached(facts: str) -> Iterator[tuple[int, set[Fraction]]]:
    """The rates that are told behind each point in time, up to the next."""
    times = list(_TIME.finditer(facts))
    turn = _IN_TURN.search(facts)
    listed = _RATE.findall(turn["rates"]) if turn is not None else []
    if listed and len(listed) == len({_month(m) for m in times}):
        yield from ((_month(m), {Fraction(rate)}) for m, rate in zip(times, listed, strict=False))
        return
    found: dict[int, set[Fraction]] = {}
    for at, match in enumerate(times):
        end = times[at + 1].start() if at + 1 < len(times) else len(facts)
        rates = {
            Fraction(m["n"])
            for m in _RATE.finditer(facts, match.end(), end)
            if not _AIMED.search(facts[match.end() : m.start()])
        }
        if rates:
            found[_month(match)] = found.get(_month(match), set()) | rates
    yield from found.items()


_AIMED = pattern(r"(?:目标|标准|要求|应|低于|不足|差|高于|超过?|规定的?)[^,。;\d]{0,6}$")
