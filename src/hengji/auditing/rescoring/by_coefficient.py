"""R06 of tables with a column of coefficients: the score of a row is its points times its coefficient, and that follows its rule."""

from collections.abc import Iterator
from fractions import Fraction

from hengji.auditing.case import Case
from hengji.auditing.numbers import number
from hengji.auditing.rescoring.clauses.grammar import Rule, rule_in
from hengji.auditing.rescoring.clauses.weigh import weighed
from hengji.auditing.rescoring.clauses.words import in_digits
from hengji.auditing.rescoring.coefficient_rows import (
    CoefficientRow,
    lines_with_coefficients,
    rows_with_coefficients,
)
from hengji.auditing.rescoring.leaf_facts import Facts, amount_in
from hengji.auditing.rescoring.sheet import compact
from hengji.model.finding import Finding
from hengji.model.numerals import round_half_up
from hengji.model.patterns import pattern

_LITTLE = Fraction(11, 1000)
_SAID = pattern(r"[扣加减调并]\s?\d")


def points_times_coefficient(case: Case) -> Iterator[Finding]:
    """R06: 「权重8 | 得分系数85% | 得分7.2」 in a table whose other rows are points × coefficient."""
    for rows in _tables(case):
        odd = [row for row in rows if not _follows(row)]
        for row in odd if len(rows) >= 2 * len(odd) else ():
            if _SAID.search(case.text(row.span)):
                continue
            right = number(row.points * row.share)
            message = f"分值{number(row.points)}分，系数{number(row.share)}，应得{right}分，得分写{number(row.score)}分"
            yield case.finding("R06", row.span, message, stated=number(row.score), recomputed=right)


def _tables(case: Case) -> list[list[CoefficientRow]]:
    return [*rows_with_coefficients(case), *lines_with_coefficients(case)] if "系数" in case.flat else []


def _follows(row: CoefficientRow) -> bool:
    expected = row.points * row.share
    near = abs(expected - row.score) <= _LITTLE
    return near or any(Fraction(round_half_up(expected, n)) == row.score for n in (0, 1))


def coefficients_by_rule(case: Case) -> Iterator[Finding]:
    """R06: 「甲、乙两项未达标时每低1个百分点系数减0.10，不足1个百分点的按1个百分点减」 and 0.85 for 1.8 below."""
    for rows in _tables(case):
        for match in _RULE.finditer(case.flat):
            rule = _rule(match[0])
            for row in rows if rule is not None else ():
                if rule is not None and len(row.name) > 2 and row.name in match[0] and not _SAID.search(row.actual):
                    yield from _beside_rule(case, row, rule, match["words"])


_RULE = pattern(r"[^;。\n①②③④⑤⑥⑦⑧⑨]*?(?P<words>每[^,;。\n]{2,12}(?:得分)?系数[^;。\n]*)")
_LESS = pattern(r"(?:得分)?系数(?:相应|则)?(?:扣|减|降)(?:少|去|低)?(\d(?:\.\d+)?)")
_GIVES = pattern(r"(?:得分)?系数(?:为|取|按|得)?(\d(?:\.\d+)?)")


def _rule(text: str) -> Rule | None:
    """The rule for a coefficient, read as one for a leaf of one point."""
    words = in_digits(_GIVES.sub(r"得\1分", _LESS.sub(r"扣\1分", compact(text))).replace("系数", ""))
    return rule_in(words, Fraction(1), (0, len(words)))


def _beside_rule(case: Case, row: CoefficientRow, rule: Rule, words: str) -> Iterator[Finding]:
    had = _HAD.search(compact(row.actual))
    if _AIM.fullmatch(compact(row.target)) is None or had is None:
        return
    facts = Facts(row.name, "", (), amount_in(row.target), amount_in(had[1]))
    found = weighed(rule, facts, Fraction(1), case.year)
    scores = found.scores if found is not None else frozenset[Fraction]()
    if not scores or min(scores) <= row.share <= max(scores):
        return
    right = max(scores) if row.share > max(scores) else min(scores)
    message = (
        f"“{row.name}”按“{words}”，系数应是{number(right)}，写{number(row.share)}，应得{number(right * row.points)}分"
    )
    yield case.finding("R06", row.span, message, stated=number(row.score), recomputed=number(right * row.points))


_AIM = pattern(r"≥?\d{1,3}(?:\.\d+)?%")
_HAD = pattern(r"(?:^|=)(\d{1,3}(?:\.\d+)?%)$")
