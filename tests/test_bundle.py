"""The archive for machines without internet: what each platform needs, and a start with the network off."""

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from platform import machine

import pytest

from tests.test_assets import tool

# Runs in a network namespace of its own, in which there is nothing but the loopback interface, brought up here.
INSIDE = """
import fcntl, json, socket, struct, subprocess, sys, time, urllib.request
fcntl.ioctl(socket.socket(socket.AF_INET, socket.SOCK_DGRAM), 0x8914, struct.pack("16sh14x", b"lo", 1))
server = subprocess.Popen(["sh", "start.sh", "--port", "8765", "--admin-password-file", sys.argv[1]])
try:
    while server.poll() is None:
        try:
            print(json.load(urllib.request.urlopen("http://127.0.0.1:8765/health/"))["status"])
            break
        except OSError:
            time.sleep(0.3)
    print(len(urllib.request.urlopen("http://127.0.0.1:8765/static/vendor/htmx.min.js").read()) > 10_000)
finally:
    server.terminate()
    server.wait(30)
"""


def test_each_platform_gets_what_its_markers_say() -> None:
    bundle = tool("bundle")
    names = {
        (platform.name, python): {each.requirement.name for each in bundle.needed(platform, python)}
        for platform in bundle.PLATFORMS
        for python in bundle.PYTHONS
    }
    for (platform, _), found in names.items():
        windows = platform.startswith("windows")
        assert ("gunicorn" in found) != windows
        assert ("colorama" in found) == windows
        assert {"django", "numpy", "pip", "typst"} <= found
        assert "hatchling" not in found


def test_every_package_is_asked_for_by_its_hashes_and_once() -> None:
    bundle = tool("bundle")
    for platform in bundle.PLATFORMS:
        needed = list(bundle.needed(platform, "3.12"))
        assert len({each.requirement.name for each in needed}) == len(needed)
        assert all(each.hashes and "--hash=sha256:" in each.line(marked=False) for each in needed)


@pytest.mark.skipif(sys.platform != "linux", reason="网络命名空间只在 Linux 上有")
def test_it_starts_with_the_network_off(tmp_path: Path) -> None:
    if (
        not shutil.which("unshare")
        or subprocess.run(["unshare", "-rn", "true"], check=False, capture_output=True).returncode
    ):
        pytest.skip("本机不能建网络命名空间，断网启动的测试跳过")
    bundle = tool("bundle")
    here = next((each for each in bundle.PLATFORMS if each.name == f"linux-{machine()}"), None)
    python = f"{sys.version_info[0]}.{sys.version_info[1]}"
    if here is None or python not in bundle.PYTHONS:
        pytest.skip("离线包不含本机的平台或 Python 版本")
    archive = bundle.bundle(tmp_path, [here], [python])
    with zipfile.ZipFile(archive) as packed:
        packed.extractall(tmp_path)
    (folder,) = (each for each in tmp_path.iterdir() if each.is_dir())
    secret = tmp_path / "password.txt"
    secret.write_text("ceshi-koling-2026", encoding="utf-8")
    said = subprocess.run(
        ["unshare", "-rn", sys.executable, "-c", INSIDE, str(secret)],
        cwd=folder,
        env={"PATH": "/usr/bin:/bin", "PYTHON": sys.executable, "HOME": str(tmp_path), "LC_ALL": "C.UTF-8"},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert said.stdout.splitlines()[-2:] == ["ok", "True"], said.stderr
