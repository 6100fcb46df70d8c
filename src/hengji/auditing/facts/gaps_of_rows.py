"""R08: by how much a row missed its target, and running text that tells the gap with its digits in another order: 「目标92%，实际89.7%」, 「少完成3.2个百分点」."""

from collections.abc import Iterator
from decimal import Decimal

from hengji.auditing.case import Case
from hengji.auditing.numbers import number
from hengji.model.extraction import ScoredItem, Span
from hengji.model.finding import Finding
from hengji.model.numerals import read_decimal
from hengji.model.patterns import pattern

_AIM = pattern(r"(?:[≥>=]{1,2}|目标|不低于|达到?)*\s?(?P<n>\d{1,3}(?:\.\d+)?)%(?:以上)?")
_DONE = pattern(r"(?:实际|完成|达到?)*\s?(?P<n>\d{1,3}(?:\.\d+)?)%(?![^,;。]{0,4}[,;]?\s?\d{1,3}%)")
_BOTH = pattern(r"目标(?P<aim>\d{1,3}(?:\.\d+)?)%[,;](?:实际|完成|达到?)+(?P<done>\d{1,3}(?:\.\d+)?)%")
_GAP = pattern(
    r"(?:少完成|少|低于?|低了|相差|差|短)(?:目标|年度目标|预期)?(?:值)?(?:了)?\s?(?P<n>\d{1,2}(?:\.\d+)?)个百分点"
)
_COMPARED = pattern(r"上年|去年|同[期比]|20\d\d年|全[省市县]|平均")
_BACK = 12  # characters before a gap that say against what else it is
_TAIL = 3  # characters of the end of a leaf's name by which running text names it


def gaps_of_rows(case: Case) -> Iterator[Finding]:
    """The gaps in paragraphs that name one such row, and tell neither its gap nor another row's."""
    if "个百分点" not in case.flat:
        return
    rows = [(item, gap) for item in case.found.items if (gap := _gap(item)) is not None]
    for match in _GAP.finditer(case.flat) if rows else ():
        paragraph = case.paragraph(match.start())
        text, told = case.text(paragraph), read_decimal(match["n"])
        named = [(item, gap) for item, gap in rows if item.name[-_TAIL:] in text]
        compared = _COMPARED.search(
            case.flat, max(case.sentence(match.start()).start, match.start() - _BACK), match.start()
        )
        if case.in_table(match.start()) or len(named) != 1 or told is None or compared:
            continue
        item, gap = named[0]
        shown = number(gap)
        if told != gap and sorted(match["n"]) == sorted(shown):
            message = f"“{item.name}”表里目标与实际相差{shown}个百分点，这里写{match['n']}个百分点"
            span = Span(*match.span())
            yield case.finding("R08", span, message, stated=match["n"], recomputed=shown, also=(item.quote,))


def _gap(item: ScoredItem) -> Decimal | None:
    """By how many points a row's rate is below its target."""
    if not item.table or item.doubtful:
        return None
    both = _BOTH.search(item.actual)
    aim, done = _AIM.fullmatch(item.target.strip()), _DONE.match(item.actual.strip())
    told = (both["aim"], both["done"]) if both is not None else (aim["n"], done["n"]) if aim and done else None
    values = [read_decimal(each) for each in told] if told is not None else []
    if len(values) != 2 or values[0] is None or values[1] is None or values[1] >= values[0]:
        return None
    return values[0] - values[1]
