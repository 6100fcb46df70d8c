"""R08: how many people of a kind or of a unit there are, told twice and differently."""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from hengji.auditing.around import of_several
from hengji.auditing.case import Case, once
from hengji.auditing.slips import swapped
from hengji.library.texts import load_staff_words
from hengji.model.extraction import Quantity, Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

POSTS, PEOPLE, HIRED, GRANTED, MOVED = "编制", "实有", "编外", "核定编外", "变动"
_BACK, _AHEAD = 30, 10  # characters round a number in which its people are named
_FURTHEST = 2  # times the smaller number: what lies further apart is another thing
_LEAST, _HIRED = 3, 2  # characters of a name that another may end in


@dataclass(frozen=True, slots=True)
class People:
    """A number of people: what they are called, and whether posts, those there are or those who came and went."""

    quantity: Quantity
    name: str
    side: str

    @property
    def span(self) -> Span:
        """Where the number stands."""
        return self.quantity.span


@once
def told_people(case: Case) -> tuple[People, ...]:
    """The members of staff and the posts that running text tells of the evaluated year."""
    told = (
        _people(case, q)
        for q in case.found.quantities
        if q.unit in ("人", "名") and not q.table and case.chapter_key(q.span.start) != "绩效目标"
    )
    return tuple(people for people in told if people is not None)


def _people(case: Case, quantity: Quantity) -> People | None:
    words = load_staff_words()
    lead = case.flat[max(quantity.sentence.start, quantity.span.start - _BACK) : quantity.span.start]
    turned = _TURNED.search(lead)
    clause = turned["name"] if turned is not None else _CLAUSE.split(lead)[-1]
    if of_several(case, quantity):
        return None
    if quantity.vague or words.other.search(clause) or (turned is None and quantity.year != case.year):
        return None
    name = _DIGITS.split(clause)[-1] or _behind(case, quantity)
    plain = _STANDS.sub("", words.empty.sub("", words.empty.sub("", name)))
    if not plain:
        name = _behind(case, quantity)
        plain = _STANDS.sub("", words.empty.sub("", name))
    if words.moved.fullmatch(plain):
        return People(quantity, plain, MOVED)
    if words.kind.search(plain) is None:
        return None
    side = _side(case, quantity, name)
    return People(quantity, plain, side) if side else None


_CLAUSE = pattern(r"[,。;:、()《》\t\n]")
_STANDS = pattern(
    r"^.*(?:在编|在职|在岗|实有)(?=[\u4e00-\u9fff]{2})(?!在编|在职|在岗)|(?<=[\u4e00-\u9fff]{2})(?:在编|在职|在岗|实有?)$"
)
_DIGITS = pattern(r"\d[^,。;:、]?")
_TURNED = pattern(
    r"(?P<name>[\u4e00-\u9fff]{2,12}?)(?:人数)?(?:由|从)[^,。;]{0,10}?\d+\s?[人名]?[^,。;\d]{0,4}[增减压降精][\u4e00-\u9fff]{0,2}[至到为]\s?$"
)


def _behind(case: Case, quantity: Quantity) -> str:
    """The words that follow a number and name whom it counts: 「90名在职人员」."""
    match = _FOLLOWS.match(case.flat, quantity.span.end, quantity.span.end + _AHEAD)
    return match[0] if match is not None else ""


_FOLLOWS = pattern(r"(?:辅警|公益性岗位|公益岗|社工)(?!的)|[\u4e00-\u9fff]{2,6}?(?:人员|干部|职工|员)(?!的)")
_SIDES = pattern(
    r"编制(?!人员|内|外|(?:人数|数)?\s?[=÷/])(?:人数|数)?|员额|职数|实有|现有|在职|在编|在岗|实际|在册|人员|人数"
)
_OF_POSTS = ("编制", "员额", "职数")


def _side(case: Case, quantity: Quantity, name: str) -> str:
    """Whether posts, people or hired ones are counted: by the last word of the sentence that says so."""
    hired = load_staff_words().hired
    by_trade, of_hired = _BY_TRADE.search(name) is not None, hired.search(name) is not None
    if by_trade or of_hired:
        return GRANTED if _GRANTED.search(name) else PEOPLE if by_trade else HIRED
    told = _SIDES.findall(name)
    if not told:
        lead = case.flat[quantity.sentence.start : quantity.span.start]
        if (last := list(hired.finditer(lead))) and not _SIDES.search(lead, last[-1].end() + len("人员")):
            return HIRED
        told = _SIDES.findall(lead)
    if not told:
        return ""
    return POSTS if told[-1].startswith(_OF_POSTS) else PEOPLE


_GRANTED = pattern(r"核定|核准|批复|批准|下达|控制数|限额|定额|员额|计划|名额|指标数")
_BY_TRADE = pattern(r"[\u4e00-\u9fff]{2}[员工](?<!人员)(?<!公务员)$")


def people_told_otherwise(case: Case) -> Iterator[Finding]:
    """R08: 「季节性养护工40人」, and 45 of them elsewhere; 「综合行政执法大队27人」, and 「执法大队29人」."""
    given: set[Span] = set()
    told = told_people(case)
    for one, other in itertools.combinations(told, 2):
        if one.quantity.item and other.quantity.item and min(len(one.name), len(other.name)) < _LEAST:
            continue  # told of the whole, as amounts are
        if one.side != other.side or not _same(one, other) or not given.isdisjoint({one.span, other.span}):
            continue
        low, high = sorted((one.quantity.number, other.quantity.number))
        far = high > _FURTHEST * low and not (one.side == HIRED and _is_slip(low, high))
        if low == high or far or not _only_two(case, told, one, other):
            continue
        given.update((one.span, other.span))
        right, odd = sorted((one, other), key=lambda p: p.span.start)
        message = f"“{odd.name}”这里是{odd.quantity.value}人，另一处“{right.name}”是{right.quantity.value}人；同一份报告只用一个数"
        stated, meant = f"{odd.quantity.value}人", f"{right.quantity.value}人"
        yield case.finding("R08", odd.span, message, stated=stated, recomputed=meant, also=(right.span,))


# All who are in post, by who they are and not by whose posts they hold: 「全局90名在职人员中派驻8个所的有40人」.
_ALL_IN_POST = pattern(
    r"(?:全[局委办院校馆站所队镇乡县]系?统?|[本我][局委办院校馆站所队镇乡])(?:现有|共有|的)?\s?(?P<n>[1-9]\d{1,3})\s?[名人](?:在职|在编|在岗)(?:在编|在岗)?(?:人员|干部|职工|教职工|干部职工)(?=[中里,。;的都均全])"
)
_IN_POST_ITEMS = ("在编人数", "年末实有人数", "在职人数")


def all_in_post(case: Case) -> Iterator[Finding]:
    """R08: all who are in post told beside another number of them, which is the only one told."""
    values = {q.number: q for name in _IN_POST_ITEMS for q in case.quantities(name) if q.year == case.year}
    for match in _ALL_IN_POST.finditer(case.flat) if len(values) == 1 else ():
        right = next(iter(values.values()))
        number, span = Decimal(match["n"]), Span(match.start("n"), match.end())
        told = {q.number for q in case.found.quantities if q.unit in ("人", "名") and q.span.start != match.start("n")}
        near = abs(number - right.number) * _TENTH <= right.number
        if number not in told and number != right.number and near:
            message = f"这里是{match['n']}人，另一处在职（在编）人数是{right.value}人；同一份报告只用一个数"
            yield case.finding("R08", span, message, stated=match["n"], recomputed=right.value, also=(right.span,))


_TENTH = 10


def _is_slip(low: Decimal, high: Decimal) -> bool:
    """Whether one number is the other with a digit more, or with its digits changed: 8 and 18, 26 and 62."""
    short, long = f"{low:f}", f"{high:f}"
    added = len(long) == len(short) + 1 and (long.startswith(short) or long.endswith(short))
    return added or swapped(short, long)


def _same(one: People, other: People) -> bool:
    """Whether two are of the same people: the name of one ends in the other's, which says enough.

    Fewer hired of a longer name are some of them: 「窗口编外10人」 of 「编外12人」.
    """
    short, long = sorted((one, other), key=lambda people: len(people.name))
    if short.name == long.name or not long.name.endswith(short.name):
        return short.name == long.name
    some = len(short.name) < _LEAST and long.quantity.number < short.quantity.number
    return len(short.name) >= (_HIRED if one.side == HIRED else _LEAST) and not some


def _only_two(case: Case, told: Sequence[People], one: People, other: People) -> bool:
    """Whether the two stand apart, and no third number has either name."""
    if case.paragraph(one.span.start) == case.paragraph(other.span.start):
        return False
    values = {p.quantity.number for p in told if p.side == one.side and (_same(p, one) or _same(p, other))}
    return values == {one.quantity.number, other.quantity.number}
