"""R08: a target that a row of a table prints, and the chapter of goals behind the very name with another number."""

from collections.abc import Iterator
from decimal import Decimal

from hengji.auditing.case import Case
from hengji.auditing.facts.told_facts import told_as_aim
from hengji.auditing.slips import slip
from hengji.extracting.flat import flat
from hengji.extracting.tables.header_words import header_kind
from hengji.model.extraction import Span
from hengji.model.finding import Finding
from hengji.model.numerals import read_decimal
from hengji.model.patterns import pattern

_UNIT = r"(?P<unit>万?[\u4e00-\u9fff]{1,3}|[%‰])"
_AIM = pattern(rf"[≥≤=><]{{0,2}}(?:不?[低少小]于|不超过)?\s?(?P<n>\d[\d,]*(?:\.\d+)?)\s?{_UNIT}?(?:以[上下内])?")
_NAME = pattern(rf"(?P<name>[\u4e00-\u9fff]{{4,16}}?)(?:\({_UNIT}\)|数量|面积|次数|场次|人[数次]|个数|数)?")
_BEHIND = pattern(
    rf"(?:达到?|为|是|[≥≤]|不[低少高大]于|不超过|控制在|完成|[一二三四五]?)?\s?(?P<n>\d[\d,]*(?:\.\d+)?)\s?{_UNIT}"
)
_NUMBER = pattern(r"\d[\d,]*(?:\.\d+)?")
_CHANGED = pattern(r"调整|上年|去年|20\d\d年(?!度?目标)|新增|其中|季度|上半年|累计")
_PLANNED = pattern(r"计划[\u4e00-\u9fff]{0,4}\Z")
_TIMES = 5  # times as much is another unit
_NEAR = Decimal("0.15")  # of the larger: how far two figures of one target may be apart


def aims_of_rows(case: Case) -> Iterator[Finding]:
    """The goals have 「残疾儿童康复救助412人」, the row of the table 「残疾儿童康复救助（人）｜421」 as its target."""
    for name, aim, unit, span, row in _aims(case):
        told = [each for each in _told(case, name) if not unit or each[1] == unit]
        values = {value for value, _, _ in told}
        if len(values) != 1 or aim in values:
            continue
        value, own, there = told[0]
        if value in row or _changed_to(case, name, aim):
            continue  # what was reached, or a target that was changed since
        near = abs(aim - value) <= _NEAR * max(aim, value) or slip(str(aim), str(value))
        if near and max(aim, value) < _TIMES * min(aim, value):
            message = f"“{name}”的目标，表里是{aim}{own}，文中写{value}{own}；同一目标只用一个数"
            (odd, stated), (other, meant) = (span, aim), (there, value)
            if row.count(aim) > 1:  # reached as well: the row agrees with itself
                (odd, stated), (other, meant) = (other, meant), (odd, stated)
            yield case.finding("R08", odd, message, stated=str(stated), recomputed=str(meant), also=(other,))


def _changed_to(case: Case, name: str, aim: Decimal) -> bool:
    """Whether a sentence says that a target was changed, and tells a row's behind its name."""
    changed = (text for _, text in case.running if _CHANGED.search(text) and name in text)
    behind = (_BEHIND.match(text, text.find(name) + len(name)) for text in changed)
    return any(match is not None and read_decimal(match["n"]) == aim for match in behind)


def _aims(case: Case) -> Iterator[tuple[str, Decimal, str, Span, list[Decimal]]]:
    """The targets of rows: name, number, unit where it is printed, place, and all numbers of the row."""
    for grid in case.grids:
        columns = {header_kind(grid.text(0, column)): column for column in range(len(grid.row(0)))}
        at = columns.get("target")
        if at is None:
            continue
        name_at = next((columns[kind] for kind in ("level3", "name") if kind in columns), 0)
        for row in range(1, grid.rows):
            named, aim = (
                _NAME.fullmatch(flat(grid.text(row, name_at))),
                _AIM.fullmatch(flat(grid.text(row, at)).strip()),
            )
            number = read_decimal(aim["n"]) if aim is not None else None
            if named is not None and aim is not None and number:
                found = [
                    n for text in _NUMBER.findall("|".join(grid.row(row))) if (n := read_decimal(text)) is not None
                ]
                yield named["name"], number, aim["unit"] or named["unit"] or "", grid.span(row, at), found


def _told(case: Case, name: str) -> Iterator[tuple[Decimal, str, Span]]:
    """The numbers that running text gives right behind a name where it tells the goals or says 计划, with their units."""
    at = case.flat.find(name)
    while at >= 0:
        match = _BEHIND.match(case.flat, at + len(name))
        sentence = case.sentence(at)
        before = case.flat[max(sentence.start, case.flat.rfind(",", sentence.start, at)) : at]
        aimed = not case.in_table(at) and (told_as_aim(case, sentence) or _PLANNED.search(before) is not None)
        number = read_decimal(match["n"]) if match is not None else None
        if match is not None and aimed and number is not None and not _CHANGED.search(before):
            yield number, match["unit"], Span(at, match.end())
        at = case.flat.find(name, at + 1)
