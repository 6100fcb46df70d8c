"""R19: a leaf of budget execution, whose score is the rate that the report's account of its money tells or makes."""

from decimal import Decimal
from itertools import combinations

from hengji.auditing.case import Case
from hengji.model.extraction import ScoredItem
from hengji.model.patterns import pattern

_EXECUTION = pattern(r"(?:预算|资金|支出)(?:执行|完成|使用)|执行率|支出进度")
_RATE = pattern(r"(?:执行|支出|使用|完成)(?:率|进度)[^,。;\d]{0,4}(?P<n>\d{2}(?:\.\d+)?)\s?%")
_MONEY = pattern(r"(?<![\d.,])(?P<n>\d[\d,]*(?:\.\d+)?)\s?(?=[万亿]元)")
_MOST = 8  # amounts of one sentence that are held against each other
_ROUNDED = Decimal("0.0051")


def made_by_execution(case: Case, item: ScoredItem) -> bool:
    """Whether a leaf of execution has just its points times a rate that the report tells, or that two amounts of one sentence make."""
    if item.points is None or item.claimed is None or _EXECUTION.search(item.name) is None:
        return False
    for sentence, text in case.running:
        if "元" not in text and "率" not in text:
            continue
        shares = [Decimal(match["n"]) / 100 for match in _RATE.finditer(text)]
        if _SPENT.search(text) and case.item_at(sentence.start) is None:
            amounts = [Decimal(match["n"].replace(",", "")) for match in _MONEY.finditer(text)][:_MOST]
            shares += [min(a, b) / max(a, b) for a, b in combinations(amounts, 2) if a and b]
        if any(abs(item.points * share - item.claimed) <= _ROUNDED for share in shares if share < 1):
            return True
    return False


_SPENT = pattern(r"支出|执行|支付|使用|兑付|拨付|结余|结转")
