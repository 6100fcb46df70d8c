"""The public site and the summary report as background work."""

from hengji.web.jobs.kinds import Outcome, Work, kind
from hengji.web.results import site as sites


@kind("site", "导出静态站点")
def site(work: Work) -> Outcome:
    """Writes the public site of the region as files."""
    with work.place.open("wb") as file:
        number = sites.write(file, int(str(work.arguments["region"])), work.progress)
    return Outcome(f"公开站点已导出，{number}份结果；解开后放到任何网页服务器即可。", file="公开站点.zip")
