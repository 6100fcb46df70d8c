"""R08: an act that names what it is done to (立案, 抽检, 出警), counted twice in one unit and one slip apart."""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from hengji.auditing.case import Case
from hengji.auditing.equations.equation import equations
from hengji.auditing.equations.figure import Figure, beside, figures
from hengji.auditing.slips import REPLACED, SWAPPED, slip
from hengji.model.extraction import Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_ACTS = (
    "立案|结案|办案|破案|抽检|接诊|出警|处警|接警|招生|住院分娩|分娩|接种|报装|颁证|鉴定|巡诊|义诊|家访|外借|借阅|查档|扫描|著录|进馆|"
    "义务植树|造林|火化|安葬|登记结婚|调解|庭审|开庭|执法检查|夜查|演练|送检|体检|筛查|随访|领证|发证|挂牌|竣工|开工|验收"
)
_UNITS = "件|起|批次|批|人次|人|例|份|户|家|项|宗|场|册|卷|页|次|剂次|具|对|亩|套|处"
_TOLD = pattern(
    rf"(?:^|(?<=[,。;:、()\t\n\d]))(?:20\d\d年|全年|本年|年内|当年|共|累计|合计|已|实际|完成|组织|开展|受理)*(?P<act>{_ACTS})(?:了|共|案件|数|任务)?\s?"
    rf"(?P<n>[1-9]\d{{1,5}})\s?(?P<unit>{_UNITS})(?![\u4e00-\u9fff]{{0,2}}[÷/])"
)
_SOME = pattern(r"(?:其中|季度|上半年|下半年|\d月|首批|新增|另|上年|去年|同期|目标|计划|每|平均|拟|同比)[^,。;]{0,10}$")
_LEAD = 16
_FEW = 2


@dataclass(frozen=True, slots=True)
class _Told:
    number: str
    span: Span


def same_act(case: Case) -> Iterator[Finding]:
    """R08: 「立案318件，办结306件，96.23%」, and 「全年立案328件」."""
    told: dict[tuple[str, str], list[_Told]] = {}
    years = {q.span.start: q.year for q in case.found.quantities}
    for match in _TOLD.finditer(case.flat):
        at = match.start("n")
        lead = case.flat[max(0, match.start("act") - _LEAD) : match.start("act")]
        if years.get(at, case.year) != case.year or case.aimed_at(at) or _SOME.search(lead):
            continue
        told.setdefault((match["act"], match["unit"]), []).append(_Told(match["n"], Span(at, match.end("unit"))))
    for (act, unit), each in told.items():
        yield from _differing(case, act, unit, each)


def _differing(case: Case, act: str, unit: str, told: Sequence[_Told]) -> Iterator[Finding]:
    """The finding of an act that is told with two numbers, which stand apart; the one that makes an equation is right."""
    if len({each.number for each in told}) != _FEW:
        return
    first = told[0]
    other = next(each for each in told if each.number != first.number)
    apart = all(
        case.paragraph(a.span.start) != case.paragraph(b.span.start) and not _one_row(case, a, b)
        for a, b in itertools.combinations(told, _FEW)
        if a.number != b.number
    )
    if not apart or slip(first.number, other.number) not in (SWAPPED, REPLACED):
        return
    held = {each.number: any(_holds(case, one) for one in told if one.number == each.number) for each in (first, other)}
    if all(held.values()):
        return
    right, odd = (other, first) if held[other.number] else (first, other)
    message = f"“{act}”这里是{odd.number}{unit}，另一处是{right.number}{unit}；同一份报告只用一个数"
    yield case.finding("R08", odd.span, message, stated=odd.number, recomputed=right.number, also=(right.span,))


def _one_row(case: Case, one: _Told, other: _Told) -> bool:
    """Whether two numbers stand in one line of the text, as the cells of a row do."""
    return "\n" not in case.flat[min(one.span.end, other.span.end) : max(one.span.start, other.span.start)]


def _holds(case: Case, told: _Told) -> bool:
    """Whether a number makes an equation with the figures beside it."""
    own: Figure | None = next((f for f in figures(case) if f.span.start == told.span.start), None)
    return own is not None and bool(equations(own, own.number, beside(case, own)))
