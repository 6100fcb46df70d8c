"""The names an expression may use: data items, registers and their columns."""

import re
from dataclasses import dataclass
from functools import cached_property

from hengji.model.item import Dictionary, RegisterKind


@dataclass(frozen=True)
class Vocabulary:
    """The declared names of one dictionary, ready for longest-match reading."""

    dictionary: Dictionary

    @cached_property
    def items(self) -> dict[str, str]:
        """Every spelling of an item (name or alias) and the item's one name; a name wins over another's alias."""
        names = {alias: item.name for item in self.dictionary.items.values() for alias in item.aliases}
        return names | {name: name for name in self.dictionary.items}

    @cached_property
    def registers(self) -> dict[str, RegisterKind]:
        """Every spelling of a register and the register."""
        kinds = {alias: kind for kind in self.dictionary.registers.values() for alias in kind.aliases}
        return kinds | dict(self.dictionary.registers)

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Matches the longest declared name at a place."""
        columns = {
            spelling
            for kind in self.dictionary.registers.values()
            for column in kind.columns
            for spelling in (column.name, *column.aliases)
        }
        names = sorted(columns | self.items.keys() | self.registers.keys(), key=len, reverse=True)
        return re.compile("|".join(map(re.escape, names)) if names else r"(?!)")
