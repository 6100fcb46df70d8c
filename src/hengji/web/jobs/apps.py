"""The app jobs (后台工作)."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class JobsConfig(AppConfig):
    """后台工作."""

    name = "hengji.web.jobs"
    label = "jobs"
    verbose_name = "后台工作"

    def ready(self) -> None:
        """Every app may bring kinds of jobs in a module ``background``."""
        autodiscover_modules("background")
