"""Leaves of a text read clause by clause, points here and scores there, one number for several, a score in front of its name.

What comes out is only a proposal: whoever asks must prove it by the sums (``settled``).
"""

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from hengji.extracting.leaves.score_marks import Mark, Role, score_marks
from hengji.extracting.leaves.score_rules import is_rule
from hengji.extracting.leaves.subjects import Name, known_name, names_before, names_behind, pointed_at
from hengji.model.patterns import pattern

_JOINS = pattern(r"\s?[、,和与及]\s?")
_SHARING = pattern(
    r"(?P<label>(?:[对相]应的?)?(?P<worth>满分|分值|权重|标准分值?)|(?:自评(?=得|分)|实际|最终|各项)*(?P<got>得分|自评分|评分|自评|得))?"
    r"(?P<how>分别|依次|各自?|均|都)(?:自评|实际)?(?:为|是|占|计|得|:)*\s?$"
)
_SHARED = pattern(r"(?:各自?|均|都|全部)(?:自评|也|获)?$")
_WHOLE = pattern(r"(?:合计|合并|共计|共|本项|该项|此项|本指标|该指标)")
_THAN = pattern(r"比\s?$")
_LARGEST = Decimal(60)  # points: what has more is no leaf
_OPENS_LIST = pattern(r"[^\u4e00-\u9fff]{0,3}(?:其中|含|包括|包含|由(?!于)|下设|分为|分别是)")
_OPENS = pattern(r"\s?[)\]】]?\s?[:(]")
_OF_POINTS = (Role.WORTH, Role.BARE)
_WORD = pattern(r"[^\s,:]|$")
_TOGETHER = 2
_NEAR = 4  # characters
_ELSEWHERE = -1  # the place of a name that no text has told
_LOSSES = pattern(r"(?:扣|失|丢)分?[^。;:]{0,30}(?::|分别[为是])[^。;]*$")  # 「失分共6项：甲1分、乙0.5分」


@dataclass(frozen=True, slots=True)
class Statement:
    """Numbers of one kind that stand together, and from where to where with their label."""

    role: Role
    numbers: tuple[Decimal, ...]
    start: int
    end: int
    label: str = ""
    other: Decimal = Decimal(0)
    bracketed: bool = False


@dataclass(slots=True)
class Told:
    """A name and all that is said of it so far."""

    name: str
    start: int
    named: int
    end: int
    place: int  # of its text among those that are read together
    worth: list[Decimal] = field(default_factory=list)
    got: list[Decimal] = field(default_factory=list)
    lost: dict[int, Decimal] = field(default_factory=dict)  # by the text that says it: another may repeat it
    bare: list[Decimal] = field(default_factory=list)
    full: bool = False
    parted: bool = False  # whether the text scores parts of it and sums them up
    head: bool = False  # of those behind it
    said: tuple[int, int, int] | None = None  # the text that says the score, and from where to where

    @property
    def scored(self) -> bool:
        """Whether a score has been said."""
        return bool(self.got or self.lost or self.full)

    @property
    def points(self) -> Decimal | None:
        """Its points: the number with a word of points, else a bare one."""
        if self.worth:
            return self.worth[0]
        if self.bare:
            return max(self.bare)
        return self.got[0] if len(self.got) > 1 and self.got[0] >= self.got[-1] else None  # 「甲计5分，自评得4分」

    @property
    def claim(self) -> Decimal | None:
        """Its score: as said, or what is left of the points."""
        if self.got:
            return self.got[-1]
        points = self.points
        spare = self.bare if self.worth else sorted(self.bare)[: len(self.bare) - 1]
        if self.lost and points is not None:
            return points - max(self.lost.values())
        if self.full:
            return points
        return spare[0] if spare else None

    def take(self, said: Statement, number: Decimal, place: int) -> None:
        """Keeps one number that a text says of the name."""
        scores = said.role not in (Role.WORTH, Role.BARE)
        if scores and (self.said is None or said.role in (Role.GOT, Role.PAIR)):
            self.said = (place, said.start, said.end)
        if said.role in (Role.WORTH, Role.PAIR):
            self.worth.append(number)
        elif said.role is Role.BARE:
            self.bare.append(number)
        elif said.role is Role.FULL:
            self.full = True
        elif said.role is Role.LOST and (place not in self.lost or not said.bracketed):
            self.lost[place] = self.lost.get(place, Decimal(0)) + number
        if said.role in (Role.GOT, Role.PAIR):
            self.got.append(said.other if said.role is Role.PAIR else number)


def shared_scores(texts: Sequence[str], worth: Mapping[str, Decimal] | None = None) -> list[Told]:
    """The names of texts in one spelling with points and scores, in order, without the parts that a text sums up to a leaf.

    ``worth`` are names whose points are known already, of which the texts then only tell the scores.
    """
    reader = _Reader()
    for name, points in (worth or {}).items():
        reader.told[name] = Told(name, 0, 0, 0, _ELSEWHERE, worth=[points])
    for place, text in enumerate(texts):
        reader.read(place, text)
    return list(reader.told.values())


def _statements(text: str) -> Iterator[Statement]:
    """The numbers of a text with their kinds; those of a list are one."""
    last: Statement | None = None
    for mark in score_marks(text):
        if mark.number > _LARGEST or _is_rule(text, mark):
            continue
        role, start, label = _kind(text, mark)
        listed = last is not None and _JOINS.fullmatch(text[last.end : mark.start]) is not None
        if last is not None and listed and mark.role is Role.BARE and role is Role.BARE and not mark.label:
            last = Statement(last.role, (*last.numbers, mark.number), last.start, mark.end, last.label)
            continue
        if last is not None:
            yield last
        bracketed = text.rfind("(", 0, start) > text.rfind(")", 0, start)
        last = Statement(role, (mark.number,), start, mark.end, label, mark.other, bracketed)
    if last is not None:
        yield last


_RULES = pattern(r"每|否则|不足|扣完|标准|细则|办法|可得|最[高多]|的[,:]?得|满分[,;。]")


def _is_rule(text: str, mark: Mark) -> bool:
    """Whether a mark belongs to a rule; the only score of a sentence without a rule's words is none: 「在12%以内，得4分」."""
    if text[: mark.start].endswith(("分别", "对应", "相应")) or not is_rule(text, mark):
        return False
    opens = max(text.rfind(stop, 0, mark.start) for stop in "。;") + 1
    closes = re.compile(r"[。;]|$").search(text, mark.end)
    sentence = text[opens : closes.start() if closes else len(text)]
    return mark.role is not Role.GOT or _RULES.search(sentence) is not None or sentence.count("得") > 1


def _kind(text: str, mark: Mark) -> tuple[Role, int, str]:
    """What a number is and where its label begins, with labels that stand apart from it: 「满分分别为8分和7分」."""
    if mark.role is not Role.BARE or mark.label:
        return mark.role, mark.start, mark.label
    match = _SHARING.search(text, max(0, mark.start - 16), mark.start)
    if match is None:
        return mark.role, mark.start, mark.label
    role = Role.WORTH if match["worth"] else Role.GOT if match["got"] else Role.BARE
    return role, match.start("label") if match["label"] else match.start("how"), match["how"]


def _opening_groups(text: str, statements: Sequence[Statement]) -> list[Statement]:
    """The points of groups, which the points of the names behind each make: 「过程（31分）：甲14分、乙17分」, 「过程31分（甲14分、乙17分）」."""
    found: list[Statement] = []
    for at, each in enumerate(statements[:-_TOGETHER]):
        if each.role not in _OF_POINTS or len(each.numbers) > 1 or not _OPENS.match(text, each.end):
            continue
        left, count = each.numbers[0], 0
        for part in itertools.takewhile(lambda other: other.role in _OF_POINTS, statements[at + 1 :]):
            left, count = left - sum(part.numbers, Decimal(0)), count + len(part.numbers)
            if left <= 0:
                break
        if left == 0 and count >= _TOGETHER:
            found.append(each)
    return found


class _Reader:
    """Goes through texts and keeps what is said of each name."""

    def __init__(self) -> None:
        self.told: dict[str, Told] = {}
        self.here: list[str] = []  # the names of this text, in order
        self.run: list[str] = []  # names since the last score
        self.sentence: list[str] = []
        self.lost: tuple[str, ...] = ()  # the names that the statement before took points off
        self.place = 0
        self.openers: list[Statement] = []  # the points of groups that open a list of their leaves

    def read(self, place: int, text: str) -> None:
        """Takes in one text."""
        self.place, self.here, self.run, self.sentence, self.lost = place, [], [], [], ()
        low = 0
        statements = list(_statements(text))
        self.openers = _opening_groups(text, statements)
        for each in statements:
            listed = each.role is Role.BARE and _LOSSES.search(text, 0, each.start)
            said = replace(each, role=Role.LOST) if listed else each
            if re.search(r"[。;]", text[low : said.start]):
                self.sentence = []
            low = max(self._take(text, low, said), said.end)
        for name in self.here:
            self.told[name].end = max(self.told[name].end, self.told[name].named)

    def _take(self, text: str, low: int, said: Statement) -> int:
        """Gives one statement to its names; where to go on."""
        between = text[low : said.start]
        if said.role is Role.GOT and (_WHOLE.match(said.label) or _WHOLE.search(between[-_NEAR:])):
            self._say(self._whole(), said)
            return said.end
        words = self._back(text, low, said)
        if said.role is Role.GOT and not between.strip(" ,、("):
            words = words or self.lost  # 「低于95%扣1分，得5分」
        if not words:
            shared = _SHARED.search(between) is not None or said.label in ("各", "均", "都", "各自")
            apart = said.role in (Role.WORTH, Role.BARE) or not (self.sentence or self._waiting())
            named = names_before(text, low, said.start, len(said.numbers), shared=shared, apart=apart)
            words = tuple(self._keep(name) for name in named) or self._known(text, low, said)
        if words:
            self._say(words, said)
            self._head(text, words, said)
            return said.end
        if said.role in (Role.GOT, Role.FULL, Role.PAIR):
            behind = names_behind(text, said.end)
            if behind:
                self._say(tuple(self._keep(name) for name in behind), said)
                return behind[-1].end
        words = self._meant(text, low, said)
        self._say(words, said)
        self._head(text, words, said)
        return said.end

    def _waiting(self) -> list[str]:
        """The names since the last score, which have none."""
        return [name for name in self.run if not self.told[name].scored]

    def _back(self, text: str, low: int, said: Statement) -> tuple[str, ...]:
        """Names that are pointed back at."""
        names = self.here
        if "要点" in text[low : said.start] or "方面" in text[low : said.start]:
            names = self._parts() or names
        known = [name for name, told in self.told.items() if told.place == _ELSEWHERE]
        waiting = [name for name in known or self.here if not self.told[name].scored]
        if not waiting:  # of the texts before
            waiting = [name for name, told in self.told.items() if not (told.scored or told.head)]
        return pointed_at(text, low, said.start, names, waiting)

    def _parts(self) -> list[str]:
        """The names behind the first, where their points make its own."""
        if len(self.here) <= _TOGETHER:
            return []
        first, *rest = (self.told[name].points or Decimal(0) for name in self.here)
        return self.here[1:] if sum(rest, Decimal(0)) == first else []

    def _head(self, text: str, names: Sequence[str], said: Statement) -> None:
        """Takes a name that opens a list of others out of those that later words can mean."""
        if len(names) == 1 and (said in self.openers or self._lists(text, said.end)):
            self.told[names[0]].head = True
            for listed in (self.here, self.run, self.sentence):
                listed[:] = [name for name in listed if name != names[0]]

    def _lists(self, text: str, at: int) -> bool:
        """Whether a list of parts follows, and not what is said of the names before: 「甲14分、乙17分。其中，甲扣0.5分」."""
        match = _OPENS_LIST.match(text, at)
        word = _WORD.search(text, match.end()) if match is not None else None
        return word is not None and not text.startswith(tuple(self.told), word.start())

    def _known(self, text: str, low: int, said: Statement) -> tuple[str, ...]:
        """The known name that opens the clause of a score."""
        if said.role in (Role.WORTH, Role.BARE):
            return ()
        known = known_name(text, low, said.start, tuple(self.told))
        return (known,) if known else ()

    def _meant(self, text: str, low: int, said: Statement) -> tuple[str, ...]:
        """The names that a number without a name is said of."""
        count = len(said.numbers)
        between = text[low : said.start].strip(" ,(、:即")
        if said.role in (Role.WORTH, Role.BARE):
            beside = not between or said.label or _THAN.search(between)
            return tuple(self.here[-count:]) if beside and len(self.here) >= count else ()
        if count > 1:
            return tuple(self.here[-count:])
        if said.role is Role.FULL:
            return tuple(name for name in self.sentence if not self.told[name].scored) or tuple(self.here[-1:])
        waiting = self._waiting()
        if self.sentence or not waiting:
            return tuple((self.sentence or self.here)[-1:])
        return tuple(waiting[:1])

    def _whole(self) -> tuple[str, ...]:
        """The leaf whose parts the last names are: their points make its own."""
        made = Decimal(0)
        for at in range(len(self.here) - 1, -1, -1):
            told = self.told[self.here[at]]
            if len(self.here) - 1 - at >= _TOGETHER and told.points == made:
                for part in self.here[at + 1 :]:
                    self.told.pop(part, None)
                self.here, self.run, self.sentence = self.here[: at + 1], [told.name], [told.name]
                told.parted = True
                told.got, told.lost, told.full = [], {}, False
                return (told.name,)
            made += told.points or Decimal(0)
        return tuple(self.here[-1:])

    def _keep(self, name: Name) -> str:
        if name.text not in self.told:
            self.told[name.text] = Told(name.text, name.start, name.end, name.end, self.place)
        if name.text not in self.here:
            self.here.append(name.text)
        self.run.append(name.text)
        self.sentence.append(name.text)
        return name.text

    def _say(self, names: Sequence[str], said: Statement) -> None:
        self.lost = tuple(names) if said.role is Role.LOST else ()
        numbers = said.numbers * len(names) if len(said.numbers) == 1 else said.numbers
        if len(numbers) != len(names):
            return
        for name, number in zip(names, numbers, strict=True):
            told = self.told[name]
            told.end = said.end if told.place == self.place else told.end
            told.take(said, number, self.place)
        if said.role is not Role.WORTH and said.role is not Role.BARE:
            self.run = [name for name in self.run if not self.told[name].scored]
