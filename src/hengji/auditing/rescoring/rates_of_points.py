"""R06 of tables whose rules give a share of the points: 「达到60%的100%；每低1个百分点降低5个百分点」 and a column with the share of each leaf."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from hengji.auditing.case import Case
from hengji.auditing.numbers import number
from hengji.auditing.rescoring.by_rule import reading_of_rule
from hengji.auditing.rescoring.exact.told_score import told_score
from hengji.auditing.rescoring.sheet import compact
from hengji.model.extraction import ScoredItem, Span
from hengji.model.finding import Finding, Severity
from hengji.model.patterns import pattern

_HUNDRED = Decimal(100)
_LITTLE = Fraction(11, 1000)
_SHARE = pattern(r"^(\d{1,3}(?:\.\d+)?)%$")
_LESS = pattern(r"(?:得分率)?(?:相应|则|再)?(?:降低|扣减?|减少?|下降|递减|下调)(\d{1,3}(?:\.\d+)?)(?:个百分点|%)")
_GIVES = pattern(
    r"(?:(?:的|时)?,?得分率(?:为|是|得|按|计)?|(?<=[上下内])的?[得为按计]?|(?<=%)的[得为按计]?|的[得为按计])(\d{1,3})%(?=[,;。]|$)"
)
_NONE = pattern(r"(?:的|得分率)?[得为计]0(?=[,;。]|$)")


def shares_by_rule(case: Case) -> Iterator[Finding]:
    """A row whose share of its points is more than its rule gives for its figure, and whose score follows that share."""
    for item in case.found.items if "得分率" in case.flat else ():
        share = _share(case, item)
        rule = _of_a_hundred(compact(item.rule))
        if share is None or not item.points or rule == compact(item.rule):
            continue
        nowhere = Span(item.body.start, item.body.start)  # the row's other cells tell its share, which is no fact
        whole = replace(item, points=_HUNDRED, claimed=share, rule=rule, body=nowhere)
        told = told_score(case, whole) or reading_of_rule(case, whole)
        if told is None or Fraction(share) <= max(told.scores) + _LITTLE:
            continue
        right = max(told.scores) * Fraction(item.points) / 100
        message = f"“{item.name}”按评分标准得分率应是{number(max(told.scores))}%，写{number(share)}%，应得{number(right)}分，自评{number(item.claimed or Decimal(0))}分"
        yield case.finding(
            "R06",
            item.quote,
            message,
            severity=Severity.WARNING,
            stated=number(item.claimed or Decimal(0)),
            recomputed=number(right),
            item=item.name,
        )


def _share(case: Case, item: ScoredItem) -> Decimal | None:
    """The share of its points that a row prints in a cell of its own, where its score follows it."""
    if not item.table or not item.points or item.claimed is None or item.doubtful or not item.rule:
        return None
    cells = [match[1] for cell in case.text(item.body).split("\t") if (match := _SHARE.match(cell.strip()))]
    share = Decimal(cells[-1]) if cells else None
    if share is None or share > _HUNDRED:
        return None
    follows = abs(Fraction(item.points) * Fraction(share) / 100 - Fraction(item.claimed)) <= _LITTLE
    return share if follows else None


def _of_a_hundred(rule: str) -> str:
    """A rule for a share of the points, as one for a leaf of a hundred points."""
    return _NONE.sub("不得分", _GIVES.sub(r"得\1分", _LESS.sub(r"扣\1分", rule)))
