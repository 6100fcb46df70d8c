"""The figures of a leaf that the bands and bounds of its rule speak of; several where its words leave open which."""

from fractions import Fraction

from hengji.auditing.rescoring.clauses.grammar import Off, Rule
from hengji.auditing.rescoring.exact.figures import amount_in_unit, days_late, pieces_short
from hengji.auditing.rescoring.leaf_facts import Fact, Facts
from hengji.auditing.rescoring.reached import planned_and_done, rate_of, ratio_of
from hengji.auditing.wording import pairs_of
from hengji.model.patterns import pattern
from hengji.model.units import canonical_unit, factor

_HUNDRED = Fraction(100)
_PER_CENT = ("%", "个百分点", "百分点")
_MOVES = pattern(r"提高|增长|增加|上升|下降|降低|减少|变动|增减|增幅|降幅|压减|压缩|同比")
_FALLS = pattern(r"下降|降低|减少|降幅|压减|压缩")
_RATE = pattern(r"(?<![\d.])(?P<n>\d{1,3}(?:\.\d+)?)%")
_YEAR_BEFORE = pattern(r"上年|去年|上一年|20\d\d年")


def values_of(facts: Facts, unit: str, subject: str, *, wide: bool) -> frozenset[Fraction]:
    """What was reached in a unit; ``wide``: of the only figure in it as well where nothing else names it."""
    if unit == "%" and not _DIFFERS.search(subject) and _MOVES.search(f"{subject}{facts.name}"):
        return _moved(facts, subject)
    if "/" in unit[1:]:
        return _for_each(facts, unit)
    if unit.startswith("/") or unit == "‰":
        told = amount_in_unit(unit, facts)
        return frozenset((told,)) if told is not None else frozenset()
    if _DIFFERS.search(subject) and unit == "%":
        return frozenset(f.number for f in facts.figures if _in_unit(f, unit) and _DIFFERS.search(f.lead))
    if facts.actual is not None and facts.actual.unit == unit and wide:
        return frozenset((facts.actual.number,))
    figures = [f for f in facts.figures if f.unit == unit and not (f.aimed or f.short or f.beyond or f.bounded)]
    if unit != "%":
        only = amount_in_unit(unit, facts) if not figures else None  # 「36分20秒」
        return frozenset(f.number for f in figures) if only is None else frozenset((only,))
    return _rates(facts, figures, subject, wide=wide)


def _for_each(facts: Facts, unit: str) -> frozenset[Fraction]:
    """The amounts that are told for each of something, in the unit of a rule: 「13400元/户」 of 「1.45万元/户」."""
    own, _, each = unit.partition("/")
    told = ((f, factor(f.unit, own)) for f in facts.figures if f.after.startswith(f"/{each}") and not f.aimed)
    return frozenset(f.number * by for f, by in told if by is not None)


def _rates(facts: Facts, figures: list[Fact], subject: str, *, wide: bool) -> frozenset[Fraction]:
    """The rate that a rule speaks of; several where it could be each, none where another is told."""
    fact = rate_of(facts, subject) if wide else None
    if fact is not None:
        return frozenset((fact.number,)) if fact.unit == "%" else frozenset()
    figures = [f for f in figures if not _STAGE.search(facts.before(f))]
    own = _named(figures, subject) or (_named(figures, facts.name) if wide else [])
    if (
        not own
        and len({f.number for f in figures}) == 1
        and not _apart(figures[0].lead, f"{subject}{facts.name if wide else ''}")
    ):
        own = figures
    if not own and wide and len({f.number for f in figures}) > 1:
        own = figures
    if own or figures or not wide:
        return frozenset(f.number for f in own)
    ratio = ratio_of(facts)
    return frozenset((ratio[0] * _HUNDRED,)) if ratio is not None else frozenset()


_STAGE = pattern(r"[一二三]季度|上半年|半年度|年中|中期|(?<!\d)(?:[1-9]|1[01])月(?:底|末)")
_DIFFERS = pattern(r"偏差|偏离|差异|相差|差距")


def _in_unit(fact: Fact, unit: str) -> bool:
    return fact.unit == unit or (unit == "%" and fact.unit in _PER_CENT)


def _named(figures: list[Fact], words: str) -> list[Fact]:
    """The figures whose clause shares most with these words."""
    common = [(len(pairs_of(f.lead) & pairs_of(words)), f) for f in figures]
    most = max((count for count, _ in common), default=0)
    return [f for count, f in common if count == most > 0]


def _apart(lead: str, subject: str) -> bool:
    """Whether a figure has a name of its own that is not the one asked for."""
    return bool(_NAME.search(lead)) and not pairs_of(lead) & pairs_of(subject)


_NAME = pattern(r"[率度比]")


def _moved(facts: Facts, subject: str) -> frozenset[Fraction]:
    """By how many per cent a figure changed: told, or from one year's rate to the next."""
    if facts.actual is not None and facts.actual.unit == "%":
        return frozenset((facts.actual.number,))
    sign = -1 if _FALLS.search(subject if _MOVES.search(subject) else facts.name) else 1
    told = {
        f.number
        * (
            -sign
            if (_FALLS.search(f.lead) is not None) != (sign < 0) and not _EITHER.search(subject + facts.name)
            else 1
        )
        for f in facts.figures
        if _in_unit(f, "%") and not f.aimed and (_MOVES.search(f.lead) or _EITHER.search(f.lead))
    }
    if told and _EITHER.search(f"{subject}{facts.name}") and _FALLS.search(facts.text):
        told |= {-each for each in told}  # 「减少0.70万元,变动率6.67%」
    if told:
        return frozenset(told)
    rates = [Fraction(match["n"]) for match in _RATE.finditer(facts.text)]
    if len(rates) == len(("now", "before")) and _YEAR_BEFORE.search(facts.text):
        first = (
            _YEAR_BEFORE.search(facts.text.partition("%")[0]) is not None and "比" not in facts.text.partition("%")[0]
        )
        return frozenset(((rates[1] - rates[0]) * (1 if first else -1) * sign,))
    own = [f.number for f in facts.figures if _in_unit(f, "%") and not f.aimed]
    return frozenset(own) if len(set(own)) == 1 else frozenset()


_EITHER = pattern(r"变动|调整|增减|偏差|偏离")


def bounds_of(rule: Rule, off: Off, facts: Facts, points: Fraction) -> list[tuple[Fraction, int]]:
    """From where a deduction counts, and to which side."""
    if off.bound is not None:
        sides = ((off.bound.high, -1), (off.bound.low, 1))
        if off.bound.low == off.bound.high:
            return [(off.bound.low, off.way)] if off.bound.low is not None and off.way else []
        found = [(number, way) for number, way in sides if number is not None and off.way in (0, way)]
        only = [number for number, _ in sides if number is not None]
        return found or ([(only[0], off.way)] if len(only) == 1 else [])
    full = [band.range for band in rule.bands if band.score == points]
    if len(full) == 1:
        low, high = full[0].low, full[0].high
        if low is not None and low == high:
            return [(low, way) for way in (-1, 1) if off.way in (0, way)]
        sides = ((low, -1), (high, 1))
        return [(number, way) for number, way in sides if number is not None and off.way in (0, way)]
    if full:
        return []
    if rule.aim is not None:
        aim = rule.aim.low if rule.aim.low is not None else rule.aim.high
        ways = (off.way,) if off.way else (-1,) if rule.aim.high is None else (1,) if rule.aim.low is None else (-1, 1)
        return [(aim, way) for way in ways] if aim is not None else []
    aims = {f.number for f in facts.figures if _in_unit(f, off.unit) and f.aimed}
    aims |= {facts.target.number} if facts.target is not None and _in_unit(facts.target, off.unit) else set()
    if aims:
        return [(aim, off.way) for aim in aims] if off.way else []
    missed = {f.number for f in facts.figures if f.bounded and f.unit == off.unit}
    if len(missed) == 1 and off.way:
        return [(each, off.way) for each in missed]  # 「执行率83.46%,低于95%共11.54个百分点」
    return [(bound, off.way) for bound in _usual(rule, off, facts)]


def _usual(rule: Rule, off: Off, facts: Facts) -> tuple[Fraction, ...]:
    """The bound of a rate of that name where nobody tells one."""
    named = f"{rule.whole_words}{facts.name}"
    if _ASKED.search(f"{rule.whole_words}{facts.text}"):
        return ()
    if off.way < 0:
        return (_HUNDRED,) if _DONE.search(named) else ()
    if off.way > 0 and _CONTROL.search(named):
        return (_HUNDRED,)
    return (Fraction(0),) if off.way > 0 and _FROM_NOUGHT.search(named) else ()


_DONE = pattern(
    r"(?:完成|执行|及时|办结|达标|合格|覆盖|支出|整改|履约|利用|到位|入库|通过|准确|公开)(?:率|进度|比例|度)"
)
# 「达到规定比例」, 「低于目标值」: a bound of its own, which is told elsewhere
_ASKED = pattern(
    r"(?:规定|要求|目标|标准|基准|核定|计划)的?(?:比例|比率|占比|值|率|水平|线)|(?<!未)达到?(?:规定|要求|目标|标准|指标)"
)
_CONTROL = pattern(r"控制率")
_FROM_NOUGHT = pattern(r"调整|变动|增长|增幅|偏差|偏离|差错率|超支|超出|超过预算|为零|为0|结转|结余")


def gaps_of(rule: Rule, off: Off, facts: Facts, points: Fraction) -> frozenset[Fraction]:
    """By how much a figure misses its bound: as told, else as worked out."""
    told = {
        f.number
        for f in facts.figures
        if _in_unit(f, off.unit) and ((f.short and off.way <= 0) or (f.beyond and off.way >= 0))
    }
    values = values_of(facts, off.unit, f"{off.about}{''.join(each.condition for each in rule.given)}", wide=True)
    if off.unit not in ("%", "‰"):
        values |= {f.number for f in facts.figures if f.unit == off.unit and not (f.aimed or f.short or f.beyond)}
    bounds = bounds_of(rule, off, facts, points)
    worked = {max((value - bound) * way, Fraction(0)) for value in values for bound, way in bounds}
    target, actual = facts.target, facts.actual
    if off.unit == "%" and off.way and target is not None and actual is not None and target.unit == actual.unit != "%":
        worked = (
            {max((actual.number / target.number - 1) * off.way * _HUNDRED, Fraction(0))} if target.number else set()
        )
    elif not bounds and off.way:
        pair = planned_and_done(facts)
        if pair is not None and pair[0].unit == pair[1].unit and pair[0].number and off.unit == "%":
            worked = {max((pair[1].number / pair[0].number - 1) * off.way * _HUNDRED, Fraction(0))}
        elif pair is not None and pair[0].unit == pair[1].unit == off.unit:
            worked = {max((pair[1].number - pair[0].number) * off.way, Fraction(0))}
    return frozenset(told & worked or told | worked)  # one gap that is told and can be worked out is one


def pieces(off: Off, facts: Facts) -> frozenset[Fraction]:
    """How many things are wanting of what was planned, or are beyond it."""
    unit = canonical_unit(off.unit)
    if off.way < 0:
        short = pieces_short(unit, facts)
        return frozenset((short,)) if short is not None else frozenset()
    told = {f.number for f in facts.figures if f.beyond and f.unit == unit}
    if told:
        return frozenset(told)
    pair = planned_and_done(facts)
    if pair is None or not pair[0].unit == pair[1].unit == unit:
        return frozenset()
    return frozenset((max(pair[1].number - pair[0].number, Fraction(0)),))


_DAYS = {"天": 1, "日": 1, "周": 7, "星期": 7, "旬": 10}
_MONTHS = {"个月": 1, "月": 1, "季度": 3, "个季度": 3, "年": 12}
_LATE_LEAD = pattern(
    r"(?:晚|迟|逾期|超期|超时|超限|延期|推迟|延迟|滞后|拖延|拖后|延后|延误|晚于[^,。]{0,8}|超过[^,。]{0,6}(?:时限|期限|规定|要求))[\u4e00-\u9fff]{0,4}$"
)


def _days_more(facts: Facts, fact: Fact) -> Fraction:
    """The days of 「延期1个月零12天」 as a part of a month."""
    more = _AND_DAYS.match(facts.text, fact.end) if fact.unit == "个月" else None
    return Fraction(more["n"]) / 31 if more is not None else Fraction(0)


_PARTED = pattern(r"其中|平均|最[长多短少]")
_AND_DAYS = pattern(r"[零又]?(?P<n>\d{1,2})天")


def late_by(facts: Facts, off: Off, year: int) -> frozenset[Fraction]:
    """How late something came, in the units of a rule."""
    unit = canonical_unit(off.unit)
    told = {
        f.number + _days_more(facts, f)
        for f in facts.figures
        if f.unit in (unit, off.unit) and _LATE_LEAD.search(f.lead)
    }
    if told:
        parted = _PARTED.search(facts.text) is not None
        return frozenset(told) if parted else frozenset((max(told), sum(told, Fraction(0))))
    days = {f.number for f in facts.figures if f.unit in ("天", "日") and _LATE_LEAD.search(f.lead)}
    worked = days_late(facts, facts.cells[0], facts.cells[1] or facts.text, year)
    days |= {worked} if worked is not None and not days else set()
    if len(days) != 1:
        return frozenset()
    (late,) = days
    if off.unit in _DAYS:
        return frozenset((late / _DAYS[off.unit],))
    if off.unit in _MONTHS:
        return frozenset(late / (each * _MONTHS[off.unit]) for each in (28, 30, 31))
    return frozenset()
