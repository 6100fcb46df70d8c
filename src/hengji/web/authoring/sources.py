"""What a draft may begin from, and what can be read and compared: the library, pinned versions, drafts."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.db.models import Q, QuerySet
from django.http import Http404

from hengji.library import library_folders, load_system
from hengji.library.systems import find_system_files
from hengji.model.problem import HengjiError
from hengji.model.system import CONFIDENCE_CN, IndicatorSystem, Years
from hengji.web.authoring.checking import check
from hengji.web.authoring.models import Draft, Publication
from hengji.web.filings.models import PinnedSystem
from hengji.web.filings.systems import system_of
from hengji.web.people.models import User


def short(system_id: str) -> str:
    """A library id as one part of an address."""
    return system_id.replace("/", "~")


@dataclass(frozen=True, slots=True)
class Listed:
    """One system of the library as the list shows it, or why it cannot be read."""

    id: str
    short: str
    name: str = ""
    version: str = ""
    years: str = ""
    leaves: int = 0
    confidence: str = ""
    sha256: str = ""
    trouble: str = ""


def library() -> tuple[Listed, ...]:
    """Every system of the library."""
    files = find_system_files(library_folders())
    return tuple(_listed(each, path, path.stat().st_mtime) for each, path in sorted(files.items()))


@lru_cache(maxsize=400)
def _listed(system_id: str, path: Path, changed: float) -> Listed:  # noqa: ARG001 - read again when the file changes
    try:
        system = load_system(system_id)
    except HengjiError as error:
        return Listed(system_id, short(system_id), trouble=str(error.problems[0]))
    return Listed(
        system_id, short(system_id), system.name, system.version, years_words(system.years), len(system.leaves()),
        CONFIDENCE_CN[system.confidence], system.sha256,
    )  # fmt: skip


def years_words(years: Years) -> str:
    """The years of validity in words."""
    if years.first is None and years.last is None:
        return "不限年度"
    if years.first == years.last:
        return f"{years.first}年度"
    if years.last is None:
        return f"{years.first}年度起"
    return f"{years.first}—{years.last}年度" if years.first is not None else f"{years.last}年度止"


def from_library(name: str) -> IndicatorSystem:
    """The library's system of that address. Raises Http404, or HengjiError where its file is faulty."""
    wanted = name.replace("~", "/")
    if wanted not in find_system_files(library_folders()):
        raise Http404
    return load_system(wanted)


def library_text(name: str) -> str:
    """The text a draft begins with: the file as it is written, comments and all, where it stands by itself."""
    system = from_library(name)
    text = find_system_files(library_folders())[system.id].read_text(encoding="utf-8-sig")
    found = check(text)
    return text if found.system is not None and found.system.sha256 == system.sha256 else system.text


def written(region_id: int, pinned: PinnedSystem) -> str:
    """The text a draft begins with, as the author of a version or of the library's file wrote it."""
    row = Publication.objects.filter(region_id=region_id, pinned=pinned).exclude(written="").first()
    if row is not None:
        return row.written
    same = next((each for each in library() if each.sha256 == pinned.sha256), None)
    return library_text(same.short) if same is not None else pinned.text


def pinned_in(region_id: int | None) -> "QuerySet[PinnedSystem]":
    """The pinned versions that a region may read and choose: those it published itself, and those of the library."""
    return PinnedSystem.objects.filter(Q(publications=None) | Q(publications__region_id=region_id or 0)).distinct()


def named(user: User, source: str) -> tuple[str, IndicatorSystem]:
    """The system behind library:<id>, pinned:<number> or draft:<number>, with its name in words.

    Raises Http404 for what is not there, HengjiError for a draft with mistakes.
    """
    kind, _, which = source.partition(":")
    number = int(which) if which.isascii() and which.isdigit() and len(which) < 10 else 0  # noqa: PLR2004 - no row has more
    if kind == "library":
        system = from_library(which)
        return f"{system.name}（规则库第{system.version}版）", system
    if kind == "pinned":
        row = pinned_in(user.region_id).filter(pk=number).first()
        if row is not None:
            return str(row), system_of(row)
    if kind == "draft":
        draft = Draft.objects.filter(pk=number, region_id=user.region_id or 0).first()
        if draft is not None:
            found = check(draft.text)
            if found.system is None:
                raise HengjiError(f"草稿“{draft.name}”还有 {len(found.mistakes)} 处错误，改正以后才能比较")
            return f"草稿：{draft.name}", found.system
    raise Http404
