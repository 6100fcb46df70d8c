"""R16: what was bought of each kind against what was planned, where one cell or sentence lists both without a unit."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from hengji.auditing.case import Case
from hengji.model.extraction import Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_LISTED = pattern(
    r"(?P<kind>货物|工程|服务)类?(?:采购)?[:为]?\s?(?P<n>\d[\d,]*(?:\.\d+)?)(?![\d,.%]|\s?[个项批次家份])"
)
_PLANNED = pattern(r"计划|预算")
_BOUGHT = pattern(r"实际|实付|实采|完成|支出|执行|决算")
_SENTENCE = pattern(r"[^。\n\t]+")
_PART = pattern(r"[^;。\n]+")
_EXPLAINED = pattern(r"追加|调[整剂增]|自行采购|限额以下|分散采购")
_KINDS = 2


def kinds_bought_as_planned(case: Case) -> Iterator[Finding]:
    """R16: 「采购计划1980.00，实付1901.60，货物312.00、服务18.60；计划为货物380.00、工程1600.00、服务0」: services without a plan."""
    for match in _SENTENCE.finditer(case.flat) if "货物" in case.flat else ():
        text = match[0]
        if "采购" not in text or "货物" not in text or _EXPLAINED.search(text):
            continue
        planned, bought, places = _lists(text)
        for kind, amount in bought.items():
            if kind in planned and amount > planned[kind]:
                start, end = places[kind]
                said = f"{kind}类采购计划{planned[kind]}，实际{amount}，没有说明追加或调整"
                where = Span(match.start() + start, match.start() + end)
                yield case.finding("R16", where, said, stated=str(amount), recomputed=str(planned[kind]))


def kinds_of_rows(case: Case) -> Iterator[Finding]:
    """A row whose plan lists the kinds, and what was bought of another: 「货物300.00万元、服务60.00万元 | 货物228.40万元、工程66.80万元」."""
    for item in case.found.items:
        if not item.table or "采购" not in item.name or _EXPLAINED.search(item.remark):
            continue
        planned = {match["kind"] for match in _WITH_UNIT.finditer(item.target)}
        for match in _WITH_UNIT.finditer(item.actual) if len(planned) >= _KINDS else ():
            at = case.flat.find(match[0], item.quote.start, item.quote.end)
            if match["kind"] not in planned and Decimal(match["n"].replace(",", "")) > 0 and at >= 0:
                message = f"采购预算里没有{match['kind']}类，实际采购{match['n']}万元，没有说明追加或调整"
                where = Span(at, at + len(match[0]))
                yield case.finding("R16", where, message, stated=match["n"], recomputed="0", item=item.name)


_WITH_UNIT = pattern(r"(?P<kind>货物|工程|服务)类?[:为]?\s?(?P<n>\d[\d,]*(?:\.\d+)?)\s?万元")


def _lists(text: str) -> tuple[Mapping[str, Decimal], Mapping[str, Decimal], Mapping[str, tuple[int, int]]]:
    """What parts of a sentence plan and tell as bought of each kind, and where the latter stands."""
    planned: dict[str, Decimal] = {}
    bought: dict[str, Decimal] = {}
    places: dict[str, tuple[int, int]] = {}
    for part in _PART.finditer(text):
        listed = list(_LISTED.finditer(text, part.start(), part.end()))
        if len({match["kind"] for match in listed}) < _KINDS:
            continue
        lead = text[part.start() : listed[0].start()]
        plans = [match.end() for match in _PLANNED.finditer(lead)]
        buys = [match.end() for match in _BOUGHT.finditer(lead)]
        if plans[-1:] == buys[-1:]:
            continue  # neither is said
        target = planned if plans[-1:] > buys[-1:] else bought
        for match in listed:
            target.setdefault(match["kind"], Decimal(match["n"].replace(",", "")))
            if target is bought:
                places.setdefault(match["kind"], match.span())
    return planned, bought, places
