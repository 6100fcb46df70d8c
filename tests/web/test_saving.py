"""One field at a time: the answers 200, 409, 422 and 403 of the contract, and what stands beside the field."""

import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from hengji.model.filing import Source, State, Value
from hengji.web.filings import bridge
from hengji.web.filings.bridge import Change
from hengji.web.filings.models import FilingRow
from hengji.web.filings.slugs import slug
from hengji.web.filings.tables import ROW, VALUE
from hengji.web.trail.models import Entry
from tests.web.conftest import County
from tests.web.load import figure, figures_of, saved_version

ITEM = "采购预算金额"
HTMX = {"HX-Request": "true"}


def save(client: Client, county: County, item: str, value: str, version: int, **more: str) -> tuple[int, str]:
    path = f"/filings/{county.filing.pk}/items/{slug(item)}/"
    said = {"value": value, "version": str(version), "year": "2023", "why": "按批复核对", **more}
    answer = client.post(path, said, headers=HTMX)
    return answer.status_code, answer.content.decode()


def version(county: County, item: str = ITEM, year: int = 2023) -> int:
    return bridge.load_rows(county.filing.pk).version(VALUE, item, year, "")


def test_a_saved_figure_moves_the_score(clerk: Client, county: County) -> None:
    status, body = save(clerk, county, ITEM, "26.12", version(county))
    assert status == 200
    assert bridge.load(county.filing.pk).value(ITEM) == Value("26.12", "万元")
    assert 'id="score"' in body
    assert "100.00" in body.split('id="score"')[1]
    assert 'id="counts"' in body
    assert 'id="save"' in body


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("１，２００．５", Value("1200.5", "万元")),
        (" 39.70 ", Value("39.70", "万元")),
        ("无", Value("", "万元", State.NONE)),
        ("0", Value("0", "万元")),
        ("", None),
        ("—", None),
    ],
)
def test_what_is_typed_is_normalised_and_nothing_is_guessed(
    clerk: Client, county: County, typed: str, kept: Value | None
) -> None:
    status, body = save(clerk, county, ITEM, typed, version(county))
    assert status == 200
    assert bridge.load(county.filing.pk).value(ITEM) == kept
    assert "meant" not in body, "nothing is asked about what is plain"


@pytest.mark.parametrize(
    ("typed", "kept"), [("212200元", "21.22"), ("0.5亿元", "5000"), ("212.2千元", "21.22"), ("￥212200", "21.22")]
)
def test_an_amount_in_another_unit_is_asked_about_and_both_are_shown(
    clerk: Client, county: County, typed: str, kept: str
) -> None:
    before = bridge.load(county.filing.pk).value(ITEM)
    status, body = save(clerk, county, ITEM, typed, version(county))
    assert status == 422
    assert f'value="{typed}"' in body
    assert f"换算后是 {kept} 万元" in body
    assert bridge.load(county.filing.pk).value(ITEM) == before
    assert save(clerk, county, ITEM, typed, version(county), meant="typed")[0] == 422, "it is not that many 万元"
    status, body = save(clerk, county, ITEM, typed, version(county), meant="converted")
    assert status == 200
    value = bridge.load(county.filing.pk).value(ITEM)
    assert value is not None
    assert (value.stated, value.unit) == (kept, "万元")
    assert value.quote.startswith(typed.strip("元亿千￥"))


def test_a_figure_ten_thousand_times_last_years_is_asked_about(clerk: Client, county: County) -> None:
    assert save(clerk, county, ITEM, "26.12", version(county, year=2022), year="2022")[0] == 200
    status, body = save(clerk, county, ITEM, "274500", version(county))
    assert status == 422
    assert "27.45 万元" in body
    assert "就是 274500 万元" in body
    assert save(clerk, county, ITEM, "274500", version(county), meant="typed")[0] == 200
    assert bridge.load(county.filing.pk).value(ITEM) == Value("274500", "万元")
    assert save(clerk, county, ITEM, "27.45", version(county))[0] == 200
    status, _ = save(clerk, county, ITEM, "274500", version(county), meant="converted")
    assert status == 200
    kept = bridge.load(county.filing.pk).value(ITEM)
    assert kept is not None
    assert (kept.stated, kept.quote) == ("27.45", "274500元")


def test_another_value_than_the_imported_one_asks_for_a_reason_that_the_trail_keeps(
    clerk: Client, county: County
) -> None:
    imported = Value("5", "万元", source=Source.IMPORTED, locator="收入支出决算总表 第3行")
    bridge.save(county.filing.pk, None, [Change(VALUE, (ITEM, 2023, ""), bridge.value_data(imported))])
    for why in ("", "  错 "):
        status, body = save(clerk, county, ITEM, "6", version(county), why=why)
        assert status == 422
        assert "收入支出决算总表 第3行" in body
        assert 'name="why"' in body
        assert 'value="6"' in body
    status, body = save(clerk, county, ITEM, "60000元", version(county), why="", meant="converted")
    assert status == 422
    assert '"meant":"converted"' in body, "the first answer is not forgotten over the second question"
    assert bridge.load(county.filing.pk).value(ITEM) == imported
    assert save(clerk, county, ITEM, "6", version(county), why="决算批复调整")[0] == 200
    last = Entry.objects.filter(filing=county.filing).order_by("-number").first()
    assert last is not None
    assert last.why == "决算批复调整"
    assert save(clerk, county, ITEM, "7", version(county), why="")[0] == 200, "it is the clerk's own value now"


@pytest.mark.parametrize("typed", ["5.00", "５", "50000元"])
def test_an_imported_figure_typed_again_as_it_was_asks_for_no_reason_and_still_says_where_it_is_from(
    clerk: Client, county: County, typed: str
) -> None:
    imported = Value("5", "万元", source=Source.IMPORTED, locator="收入支出决算总表 第3行")
    bridge.save(county.filing.pk, None, [Change(VALUE, (ITEM, 2023, ""), bridge.value_data(imported))])
    before = FilingRow.objects.get(pk=county.filing.pk).revision
    assert save(clerk, county, ITEM, typed, version(county), why="", meant="converted")[0] == 200
    assert bridge.load(county.filing.pk).value(ITEM) == imported
    assert FilingRow.objects.get(pk=county.filing.pk).revision == before


@pytest.mark.parametrize(("act", "status"), [("import", 422), ("intake", 200)])
def test_a_figure_read_from_a_report_asks_for_a_reason_only_where_a_person_took_it(
    clerk: Client, county: County, act: str, status: int
) -> None:
    figure_read = Value("5", "万元", source=Source.READ, locator="第2页")
    bridge.save(county.filing.pk, None, [Change(VALUE, (ITEM, 2023, ""), bridge.value_data(figure_read))], "", act)
    page = clerk.get(f"/filings/{county.filing.pk}/data/{slug('政府采购')}/").content.decode()
    cell = page.split(f'id="f-{slug(ITEM)}-2023"')[1].split("</td>")[0]
    assert ("改动要写理由" in cell) == (status == 422)
    assert save(clerk, county, ITEM, "6", version(county), why="")[0] == status
    assert save(clerk, county, ITEM, "7", version(county), why="批复调整数")[0] == 200
    assert save(clerk, county, ITEM, "8", version(county), why="")[0] == 200, "it is asked once"


def _contract(county: County, *amounts: str) -> str:
    rows = [
        {"cells": {"合同名称": f"合同{n}", "合同金额": each}, "locator": "", "unit": ""}
        for n, each in enumerate(amounts)
    ]
    bridge.save(county.filing.pk, None, [Change(ROW, ("采购合同", n), row, 0) for n, row in enumerate(rows, start=1)])
    return f"/filings/{county.filing.pk}/registers/{slug('采购合同')}/rows/{len(amounts)}/"


@pytest.mark.parametrize(
    ("typed", "meant", "kept"),
    [
        ("35000元", "converted", "3.5"),
        ("0.2亿元", "converted", "2000"),
        ("280000", "converted", "28"),
        ("280000", "typed", "280000"),
    ],
)
def test_a_registers_cell_asks_about_units_as_a_figure_does(
    clerk: Client, county: County, typed: str, meant: str, kept: str
) -> None:
    path = _contract(county, "12.5", "8")
    shown = bridge.load_rows(county.filing.pk).version(ROW, "采购合同", 2)
    said = {"column": slug("合同金额"), "value": typed, "version": str(shown), "saved": "8"}
    answer = clerk.post(path, said, headers=HTMX)
    assert answer.status_code == 422
    assert f'value="{typed}"' in answer.content.decode()
    assert f'"meant":"{meant}"' in answer.content.decode()
    assert bridge.load(county.filing.pk).registers["采购合同"].rows[1].cells["合同金额"] == "8"
    assert clerk.post(path, {**said, "meant": meant}, headers=HTMX).status_code == 200
    assert bridge.load(county.filing.pk).registers["采购合同"].rows[1].cells["合同金额"] == kept
    last = Entry.objects.filter(filing=county.filing).order_by("-number").first()
    assert last is not None
    assert (typed in last.why) == (meant == "converted"), "what was typed is in the trail"


def test_a_plain_amount_and_a_unit_that_is_none_ask_nothing(clerk: Client, county: County) -> None:
    path = _contract(county, "12.5", "8")
    shown = bridge.load_rows(county.filing.pk).version(ROW, "采购合同", 2)
    said = {"column": slug("合同金额"), "value": "5人", "version": str(shown), "saved": "8"}
    refused = clerk.post(path, said, headers=HTMX)
    assert refused.status_code == 422
    assert "meant" not in refused.content.decode()
    assert clerk.post(path, {**said, "value": "96.4"}, headers=HTMX).status_code == 200


@pytest.mark.parametrize("typed", ["九百", "12,34", "-5", "5人", "1e999"])
def test_what_cannot_be_read_stays_in_the_field_with_one_sentence(clerk: Client, county: County, typed: str) -> None:
    before = FilingRow.objects.get(pk=county.filing.pk).revision
    status, body = save(clerk, county, ITEM, typed, version(county))
    assert status == 422
    assert f'value="{typed}"' in body
    assert 'role="alert"' in body
    assert FilingRow.objects.get(pk=county.filing.pk).revision == before


def test_a_conflict_shows_both_values_and_mine_can_be_kept(clerk: Client, county: County) -> None:
    seen = version(county)
    save(county.client("clerk2"), county, ITEM, "8", seen)
    status, body = save(clerk, county, ITEM, "7", seen)
    assert status == 409
    assert 'value="7"' in body
    assert "<b>8.00</b>" in body
    assert "用我的" in body
    assert bridge.load(county.filing.pk).value(ITEM) == Value("8", "万元")
    assert save(clerk, county, ITEM, "7", version(county))[0] == 200


def test_two_people_may_fill_two_cells_of_one_row(clerk: Client, county: County) -> None:
    place = ("表彰奖励", 1)
    row = bridge.load_rows(county.filing.pk).of(ROW)[place]
    first, second = list(row.says["cells"])[:2]  # type: ignore[call-overload]
    cells = row.says["cells"]
    assert isinstance(cells, dict)
    path = f"/filings/{county.filing.pk}/registers/{slug('表彰奖励')}/rows/1/"

    def post(client: Client, column: str, value: str, saved: str) -> int:
        said = {"column": slug(column), "value": value, "saved": saved, "version": str(row.version)}
        return client.post(path, said, headers=HTMX).status_code

    assert post(county.client("clerk2"), first, "甲奖", cells[first]) == 200
    assert post(clerk, second, "乙", cells[second]) in (200, 422)
    assert post(clerk, first, "丙奖", cells[first]) == 409
    assert bridge.load(county.filing.pk).registers["表彰奖励"].rows[0].cells[first] == "甲奖"


def test_a_row_goes_over_ones_own_save_and_never_over_anothers(clerk: Client, county: County) -> None:
    place = ("表彰奖励", 1)
    row = bridge.load_rows(county.filing.pk).of(ROW)[place]
    cells = row.says["cells"]
    assert isinstance(cells, dict)
    column = next(iter(cells))
    path = f"/filings/{county.filing.pk}/registers/{slug('表彰奖励')}/rows/1/"
    said = {"column": slug(column), "value": "甲奖", "saved": cells[column], "version": str(row.version)}
    assert clerk.post(path, said, headers=HTMX).status_code == 200
    other = county.client("clerk2").post(f"{path}remove/", {"version": str(row.version)}, headers=HTMX)
    assert other.status_code == 422
    assert "刚被别人改过" in other.content.decode()
    assert "hx-swap-oob" not in other.content.decode(), "what was refused stays on the screen"
    assert place in bridge.load_rows(county.filing.pk).of(ROW)
    mine = clerk.post(f"{path}remove/", {"version": str(row.version)}, headers=HTMX)
    assert mine.status_code == 200
    assert f'id="r-{slug("表彰奖励")}-1" hx-swap-oob="delete"' in mine.content.decode()
    assert place not in bridge.load_rows(county.filing.pk).of(ROW)


def test_a_save_after_sending_is_refused_in_one_sentence(clerk: Client, county: County) -> None:
    FilingRow.objects.filter(pk=county.filing.pk).update(step="signing")
    status, body = save(clerk, county, ITEM, "7", version(county))
    assert status == 403
    assert "/why/" in body


def test_only_this_year_and_the_last_can_be_typed(clerk: Client, county: County) -> None:
    assert save(clerk, county, ITEM, "7", 0, year="2022")[0] == 200
    assert save(clerk, county, ITEM, "7", 0, year="2019")[0] == 404


def test_every_save_is_in_the_trail_with_both_values(clerk: Client, county: County) -> None:
    save(clerk, county, ITEM, "7", version(county))
    entry = Entry.objects.filter(filing=county.filing).latest("number")
    assert (entry.who, entry.act) == (county.people["clerk"].pk, "fill")
    assert '"stated":"5"' in entry.before.replace(" ", "")
    assert '"stated":"7"' in entry.after
    page = clerk.get(f"/filings/{county.filing.pk}/history/").content.decode()
    assert "5万元" in page
    assert "7万元" in page


def test_a_statement_a_band_a_claim_and_an_exemption(clerk: Client, county: County) -> None:
    base = f"/filings/{county.filing.pk}"
    assert clerk.post(f"{base}/answers/1.1.1/1/", {"holds": "yes", "version": "0"}, headers=HTMX).status_code == 200
    assert bridge.load(county.filing.pk).judgements["1.1.1"].answers["1"].holds is True
    said = {"band": "优", "share": "95", "reason": "效果明显", "version": "0"}
    bands = clerk.post(f"{base}/bands/3.3/", said, headers=HTMX)
    assert bands.status_code in (200, 404)
    assert clerk.post(f"{base}/bands/3.3/", {"share": "950", "version": "0"}, headers=HTMX).status_code == 422
    claim = bridge.load_rows(county.filing.pk).by_table["claim"]["1.1.1",].version
    said = {"score": "4.5", "reason": "少一份批复", "version": str(claim)}
    assert clerk.post(f"{base}/claims/1.1.1/", said, headers=HTMX).status_code == 200
    assert str(bridge.load(county.filing.pk).claims["1.1.1"].score) == "4.5"
    assert clerk.post(f"{base}/claims/1.1.1/", {"score": "四", "version": "0"}, headers=HTMX).status_code == 422
    assert clerk.post(f"{base}/claims/加分/", {"score": "3", "version": "0"}, headers=HTMX).status_code == 409
    said = {"reason": "本年没有此项", "version": "0"}
    assert clerk.post(f"{base}/exemptions/1.1.2/", said, headers=HTMX).status_code == 200
    assert bridge.load(county.filing.pk).exemptions["1.1.2"].reason == "本年没有此项"


def test_a_paragraph_and_a_reference_that_leads_nowhere(clerk: Client, county: County) -> None:
    path = f"/filings/{county.filing.pk}/text/{slug('相关建议')}/1/"
    bad = clerk.post(path, {"value": "采购{没有这一项}", "version": "0"}, headers=HTMX)
    assert bad.status_code == 422
    good = clerk.post(path, {"value": "采购预算{采购预算金额}，建议细化。", "version": "0"}, headers=HTMX)
    assert good.status_code == 200
    assert "建议细化" in clerk.get(f"/filings/{county.filing.pk}/report/").content.decode()


def test_a_pasted_block_is_shown_before_it_is_kept(clerk: Client, county: County) -> None:
    path = f"/filings/{county.filing.pk}/registers/{slug('采购合同')}/paste/"
    block = "合同名称\t合同金额（万元）\r\n电脑\t5.60\r\n打印机\t3.27\r\n复印机\t五万\r\n"
    preview = clerk.post(path, {"block": block})
    assert "可以加入 2 行，有误 1 行" in preview.content.decode()
    assert "采购合同" not in bridge.load(county.filing.pk).registers
    clerk.post(path, {"block": block, "confirmed": "1"})
    rows = bridge.load(county.filing.pk).registers["采购合同"].rows
    assert [row.cells["合同金额"] for row in rows] == ["5.60", "3.27"]


def test_a_pasted_amount_in_another_unit_is_converted_where_the_preview_says_so(clerk: Client, county: County) -> None:
    path = f"/filings/{county.filing.pk}/registers/{slug('采购合同')}/paste/"
    block = "合同名称\t合同金额\r\n电脑\t35000元\r\n打印机\t3台\r\n"
    preview = clerk.post(path, {"block": block}).content.decode()
    assert "可以加入 1 行，有误 1 行" in preview
    assert "合同金额：35000元 换算为 3.5 万元" in preview
    shown = re.search(r'<textarea class="form-control"[^>]*>\n(.*?)</textarea>', preview, re.DOTALL)
    assert shown is not None
    assert shown[1] == block, "what is wrong can be mended here, the tabs and all"
    mended = clerk.post(path, {"block": block.replace("3台", "0.3")}).content.decode()
    assert "可以加入 2 行，有误 0 行" in mended
    clerk.post(path, {"block": block.replace("3台", "0.3"), "confirmed": "1"})
    rows = bridge.load(county.filing.pk).registers["采购合同"].rows
    assert [row.cells["合同金额"] for row in rows] == ["3.5", "0.3"]


def test_rows_are_added_marked_and_removed(clerk: Client, county: County) -> None:
    base = f"/filings/{county.filing.pk}/registers/{slug('采购合同')}"
    assert clerk.post(f"{base}/rows/", headers=HTMX).status_code == 200
    assert clerk.post(f"{base}/mark/", {"mark": "none", "version": "0"}).status_code == 422
    version = bridge.load_rows(county.filing.pk).version(ROW, "采购合同", 1)
    assert clerk.post(f"{base}/rows/1/remove/", {"version": str(version)}, headers=HTMX).status_code == 200
    assert clerk.post(f"{base}/mark/", {"mark": "none", "version": "0"}).status_code == 302
    assert bridge.load(county.filing.pk).registers["采购合同"].none_this_year


def test_things_are_found_by_any_part_of_a_name_or_alias(clerk: Client, county: County) -> None:
    path = f"/filings/{county.filing.pk}/find/"
    body = clerk.get(path, {"q": "政府采购支出总额"}).content.decode()
    assert "实际采购金额" in body
    for words, name in (
        ("采购", "2.1.4 政府采购执行率"),
        ("合同", "台账"),
        ("问题", "存在问题"),
        ("2.1.6", "资金下达合法性"),
    ):
        assert name in clerk.get(path, {"q": words}).content.decode()
    assert "没有找到" in clerk.get(path, {"q": "无此物"}).content.decode()


def test_what_came_too_late_says_so_wherever_it_happens(
    clerk: Client, county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    from hengji.web.filings.views import registers

    monkeypatch.setattr(registers, "next_number", lambda *_: 1)  # two rows are added in the same moment
    base = f"/filings/{county.filing.pk}/registers/{slug('工作开展')}"
    for headers in ({}, HTMX):
        late = clerk.post(f"{base}/rows/", headers=headers)
        assert late.status_code == 409
        assert "没有保存" in late.content.decode()
    assert len(bridge.load(county.filing.pk).registers["工作开展"].rows) == 30


def test_what_if_saves_nothing(clerk: Client, county: County) -> None:
    before = FilingRow.objects.get(pk=county.filing.pk).revision
    answer = clerk.get(f"/filings/{county.filing.pk}/whatif/", {"item": ITEM, "value": "26.12"}, headers=HTMX)
    body = answer.content.decode()
    assert "98.00 → 100.00" in body
    assert "不变（已封顶）" in body
    assert FilingRow.objects.get(pk=county.filing.pk).revision == before
    odd = clerk.get(f"/filings/{county.filing.pk}/whatif/", {"item": "无此项", "value": "1"}).content.decode()
    assert "没有“无此项”这个数据项" in odd


def test_a_waiver_needs_a_reason_and_is_kept(clerk: Client, county: County) -> None:
    from hengji.web.filings.folder import Folder

    found = Folder.open(county.filing.pk).found[0]
    path = f"/filings/{county.filing.pk}/findings/{found.key}/waive/"
    assert clerk.post(path, {"reason": "不对"}).status_code == 422
    assert clerk.post(path, {"reason": "佐证为涉密文件，已当面交财政局查阅"}).status_code == 302
    assert next(each for each in Folder.open(county.filing.pk).found if each.key == found.key).waived


PAGES = {
    "data": (f"data/{slug('收支总体')}/", 5),
    "register": (f"registers/{slug('工作开展')}/", 5),
    "judgements": ("judgements/2/", 5),
    "text": (f"text/{slug('存在问题')}/", 5),
    "score": ("score/", 5),
    "leaf": ("leaves/2.1.4/", 6),
    "findings": ("findings/", 5),
    "evidence": ("evidence/", 5),
    "report": ("report/", 9),
    "sign": ("sign/", 7),
    "history": ("history/", 7),
}


@pytest.mark.parametrize("page", PAGES)
def test_queries_do_not_grow_with_rows(
    clerk: Client, county: County, page: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    path, number = PAGES[page]
    address = f"/filings/{county.filing.pk}/{path}"
    clerk.get(address)
    with django_assert_num_queries(number):
        clerk.get(address)
    rows = [Change(ROW, ("工作开展", 100 + n), {"cells": {}, "locator": "", "unit": ""}) for n in range(150)]
    bridge.save(county.filing.pk, None, rows)
    clerk.get(address)  # the text of a new revision is examined once
    with django_assert_num_queries(number):
        clerk.get(address)


def test_queries_of_a_save(
    clerk: Client, county: County, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    save(clerk, county, ITEM, "7", version(county))
    known = version(county)
    with django_assert_max_num_queries(15):  # session, person, filing; lock, row, trail; what has come since
        save(clerk, county, ITEM, "8", known)


def test_imported_figures_are_marked(clerk: Client, county: County) -> None:
    assert bridge.load(county.filing.pk).value(ITEM).source in (Source.READ, Source.TYPED)  # type: ignore[union-attr]
    assert clerk.get(f"/filings/{county.filing.pk}/cover/").status_code == 200


def test_a_subordinate_unit_has_its_own_figures(clerk: Client, county: County) -> None:
    base = f"/filings/{county.filing.pk}"
    clerk.post(f"{base}/cover/{slug('下属单位')}/", {"value": "一中队\n二中队", "version": "0"}, headers=HTMX)
    for unit, value in (("一中队", "3"), ("二中队", "4.5")):
        assert save(clerk, county, "公用经费支出", value, 0, unit=unit)[0] == 200
    filing = bridge.load(county.filing.pk)
    assert filing.values["公用经费支出", 2023, "一中队"] == Value("3", "万元")  # type: ignore[index]
    assert save(clerk, county, "公用经费支出", "1", 0, unit="无此单位")[0] == 404
    page = clerk.get(f"{base}/data/{slug('收支总体')}/").content.decode()
    assert "2个单位合计" in page
    assert "7.50" in page
    own = clerk.get(f"{base}/data/{slug('收支总体')}/", {"unit": "一中队"}).content.decode()
    assert 'value="3.00"' in own
    assert clerk.get(f"{base}/data/{slug('收支总体')}/", {"unit": "x"}).status_code == 404


def test_the_load_of_the_benchmark_types_what_every_field_takes(clerk: Client, county: County) -> None:
    """Else requests fail for another reason than the load, and nobody would notice when something is wrong."""
    home = clerk.get(f"/filings/{county.filing.pk}/", follow=True).content.decode()
    sections = sorted(set(re.findall(r'href="(/filings/\d+/data/\w+/)"', home)))
    found = [field for section in sections for field in figures_of(clerk.get(section).content.decode())]
    assert len(found) > 50, "two hundred clerks of four departments each have a field of their own"
    for number, (path, shown) in enumerate(found):
        said = {"value": figure(999 - number), "version": shown, "year": "2023", "why": "压力测试", "meant": "typed"}
        answer = clerk.post(path, said, headers=HTMX)
        assert answer.status_code == 200, answer.content.decode()
        assert int(saved_version(answer.content.decode())) > int(shown)
