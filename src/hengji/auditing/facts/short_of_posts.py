"""R17: posts, the people in them and those who are missing or too many, told one behind the other, of whatever unit or position.

「核定3个岗位，实有3人，缺员1人」, 「总会计师1名……总会计师空缺2名」: the three figures stand in one sentence, so no other place need be asked.
"""

import re
from collections.abc import Iterator

from hengji.auditing.case import Case
from hengji.auditing.facts.vacancies import full_sentences
from hengji.model.extraction import Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_SHORT = "缺编|空编|缺员|缺额|缺岗|空缺|空额|空岗|余编|尚缺|短缺"
_OVER = "超编|超配|超员|超岗|超职数"
_MISSING = pattern(f"{_SHORT}|{_OVER}")
_TRIPLE = pattern(
    r"(?:核定|编制|职数|员额|岗位|定编|定员|应配|应有|限额|控制数)[^,。;:、\d]{0,10}?(?P<posts>\d{1,4})\s?[名人个]"
    r"[^,。;、\d]{0,8}[,、;(][^,。;、\d]{0,8}?(?:实有|实配|现有|在编|在岗|在职|到岗|在位|配备|实际|仅有|只有)[^,。;、\d]{0,10}?"
    r"(?P<people>\d{1,4})\s?[名人][^,。;、\d]{0,6}[,、;(][^,。;、\d]{0,6}?"
    rf"(?P<word>{_SHORT}|{_OVER})[^,。;、\d]{{0,6}}?(?P<n>\d{{1,4}})\s?[名人个](?!月)"
)
_MORE_POSTS = pattern(r"(?:编制|职数|岗位|员额)[^,。;\d]{0,6}\d")
_OF_OTHERS = pattern("上年|去年|年初|拟|如|若|预计|将")
_POSITION = pattern(r"(?P<who>[\u4e00-\u9fff]{2,8})(?P<n>\d{1,2})\s?[名人](?=[,、;。)和及]|$)")
_VACANT = pattern(
    rf"(?P<who>[\u4e00-\u9fff]{{2,10}}?)(?:岗位|职位|职数|一职)?(?:仍|尚|还|暂)?(?:{_SHORT}|缺配|空着|未配)(?:了|的)?\s?(?P<n>\d{{1,2}})\s?[名人个](?!月)"
)
_LEAST = 2  # characters that name a position


def short_of_posts(case: Case) -> Iterator[Finding]:
    """R17: those who are missing, or too many, that are not the posts less the people told right before them."""
    if _MISSING.search(case.flat) is None:
        return
    for start, text in full_sentences(case):
        if _MISSING.search(text) is not None and _OF_OTHERS.search(text) is None:
            yield from _by_difference(case, start, text)
            yield from _by_position(case, start, text)


def _by_difference(case: Case, start: int, text: str) -> Iterator[Finding]:
    """「核定3个岗位，实有3人，缺员1人」, 「编制6名，实有7人，空编1名」; posts listed by kind before are a whole of their own."""
    for match in _TRIPLE.finditer(text):
        posts, people, told = (int(match[part]) for part in ("posts", "people", "n"))
        short = match["word"] in _SHORT.split("|")
        rest = posts - people if short else people - posts
        if told == rest or _MORE_POSTS.search(text, 0, match.start()):
            continue
        meant = f"空缺{posts - people}" if posts > people else f"超{people - posts}" if people > posts else "不缺不超"
        message = f"这里写{match['word']}{told}，核定{posts}、实有{people}，应是{meant}"
        span = Span(start + match.start("people"), start + match.end())
        yield case.finding("R17", span, message, stated=str(told), recomputed=meant)


def _by_position(case: Case, start: int, text: str) -> Iterator[Finding]:
    """「院长1名、副院长4名、总会计师1名；实有5人，……总会计师空缺2名」: more are missing than there are posts of that name."""
    for match in _VACANT.finditer(text):
        granted = [each for each in _POSITION.finditer(text, 0, match.start()) if _same(each["who"], match["who"])]
        if granted and int(match["n"]) > int(granted[0]["n"]):
            span = Span(start + match.start(), start + match.end())
            message = f"这里写{match[0]}，核定只有{granted[0][0]}"
            yield case.finding("R17", span, message, stated=match["n"], recomputed=granted[0]["n"])


def _same(granted: str, vacant: str) -> bool:
    """Whether one name of a position ends in the other."""
    one, other = (re.sub(r"^(?:其中|核定|设|应配|年末|目前|现|另)+", "", name) for name in (granted, vacant))
    return min(len(one), len(other)) >= _LEAST and one == other
