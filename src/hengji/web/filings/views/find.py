"""查找: where a data item, register, indicator or chapter is filled, by any part of its name or its pinyin initials."""

from dataclasses import dataclass
from functools import cache

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from hengji.web.filings import needs
from hengji.web.filings.folder import Folder
from hengji.web.filings.models import FilingRow
from hengji.web.filings.rail import rail
from hengji.web.filings.slugs import slug
from hengji.web.frame import frame
from hengji.web.gate import Request, asks
from hengji.web.people.acts import Act
from hengji.workbook import layout

_MOST = 60


@dataclass(frozen=True, slots=True)
class Place:
    """One thing found: what it is, what it is called, where it is filled."""

    kind: str
    name: str
    where: str
    address: str


@asks(Act.READ)
def find(request: Request, row: FilingRow) -> HttpResponse:
    """What the words lead to."""
    folder = Folder.lately(row)
    words = request.GET.get("q", "").strip()[:60]
    found = [place for place, names in _places(folder) if words and any(meant(words, name) for name in names)]
    context = frame(request, "data", folder, rail=rail(folder), words=words, found=found[:_MOST])
    return render(request, "filings/find.html", context)


def meant(words: str, name: str) -> bool:
    """Whether the words are a part of the name, or letters with which its characters begin in pinyin: zfcg finds 政府采购."""
    return words in name or (words.isascii() and words.isalpha() and words.lower() in _initials(name))


@cache
def _initials(name: str) -> str:
    """The first letters of a name's characters as they are read; other letters and digits stand as they are."""
    from pypinyin import Style, lazy_pinyin  # noqa: PLC0415 - large, and few searches are by letters

    return "".join(lazy_pinyin(name, style=Style.FIRST_LETTER, errors=str.lower))


def _places(folder: Folder) -> list[tuple[Place, tuple[str, ...]]]:
    """Everything that can be found, with the names it is found by."""
    number = folder.row.pk
    found: list[tuple[Place, tuple[str, ...]]] = []
    for section, items in needs.sections(folder.system):
        address = reverse("data", args=[number, slug(section)])
        for item in items:
            place = Place("数据项", item.name, section, f"{address}#row-{slug(item.name)}")
            found.append((place, (item.name, *item.aliases)))
    for kind in needs.registers(folder.system):
        place = Place("台账", kind.name, kind.about, reverse("register", args=[number, slug(kind.name)]))
        found.append((place, (kind.name, kind.title, *kind.aliases)))
    for leaf in folder.card.leaves:
        place = Place("指标", f"{leaf.id} {leaf.name}", "、".join(leaf.path), reverse("leaf", args=[number, leaf.id]))
        found.append((place, (leaf.id, leaf.name)))
    for chapter in layout.CHAPTERS:
        found.append((Place("文字", chapter, "", reverse("text", args=[number, slug(chapter)])), (chapter,)))
    return found
