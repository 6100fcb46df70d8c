"""Where the words of a long text stand, worked out once for all patterns that scan it."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from operator import add

_SCANS_FIRST = 8  # scans of a text that cost less than working out its places


class Places(dict[str, Sequence[int]]):
    """Word -> where it begins in a text, in order; all pairs of characters at once, another word when it is asked for."""

    def __init__(self, text: str) -> None:
        pairs: defaultdict[str, list[int]] = defaultdict(list)
        for at, pair in enumerate(map(add, text, text[1:])):
            pairs[pair].append(at)
        super().__init__(pairs)
        self._text = text

    def __missing__(self, word: str) -> Sequence[int]:
        if len(word) == 1:
            found = list(self._of_character(word))
        else:  # a pair that is asked for here stands nowhere
            found = [at for at in self.get(word[:2], ()) if self._text.startswith(word, at)]
        self[word] = found
        return found

    def _of_character(self, character: str) -> Iterator[int]:
        at = self._text.find(character)
        while at >= 0:
            yield at
            at = self._text.find(character, at + 1)


class _Scanned:
    """A text and how often it was scanned."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._scans = 0
        self._places: Places | None = None

    def places(self) -> Places | None:
        """Its places, where it is scanned often."""
        self._scans += 1
        if self._places is None and self._scans > _SCANS_FIRST:
            self._places = Places(self._text)
        return self._places


@lru_cache(maxsize=2)
def _scanned(text: str) -> _Scanned:
    return _Scanned(text)


def places_in(text: str) -> Places | None:
    """The places of a text that is scanned often; None at its first scans, which do not pay for them."""
    return _scanned(text).places()
