"""R11: rates in the columns of tables, against the columns that they are made of."""

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from functools import lru_cache

from hengji.auditing.case import Case
from hengji.auditing.numbers import number, percent_fits, places
from hengji.extracting.tables.grid import Grid
from hengji.extracting.tables.header_words import header_kind
from hengji.model.finding import Finding
from hengji.model.numerals import fixed, read_decimal
from hengji.model.patterns import pattern

_TWO = 2
_PERCENT = pattern(r"(\d{1,4}(?:\.\d+)?)%?")


def execution_cells(case: Case) -> Iterator[Finding]:
    """The rate column of a table that has budget and spending beside it."""
    for grid in case.grids:
        columns: Mapping[str, int] = {}
        for row in range(grid.rows):
            kinds = money_columns(grid.row(row))
            if {"rate", "spent"} <= kinds.keys():
                columns = kinds
                continue
            headed = {header_kind(text) for text in grid.row(row)}
            if {"target", "actual"} <= headed or {"points", "score"} <= headed or _heads_anew(grid, row, columns):
                columns = {}
            if not {"rate", "spent", "budget"} <= columns.keys():
                continue
            texts = [grid.text(row, columns[key]) for key in ("budget", "spent", "rate")]
            values = [read_decimal(re.sub(r"(?:万元|元|%)$", "", text)) for text in texts]
            if any(value is None for value in values) or not _PERCENT.fullmatch(texts[2]) or "%" in texts[0] + texts[1]:
                continue
            budget, spent, rate = (Fraction(value) for value in values if value is not None)
            if not texts[2].endswith("%") and rate <= _TWO and budget:
                rate *= 100
            if budget == 0 or (rate == 0 and spent == 0):
                continue
            step = Fraction(1, 10 ** len(texts[2].rstrip("%").partition(".")[2]))
            value = spent / budget * 100
            power = next(
                (p for p in (10, 100, 1000, 10_000) if abs(value / p - rate) <= step or abs(value * p - rate) <= step),
                0,
            )
            if power:
                odd = "spent" if spent > budget else "budget"
                message = f"这里写{texts[1 if odd == 'spent' else 0]}，与同一行的数相差约{power}倍，执行率{texts[2]}却是对的，可能是单位写错"
                yield case.finding(
                    "R12", grid.span(row, columns[odd]), message, stated=texts[1 if odd == "spent" else 0]
                )
                continue
            wrong = abs(value - rate) > max(step, Fraction(1, 100)) * Fraction(6, 10) and not 0 <= value - rate < step
            beside = [text for column, text in enumerate(grid.row(row)) if column not in columns.values()]
            stated = (rate, places(texts[2].rstrip("%")))
            if wrong and any(percent_fits(*stated, spent, other) for other in _of_no_budget(grid, row, columns)):
                continue  # over what could be spent in all
            if wrong and not _over_what_was_added(beside, budget, spent, stated):
                added = _added(grid, row, columns)
                whole = f"({texts[0]} + {number(added, 6)})" if added else texts[0]
                shown = number(spent / (budget + added) * 100)
                message = f"执行率写{texts[2]}，按{texts[1]} ÷ {whole}计算是{shown}%"
                place = grid.span(row, columns["rate"])
                yield case.finding("R11", place, message, stated=texts[2], recomputed=f"{shown}%")


def _over_what_was_added(beside: list[str], budget: Fraction, spent: Fraction, rate: tuple[Fraction, int]) -> bool:
    """Whether the rate is over the budget with another amount of its row added or taken off: 「年初预算 | 追加 | 支出 | 执行率」."""
    bottoms = (
        bottom for other in _amounts(beside) for bottom in (budget + other, budget - other) if other and bottom > 0
    )
    return any(percent_fits(*rate, spent, bottom) for bottom in bottoms)


def _added(grid: Grid, row: int, columns: Mapping[str, int]) -> Fraction:
    """What a row tells under a header of additions to the first budget, where that alone stands beside it: 「年初预算 | 追加」."""
    others = [c for c in range(len(grid.row(row))) if c not in columns.values()]
    added = [_amounts([grid.text(row, c)]) for c in others if _ADDITIONS.fullmatch(_header_above(grid, row, c))]
    return added[0][0] if len(added) == 1 and len(added[0]) == 1 else Fraction(0)


_ADDITIONS = pattern(r"(?:年中|本年)?(?:追加|调增|增加)(?:预算)?(?:数|额)?(?:\(万元\))?")


def _amounts(texts: Iterable[str]) -> list[Fraction]:
    return [Fraction(value) for text in texts if (value := read_decimal(text.removesuffix("万元"))) is not None]


def _of_no_budget(grid: Grid, row: int, columns: Mapping[str, int]) -> list[Fraction]:
    """The amounts of a row under headers that are no budget's: 「可用合计」, 「到位数」."""
    others = (c for c in range(len(grid.row(row))) if c not in columns.values())
    texts = (grid.text(row, c) for c in others if header_kind(_header_above(grid, row, c)) != "budget")
    return [amount for amount in _amounts(texts) if amount > 0]


def _header_above(grid: Grid, row: int, column: int) -> str:
    """The nearest words above a cell."""
    above = (grid.text(each, column) for each in range(row - 1, -1, -1))
    return next((text for text in above if _WORDS.search(text)), "")


def _heads_anew(grid: Grid, row: int, columns: Mapping[str, int]) -> bool:
    """Whether a row without any figure has words where the columns had theirs: the header of another table of the sheet."""
    texts = [grid.text(row, column) for column in columns.values()]
    return (
        len(texts) > 1
        and all(_WORDS.search(text) for text in texts[-_TWO:])
        and not any(map(_BARE.fullmatch, grid.row(row)))
    )


_WORDS = pattern(r"[\u4e00-\u9fff]{2}")
_BARE = pattern(r"-?\d[\d,]*(?:\.\d+)?%?")
_FIGURE = pattern(r"[≥≤=><]*\s*(?P<n>\d[\d,]*(?:\.\d+)?)")
_NUMBERS = pattern(r"\d[\d,.]*")


def completion_cells(case: Case) -> Iterator[Finding]:
    """The completion-rate column of a table of indicators: what was achieved over its target."""
    for grid in case.grids:
        columns: Mapping[str, int] = {}
        for row in range(grid.rows):
            kinds = [header_kind(text) for text in grid.row(row)]
            if {"target", "actual", "rate"} <= set(kinds):
                columns = {kind: column for column, kind in reversed(list(enumerate(kinds)))}
                continue
            if not columns or _heads_anew(grid, row, columns):
                columns = {}
                continue
            texts = [grid.text(row, columns[key]) for key in ("target", "actual", "rate")]
            found = [_FIGURE.match(text) if len(_NUMBERS.findall(text)) == 1 else None for text in texts]
            values = [read_decimal(match["n"]) if match else None for match in found]
            if any(value is None or value == 0 for value in values) or not texts[2].endswith("%"):
                continue
            target, actual, rate = (Fraction(value) for value in values if value is not None)
            step = Fraction(1, 10 ** len(texts[2].rstrip("%").partition(".")[2]))
            value = actual / target * 100
            capped = rate == 100 and (value > 100 or (texts[0].startswith(("≤", "<")) and value <= 100))
            if abs(value - rate) > step and abs(target / actual * 100 - rate) > step and not capped:
                shown = number(value)
                message = f"完成率写{texts[2]}，按{texts[1]} ÷ {texts[0]}计算是{shown}%"
                yield case.finding("R11", grid.row_span(row), message, stated=texts[2], recomputed=f"{shown}%")


_MOST_ROWS = 60
_TAUGHT = 3  # rows of a table that show by their figures how its percentages come about


def taught_columns(case: Case) -> Iterator[Finding]:
    """A column of percentages that two other columns give in every row but one: 「家长 200 188 96.00%」 among rows that hold."""
    for grid in case.grids:
        rated = [row for row in range(min(grid.rows, _MOST_ROWS)) if any(text[-1:] == "%" for text in grid.row(row))]
        rows = [(row, *row_figures(grid, row)) for row in (rated if len(rated) >= _TAUGHT else ())]
        columns = {column for _, rates, _ in rows for column in rates}
        for column in columns:
            told = [
                (row, rates[column], figures)
                for row, rates, figures in rows
                if column in rates and len(figures) >= _TWO
            ]
            if len(told) < _TAUGHT:
                continue
            for top, bottom in itertools.permutations(sorted({c for _, _, figures in told for c in figures}), _TWO):
                if header_kind(_header_above(grid, told[0][0], top)) in ("score", "weighted"):
                    continue  # a score in proportion, which R06 holds
                both = [(row, rate, f[top], f[bottom]) for row, rate, f in told if top in f and f.get(bottom)]
                wrong = [each for each in both if not is_ratio(*each[1:]) and not _makes_top(*each[1:])]
                plain = sum(1 for _, rate, a, b in both if a != b and a and b)
                own = next(f for row, _, f in told if not wrong or row == wrong[0][0])
                if len(both) >= _TAUGHT and len(wrong) == 1 and plain >= _TAUGHT and not _made(wrong[0][1], own):
                    row, rate, a, b = wrong[0]
                    shown = number(a / b * 100)
                    message = f"写{rate}%，按这一行的{number(a, 6)} ÷ {number(b, 6)}计算是{shown}%，其他各行都对"
                    yield case.finding(
                        "R11", grid.span(row, column), message, stated=f"{rate}%", recomputed=f"{shown}%"
                    )


def _makes_top(rate: str, top: Fraction, bottom: Fraction) -> bool:
    """Whether the figure above is what the rate makes of the one below, rounded as a score is: 8 points at 94.44% are 7.56."""
    return any(Fraction(fixed(bottom * _stated(rate) / 100, digits)) == top for digits in (1, 2))


_SHARE_HEADER = pattern(r"[\u4e00-\u9fff]{0,6}(?:占比|比重|构成比|占总[\u4e00-\u9fff]{1,4}(?:的)?比[例重])(?:\(%\))?")


def share_columns(case: Case) -> Iterator[Finding]:
    """「原值 | 占比」: each row's amount over the total's, where all rows but one show it."""
    for grid in case.grids:
        for row in range(min(grid.rows, _TAUGHT)):
            for column, text in enumerate(grid.row(row)):
                if column == 0 or not _SHARE_HEADER.fullmatch(text):
                    continue
                rows = [(r, *row_figures(grid, r)) for r in range(row + 1, min(grid.rows, _MOST_ROWS))]
                both = [
                    (r, rates[column], f[column - 1]) for r, rates, f in rows if column in rates and column - 1 in f
                ]
                whole = next((amount for _, rate, amount in both if Fraction(rate) == _HUNDRED), None)
                if whole is None or not whole:
                    continue
                wrong = [(r, rate, amount) for r, rate, amount in both if not is_ratio(rate, amount, whole)]
                if len(wrong) == 1 and len(both) > _TAUGHT:
                    r, rate, amount = wrong[0]
                    shown = number(amount / whole * 100)
                    message = f"占比写{rate}%，按这一行的{number(amount, 6)} ÷ 合计{number(whole, 6)}计算是{shown}%"
                    yield case.finding("R11", grid.span(r, column), message, stated=f"{rate}%", recomputed=f"{shown}%")


_HUNDRED = 100
_RATE_HEADER = pattern(r"(?P<stem>[\u4e00-\u9fff]{2,8})率(?:\(%\))?")


def named_columns(case: Case) -> Iterator[Finding]:
    """「检查家次 | 合格家次 | 合格率」: the rate's own name is its numerator's column, the one before it the whole; some row shows it."""
    for grid in case.grids:
        for row in range(min(grid.rows, _TAUGHT)):
            header = grid.row(row)
            for column, text in enumerate(header):
                match = _RATE_HEADER.fullmatch(text)
                tops = [c for c in range(column) if match is not None and header[c].startswith(match["stem"])]
                if len(tops) != 1 or tops[0] == 0:
                    continue
                rows = [(r, *row_figures(grid, r)) for r in range(row + 1, min(grid.rows, _MOST_ROWS))]
                both = [
                    (r, rates[column], figures[tops[0]], figures[tops[0] - 1])
                    for r, rates, figures in rows
                    if column in rates and tops[0] in figures and figures.get(tops[0] - 1)
                ]
                wrong = [each for each in both if not is_ratio(*each[1:])]
                right = sum(1 for each in both if each not in wrong and each[2] != each[3])
                own = next((f for r, _, f in rows if wrong and r == wrong[0][0]), {})
                beyond = any(each[2] > each[3] for each in both if each not in wrong)  # more was done than aimed at
                within = wrong and (wrong[0][2] <= wrong[0][3] or beyond)
                if len(wrong) == 1 and right and within and not _made(wrong[0][1], own):
                    r, rate, a, b = wrong[0]
                    shown = number(a / b * 100)
                    message = f"写{rate}%，按这一行的{number(a, 6)} ÷ {number(b, 6)}计算是{shown}%"
                    yield case.finding("R11", grid.span(r, column), message, stated=f"{rate}%", recomputed=f"{shown}%")


def row_figures(grid: Grid, row: int) -> tuple[dict[int, str], dict[int, Fraction]]:
    """The percentages of a row and its other figures, by column."""
    rates: dict[int, str] = {}
    figures: dict[int, Fraction] = {}
    for column, text in enumerate(grid.row(row)):
        value = read_decimal(text.rstrip("%人份户家万元")) if text[:1].isdigit() else None
        if value is not None and text.endswith("%"):
            rates[column] = text[:-1]
        elif value is not None:
            figures[column] = Fraction(value)
    return rates, figures


def _made(rate: str, figures: Mapping[int, Fraction]) -> bool:
    """Whether some two figures of a row give its rate."""
    return any(b and a < b and is_ratio(rate, a, b) for a, b in itertools.permutations(figures.values(), _TWO))


def is_ratio(rate: str, top: Fraction, bottom: Fraction) -> bool:
    """Whether a percentage is what one figure is of another."""
    return percent_fits(_stated(rate), places(rate), top, bottom)


@lru_cache(maxsize=1024)  # it is held against every pair of figures
def _stated(rate: str) -> Fraction:
    return Fraction(rate.replace(",", ""))


@lru_cache(maxsize=1024)  # several checks ask it of every row
def money_columns(texts: tuple[str, ...]) -> Mapping[str, int]:
    """Budget (the year's adjusted one before the first one), spending and rate by their headers."""
    found: dict[str, int] = {}
    for column, text in enumerate(texts):
        kind = header_kind(text)
        if kind in ("rate", "spent"):
            found.setdefault(kind, column)
        elif kind == "budget" and ("budget" not in found or re.search("全年|调整", text)):
            found["budget"] = column
    return found
