"""By which words two passages speak of the same thing; and where a form is looked for by the characters it begins with."""

import re
from collections.abc import Iterator
from functools import lru_cache

from hengji.model.patterns import pattern

_COMMON_PAIRS = pattern(
    r"问题|存在|不够|不足|有待|部分|个别|工作|进行|加强|完善|提高|进一步|建议|措施|我局|本局|单位|情况|方面|没有|完成|指标|年度|目标|项目|管理|资金|绩效|实际|支出|预算"
)
_WORDS = pattern(r"[\u4e00-\u9fff]{2,}")


@lru_cache(maxsize=4096)
def pairs_of(text: str) -> frozenset[str]:
    """The pairs of characters of a text, common words left out."""
    words = _WORDS.findall(_COMMON_PAIRS.sub(" ", text))
    return frozenset([word[k : k + 2] for word in words for k in range(len(word) - 1)])


def matches_from(begins: re.Pattern[str], form: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """The matches of a form, one after the other, tried only where it may begin: much faster for forms of many branches."""
    end = 0
    for place in begins.finditer(text):
        match = form.match(text, place.start()) if place.start() >= end else None
        if match is not None:
            end = match.end()
            yield match


def told_times(number: int) -> str:
    """What a finding that stands for several places says of their number; nothing for one."""
    return f"，共{number}处" if number > 1 else ""


OTHERS = 4  # further places that such a finding leads to
