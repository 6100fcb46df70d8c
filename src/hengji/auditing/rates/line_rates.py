"""R11: the rate of a line of money told in a leaf or by its full name, apart from the amounts that the ledger has."""

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from hengji.auditing.case import Case, once
from hengji.auditing.ledger import PLANNED, SPENT, WHOLE, Entry
from hengji.auditing.numbers import in_unit, number, percent_fits, places
from hengji.library.lines import load_lines
from hengji.model.extraction import Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern
from hengji.model.units import dimension

_TOLD = pattern(
    r"(?<=[,;。:(\t\n、|])\s?(?:其中)?(?P<of>(?:20\d\d年)?(?:全年|年度|本年|当年|我[局办委院]|本[局办委院]|部门|整体|预算|资金|经费|支出|决算|政府|采购|\"?三公\"?|日常|公用|基本|项目|年末|结转|结余|的)*)"
    r"(?P<kind>执行|完成|支出|控制|使用|调整|变动|结转结余|结余|结转)率(?:为|是|达到?|:|=)?[ -]?(?P<rate>\d{1,3}(?:\.\d+)?) ?%"
)
_RULE_BEHIND = pattern(r"\s?(?:的|以上|以下|及|得|计|不得|\(含|,?每|时|扣|≤|≥)")
_OTHER_TIME = pattern(r"上半年|季度|\d月|序时|累计|截至|上年|去年|÷|目标|计划")
_SPENDING = ("执行", "完成", "支出", "控制", "使用")
_LEFT = ("结转结余", "结余", "结转")
_WHOLE_LEAF = pattern(
    r"(?:部门|整体)?(?:预算|资金|支出)(?:资金)?(?:执行|完成|支出|调整)(?:率|情况|进度)?|预算执行|(?:资金)?(?:结转结余|结余|结转)率"
)
_AWAY = Fraction(10)  # per cent: a rate further from every pair is of something else
_ROUNDED = Fraction(1, 100)


def rates_of_lines(case: Case) -> Iterator[Finding]:
    """「政府采购执行率92.4%」 in its leaf, where budget and spending of procurement stand elsewhere and make 91.41%."""
    for match in _TOLD.finditer(case.flat) if case.ledger and "率" in case.flat else ():
        year = re.match(r"20\d\d", match["of"])
        if _RULE_BEHIND.match(case.flat, match.end()) or (year and int(year[0]) != case.year):
            continue
        if Fraction(match["rate"]) == _FULL or match["rate"] in _with_amounts(case):
            continue  # what is aimed at; or a rate that is held against the amounts beside it
        line = _line(case, match)
        if line and not _told_beside(case, match):
            yield from _held(case, match, line)


@once
def _with_amounts(case: Case) -> frozenset[str]:
    """The rates that stand beside amounts of money in running text."""
    return frozenset(
        rate.value for rate in case.told_rates if any(dimension(q.unit) == "money" for q in case.beside(rate))
    )


def _line(case: Case, match: re.Match[str]) -> str:
    """The line that a rate is of: by the words before it, else by its leaf."""
    lines = load_lines()
    line = lines.line(match["of"].replace('"', ""), lines.family(match["of"]))
    if line:
        return line
    item = case.item_at(match.start("rate"))
    name = re.sub(r"[\"“”]", "", item.name) if item is not None else ""
    if name and not re.sub(r"20\d\d年|[全本当]年|年度|部门|整体|的", "", match["of"]):
        return lines.line(name, lines.family(name)) or (WHOLE if _WHOLE_LEAF.fullmatch(name) else "")
    own = match["of"] + match["kind"]
    return WHOLE if re.search(r"预算|部门|整体|结[转余]", own) and (not name or _WHOLE_LEAF.fullmatch(name)) else ""


def _told_beside(case: Case, match: re.Match[str]) -> bool:
    """Whether its own sentence has amounts, or speaks of a part of the year or of another year."""
    sentence = case.sentence(match.start("rate"))
    beside = case.by_sentence.get(sentence, ())
    row = case.flat[max(sentence.start, case.flat.rfind("\n", 0, match.start()) + 1) : match.end()]
    divided = _DIVIDED.match(case.flat, match.end()) is not None  # it says itself what it is made of
    return divided or any(dimension(q.unit) == "money" for q in beside) or _OTHER_TIME.search(row) is not None


_DIVIDED = pattern(r"\s?\([^()]{2,30}[÷/][^()]{2,30}\)")


def _held(case: Case, match: re.Match[str], line: str) -> Iterator[Finding]:
    own = [e for e in case.ledger if e.line == line and e.year == case.year and e.amount]
    if line == WHOLE and not any(e.stage in ("调整", "全年") for e in own) and _CHANGED.search(case.flat):
        return  # the budget that held last is not told
    pairs = [pair for pair in _pairs(own, match["kind"]) if match["kind"] not in _LEFT or pair[0] in case.amounts]
    if match["kind"] == "变动":
        pairs = list(_changes([e for e in case.ledger if e.line == line and e.amount], case.year))
    told, decimals = Fraction(match["rate"]), places(match["rate"])
    if not pairs or any(percent_fits(told, decimals, a, b, _ROUNDED) for a, b in pairs):
        return
    if any(percent_fits(told, decimals, a, b, _ROUNDED) for a, b in _with_changes(case, own)):
        return
    top, bottom = pairs[0]
    value = top / bottom * 100
    if abs(value - told) <= _AWAY and len({a for a, _ in pairs}) <= _FEW:
        shown = number(value)
        message = f"写{match['rate']}%，按{number(top, 6)} ÷ {number(bottom, 6)}计算是{shown}%"
        span = Span(match.start("rate"), match.end())
        yield case.finding("R11", span, message, stated=f"{match['rate']}%", recomputed=f"{shown}%")


def _with_changes(case: Case, own: Sequence[Entry]) -> Iterator[tuple[Fraction, Fraction]]:
    """A line's spending over its first budget and what the budget's paragraph tells beside it, that may have come to it or gone."""
    spent = {e.amount for e in own if e.stage == SPENT}
    for plan in (e for e in own if e.stage in PLANNED):
        place = case.paragraph(plan.span.start)
        beside = {
            in_unit(q, "万元")
            for q in case.found.quantities
            if place.start <= q.span.start < place.end and dimension(q.unit) == "money"
        }
        for amount, change in itertools.product(spent, beside):
            yield amount, plan.amount + change
            if change < plan.amount:
                yield amount, plan.amount - change


_CHANGED = pattern(r"(?:追加|追减|调增|调减|核增|核减|收回)[^。;,]{0,12}\d")


def _changes(own: list[Entry], year: int) -> Iterator[tuple[Fraction, Fraction]]:
    """What a line changed by over last year's amount: budgets against budgets first, spending against spending."""
    for planned in (True, False):
        now, past = (
            {e.amount for e in own if e.year == y and (e.stage in PLANNED) == planned} for y in (year, year - 1)
        )
        if len(now) == len(past) == 1:
            yield abs(min(now) - min(past)), min(past)


_FULL = 100
_FEW = 2
_RANK = ("调整", "全年", "预算", "年初")


def _pairs(own: Iterable[Entry], kind: str) -> Iterator[tuple[Fraction, Fraction]]:
    """Numerators and denominators that a rate of this kind may be made of, the likeliest first."""
    listed = list(own)
    plans = sorted((e for e in listed if e.stage in PLANNED), key=lambda e: _RANK.index(e.stage))
    spent = {e.amount for e in listed if e.stage == SPENT}
    for plan in plans:
        for amount in spent:
            if kind in _SPENDING:
                yield amount, plan.amount
            elif kind in _LEFT:
                yield abs(plan.amount - amount), plan.amount
        if kind == "调整" and plan.stage in ("年初", "预算"):
            yield from ((abs(e.amount - plan.amount), plan.amount) for e in plans if e.stage in ("调整", "全年"))
