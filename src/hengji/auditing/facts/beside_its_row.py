"""R08: a count told in a sentence that tells another figure of the same row: 「16个小区……惠及1860户」, and the row has 「14个小区、1860户」."""

from collections.abc import Iterator
from decimal import Decimal

from hengji.auditing.case import Case
from hengji.auditing.slips import slip
from hengji.auditing.wording import pairs_of
from hengji.model.extraction import Quantity, ScoredItem
from hengji.model.finding import Finding
from hengji.model.numerals import read_decimal
from hengji.model.patterns import pattern

_UNIT = (
    r"万?(?:公里|平方米|立方米|人次|批次|场次|[个座家所处户人名件份项条台套辆亩吨场次期册卷株头张栋块口间片起宗例米])"
)
_FIGURE = pattern(rf"(?<![\d.,])(?P<n>\d[\d,]*(?:\.\d+)?)\s?(?P<unit>{_UNIT})")
_TELLING = 3  # digits of a figure by which a sentence and a row are known to tell of one thing
_NEAR = Decimal("1.25")
_OTHERWISE = pattern("目标|计划|应|上年|去年|其中|拟|预计|每|季度|上半年|新增|同比|比20|累计")


def beside_its_row(case: Case) -> Iterator[Finding]:
    """The counts of running text beside a figure that a row alone has, in a unit that the row has another count of."""
    rows = [(item, _figures(item)) for item in case.found.items if item.table and item.actual]
    for sentence, told in case.by_sentence.items():
        text = case.text(sentence)
        if case.in_table(sentence.start) or len(told) == 1:
            continue
        for item, figures in rows:
            anchors = [q for q in told if _key(q) in figures and _digits(q.number) >= _TELLING]
            if not anchors or len(figures) == 1 or not pairs_of(item.name) & pairs_of(text):
                continue
            for quantity in told:
                meant = [n for n, unit in figures if unit == quantity.unit]
                if quantity in anchors or len(meant) != 1 or not _odd(case, quantity, meant[0]):
                    continue
                yield _finding(case, item, quantity, meant[0])
                break


def _figures(item: ScoredItem) -> list[tuple[Decimal, str]]:
    """The counts of a row's result with their units."""
    found = ((read_decimal(m["n"]), m["unit"]) for m in _FIGURE.finditer(item.actual))
    return [(number, unit) for number, unit in found if number is not None]


def _key(quantity: Quantity) -> tuple[Decimal, str]:
    return quantity.number, quantity.unit


def _digits(number: Decimal) -> int:
    return len(str(number).replace(".", "").strip("0"))


def _odd(case: Case, quantity: Quantity, meant: Decimal) -> bool:
    """Whether a count is a little off what the row has, and told nowhere else."""
    low, high = sorted((quantity.number, meant))
    clause = case.flat[
        max(case.flat.rfind(mark, 0, quantity.span.start) for mark in ",。;\n") + 1 : quantity.span.start
    ]
    if not low or low == high or high > low * _NEAR or _OTHERWISE.search(clause):
        return False
    written = f"{quantity.value}{quantity.unit}"
    return case.flat.count(written) == 1 and slip(quantity.value, str(meant)) != ""


def _finding(case: Case, item: ScoredItem, quantity: Quantity, meant: Decimal) -> Finding:
    here, there = f"{quantity.value}{quantity.unit}", f"{meant}{quantity.unit}"
    message = f"这里写{here}，“{item.name}”一行写{there}；同一份报告只用一个数"
    return case.finding("R08", quantity.span, message, stated=here, recomputed=there, also=(item.quote,))
