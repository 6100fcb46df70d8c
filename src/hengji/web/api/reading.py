"""The reading side of the interface: systems, departments, notices, filings, boards, statistics, what is public."""

from fractions import Fraction
from typing import Any

from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest
from ninja import Router

from hengji.library import load_system, system_ids
from hengji.model.problem import HengjiError
from hengji.model.scorecard import LeafScore
from hengji.model.system import IndicatorSystem
from hengji.web.api import shapes
from hengji.web.api.service import general, opened, scoped
from hengji.web.api.shapes import Limit, Number, Of, Offset, said
from hengji.web.api.tokens import READ
from hengji.web.authoring.sources import pinned_in
from hengji.web.filings import files
from hengji.web.filings.folder import Folder
from hengji.web.filings.models import EvidenceRow, FilingRow, PinnedSystem, model_of
from hengji.web.filings.systems import system_of
from hengji.web.filings.tables import OPINION, PROBLEM, REVIEW, TABLES, Table
from hengji.web.notices import board as boards
from hengji.web.notices.models import Notice
from hengji.web.people.acts import Act
from hengji.web.people.models import OF_DEPARTMENT, Department, Role, User
from hengji.web.people.permissions import may
from hengji.web.people.sight import sees, told_decisions
from hengji.web.refusals import Refused
from hengji.web.results.charts import sheets_of
from hengji.web.results.pages import rectification
from hengji.web.results.publishing import said_by, standing
from hengji.web.results.statistics import of_year
from hengji.web.scores.refresh import shown
from hengji.web.states.machine import moves_from, subword, word
from hengji.workbook import filing_data

router = Router()


@router.get("/me", response=said(shapes.Me), tags=["账号"])
def me(request: HttpRequest) -> dict[str, object]:
    """本人: whose token this is."""
    token = request.auth  # type: ignore[attr-defined]
    user: User = token.user
    return {
        "office": user.office,
        "role": user.role,
        "region": user.region.name if user.region else None,
        "department": user.department.name if user.department else None,
        "scopes": token.scopes,
        "ends_at": token.ends_at.isoformat(),
    }


@router.get("/systems", response=said(list[shapes.SystemShape]), tags=["指标体系"])
def systems(request: HttpRequest) -> list[dict[str, object]]:
    """指标体系: the library's and those pinned by a filing or a notice."""
    user = general(request, Act.SYSTEMS)
    found = {system.sha256: _system(system) for system in _library()}
    for pinned in pinned_in(user.region_id).order_by("pk"):
        found.setdefault(pinned.sha256, _pinned(pinned))
    return list(found.values())


def _library() -> list[IndicatorSystem]:
    found = []
    for each in system_ids():
        try:
            found.append(load_system(each))
        except HengjiError:
            continue  # a faulty file of the user's folder is told by `hengji systems list`
    return found


def _system(system: IndicatorSystem) -> dict[str, object]:
    years = system.years
    return {
        "id": system.id,
        "version": system.version,
        "name": system.name,
        "sha256": system.sha256,
        "years": [years.first, years.last],
        "confidence": system.confidence.value,
    }


def _pinned(pinned: PinnedSystem) -> dict[str, object]:
    return {"id": pinned.system, "version": pinned.version, "name": pinned.name, "sha256": pinned.sha256}


@router.get("/systems/{sha256}", response=said(shapes.SystemDetail), tags=["指标体系"])
def system(request: HttpRequest, sha256: shapes.Name) -> dict[str, object]:
    """一套指标体系: its leaves and its whole text, by hash."""
    user = general(request, Act.SYSTEMS)
    pinned = pinned_in(user.region_id).filter(sha256=sha256).first()
    found = system_of(pinned) if pinned else next((each for each in _library() if each.sha256 == sha256), None)
    if found is None:
        raise Http404
    leaves = [
        {"id": leaf.id, "name": leaf.name, "points": _exact(leaf.points), "standard": leaf.standard}
        for leaf in found.leaves()
    ]
    return {**_system(found), "leaves": leaves, "text": found.text}


def _exact(number: Fraction | None) -> str | None:
    """An exact number as text: a decimal where it ends, else a fraction."""
    if number is None:
        return None
    rest = number.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    if rest != 1:
        return str(number)
    places = 0
    while (number * 10**places).denominator != 1:
        places += 1
    whole = str(abs(int(number * 10**places))).rjust(places + 1, "0")
    text = f"{whole[:-places]}.{whole[-places:]}" if places else whole
    return f"-{text}" if number < 0 else text


@router.get("/departments", response=said(list[shapes.DepartmentShape]), tags=["单位"])
def departments(request: HttpRequest) -> list[dict[str, object]]:
    """单位: those of the region for the bureau, one's own else."""
    user = scoped(request, READ)
    rows = Department.objects.select_related("region").order_by("pk")
    if Role(user.role) in OF_DEPARTMENT:
        rows = rows.filter(pk=user.department_id or 0)
    elif Role(user.role) is Role.FIRM:
        rows = rows.filter(filings__assignments__user=user).distinct()
    else:
        rows = rows.filter(region_id=user.region_id or 0)
    return [_department(each) for each in rows]


def _department(each: Department) -> dict[str, object]:
    return {"id": each.pk, "name": each.name, "kind": each.kind, "region": each.region.name}


@router.get("/notices", response=said(list[shapes.NoticeShape]), tags=["通知"])
def notices(request: HttpRequest) -> list[dict[str, object]]:
    """通知: the region's for the bureau (drafts for its administrator), those of one's filings else."""
    user = scoped(request, READ)
    rows = Notice.objects.prefetch_related("attachments")
    if may(user, Act.BOARD):
        rows = rows.filter(region_id=user.region_id or 0)
        if not may(user, Act.NOTICE):
            rows = rows.exclude(issued_at=None)
    else:
        rows = rows.filter(filings__in=reach(user)).distinct()
    return [_notice(each) for each in rows]


def _notice(each: Notice) -> dict[str, object]:
    return {
        "id": each.pk,
        "year": each.year,
        "name": each.name,
        "doc_no": each.doc_no,
        "text": each.text,
        "fill_by": each.fill_by.isoformat() if each.fill_by else None,
        "objection_days": each.objection_days,
        "rectify_days": each.rectify_days,
        "publish_days": each.publish_days,
        "issued_at": each.issued_at.isoformat() if each.issued_at else None,
        "attachments": [attachment.file for attachment in each.attachments.all()],
    }


def reach(user: User) -> QuerySet[FilingRow]:
    """The filings that a person may read."""
    rows = FilingRow.objects.select_related("department__region", "system").defer("system__text")
    if Role(user.role) in OF_DEPARTMENT:
        return rows.filter(department_id=user.department_id or 0)
    if Role(user.role) is Role.FIRM:
        return rows.filter(assignments__user=user)
    return rows.filter(department__region_id=user.region_id or 0)


@router.get("/filings", response=said(shapes.Page), tags=["填报"])
def filings(request: HttpRequest, year: int | None = None, limit: Limit = 50, offset: Offset = 0) -> dict[str, object]:
    """填报: those within reach, of one year or of all."""
    rows = reach(general(request, Act.READ)).order_by("-year", "department_id")
    if year is not None:
        if not 0 < year < 10_000:  # noqa: PLR2004 - no other year fits the database
            return {"count": 0, "items": []}
        rows = rows.filter(year=year)
    return {"count": rows.count(), "items": [filing_shape(row) for row in rows[offset : offset + limit]]}


def filing_shape(row: FilingRow) -> dict[str, object]:
    """A filing as the interface shows it."""
    return {
        "id": row.pk,
        "department": _department(row.department),
        "year": row.year,
        "system": _pinned(row.system),
        "step": row.step,
        "word": word(row),
        "progress": subword(row),
        "revision": row.revision,
        "deadline": row.deadline.isoformat() if row.deadline else None,
        "due": row.due.isoformat() if row.due else None,
        "rectification": row.rectification,
        "publication": row.publication,
    }


@router.get("/filings/{filing_id}", response=said(shapes.FilingShape), tags=["填报"])
def filing(request: HttpRequest, filing_id: Number) -> dict[str, object]:
    """一份填报."""
    return filing_shape(opened(request, Act.READ, filing_id))


@router.get("/filings/{filing_id}/data", response=said(dict), tags=["填报"])
def data(request: HttpRequest, filing_id: Number) -> dict[str, object]:
    """填报数据: the whole filing in the form that filing.schema.json describes, and that can be imported again."""
    return filing_data(Folder.open(opened(request, Act.READ, filing_id)).filing)


@router.get("/filings/{filing_id}/rows", response=said(list[shapes.RowShape]), tags=["填报"])
def rows(request: HttpRequest, filing_id: Number, table: shapes.Name = "") -> list[dict[str, object]]:
    """数据行: every row with its version, of one table (value, row, claim …) or of all."""
    row = opened(request, Act.READ, filing_id)
    if table and table not in {each.name for each in TABLES}:
        raise HengjiError(f"没有这种行，可以是：{'、'.join(each.name for each in TABLES)}")
    return [each for one in TABLES if table in ("", one.name) for each in _rows(row, one)]


def _rows(row: FilingRow, table: Table) -> list[dict[str, Any]]:
    found = model_of(table.name)._default_manager.filter(filing=row).order_by("pk")
    return [
        {"table": table.name, "place": list(each.place), "says": each.says, "version": each.version} for each in found
    ]


@router.get("/filings/{filing_id}/score", response=said(shapes.ScoreShape), tags=["得分"])
def score(request: HttpRequest, filing_id: Number) -> dict[str, object]:
    """得分: the scorecard as it stands, and how the total comes about."""
    folder = Folder.open(opened(request, Act.READ, filing_id))
    totals = folder.card.totals
    summed = None
    if totals is not None:
        exact = {name: _exact(getattr(totals, name)) for name in ("base", "raw", "final")}
        summed = {"title": totals.title, "grade": totals.grade, **exact}
    return {
        "revision": folder.row.revision,
        "system": folder.card.system_hash,
        "totals": summed,
        "derivation": [list(step) for step in folder.derivation],
        "leaves": [_leaf(leaf) for leaf in folder.card.leaves],
    }


def _leaf(leaf: LeafScore) -> dict[str, object]:
    return {
        "id": leaf.id,
        "name": leaf.name,
        "standing": leaf.standing.value,
        "points": _exact(leaf.points),
        "full": _exact(leaf.full),
        "claimed": _exact(leaf.claimed),
        "computed": _exact(leaf.computed),
        "score": _exact(leaf.score),
        "sentence": leaf.trace.sentence,
    }


@router.get("/filings/{filing_id}/leaves/{leaf}", response=said(shapes.TraceShape), tags=["得分"])
def leaf(request: HttpRequest, filing_id: Number, leaf: shapes.Name) -> dict[str, object]:
    """一项指标的得分依据: inputs, steps, and what is missing."""
    folder = Folder.open(opened(request, Act.READ, filing_id))
    found = next((each for each in folder.card.leaves if each.id == leaf), None)
    if found is None:
        raise Http404
    trace = found.trace
    inputs = [{n: getattr(each, n) for n in ("name", "year", "stated", "unit", "source")} for each in trace.inputs]
    names = ("name", "formula", "filled", "result", "source", "taken")
    return {
        **_leaf(found),
        "standard": folder.indicators[leaf].standard,
        "inputs": inputs,
        "steps": [{name: getattr(step, name) for name in names} for step in trace.steps],
        "missing": list(trace.missing),
        "notes": list(trace.notes),
    }


@router.get("/filings/{filing_id}/findings", response=said(list[shapes.FindingShape]), tags=["核查"])
def findings(request: HttpRequest, filing_id: Number) -> list[dict[str, object]]:
    """核查发现."""
    folder = Folder.open(opened(request, Act.READ, filing_id))
    return [
        {
            "key": each.key,
            "code": each.finding.code,
            "severity": each.finding.severity.value,
            "message": each.finding.message,
            "leaf": each.finding.leaf,
            "item": each.finding.item,
            "stated": each.finding.stated,
            "recomputed": each.finding.recomputed,
            "waived": each.waived,
            "blocks": bool(each.blocks),
        }
        for each in folder.found
    ]


@router.get("/filings/{filing_id}/evidence/{number}/file", response=said(None), tags=["佐证材料"])
def evidence_file(request: HttpRequest, filing_id: Number, number: Number) -> FileResponse:
    """佐证文件. The list itself is /rows?table=evidence."""
    row = opened(request, Act.DOWNLOAD, filing_id)
    line = EvidenceRow.objects.filter(filing=row, number=number).first()
    if line is None or not line.says["sha256"] or not files.path_of(str(line.says["sha256"])).exists():
        raise Http404
    path = files.path_of(str(line.says["sha256"]))
    return FileResponse(path.open("rb"), as_attachment=True, filename=str(line.says["file"]))


@router.get("/filings/{filing_id}/moves", response=said(list[shapes.MoveShape]), tags=["流转"])
def moves(request: HttpRequest, filing_id: Number) -> list[dict[str, object]]:
    """现在能做的流转, for who asks."""
    row = opened(request, Act.READ, filing_id)
    user: User = request.user  # type: ignore[assignment]
    return [
        {"act": move.act.value, "name": move.name, "opinion": move.opinion}
        for move in moves_from(row)
        if may(user, move.act, row)
    ]


def _beside(request: HttpRequest, act: Act, filing_id: int, table: Table) -> list[dict[str, object]]:
    """Rows that the bureau writes, for a department once they were sent to it."""
    row = opened(request, act, filing_id)
    user: User = request.user  # type: ignore[assignment]
    if not sees(user, row, table):
        raise Refused("复核意见还没有送出，送出以后可以看。", act, filing_id)
    found = _rows(row, table)
    if table is OPINION and not told_decisions(user, row):
        blank = dict.fromkeys(("decision", "why", "final"), "")
        return [{**each, "says": {**each["says"], **blank}} for each in found]
    return found


@router.get("/filings/{filing_id}/reviews", response=said(list[shapes.RowShape]), tags=["复核"])
def reviews(request: HttpRequest, filing_id: Number) -> list[dict[str, object]]:
    """复核判定."""
    return _beside(request, Act.READ, filing_id, REVIEW)


@router.get("/filings/{filing_id}/opinions", response=said(list[shapes.RowShape]), tags=["复核"])
def opinions(request: HttpRequest, filing_id: Number) -> list[dict[str, object]]:
    """意见与申诉."""
    return _beside(request, Act.OPINIONS, filing_id, OPINION)


@router.get("/filings/{filing_id}/problems", response=said(list[shapes.RowShape]), tags=["整改"])
def problems(request: HttpRequest, filing_id: Number) -> list[dict[str, object]]:
    """整改问题."""
    return _beside(request, Act.OPINIONS, filing_id, PROBLEM)


@router.get("/board/{year}", response=said(list[shapes.BoardLine]), tags=["进度和统计"])
def board(request: HttpRequest, year: Of) -> list[dict[str, object]]:
    """进度: who is where, overdue first."""
    user = general(request, Act.BOARD)
    found = boards.lines(user, boards.filings_of(user, year))
    return [
        {
            "id": line.row.pk,
            "department": line.row.department.name,
            "kind": line.row.department.kind,
            "word": line.word,
            "progress": line.progress,
            "ends": line.ends.isoformat() if line.ends else None,
            "left": line.left,
            "late": line.late,
            **{name: _two(getattr(line.summary, name, None)) for name in ("claimed", "computed", "reviewed", "final")},
            "errors": getattr(line.summary, "errors", None),
            "doubts": getattr(line.summary, "doubts", None),
        }
        for line in found
    ]


def _two(hundredths: int | None) -> str | None:
    return None if hundredths is None else shown(hundredths).replace("−", "-")


@router.get("/stats/{year}", response=said(shapes.StatsShape), tags=["进度和统计"])
def stats(request: HttpRequest, year: Of, kind: shapes.Name = "") -> dict[str, object]:
    """统计: the tables of a year, of all departments or of one kind."""
    user = general(request, Act.STATISTICS)
    found = of_year(user.region_id or 0, year, kind)
    tables = {
        name: {
            "name": sheet.name,
            "heads": list(sheet.heads),
            "rows": [[None if field is None else str(field) for field in row] for row in sheet.rows],
        }
        for name, sheet in sheets_of(found).items()
    }
    numbers = {"counted": len(found.counted), "left": len(found.left), "enough": found.enough}
    return {"year": year, "kind": kind, **numbers, "tables": tables}


@router.get("/public/{year}", response=said(list[shapes.PublicLine]), auth=None, tags=["公开"])
def public(request: HttpRequest, year: Of) -> list[dict[str, object]]:  # noqa: ARG001 - anybody asks
    """公开结果 of a year, without a token."""
    return [
        {
            "department": each.filing.department_id,
            "name": each.filing.department.name,
            "kind": each.filing.department.kind,
            "region": each.filing.department.region.name,
            "claimed": _two(each.claimed),
            "final": _two(each.final),
            "grade": each.grade,
            "rectification": rectification(each.filing),
            "at": each.at.isoformat(),
        }
        for each in standing().filter(filing__year=year).defer("content")
    ]


@router.get("/public/{year}/{department}", response=said(dict), auth=None, tags=["公开"])
def public_department(request: HttpRequest, year: Of, department: Number) -> dict[str, object]:  # noqa: ARG001 - the same
    """一个单位的公开结果, as it was frozen."""
    found = standing().filter(filing__year=year, filing__department_id=department).first()
    if found is None:
        raise Http404
    return said_by(found)
