"""整改: problems with source, owner, term, measure, evidence and acceptance; letters that ask in writing."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from hengji.model.problem import HengjiError
from hengji.web.filings import bridge
from hengji.web.filings.bridge import Change, Conflict
from hengji.web.filings.folder import Folder
from hengji.web.filings.models import FilingRow, Stated
from hengji.web.filings.tables import LETTER, PROBLEM, Table
from hengji.web.notices.models import Notice
from hengji.web.people.acts import Act
from hengji.web.people.models import User
from hengji.web.rectify.models import LetterRow, ProblemRow
from hengji.web.reviews.overview import Overview
from hengji.web.reviews.proofs import Upload, kept
from hengji.web.reviews.threads import next_number
from hengji.web.states.machine import OPEN

STILL_OPEN, DONE, ACCEPTED = "open", "done", "accepted"
WORDS = {STILL_OPEN: "未完成", DONE: "已报送，待验收", ACCEPTED: "已验收"}
OF_REVIEW, OF_LAST_YEAR, OF_DEMAND = "复核扣分", "上年问题", "整改要求"
_TRIES = 3
_LONGEST, _SHORT = 2000, 40


def usual_due(filing: FilingRow, today: date | None = None) -> str:
    """The day by which problems are to be mended, by the notice's term."""
    days = (filing.notice or Notice()).rectify_days
    return ((today or date.today()) + timedelta(days=days)).isoformat()


def _due(typed: str) -> str:
    if not typed:
        return ""
    try:
        return date.fromisoformat(typed).isoformat()
    except ValueError:
        raise HengjiError("期限请填日期，例如 2024-09-30") from None


def _begin(
    filing: FilingRow, user: User | None, table: Table, model: type[Stated], data: dict[str, object], act: Act
) -> int:
    """A new row under the next number."""
    for attempt in range(_TRIES):
        number = next_number(model, filing)
        try:
            bridge.save(filing.pk, user, [Change(table, (number,), data, 0)], act=act.value)
        except Conflict:
            if attempt == _TRIES - 1:
                raise
            continue
        return number
    raise AssertionError


def problem_data(filing: FilingRow, **said: object) -> dict[str, object]:
    """What a problem's row states, nothing of it mended yet."""
    blank: dict[str, object] = {
        "source": "", "leaf": "", "text": "", "owner": "", "due": "", "measure": "", "evidence": "",
        "state": STILL_OPEN, "note": "", "since": filing.year,
    }  # fmt: skip
    return blank | said


def add(filing: FilingRow, user: User | None, text: str, said: Mapping[str, str], by: Act = Act.PROBLEM) -> int:
    """A problem with its source, leaf, owner and due day; returns its number.

    Raises HengjiError for an empty text or an unreadable day.
    """
    text = text.strip()[:_LONGEST]
    if not text:
        raise HengjiError("请写明问题")
    more: dict[str, object] = {name: said.get(name, "").strip()[:_SHORT] for name in ("source", "leaf", "owner")}
    due = _due(said.get("due", "").strip()) or usual_due(filing)
    return _begin(filing, user, PROBLEM, ProblemRow, problem_data(filing, text=text, due=due, **more), by)


def add_from_deductions(filing: FilingRow, user: User) -> int:
    """A problem for each deduction that has none yet; returns how many."""
    there = set(ProblemRow.objects.filter(filing=filing).values_list("leaf", flat=True))
    lines = [line for line in Overview(Folder.open(filing)).deducted if line.subject.id not in there]
    number = next_number(ProblemRow, filing)
    due = usual_due(filing)
    changes = []
    for place, line in enumerate(lines):
        assert line.row is not None
        text = f"{line.subject.name}：{line.row.reason}"
        data = problem_data(filing, source=OF_REVIEW, leaf=line.subject.id, text=text[:_LONGEST], due=due)
        changes.append(Change(PROBLEM, (number + place,), data, 0))
    if changes:
        bridge.save(filing.pk, user, changes, act=Act.PROBLEM.value)
    return len(changes)


def remove(filing: FilingRow, user: User, number: int, version: int) -> None:
    """Takes a problem back, as long as nothing was answered to it."""
    row = problem(filing, number)
    if row.state != STILL_OPEN or row.measure:
        raise HengjiError("单位已经填写整改情况，不能撤销")
    bridge.save(filing.pk, user, [Change(PROBLEM, (number,), None, version)], act=Act.PROBLEM.value)


def problem(filing: FilingRow, number: int) -> ProblemRow:
    """A problem by its number. Raises HengjiError where there is none."""
    row = ProblemRow.objects.filter(filing=filing, number=number).first()
    if row is None:
        raise HengjiError("没有这个问题")
    return row


def mend(
    filing: FilingRow, user: User, number: int, version: int, files: Iterable[Upload] = (), *, done: bool, **said: str
) -> None:
    """What the department does about a problem; ``done`` puts it forward for acceptance."""
    row = problem(filing, number)
    if filing.rectification != OPEN:
        raise HengjiError("财政局还没有要求整改，或整改已经验收")
    if row.state == ACCEPTED:
        raise HengjiError("这个问题已经验收")
    measure = said.get("measure", row.measure).strip()[:_LONGEST]
    owner = said.get("owner", row.owner).strip()[:60]
    if done and not measure:
        raise HengjiError("请写明整改措施")
    if done and not owner:
        raise HengjiError("请写明责任科室")
    data = {
        **row.says,
        "owner": owner,
        "measure": measure,
        "evidence": kept(row.evidence, files),
        "state": DONE if done else STILL_OPEN,
    }
    bridge.save(filing.pk, user, [Change(PROBLEM, (number,), data, version)], act=Act.MEND.value)


def report(filing: FilingRow, user: User) -> int:
    """Puts every problem forward that has measure and owner; returns how many. Raises HengjiError where one lacks them."""
    rows = list(ProblemRow.objects.filter(filing=filing, state=STILL_OPEN).order_by("number"))
    lacking = [str(row.number) for row in rows if not row.measure or not row.owner]
    if lacking:
        raise HengjiError(f"第{'、'.join(lacking)}个问题还没有写措施或责任科室")
    if filing.rectification != OPEN:
        raise HengjiError("财政局还没有要求整改，或整改已经验收")
    changes = [Change(PROBLEM, (row.number,), {**row.says, "state": DONE}, row.version) for row in rows]
    if changes:
        bridge.save(filing.pk, user, changes, act=Act.MEND.value)
    return len(changes)


def judge(filing: FilingRow, user: User, number: int, version: int, note: str, *, accepted: bool) -> None:
    """The bureau accepts what was mended, or gives it back with a reason."""
    row = problem(filing, number)
    note = note.strip()[:_LONGEST]
    if row.state == STILL_OPEN:
        raise HengjiError("单位还没有报送这个问题的整改情况")
    if not accepted and not note:
        raise HengjiError("请写明哪里还没有改好")
    data = {**row.says, "state": ACCEPTED if accepted else STILL_OPEN, "note": note}
    bridge.save(filing.pk, user, [Change(PROBLEM, (number,), data, version)], act=Act.ACCEPT.value)


def send_letter(filing: FilingRow, user: User, title: str, text: str, due: str) -> int:
    """A letter of inquiry; returns its number."""
    text = text.strip()[:8000]
    if not text:
        raise HengjiError("请写明要询问的事项")
    data: dict[str, object] = {
        "title": title.strip()[:200] or f"关于{filing.year}年度部门整体支出绩效自评有关事项的问询函",
        "dated": date.today().isoformat(),
        "text": text,
        "due": _due(due),
        "answer": "",
        "evidence": "",
        "closed": False,
    }
    return _begin(filing, user, LETTER, LetterRow, data, Act.ASK)


def letter(filing: FilingRow, number: int) -> LetterRow:
    """A letter by its number. Raises HengjiError where there is none."""
    row = LetterRow.objects.filter(filing=filing, number=number).first()
    if row is None:
        raise HengjiError("没有这份问询函")
    return row


def answer_letter(
    filing: FilingRow, user: User, number: int, version: int, text: str, files: Iterable[Upload] = ()
) -> None:
    """The department's answer to a letter, with its files."""
    row = letter(filing, number)
    text = text.strip()[:8000]
    if row.closed:
        raise HengjiError("这份问询函已经办结")
    if not text:
        raise HengjiError("请写明答复")
    data = {**row.says, "answer": text, "evidence": kept(row.evidence, files)}
    bridge.save(filing.pk, user, [Change(LETTER, (number,), data, version)], act=Act.EXPLAIN.value)


def close_letter(filing: FilingRow, user: User, number: int, version: int) -> None:
    """The bureau has no more to ask."""
    row = letter(filing, number)
    bridge.save(filing.pk, user, [Change(LETTER, (number,), {**row.says, "closed": True}, version)], act=Act.ASK.value)
