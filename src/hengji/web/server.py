"""The web server: gunicorn with a process for each processor, waitress where there is no fork."""

import errno
import os
import socket
import struct
import sys
from typing import TYPE_CHECKING, Any

from hengji.model.problem import HengjiError
from hengji.web.jobs.crew import Crew

if TYPE_CHECKING:
    from gunicorn.workers.gthread import ThreadWorker

_THREADS = 4  # a process
_MOST_WORKERS = 8
_GRACE = 5  # seconds for requests in hand when the server ends
_PATIENCE = 60  # seconds without a byte from somebody who is sending; a thread is held meanwhile
_WHY = {
    errno.EADDRINUSE: "已有程序在用",
    errno.EACCES: "这个端口要管理员权限",
    errno.EADDRNOTAVAIL: "本机没有这个地址",
}
_MOST_BODY = 220 * 1024 * 1024


def claim(host: str, port: int) -> None:
    """Whether the address can be listened on. Raises HengjiError where not, before anything is made."""
    if not 0 < port < 1 << 16:
        raise HengjiError(f"没有 {port} 这个端口，请用 --port 给出1至65535之间的数")
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as tried:
            if os.name == "posix":
                tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            tried.bind(address)
    except socket.gaierror as error:
        raise HengjiError(f"找不到地址 {host}，请用 --host 写本机的地址") from error
    except OSError as error:
        why = _WHY.get(error.errno or 0, str(error.strerror))
        raise HengjiError(f"{host} 的端口 {port} 用不了：{why}。请用 --port 换一个端口") from error


def run(host: str, port: int, workers: int = 0) -> None:
    """Serves until it is stopped, with one worker for background jobs beside."""
    from hengji.web.wsgi import application  # noqa: PLC0415 - after the settings are known

    assert application is not None  # every module is imported before the fork
    from hengji.web.warm import warm  # noqa: PLC0415

    warm()
    crew = Crew()
    crew.start()
    try:
        if sys.platform == "win32":
            _waitress(host, port)
        else:
            _gunicorn(host, port, workers or min(_MOST_WORKERS, os.cpu_count() or 1))
    finally:
        crew.stop()


def _waitress(host: str, port: int) -> None:
    from waitress import serve  # noqa: PLC0415 - on Windows only

    from hengji.web.wsgi import application  # noqa: PLC0415 - after the settings are known

    serve(application, host=host, port=port, threads=2 * _THREADS, ident=None, max_request_body_size=_MOST_BODY)


def _gunicorn(host: str, port: int, workers: int) -> None:
    from django.db import connections  # noqa: PLC0415 - after the settings are known
    from gunicorn.app.base import BaseApplication  # noqa: PLC0415 - not on Windows

    class Application(BaseApplication):  # type: ignore[misc]
        """Gunicorn told by code instead of by a file."""

        def load_config(self) -> None:
            """Threads beside processes, so that a slow reader holds nobody up; workers are renewed now and then."""
            settings: dict[str, Any] = {
                "bind": f"[{host}]:{port}" if ":" in host else f"{host}:{port}",
                "workers": workers,
                "threads": _THREADS,
                "worker_class": "gthread",
                "timeout": 120,
                "graceful_timeout": _GRACE,
                "max_requests": 20_000,
                "max_requests_jitter": 2_000,
                "loglevel": "warning",
                "proc_name": "hengji",
                "control_socket_disable": True,
                "post_worker_init": _bound,
                "worker_exit": _gone,
            }
            for name, value in settings.items():
                if name in self.cfg.settings:
                    self.cfg.set(name, value)

        def load(self) -> object:
            """The application, in each worker."""
            from hengji.web.wsgi import application  # noqa: PLC0415 - in the worker

            return application

    connections.close_all()  # a connection does not survive the fork
    Application().run()


def _bound(worker: "ThreadWorker") -> None:
    """Somebody who begins a request and never ends it holds a thread no longer than our patience."""
    for listening in worker.sockets:
        for option in (socket.SO_RCVTIMEO, socket.SO_SNDTIMEO):
            listening.sock.setsockopt(socket.SOL_SOCKET, option, struct.pack("ll", _PATIENCE, 0))


def _gone(_: object, worker: "ThreadWorker") -> None:
    """A worker whose term is over ends at once; Python would wait for every thread, however long its request."""
    if worker.booted:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(0)
