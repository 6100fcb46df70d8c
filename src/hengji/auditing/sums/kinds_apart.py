"""R07: a list of all kinds of something, told in a sentence of its own, against the whole that a sentence before it tells.

「在岗职工共计210人，……按岗位分，医师78人（其中中医48人）、护理86人、药剂29人、行政19人」; 「专任教师187人……。专任教师中高级56人、一级79人、二级及以下62人」.
What stands in brackets is no part of such a list, and several lists may divide one whole.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from hengji.auditing.case import Case
from hengji.auditing.numbers import number
from hengji.model.extraction import Span
from hengji.model.finding import Finding
from hengji.model.numerals import read_decimal
from hengji.model.patterns import pattern

_UNIT = r"万?(?:平方米|立方米|公里|人次|户次|批次|场次|[人名户个家所座处条项件场份次台套栋起宗批亩册吨辆株头张米])"
_NUMBER = r"\d[\d,]*(?:\.\d+)?"
_FIGURE = pattern(rf"(?<![\d.,])(?P<n>{_NUMBER})\s?(?P<unit>{_UNIT})")
_PART = rf"[^,、;。:\d\n]{{0,2}}(?:\d{{1,3}}[^,、;。:\d\n]{{1,4}}\d{{1,3}}|\d{{1,3}})?[^,、;。:\d\n]{{1,16}}?{_NUMBER}\s?{_UNIT}\s*"
_RUN = rf"(?P<run>{_PART}(?:[、和及]\s*{_PART}){{2,11}})"
_DIVIDED = pattern(
    rf"(?P<opens>(?:^|[,;。:]\s?)(?:其中)?按(?:照)?[^,;。:、\d\n]{{1,10}}?(?:划分|分类|分|看|统计|计)[,:]?\s?){_RUN}(?P<ends>[,;。\n]|$)"
)
_AMONG = pattern(
    rf"(?:^|[,;。:]\s?)(?P<what>[\u4e00-\u9fff\"]{{2,10}})(?:中|按[^,;。:、\d\n]{{1,8}}分)[,:]?\s?{_RUN}(?P<ends>[,;。\n]|$)"
)
_BRACKETS = pattern(r"\([^()\n]*\)")
_OPEN_END = pattern(r"等|其余|以上|以下简称|另|未|还有|此外|不含|不包括|重复|交叉|兼")
_NO_PART = pattern(r"上年|去年|同比|每|人均|户均|平均|累计|增加|减少|目标|计划|(?<!一)共|合计|总计")
_NO_WHOLE = pattern(
    r"上年|去年|年初|同比|比上|较上|每|人均|户均|平均|目标|增加|减少|新增|退休|其中|另|编制|职数|核定|编外|聘|次均"
)
_LEAD = 18  # characters before a number that name it
_NEAR = 8  # the part of a whole by which the sum may be off
_FEWEST = 20  # of smaller wholes some other number makes as good a sum by chance


@dataclass(frozen=True, slots=True)
class _Figure:
    value: Decimal
    unit: str
    lead: str
    span: Span
    bracketed: bool = False


def kinds_apart(case: Case) -> Iterator[Finding]:
    """R07: lists of all kinds that make no number of the report and are a little off the whole before them."""
    if "按" not in case.flat and "中" not in case.flat:
        return
    given: set[Span] = set()
    for paragraph in case.found.paragraphs:
        text = case.text(paragraph)
        if case.in_table(paragraph.start) or text.count("、") + text.count("和") < _LISTED:
            continue
        plain = _BRACKETS.sub(lambda match: " " * len(match[0]), text)
        for match in (*_DIVIDED.finditer(plain), *_AMONG.finditer(plain)):
            finding = _held(case, paragraph, text, match)
            if finding is not None and Span(match.start("run"), match.end("run")) not in given:
                given.add(Span(match.start("run"), match.end("run")))
                yield finding


_LISTED = 2  # marks between three parts


def _held(case: Case, paragraph: Span, text: str, match: re.Match[str]) -> Finding | None:
    """The finding of one list, where its whole is known and it does not make it."""
    parts = _figures(paragraph.start, match["run"], match.start("run"))
    units = {part.unit for part in parts}
    sentence = text[match.start() : text.find("。", match.end("run"))]
    if len(units) != 1 or _OPEN_END.search(sentence) or any(_NO_PART.search(part.lead) for part in parts):
        return None
    unit, total = units.pop(), sum((part.value for part in parts), Decimal(0))
    if _is_told(case, unit, total):
        return None
    before = _figures(paragraph.start, text[: match.start("run")], 0)
    named = match.groupdict().get("what")
    told = [each for each in before if each.unit == unit and not each.bracketed]
    wholes = [each for each in _named(named, told) if not _NO_WHOLE.search(each.lead.removeprefix("其中"))]
    near = {each.value: each for each in wholes if _is_near(each, parts, total)}
    if len(near) != 1:
        return None
    whole = next(iter(near.values()))
    if _gap_told(case, paragraph, unit, abs(total - whole.value), (whole, *parts)):
        return None
    listed, gap = " + ".join(number(part.value, 6) for part in parts), abs(total - whole.value)
    message = f"各类之和是{listed} = {number(total, 6)}{unit}，全部写{number(whole.value, 6)}{unit}，相差{number(gap, 6)}{unit}"
    span = Span(parts[0].span.start, parts[-1].span.end)
    stated, made = number(whole.value, 6), number(total, 6)
    return case.finding("R07", span, message, stated=stated, recomputed=made, also=(whole.span,))


def _figures(base: int, text: str, offset: int) -> Sequence[_Figure]:
    """The figures of a text, each with the words before it."""
    found: list[_Figure] = []
    for match in _FIGURE.finditer(text):
        value = read_decimal(match["n"])
        lead = re.split(r"[,;。:、\d]", text[max(0, match.start() - _LEAD) : match.start()])[-1]
        bracketed = text.rfind("(", 0, match.start()) > text.rfind(")", 0, match.start())
        if value is not None:
            at = base + offset
            span = Span(at + match.start(), at + match.end())
            found.append(_Figure(value, match["unit"].replace("名", "人"), lead, span, bracketed))
    return found


def _named(what: str | None, told: Sequence[_Figure]) -> Sequence[_Figure]:
    """The figures whose own words end in the name that opens a list: 「专任教师187人」 of 「专任教师中」; where none does, those that are no part themselves."""
    if what is None:
        return [each for each in told if "其中" not in each.lead]
    name = re.sub(r"^(?:其中|全部|所有|在|这些)+|\"", "", what)
    return [each for each in told if len(name) > 1 and re.sub(r"[有共为计达\s\"]+$", "", each.lead).endswith(name)]


def _is_near(whole: _Figure, parts: Sequence[_Figure], total: Decimal) -> bool:
    """Whether parts miss a figure by little, and it is larger than each of them."""
    gap = abs(total - whole.value)
    return whole.value >= _FEWEST and whole.value > max(part.value for part in parts) and gap * _NEAR <= whole.value


def _is_told(case: Case, unit: str, total: Decimal) -> bool:
    """Whether any figure of that unit in the report is what the parts make."""
    same = ("人", "名", "") if unit == "人" else (unit, "")
    return any(q.number == total and (q.unit in same or unit.startswith("万")) for q in case.found.quantities)


def _gap_told(case: Case, paragraph: Span, unit: str, gap: Decimal, used: Sequence[_Figure]) -> bool:
    """Whether the paragraph tells the difference as a figure of its own, in whatever unit."""
    places = {each.span.start for each in used}
    own = (q for q in case.found.quantities if paragraph.start <= q.span.start < paragraph.end)
    return any(q.number == gap and q.span.start not in places and q.unit[-1:] == unit[-1:] for q in own)
