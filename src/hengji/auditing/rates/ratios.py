"""R11: rates of running text against their parts; the rates of columns and of the budget have files of their own."""

import itertools
import re
from collections.abc import Iterator
from fractions import Fraction

from hengji.auditing.case import Case, Check, once
from hengji.auditing.numbers import common_unit, exact, in_unit, number, percent_fits, places, ratio_fits, slack
from hengji.auditing.rates import column_rates, execution_rates
from hengji.auditing.slips import slipped_rate, swapped
from hengji.extracting.phrases import known_phrases
from hengji.library.texts import load_economy
from hengji.model.extraction import Quantity, Span
from hengji.model.finding import Finding
from hengji.model.units import dimension

_RATE = re.compile(
    r"(?:率|比率|比例|比重|占比|占[\u4e00-\u9fff]{0,10}|占[^,。;]{1,20}的|(?:为|是|完成)[^,。;]{2,14}\d(?:万元|个|人|项)的|进度|满意度)(?:为|是|达到?|均|高|约)*$"
)
_GROWTH = re.compile(
    r"(?:增长|增加|上升|提高|增幅|下降|减少|降低|降幅|压减|压缩|节约|节省|下浮|节支|变动|变化)(?:率|幅度)?(?:为|了|达|约)*-?$"
)
_DENOMINATOR = re.compile(
    r"原值|总额|预算|计划|编制|(?<![供适效响反对])应|总|共|全部|收到|受理|发放|调查|下达|安排|批复|指标|核定|账面"
)
_NUMERATOR = re.compile(
    r"支出|决算|实际|完成|执行|在编|在职|回复|办结|满意|支付|使用|到位|实有|在用|达标|合格|按期|按时|设置"
)
_AIMED = re.compile(r"\s?(?:\(含\)|及|或)?(?:以上|以内|以下)")  # what is to be reached is no result
_TWO = 2
_WHOLE = 100  # per cent


def rates_recompute(case: Case) -> Iterator[Finding]:
    """R11: a percentage is the rounding of a ratio of the figures beside it; a rate over 0 is none."""
    told: set[int | None] = set()
    for finding in (f for check in _CHECKS for f in check(case)):
        ruled = finding.start is not None and _ruled(case, finding.start, finding.end or finding.start)
        if not ruled and (finding.start is None or finding.start not in told):
            told.add(finding.start)
            yield finding


_BOUND = re.compile(r"(?:[≥≤><]|不低于|不少于|不高于|不超过|不得低于|大于|小于)=?\s?$")


def _ruled(case: Case, start: int, end: int) -> bool:
    """Whether a percentage belongs to a rule of scoring: 「执行率≥95%得10分」, 「95%（含）以上」."""
    return _BOUND.search(case.flat, max(0, start - 6), start) is not None or _AIMED.match(case.flat, end) is not None


def _told_rates(case: Case) -> Iterator[Finding]:
    """The percentages of running text."""
    for quantity in case.told_rates:
        if quantity.about == "目标" and not quantity.name.endswith("率"):
            continue
        words = case.flat[max(quantity.sentence.start, quantity.span.start - 24) : quantity.span.start]
        if _GROWTH.search(words) or _GROWTH.search(quantity.name):
            yield from _growth(case, quantity)
        elif _RATE.search(words) or _RATE.search(quantity.name):
            yield from _rate(case, quantity)


_EXPLAINED_BEHIND = re.compile(r"\s?\(\s?[\d,.]+\D{0,4}[÷/]\s?[\d,.]+")
_BEYOND = 5000  # per cent: a ratio so far out shows a wrong unit, not a wrong rate


def _rate(case: Case, quantity: Quantity) -> Iterator[Finding]:
    if _EXPLAINED_BEHIND.match(case.flat, quantity.span.end) or load_economy().rates.search(quantity.name):
        return  # its own division follows, which is recomputed as such; or it is over an area that the sentence need not tell
    near = case.beside(quantity)
    pairs = [
        (a, b) for a, b in itertools.permutations(near, _TWO) if dimension(a.unit) == dimension(b.unit) or _people(a, b)
    ]
    if any(_fits(quantity, a, b) for a, b in pairs) or any(_fits_sum(quantity, near, b) for b in near):
        return
    clause = case.flat[max(quantity.sentence.start, quantity.span.start - _CLAUSE) : quantity.span.start]
    if _LESS_SOME.search(clause):
        return  # of a part that the text takes out first
    apart = bool(near) and near[0].sentence != quantity.sentence
    if apart and execution_rates.EXECUTION.fullmatch(quantity.name) and any(q.item in _OF_ONE_LINE for q in near):
        return  # the rate of the whole budget, after the amounts of one line
    zero = [q for q in near if q.number == 0 and q.about == "预算"]
    if zero and len([q for q in near if q.about == "预算"]) == len(zero) and quantity.number > 0:
        yield case.finding(
            "R11",
            quantity.span,
            f"“{zero[0].name}”是0，0不能作分母，得不出{quantity.value}%",
            stated=f"{quantity.value}%",
        )
        return
    chosen = _made_of(case, quantity, near)
    if chosen is None:
        return
    numerator, denominator = chosen
    counted = dimension(numerator.unit) != "money" and not (_kin(quantity, numerator) or _kin(quantity, denominator))
    beside = [q for q in case.by_sentence.get(quantity.sentence, ()) if q.unit == "%" and q.name.endswith("率")]
    if counted and len(beside) > 1:
        return  # one of several rates, none of which names what is counted
    if apart and _of_something_else(quantity, numerator, denominator):
        return
    if (
        _fits(quantity, numerator, denominator)
        or _unit_slipped(quantity, numerator, denominator)
        or _made_another(case, quantity, numerator, denominator)
        or not _of_its_kind(quantity, numerator, denominator)
        or (numerator.number == denominator.number and dimension(numerator.unit) != "money")
    ):
        return
    unit = common_unit((numerator, denominator))
    if in_unit(denominator, unit) == 0:
        yield case.finding(
            "R11",
            quantity.span,
            f"“{denominator.name}”是0，0不能作分母，得不出{quantity.value}%",
            stated=f"{quantity.value}%",
        )
        return
    value = in_unit(numerator, unit) / in_unit(denominator, unit) * 100
    if value > _BEYOND or _explained(case, quantity, numerator, denominator):
        return  # one of the two bears a wrong unit: that is R12's
    shown = number(value, max(_TWO, places(quantity.value)))
    yield case.finding(
        "R11",
        quantity.span,
        f"写{quantity.value}%，按{numerator.value}{numerator.unit} ÷ {denominator.value}{denominator.unit}计算是{shown}%",
        stated=f"{quantity.value}%",
        recomputed=f"{shown}%",
    )


def _made_of(case: Case, rate: Quantity, near: list[Quantity]) -> tuple[Quantity, Quantity] | None:
    """The numerator and the denominator that a rate is told to be made of."""
    chosen = (
        _share(case, rate, near)
        or _namesake(rate, near)
        or _natural(rate, near)
        or _of_wholes(case, rate, near)
        or _begun_and_done(case, rate, near)
        or _nearly(rate, near)
        or _by_slip(rate, near)
    )
    if chosen is not None and _far(rate, *chosen):
        return _slipped_from(rate, _told_before(case, rate))  # nobody writes 98 % for 3 %
    return chosen


_FAR = 5  # times


def _far(rate: Quantity, numerator: Quantity, denominator: Quantity) -> bool:
    """Whether two figures make a ratio out of all proportion to the rate, told in the same measure."""
    if dimension(numerator.unit) != dimension(denominator.unit) or numerator.unit != denominator.unit:
        return False
    top, bottom, stated = numerator.number * 100, denominator.number, rate.number
    return bottom > 0 and stated > 0 and top > 0 and not stated < top / bottom * _FAR < stated * _FAR * _FAR


def _of_something_else(rate: Quantity, numerator: Quantity, denominator: Quantity) -> bool:
    """Whether what the sentence before a rate tells is not what the rate is of; a rate of a budget is made of money."""
    if _OF_MONEY.search(rate.name) and not numerator.unit.endswith("元"):
        return True
    named = _kin(rate, numerator) or _kin(rate, denominator)
    return not (named or _PLAIN_RATE.fullmatch(rate.name))


def _explained(case: Case, rate: Quantity, numerator: Quantity, denominator: Quantity) -> bool:
    """Whether a rate is right of two figures of its paragraph, or would be had one of the two been written as it stands elsewhere."""
    told = _told_before(case, rate)
    own = [q for q in told if q.sentence == rate.sentence]
    if any(ratio_of(rate, a, b) for a in own for b in told[-_NEAR_BY:] if a is not b):
        return True
    return mistyped(case, rate, numerator, denominator)


def _told_before(case: Case, rate: Quantity) -> list[Quantity]:
    """The figures that its paragraph tells before a rate."""
    paragraph = case.paragraph(rate.span.start)
    return [
        q
        for q in case.found.quantities
        if paragraph.start <= q.span.start < rate.span.start and not q.table and q.unit not in ("%", "‰", "个百分点")
    ]


def mistyped(case: Case, rate: Quantity, numerator: Quantity, denominator: Quantity) -> bool:
    """Whether one of the two stands elsewhere with two digits the other way round, and so makes the rate: that is R08's."""
    return any(
        ratio_of(rate, twin, denominator if odd is numerator else numerator, upside=odd is denominator)
        for odd in (numerator, denominator)
        for twin in _by_digits(case).get(_digits(odd), ())
        if swapped(twin.value, odd.value)
    )


@once
def _by_digits(case: Case) -> dict[tuple[str, str], list[Quantity]]:
    """The figures by their unit and digits in any order: only those with the same ones can have two of them swapped."""
    found: dict[tuple[str, str], list[Quantity]] = {}
    for quantity in case.found.quantities:
        found.setdefault(_digits(quantity), []).append(quantity)
    return found


def _digits(quantity: Quantity) -> tuple[str, str]:
    return quantity.unit, "".join(sorted(quantity.value.replace(",", "")))


def ratio_of(rate: Quantity, a: Quantity, b: Quantity, *, upside: bool = False) -> bool:
    """Whether a rate is the first figure over the second (or the second over the first)."""
    if dimension(a.unit) != dimension(b.unit) and not _people(a, b):
        return False
    unit = common_unit((a, b))
    top, bottom = (
        (in_unit(a, unit), in_unit(b, unit))
        if dimension(a.unit) == dimension(b.unit)
        else (Fraction(a.number), Fraction(b.number))
    )
    top, bottom = (bottom, top) if upside else (top, bottom)
    return bottom != 0 and ratio_fits(rate, top, bottom)


_NEAR_BY = 12  # figures before a rate in its paragraph that are tried
_CLAUSE = 40  # characters before a rate in which it may say what was left out of it
_LESS_SOME = re.compile(r"剔除|扣除|不含|除去|除[^,。;]{2,16}外|不计|同口径|可比")
_OF_PEOPLE = re.compile(r"满意|问卷|调查|受访|测评|有效|回收|收回|发放|抽样|样本|评价")


def _without_parts(near: list[Quantity]) -> list[Quantity]:
    """Figures without those that follow a whole and make it: 「预算24.00万元，其中…18.00万元、…6.00万元；实际21.36万元」."""
    kept: list[Quantity] = []
    index = 0
    while index < len(near):
        whole, total = near[index], Fraction(0)
        kept.append(whole)
        index += 1
        for end in range(index, len(near)):
            if dimension(near[end].unit) != dimension(whole.unit):
                break
            total += in_unit(near[end], whole.unit)
            if total == in_unit(whole, whole.unit) and end > index:
                index = end + 1
                break
            if total > in_unit(whole, whole.unit):
                break
    return kept


_PLAIN_RATE = re.compile(r"(?:预算)?(?:控制|执行|支出|完成)率")
_OF_MONEY = re.compile(r"预算|资金|支出|经费")


def _of_wholes(case: Case, rate: Quantity, near: list[Quantity]) -> tuple[Quantity, Quantity] | None:
    """What a rate without a subject of its own is made of, once the parts of each whole are left out."""
    if not _PLAIN_RATE.fullmatch(rate.name):
        return None
    wholes = _without_parts([q for q in near if q.span < rate.span])
    if len(wholes) == 1 and wholes[0].about != "预算":
        before = [
            q
            for q in case.found.quantities
            if q.sentence.end <= rate.sentence.start and q.sentence.end + _TWO >= rate.sentence.start
        ]
        plans = _without_parts([q for q in before if q.unit not in ("%", "‰") and q.about != "目标"])
        wholes = [*plans, *wholes] if len(plans) == 1 and plans[0].about == "预算" else []
    return _natural(rate, wholes)


def _kin(rate: Quantity, figure: Quantity) -> bool:
    """Whether a rate and a figure speak of one thing: their names share two characters."""
    name = re.sub(r"率$|经费|资金|支出|完成", "", rate.name)
    return any(name[k : k + 2] in figure.name for k in range(len(name) - 1))


def _by_slip(rate: Quantity, near: list[Quantity]) -> tuple[Quantity, Quantity] | None:
    """The only two figures of a kind told right before a rate, whose ratio it is but for one slip of the pen."""
    before = [q for q in near if q.span < rate.span and q.sentence == rate.sentence and q.number]
    alike = [q for q in before if before and dimension(q.unit) == dimension(before[-1].unit)]
    digits = len(rate.value.replace(".", "").strip("0"))
    if len(alike) != _TWO or digits <= _TWO:
        return None
    unit = common_unit(alike)
    bottom, top = sorted(alike, key=lambda q: in_unit(q, unit), reverse=True)
    return (top, bottom) if slipped_rate(rate, in_unit(top, unit), in_unit(bottom, unit)) else None


_WORK_RATE = re.compile(r"(?:工程|项目|任务|建设)?(?:完成|完工|竣工)率")
_FINISHED = re.compile(r"(?:已|共|实际|仅)?(?:完成|完工|竣工|建成)\s?$")


def _begun_and_done(case: Case, rate: Quantity, near: list[Quantity]) -> tuple[Quantity, Quantity] | None:
    """「实施养护工程38.00公里……完成20.31公里建设任务，完工率为100%」: the only two counts of one unit, the second of them finished."""
    if not _WORK_RATE.fullmatch(rate.name):
        return None
    counts = [q for q in near if q.span < rate.span and q.sentence == rate.sentence and dimension(q.unit) != "money"]
    if len(counts) != _TWO or counts[0].unit != counts[1].unit or counts[1].number > counts[0].number:
        return None
    begun, done = counts
    told = _FINISHED.search(case.flat, max(begun.span.end, done.span.start - _CLAUSE), done.span.start)
    return (done, begun) if told is not None else None


def _slipped_from(rate: Quantity, near: list[Quantity]) -> tuple[Quantity, Quantity] | None:
    """The one pair, of what was spent and what was budgeted, whose ratio the rate is but for one slip of the pen."""
    spent, budgets = ([q for q in near if _says(q, form)] for form in (_NUMERATOR, _DENOMINATOR))
    found = [
        (top, bottom)
        for top, bottom in itertools.product(spent, budgets)
        if top is not bottom
        and top.unit == bottom.unit
        and slipped_rate(rate, Fraction(top.number), Fraction(bottom.number))
    ]
    return found[0] if len(found) == 1 else None


_NEARLY = Fraction(6)  # per cent: two counts whose ratio is that near to a stated rate are what it is made of


def _nearly(rate: Quantity, near: list[Quantity]) -> tuple[Quantity, Quantity] | None:
    """The only two counts of a sentence, whose ratio comes near a rate written to the hundredth and is not it."""
    counts = [q for q in near if dimension(q.unit) != "money" and q.number and q.sentence == rate.sentence]
    if len(near) != _TWO or len(counts) != _TWO or counts[0].unit != counts[1].unit or places(rate.value) < _TWO:
        return None
    top, bottom = sorted(counts, key=lambda q: q.number)
    value = Fraction(top.number) / Fraction(bottom.number) * 100
    return (top, bottom) if abs(value - Fraction(rate.number)) <= _NEARLY and rate.name.endswith("率") else None


def _unit_slipped(rate: Quantity, numerator: Quantity, denominator: Quantity) -> bool:
    """Whether the rate is right and one of the two amounts bears a wrong unit (108.26元 beside 112.00万元)."""
    if numerator.unit == denominator.unit or dimension(numerator.unit) != "money":
        return False
    top, bottom = Fraction(numerator.number), Fraction(denominator.number)
    return bottom != 0 and any(ratio_fits(rate, top, bottom * power) for power in (1, 10, 100, 1000))


def _made_another(case: Case, rate: Quantity, numerator: Quantity, denominator: Quantity) -> bool:
    """Whether the two figures make another rate of the same sentence, so that this one is of something else."""
    if dimension(numerator.unit) != dimension(denominator.unit):
        return False
    unit = common_unit((numerator, denominator))
    top, bottom = in_unit(numerator, unit), in_unit(denominator, unit)
    others = (
        q for q in case.by_sentence.get(rate.sentence, ()) if q.unit == "%" and q.span != rate.span and "." in q.value
    )
    return any(ratio_fits(other, top, bottom) for other in others)


def _of_its_kind(rate: Quantity, numerator: Quantity, denominator: Quantity) -> bool:
    """Whether a rate of satisfaction is made of people who were asked; any other rate is not held to its name."""
    asked = _OF_PEOPLE.search(numerator.name) or _OF_PEOPLE.search(denominator.name)
    return "满意" not in rate.name or asked is not None


_OF_ONE_LINE = ("三公经费预算数", "三公经费决算数", "公用经费预算数", "公用经费支出", "采购预算金额", "实际采购金额")


def _people(a: Quantity, b: Quantity) -> bool:
    return a.unit in _OF_HEADS and b.unit in _OF_HEADS


_OF_HEADS = ("人", "名", "人次", "个")


def _fits(rate: Quantity, a: Quantity, b: Quantity) -> bool:
    alike = dimension(a.unit) == dimension(b.unit)
    unit = common_unit((a, b)) if alike else a.unit
    top, bottom = (in_unit(a, unit), in_unit(b, unit)) if alike else (exact(a.number), exact(b.number))
    if bottom == 0 or top == 0:
        return bottom != 0 and rate.number == 0
    open_gap = slack(a, unit) if alike else Fraction(0)
    loose = (open_gap + slack(b, unit) * abs(top / bottom)) / bottom * 100 if open_gap else Fraction(0)
    # Over a common denominator both are whole numbers, with which four ratios are tried much faster.
    part, whole = top.numerator * bottom.denominator, bottom.numerator * top.denominator
    return (
        ratio_fits(rate, part, whole, loose)
        or ratio_fits(rate, part - whole, whole, loose)
        or ratio_fits(rate, whole - part, whole, loose)
        or (part + whole != 0 and ratio_fits(rate, part, part + whole))
    )


def _fits_sum(rate: Quantity, near: list[Quantity], bottom: Quantity) -> bool:
    """Whether all the other figures together over this one give the rate."""
    tops = [q for q in near if q is not bottom and dimension(q.unit) == dimension(bottom.unit)]
    if len(tops) < _TWO or bottom.number == 0:
        return False
    unit = common_unit((bottom, *tops))
    total = sum((in_unit(q, unit) for q in tops), Fraction(0))
    return ratio_fits(rate, total, in_unit(bottom, unit)) or ratio_fits(rate, in_unit(bottom, unit), total)


_SHARE = re.compile(r"占(?:全部|本年|全年|当年)?(?P<of>[\u4e00-\u9fff]{2,10}?)(?:的)?(?:比例|比重)?(?:为|是|达)?\s?$")


def _share(case: Case, rate: Quantity, near: list[Quantity]) -> tuple[Quantity, Quantity] | None:
    """「基本支出744万元，占总支出的62%」: the figure before, over the one that is named."""
    match = _SHARE.search(case.flat, rate.sentence.start, rate.span.start)
    before = [q for q in near if q.span.end <= rate.span.start]
    if match is None or not before:
        return None
    wanted = re.sub(r"总额|合计|总|金额", "", match["of"])
    whole = [
        q
        for q in near
        if q is not before[-1] and wanted and wanted in q.name and dimension(q.unit) == dimension(before[-1].unit)
    ]
    return (before[-1], whole[0]) if len(whole) == 1 or (whole and whole[0].span < before[-1].span) else None


def _namesake(rate: Quantity, near: list[Quantity]) -> tuple[Quantity, Quantity] | None:
    """「共312人，重新犯罪2人，重新犯罪率0.46%」: the rate's own name is its numerator's, the one other count the denominator."""
    own = re.sub(r"率$", "", rate.name)
    before = [q for q in near if q.span.end <= rate.span.start]
    tops = [q for q in before if len(own) >= _TWO and q.name.endswith(own)]
    others = [q for q in before if tops and q is not tops[0] and q.unit == tops[0].unit]
    if len(tops) == 1 and len(others) == 1 and others[0].number > tops[0].number:
        return tops[0], others[0]
    counts = [q for q in before if dimension(q.unit) != "money" and q.number]
    if len(counts) == _TWO == len(before) and counts[0].unit == counts[1].unit and rate.name.endswith("率"):
        top, bottom = sorted(counts, key=lambda q: q.number)
        if len(own) >= _TWO and top.name.startswith(own[:_TWO]) and not bottom.name.startswith(own[:_TWO]):
            return top, bottom  # 「1,260公里农村公路中，优良路段882公里，优良路率」
    return None


def _natural(rate: Quantity, near: list[Quantity]) -> tuple[Quantity, Quantity] | None:
    """The one numerator and the one denominator that the words name; None where more than one reading fits."""
    before = [q for q in near if q.span.end <= rate.span.start] or near
    groups: dict[str, list[Quantity]] = {}
    for quantity in before:
        groups.setdefault("人" if quantity.unit in ("人", "名") else dimension(quantity.unit), []).append(quantity)
    full = [group for group in groups.values() if len(group) == _TWO]
    if len(full) != 1:
        return None
    a, b = full[0]
    for top, bottom in ((a, b), (b, a)):
        if (
            _says(bottom, _DENOMINATOR)
            and (_says(top, _NUMERATOR) or not _says(top, _DENOMINATOR))
            and not (_says(top, _DENOMINATOR) and not _says(bottom, _NUMERATOR))
        ):
            return top, bottom
    return None


def _says(quantity: Quantity, form: re.Pattern[str]) -> bool:
    return (
        bool(form.search(quantity.name))
        or (form is _DENOMINATOR and quantity.about == "预算")
        or (form is _NUMERATOR and quantity.about == "实际")
    )


def _share_words(one: str, other: str) -> bool:
    """Whether two names share two characters in a row."""
    return any(one[k : k + _TWO] in other for k in range(len(one) - 1))


def _growth(case: Case, quantity: Quantity) -> Iterator[Finding]:
    near = [
        q
        for q in case.by_sentence.get(quantity.sentence, ())
        if q.unit not in ("%", "‰", "个百分点") and q.about != "目标"
    ]
    before = [q for q in near if q.span.end <= quantity.span.start]
    pairs = [(a, b) for a in near for b in near if a is not b and dimension(a.unit) == dimension(b.unit)]
    two = _two_years(before)
    of_now = two is not None and _of_the_later(quantity, *two)
    if not pairs or (not of_now and any(_fits(quantity, a, b) for a, b in pairs)):
        return
    if case.flat[quantity.span.start - 1] in "到至" or two is None:
        return  # 「提高到70%」 is no change but what it came to
    if any(_grown(quantity, a, b, sign) for a, b in pairs for sign in (1, -1)):
        return
    if any(q is not quantity and q.unit == "%" and _fits(q, *two) for q in case.by_sentence[quantity.sentence]):
        return  # the change is told beside it
    now, past = two
    paragraph = case.paragraph(quantity.span.start)
    others = (q for q in case.found.quantities if paragraph.start <= q.span.start < quantity.span.start)
    if not of_now and any(
        dimension(q.unit) == dimension(past.unit) and _fits(quantity, q, past) for q in others if q is not past
    ):
        return  # the sentence before tells what it is reckoned from
    unit = common_unit((now, past))
    value = abs(in_unit(now, unit) - in_unit(past, unit)) / in_unit(past, unit) * 100
    shown = number(value, max(_TWO, places(quantity.value)))
    yield case.finding(
        "R11",
        quantity.span,
        f"写{quantity.value}%，由{past.value}{past.unit}到{now.value}{now.unit}是{shown}%",
        stated=f"{quantity.value}%",
        recomputed=f"{shown}%",
    )


def _two_years(before: list[Quantity]) -> tuple[Quantity, Quantity] | None:
    """This year's and the past figure, where just these two of one thing stand before a change."""
    if (
        len(before) != _TWO
        or before[0].year == before[1].year
        or dimension(before[0].unit) != dimension(before[1].unit)
    ):
        return None
    one, other = before
    named = bool(one.name and other.name)
    if named and one.item != other.item and not _share_words(one.name, other.name):
        return None
    now, past = (one, other) if one.year > other.year else (other, one)
    return (now, past) if past.number else None


def _of_the_later(rate: Quantity, now: Quantity, past: Quantity) -> bool:
    """Whether a change was reckoned over the later figure, and so is no change of the earlier one."""
    unit = common_unit((now, past))
    a, b = in_unit(now, unit), in_unit(past, unit)
    return bool(a and b) and ratio_fits(rate, abs(a - b), a) and not ratio_fits(rate, abs(a - b), b, Fraction(1, 100))


def _grown(rate: Quantity, change: Quantity, now: Quantity, sign: int) -> bool:
    """「支出110万元，比上年增加10万元，增长10%」: the change over what it was."""
    unit = common_unit((change, now))
    past = in_unit(now, unit) - sign * in_unit(change, unit)
    return past > 0 and ratio_fits(rate, in_unit(change, unit), past)


def _control_rate(case: Case) -> Iterator[Finding]:
    """The staff control rate against the quota and the people told anywhere in the report."""
    quota = case.quantities("编制数")
    people = [*case.quantities("在编人数"), *case.quantities("年末实有人数"), *case.quantities("在编公务员数")]
    if len({q.number for q in quota}) != 1 or not people or not quota[0].number:
        return
    bottom = Fraction(quota[0].number)
    posts = [
        Fraction(q.number) for q in case.found.quantities if q.unit in ("人", "名") and "编制" in q.name and q.number
    ]
    for rate in case.told_rates:
        if rate.year != case.year or not rate.name.endswith(("人员控制率", "编制控制率")):
            continue
        tops = [Fraction(q.number) for q in people]
        if any(ratio_fits(rate, top, each) for top in tops for each in posts) or any(
            ratio_fits(rate, a + b, bottom) for a in tops for b in tops
        ):
            continue
        shown = number(tops[0] / bottom * 100)
        message = f"写{rate.value}%，按{people[0].value}人 ÷ 编制{quota[0].value}人计算是{shown}%"
        yield case.finding("R11", rate.span, message, stated=f"{rate.value}%", recomputed=f"{shown}%")


_SATISFIED = re.compile(r"满意")


def _of_the_asked(case: Case) -> Iterator[Finding]:
    """「收回有效问卷600份，满意552份，满意度95.2%」: those satisfied over none of the numbers of those who were asked."""
    for rate in case.found.quantities:
        if rate.unit != "%" or rate.about == "目标" or "满意" not in rate.name or not rate.number:
            continue
        if not re.search(r"满意[度率]", rate.name):
            continue
        near = [
            q
            for q in case.by_sentence.get(rate.sentence, ())
            if q.span < rate.span and q.unit in ("人", "份", "名", "户", "家")
        ]
        content = [q for q in near if _SATISFIED.search(q.name)]
        asked = [q for q in near if q not in content and q.number]
        if len(content) != 1 or not asked or any(q.number < content[0].number for q in asked[-1:]):
            continue
        top = Fraction(content[0].number)
        if any(ratio_fits(rate, top, Fraction(q.number)) for q in asked):
            continue
        bottom = next((q for q in reversed(asked) if re.search(r"有效|收回|回收", q.name)), asked[-1])
        shown = number(top / Fraction(bottom.number) * 100)
        message = f"写{rate.value}%，按{content[0].value}{content[0].unit} ÷ {bottom.value}{bottom.unit}计算是{shown}%"
        yield case.finding("R11", rate.span, message, stated=f"{rate.value}%", recomputed=f"{shown}%")


_TOLD_SHARE = re.compile(
    r"(?P<part>[\u4e00-\u9fff]{3,8})占(?:全部|本年|全年|年度)?(?P<whole>[\u4e00-\u9fff]{2,8}?)的?(?:比例|比重)?(?:为|是|达)?\s?$"
)


def _told_shares(case: Case) -> Iterator[Finding]:
    """「项目支出占总支出的30.84%」, where both amounts stand elsewhere, each with one value."""
    phrases = known_phrases()
    for rate in case.told_rates:
        if rate.year != case.year:
            continue
        match = _TOLD_SHARE.search(case.flat, rate.sentence.start, rate.span.start)
        if match is None or [q for q in case.by_sentence.get(rate.sentence, ()) if dimension(q.unit) == "money"]:
            continue
        amounts: list[Fraction] = []
        side = "预算" if "预算" in match["whole"] else "实际"
        for name in (match["part"], match["whole"]):
            item = phrases.sided(name, "万元", side, "") or phrases.item(name, "万元")
            values = {in_unit(q, "万元") for q in case.quantities(item)} if item else set()
            amounts.extend(values if len(values) == 1 else ())
        if len(amounts) == _TWO and amounts[1] and not ratio_fits(rate, amounts[0], amounts[1], Fraction(1, 100)):
            shown = number(amounts[0] / amounts[1] * 100)
            message = f"写{rate.value}%，按{number(amounts[0], 6)} ÷ {number(amounts[1], 6)}计算是{shown}%"
            yield case.finding("R11", rate.span, message, stated=f"{rate.value}%", recomputed=f"{shown}%")


DERIVED = re.compile(
    r"(?P<a>\d(?<![\d.)].)[\d,]*(?:\.\d+)?)\s?(?:[\u4e00-\u9fff]{0,3}?)\s?[/÷]\s?(?P<of>[\u4e00-\u9fff\"]{0,8}?)(?P<b>\d[\d,]*(?:\.\d+)?)\s?(?:[\u4e00-\u9fff]{0,3}?)\s?(?:[×x*]\s?100%?)?\s?=\s?(?P<rate>\d{1,4}(?:\.\d+)?)\s?%"
)
_MAKES_RATE = re.compile(r"=\s?\d{1,4}(?:\.\d+)?\s?%")  # how each of them ends
_CAPPED = re.compile(r"目标|计划|任务|应")  # what is done beyond these is often told as 100 %


_BRACKETED = re.compile(
    r"(?P<rate>\d{1,3}\.\d+)\s?%\s?\((?:应|共|抽[查检样]|发放|收回|计划|总)[\u4e00-\u9fff]{0,10}?(?P<b>\d[\d,]*)\s?(?P<u>[\u4e00-\u9fff]{1,2})[,;、]\s?(?:其中)?"
    r"(?:已|实际?|完成|合格|满意|按[期时]|及时|达标)[\u4e00-\u9fff]{0,10}?(?P<a>\d[\d,]*)\s?(?P=u)\)"
)


def _bracketed(case: Case) -> Iterator[Finding]:
    """A rate of a cell with what was due and what was done behind it: 「92.50%（应公示160家，已公示148家）」."""
    for match in _BRACKETED.finditer(case.flat) if "%(" in case.flat else ():
        top, bottom = (Fraction(match[key].replace(",", "")) for key in ("a", "b"))
        rate, decimals = Fraction(match["rate"]), len(match["rate"].partition(".")[2])
        if not case.in_table(match.start()) or not bottom:
            continue
        if any(percent_fits(rate, decimals, each, bottom) for each in (top, bottom - top)):
            continue
        shown = number(top / bottom * 100, max(_TWO, decimals))
        message = f"写{match['rate']}%，按{match['a']} ÷ {match['b']}计算是{shown}%"
        span = Span(match.start(), match.end())
        yield case.finding("R11", span, message, stated=f"{match['rate']}%", recomputed=f"{shown}%")


def _derived(case: Case) -> Iterator[Finding]:
    """A rate written out as a division: 「86.40/90.00=96.00%」."""
    for match in DERIVED.finditer(case.flat) if _MAKES_RATE.search(case.flat) else ():
        top, bottom, rate = (Fraction(match[key].replace(",", "")) for key in ("a", "b", "rate"))
        step = Fraction(1, 10 ** len(match["rate"].partition(".")[2]))
        value = top / bottom * 100 if bottom else None
        if value is not None and (abs(value - rate) <= step / 2 or 0 <= value - rate < step):
            continue
        if value is not None and value > rate == _WHOLE and _CAPPED.search(match["of"]):
            continue
        shown = f"{number(value)}%" if value is not None else "得不出来"
        message = f"写{match['rate']}%，按{match['a']} ÷ {match['b']}计算是{shown}"
        yield case.finding(
            "R11", Span(match.start("rate"), match.end()), message, stated=f"{match['rate']}%", recomputed=shown
        )


_CHANGE = re.compile(
    r"\((?P<a>\d[\d,]*(?:\.\d+)?)\s?[-−–—]\s?(?P<b>\d[\d,]*(?:\.\d+)?)\)\s?[/÷]\s?(?P<c>\d[\d,]*(?:\.\d+)?)\s?(?:[×x*]\s?100%?)?\s?=\s?[-−–—]?(?P<rate>\d{1,4}(?:\.\d+)?)\s?%"
)


def _derived_changes(case: Case) -> Iterator[Finding]:
    """A change written out: 「（18.00-19.50）÷19.50=-7.69%」."""
    for match in _CHANGE.finditer(case.flat) if "÷" in case.flat or "/" in case.flat else ():
        one, other, bottom, rate = (Fraction(match[key].replace(",", "")) for key in ("a", "b", "c", "rate"))
        if bottom and not percent_fits(rate, places(match["rate"]), abs(one - other), bottom):
            shown = number(abs(one - other) / bottom * 100)
            message = f"写{match['rate']}%，按({match['a']} − {match['b']}) ÷ {match['c']}计算是{shown}%"
            span = Span(match.start("rate"), match.end())
            yield case.finding("R11", span, message, stated=f"{match['rate']}%", recomputed=f"{shown}%")


_OF_A_PLAN = re.compile(r"(?:控制|执行|支出|使用|拨付|支付)率(?:达到?|为|是|:)?\s?$")
_PLAN = re.compile(r"预算|计划|安排|指标数?$")
_NAMED = 16  # characters before a rate or a figure that name it
_TOGETHER = 40  # characters in which a rate stands behind its two figures


def _turned_over(case: Case) -> Iterator[Finding]:
    """「12.80万元，预算12.00万元，控制率93.75%」: the budget over what was spent of it."""
    before: list[Quantity] = []
    for rate in case.found.quantities:
        if rate.unit != "%":
            before = [*before[-1:], rate]
            continue
        if len(before) < _TWO or not rate.number or rate.about == "目标":
            continue
        one, other = before
        words = case.flat[max(rate.sentence.start, rate.span.start - _NAMED) : rate.span.start]
        near = one.sentence.start <= rate.sentence.start and rate.span.start - one.span.end <= _TOGETHER
        if (
            dimension(one.unit) != "money"
            or dimension(other.unit) != "money"
            or not near
            or not _OF_A_PLAN.search(words)
        ):
            continue
        if re.search(r"[\t\n。]", case.flat[one.span.end : rate.span.start]):
            continue
        plans = [q for q in before if _planned(case, q)]
        if len(plans) != 1:
            continue
        spent = other if plans[0] is one else one
        top, bottom = in_unit(spent, "万元"), in_unit(plans[0], "万元")
        if top and bottom and top != bottom and not ratio_fits(rate, top, bottom) and ratio_fits(rate, bottom, top):
            shown = number(top / bottom * 100)
            message = f"写{rate.value}%，分子分母颠倒了：按{spent.value} ÷ {plans[0].value}计算是{shown}%"
            yield case.finding("R11", rate.span, message, stated=f"{rate.value}%", recomputed=f"{shown}%")


def _planned(case: Case, quantity: Quantity) -> bool:
    lead = case.flat[max(quantity.sentence.start, quantity.span.start - _NAMED) : quantity.span.start]
    return _PLAN.search(re.split(r"[,;、\t。\d]", lead)[-1]) is not None


_OF_TARGET = re.compile(
    r"(?<!分别)(?:为|是|达到?|占)(?:年度|全年|年初)?(?:计划|目标|任务)(?:数|任务|值)?的\s?$|完成(?:了)?(?:年度|全年|年初|既定|计划)?[\u4e00-\u9fff]{0,6}?(?:目标|任务|计划)(?:任务|目标)?(?:值|数)?的?\s?$"
)


def _of_the_target(case: Case) -> Iterator[Finding]:
    """「处置闲置土地431亩，完成目标的106.22%」, where the goals chapter gives the target of the same name."""
    for rate in case.told_rates:
        words = case.flat[max(rate.sentence.start, rate.span.start - 14) : rate.span.start]
        if not _OF_TARGET.search(words):
            continue
        before = [q for q in case.by_sentence.get(rate.sentence, ()) if q.span.end <= rate.span.start]
        if not before or before[-1].unit in ("%", "‰"):
            continue
        before = _without_parts(before)
        done = before[-1]
        planned = [q for q in before[:-1] if q.unit == done.unit and q.number]
        if len(planned) == 1 and re.search(r"计划|目标|任务|应", planned[0].name):
            yield from _of_planned(case, rate, done, planned[0])
            continue
        named = {
            q.number: q
            for q in case.found.quantities
            if q.name and q.name == done.name and q.unit == done.unit and q.sentence != done.sentence
            and case.chapter_key(q.span.start) in ("绩效目标", "基本情况") and q.number
        }  # fmt: skip
        if len(named) != 1:
            continue
        yield from _of_planned(case, rate, done, next(iter(named.values())))


def _of_planned(case: Case, rate: Quantity, done: Quantity, target: Quantity) -> Iterator[Finding]:
    top, bottom = Fraction(done.number), Fraction(target.number)
    if not ratio_fits(rate, top, bottom):
        shown = number(top / bottom * 100)
        message = f"写{rate.value}%，按{done.value}{done.unit} ÷ 目标{target.value}{target.unit}计算是{shown}%"
        yield case.finding("R11", rate.span, message, stated=f"{rate.value}%", recomputed=f"{shown}%")


_CHECKS: tuple[Check, ...] = (
    _told_rates,
    column_rates.execution_cells,
    column_rates.completion_cells,
    column_rates.taught_columns,
    column_rates.named_columns,
    column_rates.share_columns,
    execution_rates.told_execution,
    execution_rates.told_beside_table,
    _of_the_target,
    execution_rates.under_budget,
    execution_rates.over_spending,
    _of_the_asked,
    execution_rates.of_difference,
    execution_rates.of_its_budget,
    execution_rates.of_paid_and_left,
    execution_rates.after_the_whole,
    _told_shares,
    _derived,
    _bracketed,
    _derived_changes,
    _turned_over,
    _control_rate,
)
