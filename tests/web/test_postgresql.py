"""The same tests on a real PostgreSQL, in a cluster of its own that listens on a socket only."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.web.server import serving

_PLACES = (
    "/usr/lib/postgresql/15/bin",
    "/usr/lib/postgresql/16/bin",
    "/usr/lib/postgresql/17/bin",
    "/usr/lib/postgresql/14/bin",
)
_SAME = ("test_bridge.py", "test_trail.py", "test_states.py", "test_saving.py", "test_statistics.py")
# How a typed word is read and how a file is written is the same on every database.
_ELSEWHERE = "not typed and not unit and not cannot_be_read and not quartiles and not taken_away and not background"


def _program(name: str) -> str:
    found = shutil.which(name) or next((f"{p}/{name}" for p in _PLACES if Path(p, name).exists()), None)
    if found is None:
        pytest.skip("本机没有 PostgreSQL 服务器，用到它的测试跳过")
    return found


@pytest.fixture(scope="module")
def database() -> Iterator[str]:
    """The address of an empty database; the server refuses to run as root, so there it runs as its own user."""
    initdb, pg_ctl = _program("initdb"), _program("pg_ctl")
    place = Path(tempfile.mkdtemp(prefix="hengji-pg-"))
    place.chmod(0o755)
    data, sockets = place / "data", place / "run"
    data.mkdir()
    sockets.mkdir()
    root = os.geteuid() == 0
    if root:
        shutil.chown(data, "postgres")
        shutil.chown(sockets, "postgres")

    def run(*command: str) -> None:
        as_owner = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] if root else []
        subprocess.run([*as_owner, *command], check=True, capture_output=True, cwd=place)

    run(initdb, "-D", str(data), "-E", "UTF8", "--locale=C.UTF-8", "-A", "trust", "-U", "postgres")
    # -F: nobody's data is lost with this cluster. Nothing may hold the log open after the server has gone into the background.
    run(pg_ctl, "-D", str(data), "-w", "-l", str(data / "log"), "-o", f"-k {sockets} -c listen_addresses= -F", "start")
    try:
        yield f"postgres://postgres@{str(sockets).replace('/', '%2F')}/postgres"
    finally:
        run(pg_ctl, "-D", str(data), "-w", "-m", "immediate", "stop")
        shutil.rmtree(place, ignore_errors=True)


def test_the_bridge_the_trail_and_the_states_on_postgresql(database: str, tmp_path: Path) -> None:
    environment = {**os.environ, "DATABASE_URL": database, "HENGJI_DATA": str(tmp_path)}
    environment.pop("PYTEST_XDIST_WORKER", None)
    tests = [f"tests/web/{name}" for name in _SAME]
    command = [sys.executable, "-m", "pytest", "-p", "no:xdist", "-p", "no:cacheprovider", "-k", _ELSEWHERE, *tests]
    made = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stdout[-3000:]


def test_the_server_and_a_backup_on_postgresql(database: str, tmp_path: Path) -> None:
    with serving(tmp_path / "data", "--demo", DATABASE_URL=database):
        pass
    environment = {**os.environ, "DATABASE_URL": database, "PATH": f"{os.environ['PATH']}:{':'.join(_PLACES)}"}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    hengji = [sys.executable, "-m", "hengji"]
    data = ["--data", str(tmp_path / "data")]
    verified = subprocess.run([*hengji, "verify", *data], env=environment, capture_output=True, text=True, check=True)
    assert verified.stdout.count("✓") == 12 + 2 * 12
    archive = tmp_path / "备份.zip"
    subprocess.run([*hengji, "backup", str(archive), *data], env=environment, check=True, capture_output=True)
    restored = tmp_path / "restored"
    command = [*hengji, "restore", str(archive), "--data", str(restored)]
    said = subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout
    assert "pg_restore" in said
    other = database.removesuffix("/postgres") + "/other"
    host = database.split("@")[1].split("/", maxsplit=1)[0].replace("%2F", "/")
    at = {**environment, "PGHOST": host, "PGUSER": "postgres"}
    subprocess.run(["createdb", "other"], env=at, check=True)
    subprocess.run(["pg_restore", "-d", "other", str(restored / "hengji.dump")], env=at, check=True)
    again = {**environment, "DATABASE_URL": other}
    command = [*hengji, "verify", "--data", str(restored)]
    assert subprocess.run(command, env=again, capture_output=True, text=True, check=True).stdout == verified.stdout
