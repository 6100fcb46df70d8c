"""R08: all of a thing is done in one place, and some of it is left in another."""

import itertools
import re
from collections.abc import Iterator, Sequence

from hengji.auditing.case import Case
from hengji.auditing.facts import DONE, PLANNED, Fact, facts_in, told_counts
from hengji.model.extraction import Span
from hengji.model.finding import Finding

# Acts that answer each other; what was put off was to be finished.
_FAMILIES = ("完工|完成|建成|竣工|验收|投用|投入使用|落实", "办结|办理|销号", "整改|处[治置]", "开工")
_ACTS = "|".join(_FAMILIES)
_LEFT = re.compile(
    rf"[^,。;]{{0,16}}?(?:(?:尚?未|没有|还没)(?:能|有)?(?:按期|如期)?(?P<act>{_ACTS})|(?:推迟|延[期迟后]|顺延)[至到]?(?P<year>20\d\d)年)"
)
_LEFT_AT = re.compile(
    rf"\d\s?[\u4e00-\u9fff][^,。;\d]{{0,16}}?(?:(?:尚?未|没有|还没)(?:能|有)?(?:按期|如期)?(?:{_ACTS})|(?:推迟|延[期迟后]|顺延)[至到]?20\d\d年)"
)
_ALL = re.compile(rf"[^。;\d]{{0,12}}?(?:全部|全数|均已?|悉数)[^,。;\d]{{0,6}}?(?:{_ACTS})")
_OTHERS = re.compile("另|上年|去年|以前|历年|新增|其余|[每各]")


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
            span = Span(fact.span.start, match.end())
            message = f"这里写“{case.text(span)}”，另一处写{whole.quantity.value}{whole.quantity.unit}全部完成"
            yield case.finding(
                "R08", span, message, stated=case.text(span), recomputed=whole.quantity.value, also=(whole.span,)
            )
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
