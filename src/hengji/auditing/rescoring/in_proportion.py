"""R06 of tables that score what was not reached in proportion: the one row whose score is not points × reached ÷ target."""

import re
from collections.abc import Iterator
from fractions import Fraction

from hengji.auditing.case import Case
from hengji.auditing.likely import mistaken
from hengji.auditing.moved_points import worth
from hengji.auditing.numbers import number, places
from hengji.auditing.rates.impossible_targets import impossible_target
from hengji.auditing.rescoring.rules_elsewhere import rule_of_all, rule_of_short
from hengji.auditing.scores.tree import tables
from hengji.model.extraction import ScoredItem
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_FIGURE = pattern(
    r"(?P<sign>[≥≤><=]|不低于|不高于|不超过|达到)?\s?(?P<n>\d[\d,]*(?:\.\d+)?)\s?(?P<unit>[^\d,;。、\s()]{0,4})"
)
_AT_MOST = ("≤", "<", "不高于", "不超过")
_LITTLE = Fraction(11, 1000)
_HABIT = 2  # rows that keep the proportion
_SAID = pattern(r"扣|÷|×|分")
_OWN_RULE = pattern(
    r"(?:按(?:照)?(?:实际)?(?:完成|达标|到位|兑现|办结|执行)?(?:情况|数量?)?的?|完成)(?:比例|完成率|完成比|率\s?[×*]\s?分值)(?:折算|折合|计算|计|得|给|赋|打|评|$|[,;。])(?:得?分|得)?(?!\s?\d)"
)
_STEP = Fraction(1, 2)  # scores of half points may be by deduction
_ROUNDED = Fraction(1, 20)


def rows_in_proportion(case: Case) -> Iterator[Finding]:
    """R06: 「14个 | 13个 | 8 | 7.80」 where the other rows that fell short, or the rule told for all, keep the proportion."""
    for items in tables(case):
        told = [(item, right) for item in items if (right := _in_proportion(case, item)) is not None]
        kept = sum(1 for item, right in told if _near(item, right))
        odd = [(item, right) for item, right in told if not _near(item, right) and not _loosely(item)]
        ruled = bool(items) and "÷" in rule_of_all(case, items[0])
        shown = any(_near(item, right) and right % _STEP for item, right in told)
        alone = len(odd) == 1
        for item, right in odd:
            claimed = Fraction(item.claimed or 0)
            own = _OWN_RULE.search(f"{item.rule};{item.remark}") is not None or _ruled_in_text(case, item)
            if claimed < right and kept and alone and _digits_swapped(claimed, right):
                yield _beyond(case, item, right)
            if claimed < right or _SAID.search(_OWN_RULE.sub("", item.remark)):
                continue
            slipped = kept >= _HABIT and mistaken(claimed, right, places(str(item.claimed)))
            counted = shown and "%" not in item.target and claimed - right > _ROUNDED
            if not own and not (alone and (ruled or slipped or counted)):
                continue
            yield _beyond(case, item, right)


def full_for_short(case: Case) -> Iterator[Finding]:
    """R06: a row that fell short of its target by its own figures and has all its points, where all that fell short is scored in proportion."""
    rule = rule_of_short(case)
    for item in case.found.items if rule else ():
        points = worth(case, item)
        if not item.table or item.doubtful or item.rule or not points or item.claimed != points:
            continue
        if _LET_PASS.search(item.remark):
            continue
        share = _reached(item) if not impossible_target(item.name, item.target) else None
        right = Fraction(points) * share if share is not None and _ENOUGH < share < 1 else None
        if right is not None and Fraction(points) - right > _ROUNDED and _SIGNED.match(item.target.strip()):
            yield _beyond(case, item, right)


_LET_PASS = pattern("不扣|视同|视为|允许|误差|规则|标准|批准|同意|不可抗")
_ENOUGH = Fraction(1, 2)  # less was reached of something else
_SIGNED = pattern(r"[≥>=]|不低于|不少于|达到?")


def _ruled_in_text(case: Case, item: ScoredItem) -> bool:
    """Whether a sentence of running text with a row's result and the end of its name says that it is scored in proportion."""
    result = _FIGURE.fullmatch(item.actual.strip())
    if result is None or result["n"] not in case.flat:
        return False
    form = re.compile(rf"(?<![\d.]){re.escape(result['n'])}(?![\d.])")
    for sentence, text in case.running_with(_IN_PROPORTION):
        rule = _IN_PROPORTION.search(text)
        told = text[: rule.start()] if rule is not None else ""
        found = [*form.finditer(told)]
        if found and item.name[-_TAIL:] in told and case.item_at(sentence.start) is None and "扣" not in text:
            return True
    return False


# 「戒烟率23.50%，完成目标的94%，该指标按完成比例计分」
_IN_PROPORTION = pattern(
    r"(?<!不)按(?:照)?(?:实际|目标)?(?:完成|达标|执行|实现)(?:情况|数量?|目标)?的?(?:比例|率|程度)[^,。;\d]{0,4}(?:计|得|折|给|算|赋|打|评)"
)
_TAIL = 3  # characters by which running text names a row


def _digits_swapped(claimed: Fraction, right: Fraction) -> bool:
    """Whether the decimals of a score are those of the right one in another order: 7.48 for 7.84."""
    told, due = f"{round(claimed * 100):04d}", f"{round(right * 100):04d}"
    whole = (right * 100).denominator == 1
    return whole and told != due and told[:-2] == due[:-2] and told[-1] == due[-2] and told[-2] == due[-1]


def _beyond(case: Case, item: ScoredItem, right: Fraction) -> Finding:
    claimed = number(Fraction(item.claimed or 0))
    message = f"“{item.name}”目标{item.target}、完成{item.actual}，按比例应得{number(right)}分，自评{claimed}分"
    return case.finding("R06", item.quote, message, stated=claimed, recomputed=number(right), item=item.name)


def _near(item: ScoredItem, right: Fraction) -> bool:
    claimed = Fraction(item.claimed or 0)
    return abs(claimed - right) <= _LITTLE or round(right * 10) == claimed * 10


def _in_proportion(case: Case, item: ScoredItem) -> Fraction | None:
    """The points in proportion of a row that fell short of its target and lost points; None where it tells other things."""
    points = worth(case, item)
    if item.claimed is None or item.doubtful or not points or not 0 < item.claimed < points:
        return None
    if (item.rule and not _OWN_RULE.search(item.rule)) or impossible_target(item.name, item.target):
        return None
    share = _reached(item)
    return Fraction(points) * share if share is not None and share < 1 else None


def _reached(item: ScoredItem) -> Fraction | None:
    """The part of its target that a row reached, by its cells or by the words that tell both and the rule."""
    target, actual = _FIGURE.fullmatch(item.target.strip()), _FIGURE.fullmatch(_only_rate(item).strip())
    if target is None or actual is None or target["unit"] != actual["unit"]:
        words = f"{item.target};{item.actual};{item.rule};{item.remark}"
        told = list(_DUE_AND_DONE.finditer(words)) if _OWN_RULE.search(words) else []
        return Fraction(int(told[0]["done"]), int(told[0]["due"])) if len(told) == 1 else None
    due, done = (Fraction(each["n"].replace(",", "")) for each in (target, actual))
    if not due or not done:
        return None
    return due / done if target["sign"] in _AT_MOST else done / due


def _loosely(item: ScoredItem) -> bool:
    """Whether a row tells its rate among other figures and no rule of its own, so that it may be scored in another way."""
    return _only_rate(item) != item.actual and not _OWN_RULE.search(f"{item.rule};{item.remark}")


def _only_rate(item: ScoredItem) -> str:
    """What a row reached: the one percentage of its cell where its target is one: 「应管210人，规范管理186人，88.57%」."""
    rates = _PER_CENT.findall(item.actual) if item.target.strip().endswith("%") else []
    return rates[0] if len(rates) == 1 else item.actual


_PER_CENT = pattern(r"\d[\d.]*\s?%")
_DUE_AND_DONE = pattern(
    r"(?:计划|应|目标|任务)(?!数?为?\d+年)[\u4e00-\u9fff]{0,6}?(?P<due>[1-9]\d{0,5})\s?(?P<unit>[^\d,;。、\s()]{1,2})[^\d,;。]{0,6}[,;、](?:年内|全年|年末)?(?:实际|已|完成|完工|建成|实)[\u4e00-\u9fff]{0,6}?(?P<done>[1-9]\d{0,5})\s?(?P=unit)"
)
