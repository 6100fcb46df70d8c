"""The rates of rates.yaml: those that are a part of a whole, and those of which the less is the better."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from hengji.library.texts import load_yaml
from hengji.model.patterns import pattern


@dataclass(frozen=True, slots=True)
class RateNames:
    """How the names of rates end that cannot be above 100 %, those that may be, and those that ought to be small."""

    parts: tuple[str, ...]
    open: re.Pattern[str]
    small: tuple[str, ...]

    def never_above_whole(self, name: str) -> bool:
        """Whether a rate of such a name is a part of a whole: 「按期办结率」, not 「毛入学率」."""
        return name.endswith(self.parts) and self.open.search(name) is None


@cache
def load_rates() -> RateNames:
    """The rates of rates.yaml."""
    data = load_yaml(Path(__file__).parent / "rates.yaml")
    parts, small = data["parts"], data["small"]
    assert isinstance(parts, list)
    assert isinstance(small, list)
    return RateNames(tuple(map(str, parts)), pattern(str(data["open"])), tuple(map(str, small)))
