"""The scored tree as the checks ask for it: what stands under a group, tables, names in one spelling."""

from collections.abc import Iterable
from decimal import Decimal
from difflib import SequenceMatcher
from functools import lru_cache

from hengji.auditing.case import Case
from hengji.auditing.numbers import number
from hengji.model.extraction import ScoredGroup, ScoredItem
from hengji.model.patterns import pattern

HUNDRED = Decimal(100)
NAMES_AT_LEAST = 3
FEW_OPEN = 3  # leaves without a score: of more the reading is doubtful


def children(case: Case, group: ScoredGroup) -> tuple[list[ScoredGroup], list[ScoredItem]]:
    """The groups and items right under a group of running text."""
    groups, items = case.parts_of
    return groups.get(group.section, []), items.get(group.section, [])


def beyond_points(items: Iterable[ScoredItem]) -> Decimal:
    """How much the scores of leaves that are above their points are above them in all."""
    pairs = ((item.claimed, item.points) for item in items if not item.not_applicable)
    return sum((got - most for got, most in pairs if got is not None and most is not None and got > most), Decimal(0))


def is_whole_below(case: Case) -> bool:
    """Whether every leaf of running text stands under the groups that are told, so that a group's parts are all of them."""
    grouped = {g.section for g in case.found.groups if g.section is not None}
    sections = case.found.sections

    def under(section: int | None) -> bool:
        while section is not None:
            if section in grouped:
                return True
            section = sections[section].parent
        return False

    return all(under(item.section) for item in case.found.items if not item.table)


def sum_of(parts: Iterable[Decimal]) -> str:
    """A sum as a report prints it: 「2 + 3 = 5分」; of more than twelve parts only what they make."""
    listed = [number(part) for part in parts]
    total = number(sum((Decimal(part) for part in listed), Decimal(0)))
    return f"{' + '.join(listed)} = {total}分" if 1 < len(listed) <= 12 else f"{total}分"


def tables(case: Case) -> list[list[ScoredItem]]:
    """The items of tables, table by table."""
    blocks: dict[int, list[ScoredItem]] = {}
    for item in case.found.items:
        if item.table:
            block = case.found.document.block_at(item.span.start)
            blocks.setdefault(block.start if block is not None and block.cells else -1, []).append(item)
    return list(blocks.values())


def leaves_below(case: Case, group: ScoredGroup) -> list[ScoredItem]:
    """The rows of a table's group: those its merged cell reaches over, else those under its name; where no table has leaves, the text's."""
    if group.cover is not None:
        low, high = group.cover
        block = case.found.document.block_at(group.span.start)
        end = block.end if block is not None else high  # a page's end cuts a merged cell: the rows behind name it still
        return [
            i
            for i in case.found.items
            if i.table and (low <= i.span.start < high or (high <= i.span.start < end and group.name in i.path))
        ]
    if group.table and group.name in SUBTOTAL:
        return _above(case, group)
    rows = [i for i in case.found.items if i.table]
    name = _SUMMED.sub("", group.name)  # 「产出指标小计」
    return [i for i in rows or case.found.items if name in i.path]


_SUMMED = pattern(r"(?<=[\u4e00-\u9fff]{2})(?:小计|合计)$")


SUBTOTAL = ("小计", "本部分小计", "本类小计")


def _above(case: Case, row: ScoredGroup) -> list[ScoredItem]:
    """The rows of a table between a subtotal and the one before it; none where no other subtotal proves that they stand so."""
    rows = [g for g in case.found.groups if g.table and g.name in SUBTOTAL]
    return _between(case, row) if any(_holds(each, _between(case, each)) for each in rows if each != row) else []


def _between(case: Case, row: ScoredGroup) -> list[ScoredItem]:
    block = case.found.document.block_at(row.span.start)
    before = [g.span.end for g in case.found.groups if g.table and g.name in SUBTOTAL and g.span.start < row.span.start]
    low = max([block.start if block is not None else row.span.start, *before])
    return [i for i in case.found.items if i.table and low <= i.span.start < row.span.start]


def _holds(row: ScoredGroup, leaves: list[ScoredItem]) -> bool:
    """Whether leaves make what a subtotal prints."""
    return any(
        told is not None and told == sum((each for each in made if each is not None), Decimal(0))
        for told, made in (
            (row.points, [i.points for i in leaves]),
            (row.claimed, [i.claimed for i in leaves]),
        )
    )


def chapter_leaves(case: Case, group: ScoredGroup) -> list[ScoredItem]:
    """The rows of tables that stand in the chapter of a group of running text, before the next group begins."""
    later = [g.span.start for g in case.found.groups if g.section is not None and g.span.start > group.span.start]
    end = min(later, default=len(case.flat))
    return [i for i in case.found.items if i.table and group.span.end <= i.span.start < end]


def told_as(case: Case, row: ScoredGroup) -> ScoredGroup | None:
    """The group of running text that a row of a summary repeats: where their numbers are one, its sum is told there."""
    if not row.table or any(item.table for item in case.found.items):
        return None
    return next((g for g in case.found.groups if g.section is not None and g.name == row.name), None)


def same_name(left: str, right: str) -> bool:
    """Whether two names mean the same indicator: equal, or one in the other."""
    a, b = bare_name(left), bare_name(right)
    return bool(a) and bool(b) and (a == b or (min(len(a), len(b)) >= 4 and (a in b or b in a)))


@lru_cache(maxsize=256)  # every leaf's name is held against every receiver's
def bare_name(name: str) -> str:
    """A name without blanks, brackets, quotation marks and the words that every indicator may bear."""
    return _BARE.sub("", name)


_BARE = pattern(r"[\s\"'“”、,，()（）]|指标$|情况$")


def many_hundreds(case: Case) -> bool:
    """Several tables that each make 100: one form a project."""
    sums = [sum((i.points or Decimal(0) for i in items), Decimal(0)) for items in tables(case)]
    return sum(1 for total in sums if total in (Decimal(90), HUNDRED)) > 1


def quoted(names: Iterable[str]) -> str:
    """Names in quotation marks, one after another."""
    return "、".join(f"“{name}”" for name in names)


@lru_cache(maxsize=256)  # all leaves of a level ask for its name
def level_name(name: str) -> str:
    """The name of a level without the words that every level may bear: 「一级指标产出类指标」 is 产出."""
    return _LEVEL.sub("", _LEVEL.sub("", name.strip('"')))


def level_sums(case: Case) -> dict[str, tuple[Decimal, Decimal]]:
    """Points and score of every first level, as its leaves make them."""
    sums: dict[str, tuple[Decimal, Decimal]] = {}
    top = _first_level(case)
    for item in case.found.items:
        if not item.path or item.points is None or (item.claimed is None and not item.not_applicable):
            continue
        name = level_name(item.path[top])
        worth, made = sums.get(name, (Decimal(0), Decimal(0)))
        sums[name] = (worth + item.points, made + (item.weighted or item.claimed or Decimal(0)))
    return sums


def open_levels(case: Case) -> set[str]:
    """The first levels of which the score of a leaf is not known, so that their sum is not."""
    top = _first_level(case)
    items = [item for item in case.found.items if item.path and item.points is not None]
    return {level_name(item.path[top]) for item in items if item.claimed is None and not item.not_applicable}


def _first_level(case: Case) -> int:
    """At which step of their paths the leaves part: a chapter's heading over all of them is no level."""
    items = case.found.items
    over = bool(items) and all(len(i.path) > 1 and i.path[0] == items[0].path[0] for i in items)
    return 1 if over and len({i.path[1] for i in items}) > 1 else 0


_LEVEL = pattern(
    r"^(?:其中|分别为|[一二三四]级指标|[A-Z](?=[\u4e00-\u9fff]))+|(?:类|方面|部分)?(?:指标|情况|方面|部分)?(?:分析|评价|得分|说明)?$"
)


def shortens(name: str, top: str) -> bool:
    """Whether a name has the opening of another and nothing but characters of it in their order: 「资金效益」 of 「资金使用效益」."""
    rest = iter(top)
    return name[:2] == top[:2] and all(each in rest for each in name)


def alike(left: str, right: str) -> bool:
    """Whether two names are of one indicator: one in the other, or nearly the same characters in order."""
    a, b = bare_name(left), bare_name(right)
    if a in b or b in a or _shortened(*sorted((a, b), key=len)):
        return True
    shared = sum(character in b for character in a)  # the most that can be alike in them: most names are not
    return 2 * shared >= _ALIKE * (len(a) + len(b)) and SequenceMatcher(None, a, b).ratio() >= _ALIKE


_ALIKE = 0.72


def _shortened(short: str, long: str) -> bool:
    """Whether one name is the other without its middle: 「公众满意度」 of 「公众或服务对象满意度」."""
    return any(long.startswith(short[:at]) and long.endswith(short[at:]) for at in range(_END, len(short) - _END + 1))


_END = 2  # characters of either end at the least
