"""R05: how many indicators there are of each kind, against how many there are in all, and against those that lost points."""

from collections.abc import Iterator

from hengji.auditing.case import Case
from hengji.extracting.leaves.aspects import count_of
from hengji.model.extraction import Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_NUMBER = r"(?:\d{1,2}|[一二两三四五六七八九十]{1,3})"
_FULL_AND_LESS = pattern(
    rf"(?P<n>{_NUMBER})\s?[项个](?:三级|末级|评价|绩效)*指标中?[,:]?(?:有|其中)?(?:得)?满分(?:的|指标)*(?:有)?(?P<full>{_NUMBER})\s?[项个][,、;](?:有)?(?:被)?(?:扣分|失分)(?:的|指标)*(?:有)?(?P<less>{_NUMBER})\s?[项个]"
)
_OF_EACH_KIND = pattern(
    rf"指标(?:共|合计)?(?P<n>{_NUMBER})\s?[项个][,:(](?:其中)?:?(?P<kinds>(?:[、,]?(?:成本|产出|效益|满意度|过程|投入|决策|管理|效果)(?:类)?指标(?:为|有)?{_NUMBER}\s?[项个]){{2,5}})"
)
_KIND = pattern(rf"指标(?:为|有)?(?P<n>{_NUMBER})\s?[项个]")
_LOST = pattern(rf"(?:失分|扣分|未得满分的?)指标(?:有|共|为)?(?P<n>{_NUMBER})\s?[项个]")
_TO_THE_LAST = "满意度指标"


_MEASURED_OR_NOT = pattern(
    rf"(?P<n>{_NUMBER})\s?[项个](?:三级|末级|评价|绩效)*指标(?:中|,其中|,)(?:有)?(?P<one>定[量性])(?:指标)?(?:有)?(?P<a>{_NUMBER})\s?[项个][,、;和](?P<other>定[量性])(?:指标)?(?:有)?(?P<b>{_NUMBER})\s?[项个]"
)


def shares_of_leaves(case: Case) -> Iterator[Finding]:
    """R05: 「3项指标中得满分的2项、扣分的2项」, 「指标12个，其中产出6个、效益4个、满意度1个」, 「失分指标2项」 where one lost points."""
    for match in _FULL_AND_LESS.finditer(case.flat):
        n, full, less = (count_of(match[name]) or 0 for name in ("n", "full", "less"))
        if n != full + less:
            message = f"满分{full}项加扣分{less}项是{full + less}项，这里写共{n}项"
            yield case.finding("R05", Span(*match.span()), message, stated=str(n), recomputed=str(full + less))
    for match in _OF_EACH_KIND.finditer(case.flat):
        made = sum(count_of(each["n"]) or 0 for each in _KIND.finditer(match["kinds"]))
        n = count_of(match["n"]) or 0
        if made != n and (made > n or _TO_THE_LAST in match["kinds"]) and case.flat[match.end() :][:1] not in "、,等":
            message = f"各类指标相加是{made}个，这里写{n}个"
            yield case.finding("R05", Span(*match.span()), message, stated=str(n), recomputed=str(made))
    for match in _MEASURED_OR_NOT.finditer(case.flat):
        n, made = count_of(match["n"]) or 0, (count_of(match["a"]) or 0) + (count_of(match["b"]) or 0)
        if n != made and match["one"] != match["other"]:
            message = f"定量、定性指标相加是{made}项，这里写{n}项"
            yield case.finding("R05", Span(*match.span()), message, stated=str(n), recomputed=str(made))
    yield from _lost(case)


def _lost(case: Case) -> Iterator[Finding]:
    """How many indicators are said to have lost points, before the first of them is scored."""
    items = case.found.items
    if not case.certainty.points or not items or any(i.claimed is None or i.points is None for i in items):
        return
    lost = sum(1 for i in items if i.claimed is not None and i.points is not None and i.claimed < i.points)
    first = min(item.body.start for item in items)
    for match in _LOST.finditer(case.flat, 0, first):
        told = count_of(match["n"])
        if told is not None and told != lost:
            message = f"写失分指标{told}项，逐项得分中没有得满分的有{lost}项"
            yield case.finding("R05", Span(*match.span()), message, stated=str(told), recomputed=str(lost))
