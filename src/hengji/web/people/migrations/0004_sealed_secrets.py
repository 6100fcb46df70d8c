"""The secrets of second factors no longer lie open in the database."""

import base64

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from hengji.web.people import sealing


def seal(apps: Apps, _: BaseDatabaseSchemaEditor) -> None:
    for factor in apps.get_model("people", "SecondFactor").objects.all():
        if not sealing.is_sealed(factor.secret):
            factor.secret = sealing.seal(base64.b32decode(factor.secret), f"second {factor.user_id}")
            factor.save(update_fields=["secret"])


def unseal(apps: Apps, _: BaseDatabaseSchemaEditor) -> None:
    for factor in apps.get_model("people", "SecondFactor").objects.all():
        plain = sealing.unseal(factor.secret, f"second {factor.user_id}")
        factor.secret = base64.b32encode(plain).decode()
        factor.save(update_fields=["secret"])


class Migration(migrations.Migration):
    dependencies = [("people", "0003_second_invitations")]
    operations = [
        migrations.AlterField("secondfactor", "secret", models.CharField(max_length=120)),
        migrations.RunPython(seal, unseal),
    ]
