"""The dictionary of all systems: data items (数据项) and registers (台账)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from hengji.model.expression import Expression


class ItemType(StrEnum):
    """What a data item or a register's column holds."""

    NUMBER = "number"
    TEXT = "text"
    DATE = "date"
    FLAG = "flag"  # 是 or 否
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class AccountsCell:
    """Where a data item stands in the published final accounts: a table by its title, a row and a column."""

    table: str
    row: str = ""
    column: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A named, typed, unit-bearing fact of a department and year.

    ``table`` is the title of the table a clerk takes it from and ``where`` a sentence that leads there;
    ``counted`` gives it from a register, ``formula`` from other items; ``accounts`` are its cells in the final accounts.
    """

    name: str
    type: ItemType = ItemType.NUMBER
    unit: str = ""
    group: str = ""
    aliases: tuple[str, ...] = ()
    table: str = ""
    where: str = ""
    choices: tuple[str, ...] = ()
    counted: Expression | None = None
    formula: Expression | None = None
    accounts: tuple[AccountsCell, ...] = ()
    summed_over_units: bool = True
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterColumn:
    """One column of a register; a column with a ``formula`` is computed from the row's other cells."""

    name: str
    type: ItemType = ItemType.TEXT
    unit: str = ""
    aliases: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    required: bool = False
    formula: Expression | None = None
    about: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterKind:
    """What a register records, a row each; its columns in the order of the sheet."""

    name: str
    title: str = ""
    about: str = ""
    columns: tuple[RegisterColumn, ...]
    aliases: tuple[str, ...] = ()

    def column(self, name: str) -> RegisterColumn | None:
        """The column of that name or alias, or None."""
        return next((c for c in self.columns if c.name == name or name in c.aliases), None)


@dataclass(frozen=True, slots=True)
class Dictionary:
    """All items and registers that a system may name; an overlay adds its own."""

    items: Mapping[str, Item] = field(default_factory=dict)
    registers: Mapping[str, RegisterKind] = field(default_factory=dict)

    def canonical(self, name: str) -> str | None:
        """The item name behind a name or alias, or None when nothing is called that."""
        if name in self.items:
            return name
        return next((item.name for item in self.items.values() if name in item.aliases), None)
