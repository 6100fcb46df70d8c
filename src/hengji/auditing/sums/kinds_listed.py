"""R07: kinds of one noun, listed with their counts right behind the count of all: 「完成26个，包括预算执行审计4个、经济责任审计9个……」."""

from collections.abc import Iterator
from fractions import Fraction

from hengji.auditing.case import Case
from hengji.model.extraction import Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_UNIT = "个|家|所|座|处|条|项|件|场|份|次|名|人|户|台|套|栋|起|宗|批|篇|期"
_PART = r"[\u4e00-\u9fff\"“”()0-9]{0,12}?[\u4e00-\u9fff]{2}[1-9]\d{0,4}"
_LIST = pattern(
    rf"(?<![\d.,])(?=(?P<whole>[1-9]\d{{0,4}})\s?(?P<unit>{_UNIT})(?P<noun>[\u4e00-\u9fff]{{0,8}})(?P<opens>[,。:(]\n?(?:包括|分别[是为]|分为|即|具体[是为]|[是有])?:?|包括|分别[是为])"
    rf"(?P<parts>{_PART}(?P=unit)(?:[、,和]{_PART}(?P=unit)){{2,9}})(?=[,。;)\n]|$))\d"  # nearly all ahead: 「计划26个,完成26个,包括…」 has two beginnings
)
_ONE = pattern(rf"(?P<name>[^、,和]*?)(?P<n>[1-9]\d{{0,4}})(?:{_UNIT})(?:[、,和]|$)")
_TAIL = 2
_LEAD, _BEHIND = 16, 24
_NEAR = 8  # the part of the whole by which the sum may be off
_OPEN = pattern(r"等|其[他它余]|另|剩余|未|主要|重点|交叉|重复|上年|结转")


def kinds_make_the_whole(case: Case) -> Iterator[Finding]:
    """R07: kinds whose names end in one noun, which are not as many as all of it."""
    for match in _LIST.finditer(case.flat):
        parts = list(_ONE.finditer(match["parts"]))
        tails = {part["name"][-_TAIL:] for part in parts}
        if len(tails) != 1 or len({part["name"] for part in parts}) < len(parts):
            continue
        whole, total = int(match["whole"]), sum(int(part["n"]) for part in parts)
        sentence = case.sentence(match.start())
        lead = case.flat[max(sentence.start, match.start() - _LEAD) : match.start()]
        behind = case.flat[match.end("parts") : match.end("parts") + _BEHIND].split("\n")[0]
        item = case.item_at(match.start())
        named = lead + match["noun"] + (item.name if item is not None else "")
        if tails.isdisjoint({named[at : at + _TAIL] for at in range(len(named))}):
            continue
        if (
            total == whole
            or abs(Fraction(total - whole)) > Fraction(whole, _NEAR)
            or total < max(int(part["n"]) for part in parts)
        ):
            continue
        if _OPEN.search(lead + match["noun"] + match["parts"] + behind):
            continue
        span = Span(match.start("parts"), match.end("parts"))
        message = f"各类相加是{total}{match['unit']}，前面写{whole}{match['unit']}"
        yield case.finding("R07", span, message, stated=str(whole), recomputed=str(total))
