"""R12: figures that nothing in the world has: an allowance of seven fen a head, a plant of 1,400 tons a day for each who uses it, a small reservoir of 256立方米.

The bounds are far outside of what is ordinary, so that what is beyond them is a unit that slipped.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from hengji.auditing.case import Case
from hengji.auditing.measures import MONEY, measured, plain_unit
from hengji.auditing.money.cells import table_in_yuan
from hengji.auditing.numbers import in_unit, number
from hengji.auditing.rates.for_one import told_for_one
from hengji.model.extraction import Quantity, Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_TWO = 2
_FEWEST = 20  # heads that are paid together; fewer may share a small sum


@dataclass(frozen=True, slots=True)
class _Bound:
    """What one of many may have: the words that say of what it is, and the least and the most of it."""

    words: re.Pattern[str]
    least: Fraction
    most: Fraction


# What is paid in a year to one person or household, in 元: no allowance is less than one 元 or more than two million.
_PAID = _Bound(
    pattern(
        r"(?:发放|兑付|兑现|支付|发给|补发|拨付|落实|下达|发出|资助|补偿|奖励)[^,。;\d]{0,16}(?:金|津贴|补贴|补助|救助|低保|工资|待遇|款|资金|经费)[^,。;、\d]{0,6}$"
    ),
    Fraction(1),
    Fraction(2_000_000),
)
_HEADS = ("人", "名", "户", "位", "人次", "户次", "万人", "万户", "万人次")

# What one machine costs, in 元: none of these is had for less than a hundred 元 (the smallest of them costs thousands), none of the county's costs a hundred million.
_MACHINES = _Bound(
    pattern(
        r"提取仪|分析仪|扩增仪|监护仪|质谱仪|色谱仪|呼吸机|除颤仪|麻醉机|彩超|[BC]T机?|DR机?|核磁|内镜|胃镜|救护车|洒水车|清运车|清扫车|消防车|执法车|巡逻车|压缩车|"
        r"校车|公务用车|挖掘机|装载机|推土机|压路机|收割机|拖拉机|插秧机|烘干机|无人机|发电机组?|变压器|电梯|锅炉|服务器|存储阵列|大屏|除雪机|冲锋舟|巡逻艇|水泵机组|一体化泵站|"
        r"全站仪|测绘仪|大型|机器人|触控一体机|智慧黑板"
    ),
    Fraction(100),
    Fraction(100_000_000),
)
_PIECES = ("台", "辆", "架", "套", "艘", "部", "台(套)", "台套", "座")
_COSTS = pattern(
    r"(?:价格|价款|合同价|合同金额|合同额|成交价|中标价|购置费|总价|价值|金额|花费|支出|采购价|单价|价)(?:为|是|共|计|约)?\s?$"
)

# What building or repairing one of these costs, in 元: never less than ten.
_BUILT = pattern(
    r"(?:(?:新建|改建|扩建|建设|建成|改造|加固|整治|硬化|铺设|修建|维修|修缮|安装)[^。;]{0,30})?(?:总投资|完成投资|投资|造价|投入资金|工程款|建设资金|改造资金|维修资金|工程资金|合同价|中标价|决算价|审定价)(?:额|金额)?(?:为|共|计|约|共计)?\s?$"
)
_THINGS = ("座", "处", "公里", "千米", "栋", "所", "幢", "口", "眼", "公顷")
_LEAST_BUILT = 10


@dataclass(frozen=True, slots=True)
class _Work:
    """The most that works of a county measure: in the first unit of what measure, by what words, and why not more."""

    kind: str
    words: re.Pattern[str]
    most: int
    why: str


_WORKS = (
    # Twenty thousand kilometres built in a year: more than any county has of roads, pipes and canals together.
    _Work("米", pattern(r"(?:新建|改建|改造|硬化|维修|铺设|整治|疏浚|衬砌|修建|建成|清淤|养护|更换)[^,。;、\d]{0,14}$"), 20_000_000, "一个县一年不会建这么长"),
    # Five square kilometres of floor: no building has as much.
    _Work("平方米", pattern(r"(?:教学楼|办公楼|综合楼|宿舍|食堂|校舍|图书馆|文化馆|博物馆|体育馆|敬老院|门诊楼|住院楼|用房|厂房|车间|仓库|冷库|房屋|建筑)(?:总|建筑|改造|修缮)*面积(?:为|达|约|共|共计)?\s?$|(?:教学楼|办公楼|综合楼|宿舍楼|门诊楼|住院楼|图书馆|文化馆|厂房|冷库)\s?$"), 5_000_000, "房屋不会有这么大"),
)  # fmt: skip
_OF_ALL = pattern(r"全[县市区旗州]|累计|里程|巡[查护逻河线]|行驶|航")

# What water is treated or supplied for one person in a day, in 吨: from ten litres to twenty tons (industry included).
_WATER = _Bound(
    pattern(r"日(?:均)?(?:处理|供水|净水|产水|收集)(?:污水|生活污水|能力|规模|量|水量)*(?:为|达|达到|约)?\s?$"),
    Fraction(1, 100),
    Fraction(20),
)
_SERVED = pattern(r"(?:服务|惠及|受益|覆盖|供应|供水)[^,。;\d]{0,8}$|人口[^,。;\d]{0,4}$")
_WASTE = pattern(r"垃圾|医疗废物|餐厨|危废|污泥|粪|秸秆|矿|工业|园区|城区|全县|全市")

# The classes of reservoirs by what one holds, in 立方米 (水利水电工程等级划分及洪水标准 SL 252).
_RESERVOIRS = (
    (pattern(r"小\s?\(?[1一ⅠI]\)?\s?型"), 1_000_000, 10_000_000),
    (pattern(r"小\s?\(?(?:[2二Ⅱ]|II)\)?\s?型"), 100_000, 1_000_000),
    (pattern(r"中型"), 10_000_000, 100_000_000),
    (pattern(r"大\s?\(?(?:[2二Ⅱ]|II)\)?\s?型"), 100_000_000, 1_000_000_000),
)
_ANY_CLASS = pattern(r"[大中小]\s?(?:\(?(?:[12一二ⅠⅡ]|I{1,2})\)?)?\s?型|塘坝|山塘|水窖|蓄水池")
_HOLDS = pattern(r"(?:总|设计|兴利|有效)?库容(?:量)?(?:为|达|约|合计|共|共计)*\s?$")
_SLACK = 10  # times the bounds of all reservoirs together: several may be counted with others

# What is harvested from one 亩 in a year, in 公斤 (the record of rice is 1,365).
_YIELD = _Bound(
    pattern(
        r"(?:玉米|小麦|水稻|稻谷|大豆|油菜|粮食|谷子|高粱|杂粮|花生)[^,。;\d]{0,12}(?:亩产|单产)(?:量)?(?:达到?|为|约)?\s?$"
    ),
    Fraction(5),
    Fraction(3000),
)

# What no department below a province takes or spends in a year: fines, fees, receptions, training.
_SMALL_MONEY = pattern(
    r"(?:罚没|罚款|没收|行政处罚|公务接待|接待费|培训费|会议费|差旅费|办公费|印刷费|车辆运行|运行维护费|三公|公用经费|慰问金|奖学金|助学金|高龄津贴|工作经费|维修费|劳务费)[^,。;、:\d]{0,8}$"
)
_TOO_MUCH = 10**10  # 元
_LARGER_PLACES = pattern(r"全国|全省|全区域|省级|中央|国家|自治区|省本级|全球|总局|部本级")


def beyond_bounds(case: Case) -> Iterator[Finding]:
    """R12: what one of many has by the figures of a sentence, where no one has as little or as much."""
    single = {each.told.span for each in told_for_one(case)}
    for figures in case.by_sentence.values():
        for quantity in figures:
            own = measured(quantity) if quantity.number > 0 and not quantity.table else None
            if own is None or quantity.about == "目标":
                continue
            if own[0] == MONEY:
                each = quantity.span in single or _PER.search(_lead(case, quantity, 16)) is not None
                message = _money(case, quantity, figures, each=each)
            else:
                message = _measures(case, quantity, own, figures)
            if message:
                shown = f"{quantity.value}{quantity.unit}"
                yield case.finding("R12", quantity.span, f"写{shown}，{message}，单位可能有误", stated=shown)


_PER = pattern(r"每|均|标准|/|单价|工本费|手续费|利息|[日月年]票|限额")


def _lead(case: Case, quantity: Quantity, most: int = 40) -> str:
    return case.flat[max(quantity.sentence.start, quantity.span.start - most) : quantity.span.start]


def _money(case: Case, quantity: Quantity, figures: list[Quantity], *, each: bool) -> str:
    """Why an amount cannot be: as what heads are paid, as what works or a machine cost, as the fines of a county."""
    amount = in_unit(quantity, MONEY)
    if amount > _TOO_MUCH and _SMALL_MONEY.search(_lead(case, quantity)) and not _of_more(case, quantity):
        return "这样的收支不会有上百亿元"
    if case.flat.startswith(("/", "每"), quantity.span.end) or table_in_yuan(case, quantity):
        return ""
    together = "" if each else _paid(case, quantity, amount, figures) or _built(case, quantity, amount, figures)
    return together or _priced(case, quantity, amount, figures)


def _measures(case: Case, quantity: Quantity, own: tuple[str, Fraction], figures: list[Quantity]) -> str:
    """Why a volume, weight, length or area cannot be."""
    if own[0] in ("吨", "立方米"):
        told = _holds(case, quantity, own[1]) or _treats(case, quantity, own[1], figures)
        return told or _yields(case, quantity, own[1])
    bound = next((bound for bound in _WORKS if bound.kind == own[0] and own[1] > bound.most), None)
    if bound is None or _of_more(case, quantity) or _OF_ALL.search(case.text(quantity.sentence)):
        return ""
    return bound.why if bound.words.search(_lead(case, quantity)) else ""


def _of_more(case: Case, quantity: Quantity) -> bool:
    return _LARGER_PLACES.search(case.text(quantity.sentence)) is not None


def _paid(case: Case, quantity: Quantity, amount: Fraction, figures: list[Quantity]) -> str:
    if _PAID.words.search(_lead(case, quantity)) is None:
        return ""
    heads = [q for q in figures if q.unit in _HEADS and q.number >= _FEWEST]
    before, behind = ([q for q in heads if (q.span < quantity.span) is side] for side in (True, False))
    count = before[-1] if before else behind[0] if len(behind) == 1 and len(figures) == _TWO else None
    whole = measured(count) if count is not None else None
    if count is None or whole is None or _PAID.least <= (share := amount / whole[1]) <= _PAID.most:
        return ""
    one = f"每{plain_unit(count.unit)[:1]}"
    shown = f"只有{number(share, 4)}元" if share < 1 else f"平均{number(share / 10_000, 0)}万元"
    return f"{count.value}{count.unit}，{one}{shown}"


def _built(case: Case, quantity: Quantity, amount: Fraction, figures: list[Quantity]) -> str:
    if _BUILT.search(_lead(case, quantity)) is None:
        return ""
    things = [q for q in figures if q.unit in _THINGS and q.span < quantity.span and q.number >= 1]
    if len(things) != 1 or (share := amount / Fraction(things[0].number)) >= _LEAST_BUILT:
        return ""
    return f"{things[0].value}{things[0].unit}，每{things[0].unit}只有{number(share, 2)}元"


def _priced(case: Case, quantity: Quantity, amount: Fraction, figures: list[Quantity]) -> str:
    lead = _lead(case, quantity)
    machine = _MACHINES.words.search(lead) if _COSTS.search(lead) is not None else None
    if machine is None or _PARTS.search(lead[machine.start() :]):
        return ""
    pieces = [q for q in figures if q.unit in _PIECES and q.span < quantity.span and q.number >= 1]
    share = amount / Fraction(pieces[-1].number) if pieces else amount
    return "" if _MACHINES.least <= share <= _MACHINES.most else f"{machine[0]}不会是这个价"


_PARTS = pattern(
    r"配件|软件|内存|硬盘|线|押金|保证金|标书|耗材|试剂|维修|保养|加油|过路|停车|保险|租|维护|运费|零件|电池|年检|检测|罚"
)


def _treats(case: Case, quantity: Quantity, amount: Fraction, figures: list[Quantity]) -> str:
    if _WATER.words.search(_lead(case, quantity)) is None or _WASTE.search(case.text(quantity.sentence)):
        return ""
    served = [q for q in figures if q.unit in _HEADS and _SERVED.search(_lead(case, q, 16))]
    whole = measured(served[0]) if len(served) == 1 else None
    if whole is None or whole[0] != "人" or _WATER.least <= amount / whole[1] <= _WATER.most:
        return ""
    return f"服务{served[0].value}{served[0].unit}，每人每天{number(amount / whole[1], 4)}吨"


def _yields(case: Case, quantity: Quantity, amount: Fraction) -> str:
    in_kilograms = amount * 1000
    if quantity.unit == "立方米" or _YIELD.words.search(_lead(case, quantity)) is None:
        return ""
    return "" if _YIELD.least <= in_kilograms <= _YIELD.most else "粮油亩产不会是这个数"


def _holds(case: Case, quantity: Quantity, amount: Fraction) -> str:
    """Why reservoirs of one class cannot hold what is told of them."""
    lead = _lead(case, quantity, 60)
    if _HOLDS.search(lead) is None or "水库" not in lead:
        return ""
    sentence = case.text(Span(quantity.sentence.start, quantity.span.start))
    classes = [(form, low, high) for form, low, high in _RESERVOIRS if form.search(sentence)]
    if len(classes) != 1 or len({match[0] for match in _ANY_CLASS.finditer(sentence)}) != 1:
        return ""
    form, low, high = classes[0]
    at = list(form.finditer(sentence))[-1]
    near = sentence[max(0, at.start() - 6) : at.end() + 10]
    told = _COUNT.search(near)
    count = int(told[1]) if told is not None else 1
    if (told is None and "等" in sentence) or (count * low <= amount * _SLACK and amount <= count * high * _SLACK):
        return ""
    return f"{at[0]}水库一座的库容在{low // 10_000}万至{high // 10_000}万立方米之间"


_COUNT = pattern(r"(?<![\d.(])(\d{1,3})\s?座")
