"""Files that bring figures in: a workbook or text of the filing, final accounts, an execution export; and what they change."""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from django.conf import settings

from hengji.model.filing import Filing, Source, Value
from hengji.model.patterns import pattern
from hengji.model.problem import HengjiError, Problem
from hengji.model.system import IndicatorSystem
from hengji.web.filings.bridge import Change, Rows, stated
from hengji.web.filings.tables import EVIDENCE, MARK, ROW, TABLE_OF, VALUE
from hengji.web.states.machine import STEP_CN, Step
from hengji.workbook import last_years_values, layout, read_filing, read_workbook
from hengji.workbook.check import check_filing, plain_filing
from hengji.workbook.importers import import_accounts, import_execution, merge

KINDS = {
    "workbook": "填报工作簿（本年）",
    "previous": "去年的填报工作簿（只带入上年数）",
    "accounts": "部门决算公开表",
    "execution": "一体化系统导出的预算执行情况",
}
REPORT, REPORT_BEFORE, EDITED = "report", "report_before", "edited"
REPORTS = {
    REPORT: "今年的自评报告（逐项核对后采用）",
    REPORT_BEFORE: "去年的自评报告（只带入上年数）",
    EDITED: "从这里下载、改过的报告（比较不同之处）",
}
WHY_ACCOUNTS = f"导入{KINDS['accounts']}"  # what the trail says of it
COVER_LABELS = layout.COVER_LABELS
MOST_BYTES = 20 * 1024 * 1024
_TOKEN = pattern(r"[0-9a-f]{32}")
_KEPT = 400  # uploads that wait for confirmation


def keep(chunks: Iterable[bytes], name: str, most: int = MOST_BYTES) -> str:
    """Keeps an upload until it is confirmed; returns the token it is known by."""
    folder = Path(settings.IMPORTS)
    folder.mkdir(parents=True, exist_ok=True)
    for old in sorted(folder.iterdir(), key=lambda path: path.stat().st_mtime)[:-_KEPT]:
        old.unlink(missing_ok=True)
    token = secrets.token_hex(16)
    size = 0
    path = folder / token
    with path.open("wb") as file:
        for chunk in chunks:
            size += len(chunk)
            if size > most:
                path.unlink()
                raise HengjiError(f"“{name[:60]}”超过{most // 1024 // 1024} MB，请拆开或压缩后再试")
            file.write(chunk)
    return token


def path_of(token: str) -> Path:
    """Where an upload waits. Raises HengjiError where it has gone."""
    path = Path(settings.IMPORTS) / token
    if not _TOKEN.fullmatch(token) or not path.is_file():
        raise HengjiError("上传的文件已经不在了，请重新上传")
    return path


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file as a filing, ready to be laid beside what is there, and what its reader remarked."""

    filing: Filing
    notices: tuple[Problem, ...]


def read(path: Path, kind: str, now: Filing, system: IndicatorSystem) -> Incoming:
    """The filing as it would be with this file. Raises HengjiError with every problem of the file."""
    match kind:
        case "workbook":
            return _own(path, now, system)
        case "previous":
            earlier = _read(path, system)[0]
            if earlier.year not in (now.year, now.year - 1):
                raise HengjiError(f"这是{earlier.year}年度的工作簿，要的是{now.year - 1}年度的")
            found = last_years_values(earlier, now.year) if earlier.year == now.year - 1 else {}
            return Incoming(now.with_values({key: value for key, value in found.items() if key not in now.values}), ())
        case "accounts":
            return Incoming(*merge(now, import_accounts(path, system.dictionary, now.year)))
        case "execution":
            return Incoming(*merge(now, import_execution(path, now.year)))
    raise HengjiError("没有这种导入")


def _read(path: Path, system: IndicatorSystem) -> tuple[Filing, tuple[Problem, ...]]:
    with path.open("rb") as file:
        head = file.read(4)
    if head.startswith((b"PK", b"\xd0\xcf\x11\xe0")):
        filing, _, notices = read_workbook(path, lambda _: system, system.id)
        return filing, notices
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise HengjiError("这不是填报工作簿（xlsx、xls、ods），也不是填报数据（yaml、json）") from None
    filing = read_filing(text, "上传的文件")
    problems = check_filing(filing, system, "上传的文件")
    if problems:
        raise HengjiError(*problems)
    return plain_filing(filing, system), ()


def _own(path: Path, now: Filing, system: IndicatorSystem) -> Incoming:
    filing, notices = _read(path, system)
    if filing.year != now.year:
        raise HengjiError(f"文件是{filing.year}年度的，这里填的是{now.year}年度")
    said = list(notices)
    if filing.department != now.department:
        said.append(Problem("封面", f"文件写的单位是“{filing.department}”，将记到“{now.department}”名下，请核对"))
    if filing.system and filing.system != system.id:
        said.append(Problem("封面", f"文件用的指标体系是“{filing.system}”，按本填报的“{system.id}”读取"))
    values = {key: _marked(value) for key, value in filing.values.items()}
    return Incoming(replace(filing, department=now.department, values=values), tuple(said))


def _marked(value: Value) -> Value:
    return value if value.source is not Source.TYPED else replace(value, source=Source.IMPORTED)


@dataclass(frozen=True, slots=True)
class Proposal:
    """One change a file proposes, in words: what, from what, to what."""

    word: str
    place: str
    before: str
    after: str
    change: Change


def proposals(rows: Rows, incoming: Filing) -> list[Proposal]:
    """What would change. A file that is silent about something leaves it; a register it fills is replaced whole."""
    changes = [change for change in stated(incoming) if change.table is not EVIDENCE]
    changes += _new_evidence(rows, incoming)
    filled = {str(change.place[0]) for change in changes if change.table is ROW}
    filled |= {str(c.place[0]) for c in changes if c.table is MARK and c.data and any(c.data.values())}
    wanted = {change.place for change in changes if change.table is ROW}
    gone = [place for place in rows.of(ROW) if place[0] in filled and place not in wanted]
    changes += [Change(ROW, place, None) for place in gone]
    found = []
    for change in changes:
        row = rows.of(change.table).get(change.place)
        before = row.says if row is not None else None
        after = None if change.data is None else {name: change.data[name] for name in change.table.data}
        if before is None and change.table is MARK and not any((after or {}).values()):
            continue
        if _same(change, before, after):
            continue
        version = row.version if row is not None else 0
        found.append(
            Proposal(
                change.table.word,
                " ".join(str(part) for part in change.place if part != ""),
                words(change.table.name, before),
                words(change.table.name, after),
                replace(change, version=version, data=after),
            )
        )
    return found


def _same(change: Change, before: dict[str, object] | None, after: dict[str, object] | None) -> bool:
    """Whether nothing that was stated would change; that a typed figure comes back from a workbook changes nothing."""
    if before == after:
        return True
    if change.table is not VALUE or before is None or after is None:
        return False
    return all(before[name] == after[name] for name in ("stated", "measure", "state"))


def _new_evidence(rows: Rows, incoming: Filing) -> list[Change]:
    """Lines of an evidence list that are not on ours yet."""
    titles = {str(row.says["title"]) for row in rows.of(EVIDENCE).values()}
    number = max((int(str(place[0])) for place in rows.of(EVIDENCE)), default=0)
    found = []
    for each in incoming.evidence:
        if each.title not in titles:
            number += 1
            data = {"title": each.title, "proves": list(each.proves), "file": each.file, "locator": each.locator}
            found.append(Change(EVIDENCE, (number,), {**data, "sha256": "", "size": 0}))
    return found


_SHOWN = {
    "value": ("stated", "measure"),
    "claim": ("score", "reason"),
    "cover": ("text",),
    "paragraph": ("text",),
    "exemption": ("reason",),
    "evidence": ("title",),
    "waiver": ("reason",),
    "extension": ("until",),
    "formal": ("note",),
    "review": ("score", "reason"),
    "message": ("text",),
    "opinion": ("opinion", "reason", "why", "final"),
    "letter": ("title", "answer"),
    "problem": ("text", "measure", "note"),
    "use": ("proposal", "reason"),
}
_WORDS = {True: "是", False: "否", None: "未定"}


def words(table: str, data: object) -> str:
    """What a row states, as a person reads it."""
    if not isinstance(data, dict):
        return ""
    if table == "row":
        return "，".join(f"{name}：{text}" for name, text in data["cells"].items()) or "空行"
    if table == "mark":
        return "已填完" if data["complete"] else "本年无此项" if data["none_this_year"] else "还没填完"
    if table == "answer":
        return _WORDS[data["holds"]] + (f"，{data['note']}" if data["note"] else "")
    if table == "judgement":
        return "，".join(str(data[name]) for name in ("band", "choice", "share", "reason") if data[name])
    if table == "value" and data["state"] == "none":
        return "无"
    if table == "publication":
        return "已撤下" if data["withdrawn"] else f"已公开，内容校验值 {str(data['digest'])[:16]}"
    if table == "state":
        return STEP_CN[Step(data["step"])]
    text = " ".join(str(data[name]) for name in _SHOWN[table] if data[name])
    return text.replace(" ", "", 1) if table == "value" else text


def summary(found: Sequence[Proposal]) -> list[tuple[str, int, int, int]]:
    """How much would be added, changed and taken away, by kind of row."""
    lines = []
    for table in TABLE_OF.values():
        own = [each for each in found if each.change.table is table]
        added = sum(each.change.version == 0 for each in own)
        removed = sum(each.change.data is None for each in own)
        if own:
            lines.append((table.word, added, len(own) - added - removed, removed))
    return lines
