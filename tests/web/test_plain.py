"""Filling without scripts: a section as one form, and a block pasted into a section of data items."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from hengji.model.filing import Answer, ValueKey
from hengji.web.filings import bridge
from hengji.web.filings.slugs import slug
from tests.web.conftest import County

SECTION, ITEM, OTHER = "政府采购", "采购预算金额", "实际采购金额"


def fields(body: str) -> dict[str, str]:
    """What a browser would send back: every field of the form as it stands."""
    found = dict(re.findall(r'<input[^>]*? name="([^"]+)"(?: value="([^"]*)")?', body))
    found |= dict(re.findall(r'<textarea[^>]*? name="([^"]+)"[^>]*>\n?(.*?)</textarea>', body, re.DOTALL))
    for name, inside in re.findall(r'<select[^>]*? name="([^"]+)">(.*?)</select>', body, re.DOTALL):
        chosen = re.search(r"<option selected>([^<]*)", inside)
        found[name] = chosen[1] if chosen else ""
    found.pop("csrfmiddlewaretoken", None)
    found.pop("q", None)
    return found


def key(*place: object) -> str:
    return slug("|".join(map(str, place)))


def value_of(county: County, item: str, year: int = 2023) -> str:
    value = bridge.load(county.filing.pk).values.get(ValueKey(item, year))
    return value.stated if value else ""


@pytest.fixture
def page(county: County) -> str:
    return reverse("data_form", args=[county.filing.pk, slug(SECTION)])


def test_what_is_not_touched_is_not_saved(clerk: Client, county: County, page: str) -> None:
    before = bridge.load(county.filing.pk)
    answer = clerk.post(page, fields(clerk.get(page).content.decode()))
    assert answer.status_code == 302
    assert bridge.load(county.filing.pk) == before


def test_a_section_is_saved_at_once(clerk: Client, county: County, page: str) -> None:
    form = fields(clerk.get(page).content.decode())
    form[f"{key('value', ITEM, 2023, '')}-value"] = "26.12"
    form[f"{key('value', ITEM, 2023, '')}-why"] = "按批复核对"
    form[f"{key('value', OTHER, 2022, '')}-value"] = "１４．４６"
    assert clerk.post(page, form).status_code == 302
    assert value_of(county, ITEM) == "26.12"
    assert value_of(county, OTHER, 2022) == "14.46"


def test_one_wrong_figure_keeps_all_that_was_typed_and_saves_nothing(clerk: Client, county: County, page: str) -> None:
    form = fields(clerk.get(page).content.decode())
    form[f"{key('value', ITEM, 2023, '')}-value"] = "九"
    form[f"{key('value', OTHER, 2022, '')}-value"] = "14.46"
    answer = clerk.post(page, form)
    assert answer.status_code == 422
    body = answer.content.decode()
    assert 'value="九"' in body
    assert 'value="14.46"' in body
    assert "不是数" in body
    assert value_of(county, OTHER, 2022) == ""
    again = fields(body)
    again[f"{key('value', ITEM, 2023, '')}-value"] = "9"
    again[f"{key('value', ITEM, 2023, '')}-why"] = "按批复核对"
    assert clerk.post(page, again).status_code == 302
    assert (value_of(county, ITEM), value_of(county, OTHER, 2022)) == ("9", "14.46")


def chosen(body: str) -> list[str]:
    """The answers that a form offers, as the words it would send."""
    return re.findall(r'<input type="radio" name="[^"]+-meant" value="([^"]+)"', body)


def test_yuan_where_ten_thousands_are_meant_are_asked_about(clerk: Client, county: County, page: str) -> None:
    form = fields(clerk.get(page).content.decode())
    form[f"{key('value', ITEM, 2022, '')}-value"] = "26.12"
    assert clerk.post(page, form).status_code == 302
    cell = f"{key('value', ITEM, 2023, '')}"
    before = value_of(county, ITEM)
    form = fields(clerk.get(page).content.decode())
    form |= {f"{cell}-value": "274500", f"{cell}-why": "按批复核对"}
    answer = clerk.post(page, form)
    body = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="274500"' in body
    assert chosen(body) == ["是元，按 27.45 万元保存", "就是 274500 万元"]
    assert value_of(county, ITEM) == before
    assert clerk.post(page, form | {f"{cell}-value-meant": "就是 1 万元"}).status_code == 422, (
        "it answers for another figure"
    )
    assert clerk.post(page, form | {f"{cell}-value-meant": "是元，按 27.45 万元保存"}).status_code == 302
    assert value_of(county, ITEM) == "27.45"
    form = fields(clerk.get(page).content.decode())
    form[f"{cell}-value"] = "274500"
    assert clerk.post(page, form | {f"{cell}-value-meant": "就是 274500 万元"}).status_code == 302
    assert value_of(county, ITEM) == "274500"


def test_another_unit_is_converted_where_the_form_is_told_to(clerk: Client, county: County, page: str) -> None:
    cell = f"{key('value', OTHER, 2022, '')}"
    form = fields(clerk.get(page).content.decode()) | {f"{cell}-value": "144600元"}
    body = clerk.post(page, form).content.decode()
    assert chosen(body) == ["按 14.46 万元保存"]
    assert clerk.post(page, form | {f"{cell}-value-meant": chosen(body)[0]}).status_code == 302
    assert value_of(county, OTHER, 2022) == "14.46"


def test_a_register_asks_about_its_amounts_in_the_form_too(clerk: Client, county: County) -> None:
    number = county.filing.pk
    register = reverse("register_form", args=[number, slug("采购合同")])
    column, row = slug("合同金额"), key("row", "采购合同", 1)
    form = fields(clerk.get(register).content.decode())
    form |= {f"{row}-{slug('合同名称')}": "合同甲", f"{row}-{column}": "35000元"}
    answer = clerk.post(register, form)
    assert answer.status_code == 422
    assert 'value="合同甲"' in answer.content.decode()
    (only,) = chosen(answer.content.decode())
    assert clerk.post(register, form | {f"{row}-{column}-meant": only}).status_code == 302
    assert bridge.load(number).registers["采购合同"].rows[0].cells["合同金额"] == "3.5"


def test_a_figure_that_somebody_changed_meanwhile_is_asked_about(clerk: Client, county: County, page: str) -> None:
    form = fields(clerk.get(page).content.decode())
    other = county.client("clerk2")
    theirs = fields(other.get(page).content.decode())
    theirs[f"{key('value', ITEM, 2023, '')}-value"] = "8"
    theirs[f"{key('value', ITEM, 2023, '')}-why"] = "按批复核对"
    other.post(page, theirs)
    form[f"{key('value', ITEM, 2023, '')}-value"] = "7"
    form[f"{key('value', ITEM, 2023, '')}-why"] = "按批复核对"
    answer = clerk.post(page, form)
    assert answer.status_code == 409
    assert "现在是“8”" in answer.content.decode()
    assert value_of(county, ITEM) == "8"
    assert clerk.post(page, fields(answer.content.decode())).status_code == 302
    assert value_of(county, ITEM) == "7"


def test_registers_statements_and_chapters_have_such_a_form_too(clerk: Client, county: County) -> None:
    number = county.filing.pk
    register = reverse("register_form", args=[number, slug("采购合同")])
    form = fields(clerk.get(register).content.decode())
    empty = bridge.load(number).registers.get("采购合同")
    assert empty is None or not empty.rows
    names = [
        name for name in form if name.startswith(key("row", "采购合同", 1)) and not name.endswith(("-was", "-version"))
    ]
    form[names[0]] = "合同甲"
    assert clerk.post(register, form).status_code == 302
    assert len(bridge.load(number).registers["采购合同"].rows) == 1

    judgements = reverse("judgement_form", args=[number, "2"])
    form = fields(clerk.get(judgements).content.decode())
    form[f"{key('answer', '2.2.1', '1')}-holds"] = "是"
    assert clerk.post(judgements, form).status_code == 302
    assert bridge.load(number).judgements["2.2.1"].answers["1"] == Answer(holds=True)

    chapter = reverse("text_form", args=[number, slug("相关建议")])
    form = fields(clerk.get(chapter).content.decode())
    form[f"{key('paragraph', '相关建议', 1)}-text"] = "改进采购预算编制。"
    assert clerk.post(chapter, form).status_code == 302
    assert bridge.load(number).narrative["相关建议"] == ("改进采购预算编制。",)
    form = fields(clerk.get(chapter).content.decode())
    form[f"{key('paragraph', '相关建议', 2)}-text"] = "见{没有这一项}"
    assert clerk.post(chapter, form).status_code == 422


def revision_of(body: str) -> str:
    found = re.search(r'name="revision" value="(\d+)"', body)
    assert found is not None
    return found[1]


def test_a_block_goes_by_names_or_down_from_the_focused_row(clerk: Client, county: County) -> None:
    page = reverse("paste_data", args=[county.filing.pk, slug(SECTION)])
    named = clerk.post(page, {"block": f"{OTHER}\t14.46\t26.20\n没有这一项\t3\n"}).content.decode()
    assert "要改 3 格" in named  # the unknown name falls to the first row as two years, of which one is no number
    down = {"block": "6\n九\n", "from": f"row-{slug(ITEM)}"}
    body = clerk.post(page, down).content.decode()
    assert "要改 1 格" in body
    assert "不是数" in body
    assert value_of(county, ITEM) == "5"
    kept = down | {
        "confirmed": "1",
        "why": "按批复核对",
        "revision": revision_of(body),
    }
    lacking = clerk.post(page, kept | {"why": ""})
    assert lacking.status_code == 422
    assert "没有写理由" in lacking.content.decode()
    assert value_of(county, ITEM) == "5"
    assert clerk.post(page, kept).status_code == 302
    assert value_of(county, ITEM) == "6"
    assert clerk.post(page, kept | {"block": "7"}).status_code == 422  # made upon a preview that is out of date
    assert value_of(county, ITEM) == "6"


def test_a_pasted_amount_in_yuan_is_asked_about(clerk: Client, county: County) -> None:
    page = reverse("paste_data", args=[county.filing.pk, slug(SECTION)])
    stated = clerk.post(page, {"block": f"{OTHER}\t212200元"}).content.decode()
    assert "换算后是 21.22 万元" in stated
    down = {"block": f"{OTHER}\t261300\t26.20\n"}
    body = clerk.post(page, down).content.decode()
    assert "261300 像是按元填的" in body
    assert "26.13 万元" in body
    kept = down | {"why": "按批复核对", "revision": revision_of(body)}
    assert clerk.post(page, kept | {"confirmed": "yuan"}).status_code == 302
    assert value_of(county, OTHER, 2022) == "26.13"
    assert value_of(county, OTHER) == "26.20"
