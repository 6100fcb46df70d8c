"""R11: 「由A提高到B，提高C」: the word for the way, the two figures and the difference must agree."""

import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from hengji.auditing.case import Case
from hengji.model.extraction import Span
from hengji.model.finding import Finding
from hengji.model.numerals import fixed, read_decimal
from hengji.model.patterns import pattern

_UP = "提高|提升|上升|增加|增长|上涨|扩大|扩容|攀升|增|升"
_DOWN = "降低|下降|减少|压减|压缩|缩短|缩减|回落|降|减"
_N = r"\d[\d,]*(?:\.\d+)?"
_UNIT = r"(?:亿元|万元|元|%|‰|万?[\u4e00-\u9fff]{1,3}?(?:/[\u4e00-\u9fff]{1,3})?)"
_WHEN = r"(?:(?:20\d\d\s?年|上年|去年|年初|年末|上一年|当年|本年|期初|期末)(?:度|初|末|底)?的?)?"
_FROM_TO = pattern(
    rf"[由从]{_WHEN}(?P<name>[\u4e00-\u9fff]{{0,6}}?)(?P<a>{_N})\s?(?P<u>{_UNIT})(?:\([^()]{{0,12}}\))?,?(?:稳步|逐年|进一步|大幅|明显|持续|调整)?"
    rf"(?:(?P<up>{_UP})|(?P<down>{_DOWN}))[到至为]{_WHEN}(?P<b>{_N})\s?(?P=u)(?![/\u4e00-\u9fff]?/)"
    rf"(?:[,(](?:共|净|同比|合计|累计)?(?:(?P<up2>{_UP})|(?P<down2>{_DOWN}))了?(?P<c>{_N})\s?(?:(?P=u)|(?P<pp>个百分点))(?![/\u4e00-\u9fff]{{0,1}}率))?"
)
_NO_AMOUNTS = pattern(r"[类级档等月日年时分号]")  # what is no quantity, or where less is more


def from_one_to_another(case: Case) -> Iterator[Finding]:
    """What is said to rise or fall from one figure to another, and goes the other way, or by another difference."""
    for match in _FROM_TO.finditer(case.flat):
        a, b = read_decimal(match["a"]), read_decimal(match["b"])
        if a is None or b is None or _NO_AMOUNTS.match(match["u"]) or match["name"].endswith("第"):
            continue
        falls = match["down"] is not None
        if a != b and (b < a) != falls:
            way = match["down"] or match["up"]
            meant = "下降" if b < a else "上升"
            message = f"由{match['a']}到{match['b']}是{meant}，这里写“{way}”"
            yield case.finding("R11", Span(match.start(), match.end("b")), message, stated=way, recomputed=meant)
        elif match["c"] is not None and not _differs_by(match, abs(b - a)):
            right = fixed(Fraction(abs(b - a)), max(_places(match[part]) for part in ("a", "b")))
            unit = match["pp"] or match["u"]
            message = f"写{match['c']}{unit}，由{match['a']}到{match['b']}相差{right}{unit}"
            yield case.finding(
                "R11", Span(match.start("c"), match.end("c")), message, stated=match["c"], recomputed=right
            )


_BY_AND_TO = pattern(
    rf"[由从在]{_WHEN}(?P<name>[\u4e00-\u9fff]{{0,6}}?)(?P<a>{_N})\s?(?P<u>%|万?[\u4e00-\u9fff]{{1,3}}?)(?:的基础上)?,?(?:(?P<up>{_UP})|(?P<down>{_DOWN}))了?(?P<c>{_N})\s?(?P<cu>个百分点|(?P=u)),"
    rf"(?:[\u4e00-\u9fff]{{0,6}}?)(?:达到?|升至|降至|增至|减至|为)(?P<b>{_N})\s?(?P=u)(?![\u4e00-\u9fff]?/)"
)


def by_and_to(case: Case) -> Iterator[Finding]:
    """「由年初98.20%提高1.40个百分点，年末达到99.20%」: the first figure and the change do not make the last."""
    for match in _BY_AND_TO.finditer(case.flat):
        a, b, c = (read_decimal(match[part]) for part in ("a", "b", "c"))
        if (
            a is None
            or b is None
            or c is None
            or _NO_AMOUNTS.match(match["u"])
            or (match["u"] == "%") != ("百分点" in match["cu"])
        ):
            continue
        right = a - c if match["down"] else a + c
        if abs(right - b) <= Decimal(1).scaleb(-min(_places(match[part]) for part in ("a", "b", "c"))) / 2:
            continue
        way = match["down"] or match["up"]
        message = f"由{match['a']}{match['u']}{way}{match['c']}{match['cu']}是{right}{match['u']}，这里写{match['b']}{match['u']}"
        yield case.finding(
            "R11", Span(match.start("b"), match.end()), message, stated=match["b"], recomputed=str(right)
        )


# 「由88.00万元降至66.00万元，变动率-33.33%」
_RATE_OF_IT = pattern(
    rf"[由从]{_WHEN}(?P<name>[\u4e00-\u9fff]{{0,6}}?)(?P<a>{_N})\s?(?P<u>(?!%|‰){_UNIT})(?:[,、]?(?:{_UP}|{_DOWN}))[到至为]{_WHEN}(?P<b>{_N})\s?(?P=u)"
    r"[,、;(](?:同比)?(?:[\u4e00-\u9fff]{0,4}(?:变动|变化|增减|增长|下降)(?:率|幅度)|[增降]幅)[为是:]?\s?(?P<r>-?\d{1,3}(?:\.\d{1,2})?)\s?%"
)


def rate_of_the_change(case: Case) -> Iterator[Finding]:
    """The rate of a change that is told right behind its two figures, of the earlier one."""
    for match in _RATE_OF_IT.finditer(case.flat):
        a, b = read_decimal(match["a"]), read_decimal(match["b"])
        if not a or b is None:
            continue
        right = Fraction(b - a) / Fraction(a) * 100
        shown = fixed(abs(right), _places(match["r"]))
        if shown == match["r"].removeprefix("-") or abs(abs(right) - abs(Fraction(match["r"]))) <= _CUT_OFF:
            continue
        message = f"写{match['r']}%，由{match['a']}到{match['b']}的变动是{fixed(right, _places(match['r']))}%"
        yield case.finding(
            "R11", Span(match.start("r"), match.end()), message, stated=f"{match['r']}%", recomputed=f"{shown}%"
        )


_CUT_OFF = Fraction(1, 100)


def _differs_by(match: re.Match[str], gap: Decimal) -> bool:
    """Whether a difference is the one told, as its own decimals round it; a percentage told of percentages may be a share."""
    told = read_decimal(match["c"])
    if told is None or (match["u"] in "%‰" and match["pp"] is None):
        return True
    return abs(told - gap) <= Decimal(1).scaleb(-_places(match["c"])) / 2


def _places(text: str) -> int:
    return len(text.partition(".")[2])
