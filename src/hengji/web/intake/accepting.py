"""Putting confirmed files into filings (归入), and taking those in that came by files alone (代收).

A filing is begun where there is none, and filled with what was read while nobody has written in it. Whatever a department has written itself is never written over.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from django.db import transaction
from django.utils import timezone

from hengji.auditing.recognise import leaf_ids_of
from hengji.extracting.filing import filing_of
from hengji.model.extraction import Extraction
from hengji.model.filing import Filing
from hengji.model.problem import HengjiError
from hengji.model.system import in_year
from hengji.web.filings import bridge
from hengji.web.filings.bridge import Change
from hengji.web.filings.models import FilingRow, PinnedSystem
from hengji.web.filings.systems import system_of
from hengji.web.filings.tables import EVIDENCE, STATE, TABLES, WAIVER
from hengji.web.intake import official
from hengji.web.intake.keeping import Kept, unpack
from hengji.web.intake.models import Batch, Outcome, Part, Received, State
from hengji.web.notices.models import Notice, NoticeSystem
from hengji.web.people.acts import Act
from hengji.web.people.models import Department, User
from hengji.web.states.machine import STEP_CN, Step
from hengji.web.states.moves import take
from hengji.web.trail.chain import text_of
from hengji.web.trail.models import Entry

_CONTENT = tuple(table for table in TABLES if table not in (EVIDENCE, WAIVER))
_ORDER = (Part.REPORT, Part.TABLE, Part.EVIDENCE, "")
_SHOWN = 6  # names of files in a sentence
_LONGEST_LABEL = 60
_LONGEST_REASON = 500
_BY_INTAKE = "收件"

Progress = Callable[[int, int, str], None]


def accept_sure(batch: Batch, user: User, progress: Progress) -> str:
    """归入 every matched file of a batch; what stands in the way of a department leaves its files where they are."""
    matched = batch.files.filter(state=State.MATCHED, first__isnull=False).select_related("first")
    groups: dict[Department, list[Received]] = defaultdict(list)
    for file in matched:
        assert file.first is not None
        groups[file.first].append(file)
    troubles: list[str] = []
    done = 0
    for number, (department, files) in enumerate(groups.items(), start=1):
        try:
            accept(files, department, batch.year, user)
            done += len(files)
        except HengjiError as error:
            troubles.append(f"{department}：{'；'.join(problem.message for problem in error.problems)}")
        progress(number, len(groups), f"正在归入 {department}")
    said = f"归入 {done} 个文件、{len(groups) - len(troubles)} 个单位"
    return said + (f"；没有归入：{'；'.join(troubles[:_SHOWN])}" if troubles else "")


@transaction.atomic
def accept(files: Sequence[Received], department: Department, year: int, user: User) -> FilingRow:
    """Puts files of one department into its filing of a year. Raises HengjiError where it has none and none can begin."""
    row = _filing(department, year)
    files = sorted(files, key=lambda file: (_ORDER.index(file.part), file.pk))
    if row.step == Step.FILLING:
        why = f"收件：{_listed(files)}"
        changes = [*_fill(row, files), *_attach(row, files)]
        bridge.save(row.pk, user, changes, why, Act.INTAKE.value)
    now = timezone.now()
    for file in files:
        file.state, file.filing, file.department = State.CONFIRMED, row, department
        file.part = file.part or Part.EVIDENCE
        file.decided_by, file.decided_at = user, now
        file.save()
    official.hold(files)
    row.refresh_from_db()
    take_in_where_whole(row, user)
    return row


def take_in_where_whole(row: FilingRow, user: User) -> bool:
    """代收: the filing goes to 形式审核 once nothing of its department waits for a person in the batches of its year."""
    if wanting(row) or waiting_for(row):
        return False
    files = list(Received.objects.filter(filing=row))
    take(row.pk, user, Act.TAKE_IN, f"财政局代收单位交来的文件，未经系统签批：{_listed(files)}")
    row.refresh_from_db()
    return True


def waiting_for(row: FilingRow) -> int:
    """How many files that may be this department's still wait for a person."""
    open_ones = Received.objects.filter(batch__year=row.year, state=State.DOUBTFUL, first_id=row.department_id)
    return open_ones.count()


def wanting(row: FilingRow) -> str:
    """Why the bureau cannot take a filing in, or nothing."""
    if row.step != Step.FILLING:
        return "这份填报已经报送，不用代收。"
    if not Received.objects.filter(filing=row, filled=True).exists():
        return "这份填报的内容不是由收件带入的，请由单位自己报送。"
    if not untouched(row):
        return "单位已经自己填写过，请由单位报送。"
    return ""


def untouched(row: FilingRow) -> bool:
    """Whether nobody but intake has written what the filing states."""
    tables = [table.name for table in _CONTENT]
    return not Entry.objects.filter(filing=row, table__in=tables).exclude(act=Act.INTAKE.value).exists()


def _filing(department: Department, year: int) -> FilingRow:
    """The department's filing of the year, under a lock; begun under the notice's system where there is none."""
    found = FilingRow.objects.select_for_update(of=("self",)).filter(department=department, year=year).first()
    if found is not None:
        return found
    notice, pinned = _asked(department, year)
    return FilingRow.objects.create(
        department=department, year=year, system=pinned, notice=notice, deadline=notice.fill_by
    )


def _asked(department: Department, year: int) -> tuple[Notice, PinnedSystem]:
    notices = Notice.objects.filter(region_id=department.region_id, year=year, issued_at__isnull=False)
    for notice in notices.order_by("-issued_at"):
        systems = {row.kind: row.system for row in NoticeSystem.objects.filter(notice=notice).select_related("system")}
        pinned = systems.get(department.kind) or systems.get("")
        if pinned is not None:
            return notice, pinned
    raise HengjiError(f"{year} 年度的通知没有给“{department.kind or '其余单位'}”指定指标体系，请先在“通知下达”里下达")


def _fill(row: FilingRow, files: Sequence[Received]) -> list[Change]:
    """The rows that what was read amounts to; none where the department has written itself.

    The first report of a batch fills, its tables add what it does not say. What an earlier batch filled is replaced: the
    department has sent it anew.
    """
    filling = [(file, kept) for file in files if file.part in (Part.REPORT, Part.TABLE) and (kept := kept_of(file))]
    if not filling or not untouched(row):
        return []
    batch = files[0].batch
    before = Received.objects.filter(filing=row, filled=True, batch=batch).exclude(pk__in=[file.pk for file in files])
    has_report = any(each.part == Part.REPORT for each in before)
    filing = bridge.load(row.pk) if before else None
    for file, kept in filling:
        told = as_filing(kept.found, row)
        if file.part == Part.TABLE:
            filing = _joined(filing, told) if filing else told
        elif not has_report:
            filing, has_report = _joined(told, filing) if filing else told, True
        else:
            continue  # a second report: kept as evidence, for the department to compare
        file.filled = True
    if filing is None or not any(file.filled for file, _ in filling):
        return []
    changes = [change for change in bridge.stated(filing) if change.table not in (EVIDENCE, WAIVER)]
    wanted = {(change.table.name, change.place) for change in changes}
    rows = bridge.load_rows(row.pk)
    gone = [(table, place) for table in _CONTENT for place in rows.of(table) if (table.name, place) not in wanted]
    return [*(Change(table, place, None) for table, place in gone), *changes]


def as_filing(found: Extraction, row: FilingRow) -> Filing:
    """What a report says, as the filing that it would be."""
    system = in_year(system_of(row.system), row.year)
    filing = filing_of(replace(found, year=row.year), system, leaf_ids_of(found, system))
    chapters = {"存在问题": found.problems, "相关建议": found.suggestions}
    cover = {label: text for label, text in filing.cover.items() if len(label) <= _LONGEST_LABEL}
    narrative = {chapter: texts for chapter, texts in chapters.items() if texts}
    return replace(filing, department=row.department.name, year=row.year, cover=cover, narrative=narrative)


_K = TypeVar("_K")
_V = TypeVar("_V")


def _joined(first: Filing, more: Filing) -> Filing:
    """A filing with what only another says; where both say something the first stands."""
    return replace(
        first,
        cover=_both(first.cover, more.cover),
        values=_both(first.values, more.values),
        claims=_both(first.claims, more.claims),
        exemptions={k: v for k, v in _both(first.exemptions, more.exemptions).items() if k not in first.claims},
        narrative=_both(first.narrative, more.narrative),
        claimed_grade=first.claimed_grade or more.claimed_grade,
    )


def _both(ours: Mapping[_K, _V], theirs: Mapping[_K, _V]) -> dict[_K, _V]:
    return {**theirs, **ours}


def _attach(row: FilingRow, files: Sequence[Received]) -> list[Change]:
    """A line of the evidence list for every file that is not on it yet."""
    rows = bridge.load_rows(row.pk).of(EVIDENCE)
    there = {str(line.says["sha256"]) for line in rows.values()}
    number = max((int(str(place[0])) for place in rows), default=0)
    changes = []
    for file in files:
        if file.sha256 in there:
            continue
        there.add(file.sha256)
        number += 1
        label = Part(file.part).label if file.part in (Part.REPORT, Part.TABLE) else file.short.rpartition(".")[0]
        data = {"title": label or file.short, "proves": [], "file": file.short[:120], "locator": _BY_INTAKE}
        changes.append(Change(EVIDENCE, (number,), {**data, "sha256": file.sha256, "size": file.size}))
    return changes


@transaction.atomic
def release(file: Received, user: User, reason: str) -> None:
    """撤销归入: the file is nobody's again, and what the filing took from it goes out of the filing, with the reason.

    What the department has written since stays. Raises HengjiError where the filing has gone further than the bureau's
    own taking in.
    """
    reason = reason.strip()[:_LONGEST_REASON]
    if file.state != State.CONFIRMED or file.filing is None:
        raise HengjiError("这个文件没有归入，不用撤销，请刷新页面")
    if not reason:
        raise HengjiError("请写明撤销的理由")
    row = FilingRow.objects.select_for_update(of=("self",)).select_related("department").get(pk=file.filing.pk)
    if _taken_in(row):
        take(row.pk, user, Act.REJECT, f"财政局撤销归入“{file.short}”：{reason}")
        row.refresh_from_db()
    if row.step != Step.FILLING:
        raise HengjiError(f"这份填报现在处于“{STEP_CN[Step(row.step)]}”，请先退回单位，再撤销归入")
    Received.objects.filter(pk=file.pk).update(filing=None, filled=False)
    others = list(Received.objects.filter(filing=row))
    changes = [*_emptied(row, file, others), *_unlisted(row, file, others)]
    bridge.save(row.pk, user, changes, f"撤销归入“{file.short}”：{reason}", Act.INTAKE.value)
    Received.objects.filter(pk__in=[each.pk for each in others if each.filled]).update(filled=True)
    file.state, file.filing, file.department, file.filled = State.DOUBTFUL, None, None, False
    file.why = f"归入“{row.department}”已撤销：{reason}"
    file.decided_by, file.decided_at = user, timezone.now()
    file.save()


def _taken_in(row: FilingRow) -> bool:
    """Whether the filing stands at 形式审核 because the bureau took it in itself."""
    last = Entry.objects.filter(filing=row, table=STATE.name).order_by("-number").first()
    return row.step == Step.FORMAL and last is not None and last.act == Act.TAKE_IN


def _emptied(row: FilingRow, file: Received, others: Sequence[Received]) -> list[Change]:
    """The content without what was read in this file: refilled from the others, or what intake wrote taken out."""
    if not file.filled:
        return []
    for each in others:
        each.filled = False
    refilled = _fill(row, sorted(others, key=lambda each: (_ORDER.index(each.part), each.pk))) if others else []
    if refilled:
        return refilled
    tables = [table.name for table in _CONTENT]
    last = {
        (entry.table, entry.place): entry.act
        for entry in Entry.objects.filter(filing=row, table__in=tables).order_by("number")
    }
    rows = bridge.load_rows(row.pk)
    return [
        Change(table, place, None)
        for table in _CONTENT
        for place in rows.of(table)
        if last.get((table.name, text_of(list(place)))) == Act.INTAKE
    ]


def _unlisted(row: FilingRow, file: Received, others: Sequence[Received]) -> list[Change]:
    """The file off the evidence list, where intake put it there and no other confirmed file is the same."""
    if any(each.sha256 == file.sha256 for each in others):
        return []
    lines = bridge.load_rows(row.pk).of(EVIDENCE).items()
    return [
        Change(EVIDENCE, place, None)
        for place, line in lines
        if line.says["sha256"] == file.sha256 and line.says["locator"] == _BY_INTAKE
    ]


def kept_of(file: Received) -> Kept | None:
    """The audit of a file, where there is one."""
    found = Outcome.objects.filter(received=file).first()
    return unpack(found.data) if found is not None else None


def _listed(files: Sequence[Received]) -> str:
    names = [file.short for file in files[:_SHOWN]]
    return "、".join(names) + (f"等 {len(files)} 个文件" if len(files) > _SHOWN else "")


def decide(file: Received, department: Department | None, user: User, part: str = "") -> None:
    """A person says whose a file is; None: nobody's, it is not taken."""
    if file.state in (State.CONFIRMED, State.LITTER, State.WAITING):
        raise HengjiError("这个文件已经归入或不用处理，请刷新页面")
    if department is None:
        file.state, file.decided_by, file.decided_at = State.REFUSED, user, timezone.now()
        file.save()
        return
    if not file.sha256:
        raise HengjiError("这个文件没有取出来，不能归入，请让单位重新交")
    if part in set(Part):
        file.part = part
    assert file.batch is not None
    accept([file], department, file.batch.year, user)
