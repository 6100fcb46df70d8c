"""R06 of tables that score what was not reached in proportion: the one row whose score is not points × reached ÷ target."""

from collections.abc import Iterator
from fractions import Fraction

from hengji.auditing.case import Case
from hengji.auditing.likely import mistaken
from hengji.auditing.moved_points import worth
from hengji.auditing.numbers import number, places
from hengji.auditing.rescoring.rules_elsewhere import rule_of_all
from hengji.auditing.scores.tree import tables
from hengji.model.extraction import ScoredItem
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_FIGURE = pattern(
    r"(?P<sign>[≥≤><=]|不低于|不高于|不超过|达到)?\s?(?P<n>\d[\d,]*(?:\.\d+)?)\s?(?P<unit>[^\d,;。、\s()]{0,4})"
)
_AT_MOST = ("≤", "<", "不高于", "不超过")
_LITTLE = Fraction(11, 1000)
_HABIT = 2  # rows that keep the proportion
_SAID = pattern(r"扣|÷|×|分")


def rows_in_proportion(case: Case) -> Iterator[Finding]:
    """R06: 「14个 | 13个 | 8 | 7.80」 where the other rows that fell short, or the rule told for all, keep the proportion."""
    for items in tables(case):
        told = [(item, right) for item in items if (right := _in_proportion(case, item)) is not None]
        kept = sum(1 for item, right in told if _near(item, right))
        odd = [(item, right) for item, right in told if not _near(item, right)]
        ruled = "÷" in rule_of_all(case)
        if len(odd) != 1 or (kept < _HABIT and not ruled):
            continue
        item, right = odd[0]
        claimed = Fraction(item.claimed or 0)
        if claimed < right or _SAID.search(item.remark):
            continue
        if not ruled and not mistaken(claimed, right, places(str(item.claimed))):
            continue
        message = (
            f"“{item.name}”目标{item.target}、完成{item.actual}，按比例应得{number(right)}分，自评{number(claimed)}分"
        )
        yield case.finding("R06", item.quote, message, stated=number(claimed), recomputed=number(right), item=item.name)


def _near(item: ScoredItem, right: Fraction) -> bool:
    claimed = Fraction(item.claimed or 0)
    return abs(claimed - right) <= _LITTLE or round(right * 10) == claimed * 10


def _in_proportion(case: Case, item: ScoredItem) -> Fraction | None:
    """The points in proportion of a row that fell short of its target and lost points; None where it tells other things."""
    points = worth(case, item)
    if item.claimed is None or item.doubtful or not points or not 0 < item.claimed < points or item.rule:
        return None
    target, actual = _FIGURE.fullmatch(item.target.strip()), _FIGURE.fullmatch(item.actual.strip())
    if target is None or actual is None or target["unit"] != actual["unit"]:
        return None
    due, done = (Fraction(each["n"].replace(",", "")) for each in (target, actual))
    if not due or not done:
        return None
    share = due / done if target["sign"] in _AT_MOST else done / due
    return Fraction(points) * share if share < 1 else None
