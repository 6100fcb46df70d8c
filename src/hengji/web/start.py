"""First steps (启动): the database made or brought up to date, an administrator, the demonstration county."""

import os
from pathlib import Path

from hengji.model.problem import HengjiError
from hengji.web import environment

ADMIN = "admin"


def set_up(data: Path | None = None) -> None:
    """Makes Django ready, with its data in the named folder."""
    if data is not None:
        os.environ[environment.DATA] = str(data.absolute())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hengji.web.settings")
    environment.make_data_folder()
    import django  # noqa: PLC0415 - nothing of Django before its settings are known
    from django.core.exceptions import ImproperlyConfigured  # noqa: PLC0415

    try:
        django.setup()
    except ImproperlyConfigured as error:
        if "psycopg" in str(error):
            raise HengjiError("PostgreSQL 的驱动没有安装，请安装 hengji[postgresql]") from error
        raise
    from django.conf import settings  # noqa: PLC0415
    from django.utils import translation  # noqa: PLC0415

    translation.activate(settings.LANGUAGE_CODE)  # a page has its language by itself, a command has not


def migrate() -> None:
    """Brings the database to this version's shape. Raises HengjiError where it cannot be reached."""
    from django.core.management import call_command  # noqa: PLC0415
    from django.db.utils import OperationalError  # noqa: PLC0415

    try:
        call_command("migrate", interactive=False, verbosity=0)
    except OperationalError as error:
        raise _unreached(error) from error


def has_front_end() -> bool:
    """Whether the style and scripts of the pages are there; a checkout makes them, a wheel carries them."""
    return (Path(__file__).parent / "static" / "vendor" / "tabler.min.css").exists()


def is_new() -> bool:
    """Whether the database has no tables yet. Raises HengjiError where it cannot be reached."""
    from django.db import connection  # noqa: PLC0415
    from django.db.utils import OperationalError  # noqa: PLC0415

    try:
        return not connection.introspection.table_names()
    except OperationalError as error:
        raise _unreached(error) from error


def _unreached(error: Exception) -> HengjiError:
    return HengjiError(f"数据库连不上（{str(error).splitlines()[0]}），请检查 {environment.DATABASE}")


def has_administrator() -> bool:
    """Whether anybody can manage people yet."""
    from hengji.web.people.models import Role, User  # noqa: PLC0415

    return User.objects.filter(role=Role.ADMIN, is_active=True).exists()


def fit_for_administrator(password: str) -> str:
    """The password, where it may be an administrator's. Raises HengjiError where it is too weak."""
    from django.contrib.auth.password_validation import validate_password  # noqa: PLC0415
    from django.core.exceptions import ValidationError  # noqa: PLC0415

    try:
        validate_password(password)
    except ValidationError as error:
        raise HengjiError(f"管理员口令不合要求：{''.join(error.messages)}请换一个口令再启动。") from error
    return password


def make_administrator(password: str, region: str) -> None:
    """建立管理员. Raises HengjiError where the password is too weak."""
    from hengji.web.people.models import Region, Role, User  # noqa: PLC0415

    fit_for_administrator(password)
    place = Region.objects.get_or_create(name=region)[0]
    User.objects.create_user(ADMIN, password=password, role=Role.ADMIN, region=place, office="财政局绩效管理股")
