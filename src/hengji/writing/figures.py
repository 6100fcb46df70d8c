"""What references print: the figures of a filing and of its scorecard as an official text spells them."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property

from hengji.language import formula, unit_of
from hengji.model.filing import Filing
from hengji.model.item import ItemType
from hengji.model.numerals import fixed, percent, plain
from hengji.model.scorecard import LeafScore, Scorecard
from hengji.model.system import IndicatorSystem
from hengji.model.units import dimension
from hengji.scoring.evaluate import evaluate
from hengji.scoring.facts import Datum, Facts
from hengji.scoring.results import Missing, Result, ZeroBase
from hengji.writing.template import Kind, Reference, Word


@dataclass(frozen=True, slots=True)
class Gap:
    """What a reference has nothing to print for, in words."""

    what: str


@dataclass(frozen=True)
class Figures:
    """The figures of one scored filing, each printed one way only."""

    filing: Filing
    system: IndicatorSystem
    scorecard: Scorecard

    @cached_property
    def facts(self) -> Facts:
        """The data items as scoring resolves them."""
        return Facts(self.filing, self.system.dictionary)

    def text(self, reference: Reference) -> str | Gap:
        """What a reference prints, or the gap it leaves."""
        match reference.kind:
            case Kind.ITEM | Kind.LAST_YEAR:
                return self.item(reference.name, 0 if reference.kind is Kind.ITEM else 1)
            case Kind.BARE | Kind.BARE_LAST_YEAR:
                return self.item(reference.name, 0 if reference.kind is Kind.BARE else 1, bare=True)
            case Kind.EXPRESSION:
                return self._expression(reference)
            case Kind.COVER:
                return self.cover(reference.name)
            case Kind.WORD:
                return self._word(Word(reference.name))
            case _:
                return self._leaf(reference.kind, self.scorecard.leaf(reference.name))

    def item(self, name: str, back: int = 0, *, bare: bool = False) -> str | Gap:
        """A data item of this year, or of ``back`` years before; with its unit unless it stands bare in a table."""
        datum = self.facts.datum(name, back)
        if isinstance(datum.result, Missing | ZeroBase):
            return Gap(f"{'' if not back else f'{datum.year}年'}{name}")
        return self._printed(datum, bare=bare)

    def number(self, reference: Reference) -> Fraction | None:
        """The exact number behind a reference to an item or an expression, or None."""
        if reference.expression is not None:
            result = evaluate(reference.expression.tree, self.facts)
        elif reference.kind in (Kind.ITEM, Kind.BARE, Kind.LAST_YEAR, Kind.BARE_LAST_YEAR):
            back = 1 if reference.kind in (Kind.LAST_YEAR, Kind.BARE_LAST_YEAR) else 0
            result = self.facts.item(reference.name, back)
        else:
            return None
        return result if isinstance(result, Fraction) and not isinstance(result, bool) else None

    def cover(self, label: str) -> str | Gap:
        """A line of the cover; dates are printed as documents write them."""
        stated = self.filing.cover.get(label, "").strip()
        if not stated:
            return self.filing.department if label == "部门名称" and self.filing.department else Gap(label)
        return official_date(stated)

    def _printed(self, datum: Datum, *, bare: bool) -> str:
        item = self.system.dictionary.items[datum.name]
        if item.type is ItemType.NUMBER:
            return printed(datum.result, item.unit, bare=bare)
        return _words(datum.result)

    def _expression(self, reference: Reference) -> str | Gap:
        assert reference.expression is not None  # its kind says so
        tree = reference.expression.tree
        result = evaluate(tree, self.facts)
        if isinstance(result, Missing | ZeroBase):
            return Gap(formula(tree))
        return printed(result, unit_of(tree, self.system.dictionary) or "", bare=False)

    def _word(self, word: Word) -> str | Gap:
        match word:
            case Word.YEAR:
                return str(self.filing.year)
            case Word.LAST_YEAR:
                return str(self.filing.year - 1)
            case Word.DEPARTMENT:
                return self.filing.department or Gap("单位名称")
        return self._total(word)

    def _total(self, word: Word) -> str | Gap:
        totals = self.scorecard.totals
        if totals is None:
            return Gap("总分（本体系不计分）")
        extra = {Word.BONUS: totals.bonus, Word.DEDUCTION: totals.deduction}
        if word in extra:
            found = extra[word]
            return points(found.score if found else Fraction(0))
        if word is Word.GRADE:
            return totals.grade or Gap("等次")
        return points({Word.TOTAL: totals.final, Word.BASE: totals.base, Word.RAW: totals.raw}[word])

    def _leaf(self, kind: Kind, leaf: LeafScore) -> str | Gap:
        if kind is Kind.REASON:
            return leaf.trace.sentence.rstrip("。") or Gap(f"{quoted(leaf.name)}的得分依据")
        number = leaf.points if kind is Kind.POINTS else stated_score(leaf)
        return points(number) if number is not None else Gap(f"{quoted(leaf.name)}的{kind}")


def stated_score(leaf: LeafScore) -> Fraction | None:
    """The score the report prints for a leaf: the department's claim, else the one that counts."""
    return leaf.claimed if leaf.claimed is not None else leaf.score


def quoted(name: str) -> str:
    """A name in quotes; quotes inside it become single ones, as official texts print them."""
    return f"“{name.replace('“', '‘').replace('”', '’')}”"


def points(number: Fraction) -> str:
    """So many 分, as official texts print them: no trailing zeros."""
    return f"{plain(number)}分"


def printed(result: Result, unit: str, *, bare: bool) -> str:
    """A result in its unit: money with two decimals, a ratio as a percentage, counts without trailing zeros."""
    if not isinstance(result, Fraction) or isinstance(result, bool):
        return _words(result)
    if dimension(unit) == "ratio" and unit:
        return percent(result)
    text = fixed(result) if dimension(unit) == "money" else plain(result)
    return text if bare else f"{text}{unit}"


def _words(result: Result) -> str:
    if isinstance(result, bool):
        return "是" if result else "否"
    return official_date(result) if isinstance(result, date) else str(result)


def official_date(stated: str | date) -> str:
    """A date as documents print it: 2024年5月21日; any other text stays as it is."""
    try:
        day = date.fromisoformat(stated) if isinstance(stated, str) else stated
    except ValueError:
        return str(stated)
    return f"{day.year}年{day.month}月{day.day}日"
