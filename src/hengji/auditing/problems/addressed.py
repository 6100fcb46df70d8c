"""R19: measures that open with what they answer: 「针对诉前调解，由立案庭……」, and the one problem that none of them names."""

from collections.abc import Sequence

from hengji.auditing.wording import pairs_of
from hengji.model.patterns import pattern

_SENTENCES = pattern(r"[。;\n\t]")
_ADDRESSED = pattern(
    r"\s*(?:\(?[一二三四五六七八九十\d]{1,2}[)、.是]\s*)?(?:针对|围绕|对于?|就|关于)(?P<what>[\u4e00-\u9fff\d\"“”%.]{2,24}?)(?:(?:等|这个|这一)?(?:的)?(?:问题|方面|情况|短板|不足))?,"
)
_SEVERAL = pattern(
    r"上述(?:各|几|问题|不足)|以上(?:各|几|问题|不足)|(?:各项|所有|全部|其[余他])(?:[\u4e00-\u9fff]{0,4})?问题|前[两三四几](?:个|项|条)|[两三四](?:个|项)问题|第[一二三四五六七八九十\d]+(?:个|项|条)"
)
_DEGREE = pattern(r"[偏较不未率够低高多少大年月个]")  # in pairs that any problem may have: 率偏, 半年
_FEW = 2  # measures that name what they answer: one is no custom


def not_addressed(problems: Sequence[str], measures: Sequence[str], numbered: Sequence[str]) -> int | None:
    """Which problem none of the measures names, where each of them opens with what it answers and all others are named once.

    ``measures`` are their texts as they stand, of which every sentence may be one; ``numbered`` are those that have numbers.
    """
    if any(not _ADDRESSED.match(text) for text in numbered if text not in problems):
        return None
    parts = [part for text in measures for part in _SENTENCES.split(text)]
    told = [(part, match["what"]) for part in parts if (match := _ADDRESSED.match(part))]
    if len(told) < _FEW or len(told) != len(problems) - 1 or any(_SEVERAL.search(text) for text in measures):
        return None
    answered = [_named(what, problems) for _, what in told]
    left = set(range(len(problems))) - {n for n in answered if n is not None}
    if None in answered or len(left) != 1:
        return None
    (alone,) = left
    own = _pairs(problems[alone]) - frozenset(pair for n in answered if n is not None for pair in _pairs(problems[n]))
    rest = (part for part in parts if not any(part.strip() in each for each in problems))  # one chapter may hold both
    return None if any(own & _pairs(part) for part in rest) else alone


def _pairs(text: str) -> frozenset[str]:
    """The pairs of characters that say what a text is about."""
    return frozenset(pair for pair in pairs_of(text) if not _DEGREE.search(pair))


def _named(what: str, problems: Sequence[str]) -> int | None:
    """The problem that words name: the one that has most of their pairs of characters."""
    own = pairs_of(what)
    weights = [len(own & pairs_of(problem)) for problem in problems]
    best = max(weights)
    return weights.index(best) if best and weights.count(best) == 1 and best * 2 >= len(own) else None
