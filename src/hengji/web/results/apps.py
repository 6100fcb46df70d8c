"""The app results (公开、统计与应用)."""

from django.apps import AppConfig


class ResultsConfig(AppConfig):
    """公开、统计与应用."""

    name = "hengji.web.results"
    label = "results"
    verbose_name = "公开、统计与应用"

    def ready(self) -> None:
        """Brings what making public needs and what follows it."""
        from hengji.web.results import guards  # noqa: F401, PLC0415 - for its effect, once models are there
