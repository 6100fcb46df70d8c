"""R42: money saved in one line while everything was spent: where did it go."""

import re
from collections.abc import Iterator
from fractions import Fraction

from hengji.auditing.case import Case
from hengji.auditing.ledger import PLANNED, SPENT, WHOLE, Entry, planned
from hengji.auditing.numbers import in_unit, number
from hengji.auditing.sums.column_sums import figures_of, is_total
from hengji.extracting.tables.grid import Grid
from hengji.library.lines import stage_of_header
from hengji.model.extraction import Span
from hengji.model.finding import Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.units import dimension

_ENOUGH = Fraction(1)  # 万元
_MUCH = Fraction(2)  # 万元, of a difference that the report does not tell itself
_HUNDRED = 100  # saved: a hundredth of the whole, or a tenth of the line itself
_TENFOLD = 10
WHERE_TO = pattern(
    r"调剂|调减|收回|(?:批复|批准|同意|核准)[^,。;]{0,8}(?:用于|用作|转)|(?:压减|节约|节省|结余|节余|剩余)[^,。;]{0,36},?(?:全部|已|均)?(?:用于|用在|投入)|统筹用于|调整用于|转(?:作|用于|为)(?!下年|结转|结余)|上缴|交回|退回|核减|缴回|提取[^,。;]{0,10}基金|(?:转入|提作|列入)[^,。;]{0,8}基金"
)
_SAVED = pattern(
    r"(?:节约|节省|节支|节减|省下|省出|(?<![、,和及(])省|审减|结余|节余|剩余|少支出?|少用|少花|压减|压缩|(?:较|比)[^,。;\d]{0,6}预算(?:数|价)?(?:减少|少|低))(?:了|的|资金|经费|财政资金|预算|支出|采购资金|费用|金额|成本|预算资金)*(?:约|共|合计|达|共计)?(?:[\u4e00-\u9fff、\"]{1,18}(?:费用?|经费|支出|成本|开支))?\s?(?P<n>\d[\d,]*(?:\.\d+)?)(?:\s?万元|(?<=\.\d\d)(?=[,。;)\n]|$))"
)
# 「培训费预算4.50万元未使用」, 「为车辆更新预留的16.00万元，因…当年没有购置」
_UNUSED = pattern(
    r"(?:预算|预留|安排|计划)[^,。;\d]{0,8}(?P<n>\d[\d,]*(?:\.\d+)?)\s?万元(?:,因[^,。;]{2,20},?|,)?[^,。;\d]{0,10}(?:未|没有|尚未)(?:使用|动用|购置|支出|开支|发生|启用|实施|采购|购买|列支|用)(?!完)"
)
_AGAINST_PLAN = pattern(
    r"预算|计划|安排|招标|招投标|采购|中标|成交|控制价|概算|审减|经费|项目|过紧日子|一般性支出|厉行节约|只减不增|压减|压缩"
)
_OWN_RUNNING = pattern(r"公用经费|会议|培训|印刷|办公|差旅|水电|邮电|油|纸|一般性支出|接待|用车|公车")
_AGAINST_PAST = pattern(r"[比较与](?:上|去|前|20\d\d)[^,。;]{0,12}$|同比|[上去]年[^,。;]{0,10}$")
_PAST_YEAR = pattern(r"[上去]年|同期|同比")
_ALL_SPENT = pattern(
    r"(?:支出率|执行率)[^,。;\t\n未不没低\d]{0,8}100(?:\.0+)?%(?!\s?(?:[计得为]|\((?!\d|[^()]{0,12}÷))|以上|含)|无结余|结转(?!结余存量|存量)[^,。;\d]{0,8}(?<![\d.,])0(?:\.0+)?\s?万元|结余为0|无结转(?!两年|超过|\d)|(?<![非未不])全部(?:支出|执行|使用)完毕|没有结转|没有结余"
)
_LEFT = pattern(
    r"(?:年末|年底|期末|结转下年)[^,。;\d\n]{0,12}(?:结转|结余)?[^,。;\d\n]{0,8}(?<=[结转余下年金为])\s?[1-9][\d,]*(?:\.\d+)?\s?万元"
)
_OF_A_LINE = pattern(r"采购|三公|公用|项目(?:支出|资金|经费)|专项|合同|工程|基本支出|人员经费")


def saved_money(case: Case) -> Iterator[Finding]:
    """R42: much less spent than planned in one line, while everything was spent: where did it go."""
    anchor = None if _left(case) else _all_spent(case)
    if anchor is not None and "100" not in case.text(anchor) and _less_spent(case):
        anchor = None
    office = planned(case.ledger, "公用经费", case.year)
    spent_up = office is not None and office[0].amount == office[1].amount
    if anchor is None and not spent_up:
        return
    unused = _UNUSED.finditer(case.flat) if "预" in case.flat and "用" in case.flat else ()
    told = next(
        (m for m in (*_SAVED.finditer(case.flat), *unused) if _unexplained(case, m, only_running=anchor is None)), None
    )
    if told is not None:
        every = "全年资金" if anchor is not None else "公用经费"
        message = f"写{told[0]}，{every}却全部支出，没有说明节约的钱用到哪里"
        span = Span(told.start(), told.end())
        yield case.finding("R42", span, message, severity=Severity.WARNING, stated=told["n"])
    elif anchor is not None and (kept := next(_kept(case), None)) is not None:
        message = f"写“{case.found.text(kept)}”，全年资金却全部支出，没有结余"
        yield case.finding("R42", kept, message, severity=Severity.WARNING, also=(anchor,))
    elif anchor is not None:
        found = [*_line_saved(case, anchor)] or [*_rows_saved(case)]
        yield from found[:1]


# 「节省资金7.80万元……两笔钱都原封未动留在账上」
_KEPT = pattern(
    r"[^,。;\n\t]{0,12}(?:留在账上|留存在账|结余在账|存在账上|仍在账上|躺在账上|尚在账户|留在账户|原封未动)[^,。;\n\t]{0,6}"
)
_OF_A_SAVING = pattern("节约|节省|节支|节减|省下|省出|少支|少付|少花|压减")


def _kept(case: Case) -> Iterator[Span]:
    """Where money that was saved is said to lie in the account still."""
    for match in _KEPT.finditer(case.flat):
        text = case.text(case.paragraph(match.start()))
        if _OF_A_SAVING.search(text) and not _NOT_OWN.search(text) and not _ahead(case, match.start(), text):
            yield Span(match.start(), match.end())


def _unexplained(case: Case, match: re.Match[str], *, only_running: bool) -> bool:
    """Whether a saving was made of this year's budget (of running costs) and nothing says where it went."""
    saved = Fraction(match["n"].replace(",", ""))
    sentence = case.sentence(match.start())
    lead = case.flat[sentence.start : match.start()]
    if (
        saved < _ENOUGH
        or not (match[0].endswith("元") or _in_wan(case, match.start("n")))
        or _RESERVE.search(lead)
        or _IN_THE_BUDGET.search(lead)
        or _OF_OTHERS.search(case.text(sentence))
        or _AGAINST_PAST.search(lead[-24:])
        or _ahead(case, match.start(), lead)
    ):
        return False
    if only_running and not _OWN_RUNNING.search(lead[-_NEAR:] + match[0]):
        return False
    place = case.text(case.paragraph(match.start()))
    if _changes_the_budget(case, match):
        return False
    of_plan = _AGAINST_PLAN.search(place) or (_OWN_RUNNING.search(lead[-_NEAR:]) and not _PAST_YEAR.search(lead))
    return bool(of_plan) and not WHERE_TO.search(place) and not _accounted(case, saved)


def _in_wan(case: Case, position: int) -> bool:
    """Whether a number without a unit is an amount in 万元, which the report told once."""
    return any(q.span.start == position and q.unit == "万元" for q in case.found.quantities)


_OF_OTHERS = pattern(
    r"送审|公司|企业|用户|农户|群众|居民|独立核算|商户|医保基金|参保"
)  # whose money it was, not the department's
_IN_THE_BUDGET = pattern(
    r"(?:应用|运用|用)于\s?20\d\d年(?:度)?(?:部门)?预算|(?:编制|安排|申报)20\d\d年(?:度)?(?:部门)?预算[时中]?|预算(?:编制|安排|审核|评审|申报)[时中阶]|结果应用"
)  # cut when the budget was made, not saved of it
_RESERVE = pattern(r"预备费|暂列金|暂估")  # of an estimate, and no money of the year


def _changes_the_budget(case: Case, match: re.Match[str]) -> bool:
    """Whether an amount is one of the changes between two budgets of its paragraph: 「年初…，增加…，压减15.20万元，全年预算…」."""
    paragraph = case.paragraph(match.start())
    inside = [e for e in case.ledger if paragraph.start <= e.span.start < paragraph.end and e.line == WHOLE]
    plans = [e for e in inside if e.stage in PLANNED and not e.table]
    first = next((e for e in plans if e.span.start < match.start()), None)
    last = next((e for e in plans if e.span.start > match.start()), None)
    if first is None or last is None:
        return False
    told = [
        q
        for q in case.found.quantities
        if first.span.end <= q.span.start < last.span.start and dimension(q.unit) == "money"
    ]
    saved = Fraction(match["n"].replace(",", ""))
    gaps = {last.amount - first.amount + saved}
    others = [q for q in told if not match.start() <= q.span.start < match.end()]
    for amount in (in_unit(q, "万元") for q in others[-_MOST:]):
        gaps |= {gap + way * amount for gap in gaps for way in (1, -1)}
    return 0 in gaps


_MOST = 8  # amounts between two budgets that are tried as changes
_NEAR = 30  # characters before a saving that say of what it is


def _ahead(case: Case, position: int, lead: str) -> bool:
    """Whether a saving is one that is meant for another year; a table behind the suggestions is none of them."""
    advised = case.chapter_key(position) == "相关建议" and not case.in_table(position)
    return (advised and f"{case.year}年" not in lead) or str(case.year + 1) in lead


def _not_own(case: Case, position: int) -> bool:
    return _NOT_OWN.search(case.text(case.sentence(position))) is not None


def _left(case: Case) -> bool:
    """Whether money of the department's own was left at the end of the year."""
    if any(q.number > 0 and not _not_own(case, q.span.start) for q in case.quantities("年末结转结余")):
        return True
    return any(_NOT_OWN.search(match[0]) is None for match in _LEFT.finditer(case.flat))


def _less_spent(case: Case) -> bool:
    """Whether a paragraph tells that less was spent than its last budget, so that something was left or taken back."""
    pair = planned(case.ledger, WHOLE, case.year)
    if pair is None or pair[0].place != pair[1].place or pair[0].stage not in ("调整", "全年"):
        return False
    return pair[0].amount * _NEARLY > pair[1].amount * _THOUSAND


_NEARLY, _THOUSAND = 999, 1000
_NOT_OWN = pattern(r"代管|专户|往来|暂存|代收")


def _all_spent(case: Case) -> Span | None:
    """Where the report says that the whole year's money was spent, or tells a whole budget and a spending that are equal."""
    for match in _ALL_SPENT.finditer(case.flat):
        if _TARGET_CELL.match(case.flat, match.end()):
            continue  # what was aimed at, in a row that tells less as the result
        if "率" not in match[0] or not (_of_a_line(case, match) or _of_counts(case, match)):
            return Span(match.start(), match.end())
    for match in _DIVIDED_BY_ITSELF.finditer(case.flat):
        item = case.item_at(match.start())
        if item is not None and _OF_ALL.search(item.name) and not _OF_A_LINE.search(item.name):
            return Span(match.start(), match.end())
    pair = planned(case.ledger, WHOLE, case.year)
    if pair is not None and pair[0].table and any(e.amount > pair[0].amount for e in _wholes(case)):
        pair = planned((e for e in case.ledger if not e.table), WHOLE, case.year)  # the table is of some costs only
    return pair[1].span if pair is not None and pair[0].amount == pair[1].amount else None


# 「预算执行率（8分）。1776.00÷1776.00=100.00%」
_DIVIDED_BY_ITSELF = pattern(
    r"(?<![\d.,])(?P<a>\d[\d,]*\.\d+)\s?(?:万元)?\s?[÷/]\s?(?P=a)\s?(?:万元)?(?:\s?[×*]\s?100%)?\s?=\s?100(?:\.0+)?\s?%"
)
_OF_ALL = pattern("(?:预算|支出|资金)[^,。;]{0,4}(?:执行|完成|支出|使用)|支出率|执行率")
_TARGET_CELL = pattern(r"[ \t|]+\d{1,2}(?:\.\d+)?\s?%")


def _wholes(case: Case) -> list[Entry]:
    return [e for e in case.ledger if e.line == WHOLE and e.year == case.year and e.stage in PLANNED and not e.table]


def _of_counts(case: Case, rate: re.Match[str]) -> bool:
    """Whether the division behind a rate is of things, not of money: 「作业设计执行率100%(132/132)」."""
    parts = _DIVISION.match(case.flat, rate.end())
    return parts is not None and not {Fraction(n.replace(",", "")) for n in parts.groups()} & set(case.amounts)


_DIVISION = pattern(r"\s?\((\d[\d,]*(?:\.\d+)?)[^\d()/÷]{0,3}[/÷](\d[\d,]*(?:\.\d+)?)")


def _of_a_line(case: Case, rate: re.Match[str]) -> bool:
    """Whether a rate is of one line of money, by the indicator it stands in or by what its sentence spoke of last."""
    item = case.item_at(rate.start())
    sentence = case.sentence(rate.start())
    before = [e for e in case.ledger if sentence.start <= e.span.start < rate.start()]
    if before:
        return before[-1].line != WHOLE
    return (
        _OF_A_LINE.search(case.flat[sentence.start : rate.start()] + (item.name if item is not None else ""))
        is not None
    )


def _accounted(case: Case, saved: Fraction) -> bool:
    """Whether a sentence elsewhere names the amount saved and says where it went."""
    return any(
        any(dimension(q.unit) == "money" and in_unit(q, "万元") == saved for q in quantities)
        and WHERE_TO.search(case.text(sentence))
        for sentence, quantities in case.by_sentence.items()
    )


_LINES = {"三公经费": "“三公”经费", "公用经费": "公用经费"}


def _line_saved(case: Case, anchor: Span) -> Iterator[Finding]:
    """三公经费 or 公用经费 far below its budget, in a report that spent everything."""
    for line, name in _LINES.items():
        pair = planned(case.ledger, line, case.year)
        saved = pair[0].amount - pair[1].amount if pair is not None else Fraction(0)
        if pair is None or saved < _MUCH or not _is_much(case, saved, pair[0].amount):
            continue
        if WHERE_TO.search(case.text(case.paragraph(pair[1].span.start))) or _accounted(case, saved):
            continue
        message = f"{name}比预算少支{number(saved, 6)}万元，全年资金却全部支出，没有说明这笔钱调剂到哪里"
        stated, also = number(saved, 6), (pair[1].span,)
        yield case.finding("R42", anchor, message, severity=Severity.WARNING, stated=stated, also=also)
        return


def _is_much(case: Case, saved: Fraction, plan: Fraction) -> bool:
    """Whether a saving is a hundredth of the year's whole or a tenth of its own line."""
    wholes = [e.amount for e in case.ledger if e.line == WHOLE and e.year == case.year]
    return bool(wholes) and (saved * _HUNDRED >= max(wholes) or saved * _TENFOLD >= plan)


def _rows_saved(case: Case) -> Iterator[Finding]:
    """A table of some costs, budget beside spending, whose total row says how much less was spent of them."""
    for grid in case.grids:
        found = _saved_in(case, grid)
        if found is None:
            continue
        saved, plan, span = found
        around = case.flat[max(0, grid.block.start - _AROUND) : grid.block.end + _AROUND]
        if (
            saved >= _MUCH
            and _is_much(case, saved, plan)
            and not WHERE_TO.search(around)
            and not _accounted(case, saved)
        ):
            message = f"表中各项比预算少支{number(saved, 6)}万元，全年资金却全部支出，没有说明这笔钱用到哪里"
            yield case.finding("R42", span, message, severity=Severity.WARNING, stated=number(saved, 6))
            return


_AROUND = 120  # characters around a table
_OF_PURCHASES = pattern(r"采购|货物|到位|结余|来源|上年|20\d\d年|目标|得分|分值")


def _saved_in(case: Case, grid: Grid) -> tuple[Fraction, Fraction, Span] | None:
    """How much less than its budget the rows of a table were spent in all, that budget, and the cell of the spending."""
    header = next((r for r in range(min(grid.rows, _TWO)) if any("预算" in text for text in grid.row(r))), None)
    if header is None or any(_OF_PURCHASES.search(text) for r in range(grid.rows) for text in grid.row(r)):
        return None
    stages = {c: stage for c, text in enumerate(grid.row(header)) if (stage := stage_of_header(text))}
    plans, spent = [c for c, s in stages.items() if s in PLANNED], [c for c, s in stages.items() if s == SPENT]
    if len(plans) != 1 or len(spent) != 1:
        return None
    rows = {r: figures_of(case, grid, r) for r in range(header + 1, grid.rows)}
    rows = {r: f for r, f in rows.items() if plans[0] in f and spent[0] in f and not is_total(grid, r)}
    plan, paid = (sum((f[c] for f in rows.values()), Fraction(0)) for c in (plans[0], spent[0]))
    if not rows or any(f[spent[0]] > f[plans[0]] for f in rows.values()):
        return None
    last = max(rows)
    return plan - paid, plan, grid.span(last, spent[0])


_TWO = 2
