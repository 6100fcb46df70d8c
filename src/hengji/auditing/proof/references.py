"""R35 of the list of evidence: numbers that leaves refer to and it does not hold, entries of another year."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from hengji.auditing.case import Case, once
from hengji.model.extraction import Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_LIST = pattern(
    r"(?P<kind>佐证|证明|支撑|附件)(?:材料|资料)?(?:清单|目录)|^[ \t]*(?P<plain>附件|附)[ \t]?[:：][ \t]*(?=\n?[ \t]*(?:附件)?[1一][.、:\s])",
    re.MULTILINE,
)
# An entry of a list by its number: 「佐证3」, 「附件3 」, 「3.」; by its code: 「2-3签到册」.
_ENTRY = pattern(
    r"(?:^|(?<=[\s;:。、,(]))(?:(?P<label>佐证|附件|材料|证明)(?:材料)?[ \t]?)?(?P<n>\d{1,2})(?:[ \t]?[.、:．)](?!\d\d?[.)])|(?=[\t ][\u4e00-\u9fff《\d]))[ \t]?",
    re.MULTILINE,
)
_CODE = (
    r"(?<![\d.\-－—〔年])(?P<code>\d{1,2}(?:\.\d{1,2}){0,3}-\d{1,2})(?![\d.\-－—%]|\s?(?:月|日|年|岁|个|人|分|天|万))"
)
_CODED = pattern(_CODE + r"[ \t.、]?(?=[\u4e00-\u9fff《])")
_REFERRED = pattern(
    r"(?:见|详见|附|参见|对应|:|\(|\t|及|、|和)[ \t]?(?:佐证|附件|证明)(?:材料)?[ \t]?(?P<n>\d{1,2})(?![\d.\-－—%]|[ \t]*[:：])"
)
_FEWEST = 3  # entries of a list that can be held against what refers to it


@dataclass(frozen=True, slots=True)
class _Listed:
    """The list of evidence: where it begins and what it holds, by number and by code."""

    start: int
    numbers: frozenset[int]
    others: frozenset[int]  # numbers further on, which may be entries or not
    codes: frozenset[str]
    of: str


def evidence_dated(case: Case) -> Iterator[Finding]:
    """R35: an entry of the list of evidence that was made years before, or a rule made after the year it is to prove."""
    listed = _listed(case)
    for grid in case.grids if listed is not None else ():
        if listed is not None and grid.block.start >= listed.start:
            columns = [c for c, text in enumerate(grid.row(0)) if _DATE_COLUMN.fullmatch(text)]
            for row in range(1, grid.rows) if columns else ():
                dated = _YEAR.search(grid.text(row, columns[0]))
                if dated is not None:
                    yield from _out_of_year(case, int(dated[1]), "".join(grid.row(row)), grid.span(row, columns[0]))
    for match in _MADE.finditer(case.flat) if "形成于" in case.flat or "形成时间" in case.flat else ():
        if not case.in_table(match.start()) and (
            (listed is not None and match.start() > listed.start)
            or _OF_EVIDENCE.search(case.text(case.paragraph(match.start())))
        ):
            what = re.split(r"[\s;。、]", case.flat[max(0, match.start() - _NAME) : match.start()])[-1]
            yield from _out_of_year(case, int(match["year"]), what, Span(match.start(), match.end()))


_NAME = 40  # characters of an entry at most
_DATE_COLUMN = pattern(r"(?:材料|文件|资料)?(?:形成|出具|制作|印发|签订|取得|产生)?(?:时间|日期|年度|年月)")
_YEAR = pattern(r"(?<!\d)(20\d\d)(?=年|[.\-/]|$)")
_MADE = pattern(r"形成(?:于|时间[为是:]?)\s?(?P<year>20\d\d)\s?年(?:\d{1,2}月)?")
_OF_EVIDENCE = pattern("佐证|附件|证明材料|支撑材料|清单")
_STANDING = pattern(
    r"规划|办法|制度|方案|合同|协议|标准|批复|批文|决定|规定|规程|规范|细则|手册|证书?|许可|图纸|编制|三定|[〔\[【]"
)
_RULE = pattern(r"制度|办法|规程|细则|手册|规定")


def _out_of_year(case: Case, year: int, what: str, span: Span) -> Iterator[Finding]:
    """Evidence of before the year before, unless it holds for years; a rule that came only after the year."""
    early = year < case.year - 1 and not _STANDING.search(what)
    if early or (year > case.year and _RULE.search(what)):
        said = f"佐证却是{year}年的材料" if early else f"作佐证的制度{year}年才形成"
        yield case.finding("R35", span, f"评价的是{case.year}年度，{said}", stated=str(year), recomputed=str(case.year))


def evidence_numbered(case: Case) -> Iterator[Finding]:
    """R35: a leaf refers to evidence of a number that the list of evidence does not go up to or leaves out."""
    listed = _listed(case)
    if listed is None:
        return
    if len(listed.numbers) >= _FEWEST:
        yield from _beyond(case, listed)
    if len(listed.codes) >= _FEWEST:
        yield from _uncoded(case, listed)


def listed_elsewhere(case: Case) -> bool:
    """Whether a list of evidence was read here, against which references are held."""
    return _listed(case) is not None


@once
def _listed(case: Case) -> _Listed | None:
    """The last list of evidence in the later half of the report."""
    flat = case.flat
    found = list(_LIST.finditer(flat, len(flat) // 2)) if "附" in flat or "清单" in flat or "目录" in flat else []
    for match in reversed(found):
        after = flat[match.end() :]
        kind = match["kind"] or "附件"
        every = [int(m["n"]) for m in _ENTRY.finditer(after) if m["label"] in (None, kind, "材料")]
        numbers = _counted(every)
        codes = {m["code"] for m in _CODED.finditer(after)}
        if len(numbers) >= _FEWEST or len(codes) >= _FEWEST:
            return _Listed(match.start(), numbers, frozenset(every) - numbers, frozenset(codes), kind)
    return None


def _counted(numbers: Iterable[int]) -> frozenset[int]:
    """The numbers from 1 on that follow each other."""
    last = 0
    for number in numbers:
        if number not in (last, last + 1):
            break
        last = number
    return frozenset(range(1, last + 1))


def _beyond(case: Case, listed: _Listed) -> Iterator[Finding]:
    told: set[int] = set()
    referred = [
        m
        for m in _REFERRED.finditer(case.flat, 0, listed.start)
        if case.item_at(m.start()) is not None
        and case.flat[m.start() - 1 : m.start()] not in ("》", "号", "”")  # attached to another document
        and (listed.of == "附件") == ("附件" in m[0])
    ]
    known = sum(1 for m in referred if int(m["n"]) in listed.numbers)
    for match in referred:
        number = int(match["n"])
        if number in listed.numbers | listed.others or number in told or not known:
            continue
        told.add(number)
        yield _missing(case, match, match[0].lstrip("见详附参对应:(\t 及、和") or match[0], f"{len(listed.numbers)}")


def _uncoded(case: Case, listed: _Listed) -> Iterator[Finding]:
    """Codes in a table's column of evidence, most of which stand in the list."""
    referred = [m for m in _CODED.finditer(case.flat, 0, listed.start) if case.in_table(m.start())]
    known = sum(1 for m in referred if m["code"] in listed.codes)
    told: set[str] = set()
    for match in referred if known * 2 > len(referred) else ():
        if match["code"] not in listed.codes and match["code"] not in told:
            told.add(match["code"])
            yield _missing(case, match, match["code"], "")


def _missing(case: Case, match: re.Match[str], named: str, last: str) -> Finding:
    item = case.item_at(match.start())
    holds = f"只列到第{last}项" if last else "没有这一项"
    return case.finding(
        "R35",
        Span(match.start(), match.end()),
        f"引用的“{named.strip()}”，佐证材料清单{holds}",
        stated=named.strip(),
        recomputed=last,
        item=item.name if item is not None else "",
    )
