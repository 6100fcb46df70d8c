"""What a leaf is worth after the points of leaves that are not assessed were moved: wherever that is told, the hundred must come out again."""

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from hengji.auditing.case import Case, once
from hengji.auditing.scores.tree import HUNDRED, bare_name, same_name
from hengji.extracting.leaves.absences import absence_in
from hengji.extracting.tables.grid import cell_number
from hengji.model.extraction import ScoredItem, Span
from hengji.model.patterns import pattern

_ZERO = Decimal(0)
_MOST = 4  # leaves that points may be told to have gone to, and numbers told of each: more prove nothing


def worth(case: Case, item: ScoredItem) -> Decimal | None:
    """The points of a leaf, those that were moved to it with them."""
    moved = _moves(case).worth
    return moved.get(item, item.points) if moved else item.points


def worth_in_group(case: Case, item: ScoredItem) -> Decimal | None:
    """What a leaf adds to its group after the move: nothing where its own points went elsewhere."""
    return _ZERO if item.not_applicable and _moves(case).gone else worth(case, item)


def moved_to(case: Case, item: ScoredItem) -> Decimal:
    """The points that leaves which are not assessed gave to this one."""
    moved = _moves(case).worth
    proved = moved.get(item) if moved else None
    if proved is not None and item.points is not None:
        return proved - item.points
    return sum((_gives(giver) for giver in givers_of(case, item)), _ZERO)


def givers_of(case: Case, item: ScoredItem) -> list[ScoredItem]:
    """The leaves that are not assessed and whose points went to this one, as they say themselves or running text does."""
    told = _receivers(case)
    return [other for other in case.not_assessed if same_name(other.receiver or told.get(other, ""), item.name)]


@once
def _receivers(case: Case) -> dict[ScoredItem, str]:
    """Where running text says that the points of a table's row went, which does not say it itself."""
    found: dict[ScoredItem, str] = {}
    rows = [item for item in case.not_assessed if item.table and not item.receiver]
    for sentence, text in case.running if rows else ():
        named = [item for item in rows if item.name in text]
        told = absence_in(text) if named else None
        receiver = told.receiver or _this_leaf(case, sentence, named) if told is not None else ""
        if receiver:
            found |= dict.fromkeys(named, receiver)
    return found


_TO_THIS = pattern(r"(?:[调并转移划计归]入?|加)(?:[入到至]|给)*(?:本|这一?)(?:项|个)?(?:指标)?(?=[,。;、)]|$)")


def _this_leaf(case: Case, sentence: Span, givers: Sequence[ScoredItem]) -> str:
    """The leaf that a paragraph is about where points went to 「本指标」: the one it names beside the giver."""
    if not _TO_THIS.search(case.text(sentence)):
        return ""
    told = case.text(case.paragraph(sentence.start))
    others = {item.name for item in case.found.items if item not in givers and item.name in told}
    return next(iter(others)) if len(others) == 1 else ""


def tells_its_worth(case: Case, item: ScoredItem) -> bool:
    """Whether the report says of a leaf by name, or in its own row or text, what it is worth after a proved move."""
    after = _moves(case).worth.get(item)
    if after is None or item.points is None:
        return False
    own = case.text(item.body)
    if _moves_in(case, own) and not {after, after - item.points}.isdisjoint(_numbers(own)):
        return True
    return any(after in _numbers(text) for text in _told_of(case, item))


@dataclass(frozen=True, slots=True)
class _Moves:
    """The leaves whose points grew, with what they then are; ``gone``: the leaves that are not assessed keep nothing."""

    worth: dict[ScoredItem, Decimal]
    gone: bool = False


@once
def _moves(case: Case) -> _Moves:
    items = case.found.items
    assessed = [item for item in items if not item.not_applicable]
    if not assessed or any(item.points is None or item.weighted is not None or item.doubtful for item in assessed):
        return _Moves({})
    gap = HUNDRED - sum((item.points or _ZERO for item in assessed), _ZERO)
    if gap == 0 and case.not_assessed:
        return _Moves({}, gone=True)  # the points are printed as they are after the move
    if not 0 < gap <= (sum((_gives(each) for each in case.not_assessed), _ZERO) or HUNDRED):
        return _Moves({})
    found = _named(case, assessed, gap)
    return _Moves(found, gone=bool(found))


def _gives(giver: ScoredItem) -> Decimal:
    return giver.moved or giver.points or _ZERO


def _named(case: Case, assessed: Sequence[ScoredItem], gap: Decimal) -> dict[ScoredItem, Decimal]:
    """The leaves that took the gap: those that the givers name, then those of which the report tells it."""
    found: dict[ScoredItem, Decimal] = {}
    for giver in case.not_assessed:
        receiver = next((i for i in assessed if giver.receiver and same_name(giver.receiver, i.name)), None)
        if receiver is not None and receiver.points is not None:
            found[receiver] = found.get(receiver, receiver.points) + _gives(giver)
    rest = gap - sum((after - (item.points or _ZERO) for item, after in found.items()), _ZERO)
    if rest == 0:
        return found
    return found | _told(case, [item for item in assessed if item not in found], rest) if rest > 0 else {}


def _told(case: Case, items: Sequence[ScoredItem], gap: Decimal) -> dict[ScoredItem, Decimal]:
    """The leaves whose points the report tells as they are after the move, where they make up the gap in one way only."""
    beyond = [item for item in items if (item.claimed or _ZERO) > (item.points or _ZERO)]
    for some in (beyond, [item for item in items if item in beyond or any(_told_of(case, item))]):
        ways = [(item, values) for item in some if (values := _afters(case, item, gap))]
        if not 0 < len(ways) <= _MOST or {item for item, _ in ways} < set(beyond):
            continue
        made = [way for way in _choices(ways) if _takes(way, beyond) == gap]
        if len(made) == 1:
            return made[0]
    return {}


def _choices(ways: Sequence[tuple[ScoredItem, list[Decimal]]]) -> Iterator[dict[ScoredItem, Decimal]]:
    """One told number of each leaf, or none of it."""
    options = [[*((item, value) for value in values[:_MOST]), None] for item, values in ways]
    for chosen in itertools.product(*options):
        yield dict(each for each in chosen if each is not None)


def _takes(way: dict[ScoredItem, Decimal], beyond: Iterable[ScoredItem]) -> Decimal | None:
    """How many points leaves take in all; None where one that claims more than its points takes none."""
    if any(item not in way for item in beyond):
        return None
    return sum((after - (item.points or _ZERO) for item, after in way.items()), _ZERO)


def _afters(case: Case, item: ScoredItem, gap: Decimal) -> list[Decimal]:
    """What a leaf may be worth after the move by the numbers that are told of it: the sum, or what came to it."""
    points = item.points or _ZERO
    least = max(points, item.claimed or _ZERO)
    told = {
        n for text in (*_told_of(case, item), case.text(item.body)) if _moves_in(case, text) for n in _numbers(text)
    }
    return sorted(
        after for after in told | {points + n for n in told} if least <= after <= points + gap > points < after
    )


def _told_of(case: Case, item: ScoredItem) -> tuple[str, ...]:
    return _sentences(case).get(item, ())


@once
def _sentences(case: Case) -> dict[ScoredItem, tuple[str, ...]]:
    """The sentences of running text that name a leaf and tell of points that move, or name a leaf that is not assessed."""
    found: dict[ScoredItem, tuple[str, ...]] = {}
    named = [(item, bare_name(item.name)) for item in case.found.items if not item.not_applicable]
    for start, text in (
        *((span.start, text) for span, text in case.running),
        *((None, t) for t in _rows_of_moves(case)),
    ):
        if "分" not in text or not _moves_in(case, text):
            continue
        bare = bare_name(text)
        if start is not None and not any(name in bare for _, name in named):
            head = _HEAD.split(case.text(case.paragraph(start)))[0]
            bare = bare_name(head)  # 「2-1 预算执行进度。……加2-4调入4分后按12分计」
        for item, name in named:
            longer = any(name != other and name in other and other in bare for _, other in named)
            if name in bare and not longer:
                found[item] = (*found.get(item, ()), text)
    return found


_HEAD = pattern(r"[。:,;\n]")


def _rows_of_moves(case: Case) -> Iterator[str]:
    """The rows of a table of moves, which name a leaf that is not assessed and are no leaf's own: 「甲 | 6 | 乙 | 30」."""
    own = [(item.body.start, item.body.end) for item in case.found.items if item.table]
    for grid in case.grids if case.not_assessed else ():
        for row in range(grid.rows):
            cells, span = grid.row(row), grid.row_span(row)
            if any(g.name in cells for g in case.not_assessed) and not any(
                s < span.end and span.start < e for s, e in own
            ):
                yield ",".join(f"{cell}分" if cell_number(cell) is not None else cell for cell in cells)


def _moves_in(case: Case, text: str) -> bool:
    """Whether a text tells of points that move, or names a leaf that is not assessed."""
    return _MOVING.search(text) is not None or any(giver.name in text for giver in case.not_assessed)


def _numbers(text: str) -> frozenset[Decimal]:
    """The numbers of points that a text tells."""
    return frozenset(Decimal(n) for n in _POINTS.findall(text))


_POINTS = pattern(
    r"(?<![\d.])(\d{1,2}(?:\.\d{1,2})?)(?=\s?分(?!钟|之|别|公)|\s?\+\s?\d{1,2}(?:\.\d{1,2})?\s?(?:分|=|\t|$))"
)
_MOVING = pattern(
    r"[调并转划移归计加]整?[入至到给为]|承接|接收|承担|吸收|加上|(?:调整|变动|增加)后|(?:变|调|增)[为成至到]|按\s?\d[\d.]*\s?分计|\d\s?分?\+\s?\d"
)
