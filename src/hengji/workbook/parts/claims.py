"""自评得分: the scores a department claims, why, and what it declares not to be assessed."""

from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from hengji.model.filing import Claim, Exemption, Filing, Total
from hengji.model.item import ItemType
from hengji.model.numerals import plain, read_decimal
from hengji.model.system import IndicatorSystem
from hengji.workbook import formats as look
from hengji.workbook import layout
from hengji.workbook.faults import claim_fault
from hengji.workbook.grid import column_letter
from hengji.workbook.pages import Page, Pages, lines
from hengji.workbook.sheets import Sheets
from hengji.workbook.table import Table

_SHEET = layout.CLAIMS
_FIRST_ROW = 3
_WIDTHS = [each.width for each in _SHEET.fields]
_EXEMPT = "不考核"
_TOTAL_NOTES = {
    Total.BASE: "各项指标得分之和；不填由系统加",
    Total.BONUS: "没有加分标准时在这里申报",
    Total.DEDUCTION: "填正数",
    Total.TOTAL: "封顶后的总分；不填由系统算",
}


def write_claims(pages: Pages, filing: Filing, system: IndicatorSystem) -> None:
    """Writes the sheet: every leaf, the sum of them, and the parts of the total."""
    page = pages.framed(_SHEET, frozen=2)
    leaves = {leaf.id: leaf for leaf in system.leaves()}
    others = [key for key in (*filing.claims, *filing.exemptions) if key not in leaves and key not in set(Total)]
    keys = [*dict.fromkeys([*leaves, *others])]
    points = [leaf.points for leaf in leaves.values() if leaf.points is not None]
    for row, key in enumerate(keys, start=_FIRST_ROW):
        leaf = leaves.get(key)
        _write_claim(page, row, key, leaf.name if leaf is not None else "", filing)
        if leaf is not None and leaf.points is not None:
            page.given(row, 2, Decimal(plain(leaf.points, 6)))
    sum_row = _FIRST_ROW + len(keys)
    page.texts(sum_row, 0, (layout.SUM, "不用填，加减分和总分在下面"), look.LABEL)
    claimed = sum((filing.claims[key].score for key in keys if key in filing.claims), Decimal(0))
    for column, total in ((2, Decimal(plain(sum(points, Fraction(0)), 6))), (3, claimed)):
        letter = column_letter(column)
        page.formula(sum_row, column, f"=SUM({letter}{_FIRST_ROW + 1}:{letter}{sum_row})", total)
    page.texts(sum_row, 4, [""] * (_SHEET.printed - 4), look.LABEL)
    for number, part in enumerate(Total, start=1):
        _write_claim(page, sum_row + number, str(part), _TOTAL_NOTES[part], filing)
    page.print_to(sum_row + len(Total), _SHEET.printed - 1)


def _write_claim(page: Page, row: int, key: str, name: str, filing: Filing) -> None:
    claim, exemption = filing.claims.get(key), filing.exemptions.get(key)
    page.texts(row, 0, (key, name, ""), look.LABEL)
    page.stated(row, 3, format(claim.score, "f") if claim is not None else "", ItemType.NUMBER)
    page.hint((row, row), 3, name or key, "可以空着：空着按系统计算的得分。与系统不同的，请写理由。")
    texts = (
        claim.reason if claim is not None else "",
        exemption.reason if exemption is not None else "",
        exemption.evidence if exemption is not None else "",
        claim.locator if claim is not None else "",
        claim.quote if claim is not None else "",
    )
    for column, text in enumerate(texts, start=4):
        page.text(row, column, text, look.INPUT if column < _SHEET.printed else look.PROVENANCE)
    widths = (_WIDTHS[1], *_WIDTHS[4:])
    page.height(row, max(lines(text, width) for text, width in zip((name, *texts), widths, strict=True)))


@dataclass(frozen=True, slots=True)
class Claims:
    """What was read: claimed scores and exemptions, by leaf id or part of the total."""

    scores: dict[str, Claim] = field(default_factory=dict)
    exemptions: dict[str, Exemption] = field(default_factory=dict)


def read_claims(sheets: Sheets, system: IndicatorSystem) -> Claims:
    """The scores and exemptions on the sheet."""
    table = sheets.table(_SHEET)
    found = Claims()
    places: dict[str, str] = {}
    known = {indicator.id for indicator, _ in system.walk()} | set(Total)
    for row in table.rows() if table is not None else ():
        assert table is not None
        key = table.text(row, "leaf")
        if key in layout.TOTALS:
            continue
        if key not in known:
            if any(table.text(row, each) for each in ("score", "reason", "exempt")):
                sheets.problem(table.place(row, "leaf"), f"“{key}”不是本体系的指标编号")
            continue
        if key in found.scores or key in found.exemptions:
            sheets.problem(table.place(row, "leaf"), f"指标{key}写了两次，请留一处")
        places[key] = table.place(row, "score")
        _read_row(sheets, table, row, key, found)
    for key, claim in found.scores.items():
        fault = claim_fault(key, claim.score, system, found.exemptions)
        if fault:
            sheets.problem(places[key], fault)
    return found


def _read_row(sheets: Sheets, table: Table, row: int, key: str, found: Claims) -> None:
    text, exempt = table.text(row, "score"), table.text(row, "exempt")
    reason = table.text(row, "reason")
    cell = table.cell(row, "score")
    if cell.trouble:
        sheets.problem(table.place(row, "score"), f"自评得分：{cell.trouble}")
        return
    score = None if text == _EXEMPT else _score(sheets, text, table.place(row, "score"))
    if text == _EXEMPT and not exempt:
        sheets.problem(table.place(row, "exempt"), f"指标{key}写了“{_EXEMPT}”，请在这一格写明不考核的理由")
    if table.text(row, "exempt_evidence") and not exempt:
        sheets.problem(table.place(row, "exempt"), f"指标{key}有不考核佐证，请写明不考核的理由")
    if reason and score is None:
        sheets.notice(table.place(row, "reason"), f"指标{key}写了理由而没有自评得分，理由没有读入")
    if score is not None:
        found.scores[key] = Claim(score, reason, table.text(row, "locator"), table.text(row, "quote"))
    if exempt:
        found.exemptions[key] = Exemption(exempt, table.text(row, "exempt_evidence"))


def _score(sheets: Sheets, text: str, place: str) -> Decimal | None:
    text = text.removesuffix("分").strip()
    if text in ("", "—", "-", "/"):
        return None
    number = read_decimal(text)
    if number is None:
        sheets.problem(place, f"自评得分“{text}”不是数")
    return number
