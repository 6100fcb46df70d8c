"""R03: what the conclusion works out or says of the total in passing, against the total and the leaves' claims."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from hengji.auditing.case import Case
from hengji.auditing.numbers import number, places
from hengji.auditing.scores.totals import plausible_totals
from hengji.auditing.scores.tree import HUNDRED, bare_name, level_name, level_sums, open_levels, sum_of
from hengji.extracting.tables.header_words import header_kind
from hengji.model.extraction import Span, Stated
from hengji.model.finding import Finding
from hengji.model.numerals import read_decimal
from hengji.model.patterns import pattern

_N = r"\d{1,3}(?:\.\d{1,2})?"
_OTHER_YEAR = pattern(r"上年|去年|往年|同期|20\d\d年度?(?:自评|得分|总)|复评|复核|财政局|抽评|再评价|平均|目标")
_RATE = pattern(rf"(?P<what>总体|整体|总|综合|总分|平均)?(?:得分率|得分比例)(?:为|是|达到?|:)?\s?(?P<n>{_N})%")
_SHORT = pattern(
    rf"(?:满分|100分)[^。;\d]{{0,8}}(?:相?差|少|低|失去?|丢|损失|扣减?|扣除)了?\s?(?P<n>{_N})\s?分|(?:距|离|比|与|较)(?:离|起)?满分(?:100分)?[^。;\d]{{0,6}}(?:差|少|低|失)(?:距|去)?(?:为)?\s?(?P<m>{_N})\s?分"
)
_PLUS = pattern(rf"(?<![\d.+]){_N}(?:分)?(?:\s?[+]\s?{_N}(?:分)?){{1,9}}(?!\s?[\d+=.%])")
_OFF = pattern(
    rf"(?:从|以|用|由|按|在|满分|总分|标准分){{1,2}}\s?100\s?分(?:中|里|的?基础上|起)?[,]?(?P<steps>(?:[^。;]{{0,40}}?(?:扣除|扣减|减去|扣|减)[^。;\d]{{0,20}}{_N}\s?分[,、和及]?){{1,6}})"
)
_STEP = pattern(rf"(?P<word>加|扣除|扣减|减去|扣|减)[^。;\d]{{0,20}}?(?P<n>{_N})\s?分")
_BY_RULE = pattern(r"每|最高|最多|不超过|上限|可[加扣减]|一次性")
_APART = pattern(rf"得分(?:分别)?(?:依次)?(?:为|是)\s?(?P<list>{_N}\s?分?(?:[、,和及与]\s?{_N}\s?分?){{1,8}})(?!%)")
_LIST_WORDS = pattern(r"分别|依次")
_ALL_PARTS = pattern(
    rf"(?:各|所有|全部|\d{{1,2}}|[三四五六七八九十])(?:个|项|部分|类|级)*(?:三级|一级|二级)?(?:指标)?(?:自评)?(?:得分|分数)(?:合计|相加|之和|汇总|累计|总计|总和|加总)+(?:后)?(?:为|是|得|共)?\s?(?P<n>{_N})\s?分"
)
_NEAR = Decimal(10)


def total_said(case: Case) -> Iterator[Finding]:
    """A rate of the total, what is short of full marks, a sum that is written without its result, and the parts one after another."""
    total = plausible_totals(case).claimed
    if total is None or not case.certainty.tree or case.item_at(total.span.start) is not None:
        return
    if not case.in_table(total.span.start):
        yield from _beside(case, total)
    yield from _summed(case, Decimal(total.value))


def _beside(case: Case, total: Stated) -> Iterator[Finding]:
    """The sentences of the total's own paragraph."""
    value, place = Decimal(total.value), case.paragraph(total.span.start)
    for span, text in case.running:
        if not (place.start <= span.start < place.end) or case.item_at(span.start) is not None:
            continue
        own = span.start <= total.span.start < span.end
        if _OTHER_YEAR.search(text) and not own:
            continue
        for kind, form in _FORMS.items():
            for match in form.finditer(text):
                found = kind(_Said(case, text, match, value, own))
                if found is not None:
                    told, right, message = found
                    at = Span(span.start + match.start(), span.start + match.end())
                    yield case.finding("R03", at, message, stated=told, recomputed=right, also=(total.span,))


Told = tuple[str, str, str] | None


@dataclass(frozen=True, slots=True)
class _Said:
    """What a sentence says, in the paragraph of the total or in its ``own`` sentence."""

    case: Case
    text: str
    match: re.Match[str]
    total: Decimal
    own: bool


def _of_rate(said: _Said) -> Told:
    named = any(name in said.text for name in map(bare_name, level_sums(said.case)))
    before = said.text[: said.match.start()][-1:]
    if (
        before not in ("", ",", ";", ":", "(")
        or said.own
        or named
        or said.total > HUNDRED
        or said.text.count("得分率") > 1
    ):
        return None  # that of its own sentence is held by told_of_total
    if abs(Decimal(said.match["n"]) - said.total) * 2 <= Decimal(1).scaleb(-places(said.match["n"])):
        return None
    return (
        said.match["n"],
        number(said.total),
        f"总分{number(said.total)}分，得分率应为{number(said.total)}%，这里写{said.match['n']}%",
    )


def _of_short(said: _Said) -> Told:
    told, right = Decimal(said.match["n"] or said.match["m"]), HUNDRED - said.total
    if told == right or said.total > HUNDRED or _BY_RULE.search(said.text) or len(_STEP.findall(said.text)) > 1:
        return None
    return number(told), number(right), f"总分{number(said.total)}分，比满分少{number(right)}分，这里写{said.match[0]}"


def _of_plus(said: _Said) -> Told:
    parts = [Decimal(n) for n in re.findall(_N, said.match[0])]
    made = sum(parts, Decimal(0))
    if not said.own or made == said.total or abs(made - said.total) > _NEAR or made > HUNDRED + _NEAR:
        return None
    return number(said.total), number(made), f"{sum_of(parts)}，这里写总分{number(said.total)}分"


def _of_off(said: _Said) -> Told:
    steps = [
        (m["word"], Decimal(m["n"]))
        for m in _STEP.finditer(said.text, said.match.end("steps") - len(said.match["steps"]))
    ]
    made = HUNDRED + sum((n if word == "加" else -n for word, n in steps), Decimal(0))
    if said.total == HUNDRED:
        return None
    off = HUNDRED - sum((Decimal(m["n"]) for m in _STEP.finditer(said.match["steps"])), Decimal(0))
    if (
        not said.own
        or off < HUNDRED / 2
        or said.total in (made, off)
        or _BY_RULE.search(said.text)
        or "加分" in said.text.replace("没有加", "")
    ):
        return None
    return number(said.total), number(made), f"100分扣去所列各项是{number(off)}分，这里写总分{number(said.total)}分"


def _of_list(said: _Said) -> Told:
    told = [Decimal(n) for n in re.findall(_N, said.match["list"])]
    right = [claim for _, claim in level_sums(said.case).values()]
    if not _LIST_WORDS.search(said.match[0]) or len(told) != len(right) or sorted(told) == sorted(right):
        return None
    if sum(a != b for a, b in zip(told, right, strict=True)) != 1:
        return None  # another order, or of something else
    message = f"各部分得分写{'、'.join(map(number, told))}，各项指标得分相加是{'、'.join(map(number, right))}"
    return number(sum(told, Decimal(0))), number(Fraction(sum(right))), message


def _of_base(said: _Said) -> Told:
    steps = list(_STEP.finditer(said.match["steps"]))
    base = Decimal(said.match["base"])
    made = base + sum((Decimal(m["n"]) * (1 if m["word"] == "加" else -1) for m in steps), Decimal(0))
    if (
        not said.own
        or len(steps) != 1
        or said.total != base
        or Decimal(said.match["total"]) != said.total
        or _BY_RULE.search(said.text)
    ):
        return None
    if made == said.total or base < _HALF or _LISTED_LOSS.search(said.match["steps"]):
        return None
    return (
        number(said.total),
        number(made),
        f"基础分{number(base)}分，{steps[0][0]}，应得{number(made)}分，这里写{number(said.total)}分",
    )


_BASE = pattern(
    rf"基[础本](?:得)?分(?:为|是|:|得)?\s?(?P<base>{_N})\s?分(?P<steps>[^。;]*?)(?:自评|最终|综合|实际)(?:总)?得分(?:为|是|:)?\s?(?P<total>{_N})\s?分"
)
_HALF = Decimal(50)
_LISTED_LOSS = pattern(r"失分|其中|指标")  # what the base has lost already
_FORMS = {_of_base: _BASE, _of_rate: _RATE, _of_short: _SHORT, _of_plus: _PLUS, _of_off: _OFF, _of_list: _APART}


def _summed(case: Case, total: Decimal) -> Iterator[Finding]:
    """「以上各项得分合计98分」, and the score of a first level told by its name: 「综上，预算执行情况共得28分」."""
    unsure = open_levels(case)
    levels = {name: claim for name, (_, claim) in level_sums(case).items() if name and name not in unsure}
    made = sum(levels.values(), Decimal(0))
    known = {total, made, *levels.values(), *(g.claimed for g in case.found.groups)}
    for match in _ALL_PARTS.finditer(case.flat) if not unsure else ():
        sentence = case.text(case.sentence(match.start()))
        if Decimal(match["n"]) in known or _OTHER_YEAR.search(sentence) or _BY_RULE.search(sentence):
            continue
        if case.in_table(match.start()) or abs(Decimal(match["n"]) - made) > _NEAR:
            continue
        message = f"{match[0]}，而各项自评得分之和是{number(made)}分"
        yield case.finding("R03", Span(*match.span()), message, stated=match["n"], recomputed=number(made))
    yield from _levels(case, levels)


_SCORED = pattern(
    rf"(?:情况|指标|部分|类|方面|一级指标)*[\"”]?(?:自评|实际|最终)?(?:共计|合计|总计|共|总)(?:自评)?(?:得分|得|计)(?:为|是|共)?\s?(?P<n>{_N})\s?分"
)


def _levels(case: Case, levels: dict[str, Decimal]) -> Iterator[Finding]:
    for name, right in levels.items() if len(levels) > 1 else ():
        at = case.flat.find(name) if len(name) >= _LONG else -1
        while at >= 0:
            match = _SCORED.match(case.flat, at + len(name))
            sentence = case.sentence(at)
            above = any(level_name(g.name) == name and g.span.end <= at for g in case.found.groups)
            wrong = match is not None and Decimal(match["n"]) != right and not case.in_table(at)
            if match is not None and wrong and above and not _OTHER_YEAR.search(case.text(sentence)):
                message = f"“{name}”写{match['n']}分，各项指标得分相加是{number(right)}分"
                yield case.finding("R03", Span(at, match.end()), message, stated=match["n"], recomputed=number(right))
            at = case.flat.find(name, at + len(name))


_LONG = 4


_SUM_ROW = pattern(r"合计|总计|总分|总得分")
_HEADED = 2  # rows in which headers stand


def scores_of_parts(case: Case) -> Iterator[Finding]:
    """A table of parts with full marks and scores, none of them a leaf, whose last row is not what its column of scores makes."""
    scored = {item.span.start for item in case.found.items if item.table}
    for grid in case.grids:
        last = grid.rows - 1
        if last < _HEADED or any(grid.block.start <= start < grid.block.end for start in scored):
            continue
        kinds = [header_kind(text) for text in grid.row(0)]
        if not {"points", "score", "rate", "remark", "level1", "name", ""} >= set(kinds):
            continue  # a table of leaves
        if kinds.count("points") != 1 or kinds.count("score") != 1 or not _SUM_ROW.fullmatch(grid.text(last, 0)):
            continue
        column, full = kinds.index("score"), kinds.index("points")
        cells = [[read_decimal(grid.text(row, each)) for row in range(1, grid.rows)] for each in (full, column)]
        if any(n is None for each in cells for n in each):
            continue
        points, scores = ([n for n in each if n is not None] for each in cells)
        made = sum(scores[:-1], Decimal(0))
        if sum(points[:-1], Decimal(0)) == points[-1] and made != scores[-1]:
            message = f"合计写{number(scores[-1])}分，各行得分相加是{sum_of(scores[:-1])}"
            span = grid.span(last, column)
            yield case.finding("R03", span, message, stated=number(scores[-1]), recomputed=number(made))
