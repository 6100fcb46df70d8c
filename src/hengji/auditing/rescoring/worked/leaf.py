"""A leaf as its rule and facts are read: name, points, claim and words in lines, of a scored item or of a block that reads like one."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import zip_longest

from hengji.auditing.case import Case
from hengji.auditing.moved_points import worth
from hengji.auditing.rates.impossible_targets import impossible_target
from hengji.auditing.rescoring.rules_elsewhere import bare, rules_elsewhere
from hengji.auditing.rescoring.sheet import compact
from hengji.model.extraction import ScoredItem, Span
from hengji.model.patterns import pattern

_LONGEST = 420  # characters of a leaf: a longer one tells of more than one thing


@dataclass(frozen=True, slots=True)
class Leaf:
    """What a leaf says; ``rule`` is what its table or another place prints as its rule, ``lines`` all else, each in one spelling."""

    name: str
    points: Fraction
    claimed: Fraction
    rule: str
    lines: tuple[str, ...]
    place: Span
    item: ScoredItem | None = None


def leaves(case: Case) -> Iterator[Leaf]:
    """The leaves of a report whose score is their own: no weight changed it, no points were moved to it.

    Blocks of one form that follow each other are leaves where extraction read none there; all of them where they make a hundred.
    """
    blocks = [found for found in (list(_told_blocks(case)), list(_cell_blocks(case))) if len(found) >= _FEW]
    for found in blocks:
        if sum(leaf.points for leaf in found) == _HUNDRED and len(found) > len(case.found.items):
            yield from found
            return
    for item in case.found.items:
        leaf = _of_item(case, item)
        if leaf is not None and sum(map(len, leaf.lines)) <= _LONGEST:
            yield leaf
    for found in blocks:
        yield from (leaf for leaf in found if not _read(case, leaf.place))


def _of_item(case: Case, item: ScoredItem) -> Leaf | None:
    if item.claimed is None or not item.points or item.weight is not None or item.hundred is not None:
        return None
    if item.doubtful or item.not_applicable or worth(case, item) != item.points or item.claimed > item.points:
        return None
    if impossible_target(item.name, item.target):
        return None  # a slip of writing, which R12 tells
    rule = compact(item.rule)
    if item.table:
        aim = f"目标{compact(item.target)}" if item.target else ""
        cells = [part for part in (item.actual, item.remark) if part]
        if not cells:
            known = {bare(part) for part in (item.name, item.rule, item.target, *item.path) if part}
            cells = [
                c for c in case.text(item.body).split("\t") if bare(c) not in known and not _SCORE.fullmatch(c.strip())
            ]
        lines = tuple(part for part in (aim, *(compact(cell) for cell in cells)) if part)
        place = item.quote
    else:
        lines = tuple(_lines(case.flat[item.span.end : item.body.end]))
        place = Span(item.span.start, item.span.end + len(case.flat[item.span.end : item.body.end].rstrip()))
    elsewhere = rules_elsewhere(case).get(bare(item.name)) if not rule else None
    rule = rule or (elsewhere[0].lstrip(":,、") if elsewhere is not None else "")
    return Leaf(item.name, Fraction(item.points), Fraction(item.claimed), rule, lines, place, item)


_SCORE = pattern(r"\d{0,3}(?:\.\d+)?分?")
_WRAPPED = 28  # characters: a line that long and without a mark at its end goes on in the next


def _lines(text: str) -> Iterator[str]:
    """The lines of a text in one spelling, those that only a page's edge broke put together."""
    held = ""
    for raw in re.split(r"[\n\t]", text):
        line = compact(raw)
        if not line:
            continue
        held += line
        if len(line) < _WRAPPED or line[-1] in "。;:)|":
            yield held
            held = ""
    if held:
        yield held


_NUMBER = r"(?:第?[(]?[\d一二三四五六七八九十]{1,3}[)、.]{1,2}|指标[\d一二三四五六七八九十]{1,3}|[①-⑳]|\d{1,2}\.\d{1,2}|[-·•])?"
_NAME = r"(?P<name>[\u4e00-\u9fff\"“”][\u4e00-\u9fff\"“”()、A-Za-z]{1,18}?)"
# 「预算编制准确率，满分7分。」, 「指标一 支出进度均衡性 标准分8」
_OPENS = pattern(
    rf"^[ \t]*{_NUMBER}\s?{_NAME}[ ,，:：(（\t]{{1,3}}(?:本项|该项)?(?:满分|分值|标准分|权重分?|权数|满)(?:为|是|:)?\s?(?P<points>\d{{1,2}}(?:\.\d)?)\s?分?[)）]?(?=[ ,，。;；\t\n]|$)",
    re.MULTILINE,
)
# A name, its points, what is told in lines, its score, each in a line of its own.
_CELLS = pattern(
    rf"^[ \t]*{_NUMBER}\s?(?P<name>[\u4e00-\u9fff\"“”]{{2,16}})[ \t]*\n[ \t]*(?P<points>\d{{1,2}}(?:\.\d)?)[ \t]*分?\n(?P<body>(?:[^\n]*[\u4e00-\u9fff×÷][^\n]*\n){{1,4}}?)[ \t]*(?P<score>\d{{1,2}}(?:\.\d{{1,2}})?)[ \t]*分?$",
    re.MULTILINE,
)
_CLAIM = pattern(
    r"(?:自评|[得记计打评给])(?:[分为了是:]|得分)*\s?(?P<n>\d{1,2}(?:\.\d{1,2})?)\s?分(?![值])|(?:实得|自评(?:得分)?|得分)[为:]?\s?(?P<m>\d{1,2}(?:\.\d{1,2})?)(?=[,。;)\s])"
)
_HEADING = pattern(r"^\s*[一二三四五六七八九十]{1,2}、", re.MULTILINE)
_FEW = 4  # blocks in a row: fewer may be anything


_HUNDRED = 100


def _read(case: Case, place: Span) -> bool:
    return any(
        item.body.start < place.end and place.start < item.body.end
        for item in case.found.items
        if item.claimed is not None
    )


def _told_blocks(case: Case) -> Iterator[Leaf]:
    text = case.flat
    opens = list(_OPENS.finditer(text)) if "分" in text else []
    for match, following in zip_longest(opens, opens[1:]):
        end = following.start() if following is not None else len(text)
        heading = _HEADING.search(text, match.end(), end)
        end = min(heading.start() if heading is not None else end, match.end() + _LONGEST)
        claims = list(_CLAIM.finditer(text, match.end(), end))
        if following is None and heading is None and claims:
            line = text.find("\n", match.end())
            end = line if line > 0 else end
            claims = list(_CLAIM.finditer(text, match.end(), end))
        points = Fraction(match["points"])
        if claims and Fraction(claims[-1]["n"] or claims[-1]["m"]) <= points:
            lines = tuple(_lines(text[match.end() : end].lstrip(" ,。;)")))
            yield Leaf(
                match["name"],
                points,
                Fraction(claims[-1]["n"] or claims[-1]["m"]),
                "",
                lines,
                Span(match.start(), end),
            )


def _cell_blocks(case: Case) -> Iterator[Leaf]:
    for match in _CELLS.finditer(case.flat):
        points, score = Fraction(match["points"]), Fraction(match["score"])
        if score <= points:
            lines = tuple(compact(line) for line in match["body"].splitlines())
            yield Leaf(match["name"], points, score, "", lines, Span(*match.span()))
