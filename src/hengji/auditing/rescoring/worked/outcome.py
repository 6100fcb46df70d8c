"""What a clause of a rule gives: a score of its own, all or nothing of the points, a share of them."""

import re
from fractions import Fraction

from hengji.model.patterns import pattern

_WORTH = r"(?:满分|满值|全分|分值|权重分?|标准分)"
GIVES = (
    r"(?:的|时|者|则|部分)*[,:]?(?:该项|本项|此项|本?指标)?(?:可|应|则|均|就|即)?"
    rf"(?:(?:[得计给为记赋]|是|打)?(?:足)?(?P<full>(?:本项|该项)?{_WORTH}(?![的×乘*÷\d]))|[得计给为记]?(?:{_WORTH}的)?(?P<half>一半|半数分?|50%(?:的?{_WORTH})?)(?:{_WORTH}|的?分)?"
    rf"|[得计给为记赋]?(?:足)?(?P<n>\d{{1,2}}(?:\.\d+)?)分(?![的×乘*/÷值])|(?P<no>不(?:予)?[得计给记]分|不得|[得计记]?零分|无分|取消(?:本项|该项)?(?:全部)?分数?)|(?P<keep>不扣分?)|[得计给为记](?P<tenth>[一二三四五六七八九])成分?|[给得计记](?P<short>\d{{1,2}}(?:\.\d+)?)(?=$)|(?P<whole>[给得计]满)(?=$)|(?P<nil>不给|归零|给零)(?=$))"
)
_TENTHS = "零一二三四五六七八九"


def score_of(match: re.Match[str], points: Fraction) -> Fraction:
    """The score that an outcome gives of so many points."""
    if match["full"] or match["keep"] or match["whole"]:
        return points
    if match["half"]:
        return points / 2
    if match["tenth"]:
        return points * _TENTHS.index(match["tenth"]) / 10
    told = match["n"] or match["short"]
    return Fraction(told) if told else Fraction(0)


_STEP_WORDS = r"(?P<filled>满)?(?P<size>\d{1,4}(?:\.\d+)?|一)?"
STEPS = pattern(
    rf"每[^,;。\d一%]{{0,10}}?{_STEP_WORDS}(?P<unit>个?百分点|%|个?点|[\u4e00-\u9fff]{{1,3}}?)(?:[^,;。\d]{{0,6}})?,?(?:扣|减)(?:减|除|去)?(?P<cut>\d{{1,2}}(?:\.\d+)?)分"
)
OPEN = pattern(r"酌|视情|系数|起评|基础分|(?<!不)(?<!不[另再予])加分|奖励|百分制")
