"""Who may do what (权限), decided here and nowhere else: ``may(user, act, object)`` is yes, or a reason."""

from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser

from hengji.web.filings.models import Assignment, FilingRow
from hengji.web.people.acts import ACT_CN, Act
from hengji.web.people.models import OF_DEPARTMENT, Role, User
from hengji.web.states.machine import EDITABLE, STEP_CN, Step, hindrance, move_of

_ALL = tuple(Role)
_BUREAU = (Role.REVIEWER, Role.ADMIN)
_WATCHING = (*_BUREAU, Role.AUDITOR)

ROLES: dict[Act, tuple[Role, ...]] = {
    Act.READ: _ALL,
    Act.DOWNLOAD: _ALL,
    Act.FILL: (Role.CLERK,),
    Act.WAIVE: (Role.CLERK,),
    Act.SEND: (Role.CLERK,),
    Act.RECALL: (Role.CLERK,),
    Act.SIGN: (Role.HEAD,),
    Act.RETURN: (Role.HEAD,),
    Act.WITHDRAW: (Role.HEAD,),
    Act.RECEIVE: _BUREAU,
    Act.TAKE_IN: _BUREAU,
    Act.REJECT: _BUREAU,
    Act.PASS: _BUREAU,
    Act.REOPEN: _BUREAU,
    Act.CHECK_FORM: _BUREAU,
    Act.REVIEWS: (*_WATCHING, Role.FIRM),
    Act.REVIEW: (*_BUREAU, Role.FIRM),
    Act.HAND_UP: (*_BUREAU, Role.FIRM),
    Act.APPROVE: _BUREAU,
    Act.SEND_DOWN: _BUREAU,
    Act.ASK: (*_BUREAU, Role.FIRM),
    Act.EXPLAIN: OF_DEPARTMENT,
    Act.OPINIONS: (*OF_DEPARTMENT, *_WATCHING),
    Act.OPINE: _BUREAU,
    Act.ANSWER: OF_DEPARTMENT,
    Act.REPLY: (Role.HEAD,),
    Act.DECIDE: _BUREAU,
    Act.SETTLE: (Role.ADMIN,),
    Act.DEMAND: (Role.ADMIN,),
    Act.PROBLEM: _BUREAU,
    Act.MEND: OF_DEPARTMENT,
    Act.ACCEPT: _BUREAU,
    Act.RECTIFY: _BUREAU,
    Act.PUBLISH: (Role.ADMIN,),
    Act.UNPUBLISH: (Role.ADMIN,),
    Act.ARCHIVE: (Role.ADMIN,),
    Act.PEOPLE: (Role.ADMIN,),
    Act.NOTICE: (Role.ADMIN,),
    Act.EXTEND: (Role.ADMIN,),
    Act.REMIND: _BUREAU,
    Act.BOARD: _WATCHING,
    Act.INTAKE: _BUREAU,
    Act.ALIKE: _WATCHING,
    Act.UNIFY: _BUREAU,
    Act.SAMPLES: _WATCHING,
    Act.SAMPLE: (Role.ADMIN,),
    Act.ASSIGN: (Role.ADMIN,),
    Act.STATISTICS: _WATCHING,
    Act.RESULTS: (Role.ADMIN,),
    Act.DOSSIER: (*OF_DEPARTMENT, *_WATCHING),
    Act.SYSTEMS: _ALL,
    Act.SYSTEM: (Role.ADMIN,),
    Act.TOKENS: _ALL,
}
_SETTLING = (Step.REVIEW, Step.OPINION, Step.FINAL)
# The steps at which an act that moves nothing can be done.
_AT_STEPS: dict[Act, tuple[Step, ...]] = {
    Act.FILL: EDITABLE,
    Act.WAIVE: EDITABLE,
    Act.CHECK_FORM: (Step.FORMAL,),
    Act.REVIEW: (Step.REVIEW,),
    Act.ASK: (Step.FORMAL, *_SETTLING),
    Act.EXPLAIN: (Step.FORMAL, *_SETTLING),
    Act.ANSWER: (Step.OPINION,),
    Act.DECIDE: (Step.OPINION,),
    Act.PROBLEM: _SETTLING,
    Act.MEND: (Step.FINAL,),
    Act.ACCEPT: (Step.FINAL,),
    Act.UNPUBLISH: (Step.FINAL, Step.ARCHIVED),
    Act.RESULTS: (Step.FINAL, Step.ARCHIVED),
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether something is allowed; if not, why, and what it needs."""

    allowed: bool
    reason: str = ""
    needs: str = ""

    def __bool__(self) -> bool:
        return self.allowed


_YES = Verdict(allowed=True)


def may(user: User | AnonymousUser, act: Act, filing: FilingRow | None = None) -> Verdict:
    """Whether this person may do this, to this filing where the act is about one."""
    if not isinstance(user, User) or not user.is_active:
        return Verdict(allowed=False, reason="还没有登录，请先登录。", needs="登录")
    roles = ROLES[act]
    words = "、".join(role.label for role in roles)
    if Role(user.role) not in roles:
        return Verdict(False, f"“{ACT_CN[act]}”由{words}来做，你的角色是{Role(user.role).label}。", f"角色：{words}")
    if filing is None:
        return _YES
    return _of_filing(user, act, filing)


def _of_filing(user: User, act: Act, filing: FilingRow) -> Verdict:
    if not in_reach(user, filing):
        return Verdict(False, _out_of_reach(user), "本单位的填报人、负责人，或本地区财政局")
    steps = _AT_STEPS.get(act)
    if steps is not None and Step(filing.step) not in steps:
        wanted = "、".join(STEP_CN[step] for step in steps)
        now = STEP_CN[Step(filing.step)]
        return Verdict(False, f"现在处于“{now}”，“{ACT_CN[act]}”只能在“{wanted}”时做。", f"状态：{wanted}")
    move = move_of(act)
    if move is not None:
        why = hindrance(move, filing)
        if why:
            return Verdict(False, why, f"状态：{STEP_CN[move.source]}")
    return _YES


def in_reach(user: User, filing: FilingRow) -> bool:
    """Whether the filing is of this person's department, region or assignment."""
    role = Role(user.role)
    if role in OF_DEPARTMENT:
        return user.department_id is not None and user.department_id == filing.department_id
    if role is Role.FIRM:
        return Assignment.objects.filter(user=user, filing=filing).exists()
    return user.region_id is not None and user.region_id == filing.department.region_id


def _out_of_reach(user: User) -> str:
    match Role(user.role):
        case Role.CLERK | Role.HEAD:
            return "这是其他单位的填报，只有该单位和财政局能看。"
        case Role.FIRM:
            return "这份填报没有分配给你，请联系财政局。"
    return "这份填报属于其他地区。"
