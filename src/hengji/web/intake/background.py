"""Jobs of intake: reading a batch, putting the sure ones into filings, reading one report."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from django.db import transaction
from django.urls import reverse

from hengji.model.evaluated_year import YEARS
from hengji.model.finding import Severity
from hengji.model.problem import HengjiError
from hengji.reading.guarded import read_many
from hengji.reading.limits import MAX_FILE
from hengji.web.filings import files
from hengji.web.intake import gathering, official
from hengji.web.intake.accepting import accept_sure
from hengji.web.intake.comparing import compare
from hengji.web.intake.keeping import pack, unpack
from hengji.web.intake.matching import Names
from hengji.web.intake.models import Batch, Outcome, Part, Received, State
from hengji.web.intake.reading import Read, read, renamed, unsure
from hengji.web.intake.sorting import names_of, part_of, sort
from hengji.web.jobs.kinds import Outcome as Result
from hengji.web.jobs.kinds import Work, kind
from hengji.web.people.models import Department
from hengji.writing.audit_xlsx import audits_workbook

_SECONDS = 900.0  # a scan takes some seconds a page
_HEAD = 4000  # characters in which a report names its department
_CHUNK = 1 << 20


@kind("intake", "收件核查")
def intake(work: Work) -> Result:
    """Reads and audits every file of a batch; repeated, it goes on where it was."""
    batch = Batch.objects.get(pk=int(str(work.arguments["batch"])))
    found = gathering.lay_out(batch.pk)
    _list(batch, found)
    names = names_of(batch.region_id)
    rows = {row.number: row for row in batch.files.all()}
    numbered = ((each.path, rows[n]) for n, each in enumerate(found, start=1) if each.path is not None)
    paths = {path: row for path, row in numbered if row.state == State.WAITING and not row.sha256}
    total = len(found)
    work.progress(total - len(paths), total, "正在读")
    for done, (path, result) in enumerate(read_many(list(paths), read, seconds=_SECONDS), start=total - len(paths) + 1):
        settle(paths[path], path, result, names)
        work.progress(done, total, f"正在核查 {paths[path].short[:60]}")
    lost = {"state": State.UNREAD, "error": "上传的文件已经不在了，请重新收一次"}
    batch.files.filter(state=State.WAITING, sha256="").update(**lost)
    with transaction.atomic():
        sort(batch)
    compare(batch, work.progress)
    official.hold(batch.files.all())
    gathering.clear(batch.pk)
    return Result(sentence_of(batch), reverse("batch", args=[batch.pk]))


def _list(batch: Batch, found: list[gathering.Found]) -> None:
    """One row for every file, before anything is read: the number of files is known from now on."""
    if batch.files.exists():
        return
    rows = []
    for number, each in enumerate(found, start=1):
        state = State.LITTER if each.litter else State.UNREAD if each.error else State.WAITING
        rows.append(
            Received(
                region_id=batch.region_id, batch=batch, number=number, name=each.name, state=state, error=each.error,
                by_id=batch.by_id,
            )
        )  # fmt: skip
    Received.objects.bulk_create(rows, batch_size=200)


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            yield chunk


def settle(row: Received, path: Path, result: Read | HengjiError, names: Names) -> None:
    """Writes down what came of a file: the file by its hash, the audit, or why it could not be read."""
    try:
        kept = files.keep(row.short, _chunks(path), whatever=True, most=MAX_FILE)
        row.sha256, row.size = kept.sha256, kept.size
    except HengjiError as error:
        result = error
    if isinstance(result, HengjiError):
        row.state, row.error = State.UNREAD, gathering.said(result).replace(path.name, row.short)
        row.sha256 = row.sha256 or hashlib.sha256(b"").hexdigest()
    elif result.kept is None:
        row.form, row.kind_reason = result.form, result.reason
    else:
        _read(row, result, names)
    with transaction.atomic():
        row.save()
        if isinstance(result, Read) and result.kept is not None:
            data = pack(renamed(result.kept, row.name))
            Outcome.objects.update_or_create(received=row, defaults={"data": data})


def _read(row: Received, result: Read, names: Names) -> None:
    assert result.kept is not None
    found, findings = result.kept.found, result.kept.findings
    row.form, row.kind, row.kind_reason = result.form, found.kind.value, found.kind_reason
    row.unsure = unsure(found.document)
    row.unit, row.year = found.department[:120], found.year if found.year in YEARS else 0
    row.named = {str(number): times for number, times in names.within(found.document.text[:_HEAD]).items()}
    row.claimed = found.totals.claimed.value[:40] if found.totals.claimed else ""
    number = {each: sum(f.severity is each for f in findings) for each in Severity}
    row.errors, row.doubts = number[Severity.ERROR], number[Severity.WARNING]
    row.hints, row.slips = number[Severity.INFO], number[Severity.STYLE]


def sentence_of(batch: Batch) -> str:
    """What came of a batch in one sentence."""
    states = list(batch.files.values_list("state", flat=True))
    parts = [f"{state.label} {states.count(state)}" for state in State if states.count(state)]
    return f"{len(states)} 个文件：{'，'.join(parts)}"


@kind("intake-confirm", "收件归入填报")
def confirm(work: Work) -> Result:
    """Puts the sure files of a batch into their departments' filings, one department after the other."""
    batch = Batch.objects.select_related("region").get(pk=int(str(work.arguments["batch"])))
    sentence = accept_sure(batch, work.user, work.progress)
    return Result(sentence, reverse("batch", args=[batch.pk]))


@kind("intake-audits", "核查底稿")
def workbook(work: Work) -> Result:
    """One workbook with the findings of every report and table of a batch, and what could not be read."""
    batch = Batch.objects.get(pk=int(str(work.arguments["batch"])))
    files = list(batch.files.filter(part__in=(Part.REPORT, Part.TABLE)).select_related("outcome"))
    audits = []
    for number, file in enumerate(files, start=1):
        audits.append(unpack(file.outcome.data).audit())
        work.progress(number, len(files), f"正在整理 {file.short[:60]}")
    failures = list(batch.files.filter(state=State.UNREAD).values_list("name", "error"))
    work.place.write_bytes(audits_workbook(audits, failures))
    return Result(f"{len(audits)} 份材料，{len(failures)} 个文件读不出", file=f"核查底稿-{batch.pk}.xlsx")


@kind("audit", "读报告")
def audit(work: Work) -> Result:
    """Reads and audits one report that somebody uploaded for itself."""
    row = Received.objects.get(pk=int(str(work.arguments["file"])))
    if row.state == State.WAITING:
        path = next(iter((gathering.place_of(0) / str(row.pk)).glob("*")), None)
        if path is None:
            raise HengjiError("上传的文件已经不在了，请重新上传")
        own = Department.objects.filter(pk=row.department_id or 0).values_list("pk", "name")
        for _, result in read_many([path], read, jobs=1, seconds=_SECONDS):
            settle(row, path, result, Names("", dict(own)))
        row.part = part_of(row)
        row.state = State.UNREAD if row.error else State.MATCHED
        row.save(update_fields=["part", "state"])
        official.hold([row])
        gathering.clear_one(row.pk)
    if row.state == State.UNREAD:
        raise HengjiError(row.error)
    said = f"错误 {row.errors}，疑点 {row.doubts}" if row.read else row.kind_reason
    return Result(said, reverse("audit", args=[row.pk]))
