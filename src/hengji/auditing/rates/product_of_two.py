"""R12: so much for one, how many, and how much in all, a power of ten apart: 「2.40公里，平均每公里1,500立方米，清淤3.60万立方米」."""

import re
from collections.abc import Iterator
from fractions import Fraction

from hengji.auditing.case import Case
from hengji.auditing.numbers import number
from hengji.auditing.rates.for_one import told_for_one
from hengji.model.extraction import Span
from hengji.model.finding import Finding
from hengji.model.numerals import read_decimal
from hengji.model.patterns import pattern

_FIGURE = pattern(r"(?<![\d.])(?P<n>\d[\d,]*(?:\.\d+)?)\s?(?P<many>[万亿]?)(?P<unit>[\u4e00-\u9fff]{1,3})")
_FOR_ONE = pattern(
    r"(?P<how>每|(?<![总名清订账保传菜])单(?![位独项据]))(?P<one>[\u4e00-\u9fff]{1,9}?)(?P<n>\d[\d,]*(?:\.\d+)?)\s?(?P<many>[万亿]?)(?P<unit>[\u4e00-\u9fff]{1,3}?)(?=[,。;、)])"
)
_PIECE = pattern(r"[^。;\n\t]+")
_LARGER = {"米": ("公里", "千米")}
_HINT = pattern("[每单]")
_OF_TIMES = pattern(r"[年月天日季周]|[\u4e00-\u9fff]{1,2}每?[月年天日]")
_MANY = {"": 1, "万": 10_000, "亿": 100_000_000}
_POWERS = tuple(Fraction(10) ** power for power in (-4, -3, -2, -1, 1, 2, 3, 4))
_TELLING, _CLOSE = 2, 400  # digits of the product that are no chance; nearer than one in so many is rounding


def product_of_two(case: Case) -> Iterator[Finding]:
    """R12: of a sentence that tells three figures, the one for all has the digits of the product of the two others at another place."""
    for piece in _PIECE.finditer(case.flat) if _HINT.search(case.flat) else ():
        each = list(_FOR_ONE.finditer(piece[0])) if "每" in piece[0] or "单" in piece[0] else []
        if len(each) != 1 or _OF_TIMES.match(each[0]["one"]):
            continue
        one = each[0]
        if any(
            piece.start() + one.start() < known.told.span.end <= piece.start() + one.end()
            for known in told_for_one(case)
        ):
            continue  # per_head holds it
        others = [m for m in _FIGURE.finditer(piece[0]) if not one.start() <= m.start() < one.end()]
        counts = [m for m in others if one["one"].startswith(m["unit"]) or m["unit"].startswith(one["one"])]
        larger = _LARGER.get(one["one"][:1], ())
        counts = counts or [m for m in others if m["unit"] in larger]
        wholes = [m for m in others if m["unit"].startswith(one["unit"])]
        if one["how"] == "单":  # 「24座，单池容积50立方米」: whatever else is counted
            counts = [m for m in others if m not in wholes]
        if len(counts) != 1 or len(wholes) != 1 or counts[0] is wholes[0]:
            continue
        product, told = _value(one) * _value(counts[0]), _value(wholes[0])
        product *= 1000 if counts[0]["unit"] in larger else 1
        if not product or not told or len(number(product).replace(".", "").strip("0")) < _TELLING:
            continue
        if not any(abs(told * power - product) * _CLOSE <= product for power in _POWERS):
            continue
        whole = wholes[0]
        shown = number(product / _MANY[whole["many"]])
        unit = whole["many"] + one["unit"]
        message = f"每{one['one']}{one['n']}{one['many']}{one['unit']} × {counts[0]['n']}{counts[0]['many']}{one['one']}是{shown}{unit}，这里写{whole['n']}{unit}"
        span = Span(piece.start() + whole.start(), piece.start() + whole.start("unit") + len(one["unit"]))
        also = (Span(piece.start() + one.start(), piece.start() + one.end()),)
        yield case.finding("R12", span, message, stated=whole["n"], recomputed=shown, also=also)


def _value(match: re.Match[str]) -> Fraction:
    read = read_decimal(match["n"])
    return Fraction(read) * _MANY[match["many"]] if read is not None else Fraction(0)


_PRICED = pattern(
    r"(?P<n>\d[\d,]*(?:\.\d+)?)\s?(?P<many>万?)(?P<unit>度|吨|立方米|千瓦时|方),(?:[\u4e00-\u9fff]{0,2}单价|[电水气油]价)(?:为|每[度吨方]|每立方米|每千瓦时)?\s?(?P<p>\d+(?:\.\d+)?)\s?元(?:/(?:度|吨|立方米|千瓦时|方))?,[\u4e00-\u9fff]{0,4}费(?:用)?(?:支出|共|为)*\s?(?P<all>\d[\d,]*(?:\.\d+)?)\s?(?P<money>万?)元"
)


def priced_by_unit(case: Case) -> Iterator[Finding]:
    """R12: 「用电36万度，电价0.60元，电费216万元」 is 21.60万元."""
    for match in _PRICED.finditer(case.flat) if "价" in case.flat else ():
        count, price, told = (read_decimal(match[part]) for part in ("n", "p", "all"))
        if not count or not price or not told:
            continue
        product = Fraction(count) * _MANY[match["many"]] * Fraction(price) / _MANY[match["money"]]
        if any(abs(Fraction(told) * power - product) * _CLOSE <= product for power in _POWERS):
            unit = match["money"] + "元"
            message = f"{match['n']}{match['many']}{match['unit']} × {match['p']}元是{number(product)}{unit}，这里写{match['all']}{unit}"
            span = Span(match.start("all"), match.end())
            yield case.finding("R12", span, message, stated=match["all"], recomputed=number(product))
