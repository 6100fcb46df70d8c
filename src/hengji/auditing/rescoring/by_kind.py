"""R06 of rules that are told once for a kind of indicators: 「成本指标超支的，每超1%扣1分」, 「满意度指标每低于目标1个百分点扣0.5分」."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from hengji.auditing.case import Case, once
from hengji.auditing.moved_points import worth
from hengji.auditing.numbers import number
from hengji.auditing.rescoring.by_rule import reading_of
from hengji.auditing.rescoring.sheet import compact
from hengji.model.extraction import ScoredItem
from hengji.model.finding import Finding, Severity
from hengji.model.patterns import pattern

_N = r"\d[\d,]*(?:\.\d+)?"
_TOLD = pattern(
    r"(?P<kind>成本|数量|质量|时效|满意度)(?:类|性|控制)?(?:的)?(?:三级)?指标[^。;\n每]{0,30}?每(?P<way>超(?:出|过|支)?|高(?:出|于)?|低(?:于)?|少|差|降低|不足)?(?:目标值?|标准|预算|计划)?(?P<size>[1一]|\d(?:\.\d+)?)(?P<unit>%|个百分点)[^。;\n\d]{0,6}扣(?:减|除)?(?P<cut>\d{1,2}(?:\.\d+)?)分"
)
_DOWN = pattern(r"低|少|差|降|不足|未(?:达|完成)")
_AT_MOST = rf"(?:≤|不超过|不高于|不大于|控制在)(?P<aim>{_N})(?P<u>[万亿]?元|%)?(?:以内)?"
_AT_LEAST = rf"(?:≥|不低于|不少于|不小于|达到)(?P<aim>{_N})(?P<u>%)"
_HAD = rf"[^。;]{{0,24}}?实际(?:完成)?(?:值|支出|为|达到?|:)*(?P<had>{_N})"
_COSTS = pattern(_AT_MOST + r"[^。;]{0,12}" + _HAD + r"(?P<v>[万亿]?元|%)?")
_RATES = pattern(_AT_LEAST + r"[^。;]{0,12}" + _HAD + r"%")
_NAMES = {
    "成本": pattern(r"成本|费用|单价|造价"),
    "满意度": pattern(r"满意"),
    "质量": pattern(r"(?:合格|达标|优良|准确)率$"),
    "数量": pattern(r"(?!)"),
    "时效": pattern(r"(?:及时|按时|按期)率$"),
}
_OPEN = pattern(r"不扣|扣完|最多|酌情|不可抗|核减|调整为|批准|同意|四舍五入|取整")


@dataclass(frozen=True, slots=True)
class _Rule:
    kind: str
    size: Fraction
    cut: Fraction
    points: bool  # per cents of a rate, not of what was aimed at
    down: bool
    words: str


@once
def _rules(case: Case) -> tuple[_Rule, ...]:
    """The rules for kinds of indicators that stand outside the leaves and their tables."""
    if "指标" not in case.flat or "每" not in case.flat:
        return ()
    found = []
    for match in _TOLD.finditer(case.flat):
        if case.item_at(match.start()) is not None or case.in_table(match.start()):
            continue
        size = Fraction(1) if match["size"] == "一" else Fraction(match["size"])
        down = _DOWN.search(match[0].partition("指标")[2]) is not None
        words = match[0][match[0].find("每") :]
        found.append(_Rule(match["kind"], size, Fraction(match["cut"]), match["unit"] != "%", down, words))
    return tuple(found)


def scored_by_kind(case: Case) -> Iterator[Finding]:
    """A leaf of a kind with a rule of its own, whose target and result the leaf tells, and which claims more than the rule leaves it."""
    for item in case.found.items if _rules(case) else ():
        points, rule = worth(case, item), _rule_of(case, item)
        if rule is None or item.claimed is None or not points or item.doubtful or reading_of(case, item) is not None:
            continue
        gap = _gap(case, item, rule)
        if gap is None or gap <= 0 or rule.size == 0:
            continue
        steps = Fraction((gap / rule.size).__floor__())  # what is best for the report
        right = max(Fraction(points) - rule.cut * steps, Fraction(0))
        if Fraction(item.claimed) > right:
            yield _finding(case, item, rule, right)


def _rule_of(case: Case, item: ScoredItem) -> _Rule | None:
    """The one rule of a leaf's kind: told by its groups, else by its name."""
    groups = "".join(item.path)
    found = [r for r in _rules(case) if r.kind in groups or _NAMES[r.kind].search(item.name)]
    return found[0] if len(found) == 1 else None


def _gap(case: Case, item: ScoredItem, rule: _Rule) -> Fraction | None:
    """By how many per cent a limit is exceeded, or a rate falls short; None where leaf or row does not tell both once."""
    text = (
        compact(case.text(item.body)) if not item.table else compact(f"{item.target},实际{item.actual};{item.remark}")
    )
    if _OPEN.search(text):
        return None
    told = list((_RATES if rule.down else _COSTS).finditer(text))
    if len(told) != 1:
        return None
    aim, had = (Fraction(told[0][name].replace(",", "")) for name in ("aim", "had"))
    if rule.down:
        return (aim - had) if rule.points else None
    if told[0]["u"] != told[0]["v"] or not aim:
        return None
    rate = told[0]["u"] == "%"
    return had - aim if rate and rule.points else (had - aim) / aim * 100 if not rate else None


def _finding(case: Case, item: ScoredItem, rule: _Rule, right: Fraction) -> Finding:
    claimed = number(Fraction(item.claimed or 0))
    message = f"“{item.name}”按“{rule.words}”的规则应得{number(right)}分，自评{claimed}分"
    place = item.quote if item.table else case.leaf_passage(item)
    return case.finding(
        "R06", place, message, severity=Severity.WARNING, stated=claimed, recomputed=number(right), item=item.name
    )
