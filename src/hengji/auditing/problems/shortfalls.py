"""R19: whether the figures that a leaf tells show what was missed, and words that say that something was."""

import itertools
from decimal import Decimal

from hengji.auditing.case import Case
from hengji.model.extraction import Quantity, ScoredItem
from hengji.model.patterns import pattern

LOST_BY = pattern(
    r"(?<!酌情)(?<!自行)(?<!主动)扣|因(?![公地])|由于|原因|未|不足|超(?!额|前|市|过?(?:年初|年度|全年|预定)?(?:计划|目标|任务))|但(?!是?否)|偏|低于|仅|滞后|缺|没有|较慢|差(?![旅额])|只|仍有|尚|不够|不明|不(?:完整|全|齐|规范|符|到位|及时|准|一致|均|合|严|细|清)|漏|欠|迟|误(?!工|餐)|退回|驳回|返工|终止|流标|停用|顺延|延期|推迟|延后|跨年|跨期|补签|主要是|晚|实际[^,。]{0,10}大于|高于[^,。;]{0,12}(?:控制|上限|红线|警戒)"
)


def tells_loss(text: str) -> bool:
    """Whether words say that something was missed, and not only that nothing was, or that points were taken off for an attitude."""
    told = NOTHING_HAPPENED.sub(" ", _ALL_WELL_BEFORE.sub(" ", _NO_CAUSE.sub(" ", text)))
    return LOST_BY.search(told) is not None or _AMISS.search(told) is not None


# Something amiss that is counted: 「盘亏相机1台」, 「1起被复议撤销」.
_AMISS = pattern(
    r"(?<!\d)[1-9]\d*\s?[\u4e00-\u9fff]{1,2}?被?[^,。;、\d]{0,6}(?:撤销|丢失|遗失|损坏|故障|作废|脱落|倒塌|报废)|(?:盘亏|丢失|遗失|损坏|脱岗|空岗|停[机开摆播工运用]|掉线|断[电网供档]|比计划[^,。;\d]{0,4}减少|变更|补办|倒签|违[规反纪])[^,。;、\d]{0,8}[1-9]\d*(?!\d|万)|先[^,。;]{1,6}后(?:补|审|报|批)|(?<!未)(?<!没有)(?:指出|查出|反馈|点名)[^。;]{0,30}?[1-9]\d*\s?[个项条处]问题"
)
# Points taken off right behind what says that all was well: 「采购16次，均执行规定程序，扣3分」.
_ALL_WELL_BEFORE = pattern(
    r"(?:(?:(?<![平人户年日月])均|全部|都)(?!未|没|不|超|晚|迟|有)[^,。;\d]{2,}|齐全|完备|合规|(?<!\d)100%),(?:本项|自评)?(?:扣|减)(?:减|除)?\s?\d+(?:\.\d+)?\s?分(?=[,。;]|$)(?![,。;]?[^。;]{0,30}(?:因|由于|主要|系|原因))"
)
NOTHING_HAPPENED = pattern(
    r"(?:未|没有)(?:发生|出现|发现|收到|被)[^,。;]*|(?:未|没有|无|不存在)[^,。;]{0,8}(?:撤销|败诉|投诉|违规|违纪|事故|问题|差错|挪用|挤占|截留|超|拖欠|闲置|浪费|流失)[^,。;]*"
)
# Points taken off for an attitude, not for something: 「本着实事求是的原则扣1分」.
_NO_CAUSE = pattern(
    r"(?:综合(?:考虑|评定|研判)|从严(?:掌握|要求|自评)|实事求是|自我加压|留有余地|审慎|谨慎|客观公正|对标(?:先进|一流))[^,。;\d]{0,10},?[^,。;\d]{0,6}(?:自|酌情|主动)?扣(?:减|除)?\s?\d+(?:\.\d+)?\s?分"
)
_FORMULA = pattern(r"[×÷]|[率%][^,。;]{0,4}乘|比例|折算")
_COMPUTED = pattern(r"达标|实际(?!情况|出发|需要|需求|工作|困难)")


def shows_shortfall(case: Case, item: ScoredItem, text: str) -> bool:
    """Whether the figures of a leaf show what was missed: a rate below 100, two different figures of a unit, a computation."""
    own = [q for q in case.found.quantities if item.body.start <= q.span.start < item.body.end]
    if _FORMULA.search(text) or (_MORE_IS_WORSE.search(item.name) and _ABOVE.search(text)):
        return True
    if reached(item, text, own):
        return False
    if not _MORE_IS_WORSE.search(item.name) and any(
        number_of(m["done"]) < number_of(m["due"]) for m in _RATE_AND_DUE.finditer(text)
    ):
        return True  # 「比上年下降3.2%，目标下降5%」
    if _COMPUTED.search(text) and not _equal(own):
        return True
    if not _HELD_TO.search(text + item.name):
        return False  # figures that nothing is held against show no shortfall
    interim = "进度" in item.name and not _DUE.search(
        text
    )  # how far it had come by then, and nothing to hold it against
    own = [
        q
        for q in own
        if not (interim and _BY_THEN.search(case.flat, max(0, q.span.start - _NEAR), q.span.start))
        and not _BEFORE.search(
            case.text(case.sentence(q.span.start))[: q.span.end - case.sentence(q.span.start).start][-_NEAR:]
        )
    ]
    least = Decimal(0) if item.name.endswith(("率", "度")) else _HALF
    told = [q for q in own if q.unit == "%" and q.number >= least]
    rates = [q for q in told if _falls_short(item, q)]
    if told and not rates and not _MORE_IS_WORSE.search(item.name):
        return False  # all that was due was done
    return bool(rates) or any(
        _PEOPLE.get(a.unit, a.unit) == _PEOPLE.get(b.unit, b.unit) != "%"
        and a.number != b.number
        and _falls_behind(case, item, a, b)
        for a, b in itertools.combinations(own, 2)
    )


def _falls_short(item: ScoredItem, rate: Quantity) -> bool:
    """Whether a rate is below the hundred, or above it where it is kept below a limit: 「控制率91.18%」 lost nothing."""
    at_most = _KEPT_BELOW.search(item.name) or _KEPT_BELOW.search(rate.name)
    return rate.number > _HUNDRED_PERCENT if at_most else rate.number < _HUNDRED_PERCENT


_KEPT_BELOW = pattern(r"控制率?$|三公")  # what should stay under a limit: rates up to 100 show no loss
_PEOPLE = {"名": "人"}  # posts are counted by the one, those who fill them by the other


def _falls_behind(case: Case, item: ScoredItem, first: Quantity, second: Quantity) -> bool:
    """Whether of two figures the one that was due is larger, the first one where neither tells: 「完成57件，计划60件」; where more is worse, the smaller."""
    before = case.flat[max(first.span.end, second.span.start - _NEAR) : second.span.start]
    if _SURPLUS.search(before):
        return False
    done, due = (first, second) if _WAS_DUE.search(before) else (second, first)
    if _KEPT_BELOW.search(item.name) or "编制" in due.name:
        return done.number > due.number
    return done.number < due.number or _MORE_IS_WORSE.search(item.name) is not None


_SURPLUS = pattern(r"超|多于|多出|增加|高于|提高")
_WAS_DUE = pattern(
    r"编制|计划|目标|任务|应[^用急对]|要求|标准|核定|账面|预算|[总共](?:数|有|计)?[^,。;]{0,2}$|原|其中|全部|比|占"
)


_ABOVE = pattern(r"比[^,。;]{0,8}(?:定额|目标|标准|计划|预算|控制数)[^,。;]{0,12}?[高多超]")
_DUE = pattern(r"目标|要求|序时|标准|应达|不低于")
_BY_THEN = pattern(r"(?:\d月(?:末|底)|季度末?|上半年)[^,。;]{0,8}$")
_BEFORE = pattern(r"(?:较|比|上年|去年|同期)[^,。;]*$")  # a figure of an earlier year
_NEAR = 16  # characters
_GOAL = pattern(
    r"(?:≥|不低于|不少于|高于|超过|优于|(?:目标|标准|要求|指标|任务)(?:值)?[为是:]?|达到?)\s?(?P<n>\d{2}(?:\.\d+)?)\s?%"
)


def _equal(own: list[Quantity]) -> bool:
    """Whether the amounts of a leaf are all the same, and its rates 100 %: what was planned was done."""
    return len({(q.unit, q.number) for q in own if q.unit in ("万元", "元")}) == 1 and all(
        q.number == _HUNDRED_PERCENT for q in own if q.unit == "%"
    )


def reached(item: ScoredItem, text: str, own: list[Quantity]) -> bool:
    """Whether the one rate that a leaf tells reaches the goal told beside it, so that it explains no loss."""
    if _MORE_IS_WORSE.search(item.name) or _LOST_BY_RULE.search(text):
        return False
    forms = (_DUE_AND_DONE, _RATE_AND_DUE)
    pairs = [(number_of(m["due"]), number_of(m["done"])) for form in forms for m in form.finditer(text)]
    if pairs:
        return all(done >= due for due, done in pairs)
    goal = _GOAL.search(f"{item.target} {item.rule} {text}")
    if goal is None:
        return False
    rates = [q.number for q in own if q.unit == "%" and q.number != Decimal(goal["n"])]
    counts = sorted({q.number for q in own if q.unit != "%"})
    if not rates and len(counts) == len(("done", "due")) and counts[0]:
        rates = [counts[0] * 100 / counts[1]]
    return len(rates) == 1 and rates[0] >= Decimal(goal["n"])


_AT_LEAST = pattern(
    r"(?:≥|>=?|不低于|不少于|不小于|达到?)\s?(?P<n>\d[\d,]*(?:\.\d+)?)(?P<u>\s?[%‰\u4e00-\u9fff]{0,3})|^\s*(?P<n2>\d[\d,]*(?:\.\d+)?)(?P<u2>\s?[%‰\u4e00-\u9fff]{0,3}?)\s*(?:以上)?$"
)
_AT_MOST = pattern(r"(?:≤|<=?|不超过|不高于|不大于|控制在)\s?(?P<n>\d[\d,]*(?:\.\d+)?)(?P<u>\s?[%‰\u4e00-\u9fff]{0,3})")
_RULED_FULL = pattern(r"[^,。;]*得?满分")  # the clause of a rule that tells for what all points are given
_RATE_TOLD = pattern(r"率[^,。;\d]{0,4}(?P<n>\d{1,3}(?:\.\d+)?)\s?%")


def meets_target(item: ScoredItem) -> bool:
    """Whether a row's own result reaches its own target, 「≥98」 and 「98.60」, or the rate that its rule gives all points for."""
    told = item.target
    done = _FIGURE.match(item.actual)
    if not told:
        ruled = _RULED_FULL.match(item.rule)
        rates = {m["n"] for m in _RATE_TOLD.finditer(f"{item.actual} {item.remark}")}
        if ruled is None or "%" not in ruled[0] or len(rates) != 1:
            return False
        told, done = ruled[0], _FIGURE.match(f"{next(iter(rates))}%")
    if done is None:
        return False
    reached, most = number_of(done["n"]), _AT_MOST.search(told)
    if most is not None:
        return _same_unit(most["u"], done["u"]) and reached <= number_of(most["n"])
    least = _AT_LEAST.search(told)
    if least is None or _MORE_IS_WORSE.search(item.name):
        return False
    unit = least["u"] or least["u2"] or ""
    return _same_unit(unit, done["u"]) and reached >= number_of(least["n"] or least["n2"])


def _same_unit(due: str, done: str) -> bool:
    return not due.strip() or not done.strip() or due.strip()[:1] == done.strip()[:1]


_FIGURE = pattern(r"\s*(?P<n>\d[\d,]*(?:\.\d+)?)(?P<u>\s?[%‰\u4e00-\u9fff]{0,3})")


_DUE_AND_DONE = pattern(
    r"(?:计划|目标|任务)[^,。;\d%]{0,10}(?P<due>\d[\d,]*(?:\.\d+)?)\s?(?P<unit>[\u4e00-\u9fff]{1,4}),[^。;\d%]{0,10}(?:实际|完成)[^,。;\d%]{0,10}(?P<done>\d[\d,]*(?:\.\d+)?)\s?(?P=unit)"
)
_RATE_AND_DUE = pattern(
    r"(?P<done>\d+(?:\.\d+)?)%,[^,。;\d]{0,6}(?:要求|目标|应达)[^,。;\d]{0,4}(?P<due>\d+(?:\.\d+)?)%"
)


def number_of(figure: str) -> Decimal:
    """A figure as it is printed, its thousands parted by commas."""
    return Decimal(figure.replace(",", ""))


_HUNDRED_PERCENT = Decimal(100)
_MORE_IS_WORSE = pattern(r"控制|三公|时间|时限|时长|天数|变动|结转|结余|存量|调整|超|成本|事故|投诉|下降|压减")
_HALF = Decimal(50)  # per cent: what is lower is no share of what should have been reached
_HELD_TO = pattern(
    r"账面|实有|编制|目标|计划|任务|应[^用急对]|标准|要求|达[到标]|按|预算|[率度]$|完成[^。]{0,8}\d|收回|满意|抽查|抽检"
)


def goal_met(case: Case, item: ScoredItem) -> bool:
    """Whether the satisfaction that a leaf tells reaches the report's own goal, so that its figures show no loss."""
    if not _SATISFACTION.search(item.name) or _LOST_BY_RULE.search(case.text(item.body)):
        return False
    percent = [q for q in case.found.quantities if q.unit == "%"]
    own = [q.number for q in percent if item.body.start <= q.span.start < item.body.end and q.number > _HALF]
    goals = [q.number for q in percent if case.aimed_at(q.span.start) and _SATISFACTION.search(q.name)]
    return len(own) == 1 and len(goals) == 1 and own[0] >= goals[0] and item.name[-_SATISFIED:] in ("满意度", "满意率")


_SATISFACTION = pattern(r"满意")
_SATISFIED = 3
_LOST_BY_RULE = pattern(
    r"扣|因(?![公地])|由于|原因|低于|满分|得\s?\d+\s?分[^,。;]{0,6}[;。]?[^。]{0,20}(?:以上|以下)|×"
)
