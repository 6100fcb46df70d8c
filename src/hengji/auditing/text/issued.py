"""R13: the year in a document's number against the day on which it is said to have been issued: 「2023年3月印发《……》（青水〔2022〕5号）」."""

import re
from collections.abc import Iterator

from hengji.auditing.case import Case
from hengji.model.extraction import Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_ISSUED = pattern(
    r"(?P<y>20\d\d)\s?年\s?(?P<m>\d{1,2})\s?月(?:\s?\d{1,2}\s?日|[上中下]旬|[初底末])?,?(?:我[局委院馆站校办]|本[局委院馆站校办])?(?:修订)?(?:并|制定|修订)?(?:印发|出台|下发|发布|颁布)(?:了|实施|执行)?[^,。;《》\d]{0,6}《[^《》\n]{2,40}》\([^()〔〕\n]{1,12}[〔\[](?P<no>20\d\d)[〕\]]\d{1,4}号"
)
# What a body did in a month, with the paper it gave of it: 「2024年10月县审计局审计（枣审报〔2023〕26号）」.
_GIVEN = pattern(
    r"(?P<y>20\d\d)\s?年\s?(?P<m>\d{1,2})\s?月(?:\s?\d{1,2}\s?日|[上中下]旬|[初底末])?(?P<what>[^。;\n《》〔\[\d,]{0,30}?(?:审计(?:调查)?|检查|督查|修订|验收|通报|表扬|表彰|命名|认定|抽查))(?:了|的)?(?:《[^《》\n]{2,50}》){0,3}\((?:[^()〔\n]{0,20})[〔\[](?P<no>20\d\d)[〕\]]\d{1,4}号"
)
_BY_A_PAPER = pattern("按照?|根据|依据|以|按《")  # what was done under an older paper
# A paper that commends a year's work: 「《关于表扬2022年度先进单位的通报》（韶阳司〔2021〕58号）」.
_COMMENDS = pattern(
    r"(?:表扬|表彰|命名|公布|授予|通报)[^。;,\n《》〔\d]{0,8}(?P<y>20\d\d)\s?年度[^。;,\n《》〔\d]{2,30}(?:通报|决定|通知|名单)》\([^()〔\n]{0,20}[〔\[](?P<no>20\d\d)[〕\]]\d{1,4}号"
)
_EARLY = 2  # months in which papers are still numbered by the year before


def given_before(case: Case) -> Iterator[Finding]:
    """R13: a paper on what was done in a month, or that commends a year, numbered by a year before it; not one that was followed."""
    if not _BRACKET.search(case.flat):
        return
    for match in _GIVEN.finditer(case.flat):
        early = int(match["m"]) <= _EARLY and int(match["no"]) == int(match["y"]) - 1
        if int(match["no"]) < int(match["y"]) and not early and not _BY_A_PAPER.search(match["what"]):
            yield _earlier(case, match, f"写{match['y']}年{match['m']}月办的事")
    for match in _COMMENDS.finditer(case.flat):
        if int(match["no"]) < int(match["y"]):
            yield _earlier(case, match, f"表扬的是{match['y']}年度的工作")


_BRACKET = pattern(r"[〔\[]20\d\d[〕\]]")


def _earlier(case: Case, match: re.Match[str], told: str) -> Finding:
    message = f"{told}，文号却是{match['no']}年的，有一处年份写错"
    return case.finding("R13", Span(match.start(), match.end()), message, stated=match["no"], recomputed=match["y"])


def issued_in_its_year(case: Case) -> Iterator[Finding]:
    """A document issued in one year and numbered by another."""
    for match in _ISSUED.finditer(case.flat) if "〔" in case.flat or "[" in case.flat else ():
        year, numbered = int(match["y"]), int(match["no"])
        if numbered == year or (numbered == year - 1 and int(match["m"]) <= _EARLY):
            continue
        span = Span(match.start(), match.end())
        message = f"写{year}年{match['m']}月印发，文号却是{numbered}年的，有一处年份写错"
        yield case.finding("R13", span, message, stated=str(numbered), recomputed=str(year))
