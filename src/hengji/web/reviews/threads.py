"""问答 between bureau and department: a thread begins with a question and ends when the bureau closes it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Max

from hengji.model.problem import HengjiError
from hengji.web.filings import bridge
from hengji.web.filings.bridge import Change, Conflict
from hengji.web.filings.models import FilingRow, Stated
from hengji.web.filings.tables import MESSAGE
from hengji.web.people.acts import Act
from hengji.web.people.models import User
from hengji.web.reviews.models import MessageRow
from hengji.web.reviews.proofs import Proof, Upload, kept, proofs
from hengji.web.trail.models import Entry

BUREAU, DEPARTMENT = "bureau", "department"
_TRIES = 3
_LONGEST = 2000


@dataclass(frozen=True, slots=True)
class Said:
    """One message: who said it and when, and its files."""

    row: MessageRow
    who: str
    at: str

    @property
    def proofs(self) -> tuple[Proof, ...]:
        """Its files."""
        return proofs(self.row.evidence)


@dataclass(frozen=True, slots=True)
class Thread:
    """One question and all that followed."""

    said: tuple[Said, ...]

    @property
    def first(self) -> MessageRow:
        """The question."""
        return self.said[0].row

    @property
    def closed(self) -> bool:
        """Whether the bureau has closed it."""
        return self.first.closed

    @property
    def waits_for(self) -> str:
        """Whose turn it is, as a word."""
        if self.closed:
            return "已关闭"
        return "待单位说明" if self.said[-1].row.side == BUREAU else "待财政处理"


def threads(filing: FilingRow, rows: Sequence[MessageRow] | None = None) -> list[Thread]:
    """The threads of a filing, open ones first."""
    rows = rows if rows is not None else list(MessageRow.objects.filter(filing=filing).order_by("number"))
    entries = Entry.objects.filter(filing=filing, table=MESSAGE.name, before="") if rows else ()
    told = {entry.place: (entry.name, entry.at) for entry in entries}
    groups: dict[int, list[Said]] = {}
    for row in rows:
        who, at = told.get(f"[{row.number}]", ("", ""))
        groups.setdefault(row.thread, []).append(Said(row, who, at))
    return sorted((Thread(tuple(said)) for said in groups.values()), key=lambda thread: thread.closed)


def next_number(model: type[Stated], filing: FilingRow) -> int:
    """The number that a new row takes."""
    last = model._default_manager.filter(filing=filing).aggregate(last=Max("number"))["last"]
    return int(last or 0) + 1


def ask(filing: FilingRow, user: User, leaf: str, text: str) -> int:
    """Begins a thread about a leaf (or about none); returns its number. Raises HengjiError for an empty question."""
    return _say(filing, user, Act.ASK, BUREAU, text, leaf=leaf)


def answer(filing: FilingRow, user: User, thread: int, text: str, files: Iterable[Upload] = ()) -> int:
    """Adds the department's explanation with its files to a thread."""
    return _say(filing, user, Act.EXPLAIN, DEPARTMENT, text, thread=thread, files=files)


def follow_up(filing: FilingRow, user: User, thread: int, text: str) -> int:
    """Asks once more in a thread."""
    return _say(filing, user, Act.ASK, BUREAU, text, thread=thread)


def close(filing: FilingRow, user: User, thread: int, *, closed: bool = True) -> None:
    """Closes a thread, or opens it again."""
    row = _first(filing, thread)
    data = {**row.says, "closed": closed}
    bridge.save(filing.pk, user, [Change(MESSAGE, (thread,), data, row.version)], act=Act.ASK.value)


def _first(filing: FilingRow, thread: int) -> MessageRow:
    row = MessageRow.objects.filter(filing=filing, number=thread, thread=thread).first()
    if row is None:
        raise HengjiError("没有这条问题")
    return row


def _say(
    filing: FilingRow,
    user: User,
    act: Act,
    side: str,
    text: str,
    *,
    leaf: str = "",
    thread: int | None = None,
    files: Iterable[Upload] = (),
) -> int:
    text = text.strip()[:_LONGEST]
    if not text:
        raise HengjiError("请写明内容")
    if thread is not None:
        first = _first(filing, thread)
        if first.closed:
            raise HengjiError("这条问题已经关闭")
        leaf = first.leaf
    evidence = kept("", files)
    for attempt in range(_TRIES):
        number = next_number(MessageRow, filing)
        data = {
            "thread": thread if thread is not None else number,
            "leaf": leaf,
            "side": side,
            "text": text,
            "evidence": evidence,
            "closed": False,
        }
        try:
            bridge.save(filing.pk, user, [Change(MESSAGE, (number,), data, 0)], act=act.value)
        except Conflict:
            if attempt == _TRIES - 1:
                raise
            continue
        return number
    raise AssertionError
