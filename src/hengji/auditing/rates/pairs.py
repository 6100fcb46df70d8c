"""Which two figures near a rate it is made of: by their names, their units, and what they make."""

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from hengji.auditing.case import Case, once
from hengji.auditing.likely import mistaken
from hengji.auditing.numbers import common_unit, exact, in_unit, number, places, ratio_fits, slack
from hengji.auditing.slips import slipped_rate, swapped
from hengji.model.extraction import Quantity
from hengji.model.patterns import pattern
from hengji.model.units import dimension

DENOMINATOR = pattern(
    r"原值|总额|预算|计划|编制|(?<![供适效响反对])应|总|共|全部|收到|受理|发放|调查|下达|安排|批复|指标|核定|账面"
)
NUMERATOR = pattern(
    r"支出|决算|实际|完成|执行|在编|在职|回复|办结|满意|支付|使用|到位|实有|在用|达标|合格|按期|按时|设置"
)
TWO = 2
WHOLE = 100  # per cent


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
    if dimension(a.unit) != dimension(b.unit) and not are_people(a, b):
        return False
    unit = common_unit((a, b))
    top, bottom = (
        (in_unit(a, unit), in_unit(b, unit))
        if dimension(a.unit) == dimension(b.unit)
        else (Fraction(a.number), Fraction(b.number))
    )
    top, bottom = (bottom, top) if upside else (top, bottom)
    return bottom != 0 and ratio_fits(rate, top, bottom)


CLAUSE = 40  # characters before a rate in which it may say what was left out of it
LESS_SOME = pattern(r"剔除|扣除|不含|除去|除[^,。;]{2,16}外|不计|不包括|口径|可比")
_LONG_CLAUSE = 80  # such characters before a change, which may take something out of two years


def is_of_less(case: Case, change: Quantity, meant: Fraction) -> bool:
    """Whether a change is told of what is left of two years' figures, so that they need not make it; a slip of theirs is one."""
    start = max(change.sentence.start, change.span.start - _LONG_CLAUSE)
    clause = re.split("[。;\n]", case.flat[start : change.span.start])[-1]
    return LESS_SOME.search(clause) is not None and not mistaken(Fraction(change.number), meant, places(change.value))


OF_PEOPLE = pattern(r"满意|问卷|调查|受访|测评|有效|回收|收回|发放|抽样|样本|评价")


def without_parts(near: list[Quantity]) -> list[Quantity]:
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


PLAIN_RATE = pattern(r"(?:预算)?(?:控制|执行|支出|完成)率")
OF_MONEY = pattern(r"预算|资金|支出|经费")


def of_wholes(case: Case, rate: Quantity, near: list[Quantity]) -> tuple[Quantity, Quantity] | None:
    """What a rate without a subject of its own is made of, once the parts of each whole are left out."""
    if not PLAIN_RATE.fullmatch(rate.name):
        return None
    wholes = without_parts([q for q in near if q.span < rate.span])
    if len(wholes) == 1 and wholes[0].about != "预算":
        before = [
            q
            for q in case.found.quantities
            if q.sentence.end <= rate.sentence.start and q.sentence.end + TWO >= rate.sentence.start
        ]
        plans = without_parts([q for q in before if q.unit not in ("%", "‰") and q.about != "目标"])
        plans = plans[-1:] if _sum_of_the_others(plans) else plans
        wholes = [*plans, *wholes] if len(plans) == 1 and plans[0].about == "预算" else []
    return natural_pair(rate, wholes)


def _sum_of_the_others(figures: list[Quantity]) -> bool:
    """Whether the last of three amounts or more is what the others make: 「年初预算…，追加…，全年预算…」."""
    if len(figures) <= TWO or any(dimension(q.unit) != "money" for q in figures):
        return False
    *parts, whole = (in_unit(q, "万元") for q in figures)
    return sum(parts, Fraction(0)) == whole


def are_kin(rate: Quantity, figure: Quantity) -> bool:
    """Whether a rate and a figure speak of one thing: their names share two characters."""
    name = re.sub(r"率$|经费|资金|支出|完成", "", rate.name)
    return any(name[k : k + 2] in figure.name for k in range(len(name) - 1))


def by_slip(rate: Quantity, near: list[Quantity]) -> tuple[Quantity, Quantity] | None:
    """The only two figures of a kind told right before a rate, whose ratio it is but for one slip of the pen."""
    before = [q for q in near if q.span < rate.span and q.sentence == rate.sentence and q.number]
    alike = [q for q in before if before and dimension(q.unit) == dimension(before[-1].unit)]
    digits = len(rate.value.replace(".", "").strip("0"))
    unit = common_unit(alike)
    if len(alike) == TWO + 1 and digits > TWO:
        return _of_whole_and_rest(rate, alike, unit)
    alike = without_parts(alike) if len(alike) > TWO else alike
    if len(alike) != TWO or digits <= TWO:
        return None
    bottom, top = sorted(alike, key=lambda q: in_unit(q, unit), reverse=True)
    if slipped_rate(rate, in_unit(top, unit), in_unit(bottom, unit)):
        return top, bottom
    whole = in_unit(top, unit) + in_unit(bottom, unit)  # 「合格1,207批次、不合格29批次，合格率97.56%」
    apart = alike[0].unit == alike[1].unit and alike[1].name.startswith(_NEGATED)
    if not apart or not slipped_rate(rate, in_unit(alike[0], unit), whole):
        return None
    return alike[0], replace(alike[1], value=number(whole, 6), number=alike[0].number + alike[1].number)


def _of_whole_and_rest(rate: Quantity, figures: list[Quantity], unit: str) -> tuple[Quantity, Quantity] | None:
    """「到会238名，应到246名，请假8名，出席率95.75%」: a whole and its two parts, one of which over it is the rate but for a slip."""
    *parts, whole = sorted(figures, key=lambda q: in_unit(q, unit))
    if sum((in_unit(part, unit) for part in parts), Fraction(0)) != in_unit(whole, unit):
        return None
    tops = [part for part in parts if slipped_rate(rate, in_unit(part, unit), in_unit(whole, unit))]
    return (tops[0], whole) if len(tops) == 1 else None


_NEGATED = ("不", "未", "非", "没有")
_WORK_RATE = pattern(r"(?:工程|项目|任务|建设)?(?:完成|完工|竣工)率")
_FINISHED = pattern(r"(?:已|共|实际|仅)?(?:完成|完工|竣工|建成)\s?$")


def begun_and_done(case: Case, rate: Quantity, near: list[Quantity]) -> tuple[Quantity, Quantity] | None:
    """「实施养护工程38.00公里……完成20.31公里建设任务，完工率为100%」: the only two counts of one unit, the second of them finished."""
    if not _WORK_RATE.fullmatch(rate.name):
        return None
    counts = [q for q in near if q.span < rate.span and q.sentence == rate.sentence and dimension(q.unit) != "money"]
    if len(counts) != TWO or counts[0].unit != counts[1].unit or counts[1].number > counts[0].number:
        return None
    begun, done = counts
    told = _FINISHED.search(case.flat, max(begun.span.end, done.span.start - CLAUSE), done.span.start)
    return (done, begun) if told is not None else None


def slipped_from(rate: Quantity, near: list[Quantity]) -> tuple[Quantity, Quantity] | None:
    """The one pair, of what was spent and what was budgeted, whose ratio the rate is but for one slip of the pen."""
    spent, budgets = ([q for q in near if _says(q, form)] for form in (NUMERATOR, DENOMINATOR))
    found = [
        (top, bottom)
        for top, bottom in itertools.product(spent, budgets)
        if top is not bottom
        and top.unit == bottom.unit
        and slipped_rate(rate, Fraction(top.number), Fraction(bottom.number))
    ]
    return found[0] if len(found) == 1 else None


_NEARLY = Fraction(6)  # per cent: two counts whose ratio is that near to a stated rate are what it is made of


def nearly_made(rate: Quantity, near: list[Quantity]) -> tuple[Quantity, Quantity] | None:
    """The only two counts of a sentence, whose ratio comes near a rate written to the hundredth and is not it."""
    counts = [q for q in near if dimension(q.unit) != "money" and q.number and q.sentence == rate.sentence]
    if len(near) != TWO or len(counts) != TWO or counts[0].unit != counts[1].unit or places(rate.value) < TWO:
        return None
    top, bottom = sorted(counts, key=lambda q: q.number)
    value = Fraction(top.number) / Fraction(bottom.number) * 100
    return (top, bottom) if abs(value - Fraction(rate.number)) <= _NEARLY and rate.name.endswith(("率", "面")) else None


def unit_slipped(rate: Quantity, numerator: Quantity, denominator: Quantity) -> bool:
    """Whether the rate is right and one of the two amounts bears a wrong unit (108.26元 beside 112.00万元)."""
    if numerator.unit == denominator.unit or dimension(numerator.unit) != "money":
        return False
    top, bottom = Fraction(numerator.number), Fraction(denominator.number)
    return bottom != 0 and any(ratio_fits(rate, top, bottom * power) for power in (1, 10, 100, 1000))


def made_another(case: Case, rate: Quantity, numerator: Quantity, denominator: Quantity) -> bool:
    """Whether the two figures make another rate of this sentence or of their own, so that this one is of something else."""
    if dimension(numerator.unit) != dimension(denominator.unit):
        return False
    unit = common_unit((numerator, denominator))
    top, bottom = in_unit(numerator, unit), in_unit(denominator, unit)
    others = (
        q
        for sentence in {rate.sentence, numerator.sentence}
        for q in case.by_sentence.get(sentence, ())
        if q.unit == "%" and q.span != rate.span and q.about != "目标" and ("." in q.value or q.number == WHOLE)
    )
    return any(ratio_fits(other, top, bottom) for other in others)


def of_its_kind(rate: Quantity, numerator: Quantity, denominator: Quantity) -> bool:
    """Whether a rate of satisfaction is made of people who were asked; any other rate is not held to its name."""
    asked = OF_PEOPLE.search(numerator.name) or OF_PEOPLE.search(denominator.name)
    return "满意" not in rate.name or asked is not None


OF_ONE_LINE = ("三公经费预算数", "三公经费决算数", "公用经费预算数", "公用经费支出", "采购预算金额", "实际采购金额")


def are_people(a: Quantity, b: Quantity) -> bool:
    """Whether both figures count people, or what is counted one by one."""
    return a.unit in _OF_HEADS and b.unit in _OF_HEADS


_OF_HEADS = ("人", "名", "人次", "个", "份")


def fits_rate(rate: Quantity, a: Quantity, b: Quantity) -> bool:
    """Whether a rate is what two figures make, within the rounding of all three."""
    alike = dimension(a.unit) == dimension(b.unit)
    unit = common_unit((a, b)) if alike else a.unit
    top, bottom = (in_unit(a, unit), in_unit(b, unit)) if alike else (exact(a.number), exact(b.number))
    if not bottom or not top:
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


def fits_sum(rate: Quantity, near: list[Quantity], bottom: Quantity) -> bool:
    """Whether all the other figures together over this one give the rate."""
    tops = [q for q in near if q is not bottom and dimension(q.unit) == dimension(bottom.unit)]
    if len(tops) < TWO or bottom.number == 0:
        return False
    unit = common_unit((bottom, *tops))
    total = sum((in_unit(q, unit) for q in tops), Fraction(0))
    return ratio_fits(rate, total, in_unit(bottom, unit)) or ratio_fits(rate, in_unit(bottom, unit), total)


def _in_turns(rate: Quantity, counts: Sequence[Quantity]) -> bool:
    """Whether the figures right before a rate, one of each pair, sum up to what makes it: 「货物预算20万元、实际18.6万元，服务预算60万元、实际57.4万元，执行率95%」."""
    for size in range(TWO, len(counts) // TWO + 1):
        last = counts[-TWO * size :]
        if len({q.unit for q in last}) > 1:
            return False
        one, other = (sum((in_unit(q, q.unit) for q in last[at::TWO]), Fraction(0)) for at in range(TWO))
        if one and other and ratio_fits(rate, min(one, other), max(one, other)):
            return True
    return False


def fits_lists(rate: Quantity, near: list[Quantity]) -> bool:
    """Whether the sum of a list over the sum of another as long gives the rate: 「样本分别为620份、1840份，满意的分别为552份、1708份」."""
    counts = [q for q in near if q.span < rate.span and q.unit not in ("%", "‰", "个百分点")]
    if _in_turns(rate, counts):
        return True
    for size in range(TWO, len(counts) // TWO + 1):
        sums = {
            at: sum((in_unit(q, q.unit) for q in counts[at : at + size]), Fraction(0))
            for at in range(len(counts) - size + 1)
            if len({q.unit for q in counts[at : at + size]}) == 1
        }
        for one, other in itertools.permutations(sums, TWO):
            if abs(one - other) >= size and sums[other] and ratio_fits(rate, sums[one], sums[other]):
                return True
    return False


_SHARE = pattern(r"占(?:全部|本年|全年|当年)?(?P<of>[\u4e00-\u9fff]{2,10}?)(?:的)?(?:比例|比重)?(?:为|是|达)?\s?$")


def share_of(case: Case, rate: Quantity, near: list[Quantity]) -> tuple[Quantity, Quantity] | None:
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


def namesakes(rate: Quantity, near: list[Quantity]) -> tuple[Quantity, Quantity] | None:
    """「共312人，重新犯罪2人，重新犯罪率0.46%」: the rate's own name is its numerator's, the one other count the denominator."""
    own = re.sub(r"率$", "", rate.name)
    before = [q for q in near if q.span.end <= rate.span.start]
    tops = [q for q in before if len(own) >= TWO and q.name.endswith(own)]
    others = [q for q in before if tops and q is not tops[0] and q.unit == tops[0].unit]
    if len(tops) == 1 and len(others) == 1 and others[0].number > tops[0].number:
        return tops[0], others[0]
    counts = [q for q in before if dimension(q.unit) != "money" and q.number]
    if len(counts) == TWO == len(before) and counts[0].unit == counts[1].unit and rate.name.endswith("率"):
        top, bottom = sorted(counts, key=lambda q: q.number)
        if len(own) >= TWO and top.name.startswith(own[:TWO]) and not bottom.name.startswith(own[:TWO]):
            return top, bottom  # 「1,260公里农村公路中，优良路段882公里，优良路率」
    return None


def natural_pair(rate: Quantity, near: list[Quantity]) -> tuple[Quantity, Quantity] | None:
    """The one numerator and the one denominator that the words name; None where more than one reading fits."""
    before = [q for q in near if q.span.end <= rate.span.start] or near
    groups: dict[str, list[Quantity]] = {}
    for quantity in before:
        groups.setdefault("人" if quantity.unit in ("人", "名") else dimension(quantity.unit), []).append(quantity)
    full = [group for group in groups.values() if len(group) == TWO]
    if len(full) != 1:
        return None
    a, b = full[0]
    for top, bottom in ((a, b), (b, a)):
        if (
            _says(bottom, DENOMINATOR)
            and (_says(top, NUMERATOR) or not _says(top, DENOMINATOR))
            and not (_says(top, DENOMINATOR) and not _says(bottom, NUMERATOR))
        ):
            return top, bottom
    return None


def _says(quantity: Quantity, form: re.Pattern[str]) -> bool:
    return (
        bool(form.search(quantity.name))
        or (form is DENOMINATOR and quantity.about == "预算")
        or (form is NUMERATOR and quantity.about == "实际")
    )


def share_words(one: str, other: str) -> bool:
    """Whether two names share two characters in a row."""
    return any(one[k : k + TWO] in other for k in range(len(one) - 1))
