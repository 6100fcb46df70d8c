"""The report as it will print: made in the background, the last version stays, downloads are never behind the data."""

import io
import re
import zipfile
from itertools import groupby

import pytest
from django.test import Client

from hengji.model.filing import Filing
from hengji.model.scorecard import Scorecard
from hengji.model.system import IndicatorSystem
from hengji.reading.spots import SCALE
from hengji.web.filings import bridge, versions
from hengji.web.filings.bridge import Change
from hengji.web.filings.folder import Folder
from hengji.web.filings.models import FilingRow
from hengji.web.filings.slugs import slug
from hengji.web.filings.tables import PARAGRAPH
from hengji.web.jobs.loop import Loop
from hengji.web.jobs.models import Job
from hengji.writing import compose_report
from tests.web.conftest import County


def write(county: County, text: str, number: int = 1) -> None:
    bridge.save(county.filing.pk, county.people["clerk"], [Change(PARAGRAPH, ("机构设置", number), {"text": text})])


def page(client: Client, county: County) -> str:
    return client.get(f"/filings/{county.filing.pk}/report/").content.decode()


def test_the_pages_are_shown_as_they_will_print_and_the_last_version_stays(clerk: Client, county: County) -> None:
    first = page(clerk, county)
    assert "第一次排版" in first
    assert "生成报告" in first
    page(clerk, county)
    assert Job.objects.count() == 1, "one revision is made once"
    Loop().all()
    made = page(clerk, county)
    pictures = re.findall(r'<div class="sheet"><img[^>]*src="([^"]+)"', made)
    assert len(pictures) > 5
    answer = clerk.get(pictures[-1])
    assert answer.content.startswith(b"\x89PNG")
    assert Job.objects.count() == 1
    write(county, "内设5个股室。")
    behind = page(clerk, county)
    assert "之后数据有修改" in behind
    assert "内设5个股室" in behind
    assert pictures[0] in behind
    Loop().all()
    assert pictures[0] not in page(clerk, county)
    assert clerk.get(pictures[0]).status_code == 404


def test_a_figure_on_a_page_leads_to_its_field(clerk: Client, county: County) -> None:
    write(county, "采购预算金额{采购预算金额}，实际{实际采购金额}，得分{得分:2.1.4}。")
    page(clerk, county)
    Loop().all()
    version = versions.latest(county.filing)
    assert version is not None
    words = versions.bound(compose_report(*_scored(county)))
    assert {each.about for each in words} >= {"采购预算金额", "实际采购金额", "2.1.4"}
    found = [about for about, _ in groupby(spot.about for spot in version.spots)]  # one may go over two lines
    assert found == [each.about for each in words], "none is lost"
    assert all(
        0 < spot.left < SCALE and 0 < spot.top < SCALE and spot.width > 0 < spot.height for spot in version.spots
    )
    said = page(clerk, county)
    field = f"/data/{slug('政府采购')}/#row-{slug('采购预算金额')}"
    assert re.search(rf'<svg viewBox[^>]*>.*?<a href="/filings/\d+{field}"><title>采购预算金额：去修改', said)
    assert '/leaves/2.1.4/"><title>2.1.4' in said
    assert re.search(rf'<a class="bound" href="/filings/\d+{field}"', said), "the text has them, too"


def _scored(county: County) -> tuple[Filing, IndicatorSystem, Scorecard]:
    folder = Folder.open(county.filing.pk)
    return folder.filing, folder.system, folder.card


def test_the_page_that_waits_for_its_report_is_shown_anew(clerk: Client, county: County) -> None:
    page(clerk, county)
    job = Job.objects.get()
    here = {"HX-Request": "true", "HX-Current-URL": f"http://testserver/filings/{county.filing.pk}/report/"}
    assert "HX-Refresh" not in clerk.get(f"/jobs/{job.pk}/", headers=here).headers
    Loop().all()
    assert clerk.get(f"/jobs/{job.pk}/", headers=here).headers["HX-Refresh"] == "true"
    elsewhere = here | {"HX-Current-URL": "http://testserver/"}
    assert "看结果" in clerk.get(f"/jobs/{job.pk}/", headers=elsewhere).content.decode()


def test_a_report_that_cannot_be_made_leaves_the_last_one(clerk: Client, county: County) -> None:
    page(clerk, county)
    Loop().all()
    before = versions.latest(county.filing)
    write(county, "共有{没有这一项}。")
    said = page(clerk, county)
    assert "没有这一项" in said
    assert 'class="sheet"' in said
    assert versions.latest(FilingRow.objects.get(pk=county.filing.pk)) == before
    assert clerk.get(f"/filings/{county.filing.pk}/report/pdf/").status_code == 422


@pytest.mark.parametrize("form", ["docx", "pdf", "xlsx"])
def test_downloads_are_of_the_data_as_they_stand(clerk: Client, county: County, form: str) -> None:
    page(clerk, county)
    Loop().all()
    address = f"/filings/{county.filing.pk}/report/{form}/"
    kept = b"".join(clerk.get(address).streaming_content)  # type: ignore[attr-defined]
    version = versions.latest(county.filing)
    assert version is not None
    assert kept == version.file(form).read_bytes()
    write(county, "内设五个股室和一个中心。")
    fresh = b"".join(clerk.get(address).streaming_content)  # type: ignore[attr-defined]
    assert fresh != kept or form == "xlsx"
    if form == "docx":
        assert "内设五个股室和一个中心" in zipfile.ZipFile(io.BytesIO(fresh)).read("word/document.xml").decode()


def test_figures_in_the_text_are_bound_and_lead_to_their_item(clerk: Client, county: County) -> None:
    write(county, "本年采购预算{采购预算金额}。")
    said = page(clerk, county)
    assert f"#row-{slug('采购预算金额')}" in said
    assert "5.00万元" in said
    assert "不能直接改" in said


def test_old_versions_go(county: County) -> None:
    from hengji.web.filings.folder import Folder

    for number in range(1, 6):
        write(county, f"第{number}段。", number)
        versions.make(Folder.open(county.filing.pk))
    version = versions.latest(county.filing)
    assert version is not None
    assert len(list(version.place.parent.iterdir())) == 3
