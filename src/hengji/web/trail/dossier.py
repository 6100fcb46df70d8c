"""Writes the dossier (档案) of one filing: everything there is about a department's year, in one file.

The department's own (单位版) leaves out what its people do not see (``people/sight.py``). Its entries are chained anew over
what is left: the hash of an entry that is withheld would tell who tries all it could say.
"""

import json
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import hengji
from hengji.dossier.chain import hash_of, named_in, said_in, text_of
from hengji.dossier.container import Writer, pieces_of
from hengji.dossier.form import ABOUT, CHAIN, FORMAT, MANIFEST, PUBLISHED, ROWS, SNAPSHOTS, manifest_bytes
from hengji.dossier.verify import Checked
from hengji.dossier.verify import verify as checked
from hengji.model.problem import HengjiError
from hengji.web.filings import files
from hengji.web.filings.folder import Folder
from hengji.web.filings.models import ROW_MODELS, FilingRow, bureau_models
from hengji.web.filings.tables import BUREAU_TABLES, EVIDENCE, REVIEW, STATE, TABLE_OF, Table
from hengji.web.intake.models import Received
from hengji.web.notices.models import Attachment
from hengji.web.people.acts import ACT_CN, Act
from hengji.web.people.models import OF_DEPARTMENT, Role, User
from hengji.web.people.sight import seen, sees
from hengji.web.results.models import Publication
from hengji.web.scores.refresh import final_of, reviewed_of, settled_card
from hengji.web.sheets import Sheet, csv_bytes
from hengji.web.states.models import Snapshot
from hengji.web.states.moves import scores_of
from hengji.web.trail.chain import said
from hengji.web.trail.models import Entry
from hengji.web.trail.views import told
from hengji.workbook import dump_filing, write_workbook
from hengji.writing import write_report_docx, write_report_pdf, write_scorecard_xlsx

_TRIES = 3
_ABOUT = """{title} 档案

这里有该单位该年度自评的全部内容：填报数据、指标体系原文、得分、报告和评分表、佐证材料、通知和附件、各步的快照、
形式审核、复核、意见、整改等记录，以及逐条相连的修改记录。

校验：在任何一台装有衡绩的电脑上运行 hengji verify 档案.zip，不用联网，不用数据库；也可以在网页“档案验证”里选择这个文件。
请保留原文件，不要解开以后重新打包。把下面的校验值另记一处，日后可以核对档案是不是当时的那一份：
末条记录 {head}
全档（写在 manifest.json 的 seal）见该文件。

chain.jsonl 是修改记录，一行一条；rows.jsonl 是数据现在的样子；快照里是签批等各步当时的数据和盖章扫描件。
"""
_WITHHELD = """
这是单位版：财政局没有送出的审核和复核、内部的结果应用建议等 {number} 条记录由财政局保管，不在这里；编号因此不连续。
第一个缺号以前，各条的校验值与财政局的档案相同；以后的校验值按这里留下的记录重新相连。
"""
Tell = Callable[[int, int, str], None]


def name_of(filing: FilingRow) -> str:
    """The file's name."""
    return f"{filing.department.name}{filing.year}年度档案.zip"


def write(filing_id: int, path: Path, by: User | None, tell: Tell = lambda *_: None) -> Checked:
    """Writes the dossier and verifies it; one written while the filing changed is written again.

    What the verification finds is the caller's to say: a filing altered behind the trail is exported as it stands.
    """
    for _ in range(_TRIES):
        folder = Folder.open(filing_id)
        _write(folder, path, _Edition(folder.row, by), tell)
        result = checked(path)
        if not result.faults or FilingRow.objects.get(pk=filing_id).revision == folder.row.revision:
            return result
    raise HengjiError("导出时数据一直有修改，档案没有导出，请稍后再试")


class _Edition:
    """For whom a dossier is written, and which entries and rows are in it."""

    def __init__(self, row: FilingRow, by: User | None) -> None:
        self.row, self.by = row, by
        self.reader = by if by is not None and Role(by.role) in OF_DEPARTMENT else None
        whole = Entry.objects.filter(filing=row, number__lte=row.revision).order_by("number")
        self.entries = whole if self.reader is None else whole.filter(seen(self.reader))
        self.numbers = tuple(self.entries.values_list("number", flat=True))
        self.withheld = row.revision - len(self.numbers) if self.reader is not None else 0
        self.head = self._head()

    def _head(self) -> str:
        if not self.withheld:
            return self.entries.values_list("sha256", flat=True).last() or ""
        last = ""
        for each in self.chained():
            last = str(each["sha256"])
        return last

    def chained(self) -> Iterator[dict[str, object]]:
        """The entries with their hashes; those after one that is withheld are chained anew."""
        previous = ""
        for entry in self.entries.iterator(chunk_size=2000):
            told = said(entry)
            if self.withheld:
                told["previous"] = previous
                previous = hash_of(self.row.pk, told)
            yield {**told, "sha256": previous if self.withheld else entry.sha256}

    def sees(self, table: Table) -> bool:
        """Whether rows of a table are in it."""
        return self.reader is None or sees(self.reader, self.row, table)

    def bureau_rows(self) -> Iterator[tuple[Table, list[object], dict[str, object]]]:
        """What the bureau wrote and the department answered, as it stands now, or as this reader was told last."""
        if not self.withheld:
            for model in bureau_models():
                for each in model._default_manager.filter(filing=self.row).order_by("pk").iterator(chunk_size=2000):
                    yield model.table, list(each.place), each.says
            return
        for (name, place), after in self._told().items():
            if after and name != STATE.name:
                yield TABLE_OF[name], json.loads(place), said_in(after)

    def state(self) -> dict[str, object]:
        """Where the filing stands, as this reader was told last."""
        now = {name: getattr(self.row, name) for name in STATE.data}
        return said_in(self._told().get((STATE.name, "[]"), "")) or now if self.withheld else now

    def _told(self) -> dict[tuple[str, str], str]:
        names = [STATE.name, *(table.name for table in BUREAU_TABLES)]
        rows = self.entries.filter(table__in=names).values_list("table", "place", "after")
        return {(table, place): after for table, place, after in rows}


def _write(folder: Folder, path: Path, edition: _Edition, tell: Tell) -> None:
    row, by = folder.row, edition.by
    about = _ABOUT.format(title=row, head=edition.head or "（还没有记录）")
    about += _WITHHELD.format(number=edition.withheld) if edition.withheld else ""
    with path.open("wb") as file, tempfile.TemporaryDirectory() as place:
        writer = Writer(file)
        writer.add(ABOUT, [about.encode()])
        _stated(writer, folder, edition)
        tell(1, 5, "填报数据和指标体系")
        _documents(writer, folder, Path(place))
        tell(2, 5, "报告和评分表")
        _frozen(writer, edition)
        _notice(writer, row)
        _received(writer, row)
        _answers(writer, edition)
        evidence = _evidence(writer, folder)
        tell(3, 5, "佐证材料")
        writer.add(ROWS, _rows(edition))
        writer.add(CHAIN, (_line(each) for each in edition.chained()))
        writer.add("修改记录.csv", [_history(edition)])
        tell(4, 5, "修改记录")
        manifest = {
            "format": FORMAT,
            "program": f"hengji {hengji.__version__}",
            "made": datetime.now(UTC).isoformat(timespec="seconds"),
            "by": by.shown if by is not None else "系统",
            "filing": row.pk,
            "region": row.department.region.name,
            "department": row.department.name,
            "year": row.year,
            "state": row.step_word,
            "system": {"id": row.system.system, "version": row.system.version, "sha256": row.system.sha256},
            "chain": {"entries": len(edition.numbers), "head": edition.head},
            "withheld": edition.withheld,
            "evidence": evidence,
            "parts": [{"name": part.name, "size": part.size, "sha256": part.sha256} for part in writer.parts],
        }
        writer.add(MANIFEST, [manifest_bytes(manifest)])
        writer.close()


def _stated(writer: Writer, folder: Folder, edition: _Edition) -> None:
    """What is stated, and what it is scored by."""
    writer.add("填报.yaml", [dump_filing(folder.filing).encode()])
    writer.add("填报.json", [dump_filing(folder.filing, as_json=True).encode()])
    writer.add("指标体系.yaml", [folder.row.system.text.encode()])
    writer.add("得分.json", [_scores(folder, edition)])


def _scores(folder: Folder, edition: _Edition) -> bytes:
    """The scorecards: the department's and the system's, the reviewed and the final one where there are any."""
    row = folder.row
    found: dict[str, object] = {"stated": scores_of(folder.card)}
    if edition.sees(REVIEW) and (reviewed := reviewed_of(row.pk)):
        found["reviewed"] = scores_of(settled_card(folder, reviewed))
    if row.step in ("final", "archived"):
        found["final"] = scores_of(settled_card(folder, final_of(row.pk)))
    return (json.dumps(found, ensure_ascii=False, indent=1) + "\n").encode()


def _documents(writer: Writer, folder: Folder, place: Path) -> None:
    """The documents that are written from the filing; one that cannot be written says why in its place."""
    made = (folder.filing, folder.system, folder.card)
    ways: dict[str, Callable[[Path], object]] = {
        "自评报告.docx": lambda path: write_report_docx(*made, path),
        "自评报告.pdf": lambda path: write_report_pdf(*made, path),
        "评分表.xlsx": lambda path: write_scorecard_xlsx(*made, path),
        "填报工作簿.xlsx": lambda path: write_workbook(folder.filing, folder.system, path),
    }
    for name, way in ways.items():
        path = place / name
        try:
            way(path)
        except HengjiError as error:
            writer.add(f"{name}（没有写成）.txt", [f"{error}\n".encode()])
        else:
            writer.add(name, pieces_of(path))


def _frozen(writer: Writer, edition: _Edition) -> None:
    """The snapshots: what was frozen byte for byte as it was hashed, the scores beside it, and the sealed page."""
    row, told = edition.row, set(edition.numbers)
    for snapshot in Snapshot.objects.filter(filing=row).order_by("revision", "pk"):
        if snapshot.revision not in told:
            continue
        name = f"{SNAPSHOTS}/{snapshot.revision}-{snapshot.act}-{ACT_CN[Act(snapshot.act)]}"
        writer.add(f"{name}-得分.json", [snapshot.scores.encode()])
        writer.add(f"{name}-填报.json", [snapshot.stated.encode()])
        if snapshot.scan and files.path_of(snapshot.scan).exists():
            scan = f"{name}-盖章扫描件-{files.plain_name(snapshot.scan_name)}"
            writer.add(scan, pieces_of(files.path_of(snapshot.scan)))
    for each in Publication.objects.filter(filing=row).order_by("number"):
        writer.add(f"{PUBLISHED}/{each.number}.json", [each.content.encode()])
        for form in ("docx", "pdf"):
            path = files.path_of(getattr(each, form))
            if path.exists():
                writer.add(f"{PUBLISHED}/{each.number}-自评报告.{form}", pieces_of(path))


def _notice(writer: Writer, row: FilingRow) -> None:
    notice = row.notice
    if notice is None:
        return
    terms = {
        "name": notice.name,
        "doc_no": notice.doc_no,
        "text": notice.text,
        "fill_by": notice.fill_by.isoformat() if notice.fill_by else None,
        "objection_days": notice.objection_days,
        "rectify_days": notice.rectify_days,
        "publish_days": notice.publish_days,
    }
    writer.add("通知/通知.json", [(json.dumps(terms, ensure_ascii=False, indent=1) + "\n").encode()])
    for number, each in enumerate(Attachment.objects.filter(notice=notice).order_by("pk"), start=1):
        if files.intact(each.sha256):
            writer.add(f"通知/{number:03}-{each.file}", pieces_of(files.path_of(each.sha256)))


def _received(writer: Writer, row: FilingRow) -> None:
    """The files that the department sent in and that were put to this filing."""
    for number, each in enumerate(Received.objects.filter(filing=row).exclude(sha256="").order_by("pk"), start=1):
        if files.intact(each.sha256):
            writer.add(f"收件/{number:03}-{files.plain_name(each.name)}", pieces_of(files.path_of(each.sha256)))


def _answers(writer: Writer, edition: _Edition) -> None:
    """The files that go with answers, objections and problems put right; each once."""
    found: dict[str, str] = {}
    for _, _, says in edition.bureau_rows():
        for sha256, name in named_in(says):
            found.setdefault(sha256, name)
    for number, (sha256, name) in enumerate(found.items(), start=1):
        if files.path_of(sha256).exists():
            writer.add(f"往来材料/{number:03}-{files.plain_name(name)}", pieces_of(files.path_of(sha256)))


def _evidence(writer: Writer, folder: Folder) -> list[dict[str, object]]:
    """The files of the evidence list, named as a person looks for them; each once."""
    listed: list[dict[str, object]] = []
    for (number,), line in sorted(folder.rows.of(EVIDENCE).items(), key=lambda each: int(str(each[0][0]))):
        says = line.says
        name = f"佐证材料/{int(str(number)):03}-{says['file'] or says['title']}"
        said_of = {"number": number, "title": says["title"], "proves": says["proves"], "sha256": says["sha256"]}
        there = bool(says["sha256"]) and files.path_of(str(says["sha256"])).exists()
        if there:
            writer.add(name, pieces_of(files.path_of(str(says["sha256"]))))
        listed.append({**said_of, "part": name if there else ""})
    return listed


def _rows(edition: _Edition) -> Iterator[bytes]:
    """Every row as it stands now, the state first, a line each."""
    yield _line({"table": STATE.name, "word": STATE.word, "place": [], "says": edition.state()})
    for model in ROW_MODELS:
        table = model.table
        for each in model._default_manager.filter(filing=edition.row).order_by("pk").iterator(chunk_size=2000):
            yield _line({"table": table.name, "word": table.word, "place": list(each.place), "says": each.says})
    for table, place, says in edition.bureau_rows():
        yield _line({"table": table.name, "word": table.word, "place": place, "says": says})


def _line(value: dict[str, object]) -> bytes:
    return f"{text_of(value)}\n".encode()


def _history(edition: _Edition) -> bytes:
    """The trail as a table for Excel."""
    rows = []
    hashes = {each["number"]: str(each["sha256"]) for each in edition.chained()} if edition.withheld else {}
    for entry in edition.entries.iterator(chunk_size=2000):
        words = told(entry)
        line = (entry.number, entry.at, entry.name, words.act, words.what, words.before, words.after, entry.why)
        rows.append((*line, hashes.get(entry.number, entry.sha256)))
    heads = ("序号", "时间（UTC）", "谁", "做了什么", "哪一处", "原值", "新值", "原因", "校验值")
    return csv_bytes(Sheet("修改记录", heads, rows))
