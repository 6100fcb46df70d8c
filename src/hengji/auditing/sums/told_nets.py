"""R07: what two changes come to, and what several years come to: 「增加336.25万元、减少122.60万元，净增213.65万元」, 「累计支付863.20万元，2022年…、2023年…」."""

import itertools
from collections.abc import Iterator, Sequence
from decimal import Decimal

from hengji.auditing.case import Case
from hengji.auditing.numbers import common_unit, number
from hengji.auditing.sums.told_figures import Told, slipped, told_passages
from hengji.library.ties import load_ties
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_FEW = 2
_BACK = 10  # figures of the paragraph that may make one
_NET = pattern(r"净(?:增|减|核|追|压)|增减相抵")
_CUT = pattern(r"^(?:核减|审减)(?:额|金额|资金|造价|了)?$")
_SENT = pattern(r"送审|报审|申报|上报|结算|合同|中标")
_SETTLED = pattern(r"审定|核定|审核|评审")
_OF_A_YEAR = pattern(r"(?:其中:?)?(?P<year>20\d\d)\s?年(?:度)?(?P<what>[\u4e00-\u9fff]{0,10})")
_IN_ALL = pattern(r"累计|合计|共计|总计|[两三四五]年共?")


def nets_hold(case: Case) -> Iterator[Finding]:
    """Such a figure that those beside it do not make, where one slip of the pen mends it."""
    for passage in told_passages(case):
        for one, other, told in zip(passage, passage[1:], passage[2:], strict=False):
            if _beside(one, other, told) and (_is_net(one, other, told) or _is_cut(one, other, told)):
                made = abs(one.value - other.value)
                if told.value != made and _meant(told, made, (one, other)) and not _is_made(passage, told):
                    more, less = (one, other) if one.value > other.value else (other, one)
                    yield _finding(case, told, made, f"{more.shown} − {less.shown}")
        yield from _years(case, passage)


def _beside(*told: Told) -> bool:
    first = told[0].quantity
    return all(t.quantity.sentence == first.sentence and t.quantity.unit == first.unit for t in told)


def _is_net(one: Told, other: Told, told: Told) -> bool:
    words = load_ties().balances
    return _NET.search(told.lead) is not None and {words.sign(one.lead), words.sign(other.lead)} == {1, -1}


def _is_cut(one: Told, other: Told, told: Told) -> bool:
    return bool(_CUT.fullmatch(told.lead) and _SENT.search(one.lead) and _SETTLED.search(other.lead))


def _meant(told: Told, made: Decimal, of: tuple[Told, Told]) -> bool:
    """Whether one slip, in what is told or in one of the two, makes all three right."""
    one, other = of
    every = (told, one, other)
    meant = [(told.value, made)]
    for each, fixed in ((one, other), (other, one)):
        meant += [(each.value, fixed.value + told.value), (each.value, fixed.value - told.value)]
    return any(right > 0 and slipped(value, right, every) for value, right in meant)


def _is_made(passage: Sequence[Told], told: Told) -> bool:
    """Whether any two other figures of the paragraph make this one."""
    at = passage.index(told)
    near = [t.value for t in (*passage[max(0, at - _BACK) : at], *passage[at + 1 : at + 4]) if t.kind == told.kind]
    return any(told.value in (a + b, abs(a - b)) for a, b in itertools.combinations(near, _FEW))


def _years(case: Case, passage: Sequence[Told]) -> Iterator[Finding]:
    """Years in a row whose figures do not make the sum told right before or behind them."""
    start = 0
    while start < len(passage):
        run = _run(passage, start)
        if len(run) < _FEW:
            start += 1
            continue
        end = start + len(run)
        around = [passage[k] for k in (start - 1, end) if 0 <= k < len(passage)]
        whole = next((t for t in around if _IN_ALL.search(t.lead) and _beside(t, *run)), None)
        made = sum((t.value for t in run), Decimal(0))
        if whole is not None and whole.value != made and _one_slip(whole, run, made) and not _is_made(passage, whole):
            yield _finding(case, whole, made, " + ".join(t.shown for t in run))
        start = end


def _run(passage: Sequence[Told], start: int) -> list[Told]:
    """The figures from one on that are told of one year after the other, with the same words."""
    first = _OF_A_YEAR.fullmatch(passage[start].lead)
    run: list[Told] = []
    for told in passage[start:] if first is not None else ():
        match = _OF_A_YEAR.fullmatch(told.lead)
        if match is None or first is None or not _beside(passage[start], told):
            break
        if int(match["year"]) != int(first["year"]) + len(run) or match["what"] not in ("", first["what"]):
            break
        run.append(told)
    return run


def _one_slip(whole: Told, run: Sequence[Told], made: Decimal) -> bool:
    every, off = (whole, *run), made - whole.value
    return slipped(whole.value, made, every) or any(
        t.value > off and slipped(t.value, t.value - off, every) for t in run
    )


def _finding(case: Case, told: Told, made: Decimal, worked: str) -> Finding:
    unit, right = common_unit((told.quantity,)), number(made, 6)
    message = f"这里写{told.shown}，{worked} = {right}{unit}，相差{number(abs(made - told.value), 6)}{unit}"
    return case.finding("R07", told.quantity.span, message, stated=told.quantity.value, recomputed=right)
