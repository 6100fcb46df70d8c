"""That an indicator is not assessed (不考核), and where its points went."""

import re
from dataclasses import dataclass
from decimal import Decimal

from hengji.model.patterns import pattern

_ABSENT = pattern(
    r"不(?:予|再|参与|纳入|作|进行|列入)?考[核评]|(?:本|该|此)项(?:指标)?(?:本次|本年度?)?(?:不(?:予)?评(?![价定审优估选级])|免评)|不(?:参评|予评价|作评价|参加评分)|免(?:予)?考核|不适用|不(?:参与|计入|纳入)(?:评分|评价|计分|考核)|不涉及(?:此项|该项|本项|该指标|本指标)|无需考核|免于考核|不计分|(?:得分|自评)\s?[:为]\s?(?:不涉及|不考核|无此项)"
)
_MOVED = pattern(
    r"(?P<n>\d{1,3}(?:\.\d{1,2})?)?分?(?:的)?(?:分值|分数|权重|该项分值|本项分值)?[^,。;]{0,10}?(?:(?:调整|转移|平移|调剂|(?:(?<=分值)|(?<=分数)|(?<=权重)|(?<=\d分)|平均)分配|调)(?:至|到|给|入|为)(?!\s?\d)|平均转入|转入|划入|归入|移[入至到]|并入|计入|加到)[^\"《。;]{0,6}?[\"「]?(?P<to>[\u4e00-\u9fff、()]{2,24}?|第\d{1,2}项)[\"」]?(?:指标|项|中|上|[,。;)]|$)"
)
# 「6分由预算执行率承接」
_TAKEN = pattern(
    r"(?P<n>\d{1,3}(?:\.\d{1,2})?)?分?(?:分值|分数|权重)?[^,。;]{0,6}?由[\"「]?(?P<to>[\u4e00-\u9fff、()]{2,24}?)[\"」]?(?:指标)?(?:承接|承担|吸收)"
)
_MAY_MOVE = pattern(r"[整移剂配调转][至到给入为]|[划归移并计]入|加到")
_MAY_BE_ABSENT = pattern(
    r"考[核评]|参评|[不免予]评|不作评价|不予评价|参加评分|不适用|不参与|不计|不纳入|不涉及|无此项|分值|分数|分(?<=\d.)[^,。;]{0,8}(?:调|转|并|加到)"
)
# What stands in the cell of a score that is not given.
ABSENT_CELL = pattern(
    r"\(?(?:本年度?|当年|本项|该项|本单位|本部门)?(?:不考核|未考核|免(?:予|于)?(?:考核|评[分价]?)|不适用|[不未]涉及|不参评|不参与(?:评分|考核|评价)|不计分|不(?:予)?评分?|不评价|不作评价|缺项|无此(?:项|任务|职能|业务)|N/A)(?:本|该|此)?(?:项|指标)?\)?(?:\([^()]{2,40}\))?"
)
_SHORTEST = 2  # characters of an indicator's name


@dataclass(frozen=True, slots=True)
class Absence:
    """That an item is not assessed (不考核), where its points went and how many."""

    receiver: str
    moved: Decimal | None
    start: int
    end: int


# Points at a place, 「计入上述第（1）项」, or tells a kind as the rule does, 「调整至同类产出指标」: no indicator is named.
_NO_INDICATOR = pattern(r"[上前述第()、]|本项|该项|此项|同类|同级|同一|其[他它余]|相关|剩余")


def _moved(text: str) -> re.Match[str] | None:
    """Where the points of a text went: what names an indicator before what a quoted rule says of all."""
    found = list(_MOVED.finditer(text))
    named = (m for m in found if not _NO_INDICATOR.match(re.sub(r"^(?:至|到)?[\"「“]?", "", m["to"] or "")))
    return next(named, found[0] if found else None)


def absence_in(text: str) -> Absence | None:
    """Whether a text says that its item is not assessed; the receiver of its points where one is named."""
    if not _MAY_BE_ABSENT.search(text):
        return None
    match = _ABSENT.search(text)
    moved = _moved(text) if _MAY_MOVE.search(text) else None
    if moved is None and match is not None and ("承" in text or "吸收" in text):
        moved = _TAKEN.search(text)
    if match is None and (moved is None or "考核" in (moved["to"] or "")):
        return None
    if match is None and not re.search(r"分值|分数|\d分", moved[0] if moved else ""):
        return None
    start = match.start() if match else moved.start() if moved else 0
    end = match.end() if match else moved.end() if moved else 0
    receiver = re.sub(r"^[\"「“]|[\"」”]$|指标$", "", moved["to"]) if moved else ""
    receiver = receiver.removeprefix("至").removeprefix("到").removesuffix(")" if "(" not in receiver else "")
    if _NO_INDICATOR.match(receiver) or len(receiver) < _SHORTEST:
        receiver = ""
    return Absence(receiver, _number(moved) if moved else None, start, end)


_POINTS = pattern(r"(?<![\d.原])(\d{1,3}(?:\.\d{1,2})?)\s?分")


def _number(moved: re.Match[str]) -> Decimal | None:
    """How many points were moved, though words stand in front of them: 「该项5分并入预算执行率」; 「原3分」 are its own no longer."""
    told = moved["n"]
    if not told:
        behind = _POINTS.search(moved[0][: moved.start("to") - moved.start()])
        told = behind[1] if behind is not None else None
    return Decimal(told) if told else None
