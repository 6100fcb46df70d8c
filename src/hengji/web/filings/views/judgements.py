"""定性指标、自评得分和不考核: what a person decides about a leaf."""

from dataclasses import dataclass
from decimal import Decimal

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from hengji.model.asked import bands_of, options_of, statements_of
from hengji.model.filing import Answer, Claim, Exemption, Judgement, Total
from hengji.model.item import ItemType
from hengji.model.numerals import read_decimal
from hengji.model.rules import Band, Statement
from hengji.model.scorecard import LeafScore
from hengji.model.system import Indicator
from hengji.web.filings.bridge import Change
from hengji.web.filings.findings import Found
from hengji.web.filings.folder import Folder
from hengji.web.filings.models import FilingRow
from hengji.web.filings.rail import rail
from hengji.web.filings.saving import Draw, Said, fragment, save_one, unfit, version_of
from hengji.web.filings.tables import ANSWER, CLAIM, EXEMPTION, JUDGEMENT
from hengji.web.frame import frame
from hengji.web.gate import Request, asks
from hengji.web.people.acts import Act
from hengji.workbook.cells import read_cell
from hengji.workbook.grid import Cell

_HOLDS = {"yes": True, "no": False, "": None}


@dataclass(frozen=True, slots=True)
class Point:
    """One statement of a checklist with its answer."""

    statement: Statement
    answer: Answer
    version: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """One leaf to decide on: statements, bands, options, claim, exemption, each with its version."""

    leaf: LeafScore
    indicator: Indicator
    points: tuple[Point, ...]
    bands: tuple[Band, ...]
    options: tuple[str, ...]
    judgement: Judgement
    judgement_version: int
    share: str
    claim: Claim | None
    claim_version: int
    exemption: Exemption | None
    exemption_version: int
    found: tuple[Found, ...]


def sheet_of(folder: Folder, leaf: LeafScore) -> Sheet:
    """A leaf with everything a person can decide about it."""
    indicator = folder.indicators[leaf.id]
    judgement = folder.filing.judgements.get(leaf.id, Judgement())
    points = tuple(
        Point(each, judgement.answers.get(each.key, Answer(None)), folder.rows.version(ANSWER, leaf.id, each.key))
        for each in statements_of(indicator.rule)
    )
    share = judgement.share
    return Sheet(
        leaf,
        indicator,
        points,
        bands_of(indicator.rule),
        options_of(indicator.rule),
        judgement,
        folder.rows.version(JUDGEMENT, leaf.id),
        "" if share is None else f"{(share * 100).normalize():f}%",
        folder.filing.claims.get(leaf.id),
        folder.rows.version(CLAIM, leaf.id),
        folder.filing.exemptions.get(leaf.id),
        folder.rows.version(EXEMPTION, leaf.id),
        folder.about_leaf(leaf.id),
    )


@asks(Act.READ)
def judgements(request: Request, row: FilingRow, group: str) -> HttpResponse:
    """One first-level section of the table: its leaves one under the other."""
    folder = Folder.lately(row)
    section = next((each for each in folder.system.indicators if each.id == group), None)
    if section is None:
        raise Http404
    leaves = [leaf for leaf in folder.card.leaves if leaf.id == group or section.name in leaf.path]
    sheets = [sheet_of(folder, leaf) for leaf in leaves]
    last = section is folder.system.indicators[-1]
    totals = [_total(folder, total) for total in Total if total is not Total.BASE] if last else []
    feeding = [leaf.id for leaf in leaves]
    context = frame(
        request,
        "data",
        folder,
        rail=rail(folder),
        stop=group,
        section=section,
        sheets=sheets,
        totals=totals,
        feeding=feeding,
    )
    return render(request, "filings/judgements.html", context)


def _total(folder: Folder, total: Total) -> dict[str, object]:
    claim = folder.filing.claims.get(str(total))
    return {"id": str(total), "name": str(total), "claim": claim, "version": folder.rows.version(CLAIM, str(total))}


def _leaf(folder: Folder, leaf_id: str) -> LeafScore:
    found = next((leaf for leaf in folder.card.leaves if leaf.id == leaf_id), None)
    if found is None:
        raise Http404
    return found


def _draw(leaf_id: str) -> Draw:
    def draw(now: Folder, said: Said) -> str:
        sheet = sheet_of(now, _leaf(now, leaf_id))
        context = {"filing": now.row, "sheet": sheet, "writable": True, "said": said}
        return fragment("_leaf_sheet.html", context)

    return draw


@asks(Act.FILL)
@require_POST
def answer(request: Request, row: FilingRow, leaf: str, statement: str) -> HttpResponse:
    """Saves one statement: it holds, it does not, nobody has said; with its note."""
    folder = Folder.open(row)
    _leaf(folder, leaf)
    if statement not in {each.key for each in statements_of(folder.indicators[leaf].rule)}:
        raise Http404
    word = request.POST.get("holds", "")
    if word not in _HOLDS:
        raise Http404
    now = folder.filing.judgements.get(leaf, Judgement()).answers.get(statement, Answer(None))
    note = request.POST.get("note", now.note)[:2000].strip()
    data = {"holds": _HOLDS[word], "evidence": now.evidence, "note": note}
    kept = None if data == {"holds": None, "evidence": "", "note": ""} else data
    change = Change(ANSWER, (leaf, statement), kept, version_of(request))
    return save_one(request, row, [change], word, _draw(leaf))


@asks(Act.FILL)
@require_POST
def band(request: Request, row: FilingRow, leaf: str) -> HttpResponse:
    """Saves the band, share, choice and reason of a leaf that a person grades."""
    folder = Folder.open(row)
    _leaf(folder, leaf)
    rule = folder.indicators[leaf].rule
    name, choice = request.POST.get("band", ""), request.POST.get("choice", "")
    if name and name not in [each.name for each in bands_of(rule)]:
        raise Http404
    if choice and choice not in options_of(rule):
        raise Http404
    typed = request.POST.get("share", "").strip()[:40]
    share, problem = read_share(typed)
    if problem:
        return unfit(request, row, problem, typed, _draw(leaf))
    reason = request.POST.get("reason", "").strip()[:2000]
    data = {"band": name, "share": "" if share is None else format(share, "f"), "choice": choice, "reason": reason}
    kept = data if any(data.values()) else None
    return save_one(request, row, [Change(JUDGEMENT, (leaf,), kept, version_of(request))], typed, _draw(leaf))


def read_share(typed: str) -> tuple[Decimal | None, str]:
    """A share of the points: 85%, 85 or 0.85."""
    reading = read_cell(Cell(typed), ItemType.NUMBER)
    if reading is None:
        return None, ""
    number = read_decimal(reading.text)
    if reading.problem or number is None or reading.unit not in ("", "%"):
        return None, "给分比例请填 0% 到 100%，例如 90%"
    share = number / 100 if reading.unit == "%" or number > 1 else number
    return (share, "") if 0 <= share <= 1 else (None, f"给分比例“{typed}”应在 0% 到 100% 之间")


@asks(Act.FILL)
@require_POST
def claim(request: Request, row: FilingRow, leaf: str) -> HttpResponse:
    """Saves the score the department states for a leaf, or for a part of the total, and why."""
    folder = Folder.open(row)
    of_total = leaf in {str(total) for total in Total}
    if not of_total:
        _leaf(folder, leaf)
    typed = request.POST.get("score", "").strip()[:40]
    reason = request.POST.get("reason", "").strip()[:2000]
    number = read_decimal(typed) if typed else None
    now = folder.filing.claims.get(leaf)
    draw = _draw_total(leaf) if of_total else _draw(leaf)
    if typed and (number is None or number < 0):
        return unfit(request, row, f"“{typed}”不是得分，请填数字，例如 3.5", typed, draw)
    data = None
    if number is not None:
        said = {"score": format(number, "f"), "reason": reason}
        data = said | {"locator": now.locator if now else "", "quote": now.quote if now else ""}
    return save_one(request, row, [Change(CLAIM, (leaf,), data, version_of(request))], typed, draw)


def _draw_total(name: str) -> Draw:
    def draw(now: Folder, said: Said) -> str:
        context = {"filing": now.row, "total": _total(now, Total(name)), "writable": True, "said": said}
        return fragment("_total.html", context)

    return draw


@asks(Act.FILL)
@require_POST
def exemption(request: Request, row: FilingRow, leaf: str) -> HttpResponse:
    """Declares 不考核 for a leaf, with the reason; an empty reason takes it back."""
    folder = Folder.open(row)
    _leaf(folder, leaf)
    reason = request.POST.get("reason", "").strip()[:2000]
    now = folder.filing.exemptions.get(leaf)
    data = {"reason": reason, "evidence": now.evidence if now else ""} if reason else None
    change = Change(EXEMPTION, (leaf,), data, version_of(request))
    return save_one(request, row, [change], reason, _draw(leaf))
