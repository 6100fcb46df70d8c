"""R05: the leaves under a group are those that it says."""

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from hengji.auditing.case import Case
from hengji.auditing.scores.tree import alike, children, level_name, quoted
from hengji.auditing.wording import pairs_of
from hengji.extracting.leaves.aspects import aspect_names, count_of
from hengji.model.extraction import ScoredGroup, ScoredItem, Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern


def aspects_match(case: Case) -> Iterator[Finding]:
    """R05: 「从…N方面进行考核」 names as many and the same leaves as follow."""
    if not case.certainty.tree:
        return  # a leaf may not have been read
    for group in case.found.groups:
        if group.aspect_span is None or not (group.aspects or group.aspect_count):
            continue
        if case.flat.startswith("由", group.aspect_span.end):
            continue  # 「从进度、质量两个方面由县督查室考核」 tells how others assess the work
        groups, items = children(case, group)
        names = [*(g.name for g in groups), *(i.name for i in items)]
        if not names or any(_told_later(case, group, aspect, names) for aspect in group.aspects):
            continue
        yield from _aspects(case, group, names) if group.aspects else _counted_only(case, group, len(names))


def _aspects(case: Case, group: ScoredGroup, names: list[str]) -> Iterator[Finding]:
    """R05 of one group, against the names of its parts."""
    assert group.aspect_span is not None
    missing, extra, count = _unlike(names, group.aspects), _unlike(group.aspects, names), group.aspect_count
    if count == len(names) == len(group.aspects) and len(extra) * 2 > len(names):
        return  # what is looked at, in other words than the leaves
    if len(missing) == len(names) and _COUNTED.search(case.text(case.sentence(group.aspect_span.start))):
        return  # dimensions, and the number of indicators beside them: 「从数量、时效两方面考核，设4个指标」
    if count is not None and count == len(group.aspects) and count == len(names) and not missing and not extra:
        return
    if count == len(names) and all(any(pairs_of(a) & pairs_of(b) for b in missing) for a in extra):
        return  # as many, one of them in other words: 「安全管理」 of 「安全检查覆盖率」
    said: list[str] = []
    if count is not None and count != len(names):
        said.append(f"写{count}方面，后面有{len(names)}项指标")
    elif count is not None and count != len(group.aspects):
        return  # the list may have been read wrongly: the number itself is right
    if missing and count is not None:
        said.append(f"没有提到{quoted(missing)}")
    if extra:
        said.append(f"后面没有{quoted(extra)}这样名称的指标")
    if said:
        yield case.finding(
            "R05",
            group.aspect_span,
            f"“{group.name}”的考核方面与后面的指标不一致：{'；'.join(said)}",
            stated=str(count or len(group.aspects)),
            recomputed=str(len(names)),
        )


def _unlike(words: Iterable[str], others: Iterable[str]) -> list[str]:
    """The words that are like none of the others."""
    known = list(others)
    return [word for word in words if not any(alike(word, other) for other in known)]


def _counted_only(case: Case, group: ScoredGroup, parts: int) -> Iterator[Finding]:
    """R05 of a bare number: 「共设三级指标5个」, against the parts of its group or all its leaves."""
    leaves = sum(1 for item in case.found.items if item.path and group.name in item.path)
    if group.points is None or group.aspect_span is None:
        return  # a chapter, which counts its own way
    if any(
        i.body.start <= group.aspect_span.start < i.body.end and i.span.start != group.span.start
        for i in case.found.items
    ):
        return  # a leaf tells of the department's own goals: 「设三级指标17个，有目标值16个」
    if group.aspect_count not in (parts, leaves, len(case.found.items)):
        yield case.finding(
            "R05",
            group.aspect_span,
            f"“{group.name}”写有{group.aspect_count}项指标，后面是{leaves or parts}项",
            stated=str(group.aspect_count),
            recomputed=str(leaves or parts),
        )


_COUNTED = pattern(r"[一二两三四五六七八九十\d]{1,2}\s?[个项](?:三级|末级|具体)?指标")


def _told_later(case: Case, group: ScoredGroup, aspect: str, names: list[str]) -> bool:
    """Whether an aspect without a leaf stands at the head of a line behind its list, as a leaf does."""
    if group.aspect_span is None or any(alike(name, aspect) for name in names):
        return False
    form = re.compile(rf"^\W*[\d一二三四五六七八九十()、.①-⑳\s]*{re.escape(aspect)}", re.MULTILINE)
    return form.search(case.flat, group.aspect_span.end) is not None


_SAID = pattern(
    r"(?:从|设|设置|包括|(?<!部)分为?)(?P<names>[\u4e00-\u9fff]{2,14}(?:、\n?[\u4e00-\u9fff]{2,14}){1,5})\n?(?P<n>[两二三四五六]|[2-6])\s?(?:个?方面|个?部分|[个项](?:三级|末级|具体)?指标)"
)
_NUMBERS = dict(zip("两二三四五六", (2, 2, 3, 4, 5, 6), strict=True))
_LEAD = 160  # characters before or behind a heading in which its parts may be listed


def parts_told(case: Case) -> Iterator[Finding]:
    """R05 of a list that names the parts and counts them, in other words than 考核: 「本部分设校舍、培训、设备、招生四项指标」."""
    if not case.certainty.tree:
        return
    tops = [g for g in case.found.groups if g.section is not None]
    low = min((g.depth for g in tops), default=0)
    first = [g for g in tops if g.depth == low]
    if len(first) > 1 and all(g.aspect_span is None for g in first):
        start = first[0].span.start
        yield from _listed(case, max(0, start - _LEAD), start, "绩效分析", [g.name for g in first])
    for group in tops:
        if group.aspect_span is None and group.points is not None:
            groups, items = children(case, group)
            names = [*(g.name for g in groups), *(i.name for i in items)]
            spans = [*(g.span for g in groups), *(i.span for i in items)]
            end = min([group.span.end + _LEAD, *(span.start for span in spans)])
            yield from _listed(case, group.span.end, end, group.name, names)
        yield from _made_of(case, group) if group.aspect_span is None else _set_up(case, group, group.aspect_span)
    yield from _of_tables(case)


_MADE_OF = pattern(
    r"(?:由|共有?|设有?|含|包括|下设)(?P<n>\d|[一二两三四五六七八九])\s?[个项](?:三级|末级|具体|评价|考核)?指标(?:组成|构成)?[。,;:]"
)


def _made_of(case: Case, group: ScoredGroup) -> Iterator[Finding]:
    """R05 of a bare number between a heading and its first leaf: 「由5项指标组成」."""
    groups, items = children(case, group)
    first = min([i.span.start for i in items], default=0)
    match = (
        _MADE_OF.search(case.flat, group.span.start, first) if items and not groups and case.certainty.points else None
    )
    count = count_of(match["n"]) if match is not None else None
    if match is not None and count != len(items):
        span, message = Span(match.start(), match.end() - 1), f"“{group.name}”写有{count}项指标，后面是{len(items)}项"
        yield case.finding("R05", span, message, stated=str(count), recomputed=str(len(items)))


_SET_UP = pattern(
    r"方面,?(?:共|一共)?设[置有立]?(?P<n>\d{1,2}|[一二两三四五六七八九])\s?[个项](?:三级|具体|评价|考核)?指标"
)


def _set_up(case: Case, group: ScoredGroup, aspects: Span) -> Iterator[Finding]:
    """R05 of a bare number behind the aspects, in a group of leaves alone: 「从打击、防范、服务、建设四个方面设置6项指标」."""
    groups, items = children(case, group)
    match = _SET_UP.search(case.flat, aspects.start, case.sentence(aspects.start).end)
    count = count_of(match["n"]) if match is not None else None
    if match is not None and items and not groups and count != len(items):
        span, message = Span(*match.span()), f"“{group.name}”写有{count}项指标，后面是{len(items)}项"
        yield case.finding("R05", span, message, stated=str(count), recomputed=str(len(items)))


_FROM = pattern(r"从[^。;]{4,80}?个?方面(?:进行)?(?:考核|评价)")
_ASSESSED = pattern(r"方面(?:进行)?(?:考核|评价)")  # stands in each of these


def _of_tables(case: Case) -> Iterator[Finding]:
    """The same of a group whose leaves stand in a table: 「产出从……3个方面进行考核」, or such a sentence under its heading."""
    rows = [item for item in case.found.items if item.table and item.path]
    for match in _FROM.finditer(case.flat) if rows and _ASSESSED.search(case.flat) else ():
        level = _level_of(case, match.start(), rows)
        told = any(
            g.aspect_span is not None
            and g.aspect_span.start < match.end()
            and match.start() < g.aspect_span.end
            and any(children(case, g))
            for g in case.found.groups
        )
        below = [i for i in rows if level in map(level_name, i.path)]
        if level and not told and not _of_other_points(case, match.start(), below):
            inner = [name for i in below for n, name in enumerate(i.path) if n and level_name(i.path[n - 1]) == level]
            yield from _listed(
                case, match.start(), match.end(), level, [i.name for i in below], list(dict.fromkeys(inner))
            )


_WORTH = pattern(r"(?:分值|满分|共|计)(?:为|:)?\s?(?P<n>\d{1,2}(?:\.\d)?)\s?分")


def _of_other_points(case: Case, at: int, rows: list[ScoredItem]) -> bool:
    """Whether a sentence tells what it speaks of to be worth other points than the rows make: a part that bears its group's name."""
    worth = _WORTH.search(case.flat, case.paragraph(at).start, at)
    made = sum((item.points or Decimal(0) for item in rows), Decimal(0))
    return worth is not None and made != Decimal(worth["n"])


def _level_of(case: Case, at: int, rows: list[ScoredItem]) -> str:
    """The level of a table that a sentence speaks of: the last one that it names before a place, else that of its heading."""
    levels = {level_name(name) for item in rows for name in item.path} - {""}
    lead = case.flat[case.sentence(at).start : at]
    named = max(levels, key=lambda level: (lead.rfind(level), len(level)), default="")
    if named and named in lead:
        return named
    groups = [(g.span.start, g.name) for g in case.found.groups if g.section is not None and g.span.start < at]
    sections = [(s.span.start, s.title) for s in case.found.sections if s.span.start < at]
    above = (level_name(max(each)[1]) for each in (groups, sections) if each)
    return next((name for name in above if name in levels), "")


def _listed(
    case: Case, low: int, high: int, name: str, names: list[str], inner: Sequence[str] = ()
) -> Iterator[Finding]:
    """R05 of a list that counts itself, against the leaves of a group or the groups ``inner``: those of which it names the most."""
    for match in _SAID.finditer(case.flat, low, high):
        count = _NUMBERS.get(match["n"]) or int(match["n"])
        said = match["names"].replace("\n", "")
        lists = (said.split("、"), aspect_names(said))
        told = next((each for each in lists if len(each) == count), ())
        parts = max(names, inner, key=lambda of: _named_in(told, of))
        if not told or count == len(parts) or _named_in(told, parts) * 2 < len(told):
            continue
        span = Span(match.start(), match.end())
        message = f"“{name}”写{count}方面，后面有{len(parts)}项"
        yield case.finding("R05", span, message, stated=str(count), recomputed=str(len(parts)))


def _named_in(told: Sequence[str], parts: Sequence[str]) -> int:
    return sum(1 for each in told if any(alike(each, other) for other in parts))
