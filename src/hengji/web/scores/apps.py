"""The app scores (得分摘要)."""

from django.apps import AppConfig


class ScoresConfig(AppConfig):
    """得分摘要."""

    name = "hengji.web.scores"
    label = "scores"
    verbose_name = "得分摘要"
