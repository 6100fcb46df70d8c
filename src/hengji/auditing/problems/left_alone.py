"""R19: a chapter whose problems each tell their own measure, and the one that tells none."""

from collections.abc import Iterator

from hengji.auditing.case import Case
from hengji.auditing.problems.closed import is_closed
from hengji.auditing.problems.zones import ITEM, measure_zones, measures_inside, numbered, problem_zones
from hengji.model.extraction import Span
from hengji.model.finding import Finding, Severity
from hengji.model.patterns import pattern

_FEW = 2  # problems that tell their measures: fewer are no custom
_LAST = 12  # characters behind a last problem in which nothing more is said
_MEASURE = pattern(
    r"措施|下一步|下步|今后|拟(?!定)|将(?!来|军)|计划(?:于|在|由)|牵头|负责(?!人)|由[^,。;]{1,10}[股科室处办队所站部院心](?!门|署)"
    r"|(?:20\d\d年)?\d{1,2}月(?:\d{1,2}日|底|末|初)?(?:之?前|起)|(?:年|季度?)(?:底|末)?前|年内|第?[一二三四]季度(?:前|内|完成|末|底|付|支|办|验|启)|[上下]半年"
    r"|已(?:于|在)(?:20\d\d年)?\d{1,2}月|编[制报列]20\d\d年|(?:从|自)[^,。;]{0,10}20\d\d年[^,。;]{0,6}起?|(?:待|俟)[^,。;]{2,16}后[^,。;]{0,8}(?:支付|拨付|付清|结算|兑付|办理|实施|补)"
)
_DOES = pattern(
    r"建立|制定|修订|督促|协调|对接|争取|申请|加强|完善|健全|规范|开展|组织|纳入|列入|落实|培训|压减|清理|推动|推进|改为|实行"
)


def left_alone(case: Case) -> Iterator[Finding]:
    """「一是……由办公室……上报。二是……2023年6月前……。三是……负责……。四是14件报废资产未及时核销。」; not where measures stand elsewhere too."""
    zones = problem_zones(case)
    if len(zones) != 1 or measure_zones(case) or measures_inside(case) is not None:
        return
    told = [span for span in numbered(case, zones[0]) if ITEM.match(case.text(span))]
    texts = [case.text(span) for span in told]
    bare = [n for n, text in enumerate(texts) if not _MEASURE.search(text) and not _DOES.search(text)]
    if len(bare) != 1 or len(told) <= _FEW or is_closed(texts[bare[0]]) or len(_form(texts)) != 1:
        return
    if all(_MEASURE.search(text) for n, text in enumerate(texts) if n != bare[0]) and _stands_alone(
        case, told, bare[0]
    ):
        yield case.finding(
            "R19", told[bare[0]], "其他问题都写了措施，这个问题没有写措施、责任人和时限", severity=Severity.INFO
        )


def _form(texts: list[str]) -> set[str]:
    """In how many forms the items are numbered."""
    marks = (match for text in texts if (match := ITEM.match(text)) is not None)
    return {_NUMERAL.sub("1", match[0]) for match in marks}


_NUMERAL = pattern(r"[一二三四五六七八九十]+|\d+")


def _stands_alone(case: Case, told: list[Span], n: int) -> bool:
    """Whether nothing follows a problem in its own paragraph, or on the lines before the next one."""
    until = told[n + 1].start if n + 1 < len(told) else case.paragraph(told[n].start).end
    return until - told[n].end < _LAST
