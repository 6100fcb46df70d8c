"""R07, R17: a staff told part by part, by unit, sex, age or schooling, against the whole that another sentence tells."""

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from hengji.auditing.case import Case
from hengji.auditing.facts.vacancies import full_sentences, whole_of_staff
from hengji.library.texts import StaffParts, load_staff_words
from hengji.model.extraction import Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_PEOPLE = pattern(r"(?<![\d.,])(?P<n>\d{1,4})\s?[人名](?!次|均)")
_CUT = pattern(r"[,;、:()。]|其中")
_BEHIND = pattern(r"[\u4e00-\u9fff]{1,8}")
_NEAR = 4  # the part of the whole by which the sum of its parts may be off
_PAIR = 2
_POSTS_OF_KIND = pattern(
    r"(?:行政|事业|工勤|参公|政法|专项|后勤|服务人员|其他|周转)[\u4e00-\u9fff]{0,6}编制?[\u4e00-\u9fff]{0,4}$"
)
_MORE_POSTS = pattern(r"另|空|缺|增|减|收回|划|超|其中|上年|年初|公开|拟|将")


@dataclass(frozen=True, slots=True)
class _Told:
    """A number of people in a sentence, with the words that say who they are."""

    number: int
    name: str
    span: Span


def _told(start: int, text: str) -> list[_Told]:
    """The numbers of people of a sentence; a number without words before it is named by those behind."""
    found, last = [], 0
    for match in _PEOPLE.finditer(text):
        name = _CUT.split(text[last : match.start()])[-1].strip()
        behind = _BEHIND.match(text, match.end())
        if not name or name in ("有", "为", "和", "及"):
            name = behind[0] if behind is not None else ""
        found.append(_Told(int(match["n"]), name, Span(start + match.start(), start + match.end())))
        last = match.end()
    return found


def staff_parts_hold(case: Case) -> Iterator[Finding]:
    """R17: 「36名在编人员中，有职称的39人」; posts of each kind that are not all posts."""
    if not (whole := whole_of_staff(case)):
        return
    posts, people = whole[0]
    for start, text, told in _told_of_staff(case):
        yield from _posts_by_kind(case, told, posts)
        if load_staff_words().staff.search(text) is not None:
            yield from _more_than_all(case, told, text, start, people)


def kinds_of_staff_make_it(case: Case) -> Iterator[Finding]:
    """R07: 「男性22人、女性13人」, where 36 are in post."""
    if not (whole := whole_of_staff(case)):
        return
    words = load_staff_words()
    for _, text, told in _told_of_staff(case):
        for family in words.parts if words.staff.search(text) is not None else ():
            yield from _by_family(case, family, told, whole[0][1])


def _told_of_staff(case: Case) -> Iterator[tuple[int, str, Sequence[_Told]]]:
    """The sentences that tell numbers of people, but for those of people that are no staff."""
    for start, text in full_sentences(case):
        told = _told(start, text) if "人" in text or "名" in text else []
        if told and not load_staff_words().no_staff.search(text):
            yield start, text, told


def _run(family: StaffParts, told: Sequence[_Told]) -> tuple[int, Sequence[_Told]]:
    """Where in a sentence the parts of a family follow each other, and they."""
    held = [family.of.search(each.name) is not None and _NO_PART.search(each.name) is None for each in told]
    first = next((k for k, each in enumerate(held) if each), len(told))
    last = next((k for k in range(first, len(told)) if not held[k]), len(told))
    return first, told[first:last]


_NO_PART = pattern(
    "编制|职数|员额|中心|大队|中队|支队|[站馆院校所]|(?:技术|事业|行政|管理|工勤|公务)[\u4e00-\u9fff]{0,4}中(?!级)"
)


def _by_family(case: Case, family: StaffParts, told: Sequence[_Told], people: Decimal) -> Iterator[Finding]:
    """Parts of one kind, all of them told, that do not make all people in post."""
    first, parts = _run(family, told)
    total = sum(part.number for part in parts)
    if len(parts) < _PAIR or not family.whole([part.name for part in parts]) or total == people:
        return
    before = {each.number for each in told[:first]}
    apart = before - {int(people)} or any(family.of.search(each.name) for each in told[first + len(parts) :])
    if apart or abs(total - people) > people / _NEAR:
        return
    listed = " + ".join(str(part.number) for part in parts)
    message = f"各部分之和是{listed} = {total}人，在编是{people}人，相差{abs(total - people)}人"
    span = Span(parts[0].span.start, parts[-1].span.end)
    yield case.finding("R07", span, message, stated=str(total), recomputed=str(people))


def _more_than_all(case: Case, told: Sequence[_Told], text: str, start: int, people: Decimal) -> Iterator[Finding]:
    """More people of a kind than there are: 「36名在编人员中，持证的39人」."""
    for one, other in itertools.pairwise(told):
        between = text[one.span.end - start : other.span.start - start]
        if one.number == people and other.number > people and _AMONG.match(between) and not _CUT_OFF.search(between):
            message = f"在编共{people}人，其中这一部分写{other.number}人，多于全部"
            yield case.finding("R17", other.span, message, stated=str(other.number), recomputed=str(people))


_AMONG = pattern(r"[\u4e00-\u9fff]{0,6}中[,有的]|,?其中")
_CUT_OFF = pattern(r"[;:]|编制|另|加上|连同|合计|共")


def _posts_by_kind(case: Case, told: Sequence[_Told], posts: Decimal) -> Iterator[Finding]:
    """「行政编制16名、事业编制22名」 where 40 posts are granted."""
    kinds = [each for each in told if _POSTS_OF_KIND.search(each.name)]
    total = sum(each.number for each in kinds)
    alone = len(kinds) >= _PAIR and len({each.name for each in kinds}) == len(kinds)
    others = [each for each in told if each not in kinds]
    if not alone or total == posts or any(_MORE_POSTS.search(each.name) for each in told):
        return
    if any(each.number in (total, posts) or "编" in each.name.replace("在编", "") for each in others):
        return  # the sentence tells a whole of its own
    if abs(total - posts) <= posts / _NEAR and _of_all(case, kinds[0].span.start):
        listed = " + ".join(str(each.number) for each in kinds)
        message = f"各类编制之和是{listed} = {total}名，核定编制是{posts}名，相差{abs(total - posts)}名"
        span = Span(kinds[0].span.start, kinds[-1].span.end)
        yield case.finding("R17", span, message, stated=str(total), recomputed=str(posts))


def _of_all(case: Case, position: int) -> bool:
    """Whether the words before a list in its sentence name no unit of the department."""
    return _UNIT.search(case.flat, case.sentence(position).start, position) is None


_UNIT = pattern("中心|大队|中队|支队|[站馆院校所](?!属)|机关(?!工勤)|本级|下属|上年|年初")
_ONE_UNIT = pattern(
    r"(?P<unit>[\u4e00-\u9fff]{2,14}?)(?:核定|核)?(?:行政|事业)?(?:编制数?|定编|核编)(?:为|数)?\s?(?P<posts>\d+)\s?[名人个][、,;(]?(?:年末)?(?:实有|现有|在编|在职|实际|在岗)(?:在编|在职|在岗)?(?:人员|人数)?(?:为)?\s?(?P<people>\d+)\s?[名人]"
)
_LEAST = 2


def units_make_posts_and_people(case: Case) -> Iterator[Finding]:
    """R17: units whose posts make the whole and whose people do not, or the other way round."""
    whole = whole_of_staff(case)
    for start, text in full_sentences(case) if whole else ():
        told = list(_ONE_UNIT.finditer(text)) if "编" in text else []
        if len(told) < _LEAST:
            continue
        for (side, right), (other, held) in ((("people", 1), ("posts", 0)), (("posts", 0), ("people", 1))):
            total = sum(int(match[side]) for match in told)
            if sum(int(match[other]) for match in told) == whole[0][held] and total != whole[0][right]:
                yield _unit_finding(case, start, told, (side, total, whole[0][right]))


def _unit_finding(case: Case, start: int, told: Sequence[re.Match[str]], sums: tuple[str, int, Decimal]) -> Finding:
    side, total, right = sums
    listed = " + ".join(match[side] for match in told)
    name = "在编人数" if side == "people" else "编制"
    message = f"各单位{name}之和是{listed} = {total}，全部{name}写{right}，相差{abs(total - right)}"
    span = Span(start + told[0].start(), start + told[-1].end())
    return case.finding("R17", span, message, stated=str(total), recomputed=str(right))
