"""R11 and R15: what is said to have risen or fallen against another year's figure, and by how much."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from hengji.auditing.case import Case, once
from hengji.auditing.likely import mistaken
from hengji.auditing.numbers import common_unit, in_unit, number, percent_fits, places, ratio_fits, slack
from hengji.auditing.rates.pairs import is_of_less
from hengji.auditing.rates.years_told import between_years
from hengji.model.extraction import Quantity, Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern
from hengji.model.units import dimension

_FALLS = "下降|减少|降低|压减|压缩|减幅|降幅|缩减|下滑|回落"
_RISES = "增长|增加|上升|提高|增幅|上涨|提升|升高"
_WAY = pattern(rf"(?:(?P<down>{_FALLS})|(?P<up>{_RISES}))(?:了|幅度?|率|比例)?(?:约|近)?(?:为|达到?|是)?:?\s?$")
_AGAINST = pattern(r"同比|[比较与](?:上|去|前|20\d\d)|上年|去年|上一年|同期|下降为|由|从")
_LEAD = 40  # characters before a change that say against what it is
_PUBLIC = pattern(r"三公|公务接待|公务用车|公车|因公出国")
_NO_FIGURES = ("%", "‰", "个百分点", "分", "年", "月", "日", "天")
_NO_CHANGES = _NO_FIGURES[1:]
_NOT_NOW = pattern(r"预算|计划|目标|编制")


@dataclass(frozen=True, slots=True)
class _Change:
    """A change as told: its figure (a percentage or the difference itself), whether it fell, and where its words begin."""

    told: Quantity
    falls: bool
    start: int


def changes_recompute(case: Case) -> Iterator[Finding]:
    """R11, R15: 「2022年…29.80万元，2023年较上年下降5.7%」: rise told as fall, or a percentage that the two years do not give."""
    for change, against in _changes(case):
        finding = (_wrong_way(case, change) or _wrong_size(case, change)) if against else None
        finding = finding or _over_the_wrong_year(case, change, against=against)
        if finding is not None:
            yield finding


def ways_agree(case: Case) -> Iterator[Finding]:
    """R08: one percentage told twice of one thing, as a rise and as a fall."""
    by_size: dict[str, list[_Change]] = {}
    for change, _ in _changes(case):
        if change.told.unit == "%" and len(change.told.value) > len("9.9"):
            by_size.setdefault(change.told.value, []).append(change)
    for changes in by_size.values():
        falling = [each for each in changes if each.falls]
        rising = [each for each in changes if not each.falls]
        for one, other in itertools.product(falling[:1], rising[:1]):
            if _shared(case, one, other):
                odd, right = (other, one) if other.told.span > one.told.span else (one, other)
                if _wrong_way(case, right) is not None:
                    odd, right = right, odd
                words = case.flat[right.start : right.told.span.end]
                span = Span(odd.start, odd.told.span.end)
                told = case.flat[span.start : span.end]
                message = f"这里写“{told}”，另一处写“{words}”，方向相反"
                there = Span(right.start, right.told.span.end)
                yield case.finding("R08", span, message, stated=told, recomputed=words, also=(there,))


_WORN = pattern(r"[^\u4e00-\u9fff]|上年|同比|同期|下降|上升|增长|减少|比例|年度|降为|比率")


def _shared(case: Case, one: _Change, other: _Change) -> bool:
    """Whether two changes speak of one thing: the clauses before them share two pairs of characters."""
    pairs: list[set[str]] = []
    for change in (one, other):
        text = _WORN.sub(" ", case.flat[max(change.told.sentence.start, change.start - _LEAD) : change.start])
        pairs.append({text[k : k + 2] for k in range(len(text) - 1) if " " not in text[k : k + 2]})
    return len(pairs[0] & pairs[1]) > 1


_WHO_LEFT = pattern(
    r"\s?\([^()]{0,16}(?:退休|调[出入离走]|招[聘录考]|录用|转入|转出|辞职|离职|病故|去世|死亡|解聘)"
)  # 「减少1人(1人退休)」


@once
def _changes(case: Case) -> tuple[tuple[_Change, bool], ...]:
    """Every change that is told, and whether running text says that it is against another year."""
    found: list[tuple[_Change, bool]] = []
    for told in case.found.quantities:
        if not told.number or told.about == "目标" or told.unit in _NO_CHANGES:
            continue
        lead_start = max(told.sentence.start, told.span.start - _LEAD)
        match = _WAY.search(case.flat, max(lead_start, told.span.start - 10), told.span.start)
        if match is not None and _WHO_LEFT.match(case.flat, told.span.end) is None:
            against = not told.table and _AGAINST.search(case.flat, lead_start, match.start()) is not None
            found.append((_Change(told, match["down"] is not None, match.start()), against))
    return tuple(found)


def _figures(case: Case, change: _Change) -> tuple[list[Quantity], list[Quantity]]:
    """The figures of this year and of the year before that a change may be between: of its sentence and the ones before it in its paragraph."""
    told = change.told
    paragraph = case.paragraph(told.span.start)
    before = [
        q
        for q in case.found.quantities
        if paragraph.start <= q.span.start < change.start
        and q.unit not in _NO_FIGURES
        and q.number
        and q.about != "目标"
    ]
    own = [q for q in case.by_sentence.get(told.sentence, ()) if q.span.start > told.span.end]
    before += [
        q for q in own if q.unit not in _NO_FIGURES and q.year != case.year and q.number and _dated(case, q)
    ]  # 「下降5%（上年29.80万元）」
    if told.unit not in _NO_FIGURES:
        before = [q for q in before if dimension(q.unit) == dimension(told.unit)]
    past = [q for q in before if q.year == case.year - 1][-2:]
    now = [q for q in before if q.year == case.year and not _NOT_NOW.search(q.name[-4:])][-_MOST:]
    return now, past


def _dated(case: Case, quantity: Quantity) -> bool:
    """Whether the clause of a figure behind a change says itself of which year it is: 「(上年29.80万元)」; 「即调出1人」 does not."""
    clause = _CLAUSE_ENDS.split(case.flat[quantity.sentence.start : quantity.span.start])[-1]
    return _OF_A_YEAR.search(clause) is not None


_CLAUSE_ENDS = pattern(r"[,;:、()\n\t]")
_OF_A_YEAR = pattern(r"年|同期|基期|去岁|往|原")
_MOST = 6  # figures before a change that may be this year's


def _pairs(case: Case, change: _Change) -> list[tuple[Quantity, Quantity]]:
    now, past = _figures(case, change)
    return [(a, b) for b in past for a in now if dimension(a.unit) == dimension(b.unit)]


def _size_fits(told: Quantity, now: Quantity, past: Quantity) -> str:
    """Over what a change was reckoned: 「past」 or 「now」; 「gap」 where the difference itself is told; nothing where it does not fit."""
    unit = common_unit((now, past))
    a, b = in_unit(now, unit), in_unit(past, unit)
    if told.unit != "%":
        return "gap" if in_unit(told, unit) == abs(a - b) else ""
    loose = (slack(now, unit) + slack(past, unit)) / b * 100
    if ratio_fits(told, abs(a - b), b, loose):
        return "past"
    return "now" if a and ratio_fits(told, abs(a - b), a) else ""


def _is_step(case: Case, change: _Change) -> bool:
    """Whether a change stands beside another that goes the other way, as the steps of a balance do: 「本年增加3人，减少2人」."""
    before = case.flat[max(0, change.start - 8) : change.start]
    steps = (_STEP_BEHIND.match(case.flat, change.told.span.end), _STEP_BEFORE.search(before))
    return change.told.unit != "%" and any(
        step is not None and (step["down"] is not None) != change.falls for step in steps
    )


_STEP = rf"(?:(?P<down>{_FALLS})|(?P<up>{_RISES}))了?\d"
_STEP_BEHIND = pattern(rf"[,、;](?:本年|年内|当年)?{_STEP}")
_STEP_BEFORE = pattern(rf"{_STEP}[\d,.]*\s?[\u4e00-\u9fff]{{1,2}}[,、;](?:本年|年内|当年)?$")


def _wrong_way(case: Case, change: _Change) -> Finding | None:
    told = change.told
    if _is_step(case, change):
        return None
    fitting = [(a, b, how) for a, b in _pairs(case, change) if (how := _size_fits(told, a, b)) and _unequal(a, b)]
    if not fitting or any((_more(a, b)) != change.falls for a, b, _ in fitting) or _reckoned_right(case, change):
        return None
    now, past, how = fitting[0]
    way, meant = ("下降", "上升") if change.falls else ("上升", "下降")
    span = Span(change.start, told.span.end)
    unit = common_unit((now, past))
    gap = abs(in_unit(now, unit) - in_unit(past, unit))
    share = number(gap / in_unit(past, unit) * 100)
    message = f"写{way}{told.value}{told.unit}，{past.year}年是{past.value}{past.unit}，{now.year}年是{now.value}{now.unit}，实际{meant}{share}%"
    public = _PUBLIC.search(case.text(Span(case.paragraph(told.span.start).start, told.span.end))) is not None
    code = "R15" if public and how != "now" else "R11"
    return case.finding(code, span, message, stated=f"{way}{told.value}{told.unit}", recomputed=f"{meant}{share}%")


def _reckoned_right(case: Case, change: _Change) -> bool:
    """Whether the figure right before a change and another one of the paragraph make it, as told: 「同口径支出45.87万元，比2023年减少3.05万元」."""
    paragraph, told = case.paragraph(change.told.span.start), change.told
    before = [
        q
        for q in case.found.quantities
        if paragraph.start <= q.span.start < change.start and q.unit not in _NO_FIGURES and q.number
    ]
    if not before or before[-1].sentence != told.sentence or before[-1].year != case.year:
        return False
    now = before[-1]
    others = (q for q in before[:-1] if dimension(q.unit) == dimension(now.unit) and _unequal(now, q))
    if told.unit not in _NO_FIGURES and dimension(told.unit) != dimension(now.unit):
        return False
    return any(_more(now, q) != change.falls and _size_fits(told, now, q) in ("past", "gap") for q in others)


def _over_the_wrong_year(case: Case, change: _Change, *, against: bool) -> Finding | None:
    """「2023年为24起…19起，下降26.32%」: the difference over this year's figure, to the hundredth, where it belongs over the past one's."""
    told = change.told
    if told.unit != "%" or told.table or places(told.value) < _EXACT or told.number < 1:
        return None
    sizes = [(now, past, _size_fits(told, now, past)) for now, past in _pairs(case, change)]
    made = [(now, past) for now, past, size in sizes if size == "now" and _more(now, past) != change.falls]
    if len(made) != 1 or any(size == "past" for _, _, size in sizes):
        return None
    now, past = made[0]
    return _resized(case, told, now, past) if against or past.sentence == told.sentence else None


_EXACT = 2  # decimals of a rate that no two figures make by chance


def _unequal(now: Quantity, past: Quantity) -> bool:
    unit = common_unit((now, past))
    return in_unit(now, unit) != in_unit(past, unit)


def _more(now: Quantity, past: Quantity) -> bool:
    unit = common_unit((now, past))
    return in_unit(now, unit) > in_unit(past, unit)


_DIRECTLY = pattern(r"[,(]\s?(?:同比)?(?:[比较](?:上年|去年|20\d\d年)?)(?:同期)?的?\s?")
_BESIDE = pattern(r"\s?(?:的)?\s?")


def _wrong_size(case: Case, change: _Change) -> Finding | None:
    """「412件……，比2021年的396件增长6.25%」: the past stands right before the change (or before the difference), and this year's before that."""
    told = change.told
    own = [
        q for q in case.by_sentence.get(told.sentence, ()) if q.span.end <= change.start and q.unit not in _NO_FIGURES
    ]
    if told.unit != "%":
        return None
    if (pair := between_years(case, told, change.start)) is not None:
        return _resized(case, told, *pair)
    if not own:
        return None
    if (past := _of_clause_before(case, change, own)) is not None:
        return _resized(case, told, past, own[-1])
    if len(own) < len(("now", "past")):
        return None
    if _with_difference(case, change, own):
        return _resized(case, told, own[-3], own[-2])
    if _from_one_to_another(case, change, own):
        return _resized(case, told, own[-2], own[-3])
    past = own[-1]
    if _FROM_TO.search(case.flat, own[-2].span.end, past.span.start) and own[-2].unit == past.unit:
        return _resized(case, told, past, own[-2])
    now = [q for q in own[:-1] if q.unit == past.unit and q.year > past.year]
    if now and now[-1] is own[-2] and _DIRECTLY.fullmatch(case.flat, own[-2].span.end, past.span.start):
        now = now[-1:]  # 「支出22.10万元，比2022年的23.60万元下降…」
    now = now if len(now) == 1 else _of_its_name(past, now)
    if len(now) != 1 or past.year >= case.year or not _BESIDE.fullmatch(case.flat, past.span.end, change.start):
        return None
    if any(_size_fits(told, a, b) in ("past", "gap") for a, b in _pairs(case, change)):
        return None
    return _resized(case, told, now[0], past)


def _of_its_name(past: Quantity, figures: list[Quantity]) -> list[Quantity]:
    """The one of several figures that bears the past one's name: 「受理4,218件，办结4,218件…，较上年受理量3,906件上升8.8%」."""
    name = _WORN.sub("", past.name).removesuffix("量").removesuffix("数")
    return [q for q in figures if len(name) > 1 and name[-2:] in q.name][:1]


_COMMA = pattern(r"\s?[,、]?\s?")
_VERSUS_NAMED = pattern(
    r"\s?[比较与](?:上年|去年|20\d\d年)(?:度|同期)?的?(?P<name>[\u4e00-\u9fff]{2,6}?)(?:总?[量数]|的)?\s?"
)
_ONLY_YEAR = pattern(r"\s?(?:而|上年|20\d\d年)(?:度|全年|同期)?(?:实际|决算|支出)*数?(?:为|是)?\s?")
_SAME_TIME = pattern(r"\s?,?(?:同比)?\s?")


def _with_difference(case: Case, change: _Change, own: list[Quantity]) -> bool:
    """Whether 「比2021年的2,880万元增加320万元，」 stands before a change: this year's figure, the past and their difference."""
    if len(own) < len(("now", "past", "gap")) or not _COMMA.fullmatch(case.flat, own[-1].span.end, change.start):
        return False
    now, past, gap = own[-3:]
    if now.year <= past.year or not dimension(now.unit) == dimension(past.unit) == dimension(gap.unit):
        return False
    unit = common_unit((now, past, gap))
    between = _WAY.search(case.flat, past.span.end, gap.span.start)
    return between is not None and abs(in_unit(now, unit) - in_unit(past, unit)) == in_unit(gap, unit)


def _from_one_to_another(case: Case, change: _Change, own: list[Quantity]) -> bool:
    """Whether 「由2022年的412起降至2023年的358起，减少54起，」 stands before a change: the past, this year's figure and their difference."""
    if len(own) < len(("past", "now", "gap")) or not _COMMA.fullmatch(case.flat, own[-1].span.end, change.start):
        return False
    past, now, gap = own[-3:]
    if not past.unit == now.unit == gap.unit or past.year > now.year:
        return False
    told = _FROM_TO.search(case.flat, past.span.end, now.span.start) and _WAY.search(
        case.flat, now.span.end, gap.span.start
    )
    return told is not None and abs(past.number - now.number) == gap.number


def _of_clause_before(case: Case, change: _Change, own: list[Quantity]) -> Quantity | None:
    """This year's figure where the clause of a change only gives the past: 「零售额9.36亿元；2022年为7.80亿元，同比增长16.67%」."""
    past = own[0]
    if len(own) != 1 or past.year >= case.year or not _SAME_TIME.fullmatch(case.flat, past.span.end, change.start):
        return None
    if named := _VERSUS_NAMED.fullmatch(case.flat, past.sentence.start, past.span.start):
        place = case.paragraph(past.span.start).start
        alike = [
            q
            for q in case.found.quantities
            if place <= q.span.start < past.sentence.start and q.unit == past.unit and q.year == case.year
        ]
        told = [q for q in alike if named["name"] in q.name and q.about != "目标"]
        return told[0] if len({q.number for q in told}) == 1 else None
    if not _ONLY_YEAR.fullmatch(case.flat, past.sentence.start, past.span.start):
        return None
    before = [
        q
        for q in case.found.quantities
        if q.unit == past.unit and q.sentence.end <= past.sentence.start <= q.sentence.end + 1 and not q.table
    ]
    if len(before) > 1 and past.name:  # 「预算…，决算…，其中…；2022年决算…」: the one of the same name
        before = [q for q in before if q.name.endswith(past.name) and q.about == past.about]
    return before[0] if len(before) == 1 and before[0].year == case.year and before[0].about != "目标" else None


_FROM_TO = pattern(r"(?:[降减缩][低少到至为]|[增上升提][加长升高到至为]|升|增|降|减)[\u4e00-\u9fff]{0,4}[到至为]")


def _resized(case: Case, told: Quantity, now: Quantity, past: Quantity) -> Finding | None:
    """A change that two figures do not give, where the words say that it is between them."""
    unit = common_unit((now, past))
    a, b = in_unit(now, unit), in_unit(past, unit)
    if not b or ratio_fits(told, abs(a - b), b, (slack(now, unit) + slack(past, unit)) / b * 100):
        return None
    beside = (q for q in case.by_sentence.get(told.sentence, ()) if q.unit == "%" and q.span != told.span)
    if any(past.span < q.span < told.span and now.span < q.span and _size_fits(q, now, past) == "past" for q in beside):
        return None  # theirs is told already: this one is of something else
    value = abs(a - b) / b * 100
    rate = Fraction(told.number)
    if is_of_less(case, told, value):
        return None
    if max(value, rate) > _WILD * min(value, rate) and not mistaken(rate, value, places(told.value)):
        return None  # 1.22万元 for one and 1,612.30万元 in all are no two years of one thing
    shown = number(value, max(2, places(told.value)))
    message = f"写{told.value}%，由{past.value}{past.unit}到{now.value}{now.unit}是{shown}%"
    return case.finding("R11", told.span, message, stated=f"{told.value}%", recomputed=f"{shown}%")


_WILD = 20  # times: so far off is no change that somebody reckoned


_THEN_PAST = pattern(r"=\s?[\d.]+%[,;]\s?(?:上年|去年|20\d\d年)")
_AFTER_DIVISION = pattern(
    r"(?P<now>\d[\d,]*(?:\.\d+)?)(?:万元)?\s?[÷/]\s?[\u4e00-\u9fff]{0,4}\d[\d,.]*(?:万元)?\s?=\s?[\d.]+%[,;]\s?(?:上年|去年|20\d\d年)[\u4e00-\u9fff]{0,8}?"
    r"(?P<past>\d[\d,]*(?:\.\d+)?)万元[,;]\s?(?:同比|比上年|较上年)?(?P<told>(?:(?P<down>下降|减少|降低)|增长|增加|上升)(?P<rate>\d+(?:\.\d+)?)%)"
)


def changes_after_a_division(case: Case) -> Iterator[Finding]:
    """R11, R15: 「13.74÷16.00=85.88%，2023年实际12.95万元，同比下降6.10%」, as cells of a form tell it."""
    for match in _AFTER_DIVISION.finditer(case.flat) if _THEN_PAST.search(case.flat) else ():
        now, past, rate = (Fraction(match[key].replace(",", "")) for key in ("now", "past", "rate"))
        falls = match["down"] is not None
        fits = past and percent_fits(rate, places(match["rate"]), abs(now - past), past)
        if not past or (fits and (now < past) == falls):
            continue
        way = "下降" if now < past else "上升"
        share = number(abs(now - past) / past * 100)
        span = Span(match.start("told"), match.end("told"))
        item = case.item_at(span.start)
        line = case.flat[case.flat.rfind("\n", 0, span.start) + 1 : span.start] + (item.name if item else "")
        message = f"写{match['told']}，由{match['past']}万元到{match['now']}万元是{way}{share}%"
        code = "R15" if fits and _PUBLIC.search(line) else "R11"
        yield case.finding(code, span, message, stated=match["told"], recomputed=f"{way}{share}%")
