"""Scores that a leaf tells part by part: where those make its own, no rule for the whole is held against it; where they do not, R06."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from hengji.auditing.case import Case
from hengji.auditing.numbers import number
from hengji.auditing.rescoring.leaf_facts import own_words, without
from hengji.auditing.rescoring.scoring_rule import read_rule
from hengji.auditing.scores.tree import sum_of
from hengji.extracting.leaves.told_leaves import inline_leaves
from hengji.model.extraction import ScoredItem
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_PART = pattern(r"(?<![应可不])[得计](?:了|到)?(?P<n>\d{1,2}(?:\.\d{1,2})?)分(?!制)")
_FEWEST, _MOST = 2, 8
_SCORE_ITSELF = pattern(r"(?:自评|实|评)$")


def made_of_parts(case: Case, item: ScoredItem) -> bool:
    """Whether the scores of parts that a leaf's own text tells add up to its claim: 「原分按支出率计5.9分；移入的得2分，合计7.9分」."""
    text = own_words(case, item)
    rule = read_rule(text, Fraction(item.points or 0))
    ranges = any(step.low != step.high for step in rule.steps)  # 「基本支出执行率100%，得5分」 is no step but a part
    own = without(text, rule.spans) if ranges else text
    told = [
        Decimal(match["n"])
        for match in _PART.finditer(own)
        if not _SCORE_ITSELF.search(own, max(0, match.start() - 2), match.start())
    ]
    parts = [n for n in told if 0 < n < (item.claimed or 0)]
    return _FEWEST <= len(parts) <= _MOST and sum(parts, Decimal(0)) == item.claimed


def parts_make_it(case: Case) -> Iterator[Finding]:
    """A leaf whose parts have its points, each with a score, that do not make its own: 「（5分），得5分。甲1分，得1分；乙4分，得3分」."""
    for item in case.found.items:
        if item.claimed is None or item.table or item.doubtful or not item.points:
            continue
        parts = inline_leaves(case.flat[item.span.end : item.body.end])
        claims = [part.claim for part in parts if part.claim is not None]
        whole = sum((part.points for part in parts), Decimal(0)) == item.points
        if len(parts) < _FEWEST or len(claims) != len(parts) or not whole or sum(claims, Decimal(0)) == item.claimed:
            continue
        message = f"“{item.name}”各部分得分之和是{sum_of(claims)}，自评{number(item.claimed)}分"
        right = number(sum(claims, Decimal(0)))
        place = case.leaf_passage(item)
        yield case.finding("R06", place, message, stated=number(item.claimed), recomputed=right, item=item.name)
