"""R36 by events: each approval and each disclosure of a budget or accounts with its day, wherever in the report the two are told."""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from hengji.auditing.case import Case
from hengji.auditing.proof.disclosed_days import disclosed_days
from hengji.auditing.proof.disclosure import disclosure_late, object_behind
from hengji.auditing.proof.public_limits import admitted, allowed, beyond
from hengji.extracting.tables.grid import Grid
from hengji.library.publicity import load_publicity
from hengji.model.extraction import Span
from hengji.model.finding import Finding
from hengji.model.numerals import read_chinese
from hengji.model.patterns import pattern

_WITHIN = 20
_DAY = pattern(
    r"(?:(?P<y>20\d\d)\s?年\s?)?(?<!\d)(?P<m>\d{1,2})\s?月\s?(?:(?P<d>\d{1,2})\s?日|(?P<part>上旬|中旬|下旬|底|末|初|份)?)"
    r"|(?<!\d)(?P<y2>20\d\d)(?P<mark>[-./])(?P<m2>\d{1,2})(?P=mark)(?P<d2>\d{1,2})(?!\d)"
)
_FROM = {"中旬": 11, "下旬": 21, "底": 25, "末": 25}
_PIECE = pattern(r"[^。;\n]+")
_NEAR = 40  # characters about a day in which it says what was done on it
_ADMITTED = pattern(r"(?:超[过期]?|晚于|逾期|迟于|超出|未在|未按|扣|减)[^。\n]{0,24}(?:扣|减|失)\s?\d|扣\s?\d")
_AIM = pattern(r"应当?|须|要求|规定|计划|拟|将|下一步|今后|确保")


@dataclass(frozen=True, slots=True)
class _Event:
    """What was done with which matter on which day."""

    matter: str
    year: int | None  # of the budget or the accounts, where it is said
    done: str
    day: date
    whole: bool  # a day, not only a month
    span: Span


def public_events(case: Case) -> Iterator[Finding]:
    """An approval and a disclosure of one matter that stand apart: in two sentences, two paragraphs, or a table's row."""
    words = load_publicity()
    if not (words.approved.search(case.flat) and words.public.search(case.flat)):
        return
    known = [*disclosure_late(case), *disclosed_days(case)]
    told: list[Span] = []
    for grid in case.grids:
        for finding in _in_rows(case, grid):
            told.append(Span(finding.start or 0, finding.end or 0))
            yield finding
    events = list(_events(case))
    for approved in (e for e in events if e.done == "批复"):
        others = [e for e in events if e.done == "批复" and _one(e, approved) and e.day != approved.day]
        public = [e for e in events if e.done == "公开" and _one(e, approved)]
        if others or not public:
            continue
        first = min(public, key=lambda e: (e.day, e.span.start))
        spans = (approved.span, first.span)
        if any(s.start < (f.end or 0) and (f.start or 0) < s.end for f in known for s in spans):
            continue
        if any(s.start <= first.span.start < s.end for s in told):
            continue
        judged = _judged(case, approved, first)
        if judged is not None:
            told.append(Span(judged.start or 0, judged.end or 0))
            yield judged


def _one(event: _Event, other: _Event) -> bool:
    """Whether two events are of one matter."""
    return event.matter == other.matter and (event.year == other.year or event.year is None or other.year is None)


def _judged(case: Case, approved: _Event, public: _Event) -> Finding | None:
    latest = approved.day if approved.whole else _month_end(approved.day)
    days = (public.day - latest).days
    item = case.item_at(public.span.start)
    text = case.text(case.sentence(public.span.start)) + case.text(case.sentence(approved.span.start))
    if beyond(case, latest, public.day) and not _ADMITTED.search(text) and not admitted(case, public.span, item):
        message = f"{approved.day}批复，{public.day}公开，相隔{days}日，超过{allowed(case)}"
    elif days < 0 and public.whole and approved.whole:
        message = f"{approved.day}批复，而写{public.day}已公开，公开早于批复"
    else:
        return None
    also = (approved.span,)
    return case.finding("R36", public.span, message, stated=str(public.day), recomputed=str(approved.day), also=also)


def _month_end(day: date) -> date:
    """The last day of a month: what was approved in January was approved by its end."""
    return date(day.year, day.month, monthrange(day.year, day.month)[1])


def _events(case: Case) -> Iterator[_Event]:
    words = load_publicity()
    for piece in _PIECE.finditer(case.flat):
        text, lead = piece[0], ""
        if not (words.approved.search(text) or words.public.search(text)) or case.in_table(piece.start()):
            continue
        if words.others.search(text):
            continue
        matters = list(words.matters.finditer(text))
        if not matters:
            paragraph = case.paragraph(piece.start())
            lead = case.flat[max(paragraph.start, piece.start() - 80) : piece.start()]
            if not words.matters.search(lead):
                continue
        days = [m for m in _DAY.finditer(text) if not text.startswith(("预算", "决算"), m.end())]
        for index, match in enumerate(days):
            low = days[index - 1].end() if index else 0
            high = days[index + 1].start() if index + 1 < len(days) else len(text)
            done, role = _done(text, match.start(), match.end(), low, high)
            day = _date(case, match, days[:index])
            if not done or day is None or _AIM.search(text, max(0, match.start() - 12), min(high, role)):
                continue
            matter = _matter(text[: match.start()], text[match.end() : high]) or _matter(lead, "")
            if matter is None or not matter[0]:
                continue
            span = Span(piece.start() + match.start(), piece.start() + match.end())
            yield _Event(matter[0], matter[1], done, day, bool(match["d"] or match["d2"]), span)


def _done(text: str, start: int, end: int, low: int, high: int) -> tuple[str, int]:
    """What was done on a day: the word right behind it, else right before it."""
    words = load_publicity()
    behind = text[end : min(high, end + _NEAR)]
    roles = ((words.approved, "批复"), (words.public, "公开"))
    found = sorted((m.start(), m.end(), done) for form, done in roles for m in list(form.finditer(behind))[:1])
    if found and not re.search("[,;]", behind[: found[0][0]]):
        return found[0][2], end + found[0][1]
    before = text[max(low, start - 18) : start]
    last = sorted((m.end(), done) for form, done in roles for m in form.finditer(before))
    if last and re.fullmatch("[^,;。]{0,8}", before[last[-1][0] :]):
        return last[-1][1], end
    return ("", end)


def _date(case: Case, match: re.Match[str], earlier: list[re.Match[str]]) -> date | None:
    """The day of a match; the year that is not written is that of a day before it, else the evaluated one."""
    year = int(
        match["y"]
        or match["y2"]
        or next((m["y"] or m["y2"] for m in reversed(earlier) if m["y"] or m["y2"]), 0)
        or case.year
    )
    day = match["d"] or match["d2"] or _FROM.get(match["part"] or "", 1)
    try:
        return date(year, int(match["m"] or match["m2"]), int(day))
    except ValueError:
        return None


_MATTER = pattern(
    r"(?:(?P<y>20\d\d)\s?年度?[^,。;:\d]{0,10}?)?(?P<m>预算|决算|绩效|自评)(?![^,。;]{0,6}(?:调整|调剂|追加|执行|目标))"
)


def _matter(before: str, behind: str) -> tuple[str, int | None] | None:
    """The budget or the accounts that a day is told of: the object of its verb, else the last before it, else the first behind it."""
    named = object_behind(behind)
    nearest = list(_MATTER.finditer(named[0])) if named is not None else []
    found = nearest or list(_MATTER.finditer(before)) or list(_MATTER.finditer(re.split("[,:]", behind)[0]))[:1]
    if not found:
        return None
    if found[-1]["m"] not in ("预算", "决算"):
        return "", None  # of what was achieved, not of the money
    return found[-1]["m"], int(found[-1]["y"]) if found[-1]["y"] else None


def _in_rows(case: Case, grid: Grid) -> Iterator[Finding]:
    """A row's days of approval and disclosure, by the heads of their columns."""
    words = load_publicity()
    head = grid.row(0)
    approved = [c for c, text in enumerate(head) if words.approved.search(text)]
    public = [c for c, text in enumerate(head) if words.public.search(text) and re.search("[日期时间]", text)]
    if len(approved) != 1 or len(public) != 1 or approved == public:
        return
    for row in range(1, grid.rows):
        cells = [_DAY.search(grid.text(row, c)) for c in (approved[0], public[0])]
        if cells[0] is None or cells[1] is None or not _MATTER.search("".join(grid.row(row))):
            continue
        days = [_date(case, cells[0], []), _date(case, cells[1], [cells[0]])]
        if days[0] is None or days[1] is None:
            continue
        spans = grid.span(row, approved[0]), grid.span(row, public[0])
        one = _Event("", None, "批复", days[0], True, spans[0])
        two = _Event("", None, "公开", days[1], True, spans[1])
        finding = _judged(case, one, two)
        if finding is not None:
            yield finding


_AFTER = pattern(
    r"(?:批复|批准|获批)[^。;,\d]{0,10}?(?P<after>之?后|起|以后|已?过了?|,?(?:相隔|间隔|相距|历时|隔了?|用时))[^。;,\d]{0,6}?第?\s?"
    r"(?P<n>\d{1,3}|[一二两三四五六七八九十百]{1,4})\s?(?P<u>个多?月|个半月|[日天]|周|个?星期)(?P<in>[之以]?内)?"
    r"|(?:批复|批准|获批),?(?P<n2>\d{1,3}|[一二两三四五六七八九十百]{1,4})\s?(?P<u2>个多?月|个半月|[日天]|周|个?星期)(?:[之以]?后|才|方)"
)
_DAYS_OF = {"日": 1, "天": 1, "周": 7, "星期": 7, "月": 28}


def counted_from_approval(case: Case) -> Iterator[Finding]:
    """R36: a disclosure so many days, weeks or months after the approval, in whatever words."""
    words = load_publicity()
    known = [Span(f.start or 0, f.end or 0) for f in (*disclosure_late(case), *disclosed_days(case))]
    for match in _AFTER.finditer(case.flat) if "批" in case.flat or "批准" in case.flat else ():
        sentence = case.sentence(match.start())
        text = case.text(sentence)
        piece = case.flat[match.end() : min(sentence.end, match.end() + _NEAR)]
        if match["in"] or not words.public.search(piece) or not words.matters.search(text) or _ADMITTED.search(text):
            continue
        if any(s.start < match.end() and match.start() < s.end for s in known) or words.others.search(text):
            continue
        told, word = match["n"] or match["n2"], match["u"] or match["u2"]
        unit = next(days for name, days in _DAYS_OF.items() if word.endswith(name))
        count = Fraction(told) if told.isdigit() else Fraction(read_chinese(told) or 0)
        days = count * unit
        if admitted(case, Span(match.start(), match.end()), case.item_at(match.start())):
            continue
        if days > _WITHIN and not _AIM.search(case.flat, max(sentence.start, match.start() - 12), match.end()):
            message = f"批复后{told}{word}才公开，超过20日"
            span = Span(match.start(), match.end())
            yield case.finding("R36", span, message, stated=told + word, recomputed=str(_WITHIN))
