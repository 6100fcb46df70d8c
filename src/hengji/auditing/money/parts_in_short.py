"""R15: the parts of 三公 under short names, all said to be within their budgets, where one of them is over its own.

「预算12.00万元（用车8.00万元、接待4.00万元），决算11.20万元（用车8.60万元、接待2.60万元），各项均未超预算」. Names that the ledger knows
(公务接待费) are held elsewhere; here 车辆, 公车, 接待, 出国 suffice, since the paragraph speaks of 三公.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from hengji.auditing.case import Case
from hengji.model.extraction import Quantity, Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_SPOKEN_OF = pattern(r"三公|公务接待|公务用车|公车|因公出国")
_ALL_KEPT = pattern(
    r"(?:均|都|每一?项|各项|各自|分项|逐项|[两二三]项|无一|没有一项|任何一项)[^,。;\d]{0,10}"
    r"(?:(?:未|没有?|不|无)(?:有)?(?:超出?|突破|超过)|在[^,。;\d]{0,14}(?:以内|之内|范围|内))"
)
_KINDS = {
    "公务用车": pattern(r"(?:用车|车辆|公车)(?!购置)(?:购置及)?(?:运行|运维|运转|维护)*费?"),
    "公务接待": pattern(r"(?:公务)?接待(?:费|支出)?"),
    "因公出国": pattern(r"(?:因公)?出国(?:\(境\)|境)?(?:费|支出)?"),
}
_STAGE = pattern(r"(?P<plan>预算|计划|限额|控制数|安排)|(?P<spent>支出|决算|实际|发生|列支|花|用去|执行)")
_ANOTHER = pattern(r"上年|去年|上一年|同期|[比较与]20\d\d年|追加|调[增剂]|节|减|增|少|超|剩|结余|批|人次|每|均")
_WHY = pattern(r"追加|调增|调剂|批准|批复|同意|核准")


@dataclass(frozen=True, slots=True)
class _Told:
    """An amount of one kind, planned or spent."""

    kind: str
    planned: bool
    quantity: Quantity


def parts_in_short(case: Case) -> Iterator[Finding]:
    """R15: the first part of each paragraph that is over its own budget though all are said to be within theirs."""
    if _SPOKEN_OF.search(case.flat) is None:
        return
    seen: set[int] = set()
    for claim in _ALL_KEPT.finditer(case.flat):
        place = case.paragraph(claim.start())
        text = case.text(place)
        if place.start in seen or case.in_table(claim.start()) or not _SPOKEN_OF.search(text) or _WHY.search(text):
            continue
        seen.add(place.start)
        yield from _over(case, _amounts(case, place))


def _over(case: Case, told: list[_Told]) -> Iterator[Finding]:
    for kind in _KINDS:
        plans = {each.quantity.number for each in told if each.kind == kind and each.planned}
        spent = [each.quantity for each in told if each.kind == kind and not each.planned]
        if len(plans) != 1 or len({q.number for q in spent}) != 1:
            continue
        plan = next(iter(plans))
        if plan < spent[0].number < plan * _OTHER_UNIT:
            message = f"{kind}预算{plan}万元，支出{spent[0].value}万元，却写各项都没有超过预算"
            yield case.finding("R15", spent[0].span, message, stated=spent[0].value, recomputed=str(plan))
            return


_OTHER_UNIT = Decimal(1000)


_STAGE_ALONE = pattern(
    r"(?P<mark>[,、(])\s?(?:年初|全年|实际)?(?:预算|计划|支出|决算|实际|发生)(?:数|支出|安排)?(?:为|是)?\s?"
)


def _amounts(case: Case, place: Span) -> list[_Told]:
    """The amounts of a paragraph that are told of a kind, each by the last word before it that says planned or spent.

    A word that stands alone is of the kind before only in a bracket (「2.60万元（预算4.00万元）」) or behind an amount with such a word of its
    own (「接待预算4.00万元、支出2.60万元」); elsewhere it opens another list.
    """
    found: list[_Told] = []
    kind, before, own, planned = "", place.start, False, False
    for quantity in case.found.quantities:
        if not place.start <= quantity.span.start < place.end or quantity.unit != "万元":
            continue
        words = _ALL_KEPT.sub("", case.flat[max(before, quantity.sentence.start) : quantity.span.start])
        before = quantity.span.end
        stages = list(_STAGE.finditer(words))
        alone = _STAGE_ALONE.fullmatch(words)
        named = [(m.end(), name) for name, form in _KINDS.items() for m in form.finditer(words)]
        if named and "三公" not in words[max(named)[0] :]:
            kind = max(named)[1]
        elif alone is None or not (own or alone["mark"] == "("):
            kind = ""
        planned = stages[-1]["plan"] is not None if stages else planned
        if alone is not None and alone["mark"] == "(" and found and kind and not own and found[-1].kind == kind:
            found[-1] = _Told(kind, not planned, found[-1].quantity)
        own = bool(stages)
        if kind and not _ANOTHER.search(words):
            found.append(_Told(kind, planned, quantity))
    return found
