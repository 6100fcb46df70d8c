"""R17: vacancies that are not posts less people, and control rates worked out with another number of people than there are."""

import itertools
import re
from collections.abc import Iterator
from decimal import Decimal

from hengji.auditing.around import of_several
from hengji.auditing.case import Case, once
from hengji.auditing.facts.people import HIRED, PEOPLE, POSTS, People, told_people
from hengji.library.texts import load_staff_words
from hengji.model.extraction import Quantity, Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_VACANT = pattern(
    r"(?:缺编|空编|缺员|缺额|空缺(?:编制|岗位)?|空额|余编|(?:空余|剩余|结余|闲置|未使用的?)编制)(?:人员|人数|编制|数)?(?:为|达|共|有|计)?\s?(?P<n>\d+)\s?[人名个]"
    r"|编制(?:数|中|里|内)?[^,。;:\d]{0,4}?(?:空缺|空余|空出|剩余|结余|闲置|尚余|还剩|富余|尚有|仍有|还有)\s?(?P<left>\d+)\s?[名个](?:人|编制)?(?=[,。;未空闲没])"
)
_COUNTED_IN = ("人", "名", "个")
_BEFORE = 40  # characters before a vacancy in which it is told whose it is


def vacancies_hold(case: Case) -> Iterator[Finding]:
    """R17: 「年末缺编8人」, where the posts are 118 and the people 112."""
    if not any(word in case.flat for word in ("缺", "空", "余", "剩", "闲置", "未使用", "编制")):
        return
    years = {q.span.start: q.year for q in case.found.quantities}
    for match in _VACANT.finditer(case.flat):
        group = "n" if match["n"] else "left"
        told = int(match[group])
        if _of_another_matter(case, match.start()):
            continue
        if years.get(match.start(group), case.year) != case.year:
            continue
        pairs = _pairs(case, match.start())
        if not pairs or any(posts - people == told for posts, people in pairs):
            continue
        posts, people = pairs[0]
        if posts <= people or told > posts:
            continue
        message = f"这里写缺{told}人，编制（员额）{posts}名、实有{people}人，相差{posts - people}人"
        span = Span(match.start(), match.end())
        yield case.finding("R17", span, message, stated=str(told), recomputed=str(posts - people))


def _of_another_matter(case: Case, position: int) -> bool:
    """Whether those who are missing stand in a leaf that is on no posts: 「目标160人，秋季班缺员8人」."""
    item = case.item_at(position)
    return item is not None and not _OF_POSTS.search(item.name)


_OF_POSTS = pattern("人员|编制|在职|岗位|人事|队伍|用人")


def _pairs(case: Case, position: int) -> list[tuple[Decimal, Decimal]]:
    """The posts and the people that a vacancy may be of: first those of the people named before it, else those of the whole."""
    sentence = case.sentence(position)
    beside = [q.number for q in case.by_sentence.get(sentence, ()) if q.unit in ("人", "名")]
    lead = case.flat[max(case.paragraph(position).start, position - _BEFORE) : position]
    own = [
        (posts.quantity.number, people.quantity.number)
        for posts, people in _matching(told_people(case))
        if people.name in lead
    ]
    of_leaders = "职数" in case.flat[case.flat.rfind("。", 0, position) + 1 : position]
    if own or of_leaders or _OF_A_UNIT.search(case.flat, sentence.start, position):
        unnamed = case.flat[position - 1] in ",;。(:"  # 「……核对中心6人；缺编5名」: of all that were listed
        return own and [*own, *(whole_of_staff(case) if unnamed else ()), *itertools.permutations(beside, 2)]
    every = ((p.quantity.number, q.quantity.number) for p, q in _matching(told_people(case)))
    return [*whole_of_staff(case), *every, *itertools.permutations(beside, 2)] if whole_of_staff(case) else []


_OF_A_UNIT = pattern("中心|大队|中队|支队|站|所(?!属)|馆|院|校|股|科|基层|下属|岗位|职数")


def _matching(told: tuple[People, ...]) -> list[tuple[People, People]]:
    """The posts and the people of one name."""
    return [
        (posts, people)
        for posts in told
        if posts.side == POSTS
        for people in told
        if people.side == PEOPLE
        and (posts.name == people.name or (len(people.name) > _LONG and posts.name.endswith(people.name)))
    ]


_LONG = 2


@once
def whole_of_staff(case: Case) -> list[tuple[Decimal, Decimal]]:
    """All posts with all people in them."""
    posts = {q.number for q in case.quantities("编制数")} | {
        q.number for q in case.found.quantities if q.unit == "名" and _all_posts(case, q)
    }
    people = {q.number for q in case.quantities("在编人数")} | {
        p.quantity.number for p in told_people(case) if p.side == PEOPLE and p.name in ("在编", "在职", "在岗")
    }
    people = people or {q.number for q in case.found.quantities if q.unit in ("人", "名") and _all_people(case, q)}
    return [(max(posts), max(people))] if posts and people else []


def _all_people(case: Case, quantity: Quantity) -> bool:
    """Whether a number is that of all people in post where none is named so: 「编制60名，年末实有55人」, 「实有民警207人、事业人员11人，合计218人」."""
    if quantity.year != case.year or quantity.scope or quantity.about == "目标" or quantity.table:
        return False
    place = case.paragraph(quantity.span.start)
    lead = case.flat[place.start : quantity.span.start]
    if "编制" not in lead or load_staff_words().hired.search(case.flat, quantity.sentence.start, quantity.span.start):
        return False
    if _THERE_ARE.search(lead) is not None:
        own = case.flat[quantity.sentence.start : quantity.sentence.end]
        return _OF_ONE_KIND.search(own) is None and len(_ARE_THERE.findall(case.text(place))) == 1
    before = [
        q for q in case.by_sentence.get(quantity.sentence, ()) if q.span < quantity.span and q.unit == quantity.unit
    ]
    first = next((k for k, q in enumerate(before) if _ARE_THERE.search(q.name)), None)
    listed = before[first:] if first is not None else []
    summed = len(listed) > 1 and sum((q.number for q in listed), Decimal(0)) == quantity.number
    return summed and quantity.name in ("合计", "共", "总计", "共计")


_THERE_ARE = pattern(
    r"(?:^|[,。;:日])(?:截至)?(?:20\d\d年)?(?:年末|年底|末|底|现|目前|全部门|全系统|共)*(?:实有|现有)(?:人员|人数|干部职工|职工)?$"
)
_ARE_THERE = pattern("实有|现有")
_OF_ONE_KIND = pattern(
    r"(?:行政|事业|工勤|参公|机关|大队|中心|[站所馆院校])(?:核定)?编制\d+[名人个][,;]?(?:年末)?(?:实有|现有)"
)


def _all_posts(case: Case, quantity: Quantity) -> bool:
    """Whether a number is that of all posts, by its name or as the sum of a list of them."""
    summed = (
        quantity.name in ("合计", "共", "总计") and "编制" in case.flat[quantity.sentence.start : quantity.span.start]
    )
    return summed or _ALL_POSTS.search(quantity.name) is not None


_ALL_POSTS = pattern("(?:核定|总|共有?|合计)编制$|编制(?:总数|合计)$")
_DIVISION = (
    r"(?P<sum>\(?(?P<top>\d{1,4})[人名]?(?P<more>(?:\+\d{1,4}[人名]?)*)\)?\s?[人名]?\s?(?:[÷/]|除以)\s?(?:核定)?(?:编制)?数?"
    r"(?P<bottom>\d{1,4})(?:\s?[人名个](?=\s?[=×*,。;)\n]))?)(?!\d|[.,]\d)"
)
_DIVIDED = pattern(
    rf"控制率[^。;\n]{{0,24}}?[(=:为\t按以]\s?(?:年末)?(?:在职|在编|实有|在岗)?(?:人员|人数|职工)?{_DIVISION}"
)
_OF_A_LEAF = pattern(rf"(?<![\d.,+/÷]){_DIVISION}\s?(?:[×*]\s?100%)?\s?(?:=|,[^,。;\d]{{0,8}}(?=\d{{2,3}}\.\d+%))")
_OF_STAFF = pattern("人员|编制|供养|在职|在编")


def control_rates_divided(case: Case) -> Iterator[Finding]:
    """R17: 「控制率=116÷118=98.31%」, where 121 are in post; 「(112+31)÷118」, where the 31 are hired; 「17÷46」, where 17 are those of one kind."""
    if "控制率" not in case.flat or not (whole := whole_of_staff(case)):
        return
    posts, people = whole[0]
    words = load_staff_words().hired
    told = told_people(case)
    hired = {p.quantity.number for p in told if p.side == HIRED or words.search(case.text(p.quantity.sentence))}
    inside = [p for p in told if p.side == PEOPLE]
    staffed = {p.quantity.number for p in inside if "在编" in case.text(p.quantity.sentence)}
    kinds = {p.quantity.number: p.name for p in inside if p.name in ("行政", "事业", "公务员", "参公")}
    workers = {p.quantity.number for p in inside if p.name == "工勤"}
    for match in _divisions(case):
        more = [Decimal(each) for each in re.findall(r"\d+", match["more"])]
        top, bottom = sum(more, Decimal(match["top"])), Decimal(match["bottom"])
        if bottom != posts or _of_an_earlier_year(case, match.start("sum")):
            continue
        beside = case.by_sentence.get(case.sentence(match.start("sum")), ())
        if top - people in hired and any(q.number == top - people for q in beside):
            continue  # told of the rate: control_rates_of_others
        if added := [each for each in more if each in hired and top != people]:
            message = f"控制率的分子里有编外{added[0]}人，编外人员不计入在职人员控制率"
        elif not more and top in kinds and top < people and bottom not in kinds:
            message = f"控制率的分子只有{kinds[top]}人员{top}人，另一处在编{people}人；分子应是全部在编人数"
        elif top not in (people, posts, *staffed) and people - top in workers:
            message = f"控制率的分子写{top}人，没有计入工勤人员{people - top}人，全部在编是{people}人"
        elif top not in (people, posts, *staffed) and abs(top - people) <= people / _NEAR:
            message = f"控制率的分子写{top}人，另一处在编{people}人；分子应是年末在编人数"
        else:
            continue
        span = Span(*match.span("sum"))
        yield case.finding("R17", span, message, stated=match["sum"], recomputed=f"{people}÷{posts}")


_EARLIER, _YEAR = pattern("上年|去年|年初|上一年"), pattern(r"(20\d\d)\s?年")


def _of_an_earlier_year(case: Case, position: int) -> bool:
    """Whether the clause of a rate tells another year."""
    start = max(case.flat.rfind(mark, 0, position) for mark in ",。;\n\t") + 1
    years = [int(year) for year in _YEAR.findall(case.flat, start, position)]
    return _EARLIER.search(case.flat, start, position) is not None or (bool(years) and case.year not in years)


def _divisions(case: Case) -> Iterator[re.Match[str]]:
    """Control rates written out: behind their name, or in the text of their leaf."""
    found = {match.start("sum"): match for match in _DIVIDED.finditer(case.flat)}
    for item in case.found.items:
        if "控制率" in item.name and _OF_STAFF.search(item.name):
            for match in _OF_A_LEAF.finditer(case.flat, item.body.start, item.body.end):
                found.setdefault(match.start("sum"), match)
    yield from found.values()


def workers_left_out_elsewhere(case: Case) -> Iterator[Finding]:
    """R17: a control rate of 「在职人员41人」, where 43 are in post and two of them are 工勤人员."""
    if "控制率" not in case.flat or "工勤" not in case.flat or not (whole := whole_of_staff(case)):
        return
    workers = {p.quantity.number for p in told_people(case) if p.side == PEOPLE and p.name == "工勤"}
    for rate in case.told_rates:
        if "控制率" not in rate.name or rate.year != case.year:
            continue
        for told in case.by_sentence.get(rate.sentence, ()):
            left = whole[0][1] - told.number
            if told.item == "在编人数" and left in workers:
                message = f"控制率按{told.value}人计算，没有计入工勤人员{left}人，全部在编是{whole[0][1]}人"
                yield case.finding("R17", told.span, message, stated=told.value, recomputed=str(whole[0][1]))


_NEAR = 4  # the part of the people by which the numerator may be off


def units_make_the_whole(case: Case) -> Iterator[Finding]:
    """R17: 「图书馆在编14人、文化馆在编17人、博物馆在编11人、机关在编25人」, 67 in all, where 66 are in post."""
    told = [p for p in told_people(case) if p.side == PEOPLE and _UNIT.search(p.name)]
    if len(told) < _LEAST or not (whole := whole_of_staff(case)):
        return
    people = whole[0][1]
    for sentence, group in itertools.groupby(told, key=lambda p: p.quantity.sentence):
        units = list(group)
        total = sum((p.quantity.number for p in units), Decimal(0))
        others = {q.number for q in case.by_sentence.get(sentence, ())} - {p.quantity.number for p in units}
        if len(units) < _LEAST or len({p.name for p in units}) < len(units) or others & {total, people}:
            continue
        if total != people and abs(total - people) <= people / _LITTLE and not _SOME.search(case.text(sentence)):
            span = Span(units[0].span.start, units[-1].span.end)
            message = f"各单位在编人数合计{total}人，另一处在编{people}人，相差{abs(total - people)}人"
            yield case.finding("R17", span, message, stated=str(total), recomputed=str(people))


_LEAST, _LITTLE = 3, 20  # units of a list; the part of the people by which their sum may be off
_UNIT = pattern("(?:本级|机关|大队|中队|支队|中心|馆|局|院|站|所|林场)$")
_SOME = pattern("等|其中|合计|共计|以及其他")
_AT_MOST = r"占(?:比|全部人员|用工总数|总人数)[^,。;\d]{0,8}(?:低于|小于|不超过|未超过|控制在|不到)\s?"
_MAY_TELL = pattern(_AT_MOST)
_SHARE = pattern(
    r"(?P<who>[\u4e00-\u9fff]{0,10}?)(?P<n>\d+)\s?[人名],?(?P<told>" + _AT_MOST + r"(?P<most>\d+(?:\.\d+)?)\s?%)"
)


def hired_within_their_share(case: Case) -> Iterator[Finding]:
    """R17: 「编外人员42人，占比低于30%」, where 79 are in post, and the 42 are 34.71 % of all."""
    if not _MAY_TELL.search(case.flat) or not (whole := whole_of_staff(case)):
        return
    hired = load_staff_words().hired
    for match in _SHARE.finditer(case.flat):
        number, people = Decimal(match["n"]), whole[0][1]
        if not hired.search(match["who"]) or not people:
            continue
        share = number / (number + people) * 100
        if share > Decimal(match["most"]):
            message = f"编外{number}人与在编{people}人合计{number + people}人，编外占{share:.2f}%，超过{match['most']}%"
            span = Span(match.start("n"), match.end())
            yield case.finding("R17", span, message, stated=match["told"], recomputed=f"{share:.2f}%")


_LIMIT = pattern(r"(?:控制数|核定数|限额|限员|员额|名额|额度|核定|批准|批复)[\u4e00-\u9fff]{0,4}$")
_NO_HIRED = pattern(r"新|增|招|拟|计划|上年|去年|退|离职|清退|减少|平均|其中|月均|各")


def hired_over_their_limit(case: Case) -> Iterator[Finding]:
    """R17: 「核准编外用工控制数12名，实有编外人员15人」: more hired people than were allowed, whatever the established posts."""
    words = load_staff_words().hired
    told = [q for q in case.found.quantities if q.unit in _COUNTED_IN and q.year == case.year and words.search(q.name)]
    limits = [q for q in told if _LIMIT.search(q.name)] or [q for p in told if (q := _limit_behind(case, p))]
    if len({q.number for q in limits}) != 1:
        return
    limit = limits[0]
    for people in told:
        apart = of_several(case, people) or people in limits or people.about == "目标" or _NO_HIRED.search(people.name)
        if not apart and people.number > limit.number and not _GRANTED.search(case.text(people.sentence)):
            if (inside := _within_elsewhere(case, limit, people)) is not None:
                message = f"编外人员这里是{people.value}人，另一处是{inside.value}人，核定{limit.value}名"
                also = (inside.span,)
                yield case.finding("R08", people.span, message, stated=people.value, recomputed=inside.value, also=also)
                return
            message = f"编外人员{people.value}人，超过核定的{limit.value}名"
            yield case.finding(
                "R17", people.span, message, stated=people.value, recomputed=limit.value, also=(limit.span,)
            )
            return


def _within_elsewhere(case: Case, limit: Quantity, people: Quantity) -> Quantity | None:
    """The fewer people than allowed that are told in post right behind their limit, so that the other number is R08's: 「核定员额90人，年末在岗86人」."""
    behind = [q for q in case.by_sentence.get(limit.sentence, ()) if q.span > limit.span and q.unit in _COUNTED_IN]
    told = behind[0] if behind and people not in behind else None
    return told if told is not None and told.number <= limit.number and _THERE.search(told.name) else None


_THERE = pattern("在岗|实有|现有|在册|实际|到岗")


def _limit_behind(case: Case, hired: Quantity) -> Quantity | None:
    """The number right behind hired people that they are held to: 「编外聘用人员28人，县人社局核定控制数20名」."""
    behind = [q for q in case.by_sentence.get(hired.sentence, ()) if q.span > hired.span and q.unit in _COUNTED_IN]
    return behind[0] if behind and re.search(r"控制数$|限额$|限员$", behind[0].name) else None


_OF_ONE_UNIT = pattern(
    r"(?P<unit>[\u4e00-\u9fff]{2,14}?)(?:核定)?(?:行政|事业)?编制(?P<posts>\d+)[名人][、,;]?(?:年末)?(?:实有|现有|在编|在职)(?:在编|在职)?(?:人员)?(?P<people>\d+)[名人]"
)
_GRANTED = pattern("(?<![未无有不])超编|借调|划转|转隶|安置|批准|消化")
_LEADERS = pattern(
    r"领导职数(?:为|共)?(?P<posts>\d+)[名个人][^。;\d]{0,8}?(?:实配|实有|配备|现有|在职|在岗)[^。;\d]{0,6}(?P<people>\d+)[名人](?!以上)"
)


def leaders_over_their_posts(case: Case) -> Iterator[Finding]:
    """R17: 「核定领导职数4名，实配5名」."""
    for match in _LEADERS.finditer(case.flat) if "领导职数" in case.flat else ():
        if int(match["people"]) > int(match["posts"]) and not _GRANTED.search(case.text(case.sentence(match.start()))):
            message = f"领导职数{match['posts']}名，实配{match['people']}人，超过职数"
            span = Span(match.start(), match.end())
            yield case.finding("R17", span, message, stated=match["people"], recomputed=match["posts"])


def units_over_their_posts(case: Case) -> Iterator[Finding]:
    """R17: 「局机关核定编制26名、实有29名，疾控中心核定编制60名、实有55名」: one unit is over its posts, though all together are not."""
    for start, text in full_sentences(case) if "编制" in case.flat else ():
        told = list(_OF_ONE_UNIT.finditer(text)) if text.count("编制") > 1 else []
        if len(told) < _UNITS or len({match["unit"] for match in told}) < len(told) or _GRANTED.search(text):
            continue
        for match in told:
            if int(match["people"]) > int(match["posts"]) and not _WHOLE.search(match["unit"]):
                span = Span(start + match.start(), start + match.end())
                message = f"{match['unit'].lstrip('、,')}编制{match['posts']}名，实有{match['people']}人，超过编制"
                yield case.finding("R17", span, message, stated=match["people"], recomputed=match["posts"])
                return


@once
def full_sentences(case: Case) -> tuple[tuple[int, str], ...]:
    """Where each sentence of running text begins, and its words up to the full stop: units are listed between semicolons."""
    return tuple(
        (paragraph.start + match.start(), match[0])
        for paragraph in case.found.paragraphs
        if not case.in_table(paragraph.start)
        for match in re.finditer("[^。]+", case.text(paragraph))
    )


_UNITS = 2  # in a list
_WHOLE = pattern("^(?:其中|核定|共)")
