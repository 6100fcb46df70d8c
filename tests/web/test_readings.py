"""Reports that people wrote come in as proposals: value by value, with place and quotation, in one save, nothing by itself."""

import io
import re
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from docx import Document

from hengji.model.filing import Filing, Source
from hengji.model.system import IndicatorSystem
from hengji.scoring import score
from hengji.web.filings import bridge, offers
from hengji.web.filings.bridge import Change
from hengji.web.filings.models import FilingRow
from hengji.web.filings.tables import CLAIM, COVER, PARAGRAPH
from hengji.web.jobs.loop import Loop
from hengji.web.jobs.models import Job
from hengji.writing import compose_report
from hengji.writing.docx import report_docx
from tests.web.conftest import County
from tests.workbook.test_bad_input import _book
from tests.workbook.test_importers import _accounts, _execution


def sent(client: Client, filing: FilingRow, kind: str, name: str, data: bytes) -> Job:
    """Uploads a report and lets the background read it."""
    form = {"kind": kind, "file": SimpleUploadedFile(name, data)}
    answer = client.post(f"/filings/{filing.pk}/readings/", form)
    assert answer.status_code == 302, answer.content.decode()
    Loop().all()
    return Job.objects.get(pk=int(answer.headers["Location"].rstrip("/").rpartition("/")[2]))


def boxes(client: Client, job: Job, place: str) -> list[str]:
    """The values of the boxes whose row says this."""
    page = client.get(job.address).content.decode()
    rows = re.findall(r"<tr.*?</tr>", page, re.DOTALL)
    return [re.findall(r'value="([^"]+)"', row)[0] for row in rows if f">{place}</label>" in row]


def as_docx(filing: Filing, system: IndicatorSystem) -> bytes:
    return report_docx(compose_report(filing, system, score(system, filing)))


def test_this_years_report_is_taken_value_by_value(county: County, example: tuple[Filing, IndicatorSystem]) -> None:
    """The neighbour, whose filing is empty, brings a report."""
    client, filing = county.client("neighbour"), county.other
    job = sent(client, filing, "report", "自评报告.docx", as_docx(*example))
    assert "处与现在不同" in job.sentence
    assert bridge.load(filing.pk).values == {}, "nothing is taken by itself"
    page = client.get(job.address).content.decode()
    assert "报告写的单位是" in page
    assert "<q>" in page
    (key,) = boxes(client, job, "采购预算金额 2023")
    assert client.post(job.address, {"how": "ticked", "take": [key]}).status_code == 302
    loaded = bridge.load(filing.pk)
    assert [item for item, _, _ in loaded.values] == ["采购预算金额"]
    value = loaded.value("采购预算金额")
    assert value is not None
    assert (value.stated, value.unit, value.source) == ("5", "万元", Source.READ) or value.stated == "5.00"
    assert value.locator
    assert "采购" in value.quote
    assert boxes(client, job, "采购预算金额 2023") == []
    client.post(job.address, {"how": "empty"})
    loaded = bridge.load(filing.pk)
    assert len(loaded.claims) > 20
    assert loaded.narrative["存在问题"]
    client.post(job.address, {"how": "none"})
    assert client.get(job.address).status_code == 422


LAST = """梧岭县某局2022年度部门整体支出绩效自评报告
一、部门基本情况
2022年年初预算数880.50万元，全年支出合计870.25万元，其中基本支出600.00万元。编制数30人，年末在编人数28人。
二、自评结论
经自评，2022年度部门整体支出绩效自评得分96分，等级为优。
三、存在问题
部分项目支出进度偏慢。
"""


def test_last_years_report_brings_last_years_figures_only(county: County) -> None:
    client, filing = county.client("neighbour"), county.other
    job = sent(client, filing, "report_before", "去年.txt", LAST.encode())
    client.post(job.address, {"how": "empty"})
    loaded = bridge.load(filing.pk)
    assert {year for _, year, _ in loaded.values} == {2022}
    assert not loaded.claims
    assert not loaded.narrative
    wrong = sent(client, filing, "report", "去年.txt", LAST.encode())
    assert "2022年度的报告，这里要的是2023年度的" in wrong.error


@pytest.fixture
def written(county: County) -> County:
    """The real case with text of its own, in which a figure is bound."""
    texts = {
        ("机构设置", 1): "内设5个股室，职责分工清楚，运转正常。",
        ("机构设置", 2): "本年采购预算{采购预算金额}，由办公室统一办理，比上年有所压减。",
    }
    changes = [Change(PARAGRAPH, place, {"text": text}) for place, text in texts.items()]
    bridge.save(county.filing.pk, county.people["clerk"], changes)
    return county


def edited(county: County, old: str, new: str, *more: tuple[str, str]) -> bytes:
    """Our own docx with words replaced in it, as a person does in Word; ``new`` may hold a further paragraph."""
    from hengji.web.filings.folder import Folder

    folder = Folder.open(county.filing.pk)
    document = Document(io.BytesIO(report_docx(compose_report(folder.filing, folder.system, folder.card))))
    for wanted, written in ((old, new), *more):
        found = [p for p in document.paragraphs if wanted in p.text]
        assert found, wanted
        text = found[0].text.replace(wanted, written)
        *before, found[0].text = text.split("\n")
        for line in before:
            found[0].insert_paragraph_before(line)
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


def proposed(county: County, data: bytes) -> offers.Reading:
    job = sent(county.client("clerk"), county.filing, "edited", "改过.docx", data)
    assert job.state == "done", job.error
    return offers.kept(job.address.rstrip("/").rpartition("/")[2], county.filing.pk)


def told(reading: offers.Reading) -> list[tuple[str, tuple[object, ...], object]]:
    return [(c.table.name, c.place, c.data and dict(c.data)) for o in reading.offers for c in o.changes]


def test_our_report_unchanged_proposes_nothing(written: County) -> None:
    reading = proposed(written, edited(written, "运转正常", "运转正常"))
    assert (reading.offers, reading.notices) == ((), ())


def test_changed_words_come_back_as_their_paragraph(written: County) -> None:
    reading = proposed(written, edited(written, "职责分工清楚", "职责分工明确"))
    assert told(reading) == [("paragraph", ("机构设置", 1), {"text": "内设5个股室，职责分工明确，运转正常。"})]


def test_a_bound_figure_stays_bound_and_is_offered_to_the_data(written: County) -> None:
    reading = proposed(written, edited(written, "采购预算5.00万元，由办公室统一", "采购预算26.12万元，由办公室集中"))
    said = {place: data for _, place, data in told(reading)}
    text = said["机构设置", 2]
    assert isinstance(text, dict)
    assert text["text"] == "本年采购预算{采购预算金额}，由办公室集中办理，比上年有所压减。"
    value = said["采购预算金额", 2023, ""]
    assert isinstance(value, dict)
    assert (value["stated"], value["measure"], value["source"]) == ("26.12", "万元", "read")
    assert len(said) == 2


def test_new_and_lost_paragraphs_change_the_whole_chapter(written: County) -> None:
    reading = proposed(written, edited(written, "内设5个股室", "新增一段，说明机构改革后的变化情况。\n内设5个股室"))
    (offer,) = reading.offers
    assert [(c.place, c.data and c.data["text"]) for c in offer.changes] == [
        (("机构设置", 1), "新增一段，说明机构改革后的变化情况。"),
        (("机构设置", 2), "内设5个股室，职责分工清楚，运转正常。"),
        (("机构设置", 3), "本年采购预算{采购预算金额}，由办公室统一办理，比上年有所压减。"),
    ]


def test_marks_that_were_written_over_fill_cover_and_chapter(written: County) -> None:
    mark = "【待填写：部门主要职责（按“三定”规定）】"
    data = edited(written, mark, "承担综合协调和服务保障工作。", ("【待填写：填报人】", "办公室"))
    said = {place: words for _, place, words in told(proposed(written, data))}
    assert said == {("填报人",): {"text": "办公室"}, ("主要职责", 1): {"text": "承担综合协调和服务保障工作。"}}


def test_our_own_sentences_cannot_be_rewritten_and_that_is_said(written: County) -> None:
    reading = proposed(written, edited(written, "失2分（可得2分，得0分）", "未失分"))
    assert reading.offers == ()
    assert any("由系统按数据生成" in notice for notice in reading.notices)


def test_a_score_that_we_worked_out_is_no_claim_because_its_line_was_changed(written: County) -> None:
    bridge.save(written.filing.pk, None, [Change(CLAIM, ("2.1.1",), None)])
    reading = proposed(written, edited(written, "支出率为100%", "支出率达100%"))
    assert not [place for table, place, _ in told(reading) if table == "claim"]
    assert any("由系统按数据生成" in notice for notice in reading.notices)
    other = proposed(
        written, edited(written, "支出率为100%", "支出率达100%", ("自评得分6分。2023年", "自评得分5分。2023年"))
    )
    assert [place for table, place, _ in told(other) if table == "claim"] == [("2.1.1",)]


def test_accepting_changes_nothing_else(written: County) -> None:
    clerk, before = written.client("clerk"), bridge.load(written.filing.pk)
    job = sent(clerk, written.filing, "edited", "改过.docx", edited(written, "职责分工清楚", "职责分工明确"))
    keys = re.findall(r'name="take" value="([^"]+)"', clerk.get(job.address).content.decode())
    assert clerk.post(job.address, {"how": "ticked", "take": keys}).status_code == 302
    after = bridge.load(written.filing.pk)
    assert after.narrative.pop("机构设置") != before.narrative.pop("机构设置")  # type: ignore[attr-defined]
    assert after == before


def test_who_was_faster_is_told_and_nothing_of_the_save_is_kept(written: County) -> None:
    clerk = written.client("clerk")
    data = edited(written, "职责分工清楚", "职责分工明确", ("【待填写：填报人】", "办公室"))
    job = sent(clerk, written.filing, "edited", "改过.docx", data)
    keys = re.findall(r'name="take" value="([^"]+)"', clerk.get(job.address).content.decode())
    assert len(keys) == 2
    other = {"text": "综合股"}
    bridge.save(written.filing.pk, written.people["clerk2"], [Change(COVER, ("填报人",), other)])
    answer = clerk.post(job.address, {"how": "ticked", "take": keys})
    assert answer.status_code == 409
    assert "综合股" in answer.content.decode()
    assert "职责分工清楚" in bridge.load(written.filing.pk).narrative["机构设置"][0]


def test_a_reading_belongs_to_its_filing(written: County) -> None:
    job = sent(written.client("clerk"), written.filing, "edited", "改过.docx", edited(written, "清楚", "明确"))
    token = job.address.rstrip("/").rpartition("/")[2]
    other = f"/filings/{written.other.pk}/readings/{token}/"
    assert written.client("neighbour").get(other).status_code == 422
    assert written.client("neighbour").post(other, {"how": "empty"}).status_code == 422


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("空.docx", b"\0", "空文件"),
        ("坏.docx", b"PK\x03\x04" + b"x" * 400, "损坏"),
        ("图.pdf", b"%PDF-1.7\nbroken", ""),
        ("通知.txt", "关于开展2023年度绩效自评工作的通知\n各单位：请按时报送。".encode(), "不是"),
    ],
)
def test_a_file_that_is_no_report_is_one_sentence(county: County, name: str, data: bytes, said: str) -> None:
    job = sent(county.client("clerk"), county.filing, "report", name, data)
    assert job.state == "failed"
    assert said in job.error
    assert name.partition(".")[0] in job.error
    assert "Traceback" not in job.error


def imported(county: County, kind: str, path: Path) -> str:
    """Previews a file and confirms it; gives the preview."""
    clerk, base = county.client("neighbour"), f"/filings/{county.other.pk}/imports"
    before = bridge.load(county.other.pk)
    form = {"kind": kind, "file": SimpleUploadedFile("表.xlsx", path.read_bytes())}
    page = clerk.post(f"{base}/preview/", form).content.decode()
    assert bridge.load(county.other.pk) == before, "a preview keeps nothing"
    token, revision = (re.findall(f'name="{n}" value="([^"]+)"', page)[0] for n in ("token", "revision"))
    assert clerk.post(f"{base}/confirm/", {"token": token, "kind": kind, "revision": revision}).status_code == 302
    return page


def test_the_final_accounts_come_in_by_preview(county: County, tmp_path: Path) -> None:
    assert "导入预览" in imported(county, "accounts", _book(tmp_path / "a.xlsx", _accounts()))
    value = bridge.load(county.other.pk).value("本年支出合计")
    assert value is not None
    assert (value.stated, value.unit, value.source) == ("9129712.34", "元", Source.IMPORTED)


@pytest.mark.parametrize("kind", ["workbook", "previous", "accounts", "execution"])
def test_a_file_that_cannot_be_read_is_told_by_the_name_its_author_knows(county: County, kind: str) -> None:
    form = {"kind": kind, "file": SimpleUploadedFile("本局决算.xlsx", b"PK garbage")}
    answer = county.client("clerk").post(f"/filings/{county.filing.pk}/imports/preview/", form)
    assert answer.status_code == 422
    said = answer.content.decode()
    assert "本局决算.xlsx" in said
    assert not re.search(r"[0-9a-f]{32} ?已", said)


def test_the_execution_export_comes_in_by_preview(county: County, tmp_path: Path) -> None:
    rows: list[list[object]] = [["一般公共预算", "9,000,000.00", 129600, 9129600, 9129600, "100%", 10]]
    page = imported(county, "execution", _book(tmp_path / "a.xlsx", _execution(*rows)))
    assert "预算明细" in page
    assert len(bridge.load(county.other.pk).registers["预算明细"].rows) == 1


def test_an_upload_too_large_is_refused_while_it_arrives(county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    from hengji.web import uploads

    monkeypatch.setattr(uploads, "MOST_BYTES", 1000)
    form = {"kind": "report", "file": SimpleUploadedFile("大.pdf", b"%PDF-1.7" + b"0" * 200_000)}
    answer = county.client("clerk").post(f"/filings/{county.filing.pk}/readings/", form)
    assert answer.status_code == 422
    assert "超过" in answer.content.decode()
    assert not Job.objects.exists()


def test_versions_typed_by_hand_are_no_versions(written: County) -> None:
    reading = proposed(written, edited(written, "清楚", "明确"))
    assert offers.chosen(reading, ["x", "9:1", "0:-", "²:1"])[0].version == 0
