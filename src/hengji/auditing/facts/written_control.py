"""R17: a control rate written out as a division of other people or other posts than the report tells of, or of people of no posts."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from hengji.auditing.case import Case
from hengji.auditing.facts.vacancies import whole_of_staff
from hengji.auditing.numbers import percent_fits, places
from hengji.library.texts import load_staff_words
from hengji.model.extraction import Quantity, Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_CONTROL = pattern(r"(?:在职|在编|财政供养|供养|人员|编制)[\u4e00-\u9fff]{0,4}控制")
_DIVIDED = pattern(
    r"(?<![\d.])(?P<people>\d{1,4})\s?[人名]?\s?[÷/]\s?(?P<posts>\d{1,4})\s?[人名]?(?![\d.%]|\s?万?元)"
    r"(?:\s?[×*]\s?100\s?%)?(?:[^\d。;\n\t]{0,10}(?P<rate>\d{2,3}(?:\.\d+)?)\s?%)?"
)
_NEAR = 4  # the part of the whole by which the other number may be off
_COUNTED = ("人", "名", "个")
_OF_POSTS = pattern(r"编制(?:数|总数)?(?:为|共|是)?$")
_IN_POST = pattern(r"(?:在编(?!外)|在职|编内|实有)[\u4e00-\u9fff]{0,6}$")
_RETIRED = pattern("退休|离休")


def written_control(case: Case) -> Iterator[Finding]:
    """R17: 「59÷66×100%=89.39%」, where 59 are in post and 62 posts are granted; 「28÷19，控制率89.47%」, which is 17÷19.

    Silent where the report tells of the other number of people or posts too, and where a leaf divides more than once.
    """
    whole = whole_of_staff(case) or _told_once(case)
    for item in case.found.items if whole else ():
        if _CONTROL.search(item.name) is None:
            continue
        divisions = list(_DIVIDED.finditer(case.flat, item.body.start, item.body.end))
        if len(divisions) != 1:  # last year's beside this year's, or one for each unit
            continue
        match, (posts, people) = divisions[0], whole[0]
        span = Span(match.start(), match.end("posts"))
        told_people, told_posts = Decimal(match["people"]), Decimal(match["posts"])
        if told_people == posts != people and told_posts == people:
            message = f"控制率是在编人数 ÷ 编制，这里写{told_people} ÷ {told_posts}，分子分母颠倒"
            right = f"{people}÷{posts}"
            yield case.finding("R17", span, message, stated=case.text(span), recomputed=right, item=item.name)
        elif told_people == people and _is_other(case, span, told_posts, posts):
            message = f"控制率按编制{told_posts}名计算，另一处写核定编制{posts}名"
            yield case.finding("R17", span, message, stated=str(told_posts), recomputed=str(posts), item=item.name)
        elif told_posts == posts and told_people != people:
            added = _added(case, told_people - people)
            if not (added or _rate_of(match, people, posts) or _is_other(case, span, told_people, people)):
                continue
            more = f"，多出的是{added.name}{added.value}人" if added is not None else ""
            message = f"控制率按{told_people}人计算，另一处写年末在编{people}人{more}"
            yield case.finding("R17", span, message, stated=str(told_people), recomputed=str(people), item=item.name)


def _told_once(case: Case) -> list[tuple[Decimal, Decimal]]:
    """Posts and people in post where the report tells each with one number only, or the posts of two kinds side by side."""
    told = [q for q in case.found.quantities if q.unit in _COUNTED and not q.table and q.about != "目标" and q.number]
    posts = [q for q in told if _OF_POSTS.search(q.name)]
    people = [q for q in told if q.unit != "个" and q.year == case.year and _inside(q)]
    every = {q.number for q in people}
    if len(every) != 1 or not posts:
        return []
    if len({q.number for q in posts}) > 1:
        beside = {q.sentence for q in posts}
        names = [q.name for q in posts]
        if len(beside) != 1 or len(names) != len(set(names)):
            return []
        return [(sum((q.number for q in posts), Decimal(0)), every.pop())]
    return [(posts[0].number, every.pop())]


def _inside(quantity: Quantity) -> bool:
    return _IN_POST.search(quantity.name) is not None and not load_staff_words().hired.search(quantity.name)


def _added(case: Case, more: Decimal) -> Quantity | None:
    """The hired or retired people of the year who are just so many: they were counted in."""
    words = load_staff_words().hired
    told = (q for q in case.found.quantities if q.unit in ("人", "名") and q.number == more > 1 and q.year == case.year)
    return next((q for q in told if words.search(q.name) or _RETIRED.search(q.name)), None)


def _rate_of(match: re.Match[str], people: Decimal, posts: Decimal) -> bool:
    """Whether the rate behind a division is that of the people told, and not of the division."""
    if match["rate"] is None or not posts:
        return False
    rate, digits = Fraction(match["rate"]), places(match["rate"])
    own = percent_fits(rate, digits, Fraction(match["people"]), Fraction(match["posts"]))
    return not own and percent_fits(rate, digits, Fraction(people), Fraction(posts))


def _is_other(case: Case, division: Span, told: Decimal, right: Decimal) -> bool:
    """Whether a number is near the right one, and no other words tell it of people or posts."""
    if told == right or abs(told - right) * _NEAR > right:
        return False
    elsewhere = (q for q in case.found.quantities if q.unit in _COUNTED and q.number == told)
    return all(division.start <= q.span.start < division.end for q in elsewhere)


# 「编内与长期聘用人员合计不超过核定编制得满分」: whom the rule counts.
_RULE = pattern(
    r"(?:在编|编内|在职|在册|正式)[^,。;\d]{0,6}(?:与|和|加|及|、|\+)[^,。;\d]{0,6}(?:聘用|编外|临聘|合同制|劳务派遣|派遣|外聘)[^,。;\d]{0,8}(?:合计|之和|总数|总和|总人数|一并|合并|[÷/])"
    r"|(?:含|包括|连同)[^,。;\d]{0,4}(?:长期)?(?:聘用|编外|临聘|合同制|劳务派遣|外聘)[^,。;\d]{0,6}(?:在内)?"
)
_NOT_COUNTED = pattern(r"(?:不|未|剔除|扣除)[^,。;]{0,6}$")


def people_of_the_rule(case: Case) -> Iterator[Finding]:
    """R17: hired people whom the printed rule counts, left out of the number that is divided."""
    words = load_staff_words().hired
    for item in case.found.items if words.search(case.flat) else ():
        if _CONTROL.search(item.name) is None:
            continue
        rule = _RULE.search(case.flat, item.span.start, item.body.end)
        if rule is None or _NOT_COUNTED.search(case.flat, max(0, rule.start() - len("剔除不计入")), rule.start()):
            continue
        finding = _left_out(case, item.name, list(_DIVIDED.finditer(case.flat, rule.end(), item.body.end)))
        if finding is not None:
            yield finding


def _left_out(case: Case, name: str, divisions: Sequence[re.Match[str]]) -> Finding | None:
    """The finding of a division of those in post alone, where one number of hired people is told."""
    words = load_staff_words().hired
    told = [q for q in case.found.quantities if q.unit in ("人", "名") and q.year == case.year and not q.table]
    inside = {q.number for q in told if _inside(q)}
    hired = {q.number for q in told if _of_hired(case, q, words) and q.about != "目标" and q.number > 1}
    if len(divisions) != 1 or len(hired) != 1 or Decimal(divisions[0]["people"]) not in inside:
        return None
    match, more = divisions[0], hired.pop()
    people, posts = Decimal(match["people"]), Decimal(match["posts"])
    over = f"，超过编制{posts}名" if people + more > posts else ""
    message = f"评分规则把聘用人员算在内，应按{people} + {more} = {people + more}人计算{over}，这里只算了{people}人"
    span = Span(match.start(), match.end("posts"))
    return case.finding("R17", span, message, stated=str(people), recomputed=str(people + more), item=name)


def _of_hired(case: Case, quantity: Quantity, words: re.Pattern[str]) -> bool:
    """Whether people are hired ones, by the words of their own clause: 「编外聘用检验、驾驶等人员9人」."""
    lead = case.flat[quantity.sentence.start : quantity.span.start]
    return words.search(re.split(r"[,。;:]", lead)[-1]) is not None


_OF_NO_POST = pattern("退休|离休|返聘|借调")
_ADDED_UP = (
    # 「22名在编加3名劳务派遣，25/24」
    pattern(
        r"(?P<a>\d{1,4})\s?[名人][^,。;\d]{0,6}?(?:加上?|\+|和|及|与|、)(?P<b>\d{1,3})\s?[名人](?P<who>[^,。;\d]{2,10}),?(?P<sum>\d{1,4})\s?[名人]?\s?[÷/]"
    ),
    # 「57人(含借调教师6人)÷60人」
    pattern(r"(?P<sum>\d{1,4})\s?[名人]?\s?\((?:含|包括|其中)(?P<who>[^()\d]{2,12}?)(?P<b>\d{1,3})\s?[名人]?\)\s?[÷/]"),
    # 「(20+1)÷22」
    pattern(r"\((?P<a>\d{1,4})\s?[名人]?\s?\+\s?(?P<b>\d{1,3})\s?[名人]?\)\s?[÷/]"),
)


def hired_in_the_rate(case: Case) -> Iterator[Finding]:
    """R17: a control rate whose own division adds people of no posts to those in post: 「(20+1)÷22」, 「57人（含借调6人）÷60人」."""
    words = load_staff_words().hired
    for item in case.found.items:
        if _CONTROL.search(item.name) is None or words.search(item.rule):
            continue
        for form in _ADDED_UP:
            match = form.search(case.flat, item.body.start, item.body.end)
            if match is None:
                continue
            told = match.groupdict()
            who = told.get("who", "")
            if who and not (words.search(who) or _OF_NO_POST.search(who)):
                continue
            if "a" in told and "sum" in told and int(told["a"]) + int(told["b"]) != int(told["sum"]):
                continue
            if not who and not _in_post(case, int(match["a"])):
                continue
            message = f"控制率的分子里有{who or '编外人员'}{match['b']}人，不占编制的不计入"
            yield case.finding("R17", Span(match.start(), match.end()), message, stated=match["b"], item=item.name)
            break


def _in_post(case: Case, people: int) -> bool:
    """Whether just so many are told to be in post."""
    return any(q.number == people and q.unit in ("人", "名") and _inside(q) for q in case.found.quantities)
