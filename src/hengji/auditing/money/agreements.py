"""R37: figures that a sentence says agree with the final accounts, against the report's own."""

import re
from collections.abc import Iterator

from hengji.auditing.case import Case
from hengji.auditing.numbers import common_unit, differ, in_unit, number
from hengji.auditing.slips import swapped
from hengji.extracting.phrases import known_phrases
from hengji.model.extraction import Quantity, Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern
from hengji.model.units import dimension

_AGREE = r"(?:核对)?(?:相符|一致|吻合|相同|相等|无差异|无误|对应)"
# 「该数与《2023年度部门决算》支出决算表（公开03表）本年支出合计1,905.88万元相符」
_SAID = pattern(
    rf"(?:与|同|和|根据|按照?|取自|来源于|引自)(?P<of>[^。;与]{{0,40}}?(?:决算|财决)[^。;]{{0,60}}?)(?P<agree>{_AGREE})"
)
# 「2023年决算报表反映基本支出621.30万元，与本报告所列数字一致」
_SAID_BEHIND = pattern(
    rf"(?P<of>(?:决算|财决)[^。;]{{0,60}}?\d[\d,.]*\s?万?元),?(?:(?:与|和|同)(?:本|自评)*报告|(?:本|自评)*报告[^,。;\d]{{0,6}}[与和同][^,。;\d]{{0,10}}决算)[^,。;\d]{{0,10}}?(?P<agree>{_AGREE})"
)
_DENIED = pattern(r"[不未没无](?:尽|完全|能|一|够)?$")
_SUMMED = pattern(r"之[和差]|合并|扣除|剔除|加上|减去")
_YEAR = pattern(r"20\d\d")
_LEAD = 60  # characters before the words in which the report's own figure stands


def said_to_agree(case: Case) -> Iterator[Finding]:
    """A figure told as that of the accounts, which is not the report's own: told right before, or of the same data item elsewhere."""
    told_of = "决算" in case.flat or "财决" in case.flat
    for match in (*_SAID.finditer(case.flat), *_SAID_BEHIND.finditer(case.flat)) if told_of else ():
        years = {int(year) for year in _YEAR.findall(match["of"])}
        if _DENIED.search(match["of"]) or _SUMMED.search(match[0]) or (years and case.year not in years):
            continue
        told = [
            q
            for q in _money(case, match.start("of"), match.end("of"))
            if q.year == case.year and not q.scope and q.about != "目标"
        ]
        if len(told) != 1:
            continue
        own = _own(case, match, told[0])
        if own is not None:
            yield _finding(case, told[0], own)


# 「部门决算公开01表“本年支出合计”栏数额为4826.35万元」
_COLUMN = pattern(
    r"(?:决算|财决)[^。;\n\d]{0,20}(?:\d{1,2}\s?表)?[^。;\n\d]{0,24}(?:栏|列示|列报|载明|反映|显示|数额|合计\"?)[^。;\n\d]{0,10}(?P<n>\d[\d,]*\.\d+)\s?万元"
)


def told_in_a_column(case: Case) -> Iterator[Finding]:
    """A figure quoted from a table of the accounts that has the report's own digits, two of them the other way round."""
    told = [finding.start for finding in said_to_agree(case)] if "决算" in case.flat else []
    for match in _COLUMN.finditer(case.flat) if "决算" in case.flat else ():
        figure = next((q for q in case.found.quantities if match.start("n") <= q.span.start < match.end()), None)
        if figure is None or figure.span.start in told or figure.year != case.year or figure.about == "目标":
            continue
        own = _mistyped(case, figure)
        if own and len({q.number for q in own}) == 1:
            yield _finding(case, figure, own[0])


def _money(case: Case, start: int, end: int) -> list[Quantity]:
    found = (q for q in case.found.quantities if start <= q.span.start < end)
    return [q for q in found if dimension(q.unit) == "money"]


def _own(case: Case, match: re.Match[str], told: Quantity) -> Quantity | None:
    """The report's own figure that contradicts one of the accounts; none where any figure of the same thing agrees."""
    paragraph = case.paragraph(match.start()).start
    clause = max(case.flat.rfind(mark, paragraph, match.start()) for mark in "。;") + 1
    before = _money(case, max(clause, match.start() - _LEAD, paragraph), match.start())
    alike = [q for q in before if not _named_apart(q, told)]
    elsewhere = [
        q
        for q in case.quantities(item)
        if q.span != told.span and q.year == told.year and not q.scope and q.about != "目标"
    ] if (item := told.item or _item_of_title(case, told)) else []  # fmt: skip
    others = [*(alike if len(before) == 1 else ()), *elsewhere] or _mistyped(case, told)
    if any(not differ(told, other) for other in (*before, *others)):
        return None
    return others[0] if others else None


_TITLE = pattern(r"\"(?P<name>[\u4e00-\u9fff]{4,10})\"[\u4e00-\u9fff]{0,3}\Z")


def _item_of_title(case: Case, told: Quantity) -> str:
    """The data item that the line of a statement bears whose title stands before a figure: 「“本年支出合计”列示806.40万元」."""
    title = _TITLE.search(case.flat, max(told.sentence.start, told.span.start - _LEAD), told.span.start)
    return known_phrases().item(title["name"], told.unit) if title is not None else ""


def _mistyped(case: Case, told: Quantity) -> list[Quantity]:
    """The data items elsewhere that have a figure's digits, two of them the other way round, where nothing has it as it stands."""
    same = [q for q in case.found.quantities if q.unit == told.unit and q.span != told.span and q.year == told.year]
    if any(q.number == told.number for q in same):
        return []
    return [q for q in same if q.item and not q.scope and q.about != "目标" and swapped(told.value, q.value)]


def _named_apart(one: Quantity, other: Quantity) -> bool:
    """Whether two figures are of two data items."""
    return bool(one.item and other.item) and one.item != other.item


def _finding(case: Case, told: Quantity, own: Quantity) -> Finding:
    unit = common_unit((told, own))
    gap = number(abs(in_unit(told, unit) - in_unit(own, unit)), 6)
    stated, right = f"{told.value}{told.unit}", f"{own.value}{own.unit}"
    message = f"写明是决算数或与决算相符的是{stated}，报告自己写的是{right}，相差{gap}{unit}，并不相符"
    return case.finding(
        "R37", told.span, message, stated=stated, recomputed=right, also=(Span(own.span.start, own.span.end),)
    )
