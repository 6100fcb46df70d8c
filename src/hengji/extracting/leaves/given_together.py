"""Leaves that are not assessed, one behind the other, and give their points away together: 「甲……不考核。乙……不考核。两项共2分转入“丙”。」."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from hengji.model.extraction import ScoredItem, Span
from hengji.model.patterns import pattern

_GIVEN = pattern(r"(?P<n>\d{1,3}(?:\.\d{1,2})?)\s?分[^,，。；;\d]{0,6}[调转并划归移计加承]")


def with_given_together(items: Sequence[ScoredItem]) -> list[ScoredItem]:
    """The leaves of a text; those before one that tells where the points of all of them went have its reason and receiver, too."""
    told = list(items)
    for last, item in enumerate(items):
        given = {Decimal(match["n"]) for match in _GIVEN.finditer(item.reason)} if item.receiver else set()
        first, whole = last, item.points or Decimal(0)
        while given and whole not in given and first and _silent(items[first - 1]):
            first -= 1
            whole += items[first].points or Decimal(0)
        if first < last and whole in given:
            for at, each in enumerate(items[first : last + 1], first):
                body = Span(each.body.start, item.body.end)
                told[at] = replace(each, reason=item.reason, receiver=item.receiver, moved=each.points, body=body)
    return told


def _silent(item: ScoredItem) -> bool:
    """Whether a leaf that is not assessed does not say itself where its points went."""
    return item.not_applicable and not item.receiver and item.points is not None
