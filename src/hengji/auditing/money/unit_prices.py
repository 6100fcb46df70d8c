"""R12: the price of one thing in a unit that it cannot be of: 「平均单价650万元」 of a meter, 「单台合同价86.50元」 of a machine.

What proves it: the same price stands elsewhere in 元; so many of them would cost more than all the money there was; or no such thing
is bought for so little.
"""

from collections.abc import Iterator
from fractions import Fraction

from hengji.auditing.case import Case
from hengji.auditing.facts.backing import adds_up
from hengji.auditing.ledger import SPENT, WHOLE
from hengji.auditing.numbers import in_unit, number
from hengji.auditing.rates.for_one import NO_COUNTS, counted
from hengji.model.extraction import Quantity, Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern
from hengji.model.units import dimension

_PRICE = r"(?:价格?|成本|造价|费用?|投资|支出|经费)"
_OF_ONE = pattern(
    rf"(?:(?:平均|综合|合同|采购|中标|成交|结算)?(?:单价|均价)|单位(?:造价|成本|价格|投资)"
    rf"|(?:每一?|(?<![工订报清名账定菜保])单)[台套辆块个只件座部艘架盏口棵株吨本册份批次场页](?!月|年|日|天)[\u4e00-\u9fff]{{0,6}}{_PRICE}"
    rf"|[台套辆块只件座盏口棵株吨本册份批次页]均[\u4e00-\u9fff]{{0,6}}?{_PRICE}?)(?:仅|约|为|是|达|控制在|:)*\s?$"
)
_BEHIND = pattern(r"\s?/\s?[台套辆块个只件座部盏口棵株吨本册份批次页]")
_LEAD = 20
_LARGE = pattern(
    r"(?:加工中心|数控机床|机床|机器人|彩超|[Bb]超|分析仪|核磁|磁共振|呼吸机|PCR仪|测序仪|质谱仪|色谱仪|电梯|锅炉|变压器|发电机组?|挖掘机|装载机|收割机|拖拉机|压路机|起重机"
    r"|服务器|(?:救护|消防|洗扫|清扫|洒水|垃圾|压缩|执法|公务用|急救|转运|校|警用|巡逻|特种|客|货|轿|吸污|扫雪|公交|作业)车(?!辆?(?:维|保|租|险|油|停|位))|CT(?!值)|DR(?!G)"
    r"|泵站|公厕|大棚|冷库|信号灯路口|智能机床|实训台|焊接工作站)"
)
_BOUGHT = pattern(r"(?:合同|采购|购置|购买|中标|成交|结算|招标)[^,。;\d]{0,4}价|购置费|单价|造价|均价|购置|购入|采购")
_SERVED = pattern(
    r"租|保养|维修|维保|维护|检测|检验|保险|加油|油费|停车|洗|运输|服务|清运|押金|耗材|配件|零件|电费|检查|诊|拍片|收费|每[天日月年次]|/[天日月年次]"
)
_LEAST = 1000  # 元: no machine, vehicle or house is bought for less
_TEN_THOUSAND = 10_000


def unit_prices(case: Case) -> Iterator[Finding]:
    """R12: prices of one thing ten thousand times too large or too small."""
    for quantity in case.found.quantities:
        if quantity.unit == "万元" and quantity.number and is_of_one(case, quantity):
            yield from _too_dear(case, quantity)
        elif quantity.unit == "元" and not quantity.table and 0 < quantity.number < _LEAST:
            yield from _too_cheap(case, quantity)


def is_of_one(case: Case, quantity: Quantity) -> bool:
    """Whether an amount is told as the price of one thing."""
    lead = case.flat[max(quantity.sentence.start, quantity.span.start - _LEAD) : quantity.span.start]
    return _OF_ONE.search(lead) is not None or _BEHIND.match(case.flat, quantity.span.end) is not None


def _too_dear(case: Case, quantity: Quantity) -> Iterator[Finding]:
    """「智能水表3200块，平均单价650万元」, where a row has 650元/块, and 208.00万元 were spent on them."""
    told = [q for q in case.found.quantities if q.unit == "元" and q.number == quantity.number and is_of_one(case, q)]
    many, whole = _many(case, quantity), _whole(case)
    in_all = Fraction(quantity.number) * many
    paid = [q for q in _money(case) if many > 1 and q.span != quantity.span and _near(in_unit(q, "元"), in_all)]
    enough = _TWICE if many == 1 else 1  # a price without a number of things may be of work of several years
    beyond = in_unit(quantity, "元") * many > whole * enough and whole > 0 and not adds_up(case, quantity)
    also: tuple[Span, ...] = ()
    if told:
        why, also = f"另一处写{told[0].value}元", (told[0].span,)
    elif paid:
        why, also = f"{number(many)}件共{paid[0].value}{paid[0].unit}", (paid[0].span,)
    elif beyond:
        why = f"{number(many)}件比全部资金{number(whole / _TEN_THOUSAND)}万元还多"
    else:
        return
    message = f"单价写{quantity.value}万元，{why}，可能把元写成了万元"
    stated, right = f"{quantity.value}万元", f"{quantity.value}元"
    yield case.finding("R12", quantity.span, message, stated=stated, recomputed=right, also=also)


_TWICE = 2


def _money(case: Case) -> list[Quantity]:
    return [q for q in case.found.quantities if dimension(q.unit) == "money" and q.number]


def _many(case: Case, price: Quantity) -> Fraction:
    """How many things a price is of: the number right before it, in the unit that the price names or with nothing between; else one."""
    before = [q for q in case.by_sentence.get(price.sentence, ()) if q.span < price.span]
    last = before[-1] if before else None
    if last is None or last.unit not in _COUNTED or dimension(last.unit) in NO_COUNTS:
        return Fraction(1)
    between = case.flat[last.span.end : price.span.start]
    named = _OF_ONE.search(between)
    if named is None or not (_BARE.fullmatch(between, 0, named.start()) or last.unit in named[0]):
        return Fraction(1)
    return max(counted(last), Fraction(1))


_BARE = pattern(r"\s?[,、(]\s?")
_COUNTED = (
    "台",
    "套",
    "辆",
    "块",
    "个",
    "只",
    "件",
    "座",
    "部",
    "艘",
    "架",
    "盏",
    "口",
    "棵",
    "株",
    "本",
    "册",
    "份",
    "批次",
    "页",
    "把",
    "张",
)


def _near(one: Fraction, other: Fraction) -> bool:
    return other > 0 and abs(one - other) * _CLOSE <= other


_CLOSE = 100


def _whole(case: Case) -> Fraction:
    """The most money that the report tells of the year, in 元: its budget or what was spent; nothing where neither is known."""
    wholes = [e.amount for e in case.ledger if e.line == WHOLE and e.stage == SPENT and e.year == case.year]
    plans = [e.amount for e in case.ledger if e.line == WHOLE and e.stage and e.year == case.year]
    return max((*wholes, *plans), default=Fraction(0)) * _TEN_THOUSAND


def _too_cheap(case: Case, quantity: Quantity) -> Iterator[Finding]:
    """「五轴加工中心2台，单台合同价86.50元」."""
    start = max(quantity.sentence.start, quantity.span.start - _LONG)
    lead = case.flat[start : quantity.span.start]
    things = list(_LARGE.finditer(lead))
    if not things or "." not in quantity.value:
        return
    words = lead[things[-1].start() :]
    if not _OF_ONE.search(words) or not _BOUGHT.search(words) or _SERVED.search(words):
        return
    message = f"“{things[-1][0]}”一件{quantity.value}元，数额太小，可能漏写了“万”"
    stated, right = f"{quantity.value}元", f"{quantity.value}万元"
    yield case.finding("R12", quantity.span, message, stated=stated, recomputed=right)


_LONG = 40  # characters before a price in which the thing is named
