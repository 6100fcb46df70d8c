"""R13: years told beside each other that cannot be: one twice in a row of years, a span that runs backwards, a year compared with itself."""

import re
from collections.abc import Iterator

from hengji.auditing.case import Case
from hengji.model.extraction import Span
from hengji.model.finding import Finding
from hengji.model.numerals import read_chinese
from hengji.model.patterns import pattern

_ROW = pattern(r"(?<!\d)20\d\d\s?年?(?:度|末|底)?(?:[、和及](?:20\d\d)\s?年(?:度|末|底)?(?!\d)){1,6}")
_SPAN = pattern(
    r"(?<![\d〔\[(])(?P<a>20\d\d)\s?年?\s?[—–\-~至]{1,2}\s?(?P<b>20\d\d)\s?年(?!\s?\d)(?:度)?(?P<n>[二三五]|两)?(?(n)年(?:滚动|行动|规划|计划|财政规划))?"
)
_ITSELF = pattern(
    r"(?:^|(?<=[。;\n]))\s?(?P<y>20\d\d)\s?年(?:度|末|底)?(?!\s?\d)(?P<what>(?:(?!20\d\d)[^。;\n\t|])*?)(?:[,(]|\d[\u4e00-\u9fff%]{0,4})(?:同?比|较|相比)\s?(?P<same>(?P=y))\s?年(?:度|末|底|同期)?(?P<base>(?![初\d上下一二三四])[^。;,\n\t]{0,16}?\d[\d.,]*\s?[\u4e00-\u9fff%]{1,4})?,?(?:[\u4e00-\u9fff]{0,4})(?:增|减|下降|降低|上升|提高|压减|多|少)"
)
_BUDGET = pattern("分别|依次|预算|计划|目标|年初|期初|批复|任务")
# 「2024年10月编制2025年预算」
_MAKES = pattern(
    r"(?<!\d)(?P<y>20\d\d)\s?年(?:\s?(?P<m>\d{1,2})\s?月(?:份|底|初|起|中旬|下旬|上旬)?|下半年)?(?:前|开始|启动)?(?:在|时|组织)?(?:编制|编报|申报)(?P<of>20\d\d)\s?年(?:度)?(?:部门)?预算"
)
_EARLY = 3  # the last month in which a year's own budget may still be made


def years_beside(case: Case) -> Iterator[Finding]:
    """R13: 「2020年、2021年、2021年」, 「2022—2021年」, 「2023年……较2023年增加」, 「2023年10月编制2025年预算」."""
    for match in _ROW.finditer(case.flat) if "、" in case.flat or "和" in case.flat else ():
        years = re.findall(r"20\d\d", match[0])
        if len(set(years)) < len(years):
            yield _finding(case, match, "同一个年份写了两次", match[0])
    for match in _SPAN.finditer(case.flat):
        yield from _span(case, match)
    for match in _ITSELF.finditer(case.flat):
        if not _BUDGET.search((match["base"] or "") + match["what"]):
            yield _finding(case, match, f"{match['y']}年与{match['y']}年相比，是同一年，有一处年份写错", match["same"])
    for match in _MAKES.finditer(case.flat) if "预算" in case.flat else ():
        yield from _made(case, match)


def _span(case: Case, match: re.Match[str]) -> Iterator[Finding]:
    first, last = int(match["a"]), int(match["b"])
    if last < first:
        yield _finding(case, match, "结束的年份早于开始的年份", match["b"])
    elif match["n"] and last - first not in (length := read_chinese(match["n"].replace("两", "二")) or 0, length - 1):
        yield _finding(case, match, f"起止年份不是{match['n']}年", match["b"])


def _made(case: Case, match: re.Match[str]) -> Iterator[Finding]:
    """A budget made after its year has begun, or two years ahead of it."""
    year, of, month = int(match["y"]), int(match["of"]), int(match["m"] or 12)
    late = of < year or (of == year and month > _EARLY)
    if late or of > year + 1:
        right = f"{of}年的预算应在{of - 1}年编制"
        yield _finding(case, match, f"{right}，这里写{year}年，有一处年份写错", match["y"])


def _finding(case: Case, match: re.Match[str], why: str, stated: str) -> Finding:
    return case.finding("R13", Span(match.start(), match.end()), f"“{match[0]}”：{why}", stated=stated)
