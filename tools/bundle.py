"""One archive for a machine without internet (离线包): wheels of all locked packages for three platforms, ours, and start scripts.

    python tools/bundle.py [--to dist] [--platform linux-x86_64 …] [--python 3.11 …]

What each platform needs is worked out here, from the markers of the lock, since pip would judge them by the machine it runs on.
"""

import argparse
import hashlib
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ("requirements.lock", "requirements-bundle.lock")
PYTHONS = ("3.11", "3.12", "3.13")
_ONLY_FOR_BUILDING = {"hatchling", "editables", "trove-classifiers", "pathspec", "pluggy"}
_EXECUTABLE = 0o755


@dataclass(frozen=True)
class Platform:
    """A kind of machine: pip's names of it, and what markers say there."""

    name: str
    tags: tuple[str, ...]
    markers: dict[str, str]


def _linux(machine: str) -> Platform:
    tags = (f"manylinux2014_{machine}", *(f"manylinux_2_{minor}_{machine}" for minor in range(17, 29)))
    return Platform(
        f"linux-{machine}",
        tags,
        {"sys_platform": "linux", "platform_system": "Linux", "os_name": "posix", "platform_machine": machine},
    )


PLATFORMS = (
    _linux("x86_64"),
    _linux("aarch64"),
    Platform(
        "windows-amd64",
        ("win_amd64",),
        {"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt", "platform_machine": "AMD64"},
    ),
)


@dataclass(frozen=True)
class Locked:
    """One package of a lock: the requirement with its marker, and its hashes."""

    requirement: Requirement
    hashes: tuple[str, ...]

    def line(self, *, marked: bool) -> str:
        """The line of a lock again, with its marker or, for a machine of which that is known to hold, without."""
        said = f"{self.requirement.name}{self.requirement.specifier}"
        said += f" ; {self.requirement.marker}" if marked and self.requirement.marker else ""
        return " ".join([said, *(f"--hash=sha256:{each}" for each in self.hashes)])


def locked() -> list[Locked]:
    """Everything that is installed with the package, and pip to install it with."""
    found = []
    for lock in LOCKS:
        text = re.sub(r"^\s*#.*\n", "", (ROOT / lock).read_text(encoding="utf-8"), flags=re.MULTILINE)
        for entry in text.replace("\\\n", " ").splitlines():
            said, *hashes = re.split(r"\s--hash=sha256:", entry)
            found.append(Locked(Requirement(said.strip()), tuple(each.strip() for each in hashes)))
    return [each for each in found if each.requirement.name not in _ONLY_FOR_BUILDING]


def needed(platform: Platform, python: str) -> Iterator[Locked]:
    """What is needed on one platform under one Python."""
    there = {
        **platform.markers,
        "python_version": python,
        "python_full_version": f"{python}.0",
        "implementation_name": "cpython",
        "platform_python_implementation": "CPython",
        "extra": "",
    }
    for each in locked():
        if each.requirement.marker is None or each.requirement.marker.evaluate(there):
            yield each


def fetch(platform: Platform, python: str, wheels: Path, work: Path) -> None:
    """Downloads the wheels of one platform and Python; what is there is not fetched again."""
    names = work / f"{platform.name}-{python}.txt"
    names.write_text("\n".join(each.line(marked=False) for each in needed(platform, python)) + "\n", encoding="utf-8")
    tag = "cp" + python.replace(".", "")
    own = work / f"{platform.name}-{python}"
    command = [sys.executable, "-m", "pip", "download", "-qq", "--disable-pip-version-check", "--no-input", "--no-deps",
               "--only-binary=:all:", "--require-hashes", "-r", str(names), "--dest", str(own), "--implementation", "cp",
               "--python-version", python, "--abi", tag, "--abi", "abi3", "--abi", "none",
               *(part for each in platform.tags for part in ("--platform", each))]  # fmt: skip
    said = subprocess.run(command, capture_output=True, text=True, check=False)
    if said.returncode:
        raise SystemExit(f"{platform.name}（Python {python}）的安装包没有取齐：\n{said.stderr.strip()}")
    for wheel in own.iterdir():
        shutil.move(wheel, wheels / wheel.name)


def own_wheel(wheels: Path) -> Path:
    """Our own wheel, with the front-end files in it."""
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(wheels)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (found,) = wheels.glob("hengji-*.whl")
    return found


def requirements(own: Path) -> str:
    """What the start script installs: the lock, and our wheel by its hash."""
    lines = [each.line(marked=True) for each in locked()]
    return (
        "\n".join([*lines, f"./wheels/{own.name} --hash=sha256:{hashlib.sha256(own.read_bytes()).hexdigest()}"]) + "\n"
    )


def bundle(to: Path, platforms: list[Platform], pythons: list[str]) -> Path:
    """The archive."""
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    name = f"hengji-{version}-offline"
    with tempfile.TemporaryDirectory() as place:
        work, inside = Path(place), Path(place) / name
        wheels = inside / "wheels"
        wheels.mkdir(parents=True)
        own = own_wheel(wheels)
        with ThreadPoolExecutor(2) as pool:
            wanted = [(each, python) for each in platforms for python in pythons]
            list(pool.map(lambda pair: fetch(pair[0], pair[1], wheels, work), wanted))
        (inside / "requirements.txt").write_text(requirements(own), encoding="utf-8", newline="\n")
        for path in (ROOT / "bundle").iterdir():
            if path.suffix != ".in":
                text = path.read_text(encoding="utf-8").replace("@PYTHONS@", "、".join(pythons))
                ending = "\r\n" if path.suffix in (".bat", ".txt") else "\n"
                (inside / path.name).write_text(text, encoding="utf-8", newline=ending)
                (inside / path.name).chmod(_EXECUTABLE if path.suffix == ".sh" else 0o644)
        to.mkdir(parents=True, exist_ok=True)
        archive = to / f"{name}.zip"
        with zipfile.ZipFile(archive, "w", zipfile.ZIP_STORED) as packed:  # wheels are compressed already
            for path in sorted(inside.rglob("*")):
                packed.write(path, path.relative_to(work))
    return archive


def main() -> None:
    """Reads the options and makes the archive."""
    parser = argparse.ArgumentParser(description="做离线安装包")
    parser.add_argument("--to", type=Path, default=ROOT / "dist")
    parser.add_argument("--platform", action="append", choices=[each.name for each in PLATFORMS])
    parser.add_argument("--python", action="append", dest="pythons")
    asked = parser.parse_args()
    platforms = [each for each in PLATFORMS if not asked.platform or each.name in asked.platform]
    archive = bundle(asked.to, platforms, asked.pythons or list(PYTHONS))
    print(f"离线包：{archive}（{archive.stat().st_size / 1024 / 1024:.0f} MB）")


if __name__ == "__main__":
    main()
