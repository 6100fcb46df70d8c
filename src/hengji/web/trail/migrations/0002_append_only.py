"""The database itself refuses to change or remove an entry of the trail."""

from typing import ClassVar

from django.db import migrations

_SQLITE = """
CREATE TRIGGER trail_entry_no_{verb} BEFORE {VERB} ON trail_entry
BEGIN SELECT RAISE(ABORT, 'the trail is append-only'); END
"""
_POSTGRESQL = """
CREATE OR REPLACE FUNCTION trail_entry_refuse() RETURNS trigger AS
$$ BEGIN RAISE EXCEPTION 'the trail is append-only'; END $$ LANGUAGE plpgsql;
CREATE TRIGGER trail_entry_append_only BEFORE UPDATE OR DELETE ON trail_entry
FOR EACH ROW EXECUTE FUNCTION trail_entry_refuse();
"""


def guard(apps, schema_editor):  # noqa: ARG001
    """Sets the triggers."""
    if schema_editor.connection.vendor == "sqlite":
        for verb in ("update", "delete"):
            schema_editor.execute(_SQLITE.format(verb=verb, VERB=verb.upper()))
    elif schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(_POSTGRESQL)


def unguard(apps, schema_editor):  # noqa: ARG001
    """Takes the triggers off."""
    if schema_editor.connection.vendor == "sqlite":
        for verb in ("update", "delete"):
            schema_editor.execute(f"DROP TRIGGER trail_entry_no_{verb}")
    elif schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP TRIGGER trail_entry_append_only ON trail_entry")


class Migration(migrations.Migration):
    """Triggers on both databases."""

    dependencies: ClassVar = [("trail", "0001_initial")]
    operations: ClassVar = [migrations.RunPython(guard, unguard)]
