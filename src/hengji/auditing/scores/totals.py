"""R03: the total is what the claims, the bonus and the deductions make."""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from hengji.auditing.case import Case, once
from hengji.auditing.numbers import number
from hengji.auditing.scores.groups import group_claims, told_groups
from hengji.auditing.scores.points_parted_out import in_points_table
from hengji.auditing.scores.tree import FEW_OPEN, HUNDRED, NAMES_AT_LEAST, beyond_points, many_hundreds, quoted, tables
from hengji.model.extraction import Extra, Stated, Totals
from hengji.model.finding import Finding, Severity
from hengji.model.patterns import pattern


def base_of(case: Case) -> Decimal | None:
    """The sum of the claimed leaves; None where any of them is not known."""
    items = case.found.items
    if (
        not items
        or any(item.claimed is None and not item.not_applicable for item in items)
        or any(i.doubtful for i in items)
    ):
        return None
    if any(item.weighted is not None for item in items):
        return sum(
            (item.weighted if item.weighted is not None else item.claimed or Decimal(0) for item in items), Decimal(0)
        )
    return sum((item.claimed or Decimal(0) for item in items), Decimal(0))


def extras_of(case: Case) -> tuple[Decimal, Decimal] | None:
    """Bonus and deduction as claimed; None where one is named without a number that is not 「无」."""
    bonus = deduction = Decimal(0)
    for extra in case.found.extras:
        if extra.claimed is None and any(_is_under(other.span.start, extra) for other in case.found.extras):
            continue  # a heading over both
        if extra.claimed is None:
            if not re.search(r"无|不涉及|没有|未", case.text(extra.body)):
                return None
            continue
        if _NONE_ASKED.match(case.flat, extra.span.end):
            continue  # 「另设附加分5分，本年没有申报」
        if extra.deduction:
            deduction += extra.claimed
        else:
            bonus += extra.claimed
    return bonus, deduction


def _is_under(place: int, extra: Extra) -> bool:
    """Whether a place stands below a heading, in its own text."""
    return extra.section is not None and extra.span.end <= place < extra.body.end


_NONE_ASKED = pattern(
    r"[,;(]?\s?(?:本年度?|今年|当年|年度内|20\d\d年度?)?(?:我[\u4e00-\u9fff]|本[\u4e00-\u9fff]{1,2})?(?:没有|未|无)(?:申报|申请|涉及|发生|该|此|相关)"
)


def total_holds(case: Case) -> Iterator[Finding]:
    """R03: the stated total is the sum of claims, bonus and deduction, after a cap that is stated; silent where a leaf may not have been read."""
    if not case.certainty.tree:
        yield from list(_told_and_summed(case)) or _against_list(case)
        return
    told_so = list(told_groups(case))
    known = {(slip.stated, slip.recomputed) for slip in told_so}
    of_groups = [slip for slip in group_claims(case) if (slip.stated, slip.recomputed) not in known]
    yield from told_so + of_groups
    slips = told_so + [slip for slip in of_groups if slip.start is not None and case.in_table(slip.start)]
    if len(tables(case)) > 1 and many_hundreds(case):
        yield from _form_by_form(case)
        return
    found = plausible_totals(case)
    base, extras = base_of(case), extras_of(case)
    if base is None or extras is None:
        yield from list(_out_of_reach(case, extras)) or _told_and_summed(case)
        if found.base is not None and found.claimed is not None and extras is not None:
            yield from _against(case, found.claimed, Decimal(found.base.value), *extras)
        elif base is None and found.claimed is not None and extras is not None:
            yield from _against_groups(case, found.claimed, extras[0] - extras[1])
        yield from _totals_agree(case, None)
        return
    bonus, deduction = extras
    raw = base + bonus - deduction
    told = Decimal(found.base.value) if found.base is not None else base
    follows = found.claimed is not None and Decimal(found.claimed.value) == told + bonus - deduction
    scale = told == HUNDRED and found.claimed is not None and Decimal(found.claimed.value) in (base, raw)
    if (
        found.base is not None and told not in (base, raw) and not follows and not scale
    ):  # a total that follows from it is told below
        yield _wrong(case, found.base, "基础分", base, f"各项自评得分之和是{number(base)}分")
    claimed = found.claimed
    wrong = sum((Decimal(slip.stated) - Decimal(slip.recomputed) for slip in slips), Decimal(0))
    beyond = beyond_points(case.found.items)
    if claimed is not None and not (
        slips and Decimal(claimed.value) - raw in (wrong, wrong - beyond)
    ):  # else told of the group already
        yield from _against(case, claimed, base, bonus, deduction)
    yield from _totals_agree(case, raw)


@once
def plausible_totals(case: Case) -> Totals:
    """The printed totals without those that are none: a leaf's score that was taken for one, and a scale of 100 beside the total itself."""
    found = case.found.totals
    items = [i for i in case.found.items if not i.table]
    if any(i.weighted is not None for i in case.found.items):
        return found
    whole = sum((i.claimed or Decimal(0) for i in case.found.items), Decimal(0))
    extras = extras_of(case) or (Decimal(0), Decimal(0))
    raw = whole + extras[0] - extras[1]
    kept = [
        total
        for total in found.all_claimed
        if Decimal(total.value) * 2 > whole and not any(i.span.start <= total.span.start < i.quote.end for i in items)
    ]
    kept = [total for total in kept if not in_points_table(case, total.span.start)]
    bodies = [i.body for i in items]
    outside = [total for total in kept if not any(body.start <= total.span.start < body.end for body in bodies)]
    kept = outside or kept
    if len(kept) > 1 or found.base is not None:
        own = [t for t in kept if not _is_scale(case, t)]
        kept = own or (kept if found.base is None else [])
    right = [total for total in kept if Decimal(total.value) in (raw, whole)]
    if right:
        kept = [t for t in kept if Decimal(t.value) != HUNDRED or HUNDRED in (raw, whole) or raw > HUNDRED]
    kept = [t for t in kept if not (_of_points(case, t, whole) or _of_system(case, t))]
    kept = [t for t in kept if not _of_a_part(case, t)] or kept
    kept = [t for t in kept if not _COMPARED.search(case.flat, max(0, t.span.start - _BEFORE), t.span.start)] or kept
    if len(kept) == len(found.all_claimed):
        return found
    return replace(found, claimed=kept[0] if kept else None, all_claimed=tuple(kept))


def _of_system(case: Case, total: Stated) -> bool:
    """Whether a printed 100 is what a system of indicators has: 「自评采用县财政局统一的指标体系，总分100分」."""
    if not _is_scale(case, total):
        return False
    sentence = case.sentence(total.span.start)
    return _SYSTEM.search(case.flat, sentence.start, total.span.start) is not None


_SYSTEM = pattern(
    r"(?:体系|评分表|评分标准|细则|办法|百分制|指标表)[^。;]{0,12}$|(?:采用|设置|下设|共设|设有)[^。;得]{0,30}$"
)


def _is_scale(case: Case, total: Stated) -> bool:
    """Whether a printed 100 is the scale (「总分100分」) and no score."""
    lead = case.flat[max(0, total.span.start - 6) : total.span.end]
    return (
        Decimal(total.value) == HUNDRED
        and re.search(r"总分|满分", lead) is not None
        and not re.search(r"得|自评|计", lead)
    )


def _scored_again(case: Case, gap: Decimal) -> bool:
    """Whether a leaf of running text tells a last score behind the one that was read, by which the total holds."""
    for item in case.found.items:
        if item.table or item.claimed is None:
            continue
        for match in _LAST_SCORE.finditer(case.flat, item.quote.end, max(item.quote.end, item.body.end)):
            if item.claimed - Decimal(match["n"]) == gap:
                return True
    return False


_LAST_SCORE = pattern(
    r"(?:最后|最终|实际|实|综合|合计|故|共)(?:自评)?(?:得分|得|计)(?:为|是)?\s?(?P<n>\d{1,2}(?:\.\d+)?)\s?分"
)


def _of_points(case: Case, total: Stated, whole: Decimal) -> bool:
    """Whether a 100 in a table is the sum of the points, with that of the scores behind it in its row."""
    if Decimal(total.value) != HUNDRED or not case.in_table(total.span.start):
        return False
    row, _, _ = case.flat[total.span.end :].partition("\n")
    return number(whole) in re.split(r"[\s|分]+", row)


def _of_a_part(case: Case, total: Stated) -> bool:
    """Whether the row of a total tells points of less than the whole right before it: 「合计 | 90 | 88.21」."""
    if not case.in_table(total.span.start):
        return False
    cells = case.flat[case.flat.rfind("\n", 0, total.span.start) + 1 : total.span.start].split("\t")
    told = [cell.strip(" 分") for cell in cells if cell.strip()]
    points = Decimal(told[-1]) if told and _PLAIN.fullmatch(told[-1]) else HUNDRED
    return Decimal(total.value) <= points < HUNDRED


_PLAIN = pattern(r"\d{1,3}(?:\.\d+)?")


def _out_of_reach(case: Case, extras: tuple[Decimal, Decimal] | None) -> Iterator[Finding]:
    """Where a leaf has no score: a total that not even full marks for it could make."""
    items, claimed = case.found.items, plausible_totals(case).claimed
    open_items = [i for i in items if i.claimed is None and not i.not_applicable]
    if claimed is None or extras is None or not open_items or case.found.totals.base is not None:
        return
    if len(open_items) > FEW_OPEN or any(i.points is None or i.doubtful for i in items if i in open_items or i.table):
        return
    known = sum((i.claimed or Decimal(0) for i in items), Decimal(0)) + extras[0] - extras[1]
    most = known + sum((i.points or Decimal(0) for i in open_items), Decimal(0))
    if Decimal(claimed.value) > most:
        names = quoted(i.name for i in open_items)
        yield _wrong(
            case,
            claimed,
            "自评得分",
            most,
            f"各项相加是{number(known)}分，{names}没有得分，得满分也只有{number(most)}分",
        )


def _told_and_summed(case: Case) -> Iterator[Finding]:
    """Where leaves may not have been read, or have no score: the one total of running text against that of a table's last row."""
    found, extras = case.found.totals, extras_of(case)
    values = {Decimal(total.value) for total in found.all_claimed}
    if found.base is not None or extras != (Decimal(0), Decimal(0)) or len(values) != _TWO or HUNDRED in values:
        return
    said = [total for total in found.all_claimed if not case.in_table(total.span.start)]
    rows = [total for total in found.all_claimed if case.in_table(total.span.start)]
    if len(said) != 1 or len(rows) != 1 or abs(Decimal(said[0].value) - Decimal(rows[0].value)) > _SLIP:
        return
    line = case.flat.find("\n", rows[0].span.end)
    if f"{said[0].value}分" in case.flat[rows[0].span.end : line if line >= 0 else len(case.flat)]:
        return  # the row itself tells what comes to it: 「合计84.3，加预算执行9.7分，总分94.0分」
    begin = max(case.sentence(said[0].span.start).start, said[0].span.start - _BEFORE)
    if not _OF_ANOTHER.search(case.flat[begin : said[0].span.start].replace(f"{case.year}年", "")):
        value = Decimal(rows[0].value)
        yield _wrong(case, said[0], "自评得分", value, f"评分表的合计是{number(value)}分")


_TWO = 2


def _against_groups(case: Case, claimed: Stated, beside: Decimal) -> Iterator[Finding]:
    """Where a leaf has no score: the total against the scores of the first groups, which make 100 points."""
    groups = [g for g in case.found.groups if g.section is not None]
    top = min((g.depth for g in groups), default=0)
    first = [g for g in groups if g.depth == top]
    points, claims = [g.points for g in first], [g.claimed for g in first if g.claimed is not None]
    if len(claims) != len(first) or None in points or sum((p for p in points if p), Decimal(0)) != HUNDRED:
        return
    made, value = sum(claims, Decimal(0)) + beside, Decimal(claimed.value)
    if value not in (made, made - beside) and not value == HUNDRED < made and abs(value - made) <= _SLIP:
        yield _wrong(
            case, claimed, "自评得分", made, f"各部分得分相加 {' + '.join(map(number, claims))} = {number(made)}分"
        )


def _against_list(case: Case) -> Iterator[Finding]:
    """Where leaves may not have been read: the total against the scores of the groups that stand behind it with all of their hundred points."""
    claimed, extras = plausible_totals(case).claimed, extras_of(case)
    if claimed is None or extras != (Decimal(0), Decimal(0)) or case.in_table(claimed.span.start):
        return
    listed = _GROUPS.search(case.flat, claimed.span.end, claimed.span.end + _NEAR)
    told = list(_GROUP.finditer(listed[0])) if listed is not None else []
    points, scores = ([Decimal(match[name]) for match in told] for name in ("of", "n"))
    made, value = sum(scores, Decimal(0)), Decimal(claimed.value)
    if sum(points, Decimal(0)) != HUNDRED or any(n > of for n, of in zip(scores, points, strict=True)):
        return
    if value != made and abs(value - made) <= _SLIP:
        why = f"各部分得分相加 {' + '.join(map(number, scores))} = {number(made)}分"
        yield _wrong(case, claimed, "自评得分", made, why)


# 「基础管理（30分）：29.80分」, 「产出（40分）得38.00分」, one behind the other
_ONE_GROUP = r"[\u4e00-\u9fff]{2,10}\((?:满分|分值)?(?P<of>\d{1,2})分\)[:,]?(?:自评|实际)?(?:得分|得)?[为:]?(?P<n>\d{1,2}(?:\.\d{1,2})?)分"
_GROUP = pattern(_ONE_GROUP)
_GROUPS = pattern(rf"(?:{_ONE_GROUP.replace('P<of>', ':').replace('P<n>', ':')}[、,;。\s]*){{3,6}}")
_NEAR = 160  # characters behind a total in which such a list ends
_LEAST = Decimal(5)  # points: no leaf is scored twice with more between
_SLIP = Decimal(10)  # points: more is another reading of the groups


def _form_by_form(case: Case) -> Iterator[Finding]:
    """Several forms in one document: each total against the rows between the total before it and itself."""
    start = 0
    for total in sorted(case.found.totals.all_claimed, key=lambda each: each.span):
        if not case.in_table(total.span.start):
            continue
        items = [i for i in case.found.items if i.table and start <= i.span.start < total.span.start]
        start = total.span.end
        known = [i.weighted if i.weighted is not None else i.claimed for i in items if not i.not_applicable]
        if len(items) < NAMES_AT_LEAST or any(k is None for k in known) or any(i.doubtful for i in items):
            continue
        whole = sum((k for k in known if k is not None), Decimal(0))
        if whole != Decimal(total.value):
            yield _wrong(case, total, "总分", whole, f"本表各项得分之和是{number(whole)}分")


def _against(case: Case, claimed: Stated, base: Decimal, bonus: Decimal, deduction: Decimal) -> Iterator[Finding]:
    value, raw = Decimal(claimed.value), base + bonus - deduction
    derivation = (
        number(base) + (f" + {number(bonus)}" if bonus else "") + (f" − {number(deduction)}" if deduction else "")
    )
    if value == raw or (value == HUNDRED and raw > HUNDRED and case.found.totals.cap is not None):
        return
    groups = sum((g.claimed or Decimal(0) for g in case.found.groups if g.depth == 0), Decimal(0))
    if value == raw - beyond_points(case.found.items) == groups:
        return  # the score of a leaf beyond its points was written wrong, which is told of it
    if _is_scaled(case, value - bonus + deduction, base) or _worked_out(case, claimed, {raw, base}):
        return
    if value == HUNDRED and raw > HUNDRED:
        yield case.finding(
            "R03",
            claimed.span,
            f"自评得分{number(value)}分，而{derivation} = {number(raw)}分；只有100分封顶才能得到，报告没有写明封顶",
            severity=Severity.WARNING,
            stated=number(value),
            recomputed=number(raw),
        )
        return
    if abs(raw - value) < _LEAST and _scored_again(case, raw - value):
        return
    kept = (i for i in case.found.items if i.not_applicable and _COUNTED.search(i.reason or case.text(i.body)))
    if value == raw + sum((i.points or Decimal(0) for i in kept), Decimal(0)):
        return  # points of a leaf that is not assessed, counted as if it were: told of that leaf
    without = base - sum((i.claimed or Decimal(0) for i in case.found.items if i.of_execution), Decimal(0))
    if value in (base, without) and (bonus or deduction or value == without):
        if value == base and (bonus or deduction):
            yield _wrong(
                case, claimed, "自评得分", raw, f"没有计入加减分，{derivation} = {number(raw)}分", Severity.WARNING
            )
        return
    yield _wrong(
        case,
        claimed,
        "自评得分",
        raw,
        f"各项相加 {derivation} = {number(raw)}分" if bonus or deduction else f"各项自评得分之和是{number(raw)}分",
    )


def _worked_out(case: Case, claimed: Stated, known: set[Decimal]) -> bool:
    """Whether the paragraph of a total tells the leaves' sum and what was taken off or added to it: 「原始得分96分，迟报扣1分，最终得分95分」."""
    before = _QUOTED.sub(_blank, case.flat[case.paragraph(claimed.span.start).start : claimed.span.start])
    value = Decimal(claimed.value)
    for told in _TOLD.finditer(before):
        steps = [Decimal(m["n"]) * (-1 if m["sign"] in _LESS else 1) for m in _STEP.finditer(before, told.end())]
        once = sum(dict.fromkeys(steps), Decimal(0))  # 「按迟报扣0.5分的规定，扣减0.5分」
        made = Decimal(told["n"]) + sum(steps, Decimal(0))
        if Decimal(told["n"]) in known and value == HUNDRED < made and _CAPPED.search(before):
            return True
        if Decimal(told["n"]) in known and value - Decimal(told["n"]) in (sum(steps, Decimal(0)), once):
            return True
    return False


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


_QUOTED = pattern(r"\"[^\"]{2,60}\"")  # a rule's words
_TOLD = pattern(r"(?P<n>\d{2,3}(?:\.\d+)?)\s?分")
_LESS = "扣减"
_CAPPED = pattern(
    r"(?:最高|上限|封顶|不超过|不得超过|至多)[^。;]{0,8}100\s?分|100\s?分(?:封顶|为限|为上限)|超出(?:部分|的)?不计"
)
_STEP = pattern(r"(?P<sign>[扣减加])(?:减|除|去|分)?\s?(?P<n>\d{1,2}(?:\.\d+)?)\s?分")


def _is_scaled(case: Case, value: Decimal, base: Decimal) -> bool:
    """Whether a total is the leaves' score in per cent of what those that are assessed are worth; a slip in the points is no other scale."""
    assessed = [item.points for item in case.found.items if not item.not_applicable]
    if None in assessed or not _SCALED.search(case.flat):
        return False
    worth = sum((points for points in assessed if points is not None), Decimal(0))
    other = worth < HUNDRED if case.not_assessed else abs(worth - HUNDRED) >= _APART and _TO_HUNDRED.search(case.flat)
    return bool(worth > 0 and other) and abs(base * HUNDRED / worth - value) <= _ROUNDED


_SCALED = pattern(r"折算|换算|折合")
_TO_HUNDRED = pattern(
    r"(?:百分制|100\s?分)[^。;]{0,12}(?:折算|换算|折合)|(?:折算|换算|折合)[^。;]{0,10}(?:百分|100\s?分)"
)
_APART = 5  # points
_ROUNDED = Decimal("0.05")  # half of a tenth: a total is printed with one place at least


def _wrong(
    case: Case, stated: Stated, name: str, recomputed: Decimal, why: str, severity: Severity | None = None
) -> Finding:
    return case.finding(
        "R03",
        stated.span,
        f"{name}写{number(Decimal(stated.value))}分，{why}",
        severity=severity,
        stated=number(Decimal(stated.value)),
        recomputed=number(recomputed),
    )


_COUNTED = pattern(r"计入总分|直接(?:计入|得|加)|按满分(?:计|得)|视同满分")


def _totals_agree(case: Case, raw: Decimal | None) -> Iterator[Finding]:
    """Totals printed at several places are one number."""
    found = plausible_totals(case)
    if found.claimed is None:
        return
    base = Decimal(found.base.value) if found.base else None
    seen = {Decimal(found.claimed.value)}
    for other in found.all_claimed[1:]:
        value = Decimal(other.value)
        if (
            value in seen
            or value == base
            or (raw is not None and _is_scaled(case, value, raw))
            or (raw is not None and value == raw)
            or value == base_of(case)
            or value == _before_extras(case, Decimal(found.claimed.value))
            or value == _of_indicators(case, raw)
        ):
            continue
        begin = max(case.sentence(other.span.start).start, other.span.start - _BEFORE)
        if _OF_ANOTHER.search(case.flat[begin : other.span.end + 2].replace(f"{case.year}年", "")):
            continue
        if _NOT_OF_THIS.match(case.flat, other.span.end):
            continue
        seen.add(value)
        yield _wrong(
            case, other, "总分", Decimal(found.claimed.value), f"另一处写{number(Decimal(found.claimed.value))}分"
        )


def _before_extras(case: Case, total: Decimal) -> Decimal | None:
    """What a total is without the bonus and the deduction that it holds: 「合计93」 above 「加分项2」 and 「最终得分95」."""
    extras = extras_of(case)
    return total - extras[0] + extras[1] if extras is not None else None


def _of_indicators(case: Case, raw: Decimal | None) -> Decimal | None:
    """What the leaves but budget execution make: a total of the form's second half, 「80分中自评得79分」."""
    execution = next((item for item in case.found.items if item.of_execution and item.claimed is not None), None)
    return raw - (execution.claimed or Decimal(0)) if raw is not None and execution is not None else None


# A total that is not this report's own: of another year, unit, kind of review, or of a part.
_OF_ANOTHER = pattern(
    r"上年|去年|上一?年度|20\d\d年|项目|复核|复评|财政|评审|平均|预计|目标|满分|加分前|基础|不含|下属|所属|第三方|抽查|全[县市区]|[县市区]级|折算|百分制|优|良"
)
# 「自评得分96.42分，其范围不含大队」
_NOT_OF_THIS = pattern(r"[^。;\n]{0,24}(?:不含|不包括|范围不|单独编报|另行编报|无关|不是同一)")
# The total of another year that this one is held against: 「比上年自评得分95分提高2分」.
_COMPARED = pattern(r"[较比与](?:上年|去年|上一?年度|20\d\d年)度?[^,。;\d]{0,10}$")
_BEFORE = 24  # characters before a total in which such a word stands
