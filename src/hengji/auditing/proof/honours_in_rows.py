"""R33 of the papers in the rows in which a table counts a bonus: for another year, or by the unit itself."""

import re
from collections.abc import Iterator

from hengji.auditing.case import Case
from hengji.model.extraction import Span
from hengji.model.finding import Finding
from hengji.model.numerals import read_decimal
from hengji.model.patterns import pattern

_BONUS = pattern(r"加分|附加分|奖励分|加减分")
_PAPER = pattern(
    r"(?P<by>[\u4e00-\u9fff]{0,24})《(?P<issuer>[^《》]{0,24}?)关于[^《》]{0,60}?(?:先进|优秀|表彰|表扬|授予|命名|奖)[^《》]*》"
)
_YEAR = pattern(r"(20\d\d)\s?年")
_FEWEST = 5  # characters of a department's name: less may be part of other words


def honours_in_rows(case: Case) -> Iterator[Finding]:
    """A row with points for 「《某局关于表彰……的决定》」 by the unit itself, or for 「《关于表扬2021年度……的通报》」."""
    own = re.sub(r"\s|\(.*?\)", "", case.found.department)
    for row in _rows(case):
        for match in _PAPER.finditer(case.flat, row.start, row.end):
            span = Span(match.start("issuer") - 1, match.end())
            years = [int(year) for year in _YEAR.findall(match[0])]
            if len(own) >= _FEWEST and own in (match["issuer"], match["by"]):
                yield case.finding("R33", span, f"这项荣誉由“{own}”自己颁发，不宜加分", stated=own)
            elif (
                years
                and case.year
                and max(years) < case.year
                and _YEAR.findall(case.text(row)) == _YEAR.findall(match[0])
            ):
                message = f"这是{max(years)}年的荣誉，评价的是{case.year}年度"
                yield case.finding("R33", span, message, stated=str(max(years)), recomputed=str(case.year))


# 「2021年度全市文明乡镇」, among honours of the year
_HONOUR = pattern(
    r"(?<!\d)(?P<year>20\d\d)\s?年度?(?![^,。;]{0,4}[月日号])[^,。;、\d]{2,16}(?:先进|优秀|文明|模范|示范|标兵|表彰|称号|[一二三]等奖)[^,。;、\d]{0,8}"
)


def honours_of_earlier_years(case: Case) -> Iterator[Finding]:
    """A row with points for several honours, one of which is of an earlier year and was told in no later one."""
    for row in _rows(case):
        for clause in _CLAUSES.finditer(case.flat, row.start, row.end):
            match = _HONOUR.search(clause[0])
            years = [int(year) for year in _YEAR.findall(clause[0])]
            if match is None or not case.year or max(years, default=case.year) >= case.year:
                continue
            others = [m for m in _HONOUR.finditer(case.text(row)) if int(m["year"]) == case.year]
            if not others:
                continue  # the row is of that year, whatever it is held against
            span = Span(clause.start() + match.start(), clause.start() + match.end())
            message = f"这是{max(years)}年的荣誉，评价的是{case.year}年度"
            yield case.finding("R33", span, message, stated=str(max(years)), recomputed=str(case.year))


_CLAUSES = pattern(r"[^,;。\t\n]+")


def _rows(case: Case) -> Iterator[Span]:
    """The rows that give a bonus: of a table of bonuses, or of that name, with a number of points."""
    for grid in case.grids:
        headed = any(_BONUS.search(text) for text in grid.row(0)) if grid.rows else False
        for row in range(grid.rows):
            cells = grid.row(row)
            counts = any((read_decimal(text) or 0) > 0 for text in cells)
            if counts and ((headed and row) or (cells and _BONUS.search(cells[0]))):
                yield grid.row_span(row)
