"""The words that chapters of reports are headed with, in every province's wording."""

import re
from functools import cache

from hengji.library.texts import load_chapters

_NOISE = re.compile(r"[\s、,:：。()（）\d.]|^[一二三四五六七八九十]+")


@cache
def _exact() -> dict[str, str]:
    return {word: key for key, words in load_chapters().items() for word in words}


def chapter_key(title: str, *, exact: bool = False) -> str:
    """The canonical chapter (存在问题, 相关建议 …) a heading opens, or nothing; ``exact`` asks for the whole heading."""
    plain = _NOISE.sub("", title)
    if exact:
        return _exact().get(plain, "")
    best = ("", 0)
    for key, words in load_chapters().items():
        for word in words:
            fits = word in plain and len(plain) <= len(word) + 8
            if fits and len(word) > best[1]:
                best = (key, len(word))
    return best[0]
