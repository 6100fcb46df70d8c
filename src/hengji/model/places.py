"""Where the words of a long text stand, worked out once for all patterns that scan it."""

from collections.abc import Sequence
from functools import lru_cache
from operator import add

_SCANS_FIRST = 8  # scans of a text that cost less than working out its places


class Places(dict[str, Sequence[int]]):
    """Word -> where it begins in a text, in order; looked for when it is first asked for.

    ``heads`` are the characters and pairs of characters of the text: a word that does not begin with one stands nowhere.
    """

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text
        self._of_any: dict[tuple[str, ...], Sequence[int]] = {}
        self.heads = frozenset(text).union(map(add, text, text[1:]))

    def __missing__(self, word: str) -> Sequence[int]:
        found: list[int] = []
        at = self._text.find(word) if word[:2] in self.heads else -1
        while at >= 0:
            found.append(at)
            at = self._text.find(word, at + 1)
        self[word] = found
        return found

    def of_any(self, words: tuple[str, ...]) -> Sequence[int]:
        """Where any of these words begins, in order."""
        if len(words) == 1:
            return self[words[0]]
        if words not in self._of_any:
            self._of_any[words] = sorted([at for word in words for at in self[word]])
        return self._of_any[words]


class _Scanned:
    """A text and how often it was scanned; one with digits of another script is always scanned plainly."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._scans = 0
        self._places: Places | None = None

    def places(self) -> Places | None:
        """Its places, where it is scanned often."""
        self._scans += 1
        if self._scans == _SCANS_FIRST + 1 and not _has_odd_digits(self._text):
            self._places = Places(self._text)
        return self._places


def _has_odd_digits(text: str) -> bool:
    """Whether a text has digits that are none of ASCII: 「٣」."""
    return any(character.isdecimal() and not character.isascii() for character in set(text))


@lru_cache(maxsize=2)
def _scanned(text: str) -> _Scanned:
    return _Scanned(text)


def places_in(text: str) -> Places | None:
    """The places of a text that is scanned often; None at its first scans, which do not pay for them."""
    return _scanned(text).places()
