"""R36: budgets and accounts made public: on which day, how long after their approval, or without a date."""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from hengji.auditing.case import Case, once
from hengji.auditing.proof.public_limits import admitted, allowed, beyond, limit
from hengji.auditing.text.structure import is_narrative
from hengji.model.extraction import ScoredItem, Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_LEAF = pattern(r"(?<!意向)公开")
_PUBLIC = pattern(r"公[开示布告]|张贴|挂网|上网|上墙|(?<!印)发布")  # in whatever words it was made public
_SHOWN = pattern(
    rf"(?:网站|门户|平台|公众号|[示告]栏|大厅|大屏|显示屏|橱窗)[^。;]{{0,10}}(?:{_PUBLIC.pattern})|(?:张贴|挂网|上网)"
)
_DISCLOSED = pattern(
    rf"公[开布][^。;]{{0,12}}(?:预算|决算)|(?:预决算|预算|决算)[^。;]{{0,30}}(?:{_PUBLIC.pattern})|(?:绩效|自评)[^。;]{{0,30}}(?:公开|公示)"
)
_DATE = pattern(
    r"\d{1,2}\s?月\s?\d{1,2}\s?日|20\d\d([-./])\d{1,2}\1\d{1,2}(?!\d)|20\d\d\s?年\s?\d{1,2}\s?月|http|www\.|\.gov\.cn|批复后?的?\s?第?\s?\d+\s?(?:个工作)?[日天]|(?:预|决)算第\s?\d+\s?[日天]|随(?:同|着)?[^。;,]{0,6}(?:预|决)算[^。;]{0,8}公开|[与同和](?:部门)?(?:预|决)算(?:公开)?(?:同[日时步]|一[并同起])|(?:网址|截图)[^。;]{0,6}(?:见|附|列)|(?:见|附)[^。;]{0,8}(?:网址|截图)"
)
_DAY = pattern(r"(?:(?P<y>20\d\d)\s?年)?(?P<m>\d{1,2})\s?月\s?(?P<d>\d{1,2})\s?日")
_PIECE = pattern(r"[^。;]+")
_LINE = pattern(r"[^。;\n]+")
_CLAUSE = pattern(r"[,、;:()]")
_ROLES = pattern(r"批复|批准|公开|公示")
_LATER = pattern(r"批复(?:\([^()]{2,12}\))?(?:之?后)?的?\s?第?\s?(?P<n>\d{1,3})\s?[日天][^。;,]{0,10}公开")
_TO_ALL = pattern(r"(?:向社会|对外|已|均|予以|进行)[^,。;]{0,6}公[开示](?!工作)")
_OF_BUDGETS = pattern(r"预算|决算")
_APART = 40  # characters between two days of one budget
_LEAD = 60  # characters before dates in which it may say what was made public


@dataclass(frozen=True, slots=True)
class _Dated:
    """A day, what was done on it (批复 or 公开, or nothing that is said) and with which of budget and accounts, where that stands behind the verb."""

    day: date
    done: str
    span: Span
    matter: str = ""


def disclosure_dated(case: Case) -> Iterator[Finding]:
    """R36: disclosure claimed without a date or a place where it can be seen."""
    late = [finding.start or 0 for finding in disclosure_late(case)]
    for item in case.found.items:
        if item.claimed is None or not _LEAF.search(item.name) or item.claimed <= 0:
            continue
        whole = _passage(case, item)
        text = case.text(whole).replace(item.name, "")
        if "绩效" in item.name and not (_OF_BUDGETS.search(item.name) or _SHOWN.search(text) or _TO_ALL.search(text)):
            continue  # no paper sets days for it: empty words about the work of it are R21's
        disclosed = _DISCLOSED.search(text) or (_OF_BUDGETS.search(item.name) and _SHOWN.search(text))
        if any(whole.start <= at < whole.end for at in late) or not disclosed or _DATE.search(text):
            continue
        if (item.table and item.claimed != item.points) or told_anywhere(case):
            continue
        sentences = [
            s
            for s in case.found.sentences
            if item.body.start <= s.start < item.body.end and _PUBLIC.search(case.text(s))
        ]
        at = next((s for s in sentences if s.start >= item.span.end), item.quote)
        yield case.finding(
            "R36", at, f"“{item.name}”没有写批复日期、公开日期和网址，无法核对是否在20日内公开", item=item.name
        )
    yield from _told_without_a_leaf(case)


def _told_without_a_leaf(case: Case) -> Iterator[Finding]:
    """Disclosure praised by a leaf of a wider name or under its own heading, in a report that has no leaf for it and tells no day or place anywhere."""
    if any(_LEAF.search(item.name) for item in case.found.items) or told_anywhere(case):
        return
    wider = _told_by_wider_leaf(case)
    if wider is not None or not is_narrative(case):
        yield from [] if wider is None else [wider]
        return
    for sentence, text in case.running:
        section = case.section(sentence.start) if _PRAISED.search(text) and _DISCLOSED.search(text) else None
        if section is not None and "公开" in section.title and not _DATE.search(case.text(section.body)):
            yield case.finding("R36", sentence, "没有写批复日期、公开日期和网址，无法核对是否在20日内公开")
            return


def _told_by_wider_leaf(case: Case) -> Finding | None:
    """Disclosure among what a leaf with all its points says of itself: 「财务管理」 with 「预决算均按要求及时公开」."""
    for item in case.found.items:
        if not item.points or item.claimed != item.points:
            continue
        for match in _LINE.finditer(case.flat, item.body.start, item.body.end):
            text = match[0]
            if _PRAISED.search(text) and _DISCLOSED.search(text) and not _DATE.search(text):
                message = f"“{item.name}”没有写批复日期、公开日期和网址，无法核对是否在20日内公开"
                span = item.quote if item.table else Span(match.start(), match.end())
                return case.finding("R36", span, message, item=item.name)
    return None


_PRAISED = pattern("及时|按时|按规定|按要求|全面|完整|准确|如期")


def _passage(case: Case, item: ScoredItem) -> Span:
    """The text of a leaf; the whole paragraph where several leaves share one, with their facts after the last of them."""
    if item.table:
        return item.body
    paragraph = case.paragraph(item.span.start)
    shared = sum(1 for other in case.found.items if paragraph.start <= other.span.start < paragraph.end) > 1
    whole = paragraph if shared else item.body
    return Span(min(whole.start, item.body.start), max(whole.end, item.body.end))


def told_anywhere(case: Case) -> bool:
    """Whether some sentence of the report tells when or where budgets were made public."""
    return any(
        "公开" in piece[0] and _OF_BUDGETS.search(piece[0]) and _DATE.search(piece[0])
        for piece in _LINE.finditer(case.flat)
    )


@once
def disclosure_late(case: Case) -> tuple[Finding, ...]:
    """R36: a budget or accounts approved and made public more than 20 days apart (预算法第十四条)."""
    return tuple(_late(case))


def _late(case: Case) -> Iterator[Finding]:
    for piece in _PIECE.finditer(case.flat) if "批复" in case.flat and "公" in case.flat else ():
        words = piece[0]
        if "公开" not in words and "公示" not in words:
            continue
        item = case.item_at(piece.start())
        lead = case.flat[max(0, piece.start() - _LEAD) : piece.start()].rpartition("\n")[2]
        if not _OF_BUDGETS.search(words + lead) and (item is None or not _LEAF.search(item.name)):
            continue
        days = list(_days(case, piece.start(), piece.end()))
        taken: _Dated | None = None  # an approval told behind its disclosure
        for before, (one, other) in zip((None, *days), itertools.pairwise(days), strict=False):
            if other.span.start - one.span.end > _APART or not (one.done and other.done):
                continue
            if _of_two(one, other) or _told_of_the_one_before(case, before, one, other):
                continue
            of_another = _of_another(case, one, other)
            if (one.done, other.done) == ("批复", "公开"):
                if one is taken and of_another:
                    continue
                yield from _too_late(case, one, other)
            elif one.done != other.done and not of_another:
                taken = other
                yield from _too_late(case, other, one)  # 「公开时间：2月28日（批复时间：1月30日）」
        yield from _in_a_later_month(case, days, piece.end())
        for match in _LATER.finditer(case.flat, piece.start(), piece.end()):
            span = Span(match.start(), match.end())
            most, working = limit(case)
            if int(match["n"]) > (most * 7 // 5 if working else most) and not admitted(case, span, item):
                message = f"批复后第{match['n']}日公开，超过{allowed(case)}"
                yield case.finding("R36", span, message, stated=match["n"], recomputed=str(most))


def _of_two(one: _Dated, other: _Dated) -> bool:
    """Whether two days are told of two matters: 「2月17日公开预算，8月16日批复决算」."""
    return bool(one.matter and other.matter) and one.matter != other.matter


def _told_of_the_one_before(case: Case, before: _Dated | None, one: _Dated, other: _Dated) -> bool:
    """Whether a day closes in brackets what was told before them: 「2月17日公开2023年预算(2月6日批复)，8月30日公开2022年决算」."""
    apart = before is not None and before.done not in ("", one.done)
    return (
        apart
        and before is not None
        and _ENTERS.search(case.flat[before.span.end : one.span.start]) is not None
        and _LEAVES.match(case.flat[one.span.end : other.span.start]) is not None
    )


_ENTERS, _LEAVES = pattern(r"\([^()]*$"), pattern(r"[^()]*\)")


def _of_another(case: Case, one: _Dated, other: _Dated) -> bool:
    """Whether a budget or accounts are named between two days, and are none that the first was told of right before brackets with the other."""
    between = case.flat[one.span.end : other.span.start]
    own = one.matter and _ENTERS.search(between) and _NEXT.search(between) is None
    return not own and _OF_BUDGETS.search(between) is not None


_NEXT = pattern("[,、:]")
_OBJECT = pattern(
    r"(?:批复|批准|公开|公示|公布)(?:了|的)?(?:20\d\d\s?年)?度?[^,、:()\d]{0,8}?(?P<matter>预算|决算)"
)  # 「公开2022年决算」


def object_behind(text: str) -> re.Match[str] | None:
    """The budget or the accounts behind the verb that follows a day, in its own clause."""
    clause = _CLAUSE.split(text, maxsplit=1)[0]
    return _OBJECT.search(clause)


_MONTH = pattern(
    r"[^。;,、\d]{0,4}[,、][^。;,、\d]{0,4}(?:(?P<y>20\d\d)\s?年)?(?P<m>\d{1,2})\s?月(?:份|底|末|下旬|中旬)?(?=[^。;,、\d]{0,24}(?:公开|公示))"
)


def _in_a_later_month(case: Case, days: list[_Dated], end: int) -> Iterator[Finding]:
    """Approved on a day and made public in a month that begins more than 20 days later: 「1月30日批复，3月公开」."""
    for approved in days:
        match = _MONTH.match(case.flat, approved.span.end, end) if approved.done == "批复" else None
        if match is not None and 1 <= int(match["m"]) <= _DECEMBER:
            earliest = date(int(match["y"] or approved.day.year), int(match["m"]), 1)
            yield from _too_late(case, approved, _Dated(earliest, "公开", Span(match.start("m"), match.end())))


_DECEMBER = 12


def _days(case: Case, low: int, high: int) -> Iterator[_Dated]:
    """The days of a piece of text: what was done on each stands right behind it, else right before it."""
    matches = list(_DAY.finditer(case.flat, low, high))
    year, end = case.year, low
    for match in matches:
        year = int(match["y"] or year)
        try:
            day = date(year, int(match["m"]), int(match["d"]))
        except ValueError:
            continue
        after = _clause_after(case, match.end(), high)
        before = case.flat[max(end, match.start() - 14) : match.start()]
        behind = _ROLES.findall(_DAY.split(after)[0])[:1]
        found = behind or _ROLES.findall(before)[-1:]
        done = "" if not found else "批复" if found[0].startswith("批") else "公开"
        named = object_behind(case.flat[match.end() : min(high, match.end() + _BEHIND)])
        yield _Dated(day, done, Span(match.start(), match.end()), named["matter"] if named is not None else "")
        end = match.end() + (len(after) if behind else 0)


def _clause_after(case: Case, start: int, high: int) -> str:
    """The clause behind a day, with an address in it left blank: 「3月18日在http://www……/公开」."""
    told = case.flat[start : min(high, start + _BEHIND)]
    address = _ADDRESS.search(case.flat, start, high) if _ADDRESS.search(told) else None
    if address is not None:
        told = case.flat[start : address.start()] + " " * len(address[0])
        told += case.flat[address.end() : min(high, address.end() + _BEHIND)]
    return _CLAUSE.split(_IN_BRACKETS.sub(lambda m: " " * len(m[0]), told))[0]


_BEHIND = 24  # characters
_IN_BRACKETS = pattern(r"\([^()]*(?:\)|$)")  # where it can be seen: 「3月18日在县政府网站(www……)公开」
_ADDRESS = pattern(r"(?:https?:|www\.|[a-z][a-z0-9-]*\.[a-z])[!-'*-~]*")  # without brackets


def _too_late(case: Case, approved: _Dated, disclosed: _Dated) -> Iterator[Finding]:
    days = (disclosed.day - approved.day).days
    span = Span(min(approved.span.start, disclosed.span.start), max(approved.span.end, disclosed.span.end))
    item = case.item_at(span.start)
    if not beyond(case, approved.day, disclosed.day) or admitted(case, span, item):
        return
    yield case.finding(
        "R36",
        span,
        f"{approved.day}批复，{disclosed.day}公开，相隔{days}日，超过{allowed(case)}",
        stated=str(days),
        recomputed=str(limit(case)[0]),
        item=item.name if item is not None else "",
    )
