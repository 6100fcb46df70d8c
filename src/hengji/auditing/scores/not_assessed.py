"""R34: what a report says there is none of, against what it tells elsewhere; where the points of leaves that are not assessed went."""

import re
from collections.abc import Iterator
from decimal import Decimal

from hengji.auditing.case import Case, once
from hengji.auditing.moved_points import moved_to
from hengji.auditing.numbers import number
from hengji.auditing.scores.grounds import SHORTEST, argued, full_by_rule, reasoned, unreasoned
from hengji.auditing.scores.levels import levels_denied, of_other_levels
from hengji.auditing.scores.told_elsewhere import BEFORE, NOT_THERE, denied_elsewhere, of_the_year
from hengji.auditing.scores.totals import base_of
from hengji.extracting.flat import flat
from hengji.library.things import Thing, load_duty_words, load_things
from hengji.model.extraction import ScoredItem, Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_FULL = Decimal(100)
_NOT_ASSESSED = pattern(
    r"不(?:予|再)?考核|不适用|不参与|不涉及|不计分|不评分|不参评|不评(?![优先])|免评|不纳入|无需|免(?:于)?考核"
)
_WHY = pattern(
    r"不考核|不适用|不参与|不涉及|不计分|调整|转移|不纳入|无需|不评分|不参评"
)  # a sentence that says why, or where the points went
_FULL_FOR_NOTHING = pattern(r"不涉及|不适用|计满分|得满分|按满分")
_DENIES = pattern(r"无|没有|未|不")


def absences_hold(case: Case) -> Iterator[Finding]:
    """R34: the reason for 不考核 and the receiver of its points, against the facts elsewhere."""
    for item in case.found.items:
        if item.not_applicable:
            yield from _not_assessed(case, item)
        elif item.table and item.claimed and item.claimed == item.points:
            yield from _full_for_none(case, item)
        elif item.table and item.claimed is None and _NOT_ASSESSED.search(item.rule):
            yield from _unscored_for_none(case, item)
        elif item.claimed and not item.table and _FULL_FOR_NOTHING.search(case.text(item.body)):
            said = _full_for_it(case, item)
            fact = (denied_elsewhere(case, item) or _denied_thing(case, item, said)) if said else None
            if fact is not None:
                message = f"“{item.name}”写没有这类事项，而报告另一处写“{in_words(case, fact)}”，请核对理由是否成立"
                yield case.finding("R34", _reason_span(case, item), message, item=item.name, also=(fact,))
            elif (
                _SCORED_AS_THEY_ARE.search(case.text(item.body))
                and _NOT_ASSESSED.search(case.text(item.body))
                and not full_by_rule(case, item)
            ):
                message = f"“{item.name}”写不适用，分值没有调整到其他指标，直接计入了得分"
                yield case.finding("R34", _reason_span(case, item), message, item=item.name)
            elif _NOT_ASSESSED.search(case.text(item.body)) and unreasoned(case, item):
                yield case.finding("R34", _reason_span(case, item), f"“{item.name}”不考核没有写理由", item=item.name)
    yield from _unread_absences(case)


def _full_for_it(case: Case, item: ScoredItem) -> str:
    """The sentences of a leaf that give all points for what there was none of: each with what it denies before, in it or the one before."""
    told = [s for s in case.found.sentences if item.body.start <= s.start < item.body.end] or [item.body]
    said: list[str] = []
    for index, sentence in enumerate(told):
        full = _FULL_FOR_NOTHING.search(case.text(sentence))
        before = "".join(case.text(s) for s in told[max(0, index - 1) : index])
        if full is not None and _DENIES.search(before + case.text(sentence)[: full.end()]):
            said.append(before + case.text(sentence))
    return "".join(said)


def _full_for_none(case: Case, item: ScoredItem) -> Iterator[Finding]:
    """A row with all its points because there was none of what the report tells of: 「没有新建楼堂馆所，按满分计」."""
    said = f"{item.actual};{item.remark}"
    if (_FULL_FOR_NOTHING.search(said) or _full_by_rule(item)) and _DENIES.search(said):
        named = None if _OF_VALUES.search(said) else denied_elsewhere(case, item)
        fact = named or _denied_thing(case, item, said)
        if fact is not None:
            message = f"“{item.name}”因没有这类事项得满分，而报告另一处写“{in_words(case, fact)}”，请核对理由是否成立"
            yield case.finding("R34", item.quote, message, item=item.name, also=(fact,))


_NONE_COUNTS = pattern(
    r"(?:无|没有|未(?:发生|涉及|安排|开展)|不(?:涉及|存在|发生))[^,。;\d]{0,12}(?:的|,)?,?(?:可|应|即|直接|均)*(?:得|计|按|给|视)(?:满分|为满|\s?\d)"
)
_NONE_TOLD = pattern(
    r"(?:20\d\d年(?:度)?)?(?:全年|当年|本年度?|年内)?(?:[本我][\u4e00-\u9fff]{1,3})?(?:没有|未|无|不(?:涉及|存在|承担|发生))[^,。;\d]{3,30}"
)


def _full_by_rule(item: ScoredItem) -> bool:
    """Whether a row's rule gives all points where there was none, and the row says nothing else: 「无该事项的得5分」."""
    return _NONE_COUNTS.search(item.rule) is not None and _NONE_TOLD.fullmatch(item.actual.strip("。;")) is not None


def _unscored_for_none(case: Case, item: ScoredItem) -> Iterator[Finding]:
    """A row without a score whose column of facts says that there is none of what the report tells of: 「本年度未发生政府采购，不适用」."""
    if _RULED.search(item.rule) or not _DENIES.search(item.rule):
        return
    fact = _denied_thing(case, item, item.rule)
    if fact is not None:
        message = f"“{item.name}”写不适用，而报告另一处写“{in_words(case, fact)}”，请核对理由是否成立"
        yield case.finding("R34", item.quote, message, item=item.name, also=(fact,))


_RULED = pattern(r"不得分|得\s?\d|扣\s?\d|满分|按比例")  # a rule, which says nothing of the year


_OF_VALUES = pattern("结转|结余|变动|调整")  # two values of one amount are R08's


def _not_assessed(case: Case, item: ScoredItem) -> Iterator[Finding]:
    """What is wrong with a leaf that is not assessed: its reason, and the way of its points."""
    fact = _contradicting(case, item) or denied_elsewhere(case, item) or _done(case, item)
    if fact is not None:
        message = f"“{item.name}”写不考核，而报告另一处写“{in_words(case, fact)}”，请核对理由是否成立"
        at = _said_absent(case, item) if item.table else _reason_span(case, item)
        yield case.finding("R34", at, message, item=item.name, also=(fact,))
    if fact is None and _left_undone(case, item):
        message = f"“{item.name}”没有做不等于不适用，请按规则打分，或写明免于考核的依据"
        at = _said_absent(case, item) if item.table else _reason_span(case, item)
        yield case.finding("R34", at, message, item=item.name)
        return
    if _SCORED_AS_THEY_ARE.search(case.text(item.body)):
        message = f"“{item.name}”不考核，分值没有调整到其他指标，直接计入了得分"
        yield case.finding("R34", _reason_span(case, item), message, item=item.name)
    elif item.receiver and not _receiver(case, item):
        message = f"“{item.name}”的分值调整到“{item.receiver}”，报告里没有这项指标"
        yield case.finding("R34", _reason_span(case, item), message, item=item.name)
    elif item.receiver and (other := _took_instead(case, item)) is not None:
        message = f"分值写调整到“{item.receiver}”，多得分的却是“{other.name}”"
        yield case.finding("R34", _reason_span(case, item), message, item=item.name, also=(other.quote,))
    elif item.receiver and (receiver := _got_nothing(case, item)) is not None:
        message = f"“{item.name}”的分值写调整到“{receiver.name}”，该指标的得分里没有这些分值"
        yield case.finding("R34", _reason_span(case, item), message, item=item.name, also=(receiver.quote,))
    elif unreasoned(case, item) if not item.table else _bare_row(case, item):
        yield case.finding("R34", _reason_span(case, item), f"“{item.name}”不考核没有写理由", item=item.name)
    elif fact is None and _lost_its_points(case, item):
        points = number(item.points or Decimal(0))
        message = f"“{item.name}”不考核，没有写这{points}分调整到哪个指标"
        at = _said_absent(case, item) if item.table else _reason_span(case, item)
        yield case.finding("R34", at, message, item=item.name)


def _left_undone(case: Case, item: ScoredItem) -> bool:
    """Whether the reason for 不考核 is that the unit did not do what was its duty, and nobody let it off."""
    words = load_duty_words()
    told = case.text(item.body) if not item.table else f"{item.remark} {item.reason} {item.actual}"
    if words.excused.search(told):
        return False
    return words.neglect.search(told) is not None or (
        words.duties.search(item.name) is not None and words.undone.search(told) is not None
    )


def in_words(case: Case, fact: Span) -> str:
    """A fact as it is told, for a message."""
    return re.sub(r"\s+", " ", case.text(fact)).strip()[:40]


def _bare_row(case: Case, item: ScoredItem) -> bool:
    """Whether a row says 不考核 and neither it nor running text says why."""
    said = _said_absent(case, item) == item.quote and not any(
        reasoned(told) for told in (item.remark, item.reason.removeprefix("得分栏为"))
    )
    rest = case.text(item.body)
    for other in (*item.path, item.name, item.target, item.rule):
        rest = rest.replace(other, " ", 1) if other else rest
    return said and _NOT_ASSESSED.search(rest) is not None and len(re.sub(r"\d", "", argued(rest))) < SHORTEST


def _contradicting(case: Case, item: ScoredItem) -> Span | None:
    """A fact elsewhere that speaks against what a leaf says there is none of, or asks for."""
    told = (
        f"{case.text(item.body)} {case.text(_said_absent(case, item)) if item.table else flat(item.reason[:_REASON])}"
    )
    for thing in load_things():
        asked = any(word in item.name for word in thing.leaves)
        if (asked and _DENIES.search(told)) or _denies(thing, told):
            if asked and thing.narrower is not None and thing.narrower.search(told):
                continue
            fact = _there(case, thing, item.body, levels_denied(told))
            if fact is not None:
                return fact
    return None


_REASON = 80  # characters of a reason that are looked at


def _denied_thing(case: Case, item: ScoredItem, told: str) -> Span | None:
    """A fact elsewhere against what the words of a leaf deny, and not of a part: it tells none itself."""
    body = item.body
    things = [thing for thing in load_things() if _denies(thing, told)]
    things = [each for each in things if not any(body.start <= at.start < body.end for at in _facts(case, each))]
    facts = (_there(case, thing, body, levels_denied(told)) for thing in things)
    return next((fact for fact in facts if fact is not None), None)


def _denies(thing: Thing, told: str) -> bool:
    match = thing.denied.search(told) if thing.named.search(told) else None
    if match is None or thing.narrower is None:
        return match is not None
    start = max(told.rfind(mark, 0, match.start()) for mark in "。;,:\n\t ") + 1
    ends = [at for at in (told.find(mark, match.end()) for mark in "。;,:\n\t ") if at >= 0]
    return thing.narrower.search(told, start, min(ends, default=len(told))) is None


def _there(case: Case, thing: Thing, body: Span, levels: frozenset[str] = frozenset()) -> Span | None:
    """Where a thing is told to be there: outside a passage, of the evaluated year, as done and not as aimed at, and not of another level's money."""
    for at in _facts(case, thing):
        if not body.start <= at.start < body.end and not of_other_levels(levels, case.text(at)):
            return at
    for name in thing.figures:
        for quantity in case.quantities(name):
            if quantity.number > 0 and not body.start <= quantity.span.start < body.end:
                return quantity.sentence if quantity.table else quantity.span
    return None


def is_told(case: Case, thing: Thing) -> bool:
    """Whether a report tells that a thing is there."""
    return _there(case, thing, Span(-1, -1)) is not None


def _facts(case: Case, thing: Thing) -> list[Span]:
    """Where forms tell that a thing is there, looked for once a document."""
    known = _told_things(case)
    if thing.name not in known:
        places = (Span(match.start(), match.end()) for match in thing.there.finditer(case.flat))
        known[thing.name] = [at for at in places if _is_fact(case, at)]
    return known[thing.name]


@once
def _told_things(_: Case) -> dict[str, list[Span]]:
    return {}


def _is_fact(case: Case, at: Span) -> bool:
    if _YEAR_ONLY.search(case.text(at)) and case.flat.startswith("年", at.end):
        return False  # its number is a year: 「人民医院2023年度……」
    lead = case.flat[max(at.start - BEFORE, case.sentence(at.start).start, 0) : at.end]
    aim = case.aimed_at(at.start) and not _DECIDED.match(case.text(at))  # what came in mid-year is no aim
    return NOT_THERE.search(lead) is None and not aim and of_the_year(case, at)


_YEAR_ONLY = pattern(r"\D20\d\d\s?$")
_DECIDED = pattern("年中|年度中|执行中|首次")


def _done(case: Case, item: ScoredItem) -> Span | None:
    """A sentence elsewhere that tells a leaf's own task as done with a number: 「完成森林抚育8120亩」 of 「森林抚育完成面积」."""
    core = _TASK.sub("", item.name)
    if len(core) < _CORE or case.flat.count(core) < len(("its heading", "elsewhere")):
        return None
    form = re.compile(rf"(?:完成|实施|组织|办理|建成)(?:了)?{re.escape(core)}[^,。;\d]{{0,8}}[1-9]\d*(?:\.\d+)?")
    for match in form.finditer(case.flat):
        at = Span(match.start(), match.end())
        if not item.body.start <= at.start < item.body.end and _is_fact(case, at):
            return at
    return None


_TASK = pattern(r"(?:完成|实施|开展)?(?:面积|数量|数|率|情况|及时率|及时性|任务)$")
_CORE = 4  # characters of a task's name


_UNREAD = pattern(r"不(?:予|参与|纳入|进行)?(?:考核|评分|计分|评价打分)|不适用|不参评")


_MAY_BE_FULL = pattern(
    r"(?:(?:按照?|依照?|根据|依据)[\u4e00-\u9fff]{0,6}(?:细则|规则|标准|规定|办法)|直接|视同|默认|自动)"
    r"(?:(?:可|应|均|全部|各|直接|视同)*)(?:计|得|给|按|记|视为?|赋)(?:予|为)?满分"
)
# All points by the rule, behind the words that say why: 「因没有新建办公用房，按细则直接计满分」, but no rule: 「没有新建的，直接计满分」.
_FULL_UNREAD = pattern(rf"(?P<why>(?:[^,。;]*,){{0,2}}[^,。;]*)(?<!的)(?<!的,){_MAY_BE_FULL.pattern}")


def _full_unread(case: Case) -> Iterator[Finding]:
    """All points that a sentence takes, not read as an indicator's, for what there was none of."""
    if "满分" not in case.flat:
        return
    for sentence, text in case.running_with(_MAY_BE_FULL):
        match = _FULL_UNREAD.search(text) if _MAY_BE_FULL.search(text) else None
        if match is None or _in_a_leaf_full_for_nothing(case, sentence.start):
            continue
        told = match["why"]
        facts = (_there(case, thing, sentence, levels_denied(told)) for thing in load_things() if _denies(thing, told))
        fact = next((fact for fact in facts if fact is not None), None)
        if fact is not None:
            at = Span(sentence.start + match.start(), sentence.start + match.end())
            message = f"这里因没有这类事项计满分，而报告另一处写“{in_words(case, fact)}”，请核对理由是否成立"
            yield case.finding("R34", at, message, also=(fact,))


def _in_a_leaf_full_for_nothing(case: Case, at: int) -> bool:
    """Whether a place is in the text of a leaf that takes its points for what there was none of."""
    bodies = (item.body for item in case.found.items)
    return any(body.start <= at < body.end and _FULL_FOR_NOTHING.search(case.text(body)) for body in bodies)


def _unread_absences(case: Case) -> Iterator[Finding]:
    """The same of sentences that say 不考核 of what was not read as an indicator."""
    yield from _full_unread(case)
    if not _UNREAD.search(case.flat):
        return
    bodies = [
        item.body for item in case.found.items if item.not_applicable or _FULL_FOR_NOTHING.search(case.text(item.body))
    ]
    bodies += [_said_absent(case, item) for item in case.found.items if item.not_applicable and item.table]
    for sentence, text in case.running_with(_UNREAD):
        if not _UNREAD.search(text) or not re.search(r"无|没有|未|不(?:承担|负责|存在|分配|发放|组织|直接)", text):
            continue
        if any(body.start <= sentence.start < body.end for body in bodies):
            continue
        things = (thing for thing in load_things() if _denies(thing, text))
        paragraph, levels = case.paragraph(sentence.start), levels_denied(text)
        facts = (_there(case, thing, paragraph, levels) for thing in things)
        fact = next((fact for fact in facts if fact is not None), None)
        if fact is not None:
            message = f"这里写不考核，而报告另一处写“{in_words(case, fact)}”，请核对理由是否成立"
            yield case.finding("R34", sentence, message, also=(fact,))


def _receiver(case: Case, item: ScoredItem) -> bool:
    wanted = re.sub(r"[\"“”「」\s]|指标$", "", item.receiver)
    if re.search(r"其他|同级|各项|其余|所在|本级|一级|二级|总分", wanted):
        return True
    if any(item.receiver in quoted for quoted in _RULE_QUOTED.findall(case.text(item.body))):
        return True  # words of the rule, not the name of an indicator
    names = [*(other.name for other in case.found.items), *(group.name for group in case.found.groups)]
    return (
        any(wanted in name or (len(name) >= _OF_A_LEAF and name in wanted) for name in names if name) or wanted in names
    )


_RULE_QUOTED = pattern(r"[\"“][^\"“”]*(?:调整|调剂|并入|分摊|计入|加到|转入)[^\"“”]*[\"”]")
_OF_A_LEAF = 4  # characters: a group is called by fewer


def _receiving(case: Case, item: ScoredItem) -> ScoredItem | None:
    return next((o for o in case.found.items if o.name in item.receiver or item.receiver in o.name), None)


def _said_absent(case: Case, item: ScoredItem) -> Span:
    """The sentence of running text that says a table's item is not assessed, else its row."""
    told = [s for s, text in case.running if item.name in text and _NOT_ASSESSED.search(text)]
    if not told and len(item.name) > _TAIL:  # 「租金收缴率不考核，原因是……」 of 保障性住房租金收缴率
        told = [
            s for s, text in case.running if re.search(rf"{re.escape(item.name[-_TAIL:])}[^,。;]{{0,4}}不考核", text)
        ]
    reasoned = (s for s in told if _DENIAL.search(case.text(s)))
    return next(reasoned, told[0] if told else item.quote)


_DENIAL = pattern(r"无(?!关)|没有|未")
_TAIL = 5  # characters of the end of a leaf's name that stand for it


def _took_instead(case: Case, item: ScoredItem) -> ScoredItem | None:
    """The item that claims more than its points although the points went to another one."""
    receiver = _receiving(case, item)
    if receiver is None or receiver.points is None or receiver.claimed is None or receiver.claimed > receiver.points:
        return None
    givers = sum(1 for other in case.found.items if other.not_applicable)
    over = [o for o in case.found.items if o.points is not None and o.claimed is not None and o.claimed > o.points]
    return over[0] if len(over) == 1 and givers == 1 else None


_TAKEN_UP = pattern(r"含|调入|转入|并入|承接|调整后|调为|调至|加上|合并")


def _got_nothing(case: Case, item: ScoredItem) -> ScoredItem | None:
    """The receiver that claims no more than its own points although the leaves' printed points, the giver's among them, make 100."""
    receiver = _receiving(case, item)
    if receiver is None or receiver.points is None or receiver.claimed is None or receiver.claimed > receiver.points:
        return None
    points = [other.points for other in case.found.items]
    if not case.certainty.tree or any(p is None for p in points) or sum(p for p in points if p) != _FULL:
        return None
    told = case.text(Span(receiver.span.start, receiver.body.end))
    return receiver if moved_to(case, receiver) and not _TAKEN_UP.search(told) else None


# Points of what is not assessed that go to no other indicator but are scored as they are.
_SCORED_AS_THEY_ARE = pattern(
    r"(?:分值?|得分)?(?:直接|照常|照样|仍|原样|全额)(?:[计加]入|计|得|纳入)[^,。;]{0,4}(?:总分|得分|总得分|\d+(?:\.\d+)?\s?分|满分)"
)


_DISPOSED = pattern(
    r"分值|权重|折算|百分制|承接|调整|转移(?!支付)|并入|移[至入到]|转入|计入|调[至到入整]|按(?:适用|其余|剩余)|满分|分摊|平均"
)


def _lost_its_points(case: Case, item: ScoredItem) -> bool:
    """Whether a leaf's points are left out without a word, and the total is what the others make."""
    if not item.points or not case.certainty.tree or item.receiver or item.moved or not _of_its_own(case, item):
        return False
    told = case.text(_said_absent(case, item) if item.table else item.body)
    near = case.text(item.body) + told + item.reason
    if not _NOT_ASSESSED.search(near) or _DISPOSED.search(_ITS_POINTS.sub("", near)) or _handled(case):
        return False
    base = base_of(case)
    return base is not None and base <= _FULL - item.points


def _of_its_own(case: Case, item: ScoredItem) -> bool:
    """Whether a leaf says that it itself is not assessed: no other subject is named for it."""
    match = _NOT_ASSESSED.search(case.text(item.body))
    return item.table or (match is not None and not _NUMBERS.search(case.text(item.body)[match.end() :]))


_NUMBERS = pattern(r"\d\s?[份笔次个件项]")  # facts behind it: the leaf is argued for after all
_ITS_POINTS = pattern(r"分值\s?:?\s?\d+(?:\.\d+)?\s?分|满分\s?:?\s?\d+(?:\.\d+)?\s?分")
_GENERAL = pattern(
    r"(?:不考核|不适用|不参评|不计分|未涉及|不涉及)[^。\n]{0,40}(?:折算|百分制|满分|分值|权重|调整|平均|其余|其他)|(?:折算|换算)[^。\n]{0,20}(?:百分|100)"
)


def _handled(case: Case) -> bool:
    """Whether the report says in general what becomes of points that are not assessed."""
    return _GENERAL.search(case.flat) is not None


def _reason_span(case: Case, item: ScoredItem) -> Span:
    said = [s for s in case.found.sentences if item.body.start <= s.start < item.body.end and _WHY.search(case.text(s))]
    headed = case.text(said[0]).find(item.name) >= 0 if len(said) > 1 else False  # the heading, which gives no reason
    return said[1] if headed and _DENIAL.search(case.text(said[1])) else said[0] if said else item.quote
