"""R12: a target that its rate cannot have: 「按期办结率 | ≥110%」, 「错时开放率≥980%」, 「辍学率≤98%」."""

from collections.abc import Iterator
from fractions import Fraction

from hengji.auditing.case import Case
from hengji.library.rates import load_rates
from hengji.model.extraction import ScoredItem, Span
from hengji.model.finding import Finding, Severity
from hengji.model.patterns import pattern

_WHOLE, _TENFOLD, _HALF = Fraction(100), Fraction(500), Fraction(50)
_RATE = pattern(r"[率度比]$|比例$|比重$")
_SIGN = r"(?:≥|≤|>=|<=|>|<|=|不低于|不少于|不高于|不超过|不小于|不大于|高于|大于|超过|达到?)"
_CELL = pattern(rf"(?P<sign>{_SIGN})?\s?(?P<n>\d{{2,4}}(?:\.\d+)?)\s?%(?:\(含\))?(?P<above>及?以[上下内])?")
_TOLD = pattern(
    rf"(?P<name>[\u4e00-\u9fff\d]{{2,16}}?(?:率|度|比例|比重))(?P<aim>(?:的?(?:年初|年度|绩效|预期|设定)*(?:目标|指标)值?)?)\s?[要应须需为是:]{{0,2}}(?:保持|控制|稳定)?在?"
    rf"(?P<sign>{_SIGN}(?:到)?)?\s?(?P<n>\d{{2,4}}(?:\.\d+)?)\s?%(?:\(含\))?(?P<above>及?以[上下内])?"
)
_PUT_RIGHT = pattern(r"误[写填录印]|笔误|更正|勘误|录入错|填错|写错")
_GIVES = pattern(r"[^,。;]{0,6}(?:满分|[得计扣]\s?\d|不得分)")


def impossible_target(name: str, told: str) -> str:
    """Why a rate cannot have a target that a cell tells; nothing where it can."""
    match = _CELL.fullmatch(told.strip())
    return _why_not(name, Fraction(match["n"])) if match is not None else ""


def _why_not(name: str, number: Fraction) -> str:
    """Why a rate of such a name cannot be aimed at."""
    rates = load_rates()
    if number >= _HALF and name.endswith(rates.small):
        return "这样的率越低越好，目标高得不合情理"
    if number > _WHOLE and rates.never_above_whole(name):
        return "这样的率不会超过100%"
    if _TENFOLD <= number <= _WHOLE * 10 and _RATE.search(name) and not rates.open.search(name):
        return "目标高得不合情理，可能少写了小数点"
    return ""


def impossible_targets(case: Case) -> Iterator[Finding]:
    """R12: targets in rows and in running text that their rates cannot have, each told once."""
    found: dict[tuple[str, str], tuple[str, list[Span]]] = {}
    for name, told, span in (*_of_items(case), *_of_rows(case), *_of_sentences(case)):
        number = _DIGITS.findall(told)[0]
        key = next(
            (k for k in found if k[1] == number and (k[0].endswith(name) or name.endswith(k[0]))), (name, number)
        )
        if key in found:
            found[key][1].append(span)
        elif why := _why_not(name, Fraction(number)):
            found[key] = f"“{name}”的目标{told}，{why}，请核对", [span]
    for (_, number), (message, spans) in found.items():
        yield case.finding(
            "R12", spans[0], message, severity=Severity.WARNING, stated=f"{number}%", also=tuple(spans[1:])
        )


_DIGITS = pattern(r"\d+(?:\.\d+)?")


def _of_items(case: Case) -> Iterator[tuple[str, str, Span]]:
    """The targets of scored rows."""
    for item in case.found.items:
        if item.table and not item.doubtful and _CELL.fullmatch(item.target.strip()):
            yield item.name, item.target.strip(), item.quote


def _of_rows(case: Case) -> Iterator[tuple[str, str, Span]]:
    """The targets of rows that are scored nowhere: a cell with a sign of comparison behind the name of a rate."""
    for grid in case.grids:
        for row in range(grid.rows):
            span = grid.row_span(row)
            if any(_within(item, span) for item in case.found.items):
                continue
            cells = [cell.strip() for cell in grid.lines[row] if cell.strip()]
            for at, cell in enumerate(cells):
                match = _CELL.fullmatch(cell)
                names = [each for each in cells[:at] if _RATE.search(each)]
                if match is not None and match["sign"] and names:
                    yield names[-1], cell, span


def _within(item: ScoredItem, span: Span) -> bool:
    return item.table and item.quote.start < span.end and item.quote.end > span.start


def _of_sentences(case: Case) -> Iterator[tuple[str, str, Span]]:
    """The targets that running text tells, or a cell of several sentences."""
    for match in _TOLD.finditer(case.flat):
        if len(match["n"].split(".")[0]) < len("100") and not match["name"].endswith(load_rates().small):
            continue
        aimed = match["aim"] or match["above"] or (match["sign"] or "达")[0] != "达" or case.aimed_at(match.start())
        sentence = case.text(case.sentence(match.start()))
        if aimed and not _PUT_RIGHT.search(sentence) and not _GIVES.match(case.flat, match.end()):
            told = f"{match['sign'] or ''}{match['n']}%{match['above'] or ''}"
            yield match["name"], told, Span(match.start(), match.end())
