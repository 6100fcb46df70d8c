"""R34 of rows that are said not to apply, their points given to others, and that are scored all the same."""

import re
from collections.abc import Iterator

from hengji.auditing.case import Case
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_GIVEN_AWAY = pattern(
    r"(?:不适用|不(?:予|参与|纳入)?考核|不涉及|不参评)[^。;]{0,12}(?:分值?|权重)[^。;\d]{0,6}(?:调|转|移|并)"
)


def given_away_and_kept(case: Case) -> Iterator[Finding]:
    """「89元，7分，得7分，不适用本县，分值调至满意度指标」: a result, full marks, and points that went to another leaf."""
    for item in case.found.items:
        full = item.table and item.claimed and item.claimed == item.points and not item.not_applicable
        if full and _GIVEN_AWAY.search(item.remark) and re.search(r"\d", item.actual):
            message = f"“{item.name}”写不适用、分值调到其他指标，又有完成值并得满分"
            yield case.finding("R34", item.quote, message, item=item.name)
