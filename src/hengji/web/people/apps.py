"""The app people (人员与权限)."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """人员与权限."""

    name = "hengji.web.people"
    label = "people"
    verbose_name = "人员与权限"
