"""The outcome of `hengji check` on the screen: findings by severity, the words marked, a table of several files."""

from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from hengji.auditing import Audit, graver
from hengji.auditing.verdict import chosen, nothing_found, verdict
from hengji.auditing.waivers import AROUND
from hengji.cli.screen import console
from hengji.files import written_whole
from hengji.model.extraction import KIND_CN, DocumentKind
from hengji.model.finding import SEVERITY_CN, Finding, Severity

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "cyan", Severity.STYLE: "dim"}
_QUOTE = 60
Failures = Sequence[tuple[str, str]]


def show(audits: Sequence[Audit], failures: Failures, to: Path | None) -> None:
    """Prints the outcome, or writes what would be printed to a file."""
    if to is None:
        _print(console(), audits, failures)
        return
    with written_whole(to) as draft, draft.open("w", encoding="utf-8") as file:
        _print(Console(file=file, highlight=False, width=120), audits, failures)
    console().print(f"已写出 {escape(str(to))}")


def _print(screen: Console, audits: Sequence[Audit], failures: Failures) -> None:
    for outcome in audits:
        _print_one(screen, outcome)
    if len(audits) + len(failures) > 1:
        screen.print(_summary(audits, failures))
    show_failures(screen, failures)


def _print_one(screen: Console, outcome: Audit) -> None:
    found = outcome.found
    year = f"{found.year}年度" if found.year else "年度没有写"
    screen.print(
        f"\n[bold]{escape(found.document.file)}[/bold]　{escape(found.department or '单位没有读出')}　{year}　{KIND_CN[found.kind]}"
    )
    screen.print(f"  {escape(found.kind_reason)}", style="dim")
    for line in (*found.document.unread, *found.doubts):
        screen.print(f"  读出：{escape(line)}", style="yellow")
    if found.totals.claimed is not None:
        grade = f"，等次“{found.totals.grade.value}”" if found.totals.grade else ""
        screen.print(
            f"  自评得分 {found.totals.claimed.value}分{escape(grade)}；读出{len(found.items)}项指标、{len(found.quantities)}个数、{len(found.citations)}处引用"
        )
    if outcome.scorecard is not None and outcome.scorecard.totals is not None and outcome.system is not None:
        screen.print(f"  按“{escape(outcome.system.name)}”重算：{escape(outcome.scorecard.totals.sentence)}")
    severity: Severity | None = None
    for finding in graver(outcome.findings):
        if finding.severity is not severity:
            severity = finding.severity
            screen.print(f"\n  [{_COLOURS[severity]}]{SEVERITY_CN[severity]}（{outcome.counts()[severity]}）[/]")
        screen.print(f"  {finding.code} {escape(finding.message)}{_where(outcome, finding)}", soft_wrap=True)
    if not outcome.findings:
        screen.print(f"  {nothing_found(outcome)}")
    elif found.kind is DocumentKind.OTHER:
        screen.print("\n  不是自评材料，多数规则没有核查。", style="yellow")
    _print_waived(screen, outcome)
    if chosen(outcome):
        screen.print(f"  {chosen(outcome)}（没有核查不等于通过）", style="dim")
    skipped = [code for code, _ in outcome.not_checked]
    if skipped:
        screen.print(f"  没有核查{len(skipped)}条：{'、'.join(skipped)}（没有核查不等于通过）", style="dim")
    for code, why in refused(outcome):
        screen.print(f"  {code}没有核查：{escape(why)}", style="yellow", soft_wrap=True)


def _print_waived(screen: Console, outcome: Audit) -> None:
    """What a person has judged, each with the reason; it is counted nowhere, and never hidden."""
    if outcome.waived:
        screen.print(f"\n  [dim]不再提示（{len(outcome.waived)}）[/dim]")
    for finding, why in outcome.waived:
        words = f"{finding.code} {escape(finding.message)}{_where(outcome, finding)}"
        screen.print(f"  {words}\n      [dim]理由：{escape(why)}[/dim]", soft_wrap=True)


def refused(outcome: Audit) -> list[tuple[str, str]]:
    """The codes whose reference was given and could not serve, with the reason."""
    return [(code, why) for code, why in outcome.not_checked if why.startswith("给出的")]


def _where(outcome: Audit, finding: Finding) -> str:
    """The place, and the quotation marked within the words around it."""
    place = f"　[dim]{escape(finding.locator)}[/dim]" if finding.locator else ""
    if not finding.quote or finding.start is None or finding.end is None:
        return place
    text = outcome.found.document.text
    before = text[max(0, finding.start - AROUND) : finding.start].rpartition("\n")[2]
    after = text[finding.end : finding.end + AROUND].partition("\n")[0]
    others = "".join(
        f"\n      [dim]另见{escape(other.locator)}：{escape(_shown(other.quote))}[/dim]" for other in finding.also
    )
    return f"{place}\n      [dim]{escape(before)}[/dim][reverse]{escape(_shown(finding.quote))}[/reverse][dim]{escape(after)}[/dim]{others}"


def _shown(quote: str) -> str:
    short = quote if len(quote) <= _QUOTE else quote[:_QUOTE] + "…"
    return short.replace("\n", "⏎").replace("\t", " ")


def _summary(audits: Sequence[Audit], failures: Failures) -> Table:
    table = Table(title="汇总", title_justify="left")
    table.add_column("文件", overflow="fold")
    table.add_column("部门", overflow="fold")
    table.add_column("材料")
    table.add_column("自评", justify="right")
    for severity in Severity:
        table.add_column(SEVERITY_CN[severity], justify="right")
    table.add_column("结论", no_wrap=True)
    for outcome in audits:
        claimed = outcome.found.totals.claimed
        counts = outcome.counts()
        table.add_row(
            escape(outcome.found.document.file),
            escape(outcome.found.department),
            KIND_CN[outcome.found.kind],
            claimed.value if claimed else "—",
            *(str(counts[severity]) for severity in Severity),
            verdict(outcome),
        )
    for file, _ in failures:
        table.add_row(escape(file), "", "[red]读不出[/red]", *[""] * 6)
    return table


def show_failures(screen: Console, failures: Failures) -> None:
    """Prints what could not be read, a line each."""
    for file, why in failures:
        screen.print(f"[bold]错误[/bold] {escape(file)}：{escape(why)}", soft_wrap=True)
