"""R26: a rule cited as a basis that its own clause calls repealed, that is a draft, or that is in force only later."""

from collections.abc import Iterator

from hengji.auditing.case import Case
from hengji.model.extraction import Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_FOLLOWED = r"(?:按照?|依据|根据|依照|执行|遵照)"
_REPEALED = pattern(
    rf"{_FOLLOWED}(?:已经?被[^,。;《》]{{2,24}}(?:废止|代替|取代)|已(?:经)?(?:废止|失效|到期))的[^,。;《》]{{0,8}}(?P<paper>《[^《》\n]{{2,40}}》)"
)
_DRAFT = pattern(
    r"(?:按照|依据|根据|依照|执行)[^,。;《》]{0,6}(?P<paper>《[^《》\n]{2,40}[(](?:征求意见稿|送审稿|讨论稿|草案|初稿)[)]》)"
)
_FROM = pattern(
    rf"{_FOLLOWED}[^,。;《》]{{0,10}}(?P<paper>《[^《》\n]{{2,40}}》)\([^()]{{0,24}}?自(?P<y>20\d\d)年(?P<m>\d{{1,2}})月(?:\d{{1,2}}日)?起(?:施行|执行|实施)"
)
_PLANNED = pattern("下一步|将|拟|计划|起草|修订|征求|印发后|建议")


def expired_basis(case: Case) -> Iterator[Finding]:
    """Rules that the sentence itself calls repealed, and those not yet in force; what ended by its term is of ``fates``."""
    for match in _REPEALED.finditer(case.flat) if "的" in case.flat else ():
        span = Span(match.start("paper"), match.end())
        yield case.finding("R26", span, f"{match['paper']}写明已经废止，又作为依据", stated=match["paper"])
    yield from _not_yet(case)


def _not_yet(case: Case) -> Iterator[Finding]:
    """Drafts that were followed, and rules in force only after the evaluated year."""
    for match in _DRAFT.finditer(case.flat) if "稿)》" in case.flat or "案)》" in case.flat else ():
        sentence = case.text(case.sentence(match.start())).replace(match["paper"], "")
        if case.chapter_key(match.start()) not in _AHEAD and not _PLANNED.search(sentence):
            span = Span(match.start("paper"), match.end())
            yield case.finding("R26", span, f"{match['paper']}没有正式印发，不能作为依据", stated=match["paper"])
    for match in _FROM.finditer(case.flat) if case.year and "》(" in case.flat else ():
        sentence = case.text(case.sentence(match.start()))
        later = int(match["y"]) > case.year and str(case.year) in sentence.replace(match[0], "")
        if later and case.chapter_key(match.start()) not in _AHEAD and not _PLANNED.search(sentence):
            message = f"{match['paper']}{match['y']}年{match['m']}月起才施行，{case.year}年的事项不能以它为依据"
            yield case.finding("R26", Span(match.start("paper"), match.end()), message, stated=match["paper"])


_AHEAD = ("存在问题", "相关建议", "问题与建议")
