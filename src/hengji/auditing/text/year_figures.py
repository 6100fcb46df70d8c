"""What the figures beside another year than the evaluated one say of it (R13)."""

import itertools
import re
from decimal import Decimal

from hengji.auditing.case import Case
from hengji.auditing.numbers import exact, ratio_fits
from hengji.model.extraction import YearMention
from hengji.model.patterns import pattern

_AMOUNT = pattern(r"(?<![\d.])\d[\d,]*(?:\.\d+)?(?=\s?(?P<unit>万?[\u4e00-\u9fff]))")


def opens_a_balance(case: Case, mention: YearMention) -> bool:
    """Whether last year's end is what this year began with: 「2023年末3,180.00万元，新增160.00万元，减少20.00万元，年末3,320.00万元」."""
    if mention.year != case.year - 1 or case.flat[mention.span.end : mention.span.end + 2].strip("年")[:1] not in (
        "末",
        "底",
    ):
        return False
    told = list(_AMOUNT.finditer(case.flat, mention.span.end, mention.sentence.end))
    opening = told[0] if told else None
    if opening is None:
        return False
    numbers = [Decimal(m[0].replace(",", "")) for m in told if m["unit"] == opening["unit"]]
    ends = {numbers[0]}
    for moved, end in itertools.pairwise(numbers[1 : _STEPS + 1]):
        ends = {begin + step for begin in ends for step in (moved, -moved)}
        if end in ends:
            return True
    return False


_STEPS = 8  # figures between which a balance is moved


def told_by_figures(case: Case, mention: YearMention) -> bool | None:
    """What the figures beside last year say: its own beside this year's, or this year's own under a wrong year; None where they say nothing."""
    if mention.year >= case.year:
        return None
    if _valued_otherwise(case, mention) or _less_what_is_left_out(case, mention):
        return True
    if (
        _compared(case, mention)
        or _counterpart(case, mention)
        or (mention.year == case.year - 1 and _told_beside(case, mention))
    ):
        return True
    work = mention.year == case.year - 1 or _OF_A_YEAR.match(case.flat, mention.span.end) is not None
    return False if work and _tells_this_years(case, mention) else None


def _valued_otherwise(case: Case, mention: YearMention) -> bool:
    """Whether what last year's sentence tells is told of this year too, each of several figures with another value: it is no old draft."""
    own = [q for q in case.by_sentence.get(mention.sentence, ()) if q.item and q.span.start > mention.span.start]
    values = [(q, {other.number for other in case.quantities(q.item)}) for q in own]
    return len(own) > 1 and all(told and q.number not in told for q, told in values)


def _less_what_is_left_out(case: Case, mention: YearMention) -> bool:
    """Whether what last year found, less some of it, is what the leaf did this year: 「2022年汛后排查31处，其中7处……」 beside 24处."""
    item = case.item_at(mention.span.start) if mention.year == case.year - 1 else None
    told = list(_AMOUNT.finditer(case.flat, mention.span.end, mention.sentence.end))[:_PAIR]
    if item is None or len(told) < _PAIR or told[0]["unit"] != told[1]["unit"]:
        return False
    found, out = (Decimal(match[0].replace(",", "")) for match in told)
    rest = re.compile(rf"(?<![\d.,]){found - out}\s?{re.escape(told[0]['unit'])}")
    return found > out > 0 and rest.search(case.flat, item.span.start, item.body.end) is not None


_PAIR = 2  # what was found, and what of it is left out


def _compared(case: Case, mention: YearMention) -> bool:
    """Whether the rate beside an earlier year's figure is how far this year's is from it: 「支出17.60万元……；2023年支出18.90万元，下降6.88%」."""
    own = [q for q in case.by_sentence.get(mention.sentence, ()) if q.span.start > mention.span.start]
    base = next((q for q in own if q.unit != "%"), None)
    rate = next((q for q in own if q.unit == "%"), None)
    if base is None or rate is None or not base.number:
        return False
    item = case.item_at(mention.span.start)
    around = item.body if item is not None else case.paragraph(mention.span.start)
    told = [
        q
        for q in case.found.quantities
        if around.start <= q.span.start < mention.span.start and q.unit == base.unit and q.number != base.number
    ]
    return any(ratio_fits(rate, exact(abs(q.number - base.number)), exact(base.number)) for q in told)


_OF_A_YEAR = pattern(r"\s?年?(?:度)?[,]?(?:计划|全年|共|累计|完成|开展|举办|预算|支出)")
# A budget and its goals are handed in late in the year before: 「整体目标申报表于2022年12月报出」.
_REPORTED = pattern(
    r"(?:目标|预算|申报表|项目库)[^。;,]{0,8}20\d\d\s?年\s?(?:[89]|1[0-2])\s?月[^。;,]{0,8}(?:报|编|审|入库|提交|填)"
)
_AMOUNT_ONLY = pattern(
    r"\s?年?(?:度)?(?:全年)?(?:末)?(?P<of>[\u4e00-\u9fff\"“”]{2,10}?)?(?P<what>)(?:支出|决算|预算|收入|为|是|实际|同期)[^,。;]{0,12}\d[\d,.]*\s?(?:亿元|万元|元|人|个|件|%)"
)
_WORK_ONLY = pattern(
    r"\s?年?(?:度)?(?P<of>[\u4e00-\u9fff]{2})(?P<what>[^。,;\d]{0,8})\d[\d,.]*\s?[\u4e00-\u9fff]{1,3}(?:,[^。,;\d]{2,8}\d[\d.]*%)?。"
)
_ACTS = ("完成", "开展", "组织", "实施", "举办", "实现", "新增", "建成")  # which name nothing by themselves
_SHORT_SENTENCE = 30
_BACK = 200
_COUNTED_FIGURE = pattern(
    r"(?<![\d.])(?<!\d,)(?P<n>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{3,}(?:\.\d+)?|\d{2,}\.\d+)\s?(?P<unit>万?元|[\u4e00-\u9fff]{1,3})"
)
_OF_THE_PAST = pattern(
    r"上年|上一年|去年|20\d\d年(?:度|末|底)?结[转余]|结转[至到]?本年|同比|相比|基期|基数|往年|同期|持平|[比较与]20\d\d"
)


def _tells_this_years(case: Case, mention: YearMention) -> bool:
    """Whether the first figure behind last year is told elsewhere as this year's: 「2022年整治路域环境312公里」 beside a leaf with 312公里."""
    sentence, told = case.text(mention.sentence), case.flat[mention.span.end : mention.sentence.end]
    if mention.span.start - mention.sentence.start > _LEADS or _OF_THE_PAST.search(sentence):
        return False
    figure = _COUNTED_FIGURE.search(re.split(r"[;。]", told)[0])
    if figure is None:
        return False
    start = mention.span.end + figure.start()
    read = next((q.unit for q in case.by_sentence.get(mention.sentence, ()) if q.span.start == start), figure["unit"])
    unit = f"[{_PERSONS}](?!次)" if read in _PERSONS else re.escape(read)
    for match in re.finditer(rf"(?<![\d.,]){re.escape(figure['n'])}\s?{unit}", case.flat):
        at = match.start()
        line = case.flat[case.flat.rfind("\n", 0, at) + 1 : match.end()]
        own = case.sentence(at) if not case.in_table(at) else None
        beside = case.text(own) if own is not None else line
        if not mention.sentence.start <= at < mention.sentence.end and not (
            _OF_THE_PAST.search(beside) or str(mention.year) in beside
        ):
            return True
    return False


_PERSONS = "人名位"
_LEADS = 4  # characters before the year that opens a sentence


def _beside_this_year(case: Case, mention: YearMention) -> bool:
    """Last year's figure that follows this year's: 「2023年支出47.84万元；2022年支出49.10万元」."""
    sentence = mention.sentence
    first = mention.span.start - sentence.start <= 1
    if not first or sentence.end - sentence.start > _SHORT_SENTENCE:
        return False
    paragraph = case.paragraph(mention.span.start)
    before = case.flat[max(paragraph.start, mention.span.start - _BACK) : mention.span.start]
    told = _AMOUNT_ONLY.match(case.flat, mention.span.end) or _WORK_ONLY.match(case.flat, mention.span.end)
    if told is None or (told["of"] in _ACTS and (told["what"] or "")[:2] not in before):
        return False
    return (told["of"] or "") in before and re.search(r"\d", before) is not None


def _told_beside(case: Case, mention: YearMention) -> bool:
    """Whether last year's figure stands beside this year's, or what was handed in last year was made for this one."""
    lead = case.flat[max(mention.sentence.start, mention.span.start - _FIGURE_BEFORE) : mention.span.end + 20]
    if _STOOD.match(case.flat, mention.span.end) and re.search(
        r"\d\s?[\u4e00-\u9fff]{1,4},$", case.flat[max(0, mention.span.start - _FIGURE_BEFORE) : mention.span.start]
    ):
        return True
    if _REPORTED.search(lead) is not None or _in_brackets(case, mention):
        return True
    return _beside_this_year(case, mention) or _counted_alike(case, mention)


def _counted_alike(case: Case, mention: YearMention) -> bool:
    """Whether the paragraph counts the same of this year before: 「受理186件，成功164件……。2022年受理172件、成功146件」."""
    told = _COUNTED.match(case.flat, mention.span.end)
    if told is None:
        return False
    start = case.paragraph(mention.span.start).start
    again = re.compile(rf"{told['of']}(?:了|为|达)?\s?(?P<n>\d[\d,.]*)\s?{told['unit']}")
    return any(m["n"] != told["n"] for m in again.finditer(case.flat, start, mention.span.start))


_COUNTED = pattern(
    r"\s?年?(?:度)?(?:全年)?(?:共)?[\u4e00-\u9fff]{0,4}?(?P<of>[\u4e00-\u9fff]{2})(?:了|为|达)?\s?(?P<n>\d[\d,.]*)\s?(?P<unit>万?[\u4e00-\u9fff]|%)"
)


_ITS_FIGURE = pattern(
    r"\s?年?(?:度)?(?:末|底|同期)?(?:为|是|支出|实际)?\s?\d[\d,.]*\s?(?P<unit>万?[\u4e00-\u9fff]{1,2}|%)"
)
_FIGURE_THEN = pattern(r"\d\s?(?P<unit>万?[\u4e00-\u9fff]{1,2}|%)[,;]$")


def _counterpart(case: Case, mention: YearMention) -> bool:
    """Last year's figure right behind this year's, in one unit: 「持证残疾人7,936人，2023年末为7,562人」."""
    figure = _ITS_FIGURE.match(case.flat, mention.span.end)
    before = _FIGURE_THEN.search(case.flat[max(0, mention.span.start - _FIGURE_BEFORE) : mention.span.start])
    return figure is not None and before is not None and figure["unit"][:1] == before["unit"][:1]


def _in_brackets(case: Case, mention: YearMention) -> bool:
    """Last year's figure in a bracket behind this year's: 「累计达到41所（2022年末为32所）」."""
    before = case.flat[max(0, mention.span.start - _FIGURE_BEFORE) : mention.span.start]
    return _OPENED.search(before) is not None and _FIGURE.match(case.flat, mention.span.end) is not None


_STOOD = pattern(r"\s?年?[末底]为\s?\d")  # 「持证7,936人，2023年末为7,562人」
_FIGURE_BEFORE = 16  # characters
_OPENED = pattern(r"\d\s?[\u4e00-\u9fff%]{0,6}\((?:其中)?$")
_FIGURE = pattern(r"\s?年?(?:度|末|底)?[^()。;\d]{0,8}\d[\d,.]*[^()。;\d]{0,6}\)")
