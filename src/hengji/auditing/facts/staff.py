"""R17: staff against posts."""

import itertools
import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from hengji.auditing.case import Case
from hengji.auditing.facts.control_rates import is_control, written_upside_down
from hengji.auditing.facts.posts import each_within, wholes_of_lists
from hengji.auditing.facts.widened import posts_with_hired
from hengji.auditing.numbers import number, ratio_fits
from hengji.model.extraction import Quantity, Span
from hengji.model.finding import Finding, Severity
from hengji.model.patterns import pattern

_TWO = 2


def _hired_in_post(case: Case, quantities: list[Quantity]) -> Iterator[Finding]:
    """「在职人员29人（其中在编22人、聘用7人）」: hired people are counted among those in post."""
    yield from _hired_in_list(case, quantities)
    for index, whole in enumerate(quantities[:-_TWO]):
        if "在职" not in whole.name:
            continue
        parts = quantities[index + 1 : index + 1 + _TWO]
        items = {part.item for part in parts}
        if items == {"在编人数", "编外人数"} and whole.number == sum(p.number for p in parts):
            hired = next(part for part in parts if part.item == "编外人数")
            yield case.finding(
                "R17",
                Span(whole.span.start, parts[-1].span.end),
                f"在职{whole.value}人里有编外{hired.value}人，编外人员不计入在职人员控制率",
                stated=whole.value,
                recomputed=number(Fraction(whole.number) - Fraction(hired.number)),
            )


_IN_POST = pattern(r"在编|在职|在岗|财政供养")
_OF_ALL = pattern(r"实有|总人数|用工|全部|职工")
_HIRED_WORDS = (
    "劳务派遣|编外|聘用|临聘|外聘|临时工|合同制|政府购买服务|购买服务|公益性岗位|公益岗|协管员|协管人员|辅警|外包"
)
_HIRED = pattern(_HIRED_WORDS)


def hired_subject(case: Case, people: Quantity) -> bool:
    """Whether the clauses that a number of people stands in speak of hired ones alone: 「辅警核定员额160名，年末在岗152人」."""
    start = max(case.flat.rfind(mark, 0, people.span.start) for mark in ";。\n") + 1
    opened = _SUBJECT.match(case.flat, start, people.span.start)
    return opened is not None and not _OF_THE_POSTS.search(case.flat, opened.end(), people.span.start)


_SUBJECT = pattern(
    rf"\s?(?:\d{{1,2}}[.、]|\([^()]{{1,3}}\))?\s?(?:另有|另外|此外|现有|[全本我][县局队院校馆区市])?[,]?[\u4e00-\u9fff]{{0,4}}(?:{_HIRED_WORDS})"
)
_OF_THE_POSTS = pattern("在编|编制(?!外)|公务员|行政|事业人员|民警|干部")


def _hired_in_list(case: Case, quantities: list[Quantity]) -> Iterator[Finding]:
    """「在编在岗57人，其中公务员20人、事业人员28人、劳务派遣人员9人」: parts that make the whole, hired people among them."""
    people = [q for q in quantities if q.unit in ("人", "名") and q.about != "目标"]
    for index, whole in enumerate(people[:-_TWO]):
        if hired_subject(case, whole):
            continue
        if not _IN_POST.search(whole.name) or (_OF_ALL.search(whole.name) and "财政供养" not in whole.name):
            continue
        total, parts = Fraction(0), []
        for part in people[index + 1 :]:
            total += Fraction(part.number)
            parts.append(part)
            if total >= whole.number:
                break
        hired = next((part for part in parts if _HIRED.search(part.name)), None)
        if (
            total != whole.number
            or len(parts) < _TWO
            or hired is None
            or (len(parts) == _TWO and hired.item == "编外人数" and "在职" in whole.name)
        ):
            continue
        yield case.finding(
            "R17",
            Span(whole.span.start, parts[-1].span.end),
            f"“{whole.name}”{whole.value}人里有“{hired.name}”{hired.value}人，编外人员不计入在编人数和控制率",
            stated=whole.value,
            recomputed=number(Fraction(whole.number) - Fraction(hired.number)),
        )
        return


def _posts_of(case: Case, people: Quantity, quota: Sequence[Quantity]) -> Quantity | None:
    """The posts that a number of people is held to: those told last before it in the same sentence, else the most there are.

    Posts told between the two, of a unit or a kind, are what it may be held to as well.
    """
    beside = [q for q in quota if q.sentence == people.sentence and q.span.start < people.span.start]
    if not beside:
        return max(quota, key=lambda q: q.number, default=None)
    own = case.by_sentence.get(people.sentence, ())
    nearer = [
        q
        for before, q in itertools.pairwise(own)
        if beside[-1].span < q.span < people.span
        and q.unit == beside[-1].unit
        and re.search("编制|核定", case.flat[before.span.end : q.span.start])
    ]
    return max((beside[-1], *nearer), key=lambda q: q.number)


def _hired_added(case: Case, quantities: Sequence[Quantity]) -> Iterator[Finding]:
    """「在职人员148人加派遣协管员86人，共234人，控制率为94.87%」: hired people added to those in post where a control rate is told."""
    people = [q for q in quantities if q.unit in ("人", "名") and q.about != "目标"]
    if not any(q.unit == "%" and "控制率" in case.flat[q.sentence.start : q.span.start] for q in quantities):
        return
    triples = list(zip(people, people[1:], people[2:], strict=False))
    for inside, hired, whole in (*triples, *((b, c, a) for a, b, c in triples)):
        made = inside.number + hired.number == whole.number
        behind = (
            whole.span < inside.span
        )  # 「实有192人（在编178人、合同制14人），控制率103.23%」 reckons with the whole
        reckoned = not behind or _reckoned(case, quantities, whole)
        if made and reckoned and _IN_POST.search(inside.name) and (_HIRED.search(hired.name) or "派遣" in hired.name):
            message = f"在职{inside.value}人与编外{hired.value}人合计{whole.value}人计算，编外人员不计入在职人员控制率"
            first, last = min(inside.span, whole.span), max(hired.span, whole.span)
            span = Span(first.start, last.end)
            yield case.finding("R17", span, message, stated=whole.value, recomputed=inside.value)
            return


def _reckoned(case: Case, quantities: Sequence[Quantity], whole: Quantity) -> bool:
    """Whether a control rate of the sentence is the one of a number of people over the posts."""
    posts = {Fraction(q.number) for q in case.quantities("编制数") if q.number}
    rates = (q for q in quantities if q.unit == "%" and "." in q.value and whole.span < q.span)
    return any(ratio_fits(rate, Fraction(whole.number), each) for rate in rates for each in posts)


_WITHIN = pattern(
    rf"(?:在编|在职|在岗)(?:在岗)?(?:人员|人数)?\s?(?P<n>\d+)\s?[人名](?:中|,)?[(]?(?:其中)?(?:含|包括|包含)(?P<who>[^。;,)\d]{{0,10}}(?:{_HIRED_WORDS})[^。;,)\d]{{0,6}})(?P<m>\d+)\s?[人名][^。;]{{0,40}}控制率"
)


def _hired_within(case: Case) -> Iterator[Finding]:
    """「在职人员36人中含劳务派遣4人，控制率90.00%」."""
    for match in _WITHIN.finditer(case.flat) if "控制率" in case.flat else ():
        message = f"在职{match['n']}人里含编外{match['m']}人，编外人员不计入在职人员控制率"
        span = Span(match.start(), match.end())
        yield case.finding("R17", span, message, stated=match["n"], recomputed=str(int(match["n"]) - int(match["m"])))


_OF_KIND = pattern(r"(?P<kind>行政|事业|工勤)(?:编制|人员|在编|在职|岗位)*(?:人数|数)?(?:为|共)?\s?(?P<n>\d+)\s?[名人]")


def _kinds_over_quota(case: Case) -> Iterator[Finding]:
    """More people of a kind than posts of it: 「编制68名，其中行政22名、事业46名；年末在编62人，其中行政24人、事业38人」."""
    if "编制" not in case.flat:
        return
    for paragraph in case.found.paragraphs:
        text = case.text(paragraph)
        if "编制" not in text or not ("行政" in text or "事业" in text):
            continue
        posts: dict[str, list[int]] = {}
        people: dict[str, list[re.Match[str]]] = {}
        for match in _OF_KIND.finditer(text):
            side = _SIDE.findall(match[0]) or _SIDE.findall(text[: match.start()])
            if side and side[-1] == "编制":
                posts.setdefault(match["kind"], []).append(int(match["n"]))
            elif side:
                people.setdefault(match["kind"], []).append(match)
        for kind, told in people.items():
            allowed, counted = sum(posts.get(kind, ())), sum(int(match["n"]) for match in told)
            paired = len(told) == len(posts.get(kind, ()))  # 参公事业 and 其他事业 may be told apart
            if allowed and (counted if paired else max(int(match["n"]) for match in told)) > allowed:
                span = Span(paragraph.start + told[0].start(), paragraph.start + told[-1].end())
                message = f"实有{kind}人员{counted}人，超过{kind}编制{allowed}名"
                if posts_with_hired(case) is not None:
                    return  # told of the sentence that counts others as posts
                if (claim := each_within(case)) is not None:
                    span, message = claim, message + f"，却写“{case.found.text(claim)}”"
                yield case.finding("R17", span, message, stated=str(counted), recomputed=str(allowed))
                return


_SIDE = pattern(r"编制(?!人员)|实有|现有|在职|在编|在岗|实际|人员")


def _workers_left_out(case: Case, quota: Sequence[Quantity]) -> Iterator[Finding]:
    """A control rate of the staff without the 工勤人员 that its own sentence tells beside them: 「62人、工勤人员3人，控制率=62÷68」."""
    for rate in case.told_rates:
        if not _CONTROL.search(rate.name) or rate.year != case.year:
            continue
        beside = [q for q in case.by_sentence.get(rate.sentence, ()) if q.unit in ("人", "名") and q.span < rate.span]
        workers = [q for q in beside if "工勤" in q.name and "编制" not in q.name and q.number]
        others = [q for q in beside if q not in workers and _SERVING.search(q.name)]
        posts = [q for q in quota if q.number]
        if len(workers) != 1 or not others or not posts:
            continue
        known = {Fraction(q.number) for q in others} | {sum((Fraction(q.number) for q in others), Fraction(0))}
        bottom, more = Fraction(posts[-1].number), Fraction(workers[0].number)
        apart = re.search(r"其中|含|包括", case.flat[beside[0].span.end : workers[0].span.start])
        if apart is None and any(ratio_fits(rate, top, bottom) for top in known):
            top = next(top for top in known if ratio_fits(rate, top, bottom))
            if ratio_fits(rate, top + more, bottom):
                continue
            shown = number((top + more) / bottom * 100)
            message = f"控制率{rate.value}%没有计入工勤人员{workers[0].value}人，计入后是{shown}%"
            yield case.finding("R17", rate.span, message, stated=f"{rate.value}%", recomputed=f"{shown}%")


_SERVING = pattern(r"公务员|参公|在编|在职|事业人员|行政人员|干部")


_CONTROL = pattern(r"(?:人员|编制)[\u4e00-\u9fff]{0,2}控制率")


def _rate_upside_down(case: Case, quota: Sequence[Quantity], inside: Sequence[Quantity]) -> Iterator[Finding]:
    """「在职21人与编制19名相比，在职人员控制率90.48%」: posts over people, where it is people over posts."""
    tops = {q.number for q in inside} | {
        q.number
        for q in case.found.quantities
        if q.unit in ("人", "名") and _IN_POST.search(q.name) and not q.name.endswith(("编制", "编制数"))
    }
    bottoms = {q.number for q in quota}
    for rate in case.found.quantities:
        named = _CONTROL.search(rate.name) is not None
        if rate.unit != "%" or rate.number == _FULL or not (named or is_control(case, rate)):
            continue
        beside = {q.number for q in case.by_sentence.get(rate.sentence, ())}
        for top in tops:
            for bottom in bottoms:
                if not top or not bottom or top == bottom or not ratio_fits(rate, Fraction(bottom), Fraction(top)):
                    continue
                if not named and rate.number < _FULL and not {top, bottom} <= beside:
                    continue
                shown = number(Fraction(top) / Fraction(bottom) * 100)
                over = f"，超编{top - bottom}人" if top > bottom else ""
                message = f"写{rate.value}%，是编制{bottom}名 ÷ 在编{top}人，分子分母颠倒；应为{shown}%{over}"
                yield case.finding("R17", rate.span, message, stated=f"{rate.value}%", recomputed=f"{shown}%")
                return


def _posts(case: Case) -> tuple[Quantity, ...]:
    """The posts there are, of whatever kind where only one kind is told."""
    told = case.quantities("编制数")
    named = [
        q
        for q in case.found.quantities
        if q.name.endswith("编制")
        and q.unit in ("人", "名", "个")
        and not _NO_POSTS.search(q.name)
        and not _one_of_several(case, q)
    ]
    return told or (tuple(named) if len({q.number for q in named}) == 1 else ())


def _one_of_several(case: Case, quantity: Quantity) -> bool:
    """Whether other posts are listed beside those of a kind: 「机关行政编制26名，市图书馆14名，……合计70名」."""
    beside = case.by_sentence.get(quantity.sentence, ())
    others = [q for q in beside if q.unit == "名" and q is not quantity]
    return _OF_A_KIND.search(quantity.name) is not None and any(
        not _OF_IT.search(case.flat, *sorted((quantity.span.end, q.span.start))) for q in others
    )


_OF_IT = pattern("其中|含|包括|现有|实有|在编|在职|在岗")


_NO_POSTS = pattern("预算|方法|规划|办法|方案|目标")
_OF_A_KIND = pattern("行政|事业|工勤|参公|机关|政法|专项")


def _in_post(case: Case) -> tuple[Quantity, ...]:
    """The people in post by their name, where no mention is the data item."""
    return tuple(
        q
        for q in case.found.quantities
        if q.unit in ("人", "名")
        and q.year == case.year
        and not q.scope
        and q.about != "目标"
        and _ALL_IN_POST.fullmatch(q.name)
        and not _with_hired(case, q)
    )


def _with_hired(case: Case, people: Quantity) -> bool:
    """Whether a figure is those in post and the hired ones told before it together: 「在编235人，编外聘用64人，在岗合计299人」."""
    before = [q for q in case.by_sentence.get(people.sentence, ()) if q.span < people.span and q.unit == people.unit]
    return any(
        one.number + other.number == people.number and (_HIRED.search(one.name) or _HIRED.search(other.name))
        for one, other in itertools.pairwise(before)
    )


_ALL_IN_POST = pattern(
    r"(?:现有|实有|年末|共有|实际|目前|现)*(?:在编|在职|在岗)(?:在编|在岗)?(?:人员|职工|教职工|干部|干部职工|人数|工作人员)?"
)
_FULL = 100
_LATER = ("存在问题", "相关建议", "问题与建议", "应用公开")  # where too many people are admitted, not explained


_CONTROL_RATE = pattern(
    r"(?:在职人员|在编人员|人员|(?<=[,。;:(]))控制率(?:为|是|达)?\s?(?P<rate>1\d\d(?:\.\d+)?)\s?%[^。\n]{0,16}?(?P<said>(?:没有|未|无|不)超编|控制在编制(?:数)?(?:以)?内|未突破编制|符合(?:编制)?规定)"
)


def _said_within(case: Case) -> Iterator[Finding]:
    """A control rate above 100 % beside the words that nobody is over the posts."""
    for match in _CONTROL_RATE.finditer(case.flat) if "人员控制率" in case.flat else ():
        if Fraction(match["rate"]) > Fraction(100):
            span = Span(match.start(), match.end())
            yield case.finding(
                "R17", span, f"控制率{match['rate']}%已经超编，却写“{match['said']}”", stated=f"{match['rate']}%"
            )
            return


_PAID = pattern(r"工资|统发|实发|发放|财政供养|供养")


def _paid_beyond(case: Case, quota: Sequence[Quantity]) -> Iterator[Finding]:
    """More people paid as established than there are posts: 「核定编制28名；12月工资表发放在编人员29人」."""
    most = max((q.number for q in quota), default=None)
    for people in case.found.quantities if most else ():
        if people.unit not in ("人", "名") or people.year != case.year or people.about == "目标" or people.scope:
            continue
        if not (_PAID.search(people.name) and _IN_POST.search(people.name)) or _HIRED.search(people.name):
            continue
        if most is not None and people.number > most and "退休" not in case.text(people.sentence):
            message = f"按工资发放的在编人员是{people.value}人，超过编制{most}名"
            yield case.finding("R17", people.span, message, stated=people.value, recomputed=str(most))
            return


def _excess_told(case: Case, people: Quantity, posts: Quantity) -> bool:
    """Whether a sentence that tells no control rate says itself who is beyond the posts: 「在职25人（含编制手续正在办理的1人）」."""
    if "控制率" in case.text(people.sentence):
        return False
    behind = (q for q in case.by_sentence.get(people.sentence, ()) if q.span > people.span and q.unit == people.unit)
    return any(
        q.number == people.number - posts.number and _AMONG_THEM.search(case.flat, people.span.end, q.span.start)
        for q in behind
    )


def _excess_scored(case: Case, people: Quantity, posts: Quantity) -> bool:
    """Whether a report says by how many people it is over its posts, and took points off its control rate for it."""
    excess = people.number - posts.number
    admitted = any(match["n"] == str(excess) for match in _OVER_BY.finditer(case.flat))
    return admitted and any(
        _CONTROLLED.search(item.name) and item.points and item.claimed is not None and item.claimed < item.points
        for item in case.found.items
    )


_OVER_BY = pattern(r"(?:超编?|超出?编制|超配)(?:人员|了|数)?(?:为|有|共)?\s?(?P<n>\d{1,4})\s?[人名]")
_CONTROLLED = pattern("(?:人员|编制|在职|在编|供养)[^,]{0,4}控制")
_AMONG_THEM = pattern(r"[(,](?:其中)?[^,。;()\d]{0,4}(?:含|包括|有)[^,。;()]{4,}$")
_ALIKE = 3
_TOLD_OVER = pattern(r"超(?:出)?编制?[^。]{0,40}(?:批准|安置|消化|划转|划入|转隶)|(?:待|逐步|自然)消化[^。]{0,6}超编")
_CLAIMED_WITHIN = pattern(
    r"(?:在编|在职|实有|人员)[^。;,]{0,12}(?:未|没有|无|不)(?:超出?|突破|超过)[^。;,]{0,6}编制?|(?:没有|未|无|不存在)超编[^。;,]{0,6}|控制在(?:核定)?编制(?:数)?(?:以|之)?内"
)


def staff(case: Case) -> Iterator[Finding]:
    """R17: more people in established posts than posts; hired staff counted as established or as the whole quota."""
    quota, inside = _posts(case), case.quantities("在编人数") or _in_post(case)
    named = [
        q for q in case.found.quantities if q.unit in ("人", "名") and q.name.endswith(("总编制", "合计编制", "共编制"))
    ]
    quota = tuple(named) or wholes_of_lists(case, quota) or quota  # of several kinds of posts the whole is what counts
    told = _TOLD_OVER.search(case.flat) if "超编" in case.flat or "超出编制" in case.flat else None
    explained = told is not None and case.chapter_key(told.start()) not in _LATER
    if quota and not inside:
        inside = case.quantities("年末实有人数")
    upside_down = list(_rate_upside_down(case, quota, inside))
    yield from upside_down
    over = [
        (q, quoted)
        for q in inside
        if not hired_subject(case, q)
        and (quoted := _posts_of(case, q, quota))
        and quoted.number < q.number <= quoted.number * _ALIKE  # more are the people of other units too
        and not _excess_told(case, q, quoted)
        and not _excess_scored(case, q, quoted)
    ]
    scored = [each for each in over[1:] if case.item_at(each[0].span.start) is not None]  # and where it was scored
    claim = _CLAIMED_WITHIN.search(case.flat) if over and not upside_down else None
    for people, allowed in [] if explained or upside_down else [*over[:1], *scored[:1]]:
        yield case.finding(
            "R17",
            people.span if claim is None else Span(claim.start(), claim.end()),
            f"在编{people.value}人，超过编制{allowed.value}人" + (f"，却写“{claim[0]}”" if claim is not None else ""),
            stated=people.value,
            recomputed=allowed.value,
        )
    yield from _paid_beyond(case, quota) if not over and not explained and not upside_down else ()
    yield from _said_within(case) if not over and not upside_down else ()
    yield from _kinds_over_quota(case) if not over and not explained else ()
    yield from _workers_left_out(case, quota)
    yield from written_upside_down(case) if not upside_down else ()
    yield from _hired_within(case)
    for sentence, quantities in case.by_sentence.items():
        yield from _hired_in_post(case, quantities)
        yield from _hired_added(case, quantities)
        hired = [q for q in quantities if q.item == "编外人数" and q.year == case.year]
        if not hired:
            continue
        whole = [
            q
            for q in quantities
            if q.unit in ("人", "名")
            and not q.table  # the row of a total is headed by that word, whatever its columns count
            and re.search(r"合计|共", case.flat[max(sentence.start, q.span.start - 4) : q.span.start])
        ]
        supported = [q for q in whole if "财政供养" in q.name and q.number >= hired[0].number]
        if supported:
            yield case.finding(
                "R17",
                hired[0].span,
                f"编外{hired[0].value}人计入财政供养人员{supported[0].value}人，编外人员不属于财政供养",
                stated=supported[0].value,
            )
            return
        posts = case.quantities("编制数") or case.quantities("行政编制数")
        if whole and posts and whole[-1].number == posts[0].number and hired[0].number > 0:
            yield case.finding(
                "R17",
                hired[0].span,
                f"编外{hired[0].value}人计入合计{whole[-1].value}人，恰与编制{posts[0].value}人相同，掩盖了空编；编外人员不应与在编人员合并",
                severity=Severity.INFO,
                stated=whole[-1].value,
                recomputed=number(Fraction(whole[-1].number) - Fraction(hired[0].number)),
            )
            return
