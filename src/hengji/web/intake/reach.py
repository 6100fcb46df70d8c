"""Who may look at a file that was read, and who sees persons' names in it."""

from hengji.web.intake.models import Received, State
from hengji.web.people.acts import Act
from hengji.web.people.models import OF_DEPARTMENT, Role, User
from hengji.web.people.permissions import Verdict, may


def sees(user: User, file: Received) -> Verdict:
    """Whether this person may see a file and its audit."""
    role = Role(user.role)
    if not user.is_active:
        return may(user, Act.READ)
    if may(user, Act.BOARD):
        if user.region_id is not None and user.region_id == file.region_id:
            return Verdict(allowed=True)
        return Verdict(allowed=False, reason="这份材料属于其他地区。", needs="本地区财政局")
    if file.batch_id is None and file.by_id == user.pk:
        return Verdict(allowed=True)
    if file.filing is not None:
        return may(user, Act.READ, file.filing)
    if role in OF_DEPARTMENT and file.batch_id is None and file.department_id == user.department_id:
        return Verdict(allowed=True)
    return Verdict(allowed=False, reason="这份材料不是本单位的，或还没有分配给你。", needs="本单位或本地区财政局")


def sees_persons(user: User, file: Received) -> bool:
    """Whether names and telephone numbers are shown: to the department whose file it is, and to its bureau."""
    if Role(user.role) in OF_DEPARTMENT:
        settled = file.batch_id is None or file.state == State.CONFIRMED
        return settled and user.department_id is not None and user.department_id == file.department_id
    return bool(may(user, Act.INTAKE)) and user.region_id is not None and user.region_id == file.region_id
