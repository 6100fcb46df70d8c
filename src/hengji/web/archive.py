"""Backup and restore (备份与恢复): the database as data and the files, in one zip with a list of hashes."""

import hashlib
import json
import os
import sqlite3
import subprocess
import tempfile
import zipfile
from pathlib import Path

from hengji.files import written_whole
from hengji.model.problem import HengjiError

DATABASE, LIST, SECRET = "hengji.sqlite3", "manifest.json", "secret.key"
DUMP = "hengji.dump"  # of PostgreSQL
_MOST_RATIO = 200  # an archive of ours does not unpack to more than so many times its size


def is_new() -> bool:
    """Whether there is no database yet."""
    from django.db import connection  # noqa: PLC0415 - restoring works without Django

    return "filings_filingrow" not in connection.introspection.table_names()


def write(archive: Path) -> int:
    """Writes database and files; returns the number of files. Database first: files only ever come to be added."""
    from django.conf import settings  # noqa: PLC0415 - restoring works without Django
    from django.db import connection  # noqa: PLC0415

    if archive.exists():
        raise HengjiError(f"{archive} 已经有了，没有改动它；请换一个文件名")
    if is_new():
        raise HengjiError("还没有数据库，没有可备份的")
    listed: dict[str, str] = {}
    with tempfile.TemporaryDirectory() as place, written_whole(archive) as temporary:
        if connection.vendor == "sqlite":
            copy = Path(place) / DATABASE
            _copy_sqlite(Path(str(settings.DATABASES["default"]["NAME"])), copy)
        else:
            copy = Path(place) / DUMP
            _dump_postgresql(settings.DATABASES["default"], copy)
        with zipfile.ZipFile(temporary, "w", zipfile.ZIP_DEFLATED) as target:
            _add(target, copy, copy.name, listed)
            _add(target, Path(settings.DATA) / SECRET, SECRET, listed)
            found = sorted(path for path in Path(settings.FILES).rglob("*") if path.is_file() and path.suffix == "")
            for path in found:
                if not path.name.startswith("."):
                    _add(target, path, f"files/{path.relative_to(settings.FILES).as_posix()}", listed)
            target.writestr(LIST, json.dumps(listed, indent=1, sort_keys=True))
    return sum(name.startswith("files/") for name in listed)


def _add(target: zipfile.ZipFile, path: Path, name: str, listed: dict[str, str]) -> None:
    with path.open("rb") as file:
        listed[name] = hashlib.file_digest(file, "sha256").hexdigest()
    target.write(path, name)


def _copy_sqlite(source: Path, copy: Path) -> None:
    """SQLite's own online copy: whole, whoever writes meanwhile."""
    there, here = sqlite3.connect(source), sqlite3.connect(copy)
    try:
        there.backup(here)
        here.execute("PRAGMA journal_mode=DELETE")
    finally:
        there.close()
        here.close()


def _dump_postgresql(database: dict[str, object], copy: Path) -> None:
    """pg_dump, in the format that pg_restore reads."""
    names = {"NAME": "PGDATABASE", "USER": "PGUSER", "PASSWORD": "PGPASSWORD", "HOST": "PGHOST", "PORT": "PGPORT"}
    said = {theirs: str(database[ours]) for ours, theirs in names.items() if database.get(ours)}
    try:
        subprocess.run(  # noqa: S603 - fixed arguments
            ["pg_dump", "--format=custom", f"--file={copy}"],  # noqa: S607 - wherever it is installed
            env={**os.environ, **said},
            check=True,
            capture_output=True,
        )
    except FileNotFoundError as error:
        raise HengjiError("本机没有 pg_dump，请安装 PostgreSQL 客户端后再备份") from error
    except subprocess.CalledProcessError as error:
        raise HengjiError(f"pg_dump 没有成功：{error.stderr.decode(errors='replace').strip()[:200]}") from error


def read(archive: Path, folder: Path) -> int:
    """Unpacks an archive into an empty folder, every part checked against its hash; returns the number of files."""
    if folder.exists() and any(folder.iterdir()):
        raise HengjiError(f"{folder} 里已有内容，没有改动它；请用 --data 指定一个空的数据目录")
    try:
        with zipfile.ZipFile(archive) as source:
            return _unpack(source, archive, folder)
    except FileNotFoundError as error:
        raise HengjiError(f"没有找到 {archive}") from error
    except (zipfile.BadZipFile, KeyError, ValueError) as error:
        raise HengjiError(f"{archive} 不是衡绩的备份，或已损坏") from error


def _unpack(source: zipfile.ZipFile, archive: Path, folder: Path) -> int:
    listed: dict[str, str] = json.loads(source.read(LIST))
    size = sum(source.getinfo(name).file_size for name in listed)
    if size > archive.stat().st_size * _MOST_RATIO:
        raise HengjiError(f"{archive} 解开后过大，不像是衡绩的备份")
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for name, sha in listed.items():
        target = (folder / name).resolve()
        if not target.is_relative_to(folder.resolve()):
            raise HengjiError(f"{archive} 不是衡绩的备份，或已损坏")
        data = source.read(name)
        if hashlib.sha256(data).hexdigest() != sha:
            raise HengjiError(f"{archive} 里的“{name}”已损坏，没有恢复它")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    (folder / SECRET).chmod(0o600)
    return sum(name.startswith("files/") for name in listed)
