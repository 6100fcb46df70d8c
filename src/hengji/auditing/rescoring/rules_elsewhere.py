"""The scoring rules that a report tells outside its leaves: in tables of rules, in passages that name a leaf, and for all leaves at once."""

import re
from collections.abc import Iterator
from fractions import Fraction

from hengji.auditing.case import Case, once
from hengji.auditing.moved_points import worth
from hengji.auditing.rescoring.sheet import compact
from hengji.model.extraction import ScoredItem, Span
from hengji.model.patterns import pattern

Told = tuple[str, Span | None]  # the words of a rule, and the passage that may tell its facts too

_RULE_HEADER = pattern(r"(?:评分|计分|打分|考核|评价|扣分|得分)(?:标准|细则|方法|办法|规则|说明|要点)")


def bare(name: str) -> str:
    """A name without marks and blanks."""
    return _MARKS.sub("", name)


_MARKS = pattern(r"[\s\"'“”()（）、,，]")


@once
def rules_elsewhere(case: Case) -> dict[str, Told]:
    """The rules that a report tells outside its leaves, by the bare name of the leaf: in its tables, or in passages that name it."""
    told = dict(_kind_rules(case)) | dict(_told_rules(case)) if _RULE_TOLD.search(case.flat) else {}
    told |= dict(_numbered_rules(case)) if told or _RULE_TOLD.search(case.flat) else {}
    return told | dict(_table_rules(case))


def rule_of_all(case: Case, item: ScoredItem) -> str:
    """The words by which a report scores all its measured leaves in proportion to what was aimed at, or nothing."""
    measured, short = _rules_of_all(case)
    told = measured or (short if (item.claimed or 0) < (worth(case, item) or 0) else "")
    return "" if "数量" in told and _is_rate(item) else told


def rule_of_short(case: Case) -> str:
    """The words by which a report scores all that fell short in proportion to what was aimed at, or nothing."""
    worked = _DIVIDED.search(case.flat) if "÷" in case.flat else None
    divided = worked[0] if worked is not None and _of_every_leaf(case, worked) else ""
    return _rules_of_all(case)[1] or divided


def _is_rate(item: ScoredItem) -> bool:
    """Whether a leaf is no count, so that a rule for counts is none of its own."""
    return "%" in (item.target or item.actual) or _OTHER_KINDS.search("".join(item.path)) is not None


_OTHER_KINDS = pattern(r"质量|时效|成本|效益|满意")


@once
def _rules_of_all(case: Case) -> tuple[str, str]:
    """What a report says of the score of all measured leaves, and of those that fell short."""
    if "比" not in case.flat and "÷" not in case.flat and "完成率" not in case.flat:
        return "", ""
    found = _OF_ALL.search(case.flat)
    short = (match for match in _OF_WHAT_IS_SHORT.finditer(case.flat) if _of_every_leaf(case, match))
    told = next(short, None)
    return compact(found[0]) if found is not None else "", compact(told[0]) if told is not None else ""


_OF_ALL = pattern(
    r"(?:定量|量化|数量|产出|正向)[^。;]{0,6}指标[^。]{0,40}?(?:(?:未达到|未完成|没有达到)[^。;]{0,6}按[^。;]{0,16}(?:比例|之比)[^。;]{0,6}(?:得|计|折)[^。;,]{0,4}|按(?:实际)?(?:完成|达成|实际)(?:值|数|情况)?[与占和同](?:年度|年初)?(?:指标|目标|计划)(?:值|数)?的?(?:比例|之比|比值)[^。;,]{0,4}(?:乘以?|得|计|折|算)[^。;,]{0,4}|得分\s?=[^。;,]{0,24}÷[^。;,]{0,12})"
    # 「完成率类指标一律按完成率乘以分值计分」
    r"|(?:完成率|比率|率)类(?:的)?指标(?:一律|均|都|全部|统一)?按(?:照)?(?:实际)?完成率(?:乘以?|[×*])(?:该项|各自)?(?:分值|权重|满分)(?:计分|得分|计算)?"
)
# 「未完成的按“实际值÷目标值×分值”计分」
_DIVIDED = pattern(
    r"(?:未达到|未达标|未完成|没有达到|没有完成)[^。;,\d]{0,6}按\"?(?:实际|完成)[^。;,\"\d]{0,6}÷[^。;,\"\d]{0,8}目标[^。;,\"\d]{0,12}\"?(?:计|得|折|算)"
)
# The same of all that fell short: 「数量没有做够的按比例算分」, 「凡未完成年度目标的，按完成数占目标数的比例给分」.
_OF_WHAT_IS_SHORT = pattern(
    r"(?:数量)?[上方面]{0,2}(?:(?:没有?|未|没能|未能|不能)(?:全部|足额)?(?:[完做达][成完到够足满]|达标)|[完做达]不[成完到够足满]|低于|不足)(?:年度|年初|设定|预定|既定)?(?:的?(?:绩效|计划)?(?:目标|任务|数量|计划|指标)值?)?数?的(?:指标)?,?(?:均|都|一律|则|就)?按(?:照)?[^,。;\d]{0,16}(?:比例|之比|比值|完成率|百分比)[^,。;\d]{0,4}[得计算给打折记]分?"
)


def _of_every_leaf(case: Case, match: re.Match[str]) -> bool:
    """Whether a rule for what fell short stands outside the leaves and their tables, in a sentence that names none of them."""
    at = match.start()
    if case.item_at(at) is not None or case.in_table(at):
        return False
    before = case.flat[max(case.flat.rfind(mark, 0, at) for mark in "。;\n") + 1 : at]
    clauses = before.split(",")
    if _TO_ALL.fullmatch(clauses[-1].strip()) is None or "%" in "".join(clauses[-2:]):
        return False
    named = _POINTS_OF.sub("", before)
    return not any(item.name in named for item in case.found.items if len(item.name) > 1)


_TO_ALL = pattern(r"(?:凡|对于?|其中|如|若|定量|各项|所有|全部|各|三级|绩效|指标|目标|任务|的|[:])*")
_POINTS_OF = pattern(r"[\u4e00-\u9fff]{2,10}\s?\d{1,3}(?:\.\d+)?\s?分")


def _table_rules(case: Case) -> Iterator[tuple[str, Told]]:
    """The rules of scoring tables by the name of the indicator that stands in the same row."""
    for grid in case.grids:
        columns = [
            c
            for row in range(min(grid.rows, 3))
            for c, text in enumerate(grid.row(row))
            if _RULE_HEADER.search(text) and len(text) < 12
        ]
        for row in range(1, grid.rows) if columns else ():
            rule = grid.text(row, columns[0])
            for text in grid.row(row)[: columns[0]] if _RULE_TOLD.search(rule) else ():
                if text and not text[0].isdigit():
                    yield bare(text), (compact(rule), None)


_RULE_TOLD = pattern(
    r"每[^。;]{1,24}[扣减得计]\s?\d|率\s?[×*]\s?(?:\d|分值|权重)|得\s?满分|计\s?满分|不得分|得分\s?=|分值|按[^。;]{0,8}(?:率|比例)|"
    + "|".join(rf"{re.escape(mark)}[得计]?\d+分" for mark in "≥≤上下内)%")
)
_SCORE_FIRST = pattern(r"[\"”]?(?:指标)?(?:自评|实?得)(?:得)?分?\s?\d")
# The next entry of a list, the next label (「。满意度:95%及以上5分」), a rule for a kind of leaves (「。数量指标按完成比例计分」).
_NEXT_IN_LIST = pattern(
    r"(?<=[;。])\s?(?:\(?\d{1,2}[.、)](?!\d)|[\u4e00-\u9fff\"“”]{2,12}:|(?:数量|质量|时效|成本|效益|满意度|定量|定性)(?:类|性)?指标)"
)
_FAR = 240  # characters behind a leaf's name in which its rule may stand


def _told_rules(case: Case) -> Iterator[tuple[str, Told]]:
    """The passages outside leaves that name a leaf and give a rule, up to the name of another."""
    names = sorted({item.name for item in case.found.items if len(item.name) > 2}, key=len, reverse=True)
    for span in case.found.paragraphs:
        if case.item_at(span.start) is not None or case.in_table(span.start) or not _RULE_TOLD.search(case.flat, *span):
            continue
        found = sorted(_named(case.flat, span, names).items())
        for (start, name), (following, _) in zip(found, [*found[1:], (span.end, "")], strict=True) if found else ():
            end = min(following, start + len(name) + _FAR)
            other = _NEXT_IN_LIST.search(case.flat, start + len(name), end)
            passage = Span(start + len(name), other.start() if other is not None else end)
            if _RULE_TOLD.search(case.flat, *passage) and not _SCORE_FIRST.match(case.flat, passage.start):
                yield bare(name), (compact(case.text(passage)), passage)


_NUMBERED = pattern(r"指标(?P<n>\d{1,2})[:、. ]")
_OF_NUMBER = pattern(r"指标(?P<n>\d{1,2})(?!\d|[:、.和至及,]\s?(?:指标)?\d|\.)(?P<rule>[^。\n]{6,120})")


def _numbered_rules(case: Case) -> Iterator[tuple[str, Told]]:
    """The rules outside leaves that call a leaf by its number: 「指标4低于98%的，每低0.5个百分点扣1分」 of 「指标4：设备在线率」."""
    numbered = {}
    for item in case.found.items:
        match = _NUMBERED.match(case.text(item.body)) if not item.table else None
        if match is not None:
            numbered[match["n"]] = item
    for match in _OF_NUMBER.finditer(case.flat) if numbered else ():
        named = numbered.get(match["n"])
        if named is None or case.item_at(match.start()) is not None or case.in_table(match.start()):
            continue
        if _RULE_TOLD.search(match["rule"]):
            yield bare(named.name), (compact(match["rule"]), None)


def _kind_rules(case: Case) -> Iterator[tuple[str, Told]]:
    """The rules of running text that name a leaf by the end or the beginning of its name alone: 「满意度95%以上得满分」 of 居民满意度."""
    shorter = _shorter_names(case)
    for match in re.finditer(r"[^。;\n]+", case.flat) if shorter else ():
        if not _STEPS.search(match[0]) or not _RULE_TOLD.search(match[0]):
            continue
        begun = _OPENING.sub("", match[0])
        name = next((each for each in shorter if begun.startswith(each)), None)
        if name is None or case.item_at(match.start()) is not None or case.in_table(match.start()):
            continue
        words = _OF_KIND.sub("", compact(begun[len(name) :]))
        most = max((Fraction(m["n"]) for m in _GIVEN.finditer(words)), default=None)
        for item in shorter[name]:
            if most is None or "满分" in words or most == item.points:
                yield bare(item.name), (words, None)


def _shorter_names(case: Case) -> dict[str, list[ScoredItem]]:
    """The short names of leaves, each of leaves whose own names are longer; not those that two leaves of different kinds have."""
    found: dict[str, list[ScoredItem]] = {}
    for item in case.found.items:
        match = _SHORTER.search(item.name)
        if match is not None and len(match["end"] or match["begin"]) > 2:
            found.setdefault(match["end"] or match["begin"], []).append(item)
    whole = {item.name for item in case.found.items}
    return {name: items for name, items in found.items() if name not in whole and (len(items) == 1 or "满意" in name)}


# 「居民满意度」, 「结转结余控制」, 「部门预算执行率」
_SHORTER = pattern(
    r"^(?:[\u4e00-\u9fff]+(?P<end>满意度|满意率|预算执行率)|(?P<begin>[\u4e00-\u9fff\"]{3,8}?)(?:控制|管理|情况|完成情况|控制情况|使用情况)率?)$"
)
_STEPS = pattern(r"\d%?(?:\([^()]*\))?(?:以[上下内]|至|到|-|~|—)[^。;]{0,16}(?:得|计|分)")
_OPENING = pattern(
    r"^(?:[^。;\n]*(?<!指标)(?<![度率]):|\s|\d{1,2}[.、]|\([\d一二三四五六七八九十]{1,2}\)|[①-⑩]|[^。;,\n]{0,14}规定,)*(?:(?:服务对象|社会公众|群众|公众|居民|各类)(?=满意))?"
)
_OF_KIND = pattern(r"^(?:类|指标|得分|的)*(?:,|:)?")
_GIVEN = pattern(r"(?:得|计)(?P<n>\d{1,2}(?:\.\d+)?)分")


def _named(text: str, span: Span, names: list[str]) -> dict[int, str]:
    """Where leaves are named in a passage, of names within names the longest."""
    found: dict[int, str] = {}
    for name in names:
        at = text.find(name, *span)
        while at >= 0:
            if not any(start <= at < start + len(other) for start, other in found.items()):
                found[at] = name
            at = text.find(name, at + len(name), span.end)
    return found
