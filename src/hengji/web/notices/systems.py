"""The indicator systems a notice may name: the library's, and the versions that this region has published."""

from hengji.library import load_system, system_ids
from hengji.model.problem import HengjiError
from hengji.web.authoring.sources import pinned_in
from hengji.web.filings.models import PinnedSystem
from hengji.web.filings.systems import pin

_PINNED = "pinned:"


def choices(region_id: int | None, year: int | None = None) -> list[tuple[str, str]]:
    """What a region can choose, as (value, words): the library's systems valid in the year, then its pinned versions."""
    found: list[tuple[str, str]] = []
    hashes = set()
    for each in system_ids():
        try:
            system = load_system(each)
        except HengjiError:
            continue  # a faulty file of the user's folder is told by `hengji systems list`
        hashes.add(system.sha256)
        if year is None or year in system.years:
            found.append((each, f"{system.name}（第{system.version}版）"))
    others = pinned_in(region_id).exclude(sha256__in=hashes).order_by("system", "-pk")
    return found + [(f"{_PINNED}{row.pk}", str(row)) for row in others]


def chosen(region_id: int | None, value: str) -> PinnedSystem:
    """The pinned system behind a choice of a region. Raises HengjiError for one that is not there for it."""
    if value.startswith(_PINNED):
        number = value.removeprefix(_PINNED)
        row = pinned_in(region_id).filter(pk=number).first() if number.isascii() and number.isdigit() else None
        if row is None:
            raise HengjiError("没有这套指标体系，请重新选择")
        return row
    return pin(value)


def choice_of(pinned: PinnedSystem) -> str:
    """The choice that stands for a pinned system: the library's id where its text is still the same."""
    try:
        if load_system(pinned.system).sha256 == pinned.sha256:
            return pinned.system
    except HengjiError:
        pass
    return f"{_PINNED}{pinned.pk}"
