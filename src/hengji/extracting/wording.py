"""The words that chapters of reports are headed with, in every province's wording."""

import re
from functools import cache

from hengji.library.texts import load_chapters
from hengji.model.patterns import pattern

_NUMBERS = pattern(r"[\s,:：。()（）\d.]|^[一二三四五六七八九十]+、?")
_IDLE = pattern(r"的|主要(?=问题|成效|做法|经验)")
_AND = pattern(r"和|与|以及|、")
_ADDED = 8  # characters that a heading may have beside the chapter's words
_CONCLUDES = pattern(r"(?=.*(?:自评|评价|评分)).{2,14}(?:结论|结果)|结论")  # however a report puts 评价过程及结论


@cache
def _exact() -> dict[str, str]:
    return {_normal(word): key for key, words in load_chapters().items() for word in words}


@cache
def _by_length() -> dict[int, list[tuple[str, str]]]:
    found: dict[int, list[tuple[str, str]]] = {}
    for word, key in _exact().items():
        found.setdefault(len(word), []).append((word, key))
    return found


@cache
def _any_word() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, _exact())))


def _normal(title: str) -> str:
    """A heading without what changes nothing: numbers, 的, 主要; 和, 与 and 、 are 及."""
    return _IDLE.sub("", _AND.sub("及", _NUMBERS.sub("", title)))


def chapter_key(title: str, *, exact: bool = False) -> str:
    """The canonical chapter (存在问题, 相关建议 …) a heading opens, or nothing; ``exact`` asks for the whole heading."""
    plain = _normal(title)
    if exact:
        return _exact().get(plain, "")
    longest, shortest = len(plain), max(1, len(plain) - _ADDED)
    for length in range(longest, shortest - 1, -1) if _any_word().search(plain) else ():
        for word, key in _by_length().get(length, ()):
            if word in plain:
                return key
    return "自评结论" if _CONCLUDES.fullmatch(plain) else ""


_CHAPTER = pattern(r"[一二三四五六七八九十]{1,3}、\s?(?P<title>[^,。;]{2,20})")
_BEHIND_SCORES = ("存在问题", "相关建议", "问题与建议", "应用公开")


def opens_chapter(line: str) -> bool:
    """Whether a line right behind a table of scores is the heading of the next chapter, and no cell: 「六、存在的问题和原因」."""
    match = _CHAPTER.fullmatch(line)
    return match is not None and chapter_key(match["title"]) in _BEHIND_SCORES
