"""The words that chapters of reports are headed with, in every province's wording."""

import re
from functools import cache

from hengji.library.texts import load_chapters
from hengji.model.patterns import pattern

_NUMBERS = pattern(r"[\s,:：。()（）\d.]|^[一二三四五六七八九十]+、?")
_IDLE = pattern(r"的|主要(?=问题|成效|做法|经验)")
_AND = pattern(r"和|与|以及|、")
_BARE = 2  # characters: a line that says only 问题 or 困难 may be a cell
_ADDED = 8  # characters that a heading may have beside the chapter's words
_CONCLUDES = pattern(r"(?=.*(?:自评|评价|评分)).{2,14}(?:结论|结果)|结论")  # however a report puts 评价过程及结论


@cache
def _exact() -> dict[str, str]:
    return {_normal(word): key for key, words in load_chapters().items() for word in words}


@cache
def _by_length() -> dict[int, list[tuple[str, str]]]:
    found: dict[int, list[tuple[str, str]]] = {}
    for word, key in _exact().items():
        found.setdefault(len(word), []).append((word, key))
    return found


@cache
def _any_word() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, _exact())))


def _normal(title: str) -> str:
    """A heading without what changes nothing: numbers, 的, 主要; 和, 与 and 、 are 及."""
    return _IDLE.sub("", _AND.sub("及", _NUMBERS.sub("", title)))


def chapter_key(title: str, *, exact: bool = False) -> str:
    """The canonical chapter (存在问题, 相关建议 …) a heading opens, or nothing; ``exact`` asks for the whole heading."""
    plain = _normal(title)
    if exact:
        return _exact().get(plain, "") or (_composed(plain) if len(plain) > _BARE else "")
    if _FAULTS_AND_STEPS.fullmatch(plain):
        return "问题与建议"  # 「失分情况和改进措施」 is more than 改进措施
    longest, shortest = len(plain), max(1, len(plain) - _ADDED)
    for length in range(longest, shortest - 1, -1) if _any_word().search(plain) else ():
        for word, key in _by_length().get(length, ()):
            if word in plain:
                return key
    return "自评结论" if _CONCLUDES.fullmatch(plain) else _composed(plain)


_FAULT = r"(?:困难|问题|不足|短板|差距|薄弱环节|弱项)(?:之处|所在)?"
_LOSSES = r"(?:主要)?(?:失分|扣分|丢分)(?:项目?|情况|原因|点|指标)*(?:及?(?:原因)?(?:分析|说明))?"
_FAULTS = rf"还?差在?(?:哪里|哪儿|哪些|什么)(?:地方)?|(?:还|仍|尚|存在|有|现存|面临|主要|自评|工作中?|发现|查找|哪些|什么|一些)*{_FAULT}(?:及?{_FAULT})*(?:及?原因(?:分析)?)?"
_AHEAD = r"(?:接下来|下一?步|下阶段|下一阶段|今后|后续|往后|将来)"
_WAYS = r"(?:措施|打算|安排|计划|思路|方向|举措|办法|改法|对策|方案|建议|设想|做法|考虑)"
_STEPS = (
    rf"{_AHEAD}(?:工作|改进|整改|努力|如何|怎么|办|做)*(?:及?{_WAYS})*|(?:改进|整改|应对|解决)(?:工作)?(?:及?{_WAYS})+"
)
_FAULTS_ALONE, _STEPS_ALONE = pattern(_FAULTS), pattern(_STEPS)
_FAULTS_AND_STEPS = pattern(rf"(?:{_FAULTS}|{_LOSSES})及(?:{_STEPS}|{_WAYS}|(?:怎么|如何)(?:改进?|办|做)|改进|整改)")


def _composed(plain: str) -> str:
    """The chapter of a heading that is put together of the usual words in its own way: 「还有哪些不足」, 「短板和改法」, 「下步措施」."""
    if _FAULTS_AND_STEPS.fullmatch(plain):
        return "问题与建议"
    if _FAULTS_ALONE.fullmatch(plain):
        return "存在问题"
    return "相关建议" if _STEPS_ALONE.fullmatch(plain) else ""


_CHAPTER = pattern(r"[一二三四五六七八九十]{1,3}、\s?(?P<title>[^,。;]{2,20})")
_PART = pattern(r"第[一二三四五六七八九十]{1,3}(?:部分|章|节|篇)[、:.\s]*[\u4e00-\u9fff、]{2,20}")
_BEHIND_SCORES = ("存在问题", "相关建议", "问题与建议", "应用公开")


def opens_chapter(line: str) -> bool:
    """Whether a line right behind a table of scores is the heading of the next chapter, and no cell: 「六、存在的问题和原因」, 「第三部分 总评」."""
    if _PART.fullmatch(line):
        return True
    match = _CHAPTER.fullmatch(line)
    return match is not None and chapter_key(match["title"]) in _BEHIND_SCORES
