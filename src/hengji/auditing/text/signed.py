"""R41: the unit that signs at the end, when it is another than the one that reports."""

from collections.abc import Iterator

from hengji.auditing.case import Case
from hengji.auditing.text.elsewhere import elsewhere
from hengji.model.extraction import Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_SIGNED = pattern(
    r"\n[ \t]*(?P<name>[\u4e00-\u9fff]{2,8}?[县市区旗州][\u4e00-\u9fff]{2,12}(?:局|委员会|办公室|中心|法院|检察院|馆|联合会))(?:\((?:盖章|公章|章)\))?[ \t]*\n[ \t]*20\d\d年\d{1,2}月\d{1,2}日[ \t]*(?=\n|$)"
)
_TAIL = 3  # characters by which a unit is called without its place


def signed_by_another(case: Case) -> Iterator[Finding]:
    """「青溪县林业局 2024年4月18日」 below the report of 青溪县水务局."""
    own = case.found.department
    for match in _SIGNED.finditer(case.flat, len(case.flat) * 2 // 3) if own else ():
        name = match["name"]
        same = name in own or own in name or (name[-_TAIL:] == own[-_TAIL:] and not elsewhere(name, own))
        if same or case.flat.count(name) > 1:
            continue
        span = Span(match.start("name"), match.end("name"))
        message = f"落款是“{name}”，本报告的单位是“{own}”，可能是从其他单位抄来的"
        yield case.finding("R41", span, message, stated=name, recomputed=own)
