"""R42 of one line: a tender is said to have saved money of it, and yet its whole budget was spent."""

import re
from collections.abc import Iterator
from fractions import Fraction

from hengji.auditing.case import Case
from hengji.auditing.ledger import PLANNED, SPENT
from hengji.auditing.money.savings import WHERE_TO
from hengji.auditing.numbers import number
from hengji.auditing.sums.column_sums import figures_of, is_total
from hengji.auditing.wording import pairs_of
from hengji.extracting.tables.grid import Grid
from hengji.library.lines import stage_of_header
from hengji.model.extraction import Span
from hengji.model.finding import Finding, Severity
from hengji.model.patterns import pattern

_TENDER = r"(?:公开招标|招标|招投标|集中采购|政府采购|采购|询价|竞价|竞争性谈判|谈判|磋商|比选|议价|竞价)"
_SAVED = pattern(
    rf"(?:通过|经|经过)?{_TENDER}[^。;\d]{{0,16}}?(?:节约|节省|节支|节减|省下|少支|节余)(?:了|资金|财政资金|预算|预算资金|采购资金|经费|共|约|计|达|合计)*\s?(?P<n>\d[\d,]*(?:\.\d+)?)\s?万元"
    rf"|(?:中标|成交|签约|合同)(?:价|金额)?[^。;\d]{{0,8}}(?:比|较|低于)[^。;\d]{{0,10}}(?:预算|控制价|限价)[^。;\d]{{0,8}}(?:低|少|节约|节省|降低|下降|减少)(?:了|约)?\s?(?P<m>\d[\d,]*(?:\.\d+)?)\s?万元"
)
_PAST = pattern(r"上年|去年|历年|累计|结转|力争|拟|预计")
_SAYS_LITTLE = pattern(
    r"政府采购|采购|项目|资金|经费|预算|支出|工程|服务|公开|招标|购置|建设|管理|工作|费用|年度|其他|[^\u4e00-\u9fff]"
)
_LEAST = Fraction(1)  # 万元
_WORDS = 60  # characters before a saving that say of what it is


def tender_saved(case: Case) -> Iterator[Finding]:
    """R42: 「6台设备……公开招标比预算节约14.20万元」, where the row has 医疗设备购置 180.00 180.00 100 %."""
    for match in _SAVED.finditer(case.flat) if "万元" in case.flat else ():
        amount = Fraction((match["n"] or match["m"]).replace(",", ""))
        sentence = case.sentence(match.start())
        lead = case.flat[max(sentence.start, match.start() - _WORDS) : match.end()]
        if amount < _LEAST or _PAST.search(lead) or WHERE_TO.search(case.text(case.paragraph(match.start()))):
            continue
        spent = _row_spent(case, lead, amount) or _bought(case, match, amount)
        if spent is not None:
            said, where = spent
            message = f"写{match[0]}，{said}，没有说明节约的钱用到哪里"
            span, stated = Span(match.start(), match.end()), match["n"] or match["m"]
            yield case.finding("R42", span, message, severity=Severity.WARNING, stated=stated, also=(where,))


def _row_spent(case: Case, words: str, saved: Fraction) -> tuple[str, Span] | None:
    """The one row of a table that the words name, where its spending is just its budget."""
    named = pairs_of(_SAYS_LITTLE.sub(" ", words))
    rows = [
        (grid, row)
        for grid in case.grids
        for row in range(1, grid.rows)
        if not is_total(grid, row)
        and not named.isdisjoint(pairs_of(_SAYS_LITTLE.sub(" ", _label(grid, row))))
        and len(_planned_and_spent(case, grid, row)) == _TWO
    ]
    if len(rows) != 1:
        return None
    grid, row = rows[0]
    plan, spent = _planned_and_spent(case, grid, row)
    if plan != spent or plan <= saved:
        return None
    return f"“{_label(grid, row)}”预算{number(plan, 6)}万元却全部支出", grid.row_span(row)


_TWO = 2


def _label(grid: Grid, row: int) -> str:
    return next((text for text in grid.row(row) if re.match(r"[\u4e00-\u9fff]", text)), "")


def _planned_and_spent(case: Case, grid: Grid, row: int) -> tuple[Fraction, ...]:
    """What a row tells under the last header of a budget and under that of the spending; nothing where either is not there."""
    figures = figures_of(case, grid, row)
    stages = {column: _stage(grid, row, column) for column in figures}
    plans = [figures[c] for c, stage in stages.items() if stage in PLANNED]
    spent = [figures[c] for c, stage in stages.items() if stage == SPENT]
    return (plans[-1], spent[0]) if plans and len(spent) == 1 else ()


def _stage(grid: Grid, row: int, column: int) -> str:
    above = (grid.text(each, column) for each in range(row - 1, -1, -1))
    return next((stage for text in above if (stage := stage_of_header(text))), "")


def _bought(case: Case, match: re.Match[str], saved: Fraction) -> tuple[str, Span] | None:
    """The procurement of the same paragraph, where as much was paid as was planned: 「采购预算246.00万元，支付246.00万元，招标节约17.60万元」."""
    place = case.paragraph(match.start()).start
    own = [e for e in case.ledger if e.place == place and e.line == "政府采购" and e.year == case.year]
    plans = {e.amount for e in own if e.stage in PLANNED}
    spent = [e for e in own if e.stage == SPENT and e.amount != saved]
    if len(plans) != 1 or len(spent) != 1 or {spent[0].amount} != plans or spent[0].amount <= saved:
        return None
    return f"采购预算{spent[0].shown}却全部支出", spent[0].span
