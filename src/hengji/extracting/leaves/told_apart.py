"""Budget execution, where it is scored in a chapter of its own and the other leaves in another."""

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from hengji.extracting.leaves.settled import totals_in
from hengji.extracting.leaves.shared_scores import shared_scores
from hengji.extracting.outline import Outline
from hengji.extracting.passages import Passage
from hengji.model.extraction import ScoredItem
from hengji.model.patterns import pattern

_HUNDRED = Decimal(100)
_MOST = Decimal(30)  # points
_FEWEST = 4  # leaves that lack it
_ROUNDED = Decimal("0.05")
_EXECUTION = pattern(
    r"[^,。;]{0,6}(?:执行|支出|完成)(?:率|情况|进度)|(?:年度|当年|项目|部门)?(?:预算|资金)(?:执行|支出|使用)"
)
_IN_TOTAL = pattern(  # 「自评总分98.06分，其中预算执行9.72分、产出49.2分」
    r"(?:(?<![\u4e00-\u9fff])|(?<=[中加上和及与]))(?P<name>(?:年度|当年|项目|部门)?(?:预算|资金)(?:执行|支出)(?:率|情况|进度)?)(?:部分|指标)?(?:自评得分|自评|得分|实得|得|为|:){0,2}\s?(?P<got>\d{1,2}(?:\.\d+)?)\s?(?:分|/\s?\d)"
)
_SCORED = pattern(r"执行|支出")


def _with_worth(items: tuple[ScoredItem, ...], passages: Sequence[Passage]) -> tuple[ScoredItem, ...]:
    """The leaves, a heading of execution that has a score alone with the points that are lacking to a hundred, where a total proves the score.

    Where another place tells both of it, it bears the name it has there: 「其中预算执行情况20分，得19.40分」.
    """
    lacking = _HUNDRED - sum((item.points or Decimal(0) for item in items), Decimal(0))
    alone = [i for i in items if not i.table and i.points is None and i.claimed and _EXECUTION.fullmatch(i.name)]
    made = sum((item.claimed or Decimal(0) for item in items), Decimal(0))
    if len(alone) != 1 or not 0 < lacking <= _MOST or made not in totals_in(passages):
        return items
    item = alone[0]
    if item.claimed is None or item.claimed > lacking:
        return items
    told = (m for p in passages for m in _TOLD_TOGETHER.finditer(p.flat))
    named = [m for m in told if (Decimal(m["n"]), Decimal(m["got"])) == (lacking, item.claimed)]
    whole = replace(item, points=lacking, name=named[0]["name"] if named else item.name)
    return tuple(whole if each is item else each for each in items)


_TOLD_TOGETHER = pattern(
    r"(?P<name>(?:年度|当年|项目|部门)?(?:预算|资金)(?:执行|支出|使用)(?:率|情况|进度)?)\(?(?P<n>\d{1,2}(?:\.\d+)?)分\)?[,、:]?(?:自评|实)?得(?P<got>\d{1,2}(?:\.\d+)?)分"
)


def with_execution(items: tuple[ScoredItem, ...], passages: Sequence[Passage], tree: Outline) -> tuple[ScoredItem, ...]:
    """The leaves and, where just its points are lacking to a hundred, budget execution as running text scores it."""
    items = _with_worth(items, passages)
    lacking = _HUNDRED - sum((item.points or Decimal(0) for item in items), Decimal(0))
    if not 0 < lacking <= _MOST or len(items) < _FEWEST or any(item.of_execution for item in items):
        return items
    worth, known = f"{lacking.normalize():f}分", {item.name for item in items}
    for passage, owner in zip(passages, tree.of_passage, strict=True):
        text = passage.flat
        if passage.cell is not None or not _SCORED.search(text):
            continue
        for told in shared_scores([text]) if worth in text else ():
            claim = told.claim
            if told.name in known:
                continue
            if told.points == lacking and claim is not None and claim <= lacking and _EXECUTION.fullmatch(told.name):
                span = passage.span(told.start, told.named)
                quote = passage.span(told.start, max(told.end, told.named))
                body = passage.span(told.start, len(text))
                found = ScoredItem(told.name, (), lacking, claim, span, quote, body, section=owner)
                return tuple(sorted((*items, found), key=lambda item: item.span.start))
        products = (m for form in (_PRODUCT, _OF_RATE) for m in form.finditer(text))
        product = next((m for m in products if _scores(m, lacking)), None)
        if product is not None:
            span = passage.span(product.start(), product.end())
            found = ScoredItem(
                "预算执行率", (), lacking, Decimal(product["got"]), span, span, passage.whole, section=owner
            )
            return tuple(sorted((*items, found), key=lambda item: item.span.start))
    return _with_part_of_total(items, lacking, passages, tree)


def _with_part_of_total(
    items: tuple[ScoredItem, ...], lacking: Decimal, passages: Sequence[Passage], tree: Outline
) -> tuple[ScoredItem, ...]:
    """The same where what makes up the total tells execution's score alone: with those of the leaves it makes a total that is told."""
    if any(item.claimed is None and not item.not_applicable for item in items):
        return items
    whole, totals = sum((item.claimed or Decimal(0) for item in items), Decimal(0)), totals_in(passages)
    for passage, owner in zip(passages, tree.of_passage, strict=True):
        for match in _IN_TOTAL.finditer(passage.flat) if passage.cell is None else ():
            claim = Decimal(match["got"])
            if claim <= lacking and whole + claim in totals:
                span, quote = passage.span(*match.span("name")), passage.span(match.start("name"), match.end())
                found = ScoredItem(match["name"], (), lacking, claim, span, quote, quote, section=owner)
                return tuple(sorted((*items, found), key=lambda item: item.span.start))
    return items


_PRODUCT = pattern(  # 「得20分×97.15%＝19.43分」, 「按20分的97.15%计19.43分」
    r"(?<![\d.])(?P<worth>\d{1,2}(?:\.\d+)?)\s?分?(?:\s?[×*]|的)\s?(?P<rate>\d{1,3}(?:\.\d+)?)%[\s=,计得为算]*(?P<got>\d{1,2}(?:\.\d+)?)\s?分"
)

_OF_RATE = pattern(  # 「预算执行率97.20%，按10分折算得9.72分」
    r"(?:执行|支出)率[为达到是:]{0,2}\s?(?P<rate>\d{1,3}(?:\.\d+)?)%,?\s?按(?:分值|满分|权重)?(?P<worth>\d{1,2}(?:\.\d+)?)\s?分[^。;\d]{0,8}[得计为]\s?(?P<got>\d{1,2}(?:\.\d+)?)\s?分"
)


def _scores(match: re.Match[str], points: Decimal) -> bool:
    """Whether a product of points and a rate is a score for just these points."""
    worth, rate, got = (Decimal(match[name]) for name in ("worth", "rate", "got"))
    return worth == points and abs(worth * rate / _HUNDRED - got) <= _ROUNDED


def with_execution_points(items: tuple[ScoredItem, ...], parts: tuple[Passage, ...]) -> tuple[ScoredItem, ...]:
    """The points of budget execution where its row prints none: what the other leaves lack to a hundred, or what a sentence tells.

    「不含预算执行率10分」.
    """
    row = next((item for item in items if item.of_execution and item.points is None and item.table), None)
    if row is None:
        return items
    claim = row.claimed or Decimal(0)
    lacking = _HUNDRED - sum((item.points or Decimal(0) for item in items), Decimal(0))
    if len(items) > _FEWEST and claim <= lacking <= _MOST and lacking:
        told = {lacking}
    else:
        told = {Decimal(n) for part in parts for n in re.findall(r"预算执行率?\(?(\d{1,2}(?:\.\d+)?)分", part.flat)}
    points = max((n for n in told if n >= claim), default=None)
    return tuple(replace(item, points=points) if item is row else item for item in items)
