"""R07: parts make their whole, by the ties of the library and by the lists of one sentence."""

import itertools
import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from hengji.auditing.case import Case
from hengji.auditing.likely import BY_LITTLE, sum_mistaken
from hengji.auditing.numbers import common_unit, differ, in_unit, number, places, slack
from hengji.auditing.slips import slip
from hengji.auditing.sums.gaps import (
    in_other_units,
    mended,
    moved_to,
    of_another_whole,
    one_of_another,
    some_fit,
    taken_off,
    told_gap,
)
from hengji.auditing.sums.told_figures import is_average
from hengji.extracting.leaves.leaf_names import without_mark
from hengji.library.ties import SumTie, load_ties
from hengji.model.extraction import Quantity, Span
from hengji.model.finding import Finding, Severity
from hengji.model.numerals import fixed
from hengji.model.patterns import pattern
from hengji.model.units import dimension

_OF_WHICH = pattern(r"其中|包括|分别为|分为|由|具体[为是]")
_OPEN = pattern(r"等(?=[,。;)]|$)|主要(?:是|为|用于|包括)|部分")
_WHOLE = pattern(r"(?:合计|共计|总计|总额|小计|共)$")
_FEW = 2


def parts_make_whole(case: Case) -> Iterator[Finding]:
    """R07: parts and their whole, by the ties of the library and by what one sentence or table lists."""
    told: list[Span] = []
    for tie in load_ties().sums:
        finding = _tie(case, tie)
        if finding is not None and not any(_over(finding.start, span) for span in told):
            told.append(Span(finding.start or 0, finding.end or 0))
            yield finding
    for span, quantities in case.by_sentence.items():
        if not quantities[0].table:
            for finding in _listed(case, span, quantities):
                if not any(_over(finding.start, other) for other in told):
                    told.append(Span(finding.start or 0, finding.end or 0))
                    yield finding


def _over(position: int | None, span: Span) -> bool:
    return position is not None and span.start <= position <= span.end


def only_one(case: Case, item: str) -> Quantity | None:
    """The mention of an item, where all mentions agree."""
    mentions = case.quantities(item)
    if not mentions or any(differ(mentions[0], other) for other in mentions[1:]):
        return None
    return max(mentions, key=lambda q: len(q.value.partition(".")[2]))


def _tie(case: Case, tie: SumTie) -> Finding | None:
    """A tie holds within one paragraph or table where it is told, else over the document's one value of each."""
    whole = only_one(case, tie.whole)
    parts = [only_one(case, part) for part in tie.parts]
    if whole is None or any(part is None for part in parts):
        return None
    known = [part for part in parts if part is not None]
    known += [part for part in (only_one(case, name) for name in tie.optional) if part is not None]
    return _sum_finding(case, whole, known, tie.name, _NEAR_TIE)


_NEAR_TIE = Fraction(1, 10)  # of the larger: a tie is known, a list is only inferred from words


def _sum_finding(case: Case, whole: Quantity, parts: list[Quantity], name: str, near: Fraction) -> Finding | None:
    unit = common_unit((whole, *parts))
    if any(dimension(part.unit) != dimension(whole.unit) for part in parts):
        return None
    total = sum((in_unit(part, unit) for part in parts), Fraction(0))
    loose = slack(whole, unit) + sum((slack(part, unit) for part in parts), Fraction(0))
    stated = in_unit(whole, unit)
    if abs(total - stated) <= (loose if _rounded(whole, parts) else Fraction(0)):
        return None
    closed = len(parts) > _FEW and _complete(parts)
    if (
        total < stated
        and told_gap(case, (whole, *parts), stated - total, unit, near_by=closed)
        and not _with_rest(parts)
    ):
        return None
    if mended(case, stated, parts, unit) or of_another_whole(case, whole, parts):
        return None
    if moved_to(stated, [in_unit(part, unit) for part in parts]) or one_of_another(case, parts):
        return None
    if taken_off(case, stated, parts, unit) or in_other_units(case, whole, parts, stated - total):
        return None
    values = [in_unit(part, unit) for part in parts]
    if stated in values and total > stated:
        return None  # what is as much as one of its parts is that part: 「在编36人」 beside 「临时聘用6人」
    decimals = max(places(number(value, 6)) for value in (stated, *values))
    if not sum_mistaken(stated, values, decimals, near):
        return None
    if _one_more(case, whole, parts, stated - total):
        return None
    listed = " + ".join(number(value, 6) for value in values)
    return case.finding(
        "R07",
        whole.span,
        f"{name}写{number(stated, 6)}{unit}，各部分之和是{listed} = {number(total, 6)}{unit}，相差{number(abs(total - stated), 6)}{unit}",
        stated=number(stated, 6),
        recomputed=number(total, 6),
        severity=Severity.INFO if abs(total - stated) <= loose else None,
    )


def _one_more(case: Case, whole: Quantity, parts: Sequence[Quantity], rest: Fraction) -> bool:
    """Whether the sentence of a list tells, in its unit, just what the parts found lack: one more part."""
    known = {whole.span, *(part.span for part in parts)}
    same = (q for q in case.by_sentence.get(whole.sentence, ()) if q.unit == whole.unit and q.span not in known)
    return rest > 0 and any(in_unit(q, common_unit((whole,))) == rest for q in same)


def _with_rest(parts: list[Quantity]) -> bool:
    """Whether the last part takes in all that is left (其他公共卫生), so that nothing may be missing."""
    return parts[-1].name.startswith(("其他", "其余", "余下")) and len(parts) > _FEW


def _rounded(whole: Quantity, parts: list[Quantity]) -> bool:
    """Rounding explains a difference only where the figures were written with few decimals."""
    return (
        len(parts) > _FEW
        or whole.unit.startswith("万人")
        or len({len(q.value.partition(".")[2]) for q in (whole, *parts)}) > 1
        or any(q.vague for q in (whole, *parts))
    )


def _listed(case: Case, span: Span, quantities: list[Quantity]) -> Iterator[Finding]:
    """A whole followed by 「其中」 and its parts, or parts closed by 「合计」, within one sentence."""
    text = case.text(span)
    if text.startswith("其中"):
        quantities = [*_told_before(case, span), *quantities]
        span = Span(quantities[0].sentence.start, span.end)
        text = case.text(span)
    if len(quantities) <= _FEW:
        return
    added = [q for q in quantities if q.about != "目标" and q.unit != "%" and not _per_unit(case, q)]
    kinds = [dimension(q.unit) for q in added]
    for index, whole in enumerate(quantities):
        if whole.about == "目标":
            continue
        kind = dimension(whole.unit)
        same = [q for q, other in zip(added, kinds, strict=True) if other == kind]
        after = [q for q in same if q.span.start > whole.span.end]
        between = text[whole.span.end - span.start : after[0].span.start - span.start] if after else ""
        if (
            len(after) >= _FEW
            and (
                _OF_WHICH.search(between[:_NEXT])
                or "其中" in between
                or "包括" in between
                or _colon(between, after)
                or _bracketed(case, whole, after)
            )
            and whole.unit not in ("%", "次", "项", "个")
            and not _closed_again(case, whole, after[0])
            and index == quantities.index(whole)
        ):
            parts = _parts(case, whole, after)
            if len(parts) >= _FEW and _closed(parts, text) and not some_fit(whole, _all_behind(quantities, whole)):
                finding = _partition(case, whole, parts)
                if finding is not None:
                    yield finding
        before = [
            q for q in same if q.span.end <= whole.span.start and not _in_brackets(text, q.span.start - span.start)
        ]
        if (
            len(before) >= _FEW
            and (_WHOLE.search(whole.name) or whole.name.startswith(("共计", "合计", "总计")))
            and not any(
                _OF_WHICH.search(text[: q.span.start - span.start][-12:]) and quantities[0] is not q for q in before[:1]
            )
        ):
            finding = _partition(case, whole, _run_before(case, _without_inner(case, before)))
            last_ones = itertools.accumulate(in_unit(q, whole.unit) for q in reversed(before))
            if (
                finding is not None
                and in_unit(whole, whole.unit) not in list(last_ones)[1:]
                and not some_fit(whole, before)
            ):
                yield finding


def _without_inner(case: Case, listed: list[Quantity]) -> list[Quantity]:
    """Figures without those behind 「其中」 that make the one before it, what is taken off among them."""
    kept: list[Quantity] = []
    index = 0
    while index < len(listed):
        whole = listed[index]
        kept.append(whole)
        index += 1
        if index == len(listed) or "其中" not in case.flat[whole.span.end : listed[index].span.start]:
            continue
        net = Fraction(0)
        for end in range(index, len(listed)):
            less = load_ties().balances.sign(listed[end].name) < 0
            net += in_unit(listed[end], whole.unit) * (-1 if less else 1)
            if net == in_unit(whole, whole.unit):
                index = end + 1
                break
    return kept


def _all_behind(quantities: list[Quantity], whole: Quantity) -> list[Quantity]:
    """The figures of its kind that follow a whole in its sentence, what looks like a bound among them: 「50万元以上14台」."""
    kind = dimension(whole.unit)
    return [q for q in quantities if q.span.start > whole.span.end and dimension(q.unit) == kind]


def _in_brackets(text: str, at: int) -> bool:
    """Whether a place of a sentence stands in brackets, which only explain what is before them."""
    return text.rfind("(", 0, at) > text.rfind(")", 0, at)


def _closed_again(case: Case, whole: Quantity, first: Quantity) -> bool:
    """Whether a figure stands in brackets that are closed before the list begins: 「18.00万元(上年18.50万元)，其中…」."""
    between = case.flat[whole.span.end : first.span.start]
    return ")" in between and "(" not in between[: between.index(")")]


def _told_before(case: Case, span: Span) -> list[Quantity]:
    """The last figure of its kind in the sentence before, in the same paragraph: what 「其中」 at the head of a sentence splits."""
    before = case.sentence(span.start - 1) if span.start > case.paragraph(span.start).start else span
    told = case.by_sentence.get(before, []) if before != span else []
    kind = dimension(case.by_sentence[span][0].unit)
    return next(([q] for q in reversed(told) if dimension(q.unit) == kind), told[-1:])


def _bracketed(case: Case, whole: Quantity, after: list[Quantity]) -> bool:
    """Whether a bracket right behind a figure lists at least two of its kind and nothing else: 「68名(行政22名、事业42名)」."""
    if case.flat[whole.span.end : whole.span.end + 1] != "(":
        return False
    close = case.flat.find(")", whole.span.end, whole.sentence.end)
    inside = [q for q in after if q.span.end <= close]
    return len(inside) >= _FEW and close - inside[-1].span.end == 0 and len({q.unit for q in inside}) == 1


def _colon(between: str, after: list[Quantity]) -> bool:
    """Whether a colon opens a list of at least three figures of one unit: 「126场:故事会48场,讲座22场,…」."""
    return between.startswith(":") and len(after) > _FEW and len({q.unit for q in after}) == 1


_PER = pattern(r"每(?:名|人|个|户|亩|辆|次|件|月|年|平方米|公里)|人均|户均|亩均|单价|按")


def _per_unit(case: Case, quantity: Quantity) -> bool:
    """Whether an amount is a rate for one of many (每名在编人员2万元的标准) or a bound (100万元以上), which no list adds up."""
    if case.flat.startswith(("的标准", "标准", "/", "以上", "以下", "以内"), quantity.span.end) or is_average(
        case, quantity
    ):
        return True
    lead = case.flat[max(quantity.sentence.start, quantity.span.start - 12) : quantity.span.start]
    if "每" not in lead:
        return False
    lead = lead[max(lead.rfind(mark) for mark in ",、;:") + 1 :]
    return "每" in lead and _PER.search(lead) is not None


_NEXT = 8  # characters in which 「分别为」 must follow its whole


_ENDS_LIST = pattern(
    r"其中|包括|超出|超预算|比预算|较预算|高于|低于|结转|结余|较上年|同比|比上年|增长|占|人均|完成|执行率|收回|追减|(?:已|目前)[^,]{0,6}(?:拨付|支付|支出|使用|发放|兑付)|累计(?:拨付|支付)"
)


def _parts(case: Case, whole: Quantity, after: list[Quantity]) -> list[Quantity]:
    """The parts of one list: up to the end of the sentence or a bracket, inner lists (其中 in brackets) left out."""
    found: list[Quantity] = []
    depth = 0
    position = after[0].span.start
    for quantity in after:
        between = case.flat[position : quantity.span.start]
        depth += between.count("(") - between.count(")")
        position = quantity.span.end
        if depth > 0 or (found and _ENDS_LIST.search(between)):
            if depth <= 0 and case.flat.startswith("(", whole.span.end):
                return []  # more than parts stand in the brackets
            if depth <= 0:
                break
            continue
        if depth < 0 or (found and _NOT_IN_POST.search(quantity.name) and not _NOT_IN_POST.search(whole.name)):
            break
        found.append(quantity)
    return found


def _closed(parts: list[Quantity], text: str) -> bool:
    return not _OPEN.search(text[text.find("其中") :]) or _complete(parts)


def _complete(parts: list[Quantity]) -> bool:
    return load_ties().complete(" ".join(part.name for part in parts))


def _run_before(case: Case, before: list[Quantity]) -> list[Quantity]:
    """The figures right before a 「合计」, back to the last end of a list."""
    run = [before[-1]]
    for quantity in reversed(before[:-1]):
        if quantity.unit != run[-1].unit or re.search(r"[。]", case.flat[quantity.span.end : run[-1].span.start]):
            break
        run.append(quantity)
    return list(reversed(run))


_OF_STAFF = pattern(
    r"行政|事业|工勤|参公|参照|公务员|在编|编外|聘用|在职|退休|离休|机关|下属|合同制|派遣|政府购买|(?:局|馆|院|校|所|站|中心|队|科|股|街道)$"
)
_NOT_IN_POST = pattern(r"离休|退休|遗属")
_MANY = 1000  # people: so many that a sum one slip away is no chance


def _partition(case: Case, whole: Quantity, parts: list[Quantity]) -> Finding | None:
    """A finding where a list of parts does not make its whole; a list that may leave something out is held to less."""
    parts = _in_post_alone(whole, parts)
    unit = common_unit((whole, *parts))
    total = sum((in_unit(part, unit) for part in parts), Fraction(0))
    stated = in_unit(whole, unit)
    if len(parts) < _FEW or stated == total or total > stated * 2 or any(part.year != whole.year for part in parts):
        return None
    people = whole.unit in ("人", "名") and not (whole.number >= _MANY and slip(fixed(stated, 0), fixed(total, 0)))
    if people and not all(_OF_STAFF.search(part.name) for part in parts):
        return None  # 「其中女性14人、党员20人」 are no parts
    if _summed_within(case, parts):
        return None
    near = abs(total - stated) <= stated / 10
    names = " ".join(part.name for part in parts)
    if "满意" in names and not _UNCONTENT.search(names):
        return None  # only those who were content are listed
    if total > stated and not _with_rest(parts) and load_ties().crossing.search(names):
        return None  # some are counted by another criterion
    if not (_complete(parts) or near or (total > stated and len(parts) > _FEW and total < stated * 2)):
        return None
    return _sum_finding(case, whole, parts, without_mark(whole.name) or "合计", BY_LITTLE)


def _summed_within(case: Case, parts: Sequence[Quantity]) -> bool:
    """Whether a list says in its midst what the parts before come to: 「人员1,658.20万元、公用138.45万元，合计基本支出1,796.65万元；项目…」."""
    sums = itertools.accumulate(in_unit(part, part.unit) for part in parts)
    return any(
        in_unit(part, part.unit) == total and _SUM.search(case.flat, before.span.end, part.span.start)
        for (before, part), total in zip(itertools.pairwise(parts), sums, strict=False)
    )


_SUM = pattern(r"合计|共计|小计|共")
_IN_POST = pattern(r"在职|实有|在编人|在岗|现有")
_QUOTA = pattern(r"编制(?!内|外)")


def _in_post_alone(whole: Quantity, parts: list[Quantity]) -> list[Quantity]:
    """Parts without the quotas that stand beside people in post: 「在职92人，其中：局机关编制52名、在职49人；…」."""
    if _IN_POST.search(whole.name):
        return [part for part in parts if not _QUOTA.search(part.name)]
    return parts


_UNCONTENT = pattern(r"不满意|一般|不了解|较差")
