"""R01–R06: points, claims and totals of the scored tree."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from difflib import SequenceMatcher
from fractions import Fraction
from functools import lru_cache

from hengji.auditing.case import Case
from hengji.auditing.numbers import number
from hengji.model.extraction import ScoredGroup, ScoredItem, Span, Stated, Totals
from hengji.model.finding import Finding, Severity
from hengji.model.scorecard import Standing

_FULL = Decimal(100)
_EXECUTION = "预算执行率"
_ALIKE = 0.72
_NAMES_AT_LEAST = 3
_NEARLY_ALL = 10  # one leaf in so many may be without a score in a tree that is not surely whole
_FEW_OPEN = 3  # leaves without a score: of more the reading is doubtful
_FIRST_LEVEL = 20  # the rank of 「（一）」


def children(case: Case, group: ScoredGroup) -> tuple[list[ScoredGroup], list[ScoredItem]]:
    """The groups and items right under a group of running text."""
    groups, items = case.parts_of
    return groups.get(group.section, []), items.get(group.section, [])


def points_add_up(case: Case) -> Iterator[Finding]:
    """R01: the points of leaves make their group's, and those of the top 100; silent where a leaf may not have been read."""
    if not case.certainty.tree:
        return
    for group in case.found.groups:
        if group.section is None or group.points is None or not _whole_under(case):
            continue
        groups, items = children(case, group)
        parts = [*(g.points for g in groups), *(i.points for i in items)]
        known = [part for part in parts if part is not None]
        if not known or len(known) != len(parts) or len(parts) < 1 or sum(known) == group.points:
            continue
        if (
            sum((_own_sum(case, g) for g in groups), Decimal(0))
            + sum((i.points or Decimal(0) for i in items), Decimal(0))
            == group.points
        ):
            continue  # told of the group below, whose own parts make it up
        if _not_one(case, group) or any(_not_one(case, g) for g in groups):
            continue  # a leaf that is not assessed was taken for a group of the next ones
        if _CHANGED.search(case.flat, group.span.start, case.paragraph(group.span.start).end):
            continue  # 「30分，承接不考核指标3分后为33分」
        if abs(group.points - sum(known, Decimal(0))) * 2 > group.points or _is_conclusion(case, group):
            continue  # a heading that is no group, or leaves whose place under headings is not known
        printed = re.search(r"\d\s?分", case.text(group.span))
        yield case.finding(
            "R01",
            group.span if printed else Span(group.span.start, case.sentence(group.span.end).end),
            f"“{group.name}”分值{number(group.points)}分，下级指标分值之和是{_sum(known)}",
            stated=number(group.points),
            recomputed=number(sum(known, Decimal(0))),
        )
    yield from _top_points(case)
    yield from _table_points(case)


def _not_one(case: Case, group: ScoredGroup) -> bool:
    return "不考核" in case.text(case.paragraph(group.span.start))


_CHANGED = re.compile(r"(?:承接|调入|并入|移入)[^。]{0,24}\d\s?分|后为\d+(?:\.\d+)?分")
_GROUP = r"[\u4e00-\u9fff]{2,8}?(?:指标)?(?:\d{1,2}[项个](?:指标)?[,]?)?(?:\(|为|占|共|计)?\d{1,2}(?:\.\d)?分\)?"
_HUNDRED_TOLD = re.compile(
    rf"(?P<parts>{_GROUP}(?:[、,;和]{_GROUP}){{2,7}})(?:组成|构成)?[,;。)]{{0,2}}(?:总分|满分|总计|合计|共计?|总分值)(?:为|是)?100分"
)


_HUNDRED_SAID = re.compile(r"(?:总分|满分|总计|合计|共计?|总分值)(?:为|是)?100分")
_LISTED = 160  # characters: no list of eight groups is longer


def _hundreds_told(text: str) -> Iterator[re.Match[str]]:
    """Such sentences, looked for only in front of a 「共100分」."""
    for said in _HUNDRED_SAID.finditer(text):
        for match in _HUNDRED_TOLD.finditer(text, max(0, said.start() - _LISTED), said.end()):
            if match.end() == said.end():
                yield match


def told_hundred(case: Case) -> Iterator[Finding]:
    """R01 of a sentence that makes 100 out of groups: 「决策15分、过程25分、产出35分、效益20分，共100分」."""
    for match in _hundreds_told(case.flat):
        parts = [Decimal(n) for n in re.findall(r"(\d{1,2}(?:\.\d)?)分", match["parts"])]
        if sum(parts) != _FULL:
            yield case.finding(
                "R01",
                Span(match.start(), match.end()),
                f"所列各部分分值之和是{_sum(parts)}，不是100分",
                stated="100",
                recomputed=number(sum(parts, Decimal(0))),
            )


def _is_conclusion(case: Case, group: ScoredGroup) -> bool:
    return group.section is not None and case.found.sections[group.section].key in ("自评结论", "自评组织")


def _whole_under(case: Case) -> bool:
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


def _own_sum(case: Case, group: ScoredGroup) -> Decimal:
    """What the parts of a group make; its own points where they cannot be told."""
    groups, items = children(case, group)
    parts = [*(g.points for g in groups), *(i.points for i in items)]
    known = [part for part in parts if part is not None]
    return sum(known, Decimal(0)) if known and len(known) == len(parts) else group.points or Decimal(0)


def _sum(parts: Iterable[Decimal]) -> str:
    listed = [number(part) for part in parts]
    total = number(sum((Decimal(part) for part in listed), Decimal(0)))
    return f"{' + '.join(listed)} = {total}分" if 1 < len(listed) <= 12 else f"{total}分"


def _top_points(case: Case) -> Iterator[Finding]:
    told = [g for g in case.found.groups if g.section is not None]
    inner = {g.section for group in told for g in children(case, group)[0]}
    top = [g for g in told if g.section not in inner]
    items = {i.section for group in told for i in children(case, group)[1]}
    alone = [i for i in case.found.items if not i.table and i.section is not None and i.section not in items]
    parts = [*(g.points for g in top), *(i.points for i in alone if i.section is not None)]
    known = [part for part in parts if part is not None]
    first_level = [i for i in alone if i.section is not None and case.found.sections[i.section].rank <= _FIRST_LEVEL]
    if len(top) + len(first_level) < 2 or len(alone) != len(first_level):
        return
    if len(known) != len(parts) or sum(known) == _FULL or (not top and len(alone) < _NAMES_AT_LEAST):
        return
    last = max([*(g.span for g in top), *(i.span for i in alone)])
    yield case.finding(
        "R01",
        last,
        f"各一级指标分值之和是{_sum(known)}，不是100分",
        stated="100",
        recomputed=number(sum(known, Decimal(0))),
    )


def tables(case: Case) -> list[list[ScoredItem]]:
    """The items of tables, table by table."""
    blocks: dict[int, list[ScoredItem]] = {}
    for item in case.found.items:
        if item.table:
            block = case.found.document.block_at(item.span.start)
            blocks.setdefault(block.start if block is not None and block.cells else -1, []).append(item)
    return list(blocks.values())


def _table_points(case: Case) -> Iterator[Finding]:
    for group in case.found.groups:
        if group.table and group.points is not None:
            below = _below(case, group)
            told = _told_of(case, group)
            if told is not None and told.points == group.points:
                continue
            known = [i.points for i in below if i.points is not None]
            if _cut_off(case, group):
                continue
            if below and len(known) == len(below) and sum(known) != group.points and not _of_a_part(case, group):
                yield case.finding(
                    "R01",
                    group.span,
                    f"“{group.name}”分值{number(group.points)}分，下级指标分值之和是{number(sum(known, Decimal(0)))}分",
                    stated=number(group.points),
                    recomputed=number(sum(known, Decimal(0))),
                )
    if any(g.table and g.points is not None and _sum_differs(case, g) for g in case.found.groups):
        return  # said of the group already
    for items in tables(case):
        known = [item.points for item in items if item.points is not None]
        if (
            len(known) != len(items)
            or len(items) < _NAMES_AT_LEAST
            or any(i.doubtful or i.weighted is not None for i in items)
        ):
            continue
        whole = sum(known, Decimal(0))
        without = sum((i.points or Decimal(0) for i in items if i.name != _EXECUTION), Decimal(0))
        elsewhere = sum(
            (i.points or Decimal(0) for i in case.found.items if i.name == _EXECUTION and i not in items), Decimal(0)
        )
        every = sum((i.points or Decimal(0) for i in case.found.items), Decimal(0))
        if _FULL in (whole, without, whole + elsewhere, every) or whole < Decimal(50):
            continue
        if _many_hundreds(case) and whole == Decimal(90):
            continue  # one form a project, its ten points of execution in a table of their own
        yield case.finding(
            "R01",
            items[-1].span if items[-1].span.end > items[-1].span.start else None,
            f"表中各项分值之和是{number(whole)}分，不是100分",
            stated="100",
            recomputed=number(whole),
        )


def _below(case: Case, group: ScoredGroup) -> list[ScoredItem]:
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
    rows = [i for i in case.found.items if i.table]
    return [i for i in rows or case.found.items if group.name in i.path]


def _told_of(case: Case, row: ScoredGroup) -> ScoredGroup | None:
    """The group of running text that a row of a summary repeats: where their numbers are one, its sum is told there."""
    if not row.table or any(item.table for item in case.found.items):
        return None
    return next((g for g in case.found.groups if g.section is not None and g.name == row.name), None)


def _of_a_part(case: Case, group: ScoredGroup) -> bool:
    """Whether a group misses its sum only by what a group within it misses, which is told there."""
    below = _below(case, group)
    gap = (group.points or Decimal(0)) - sum((i.points or Decimal(0) for i in below), Decimal(0))
    for other in case.found.groups:
        if not other.table or other.points is None or other.depth <= group.depth:
            continue
        inner = _below(case, other)
        inside = bool(inner) and len(inner) < len(below) and all(item in below for item in inner)
        if inside and other.points - sum((i.points or Decimal(0) for i in inner), Decimal(0)) == gap:
            return True
    return False


def _cut_off(case: Case, group: ScoredGroup) -> bool:
    """Whether a group reaches to the end of a table that goes on in the next one (a page's end)."""
    block = case.found.document.block_at(group.span.start)
    if block is None or group.cover is None or group.cover.end < block.end - 1:
        return False
    later = [i for i in case.found.items if i.table and i.span.start > block.end]
    if not later:
        return False
    after = case.found.document.block_at(later[0].span.start)
    between = case.flat[block.end : after.start] if after is not None else "x"
    return len(between.strip()) < _TITLE_BETWEEN


_TITLE_BETWEEN = 30  # characters: a page's header or footer may stand between


def _sum_differs(case: Case, group: ScoredGroup) -> bool:
    known = [item.points for item in _below(case, group)]
    return (
        not _cut_off(case, group)
        and bool(known)
        and None not in known
        and sum(p for p in known if p is not None) != group.points
    )


def within_points(case: Case) -> Iterator[Finding]:
    """R02: a score lies between 0 and the printed points; documented moved points make it a note."""
    for item in case.found.items:
        if item.claimed is not None and item.claimed < 0:
            message = f"“{item.name}”自评{number(item.claimed)}分，得分不能小于0"
            yield case.finding(
                "R02", case.leaf_span(item), message, stated=number(item.claimed), recomputed="0", item=item.name
            )
        if item.points is None or item.claimed is None or item.claimed <= item.points or item.doubtful:
            continue
        givers = [other for other in case.not_assessed if _same(other.receiver, item.name)]
        givers = givers or [other for other in case.not_assessed if not other.receiver and _moves(case, other)]
        moved = sum((giver.moved or giver.points or Decimal(0) for giver in givers), Decimal(0))
        if not givers and _TAKEN_IN.search(case.text(item.body)):
            continue  # from an indicator that was not read
        if givers and item.claimed <= item.points + moved:
            if _TAKEN_IN.search(case.text(item.body)):
                continue  # the indicator itself says so
            names = "、".join(f"“{giver.name}”" for giver in givers)
            yield case.finding(
                "R02",
                case.leaf_span(item),
                f"“{item.name}”自评{number(item.claimed)}分，标题只写{number(item.points)}分；加上{names}调入的{number(moved)}分才成立，请在本项写明",
                severity=Severity.INFO,
                stated=number(item.claimed),
                recomputed=number(item.points + moved),
                item=item.name,
            )
            continue
        yield case.finding(
            "R02",
            case.leaf_span(item),
            f"“{item.name}”自评{number(item.claimed)}分，超过分值{number(item.points)}分",
            stated=number(item.claimed),
            recomputed=number(item.points),
            item=item.name,
        )


_TAKEN_IN = re.compile(
    r"(?:调入|并入|转入|划入|移入|承接|接收|加上|含|(?:调整|计|纳)[至到入](?:本|该)(?:项|指标))[^。]{0,40}\d\s?分|\d\s?分[^。]{0,20}(?:调|并|转|划|移)[整]?[入至到]"
    r"|(?:调整|调增|调入|承接|接收)后[^。;]{0,12}\d\s?分"
)


_OF_MOST = re.compile(r"分[(](?:满分|分值|权重|标准分)(?P<most>\d{1,3}(?:\.\d+)?)分[)]")
_GOT = re.compile(r"得?(?P<n>\d{1,3}(?:\.\d+)?)$")
_NAMED = re.compile(r"(?P<name>[\u4e00-\u9fff\d]{2,14}?)(?:自评)?得?$")
_LONGEST = 16  # characters of a name with 自评 behind it


_MOVES = re.compile(r"(?:调整?|移|转|并|计|划|加|剂)(?:至|到|入|给)")


def _moves(case: Case, item: ScoredItem) -> bool:
    """Whether a leaf that is not assessed says that its points went elsewhere, to a place that names no leaf."""
    return _MOVES.search(item.reason or case.text(item.body)) is not None


def groups_within_points(case: Case) -> Iterator[Finding]:
    """R02 of a group: 「（四）效益（20分，自评21分）」, unless points were moved in."""
    if case.not_assessed:
        return

    def over(item: ScoredItem) -> bool:
        return item.points is not None and item.claimed is not None and item.claimed > item.points

    for group in case.found.groups:
        if group.points is None or group.claimed is None or group.claimed <= group.points or group.section is None:
            continue
        if any(over(item) for item in children(case, group)[1]):
            continue  # told of the leaf
        if re.search(r"加分|调入|承接", case.text(case.sentence(group.span.start))) or group.claimed > group.points * 2:
            continue
        message = f"“{group.name}”自评{number(group.claimed)}分，超过分值{number(group.points)}分"
        yield case.finding("R02", group.span, message, stated=number(group.claimed), recomputed=number(group.points))


def told_beyond_points(case: Case) -> Iterator[Finding]:
    """R02 in a sentence of the conclusion: 「年度目标3得21分（满分20分）」."""
    for match in _OF_MOST.finditer(case.flat):
        got = _GOT.search(case.flat, max(0, match.start() - _LONGEST), match.start())
        if got is None:
            continue
        claimed, most = Decimal(got["n"]), Decimal(match["most"])
        named = _NAMED.search(case.flat, max(0, got.start() - _LONGEST), got.start()) if claimed > most else None
        if named is not None:
            message = f"“{named['name']}”得{number(claimed)}分，超过满分{number(most)}分"
            span = Span(named.start(), match.end())
            yield case.finding("R02", span, message, stated=number(claimed), recomputed=number(most))


def moved_to(case: Case, item: ScoredItem) -> Decimal:
    """The points that leaves which are not assessed gave to this one."""
    givers = [other for other in case.not_assessed if other.receiver and _same(other.receiver, item.name)]
    return sum((giver.moved or giver.points or Decimal(0) for giver in givers), Decimal(0))


def _same(left: str, right: str) -> bool:
    a, b = _plain(left), _plain(right)
    return bool(a) and bool(b) and (a == b or (min(len(a), len(b)) >= 4 and (a in b or b in a)))


@lru_cache(maxsize=256)  # every leaf's name is held against every receiver's
def _plain(name: str) -> str:
    return _BARE.sub("", name)


_BARE = re.compile(r"[\s\"'“”、,，()（）]|指标$|情况$")


def base_of(case: Case) -> Decimal | None:
    """The sum of the claimed leaves; None where any of them is not known."""
    items = case.found.items
    if (
        not items
        or any(item.claimed is None and not item.not_applicable for item in items)
        or any(i.doubtful for i in items)
    ):
        return None
    if any(item.weighted is not None for item in items):
        return sum(
            (item.weighted if item.weighted is not None else item.claimed or Decimal(0) for item in items), Decimal(0)
        )
    return sum((item.claimed or Decimal(0) for item in items), Decimal(0))


def extras_of(case: Case) -> tuple[Decimal, Decimal] | None:
    """Bonus and deduction as claimed; None where one is named without a number that is not 「无」."""
    bonus = deduction = Decimal(0)
    for extra in case.found.extras:
        if extra.claimed is None:
            if not re.search(r"无|不涉及|没有|未", case.text(extra.body)):
                return None
            continue
        if extra.deduction:
            deduction += extra.claimed
        else:
            bonus += extra.claimed
    return bonus, deduction


def total_holds(case: Case) -> Iterator[Finding]:
    """R03: the stated total is the sum of claims, bonus and deduction, after a cap that is stated; silent where a leaf may not have been read."""
    if not case.certainty.tree:
        return
    yield from _group_claims(case)
    slips = list(_told_groups(case))
    yield from slips
    if len(tables(case)) > 1 and _many_hundreds(case):
        yield from _form_by_form(case)
        return
    found = plausible_totals(case)
    base, extras = base_of(case), extras_of(case)
    if base is None or extras is None:
        yield from _out_of_reach(case, extras)
        if found.base is not None and found.claimed is not None and extras is not None:
            yield from _against(case, found.claimed, Decimal(found.base.value), *extras)
        yield from _totals_agree(case, None)
        return
    bonus, deduction = extras
    raw = base + bonus - deduction
    told = Decimal(found.base.value) if found.base is not None else base
    follows = found.claimed is not None and Decimal(found.claimed.value) == told + bonus - deduction
    if found.base is not None and told not in (base, raw) and not follows:  # a total that follows from it is told below
        yield _wrong(case, found.base, "基础分", base, f"各项自评得分之和是{number(base)}分")
    claimed = found.claimed
    wrong = sum((Decimal(slip.stated) - Decimal(slip.recomputed) for slip in slips), Decimal(0))
    if claimed is not None and not (slips and Decimal(claimed.value) - raw == wrong):  # else told of the group already
        yield from _against(case, claimed, base, bonus, deduction)
    yield from _totals_agree(case, raw)


def plausible_totals(case: Case) -> Totals:
    """The printed totals without those that are none: a leaf's score that was taken for one, and a scale of 100 beside the total itself."""
    found = case.found.totals
    items = [i for i in case.found.items if not i.table]
    if any(i.weighted is not None for i in case.found.items):
        return found
    whole = sum((i.claimed or Decimal(0) for i in case.found.items), Decimal(0))
    extras = extras_of(case) or (Decimal(0), Decimal(0))
    raw = whole + extras[0] - extras[1]
    kept = [
        total
        for total in found.all_claimed
        if Decimal(total.value) * 2 > whole and not any(i.span.start <= total.span.start < i.quote.end for i in items)
    ]
    bodies = [i.body for i in items]
    outside = [total for total in kept if not any(body.start <= total.span.start < body.end for body in bodies)]
    kept = outside or kept
    if len(kept) > 1 or found.base is not None:
        own = [t for t in kept if not _is_scale(case, t)]
        kept = own or (kept if found.base is None else [])
    right = [total for total in kept if Decimal(total.value) in (raw, whole)]
    if right:
        kept = [t for t in kept if Decimal(t.value) != _FULL or _FULL in (raw, whole) or raw > _FULL]
    if len(kept) == len(found.all_claimed):
        return found
    return replace(found, claimed=kept[0] if kept else None, all_claimed=tuple(kept))


def _is_scale(case: Case, total: Stated) -> bool:
    """Whether a printed 100 is the scale (「总分100分」) and no score."""
    lead = case.flat[max(0, total.span.start - 6) : total.span.end]
    return (
        Decimal(total.value) == _FULL
        and re.search(r"总分|满分", lead) is not None
        and not re.search(r"得|自评|计", lead)
    )


def _out_of_reach(case: Case, extras: tuple[Decimal, Decimal] | None) -> Iterator[Finding]:
    """Where a leaf has no score: a total that not even full marks for it could make."""
    items, claimed = case.found.items, plausible_totals(case).claimed
    open_items = [i for i in items if i.claimed is None and not i.not_applicable]
    if claimed is None or extras is None or not open_items or case.found.totals.base is not None:
        return
    if len(open_items) > _FEW_OPEN or any(i.points is None or i.doubtful for i in items if i in open_items or i.table):
        return
    known = sum((i.claimed or Decimal(0) for i in items), Decimal(0)) + extras[0] - extras[1]
    most = known + sum((i.points or Decimal(0) for i in open_items), Decimal(0))
    if Decimal(claimed.value) > most:
        names = _quoted(i.name for i in open_items)
        yield _wrong(
            case,
            claimed,
            "自评得分",
            most,
            f"各项相加是{number(known)}分，{names}没有得分，得满分也只有{number(most)}分",
        )


def _many_hundreds(case: Case) -> bool:
    """Several tables that each make 100: one form a project."""
    sums = [sum((i.points or Decimal(0) for i in items), Decimal(0)) for items in tables(case)]
    return sum(1 for total in sums if total in (Decimal(90), _FULL)) > 1


def _form_by_form(case: Case) -> Iterator[Finding]:
    """Several forms in one document: each total against the rows between the total before it and itself."""
    start = 0
    for total in sorted(case.found.totals.all_claimed, key=lambda each: each.span):
        if not case.in_table(total.span.start):
            continue
        items = [i for i in case.found.items if i.table and start <= i.span.start < total.span.start]
        start = total.span.end
        known = [i.weighted if i.weighted is not None else i.claimed for i in items if not i.not_applicable]
        if len(items) < _NAMES_AT_LEAST or any(k is None for k in known) or any(i.doubtful for i in items):
            continue
        whole = sum((k for k in known if k is not None), Decimal(0))
        if whole != Decimal(total.value):
            yield _wrong(case, total, "总分", whole, f"本表各项得分之和是{number(whole)}分")


def _against(case: Case, claimed: Stated, base: Decimal, bonus: Decimal, deduction: Decimal) -> Iterator[Finding]:
    value, raw = Decimal(claimed.value), base + bonus - deduction
    derivation = (
        number(base) + (f" + {number(bonus)}" if bonus else "") + (f" − {number(deduction)}" if deduction else "")
    )
    if value == raw or (value == _FULL and raw > _FULL and case.found.totals.cap is not None):
        return
    if value == _FULL and raw > _FULL:
        yield case.finding(
            "R03",
            claimed.span,
            f"自评得分{number(value)}分，而{derivation} = {number(raw)}分；只有100分封顶才能得到，报告没有写明封顶",
            severity=Severity.WARNING,
            stated=number(value),
            recomputed=number(raw),
        )
        return
    without = base - sum((i.claimed or Decimal(0) for i in case.found.items if i.name == _EXECUTION), Decimal(0))
    if value in (base, without) and (bonus or deduction or value == without):
        if value == base and (bonus or deduction):
            yield _wrong(
                case, claimed, "自评得分", raw, f"没有计入加减分，{derivation} = {number(raw)}分", Severity.WARNING
            )
        return
    yield _wrong(
        case,
        claimed,
        "自评得分",
        raw,
        f"各项相加 {derivation} = {number(raw)}分" if bonus or deduction else f"各项自评得分之和是{number(raw)}分",
    )


def _wrong(
    case: Case, stated: Stated, name: str, recomputed: Decimal, why: str, severity: Severity | None = None
) -> Finding:
    return case.finding(
        "R03",
        stated.span,
        f"{name}写{number(Decimal(stated.value))}分，{why}",
        severity=severity,
        stated=number(Decimal(stated.value)),
        recomputed=number(recomputed),
    )


def _totals_agree(case: Case, raw: Decimal | None) -> Iterator[Finding]:
    """Totals printed at several places are one number."""
    found = plausible_totals(case)
    if found.claimed is None:
        return
    base = Decimal(found.base.value) if found.base else None
    seen = {Decimal(found.claimed.value)}
    for other in found.all_claimed[1:]:
        value = Decimal(other.value)
        if value in seen or value == base or (raw is not None and value == raw) or value == base_of(case):
            continue
        begin = max(case.sentence(other.span.start).start, other.span.start - _BEFORE)
        if _OF_ANOTHER.search(case.flat[begin : other.span.end + 2].replace(f"{case.year}年", "")):
            continue
        seen.add(value)
        yield _wrong(
            case, other, "总分", Decimal(found.claimed.value), f"另一处写{number(Decimal(found.claimed.value))}分"
        )


# A total that is not this report's own: of another year, unit, kind of review, or of a part.
_OF_ANOTHER = re.compile(
    r"上年|去年|上一?年度|20\d\d年|项目|复核|复评|财政|评审|平均|预计|目标|满分|加分前|基础|不含|下属|所属|第三方|抽查|全[县市区]|[县市区]级|折算|百分制|优|良"
)
_BEFORE = 24  # characters before a total in which such a word stands


def _told_groups(case: Case) -> Iterator[Finding]:
    """R03 of a sentence that tells the scores group by group: 「投入10分，得9.5分；过程40分，得39.91分」, against the leaves of each."""
    tops = {item.path[0] for item in case.found.items if item.path}
    known = {group.name for group in case.found.groups if group.claimed is not None}
    for name in sorted(tops - known):
        match = _group_told(case.flat, name.removesuffix("指标"))
        items = [i for i in case.found.items if i.path and i.path[0] == name]
        claims = [i.claimed if not i.not_applicable else Decimal(0) for i in items]
        worth = sum((i.points or Decimal(0) for i in items), Decimal(0))
        if match is None or None in claims or worth != Decimal(match["n"]):
            continue
        got, told = sum((c for c in claims if c is not None), Decimal(0)), Decimal(match["m"])
        if got != told <= worth:  # more than its points is the total behind it
            yield case.finding(
                "R03",
                Span(match.start() - len(name.removesuffix("指标")), match.end()),
                f"“{name}”自评{number(told)}分，下级得分之和是{number(got)}分",
                stated=number(told),
                recomputed=number(got),
            )


_SCORE_BEHIND = re.compile(
    r"(?:类|方面|部分|指标)*[(,]?(?:满分|分值)?(?P<n>\d{1,3}(?:\.\d+)?)分[),]*(?:自评|实际)?得(?:分)?(?P<m>\d{1,3}(?:\.\d+)?)分"
)
_WORD_BEFORE = re.compile(r"[\u4e00-\u9fff]")


def _group_told(text: str, name: str) -> re.Match[str] | None:
    """The points and the score behind a group's name, where it first stands with them and begins a word."""
    at = text.find(name)
    while at >= 0:
        match = _SCORE_BEHIND.match(text, at + len(name))
        if match is not None and not (at and _WORD_BEFORE.match(text, at - 1)):
            return match
        at = text.find(name, at + 1)
    return None


def _group_claims(case: Case) -> Iterator[Finding]:
    for group in case.found.groups:
        if group.claimed is None:
            continue
        if group.section is not None and not _whole_under(case):
            continue
        told = _told_of(case, group)
        if told is not None and told.claimed == group.claimed:
            continue
        if group.section is not None:
            groups, items = children(case, group)
            parts = [*(g.claimed for g in groups), *(i.claimed if not i.not_applicable else Decimal(0) for i in items)]
        else:
            parts = [i.claimed if i.table or not i.not_applicable else Decimal(0) for i in _below(case, group)]
        known = [part for part in parts if part is not None]
        if group.section is not None and abs(group.claimed - sum(known, Decimal(0))) * 2 > group.claimed:
            continue  # more is missing than a slip can explain: leaves were read elsewhere
        if known and len(known) == len(parts) and sum(known) != group.claimed:
            yield case.finding(
                "R03",
                group.span,
                f"“{group.name}”自评{number(group.claimed)}分，下级得分之和是{_sum(known)}",
                stated=number(group.claimed),
                recomputed=number(sum(known, Decimal(0))),
            )


def every_leaf_scored(case: Case) -> Iterator[Finding]:
    """R04: every leaf has a score or a reason not to have one; a leaf of the recognised system is not left out."""
    for item in case.found.items:
        if item.table and item.points is None and item.claimed is None:
            continue  # a form without points
        if item.claimed is None and not item.not_applicable and not item.doubtful and _surely_open(case, item):
            yield case.finding("R04", item.span, f"“{item.name}”没有自评得分，也没有写不考核的理由", item=item.name)
        elif item.not_applicable and not item.table and item.points is not None and item.section is not None:
            section = case.found.sections[item.section]
            alone = case.paragraph(section.span.start).end <= section.span.end + 1
            if (
                alone
                and section.span == item.span
                and item.receiver
                and case.found.totals.base is None
                and "考核" not in case.text(section.span)
                and not _in_a_table(case, item.name)
            ):
                yield case.finding(
                    "R04",
                    item.span,
                    f"“{item.name}”标题下没有得分，不考核的说明在正文里，按表读的人会看成漏评",
                    severity=Severity.INFO,
                    item=item.name,
                )
    known = case.system is not None and case.leaf_ids and all(item.name in case.leaf_ids for item in case.found.items)
    if known and case.system is not None and not case.certainty.points:  # points that make 100 leave no leaf out
        named = set(case.leaf_ids.values())
        gap = _FULL - sum((item.points or Decimal(0) for item in case.found.items), Decimal(0))
        absent = [leaf.points for leaf in case.system.leaves() if leaf.id not in named and leaf.points is not None]
        if sum(absent) != gap:
            return  # other leaves than these are missing, or were not read
        for leaf in case.system.leaves():
            unnamed = leaf.id not in named and not _mentioned(case, leaf.name)
            if unnamed and leaf.points is not None:  # a framework without points is chosen from
                yield case.finding(
                    "R04",
                    case.anchor("绩效分析"),
                    f"“{case.system.name}”的指标“{leaf.name}”在报告里没有出现",
                    item=leaf.name,
                    absent=True,
                )


def _mentioned(case: Case, name: str) -> bool:
    """Whether an indicator's name stands anywhere in the text, whatever stands between its characters."""
    return _plain(name) in re.sub(r"[\s\"'“”、,，()（）]", "", case.flat)


def _in_a_table(case: Case, name: str) -> bool:
    """Whether a table of the report has a row of that name."""
    return any(_plain(name) == _plain(text) for grid in case.grids for line in grid.lines for text in line)


_SCORED_SOMEHOW = re.compile(
    r"(?:得|计|评|给予?|扣)\s?(?:满分|\d+(?:\.\d+)?\s?分)|满分|不扣分|不考核|不适用|不计分|自评[^,。;]{0,4}\d"
)


def _surely_open(case: Case, item: ScoredItem) -> bool:
    """Whether an indicator has surely no score: the others have theirs, and nothing in its own text may be one."""
    open_items = [i for i in case.found.items if i.claimed is None and not i.not_applicable]
    own = _SCORED_SOMEHOW.search(case.text(Span(item.span.end, max(item.span.end, item.body.end))))
    few = len(open_items) <= _FEW_OPEN and len(open_items) * 2 < len(case.found.items)
    bare = item.table or (
        own is None and not any(item.body.start <= s.start < item.body.end for s in case.certainty.loose)
    )
    return few and bare and (case.certainty.tree or len(open_items) * _NEARLY_ALL <= len(case.found.items))


def aspects_match(case: Case) -> Iterator[Finding]:
    """R05: 「从…N方面进行考核」 names as many and the same leaves as follow."""
    if not case.certainty.tree:
        return  # a leaf may not have been read
    for group in case.found.groups:
        if group.aspect_span is None or not (group.aspects or group.aspect_count):
            continue
        groups, items = children(case, group)
        names = [*(g.name for g in groups), *(i.name for i in items)]
        if not names or any(_told_later(case, group, aspect, names) for aspect in group.aspects):
            continue
        yield from _aspects(case, group, names) if group.aspects else _counted_only(case, group, len(names))


def _aspects(case: Case, group: ScoredGroup, names: list[str]) -> Iterator[Finding]:
    """R05 of one group, against the names of its parts."""
    assert group.aspect_span is not None
    missing, extra, count = _unlike(names, group.aspects), _unlike(group.aspects, names), group.aspect_count
    if len(missing) == len(names) and _COUNTED.search(case.text(case.sentence(group.aspect_span.start))):
        return  # dimensions, and the number of indicators beside them: 「从数量、时效两方面考核，设4个指标」
    if count is not None and count == len(group.aspects) and count == len(names) and not missing and not extra:
        return
    said: list[str] = []
    if count is not None and count != len(names):
        said.append(f"写{count}方面，后面有{len(names)}项指标")
    elif count is not None and count != len(group.aspects):
        return  # the list may have been read wrongly: the number itself is right
    if missing and count is not None:
        said.append(f"没有提到{_quoted(missing)}")
    if extra:
        said.append(f"后面没有{_quoted(extra)}这样名称的指标")
    if said:
        yield case.finding(
            "R05",
            group.aspect_span,
            f"“{group.name}”的考核方面与后面的指标不一致：{'；'.join(said)}",
            stated=str(count or len(group.aspects)),
            recomputed=str(len(names)),
        )


def _unlike(words: Iterable[str], others: Iterable[str]) -> list[str]:
    """The words that are like none of the others."""
    known = list(others)
    return [word for word in words if not any(_alike(word, other) for other in known)]


def _counted_only(case: Case, group: ScoredGroup, parts: int) -> Iterator[Finding]:
    """R05 of a bare number: 「共设三级指标5个」, against the parts of its group or all its leaves."""
    leaves = sum(1 for item in case.found.items if item.path and group.name in item.path)
    if group.points is None or group.aspect_span is None:
        return  # a chapter, which counts its own way
    if any(
        i.body.start <= group.aspect_span.start < i.body.end and i.span.start != group.span.start
        for i in case.found.items
    ):
        return  # a leaf tells of the department's own goals: 「设三级指标17个，有目标值16个」
    if group.aspect_count not in (parts, leaves, len(case.found.items)):
        yield case.finding(
            "R05",
            group.aspect_span,
            f"“{group.name}”写有{group.aspect_count}项指标，后面是{leaves or parts}项",
            stated=str(group.aspect_count),
            recomputed=str(leaves or parts),
        )


_COUNTED = re.compile(r"[一二两三四五六七八九十\d]{1,2}\s?[个项](?:三级|末级|具体)?指标")


def _told_later(case: Case, group: ScoredGroup, aspect: str, names: list[str]) -> bool:
    """Whether an aspect without a leaf stands at the head of a line behind its list, as a leaf does."""
    if group.aspect_span is None or any(_alike(name, aspect) for name in names):
        return False
    form = re.compile(rf"^\W*[\d一二三四五六七八九十()、.①-⑳\s]*{re.escape(aspect)}", re.MULTILINE)
    return form.search(case.flat, group.aspect_span.end) is not None


_SAID = re.compile(
    r"(?:从|设|设置|包括|(?<!部)分为?)(?P<names>[\u4e00-\u9fff]{2,14}(?:、[\u4e00-\u9fff]{2,14}){1,5})(?P<n>[两二三四五六]|[2-6])\s?(?:个?方面|个?部分|[个项](?:三级|末级|具体)?指标)"
)
_NUMBERS = dict(zip("两二三四五六", (2, 2, 3, 4, 5, 6), strict=True))
_LEAD = 160  # characters before or behind a heading in which its parts may be listed


def parts_told(case: Case) -> Iterator[Finding]:
    """R05 of a list that names the parts and counts them, in other words than 考核: 「本部分设校舍、培训、设备、招生四项指标」."""
    if not case.certainty.tree:
        return
    tops = [g for g in case.found.groups if g.section is not None]
    low = min((g.depth for g in tops), default=0)
    first = [g for g in tops if g.depth == low]
    if len(first) > 1 and all(g.aspect_span is None for g in first):
        start = first[0].span.start
        yield from _listed(case, max(0, start - _LEAD), start, "绩效分析", [g.name for g in first])
    for group in tops:
        if group.aspect_span is None and group.points is not None:
            groups, items = children(case, group)
            names = [*(g.name for g in groups), *(i.name for i in items)]
            spans = [*(g.span for g in groups), *(i.span for i in items)]
            end = min([group.span.end + _LEAD, *(span.start for span in spans)])
            yield from _listed(case, group.span.end, end, group.name, names)
    yield from _of_tables(case)


_FROM = re.compile(
    r"(?P<group>[\u4e00-\u9fff]{2,6}?)(?:类|方面|部分|指标)*从[^。;]{4,80}?个?方面(?:进行)?(?:考核|评价)"
)


def _of_tables(case: Case) -> Iterator[Finding]:
    """The same of a group whose leaves stand in a table: 「产出从……3个方面进行考核」."""
    for match in _FROM.finditer(case.flat) if "方面" in case.flat else ():
        names = [i.name for i in case.found.items if i.table and match["group"] in i.path]
        told = any(
            g.aspect_span is not None and g.aspect_span.start < match.end() and match.start() < g.aspect_span.end
            for g in case.found.groups
        )
        if names and not told:
            yield from _listed(case, match.start(), match.end(), match["group"], names)


def _listed(case: Case, low: int, high: int, name: str, names: list[str]) -> Iterator[Finding]:
    for match in _SAID.finditer(case.flat, low, high):
        told = match["names"].split("、")
        count = _NUMBERS.get(match["n"]) or int(match["n"])
        known = [each for each in told if any(_alike(each, other) for other in names)]
        if not names or count != len(told) or count == len(names) or len(known) * 2 < len(told):
            continue
        span = Span(match.start(), match.end())
        message = f"“{name}”写{count}方面，后面有{len(names)}项"
        yield case.finding("R05", span, message, stated=str(count), recomputed=str(len(names)))


def _quoted(names: Iterable[str]) -> str:
    return "、".join(f"“{name}”" for name in names)


def _alike(left: str, right: str) -> bool:
    a, b = _plain(left), _plain(right)
    return a == b or a in b or b in a or SequenceMatcher(None, a, b).ratio() >= _ALIKE


def rescored(case: Case) -> Iterator[Finding]:
    """R06: the score computed from the report's own figures is the claimed one."""
    if case.known is not None and case.known.exact:
        for leaf in case.known.scorecard.leaves:
            claimed = _claim_of(case, leaf.id)
            if (
                leaf.standing is not Standing.COMPUTED
                or leaf.score is None
                or claimed is None
                or claimed.claimed is None
            ):
                continue
            computed = leaf.score
            if leaf.moved_in:
                continue  # whether moved points were taken is R34's matter
            if computed != Fraction(claimed.claimed):
                yield case.finding(
                    "R06",
                    case.leaf_span(claimed),
                    f"“{claimed.name}”自评{number(claimed.claimed)}分，按报告自己的数计算是{number(computed)}分",
                    stated=number(claimed.claimed),
                    recomputed=number(computed),
                    item=claimed.name,
                )


def _claim_of(case: Case, leaf: str) -> ScoredItem | None:
    names = [name for name, known in case.leaf_ids.items() if known == leaf]
    return next((item for item in case.found.items if item.name in names), None)
