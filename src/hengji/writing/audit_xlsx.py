"""The reviewer's workbook: conclusion, report level, indicator level, format list, what was set aside and what was not checked."""

import io
from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from hengji.auditing import Audit
from hengji.auditing.leaf_findings import leaf_findings, leaf_verdict
from hengji.auditing.verdict import GRAVITY, all_not_checked, reservations, verdict
from hengji.library.check_texts import load_checks
from hengji.model.extraction import KIND_CN
from hengji.model.finding import SEVERITY_CN, Finding
from hengji.model.patterns import pattern
from hengji.writing.audit_data import decimal

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
_ITEM = (22, 18, 26, 26, 8, 10, 10, 8, 30, 10)
_CONCLUSION_HEADS = ("文件", "部门", "材料", "年度", "自评得分", "等次", "各项相加", *GRAVITY.values(), "结论", "说明")
_WAIVED_HEADS = (*_HEADS[:-1], "理由")
_SKIPPED_HEADS, _SKIPPED = ("文件", "部门", "规则", "名称", "没有核查的原因"), (24, 20, 8, 30, 60)
_PLAIN_NUMBER = pattern(r"-?(?:0|[1-9]\d{0,11})(?:\.\d{1,6})?")  # 「97」, 「3.50」; not 「0012」


class _Book:
    """A workbook with its forms of cells: numbers show as many places as they are printed with."""

    def __init__(self, stream: io.BytesIO) -> None:
        kept_as_text = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
        self.book = xlsxwriter.Workbook(stream, {"in_memory": True, **kept_as_text})
        self._numbers: dict[int, Format] = {}

    @cached_property
    def head(self) -> Format:
        """The form of a column's name."""
        bold = {"bold": True, "border": 1, "text_wrap": True, "valign": "vcenter", "align": "center"}
        return self.book.add_format({**bold, "bg_color": "#F4F6F8"})

    @cached_property
    def cell(self) -> Format:
        """The form of words."""
        return self.book.add_format({"border": 1, "text_wrap": True, "valign": "top"})

    def number(self, places: int) -> Format:
        """The form of a number with so many places."""
        if places not in self._numbers:
            shown = "0." + "0" * places if places else "0"
            self._numbers[places] = self.book.add_format({"border": 1, "valign": "top", "num_format": shown})
        return self._numbers[places]

    def sheet(self, name: str, heads: Sequence[str], widths: Sequence[int], rows: Iterable[Sequence[object]]) -> None:
        """A sheet with a row of names and a filter on it; a row is as high as its longest wrapped cell needs (printing does not grow it)."""
        sheet = self.book.add_worksheet(name)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        sheet.freeze_panes(1, 0)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        for column, head in enumerate(heads):
            sheet.write_string(0, column, head, self.head)
        last = 0
        for last, values in enumerate(rows, 1):
            for column, value in enumerate(values):
                self._write(sheet, last, column, value)
            lines = max(
                -(-_columns(str(value or "")) // max(1, width - 1)) for value, width in zip(values, widths, strict=True)
            )
            sheet.set_row(last, _LINE * min(max(lines, 1), _MOST_LINES) + _ROOM)
        sheet.autofilter(0, 0, max(1, last), len(heads) - 1)

    def _write(self, sheet: Worksheet, row: int, column: int, value: object) -> None:
        if isinstance(value, int):
            sheet.write_number(row, column, value, self.cell)
        elif isinstance(value, Decimal | Fraction):
            shown = _printed(value)
            places = len(shown.partition(".")[2])
            sheet.write_number(row, column, float(shown), self.number(places))
        else:
            sheet.write_string(row, column, "" if value is None else str(value)[:_MOST], self.cell)


def audits_workbook(audits: Sequence[Audit], failures: Sequence[tuple[str, str]] = ()) -> bytes:
    """The workbook's bytes. Text that begins with = + - @ stays text."""
    stream = io.BytesIO()
    book = _Book(stream)
    listed = [(a, f) for a in audits for f in a.findings]
    report = [(a, f, "") for a, f in listed if not f.item and f.code not in _FORM_CODES]
    leaves = [(a, f, "") for a, f in listed if f.item and f.code not in _FORM_CODES]
    forms = [(a, f, "") for a, f in listed if f.code in _FORM_CODES]
    waived = [(a, f, why) for a in audits for f, why in a.waived]
    rows = [*map(_conclusion, audits), *(_failure(file, why) for file, why in failures)]
    book.sheet("结论", _CONCLUSION_HEADS, _CONCLUSION, rows)
    book.sheet("报告层面", _HEADS, _WIDTHS, _findings(report))
    book.sheet("指标层面", _HEADS, _WIDTHS, _findings(leaves))
    book.sheet("指标一览", _ITEM_HEADS, _ITEM, [row for audit in audits for row in _items(audit)])
    book.sheet("格式清单", _HEADS, _WIDTHS, _findings(forms))
    book.sheet("不再提示", _WAIVED_HEADS, _WIDTHS, _findings(waived))
    book.sheet("没有核查", _SKIPPED_HEADS, _SKIPPED, [row for audit in audits for row in _skipped(audit)])
    book.book.close()
    return stream.getvalue()


def _columns(text: str) -> int:
    return sum(2 if ord(character) > _NARROW else 1 for character in text)


def _printed(number: Decimal | Fraction) -> str:
    """A number with the places it was written with; a fraction with as many as it needs."""
    return f"{number:f}" if isinstance(number, Decimal) else decimal(number) or ""


def _number(text: str) -> Decimal | str:
    """What is written as a number as one; anything else, a share or an amount with its unit too, as it is."""
    return Decimal(text) if _PLAIN_NUMBER.fullmatch(text) else text


def _conclusion(audit: Audit) -> Sequence[object]:
    found, counts = audit.found, audit.counts()
    standing = audit.scorecard.totals.sentence if audit.scorecard is not None and audit.scorecard.totals else ""
    claims = [item.claimed for item in found.items if item.claimed is not None]
    said = (found.kind_reason, *reservations(audit), standing, *found.document.unread, *found.doubts)
    return (
        found.document.file,
        found.department,
        KIND_CN[found.kind],
        found.year or "",
        _number(found.totals.claimed.value) if found.totals.claimed else "",
        found.totals.grade.value if found.totals.grade else "",
        sum(claims, start=Decimal(0)) if found.items else "",
        *(counts[severity] for severity in GRAVITY),
        verdict(audit),
        "；".join(part for part in said if part),
    )


def _failure(file: str, why: str) -> Sequence[object]:
    return (file, *("",) * (len(_CONCLUSION_HEADS) - 3), "读不出", why)


def _findings(listed: Sequence[tuple[Audit, Finding, str]]) -> list[Sequence[object]]:
    """The rows of findings, each with what is said of it."""
    return [
        (
            row,
            audit.found.document.file,
            audit.found.department,
            f"{GRAVITY[finding.severity]} {SEVERITY_CN[finding.severity]}",
            finding.code,
            _title(finding.code),
            "；另见".join((finding.locator, *(place.locator for place in finding.also))),
            finding.message,
            "\n".join((finding.quote, *(place.quote for place in finding.also))),
            _number(finding.stated),
            _number(finding.recomputed),
            finding.advice,
            finding.basis,
            said,
        )
        for row, (audit, finding, said) in enumerate(listed, 1)
    ]


def _title(code: str) -> str:
    return load_checks()[code].title if code in load_checks() else ""


def _items(audit: Audit) -> list[Sequence[object]]:
    """The leaves, each with the findings that name it or stand in its text, those set aside marked, and a conclusion."""
    open_ones = leaf_findings(audit, audit.findings)
    set_aside = leaf_findings(audit, [finding for finding, _ in audit.waived])
    return [
        (
            audit.found.document.file,
            audit.found.department,
            item.name,
            " / ".join(item.path),
            item.points,
            item.claimed,
            audit.computed(item),
            "是" if item.not_applicable else "",
            "；".join((*(f"{f.code} {f.message}" for f in own), *(f"（不再提示）{f.code} {f.message}" for f in gone))),
            leaf_verdict(audit, item, own, gone),
        )
        for item, own, gone in zip(audit.found.items, open_ones, set_aside, strict=True)
    ]


def _skipped(audit: Audit) -> list[Sequence[object]]:
    """The rules that were not checked, each with the reason."""
    found = audit.found
    return [(found.document.file, found.department, code, _title(code), why) for code, why in all_not_checked(audit)]
