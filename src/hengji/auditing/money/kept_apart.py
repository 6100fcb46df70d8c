"""R09: more of one kind of spending and less of the other than was budgeted, where the report says that nothing was moved."""

from collections.abc import Iterator
from decimal import Decimal

from hengji.auditing.case import Case
from hengji.auditing.numbers import number
from hengji.model.extraction import Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_N = r"\d[\d,]*(?:\.\d+)?"
_PAIR = pattern(
    rf"基本支出(?:预算|决算)?(?:为|是)?\s?(?P<a>{_N})\s?万元[、,;和及]{{1,2}}项目支出(?:预算|决算)?(?:为|是)?\s?(?P<b>{_N})\s?万元"
)
_SPENT = pattern(r"决算|实际|支出(?!预算)\s?\d|执行|实支|使用")
_PLANNED = pattern(r"预算(?!执行)|批复|核定")
_NOT_MOVED = pattern(
    r"(?<!是否)(?:未|没有|没|无|均未)(?:办理|发生|进行|作|做|有)?(?:任何|过)?(?:预算|科目|资金|项目)?(?:的)?(?:追加|调[整剂增减])"
)


def kinds_kept_apart(case: Case) -> Iterator[Finding]:
    """「基本支出820.00万元、项目支出460.00万元，全年未办理预算调整和科目调剂」 and 「支出1280.00万元，其中基本支出846.50万元、项目支出433.50万元」."""
    if _NOT_MOVED.search(case.flat) is None:
        return
    planned: set[tuple[Decimal, Decimal]] = set()
    spent: dict[tuple[Decimal, Decimal], Span] = {}
    for match in _PAIR.finditer(case.flat):
        if case.in_table(match.start()) or case.item_at(match.start()) is not None:
            continue
        lead = case.flat[case.sentence(match.start()).start : match.start()]
        pair = Decimal(match["a"].replace(",", "")), Decimal(match["b"].replace(",", ""))
        if _PLANNED.search(lead) and not _SPENT.search(lead):
            planned.add(pair)
        elif _SPENT.search(lead) and not _PLANNED.search(lead):
            spent.setdefault(pair, Span(*match.span()))
    if len(planned) == len(spent) == 1:
        pair, span = next(iter(spent.items()))
        yield from _moved(case, span, next(iter(planned)), pair)


def _moved(case: Case, span: Span, plan: tuple[Decimal, Decimal], spent: tuple[Decimal, Decimal]) -> Iterator[Finding]:
    """The finding where the same whole is parted in another way."""
    more = spent[0] - plan[0]
    if not more or sum(plan) != sum(spent):
        return
    one, other = ("基本支出", "项目支出") if more > 0 else ("项目支出", "基本支出")
    message = f"{one}比预算多{number(abs(more), 6)}万元，{other}少{number(abs(more), 6)}万元，合计不变，却写没有办理调整、调剂"
    yield case.finding("R09", span, message, stated=number(spent[0], 6), recomputed=number(plan[0], 6))
