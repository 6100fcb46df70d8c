"""R06 by targets: full marks although the target that a table or a rate's own name gives was missed."""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from hengji.auditing.case import Case
from hengji.auditing.moved_points import worth
from hengji.auditing.numbers import number, places
from hengji.auditing.rates.impossible_targets import impossible_target
from hengji.auditing.rescoring.by_rule import reading_of
from hengji.auditing.rescoring.rule_readings import LESS_IS_BETTER
from hengji.auditing.scores.passages import told_passage
from hengji.auditing.scores.tree import tables
from hengji.model.extraction import ScoredItem
from hengji.model.finding import Finding, Severity
from hengji.model.numerals import round_half_up
from hengji.model.patterns import pattern
from hengji.scoring.targets import AT_LEAST, AT_MOST, EQUAL, completion, read_actual, read_target

_DOUBT = pattern(r"^[2²]\s?\d{2,3}(?:\.\d+)?%$")  # 「290%」 may be a misread 「≥90%」
_MET = Fraction(1)


def targets_met(case: Case) -> Iterator[Finding]:
    """Full marks although the number achieved misses the target, and no word on it."""
    scanned = case.found.document.form == "ocr" or bool(re.search(r"万兀|项Fl|顼目|预匏|XlO", case.flat))
    for items in tables(case):
        for item in items:
            if item.claimed is None or not item.points or item.doubtful:
                continue
            if not item.of_execution and not scanned and not reading_of(case, item):
                yield from _target(case, replace(item, points=worth(case, item)))


_RATE_LEAF = pattern(r"执行率|完成率|支出率|到位率|及时率|覆盖率|回复率|办结率|验收率")
_CONTROL = pattern(r"控制率")
_PART = Fraction(90)


def rates_against_claims(case: Case) -> Iterator[Finding]:
    """Full marks in running text beside a rate that misses them: well below 100 %, or a control rate above it."""
    for item in case.found.items:
        if (
            item.table
            or item.claimed is None
            or not item.points
            or item.claimed != worth(case, item)
            or reading_of(case, item)
        ):
            continue
        own = [
            q
            for q in case.found.quantities
            if q.unit == "%" and item.body.start <= q.span.start < item.body.end and q.about != "目标"
        ]
        for quantity in own if len(own) == 1 else ():
            rate = Fraction(quantity.number)
            control = bool(_CONTROL.search(item.name)) and "控制率" in quantity.name and rate > 100
            short = bool(_RATE_LEAF.search(item.name)) and bool(_RATE_LEAF.search(quantity.name)) and 0 < rate < _PART
            if control or (short and not _SUFFICES.search(case.text(item.body))):
                told = "超过100%" if control else "没有达到100%"
                yield case.finding(
                    "R06",
                    case.leaf_span(item),
                    f"“{item.name}”{quantity.value}%{told}，却得满分{number(item.claimed)}分",
                    severity=Severity.WARNING,
                    stated=number(item.claimed),
                    item=item.name,
                )
                break


_SUFFICES = pattern(
    r"(?:≥|不低于|达到|高于|超过)\s?\d{2}(?:\.\d+)?\s?%[^。;]{0,16}(?:满分|得\d|计\d)|目标(?:值)?[^。;]{0,6}\d{2}(?:\.\d+)?%|扣"
)


_BARE_TARGET = pattern(r"[≥≤]\s?\d[\d,]*(?:\.\d+)?\s?%")
_LAST_RATE = pattern(r"(?:^|[^\d.])(?P<rate>\d{1,3}(?:\.\d+)?\s?%)$")


def _with_target(item: ScoredItem) -> ScoredItem:
    """An item whose rule is nothing but a target (「≥95%」), read as one with that target and the rate that its facts end with."""
    rule, reached = _BARE_TARGET.fullmatch(item.rule.strip()), _LAST_RATE.search(item.actual.strip())
    if item.target or rule is None or reached is None:
        return item
    return replace(item, target=rule[0], actual=reached["rate"])


_WORDY_AIM = pattern(r"[\u4e00-\u9fff]{2,8}(?P<aim>[≥≤]\s?\d[^,;。()]*)")
_WORDY_RATE = pattern(r"\d[\d,.]*\s?÷\s?\d[\d,.]*\s?=\s?(?P<rate>\d[\d.]*\s?%)")
_WORDY_COUNT = pattern(r"(?P<count>\d[\d,.]*\s?[\u4e00-\u9fff]{1,3}),(?:完成率?|达到|占)\s?\d[\d.]*\s?%")


def _bare(item: ScoredItem) -> ScoredItem:
    """A row whose cells tell more than the figures: 「补水≥900万立方米」, 「1902÷1958=97.13%」, 「57场，完成95%」."""
    target, actual = item.target.strip(), item.actual.strip()
    aim, rate, count = _WORDY_AIM.fullmatch(target), _WORDY_RATE.fullmatch(actual), _WORDY_COUNT.fullmatch(actual)
    target = aim["aim"] if aim is not None else target
    actual = rate["rate"] if rate is not None else count["count"] if count is not None and "%" not in target else actual
    return replace(item, target=target, actual=actual)


def _target(case: Case, item: ScoredItem) -> Iterator[Finding]:
    item = _bare(_with_target(item))
    if (
        not item.target
        or not item.actual
        or _DOUBT.match(item.target)
        or _DOUBT.match(item.actual)
        or item.claimed != item.points
    ):
        return
    if item.target[:1] == "2" and item.actual.startswith(item.target[1:3]):
        return  # 「226次」 beside 「26次」 may be a misread 「≥26次」
    if impossible_target(item.name, item.target) or _without_its_ten_thousand(item):
        return  # a slip of writing, which R12 tells
    if "月" in item.target:
        yield from _too_late(case, item)
    target = read_target("", item.target)
    if target is None or target.number is None or target.operator not in (AT_LEAST, AT_MOST, EQUAL):
        return
    actual = read_actual(re.sub(r"\(.*\)$", "", item.actual), target)
    if actual is None or re.search(  # what is scored in proportion gets no full marks
        r"不(?:扣|属|算|视)|视同|视为|调整为|调减|核减|变更|按(?![^,;]{0,8}比例).{0,12}(?:计|得)|目标(?:已)?调|不可抗|四舍五入|取整|据实|应([\u4e00-\u9fff])尽\1",
        item.remark,
    ):
        return
    if actual < 0 < target.number and _FALLS.search(item.name):
        return  # a fall may be told with its sign
    reached = completion(target, actual)
    if _tolerated(case, item, reached, abs(actual - target.number)):
        return
    explicit = bool(re.match(r"[≥≤=><]", item.target))
    if not explicit and (
        LESS_IS_BETTER.search(item.name) or (_TIME.search(item.name) and not item.name.endswith("率"))
    ):
        return  # which way the target is meant is not said
    if _rounded_up(case, item, reached):
        return
    if reached >= _MET or (target.operator == EQUAL and actual >= target.number):
        return
    yield case.finding(
        "R06",
        told_passage(case, item) or item.quote,
        f"“{item.name}”目标{item.target}，实际{item.actual}，没有达到，却得满分{number(item.points or Decimal(0))}分",
        severity=None if explicit else Severity.WARNING,
        stated=number(item.claimed or Decimal(0)),
        recomputed=number((item.points or Decimal(0)) * Decimal(reached.numerator) / Decimal(reached.denominator)),
        item=item.name,
    )


def _rounded_up(case: Case, item: ScoredItem, reached: Fraction) -> bool:
    """Whether a report that scores in proportion, to so many places as its uneven scores have, rounds so small a miss to full marks."""
    uneven = [i.claimed for i in case.found.items if i.table and i.claimed is not None and i.claimed * 2 % 1]
    if not uneven or item.points is None:
        return False
    most = max(places(str(claim)) for claim in uneven)
    return round_half_up(Fraction(item.points) * min(reached, _MET), most) == item.points


def _without_its_ten_thousand(item: ScoredItem) -> bool:
    """Whether a result that would meet its target only lacks the 万 of its unit, or has one too many: 「≥150万元」, 「186.40元」; 「≤0.42元」, 「0.39万元」."""
    aim, had = _MONEY.search(item.target), _MONEY.fullmatch(item.actual.strip())
    if aim is None or had is None or aim["w"] == had["w"]:
        return False
    asked, got = (Decimal(match["n"].replace(",", "")) for match in (aim, had))
    return asked <= got < _TEN_THOUSAND if aim["w"] else got <= asked


_MONEY = pattern(r"(?P<n>\d[\d,]*(?:\.\d+)?)\s?(?P<w>万)?元")
_TEN_THOUSAND = Decimal(10_000)
_FALLS = pattern(r"[降减低缩]")
_N = r"(?P<{}>\d{{1,2}}(?:\.\d+)?)"
_FORGIVEN = r"(?:不扣|满分|视(?:同|为)|算)"
_TOLERANCE = pattern(
    rf"(?:允许|容许|偏差|误差|差距|差额|未达|不足|低于)[^,。;\t\n]{{0,10}}?{_N.format('off')}(?P<points>%|个百分点)(?:\(含\))?(?:以?内|以下)[^。;\t\n]{{0,12}}?{_FORGIVEN}"
    rf"|(?:允许|容许|±)[^,。;\t\n\d]{{0,8}}{_N.format('let')}(?P<by>%|个百分点)"
    rf"|(?:达到|完成)(?:年度|年初)?(?:目标|计划|指标)值?的?\s?{_N.format('least')}%(?:\(含\))?以上[^。;\t\n]{{0,10}}?{_FORGIVEN}"
)
_LEAST = pattern(
    r"(?<![\d.])(?P<least>\d{2}(?:\.\d+)?)%(?:\(含\))?(?:及?以上)[^。;\t\n]{0,8}?(?:不扣|满分|视(?:同|为))"
)


def _tolerated(case: Case, item: ScoredItem, reached: Fraction, gap: Fraction) -> bool:
    """Whether the row, its rule or a rule for all leaves lets so small a miss pass: 「偏差3%以内不扣分」, 「允许±1个百分点」."""
    own = _LEAST.search(f"{item.rule};{item.remark}")
    if own is not None and reached >= Fraction(own["least"]) / 100:
        return True
    every = any(word in case.flat for word in ("以内", "以上", "允许", "容许", "±"))
    for match in _TOLERANCE.finditer(case.flat) if every else ():
        here = match.start() >= item.body.start and match.end() <= item.body.end
        if not here and (match["let"] or case.item_at(match.start()) is not None):
            continue  # another leaf's
        if (
            "个百分点" in (match["points"], match["by"])
            and "%" in item.target
            and gap <= Fraction(match["off"] or match["let"])
        ):
            return True
        off = match["off"] or match["let"]
        if reached >= (1 - Fraction(off) / 100 if off else Fraction(match["least"]) / 100):
            return True
    return False


_TIME = pattern(r"时限|时效|及时|期限|天数|时长|时间|周期|耗时|用时|办理日")
_DATE = r"(?:(?P<year>20\d\d)年)?(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})日|底|末|份)?"
_UNTIL = pattern(rf"(?:≤|不晚于)?{_DATE}(?:底|末)?(?:以前|之前|前|内)(?:完成|完工|办结|竣工|交付)?")
_DONE_ON = pattern(rf"(?:于)?{_DATE}(?:已)?(?:全部)?(?:完成|完工|办结|竣工|验收|交付|通过)?")
_LAST_DAY = 31


def _too_late(case: Case, item: ScoredItem) -> Iterator[Finding]:
    """Full marks for what was to be done by a date and was done after it."""
    until, done = _UNTIL.fullmatch(item.target.strip()), _DONE_ON.fullmatch(item.actual.strip())
    if until is None or done is None or _EXCUSED.search(item.remark):
        return
    if until["year"] and int(until["year"]) < case.year and not _on(done, 0)[1:] > _on(until, 0)[1:]:
        return  # a target of the year before, in time but for its year: the year is the slip
    if _on(done, case.year) > _on(until, case.year):
        message = f"“{item.name}”目标{item.target}，实际{item.actual}，没有按期，却得满分{number(item.points or Decimal(0))}分"
        yield case.finding("R06", item.quote, message, stated=number(item.claimed or Decimal(0)), item=item.name)


_EXCUSED = pattern(r"不扣|视同|调整|变更|批准|同意|批复|不可抗|汛|疫")


def _on(match: re.Match[str], year: int) -> tuple[int, int, int]:
    return int(match["year"] or year), int(match["month"]), int(match["day"] or _LAST_DAY)
