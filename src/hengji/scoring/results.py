"""What an expression comes to: a value, or one of the two ways of having none."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Missing:
    """Not known, with the inputs that are not there and why."""

    why: tuple[str, ...]

    def __add__(self, other: "Missing") -> "Missing":
        return Missing(tuple(dict.fromkeys((*self.why, *other.why))))


@dataclass(frozen=True, slots=True)
class ZeroBase:
    """A division by zero: not a number, and not a missing input either."""

    numerator: Fraction
    denominator: str


Known = Fraction | str | bool | date
Result = Known | Missing | ZeroBase


def unknown(*results: Result) -> Missing | None:
    """Why a value cannot be had from these results, or None when all are known.

    A zero denominator inside a larger expression makes it unknown; alone it is the rule's to decide.
    """
    found: Missing | None = None
    for result in results:
        lack = Missing((f"{result.denominator}为0，不能作分母",)) if isinstance(result, ZeroBase) else result
        if isinstance(lack, Missing):
            found = lack if found is None else found + lack
    return found
