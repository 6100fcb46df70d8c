"""R05 of the whole tree: how many indicators a report says it has, and which first levels, against those that it scores."""

import re
from collections.abc import Iterator

from hengji.auditing.case import Case
from hengji.auditing.scores.tree import alike, bare_name, quoted, shortens
from hengji.extracting.leaves.aspects import count_of
from hengji.model.extraction import Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_NUMBER = r"\d{1,2}|[一二两三四五六七八九十]{1,3}"
_LEAVES = pattern(
    rf"(?P<n>{_NUMBER})\s?[项个](?:三级|末级)(?:绩效|评价)?指标|(?:三级|末级)(?:绩效|评价)?指标(?:共计?|合计|总计)?(?P<m>{_NUMBER})\s?[项个]"
)
_LEAVES_TOLD = pattern(
    r"[三末](?:(?<=[项个].)级(?:绩效|评价)?指标|级(?:绩效|评价)?指标(?:共计?|合计|总计)?[\d一二两三四五六七八九十])"
)  # stands in each of these
_SOME = pattern(r"完成|达标|达到|未|没有|其中|其余|另|得满分|均|扣|失分|上年|去年|项目|年初|编报|目标表|原|调整|新增")
_LEVELS = pattern(
    rf"(?:从|按|围绕|分为?|包括|设|对|就)(?P<names>[\u4e00-\u9fff]{{2,8}}(?:[、和与及][\u4e00-\u9fff]{{2,8}}){{1,5}})(?:等)?(?P<n>{_NUMBER})\s?(?:个)?(?:大)?(?:方面|部分|维度|类|一级指标|板块)"
)
_LEVEL_TAIL = pattern(r"(?:类|方面|部分)?(?:指标)?$")


def leaves_counted(case: Case) -> Iterator[Finding]:
    """「对13项三级指标打分」 above 14 of them; only where their points make 100."""
    items = case.found.items
    if not case.certainty.points or not _LEAVES_TOLD.search(case.flat):
        return
    first = min(item.body.start for item in items)
    for match in _LEAVES.finditer(case.flat):
        count = count_of(match["n"] or match["m"])
        sentence = case.sentence(match.start())
        beside = case.text(Span(match.end(), min(match.end() + _BESIDE, sentence.end)))
        if count is None or count == len(items) or match.start() > first or case.aimed_at(match.start()):
            continue
        if abs(count - len(items)) > _SLIP or _SOME.search(beside) or case.in_table(match.start()):
            continue
        message = f"这里写{count}项三级指标，后面逐项评分的有{len(items)}项"
        span = Span(match.start(), match.end())
        yield case.finding("R05", span, message, stated=str(count), recomputed=str(len(items)))


# 「对照四个方面11项指标逐项打分」, 「按自评表所列18项指标自评」
_ONE_BY_ONE = pattern(
    r"(?P<n>\d{1,2}|[一二三四五六七八九十]{2,3})\s?[项个](?:具体|评价|考核|绩效|自评|末级)?指标,?(?:的?(?:要求|评分标准|评价标准))?,?(?:逐项|逐一|逐条|分别|进行|开展|予以)*(?:打分|评分|自评|评价|评定|核对|考核|赋分|计分|核分|对照)"
)
_OF_OTHERS = pattern(r"上年|去年|项目绩效|目标表|其他|其余|下属|所属|一级|二级|其中|部分|定[量性]|得满分|扣分")


def leaves_scored_one_by_one(case: Case) -> Iterator[Finding]:
    """How many indicators a sentence before the first leaf says are scored one by one, unlike the leaves and every kind of group."""
    items = case.found.items
    if not case.certainty.tree or not items:
        return
    first = min(item.body.start for item in items)
    groups = {len({i.path[: n + 1] for i in items if len(i.path) > n}) for n in range(3)}
    waived = sum(1 for item in items if item.not_applicable)
    for match in _ONE_BY_ONE.finditer(case.flat, 0, first) if "指标" in case.flat else ():
        count, text = count_of(match["n"]), case.text(case.sentence(match.start()))
        if count is None or count in {len(items), len(items) - waived, *groups} or abs(count - len(items)) > _SLIP:
            continue
        if _OF_OTHERS.search(text) or case.aimed_at(match.start()) or case.in_table(match.start()):
            continue
        message = f"这里写{count}项指标，后面逐项评分的有{len(items)}项"
        span = Span(match.start(), match.end())
        yield case.finding("R05", span, message, stated=str(count), recomputed=str(len(items)))


_BESIDE = 8  # characters behind a count in which it may turn out to be of some of them
_SLIP = 4  # more is another count


def levels_counted(case: Case) -> Iterator[Finding]:
    """「从投入、过程、产出三个方面」 of a tree whose first levels are four; or four of them listed as three."""
    tops = list(dict.fromkeys(_level(item.path[0]) for item in case.found.items if item.path))
    if not case.certainty.points or len(tops) < _FEWEST:
        return
    told = [g.aspect_span for g in case.found.groups if g.aspect_span is not None]
    for match in _LEVELS.finditer(case.flat):
        names = [_level(name) for name in re.split("[、和与及]", match["names"].removesuffix("等"))]
        count = count_of(match["n"])
        known = [name for name in names if name in tops]
        if count is None or len(known) * 3 < len(names) * 2 or len(known) < _FEWEST or count == len(known) == len(tops):
            continue
        if any(span.start < match.end() and match.start() < span.end for span in told):
            continue
        said = [f"写{count}个方面，列出{len(names)}个"] if count != len(names) else []
        missing = [top for top in tops if top not in names]
        others = [name for name in names if name not in tops]
        if missing and not others:
            said.append(f"没有提到{quoted(missing)}")
        elif len(missing) == len(others) == 1 and not alike(missing[0], others[0]) and len(known) >= _FEWEST:
            said.append(f"没有提到{quoted(missing)}，而写了{quoted(others)}")
        elif len(others) == 1 and not missing and not any(shortens(others[0], top) for top in tops):
            said.append(f"后面没有{quoted(others)}")
        if said:
            span = Span(match.start(), match.end())
            message = f"评价的方面与后面的一级指标不一致：{'；'.join(said)}"
            yield case.finding("R05", span, message, stated=str(count), recomputed=str(len(tops)))


_FEWEST = 2


def _level(name: str) -> str:
    return _LEVEL_TAIL.sub("", bare_name(name.strip()))
