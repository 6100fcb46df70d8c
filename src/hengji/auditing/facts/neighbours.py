"""R08: one fact told twice and differently, known by the figure that stands beside it or by the division it went into."""

from collections.abc import Iterator

from hengji.auditing.case import Case
from hengji.auditing.facts.backing import NO_COUNT
from hengji.auditing.slips import REPLACED, SWAPPED, digits_of, slip
from hengji.auditing.wording import pairs_of
from hengji.model.extraction import Quantity, Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern
from hengji.model.units import dimension

_TOGETHER = 16  # characters between two figures told together
_DIGITS = 3  # of a figure: fewer are a slip of each other by chance
_FEW = 2


def told_beside_the_same(case: Case) -> Iterator[Finding]:
    """R08: 「立案57起……罚款52.70万元」, and 「查处57起、罚款57.20万元」: the same figure beside it, the same name, one slip apart."""
    told: dict[tuple[str, str, str, str], list[Quantity]] = {}
    last: dict[tuple[str, str], Quantity] = {}
    for quantity in case.found.quantities:
        if quantity.table or quantity.year != case.year or quantity.about == "目标" or quantity.unit in NO_COUNT:
            continue
        for before in last.values():
            if before.sentence == quantity.sentence and quantity.name and before.unit != quantity.unit:
                told.setdefault((before.value, before.unit, quantity.name, quantity.unit), []).append(quantity)
        last = {key: q for key, q in last.items() if q.sentence == quantity.sentence}
        if len(digits_of(quantity.value)) >= _FEW:
            last[quantity.value, quantity.unit] = quantity
    for (value, unit, name, _), mentions in told.items():
        one, other = mentions[0], mentions[-1]
        if len({q.number for q in mentions}) != _FEW or one.number == other.number or len(name) < _FEW:
            continue
        kind, digits = slip(other.value, one.value), len(digits_of(other.value))
        meant = kind == SWAPPED and digits >= _DIGITS
        paid = kind == REPLACED and digits > _DIGITS and dimension(one.unit) == "money"  # of counts one may be the plan
        if (meant or paid) and case.paragraph(one.span.start) != case.paragraph(other.span.start):
            message = f"“{name}”这里是{other.value}{other.unit}，另一处同样写{value}{unit}而{name}{one.value}{one.unit}；同一份报告只用一个数"
            yield case.finding("R08", other.span, message, stated=other.value, recomputed=one.value, also=(one.span,))
            return


_DIVIDED = pattern(r"(?<![\d,.])(?P<n>\d[\d,]*)\s?[÷/]\s?(?P=n)(?![\d,.])")
_RATE = pattern(r"(?P<act>[\u4e00-\u9fff]{2})率")
_BACK = 40  # characters before a division that say of what it is
_SHARED = 2  # pairs of characters by which the two speak of one thing


def divided_by_itself(case: Case) -> Iterator[Finding]:
    """R08: 「排查隐患62处，年内整改58处」, and 「隐患整改率 58÷58=100%」 elsewhere: the whole was not what it is divided by."""
    for match in _DIVIDED.finditer(case.flat):
        if len(match["n"]) < _FEW:
            continue
        start = case.flat.rfind("\n", 0, match.start()) + 1
        lead = case.flat[max(start, match.start() - _BACK) : match.start()]
        rates = _RATE.findall(lead)
        for done in case.found.quantities if rates else ():
            if done.value != match["n"] or rates[0] not in done.name or done.span.start >= start > done.sentence.end:
                continue
            whole = _before(case, done)
            if whole is None or len(pairs_of(lead) & pairs_of(_words(case, whole))) < _SHARED:
                continue
            message = f"这里写{whole.value}{whole.unit}，{rates[0]}{done.value}{done.unit}，另一处却按{match[0]}计算"
            span = Span(match.start(), match.end())
            yield case.finding("R08", whole.span, message, stated=whole.value, recomputed=match["n"], also=(span,))
            return


def _before(case: Case, done: Quantity) -> Quantity | None:
    """The larger figure of the same unit that stands right before what was done of it."""
    near = [q for q in case.by_sentence.get(done.sentence, ()) if q.span < done.span]
    whole = near[-1] if near else None
    if whole is None or whole.unit != done.unit or whole.number <= done.number or whole.about == "目标":
        return None
    return whole if done.span.start - whole.span.end <= _TOGETHER else None


def _words(case: Case, quantity: Quantity) -> str:
    return case.flat[max(quantity.sentence.start, quantity.span.start - _BACK) : quantity.span.start]
