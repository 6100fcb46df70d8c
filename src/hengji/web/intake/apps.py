"""The app intake (收件与读报告)."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    """收件与读报告."""

    name = "hengji.web.intake"
    label = "intake"
    verbose_name = "收件与读报告"

    def ready(self) -> None:
        """Brings what taking in needs."""
        from hengji.web.intake import guards  # noqa: F401, PLC0415 - for its effect, once models are there
