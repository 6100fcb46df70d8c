"""Folders and zip archives: the documents inside, each on its own, without the litter that systems leave behind."""

import os
import re
import stat
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from hengji.model.document import Document
from hengji.model.patterns import pattern
from hengji.model.problem import HengjiError
from hengji.reading.limits import MAX_FILE, ZIP_ERRORS, form_of, is_zip, read_bytes

MAX_ARCHIVE = 1_000_000_000
MAX_FILES = 5_000
MAX_TOTAL = 2_000_000_000  # bytes unpacked from all archives of one call
_CHUNK = 1 << 20
_UTF8_FLAG, _ENCRYPTED_FLAG = 0x800, 1
_LONGEST = 80  # characters of a name on disk
_JUNK = pattern(r"(~\$|\.~|\._|\.).*|thumbs\.db|desktop\.ini|.*\.(tmp|lnk)", re.IGNORECASE)
_JUNK_FOLDERS = ("__MACOSX", "$RECYCLE.BIN")
_UNSAFE = pattern(r'[\x00-\x1f\x7f/\\:*?"<>|]')


@dataclass(frozen=True, slots=True)
class Found:
    """A file to read: the name people know it by (「材料.zip/甲局/报告.docx」), and where it lies."""

    name: str
    path: Path


@dataclass
class Gathered:
    """The files found, in order, what could not be taken out, as name and reason, and the litter that was left."""

    files: list[Found] = field(default_factory=list)
    failures: list[tuple[str, HengjiError]] = field(default_factory=list)
    litter: list[str] = field(default_factory=list)
    total: int = 0

    @property
    def count(self) -> int:
        """How many files it accounts for."""
        return len(self.files) + len(self.failures) + len(self.litter)

    def fail(self, name: str, reason: str) -> None:
        """Keeps a failure."""
        self.failures.append((name, HengjiError(reason)))

    def is_full(self) -> bool:
        """Whether the limit of files is reached; says so once."""
        if len(self.files) < MAX_FILES:
            return False
        if not self.failures or "其余没有读" not in str(self.failures[-1][1]):
            self.fail("", f"文件超过{MAX_FILES}个，其余没有读，请分批处理")
        return True


def gather(paths: Sequence[Path], folder: Path) -> Gathered:
    """The files in these files, folders and zip archives; what is packed is unpacked below ``folder``."""
    gathered = Gathered()
    for path in paths:
        _gather(gathered, path, path.name, folder)
    return gathered


def read_archive(path: Path) -> Iterator[tuple[str, Document | HengjiError]]:
    """The documents in a folder or zip archive in order, each with its name; a file that cannot be read gives its reason."""
    from hengji.reading import read_data  # noqa: PLC0415 - one file is read by the room that this module is part of
    from hengji.reading.doc import read_docs  # noqa: PLC0415 - loaded where it is needed

    with tempfile.TemporaryDirectory(prefix="hengji-") as temporary:
        gathered = gather([path], Path(temporary))
        old: dict[int, tuple[str, bytes]] = {}
        results: dict[int, Document | HengjiError] = {}
        for number, found in enumerate(gathered.files):
            try:
                data = read_bytes(found.path)
                if form_of(found.path.name, data) == "doc":
                    old[number] = (found.path.name, data)
                else:
                    results[number] = read_data(found.path.name, data)
            except HengjiError as error:
                results[number] = error
        results |= dict(zip(old, read_docs(list(old.values())), strict=True)) if old else {}
        for number, found in enumerate(gathered.files):
            yield found.name, results[number]
        yield from gathered.failures


def is_junk(name: str) -> bool:
    """Whether a path names litter: copies that programs keep while a file is open, what systems put beside files."""
    *folders, last = PurePosixPath(name.replace("\\", "/")).parts or ("",)
    return bool(_JUNK.fullmatch(last)) or any(
        each in _JUNK_FOLDERS or (each.startswith(".") and each not in (".", "..")) for each in folders
    )


def _gather(gathered: Gathered, path: Path, name: str, folder: Path) -> None:
    if path.is_dir():
        _walk(gathered, path, name, folder)
    elif is_zip(path):
        _unpack(gathered, path, name, folder, depth=0)
    elif not gathered.is_full():
        gathered.files.append(Found(name, path))


def _walk(gathered: Gathered, root: Path, name: str, folder: Path) -> None:
    """The files below a folder in the order of their names; links are not followed."""
    for here, folders, files in os.walk(root):
        folders[:] = sorted(each for each in folders if not is_junk(f"{each}/x"))
        for each in sorted(files):
            path = Path(here) / each
            if is_junk(each) or path.is_symlink() or not path.is_file():
                continue
            if gathered.is_full():
                return
            inside = path.relative_to(root).as_posix()
            _gather(gathered, path, f"{name}/{inside}" if name else inside, folder)


def _unpack(gathered: Gathered, path: Path, name: str, folder: Path, *, depth: int) -> None:
    before = gathered.count
    try:
        if path.stat().st_size > MAX_ARCHIVE:
            gathered.fail(name, f"{name} 超过{MAX_ARCHIVE // 1_000_000}MB，没有读，请拆开后再试")
            return
        with zipfile.ZipFile(path) as archive:
            for member in sorted(archive.infolist(), key=_member_name):
                if gathered.is_full():
                    return
                _take(gathered, archive, member, name, folder, depth=depth)
    except ZIP_ERRORS:
        gathered.fail(name, f"{name} 已损坏，打不开，请重新压缩或解压后再试")
    if gathered.count == before:
        gathered.fail(name, f"{name} 里没有文件，请检查后重新压缩")


def _take(
    gathered: Gathered, archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str, folder: Path, *, depth: int
) -> None:
    """One member of an archive, written under a name of our own: what it calls itself is for people only."""
    inside = _member_name(member)
    if member.is_dir():
        return
    shown = f"{name}/{inside}"
    if is_junk(inside) or stat.S_ISLNK(member.external_attr >> 16):
        gathered.litter.append(shown)
        return
    if member.flag_bits & _ENCRYPTED_FLAG:
        gathered.fail(shown, f"{shown} 加了密码，请去掉密码后再试")
        return
    target = folder / f"{len(gathered.files) + len(gathered.failures):05d}-{depth}" / _safe(inside)
    target.parent.mkdir(parents=True, exist_ok=True)
    reason = _write(gathered, archive, member, target)
    if reason:
        gathered.fail(shown, f"{shown} {reason}")
    elif is_zip(target):
        if depth:
            gathered.fail(shown, f"{shown} 是套了两层的压缩包，没有读，请解压后再试")
        else:
            _unpack(gathered, target, shown, folder, depth=1)
    else:
        gathered.files.append(Found(shown, target))


def _write(gathered: Gathered, archive: zipfile.ZipFile, member: zipfile.ZipInfo, target: Path) -> str:
    """Writes a member; gives the reason why not, an empty text where it did."""
    size = 0
    try:
        with archive.open(member) as stream, target.open("wb") as file:
            while chunk := stream.read(_CHUNK):
                size += len(chunk)
                gathered.total += len(chunk)
                if size > MAX_FILE or gathered.total > MAX_TOTAL:
                    return "解开后过大，没有读"
                file.write(chunk)
    except ZIP_ERRORS:
        return "已损坏，没有读"
    return ""


def _member_name(member: zipfile.ZipInfo) -> str:
    """The name of a member: archives made in China carry GBK where they do not say UTF-8."""
    if member.flag_bits & _UTF8_FLAG:
        return member.filename
    try:
        raw = member.filename.encode("cp437")
    except UnicodeEncodeError:
        return member.filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return member.filename


def _safe(name: str) -> str:
    """The last part of a name, fit for any file system."""
    last = _UNSAFE.sub("_", PurePosixPath(name.replace("\\", "/")).name).strip(". ") or "_"
    stem, dot, suffix = last.rpartition(".")
    return f"{stem[:_LONGEST]}{dot}{suffix[:10]}" if dot else last[:_LONGEST]
