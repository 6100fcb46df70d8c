"""R08: all of a thing is done in one place, and some of it is left in another."""

import itertools
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from hengji.auditing.case import Case
from hengji.auditing.facts.counts import told_counts
from hengji.auditing.facts.fact import DONE, PLANNED, Fact
from hengji.auditing.facts.told_facts import facts_in
from hengji.auditing.wording import pairs_of
from hengji.model.extraction import Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

# Acts that answer each other; what was put off was to be finished.
_FAMILIES = ("完工|完成|建成|竣工|验收|投用|投入使用|落实", "办结|办理|销号", "整改|处[治置]", "开工")
_ACTS = "|".join(_FAMILIES)
_LEFT = pattern(
    rf"[^,。;]{{0,16}}?(?:(?:尚?未|没有|还没)(?:能|有)?(?:按期|如期)?(?P<act>{_ACTS})|(?:推迟|延[期迟后]|顺延)[至到]?(?P<year>20\d\d)年)"
)
_LEFT_AT = pattern(
    rf"\d\s?[\u4e00-\u9fff][^,。;\d]{{0,16}}?(?:(?:尚?未|没有|还没)(?:能|有)?(?:按期|如期)?(?:{_ACTS})|(?:推迟|延[期迟后]|顺延)[至到]?20\d\d年)"
)
_ALL = pattern(rf"[^。;\d]{{0,12}}?(?:全部|全数|均已?|悉数)[^,。;\d]{{0,6}}?(?:{_ACTS})")
_OTHERS = pattern("另|上年|去年|以前|历年|新增|其余|[每各]")


def left_undone(case: Case) -> Iterator[Finding]:
    """R08: 「计划改造危桥4座，完成4座」, and 「尚有1座危桥未完工」; 「隐患37处，全部整改到位」, and 「尚有5处隐患未整改」."""
    if _LEFT_AT.search(case.flat) is None:
        return
    told = [fact for sentence in told_counts(case) for fact in facts_in(case, sentence)]
    left = [fact for fact in told if fact.quantity.year == case.year and _is_left(case, fact)]
    done = list(_all_done(case, told)) if left else []
    for fact in left:
        for whole in done:
            alike = len(fact.name.full & whole.name.full) > 1 and fact.name.core <= whole.name.full
            if (
                not alike
                or whole.unit != fact.unit
                or whole.value <= fact.value
                or whole.quantity.sentence == fact.quantity.sentence
            ):
                continue
            match = _LEFT.match(case.flat, fact.span.end)
            if match is None or not _answers(match["act"] or "完工", case.text(whole.quantity.sentence)):
                continue
            left_at = Span(fact.span.start, match.end())
            count, admitted = f"{whole.quantity.value}{whole.quantity.unit}", case.found.text(left_at)
            message = f"这里写{count}全部完成，另一处写“{admitted}”"
            yield case.finding("R08", whole.span, message, stated=count, recomputed=admitted, also=(left_at,))
            return


def _answers(act: str, text: str) -> bool:
    """Whether a text says of the same act that it was done."""
    return any(re.search(family, act) and re.search(family, text) for family in _FAMILIES)


def _is_left(case: Case, fact: Fact) -> bool:
    """Whether something is said not to be done, or put off to a later year."""
    if fact.quantity.table or fact.unit == "%" or fact.stage != DONE or _OTHERS.search(fact.before):
        return False
    match = _LEFT.match(case.flat, fact.span.end)
    return match is not None and (match["year"] is None or int(match["year"]) > case.year) and len(fact.name.core) > 1


def _all_done(case: Case, told: Sequence[Fact]) -> Iterator[Fact]:
    """The facts all of which are done: as many as planned or as there were, or by the words."""
    for fact in told:
        if not fact.quantity.table and not fact.part and fact.unit != "%" and _ALL.match(case.flat, fact.span.end):
            yield fact
    for before, after in itertools.pairwise(told):
        one = before.unit == after.unit and before.value == after.value
        if one and (after.borrowed or after.by_act) and after.stage == DONE and before.quantity.sentence == after.quantity.sentence and (
            before.stage == PLANNED or after.by_act
        ):  # fmt: skip
            yield before


_SHORT = pattern(
    r"(?:计划|目标|任务|应(?:完成|建)?)[\u4e00-\u9fff:]{0,6}?(?P<x>\d+)\s?(?P<u>[个座所处条户件项台套栋家口层张辆盏株亩公里]+)(?!次)[\u4e00-\u9fff]{0,8}[,;]\s?(?:其中)?(?:年末|年底|全年)?(?:实际|仅|已|只)?(?:实际)?(?:完成|建成|完工|竣工|实施|验收|投用)(?:了)?\s?(?P<y>\d+)\s?(?P=u)"
)
_WHOLE_DONE = pattern(
    r"(?:全部|全面|均已?|如期|全数|悉数)[^,。;\d]{0,6}?(?:建成|完成|完工|竣工|投用|投入使用|验收|实施|改造|交付)"
)


def fell_short(case: Case) -> Iterator[Finding]:
    """R08: 「6个示范村全部建成」, where another place has 「目标6个，实际建成5个」."""
    if not _WHOLE_DONE.search(case.flat):
        return
    for match in _SHORT.finditer(case.flat):
        if int(match["y"]) >= int(match["x"]):
            continue
        item = case.item_at(match.start())
        sentence = case.sentence(match.start())
        subject = case.flat[max(sentence.start, match.start() - _SUBJECT) : match.start()]
        subject = re.split(r"[;。,]", subject.rstrip(",;。:"))[-1] + (f" {item.name}" if item else "")
        pairs = _pairs(subject)
        for span, text in case.running:
            done = _WHOLE_DONE.search(text)
            if done is None or span == sentence or re.search(r"目标|计划|应当|争取|确保", text):
                continue
            counted = re.search(rf"(?<![\d.]){match['x']}\s?{match['u']}", text)
            if counted and sum(pair in text for pair in pairs) >= _SHARED:
                message = f"这里写{match['x']}{match['u']}已全部完成，另一处写计划{match['x']}{match['u']}、实际{match['y']}{match['u']}"
                low, high = min(counted.start(), done.start()), max(counted.end(), done.end())
                place = Span(span.start + low, span.start + high)
                yield case.finding(
                    "R08", place, message, stated=match["x"], recomputed=match["y"], also=(Span(*match.span()),)
                )
                break


_AMOUNT = r"(?P<n>\d[\d,]*(?:\.\d+)?)\s?(?P<u>万?[\u4e00-\u9fff]{1,3})"
_AIM = pattern(rf"\W{{0,2}}{_AMOUNT}\W?")
_STILL_TO_DO = pattern("目标|计划|任务|应|争取|确保|力争|下达|规划|累计|上年")


def done_as_aimed(case: Case) -> Iterator[Finding]:
    """R08: 「全年完成营造林2.60万亩」, where the row of 营造林 aims at 2.60万亩, tells of 2.50 and lost points for the rest."""
    for item in case.found.items:
        aim = _AIM.fullmatch(item.target) if item.table else None
        if aim is None or item.points is None or item.claimed is None or not 0 < item.claimed < item.points:
            continue
        wanted = Decimal(aim["n"].replace(",", ""))
        told = [
            Decimal(n.replace(",", "")) for n, unit in re.findall(_AMOUNT, item.actual) if unit.startswith(aim["u"])
        ]
        if not told or not wanted * _NEARLY <= told[-1] < wanted or wanted in told:
            continue
        form = re.compile(rf"(?:完成|建成|实现)(?:了)?(?P<what>[^,。;\d]{{2,12}}){re.escape(aim['n'])}\s?{aim['u']}")
        for match in form.finditer(case.flat):
            clause = case.flat[max(case.flat.rfind(mark, 0, match.start()) for mark in ",。;\n") + 1 : match.end()]
            if case.in_table(match.start()) or case.aimed_at(match.start()) or _STILL_TO_DO.search(clause):
                continue
            if _pairs(match["what"]) & _pairs(item.name):
                message = f"这里写{match[0]}，评分表里目标{aim['n']}{aim['u']}、实际{told[-1]}{aim['u']}"
                yield case.finding(
                    "R08", Span(*match.span()), message, stated=aim["n"], recomputed=str(told[-1]), also=(item.quote,)
                )
                break


_NEARLY = Decimal("0.5")  # of what was aimed at: less is of something else
_SUBJECT = 24
_SHARED = 2
_WORN = pattern(r"完成|实际|目标|计划|建设|工作|项目|任务|数量|全年|情况")


_DONE = r"(?:(?:实际|仅|只|共|全年)[\u4e00-\u9fff]{0,4})?(?:完成|建成|完工|竣工|投用)(?:了)?\s?"


def done_twice(case: Case) -> Iterator[Finding]:
    """R08: 「计划完成14层……实际完成9层」, and 「全年仅完成8层」 elsewhere of the same."""
    plans = list(_SHORT.finditer(case.flat))
    years = {q.span.start: q.year for q in case.found.quantities} if plans else {}
    own_plan = {match.start("y"): match["x"] for match in plans}
    for match in plans:
        item = case.item_at(match.start())
        sentence = case.sentence(match.start())
        pairs = _pairs(case.text(sentence) + (f" {item.name}" if item else ""))
        form = re.compile(rf"(?<![少未差欠]){_DONE}(?P<n>\d+)\s?{match['u']}(?![\u4e00-\u9fff]*目标)")
        for other in form.finditer(case.flat):
            count, short = int(other["n"]), int(match["x"]) - int(match["y"])
            if count in (int(match["x"]), int(match["y"]), short) or count >= int(match["x"]):
                continue  # what was left to do is finished later
            if own_plan.get(other.start("n"), match["x"]) != match["x"]:
                continue  # of a plan of its own
            if years.get(other.start("n"), case.year) != years.get(match.start("y"), case.year):
                continue  # another year's: 「规划改造24处，2021年完成7处，本年计划9处、完成8处」
            place = case.sentence(other.start())
            near = case.flat[max(case.paragraph(place.start).start, place.start - _SUBJECT) : place.end]
            if place != sentence and sum(pair in near for pair in pairs) >= _SHARED + 1:
                message = f"这里写{other[0]}，另一处写计划{match['x']}{match['u']}、实际{match['y']}{match['u']}"
                span = Span(other.start(), other.end())
                yield case.finding(
                    "R08", span, message, stated=other["n"], recomputed=match["y"], also=(Span(*match.span()),)
                )
                break


_WANTS = (
    r"(?:(?<!减)(?<!至)(?<!缺)(?:少|还?差|欠)[\u4e00-\u9fff]{0,4}?|未(?:能)?(?:完成|建成|完工|竣工|实施|改造)了?)\s?"
)
_ENDS = pattern(r"[,;。:\n\t]")


def short_by_another(case: Case) -> Iterator[Finding]:
    """R08: 「养老床位少建成15张」, where another place has 「目标120张，建成108张」."""
    years = {q.span.start: q.year for q in case.found.quantities} if _SHORT.search(case.flat) else {}
    for match in _SHORT.finditer(case.flat):
        whole, done = int(match["x"]), int(match["y"])
        item = case.item_at(match.start())
        sentence = case.sentence(match.start())
        pairs = _pairs(case.text(sentence) + (f" {item.name}" if item else ""))
        for other in re.finditer(rf"{_WANTS}(?P<n>\d+)\s?{match['u']}(?![\u4e00-\u9fff])", case.flat):
            count, short = int(other["n"]), whole - done
            if short <= 0 or count in (whole, done, short) or not short / 2 <= count <= short * 2:
                continue
            if case.sentence(other.start()) == sentence or years.get(other.start("n"), case.year) != case.year:
                continue
            clause = _ENDS.split(case.flat[case.paragraph(other.start()).start : other.start()])[-1]
            if _OTHERS.search(clause) or sum(pair in clause for pair in pairs) < 1:
                continue
            span = Span(other.start(), other.end())
            message = (
                f"这里写“{other[0]}”，另一处写计划{whole}{match['u']}、实际{done}{match['u']}，少{short}{match['u']}"
            )
            yield case.finding(
                "R08", span, message, stated=other["n"], recomputed=str(short), also=(Span(*match.span()),)
            )
            break


def _pairs(text: str) -> frozenset[str]:
    return pairs_of(_WORN.sub(" ", text))
