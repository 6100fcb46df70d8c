"""R17: the people paid, insured or reckoned with in a budget against the people told in post at the year's end."""

from collections.abc import Iterator

from hengji.auditing.case import Case
from hengji.library.texts import load_staff_words
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_IN_POST = pattern(r"在职|在编|在岗|在册|正式(?:职工|人员)")
_OTHER_MONTH = pattern(r"(?<!1[0-2])(?<!\d)(?:[1-9]|1[01])月|上年|去年|年初|(?:人均|平均|每人|预算编制|一上|二上|次年)")
_BEHIND = 10  # characters behind a number in which it is told who they are
_NEAR = 4  # the part of the people by which another number of them may be off
_OTHERS = pattern(
    r"含|其中|包括|退休|离休|编外|聘用|借调|抽调|挂职|调[入出]|新[录招增]|辞职|去世|补发|差异|不一致|系(?!统)|另"
)


def pay_rolls_hold(case: Case) -> Iterator[Finding]:
    """Another number paid, insured or reckoned with than in post, without a word on who is between: 「12月工资发放册实发在职人员123人」."""
    paid = load_staff_words().paid
    for people in case.found.quantities if paid.search(case.flat) else ():
        if people.unit not in ("人", "名") or people.year != case.year or people.about == "目标" or people.scope:
            continue
        told = case.text(people.sentence)
        around = case.flat[people.sentence.start : min(people.sentence.end, people.span.end + _BEHIND)]
        if not (paid.search(told) and _IN_POST.search(around)) or _OTHERS.search(told) or _OTHER_MONTH.search(told):
            continue
        inside = {
            q.number
            for name in ("在编人数", "在职人数", "年末实有人数")
            for q in case.quantities(name)
            if q.sentence != people.sentence and q.year == case.year
        }
        own = {q.number for q in case.by_sentence[people.sentence]}
        if len(inside) == 1 and inside.isdisjoint(own):
            right = next(iter(inside))
            if abs(people.number - right) > right / _NEAR or _PART.search(around):
                continue
            message = f"发放工资、缴费或测算经费的在职人员是{people.value}人，年末在职人数写{right}人，没有说明差别"
            yield case.finding("R17", people.span, message, stated=people.value, recomputed=str(right))
            return


_PART = pattern(r"编制\s?\d+\s?[名人][^,。;]*$|行政|事业|工勤|教师|中心|大队|[站馆院校](?:的)?(?:在|\d)")
