"""The ordinary facts of a report: what is counted, in whatever order of words, how much of it, and whether planned or done."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from hengji.auditing.case import Case, once
from hengji.extracting.flat import flat
from hengji.library.texts import load_fact_words
from hengji.model.extraction import Quantity, ScoredItem, Span
from hengji.model.numerals import read_decimal

PLANNED, DONE, AIMED = "计划", "实际", "目标"  # aimed: in a text of goals, where nothing says which


@dataclass(frozen=True, slots=True)
class Name:
    """What a fact counts: the characters that say it, without those that may be left out (``core``) and with them (``full``)."""

    core: frozenset[str]
    full: frozenset[str]

    def same(self, other: "Name") -> bool:
        """Whether two names mean one thing; short ones must agree in every character."""
        if len(self.core) < _SHORT or len(other.core) < _SHORT:
            return self.full == other.full
        return self.core == other.core


_SHORT = 3


@dataclass(frozen=True, slots=True, eq=False)
class Fact:
    """One number of a thing counted.

    ``before`` and ``behind`` are the words round it that name the thing, ``rest`` the words after those; ``sure`` where words say that it was
    planned or done; ``limits`` are the words that limit it to a time, ``part`` whether it is a part, a change or a rule.
    """

    quantity: Quantity
    unit: str
    value: Fraction
    before: str
    behind: str
    rest: str
    name: Name
    stage: str
    sure: bool
    limits: frozenset[str]
    month: str
    part: bool
    by_act: bool = False  # named by an act alone (「办结」): what it was done to stands before
    borrowed: bool = False  # it names nothing itself (「完成5座」)

    @property
    def span(self) -> Span:
        """Where the number stands."""
        return self.quantity.span


@lru_cache(maxsize=4096)
def name_of(words: str) -> Name:
    """The name that words make."""
    full = bare(words)
    return Name(frozenset(load_fact_words().weak.sub("", full)), frozenset(full))


@lru_cache(maxsize=4096)
def bare(words: str) -> str:
    """Words without those that say nothing of what is counted, and each of several for one thing as the first of them."""
    forms = load_fact_words()
    return forms.empty.sub("", forms.any_same.sub(lambda match: forms.same[match[0]], words))


def behind_number(fact: Fact, other: Name) -> str | None:
    """The words that are left when a fact's name ends where it means what ``other`` does; None where it never does.

    Words behind a number run on: 「14个乡镇分馆管理力量薄弱」.
    """
    if fact.name.same(other):
        return ""
    if not fact.behind or not other.core <= fact.name.full:
        return None
    for end in range(len(fact.behind) - 1, 0 if fact.before else 1, -1):
        if name_of(fact.before + fact.behind[:end]).same(other):
            return fact.behind[end:]
    return None


@once
def facts(case: Case) -> tuple[Fact, ...]:
    """The facts of the evaluated year."""
    units = load_fact_words().units
    found: list[Fact] = []
    last: Fact | None = None
    end = 0
    for quantity in case.found.quantities:
        start, end = end, quantity.span.end
        unit = units.get(_plain_unit(case, quantity))
        if unit is None:
            continue
        fact = _tabled(case, quantity, unit) if quantity.table else _told(case, quantity, unit, start, last)
        if fact is not None:
            last = fact
            found.append(fact)
    own = [f for f in found if f.quantity.year == case.year and f.quantity.scope in ("", "专项")]
    return (*own, *_achieved(case))


_BACK, _AHEAD = 40, 16  # characters round a number in which its name stands
_CLAUSE = re.compile(r"[,。;:、()《》!?|\t\n]")
_YEARS = re.compile(r"20\d\d年度?")
_MONTH = re.compile(r"(\d{1,2})月(?:\d{1,2}日|底|末|中旬|份)?")
_DIGITS = re.compile(r"\d[\d,.]*")
_BEHIND_PLAN = re.compile(r"以[上内]|的?(?:目标|任务|计划)")
_REALLY = re.compile(r"实际|已")
_ANSWERS = re.compile("完成|[建完竣办][成工结]|实现|举办|达到|验收")
_RESULTS = re.compile(r"完成情况|实现情况|结果")
_RULED = re.compile(r"规则|标准|[得计]\s?\d")
_COMPARED = re.compile(r"[每比较][^,;]*$")
_OF_MONEY = re.compile("(?:实际|全年|当年)*(?:支出|决算|预算)数?")  # what it was paid for stands before
_LABEL = 24  # characters of a paragraph that may say what it is of


def _plain_unit(case: Case, quantity: Quantity) -> str:
    """The unit without 万, which is in the value."""
    unit = quantity.unit
    if unit == "万":
        return "人" if case.flat[quantity.span.end : quantity.span.end + 2] in ("群众", "居民") else ""
    return "万元" if unit == "亿元" else unit.removeprefix("万") if unit != "万元" else unit


def _value(quantity: Quantity) -> Fraction:
    thousands = quantity.unit == "亿元" or (quantity.unit.startswith("万") and quantity.unit != "万元")
    return Fraction(quantity.number) * (10_000 if thousands else 1)


def _told(case: Case, quantity: Quantity, unit: str, start: int, last: Fact | None) -> Fact | None:
    """A fact of running text."""
    forms, sentence, span = load_fact_words(), quantity.sentence, quantity.span
    before = _CLAUSE.split(_YEARS.sub("", case.flat[max(sentence.start, start, span.start - _BACK) : span.start]))[-1]
    month = _MONTH.search(before)
    if month is not None:
        before = before[: month.start()] + before[month.end() :]
    before = _DIGITS.split(before)[-1]
    text = case.flat[span.end : min(sentence.end, span.end + _AHEAD)]
    stop = forms.ends.search(text)
    behind = text[: stop.start()] if stop else text
    lead = _YEARS.sub("", case.flat[sentence.start : span.start])
    same = last if last is not None and last.quantity.sentence == sentence else None
    if unit == "万元" and _OF_MONEY.fullmatch(before):
        before = quantity.name
    stage, sure = _stage(case, quantity, before, behind, lead, same)
    clause, by_act, borrowed = before, False, not bare(before + behind)
    if borrowed:
        before, behind = _subject(case, quantity, unit, same)
        if not bare(before + behind):
            return None
    elif not behind and (same is None or same.borrowed) and (item := _item_meant(case, quantity, before)) is not None:
        before, borrowed = item.name, True
    elif not behind and not forms.acts.sub("", bare(before)):
        by_act = True
        before = "".join(_subject(case, quantity, unit, same)) + before
    own = re.split("[;。]", lead)[-1]
    opens = [match.start() for match in forms.whole.finditer(own)]
    timed = own[opens[-1] :] if opens else own
    part = bool(quantity.vague or forms.parts.search(clause) or "其中" in timed or _COMPARED.search(own))
    return Fact(
        quantity,
        unit,
        _value(quantity),
        before,
        behind,
        text[len(behind) :],
        name_of(before + behind),
        stage,
        sure,
        frozenset(forms.times.findall(timed)),
        month[1] if month else "",
        part or (unit == "%" and _RULED.search(lead) is not None),
        by_act,
        borrowed,
    )


def _subject(case: Case, quantity: Quantity, unit: str, last: Fact | None) -> tuple[str, str]:
    """What a number that says nothing itself is of: what its sentence counted before, else its leaf or heading."""
    if last is not None:
        alike = last.unit == unit or unit in ("人", "人次")  # 「培训12期、1,260人次」
        return (last.before, last.behind) if alike else ("", "")
    item = case.item_at(quantity.span.start)
    if item is not None:
        return item.name, ""
    section = case.section(quantity.span.start)
    return (section.title, "") if section is not None and len(section.title) < _LABEL else ("", "")


def _item_meant(case: Case, quantity: Quantity, words: str) -> ScoredItem | None:
    """The leaf of which the words are only a part: 「目标25家，新认定27家」 of 新认定高新技术企业."""
    item = case.item_at(quantity.span.start)
    return item if item is not None and name_of(words).core < name_of(flat(item.name)).core else None


def _stage(
    case: Case, quantity: Quantity, before: str, behind: str, lead: str, last: Fact | None
) -> tuple[str, bool]:
    """Whether a number was planned or done, and whether words say so."""
    forms, at = load_fact_words(), quantity.span
    really = _REALLY.search(before) is not None
    planned = (
        forms.planned.search(before) is not None
        or forms.planned.match(behind) is not None
        or _BEHIND_PLAN.match(case.flat, at.end) is not None
    )
    if really or planned:
        return (DONE if really else PLANNED), True
    done = forms.done.search(before) is not None
    if last is not None and last.stage == PLANNED and quantity.unit != "%" and not done:
        # 「目标25家，新认定27家」, 「计划改造危桥5座，完工5座」; 「计划改造危桥5座、涵洞9座」
        answers = last.borrowed or (not bare(before + behind) and _ANSWERS.search(before) is not None)
        return (DONE, True) if answers and last.quantity.unit == quantity.unit else (PLANNED, True)
    paragraph = case.paragraph(at.start).start
    label = case.flat[paragraph : min(at.start, paragraph + _LABEL)]
    aimed = case.chapter_key(at.start) == "绩效目标" or case.aimed_at(at.start)
    labelled = "目标" in label and not _RESULTS.search(label) and case.item_at(at.start) is None
    if case.in_table(at.start) and _goal_cells(case):
        aimed, labelled = False, any(span.start <= at.start < span.end for span in _goal_cells(case))
    if aimed or labelled:
        if _REALLY.search(lead):
            return DONE, False
        return (PLANNED, True) if forms.planned.search(lead) and not case.in_table(at.start) else (AIMED, True)
    return DONE, done


@once
def _goal_cells(case: Case) -> tuple[Span, ...]:
    """The cells of a form that tell in words what was aimed at: those under a label of goals or beside it."""
    return tuple(
        grid.span(*place)
        for grid in case.grids
        for (row, column), label in grid.texts.items()
        if "目标" in label and _GOAL_HEADER.fullmatch(label)
        for place in ((row + 1, column), (row, column + 1))
        if place in grid.cells
    )


_GOAL_HEADER = re.compile(r"(?:年初|年度|预期|当年)*(?:绩效|总体|工作)*目标(?:值)?")


def _tabled(case: Case, quantity: Quantity, unit: str) -> Fact:
    """A fact of a table's cell, named by its row and column."""
    forms, words = load_fact_words(), quantity.name
    planned = quantity.about == AIMED or re.search("预算|指标值|计划|目标", words) is not None
    limits = frozenset(forms.times.findall(words))
    part = bool(quantity.vague or forms.parts.search(words))
    stage = PLANNED if planned else DONE
    return Fact(quantity, unit, _value(quantity), words, "", "", name_of(words), stage, True, limits, "", part)


_RESULT = re.compile(
    r"(?:完成|实际|共|开展|举办|发放|达到?)?(?P<n>\d[\d,]*(?:\.\d+)?)(?P<unit>[\u4e00-\u9fff%]{0,4}?)(?=$|[,;。、(])"
)
_IN_NAME = re.compile(r"\((?P<unit>[\u4e00-\u9fff]{1,4})\)")
_BRACKETS = re.compile(r"\([^()]*\)")


def _achieved(case: Case) -> Iterator[Fact]:
    """What the rows of indicators say was achieved."""
    for item in case.found.items:
        match = _RESULT.match(flat(item.actual)) if item.table and item.actual else None
        if match is not None:
            fact = _of_row(case, item, match)
            if fact is not None:
                yield fact


def _of_row(case: Case, item: ScoredItem, match: re.Match[str]) -> Fact | None:
    forms, named = load_fact_words(), _IN_NAME.search(flat(item.name))
    written, number = match["unit"] or (named["unit"] if named else ""), read_decimal(match["n"])
    at = case.flat.find(match["n"], item.span.start)
    words = _BRACKETS.sub("", flat(item.name))
    if number is None or at < 0 or not bare(words):
        return None
    place = Span(at, at + len(match["n"]))
    told = Quantity(words, match["n"], number, written, case.year, place, item.span, about=DONE, table=True)
    unit = forms.units.get(_plain_unit(case, told))
    if unit is None:
        return None
    limits, part = frozenset(forms.times.findall(words)), forms.parts.search(words) is not None
    return Fact(told, unit, _value(told), words, "", "", name_of(words), DONE, True, limits, "", part)
