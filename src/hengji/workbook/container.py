"""Looks at a file before any parser does: which spreadsheet format it is, and whether it is fit to be read."""

import io
import lzma
import struct
import zipfile
import zlib
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from hengji.files import reason
from hengji.model.problem import HengjiError

MAX_FILE = 30_000_000
MAX_UNPACKED = 300_000_000
_CHUNK = 1 << 20
_OLE, _ZIP = b"\xd0\xcf\x11\xe0", b"PK"
_HEAD = 4096
_OTHERS = ((b"%PDF", "PDF"), (b"{\\rtf", "RTF文档"), (b"\x89PNG", "图片"), (b"\xff\xd8\xff", "图片"))
_MARKUP = ((b"urn:schemas-microsoft-com:office:spreadsheet", "XML表格"), (b"<html", "网页"), (b"<table", "网页"))
_ENCRYPTED_FLAG = 1
# Everything a zip archive may fail with.
ZIP_ERRORS = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, NotImplementedError, OSError,
    OverflowError, RuntimeError, ValueError, LookupError,
)  # fmt: skip


class Kind(StrEnum):
    """The spreadsheet formats that are read."""

    XLSX = "xlsx"
    XLS = "xls"
    ODS = "ods"


@dataclass(frozen=True, slots=True)
class Container:
    """A file that is fit to be parsed: its name, format and bytes."""

    name: str
    kind: Kind
    data: bytes


def read_container(path: Path) -> Container:
    """The bytes of an xlsx, xls or ods file, told by content and not by name.

    Raises HengjiError in one sentence for a file that is missing, empty, encrypted, damaged, too large or no spreadsheet.
    """
    data = _bytes(path)
    return Container(path.name, _kind(path.name, data), data)


def damaged(name: str) -> HengjiError:
    """The sentence for a file whose format is right and whose content is not."""
    return HengjiError(f"{name} 已损坏，请用 Excel 或 WPS 打开后另存为 xlsx")


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(MAX_FILE + 1)
    except FileNotFoundError:
        raise HengjiError(f"没有找到 {path}，请检查文件名和位置") from None
    except IsADirectoryError:
        raise HengjiError(f"{path} 是文件夹，请写填报文件的名字") from None
    except OSError as error:
        raise HengjiError(f"{path} 打不开（{reason(error)}）") from error
    if len(data) > MAX_FILE:
        raise HengjiError(f"{path.name} 超过{MAX_FILE // 1_000_000}MB，不像是一份填报工作簿，请删去不用的工作表再试")
    if not data:
        raise HengjiError(f"{path.name} 是空文件，请重新保存一次")
    return data


def _kind(name: str, data: bytes) -> Kind:
    for head, what in _OTHERS:
        if data.startswith(head):
            raise HengjiError(f"{name} 其实是{what}，请提供填报工作簿（xlsx）")
    if data.startswith(_OLE):
        return _ole(name, data)
    if data.startswith(_ZIP):
        return _zip(name, data)
    head = data[:_HEAD].lower()
    for mark, what in _MARKUP:
        if mark in head:
            raise HengjiError(f"{name} 其实是{what}（只是扩展名像表格），请用 Excel 或 WPS 打开后另存为 xlsx")
    raise HengjiError(f"{name} 不是电子表格（可能改过扩展名），请提供 xlsx、xls 或 ods")


def _ole(name: str, data: bytes) -> Kind:
    def holds(stream: str) -> bool:
        return stream.encode("utf-16-le") in data

    if holds("EncryptedPackage"):
        raise HengjiError(f"{name} 设了打开密码，请用 Excel 或 WPS 去掉密码后再交")
    if holds("WordDocument") and not holds("Workbook"):
        raise HengjiError(f"{name} 其实是Word文档，请提供填报工作簿（xlsx）")
    return Kind.XLS


def _zip(name: str, data: bytes) -> Kind:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            kind = _zip_kind(name, archive)
            _refuse_bomb(name, archive)
    except ZIP_ERRORS as error:
        raise damaged(name) from error
    return kind


def _zip_kind(name: str, archive: zipfile.ZipFile) -> Kind:
    members = set(archive.namelist())
    manifest = archive.read("META-INF/manifest.xml") if "META-INF/manifest.xml" in members else b""
    if b"encryption-data" in manifest or any(info.flag_bits & _ENCRYPTED_FLAG for info in archive.infolist()):
        raise HengjiError(f"{name} 设了打开密码，请用 Excel、WPS 或 LibreOffice 去掉密码后再交")
    if "xl/workbook.xml" in members:
        return Kind.XLSX
    if "xl/workbook.bin" in members:
        raise HengjiError(f"{name} 是二进制工作簿（xlsb），请用 Excel 或 WPS 另存为 xlsx")
    if "content.xml" in members and b"opendocument.text" not in (manifest or b""):
        return Kind.ODS
    raise HengjiError(f"{name} 不是电子表格（像是Word文档或压缩包），请提供 xlsx、xls 或 ods")


def _refuse_bomb(name: str, archive: zipfile.ZipFile) -> None:
    """Unpacks everything once, counting: what the archive says about sizes may be a lie."""
    total = 0
    for info in archive.infolist():
        info.file_size = 1 << 62  # a size stated too small must not end the count
        with archive.open(info) as stream:
            while chunk := stream.read(_CHUNK):
                total += len(chunk)
                if total > MAX_UNPACKED:
                    raise HengjiError(f"{name} 解开后超过限制（{MAX_UNPACKED // 1_000_000}MB），请删去空行空列再存")
