"""R13: what the evaluated year achieved, told under the number of the year before."""

from collections.abc import Iterator
from decimal import Decimal

from hengji.auditing.case import Case
from hengji.auditing.facts import Fact, achieved, facts_in, told_counts
from hengji.auditing.slips import digits_of
from hengji.model.extraction import Span
from hengji.model.finding import Finding

_LEAST_DIGITS = 3  # a number of fewer may well be the same in two years
_MONEY = ("%", "万元")


def told_of_last_year(case: Case) -> Iterator[Finding]:
    """R13: 「2022年整治路域环境312公里」, where 312公里 is what the evaluated year achieved."""
    if not case.found.year_stated:
        return
    own, before = _values(case)
    for key, sentences in before.items():
        told = [fact for fact in achieved(case) if (fact.unit, fact.value) == key]
        told += [f for sentence in own.get(key, ()) for f in facts_in(case, sentence) if (f.unit, f.value) == key]
        for sentence in sentences if told else ():
            yield from _misdated(case, sentence, key, told)


def _values(case: Case) -> tuple[dict[tuple[str, Decimal], list[Span]], dict[tuple[str, Decimal], list[Span]]]:
    """Where each number of some digits stands, of the evaluated year and of the year before."""
    own: dict[tuple[str, Decimal], list[Span]] = {}
    before: dict[tuple[str, Decimal], list[Span]] = {}
    for sentence, counts in told_counts(case).items():
        for quantity, unit, value in counts:
            if unit in _MONEY or len(digits_of(quantity.value).strip("0")) < _LEAST_DIGITS:
                continue
            if quantity.year in (case.year, case.year - 1):
                (own if quantity.year == case.year else before).setdefault((unit, value), []).append(sentence)
    return own, before


def _misdated(case: Case, sentence: Span, key: tuple[str, Decimal], told: list[Fact]) -> Iterator[Finding]:
    years = [mention for mention in case.found.years if mention.sentence == sentence]
    if {mention.year for mention in years} != {case.year - 1}:
        return
    for fact in facts_in(case, sentence):
        same = next((f for f in told if len(f.name.core & fact.name.core) > 1), None)
        under = [mention for mention in years if mention.span.end <= fact.span.start]
        if (fact.unit, fact.value) == key and same is not None and under and not fact.part:
            shown = f"{fact.quantity.value}{fact.quantity.unit}"
            message = f"这里写{case.year - 1}年，而{shown}是{case.year}年度的完成数，可能是沿用旧稿"
            span, year = under[-1].span, str(case.year)
            yield case.finding("R13", span, message, stated=str(case.year - 1), recomputed=year, also=(same.span,))
            return
