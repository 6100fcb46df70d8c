"""核查发现: what the bureau will find, and what the department says to it."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from hengji.library.check_texts import load_checks
from hengji.model.filing import Total
from hengji.model.finding import Severity
from hengji.model.problem import HengjiError
from hengji.web.filings import bridge, needs
from hengji.web.filings.bridge import Change
from hengji.web.filings.findings import LEAST_REASON, Found
from hengji.web.filings.folder import Folder
from hengji.web.filings.models import FilingRow
from hengji.web.filings.slugs import slug
from hengji.web.filings.tables import WAIVER
from hengji.web.frame import frame
from hengji.web.gate import Request, asks
from hengji.web.people.acts import Act
from hengji.web.people.permissions import may
from hengji.workbook import layout

_OF_CODE = {"R33": "evidence", "R35": "evidence", "R40": "score"}  # of those that belong to no field


@asks(Act.READ)
def findings(request: Request, row: FilingRow) -> HttpResponse:
    """All findings, filtered by severity where the address says so."""
    folder = Folder.open(row)
    wanted = request.GET.get("severity", "")
    shown = [each for each in folder.found if not wanted or each.finding.severity.value == wanted]
    lines = [(each, place_of(folder, each)) for each in shown]
    context = frame(
        request,
        "findings",
        folder,
        lines=lines,
        wanted=wanted,
        severities=Severity,
        may_waive=bool(may(request.user, Act.WAIVE, row)),
        least=LEAST_REASON,
        checked=folder.examination.checked,
        not_checked=[(code, load_checks()[code].title, why) for code, why in folder.examination.not_checked],
    )
    return render(request, "filings/findings.html", context)


@asks(Act.READ)
def counts(request: Request, row: FilingRow) -> HttpResponse:
    """How many findings there are now, for the object bar of a page that has just been saved."""
    folder = Folder.open(row)
    if request.htmx:  # type: ignore[attr-defined]
        return render(request, "counts.html", {"folder": folder, "filing": row})
    return redirect("findings", row.pk)


def place_of(folder: Folder, found: Found) -> str:
    """The address where a finding is mended."""
    finding, number = found.finding, folder.row.pk
    chapter = finding.item in layout.CHAPTERS or finding.item.startswith(layout.LEAF_CHAPTER)
    if chapter:
        return reverse("text", args=[number, slug(finding.item)])
    if finding.leaf:
        return reverse("leaf", args=[number, finding.leaf])
    for name, items in needs.sections(folder.system):
        if finding.item in {item.name for item in items}:
            return reverse("data", args=[number, slug(name)]) + f"#row-{slug(finding.item)}"
    if finding.item in folder.system.dictionary.registers:
        return reverse("register", args=[number, slug(finding.item)])
    if finding.item in layout.COVER_LABELS:
        return reverse("cover", args=[number]) + f"#c-{slug(finding.item)}"
    if finding.item == Total.TOTAL:
        return reverse("judgements", args=[number, folder.system.indicators[-1].id])
    return reverse(_OF_CODE.get(finding.code, "report"), args=[number])


@asks(Act.WAIVE)
@require_POST
def waive(request: Request, row: FilingRow, finding: str) -> HttpResponse:
    """记为不成立: sets a finding aside with a reason the bureau will read; an empty reason takes that back."""
    folder = Folder.open(row)
    if finding not in {each.key for each in folder.found}:
        raise Http404
    reason = request.POST.get("reason", "").strip()[:2000]
    if reason and len(reason) < LEAST_REASON:
        raise HengjiError(f"不成立的理由请写满{LEAST_REASON}个字，财政局会看到")
    bridge.save(row.pk, request.user, [Change(WAIVER, (finding,), {"reason": reason} if reason else None)], act="waive")
    return redirect(reverse("findings", args=[row.pk]) + f"#{finding}")
