"""The indicator systems a notice may name: the library's, and the versions that this region has published."""

from hengji.library import load_system, system_ids
from hengji.model.problem import HengjiError
from hengji.web.filings.models import PinnedSystem
from hengji.web.filings.systems import pin

_PINNED = "pinned:"


def choices(year: int | None = None) -> list[tuple[str, str]]:
    """What can be chosen, as (value, words): systems of the library valid in the year, then pinned versions of others."""
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
    others = PinnedSystem.objects.exclude(sha256__in=hashes).order_by("system", "-pk")
    return found + [(f"{_PINNED}{row.pk}", str(row)) for row in others]


def chosen(value: str) -> PinnedSystem:
    """The pinned system behind a choice. Raises HengjiError for one that is not there."""
    if value.startswith(_PINNED):
        row = PinnedSystem.objects.filter(pk=value.removeprefix(_PINNED)).first()
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
