"""Jobs of authoring: trying a draft on a year's filings."""

from django.urls import reverse

from hengji.model.problem import HengjiError
from hengji.web.authoring.checking import check
from hengji.web.authoring.models import Trial
from hengji.web.authoring.simulating import compared, moved
from hengji.web.filings.models import FilingRow
from hengji.web.jobs.kinds import Outcome, Work, kind


@kind("simulate", "指标体系试算")
def simulate(work: Work) -> Outcome:
    """Scores every filing of the region and year under the draft; repeated, it begins anew."""
    trial = Trial.objects.select_related("draft").get(pk=int(str(work.arguments["trial"])))
    system = check(trial.draft.text).system
    if system is None:
        raise HengjiError("草稿有错误，不能试算，请先改正")
    rows = FilingRow.objects.filter(department__region_id=trial.draft.region_id, year=trial.year)
    rows = rows.select_related("department__region", "system").order_by("department_id")
    found, total = [], rows.count()
    for number, row in enumerate(rows, start=1):
        found.append(compared(row, system))
        work.progress(number, total, f"正在试算 {row.department.name}")
    trial.lines, trial.done, trial.revision = found, True, trial.draft.revision
    trial.save()
    changed = sum(bool(moved(line)) for line in found)
    return Outcome(f"{total} 个单位，{changed} 个的得分会变", reverse("draft_trial", args=[trial.draft_id]))
