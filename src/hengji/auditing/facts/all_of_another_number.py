"""R08: all of so many done, where the only leaf on the same thing tells of another number: 「9座病险水库全部完工」, 「计划7座，完工7座」."""

from collections.abc import Iterator

from hengji.auditing.case import Case
from hengji.auditing.facts.complements import Whole, wholes
from hengji.auditing.wording import pairs_of
from hengji.library.texts import load_fact_words
from hengji.model.extraction import Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_DONE = pattern(
    r"(?P<lead>[^,。;:\d\n]{0,12})(?<![\d.,第])(?P<n>\d{1,4})\s?(?P<u>公里|[个家所处间宗座条户台套栋口眼村盏株])(?P<noun>[\u4e00-\u9fff]{2,12}?)"
    r"(?:已?全部|均已?|全数|悉数|都已?|已?全面)[^,。;\d]{0,8}?"
    r"(?:完成|建成|竣工|完工|通水|通车|投用|投入使用|投入运行|验收|启用|交付|通电|入住|加固|改造)"
)
_OTHERS = pattern(
    r"累计|以来|历年|上年|去年|以前|季度|上半年|下半年|其中|其余|另|首批|续建|\d月|计划|目标|拟|将|力争|确保|20\d\d年"
)
_HALF = 2  # the part of the leaf's number by which the other may be off


def all_of_another_number(case: Case) -> Iterator[Finding]:
    """R08: a number told once, of things all of which are done, against what the leaf on them tells twice."""
    for match in _DONE.finditer(case.flat) if "全" in case.flat or "均" in case.flat or "都" in case.flat else ():
        if case.in_table(match.start("n")) or case.aimed_at(match.start()) or _OTHERS.search(match[0]):
            continue
        number, unit = int(match["n"]), load_fact_words().units.get(match["u"], match["u"])
        words = pairs_of(match["noun"])
        item = case.item_at(match.start("n"))
        told = [each for each in wholes(case) if each.twice and each.counter == match["u"] and each.words & words]
        if len({each.number for each in told}) != 1 or any(each.item is item for each in told):
            continue
        whole = told[0]
        gap = abs(whole.number - number)
        if not gap or gap * _HALF > whole.number or _told_again(case, match["n"], match["u"]) or whole.unit != unit:
            continue
        if not _names(whole, match["noun"]):
            continue
        span = Span(match.start("n"), match.end())
        message = f"这里写{match['n']}{match['u']}全部完成，“{whole.item.name}”写{whole.number}{whole.counter}"
        also = (whole.span,)
        yield case.finding(
            "R08", span, message, stated=match["n"], recomputed=str(whole.number), item=whole.item.name, also=also
        )


def _told_again(case: Case, number: str, unit: str) -> bool:
    """Whether the report tells so many of that unit at another place, so that they may be other things."""
    form = pattern(rf"(?<![\d.,]){number}\s?{unit}")
    return len(form.findall(case.flat)) > 1 or any(
        q.table and q.value == number and q.unit in ("", unit) for q in case.found.quantities
    )


def _names(whole: Whole, noun: str) -> bool:
    """Whether the leaf's own name shares a word with what was done, not only its text."""
    return bool(pairs_of(whole.item.name) & pairs_of(noun))
