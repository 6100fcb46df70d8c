"""R11: a rate over nothing: 「上年未安排该项资金，同比增长100%」, 「年初未安排预算，执行率100%」."""

import re
from collections.abc import Iterator

from hengji.auditing.case import Case
from hengji.model.extraction import Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_PAST = r"(?:上年|去年|上一年|20\d\d年|上年度|上年同期)(?:度|全年|同期)?"
_NONE = r"(?:未安排|没有安排|未发生|没有发生|未列支|未支出|没有支出|未开展|没有开展|无此项|没有此项|尚无|为零|(?:为|是|数为)?\s?0(?:\.0+)?\s?(?:万元|元|人|件|个|次)?(?![\d.%‰]))"
_GROWN = pattern(
    rf"{_PAST}[^,。;\d]{{0,12}}?{_NONE}[^,。;\d]{{0,12}}[,;(]?[^。;\d]{{0,14}}?(?:增长|增加|上升|提高|增幅)(?:率|了|幅度?)?(?:为|达)?\s?(?P<rate>\d+(?:\.\d+)?\s?%)"
)
# 「由2022年的0个增至5个，增长500%」, 「上年为0座，本年建成3座，同比增长300%」
_FROM_NOTHING = pattern(
    rf"(?:[由从]|{_PAST})(?:20\d\d年(?:度|末|底)?的?)?[^,。;\d]{{0,14}}(?<![\d.,])0(?:\.0+)?(?![\d.,%‰])[^。;\d%]{{0,16}}?(?:20\d\d年的?)?"
    r"[1-9][\d,]*(?:\.\d+)?(?![\d年月日])[^,。;\d%]{0,5}[,、(]\s?(?:同比|[较比]上年)?(?:增长|增加|上升|提高|增幅)(?:率|了|幅度?)?(?:为|达)?\s?(?P<rate>\d+(?:\.\d+)?\s?%)"
)
_CHANGED = pattern(
    rf"{_PAST}(?:末|底)?[^,。;\d]{{0,12}}?(?:为零|(?:为|是)\s?0(?:\.0+)?\s?(?:万元|元)?(?![\d.%‰]))[,;](?:20\d\d年|本年|当年)(?:末|底)?[^,。;\d]{{0,12}}"
    r"(?:0\.\d*[1-9]\d*|[1-9][\d,]*(?:\.\d+)?)\s?(?:万元|元)[,;][^,。;\d]{0,8}变动率(?:为|是)?\s?(?P<rate>-?\d+(?:\.\d+)?\s?%)"
)
_EXECUTED = pattern(
    r"(?:年初|年度)?(?:未安排|没有安排|未编列|未编制|没有编列)(?:该项|此项)?(?:年初)?预算[^。;%]{0,40}?(?:执行率|完成率|支出率)(?:为|达到?|是)?\s?(?P<rate>\d+(?:\.\d+)?\s?%)"
)
_NO_BUDGET = pattern(r"未安排|没有安排|未编列|未编制|没有编列")  # one of them stands in each of these
_GIVEN = pattern(r"追加|调整|调剂|下达|预备费")


def over_nothing(case: Case) -> Iterator[Finding]:
    """A growth from nothing, and a rate of execution of no budget."""
    grown = "增" in case.flat or "上升" in case.flat or "提高" in case.flat
    told = list(_GROWN.finditer(case.flat)) if grown else []
    for match in told:
        yield _finding(case, match, "上年没有发生，0不能作分母，得不出")
    for match in _FROM_NOTHING.finditer(case.flat) if grown else ():
        if all(match.start("rate") != other.start("rate") for other in told):
            yield _finding(case, match, "原来是0，0不能作分母，得不出")
    for match in _CHANGED.finditer(case.flat) if "变动率" in case.flat else ():
        yield _finding(case, match, "上年为0，0不能作分母，得不出变动率")
    for match in _EXECUTED.finditer(case.flat) if _NO_BUDGET.search(case.flat) else ():
        if not _GIVEN.search(match[0]):
            yield _finding(case, match, "没有预算，0不能作分母，得不出")


def _finding(case: Case, match: re.Match[str], why: str) -> Finding:
    span = Span(match.start("rate"), match.end("rate"))
    return case.finding("R11", span, f"{why}{match['rate']}", stated=match["rate"])
