"""One spelling of a text for patterns: the same length, so that every position stays what it was."""

from functools import lru_cache

_FULL = "（）［］｛｝，：；！？％．＋－＝＜＞／＆＃＠＊｜～　\u00a0\u2002\u2003\u2009﹝﹞〈〉"
_HALF = "()[]{},:;!?%.+-=<>/&#@*|~     〔〕〔〕"
_DIGITS = {ord("０") + n: str(n) for n in range(10)}
_LETTERS = {ord("Ａ") + n: chr(ord("A") + n) for n in range(26)} | {ord("ａ") + n: chr(ord("a") + n) for n in range(26)}
_SAME = {"≧": "≥", "≦": "≤", "﹪": "%", "╱": "/", "﹣": "-", "−": "-", "─": "-", "“": '"', "”": '"', "‘": "'", "’": "'"}
_TABLE = str.maketrans(_FULL, _HALF) | _DIGITS | _LETTERS | str.maketrans(_SAME)


def flat(text: str) -> str:
    """The text with half-width digits, letters and punctuation, as many characters as before."""
    return text.translate(_TABLE)


@lru_cache(maxsize=2)
def flat_whole(text: str) -> str:
    """The same for the text of a document, remembered for those who read it one after the other."""
    return flat(text)
