"""R08: some of a leaf's count left over, and running text with another number of them: 「受理3268件，按期办结3203件」, 「全年有26件超期办结」."""

import re
from collections.abc import Iterator

from hengji.auditing.case import Case
from hengji.auditing.wording import pairs_of
from hengji.model.extraction import Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

# What was done of the whole, and how the rest is told. Several are one family: a late one was not done in time.
_FAMILIES = (
    ("按期|按时|及时|如期|期内|时限内", "超期|逾期|超时|延误|延期|迟|未(?:能)?(?:按期|按时|及时|如期)"),
    ("合格|达标|达到|通过", "不合格|不达标|未(?:能)?(?:合格|达标|达到|通过)|没有(?:达标|达到|通过)"),
    ("办结|结案|审结|化解", "(?:尚|仍|还)?未(?:能)?(?:办结|结案|审结|化解)|没有办结"),
    ("整改|治理|处置|销号", "(?:尚|仍|还)?未(?:能)?(?:完成)?(?:整改|治理|处置|销号)"),
    ("完成|建成|完工|验收", "(?:尚|仍|还)?未(?:能)?(?:完成|建成|完工|验收)"),
)
_UNIT = "[件个处份户台人次家所项批起宗名套间座株例张]+"
_DONE_OF = pattern(
    rf"(?P<whole>\d+)(?P<unit>{_UNIT})[^。;\d]{{0,12}}?(?P<how>[^,。;\d]{{0,8}}?)(?P<done>\d+)(?P=unit)[^。;\d]{{0,12}}?(?P<rate>\d[\d.]*)%"
)
_REST = (
    r"(?<![\d.,年月])(?P<n>\d+)(?P<unit>{unit})(?P<what>[^,。;\d]{{0,12}}?(?P<x>\d{{3,5}})?[^,。;\d]{{0,8}}?)(?:{lack})"
)
_OTHERWISE = pattern("上年|去年|20\\d\\d年|目标|计划|其中|抽查|抽检|每|一季度|上半年")
_SHARED = 2  # pairs of characters by which the text names what the leaf counts


def rest_of_leaf(case: Case) -> Iterator[Finding]:
    """The first other number of a leaf's remainder that running text tells."""
    for item in case.found.items:
        own = Span(item.span.start, max(item.body.end, item.quote.end))
        text = case.text(own)
        for match in _DONE_OF.finditer(text):
            lack = next((lack for how, lack in _FAMILIES if re.search(how, match["how"])), "")
            rest = int(match["whole"]) - int(match["done"])
            if lack and rest > 0:
                leaf = Span(own.start + match.start(), own.start + match.end())
                yield from _otherwise(case, item.name + text[: match.end()], lack, match["unit"], rest, leaf)


def _otherwise(case: Case, name: str, lack: str, unit: str, rest: int, leaf: Span) -> Iterator[Finding]:
    told = []
    for match in re.finditer(_REST.format(unit=unit, lack=lack), case.flat):
        sentence = case.sentence(match.start())
        before = case.flat[sentence.start : match.start()]
        if leaf.start <= match.start() < leaf.end or case.in_table(match.start()) or _OTHERWISE.search(before):
            continue
        if len(pairs_of(name) & pairs_of(case.text(sentence))) >= _SHARED:
            told.append((int(match["n"]), Span(match.start(), match.end())))
    if len(told) == 1 and told[0][0] != rest:
        number, span = told[0]
        message = f"这里写{number}{unit}，另一处写“{case.found.text(leaf)}”，余下的是{rest}{unit}"
        yield case.finding("R08", span, message, stated=str(number), recomputed=str(rest), also=(leaf,))
