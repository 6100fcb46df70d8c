"""One ordinary fact of a report: what is counted, in whatever order of words, how much of it, and whether planned or done."""

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from hengji.library.texts import load_fact_words
from hengji.model.extraction import Quantity, Span

PLANNED, DONE, AIMED = "计划", "实际", "目标"  # aimed: in a text of goals, where nothing says which


@dataclass(frozen=True, slots=True)
class Name:
    """What a fact counts: the characters that say it, without those that may be left out (``core``) and with them (``full``)."""

    core: frozenset[str]
    full: frozenset[str]

    def same(self, other: "Name") -> bool:
        """Whether two names mean one thing; short ones must agree in every character."""
        if len(self.core) < SHORT or len(other.core) < SHORT:
            return self.full == other.full
        return self.core == other.core


SHORT = 3  # characters: names of fewer must agree in every one


@dataclass(frozen=True, slots=True, eq=False)
class Fact:
    """One number of a thing counted.

    ``before`` and ``behind`` are the words round it that name the thing, ``rest`` the words after those; ``sure`` where words say that it was
    planned or done; ``limits`` are the words that limit it to a time, ``part`` whether it is a part, a change or a rule, ``listed`` whether
    it stands behind 其中, and so is a part of what its own words may not name.
    """

    quantity: Quantity
    unit: str
    value: Decimal
    before: str
    behind: str
    rest: str
    name: Name
    stage: str
    sure: bool
    limits: frozenset[str]
    month: str
    part: bool
    listed: bool = False
    by_act: bool = False  # named by an act alone (「办结」): what it was done to stands before
    borrowed: bool = False  # it names nothing itself (「完成5座」)

    @property
    def span(self) -> Span:
        """Where the number stands."""
        return self.quantity.span


@lru_cache(maxsize=4096)
def name_of(words: str) -> Name:
    """The name that words make."""
    full = bare(words)
    forms = load_fact_words()
    return Name(frozenset(forms.weak.sub("", full)) - forms.weak_characters, frozenset(full))


@lru_cache(maxsize=4096)
def bare(words: str) -> str:
    """Words without those that say nothing of what is counted, and each of several for one thing as the first of them."""
    forms = load_fact_words()
    one_word = forms.any_same.sub(lambda match: forms.same[match[0]], words)
    return forms.empty_characters.sub("", forms.empty.sub("", one_word))


def behind_number(fact: Fact, other: Name) -> str | None:
    """The words that are left when a fact's name ends where it means what ``other`` does; None where it never does.

    Words behind a number run on: 「14个乡镇分馆管理力量薄弱」.
    """
    if fact.name.same(other):
        return ""
    if not fact.behind or not other.core <= fact.name.full:
        return None
    for end in range(len(fact.behind) - 1, 0 if fact.before else 1, -1):
        if name_of(fact.before + fact.behind[:end]).same(other):
            return fact.behind[end:]
    return None
