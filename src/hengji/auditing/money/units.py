"""R12: a unit slipped."""

import itertools
import re
from collections.abc import Iterator
from fractions import Fraction

from hengji.auditing.case import Case
from hengji.auditing.facts.backing import adds_up
from hengji.auditing.measures import AREA, MEASURES, MONEY, measured, plain_unit
from hengji.auditing.money.cells import IN_YUAN, table_in_yuan
from hengji.auditing.money.factors import made_of_its_factors
from hengji.auditing.numbers import differ, exact, in_unit, number
from hengji.auditing.rates.for_one import NO_COUNTS, counted, is_near
from hengji.auditing.slips import digits_of
from hengji.model.extraction import Quantity, Span
from hengji.model.finding import Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.units import dimension

_FEW = 2
_TEN_THOUSAND = 10_000
_THOUSAND = 1000
_TENFOLD = 10


def units_slip(case: Case) -> Iterator[Finding]:
    """R12: 元 inside a text of 万元, or an amount ten thousand times what the rest is, unless its sentence proves its unit."""
    found = list(_slips(case))
    places = {finding.start for finding in found}
    proved = {q.span.start for q in case.found.quantities if q.span.start in places and _explained(case, q)}
    yield from (finding for finding in found if finding.start not in proved)


def _slips(case: Case) -> Iterator[Finding]:
    money = [q for q in case.found.quantities if dimension(q.unit) == "money" and not q.table]
    large = [q for q in case.found.quantities if q.unit == "万元"]
    yield from _tenfold(case)
    yield from _same_digits(case)
    yield from _odd_unit(case)
    yield from _too_little(case)
    yield from made_of_its_factors(case)
    yield from _converted(case)
    yield from _twice_the_unit(case)
    yield from _much_for_one(case)
    odd = list(_plain_digits(case))
    yield from odd
    if odd:
        return
    if sum(1 for q in case.found.quantities if q.unit == "万元") < _FEW:  # too few to say what the text writes in
        return
    names = ("本年支出合计", "年初预算数", "年度部门预算资金", "部门预算资金实际支出")
    whole = [q for name in names for q in case.quantities(name) if q.unit == "万元" and q.number < 10**6]
    whole = [q for q in whole if not _of_one_line(case, q)]
    in_yuan = [q for q in money if q.unit == "元" and q.number >= _TEN_THOUSAND]
    for quantity in in_yuan if len(in_yuan) == 1 else ():  # several are the report's habit
        lead = case.flat[max(0, quantity.span.start - 10) : quantity.span.start]
        after = case.flat[quantity.span.end : quantity.span.end + 3]
        per = re.search(
            r"每|人均|标准|单价|补贴|工资|/|最低|限额|追回|挽回|罚没|罚款|补缴|退还|没收|捐赠|折价|捐款", lead
        ) or after.startswith(("/", "每", "左右/"))
        average = _AVERAGE.search(case.flat, quantity.sentence.start, quantity.span.start)
        if not per and not average and not _told_elsewhere(quantity, large):
            yield case.finding(
                "R12",
                quantity.span,
                f"全文以万元为单位，这里写{quantity.value}元，合{number(in_unit(quantity, '万元'), 6)}万元，请统一单位并核对",
                severity=Severity.INFO,
                stated=f"{quantity.value}元",
                recomputed=f"{number(in_unit(quantity, '万元'), 6)}万元",
            )
    whole = sorted(whole, key=lambda q: q.number, reverse=True)  # a project's spending may be told under the same name
    spent = Fraction(whole[0].number) if whole else Fraction(0)
    much = spent * _TENFOLD
    beyond = [q for q in money if q.unit != "元" and in_unit(q, "万元") > much] if spent > 0 else []
    if len({q.number for q in beyond if q.unit == "万元" and q.item}) > 1:
        return  # several lines of its own are that large: it is the whole that was misread
    for quantity in beyond:
        region = re.search(
            r"全[市县区省镇州]|贷款|存款|投资|产值|税收|GDP|生产总值|融资|交易|贸易|销售|招商|基金|公共预算收入|评审|送审|审减(?!率)|审定|债|三保|转移支付|直达资金|库款|上级",
            case.text(quantity.sentence),
        )
        own = re.search(
            r"经费|支出|奖补|补助|补贴|拨付|采购|预算|购置[款费价]|合同[价款]|中标价|成交价|造价|[货价]款|服务费|维护费|运维|租金?$"
            if quantity.unit == "万元"
            else r"支出|购置|采购|经费|补助|补贴|资产",
            quantity.name,
        )
        amount = in_unit(quantity, "万元")
        as_yuan = quantity.unit == "万元" and quantity.number % _HUNDRED == 0  # amounts in 元 are round
        twice = any(in_unit(other, "万元") * _TEN_THOUSAND == amount for other in money)  # told right elsewhere
        if (own or twice or (amount > spent * _HUNDRED and as_yuan)) and not region:
            meant = "元写成了万元" if quantity.unit == "万元" else "万元写成了亿元"
            yield case.finding(
                "R12",
                quantity.span,
                f"“{quantity.name}”{quantity.value}{quantity.unit}，是全年支出{whole[0].value}万元的{number(amount / spent, 0)}倍，可能把{meant}",
                stated=f"{quantity.value}{quantity.unit}",
            )


_ONE_LINE = pattern(r"三公|公务接待|公务用车|培训费|会议费|差旅费|政府采购")


def _of_one_line(case: Case, quantity: Quantity) -> bool:
    """Whether what is called the year's spending is that of one line, which its paragraph opens with: 「“三公”经费。全年预算2.00万元，实际支出2.36万元」."""
    start = case.paragraph(quantity.span.start).start
    return (
        not quantity.table
        and _ONE_LINE.search(case.flat, start, min(start + _OPENING, quantity.span.start)) is not None
    )


_OPENING = 16  # characters that open a paragraph


def _explained(case: Case, quantity: Quantity) -> bool:
    """Whether an amount of its sentence or paragraph over a count of it makes this amount, or this amount over a count makes another one.

    Then the sentence proves the units: 「86家企业放款13.46亿元，户均1,565.12万元」.
    """
    if dimension(quantity.unit) != "money":
        return False
    figures = [q for q in case.by_sentence.get(quantity.sentence, ()) if q.number and q.span != quantity.span]
    counts = [counted(q) for q in figures if dimension(q.unit) not in NO_COUNTS and counted(q) > 1]
    money = [q for q in figures if dimension(q.unit) == "money"]
    own, place = in_unit(quantity, "元"), case.paragraph(quantity.span.start)
    told = [q for q in case.found.quantities if place.start <= q.span.start < place.end and q.unit == "万元"]
    return any(is_near(in_unit(q, "元") / n, quantity, exactly=True) for q in (*money, *told) for n in counts) or any(
        is_near(own / n, q, exactly=True) for q in money for n in counts
    )


def _share_of_others(case: Case, odd: Quantity) -> bool:
    """Whether other figures of the sentence give an amount as one's share of theirs: 「行驶5.18万公里，油费3.12万元，百公里60.23元」."""
    figures = [q for q in case.by_sentence.get(odd.sentence, ()) if q.number and q.span != odd.span]
    counts = [counted(q) for q in figures if dimension(q.unit) not in NO_COUNTS and counted(q) > 1]
    shares = (
        in_unit(q, "元") / n * times
        for q in figures
        if dimension(q.unit) == "money"
        for n in counts
        for times in (1, 10, 100, 1000)
    )
    return any(is_near(share, odd, exactly=True) for share in shares)


_FOR_EACH = pattern(
    r"每|均价|最[小低少]|过路|过桥|停车|手续费|邮|赔|押金|利息|罚|标准|单价|[\u4e00-\u9fff]均(?!衡|等|可)|/|[票电水气油粮]价|收费"
)
_NAMED_MONEY = pattern(r"(?:支出|经费|资金|预算|收入|补助|补贴|投入|金额|费用?|结转|结余)$")
_OF_LARGE_THINGS = pattern(r"购置|采购|改造|维修|建设|安装|支付|投入")
_LITTLE = 1000  # 元: less than what such a thing costs


def _odd_unit(case: Case) -> Iterator[Finding]:
    """An amount of a few hundred 元 with cents among amounts in 万元: 「A 412.30万元、B 386.40元」; alone, one for large things: 「投入382.00元更新4个实训室」."""
    by_paragraph: dict[Span, list[Quantity]] = {}
    cents = any(q.unit == "元" and not q.table and "." in q.value for q in case.found.quantities)
    for quantity in case.found.quantities if cents else ():
        if not quantity.table and quantity.about != "目标" and dimension(quantity.unit) == "money":
            by_paragraph.setdefault(case.paragraph(quantity.span.start), []).append(quantity)
    for money in by_paragraph.values():
        large = sum(1 for q in money if q.unit == "万元")
        if len(money) == 1 and not large:
            yield from _alone_in_yuan(case, money[0])
        for index, odd in enumerate(money) if large and large < len(money) else ():
            cents = len(odd.value.partition(".")[2]) == _FEW
            beside = [q for q in money[max(0, index - 1) : index + 2] if q is not odd and q.unit == "万元"]
            if odd.unit != "元" or not cents or not beside or odd.number >= _TEN_THOUSAND:
                continue
            if _share_of_others(case, odd) or any(
                _for_each(case, q) for q in money if q.unit == "元" and q.sentence == odd.sentence
            ):
                continue  # itself, or the one it is compared with: 「件均5500.00元，上年为5640.00元」
            lead = case.flat[max(odd.sentence.start, odd.span.start - 20) : odd.span.start]
            listed = len(beside) > 1 or large > _FEW or (large == _FEW and _in_a_list(case, beside[0], odd))
            named = _NAMED_MONEY.search(odd.name) or (odd.number < _LITTLE and _OF_LARGE_THINGS.search(lead))
            if (listed and odd.sentence == beside[0].sentence) or named:
                message = f"前后其他金额以万元为单位，这里写{odd.value}元，可能漏写了“万”"
                yield case.finding("R12", odd.span, message, stated=f"{odd.value}元", recomputed=f"{odd.value}万元")


def _alone_in_yuan(case: Case, odd: Quantity) -> Iterator[Finding]:
    """An amount of some hundred 元 with cents, the only one of its paragraph, that large things are told to have cost."""
    told = odd.unit == "元" and len(odd.value.partition(".")[2]) == _FEW and _LEAST <= odd.number < _LITTLE
    lead = case.flat[max(odd.sentence.start, odd.span.start - _SHORT) : odd.span.start]
    if told and _SPENT_ON.search(lead) and not _for_each(case, odd) and not _share_of_others(case, odd):
        message = f"这样的支出不会只有{odd.value}元，可能漏写了“万”"
        yield case.finding("R12", odd.span, message, stated=f"{odd.value}元", recomputed=f"{odd.value}万元")


_LEAST = 100  # 元: less may be a fee or a fine
_SHORT = 12  # characters
_SPENT_ON = pattern(r"(?:投入|安排|下达|拨付|落实|争取)[^,。;\d]{0,8}$")


def _for_each(case: Case, quantity: Quantity) -> bool:
    """Whether an amount is paid for one of many (每人每月, 单价), for which 元 is the usual unit."""
    lead = case.flat[max(0, quantity.span.start - 12) : quantity.span.start]
    after = case.flat[quantity.span.end : quantity.span.end + 4]
    return _FOR_EACH.search(lead) is not None or re.match(r"[/每人]|[^,。;]{0,2}/", after) is not None


def _in_a_list(case: Case, one: Quantity, odd: Quantity) -> bool:
    """Whether two amounts stand in one list: only a name and 、 between them."""
    between = case.flat[one.span.end : odd.span.start]
    return one.span < odd.span and between.startswith(("、", "和")) and not re.search(r"[,。;]", between)


_TWO_UNITS = pattern(r"万万元|万元元|万元万元|亿亿元|亿万元|元万元")
_THAT_IS = pattern(r"\s?[,(、]?\s?(?:折合|约合|合计?|即|相当于|约)(?:人民币)?约?\s?|\s?\(\s?")
_THAT_IS_OF_IT = pattern(r"[\u4e00-\u9fff]{1,6}(?:\(约?|[(,](?:折合|约合|合|即|相当于)约?)\s?")


def _times(case: Case, one: Quantity, other: Quantity) -> bool:
    """Whether an amount is so many times the one before it, by a count of their sentence."""
    first, second = measured(one), measured(other)
    beside = case.by_sentence.get(one.sentence, ())
    return bool(first and second) and any(
        first is not None and second is not None and first[1] * exact(q.number) == second[1] for q in beside
    )


def _converted(case: Case) -> Iterator[Finding]:
    """「1,268,400元，折合12.68万元」, 「42600公顷（426平方公里）」: one amount in two units, and not the same."""
    for one, other in itertools.pairwise(case.found.quantities):
        if one.unit == other.unit or other.span.start - one.span.end > _NEXT_TO:
            continue
        told = _THAT_IS.fullmatch(case.flat, one.span.end, other.span.start)
        named = told is None and plain_unit(one.unit) != plain_unit(other.unit)  # 「4.50万亩农田(合30平方公里)」
        if told is not None and "计" in told[0] and _times(case, one, other):
            continue  # 「配套40套，单套控制面积1000亩，合计4万亩」
        told = told or (_THAT_IS_OF_IT.fullmatch(case.flat, one.span.end, other.span.start) if named else None)
        bracket = told is not None and told[0].strip().endswith("(")
        if told is None or (bracket and not case.flat.startswith(")", other.span.end)):
            continue
        first, second = measured(one), measured(other)
        if (
            first is None
            or second is None
            or first[0] != second[0]
            or first[0] not in MEASURES
            or not first[1] * second[1]
        ):
            continue
        times = second[1] / first[1]
        in_money = first[0] == MONEY
        of_area = first[0] == AREA and {one.unit, other.unit}.isdisjoint(("平方米", "万平方米"))
        misconverted = of_area and abs(times - 1) > _FAR_OFF
        if misconverted or any(abs(times * power - 1) < Fraction(1, 50) for power in _POWERS):
            right = f"{number(exact(other.number) / times, 6 if in_money else 2)}{other.unit}"
            message = f"{one.value}{one.unit}折合{right}，这里写{other.value}{other.unit}，单位或小数点有误"
            yield case.finding(
                "R12", other.span, message, stated=f"{other.value}{other.unit}", recomputed=right, also=(one.span,)
            )


_FAR_OFF = Fraction(1, 20)  # no rounding of an area in two units
_NEXT_TO = 12  # characters between one amount and the same in another unit
_POWERS = tuple(Fraction(10) ** power for power in (-4, -3, -2, -1, 1, 2, 3, 4))
_AVERAGE = pattern(r"(?:人|户|次|亩|生|床|平)均|可支配收入|纯收入")  # what is told of one of many, year by year
_GIVEN_TO = pattern(r"[,、]?(?:共|累计)?(?:惠及|发放|救助|补助|资助|覆盖|受益|慰问|奖励|服务)[^,。;\d]{0,10}")
_OF_ASSETS = pattern(r"(?:原值|净值|资产总额|账面价值)(?:为|共|合计|达)?\s?$")
_LEAST_ASSETS = 100_000  # 元: less than the assets of any department


def _too_little(case: Case) -> Iterator[Finding]:
    """「发放奖励扶助金760.00元，惠及7,350人」: less than one 元 for each; and assets of a few thousand 元."""
    figures = case.found.quantities
    if not any(q.unit == "万元" for q in figures):
        return
    for index, quantity in enumerate(figures):
        if quantity.unit != "元" or quantity.table or not quantity.number or _for_each(case, quantity):
            continue
        if _lies_between(case, quantity):
            continue
        after = figures[index + 1] if index + 1 < len(figures) else None
        shared = (
            after is not None
            and after.unit in _PEOPLE
            and after.number > quantity.number
            and _GIVEN_TO.fullmatch(case.flat, quantity.span.end, after.span.start)
        )
        start = max(quantity.sentence.start, quantity.span.start - _TENFOLD)
        assets = quantity.number < _LEAST_ASSETS and _OF_ASSETS.search(case.flat, start, quantity.span.start)
        if shared or assets:
            message = f"这里写{quantity.value}元，数额太小，可能漏写了“万”"
            stated, right = f"{quantity.value}元", f"{quantity.value}万元"
            yield case.finding("R12", quantity.span, message, stated=stated, recomputed=right)


def _lies_between(case: Case, change: Quantity) -> bool:
    """Whether an amount is the step from one to the other of two before it: 「由每人每月640元提高到680元，提高40元」."""
    before = [q.number for q in case.by_sentence.get(change.sentence, ()) if q.span < change.span and q.unit == "元"]
    return any(abs(a - b) == change.number for a, b in itertools.combinations(before, 2))


_PEOPLE = ("人", "名", "户", "人次")


_DOUBLE = pattern(rf"\d\s?(?:{_TWO_UNITS.pattern})")


def _twice_the_unit(case: Case) -> Iterator[Finding]:
    """「3.60万万元」."""
    for match in _DOUBLE.finditer(case.flat) if _TWO_UNITS.search(case.flat) else ():
        span = Span(match.start(), match.end())
        yield case.finding("R12", span, f"单位写了两次：“{match[0]}”，请核对金额", stated=match[0])


_FOR_ONE = pattern(
    r"(?:人均|户均|亩均|生均|每人|每户|每亩|每生|每学年|每床日)[\u4e00-\u9fff]{0,10}?(?:标准|补助|补贴|经费|金额)?(?:为|是|达)?\s?$"
)
_EACH = pattern(r"\s?/\s?(?:生|人|户|亩|学年|月)")
_LEAST_FOR_ONE = 20  # 万元: more than is paid for one


_PARTED = pattern(r"\s?(?:除以|÷|/(?!每|人|亩|户))")


def _much_for_one(case: Case) -> Iterator[Finding]:
    """「人均补助标准为89.00万元」; and 「≥940万元/生·年」, where the same row has 940元."""
    rows = {(q.sentence, q.number) for q in case.found.quantities if q.unit == "元"}
    for quantity in case.found.quantities:
        if quantity.unit != "万元" or quantity.number < _LEAST_FOR_ONE:
            continue
        if _is_for_one(case, quantity) or (
            (quantity.sentence, quantity.number) in rows
            and _EACH.match(case.flat, quantity.span.end, quantity.span.end + 4)
        ):
            if _PARTED.match(case.flat, quantity.span.end):
                continue  # what is parted: 「亩均投资按支出6460.00万元除以建成3.8万亩计算」
            if adds_up(case, quantity) or _beside_its_like(case, quantity) or _listed(case, quantity):
                continue
            if _spent_of_it(case, quantity):
                continue  # it is a part of the amounts beside it as it stands
            message = f"一人（户、亩）{quantity.value}万元，可能把元写成了万元"
            yield case.finding(
                "R12", quantity.span, message, stated=f"{quantity.value}万元", recomputed=f"{quantity.value}元"
            )


def _spent_of_it(case: Case, quantity: Quantity) -> bool:
    """Whether what was spent of an amount is told behind it, as of a line of money: 「生均公用经费预算340.00万元，支出331.50万元」."""
    behind = [q for q in case.by_sentence.get(quantity.sentence, ()) if q.span > quantity.span][:1]
    return any(
        q.unit == quantity.unit
        and max(q.number, quantity.number) <= 2 * min(q.number, quantity.number)
        and _SPENT.match(case.flat[quantity.span.end : q.span.start]) is not None
        for q in behind
    )


_SPENT = pattern(
    r"^[,;、]\s?(?:全年|当年|本年)?(?:实际|已|累计|共)?(?:支出|执行|使用|拨付|下达|到位|支付|决算|安排)[数为了]?\s?$"
)


def _listed(case: Case, quantity: Quantity) -> bool:
    """Whether an amount is one of a list's, where what is called 生均公用经费 is a programme like the others."""
    beside = [q for q in case.by_sentence.get(quantity.sentence, ()) if q.unit == quantity.unit]
    return case.flat[quantity.span.end : quantity.span.end + 1] == "、" and len(beside) >= _LISTED


_LISTED = 4  # amounts of a sentence, from which on they are a list


def _is_for_one(case: Case, quantity: Quantity) -> bool:
    lead = case.flat[max(quantity.sentence.start, quantity.span.start - 16) : quantity.span.start]
    return ("均" in lead or "每" in lead) and _FOR_ONE.search(lead) is not None


def _beside_its_like(case: Case, quantity: Quantity) -> bool:
    """Whether its paragraph tells another amount for one in the same unit and of the same size: nobody mistakes a unit twice."""
    place = case.paragraph(quantity.span.start)
    return any(
        place.start <= q.span.start < place.end and q.span != quantity.span and _is_for_one(case, q)
        for q in case.found.quantities
        if q.unit == quantity.unit and max(q.number, quantity.number) <= 2 * min(q.number, quantity.number)
    )


def _same_digits(case: Case) -> Iterator[Finding]:
    """The very digits that stand elsewhere in 万元, here in 元."""
    plain = [q for q in case.found.quantities if q.unit == "元"]
    large = (q for q in case.found.quantities if q.unit == "万元") if plain else ()
    written = {q.value: q for q in large if len(digits_of(q.value)) >= _DIGITS}
    for quantity in plain:
        other = written.get(quantity.value)
        if quantity.table and not _fills_its_cell(case, quantity):
            continue  # its unit is that of the table's amounts, which a division in a cell is none of
        if other is not None and (len(digits_of(quantity.value)) > _DIGITS or _one_name(quantity, other)):
            yield case.finding(
                "R12",
                quantity.span,
                f"这里写{quantity.value}元，另一处写{other.value}万元，数字相同而单位不同",
                stated=f"{quantity.value}元",
                recomputed=f"{other.value}万元",
                also=(other.span,),
            )


def _fills_its_cell(case: Case, quantity: Quantity) -> bool:
    """Whether a figure of a table bears its unit or is all that stands in its cell."""
    start, end = quantity.span
    alone = case.flat[start - 1 : start] in "\t\n|" and case.flat[end : end + 1] in "\t\n|"
    return alone or case.flat[start:end].endswith("元")


_DIGITS = 4  # digits of a figure: so many may be the same by chance, unless both figures bear one name
_RUN = 3


def _one_name(one: Quantity, other: Quantity) -> bool:
    """Whether the names of two figures share a run of characters."""
    return any(one.name[k : k + _RUN] in other.name for k in range(len(one.name) - _RUN + 1))


def _tenfold(case: Case) -> Iterator[Finding]:
    """An amount that is ten or ten thousand times last year's, to within a few per cent; the first one is told."""
    money = [q for q in case.found.quantities if q.item and not q.scope and q.number and dimension(q.unit) == "money"]
    before = {q.item: q for q in money if q.year == case.year - 1}
    for quantity in money:
        other = before.get(quantity.item)
        if other is None or quantity.year != case.year:
            continue
        a, b = in_unit(quantity, "万元"), in_unit(other, "万元")
        ratio = max(a, b) / min(a, b)
        if any(abs(ratio / power - 1) < Fraction(3, 100) for power in (10, _TEN_THOUSAND)):
            now, past = f"{quantity.value}{quantity.unit}", f"{other.value}{other.unit}"
            message = f"“{quantity.name}”本年{now}，上年{past}，相差约{number(ratio, 0)}倍，可能是小数点或单位有误"
            yield case.finding("R12", quantity.span, message, severity=Severity.INFO, stated=now, recomputed=past)
            return


def _plain_digits(case: Case) -> Iterator[Finding]:
    """万元 written behind an amount in 元, or a point lost: 「4,860,000万元」, 「监理费46,800万元」 where the text elsewhere has 486.00万元, 监理费46.80万元."""
    money = [q for q in case.found.quantities if q.unit == "万元" and q.number]
    for quantity in (q for q in money if q.number >= _TEN_THOUSAND and not table_in_yuan(case, q)):
        factor = _TEN_THOUSAND if quantity.number >= IN_YUAN else _THOUSAND
        meant = exact(quantity.number) / factor
        alike = [q for q in money if q.number < _TEN_THOUSAND and exact(q.number) == meant]
        if any(factor == _TEN_THOUSAND or _one_name(quantity, q) for q in alike):
            times, slip = ("一万倍", "把元写成了万元") if factor == _TEN_THOUSAND else ("一千倍", "点错了小数点")
            message = f"这里写{quantity.value}万元，另一处是{number(meant, 6)}万元，相差{times}，可能{slip}"
            yield case.finding(
                "R12", quantity.span, message, stated=f"{quantity.value}万元", recomputed=f"{number(meant, 6)}万元"
            )


def _told_elsewhere(quantity: Quantity, large: list[Quantity]) -> bool:
    """Whether the amount stands elsewhere in 万元, or is what two such amounts differ by."""
    if any(not differ(quantity, other) for other in large):
        return True
    known = sorted({in_unit(q, "万元") for q in large})[-40:]
    value = in_unit(quantity, "万元")
    return any(abs(a - b) == value for a in known for b in known)


_HUNDRED = 100  # saved: a hundredth of the whole, or a tenth of the line itself
