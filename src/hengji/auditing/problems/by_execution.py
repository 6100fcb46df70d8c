"""R19: a leaf of budget execution, whose score is the rate that the report's account of its money tells or makes."""

from decimal import Decimal
from itertools import combinations

from hengji.auditing.case import Case
from hengji.model.extraction import ScoredItem
from hengji.model.patterns import pattern

_EXECUTION = pattern(r"(?:预算|资金|支出)(?:执行|完成|使用)|执行率|支出进度")
_RATE = pattern(r"(?:执行|支出|使用|完成)(?:率|进度)[^,。;\d]{0,4}(?P<n>\d{2}(?:\.\d+)?)\s?%")
_MONEY = pattern(r"(?<![\d.,])(?P<n>\d[\d,]*(?:\.\d+)?)(?:(?=\s?[万亿]元)|(?<=\.\d\d)(?![\d.%]))")
_MOST = 8  # amounts of one sentence that are held against each other
_ROUNDED = Decimal("0.0051")


def made_by_execution(case: Case, item: ScoredItem) -> bool:
    """Whether a leaf of execution has just its points times a rate that the report tells, or that two amounts of one sentence make."""
    if item.points is None or item.claimed is None or _EXECUTION.search(item.name) is None:
        return False
    if _told_in_rows(case, item.points, item.claimed):
        return True
    for sentence, text in case.running:
        if "元" not in text and "率" not in text and "支出" not in text:
            continue
        shares = [Decimal(match["n"]) / 100 for match in _RATE.finditer(text)]
        if _SPENT.search(text) and case.item_at(sentence.start) is None:
            amounts = [Decimal(match["n"].replace(",", "")) for match in _MONEY.finditer(text)][:_MOST]
            shares += [min(a, b) / max(a, b) for a, b in combinations(amounts, 2) if a and b]
        if any(abs(item.points * share - item.claimed) <= _ROUNDED for share in shares if share < 1):
            return True
    return False


def _told_in_rows(case: Case, points: Decimal, claimed: Decimal) -> bool:
    """Whether the first rows of a table of money, or its row of the whole, tell the rate under 执行率: 「合计｜1256.00｜1218.32｜97.00%」."""
    for grid in case.grids:
        heads = [(r, c) for r in range(min(grid.rows, _HEAD)) for c, text in enumerate(grid.lines[r]) if text in _HEADS]
        for top, column in heads[:1]:
            for row in range(top + 1, grid.rows):
                whole = _WHOLE.search(grid.text(row, 0)) is not None
                told = _PER_CENT.fullmatch(grid.text(row, column).strip()) if whole else None
                if told and abs(points * Decimal(told["n"]) / 100 - claimed) <= _ROUNDED:
                    return True
    return False


_HEAD = 4  # rows in which a table's columns are named
_HEADS = ("执行率", "预算执行率", "执行进度", "支出进度", "完成率", "执行率(%)")
_WHOLE = pattern(r"合\s*计|总\s*计|总额|总支出|支出总|整体支出|部门支出")
_PER_CENT = pattern(r"(?P<n>\d{2}(?:\.\d+)?)\s?%?")
_SPENT = pattern(r"支出|执行|支付|使用|兑付|拨付|结余|结转")
