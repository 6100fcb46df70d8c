"""The public site and the summary report as background work."""

from django.urls import reverse

from hengji.web.jobs.kinds import Outcome, Work, kind
from hengji.web.people.models import Region
from hengji.web.results import site as sites
from hengji.web.results.statistics import of_year
from hengji.web.results.summary import FORMS, report_of
from hengji.web.results.uses import lines_of


@kind("site", "导出静态站点")
def site(work: Work) -> Outcome:
    """Writes the public site of the region as files."""
    with work.place.open("wb") as file:
        number = sites.write(file, int(str(work.arguments["region"])), work.progress)
    return Outcome(f"公开站点已导出，{number}份结果；解开后放到任何网页服务器即可。", file="公开站点.zip")


@kind("summary", "汇总报告")
def summary(work: Work) -> Outcome:
    """Writes the summary report for a reader and in a form."""
    region = Region.objects.get(pk=int(str(work.arguments["region"])))
    year, to, form = int(str(work.arguments["year"])), str(work.arguments["to"]), str(work.arguments["form"])
    report = report_of(region.pk, region.name, of_year(region.pk, year), lines_of(region.pk, year), to)
    work.place.write_bytes(FORMS[form](report))
    address = reverse("stats", args=[year])
    return Outcome("已写好，标着【待填写】的地方要人来写。", address, f"{report.title}.{form}")
