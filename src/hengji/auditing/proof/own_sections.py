"""R33 of a bonus for what a unit's own section was given by the unit, which is called only by its kind: 「检验科获中心“先进科室”」."""

import re
from collections.abc import Iterator

from hengji.auditing.case import Case
from hengji.auditing.proof.given_to_itself import given_to_itself
from hengji.model.extraction import Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_KINDS = "中心|局|医院|院|学校|校|馆|站|委|台|所|园|镇|乡|街道|办事处|管委会|单位"
_ORGAN = r"(?:党委|党组|党总支|党支部|机关党委|机关工会|机关|领导班子|工会|团委)"
_SECTION = r"[\u4e00-\u9fff]{1,10}?(?:科室?|股室?|室|处|部|组|队|支部|年级|班组|车间)"
_WHAT = r"[^。;\n\t]{0,30}?(?:先进|优秀|标兵|贡献|示范|模范|称号|红旗|奖)"
_GIVEN = pattern(
    rf"{_SECTION}(?:获得?|荣获|被|获评|受到)(?P<own>[本我]?(?:{_KINDS})){_ORGAN}?(?=20\d\d|年度|授予|评为|评选|表彰|通报|命名|颁发|[\"“]){_WHAT}"
    rf"|(?P<own2>[本我](?:{_KINDS})){_ORGAN}?(?:授予|评选|表彰|命名|颁发|评定)(?:给)?(?:[本我](?:{_KINDS}))?{_SECTION}{_WHAT}"
)
_ADDS = pattern(r"加分|附加分|奖励分|[加计]\s?\d(?:\.\d+)?\s?分")
_NOT_COUNTED = pattern(r"[不未没][^,。;]{0,6}(?:加|计)分?|不作为|每[项个次]")


def honours_of_own_sections(case: Case) -> Iterator[Finding]:
    """An honour that is counted, of a section of the unit, given by the unit itself."""
    if "获" not in case.flat and "授予" not in case.flat and "被" not in case.flat:
        return
    told: list[tuple[int, int]] | None = None
    name = re.sub(r"\s|\(.*?\)", "", case.found.department)
    for match in _GIVEN.finditer(case.flat):
        own = match["own"] or match["own2"]
        if not own.startswith(("本", "我")) and not name.endswith(own):
            continue
        line = _line(case, match.start())
        if not _ADDS.search(line) and not _in_extra(case, match.start()):
            continue
        if _NOT_COUNTED.search(line):
            continue
        if told is None:
            told = [(finding.start or 0, finding.end or 0) for finding in given_to_itself(case)]
        if any(low < match.end() and match.start() < high for low, high in told):
            continue
        message = f"这项荣誉是“{own}”给自己的内设机构的，不宜加分"
        yield case.finding("R33", Span(*match.span()), message, stated=own)


def _line(case: Case, at: int) -> str:
    """The sentence, in a table the row, that a place stands in."""
    low, high = case.flat.rfind("\n", 0, at) + 1, case.flat.find("\n", at)
    row = case.flat[low : high if high >= 0 else len(case.flat)]
    return row if case.in_table(at) else case.text(case.sentence(at))


def _in_extra(case: Case, at: int) -> bool:
    return any(extra.body.start <= at < extra.body.end for extra in case.found.extras)
