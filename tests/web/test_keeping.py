"""Serving, verifying, backing up and restoring as a person does it: by the command line, on a real folder."""

import http.client
import json
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
import urllib.parse
import urllib.request
import zipfile
from pathlib import Path

import pytest

from hengji.model.problem import HengjiError
from hengji.web.start import make_administrator
from tests.web.server import OF_A_REGION, PASSWORD, free_port, served_once, serving

HENGJI = [sys.executable, "-m", "hengji"]


def run(*words: str) -> subprocess.CompletedProcess[str]:
    clean = {name: text for name, text in os.environ.items() if not name.startswith(("HENGJI", "DJANGO", "DATABASE"))}
    return subprocess.run([*HENGJI, *words], env=clean, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the demonstration county, served before; a file of evidence lies in it."""
    data = served_once(tmp_path_factory.mktemp("kept") / "data", "--demo")
    sha = "ab" * 32
    (data / "files" / "ab").mkdir(parents=True, exist_ok=True)  # public reports of the county lie there too
    (data / "files" / "ab" / sha).write_bytes(b"one")
    return data


@pytest.fixture(scope="module")
def archive(served: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup of it."""
    path = tmp_path_factory.mktemp("backup") / "a.zip"
    made = run("backup", str(path), "--data", str(served))
    assert made.returncode == 0
    kept = sum(each.is_file() for each in (served / "files").rglob("*"))
    assert f"和{kept}个文件" in made.stdout
    return path


def test_the_first_start_without_a_terminal_says_what_to_do(tmp_path: Path) -> None:
    made = run("serve", "--data", str(tmp_path / "data"), "--port", "1")
    assert made.returncode == 2
    assert "--admin-password-file" in made.stderr


def test_the_first_start_without_any_input_says_the_same(tmp_path: Path) -> None:
    made = subprocess.run(
        ["/bin/sh", "-c", 'exec "$@" <&-', "sh", *HENGJI, "serve", "--data", str(tmp_path / "data"), "--port", "1"],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert made.returncode == 2
    assert "--admin-password-file" in made.stderr


def test_a_weak_first_password_is_refused(tmp_path: Path) -> None:
    (tmp_path / "p").write_text("1234567890", encoding="utf-8")
    made = run("serve", "--data", str(tmp_path / "data"), "--admin-password-file", str(tmp_path / "p"))
    assert made.returncode == 2
    assert "口令不合要求" in made.stderr
    assert made.stderr.count("\n") == 1


@pytest.mark.django_db
@pytest.mark.parametrize("weak", ["12345678", "", "\ufeff", "1234567890"])
def test_why_a_password_is_weak_is_said_in_chinese(weak: str) -> None:
    with pytest.raises(HengjiError, match="口令不合要求") as told:
        make_administrator(weak, "甲县")
    assert "password" not in str(told.value)


@pytest.mark.parametrize("kind", ["missing", "folder", "bytes", "pipe"])
def test_a_password_file_that_is_none_is_one_sentence(tmp_path: Path, kind: str) -> None:
    place = tmp_path / "p"
    if kind == "folder":
        place.mkdir()
    elif kind == "bytes":
        place.write_bytes(b"\xff\xfe\x00")
    elif kind == "pipe":
        os.mkfifo(place)  # nobody writes into it
    made = run(
        "serve", "--data", str(tmp_path / "data"), "--port", str(free_port()), "--admin-password-file", str(place)
    )
    assert made.returncode == 2
    assert "口令文件" in made.stderr
    assert made.stderr.count("\n") == 1
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize("words", [["--port", "70000"], ["--host", "192.0.2.7"], []])
def test_an_address_that_cannot_be_listened_on_is_said_before_anything_is_made(
    tmp_path: Path, words: list[str]
) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = ["--port", str(taken.getsockname()[1])]
        made = run("serve", "--data", str(tmp_path / "data"), *port, *words)
    assert made.returncode == 2
    assert made.stderr.count("\n") == 1
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize("moment", [0.2, 3.0])
def test_a_server_that_is_starting_ends_when_it_is_asked_to(tmp_path: Path, moment: float) -> None:
    (tmp_path / "p").write_text(PASSWORD)
    port = str(free_port())
    process = subprocess.Popen(
        [
            *HENGJI,
            "serve",
            "--data",
            str(tmp_path / "data"),
            "--port",
            port,
            "--admin-password-file",
            str(tmp_path / "p"),
        ],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    try:
        process.wait(moment)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGTERM)
    assert process.wait(30) != 0
    assert process.stderr is not None
    assert b"Traceback" not in process.stderr.read()
    process.stderr.close()


@pytest.mark.parametrize("kind", [signal.SIGTERM, signal.SIGINT])
def test_a_server_with_requests_that_never_end_stops_all_the_same(tmp_path: Path, kind: signal.Signals) -> None:
    """Started where SIGTERM was ignored, as some scripts leave it; every thread hangs on half a request."""
    before = signal.signal(signal.SIGTERM, signal.SIG_IGN)
    try:
        context = serving(tmp_path / "data", *OF_A_REGION)
        address = context.__enter__()
    finally:
        signal.signal(signal.SIGTERM, before)
    name, port = address.removeprefix("http://").split(":")
    half = b"POST /signin/ HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\nContent-Length: 9\r\n\r\n1"
    open_lines = [socket.create_connection((name, int(port))) for _ in range(8)]
    for line in open_lines:
        line.sendall(half)
    pid = int(subprocess.run(["pgrep", "-of", str(tmp_path)], capture_output=True, text=True, check=True).stdout)
    os.kill(pid, kind)
    context.__exit__(None, None, None)  # waits for the end
    for line in open_lines:
        line.close()
    until = time.monotonic() + 20
    while left := subprocess.run(["pgrep", "-s", str(pid)], capture_output=True, text=True, check=False).stdout:
        assert time.monotonic() < until, left
        time.sleep(0.2)
    assert "Fatal Python error" not in (tmp_path / "server.log").read_text(encoding="utf-8")


def test_twelve_departments_and_their_earlier_years_verify(served: Path) -> None:
    made = run("verify", "--data", str(served))
    assert made.returncode == 0
    assert made.stdout.count("✓") == 12 + 2 * 12
    assert "乐昌市人民政府办公室 2023年度：未改动" in made.stdout


def test_an_altered_database_is_found(archive: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    assert run("restore", str(archive), "--data", str(data)).returncode == 0
    with sqlite3.connect(data / "hengji.sqlite3") as database:
        database.execute(
            "UPDATE filings_valuerow SET stated = '913.97' WHERE stated = '912.97' AND item = '年初预算数'"
        )
    made = run("verify", "--data", str(data))
    assert made.returncode == 1
    assert "年初预算数" in made.stdout


def test_a_backup_comes_back_whole(served: Path, archive: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    assert run("backup", str(archive), "--data", str(served)).returncode == 2
    assert run("restore", str(archive), "--data", str(data)).returncode == 0
    assert run("verify", "--data", str(data)).stdout == run("verify", "--data", str(served)).stdout
    assert (data / "secret.key").stat().st_mode & 0o777 == 0o600
    assert run("restore", str(archive), "--data", str(data)).returncode == 2
    assert run("upgrade", "--data", str(data)).returncode == 0


_BACK = """
from hengji.web import start
start.set_up()
from django.core.management import call_command
call_command("migrate", "trail", "0001", verbosity=0)
call_command("migrate", "people", "0003", verbosity=0)
"""


def test_an_older_database_is_brought_up_to_date_after_a_backup(archive: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    assert run("restore", str(archive), "--data", str(data)).returncode == 0
    environment = {**os.environ, "HENGJI_DATA": str(data), "DJANGO_SETTINGS_MODULE": "hengji.web.settings"}
    subprocess.run([sys.executable, "-c", _BACK], env=environment, check=True)

    def guards() -> int:
        with sqlite3.connect(data / "hengji.sqlite3") as database:
            return int(database.execute("SELECT count(*) FROM sqlite_master WHERE type = 'trigger'").fetchone()[0])

    assert guards() == 0
    made = run("upgrade", "--data", str(data))
    assert made.returncode == 0
    assert guards() == 2
    (safe,) = tmp_path.glob("data-升级前-*.zip")
    assert run("restore", str(safe), "--data", str(tmp_path / "before")).returncode == 0
    assert run("verify", "--data", str(data)).returncode == 0


@pytest.mark.parametrize("spoil", ["byte", "path", "list", "nothing"])
def test_a_spoilt_backup_is_refused(archive: Path, tmp_path: Path, spoil: str) -> None:
    data = tmp_path / "data"
    with zipfile.ZipFile(archive) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    archive = tmp_path / "a.zip"
    if spoil == "byte":
        parts["hengji.sqlite3"] = parts["hengji.sqlite3"][:-1] + b"x"
    elif spoil == "path":
        parts["manifest.json"] = json.dumps({"../x": "0"}).encode()
        parts["../x"] = b"x"
    elif spoil == "list":
        del parts["manifest.json"]
    with zipfile.ZipFile(archive, "w") as target:
        for name, content in parts.items():
            target.writestr(name, content)
    if spoil == "nothing":
        archive.write_bytes(b"no zip")
    assert run("restore", str(archive), "--data", str(data)).returncode == 2
    assert not (tmp_path / "x").exists()


def test_a_killed_server_loses_no_acknowledged_save(tmp_path: Path) -> None:
    """Saves go on from several threads until the process is killed; everything that was answered with 200 is there."""
    from tests.web.load import saving

    data = tmp_path / "data"
    acknowledged: list[tuple[str, str]] = []
    with serving(data, "--demo") as address:
        pid = int(subprocess.run(["pgrep", "-of", str(data)], capture_output=True, text=True, check=True).stdout)
        threads = [threading.Thread(target=saving, args=(address, n, acknowledged)) for n in range(4)]
        for thread in threads:
            thread.start()
        while len(acknowledged) < 40 and any(thread.is_alive() for thread in threads):
            threads[0].join(0.05)
        os.killpg(pid, signal.SIGKILL)  # the server and its workers
        for thread in threads:
            thread.join()
    assert len(acknowledged) >= 40
    with sqlite3.connect(data / "hengji.sqlite3") as database:
        kept = {row[0] for row in database.execute("SELECT after FROM trail_entry")}
    lost = [value for _, value in acknowledged if not any(f'"stated":"{value}"' in text for text in kept)]
    assert lost == []
    assert run("verify", "--data", str(data)).returncode == 0


def test_behind_an_https_proxy_forms_work_and_cookies_stay_on_https(tmp_path: Path) -> None:
    with serving(tmp_path / "data", *OF_A_REGION, HENGJI_HTTPS="1", HENGJI_HOSTS="jixiao.example") as address:
        line = http.client.HTTPConnection(address.removeprefix("http://"))
        proxied = {"Host": "jixiao.example", "X-Forwarded-Proto": "https", "Origin": "https://jixiao.example"}
        line.request("GET", "/signin/", headers=proxied)
        page = line.getresponse()
        cookie = page.headers["Set-Cookie"]
        assert "Secure" in cookie
        token = re.search(r'"X-CSRFToken":"([^"]+)"', page.read().decode())
        assert token is not None
        form = urllib.parse.urlencode({"username": "admin", "password": PASSWORD, "csrfmiddlewaretoken": token[1]})
        kind = {"Content-Type": "application/x-www-form-urlencoded", "Referer": "https://jixiao.example/signin/"}
        line.request("POST", "/signin/", form, {**proxied, **kind, "Cookie": cookie.split(";")[0]})
        assert line.getresponse().status == 302
        line.close()


def test_the_server_makes_reports_in_the_background(tmp_path: Path) -> None:
    """The real server, its real worker, and a page that shows the result."""
    from tests.web.load import Clerk, first_filing

    with serving(tmp_path / "data", "--demo") as address:
        health = json.loads(urllib.request.urlopen(f"{address}/health/").read())
        assert health["status"] == "ok"
        clerk = Clerk(address, 0)
        path = f"/filings/{first_filing(clerk)}/report/"
        assert "第一次排版" in clerk.get(path)
        until = time.monotonic() + 90
        while 'class="sheet"' not in clerk.get(path):
            assert time.monotonic() < until
            time.sleep(0.5)
