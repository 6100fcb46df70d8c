"""R06 of rules that give points for each stage of a year: 「6月底达到40%的得2分，10月底达到67.5%的得3分」 and what was reached at each."""

import re
from collections.abc import Iterator
from fractions import Fraction

from hengji.auditing.case import Case
from hengji.auditing.moved_points import worth
from hengji.auditing.numbers import number
from hengji.auditing.rescoring.sheet import compact
from hengji.model.extraction import ScoredItem
from hengji.model.finding import Finding, Severity
from hengji.model.patterns import pattern

_WHEN = r"(?P<{}>\d{{1,2}}月(?:底|末|\d{{1,2}}日)?|第?[一二三四]季度(?:末|底)?|上半年|半年|前三季度|年底|年末|全年)"
_RATE = r"(?P<{}>\d{{1,3}}(?:\.\d+)?)%"
_STAGE = pattern(
    rf"{_WHEN.format('when')}[^,。;|\d]{{0,12}}?(?:达到?|不低于|≥|完成|超过){_RATE.format('aim')}(?:\(含\))?(?:及?以上)?[^,。;|\d]{{0,6}}?[,:]?[得计记](?P<n>\d{{1,2}}(?:\.\d+)?)分"
)
_REACHED = pattern(rf"{_WHEN.format('when')}[^,。;|\d%]{{0,14}}?{_RATE.format('rate')}(?![^,。;|]{{0,8}}[得计记]\d)")
_PARTLY = pattern(r"差距|以内|部分|一半|折半|减半|比例|折算|之比|÷|酌情|每[^,。;]{0,8}扣")
_FEW = 2  # stages: one is a step
_MOST = 400  # characters of a leaf


def scored_by_stages(case: Case) -> Iterator[Finding]:
    """A leaf whose points are parted out to stages, all of whose rates it tells, and that claims another sum; not where a stage may be had in part."""
    if "月" not in case.flat and "季度" not in case.flat and "半年" not in case.flat:
        return
    for item in case.found.items:
        points = worth(case, item)
        if item.claimed is None or not points or item.doubtful or item.not_applicable:
            continue
        right = _of_its_stages(compact(case.text(item.body)), Fraction(points))
        if right is not None and right != Fraction(item.claimed):
            yield _finding(case, item, right)


def has_stages(text: str, points: Fraction) -> bool:
    """Whether a leaf's points are parted out to stages of the year, so that none of them is a step of its rule."""
    stages = list(_STAGE.finditer(text)) if "月" in text or "季度" in text or "半年" in text else []
    return len(stages) >= _FEW and sum(Fraction(stage["n"]) for stage in stages) == points


def _of_its_stages(text: str, points: Fraction) -> Fraction | None:
    """What the stages that were reached give; None where they do not make the points, or not all are told once."""
    text = _listed_out(text) if len(text) <= _MOST else ""
    stages = list(_STAGE.finditer(text))
    if len(stages) < _FEW or sum(Fraction(stage["n"]) for stage in stages) != points or _PARTLY.search(text):
        return None
    rest = _by_stage(_STAGE.sub(lambda match: ";" * len(match[0]), text), [stage["when"] for stage in stages])
    reached: dict[str, list[re.Match[str]]] = {}
    for match in _REACHED.finditer(rest):
        reached.setdefault(_bare(match["when"]), []).append(match)
    told = [reached.get(_bare(stage["when"]), []) for stage in stages]
    if any(len({match["rate"] for match in each}) != 1 for each in told):
        return None
    met = (Fraction(each[0]["rate"]) >= Fraction(stage["aim"]) for stage, each in zip(stages, told, strict=True))
    return sum((Fraction(s["n"]) for s, had in zip(stages, met, strict=True) if had), Fraction(0))


_AIM = rf"{_WHEN.format('when')}[^,。;|\d]{{0,12}}?(?:达到?|不低于|≥|完成|超过)?{_RATE.format('aim')}(?:\(含\))?(?:及?以上)?"
_ONE_AIM = pattern(_AIM)
_BARE_AIM = _AIM.replace("?P<when>", "?:").replace("?P<aim>", "?:")
# 「6月底达50%、9月底达75%、11月底达90%，各得2分」
_EACH = pattern(
    rf"(?P<list>(?:{_BARE_AIM}[、,和;及]{{0,2}}){{2,6}})的?[,:]?(?:每个?(?:时点|节点|阶段|项)?|均|各|分别|每达到?一个(?:时点|节点))(?:可|各)?[得计记占](?P<n>\d{{1,2}}(?:\.\d+)?)分"
)
# 「三个时点分别为52.10%、73.80%、91.25%」
_IN_TURN = pattern(
    r"(?:分别|依次)(?:为|是|达到?|完成|执行)?(?P<rates>\d{1,3}(?:\.\d+)?%(?:[、,和及]\d{1,3}(?:\.\d+)?%){1,5})"
)


def _listed_out(text: str) -> str:
    """The words of a leaf, with the points of stages told once for all of them told of each."""
    text = _ASKED_IN_TURN.sub(_in_turn, text)
    return _EACH.sub(
        lambda match: ",".join(f"{m['when']}达到{m['aim']}%得{match['n']}分" for m in _ONE_AIM.finditer(match["list"])),
        text,
    )


# 「6月末、9月末、12月末支付率分别达到45%、70%、95%的，各得2分」
_ASKED_IN_TURN = pattern(
    rf"(?P<when>(?:{_WHEN.format('w').replace('?P<w>', '?:')}[、,和及]{{1,2}}){{1,5}}{_WHEN.format('w').replace('?P<w>', '?:')})[^,。;|\d]{{0,12}}?(?:分别|依次)[^,。;|\d]{{0,4}}?(?:达到?|不低于|≥)(?P<rates>\d{{1,3}}(?:\.\d+)?%(?:[、,和及]\d{{1,3}}(?:\.\d+)?%){{1,5}})(?:及?以上)?"
)
_ONE_TIME = pattern(_WHEN.format("when"))


def _in_turn(match: re.Match[str]) -> str:
    """The stages of a list with the rate that is asked for at each."""
    times, rates = [m["when"] for m in _ONE_TIME.finditer(match["when"])], _SHARE.findall(match["rates"])
    same = len(times) == len(rates)
    return "、".join(f"{time}达到{rate}" for time, rate in zip(times, rates, strict=True)) if same else match[0]


def _by_stage(text: str, names: list[str]) -> str:
    """The words of a leaf, with rates told in turn each told of its stage."""
    match = _IN_TURN.search(text)
    rates = _SHARE.findall(match["rates"]) if match is not None else []
    if match is None or len(rates) != len(names):
        return text
    told = ",".join(f"{name}{rate}" for name, rate in zip(names, rates, strict=True))
    return f"{text[: match.start()]},{told}{text[match.end() :]}"


_SHARE = pattern(r"\d{1,3}(?:\.\d+)?%")


def _bare(when: str) -> str:
    return _END.sub("", when).replace("末", "底")


_END = pattern(r"(?<=月)(?:底|末)|^第|(?<=季度)[末底]")


def _finding(case: Case, item: ScoredItem, right: Fraction) -> Finding:
    claimed = number(Fraction(item.claimed or 0))
    message = f"“{item.name}”按各时点达到的进度应得{number(right)}分，自评{claimed}分"
    place = item.quote if item.table else case.leaf_passage(item)
    return case.finding(
        "R06", place, message, severity=Severity.WARNING, stated=claimed, recomputed=number(right), item=item.name
    )
