"""R08: a least that is more than the most, an average beyond both, a progress that falls back."""

import itertools
import re
from collections.abc import Iterator

from hengji.auditing.case import Case
from hengji.model.extraction import Span
from hengji.model.finding import Finding
from hengji.model.numerals import read_decimal
from hengji.model.patterns import pattern

_N = r"\d[\d,]*(?:\.\d+)?"
_UNIT = r"(?P<unit>[万亿]?(?:[\u4e00-\u9fff]{1,3}|%|‰|℃|[A-Za-z]{1,5}(?:/[A-Za-z]{1,3})?)?)"
_IS = r"(?:值|的|分|为|是|达到?|约|[^。;,、\d]{0,4}?)?"
_TWO_ENDS = pattern(
    rf"(?P<first>最[低少小短]|最[高多大长]){_IS}(?P<a>{_N})\s?{_UNIT}[,、和;]\s?(?P<last>最[高多大长]|最[低少小短]){_IS}(?P<b>{_N})\s?(?P=unit)(?:[,、;]\s?(?P<name>平均|均值|平均值){_IS}(?P<c>{_N})\s?(?P=unit))?(?![\u4e00-\u9fff]*率)"
)
_RANGE = pattern(
    rf"(?:在|为)(?P<a>{_N})\s?(?:[万亿]?[\u4e00-\u9fff%A-Za-z/]{{0,6}})?[-—~～至到]+(?P<b>{_N})\s?{_UNIT}之间,(?:[\u4e00-\u9fff]{{0,4}})?(?P<name>平均|均值|平均值){_IS}(?P<c>{_N})\s?(?P=unit)"
)
_PAIRED = (("低", "高"), ("少", "多"), ("小", "大"), ("短", "长"))
_PROGRESS = pattern(
    r"(?:支出|执行|预算|累计|资金)[^。;\n\d]{0,6}(?:进度|执行率|累计)[^。;\n\d]{0,8}(?P<steps>(?:[,、:]?\s?(?:20\d\d年)?(?:截至)?\d{1,2}\s?月[末底]?(?:末|底|为|达到?|累计)*\s?\d{1,3}(?:\.\d+)?%){2,})"
)
_STEP = pattern(r"(?P<m>\d{1,2})\s?月[末底]?[^\d%]*(?P<n>\d{1,3}(?:\.\d+)?)%")


def extremes_hold(case: Case) -> Iterator[Finding]:
    """R08: 「最低0.32、最高0.24」, 「在0.24—0.32之间，平均0.36」."""
    for match in _TWO_ENDS.finditer(case.flat) if "最" in case.flat else ():
        if (match["first"][1], match["last"][1]) in _PAIRED:
            yield from _held(case, match, "a", "b")
        elif (match["last"][1], match["first"][1]) in _PAIRED:
            yield from _held(case, match, "b", "a")
    for match in _RANGE.finditer(case.flat):
        yield from _held(case, match, "a", "b")


def _held(case: Case, match: re.Match[str], low: str, high: str) -> Iterator[Finding]:
    least, most = read_decimal(match[low]), read_decimal(match[high])
    middle = read_decimal(match["c"]) if match["c"] else None
    if least is None or most is None:
        return
    if least > most:
        span = Span(min(match.start("a"), match.start("b")), max(match.end("a"), match.end("b")))
        message = f"所写的最低（最少）{match[low]}大于最高（最多）{match[high]}"
        yield case.finding("R08", span, message, stated=match[low], recomputed=f"≤{match[high]}")
    elif middle is not None and not least <= middle <= most:
        message = f"平均{match['c']}不在{match[low]}与{match[high]}之间"
        span = Span(match.start("name"), match.end("c"))
        yield case.finding("R08", span, message, stated=match["c"], recomputed=f"{match[low]}—{match[high]}")


def progress_rises(case: Case) -> Iterator[Finding]:
    """R08: a cumulative rate of spending that is less at the end of a later month."""
    for match in _PROGRESS.finditer(case.flat):
        steps = list(_STEP.finditer(case.flat, match.start("steps"), match.end("steps")))
        for one, other in itertools.pairwise(steps):
            if int(one["m"]) < int(other["m"]) and float(other["n"]) < float(one["n"]):
                message = f"累计进度{other['m']}月末{other['n']}%，低于{one['m']}月末的{one['n']}%"
                span = Span(other.start("n"), other.end())
                yield case.finding(
                    "R08", span, message, stated=f"{other['n']}%", recomputed=f"≥{one['n']}%", also=(Span(*one.span()),)
                )
