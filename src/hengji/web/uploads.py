"""Uploads end at a limit while they arrive, and never stand in memory as a whole."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.core.files.uploadhandler import StopUpload, TemporaryFileUploadHandler
from django.http import HttpRequest

MOST_BYTES = 50 * 1024 * 1024
View = TypeVar("View", bound=Callable[..., Any])


def takes(most: int) -> Callable[[View], View]:
    """Gives a view a limit of its own for each file it is sent."""

    def decorate(view: View) -> View:
        view.most_bytes = most  # type: ignore[attr-defined]
        return view

    return decorate


def _limit(request: HttpRequest | None) -> int:
    match = getattr(request, "resolver_match", None)
    found: int = getattr(getattr(match, "func", None), "most_bytes", MOST_BYTES)
    return found


class Limited(TemporaryFileUploadHandler):
    """Writes an upload to a temporary file; one that grows too large ends the request."""

    taken = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's own signature
        """A further file of the request; each has its own limit."""
        self.taken = 0
        super().new_file(*args, **kwargs)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """Counts what has come, and stops at the limit."""
        self.taken += len(raw_data)
        if self.taken > _limit(self.request):
            if self.request is not None:
                self.request.META["HENGJI_TOO_LARGE"] = "1"
            raise StopUpload(connection_reset=False)
        return super().receive_data_chunk(raw_data, start)
