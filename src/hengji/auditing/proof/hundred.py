"""R23: 100 % as a result without its numerator and denominator."""

import itertools
import re
from collections.abc import Iterator

from hengji.auditing.case import Case
from hengji.auditing.proof.claims import HUNDRED, NOT_REACHED, full_or_unknown, hundred_in
from hengji.auditing.proof.vague import blurred
from hengji.auditing.wording import pairs_of
from hengji.library.texts import load_pairs
from hengji.model.extraction import Quantity, ScoredItem, Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_COUNT = pattern(
    r"\d+(?:\.\d+)?\s?(?:个|项|人|名|份|件|次|条|户|家|套|台|批|宗|万元|元|亿元|平方米|公里|亩|场|篇|期|天|辆|所|起|例|人次|笔|组|处|吨|支|队|座|头|只|株|本|册|张|幅|门|课时|学时|小时)"
)
_SATISFIED = pattern(r"满意度|满意率|群众满意|服务对象满意")
_BESIDE_OTHERS = pattern(
    r"率[、和及与](?:[\u4e00-\u9fff]{1,8}率[、和及与])*[\u4e00-\u9fff]{0,6}满意[率度](?:均|都|双双)"
)  # 「办结率、满意率均为100%」
_RESULT = pattern(
    r"完成率|覆盖率|支出率|执行率|到位率|及时率|合格率|达标率|回复率|办结率|公开率|使用率|利用率|验收率|准确率|知晓率|比率|占(?:全部|总)|比例|率|密度|(?:覆盖|普及|受益|受训|参训|参与|检查|监测|管护|知晓|公开)面"
)
# Rates that name nothing of their own: 「完成率」, 「按时办结率」.
_GENERIC = pattern(
    r".{0,3}(?:完成|完工|竣工|办结|及时|合格|达标|覆盖|验收|到位|支出|执行|控制|答复|回复|安置|使用|利用)率|比例|占比|.{0,4}占.{0,8}"
)
_BESIDE = 60  # characters around a sentence in which its numerator and denominator may stand


_CELL = pattern(r"[\u4e00-\u9fff]率(?:均|都)?(?:达到?|为)?\s?100(?:\.0+)?\s?%")
_MOVED_IN = pattern(
    r"[,(]?(?:含|其中)[^,。;()]{0,12}(?:调入|转入|移入)[^,。;()]{0,12}分\)?"
)  # 「应补尽补率100%，含调入4分」
_EXPLAINS = 6  # characters by which a cell explains, and does not only give the value


def _in_cells(case: Case) -> Iterator[Finding]:
    """A cell that argues in words for a leaf and gives 100 % without its two counts."""
    for item in case.found.items:
        cells = _MOVED_IN.sub("", f"{item.actual};{item.remark}") if item.table and item.claimed else ""
        for told in re.split(r"[。;]", cells) if "100" in cells else ():
            match = _CELL.search(told) if "100" in told else None
            rest = told[: match.start()] + told[match.end() :] if match is not None else ""
            words = re.sub(r"[^\u4e00-\u9fff]", "", rest)
            if (
                match is None
                or (len(words) < _EXPLAINS and not _alone_bare(case, item, told))
                or (_DIGIT.search(rest) and not _of_others(told, match))
                or _SATISFIED.search(told)
                or blurred(told)
            ):
                continue
            if not (
                _AIMED.search(rest)
                or (_ALL_OF.search(told) and not _of_others(told, match))
                or re.search("《|附件|详见|台账|清单|[一二两三四五六七八九十][个项件]", told)
            ):
                yield case.finding("R23", item.quote, "写100%，没有写分子和分母", stated="100%", item=item.name)
                break


def _alone_bare(case: Case, item: ScoredItem, told: str) -> bool:
    """Whether a cell is nothing but a named 100 %, where every other row that names its rate tells of how many."""
    if _BARE_RATE.fullmatch(told.strip()) is None:
        return False
    others = [f"{i.actual};{i.remark}" for i in case.found.items if i.table and i is not item and i.name != item.name]
    if _every_rate_counts(case, item):
        return True
    rates = [cells for cells in others if _RATE_CELL.search(cells)]
    return len(rates) >= _FELLOWS and all(
        re.search(r"\d(?![\d,.]*\s?[年月日%])", _RATE_CELL.sub(" ", cells)) for cells in rates
    )


def _every_rate_counts(case: Case, item: ScoredItem) -> bool:
    """Whether every other row of a rate, however its cell names it, tells of how many: 「应种4210剂次，实种4126剂次，98.00%」."""
    rates = [
        f"{i.actual};{i.remark}"
        for i in case.found.items
        if i.table
        and i is not item
        and i.claimed
        and i.name.endswith(("率", "比例"))
        and "满意" not in i.name
        and _DIGIT.search(f"{i.actual}{i.remark}")
    ]
    return len(rates) > _FELLOWS and all(re.search(r"\d(?![\d,.]*\s?[年月日%])", _ANY_RATE.sub(" ", c)) for c in rates)


_ANY_RATE = pattern(r"\d+(?:\.\d+)?\s?%")
_FELLOWS = 2  # rows
_BARE_RATE = pattern(r"[\u4e00-\u9fff]{2,12}率(?:均|都)?(?:达到?|为)?\s?100(?:\.0+)?\s?%")
_RATE_CELL = pattern(r"率(?:均|都)?(?:达到?|为)?\s?\d{2,3}(?:\.\d+)?\s?%")


def _of_others(told: str, match: re.Match[str]) -> bool:
    """Whether a cell begins with the rate of a thing of its own, and every figure behind it is of other things: 「督办问题整改率100%，审批件214件全部办结」."""
    subject = re.fullmatch(
        r"(?P<core>[\u4e00-\u9fff]{5,16})率(?:均|都)?(?:达到?|为|是)?",
        told[: match.end()].split("100", maxsplit=1)[0].strip(),
    )
    behind = told[match.end() :]
    if subject is None or not behind.startswith((",", "、")) or _GENERIC.fullmatch(f"{subject['core']}率"):
        return False
    core, clauses = subject["core"], [c for c in re.split(r"[,、]", behind) if _DIGIT.search(c)]
    return not _SAID_BEHIND.match(behind) and not any(
        core[k : k + 2] in c for c in clauses for k in range(len(core) - 1)
    )


_IS_AIM = pattern(
    r"(?:^|[,;:。(、\d\s])(?:年度|年初|绩效|预期|考核|评分)?(?:目标|指标|标准|要求|计划)值?(?:为|是|:|≥|达到?)?\s?$"
)  # 「权重10，目标100%，完成96.50%」


def hundred_percent_proved(case: Case) -> Iterator[Finding]:
    """R23: 100 % in running text without numerator and denominator."""
    told: set[int] = set()
    yield from _in_cells(case)
    for sentence, text in case.running:
        everything = _EVERYTHING.search(text)
        if everything is None and not hundred_in(text):
            continue
        if case.aimed_at(sentence.start):
            continue
        if (
            (_SATISFIED.search(text) and not _BESIDE_OTHERS.search(text))
            or _AIMED.search(text)
            or blurred(text)
            or _among_goals(case, sentence)
        ):
            continue
        for match in HUNDRED.finditer(text):
            before = text[: match.start()]
            if (
                _RANGE_UP_TO.search(before)  # of a band: 「在95%至100%区间」
                or before.rstrip().endswith(_TIMES)  # of a formula: 「900.00 ÷ 950.00 × 100%」
                or _BOUND.match(text, match.end())
                or _DIVISION.match(text, match.end())
                or _ALL_OF_THESE.match(text, match.end())
                or NOT_REACHED.search(before)
                or _IS_AIM.search(before)
                or _of_later(case, before)
                or _OF_POINTS.search(before)
            ):
                continue
            paragraph = case.paragraph(sentence.start + match.start())
            around = case.text(paragraph)
            if (
                paragraph.start in told
                or not (_RESULT.search(before) or _WHOLLY.match(text, match.start()))
                or (_parts_given(case, sentence) and not _wholly(text, match))
                or _same_twice(before)
                or (_AGREES.search(before) and _COUNT.search(before))  # 「在账资产412件，账实相符率100%」
                or _told_twice(case, sentence)
                or _due_before(case, sentence)
                or _counted_elsewhere(case, sentence, before)
                or _spent_as_given(case, sentence, before)
                or _of_told_money(case, sentence, before)
                or (_SPENT_ALL.search(text) and "万元" in around and _of_that_money(around, before))
            ):
                continue
            told.add(paragraph.start)
            span = Span(sentence.start + match.start(), sentence.start + match.end())
            item = case.item_at(span.start)
            yield case.finding(
                "R23",
                _clause_span(case, sentence, span),
                "写100%，没有写分子和分母",
                stated="100%",
                item=item.name if item else "",
            )
        item = case.item_at(sentence.start)
        if everything is None or item is None or not full_or_unknown(item) or _told(case, sentence, told):
            continue
        if not re.search(r"\d+\s?(?:个|项|件)", case.text(item.body)) and not re.search("《|名单|台账|清单|附件", text):
            span = Span(sentence.start + everything.start(), sentence.start + everything.end())
            yield case.finding(
                "R23", span, "写全部完成，没有写应完成多少、完成了多少", stated=everything[0], item=item.name
            )


_AIMED = pattern(
    r"^\s?(?:年度|年初|绩效|预期|计划|设定)?目标(?!完成|实现|达成|覆盖|管理|设|任务|编|申|合理|明确|率|总体|均|全部)|≥|不低于|不[高超]过?于?\s?100|不高于|目标值|应达|每(?:低|少|超|增|减|提|降|延|有|出|发|漏|差|缺|高)|下一步|要求各|力争|明年|标准[:：]|[=≤]\s?100|的,?(?:计|得)\s?\d|扣\s?\d"
)
_SPENT_ALL = pattern(r"全部(?:(?:支出|执行|支付|使用)(?:完毕|完)|到位)|[全足]额(?:支出|支付|拨付|划转|发放|兑付|到位)")
_RANGE_UP_TO = pattern(r"\d\s?%?\s?(?:\([^()]{0,4}\))?[至到\-—–~]\s?$")
_TIMES = ("×", "*", "x", "X", "✕", "+", "从", "由", "自")  # and of what was before: 「由100%降为96%」
_DIVISION = pattern(r"\s?[+×÷*]|\s?[(:]?[^()。]{0,8}?\d[\d,.]*[^()\d。]{0,4}[÷/]\s?\d")
# 「权重7，得分率100%，得分7.00」
_OF_POINTS = pattern(r"(?:得分|计分|给分|赋分|完成系数|评分)[率比例系数]*[为是:]?\s?$")
# 「控制率在100%以内」「小于或等于100%得满分」「超额部分以100%计」
_BOUND = pattern(
    r"\s?(?:以内|之内|以下|内(?![\u4e00-\u9fff])|(?:的|时|即|方可|才)?[得计](?:满分|\d)|(?:的|时)?不扣分|计(?=[,。;)算分入列])|封顶|为(?:限|上限))"
)
_ALL_OF_THESE = pattern(
    r"\s?\((?:共|计|全部|均为|涉及)?\s?\d[\d,.]*\s?[\u4e00-\u9fff]{1,5}\)"
)  # 「达标率100%（9个断面）」
_EVERYTHING = pattern(
    r"(?:各项|所有|全部)[^,。;]{0,8}(?:项目|工作|任务)[^,。;]{0,4}(?:均|全部|都)[^,。;]{0,12}(?:完成|落实)"
)


_WHOLLY = pattern(
    r"100\s?%的[\u4e00-\u9fff]{2,8}(?=[,。;]|$)|(?:100\s?%|百分之?百)地?(?:全面|按[时期]|全)?(?:覆盖|完成|办结|达标|到位|落实|合格|整改|达成)(?=[,。;]|$)"
)  # 「实现了100%的节水增效」
_NUMBER = pattern(r"(?<![\d.])\d[\d,.]*\d(?![\d.]|\s?[年月日%])|(?<![\d.])\d(?=\s?[\u4e00-\u9fff])(?!\s?[年月日%])")
_YEAR = pattern(r"20\d\d(?=年)")


_AGREES = pattern(r"(?:相符|一致|吻合)率?[^,。;\d]{0,6}$")


def _wholly(text: str, match: re.Match[str]) -> bool:
    """Whether 100 % of something is claimed in a sentence without any other figure."""
    return _WHOLLY.match(text, match.start()) is not None and not _DIGIT.search(
        text[: match.start()] + text[match.end() :]
    )


def _of_later(case: Case, before: str) -> bool:
    """Whether the clauses before a rate speak of a year to come: 「2025年要实现覆盖率100%」."""
    years = _YEAR.findall(before)
    return bool(years) and int(years[-1]) > case.year


def _same_twice(before: str) -> bool:
    """Whether a number stands twice in the clauses before a rate: what was due and what was done, in any unit."""
    numbers = _NUMBER.findall(re.split(r"[。;]", before)[-1])
    return len(set(numbers)) < len(numbers)


_GOALS = pattern(r"目标(?:值|任务)?(?:[有共][一二两三四五六七八九十\d]+[个项条]|如下|包括|任务如下)?\s?[:为是]")


def _among_goals(case: Case, sentence: Span) -> bool:
    """Whether a sentence stands in a list of goals: 「2024年绩效目标为：……不低于92%；……到位率100%」."""
    paragraph = case.paragraph(sentence.start)
    if "目标" not in case.text(paragraph):
        return False
    match = _GOALS.search(case.flat, paragraph.start, sentence.end)
    return (
        match is not None
        and "。" not in case.flat[match.end() : sentence.end - 1]
        and not _DONE.search(case.flat, match.end(), sentence.end)
    )


_DONE = pattern(r"实际|完成情况|已|达到了")


def _told_twice(case: Case, sentence: Span) -> bool:
    """Whether the amount beside the rate is told elsewhere too, so that its other side is known: 「到位2,480.00万元，到位率100%」."""
    amounts = [q for q in case.by_sentence.get(sentence, ()) if q.unit in _MONEY]
    return any(
        other.number == own.number and other.unit == own.unit and other.sentence != sentence
        for own in amounts
        for other in case.found.quantities
    )


def _due_before(case: Case, sentence: Span) -> bool:
    """Whether the one count beside a rate stands in its leaf before as what was due: 「年度指标值12台。……实际购置12台，完成率100%」."""
    own = [q for q in case.by_sentence.get(sentence, ()) if q.unit not in ("%", "‰", "个百分点", "分")]
    place = case.paragraph(sentence.start)
    return len(own) == 1 and any(
        q.number == own[0].number and q.unit == own[0].unit and place.start <= q.span.start < sentence.start
        for q in case.found.quantities
    )


_NAMED_RATE = pattern(r"(?P<name>[\u4e00-\u9fff]{3,8}率)(?:均|都)?(?:达到?了?|为|是|实现|保持)?\s?$")


def _counted_elsewhere(case: Case, sentence: Span, before: str) -> bool:
    """Whether another sentence tells the same rate with the counts it is made of: 「全县168个建制村全部通客车，通客车率100%」."""
    match = _NAMED_RATE.search(before)
    if match is None or _GENERIC.fullmatch(match["name"]):
        return False
    return any(
        other != sentence
        and any(name := m["name"] for m in [_NAMED_RATE.search(text[: full.start()])] if m is not None)
        and (name.endswith(match["name"]) or match["name"].endswith(name))
        and not _GENERIC.fullmatch(name)
        and _parts_given(case, other)
        for other, text in case.running
        if other != sentence and (full := hundred_in(text)) is not None
    )


# 「可用预算合计4608.80。↵全年支出4608.80，执行率」, in a report that leaves out its units.
_SPENT = pattern(
    r"(?:支出|执行|支付|拨付|完成)(?:数|额|合计|共计|资金)?(?:为|:)?\s?(?P<n>\d[\d,]*\.\d{1,4})\s?(?:万?元)?[^,。;\d]{0,6}[,、;][^,。;\d]{0,8}(?:执行|支出|完成|支付)(?:进度|率)?(?:达到?|为|是|均)?\s?$"
)


def _spent_as_given(case: Case, sentence: Span, before: str) -> bool:
    """Whether the amount spent, told right before a rate of execution, stands elsewhere too: what there was to spend."""
    match = _SPENT.search(before)
    if match is None:
        return False
    again = re.compile(rf"(?<![\d.,]){re.escape(match['n'])}(?![\d.])")
    return any(not sentence.start <= m.start() < sentence.end for m in again.finditer(case.flat))


def _of_that_money(around: str, before: str) -> bool:
    """Whether an amount around is of what a rate is told of, or it names nothing of its own: not 「项目支出248.10万元」 for wages."""
    subject = _ACT_OF_MONEY.split(re.split(r"[,;:。]", before)[-1])[0]
    own = pairs_of(subject) - _ANY_MONEY
    return not own or any(own & pairs_of(m[0]) for m in _AMOUNT_TOLD.finditer(around))


_ACT_OF_MONEY = pattern(r"[全足]额|全部|到位|支[付出]率|发放率|拨付率")
_ANY_MONEY = frozenset(("支出", "资金", "经费", "预算", "项目"))
_AMOUNT_TOLD = pattern(r"[^,。;\d]{2,16}\d[\d,.]*\s?[万亿]元")
_MONEY = ("万元", "元", "亿元")
_OF_MONEY = pattern(r"(?:^|[,;:。、])(?P<what>[^,;:。、]{0,12}?)(?P<rate>完成|执行|支出|控制)率(?:达到?|为|是)?\s?$")
_YEAR_SAID = pattern(r"20\d\d年度?")
_BUDGETED = pattern(r"公用经费|经费|三公|采购|预算|支出|资金")


def _of_told_money(case: Case, sentence: Span, before: str) -> bool:
    """Whether a bare rate of a leaf on money is that of amounts told elsewhere: 「公用经费控制（8分）。控制率100%」."""
    match, item = _OF_MONEY.search(before), case.item_at(sentence.start)
    what = _YEAR_SAID.sub("", match["what"]) if match is not None else ""
    if match is None or _DIGIT.search(what):
        return False
    about = _BUDGETED.search(what or (item.name if item is not None else ""))
    of_money = about[0] if about is not None else "支出" if match["rate"] in ("执行", "支出") else ""
    return bool(of_money) and any(
        of_money in case.flat[max(0, q.span.start - _NEAR_MONEY) : q.span.start]
        for q in case.found.quantities
        if q.unit in _MONEY
    )


_NEAR_MONEY = 16  # characters in front of an amount that say what it is


def _told(case: Case, sentence: Span, told: set[int]) -> bool:
    return case.paragraph(sentence.start).start in told


def _clause_span(case: Case, sentence: Span, span: Span) -> Span:
    start = max(case.flat.rfind(mark, sentence.start, span.start) for mark in ",;:。") + 1
    return Span(max(start, sentence.start), span.end)


# All of so many: 「1,104件全部录入」.
_ALL_OF = pattern(
    r"全部[^,。;]{0,12}\d|\d[^。;]{0,24}(?:全部|均|全数|都|悉数|逐一)|均为|无一|\d\s?(?:个|项|处|件|批次|座|人)[^,。;]{0,12}(?P<done>合格|完成|办结|整改|达标|通过)[^。;]{0,8}(?P=done)率"
)


# The same counted in words: 「三项工程均一次验收合格」, and not 「三项指标完成率均达100%」.
_ALL_OF_SO_MANY = pattern(
    r"[二两三四五六七八九十]+(?:项|个|座|处|家|条|批|期|场|份|所|户)[^,。;率]{0,12}(?:全部|均|都)(?!达|为|是|\s?100)"
)


def _parts_given(case: Case, sentence: Span) -> bool:
    """Whether two counts or amounts stand with the rate in its sentence, or in the paragraph where the sentence has none."""
    own = [q for q in case.by_sentence.get(sentence, ()) if q.unit not in ("%", "‰", "个百分点", "分")]
    lead = ",".join(
        re.split(r"[,;]", HUNDRED.split(case.text(sentence))[0])[-2:]
    )  # the rate's clause and the one before
    if _apart(case, sentence, own) and not _ALL_OF.search(lead):
        return False
    if _one_side(case, sentence, own) and not _ALL_OF.search(lead):
        return False
    if _ALL_OF_SO_MANY.search(lead):
        return True
    if _may_be_both(own, case.text(sentence)) or any(_other_side(case, q) for q in own):
        return True
    if own and (_ALL_OF.search(case.text(sentence)) or _OF_THESE.search(lead)):
        return True
    before = case.flat[max(sentence.start - _BESIDE, case.paragraph(sentence.start).start) : sentence.start]
    subject = re.sub(r"(?:达到?|为|是|均)*$", "", re.split(r"[,:]", HUNDRED.split(case.text(sentence))[0])[-1])
    counts = [m[0] for m in _COUNT.finditer(before)]
    if not (_BUDGETED.search(subject) or _GENERIC.fullmatch(subject)):
        counts = [count for count in counts if not count.endswith("元")]  # what it cost is no side of any other rate
    if own or len(counts) < len(("done", "due")):
        return len(list(_COUNT.finditer(case.text(sentence)))) >= len(("done", "due"))
    if _GENERIC.fullmatch(subject):
        return True
    core = re.sub(r"(?:完成|办结|整改|及时|合格|达标|覆盖|执行|支出)?率$", "", subject)
    core = core[
        -max(_ITS_THING, len(core) // 2 + 1) :
    ]  # not whom it is for: 「残疾人两项补贴发放率」 is none of 「残疾人就业63人」
    size = min(3, len(core))
    return any(core[k : k + size] in before for k in range(len(core) - size + 1))


# So many, and a bare rate of them: 「抽查企业638户，公示率」.
_OF_THESE = pattern(
    r"\d\s?[\u4e00-\u9fff]{1,4},(?:均?已)?(?:公示|公开|回访|建档|录入|入账|归档|入库|检验|评估|登记|备案)率(?:均|都)?(?:达到?|为|是)?\s?$"
)
_DUE = pattern(r"计划|应[\u4e00-\u9fff]|目标|任务|需|共计|其中|预算|以上|编制|占|中有|总数")


def _may_be_both(own: list[Quantity], text: str) -> bool:
    """Whether the figures beside 100 % may be its two sides: equal, one made of others, of money, or told as due and done."""
    if len(own) < len(("done", "due")):
        return False
    numbers = sorted(q.number for q in own)
    equal = len(set(numbers)) < len(numbers)
    made = any(sum(pair) in numbers for pair in itertools.combinations(numbers, 2)) or sum(numbers[:-1]) == numbers[-1]
    return equal or made or any(q.unit in _MONEY for q in own) or _DUE.search(text) is not None


_OF = pattern(
    r"(?:各类|各项|全部|所有)?(?P<core>[\u4e00-\u9fff]{2,6})(?P<act>整改|办结|处置|处理|回复|答复|查处|化解|销号)率(?:均|都)?(?:达到?|为|是|实现)?\s?"
)


def _one_side(case: Case, sentence: Span, own: list[Quantity]) -> bool:
    """Whether only one count before a rate is of its subject: 「检查企业1,264家次，发现隐患2,980条，隐患整改率100%」."""
    match = HUNDRED.search(case.flat, sentence.start, sentence.end)
    subject = (
        _OF.fullmatch(re.split(r"[,;:、]", case.flat[sentence.start : match.start()])[-1])
        if match is not None
        else None
    )
    if match is None or subject is None or _SAID_BEHIND.match(case.flat, match.end()):
        return False
    core, before = subject["core"], [q for q in own if q.span.end <= match.start()]
    clauses = [
        case.flat[max(case.flat.rfind(mark, 0, q.span.start) for mark in ",;、。\n") + 1 : q.span.end] for q in before
    ]
    about = [q for q, clause in zip(before, clauses, strict=True) if core[-2:] in clause or subject["act"] in clause]
    return len(about) == 1 and all(q is about[0] or q.unit != about[0].unit for q in before)


_ITS_THING = 4  # characters at the end of a rate's subject that say what is done of what
_NAMES = 4  # characters of a rate's subject that names more than what is done
_DIGIT = pattern(r"\d")
_SAID_BEHIND = pattern(r"\s?(?:\(|:|[,;](?:应|其中|实际|即|共|按))")  # its own figures follow


def _apart(case: Case, sentence: Span, own: list[Quantity]) -> bool:
    """Whether a rate stands in a list of results that have nothing to do with it: 「新建公厕11座，垃圾清运率达到100%，2条河流达标」."""
    match = HUNDRED.search(case.flat, sentence.start, sentence.end)
    if match is None or not own:
        return False
    sides = {(q.unit, q.number) for q in own}
    behind = all(q.span.start > match.start() for q in own) and not _SAID_BEHIND.match(case.flat, match.end())
    clauses = re.split(r"[,;、]", case.flat[sentence.start : match.start()])
    subject = re.fullmatch(r"(?P<core>[\u4e00-\u9fff]{2,12})率(?:均|都)?(?:达到?|为|是|实现)?\s?", clauses[-1])
    if subject is None or (len(sides) < len(own) and not behind):
        return False  # done and due are equal
    if len(own) < len(("done", "due")) and not (behind and len(subject["core"]) > _NAMES):
        return False
    core = subject["core"]
    if _GENERIC.fullmatch(f"{core}率"):
        return False
    rest = ",".join(c for c in re.split(r"[,;、]", case.text(sentence).replace(clauses[-1], "")) if _DIGIT.search(c))
    return not any(core[k : k + 2] in rest for k in range(len(core) - 1))


def _other_side(case: Case, quantity: Quantity) -> bool:
    """Whether an amount's other side (its budget or its spending) is told elsewhere."""
    for pair in load_pairs().values():
        if quantity.item in (pair.budget, pair.actual):
            return bool(case.quantities(pair.actual if quantity.item == pair.budget else pair.budget))
    return False
