"""When a test may be skipped, and when it may not.

On a person's machine a test that lacks a program is skipped and says so. Under CI=true nothing is skipped silently:
every skip becomes a failure, but for the material in ../shared, which lies beside some clones only.
"""

import os
import shutil
import tempfile
from collections.abc import Callable, Generator
from pathlib import Path
from typing import TypeVar

import pytest

pytest_plugins = ["pytester"]  # test_conftest.py runs a suite of its own

ROOT = Path(__file__).resolve().parent.parent

RequireProgram = Callable[[str], Path]
Report = TypeVar("Report", pytest.TestReport, pytest.CollectReport)

# The only reason to skip that CI allows.
SHARED_ABSENT = "仓库旁没有 shared 目录，用到其中资料的测试跳过"


def in_ci() -> bool:
    return os.environ.get("CI") == "true"


@pytest.hookimpl(optionalhook=True)  # some runs go without the plugin
def pytest_xdist_auto_num_workers() -> int:
    """One worker more than cores: those that drive a browser or a server wait for it half of their time."""
    return (os.cpu_count() or 1) + 1


FIRST_STARTS = "TESTS_FIRST_STARTS"  # the folder in which all workers share what a server's first start makes


def pytest_configure(config: pytest.Config) -> None:
    """The process that starts the workers makes their common folder."""
    if not hasattr(config, "workerinput"):
        os.environ[FIRST_STARTS] = tempfile.mkdtemp(prefix="hengji-first-starts-")


def pytest_unconfigure(config: pytest.Config) -> None:
    """And takes it away."""
    if not hasattr(config, "workerinput"):
        shutil.rmtree(os.environ[FIRST_STARTS], ignore_errors=True)


# What takes minutes: a database server, an installation of its own, browsers.
_LONG = ("test_postgresql.py", "test_review_browser.py", "test_bundle.py", "test_browser.py", "test_narrow_browser.py")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest tests begin first: one that began last would keep the other workers waiting for it."""
    items.sort(key=lambda item: item.path.name not in _LONG)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of reference material beside the repository."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip(SHARED_ABSENT)
    return folder


@pytest.fixture(scope="session")
def require_program() -> RequireProgram:
    """Gives the path of a program, as in `require_program("soffice")`."""

    def find(name: str) -> Path:
        found = shutil.which(name)
        if found is None:
            pytest.skip(f"本机没有 {name}，用到它的测试跳过")
        return Path(found)

    return find


def _forbid(report: Report, error: BaseException | None) -> Report:
    expected = hasattr(report, "wasxfail") or str(error) == SHARED_ABSENT
    if report.skipped and not expected and in_ci():
        report.outcome = "failed"
        report.longrepr = f"持续集成中不允许跳过：{error}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    call: pytest.CallInfo[None],
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    return _forbid(report, call.excinfo.value if call.excinfo else None)


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    call: pytest.CallInfo[None] | None = getattr(report, "call", None)
    return _forbid(report, call.excinfo.value if call and call.excinfo else None)
