"""R40 (heuristic): every leaf has all its points although the report itself tells of problems."""

from collections.abc import Iterator

from hengji.auditing.case import Case
from hengji.auditing.problems.zones import problem_zones
from hengji.auditing.proof.outliers import nearly_all_full
from hengji.model.extraction import Span
from hengji.model.finding import Finding, Severity
from hengji.model.patterns import pattern

_FEWEST = 9  # leaves: of a few all may well be full
_SAID = pattern(
    r"(?:指标|各项|\d项)[^。;\n]{0,8}(?:均|全部|都|逐项)[^。;\n]{0,16}满分|(?:全部|所有)(?:指标|\d+项)[^。;\n]{0,8}满分"
    r"|(?:指标|各项)[^。;\n]{0,8}(?:没有|无|未)扣分|无一(?:项)?(?:扣分|失分)|没有(?:任何)?(?:扣分|失分)(?:项|指标)"
)
_WORDS = pattern(r"[\u4e00-\u9fff]")
_NONE = pattern(r"(?:无|没有|未发现|不存在)[^。;]{0,10}(?:问题|不足)|^\W*无\W*$")
_LEAST = 24  # Chinese characters of a chapter that tells a problem


def all_full(case: Case) -> Iterator[Finding]:
    """「19项指标均得满分」, and a chapter of problems: one cannot be had with the other unless the indicators leave the problems out."""
    scored = [i for i in case.found.items if not i.not_applicable]
    full = bool(scored) and all(i.claimed and i.claimed == i.points and not i.doubtful for i in scored)
    if len(scored) < _FEWEST or not full or not (case.certainty.points and case.certainty.claims):
        return
    if not _problems_told(case) or any(True for _ in nearly_all_full(case)):
        return
    total = case.found.totals.claimed
    said = _SAID.search(case.flat)
    span = Span(said.start(), said.end()) if said is not None else total.span if total is not None else scored[-1].span
    message = f"{len(scored)}项得分指标全部满分、无一扣分，问题部分却写有不足，得分分布可能不可信，请逐项看佐证"
    yield case.finding("R40", span, message, severity=Severity.INFO, stated=str(len(scored)))


def _problems_told(case: Case) -> bool:
    """Whether the report tells a problem at some length, and does not say that there is none."""
    told = "".join(case.text(zone) for zone in problem_zones(case))
    return len(_WORDS.findall(told)) >= _LEAST and _NONE.search(told) is None
