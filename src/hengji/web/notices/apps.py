"""The app notices (通知与进度)."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """通知与进度."""

    name = "hengji.web.notices"
    label = "notices"
    verbose_name = "通知与进度"
