"""The parts that a heading or its first sentence says an indicator is judged by: 「从甲、乙、丙三个方面」."""

import re

from hengji.model.patterns import pattern

_ASPECTS = pattern(
    r"(?:从|围绕|包括|分为|设置|下设|设有|考核)(?P<names>[^。;:]{2,160}?)(?:等)?(?P<count>[一二两三四五六七八九十\d]{1,2})(?:个|项)?(?:方面|(?:三级|末级|具体)?指标|部分|维度|内容)(?:进行|开展|来|分别)?"
)
_ASPECTS_END = pattern(r"[一二两三四五六七八九十\d][个项]?(?:方面|三级|末级|具体|指标|部分|维度|内容)")
# 「下设三级指标3个，分别是甲、乙、丙」
_COUNTED_ASPECTS = pattern(
    r"(?:下设|共?设置?|设有|共有?|包括|包含)(?:(?:三级|末级|具体)?指标(?P<count>[一二两三四五六七八九十\d]{1,2})[个项]|(?P<number>[一二两三四五六七八九十\d]{1,2})[个项](?:三级|末级|具体)?指标)"
    r"(?=[,:。])[,:]?(?:分别|依次|即)?(?:是|为|:|有)?(?P<names>[^。;:,\d]{4,160})?"
)
# 「由5项指标组成」
_MADE_UP = pattern(
    r"由(?P<count>[一二两三四五六七八九十\d]{1,2})[个项](?:三级|末级|具体)?指标(?:组成|构成)(?P<names>(?!))?"
)
_OPEN_ASPECTS = pattern(r"(?:从)(?P<names>[^。;:]{2,160}?)(?:等)方面(?:进行|开展|来)")
_COUNTS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}


def aspects_in(text: str) -> re.Match[str] | None:
    """Where a group names its parts or says how many they are; the costly forms only where their last words stand."""
    match = _COUNTED_ASPECTS.search(text) or (_MADE_UP.search(text) if "成" in text else None)
    if match is None and _ASPECTS_END.search(text):
        match = _ASPECTS.search(text)
    if match is None and "等方面" in text:
        match = _OPEN_ASPECTS.search(text)
    return match


def aspect_names(text: str) -> tuple[str, ...]:
    """The names in a list of parts: 「甲、乙和丙」."""
    parts = re.split(r"[、,]|(?<=[\u4e00-\u9fff])(?:和|与|及|以及)(?=[\u4e00-\u9fff]{3})", text)
    return tuple(part.strip(" \"'") for part in parts if part.strip())


def count_of(word: str) -> int | None:
    """A number of parts, in digits or as a Chinese numeral; None for another word."""
    if word.isdigit():
        return int(word)
    return _COUNTS.get(word)
