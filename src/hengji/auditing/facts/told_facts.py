"""The ordinary facts of a report, as its sentences, rows and leaves tell them."""

import itertools
import re
from decimal import Decimal

from hengji.auditing.around import of_several
from hengji.auditing.case import Case, once
from hengji.auditing.facts.counts import Count, count_of, counts, told_counts
from hengji.auditing.facts.fact import AIMED, DONE, PLANNED, SHORT, Fact, bare, name_of
from hengji.extracting.flat import flat
from hengji.library.texts import load_fact_words
from hengji.model.extraction import Quantity, ScoredItem, Span
from hengji.model.numerals import read_decimal
from hengji.model.patterns import pattern


@once
def facts(case: Case) -> tuple[Fact, ...]:
    """The facts of the evaluated year whose unit counts other things near enough to be the same."""
    near = _contested(case)
    told: list[Fact] = []
    for sentence, counted in told_counts(case).items():
        if any((c.unit, c.value) in near for c in counted) and not _in_a_rule(case, sentence.start):
            told.extend(facts_in(case, sentence))
    tabled = (c for c in counts(case) if c.quantity.table and (c.unit, c.value) in near)
    told.extend(_tabled(c) for c in tabled if not _in_a_rule(case, c.quantity.span.start))
    own = [f for f in told if f.quantity.year == case.year and f.quantity.scope in ("", "专项")]
    return (*own, *achieved(case))


def _contested(case: Case) -> frozenset[tuple[str, Decimal]]:
    """The values of each unit that have another of it near them."""
    values: dict[str, set[Decimal]] = {}
    for count in counts(case):
        if count.quantity.year == case.year:
            values.setdefault(count.unit, set()).add(count.value)
    for fact in achieved(case):
        values.setdefault(fact.unit, set()).add(fact.value)
    found: set[tuple[str, Decimal]] = set()
    for unit, each in values.items():
        for low, high in itertools.pairwise(sorted(each)):
            if high <= FURTHEST * low:
                found.update(((unit, low), (unit, high)))
    return frozenset(found)


FURTHEST = 3  # times the smaller value: what lies further apart is another thing
_BACK, _AHEAD = 40, 16  # characters round a number in which its name stands
_CLAUSE = pattern(r"[,。;:、()《》!?|\t\n]")
_YEARS = pattern(r"(?:截[至止])?20\d\d年[度末底初内]?")
_MONTH = pattern(r"(\d{1,2})月(?:\d{1,2}日|底|末|中旬|份)?")
_DIGITS = pattern(r"\d[\d,.]*")
_BEHIND_PLAN = pattern(r"以[上内]|的?(?:目标|任务|计划)")
_NO_NAME = pattern(r"[^\u4e00-\u9fff\"]")
_REALLY = pattern(r"实际|已")
_ANSWERS = pattern("完成|[建完竣办][成工结]|实现|举办|达到|验收")
_RESULTS = pattern(r"完成情况|实现情况|结果")
_AIMS = pattern("(?:目标|任务|计划)(?:值|任务)?(?:如下|为|是|:|包括|主要)")
_AIMING, _TOLD_OF = pattern("目标|任务|计划|思路|要点|安排"), pattern("完成|情况|分析|落实|结果|成效|[%分]")
_APPROVED = pattern("同意(?:对|实施|建设|新建|改造|将)")
_RULED = pattern(r"规则|标准|得\s?\d|计\s?\d")
_OF_MONEY = pattern("(?:实际|全年|当年)*(?:支出|决算|预算)数?")  # what it was paid for stands before
_LABEL = 24  # characters of a paragraph that may say what it is of


class _Sentence:
    """A sentence with facts: where in it words limit what follows them."""

    def __init__(self, case: Case, span: Span) -> None:
        forms = load_fact_words()
        self.span, self.text = span, case.text(span)
        self.times = [(m.end(), m[0]) for m in forms.times.finditer(self.text)]
        self.listed = "其中" in self.text
        limiting = self.listed or self.times
        self.wholes = [m.start() for m in forms.whole.finditer(self.text)] if limiting else []
        ruled = _RULED.search(self.text)
        self.ruled = ruled.end() if ruled is not None else len(self.text)
        self.aimed = told_as_aim(case, span)
        approved = _APPROVED.search(self.text) if "同意" in self.text else None
        self.approved = approved.end() if approved is not None else len(self.text)
        self.resulting = (
            any(c.start <= span.start < c.end for c in _result_cells(case)) if case.in_table(span.start) else False
        )

    def limits(self, at: int) -> tuple[frozenset[str], bool]:
        """Which words limit a number to a time, and whether it is listed as a part."""
        opens = 0
        for whole in self.wholes:
            if whole < at:
                opens = whole
        words = frozenset([word for end, word in self.times if opens < end <= at]) if self.times else _NOTHING
        return words, self.listed and self.text.rfind("其中", opens, at) >= 0

    def compared(self, at: int) -> bool:
        """Whether the clause of a number compares it."""
        return _COMPARED.search(self.text, max(self.text.rfind(",", 0, at), 0), at) is not None


_NOTHING: frozenset[str] = frozenset()
_COMPARED = pattern("[每比较]")


def told_as_aim(case: Case, span: Span) -> bool:
    """Whether a sentence stands where it is told what was aimed at."""
    if case.in_table(span.start) and _goal_cells(case):
        return any(cell.start <= span.start < cell.end for cell in _goal_cells(case))
    if case.item_at(span.start) is not None:
        return False
    paragraph = case.paragraph(span.start).start
    label = case.flat[paragraph : min(paragraph + _LABEL, span.end)]
    labelled = ("目标" in label and not _RESULTS.search(label)) or _AIMS.search(
        case.flat, paragraph, span.end
    ) is not None
    section = case.section(span.start)
    labelled = labelled or (
        section is not None and _AIMING.search(section.title) is not None and not _TOLD_OF.search(section.title)
    )
    return labelled or case.chapter_key(span.start) == "绩效目标" or case.aimed_at(span.start)


@once
def _rules(case: Case) -> tuple[Span, ...]:
    """Where the rows of leaves print their scoring rules: what stands there was asked for."""
    found = []
    for item in (i for i in case.found.items if i.table):
        rule = item.rule or (item.remark if _PRICED.search(item.remark) else "")
        at = case.flat.find(rule, item.span.start) if len(rule) >= _LABEL // 2 else -1
        if 0 <= at < case.leaf_span(item).end:
            found.append(Span(at, at + len(rule)))
    return tuple(found)


# What only a rule says: what each of something costs or earns.
_PRICED = pattern(r"[每各][^,。;]{0,12}[扣减加给得占计]?\s?\d[\d.]*\s?分|(?:给|得|计|不扣|不给|不得)\s?\d?[\d.]*\s?分")


def _in_a_rule(case: Case, at: int) -> bool:
    return case.in_table(at) and any(rule.start <= at < rule.end for rule in _rules(case))


def facts_in(case: Case, span: Span) -> list[Fact]:
    """The facts of a sentence, each with those before it."""
    known = _made(case)
    if span not in known:
        sentence = _Sentence(case, span)
        found: list[Fact] = []
        end = span.start
        for count in told_counts(case)[span]:
            fact = _told(case, count, sentence, end, found[-1] if found else None)
            end = count.quantity.span.end
            if fact is not None:
                found.append(fact)
        known[span] = found
    return known[span]


@once
def _made(case: Case) -> dict[Span, list[Fact]]:  # noqa: ARG001 - kept with the case
    return {}


_FOR_ONE = pattern("[人户村亩校镇单]均")  # 「13个村实现经营性收入834.6万元，村均64.2万元」
# 「甲、乙和11个乡镇卫生院，共14个」: the sum of a list is not another number of its last part.
_SUMS_UP = pattern(r"(?:、|和|及)[^。;]*[,;]\s?(?:一?共计?|合计|总计)(?:有|为)?\s?\Z")


def _told(case: Case, count: Count, sentence: _Sentence, start: int, last: Fact | None) -> Fact | None:
    """A fact of running text."""
    forms, (quantity, unit, value) = load_fact_words(), count
    span = quantity.span
    lead = case.flat[max(start, span.start - _BACK) : span.start]
    before = _CLAUSE.split(lead)[-1]
    month = None
    if "年" in before or "月" in before:
        before = _YEARS.sub("", before)
        month = _MONTH.search(before)
        before = before[: month.start()] + before[month.end() :] if month is not None else before
    before = _DIGITS.split(before)[-1]
    text = case.flat[span.end : min(sentence.span.end, span.end + _AHEAD)].removeprefix("的")
    text = text[: other.start()] if (other := _NO_NAME.search(text)) is not None else text
    stop = forms.ends.search(text)
    behind = text[: stop.start()] if stop else text
    if behind:
        before = _among(lead, before)
    if unit == "万元" and _OF_MONEY.fullmatch(before):
        before = quantity.name
    stage, sure = _stage(case, quantity, sentence, before, behind, last)
    if last is not None and _FOR_ONE.fullmatch(before):
        before += last.before
    clause, plain = before, bare(before + behind)
    by_act, borrowed = False, not plain
    if borrowed:
        before, behind = _subject(case, quantity, unit, last)
        if not bare(before + behind):
            return None
    elif not behind and (last is None or last.borrowed) and (item := _item_meant(case, quantity, before)) is not None:
        before, borrowed = item.name, True
    elif not behind and not forms.acts.sub("", plain):
        by_act = True
        before = "".join(_subject(case, quantity, unit, last)) + before
    at = span.start - sentence.span.start
    ruled = unit == "%" and sentence.ruled < at
    part = (
        ruled
        or of_several(case, quantity)
        or _IN_HEADING.search(lead) is not None
        or bool(quantity.vague)
        or sentence.compared(at)
        or forms.parts.search(clause) is not None
    )
    part = part or (_FROM.search(clause) is not None and _INTO.match(case.flat, span.end) is not None)
    part = part or (clause.endswith(_RECKONED_AS) and case.flat.startswith(_RECKONED, span.end))
    if borrowed and last is not None and last.unit == unit and last.quantity.sentence == quantity.sentence:
        part = part or _SUMS_UP.search(case.flat, max(sentence.span.start, span.start - _BACK), span.start) is not None
    limits, listed = sentence.limits(at)
    return Fact(
        quantity,
        unit,
        value,
        before,
        behind,
        text[len(behind) :],
        name_of(before + behind),
        stage,
        sure,
        limits,
        month[1] if month else "",
        part,
        listed,
        by_act,
        borrowed,
    )


_IN_HEADING = pattern(r"\d\s?分\s?\([^()]*\Z")  # 「8分(新增注册300件)」: what the leaf asks for
_FROM, _INTO = (
    pattern("[由从自]$"),
    pattern("[^,。;、\\d]{1,4}[至到为]"),
)  # 「由2,436件增至2,718件」: what was before


_RECKONED_AS, _RECKONED = (
    "按",
    ("计", "扣", "算"),
)  # 「低1.92个百分点按2个计扣0.4分」: what a rule makes of another figure


_LIST = pattern("(内设|下设|下属|所属|直属|下辖)[^,。;:\\d]*、[^,。;:\\d]*$")
_MEMBERS = pattern(r"[^,。;:、\d]{2,12}、[^,。;:、\d和与及]{2,8}(?:、[^,。;:、\d和与及]{2,8})+$")
_TOGETHER = pattern("会同|联合")


def _among(lead: str, words: str) -> str:
    """What stands before a number and its noun, without the members of their list and who acts together with them."""
    if "、" not in lead:
        return _TOGETHER.split(words)[-1]
    if _MEMBERS.search(lead):
        return ""
    listed = _LIST.search(lead)
    return listed[1] if listed is not None else _TOGETHER.split(words)[-1]


def _subject(case: Case, quantity: Quantity, unit: str, last: Fact | None) -> tuple[str, str]:
    """What a number that says nothing itself is of: what its sentence counted before, else its leaf or heading."""
    if last is not None:
        alike = last.unit == unit or unit in ("人", "人次")  # 「培训12期、1,260人次」
        return (last.before, last.behind) if alike else ("", "")
    item = case.item_at(quantity.span.start)
    if item is not None:
        if unit != "%" and _OF_A_PERCENTAGE.search(case.flat, max(0, quantity.span.start - _BACK), quantity.span.start):
            return "", ""
        return (item.name if unit == "%" else _OF_A_RATE.sub("", item.name)), ""
    if case.in_table(quantity.span.start):
        return _row_label(case, quantity.span.start), ""
    section = case.section(quantity.span.start)
    return (section.title, "") if section is not None and len(section.title) < _LABEL else ("", "")


_OF_A_PERCENTAGE = pattern(r"%\s?\([^()%]*\Z")  # 「99.00%(16,632件)」: some of those the rate is over
_OF_A_RATE = pattern("(?:按期|按时|及时)?(?:办结|完成|合格|整改|化解|覆盖|到位|达标)?率$")  # of what it is a rate


def _row_label(case: Case, position: int) -> str:
    """The words of the row's cell before a position that name it; nothing where there are none."""
    cells = case.flat[case.flat.rfind("\n", 0, position) + 1 : position].split("\t")[:-1]
    return next((cell for cell in reversed(cells) if _LABEL_CELL.fullmatch(cell)), "")


_LABEL_CELL = pattern(r"[\u4e00-\u9fff]{3,16}")


def _item_meant(case: Case, quantity: Quantity, words: str) -> ScoredItem | None:
    """The leaf of which the words are only a part: 「目标25家，新认定27家」 of 新认定高新技术企业, 「实际接收67人」 of 退役士兵接收安置人数."""
    item = case.item_at(quantity.span.start)
    if item is None or not (plain := bare(words)):
        return None
    whole = bare(flat(item.name))
    begun = whole.startswith(plain) and len(whole) > len(plain) >= SHORT
    if begun and not load_fact_words().acts.search(whole, len(plain)):
        return item
    acted = len(plain) < SHORT and plain in whole and _ACTED.match(words) is not None
    return item if item.table and quantity.unit != "%" and acted else None


_ACTED = pattern("实际|应|已")


def _stage(
    case: Case, quantity: Quantity, sentence: _Sentence, before: str, behind: str, last: Fact | None
) -> tuple[str, bool]:
    """Whether a number was planned or done, and whether words say so."""
    forms = load_fact_words()
    if _REALLY.search(before):
        return DONE, True
    if forms.planned.search(before) or forms.planned.match(behind) or _BEHIND_PLAN.match(case.flat, quantity.span.end):
        return PLANNED, True
    done = forms.done.search(before) is not None
    if last is not None and last.stage == PLANNED and quantity.unit != "%" and not done:
        # 「目标25家，新认定27家」, 「计划改造危桥5座，完工5座」, 「应验收36项，按期验收31项」; 「计划改造危桥5座、涵洞9座」
        answers = last.borrowed or (not bare(before + behind) and _ANSWERS.search(before) is not None)
        answers = answers or _of_the_planned(before + behind, last)
        return (DONE, True) if answers and last.quantity.unit == quantity.unit else (PLANNED, True)
    if not done and sentence.approved < quantity.span.start - sentence.span.start:
        return AIMED, True
    if sentence.aimed:
        lead = sentence.text[: quantity.span.start - sentence.span.start]
        if _REALLY.search(lead):
            return DONE, False
        return (
            (PLANNED, True) if forms.planned.search(lead) and not case.in_table(quantity.span.start) else (AIMED, True)
        )
    return DONE, done or sentence.resulting


def _of_the_planned(words: str, last: Fact) -> bool:
    """Whether words name nothing but what the plan before them names."""
    name = name_of(words)
    return bool(name.core) and name.core <= last.name.core


@once
def _goal_cells(case: Case) -> tuple[Span, ...]:
    """The cells of a form that tell in words what was aimed at: those under a label of goals or beside it."""
    return _labelled(case, _GOAL_HEADER)


@once
def _result_cells(case: Case) -> tuple[Span, ...]:
    """The cells that tell in words what became of it."""
    return _labelled(case, _RESULT_HEADER)


def _labelled(case: Case, form: re.Pattern[str]) -> tuple[Span, ...]:
    return tuple(
        grid.span(*place)
        for grid in case.grids
        for (row, column), label in grid.texts.items()
        if len(label) < _LABEL and form.fullmatch(label)
        for place in ((row + 1, column), (row, column + 1))
        if place in grid.cells
    )


_RESULT_HEADER = pattern(r"(?:年度|总体|绩效)*(?:目标)?实际完成情况|(?:年度|总体|绩效)*目标完成情况")
_GOAL_HEADER = pattern(r"(?:年初|年度|预期|当年)*(?:绩效|总体|工作)*目标(?:值)?")


def _tabled(count: Count) -> Fact:
    """A fact of a table's cell, named by its row and column."""
    forms, (quantity, unit, value) = load_fact_words(), count
    words = quantity.name
    planned = quantity.about == AIMED or forms.planned.search(words) or _PLANNED_HEADER.search(words)
    limits = frozenset(forms.times.findall(words))
    part = bool(quantity.vague or forms.parts.search(words))
    stage = PLANNED if planned else DONE
    return Fact(quantity, unit, value, words, "", "", name_of(words), stage, True, limits, "", part)


_PLANNED_HEADER = pattern("预算|批复|年初|核定")
_RESULT = pattern(
    r"(?:完成|实际|共|开展|举办|发放|达到?)?(?P<n>\d[\d,]*(?:\.\d+)?)(?P<unit>[\u4e00-\u9fff%]{0,4}?)(?=$|[,;。、(])"
)
_IN_NAME = pattern(r"\((?P<unit>[\u4e00-\u9fff]{1,4})\)")
_TAIL_UNIT = pattern(r"(批次|人次|户次)数?$|(?<=[\u4e00-\u9fff]{2})([户人件场台])数$")  # 「食品抽检批次 | 1250 | 1280」
_BRACKETS = pattern(r"\([^()]*\)")


@once
def achieved(case: Case) -> tuple[Fact, ...]:
    """What the rows of indicators say was achieved."""
    rows = [(item, _RESULT.match(flat(item.actual))) for item in case.found.items if item.table and item.actual]
    found = [_of_row(case, item, match) for item, match in rows if match is not None]
    return tuple(fact for fact in found if fact is not None)


def _of_row(case: Case, item: ScoredItem, match: re.Match[str]) -> Fact | None:
    forms, named = load_fact_words(), _IN_NAME.search(flat(item.name))
    tail = _TAIL_UNIT.search(flat(item.name)) if named is None and not match["unit"] else None
    written, number = (
        match["unit"] or (named["unit"] if named else (tail[1] or tail[2]) if tail else ""),
        read_decimal(match["n"]),
    )
    at = case.flat.find(match["n"], item.span.start)
    words = _BRACKETS.sub("", flat(item.name))
    if number is None or at < 0 or not bare(words):
        return None
    place = Span(at, at + len(match["n"]))
    told = Quantity(words, match["n"], number, written, case.year, place, item.span, about=DONE, table=True)
    count = count_of(case, told)
    if count is None:
        return None
    limits, part = frozenset(forms.times.findall(words)), forms.parts.search(words) is not None
    return Fact(*count, words, "", "", name_of(words), DONE, True, limits, "", part)
