"""Loads the library's words: phrases that mean data items, the lexicon, the citation registry, the checks."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path

from hengji.library.nodes import plain_data, read_tree_file
from hengji.model.patterns import pattern
from hengji.model.problem import HengjiError, Problem

_FOLDER = Path(__file__).parent


def load_yaml(path: Path) -> dict[str, object]:
    """A YAML file of the library as plain data, every scalar as text. Raises HengjiError with its faults."""
    problems: list[Problem] = []
    tree = read_tree_file(path, problems, path.name)
    if problems or tree is None:
        raise HengjiError(*problems)
    data = plain_data(tree)
    assert isinstance(data, dict)
    return data


@cache
def load_phrases() -> dict[str, str]:
    """Phrase -> data item, as running text names it beside the dictionary's own aliases."""
    data = load_yaml(_FOLDER / "phrases.yaml")
    return {phrase: item for item, phrases in data.items() for phrase in _texts(phrases)}


@dataclass(frozen=True, slots=True)
class Pair:
    """A name that is a budget on one side and spending on the other; ``under`` is a word that must stand before it."""

    budget: str
    actual: str
    under: str = ""


@cache
def load_pairs() -> dict[str, Pair]:
    """The two-sided names of pairs.yaml."""
    data = load_yaml(_FOLDER / "pairs.yaml")
    found: dict[str, Pair] = {}
    for name, sides in data.items():
        assert isinstance(sides, dict)
        found[name] = Pair(str(sides["budget"]), str(sides["actual"]), str(sides.get("under", "")))
    return found


def _texts(value: object) -> tuple[str, ...]:
    assert isinstance(value, list)
    return tuple(str(each) for each in value)


@cache
def load_chapters() -> dict[str, tuple[str, ...]]:
    """Canonical chapter -> the wordings that head it."""
    return {key: _texts(words) for key, words in load_yaml(_FOLDER / "chapters.yaml").items()}


@dataclass(frozen=True, slots=True)
class Field:
    """A field of work: how a problems chapter names it, how its leaves are named, and what takes a problem out of it."""

    name: str
    problems: tuple[str, ...]
    words: tuple[str, ...]
    leaves: tuple[str, ...]
    unless: re.Pattern[str] | None


@cache
def load_fields() -> tuple[Field, ...]:
    """The fields of work of fields.yaml."""
    listed = load_yaml(_FOLDER / "fields.yaml")["fields"]
    assert isinstance(listed, list)
    return tuple(
        Field(
            str(each["field"]),
            _texts(each["problems"]),
            _texts(each["words"]),
            _texts(each["leaves"]),
            _optional(each, "unless"),
        )
        for each in listed
    )


@cache
def load_qualities() -> dict[str, re.Pattern[str]]:
    """The last word of a leaf's name -> what a problem must say to be held against it, of fields.yaml."""
    listed = load_yaml(_FOLDER / "fields.yaml")["qualities"]
    assert isinstance(listed, dict)
    return {str(name): pattern(str(form)) for name, form in listed.items()}


@cache
def load_circumstances() -> re.Pattern[str]:
    """What a unit only suffers from, of fields.yaml."""
    return pattern(str(load_yaml(_FOLDER / "fields.yaml")["circumstances"]))


@cache
def load_bodies() -> re.Pattern[str]:
    """How a passage opens that tells of a body beside the unit, its kind as ``body``, of fields.yaml."""
    return pattern(str(load_yaml(_FOLDER / "fields.yaml")["bodies"]))


@cache
def load_general_words() -> re.Pattern[str]:
    """The words of leaves' names that say of what kind they are, and not what they are about, of fields.yaml."""
    return pattern(str(load_yaml(_FOLDER / "fields.yaml")["general"]))


@dataclass(frozen=True, slots=True)
class Topic:
    """What a report may claim to be without fault and admit elsewhere not to be; the forms are compiled.

    ``hints`` are weaker admissions, which stand only against a leaf, of ``leaves`` or ``also``, that ``boasts`` and, unless they are ``plain``, shares a word.
    Outside the problems an admission must also say ``elsewhere``, where that is given.
    A leaf that itself says what it ``excepts`` claims nothing of it.
    """

    name: str
    leaves: tuple[str, ...]
    claims: re.Pattern[str]
    admits: re.Pattern[str]
    unless: re.Pattern[str] | None
    stays: bool
    whole: bool
    also: tuple[str, ...]
    boasts: re.Pattern[str]
    hints: re.Pattern[str]
    plain: bool
    elsewhere: re.Pattern[str] | None
    excepts: re.Pattern[str] | None


def _form(value: object) -> re.Pattern[str]:
    return pattern("|".join(_texts(value)) or "(?!)")


@cache
def load_topics() -> tuple[Topic, ...]:
    """The topics of topics.yaml."""
    listed = load_yaml(_FOLDER / "topics.yaml")["topics"]
    assert isinstance(listed, list)
    return tuple(
        Topic(
            str(each["topic"]),
            _texts(each["leaves"]),
            _form(each["claims"]),
            _form(each["admits"]),
            _form(each["unless"]) if each["unless"] else None,
            each.get("stays") == "true",
            each.get("whole") == "true",
            _texts(each.get("also", [])),
            _form([*_texts(each["claims"]), *_texts(each.get("boasts", []))]),
            _form(each.get("hints", [])),
            each.get("plain") == "true",
            _optional(each, "elsewhere"),
            _optional(each, "excepts"),
        )
        for each in listed
    )


@cache
def load_whole() -> re.Pattern[str]:
    """How a leaf says so of the things of its own topic, of topics.yaml."""
    data = load_yaml(_FOLDER / "topics.yaml")
    return _form([*_texts(data["throughout"]), *_texts(data["whole"])])


@cache
def load_objects() -> dict[str, re.Pattern[str]]:
    """Topic -> the things by which a problem is of it, of topics.yaml; what is only where something else is amiss (「档案中」) is no thing."""
    return {str(each["topic"]): pattern(f"(?:{'|'.join(_texts(each['words']))})(?![中里内])") for each in _objects()}


@cache
def load_wider_objects() -> dict[str, re.Pattern[str]]:
    """Topic -> the things of which a fault in the topic's words must tell one, of topics.yaml."""
    wide = [(each, [*_texts(each["words"]), *_texts(each.get("also", []))]) for each in _objects()]
    return {str(each["topic"]): pattern("|".join(words)) for each, words in wide}


def _objects() -> list[dict[str, object]]:
    listed = load_yaml(_FOLDER / "topics.yaml")["objects"]
    assert isinstance(listed, list)
    return listed


@cache
def load_praise() -> re.Pattern[str]:
    """How a leaf says that its result is well, of topics.yaml."""
    return _form(load_yaml(_FOLDER / "topics.yaml")["praise"])


@cache
def load_throughout() -> re.Pattern[str]:
    """How a leaf says that nothing is left to do and nothing was found, of topics.yaml."""
    return _form(load_yaml(_FOLDER / "topics.yaml")["throughout"])


@cache
def load_harmless() -> re.Pattern[str]:
    """The names that hold a character of a defect and tell none, of topics.yaml."""
    return _form(load_yaml(_FOLDER / "topics.yaml")["harmless"])


@cache
def load_acts() -> tuple[tuple[str, ...], ...]:
    """The families of words for one act, of topics.yaml."""
    listed = load_yaml(_FOLDER / "topics.yaml")["acts"]
    assert isinstance(listed, list)
    return tuple(_texts(each) for each in listed)


def _optional(data: dict[str, object], key: str) -> re.Pattern[str] | None:
    return pattern(str(data[key])) if key in data else None


@dataclass(frozen=True, slots=True)
class Economy:
    """How the economy of a whole region is told: its measures with the departments whose task each is, the region, mere background, and rates of it."""

    measures: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]
    regions: re.Pattern[str]
    background: re.Pattern[str]
    rates: re.Pattern[str]


@cache
def load_economy() -> Economy:
    """The measures of economy.yaml."""
    data = load_yaml(_FOLDER / "economy.yaml")
    listed = data["measures"]
    assert isinstance(listed, list)
    return Economy(
        tuple((pattern(str(each["form"])), _texts(each["owners"])) for each in listed),
        pattern(str(data["regions"])),
        pattern(str(data["background"])),
        pattern(str(data["region_rates"])),
    )


@dataclass(frozen=True, slots=True)
class Norm:
    """Spending for one of something: ``of`` are words of what the units count, ``staff`` whether those in post count where nothing is told beside it."""

    name: str
    form: re.Pattern[str]
    units: tuple[str, ...]
    of: re.Pattern[str]
    staff: bool
    most: Fraction


@cache
def load_norms() -> tuple[tuple[Norm, ...], re.Pattern[str]]:
    """The norms of norms.yaml, and what explains spending beyond them."""
    data = load_yaml(_FOLDER / "norms.yaml")
    listed = data["norms"]
    assert isinstance(listed, list)
    norms = tuple(
        Norm(
            str(each["name"]),
            pattern(str(each["form"])),
            _texts(each["units"]),
            pattern(str(each["of"])),
            each.get("staff") == "true",
            Fraction(str(each["most"])),
        )
        for each in listed
    )
    return norms, pattern(str(data["explained"]))


@dataclass(frozen=True, slots=True)
class ClaimWords:
    """By which words a claim is proved, praised or blurred; the forms are compiled."""

    papers: re.Pattern[str]
    acts: re.Pattern[str]
    boasts: re.Pattern[str]
    vague: re.Pattern[str]
    blurs: re.Pattern[str]
    about: re.Pattern[str]
    content: str
    nobody: re.Pattern[str]
    no_time: re.Pattern[str]


@cache
def load_claim_words() -> ClaimWords:
    """The words of claims.yaml."""
    data = load_yaml(_FOLDER / "claims.yaml")
    return ClaimWords(
        _form(data["papers"]),
        _form(data["acts"]),
        _form(data["boasts"]),
        _form(data["vague"]),
        pattern(str(data["blurs"])),
        pattern(str(data["about"])),
        str(data["content"]),
        pattern(str(data["nobody"])),
        pattern(str(data["no_time"])),
    )


@dataclass(frozen=True, slots=True)
class PageWords:
    """What public pages print around a report, and by what a report without a title is known; the forms are compiled."""

    titles: re.Pattern[str]
    publishers: re.Pattern[str]
    publish_for_all: re.Pattern[str]
    own: re.Pattern[str]
    project: re.Pattern[str]
    opens: re.Pattern[str]


@cache
def load_page_words() -> PageWords:
    """The words of pages.yaml."""
    data = load_yaml(_FOLDER / "pages.yaml")
    return PageWords(
        pattern(str(data["titles"])),
        pattern(str(data["publishers"])),
        pattern(str(data["publish_for_all"])),
        pattern(str(data["own"])),
        _form(data["project"]),
        _form(data["opens"]),
    )


@dataclass(frozen=True, slots=True)
class Typo:
    """A wrong spelling, the right one, and the words in which the same characters are right."""

    wrong: str
    right: str
    unless: tuple[str, ...] = ()
    joins: frozenset[str] = frozenset()  # words that may reach over an edge of it

    def places(self, text: str) -> Iterator[int]:
        """Where a text has it wrong."""
        for match in re.finditer(re.escape(self.wrong), text):
            around = text[max(0, match.start() - 4) : match.end() + 4]
            if not any(word in around for word in self.unless) and not self._cut(text, match.start()):
                yield match.start()

    def _cut(self, text: str, start: int) -> bool:
        """Whether its characters are parts of other words: one that begins in it and ends behind it, or begins before it."""
        end = start + len(self.wrong)
        lengths = range(2, _LONGEST_JOIN + 1)
        return any(text[low : low + n] in self.joins for n in lengths for low in range(end - n + 1, end)) or any(
            text[low : low + n] in self.joins for n in lengths for low in range(max(0, start - n + 1), start)
        )


_LONGEST_JOIN = 4  # characters


@cache
def load_typos() -> tuple[Typo, ...]:
    """Words that are wrong in every context, of typos.yaml."""
    data = load_yaml(_FOLDER / "typos.yaml")
    listed, joins = data["typos"], frozenset(_texts(data["joins"]))
    assert isinstance(listed, list)
    return tuple(Typo(str(each["wrong"]), str(each["right"]), _texts(each.get("unless", [])), joins) for each in listed)


@dataclass(frozen=True, slots=True)
class PersonWords:
    """How persons are told: surnames, words that only look like names, labels and offices beside names."""

    surnames: tuple[str, ...]
    words: tuple[str, ...]
    labels: tuple[str, ...]
    offices: tuple[str, ...]


@cache
def load_person_words() -> PersonWords:
    """The words of persons.yaml."""
    data = load_yaml(_FOLDER / "persons.yaml")
    return PersonWords(
        tuple(str(data["surnames"]).split()), _texts(data["words"]), _texts(data["labels"]), _texts(data["offices"])
    )


@dataclass(frozen=True, slots=True)
class FactWords:
    """How ordinary facts are told, of facts.yaml: which units go together, which words are one, and what limits a number; the forms are compiled."""

    units: dict[str, str]
    same: dict[str, str]
    any_same: re.Pattern[str]
    empty: re.Pattern[str]
    empty_characters: re.Pattern[str]
    weak: re.Pattern[str]
    weak_characters: frozenset[str]
    ends: re.Pattern[str]
    acts: re.Pattern[str]
    reaching: re.Pattern[str]
    paid: re.Pattern[str]
    parts: re.Pattern[str]
    times: re.Pattern[str]
    whole: re.Pattern[str]
    planned: re.Pattern[str]
    done: re.Pattern[str]
    no_names: re.Pattern[str]
    staff: re.Pattern[str]
    rates: re.Pattern[str]


@cache
def load_fact_words() -> FactWords:
    """The words of facts.yaml."""
    data = load_yaml(_FOLDER / "facts.yaml")
    groups = {key: [_texts(group) for group in _groups(data[key])] for key in ("units", "same")}
    same = {word: group[0] for group in groups["same"] for word in group}
    return FactWords(
        units={
            unit: group[0] for group in [*groups["units"], *((u,) for u in _texts(data["alone"]))] for unit in group
        },
        same=same,
        any_same=pattern("|".join(sorted(same, key=len, reverse=True))),
        **{key: _form(data[key]) for key in ("empty", "weak", "ends", "acts", "parts")},
        empty_characters=pattern(f'[{re.escape(str(data["empty_characters"]))}"“”0-9.,() \t\u3000]+'),
        weak_characters=frozenset(str(data["weak_characters"])),
        **{
            key: pattern(str(data[key]))
            for key in ("reaching", "paid", "times", "whole", "planned", "done", "no_names", "staff", "rates")
        },
    )


@dataclass(frozen=True, slots=True)
class StaffParts:
    """One way in which a staff is told part by part: the parts' names, and those that must each be told for the whole."""

    of: re.Pattern[str]
    closed: tuple[re.Pattern[str], ...]

    def whole(self, names: Sequence[str]) -> bool:
        """Whether parts of these names are all there are."""
        return all(any(form.search(name) for name in names) for form in self.closed)


@dataclass(frozen=True, slots=True)
class StaffWords:
    """How the people of a department are told, of staff.yaml; the forms are compiled."""

    hired: re.Pattern[str]
    kind: re.Pattern[str]
    empty: re.Pattern[str]
    other: re.Pattern[str]
    moved: re.Pattern[str]
    came: re.Pattern[str]
    went: re.Pattern[str]
    staff: re.Pattern[str]
    no_staff: re.Pattern[str]
    borrowed: re.Pattern[str]
    paid: re.Pattern[str]
    counted: re.Pattern[str]
    parts: tuple[StaffParts, ...]


@cache
def load_staff_words() -> StaffWords:
    """The words of staff.yaml."""
    data = load_yaml(_FOLDER / "staff.yaml")
    parts = data["parts"]
    assert isinstance(parts, dict)
    return StaffWords(
        **{key: _form(data[key]) for key in ("hired", "kind", "empty", "other")},
        **{
            key: pattern(str(data[key]))
            for key in ("moved", "came", "went", "staff", "no_staff", "borrowed", "paid", "counted")
        },
        parts=tuple(
            StaffParts(pattern(str(each["of"])), tuple(pattern(str(form)) for form in each["closed"]))
            for each in parts.values()
        ),
    )


@dataclass(frozen=True, slots=True)
class Lapse:
    """Where last year (or the ``next``) stands in place of the evaluated one: ``word`` is in every such place, ``unless`` where the year is right all the same."""

    what: str
    word: str
    form: re.Pattern[str]
    unless: re.Pattern[str]
    where: str
    next: bool
    beside: bool  # whether the evaluated year may stand beside it, and it is wrong all the same


@cache
def load_lapses() -> tuple[Lapse, ...]:
    """The lapses of years.yaml."""
    listed = load_yaml(_FOLDER / "years.yaml")["lapses"]
    assert isinstance(listed, list)
    return tuple(
        Lapse(
            str(each["what"]),
            str(each["word"]),
            pattern(str(each["form"])),
            pattern(str(each["unless"])),
            str(each["where"]),
            each.get("next") == "true",
            each.get("beside") == "true",
        )
        for each in listed
    )


def _groups(value: object) -> list[object]:
    assert isinstance(value, list)
    return value
