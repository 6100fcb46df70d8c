"""Leaves that one sentence lists together and scores together: 「甲（5分）、乙（5分），分别得5分、4分」, 「……均得满分」."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from hengji.extracting.leaves.leaf_names import is_name, leaf_name
from hengji.extracting.leaves.score_marks import Mark
from hengji.model.patterns import pattern

_N = r"\d{1,3}(?:\.\d{1,2})?"
_NAME = r"(?!分别|依次|其中|共|各|均|自评|得)(?:(?!扣)[\u4e00-\u9fff\"《》A-Z\d]){2,24}?"
_WORTH = rf"\(?(?:分值|满分|权重)?:?{_N}\s?分?\)?"
_LIST = pattern(rf"(?P<list>(?:{_NAME}{_WORTH}[、,;和及与])+{_NAME}(?:\((?:分值|满分|权重)?:?{_N}\s?分?\)|{_N}\s?分))")
_IN_A_ROW = pattern(r"\d\s?分?\)?[、,;和及与]")  # stands in every list
_FIRST = 40  # characters before it: the longest name with its points
_TOGETHER = pattern(r"[分依均都全各](?:(?<=分)别|(?<=依)次|(?<=[均都全各]))")  # what scores a list together
_LISTED = pattern(rf"(?P<name>{_NAME})\(?(?:分值|满分|权重)?:?(?P<points>{_N})\s?分?\)?(?:[、,;和及与]|$)")
_NUMBERS = rf"{_N}\s?分?(?:[、,和]{_N}\s?分?)+"
_RESPECTIVELY = pattern(
    r"(?:自评|实际|依次)*(?:得分|得|计|评|自评)?(?:分别|依次)(?:自评|实际)*(?:得分|得|计|评|自评)?(?:为|是|:)?\s?"
    rf"(?P<claims>{_NUMBERS})"
)
_WORTH_RESPECTIVELY = pattern(
    r"(?:的|各|三项|两项|四项|五项)*(?:指标)?(?:的)?(?:分值|满分|权重|标准分)(?:分别|依次)(?:为|是|:)?\s?"
    rf"(?P<points>{_NUMBERS})"
)
_ALL_FULL = pattern(
    r"[,、。;]?\s?(?:除(?P<except>[^,。;]{3,120}?)(?:外|以外),?)?(?:以上|上述)?(?:其余|其他)?(?:各项|各|[两三四五六七八2-8]项|指标)*(?:均|都|全部|全)(?:自评|得|为|按|计|是)*(?:满分|(?:不|未|无|没有|没)(?:被)?(?:扣减?分|失分|丢分))"
)
_EACH = pattern(r"各(?:自评|计|得|按|为|评|记)+(?P<n>\d{1,2}(?:\.\d{1,2})?)\s?分")
_EXCEPT = pattern(rf"(?P<name>{_NAME})(?:自评)?(?P<word>扣|失|得|计)(?:分|减)?(?P<n>{_N})\s?分")


@dataclass(frozen=True, slots=True)
class Listed:
    """One leaf of such a sentence."""

    name: str
    points: Decimal
    claim: Decimal
    start: int
    named: int
    end: int


_FULL_AHEAD = pattern(
    rf"(?:(?<!的)(?:得|自评|计|评|获得?|为)满分|(?<!\d)满分(?:的)?(?:指标|项目)|(?:未|没有|不|无)(?:被)?[扣失]分)(?![^。;:]{{0,12}}\d分?[,;])"
    rf"[^。;:(]{{0,24}}?(?::|[,的]?(?:分别|依次)[为是有]|(?:包括|有|是|为))(?P<list>(?:{_NAME}{_WORTH}[、,;和及与])*{_NAME}{_WORTH})(?=[,。;]|\s*$)"
)
_SAYS_FULL = pattern(r"满分|[扣失]分")


def full_ahead(text: str) -> tuple[list[Listed], int, int]:
    """The leaves of a list that is said ahead to have all their points, and from where to where: 「以下3项得满分：甲（5分）、……」."""
    match = _FULL_AHEAD.search(text) if _SAYS_FULL.search(text) else None
    if match is None:
        return [], 0, 0
    leaves = list(_leaves_in(text, match.start("list"), match.end("list")))
    return [Listed(name, worth, worth, *places) for name, worth, *places in leaves], match.start(), match.end("list")


def listed(text: str, marks: Sequence[Mark]) -> list[Listed]:
    """The leaves that a text lists and scores together; none where it tells them one by one."""
    if len(marks) < 2 or not _TOGETHER.search(text):
        return []
    return _by_turns(text) or _bracketed(text)


def _bracketed(text: str) -> list[Listed]:
    first = _IN_A_ROW.search(text)
    if first is None or not _TOGETHER.search(text, first.end()):
        return []
    for match in _LIST.finditer(text, max(0, first.start() - _FIRST)):
        leaves = list(_leaves_in(text, match.start("list"), match.end("list")))
        rest = text[match.end() : match.end() + 200]
        scored = re.match(r"[,、。;]?[^,。;\d]{0,14}?", rest)
        told = _RESPECTIVELY.search(rest, 0, 60 + 8 * len(leaves)) if scored else None
        if told is not None and len(claims := _numbers(told["claims"])) == len(leaves):
            return [Listed(n, p, c, a, b, e) for (n, p, a, b, e), c in zip(leaves, claims, strict=True)]
        full = _ALL_FULL.match(rest)
        if full is not None:
            but = {m["name"].strip("、和及"): m for m in _EXCEPT.finditer(full["except"] or "")}
            return [Listed(n, p, _but(p, but.get(n)), a, b, e) for n, p, a, b, e in leaves]
        each = _EACH.search(rest)
        if each is not None and len(leaves) > 1 and all(Decimal(each["n"]) <= p for _, p, *_ in leaves):
            return [Listed(n, p, Decimal(each["n"]), a, b, match.end() + each.end()) for n, p, a, b, _ in leaves]
    return []


def _leaves_in(text: str, start: int, end: int) -> Iterator[tuple[str, Decimal, int, int, int]]:
    """The names of a list with their points, and where they stand."""
    for leaf in _LISTED.finditer(text, start, end):
        name = leaf_name(leaf["name"].strip("、和及与"))
        if is_name(name):
            yield name, Decimal(leaf["points"]), leaf.start("name"), leaf.end("name"), leaf.end()


def _but(points: Decimal, told: re.Match[str] | None) -> Decimal:
    if told is None:
        return points
    number = Decimal(told["n"])
    return points - number if told["word"] in "扣失" else number


def _by_turns(text: str) -> list[Listed]:
    """「甲、乙、丙的分值分别为5分、5分、10分，自评得分分别为5分、4分、9分」."""
    if "分别" not in text and "依次" not in text:
        return []
    worth = _WORTH_RESPECTIVELY.search(text)
    told = _RESPECTIVELY.search(text, worth.end()) if worth is not None else None
    if worth is None or told is None:
        return []
    opens = max(text.rfind(mark, 0, worth.start()) for mark in "。;:\n") + 1
    words = re.sub(r"[两三四五六七八九十\d]+(?:项|个)(?:指标)?$|指标$", "", text[opens : worth.start()])
    names = [leaf_name(each) for each in re.split(r"[、,]|(?<=[\u4e00-\u9fff])[和与及](?=[\u4e00-\u9fff]{3})", words)]
    points, claims = _numbers(worth["points"]), _numbers(told["claims"])
    if not len(names) == len(points) == len(claims) or not all(is_name(name) for name in names):
        names = [leaf_name(each) for each in re.split(r"[、,]", words)]
    if not len(names) == len(points) == len(claims) or not all(is_name(name) for name in names):
        return []
    found: list[Listed] = []
    at = opens
    for name, worth_of, claim in zip(names, points, claims, strict=True):
        at = text.find(name, at)
        found.append(Listed(name, worth_of, claim, at, at + len(name), told.end()))
        at += len(name)
    return found


def _numbers(text: str) -> list[Decimal]:
    return [Decimal(number) for number in re.findall(_N, text)]
