"""R06 by the rule that the table itself prints beside an indicator: steps, deductions for every per cent, and proportions.

Only what the printed words decide is computed. Where a rule leaves open whether part of a step counts, every reading is allowed.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from hengji.auditing.case import Case
from hengji.auditing.numbers import in_unit, number
from hengji.model.extraction import Quantity, ScoredItem, Span
from hengji.model.finding import Finding, Severity
from hengji.model.numerals import round_half_up
from hengji.model.units import dimension

_P = r"(-?\d{1,3}(?:\.\d+)?)"
_GIVES = r"[,:]?(?:的)?[,:]?(?:计|得|给|为)?(?P<n>满分|\d{1,2}(?:\.\d+)?(?=分))"
_NOTHING = r"[,:]?(?:的)?[,:]?(?:不得分|不计分|(?:计|得)0分)"
_RANGE = re.compile(_P + r"%?(?P<a>\(含\))?(?:以上)?[-—~至到]" + _P + r"%(?P<b>\(含\))?(?:以下)?" + _GIVES)
_LEAST = re.compile(
    r"(?:(?:≥|不低于|大于等于|大于或等于|达到)"
    + _P
    + r"%(?:\(含\))?(?:以上|及以上)?|"
    + _P
    + r"%(?:\(含\))?(?:及)?以上(?:\(含\))?)"
    + _GIVES
)
_MOST = re.compile(
    r"(?:(?:≤|不超过|小于等于|小于或等于|不高于|W)"
    + _P
    + r"%?|"
    + _P
    + r"%?(?:\(含\))?(?:及)?以[下内](?:\(含\))?)"
    + _GIVES
)
_EQUAL = re.compile(r"(?:^|[;。,:]|=|等于|率)=?" + _P + r"%?" + _GIVES)
_BELOW = re.compile(r"(?:低于|小于|不足|<)" + _P + r"%(?:" + _NOTHING + "|" + _GIVES + ")")
_ABOVE = re.compile(r"(?:大于|超过|高于|>)" + _P + r"%(?:" + _NOTHING + "|" + _GIVES + ")")
_EVERY = re.compile(
    r"每(?P<way>(?:超过|超出|高于|增加|超|低于|低|降低|少|下降|偏离)+(?:\((?:降低|低于|低|少|下降)\)|或(?:降低|低于|低))?)(?:目标值?|(?P<from>\d{2,3}(?:\.\d+)?)%的?)?[,:]?(?P<step>一|1|\d{1,2}(?:\.\d+)?)?(?:个百分点|个?%|％)(?:的)?(?:[,:]?扣)(?P<cut>\d(?:\.\d+)?)分"
)
_PROPORTION = re.compile(r"率[×x*](?:本项|该项|指标)?分值")
_WHOLE_STEPS = re.compile(r"不足[\d一]*(?:个百分点|%|\d%)?(?:部分)?的?不(?:扣|计|予?计算)")
_PART_COUNTS = re.compile(
    r"不足[\d一]*(?:个百分点|%|\d%)?(?:部分)?的?[,]?(?:均|也|都)?(?:按|以|算)[\d一]*(?:个百分点|%|个)?"
)
_AIM = re.compile(r"(?:目标值?|标准|要求|应达到?)(?:为|是|:)?(?:≥|≤|不低于|不超过|达到)?(?P<n>\d{1,3}(?:\.\d+)?)%")
_FROM = re.compile(r"(?:低于|不足|未达到?|超过|高于|小于|大于)(?P<n>\d{1,3}(?:\.\d+)?)%的?[,:]?每")
_DONE_RATE = re.compile(r"(?:完成|执行|及时|办结|达标|合格|覆盖|支出|整改|履约)率")
_RATE = re.compile(r"(-?\d{1,3}(?:\.\d+)?)%")
_SAID = re.compile(r"(?:率|为|=)(-?\d{1,3}(?:\.\d+)?)%")
_HUNDRED = Fraction(100)
_LITTLE = Fraction(11, 1000)


@dataclass(frozen=True, slots=True)
class _Step:
    low: Fraction | None
    high: Fraction | None
    with_low: bool
    with_high: bool
    score: Fraction

    def holds(self, value: Fraction) -> bool:
        above = self.low is None or value > self.low or (self.with_low and value == self.low)
        below = self.high is None or value < self.high or (self.with_high and value == self.high)
        return above and below


def scored_by_printed_rule(case: Case) -> Iterator[Finding]:
    """A table's score above what its printed rule gives for the rate in the same row."""
    for item in case.found.items:
        if not item.rule or item.claimed is None or not item.points or item.doubtful or item.claimed > item.points:
            continue
        rate = _rate_of(item)
        scores = allowed(item.rule, Fraction(item.points), rate) if rate is not None else ()
        claimed = Fraction(item.claimed)
        if rate is None or not scores or claimed <= max(scores) + _LITTLE:
            continue
        most = number(max(scores))
        yield case.finding(
            "R06",
            case.leaf_span(item),
            f"“{item.name}”是{number(rate)}%，按印出的评分标准应得{most}分，自评{number(item.claimed)}分",
            severity=Severity.WARNING,
            stated=number(item.claimed),
            recomputed=most,
            item=item.name,
        )


_RULE_HEADER = re.compile(r"(?:评分|计分|打分|考核|评价|扣分|得分)(?:标准|细则|方法|办法|规则|说明|要点)")
_RULE_SAID = re.compile(r"(?:评分|计分|打分|考核|评价)(?:标准|细则|方法|办法|规则)[::为是]*(?P<rule>[^\n]{6,160})")
_LED = re.compile(r"占(?:[^,。;]|,(?=\d)){2,30}的\s?$")
_LEAD = 34  # characters before a rate in which it is named
_RATE_NAME = re.compile(r"[率例重]$|(?:率|比例|比重)(?:为|是|达到?)?$")


def scored_beside_a_rule(case: Case) -> Iterator[Finding]:
    """A leaf of running text scored above what the rule gives for its rate: the rule said beside it, or in a table of the report."""
    rules = dict(_table_rules(case))
    for item in case.found.items:
        if item.table or item.doubtful or item.claimed is None or not item.points or item.claimed > item.points:
            continue
        said = _RULE_SAID.search(case.flat, item.span.end, item.body.end)
        rule = said["rule"] if said else rules.get(_bare(item.name), "")
        rate = _told_rate(case, item, said.start() if said else item.body.end) if rule else None
        if rate is None and said is not None:
            rate = _told_rate(case, item, item.body.end, case.sentence(said.start()).end)
        if rate is None:
            continue
        fallen = case.flat[rate.span.start - 1 : rate.span.start] in ("-", "−", "－")
        value = -Fraction(rate.number) if fallen else Fraction(rate.number)
        scores = allowed(_one_dash(rule), Fraction(item.points), value)
        claimed = Fraction(item.claimed)
        if not scores or claimed <= max(scores) + _LITTLE:
            continue
        most = number(max(scores))
        message = f"“{item.name}”是{rate.value}%，按写明的评分标准应得{most}分，自评{number(item.claimed)}分"
        yield case.finding(
            "R06",
            case.leaf_passage(item),
            message,
            severity=Severity.WARNING,
            stated=number(item.claimed),
            recomputed=most,
            item=item.name,
        )


def _one_dash(rule: str) -> str:
    return re.sub(r"[—–―～]+", "-", rule)


def _bare(name: str) -> str:
    return re.sub(r"[\s\"'“”()（）、,，]", "", name)


def _table_rules(case: Case) -> Iterator[tuple[str, str]]:
    """The rules of scoring tables by the name of the indicator that stands in the same row."""
    for grid in case.grids:
        columns = [
            c
            for row in range(min(grid.rows, 3))
            for c, text in enumerate(grid.row(row))
            if _RULE_HEADER.search(text) and len(text) < 12
        ]
        for row in range(1, grid.rows) if columns else ():
            rule = grid.text(row, columns[0])
            for text in grid.row(row)[: columns[0]]:
                if text and rule and not text[0].isdigit():
                    yield _bare(text), rule


def _told_rate(case: Case, item: ScoredItem, before: int, behind: int = 0) -> Quantity | None:
    """The one rate of a leaf's own text that bears the leaf's name, before the rule is said or behind it."""
    own = [
        q
        for q in case.found.quantities
        if q.unit == "%"
        and max(behind, item.span.end) <= q.span.start < min(before, item.body.end)
        and q.about != "目标"
    ]
    tail = _bare(item.name)[-3:]
    named = [q for q in own if _bare(q.name).endswith(tail) or tail.endswith(_bare(q.name)[-3:] or "-")]
    alone = len({q.number for q in own}) == 1
    led = alone and _LED.search(case.flat[max(0, own[0].span.start - _LEAD) : own[0].span.start])
    found = named or ([q for q in own if _RATE_NAME.search(q.name) or led] if alone else [])
    return found[0] if len({q.number for q in found}) == 1 else None


_HABIT = 2  # leaves scored in proportion: then the report scores its rates so


def scored_in_proportion(case: Case) -> Iterator[Finding]:
    """Where a report scores its rates as rate × points, the leaf that lost points and claims more than that."""
    told: list[tuple[ScoredItem, Quantity, Fraction]] = []
    kept = 0
    for item in case.found.items:
        if item.table or item.doubtful or item.claimed is None or not item.points or not 0 < item.claimed < item.points:
            continue
        rate = _told_rate(case, item, item.body.end)
        if rate is None or not 0 < rate.number < _HUNDRED:
            continue
        expected = Fraction(rate.number) / _HUNDRED * Fraction(item.points)
        if abs(expected - Fraction(item.claimed)) <= _LITTLE:
            kept += 1
        elif Fraction(item.claimed) > expected + _LITTLE and not _SAID_HOW.search(case.text(item.body)):
            told.append((item, rate, expected))
    shown = kept and _WRITTEN_OUT.search(case.flat) is not None
    for item, rate, expected in told if (kept >= _HABIT or shown) and len(told) == 1 else ():
        most, claimed = number(expected), number(item.claimed if item.claimed is not None else expected)
        message = f"其他按比例计分，“{item.name}”是{rate.value}%，按比例应得{most}分，自评{claimed}分"
        yield case.finding(
            "R06",
            case.leaf_passage(item),
            message,
            severity=Severity.WARNING,
            stated=claimed,
            recomputed=most,
            item=item.name,
        )


_WRITTEN_OUT = re.compile(r"=\s?\d+(?:\.\d+)?\s?[×x*]\s?\d{2}(?:\.\d+)?%")
_SAID_HOW = re.compile(r"规定|满分|不超过|不低于|扣\s?\d|标准|每|档|目标\s?\d|÷|×|%[—\-~至]")


_IN_PROSE = re.compile(
    r"(?P<name>[\u4e00-\u9fff\"]{3,20})(?:指标)?[。:,](?P<facts>[^。]{0,90}?)(?:按(?:照)?|对照)\"(?P<rule>[^\"]{6,140})\"的?(?:标准|办法|规则|档次)?[^。%]{0,40}?(?:得|计)(?P<claim>\d{1,2}(?:\.\d+)?)分"
)


def scored_by_quoted_rule(case: Case) -> Iterator[Finding]:
    """The same where running text quotes the rule: 「占12.50%，按“0—10%（含）得4分……”的标准，得4分」."""
    if not _QUOTES_A_RULE.search(case.flat):
        return
    text = case.flat.replace("—", "-").replace("～", "-")
    for match in _IN_PROSE.finditer(text):
        name = match["name"].strip('"')
        item = next(
            (
                i
                for i in case.found.items
                if i.points and (i.name.replace('"', "") == name.replace('"', "") or name.endswith(i.name))
            ),
            None,
        )
        rates = _RATE.findall(match["facts"]) or _RATE.findall(text[match.end("rule") : match.end()])
        if item is None or item.points is None or not rates:
            continue
        rate, claimed = Fraction(rates[-1]), Fraction(match["claim"])
        scores = allowed(match["rule"], Fraction(item.points), rate)
        if scores and claimed > max(scores) + _LITTLE:
            most = number(max(scores))
            message = f"“{item.name}”是{number(rate)}%，按引用的标准应得{most}分，自评{number(claimed)}分"
            span = Span(match.start("name"), match.end())
            yield case.finding(
                "R06", span, message, severity=Severity.WARNING, stated=number(claimed), recomputed=most, item=item.name
            )


_QUOTES_A_RULE = re.compile(r"(?:按照?|对照)\"[^\"]{4,120}[得计]\s?\d")
_BOUNDED = re.compile(r"低于|不足|达到|超过|小于|大于|≥|高于")
_BY_RATE = re.compile(
    r"=\s?\d+(?:\.\d+)?\s?%\s?[×x*]\s?\d+\s?分|按(?:完成|执行)?比例(?:折算|计分|得分|计算)?|(?:率|比例)\s?[×x*]\s?\d+\s?分|(?:率|比例)\s?(?:乘以?|[×x*])\s?分值|分值\s?(?:乘以?|[×x*])\s?[\u4e00-\u9fff]{0,6}(?:率|比例)"
)


_BY_SHARE = re.compile(r"按(?:完成|执行|实际)?比例(?:计|得|计算得|折算得|折算为)\s?(?P<n>\d{1,2}(?:\.\d+)?)\s?分")
_TENTH = Fraction(1, 10)


def _too_little(body: str, claimed: Fraction, expected: Fraction) -> bool:
    """Whether a score that is said to be the rate's share is less than that, and is no rounding to half a point."""
    said = _BY_SHARE.search(body)
    halves = (claimed * 2).denominator == 1
    return said is not None and Fraction(said["n"]) == claimed < expected - _TENTH and not halves


_PART_WORTH = re.compile(r"(?:该|此|其|这)[^,。;\d]{0,6}(?:分值|满分|权重)(?:为|是)?\s?(\d{1,2}(?:\.\d+)?)\s?分")


def scored_by_rate(case: Case) -> Iterator[Finding]:
    """A leaf that says its score is its rate times its points, and whose own two amounts give another."""
    for item in case.found.items:
        if item.table or item.claimed is None or not item.points or item.claimed > item.points:
            continue
        body = case.text(item.body)
        if not _BY_RATE.search(body) or any(Fraction(n) < item.points for n in _PART_WORTH.findall(body)):
            continue  # the rate may be one part's, which has points of its own
        own = [
            q
            for q in case.found.quantities
            if item.body.start <= q.span.start < item.body.end and dimension(q.unit) == "money"
        ]
        rates = {
            q.number
            for q in case.found.quantities
            if item.body.start <= q.span.start < item.body.end and q.unit == "%" and q.about != "目标"
            if not _BOUNDED.search(case.flat[q.span.start - 4 : q.span.start])
        }
        if len(own) == len(("budget", "spent")) and all(q.number for q in own):
            low, high = sorted(in_unit(q, "万元") for q in own)
        elif len(rates) == 1 and 0 < max(rates) <= _HUNDRED:
            low, high = Fraction(max(rates)), _HUNDRED
        else:
            continue
        expected = round_half_up(low / high * Fraction(item.points), 2)
        claimed = Fraction(item.claimed)
        by_rate = {
            round_half_up(Fraction(rate) / _HUNDRED * Fraction(item.points), places)
            for rate in rates
            for places in (1, 2)
        }
        if claimed in by_rate:
            continue  # it follows from the rate that is printed: whether that is right is R11's
        if _too_little(body, claimed, expected) or (
            claimed > expected + _LITTLE and claimed != round_half_up(expected, 1)
        ):
            message = f"“{item.name}”按{number(low, 6)} ÷ {number(high, 6)}的比例应得{number(expected)}分，自评{number(claimed)}分"
            span = (
                Span(min(item.quote.start, own[0].span.start), max(item.quote.end, own[-1].span.end))
                if own
                else case.leaf_span(item)
            )
            yield case.finding(
                "R06",
                span,
                message,
                severity=Severity.WARNING,
                stated=number(claimed),
                recomputed=number(expected),
                item=item.name,
            )


_FALLEN = re.compile(r"((?:减少|下降|降低|压减)了?)(\d{1,3}(?:\.\d+)?)%")
_FALL = re.compile(r"(?:减少|下降|降低|压减)(?:了)?$")
_OF_A_FALL = re.compile(r"减少|下降|降低|压减|降幅|节约")


def fell(item: ScoredItem, words: str) -> bool:
    """Whether the words in front of a rate say that it is a fall of what the leaf measures: 「变动率」, and 「减少2.70%」."""
    return _FALL.search(words) is not None and _OF_A_FALL.search(item.name) is None


def _rate_of(item: ScoredItem) -> Fraction | None:
    """The one rate that a row states as its result; None where it states none or several."""
    text = re.sub(r"\s", "", f"{item.actual};{item.remark}")
    if re.search(r"调入|并入|追加后|目标", text):
        return None
    for form in (_RATE, _SAID):
        found = {Fraction(n) for n in form.findall(text)}
        if len(found) == 1:
            rate = found.pop()
            return (
                -rate if any(fell(item, words) and Fraction(n) == rate for words, n in _FALLEN.findall(text)) else rate
            )
    return None


def allowed(rule: str, points: Fraction, rate: Fraction) -> tuple[Fraction, ...]:
    """The scores that a printed rule can mean for a rate; nothing where it cannot be read."""
    text = re.sub(r"\s", "", rule)
    steps = _steps(text, points)
    every = _EVERY.search(text)
    if every is not None:
        return _deducted(text, every, steps, points, rate)
    for step in steps:
        if step.holds(rate):
            return (step.score,)
    if not steps and _PROPORTION.search(text) and rate >= 0:
        return (round_half_up(min(rate, _HUNDRED) / 100 * points, 2),)
    return ()


def _bound(text: str, every: re.Match[str], full: list[_Step]) -> Fraction | None:
    """From where a rule takes points off: its step of full marks, what it names itself, the target it gives; None where it says none."""
    if len(full) == 1:
        return full[0].high if full[0].high is not None else full[0].low
    if full:
        return None
    if every["from"]:
        return Fraction(every["from"])
    told = _FROM.search(text) or _AIM.search(text)
    if told is not None:
        return Fraction(told["n"])
    return _HUNDRED if _DONE_RATE.search(text) and not re.search("超|高", every["way"]) else None


def _score(match: re.Match[str], points: Fraction) -> Fraction:
    told = match.groupdict().get("n")
    return points if told == "满分" else Fraction(told) if told else Fraction(0)


def _steps(text: str, points: Fraction) -> list[_Step]:
    """The steps of a rule in the order in which they are tried."""
    found: list[_Step] = []
    for match in _RANGE.finditer(text):
        low, high = Fraction(match[1]), Fraction(match[3])
        if low > high:
            low, high = high, low
        upper = match["b"] is not None
        found.append(_Step(low, high, not upper or match["a"] is not None, upper, _score(match, points)))
    rest = _RANGE.sub(";", text)
    for match in _LEAST.finditer(rest):
        found.append(_Step(Fraction(match[1] or match[2]), None, True, False, _score(match, points)))
    rest = _LEAST.sub(";", rest)
    for match in _MOST.finditer(rest):
        found.append(_Step(None, Fraction(match[1] or match[2]), False, True, _score(match, points)))
    rest = _MOST.sub(";", rest)
    for match in _BELOW.finditer(rest):
        found.append(_Step(None, Fraction(match[1]), False, False, _score(match, points)))
    rest = _BELOW.sub(";", rest)
    for match in _ABOVE.finditer(rest):
        found.append(_Step(Fraction(match[1]), None, False, False, _score(match, points)))
    rest = _ABOVE.sub(";", rest)
    for match in _EQUAL.finditer(rest):
        value = Fraction(match[1])
        found.append(_Step(value, value, True, True, _score(match, points)))
    return found


def _deducted(
    text: str, every: re.Match[str], steps: list[_Step], points: Fraction, rate: Fraction
) -> tuple[Fraction, ...]:
    """Full marks up to a bound and so many points off for every per cent beyond it."""
    full = [step for step in steps if step.score == points]
    bound = _bound(text, every, full)
    if bound is None:
        return ()
    up = bool(re.search("超|高于|增加|偏离", every["way"]))
    down = bool(re.search("低|少|降|偏离", every["way"]))
    beyond = rate - bound
    if any(step.holds(rate) for step in full) or (beyond > 0 and not up) or (beyond < 0 and not down):
        return (points,)
    size = Fraction(1) if every["step"] in (None, "一") else Fraction(every["step"])
    exact = abs(beyond) / size
    whole = exact.numerator // exact.denominator
    up_to = Fraction(whole + (exact > whole))
    if _WHOLE_STEPS.search(text):
        counts = {Fraction(whole)}
    elif _PART_COUNTS.search(text):
        counts = {up_to}
    else:
        counts = {Fraction(whole), exact, up_to}
    return tuple(max(points - Fraction(every["cut"]) * count, Fraction(0)) for count in counts)
