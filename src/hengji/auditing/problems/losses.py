"""R19: a leaf that lost points has its reason, and nothing denies that points were lost."""

import re
from collections.abc import Iterator
from decimal import Decimal

from hengji.auditing.case import Case, once
from hengji.auditing.numbers import number
from hengji.auditing.problems.accounted import fault_unnamed, left_unaccounted
from hengji.auditing.problems.argued_apart import argued_apart
from hengji.auditing.problems.by_execution import made_by_execution
from hengji.auditing.problems.causes import cause_told
from hengji.auditing.problems.clauses import RULE_CLAUSE, is_bad, problem_texts, speaks_of
from hengji.auditing.problems.leaf_accounts import BETTERED, all_was_well, shows_why
from hengji.auditing.problems.passed_by import passed_by
from hengji.auditing.problems.row_reasons import reason_told, row_reasoned, taken_in, told_with_points
from hengji.auditing.problems.ruled_losses import lost_by_rule
from hengji.auditing.problems.shortfalls import LOST_BY, goal_met, number_of, shows_shortfall, tells_loss
from hengji.auditing.proof.claims import ARGUED, argument
from hengji.auditing.wording import pairs_of
from hengji.library.texts import load_fields, load_topics
from hengji.model.extraction import ScoredItem, Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_SHORT = 16
_SHARED = 2  # pairs of characters beyond the common words


def lost_points_explained(case: Case) -> Iterator[Finding]:
    """R19: a deducted leaf has a reason or a problem."""
    problems = "".join(
        case.text(s) for s in (case.chapter_span("存在问题"), case.chapter_span("问题与建议")) if s is not None
    )
    problems = re.sub(r"[^。;\n]*扣\s?\d+(?:\.\d+)?\s?分", "", problems)  # a list of what was lost names no problem
    listed = case.losses
    for item in case.found.items:
        lost = _lost_points(item, listed)
        if not (
            case.certainty.tree
            or _blank_reason(item)
            or (item.table and item.path and item.target and item.actual)
            or _all_done(case, item)
            or (not item.table and all_was_well(case, item))
        ):
            continue
        if not lost or item.claimed is None or item.not_applicable or item.doubtful or item.name in _GROUPS:
            continue
        if _of_a_whole_part(case, item):
            continue
        if (
            _named_in(item.name, problems)
            or _of_money_left(item, problems)
            or not _argued(case, item)
            or _told_as_problem(case, item)
        ):
            continue
        unnamed = fault_unnamed(case, item, _told_as_problem)
        unlisted = unnamed or left_unaccounted(case, item)
        accounted = not unnamed and _accounts_for_itself(case, item, lost, unlisted=unlisted)
        if accounted and not passed_by(case, item):
            continue
        yield case.finding(
            "R19",
            case.leaf_passage(item),
            f"“{item.name}”扣{number(lost)}分，{_MISSING[accounted or unlisted]}",
            stated=number(item.claimed),
            recomputed=number(item.claimed + lost),
            item=item.name,
            also=_listed_loss(case, item),
        )


_MISSING = {
    True: "“存在问题”和措施里没有一处说到它的失分",
    False: "没有写扣分原因，“存在问题”里也没有对应的问题",
}


def _all_done(case: Case, item: ScoredItem) -> bool:
    """Whether a leaf of running text tells beside its rule only that all was done: 「23个项目全部入库，一次审核通过，得3分」."""
    own = _RULE_TOLD.sub(" ", RULE_CLAUSE.sub(" ", case.text(item.body)))
    well = not item.table and _ALL_OF_IT.search(own) is not None
    return well and not tells_loss(own) and not shows_shortfall(case, item, own)


_RULE_TOLD = pattern(
    r"[【\[](?:评分|计分)(?:标准|办法|规则)[】\]][^【\[]*|[^。;\n]*(?:评分|计分)(?:标准|办法|规则)[^。\n]*。"
)
_ALL_OF_IT = pattern(
    r"(?:全部|均已?|都已?)(?!未|没|不)[\u4e00-\u9fff]{2,}|一次(?:性)?(?:审核)?通过|(?<!\d)100(?:\.0+)?%"
)


def _of_money_left(item: ScoredItem, problems: str) -> bool:
    """Whether a leaf of how much of the budget was spent lost points and the problems tell of the money that was left."""
    return _SPENDING.search(item.name) is not None and _MONEY_LEFT.search(problems) is not None


_SPENDING = pattern(r"(?:预算|资金|支出)[^,。]{0,4}(?:执行|完成|支出)(?:率|情况|进度)?$|支出率$|执行率$")
_MONEY_LEFT = pattern(
    r"(?:结余|结转)(?:资金|经费)?\s?\d|\d\s?万元[^,。;]{0,6}(?:未|没有|尚未)(?:支付|支出|执行|使用)|未(?:支付|支出|执行|使用)[^,。;]{0,6}\d"
)


def _accounts_for_itself(case: Case, item: ScoredItem, lost: Decimal, *, unlisted: bool) -> bool:
    """Whether a leaf, or a sentence elsewhere, tells why it lost its points, or how they were worked out; the latter is no account where it alone is not listed."""
    blank = _blank_reason(item)
    if (not blank and _told_anywhere(case, item, lost)) or _computed_elsewhere(case, item):
        return True
    if not blank and not unlisted and made_by_execution(case, item):
        return True
    if not blank and shows_why(case, item):
        return not (unlisted or _all_lost_by_rule(case, item))
    if all_was_well(case, item):
        return False
    by_itself = _reasoned(case, item) or _in_proportion(case, item) or (not blank and lost_by_rule(case, item, lost))
    return by_itself and not (unlisted or _all_lost_by_rule(case, item))


def _told_anywhere(case: Case, item: ScoredItem, lost: Decimal) -> bool:
    """Whether words in or outside a leaf tell its loss with the reason."""
    return _told_with_loss(case, item, lost) or cause_told(case, item, lost) or told_with_points(case, item, lost)


def _all_lost_by_rule(case: Case, item: ScoredItem) -> bool:
    """Whether a leaf of running text lost all its points and tells its figures and the rule alone: 「完成49.00%，按“低于50%不得分”的规定，得0分」."""
    if item.table or item.claimed != 0:
        return False
    told = _RULE_QUOTED.sub(" ", RULE_CLAUSE.sub("", case.text(item.body).replace(item.name, " ", 1)))
    return _FIGURES.search(told) is not None and LOST_BY.search(told) is None and _CAUSED.search(told) is None


_FIGURES = pattern(r"\d[\d.,]*\s?(?:%|万|[\u4e00-\u9fff])[^。;]*(?:完成|实际|达到?|执行|率)")
_RULE_QUOTED = pattern(
    r'"[^"]*"|[^,。;"]*(?:按|依照?|根据)[^,。;"]*(?:"[^"]*")?[^,。;"]*(?:规定|规则|标准|办法)[^,。;]*|不得分'
)
_CAUSED = pattern(r"系|影响|变[化更]|[减取]消|困难|[较过太][多高大少小慢长晚低]|没|无")


def _of_a_whole_part(case: Case, item: ScoredItem) -> bool:
    """Whether one sentence sums up the parts in turn, item among them, whose leaves are told further on: 「其中决策20分得19.50分,过程……」."""
    if item.table:
        return False
    sentence = case.sentence(item.span.start)
    parts = [each for each in case.found.items if sentence.start <= each.span.start < sentence.end]
    leaves = [each for each in case.found.items if each.span.start >= sentence.end and not each.table]
    return (
        len(parts) > 1
        and len(leaves) > len(parts)
        and sum(each.points or 0 for each in parts) == sum(each.points or 0 for each in leaves)
    )


def _told_with_loss(case: Case, item: ScoredItem, lost: Decimal) -> bool:
    """Whether a problem tells the loss with its reason: 「养殖户满意率88.49%，扣1.25分，主要是偏远户补免不及时」."""
    taken = f"扣{number(lost)}分"
    for _, text in problem_texts(case):
        for told in re.split(r"[。;\n]", text) if taken in text else ():
            named = item.name in told or speaks_of(told, item.name)
            rest = told.replace(taken, "").replace(item.name, "")
            if taken in told and named and (LOST_BY.search(rest) or _MUCH.search(rest)):
                return True
    return False


_MUCH = pattern(r"[较过太][多高大少小慢长晚低]")
_RESULT_OF = pattern(r"[×÷/=][^。;]{0,20}(?:得|计|=|为)\s?(?P<n>\d{1,3}(?:\.\d+)?)\s?分")


def _computed_elsewhere(case: Case, item: ScoredItem) -> bool:
    """Whether running text outside a leaf computes its score from a rate: 「执行率95.00%，按10分×95.00%得9.5分」."""
    if item.table or item.claimed is None:
        return False
    for match in _results(case):
        if Decimal(match["n"]) != item.claimed or item.body.start <= match.start() < item.body.end:
            continue
        start = case.sentence(match.start()).start
        before = case.flat[max(0, start - _SHORT, case.flat.rfind("\n", 0, start) + 1) : match.end()]
        if len(pairs_of(item.name) & pairs_of(before)) >= _SHARED:
            return True
    return False


@once
def _results(case: Case) -> tuple[re.Match[str], ...]:
    return tuple(_RESULT_OF.finditer(case.flat))


def _in_proportion(case: Case, item: ScoredItem) -> bool:
    """Whether a score is just the share of its points that the leaf's own figures make, with no empty place for a reason: 162 of 180."""
    if item.points is None or item.claimed is None or _blank_reason(item) or goal_met(case, item):
        return False
    text = case.text(item.body) if not item.table else f"{item.actual} {item.remark} {item.target}"
    text = _AIMED.sub(" ", text)
    shares = [Decimal(m["n"]) / _HUNDRED for m in _PER_CENT.finditer(text)]
    parts = [(number_of(m["part"]), number_of(m["whole"])) for m in _PART_OF.finditer(text)]
    shares.extend(part / whole for part, whole in parts if whole and whole != item.points)
    if shares and _below_goal(case, item, max(shares)):
        return True
    if not shares:
        shares.extend(_rates_told(case, item))
    if item.table:
        shares.extend(_counted_shares(item))
    return any(abs(item.points * share - item.claimed) <= _ROUNDED for share in shares if 0 < share < 1)


def _below_goal(case: Case, item: ScoredItem, own: Decimal) -> bool:
    """Whether the goal that the report sets for a leaf by its name is higher than its rate: 「游客满意度不低于92%」 and 90.50%."""
    if not item.name.endswith(("率", "度")):
        return False
    goals = re.finditer(rf"{re.escape(item.name)}[^,。;\d%]{{0,8}}(?P<n>\d{{2}}(?:\.\d+)?)\s?%", case.flat)
    return any(case.aimed_at(match.start()) and Decimal(match["n"]) / _HUNDRED > own for match in goals)


def _rates_told(case: Case, item: ScoredItem) -> Iterator[Decimal]:
    """The rates that running text tells right behind a leaf's name, or behind its end: 「执行率99.05%」 of 预算执行率."""
    tail = item.name[-_TAIL:]
    if not item.name.endswith(("率", "度", "感")):
        return
    for match in re.finditer(rf"{re.escape(tail)}[^,。;\d%]{{0,4}}(?P<n>\d{{2}}(?:\.\d+)?)\s?%", case.flat):
        yield Decimal(match["n"]) / _HUNDRED


def _counted_shares(item: ScoredItem) -> Iterator[Decimal]:
    """What a row's count makes of the one that its rule asks for, of the same unit: 「完成20座得满分」 and 「完成18座」."""
    asked = [(number_of(m["n"]), m["unit"]) for m in _COUNT.finditer(item.rule)]
    over = _OVER.search(item.rule)
    for match in _COUNT.finditer(item.actual):
        own = number_of(match["n"])
        yield from (own / whole for whole, unit in asked[:1] if unit == match["unit"] and whole)
        if over is not None and len(_COUNT.findall(item.actual)) == 1 and number_of(over["n"]):
            yield own / number_of(over["n"])


_COUNT = pattern(r"(?<![\d.])(?P<n>\d[\d,]*(?:\.\d+)?)\s?(?P<unit>(?!年|月|日|分)[万亿]?[\u4e00-\u9fff])")
_OVER = pattern(r"数[/÷]\s?(?P<n>\d+(?:\.\d+)?)(?=\s?[×*])")  # 「得分=按期开工座数/20×5」
_AIMED = pattern(
    r"(?:≥|高于|超过|优于|不低于|达到?|(?:目标|标准|要求)(?:值)?[为是:]?)\s?\d+(?:\.\d+)?%|\d+(?:\.\d+)?%(?:以上|的(?:目标|标准|要求))"
)
_TAIL = 3  # the last characters of a name by which running text names it
_HUNDRED, _ROUNDED = Decimal(100), Decimal("0.05")
_PER_CENT = pattern(r"(?<![\d.])(?P<n>\d{2}(?:\.\d+)?)\s?%")
_PART_OF = pattern(r"(?P<part>\d[\d,]*(?:\.\d+)?)\s?[/÷]\s?(?P<whole>\d[\d,]*(?:\.\d+)?)")


def _listed_loss(case: Case, item: ScoredItem) -> tuple[Span, ...]:
    """Where the conclusion lists the loss of a leaf."""
    span = case.chapter_span("自评结论")
    match = (
        re.compile(re.escape(item.name) + r"(?:[^,。;、]{0,6}扣[^,。;、]{0,8}|\d[\d.]*)分").search(case.flat, *span)
        if span
        else None
    )
    return (Span(match.start(), match.end()),) if match is not None else ()


def _blank_reason(item: ScoredItem) -> bool:
    """A row that has a target, a result, points and an empty place for the reason tells by itself that it gives none."""
    return (
        item.table
        and item.has_remark
        and not item.remark.strip("—-/ 无")
        and bool(item.target and item.actual)
        and len(item.name) > _SHARED
    )


_GROUPS = (
    "投入",
    "过程",
    "产出",
    "效果",
    "效益",
)  # what is summed, read as a leaf where its parts have no points of their own


def _argued(case: Case, item: ScoredItem) -> bool:
    """Whether the text that argues for a leaf's score was read with it; where nothing was said, the next heading follows at once."""
    told = argument(case, item)
    if item.table or len(told) * 2 >= ARGUED or "扣" in told:
        return True
    rest = case.flat[item.quote.end : item.quote.end + _FOLLOWS]
    heading = _TO_HEADING.match(rest)
    follows = item.quote.end + (heading.end() if heading is not None else 0)
    starts = {s.span.start for s in case.found.sections} | {i.span.start for i in case.found.items}
    return any(item.quote.end <= start <= follows + 2 for start in starts) or follows >= len(case.flat)


_TO_HEADING = pattern(r"[ 。,;)\n]*(?:[A-Z]\d{0,2}(?:[.\-]\d{1,2})*[ .、:]*)?")
_FOLLOWS = 12  # characters behind a score in which the next heading begins where nothing was said


def _lost_points(item: ScoredItem, listed: dict[str, Decimal]) -> Decimal:
    """How many points a leaf lost: by its own figures, else as the conclusion lists it."""
    if item.claimed is None:
        return Decimal(0)
    if item.points is not None:
        return max(item.points - item.claimed, Decimal(0))
    return listed.get(re.sub(r"[“”\"]", "", item.name), Decimal(0))


def _reasoned(case: Case, item: ScoredItem) -> bool:
    """Whether a leaf that lost points says why."""
    if goal_met(case, item):
        return False
    lost = number((item.points or item.claimed or Decimal(0)) - (item.claimed or Decimal(0)))
    if item.table:
        return row_reasoned(case, item, lost)
    if reason_told(case, item.name):
        return True
    if _scored_by_rule(case, item, lost):
        return True
    text = RULE_CLAUSE.sub("", case.text(item.body))
    if "扣" in text and len(re.sub(r"\W|\d", "", _TAKEN.sub("", text.replace(item.name, "", 1)))) < _SAID:
        return False  # 「扣1分。」 says how much, not why
    text = BETTERED.sub(" ", text)
    return tells_loss(text) or shows_shortfall(case, item, text)


_TAKEN = pattern(r"(?:扣|减|失)(?:减|除)?\s?\d+(?:\.\d+)?\s?分|\d+(?:\.\d+)?\s?分|自评|满分|分值|得分|得")
_SAID = 2  # characters beside the points: less says nothing


def _scored_by_rule(case: Case, item: ScoredItem, lost: str) -> bool:
    """Whether a leaf names the rule that its figures fall under: 「占年初预算的5.74%，超过5%扣1分」, 「按标准得7分」."""
    text = case.text(item.body)
    for match in RULE_CLAUSE.finditer(text) if "扣" in text else ():
        rest = text[: match.start()]
        if lost in taken_in(match[0]) and _PERCENT.search(rest):
            return True
    got = number(item.claimed or Decimal(0))
    return any(match["n"] == got and _BY_RULE.search(text, 0, match.start()) for match in _GOT.finditer(text))


_PERCENT = pattern(r"\d%")
_GOT = pattern(r"[得计]\s?(?P<n>\d+(?:\.\d+)?)\s?分")
_BY_RULE = pattern(
    r"(?:(?:按|依)[^,。;]{0,10}(?:标准|规则|规定|档)[^,。;]{0,6}|(?:至|以上|以下|之间|\d%?\s?[—\-~]{1,2}\s?\d[\d.]*%)[^,。;]{0,10})\Z"
)


def _named_in(name: str, problems: str) -> bool:
    if not problems:
        return False
    if name in problems:
        return True
    fields = [field for field in load_fields() if any(word in name for word in field.leaves)]
    return any(word in problems and is_bad(problems, word) for field in fields for word in field.words)


def _told_as_problem(case: Case, item: ScoredItem) -> bool:
    """Whether a sentence of the problems tells in other words what a leaf lost points for."""
    others = [i.name for i in case.found.items if len(i.name) >= _CORE and i.name not in item.name]
    whole = [
        told
        for _, text in problem_texts(case)
        for told in re.split(r"[。;\n]", text)
        if item.name in told or not any(name in told for name in others)
    ]
    texts = [told for told in whole if _DEFECT.search(told)]
    core = _QUALITY.sub("", item.name)
    if len(core) >= _CORE and any(core in told for told in texts):
        return True
    tail = item.name[-_TAIL:]
    alone = _OWN_RATE.fullmatch(tail) and sum(other.name.endswith(tail) for other in case.found.items) == 1
    if alone and any(tail in told for told in texts):
        return True  # 「就业率距目标差3.8个百分点」 of 毕业生就业率
    topics = [t for t in load_topics() if any(word in item.name for word in (*t.leaves, *t.also))]
    if any(t.admits.search(told) or t.hints.search(told) for t in topics for told in whole):
        return True
    own = pairs_of(f"{item.name} {case.text(item.body)} {item.actual} {item.remark} {argued_apart(case, item)}")
    return any(speaks_of(told, item.name) or len(pairs_of(told) & own) >= _ALIKE for told in texts)


_DEFECT = pattern(r"不|未|没有|缺|偏|低|滞后|薄弱|欠|有待|需要|少|慢|粗|漏|差|难|弱|晚|迟|超")
_QUALITY = pattern(
    r"(?:合规性|规范性|及时性|完整性|有效性|准确性|时效性|健全性|公开性|合理性|科学性|明确性|情况|率|性)$"
)
_OWN_RATE = pattern(
    r"(?!完成|执行|支出|满意|及时|合格|覆盖|控制|办结|达标|验收|支付|到位|结余|结转|准确)[\u4e00-\u9fff]{2}[率度]"
)
_CORE = 4  # characters of a leaf's name without its quality
_ALIKE = 4  # pairs of characters by which a problem speaks of what a leaf tells
_ALL_WELL = pattern(
    r"(?:其他|其余)(?:各项|[^,。;]{0,4})?指标(?:均|都)?(?:没有|未|无)(?:失分|扣分|丢分)|(?:均|都)?(?:没有|未出现|未发生|不存在|无)(?:绩效)?(?:偏差|失分|扣分)(?![^,。;]{0,4}原因|\d|情况|事项|项)|各项指标[^,。;]{0,8}(?:均|都|全部)(?:得|为)满分"
)
_LOSS_OR_FULL = pattern(r"失分|扣分|丢分|偏差|满分")  # one of them stands in each of these
_EXCEPT = pattern(r"除(?P<but>[^。;]{2,60}?)外")


def losses_denied(case: Case) -> Iterator[Finding]:
    """R19: a sentence that says nothing, or nothing else, lost points or fell short, against points lost."""
    lost = [i for i in case.found.items if i.points is not None and i.claimed is not None and i.claimed < i.points]
    for sentence, text in case.running_with(_LOSS_OR_FULL) if lost else ():
        match = _ALL_WELL.search(text) if _LOSS_OR_FULL.search(text) else None
        if match is None or case.item_at(sentence.start) is not None or case.chapter_key(sentence.start) == "基本情况":
            continue
        if _of_one(case, text[: match.start()], lost) or text[match.end() :].startswith(("”的", '"的')):
            continue  # how a column is filled in: 「写“无偏差”的为达到目标」
        but = _EXCEPT.search(text)
        if but is None and re.match(r"其[他余]", match[0]):
            continue  # the sentence before names those that lost points
        named = pairs_of(but["but"]) if but is not None else frozenset()
        item = next((i for i in lost if not named & pairs_of(f"{i.name} {case.text(i.body)}")), None)
        if item is not None and item.points is not None and item.claimed is not None:
            message = f"这里写“{match[0]}”，而“{item.name}”扣{number(item.points - item.claimed)}分"
            yield case.finding("R19", sentence, message, item=item.name)


def _of_one(case: Case, before: str, lost: list[ScoredItem]) -> bool:
    """Whether words before 「没有失分」 speak of one part: of so many points, or by the name of a leaf or a group that has them all."""
    clause = re.split("[,;]", before)[-1]
    if _SO_MANY.search(clause) or _THIS_ONE.search(clause):
        return True
    whole = [i.name for i in case.found.items if i not in lost and i.claimed is not None]
    whole += [g.name for g in case.found.groups if g.points is not None and g.claimed == g.points]
    return any(len(name) > 1 and name in clause for name in whole)


_THIS_ONE = pattern(r"(?:该|本|此|这一?)(?:项|条|指标|三级指标)(?:指标|内容)?[^,。;]{0,4}$")  # 「该项没有扣分」
_SO_MANY = pattern(r"(?<![\d.])\d{1,2}(?:\.\d+)?\s?分(?:均|都|全部|也)?$")  # less than a hundred
