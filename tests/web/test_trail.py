"""The trail is added to and never changed; verifying finds whatever was altered behind its back."""

import pytest
from django.db import DatabaseError, connection, transaction

from hengji.web.filings import bridge, files
from hengji.web.filings.bridge import Change
from hengji.web.filings.models import FilingRow, ValueRow
from hengji.web.filings.tables import EVIDENCE
from hengji.web.trail.models import Entry
from hengji.web.trail.verify import verify
from tests.web.conftest import County


def faults(county: County) -> tuple[str, ...]:
    return verify(FilingRow.objects.get(pk=county.filing.pk)).faults


def without_guard(sql: str, *values: str | int) -> None:
    """What somebody with the database file in hand could do."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER trail_entry_no_update")
            cursor.execute("DROP TRIGGER trail_entry_no_delete")
        else:
            cursor.execute("DROP TRIGGER trail_entry_append_only ON trail_entry")
        cursor.execute(sql, values)


def test_an_untouched_filing_verifies(county: County) -> None:
    result = verify(county.filing)
    assert result.faults == ()
    assert result.entries == county.filing.revision > 100
    assert result.sentence == f"未改动，{result.entries}条记录、0个文件"


@pytest.mark.parametrize("verb", ["update", "delete"])
def test_the_database_refuses_to_touch_the_trail(county: County, verb: str) -> None:
    entries = Entry.objects.filter(filing=county.filing)
    with pytest.raises(DatabaseError), transaction.atomic():
        entries.update(why="别的原因") if verb == "update" else entries.delete()
    assert faults(county) == ()


@pytest.mark.parametrize("column", ["at", "name", "act", "place", "before", "after", "why", "previous", "sha256"])
def test_one_altered_letter_of_an_entry_is_found(county: County, column: str) -> None:
    entry = Entry.objects.filter(filing=county.filing)[40]
    text = getattr(entry, column)
    altered = (chr(ord(text[0]) ^ 1) if text else "x") + text[1:]
    without_guard(f'UPDATE trail_entry SET "{column}" = %s WHERE id = %s', altered, entry.pk)
    assert faults(county)


@pytest.mark.parametrize("number", [1, 40, "last"])
def test_a_missing_entry_is_found(county: County, number: int | str) -> None:
    wanted = county.filing.revision if number == "last" else number
    without_guard("DELETE FROM trail_entry WHERE filing_id = %s AND number = %s", county.filing.pk, wanted)
    assert faults(county)


def test_a_value_changed_behind_the_trail_is_found(county: County) -> None:
    ValueRow.objects.filter(filing=county.filing, item="采购预算金额", year=2023).update(stated="26.12")
    assert faults(county) == ('数据项["采购预算金额",2023,""]与修改记录不一致',)


def test_a_state_changed_behind_the_trail_is_found(county: County) -> None:
    FilingRow.objects.filter(pk=county.filing.pk).update(step="final")
    assert faults(county)


def test_one_altered_byte_of_a_file_is_found(county: County) -> None:
    kept = files.keep("批复.pdf", [b"%PDF-1.7 one"])
    data = {"title": "批复", "proves": [], "file": kept.name, "locator": "", "sha256": kept.sha256, "size": kept.size}
    bridge.save(county.filing.pk, None, [Change(EVIDENCE, (1,), data, 0)])
    assert faults(county) == ()
    files.path_of(kept.sha256).write_bytes(b"%PDF-1.7 two")
    assert faults(county) == ("文件“批复”与上传时不同或已丢失",)
    files.path_of(kept.sha256).unlink()
    assert faults(county) == ("文件“批复”与上传时不同或已丢失",)
