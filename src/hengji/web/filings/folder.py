"""A filing's folder (案卷): everything one page needs of a filing, each worked out once."""

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from functools import cached_property

from hengji.model.filing import Filing, ValueKey
from hengji.model.finding import SEVERITY_CN, Severity
from hengji.model.item import Item
from hengji.model.problem import Problem
from hengji.model.scorecard import LeafScore, Scorecard, Standing
from hengji.model.system import Indicator, IndicatorSystem
from hengji.scoring import derivation
from hengji.scoring.facts import Facts
from hengji.web.filings import examining, memory
from hengji.web.filings.bridge import Rows
from hengji.web.filings.examining import Examination
from hengji.web.filings.findings import Found, findings, key_of
from hengji.web.filings.memory import Held
from hengji.web.filings.models import FilingRow, whole_rows
from hengji.web.filings.summing import SumLine, sum_lines
from hengji.web.filings.systems import system_in
from hengji.web.filings.tables import VALUE, WAIVER
from hengji.web.people.acts import Act
from hengji.web.trail.models import Entry
from hengji.workbook.check import check_filing
from hengji.workbook.needs import needed_items


@dataclass(frozen=True)
class Folder:
    """One filing as pages see it. A folder is opened for one request and forgotten."""

    row: FilingRow
    brief: bool = False  # what was found in the text last will do
    recent: bool = False  # what was found a moment ago will do

    @classmethod
    def open(cls, filing: FilingRow | int, *, brief: bool = False) -> "Folder":
        """The folder of a filing, of which the row may be at hand."""
        if isinstance(filing, int):
            filing = whole_rows().get(pk=filing)
        return cls(filing, brief)

    @classmethod
    def lately(cls, filing: FilingRow) -> "Folder":
        """The folder for a page where the findings may be some seconds old."""
        return cls(filing, recent=True)

    @cached_property
    def rows(self) -> Rows:
        """Every row of it, read when first asked for."""
        return Rows(self.row, self._held.tables)

    @cached_property
    def _held(self) -> Held:
        """What this process remembers of it, as of the row's revision."""
        return memory.hold(self.row)

    @cached_property
    def filing(self) -> Filing:
        """The filing as a value."""
        return memory.filing_of(self.row, self._held)

    @cached_property
    def system(self) -> IndicatorSystem:
        """The pinned system, in the filing's year."""
        return system_in(self.row.system, self.row.year)

    @cached_property
    def card(self) -> Scorecard:
        """The scorecard."""
        return memory.card_of(self.row, self._held, self.system)

    @cached_property
    def facts(self) -> Facts:
        """Every figure as scoring takes it."""
        return Facts(self.filing, self.system.dictionary)

    def facts_of(self, unit: str) -> Facts:
        """The figures of one subordinate unit alone; without a name those of the department."""
        return self._unit_facts(unit) if unit else self.facts

    def _unit_facts(self, unit: str) -> Facts:
        known = self.__dict__.setdefault("_known_units", {})
        if unit not in known:
            own = {ValueKey(k.item, k.year): value for k, value in self.filing.values.items() if k.unit == unit}
            known[unit] = Facts(replace(self.filing, values=own, units=(), registers={}), self.system.dictionary)
        facts = known[unit]
        assert isinstance(facts, Facts)
        return facts

    @cached_property
    def derivation(self) -> tuple[tuple[str, str], ...]:
        """The total step by step."""
        return derivation(self.system, self.card)

    @cached_property
    def examination(self) -> Examination:
        """What the checks found in the text that would be signed."""
        work = self._held.work
        if not (self.brief and work.examination):
            work.examination = (
                examining.last(self.row)
                if self.brief
                else examining.examination(self.row, self.system, self.filing, self.card, lately=self.recent)
            )
        return work.examination

    @cached_property
    def sums(self) -> tuple[SumLine, ...]:
        """The total as written arithmetic."""
        return sum_lines(self.system, self.card)

    @cached_property
    def found(self) -> tuple[Found, ...]:
        """The findings, with the reasons of those set aside."""
        reasons = {str(place[0]): str(row.says["reason"]) for place, row in self.rows.of(WAIVER).items()}
        in_text = self.examination.findings
        all_of_them = findings(self.system, self.filing, self.card, in_text, self.facts, self._faults)
        each = ((key_of(finding), finding) for finding in all_of_them)
        return tuple(Found(key, finding, reasons.get(key, "")) for key, finding in each)

    @cached_property
    def _faults(self) -> tuple[Problem, ...]:
        """What in it cannot be used; the answer to a save, which lets nothing unusable in, takes what was found last."""
        work = self._held.work
        if work.faults is None or not self.brief:
            work.faults = check_filing(self.filing, self.system, "")
        return work.faults

    @property
    def blocking(self) -> tuple[Found, ...]:
        """The findings that keep the filing from being sent on."""
        return tuple(found for found in self.found if found.blocks)

    @cached_property
    def counts(self) -> tuple[tuple[Severity, str, int], ...]:
        """How many findings of each severity still ask for a person."""
        number = Counter(found.finding.severity for found in self.found if not found.waived)
        return tuple((severity, SEVERITY_CN[severity], number[severity]) for severity in Severity)

    def about_leaf(self, leaf_id: str) -> tuple[Found, ...]:
        """The findings about a leaf."""
        return self._by_place.get(leaf_id, ())

    def about_item(self, name: str) -> tuple[Found, ...]:
        """The findings about a data item or a chapter."""
        return self._by_place.get(name, ())

    @cached_property
    def _by_place(self) -> dict[str, tuple[Found, ...]]:
        """The findings by the leaf, item or chapter they are about."""
        places: dict[str, list[Found]] = defaultdict(list)
        for found in self.found:
            for place in {found.finding.leaf, found.finding.item} - {""}:
                places[place].append(found)
        return {place: tuple(founds) for place, founds in places.items()}

    @cached_property
    def lost(self) -> tuple[LeafScore, ...]:
        """The leaves that earned less than they could."""
        return tuple(leaf for leaf in self.card.leaves if leaf.score is not None and leaf.score < (leaf.full or 0))

    @cached_property
    def progress(self) -> tuple[int, int]:
        """How many of the leaves have a score or need none, and how many there are."""
        settled = sum(leaf.standing is not Standing.MISSING for leaf in self.card.leaves)
        return settled, len(self.card.leaves)

    @property
    def missing(self) -> int:
        """How many leaves have no score yet."""
        return self.progress[1] - self.progress[0]

    @cached_property
    def askable(self) -> tuple[Item, ...]:
        """The items that feed a score, for trying what would be if."""
        return needed_items(self.system)

    @property
    def by_intake(self) -> frozenset[int]:
        """The versions of the values that intake put in, looked up only where one was read out of a report."""
        work = self._held.work
        if work.by_intake is None:
            entries = Entry.objects.filter(filing=self.row, act=Act.INTAKE.value, table=VALUE.name)
            work.by_intake = frozenset(entries.values_list("number", flat=True))
        return work.by_intake

    @cached_property
    def indicators(self) -> dict[str, Indicator]:
        """The leaves of the system by id."""
        return {leaf.id: leaf for leaf in self.system.leaves()}
