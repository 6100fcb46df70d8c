"""The one state machine (流转): where a filing stands, which moves lead on, and what each of them needs.

Plain data and functions over it: no database, no screens. After 定稿 rectification and publication run side by side;
归档 needs both.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from hengji.web.people.acts import ACT_CN, Act


class Step(StrEnum):
    """Where a filing stands."""

    FILLING = "filling"
    SIGNING = "signing"
    FORMAL = "formal"
    REVIEW = "review"
    OPINION = "opinion"
    FINAL = "final"
    ARCHIVED = "archived"


STEP_CN = {
    Step.FILLING: "填报",
    Step.SIGNING: "签批",
    Step.FORMAL: "形式审核",
    Step.REVIEW: "复核",
    Step.OPINION: "意见与申诉",
    Step.FINAL: "定稿",
    Step.ARCHIVED: "归档",
}
LINE = ("填报", "签批", "形式审核", "复核", "意见与申诉", "定稿", "整改", "公开")


class Standing(Protocol):
    """What the machine looks at: the step and the marks beside it."""

    step: str
    received: bool
    returned: bool
    rectification: str
    publication: str
    second: str
    answered: bool


NOT_NEEDED, OPEN, DONE = "", "open", "done"


@dataclass(frozen=True, slots=True)
class Need:
    """A mark that a move needs to be one of these values, and the sentence that says so where it is not."""

    mark: str
    values: tuple[object, ...]
    otherwise: str


@dataclass(frozen=True, slots=True)
class Move:
    """One way from step to step: the act that takes it, the marks it needs and sets."""

    act: Act
    source: Step
    target: Step
    opinion: bool = False  # a reason must be given
    needs: tuple[Need, ...] = ()
    sets: tuple[tuple[str, object], ...] = ()
    primary: bool = False
    aside: bool = False  # taken from a page of its own, not offered with the others

    @property
    def name(self) -> str:
        """What its button says."""
        return ACT_CN[self.act]

    @property
    def follows(self) -> str:
        """What it brings about, in one sentence for whoever is about to take it."""
        return _FOLLOWS[self.act]


_FOLLOWS = {
    Act.SEND: "交负责人签批；签批前还可以撤回修改。",
    Act.RECALL: "回到填报，可以继续修改，改好后再送签。",
    Act.SIGN: "签批并报送财政局，填报内容不再改动。",
    Act.TAKE_IN: "财政局代单位收下，转入形式审核；修改记录会写明未经系统签批。",
    Act.RETURN: "退回填报人修改，原因会显示给填报人。",
    Act.WITHDRAW: "从财政局撤回，回到填报；财政局看得到撤回的原因。",
    Act.RECEIVE: "登记受理，开始形式审核；受理后单位不能自己撤回。",
    Act.REJECT: "退回单位修改，原因会显示给单位。",
    Act.PASS: "通过形式审核，转入复核。",
    Act.REOPEN: "退回单位修改，原因会显示给单位；已作的复核判定保留，自评改动的各项要重判。",
    Act.HAND_UP: "交另一位审核员复审；复审期间初审的判定不能再改。",
    Act.APPROVE: "复审通过，接着可以向单位送出复核意见。",
    Act.SEND_DOWN: "退回初审，初审可以修改判定；原因会显示给初审。",
    Act.OPINE: "复核得分和意见送给单位，申诉期从今天算起。",
    Act.REPLY: "全部答复送财政局，送出后不能再改。",
    Act.SETTLE: "得分定稿，不再改动；接着可以要求整改、公开结果。",
    Act.DEMAND: "所列问题和期限送给单位，由单位填写整改情况。",
    Act.RECTIFY: "整改全部验收，到此了结。",
    Act.PUBLISH: "任何人不用登录就能看到定稿得分、整改情况和遮盖了姓名电话的报告；之后还可以写明理由撤下。",
    Act.ARCHIVE: "本年度办结，全部内容锁定，只能查看和导出档案。",
}


_RECEIVED = Need("received", (True,), otherwise="财政局还没有受理，请先受理。")
_NOT_RECEIVED = Need("received", (False,), otherwise="财政局已经受理，请联系审核员退回。")
_BACK = (("received", False), ("returned", True), ("second", NOT_NEEDED))
_WITH_FIRST = Need("second", (NOT_NEEDED,), otherwise="已送复审，请等复审员处理。")
_WITH_SECOND = Need("second", (OPEN,), otherwise="还没有送复审，或复审已经通过。")
_HANDED_UP = Need("second", (OPEN, DONE), otherwise="还没有送复审。")
_APPROVED = Need("second", (DONE,), otherwise="复审还没有通过。")
_UNANSWERED = Need("answered", (False,), otherwise="单位已经送出答复。")
MOVES = (
    Move(Act.SEND, Step.FILLING, Step.SIGNING, sets=(("returned", False),), primary=True),
    Move(Act.RECALL, Step.SIGNING, Step.FILLING),
    Move(Act.SIGN, Step.SIGNING, Step.FORMAL, primary=True),
    Move(
        Act.TAKE_IN,  # the bureau takes in what a department sent as files or on paper; no head has signed here
        Step.FILLING,
        Step.FORMAL,
        opinion=True,
        sets=(("received", True), ("returned", False)),
        aside=True,
    ),
    Move(Act.RETURN, Step.SIGNING, Step.FILLING, opinion=True, sets=(("returned", True),)),
    Move(Act.WITHDRAW, Step.FORMAL, Step.FILLING, opinion=True, needs=(_NOT_RECEIVED,)),
    Move(Act.RECEIVE, Step.FORMAL, Step.FORMAL, needs=(_NOT_RECEIVED,), sets=(("received", True),), primary=True),
    Move(Act.REJECT, Step.FORMAL, Step.FILLING, opinion=True, needs=(_RECEIVED,), sets=_BACK),
    Move(Act.PASS, Step.FORMAL, Step.REVIEW, needs=(_RECEIVED,), primary=True),
    Move(Act.REOPEN, Step.REVIEW, Step.FILLING, opinion=True, sets=_BACK),
    Move(Act.HAND_UP, Step.REVIEW, Step.REVIEW, needs=(_WITH_FIRST,), sets=(("second", OPEN),), primary=True),
    Move(Act.APPROVE, Step.REVIEW, Step.REVIEW, needs=(_WITH_SECOND,), sets=(("second", DONE),), primary=True),
    Move(Act.SEND_DOWN, Step.REVIEW, Step.REVIEW, opinion=True, needs=(_HANDED_UP,), sets=(("second", NOT_NEEDED),)),
    Move(Act.OPINE, Step.REVIEW, Step.OPINION, needs=(_APPROVED,), sets=(("answered", False),), primary=True),
    Move(Act.REPLY, Step.OPINION, Step.OPINION, needs=(_UNANSWERED,), sets=(("answered", True),), primary=True),
    Move(Act.SETTLE, Step.OPINION, Step.FINAL, primary=True),
    Move(
        Act.DEMAND,
        Step.FINAL,
        Step.FINAL,
        opinion=True,
        needs=(Need("rectification", (NOT_NEEDED,), "已经要求过整改。"),),
        sets=(("rectification", OPEN),),
    ),
    Move(
        Act.RECTIFY,
        Step.FINAL,
        Step.FINAL,
        needs=(Need("rectification", (OPEN,), "没有待验收的整改。"),),
        sets=(("rectification", DONE),),
    ),
    Move(
        Act.PUBLISH,
        Step.FINAL,
        Step.FINAL,
        needs=(Need("publication", (NOT_NEEDED,), "已经公开。"),),
        sets=(("publication", DONE),),
        primary=True,
    ),
    Move(
        Act.ARCHIVE,
        Step.FINAL,
        Step.ARCHIVED,
        needs=(Need("publication", (DONE,), "还没有公开，公开以后才能归档。"),),
    ),
)
_BY_ACT = {move.act: move for move in MOVES}
EDITABLE = (Step.FILLING,)


def move_of(act: Act) -> Move | None:
    """The move an act takes, or None for an act that moves nothing."""
    return _BY_ACT.get(act)


def hindrance(move: Move, standing: Standing) -> str:
    """Why the machine does not let this move through now, as a sentence; an empty text where it does."""
    if standing.step != move.source:
        now, wanted = STEP_CN[Step(standing.step)], STEP_CN[move.source]
        return f"现在处于“{now}”，“{move.name}”要在“{wanted}”时才能做。"
    if move.act is Act.ARCHIVE and standing.rectification == OPEN:
        return "整改还没有验收，验收以后才能归档。"
    for need in move.needs:
        if getattr(standing, need.mark) not in need.values:
            return need.otherwise
    return ""


def moves_from(standing: Standing) -> tuple[Move, ...]:
    """The moves that the machine lets through now and pages offer, whoever takes them."""
    return tuple(move for move in MOVES if not move.aside and not hindrance(move, standing))


@dataclass(frozen=True, slots=True)
class Stage:
    """One of the eight steps as the line on a page shows it."""

    number: int
    name: str
    done: bool
    current: bool


def line(standing: Standing) -> tuple[Stage, ...]:
    """The eight steps, those behind marked done."""
    step = Step(standing.step)
    at = list(Step).index(step)
    found = [Stage(n + 1, name, n < at, n == at) for n, name in enumerate(LINE[:5])]
    final = step in (Step.FINAL, Step.ARCHIVED)
    archived = step is Step.ARCHIVED
    rectified = standing.rectification == DONE or (archived and standing.rectification == NOT_NEEDED)
    published = standing.publication == DONE
    return (
        *found,
        Stage(6, LINE[5], archived or published, step is Step.FINAL and not published),
        Stage(7, LINE[6], rectified, final and standing.rectification == OPEN),
        Stage(8, LINE[7], published, current=False),
    )


def word(standing: Standing) -> str:
    """The one word of the state; a filing sent back says so until it goes on."""
    if standing.returned and standing.step == Step.FILLING:
        return "退回"
    return STEP_CN[Step(standing.step)]


def subword(standing: Standing) -> str:
    """What more there is to say about the state, or nothing."""
    match Step(standing.step):
        case Step.FILLING:
            return "等单位修改" if standing.returned else ""
        case Step.SIGNING:
            return "等负责人签批"
        case Step.FORMAL:
            return "审核中" if standing.received else "等受理"
        case Step.REVIEW:
            return {OPEN: "待复审", DONE: "复审已通过，待送出意见"}.get(standing.second, "初审中")
        case Step.OPINION:
            return "单位已答复，待定稿" if standing.answered else "等单位回复"
        case Step.FINAL:
            waiting = ["整改中"] if standing.rectification == OPEN else []
            return "、".join([*waiting, "已公开" if standing.publication == DONE else "待公开"])
    return ""
