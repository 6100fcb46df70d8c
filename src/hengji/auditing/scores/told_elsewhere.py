"""R34: what a reason says there is none of, told elsewhere by the reason's own words and with a number."""

import re

from hengji.auditing.case import Case
from hengji.extracting.flat import flat
from hengji.model.extraction import ScoredItem, Span
from hengji.model.patterns import pattern

NOT_THERE = pattern(r"无(?!人机|障碍|线|偿)|没有|未(?!来)|不(?:含|涉及|再)|取消|压减|节约")
BEFORE = 8  # characters in front of a fact in which it may be denied


def of_the_year(case: Case, at: Span) -> bool:
    """Whether a place tells of the evaluated year, and gives no advice."""
    if case.chapter_key(at.start) == "相关建议":
        return False
    clause = case.flat[max(case.flat.rfind(mark, 0, at.start) for mark in "。;\n") + 1 : at.end]
    years = {int(year) for year in YEAR.findall(_FOUNDED.sub("", clause))}
    return not EARLIER.search(clause) and (not years or case.year in years)


# 「本中心由原县广播电视台于2019年合并组建，编制45名」: the year says only since when there is the unit.
_FOUNDED = pattern(r"20\d\d\s?年(?:\d{1,2}月)?(?:机构改革)?(?:合并|整合|重新|正式)?(?:组建|成立|设立|挂牌|建成)")
YEAR = pattern(r"(20\d\d)\s?年")
EARLIER = pattern(r"上年|去年|往年|以前年度|下一步|明年")


_DENIED = pattern(
    r"(?:无|没有|未(?:安排|实施|发生|新增|承担|开展|发放|支付|列支|收到|取得|建设|购置|组织|举办|下达|涉及)?|不(?:涉及|存在|承担|负责|参与|开展|发放|组织|实施|办理))(?P<what>[\u4e00-\u9fff]{4,14}?)(?:任务|事项|情况|业务|支出|资金|项目|职责|职能|工作)?(?=[,。;]|本项|该项|故|因此)"
)
_NUMBER = pattern(
    r"(?<![\d.])[1-9]\d*(?:,\d{3})*(?:\.\d+)?\s?(?:万?亿?元|万?(?:人次|人|户|名)|[个项笔次件座处家所台套批场份亩吨]|万?亩|平方(?:公里|米)|公里)"
)
_FEW_PAIRS = 3  # pairs of characters by which what is said to be absent is known elsewhere


def denied_elsewhere(case: Case, item: ScoredItem) -> Span | None:
    """What the reason says there is none of, told elsewhere with a number: 「不承担国家助学金发放」 and 「发放国家助学金1,146人次」.

    What was aimed at was given as a task: 「未承担绿色矿山创建任务」 and 「创建绿色矿山2座」 among the goals. Its first and its last word may have
    others between them: 「未承担草原修复任务」 and 「草原退化修复治理86.00万元」.
    """
    match = (
        _DENIED.search(f"{item.remark};{flat(item.reason)};{item.actual};{case.text(item.body)}。")
        if item.table
        else _DENIED.search(case.flat, item.span.end, max(item.span.end, item.body.end))
    )
    what = match["what"] if match is not None else ""
    pairs = [what[k : k + 2] for k in range(len(what) - 1)]
    if match is None or len(pairs) < _FEW_PAIRS:
        return None
    whole = _with_words_between(what)
    for sentence, text in case.running:
        if (pairs[0] not in text and pairs[-1] not in text) or item.body.start <= sentence.start < item.body.end:
            continue
        for clause in _CLAUSE.finditer(text):
            span = Span(sentence.start + clause.start(), sentence.start + clause.end())
            if _told_there(text, clause, what, pairs, whole) and of_the_year(case, span):
                return span
    return None


def _with_words_between(what: str) -> re.Pattern[str]:
    """The first and the last word of what is denied, others between them, and a number soon behind."""
    words = _MERE.sub("", what)
    first, last = words[:_WORD], words[-_WORD:]
    between = rf"{first}[^,。;:\d]{{1,8}}?{last}[^,。;:\d]{{0,6}}" if len(words) >= 2 * _WORD else "(?!)"
    return re.compile(between + _NUMBER.pattern)


def _told_there(text: str, clause: re.Match[str], what: str, pairs: list[str], whole: re.Pattern[str]) -> bool:
    """Whether a clause tells with a number, and without denying it or doing it for another body, of what has nearly all these pairs, or begins with the same words."""
    said = clause[0]
    if _FOR_OTHERS.search(said):
        return False
    if (match := whole.search(said)) is not None:
        return not (NOT_THERE.search(said, max(0, match.start() - BEFORE), match.start()) or _OF_LEAVES.search(said))
    known = sum(pair in said for pair in pairs) >= max(_FEW_PAIRS, len(pairs) - 1)
    begun = what[:_BEGUN] in said and (what[-_WORD:] in said or what[_BEGUN:] == "" or _counted(said, what[:_BEGUN]))
    begun = begun and not _LEFT_OVER.search(what)
    if not (known or begun):
        return False
    at = min(place for pair in pairs if (place := said.find(pair)) >= 0)
    if NOT_THERE.search(said, max(0, at - BEFORE), at) or _OF_LEAVES.search(said):
        return False
    start, end = clause.start() + (0 if known else at), clause.end() + (_NEAR_FACT if known else 0)
    return _NUMBER.search(text, start, end) is not None


def _counted(said: str, words: str) -> bool:
    """Whether these words themselves are what is counted, and not the beginning of another name, or money is told of them."""
    return _COUNT.match(said, said.find(words) + len(words)) is not None


_COUNT = pattern(r"[^\d,]?\d|[^\d]*\d[\d,.]*\s?万?亿?元")


_FOR_OTHERS = pattern(
    r"^(?:为|协助|配合|受)[\u4e00-\u9fff]{2,12}?[局厅委办院会]"
)  # what another body does, and ours only helps with
_WORD = 2  # characters
_MERE = pattern(r"(?:年度|本级|相关|有关|类|等|的)")
_CLAUSE = pattern(r"(?:[^,。;:]|(?<=\d),(?=\d{3}))+")
_NEAR_FACT = 16  # characters behind a clause in which its number may stand
_BEGUN = 4  # characters
_LEFT_OVER = pattern(r"结余|结转|变动|调整|增[加减]|下降|违规|挪用|问题|投诉|事故")
_OF_LEAVES = pattern(r"指标|考核|\d\s?分")
