"""R26: a rule cited as a basis after the end of the term that the text itself gives it, or after it was repealed by the text's own words."""

import re
from collections.abc import Iterator

from hengji.auditing.case import Case
from hengji.model.extraction import Span
from hengji.model.finding import Finding
from hengji.model.numerals import read_chinese

_FOLLOWED = r"(?:按照?|依据|根据|依照|执行|遵照)"
_TERM = re.compile(
    rf"{_FOLLOWED}[^,。;《》]{{0,10}}(?P<paper>《[^《》\n]{{2,40}}》)\([^()]{{0,24}}?自(?P<y>20\d\d)年(?P<m>\d{{1,2}})月(?:\d{{1,2}}日)?起(?:施行|执行|实施),?(?:试行期|有效期)(?:为)?(?P<n>[一二两三四五六七八九十]|\d{{1,2}})年\)"
)
_UNTIL = re.compile(
    rf"{_FOLLOWED}[^,。;《》]{{0,10}}(?P<paper>《[^《》\n]{{2,40}}》)\([^()]{{0,36}}?(?:有效期至|执行至|施行至)(?P<y>20\d\d)年(?:(?P<m>\d{{1,2}})月(?:\d{{1,2}}日)?|底)?\)"
)
_REPEALED = re.compile(
    rf"{_FOLLOWED}(?:已经?被[^,。;《》]{{2,24}}(?:废止|代替|取代)|已(?:经)?(?:废止|失效|到期))的[^,。;《》]{{0,8}}(?P<paper>《[^《》\n]{{2,40}}》)"
)
_PROLONGED = re.compile("延长|续|延期|顺延|新办法|修订")


def expired_basis(case: Case) -> Iterator[Finding]:
    """Rules whose term ended before the evaluated year began, and those that the sentence itself calls repealed."""
    for match in (*_TERM.finditer(case.flat), *_UNTIL.finditer(case.flat)) if case.year and "》(" in case.flat else ():
        year, month = int(match["y"]), int(match["m"] or _MONTHS)
        if "n" in match.re.groupindex:
            told = match["n"].replace("两", "二")
            year += int(told) if told.isdigit() else read_chinese(told) or 0
            year, month = (year, month - 1) if month > 1 else (year - 1, _MONTHS)
        if year < case.year and not _PROLONGED.search(case.text(case.sentence(match.start()))):
            message = f"{match['paper']}按写明的期限到{year}年{month}月为止，评价的是{case.year}年度，已经失效"
            yield case.finding("R26", Span(match.start("paper"), match.end()), message, stated=match["paper"])
    for match in _REPEALED.finditer(case.flat) if "的" in case.flat else ():
        span = Span(match.start("paper"), match.end())
        yield case.finding("R26", span, f"{match['paper']}写明已经废止，又作为依据", stated=match["paper"])


_MONTHS = 12
