"""The case: what a check may ask for, and how a finding is made from it."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import cached_property, wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from hengji.auditing.certainty import Certainty, certainty_of
from hengji.auditing.ledger import Entry, ledger_of
from hengji.auditing.numbers import in_unit
from hengji.auditing.recognise import Recognised
from hengji.extracting.flat import flat_whole
from hengji.extracting.tables.grid import Grid, grids_of
from hengji.library.check_texts import CheckText, load_checks
from hengji.model.extraction import Extraction, Quantity, ScoredGroup, ScoredItem, Section, Span
from hengji.model.filing import Value
from hengji.model.finding import Finding, Place, Severity
from hengji.model.patterns import pattern
from hengji.model.stretches import holding
from hengji.model.system import IndicatorSystem
from hengji.model.units import dimension

_LISTED = pattern(r"(?P<name>[\u4e00-\u9fff“”\"]{2,24}?)(?:指标)?扣\s?(?P<n>\d{1,2}(?:\.\d+)?)\s?分")
_TOGETHER = 6  # characters between a heading and its score
_GOALS, _RESULTS = (
    pattern(r"目标|(?:主要|重点|年度)(?:工作)?任务$|工作(?:计划|要点)$"),
    pattern(r"完成|实现|情况分析|达成|结果|得分"),
)


@dataclass(frozen=True, slots=True)
class Accounts:
    """The final accounts as figures by data item, where no document of them is at hand; each says where it stood."""

    figures: Mapping[str, Value]


# Headers of a form's columns; a "sentence" with several of them is a form whose cells were run together.
_HEADERS = pattern(
    r"[一二三]级\s?指标|指标\s?值|完成\s?值|目标值|分值|得分|权重|[产效]出?[出益]指标|满意度指标|指标名称|计量单位|执行率\s?\(B"
)
_SEVERAL = 4


def _of_a_form(text: str) -> bool:
    return "指标" in text and len({match[0] for match in _HEADERS.finditer(text)}) >= _SEVERAL


@dataclass(frozen=True)
class Case:
    """One document under audit, with the references that were given for it.

    ``against`` is the final accounts, ``previous`` last year's report, ``peers`` the other reports of the same run;
    ``known`` is there where the indicator system is given or recognised.
    """

    found: Extraction
    known: Recognised | None = None
    against: Extraction | Accounts | None = None
    previous: Extraction | None = None
    peers: tuple[Extraction, ...] = ()
    kept: dict[object, Any] = field(
        default_factory=dict, init=False, compare=False, repr=False
    )  # what ``once`` worked out

    @property
    def system(self) -> IndicatorSystem | None:
        """The indicator system that the report follows."""
        return self.known.system if self.known is not None else None

    @property
    def leaf_ids(self) -> Mapping[str, str]:
        """Item name -> leaf id of the system."""
        return self.known.leaf_ids if self.known is not None else {}

    @cached_property
    def flat(self) -> str:
        """The document's text in one spelling, position by position the same."""
        return flat_whole(self.found.document.text)

    @cached_property
    def grids(self) -> tuple[Grid, ...]:
        """The tables, merged cells drawn out."""
        return tuple(grids_of(self.found.document).values())

    @cached_property
    def ledger(self) -> tuple[Entry, ...]:
        """The amounts by line of money, planned and spent."""
        return ledger_of(self.found, self.flat, self.grids)

    @cached_property
    def certainty(self) -> Certainty:
        """How sure it is that the scored tree was read whole."""
        return certainty_of(self.found, self.flat, self.grids)

    @cached_property
    def year(self) -> int:
        """The evaluated year."""
        return self.found.year

    def text(self, span: Span) -> str:
        """The words of a span in one spelling."""
        return self.flat[span.start : span.end]

    def sentence(self, position: int) -> Span:
        """The sentence at a position."""
        return _at(self.found.sentences, self._sentence_starts, position)

    def paragraph(self, position: int) -> Span:
        """The paragraph at a position; outside running text the sentence."""
        found = _at(self.found.paragraphs, self._paragraph_starts, position)
        return found if found.start <= position < found.end else self.sentence(position)

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [span.start for span in self.found.sentences]

    @cached_property
    def _paragraph_starts(self) -> list[int]:
        return [span.start for span in self.found.paragraphs]

    @cached_property
    def _section_starts(self) -> list[int]:
        return [section.span.start for section in self.found.sections]

    def section(self, position: int) -> Section | None:
        """The innermost section that a position stands in."""
        index = bisect_right(self._section_starts, position) - 1
        return self.found.sections[index] if index >= 0 else None

    def chapter_key(self, position: int) -> str:
        """The canonical chapter a position stands in: the nearest one upward from its section."""
        index = bisect_right(self._section_starts, position) - 1
        return self._section_keys[index] if index >= 0 else ""

    @cached_property
    def _section_keys(self) -> list[str]:
        """The canonical chapter of each section: its own, else that of the one above it, which stands before it."""
        keys: list[str] = []
        for section in self.found.sections:
            keys.append(section.key or (keys[section.parent] if section.parent is not None else ""))
        return keys

    def aimed_at(self, position: int) -> bool:
        """Whether a position outside the indicators stands under a heading of goals, and so tells what was aimed at."""
        index = bisect_right(self._section_starts, position) - 1
        return index >= 0 and self._under_goals[index] and self.item_at(position) is None

    @cached_property
    def _under_goals(self) -> list[bool]:
        """Of each section whether it, or one above it, has a heading of goals; results and scored parts are none, whatever their names."""
        under: list[bool] = []
        results: list[bool] = []
        scored = {group.section for group in self.found.groups}
        for index, section in enumerate(self.found.sections):
            above = section.parent is not None and under[section.parent]
            aimed = section.key == "绩效目标"
            told = index in scored or (section.heading and _RESULTS.search(section.title) is not None)
            # 「（一）数量目标」 under 「四、绩效目标完成情况」 tells results
            results.append(told or (section.parent is not None and results[section.parent] and not aimed))
            under.append(not results[-1] and (above or aimed or _GOALS.search(section.title) is not None))
        return under

    def chapter(self, key: str) -> Section | None:
        """The first section that opens a canonical chapter."""
        index = self._chapters.get(key)
        return self.found.sections[index] if index is not None else None

    @cached_property
    def _chapters(self) -> dict[str, int]:
        """Which section is the first to open each canonical chapter."""
        found: dict[str, int] = {}
        for index, section in enumerate(self.found.sections):
            if section.key not in found and _opens(section):
                found[section.key] = index
        return found

    def chapter_span(self, key: str) -> Span | None:
        """From the heading of a canonical chapter to the next heading of its depth or above."""
        index = self._chapters.get(key)
        if index is None:
            return None
        section = self.found.sections[index]
        after = (s.span.start for s in self.found.sections[index + 1 :] if s.rank <= section.rank)
        return Span(section.span.start, next(after, len(self.flat)))

    def item_at(self, position: int) -> ScoredItem | None:
        """The indicator whose text a position stands in."""
        cuts, owners = self._item_ranges
        index = bisect_right(cuts, position) - 1
        return owners[index] if index >= 0 else None

    @cached_property
    def not_assessed(self) -> tuple[ScoredItem, ...]:
        """The indicators that are not assessed."""
        return tuple(item for item in self.found.items if item.not_applicable)

    @cached_property
    def _item_ranges(self) -> tuple[list[int], list[ScoredItem | None]]:
        """Where the text of an indicator begins or ends, and which stands from there on: of several the first."""
        items = self.found.items
        cuts = sorted({cut for item in items for cut in item.body})
        owners: list[ScoredItem | None] = [None] * len(cuts)
        for item in reversed(items):
            for index in range(bisect_left(cuts, item.body.start), bisect_left(cuts, item.body.end)):
                owners[index] = item
        return cuts, owners

    @cached_property
    def parts_of(self) -> tuple[dict[int | None, list[ScoredGroup]], dict[int | None, list[ScoredItem]]]:
        """The groups and the leaves under headings by the section of the group that they stand right under."""
        sections = self.found.sections
        groups = [group for group in self.found.groups if group.section is not None]
        grouped = {group.section for group in groups}

        def parent(section: int) -> int | None:
            at = sections[section].parent
            while at is not None and at not in grouped:
                at = sections[at].parent
            return at

        below: dict[int | None, list[ScoredGroup]] = {}
        leaves: dict[int | None, list[ScoredItem]] = {}
        for group in groups:
            if group.section is not None:
                below.setdefault(parent(group.section), []).append(group)
        for item in self.found.items:
            if item.section is not None:
                # its own section where that is a group: leaves told under one heading
                owner = item.section if item.section in grouped else parent(item.section)
                leaves.setdefault(owner, []).append(item)
        return below, leaves

    def leaf_span(self, item: ScoredItem) -> Span:
        """A leaf's heading and score where they stand together, else its score."""
        together = item.span.end <= item.quote.start <= item.span.end + _TOGETHER
        return Span(item.span.start, item.quote.end) if together and not item.table else item.quote

    @cached_property
    def losses(self) -> dict[str, Decimal]:
        """The indicators that the conclusion lists as having lost points, and how many."""
        span = self.chapter_span("自评结论")
        found: dict[str, Decimal] = {}
        for match in (
            _LISTED.finditer(self.flat, span.start, span.end) if span is not None and "扣" in self.text(span) else ()
        ):
            found[re.sub(r"^.*[、,:和及]|[“”\"]", "", match["name"])] = Decimal(match["n"])
        return found

    def leaf_passage(self, item: ScoredItem) -> Span:
        """A leaf of running text from its heading to the end of the paragraph that argues for its score; a table's its score."""
        if item.table:
            return item.quote
        end = self.paragraph(item.quote.start).end
        if end - item.quote.end < _TOGETHER and end < item.body.end:
            end = self.paragraph(end + 1).end
        return Span(item.span.start, max(item.quote.end, min(end, item.body.end)))

    def quantities(self, name: str) -> tuple[Quantity, ...]:
        """The mentions of a data item of the evaluated year, limited ones left out."""
        return tuple(self._by_item.get(name, ()))

    @cached_property
    def _by_item(self) -> dict[str, list[Quantity]]:
        found: dict[str, list[Quantity]] = {}
        for quantity in self.found.quantities:
            if quantity.item and quantity.year == self.year and not quantity.scope and quantity.about != "目标":
                found.setdefault(quantity.item, []).append(quantity)
        return found

    @cached_property
    def amounts(self) -> frozenset[Fraction]:
        """Every amount of money that is told anywhere, in 万元."""
        return frozenset(in_unit(q, "万元") for q in self.found.quantities if dimension(q.unit) == "money")

    @cached_property
    def by_sentence(self) -> dict[Span, list[Quantity]]:
        """The figures of each sentence or table row."""
        found: dict[Span, list[Quantity]] = {}
        for quantity in self.found.quantities:
            found.setdefault(quantity.sentence, []).append(quantity)
        return found

    def beside(self, quantity: Quantity) -> list[Quantity]:
        """The figures of the same sentence that a rate can be made of; of the sentence before where it has none."""
        own = [q for q in self.by_sentence.get(quantity.sentence, ()) if _makes_rates(q)]
        if own:
            return own
        start = self.paragraph(quantity.span.start).start
        before = [q for q in self.found.quantities if start <= q.span.start < quantity.span.start and not q.table]
        last = before[-1].sentence if before else None
        return [q for q in before if q.sentence == last and _makes_rates(q)]

    @cached_property
    def running(self) -> tuple[tuple[Span, str], ...]:
        """The sentences of running text (not of tables), each with its words."""
        glued = self._glued
        return tuple(
            (span, self.text(span))
            for span in self.found.sentences
            if not self.in_table(span.start)
            and not (glued and any(start <= span.start < end for start, end in glued))
            and not _of_a_form(self.text(span))
        )

    def running_with(self, *forms: re.Pattern[str]) -> Iterator[tuple[Span, str]]:
        """The sentences of running text that may hold a match of one of these patterns: only they need a closer look."""
        held = {at for form in forms for at in holding(form, self.flat, self._running_starts)}
        return (self.running[at] for at in sorted(held))

    @cached_property
    def _running_starts(self) -> list[int]:
        return [span.start for span, _ in self.running]

    def sentences_with(self, form: re.Pattern[str]) -> Iterator[Span]:
        """The sentences and table rows that may hold a match of a pattern."""
        return (self.found.sentences[at] for at in holding(form, self.flat, self._sentence_starts))

    def paragraphs_with(self, form: re.Pattern[str]) -> Iterator[Span]:
        """The paragraphs that may hold a match of a pattern."""
        return (self.found.paragraphs[at] for at in holding(form, self.flat, self._paragraph_starts))

    @cached_property
    def told_rates(self) -> tuple[Quantity, ...]:
        """The percentages of running text."""
        return tuple(q for q in self.found.quantities if q.unit == "%" and not q.table)

    @cached_property
    def _glued(self) -> list[Span]:
        """Rows of a table that stand as lines of text, their digits run together."""
        return [item.span for item in self.found.items if item.table and not self.in_table(item.span.start)]

    @cached_property
    def _table_ranges(self) -> tuple[list[int], list[int]]:
        tables = [block for block in self.found.document.blocks if block.cells]
        return [table.start for table in tables], [table.end for table in tables]

    def in_table(self, position: int) -> bool:
        """Whether a position stands in a table."""
        starts, ends = self._table_ranges
        index = bisect_right(starts, position) - 1
        return index >= 0 and position < ends[index]

    def finding(
        self,
        code: str,
        span: Span | None,
        message: str,
        *,
        severity: Severity | None = None,
        stated: str = "",
        recomputed: str = "",
        advice: str = "",
        item: str = "",
        absent: bool = False,
        also: Iterable[Span] = (),
    ) -> Finding:
        """A finding at a span; ``absent`` anchors it there without a quotation; ``also`` is where the other end of it stands."""
        text = check_text(code)
        quote = "" if span is None or absent else self.found.text(span)
        return Finding(
            code=code,
            severity=severity or text.severity,
            message=message,
            item=item,
            leaf=self.leaf_ids.get(item, ""),
            stated=stated,
            recomputed=recomputed,
            locator=self.found.document.place(span.start) if span is not None else "",
            advice=advice or text.advice,
            basis=text.basis,
            quote=quote,
            start=span.start if span is not None else None,
            end=(span.start if absent else span.end) if span is not None else None,
            file=self.found.document.file,
            also=tuple(Place(self.found.text(s), s.start, s.end, self.found.document.place(s.start)) for s in also),
        )

    def anchor(self, *keys: str) -> Span | None:
        """The heading nearest to what is absent: the first of these chapters that exists, else the first heading."""
        for key in keys:
            section = self.chapter(key)
            if section is not None:
                return section.span
        return self.found.sections[0].span if self.found.sections else Span(0, 0)


def _makes_rates(quantity: Quantity) -> bool:
    return quantity.unit not in ("%", "‰", "个百分点") and quantity.about != "目标"


def check_text(code: str) -> CheckText:
    """What the catalogue says of a code."""
    return load_checks()[code]


def _opens(section: Section) -> bool:
    """Whether a section opens its chapter; how last year's problems were put right is no chapter of problems."""
    return section.key != "存在问题" or not _LAST_YEARS.search(section.title)


_LAST_YEARS = pattern(r"上年|上一年|往年|去年")


def _at(spans: Sequence[Span], starts: Sequence[int], position: int) -> Span:
    index = bisect_right(starts, position) - 1
    return spans[index] if index >= 0 else Span(position, position)


def first(form: re.Pattern[str], case: Case, spans: Iterable[Span]) -> Iterator[Span]:
    """Where a pattern matches in each of these spans, first match of each."""
    for span in spans:
        match = form.search(case.flat, span.start, span.end)
        if match is not None:
            yield Span(match.start(), match.end())


Check = Callable[[Case], Iterable[Finding]]
Made = TypeVar("Made")
Further = ParamSpec("Further")


def once(work: Callable[Concatenate[Case, Further], Made]) -> Callable[Concatenate[Case, Further], Made]:
    """A function whose outcome is worked out once for each case (and what it is asked for there), however many checks ask for it."""

    @wraps(work)
    def remembered(case: Case, /, *asked: Further.args, **named: Further.kwargs) -> Made:
        kept: dict[object, Made] = case.kept
        key = (work, *asked, *named.items())
        if key not in kept:
            kept[key] = work(case, *asked, **named)
        return kept[key]

    return remembered
