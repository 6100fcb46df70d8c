"""Leaves told a line each in cells that bear their labels, without a header: 「标线面积  指标值≥240  完成246  分值8  得分8」."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import takewhile

from hengji.extracting.leaves.leaf_names import bare_words, is_name, leaf_name
from hengji.extracting.leaves.narrative import NEVER_ITEMS, Narrative, closed_sections
from hengji.extracting.outline import Outline
from hengji.extracting.passages import Passage
from hengji.model.extraction import ScoredItem, Span
from hengji.model.patterns import pattern

_WORTH = r"指标分值|标准分值?|基准分值?|分值|满分|权重|权数|分数|赋分|配分|标分|总分"
_CONVERTED = r"(?:折算|换算|加权|折合|折)(?:后)?(?:得?分|成绩)?"
_GOT = r"自评得分|自评分数?|自评|实得分?|实际得分|最终得分|得分|评分|得"
_HUNDRED = r"百分制(?:得分|打分|分)?|原始分|百分得分|打分|百分分"
_OTHER = (
    r"(?:(?:年度|年初|全年|预期|实际)?(?:指标值|目标值?|计划值?|完成值?|实绩|实际值?|结果|完成情况)"
    r"|(?:预算数?|支出数?|执行率)(?=\s?[:=]?\s?\d))"
)
_GLUE = r"\s?(?:为|是|[:=])?\s?[(\[【]?\s?"
_N = r"\d{1,3}(?:\.\d{1,2})?"
_LABEL = pattern(
    rf"(?:{_CONVERTED}{_GLUE}(?P<converted>{_N})|(?:{_WORTH}){_GLUE}(?P<worth>{_N})|(?:{_GOT}){_GLUE}(?P<got>{_N})|(?:{_HUNDRED}){_GLUE}(?P<hundred>{_N}))"
    r"\s?[分%]?\s?[)\]】]?[。;]?"
)
_ANY = rf"(?:{_OTHER}|{_CONVERTED}|{_WORTH}|{_GOT}|{_HUNDRED})"
_LABELLED = pattern(_ANY)
# What parts cells: a tab, several blanks, a bar, an arrow, a semicolon or comma, and a single blank in front of a label.
_PARTING = pattern(
    rf"\s*(?:\t|[|;→]|,(?!\d{{3}}(?!\d)))\s*|\s{{2,}}|\s/\s|\s?[—–-]{{2,}}\s?|[\s、/](?={_ANY}\s?[:=≥≤(]?\s?\d)"
)
_CLAUSES = pattern(r",")
# The points in a bracket behind the name: 「标线面积（8分）  目标240  实绩246  得8」.
_NAME_WORTH = pattern(
    rf"(?P<name>.{{2,30}}?)\s?[(\[【](?:{_WORTH})?\s?[:=]?\s?(?P<n>\d{{1,2}}(?:\.\d{{1,2}})?)\s?[分%]?[)\]】]"
)
_ORDER = pattern(r"[(]?(?:\d{1,2}|[一二三四五六七八九十①-⑳]{1,2})[).、]?|(?:指标|序号)\s?\d{1,2}")
_LEVEL = pattern(
    r"(?:[一二三]级指标[:=]?)?(?:产出|效益|效果|过程|投入|决策|成本|质量|数量|时效|管理|履职|满意度|(?:社会|经济|生态)效益|可持续影响)(?:类|指标)?"
)
# The order in front of a name that a number opens: 「4.24小时修复率」.
_ORDERED = pattern(
    r"(?:[A-Z]|指标)?\s?[(]?\d{1,2}\s?(?:[.、:)]\s?|\s)(?=\d{1,4}(?:小时|分钟|天|日|周|个月|年|公里|平方|米|岁|类)[\u4e00-\u9fff])"
)
_OPENED = pattern(r"\d{1,4}(?:小时|分钟|天|日|周|个月|年|公里|平方|米|岁|类)[\u4e00-\u9fff]")
# A target or result under a name of its own line: 「目标24000亩」, 「目标建立」.
_VALUE = pattern(
    r"(?:年度|年初|预期)?(?:目标值?(?!设|管|明|合|完|制|申|任|责|绩|编|规|实)|指标值|完成值?(?!率|时|进|质|情|及|任|比|工|程))|.*\d[\d.]*\s?(?:%|[\u4e00-\u9fff]{0,2})$"
)
_TOTAL = pattern(r"(?:自评)?(?:总分|合计|总计|小计|总得分|得分合计|加权合计)")
_HAN = pattern(r"[\u4e00-\u9fff]{2}")
_SENTENCE = pattern(r"[。!?]\s*\S")
_LONGEST_NAME = 30
_LONGEST_LINE = 160
_FEWEST = 4  # lines of the same labels
_MOST = Decimal(100)
_MOST_OF_A_LEAF = Decimal(60)


@dataclass(frozen=True, slots=True)
class _Row:
    """One line of such cells, and where it stands."""

    name: str
    points: Decimal
    claimed: Decimal
    hundred: Decimal | None
    labels: tuple[str, ...]
    span: Span
    quote: Span
    line: Span


def with_labelled_lines(told: Narrative, parts: Sequence[Passage], tree: Outline) -> tuple[Narrative, bool]:
    """The running text with the leaves of such lines put right, and whether these make 100 points and so are all there are."""
    shut = closed_sections(tree, NEVER_ITEMS)
    open_parts = (part for part, owner in zip(parts, tree.of_passage, strict=True) if owner not in shut)
    rows = _leaves([row for part in open_parts if part.cell is None and (row := _row(part)) is not None])
    rows = [row for row in rows if _is_leafs(row, told)]
    if len(rows) < _FEWEST:
        return told, False
    whole = sum((row.points for row in rows), Decimal(0)) == _MOST
    items = [item for item in told.items if not any(_inside(item.span, row) for row in rows)]
    items = [item for item in items if item.claimed is not None] if whole else items
    named = {item.name for item in items}
    read = [next((item for item in told.items if _inside(item.span, row)), None) for row in rows]
    otherwise = sum(item is not None and item.name != row.name for row, item in zip(rows, read, strict=True))
    sure = otherwise * 2 < len(rows)
    items += [
        _item(row, item, sure=sure)
        for row, item in zip(rows, read, strict=True)
        if item is not None or row.name not in named
    ]
    items = sorted(items, key=lambda item: item.span.start)
    return replace(told, items=tuple(items)), whole


def _is_leafs(row: _Row, told: Narrative) -> bool:
    """Whether nothing read in a row contradicts that it is one leaf's: no group, no two leaves, no other score."""
    read = [item for item in told.items if _inside(item.span, row)]
    if len(read) > 1 or any(_inside(group.span, row) for group in told.groups):
        return False
    return not read or read[0].claimed is None or (read[0].points, read[0].claimed) == (row.points, row.claimed)


def _inside(span: Span, row: _Row) -> bool:
    return row.line.start <= span.start < row.line.end


def _leaves(rows: list[_Row]) -> list[_Row]:
    """The rows whose labels several share, without those that sum up what follows them."""
    shared = Counter(row.labels for row in rows)
    alike = [row for row in rows if shared[row.labels] >= _FEWEST]
    leaves = [row for index, row in enumerate(alike) if not _sums_up(row, alike[index + 1 :])]
    return leaves if len(leaves) >= _FEWEST and sum((r.points for r in leaves), Decimal(0)) <= _MOST else []


def _sums_up(row: _Row, below: Sequence[_Row]) -> bool:
    """Whether a row is the group of those right below it: its name is a level's, and their points and scores make its own."""
    points = claimed = Decimal(0)
    for each in below if _LEVEL.fullmatch(row.name) is not None else ():
        points, claimed = points + each.points, claimed + each.claimed
        if points >= row.points:
            break
    return (points, claimed) == (row.points, row.claimed)


def _item(row: _Row, known: ScoredItem | None, *, sure: bool) -> ScoredItem:
    """The leaf of a row: as it was read where it was read right; ``sure`` says that few were read under other names."""
    if known is None:
        return ScoredItem(row.name, (), row.points, row.claimed, row.span, row.quote, row.quote, hundred=row.hundred)
    if sure or _PARTING.search(known.name) is not None or _OPENED.match(row.name) or not is_name(known.name):
        known = replace(known, name=row.name, span=row.span)
    if (known.points, known.claimed) == (row.points, row.claimed):
        return replace(known, hundred=row.hundred)
    body = Span(min(known.body.start, row.quote.start), max(known.body.end, row.quote.end))
    return replace(
        known,
        points=row.points,
        claimed=row.claimed,
        quote=row.quote,
        body=body,
        hundred=row.hundred,
        not_applicable=False,
        reason="",
        receiver="",
        moved=None,
    )


def _row(part: Passage) -> _Row | None:
    """What such a line tells; None for any other."""
    text = part.flat
    if len(text) > _LONGEST_LINE or _SENTENCE.search(text) is not None:
        return None
    cells = list(_cells(text))
    leads = _leads(text, cells)
    behind = cells[len(leads) :]
    figures: dict[str, Decimal] = {}
    for cell in behind:
        told = _LABEL.fullmatch(text, *cell)
        kind = told.lastgroup if told is not None else None
        if told is None or kind is None:
            if _LABELLED.match(text, *cell) is None and _CLAUSES.search(text) is not None:
                return None  # clauses of prose
            continue
        if kind in figures:
            return None
        figures[kind] = Decimal(told[kind])
    named = _named(text, leads)
    return _of(part, named, figures, cells[-1][1]) if named is not None else None


def _leads(text: str, cells: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The cells in front of the labelled ones: order, levels, the name, whatever it begins with, and what has no label behind it."""
    first = next((i for i, (start, end) in enumerate(cells) if not _before_name(text[start:end])), len(cells)) + 1
    return [*cells[:first], *takewhile(lambda cell: _LABELLED.match(text, *cell) is None, cells[first:])]


def _before_name(cell: str) -> bool:
    return _ORDER.fullmatch(cell) is not None or _LEVEL.fullmatch(bare_words(cell)) is not None


def _of(part: Passage, named: tuple[Span, Decimal | None], figures: dict[str, Decimal], end: int) -> _Row | None:
    """The row of a name, with points behind it or in a cell, and the figures of its cells, if they fit each other."""
    name, worth = named
    points = figures.get("worth", worth)
    converted, got = figures.get("converted"), figures.get("got")
    claimed = converted if converted is not None else got
    raw = figures.get("hundred", got if converted is not None else None)
    if points is None or claimed is None or not claimed <= points <= _MOST_OF_A_LEAF or not points:
        return None
    hundred = raw if converted is not None and raw is not None and points * raw == claimed * _MOST else None
    words = leaf_name(part.flat[name.start : name.end])
    labels = (*sorted(figures), *(("behind",) if "worth" not in figures else ()))
    whole = part.span(0, max(len(part.flat), 1))
    return _Row(
        words, points, claimed, hundred, labels, part.span(name.start, name.end), part.span(name.start, end), whole
    )


def _cells(text: str) -> Iterator[tuple[int, int]]:
    """Where the cells of a line stand, without what parts them."""
    start = 0
    for low, high in [*(match.span() for match in _PARTING.finditer(text)), (len(text), len(text))]:
        cell = text[start:low]
        if cell.strip():
            yield start + len(cell) - len(cell.lstrip()), start + len(cell.rstrip())
        start = high


def _named(text: str, leads: Sequence[tuple[int, int]]) -> tuple[Span, Decimal | None] | None:
    """Where the name stands in front of the labels, behind its order and its levels, and the points in brackets behind it."""
    for start, end in leads:
        cell = text[start:end]
        if _before_name(cell):
            continue
        order = _ORDERED.match(cell)
        words = (cell[order.end() :] if order else cell if _OPENED.match(cell) else bare_words(cell)).strip(" :")
        worth = _NAME_WORTH.fullmatch(words)
        name = leaf_name(
            (worth["name"] if worth is not None else words).partition(":")[0]
        )  # 「合理性：合理（目标合理），得分=8」
        at = text.find(name, start, end)
        told = _HAN.search(name) is not None and 2 <= len(name) <= _LONGEST_NAME
        fits = told and _TOTAL.match(name) is None and _VALUE.match(name) is None
        if not fits or at < 0:
            return None
        return Span(at, at + len(name)), Decimal(worth["n"]) if worth is not None else None
    return None
