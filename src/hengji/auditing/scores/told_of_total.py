"""R03: what a sentence says of the total: how it compares with the last one, what rate it is, what its parts got."""

from collections.abc import Iterator
from decimal import Decimal

from hengji.auditing.case import Case
from hengji.auditing.numbers import number, places
from hengji.auditing.scores.totals import plausible_totals
from hengji.auditing.scores.tree import bare_name, shortens
from hengji.model.extraction import Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_N = r"\d{1,3}(?:\.\d{1,2})?"
_COMPARED = pattern(
    rf"[较比](?:上年|去年|20\d\d年)度?(?:自评)?(?:总)?(?:得分|评分|成绩)?(?:的)?\s?\(?(?P<past>{_N})\s?分\)?,?(?P<way>提高|上升|增加|下降|降低|减少)了?\s?(?P<gap>{_N})\s?(?:个)?分"
)
_FALLS = ("下降", "降低", "减少")
_RATE = pattern(r"(?:总体|整体|总|综合)?得分率(?:为|是|达到?)?\s?(?P<n>\d{2,3}(?:\.\d+)?)%")
_PARTS = pattern(rf"(?:[\u4e00-\u9fff]{{4,12}}?(?:自评)?得分?\s?{_N}\s?分[、,;和]?){{2,8}}")
_PART = pattern(rf"(?P<name>[\u4e00-\u9fff]{{4,12}}?)(?:自评)?得分?\s?(?P<n>{_N})\s?分")
_FULL = Decimal(100)


def told_of_total(case: Case) -> Iterator[Finding]:
    """R03 against a total that the report's own claims make."""
    claimed = plausible_totals(case).claimed
    if claimed is None or not case.certainty.tree:
        return
    total = Decimal(claimed.value)
    for match in _COMPARED.finditer(case.flat):
        past, gap = Decimal(match["past"]), Decimal(match["gap"])
        right = total - past
        told = -gap if match["way"] in _FALLS else gap
        if told != right and _of_the_total(case, match.start(), claimed.span):
            message = f"总分{number(total)}分，上年{match['past']}分，相差{number(abs(right))}分，这里写{match['way']}{match['gap']}分"
            yield case.finding(
                "R03", Span(*match.span()), message, stated=match["gap"], recomputed=number(abs(right)),
                also=(claimed.span,),
            )  # fmt: skip
    for match in _RATE.finditer(case.flat):
        near = case.sentence(match.start())
        if not (near.start <= claimed.span.start < near.end and total <= _FULL):
            continue
        if case.flat.count("得分率", near.start, near.end) > 1:
            continue
        off = abs(Decimal(match["n"]) - total)
        if off * 2 > Decimal(1).scaleb(-places(match["n"])):
            message = f"总分{number(total)}分，得分率应为{number(total)}%，这里写{match['n']}%"
            span = Span(*match.span())
            yield case.finding("R03", span, message, stated=f"{match['n']}%", recomputed=f"{number(total)}%")
    yield from _short_names(case)


def _of_the_total(case: Case, place: int, total: Span) -> bool:
    """Whether a comparison stands in the paragraph of the total, which is of no single indicator."""
    near = case.paragraph(place)
    return near.start <= total.start < near.end and case.item_at(place) is None


def _short_names(case: Case) -> Iterator[Finding]:
    """The scores of all first levels, each told by a name that opens just one of theirs: 「预算编制得40分」 of 「预算编制情况」."""
    tops = {bare_name(i.path[0]): Decimal(0) for i in case.found.items if i.path}
    if len(tops) < _FEWEST or any(i.claimed is None or not i.path for i in case.found.items):
        return
    for item in case.found.items:
        tops[bare_name(item.path[0])] += item.claimed or 0
    first = min(i.span.start for i in case.found.items)
    for match in _PARTS.finditer(case.flat, 0, first):
        parts = list(_PART.finditer(match[0]))
        named = [[top for top in tops if shortens(p["name"], top)] for p in parts]
        if len(parts) != len(tops) or any(len(each) != 1 for each in named):
            continue
        if len({each[0] for each in named}) != len(tops) or all(p["name"] in tops for p in parts):
            continue
        wrong = [(p, tops[n[0]]) for p, n in zip(parts, named, strict=True) if Decimal(p["n"]) != tops[n[0]]]
        if len(wrong) == 1:
            part, right = wrong[0]
            span = Span(match.start() + part.start(), match.start() + part.end())
            message = f"“{part['name']}”写{part['n']}分，各项指标得分相加是{number(right)}分"
            yield case.finding("R03", span, message, stated=part["n"], recomputed=number(right))


_FEWEST = 2
