"""The app filings (填报数据)."""

from django.apps import AppConfig


class FilingsConfig(AppConfig):
    """填报数据."""

    name = "hengji.web.filings"
    label = "filings"
    verbose_name = "填报数据"
