"""A real server in a process of its own, as `hengji serve` starts it, and a real browser in front of it."""

import fcntl
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.conftest import FIRST_STARTS, ROOT

PASSWORD = "ceshi-koling-2026"
OF_A_REGION = ("--region", "甲县")  # the options of every empty server, so that its first start is made once
_PATIENCE = 240  # making the demonstration county takes long on a busy machine


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def serving(data: Path, *options: str, **environment: str) -> Iterator[str]:
    """The address of a server with its data in a folder; it is stopped at the end.

    A folder that is not there yet is a copy of one that was started once: a first start takes most of a server's time.
    """
    dress()
    if not data.exists() and "DATABASE_URL" not in environment:
        served_once(data, *options)
    with _running(data, *options, **environment) as address:
        yield address


def served_once(data: Path, *options: str) -> Path:
    """The folder, into which the data of a server goes as its first start and its end left them."""
    return Path(shutil.copytree(_started_once(options), data))


def _started_once(options: tuple[str, ...]) -> Path:
    """The data of a server after its first start with these options, made once in a test run by whichever worker comes first."""
    folder = Path(os.environ[FIRST_STARTS]) / "-".join(("data", *options))
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "made").exists():
            with _running(folder / "data", *options):
                pass
            (folder / "made").touch()
    return folder / "data"


@contextmanager
def _running(data: Path, *options: str, **environment: str) -> Iterator[str]:
    port = free_port()
    secret = data.parent / "password.txt"
    secret.write_text(PASSWORD, encoding="utf-8")
    clean = {name: text for name, text in os.environ.items() if not name.startswith(("HENGJI", "DJANGO", "DATABASE"))}
    command = [sys.executable, "-m", "hengji", "serve", "--data", str(data), "--port", str(port)]
    log = (data.parent / "server.log").open("a+", encoding="utf-8")
    process = subprocess.Popen(
        [*command, "--admin-password-file", str(secret), *options],
        env=clean | environment,
        stdout=log,
        stderr=log,
        start_new_session=True,
    )
    try:
        _wait(port, environment.get("HENGJI_HOSTS", "localhost"), process, log.name)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(40)
        log.close()


def _wait(port: int, host: str, process: subprocess.Popen[bytes], log: str) -> None:
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until:
        if process.poll() is not None:
            break
        try:
            asked = urllib.request.Request(f"http://127.0.0.1:{port}/health/", headers={"Host": host})
            urllib.request.urlopen(asked, timeout=2)
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise AssertionError(f"the server did not start: {Path(log).read_text(encoding='utf-8')}")


def dress() -> None:
    """Makes the front-end files that a browser asks for, where they are not there."""
    subprocess.run([sys.executable, str(ROOT / "tools" / "assets.py")], check=True)


def chromium() -> str:
    """The browser's path; a test without one is skipped and says so."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        pytest.skip("本机没有 chromium，用到它的测试跳过")
    return found
