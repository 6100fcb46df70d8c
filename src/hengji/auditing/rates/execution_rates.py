"""R11: rates of the budget and its spending: of the whole, of a line, of what was left of it."""

import itertools
import re
from collections.abc import Iterator, Mapping
from fractions import Fraction

from hengji.auditing.case import Case
from hengji.auditing.ledger import PLANNED, SPENT, WHOLE, planned
from hengji.auditing.numbers import common_unit, in_unit, number, ratio_fits
from hengji.auditing.rates.column_rates import money_columns
from hengji.auditing.slips import slipped_rate
from hengji.library.lines import load_lines
from hengji.library.texts import load_pairs
from hengji.model.extraction import Quantity
from hengji.model.finding import Finding
from hengji.model.numerals import read_decimal
from hengji.model.patterns import pattern
from hengji.model.units import dimension

_TWO = 2
_OF_THE_BUDGET = pattern(r"(?:全年|年度|整体)?(?:部门)?(?:整体)?预算(?:资金)?(?:支出|执行)率")


def told_execution(case: Case) -> Iterator[Finding]:
    """A rate of budget execution told apart from its amounts, which stand in a table or another sentence."""
    budget = [q for q in case.quantities("年度部门预算资金") if q.number]
    spent = [q for q in case.quantities("部门预算资金实际支出") if q.number]
    if (
        not budget
        or not spent
        or len({q.number for q in budget}) > 1
        or len({q.number for q in spent}) > 1
        or not budget[0].number
    ):
        return
    for quantity in case.told_rates:
        named = _OF_THE_BUDGET.fullmatch(quantity.name)
        if not named or quantity.year != case.year or quantity.about == "目标":
            continue
        if [q for q in case.beside(quantity) if dimension(q.unit) == "money"]:
            continue
        top, bottom = in_unit(spent[0], "万元"), in_unit(budget[0], "万元")
        if not ratio_fits(quantity, top, bottom, Fraction(1, 100)):
            shown = number(top / bottom * 100)
            message = f"写{quantity.value}%，按{spent[0].value} ÷ {budget[0].value}计算是{shown}%"
            yield case.finding("R11", quantity.span, message, stated=f"{quantity.value}%", recomputed=f"{shown}%")


def after_the_whole(case: Case) -> Iterator[Finding]:
    """「全年支出779.36万元，其中……。预算执行率为96.59%」: the sentence before tells what was spent in all, the ledger the budget."""
    wholes = [e for e in case.ledger if e.line == WHOLE and e.year == case.year and e.amount]
    budgets = {e.amount for e in wholes if e.stage in PLANNED and not e.table}
    spent = {e.span for e in wholes if e.stage == SPENT}
    for rate in case.told_rates if budgets else ():
        if not _OF_THE_BUDGET.fullmatch(rate.name) or rate.year != case.year or rate.about == "目标":
            continue
        paragraph = case.paragraph(rate.span.start)
        before = [q for q in case.found.quantities if paragraph.start <= q.span.start < rate.span.start]
        if not before or before[-1].sentence.end > rate.sentence.start:
            continue
        first = next(q for q in before if q.sentence == before[-1].sentence)
        if first.span not in spent:
            continue
        top = in_unit(first, "万元")
        if any(ratio_fits(rate, top, bottom, Fraction(1, 100)) for bottom in budgets):
            continue
        last = planned(case.ledger, WHOLE, case.year)
        if last is not None and ratio_fits(rate, top, last[0].amount):
            continue
        value = top / last[0].amount * 100 if last is not None else Fraction(0)
        if 0 < abs(value - Fraction(rate.number)) <= _AWAY and last is not None:
            shown = number(value)
            message = f"写{rate.value}%，按{number(top, 6)} ÷ {number(last[0].amount, 6)}计算是{shown}%"
            yield case.finding("R11", rate.span, message, stated=f"{rate.value}%", recomputed=f"{shown}%")


EXECUTION = pattern(r"(?:全年|年度|整体|项目)?(?:部门)?(?:整体)?(?:预算)?(?:资金)?(?:支出|执行)率")


def told_beside_table(case: Case) -> Iterator[Finding]:
    """A rate of execution told in words, against budget and spending in the form's own row of the whole."""
    wholes = list(_execution_rows(case))
    if len(wholes) != 1:
        return
    budget, spent = wholes[0]
    own = [e for e in case.ledger if e.line == WHOLE and e.year == case.year and e.amount]
    told = [(e.amount, plan.amount) for e in own if e.stage == SPENT for plan in own if plan.stage in PLANNED]
    made = {q.number for q in case.told_rates if EXECUTION.fullmatch(q.name) and _of_its_sentence(case, q)}
    for quantity in case.told_rates:
        if (
            quantity.number in made
            or quantity.about == "目标"
            or quantity.year != case.year
            or not EXECUTION.fullmatch(quantity.name)
        ):
            continue
        money = [q for q in case.beside(quantity) if dimension(q.unit) == "money"]
        if len(money) > 1 or any(in_unit(q, "万元") not in (budget, spent) for q in money):
            continue
        if any(ratio_fits(quantity, a, b, Fraction(1, 100)) for a, b in told):
            continue  # of the whole, as the text tells it: the table is of its projects
        if not ratio_fits(quantity, spent, budget, Fraction(1, 100)):
            shown = number(spent / budget * 100)
            message = f"写{quantity.value}%，按表中{number(spent, 6)} ÷ {number(budget, 6)}计算是{shown}%"
            yield case.finding("R11", quantity.span, message, stated=f"{quantity.value}%", recomputed=f"{shown}%")


def _of_its_sentence(case: Case, rate: Quantity) -> bool:
    """Whether a rate is made of a budget and what was spent of it, told in its own sentence or row: a table beside it is of something else."""
    at = rate.span.start
    own = (q for q in case.found.quantities if q.sentence.start <= at < q.sentence.end and dimension(q.unit) == "money")
    money = [in_unit(q, "万元") for q in own]
    pairs = itertools.permutations(money, _TWO)
    return any(bottom and ratio_fits(rate, top, bottom, Fraction(1, 100)) for top, bottom in pairs)


def _execution_rows(case: Case) -> Iterator[tuple[Fraction, Fraction]]:
    """Budget and spending of the whole, of every table that has them: the row of the total under such a header, else the first one."""
    for grid in case.grids:
        columns: Mapping[str, int] = {}
        found: list[tuple[bool, Fraction, Fraction]] = []
        for row in range(grid.rows):
            texts = grid.row(row)
            kinds = money_columns(texts)
            if {"rate", "spent", "budget"} <= kinds.keys():
                columns = kinds
                continue
            if columns:
                values = [read_decimal(re.sub(r"(?:万元|元)$", "", texts[columns[k]])) for k in ("budget", "spent")]
                if all(values):
                    budget, spent = (Fraction(value) for value in values if value is not None)
                    found.append((any(map(_TOTAL.fullmatch, texts)), budget, spent))
        if found:
            _, budget, spent = next((each for each in found if each[0]), found[0])
            yield budget, spent


_TOTAL = pattern(r"合计|总计|.{0,8}(?:资金|预算|支出)总额(?:\(.{0,6}\))?")


def under_budget(case: Case) -> Iterator[Finding]:
    """「公用经费预算298.50万元，控制率92.50%」, where the spending stands in another sentence."""
    sides = {pair.budget: pair.actual for pair in load_pairs().values()}
    for rate in case.told_rates:
        if rate.year != case.year or not rate.name.endswith(("控制率", "执行率", "完成率", "支出率")):
            continue
        near = [
            q for q in case.by_sentence.get(rate.sentence, ()) if dimension(q.unit) == "money" and q.span < rate.span
        ]
        if len(near) != 1 or near[0].item not in sides or not near[0].number or near[0].scope:
            continue
        spent = case.quantities(sides[near[0].item])
        if not spent or len({in_unit(q, "万元") for q in spent}) > 1:
            continue
        top, bottom = in_unit(spent[0], "万元"), in_unit(near[0], "万元")
        if not ratio_fits(rate, top, bottom, Fraction(1, 100)):
            shown = number(top / bottom * 100)
            message = f"写{rate.value}%，按{spent[0].value} ÷ {near[0].value}计算是{shown}%"
            yield case.finding("R11", rate.span, message, stated=f"{rate.value}%", recomputed=f"{shown}%")


_DIFFERENCE = pattern(
    r"(?:差异|变动|偏差|调整|核减|节约|增减|增长|下降|下浮|节支|压减|压缩|结余|结转)(?:率|幅度|比例)$"
)


def of_difference(case: Case) -> Iterator[Finding]:
    """「年初预算1,564.30万元，决算1,702.85万元，差异138.55万元，差异率7.86%」: the difference over neither of the two."""
    for rate in case.told_rates:
        if not _DIFFERENCE.search(rate.name) or not rate.number:
            continue
        near = [
            q
            for q in case.by_sentence.get(rate.sentence, ())
            if q.span < rate.span and dimension(q.unit) not in ("ratio", "") and q.about != "目标"
        ]
        near = [q for q in near if dimension(q.unit) == dimension(near[-1].unit)]
        if len(near) == _TWO and near[0].about == "预算" and near[1].about == "实际":
            first, last = (in_unit(q, "万元") for q in near) if dimension(near[0].unit) == "money" else (0, 0)
            yield from _of_budget_saved(case, rate, Fraction(first), Fraction(last))
            continue
        if len(near) != len(("first", "last", "difference")) or len({dimension(q.unit) for q in near}) > 1:
            continue
        unit = common_unit(near)
        first, last, gap = (in_unit(q, unit) for q in near)
        if not first or not last or abs(first - last) != abs(gap):
            continue
        if not any(ratio_fits(rate, abs(gap), bottom, Fraction(1, 100)) for bottom in (first, last)):
            shown = number(abs(gap) / first * 100)
            message = f"写{rate.value}%，按{near[2].value} ÷ {near[0].value}计算是{shown}%"
            yield case.finding("R11", rate.span, message, stated=f"{rate.value}%", recomputed=f"{shown}%")


def _of_budget_saved(case: Case, rate: Quantity, plan: Fraction, spent: Fraction) -> Iterator[Finding]:
    """「预算18.00万元，支出16.20万元，节约率12.00%」: what was saved over neither of the two."""
    if not plan or not spent or not re.search(r"节约率|结余率|节支率", rate.name):
        return
    if not any(ratio_fits(rate, abs(plan - spent), bottom, Fraction(1, 100)) for bottom in (plan, spent)):
        shown = number(abs(plan - spent) / plan * 100)
        message = f"写{rate.value}%，按{number(abs(plan - spent), 6)} ÷ {number(plan, 6)}计算是{shown}%"
        yield case.finding("R11", rate.span, message, stated=f"{rate.value}%", recomputed=f"{shown}%")


_LEFT = pattern(
    r"(?:未|尚未|没有)(?:支|付|拨|执行|使用|完成|兑付|发放)[\u4e00-\u9fff]{0,4}|(?:结余|剩余|余|尚余|尚欠)(?:资金)?"
)
_PAYING = pattern(r"[支付拨发兑用]|执行|完成")
_PAID = pattern(r".{0,8}(?:支付|支出|执行|拨付|发放|兑付|使用|完成|资金)率")


def of_paid_and_left(case: Case) -> Iterator[Finding]:
    """「支付1,850.00万元，未支54.00万元，支付率95%」: what was paid, over that and what was not."""
    for rate in case.told_rates:
        if rate.about == "目标" or not _PAID.fullmatch(rate.name):
            continue
        money = [
            q for q in case.by_sentence.get(rate.sentence, ()) if dimension(q.unit) == "money" and q.span < rate.span
        ]
        if len(money) < _TWO or not _LEFT.fullmatch(money[-1].name) or _LEFT.fullmatch(money[-2].name):
            continue
        if money[-2].name and not _PAYING.search(money[-2].name):
            continue  # what stands before is no payment, but what is owed or lacking
        paid, left = (in_unit(q, "万元") for q in money[-_TWO:])
        before = [in_unit(q, "万元") for q in money[:-_TWO]]
        if not paid or any(whole != paid + left for whole in before):
            continue
        if not ratio_fits(rate, paid, paid + left, Fraction(1, 100)):
            shown = number(paid / (paid + left) * 100)
            message = f"写{rate.value}%，按{number(paid, 6)} ÷ {number(paid + left, 6)}计算是{shown}%"
            yield case.finding("R11", rate.span, message, stated=f"{rate.value}%", recomputed=f"{shown}%")


_WHOLE_SUM = pattern(r"资金|总投资|预算|指标|安排")


def of_its_budget(case: Case) -> Iterator[Finding]:
    """A rate of execution beside what was spent alone, where another sentence tells the same spending with its budget."""
    money = [q for q in case.found.quantities if dimension(q.unit) == "money" and not q.table and q.number]
    for rate in case.told_rates:
        if not EXECUTION.fullmatch(rate.name) or rate.about == "目标":
            continue
        spent = [q for q in money if q.sentence == rate.sentence and q.span < rate.span]
        if len(spent) != 1 or spent[0].about == "预算":
            continue
        top = in_unit(spent[0], "万元")
        told = {q.sentence for q in money if in_unit(q, "万元") == top and q.sentence != rate.sentence}
        budgets = {
            in_unit(q, "万元")
            for q in money
            if q.sentence in told and (q.about == "预算" or _WHOLE_SUM.search(q.name)) and in_unit(q, "万元") > top
        }
        for bottom in budgets if len(budgets) == 1 else ():
            value = top / bottom * 100
            if abs(value - Fraction(rate.number)) <= _AWAY and not ratio_fits(rate, top, bottom, Fraction(1, 100)):
                shown = number(value)
                message = f"写{rate.value}%，按{number(top, 6)} ÷ {number(bottom, 6)}计算是{shown}%"
                yield case.finding("R11", rate.span, message, stated=f"{rate.value}%", recomputed=f"{shown}%")


_AWAY = Fraction(10)  # per cent: a rate further from every budget is of something else
_OF_SPENDING = pattern(r".{0,4}(?:执行|完成|支出)率")


def over_spending(case: Case) -> Iterator[Finding]:
    """「项目支出1,236.44万元，执行率95.13%」, where its budgets, the first and the adjusted one, stand elsewhere."""
    sides = {pair.actual: pair.budget for pair in load_pairs().values()}
    for rate in case.told_rates:
        if rate.year != case.year or not _OF_SPENDING.fullmatch(rate.name):
            continue
        clause = max(case.flat.rfind(mark, rate.sentence.start, rate.span.start) for mark in ";。:")
        near = [
            q
            for q in case.by_sentence.get(rate.sentence, ())
            if dimension(q.unit) == "money" and clause < q.span.start < rate.span.start
        ]
        if (
            len(near) != 1
            or near[0].item not in sides
            or near[0].item == "本年支出合计"
            or case.flat[near[0].span.end : rate.span.start].count(",") > 1
        ):
            continue
        budgets = {
            in_unit(q, "万元")
            for q in case.found.quantities
            if q.item == sides[near[0].item] and q.year == case.year and q.number and dimension(q.unit) == "money"
        }
        top = in_unit(near[0], "万元")
        values = [top / bottom * 100 for bottom in budgets]
        if not values or any(ratio_fits(rate, top, bottom, Fraction(1, 100)) for bottom in budgets):
            continue
        value = min(values, key=lambda each: abs(each - Fraction(rate.number)))
        if abs(value - Fraction(rate.number)) <= _AWAY:
            shown = number(value)
            message = f"写{rate.value}%，按“{near[0].name}”{near[0].value}万元和它的预算计算是{shown}%"
            yield case.finding("R11", rate.span, message, stated=f"{rate.value}%", recomputed=f"{shown}%")


_KEPT_TO = pattern(r".{0,12}(?:控制|执行|完成|支出)率")
_OF_LINES = ("三公经费", "公用经费", "政府采购", "基本支出", "项目支出")


def of_its_line(case: Case) -> Iterator[Finding]:
    """「“三公”经费控制率（3分）。控制率79.26%。」: an indicator's rate alone, one slip off what the line's amounts elsewhere make."""
    for rate in case.told_rates:
        if rate.year != case.year or rate.about == "目标" or "." not in rate.value:
            continue
        if not _KEPT_TO.fullmatch(rate.name) or any(
            dimension(q.unit) == "money" for q in case.by_sentence.get(rate.sentence, ())
        ):
            continue
        item = case.item_at(rate.span.start)
        words = re.sub(r"[\s\"“”]", "", f"{item.name if item is not None else ''}{rate.name}")
        line = load_lines().line(words, load_lines().family(words))
        pair = planned(case.ledger, line, case.year) if line in _OF_LINES else None
        if pair is None:
            continue
        bottom, top = (entry.amount for entry in pair)
        if bottom and not ratio_fits(rate, top, bottom, Fraction(1, 100)) and slipped_rate(rate, top, bottom):
            shown = number(top / bottom * 100)
            message = f"写{rate.value}%，按{line}{number(top, 6)}万元 ÷ 预算{number(bottom, 6)}万元计算是{shown}%"
            yield case.finding("R11", rate.span, message, stated=f"{rate.value}%", recomputed=f"{shown}%")
