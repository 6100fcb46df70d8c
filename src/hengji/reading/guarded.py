"""Work on files that nobody vouches for: in child processes, within limits, one bad file never stopping the rest."""

import os
import pickle
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Generic, TypeVar

from hengji.model.problem import HengjiError
from hengji.reading.worker import THREADS, receive, send

SECONDS = 60.0
MEMORY = 4_000_000_000  # bytes of addresses; a converter and a recogniser reserve more than they use
_AHEAD = 3  # pieces of work per process that may be done before their turn
_GRACE = 1.0  # seconds in which a process may end what it has itself started
_JOBS = 8

T = TypeVar("T")


def read_many(
    paths: Iterable[Path],
    work: Callable[[Path], T],
    *,
    jobs: int | None = None,
    seconds: float = SECONDS,
    memory: int = MEMORY,
) -> Iterator[tuple[Path, T | HengjiError]]:
    """What ``work`` makes of every file, in the order of ``paths``; one sentence in place of what it could not.

    ``work`` is a function at the top of a module (it is pickled, as are its results) and runs in ``jobs`` child processes,
    which are used again for further files. A file that takes longer than ``seconds`` or more than ``memory`` bytes, or brings
    its process down, becomes a HengjiError, and the others go on in a new process. Work begins at once, before the first
    result is asked for.
    """
    files = list(paths)
    count = max(1, min(jobs or min(os.cpu_count() or 1, _JOBS), len(files) or 1))
    return _results(_Crew(files, count, lambda: _Worker(work, seconds, memory, max(1, (os.cpu_count() or 1) // count))))


def _results(crew: "_Crew[T]") -> Iterator[tuple[Path, T | HengjiError]]:
    try:
        yield from crew.results()
    finally:
        crew.stop()


class _Worker(Generic[T]):
    """One child process, started when there is something to do and again when it was ended."""

    def __init__(self, work: Callable[[Path], T], seconds: float, memory: int, threads: int) -> None:
        self.work = pickle.dumps(work)
        self.seconds, self.memory, self.threads = seconds, memory, threads
        self.process: subprocess.Popen[bytes] | None = None
        self.late, self.closed = False, False

    def do(self, path: Path) -> T | HengjiError:
        """The result for one file."""
        try:
            if self.process is None:
                self._start()
            return self._ask(path)
        except (OSError, EOFError, pickle.UnpicklingError):
            late = self.late
            self.end()
            return HengjiError(_late(path, self.seconds) if late else _fallen(path))

    def _start(self) -> None:
        if self.closed:
            raise EOFError
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-m", "hengji.reading.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            # Recognisers that each take every core stand in each other's way.
            env={**os.environ, THREADS: str(self.threads)},
            start_new_session=os.name == "posix",
        )
        assert self.process.stdin is not None
        send(self.process.stdin, (sys.path, self.memory, self.work))

    def _ask(self, path: Path) -> T | HengjiError:
        process = self.process
        assert process is not None
        assert process.stdin is not None
        assert process.stdout is not None
        self.late = False
        clock = threading.Timer(self.seconds, self._too_late)
        clock.daemon = True
        clock.start()
        try:
            send(process.stdin, (path, self.seconds))
            result, problems = receive(process.stdout)
        finally:
            clock.cancel()
        return HengjiError(*problems) if problems else result

    def _too_late(self) -> None:
        self.late = True
        self.end(wait=False)

    def end(self, *, wait: bool = True) -> None:
        """Ends the process and what it has started, first by asking, so that a converter of its own ends too."""
        process = self.process
        if process is None:
            return
        with suppress(OSError):
            process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(_GRACE)
        _kill(process)
        if wait:
            self.process = None
            for pipe in (process.stdin, process.stdout):
                with suppress(OSError):
                    if pipe is not None:
                        pipe.close()


def _kill(process: "subprocess.Popen[bytes]") -> None:
    with suppress(OSError):
        if os.name == "posix":
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    process.wait()


def _late(path: Path, seconds: float) -> str:
    return f"{path.name} 读了{seconds:g}秒还没有读完，已跳过，请拆开或另存后再试"


def _fallen(path: Path) -> str:
    return f"{path.name} 使读取中途停止（文件可能已损坏，或要用的内存太多），已跳过，请用原来的软件另存一次再试"


class _Crew(Generic[T]):
    """Threads, one a process, that take files in order; their results wait for their turn."""

    def __init__(self, files: list[Path], count: int, hire: Callable[[], _Worker[T]]) -> None:
        self.files = files
        self.done: queue.Queue[tuple[int, T | HengjiError]] = queue.Queue()
        self.tasks: queue.SimpleQueue[int] = queue.SimpleQueue()
        for number in range(len(files)):
            self.tasks.put(number)
        self.room = threading.Semaphore(count * _AHEAD)
        self.stopped = False
        self.workers = [hire() for _ in range(count)]
        self.threads = [threading.Thread(target=self._serve, args=(each,), daemon=True) for each in self.workers]
        for thread in self.threads:
            thread.start()

    def results(self) -> Iterator[tuple[Path, T | HengjiError]]:
        """Every file with its result, in order."""
        waiting: dict[int, T | HengjiError] = {}
        for number, path in enumerate(self.files):
            while number not in waiting:
                found, result = self.done.get()
                waiting[found] = result
            self.room.release()
            yield path, waiting.pop(number)

    def _serve(self, worker: _Worker[T]) -> None:
        while True:
            self.room.acquire()
            try:
                number = self.tasks.get_nowait()
            except queue.Empty:
                return
            if self.stopped:
                return
            self.done.put((number, worker.do(self.files[number])))

    def stop(self) -> None:
        """Ends every process; what nobody waits for any more is left undone."""
        self.stopped = True
        for _ in self.threads:
            self.room.release()
        for worker in self.workers:
            worker.closed = True
            worker.end(wait=False)
        for thread in self.threads:
            thread.join()
        for worker in self.workers:
            worker.end()
