"""Uploads end at a limit while they arrive, and never stand in memory as a whole."""

from typing import Any

from django.core.files.uploadhandler import StopUpload, TemporaryFileUploadHandler

MOST_BYTES = 50 * 1024 * 1024


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
        if self.taken > MOST_BYTES:
            if self.request is not None:
                self.request.META["HENGJI_TOO_LARGE"] = "1"
            raise StopUpload(connection_reset=False)
        return super().receive_data_chunk(raw_data, start)
