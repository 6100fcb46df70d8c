"""Lockout (锁定) as pages speak of it; counting and locking is django-axes'."""

from axes.handlers.proxy import AxesProxyHandler
from axes.utils import reset
from django.conf import settings
from django.http import HttpRequest


def tries_left(request: HttpRequest) -> int:
    """How often the name that was just tried may be tried again."""
    credentials = {"username": request.POST.get("username", "")}
    failures = AxesProxyHandler.get_failures(request, credentials)
    return max(0, int(settings.AXES_FAILURE_LIMIT) - int(failures))


def minutes() -> int:
    """For how long an account stays locked."""
    return int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)


def release(username: str) -> None:
    """Unlocks an account."""
    reset(username=username)
