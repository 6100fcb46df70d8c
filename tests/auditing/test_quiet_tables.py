"""Tables as careful clerks fill them, put into the clean report: nothing in them is wrong."""

from collections.abc import Iterator
from html import escape
from pathlib import Path

import pytest

from hengji.auditing import audit
from hengji.extracting import extract
from hengji.reading import read_document
from tests.auditing.test_properties import CLEAN

_BEFORE = "（三）部门整体支出绩效目标"


def _tables() -> Iterator[str]:
    text = (Path(__file__).parent / "quiet_tables.txt").read_text(encoding="utf-8")
    yield from text.removeprefix("#").rstrip("\n").split("\n#")


def _page(table: str) -> str:
    title, *rows = table.split("\n")
    cells = ("".join(f"<td>{escape(cell)}</td>" for cell in row.split("|")) for row in rows)
    body = "".join(f"<tr>{row}</tr>" for row in cells)
    lines = {line: f"<p>{escape(line)}</p>" for line in CLEAN.splitlines()}
    assert _BEFORE in lines
    lines[_BEFORE] = f"<p>{escape(title)}</p><table>{body}</table>{lines[_BEFORE]}"
    return f'<html><meta charset="utf-8"><body>{"".join(lines.values())}</body></html>'


@pytest.mark.parametrize("table", list(_tables()), ids=lambda table: table.partition("\n")[0])
def test_a_table_that_holds_stays_quiet(table: str, tmp_path: Path) -> None:
    path = tmp_path / "报告.html"
    path.write_text(_page(table), encoding="utf-8")
    assert not [finding.message for finding in audit(extract(read_document(path))).findings]
