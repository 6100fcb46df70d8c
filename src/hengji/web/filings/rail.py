"""The rail (目录): every section of a filing with what is filled, and what is doubtful in it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from hengji.model.finding import Severity
from hengji.web.filings import needs
from hengji.web.filings.findings import Found
from hengji.web.filings.folder import Folder
from hengji.web.filings.slugs import slug
from hengji.web.filings.tables import VALUE
from hengji.workbook import layout

COVER = "cover"


@dataclass(frozen=True, slots=True)
class Stop:
    """One section: its address, and how much of it is done."""

    key: str
    name: str
    address: str
    done: str
    doubts: int = 0
    faults: int = 0


def rail(folder: Folder) -> tuple[tuple[str, tuple[Stop, ...]], ...]:
    """The four groups of sections."""
    return (
        ("数据项", (_cover(folder), *_data(folder))),
        ("台账", _registers(folder)),
        ("指标", _judgements(folder)),
        ("文字", _texts(folder)),
    )


def stops(folder: Folder) -> tuple[Stop, ...]:
    """All sections in one row, for the way to the next and the previous."""
    return tuple(stop for _, found in rail(folder) for stop in found)


def _cover(folder: Folder) -> Stop:
    filled = sum(label in folder.filing.cover for label in layout.COVER_LABELS)
    done = f"{filled}/{len(layout.COVER_LABELS)}"
    return Stop(COVER, "封面", reverse("cover", args=[folder.row.pk]), done)


def _data(folder: Folder) -> tuple[Stop, ...]:
    filled = {place[0] for place in folder.rows.of(VALUE) if place[1] == folder.row.year}
    found = []
    for name, items in needs.sections(folder.system):
        names = {item.name for item in items}
        done = f"{len(names & filled)}/{len(names)}"
        counts = _counts(each for each in folder.found if each.finding.item in names)
        found.append(Stop(slug(name), name, reverse("data", args=[folder.row.pk, slug(name)]), done, *counts))
    return tuple(found)


def _registers(folder: Folder) -> tuple[Stop, ...]:
    found = []
    for kind in needs.registers(folder.system):
        register = folder.filing.registers.get(kind.name)
        if register is None or not (register.rows or register.counts):
            done = "未填"
        elif register.none_this_year:
            done = "本年无"
        else:
            done = f"{len(register.rows)} 行" + ("" if register.complete else "，未完")
        found.append(Stop(slug(kind.name), kind.name, reverse("register", args=[folder.row.pk, slug(kind.name)]), done))
    return tuple(found)


def _judgements(folder: Folder) -> tuple[Stop, ...]:
    found = []
    for section in folder.system.indicators:
        leaves = [leaf for leaf in folder.card.leaves if leaf.id == section.id or section.name in leaf.path]
        done = f"{sum(leaf.score is not None or leaf.exemption != '' for leaf in leaves)}/{len(leaves)}"
        counts = _counts(each for leaf in leaves for each in folder.about_leaf(leaf.id))
        address = reverse("judgements", args=[folder.row.pk, section.id])
        found.append(Stop(section.id, section.name, address, done, *counts))
    return tuple(found)


def _texts(folder: Folder) -> tuple[Stop, ...]:
    found = []
    for chapter in layout.CHAPTERS:
        texts = folder.filing.narrative.get(chapter, ())
        counts = _counts(folder.about_item(chapter))
        done = f"{len(texts)} 段" if texts else "未写"
        found.append(Stop(slug(chapter), chapter, reverse("text", args=[folder.row.pk, slug(chapter)]), done, *counts))
    return tuple(found)


def _counts(found: Iterable[Found]) -> tuple[int, int]:
    """How many doubts and how many errors of these still ask for a person."""
    open_ones = [each.finding.severity for each in found if not each.waived]
    return open_ones.count(Severity.WARNING), open_ones.count(Severity.ERROR)
