"""R13: the year in which the unit itself was founded, told twice and differently: 「2019年3月挂牌」, and 「自2017年挂牌以来」."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from hengji.auditing.case import Case
from hengji.model.extraction import Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

# What happens to a unit once, by a word of its own, behind a year.
_FOUNDED = pattern(
    r"(?P<year>(?:19|20)\d\d)年(?:\d{1,2}月)?(?:\d{1,2}日)?[^,。;、\d]{0,10}?(?P<act>挂牌|揭牌|成立|组建|设立|建[馆院校站所](?!舍|设)|更名)"
)
_OURS = pattern(r"[本我][局委办院校馆站所会署镇乡队][^,。;]{0,12}$|(?:本|我)(?:单位|部门|中心)[^,。;]{0,12}$")
_OF_OTHERS = pattern(
    r"下设|下属|所属|直属|内设|其中|另|分[局馆院所站校]|工作专班|领导小组|小组|重新|公司|协会|商会|合作社|基金"
)
_PLACE = pattern(r"^.*?[省市县区旗州](?=[\u4e00-\u9fff]{2})")


@dataclass(frozen=True, slots=True)
class _Founding:
    """A year of the unit's founding as it is told."""

    act: str
    year: str
    span: Span


def founded_twice(case: Case) -> Iterator[Finding]:
    """R13: two years of one founding, each told of the unit itself; the later one is marked."""
    first: dict[str, _Founding] = {}
    for told in _foundings(case):
        known = first.setdefault(told.act, told)
        if known.year != told.year:
            message = (
                f"这里写“{case.text(told.span)}”，另一处写“{case.text(known.span)}”，本单位{told.act}的年份前后不一"
            )
            yield case.finding("R13", told.span, message, stated=told.year, recomputed=known.year, also=(known.span,))
            return


def _foundings(case: Case) -> Iterator[_Founding]:
    own = _PLACE.sub("", re.sub(r"\s|\(.*?\)", "", case.found.department))
    for match in _FOUNDED.finditer(case.flat):
        sentence = case.sentence(match.start())
        lead = case.flat[sentence.start : match.start()]
        told = lead + case.flat[match.end("year") : match.start("act")]
        named = _OURS.search(lead) or (len(own) > len("水利") and own in told)
        if named and not _OF_OTHERS.search(told):
            yield _Founding(match["act"], match["year"], Span(match.start(), match.end()))
