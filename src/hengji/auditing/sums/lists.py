"""R07: lists of parts in running text, whatever counts they are of, against the whole they are told of."""

import itertools
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from hengji.auditing.case import Case
from hengji.auditing.likely import BY_LITTLE
from hengji.auditing.numbers import common_unit, in_unit, number, slack
from hengji.auditing.sums.gaps import (
    are_prices,
    divided_again,
    in_other_units,
    mended,
    moved_to,
    of_another_whole,
    one_of_another,
    taken_off,
    told_gap,
)
from hengji.auditing.sums.listed_under import DIVIDED, ENDED, of_a_list_before, whole_before
from hengji.auditing.sums.told_figures import Told, due_and_done, one_slip, told_passages
from hengji.library.ties import load_ties
from hengji.model.extraction import Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_FEW = 2
_THREE = 3
_CHANCE = 100  # of smaller counts some make another by chance
_BETWEEN = 40  # characters between a whole and its list
# Between two parts: what closes the one, a mark, the name of the other.
_LINK = pattern(
    r"(?P<behind>[^,、;。:%()\d\n]{0,6})(?:\([^()]{0,60}\))?(?:,?占[^,、;。\d]{0,8}[\d.]+%)?(?P<mark>[,、;和及])\s?"
    r"(?P<name>(?:[^,、;。:%()\n]|\([^()]{1,4}\)){0,24})"
)
_OPENED = pattern(
    r"其中|包括|分别|分为|具体|构成|组成|投向|用于|按[^,。;]{1,8}(?:分|划分|看)|[:(]$|[:(][^,。;]{1,16}$|[一二三四]是|来源"
)
_ENUMERATED = {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_COUNTED = pattern(
    r"(?P<n>[两二三四五六七八九])(?:个|大|种)?(?:项|类|方面|季度|部分|领域|环节|方向|用途|渠道|级|科目|板块)"
)
_LAST = pattern(r"^(?:其他|其它|其余|余下|剩余)")
_ALL_TOLD = pattern(r"(?:无|没有|不存在|未有)其[他它余]|[之以]外(?:没有|无)")
_OPEN_END = pattern(r"[^,。;]{0,18}(?:等|其他)|[,;]\s?(?:其余|余下|剩余)(?:的)?[^,。;\d]*[,。;]")
SOME = pattern(r"主要|重点|部分|含|仅|例如|如|较[大多]|最|大头|集中在")
_OTHERWISE = pattern(r"同时|并处|交叉|重复|兼|多选|两种|合并")
_NO_PART = pattern(
    r"^(?:同?比|较|与|目标|任务|[少缺差])|上年|去年|增长|下降|增加|减少|提高|节约|结余|年末|完成率|达到?$|人均|户均|每(?!.*共[^,]{0,4}$)|累计|调整|(?:已|目前)[^,]{0,6}(?:拨付|支付)|收回|追加|[占为]$"
)
_UNCONTENT = pattern(r"不满意|一般|不了解|较差")
_TOTAL = pattern(
    r"(?:合计|共计|总计|总共|累计|(?<!公)共)[\u4e00-\u9fff]{0,8}$|全年(?:完成|支付|支出|拨付|发放|投入|实施|开展|举办|培训|安排|到位)[\u4e00-\u9fff]{0,6}$"
)


def lists_hold(case: Case) -> Iterator[Finding]:
    """Lists that are told as all there is, or whose parts are more than their whole, or that one slip mends."""
    places: set[int] = set()
    for passage in told_passages(case):
        for start, end in _runs(case, passage):
            finding = _of_run(case, passage, start, end)
            if finding is not None and finding.start not in places:
                places.add(finding.start or 0)
                yield finding


_OPENS_PARAGRAPHS = pattern(r"以下|如下|具体|构成|分别|[两二三四五六七八九](?:个|大)?(?:项|类|方面|部分|领域)")
_ITEM = pattern(
    r"\s*(?:\(?(?:[一二三四五六七八九]|\d)\)?[、.)]|[一二三四五六七八九]是|\((?:[一二三四五六七八九]|\d)\))"
)
_FIRST = 30  # characters of an item's paragraph, its name, in which its amount begins
_MOST_ITEMS = 9


def items_make_whole(case: Case) -> Iterator[Finding]:
    """R07: parts told in paragraphs of their own under the whole that opens them: 「用于以下三项。1.…支出2,380.00万元…2.…」."""
    passages = {case.paragraph(told[0].quantity.span.start): told for told in told_passages(case)}
    paragraphs = case.found.paragraphs
    for index, place in enumerate(paragraphs[:-_FEW]):
        told = passages.get(place)
        if told is None:
            continue
        whole = told[-1]
        tail = case.flat[whole.quantity.span.end : place.end]
        opens = len(tail) <= _BETWEEN and _OPENS_PARAGRAPHS.search(tail) is not None and not SOME.search(tail)
        if not opens or whole.kind != "money" or whole.quantity.about == "目标":
            continue
        parts: list[Told] = []
        for following in paragraphs[index + 1 : index + 1 + _MOST_ITEMS]:
            part = _first_of(passages.get(following, ()), following, whole)
            if part is None:
                break
            parts.append(part)
            if not _ITEM.match(case.flat, following.start) and not case.text(following).rstrip().endswith(";"):
                break
        counted = is_counted(tail, parts)
        total = sum((part.value for part in parts), Decimal(0))
        gap = abs(total - whole.value)
        closed = len(parts) > _FEW and _LAST.match(parts[-1].lead) is not None
        if len(parts) < _FEW or not gap or gap * 4 > whole.value or _some_fit(whole, parts):
            continue
        meant = counted or closed or one_slip(whole, parts, total)
        if meant and not _explained(case, whole, parts, total):
            yield _finding(case, whole, parts, total)


def _first_of(told: Sequence[Told], place: Span, whole: Told) -> Told | None:
    """The amount that an item's paragraph begins with, of the unit of the whole."""
    first = next(iter(told), None)
    if first is None or first.quantity.unit != whole.quantity.unit:
        return None
    return first if first.quantity.span.start - place.start <= _FIRST else None


def _runs(case: Case, passage: Sequence[Told]) -> Iterator[tuple[int, int]]:
    """From where to where figures of one kind stand in a row, only a name and a mark between them."""
    start, marks = 0, ""
    for index in range(1, len(passage) + 1):
        link = _link(case, passage[index - 1], passage[index]) if index < len(passage) else None
        mark = link["mark"] if link is not None else ""
        if (
            mark == "、" and marks and set(marks) == {","}
        ):  # 「盘点1,246件，在用1,190件、闲置46件」: the list begins here
            if index - 1 - start >= _FEW:
                yield start, index - 1
            start, marks = index - 1, ""
        # a weaker mark than those before ends a list: 「行政22名、事业42名，年末在职62人」
        summed = index - start > _FEW and _sums_up(case, passage, index - 1)
        ends = (
            link is None or summed or (marks and mark in _WEAKER.get(marks[-1], "") and not _LAST.match(link["name"]))
        )
        if not ends:
            marks += mark
            continue
        if index - start >= _FEW:
            yield start, index
        start, marks = index, ""


_WEAKER = {"、": ",;", ",": ";", "和": ",;", "及": ",;"}


def _link(case: Case, one: Told, other: Told) -> re.Match[str] | None:
    if one.kind != other.kind or one.quantity.unit != other.quantity.unit:
        return None
    if other.quantity.span.start - one.quantity.span.end > _BETWEEN * 2:
        return None
    match = _LINK.fullmatch(case.flat, one.quantity.span.end, other.quantity.span.start)
    return match if match is not None and "其中" not in match["name"] else None


def _of_run(case: Case, passage: Sequence[Told], start: int, end: int) -> Finding | None:
    """The finding of one row of figures: under a whole before it, under its own first figure, or with its sum behind it."""
    readings: list[tuple[Told, Sequence[Told]]] = []
    if _sums_up(case, passage, end):
        readings.append((passage[end], _summands(passage[start:end], passage[end])))
    elif end - start > _FEW and _sums_up(case, passage, end - 1):
        readings.append((passage[end - 1], _summands(passage[start : end - 1], passage[end - 1])))
    else:
        whole = whole_before(case, passage, start)
        if whole is not None:
            readings.append((whole, passage[start:end]))
        elif end - start > _FEW and not _opened_before(case, passage[start]) and not _beside(case, passage, start):
            readings.append((passage[start], passage[start + 1 : end]))
    if any(_some_fit(whole, parts) or _told_again(whole, parts) for whole, parts in readings):
        return None
    for whole, parts in readings:
        finding = _held(case, whole, parts)
        if finding is not None and not of_a_list_before(case, passage, start, whole):
            return finding
    return None


def _told_again(whole: Told, parts: Sequence[Told]) -> bool:
    """Whether the last of two parts is all of the whole: 「隐患26处，其中重大2处，整改26处」."""
    return len(parts) == _FEW and parts[-1].value == whole.value != parts[0].value


_OPENS = pattern(
    r"(?:包括|包含|构成|组成|具体[为是]|分别[为是]|用于|有|如下|投向|来源[为是]?|[为是]|按[^,。;:]{1,8}分(?:为|类)?):"
)


def _opened_before(case: Case, first: Told) -> bool:
    """Whether a list is opened before its first figure, which is then a part as the others: 「项目支出主要包括：甲462.38万元，乙…」."""
    sentence = case.sentence(first.quantity.span.start)
    return _OPENS.search(case.flat, sentence.start, first.quantity.span.start) is not None


def _beside(case: Case, passage: Sequence[Told], start: int) -> bool:
    """Whether the first of a row is one of its parts, by the mark behind it: 「共设数量指标9个、质量指标4个、时效指标3个」."""
    first, second = passage[start], passage[start + 1]
    link = _link(case, first, second)
    kindred = first.lead[-_FEW:] == second.lead[-_FEW:]
    return link is not None and link["mark"] == "、" and (kindred or not _TOTAL.search(first.lead))


def _sums_up(case: Case, passage: Sequence[Told], index: int) -> bool:
    """Whether a figure is told as the sum of those before it in its sentence."""
    if not 0 < index < len(passage):
        return False
    one, other = passage[index - 1], passage[index]
    between = case.flat[one.quantity.span.end : other.quantity.span.start]
    if _WITH_MORE.search(other.lead):
        return False
    if not _TOTAL.search(other.lead) and not (_ALL_PEOPLE.fullmatch(other.lead) and _of_people(passage, index)):
        return False
    return one.kind == other.kind and len(between) <= _BETWEEN and not re.search("[。;]", between)


# What is summed up with something that has no figure: 「事业单位2个、执法机构1个，与局本级合计4个」.
_WITH_MORE = pattern(r"(?:连同|加上?|[与和同含及])[^\d,。;]{2,12}?(?:合计|共计|总计|共)")


def _of_people(passage: Sequence[Told], index: int) -> bool:
    """Whether the figures before one of all people in post tell people too, each fewer, and no posts: 「公务员23人，事业人员92人，实有在职118人」."""
    unit, value = passage[index].quantity.unit, passage[index].value
    listed = list(
        itertools.takewhile(lambda t: t.quantity.unit == unit, reversed(passage[max(0, index - _MOST) : index]))
    )
    return len(listed) >= _FEW and not any(_POSTS.search(t.lead) or t.value >= value for t in listed)


_MOST = 6
_ALL_PEOPLE = pattern(
    r"(?:年末|现|共)?(?:实有|现有|在职|在编|在岗)(?:在职|在编|在岗)?(?:人员|职工|干部职工|人数|教职工)?(?:总数|总人数)?"
)
_POSTS = pattern(r"编制(?!人员)|核定|职数|控制数|年初|上年|退休|离休|编外|聘用|新增|招录|调[入出]|党员|女")


def _summands(listed: Sequence[Told], total: Told) -> Sequence[Told]:
    """The figures before a sum without those that open the list and are no part of it: a budget, the whole told twice."""
    return list(itertools.dropwhile(lambda each: each.value >= total.value, listed))


def _some_fit(whole: Told, parts: Sequence[Told]) -> bool:
    """Whether the parts make their whole, all of them, the first few, or all but one."""
    total = Decimal(0)
    for part in parts:
        total += part.value
        if total == whole.value:
            return True
    if total - whole.value in divided_again([part.value for part in parts]):
        return True
    sure = whole.value < _CHANCE or load_ties().complete("".join(part.lead for part in parts))
    return not sure and len(parts) > _FEW and any(total - part.value == whole.value for part in parts)


def _held(case: Case, whole: Told, listed: Sequence[Told]) -> Finding | None:
    parts = list(itertools.takewhile(lambda part: not _NO_PART.search(part.lead), listed))
    if len(parts) < _FEW or due_and_done(parts) or any(part.quantity.year != whole.quantity.year for part in parts):
        return None
    if "在" in whole.quantity.name and any("编制" in part.lead.replace("编制人员", "") for part in parts):
        return None  # posts are no parts of the people in them
    if whole.quantity.about == "目标" or (len(parts) < len(listed) and whole.quantity.span > parts[-1].quantity.span):
        return None
    total = sum((part.value for part in parts), Decimal(0))
    gap = abs(total - whole.value)
    unit = common_unit((whole.quantity,))
    loose = sum((slack(each.quantity, unit) for each in (whole, *parts)), Fraction(0))
    if Fraction(gap) <= loose or not whole.value:
        return None
    if not _told_as_list(case, whole, parts, total) or _explained(case, whole, parts, total):
        return None
    likely = Fraction(gap) <= Fraction(max(total, whole.value)) * BY_LITTLE or one_slip(whole, parts, total)
    return _finding(case, whole, parts, total) if likely and not _made_in_turn(case, whole) else None


def _made_in_turn(case: Case, whole: Told) -> bool:
    """Whether every second or third figure before a total makes it: 「编制12名、实有11名；编制28名、实有25名，合计40名、36名」."""
    place, end = case.paragraph(whole.quantity.span.start).start, whole.quantity.span.start
    own = (q for q in case.found.quantities if place <= q.span.start < end and not q.table)
    before = [q.number for q in own if q.unit == whole.quantity.unit][-_MOST:]
    return any(
        sum(before[start::step], Decimal(0)) == whole.quantity.number
        for step in (_FEW, _THREE)
        for start in range(len(before) - step)
    )


def _finding(case: Case, whole: Told, parts: Sequence[Told], total: Decimal) -> Finding:
    unit = common_unit((whole.quantity,))
    added = " + ".join(number(part.value, 6) for part in parts)
    stated, right, gap = (number(value, 6) for value in (whole.value, total, abs(total - whole.value)))
    message = f"{whole.quantity.name or '合计'}写{stated}{unit}，各部分之和是{added} = {right}{unit}，相差{gap}{unit}"
    first, last = parts[0].quantity, parts[-1].quantity
    broken = "\n" in case.flat[whole.quantity.span.end : first.span.start]
    span = Span(first.span.start - len(parts[0].lead), last.span.end) if broken else whole.quantity.span
    return case.finding("R07", span, message, stated=stated, recomputed=right)


_GOES_ON = pattern(r"[^\n]*\n\s?(?:其中|\()")  # the paragraphs that ``told_passages`` reads on


def _told_as_list(case: Case, whole: Told, parts: Sequence[Told], total: Decimal) -> bool:
    """Whether a list is told as all there is of its whole, or stands for it and is one slip off."""
    first, last = parts[0].quantity, parts[-1].quantity
    before = whole.quantity.span.end <= first.span.start
    between = case.flat[whole.quantity.span.end : first.span.start] if before else ""
    if len(between) > _BETWEEN or ("\n" in between and not _GOES_ON.match(between)):
        return False
    behind = case.flat[last.span.end : last.span.end + _BETWEEN]
    leads = "".join(part.lead for part in parts)
    summed = not before
    of_the_year = load_ties().periods(leads)
    complete = of_the_year or load_ties().complete(leads) or _ALL_TOLD.search(behind) is not None
    complete = complete or DIVIDED.search(between) is not None
    closed = _LAST.match(parts[-1].lead) is not None
    counted = is_counted(whole.lead if summed else between, parts)
    again = before and _repeated(case, whole)
    opened = summed or again or _OPENED.search(between) is not None
    plain = len(parts) >= _THREE and _enumerated(case, parts)
    if not (opened or of_the_year or closed or counted or plain):
        return False
    gap = abs(total - whole.value)
    if "满意" in leads and not _UNCONTENT.search(leads):
        return False  # only those who were content are listed
    crossing = (load_ties().crossing.search(leads) is not None and not _in_bands(parts)) or _OTHERWISE.search(
        between + behind
    ) is not None
    near = gap * (4 if whole.kind == "money" else 10) <= whole.value
    mended_by_one = near and one_slip(whole, parts, total)
    if total > whole.value:
        people = whole.quantity.unit in ("人", "名")
        sure = complete or closed or counted or mended_by_one or (len(parts) >= _THREE and not people)
        return sure and (closed or not crossing) and gap * _FEW <= whole.value
    if _OPEN_END.match(behind) or SOME.search(between) or (crossing and not complete):
        return False
    return (complete or closed or counted or mended_by_one) and gap * 4 <= whole.value


def _repeated(case: Case, whole: Told) -> bool:
    """Whether a whole is told again to open its list: 「年末在职74人。74人中，……」."""
    at = whole.quantity.span
    behind = case.flat[at.end : at.end + _SAID_AGAIN]
    if "中," not in behind and "中:" not in behind:
        return False
    shown = re.escape(case.text(at))
    unit = re.escape(whole.quantity.unit)
    return (
        re.match(rf"{shown}\s?(?:{unit})?[\u4e00-\u9fff]{{0,4}}中[,:]", case.flat[at.start : at.end + _SAID_AGAIN])
        is not None
        and re.search(
            rf"{shown}\s?(?:{unit})?[^。;\d]{{0,6}}[。;,]\s?$", case.flat[max(0, at.start - _SAID_AGAIN) : at.start]
        )
        is not None
    )


_SAID_AGAIN = 16  # characters round a figure that is told twice in a row


def _in_bands(parts: Sequence[Told]) -> bool:
    """Whether parts are told by bounds, from the lowest to the highest: 「50岁以下126名、50岁以上192名」."""
    bounds = [_BAND.search(part.lead) for part in parts]
    return all(bounds) and {"上", "下"} <= {match["way"] for match in bounds if match is not None}


_BAND = pattern(r"\d[\u4e00-\u9fff]{0,3}(?:\(含\)|及)?(?:以(?P<way>[上下])|以?内|[至到~\-—]\d)")


def is_counted(words: str, parts: Sequence[Told]) -> bool:
    """Whether words say of how many parts a whole is made, and so many are told: 「以上六类合计」."""
    match = _COUNTED.search(words)
    return match is not None and _ENUMERATED[match["n"]] == len(parts)


def _enumerated(case: Case, parts: Sequence[Told]) -> bool:
    """Whether only 「、」 stands between parts."""
    return all(case.flat.startswith("、", one.quantity.span.end) for one in parts[:-1])


def _explained(case: Case, whole: Told, parts: Sequence[Told], total: Decimal) -> bool:
    """Whether the text tells the difference, or a part right elsewhere."""
    unit = common_unit((whole.quantity,))
    quantities = [part.quantity for part in parts]
    closed = _LAST.match(parts[-1].lead) is not None
    if total < whole.value and whole.kind != "money" and _told_elsewhere(case, whole, total):
        return True
    rest = Fraction(whole.value - total)
    if of_another_whole(case, whole.quantity, quantities) or in_other_units(case, whole.quantity, quantities, rest):
        return True
    if are_prices(case, (whole.quantity, *quantities)):
        return True
    if any(part.value > whole.value for part in parts) and not one_slip(whole, parts, total):
        return True  # no part of it
    ended = ENDED.search(case.flat, whole.quantity.span.end, parts[0].quantity.span.start)
    if ended and whole.kind == "money" and Fraction(total) in case.amounts:
        return True  # a sentence of its own, of a whole told elsewhere
    if _moved(case, whole, parts) or one_of_another(case, quantities):
        return True
    if taken_off(case, in_unit(whole.quantity, unit), quantities, unit):
        return True
    sure = is_counted(whole.lead, parts) or load_ties().complete("".join(part.lead for part in parts))
    since = whole.quantity.span.start if _repeated(case, whole) else 0
    if rest > 0 and not closed and told_gap(case, (whole.quantity, *quantities), rest, unit, near_by=sure, since=since):
        return True
    return mended(case, Fraction(whole.value), quantities, unit)


def _moved(case: Case, whole: Told, parts: Sequence[Told]) -> bool:
    """Whether the parts are steps that lead to their whole or to another figure told before them: 「原值…，在用…。年初…，加…，减…」."""
    steps = [Fraction(part.value) for part in parts]
    first, unit = parts[0].quantity.span.start, common_unit((whole.quantity,))
    place = case.paragraph(first).start
    before = [q for q in case.found.quantities if place <= q.span.start < first and q.unit == whole.quantity.unit]
    return any(moved_to(stated, steps) for stated in (Fraction(whole.value), *(in_unit(q, unit) for q in before)))


def _told_elsewhere(case: Case, whole: Told, total: Decimal) -> bool:
    """Whether the parts make another count of the same things that is told: 「处理348件」, of which 341 were closed."""
    return any(
        each.value == total and each.quantity.unit == whole.quantity.unit
        for passage in told_passages(case)
        for each in passage
    )
