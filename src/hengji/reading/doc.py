"""Old Word files, WPS, RTF and OpenDocument texts, through a converter that the machine has."""

import os
import shutil
import signal
import struct
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from hengji.model.document import Document
from hengji.model.problem import HengjiError
from hengji.reading.docx import read_docx
from hengji.reading.text import read_text
from hengji.workbook.compound import streams

_PROGRAMS = ("soffice", "libreoffice")
_SECONDS, _SECONDS_EACH = 60, 15
_BATCH = 20
_ENCRYPTED_FLAG = 0x0100
_MAX_OUTPUT = 60_000_000
# Nothing in a document runs or is fetched: macros and links are off, and what would still call out meets a closed port.
_SETTINGS = (
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Writer/Content/Update", "Link", "0"),
    ("Inet/Settings", "ooInetProxyType", "2"),
    ("Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPSProxyPort", "9"),
)


def read_doc(name: str, data: bytes) -> Document:
    """A doc, wps, rtf or odt file. Raises HengjiError where it is locked or damaged, or nothing here can convert it."""
    found = read_docs([(name, data)])[0]
    if isinstance(found, HengjiError):
        raise found
    return found


def read_docs(files: Sequence[tuple[str, bytes]]) -> list[Document | HengjiError]:
    """Several such files by few calls of the converter, which takes longer to start than to convert."""
    found: dict[int, Document | HengjiError] = {}
    sound: dict[int, tuple[str, bytes]] = {}
    for number, (name, data) in enumerate(files):
        trouble = _trouble(name, data)
        if trouble is not None:
            found[number] = trouble
        else:
            sound[number] = (name, data)
    numbers = list(sound)
    for start in range(0, len(numbers), _BATCH):
        found |= _read_batch({number: sound[number] for number in numbers[start : start + _BATCH]})
    return [found[number] for number in range(len(files))]


def _trouble(name: str, data: bytes) -> HengjiError | None:
    """What keeps a file from being converted at all."""
    if not data.startswith(b"\xd0\xcf\x11\xe0"):
        return None
    try:
        word = streams(data).get("WordDocument")
    except (ValueError, struct.error, IndexError, UnicodeDecodeError):
        return HengjiError(f"{name} 已损坏，请用 Word 或 WPS 打开后另存为 docx")
    if word is None:
        return HengjiError(f"{name} 不是 Word 文档（可能改过扩展名），请用原来的软件打开后另存为 docx 或 xlsx")
    if len(word) > 12 and struct.unpack_from("<H", word, 10)[0] & _ENCRYPTED_FLAG:  # noqa: PLR2004 - the flags stand there
        return HengjiError(f"{name} 设了打开密码，请去掉密码后再试")
    return None


def _read_batch(files: Mapping[int, tuple[str, bytes]]) -> dict[int, Document | HengjiError]:
    office = next((path for name in _PROGRAMS if (path := shutil.which(name))), None)
    found: dict[int, Document | HengjiError] = {}
    if office is not None:
        made = _converted(office, {number: data for number, (_, data) in files.items()})
        for number, (name, _) in files.items():
            found[number] = _document(name, made.get(number))
        return found
    antiword = shutil.which("antiword")
    for number, (name, data) in files.items():
        old = data.startswith(b"\xd0\xcf\x11\xe0")
        found[number] = _by_antiword(antiword, name, data) if antiword and old else _no_converter(name)
    return found


def _no_converter(name: str) -> HengjiError:
    return HengjiError(f"{name} 不是 docx，本机又没有 LibreOffice 可以转换，请用 Word 或 WPS 另存为 docx")


def _document(name: str, made: bytes | None) -> Document | HengjiError:
    if made is None:
        return HengjiError(f"{name} 转换没有成功，请用 Word 或 WPS 另存为 docx")
    try:
        return replace(read_docx(name, made), form="doc")
    except HengjiError as error:
        return error


def _converted(office: str, files: Mapping[int, bytes]) -> dict[int, bytes]:
    """The docx of every file that could be converted. Two programs on one profile write nothing: each call has its own."""
    with tempfile.TemporaryDirectory(prefix="hengji-") as temporary:
        folder = Path(temporary)
        sources = [_put(folder, number, data) for number, data in files.items()]
        _write_settings(folder / "profile" / "user")
        out = folder / "out"
        command = [
            office, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore", "--nolockcheck",
            "--nodefault", "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(out), *map(str, sources),
        ]  # fmt: skip
        _run(command, folder, _SECONDS + _SECONDS_EACH * len(files))
        return {
            number: made.read_bytes()
            for number in files
            if (made := out / f"{number}.docx").is_file() and made.stat().st_size <= _MAX_OUTPUT
        }


def _put(folder: Path, number: int, data: bytes) -> Path:
    """The file under a name that its content calls for."""
    suffix = "rtf" if data.lstrip().startswith(b"{\\rtf") else "odt" if data.startswith(b"PK") else "doc"
    path = folder / f"{number}.{suffix}"
    path.write_bytes(data)
    return path


def _write_settings(folder: Path) -> None:
    items = "".join(
        f'<item oor:path="/org.openoffice.{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, name, value in _SETTINGS
    )
    folder.mkdir(parents=True)
    (folder / "registrymodifications.xcu").write_text(
        f'<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry">{items}</oor:items>',
        encoding="utf-8",
    )


def _run(command: Sequence[str], folder: Path, seconds: float) -> bytes:
    """Runs a converter apart from the user's own settings; it and all it started end with the time given."""
    environment = {key: os.environ[key] for key in ("PATH", "SYSTEMROOT", "LANG", "LC_ALL") if key in os.environ}
    environment |= {"HOME": str(folder), "TMPDIR": str(folder), "SAL_USE_VCLPLUGIN": "svp"}
    own = os.name == "posix"
    with subprocess.Popen(  # noqa: S603 - a converter found on the PATH, with arguments of our own
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        cwd=folder,
        start_new_session=own,
    ) as process:
        try:
            output, _ = process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            output = b""
        finally:
            _end(process, group=own)
    return output


def _end(process: "subprocess.Popen[bytes]", *, group: bool) -> None:
    if group:
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            return
    elif process.poll() is None:
        process.kill()


def _by_antiword(antiword: str, name: str, data: bytes) -> Document | HengjiError:
    """The text alone, tables as bars, where nothing better is at hand."""
    with tempfile.TemporaryDirectory(prefix="hengji-") as temporary:
        folder = Path(temporary)
        path = _put(folder, 0, data)
        text = _run([antiword, "-w", "0", "-m", "UTF-8.txt", str(path)], folder, _SECONDS)
    if not text.strip():
        return HengjiError(f"{name} 转换没有成功，请用 Word 或 WPS 另存为 docx")
    try:
        document = read_text(name, text)
    except HengjiError as error:
        return error
    return replace(
        document, form="doc", unread=("只取出了文字，表格和自动编号可能不全，请用 Word 或 WPS 另存为 docx 再读一次",)
    )
