"""R07: people at the start of a year, those who came and those who left, and people at its end."""

import re
from collections.abc import Iterator

from hengji.auditing.case import Case
from hengji.model.extraction import Span
from hengji.model.finding import Finding

_CAME = "调入|招录|招聘|考录|录用|新增|转入|接收|划入|增加|安置|引进|新进|选调"
_LEFT = "调出|退休|辞职|离职|去世|病故|死亡|转出|划出|划转|减少|调离|辞退|开除|解聘"
_OPENING = re.compile(r"(?:年初|上年末|上年年末|期初)[^,。;:\d]{0,10}(?P<n>\d{1,4})\s?[人名]")
_STEP = re.compile(
    rf"[,、;及和]?[^,。;、\d()]{{0,8}}?(?:(?P<came>{_CAME})|(?P<left>{_LEFT}))[^,。;、\d()]{{0,4}}(?P<n>\d{{1,4}})\s?[人名]"
)
_CLOSING = re.compile(r"[,;。][^,。;:\d()]{0,6}(?:年末|年底|期末)[^,。;:\d()]{0,10}(?P<n>\d{1,4})\s?[人名]")
_FEW = 5  # people by which an end may be off and still be of the same people


def people_flow(case: Case) -> Iterator[Finding]:
    """R07: 「年初38人，年内调入3人、退休2人，年末41人」: every step says which way it goes, and they do not make the end."""
    for opening in _OPENING.finditer(case.flat):
        total, steps, at = int(opening["n"]), 0, opening.end()
        worked = opening["n"]
        while (step := _STEP.match(case.flat, at)) is not None:
            count, steps, at = int(step["n"]), steps + 1, step.end()
            total += count if step["came"] else -count
            worked += f" {'+' if step['came'] else '−'} {count}"
        closing = _CLOSING.match(case.flat, at) if steps else None
        if closing is None or not 0 < abs(int(closing["n"]) - total) <= _FEW:
            continue
        message = f"年末写{closing['n']}人，{worked} = {total}人"
        yield case.finding("R07", Span(*closing.span("n")), message, stated=closing["n"], recomputed=str(total))
