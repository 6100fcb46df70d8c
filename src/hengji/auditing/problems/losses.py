"""R19: a leaf that lost points has its reason, and nothing denies that points were lost."""

import re
from collections.abc import Iterator
from decimal import Decimal

from hengji.auditing.case import Case, once
from hengji.auditing.numbers import number
from hengji.auditing.problems.clauses import RULE_CLAUSE, is_bad, problem_texts, speaks_of
from hengji.auditing.proof.claims import ARGUED, argument
from hengji.auditing.text.chapters import EMPTY
from hengji.auditing.wording import pairs_of
from hengji.library.texts import load_fields, load_topics
from hengji.model.extraction import Quantity, ScoredItem, Span
from hengji.model.finding import Finding

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
            case.certainty.tree or _blank_reason(item) or (item.table and item.path and item.target and item.actual)
        ):
            continue
        if not lost or item.claimed is None or item.not_applicable or item.doubtful or item.name in _GROUPS:
            continue
        if (not _blank_reason(item) and _told_with_loss(case, item, lost)) or _computed_elsewhere(case, item):
            continue
        if _reasoned(case, item) or _named_in(item.name, problems) or not _argued(case, item):
            continue
        if _told_as_problem(case, item):
            continue
        yield case.finding(
            "R19",
            case.leaf_passage(item),
            f"“{item.name}”扣{number(lost)}分，没有写扣分原因，“存在问题”里也没有对应的问题",
            stated=number(item.claimed),
            recomputed=number(item.claimed + lost),
            item=item.name,
            also=_listed_loss(case, item),
        )


def _told_with_loss(case: Case, item: ScoredItem, lost: Decimal) -> bool:
    """Whether a problem tells the loss with its reason: 「养殖户满意率88.49%，扣1.25分，主要是偏远户补免不及时」."""
    taken = f"扣{number(lost)}分"
    for _, text in problem_texts(case):
        for told in re.split(r"[。;\n]", text) if taken in text else ():
            named = item.name in told or speaks_of(told, item.name)
            rest = told.replace(taken, "").replace(item.name, "")
            if taken in told and named and (_LOST_BY.search(rest) or _MUCH.search(rest)):
                return True
    return False


_MUCH = re.compile(r"[较过太][多高大少小慢长晚低]")
_RESULT_OF = re.compile(r"[×÷/=][^。;]{0,20}(?:得|计|=|为)\s?(?P<n>\d{1,3}(?:\.\d+)?)\s?分")


def _computed_elsewhere(case: Case, item: ScoredItem) -> bool:
    """Whether running text outside a leaf computes its score from a rate: 「执行率95.00%，按10分×95.00%得9.5分」."""
    if item.table or item.claimed is None:
        return False
    for match in _RESULT_OF.finditer(case.flat):
        if Decimal(match["n"]) != item.claimed or item.body.start <= match.start() < item.body.end:
            continue
        start = case.sentence(match.start()).start
        before = case.flat[max(0, start - _SHORT, case.flat.rfind("\n", 0, start) + 1) : match.end()]
        if len(pairs_of(item.name) & pairs_of(before)) >= _SHARED:
            return True
    return False


def _listed_loss(case: Case, item: ScoredItem) -> tuple[Span, ...]:
    """Where the conclusion lists the loss of a leaf."""
    span = case.chapter_span("自评结论")
    match = (
        re.compile(re.escape(item.name) + r"[^,。;、]{0,6}扣[^,。;、]{0,8}分").search(case.flat, *span)
        if span
        else None
    )
    return (Span(match.start(), match.end()),) if match is not None else ()


def _blank_reason(item: ScoredItem) -> bool:
    """A row that has a target, a result, points and an empty place for the reason tells by itself that it gives none."""
    return (
        item.table
        and item.has_remark
        and not item.remark
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
    follows = item.quote.end + _TO_HEADING.match(rest).end()
    starts = {s.span.start for s in case.found.sections} | {i.span.start for i in case.found.items}
    return any(follows <= start <= follows + 2 for start in starts) or follows >= len(case.flat)


_TO_HEADING = re.compile(r"[ 。,;)\n]*(?:[A-Z]\d{0,2}(?:[.\-]\d{1,2})*[ .、:]*)?")
_FOLLOWS = 12  # characters behind a score in which the next heading begins where nothing was said


def _lost_points(item: ScoredItem, listed: dict[str, Decimal]) -> Decimal:
    """How many points a leaf lost: by its own figures, else as the conclusion lists it."""
    if item.claimed is None:
        return Decimal(0)
    if item.points is not None:
        return max(item.points - item.claimed, Decimal(0))
    return listed.get(re.sub(r"[“”\"]", "", item.name), Decimal(0))


@once
def _running_text(case: Case) -> str:
    """The running text."""
    return "\n".join(case.text(span) for span in case.found.paragraphs)


def _met(case: Case, item: ScoredItem) -> bool:
    """Whether the satisfaction that a leaf tells reaches the report's own goal, so that its figures show no loss."""
    if not _SATISFACTION.search(item.name) or _LOST_BY_RULE.search(case.text(item.body)):
        return False
    percent = [q for q in case.found.quantities if q.unit == "%"]
    own = [q.number for q in percent if item.body.start <= q.span.start < item.body.end and q.number > _HALF]
    goals = [q.number for q in percent if case.aimed_at(q.span.start) and _SATISFACTION.search(q.name)]
    return len(own) == 1 and len(goals) == 1 and own[0] >= goals[0] and item.name[-_SATISFIED:] in ("满意度", "满意率")


_SATISFACTION = re.compile(r"满意")
_SATISFIED = 3
_LOST_BY_RULE = re.compile(r"扣|因|由于|原因|低于|满分|得\s?\d+\s?分[^,。;]{0,6}[;。]?[^。]{0,20}(?:以上|以下)|×")


def _reasoned(case: Case, item: ScoredItem) -> bool:
    if _met(case, item):
        return False
    if item.name == "预算执行率" and item.actual:
        return True  # the rate in the row is the reason
    shown = item.target and item.actual and item.target.lstrip("≥≤=") != item.actual
    shown = shown and (_DIGIT.search(item.target) or _LOST_BY.search(item.actual))
    if item.table and not item.has_remark and shown and not _denied(case):
        return True  # the row itself shows what was missed, and has no place to say why
    lost = number((item.points or item.claimed or Decimal(0)) - (item.claimed or Decimal(0)))
    if item.table and (_in_band(item) or _counted_short(item)):
        return True
    if item.table and not item.has_remark and item.actual and not item.target and not item.remark:
        return _LOST_BY.search(item.actual) is not None or _shows_shortfall(case, item, item.actual)
    after = min((i.span.start for i in case.found.items if i.span.start > item.quote.start), default=len(case.flat))
    beside = case.flat[item.quote.end : min(item.quote.end + _BESIDE, after)]
    if item.table and lost in beside and re.search(rf"\w{{4,}}[^。\n]{{0,40}}扣\s?{re.escape(lost)}分", beside):
        return True  # the reason stands in the line after the row
    if item.table and (_reason_told(case, item.name) or _taken_in_words(case, item, lost)):
        return True
    account = "" if item.actual or item.remark or item.target or _RULE_LIKE.search(item.rule) else item.rule
    if _DIGIT.search(account):
        return _LOST_BY.search(account) is not None  # what was done, under the heading of rules
    if item.table and not item.has_remark and _told_of(item.name, _running_text(case)):
        return True  # a table without a place for reasons: the report tells them
    if item.table and item.rule and _TAKEN_FOR.search(item.rule):
        return True
    if item.table and (_cause_left_out(case, item) or _of_what_was_done(case, item)):
        return _LOST_BY.search(item.remark) is not None or _shows_shortfall(case, item, item.remark)
    own = [q for q in case.found.quantities if item.body.start <= q.span.start < item.body.end]
    if item.table and _reached(item, item.remark, own) and not _LOST_BY.search(item.remark):
        return False
    if item.table:
        derived = re.search(r"\d[\d,.]*\s?[/÷×]\s?\d|\d%", item.remark) is not None
        return (derived or bool(re.search(r"[\u4e00-\u9fff]{2,}", item.remark))) and not re.fullmatch(
            r"无.{0,4}|已?完成|达标", item.remark
        )
    if _scored_by_rule(case, item, lost):
        return True
    text = RULE_CLAUSE.sub("", case.text(item.body))
    if "扣" in text and len(re.sub(r"\W|\d", "", _TAKEN.sub("", text.replace(item.name, "", 1)))) < _SAID:
        return False  # 「扣1分。」 says how much, not why
    return _LOST_BY.search(_NOTHING_HAPPENED.sub(" ", _NO_CAUSE.sub(" ", text))) is not None or _shows_shortfall(
        case, item, text
    )


_NOTHING_HAPPENED = re.compile(r"(?:未|没有)(?:发生|出现|发现|收到)[^,。;]*")
# Points taken off for an attitude, not for something: 「本着实事求是的原则扣1分」.
_NO_CAUSE = re.compile(
    r"(?:综合(?:考虑|评定|研判)|从严(?:掌握|要求|自评)|实事求是|自我加压|留有余地|审慎|谨慎|客观公正|对标(?:先进|一流))[^,。;\d]{0,10},?[^,。;\d]{0,6}(?:自|酌情|主动)?扣(?:减|除)?\s?\d+(?:\.\d+)?\s?分"
)


def _in_band(item: ScoredItem) -> bool:
    """Whether the row's rule gives just the claimed points for some band, and the row tells the figure that falls into it."""
    got = re.escape(number(item.claimed or Decimal(0)))
    told = f"{item.actual} {item.remark}"
    return re.search(rf"[计得]\s?{got}\s?分", item.rule) is not None and _DIGIT.search(told) is not None


def _taken_in_words(case: Case, item: ScoredItem, lost: str) -> bool:
    """Whether a sentence of running text takes just these points off for what the row's name speaks of."""
    taken = re.compile(rf"扣\s?{re.escape(lost)}\s?分")
    named = pairs_of(item.name)
    told = (text for _, text in case.running if "扣" in text and taken.search(text))
    return any(len(named & pairs_of(text)) >= _SHARED and _SHOWN.search(taken.sub("", text)) for text in told)


_SHOWN = re.compile(r"\d%|实际\d|未(?!扣)|没有|不[足到够]|低于|少于|因")


def _counted_short(item: ScoredItem) -> bool:
    """Whether a row counts fewer done than there were: 「6条整改到位5条」."""
    pairs = _OF_SO_MANY.finditer(f"{item.actual};{item.remark}")
    return any(_number_of(m["done"]) < _number_of(m["due"]) for m in pairs)


_OF_SO_MANY = re.compile(
    r"(?P<due>\d[\d,]*(?:\.\d+)?)(?P<unit>[\u4e00-\u9fff])[^,。;\d%]{1,8}?(?P<done>\d[\d,]*(?:\.\d+)?)(?P=unit)"
)
_DIGIT = re.compile(r"\d")
_TAKEN = re.compile(r"(?:扣|减|失)(?:减|除)?\s?\d+(?:\.\d+)?\s?分|\d+(?:\.\d+)?\s?分|自评|满分|分值|得分|得")
_RULE_LIKE = re.compile(r"分|比例|乘|达|以上|以下|[≥≤×÷]|要求|应当|是否|反映|考核|评价|判断|根据|酌情")
_TAKEN_FOR = re.compile(r"(?:未|没有|不)(?!得|计|扣)[^,。;]{1,20},?扣\s?\d")
_SAID = 2  # characters beside the points: less says nothing


def _scored_by_rule(case: Case, item: ScoredItem, lost: str) -> bool:
    """Whether a leaf names the rule that its figures fall under: 「占年初预算的5.74%，超过5%扣1分」, 「按标准得7分」."""
    text = case.text(item.body)
    for match in RULE_CLAUSE.finditer(text) if "扣" in text else ():
        rest = text[: match.start()]
        if re.search(rf"扣\s?{re.escape(lost)}\s?分", match[0]) and re.search(r"\d%", rest):
            return True
    got = number(item.claimed or Decimal(0))
    by_rule = r"(?:按|依)[^,。;]{0,10}(?:标准|规则|规定|档)[^,。;]{0,6}|(?:至|以上|以下|之间)[^,。;]{0,10}"
    return re.search(rf"(?:{by_rule})[得计]\s?{re.escape(got)}\s?分", text) is not None


@once
def _causes(case: Case) -> list[tuple[Span, str]]:
    """The rows of tables that have a column for why points were lost, and what stands there."""
    return _cells_under(case, _CAUSE)


@once
def _accounts(case: Case) -> list[tuple[Span, str]]:
    """The same of a column for what was done (自评情况)."""
    return _cells_under(case, _DONE)


def _cells_under(case: Case, form: re.Pattern[str]) -> list[tuple[Span, str]]:
    found: list[tuple[Span, str]] = []
    for grid in case.grids:
        heads = [
            (r, c) for r in range(min(grid.rows, _HEAD)) for c, text in enumerate(grid.lines[r]) if form.search(text)
        ]
        for row in range(heads[0][0] + 1, grid.rows) if heads else ():
            found.append((grid.row_span(row), grid.text(row, heads[0][1])))
    return found


_HEAD = 4  # rows in which a table's columns are named
_CAUSE = re.compile(r"^(?:扣分|失分|丢分|未得分|未得满分|偏差)(?:的)?(?:原因|说明|理由)")


_DONE = re.compile(r"^(?:自评|完成|执行|实际|工作)情况$")


def _of_what_was_done(case: Case, item: ScoredItem) -> bool:
    """Whether a row's remark is only its account of what was done."""
    told = next((text for span, text in _accounts(case) if span.start <= item.quote.start < span.end), None)
    return told is not None and told == "".join(item.remark.split()) and not item.target and not item.actual


def _cause_left_out(case: Case, item: ScoredItem) -> bool:
    """Whether a row has a place of its own for the cause of its loss, beside its remark, and says there that there is none."""
    cause = next((text for span, text in _causes(case) if span.start <= item.quote.start < span.end), None)
    return cause is not None and cause.strip("—-/ 。") in ("", "无") and item.remark.strip("—-/ 。") not in ("", "无")


_BESIDE = 70  # characters behind a row


def _reason_told(case: Case, name: str) -> bool:
    """Whether a sentence of running text says why the indicator lost points: 「……比合同晚50天，项目推进及时性扣1分」."""
    at = case.flat.find(name)
    while at >= 0:
        lost = _LOST_BEHIND.match(case.flat, at + len(name))
        if lost is not None and not case.in_table(at):
            before = case.flat[case.sentence(at).start : at]
            if _GIVEN_BEHIND.match(lost[0]) or (
                "扣" not in before and _LOST_BY.search(before.rpartition(":")[2][-_BESIDE:])
            ):
                return True
        at = case.flat.find(name, lost.end() if lost is not None else at + 1)
    return False


_LOST_BEHIND = re.compile(r"[^,。;]{0,6}扣|(?:因|由于)[^,。;]{2,40}扣")
_GIVEN_BEHIND = re.compile(r"因|由于")
_LOST_BY = re.compile(
    r"(?<!酌情)(?<!自行)(?<!主动)扣|因|由于|原因|未|不足|超(?!额|前)|偏|低于|仅|滞后|缺|没有|较慢|差|只|仍有|尚|不够|不明|不(?:完整|全|齐|规范|符|到位|及时|准|一致|均|合|严|细|清)|漏|欠|迟|误|主要是|晚|实际[^,。]{0,10}大于"
)
_FORMULA = re.compile(r"[×÷]|比例|折算")
_COMPUTED = re.compile(r"达标|实际")


def _shows_shortfall(case: Case, item: ScoredItem, text: str) -> bool:
    """Whether the figures of a leaf show what was missed: a rate below 100, two different figures of a unit, a computation."""
    own = [q for q in case.found.quantities if item.body.start <= q.span.start < item.body.end]
    if _FORMULA.search(text):
        return True
    if _reached(item, text, own):
        return False
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
    told = [q.number for q in own if q.unit == "%" and q.number >= least]
    rates = [number for number in told if number < _HUNDRED_PERCENT]
    if told and not rates and not _MORE_IS_WORSE.search(item.name):
        return False  # all that was due was done
    units = [{q.number for q in own if q.unit == unit} for unit in {q.unit for q in own if q.unit != "%"}]
    return bool(rates) or any(len(numbers) > 1 for numbers in units)


_DUE = re.compile(r"目标|要求|序时|标准|应达|不低于")
_BY_THEN = re.compile(r"(?:\d月(?:末|底)|季度末?|上半年)[^,。;]{0,8}$")
_BEFORE = re.compile(r"(?:较|比|上年|去年|同期)[^,。;]*$")  # a figure of an earlier year
_NEAR = 16  # characters
_GOAL = re.compile(r"(?:≥|不低于|不少于|目标(?:值)?[为是:]?|达到?)\s?(?P<n>\d{2}(?:\.\d+)?)\s?%")


def _equal(own: list[Quantity]) -> bool:
    """Whether the amounts of a leaf are all the same: what was planned was done."""
    return len({(q.unit, q.number) for q in own if q.unit in ("万元", "元")}) == 1 and not any(
        q.unit == "%" for q in own
    )


def _reached(item: ScoredItem, text: str, own: list[Quantity]) -> bool:
    """Whether the one rate that a leaf tells reaches the goal told beside it, so that it explains no loss."""
    if _MORE_IS_WORSE.search(item.name) or _LOST_BY_RULE.search(text):
        return False
    forms = (_DUE_AND_DONE, _RATE_AND_DUE)
    pairs = [(_number_of(m["due"]), _number_of(m["done"])) for form in forms for m in form.finditer(text)]
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


_DUE_AND_DONE = re.compile(
    r"(?:计划|目标|任务)[^,。;\d%]{0,10}(?P<due>\d[\d,]*(?:\.\d+)?)\s?(?P<unit>[\u4e00-\u9fff]{1,4}),[^。;\d%]{0,10}(?:实际|完成)[^,。;\d%]{0,10}(?P<done>\d[\d,]*(?:\.\d+)?)\s?(?P=unit)"
)
_RATE_AND_DUE = re.compile(
    r"(?P<done>\d+(?:\.\d+)?)%,[^,。;\d]{0,6}(?:要求|目标|应达)[^,。;\d]{0,4}(?P<due>\d+(?:\.\d+)?)%"
)


def _number_of(figure: str) -> Decimal:
    """A figure as it is printed, its thousands parted by commas."""
    return Decimal(figure.replace(",", ""))


_HUNDRED_PERCENT = Decimal(100)
_MORE_IS_WORSE = re.compile(r"控制|变动|结转|结余|存量|调整|超|成本|事故|投诉|下降|压减")
_HALF = Decimal(50)  # per cent: what is lower is no share of what should have been reached
_HELD_TO = re.compile(r"账面|实有|目标|计划|任务|应[^用急对]|标准|要求|达[到标]|按|预算|[率度]$|完成[^。]{0,8}\d|得\d")


def _denied(case: Case) -> bool:
    """Whether the chapter of problems says that there are none."""
    for key in ("存在问题", "问题与建议"):
        span, section = case.chapter_span(key), case.chapter(key)
        if span is not None and section is not None:
            return EMPTY.match(case.text(Span(section.span.end, span.end)).strip()) is not None
    return False


def _told_of(name: str, text: str) -> bool:
    """Whether the text says of an indicator more than how many points it lost."""
    core = re.sub(r"[率性]$|情况$", "", name)[:4]
    return core in text and core in re.sub(re.escape(core) + r"[^,，、。;；\d]{0,10}扣\s?\d+(?:\.\d+)?\s?分", "", text)


def _named_in(name: str, problems: str) -> bool:
    if not problems:
        return False
    if name in problems:
        return True
    fields = [field for field in load_fields() if any(word in name for word in field.leaves)]
    return any(word in problems and is_bad(problems, word) for field in fields for word in field.words)


def _told_as_problem(case: Case, item: ScoredItem) -> bool:
    """Whether a sentence of the problems tells in other words what a leaf lost points for."""
    whole = [told for _, text in problem_texts(case) for told in re.split(r"[。;\n]", text)]
    texts = [told for told in whole if _DEFECT.search(told)]
    core = _QUALITY.sub("", item.name)
    if len(core) >= _CORE and any(core in told for told in texts):
        return True
    topics = [t for t in load_topics() if any(word in item.name for word in (*t.leaves, *t.also))]
    if any(t.admits.search(told) or t.hints.search(told) for t in topics for told in whole):
        return True
    own = pairs_of(f"{item.name} {case.text(item.body)} {item.actual} {item.remark}")
    return any(speaks_of(told, item.name) or len(pairs_of(told) & own) >= _ALIKE for told in texts)


_DEFECT = re.compile(r"不|未|没有|缺|偏|低|滞后|薄弱|欠|有待|需要|少|慢|粗|漏|差|难|弱|晚|迟|超")
_QUALITY = re.compile(
    r"(?:合规性|规范性|及时性|完整性|有效性|准确性|时效性|健全性|公开性|合理性|科学性|明确性|情况|率|性)$"
)
_CORE = 4  # characters of a leaf's name without its quality
_ALIKE = 4  # pairs of characters by which a problem speaks of what a leaf tells
_ALL_WELL = re.compile(
    r"(?:其他|其余)(?:各项|[^,。;]{0,4})?指标(?:均|都)?(?:没有|未|无)(?:失分|扣分|丢分)|(?:均|都)?(?:没有|未出现|未发生|不存在|无)(?:绩效)?(?:偏差|失分|扣分)(?![^,。;]{0,4}原因|\d|情况|事项|项)|各项指标[^,。;]{0,8}(?:均|都|全部)(?:得|为)满分"
)
_LOSS_OR_FULL = re.compile(r"失分|扣分|丢分|偏差|满分")  # one of them stands in each of these
_EXCEPT = re.compile(r"除(?P<but>[^。;]{2,60}?)外")


def losses_denied(case: Case) -> Iterator[Finding]:
    """R19: a sentence that says nothing, or nothing else, lost points or fell short, against points lost."""
    lost = [i for i in case.found.items if i.points is not None and i.claimed is not None and i.claimed < i.points]
    for sentence, text in case.running if lost else ():
        match = _ALL_WELL.search(text) if _LOSS_OR_FULL.search(text) else None
        if match is None or case.item_at(sentence.start) is not None or case.chapter_key(sentence.start) == "基本情况":
            continue
        but = _EXCEPT.search(text)
        if but is None and re.match(r"其[他余]", match[0]):
            continue  # the sentence before names those that lost points
        named = pairs_of(but["but"]) if but is not None else frozenset()
        item = next((i for i in lost if not named & pairs_of(f"{i.name} {case.text(i.body)}")), None)
        if item is not None and item.points is not None and item.claimed is not None:
            message = f"这里写“{match[0]}”，而“{item.name}”扣{number(item.points - item.claimed)}分"
            yield case.finding("R19", sentence, message, item=item.name)
