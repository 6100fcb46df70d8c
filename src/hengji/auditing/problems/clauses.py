"""Clauses: those of the problems that name a fault, and those that only tell how points are given."""

import re
from collections.abc import Iterator

from hengji.auditing.case import Case
from hengji.auditing.problems.zones import problem_zones
from hengji.model.patterns import pattern


def problem_texts(case: Case) -> Iterator[tuple[int, str]]:
    """The problems with where they start."""
    for span in problem_zones(case):
        yield span.start, case.text(span)


_COUNTED = pattern(r"(?:完成面积|面积|完成数量|数量|次数|人数|场次|人次|情况|完成率|率|数)$")


def speaks_of(sentence: str, name: str) -> bool:
    """Whether a sentence names an indicator: most of its pairs of characters stand in it, the last ones among them."""
    core = _COUNTED.sub("", name)
    pairs = [core[k : k + 2] for k in range(len(core) - 1)]
    shared = sum(pair in sentence for pair in pairs)
    most = shared * 3 >= len(pairs) * 2 or (shared * 5 >= len(pairs) * 3 and pairs[-1] in sentence)
    return len(pairs) >= _FEW_PAIRS and most


_FEW_PAIRS = 3


def is_bad(problems: str, word: str) -> bool:
    """Whether the clause of the problems that has a word tells a fault, and not one that was put right."""
    clause = problem_clause(problems, word)
    if re.search(
        r"已[^,。;]{0,12}(?:整改|解决|纠正|改进)|已[^,。;]{0,6}完成(?:整改|修订|补)|已(?:全部|按期|于[^,。;]{2,8})完成",
        problems[problems.find(clause) : problems.find(clause) + len(clause) + 30],
    ):
        return False
    return bool(
        re.search(
            r"不|未|没有|缺|偏|低|闲置|浪费|流失|滞后|欠|薄弱|有待|较慢|问题|差距|少|弱|困难|难以|超|慢|粗|笼统|短缺|漏洞|隐患|短板|疏漏|瑕疵|差错|失误|滞留|欠缺|流于|走过场|损坏|脱节",
            clause,
        )
    )


_MARK = pattern(r"\s*(?:\([一二三四五六七八九十\d]+\)|[一二三四五六七八九十\d]+[、.])")


def problem_clause(problems: str, word: str) -> str:
    """The clause of the problems that has a word, without its number."""
    at = problems.find(word)
    start = max(problems.rfind(mark, 0, at) for mark in "。;,\n:") + 1
    mark = _MARK.match(problems, start)
    start = mark.end() if mark is not None and mark.end() <= at else start
    ends = [end for end in (problems.find(mark, at) for mark in "。;,\n") if end >= 0]
    return problems[start : min(ends, default=len(problems))].strip()


# A clause that tells how points are given, not what was lost.
RULE_CLAUSE = pattern(
    r"[^,。;\n]*(?:[≤≥<>=]|小于|大于|等于|达到|以上|以下|超过|低于|每)[^,。;\n]{0,24}(?:[计得扣记减]\s?\d+(?:\.\d+)?\s?分|满分)[^,。;\n]*|扣完为止"
)
