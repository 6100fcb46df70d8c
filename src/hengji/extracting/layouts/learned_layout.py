"""The leaves of a report by the layout it repeats: names whose points stand at one place and make 100, scores at one place that make the total."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from hengji.extracting.layouts.sites import NUMBER, LayoutKey, Site, by_layout, sites_in
from hengji.extracting.layouts.text_lines import TextLines
from hengji.extracting.layouts.told_scores import Part, Reading, Score, readings
from hengji.extracting.leaves.leaf_names import is_name
from hengji.model.patterns import pattern

_HUNDRED = Decimal(100)
_FEWEST = 5  # leaves: fewer show no layout
_LEAST = Decimal(30)  # a smaller total proves little
_ROUGHLY = (Decimal(80), Decimal(120))  # what points make that one slip keeps from 100


@dataclass(frozen=True, slots=True)
class Leaf:
    """A leaf with its score, and from where to where its text goes."""

    site: Site
    points: Decimal
    score: Score
    end: int


@dataclass(frozen=True, slots=True)
class Branch:
    """A line with a name and the points that the leaves behind it make, and which those are."""

    site: Site
    claimed: Decimal | None
    first: int
    last: int  # behind the last of them


@dataclass(frozen=True, slots=True)
class Layout:
    """What a layout tells; ``proofs`` counts the sums that prove it: of the points, of the scores; ``alike`` as of ``Reading``."""

    leaves: tuple[Leaf, ...]
    branches: tuple[Branch, ...]
    proofs: int
    alike: bool
    total: tuple[int, int] | None = None  # where the text tells the sum of the scores


def learned_layout(lines: TextLines, totals: frozenset[Decimal], stops: frozenset[int]) -> Layout | None:
    """The best layout of a text; ``totals`` are the totals it may mean, ``stops`` where chapters begin in it."""
    sites = sites_in(lines.text)
    best: Layout | None = None
    for rows, points, least in _choices(sites):
        for layout in _layouts(lines.text, sites, rows, points, totals, stops):
            if layout.proofs < least:
                continue
            if best is None or (layout.proofs, len(layout.leaves)) > (best.proofs, len(best.leaves)):
                best = layout
    return best


_ALL = 2


def _choices(sites: Sequence[Site]) -> Iterator[tuple[tuple[Site, ...], tuple[Decimal, ...], int]]:
    """Sites of one layout that can be the leaves, with their points and how many sums must prove them."""
    seen: set[tuple[Site, ...]] = set()
    for key in _KEYS:
        for rows in by_layout(sites, key):
            for each, least in _subsets(rows):
                if len(each) < _FEWEST or each in seen or len({row.name for row in each}) < len(each):
                    continue
                seen.add(each)
                first = tuple(row.number for row in each)
                second = tuple(row.second or Decimal(0) for row in each)
                if _ROUGHLY[0] <= sum(first) <= _ROUGHLY[1]:
                    yield each, first, least
                if sum(second) == _HUNDRED and all(a <= b for a, b in zip(first, second, strict=True)):
                    yield each, second, least


_KEYS: tuple[LayoutKey, ...] = (
    lambda site: (str(site.lined), site.mark, site.between, site.after),
    lambda site: (site.mark, site.between, site.after),
    lambda site: (str(site.lined), site.between, site.after),
    lambda site: (site.between, site.after),
    lambda site: (str(site.lined), site.mark, site.between),
    lambda site: (str(site.lined), site.between),
    lambda site: (site.mark, site.between),
    lambda site: (site.between,),
    lambda site: (str(site.lined), site.mark),
    lambda site: (str(site.lined),),
)


def _subsets(rows: Sequence[Site]) -> Iterator[tuple[tuple[Site, ...], int]]:
    """The sites; those without groups; those without one that only looks like a leaf, which both sums must then prove."""
    yield tuple(rows), 1
    yield _without_heads(rows), 1
    excess = sum((row.number for row in rows), Decimal(0)) - _HUNDRED
    for row in rows if excess > 0 else ():
        if row.number == excess:
            yield tuple(other for other in rows if other is not row), _ALL
    named = tuple(row for row in rows if is_name(row.name))
    if len(named) < len(rows):
        yield named, _ALL


def _without_heads(rows: Sequence[Site]) -> tuple[Site, ...]:
    """The sites without those whose points the next ones make: they are groups."""
    kept: list[Site] = []
    for row in reversed(rows):
        if _count(row.number, [below.number for below in reversed(kept)]) < _ALL:
            kept.append(row)
    return tuple(reversed(kept))


def _count(whole: Decimal, parts: Iterable[Decimal]) -> int:
    """How many of the parts, from the first on, make a whole; 0 where none do."""
    made = Decimal(0)
    for count, each in enumerate(parts, 1):
        made += each
        if made >= whole:
            return count if made == whole else 0
    return 0


def _layouts(
    text: str,
    sites: Sequence[Site],
    rows: tuple[Site, ...],
    points: tuple[Decimal, ...],
    totals: frozenset[Decimal],
    stops: frozenset[int],
) -> Iterator[Layout]:
    """The rows with each reading of their scores that sums do not contradict."""
    branches = tuple(_branches(text, sites, rows, points))
    parts = tuple(_parts(text, rows, points, [branch.site.opens for branch in branches], stops))
    whole = sum(points) == _HUNDRED
    for reading in readings(text, parts):
        scores = reading.scores
        made = sum((score.number or Decimal(0) for score in scores if score is not None), Decimal(0))
        total = told_total(text, made, [(score.start, score.end) for score in scores if score is not None])
        told = made in totals or total is not None
        if made > sum(points) or not _fits(reading, points, proven=told) or not (whole or told):
            continue
        if not told and not all(score.label for score in scores if score is not None and score.number is not None):
            continue  # a number without a word may be last year's, or a count
        leaves = (
            Leaf(row, worth, score, part.end)
            for row, worth, score, part in zip(rows, points, scores, parts, strict=True)
            if score is not None
        )
        yield Layout(tuple(leaves), branches, whole + told, reading.alike, total)


def _fits(reading: Reading, points: Sequence[Decimal], *, proven: bool) -> bool:
    """Whether every leaf has a score, all told in one way and none more than its points where no total proves them."""
    if any(score is None for score in reading.scores):
        return False
    within = all(s is None or (s.number or 0) <= worth for s, worth in zip(reading.scores, points, strict=True))
    return proven or (reading.pure and within)


_TOTAL = r"合\s?计|总\s?计|总分|总得分|总评|共计|之和|综合得分|综合评分"


def told_total(text: str, made: Decimal, parts: Iterable[tuple[int, int]]) -> tuple[int, int] | None:
    """Where the text tells, outside of what leaves tell, as points or as a total the number that scores make."""
    if made < _LEAST:
        return None
    spans = tuple(parts)
    plain = f"{made.normalize():f}"
    whole = f"{plain}0*" if "." in plain else f"{plain}(?:[.]0+)?"
    points: tuple[int, int] | None = None
    for match in re.finditer(rf"(?<![\d.,]){whole}(?![\d%‰]|[.]\d)", text):
        if any(start <= match.end() <= end for start, end in spans):
            continue
        if _SAYS_TOTAL.search(text, max(0, match.start() - _AHEAD), match.start()):
            return match.span()
        if points is None and _SAYS_POINTS.match(text, match.end()):
            points = match.span()
    return points


_AHEAD = 30  # characters between a total's word and its number
_SAYS_POINTS, _SAYS_TOTAL = pattern(r"\s?分(?![钟之])"), pattern(rf"(?:{_TOTAL}|得分)[^。]*$")


# A line that tells the sum of the leaves above: 「合计 100 84.2」, 「十二项满值之和100」.
_SUM_LINE = pattern(rf"(?:^|(?<=\n))[^\n。,]{{0,12}}?(?:{_TOTAL}|小计)[^\n元]{{0,60}}(?=\n|$)")


def _parts(
    text: str, rows: Sequence[Site], points: Sequence[Decimal], heads: Sequence[int], stops: frozenset[int]
) -> Iterator[Part]:
    """The text behind the points of each row, up to what follows it."""
    bounds = sorted({*(row.opens for row in rows), *heads, *stops, len(text)})
    longest = 0
    for index, (row, worth) in enumerate(zip(rows, points, strict=True)):
        swapped = worth != row.number
        start = row.second_end if swapped else row.end
        end = next(at for at in bounds if at > row.opens)
        if end not in (each.opens for each in rows):
            summed = _SUM_LINE.search(text, start, end)
            end = max(start, summed.start()) if summed is not None else end
        count = text.count("\n", start, end)
        if index < len(rows) - 1:
            longest = max(longest, count)
        elif count > longest:
            end = start + sum(len(line) + 1 for line in text[start:end].split("\n")[: longest + 1])
        second = None
        if swapped:
            second = (row.number, row.at, row.end)
        elif row.second is not None and row.second_end <= end:
            second = (row.second, row.second_at, row.second_end)
        yield Part(start, min(end, len(text)), worth, second)


def _branches(text: str, sites: Sequence[Site], rows: Sequence[Site], points: Sequence[Decimal]) -> Iterator[Branch]:
    """The lines right above rows whose points the rows behind them make: of a layout of their own, most of whose lines do."""
    above = [site for site in sites if site not in rows and site.lined and not site.after.startswith("字")]
    for alike in by_layout(above, lambda site: (site.mark, site.between)):
        heads = [(site, first) for site in alike if (first := _below(text, site, rows)) is not None]
        counts = [_count(site.number, points[first:]) for site, first in heads]
        if sum(1 for count in counts if count) * 2 <= len(alike) or sum(counts) < len(heads) + _ALL:
            continue
        following = (*(first for _, first in heads[1:]), len(rows))
        for (site, first), count, last in zip(heads, counts, following, strict=True):
            yield Branch(site, _branch_score(text, site), first, first + count if count else last)


def _below(text: str, site: Site, rows: Sequence[Site]) -> int | None:
    """The first row below a line, if nothing but another line's heading parts them."""
    first = next((i for i, row in enumerate(rows) if row.opens > site.opens), None)
    end = text.find("\n", site.end)
    if first is None or not 0 <= end < rows[first].opens or end - site.end > _REST:
        return None
    between = text[end : rows[first].opens].strip()
    return first if between.count("\n") < _ALL and "。" not in between else None


_REST = 24  # characters behind the points of a branch: its score


def _branch_score(text: str, site: Site) -> Decimal | None:
    """The score in the line of a branch, at most its points."""
    match = NUMBER.search(text, site.end, text.find("\n", site.end))
    number = Decimal(match["n"]) if match is not None else None
    return number if number is not None and number <= site.number else None
