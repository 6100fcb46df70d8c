"""The words that rules are made of, and their numbers in digits."""

from hengji.auditing.rescoring.scoring_rule import UNIT
from hengji.model.numerals import read_chinese
from hengji.model.patterns import pattern

NUMBER = r"(?:\d{1,6}(?:\.\d+)?)"
MEASURE = rf"(?:个?百分点|%|‰|学时|课时|个?季度|星期|[周旬年]|{UNIT})"
GIVES = r"(?:得|计|记|给|为|赋|打|评|取|拿|算|是)(?:分)?(?:为|到)?"
TAKES = r"(?:倒扣|核减|扣减|减扣|扣除|减去|减除|扣去|扣掉|减掉|扣|减|罚)"
WORTH = r"(?:(?:该项|本项|此项)?(?:分值|满分|权重分?|标准分|总分|应得分))"
SCORE = (
    r"(?:的|时|者|部分)*,?(?:该项|本项|此项|本?指标)?(?:可|应|则|均|就|即|皆|都|一律)*"
    rf"(?:(?P<no>不(?:予)?[得计给记]分|无分|零分|(?:{GIVES})?0(?:\.0)?分|{TAKES}(?:完|光|全部分值))|(?P<keep>不(?:予)?[扣减](?:减?分)?)"
    rf"|(?:{GIVES})?(?P<full>满分|全分|足分)(?![的×乘*\d])|(?:{GIVES}|按)?(?:{WORTH}的?(?P<part>\d{{1,3}})%|(?P<of>\d{{1,3}})%的?(?:{WORTH}|分))"
    rf"|(?:{GIVES})(?P<half>一半|半数)(?:分值?|分数)?|{TAKES}(?P<off>{NUMBER})分(?![/每])|(?:{GIVES})?(?P<n>\d{{1,3}}(?:\.\d+)?)分(?![的×乘*/÷钟]))(?=[,;。、:|()]|$)"
)

_TENTHS = pattern(r"(?<![一二三四五六七八九十])(?P<a>[一二三四五六七八九])成(?P<b>[一二三四五六七八九半])?(?![立为本效员果年])")
_PER_CENT = pattern(r"百分之(?P<n>[一二三四五六七八九十百点零]{1,6})")
_WORDS = (("±", ""), ("正负", ""))


def in_digits(text: str) -> str:
    """A text with the numbers of its rules in digits: 「九成五以上」 is 「95%以上」, 「一个问题扣两分」 「1个问题扣2分」."""
    for old, new in _WORDS:
        text = text.replace(old, new)
    text = _TENTHS.sub(lambda match: f"{_digit(match['a'])}{_digit(match['b'] or '零')}%", text)
    text = _PER_CENT.sub(lambda match: f"{read_chinese(match['n'])}%", text)
    text = _CUT_IN_WORDS.sub(lambda match: f"{match['v']}{_digit(match['n'])}分", text)
    return _IN_RULE.sub(lambda match: f"{match['v']}{_digit(match['n'])}", text)


_CUT_IN_WORDS = pattern(r"(?P<v>[扣减得计记])(?P<n>[一二两三四五六七八九])分")
_IN_RULE = pattern(rf"(?P<v>每[\u4e00-\u9fff]{{0,8}}?)(?P<n>[一二两三四五六七八九十])(?={MEASURE})")


def _digit(sign: str) -> int:
    return int(read_chinese({"半": "五", "两": "二"}.get(sign, sign)) or 0)
