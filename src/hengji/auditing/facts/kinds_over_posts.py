"""R17: posts of a kind or a unit and, right behind them, the people in them, more of them than posts."""

from collections.abc import Iterator

from hengji.auditing.case import Case
from hengji.auditing.facts.vacancies import full_sentences
from hengji.model.extraction import Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_POSTS = pattern(r"(?:编制|职数|员额)(?:数|总数)?(?:为|是|共)?\s?\d{1,4}\s?[名个人]")
_PAIR = pattern(
    r"(?P<kind>[\u4e00-\u9fff]{2,10}?)(?:编制|员额)(?:数)?(?:为|是|共)?\s?(?P<posts>\d{1,4})\s?[名个人][、,(]"
    r"(?P<who>[\u4e00-\u9fff]{0,8}?)(?:实有|实际|在编|在职|在岗|现有)(?:在编|在职|在岗|人员|人数|干部|职工)*(?:为|共)?\s?(?P<people>\d{1,4})\s?[名人](?!次)"
)
_GRANTED = pattern("(?<!未)(?<!没有)(?<!不)(?<!无)超编|借调|划转|转隶|安置|批准|消化|冻结|过渡|含|包括|另")
_PAIRS = 2


def kinds_over_posts(case: Case) -> Iterator[Finding]:
    """R17: 「行政编制14名、局机关实有15人，事业编制83名、事业单位实有74人」: every number of posts has its people behind it, and one is too small."""
    if "编制" not in case.flat and "员额" not in case.flat:
        return
    for start, text in full_sentences(case):
        pairs = list(_PAIR.finditer(text)) if text.count("编制") + text.count("员额") >= _PAIRS else []
        posts = len(_POSTS.findall(text))
        of_all = 1 if posts > len(pairs) and pairs and _before_the_pairs(text, pairs[0].start()) else 0
        if len(pairs) < _PAIRS or posts - of_all > len(pairs) or _GRANTED.search(text):
            continue
        for match in pairs:
            posts_told, people = int(match["posts"]), int(match["people"])
            if people > posts_told:
                span = Span(start + match.start("posts"), start + match.end())
                message = (
                    f"{match['kind']}编制{posts_told}名，{match['who']}实有{people}人，超过编制{people - posts_told}人"
                )
                yield case.finding("R17", span, message, stated=str(people), recomputed=str(posts_told))
                return


def _before_the_pairs(text: str, position: int) -> bool:
    """Whether all posts are told before those of each kind: 「编制97名，在职89人，其中……」."""
    return len(_POSTS.findall(text[:position])) == 1
