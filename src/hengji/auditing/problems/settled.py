"""R18: what must hold before a problem is held against a leaf at all: it is of this unit and year, and no points settle it already."""

from decimal import Decimal

from hengji.auditing.case import Case
from hengji.auditing.problems.admitting import is_inside
from hengji.auditing.problems.zones import ITEM, numbered, problem_zones
from hengji.library.texts import load_bodies
from hengji.model.extraction import ScoredItem, Span
from hengji.model.patterns import pattern

_COST = pattern(r"[扣失丢]\s?(?:了|减|除)?\s?\d+(?:\.\d+)?\s?分|影响[^,。;]{0,16}(?:得分|失分)|(?:被|已|予以|相应)扣分")
_TOLERATED = pattern(r"(?:不|未|没有|不予|免予?|免于)扣分|容许|容忍|容差|允许的?(?:差距|偏差|误差|范围|幅度)")
_STILL_WELL = pattern(r"(?:仍|也|已)[^,。;]{0,4}(?:高于|达到|超过|优于|好于|符合|满足)[^,。;]{0,8}(?:目标|标准|要求)")
_MARK = r"\s*(?:\([一二三四五六七八九十\d]{1,3}\)|[一二三四五六七八九十]{1,2}[、是]|\d{1,2}[.、])?\s*"
_LATER = pattern(
    rf"{_MARK}[在对]?(?P<year>20\d\d)年(?:度)?(?!\d|[初底末中春夏秋冬才起后前]|上半年|下半年|[一二三四]季度|以来)"
)


def stands(case: Case, item: ScoredItem, problem: Span) -> bool:
    """Whether a problem may be held against a leaf: not where it tells its own points, another body or a later year."""
    told = problem_around(case, problem)
    if _COST.search(told) or _TOLERATED.search(told) or _STILL_WELL.search(case.text(problem)):
        return False
    clause = case.text(problem)
    sentence = case.text(case.sentence(problem.start))
    of_that_year = _SPEAKS_OF_BEFORE.search(case.text(item.body).replace(clause, " ")) is not None
    if (not of_that_year and _of_an_earlier_year(case, clause, sentence)) or _keeps_its_limit(
        item, case.text(item.body), told
    ):
        return False
    if (
        _FEARED.search(clause)
        or _of_another_whole(case, item, clause)
        or _LEFT_OUT.search(sentence)
        or _NOT_DUE.search(clause)
    ):
        return False
    if _UNSPENT.search(clause) and not _OF_SPENDING.search(f"{item.name}{''.join(item.path)}"):
        return False
    return not (_of_a_later_year(case, clause) or _of_others(case, item, clause) or _of_others(case, item, sentence))


# What might happen: 「若遇通信中断,灾情可能无法按时上报」
_FEARED = pattern(r"(?:^|[,;、.)])\s*(?:若|如遇|一旦|倘)[^。;]*(?:可能|难以|会|将|恐)")
# Money that was not spent is against what counts the spending, and no other leaf.
_UNSPENT = pattern(
    r"(?:支出|资金|预算|经费|指标|万元)[^,。;]{0,8}(?:尚未|未|没有)(?:执行|支付|支出|使用|形成支出)|(?:尚有|还有|仍有|结余|结转)[^,。;]{0,6}\d[\d.,]*\s?万元(?:[^,。;]{0,4}(?:未|没有|结转|待支))?|(?:支出|预算|经费)[^。;]{0,30}(?:只|仅)(?:完成|执行|支出)[^,。;]{0,8}\d%"
)
_OF_SPENDING = pattern(r"执行|支付|支出|采购|进度|结转|结余|存量|资金|预算|经费|使用")
# What nobody asked for: 「补助发放类项目没有招标环节」.
_NOT_DUE = pattern(
    r"(?:没有|无|不设|不涉及)[^,。;]{0,8}(?:环节|要求)(?=[,。;]|$)|无需|毋需|不需要?[^,。;]{0,8}(?=[,。;]|$)|不适用|依法(?:延长|中止|顺延)"
)
# What is of neighbours, of other bodies, or not in what is evaluated.
_LEFT_OUT = pattern(
    r"未(?:列入|纳入)(?:本年度?|当年|年度)[^,。;]{0,4}(?:改造|建设|整治|实施|维修|治理|修缮)(?:计划|任务|范围)|不(?:计入|计算在内|统计在内)|不属于[^,。;]{1,12}(?=[,。;]|$)|(?:由|属)[^,。;]{2,16}管辖|(?:涉及|责任|被查|发生)[^,。;]{0,4}单位(?:是|为|系)|不(?:是|属于)[我本](?:局|院|校|镇|乡|县|站|中心|单位|部门|街道)|相邻[县市区镇乡]|邻近的|"
    r"不(?:纳入|在|属于?|列入)[^,。;]{0,6}(?:评价|自评|考核|任务)(?:范围|[之以]?内)?(?=[,。;]|$)|邻[县市区省州]|外[县市省]发生|兄弟(?:县|单位)"
)


def problem_around(case: Case, problem: Span) -> str:
    """The numbered problem that a passage is part of; the passage alone outside the problems, or where many run together."""
    for zone in problem_zones(case):
        for each in numbered(case, zone) if is_inside([zone], problem.start) else ():
            if each.start <= problem.start < each.end:
                text = case.text(each)
                return text if len(text) < _ONE_PROBLEM and ITEM.match(text) else case.text(problem)
    return case.text(problem)


_ONE_PROBLEM = 240  # characters


def tolerates(case: Case, item: ScoredItem) -> bool:
    """Whether a leaf, its row or its rule tells that what it fell short by costs nothing."""
    return (
        _TOLERATED.search(f"{item.target} {item.rule} {item.actual} {item.remark} {case.text(item.body)}") is not None
    )


def within_goal(case: Case, item: ScoredItem, problem: Span) -> bool:
    """Whether a leaf's rate reaches its goal, and it tells openly the rest that a problem speaks of: that some failed is no news then."""
    told = case.text(problem)
    if by_its_band(case, item):
        return True
    if not item.name.endswith("率") or _GOAL_MISSED.search(told):
        return False
    body = case.text(item.body)
    rates = [Decimal(m[1]) for m in _PERCENT.finditer(f"{item.actual} {'' if item.table else body}")]
    goals = [Decimal(m[1]) for m in _PERCENT.finditer(item.target)]
    openly = any(_HALF < rate < _ALL for rate in rates) or bool(set(_COUNT.findall(told)) & set(_COUNT.findall(body)))
    if not (openly and rates):
        return False
    if not goals:
        return _REACHED.search(body) is not None
    return rates[-1] <= goals[-1] if _AT_MOST.search(item.target) else rates[-1] >= goals[-1]


def by_its_band(case: Case, item: ScoredItem) -> bool:
    """Whether the printed rule gives all points from a rate below the hundred, and the leaf tells openly a rate that reaches it: 「90%以上得6分」 and 90.00 %."""
    rule = item.rule if item.table else case.text(item.body)
    band = _BAND.search(rule)
    if band is None or Decimal(band["points"]) != item.points or Decimal(band["least"]) >= _ALL:
        return False
    told = f"{item.actual} {item.remark}" if item.table else _BAND.sub(" ", rule)
    return any(Decimal(band["least"]) <= Decimal(m["n"]) < _ALL for m in _COMPLETED.finditer(told))


# 「完成率90%（含）以上得6分」, 「达到85%的得满分」 with its points
_BAND = pattern(
    r"(?P<least>\d{2}(?:\.\d+)?)%(?:\(含\)|\(含\d{2}%\)|[及（(]?含[)）]?)?(?:及?以上|的|,)*(?:得|计|记)\s?(?P<points>\d{1,2}(?:\.\d+)?)\s?分"
)
_COMPLETED = pattern(r"率(?:为|达到?|是|:)?\s?(?P<n>\d{2}(?:\.\d+)?)\s?%")
_GOAL_MISSED = pattern(r"目标|计划|任务|要求")
_REACHED = pattern(r"(?:高于|超过|大于|优于|达到了?|不低于)[^,。;]{0,12}(?:目标|标准|要求|满分线|下限)")
_PERCENT = pattern(r"(\d{1,3}(?:\.\d+)?)\s?%")
_COUNT = pattern(r"(?<![\d.])\d+\s?[\u4e00-\u9fff]")
_AT_MOST = pattern(r"[≤<]|不高于|不超过|以内|以下")
_NONE, _HALF, _ALL = Decimal(0), Decimal(50), Decimal(100)


def tells_a_fact(case: Case, problem: Span) -> bool:
    """Whether a problem tells something that is amiss, counted or named, beside its judgement of itself: 「有待加强」 alone is none."""
    around = problem_around(case, problem)
    end = case.paragraph(problem.start).end
    rest = case.flat[problem.start : min(end, problem.start + _ONE_PROBLEM)] if len(around) < _SHORT else around
    return _FACT.search(_JUDGED.sub(" ", rest)) is not None


_SHORT = 40  # characters: a heading, whose facts stand behind it
_JUDGED = pattern(
    r"(?:有待|尚待|尚需|仍需|还需|需要?|亟待|应)[^,。;]{0,8}(?:加强|提高|提升|完善|改进|优化|强化)|不够(?=[\u4e00-\u9fff])"
    r"|(?:下一步|下步|今后|拟|将)[^。;\n]*|(?:20\d\d年)?\d{1,2}月|20\d\d年|\(?[一二三四五六七八九十\d]{1,3}[)、.]"
)
_FACT = pattern(
    r"\d|[一两二三四五六七八九十](?=[个笔份件户处台套项名次批家])|未(?!来)|没有|缺|漏|闲置|滞后|笼统|走过场|流于|不[严全齐完符实准清]|脱节|超|逾|错|擅自|损坏|丢|倒签|补签|迟|晚|拖|随意|重复|[偏较][慢低高大少差]"
)


def judges_the_whole(clause: str, field: str) -> bool:
    """Whether a clause says of a whole field that it is not good enough: 「预算编制不够细化」, 「预算编制的科学性有待提高」, not some side of it."""
    return _WHOLE.fullmatch(clause.partition(field)[2].rstrip(" 。;,")) is not None


_WHOLE = pattern(
    r"(?:工作)?(?:的?[\u4e00-\u9fff]{2,3}性|质量)?(?:还|仍|尚)?(?:不够|不尽|欠|有待|需要?|亟待)(?:进一步)?[\u4e00-\u9fff]{1,4}"
)


def _of_an_earlier_year(case: Case, clause: str, sentence: str) -> bool:
    """Whether the year told last before what is amiss is an earlier one, and it was over then: 「2023年审计查出2022年重复发放2人」.

    What is not done lasts, unless it is told to be made good.
    """
    amiss = _AMISS.search(clause)
    years = [int(year) for year in _ANY_YEAR.findall(clause[: amiss.end()])] if amiss is not None else []
    if amiss is None or not years or years[-1] >= case.year:
        return False
    if _LASTS.search(clause) and not _DONE_SINCE.search(clause):
        return False
    return _LACKS.fullmatch(amiss[0]) is None or _MADE_GOOD.search(sentence) is not None


_SPEAKS_OF_BEFORE = pattern(r"上一?年度?|以前年度|历年")
_AMISS = pattern(
    r"不(?!动产|含|超|低)|未|没有|缺|漏|偏[低高慢粗]|超|重复|违[规反]|挪用|挤占|截留|套取|虚[报列]|错|逾|滞后|闲置|损坏|丢失|遗失|列支|停[用运摆]|离线|故障|取消|坏"
)
_LACKS = pattern("不|未|没有|缺|闲置")
_LASTS = pattern(r"仍|至今|尚|一直|长期|以来|持续|历年|年末|年底|迄今")
_DONE_SINCE = pattern(r"已(?:于|在|经|全部)?[^,。;]{0,12}(?:完成(?:清理|整改)|整改|补[齐办登]|入账|办结|追回|核销)")
_MADE_GOOD = pattern(r"已|均|全部|完毕|追回|收回|归还|补齐|整改到位")
_ANY_YEAR = pattern(r"(20\d\d)年(?!度?(?:部门)?决算)")  # the accounts of a year are closed and told in the next


def _keeps_its_limit(item: ScoredItem, body: str, told: str) -> bool:
    """Whether a rate stands beside the limit that it keeps, and the problem does not say that it missed it: 「预算调整率0.96%,不超过5%」."""
    if not item.name.endswith("率") or _GOAL_MISSED.search(told):
        return False
    if item.name in told and not _SHORT_OF_ALL.search(told):
        return False
    own = f"{item.actual} {item.remark} {item.rule if item.table else body}"
    return any(
        Decimal(m["rate"]) <= Decimal(m["most"]) if m["most"] else Decimal(m["rate"]) >= Decimal(m["least"])
        for m in _KEPT.finditer(own)
        if _NONE != Decimal(m["rate"]) != _ALL
    )


_SHORT_OF_ALL = pattern(r"(?:未能?|没有|不)达?到?\s?100(?:\.0+)?%|(?:距|离|比)(?:离)?\s?100(?:\.0+)?%")
_KEPT = pattern(
    r"(?P<rate>\d{1,3}(?:\.\d+)?)\s?%[,(]?(?:仍|也|均)?(?:(?:不超过|未超过|没有超过|不高于|低于|小于|≤|<)[^,。;\d]{0,6}(?P<most>\d{1,3}(?:\.\d+)?)"
    r"|(?:不低于|高于|超过|大于|达到|≥|>)[^,。;\d]{0,6}(?P<least>\d{1,3}(?:\.\d+)?))\s?%"
)


def _of_another_whole(case: Case, item: ScoredItem, clause: str) -> bool:
    """Whether a problem counts more amiss than a leaf has of such things at all: 31 of 186 rooms, against 22 of 22."""
    own = [
        (int(n.replace(",", "")), unit)
        for n, unit in _COUNTED.findall(f"{case.text(item.body)} {item.actual} {item.remark}")
    ]
    told = [(int(n.replace(",", "")), unit) for n, unit in _COUNTED.findall(clause)]
    units = {unit for _, unit in told}
    most = {unit: max(n for n, each in own if each == unit) for unit in units & {each for _, each in own}}
    return bool(most) and all(unit not in most or n > most[unit] for n, unit in told) and len(told) > 1


_COUNTED = pattern(r"(?<![\d.,年第])(\d[\d,]*)\s?([个笔份件户处台套项名人条座辆宗例所家张栋批支村间口路场期眼块盏])")


def _of_a_later_year(case: Case, clause: str) -> bool:
    """Whether what is told opens with a year after the evaluated one: its plans and its budget."""
    year = _LATER.match(clause)
    return year is not None and int(year["year"]) > case.year


def _of_others(case: Case, item: ScoredItem, clause: str) -> bool:
    """Whether a fault is of a body beside the unit that the leaf does not speak of: villages' accounts against the unit's own."""
    subject = load_bodies().match(clause)
    own = f"{item.name}{case.text(item.body)}"
    return subject is not None and subject["body"] not in own and not _OF_ALL.search(own)


_OF_ALL = pattern(r"全(?:[县市区镇乡旗州省]|社会|行业)|公众|群众|满意")  # leaves that answer for more than the unit
