"""Amounts of money in running text without a unit of their own, where the report told its unit once: 「年中追加395.60，」."""

from hengji.model.patterns import pattern

_CENTS = pattern(r"(?:\d{1,3}(?:,\d{3})+|\d{1,7})\.\d{2}")
_DATE = pattern(r"(?:19|20)\d\d\.(?:0\d|1[0-2])")  # 「2024.05」
_PLAIN = pattern(r"(?!(?:19|20)\d\d$)(?:\d{1,3}(?:,\d{3})+|[1-9]\d{2,6}|[1-9]\d{1,6}\.\d)")
_MONEY = pattern(
    r"预算|支出|决算|收入|经费|资金|结转|结余|追加|追减|调增|调减|压减|核减|采购|原值|净值|资产|余额|补贴|补助|奖补|奖励|拨款|批复"
    r"|下达|到位|支付|执行数|节约|节支|投入|成本|费$|款$|津贴|工资|金额|投资|价$|合同|拨付|收回|上缴|上交|缴库|非税|安排|使用|实际|调整"
)
_STRONG = pattern(
    r"(?:预算|支出|决算|收入|经费|资金|结转|结余|追加|追减|调增|调减|压减|原值|净值|拨款|执行数|金额)(?:总?额|数|合计|共计?|总计)?(?:为|是|:|计)?\s?$"
)
# What makes a number anything but an amount: 「支出完成率98.36」, 「得4.95」, 「增长0.52」, 「表2.10」.
_OTHER = pattern(
    r"(?:[率比性得扣占]|(?<!年)度|(?<!部)分|(?<![合共总小累])计|指数|系数|倍数|权重|满分|分值|自评|评分|百分比|比例|比重|[增降]幅|面积|里程|长度|人数|编制|数量|管理|控制|编制|情况|[表图第版]|附件|编号|序号|[vV]|No)(?:为|是|:|至|到|约)?\s?$"
)
_EACH = pattern(r"人均|户均|亩均|均价|单均|每|标准|单价|日均|月均|均值|平均")
_PIECES = pattern(r"[,。;、!?\t=+÷/×*\-\d]")
_HAN = pattern(r"[\u4e00-\u9fff]")
_ENDS = pattern(
    r"\s?(?:[,;。、:()=+÷\]!?\"]|$|-(?!\d)|/(?!\s?[得\d])|\n|\t)|\s+(?=[\u4e00-\u9fff(=+])|[减增较比与和及占用已全的并另由系均超,]|下降|上升|其中|结转|到位|为"
)
_SCORED = pattern(r"\s?[,/-]{0,2}\s?(?:自评)?[得计扣]\s?\d")
_OF_SCORES = pattern(r"\d\s?分|得分|满分|权重")
_SCORE_LONG = 5  # characters of 「10.00」


def bare_amount(text: str, before: int, start: int, end: int, *, goes_on: bool) -> bool:
    """Whether a number without a unit is an amount, by the words since ``before``; ``goes_on`` says the figure there was one too."""
    number = text[start:end]
    if _ENDS.match(text, end) is None or _SCORED.match(text, end) is not None:
        return False
    between = text[before:start]
    words = _words(between)
    if not _HAN.search(words) or _OTHER.search(words) or _EACH.search(words):
        return False
    if between[-1:].isspace() and len(number) <= _SCORE_LONG and not goes_on and not _STRONG.search(words):
        return False  # 「资金使用 5.00」 may be a row of scores
    if _CENTS.fullmatch(number) and not _DATE.fullmatch(number):
        return goes_on or _MONEY.search(words) is not None
    return bool(_PLAIN.fullmatch(number) and _STRONG.search(words) and not _OF_SCORES.search(text))


def _words(between: str) -> str:
    """The words right before the number: those of the last piece of a clause."""
    return _PIECES.split(between)[-1].rstrip(' :("')
