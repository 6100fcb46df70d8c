"""The app trail (修改记录)."""

from django.apps import AppConfig


class TrailConfig(AppConfig):
    """修改记录."""

    name = "hengji.web.trail"
    label = "trail"
    verbose_name = "修改记录"
