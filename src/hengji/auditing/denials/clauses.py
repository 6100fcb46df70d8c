"""The clauses of a report's text and cells, and of each whose it is, of which year, and whether it is said of what was done."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from hengji.auditing.case import Case, once
from hengji.extracting.flat import flat
from hengji.model.extraction import Span
from hengji.model.patterns import pattern
from hengji.model.stretches import holding

_PIECE = pattern(r"[^。;\n\t|!?]+")
_CLAUSE = pattern(r"(?:[^,:]|(?<=\d),(?=\d{3}(?!\d)))+")

BUREAU, UNITS = "机关", "下属"
# 「局机关」, 「本级」
_BUREAU = pattern(r"(?<!事业)(?<!执法)(?<![镇乡])(?:机关(?!事务|事业|党|幼儿|食堂|服务)|本级)")
# 「下辖单位」, 「各学校」, 「妇幼保健院」
_UNITS = pattern(
    r"下属|所属(?!于)|下辖|二级(?:预算)?单位|基层(?:单位|[站所])|各(?:学校|校区?|站|所|中心|馆|院|单位|乡镇|镇|林场|大队)"
)
_NAMED = pattern(
    r"(?<![本我全该各])[\u4e00-\u9fff]{1,8}?(?:中心|(?:工作|服务|管理|监测|推广|兽医|水利|文化|救助|水管|养护|执法)站|管理所|[大支中]队|[书博档美图]\w{0,2}馆|文化馆|保健院|福利院|敬老院|医院|卫生院|研究所|学校|中学|小学|幼儿园|林场|农场|水库)"
)
_YEAR = pattern(r"(20\d\d)\s?年?(?:度)?")
_PAST = pattern(r"上年|去年|上一年|往年|以前年度|历年|此前")
# What should be, what is meant to be, what a rule says.
_NOT_DONE = pattern(
    r"应当?(?:$|[^急用届对])|须|要求|规定(?![的]?(?:时限|时间|期限|日期))|拟|将(?!近)|下一步|今后|力争|不得|严禁|禁止|如果|如有|若|凡|的(?:得|扣|不得|计)|得\s?\d|扣\s?\d|得满分|不得分|每(?:[1一]?[人名次个项])?(?:扣|减)|建议|月底前"
)


class Clause(NamedTuple):
    """Some words between two commas: ``before`` and ``after`` are the rest of their piece, which ends at 「。」, 「;」 or a cell."""

    text: str
    before: str
    after: str
    span: Span
    piece: Span


@once
def clauses(case: Case) -> tuple[Clause, ...]:
    """Every clause of the document, in running text and in cells."""
    found: list[Clause] = []
    for piece in _PIECE.finditer(case.flat):
        text = piece[0]
        here = Span(*piece.span())
        for match in _CLAUSE.finditer(text):
            words = match[0].strip()
            if not words:
                continue
            start = here.start + match.start() + len(match[0]) - len(match[0].lstrip())
            span = Span(start, start + len(words))
            found.append(Clause(words, text[: match.start()], text[match.end() :], span, here))
    return tuple(found)


def clauses_with(case: Case, *forms: re.Pattern[str]) -> Iterator[Clause]:
    """The clauses that may hold a match of one of these patterns: only they need a closer look."""
    known = clauses(case)
    held = {at for form in forms for at in holding(form, case.flat, _starts(case))}
    return (known[at] for at in sorted(held))


@once
def _starts(case: Case) -> tuple[int, ...]:
    return tuple(clause.span.start for clause in clauses(case))


def told(case: Case, clause: Clause) -> bool:
    """Whether a clause tells what was, and neither a rule, an aim nor a plan."""
    if _NOT_DONE.search(clause.text) or case.aimed_at(clause.span.start):
        return False
    item = case.item_at(clause.span.start)
    ruled = item is not None and any(clause.text in flat(of) for of in (item.rule, item.target) if of)
    ruled = ruled and item is not None and clause.text not in flat(f"{item.actual};{item.remark};{item.reason}")
    return not ruled and (item is not None or case.chapter_key(clause.span.start) != "相关建议")


def year_of(case: Case, clause: Clause) -> int:
    """The year that a clause speaks of: its own, else the last one named before it in its piece, else the evaluated one."""
    for words in (clause.text, clause.before):
        if _PAST.search(words):
            return case.year - 1
        if years := _YEAR.findall(words):
            return int(years[-1])
    return case.year


def scope_of(case: Case, clause: Clause) -> str:
    """Whose a clause is: of the bureau itself, of a unit below it, or not said."""
    for words in (clause.text, clause.before):
        if (_UNITS.search(words) or _named(case, words)) and not _BUREAU.search(words):
            return UNITS
        if _BUREAU.search(words):
            return BUREAU
    return ""


def _named(case: Case, words: str) -> bool:
    """Whether words name a unit other than the department."""
    own = case.found.department
    return any(match[0][-2:] != own[-2:] for match in _NAMED.finditer(words))


def reaches(case: Case, denied: str, fact: str) -> bool:
    """Whether a denial of one scope speaks of a fact of another: what is said of the whole is said of its parts."""
    if denied == fact or not denied:
        return True
    return not fact and not _has_units(case)


@once
def _has_units(case: Case) -> tuple[bool, ...]:
    return (True,) if any(_UNITS.search(c.text) or _named(case, c.text) for c in clauses(case)) else ()


def clause_at(case: Case, position: int) -> Clause | None:
    """The clause that a position stands in."""
    index = bisect_right(_starts(case), position) - 1
    return clauses(case)[index] if index >= 0 else None
