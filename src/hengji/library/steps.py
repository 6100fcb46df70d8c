"""The steps of a matter that come one behind the other."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from hengji.library.texts import load_yaml
from hengji.model.patterns import pattern

_FILE = Path(__file__).parent / "steps.yaml"


@dataclass(frozen=True, slots=True)
class Steps:
    """Steps in their order: what each is called, how it is told behind a day; ``any`` is the last of them."""

    names: tuple[str, ...]
    forms: tuple[re.Pattern[str], ...]
    any: re.Pattern[str]
    unless: re.Pattern[str]


@cache
def load_steps() -> tuple[Steps, ...]:
    """The orders of steps.yaml."""
    listed = load_yaml(_FILE)["orders"]
    assert isinstance(listed, list)
    return tuple(_steps(each) for each in listed)


def _steps(each: dict[str, object]) -> Steps:
    names, forms = each["names"], each["forms"]
    assert isinstance(names, list)
    assert isinstance(forms, list)
    return Steps(
        tuple(map(str, names)),
        tuple(pattern(str(form)) for form in forms),
        pattern(str(forms[-1])),
        pattern(str(each["unless"])),
    )
