"""The app api (数据接口)."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """数据接口."""

    name = "hengji.web.api"
    label = "api"
    verbose_name = "数据接口"
