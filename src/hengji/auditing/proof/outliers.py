"""R40: what stands out against peers: nearly all full marks, and spending for one of something far beyond what is usual."""

import re
from collections.abc import Iterator
from fractions import Fraction

from hengji.auditing.case import Case
from hengji.auditing.facts.vacancies import whole_of_staff
from hengji.auditing.numbers import in_unit, number
from hengji.auditing.problems.zones import problem_zones
from hengji.auditing.proof.claims import unproved
from hengji.library.texts import Norm, load_norms
from hengji.model.extraction import Quantity, Span
from hengji.model.finding import Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.units import dimension

_MANY_ITEMS = 12
_FIFTH = 5


def nearly_all_full(case: Case) -> Iterator[Finding]:
    """R40 (heuristic): every scored leaf full, or all but one."""
    scored = [i for i in case.found.items if i.claimed is not None and not i.not_applicable and not i.doubtful]
    lost = [i for i in scored if i.points is not None and i.claimed is not None and i.claimed < i.points]
    said = _ALL_FULL.search(case.flat) if "满分" in case.flat else None
    if len(lost) > 1 or not scored or (len(scored) < _MANY_ITEMS and (said is None or lost)):
        return
    full = len(scored) - len(lost)
    bare = sum(1 for item in unproved(case) if not (item.not_applicable or item.doubtful))
    admitted = _admitted(case)
    few = len(scored) < _MANY_ITEMS
    if not (said is not None and admitted >= (1 if few else _SEVERAL)) and (few or bare * _FIFTH < full):
        return
    anchor = case.found.totals.claimed.span if case.found.totals.claimed else scored[-1].span
    anchor = Span(said.start(), said.end()) if said is not None else anchor
    yield case.finding(
        "R40",
        anchor,
        f"{len(scored)}项得分指标中有{full}项满分，得分分布可能不可信，请逐项看佐证",
        severity=Severity.INFO,
        stated=str(full),
        recomputed=str(len(scored)),
    )


_ALL_FULL = pattern(
    r"(?:三级|末级|各项|全部|所有)?指标[^,。;]{0,10}(?:均|全部|都)[^,。;]{0,4}(?:得|为|获得?)?满分|(?:全部|所有|各项)指标[^,。;]{0,4}满分"
)
_ADMITTED = pattern(
    r"未(?:完成|达到|达标|能)|没有(?:完成|达到)|少完成|超(?:出)?(?:预算|支|编|标准)|偏慢|滞后|不及时|不到位|逾期|超期|不足"
)
_SEVERAL = 2


def _admitted(case: Case) -> int:
    """How many sentences of the problems admit that something was not done or went beyond what was allowed."""
    parts = (part for span in problem_zones(case) for part in re.split("[。;]", case.text(span)))
    return sum(1 for part in parts if _ADMITTED.search(part))


_HIGH = Fraction(40)  # 万元 a head and year: reports of counties stay below 30


def cost_per_head(case: Case) -> Iterator[Finding]:
    """R40 (heuristic): personnel spending a head far above what counties pay, without a word on it."""
    spent = case.quantities("人员经费支出") or _paid(case)
    people = [q.number for name in ("在编人数", "年末实有人数", "在职人数") for q in case.quantities(name)]
    people = people or [in_post for _, in_post in whole_of_staff(case)]
    if not spent or not people or not max(people) or len({in_unit(q, "万元") for q in spent}) > 1:
        return
    share = in_unit(spent[0], "万元") / Fraction(max(people))
    if share > _HIGH and not _PENSIONS.search(case.text(case.paragraph(spent[0].span.start))):
        told = number(max(people))
        message = f"人员经费{spent[0].value}{spent[0].unit}，按{told}人计人均{number(share)}万元，明显偏高，请说明是否含退休、编外等人员的支出"
        yield case.finding("R40", spent[0].span, message, severity=Severity.INFO, stated=number(share))


def _paid(case: Case) -> tuple[Quantity, ...]:
    """What running text tells as paid for those in post: 「在职26人的人员经费1932.40万元」."""
    return tuple(
        quantity
        for quantity in case.found.quantities
        if not quantity.table
        and quantity.about not in _NOT_SPENT
        and dimension(quantity.unit) == "money"
        and _PAY.search(quantity.name)
        and _IN_POST.search(case.text(quantity.sentence))
        and not _BUDGET.search(case.text(quantity.sentence))
    )


_PAY = pattern(r"(?:人员经费|工资福利支出)$")
_IN_POST = pattern(r"在[职编岗][^,。;]{0,4}\d|\d\s?[人名][^,。;]{0,2}在[职编岗]")
_PENSIONS = pattern(r"人员经费[^。;]{0,60}(?:退休|离休|抚恤|遗属|编外|乡村医生|教师)")


def beyond_norms(case: Case) -> Iterator[Finding]:
    """R40 (heuristic): spending for one car, head, guest or copy that is far beyond what counties pay, without a word on it."""
    norms, explained = load_norms()
    wanted = [norm for norm in norms if norm.form.search(case.flat)]
    told: set[tuple[str, Fraction]] = set()
    for quantity in case.found.quantities if wanted else ():
        if quantity.table or quantity.about in _NOT_SPENT or dimension(quantity.unit) != "money" or not quantity.number:
            continue
        forms = [n for n in wanted if n.form.search(quantity.name)]
        norm = next((n for n in forms if _counted(case, quantity, n)), None)
        before = case.flat[max(quantity.sentence.start, quantity.span.start - _FAR) : quantity.span.start]
        if norm is None or _BUDGET.search(re.split("[。;]|支出|决算|实际", before)[-1]) or not norm.form.search(before):
            continue
        spent = in_unit(quantity, "万元")
        count = _counted(case, quantity, norm)
        if not count or not 1 < spent / count / norm.most < _SLIPPED or explained.search(case.text(quantity.sentence)):
            continue
        if (norm.name, spent) in told:
            continue
        told.add((norm.name, spent))
        each = number(round(spent / count * _TENTHS) / Fraction(_TENTHS)) if norm.most < 1 else number(spent / count)
        one = norm.units[0]
        message = f"{norm.name}{quantity.value}{quantity.unit}，按{count}{one}计每{one}{each}万元，明显偏高，请说明原因"
        yield case.finding("R40", quantity.span, message, severity=Severity.INFO, stated=each)


_SLIPPED = 50  # times: what lies further out is written in another unit (R12)
_NOT_SPENT = ("预算", "目标")
_BUDGET = pattern(r"预算|上年|去年|压减|节约|减少|下降|控制数")
_FAR = 40  # characters before an amount in which it is said to be a budget
_TENTHS = 10_000


def _of_another(case: Case, quantity: Quantity, count: Quantity) -> bool:
    """Whether a count stands in brackets behind another amount of the same sentence: 「培训费4.86万元，其中师资费1.86万元（共6人次）」."""
    opened = case.flat.rfind("(", count.sentence.start, count.span.start)
    if opened < 0 or count.sentence != quantity.sentence or ")" in case.flat[opened : count.span.start]:
        return False
    before = [q for q in case.by_sentence[count.sentence] if q.span.end <= opened and dimension(q.unit) == "money"]
    return bool(before) and before[-1].span.end == opened and before[-1] is not quantity


def _counted(case: Case, quantity: Quantity, norm: Norm) -> int:
    """For how many it was spent: told in its sentence, in its paragraph or anywhere once; else those in post; 0 where it is not told."""
    units = [
        q
        for q in case.found.quantities
        if q.unit in norm.units and q.number >= 1 and not q.table and not _of_another(case, quantity, q)
    ]
    told = [
        q for q in units if norm.of.search(case.flat[max(q.sentence.start, q.span.start - _LEAD) : q.span.end + _LEAD])
    ]
    own = [q for q in told if q.sentence == quantity.sentence]
    if own:
        return int(max(q.number for q in own))
    if norm.units == ("辆",) and len({q.number for q in told}) == 1:
        owned = [q for q in units if _OWNED.search(case.flat, max(q.sentence.start, q.span.start - _FAR), q.span.start)]
        return int(max(q.number for q in (*told, *owned)))  # of all fleets, where one is told apart from the other
    if norm.staff:
        people = [q.number for name in ("在编人数", "年末实有人数", "在职人数") for q in case.quantities(name)]
        return int(max(people)) if people else 0
    return 0


_OWNED = pattern(r"(?:实有|保有|现有|共有|在用|年末|有车|平台车辆|用车)[^,。;、\d]{0,6}$")
_LEAD = 8  # characters about a count in which its words stand
