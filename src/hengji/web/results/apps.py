"""The app results (公开、统计与应用)."""

from django.apps import AppConfig


class ResultsConfig(AppConfig):
    """公开、统计与应用."""

    name = "hengji.web.results"
    label = "results"
    verbose_name = "公开、统计与应用"
