"""The app states (状态与流转)."""

from django.apps import AppConfig


class StatesConfig(AppConfig):
    """状态与流转."""

    name = "hengji.web.states"
    label = "states"
    verbose_name = "状态与流转"
