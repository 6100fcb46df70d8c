"""R11: a rate with its parts right behind it, 「整改率100%，全年排查隐患86处，整改83处」, or with its whole and the rest right before it."""

from collections.abc import Iterator
from fractions import Fraction

from hengji.auditing.case import Case
from hengji.auditing.likely import mistaken
from hengji.auditing.numbers import number, places, ratio_fits
from hengji.auditing.rates.pairs import TWO
from hengji.model.extraction import Quantity, Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_NAME = pattern(r"(?P<of>[\u4e00-\u9fff]{2,8}?)(?:完成|及时|按期)?率(?:为|达到?|是)?\s?$")
_AIM = pattern(r"(?:目标|指标值|计划|要求|年初)(?:值|数)?(?:为|是|:)[^,。;\d]{0,14}$")
_BEHIND = pattern(r"\s?[,(:]\s?[^,。;%()\d]{0,14}")
_THEN = pattern(r"\s?[,、]\s?[^,。;%()\d]{0,12}")
_NEAR = Fraction(3, 20)  # by how much of itself a rate may be off and still be that of these two
_NO_COUNT = ("%", "‰", "个百分点", "分", "年", "月", "日", "天")


def parts_behind(case: Case) -> Iterator[Finding]:
    """R11: the two counts right behind a rate, the second named as the rate is, do not make it."""
    for rate in case.told_rates:
        named = _NAME.search(case.flat, max(rate.sentence.start, rate.span.start - 14), rate.span.start)
        if named is None or not rate.number or _AIM.search(case.flat, rate.sentence.start, rate.span.start):
            continue
        behind = [q for q in case.by_sentence.get(rate.sentence, ()) if q.span.start > rate.span.end][:TWO]
        if len(behind) == TWO and _of_the_rate(case, named["of"], rate, *behind):
            finding = _held(case, rate, *behind)
            if finding is not None:
                yield finding


def _of_the_rate(case: Case, name: str, rate: Quantity, whole: Quantity, done: Quantity) -> bool:
    """Whether two counts stand right behind a rate, the whole first, and what was done of it bears the rate's name."""
    if whole.unit != done.unit or whole.unit in _NO_COUNT or whole.table or "目标" in (whole.about, done.about):
        return False
    if not _BEHIND.fullmatch(case.flat, rate.span.end, whole.span.start):
        return False
    lead = _THEN.fullmatch(case.flat, whole.span.end, done.span.start)
    return lead is not None and name[-2:] in lead[0] and name[-2:] not in case.flat[rate.span.end : whole.span.start]


def _held(case: Case, rate: Quantity, whole: Quantity, done: Quantity) -> Finding | None:
    if (
        not whole.number
        or done.number > whole.number
        or ratio_fits(rate, Fraction(done.number), Fraction(whole.number))
    ):
        return None
    right = Fraction(done.number) / Fraction(whole.number) * 100
    if not mistaken(Fraction(rate.number), right, places(rate.value), _NEAR):
        return None
    shown = number(right, max(TWO, places(rate.value)))
    message = f"写{rate.value}%，按{done.value}{done.unit} ÷ {whole.value}{whole.unit}计算是{shown}%"
    return case.finding("R11", rate.span, message, stated=f"{rate.value}%", recomputed=f"{shown}%")


# 「完成抽检1000批次，不合格24批次，合格率98.60%」
_REST_BEFORE = pattern(
    r"(?<![\d.,])(?P<whole>\d[\d,]*)\s?(?P<u>批次|人次|[\u4e00-\u9fff]{1,2}?),(?:其中)?[\u4e00-\u9fff]{0,4}?(?:不|未)(?P<what>[\u4e00-\u9fff]{2})的?"
    r"[\u4e00-\u9fff]{0,3}?(?P<rest>\d[\d,]*)\s?(?P=u),(?:(?![不未])[\u4e00-\u9fff]){0,6}?(?P=what)率(?:为|达)?\s?(?P<rate>\d{1,3}(?:\.\d{1,2})?)\s?%"
)


def rates_of_the_rest(case: Case) -> Iterator[Finding]:
    """R11: a whole, those of it that were not so, and the rate of those that were, right behind each other."""
    for match in _REST_BEFORE.finditer(case.flat) if "率" in case.flat else ():
        whole, rest = (int(match[part].replace(",", "")) for part in ("whole", "rest"))
        if not 0 <= rest < whole:
            continue
        right = Fraction(whole - rest, whole) * 100
        if abs(right - Fraction(match["rate"])) <= Fraction(1, 10 ** places(match["rate"])):
            continue
        message = f"写{match['rate']}%，{whole}{match['u']}中{rest}{match['u']}不{match['what']}，应是{number(right)}%"
        span = Span(match.start("rest"), match.end())
        yield case.finding("R11", span, message, stated=f"{match['rate']}%", recomputed=f"{number(right)}%")
