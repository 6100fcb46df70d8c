"""Points outside the tree: bonus and deduction by tariff, by cap, or on the department's word."""

from collections.abc import Mapping
from fractions import Fraction

from hengji.model.filing import Claim, Filing
from hengji.model.numerals import fraction, plain
from hengji.model.rules import Tariff
from hengji.model.scorecard import ExtraScore, Standing, Trace, TraceStep
from hengji.model.system import Extra
from hengji.scoring.evaluate import condition
from hengji.scoring.facts import Facts, RowScope
from hengji.scoring.results import Missing

_YEAR_COLUMN, _DATE_COLUMN, _ISSUER_COLUMN = "年度", "日期", "颁发单位"


def score_extra(extra: Extra | None, claim: Claim | None, filing: Filing, facts: Facts) -> ExtraScore | None:
    """What a bonus or deduction comes to before the scope caps it; None where there is neither tariff nor claim.

    With a tariff and a countable register it is computed, one honour once; otherwise the department's claim stands.
    """
    if extra is None:
        return None
    claimed = None if claim is None else fraction(claim.score)
    rows = facts.rows(extra.tariff.register) if extra.tariff else Missing(("没有公开的加扣分标准",))
    if isinstance(rows, Missing) or extra.tariff is None:
        if claimed is None:
            return None
        why = rows.why if isinstance(rows, Missing) else ()
        score, capped = _capped(claimed, extra.cap)
        sentence = f"{extra.name}由单位自评为{plain(claimed)}分；{'；'.join(why)}，未核实。"
        return ExtraScore(extra.name, score, Standing.CLAIMED, capped, claimed, Trace(missing=why, sentence=sentence))
    total, steps, notes = _priced(extra.tariff, list(rows), filing)
    score, capped = _capped(total, extra.cap)
    sentence = (
        f"{extra.name}按标准计{plain(total)}分" + (f"，按上限{plain(score)}分计" if capped is not None else "") + "。"
    )
    return ExtraScore(
        extra.name, score, Standing.COMPUTED, capped, claimed, Trace(steps=steps, sentence=sentence, notes=notes)
    )


def _capped(score: Fraction, cap: Fraction | None) -> tuple[Fraction, Fraction | None]:
    """The score within its cap, and what it was where the cap cut it."""
    return (cap, score) if cap is not None and score > cap else (score, None)


def _priced(
    tariff: Tariff, rows: list[RowScope], filing: Filing
) -> tuple[Fraction, tuple[TraceStep, ...], tuple[str, ...]]:
    prices = dict(tariff.points)
    steps: list[TraceStep] = []
    notes: list[str] = []
    best: dict[str, Fraction] = {}
    for row in rows:
        name = row.stated(tariff.distinct) if tariff.distinct else ""
        title = name or f"第{row.number}行"
        reason = _refused(row, tariff, prices, filing)
        price = prices.get(row.stated(tariff.by), Fraction(0))
        key = name or f"#{row.number}"
        if not reason and key in best:
            reason = "同一事项只计一次，取最高"
            best[key] = max(best[key], price)
        elif not reason:
            best[key] = price
        if reason:
            notes.append(f"“{title}”{reason}")
        steps.append(
            TraceStep(title, row.stated(tariff.by), "", reason or f"{plain(price)}分", tariff.register, not reason)
        )
    return sum(best.values(), Fraction(0)), tuple(steps), tuple(notes)


def _refused(row: RowScope, tariff: Tariff, prices: Mapping[str, Fraction], filing: Filing) -> str:
    """Why a row earns nothing, or an empty text."""
    if tariff.where is not None and condition(tariff.where.tree, row) is not True:
        return "不在计分范围内，不计"
    if why := _of_another_year(row, filing.year):
        return why
    if row.stated(_ISSUER_COLUMN) == filing.department:
        return "由本单位自己颁发，不计"
    level = row.stated(tariff.by)
    return "" if level in prices else f"的{tariff.by}“{level}”不在标准里，不计"


def _of_another_year(row: RowScope, year: int) -> str:
    """Why a row does not belong to the year, or an empty text.

    What the row says of its year decides; an honour for a year may be dated later, never earlier. Without it the date does.
    """
    stated = row.stated(_YEAR_COLUMN).removesuffix("年度").removesuffix("年")
    if stated and stated != str(year):
        return f"是{stated}年度的，不计入{year}年度"
    dated = row.stated(_DATE_COLUMN)[:4]
    if not dated.isdigit() or dated == str(year) or (stated and int(dated) > year):
        return ""
    said = f"年度写的是{stated}，不计" if stated else "没有写是哪一年度的，不计"
    return f"的日期在{dated}年，{said}"
