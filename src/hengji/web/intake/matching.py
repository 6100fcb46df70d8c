"""Whose a file is (匹配): by the name it gives itself, by its text, its file name and its folders. Pure functions.

Nothing is guessed silently: a match is sure only where the name is the same, letter by letter, and nothing else speaks
against it; otherwise there are at most two candidates, each with the reason.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import cached_property

from hengji.model.patterns import pattern

_TAIL = pattern(r"(?:\(?(?:本级|机关|本部|汇总)\)?)+$")
_BLANK = pattern(r"[\s\"“”'《》【】\[\]·._,，、:：\-—－]+")
_AREA = pattern(r"^[\u4e00-\u9fff]{1,6}?(?:自治州|自治县|地区|省|市|县|区|州|旗)(?=[\u4e00-\u9fff]{2,})")
_GENERIC = frozenset(["", "省", "市", "县", "区", "州", "旗", "本省", "本市", "本县", "本区", "我市", "我县", "我区"])
_LEAST = 3  # characters of a name that may be looked for in running text
_ALIKE = 0.72
_SHORTEST = 2

_SAME, _FOLDER, _FILE, _TEXT, _NEAR = 100, 70, 60, 30, 20


def plain(name: str) -> str:
    """A name in one spelling: no blanks, no marks, without what only says that the department itself is meant."""
    text = _BLANK.sub("", unicodedata.normalize("NFKC", name))
    return _TAIL.sub("", text)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A department that may be meant: its number, how much speaks for it, and what."""

    department: int
    weight: int
    reasons: tuple[str, ...]
    exact: bool = False  # the name it gives itself is the same


@dataclass(frozen=True)
class Names:
    """The departments of a region as they may be written."""

    region: str
    departments: Mapping[int, str]

    @cached_property
    def full(self) -> dict[str, list[int]]:
        """The numbers by whole name."""
        return _by(self.departments, plain)

    @cached_property
    def bare(self) -> dict[str, list[int]]:
        """The numbers by the name without its place."""
        return _by(self.departments, lambda name: self.without_place(plain(name))[1])

    def without_place(self, text: str) -> tuple[str, str]:
        """The place a name begins with, and the rest."""
        region = plain(self.region)
        if text.startswith(region) and len(text) > len(region) + 1:
            return region, text[len(region) :]
        if text[:1] in "省市县区州旗" and len(text) > _LEAST:
            return text[:1], text[1:]
        if text[:2] in _GENERIC and len(text) > _LEAST + 1:
            return text[:2], text[2:]
        match = _AREA.match(text)
        return (match[0], text[match.end() :]) if match else ("", text)

    def same(self, written: str) -> list[int]:
        """The departments that a written name is, letter by letter; another region's namesake is none."""
        text = plain(written)
        if text in self.full:
            return self.full[text]
        place, rest = self.without_place(text)
        if place in _GENERIC or place == plain(self.region):
            return self.bare.get(rest, [])
        return []

    @cached_property
    def _form(self) -> re.Pattern[str] | None:
        """Every name, the longest first, so that a name inside another is not counted."""
        known = sorted({*self.full, *(name for name in self.bare if len(name) >= _LEAST)}, key=len, reverse=True)
        return re.compile("|".join(map(re.escape, known))) if known else None

    def within(self, text: str) -> Counter[int]:
        """The departments that a text names, with how often."""
        found: Counter[int] = Counter()
        if self._form is not None:
            for match in self._form.finditer(_BLANK.sub("", unicodedata.normalize("NFKC", text))):
                for number in self.full.get(match[0]) or self.bare.get(match[0], []):
                    found[number] += 1
        return found

    def near(self, written: str) -> list[tuple[float, int]]:
        """The departments whose name is like a written one, the likest first: a slip, a short form, an old name."""
        text = self.without_place(plain(written))[1]
        if len(text) < _SHORTEST:
            return []
        found = [(_likeness(text, name), number) for name, numbers in self.bare.items() for number in numbers]
        return sorted(((share, number) for share, number in found if share >= _ALIKE), reverse=True)


def _by(departments: Mapping[int, str], spelling: "object") -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for number, name in departments.items():
        found.setdefault(spelling(name), []).append(number)  # type: ignore[operator]
    return found


def _likeness(text: str, name: str) -> float:
    """How like two names are, 1 for the same; a short form is the beginning of its words and ends the same."""
    if len(text) < len(name) and text[0] == name[0] and text[-1] == name[-1] and _in_order(text, name):
        return 0.9
    return SequenceMatcher(None, text, name).ratio()


def _in_order(text: str, name: str) -> bool:
    rest = iter(name)
    return all(each in rest for each in text)


@dataclass(frozen=True, slots=True)
class Clues:
    """What is known of a file: the name it gives itself, where it lies, and which departments its text names."""

    unit: str
    name: str  # with its folders, 「材料.zip/教育局/报告.docx」
    named: Mapping[int, int] = field(default_factory=dict)


def folders_of(name: str) -> list[str]:
    """The folders of a file, the nearest first; an archive counts as one."""
    parts = name.replace("\\", "/").split("/")[:-1]
    return [re.sub(r"\.zip$", "", part, flags=re.IGNORECASE) for part in reversed(parts)]


def stem_of(name: str) -> str:
    """A file's name without folders and ending."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return last.rpartition(".")[0] or last


def candidates(names: Names, clues: Clues) -> list[Candidate]:
    """The departments that a file may be of, what speaks most for it first."""
    weight: Counter[int] = Counter()
    reasons: dict[int, list[str]] = {}
    exact = names.same(clues.unit) if clues.unit else []

    def speak(number: int, much: int, words: str) -> None:
        weight[number] += much
        reasons.setdefault(number, []).append(words)

    for number in exact:
        speak(number, _SAME, "名称相同")
    for number in _in_folders(names, clues.name):
        speak(number, _FOLDER, "文件夹名")
    for number in names.within(stem_of(clues.name)):
        speak(number, _FILE, "文件名")
    most = sorted(clues.named.items(), key=lambda each: -each[1])[:2]
    for number, times in most:
        speak(number, min(_TEXT, 5 * times), f"正文出现 {times} 次")
    if not exact:
        for written, where in (
            (clues.unit, "写的是"),
            (stem_of(clues.name), "文件名"),
            (_nearest(clues.name), "文件夹"),
        ):
            for share, number in names.near(written)[:2]:
                if not any(words.startswith("名称相近") for words in reasons.get(number, ())):
                    speak(number, round(_NEAR * share), f"名称相近（{where}“{written[:24]}”）")
    ranked = sorted(weight, key=lambda number: (-weight[number], number))
    return [Candidate(n, weight[n], tuple(dict.fromkeys(reasons[n])), n in exact) for n in ranked]


def _nearest(name: str) -> str:
    return next(iter(folders_of(name)), "")


def _in_folders(names: Names, name: str) -> list[int]:
    """The departments that the nearest folder with a department's name is of."""
    for folder in folders_of(name):
        found = names.same(folder) or list(names.within(folder))
        if found:
            return found
    return []


def folder_department(names: Names, name: str) -> int | None:
    """The one department that a file's folder is named after."""
    found = _in_folders(names, name)
    return found[0] if len(found) == 1 else None


def sure(found: Sequence[Candidate]) -> bool:
    """Whether the first candidate needs no person: its name is the same, it is the only such, nothing names another."""
    if not found or not found[0].exact:
        return False
    rivals = (each for each in found[1:] if each.exact or {"文件夹名", "文件名"} & set(each.reasons))
    return next(rivals, None) is None


def words_of(found: Iterable[Candidate]) -> str:
    """The reasons of the first candidates as one line."""
    return "；".join("、".join(each.reasons) for each in list(found)[:1])
