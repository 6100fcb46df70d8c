"""R03 for the grade: the grade a report gives itself against the scale that it prints, however it prints it."""

import itertools
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

from hengji.auditing.case import Case
from hengji.auditing.numbers import number
from hengji.auditing.scores.totals import plausible_totals
from hengji.model.extraction import Span
from hengji.model.finding import Finding, Severity
from hengji.model.numerals import CHINESE, read_chinese
from hengji.model.patterns import pattern

_ONE_WORD = {"优秀": "优", "良好": "良", "中等": "中", "较差": "差", "一般": "中"}
_GRADE = pattern(
    r"不合格|合格|优秀|良好|中等|较差|一般|(?<![\u4e00-\u9fff])[优良中差](?!\w)|(?<=[为属是定评级下上])[优良中差](?![\u4e00-\u9fff])|(?<=分)[优良中差](?!\w)"
)
_BOUND = pattern(
    rf"(?<![\d.])(?:\d{{2,3}}(?:\.\d+)?|{CHINESE}(?=分|[至到]|\(|以|及))(?![\d.]|\s?(?:%|份|人|个|年|月|日|项))"
)
_SCALED = pattern(
    r"(?:优|良|合格)[^\n]{0,300}(?:以上|以下|≥|≤|<|>|至|到|[-—~～]|不低于|不足|含)|(?:以上|≥|≤|不低于|[至到—~～-])[^\n]{0,40}(?:优|良|合格)"
)
_AT_LEAST = pattern(r"以上|≥|≧|不低于|大于|高于|超过|达到|>|起")
_BELOW = pattern(r"以下|<|≤|低于|不足|不满|小于|未达")
_BEYOND = pattern(r"不含|大于(?!等于|或)|高于|超过|>(?!=)")
_CLAUSE = pattern(r"[,;。、:|\t\n()]|(?<=[优良中差])\s|(?<=合格)\s")
_LEAST = Decimal(40)  # points: no grade but the lowest begins below
_HUNDRED = Decimal(100)


def grade_fits(case: Case) -> Iterator[Finding]:
    """R03: the grade is the one that the printed scale gives for the total."""
    grade, claimed = case.found.totals.grade, plausible_totals(case).claimed
    if grade is None or claimed is None:
        return
    told, total = _ONE_WORD.get(grade.value, grade.value), min(Decimal(claimed.value), _HUNDRED)
    scales = list(_scales(case))
    if not scales and told in _USUAL and not _OWN_BANDS.search(case.flat):
        yield from _against_the_usual(case, grade.span, told, total)
    scale = next((s for s in scales if told in s or len(s) == 1), None)
    expected = _graded(scale, total) if scale else None
    if scale is None or expected is None or expected == told:
        return
    printed = "，".join(
        f"{name}{number(low)}分起" for name, low in sorted(scale.items(), key=lambda band: -band[1]) if low
    )
    yield case.finding(
        "R03",
        Span(grade.span.start, grade.span.end),
        f"得分{number(Decimal(claimed.value))}分，等级写“{grade.value}”；按报告所列等级标准（{printed}）应为“{expected}”",
        stated=grade.value,
        recomputed=expected,
    )


# 《项目支出绩效评价管理办法》（财预〔2020〕10号）：优（90分及以上）、良（80至90分）、中（60至80分）、差（60分以下）
_USUAL = {"优": Decimal(90), "良": Decimal(80), "中": Decimal(60), "差": Decimal(0)}
_NEAR = 2  # points from a bound, which another scale may have a little elsewhere
_OWN_BANDS = pattern(
    r"(?:优秀?|良好?|中|合格)[^。;\n]{0,12}(?:\d{2,3}\s?分?\s?(?:以上|及以上|以下|[-—~至])|[≥>])|等[级次]标准|评定标准"
)


def _against_the_usual(case: Case, grade: Span, told: str, total: Decimal) -> Iterator[Finding]:
    """A grade where the report prints no scale: against the usual one, as a doubt."""
    usual = next(name for name, low in _USUAL.items() if total >= low)
    near = any(abs(total - low) < _NEAR for low in _USUAL.values())
    if usual != told and not near and "折算" not in case.flat:
        message = f"得分{number(total)}分，等级写“{told}”；报告没有印等级标准，按通行的标准（90分以上为优、80分以上为良、60分以上为中）应为“{usual}”"
        yield case.finding("R03", grade, message, severity=Severity.WARNING, stated=told, recomputed=usual)


def _graded(scale: Mapping[str, Decimal], total: Decimal) -> str | None:
    """The grade of the highest bound that the total reaches; None where it reaches none that is printed."""
    reached = [(low, name) for name, low in scale.items() if total >= low]
    if not reached:
        return None
    low, name = max(reached)
    return name if low > 0 or len(scale) > 1 else None


def _scales(case: Case) -> Iterator[dict[str, Decimal]]:
    """The scales of paragraphs and tables, the one beside the grade first."""
    grade = case.found.totals.grade
    texts: list[tuple[int, str]] = []
    for span in case.found.paragraphs:
        text = case.flat[span.start : span.end]
        if ("优" in text or "良" in text or "合格" in text) and _SCALED.search(text):
            texts.append((abs(span.start - (grade.span.start if grade else 0)), text))
    single: list[dict[str, Decimal]] = []
    for _, text in sorted(texts):
        scale = read_scale(text)
        if len(scale) > 1:
            yield scale
        elif scale:
            single.append(scale)
    for grid in case.grids:
        rows = "\n".join(" ".join(line) for line in grid.lines)
        if grid.rows <= len("优良中差合格不合格") and _SCALED.search(rows.replace("\n", " ")):
            scale = read_scale(rows)
            if len(scale) > 1:
                yield scale
    yield from single


def read_scale(text: str) -> dict[str, Decimal]:
    """Grade -> its lowest score, from a text in one spelling; empty where it prints no scale, or one that does not fall.

    「90分（含）以上为优」, 「优（≥90）」, 「90（含）—100分为优」, 「80分及以上不足90分为良」, 「优：90—100分」, numerals in Chinese.
    """
    told: list[tuple[str | None, Decimal | None]] = []
    for clause in _clauses(text):
        grades = {_ONE_WORD.get(g, g) for g in _GRADE.findall(clause)}
        low = _lowest(clause, _bounds(clause))
        if len(grades) < len(("优", "良")) and (grades or low is not None):
            told.append((next(iter(grades), None), low))
    found = dict(reversed([(g, low) for g, low in told if g is not None and low is not None]))
    if len(found) * 2 < len(told):
        found = _paired(told)
    return found if _falls(found) else {}


def _paired(told: list[tuple[str | None, Decimal | None]]) -> dict[str, Decimal]:
    """Grades and bounds that stand in clauses of their own, in whichever order: 「优：90分以上；良：80—90分」."""
    first = next((g is not None for g, low in told if (g is None) != (low is None)), True)
    pairs = itertools.pairwise(told)
    joined = [(a[0], b[1]) if first else (b[0], a[1]) for a, b in pairs if (b[0] is None if first else a[0] is None)]
    whole = [*joined, *told]
    return dict(reversed([(g, low) for g, low in whole if g is not None and low is not None]))


def _clauses(text: str) -> list[str]:
    """The clauses of a scale: brackets that only say whether a bound is meant (含) stay with their number."""
    plain = re.sub(r"\((不?含)(?:\d+分?|本数)?\)", r"\1", text)
    return [clause.strip() for clause in _CLAUSE.split(re.sub(r"[\"'「」]", "", plain)) if clause.strip()]


def _bounds(clause: str) -> list[Decimal]:
    numbers = [read_chinese(match[0]) for match in _BOUND.finditer(clause)]
    return [n for n in numbers if n is not None and _LEAST <= n <= _HUNDRED]


def _lowest(clause: str, bounds: list[Decimal]) -> Decimal | None:
    """The least score of a band, None where the clause is no band."""
    if not bounds:
        return None
    if len(set(bounds)) > 1:
        return min(bounds)
    if _AT_LEAST.search(clause):
        return None if _BEYOND.search(clause) else bounds[0]
    return Decimal(0) if _BELOW.search(clause) else None


def _falls(scale: Mapping[str, Decimal]) -> bool:
    """Whether better grades begin higher, so that the scale was read rightly."""
    order = [name for name in ("优", "良", "中", "合格", "差", "不合格") if name in scale]
    lows = [scale[name] for name in order]
    return all(a > b for a, b in itertools.pairwise(lows)) and ("优" in scale or len(scale) > 1)
