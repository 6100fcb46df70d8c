"""R07: rests, differences and balances that the text tells itself: 「预算7,000万元，支出6,860万元，结余160万元」."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from hengji.auditing.case import Case
from hengji.auditing.ledger import PLANNED
from hengji.auditing.likely import BY_LITTLE, sum_mistaken, unlike
from hengji.auditing.numbers import common_unit, exact, number, places, slack
from hengji.auditing.slips import digits_of
from hengji.auditing.sums.told_figures import Told, slipped, told_passages
from hengji.library.ties import load_ties
from hengji.model.extraction import Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_LEAD = 32  # characters before a figure that say what it is
_CLAUSE = pattern(r"[,;、。:()\n]")
_TELLING = 3  # digits from which one slip is no chance
_THREE = 3
_FEW = 2
_FAR = 5  # a balance that misses by more than one in so many was meant of other figures
_BACK = 10  # figures before one in its paragraph that it may be reckoned from


def balances_hold(case: Case) -> Iterator[Finding]:
    """Rests, differences and balances that their own sentence or paragraph does not make."""
    places: set[int] = set()
    for passage in told_passages(case):
        if len(passage) < _THREE:
            continue
        found = (f for f in (*_differences(case, passage), *_chains(case, passage)) if not unlike(f, BY_LITTLE))
        for finding in (*found, *_rests(case, passage)):
            if finding.start not in places:
                places.add(finding.start or 0)
                yield finding


def _finding(case: Case, told: Told, made: Decimal, worked: str) -> Finding:
    unit = common_unit((told.quantity,))
    right = number(made, 6)
    message = f"这里写{told.shown}，{worked} = {right}{unit}，相差{number(abs(made - told.value), 6)}{unit}"
    return case.finding("R07", told.quantity.span, message, stated=told.quantity.value, recomputed=right)


# Differences: 「预算26.00万元，支出22.10万元，节约4.90万元」, 「比上年的23.60万元减少2.50万元」


def _differences(case: Case, passage: Sequence[Told]) -> Iterator[Finding]:
    words = load_ties().balances
    for index, told in enumerate(passage):
        if index < _FEW or not words.gap.fullmatch(told.lead):
            continue
        one, other = passage[index - 2], passage[index - 1]
        same = one.kind == other.kind == told.kind and one.quantity.sentence == told.quantity.sentence
        if not same or not _compare(case, one, other, told):
            continue
        made = abs(one.value - other.value)
        if _agree(told, made, (one, other)) or _made_of_others(passage, index) or not made:
            continue
        if _LESS_SOME.search(case.text(Span(told.quantity.sentence.start, told.quantity.span.end))):
            continue
        if any(each.value == abs(made - told.value) for each in passage if each.kind == told.kind):
            continue  # the paragraph tells what lies between
        more, less = (one, other) if one.value > other.value else (other, one)
        yield _finding(case, told, made, f"{more.shown} − {less.shown}")


_LESS_SOME = pattern(r"剔除|扣除|不含|除去|同口径|可比|折合|其中")
_VERSUS = pattern(r"[,(、]?\s?(?:同比|[比较与])[^,。;()\d]{0,14}(?:20\d\d年?[^,。;()\d]{0,10})?")
_NEXT = pattern(r"[,、(]?\s?[^,。;]{0,14}")
_OF_PLAN = pattern(r"预算|计划|任务|目标|控制价|限价|概算|安排|批复|指标")
_OF_DONE = pattern(r"支出|决算|实际|完成|采购|执行|中标|成交|签|使用|支付")


def _compare(case: Case, one: Told, other: Told, gap: Told) -> bool:
    """Whether a difference is told of the two figures right before it: one against the other, or a plan and what was done."""
    between = case.flat[one.quantity.span.end : other.quantity.span.start]
    behind = case.flat[other.quantity.span.end : gap.quantity.span.start]
    against = load_ties().balances.against.search(gap.lead)
    if _VERSUS.fullmatch(between):
        return against is None and re.match(r"[的]?\s?[^,;。]", behind) is not None
    apart = _NEXT.fullmatch(between) is None and not (_meant_gap(one, other, gap) and not _ENDS.search(between))
    if apart or not behind.startswith((",", "、", "(")):
        return False
    years = one.quantity.year != other.quantity.year
    if against is not None and against["past"]:
        return years
    planned = _OF_PLAN.search(one.lead) or one.quantity.about in ("预算", "目标")
    done = _OF_DONE.search(other.lead) or other.quantity.about == "实际"
    return bool(planned and done and not years)


def _meant_gap(one: Told, other: Told, gap: Told) -> bool:
    """Whether one slip makes a difference that is told what the two figures before it make."""
    meant = slipped(gap.value, abs(one.value - other.value), (one, other, gap))
    return meant and len(digits_of(gap.quantity.value)) >= _TELLING


_ENDS = pattern(r"[。;\n]")


def _agree(told: Told, made: Decimal, of: Sequence[Told]) -> bool:
    """Whether a figure is what others make, within what their rounding leaves open."""
    unit = common_unit((told.quantity,))
    decimals = {len(each.quantity.value.partition(".")[2]) for each in (told, *of)}
    loose: Fraction = (
        sum((slack(each.quantity, unit) for each in (told, *of)), Fraction(0)) if len(decimals) > 1 else Fraction(0)
    )
    return abs(told.value - made) <= loose


def _made_of_others(passage: Sequence[Told], index: int) -> bool:
    """Whether any two figures of the paragraph make this one, as their difference or their sum."""
    told = passage[index]
    near = [
        t for t in (*passage[max(0, index - _BACK) : index], *passage[index + 1 : index + 4]) if t.kind == told.kind
    ]
    values = {t.value for t in near}
    return any(told.value + value in values or told.value - value in values - {told.value / 2} for value in values)


# Rests: 「排查隐患128处，已整改119处，尚有19处」


def _rests(case: Case, passage: Sequence[Told]) -> Iterator[Finding]:
    """What was done and what is left that are more than there was."""
    words = load_ties().balances
    for index, told in enumerate(passage):
        if index < _FEW or not words.rest.match(told.lead) or _made_of_others(passage, index):
            continue
        same = [t for t in passage[max(0, index - _BACK) : index] if t.quantity.sentence == told.quantity.sentence]
        if len(same) < _FEW or any(t.quantity.unit != told.quantity.unit for t in same[-_FEW:]):
            continue
        whole, done = sorted(same[-_FEW:], key=lambda t: t.value, reverse=True)
        if whole.quantity.year != done.quantity.year or whole.value == done.value or _NOT_DONE.search(done.lead):
            continue
        if told.value >= whole.value or not (_left_of(told, done) or _left_of(told, whole)):
            continue
        made = whole.value - done.value
        meant = slipped(told.value, made, (told, whole, done)) and len(digits_of(told.quantity.value)) >= _TELLING
        of_it = (told.kind != "money" or _undone(case, told, done)) and not _siblings(case, whole, done)
        of_it = of_it and sum_mistaken(
            exact(whole.value), (exact(done.value), exact(told.value)), places(told.quantity.value), BY_LITTLE
        )
        if of_it and (told.value > made or meant):
            yield _finding(case, told, made, f"{whole.shown} − {done.shown}")
            continue
        listed = [t for t in same if t.kind == told.kind]
        left = listed[0].value - sum((t.value for t in listed[1:]), Decimal(0))
        if len(listed) > _FEW and told.kind != "money" and 0 <= left < told.value and len(listed) == len(same):
            worked = f"{listed[0].shown}" + "".join(f" − {t.shown}" for t in listed[1:])
            if not any(_NOT_DONE.search(t.lead) or "其中" in t.lead for t in listed):
                yield _finding(case, told, left, worked)


def _siblings(case: Case, whole: Told, done: Told) -> bool:
    """Whether two figures stand side by side in one list, so that neither is of the other: 「农民工214人、妇女146人、老年人97人、未成年人62人」."""
    first, second = sorted((whole.quantity.span, done.quantity.span), key=lambda span: span.start)
    return re.fullmatch(r"(?:\([^()\n]{1,40}\))?、[^,;。()]*", case.flat[first.end : second.start]) is not None


def _left_of(rest: Told, done: Told) -> bool:
    """Whether what is denied of a rest is what was done: 「已整改119处，未整改9处」; other words of a rest deny nothing."""
    denied = _DENIED.match(rest.lead)
    return denied is None or any(character in done.lead for character in denied["what"])


_DENIED = pattern(r"(?:年末|目前|截至目前|现)?[未没不非待](?:有)?(?P<what>[\u4e00-\u9fff]{0,2})")


def _undone(case: Case, rest: Told, done: Told) -> bool:
    """Whether what is left is left of the very thing that was done: 「已拨付…，未拨付…」, 「完成…，尚有…未完成」."""
    around = rest.lead + case.flat[rest.quantity.span.end : rest.quantity.span.end + _VERB * 4]
    undone = _UNDONE.search(around)
    return undone is not None and undone["what"] in done.lead


_VERB = 2  # characters of a verb
_UNDONE = pattern(r"[未没](?:有)?(?P<what>[\u4e00-\u9fff]{2})")
_NOT_DONE = pattern(r"上年|结转|计划|目标|新增|另|约")


# Balances: 「年初5,720万元，增加386万元，减少106万元，年末6,100万元」


def _chains(case: Case, passage: Sequence[Told]) -> Iterator[Finding]:
    """An end that the figures before it, added and taken off in turn, do not make."""
    ends = load_ties().balances.ends
    told = [t for t in passage if t.quantity.about != "目标" and not t.lead.startswith(("比", "较"))]
    told = without_parts(case, told)
    signs = signs_of(case, told)
    for index, end in enumerate(told):
        kind = next((name for name, form in ends.items() if form.search(end.lead)), "") if index >= _FEW else ""
        steps = _steps(told[:index], signs, end.kind) if kind else []
        steps = _without_nets(steps)
        if len(steps) < _FEW or not _opens(steps, kind):
            continue
        made = sum((sign * step.value for sign, step in steps), Decimal(0))
        if kind == "rest" and _left_by_two(passage, end):
            continue
        if _changed_by_as_much(told, end, steps) or _made_with_other_signs(end, steps):
            continue
        if _agree(end, made, [step for _, step in steps]) or not _meant(case, end, made, steps, kind):
            continue
        worked = "".join(
            f"{' − ' if sign < 0 else ' + ' if place else ''}{step.shown}" for place, (sign, step) in enumerate(steps)
        )
        yield _finding(case, end, made, worked)
        return


def _left_by_two(passage: Sequence[Told], end: Told) -> bool:
    """Whether a figure of the paragraph less another leaves what is told to be left: 「调整后预算5150.00万元；支出5047.00万元……结余103.00万元」."""
    before = [t for t in passage if t.kind == end.kind and t.quantity.span < end.quantity.span]
    adjusted = {t.value for t in before if "调整后" in t.lead}
    return any(t.value + end.value in adjusted for t in before)


def _without_nets(steps: Sequence[tuple[int, Told]]) -> list[tuple[int, Told]]:
    """The steps without those that only say what the two or more right before them came to: 「追加130.00万元、核减275.00万元，净核减145.00万元」."""
    kept: list[tuple[int, Told]] = []
    for sign, step in steps:
        tails = (kept[start:] for start in range(1, len(kept) - 1))
        net = any(abs(sum((s * t.value for s, t in tail), Decimal(0))) == step.value for tail in tails)
        mixed = _NET.search(step.lead) is not None
        if not (net and mixed):
            kept.append((sign, step))
    return kept


_NET = pattern(r"净|相抵|合计|共|总|累计|轧差|小计")


def _changed_by_as_much(told: Sequence[Told], end: Told, steps: Sequence[tuple[int, Told]]) -> bool:
    """Whether the paragraph tells, beside the steps, by how much the end is more or less than what they set out from: 「净增41.60万元」."""
    taken = [step for _, step in steps]
    change = abs(end.value - taken[0].value)
    return any(t.kind == end.kind and t.value == change and t not in taken for t in told)


def _made_with_other_signs(end: Told, steps: Sequence[tuple[int, Told]]) -> bool:
    """Whether what the steps begin with makes the end when some of them are taken the other way: 「年初186处，新增8处、销号14处，年末180处」."""
    reached = {steps[0][1].value}
    for _, step in steps[1:]:
        reached = {value + way * step.value for value in reached for way in (1, -1)}
    return end.value in reached


def signs_of(case: Case, told: Sequence[Told]) -> list[int]:
    """Whether each figure is added or taken off; in a list 「追加基本支出…、项目支出…」 as the one before."""
    words = load_ties().balances
    signs: list[int] = []
    for index, each in enumerate(told):
        sign = words.sign(each.lead)
        listed = index and _LISTED.match(case.flat, told[index - 1].quantity.span.end) is not None
        signs.append(signs[-1] if listed and not words.step.search(each.lead) else sign)
    return signs


_LISTED = pattern(r"(?:\([^()\n]{1,40}\))?[、和]")


def without_parts(case: Case, passage: Sequence[Told]) -> list[Told]:
    """Figures without those right behind a whole that make it, what is taken off among them: 「净调增352.00万元（补助361.07万元、压减9.07万元）」."""
    kept: list[Told] = []
    index = 0
    while index < len(passage):
        whole, total = passage[index], Decimal(0)
        kept.append(whole)
        index += 1
        net_end = _end_of_net(case, passage, index)
        for end in range(index, len(passage)):
            if passage[end].kind != whole.kind:
                break
            if end > index and _NET.search(passage[end].lead) and whole.value - total == passage[end].value:
                break  # 「追加589.10万元、压减114.10万元，净调增475.00万元」 are two steps and what they come to
            total += passage[end].value
            if total == whole.value and end > index:
                index = end + 1
                break
            if total > whole.value:
                break
        index = max(index, net_end)
        while index < len(passage) and _held_in(case, whole, passage[index]):
            index += 1
    return kept


def _held_in(case: Case, whole: Told, part: Told) -> bool:
    """Whether a figure stands in a bracket right behind another that holds it: 「年初预算10,367.00万元（含上年结转86.00万元）」."""
    between = case.flat[whole.quantity.span.end : part.quantity.span.start]
    return _HOLDS.match(between) is not None and ")" not in between


_HOLDS = pattern(r"\s?\((?:其中)?(?:包?含|包括|已?计入)")


def _end_of_net(case: Case, passage: Sequence[Told], index: int) -> int:
    """Where the parts end that are opened behind a whole and make it, some taken off, those in deeper brackets left out; 0 where none do."""
    whole = passage[index - 1]
    start = whole.quantity.span.end
    if _SPLIT.match(case.flat, start) is None:
        return 0
    words, net, own = load_ties().balances, Decimal(0), 0
    for end in range(index, min(len(passage), index + _MOST)):
        part = passage[end]
        between = case.flat[start : part.quantity.span.start]
        depth = between.count("(") - between.count(")")
        own = own if end > index else depth
        if part.kind != whole.kind or depth < own:
            return 0
        if depth > own or (part.value == net and _NET.search(part.lead)):
            continue  # a part of a part, or what the parts before it come to
        less = words.step.search(part.lead) is not None and words.sign(part.lead) < 0
        net += -part.value if less else part.value
        if net == whole.value and end > index:
            return end + 1
    return 0


_MOST = 9  # parts of one whole
_SPLIT = pattern(r"\s?(?:[(:]|,?其中)")  # what a whole is made of follows


def _steps(before: Sequence[Told], signs: Sequence[int], kind: str) -> list[tuple[int, Told]]:
    """The figures right before an end that are added or taken off, back to what opens the balance."""
    words = load_ties().balances
    steps: list[tuple[int, Told]] = []
    opened = False
    for told, sign in reversed(list(zip(before, signs, strict=False))):
        carried = words.carried.search(told.lead) is not None
        if told.kind != kind or not sign or (opened and not carried):
            break
        steps.insert(0, (sign, told))
        opened = opened or (not carried and words.opening.search(told.lead) is not None)
    return steps


def _opens(steps: Sequence[tuple[int, Told]], kind: str) -> bool:
    """Whether the first of the figures is what a balance of this kind sets out from."""
    words = load_ties().balances
    sign, first = steps[0]
    if sign < 0 or (kind == "rest" and all(sign > 0 for sign, _ in steps)):
        return False
    if kind == "stock":
        return words.opening.search(first.lead) is not None
    return any(words.opening.search(step.lead) for _, step in steps)


def _meant(case: Case, end: Told, made: Decimal, steps: Sequence[tuple[int, Told]], kind: str) -> bool:
    """Whether the end was meant to be what the figures make: one slip away, or nothing tells what lies between."""
    gap = abs(end.value - made)
    beside = [(sign, step) for sign, step in steps if sign * step.value in (end.value - made, made - end.value)]
    if made <= 0 or beside:  # one of them is told beside the others and is none of them, or was forgotten
        summed = any(sum((s * t.value for s, t in steps[1:]), Decimal(0)) == 2 * s1 * t1.value for s1, t1 in beside)
        changes = all(_of_the_budget(step) for _, step in beside) and not summed
        return made > 0 and kind == "adjusted" and len(steps) > _FEW and changes
    if end.kind == "money" and _told_right(case, Fraction(made)):
        return False  # that is R08's
    telling = end.kind != "money" or len(digits_of(f"{made}")) > _TELLING
    if telling and slipped(end.value, made, (end, *(step for _, step in steps))):
        return True
    if kind == "rest":
        said = _EVENED.search(case.text(end.quantity.sentence)) is not None
        return said and gap not in case.amounts
    return gap * _FAR < end.value and (end.kind != "money" or gap not in case.amounts)


def _told_right(case: Case, made: Fraction) -> bool:
    """Whether the budget that the steps make is told elsewhere: as a budget in the ledger, or in a table."""
    if any(e.amount == made and e.stage in PLANNED for e in case.ledger):
        return True
    return any(q.table and q.unit == "万元" and Fraction(q.number) == made for q in case.found.quantities)


_BUDGET_STEP = pattern(r"追减|调减|核减|压减|收回|追加|调增|核增")
_NO_STEP = pattern(r"其中|另|年末|年底|结余|结转|节余")


def _of_the_budget(step: Told) -> bool:
    """Whether a figure's words say that the budget was changed by it, so that it was forgotten where the sum leaves it out."""
    return _BUDGET_STEP.search(step.lead) is not None and not _NO_STEP.search(step.lead)


_EVENED = pattern(r"收支相抵|收支轧差|两者相抵|相抵后")
