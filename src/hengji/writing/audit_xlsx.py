"""The reviewer's workbook: conclusion, report level, indicator level, format list; position, fact, advice, basis."""

import io
from collections.abc import Sequence

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from hengji.auditing import Audit
from hengji.library.check_texts import load_checks
from hengji.model.extraction import KIND_CN
from hengji.model.finding import SEVERITY_CN, Finding, Severity
from hengji.writing.audit_data import decimal

GRAVITY = {Severity.ERROR: "P0", Severity.WARNING: "P1", Severity.INFO: "P2", Severity.STYLE: "P3"}
_FORM_CODES = ("R27", "R31", "R38", "R39", "R41")
_HEADS = (
    "序号",
    "文件",
    "部门",
    "级别",
    "规则",
    "名称",
    "位置",
    "事实",
    "原文",
    "报告写",
    "核算",
    "建议",
    "依据",
    "处理意见",
)
_WIDTHS = (6, 22, 18, 8, 7, 18, 16, 46, 34, 14, 14, 38, 24, 20)
_ITEM_HEADS = ("文件", "部门", "指标", "上级", "分值", "自评得分", "系统得分", "不考核", "发现", "结论")
_MOST = 32_000  # characters of a cell
_LINE, _ROOM, _MOST_LINES = 15, 4, 20
_NARROW = 0x2E7F  # characters up to here are one column wide
_CONCLUSION = (24, 20, 20, 8, 10, 10, 10, 8, 8, 8, 8, 12, 46)
_ITEM = (22, 18, 26, 26, 8, 10, 10, 8, 30, 8)


def audits_workbook(audits: Sequence[Audit], failures: Sequence[tuple[str, str]] = ()) -> bytes:
    """The workbook's bytes. Text that begins with = + - @ stays text."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(
        stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    ) as book:
        head = book.add_format(
            {
                "bold": True,
                "border": 1,
                "text_wrap": True,
                "valign": "vcenter",
                "align": "center",
                "bg_color": "#F4F6F8",
            }
        )
        cell = book.add_format({"border": 1, "text_wrap": True, "valign": "top"})
        _conclusions(_sheet(book, "结论", _CONCLUSION), audits, failures, head, cell)
        listed = [(a, f) for a in audits for f in a.findings]
        report = [(a, f) for a, f in listed if not f.item and f.code not in _FORM_CODES]
        leaves = [(a, f) for a, f in listed if f.item and f.code not in _FORM_CODES]
        _findings(_sheet(book, "报告层面", _WIDTHS), report, head, cell)
        _findings(_sheet(book, "指标层面", _WIDTHS), leaves, head, cell)
        _items(_sheet(book, "指标一览", _ITEM), audits, head, cell)
        _findings(_sheet(book, "格式清单", _WIDTHS), [(a, f) for a, f in listed if f.code in _FORM_CODES], head, cell)
    return stream.getvalue()


def _sheet(book: xlsxwriter.Workbook, name: str, widths: Sequence[int]) -> Worksheet:
    sheet = book.add_worksheet(name)
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    return sheet


def _line(sheet: Worksheet, row: int, values: Sequence[object], form: Format, widths: Sequence[int] = ()) -> None:
    """Writes a row, as high as its longest wrapped cell needs (a spreadsheet program that prints does not grow it)."""
    for column, value in enumerate(values):
        if isinstance(value, int):
            sheet.write_number(row, column, value, form)
        else:
            sheet.write_string(row, column, "" if value is None else str(value)[:_MOST], form)
    if widths:
        lines = max(
            -(-_columns(str(value or "")) // max(1, width - 1)) for value, width in zip(values, widths, strict=True)
        )
        sheet.set_row(row, _LINE * min(max(lines, 1), _MOST_LINES) + _ROOM)


def _columns(text: str) -> int:
    return sum(2 if ord(character) > _NARROW else 1 for character in text)


def _conclusions(
    sheet: Worksheet, audits: Sequence[Audit], failures: Sequence[tuple[str, str]], head: Format, cell: Format
) -> None:
    _line(
        sheet,
        0,
        ("文件", "部门", "材料", "年度", "自评得分", "等次", "各项相加", *GRAVITY.values(), "结论", "说明"),
        head,
    )
    row = 1
    for audit in audits:
        found, counts = audit.found, audit.counts()
        verdict = (
            "P0"
            if counts[Severity.ERROR]
            else "P1"
            if counts[Severity.WARNING]
            else "P2"
            if counts[Severity.INFO]
            else "通过"
        )
        standing = audit.scorecard.totals.sentence if audit.scorecard is not None and audit.scorecard.totals else ""
        summed = (
            sum((item.claimed for item in found.items if item.claimed is not None), start=0) if found.items else None
        )
        _line(
            sheet,
            row,
            (
                found.document.file,
                found.department,
                KIND_CN[found.kind],
                found.year or "",
                found.totals.claimed.value if found.totals.claimed else "",
                found.totals.grade.value if found.totals.grade else "",
                "" if summed is None else str(summed),
                *(counts[severity] for severity in GRAVITY),
                verdict,
                "；".join(
                    part for part in (found.kind_reason, standing, *found.document.unread, *found.doubts) if part
                ),
            ),
            cell,
            _CONCLUSION,
        )
        row += 1
    for file, why in failures:
        _line(sheet, row, (file, "", "", "", "", "", "", "", "", "", "", "读不出", why), cell, _CONCLUSION)
        row += 1


def _findings(sheet: Worksheet, listed: Sequence[tuple[Audit, Finding]], head: Format, cell: Format) -> None:
    _line(sheet, 0, _HEADS, head)
    for row, (audit, finding) in enumerate(listed, 1):
        title = load_checks()[finding.code].title if finding.code in load_checks() else ""
        _line(
            sheet,
            row,
            (
                row,
                audit.found.document.file,
                audit.found.department,
                f"{GRAVITY[finding.severity]} {SEVERITY_CN[finding.severity]}",
                finding.code,
                title,
                "；另见".join((finding.locator, *(place.locator for place in finding.also))),
                finding.message,
                "\n".join((finding.quote, *(place.quote for place in finding.also))),
                finding.stated,
                finding.recomputed,
                finding.advice,
                finding.basis,
                "",
            ),
            cell,
            _WIDTHS,
        )
    sheet.autofilter(0, 0, max(1, len(listed)), len(_HEADS) - 1)


def _items(sheet: Worksheet, audits: Sequence[Audit], head: Format, cell: Format) -> None:
    _line(sheet, 0, _ITEM_HEADS, head)
    row = 1
    for audit in audits:
        for item in audit.found.items:
            own = [f for f in audit.findings if f.item == item.name]
            worst = min((f.severity for f in own), key=list(Severity).index, default=None)
            _line(
                sheet,
                row,
                (
                    audit.found.document.file,
                    audit.found.department,
                    item.name,
                    " / ".join(item.path),
                    decimal(item.points),
                    decimal(item.claimed),
                    decimal(audit.computed(item)),
                    "是" if item.not_applicable else "",
                    "；".join(f"{f.code} {f.message}" for f in own),
                    GRAVITY[worst] if worst is not None else "通过",
                ),
                cell,
                _ITEM,
            )
            row += 1
