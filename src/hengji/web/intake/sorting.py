"""Sorting a batch (匹配): where each file stands once all were read. What a person has settled is left alone."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from hengji.model.extraction import DocumentKind
from hengji.web.intake.matching import Candidate, Clues, Names, candidates, folder_department, sure, words_of
from hengji.web.intake.models import Batch, Part, Received, State
from hengji.web.people.models import Department

_SHEETS = ("xlsx", "xls", "ods")
_BLANK = "没有填写的模板"
_REPORTS = ("自评", "绩效报告")  # in the name of a file that nothing could be read of: it may be the report itself
_SETTLED = (State.CONFIRMED, State.REFUSED, State.LITTER)


def names_of(region_id: int) -> Names:
    """The departments of a region."""
    rows = Department.objects.filter(region_id=region_id).select_related("region")
    departments = {row.pk: row.name for row in rows}
    return Names(rows[0].region.name if departments else "", departments)


@dataclass(frozen=True, slots=True)
class _Told:
    """A file with its candidates."""

    file: Received
    found: list[Candidate]
    folder: int | None


def sort(batch: Batch) -> None:
    """Sets state, part, candidates and reason of every file that nobody has settled."""
    names = names_of(batch.region_id)
    files = [
        each
        for each in batch.files.all()
        if each.state not in _SETTLED and each.decided_by_id is None and (each.sha256 or each.error)
    ]
    settled = {each.sha256: each for each in _before(batch, files)}
    told: list[_Told] = []
    for file in files:
        if file.error:
            file.state = State.UNREAD
            continue
        twin = settled.get(file.sha256)
        if twin is not None:
            file.state, file.same = State.DOUBLE, twin
            file.why = (
                f"与第 {twin.number} 个文件相同" if twin.batch_id == batch.pk else f"已在“{twin.batch or '读报告'}”收过"
            )
            continue
        settled[file.sha256] = file
        named = {int(number): times for number, times in file.named.items()}
        found = candidates(names, Clues(file.unit, file.name, named))
        told.append(_Told(file, found, folder_department(names, file.name)))
    for each in told:
        _place(each, batch.year)
    _gather_round(told)
    _only_one_report(told)
    fields = ["state", "part", "first", "second", "why", "same"]
    Received.objects.bulk_update(files, fields, batch_size=200)


def _before(batch: Batch, files: list[Received]) -> Iterable[Received]:
    """Which of these the region has put into a filing already: the same file is not taken twice."""
    wanted = [each.sha256 for each in files if each.sha256]
    there = Received.objects.filter(region_id=batch.region_id, state=State.CONFIRMED, filing__isnull=False)
    return there.filter(sha256__in=wanted).select_related("batch")


def part_of(file: Received) -> str:
    """What a file is by its kind and form; an empty text for what proves at most."""
    if file.kind != DocumentKind.OVERALL:
        return ""
    return Part.TABLE if file.form in _SHEETS else Part.REPORT


def _place(told: _Told, year: int) -> None:
    file, found = told.file, told.found
    file.part = part_of(file)
    file.first_id, file.second_id, *_ = (*(each.department for each in found), None, None)
    file.why = words_of(found) or "没有找到单位的名称"
    if not file.part:
        file.state = State.OTHER
        return
    doubts = [] if sure(found) or _by_place(told) else ["名称不是完全相同" if found else ""]
    if not file.year:
        doubts.append("没有写年度")
    elif file.year != year:
        doubts.append(f"写的是 {file.year} 年度")
    doubts = [each for each in doubts if each] if found else [*doubts, "请指定单位"]
    file.state = State.DOUBTFUL if any(doubts) else State.MATCHED
    file.why = "；".join(filter(None, [file.why, *doubts]))


def _by_place(told: _Told) -> bool:
    """A table names its department seldom; its folder does, where the table itself names no other."""
    file = told.file
    first = told.found[0] if told.found else None
    return file.part == Part.TABLE and not file.unit and first is not None and told.folder == first.department


def _gather_round(told: list[_Told]) -> None:
    """Evidence goes with the report of its folder, or with the department its folder is named after."""
    reports: dict[str, set[int | None]] = defaultdict(set)
    for each in told:
        if each.file.part:
            reports[_folder(each.file)].add(each.file.first_id if each.file.state == State.MATCHED else None)
    for each in told:
        file = each.file
        if file.part or _BLANK in file.kind_reason:
            continue
        if not file.read and any(word in file.short for word in _REPORTS):
            file.state, file.part, file.first_id = State.DOUBTFUL, Part.EVIDENCE, each.folder or file.first_id
            file.why = f"{file.why}；名称像自评报告，但没有读出文字，请换成能读的文件重新收，或作佐证归入"
            continue
        beside = reports.get(_folder(file), set())
        number = each.folder or (next(iter(beside)) if len(beside) == 1 and "/" in file.name else None)
        if number is None:
            if each.found and {"文件名"} & set(each.found[0].reasons):
                file.state, file.part = State.DOUBTFUL, Part.EVIDENCE
                file.why = f"{file.why}；不是自评报告，可作佐证"
            continue
        file.state, file.part, file.first_id, file.second_id = State.MATCHED, Part.EVIDENCE, number, None
        file.why = "文件夹名" if each.folder else "与自评报告在同一文件夹"


def _folder(file: Received) -> str:
    return file.name.replace("\\", "/").rpartition("/")[0]


def _only_one_report(told: list[_Told]) -> None:
    """Two reports (or two tables) of one department: a person says which one counts."""
    found: dict[tuple[int | None, str], list[Received]] = defaultdict(list)
    for each in told:
        if each.file.state == State.MATCHED and each.file.part in (Part.REPORT, Part.TABLE):
            found[each.file.first_id, each.file.part].append(each.file)
    for files in found.values():
        if len(files) > 1:
            for file in files:
                file.state = State.DOUBTFUL
                file.why = f"{file.why}；本单位有 {len(files)} 份{Part(file.part).label}，先确认的用来填报"
