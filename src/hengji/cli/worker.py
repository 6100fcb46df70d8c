"""hengji worker: background jobs on this machine, for a database that several machines share."""

import signal
import sys

from hengji.cli.screen import console
from hengji.cli.serve import DataOption


def worker(data: DataOption = None) -> None:
    """Takes background jobs until it is stopped; ``hengji serve`` has one of its own already."""
    from hengji.web import start, stopping

    stopping.heed()
    start.set_up(data)
    from hengji.web.archive import is_new
    from hengji.web.jobs.crew import Crew

    if is_new():
        console().print("还没有数据库，请先运行 hengji serve。")
        return
    crew = Crew()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    console().print("后台进程已启动，按 Ctrl C 停止。")
    try:
        crew.keep()
    finally:
        crew.stop()
