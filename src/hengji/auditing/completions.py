"""R06 by completion: points in proportion to what was achieved of what was aimed at, by the leaf's own rule or the report's."""

import re
from collections.abc import Iterator
from fractions import Fraction

from hengji.auditing.case import Case
from hengji.auditing.numbers import number
from hengji.extracting.flat import flat
from hengji.model.extraction import ScoredItem
from hengji.model.finding import Finding, Severity
from hengji.model.numerals import round_half_up

_IN_PROPORTION = re.compile(
    r"完成(?:值|数|量|率|情况|比例)?[^。;,]{0,10}(?:[÷/]|占)[^。;,]{0,10}(?:[×x*]|比例)|(?:完成|实际)[^。;,]{0,6}(?:率|比例)\s?(?:[×x*]|乘以?)"
    r"|按(?:照)?(?:实际)?(?:完成|执行)?(?:情况|程度)?(?:的)?(?:率|比例)(?:计|得|折|乘|扣)|按(?:照)?(?:实际)?完成(?:率|比例|情况比例)"
)
_EVERYWHERE = re.compile(
    r"(?:定量|量化|数量|产出)[^。;]{0,6}指标[^。]{0,40}?(?:未达到|未完成|没有达到)[^。;]{0,6}按[^。;]{0,16}比例[^。;]{0,6}(?:得|计)"
)
_PLAN_FIRST = re.compile(
    r"(?:目标|计划|任务|应(?:完成|办|建)?)(?:值|数|任务|完成|改造|建设|实施|开展|培训|新增)*[\u4e00-\u9fff]{0,6}?(?:为|是|:)?\s?(?P<plan>\d[\d,]*(?:\.\d+)?)\s?"
    r"(?P<u>[\u4e00-\u9fff]{1,3}?)(?:[\u4e00-\u9fff]{0,10})[,;、](?:其中)?(?:年末|全年|截至年底)?(?:(?:实际|已|共)?(?:完成|建成|完工|办结|开展|实施|达到|培训|新增)(?:了)?\s?(?P<done>\d[\d,]*(?:\.\d+)?)\s?(?P=u)|(?P<did>\d[\d,]*(?:\.\d+)?)\s?(?P=u)(?:已|均已)?(?:通过验收|完工|完成|建成))"
)
_FIGURE = re.compile(r"^\D{0,6}?(?P<n>\d[\d,]*(?:\.\d+)?)")
_REASONED = re.compile(r"不扣|视同|视为|剔除|不可抗|核减|调减|追加|另有|两部分|两项|分别")
_LITTLE = Fraction(11, 1000)


def scored_by_completion(case: Case) -> Iterator[Finding]:
    """A leaf scored above its points times what was done of what was planned, where a rule says that it is scored so."""
    everywhere = "比例" in case.flat and _EVERYWHERE.search(case.flat) is not None
    for item in case.found.items:
        if item.claimed is None or not item.points or item.doubtful or not 0 < item.claimed <= item.points:
            continue
        text = _words(case, item)
        rule = re.sub(r"\s", "", flat(item.rule))
        if not (everywhere or _IN_PROPORTION.search(rule) or (not item.rule and _IN_PROPORTION.search(text))):
            continue
        if "每" in rule + text or _REASONED.search(text):
            continue
        counts = _counts(item, text)
        if counts is None:
            continue
        plan, done = counts
        expected = min(done / plan, Fraction(1)) * Fraction(item.points)
        claimed = Fraction(item.claimed)
        if claimed <= expected + _LITTLE or claimed == round_half_up(expected, 1) or _of_others(text, item):
            continue
        right = number(expected)
        yield case.finding(
            "R06",
            case.leaf_passage(item) if not item.table else case.leaf_span(item),
            f"“{item.name}”计划{number(plan, 6)}、完成{number(done, 6)}，按完成比例应得{right}分，自评{number(item.claimed)}分",
            severity=Severity.WARNING,
            stated=number(item.claimed),
            recomputed=right,
            item=item.name,
        )


_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_MOST = 12  # figures of a leaf that are tried


def _of_others(text: str, item: ScoredItem) -> bool:
    """Whether two other figures of the leaf give its score: 「18项指标中17项达标，按比例得2.83分」."""
    figures = {Fraction(n.replace(",", "")) for n in _NUMBER.findall(text)[:_MOST]}
    points, claimed = Fraction(item.points or 0), Fraction(item.claimed or 0)
    return any(abs(a / b * points - claimed) <= _LITTLE for a in figures for b in figures if 0 < a < b)


_SHOULD = re.compile(r"应(?:得|计)\s?(?P<n>\d{1,2}(?:\.\d+)?)\s?分")


def scored_otherwise_than_told(case: Case) -> Iterator[Finding]:
    """A leaf whose own text says what it should have got, and that claims more: 「减少20分钟，应得8分」."""
    for item in case.found.items if "应" in case.flat else ():
        if item.claimed is None or item.table or item.doubtful:
            continue
        told = {Fraction(match["n"]) for match in _SHOULD.finditer(case.flat, item.span.end, item.body.end)}
        right = told.pop() if len(told) == 1 else None
        if right is not None and Fraction(item.claimed) > right + _LITTLE and right <= (item.points or 0):
            message = f"“{item.name}”写应得{number(right)}分，自评{number(item.claimed)}分"
            yield case.finding(
                "R06",
                case.leaf_passage(item),
                message,
                stated=number(item.claimed),
                recomputed=number(right),
                item=item.name,
            )


def _words(case: Case, item: ScoredItem) -> str:
    told = f"{item.actual}。{item.remark}" if item.table else case.flat[item.span.end : item.body.end]
    return re.sub(r"\s", "", flat(told))


def _counts(item: ScoredItem, text: str) -> tuple[Fraction, Fraction] | None:
    """What was planned and what was done, from the words or from the columns of target and result; None where neither tells both."""
    match = _PLAN_FIRST.search(text)
    if match is not None and len({m["plan"] for m in _PLAN_FIRST.finditer(text)}) == 1:
        plan, done = (Fraction(each.replace(",", "")) for each in (match["plan"], match["done"] or match["did"]))
    else:
        found = [_FIGURE.match(flat(cell)) for cell in (item.target, item.actual)]
        if not item.table or found[0] is None or found[1] is None or re.search(r"[≤<]", item.target):
            return None
        plan, done = (Fraction(each["n"].replace(",", "")) for each in found if each is not None)
    return (plan, done) if plan > 0 else None
