"""The app rectify (问询与整改)."""

from django.apps import AppConfig


class RectifyConfig(AppConfig):
    """问询与整改."""

    name = "hengji.web.rectify"
    label = "rectify"
    verbose_name = "问询与整改"
