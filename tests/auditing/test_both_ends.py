"""A contradiction has two ends: a finding names both, in every form it is given out in."""

import io
import json

import openpyxl
import pytest

from hengji.auditing import Audit, audit
from hengji.auditing.masking import masked_audit
from hengji.extracting import extract
from hengji.reading.text import read_text
from hengji.writing.audit_data import audits_data
from hengji.writing.audit_html import audits_page
from hengji.writing.audit_xlsx import audits_workbook
from hengji.writing.remarks import remark
from tests.auditing.test_properties import CLEAN

_TWICE = CLEAN.replace("新增供水人口3260人。", "新增供水人口3260人。全年总支出861.40万元。")


def _audited(text: str) -> Audit:
    return audit(extract(read_text("报告.txt", text.encode())))


def test_a_figure_told_twice_is_shown_at_both_places() -> None:
    outcome = _audited(_TWICE)
    (finding,) = (f for f in outcome.findings if f.code == "R08")
    (other,) = finding.also
    assert {finding.quote, other.quote} == {"861.40万元", "860.40万元"}
    assert outcome.found.document.text[other.start : other.end] == other.quote


@pytest.mark.parametrize("masked", [False, True])
def test_every_form_names_the_other_end(masked: bool) -> None:
    outcome = masked_audit(_audited(_TWICE)) if masked else _audited(_TWICE)
    (finding,) = (f for f in outcome.findings if f.code == "R08")
    (other,) = finding.also
    told = f"另见{other.locator}：{other.quote}"
    assert told in remark(finding)
    data = json.loads(json.dumps(audits_data([outcome])))
    (shown,) = (f for f in data["documents"][0]["findings"] if f["code"] == "R08")
    assert shown["also"] == [{"quote": other.quote, "start": other.start, "end": other.end, "place": other.locator}]
    block = outcome.found.document.block_at(other.start)
    assert block is not None
    page = audits_page([outcome])
    assert f'<a href="#b0-{block.start}">{other.locator}：{other.quote}</a>' in page
    assert f'id="b0-{block.start}"' in page
    book = openpyxl.load_workbook(io.BytesIO(audits_workbook([outcome])))
    cells = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value]
    assert f"{finding.locator}；另见{other.locator}" in cells
