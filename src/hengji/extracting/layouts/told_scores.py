"""The scores of leaves whose places are known: at the same place, or behind the same word, in the text of each."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from hengji.extracting.layouts.sites import NUMBER
from hengji.extracting.leaves.absences import absence_in
from hengji.extracting.leaves.scored import claim_in
from hengji.model.patterns import pattern


@dataclass(frozen=True, slots=True)
class Part:
    """The text of one leaf behind its points, and the points; ``second`` is a number right beside them."""

    start: int
    end: int
    points: Decimal
    second: tuple[Decimal, int, int] | None = None


@dataclass(frozen=True, slots=True)
class Score:
    """A score and where it stands with the word in front of it; ``number`` is None for a leaf that is not assessed."""

    number: Decimal | None
    start: int
    end: int
    label: str = ""
    unit: bool = True  # whether 「分」 stands behind it


@dataclass(frozen=True, slots=True)
class Reading:
    """The score of each leaf as one way of telling gives it; ``pure`` says that every leaf is told in that way, in numbers alike; ``alike`` that every score stands beside its points, parted from them by the same words."""

    scores: tuple[Score | None, ...]
    pure: bool = False
    alike: bool = False


# The words that give a score are a closed class; a report uses one or two of them.
_VERBS = (
    "自评得分|自评分|自评|自查|实得分|实得|实际|得分|折合|折成|折算|折得|换算|折|得|记|计|评|打|给|获|拿|取|核|定|挣"
)
_VERB = pattern(rf"(?P<verb>{_VERBS})(?:了|为|是|到|出)?[\s:=(【\[]*$")
_WORD = pattern(r"(?P<word>[\u4e00-\u9fff]{1,2})[\s:=(【\[]*$")
_SIGN = pattern(r"(?P<sign>[^\s\w])\s*$")  # 「→5.5」, 「。5.5分」
_LOSES = pattern(r"(?:扣|减|失|丢|少)(?:去|掉|了|分|得)?[\s:]*$")
# What the points of a leaf lose, right behind them: 「(6分)扣0.5分」.
_LOST = pattern(
    r"[^。;\n]{0,6}(?:扣减?|减|失|丢)(?:去|掉|了|分)?[:为]?\s?(?P<n>\d{1,2}(?:\.\d{1,2})?)\s?分?|[^。;\n]{0,6}(?:不扣|未扣|无扣|不减|不失)分?"
)
_UNIT = pattern(r"\s?分(?![钟之])|(?=\s*(?:[。,;、)\]】]|\n|$))")
_POINTS = pattern(r"\s?分(?![钟之])")
_FULL = pattern(rf"(?:{_VERBS}|[,。;:、])(?:了|为|是)?满分(?=[。,;、)\n]|$)|(?:不|未|没有?|无)扣分?(?=[。,;、)\n]|$)")
_ALONE = pattern(r"\n\s*(?P<n>\d{1,2}(?:\.\d{1,2})?)\s?分?\s*(?=\n|$)")
_LOOK_BACK = 12
_ANY = "动词"  # stands for every verb of scoring
_ALL_FULL = "满分"


def readings(text: str, parts: Sequence[Part]) -> Iterator[Reading]:
    """The ways in which all leaves may tell their scores, the surest first; those that most leaves do not know are left out."""
    direct = False
    if _alike(text, parts):
        own = tuple(_beside(text, part) for part in parts)
        if _most(own):
            direct = True
            told = _read(text, parts, own)
            yield replace(told, alike=told.pure and len({_parting(text, part) for part in parts}) == 1)
    for own in _ways(text, parts):
        if _most(own):
            direct = True
            yield _read(text, parts, own)
    losses = tuple(_lost(text, part) for part in parts)
    if not direct and _most(losses):
        yield _read(text, parts, losses)
    yield Reading(tuple(_claimed(text, part) for part in parts))


def _ways(text: str, parts: Sequence[Part]) -> Iterator[tuple[Score | None, ...]]:
    """The scores of all leaves behind each word that most leaves have, in a line alone."""
    told = [tuple(_scores(text, part)) for part in parts]
    common = Counter(label for scores in told for label in {score.label for score in scores})
    labels = [label for label, count in common.most_common() if count * 2 >= len(parts)]
    verbs = _VERBS.split("|")
    for label in (*(x for x in labels if x in verbs), _ANY, *(x for x in labels if x not in verbs)):
        for place in (-1, 0):
            yield tuple(_behind(scores, label, place) for scores in told)
    yield tuple(_alone(text, part) for part in parts)


def _most(own: Sequence[Score | None]) -> bool:
    return sum(score is not None for score in own) * 2 > len(own)


def _read(text: str, parts: Sequence[Part], own: Sequence[Score | None]) -> Reading:
    scores = tuple(score or _otherwise(text, part) for score, part in zip(own, parts, strict=True))
    return Reading(scores, _pure(own, scores))


def _pure(own: Sequence[Score | None], scores: Sequence[Score | None]) -> bool:
    """Whether every leaf that is assessed has a score of its own, all with their unit or none."""
    told = [score for score in own if score is not None]
    absent = sum(1 for score in scores if score is not None and score.number is None)
    return len(told) + absent == len(own) and len({score.unit for score in told}) == 1


def _scores(text: str, part: Part) -> Iterator[Score]:
    for match in NUMBER.finditer(text, part.start, part.end):
        unit = _UNIT.match(text, match.end())
        low = max(part.start, match.start() - _LOOK_BACK)
        word = (_VERB.search(text, low, match.start()) or _WORD.search(text, low, match.start())) or _SIGN.search(
            text, low, match.start()
        )
        if unit is not None and word is not None and not _LOSES.search(text, low, match.start()):
            yield Score(Decimal(match["n"]), word.start(), max(unit.end(), match.end()), word[1], bool(unit[0]))
    for match in _FULL.finditer(text, part.start, part.end):
        yield Score(part.points, match.start(), match.end(), _ALL_FULL)


def _behind(scores: Iterable[Score], label: str, place: int) -> Score | None:
    """The first or last score behind a word."""
    verbs = (*_VERBS.split("|"), _ALL_FULL)
    alike = [score for score in scores if score.label == label or (label == _ANY and score.label in verbs)]
    alike.sort(key=lambda score: score.start)
    return alike[place] if alike else None


def _alike(text: str, parts: Sequence[Part]) -> bool:
    """Whether the same words part points and the numbers beside them in most leaves."""
    words = Counter(_parting(text, part) for part in parts)
    return words.most_common(1)[0][1] * 2 > len(parts)


def _parting(text: str, part: Part) -> str:
    """What stands between the points of a leaf and the number beside them."""
    if part.second is None:
        return ""
    return re.sub(r"[\s\d.]", "", text[min(part.start, part.second[2]) : max(part.start, part.second[1])])


def _beside(text: str, part: Part) -> Score | None:
    if part.second is None:
        return None
    number, start, end = part.second
    if _LOSES.search(text, part.start, start):
        return None
    return Score(number, start, end, unit=_POINTS.match(text, end) is not None)


def _alone(text: str, part: Part) -> Score | None:
    """The score that is the last line of a leaf."""
    lines = list(_ALONE.finditer(text, part.start, part.end))
    return Score(Decimal(lines[-1]["n"]), lines[-1].start("n"), lines[-1].end("n")) if lines else None


def _lost(text: str, part: Part) -> Score | None:
    """The points less what is taken off right behind them."""
    match = _LOST.match(text, part.start, part.end)
    if match is None or Decimal(match["n"] or 0) > part.points:
        return None
    return Score(part.points - Decimal(match["n"] or 0), match.start(), match.end())


def _otherwise(text: str, part: Part) -> Score | None:
    """That a leaf is not assessed, or the score that its words tell in another way than those of the others."""
    absence = absence_in(text[part.start : part.end])
    if absence is not None:
        return Score(None, part.start + absence.start, part.start + absence.end)
    return _claimed(text, part)


def _claimed(text: str, part: Part) -> Score | None:
    found = claim_in(text[part.start : part.end], part.points)
    return Score(found.number, part.start + found.start, part.start + found.end) if found is not None else None
