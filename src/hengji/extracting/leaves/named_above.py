"""Leaves whose name stands in a line of its own without a number, above the facts and the scores."""

from collections.abc import Sequence

from hengji.extracting.leaves.leaf_names import bare_words, is_name, leaf_name
from hengji.extracting.leaves.scored import claim_in, points_in
from hengji.extracting.leaves.told_leaves import Inline, inline_leaves
from hengji.extracting.passages import Passage
from hengji.model.patterns import pattern

_LONGEST = 30  # characters of such a line
_FEWEST = 2  # leaves under one heading: a single line may be anything
_ENDS = pattern(r"[。;,!?]|\d\s?分")
_FACTS = 3  # paragraphs between a name and its scores


def named_above(passages: Sequence[Passage]) -> list[tuple[Passage, Inline]]:
    """The leaves of paragraphs that are named so, each with the passage of its name; nothing where there are fewer than two.

    The end of a leaf is counted from its name on, into the paragraph that holds its score.
    """
    told: list[tuple[Passage, Inline]] = []
    if len(passages) < _FEWEST * 2:
        return told
    name, line, since = "", passages[0] if passages else None, 0
    for passage in passages:
        read = _name_in(passage.flat)
        if read:
            name, line, since = read, passage, 0
            continue
        since += 1
        if not name or line is None or since > _FACTS or "分" not in passage.flat:
            continue
        if _names_itself(passage.flat):
            name = ""
            continue
        points = points_in(passage.flat)
        claim = claim_in(passage.flat, points.number) if points is not None else None
        if points is not None and claim is not None and claim.number <= points.number:
            start = line.flat.find(name)
            end = passage.at(claim.end - 1) + 1 - line.at(0)
            told.append(
                (
                    line,
                    Inline(name, points.number, claim.number, start, start + len(name), end, worth=start + len(name)),
                )
            )
            name = ""
    return told if len(told) >= _FEWEST else []


def _names_itself(text: str) -> bool:
    """Whether a paragraph that tells scores opens with the name of its own leaf, so that the line above it names their group."""
    leaf, words = next(iter(inline_leaves(text)), None), bare_words(text)
    return leaf is not None and words.startswith((f"{leaf.name}:", f"{leaf.name}("))


def _name_in(text: str) -> str:
    """The name that a line holds and nothing else; empty where it holds more."""
    line = text.strip() if len(text) <= _LONGEST else ""
    if not line or _ENDS.search(line.rstrip("。")):
        return ""
    name = leaf_name(bare_words(line).strip(" :。"))
    return name if is_name(name) and name in text else ""
