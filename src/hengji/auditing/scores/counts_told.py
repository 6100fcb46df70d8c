"""R05: how many indicators a sentence says there are, of all, of first levels, with full marks or without, against those that are scored."""

import re
from collections.abc import Iterator

from hengji.auditing.case import Case
from hengji.auditing.scores.tree import alike, children, level_name
from hengji.extracting.leaves.aspects import count_of
from hengji.model.extraction import ScoredItem, Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_N = r"(?:\d{1,2}|[一二两三四五六七八九十]{1,3})"
_FULL = pattern(
    rf"(?P<n>{_N})\s?[项个](?:三级|末级|评价|考核|绩效)*(?:指标)?(?:均|都|全部)?(?:获得?|取得|得|为|是)(?:了)?满分|满分(?:的)?(?:指标)?(?:有|共|为)?(?P<m>{_N})\s?[项个]"
)
_LESS = pattern(
    rf"(?P<n>{_N})\s?[项个](?:三级|末级|评价|考核|绩效)*(?:指标)?(?:未|没有|没)(?:能)?(?:获得?|取得|得|拿)?到?满分"
    rf"|(?P<l>{_N})\s?[项个](?:三级|末级|评价|考核|绩效)*(?:指标)?(?:存在|有|被|出现)?(?:扣分|失分|丢分)"
    rf"|(?:扣分|失分|丢分|(?:未得|未获|没得|没有得到?)满分)(?:的)?(?:指标)?(?:有|共|为|共有)?(?P<m>{_N})\s?[项个]"
)
_WHOLE = pattern(
    rf"(?<!其余)(?<!其他)(?<!另)(?<!部分)(?<![级\d])(?P<n>{_N})\s?[项个](?:三级|末级|评价|考核|绩效|自评|具体)*指标(?=[,。中里(全]|均|都|全)"
)
_TOPS = pattern(
    rf"(?P<n>{_N})\s?[项个大](?:大)?一级(?:评价|绩效|考核)?指标|一级(?:评价|绩效|考核)?指标(?:共|有|为|共有|合计)?(?P<m>{_N})\s?[项个]"
)
_OTHERS = pattern(
    r"上年|去年|20\d\d年度?自评|项目绩效|目标表|其他|其余|下属|所属|各单位|[一二]级指标中|[产效满过投决成][出益意程入策本]\S{0,4}指标|定[量性]"
)
_FEWEST = 2


def counts_told(case: Case) -> Iterator[Finding]:
    """「3项指标中2项得满分、1项扣分」, 「由4个一级指标组成」: told before the first leaf, where the tree was read whole."""
    items = case.found.items
    known = [i for i in items if i.points is not None and i.claimed is not None]
    if not case.certainty.points or "指标" not in case.flat or len(items) < _FEWEST:
        return
    first = min(item.body.start for item in items)
    for span, text in case.running:
        if span.start >= first or "指标" not in text or case.aimed_at(span.start) or _OTHERS.search(text):
            continue
        if len(known) == len(items):
            yield from _full_and_less(case, span, text, known)
        tops = {level_name(i.path[0]) for i in items if i.path}
        for match in _TOPS.finditer(text) if len(tops) >= _FEWEST and all(i.path for i in items) else ():
            told = count_of(match["n"] or match["m"])
            if told is not None and told != len(tops) and told > 1 and abs(told - len(tops)) <= _FEWEST:
                place = Span(span.start + match.start(), span.start + match.end())
                message = f"写{told}个一级指标，后面逐项评分的有{len(tops)}个"
                yield case.finding("R05", place, message, stated=str(told), recomputed=str(len(tops)))


def _full_and_less(case: Case, span: Span, text: str, items: list[ScoredItem]) -> Iterator[Finding]:
    """The three counts of one sentence, of which at least two are told: a bare one has its check already."""
    less = sum(1 for i in items if (i.claimed or 0) < (i.points or 0))
    right = {"得满分": len(items) - less, "没有得满分": less, "": len(items)}
    forms = {"得满分": _FULL, "没有得满分": _LESS, "": _WHOLE}
    found = {kind: list(form.finditer(text)) for kind, form in forms.items()}
    lost = [m.span() for m in found["没有得满分"]]
    found["得满分"] = [m for m in found["得满分"] if not any(a < m.end() and m.start() < b for a, b in lost)]
    told = {kind: each[0] for kind, each in found.items() if len(each) == 1}
    if any(len(each) > 1 for each in found.values()) or len(told) < _FEWEST:
        return
    if "" in told and _differs(told[""], right[""]) and len(told) == _FEWEST and _within(told, right):
        return  # some of the indicators, told by themselves
    for kind, match in told.items():
        if _differs(match, right[kind]):
            place = Span(span.start + match.start(), span.start + match.end())
            said = f"{kind}的" if kind else "自评的"
            message = f"写{said}指标{_count(match)}项，逐项评分里{said}有{right[kind]}项"
            yield case.finding("R05", place, message, stated=str(_count(match)), recomputed=str(right[kind]))
            return


def _count(match: re.Match[str]) -> int:
    return next((count_of(n) or 0 for n in match.groups() if n), 0)


def _differs(match: re.Match[str], right: int) -> bool:
    return _count(match) not in (0, right)


def _within(told: dict[str, re.Match[str]], right: dict[str, int]) -> bool:
    """Whether fewer than all are told, as many of which as are said may well be so."""
    return _count(told[""]) < right[""] and all(_count(m) <= right[kind] for kind, m in told.items())


_KINDS = pattern(
    rf"(?<![级\d])(?P<n>{_N})\s?[项个](?:三级|末级|评价|考核|绩效|具体)*指标(?:中|里)?[,:(]?(?:其中)?:?(?P<kinds>{{KIND}}(?:[、,和]{{KIND}}){{1,5}})(?P<end>.?)".replace(
        "{KIND}", rf"(?:有)?[\u4e00-\u9fff]{{1,8}}?(?:类|型|性|量)?(?:指标)?(?:有|为|共)?{_N}\s?[项个]"
    )
)
_KINDS_BEHIND = pattern(
    rf"指标(?:共|合计|有)?(?P<n>{_N})\s?[项个][,:(](?:其中)?:?(?P<kinds>{{KIND}}(?:[、,和]{{KIND}}){{1,5}})(?P<end>.?)".replace(
        "{KIND}", rf"[\u4e00-\u9fff]{{1,8}}?(?:类|型|性|量)?指标(?:有|为|共)?{_N}\s?[项个]"
    )
)
_KIND = pattern(rf"(?P<name>[\u4e00-\u9fff]{{2,8}}?)(?:类|型)?(?:指标)?(?:有|为|共)?(?P<n>{_N})\s?[项个]")
_PAIRS = ({"定量", "定性"}, {"共性", "个性"}, {"正向", "反向"}, {"管理", "效益"}, {"通用", "特色"})


def kinds_of_leaves(case: Case) -> Iterator[Finding]:
    """Kinds of indicators that are more than all, or two that are the whole by their names: 「5项，其中定量2项、定性2项」."""
    for form in (_KINDS, _KINDS_BEHIND):
        for match in form.finditer(case.flat) if "指标" in case.flat else ():
            if case.in_table(match.start()):
                continue
            n, each = count_of(match["n"]), [(m["name"], count_of(m["n"])) for m in _KIND.finditer(match["kinds"])]
            counts = [count for _, count in each if count is not None]
            names = {re.sub(r"^(?:其中|有)|(?:类|指标)$", "", name) for name, _ in each}
            if n is None or len(counts) != len(each) or len(each) < _FEWEST or match["end"] == "等":
                continue
            told_so = all(
                re.search(r"指标|[类型性量]$", name) or name + "指标" in match[0] or name + "类" in match[0]
                for name, _ in each
            )
            pair = any(names == known for known in _PAIRS)
            made = sum(counts)
            if (pair and made != n) or (told_so and made > n and len(names) == len(each)):
                message = f"各类指标相加是{made}项，这里写{n}项"
                yield case.finding("R05", Span(*match.span()), message, stated=str(n), recomputed=str(made))


_VIEW = r"(?:个|大|项)?(?:方面|角度|维度|层面|板块)"
_FROM = pattern(
    rf"(?:从|围绕|按|针对|就)(?P<names>[^。;:,\d]{{0,60}}?)(?P<etc>等)?(?P<n>{_N}){_VIEW}(?:进行|予以|开展|来|分别)?(?:了)?(?:考核|评价|自评|评分|衡量|打分|考评)"
)
_VIEWED = pattern(
    r"(?:方面|角度|维度|层面|板块)(?:进行|予以|开展|来|分别)?(?:了)?(?:考核|评价|自评|评分|衡量|打分|考评)"
)
_JOINED = pattern(r"[和与及]|以及")


def views_counted(case: Case) -> Iterator[Finding]:
    """Names that are not as many as the sentence counts them: 「从采购执行、公务卡使用三个角度考核」; a bare number unlike the leaves below."""
    for match in _FROM.finditer(case.flat) if _VIEWED.search(case.flat) else ():
        told = count_of(match["n"])
        if told is None or case.in_table(match.start()):
            continue
        names = [each for each in match["names"].split("、") if each]
        most = len(names) + sum(len(_JOINED.findall(each)) for each in names)
        least = len(names)
        span = Span(*match.span())
        if names and (least > told or (most < told and not match["etc"] and least > 1)):
            message = f"列出{least if least > told else most}个方面，写{told}个"
            yield case.finding("R05", span, message, stated=str(told), recomputed=str(least))
        elif not names:
            below = _below(case, match.start())
            if below and told not in below:
                message = f"写从{told}个方面考核，后面有{min(below)}项指标"
                yield case.finding("R05", span, message, stated=str(told), recomputed=str(min(below)))
        elif told == least == 1 and _NAMED.search(names[0]):
            yield from _one_view(case, span, names[0])


_NAMED = pattern(r"[率性度]$|情况$")


def _one_view(case: Case, span: Span, name: str) -> Iterator[Finding]:
    """The one indicator that is named, under a group that has another one."""
    for group in case.found.groups:
        groups, items = children(case, group) if group.section is not None else ([], [])
        if len(items) != 1 or groups or not group.span.end <= span.start < items[0].span.start:
            continue
        if not alike(name, items[0].name):
            message = f"写考核“{name}”，后面的指标是“{items[0].name}”"
            yield case.finding("R05", span, message, stated=name, recomputed=items[0].name)


def _below(case: Case, place: int) -> set[int]:
    """How many parts the group has whose heading stands right before a place, and how many leaves; nothing where there is none."""
    for group in case.found.groups:
        groups, items = children(case, group) if group.section is not None else ([], [])
        first = min([g.span.start for g in groups] + [i.span.start for i in items], default=0)
        if group.span.end <= place < first and group.points is not None and case.certainty.points:
            leaves = sum(1 for item in case.found.items if group.name in item.path)
            return {len(groups) + len(items), leaves}
    return set()
