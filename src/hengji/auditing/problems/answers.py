"""R19: which problem is left over where one measure less than problems answer the others, each its own."""

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction

from hengji.auditing.problems.untaken import specific_of
from hengji.auditing.wording import pairs_of
from hengji.model.patterns import pattern

_FEWEST, _MOST = 3, 9  # problems: of two none is clearly left over; more are too many to try all
_IN_ITS_TURN = Fraction(5, 4)  # what answering in its turn counts, in words that only one problem has
_BY_ITS_NUMBER = Fraction(1, 4)  # and standing at the same place of its list
_GENERAL = Fraction(1, 2)  # what a word counts that many problems may have
_MARGIN = Fraction(1, 4)  # by which one way to answer must be the best
_SENTENCES, _CLAUSES = pattern(r"[。;\n]"), pattern(r"[,。;\n]")
_WORD = 2  # characters of a word, and words of the problem left over that a clause may not have


def left_over(problems: Sequence[str], measures: Sequence[str]) -> tuple[int, bool] | None:
    """The problem that is left over, and whether a measure speaks of it too; None where it is not clear what answers what."""
    if len(measures) != len(problems) - 1 or not _FEWEST <= len(problems) <= _MOST:
        return None
    told = [specific_of(text) for text in problems]
    often = Counter(word for words in told for word in words)
    shared = _shared(problems, measures)
    best = _best(shared)
    ranked = sorted(best, key=lambda left: best[left][0], reverse=True)
    left = ranked[0]
    total, answers = best[left]
    of_words = sum(1 for k, n in enumerate(answers) if shared[k][n])
    clear = total - best[ranked[1]][0] >= _MARGIN and of_words * 4 >= len(measures) * 3
    if not clear or not all(shared[k][n] or n == k + (k >= left) for k, n in enumerate(answers)):
        return None
    own = frozenset(word for word in told[left] if often[word] == 1)
    title = _CLAUSES.split(problems[left])[0]
    named = own | {title[at : at + _WORD] for at in range(len(title) - 1)}
    return left, any(_speaks_of(own, named, text, told[n]) for text, n in zip(measures, answers, strict=True))


def _shared(problems: Sequence[str], measures: Sequence[str]) -> list[list[Fraction]]:
    """What each measure shares with each problem: its words, each the less the more problems have it."""
    told = [(specific_of(text), pairs_of(text)) for text in problems]
    often = Counter(word for own, plain in told for word in own | plain)
    found = []
    for text in measures:
        own, plain = specific_of(text), pairs_of(text)
        row = []
        for words, others in told:
            special = own & words
            weight = sum((Fraction(1, often[word]) for word in special), Fraction(0))
            row.append(weight + sum((_GENERAL / often[word] for word in plain & others - special), Fraction(0)))
        found.append(row)
    return found


def _best(shared: Sequence[Sequence[Fraction]]) -> dict[int, tuple[Fraction, tuple[int, ...]]]:
    """For each problem left over the best way to answer the others: its weight, and the problem of each measure."""
    return {left: _best_without(left, shared) for left in range(len(shared) + 1)}


def _best_without(left: int, shared: Sequence[Sequence[Fraction]]) -> tuple[Fraction, tuple[int, ...]]:
    ways: dict[int, tuple[Fraction, tuple[int, ...]]] = {1 << left: (Fraction(0), ())}  # by the problems taken
    for k, row in enumerate(shared):
        turn = k + (k >= left)
        longer: dict[int, tuple[Fraction, tuple[int, ...]]] = {}
        for taken, (weight, answers) in ways.items():
            for n, words in enumerate(row):
                if taken >> n & 1:
                    continue
                placed = (_IN_ITS_TURN if n == turn else 0) + (_BY_ITS_NUMBER if n == k else 0)
                way = (weight + words + placed, (*answers, n))
                if taken | 1 << n not in longer or way > longer[taken | 1 << n]:
                    longer[taken | 1 << n] = way
        ways = longer
    return next(iter(ways.values()))


def _speaks_of(own: frozenset[str], named: frozenset[str], measure: str, answered: frozenset[str]) -> bool:
    """Whether a measure has a clause with several words of a problem's own, or one word of it or its name in a sentence that is not for another one."""
    sentences = [part for part in _SENTENCES.split(measure) if part.strip()]
    main = max(sentences, key=lambda part: len(specific_of(part) & answered))
    if any(word in part for part in sentences if part is not main for word in named):
        return True
    clauses = (specific_of(part) for part in _CLAUSES.split(measure))
    return any(sum(len(word) == _WORD for word in words & own) >= _WORD for words in clauses)
