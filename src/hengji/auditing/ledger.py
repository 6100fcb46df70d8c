"""The ledger: which amount a report tells of which line of money, as planned or as spent, in its paragraphs and its tables.

The mentions say what each figure is called; the ledger says what it is in its paragraph: 「支出」 behind a budget of procurement is
what was bought, 「共812.60万元」 behind a list of the accounts is what was spent in all. R09, R10, R15, R16 and R42 compare its entries.
"""

import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import cache

from hengji.auditing.numbers import exact, in_unit
from hengji.extracting.asides import is_aside
from hengji.extracting.figure_words import LIMITS
from hengji.extracting.tables.grid import Grid
from hengji.extracting.years_in_turn import years_in_turn
from hengji.library.lines import lines_in_turn, load_lines, stage_of_header
from hengji.model.extraction import Extraction, Quantity, Span
from hengji.model.numerals import read_decimal
from hengji.model.patterns import pattern
from hengji.model.units import dimension, factor

WHOLE = "合计"
PLANNED = ("年初", "预算", "全年", "调整")
SPENT = "实际"
_YEAR = pattern(r"20\d\d年|[上去本当]年|上一年")
_LONGEST = 60  # characters before a figure that may name it
_PLAIN = pattern(r"[\s\"'“”]")
_HAN = pattern(r"[\u4e00-\u9fff]")
_MARKS = pattern(r"[,、:()]")
_TOGETHER = pattern(r"全年|总|合计|共|部门|整体|全部|累计|决算数?$|年度")


@cache
def _filling() -> re.Pattern[str]:
    """What may stand beside the names of a line and a stage and means neither."""
    return pattern(
        r"(?:[\u4e00-\u9fff]{2,14}(?:局|委|办|馆|院|中心|校|所|站|会|署|队|街道|镇|乡))?+"
        r"(?:20\d\d|[我本](?:部门|单位|街道|[办局委院校所站会署馆队镇乡]|中心)|[本当全]年|[两三四五六七八九十]项|[0-9,、.:()\-;]|"
        + "|".join(load_lines().filling)
        + r")*+"
    )


_LIMITED = (*LIMITS, "结转", "科目")


@dataclass(frozen=True, slots=True)
class Entry:
    """An amount of a line of money: ``stage`` says whether planned (年初, 预算, 全年, 调整) or spent (实际); empty where nothing does.

    ``place`` is where the paragraph or table begins; ``amount`` is in 万元, in a table without a unit in the table's own.
    """

    line: str
    stage: str
    year: int
    amount: Fraction
    shown: str
    span: Span
    place: int
    table: bool = False


def ledger_of(found: Extraction, flat: str, grids: Iterable[Grid]) -> tuple[Entry, ...]:
    """The entries of a document in reading order, those of its tables last."""
    told = _told(found, flat)
    units = {q.span: q.unit for q in found.quantities if q.table}
    return (*told, *(entry for grid in grids for entry in _tabled(grid, units, found.year)))


@dataclass(slots=True)
class _State:
    """What the figures before have said: the line, its stage, the family (三公, 采购) that the words speak of."""

    family: str = ""
    line: str = ""
    stage: str = ""
    plan: str = ""  # the last stage of a budget
    year: int = 0
    opened: str = ""  # the stage of a sentence that opened with a part whose stage was not said
    listed: tuple[str, ...] = ()  # the parts told so far in a row
    inner: tuple[str, ...] = ()  # the parts of a family told so far on one side
    named: tuple[str, ...] = ()  # lines that a clause listed before their figures
    queue: tuple[str, ...] = ()  # what figures behind 「分别为」 are of, in turn


def _told(found: Extraction, flat: str) -> Iterator[Entry]:
    by_sentence: dict[Span, list[Quantity]] = {}
    for quantity in found.quantities:
        if not quantity.table:
            by_sentence.setdefault(quantity.sentence, []).append(quantity)
    starts = sorted(span.start for span in found.paragraphs)
    index = -1
    state = _State()
    family = load_lines().family
    leaves = [(item.body, item.name if family(item.name) else "") for item in found.items]
    place, leaf, opens = -1, _NOWHERE, None
    for sentence in sorted(by_sentence):
        figures = by_sentence[sentence]
        while index + 1 < len(starts) and starts[index + 1] <= sentence.start:
            index += 1
        here = starts[index] if index >= 0 else 0
        body, name = next((each for each in leaves if each[0].start <= sentence.start < each[0].end), (_NOWHERE, ""))
        if here == place and body != leaf:  # a row of a table
            state = _State(family(name) if name else family(flat[max(body.start, 0) : sentence.start][:_LONGEST]))
        leaf = body
        if here != place:
            place, opens = here, sentence.start
            state = _State(stage=state.stage if _OF_A_WHOLE.match(flat, sentence.start) else "")
        if not any(dimension(q.unit) == "money" for q in figures) or _OF_A_REST.match(flat, sentence.start):
            continue
        if opens is not None:
            state.family = _opening(flat, here, opens, name)
            opens = None
        yield from _of_sentence(figures, sentence, flat, state, place)


_NOWHERE = Span(-1, -1)


def _opening(flat: str, place: int, first: int, leaf: str) -> str:
    """The family that a paragraph speaks of from its start: by the words before its first figures, its leaf, else its heading."""
    family = load_lines().family
    lead = flat[max(place, first - _LONGEST) : first]
    if told := family(lead):
        return told
    if leaf or lead:
        return family(leaf) if leaf else ""
    return family(flat[max(0, place - _LONGEST) : place].rstrip("\n").rpartition("\n")[2])


# 「工程类51.80万元为招标节约」 is no amount of its line.
_LEFT_BEHIND = pattern(r"\s?(?:为|是|属于?|系)[\u4e00-\u9fff]{0,6}?(?:节约|节余|结余|未执行|未支付|尾款|差额)")
_OF_A_REST = pattern(r"(?:其中)?(?:未执行|未支出|未使用|未支付|结余|结转|节约|剩余)的?[^,。;]{0,16}中[,:]")
# 「(货物46.00万元、服务80.00万元,无工程),实际121.84万元」: what there was none of names no figure.
_NOT_THERE = pattern(
    r"[,、;(](?:均?无|没有|未安排|不含|不涉及|未发生)[\u4e00-\u9fff]{0,4}(?:货物|工程|服务)类?(?:采购|项目)?(?:支出)?(?=[,;)])"
)
# 「预算1408.50万元，年中无追加、无调剂，其中基本支出1216.30万元」: what was not done changes no budget.
_UNCHANGED = pattern(
    r",(?:年中|年度中|全年|当年|本年度?|执行中)?(?:(?:均?无|没有|未)(?:发生|办理|进行|作)?(?:预算)?(?:追加|追减|调整|调剂|调增|调减)(?:追减|事项)?[、和及与或]?)+(?=,)"
)
# 「年中追加87.50万元后为2405.90万元」 tells the budget that held last.
_ADDED = pattern(r"(?:追加|追减|调[增减整剂]|核[增减])[^,。;\d]{0,10}\d[\d,]*(?:\.\d+)?\s?万?元$")
_RAISED_TO = pattern(
    r"^(?:后|,?(?:追加|调[整增剂])后)(?:的)?(?:全年|年度)?(?:预算)?(?:总额|数|总数|合计)?(?:为|达到?|增至|共)$"
)
# 「“三公”经费全部从公用经费中列支，预算96.00万元」 is no amount of the line that it is paid from.
_PAID_FROM = pattern(
    r"(?:从|由|在)[^,。;\d]{0,6}(?:公用|基本支出|项目支出|项目经费|人员经费)[^,。;\d]{0,6}(?:列支|开支|解决)"
)
# 「年度预算支出1200.00万元，其中…。实际支出1180.00万元」: the first of the two was planned.
_THEN_SPENT = pattern(r"[^\n]{0,60}[。;,]\s?(?:全年|当年|年度)?实际支出")
_OPENS = pattern(r"^\((?:20\d\d年|上年|去年)[^()]{0,8}$")
_CLOSES = pattern(r"\s?\)")
_EQUAL = pattern(r"\s?(?:完全)?(?:一致|持平|相等|相同|相符)")
# 「基本支出中，人员经费…」 goes on from the paragraph before.
_OF_A_WHOLE = pattern(r"在?(?:基本|项目|总|全年)?支出中")


def _of_sentence(figures: list[Quantity], sentence: Span, flat: str, state: _State, place: int) -> Iterator[Entry]:
    position = sentence.start
    told: list[Entry] = []
    in_turn = years_in_turn(flat[sentence.start : sentence.end])
    state.line, state.year = "", 0
    for quantity in figures:
        begin = max(position, quantity.span.start - _LONGEST)
        position = quantity.span.end
        if dimension(quantity.unit) == "money" and not _LEFT_BEHIND.match(flat, quantity.span.end):
            words = _PLAIN.sub("", flat[begin : quantity.span.start]).replace("(境)", "境")  # no clause of its own
            words = _UNCHANGED.sub("", _NOT_THERE.sub("", _PAID_FROM.sub("", words)))
            if _ADDED.search(flat, sentence.start, begin) or words[:1] == ",":
                words = _RAISED_TO.sub("调整后预算", words)
            if "预算支出" in words and _THEN_SPENT.match(flat, quantity.span.end):
                words = words.replace("预算支出", "预算")
            before = (state.line, state.stage)
            if state.year and quantity.span.start - sentence.start in in_turn:
                state.year = quantity.year
            own = _words(words, state)
            if told and own.stage and not own.line and is_aside(flat, told[-1].span.end, *quantity.span):
                told.append(_beside(told[-1], own, quantity))
                continue
            year = state.year
            entry = _entry(own, quantity, state, place)
            if entry is not None:
                told.append(entry)
            if year and _OPENS.search(words) and _CLOSES.match(flat, quantity.span.end):
                state.year = year  # 「8.72万元(2022年8.96万元),其中…」: the bracket's year ends with it
            if _EQUAL.match(flat, quantity.span.end):  # 「与年初预算…一致，其中…」 goes on with what was compared
                state.line, state.stage = before
    yield from _closed(told)


def _closed(told: list[Entry]) -> list[Entry]:
    """The entries of a sentence; parts right before the whole that they make stand on its side: 「…，年初预算合计1,280.00万元」."""
    wholes = {entry.amount for entry in told if entry.line == WHOLE}
    told = [replace(e, line=WHOLE) if e.line in _OF_WHOLE and e.amount in wholes else e for e in told]
    told = [replace(e, line=WHOLE) if _no_part(e, told[:n], told[n + 1 :]) else e for n, e in enumerate(told)]
    for index, whole in enumerate(told):
        if whole.line != WHOLE or not whole.stage:
            continue
        total, start = Fraction(0), index
        while start and told[start - 1].line != WHOLE and total < whole.amount:
            start -= 1
            total += told[start].amount
        told_before = start > 0 and told[start - 1].amount == whole.amount
        if total == whole.amount and index - start > 1 and not told_before:
            parts = [replace(entry, stage=whole.stage) for entry in told[start:index]]
            told = [*told[:start], *parts, *told[index:]]
    return told


def _no_part(entry: Entry, before: list[Entry], after: list[Entry]) -> bool:
    """Whether an adjusted budget behind a part is the whole's: more than the whole before it, or split into both parts right after."""
    if entry.line not in _OF_WHOLE or entry.stage not in _ADJUSTED:
        return False
    if any(e.line == WHOLE and e.stage in PLANNED and e.year == entry.year and e.amount < entry.amount for e in before):
        return True
    parts = after[: len(_OF_WHOLE)]
    same = all(e.stage == entry.stage for e in parts)
    return same and {e.line for e in parts} == set(_OF_WHOLE) and sum(e.amount for e in parts) == entry.amount


@dataclass(frozen=True, slots=True)
class _Words:
    """The words since the figure before: those of the own clause, whether they only fill, and what they name."""

    every: str
    own: str
    filling: bool
    line: str
    stage: str


def _beside(entry: Entry, own: _Words, quantity: Quantity) -> Entry:
    """The line of the figure before, at the stage that a bracket's words name."""
    year = quantity.year if _YEAR.search(own.every) else entry.year
    amount, shown = in_unit(quantity, "万元"), f"{quantity.value}{quantity.unit}"
    return replace(entry, stage=own.stage, year=year, amount=amount, shown=shown, span=quantity.span)


def _words(every: str, state: _State) -> _Words:
    lines = load_lines()
    clause = _MARKS.split(every)[-1]
    own = clause if _HAN.search(clause) else every
    state.family = lines.family(every) or state.family
    bare = lines.without_lines(own)
    filling = _filling().fullmatch(lines.without_stages(bare)) is not None
    line, stage = lines.line(own, state.family), lines.stage(bare)
    if filling:
        line = line or ("" if _TOGETHER.search(own) else lines.line(every, state.family))
        stage = stage or lines.stage(lines.without_lines(every))
    if line == "政府采购" and not stage and own.endswith("采购"):
        stage = SPENT  # 「全年采购1,142.30万元」
    if lines.within.get(line) == "政府采购" and stage != SPENT and _BOUGHT_THEN.fullmatch(own):
        stage = SPENT  # 「全年采购货物35.20万元」
    if lines.within.get(line) == "三公经费" and not stage and _THROUGHOUT.match(own):
        stage = SPENT  # 「年初预算12.00万元，全年公务用车运行维护费11.20万元」
    return _Words(every, own, filling, line, stage)


def _entry(words: _Words, quantity: Quantity, state: _State, place: int) -> Entry | None:
    """The entry of one figure by the words before it and by what the figures before have said; the state goes on."""
    first = state.year == 0
    changed = load_lines().changes.search(words.own) is not None
    year = quantity.year if first or _YEAR.search(words.every) else state.year
    if first or not changed:
        state.year = year
    stage = _stage(words, state, opens=first)
    limited = quantity.scope in _LIMITED and not (quantity.scope == "财政拨款" and state.family == "三公经费")
    if changed or quantity.about == "目标" or limited:
        return None
    line = (
        _bought_of_kind(words, state)
        or ("" if lines_in_turn(words.every, state.family) else words.line)
        or _in_turn(words, state)
        or (_carried(words, state) if words.filling else "")
    )
    state.line = line
    if not line:
        return None
    goes_on = stage == state.stage and line not in state.inner
    state.inner = ((*state.inner, line) if goes_on else (line,)) if line in load_lines().within else ()
    listed = line in _OF_ANY_SPLIT and line not in state.listed and stage == state.stage
    state.listed = (*state.listed, line) if listed else (line,)
    state.stage = stage
    state.plan = stage if stage in _TOLD_PLANS else state.plan
    amount = in_unit(quantity, "万元")
    return Entry(line, stage, year, amount, f"{quantity.value}{quantity.unit}", quantity.span, place)


def _stage(words: _Words, state: _State, *, opens: bool) -> str:
    """The stage that is said, else the one that goes on; sentences that open with a bare part stand side by side."""
    if words.stage:
        state.opened = "" if opens else state.opened
        return state.plan if words.stage == "预算" and state.plan in _TOLD_PLANS and words.line else words.stage
    if opens and words.line:
        state.opened = state.stage if words.every.startswith("其中") else state.opened or state.stage
        return state.opened
    return state.stage


def _in_turn(words: _Words, state: _State) -> str:
    """The line of a figure behind 「分别为」: the parts of the list before in their order."""
    if named := lines_in_turn(words.every, state.family):
        state.queue = state.named = named
    elif "分别" in words.own and (len(state.named or state.listed) > 1):
        state.queue = state.named or state.listed
    elif not words.filling or words.stage:
        state.queue = ()
    line, state.queue = (state.queue[0], state.queue[1:]) if state.queue else ("", ())
    return line


def _bought_of_kind(words: _Words, state: _State) -> str:
    """The kind whose plan stands right before 「实际采购」: 「货物类采购预算50.00万元，实际采购56.20万元」."""
    alone = len(state.inner) == 1 and load_lines().within.get(state.line) == "政府采购"
    bought = words.line == "政府采购" and words.stage == SPENT and state.stage in PLANNED
    told = ")" not in words.every and _BOUGHT.fullmatch(words.own) is not None  # behind a bracket all was bought
    return state.line if alone and bought and told else ""


_THROUGHOUT = pattern(r"\W*(?:全年|本年度?|当年)(?:实际)?(?![^,。]*(?:预算|计划|安排))")
_BOUGHT_THEN = pattern(
    r"[,;、:。]?(?:其中)?(?:全年|当年|本年度?|年内|累计|全年共|共|已|实)(?:共|累计|实际)?采购(?:了)?(?:货物|工程|服务)类?"
)
_BOUGHT = pattern(r"[,;、:]?(?:全年|当年)?(?:实际采购|采购完成|完成采购|实际)(?:金额|额)?(?:为|是)?")
_ITS_OWN = pattern(r"[,;、:]?(?:实际|全年)?(?:决算|支出|执行)数?(?:为|是)?")


def _carried(words: _Words, state: _State) -> str:
    """The line of a figure that names none: the family's or the year's whole, or the line told just before."""
    goes_on = bool(state.line) and ")" not in words.every
    alone = len(state.listed) == 1 and len(state.inner) <= 1
    if goes_on and _ITS_OWN.fullmatch(words.own) and state.stage in PLANNED and alone:
        return state.line  # 「基本支出预算500.00万元，决算548.00万元」
    together = _TOGETHER.search(words.own) is not None
    if state.family and words.stage and len(state.inner) > 1:
        return state.family  # 「22.00万元，其中…16.00万元、…6.00万元，实际19.47万元」
    if state.family and not (together and _OF_ALL.search(words.own)):
        return state.line if goes_on and not together else state.family
    return state.line if goes_on and not together else WHOLE


def _tabled(grid: Grid, units: dict[Span, str], year: int) -> Iterator[Entry]:
    """The rows that name a line, under columns whose headers say a stage."""
    lines = load_lines()
    stages: dict[int, str] = {}
    years: dict[int, int] = {}
    family, place = "", grid.block.start
    for row in range(grid.rows):
        texts = grid.row(row)
        numbers = {c: n for c, text in enumerate(texts) if text[:1].isdigit() and (n := _amount(text)) is not None}
        if not numbers:
            heads = {c: stage for c, text in enumerate(texts) if (stage := stage_of_header(text))}
            told = {text for text in texts if text}
            if len(set(heads.values())) > 1 or (heads and len(told) == _TWO_COLUMNS):
                stages, place = heads, grid.row_span(row).start
                years = {c: int(match[0]) for c in heads if (match := _YEAR_OF.search(texts[c]))}
                family = next((f for text in texts if (f := lines.family(text))), family or _kinds_below(grid, row))
            elif len(told) == 1:  # the title of what follows
                stages, family = {}, lines.family(told.pop())
            continue
        if not stages:
            continue
        label = next((text for text in texts if _HAN.search(text)), "")
        line = lines.label(label, family)
        for column, stage in stages.items() if line else ():
            cell = grid.cells.get((row, column))
            if column in numbers and cell is not None and cell.row == row and cell.column == column:
                span = grid.span(row, column)
                unit = units.get(span, "")
                amount = exact(numbers[column]) * ((factor(unit, "万元") if unit else None) or 1)
                shown = f"{texts[column]}{unit}"
                yield Entry(line, stage, years.get(column, year), amount, shown, span, place, table=True)


def _kinds_below(grid: Grid, header: int) -> str:
    """The family whose kinds the first cells below a header are, two of them at least: goods, works and services; receptions and cars."""
    labels = {grid.row(row)[0].removesuffix("采购").removesuffix("类") for row in range(header + 1, grid.rows)}
    if len(labels & {"货物", "工程", "服务"}) > 1:
        return "政府采购"
    lines = load_lines()
    kinds = [lines.within.get(lines.label(label, "三公经费")) for label in labels if not _SUM_OF.fullmatch(label)]
    return "三公经费" if len(kinds) > 1 and set(kinds) == {"三公经费"} else ""


_SUM_OF = pattern(r"合计|总计|小计|[\s\d]*")


_YEAR_OF = pattern(r"20\d\d(?=年)")
_TWO_COLUMNS = 2


def _amount(text: str) -> Decimal | None:
    return read_decimal(text.removesuffix("万元").removesuffix("元"))


@dataclass(frozen=True, slots=True)
class Split:
    """A whole of one stage with the parts that make it; ``whole`` is the entry that tells it, where one does."""

    stage: str
    parts: dict[str, Entry]
    whole: Entry | None

    @property
    def total(self) -> Fraction:
        """What the parts make together."""
        return sum((entry.amount for entry in self.parts.values()), Fraction(0))


_PARTS = (("基本支出", "项目支出"), ("人员经费", "公用经费", "项目支出"))
_TOLD_PLANS = ("年初", "全年", "调整")
_OF_ALL = pattern(r"总支出|部门|整体")
_OF_ANY_SPLIT = ("基本支出", "项目支出", "人员经费", "公用经费")
_OF_WHOLE = ("基本支出", "项目支出")
_ADJUSTED = ("调整", "全年")
_CENT = Fraction(1, 100)


def splits(entries: Iterable[Entry]) -> Iterator[Split]:
    """The wholes that a paragraph or table splits into basic and project spending, or into staff, office and projects."""
    groups: dict[tuple[int, str, int], list[Entry]] = {}
    for entry in entries:
        groups.setdefault((entry.place, entry.stage, entry.year), []).append(entry)
    for (_, stage, _), group in groups.items():
        wholes = [entry for entry in group if entry.line == WHOLE]
        lines = {entry.line for entry in group}
        for names in _PARTS:
            if not lines.issuperset(names):
                continue
            told = [_distinct(entry for entry in group if entry.line == name) for name in names]
            fitting = [(parts, whole) for parts in itertools.product(*told) for whole in wholes if _makes(parts, whole)]
            if fitting:
                yield Split(stage, dict(zip(names, fitting[0][0], strict=True)), fitting[0][1])
            elif not wholes and all(len(each) == 1 for each in told):
                yield Split(stage, {name: each[0] for name, each in zip(names, told, strict=True)}, None)


_MOST = 3  # amounts of one line in a paragraph that are tried


def _distinct(entries: Iterable[Entry]) -> list[Entry]:
    """The first entry of each amount."""
    return list({entry.amount: entry for entry in reversed(list(entries))}.values())[::-1][:_MOST]


def _makes(parts: Iterable[Entry], whole: Entry) -> bool:
    return abs(sum((entry.amount for entry in parts), Fraction(0)) - whole.amount) <= _CENT * 2


_RANK = ("调整", "全年", "预算", "年初")  # of several budgets the one that held last


def planned(entries: Iterable[Entry], line: str, year: int) -> tuple[Entry, Entry] | None:
    """The budget of a line as it stood last, and what was spent of it; of one paragraph or table where both are told together."""
    own = [entry for entry in entries if entry.line == line and entry.year == year]
    plans = sorted((e for e in own if e.stage in PLANNED), key=lambda e: _RANK.index(e.stage))
    spent = [e for e in own if e.stage == SPENT]
    for first in spent:
        plan = next((e for e in plans if e.place == first.place), None)
        if plan is not None:
            return plan, first
    return (plans[0], spent[0]) if plans and spent and not (plans[0].table or spent[0].table) else None
