"""The worker's loop (后台进程): takes one job after the other until it is asked to end."""

import contextlib
import os
import secrets
import signal
import socket
import threading
import time

from django.db import DatabaseError, close_old_connections, connection
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult
from django_tasks_db.utils import exclusive_transaction

from hengji.web.jobs import queue
from hengji.web.jobs.running import Stopped

_IDLE = 0.5  # seconds between two looks at an empty queue; a look writes nothing
_ROUND = 10.0  # seconds between two looks for jobs whose process fell
_DAY = 24 * 60 * 60.0


class Loop:
    """Claims and runs jobs. django-tasks' worker does the running; when to look and when to stop is ours."""

    def __init__(self) -> None:
        self.stopping = False
        self.job = 0  # in hand
        self.name = f"{socket.gethostname()[:30]}-{os.getpid()}-{secrets.token_hex(4)}"
        self.worker = Worker(
            queue_names=["*"],
            interval=_IDLE,
            batch=False,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=self.name,
            excluded_queue_names=[],
        )

    def run(self) -> None:
        """Until it is asked to end."""
        looked = tidied = -_DAY
        while not self.stopping:
            close_old_connections()
            now = time.monotonic()
            if now - tidied >= _DAY:
                tidied = now
                queue.tidy()
            if now - looked >= _ROUND:
                looked = now
                queue.take_up()
            if not self.one():
                time.sleep(_IDLE)

    def one(self) -> bool:
        """Runs the next job, if there is one."""
        if not DBTaskResult.objects.ready().exists():
            return False
        with exclusive_transaction():
            found = DBTaskResult.objects.ready().get_locked()
            if found is not None:
                found.claim(self.name)
        if found is not None:
            self.job = int(found.args_kwargs["args"][0])
            try:
                self.worker.run_task(found)
            finally:
                self.job = 0
        return found is not None

    def all(self) -> None:
        """Everything that waits, one after the other; for tests and scripts."""
        while self.one():
            pass

    def stop(self, *_: object) -> None:
        """Ends the loop; a job in hand goes back into the queue at once."""
        self.stopping = True
        if self.job:
            raise Stopped


def _beat(loop: Loop) -> None:
    """Signs of life for the job in hand, whatever it is doing."""
    while True:
        time.sleep(queue.BEAT)
        if loop.job:
            with contextlib.suppress(DatabaseError):  # the next beat will do
                queue.beat(loop.job)
        connection.close()


def _with_parent() -> None:
    """Ends this process when its parent is gone: the pipe that it holds closes."""
    while os.read(0, 1024):  # not by sys.stdin: its lock, held by this thread, would abort the process at its end
        pass
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(5)
    os._exit(1)


def main() -> None:
    """The process; Django is ready."""
    loop = Loop()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl C reaches every process of a terminal; the parent decides
    signal.signal(signal.SIGTERM, loop.stop)
    threading.Thread(target=_beat, args=(loop,), daemon=True).start()
    threading.Thread(target=_with_parent, daemon=True).start()
    loop.run()
