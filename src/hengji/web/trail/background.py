"""The dossier as background work: evidence of a year may be many hundred megabytes."""

from hengji.model.problem import HengjiError
from hengji.web.filings.models import FilingRow
from hengji.web.jobs.kinds import Outcome, Work, kind
from hengji.web.people.acts import Act
from hengji.web.people.permissions import may
from hengji.web.trail.dossier import name_of, write


@kind("dossier", "导出档案")
def dossier(work: Work) -> Outcome:
    """Writes the dossier of the filing that the arguments name, and says what it is known by."""
    row = FilingRow.objects.select_related("department__region").get(pk=str(work.arguments["filing"]))
    verdict = may(work.user, Act.DOSSIER, row)
    if not verdict:
        raise HengjiError(verdict.reason)
    result = write(row.pk, work.place, work.user, work.progress)
    if result.faults:
        return Outcome(f"档案照原样导出，但校验不符：{result.sentence}", file=name_of(row))
    return Outcome(f"{row}：{result.sentence}；全档校验值 {result.seal[:16]}", file=name_of(row))
