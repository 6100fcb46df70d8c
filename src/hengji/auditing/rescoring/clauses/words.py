"""The words that rules are made of, and their numbers in digits."""

from hengji.auditing.rescoring.scoring_rule import UNIT
from hengji.model.numerals import read_chinese
from hengji.model.patterns import pattern

NUMBER = r"(?:\d{1,6}(?:\.\d+)?)"
MEASURE = rf"(?:个?百分点|%|‰|/(?:10|1|百|千|十)?万|学时|课时|个?季度|星期|[周旬年]|{UNIT})"
GIVES = r"(?:给足|给满|给予|得|计|记|给|为|赋|打|评|取|拿|算|是)(?:分)?(?:为|到)?"
TAKES = r"(?:倒扣|核减|扣减|减扣|扣除|减去|减除|扣去|扣掉|减掉|少得|少给|扣|减|罚|掉|去|折|(?<![多减至不])少)"
WORTH = r"(?:(?:该项|本项|此项)?(?:分值|满分|权重分?|标准分|总分|应得分|满值))"
_NONE = rf"不(?:予)?[得计给记]分|不给(?!分)|无分|(?:{GIVES})?零(?:分)?|归零|清零|(?:{GIVES})?0(?:\.0)?分?|{TAKES}(?:完|光|全部(?:分值|分数)?)|取消[^,;。\d]{{0,4}}(?:全部)?(?:分数|得分|分值)"
# What is given or taken; 「给9」 without the word for points only behind its verb.
SCORE = (
    r"(?:的|时|者|部分|之间|区间)*,?(?:该项|本项|此项|本?指标)?(?:可|应|则|均|就|即|皆|都|也|一律)*"
    rf"(?:(?P<no>{_NONE})|(?P<keep>不(?:予)?[扣减](?:减?分)?)"
    rf"|(?P<full>给[足满](?!\d)|(?:{GIVES})?(?:满分|全分|足分|满值|给满)(?![的×乘*\d]))|(?:{GIVES}|按)?(?:{WORTH}的?(?P<part>\d{{1,3}})%|(?P<of>\d{{1,3}})%的?(?:{WORTH}|分))"
    rf"|(?:{GIVES})(?P<half>一半|半数)(?:分值?|分数)?|{TAKES}(?P<off>{NUMBER})分(?![/每])|(?:{GIVES}(?P<v>\d{{1,3}}(?:\.\d+)?)分?|(?P<w>\d{{1,3}}(?:\.\d+)?)分)(?![\d.的×乘*/÷钟%]))(?:计算?|\")*(?=[,;。、:|()\"]|赋分|计分|打分|评分|$)"
)

_TENTHS = pattern(
    r"(?<![一二三四五六七八九十完])(?P<a>[一二三四五六七八九])成(?P<b>[一二三四五六七八九半])?(?![立为本效员果年])"
)
_PER_CENT = pattern(r"百分之(?P<n>[一二三四五六七八九十百点零]{1,6})")
_WORDS = (("±", ""), ("正负", ""), ("未满", "不足"), ("(含本数)", "(含)"), ("(不含本数)", "(不含)"))
_OTHERWISE = (
    (pattern(r"(?<=[\d%分天件人个])往(?=[上下][给得计记为\d])"), "以"),
    (pattern(r"\((?P<x>不?含)\d+(?:\.\d+)?%?\)"), r"(\g<x>)"),  # 「95%(含95%)」
    (pattern(r"(?<=[\d一每])个点(?=[扣减的,，])"), "个百分点"),
    (pattern(r"(?<=[%分天件人个])起(?=[得计给记为]?\d|[得计给记为])"), "以上"),  # 「95%起给3」
)


def in_digits(text: str) -> str:
    """A text with the numbers of its rules in digits: 「九成五以上」 is 「95%以上」, 「一个问题扣两分」 「1个问题扣2分」."""
    for old, new in _WORDS:
        text = text.replace(old, new)
    for form, plain in _OTHERWISE:
        text = form.sub(plain, text)
    text = _TENTHS.sub(lambda match: f"{_digit(match['a'])}{_digit(match['b'] or '零')}%", text)
    text = _PER_CENT.sub(lambda match: f"{read_chinese(match['n'])}%", text)
    text = _POINTS.sub(lambda match: f"{_digit(match['n'])}个百分点", text)
    text = _CUT_IN_WORDS.sub(lambda match: f"{match['v']}{_digit(match['n'])}分", text)
    return _IN_RULE.sub(lambda match: f"{match['v']}{_digit(match['n'])}", text)


_POINTS = pattern(r"(?<![一二三四五六七八九十])(?P<n>[一二两三四五六七八九十])个百分点")
_CUT_IN_WORDS = pattern(r"(?P<v>[扣减得计记给])(?P<n>[一二两三四五六七八九])分")
_IN_RULE = pattern(rf"(?P<v>每[\u4e00-\u9fff]{{0,8}}?)(?P<n>[一二两三四五六七八九十])(?={MEASURE})")


def _digit(sign: str) -> int:
    return int(read_chinese({"半": "五", "两": "二"}.get(sign, sign)) or 0)
