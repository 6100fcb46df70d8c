"""The app authoring (指标体系编写)."""

from django.apps import AppConfig


class AuthoringConfig(AppConfig):
    """指标体系编写."""

    name = "hengji.web.authoring"
    label = "authoring"
    verbose_name = "指标体系编写"
