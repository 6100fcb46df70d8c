"""The app intake (收件与读报告)."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    """收件与读报告."""

    name = "hengji.web.intake"
    label = "intake"
    verbose_name = "收件与读报告"
