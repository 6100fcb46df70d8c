"""Which data item of the dictionary the words before a figure mean."""

from dataclasses import dataclass
from functools import cache

from hengji.library import load_dictionary
from hengji.library.texts import Pair, load_pairs, load_phrases
from hengji.model.patterns import pattern
from hengji.model.units import dimension

_NOISE = pattern(r"[\s\"'“”‘’「」()（）]|金额|总金额")
_GENERIC = pattern(
    r"(?:部门|整体|单位|全年|年度|本年度?|当年|实际|累计|共|总计?|我[办局委]|本[办局委]|机关|各项|全部|年末|年底|\d{4}年度?|数|额|总额|合计|为|的|市|县|区|政府|[\u4e00-\u9fff]{1,16}(?:局|办公室|委|馆|中心|院|会|镇|街道|所|站))*"
)


@dataclass(frozen=True, slots=True)
class Phrases:
    """Names in one spelling -> data item, each item's dimension, and the names that mean an item of the budget and one of spending."""

    names: dict[str, str]
    dimensions: dict[str, str]
    pairs: dict[str, Pair]
    sides: dict[str, str]  # of each item of a pair, 「预算」 or 「实际」
    longest: int  # characters of a name
    endings: frozenset[str]  # the last two characters of every name

    def sided(self, name: str, unit: str, about: str, before: str) -> str:
        """The data item of a two-sided name (基本支出) under a budget or under spending, or nothing.

        ``about`` is the side, 「预算」 or 「实际」; ``before`` the words in which what the name needs (采购) must stand.
        """
        pair = self.pairs.get(_NOISE.sub("", name)) if dimension(unit) == "money" else None
        if pair is None or (pair.under and pair.under not in before):
            return ""
        return pair.budget if about == "预算" else pair.actual if about == "实际" else ""

    def item(self, name: str, unit: str) -> str:
        """The data item a name means with a figure of this unit, or nothing.

        The whole name must be a known one, or a known one behind words that limit nothing (单位, 全年, 实际).
        """
        plain = _NOISE.sub("", name)
        if plain[-2:] not in self.endings:
            return ""
        measured = dimension(unit)
        for cut in range(max(0, len(plain) - self.longest), len(plain)):
            found = self.names.get(plain[cut:])
            if found is not None and self.dimensions[found] == measured and _GENERIC.fullmatch(plain[:cut]):
                return found
        return ""


@cache
def known_phrases() -> Phrases:
    """The names and aliases of the dictionary and what the library's wording adds."""
    dictionary = load_dictionary()
    names: dict[str, str] = {}
    for item in dictionary.items.values():
        for name in (item.name, *item.aliases):
            names.setdefault(_NOISE.sub("", name), item.name)
    names |= {_NOISE.sub("", phrase): item for phrase, item in load_phrases().items()}
    pairs = {_NOISE.sub("", name): pair for name, pair in load_pairs().items()}
    for name, pair in pairs.items():
        if names.get(name) == pair.budget:
            del names[name]  # 「公用经费」 alone says neither budget nor spending
    sides: dict[str, str] = {}
    for pair in pairs.values():
        sides.setdefault(pair.budget, "预算")
        sides.setdefault(pair.actual, "实际")
    dimensions = {item.name: dimension(item.unit) for item in dictionary.items.values()}
    endings = frozenset(name[-2:] for name in names)
    return Phrases(names, dimensions, pairs, sides, max(map(len, names), default=0), endings)
