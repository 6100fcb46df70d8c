"""R09 and R10: a budget and its spending that agree in all and not in their parts."""

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from hengji.auditing.case import Case, once
from hengji.auditing.ledger import SPENT, WHOLE, Entry, Split, planned, splits
from hengji.auditing.numbers import number
from hengji.auditing.sums.column_sums import figures_of, is_total
from hengji.extracting.tables.grid import Grid
from hengji.library.lines import load_lines, stage_of_header
from hengji.model.extraction import Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_CENT = Fraction(1, 100)
_TOLD_MOVED = pattern(
    r"(?:项目支出|基本支出|人员经费|公用经费|项目经费|科目)[^。]{0,30}调剂|调剂[^。]{0,30}(?:项目支出|基本支出|人员经费|项目经费|科目|项目资金)"
)
_APPROVED = pattern(
    r"经[^。]{0,24}(?:批复|批准|同意)[^。]{0,30}(?:调整|追加|调增|调减)|调整[^。]{0,20}经[^。]{0,24}(?:批复|批准|同意)"
)
_CHANGED = pattern(
    r"(?<!没有)(?<!未)(?<!无)(?:追加|追减|调增|调减|核增|核减)[^。;,]{0,12}\d|调整(?:后|预算)[^。;,]{0,12}\d"
)
_UNCHANGED = pattern(
    r"(?:当年|本年度?|全年|年中|年度中|执行中|预算)(?:预算)?(?:未|没有|无)(?:[作做]|办理|发生|进行)?(?:预算)?(?:追加追减|追加|调整|追减|调增|调减)"
)
_AS_PLANNED = pattern(
    r"[与和同][^,。;]{0,10}(?:预算|批复)(?:[^,。;]|,(?=\d)){0,16}?(?:一致|相等|持平|相同|相符|分毫不差|一分不差)"
)
_AT_FULL_RATE = pattern(
    r"\s?,(?:为|占)?(?:全年|年初|部门)?预算(?:的|完成率|执行率|支出率)(?:达到?|为|是)?\s?100(?:\.0+)?\s?%"
)
_ROUGH = 1000  # a whole that is off by less than one in so many is the same whole
_KEPT = pattern(
    r"(?:各类|各项|两类|所有|全部)?(?:支出|经费)?(?:均|都|全部|严格)(?:严格)?(?:控制在|未突破|未超|没有超|没有突破)[^,。;]{0,10}预算[^,。;]{0,4}"
)
_NOT_MOVED = pattern(
    r"[^,。;\n\t]{0,10}(?:基本支出[与和、及]项目支出|项目支出[与和、及]基本支出)[^,。;\n\t]{0,6}(?:没有|[未无])[^,。;\n\t]{0,4}调剂"
)
_BASIC = ("人员经费", "公用经费")
_LATEST = ("调整", "全年", "预算", "年初")


def parts_moved(case: Case) -> Iterator[Finding]:
    """R09: the wholes agree and one part is above its budget by what another is below; or less was spent in all and still more of one part."""
    said_so = _NOT_MOVED.search(case.flat) if "调剂" in case.flat else None
    settled = False
    for plan, spent in _pairs(case):
        if settled and not _of_one_table(plan, spent):
            continue
        moved = _moved(plan, spent)
        if _told_moved(case, plan.stage, max(moved.values())):
            return
        saved = plan.total - spent.total
        over = max(moved, key=lambda name: moved[name])
        same = abs(saved) <= max(_CENT * 2, plan.total / _ROUGH)
        if all(abs(gap) <= _CENT * 2 for gap in moved.values()):
            settled = True
            continue
        if _steps_told(case, moved):
            return
        latest = plan.stage == _pairs(case)[0][0].stage
        basic = (
            over == "基本支出"
            or (over == "项目支出" and latest)
            or (over == "公用经费" and plan.stage == "调整")
            or (said_so is not None and over != "项目支出" and _basic(spent) > _basic(plan))
        )
        if moved[over] <= _CENT * 2 or (not same and not (saved > 0 and basic and _last(case, plan))):
            continue
        entry = spent.parts[over] if over in spent.parts else next(iter(spent.parts.values()))
        planned_part = plan.parts.get(over) or next(iter(plan.parts.values()))
        said = "，".join(
            f"{name}{'多' if gap > 0 else '少'}{number(abs(gap), 6)}万元" for name, gap in moved.items() if gap
        )
        kept = "预算与支出总额一致" if same else "支出总额没有超过预算"
        denied = _KEPT.search(case.flat, planned_part.span.end, case.paragraph(planned_part.span.start).end)
        denied = denied or said_so
        yield case.finding(
            "R09",
            _where_told(case, abs(moved[over]), entry) if denied is None else Span(denied.start(), denied.end()),
            f"{kept}，各部分却不一致：与预算相比，{said}，报告没有说明调剂",
            stated=number(entry.amount, 6),
            recomputed=number(entry.amount - moved[over], 6),
            also=(planned_part.span, *((entry.span,) if entry.table or denied is not None else ())),
        )
        return


def _of_one_table(plan: Split, spent: Split) -> bool:
    """Whether one table splits both, which proves by itself what other figures of the report do not show."""
    one, other = (next(iter(split.parts.values())) for split in (plan, spent))
    return one.table and other.table and one.place == other.place


def _told_moved(case: Case, stage: str, gap: Fraction) -> bool:
    """Whether the report says itself that so much was moved between the parts, or, of a first budget, that it was changed with consent."""
    moved, approved = moves_told(case)
    return any(amount is None or amount * 2 >= gap for amount in moved) or (approved and stage != "调整")


@once
def moves_told(case: Case) -> tuple[tuple[Fraction | None, ...], bool]:
    """The movements between the parts that are told, by the largest amount of their clauses, and whether a change with consent is.

    What is denied is told of neither.
    """
    moved = [m for m in _TOLD_MOVED.finditer(case.flat) if not _denied(case, m)] if "调剂" in case.flat else []
    approved = any(not _denied(case, match) for match in _APPROVED.finditer(case.flat))
    return tuple(_most_moved(case, match) for match in moved), approved


def _most_moved(case: Case, match: re.Match[str]) -> Fraction | None:
    """The largest amount that the clauses of a movement tell: 2.40万元 of an office's money are not 23.55万元 of a project's."""
    start = max(case.flat.rfind(mark, 0, match.start()) for mark in ";。\n") + 1
    ends = [at for mark in ";。\n" if (at := case.flat.find(mark, match.end())) >= 0]
    told = _AMOUNT.finditer(case.flat, start, min(ends, default=len(case.flat)))
    return max((Fraction(each["n"].replace(",", "")) for each in told), default=None)


_DENIED = pattern(r"[未没无不][^,。;]{0,6}(?:办理[^,。;]{0,10})?(?:调剂|调整|追加|调增|调减)")


def _denied(case: Case, match: re.Match[str]) -> bool:
    """Whether a movement is denied, inside of what is told of it or in the words before: 「没有在基本支出和项目支出之间调剂」."""
    start = max(case.flat.rfind(mark, 0, match.start()) for mark in ",。;\n\t") + 1
    return _DENIED.search(match[0]) is not None or _DENIES.search(case.flat, start, match.start()) is not None


_DENIES = pattern(r"(?:没有|[未无不]|未曾)(?:发生|存在|出现|在|将)?$")


def _last(case: Case, plan: Split) -> bool:
    """Whether a budget is the last that is told."""
    if _UNCHANGED.search(case.flat):
        return True
    adjusted = any(entry.stage == "调整" for entry in case.ledger)
    first = {e.amount for e in case.ledger if e.line == WHOLE and e.stage == "年初" and e.year == case.year}
    if plan.stage == "全年" and first and plan.total not in first:
        return True  # the first budget with what was added to it
    return plan.stage == "调整" or not (adjusted or _CHANGED.search(case.flat))


def _said_alike(case: Case, spent: Span, whole: str) -> re.Match[str] | None:
    """Where the report says itself that the spending is the budget: behind the figure, or where that is told once more."""
    said = _AS_PLANNED.search(case.flat, spent.end, case.paragraph(spent.start).end)
    again = re.compile(rf"支出{re.escape(whole)}\d*万元,\s?(?={_AS_PLANNED.pattern})")
    told = again.search(case.flat) if said is None else None
    return said if told is None else _AS_PLANNED.match(case.flat, told.end())


def budget_from_accounts(case: Case) -> Iterator[Finding]:
    """R10: the initial budget is the spending to the cent while their parts differ, and no adjusted budget is told."""
    if any(entry.stage == "调整" for entry in case.ledger):
        return
    settled = False
    for plan, spent in _pairs(case):
        if settled and not _of_one_table(plan, spent):
            continue
        moved = _moved(plan, spent)
        if _told_moved(case, plan.stage, max(moved.values())):
            return
        whole_year = plan.stage == "全年" and not next(iter(plan.parts.values())).table
        whole_year = whole_year and not (_CHANGED.search(case.flat) or _first_budget(case))
        if not (plan.stage in ("年初", "预算") or whole_year) or abs(plan.total - spent.total) > _CENT:
            continue
        if all(abs(gap) <= _CENT * 2 for gap in moved.values()):
            settled = True
            continue
        if _steps_told(case, moved):
            return
        alike = (e for e in case.ledger if e.line == WHOLE and e.stage == plan.stage and e.amount == plan.total)
        entry = next((e for e in alike if not e.table), plan.whole or next(iter(plan.parts.values())))
        whole = number(plan.total, 6)
        message = f"预算合计{whole}万元与支出一分不差，而各部分不同，预算可能是按决算倒填的"
        other = (spent.whole or next(iter(spent.parts.values()))).span
        said = _said_alike(case, other, whole)
        if said is not None:  # where the report itself says that the two are one amount
            told = Span(said.start(), said.end())
            yield case.finding("R10", told, message, stated=whole, recomputed=whole, also=(entry.span, other))
            return
        at, also = (other, entry.span) if _AT_FULL_RATE.match(case.flat, other.end) else (entry.span, other)
        yield case.finding("R10", at, message, stated=whole, recomputed=number(spent.total, 6), also=(also,))
        return


def _first_budget(case: Case) -> bool:
    """Whether a first budget is told beside that of the whole year."""
    return any(e.line == WHOLE and e.stage == "年初" and e.year == case.year for e in case.ledger)


@once
def _splits(case: Case) -> tuple[Split, ...]:
    """All wholes that the ledger splits into parts, whichever year they are of, and the budgets that told additions make of them."""
    told = tuple(splits(case.ledger))
    return (
        *told,
        *(raised for split in told if split.stage == "年初" and (raised := _raised(case, split)) is not None),
    )


_STEP = r"(?P<{0}>追加|调增|核增|增加|追减|调减|核减|收回)(?:了|安排|预算)?"
_PART = r"(?P<{0}>基本支出|项目(?:支出|经费|资金)|人员(?:经费|支出)|(?:日常)?公用(?:经费|支出))(?:预算)?"
_ADDED = pattern(
    rf"(?:{_STEP.format('before')}{_PART.format('of')}|{_PART.format('part')}{_STEP.format('behind')})(?P<n>\d[\d,]*(?:\.\d+)?)\s?万元"
)
# 「上级下达转移支付资金132.00万元，全部列入项目经费」
_ALL_FOR = pattern(
    rf"(?P<n>\d[\d,]*(?:\.\d+)?)\s?万元,?(?:全部|均|全额)(?P<before>列入|用于|安排(?:为|给)?|纳入|增加)(?P<behind>)(?P<of>){_PART.format('part')}"
)


_LESS = ("追减", "调减", "核减", "收回")


def _steps_told(case: Case, moved: dict[str, Fraction]) -> bool:
    """Whether the report tells of each part just what was added to it or taken from it: 「基本支出追加8.00万元,项目支出收回8.00万元」."""
    told = {
        (load_lines().names.get(m["of"] or m["part"], "项目支出"), sign * Fraction(m["n"].replace(",", "")))
        for m in _ADDED.finditer(case.flat)
        for sign in ((-1,) if (m["before"] or m["behind"]) in _LESS else (1,))
    }
    most = max(moved.values())
    turned = any(Fraction(m["n"].replace(",", "")) == most for m in _TURNED_TO.finditer(case.flat))
    return turned or all((name, gap) in told for name, gap in moved.items() if gap)


# What was saved and turned to another use with consent, by its amount.
_TURNED_TO = pattern(
    r"(?:同意|批准|批复|核准)[^。;]{0,12}将[^。;\d]{2,30}(?P<n>\d[\d,]*(?:\.\d+)?)\s?万元(?:调剂|统筹|转|改)?[^,。;\d]{0,4}(?:用于|用作|安排|调|弥补|解决)"
)


def _raised(case: Case, plan: Split) -> Split | None:
    """The adjusted budget's parts, where what was added to each is told and makes the adjusted whole."""
    first = next(iter(plan.parts.values()))
    wholes = {e.amount for e in case.ledger if e.line == WHOLE and e.stage in ("调整", "全年") and e.year == case.year}
    if not wholes or first.table:
        return None
    parts = dict(plan.parts)
    text = case.text(case.paragraph(first.span.start))
    for match in (*_ADDED.finditer(text), *_ALL_FOR.finditer(text)):
        step = match["before"] or match["behind"]
        name = load_lines().names.get(match["of"] or match["part"], "项目支出")
        if name in parts:
            sign = -1 if step in _LESS else 1
            amount = parts[name].amount + sign * Fraction(match["n"].replace(",", ""))
            parts[name] = replace(parts[name], amount=amount)
    raised = Split("调整", parts, None)
    return raised if raised.total != plan.total and raised.total in wholes else None


@once
def _pairs(case: Case) -> tuple[tuple[Split, Split], ...]:
    """A budget of the year, the last one first, with the spending of the year, both split into parts that compare."""
    every = [split for split in _splits(case) if next(iter(split.parts.values())).year == case.year]
    plans = sorted((s for s in every if s.stage in _LATEST), key=lambda s: _LATEST.index(s.stage))
    spent = [s for s in every if s.stage == SPENT]
    return tuple((plan, actual) for plan in plans for actual in spent if _moved(plan, actual))


def _moved(plan: Split, spent: Split) -> dict[str, Fraction]:
    """By how much each part was spent above its budget; staff and office are taken together where one side has only both."""
    if plan.parts.keys() == spent.parts.keys():
        return {name: spent.parts[name].amount - plan.parts[name].amount for name in plan.parts}
    before, after = _basic(plan), _basic(spent)
    projects = spent.parts["项目支出"].amount - plan.parts["项目支出"].amount
    return {"基本支出": after - before, "项目支出": projects}


def _basic(split: Split) -> Fraction:
    return sum((entry.amount for name, entry in split.parts.items() if name != "项目支出"), Fraction(0))


_AMOUNT = pattern(r"(?P<n>\d[\d,]*(?:\.\d+)?)\s?万元")


def _where_told(case: Case, gap: Fraction, entry: Entry) -> Span:
    """Where the text itself names the amount moved, else the part's amount in words, else in its table."""
    if not entry.table:
        return entry.span
    for match in _AMOUNT.finditer(case.flat):
        if Fraction(match["n"].replace(",", "")) in (gap, entry.amount) and not case.in_table(match.start()):
            return Span(match.start(), match.end())
    return entry.span


_MOVE = pattern(
    r"(?P<one>基本支出|项目支出|人员经费|公用经费)[^,。;]{0,8}(?:超|[比较][^,。;]{0,4}预算(?:多|增加|增长|高|超)|高于)[^,。;\d]{0,8}(?P<n>\d[\d,]*(?:\.\d+)?)\s?万元"
    r"[^。\d]{0,24}?(?P<other>基本支出|项目支出|人员经费|公用经费|项目资金|项目经费)[^,。;\d]{0,24}?(?:比[^,。;]{0,4}预算少|低于|少支|结余|节约|少|压减|调减|减)[^,。;\d]{0,8}(?P=n)\s?万元"
)
_MOVE_BEHIND = pattern(
    r"(?P<one>基本支出|人员经费|公用经费)[^,。;]{0,8}(?:超|[比较][^,。;]{0,4}预算(?:多|增加|增长|高|超)|高于)[^,。;\d]{0,8}(?P<n>\d[\d,]*(?:\.\d+)?)\s?万元"
    r"[^。\d]{0,6}?(?:压减|压缩|减少|调减)[^,。;\d]{0,16}(?P<other>项目支出|项目资金|项目经费)\s?(?P=n)\s?万元"
)


def told_movement(case: Case) -> Iterator[Finding]:
    """R09 where only the movement is told: 「基本支出超预算30.00万元，项目支出比预算少30.00万元」."""
    match = _MOVE.search(case.flat) or _MOVE_BEHIND.search(case.flat) if "预算" in case.flat else None
    if match is not None and match["one"] != match["other"] and not moves_told(case)[0]:
        message = f"{match['one']}超出预算的{match['n']}万元正是{match['other']}少支的数，报告没有说明调剂"
        yield case.finding("R09", Span(match.start(), match.end()), message, stated=match["n"])


def lines_moved(case: Case) -> Iterator[Finding]:
    """R09 in a paragraph that tells staff and office, not the whole: one is above its budget by just what the other is below."""
    for place in dict.fromkeys(e.place for e in case.ledger if e.line in _BASIC and not e.table):
        here = [e for e in case.ledger if e.place == place and e.line in _BASIC]
        pairs = [planned(here, line, case.year) for line in _BASIC]
        if len(here) != len(_BASIC) * 2 or not all(pairs):
            continue
        told = [pair for pair in pairs if pair is not None]
        gaps = {spent.line: spent.amount - plan.amount for plan, spent in told}
        over = max(gaps, key=lambda line: gaps[line])
        if sum(gaps.values()) or gaps[over] <= _CENT * 2 or _told_moved(case, here[0].stage, gaps[over]):
            continue
        plan, spent = next(pair for pair in told if pair[1].line == over)
        message = f"{over}比预算多{number(gaps[over], 6)}万元，另一项正好少支这么多，报告没有说明调剂"
        yield case.finding("R09", spent.span, message, stated=spent.shown, recomputed=plan.shown, also=(plan.span,))
        return


def columns_moved(case: Case) -> Iterator[Finding]:
    """R09 and R10 in a table of other rows: budget and spending agree in the total, whose parts they make, and not in the parts."""
    if moves_told(case)[0]:
        return
    for grid in case.grids:
        told = list(_columns(case, grid))
        if (
            not told
            or _of_public(grid)
            or _of_purchases(grid)
            or any(grid.block.start <= place < grid.block.end for place in _places(case))
        ):
            continue
        stage, moved, total, over, (budget, spent) = told[0]
        message = f"预算与支出合计一致，各部分却不一致：这一行支出比预算多{number(moved, 6)}，没有说明调剂"
        stated, right = grid.text(over, spent), grid.text(over, budget)
        yield case.finding("R09", grid.span(over, spent), message, stated=stated, recomputed=right)
        if stage == "年初" and not any(entry.stage == "调整" for entry in case.ledger):
            whole = grid.text(total, budget)
            message = f"预算合计{whole}与支出一分不差，而各部分不同，预算可能是按决算倒填的"
            yield case.finding(
                "R10", grid.span(total, budget), message, stated=whole, recomputed=grid.text(total, spent)
            )
        return


def _of_public(grid: Grid) -> bool:
    """Whether a table's rows are those of 三公经费, whose parts R15 holds."""
    return any(
        load_lines().within.get(load_lines().label(text, "")) == "三公经费"
        for row in range(grid.rows)
        for text in grid.row(row)
    )


def _of_purchases(grid: Grid) -> bool:
    """Whether a table is of purchases, whose kinds R16 holds."""
    return any("采购" in text for row in range(min(grid.rows, _HEADER_ROWS)) for text in grid.row(row)[1:])


@once
def _places(case: Case) -> frozenset[int]:
    """Where the ledger tells splits."""
    return frozenset(next(iter(split.parts.values())).place for split in _splits(case))


def _columns(case: Case, grid: Grid) -> Iterator[tuple[str, Fraction, int, int, tuple[int, int]]]:
    """Per table: the budget's stage, by how much the row was spent above its budget, the row of the total, that row, the two columns."""
    for header in range(min(grid.rows, _HEADER_ROWS)):
        if not any("预算" in text for text in grid.row(header)):
            continue
        stages = {c: stage for c, text in enumerate(grid.row(header)) if (stage := stage_of_header(text))}
        spent = [c for c, stage in stages.items() if stage == SPENT]
        plans = sorted((c for c, stage in stages.items() if stage in _LATEST), key=lambda c: _LATEST.index(stages[c]))
        if len(spent) != 1 or not plans:
            continue
        rows = {r: figures_of(case, grid, r) for r in range(header + 1, grid.rows)}
        rows = {r: f for r, f in rows.items() if plans[0] in f and spent[0] in f}
        total = next((r for r in rows if is_total(grid, r)), None)
        if total is None or rows[total][plans[0]] != rows[total][spent[0]]:
            return
        parts = {r: f for r, f in rows.items() if r != total and not any(t.startswith("其中") for t in grid.row(r))}
        sums = [sum((f[c] for f in parts.values()), Fraction(0)) for c in (plans[0], spent[0])]
        moved = {r: f[spent[0]] - f[plans[0]] for r, f in parts.items()}
        if sums == [rows[total][plans[0]]] * 2 and any(moved.values()):
            over = max(moved, key=lambda r: moved[r])
            yield stages[plans[0]], moved[over], total, over, (plans[0], spent[0])
        return


_HEADER_ROWS = 3
