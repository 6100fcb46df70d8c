"""R16: one purchase against the plan told for it by its name, a kind that no plan has, and a kind paid from another one's plan."""

from collections.abc import Iterator
from fractions import Fraction

from hengji.auditing.case import Case
from hengji.auditing.numbers import number
from hengji.model.extraction import Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_N = r"\d[\d,]*(?:\.\d+)?"
# 「检验服务采购由预算的30.00万元做到38.00万元」
_GROWN = pattern(
    rf"(?P<what>[\u4e00-\u9fff]{{0,12}}采购)[^,。;\d]{{0,6}}[由从][^,。;\d]{{0,6}}(?:预算|计划)(?:的|数|金额)*\s?(?P<a>{_N})\s?万元[^。;\d]{{0,10}}?"
    rf"(?:[做增升加扩涨提调变][\u4e00-\u9fff]{{0,3}}[到至为成]|[到至])(?:了)?\s?(?P<b>{_N})\s?万元"
)
# 「政府采购预算340.00万元，其中设备维护240.00万元、标线施划100.00万元」
_PLANS = pattern(
    rf"采购(?:预算|计划)(?:总额|金额|数|合计)?(?:为|是|共|:)?\s?{_N}\s?万元[,(:]?(?:其中|包括|包含|分别(?:为|是))?[:,]?(?P<list>(?:[\u4e00-\u9fff]{{2,14}}?\s?{_N}\s?万元[、,和及]?){{2,8}})"
)
_PLAN = pattern(rf"(?P<name>[\u4e00-\u9fff]{{2,14}}?)(?:采购|项目|预算|计划)?(?:为|是)?\s?(?P<n>{_N})\s?万元")
_KINDS = ("货物", "工程", "服务")
_CONTRACT = (
    rf"(?:项目|工程|服务|采购)?(?:的)?(?:合同|中标|成交)(?:价格?|价款|金额|总?额)?(?:为|是|达|:)?\s?(?P<n>{_N})\s?万元"
)
# 「超出货物计划部分由环卫作业服务采购节余顶替」
_FROM_ANOTHER = pattern(
    r"超(?:出|过)?的?(?P<kind>货物|工程|服务)类?(?:采购)?(?:的)?(?:计划|预算)(?:的)?(?:部分|金额|数额|缺口)?[,]?[^。;]{0,3}(?:由|从|用|以|在|占用|挤占|动用)[^。;]{0,24}(?:顶替|列支|解决|支付|支出|弥补|补足|抵补|抵顶|承担|开支|消化|节余|结余)"
)
_NO_GOODS = pattern(
    r"货物类?(?:采购)?(?:预算|计划)?[,]?(?:均|也|当年|本年)?(?:未|没有|无|没)(?:编制?|编列|编报|安排|列|申报|有)?(?:采购)?(?:预算|计划)?|(?:未|没有|无|没)(?:编制?|编列|编报|安排|列入?|申报|有)?货物类?(?:采购)?(?:预算|计划)"
)
# Goods bought, by their name, in a sentence that lists what was bought: 「防汛对讲机及办公电脑6.84万元，按协议供货方式直接下单」.
_GOODS = pattern(
    rf"(?<![\u4e00-\u9fff])(?P<what>[\u4e00-\u9fff]{{0,12}}?(?:电脑|计算机|打印机|复印机|对讲机|空调|桌椅|办公家具|家具|车辆|投影仪|摄像机|照相机|无人机|服务器|显示屏|器材|设备|仪器|物资)(?:等|一批|\d+[台套件部辆张批])*)[,]?(?:合同价|金额|价款|支出|支付|计|共)?\s?(?P<n>{_N})\s?万元"
)
_BOUGHT = pattern(r"实际采购|采购支出|购置|采购[了入]|新购|协议供货|框架协议|网上商城|电子卖场|询价|直接下单|定点")
_LET = pattern(
    r"(?<!没有)(?<!未)(?<!未另行)(?<!没有另行)(?<!未经)(?<!没有办理)(?<!未办理)(?<!没有履行)(?:追加|批准|批复|同意|报批|调整(?:后|为|采购|了)|变更|补充(?:计划|备案|协议))|两年|三年|跨年|自行采购|零星|限额(?:以下|标准)"
)
_MOST = 3  # times the plan: more is another purchase


def beyond_own_plan(case: Case) -> Iterator[Finding]:
    """The first purchase beyond what was planned for it alone, or of goods that no plan has."""
    if "采购" in case.flat:
        yield from _first(_told(case))


def _first(found: Iterator[Finding]) -> Iterator[Finding]:
    first = next(found, None)
    if first is not None:
        yield first


def _told(case: Case) -> Iterator[Finding]:
    yield from _grown(case)
    yield from _by_name(case)
    yield from _from_another(case)
    yield from _goods(case)


def _grown(case: Case) -> Iterator[Finding]:
    for match in _GROWN.finditer(case.flat):
        plan, bought = _amount(match["a"]), _amount(match["b"])
        if 0 < plan < bought <= plan * _MOST and not _let(case, match.start()):
            yield _beyond(case, Span(*match.span()), plan, bought)


def _by_name(case: Case) -> Iterator[Finding]:
    """A contract above what a list of plans has under its name."""
    for listed in _PLANS.finditer(case.flat):
        for plan in _PLAN.finditer(listed["list"]):
            name = plan["name"].removesuffix("采购").removesuffix("项目")
            if name in _KINDS or len(name) < 3 or listed["list"].count(name) > 1:
                continue
            told = [m for m in pattern(f"{name}{_CONTRACT}").finditer(case.flat) if m.start() > listed.end()]
            limit = _amount(plan["n"])
            if len(told) != 1 or not 0 < limit < _amount(told[0]["n"]) <= limit * _MOST or _let(case, told[0].start()):
                continue
            yield _beyond(case, Span(*told[0].span()), limit, _amount(told[0]["n"]))


def _from_another(case: Case) -> Iterator[Finding]:
    for match in _FROM_ANOTHER.finditer(case.flat):
        sentence = case.sentence(match.start())
        if not _let(case, match.start()) and not case.aimed_at(match.start()):
            message = f"写明{match['kind']}类采购超出计划，用别的采购预算列支，没有调整手续"
            yield case.finding("R16", Span(sentence.start, match.end()), message)


def _goods(case: Case) -> Iterator[Finding]:
    """Goods by their name where the plan is told to have none."""
    none = _NO_GOODS.search(case.flat)
    if none is None or "采购" not in case.text(case.sentence(none.start())):
        return
    place = case.paragraph(none.start())
    for match in _GOODS.finditer(case.flat, none.end(), place.end):
        sentence = case.text(case.sentence(match.start()))
        if _amount(match["n"]) > 0 and _BOUGHT.search(sentence) and not _let(case, match.start()):
            message = f"写明货物类没有采购预算，实际购买{match['what']}{match['n']}万元"
            yield case.finding("R16", Span(*match.span()), message, stated=match["n"], recomputed="0")


def _beyond(case: Case, span: Span, plan: Fraction, bought: Fraction) -> Finding:
    more = number(bought - plan, 6)
    message = f"采购预算{number(plan, 6)}万元，实际{number(bought, 6)}万元，超出{more}万元，没有说明追加或调整"
    return case.finding("R16", span, message, stated=number(bought, 6), recomputed=number(plan, 6))


def _let(case: Case, position: int) -> bool:
    """Whether the sentence of a purchase tells that more was allowed, or that it needed no plan."""
    return _LET.search(case.text(case.sentence(position))) is not None


def _amount(text: str) -> Fraction:
    return Fraction(text.replace(",", ""))
