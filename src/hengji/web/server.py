"""The web server: gunicorn with a process for each processor, waitress where there is no fork."""

import os
import sys
from typing import Any

from hengji.web.jobs.crew import Crew

_THREADS = 4  # a process
_MOST_WORKERS = 8
_MOST_BODY = 220 * 1024 * 1024


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
                "graceful_timeout": 8,
                "max_requests": 20_000,
                "max_requests_jitter": 2_000,
                "loglevel": "warning",
                "proc_name": "hengji",
                "control_socket_disable": True,
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
