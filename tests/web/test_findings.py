"""Findings: what the data and the text say, where each is mended, what was not checked, and at what cost."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from hengji.auditing.registry import OF_FILINGS, RULES
from hengji.library.check_texts import load_checks
from hengji.model.filing import Source, Value
from hengji.model.finding import Severity
from hengji.web.filings import books, bridge, examining
from hengji.web.filings.bridge import Change, value_data
from hengji.web.filings.folder import Folder
from hengji.web.filings.models import Examined, FilingRow
from hengji.web.filings.slugs import slug
from hengji.web.filings.systems import pin
from hengji.web.filings.tables import CLAIM, PARAGRAPH, VALUE
from hengji.web.filings.views.findings import place_of
from tests.web.conftest import County
from tests.web.reviewing import judge_all, under_review

HTMX = {"HX-Request": "true"}


def write(county: County, chapter: str, *texts: str) -> None:
    changes = [Change(PARAGRAPH, (chapter, number), {"text": text}) for number, text in enumerate(texts, start=1)]
    bridge.save(county.filing.pk, county.people["clerk"], changes)


def of(county: County, code: str) -> list[tuple[str, str, str]]:
    """Leaf, item and address of every finding of a code."""
    folder = Folder.open(county.filing.pk)
    return [(f.finding.leaf, f.finding.item, place_of(folder, f)) for f in folder.found if f.finding.code == code]


def test_the_words_of_a_person_are_checked_and_lead_to_their_paragraph(county: County) -> None:
    write(county, "机构设置", "内设5个股室。", "联系人电话13800000000，详见×××文件。")
    base = f"/filings/{county.filing.pk}"
    place = f"{base}/text/{slug('机构设置')}/"
    assert ("", "机构设置", place) in of(county, "R39")
    found = Folder.open(county.filing.pk).found
    assert [f.finding.locator for f in found if f.finding.code == "R39"] == ["第2段"]


def test_our_own_sentences_are_not_held_against_the_department(county: County) -> None:
    """Half-width commas in the name of an indicator, sentences that repeat: nobody in the department wrote them."""
    assert of(county, "R38") == []
    assert of(county, "R32") == []
    assert of(county, "R31") == []


def test_a_figure_in_the_text_that_no_data_confirm_is_found(county: County) -> None:
    leaf = ("2.1.4", "", f"/filings/{county.filing.pk}/leaves/2.1.4/")
    kinds = [("", "", f"/filings/{county.filing.pk}/report/")] * 3  # goods, works, services in the report's own table
    assert of(county, "R16") == [*kinds, leaf]
    value = {"stated": "26.12", "measure": "万元", "state": "given", "source": "typed", "locator": "", "quote": ""}
    bridge.save(county.filing.pk, None, [Change(VALUE, ("采购预算金额", 2023, ""), value)])
    assert of(county, "R16") == kinds


def test_what_is_not_written_is_said_with_its_place(county: County) -> None:
    base = f"/filings/{county.filing.pk}"
    assert ("", "填报人", f"{base}/cover/#c-{slug('填报人')}") in of(county, "R41")
    assert ("", "主要职责", f"{base}/text/{slug('主要职责')}/") in of(county, "R41")
    write(county, "主要职责", "负责本地区有关工作。")
    assert "主要职责" not in [item for _, item, _ in of(county, "R41")]


def test_a_reference_that_leads_nowhere_is_an_error_at_its_chapter(county: County) -> None:
    write(county, "机构设置", "共有{没有这一项}。")
    folder = Folder.open(county.filing.pk)
    (found,) = [f for f in folder.found if f.finding.code == "R45"]
    assert found.blocks
    assert found.finding.locator == "第1段"
    assert "引用有误" in dict(folder.examination.not_checked)["R08"]


def test_a_stated_total_that_the_scores_do_not_give_is_an_error(county: County) -> None:
    claim = {"score": "99", "reason": "", "locator": "", "quote": ""}
    bridge.save(county.filing.pk, None, [Change(CLAIM, ("总分",), claim)])
    assert len(of(county, "R03")) == 1


def test_every_code_is_checked_or_listed(clerk: Client, county: County) -> None:
    page = clerk.get(f"/filings/{county.filing.pk}/findings/").content.decode()
    assert f"共核查 {len(RULES) + len(OF_FILINGS) - 3} 条规则" in page
    assert "没有核查不等于通过" in page
    for code in ("R32", "R33", "R37"):
        assert f"{code} {load_checks()[code].title}：" in page
    assert "--" not in page.split("没有核查的")[1]


def test_figures_are_held_against_the_accounts_that_were_imported(county: County) -> None:
    item, place = "采购预算金额", ("采购预算金额", 2023, "")
    imported = Value("26.12", "万元", source=Source.IMPORTED, locator="政府采购决算表 第3行")
    bridge.save(county.filing.pk, None, [Change(VALUE, place, value_data(imported))], books.WHY_ACCOUNTS, "import")
    assert "R37" not in dict(Folder.open(county.filing.pk).examination.not_checked)
    assert of(county, "R37") == []
    bridge.save(county.filing.pk, None, [Change(VALUE, place, value_data(Value("28", "万元")))], "按合同")
    write(county, "存在问题", "采购预算金额{采购预算金额}，比上年多。")
    found = [f.finding for f in Folder.open(county.filing.pk).found if f.finding.code == "R37"]
    assert {(each.stated, each.recomputed) for each in found} <= {("28.00万元", "26.12万元"), ("28万元", "26.12万元")}
    assert found
    assert all("政府采购决算表 第3行" in each.message for each in found)
    assert all(f"“{item}”" in each.message for each in found)


def test_last_years_words_are_compared(county: County) -> None:
    said = "本单位在预算编制、支出管理和资产管理方面还存在以下不足，需要在下一年度结合实际逐项研究解决并长期坚持。" * 2
    write(county, "存在问题", said)
    before = FilingRow.objects.create(
        department=county.filing.department, year=2022, system=pin("national/2013-53-framework")
    )
    bridge.save(before.pk, None, [Change(PARAGRAPH, ("存在问题", 1), {"text": said})])
    assert ("", "存在问题", f"/filings/{county.filing.pk}/text/{slug('存在问题')}/") in of(county, "R32")
    assert "R32" not in dict(Folder.open(county.filing.pk).examination.not_checked)


def test_every_finding_has_a_place_and_a_public_code(county: County) -> None:
    folder = Folder.open(county.filing.pk)
    assert {found.finding.code for found in folder.found} <= set(load_checks())
    assert all(place_of(folder, found).startswith(f"/filings/{county.filing.pk}/") for found in folder.found)


def test_every_advice_is_a_sentence_and_ends_as_one(clerk: Client, county: County) -> None:
    advices = [found.finding.advice for found in Folder.open(county.filing.pk).found]
    assert advices
    assert [advice for advice in advices if advice and not advice.endswith("。")] == []
    assert "。。" not in clerk.get(f"/filings/{county.filing.pk}/findings/").content.decode()


def test_the_example_can_be_sent(county: County) -> None:
    assert [f.finding for f in Folder.open(county.filing.pk).found if f.finding.severity is Severity.ERROR] == []


def test_the_text_is_examined_once_a_revision(
    clerk: Client, county: County, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    times: list[int] = []
    real = examining._examined

    def counted(row: FilingRow, *more: object) -> examining.Examination:
        times.append(row.revision)
        return real(row, *more)  # type: ignore[arg-type]

    monkeypatch.setattr(examining, "_examined", counted)
    page = f"/filings/{county.filing.pk}/findings/"
    first = clerk.get(page).content
    assert clerk.get(page).content.count(b"data-finding") == first.count(b"data-finding")
    assert len(times) == 1
    with django_assert_num_queries(1):
        assert examining.last(county.filing).findings
    path = f"/filings/{county.filing.pk}/items/{slug('编制数')}/"
    version = bridge.load_rows(county.filing.pk).version(VALUE, "编制数", 2023, "")
    answer = clerk.post(
        path, {"value": "31", "version": str(version), "year": "2023", "why": "按年报核对"}, headers=HTMX
    )
    assert f"/filings/{county.filing.pk}/counts/" in answer.content.decode()
    assert len(times) == 1, "a save does not wait for the text"
    body = clerk.get(f"/filings/{county.filing.pk}/counts/", headers=HTMX).content.decode()
    assert "疑点" in body
    assert len(times) == 2
    assert Examined.objects.get().revision == FilingRow.objects.get(pk=county.filing.pk).revision


def test_what_the_bureau_enters_does_not_examine_the_text_again(
    county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    times: list[int] = []
    real = examining._examined

    def counted(row: FilingRow, *more: object) -> examining.Examination:
        times.append(row.revision)
        return real(row, *more)  # type: ignore[arg-type]

    row = under_review(county)
    found = Folder.open(row.pk).examination.findings
    monkeypatch.setattr(examining, "_examined", counted)
    before = row.revision
    judge_all(row, county.people["reviewer"])
    judged = Folder.open(row.pk)
    assert judged.row.revision > before
    assert judged.examination.findings == found
    assert times == []
