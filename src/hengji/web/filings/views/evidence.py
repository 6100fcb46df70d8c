"""佐证材料: the evidence list, its files, and which leaf or item each of them proves."""

import mimetypes
from dataclasses import dataclass

from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from hengji.model.problem import HengjiError
from hengji.web.filings import bridge, files, previews
from hengji.web.filings.bridge import Change
from hengji.web.filings.folder import Folder
from hengji.web.filings.models import FilingRow, Stated
from hengji.web.filings.saving import version_of
from hengji.web.filings.slugs import slug
from hengji.web.filings.tables import EVIDENCE
from hengji.web.frame import frame
from hengji.web.gate import Request, asks
from hengji.web.people.acts import Act
from hengji.web.uploads import MOST_BYTES

_LONGEST = 500  # characters of a locator
_SANDBOX = "default-src 'none'; sandbox"


def list_of(folder: Folder) -> list[Stated]:
    """The lines of the evidence list, in order."""
    return sorted(folder.rows.of(EVIDENCE).values(), key=lambda row: int(str(row.place[0])))


@asks(Act.READ)
def evidence(request: Request, row: FilingRow) -> HttpResponse:
    """The list, and the leaves that have full marks and no proof first."""
    folder = Folder.lately(row)
    return render(request, "filings/evidence.html", _context(request, folder))


def _context(request: Request, folder: Folder, problems: tuple[str, ...] = ()) -> dict[str, object]:
    proofs = [each for evidence in folder.filing.evidence for each in evidence.proves]
    bare = {each.finding.leaf for each in folder.found if each.finding.code == "R21"}
    leaves = [(leaf, proofs.count(leaf.id), leaf.id in bare) for leaf in folder.card.leaves]
    return frame(
        request,
        "evidence",
        folder,
        own_primary=True,
        lines=[(line, _places(line)) for line in list_of(folder)],
        leaves=sorted(leaves, key=lambda each: not each[2]),
        wanted=request.GET.get("leaf", ""),
        problems=problems,
        most=MOST_BYTES // 1024 // 1024,
        images=tuple(files.IMAGES),
    )


@asks(Act.FILL)
@require_POST
def upload(request: Request, row: FilingRow) -> HttpResponse:
    """Takes files in; one that is not accepted says why, the others go on."""
    folder = Folder.open(row)
    if request.META.get("HENGJI_TOO_LARGE"):
        raise HengjiError(f"文件超过{MOST_BYTES // 1024 // 1024} MB，请压缩或分成几个文件")
    known = {*folder.indicators, *folder.system.dictionary.items}
    proves = [each for each in request.POST.getlist("proves") if each in known]
    locator = request.POST.get("locator", "").strip()[:500]
    there = {str(line.says["sha256"]): line for line in list_of(folder)}
    number = max((int(str(place[0])) for place in folder.rows.of(EVIDENCE)), default=0)
    problems, changes = [], []
    taken: set[str] = set()
    for upload in request.FILES.getlist("files"):
        try:
            kept = files.keep(upload.name or "", upload.chunks())
        except HengjiError as error:
            problems.append(str(error))
            continue
        if kept.sha256 in there:
            problems.append(f"“{kept.name}”与 {there[kept.sha256].place[0]} 号文件相同，没有重复收")
            continue
        if kept.sha256 in taken:
            problems.append(f"“{kept.name}”选了两次，只收一次")
            continue
        taken.add(kept.sha256)
        number += 1
        data = {"title": kept.name.rpartition(".")[0], "proves": proves, "file": kept.name, "locator": locator}
        changes.append(Change(EVIDENCE, (number,), {**data, "sha256": kept.sha256, "size": kept.size}, 0))
    if changes:
        bridge.save(row.pk, request.user, changes, act="upload")
    if not changes and not problems:
        problems.append("请先选择文件。")
    if problems:
        return render(
            request, "filings/evidence.html", _context(request, Folder.open(row.pk), tuple(problems)), status=422
        )
    return redirect(reverse("evidence", args=[row.pk]))


def _line(folder: Folder, number: int) -> Stated:
    found = folder.rows.of(EVIDENCE).get((number,))
    if found is None:
        raise Http404
    return found


@asks(Act.FILL)
@require_POST
def describe(request: Request, row: FilingRow, number: int) -> HttpResponse:
    """Saves what a file is called, what it proves and where in it; or takes it off the list."""
    folder = Folder.open(row)
    line = _line(folder, number)
    if request.POST.get("remove") == "1":
        bridge.save(row.pk, request.user, [Change(EVIDENCE, (number,), None, version_of(request))])
        return redirect("evidence", row.pk)
    known = {*folder.indicators, *folder.system.dictionary.items}
    words = request.POST.get("proves", "").replace("，", " ").replace("、", " ").replace(",", " ").split()
    unknown = [word for word in words if word not in known]
    if unknown:
        raise HengjiError(f"“{unknown[0]}”不是指标编号或数据项名称")
    title = request.POST.get("title", "").strip()[:200]
    data = {**line.says, "title": title or line.says["title"], "proves": words}
    general = request.POST.get("locator", "").strip()[:_LONGEST]
    own = {word: said for word in words if (said := request.POST.get(f"locator-{slug(word)}", "").strip()[:_LONGEST])}
    data["locator"] = previews.joined(general, own)
    bridge.save(row.pk, request.user, [Change(EVIDENCE, (number,), data, version_of(request))])
    return redirect("evidence", row.pk)


@asks(Act.DOWNLOAD)
def evidence_file(request: Request, row: FilingRow, number: int) -> HttpResponseBase:
    """A file of the list; images may be looked at, everything else is downloaded and run nowhere."""
    line = _line(Folder.open(row), number)
    sha, name = str(line.says["sha256"]), str(line.says["file"])
    if not sha or not files.path_of(sha).exists():
        raise Http404
    ending = f".{name.rpartition('.')[2].lower()}"
    look = request.GET.get("look") == "1" and ending in files.IMAGES
    kind = files.IMAGES.get(ending) if look else (mimetypes.guess_type(name)[0] or "application/octet-stream")
    response = FileResponse(files.path_of(sha).open("rb"), as_attachment=not look, filename=name, content_type=kind)
    response.headers["Content-Security-Policy"] = _SANDBOX
    return response


def _places(line: Stated) -> dict[str, str]:
    """Where in a file everything stands that it proves; under an empty name what holds for all."""
    proves = line.says["proves"]
    assert isinstance(proves, list)
    return previews.locators(str(line.says["locator"]), proves)


@dataclass(frozen=True, slots=True)
class Preview:
    """What a preview shows of one file: a page, a picture or its text; or why it cannot."""

    how: str
    page: int = 1
    pages: int = 0
    marked: int = 0
    blocks: tuple[previews.Shown, ...] = ()
    problem: str = ""


@asks(Act.DOWNLOAD)
def evidence_preview(request: Request, row: FilingRow, number: int) -> HttpResponse:
    """A file of the list as it is looked at, with the words of its locator marked."""
    folder = Folder.lately(row)
    line = _line(folder, number)
    wanted = request.GET.get("leaf", "")
    place = previews.locator_of(_places(line).get(wanted, "") or _places(line)[""])
    preview = _preview(line, place, _page(request.GET.get("page", ""), place.page or 1))
    context = frame(request, "evidence", folder, line=line, wanted=wanted, place=place, preview=preview)
    fragment = request.htmx  # type: ignore[attr-defined]
    return render(request, "filings/_preview.html" if fragment else "filings/preview.html", context)


def _page(text: str, otherwise: int) -> int:
    return int(text) if text.isascii() and text.isdigit() and 0 < len(text) < 6 else otherwise  # noqa: PLR2004 - no file is longer


def _preview(line: Stated, place: previews.Locator, page: int) -> Preview:
    sha, name = str(line.says["sha256"]), str(line.says["file"])
    how = previews.how_of(name) if sha and line.says["size"] else ""
    if not how:
        return Preview("", problem="这个文件不能预览，可以下载。系统照样保存和校验。" if sha else "这一项没有文件。")
    try:
        if how == "pages":
            made = previews.page(sha, name, page, place.on(page))
            return Preview(how, page, made.pages, made.marked)
        return Preview(how, blocks=previews.text(sha, name, place.quote) if how == "text" else ())
    except HengjiError as error:
        return Preview("", problem=str(error.problems[0].message))


@asks(Act.DOWNLOAD)
def evidence_page(request: Request, row: FilingRow, number: int, page: int) -> HttpResponse:
    """One page of a PDF as a picture."""
    line = _line(Folder.open(row), number)
    sha, name = str(line.says["sha256"]), str(line.says["file"])
    if not sha or previews.how_of(name) != "pages":
        raise Http404
    wanted = request.GET.get("leaf", "")
    place = previews.locator_of(_places(line).get(wanted, "") or _places(line)[""])
    return HttpResponse(previews.page(sha, name, page, place.on(page)).png, content_type="image/png")


@asks(Act.READ)
def evidence_list(request: Request, row: FilingRow) -> HttpResponse:
    """佐证材料清单 as it is printed and handed in."""
    folder = Folder.lately(row)
    lines = list_of(folder)
    names = {leaf.id: f"{leaf.id} {leaf.name}" for leaf in folder.card.leaves}
    listed = [(line, [names.get(proof, proof) for proof in line.says["proves"]]) for line in lines]  # type: ignore[attr-defined]
    total = sum(int(str(line.says["size"])) for line in lines)
    return render(request, "filings/evidence_list.html", frame(request, "evidence", folder, lines=listed, total=total))
