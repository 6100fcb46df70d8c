"""The writing side of the interface: the same checks, versions and trail as the pages."""

from django.http import Http404, HttpRequest
from ninja import File, Form, Router
from ninja.files import UploadedFile

from hengji.model.asked import bands_of, options_of, statements_of
from hengji.model.filing import Total
from hengji.model.numerals import read_decimal
from hengji.model.problem import HengjiError
from hengji.web.api import shapes
from hengji.web.api.reading import filing_shape
from hengji.web.api.service import opened, scoped
from hengji.web.api.shapes import Number, said
from hengji.web.api.tokens import MOVE, WRITE
from hengji.web.filings import bridge, files, pasting
from hengji.web.filings.bridge import Change, value_data
from hengji.web.filings.folder import Folder
from hengji.web.filings.models import FilingRow, model_of
from hengji.web.filings.tables import ANSWER, CLAIM, EVIDENCE, EXEMPTION, JUDGEMENT, MARK, PARAGRAPH, REVIEW, ROW, VALUE
from hengji.web.filings.views.data import read
from hengji.web.filings.views.judgements import read_share
from hengji.web.filings.views.text import chapters_of
from hengji.web.people.acts import Act
from hengji.web.people.models import User
from hengji.web.refusals import Refused
from hengji.web.reviews.judging import Chosen, Unfit, judged
from hengji.web.reviews.overview import Overview, found_of
from hengji.web.reviews.subjects import subject_id
from hengji.web.reviews.tariff import tariff
from hengji.web.scores.refresh import refresh
from hengji.web.states.machine import NOT_NEEDED, move_of
from hengji.web.states.moves import take
from hengji.web.uploads import MOST_BYTES
from hengji.writing.template import Referable, ReferenceProblem

router = Router()


def _filling(request: HttpRequest, filing_id: int) -> Folder:
    return Folder.open(opened(request, Act.FILL, filing_id, WRITE))


def _keep(
    request: HttpRequest, folder: Folder, changes: list[Change], why: str = "", act: str = "fill"
) -> dict[str, object]:
    """Saves, and says what the filing and the rows are known by now."""
    user: User = request.user  # type: ignore[assignment]
    revision = bridge.save(folder.row.pk, user, changes, why, act)
    versions = []
    for change in changes:
        key = dict(zip(change.table.key, change.place, strict=True))
        row = model_of(change.table.name)._default_manager.filter(filing_id=folder.row.pk, **key).first()
        versions.append(row.version if row is not None else 0)
    return {"revision": revision, "versions": versions}


@router.put("/filings/{filing_id}/values", response=said(shapes.Kept), tags=["填写"])
def values(request: HttpRequest, filing_id: Number, body: shapes.Values) -> dict[str, object]:
    """数据项: this year's and last year's, all kept or none."""
    folder = _filling(request, filing_id)
    changes, faults = [], []
    for each in body.values:
        wanted = folder.system.dictionary.items.get(each.item)
        if wanted is None:
            faults.append(f"没有数据项“{each.item}”")
        elif each.year not in (folder.row.year, folder.row.year - 1):
            faults.append(f"{each.item}：年度请写{folder.row.year}或{folder.row.year - 1}")
        elif each.unit and each.unit not in folder.filing.units:
            faults.append(f"{each.item}：封面上没有下属单位“{each.unit}”")
        else:
            value, problem = read(wanted, each.value)
            faults += [f"{each.item}：{problem}"] if problem else []
            data = None if value is None else value_data(value)
            changes.append(Change(VALUE, (each.item, each.year, each.unit), data, each.version))
    if faults:
        raise HengjiError(*faults)
    if len({change.place for change in changes}) < len(changes):
        raise HengjiError("同一个数据项写了两次，没有保存")
    return _keep(request, folder, changes, body.why)


def _leaf(folder: Folder, leaf: str) -> None:
    if leaf not in folder.indicators:
        raise Http404


@router.put("/filings/{filing_id}/claims/{leaf}", response=said(shapes.Kept), tags=["填写"])
def claim(request: HttpRequest, filing_id: Number, leaf: shapes.Name, body: shapes.ClaimIn) -> dict[str, object]:
    """自评得分 of a leaf, or of 加分 and 扣分."""
    folder = _filling(request, filing_id)
    if leaf not in {str(total) for total in Total}:
        _leaf(folder, leaf)
    number = read_decimal(body.score) if body.score.strip() else None
    if body.score.strip() and (number is None or number < 0):
        raise HengjiError(f"“{body.score[:40]}”不是得分，请填数字，例如 3.5")
    now = folder.filing.claims.get(leaf)
    data = None
    if number is not None:
        kept = {"locator": now.locator, "quote": now.quote} if now else {"locator": "", "quote": ""}
        data = {"score": _short(format(number, "f")), "reason": body.reason.strip(), **kept}
    return _keep(request, folder, [Change(CLAIM, (leaf,), data, body.version)])


def _short(text: str) -> str:
    if len(text) > 40:  # noqa: PLR2004 - as long as a column of scores
        raise HengjiError("得分的位数过多")
    return text


@router.put("/filings/{filing_id}/answers/{leaf}/{statement}", response=said(shapes.Kept), tags=["填写"])
def answer(
    request: HttpRequest, filing_id: Number, leaf: shapes.Name, statement: shapes.Name, body: shapes.AnswerIn
) -> dict[str, object]:
    """要点判定: whether a statement holds."""
    folder = _filling(request, filing_id)
    _leaf(folder, leaf)
    if statement not in {each.key for each in statements_of(folder.indicators[leaf].rule)}:
        raise Http404
    judgement = folder.filing.judgements.get(leaf)
    now = judgement.answers.get(statement) if judgement else None
    data = {"holds": body.holds, "evidence": now.evidence if now else "", "note": body.note.strip()}
    kept = None if data == {"holds": None, "evidence": "", "note": ""} else data
    return _keep(request, folder, [Change(ANSWER, (leaf, statement), kept, body.version)])


@router.put("/filings/{filing_id}/judgements/{leaf}", response=said(shapes.Kept), tags=["填写"])
def judgement(
    request: HttpRequest, filing_id: Number, leaf: shapes.Name, body: shapes.JudgementIn
) -> dict[str, object]:
    """档次判定: band, share, choice and reason of a leaf that a person grades."""
    folder = _filling(request, filing_id)
    _leaf(folder, leaf)
    rule = folder.indicators[leaf].rule
    if body.band and body.band not in [each.name for each in bands_of(rule)]:
        raise HengjiError(f"没有“{body.band}”这一档")
    if body.choice and body.choice not in options_of(rule):
        raise HengjiError(f"没有“{body.choice}”这一项")
    share, problem = read_share(body.share.strip()[:40])
    if problem:
        raise HengjiError(problem)
    text = "" if share is None else _short(format(share, "f"))
    data = {"band": body.band, "share": text, "choice": body.choice, "reason": body.reason.strip()}
    return _keep(request, folder, [Change(JUDGEMENT, (leaf,), data if any(data.values()) else None, body.version)])


@router.put("/filings/{filing_id}/exemptions/{leaf}", response=said(shapes.Kept), tags=["填写"])
def exemption(
    request: HttpRequest, filing_id: Number, leaf: shapes.Name, body: shapes.ExemptionIn
) -> dict[str, object]:
    """不考核."""
    folder = _filling(request, filing_id)
    _leaf(folder, leaf)
    now = folder.filing.exemptions.get(leaf)
    reason = body.reason.strip()
    data = {"reason": reason, "evidence": now.evidence if now else ""} if reason else None
    return _keep(request, folder, [Change(EXEMPTION, (leaf,), data, body.version)])


@router.put("/filings/{filing_id}/paragraphs/{chapter}/{number}", response=said(shapes.Kept), tags=["填写"])
def paragraph(
    request: HttpRequest, filing_id: Number, chapter: shapes.Name, number: Number, body: shapes.ParagraphIn
) -> dict[str, object]:
    """文字: one paragraph of a chapter."""
    folder = _filling(request, filing_id)
    if chapter not in chapters_of(folder):
        raise Http404
    kept = body.text.replace("\r\n", "\n").strip()
    try:
        Referable(folder.system).template(kept)
    except ReferenceProblem as problem:
        raise HengjiError(*problem.messages) from None
    change = Change(PARAGRAPH, (chapter, number), {"text": kept} if kept else None, body.version)
    return _keep(request, folder, [change])


@router.put("/filings/{filing_id}/registers/{name}/rows/{number}", response=said(shapes.Kept), tags=["填写"])
def register_row(
    request: HttpRequest, filing_id: Number, name: shapes.Name, number: Number, body: shapes.RegisterRowIn
) -> dict[str, object]:
    """台账行: a whole row; columns that are not named become empty."""
    folder = _filling(request, filing_id)
    kind = folder.system.dictionary.registers.get(name)
    if kind is None:
        raise Http404
    columns = {column.name: column for column in kind.columns}
    cells, faults = {}, []
    for column, typed in body.cells.items():
        if column not in columns:
            faults.append(f"台账“{name}”没有“{column}”这一列")
            continue
        kept, problem = pasting.read_box(columns[column], typed)
        faults += [f"{column}：{problem}"] if problem else []
        cells[column] = kept
    if faults:
        raise HengjiError(*faults)
    filled = {column: text for column, text in cells.items() if text}
    there = folder.rows.of(ROW).get((name, number))
    beside = {field: there.says[field] for field in ("locator", "unit")} if there else {"locator": "", "unit": ""}
    data = {"cells": filled, **beside} if filled else None
    return _keep(request, folder, [Change(ROW, (name, number), data, body.version)])


@router.put("/filings/{filing_id}/registers/{name}/mark", response=said(shapes.Kept), tags=["填写"])
def mark(request: HttpRequest, filing_id: Number, name: shapes.Name, body: shapes.MarkIn) -> dict[str, object]:
    """台账标记: 已填完, 本年无此项."""
    folder = _filling(request, filing_id)
    if name not in folder.system.dictionary.registers:
        raise Http404
    if body.none_this_year and any(place[0] == name for place in folder.rows.of(ROW)):
        raise HengjiError("台账里已有内容，不能标“本年无此项”，请先删去各行或标“已填完”")
    if body.none_this_year and body.complete:
        raise HengjiError("“已填完”和“本年无此项”只能标一个")
    data = {"complete": body.complete, "none_this_year": body.none_this_year}
    return _keep(request, folder, [Change(MARK, (name,), data, body.version)])


@router.post("/filings/{filing_id}/evidence", response=said(shapes.Kept), tags=["佐证材料"])
def upload(
    request: HttpRequest, filing_id: Number, file: File[UploadedFile], body: Form[shapes.EvidenceIn]
) -> dict[str, object]:
    """上传佐证: one file; ``proves`` names leaves and items, with blanks between them."""
    folder = _filling(request, filing_id)
    if request.META.get("HENGJI_TOO_LARGE"):
        raise HengjiError(f"文件超过{MOST_BYTES // 1024 // 1024} MB，请压缩或分成几个文件")
    known = {*folder.indicators, *folder.system.dictionary.items}
    named = body.proves.split()
    unknown = [each for each in named if each not in known]
    if unknown:
        raise HengjiError(f"“{unknown[0][:60]}”不是指标编号或数据项名称")
    kept = files.keep(file.name or "", file.chunks())
    lines = folder.rows.of(EVIDENCE)
    if any(line.says["sha256"] == kept.sha256 for line in lines.values()):
        raise HengjiError(f"“{kept.name}”已经在佐证材料里，没有重复收")
    number = max((int(str(place[0])) for place in lines), default=0) + 1
    said_of = {"title": body.title.strip() or kept.name.rpartition(".")[0], "locator": body.locator.strip()[:500]}
    data = {**said_of, "proves": named, "file": kept.name, "sha256": kept.sha256, "size": kept.size}
    return _keep(request, folder, [Change(EVIDENCE, (number,), data, 0)], act="upload")


@router.put("/filings/{filing_id}/reviews/{subject}", response=said(shapes.Kept), tags=["复核"])
def judge(request: HttpRequest, filing_id: Number, subject: shapes.Name, body: shapes.ReviewIn) -> dict[str, object]:
    """复核判定 of a leaf (or bonus, deduction) by the published tariff, the system's score or a free amount."""
    row = opened(request, Act.REVIEW, filing_id, WRITE)
    if row.second != NOT_NEEDED:
        raise Refused("已送复审，初审的判定不能再改；需要改的，请复审员退回初审。", Act.REVIEW, filing_id)
    folder = Folder.open(row)
    line = Overview(folder).line(subject_id(subject))
    if line is None:
        raise Http404
    user: User = request.user  # type: ignore[assignment]
    chosen = Chosen(**{name: getattr(body, name) for name in ("choice", "amount", "part", "reason", "basis", "code")})
    try:
        data = judged(line.subject, tariff(), chosen, found_of(folder, line.subject), user.pk)
    except Unfit as unfit:
        raise HengjiError(f"{unfit.field}：{unfit}") from None
    change = Change(REVIEW, (line.subject.id,), data, body.version)
    kept = _keep(request, folder, [change], str(data["reason"]), Act.REVIEW.value)
    refresh(Folder.open(row.pk))
    return kept


@router.post("/filings/{filing_id}/moves/{act}", response=said(shapes.FilingShape), tags=["流转"])
def move(request: HttpRequest, filing_id: Number, act: shapes.Name, body: shapes.MoveIn) -> dict[str, object]:
    """流转: any move but 签批, for which the head types the password on a page."""
    user = scoped(request, MOVE)
    known = next((each for each in Act if each.value == act and move_of(each) is not None), None)
    if known is None:
        raise Http404
    row = opened(request, Act.READ, filing_id, MOVE)
    if known is Act.SIGN:
        raise Refused("签批要本人再次输入口令，只能在网页上做。", Act.SIGN, filing_id)
    take(row.pk, user, known, body.opinion, body.digest)
    return filing_shape(FilingRow.objects.select_related("department__region", "system").get(pk=row.pk))
