"""What a file may be: its kind told by content, its size bounded before anything parses it."""

import io
import lzma
import stat
import struct
import zipfile
import zlib
from pathlib import Path
from xml.etree import ElementTree

from hengji.files import reason
from hengji.model.problem import HengjiError

MAX_FILE = 100_000_000
MAX_UNPACKED = 400_000_000
MAX_PART = 60_000_000
MAX_PARTS = 5_000
MAX_TEXT = 20_000_000  # characters of a text or page file
MAX_PAGES = 2_000

# Everything a zip archive may fail with.
ZIP_ERRORS = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, NotImplementedError, OSError,
    OverflowError, RuntimeError, ValueError, LookupError,
)  # fmt: skip
_CHUNK = 1 << 20
_OLE, _ZIP, _EMPTY_ZIP = b"\xd0\xcf\x11\xe0", b"PK\x03\x04", b"PK\x05\x06"
_HTML = (b"<!doctype html", b"<html", b"<head", b"<body", b"<meta", b"<article", b"<div", b"<table", b"<p>", b"<p ")
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_PACKED = (b"Rar!", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_WORD, _BOOK = "WordDocument".encode("utf-16-le"), "Workbook".encode("utf-16-le")


def read_bytes(path: Path) -> bytes:
    """The file's bytes. Raises HengjiError for a file that is missing, empty, a folder or too large."""
    try:
        if path.is_dir():
            raise HengjiError(f"{path.name} 是文件夹")
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise HengjiError(f"{path.name} 不是普通文件，没有读")
        if status.st_size > MAX_FILE:
            raise HengjiError(f"{path.name} 超过{MAX_FILE // 1_000_000}MB，没有读，请拆开或压缩图片后再试")
        with path.open("rb") as file:
            data = file.read(MAX_FILE)
    except FileNotFoundError:
        raise HengjiError(f"没有找到 {path}，请检查文件名和位置") from None
    except OSError as error:
        raise HengjiError(f"{path.name} 打不开（{reason(error)}）") from error
    if not data.strip(b"\0 \r\n\t"):
        raise HengjiError(f"{path.name} 是空文件")
    return data


def is_zip(path: Path) -> bool:
    """Whether a file is an archive of files, and not a document that is packed the same way."""
    try:
        if not path.is_file():  # a pipe would never end
            return False
        with path.open("rb") as file:
            if file.read(4) not in (_ZIP, _EMPTY_ZIP):
                return False
        with zipfile.ZipFile(path) as archive:
            members = set(archive.namelist())
    except ZIP_ERRORS:
        return False
    return not members & {"[Content_Types].xml", "word/document.xml", "xl/workbook.xml", "content.xml", "mimetype"}


def form_of(name: str, data: bytes) -> str:
    """docx, xlsx, ods, zip, doc (odt and rtf too), xls, pdf, html, image or txt, told by content whatever the name says.

    Raises HengjiError for what is encrypted or belongs to none of them.
    """
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            raise HengjiError(f"{name} 设了打开密码，请去掉密码后再试")
        return "doc" if _WORD in data else "xls" if _BOOK in data or b"Book" in data else "doc"
    if data.startswith(_ZIP):
        return _zip_form(name, data)
    if data.startswith(_EMPTY_ZIP):
        raise HengjiError(f"{name} 是空的压缩包，里面没有文件")
    if data.lstrip()[:5] == b"%PDF-" or b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith((b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*")):
        return "image"
    if data.startswith(_PACKED):
        raise HengjiError(f"{name} 是压缩包（不是zip），请解压后再读")
    head = (data[:8192].decode("utf-16", "replace").encode() if data[:2] in _UTF_16 else data[:4096]).lstrip().lower()
    if b"mime-version:" in head[:2000] and b"multipart/related" in head[:2000]:
        return "html"
    if head.startswith(_HTML) or b"<html" in head:
        return "html"
    if head.startswith(b"{\\rtf"):
        return "doc"
    if b"\0\0\0" in data[:4096] and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise HengjiError(f"{name} 不是能读的文件（可能改过扩展名），请提供 Word、PDF、Excel、网页或文本")
    return "txt"


def open_archive(name: str, data: bytes) -> zipfile.ZipFile:
    """The archive, its sizes bounded. Raises HengjiError for a bomb, a damaged or an encrypted one."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except ZIP_ERRORS as error:
        raise HengjiError(f"{name} 已损坏，请用原来的软件打开后另存一次") from error
    members = archive.infolist()
    if len(members) > MAX_PARTS:
        raise HengjiError(f"{name} 里有{len(members)}个部分，超过限制")
    if sum(member.file_size for member in members) > MAX_UNPACKED:
        raise HengjiError(f"{name} 解开后过大，没有读")
    if any(member.flag_bits & 1 for member in members):
        raise HengjiError(f"{name} 加了密码，请去掉密码后再试")
    return archive


def part(name: str, archive: zipfile.ZipFile, member: str) -> bytes:
    """One part of an archive, bounded whatever its header claims. Raises HengjiError."""
    try:
        with archive.open(member) as stream:
            data = stream.read(MAX_PART + 1)
    except ZIP_ERRORS as error:
        raise HengjiError(f"{name} 的“{member}”已损坏") from error
    if len(data) > MAX_PART:
        raise HengjiError(f"{name} 的“{member}”过大，没有读")
    return data


def refuse_bomb(name: str, archive: zipfile.ZipFile) -> None:
    """Unpacks everything once, counting, for a parser that trusts what the archive says. Raises HengjiError."""
    total = 0
    for member in archive.infolist():
        member.file_size = 1 << 62  # a size stated too small must not end the count
        try:
            with archive.open(member) as stream:
                while chunk := stream.read(_CHUNK):
                    total += len(chunk)
                    if total > MAX_UNPACKED:
                        raise HengjiError(f"{name} 解开后过大，没有读")
        except ZIP_ERRORS as error:
            raise HengjiError(f"{name} 已损坏，请用原来的软件打开后另存一次") from error


def xml_of(name: str, data: bytes) -> ElementTree.Element:
    """The root of an XML part. Raises HengjiError for broken XML and for any document type, which is how XML attacks."""
    plain = data.replace(b"\0", b"") if b"\0" in data[:8] else data  # UTF-16 is seen through
    if b"!" in plain and (b"<!DOCTYPE" in plain or b"<!ENTITY" in plain):
        raise HengjiError(f"{name} 里有不允许的XML声明，没有读")
    try:
        return ElementTree.fromstring(data)  # noqa: S314 - document types are refused above
    except (ElementTree.ParseError, RecursionError, ValueError, LookupError) as error:
        raise HengjiError(f"{name} 的内容已损坏，请用原来的软件打开后另存一次") from error


def _zip_form(name: str, data: bytes) -> str:
    archive = open_archive(name, data)
    members = set(archive.namelist())
    if "word/document.xml" in members:
        return "docx"
    if "xl/workbook.xml" in members or "xl/workbook.bin" in members:
        return "xlsx"
    if "content.xml" in members:
        kind = part(name, archive, "mimetype") if "mimetype" in members else b""
        return "doc" if kind.startswith(b"application/vnd.oasis.opendocument.text") else "ods"
    if "[Content_Types].xml" in members:
        types = part(name, archive, "[Content_Types].xml")
        if b"wordprocessingml" in types or b"ms-word." in types:
            return "docx"
        raise HengjiError(f"{name} 是 Office 文件，但不是 Word 或 Excel（像是演示文稿），请另存为 PDF 或 docx")
    return "zip"
