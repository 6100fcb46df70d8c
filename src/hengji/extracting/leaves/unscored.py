"""Paragraphs that tell leaves and their points, one sentence after the other, and no score: nothing was taken off them."""

from decimal import Decimal

from hengji.extracting.leaves.told_leaves import inline_leaves
from hengji.model.patterns import pattern

_OPENS_SENTENCE = pattern(r"[。;][\s\d.、()①-⑳]*$")


def unscored(text: str) -> bool:
    """Whether a text tells three leaves or more, each in its own sentence and none with a score: 「甲（4分）：事实。乙（4分）：事实。丙（7分）：事实。」."""
    leaves = inline_leaves(text)
    if len(leaves) <= 2 or any(leaf.claim is not None or leaf.absence is not None for leaf in leaves):
        return False
    apart = all(leaf.direct and _OPENS_SENTENCE.search(text, 0, leaf.start) for leaf in leaves[1:])
    return apart and leaves[0].points != sum((leaf.points for leaf in leaves[1:]), Decimal(0))
