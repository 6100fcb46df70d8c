"""R33 of a bonus for an honour that the unit itself gave, in whatever order giver, paper and points are told."""

import re
from collections.abc import Iterator

from hengji.auditing.case import Case, once
from hengji.auditing.proof import honour_levels, own_honours
from hengji.model.extraction import Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_FEWEST = 3  # characters of a name without its place: 「水务局」
_PLACE = pattern(
    r"^(?:[\u4e00-\u9fff]{2,6}?(?:自治[区州县旗]|[省市州盟区县旗]))+(?:人民政府(?=[\u4e00-\u9fff]{2,8}办事处))?(?=[\u4e00-\u9fff]{3})"
)
_BODY = pattern(r"(?:办事处|(?<=[乡镇])人民政府)$")
_SHORT = "局|委|院|校|馆|站|中心|办|单位|街道|镇|乡|厅|所|队"
_US = rf"[本我](?:{_SHORT})(?:机关)?"
_ORGAN = r"(?:机关)?(?:党工委|党委|党组|党总支|党支部|机关党委|工会|人民政府|政府|办事处|委员会|办公室|领导班子)"
_GIVES = r"(?:评选|评定|评出|评为|表彰|表扬|授予|命名|通报表[扬彰]|嘉奖)"
_PAPER = r"《[^》]*(?:表[彰扬]|先进|优秀|授予|命名|嘉奖)[^》]*》"
_NUMBERED = r"(?:\([^()]{0,30}\))?"
_WHEN = r"(?:于)?(?:20\d\d年(?:\d{1,2}月)?(?:\d{1,2}日)?)?"
_ISSUES = r"(?:印发|下发|发布|作出|公布|发出|出台|行文|发文)(?:的|了)?"
_OTHER = r"[^。;\n获被]"  # no word of what another gives
_GIVEN = (
    rf"(?:、{_ORGAN})?(?:的?名义)?{_WHEN}(?:研究)?(?:(?:{_ISSUES})?{_PAPER}"
    rf"|{_ISSUES}[^。;\n获被,《》()]{{0,10}}(?:通报|决定|文件|通知)?{_NUMBERED},?(?:决定)?[^。;,\n获被]{{0,12}}?{_GIVES}"
    rf"|(?:决定|自行|内部)?{_GIVES})"
)
_COUNTED = rf"{_OTHER}{{0,90}}?(?<!每[项个次])[加计得]\s?\d+(?:\.\d+)?\s?分"
_GIVEN_AND_COUNTED = pattern(rf"(?:{_PAPER}|{_GIVES}){_COUNTED}")  # how every match of the form below ends
_BEFORE = r"(?<![省市州县区旗\u4e00-\u9fff])|(?<=[是由经获被据以])"


def given_to_itself(case: Case) -> Iterator[Finding]:
    """「柳荫街道办事处印发通报，评选本街道党政综合办为年度先进集体，加0.5分」: the giver is the unit; what it is given by others is none of it."""
    if "分" not in case.flat or not any(word in case.flat for word in ("评", "表", "授", "命", "奖", "先进")):
        return
    if _GIVEN_AND_COUNTED.search(case.flat) is None:
        return  # by nobody: the names need not be looked for
    told = _told_otherwise(case)
    for match in _form(_names(case)).finditer(case.flat):
        if _NOT_COUNTED.search(match[0]) or any(low < match.end() and match.start() < high for low, high in told):
            continue
        message = "这项荣誉由本单位自己评定，不宜加分"
        yield case.finding("R33", Span(match.start(), match.end()), message, stated=match["own"])


# 「枫岭工业园区管理委员会（以下简称“园区管委会”）」
_CALLED = pattern(r"管理委员会\((?:以下)?(?:统一)?简称:?\"?(?P<name>[\u4e00-\u9fff]{3,8}会)\"?\)")
_NOT_COUNTED = pattern(r"[不未](?:予|再|作|计入)?[加计得]|没有[加计得]|不作为|各(?:单位|乡镇|村)|每[项个次]")


def _form(names: tuple[str, ...]) -> re.Pattern[str]:
    own = "|".join((*map(re.escape, names), _US))
    return re.compile(rf"(?:{_BEFORE})(?P<own>(?:中共)?(?:{own})(?:{_ORGAN})?){_GIVEN}{_COUNTED}")


def _names(case: Case) -> tuple[str, ...]:
    """What the unit calls itself: its whole name, the name without its places, and without the kind of body that it is."""
    whole = re.sub(r"\s|\(.*?\)", "", case.found.department)
    place = _PLACE.match(whole)
    bare = whole[place.end() :] if place is not None else whole
    stems = {_BODY.sub("", name) for name in (whole, bare)}
    level = place[0][-1] if place is not None and place[0][-1] in "县区旗" else ""
    named = {whole, bare, *stems, level + bare, *(match["name"] for match in _CALLED.finditer(case.flat))}
    return tuple(sorted((name for name in named if len(name) >= _FEWEST), key=len, reverse=True))


@once
def _told_otherwise(case: Case) -> list[tuple[int, int]]:
    """Where the other checks of honours of a unit's own find them."""
    checks = (
        own_honours.honours_of_its_own,
        own_honours.honours_of_its_meeting,
        own_honours.honours_it_says_are_its_own,
        honour_levels.by_a_notice_of_its_own,
    )
    own = [finding for check in checks for finding in check(case)]
    for extra in case.found.extras:
        awards = [a for a in case.found.awards if extra.body.start <= a.span.start < extra.body.end]
        own += [*own_honours.from_itself(case, extra, awards), *own_honours.by_itself_too(case, extra)]
    return [(finding.start or 0, finding.end or 0) for finding in own]
