"""R04: one indicator that is scored twice: the same name, target and result under two kinds of indicators."""

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from hengji.auditing.case import Case
from hengji.auditing.scores.tree import bare_name
from hengji.model.extraction import ScoredItem
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_LEAST = 4  # characters of a name that says what is measured
# Kinds of indicators, as every form has them; under other headings (projects, units, posts) a name may well stand again.
_KIND = pattern(
    r"(?:产出|效益|效果|绩效|履职|过程|投入|决策|管理|数量|质量|时效|成本|经济|社会|生态|环境|可持续|影响|满意|服务|对象|公众|群众|完成|任务|目标|效率|效能|公平|性|度|和|及|与|类|方面|指标|情况|\d|分|[()、（）])+"
)
_FIGURE = pattern(r"\d[\d,]*(?:\.\d+)?\s?(?:%|[\u4e00-\u9fff]{1,2})")
_SCORES = pattern(r"(?:分值|满分|自评|得分|得|计)?\s?\d+(?:\.\d+)?\s?分")
_COUNTED_APART = pattern(
    r"(?:分值|权重)[^,。;]{0,6}(?:分拆|拆分|一分为二|平分)|(?:分别|各)(?:从|按|考核)[^,。;]{0,8}(?:数量|质量|时效)"
)


def leaves_doubled(case: Case) -> Iterator[Finding]:
    """「安全检查次数｜≥12次｜12次」 as one of quantity and again as one of quality, both with points."""
    scored = [i for i in case.found.items if i.points and i.claimed and not i.doubtful and len(i.name) >= _LEAST]
    if _COUNTED_APART.search(case.flat):
        return
    for n, item in enumerate(scored):
        other = next((o for o in scored[:n] if _the_same(case, o, item)), None)
        if other is not None and other.quote.start != item.quote.start:
            message = f"“{item.name}”在“{_group(other)}”和“{_group(item)}”下各列一次，目标和完成情况相同，重复计了{item.claimed.normalize() if item.claimed else 0:f}分"
            yield case.finding("R04", case.leaf_span(item), message, item=item.name, also=(case.leaf_span(other),))


def _group(item: ScoredItem) -> str:
    return item.path[-1]


def _the_same(case: Case, one: ScoredItem, other: ScoredItem) -> bool:
    """Whether two leaves of one form measure one thing: alike in name, target and result, under kinds of indicators that differ."""
    if bare_name(one.name) != bare_name(other.name) or one.table != other.table:
        return False
    if not _kinds(one.path, other.path):
        return False
    if one.table:
        cells = ((i.target.strip(), i.actual.strip()) for i in (one, other))
        first, second = cells
        return first == second and all(_FIGURE.search(cell) for cell in first)
    told = [set(_FIGURE.findall(_SCORES.sub(" ", case.text(i.body).replace(i.name, " ")))) for i in (one, other)]
    return bool(told[0]) and told[0] == told[1]


def _kinds(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether the groups of two leaves are kinds of indicators where they part, and do part."""
    apart = [(a, b) for a, b in zip_longest(one, other, fillvalue="") if a != b]
    return bool(apart) and all(_KIND.fullmatch(name) for pair in apart for name in pair)
