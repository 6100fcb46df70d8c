"""R06 by a leaf's own figures where it tells no rule: the share and the division that it tells."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations

from hengji.auditing.case import Case, once
from hengji.auditing.moved_points import worth
from hengji.auditing.numbers import number
from hengji.auditing.rescoring.by_rule import reading_of
from hengji.auditing.rescoring.leaf_facts import own_words
from hengji.auditing.rescoring.sheet import compact
from hengji.model.extraction import ScoredItem
from hengji.model.finding import Finding, Severity
from hengji.model.numerals import round_half_up
from hengji.model.patterns import pattern

_LITTLE = Fraction(11, 1000)
_ROUNDED = Fraction(9, 100)  # what a rate in whole per cent may add
_LONGEST = 300  # characters of a leaf: a longer one tells of more than one thing
_HALVES = 2  # losses of half points are mostly so much for each fault
_HABIT = 1  # leaves in proportion: then the report scores its rates so
_TWO = 2  # counts: a whole and its part
_FARTHEST = 2  # points between a score and the share that it was to be


def _told_by_rule(case: Case, item: ScoredItem) -> bool:
    told = reading_of(case, item)
    return told is not None and max(told.scores) < Fraction(item.claimed or 0)


def _words(case: Case, item: ScoredItem) -> str:
    if item.table:
        return compact(f"{item.actual}|{item.remark}")
    return own_words(case, item)


def _scored(case: Case) -> Iterator[ScoredItem]:
    """The leaves with points and a score whose words are short enough to be about one thing."""
    for item in case.found.items:
        whole = (
            item.claimed
            and item.points
            and item.claimed <= item.points
            and item.weight is None
            and item.hundred is None
        )
        if whole and not item.doubtful and not item.not_applicable and len(_words(case, item)) <= _LONGEST:
            yield item


_RATE = pattern(r"(?<![\d.])(?P<n>\d{1,3}(?:\.\d+)?)%")
_COUNT = pattern(
    r"(?<![\d.第])(?P<n>\d[\d,]*(?:\.\d+)?)(?P<u>万?(?:个?工作日|个月|公里|平方米|人次|亿元|万元|[\u4e00-\u9fff]))?"
)
_OF_COUNTS = pattern(
    r"(?<=%)\(\d+[\u4e00-\u9fff]/\d+[\u4e00-\u9fff]\)|(?<![\d.,])[\d,.]+÷[\d,.]+=(?=\d)"
)  # 「88.89%(16所/18所)」
_OTHER_UNITS = ("年", "月", "日", "分")
_HOW = pattern(
    r"每|扣|系数|平均|加权|分别|各\d|百分制|[调并移转划][入增]|其中[^,;。]{0,10}\d分|①|档|标准|以上|以内|[×x*÷/]|得\d+(?:\.\d+)?分.*得\d+(?:\.\d+)?分"
)


def beside_its_share(case: Case) -> Iterator[Finding]:
    """「计划12个，完工11个」 and 7.53 of 8 points, where the other leaves have points × share: neither figure makes the score."""
    kept, odd = _in_proportion(case)
    for item, right in odd if kept >= _HABIT and len(odd) == 1 else ():
        yield _finding(case, item, right, "按它的数字折算是")


_WORKED_OUT = pattern(
    r"(?:按(?:照)?[^,。;|\d]{0,8}(?:\d+(?:\.\d+)?分?[×x*])?|(?<![\d.×x*+])\d{1,2}分?(?:[×x*]|乘))(?P<a>\d+(?:\.\d+)?)(?:[÷/]|再?除以)(?P<b>\d+(?:\.\d+)?)(?:[×x*]\d+(?:\.\d+)?分?)?(?:的?比例)?,?(?:折算|折合|计算?|得|=)"
)


def divided_out(case: Case) -> Iterator[Finding]:
    """「按38÷40折算得9.8分」 of a leaf with 10 points: the division that is written out gives 9.5."""
    for item in _scored(case):
        words = _words(case, item)
        found = list(_WORKED_OUT.finditer(words))
        points, claimed = Fraction(worth(case, item) or 0), Fraction(item.claimed or 0)
        if len(found) != 1 or _OTHERS.search(words) or not 0 < Fraction(found[0]["a"]) < Fraction(found[0]["b"]):
            continue
        right = points * Fraction(found[0]["a"]) / Fraction(found[0]["b"])
        above = claimed - right
        if above > _LITTLE and not _same(right, claimed) and not _told_by_rule(case, item):
            yield _finding(case, item, right, f"按{found[0]['a']}÷{found[0]['b']}应得")


_OTHERS = pattern(r"扣|系数|平均|加权|分别|百分制|[调并移转划][入增来进]|另|①|其中[^,;。]{0,10}\d分")


_BY_SHARE = pattern(
    r"按(?:照)?[\u4e00-\u9fff]{0,8}(?:比例|率)(?:得|计|折|给|算|[,;。|]|$)|乘(?:以|上)(?:本?项?分值|\d+分)|(?<=%)折\d"
)


def by_its_share(case: Case) -> Iterator[Finding]:
    """「复核60份，合格57份，按比例得分」 and a score that no two figures of the leaf make."""
    for item in _scored(case):
        words = _words(case, item)
        points, claimed = Fraction(worth(case, item) or 0), Fraction(item.claimed or 0)
        if not _BY_SHARE.search(words) or _PARTS.search(words) or reading_of(case, item) is not None:
            continue
        share = _told_share(words, item)
        text = f"{compact(item.target)}|{words}|{compact(item.rule)}"
        if share is None or share >= 1 or any(_same(points * each, claimed) for each in _shares(text)):
            continue
        right = points * share
        if (
            claimed - right > _ROUNDED
            and share * 2 >= 1
            and not ("满意" in item.name and _of_round_goal(share, claimed / points))
        ):
            yield _finding(case, item, right, "按比例折算是")


_PARTS = pattern(
    r"每|扣|系数|平均|加权|分别|各\d|百分制|[调并移转划][入增来进]|①|其中[^,;。]{0,10}\d分|以上|以内|不低于|满分"
)


@once
def _in_proportion(case: Case) -> tuple[int, list[tuple[ScoredItem, Fraction]]]:
    """How many leaves have the points that their figures make, and those that have uneven points which none makes."""
    kept, odd = 0, list[tuple[ScoredItem, Fraction]]()
    for item in _scored(case):
        points, claimed = Fraction(worth(case, item) or 0), Fraction(item.claimed or 0)
        if not claimed < points or (claimed * _HALVES).denominator == 1:
            continue
        words = _OF_COUNTS.sub("", _words(case, item))
        text = f"{compact(item.target)}|{words}|{compact(item.rule)}"
        made = {points * share for share in _shares(text)}
        if any(_same(each, claimed) or _same(points - each, claimed) for each in made):
            kept += 1
            continue
        near = _told_share(words, item)
        if near is None or _HOW.search(text) or reading_of(case, item) is not None:
            continue
        if _ROUNDED < claimed - near * points <= _FARTHEST and not _of_round_goal(near, claimed / points):
            odd.append((item, near * points))
    return kept, odd


def _of_round_goal(share: Fraction, scored: Fraction) -> bool:
    """Whether a score is in proportion to a goal in full fives that stands elsewhere: 89.11 % of 90 % are 7.92 of 8 points."""
    goal = round(share / scored * 20)
    return abs(share * 20 / goal - scored) * 800 <= 1 if goal else False


def _same(made: Fraction, claimed: Fraction) -> bool:
    return abs(made - claimed) <= _LITTLE or round_half_up(made, 1) == claimed


def _shares(text: str) -> set[Fraction]:
    """Every share that figures of a text make: rates, a rate of its goal, a count of another in one unit."""
    rates = {Fraction(match["n"]) for match in _RATE.finditer(text)}
    counts = {(Fraction(m["n"].replace(",", "")), m["u"]) for m in _COUNT.finditer(text) if m["u"] not in _OTHER_UNITS}
    found = {rate / 100 for rate in rates if rate < 100}
    found |= {min(a, b) / max(a, b) for a, b in combinations(rates, 2) if a and b}
    return found | {
        min(a, b) / max(a, b)
        for (a, u), (b, v) in combinations(counts, 2)
        if a != b and (u == v or not (u and v)) and max(a, b)
    }


def _told_share(words: str, item: ScoredItem) -> Fraction | None:
    """The one share that a leaf tells: its only rate, else the only two counts in one unit or the row's target and result."""
    rates = {Fraction(match["n"]) for match in _RATE.finditer(words)}
    aims = {Fraction(match["n"]) for match in _RATE.finditer(compact(item.target))} or {Fraction(100)}
    if len(rates) == len(aims) == 1:
        return rates.pop() / aims.pop()
    goal, done = _COUNT.search(compact(item.target)), _COUNT.search(compact(item.actual))
    pair = (
        [goal, done]
        if goal is not None and done is not None
        else [m for m in _COUNT.finditer(words) if m["u"] not in _OTHER_UNITS]
    )
    values = [Fraction(match["n"].replace(",", "")) for match in pair if match is not None]
    if (
        rates
        or len(pair) != _TWO
        or len(values) != len(pair)
        or len({m["u"] for m in pair if m is not None} - {None}) != 1
    ):
        return None
    return values[1] / values[0] if 0 < values[1] < values[0] else None


def _finding(case: Case, item: ScoredItem, right: Fraction, why: str) -> Finding:
    claimed = number(Fraction(item.claimed or 0))
    message = f"“{item.name}”{why}{number(right)}分，自评{claimed}分"
    place = case.leaf_passage(item)
    return case.finding(
        "R06", place, message, severity=Severity.WARNING, stated=claimed, recomputed=number(right), item=item.name
    )
