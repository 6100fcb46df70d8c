"""The dossier: whole, verified without Django, and not one byte of it can be altered unseen."""

import io
import json
import random
import struct
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from hengji.dossier import verify as verifying
from hengji.dossier.container import Writer
from hengji.dossier.form import CHAIN, MANIFEST, ROWS, manifest_bytes
from hengji.dossier.verify import verify
from hengji.model.problem import HengjiError
from hengji.web.filings import bridge, files
from hengji.web.filings.bridge import Change
from hengji.web.filings.models import FilingRow, ValueRow
from hengji.web.filings.tables import EVIDENCE, FORMAL, OPINION, REVIEW, USE
from hengji.web.intake.models import Received
from hengji.web.jobs.loop import Loop
from hengji.web.jobs.models import Job, State
from hengji.web.notices.models import Attachment, Notice
from hengji.web.people.acts import Act
from hengji.web.reviews.models import OpinionRow
from hengji.web.reviews.threads import ask, close
from hengji.web.states.moves import take
from hengji.web.trail.dossier import write
from hengji.web.trail.models import Entry
from hengji.web.trail.verify import verify as in_place
from tests.web.conftest import County
from tests.web.reviewing import go, judge_all, judgement, under_review


@pytest.fixture
def made(county: County, tmp_path: Path) -> Path:
    """A dossier of a filing under review, with evidence, a notice and its attachment, snapshots and a judgement."""
    kept = files.keep("批复.pdf", [b"%PDF-1.7 one"])
    data = {"title": "批复", "proves": ["1.1.1"], "file": kept.name, "locator": "", "sha256": kept.sha256}
    clerk = county.people["clerk"]
    bridge.save(county.filing.pk, clerk, [Change(EVIDENCE, (1,), {**data, "size": kept.size}, 0)])
    notice = Notice.objects.create(region=county.filing.department.region, year=2023, name="通知")
    enclosed = files.keep("附件1.pdf", [b"%PDF-1.7 two"])
    Attachment.objects.create(notice=notice, file=enclosed.name, sha256=enclosed.sha256, size=enclosed.size)
    FilingRow.objects.filter(pk=county.filing.pk).update(notice=notice)
    for who, act in (("clerk", Act.SEND), ("head", Act.SIGN), ("reviewer", Act.RECEIVE), ("reviewer", Act.PASS)):
        take(county.filing.pk, county.people[who], act)
    judged = dict.fromkeys(REVIEW.data, "") | {
        "score": "4",
        "gravity": "free",
        "amount": "1",
        "reason": "依据不足",
        "judge": 1,
    }
    bridge.save(county.filing.pk, county.people["reviewer"], [Change(REVIEW, ("1.1.1",), judged, 0)], act="review")
    sent = files.keep("报告.docx", [b"PK\x03\x04 three"])
    region, admin = county.filing.department.region, county.people["admin"]
    Received.objects.create(region=region, filing=county.filing, name="夹/报告.docx", sha256=sent.sha256, by=admin)
    path = tmp_path / "档案.zip"
    result = write(county.filing.pk, path, county.people["admin"])
    assert result.faults == ()
    return path


def found(path: Path) -> tuple[str, ...]:
    """What is said against a file, whether it looks like one of ours or not."""
    try:
        return verify(path).faults
    except HengjiError as error:
        return tuple(str(problem) for problem in error.problems)


def test_everything_is_in_it_and_any_program_opens_it(county: County, made: Path) -> None:
    row = FilingRow.objects.get(pk=county.filing.pk)
    with zipfile.ZipFile(made) as opened:
        assert opened.testzip() is None
        names = opened.namelist()
        said = json.loads(opened.read(MANIFEST))
        assert opened.read("佐证材料/001-批复.pdf") == b"%PDF-1.7 one"
        assert opened.read("指标体系.yaml").decode() == row.system.text
        assert len(opened.read(CHAIN).splitlines()) == row.revision
        assert '"table":"review"' in opened.read(ROWS).decode()
        scores = json.loads(opened.read("得分.json"))
    for wanted in (
        "填报.yaml",
        "填报.json",
        "自评报告.docx",
        "自评报告.pdf",
        "评分表.xlsx",
        "通知/001-附件1.pdf",
        "收件/001-报告.docx",
    ):
        assert wanted in names
    assert sum(name.startswith("快照/") for name in names) == 6
    assert scores["reviewed"]["leaves"]["1.1.1"]["score"] == "4"
    result = verify(made)
    assert result.sentence == f"未改动，{row.revision}条记录、{len(names) - 1}个文件"
    assert result.seal == said["seal"]
    assert result.head == said["chain"]["head"]


def test_one_altered_byte_anywhere_is_found(made: Path, tmp_path: Path) -> None:
    whole = made.read_bytes()
    spread = random.Random(5)
    with zipfile.ZipFile(made) as opened:
        starts = [info.header_offset for info in opened.infolist()]
        directory = opened.start_dir
    places = {0, 5, 30, 45, len(whole) - 1, len(whole) - 9, directory, directory + 10, directory + 50}
    places |= {start + spread.randrange(90) for start in starts}
    places |= {spread.randrange(len(whole)) for _ in range(60)}
    altered = tmp_path / "altered.zip"
    for place in sorted(places):
        wrong = whole[place] ^ (1 << spread.randrange(8))
        altered.write_bytes(whole[:place] + bytes([wrong]) + whole[place + 1 :])
        assert found(altered), place


def rewritten(made: Path, target: Path, alter: dict[str, bytes], *, seal: bool = True) -> Path:
    """The dossier with other parts, put together again by somebody who knows how."""
    with zipfile.ZipFile(made) as opened, target.open("wb") as file:
        writer = Writer(file)
        for name in opened.namelist():
            if name != MANIFEST:
                writer.add(name, [alter.get(name, opened.read(name))])
        said = json.loads(opened.read(MANIFEST))
        if seal:
            said["parts"] = [{"name": p.name, "size": p.size, "sha256": p.sha256} for p in writer.parts]
        writer.add(MANIFEST, [manifest_bytes(said)])
        writer.close()
    return target


def part(made: Path, name: str) -> bytes:
    with zipfile.ZipFile(made) as opened:
        return opened.read(name)


def test_who_alters_a_record_and_seals_it_again_is_told_which_one(made: Path, tmp_path: Path) -> None:
    lines = part(made, CHAIN).splitlines(keepends=True)
    lines[97] = lines[97].replace(b'"who":', b'"who": ')
    forged = rewritten(made, tmp_path / "forged.zip", {CHAIN: b"".join(lines)})
    assert verify(forged).sentence == "第98条记录被改动或缺失"
    entry = json.loads(part(made, CHAIN).splitlines()[100])
    entry["after"] += " "
    lines = part(made, CHAIN).splitlines(keepends=True)
    lines[100] = json.dumps(entry, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() + b"\n"
    forged = rewritten(made, tmp_path / "forged.zip", {CHAIN: b"".join(lines)})
    assert verify(forged).sentence == "第101条记录被改动"
    del lines[100:]
    forged = rewritten(made, tmp_path / "forged.zip", {CHAIN: b"".join(lines)})
    assert "记录应有" in verify(forged).sentence


def test_who_alters_a_row_a_file_or_a_snapshot_and_seals_it_again_is_told(made: Path, tmp_path: Path) -> None:
    rows = part(made, ROWS).replace("依据不足".encode(), "依据充分".encode())
    assert verify(rewritten(made, tmp_path / "1.zip", {ROWS: rows})).sentence == '复核判定["1.1.1"]与修改记录不一致'
    rows = part(made, ROWS).replace(b'"step":"review"', b'"step":"final"')
    assert verify(rewritten(made, tmp_path / "2.zip", {ROWS: rows})).sentence == "状态[]与修改记录不一致"
    proof = rewritten(made, tmp_path / "3.zip", {"佐证材料/001-批复.pdf": b"%PDF-1.7 other"})
    assert verify(proof).sentence == "文件“批复”与上传时不同或已丢失"
    with zipfile.ZipFile(made) as opened:
        name = next(name for name in opened.namelist() if name.endswith("-填报.json"))
    frozen = rewritten(made, tmp_path / "4.zip", {name: part(made, name) + b" "})
    assert "时的快照被改动" in verify(frozen).sentence
    report = rewritten(made, tmp_path / "5.zip", {"自评报告.pdf": b"%PDF-1.7 other"}, seal=False)
    assert verify(report).sentence == "文件“自评报告.pdf”被改动"


def test_files_that_go_with_answers_are_in_it_too(county: County, tmp_path: Path) -> None:
    proof = files.keep("说明.pdf", [b"%PDF-1.7 answer"])
    for who, act in (("clerk", Act.SEND), ("head", Act.SIGN), ("reviewer", Act.RECEIVE), ("reviewer", Act.PASS)):
        take(county.filing.pk, county.people[who], act)
    told: dict[str, object] = {
        **dict.fromkeys(OPINION.data, ""),
        "evidence": f"{proof.sha256} {proof.size} {proof.name}",
    }
    bridge.save(county.filing.pk, None, [Change(OPINION, ("1.1.1",), told, 0)])
    path = tmp_path / "档案.zip"
    assert write(county.filing.pk, path, None).faults == ()
    assert part(path, "往来材料/001-说明.pdf") == b"%PDF-1.7 answer"
    files.path_of(proof.sha256).write_bytes(b"%PDF-1.7 Answer")
    assert in_place(FilingRow.objects.get(pk=county.filing.pk)).faults == ("文件“说明.pdf”与上传时不同或已丢失",)
    assert write(county.filing.pk, path, None).faults == ("文件“说明.pdf”与上传时不同或已丢失",)
    files.path_of(proof.sha256).unlink()
    assert write(county.filing.pk, path, None).faults == ("文件“说明.pdf”与上传时不同或已丢失",)
    assert in_place(FilingRow.objects.get(pk=county.filing.pk)).faults == ("文件“说明.pdf”与上传时不同或已丢失",)


def test_a_dossier_packed_again_by_another_program_is_not_the_one_exported(made: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.zip"
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(again, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
    assert found(again)
    grown = tmp_path / "grown.zip"
    grown.write_bytes(made.read_bytes() + b"more")
    assert verify(grown).faults
    grown.write_bytes(made.read_bytes()[:-40])
    assert verify(grown).faults


def hostile(tmp_path: Path) -> list[Path]:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as target:
        target.writestr("说明.txt", "0" * 50_000_000)
        target.writestr("manifest.json", "[" * 1_000_000)
    names = io.BytesIO()
    with zipfile.ZipFile(names, "w") as target:
        for name in ("说明.txt", "../../etc/passwd", "/root", "a\\b"):
            target.writestr(name, b"x")
    deep = io.BytesIO()
    writer = Writer(deep)
    writer.add("说明.txt", [b"x"])
    writer.add(CHAIN, [b"[" * 3_000_000 + b"\n"])
    writer.add(ROWS, [b'{"table":' + b"9" * 9999 + b"}\n"])
    writer.add("../up", [b"x"])
    writer.close()
    many = io.BytesIO()
    writer = Writer(many)
    writer.add("说明.txt", [b"x"])
    for name, text in ((CHAIN, b"1\n{}\n"), (ROWS, b"null\n"), (MANIFEST, b'{"format":"hengji-dossier/1"}')):
        writer.add(name, [text])
    writer.close()
    lying = many.getvalue()[:-12] + struct.pack("<LLH", 0xFFFFFFF0, 4, 0) + b"\0\0"
    paths = []
    for number, data in enumerate(
        (bomb.getvalue(), names.getvalue(), deep.getvalue(), many.getvalue(), lying, b"", b"PK")
    ):
        paths.append(tmp_path / f"hostile{number}.zip")
        paths[-1].write_bytes(data)
    return paths


def test_hostile_files_are_refused_in_one_sentence(tmp_path: Path) -> None:
    for path in hostile(tmp_path):
        assert found(path), path.name


def test_a_sound_manifest_of_nonsense_is_refused_too(tmp_path: Path) -> None:
    path = tmp_path / "nonsense.zip"
    for said in (
        {"format": "hengji-dossier/1", "filing": 1, "chain": {"entries": 1, "head": ""}, "department": [], "year": {}, "parts": []},
        {"format": "hengji-dossier/1", "filing": 1, "chain": {"entries": 0, "head": ""}, "department": 1, "year": 1, "parts": [{"name": {}, "size": "", "sha256": 1}]},
    ):  # fmt: skip
        with path.open("wb") as file:
            writer = Writer(file)
            writer.add("说明.txt", [b"x"])
            writer.add(CHAIN, [b""])
            writer.add(ROWS, [b'{"place":[],"says":[],"table":"state","word":1}\n'])
            writer.add(MANIFEST, [manifest_bytes(said)])
            writer.close()
        assert verify(path).faults


def test_the_command_needs_neither_django_nor_a_database(made: Path) -> None:
    code = (
        "import sys; sys.modules['django'] = None; from hengji.cli.main import app;"
        "sys.argv = ['hengji', 'verify', sys.argv[1]]; app()"
    )
    run = subprocess.run([sys.executable, "-c", code, str(made)], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    assert "✓" in run.stdout
    assert "未改动" in run.stdout
    made.write_bytes(made.read_bytes().replace(b"%PDF-1.7 one", b"%PDF-1.7 0ne"))
    run = subprocess.run([sys.executable, "-c", code, str(made)], capture_output=True, text=True, check=False)
    assert run.returncode == 1
    assert "✕" in run.stdout


def test_it_is_exported_in_the_background_and_only_its_asker_takes_it(county: County) -> None:
    page = county.client("auditor").get(f"/filings/{county.filing.pk}/dossier/").content.decode()
    assert "导出档案" in page
    assert county.client("firm").get(f"/filings/{county.filing.pk}/dossier/").status_code == 403
    county.client("auditor").post(f"/filings/{county.filing.pk}/dossier/export/")
    Loop().all()
    job = Job.objects.get()
    assert job.state == State.DONE, job.error
    assert "未改动" in job.sentence
    answer = county.client("auditor").get(f"/jobs/{job.pk}/file/")
    assert b"".join(answer)[:2] == b"PK"
    for who in ("clerk", "head", "firm", "neighbour", "far_admin"):
        assert county.client(who).get(f"/jobs/{job.pk}/file/").status_code == 403


def test_who_asks_while_another_export_waits_gets_a_file_of_their_own(county: County) -> None:
    for who in ("auditor", "clerk", "head", "auditor"):
        county.client(who).post(f"/filings/{county.filing.pk}/dossier/export/")
    assert Job.objects.count() == 3
    Loop().all()
    for job in Job.objects.all():
        assert job.state == State.DONE, job.error
        for who in ("auditor", "clerk", "head"):
            status = county.client(who).get(f"/jobs/{job.pk}/file/").status_code
            assert status == (200 if job.by == county.people[who] else 403)


HIDDEN = ("依据很不充分", "留到预算时再议", "形式上还差一页")


def of_department(county: County, tmp_path: Path) -> tuple[Path, str]:
    """The department's own dossier as it stands, verified, and everything that is written in it."""
    path = tmp_path / "单位版.zip"
    assert write(county.filing.pk, path, county.people["clerk"]).faults == ()
    with zipfile.ZipFile(path) as opened:
        texts = [
            opened.read(name)
            for name in opened.namelist()
            if name.rpartition(".")[2] in ("json", "jsonl", "csv", "txt")
        ]
    return path, b"".join(texts).decode()


def test_a_departments_dossier_has_nothing_of_a_review_that_was_not_sent(county: County, tmp_path: Path) -> None:
    go(county, Act.SEND, Act.SIGN, Act.RECEIVE)
    formal = Change(FORMAL, ("parts",), {"passed": True, "note": HIDDEN[2]}, 0)
    bridge.save(county.filing.pk, county.people["reviewer"], [formal], act=Act.CHECK_FORM.value)
    row = go(county, Act.PASS)
    judge_all(row, county.people["reviewer"], **{"3_4": judgement("4", "1", reason=HIDDEN[0])})
    ask(row, county.people["reviewer"], "3.4", "请说明满意度调查的方式")
    row.refresh_from_db()
    close(row, county.people["reviewer"], 1)
    row = go(county, Act.HAND_UP)
    path, text = of_department(county, tmp_path)
    assert "请说明满意度调查的方式" in text
    assert not [each for each in HIDDEN if each in text]
    assert '"reviewed"' not in text
    assert Act.HAND_UP.value not in [json.loads(line)["act"] for line in part(path, CHAIN).splitlines()]
    hashes = set(Entry.objects.filter(filing=row, table__in=("review", "formal")).values_list("sha256", flat=True))
    assert not [each for each in hashes if each in text]
    result = verify(path)
    assert result.withheld == row.revision - result.entries > 20
    assert f"另有{result.withheld}条由财政局保管" in result.sentence
    first = json.loads(part(path, CHAIN).splitlines()[0])
    assert Entry.objects.get(filing=row, number=1).sha256 == first["sha256"]
    whole = tmp_path / "whole.zip"
    assert write(row.pk, whole, county.people["auditor"]).withheld == 0
    assert HIDDEN[0].encode() in whole.read_bytes()


def test_once_the_opinion_was_sent_the_department_has_the_review_but_no_proposal_of_use(
    county: County, tmp_path: Path
) -> None:
    row = under_review(county)
    judge_all(row, county.people["reviewer"], **{"3_4": judgement("4", "1", reason=HIDDEN[0])})
    go(county, Act.HAND_UP, Act.APPROVE, Act.OPINE)
    told = {**dict.fromkeys(OPINION.data, ""), "opinion": "扣一分", "answer": "object", "reason": "有回访"}
    version = OpinionRow.objects.get(filing=row, leaf="3.4").version
    bridge.save(row.pk, county.people["clerk"], [Change(OPINION, ("3.4",), told, version)], act=Act.ANSWER.value)
    row = go(county, Act.REPLY)
    version = OpinionRow.objects.get(filing=row, leaf="3.4").version
    decided = {**told, "decision": "change", "why": "回访可以证明一部分", "final": "4.5"}
    bridge.save(row.pk, county.people["admin"], [Change(OPINION, ("3.4",), decided, version)], act=Act.DECIDE.value)
    row.refresh_from_db()
    _, text = of_department(county, tmp_path)
    assert HIDDEN[0] in text
    assert "回访可以证明一部分" not in text
    row = go(county, Act.SETTLE)
    use = Change(USE, (2025,), {"proposal": "压减", "reason": HIDDEN[1]}, 0)
    bridge.save(row.pk, county.people["admin"], [use], act=Act.RESULTS.value)
    row.refresh_from_db()
    go(county, Act.PUBLISH)
    path, text = of_department(county, tmp_path)
    assert "回访可以证明一部分" in text
    assert HIDDEN[1] not in text
    assert verify(path).withheld == 1
    lines = part(path, CHAIN).splitlines(keepends=True)
    del lines[-3]
    forged = rewritten(path, tmp_path / "forged.zip", {CHAIN: b"".join(lines)})
    assert "被改动或缺失" in verify(forged).sentence


def test_the_sealed_page_lies_in_the_dossier_and_its_loss_is_found(county: County, tmp_path: Path) -> None:
    scan = files.keep("盖章页.pdf", [b"%PDF-1.7 sealed"])
    take(county.filing.pk, county.people["clerk"], Act.SEND)
    take(county.filing.pk, county.people["head"], Act.SIGN, "同意", scan=scan)
    path = tmp_path / "档案.zip"
    assert write(county.filing.pk, path, None).faults == ()
    with zipfile.ZipFile(path) as opened:
        name = next(name for name in opened.namelist() if name.endswith("盖章扫描件-盖章页.pdf"))
        number = name.partition("/")[2].partition("-")[0]
    other = rewritten(path, tmp_path / "other.zip", {name: b"%PDF-1.7 Sealed"})
    assert verify(other).sentence == f"第{number}条记录的盖章扫描件与签批时不同或已丢失"
    files.path_of(scan.sha256).unlink()
    assert write(county.filing.pk, path, None).sentence == f"第{number}条记录的盖章扫描件与签批时不同或已丢失"


def test_a_filing_altered_behind_the_trail_is_exported_and_told(county: County, tmp_path: Path) -> None:
    ValueRow.objects.filter(filing=county.filing, item="采购预算金额", year=2023).update(stated="26.12")
    result = write(county.filing.pk, tmp_path / "x.zip", None)
    assert result.sentence == '数据项["采购预算金额",2023,""]与修改记录不一致'


def test_anybody_verifies_on_a_page(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stranger = Client()
    assert "选择档案" in stranger.get("/verify/").content.decode()
    with made.open("rb") as file:
        page = stranger.post("/verify/", {"file": file}).content.decode()
    assert "✓" in page
    assert "未改动" in page
    assert "提交" not in page
    altered = made.read_bytes().replace(b"%PDF-1.7 one", b"%PDF-1.7 0ne")
    page = stranger.post("/verify/", {"file": SimpleUploadedFile("档案.zip", altered)}).content.decode()
    assert "✕" in page
    assert "批复" in page
    refused = stranger.post("/verify/", {"file": SimpleUploadedFile("报告.docx", b"PK" + b"0" * 99)})
    assert (refused.status_code, "不是衡绩的档案" in refused.content.decode()) == (422, True)
    assert stranger.post("/verify/").status_code == 422
    monkeypatch.setattr("hengji.web.uploads.MOST_BYTES", 1000)
    refused = stranger.post("/verify/", {"file": SimpleUploadedFile("档案.zip", altered)})
    assert "hengji verify 档案.zip" in refused.content.decode()


def test_writing_it_asks_the_database_as_often_however_many_rows(
    county: County, tmp_path: Path, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(52):
        write(county.filing.pk, tmp_path / "x.zip", None)


def test_no_line_is_read_whole_beyond_its_limit(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verifying, "_LONGEST_LINE", 100)
    assert "条记录被改动" in verify(made).sentence
