"""What the demonstration county's bureau and departments wrote during review: all of it invented, of invented departments."""

from hengji.web.filings import bridge
from hengji.web.filings.bridge import Change
from hengji.web.filings.folder import Folder
from hengji.web.filings.models import FilingRow
from hengji.web.filings.tables import REVIEW
from hengji.web.people.acts import Act
from hengji.web.people.models import User
from hengji.web.rectify import problems
from hengji.web.rectify.models import ProblemRow
from hengji.web.reviews import opinions, threads
from hengji.web.reviews.judging import ACCEPT, Chosen, judged
from hengji.web.reviews.models import MessageRow, OpinionRow, Sample
from hengji.web.reviews.overview import Overview, found_of
from hengji.web.reviews.sampling import draw
from hengji.web.reviews.tariff import tariff

# Leaf, the choice by turns of the departments, and the reason.
_JUDGED = (
    ("1.1.1", ("1", "1", "2"), "（虚构）预算调整次数较多，论证材料只有一份。"),
    ("1.2.3", ("2", "0", "2"), "（虚构）绩效指标多为定性描述，没有可核对的目标值。"),
    ("2.2.2", ("1", "1", "0"), "（虚构）项目监管记录缺少下半年。"),
    ("3.3", ("0", "1", "0"), "（虚构）社会效益只写结论，没有数据。"),
    ("3.4", ("3", "2", "3"), "（虚构）满意度没有问卷或访谈记录。"),
)
_PARTLY = 17  # leaves that the unfinished review has come to
_QUESTION = "（虚构）请补充满意度调查的方式、时间和样本数。"


def before(act: Act, row: FilingRow, people: dict[str, User], number: int) -> None:
    """What is written before a move, so that the move can be taken."""
    match act:
        case Act.HAND_UP:
            judge(row, people["reviewer"], number)
        case Act.OPINE:
            talk(row, people)
        case Act.SETTLE:
            settle(row, people)
        case Act.DEMAND:
            problems.add_from_deductions(row, people["admin"])
            problems.send_letter(row, people["admin"], "", "（虚构）请说明年中追加采购预算的批复文号，并附批复。", "")


def judge(row: FilingRow, who: User, number: int, most: int = 1000) -> None:
    """Judges the leaves of a filing (or the first of them), some of them deducted."""
    folder, scale = Folder.open(row.pk), tariff()
    chosen = {leaf: (choices[number % len(choices)], reason) for leaf, choices, reason in _JUDGED}
    changes = []
    for line in Overview(folder).lines[:most]:
        choice, reason = chosen.get(line.subject.id, (ACCEPT, ""))
        found = found_of(folder, line.subject)
        code = found[0].finding.code if found else ""
        said = Chosen(choice, reason=reason if choice != ACCEPT else "", code=code)
        changes.append(Change(REVIEW, (line.subject.id,), judged(line.subject, scale, said, found, who.pk)))
    bridge.save(row.pk, who, changes, act=Act.REVIEW.value)


def talk(row: FilingRow, people: dict[str, User]) -> None:
    """One question, answered and closed."""
    thread = threads.ask(row, people["reviewer"], "3.4", _QUESTION)
    threads.answer(row, people["clerk"], thread, "（虚构）未单独开展调查，以办件回访情况反映。")
    threads.close(row, people["reviewer"], thread)


def settle(row: FilingRow, people: dict[str, User]) -> None:
    """The department objects to one opinion and accepts the rest; the bureau decides."""
    from hengji.web.states.moves import take  # noqa: PLC0415 - moves ask the guards of these apps

    object_to(row, people)
    opinions.accept_rest(row, people["clerk"])
    take(row.pk, people["head"], Act.REPLY)
    row.refresh_from_db()
    overview = Overview(Folder.open(row.pk))
    for objected in OpinionRow.objects.filter(filing=row, answer=opinions.OBJECT):
        line = overview.line(objected.leaf)
        assert line is not None
        final = str(line.reviewed + 1) if line.reviewed is not None else "1"
        why = "（虚构）补充的回访记录可以证明一部分，调整1分。"
        opinions.decide(row, people["admin"], line, opinions.CHANGE, why, final, objected.version)


def object_to(row: FilingRow, people: dict[str, User]) -> None:
    """The department objects to the opinion on 3.4 where there is one."""
    found = OpinionRow.objects.filter(filing=row, leaf="3.4").first()
    if found is not None:
        reason = "（虚构）办件回访有记录，可以反映满意程度。"
        opinions.answer(row, people["clerk"], "3.4", opinions.OBJECT, reason, (), found.version)


def after_all(row: FilingRow, people: dict[str, User], number: int) -> None:
    """What is under way where a filing stands: a review half done, an objection not sent, problems being mended."""
    row.refresh_from_db()
    if row.step == "review" and not row.second:
        judge(row, people["reviewer"], number, _PARTLY)
        if not MessageRow.objects.filter(filing=row).exists():
            threads.ask(row, people["reviewer"], "3.4", _QUESTION)
    elif row.step == "opinion":
        object_to(row, people)
    elif row.step == "final" and row.rectification == "open":
        first = ProblemRow.objects.filter(filing=row).order_by("number").first()
        if first is not None:
            measure = "（虚构）已修订预算编制流程，增加论证环节。"
            problems.mend(row, people["clerk"], first.number, first.version, done=True, owner="财务股", measure=measure)


def sample(region_of: FilingRow, admin: User) -> None:
    """One drawn sample."""
    region = region_of.department.region
    made = Sample.objects.create(
        region=region,
        year=region_of.year,
        name=f"{region_of.year}年度自评抽评",
        seed=f"{region_of.year + 1}-06-01",
        sizes={"全部单位": 3},
    )
    draw(made.pk, admin)
