"""R17: the pay roll of the last month against the people told in post at the year's end."""

from collections.abc import Iterator

from hengji.auditing.case import Case
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_PAY_ROLL = pattern(r"12\s?月(?:份)?[^,。;]{0,6}工资[^,。;\d]{0,16}$")
_IN_POST = pattern(r"在职|在编|在岗")
_OTHERS = pattern(
    r"含|其中|包括|退休|离休|编外|聘用|借调|抽调|挂职|调[入出]|新[录招增]|辞职|去世|补发|差异|不一致|系|另"
)


def pay_rolls_hold(case: Case) -> Iterator[Finding]:
    """Another number on the pay roll than in post, without a word on who is between: 「12月工资发放册实发在职人员123人」."""
    for people in case.found.quantities if "工资" in case.flat else ():
        if people.unit not in ("人", "名") or people.year != case.year or people.about == "目标" or people.scope:
            continue
        lead = case.flat[people.sentence.start : people.span.start]
        if not (_PAY_ROLL.search(lead) and _IN_POST.search(lead)) or _OTHERS.search(case.text(people.sentence)):
            continue
        inside = {
            q.number
            for name in ("在编人数", "在职人数", "年末实有人数")
            for q in case.quantities(name)
            if q.span != people.span and q.year == case.year
        }
        if len(inside) == 1 and people.number not in inside:
            told = next(iter(inside))
            message = f"工资表上的在职人员是{people.value}人，年末在职人数写{told}人，没有说明差别"
            yield case.finding("R17", people.span, message, stated=people.value, recomputed=str(told))
            return
