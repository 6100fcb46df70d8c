"""Keeping a worker's process going (后台进程的看护): started again when it falls, ended with who started it. No Django here."""

import contextlib
import os
import subprocess
import sys
import threading
import time

_REST = 2.0  # seconds before a process that fell is started again
_GRACE = 4.0  # seconds in which a process may put its job back into the queue


class Crew:
    """One worker's process at a time, until ``stop``."""

    def __init__(self) -> None:
        self.owner = os.getpid()
        self.ending = threading.Event()
        self.process: subprocess.Popen[bytes] | None = None

    def keep(self) -> None:
        """Starts the process, and again whenever it ends by itself; returns after ``stop``."""
        while not self.ending.is_set():
            # The pipe closes when this process is gone, however it went, and the worker ends then.
            self.process = subprocess.Popen([sys.executable, "-P", "-m", "hengji.web.jobs"], stdin=subprocess.PIPE)
            self.process.wait()
            self.ending.wait(_REST)

    def start(self) -> None:
        """Keeps the process from a thread beside."""
        threading.Thread(target=self.keep, daemon=True).start()

    def stop(self) -> None:
        """Ends the process, by asking first. A process forked from this one owns nothing and ends nothing."""
        if os.getpid() != self.owner:
            return
        self.ending.set()
        process = self.process
        if process is None:
            return
        with contextlib.suppress(OSError):
            process.terminate()
        until = time.monotonic() + _GRACE
        while process.poll() is None and time.monotonic() < until:
            time.sleep(0.05)
        with contextlib.suppress(OSError):
            process.kill()
