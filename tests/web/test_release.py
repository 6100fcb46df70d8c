"""A wrong confirmation is undone with its reason; reports of one batch are laid beside each other; pictures are read."""

import io
from pathlib import Path

import docx
import pytest

from hengji.model.problem import HengjiError
from hengji.reading import ocr
from hengji.web.filings import bridge
from hengji.web.filings.bridge import Change
from hengji.web.filings.models import FilingRow
from hengji.web.filings.tables import EVIDENCE, PARAGRAPH, VALUE
from hengji.web.intake import reading
from hengji.web.intake.accepting import kept_of, release
from hengji.web.intake.comparing import compare
from hengji.web.intake.models import Batch, State
from hengji.web.people.models import Region
from hengji.web.states.machine import Step
from hengji.web.trail.models import Entry
from hengji.web.trail.verify import verify
from tests.reading.making import pdf_of
from tests.web import sendings
from tests.web.conftest import County
from tests.web.test_intake import YEAR, confirm, filing_of, region, send

__all__ = ["region"]  # a fixture of the neighbouring module
WHY = "文件名写错，是另一个单位的报告"


def taken_in(county: County, extra: dict[str, bytes] | None = None) -> tuple[Batch, FilingRow]:
    """A report that was put to the first department, whose filing the bureau took in."""
    name = sendings.names("甲县", 12)[0]
    client = county.client("reviewer")
    batch = send(client, {f"{name}.docx": sendings.report_docx(name, YEAR), **(extra or {})})
    confirm(client, batch)
    return batch, filing_of(name)


def test_a_wrong_confirmation_is_undone_and_the_file_decided_anew(county: County, region: Region) -> None:
    batch, row = taken_in(county)
    assert row.step == Step.FORMAL
    client = county.client("reviewer")
    path = f"/intake/{batch.pk}/1/release/"
    assert client.post(path, {"reason": " "}).status_code == 422
    assert client.post(path, {"reason": WHY}).status_code == 302
    row.refresh_from_db()
    assert (row.step, row.returned) == (Step.FILLING, True)
    rows = bridge.load_rows(row.pk)
    assert not any(rows.by_table.values())
    assert verify(row).faults == ()
    assert Entry.objects.filter(filing=row, why__contains=WHY).exists()
    file = batch.files.get()
    assert (file.state, file.filing, file.department, file.filled) == (State.DOUBTFUL, None, None, False)
    assert client.post(path, {"reason": WHY}).status_code == 422  # it is nobody's already

    client.post(f"/intake/{batch.pk}/again/")
    file.refresh_from_db()
    assert file.state == State.DOUBTFUL  # a person has said that the match is wrong
    other = region.departments.exclude(pk=row.department_id).get(name=sendings.names("甲县", 12)[1])
    client.post(f"/intake/{batch.pk}/1/decide/", {"choice": "other", "department": str(other.pk), "part": "report"})
    assert FilingRow.objects.get(department=other, year=YEAR).step == Step.FORMAL


def test_what_another_file_says_stays_and_what_the_department_wrote(county: County, region: Region) -> None:  # noqa: ARG001 - the region's departments
    batch, row = taken_in(county)
    user = county.people["reviewer"]
    FilingRow.objects.filter(pk=row.pk).update(step="filling", received=False)
    own = Change(PARAGRAPH, ("存在问题", 1), {"text": "单位自己写的一段"})
    bridge.save(row.pk, county.people["clerk"], [own])
    again = send(county.client("reviewer"), {"证明.pdf": pdf_of("（虚构）公示截图")})
    chosen = {"choice": "other", "department": str(row.department_id), "part": "evidence"}
    county.client("reviewer").post(f"/intake/{again.pk}/1/decide/", chosen)
    release(batch.files.get(), user, WHY)
    rows = bridge.load_rows(row.pk)
    assert not rows.of(VALUE)
    assert [line.says["text"] for line in rows.of(PARAGRAPH).values()] == ["单位自己写的一段"]
    assert [line.says["title"] for line in rows.of(EVIDENCE).values()] == ["证明"]


def test_beyond_the_formal_check_it_is_not_undone(county: County, region: Region) -> None:  # noqa: ARG001 - the same
    batch, row = taken_in(county)
    FilingRow.objects.filter(pk=row.pk).update(step="review")
    with pytest.raises(HengjiError, match="请先退回单位"):
        release(batch.files.get(), county.people["reviewer"], WHY)
    assert batch.files.get().state == State.CONFIRMED


COPIED = "（虚构）本单位建立了按月通报预算执行进度、按季开展绩效监控、年底集中评价并与下年预算安排挂钩的工作机制，取得明显成效。"


def with_paragraph(name: str, text: str) -> bytes:
    made = docx.Document(io.BytesIO(sendings.report_docx(name, YEAR)))
    made.add_paragraph(text)
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def test_reports_of_a_batch_are_laid_beside_each_other(county: County, region: Region) -> None:  # noqa: ARG001 - the same
    names = sendings.names("甲县", 3)
    sent = {f"{name}.docx": with_paragraph(name, COPIED) for name in names[:2]}
    sent[f"{names[2]}.docx"] = with_paragraph(
        names[2], "（虚构）本单位人员少、任务重，各项支出都按规定履行了集体研究决策程序，没有发生违规的情况。"
    )
    batch = send(county.client("reviewer"), sent)

    def told() -> list[list[str]]:
        found = [kept_of(file) for file in batch.files.order_by("number")]
        return [[f.message for f in kept.findings if COPIED[4:20] in f.quote] for kept in found if kept]

    expected = [[f"这一段与“{names[1]}”的报告几乎相同"], [f"这一段与“{names[0]}”的报告几乎相同"], []]
    assert told() == expected
    hints = list(batch.files.order_by("number").values_list("hints", flat=True))
    compare(batch, lambda *_: None)
    assert told() == expected  # said again, not twice
    assert list(batch.files.order_by("number").values_list("hints", flat=True)) == hints


def test_a_picture_is_evidence_and_says_why_it_was_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "公示.png"
    path.write_bytes(sendings.PICTURE)
    monkeypatch.setattr(ocr, "available", lambda: False)
    assert "hengji[ocr]" in reading.read(path).reason
    monkeypatch.setattr(ocr, "available", lambda: True)
    damaged = reading.read(path)
    assert damaged.kept is None
    assert "没有识别文字" in damaged.reason
