"""R17: more deputies, or more leaders in all, than the posts for leaders that are told beside them."""

from collections.abc import Iterator

from hengji.auditing.case import Case
from hengji.model.extraction import Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_N = r"[1-9]|[一二两三四五六七八九]"
_VALUES = {word: n for n, word in enumerate("零一二三四五六七八九")} | {"两": 2}
_TITLE = r"(?:局长|主任|院长|校长|馆长|站长|园长|镇长|乡长|县长|主席|书记|部长|会长|台长|所长|社长|(?:大|支|中)?队长|检察长|理事长|行长|总编辑?|职(?:领导)?)"
# 「领导职数1正3副」, 「核定班子职数一正三副」
_POSTS = pattern(
    rf"(?:职数|职位|领导班子|配备)[^。;\n\d]{{0,14}}?(?P<head>{_N})\s?正(?:职)?[、,]?\s?(?P<deputies>{_N})\s?副|(?:副职|副[\u4e00-\u9fff]{{1,3}})(?:领导)?职数[^。;,\n\d]{{0,6}}(?P<only>{_N})\s?[名个人]"
)
_DEPUTIES = pattern(rf"(?<!非)副{_TITLE}(?:[\u4e00-\u9fff]{{0,4}}?)(?P<n>{_N})\s?[名人]|(?P<m>{_N})\s?[名位]副{_TITLE}")
_ALL_OF = pattern(
    rf"(?:领导|班子)职数(?:为|共|是)?(?P<posts>\d{{1,2}})\s?[名个人][^。\n]{{0,40}}?(?<!副){_TITLE}(?P<head>{_N})\s?[名人][、,和及](?:党[组委]副书记、)?副{_TITLE}(?P<deputies>{_N})\s?[名人]"
)
_NOT_OVER = pattern(r"批准|批复|同意|超配|军转|挂职|兼任|不占|另增|上年|去年|改革期|过渡|空缺|增加至|调整为")
_NEAR = 160  # characters behind the posts in which those who hold them are told


def deputies_over_their_posts(case: Case) -> Iterator[Finding]:
    """「核定领导职数1正3副，现任局长1名、副局长4名」; 「领导职数4名，现有局长1名、副局长4名」."""
    if "职数" not in case.flat and "正" not in case.flat:
        return
    for match in _POSTS.finditer(case.flat):
        posts = _value(match["deputies"] or match["only"])
        told = _DEPUTIES.search(case.flat, match.end(), min(len(case.flat), match.end() + _NEAR))
        if (
            told is None
            or _value(told["n"] or told["m"]) <= posts
            or not _same_place(case, match.start(), told.start())
        ):
            continue
        clause = case.flat[match.end() : told.end() + _BEHIND].split("。")[0].split("另有")[0]
        if _NOT_OVER.search(clause):
            continue
        people = _value(told["n"] or told["m"])
        message = f"副职核定{posts}名，现有{people}名，超过领导职数"
        span, other = Span(*told.span()), Span(*match.span())
        yield case.finding("R17", span, message, stated=str(people), recomputed=str(posts), also=(other,))
        return
    for match in _ALL_OF.finditer(case.flat):
        people, posts = _value(match["head"]) + _value(match["deputies"]), int(match["posts"])
        if people > posts and not _NOT_OVER.search(match[0]):
            message = f"领导职数{posts}名，现有{people}名，超过领导职数"
            yield case.finding("R17", Span(*match.span()), message, stated=str(people), recomputed=str(posts))
            return


_BEHIND = 16  # characters behind the deputies in which their number is accounted for


def _value(word: str) -> int:
    return int(word) if word.isdigit() else _VALUES[word]


def _same_place(case: Case, one: int, other: int) -> bool:
    """Whether two places stand in one paragraph."""
    return case.paragraph(one) == case.paragraph(other)
