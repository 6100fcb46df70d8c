"""Who may see a job: who asked, who may read its filing, and administrators of the region it was asked in."""

from hengji.web.jobs.models import Job
from hengji.web.people.acts import Act
from hengji.web.people.models import User
from hengji.web.people.permissions import Verdict, may


def sees(user: User, job: Job) -> Verdict:
    """Whether this person may see how the job stands and take its result."""
    if not user.is_active:
        return may(user, Act.READ)
    if job.by_id == user.pk and (job.filing is None or may(user, Act.READ, job.filing)):
        return Verdict(allowed=True)
    if job.filing is not None:
        return may(user, Act.DOWNLOAD, job.filing)
    if may(user, Act.PEOPLE) and user.region_id is not None and user.region_id == job.by.region_id:
        return Verdict(allowed=True)
    return Verdict(allowed=False, reason="这项后台工作是别人要求的，只有本人和本地区的管理员能看。", needs="本人")
