"""Work for the child processes of test_guarded: each function stands for a kind of file."""

import os
import signal
import sys
import time
from pathlib import Path

from hengji.model.problem import HengjiError, Problem


def by_name(path: Path) -> tuple[str, int]:
    """Does what the name of the file says; gives the name and the number of the process."""
    match path.stem.partition("-")[0]:
        case "sleep":
            time.sleep(60)
        case "spin":
            while True:
                pass
        case "eat":
            bytearray(20_000_000_000)
        case "die":
            os.kill(os.getpid(), signal.SIGKILL)
        case "abort" | "exit" as how:
            os.abort() if how == "abort" else os._exit(3)
        case "fail":
            raise ValueError("unforeseen")
        case "refuse":
            raise HengjiError(Problem("甲", "一"), Problem("乙", "二"))
        case "deep":
            return by_name(path)
        case "print":
            print("noise", flush=True)
            os.write(1, b"more noise")
            sys.stdout.flush()
        case "slow":
            time.sleep(0.3)
    return path.stem, os.getpid()


def unpicklable(path: Path) -> object:
    """A result that cannot be sent back."""
    return lambda: path
