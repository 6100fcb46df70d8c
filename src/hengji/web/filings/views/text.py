"""文字: chapters of the report that people write, one paragraph a field, with the facts at hand."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from hengji.web.filings.bridge import Change
from hengji.web.filings.folder import Folder
from hengji.web.filings.models import FilingRow
from hengji.web.filings.rail import rail
from hengji.web.filings.saving import Said, fragment, save_one, unfit, version_of
from hengji.web.filings.slugs import named, slug
from hengji.web.filings.tables import PARAGRAPH
from hengji.web.frame import frame
from hengji.web.gate import Request, asks
from hengji.web.people.acts import Act
from hengji.workbook import layout
from hengji.writing.template import Referable, ReferenceProblem

_LONGEST = 20_000


def chapters_of(folder: Folder) -> list[str]:
    """The chapters that may be written, those for single leaves among them."""
    return [*layout.CHAPTERS, *(f"{layout.LEAF_CHAPTER}{leaf}" for leaf in folder.indicators)]


@asks(Act.READ)
def text(request: Request, row: FilingRow, chapter: str) -> HttpResponse:
    """One chapter: its paragraphs, and what may be said with figures."""
    folder = Folder.lately(row)
    name = named(chapter, chapters_of(folder))
    numbers = [int(str(place[1])) for place in folder.rows.of(PARAGRAPH) if place[0] == name]
    paragraphs = [paragraph_of(folder, name, number) for number in sorted(numbers)]
    last = max(numbers, default=0) + 1
    context = frame(
        request,
        "data",
        folder,
        rail=rail(folder),
        stop=chapter,
        chapter=name,
        paragraphs=paragraphs,
        blank=paragraph_of(folder, name, last),
        facts=[leaf.trace.sentence for leaf in folder.lost] if name == "存在问题" else [],
        found=folder.about_item(name),
        leaf_chapters=[(f"{layout.LEAF_CHAPTER}{leaf.id}", leaf) for leaf in folder.card.leaves],
        items=[
            (each, folder.facts.datum(each.name)) for each in folder.askable if folder.facts.datum(each.name).stated
        ],
    )
    return render(request, "filings/text.html", context)


def paragraph_of(folder: Folder, chapter: str, number: int, said: Said | None = None) -> dict[str, object]:
    """One paragraph as its fragment takes it."""
    said = said or Said()
    row = folder.rows.of(PARAGRAPH).get((chapter, number))
    stated = str(row.says["text"]) if row is not None else ""
    clash = said.clash
    return {
        "chapter": chapter,
        "number": number,
        "id": f"p-{slug(chapter)}-{number}",
        "typed": said.typed if said.typed is not None else stated,
        "version": clash.version if clash else folder.rows.version(PARAGRAPH, chapter, number),
        "problem": said.problem,
        "theirs": (clash.now or {}).get("text", "（已删去）") if clash else "",
        "who": clash.who if clash else "",
        "rows": max(2, len(stated) // 38 + stated.count("\n") + 1),
    }


def reference_problem(folder: Folder, text: str) -> str:
    """What is wrong with the references in a text, or nothing."""
    try:
        Referable(folder.system).template(text)
    except ReferenceProblem as problem:
        return "；".join(problem.messages)
    return ""


@asks(Act.FILL)
@require_POST
def paragraph(request: Request, row: FilingRow, chapter: str, number: int) -> HttpResponse:
    """Saves one paragraph; an empty one goes. A reference that leads nowhere is said at once."""
    folder = Folder.open(row)
    name = named(chapter, chapters_of(folder))
    typed = request.POST.get("value", "")[:_LONGEST]
    kept = typed.replace("\r\n", "\n").strip()

    def draw(now: Folder, said: Said) -> str:
        context = {"filing": now.row, "paragraph": paragraph_of(now, name, number, said), "writable": True}
        drawn = fragment("_paragraph.html", context)
        if said.problem or said.clash or not kept or now.rows.version(PARAGRAPH, name, number + 1):
            return drawn
        blank = {"filing": now.row, "paragraph": paragraph_of(now, name, number + 1), "writable": True}
        return drawn + fragment("_paragraph.html", blank)

    if problem := reference_problem(folder, kept):
        return unfit(request, row, problem, typed, draw)
    change = Change(PARAGRAPH, (name, number), {"text": kept} if kept else None, version_of(request))
    return save_one(request, row, [change], typed, draw)
