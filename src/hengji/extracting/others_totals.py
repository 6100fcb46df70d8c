"""Totals that are not this report's own: of a year before, of other bodies, of other reviews, of many together."""

import re
from collections.abc import Sequence
from decimal import Decimal

from hengji.model.numerals import read_chinese
from hengji.model.patterns import pattern


def of_others(text: str, told: Sequence[re.Match[str]], year: int) -> list[re.Match[str]]:
    """The totals of a text whose own words say that they are another's; ``year`` is the one evaluated, 0 where it is not known."""
    bodies = _of_bodies(text, told)
    return [m for m in told if m in bodies or _of_another(text, m) or (year and _of_a_year_before(text, m, year))]


_NAMED_YEAR = pattern(r"(20\d\d)年度?[\u4e00-\u9fff]{0,20}$")


def _of_a_year_before(text: str, match: re.Match[str], year: int) -> bool:
    """Whether a total is said of a year before: 「2022年度自评得分96.7分」."""
    named = _NAMED_YEAR.search(text, 0, match.start("n"))
    return named is not None and int(named[1]) < year


# Whose score it is that is not this report's own: of other bodies, of an average, of other reviews and times.
_ANOTHERS = pattern(
    r"平均|均分|最[高低](?:得分|分(?!值))|监控|中期|审核|千分|排名|[局委办厅院校]本级|(?:局|委|办|厅|院|校|下|所|直)属|上年度|上一年度|去年|往年|年度(?:综合)?考核|内部控制|内控|信用|信息化|档案工作|会计(?:基础|信息)"
)
_RANKED = pattern(r"分?[,、(]?[^。;\d]{0,12}第\s?\d{1,3}\s?[位名]")  # 「考核得分89.5分，居全县第6位」
# 「自评得分96.42分，其范围不含大队」, 「得分95分，与本单位自评无关」
_NOT_OURS = pattern(
    r"[,、(]\s?(?:其|该|此|但|且)?(?:得分|分数|报告|自评|评价)?(?:的)?(?:范围|对象|结果|口径|数据)?(?:中|均|也|并)?(?:不含|不包括|不包含|未包括|未包含|不代表|不是[本我]|非[本我]|与[本我][^,。;]{1,12}(?:无关|独立|分开|不同|分别))"
)
_OPENS_WITH_BEFORE = pattern(r"\s*(?:我[局委办院校]|本单位)?(?:上年度?|上一年度?|去年|往年)")
_MOST = Decimal(150)


def _of_another(text: str, match: re.Match[str]) -> bool:
    """Whether the clause of a total, or the opening of its sentence, names another body, another review or an average; no scale has so many points."""
    if (read_chinese(match["n"]) or _MOST) > _MOST:
        return True
    opens = max(text.rfind(mark, 0, match.start()) for mark in ",;。、") + 1
    if (
        _ANOTHERS.search(text, opens, match.end())
        or _RANKED.match(text, match.end())
        or _NOT_OURS.match(text, match.end())
    ):
        return True
    sentence = max(text.rfind(mark, 0, match.start()) for mark in "。;") + 1
    return _OPENS_WITH_BEFORE.match(text, sentence, match.end()) is not None


def _of_bodies(text: str, told: Sequence[re.Match[str]]) -> list[re.Match[str]]:
    """The totals that a text lists body by body: 「机关自评得分95分，河道所自评得分97分」."""
    of = {m: body[0] for m in told if (body := _BODY.search(text, 0, m.start()))}
    return list(of) if len(set(of.values())) > 1 else []


_BODY = pattern(r"(?:^|(?<=[,;。:、(]))(?![我本])[\u4e00-\u9fff]{0,12}[局所站关心院校馆队办厅委镇乡道处]$")
