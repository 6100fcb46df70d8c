"""The app notices (通知与进度)."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """通知与进度."""

    name = "hengji.web.notices"
    label = "notices"
    verbose_name = "通知与进度"

    def ready(self) -> None:
        """Brings what follows moves: the terms of the next step."""
        from hengji.web.notices import terms  # noqa: F401, PLC0415 - for its effect, once models are there
