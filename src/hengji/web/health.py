"""健康: whether the application can do its work; no figures, no names."""

import shutil

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, JsonResponse

from hengji import __version__
from hengji.web.gate import everybody

_LEAST_FREE = 200 * 1024 * 1024


@everybody
def health(request: HttpRequest) -> JsonResponse:
    """200 where the database answers, its migrations are applied and the disk has room; else 503."""
    del request
    found = {"database": _database(), "files": _files()}
    well = all(found.values())
    return JsonResponse(
        {"status": "ok" if well else "fault", "version": __version__, **found}, status=200 if well else 503
    )


def _database() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM filings_filingrow LIMIT 1")
    except Exception:  # noqa: BLE001 - whatever it is, the answer is no
        return False
    return True


def _files() -> bool:
    try:
        return shutil.disk_usage(settings.DATA).free > _LEAST_FREE
    except OSError:
        return False
