"""R11: what part of something an amount or a number is, where the whole is named and may stand anywhere."""

import itertools
import re
from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache

from hengji.auditing.case import Case
from hengji.auditing.numbers import common_unit, exact, in_unit, number, places, ratio_fits, slack
from hengji.auditing.rates.pairs import mistyped, without_parts
from hengji.auditing.slips import slipped_rate
from hengji.extracting.phrases import known_phrases
from hengji.model.extraction import Quantity
from hengji.model.finding import Finding
from hengji.model.patterns import pattern
from hengji.model.units import dimension

_SHARE = pattern(
    r"占(?:了|全部|本年度?|全年|当年|年度|同期|所有|其)?(?P<of>[\u4e00-\u9fff\"]{0,14}?)的?(?:比例|比重|比|份额)?(?:约|近)?(?:为|是|达到?)?:?\s?$"
)
_EDGES = pattern(r"总额|总量|总数|合计|总计|金额|户数|人数|个数|件数|份额|^(?:总|实际|全部|全年|本年)|[数量\"的]$")
_OTHERS = ("%", "‰", "个百分点", "分", "年", "月", "日", "天")
_LEAD = 26  # characters before a rate in which it says of what it is a share
_BACK = 8  # figures before a share whose whole is not named that may be it
_TELLING = 3  # digits of a rate from which one slip is no chance


def shares_recompute(case: Case) -> Iterator[Finding]:
    """R11: 「…567.88万元，占总收入的1.24%」, the whole in this sentence, the one before, elsewhere or in a table."""
    for rate in case.found.quantities:
        if rate.unit != "%" or rate.table or not rate.number or rate.about == "目标":
            continue
        start = max(rate.sentence.start, rate.span.start - _LEAD)
        match = _SHARE.search(case.flat, start, rate.span.start)
        if match is None:
            continue
        before = [
            q
            for q in case.by_sentence.get(rate.sentence, ())
            if q.span.end <= match.start() and q.unit not in _OTHERS and q.number
        ]
        if not before or re.search(r"[;。]", case.flat[before[-1].span.end : match.start()]):
            continue
        part = before[-1]
        wholes = _named(case, match["of"], part) if match["of"].strip('"') else _before(case, part)
        if (match["of"] and not wholes) or (
            not match["of"] and _OWN_SUBJECT.search(case.flat, part.span.end, match.start())
        ):
            continue
        if _of_what_came_of(case, rate, part, wholes, match.start()):
            continue
        told = bool(match["of"].strip('"')) or _of_which(case, part, wholes)
        finding = _unlike(case, rate, part, wholes, named=told)
        if finding is not None:
            yield finding


_OWN_SUBJECT = pattern(
    r"[,;、][^,;、\d]{0,20}(?:合同|金额|面积|人数|数量|资金|企业)$"
)  # 「……212.30万元，授予中小企业合同金额占比91.2%」


_NET = pattern(r"[,;][^,;\d]{0,6}(?:净|相抵|两项|轧差|合计|累计)[\u4e00-\u9fff]{0,6}$")


def _of_what_came_of(case: Case, rate: Quantity, part: Quantity, wholes: list[Quantity], end: int) -> bool:
    """Whether a share is of what the last two or three figures come to together: 「调增26.30万元、调减17.30万元，净调整占…」."""
    if not wholes or not _NET.search(case.flat, part.span.end, end):
        return False
    own = [q for q in case.by_sentence.get(rate.sentence, ()) if q.span.end <= end and q.unit not in _OTHERS]
    same = [in_unit(q, common_unit((part,))) for q in own if dimension(q.unit) == dimension(part.unit)][-_TELLING:]
    place = case.paragraph(part.span.start)
    told = (q for q in case.found.quantities if place.start <= q.span.start < rate.span.start)
    bottoms = {in_unit(q, common_unit((part,))) for q in (*wholes, *told) if dimension(q.unit) == dimension(part.unit)}
    sums = [
        sum(s * v for s, v in zip(signs, same[-len(signs) :], strict=True))
        for signs in _SIGNS
        if len(signs) <= len(same)
    ]
    return any(bottom and ratio_fits(rate, abs(Fraction(total)), bottom) for total in sums for bottom in bottoms)


_SIGNS = tuple((1, *rest) for many in (1, 2) for rest in itertools.product((1, -1), repeat=many))


def _of_which(case: Case, part: Quantity, wholes: list[Quantity]) -> bool:
    """Whether the words say that a part belongs to the one figure before it: 「采购45.00万元，其中……36.00万元，占90%」."""
    return len(wholes) == 1 and "其中" in case.flat[wholes[0].span.end : part.span.start]


_STAFF = pattern(
    r"(?P<who>编外|聘用|劳务派遣|临聘)[\u4e00-\u9fff]{0,4}占(?:全部|全体|总|职工|用工)[\u4e00-\u9fff]{0,4}的?(?:比例|比重)?(?:为|是|达)?\s?$"
)


_HIRED = pattern(r"编外|聘用|劳务派遣|临聘")


def staff_shares_recompute(case: Case) -> Iterator[Finding]:
    """R11: 「编外人员占全部人员的21.00%」, against the people in post and those beside them told anywhere."""
    inside = {q.number for q in case.quantities("在编人数")}
    if len(inside) != 1:
        return
    people = (q for q in case.found.quantities if q.unit in ("人", "名") and q.year == case.year)
    hired = {q.number for q in people if _HIRED.search(q.name)}
    if len(hired) != 1:
        return
    top = Fraction(next(iter(hired)))
    whole = top + Fraction(next(iter(inside)))
    for rate in case.found.quantities:
        if (
            rate.unit != "%"
            or rate.table
            or not whole
            or not _STAFF.search(case.flat, rate.sentence.start, rate.span.start)
        ):
            continue
        if not ratio_fits(rate, top, whole) and not any(
            q.unit in ("人", "名") for q in case.by_sentence[rate.sentence]
        ):
            shown = number(top / whole * 100)
            message = f"写{rate.value}%，按编外{number(top)}人 ÷ 全部{number(whole)}人计算是{shown}%"
            yield case.finding("R11", rate.span, message, stated=f"{rate.value}%", recomputed=f"{shown}%")


def _named(case: Case, words: str, part: Quantity) -> list[Quantity]:
    """The figures that the words of a share may mean: by data item, or by a name that says the same."""
    item = known_phrases().item(words, part.unit) if dimension(part.unit) == "money" else ""
    core = _core(words)
    told = [
        q
        for q in case.found.quantities
        if q.span != part.span
        and dimension(q.unit) == dimension(part.unit)
        and q.number
        and q.about != "目标"
        and ((item and q.item == item) or (len(core) >= _TELLING - 1 and _means(core, q, part)))
    ]
    return [q for q in told if (item and q.item == item) or _core(q.name) == core] or told  # 执行 is not 执行中追加


def _means(core: str, quantity: Quantity, part: Quantity) -> bool:
    """Whether a figure's name says what a share is of: 「新收案件」 of 「新收9,306件」, 「农村公路」 of 「农村公路总里程」."""
    name = _core(quantity.name)
    counted = _KIND.sub("", core)
    return core in name or (
        quantity.unit == part.unit and counted != core and len(counted) > 1 and name.endswith(counted)
    )  # 「到位资金」 of 「到位1,224.00万元」


_KIND = pattern(r"(?:案件|人员|户数|(?<=到位|拨付|下达|支付)(?:资金|经费|款项?))$")


@lru_cache(maxsize=512)  # every share is held against every name
def _core(words: str) -> str:
    return _EDGES.sub("", _EDGES.sub("", words))


def _before(case: Case, part: Quantity) -> list[Quantity]:
    """The figures before a part in its paragraph that it may be a part of."""
    paragraph = case.paragraph(part.span.start)
    inside = [
        q
        for q in case.found.quantities
        if paragraph.start <= q.span.start < part.span.start
        and dimension(q.unit) == dimension(part.unit)
        and q.number
        and q.about != "目标"
    ]
    unit = common_unit((part,))
    inside = [q for q in inside if not _COMPARED.search(case.flat, max(0, q.span.start - _COMPARISON), q.span.start)]
    return [q for q in inside[-_BACK:] if in_unit(q, unit) >= in_unit(part, unit)]


_COMPARED = pattern(r"[比较](?:上年|去年|20\d\d年)[^,。;]{0,6}$")  # another year's figure has no parts of this one
_COMPARISON = 14  # characters


_BEHIND_WHOLE = pattern(r"\s?的?(?:比例|比重)?(?:为|是|达)?\s?")
_OVER = pattern(r"(?P<subject>[\u4e00-\u9fff\"]{0,16}?)占[^,。;\d]{0,16}$")


def shares_of_a_told_whole(case: Case) -> Iterator[Finding]:
    """R11: 「项目支出占调整后项目预算5,693.60万元的95.25%」: the whole stands right before the rate, the part before 占 or under its subject's name."""
    for rate in case.told_rates:
        if not rate.number or rate.about == "目标":
            continue
        own = [q for q in case.by_sentence.get(rate.sentence, ()) if q.span.end <= rate.span.start and q.number]
        whole = own[-1] if own else None
        if whole is None or not _BEHIND_WHOLE.fullmatch(case.flat, whole.span.end, rate.span.start):
            continue
        start = own[-2].span.end if len(own) > 1 else whole.sentence.start
        match = _OVER.search(case.flat, start, whole.span.start)
        same = [q for q in own[:-1] if dimension(q.unit) == dimension(whole.unit)]
        if match is None or not same or whole.unit in _OTHERS:
            continue
        core = _core(match["subject"].strip('"'))
        named = [q for q in same if core and _core(q.name).endswith(core)] if core else same[-1:]
        if len({q.number for q in named}) != 1:
            continue
        unit = common_unit((whole,))
        bottom, part = in_unit(whole, unit), named[-1]
        if any(_fits(rate, in_unit(q, unit), bottom, q) for q in same):
            continue
        shown = number(in_unit(part, unit) / bottom * 100, max(2, places(rate.value)))
        message = f"写{rate.value}%，按{part.value}{part.unit} ÷ {whole.value}{whole.unit}计算是{shown}%"
        yield case.finding("R11", rate.span, message, stated=f"{rate.value}%", recomputed=f"{shown}%")


def _unlike(case: Case, rate: Quantity, part: Quantity, wholes: list[Quantity], *, named: bool) -> Finding | None:
    """A share that none of its possible wholes gives, but one would by a slip; a named whole of one value needs none."""
    unit = common_unit((part,))
    before = without_parts([q for q in case.by_sentence.get(rate.sentence, ()) if q.span <= part.span and q.number])
    if before and before[-1] is not part and dimension(before[-1].unit) == dimension(part.unit) and len(wholes) == 1:
        # 「在职119人，其中行政68人、事业44人、工勤7人，占核定编制的92.97%」: the list or the last of it, whichever is nearer
        bottom = in_unit(wholes[0], unit)
        part = min(before[-1], part, key=lambda q: abs(in_unit(q, unit) / bottom * 100 - exact(rate.number)))
    top = in_unit(part, unit)
    near = [q for q in case.by_sentence.get(rate.sentence, ()) if dimension(q.unit) == dimension(part.unit)]
    bottoms = {in_unit(q, unit): q for q in reversed(wholes)}
    if any(_fits(rate, top, bottom, part, whole) for bottom, whole in bottoms.items()):
        return None
    if any(
        _fits(rate, in_unit(a, unit), in_unit(b, unit), part) for a in near for b in near if a is not b and b.number
    ):
        return None
    right = [q for bottom, q in bottoms.items() if slipped_rate(rate, top, bottom)]
    digits = len(rate.value.replace(".", "").lstrip("0"))
    if not right and named and len(bottoms) == 1:
        right = [q for bottom, q in bottoms.items() if bottom > top]
    if len(right) != 1 or (not named and digits < _TELLING):
        return None
    whole = right[0]
    if mistyped(case, rate, part, whole):
        return None
    shown = number(top / in_unit(whole, unit) * 100, max(2, places(rate.value)))
    message = f"写{rate.value}%，按{part.value}{part.unit} ÷ “{whole.name}”{whole.value}{whole.unit}计算是{shown}%"
    return case.finding("R11", rate.span, message, stated=f"{rate.value}%", recomputed=f"{shown}%")


def _fits(rate: Quantity, top: Fraction, bottom: Fraction, part: Quantity, whole: Quantity | None = None) -> bool:
    """Whether a rate is a ratio, either way round, or what one of the two exceeds the other by."""
    unit = common_unit((part,))
    loose = slack(part, unit) / bottom * 100
    if whole is not None and bottom >= top:
        loose += slack(whole, unit) * top / bottom**2 * 100
    return (
        ratio_fits(rate, top, bottom, loose)
        or ratio_fits(rate, abs(bottom - top), bottom, loose)
        or (top > 0 and ratio_fits(rate, bottom, top, loose))
    )


def shares_in_turn(case: Case) -> Iterator[Finding]:
    """R11: 「图书210.00万元、数字资源80.00万元…，分别占项目支出350.00万元的60.00%、22.86%和19.14%」: each part over the whole in its turn."""
    for sentence, quantities in case.by_sentence.items():
        at = case.flat.find("分别占", sentence.start, sentence.end)
        rates = [q for q in quantities if q.unit == "%" and q.span.start > at]
        parts = [q for q in quantities if q.unit not in _OTHERS and q.span.end <= at and q.number]
        told = (
            [q for q in quantities if q.unit not in _OTHERS and at < q.span.start < rates[0].span.start]
            if rates
            else []
        )
        if at < 0 or len(rates) < 2 or len(parts) < len(rates) or not told or not told[-1].number:
            continue
        parts, whole = parts[-len(rates) :], told[-1]
        unit = common_unit((whole,))
        if any(dimension(q.unit) != dimension(whole.unit) for q in parts):
            continue
        bottom = in_unit(whole, unit)
        fits = [_fits(rate, in_unit(part, unit), bottom, part) for rate, part in zip(rates, parts, strict=True)]
        for rate, part, right in zip(rates, parts, fits, strict=True):
            if not right and any(fits):
                shown = number(in_unit(part, unit) / bottom * 100, max(2, places(rate.value)))
                message = f"写{rate.value}%，按{part.value}{part.unit} ÷ {whole.value}{whole.unit}计算是{shown}%"
                yield case.finding("R11", rate.span, message, stated=f"{rate.value}%", recomputed=f"{shown}%")
