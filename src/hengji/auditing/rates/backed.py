"""R11: a rate that figures beside it do make is not wrong, whatever other figures a check took for its parts."""

import itertools
from collections.abc import Iterator, Sequence
from decimal import Decimal

from hengji.auditing.around import same_thing
from hengji.auditing.case import Case, Check, once
from hengji.auditing.numbers import common_unit, exact, in_unit, percent_fits, places
from hengji.auditing.rates.written_rates import DERIVED
from hengji.auditing.slips import slip, swapped
from hengji.auditing.wording import pairs_of
from hengji.model.extraction import Quantity, Span
from hengji.model.finding import Finding
from hengji.model.numerals import read_chinese
from hengji.model.patterns import pattern
from hengji.model.units import dimension

_RATE = pattern(r"-?(?P<n>\d{1,3}\.\d{1,2})\s?%?")  # fewer digits are made by chance
_NO_PARTS = ("%", "‰", "个百分点", "分", "年", "月", "日")


def unless_made(check: Check) -> Check:
    """The same check without the findings on rates with decimals that two figures of their sentence make."""

    def checked(case: Case) -> Iterator[Finding]:
        return (finding for finding in check(case) if not _is_made(case, finding))

    return checked


def _is_made(case: Case, finding: Finding) -> bool:
    if finding.code != "R11" or finding.start is None:
        return False
    if _bounds(case, finding) or _printed(case, finding) or _told_in_turn(case, finding):
        return True
    share = _SHARE.search(case.flat, max(0, finding.start - _LEAD), finding.start)
    if case.in_table(finding.start) and share is None:
        return False
    if finding.stated == "100%":
        return _as_aimed(case, finding.start)
    match = _RATE.fullmatch(finding.stated)
    if match is None:
        return False
    sentence = case.sentence(finding.start)
    figures = [q for q in case.by_sentence.get(sentence, ()) if q.unit not in _NO_PARTS and q.number]
    rate, decimals = Decimal(match["n"]), places(match["n"])
    if _another_is_wrong(case, sentence, rate, decimals, figures):
        return True
    if rate > _WHOLE:
        # Else made by a pair of figures taken the wrong way round.
        return decimals >= _TELLING and _beyond_its_aim(case, rate, decimals, figures)
    if _some_pair_makes(rate, decimals, figures) or _some_counts_make(rate, decimals, case.text(sentence)):
        return True
    own_whole = share is not None and _STAGE.search(share[0]) is not None
    if not own_whole and _made_with_another(case, sentence, rate, decimals, figures):
        return True
    if _made_elsewhere(case, sentence, match["n"]):
        return True
    if not _LESS_SOME.search(case.text(sentence)):
        return False
    tops = [in_unit(q, "万元") for q in figures if dimension(q.unit) == "money"]
    return any(percent_fits(exact(rate), decimals, top, bottom) for top in tops for bottom in case.amounts if bottom)


def _bounds(case: Case, finding: Finding) -> bool:
    """Whether a rate is an end of a range, as rules have them: 「执行率95%—100%得满分」."""
    start, end = finding.start or 0, finding.end or 0
    return bool(_RANGE_ON.match(case.flat, end) or _RANGE_TO.search(case.flat, max(0, start - _LEAD), start))


_RANGE_ON = pattern(r"(?:\(含\))?\s?(?:[—–\-~]{1,2}|至)\s?\d{1,3}(?:\.\d+)?\s?%")
_RANGE_TO = pattern(r"\d\s?%(?:\(含\))?\s?[—–\-~]{1,2}\s?$")


def _told_in_turn(case: Case, finding: Finding) -> bool:
    """Whether several rates are told in turn, and what a check has computed is another of them: 「执行率、采购执行率分别为96.00%和92.00%」."""
    text = case.text(case.sentence(finding.start or 0))
    turn = _IN_TURN.search(text) if "分别" in text or "依次" in text else None
    if turn is None or not finding.recomputed.endswith("%") or not _NUMBER.fullmatch(finding.recomputed[:-1]):
        return False
    rates = [Decimal(n) for n in _PER_CENT.findall(turn[0])]
    return Decimal(finding.recomputed[:-1]) in rates


_IN_TURN = pattern(r"(?:分别|依次)[^。;]{0,6}?\d{1,3}(?:\.\d+)?\s?%(?:[、,和及与]{1,2}\s?\d{1,3}(?:\.\d+)?\s?%)+")
_PER_CENT = pattern(r"(\d{1,3}(?:\.\d+)?)\s?%")
_NUMBER = pattern(r"\d+(?:\.\d+)?")


def _another_is_wrong(case: Case, sentence: Span, rate: Decimal, decimals: int, figures: Sequence[Quantity]) -> bool:
    """Whether a rate is right for what is told elsewhere, or for other parts than a check took, so that it is not what is wrong."""
    return (
        _of_staff_told_elsewhere(case, rate, decimals, figures)
        or _of_each(rate, decimals, case.text(sentence))
        or _made_with_swapped_cell(case, rate, decimals, figures)
    )


def _of_staff_told_elsewhere(case: Case, rate: Decimal, decimals: int, figures: Sequence[Quantity]) -> bool:
    """Whether a control rate is that of other people over the posts of its sentence: those told elsewhere, or those hired counted in, which R17 tells."""
    posts = [q for q in figures if _POSTS.search(q.name) or q.about == "编制"]
    if decimals < _TELLING or not any(q.unit in _HEADS for q in figures):
        return False
    own = [q for q in figures if q.unit in _HEADS]
    wholes = posts or [q for q in case.found.quantities if q.unit in _HEADS and _POSTS.search(q.name)]
    staff = [q for q in case.found.quantities if q.unit in _HEADS and _STAFF.search(q.name)]
    sums = [a.number + b.number for a, b in itertools.combinations(own, 2) if _HIRED.search(b.name + a.name)]
    tops = [*(q.number for q in (staff if posts else ())), *sums]
    return any(percent_fits(exact(rate), decimals, exact(top), exact(whole.number)) for top in tops for whole in wholes)


_HEADS = ("人", "名")
_POSTS = pattern(r"编制|核定")
_STAFF = pattern(r"在编|在职|在岗|实有|在册")
_HIRED = pattern(r"编外|聘用|临聘|外聘|合同制|协管|辅助|公益性|劳务")


def _of_each(rate: Decimal, decimals: int, text: str) -> bool:
    """Whether a rate is over so many asked each time: 「6月、12月各调查200人，两次合计满意384人，满意度96.00%」."""
    counts = [exact(Decimal(n)) for n in _COUNTED.findall(text)]
    for match in _EACH.finditer(text) if "各" in text or "每" in text else ():
        times = [read_chinese(n.replace("两", "二")) if not n.isdigit() else int(n) for n in _TIMES.findall(text)]
        times.append(match["before"].count("、") + match["before"].count("和") + 1)
        wholes = [exact(Decimal(match["n"])) * int(n) for n in times if n and n > 1]
        if any(percent_fits(exact(rate), decimals, top, whole) for whole in wholes for top in counts):
            return True
    return False


_EACH = pattern(r"(?P<before>[^。;,]{0,30})[各每][^,。;\d]{0,10}(?P<n>\d{1,5})\s?[人名户份个家]")
_COUNTED = pattern(r"(?<![\d.,])(\d{1,6})\s?[人名户份个家]")
_TIMES = pattern(r"(?<![\d.第])(\d{1,2}|[两二三四五六七八九十]{1,2})\s?(?:次|轮|批|期|场|所|个|家|地|处|类|季|回)")


def _made_with_swapped_cell(case: Case, rate: Decimal, decimals: int, figures: Sequence[Quantity]) -> bool:
    """Whether a cell of a scored row tells one of the figures with two digits the other way round, and so makes the rate."""
    if decimals < _TELLING:
        return False
    cells = {cell for item in case.found.items if item.table for cell in (item.actual, item.target) if cell.isdigit()}
    return any(
        swapped(cell, own.value.replace(",", "")) and _fits_either(rate, decimals, Decimal(cell), other.number)
        for own, other in itertools.permutations(figures, 2)
        for cell in cells
    )


def _fits_either(rate: Decimal, decimals: int, one: Decimal, other: Decimal) -> bool:
    return any(b and percent_fits(exact(rate), decimals, exact(a), exact(b)) for a, b in ((one, other), (other, one)))


_COUNT = pattern(r"(?<![\d.,第])(?P<n>[1-9]\d{2,}(?:,\d{3})*)\s?(?P<unit>[\u4e00-\u9fff])")
_CALENDAR = ("年", "月", "日", "号")


def _some_counts_make(rate: Decimal, decimals: int, text: str) -> bool:
    """Whether two counts of one unit, of whatever things, make a rate: 「抽检3060页，合格3048页，合格率99.61%」."""
    counts = [(Decimal(m["n"].replace(",", "")), m["unit"]) for m in _COUNT.finditer(text)]
    return any(
        unit == other and unit not in _CALENDAR and percent_fits(exact(rate), decimals, exact(a), exact(b))
        for (a, unit), (b, other) in itertools.permutations(counts, 2)
    )


def _beyond_its_aim(case: Case, rate: Decimal, decimals: int, figures: Sequence[Quantity]) -> bool:
    """Whether a rate above the whole is that of a figure of its sentence over an aim told elsewhere: 12.36万亩 of 12.00万亩."""
    aims = [q for q in case.found.quantities if q.about == "目标" or case.aimed_at(q.span.start)]
    return any(
        own.unit == aim.unit
        and aim.number
        and percent_fits(exact(rate), decimals, exact(own.number), exact(aim.number))
        for own in figures
        for aim in aims
    )


def _printed(case: Case, finding: Finding) -> bool:
    """Whether the report prints the division that makes a rate, there or where it speaks of the same thing."""
    told = _divisions(case).get(finding.stated.removesuffix("%"), ())
    if not told or finding.start is None:
        return False
    words = _pairs_of(case.text(case.sentence(finding.start)))
    return any(not words.isdisjoint(_pairs_of(case.text(place))) for place in told)


@once
def _divisions(case: Case) -> dict[str, list[Span]]:
    """The sentences and rows of the divisions that are printed and right, by the rate that each makes."""
    found: dict[str, list[Span]] = {}
    for match in DERIVED.finditer(case.flat) if "÷" in case.flat or "/" in case.flat else ():
        top, bottom, rate = (Decimal(match[key].replace(",", "")) for key in ("a", "b", "rate"))
        if percent_fits(exact(rate), places(match["rate"]), exact(top), exact(bottom)):
            at = match.start()
            row = Span(case.flat.rfind("\n", 0, at) + 1, match.end()) if case.in_table(at) else case.sentence(at)
            found.setdefault(match["rate"], []).append(row)
    return found


_WHOLE = 100  # per cent
_LEAD = 20  # characters before a rate that say of what it is a share
_SHARE = pattern(r"占[^,。;\d]{0,14}$")
# A share of so plain a whole is of no other, whatever another amount makes.
_STAGE = pattern(r"到位|拨付|下达|合同|中标|成交|结算|审定|支付|签约|回收|收回|受理|应收|实收")
_LESS_SOME = pattern(r"剔除|扣除|不含|除去")  # what is left is held against a figure told elsewhere


def _made_with_another(case: Case, sentence: Span, rate: Decimal, decimals: int, figures: Sequence[Quantity]) -> bool:
    """Whether one figure of the sentence and one told elsewhere make a rate to two decimals: hardly ever by chance.

    The figure elsewhere must not be one of the sentence's with a slip of the pen: that would be the very fault.
    """
    if decimals < _TELLING or rate < 1 or _DIVIDED.search(case.text(sentence)):
        return False
    for own in figures:
        for other in case.found.quantities:
            if other.sentence == sentence or dimension(other.unit) != dimension(own.unit) or not other.number:
                continue
            small = dimension(own.unit) != "money" and min(own.number, other.number) < _SMALL
            if small and case.paragraph(other.span.start) != case.paragraph(own.span.start):
                continue
            if _some_pair_makes(rate, decimals, (own, other)) and not any(slip(f.value, other.value) for f in figures):
                return True
    return False


def _made_elsewhere(case: Case, sentence: Span, rate: str) -> bool:
    """Whether the rate is told again, in a row or sentence whose own figures make it: it was taken over from there."""
    if places(rate) < _TELLING or rate.endswith("00"):
        return False
    words = _pairs_of(_RUN_IN.split(case.text(case.paragraph(sentence.start)))[0] + case.text(sentence))
    again = {q.sentence for q in case.found.quantities if q.value == rate and q.sentence != sentence}
    return any(
        len(words & _pairs_of(case.text(place))) >= _SHARED
        and _some_pair_makes(Decimal(rate), _TELLING, [q for q in case.by_sentence[place] if q.unit not in _NO_PARTS])
        for place in again
    )


_RUN_IN = pattern(r"[。:,]")  # ends the name that a paragraph begins with


def _pairs_of(text: str) -> frozenset[str]:
    """The pairs of characters of a sentence that say of what it is."""
    return pairs_of(text) - _GENERAL


_GENERAL = {"支出", "预算", "执行", "行率", "完成", "成率", "控制", "制率", "项目", "资金", "全年", "年末", "合计"}
_SHARED = 2  # such pairs


def _as_aimed(case: Case, position: int) -> bool:
    """Whether the figure right before a 100 % is told of the same thing elsewhere: as much was done as was aimed at."""
    before = [q for q in case.by_sentence.get(case.sentence(position), ()) if q.span.end <= position]
    done = before[-1] if before and position - before[-1].span.end <= _BESIDE else None
    return done is not None and any(
        q.number == done.number and q.unit == done.unit and q.sentence != done.sentence and same_thing(case, done, q)
        for q in case.found.quantities
    )


_BESIDE = 10  # characters between a figure and the rate that it makes
_TELLING = 2  # decimals
_SMALL = 100  # counts of less make many a rate with those of other paragraphs
_DIVIDED = pattern(r"\d[^\d\s]{0,3}\s?[÷/]\s?\d")  # the parts are printed


def _some_pair_makes(rate: Decimal, decimals: int, figures: Sequence[Quantity]) -> bool:
    for one, other in itertools.permutations(figures, 2):
        if (dimension(one.unit) == "money") != (dimension(other.unit) == "money"):
            continue
        unit = common_unit((one, other))
        a, b = (in_unit(q, unit) if dimension(q.unit) == "money" else exact(q.number) for q in (one, other))
        if percent_fits(exact(rate), decimals, a, b):
            return True
    return False
