"""R15: 三公经费 against its budget, against 公用经费, and the way it is said to have gone."""

import re
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction

from hengji.auditing.case import Case
from hengji.auditing.denials.of_all import said_of_all
from hengji.auditing.ledger import PLANNED, SPENT, Entry, planned
from hengji.auditing.numbers import in_unit, number
from hengji.auditing.rates.column_rates import money_columns
from hengji.extracting.flat import flat
from hengji.library.lines import load_lines
from hengji.model.extraction import Span
from hengji.model.finding import Finding, Severity
from hengji.model.numerals import read_decimal
from hengji.model.patterns import pattern
from hengji.model.units import dimension

_LOW = Fraction(1, 2)
_ALL = "三公经费"


def three_public(case: Case) -> Iterator[Finding]:
    """R15: 三公 spending over its budget or far below it; a 三公 budget larger than the whole 公用经费."""
    pair = planned(case.ledger, _ALL, case.year)
    if pair is not None:
        yield from _held(case, *pair)
    yield from _parts_over(case)
    yield from _kept_parts(case)
    yield from _beyond_office(case)


def _held(case: Case, plan: Entry, spent: Entry) -> Iterator[Finding]:
    if spent.amount > plan.amount:
        if _ALLOWED.search(case.text(case.paragraph(spent.span.start))) or _was_raised(case, plan, spent):
            return
        if any(
            item.claimed == 0 and "三公" in item.name and _ADMITTED.search(item.actual) for item in case.found.items
        ):
            return
        claim, over = _claimed_kept(case, spent) or _said_of_the_whole(case, spent), _part_over(case, spent).span
        yield case.finding(
            "R15",
            claim or over,
            f"“三公”经费决算{number(spent.amount, 6)}万元，超过预算{number(plan.amount, 6)}万元{'，这里却写没有超过预算' if claim else ''}",
            stated=number(spent.amount, 6),
            recomputed=number(plan.amount, 6),
            also=(over, plan.span) if claim else (plan.span,),
        )
    elif (
        plan.amount > 0
        and spent.amount / plan.amount < _LOW
        and plan.amount - spent.amount > 1
        and not _EXPLAINED.search(case.text(case.paragraph(spent.span.start)))
    ):
        shown = number(spent.amount / plan.amount * 100)
        near = plan.place == spent.place and not plan.table
        low, high = sorted((plan.span, spent.span))
        yield case.finding(
            "R15",
            Span(low.start, high.end) if near and case.sentence(low.start) == case.sentence(high.start) else plan.span,
            f"“三公”经费预算{number(plan.amount, 6)}万元，只支出{number(spent.amount, 6)}万元，执行率{shown}%，预算可能偏大或小数点有误",
            stated=number(plan.amount, 6),
            recomputed=f"{shown}%",
        )


def _claimed_kept(case: Case, spent: Entry) -> Span | None:
    """Where another passage than the one with the figures says of these expenses that they kept within their budget: the row of their leaf."""
    for match in _KEPT.finditer(case.flat) if "三公" in case.flat else ():
        span = _clause_of(case, match)
        if (
            not case.in_table(match.start())
            or "万元," in case.text(span)
            or (spent.table and _in_one_table(case, match, spent))
        ):
            continue  # a claim with figures of its own is held against those
        item, own = case.item_at(match.start()), case.paragraph(spent.span.start)
        if item is not None and case.text(span) in flat(item.rule) and case.text(span) not in flat(item.remark):
            continue
        about = (item.name if item is not None else "") + case.text(span)
        if "三公" in about and not own.start <= match.start() < own.end and not case.aimed_at(match.start()):
            return span
    return None


def _said_of_the_whole(case: Case, spent: Entry) -> Span | None:
    """Where a leaf says of these expenses as a whole that they kept within their budget."""
    for finding, whole in said_of_all(case):
        at = finding.start or 0
        if finding.code == "R15" and whole and case.item_at(at) is not None and not case.in_table(at):
            return Span(at, finding.end or at) if case.sentence(at) != case.sentence(spent.span.start) else None
    return None


def _in_one_table(case: Case, match: re.Match[str], spent: Entry) -> bool:
    blocks = [case.found.document.block_at(at) for at in (match.start(), spent.span.start)]
    return blocks[0] == blocks[1]


def _clause_of(case: Case, match: re.Match[str]) -> Span:
    """A claim with the rest of its sentence or cell."""
    low = max(case.flat.rfind(mark, 0, match.start()) for mark in "。;\n\t") + 1
    ends = [at for at in (case.flat.find(mark, match.end()) for mark in "。;\n\t") if at >= 0]
    return Span(low, min(ends, default=len(case.flat)))


def _was_raised(case: Case, plan: Entry, spent: Entry) -> bool:
    """Whether a later budget covers what was spent, or a sentence on these expenses tells an addition that does."""
    own = (e for e in case.ledger if e.line == _ALL and e.year == case.year and e.stage in ("调整", "全年", "预算"))
    if plan.stage != "调整" and any(e.amount >= spent.amount for e in own):
        return True
    missing = spent.amount - plan.amount
    return any(
        any(dimension(q.unit) == "money" and in_unit(q, "万元") >= missing for q in quantities)
        and _RAISED.search(text := case.text(sentence)) is not None
        and _PARTS.search(text) is not None
        for sentence, quantities in case.by_sentence.items()
    )


_ADMITTED = pattern(r"超(?:出|过)?(?:年初)?预算\s?\d")  # in the row of a leaf that gave up its points
_RAISED = pattern(r"(?:追加|调增|增加预算|调剂)[^。;]{0,30}\d")


def _part_over(case: Case, spent: Entry) -> Entry:
    """In a table the one part that is over its own budget, else the whole."""
    within = load_lines().within
    parts = [e for e in case.ledger if e.place == spent.place and within.get(e.line) == _ALL] if spent.table else []
    pairs = [pair for line in {e.line for e in parts} if (pair := planned(parts, line, case.year)) is not None]
    over = [bought for plan, bought in pairs if bought.amount > plan.amount]
    return over[0] if len(over) == 1 else spent


def _beyond_office(case: Case) -> Iterator[Finding]:
    told = [e for e in case.ledger if e.year == case.year and not _of_a_change(case, e)]
    own = [e for e in told if e.stage in PLANNED]
    spent = [e for e in told if e.stage == SPENT and not e.table]
    public = next((e for e in (*own, *spent) if e.line == _ALL), None)
    office = max((e for e in own if e.line == "公用经费"), key=lambda e: e.amount, default=None)
    if office is None:  # what was spent of both, where only that is told of the office's money
        office = max((e for e in spent if e.line == "公用经费"), key=lambda e: e.amount, default=None)
        public = next((e for e in spent if e.line == _ALL), public)
    if public is None or office is None or _APART.search(case.text(case.paragraph(public.span.start))):
        return
    named = (q for q in case.found.quantities if q.name.startswith("公用经费") and dimension(q.unit) == "money")
    if any(in_unit(q, "万元") >= public.amount for q in named if q.year == case.year):
        return  # the small amount was taken from the office's money or added to it
    if public.amount > office.amount > 0:
        yield case.finding(
            "R15",
            public.span,
            f"“三公”经费{public.shown}，比公用经费{office.shown}还多，请核对",
            severity=Severity.WARNING,
            stated=public.shown,
            recomputed=office.shown,
            also=(office.span,),
        )


def _of_a_change(case: Case, entry: Entry) -> bool:
    """Whether an amount is what was added to a line, and not the line: 「年中追加84.40万元，用于公用经费增支11.40万元」."""
    lead = case.flat[case.sentence(entry.span.start).start : entry.span.start]
    return not entry.table and _CHANGE.search(lead.rpartition(";")[2]) is not None


_CHANGE = pattern(
    r"(?:追加|增支|增加|调增|补助|补充)[^,。;\d]{0,10}$|(?:追加|调增|增加)[^。;]{0,30}?(?:用于|用以|其中|主要是)[^。;]{0,30}$"
)
_APART = pattern(r"均为公务用车|全部为公务用车|集中(?:保障|统管)|项目经费")  # cars of a pool are paid from projects
_ALLOWED = pattern(r"(?:超支|超出|超过|追加)[^。]{0,40}(?:批准|批复|同意|追加)|(?:批准|批复|同意)[^。]{0,20}追加")
_KEPT = pattern(r"(?:未|没有?|无)(?:有)?(?:超出?|突破|超过)|(?:控制在|不超|低于)[^,。;]{0,14}预算")


def _parts_over(case: Case) -> Iterator[Finding]:
    """One of the three above its own budget in a paragraph that says that nothing went over, or does not say why."""
    within = load_lines().within
    for place, line in {(e.place, e.line): None for e in case.ledger if within.get(e.line) == _ALL and not e.table}:
        pair = planned((e for e in case.ledger if e.place == place), line, case.year)
        if pair is None or pair[1].amount <= pair[0].amount:
            continue
        plan, spent = pair
        told = case.text(case.paragraph(spent.span.start))
        kept = _KEPT.search(told) is not None
        if kept or not (_EXPLAINED.search(told) or _ALLOWED.search(told)):
            end = "，却写没有超过预算" if kept else "，没有说明原因"
            message = f"{line}预算{plan.shown}，支出{spent.shown}{end}"
            yield case.finding("R15", spent.span, message, stated=spent.shown, recomputed=plan.shown)


_FELL = pattern(
    r"(?:(?:比|较|同比|与)[^,。;]{0,14}(?:有所|明显|大幅|略有|逐年|持续|进一步|实现(?:了)?|均|都|全面|双|[^,。;\d]{0,4}相比,?)*(?:下降|减少|压减|降低|压缩|回落)|(?:有所|明显|大幅|逐年|持续)(?:下降|减少|压减|降低|压缩)|只减不增|不增反降)(?!(?:了|约|近)?\s?\d|幅度|率)"
)


def public_fell(case: Case) -> Iterator[Finding]:
    """R15: 「“三公”经费比2022年有所下降」, without a figure, where the figures of the two years say that it rose."""
    lines = load_lines()
    if "三公" not in case.flat and "公务" not in case.flat:
        return
    yield from _fell_from_less(case)
    own = [e for e in case.ledger if e.stage not in PLANNED and _ALL in (e.line, lines.within.get(e.line))]
    if not {case.year, case.year - 1} <= {e.year for e in own}:
        return  # nothing to compare
    for match in _FELL.finditer(case.flat):
        if _OF_PLANS.search(match[0]) or _in_last_year(case, match.start()):
            continue
        paragraph = case.paragraph(match.start())
        lead = case.flat[max(paragraph.start, match.start() - _NEAR) : match.end()]
        line = lines.line(re.sub(r"[\s\"“”]", "", lead), _ALL)
        if line != _ALL and lines.within.get(line) != _ALL:
            continue
        if _COUNTS.search(lead[-_OF_IT:]):
            continue  # the number of receptions fell, not what was paid for them
        told = [e for e in own if e.line == line]
        beside = [e for e in told if paragraph.start <= e.span.start < paragraph.end]
        now, past = (_one(beside, year) or _one(told, year) for year in (case.year, case.year - 1))
        if now is None or past is None or now.amount <= past.amount:
            continue
        span = Span(match.start(), match.end())
        message = f"写“{match[0]}”，{line}{case.year - 1}年是{past.shown}，{case.year}年是{now.shown}，是上升的"
        yield case.finding("R15", span, message, stated=now.shown, recomputed=past.shown, also=(now.span, past.span))
        return


def _in_last_year(case: Case, at: int) -> bool:
    """Whether it is last year that is said to have had less: 「2022年受疫情影响检查大幅减少，2023年恢复正常」."""
    clause = case.flat[max(case.flat.rfind(mark, 0, at) for mark in ",;。\n") + 1 : at]
    return re.match(rf"[^比较]{{0,8}}{case.year - 1}\s?年(?![^,。;]*[比较])", clause) is not None


_OF_PLANS = pattern("预算|计划|目标|限额|控制数")  # 「较年初预算有所减少」: against no year
_FROM_LESS = pattern(
    r"(?P<now>\d[\d,]*(?:\.\d+)?)\s?万元[,(]\s?(?P<told>(?:[比较]|相?较于)(?:上年|去年|20\d\d年)(?:度|同期)?(?:实际|决算|支出)*数?的?\s?(?P<past>\d[\d,]*(?:\.\d+)?)\s?万元"
    r"(?:有所|明显|大幅|略有|进一步|相应)*(?:下降|减少|压减|降低|压缩|回落))(?!(?:了|约|近)?\s?\d|幅度|率)"
)


def _fell_from_less(case: Case) -> Iterator[Finding]:
    """「支出10.80万元，较上年的10.20万元有所下降」: the two figures stand right beside the claim."""
    for match in _FROM_LESS.finditer(case.flat):
        lead = case.flat[case.sentence(match.start()).start : match.start()]
        now, past = (Fraction(match[key].replace(",", "")) for key in ("now", "past"))
        if now > past and ("三公" in lead or _PARTS.search(lead)) and not case.aimed_at(match.start()):
            message = f"写“{match['told']}”，而{match['now']}万元比{match['past']}万元多，是上升的"
            yield case.finding(
                "R15",
                Span(*match.span("told")),
                message,
                stated=f"{match['now']}万元",
                recomputed=f"{match['past']}万元",
            )


_COUNTS = pattern(r"批次|人次|人数|次数|数量|车辆数|场次")
_OF_IT = 20  # characters before the end of a claim in which its subject stands
_NEAR = 60  # characters before such a claim that say of what


def _one(entries: Iterable[Entry], year: int) -> Entry | None:
    """The one amount of a year; None where there is none or there are several."""
    found = {e.amount: e for e in entries if e.year == year}
    return next(iter(found.values())) if len(found) == 1 else None


_PARTS = pattern(r"公务接待|公务用车|公车|用车购置|运行维护|运维费|因公出国|出国\(境\)|接待费")


_BY_SO_MUCH = pattern(
    r"(?:低于|少于|比|较)(?:年初|全年|批复)?预算(?:数|安排)?(?:低|少|节约|减少)?(?:了)?\s?$"
)  # 「低于预算2.70万元」
_BEFORE = 12  # characters


def _kept_parts(case: Case) -> Iterator[Finding]:
    """Parts that together, or one that alone, went over what was budgeted, where the text says that nothing did."""
    for sentence, quantities in case.by_sentence.items():
        text = case.text(sentence)
        kept = _KEPT.search(text) if _PARTS.search(text) else None
        if kept is None:
            continue
        money = [q for q in quantities if q.unit == "万元"]
        parts = [q for q in money if _PARTS.search(q.name) and q.about != "预算"]
        plans = [
            q
            for q in money
            if q.about == "预算"
            and not _PARTS.search(q.name)
            and q.span.start > sentence.start + kept.start()
            and not _BY_SO_MUCH.search(case.flat, max(sentence.start, q.span.start - _BEFORE), q.span.start)
        ]
        total = sum((in_unit(q, "万元") for q in parts), Fraction(0))
        if len(parts) > 1 and len(plans) == 1 and total > in_unit(plans[0], "万元"):
            span = Span(parts[0].span.start, plans[0].span.end)
            message = f"各项相加{number(total, 6)}万元，超过预算{plans[0].value}万元，却写没有超过预算"
            yield case.finding("R15", span, message, stated=plans[0].value, recomputed=number(total, 6))
    claim = _CLAIM.search(case.flat)
    over = next(iter(_rows_over(case)), None) if claim is not None else None
    if claim is not None and over is not None:
        name, plan, spent = over
        message = f"这里写各项都在预算以内，附表“{name}”预算{number(plan, 6)}万元，决算{number(spent, 6)}万元"
        yield case.finding(
            "R15", Span(claim.start(), claim.end()), message, stated=number(spent, 6), recomputed=number(plan, 6)
        )


_CLAIM = pattern(
    r"(?:各分?项|三项|分项|接待)[^。;]{0,14}(?:均|都)[^。;]{0,6}(?:控制在|未超|没有超|没有突破|低于)[^。;]{0,8}预算[^,。;]{0,4}"
)


def _rows_over(case: Case) -> Iterator[tuple[str, Fraction, Fraction]]:
    """The rows of 三公 parts in tables whose spending is above the budget as it stood last."""
    for grid in case.grids:
        columns: Mapping[str, int] = {}
        for row in range(grid.rows):
            kinds = money_columns(grid.row(row))
            if {"budget", "spent"} <= kinds.keys():
                columns = kinds
                continue
            name = next((text for text in grid.row(row) if _PARTS.search(text)), "")
            values = (
                [read_decimal(grid.text(row, columns[key])) for key in ("budget", "spent")] if columns and name else []
            )
            plan, spent = values if len(values) > 1 else (None, None)
            if plan is not None and spent is not None and spent > plan:
                yield name, Fraction(plan), Fraction(spent)


_EXPLAINED = pattern(r"原因|由于|因(?!此|公)|主要(?:是|系)|(?<=[,。;])系|推迟|收回|调减|取消|未实施|暂缓")


_NOTHING = pattern(
    r"(?:(?:未|没有|无)(?:发生|安排|组织|产生|列支|支出)?(?:新增|新购|更新)?"
    r"(?:(?P<bought>购置(?:公务用车|公车|车辆))|(?P<named>因公出国(?:\(境\))?|公务接待|(?:公务用车|公车|车辆)购置))"
    r"(?:费用?|支出|活动|事项|任务|团组)*)(?=[,。;、()及和\n\t]|$)"
)
_OF_SOME = pattern(r"本级|机关|下属|所属|二级|本部(?!门)|其[他余]|上年|去年|20\d\d年")


def nothing_spent(case: Case) -> Iterator[Finding]:
    """R15: 「未购置公务用车」, where the table or another sentence tells what was paid for it."""
    for match in _NOTHING.finditer(case.flat) if "公务" in case.flat or "因公" in case.flat else ():
        sentence = case.sentence(match.start())
        lead = case.flat[max(sentence.start, match.start() - _OF_IT) : match.start()].replace(f"{case.year}年", "")
        line = "公务用车购置费" if match["bought"] else load_lines().line(match["named"], _ALL)
        paid = [e for e in case.ledger if e.line == line and e.stage == SPENT and e.year == case.year and e.amount]
        if not paid or _OF_SOME.search(lead) or case.aimed_at(match.start()):
            continue
        message = f"这里写“{match[0]}”，另一处{line}支出{paid[0].shown}"
        span = Span(match.start(), match.end())
        yield case.finding("R15", span, message, stated=match[0], recomputed=paid[0].shown, also=(paid[0].span,))
        return
