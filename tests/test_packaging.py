"""What is installed is what the locks name, and the wheel carries the data files."""

import re
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ("requirements.lock", "requirements-test.lock", "requirements-bench.lock")
FRONT_END = ("tabler.min.css", "htmx.min.js", "echarts.min.js", "icons.svg", "LICENSES.txt")
ALL_LOCKS = (*LOCKS, "requirements-assets.lock", "requirements-bundle.lock")
EXTRAS = {
    "requirements.lock": ("build",),
    "requirements-test.lock": ("build", "test"),
    "requirements-bench.lock": ("build", "test", "bench"),
}


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def entries(lock: str) -> Iterator[tuple[Requirement, int]]:
    """Each pinned requirement and how many hashes it has."""
    text = re.sub(r"^\s*#.*\n", "", read(lock), flags=re.MULTILINE)
    for entry in text.replace("\\\n", " ").splitlines():
        requirement, *hashes = re.split(r"\s--hash=sha256:(?=[0-9a-f]{64}\b)", entry)
        yield Requirement(requirement.strip()), len(hashes)


def applicable(lock: str) -> dict[str, str]:
    """Name and version of what the lock asks for on this machine."""
    return {
        canonicalize_name(requirement.name): str(requirement.specifier).removeprefix("==")
        for requirement, _ in entries(lock)
        if requirement.marker is None or requirement.marker.evaluate()
    }


def declared(lock: str) -> list[Requirement]:
    table = tomllib.loads(read("pyproject.toml"))["project"]
    lines: list[str] = [*table["dependencies"]]
    for extra in EXTRAS[lock]:
        lines += table["optional-dependencies"][extra]
    return [Requirement(line) for line in lines]


@pytest.mark.parametrize("lock", ALL_LOCKS)
def test_a_lock_names_no_host(lock: str) -> None:
    assert not re.findall(r"^.*(?:://|--index-url|--extra-index-url|--find-links).*$", read(lock), re.MULTILINE)


@pytest.mark.parametrize("lock", ALL_LOCKS)
def test_every_locked_package_has_hashes(lock: str) -> None:
    locked = list(entries(lock))
    assert locked
    assert [str(requirement) for requirement, hashes in locked if not hashes] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_satisfies_what_the_project_declares(lock: str) -> None:
    locked = applicable(lock)
    unsatisfied = [
        str(requirement)
        for requirement in declared(lock)
        if not requirement.specifier.contains(locked.get(canonicalize_name(requirement.name), "0"))
    ]
    assert unsatisfied == []


def test_the_locks_agree_so_that_one_environment_serves_them_all() -> None:
    base, test, bench = (applicable(lock) for lock in LOCKS)
    assert base.items() <= test.items() <= bench.items()


def test_what_is_installed_is_what_is_locked() -> None:
    locked = applicable("requirements-test.lock")
    assert {name: metadata.version(name) for name in locked} == locked


def licence(distribution: metadata.Distribution) -> str:
    fields = distribution.metadata
    stated = [*fields.get_all("License", []), *fields.get_all("License-Expression", [])]
    return " ".join([*stated, *(line for line in fields.get_all("Classifier", []) if line.startswith("License"))])


def test_no_dependency_is_under_the_agpl() -> None:
    locked = applicable("requirements-test.lock") | applicable("requirements-bench.lock")
    installed = {
        name: licence(distribution)
        for distribution in metadata.distributions()
        if (name := canonicalize_name(distribution.metadata["Name"])) in locked
    }
    assert installed
    assert {name for name, text in installed.items() if re.search(r"AGPL|Affero", text, re.IGNORECASE)} == set()


def test_the_wheel_carries_every_file_of_the_package(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(tmp_path)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (wheel,) = tmp_path.glob("*.whl")
    package = ROOT / "src" / "hengji"
    expected = {
        path.relative_to(package.parent).as_posix()
        for path in package.rglob("*")
        if path.is_file() and path.suffix not in {".pyc", ".pyo"} and not path.name.startswith((".", "~"))
    }
    with zipfile.ZipFile(wheel) as archive:
        held = set(archive.namelist())
    assert expected <= held
    assert {f"hengji/web/static/vendor/{name}" for name in FRONT_END} <= held
