"""Loads the ties between data items (勾稽关系)."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from hengji.library.texts import load_yaml
from hengji.model.patterns import pattern


@dataclass(frozen=True, slots=True)
class SumTie:
    """A whole that is the sum of its parts; ``optional`` parts may be absent."""

    name: str
    whole: str
    parts: tuple[str, ...]
    optional: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Balances:
    """The words of balances, as patterns over the clause before a figure.

    ``ends`` are the kinds of last figure that the ones before it make; ``gap`` is a clause that tells a difference, ``against`` in
    it says of what; ``left`` is a clause that tells what the whole year left, ``left_behind`` the words behind such a figure.
    """

    opening: re.Pattern[str]
    carried: re.Pattern[str]
    steps: Mapping[str, int]  # the words of what is added and what is taken off
    spends: re.Pattern[str]  # the words of spending, which takes off where no such word stands
    step: re.Pattern[str]
    ends: Mapping[str, re.Pattern[str]]
    rest: re.Pattern[str]
    gap: re.Pattern[str]
    against: re.Pattern[str]
    left: re.Pattern[str]
    left_behind: re.Pattern[str]

    def sign(self, lead: str) -> int:
        """Whether a figure behind these words is added or taken off; 0 where they do not say."""
        if told := self.step.search(lead):
            return self.steps[told[0]]
        if self.opening.search(lead):
            return 1
        return -1 if self.spends.search(lead) else 0


@dataclass(frozen=True, slots=True)
class Ties:
    """All ties of the library."""

    sums: tuple[SumTie, ...]
    wholes: tuple[tuple[str, ...], ...]  # names of parts that together are the whole
    times: tuple[tuple[str, ...], ...]  # the parts of a year
    crossing: re.Pattern[str]  # names of parts that may be counted among those beside them
    titles: Mapping[str, tuple[str, ...]]  # a whole and the words over a table that say that its rows make it
    balances: Balances

    def complete(self, names: str) -> bool:
        """Whether parts of these names are all that there are."""
        return any(all(word in names for word in words) for words in self.wholes)

    def periods(self, names: str) -> bool:
        """Whether parts of these names are a whole year."""
        return any(all(word in names for word in words) for words in self.times)


@cache
def load_ties() -> Ties:
    """The ties of ties.yaml."""
    data = load_yaml(Path(__file__).parent / "ties.yaml")
    sums = data["sums"]
    assert isinstance(sums, list)
    ties = tuple(SumTie(t["name"], t["whole"], tuple(t["parts"]), tuple(t.get("optional", ()))) for t in sums)
    balances = data["balances"]
    assert isinstance(balances, dict)
    complete, periods, crossing = data["complete"], data["periods"], data["crossing"]
    assert isinstance(complete, list)
    assert isinstance(periods, list)
    assert isinstance(crossing, list)
    wholes, times = (tuple(tuple(words) for words in each) for each in (complete, periods))
    titles = data["titles"]
    assert isinstance(titles, dict)
    named = {item: tuple(words) for item, words in titles.items()}
    return Ties(ties, wholes, times, pattern(_any(crossing)), named, _balances(balances))


_BARE = r"(?:全年|本年|实际|共|合计|的|20\d\d年)*"


def _balances(data: Mapping[str, Iterable[str]]) -> Balances:
    ends = data["ends"]
    assert isinstance(ends, dict)
    tails, past, rest = _any(data["tails"]), "|".join(data["past"]), _any(ends["rest"])
    against = rf"同比|[比较与](?:(?P<past>{past})|[^,;]{{2,8}}?)(?:[^,;]{{0,6}}?)"
    return Balances(
        opening=pattern(_any(data["opening"])),
        carried=pattern(_any(data["carried"])),
        steps={**dict.fromkeys(data["more"], 1), **dict.fromkeys(data["less"], -1)},
        step=pattern(_any([*data["more"], *data["less"]])),
        spends=pattern(_any(data["spends"])),
        ends={name: pattern(rf"(?:{_any(words)})(?:为|达|共|有|资金|数)*$") for name, words in ends.items()},
        rest=pattern(rf"(?:年末|目前|截至目前|现)?(?:{_any(data['rests'])})"),
        gap=pattern(rf"(?:{against})?{_BARE}(?:{_any(data['gaps'])})(?:{tails})*"),
        against=pattern(against),
        left=pattern(
            rf"{_BARE}(?:年末|年底|年终|部门|单位|资金|尚有|仍有|其中)*(?:{rest}|尚有|仍有)(?:的|为|资金|共|下年)*"
        ),
        left_behind=pattern(rf"[\u4e00-\u9fff]{{0,4}}?(?:{_any(data['behind'])})"),
    )


def _any(words: Iterable[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))
