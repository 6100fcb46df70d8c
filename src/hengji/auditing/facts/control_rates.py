"""R17: control rates that are of other people than all those in post, though of all posts."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from hengji.auditing.case import Case
from hengji.auditing.facts.people import PEOPLE, POSTS, told_people
from hengji.auditing.facts.vacancies import whole_of_staff
from hengji.auditing.numbers import ratio_fits
from hengji.library.texts import load_staff_words
from hengji.model.extraction import Quantity, Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_OF_STAFF = pattern("人员|编制|供养|在职|在编")
_APART = pattern("平均|月均|上年|年初|去年")
_NEAR = 4  # the part of the people by which another number may be off


def control_rates_of_others(case: Case) -> Iterator[Finding]:
    """R17: 「在编36人加借调4人，控制率100%」; a rate of 34 where 36 are in post; one of the 行政 staff alone over all posts."""
    if "控制率" not in case.flat or not (whole := whole_of_staff(case)):
        return
    posts, people = whole[0]
    if not posts or not people:
        return
    for rate in case.found.quantities:
        if rate.unit != "%" or rate.year != case.year or rate.about == "目标" or not is_control(case, rate):
            continue
        if ratio_fits(rate, Fraction(people), Fraction(posts)):
            continue
        other = _other_people(case, rate, posts, people)
        if other is not None:
            words, span = other
            message = f"控制率{rate.value}%{words}，在编是{people}人，编制{posts}名"
            stated, meant = f"{rate.value}%", f"{people}÷{posts}"
            yield case.finding("R17", span, message, stated=stated, recomputed=meant)
            return


def is_control(case: Case, rate: Quantity) -> bool:
    """Whether a percentage is the control rate of a department's staff: by its own name, by the posts beside it or by its leaf's name."""
    if "控制率" in rate.name and _OF_STAFF.search(rate.name):
        return True
    if rate.name == "控制率" and "编制" in case.flat[rate.sentence.start : rate.span.start]:
        return True
    item = case.item_at(rate.span.start)
    return (
        rate.name in ("", "控制率")
        and item is not None
        and "控制率" in item.name
        and _OF_STAFF.search(item.name) is not None
    )


def _other_people(case: Case, rate: Quantity, posts: Decimal, people: Decimal) -> tuple[str, Span] | None:
    """Whose number a rate was worked out with, of those told in its sentence or of one kind, and where; None where that is not known."""
    told = [q for q in case.by_sentence.get(rate.sentence, ()) if q.unit in ("人", "名") and q.about != "目标"]
    if _APART.search(case.text(rate.sentence)) or _other_posts(case, told, posts):
        return None
    bottom = Fraction(posts)
    inside = {p.span for p in told_people(case) if p.side == PEOPLE and p.name in (*_KINDS, "工勤")}
    for q in told:
        if (
            q.number
            and q.number != posts
            and q.span not in inside
            and ratio_fits(rate, Fraction(people + q.number), bottom)
        ):
            hired = load_staff_words().hired.search(q.name)
            return f"把{q.name[hired.start() :] if hired is not None else ''}{q.value}人算进了分子", _together(
                rate.span, q.span
            )
    for q in told:
        off = abs(q.number - people)
        if off and off <= people / _NEAR and q.item != "在编人数" and ratio_fits(rate, Fraction(q.number), bottom):
            return f"是按{q.value}人计算的", rate.span
    for each in told_people(case):
        kind = each.side == PEOPLE and each.name in _KINDS and each.quantity.number < people
        if kind and ratio_fits(rate, Fraction(each.quantity.number), bottom):
            return f"的分子只有{each.name}人员{each.quantity.value}人", rate.span
    return None


def _together(one: Span, other: Span) -> Span:
    """From the first of two places to the end of the last: both are what is wrong."""
    return Span(min(one.start, other.start), max(one.end, other.end))


_KINDS = ("行政", "事业", "公务员", "参公")


def _other_posts(case: Case, told: list[Quantity], posts: Decimal) -> bool:
    """Whether the sentence of a rate tells posts that are not all posts."""
    spans = {q.span for q in told}
    return any(p.side == POSTS and p.span in spans and p.quantity.number != posts for p in told_people(case))


_UPSIDE_DOWN = pattern(
    r"控制率[^。;\d]{0,16}编制(?:数|人数)?(?:\s?(?P<a>\d+)\s?[名人]?)\s?[÷/]\s?(?:实有|年末)?(?:在职|在编)[^。;\d]{0,6}(?P<b>\d+)"
)


def written_upside_down(case: Case) -> Iterator[Finding]:
    """「控制率=编制数68÷在职人员数70=97.14%」."""
    match = _UPSIDE_DOWN.search(case.flat) if "控制率" in case.flat else None
    if match is not None and int(match["b"]) > int(match["a"]):
        message = f"控制率是在编人数 ÷ 编制，这里写编制{match['a']} ÷ 在编{match['b']}，分子分母颠倒"
        yield case.finding("R17", Span(match.start(), match.end()), message, stated=match["a"], recomputed=match["b"])
