"""R17: words that say how posts and people stand to each other, against both numbers: 「满编运行」, 「超编2人」, 「空编率15%」, retired people within those in post."""

import re
from collections.abc import Iterator
from decimal import Decimal

from hengji.auditing.case import Case
from hengji.auditing.facts.vacancies import whole_of_staff
from hengji.library.texts import load_staff_words
from hengji.model.extraction import Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_FULL = pattern(r"(?<![未不非年初按到如若])(?:满编(?:运行|运转|状态|率100)?|无空编|没有空编|编制(?:已)?(?:全部)?用满)")
_OVER = pattern(r"(?<![未不无])超(?:出)?(?:核定)?编制?(?:人员)?(?P<n>\d{1,3})\s?[人名]")
_USED = pattern(r"(?:已使用|已用|实用|已占用|实际使用|实际占用)(?:了)?编制(?:数)?(?:为)?\s?(?P<n>\d{1,4})\s?[名个]")
_EMPTY_RATE = pattern(r"(?:空编|缺编)率(?:为|达)?\s?(?P<n>\d{1,2}(?:\.\d+)?)\s?%")
_IN_POST = r"(?:在编|在册|编内|正式(?:职工|人员|干部|在编))[\u4e00-\u9fff]{0,6}?"
_WITHIN = pattern(
    rf"{_IN_POST}\s?(?P<people>\d{{1,4}})\s?[人名]中?[,(]?(?:其中)?(?:含|包括|有)?(?P<who>[^,。;\d()]{{0,18}}?)(?P<n>\d{{1,3}})\s?[人名]"
)
_OF_THEM = pattern(
    r"(?P<people>\d{1,4})\s?[人名](?:在编|在册|编内|正式){1,2}(?:在职|在岗)?(?:人员|干部|职工|干部职工)(?:中|里|之中|包括|含),?(?:含|包括|有|另有)?(?P<n>\d{1,3})\s?[人名](?P<who>[^。;\d]{0,40})"
)
_RETIRED = pattern(r"退休|离休|退养|去世")
_OTHER = pattern(
    r"(?:19|20)\d\d|上年|去年|年初|此前|曾|下属|中心|大队|支队|所属|学校|[站所馆院]|行政|事业|工勤|拟|将|如|若|防止|杜绝|科室"
)
_HEADS = pattern(
    r"(?:领导|班子)(?:班子)?(?:成员)?职数(?:核定|为|共|设)?(?:\d{1,2}名,?)?[(,:]?(?:(?P<a>\d{1,2})正(?P<b>\d{1,2})副|[\u4e00-\u9fff]{2,4}\d名、副[\u4e00-\u9fff]{1,3}?(?P<c>\d{1,2})名)\)?[,;]?[\u4e00-\u9fff]{0,6}?(?:实有|实配|现有|配备|在任|到位)[^。;]{0,20}?副[\u4e00-\u9fff]{1,3}?(?P<n>\d{1,2})[人名]"
)


def posts_as_told(case: Case) -> Iterator[Finding]:
    """What is said of posts and people that their numbers deny."""
    yield from _heads(case)
    yield from _no_longer_in_post(case)
    yield from _over_of_a_kind(case)
    yield from _divided_by_other_posts(case)
    posts, people = (_one(case, name) for name in ("编制数", "在编人数"))
    if (posts, people) not in whole_of_staff(case):
        yield from _over_the_whole(case)
    if posts is None or people is None or posts <= 0:
        return
    free = posts - people
    for match in _USED.finditer(case.flat):
        if Decimal(match["n"]) != people and not _of_another(case, match):
            span = Span(match.start(), match.end())
            message = f"这里写“{match[0]}”，在编是{people}人，编制{posts}名"
            yield case.finding("R17", span, message, stated=match["n"], recomputed=str(people))
    for form, holds in ((_FULL, free == 0), (_OVER, free < 0)):
        for match in form.finditer(case.flat) if not holds and free > 0 and "编" in case.flat else ():
            if not _of_another(case, match):
                span = Span(match.start(), match.end())
                message = f"这里写“{match[0]}”，编制{posts}名、在编{people}人，空缺{free}名"
                yield case.finding("R17", span, message, stated=match[0], recomputed=f"空缺{free}名")
    for match in _EMPTY_RATE.finditer(case.flat) if "编率" in case.flat else ():
        told, right = Decimal(match["n"]), free * 100 / posts
        if not _of_another(case, match) and abs(told - right) >= 1:
            span = Span(match.start(), match.end())
            message = f"这里写{match[0]}，按编制{posts}名、在编{people}人计算是{right:.2f}%"
            yield case.finding("R17", span, message, stated=f"{told}%", recomputed=f"{right:.2f}%")


def _over_the_whole(case: Case) -> Iterator[Finding]:
    """「全会在编17人，超编1人」, where posts told unit by unit make 18: the sum of a list is all posts."""
    for posts, people in whole_of_staff(case) if "超编" in case.flat else ():
        for match in _OVER.finditer(case.flat) if posts > people else ():
            beside = case.flat[case.sentence(match.start()).start : match.start()]
            if re.search(rf"(?<!\d){people}\s?[名人]", beside) and not _of_another(case, match):
                message = f"这里写“{match[0]}”，编制{posts}名、在编{people}人，空缺{posts - people}名"
                span = Span(match.start(), match.end())
                yield case.finding("R17", span, message, stated=match[0], recomputed=f"空缺{posts - people}名")


def _one(case: Case, name: str) -> Decimal | None:
    """The only number told of all posts or people in the evaluated year."""
    told = {q.number for q in case.quantities(name) if q.year == case.year and not q.scope and q.about != "目标"}
    return next(iter(told)) if len(told) == 1 else None


def _of_another(case: Case, match: re.Match[str]) -> bool:
    """Whether the words before speak of another year, of one unit or kind of posts, or of what may be."""
    return _OTHER.search(case.flat, case.sentence(match.start()).start, match.start()) is not None


def _heads(case: Case) -> Iterator[Finding]:
    """More deputies than there are posts for them: 「领导职数1正3副，实有局长1人、副局长5人」."""
    for match in _HEADS.finditer(case.flat) if "职数" in case.flat else ():
        granted = match["b"] or match["c"]
        if int(match["n"]) > int(granted):
            span = Span(match.start("n"), match.end())
            message = f"核定副职{granted}名，实有{match['n']}人，超过领导职数"
            yield case.finding("R17", span, message, stated=match["n"], recomputed=granted)


def _no_longer_in_post(case: Case) -> Iterator[Finding]:
    """Retired or hired people told to be among those in post: 「在编36人中含退休人员2人」."""
    words = load_staff_words()
    for match in (*_WITHIN.finditer(case.flat), *_OF_THEM.finditer(case.flat)):
        inside = re.search("中|里|含|包括", case.flat[match.end("people") : match.start("n")]) is not None
        who = match["who"]
        if not inside or re.search("年内|本年|当年|拟|将|月", who):
            continue
        if _RETIRED.search(who) or words.hired.search(who) or words.borrowed.search(case.flat, *_about(case, match)):
            span = Span(match.start("people"), match.end("n") + 1)
            message = f"在编{match['people']}人里含{who.strip(',')}{match['n']}人，这些人不占编制"
            yield case.finding("R17", span, message, stated=match["people"])


def _about(case: Case, match: re.Match[str]) -> tuple[int, int]:
    """Where it is told who the people of a part are: from their whole to the end of the sentence."""
    return match.end("people"), case.sentence(match.start("n")).end


_OF_A_KIND = pattern(
    r"(?:核定|批准|下达)(?:了)?(?P<kind>[\u4e00-\u9fff]{0,6}?)编制(?:数|总数)?(?:为|共)?(?P<posts>\d{1,4})\s?[名个人][。,;](?:截至)?(?:20\d\d年)?(?:\d{1,2}月)?(?:\d{1,2}日|年?[末底])?,?(?:年末|期末)?(?:实有|现有)(?:在编|在职)(?P<who>[\u4e00-\u9fff]{0,4})(?P<people>\d{1,4})\s?[名人]"
)
_GRANTED = pattern("(?<!未)(?<!没有)(?<!不)超编|借调|划转|转隶|安置|军转|批准超|消化|冻结|过渡")


def _over_of_a_kind(case: Case) -> Iterator[Finding]:
    """More people than posts of whatever kind, told right behind each other: 「核定政法专项编制68名。年末实有在编干警70人」."""
    known = {q.span.start for q in case.quantities("编制数")}
    for match in _OF_A_KIND.finditer(case.flat) if "编制" in case.flat else ():
        posts, people = int(match["posts"]), int(match["people"])
        told = case.text(case.paragraph(match.start()))
        alone = match.start("posts") not in known or match["who"] not in ("", "人员", "职工")
        if people > posts and alone and not _GRANTED.search(told):
            span = Span(case.flat.index("有在", match.start("posts")) - 1, match.end())
            message = f"{match['kind']}编制{posts}名，实有{people}人，超过编制{people - posts}人"
            yield case.finding("R17", span, message, stated=match["people"], recomputed=match["posts"])


_POSTS_OF_A_LEAF = pattern(r"(?<![政业勤外项])编制(?:数|总数)?(?:为)?(?P<n>\d{1,4})\s?[名人个]")


def _divided_by_other_posts(case: Case) -> Iterator[Finding]:
    """A control rate with other posts than those of the first chapter: 「编制26名，控制率88.46%」, where 24 are granted."""
    granted = {
        q.number
        for q in case.quantities("编制数")
        if q.year == case.year and not q.scope and case.chapter_key(q.span.start) == "基本情况"
    }
    if len(granted) != 1:
        return
    posts = next(iter(granted))
    for item in case.found.items if posts else ():
        if "控制率" not in item.name or not re.search("人员|在职|编制", item.name):
            continue
        told = list(_POSTS_OF_A_LEAF.finditer(case.flat, item.span.start, max(item.body.end, item.quote.end)))
        number = Decimal(told[0]["n"]) if len(told) == 1 else posts
        if number != posts and abs(number - posts) <= posts / _NEAR:
            span = Span(told[0].start(), told[0].end())
            message = f"“{item.name}”写编制{number}名，基本情况里核定编制是{posts}名"
            yield case.finding("R17", span, message, stated=str(number), recomputed=str(posts), item=item.name)


_NEAR = 4  # the part of the posts by which a slip may be off
