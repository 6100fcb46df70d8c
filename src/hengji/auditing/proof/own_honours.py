"""R33 of honours that a unit gave itself, alone or with others."""

import re
from collections.abc import Iterator

from hengji.auditing.case import Case
from hengji.model.extraction import Award, Extra, Span
from hengji.model.finding import Finding, Severity
from hengji.model.numerals import read_decimal
from hengji.model.patterns import pattern

ADDED = pattern(r"加\s?\d")


def honours_of_its_own(case: Case) -> Iterator[Finding]:
    """An honour told in an indicator that the unit gave itself: 「获本单位某某奖」, without a bonus for it."""
    name = re.sub(r"\s|\(.*?\)", "", case.found.department)
    if len(name) < _NAMED:
        return
    extras = [extra.body for extra in case.found.extras]
    at = case.flat.find(name)
    while at >= 0:
        end = at + len(name)
        given = _GETS.search(case.flat, max(0, at - 2), at)
        match = _ITS_HONOUR.match(case.flat, end) if given else _TO_ITSELF.match(case.flat, end)
        within = given is not None and any(body.start <= at < body.end for body in extras)
        if match is not None and not within:
            span = Span(given.start() if given else at, match.end())
            yield case.finding("R33", span, f"这项荣誉由“{name}”自己颁发，不能证明成效", stated=name)
        at = case.flat.find(name, end)
    yield from _by_its_own_paper(case, name)


_US = r"[本我](?:局|委|院|校|馆|站|中心|办|单位|部门|厅|所|会)"
_GAINED = rf"[^。;]{{0,40}}?(?:{_US}[^,。;]{{0,12}}|(?<=[,:、])[\u4e00-\u9fff]{{2,8}}[股科室])(?:获|荣获|被评|评为)"
_PAPER_GAINED = pattern(rf"《关于[^》]*(?:表[彰扬]|先进|优秀)[^》]*》{_GAINED}")


def _by_its_own_paper(case: Case, name: str) -> Iterator[Finding]:
    """A paper of the unit's own by which one of its parts was honoured, told for the points of a leaf."""
    if _PAPER_GAINED.search(case.flat) is None:
        return
    form = rf"(?:{re.escape(name)}|{_US})(?:印发的?|发布的?|出台的?)?{_PAPER_GAINED.pattern}"
    for match in re.finditer(form, case.flat):
        paper = Span(match.start(), case.flat.find("》", match.start()) + 1)
        scored = case.item_at(match.start()) is not None or any(
            extra.body.start <= match.start() < extra.body.end for extra in case.found.extras
        )
        behind = case.flat[match.end() : case.sentence(match.start()).end]
        if scored and not _NO_POINTS.search(behind):
            yield case.finding(
                "R33", paper, "这项荣誉由本单位自己颁发，不能证明成效，也不宜加分", stated=case.found.text(paper)
            )


def honours_of_its_meeting(case: Case) -> Iterator[Finding]:
    """An honour that the unit's own meeting decided on, told as proof: 「经局长办公会研究，财务股被授予局“……先进集体”称号……作为佐证」."""
    for match in _BY_ITS_MEETING.finditer(case.flat) if "会" in case.flat or "党" in case.flat else ():
        paragraph = case.paragraph(match.start())
        if _PROVES.search(case.flat, match.end(), paragraph.end) and not _SENT_UP.search(match[0]):
            message = "这项荣誉由本单位自己的会议评定，不能证明成效"
            yield case.finding("R33", Span(match.start(), match.end()), message)


def honours_it_says_are_its_own(case: Case) -> Iterator[Finding]:
    """An honour that the text itself says the unit chose, told as a ground for points: 「我局自行评选的“先进集体”……作为加分依据」."""
    for match in _CHOSEN_HERE.finditer(case.flat) if "加分" in case.flat or "加" in case.flat else ():
        paragraph = case.paragraph(match.start())
        counted = _FOR_POINTS.search(case.flat, match.end(), min(paragraph.end, match.end() + _TO_POINTS))
        if counted is not None and not _NO_POINTS.search(case.flat, match.start(), counted.end()):
            message = "这项荣誉由本单位自己评定，不宜加分"
            yield case.finding("R33", Span(match.start(), match.end()), message)


_CHOSEN_HERE = pattern(
    r"(?:[本我](?:局|委|院|校|馆|站|中心|办|单位|部门|厅|所)(?:党[组委])?(?![获荣]|[^,。;]{0,6}被)[^,。;获被荣向]{0,12}?(?:自行|内部)[^,。;获被]{0,6}?(?:评选|评定|评出|评为|表彰|授予|命名)"
    r"|被[本我](?:局|委|院|校|馆|站|中心|办|单位|部门|厅|所)(?:党[组委])?[^,。;]{0,6}(?:评为|评定为|授予|表彰|命名))[^。;,]{0,30}"
)
_FOR_POINTS = pattern(r"加分|[加计]\s?\d(?:\.\d+)?\s?分")
_NO_POINTS = pattern(r"[不未][^,。;]{0,6}(?:加分|计分|作为)|[不未]予?加分")
_TO_POINTS = 60  # characters behind an honour in which it is counted
_BY_ITS_MEETING = pattern(
    r"经[^,。;《》]{0,10}(?:局长|主任|院长|校长|馆长|站长|办公|局务|院务|校务|党组|党委|班子|总支|支部)(?:[^,。;《》]{0,4}会(?:议)?|(?<=党[组委]))(?:研究|审议|审定|讨论|评选|评定)?[^。;]{0,8}?,?[^。;]{0,30}?"
    r"(?:授予|评为|评定为|命名为|获评?)[^。;]{0,30}?(?:先进|优秀|标兵|示范|称号|荣誉)[^,。;]{0,8}"
)
_PROVES = pattern(r"佐证|证明|体现|说明|反映|成效|加分|加\s?\d|依据")
_SENT_UP = pattern(r"[县市区省](?:委|政府|人民政府)|上级|推荐|上报|申报")
_GETS = pattern(r"(?:获得|荣获|获|被)$")
_ITS_HONOUR = pattern(r"[^。;,]{0,30}(?:奖|先进|荣誉|称号|表彰)")
_TO_ITSELF = pattern(
    r"(?:授予|颁发|评定|命名|评)(?:给|为)?[本我](?:局|单位|委|馆|中心|院|校|办|[^。;,]{0,6})[^。;,]{0,20}(?:奖|先进|荣誉|称号|表彰)"
)
_NAMED = 5  # characters of a department's name: less may be part of other words
_OWN = 3  # of a name right in front of the title of a document


def from_itself(case: Case, extra: Extra, own: list[Award]) -> Iterator[Finding]:
    """An honour that the unit gave itself."""
    name = re.sub(r"\s|\(.*?\)", "", case.found.department)
    form = rf"《{re.escape(name)}关于[^》]*》|{re.escape(name)}(?:人民政府|党委)?《关于[^》]*(?:表彰|表扬|先进|授予)[^》]*》"
    for match in re.compile(form).finditer(case.flat, extra.body.start, extra.body.end) if len(name) >= _OWN else ():
        read = any(award.title.startswith(name) for award in own)
        if not read and ADDED.search(case.flat, match.end(), case.sentence(match.start()).end):
            span = Span(match.start(), match.end())
            yield case.finding("R33", span, f"这项荣誉由“{name}”自己颁发，不宜加分", stated=name)
    for award in own:
        issuer = award.title.partition("关于")[0].strip()
        if name and issuer == name:
            yield case.finding("R33", award.span, f"这项荣誉由“{issuer}”自己颁发，不宜加分", stated=issuer)
        elif name and len(issuer) > 4 and issuer in name:
            message = f"颁发单位“{issuer}”与本单位有隶属关系，请核对能否加分"
            yield case.finding("R33", award.span, message, severity=Severity.INFO, stated=issuer)


def by_itself_too(case: Case, extra: Extra) -> Iterator[Finding]:
    """An honour that the unit gave itself, alone or with others: 「获市文旅局、区教育局共同授予的……」, 「被县教育局评为……」."""
    whole = re.sub(r"\s|\(.*?\)", "", case.found.department)
    name = re.sub(r"^[\u4e00-\u9fff]{2,4}?(?=[市县区旗])", "", whole)
    place = whole[: len(whole) - len(name)]
    at = case.flat.find(name, extra.body.start, extra.body.end) if len(name) >= _SHORT_NAME else -1
    while at >= 0:
        end, start = at + len(name), at - len(place) if case.flat[:at].endswith(place) else at
        given = _GETS_FROM.search(case.flat, max(extra.body.start, start - _LISTED), start)
        match = _TOGETHER.match(case.flat, end) if given is not None else None
        if given is not None and match is not None:
            span = Span(given.start(), match.end())
            yield case.finding("R33", span, f"颁发单位里有“{name}”自己，不宜加分", stated=name, item=extra.name)
        at = case.flat.find(name, end, extra.body.end)


_SHORT_NAME = 4  # characters of a name without its place
_LISTED = 40  # characters in which bodies are listed
_GETS_FROM = pattern(r"(?:获得?|荣获|被|由)(?:[^。;,《》]{2,36}[、和与])?$")
_TOGETHER = pattern(
    r"(?:、[^。;,《》]{2,20})?(?:等?(?:共同|联合))?"
    r"(?:授予|颁发|评[为选]|命名|表彰|通报表[扬彰]|20\d\d年度?[^。;,]{0,12}(?:先进|优秀|标兵|称号|奖))[^。;,]{0,30}"
)


def each_told(extra: Extra, body: str) -> bool:
    """Whether the text tells the points of several things, which make what is claimed: 「按省级1.0分计；……按县级0.5分计，合计1.5分」."""
    told = [read_decimal(n) for n in re.findall(r"\d+(?:\.\d+)?(?=\s?分)", body)]
    each = [n for n in told if n is not None and n != extra.claimed]
    return len(each) > 1 and sum(each) == extra.claimed
