"""R12: figures that cannot be as large as they are told: a gap larger than both that it parts, more than a county has of people or land."""

import itertools
import re
from collections.abc import Iterator
from fractions import Fraction

from hengji.auditing.case import Case
from hengji.auditing.measures import AREA, MEASURES, measured
from hengji.auditing.numbers import number
from hengji.model.extraction import Quantity, Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_MORE = pattern(
    r"(?:相差|差额|[比较][^,。;、:\d]{1,6}(?:多|少|增加|减少|增长|下降|超|节约|节省|提高|降低|延长|缩短|压减|高出?|低))[^,。;、:\d]{0,12}$"
)
_POWERS = tuple(Fraction(10) ** power for power in (-5, -4, -3, -2, -1, 1, 2, 3, 4, 5))
_LAST = 6  # figures of a paragraph before a gap that it may be of


def gaps_beyond_both(case: Case) -> Iterator[Finding]:
    """R12: 「设计38公里，竣工38.6公里，比设计多600公里」: the digits of what two figures differ by, larger than either."""
    figures = case.found.quantities
    for index, gap in enumerate(figures):
        own = measured(gap) if not gap.table and gap.number else None
        lead = case.flat[max(gap.sentence.start, gap.span.start - 20) : gap.span.start] if own is not None else ""
        if own is None or _MORE.search(lead) is None:
            continue
        place = case.paragraph(gap.span.start).start
        before = [q for q in figures[max(0, index - _LAST - 2) : index] if q.span.start >= place and not q.table]
        values = [(q, m[1]) for q in before if (m := measured(q)) is not None and m[0] == own[0] in MEASURES][-_LAST:]
        pairs = [(a, b, abs(x - y)) for (a, x), (b, y) in itertools.combinations(values, 2) if x != y]
        if any(step == own[1] for _, _, step in pairs) or own[1] <= max((v for _, v in values), default=own[1]):
            continue
        for a, b, step in reversed(pairs):
            if own[1] / step in _POWERS:
                shown = f"{number(Fraction(gap.number) * step / own[1], 6)}{gap.unit}"
                message = f"{a.value}{a.unit}与{b.value}{b.unit}相差{shown}，这里写{gap.value}{gap.unit}"
                stated = f"{gap.value}{gap.unit}"
                yield case.finding("R12", gap.span, message, stated=stated, recomputed=shown, also=(b.span,))
                break


_HUNDREDS_OF_MILLIONS = pattern(r"(?<![\d.])\d[\d,]*(?:\.\d+)?\s?亿\s?(?:人(?!民币|次|元)|名|户|平方公里|公顷|公里)")
_OF_MORE = pattern(r"全国|我国|中国|全球|世界|全省|国家|亿级|流域|人口大国|网民|用户|粉丝|点击|浏览|累计里程")


def more_than_a_county(case: Case) -> Iterator[Finding]:
    """R12: 「受益群众2.36亿人」: people, households or land by the hundred million, where no country or province is spoken of."""
    for match in _HUNDREDS_OF_MILLIONS.finditer(case.flat) if "亿" in case.flat else ():
        if not _OF_MORE.search(case.text(case.sentence(match.start()))):
            message = f"写{match[0]}，远超一个地方可能有的数，单位可能多写了“亿”或把“万”写成了“亿”"
            yield case.finding("R12", Span(*match.span()), message, stated=match[0])


_WHOLE_LAND = pattern(r"(?:(?:国土|辖区|行政区域|行政|土地|[县市区镇乡]域?|^)总?面积|幅员)[^,。;、\d]{0,4}$")
_LARGE = ("平方公里", "平方千米", "万平方公里")
_FLOWN_OVER = pattern(r"累计|次|巡查|巡护|监测|遥感|航拍|播种|全省|全市|全国|流域|海域|建筑面积|墙|立方")
_LEAST = 20 * 10**6  # 平方米: less is no county's, district's or town's
_BEYOND = 3  # times the whole of the land: what is told of the same ground several times may be more than it


def more_than_its_land(case: Case) -> Iterator[Finding]:
    """R12: 「辖区总面积142.6平方公里」 and 「绿化6.2万平方公里」: more of its ground than there is."""
    if "面积" not in case.flat and "幅员" not in case.flat:
        return
    lands = [(q, m[1]) for q in case.found.quantities if (m := measured(q)) is not None and m[0] == AREA and m[1]]
    wholes = [(q, size) for q, size in lands if size >= _LEAST and q.unit in _LARGE and _names_all(case, q)]
    if not wholes:
        return
    whole, size = max(wholes, key=lambda each: each[1])
    for quantity, value in lands:
        if value > size * _BEYOND and not quantity.table and not _FLOWN_OVER.search(case.text(quantity.sentence)):
            message = f"写{quantity.value}{quantity.unit}，而全部面积是{whole.value}{whole.unit}，单位可能有误"
            yield case.finding(
                "R12", quantity.span, message, stated=f"{quantity.value}{quantity.unit}", also=(whole.span,)
            )


def _names_all(case: Case, quantity: Quantity) -> bool:
    lead = case.flat[max(quantity.sentence.start, quantity.span.start - 14) : quantity.span.start]
    return _WHOLE_LAND.search(re.split("[,。;、]", lead)[-1]) is not None
