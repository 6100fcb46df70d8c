"""结果应用: a proposal list for the budget, by grade as the rules say and by hand with a reason."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from hengji.model.problem import HengjiError
from hengji.web.filings.bridge import Change, save
from hengji.web.filings.models import FilingRow
from hengji.web.filings.saving import version_of
from hengji.web.filings.tables import USE
from hengji.web.frame import frame
from hengji.web.gate import Request, asks, general
from hengji.web.people.acts import Act
from hengji.web.people.permissions import may
from hengji.web.results.models import UseRow
from hengji.web.results.years import years_of
from hengji.web.scores.refresh import shown
from hengji.web.sheets import Sheet, answer, download
from hengji.writing.blocks import Align, Block, Column, Heading, Report, Table, Title, plain_runs, todo
from hengji.writing.desk import sentence
from hengji.writing.docx import report_docx
from hengji.writing.numbering import numbered

_ENDED = ("final", "archived")
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@cache
def _rules() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "uses.yaml").read_text(encoding="utf-8"))
    return found


def proposals() -> dict[str, str]:
    """What may be proposed, with the words that a list prints."""
    return dict(_rules()["proposals"])


def by_rule(grade: str) -> str:
    """What the rules propose for a grade; nothing for one they do not know."""
    return str(_rules()["rules"].get(grade, ""))


def budget_year(year: int) -> int:
    """The year of the budget that results of an evaluated year can still move."""
    return year + int(_rules()["budget_after"])


@dataclass(frozen=True, slots=True)
class Line:
    """One department's proposal: what the rule says, and what stands."""

    row: FilingRow
    final: int | None
    grade: str
    rule: str
    proposal: str
    reason: str
    version: int

    @property
    def by_hand(self) -> bool:
        """Whether somebody chose otherwise than the rule."""
        return self.proposal != self.rule

    @property
    def score(self) -> str:
        """The final score as printed."""
        return shown(self.final)


def lines_of(region_id: int, year: int) -> list[Line]:
    """The proposals of a year, for what is final; the lowest score first."""
    rows = FilingRow.objects.filter(department__region_id=region_id, year=year, step__in=_ENDED)
    own = {each.filing_id: each for each in UseRow.objects.filter(filing__in=rows, budget_year=budget_year(year))}
    found = []
    for row in rows.select_related("department", "summary").order_by("department_id"):
        summary = getattr(row, "summary", None)
        grade = summary.grade if summary is not None else ""
        stated, rule = own.get(row.pk), by_rule(grade)
        found.append(
            Line(
                row,
                summary.final if summary is not None else None,
                grade,
                rule,
                stated.proposal if stated is not None else rule,
                stated.reason if stated is not None else "",
                stated.version if stated is not None else 0,
            )
        )
    return sorted(found, key=lambda line: (line.final is None, line.final or 0, line.row.department_id))


@general(Act.STATISTICS)
def uses_now(request: Request) -> HttpResponse:
    """结果应用 of the latest year."""
    years = years_of(request.user)
    return redirect("uses", years[0] if years else date.today().year - 1)


@general(Act.STATISTICS)
def uses(request: Request, year: int) -> HttpResponse:
    """结果应用 of a year."""
    lines = lines_of(request.user.region_id or 0, year)
    number = Counter(line.proposal for line in lines)
    context = frame(
        request,
        "uses",
        year=year,
        years=years_of(request.user),
        budget=budget_year(year),
        lines=lines,
        proposals=proposals(),
        rules=_rules()["rules"],
        counts=[(name, number[name]) for name in (*proposals(), "")],
        may_edit=bool(may(request.user, Act.RESULTS)),
    )
    return render(request, "results/uses.html", context)


@asks(Act.RESULTS)
@require_POST
def use(request: Request, row: FilingRow) -> HttpResponse:
    """Proposes otherwise than the rule, with a reason; the rule's own proposal takes that back."""
    proposal, reason = request.POST.get("proposal", ""), request.POST.get("reason", "").strip()[:500]
    if proposal not in proposals():
        raise HengjiError("请选择一项建议")
    grade = getattr(getattr(row, "summary", None), "grade", "")
    kept = proposal == by_rule(grade) and not reason
    if not kept and not reason:
        raise HengjiError("与规则不同的建议要写明理由")
    data = None if kept else {"proposal": proposal, "reason": reason}
    save(
        row.pk,
        request.user,
        [Change(USE, (budget_year(row.year),), data, version_of(request))],
        reason,
        Act.RESULTS.value,
    )
    messages.success(request, f"{row.department.name}：{proposals()[proposal]}，已保存。")
    return redirect("uses", row.year)


@general(Act.STATISTICS)
def uses_file(request: Request, year: int, form: str) -> HttpResponse:
    """The list as csv, xlsx or docx. Nothing is sent anywhere."""
    lines = lines_of(request.user.region_id or 0, year)
    name = f"{year}年度绩效结果应用建议"
    if form in ("csv", "xlsx"):
        return answer(form, name, sheet_of(year, lines))
    if form != "docx":
        raise Http404
    region = request.user.region.name if request.user.region else ""
    return download(report_docx(document(region, year, lines)), f"{name}.docx", _DOCX)


def sheet_of(year: int, lines: list[Line]) -> Sheet:
    """The list as a table."""
    from decimal import Decimal  # noqa: PLC0415 - one use

    words = proposals()
    rows = [
        (
            line.row.department.name,
            line.row.department.kind,
            None if line.final is None else Decimal(line.final) / 100,
            line.grade,
            words.get(line.rule, ""),
            words.get(line.proposal, "未定"),
            line.reason,
        )
        for line in lines
    ]
    heads = ("单位", "类别", "定稿得分", "等次", "规则建议", "建议", "调整理由")
    notes = (f"供编制{budget_year(year)}年预算参考，是建议，不是决定。",)
    return Sheet("结果应用建议", heads, rows, notes)


def document(region: str, year: int, lines: list[Line]) -> Report:
    """The list as an official document."""
    words, number = proposals(), Counter(line.proposal for line in lines)
    said = "，".join(f"建议{words[name]}{number[name]}个" for name in words if number[name])
    blocks: list[Block] = [
        Title((f"{region}{year}年度部门整体支出", "绩效评价结果应用建议")),
        Heading(1, "总体情况"),
        sentence(
            f"{year}年度已定稿的单位{len(lines)}个{'，其中' + said if said else ''}。供编制{budget_year(year)}年预算参考，是建议，不是决定。"
        ),
        Heading(1, "建议清单"),
        Table("结果应用建议", _COLUMNS, tuple(tuple(map(plain_runs, _cells(line))) for line in lines)),
        sentence(todo("落款单位和成文日期")),
    ]
    return Report(f"{region}{year}年度绩效结果应用建议", region, date(year, 12, 31), numbered(blocks))


_COLUMNS = (
    Column("单位", 12, Align.LEFT),
    Column("定稿得分", 5, Align.RIGHT),
    Column("等次", 3),
    Column("建议", 6),
    Column("调整理由", 10, Align.LEFT),
)


def _cells(line: Line) -> tuple[str, ...]:
    return (
        line.row.department.name, line.score or "—", line.grade or "—", proposals().get(line.proposal, "未定"), line.reason
    )  # fmt: skip
