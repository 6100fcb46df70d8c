"""Old Word files through a converter: structure kept, nothing executed or fetched, one sentence where it fails."""

import http.server
import subprocess
import threading
from pathlib import Path

import docx
import pytest

from hengji.model.document import Document
from hengji.model.problem import HengjiError
from hengji.reading import doc, read_data, read_document
from tests.conftest import RequireProgram

_FORMS = ["doc", "rtf", "odt"]


@pytest.fixture(scope="module")
def old_files(tmp_path_factory: pytest.TempPathFactory, require_program: RequireProgram) -> Path:
    """One document in every old form."""
    folder = tmp_path_factory.mktemp("old")
    written = docx.Document()
    written.add_heading("一、基本情况", 1)
    written.add_paragraph("全年预算1234.56万元，执行率97.20%。")
    table = written.add_table(rows=2, cols=2, style="Table Grid")
    for number, text in enumerate(("指标", "得分", "产出", "48.5")):
        table.cell(number // 2, number % 2).text = text
    written.add_paragraph("完。")
    written.save(str(folder / "a.docx"))
    for form in _FORMS:
        subprocess.run(
            [str(require_program("soffice")), f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", form, "--outdir", str(folder), str(folder / "a.docx")],
            check=True, capture_output=True, timeout=180,
        )  # fmt: skip
    return folder


def _check(document: Document) -> None:
    assert [block.text for block in document.blocks] == [
        "一、基本情况",
        "全年预算1234.56万元，执行率97.20%。",
        "指标\t得分\n产出\t48.5",
        "完。",
    ]
    assert document.form == "doc"


@pytest.mark.parametrize("form", _FORMS)
def test_old_forms_keep_their_structure(old_files: Path, form: str) -> None:
    (old_files / "报告.wps").write_bytes((old_files / f"a.{form}").read_bytes())
    document = read_document(old_files / "报告.wps")
    _check(document)
    assert document.blocks[0].level == 1


def test_several_files_in_one_call_and_a_broken_one_apart(old_files: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = []
    run = doc._run

    def counted(command: list[str], folder: Path, seconds: float) -> bytes:
        calls.append(command)
        return run(command, folder, seconds)

    monkeypatch.setattr(doc, "_run", counted)
    good = (old_files / "a.doc").read_bytes()
    found = doc.read_docs([("a.doc", good), ("b.doc", good[:600]), ("c.rtf", (old_files / "a.rtf").read_bytes())])
    assert len(calls) == 1
    assert isinstance(found[0], Document)
    assert isinstance(found[2], Document)
    _check(found[0])
    _check(found[2])
    assert "b.doc 已损坏" in str(found[1])


def test_without_a_converter_one_sentence_says_what_to_do(old_files: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda _: None)
    with pytest.raises(HengjiError, match="请用 Word 或 WPS 另存为 docx"):
        read_document(old_files / "a.doc")


def test_antiword_serves_where_only_it_is_present(
    old_files: Path, monkeypatch: pytest.MonkeyPatch, require_program: RequireProgram
) -> None:
    antiword = str(require_program("antiword"))
    monkeypatch.setattr("shutil.which", lambda name: antiword if name == "antiword" else None)
    document = read_document(old_files / "a.doc")
    assert "全年预算1234.56万元，执行率97.20%。" in document.text
    assert "48.5" in document.text
    assert "另存为 docx" in document.unread[0]


def test_a_converter_that_hangs_is_ended(old_files: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    slow = tmp_path / "soffice"
    slow.write_text("#!/bin/sh\nsleep 60\n")
    slow.chmod(0o755)
    monkeypatch.setattr("shutil.which", lambda _: str(slow))
    monkeypatch.setattr(doc, "_SECONDS", 0)
    monkeypatch.setattr(doc, "_SECONDS_EACH", 0.3)
    with pytest.raises(HengjiError, match="转换没有成功"):
        read_document(old_files / "a.doc")


def test_locked_and_foreign_files(old_files: Path) -> None:
    data = bytearray((old_files / "a.doc").read_bytes())
    start = data.index(b"\xec\xa5")
    data[start + 11] |= 0x01
    with pytest.raises(HengjiError, match="打开密码"):
        read_data("a.doc", bytes(data))
    foreign = bytes(data).replace("WordDocument".encode("utf-16-le"), "PowerPoint12".encode("utf-16-le"))
    with pytest.raises(HengjiError, match="不是 Word 文档"):
        read_data("a.doc", foreign)


class _Counting(http.server.BaseHTTPRequestHandler):
    asked: list[str] = []  # noqa: RUF012 - one list for the whole test

    def do_GET(self) -> None:
        self.asked.append(self.path)
        self.send_response(404)
        self.end_headers()

    do_HEAD = do_OPTIONS = do_GET  # noqa: N815 - the library's names

    def log_message(self, *_: object) -> None:
        """Says nothing."""


def test_nothing_is_fetched(require_program: RequireProgram) -> None:
    require_program("soffice")
    server = http.server.HTTPServer(("127.0.0.1", 0), _Counting)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}"
    rtf = (
        r"{\rtf1\ansi text {\field{\*\fldinst INCLUDEPICTURE \"" + address + r"/a.png\" \\d}{\fldrslt x}}"
        r"{\field{\*\fldinst INCLUDETEXT \"" + address + r"/b.doc\"}{\fldrslt y}} end}"
    )
    document = read_data("a.rtf", rtf.encode())
    server.shutdown()
    assert "text" in document.text
    assert _Counting.asked == []
