"""A bare Django view for comparison: one row written and a small page rendered, no accounts, no trail, no scores.

Run as ``python -m benchmarks.bare FOLDER PORT WORKERS``: the same server and the same database settings as the application.
"""

import sys
from pathlib import Path
from typing import Any

from django.conf import settings


def _configure(folder: Path) -> None:
    sqlite: dict[str, Any] = {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": folder / "bare.sqlite3",
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        },
    }
    settings.configure(
        SECRET_KEY="bare",
        ALLOWED_HOSTS=["*"],
        ROOT_URLCONF="benchmarks.bare_urls",
        INSTALLED_APPS=["django.contrib.contenttypes"],
        MIDDLEWARE=["django.middleware.common.CommonMiddleware"],
        DATABASES={"default": sqlite},
        TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates"}],
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        USE_TZ=True,
    )


def main(folder: Path, port: int) -> None:
    """Serves until it is stopped."""
    import django

    _configure(folder)
    django.setup()
    from django.core.wsgi import get_wsgi_application
    from django.db import connection, connections

    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bare_row (id INTEGER PRIMARY KEY, name TEXT, value TEXT, version INTEGER)")
        cursor.executemany("INSERT INTO bare_row VALUES (%s, %s, '0', 0)", [(n, f"数据项{n}") for n in range(1, 301)])
    connections.close_all()
    from gunicorn.app.base import BaseApplication

    class Application(BaseApplication):  # type: ignore[misc]
        def load_config(self) -> None:
            for name, value in {
                "bind": f"127.0.0.1:{port}", "workers": 2, "threads": 4, "worker_class": "gthread", "loglevel": "warning",
                "control_socket_disable": True,
            }.items():  # fmt: skip
                if name in self.cfg.settings:
                    self.cfg.set(name, value)

        def load(self) -> object:
            return get_wsgi_application()

    Application().run()


if __name__ == "__main__":
    sys.argv, given = sys.argv[:1], sys.argv[1:]
    main(Path(given[0]), int(given[1]))
