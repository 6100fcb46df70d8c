"""发布新版本: a draft becomes a pinned text that notices can choose; what was begun under older ones stays as it is."""

import re
from dataclasses import replace

from django.db import transaction

from hengji.library import load_dictionary
from hengji.library.nodes import Mapping, Scalar, read_tree
from hengji.library.systems import read_system
from hengji.model.patterns import pattern
from hengji.model.problem import HengjiError, Problem
from hengji.model.system import IndicatorSystem
from hengji.web.authoring.checking import FILE, check
from hengji.web.authoring.models import Draft, Publication
from hengji.web.authoring.sources import library
from hengji.web.filings.models import FilingRow, PinnedSystem
from hengji.web.notices.models import NoticeSystem
from hengji.web.people.models import User

_VERSION = pattern(r"^version:.*$", re.MULTILINE)
_LONGEST = 120


def next_version(system: IndicatorSystem) -> int:
    """The number a version published now has: one more than every version of that id there has been."""
    there = list(PinnedSystem.objects.filter(system=system.id).values_list("version", flat=True))
    there += [each.version for each in library() if each.id == system.id]
    numbers = [int(match[0]) for text in there if (match := re.match(r"\d+", text))]
    return max(numbers, default=0) + 1


def hindrances(draft: Draft) -> list[str]:
    """What keeps a draft from being published, each a sentence."""
    found = check(draft.text)
    if found.system is None:
        return [f"还有 {len(found.mistakes)} 处错误，请先改正。"]
    wanting = [f"{found.failing} 个测试没有通过，请改正规则或测试。"] if found.failing else []
    if len(found.system.id) > _LONGEST or not re.fullmatch(r"[\w./~-]+", found.system.id):
        wanting.append("id 只用字母、数字、点、斜线和短横，不超过 120 个字。")
    if _twin(draft, found.system) is not None:
        wanting.append("与已发布的版本完全相同，没有可发布的改动。")
    return wanting


def _twin(draft: Draft, system: IndicatorSystem) -> PinnedSystem | None:
    """A published version that differs in nothing but its number."""
    for row in PinnedSystem.objects.filter(system=system.id, publications__region=draft.region):
        if _VERSION.sub("", row.text, count=1) == _VERSION.sub("", system.text, count=1):
            return row
    return None


def numbered(text: str, version: int) -> IndicatorSystem:
    """The system of a text under another version number. Raises HengjiError where the text is faulty."""
    problems: list[Problem] = []
    tree = read_tree(text, FILE, problems)
    if tree is None:
        raise HengjiError(*problems)
    tree = replace(tree, entries={**tree.entries, "version": Scalar(str(version), tree.place)})
    assert isinstance(tree, Mapping)
    return read_system(tree, load_dictionary(), problems)


def latest(draft: Draft, system_id: str) -> PinnedSystem | None:
    """The version published last under that id, else what the draft was begun from."""
    row = Publication.objects.filter(region=draft.region, pinned__system=system_id).select_related("pinned").first()
    return row.pinned if row is not None else draft.base


@transaction.atomic
def publish(draft_id: int, revision: int, user: User, note: str) -> PinnedSystem:
    """Publishes a draft as it was shown. Raises HengjiError with what is wanting."""
    draft = Draft.objects.select_for_update(of=("self",)).select_related("region", "base").get(pk=draft_id)
    if draft.revision != revision:
        raise HengjiError("打开这一页以后草稿有修改，请先看一遍再发布")
    wanting = hindrances(draft)
    if wanting:
        raise HengjiError(*(each.rstrip("。") for each in wanting))
    checked = check(draft.text).system
    assert checked is not None
    version = next_version(checked)
    system = numbered(draft.text, version)
    said = {"system": system.id, "version": system.version, "name": system.name, "text": system.text}
    pinned = PinnedSystem.objects.get_or_create(sha256=system.sha256, defaults=said)[0]
    before = latest(draft, system.id)
    draft.text = _VERSION.sub(f"version: {version}", draft.text, count=1)
    Publication.objects.create(
        region=draft.region, pinned=pinned, before=before, note=note[:2000], written=draft.text, by=user
    )
    draft.base, draft.changed_by, draft.revision = pinned, user, draft.revision + 1
    draft.save()
    return pinned


def affected(draft: Draft, system_id: str) -> dict[str, int]:
    """Who stands under older versions: filings, which keep theirs, and notices that are not issued yet."""
    filings = FilingRow.objects.filter(department__region=draft.region, system__system=system_id)
    notices = NoticeSystem.objects.filter(notice__region=draft.region, notice__issued_at=None, system__system=system_id)
    return {"filings": filings.count(), "notices": notices.values("notice").distinct().count()}
