"""意见与申诉: rows from the deductions of the review, the department's answers, the bureau's decisions."""

from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from hengji.model.numerals import fixed, plain, read_decimal
from hengji.model.problem import HengjiError
from hengji.web.filings import bridge
from hengji.web.filings.bridge import Change
from hengji.web.filings.folder import Folder
from hengji.web.filings.models import FilingRow
from hengji.web.filings.tables import OPINION
from hengji.web.people.acts import Act
from hengji.web.people.models import User
from hengji.web.reviews.judging import exact_text
from hengji.web.reviews.models import OpinionRow
from hengji.web.reviews.overview import Line, Overview
from hengji.web.reviews.proofs import Upload, kept
from hengji.web.scores.refresh import refresh

ACCEPT, OBJECT, KEEP, CHANGE = "accept", "object", "keep", "change"
_LONGEST = 2000
_BLANK = {"answer": "", "reason": "", "evidence": "", "decision": "", "why": "", "final": ""}


def text_of(line: Line) -> str:
    """What the bureau has to say about a deduction, from its judgement."""
    assert line.row is not None
    claimed, reviewed = fixed(line.subject.claimed), fixed(line.reviewed or Fraction(0))
    part = f"（扣分对象：{line.row.part}）" if line.row.part else ""
    basis = f"依据：{line.row.basis}" if line.row.basis else ""
    reason = line.row.reason.rstrip("。")
    return f"自评{claimed}分，复核{reviewed}分{part}。" + "。".join(filter(None, (reason, basis.rstrip("。")))) + "。"


def begin(filing: FilingRow, user: User) -> None:
    """Makes a row for every deduction as the opinion is sent; a text that was drafted stays, everything else begins anew."""
    overview = Overview(Folder.open(filing.pk))
    there = overview.opinions
    wanted = {line.subject.id: line for line in overview.deducted}
    changes = [
        Change(OPINION, (leaf,), {**_BLANK, "opinion": there[leaf].opinion if leaf in there else text_of(line)})
        for leaf, line in wanted.items()
    ]
    changes += [Change(OPINION, (leaf,), None) for leaf in there if leaf not in wanted]
    if changes:
        bridge.save(filing.pk, user, changes, act=Act.OPINE.value)


def discard(filing: FilingRow, user: User) -> None:
    """Drafts go when the review is taken up again. A filing that goes back to 填报 keeps none either."""
    leaves = list(OpinionRow.objects.filter(filing=filing).values_list("leaf", flat=True))
    if leaves and filing.step in OPINION.at:
        bridge.save(filing.pk, user, [Change(OPINION, (leaf,), None) for leaf in leaves], act=Act.SEND_DOWN.value)


def over(filing: FilingRow) -> bool:
    """Whether the term for objections is over."""
    return filing.due is not None and filing.due < date.today()


def draft(filing: FilingRow, user: User, leaf: str, text: str, version: int) -> None:
    """The bureau's own words for an opinion, before it is sent."""
    text = text.strip()[:_LONGEST]
    if not text:
        raise HengjiError("请写明意见")
    data = {**_BLANK, "opinion": text}
    bridge.save(filing.pk, user, [Change(OPINION, (leaf,), data, version)], act=Act.OPINE.value)


def closed_to_department(filing: FilingRow) -> str:
    """Why the department cannot answer any more; an empty text while it can."""
    if filing.answered:
        return "答复已经送出，不能再改。"
    if over(filing):
        assert filing.due is not None
        return f"申诉期已于 {filing.due:%m-%d} 结束，可请财政局延期。"
    return ""


def answer(
    filing: FilingRow, user: User, leaf: str, said: str, reason: str, files: Iterable[Upload], version: int
) -> None:
    """The department accepts an opinion or objects to it. Raises HengjiError with what is wanting."""
    why_not = closed_to_department(filing)
    if why_not:
        raise HengjiError(why_not.rstrip("。"))
    row = _row(filing, leaf)
    reason = reason.strip()[:_LONGEST]
    if said not in (ACCEPT, OBJECT):
        raise HengjiError("请选择接受或申诉")
    if said == OBJECT and not reason:
        raise HengjiError("申诉要写明理由")
    data = {**row.says, "answer": said, "reason": reason, "evidence": kept(row.evidence, files)}
    bridge.save(filing.pk, user, [Change(OPINION, (leaf,), data, version)], act=Act.ANSWER.value)


def accept_rest(filing: FilingRow, user: User) -> int:
    """Accepts every opinion that is not answered yet; returns how many."""
    why_not = closed_to_department(filing)
    if why_not:
        raise HengjiError(why_not.rstrip("。"))
    rows = list(OpinionRow.objects.filter(filing=filing, answer=""))
    changes = [Change(OPINION, (row.leaf,), {**row.says, "answer": ACCEPT}, row.version) for row in rows]
    if changes:
        bridge.save(filing.pk, user, changes, act=Act.ANSWER.value)
    return len(rows)


def decide(filing: FilingRow, user: User, line: Line, said: str, why: str, final: str, version: int) -> None:
    """The bureau keeps the reviewed score or sets a final one, with its reasons. Raises HengjiError."""
    row = _row(filing, line.subject.id)
    if not filing.answered and not over(filing):
        raise HengjiError("单位还没有送出答复，申诉期满以前不能决定")
    if row.answer != OBJECT:
        raise HengjiError("单位没有对这一项提出申诉")
    why = why.strip()[:_LONGEST]
    if said not in (KEEP, CHANGE):
        raise HengjiError("请选择维持或调整")
    if not why:
        raise HengjiError("请写明决定的理由")
    reviewed = line.reviewed or Fraction(0)
    score = reviewed if said == KEEP else _final(line, final)
    data = {**row.says, "decision": said, "why": why, "final": exact_text(score)}
    bridge.save(filing.pk, user, [Change(OPINION, (row.leaf,), data, version)], act=Act.DECIDE.value)
    refresh(Folder.open(filing.pk))


def _final(line: Line, typed: str) -> Fraction:
    number = read_decimal(typed)
    most = max(line.subject.claimed, line.subject.full or line.subject.claimed)
    if number is None or not 0 <= Fraction(number) <= most:
        raise HengjiError(f"定稿得分要在0和{plain(most)}之间")
    return Fraction(number)


def _row(filing: FilingRow, leaf: str) -> OpinionRow:
    row = OpinionRow.objects.filter(filing=filing, leaf=leaf).first()
    if row is None:
        raise HengjiError("没有这条意见")
    return row


def wanting_reply(filing: FilingRow) -> str:
    """What keeps the department's answer from being sent."""
    if over(filing):
        return closed_to_department(filing)
    number = OpinionRow.objects.filter(filing=filing, answer="").count()
    return f"还有{number}项意见没有答复，请逐项选择接受或申诉。" if number else ""


def wanting_settlement(filing: FilingRow) -> str:
    """What keeps the filing from being settled."""
    rows = list(OpinionRow.objects.filter(filing=filing))
    undecided = sum(row.answer == OBJECT and not row.decision for row in rows)
    if rows and not filing.answered and not over(filing):
        until = f"（{filing.due:%m-%d}）" if filing.due else ""
        return f"单位还没有送出答复，申诉期{until}还没有结束。"
    return f"还有{undecided}项申诉没有作出决定。" if undecided else ""
