"""Reading files in the test's own process, for tests of what comes of it; of the child processes are tests/reading/test_guarded.py and whatever is marked."""

import pickle
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from hengji.model.problem import HengjiError
from hengji.reading import guarded
from hengji.reading.worker import _done


class Here:
    """Stands in for the crew of child processes, each of which takes seconds to import and compile what it needs."""

    def __init__(self, files: list[Path], _: int, hire: "Callable[[], guarded._Worker[object]]") -> None:
        self.files, self.work = files, pickle.loads(hire().work)

    def results(self) -> Iterator[tuple[Path, object]]:
        """Every file with its result, in order, pickled and told as a child process does."""
        for path in self.files:
            result, problems = pickle.loads(_done(self.work, path))
            yield path, HengjiError(*problems) if problems else result

    def stop(self) -> None:
        """There is nothing to end."""


@pytest.fixture(autouse=True)
def read_here(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """No child processes, but for the tests marked with `child_processes`."""
    if request.node.get_closest_marker("child_processes") is None:
        monkeypatch.setattr(guarded, "_Crew", Here)
