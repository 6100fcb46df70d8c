"""The share that running text tells of the one amount of a leaf: 「结转163.00万元，占预算的5.00%」 of a row that says only 「结转163.00万元」."""

import re
from fractions import Fraction

from hengji.auditing.case import Case
from hengji.auditing.rescoring.leaf_facts import Fact, Facts
from hengji.model.patterns import pattern

_SHARE = pattern(
    r"(?<![\d.])(?P<amount>\d[\d,]*(?:\.\d+)?)\s?(?P<u>[万亿]?元),?(?:仅)?(?:占|为|相当于)(?P<of>[^,。;\d]{2,12}?)的?\s?(?P<n>\d{1,3}(?:\.\d+)?)%"
)
_OF_WHOLE = pattern(r"预算|支出|收入|总额|指标")


def share_told(case: Case, rule: str, facts: Facts) -> Fact | None:
    """The one share told elsewhere of the one amount that a leaf tells without any rate, where its rule asks for a share."""
    if any(f.unit == "%" for f in facts.figures) or (facts.actual is not None and facts.actual.unit == "%"):
        return None
    amounts = [f for f in facts.figures if f.unit in ("元", "万元", "亿元")]
    if len(amounts) != 1 or len(facts.figures) != 1 or _ASKED.search(rule) is None:
        return None
    told = {Fraction(match["n"]) for match in _told(case, amounts[0])}
    return Fact(told.pop(), "%", facts.name, "", 0, 0) if len(told) == 1 else None


def _told(case: Case, amount: Fact) -> list[re.Match[str]]:
    """Where running text tells the share of an amount."""
    found = (match for match in _SHARE.finditer(case.flat) if not case.in_table(match.start()))
    same = (m for m in found if m["u"] == amount.unit and Fraction(m["amount"].replace(",", "")) == amount.number)
    return [match for match in same if _OF_WHOLE.search(match["of"])]


_ASKED = pattern(r"占|比例|比重|之比|率")
