"""得分: how the total comes about, one leaf in full, and what would be if."""

from collections import Counter
from functools import reduce
from operator import or_

from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import render

from hengji.model.filing import ValueKey
from hengji.model.finding import Severity
from hengji.scoring import score as score_filing
from hengji.scoring.describe import describe_leaf
from hengji.web.filings import needs
from hengji.web.filings.findings import Found
from hengji.web.filings.folder import Folder
from hengji.web.filings.models import FilingRow
from hengji.web.filings.rail import rail
from hengji.web.filings.slugs import slug
from hengji.web.filings.views.data import read
from hengji.web.frame import frame
from hengji.web.gate import Request, asks
from hengji.web.people.acts import Act
from hengji.web.people.models import User
from hengji.web.people.sight import opened, seen
from hengji.web.scores.models import LeafLine
from hengji.web.scores.refresh import shown
from hengji.web.states.machine import Step
from hengji.web.trail.models import Entry

_CHANGES = 12
_BEFORE_REVIEW = (Step.FILLING, Step.SIGNING, Step.FORMAL)


@asks(Act.READ)
def score(request: Request, row: FilingRow) -> HttpResponse:
    """The tree of all leaves and the sum."""
    folder = Folder.lately(row)
    branches = {branch.id: branch for branch in folder.card.branches}
    reviewed = _reviewed(request.user, row)
    tree = []
    for indicator, above in folder.system.walk():
        leaf = next((each for each in folder.card.leaves if each.id == indicator.id), None)
        if leaf is not None or indicator.id in branches:
            tree.append((len(above), indicator, leaf, branches.get(indicator.id), reviewed.get(indicator.id, "")))
    return render(request, "filings/score.html", frame(request, "data", folder, tree=tree))


@asks(Act.READ)
def leaf(request: Request, row: FilingRow, leaf: str) -> HttpResponse:
    """指标: why this score, what proves it, how it is earned."""
    folder = Folder.lately(row)
    ids = [each.id for each in folder.card.leaves]
    if leaf not in ids:
        raise Http404
    found, place = folder.card.leaf(leaf), ids.index(leaf)
    indicator = folder.indicators[leaf]
    inputs = [
        (each, folder.facts.datum(each.name, 1) if each.name in folder.system.dictionary.items else None)
        for each in found.trace.inputs
    ]
    names = {each.name for each in found.trace.inputs} | {
        name for name in folder.system.dictionary.items if indicator in needs.fed_by(folder.system, name)
    }
    proofs = [each for each in folder.filing.evidence if leaf in each.proves or names & set(each.proves)]
    sections = {item.name: slug(name) for name, items in needs.sections(folder.system) for item in items}
    top = next((each.id for each in folder.system.indicators if each.name in found.path or each.id == leaf), leaf)
    places = [_place(name) for name in names] + [f'["{leaf}"']
    context = frame(
        request,
        "data",
        folder,
        leaf=found,
        indicator=indicator,
        rules=describe_leaf(indicator),
        inputs=inputs,
        sections=sections,
        top=top,
        proofs=proofs,
        found=folder.about_leaf(leaf),
        severities=_severities(folder.about_leaf(leaf)),
        previous=ids[place - 1] if place else "",
        next=ids[place + 1] if place + 1 < len(ids) else "",
        changes=_changes(request.user, row, places),
        reviewed=_reviewed(request.user, row, leaf).get(leaf, ""),
    )
    return render(request, "filings/leaf.html", context)


def _severities(found: tuple[Found, ...]) -> list[tuple[Severity, int]]:
    """How many findings of each severity still ask for a person, none left out but those of nothing."""
    number = Counter(each.finding.severity for each in found if not each.waived)
    return [(severity, number[severity]) for severity in Severity if number[severity]]


def _reviewed(user: User, row: FilingRow, leaf: str = "") -> dict[str, str]:
    """The reviewed scores by leaf, of one or of all, where the review is open to this person."""
    if row.step in _BEFORE_REVIEW or not opened(user, row):
        return {}
    lines = LeafLine.objects.filter(filing=row, reviewed__isnull=False, **({"leaf": leaf} if leaf else {}))
    return {line.leaf: shown(line.reviewed) for line in lines}


def _place(name: str) -> str:
    return f'["{name}"'


def _changes(user: User, row: FilingRow, places: list[str]) -> list[Entry]:
    """The last changes to what a leaf rests on."""
    begins = reduce(or_, (Q(place__startswith=place) for place in places))
    return list(Entry.objects.filter(begins, seen(user), filing=row).order_by("-number")[:_CHANGES])


@asks(Act.READ)
def whatif(request: Request, row: FilingRow) -> HttpResponse:
    """试算: what the leaf, the base and the final would become; nothing is kept."""
    folder = Folder.lately(row)
    name, typed = request.GET.get("item", "").strip(), request.GET.get("value", "")[:200]
    canonical = folder.system.dictionary.canonical(name)
    context: dict[str, object] = {"folder": folder, "filing": row, "typed": typed, "name": name}
    if canonical is None:
        context["problem"] = f"没有“{name}”这个数据项，请从列表里选。"
    else:
        item = folder.system.dictionary.items[canonical]
        value, problem = read(item, typed)
        if problem or value is None:
            context["problem"] = problem or "请填一个数。"
        else:
            filing = folder.filing.with_values({ValueKey(canonical, row.year): value})
            tried = score_filing(folder.system, filing)
            pairs = zip(folder.card.leaves, tried.leaves, strict=True)
            context |= {
                "name": canonical,
                "tried": tried,
                "moved": [(old, new) for old, new in pairs if old.score != new.score or old.standing != new.standing],
            }
    if request.htmx:  # type: ignore[attr-defined]
        return render(request, "filings/_tried.html", context)
    more = {key: said for key, said in context.items() if key not in ("folder", "filing")}
    return render(request, "filings/tried.html", frame(request, "data", folder, rail=rail(folder), **more))
