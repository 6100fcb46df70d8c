"""R08: what a row of a table says was reached, against the same words with another number in running text."""

import re
from collections.abc import Iterator

from hengji.auditing.case import Case
from hengji.model.extraction import ScoredItem, Span
from hengji.model.finding import Finding

_ACTUAL = re.compile(
    r"(?:实际)?(?:完成|达到?)?\s?(?P<n>\d[\d,]*(?:\.\d+)?)\s?(?P<unit>万?[\u4e00-\u9fff]{1,3})(?=$|[,。;(])"
)
_MEASURE = re.compile(r"(?:完成)?(?:数量|次数|场次|人次|个数|人数|面积|里程|数)$")
_NAME = 4  # characters of a row's name that stand for it in running text
_OTHERWISE = re.compile(
    r"上年|去年|往年|20\d\d年|目标|计划|任务|其中|累计|同期|季度|上半年|下半年|\d月|[少缺差超未漏欠]"
)
_BACK = 24  # characters before a name that may say of which time or plan the number is


def rows_against_prose(case: Case) -> Iterator[Finding]:
    """R08: 「新建5G基站68个」 in running text, 78个 in the row 「新建5G基站」 of the table."""
    for item in case.found.items:
        match = _ACTUAL.match(item.actual) if item.table and not item.doubtful else None
        core = _MEASURE.sub("", item.name)
        if match is None or len(core) < _NAME or core not in case.flat:
            continue
        told = dict(_told(case, core, match["unit"]))
        stated = _digits(match["n"])
        if told and stated not in told and _digits(_first_number(item.target)) not in told:
            value, span = next(iter(told.items()))
            message = (
                f"“{item.name}”表里完成{match['n']}{match['unit']}，正文写{value}{match['unit']}；同一份报告只用一个数"
            )
            at = _actual_span(case, item, match[0])
            yield case.finding("R08", at, message, stated=match["n"], recomputed=value, also=(span,))


def _told(case: Case, core: str, unit: str) -> Iterator[tuple[str, Span]]:
    """The numbers that stand right behind the words in running text, as results of the year."""
    form = re.compile(rf"{re.escape(core)}[^\d,。;:、()\n]{{0,4}}(?P<n>\d[\d,]*(?:\.\d+)?)\s?{unit}")
    for match in form.finditer(case.flat):
        before = case.flat[max(case.sentence(match.start()).start, match.start() - _BACK) : match.start("n")]
        sentence = case.text(case.sentence(match.start()))
        if case.in_table(match.start()) or case.aimed_at(match.start()) or not re.search("[,。;]", sentence):
            continue  # a row of a table that reached text as a line
        if _OTHERWISE.search(before.replace(core, "")):
            continue
        yield _digits(match["n"]), Span(match.start("n"), match.end())


def _digits(figure: str) -> str:
    return figure.replace(",", "")


def _first_number(text: str) -> str:
    match = re.search(r"\d[\d,]*(?:\.\d+)?", text)
    return match[0] if match is not None else "-"


def _actual_span(case: Case, item: ScoredItem, told: str) -> Span:
    """Where the row says what was reached; else the row."""
    at = case.flat.find(told, item.quote.start, item.quote.end)
    return Span(at, at + len(told)) if at >= 0 else item.quote
