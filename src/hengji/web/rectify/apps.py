"""The app rectify (问询与整改)."""

from django.apps import AppConfig


class RectifyConfig(AppConfig):
    """问询与整改."""

    name = "hengji.web.rectify"
    label = "rectify"
    verbose_name = "问询与整改"

    def ready(self) -> None:
        """Brings what rectification asks of moves."""
        from hengji.web.rectify import guards  # noqa: F401, PLC0415 - for its effect, once models are there
