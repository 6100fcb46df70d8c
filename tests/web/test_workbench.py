"""The workbench: what is due, how far, what is doubtful, who has it, what others changed, earlier years."""

from datetime import date, timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from hengji.web.filings import bridge
from hengji.web.filings.bridge import Change
from hengji.web.filings.models import FilingRow
from hengji.web.filings.systems import pin
from hengji.web.filings.tables import COVER
from hengji.web.people.acts import Act
from hengji.web.states.moves import take
from tests.web.conftest import County


def desk(client: Client, **headers: str) -> str:
    return client.get("/", headers=headers).content.decode()


def test_what_is_due_and_who_has_it(clerk: Client, county: County) -> None:
    FilingRow.objects.filter(pk=county.filing.pk).update(deadline=date.today() - timedelta(days=2))
    page = desk(clerk)
    assert "逾期 2 天" in page
    assert "<td>填报人</td>" in page
    take(county.filing.pk, county.people["clerk"], Act.SEND)
    assert "<td>单位负责人</td>" in desk(clerk)
    assert "没有要处理的" in desk(clerk), "what is with the head is not the clerk's to mend"


def test_what_came_back_stands_first_with_its_reason(clerk: Client, county: County) -> None:
    take(county.filing.pk, county.people["clerk"], Act.SEND)
    take(county.filing.pk, county.people["head"], Act.RETURN, "缺附件三")
    todo = desk(clerk).split('id="todo"')[1]
    assert todo.index("缺附件三") < todo.index("疑点")
    fragment = desk(clerk, **{"HX-Request": "true", "HX-Target": "todo"})
    assert fragment.startswith('<section class="card" id="todo"')
    assert "缺附件三" in fragment


def test_things_to_do_lead_to_their_fields(clerk: Client, county: County) -> None:
    todo = desk(clerk).split('id="todo"')[1]
    assert f'href="/filings/{county.filing.pk}/leaves/1.1.1/"' in todo


def test_only_what_others_changed_is_news(clerk: Client, county: County) -> None:
    for who, words in (("clerk", "我自己写的"), ("clerk2", "同事写的")):
        bridge.save(county.filing.pk, county.people[who], [Change(COVER, ("填报人",), {"text": words})])
    news = desk(clerk).split("别人最近的修改")[1]
    assert "<td>同事写的</td>" in news
    assert "<td>我自己写的</td>" not in news


def test_earlier_years_are_listed_and_not_worked_out(
    clerk: Client, county: County, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    def years(*numbers: int) -> None:
        for year in numbers:
            row = FilingRow.objects.create(
                department=county.filing.department, year=year, system=pin("national/2013-53-framework")
            )
            FilingRow.objects.filter(pk=row.pk).update(step="archived")

    years(2022)
    assert desk(clerk).count("以前年度") == 1
    assert "2022 年度" in desk(clerk).split("以前年度")[1]
    with django_assert_max_num_queries(13):
        desk(clerk)
    years(2021, 2020, 2019)
    with django_assert_max_num_queries(13):
        desk(clerk)


def test_a_filing_that_cannot_be_opened_keeps_its_line(clerk: Client, county: County) -> None:
    FilingRow.objects.create(department=county.filing.department, year=2031, system=county.filing.system)
    page = desk(clerk)
    assert "不适用于2031年度" in page
    assert "2023" in page


@pytest.mark.parametrize(
    ("state", "name", "page"),
    [
        ({"step": "opinion"}, "逐项答复意见", "/opinions/{}/"),
        ({"step": "final", "rectification": "open"}, "填写整改情况", "/rectify/{}/"),
        ({"step": "review"}, "查看", "/filings/{}/"),
    ],
)
def test_the_workbench_leads_to_the_page_where_something_is_to_be_done(
    county: County, state: dict[str, str], name: str, page: str
) -> None:
    FilingRow.objects.filter(pk=county.filing.pk).update(**state)
    text = county.client("clerk").get("/").content.decode()
    assert f'href="{page.format(county.filing.pk)}">{name}</a>' in text
    assert text.count("以前年度") == 0
