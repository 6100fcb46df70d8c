"""The rules of skipping, tried on a small suite of its own."""

from pathlib import Path

import pytest

CONFTEST = Path(__file__).with_name("conftest.py")

SUITE = """
    import pytest

    def test_program(require_program):
        require_program("no-such-program")

    @pytest.mark.skip(reason="later")
    def test_marked():
        pass

    @pytest.mark.xfail(strict=True)
    def test_expected_failure():
        assert False

    def test_shared(shared):
        pass
"""

MODULE = """
    import pytest

    pytest.importorskip("no_such_module")

    def test_never_collected():
        pass
"""


@pytest.fixture
def suite(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    monkeypatch.delenv("DJANGO_SETTINGS_MODULE", raising=False)  # of the suite around this one
    folder = pytester.mkdir("repository")
    tests = folder / "tests"
    tests.mkdir()
    (tests / "conftest.py").write_text(CONFTEST.read_text(encoding="utf-8"), encoding="utf-8")
    pytester.chdir()
    return pytester


def run(suite: pytest.Pytester, text: str) -> pytest.RunResult:
    path = suite.path / "repository" / "tests" / "test_it.py"
    suite.makepyfile(test_it=text)
    (suite.path / "test_it.py").rename(path)
    return suite.runpytest_subprocess("-p", "no:cacheprovider", "-rs", str(path))


def test_a_person_sees_why_tests_were_skipped(suite: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)
    result = run(suite, SUITE)
    result.assert_outcomes(skipped=3, xfailed=1)
    result.stdout.fnmatch_lines(["*本机没有 no-such-program*"])


def test_ci_allows_only_the_shared_folder_to_be_absent(suite: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    result = run(suite, SUITE)
    # The fixture skips while the test is set up, which a closing line counts as an error.
    result.assert_outcomes(failed=1, errors=1, skipped=1, xfailed=1)
    result.stdout.fnmatch_lines(["*持续集成中不允许跳过*no-such-program*"])


def test_shared_is_found_beside_the_repository(suite: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    suite.mkdir("shared")
    run(suite, "def test_shared(shared): assert shared.name == 'shared'").assert_outcomes(passed=1)


def test_ci_refuses_a_module_that_skips_itself(suite: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)
    run(suite, MODULE).assert_outcomes(skipped=1)
    monkeypatch.setenv("CI", "true")
    run(suite, MODULE).assert_outcomes(errors=1)
