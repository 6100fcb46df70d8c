"""Statistics of a year: who counts and who is left out, quartiles and outliers, leaves nobody loses on, tables and report."""

import csv
import io
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import openpyxl
import pytest
from pytest_django import DjangoAssertNumQueries

from hengji.reading import read_data
from hengji.web.filings.models import FilingRow
from hengji.web.jobs.loop import Loop
from hengji.web.jobs.models import Job
from hengji.web.people.models import Department
from hengji.web.results.charts import charts_of, sheets_of
from hengji.web.results.statistics import Quartiles, of_year, quartiles
from hengji.web.results.summary import report_of
from hengji.web.results.uses import by_rule, lines_of
from hengji.web.scores.models import LeafLine, Summary
from hengji.web.trail.verify import verify
from hengji.writing.blocks import Chart, Heading, Paragraph, Table, Title, text_of
from hengji.writing.blocks import Line as TextLine
from tests.web.conftest import County

# claimed and reviewed score of a department, its kind, and where it stands
Made = tuple[int, int | None, str, str]
TEN: Sequence[Made] = [(9800, 9800 - 300 - 10 * n, "党政机关", "final") for n in range(8)] + [
    (9900, 7800, "党政机关", "final"),
    (9700, 9100, "事业单位", "opinion"),
]


def made(county: County, lines: Sequence[Made], year: int = 2022) -> int:
    """A year of departments with summaries and two leaves, one on which nobody loses."""
    region = county.filing.department.region
    for number, (claimed, reviewed, kind, step) in enumerate(lines):
        department, _ = Department.objects.get_or_create(region=region, name=f"某{number}局", defaults={"kind": kind})
        row = FilingRow.objects.create(department=department, year=year, system=county.filing.system, step=step)
        final = reviewed if step == "final" else None
        said = {
            "claimed": claimed,
            "reviewed": reviewed,
            "final": final,
            "grade": "优" if (reviewed or 0) >= 9000 else "中",
        }
        Summary.objects.create(filing=row, revision=0, leaves=2, **said)
        lost = claimed - reviewed if reviewed is not None else None
        for at, (leaf, name, full, kept) in enumerate(
            [("1.1.1", "编制", 3000, 3000), ("3.3", "效益", 7000, None if lost is None else 7000 - lost)], start=1
        ):
            LeafLine.objects.create(
                filing=row, number=at, leaf=leaf, name=name, full=full, standing="claimed", claimed=full,
                reviewed=kept, final=kept if step == "final" else None,
            )  # fmt: skip
    return region.pk


def test_means_shares_and_bands_are_exact(county: County) -> None:
    said = of_year(made(county, TEN), 2022)
    assert len(said.counted) == 10
    whole = said.whole
    assert whole is not None
    assert whole.claimed == Fraction(8 * 9800 + 9900 + 9700, 1000)
    assert whole.reviewed == Fraction(sum(9500 - 10 * n for n in range(8)) + 7800 + 9100, 1000)
    assert {name: (a, b) for name, a, b in said.bands}["60–80"] == (0, 1)
    assert sum(number for _, number, _ in said.bands) == sum(number for _, _, number in said.bands) == 10
    assert said.full_shares == (Fraction(1), Fraction(1, 2))
    assert [name for name, _, _ in said.by_grade][:2] == ["优", "良"]
    assert {name: (a, b) for name, a, b in said.by_grade}["优"] == (10, 9)


def test_a_leaf_that_nobody_loses_on_stands_first(county: County) -> None:
    leaves = of_year(made(county, TEN), 2022).leaves
    assert [(leaf.leaf, leaf.never_lost, leaf.rate == 1) for leaf in leaves] == [
        ("1.1.1", True, True),
        ("3.3", False, False),
    ]
    assert (leaves[0].full_reviewed, leaves[0].filings) == (10, 10)


@pytest.mark.parametrize(
    ("values", "wanted"),
    [
        ([1, 2, 3, 4, 5], (2, 3, 4)),
        ([1, 2, 3, 4], (Fraction(7, 4), Fraction(5, 2), Fraction(13, 4))),
        ([7], (7, 7, 7)),
    ],
)
def test_quartiles_are_exact(values: list[int], wanted: tuple[Fraction, ...]) -> None:
    assert quartiles(values) == Quartiles(*map(Fraction, wanted))


def test_an_outlier_is_told_with_its_peers_and_where_it_comes_from(county: County) -> None:
    said = of_year(made(county, TEN), 2022)
    (found,) = [each for each in said.outliers if each.counted.department == "某8局"]
    assert (found.peers, found.number) == ("党政机关", 9)
    assert found.counted.gap == 2100
    assert found.quartiles.median == 340
    assert found.sources == (("3.3", "效益", 2100),)
    institution = [each for each in said.outliers if each.counted.kind == "事业单位"]
    assert all(each.peers == "全部单位" for each in institution)


def test_who_is_left_out_is_listed_with_the_reason(county: County) -> None:
    lines = [*TEN, (9000, None, "", "review"), (9000, None, "", "opinion"), (9000, None, "", "filling")]
    region = made(county, lines)
    trouble = FilingRow.objects.filter(year=2022).last()
    assert trouble is not None
    Summary.objects.filter(filing=trouble).update(trouble="规则有误")
    said = of_year(region, 2022)
    assert len(said.counted) == 10
    assert [each.reason for each in said.left] == [
        "现在处于“复核，初审中”，还没有复核结果",
        "没有自评得分或没有复核得分",
        "得分未算出：规则有误",
    ]


def test_of_fewer_than_five_there_are_tables_only(county: County) -> None:
    region = made(county, TEN[:4])
    said = of_year(region, 2022)
    assert not said.enough
    assert charts_of(said) == {}
    assert said.outliers == ()
    page = county.client("auditor").get("/stats/2022/").content.decode()
    assert "不足 5 个" in page
    assert "data-chart" not in page
    assert "某3局" in page


def test_a_kind_is_looked_at_by_itself(county: County) -> None:
    region = made(county, TEN)
    said = of_year(region, 2022, "事业单位")
    assert [each.department for each in said.counted] == ["某9局"]
    assert said.leaves[0].filings == 1
    assert said.by_year[0].filings == 1
    page = (
        county.client("admin")
        .get("/stats/2022/", {"kind": "党政机关"}, headers={"HX-Request": "true"})
        .content.decode()
    )
    assert "<html" not in page
    assert "某0局" in page
    assert "某9局" not in page
    assert "kind=%E5%85%9A" in page  # its downloads are of the same kind


def test_years_stand_beside_each_other(county: County) -> None:
    region = made(county, TEN)
    made(county, TEN[:6], 2021)
    said = of_year(region, 2022)
    assert [(each.name, each.filings) for each in said.by_year] == [("2021", 6), ("2022", 10)]
    assert "years" in charts_of(said)


def test_every_table_can_be_taken_away(county: County) -> None:
    said = of_year(made(county, TEN), 2022)
    client = county.client("auditor")
    for name, sheet in sheets_of(said).items():
        answer = client.get(f"/stats/2022/{name}.csv")
        rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
        assert len(rows) == len(sheet.rows) + 1, name
    book = openpyxl.load_workbook(io.BytesIO(client.get("/stats/2022/all.xlsx").content))
    assert book.sheetnames[0] == "自评与复核"
    assert book.worksheets[0]["C2"].value == 98
    assert Decimal("94.70") in [row[3] for row in sheets_of(said)["gap"].rows]
    for wrong in ("/stats/2022/none.csv", "/stats/2022/all.csv", "/stats/2022/gap.exe"):
        assert client.get(wrong).status_code == 404


def test_queries_do_not_grow_with_filings(county: County, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    made(county, [(9800 - n, 9300 - n * 7 % 1000, "党政机关" if n % 3 else "事业单位", "final") for n in range(60)])
    client = county.client("admin")
    with django_assert_num_queries(8):
        assert client.get("/stats/2022/").status_code == 200
    with django_assert_num_queries(5):
        assert client.get("/results/2022/").status_code == 200


def texts(county: County, to: str, lines: Sequence[Made] = TEN) -> tuple[str, list[object]]:
    region = made(county, lines)
    report = report_of(region, "甲县", of_year(region, 2022), lines_of(region, 2022), to)
    said = [text_of(block.runs) for block in report.blocks if isinstance(block, Paragraph | TextLine)]
    said += [f"{block.number}{block.text}" for block in report.blocks if isinstance(block, Heading)]
    return "\n".join(said), list(report.blocks)


def test_the_summary_report_takes_its_figures_from_the_statistics(county: County) -> None:
    text, blocks = texts(county, "government")
    for wanted in (
        "自评平均98.00分",
        "无人失分的1项：编制",
        "分差异常的单位",
        "中位数为3.40分",
        "【待填写",
        "一、基本情况",
        "甲县人民政府",
    ):
        assert wanted in text, wanted
    assert isinstance(blocks[0], Title)
    assert not blocks[0].cover  # the report begins below its title, not on the next page
    assert isinstance(blocks[1], TextLine)  # whom it is to stands at the margin
    assert sum(isinstance(block, Table) for block in blocks) == 4
    assert sum(isinstance(block, Chart) for block in blocks) == 1


def test_the_congress_is_told_without_the_working_tables(county: County) -> None:
    text, blocks = texts(county, "congress")
    assert "分差异常" not in text
    assert "附：各单位结果" in text
    assert any(isinstance(block, Table) and len(block.rows) == 10 for block in blocks)


def test_a_report_of_few_says_so(county: County) -> None:
    text, blocks = texts(county, "government", TEN[:3])
    assert "不足5个" in text
    assert not any(isinstance(block, Chart) for block in blocks)
    nothing, _ = texts(county, "congress", [])
    assert "还没有复核结果" in nothing or "自评平均" in nothing


@pytest.mark.parametrize("form", ["docx", "pdf"])
def test_it_is_written_in_the_background(county: County, form: str) -> None:
    made(county, TEN)
    assert county.client("clerk").post("/stats/2022/summary/", {"to": "government", "form": form}).status_code == 403
    assert county.client("auditor").post("/stats/2022/summary/", {"to": "x", "form": form}).status_code == 422
    county.client("auditor").post("/stats/2022/summary/", {"to": "congress", "form": form})
    Loop().all()
    job = Job.objects.get()
    assert job.error == ""
    answer = county.client("auditor").get(f"/jobs/{job.pk}/file/")
    assert "评价结果的报告" in read_data(f"x.{form}", b"".join(answer)).text.replace("\n", "")


def test_grades_lead_to_proposals_and_a_person_may_choose_otherwise(county: County) -> None:
    region = made(county, TEN[:9])
    assert (by_rule("优"), by_rule("没有这一等")) == ("优先", "")
    lines = lines_of(region, 2022)
    assert [(line.row.department.name, line.proposal) for line in lines][:2] == [("某8局", "压减"), ("某7局", "优先")]
    row, admin = lines[0].row, county.client("admin")
    address = f"/filings/{row.pk}/use/"
    assert admin.post(address, {"proposal": "取消", "version": "0"}).status_code == 422
    assert admin.post(address, {"proposal": "取消", "reason": "连续两年", "version": "0"}).status_code == 302
    assert admin.post(address, {"proposal": "保持", "reason": "另有原因", "version": "0"}).status_code == 409
    changed = lines_of(region, 2022)[0]
    assert (changed.proposal, changed.reason, changed.by_hand) == ("取消", "连续两年", True)
    assert "结果应用" not in "".join(verify(FilingRow.objects.get(pk=row.pk)).faults)
    for who in ("clerk", "head", "reviewer", "auditor"):
        assert county.client(who).post(address, {"proposal": "优先", "reason": "x"}).status_code == 403
    assert admin.post(address, {"proposal": "压减", "version": str(changed.version)}).status_code == 302
    assert not lines_of(region, 2022)[0].by_hand
    assert "结果应用" not in "".join(verify(FilingRow.objects.get(pk=row.pk)).faults)


def test_what_is_not_final_has_no_proposal(county: County) -> None:
    region = made(county, TEN)
    assert "某9局" not in [line.row.department.name for line in lines_of(region, 2022)]
    row = FilingRow.objects.get(department__name="某9局", year=2022)
    assert (
        county.client("admin").post(f"/filings/{row.pk}/use/", {"proposal": "取消", "reason": "x"}).status_code == 403
    )


@pytest.mark.parametrize("form", ["xlsx", "csv", "docx"])
def test_the_list_of_proposals_is_taken_away(county: County, form: str) -> None:
    made(county, TEN[:9])
    answer = county.client("auditor").get(f"/results/2022/list.{form}")
    assert answer.status_code == 200
    if form == "docx":
        assert "压减规模1个" in read_data("x.docx", answer.content).text
    assert county.client("clerk").get(f"/results/2022/list.{form}").status_code == 403


def test_a_name_is_no_formula_in_any_table(county: County) -> None:
    region = made(county, TEN)
    said = of_year(region, 2022)
    odd = replace(said, counted=tuple(replace(each, department="=1+1") for each in said.counted))
    assert sheets_of(odd)["gap"].rows[0][0] == "=1+1"
    Department.objects.filter(name="某0局").update(name="=1+1")
    assert "\n'=1+1," in county.client("admin").get("/stats/2022/gap.csv").content.decode().replace("\r", "")
