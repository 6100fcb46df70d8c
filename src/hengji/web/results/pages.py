"""The pages that everybody may see, as values and text: the same for the site that is served and the one that is copied."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from fractions import Fraction
from typing import Any

from django.template.loader import render_to_string

from hengji.web.filings.models import FilingRow
from hengji.web.look import asset
from hengji.web.results.models import Publication
from hengji.web.results.publishing import said_by
from hengji.web.scores.refresh import shown
from hengji.web.sheets import Field, Sheet
from hengji.web.states.machine import DONE, OPEN


@dataclass(frozen=True, slots=True)
class Site:
    """Where the pages stand: ``index`` is what a folder's address ends with, ``style`` leads to the style sheet."""

    index: str = ""
    style: str = ""
    copied: bool = False  # as files, without anything that must be computed


def served() -> Site:
    """The site as this program serves it."""
    return Site(style=asset("hengji/public.css"))


def rectification(row: FilingRow) -> str:
    """The state of 整改 in a word."""
    return {OPEN: "整改中", DONE: "已完成整改"}.get(row.rectification, "无须整改")


def home(years: Sequence[int], site: Site) -> str:
    """首页: the years there are."""
    return _page("home", site, "", years=years)


def year_page(year: int, found: Sequence[Publication], site: Site, up: str, words: str = "") -> str:
    """A year: its departments with final score and grade."""
    lines = [(each, shown(each.final), shown(each.claimed), rectification(each.filing)) for each in found]
    scores = [each.final for each in found if each.final is not None]
    mean = shown(round(Fraction(sum(scores), len(scores)))) if scores else ""
    grades = Counter(each.grade for each in found if each.grade).most_common()
    regions = len({each.filing.department.region_id for each in found}) > 1
    return _page("year", site, up, year=year, lines=lines, words=words, regions=regions, mean=mean, grades=grades)


def department_page(publication: Publication, site: Site, up: str) -> str:
    """A department: its score, how it came about, its leaves, its report."""
    row = publication.filing
    said = said_by(publication)
    return _page(
        "department", site, up, said=said, at=publication.at, leaves=_lines(said), rectification=rectification(row), year=row.year, number=row.department_id
    )  # fmt: skip


def _lines(said: dict[str, Any]) -> list[dict[str, object]]:
    """The leaves, with what each lost and the share it earned."""
    return [{**leaf, "lost": lost(leaf), "share": share(leaf)} for leaf in said["leaves"]]


def lost(leaf: dict[str, Any]) -> str:
    """How much a leaf lost, or nothing."""
    if leaf["full"] is None or leaf["final"] is None:
        return ""
    missing = Decimal(leaf["full"]) - Decimal(leaf["final"])
    return f"−{missing}" if missing > 0 else ""


def share(leaf: dict[str, Any]) -> str:
    """The share of its points that a leaf earned, in per cent."""
    if not leaf["full"] or leaf["final"] is None or not Decimal(leaf["full"]):
        return ""
    return str(
        max(Decimal(0), min(Decimal(100), Decimal(leaf["final"]) / Decimal(leaf["full"]) * 100)).quantize(
            Decimal("0.1"), ROUND_DOWN
        )
    )


def compare_page(found: Sequence[Publication], chosen: Sequence[Publication], year: int, site: Site, up: str) -> str:
    """Two departments side by side, leaf by leaf where they were scored by the same system."""
    said = [said_by(each) for each in chosen]
    same = len(said) == 2 and said[0]["system"] == said[1]["system"]  # noqa: PLR2004 - two are compared
    rows = []
    if same:
        other = {leaf["id"]: leaf for leaf in said[1]["leaves"]}
        rows = [(leaf, other[leaf["id"]]) for leaf in said[0]["leaves"] if leaf["id"] in other]
    picked = [each.pk for each in chosen]
    first, second = [*picked, None, None][:2]
    return _page(
        "compare", site, up, year=year, found=found, said=said, same=same, rows=rows, first=first, second=second
    )


def gone_page(year: int, site: Site, up: str) -> str:
    """What stands where nothing is public any more."""
    return _page("gone", site, up, year=year)


def _page(name: str, site: Site, up: str, **more: object) -> str:
    """``up`` leads from the page to the first one."""
    style = site.style or f"{up}public.css"
    return render_to_string(f"public/{name}.html", {"site": site, "up": up, "style": style, **more})


def sheets_of(publication: Publication) -> tuple[Sheet, Sheet]:
    """A department's leaves and its total as tables."""
    said = said_by(publication)
    leaves = [
        (leaf["id"], leaf["name"], _number(leaf["full"]), _number(leaf["claimed"]), _number(leaf["final"]), leaf["standing"], leaf["why"])
        for leaf in said["leaves"]
    ]  # fmt: skip
    heads = ("编号", "指标", "分值", "自评得分", "定稿得分", "得分状态", "得分依据（单位填报）")
    steps: list[tuple[Field, ...]] = [(name, text) for name, text in said["derivation"]]
    facts: list[tuple[Field, ...]] = [
        ("单位", said["department"]),
        ("年度", said["year"]),
        ("指标体系", f"{said['system']['name']}（第{said['system']['version']}版）"),
        ("自评得分", _number(said["claimed"])),
        ("定稿得分", _number(said["final"])),
        ("等次", said["grade"]),
    ]
    return Sheet("指标得分", heads, leaves), Sheet("总分", ("项目", "内容"), [*facts, *steps])


def sheet_of_year(found: Sequence[Publication]) -> Sheet:
    """A year's departments as a table."""
    rows = [
        (
            each.filing.department.region.name,
            each.filing.department.name,
            each.filing.department.kind,
            each.filing.year,
            _hundredths(each.claimed),
            _hundredths(each.final),
            each.grade,
            rectification(each.filing),
            each.at.date().isoformat(),
        )
        for each in found
    ]
    heads = ("地区", "单位", "类别", "年度", "自评得分", "定稿得分", "等次", "整改", "公开日期")
    return Sheet("公开结果", heads, rows)


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _hundredths(number: int | None) -> Decimal | None:
    return None if number is None else Decimal(number) / 100
