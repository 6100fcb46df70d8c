"""The child process that guarded.py starts: does one piece of work after another within limits of time and memory.

Frames of pickled bytes, each after its length, come in at the standard input and go out at what was the standard output.
"""

import importlib.util
import os
import pickle
import signal
import struct
import sys
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

from hengji.model.problem import HengjiError

THREADS = "HENGJI_THREADS"  # how many threads a library may use in this process
_LENGTH = struct.Struct("<Q")
_SPARE = 10  # seconds of computing before the parent, which counts by the clock, must be gone


def send(stream: IO[bytes], thing: object) -> None:
    """Writes one frame of something pickled, or of bytes that are."""
    data = thing if isinstance(thing, bytes) else pickle.dumps(thing)
    stream.write(_LENGTH.pack(len(data)) + data)
    stream.flush()


def receive(stream: IO[bytes]) -> Any:  # noqa: ANN401 - whatever was sent
    """Reads one frame. Raises EOFError where the other side is gone."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        raise EOFError
    data = stream.read(_LENGTH.unpack(head)[0])
    return pickle.loads(data)  # noqa: S301 - both ends are this program


def main() -> None:
    """Serves until the parent is gone."""
    source, sink = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    # What a library prints must not get between the frames.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    try:
        paths, memory, pickled = receive(source)
        sys.path[:] = [*paths, *(path for path in sys.path if path not in paths)]
        _limit_memory(memory)
        work = pickle.loads(pickled)  # noqa: S301 - the parent's own function
        while True:
            path, seconds = receive(source)
            _limit_computing(seconds)
            send(sink, _done(work, path))
    except EOFError:
        return


def _done(work: Callable[[Path], object], path: Path) -> bytes:
    """The result, or the problems in its place, pickled here, so that nothing fails halfway through a frame."""
    try:
        return pickle.dumps((work(path), ()))
    except HengjiError as error:
        problems = error.problems
    except MemoryError:
        problems = HengjiError(f"{path.name} 要用的内存太多，已跳过，请拆开或另存后再试").problems
    except RecursionError:
        problems = HengjiError(f"{path.name} 的内容嵌套过深，不像是正常文件，没有读").problems
    except Exception as error:  # noqa: BLE001 - one file must not stop the others
        said = f"{path.name} 没有读成（{type(error).__name__}：{error}），请把这句话告诉维护者"
        problems = HengjiError(said).problems
    # An exception itself would come out of the pickle with its problems run together.
    return pickle.dumps((None, problems))


def _limit_memory(memory: int) -> None:
    if _has_limits() and sys.platform != "darwin":  # macOS has the limit and does not keep it
        import resource  # noqa: PLC0415 - not on Windows

        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        most = memory if hard == resource.RLIM_INFINITY else min(memory, hard)
        resource.setrlimit(resource.RLIMIT_AS, (most, hard))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _limit_computing(seconds: float) -> None:
    """Ends this process by itself where the parent is not there to do it."""
    if _has_limits():
        import resource  # noqa: PLC0415 - not on Windows

        used = sum(os.times()[:2])
        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        most = int(used + seconds * (os.cpu_count() or 1)) + _SPARE
        resource.setrlimit(resource.RLIMIT_CPU, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def _has_limits() -> bool:
    return importlib.util.find_spec("resource") is not None


if __name__ == "__main__":
    main()
