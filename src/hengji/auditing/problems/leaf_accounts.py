"""R19: what a leaf tells besides its rule, and whether that shows anything that the rule takes points off for, or that all was well."""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from hengji.auditing.case import Case
from hengji.auditing.problems.row_reasons import cause_cell
from hengji.auditing.problems.shortfalls import NOTHING_HAPPENED, number_of, tells_loss
from hengji.auditing.rescoring.by_rule import reading_of
from hengji.model.extraction import ScoredItem
from hengji.model.patterns import pattern


@dataclass(frozen=True, slots=True)
class Account:
    """A leaf's words: how its points are given, and what is told of the year."""

    rule: str
    facts: str


def account_of(case: Case, item: ScoredItem) -> Account:
    """The two of a leaf: of its cells, its passage, and the paragraph elsewhere that opens with its name."""
    if item.table and (item.actual or item.remark):
        cause = cause_cell(case, item) or ""  # a column of its own beside the one for what was done
        cause = "" if cause == "".join(item.remark.split()) else cause
        facts, rule = f"{item.actual};{item.remark};{cause}", f"{item.rule};{item.target}"
        return Account(rule, f"{facts};{_apart(case, item)}")
    if item.table and item.rule:
        return Account(f"{item.rule};{item.target}", _apart(case, item))
    text = case.text(item.quote if item.table else item.body).replace(item.name, " ", 1)
    if item.table:
        for group in item.path:
            text = text.replace(group, " ")
    labelled = " ".join(match[0] for match in _LABELLED.finditer(text))
    rest = _LABELLED.sub("。", text)
    clauses = [clause for clause in _CLAUSES.split(rest) if clause.strip()]
    rules = [clause for clause in clauses if _GIVES_POINTS.search(clause) and not _takes_off(item, clause)]
    told = [clause for clause in clauses if clause not in rules]
    facts = _without_points(item, _POINTS.sub(" ", ";".join(told)))
    return Account(f"{labelled};{';'.join(rules)};{item.target}", f"{facts};{_apart(case, item)}")


def _takes_off(item: ScoredItem, clause: str) -> bool:
    """Whether a clause takes just the lost points off for what it tells, and for no more: 「第三季度未达到75%扣1分」."""
    if _CAUSED.search(clause):
        return True
    match = _OFF.search(clause)
    lost = (item.points or Decimal(0)) - (item.claimed or Decimal(0))
    return match is not None and Decimal(match["n"]) == lost and not _EACH.search(clause)


_CAUSED = pattern(r"因(?![公地])|由于|故")
_OFF = pattern(r"[扣减](?:了|去|除)?\s?(?P<n>\d+(?:\.\d+)?)\s?分?")
_EACH = pattern(r"每|凡|[有少多缺漏错差]一|一[次起件个项笔户例处人]|[的者],?(?=[扣减])")
_CLAUSES = pattern(r"[,。;:\n\t|()]")
# 「满分12,自评10.2」, 「得8分」, 「9/10」: the leaf's own points.
_POINTS = pattern(
    r"(?:满分|分值|权重|满|自评|实得|得分|评分|本项|[得计扣减])+[为:]*\s?\d{1,3}(?:\.\d+)?\s?分?(?![\d%年月日起件个万元户人次台以])|(?<![\d.])\d{1,2}(?:\.\d+)?/\d{1,2}(?![\d.%])"
)
_IN_POINTS = pattern(r"(?<![\d.])(?P<n>\d{1,2}(?:\.\d+)?)\s?分(?![\d钟之以])")


def _without_points(item: ScoredItem, text: str) -> str:
    """A text without what the leaf is worth and what it got."""
    own = (item.points, item.claimed)
    return _IN_POINTS.sub(lambda match: " " if Decimal(match["n"]) in own else match[0], text)


# A part that says of itself that it is the rule, to the end of its sentence or line.
_LABELLED = pattern(
    r"[(【\[]?(?:(?:评分|打分|计分|得分|扣分|赋分)?(?:规则|标准|办法|方法|要点|细则|依据)|评价(?:要点|标准)|考核口径|口径)[】\])]?[:,][^\n]*?(?:[。\n]|$|(?=【))"
)
_GIVES_POINTS = pattern(
    r"(?:^\s*每|(?:每|凡|有一|不足|超[过出期]|低于|少[一于]|漏|逾期|达到?|以[上下内]|者)[^,。;]*[扣减得计给去掉])|[得计给](?:满|\d)|满分|不得|扣完|即满|×|比例|折算|直接乘|率乘|乘以|评定|[扣减]\s?\d|封顶|为限"
)


def _apart(case: Case, item: ScoredItem) -> str:
    """The paragraphs elsewhere that open with a leaf's name and a colon: 「⑪政策宣传:办宣讲会34场」."""
    if len(item.name) < _NAME or f"{item.name}:" not in case.flat:
        return ""
    headed = re.compile(rf"[\s\d.、()一二三四五六七八九十①-⑳*●-]*{re.escape(item.name)}:")
    within = item.quote if item.table else item.body
    return ";".join(
        case.text(each).replace(item.name, " ", 1)
        for each in case.found.paragraphs
        if not within.start <= each.start < within.end and headed.match(case.flat, each.start)
    )


_NAME = 3  # characters
_FIGURE = pattern(
    r"(?<![\d.])(?P<n>\d[\d,]*(?:\.\d+)?)\s?(?P<u>%|‰|个百分点|个?工作日|人次|台次|座次|家次|批次|小时|公里|平方米|万[\u4e00-\u9fff]{1,2}|[\u4e00-\u9fff])"
)
_TIMES = pattern(r"(?:20\d\d年(?:度)?)?(?:\d{1,2}月(?:\d{1,2}日|底|末|初)?)|20\d\d年(?:度)?|[一二三四]季度")
_NO_COUNT = frozenset("年月日号条级")
_HUNDRED = Decimal(100)


def _figures(text: str) -> list[tuple[Decimal, str]]:
    """The figures of a text with their units, times left out."""
    found = ((number_of(m["n"]), m["u"]) for m in _FIGURE.finditer(_TIMES.sub(" ", text)))
    return [(n, unit.removeprefix("个") if len(unit) > 1 else unit) for n, unit in found if unit not in _NO_COUNT]


def shows_why(case: Case, item: ScoredItem) -> bool:
    """Whether a leaf tells a fact that falls short of its rule: words of lack, a rate or a count beyond its bound, what the rule counts as a fault."""
    if item.has_remark and not item.remark.strip("—-/ 无"):
        return False  # the place for the reason is empty
    told = account_of(case, item)
    return _lacks(told.facts) or _falls_short(item, told) or _in_proportion(item, told) or _scored_so(case, item)


def all_was_well(case: Case, item: ScoredItem) -> bool:
    """Whether a leaf tells facts, all of which are as they should be: equal counts, rates at their bounds, and no word of lack."""
    told = account_of(case, item)
    facts = told.facts
    if len(_WORDLESS.sub("", facts)) < _SAID or _lacks(facts) or _falls_short(item, told) or _scored_so(case, item):
        return False
    if _JUDGED.search(facts) or _FORMULA.search(told.rule):
        return False
    figures = _figures(facts)
    counts = [(n, unit) for n, unit in figures if unit != "%"]
    rates = [n for n, unit in figures if unit == "%"]
    bounds = [bound for least, bound, unit in _bounds(_rules_of(told)) if least and unit == "%"]
    if any(rate != _HUNDRED and not any(rate >= bound for bound in bounds) for rate in rates):
        return False  # nothing is told of how high a rate should be
    if not rates and any(one == other and n != m for (n, one), (m, other) in itertools.combinations(counts, 2)):
        return False  # either may be what was due
    same = any(a == b for a, b in itertools.combinations(counts, 2))
    return same or bool(rates) or _WELL.search(facts) is not None


_FORMULA = pattern(r"[×÷=]|比例|折[算合成]|乘|/\d")  # a score that follows from figures may be any


def _rules_of(told: Account) -> str:
    """The rule with the clauses of the facts that say what was asked for: 「序时要求75%」."""
    return ";".join([told.rule, *(part for part in _CLAUSES.split(told.facts) if _ASKED_FOR.search(part))])


_ASKED_FOR = pattern(r"要求|目标(?:值)?为?\s?\d|不低于|应达")
_WORDLESS = pattern(r"\W")
_SAID = 6  # characters of an account
_WELL = pattern(
    r"(?<![未没不])(?:均|全部|都|一致|齐全|完整|健全|合规|相符|到位|按时|按期|如期|及时|按[月季周旬]|逐[一项笔件户]|备案|符合)(?!不|未|率|度)"
)
# What a leaf says of its own score, or of how others saw it: a reason of its own.
_JUDGED = pattern(
    r"自[扣减]|从严|酌情|评为|评定|等[级次]|[一二三四]档|档次|排名|名次|第[一二三四五六七八九十\d]+[名位]|同比|上年|去年|见[\"“]?存在|原因"
)


def _lacks(facts: str) -> bool:
    """Whether words tell something missed that was not put right at once: 「发现的2个偏慢项目已纠偏」 tells nothing missed."""
    facts = BETTERED.sub(" ", _RIGHTED.sub(" ", facts))
    return tells_loss(facts) or _LACK.search(NOTHING_HAPPENED.sub(" ", facts)) is not None


# What there is less of than before, and is to be less of: 「因路况引发的事故由2022年的4起降为1起」.
BETTERED = pattern(
    r"[^,。;]*(?:事故|投诉|发案|伤亡|死亡|差错|信访|起火|失火)[^,。;]*?[由从][^,。;]*\d[^,。;]*?(?:下降|降低|减少|压减|降|减)[到至为]\s?\d[^,。;]*"
)


_RIGHTED = pattern(
    r"(?:查出|发现|查处|检出|不合格|反馈|指出)[^,。;]*?(?:已|均|全部)[^,。;]{0,6}(?:纠|改|处[理置]|整|下架|立案|销号|办结|退|追回)[^,。;]*"
)
_LACK = pattern(
    r"(?<!没)(?<!未)(?:脱岗|空岗|缺[席勤岗]|错[误报漏发]|错\d|漏[报检登巡户]|迟报|瞒报|起火|火情|死亡|受伤|败诉|撤销|纠错|投诉(?!0|举报)|落后|后[三五十]名|倒数|退[回兵步]|辍学|返贫|下滑|增长\d|超[支标编员时期]|溢水|损[坏毁]|破损|盘亏|短少|搁置|停[工用运]|推诿)"
)


def _falls_short(item: ScoredItem, told: Account) -> bool:
    """Whether figures of an account fall short of a bound, of what was due, or are what the rule counts as a fault."""
    facts, bounds = _figures(told.facts), [*_bounds(_rules_of(told))]
    if item.target and (aimed := _AIM.fullmatch(item.target)) is not None:
        bounds.append((True, number_of(aimed["n"]), aimed["u"]))
    worse = _LESS_IS_BETTER.search(item.name) is not None
    of_rate = [(least, bound) for least, bound, unit in bounds if unit == "%"]
    rates = [n for n, unit in facts if unit == "%" and n not in [bound for _, bound in of_rate]]
    if of_rate and rates:
        return any(_beyond(rate, of_rate, worse=worse) for rate in rates) or _too_late(told)
    for n, unit in facts:
        own = [(least, bound) for least, bound, of in bounds if of == unit]
        if any(n < bound if least else n > bound for least, bound in own):
            return True
        if n and _counted_as_fault(told.rule, unit) and (facts.count((n, unit)) == 1 or n == 1):
            return True
    return ("满意" not in item.name and _less_than_due(told.facts)) or _too_late(told)


_AIM = pattern(r"(?P<n>\d[\d,]*(?:\.\d+)?)\s?(?P<u>%|[\u4e00-\u9fff]{1,2})")


def _beyond(rate: Decimal, bounds: list[tuple[bool, Decimal]], *, worse: bool) -> bool:
    """Whether a rate is beyond the best of its bounds."""
    least = [bound for at_least, bound in bounds if at_least]
    most = [bound for at_least, bound in bounds if not at_least]
    if least and not worse:
        return rate < max(least)
    return bool(most) and rate > min(most)


def _less_than_due(facts: str) -> bool:
    """Whether less was done than there was to do, of one unit in one sentence: 「派遣5000件,按期结案4850件」."""
    for sentence in re.split(r"[。\n]", facts):
        for due in _DUE.finditer(sentence):
            for done in _FIGURE.finditer(sentence, due.end()):
                between = sentence[due.end() : done.start()]
                if (
                    done["u"] == due["u"]
                    and number_of(done["n"]) < number_of(due["n"])
                    and not _APART.search(between[-_NEAR:])
                ):
                    return True
    return False


_DUE = pattern(
    r"(?:任务|计划|应|目标|核定|派[遣单]|受理|立案|申请|抽[查检]|下达|承诺|要求|总数|共|收回|回收|发放|调查|回访|访问|街访|活产|新植|有效)[\u4e00-\u9fff]{0,6}?[为:]?\s?(?P<n>\d[\d,]*(?:\.\d+)?)\s?(?P<u>人次|台次|家次|批次|公里|平方米|万[\u4e00-\u9fff]{1,2}|(?![年月日号])[\u4e00-\u9fff])"
)
_APART = pattern(r"其中|比|较|新修订|去年|上年|各|平均|月均|每|拒访|无效")
_NEAR = 10


_BOUND = pattern(
    r"(?P<least>(?:≥|>|不低于|不少于|不得低于|高于|大于|达到?|目标(?!的|数)|任务(?!的|数)|计划(?!的|数)|要求|应|满(?!意|足))[^,。;\d]{0,6})?(?P<most>(?:≤|<|不超过?|不高于|不多于|不得超|低于|小于|控制在|承诺|限)[^,。;\d]{0,6})?(?P<n>\d[\d,]*(?:\.\d+)?)\s?(?P<u>%|‰|个?工作日|人次|家次|批次|小时|公里|平方米|[\u4e00-\u9fff])(?P<behind>(?:及|\(含\))?以[上内下]|之?内|起)?"
)


def _bounds(rule: str) -> Iterator[tuple[bool, Decimal, str]]:
    """The bounds of a rule, whether they are least ones, with their units; what is taken off for each step is none."""
    for match in _STEP_FROM.finditer(rule):
        yield match["way"] in ("低于", "不足", "少于"), number_of(match["n"]), match["u"]
    for match in _BOUND.finditer(_STEP.sub(" ", rule)):
        behind, unit = match["behind"] or "", match["u"].removeprefix("个")
        if unit in "分年月日" and not behind:
            continue
        if behind.endswith("上") or (match["least"] and not behind):
            yield True, number_of(match["n"]), unit
        elif behind.endswith("内") or (match["most"] and not behind and not _FROM_BELOW.search(match["most"])):
            yield False, number_of(match["n"]), unit


# 「每低于90分1分扣0.5分」: the bound behind which each step counts
_STEP_FROM = pattern(
    r"每(?P<way>低于|不足|少于|超过|高于|多于)(?P<n>\d[\d,]*(?:\.\d+)?)\s?(?P<u>%|[\u4e00-\u9fff])(?=\s?\d)"
)
_FROM_BELOW = pattern(r"低于|小于|<")  # a lower band: 「低于80%不得分」
_STEP = pattern(
    r"(?:每|凡|[有少多缺漏错差]一)[^,。;]{0,12}?(?:\d[\d.]*\s?(?:%|‰|个百分点|[\u4e00-\u9fff]{1,3}))?[^,。;\d]{0,8},?(?:[扣减去掉]|倒扣)[^,。;]*"
)
_LESS_IS_BETTER = pattern(
    r"控制|变动|差异|偏差|结转|结余|调整|追加|三公|死亡|投诉|差错|成本|时长|天数|住院日|败诉|事故"
)


def _counted_as_fault(rule: str, unit: str) -> bool:
    """Whether a rule takes points off for each thing of a unit, or each that was found: 「脱岗一人次倒扣3分」, 「每减1件」."""
    if unit in ("万元", "元"):
        return False
    form = (
        rf"(?:[一1两2]\s?个?{re.escape(unit)}|每\s?个?{re.escape(unit)})[^,。;]{{0,12}}[,]?[^,。;\d]{{0,4}}[扣减去掉]"
    )
    match = re.search(form, rule)
    return match is not None and not _SHORT_OF.search(rule[max(0, match.start() - 6) : match.end()])


_SHORT_OF = pattern(r"少|低|缺|差|不足|漏|未|没|无")


def _too_late(told: Account) -> bool:
    """Whether a day of the account lies behind the last day that the rule allows, or farther from another than so many days."""
    days = [*_days(told.facts)]
    due = [*_days(told.rule)]
    if days and due:
        return max(days) > max(due)
    within = _WITHIN.search(told.rule)
    if within is not None and len(days) > 1:
        return (max(days) - min(days)).days > int(within["n"])
    return False


_DAY = pattern(r"(?P<m>\d{1,2})月(?:(?P<d>\d{1,2})日|(?P<end>底|末))")
_WITHIN = pattern(r"(?P<n>\d{1,3})\s?[日天](?:之?内|以内)")
_LAST_DAY = 28


def _days(text: str) -> Iterator[date]:
    """The days of a text, of one year."""
    for match in _DAY.finditer(text):
        month, day = int(match["m"]), int(match["d"] or _LAST_DAY)
        if 1 <= month <= 12 and 1 <= day <= 31:
            yield date(2000, month, min(day, _LAST_DAY) if month == 2 else min(day, 30))


def _scored_so(case: Case, item: ScoredItem) -> bool:
    """Whether a reading of the printed rule gives just the claimed score."""
    told = reading_of(case, item)
    return told is not None and any(abs(score - Fraction(item.claimed or 0)) <= _LITTLE for score in told.scores)


def _in_proportion(item: ScoredItem, told: Account) -> bool:
    """Whether a score is its points times a rate of the account, under a rule of proportion: 「89%,折合8.9分」."""
    if item.points is None or item.claimed is None or not _FORMULA.search(f"{told.rule};{told.facts}"):
        return False
    rates = [n for n, unit in _figures(told.facts) if unit == "%" and n < _HUNDRED]
    return any(abs(item.points * rate / _HUNDRED - item.claimed) <= _ROUNDED for rate in rates)


_ROUNDED = Decimal("0.05")


_LITTLE = Fraction(1, 100)
